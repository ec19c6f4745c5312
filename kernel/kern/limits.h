/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Limits on what users can hold.  Each is a tunable (sysctl kern.mach.limit on
 * FreeBSD) and is read without a lock.
 */

#ifndef _KERNEL_KERN_LIMITS_H_
#define _KERNEL_KERN_LIMITS_H_

#include <sys/param.h>
#include <sys/types.h>

extern u_long mach_limit_ports;		/* ports in the system */
extern u_long mach_limit_task_bytes;	/* message memory of a task */
extern u_long mach_limit_bytes;		/* the same of all tasks */
extern u_long mach_limit_semaphores;
extern u_long mach_limit_timers;

/*
 * Message memory is charged to the task that sent the message, until it is
 * received or destroyed: a quota outlives its task.
 */
struct mach_quota {
	volatile u_int	q_refs;
	volatile u_long	q_bytes;
};

struct mach_quota *mach_quota_alloc(void);
void	mach_quota_hold(struct mach_quota *quota);
void	mach_quota_drop(struct mach_quota *quota);
/* False: past a limit, nothing charged. */
bool	mach_quota_charge(struct mach_quota *quota, u_long bytes);
/*
 * For messages the kernel must send come what may: charged past the limit, so
 * that the task whose doings caused them cannot send more of its own.
 */
void	mach_quota_force(struct mach_quota *quota, u_long bytes);
bool	mach_quota_exceeded(struct mach_quota *quota);
void	mach_quota_uncharge(struct mach_quota *quota, u_long bytes);

#endif /* !_KERNEL_KERN_LIMITS_H_ */
