/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Semaphores.  A wait that a signal handler interrupts returns KERN_ABORTED, as
 * on Darwin; callers that do not care wait again.
 */

#include "libmach.h"
#include <mach/semaphore.h>
#include "gen/task_user.h"

kern_return_t
semaphore_create(task_t task, semaphore_t *semaphore, int policy, int value)
{
	kern_return_t kr;

	kr = semaphore_create_trap(task, semaphore, policy, value);
	return (ANOTHERS(kr) ? _kernelrpc_semaphore_create(task, semaphore,
	    policy, value) : kr);
}

kern_return_t
semaphore_destroy(task_t task, semaphore_t semaphore)
{
	kern_return_t kr;

	kr = semaphore_destroy_trap(task, semaphore);
	return (ANOTHERS(kr) ? _kernelrpc_semaphore_destroy(task, semaphore) :
	    kr);
}

kern_return_t
semaphore_signal(semaphore_t semaphore)
{

	return (semaphore_signal_trap(semaphore));
}

kern_return_t
semaphore_signal_all(semaphore_t semaphore)
{

	return (semaphore_signal_all_trap(semaphore));
}

kern_return_t
semaphore_signal_thread(semaphore_t semaphore, thread_t thread)
{

	return (semaphore_signal_thread_trap(semaphore, thread));
}

kern_return_t
semaphore_wait(semaphore_t semaphore)
{

	return (semaphore_wait_trap(semaphore));
}

kern_return_t
semaphore_wait_signal(semaphore_t wait, semaphore_t signal)
{

	return (semaphore_wait_signal_trap(wait, signal));
}

kern_return_t
semaphore_timedwait(semaphore_t semaphore, mach_timespec_t time)
{

	return (semaphore_timedwait_trap(semaphore, time.tv_sec,
	    time.tv_nsec));
}

kern_return_t
semaphore_timedwait_signal(semaphore_t wait, semaphore_t signal,
    mach_timespec_t time)
{

	return (semaphore_timedwait_signal_trap(wait, signal, time.tv_sec,
	    time.tv_nsec));
}
