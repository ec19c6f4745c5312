/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * callout(9).
 *
 * Model.  Pending callouts stand in a tree ordered by time and arrival.  One
 * thread, started with the first callout, takes the due ones off and runs
 * them.  A callout with a lock is run in two steps: it is made current, then
 * its lock is taken, then it is looked at again: until that moment the holder
 * of the lock can still cancel it.
 *
 * Locks.  co_lock protects the tree and the co_ variables; it is taken after
 * the callouts' own locks, and never held while one of those is taken.  After
 * the handler the callout itself is not touched, since a handler may free it.
 */

#include <kernel/user/kpi_host.h>

static int
callout_cmp(const struct callout *a, const struct callout *b)
{

	if (a->c_time != b->c_time)
		return (a->c_time < b->c_time ? -1 : 1);
	return (a->c_seq < b->c_seq ? -1 : a->c_seq > b->c_seq);
}

RB_HEAD(callout_tree, callout);
RB_PROTOTYPE_STATIC(callout_tree, callout, c_entry, callout_cmp)
RB_GENERATE_STATIC(callout_tree, callout, c_entry, callout_cmp)

static pthread_mutex_t co_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t co_wake; /* monotonic; set up with the thread */
static pthread_cond_t co_idle = PTHREAD_COND_INITIALIZER;
static struct callout_tree co_tree = RB_INITIALIZER(&co_tree);
static uint64_t co_seq;
static struct callout *co_curr; /* being run */
static bool co_started; /* too late to cancel co_curr */
static bool co_cancelled; /* co_curr is not to start */
static u_int co_drainers; /* threads waiting for co_idle */
static u_int co_draining_curr; /* of those, for co_curr's end */
static bool co_running; /* the thread exists */
static bool co_stop;
static pthread_t co_thread;
static struct thread co_td; /* its curthread */

/* The flags are read without co_lock by callout_pending(). */
static void
set_iflags(struct callout *c, short v)
{

	__atomic_store_n(&c->c_iflags, v, __ATOMIC_RELAXED);
}

static void
run_one(struct callout *c)
{
	struct lock_object *lock;
	void (*func)(void *);
	void *arg;
	bool unlocked;

	RB_REMOVE(callout_tree, &co_tree, c);
	set_iflags(c, c->c_iflags & ~CALLOUT_PENDING);
	lock = c->c_lock;
	func = c->c_func;
	arg = c->c_arg;
	unlocked = (c->c_iflags & CALLOUT_RETURNUNLOCKED) != 0;
	co_curr = c;
	co_started = lock == NULL;
	co_cancelled = false;
	pthread_mutex_unlock(&co_lock);

	if (lock != NULL) {
		kpi_lock_retake(lock, LOP_EXCLUSIVE, __FILE__, __LINE__);
		pthread_mutex_lock(&co_lock);
		if (co_cancelled) {
			pthread_mutex_unlock(&co_lock);
			(void)kpi_lock_release(lock, __FILE__, __LINE__);
			goto done;
		}
		co_started = true;
		pthread_mutex_unlock(&co_lock);
	}

	kpi_nosleep_enter("a callout handler");
	func(arg);
	kpi_nosleep_exit();

	if (lock != NULL && !unlocked)
		(void)kpi_lock_release(lock, __FILE__, __LINE__);
	host_assert_no_locks("return from a callout handler");
done:
	pthread_mutex_lock(&co_lock);
	co_curr = NULL;
	kpi_sched_released(&co_idle);
	if (co_drainers != 0)
		pthread_cond_broadcast(&co_idle);
}

#ifndef KPI_SCHED
/*
 * When the thread, which sleeps, looks again.  Most time-outs are stopped
 * before their time.  The thread is not told of that: it looks once at the time
 * of the first of them, and none of those that come later has to wake it.
 */
static sbintime_t co_look = SBT_MAX;
static bool co_asleep;

/* Until c is due, if there is one, or woken.  With co_lock held. */
static void
softclock_sleep(const struct callout *c, sbintime_t now)
{
	struct timespec ts;
	sbintime_t until;

	until = c != NULL ? c->c_time : SBT_MAX;
	if (co_look <= now || co_look > until)
		co_look = until;
	co_asleep = true;
	if (co_look == SBT_MAX)
		pthread_cond_wait(&co_wake, &co_lock);
	else {
		ts = kpi_host_deadline(co_look);
		(void)pthread_cond_timedwait(&co_wake, &co_lock, &ts);
	}
	co_asleep = false;
}

/* There is a new one.  With co_lock held. */
static void
softclock_wake(const struct callout *c)
{

	if (!co_asleep || c->c_time >= co_look)
		return;
	co_look = c->c_time;
	pthread_cond_signal(&co_wake);
}

static void *
softclock(void *arg)
{
	struct callout *c;
	sbintime_t now;

	(void)arg;
	(void)host_set_curthread(&co_td);
	pthread_mutex_lock(&co_lock);
	while (!co_stop) {
		c = RB_MIN(callout_tree, &co_tree);
		now = sbinuptime();
		if (c != NULL && c->c_time <= now)
			run_one(c);
		else
			softclock_sleep(c, now);
	}
	pthread_mutex_unlock(&co_lock);
	return (NULL);
}
#else
bool
kpi_callout_any(void)
{

	return (!RB_EMPTY(&co_tree));
}

/* softclock() as a thread of a controlled run. */
void
kpi_callout_sched(void)
{
	struct callout *c;
	sbintime_t deadline;

	(void)host_set_curthread(&co_td);
	while (!kpi_sched_over()) {
		pthread_mutex_lock(&co_lock);
		c = RB_MIN(callout_tree, &co_tree);
		deadline = c != NULL ? c->c_time : KPI_CV_FOREVER;
		if (c != NULL && sbinuptime() >= deadline) {
			run_one(c);
			pthread_mutex_unlock(&co_lock);
			continue;
		}
		pthread_mutex_unlock(&co_lock);
		(void)kpi_sched_sleep(&co_tree, "callouts", deadline);
	}
	(void)host_set_curthread(NULL);
}
#endif

/* With co_lock held. */
static void
softclock_start(void)
{
#ifdef KPI_SCHED
	co_td.td_proc = &proc0;
	co_td.td_ucred = proc0.p_ucred;
	co_td.td_tid = 1;
	(void)kpi_strlcpy(co_td.td_name, "softclock", sizeof(co_td.td_name));
#else
	pthread_condattr_t attr;

	if (co_running)
		return;
	host_init();
	co_td.td_proc = &proc0;
	co_td.td_ucred = proc0.p_ucred;
	co_td.td_tid = 1;
	(void)kpi_strlcpy(co_td.td_name, "softclock", sizeof(co_td.td_name));
	co_stop = false;
	if (pthread_condattr_init(&attr) != 0 ||
	    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) != 0 ||
	    pthread_cond_init(&co_wake, &attr) != 0 ||
	    pthread_create(&co_thread, NULL, softclock, NULL) != 0)
		panic("cannot start the callout thread");
	(void)pthread_condattr_destroy(&attr);
	co_running = true;
#endif
}

void
kpi_callout_fini(void)
{

	pthread_mutex_lock(&co_lock);
	if (!co_running) {
		pthread_mutex_unlock(&co_lock);
		return;
	}
	co_stop = true;
	pthread_cond_signal(&co_wake);
	pthread_mutex_unlock(&co_lock);
	(void)pthread_join(co_thread, NULL);
	pthread_mutex_lock(&co_lock);
	(void)pthread_cond_destroy(&co_wake);
	co_running = false;
	pthread_mutex_unlock(&co_lock);
}

void
kpi_callout_clock_changed(void)
{

	pthread_mutex_lock(&co_lock);
	if (co_running)
		pthread_cond_signal(&co_wake);
	pthread_mutex_unlock(&co_lock);
}

void
callout_init(struct callout *c, int mpsafe)
{

	KASSERT(mpsafe != 0, ("callout_init: Giant is not on the diet"));
	memset(c, 0, sizeof(*c));
	(void)mpsafe;
}

void
_callout_init_lock(struct callout *c, struct lock_object *lock, int flags)
{

	KASSERT((flags & ~CALLOUT_RETURNUNLOCKED) == 0,
	    ("callout_init_mtx: flags %#x", flags));
	KASSERT(lock == NULL || (lock->lo_flags & LO_CLASSMASK) == LO_MTX,
	    ("callout_init_mtx: not a mutex"));
	memset(c, 0, sizeof(*c));
	c->c_lock = lock;
	set_iflags(c, (short)(flags & CALLOUT_RETURNUNLOCKED));
}

/* Cancel c if it is current and has not started.  With co_lock held. */
static bool
cancel_current(struct callout *c)
{

	if (co_curr != c || co_started || co_cancelled || c->c_lock == NULL ||
	    !kpi_lock_mine(c->c_lock))
		return (false);
	co_cancelled = true;
	return (true);
}

int
callout_reset_sbt_on(struct callout *c, sbintime_t sbt, sbintime_t pr,
    void (*fn)(void *), void *arg, int cpu, int flags)
{
	sbintime_t now;
	int cancelled;

	(void)pr, (void)cpu;
#ifdef KPI_DEBUG
	if (c->c_lock != NULL && kpi_lock_held(c->c_lock) == 0)
		panic("callout_reset without its lock \"%s\"",
		    c->c_lock->lo_name);
#endif
	if ((flags & C_ABSOLUTE) == 0) {
		now = sbinuptime();
		sbt = sbt > SBT_MAX - now ? SBT_MAX : now + sbt;
	}

	pthread_mutex_lock(&co_lock);
	softclock_start();
	cancelled = cancel_current(c) ? 1 : 0;
	if (co_curr == c && co_draining_curr != 0) {
		/* Somebody waits for its end: it is not to come back. */
		pthread_mutex_unlock(&co_lock);
		return (cancelled);
	}
	if ((c->c_iflags & CALLOUT_PENDING) != 0) {
		RB_REMOVE(callout_tree, &co_tree, c);
		cancelled = 1;
	}
	c->c_func = fn;
	c->c_arg = arg;
	c->c_time = sbt;
	c->c_seq = co_seq++;
	set_iflags(c, c->c_iflags | CALLOUT_PENDING);
	(void)__atomic_or_fetch(&c->c_flags, CALLOUT_ACTIVE, __ATOMIC_RELAXED);
	(void)RB_INSERT(callout_tree, &co_tree, c);
#ifdef KPI_SCHED
	if (kpi_sched_running())
		kpi_sched_callout_armed();
#else
	softclock_wake(c);
#endif
	pthread_mutex_unlock(&co_lock);
	return (cancelled);
}

/* 1: stopped, 0: it runs (or, drained, has run), -1: was not scheduled. */
int
kpi_callout_stop(struct callout *c, int flags, const char *file, int line)
{
	int result;

	(void)file, (void)line;
	if ((flags & CS_DRAIN) != 0)
		kpi_may_sleep("callout_drain", file, line);

	result = -1;
	pthread_mutex_lock(&co_lock);
	KASSERT((flags & CS_DRAIN) == 0 || !co_running ||
		!pthread_equal(pthread_self(), co_thread),
	    ("callout_drain in a callout handler"));
	if ((c->c_iflags & CALLOUT_PENDING) != 0) {
		RB_REMOVE(callout_tree, &co_tree, c);
		set_iflags(c, c->c_iflags & ~CALLOUT_PENDING);
		result = 1;
	}
	if (co_curr == c) {
		if (c->c_lock != NULL && cancel_current(c))
			result = 1;
		else if (!co_cancelled)
			result = 0;
		if ((flags & CS_DRAIN) != 0) {
			co_drainers++;
			co_draining_curr++;
			while (co_curr == c) {
#ifdef KPI_SCHED
				pthread_mutex_unlock(&co_lock);
				if (!kpi_sched_contended(&co_idle, "callout"))
					panic("callout_drain outside a run");
				pthread_mutex_lock(&co_lock);
#else
				pthread_cond_wait(&co_idle, &co_lock);
#endif
			}
			co_draining_curr--;
			co_drainers--;
		}
	}
	callout_deactivate(c);
	pthread_mutex_unlock(&co_lock);
	return (result);
}
