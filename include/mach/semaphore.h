/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Counting semaphores, named by ports, shared by passing send rights.
 * All follow Darwin.
 */

#ifndef _MACH_SEMAPHORE_H_
#define	_MACH_SEMAPHORE_H_

#include <mach/clock_types.h>
#include <mach/kern_return.h>
#include <mach/mach_types.h>
#include <mach/port.h>
#include <mach/sync_policy.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * semaphore_create: a new semaphore owned by task; it dies with the task.
 *
 * policy	SYNC_POLICY_FIFO, _FIXED_PRIORITY (as FIFO) or _LIFO
 * value	initial count, 0 or more
 *
 *	KERN_INVALID_ARGUMENT	task is no task, value negative or policy
 *				unknown
 *	KERN_RESOURCE_SHORTAGE	no kernel memory, no room for the name, or a
 *				limit of the user
 */
extern kern_return_t semaphore_create(task_t task, semaphore_t *semaphore,
    int policy, int value);

/*
 * semaphore_destroy: destroy a semaphore that task owns.  Waiters return
 * KERN_TERMINATED; all names, the caller's too, become dead names, to be
 * released with mach_port_deallocate().
 *
 *	KERN_INVALID_ARGUMENT	no such task or semaphore
 *	KERN_INVALID_RIGHT	another task owns it
 */
extern kern_return_t semaphore_destroy(task_t task, semaphore_t semaphore);

/*
 * semaphore_signal: wake one waiter, or count one up.
 *
 *	KERN_INVALID_NAME	semaphore denotes nothing
 *	KERN_INVALID_RIGHT	it is no send right; also once the semaphore was
 *				destroyed, when it is a dead name
 *	KERN_INVALID_CAPABILITY	it is a right to something else
 *	KERN_TERMINATED		it is being destroyed
 *	KERN_RESOURCE_SHORTAGE	the count is at its limit, INT_MAX
 */
extern kern_return_t semaphore_signal(semaphore_t semaphore);

/*
 * semaphore_signal_all: wake all who wait now; the count does not change and
 * nobody who waits later is woken by it.
 *
 * Codes as semaphore_signal().
 */
extern kern_return_t semaphore_signal_all(semaphore_t semaphore);

/*
 * semaphore_signal_thread: wake thread, if it waits on the semaphore; with
 * THREAD_NULL any one.
 *
 *	KERN_NOT_WAITING	nobody, or not that thread, waits
 *	others			as semaphore_signal(); KERN_INVALID_ARGUMENT
 *				also when thread is no thread
 */
extern kern_return_t semaphore_signal_thread(semaphore_t semaphore,
    thread_t thread);

/*
 * semaphore_wait: take one from the count, waiting until there is one.
 *
 *	KERN_INVALID_NAME, KERN_INVALID_RIGHT, KERN_INVALID_CAPABILITY	as
 *				semaphore_signal()
 *	KERN_TERMINATED		it was destroyed during the wait
 *	KERN_ABORTED		a signal interrupted the wait; call again
 */
extern kern_return_t semaphore_wait(semaphore_t semaphore);

/*
 * semaphore_timedwait: semaphore_wait() for at most wait_time; 0 polls.
 *
 *	KERN_INVALID_VALUE	wait_time is malformed
 *	KERN_OPERATION_TIMED_OUT	there was none in time
 *	others			as semaphore_wait()
 */
extern kern_return_t semaphore_timedwait(semaphore_t semaphore,
    mach_timespec_t wait_time);

/*
 * semaphore_wait_signal, semaphore_timedwait_signal: signal one semaphore and
 * then wait on another, in one call.  If either is no semaphore, neither
 * happens.
 *
 * Codes as semaphore_signal() and semaphore_wait() or _timedwait().
 */
extern kern_return_t semaphore_wait_signal(semaphore_t wait_semaphore,
    semaphore_t signal_semaphore);
extern kern_return_t semaphore_timedwait_signal(semaphore_t wait_semaphore,
    semaphore_t signal_semaphore, mach_timespec_t wait_time);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_SEMAPHORE_H_ */
