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
 * osd(9) takes a lock for a look-up, so what a thread finds there is kept in a
 * table by its id as well, whose entries are read without one.  An entry
 * names the thread whose state it has.  Only a thread itself enters its state,
 * and nobody else takes it out as long as the thread runs; so a thread that
 * reads its own address, then the state, then its own address again has read
 * its own state: another's was entered after the address was cleared.  An entry
 * that another thread took is a look-up in osd(9), which takes it back.
 *
 * Locks: mach_dead_mtx protects the list of queued states, linked through
 * th_host; mach_cache_mtx changes of the table.  Both are leaves.
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
#include <machine/atomic.h>

#include <kernel/freebsd/host.h>
#include <kernel/freebsd/thread_slot.h>
#include <kernel/kern/thread.h>

#include MACH_COMPAT_H

static int mach_slot;
static struct mtx mach_dead_mtx;
static struct mach_thread *mach_dead;
static struct task mach_dead_task;

struct mach_cache mach_cache[MACH_CACHE];
static struct mtx mach_cache_mtx;

/* The thread's entry: th, or nobody's with NULL. */
static void
mach_cache_set(struct thread *td, struct mach_thread *th)
{
	struct mach_cache *mc;

	mc = mach_cache_of(td);
	mtx_lock(&mach_cache_mtx);
	if (th != NULL || mc->mc_td == (uintptr_t)td) {
		atomic_store_rel_ptr(&mc->mc_td, 0);
		atomic_thread_fence_rel();
		atomic_store_rel_ptr(&mc->mc_th, (uintptr_t)th);
		if (th != NULL)
			atomic_store_rel_ptr(&mc->mc_td, (uintptr_t)td);
	}
	mtx_unlock(&mach_cache_mtx);
}

static void
mach_slot_destroy(void *value)
{
	struct mach_thread *th = value;

	/* Its struct thread will be another thread's. */
	mach_cache_set(th->th_td, NULL);
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

static __noinline void *
mach_slot_look_up(struct thread *td)
{
	struct mach_thread *th;

	th = osd_thread_get(td, mach_slot);
	if (th != NULL && td == curthread)
		mach_cache_set(td, th);
	return (th);
}

void *
mach_thread_slot_get(struct thread *td)
{
	struct mach_thread *th;

	th = td == curthread ? mach_cache_get(td) : NULL;
	return (__predict_true(th != NULL) ? th : mach_slot_look_up(td));
}

int
mach_thread_slot_set(struct thread *td, void *state)
{

	mach_cache_set(td, NULL);
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

/*
 * What a system call would do at its end.  A server that is woken by the
 * request then answers while the client is queued but awake, which spares
 * each RPC a sleep and a wake-up.
 */
void
mach_thread_give_way(void)
{

	if (mach_compat_td_resched(curthread))
		kern_yield(PRI_UNCHANGED);
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
	mtx_init(&mach_cache_mtx, "mach thread cache", NULL, MTX_DEF);
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
	mtx_destroy(&mach_cache_mtx);
	mtx_destroy(&mach_dead_mtx);
	return (0);
}
