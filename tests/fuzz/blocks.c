/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Waiting without sleeping; see blocks.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>

#include <kernel/kern/thread.h>
#include <kernel/user/host.h>

#include <tests/fuzz/blocks.h>

static struct mach_threadq run = TAILQ_HEAD_INITIALIZER(run);

void
mach_waitq_init(struct mach_waitq *wq, struct mtx *lock)
{

	wq->wq_lock = lock;
	TAILQ_INIT(&wq->wq_threads);
}

int
thread_block(struct mach_thread *th, struct mach_waitq *wq,
    sbintime_t deadline, thread_continue_t continuation)
{

	mtx_assert(wq->wq_lock, MA_OWNED);
	th->th_waitq = wq;
	th->th_deadline = deadline;
	th->th_continuation = continuation;
	th->th_wait_result = THREAD_WAITING;
	TAILQ_INSERT_TAIL(&wq->wq_threads, th, th_waitlink);
	mtx_unlock(wq->wq_lock);
	return (THREAD_BLOCKED);
}

int
mach_thread_wait(struct mach_thread *th __unused)
{

	return (THREAD_BLOCKED);
}

void
thread_wakeup(struct mach_thread *th, int result)
{

	mtx_assert(th->th_waitq->wq_lock, MA_OWNED);
	KASSERT(th->th_wait_result == THREAD_WAITING,
	    ("waking a thread twice"));
	TAILQ_REMOVE(&th->th_waitq->wq_threads, th, th_waitlink);
	th->th_wait_result = result;
	TAILQ_INSERT_TAIL(&run, th, th_waitlink);
}

struct mach_thread *
blocks_next(void)
{
	struct mach_thread *th;

	th = TAILQ_FIRST(&run);
	if (th != NULL)
		TAILQ_REMOVE(&run, th, th_waitlink);
	return (th);
}

int
blocks_continue(struct mach_thread *th)
{
	struct thread *td;
	int result;

	td = host_set_curthread(th->th_td);
	th->th_waitq = NULL;
	result = th->th_continuation(th, th->th_wait_result);
	host_assert_no_locks("continuation");
	(void)host_set_curthread(td);
	return (result);
}

static bool
blocks_end(struct mach_thread *th, int result)
{
	struct mtx *lock;

	if (th->th_waitq == NULL || th->th_wait_result != THREAD_WAITING)
		return (false);
	lock = th->th_waitq->wq_lock;
	mtx_lock(lock);
	thread_wakeup(th, result);
	mtx_unlock(lock);
	return (true);
}

bool
blocks_time_out(struct mach_thread *th)
{

	return (blocks_end(th, THREAD_TIMED_OUT));
}

bool
blocks_interrupt(struct mach_thread *th)
{

	return (blocks_end(th, THREAD_INTERRUPTED));
}

bool
blocks_waiting(struct mach_thread *th)
{

	return (th->th_waitq != NULL);
}
