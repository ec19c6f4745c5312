/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * condvar(9).  Waiters queue up in order and are woken one by one or all
 * together; there are no spurious wake-ups other than those the caller of
 * cv_broadcast() makes.  The _sig forms return EINTR when the host interrupts
 * the thread (host_thread_interrupt()), the timed forms EWOULDBLOCK.
 */

#ifndef _KPI_SYS_CONDVAR_H_
#define	_KPI_SYS_CONDVAR_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <sys/time.h>
#include <sys/callout.h>

struct kpi_sleeper;

struct cv {
	const char	*cv_description;
	int		 cv_waiters;
	TAILQ_HEAD(, kpi_sleeper) cv_sleepers;
};

void	cv_init(struct cv *cvp, const char *desc);
void	cv_destroy(struct cv *cvp);
void	cv_signal(struct cv *cvp);
void	cv_broadcastpri(struct cv *cvp, int pri);

void	kpi_cv_wait(struct cv *, struct lock_object *, bool relock,
	    const char *file, int line);
int	kpi_cv_timedwait(struct cv *, struct lock_object *, sbintime_t sbt,
	    sbintime_t pr, int flags, bool sig, const char *file, int line);

/* A deadline that never comes, for the untimed interruptible wait. */
#define	KPI_CV_FOREVER	SBT_MAX

#define	cv_wait(cvp, lock)						\
	kpi_cv_wait((cvp), &(lock)->lock_object, true, __FILE__, __LINE__)
#define	cv_wait_unlock(cvp, lock)					\
	kpi_cv_wait((cvp), &(lock)->lock_object, false, __FILE__, __LINE__)
#define	cv_wait_sig(cvp, lock)						\
	kpi_cv_timedwait((cvp), &(lock)->lock_object, KPI_CV_FOREVER,	\
	    0, C_ABSOLUTE, true, __FILE__, __LINE__)
#define	cv_timedwait_sbt(cvp, lock, sbt, pr, flags)			\
	kpi_cv_timedwait((cvp), &(lock)->lock_object, (sbt), (pr),	\
	    (flags), false, __FILE__, __LINE__)
#define	cv_timedwait_sig_sbt(cvp, lock, sbt, pr, flags)			\
	kpi_cv_timedwait((cvp), &(lock)->lock_object, (sbt), (pr),	\
	    (flags), true, __FILE__, __LINE__)
#define	cv_timedwait(cvp, lock, timo)					\
	cv_timedwait_sbt((cvp), lock, tick_sbt * (timo), 0, C_HARDCLOCK)
#define	cv_timedwait_sig(cvp, lock, timo)				\
	cv_timedwait_sig_sbt((cvp), lock, tick_sbt * (timo), 0, C_HARDCLOCK)
#define	cv_broadcast(cvp)	cv_broadcastpri((cvp), 0)
#define	cv_wmesg(cvp)		((cvp)->cv_description)

#endif /* !_KPI_SYS_CONDVAR_H_ */
