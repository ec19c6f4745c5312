/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Waiting, for hosts whose threads have a kernel stack of their own: the thread
 * sleeps on its condition variable, with the lock of the queue it is on.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/kern/thread.h>

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

void
thread_wakeup(struct mach_thread *th, int result)
{

	mtx_assert(th->th_waitq->wq_lock, MA_OWNED);
	KASSERT(th->th_wait_result == THREAD_WAITING,
	    ("waking a thread twice"));
	TAILQ_REMOVE(&th->th_waitq->wq_threads, th, th_waitlink);
	th->th_wait_result = result;
	cv_signal(&th->th_cv);
}

/*
 * Sleep until woken, and say how it ended.  Who waits holds a reference on the
 * object whose lock this is, so it is there.
 */
static int
mach_thread_sleep(struct mach_thread *th)
{
	struct mtx *lock;
	int error;

	lock = th->th_waitq->wq_lock;
	/* What is waited for may come meanwhile: then nobody sleeps. */
	mach_thread_give_way();
	mtx_lock(lock);
	while (th->th_wait_result == THREAD_WAITING) {
		if (th->th_deadline == SBT_MAX)
			error = cv_wait_sig(&th->th_cv, lock);
		else
			error = cv_timedwait_sig_sbt(&th->th_cv, lock,
			    th->th_deadline, 0, C_ABSOLUTE);
		if (error == 0 || th->th_wait_result != THREAD_WAITING)
			continue;
		thread_wakeup(th, error == EWOULDBLOCK ? THREAD_TIMED_OUT :
		    THREAD_INTERRUPTED);
	}
	error = th->th_wait_result;
	th->th_waitq = NULL;
	mtx_unlock(lock);
	return (error);
}

int
mach_thread_wait(struct mach_thread *th)
{
	int result;

	do {
		result = mach_thread_sleep(th);
		result = th->th_continuation(th, result);
	} while (result == THREAD_BLOCKED);
	return (result);
}
