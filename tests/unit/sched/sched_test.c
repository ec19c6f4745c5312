/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The controlled scheduler itself: it sees a deadlock, a livelock and a lost
 * wake-up, names the seed, gives the same interleaving for the same seed and
 * others for others, and reaches every outcome of a small race.
 */

#include <tests/unit/test.h>

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/condvar.h>

#include <kernel/user/host.h>
#include <kernel/user/sched.h>

static struct mtx lock;
static struct cv cond;
static u_int count, flag;

static void
prepare(const struct sched_scenario *s)
{

	(void)s;
	count = flag = 0;
}

/* Not atomic: some runs lose an increment. */
static void
increment(void *arg)
{
	u_int n;

	(void)arg;
	n = atomic_load_int(&count);
	atomic_store_int(&count, n + 1);
}

static void
wait_flag(void *arg)
{

	(void)arg;
	mtx_lock(&lock);
	while (flag == 0)
		cv_wait(&cond, &lock);
	mtx_unlock(&lock);
}

/* Looks before it takes the lock. */
static void
wait_flag_wrong(void *arg)
{

	(void)arg;
	if (atomic_load_int(&flag) != 0)
		return;
	mtx_lock(&lock);
	cv_wait(&cond, &lock);
	mtx_unlock(&lock);
}

static void
set_flag(void *arg)
{

	(void)arg;
	mtx_lock(&lock);
	flag = 1;
	cv_signal(&cond);
	mtx_unlock(&lock);
}

static void
spin(void *arg)
{

	(void)arg;
	while (atomic_load_int(&flag) == 0)
		continue;
}

static void
sleep_timed(void *arg)
{

	(void)arg;
	mtx_lock(&lock);
	while (flag == 0)
		if (cv_timedwait_sbt(&cond, &lock, SBT_1S * 3600, 0, 0) ==
		    EWOULDBLOCK)
			break;
	if (flag == 0)
		count++;
	mtx_unlock(&lock);
}

static struct sched_result
run_one(uint64_t seed, enum sched_mode mode, sched_fn *a, sched_fn *b)
{
	sched_fn *fns[2] = { a, b };
	void *args[2] = { NULL, NULL };

	prepare(NULL);
	return (sched_run(seed, mode, 2, fns, args));
}

static void
test_replay(enum sched_mode mode)
{
	struct sched_result a, b;
	uint64_t hash, seed;
	u_int both, different, lost;

	both = different = lost = 0;
	hash = 0;
	for (seed = 1; seed <= 100; seed++) {
		a = run_one(seed, mode, increment, increment);
		*(count == 1 ? &lost : &both) += 1;
		b = run_one(seed, mode, increment, increment);
		CHECK(a.hash == b.hash);
		CHECK_EQ(a.steps, b.steps);
		CHECK_EQ(a.switches, b.switches);
		different += a.hash != hash;
		hash = a.hash;
	}
	CHECK(both > 0);
	CHECK(lost > 0);
	CHECK(different > 1);
}

/* An hour passes at once, or not at all. */
static void
test_time(void)
{
	uint64_t seed, start;
	u_int in_time, late;

	in_time = late = 0;
	for (seed = 1; seed <= 100; seed++) {
		start = host_uptime_ns();
		(void)run_one(seed, sched_mode_of(seed), sleep_timed,
		    set_flag);
		if (host_uptime_ns() == start) {
			in_time++;
			CHECK_EQ(count, 0);
		} else {
			late += count;
			CHECK(host_uptime_ns() >= start + 3599000000000);
		}
	}
	CHECK(in_time > 0);
	CHECK(late > 0);
}

static void
explore(sched_fn *a, sched_fn *b)
{
	struct sched_scenario s = { .name = "here", .nthreads = 2,
	    .fns = { a, b }, .setup = prepare };

	(void)sched_explore(&s, 200);
}

static void
deadlock(void)
{
	explore(wait_flag, wait_flag);
}

static void
livelock(void)
{
	explore(spin, wait_flag);
}

static void
lost_wakeup(void)
{
	explore(wait_flag_wrong, set_flag);
}

static bool
count_is_two(const struct sched_scenario *s)
{

	(void)s;
	return (count == 2);
}

int
main(void)
{
	struct sched_scenario s = { .name = "right", .nthreads = 2,
	    .fns = { wait_flag, set_flag }, .setup = prepare };

	(void)unsetenv("SEED");
	(void)unsetenv("MODE");
	host_init();
	mtx_init(&lock, "test", NULL, MTX_DEF);
	cv_init(&cond, "test flag");
	test_dies(deadlock, "here: seed 1 mode 1");
	test_dies(deadlock, "sleeps on \"test flag\"");
	test_dies(livelock, "livelock");
	test_dies(lost_wakeup, "deadlock");
	test_replay(SCHED_RANDOM);
	test_replay(SCHED_PCT);
	test_time();
	CHECK(sched_explore(&s, 100));
	s.fns[0] = s.fns[1] = increment;
	s.check = count_is_two;
	s.name = "increments";
	CHECK(!sched_explore(&s, 100));
	cv_destroy(&cond);
	mtx_destroy(&lock);
	host_fini();
	return (test_end());
}
