/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Semaphores: a count and a queue of threads.
 *
 * A semaphore belongs to the task that created it and ends with it, or when
 * semaphore_destroy() is called with it; who waits then is told
 * KERN_TERMINATED.  All fields are protected by s_lock, the task's list by the
 * task's lock.
 */

#ifndef _KERNEL_KERN_SEMAPHORE_H_
#define _KERNEL_KERN_SEMAPHORE_H_

#include <kernel/kern/thread.h>

struct ipc_port;
struct mach_quota;
struct mach_task;

struct mach_semaphore {
	struct mtx	 s_lock;
	volatile u_int	 s_refs;
	bool		 s_active;
	int		 s_count;
	int		 s_policy;
	struct mach_waitq s_waiters;
	struct ipc_port	*s_port;	/* (c) kernel object port */
	u_long		 s_serial;	/* (c) the port's */
	struct mach_quota *s_quota;	/* (c) what it is charged to */
	struct mach_task *s_task;	/* (c) no reference */
	LIST_ENTRY(mach_semaphore) s_tasklink;	/* (task lock) */
};

void	mach_semaphore_hold(struct mach_semaphore *semaphore);
void	mach_semaphore_drop(struct mach_semaphore *semaphore);
/*
 * A semaphore that ends with the task: with a reference for the caller.
 * KERN_INVALID_ARGUMENT: a policy or value that cannot be, or the task has
 * ended; KERN_RESOURCE_SHORTAGE.
 */
kern_return_t mach_semaphore_create(struct mach_task *task, int policy,
	    int value, struct mach_semaphore **semaphorep);
/* KERN_INVALID_RIGHT: it is not the task's, or not any more. */
kern_return_t mach_semaphore_destroy(struct mach_task *task,
	    struct mach_semaphore *semaphore);
/* The task is at its end. */
void	mach_semaphores_terminate(struct mach_task *task);

#endif /* !_KERNEL_KERN_SEMAPHORE_H_ */
