/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Locks do what they say: exclusion, sharing, upgrades, no lost wake-up under
 * contention.  The protected data are plain, so that thread sanitizer sees a
 * lock that does not order them.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/rmlock.h>
#include <sys/sx.h>
#include <machine/atomic.h>

#include <kernel/user/host.h>
#include <tests/unit/test.h>
#include <pthread.h>
#include <sched.h>

#define THREADS 4
#define ROUNDS	20000

static struct mtx m;
static struct sx sx;
static struct rmlock rm;
static long count, twin; /* equal whenever no writer is in */
static u_int upgrades;

/* One more of both; now and then another thread gets the CPU in between. */
static void
count_both(int i)
{

	count++;
	if (i % 32 == 0)
		(void)sched_yield();
	twin++;
}

static void
run(void *(*fn)(void *))
{
	pthread_t t[THREADS];
	uintptr_t i;

	count = twin = 0;
	for (i = 0; i < THREADS; i++)
		REQUIRE(pthread_create(&t[i], NULL, fn, (void *)i) == 0);
	for (i = 0; i < THREADS; i++)
		(void)pthread_join(t[i], NULL);
}

static void *
mtx_worker(void *arg)
{
	int i;

	(void)arg;
	for (i = 0; i < ROUNDS; i++) {
		if (i % 3 != 0)
			mtx_lock(&m);
		else
			while (!mtx_trylock(&m))
				cpu_spinwait();
		mtx_assert(&m, MA_OWNED);
		count++;
		mtx_unlock(&m);
	}
	return (NULL);
}

static void
test_mtx(void)
{

	mtx_init(&m, "lock mtx", NULL, MTX_DEF);
	CHECK(!mtx_owned(&m));
	mtx_lock(&m);
	CHECK(mtx_owned(&m));
	CHECK(mtx_trylock(&m) == 0);
	mtx_unlock(&m);
	CHECK(!mtx_owned(&m));
	CHECK(strcmp(mtx_name(&m), "lock mtx") == 0);
	run(mtx_worker);
	CHECK_EQ(count, (long)THREADS * ROUNDS);
	mtx_destroy(&m);
}

static void *
sx_worker(void *arg)
{
	uintptr_t me = (uintptr_t)arg;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		switch ((i + me) % 8) {
		case 0:
			sx_xlock(&sx);
			CHECK(sx_xlocked(&sx));
			count_both(i);
			sx_downgrade(&sx);
			CHECK(!sx_xlocked(&sx));
			CHECK(count == twin);
			sx_sunlock(&sx);
			break;
		case 1:
			sx_slock(&sx);
			if (sx_try_upgrade(&sx)) {
				atomic_add_int(&upgrades, 1);
				count_both(i);
				sx_xunlock(&sx);
			} else {
				sx_sunlock(&sx);
				sx_xlock(&sx);
				count_both(i);
				sx_unlock(&sx);
			}
			break;
		case 2:
			/* Again while a writer may be waiting. */
			sx_slock(&sx);
			sx_slock(&sx);
			CHECK(count == twin);
			sx_sunlock(&sx);
			sx_unlock(&sx);
			break;
		case 3:
			if (sx_try_xlock(&sx)) {
				count_both(i);
				sx_xunlock(&sx);
			} else {
				sx_xlock(&sx);
				count_both(i);
				sx_xunlock(&sx);
			}
			break;
		case 4:
			if (sx_try_slock(&sx)) {
				CHECK(count == twin);
				sx_sunlock(&sx);
			}
			break;
		default:
			sx_slock(&sx);
			CHECK(count == twin);
			sx_sunlock(&sx);
			break;
		}
	}
	return (NULL);
}

/*
 * Who waits for whom, step by step.  What the lock knows of waiting threads
 * is read under its own mutex.
 */
static u_int
sx_waiting(const u_int *which)
{
	u_int n;

	(void)pthread_mutex_lock(&sx.sx_pm);
	n = *which;
	(void)pthread_mutex_unlock(&sx.sx_pm);
	return (n);
}

static u_int in;

static void *
sx_reader(void *arg)
{

	sx_slock(&sx);
	(void)__atomic_add_fetch(&in, 1, __ATOMIC_SEQ_CST);
	sx_sunlock(&sx);
	return (arg);
}

static void *
sx_writer(void *arg)
{

	sx_xlock(&sx);
	(void)__atomic_add_fetch(&in, 100, __ATOMIC_SEQ_CST);
	sx_xunlock(&sx);
	return (arg);
}

static u_int
now_in(void)
{

	return (__atomic_load_n(&in, __ATOMIC_SEQ_CST));
}

static void
test_sx_waiting(void)
{
	pthread_t t[4];
	int i;

	/* A writer that leaves lets in all readers, then the writer. */
	in = 0;
	sx_xlock(&sx);
	for (i = 0; i < 3; i++)
		REQUIRE(pthread_create(&t[i], NULL, sx_reader, NULL) == 0);
	while (sx_waiting(&sx.sx_rwaiters) != 3)
		(void)sched_yield();
	REQUIRE(pthread_create(&t[3], NULL, sx_writer, NULL) == 0);
	while (sx_waiting(&sx.sx_wwaiters) != 1)
		(void)sched_yield();
	CHECK_EQ(now_in(), 0);
	sx_xunlock(&sx);
	for (i = 0; i < 4; i++)
		(void)pthread_join(t[i], NULL);
	CHECK_EQ(now_in(), 103);

	/* The same by a downgrade, which keeps the writer out. */
	in = 0;
	sx_xlock(&sx);
	for (i = 0; i < 3; i++)
		REQUIRE(pthread_create(&t[i], NULL, sx_reader, NULL) == 0);
	while (sx_waiting(&sx.sx_rwaiters) != 3)
		(void)sched_yield();
	REQUIRE(pthread_create(&t[3], NULL, sx_writer, NULL) == 0);
	while (sx_waiting(&sx.sx_wwaiters) != 1)
		(void)sched_yield();
	sx_downgrade(&sx);
	for (i = 0; i < 3; i++)
		(void)pthread_join(t[i], NULL);
	CHECK_EQ(now_in(), 3);

	/*
	 * A writer waits: a new reader stays out, but who has the lock may
	 * have it again, or the two would wait for each other.
	 */
	REQUIRE(pthread_create(&t[0], NULL, sx_reader, NULL) == 0);
	while (sx_waiting(&sx.sx_rwaiters) != 1)
		(void)sched_yield();
	sx_slock(&sx);
	CHECK_EQ(now_in(), 3);
	sx_sunlock(&sx);
	CHECK_EQ(now_in(), 3);
	sx_sunlock(&sx);
	(void)pthread_join(t[3], NULL);
	(void)pthread_join(t[0], NULL);
	CHECK_EQ(now_in(), 104);
	CHECK_EQ(sx.sx_word, 0);
}

static void *
sx_try_other(void *arg)
{
	int *got = arg;

	got[0] = sx_try_slock(&sx);
	if (got[0])
		sx_sunlock(&sx);
	got[1] = sx_try_xlock(&sx);
	if (got[1])
		sx_xunlock(&sx);
	return (NULL);
}

static void
other_tries(int slock, int xlock)
{
	pthread_t t;
	int got[2];

	REQUIRE(pthread_create(&t, NULL, sx_try_other, got) == 0);
	(void)pthread_join(t, NULL);
	CHECK_EQ(got[0], slock);
	CHECK_EQ(got[1], xlock);
}

static void
test_sx(void)
{

	sx_init(&sx, "lock sx");
	other_tries(1, 1);
	sx_slock(&sx);
	other_tries(1, 0);
	CHECK(sx_try_upgrade(&sx));
	other_tries(0, 0);
	sx_downgrade(&sx);
	other_tries(1, 0);
	sx_sunlock(&sx);
	sx_slock(&sx);
	sx_slock(&sx);
	CHECK(!sx_try_upgrade(&sx));
	sx_sunlock(&sx);
	sx_sunlock(&sx);
	test_sx_waiting();
	run(sx_worker);
	CHECK_EQ(count, (long)THREADS * ROUNDS * 3 / 8);
	CHECK_EQ(twin, count);
	CHECK(upgrades > 0);
	sx_destroy(&sx);
}

static void *
rm_worker(void *arg)
{
	struct rm_priotracker t;
	uintptr_t me = (uintptr_t)arg;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		if ((i + me) % 16 == 0) {
			rm_wlock(&rm);
			CHECK(rm_wowned(&rm));
			count_both(i);
			rm_wunlock(&rm);
		} else if ((i + me) % 16 == 1) {
			if (rm_try_rlock(&rm, &t)) {
				CHECK(count == twin);
				rm_runlock(&rm, &t);
			}
		} else {
			rm_rlock(&rm, &t);
			CHECK(count == twin);
			rm_runlock(&rm, &t);
		}
	}
	return (NULL);
}

static void *
rm_writer(void *arg)
{

	rm_wlock(&rm);
	(void)__atomic_add_fetch(&in, 100, __ATOMIC_SEQ_CST);
	rm_wunlock(&rm);
	return (arg);
}

/* A writer waits for each reader, and readers for the writer. */
static void
test_rm_waiting(void)
{
	struct rm_priotracker tr;
	pthread_t t;
	int i;

	in = 0;
	rm_rlock(&rm, &tr);
	REQUIRE(pthread_create(&t, NULL, rm_writer, NULL) == 0);
	while (__atomic_load_n(&rm.rm_writer, __ATOMIC_SEQ_CST) == 0)
		(void)sched_yield();
	for (i = 0; i < 500; i++) {
		(void)sched_yield();
		if (now_in() != 0)
			break;
	}
	CHECK_EQ(i, 500);
	rm_runlock(&rm, &tr);
	(void)pthread_join(t, NULL);
	CHECK_EQ(now_in(), 100);
}

static void
test_rm(void)
{

	rm_init(&rm, "lock rm");
	CHECK(!rm_wowned(&rm));
	test_rm_waiting();
	run(rm_worker);
	CHECK_EQ(count, (long)THREADS * ROUNDS / 16);
	CHECK_EQ(twin, count);
	rm_destroy(&rm);
}

/*
 * A lock may be destroyed by whoever gets it last, although the one before is
 * still on its way out of unlock: the memory goes at once.
 */
struct object {
	struct mtx mtx;
	struct sx sx;
	int refs;
	bool use_sx;
};

static void *
drop(void *arg)
{
	struct object *o = arg;
	bool last;

	if (o->use_sx) {
		sx_xlock(&o->sx);
		last = --o->refs == 0;
		sx_xunlock(&o->sx);
	} else {
		mtx_lock(&o->mtx);
		last = --o->refs == 0;
		mtx_unlock(&o->mtx);
	}
	if (last) {
		mtx_destroy(&o->mtx);
		sx_destroy(&o->sx);
		memset(o, 0xee, sizeof(*o));
		(free)(o);
	}
	return (NULL);
}

static void
test_last_owner_destroys(void)
{
	struct object *o;
	pthread_t t[3];
	int i, j;

	for (i = 0; i < 500; i++) {
		o = (malloc)(sizeof(*o));
		REQUIRE(o != NULL);
		mtx_init(&o->mtx, "lock object mtx", NULL, MTX_DEF | MTX_NEW);
		sx_init_flags(&o->sx, "lock object sx", SX_NEW);
		o->refs = 3;
		o->use_sx = i % 2 == 0;
		for (j = 0; j < 3; j++)
			REQUIRE(pthread_create(&t[j], NULL, drop, o) == 0);
		for (j = 0; j < 3; j++)
			(void)pthread_join(t[j], NULL);
	}
	CHECK(i == 500);
}

/* atomic(9) as FreeBSD's functions, by their results. */
static void
test_atomic(void)
{
	volatile u_int i;
	volatile u_long l;
	volatile uint64_t q;
	volatile uint32_t w;
	volatile uintptr_t p;
	u_int old;
	int *pp, x;

	i = 5;
	atomic_add_int(&i, 3);
	CHECK_EQ(atomic_load_int(&i), 8);
	atomic_subtract_int(&i, 1);
	CHECK_EQ(atomic_load_acq_int(&i), 7);
	atomic_set_int(&i, 0x18);
	CHECK_EQ(i, 0x1f);
	atomic_clear_int(&i, 0x0f);
	CHECK_EQ(i, 0x10);
	CHECK_EQ(atomic_fetchadd_int(&i, 2), 0x10);
	CHECK_EQ(atomic_cmpset_int(&i, 1, 2), 0);
	CHECK_EQ(atomic_cmpset_acq_int(&i, 0x12, 2), 1);
	old = 9;
	CHECK_EQ(atomic_fcmpset_int(&i, &old, 3), 0);
	CHECK_EQ(old, 2);
	while (atomic_fcmpset_rel_int(&i, &old, 3) == 0)
		continue;
	CHECK_EQ(atomic_swap_int(&i, 4), 3);
	CHECK_EQ(atomic_readandclear_int(&i), 4);
	atomic_store_rel_int(&i, 6);
	CHECK_EQ(i, 6);
	l = 1;
	atomic_add_long(&l, 1);
	CHECK_EQ(atomic_fetchadd_long(&l, -1ul), 2);
	CHECK_EQ(atomic_load_acq_long(&l), 1);
	q = 1ull << 40;
	atomic_add_64(&q, 1);
	CHECK_EQ(atomic_load_64(&q), (1ll << 40) + 1);
	w = 1;
	atomic_set_32(&w, 2);
	CHECK_EQ(w, 3);
	p = 0;
	atomic_store_rel_ptr(&p, (uintptr_t)&x);
	CHECK(atomic_load_acq_ptr(&p) == (uintptr_t)&x);
	pp = &x;
	CHECK(atomic_load_ptr(&pp) == &x);
	atomic_store_ptr(&pp, NULL);
	CHECK(pp == NULL);
	atomic_thread_fence_acq();
	atomic_thread_fence_rel();
	atomic_thread_fence_acq_rel();
	atomic_thread_fence_seq_cst();
}

int
main(void)
{

	/* A lost wake-up is a failure, not a hang. */
	(void)alarm(patience(100));
	host_init();
	test_mtx();
	test_sx();
	test_rm();
	test_last_owner_destroys();
	test_atomic();
	host_assert_no_locks("lock_test");
	return (test_end());
}
