/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Inside machd's kernel half.
 */

#ifndef _MACHD_KERN_H_
#define _MACHD_KERN_H_

#include <sys/param.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/mutex.h>

#include <kernel/user/machd/machd.h>

struct mach_thread;
struct thread;
struct vm_account;

/* The kernel half of a slot. */
struct machd_thread {
	struct thread	*mt_td;		/* (c) */
	struct slot	*mt_slot;	/* (c) */
	struct mtx	 mt_lock;	/* ends of waits; see block.c */
	struct mach_thread *mt_mach;	/* set by its first trap */
	struct callout	 mt_callout;	/* the deadline */
	bool		 mt_timed;	/* armed for this wait */
};

#endif /* !_MACHD_KERN_H_ */
