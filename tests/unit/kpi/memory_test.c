/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * malloc(9), uma(9), counter(9): accounting, limits, caches, faults.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/counter.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <vm/uma.h>

#include <kernel/user/host.h>
#include <tests/unit/test.h>
#include <pthread.h>
#include <sched.h>

static MALLOC_DEFINE(M_TEST, "memtest", "unit test");

#define ITEM 200

static bool
all(const void *p, int c, size_t n)
{
	const unsigned char *u = p;

	while (n-- > 0)
		if (*u++ != (unsigned char)c)
			return (false);
	return (true);
}

static void
test_malloc(void)
{
	int64_t before;
	char *p, *q;

	before = host_live_bytes();
	CHECK_EQ(host_live_items("memtest"), 0);
	p = malloc(100, M_TEST, M_WAITOK | M_ZERO);
	CHECK(all(p, 0, 100));
	CHECK_EQ(host_live_items("memtest"), 1);
	CHECK_EQ(host_live_bytes(), before + 100);
	memset(p, 7, 100);
	p = realloc(p, 1000, M_TEST, M_NOWAIT);
	CHECK(all(p, 7, 100));
	CHECK_EQ(host_live_bytes(), before + 1000);
	q = strdup("hello", M_TEST);
	CHECK(strcmp(q, "hello") == 0);
	CHECK_EQ(host_live_items("memtest"), 2);
	free(q, M_TEST);
	free(p, M_TEST);
	free(NULL, M_TEST);
	p = malloc(0, M_TEST, M_WAITOK);
	CHECK(p != NULL);
	free(p, M_TEST);
	CHECK(mallocarray(SIZE_MAX / 2, 3, M_TEST, M_NOWAIT) == NULL);
	CHECK(malloc(SIZE_MAX - 4, M_TEST, M_NOWAIT) == NULL);
	CHECK_EQ(host_live_items("memtest"), 0);
	CHECK_EQ(host_live_bytes(), before);
}

/* Fail each allocation of an operation in turn, until it gets through. */
static int
three(void)
{
	void *p[3];
	int error, i;

	error = 0;
	for (i = 0; i < 3; i++)
		if ((p[i] = malloc(10, M_TEST, M_NOWAIT)) == NULL)
			error = ENOMEM;
	for (i = 0; i < 3; i++)
		free(p[i], M_TEST);
	return (error);
}

static void *
other_thread(void *arg)
{

	*(int *)arg = three();
	return (NULL);
}

static void
test_faults(void)
{
	pthread_t pt;
	uint64_t n;
	void *p;
	int error;

	for (n = 1;; n++) {
		host_alloc_fail_after(n, HOST_FAIL_NOWAIT);
		error = three();
		CHECK_EQ(host_alloc_points(), 3);
		if (n > host_alloc_points())
			break;
		CHECK_EQ(error, ENOMEM);
		CHECK_EQ(three(), 0); /* once */
	}
	CHECK_EQ(error, 0);
	CHECK_EQ(n, 4);

	host_alloc_fail_after(1, HOST_FAIL_NOWAIT);
	p = malloc(1, M_TEST, M_WAITOK);
	CHECK(p != NULL);
	free(p, M_TEST);
	REQUIRE(pthread_create(&pt, NULL, other_thread, &error) == 0);
	(void)pthread_join(pt, NULL);
	CHECK_EQ(error, 0); /* not another's fault */
	CHECK_EQ(host_alloc_points(), 0);
	CHECK(malloc(1, M_TEST, M_NOWAIT) == NULL);
	host_alloc_fail_after(1, HOST_FAIL_WAITOK);
	CHECK(malloc(1, M_TEST, M_WAITOK) == NULL);
	host_alloc_fail_after(0, 0);
	CHECK_EQ(host_live_items("memtest"), 0);
}

/* Life of an item: init, (ctor, dtor)*, fini. */
struct item {
	int inited;
	int constructed;
	char rest[ITEM - 8];
};

static int inits, ctors, ctor_fails;

static int
item_init(void *mem, int size, int flags)
{
	struct item *it = mem;

	CHECK_EQ(size, ITEM);
	CHECK((flags & (M_WAITOK | M_NOWAIT)) != 0);
	it->inited = 1;
	it->constructed = 0;
	inits++;
	return (0);
}

static void
item_fini(void *mem, int size)
{
	struct item *it = mem;

	(void)size;
	CHECK_EQ(it->inited, 1);
	CHECK_EQ(it->constructed, 0);
	inits--;
}

static int
item_ctor(void *mem, int size, void *arg, int flags)
{
	struct item *it = mem;

	(void)size, (void)flags;
	if (ctor_fails != 0)
		return (ENOMEM);
	CHECK_EQ(it->inited, 1);
	CHECK_EQ(it->constructed, 0);
	it->constructed = *(int *)arg;
	ctors++;
	return (0);
}

static void
item_dtor(void *mem, int size, void *arg)
{
	struct item *it = mem;

	(void)size;
	CHECK_EQ(it->constructed, *(int *)arg);
	it->constructed = 0;
	ctors--;
}

static void
test_zone(void)
{
	struct item *it[300];
	uma_zone_t z;
	int i, tag;

	tag = 42;
	z = uma_zcreate("memtest zone", ITEM, item_ctor, item_dtor, item_init,
	    item_fini, UMA_ALIGN_CACHE, 0);
	for (i = 0; i < 300; i++) {
		it[i] = uma_zalloc_arg(z, &tag, M_WAITOK);
		CHECK_EQ((uintptr_t)it[i] % CACHE_LINE_SIZE, 0);
	}
	CHECK_EQ(uma_zone_get_cur(z), 300);
	CHECK_EQ(host_live_items("memtest zone"), 300);
	CHECK_EQ(ctors, 300);
	for (i = 0; i < 300; i++)
		uma_zfree_arg(z, it[i], &tag);
	CHECK_EQ(uma_zone_get_cur(z), 0);
	CHECK_EQ(ctors, 0);
	ctor_fails = 1;
	CHECK(uma_zalloc_arg(z, &tag, M_NOWAIT) == NULL);
	ctor_fails = 0;
	CHECK_EQ(uma_zone_get_cur(z), 0);
	host_alloc_fail_after(1, HOST_FAIL_NOWAIT);
	CHECK(uma_zalloc_arg(z, &tag, M_NOWAIT) == NULL);
	host_alloc_fail_after(0, 0);
	uma_zdestroy(z);
	CHECK_EQ(inits, 0);
	CHECK_EQ(host_live_items("memtest zone"), 0);

	z = uma_zcreate("memtest plain", 24, NULL, NULL, NULL, NULL,
	    UMA_ALIGN_PTR, 0);
	for (i = 0; i < 300; i++) {
		it[i] = uma_zalloc(z, M_NOWAIT | M_ZERO);
		CHECK(all(it[i], 0, 24));
		memset(it[i], i, 24);
	}
	for (i = 0; i < 300; i++) {
		CHECK(all(it[i], i, 24));
		uma_zfree(z, it[i]);
	}
	uma_zfree(z, NULL);
	uma_zdestroy(z);
}

/* Memory of a NOFREE zone stays what it is: it may be read when free. */
static void
test_nofree(void)
{
	uma_zone_t z;
	u_int *p, *q;

	z = uma_zcreate("memtest nofree", 64, NULL, NULL, NULL, NULL,
	    UMA_ALIGN_PTR, UMA_ZONE_NOFREE | UMA_ZONE_ZINIT);
	p = uma_zalloc(z, M_WAITOK);
	CHECK(all(p, 0, 64));
	p[3] = 77;
	uma_zfree(z, p);
	CHECK_EQ(p[3], 77);
	q = uma_zalloc(z, M_WAITOK);
	CHECK(q == p);
	CHECK_EQ(q[3], 77);
	uma_zfree(z, q);
	uma_zdestroy(z);
}

static uma_zone_t lz;
static int got;

static void *
limited(void *arg)
{
	void *p;

	(void)arg;
	p = uma_zalloc(lz, M_WAITOK);
	__atomic_add_fetch(&got, 1, __ATOMIC_SEQ_CST);
	uma_zfree(lz, p);
	return (NULL);
}

static void
count_warning(int level, const char *line)
{

	(void)level;
	if (strstr(line, "too many") != NULL)
		got += 100;
}

static void
test_limit(void)
{
	pthread_t pt[2];
	void *p[5];
	int i;

	lz = uma_zcreate("memtest limit", 64, NULL, NULL, NULL, NULL,
	    UMA_ALIGN_PTR, 0);
	uma_zone_set_warning(lz, "too many");
	CHECK_EQ(uma_zone_set_max(lz, 5), 5);
	CHECK_EQ(uma_zone_get_max(lz), 5);
	for (i = 0; i < 5; i++)
		CHECK((p[i] = uma_zalloc(lz, M_NOWAIT)) != NULL);
	host_set_log(count_warning);
	CHECK(uma_zalloc(lz, M_NOWAIT) == NULL);
	CHECK(uma_zalloc(lz, M_NOWAIT) == NULL);
	host_set_log(NULL);
	CHECK_EQ(got, 100); /* once */
	got = 0;
	for (i = 0; i < 2; i++)
		REQUIRE(pthread_create(&pt[i], NULL, limited, NULL) == 0);
	for (i = 0; i < 100; i++)
		(void)sched_yield();
	CHECK_EQ(__atomic_load_n(&got, __ATOMIC_SEQ_CST), 0);
	uma_zfree(lz, p[0]);
	for (i = 0; i < 2; i++)
		(void)pthread_join(pt[i], NULL);
	CHECK_EQ(got, 2);
	CHECK((p[0] = uma_zalloc(lz, M_NOWAIT)) != NULL);
	/* A higher limit lets more in. */
	CHECK_EQ(uma_zone_set_max(lz, 6), 6);
	uma_zfree(lz, uma_zalloc(lz, M_NOWAIT));
	for (i = 0; i < 5; i++)
		uma_zfree(lz, p[i]);
	CHECK_EQ(uma_zone_get_cur(lz), 0);
	uma_zdestroy(lz);
}

/* One allocates, the other frees, as messages do; nothing is lost. */
#define PASSED 50000
#define RING   64
static uma_zone_t pz;
static long *ring[RING];

static void *
producer(void *arg)
{
	long i, *p;

	(void)arg;
	for (i = 0; i < PASSED; i++) {
		p = uma_zalloc(pz, M_WAITOK);
		p[0] = i;
		p[1] = ~i;
		while (__atomic_load_n(&ring[i % RING], __ATOMIC_ACQUIRE) !=
		    NULL)
			(void)sched_yield();
		__atomic_store_n(&ring[i % RING], p, __ATOMIC_RELEASE);
	}
	return (NULL);
}

static void
test_passing(void)
{
	pthread_t pt;
	long i, *p;

	pz = uma_zcreate("memtest passing", 100, NULL, NULL, NULL, NULL,
	    UMA_ALIGN_PTR, 0);
	REQUIRE(pthread_create(&pt, NULL, producer, NULL) == 0);
	for (i = 0; i < PASSED; i++) {
		while ((p = __atomic_load_n(&ring[i % RING],
			    __ATOMIC_ACQUIRE)) == NULL)
			(void)sched_yield();
		__atomic_store_n(&ring[i % RING], NULL, __ATOMIC_RELEASE);
		if (p[0] != i || p[1] != ~i)
			break;
		uma_zfree(pz, p);
	}
	CHECK_EQ(i, PASSED);
	(void)pthread_join(pt, NULL);
	CHECK_EQ(uma_zone_get_cur(pz), 0);
	uma_zdestroy(pz);
}

static counter_u64_t counter;

static void *
count(void *arg)
{
	int i;

	(void)arg;
	for (i = 0; i < 10000; i++)
		counter_u64_add(counter, 3);
	return (NULL);
}

static void
test_counter(void)
{
	pthread_t pt[3];
	int i;

	counter = counter_u64_alloc(M_WAITOK);
	for (i = 0; i < 3; i++)
		REQUIRE(pthread_create(&pt[i], NULL, count, NULL) == 0);
	for (i = 0; i < 3; i++)
		(void)pthread_join(pt[i], NULL);
	CHECK_EQ(counter_u64_fetch(counter), 90000);
	counter_u64_add(counter, -90001);
	CHECK_EQ(counter_u64_fetch(counter), -1);
	counter_u64_zero(counter);
	CHECK_EQ(counter_u64_fetch(counter), 0);
	counter_u64_free(counter);
	CHECK_EQ(host_live_items("counter"), 0);
}

struct entry {
	LIST_ENTRY(entry) link;
	int key;
};
LIST_HEAD(bucket, entry);

static void
test_hash(void)
{
	struct entry e[20], *p, *next;
	struct bucket *table;
	u_long mask;
	int i, n;

	table = hashinit(100, M_TEST, &mask);
	CHECK_EQ(mask, 63);
	for (i = 0; i < 20; i++) {
		e[i].key = i * 64;
		LIST_INSERT_HEAD(&table[(u_int)e[i].key & mask], &e[i], link);
	}
	n = 0;
	LIST_FOREACH_SAFE(p, &table[0], link, next) {
		LIST_REMOVE(p, link);
		n++;
	}
	CHECK_EQ(n, 20);
	hashdestroy(table, M_TEST, mask);
	table = hashinit(1, M_TEST, &mask);
	CHECK_EQ(mask, 0);
	hashdestroy(table, M_TEST, mask);
}

int
main(void)
{

	/* A lost wake-up is a failure, not a hang. */
	(void)alarm(patience(100));
	host_init();
	test_malloc();
	test_faults();
	test_zone();
	test_nofree();
	test_limit();
	test_passing();
	test_counter();
	test_hash();
	return (test_end());
}
