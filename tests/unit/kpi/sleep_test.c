/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Sleeping: condition variables, interrupts, deadlines, callouts.  Time is
 * moved on by host_time_advance(), so that nothing depends on how fast the
 * machine is.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/condvar.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/sx.h>
#include <sys/time.h>

#include <kernel/user/host.h>
#include <tests/unit/test.h>
#include <pthread.h>
#include <sched.h>

#define HOUR (3600ull * 1000000000)

static struct mtx m;
static struct sx sx;
static struct cv cv;
static struct proc *proc;

/* A thread that sleeps once. */
struct sleeper {
	pthread_t pt;
	struct thread *td;
	enum { PLAIN, SIG, TIMED, TIMED_SIG, SX, UNLOCK } how;
	sbintime_t sbt;
	int result;
	int order; /* when it woke, 1..n */
	bool done;
};

static int woken; /* m */

static void *
sleeper_main(void *arg)
{
	struct sleeper *s = arg;

	(void)host_set_curthread(s->td);
	if (s->how == SX) {
		sx_slock(&sx);
		cv_wait(&cv, &sx);
		sx_assert(&sx, SA_SLOCKED);
		sx_sunlock(&sx);
		mtx_lock(&m);
	} else {
		mtx_lock(&m);
		switch (s->how) {
		case PLAIN:
			cv_wait(&cv, &m);
			break;
		case SIG:
			s->result = cv_wait_sig(&cv, &m);
			break;
		case TIMED:
			s->result = cv_timedwait_sbt(&cv, &m, s->sbt, 0, 0);
			break;
		case TIMED_SIG:
			s->result = cv_timedwait_sig_sbt(&cv, &m, s->sbt, 0,
			    C_ABSOLUTE);
			break;
		default:
			cv_wait_unlock(&cv, &m);
			mtx_lock(&m);
			break;
		}
	}
	mtx_assert(&m, MA_OWNED);
	s->order = ++woken;
	s->done = true;
	mtx_unlock(&m);
	(void)host_set_curthread(NULL);
	return (NULL);
}

static int
waiters(void)
{

	return (__atomic_load_n(&cv.cv_waiters, __ATOMIC_ACQUIRE));
}

/* Start it and see that it sleeps. */
static void
go(struct sleeper *s)
{
	int n;

	n = waiters();
	s->td = host_thread_create(proc, 7, "sleeper", s);
	REQUIRE(pthread_create(&s->pt, NULL, sleeper_main, s) == 0);
	while (waiters() == n)
		(void)sched_yield();
	while (!host_thread_sleeping(s->td))
		(void)sched_yield();
	/* It has the lock until it really sleeps. */
	if (s->how == SX) {
		sx_xlock(&sx);
		sx_xunlock(&sx);
	} else {
		mtx_lock(&m);
		mtx_unlock(&m);
	}
}

static void
done(struct sleeper *s)
{

	(void)pthread_join(s->pt, NULL);
	CHECK(s->done);
	CHECK(!host_thread_sleeping(s->td));
	host_thread_destroy(s->td);
}

static void
test_cv(void)
{
	struct sleeper s[3];
	int i;

	/* One at a time, in the order they came. */
	memset(s, 0, sizeof(s));
	woken = 0;
	for (i = 0; i < 3; i++)
		go(&s[i]);
	CHECK_EQ(waiters(), 3);
	for (i = 0; i < 3; i++) {
		mtx_lock(&m);
		cv_signal(&cv);
		CHECK_EQ(waiters(), 2 - i);
		mtx_unlock(&m);
		done(&s[i]);
		CHECK_EQ(s[i].order, i + 1);
	}
	cv_signal(&cv); /* nobody: not remembered */

	memset(s, 0, sizeof(s));
	s[1].how = SX;
	s[2].how = UNLOCK;
	for (i = 0; i < 3; i++)
		go(&s[i]);
	cv_broadcast(&cv);
	CHECK_EQ(waiters(), 0);
	for (i = 0; i < 3; i++)
		done(&s[i]);
}

static void
test_interrupt(void)
{
	struct sleeper s[2];
	int error;

	memset(s, 0, sizeof(s));
	s[0].how = SIG;
	go(&s[0]);
	host_thread_interrupt(s[0].td);
	done(&s[0]);
	CHECK_EQ(s[0].result, EINTR);
	CHECK_EQ(waiters(), 0);

	memset(s, 0, sizeof(s));
	s[0].how = TIMED_SIG;
	s[0].sbt = SBT_MAX;
	go(&s[0]);
	host_thread_interrupt(s[0].td);
	done(&s[0]);
	CHECK_EQ(s[0].result, EINTR);

	/* Not this sleep; the interrupt stays for the next. */
	memset(s, 0, sizeof(s));
	go(&s[0]);
	host_thread_interrupt(s[0].td);
	CHECK_EQ(waiters(), 1);
	cv_signal(&cv);
	done(&s[0]);

	/* A signal spent on an interrupted thread would lose the other. */
	memset(s, 0, sizeof(s));
	s[0].how = SIG;
	go(&s[0]);
	go(&s[1]);
	host_thread_interrupt(s[0].td);
	cv_signal(&cv);
	done(&s[0]);
	done(&s[1]);
	CHECK_EQ(s[0].result, EINTR);

	/* Before the sleep, once; and taken back. */
	host_thread_interrupt(curthread);
	mtx_lock(&m);
	error = cv_wait_sig(&cv, &m);
	CHECK_EQ(error, EINTR);
	error = cv_timedwait_sig_sbt(&cv, &m, sbinuptime(), 0, C_ABSOLUTE);
	CHECK_EQ(error, EWOULDBLOCK);
	mtx_unlock(&m);
	host_thread_interrupt(curthread);
	host_thread_uninterrupt(curthread);
	mtx_lock(&m);
	error = cv_timedwait_sig(&cv, &m, 1);
	CHECK_EQ(error, EWOULDBLOCK);
	mtx_unlock(&m);
}

static void
test_deadline(void)
{
	struct sleeper s[2];
	int error;

	/* In the past, and at zero. */
	mtx_lock(&m);
	error = cv_timedwait_sbt(&cv, &m, 0, 0, 0);
	CHECK_EQ(error, EWOULDBLOCK);
	error = cv_timedwait_sbt(&cv, &m, 1, 0, C_ABSOLUTE);
	CHECK_EQ(error, EWOULDBLOCK);
	error = cv_timedwait(&cv, &m, 1);
	CHECK_EQ(error, EWOULDBLOCK);
	mtx_unlock(&m);

	memset(s, 0, sizeof(s));
	s[0].how = TIMED;
	s[0].sbt = nstosbt(HOUR);
	s[1].how = TIMED_SIG;
	s[1].sbt = sbinuptime() + nstosbt(3 * HOUR);
	go(&s[0]);
	go(&s[1]);
	host_time_advance(2 * HOUR);
	done(&s[0]);
	CHECK_EQ(s[0].result, EWOULDBLOCK);
	CHECK_EQ(waiters(), 1);
	cv_signal(&cv);
	done(&s[1]);
	CHECK_EQ(s[1].result, 0);
}

/*
 * Signals and interrupts at the same moment: each sleep ends once, for one
 * reason, and what was meant for it does not reach the next.
 */
#define RACES 3000
static u_int race_round, race_over, race_results[2]; /* m */
static struct cv race_cv;

static void *
race_main(void *arg)
{
	struct thread *td = arg;
	int error;
	u_int i;

	(void)host_set_curthread(td);
	mtx_lock(&m);
	for (i = 1; i <= RACES; i++) {
		race_round = i;
		error = cv_wait_sig(&cv, &m);
		CHECK(error == 0 || error == EINTR);
		CHECK_EQ(waiters(), 0);
		if (i % 4 == 2)
			CHECK_EQ(error, EINTR);
		if (i % 4 == 3)
			CHECK_EQ(error, 0);
		race_results[error != 0]++;
		while (race_over < i)
			cv_wait(&race_cv, &m);
		host_thread_uninterrupt(td);
	}
	mtx_unlock(&m);
	(void)host_set_curthread(NULL);
	return (NULL);
}

static void
test_race(void)
{
	struct thread *td;
	pthread_t pt;
	u_int i;

	cv_init(&race_cv, "race cv");
	td = host_thread_create(proc, 8, "racer", NULL);
	REQUIRE(pthread_create(&pt, NULL, race_main, td) == 0);
	for (i = 1; i <= RACES; i++) {
		for (;;) {
			mtx_lock(&m);
			if (race_round == i)
				break;
			mtx_unlock(&m);
			(void)sched_yield();
		}
		if (i % 8 < 4)
			mtx_unlock(&m);
		if (i % 4 == 0 || i % 4 == 3)
			cv_signal(&cv);
		if (i % 4 != 3)
			host_thread_interrupt(td);
		if (i % 4 == 1)
			cv_signal(&cv);
		if (i % 8 < 4)
			mtx_lock(&m);
		race_over = i;
		cv_signal(&race_cv);
		mtx_unlock(&m);
	}
	(void)pthread_join(pt, NULL);
	CHECK_EQ(race_results[0] + race_results[1], RACES);
	CHECK(race_results[0] > 0 && race_results[1] > 0);
	CHECK_EQ(waiters(), 0);
	cv_destroy(&race_cv);
	host_thread_destroy(td);
}

/*
 * Callouts
 */

static struct mtx cm;
static struct cv ccv;
static int fired, trace[8];

static void
fire(void *arg)
{

	mtx_lock(&cm);
	trace[fired++ % 8] = (int)(intptr_t)arg;
	cv_broadcast(&ccv);
	mtx_unlock(&cm);
}

static void
fire_locked(void *arg)
{

	mtx_assert(&cm, MA_OWNED);
	trace[fired++ % 8] = (int)(intptr_t)arg;
	cv_broadcast(&ccv);
}

static void
fire_unlocking(void *arg)
{

	fire_locked(arg);
	mtx_unlock(&cm);
}

static void
await(int n)
{

	mtx_lock(&cm);
	while (fired < n)
		cv_wait(&ccv, &cm);
	CHECK_EQ(fired, n);
	mtx_unlock(&cm);
}

static bool held_up, draining;

/* Stays in the handler until the drain is about to begin, and a bit on. */
static void
fire_slowly(void *arg)
{
	int i;

	(void)arg;
	mtx_lock(&cm);
	held_up = true;
	cv_broadcast(&ccv);
	mtx_unlock(&cm);
	while (!__atomic_load_n(&draining, __ATOMIC_ACQUIRE))
		(void)sched_yield();
	for (i = 0; i < 1000; i++)
		(void)sched_yield();
	mtx_lock(&cm);
	fired++;
	mtx_unlock(&cm);
}

static void *
drainer(void *arg)
{
	struct callout *c = arg;
	int r;

	__atomic_store_n(&draining, true, __ATOMIC_RELEASE);
	r = callout_drain(c);
	CHECK(r == 0 || r == -1); /* -1: it had ended before */
	CHECK_EQ(fired, 5); /* in any case it has ended */
	return (NULL);
}

static int signals;

int __real_pthread_cond_signal(pthread_cond_t *);
int __wrap_pthread_cond_signal(pthread_cond_t *);

int
__wrap_pthread_cond_signal(pthread_cond_t *c)
{

	(void)__atomic_add_fetch(&signals, 1, __ATOMIC_RELAXED);
	return (__real_pthread_cond_signal(c));
}

/*
 * Time-outs that are stopped before their time, as most are, do not wake the
 * callout thread each; one that is earlier than all before does.
 */
static void
test_callout_stopped(void)
{
	struct callout c[2];
	int before, i;

	mtx_init(&cm, "callout mtx", NULL, MTX_DEF);
	cv_init(&ccv, "callout cv");
	callout_init(&c[0], 1);
	callout_init(&c[1], 1);
	before = __atomic_load_n(&signals, __ATOMIC_RELAXED);
	for (i = 0; i < 1000; i++) {
		callout_reset_sbt(&c[0], nstosbt(HOUR), 0, fire, (void *)1, 0);
		CHECK_EQ(callout_stop(&c[0]), 1);
	}
	i = __atomic_load_n(&signals, __ATOMIC_RELAXED) - before;
	CHECK(i <= 1);

	/* The thread thinks that it may sleep for an hour. */
	callout_reset_sbt(&c[0], nstosbt(2 * HOUR), 0, fire, (void *)2, 0);
	callout_reset_sbt(&c[1], nstosbt(1000), 0, fire, (void *)3, 0);
	await(1);
	CHECK_EQ(trace[0], 3);
	host_time_advance(3 * HOUR);
	await(2);
	CHECK_EQ(trace[1], 2);
	callout_drain(&c[0]);
	callout_drain(&c[1]);
	cv_destroy(&ccv);
	mtx_destroy(&cm);
	fired = 0;
}

static void
test_callout(void)
{
	struct callout c[4];
	sbintime_t now;
	pthread_t pt;
	int i;

	mtx_init(&cm, "callout mtx", NULL, MTX_DEF);
	cv_init(&ccv, "callout cv");
	for (i = 0; i < 4; i++)
		callout_init(&c[i], 1);

	/* In order of time, then of arrival. */
	now = sbinuptime();
	CHECK_EQ(callout_reset_sbt(&c[0], nstosbt(2 * HOUR), 0, fire, (void *)3,
		     0),
	    0);
	CHECK_EQ(callout_reset_sbt(&c[1], now + nstosbt(HOUR), 0, fire,
		     (void *)1, C_ABSOLUTE),
	    0);
	CHECK_EQ(callout_reset_sbt(&c[2], now + nstosbt(HOUR), 0, fire,
		     (void *)2, C_ABSOLUTE),
	    0);
	CHECK_EQ(callout_reset_sbt(&c[3], nstosbt(9 * HOUR), 0, fire, (void *)9,
		     0),
	    0);
	CHECK(callout_pending(&c[0]));
	CHECK(callout_active(&c[0]));
	CHECK_EQ(fired, 0);
	host_time_advance(3 * HOUR);
	await(3);
	CHECK_EQ(trace[0], 1);
	CHECK_EQ(trace[1], 2);
	CHECK_EQ(trace[2], 3);
	CHECK(!callout_pending(&c[0]));
	CHECK(callout_active(&c[0]));
	callout_deactivate(&c[0]);
	CHECK(!callout_active(&c[0]));

	/* Reset, stop. */
	CHECK(callout_pending(&c[3]));
	CHECK_EQ(callout_reset_sbt(&c[3], nstosbt(20 * HOUR), 0, fire,
		     (void *)9, 0),
	    1);
	host_time_advance(10 * HOUR);
	CHECK_EQ(callout_stop(&c[3]), 1);
	CHECK_EQ(callout_stop(&c[3]), -1);
	CHECK_EQ(callout_drain(&c[3]), -1);
	CHECK_EQ(fired, 3);

	/* Now: an hour's delay is not waited for elsewhere. */
	CHECK_EQ(callout_reset(&c[0], 0, fire, (void *)4), 0);
	await(4);
	callout_drain(&c[0]);

	/* Running: stop cannot, drain waits. */
	CHECK_EQ(callout_reset_sbt(&c[0], 0, 0, fire_slowly, NULL, 0), 0);
	mtx_lock(&cm);
	while (!held_up)
		cv_wait(&ccv, &cm);
	mtx_unlock(&cm);
	CHECK_EQ(callout_stop(&c[0]), 0);
	REQUIRE(pthread_create(&pt, NULL, drainer, &c[0]) == 0);
	(void)pthread_join(pt, NULL);

	/* With a mutex: held in the handler. */
	callout_init_mtx(&c[0], &cm, 0);
	callout_init_mtx(&c[1], &cm, CALLOUT_RETURNUNLOCKED);
	mtx_lock(&cm);
	callout_reset_sbt(&c[0], 0, 0, fire_locked, (void *)6, 0);
	mtx_unlock(&cm);
	await(6);
	mtx_lock(&cm);
	callout_reset_sbt(&c[1], 0, 0, fire_unlocking, (void *)7, 0);
	mtx_unlock(&cm);
	await(7);

	/*
	 * Due, but stopped under its mutex: certain not to run, though the
	 * callout thread may be waiting for the mutex already.
	 */
	for (i = 0; i < 500; i++) {
		mtx_lock(&cm);
		callout_reset_sbt(&c[0], 0, 0, fire_locked, NULL, 0);
		if (i % 2 == 0)
			(void)sched_yield();
		CHECK_EQ(callout_stop(&c[0]), 1);
		mtx_unlock(&cm);
	}
	/* Armed again while the callout thread waits for the mutex. */
	mtx_lock(&cm);
	for (i = 0; i < 100; i++) {
		callout_reset_sbt(&c[0], 0, 0, fire_locked, (void *)8, 0);
		(void)sched_yield();
	}
	mtx_unlock(&cm);
	await(8);
	mtx_lock(&cm);
	CHECK(!callout_pending(&c[0]));
	mtx_unlock(&cm);
	callout_drain(&c[0]);
	callout_drain(&c[1]);
	CHECK_EQ(fired, 8);

	/* The thread stops, and starts again. */
	host_fini();
	callout_init(&c[0], 1);
	callout_reset_sbt(&c[0], 0, 0, fire, NULL, 0);
	await(9);
	callout_drain(&c[0]);
	host_fini();
	host_fini();
	cv_destroy(&ccv);
	mtx_destroy(&cm);
}

/* Conversions are exact where they can be. */
static void
test_time(void)
{
	static const int64_t ns[] = {0, 1, 2, 3, 999, 1000, 999999999,
	    1000000000, 1000000001, 123456789012345678};
	struct timespec ts;
	struct bintime bt;
	sbintime_t t1, t2;
	u_int i;

	for (i = 0; i < nitems(ns); i++)
		CHECK_EQ(sbttons(nstosbt(ns[i])), ns[i]);
	CHECK_EQ(nstosbt(1000000000), SBT_1S);
	CHECK_EQ(ustosbt(500000), SBT_1S / 2);
	CHECK_EQ(mstosbt(250), SBT_1S / 4);
	CHECK_EQ(sbttous(SBT_1S / 2), 500000);
	CHECK_EQ(sbttoms(SBT_1S * 3 / 2), 1500);
	ts = sbttots(SBT_1S * 5 + SBT_1S / 4);
	CHECK_EQ(ts.tv_sec, 5);
	CHECK_EQ(ts.tv_nsec, 250000000);
	CHECK_EQ(tstosbt(ts), SBT_1S * 5 + SBT_1S / 4);
	bt = sbttobt(SBT_1S * 5 + SBT_1S / 4);
	CHECK_EQ(bttosbt(bt), SBT_1S * 5 + SBT_1S / 4);
	t1 = sbinuptime();
	t2 = sbinuptime();
	CHECK(t2 >= t1);
	host_time_advance(HOUR);
	CHECK(sbinuptime() - t2 >= nstosbt(HOUR));
	nanouptime(&ts);
	CHECK(tstosbt(ts) >= t2);
}

int
main(void)
{
	struct kpi_ucred *cr;

	/* A lost wake-up is a failure, not a hang. */
	(void)alarm(patience(100));
	host_init();
	mtx_init(&m, "sleep mtx", NULL, MTX_DEF);
	sx_init(&sx, "sleep sx");
	cv_init(&cv, "sleep cv");
	cr = host_cred_simple(0, 0);
	proc = host_proc_create(100, cr, NULL, NULL);
	host_cred_drop(cr);

	test_time();
	test_cv();
	test_interrupt();
	test_deadline();
	test_race();
	test_callout_stopped();
	test_callout();

	cv_destroy(&cv);
	sx_destroy(&sx);
	mtx_destroy(&m);
	host_proc_destroy(proc);
	host_assert_no_locks("sleep_test");
	host_fini();
	CHECK_EQ(host_live_items("thread"), 0);
	CHECK_EQ(host_live_items("proc"), 0);
	return (test_end());
}
