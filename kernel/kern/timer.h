/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mk_timer: a timer that is a port.
 *
 * The user holds the receive right; when the timer expires, its one message is
 * queued there, unless it is there still.  The timer lives as long as its
 * port, and as long as its message is somewhere.
 *
 * mt_lock protects the fields and is the callout's lock; it comes before the
 * port's.
 */

#ifndef _KERNEL_KERN_TIMER_H_
#define _KERNEL_KERN_TIMER_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/callout.h>

struct ipc_kmsg;
struct ipc_port;
struct mach_quota;

struct mach_timer {
	struct mtx	 mt_lock;
	volatile u_int	 mt_refs;	/* port, message in flight, users */
	struct callout	 mt_callout;
	struct ipc_port	*mt_port;	/* referenced until the port died */
	struct mach_quota *mt_quota;	/* (c) what it is charged to */
	struct ipc_kmsg	*mt_kmsg;	/* NULL: in flight */
	bool		 mt_armed;
	uint64_t	 mt_expire;	/* ns of mach_absolute_time() */
};

void	mach_timer_port_died(struct mach_timer *timer);
/* The timer's message was received or destroyed. */
void	mach_timer_kmsg_done(struct ipc_kmsg *kmsg);

/* A time of mach_absolute_time() as an absolute sbinuptime(). */
sbintime_t mach_absolute_to_sbt(uint64_t abstime);

#endif /* !_KERNEL_KERN_TIMER_H_ */
