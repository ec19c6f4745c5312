/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Blocking by continuation (kernel/kern/thread.h) as machd does it: a thread
 * that waits is a record on a queue, not a sleeping stack.
 *
 * thread_block() queues the thread and returns; the server goes on with
 * other traps.  The wait ends in one of two ways:
 *
 *	thread_wakeup()	by the core, which holds the queue's lock
 *	end_wait()	by the deadline's callout or an interrupt: takes
 *			mt_lock, sees that the wait is still on, then takes
 *			the queue's lock and looks whether nobody was quicker
 *
 * Whoever ends it puts the slot on a run list, exactly once, and
 * kern_continue() runs the continuation from there.  It takes mt_lock
 * first to make the slot SLOT_BUSY: an end_wait() that comes late finds no
 * wait.  Between SLOT_BLOCKED and SLOT_BUSY the queue named by th_waitq exists,
 * since the thread holds a reference on its owner until the continuation ran.
 *
 * Locks: mt_lock before the queue's lock.  thread_wakeup() has the latter and
 * takes only cl_lock.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>

#include <mach/mach_types.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_number.h>
#include <kernel/user/host.h>
#include <kernel/user/machd/kern.h>

void
mach_waitq_init(struct mach_waitq *wq, struct mtx *lock)
{

	wq->wq_lock = lock;
	TAILQ_INIT(&wq->wq_threads);
}

/*
 * Will the continuation touch nothing but machd's own memory?  Then the waker
 * runs it.  A client's memory may take for ever to answer (it can be backed by
 * a file system or by userfaultfd); that is to hold up only who serves that
 * client, and nothing else that the waker's trap still has to do.
 */
static bool
is_light(struct mach_thread *th, struct slot *slot)
{
	struct ipc_kmsg *kmsg;
	uint32_t i;

	switch (slot->sl_number) {
	case MACH_TRAP_semaphore_wait_trap:
	case MACH_TRAP_semaphore_wait_signal_trap:
	case MACH_TRAP_semaphore_timedwait_trap:
	case MACH_TRAP_semaphore_timedwait_signal_trap:
		return (true);
	case MACH_TRAP_mach_msg_trap:
	case MACH_TRAP_mach_msg_overwrite_trap:
	case MACH_TRAP_mach_msg2_trap:
		break;
	default:
		return (false);
	}
	/* Waiting to send, or woken without a message. */
	if (th->th_msg.kmsg != NULL || th->th_saved.rcv.kmsg == NULL)
		return (false);
	kmsg = th->th_saved.rcv.kmsg;
	if (kmsg->ikm_ndescs > IKM_INLINE_DESCS || th->th_msg.aux_addr != 0)
		return (false);
	for (i = 0; i < kmsg->ikm_ndescs; i++)
		if (kmsg->ikm_descs[i].id_type != MACH_MSG_PORT_DESCRIPTOR)
			return (false);
	return (th->th_msg.rcv_addr == slot->sl_out_addr &&
	    (th->th_msg.rcv_size <= slot->sl_out_size ||
	    ipc_kmsg_size_for(th, kmsg, th->th_msg.option) <=
	    slot->sl_out_size));
}

static void
make_due(struct mach_thread *th, struct slot *slot)
{

	if (server_client() != NULL && is_light(th, slot))
		slot_run_here(slot);
	else
		server_enqueue(slot);
}

void
thread_wakeup(struct mach_thread *th, int result)
{
	struct machd_thread *mt;

	mtx_assert(th->th_waitq->wq_lock, MA_OWNED);
	KASSERT(th->th_wait_result == THREAD_WAITING, ("not waiting"));
	TAILQ_REMOVE(&th->th_waitq->wq_threads, th, th_waitlink);
	th->th_wait_result = result;
	mt = th->th_host;
	make_due(th, mt->mt_slot);
}

/* End the wait if it is still on and, for a deadline, if that is past. */
static void
end_wait(struct machd_thread *mt, int result)
{
	struct mach_thread *th;
	struct mach_waitq *wq;
	bool due;

	due = false;
	mtx_lock(&mt->mt_lock);
	if (atomic_load(&mt->mt_slot->sl_state) == SLOT_BLOCKED) {
		th = mt->mt_mach;
		wq = th->th_waitq;
		mtx_lock(wq->wq_lock);
		if (th->th_wait_result == THREAD_WAITING &&
		    (result != THREAD_TIMED_OUT ||
		    th->th_deadline <= sbinuptime())) {
			TAILQ_REMOVE(&wq->wq_threads, th, th_waitlink);
			th->th_wait_result = result;
			due = true;
		}
		mtx_unlock(wq->wq_lock);
	}
	mtx_unlock(&mt->mt_lock);
	if (due)
		server_enqueue(mt->mt_slot);
}

static void
deadline_passed(void *arg)
{

	end_wait(arg, THREAD_TIMED_OUT);
}

int
thread_block(struct mach_thread *th, struct mach_waitq *wq,
    sbintime_t deadline, thread_continue_t continuation)
{
	struct machd_thread *mt;
	struct mtx *lock;
	struct slot *slot;

	lock = wq->wq_lock;
	mtx_assert(lock, MA_OWNED);
	slot = server_current();
	mt = slot->sl_thread;
	KASSERT(mt->mt_mach == th, ("blocking another thread"));
	th->th_host = mt;
	th->th_waitq = wq;
	th->th_deadline = deadline;
	th->th_continuation = continuation;
	th->th_wait_result = THREAD_WAITING;
	TAILQ_INSERT_TAIL(&wq->wq_threads, th, th_waitlink);
	atomic_store(&slot->sl_state, SLOT_BLOCKED);

	/*
	 * An interrupt that found the slot busy is answered here; one
	 * that comes after the store above finds it blocked.
	 */
	if (slot_interrupted(slot))
		thread_wakeup(th, THREAD_INTERRUPTED);
	else if (deadline != SBT_MAX) {
		mt->mt_timed = true;
		callout_reset_sbt(&mt->mt_callout, deadline, 0,
		    deadline_passed, mt, C_ABSOLUTE);
	}
	mtx_unlock(lock);
	return (THREAD_BLOCKED);
}

int
mach_thread_wait(struct mach_thread *th)
{

	return (THREAD_BLOCKED);
}

void
kern_interrupt(struct slot *slot)
{

	end_wait(slot->sl_thread, THREAD_INTERRUPTED);
}

/* Run the continuation of a slot that was taken from a run list. */
void
kern_continue(struct slot *slot)
{
	struct mach_thread *th;
	struct machd_thread *mt;
	int result;

	mt = slot->sl_thread;
	th = mt->mt_mach;
	mtx_lock(&mt->mt_lock);
	KASSERT(atomic_load(&slot->sl_state) == SLOT_BLOCKED,
	    ("continuing a thread that does not wait"));
	atomic_store(&slot->sl_state, SLOT_BUSY);
	mtx_unlock(&mt->mt_lock);
	if (mt->mt_timed) {
		mt->mt_timed = false;
		callout_stop(&mt->mt_callout);
	}
	(void)host_set_curthread(mt->mt_td);
	/* The lock makes what the waker wrote under it visible. */
	result = th->th_continuation(th, th->th_wait_result);
	(void)host_set_curthread(NULL);
	host_assert_no_locks("continuation");
	if (result != THREAD_BLOCKED)
		slot_post(slot, (uint32_t)result);
}
