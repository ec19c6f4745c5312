/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Where a struct thread keeps its Mach state: an osd(9) slot.
 *
 * Only the thread itself sets its slot.  The state goes when the process exits
 * (mach_slot_release) or, for a thread that ends before its process, when the
 * kernel frees the struct thread and osd(9) runs the destructor.  That happens
 * under osd(9)'s lock, where nothing may sleep, while taking a thread's Mach
 * state apart may: the destructor only queues the state for a taskqueue(9).
 *
 * Locks: mach_dead_mtx protects the list of queued states, linked through
 * th_host, and is a leaf.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/osd.h>
#include <sys/proc.h>
#include <sys/taskqueue.h>

#include <kernel/freebsd/host.h>
#include <kernel/kern/thread.h>

#include MACH_COMPAT_H

static int mach_slot;
static struct mtx mach_dead_mtx;
static struct mach_thread *mach_dead;
static struct task mach_dead_task;

static void
mach_slot_destroy(void *value)
{
	struct mach_thread *th = value;

	mtx_lock(&mach_dead_mtx);
	th->th_host = mach_dead;
	mach_dead = th;
	mtx_unlock(&mach_dead_mtx);
	(void)taskqueue_enqueue(taskqueue_thread, &mach_dead_task);
}

static void
mach_slot_reap(void *arg __unused, int pending __unused)
{
	struct mach_thread *next, *th;

	mtx_lock(&mach_dead_mtx);
	th = mach_dead;
	mach_dead = NULL;
	mtx_unlock(&mach_dead_mtx);
	for (; th != NULL; th = next) {
		next = th->th_host;
		th->th_host = NULL;
		mach_thread_exit(th);
	}
}

void *
mach_thread_slot_get(struct thread *td)
{

	/* Nobody but the thread itself changes its slots. */
	if (td == curthread)
		return (osd_thread_get_unlocked(td, mach_slot));
	return (osd_thread_get(td, mach_slot));
}

int
mach_thread_slot_set(struct thread *td, void *state)
{

	return (osd_thread_set_reserved(td, mach_slot, osd_reserve(mach_slot),
	    state));
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

void
mach_slot_release(struct thread *td)
{
	struct mach_thread *th;

	th = mach_thread_slot_get(td);
	if (th == NULL)
		return;
	(void)mach_thread_slot_set(td, NULL);
	mach_thread_exit(th);
}

int
mach_slot_init(void)
{

	mtx_init(&mach_dead_mtx, "mach dead threads", NULL, MTX_DEF);
	TASK_INIT(&mach_dead_task, 0, mach_slot_reap, NULL);
	mach_slot = osd_thread_register(mach_slot_destroy);
	return (0);
}

/* Ends the states of dead threads that the kernel did not free yet. */
int
mach_slot_fini(void)
{

	osd_thread_deregister(mach_slot);
	taskqueue_drain(taskqueue_thread, &mach_dead_task);
	KASSERT(mach_dead == NULL, ("a dead thread is left"));
	mtx_destroy(&mach_dead_mtx);
	return (0);
}
