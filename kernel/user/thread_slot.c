/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Where the Mach state of a thread hangs, for kernels run in process: an
 * osd(9) slot.  The state is ended with mach_inprocess_thread_end() before the
 * thread is destroyed, since that may sleep and an osd(9) destructor may not.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/osd.h>
#include <sys/proc.h>

#include <kernel/kern/thread.h>
#include <kernel/user/host.h>
#include <kernel/user/inprocess.h>

static int mach_thread_slot;

void
mach_inprocess_init(void)
{

	/* docs/locking.md */
	host_lock_order("mach tasks", "mach space", "mach timer", "mach port",
	    "mach pset", "mach transit", NULL);
	host_lock_order("mach pset", "kqueue", NULL);
	host_lock_order("mach space", "mach task", "mach host", "mach port",
	    NULL);
	mach_thread_slot = osd_thread_register(NULL);
}

void
mach_inprocess_fini(void)
{

	osd_thread_deregister(mach_thread_slot);
	mach_thread_slot = 0;
}

void *
mach_thread_slot_get(struct thread *td)
{

	return (osd_thread_get(td, mach_thread_slot));
}

int
mach_thread_slot_set(struct thread *td, void *state)
{

	return (osd_thread_set(td, mach_thread_slot, state));
}

/* td_ucred is always right. */
bool
mach_thread_ids_fixed(struct thread *td __unused)
{

	return (true);
}

void
mach_thread_look_ids(struct thread *td __unused)
{
}

/* Threads have processors of their own, or the host's scheduler sees to it. */
void
mach_thread_give_way(void)
{
}

void
mach_inprocess_thread_end(struct thread *td)
{
	struct mach_thread *th;

	th = mach_thread_slot_get(td);
	if (th == NULL)
		return;
	(void)mach_thread_slot_set(td, NULL);
	mach_thread_exit(th);
}
