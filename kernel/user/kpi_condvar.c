/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * condvar(9).
 *
 * Model.  A condition variable is a queue of sleepers; a sleeper is a host
 * thread with a condition of its own.  Whoever ends a sleep (a signal, a
 * broadcast, the interrupt of a thread, the deadline) takes the sleeper off the
 * queue and writes down why: so one sleep has one reason, a cv_signal() is
 * never spent on a thread that gave up, and there is no spurious wake-up.
 *
 * Locks.  Queues are protected by one of CHAINS locks, chosen by the address
 * of the condition variable.  It is taken with the caller's lock held and held
 * until the thread sleeps, which closes the window between the two.
 *
 * An interrupt is a flag in the thread.  The sleeper publishes its chain, then
 * looks at the flag; the interrupter raises the flag, then looks for a chain.
 */

#include <kernel/user/kpi_host.h>

#define CHAINS 128

struct kpi_sleepchain {
	pthread_mutex_t lock;
	TAILQ_HEAD(, kpi_sleeper) timed; /* sleepers with a deadline */
} __aligned(64);

struct kpi_sleeper {
	TAILQ_ENTRY(kpi_sleeper) link; /* in cv_sleepers */
	TAILQ_ENTRY(kpi_sleeper) tlink; /* in timed */
	pthread_cond_t cond;
	struct cv *cv;
	bool queued;
	int result;
};

static struct kpi_sleepchain chains[CHAINS];
static pthread_once_t sleep_once = PTHREAD_ONCE_INIT;
static pthread_key_t sleeper_key;
static pthread_condattr_t sleeper_attr;

static void
sleeper_destroy(void *arg)
{
	struct kpi_sleeper *s = arg;

	(void)pthread_cond_destroy(&s->cond);
	free(s);
}

static void
sleep_setup(void)
{
	u_int i;

	for (i = 0; i < CHAINS; i++) {
		(void)pthread_mutex_init(&chains[i].lock, NULL);
		TAILQ_INIT(&chains[i].timed);
	}
	if (pthread_key_create(&sleeper_key, sleeper_destroy) != 0 ||
	    pthread_condattr_init(&sleeper_attr) != 0 ||
	    pthread_condattr_setclock(&sleeper_attr, CLOCK_MONOTONIC) != 0)
		panic("sleep queues");
}

static struct kpi_sleeper *
sleeper_self(void)
{
	struct kpi_sleeper *s;

	if ((s = kpi_tls.kt_sleeper) != NULL)
		return (s);
	(void)pthread_once(&sleep_once, sleep_setup);
	s = calloc(1, sizeof(*s));
	if (s == NULL || pthread_cond_init(&s->cond, &sleeper_attr) != 0 ||
	    pthread_setspecific(sleeper_key, s) != 0)
		panic("no memory for a sleeper");
	kpi_tls.kt_sleeper = s;
	return (s);
}

static struct kpi_sleepchain *
chain_of(const struct cv *cv)
{
	uintptr_t a;

	(void)pthread_once(&sleep_once, sleep_setup);
	a = (uintptr_t)cv;
	return (&chains[((a >> 4) ^ (a >> 12)) % CHAINS]);
}

void
cv_init(struct cv *cvp, const char *desc)
{

	cvp->cv_description = desc;
	cvp->cv_waiters = 0;
	TAILQ_INIT(&cvp->cv_sleepers);
}

void
cv_destroy(struct cv *cvp)
{

	KASSERT(__atomic_load_n(&cvp->cv_waiters, __ATOMIC_RELAXED) == 0,
	    ("cv_destroy of \"%s\": %d threads wait", cvp->cv_description,
		cvp->cv_waiters));
	cvp->cv_description = NULL;
}

/* With the chain locked: end the sleep of s, which may be the caller. */
static void
sleeper_wake(struct kpi_sleeper *s, int result)
{

	KASSERT(s->queued, ("waking a thread that does not sleep"));
	TAILQ_REMOVE(&s->cv->cv_sleepers, s, link);
	__atomic_store_n(&s->cv->cv_waiters, s->cv->cv_waiters - 1,
	    __ATOMIC_RELAXED);
	s->queued = false;
	s->result = result;
	kpi_sched_awaken(s);
	pthread_cond_signal(&s->cond);
}

static int
sleep_on(struct cv *cvp, struct lock_object *lock, sbintime_t deadline,
    bool sig, bool relock, const char *file, int line)
{
	struct kpi_sleepchain *ch;
	struct kpi_sleeper *s;
	struct timespec ts;
	struct thread *td;
	bool gave_up, timed;
	u_int how;
	int result;

#ifdef KPI_DEBUG
	kpi_check_live(lock, "cv_wait", file, line);
	if (cvp->cv_description == NULL)
		kpi_panic(file, line, "cv_wait on a destroyed condition");
	if (kpi_lock_held(lock) == 0)
		kpi_panic(file, line,
		    "cv_wait on \"%s\" without its lock "
		    "\"%s\" held @ %s:%d",
		    cvp->cv_description, lock->lo_name, file, line);
	kpi_may_sleep_but(lock, "cv_wait", file, line);
#endif
	kpi_sched_point(KPI_POINT_SLEEP, cvp);
	td = sig ? curthread : NULL;
	timed = deadline != KPI_CV_FOREVER;
	s = sleeper_self();
	ch = chain_of(cvp);

	pthread_mutex_lock(&ch->lock);
	s->cv = cvp;
	s->queued = true;
	s->result = 0;
	TAILQ_INSERT_TAIL(&cvp->cv_sleepers, s, link);
	__atomic_store_n(&cvp->cv_waiters, cvp->cv_waiters + 1,
	    __ATOMIC_RELAXED);
	if (timed)
		TAILQ_INSERT_TAIL(&ch->timed, s, tlink);
	/* Only a sleeper that an interrupt may wake tells who it is. */
	if (td != NULL) {
		td->td_host_sleeper = s;
		__atomic_store_n(&td->td_host_chain, ch, __ATOMIC_SEQ_CST);
		if (__atomic_exchange_n(&td->td_host_intr, 0,
			__ATOMIC_SEQ_CST) != 0)
			sleeper_wake(s, EINTR);
	} else if (curthread != NULL)
		__atomic_store_n(&curthread->td_host_chain, ch,
		    __ATOMIC_SEQ_CST);
	how = kpi_lock_release(lock, file, line);

	while (s->queued) {
		if (kpi_sched_running()) {
			/* The chain lock is the host's: not for long. */
			pthread_mutex_unlock(&ch->lock);
			gave_up = kpi_sched_sleep(s, cvp->cv_description,
			    deadline);
			pthread_mutex_lock(&ch->lock);
			if (gave_up && s->queued)
				sleeper_wake(s, EWOULDBLOCK);
			continue;
		}
		if (!timed) {
			pthread_cond_wait(&s->cond, &ch->lock);
			continue;
		}
		if (sbinuptime() >= deadline) {
			sleeper_wake(s, EWOULDBLOCK);
			break;
		}
		ts = kpi_host_deadline(deadline);
		(void)pthread_cond_timedwait(&s->cond, &ch->lock, &ts);
	}
	result = s->result;
	if (timed)
		TAILQ_REMOVE(&ch->timed, s, tlink);
	if (curthread != NULL) {
		__atomic_store_n(&curthread->td_host_chain, NULL,
		    __ATOMIC_SEQ_CST);
		curthread->td_host_sleeper = NULL;
	}
	pthread_mutex_unlock(&ch->lock);

	if (relock)
		kpi_lock_retake(lock, how, file, line);
	return (result);
}

void
kpi_cv_wait(struct cv *cvp, struct lock_object *lock, bool relock,
    const char *file, int line)
{

	(void)sleep_on(cvp, lock, KPI_CV_FOREVER, false, relock, file, line);
}

int
kpi_cv_timedwait(struct cv *cvp, struct lock_object *lock, sbintime_t sbt,
    sbintime_t pr, int flags, bool sig, const char *file, int line)
{
	sbintime_t now;

	(void)pr;
	if ((flags & C_ABSOLUTE) == 0) {
		now = sbinuptime();
		sbt = sbt > KPI_CV_FOREVER - now ? KPI_CV_FOREVER : now + sbt;
	}
	return (sleep_on(cvp, lock, sbt, sig, true, file, line));
}

void
cv_signal(struct cv *cvp)
{
	struct kpi_sleepchain *ch;

	kpi_sched_point(KPI_POINT_WAKE, cvp);
	if (__atomic_load_n(&cvp->cv_waiters, __ATOMIC_RELAXED) == 0)
		return;
	ch = chain_of(cvp);
	pthread_mutex_lock(&ch->lock);
	if (!TAILQ_EMPTY(&cvp->cv_sleepers))
		sleeper_wake(TAILQ_FIRST(&cvp->cv_sleepers), 0);
	pthread_mutex_unlock(&ch->lock);
}

void
cv_broadcastpri(struct cv *cvp, int pri)
{
	struct kpi_sleepchain *ch;

	(void)pri;
	kpi_sched_point(KPI_POINT_WAKE, cvp);
	if (__atomic_load_n(&cvp->cv_waiters, __ATOMIC_RELAXED) == 0)
		return;
	ch = chain_of(cvp);
	pthread_mutex_lock(&ch->lock);
	while (!TAILQ_EMPTY(&cvp->cv_sleepers))
		sleeper_wake(TAILQ_FIRST(&cvp->cv_sleepers), 0);
	pthread_mutex_unlock(&ch->lock);
}

void
host_thread_interrupt(struct thread *td)
{
	struct kpi_sleepchain *ch;
	struct kpi_sleeper *s;

	__atomic_store_n(&td->td_host_intr, 1, __ATOMIC_SEQ_CST);
	ch = __atomic_load_n(&td->td_host_chain, __ATOMIC_SEQ_CST);
	if (ch == NULL)
		return;
	pthread_mutex_lock(&ch->lock);
	/* It may have woken, or gone to sleep elsewhere and seen the flag. */
	if (__atomic_load_n(&td->td_host_chain, __ATOMIC_SEQ_CST) == ch) {
		s = td->td_host_sleeper;
		if (s != NULL && s->queued &&
		    __atomic_exchange_n(&td->td_host_intr, 0,
			__ATOMIC_SEQ_CST) != 0)
			sleeper_wake(s, EINTR);
	}
	pthread_mutex_unlock(&ch->lock);
}

void
host_thread_uninterrupt(struct thread *td)
{

	__atomic_store_n(&td->td_host_intr, 0, __ATOMIC_SEQ_CST);
}

bool
host_thread_sleeping(struct thread *td)
{

	return (__atomic_load_n(&td->td_host_chain, __ATOMIC_SEQ_CST) != NULL);
}

void
kpi_condvar_clock_changed(void)
{
	struct kpi_sleeper *s;
	u_int i;

	(void)pthread_once(&sleep_once, sleep_setup);
	for (i = 0; i < CHAINS; i++) {
		pthread_mutex_lock(&chains[i].lock);
		TAILQ_FOREACH(s, &chains[i].timed, tlink)
			pthread_cond_signal(&s->cond);
		pthread_mutex_unlock(&chains[i].lock);
	}
}
