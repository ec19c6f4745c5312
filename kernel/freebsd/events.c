/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Process events.
 *
 * The handlers run for every process of the system, also for those that never
 * used Mach, those of another ABI and kernel processes: a process has a task
 * or it has none, and the core finds out by one hash look-up.
 *
 * All three run without locks, may sleep, and have the process to themselves:
 * the child of a fork does not run yet, and at exec and exit the other threads
 * are suspended at the user boundary or gone.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/eventhandler.h>
#include <sys/imgact.h>

#include <kernel/freebsd/host.h>
#include <kernel/kern/task.h>

static eventhandler_tag mach_fork_tag;
static eventhandler_tag mach_exec_tag;
static eventhandler_tag mach_exit_tag;

static void
mach_event_fork(void *arg __unused, struct proc *parent, struct proc *child,
    int flags __unused)
{

	mach_task_fork(parent, child);
}

static void
mach_event_exec(void *arg __unused, struct proc *p, struct image_params *imgp)
{

	mach_task_exec(p, imgp->credential_setid);
}

static void
mach_event_exit(void *arg __unused, struct proc *p)
{

	mach_task_exit(p);
	/*
	 * The struct thread outlives the process by as long as nobody waits
	 * for the zombie; its Mach state need not.
	 */
	if (p == curproc)
		mach_slot_release(curthread);
}

int
mach_events_init(void)
{

	mach_exit_tag = EVENTHANDLER_REGISTER(process_exit, mach_event_exit,
	    NULL, EVENTHANDLER_PRI_ANY);
	mach_exec_tag = EVENTHANDLER_REGISTER(process_exec, mach_event_exec,
	    NULL, EVENTHANDLER_PRI_ANY);
	mach_fork_tag = EVENTHANDLER_REGISTER(process_fork, mach_event_fork,
	    NULL, EVENTHANDLER_PRI_ANY);
	return (0);
}

/* Deregistering waits until no handler runs. */
int
mach_events_fini(void)
{

	EVENTHANDLER_DEREGISTER(process_fork, mach_fork_tag);
	EVENTHANDLER_DEREGISTER(process_exec, mach_exec_tag);
	EVENTHANDLER_DEREGISTER(process_exit, mach_exit_tag);
	return (0);
}
