/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The checks of debug builds: each fault, in a child of its own, must end in a
 * panic that names it; and what is allowed must not.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/condvar.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/osd.h>
#include <sys/proc.h>
#include <sys/refcount.h>
#include <sys/rmlock.h>
#include <sys/sx.h>
#include <vm/uma.h>

#include <kernel/user/host.h>
#include <tests/unit/test.h>

static struct mtx a, b, c, same1, same2;
static struct sx sx;
static struct rmlock rm;
static struct cv cv;

/* Order */

static void
reversal(void)
{

	mtx_lock(&a);
	mtx_lock(&b);
	mtx_unlock(&b);
	mtx_unlock(&a);
	mtx_lock(&b);
	mtx_lock(&a);
}

static void
reversal_transitive(void)
{

	mtx_lock(&a);
	mtx_lock(&b);
	mtx_unlock(&a);
	mtx_lock(&c);
	mtx_unlock(&b);
	mtx_lock(&a);
}

static void
reversal_declared(void)
{

	host_lock_order("check a", "check b", "check c", NULL);
	mtx_lock(&c);
	mtx_lock(&a);
}

static void
reversal_in_declaration(void)
{

	host_lock_order("check a", "check b", NULL);
	host_lock_order("check b", "check c", "check a", NULL);
}

static void
reversal_sx_mtx(void)
{
	struct sx other;

	sx_init(&other, "check other");
	sx_xlock(&sx);
	sx_xlock(&other);
	sx_xunlock(&other);
	sx_xunlock(&sx);
	sx_slock(&other);
	sx_slock(&sx);
}

static void
reversal_rm(void)
{
	struct rm_priotracker t;

	mtx_lock(&a);
	rm_rlock(&rm, &t);
	rm_runlock(&rm, &t);
	mtx_unlock(&a);
	rm_wlock(&rm);
	mtx_lock(&a);
}

static void
same_type(void)
{

	mtx_lock(&same1);
	mtx_lock(&same2);
}

/* Recursion */

static void
recursion_mtx(void)
{

	mtx_lock(&a);
	mtx_lock(&a);
}

static void
recursion_sx(void)
{

	sx_xlock(&sx);
	sx_slock(&sx);
}

static void
recursion_sx_upgrade(void)
{

	sx_slock(&sx);
	sx_xlock(&sx);
}

static void
recursion_rm(void)
{
	struct rm_priotracker t1, t2;

	rm_rlock(&rm, &t1);
	rm_rlock(&rm, &t2);
}

/* Ownership */

static void
unlock_unowned(void)
{

	mtx_unlock(&a);
}

static void *
unlock_a(void *arg)
{

	mtx_unlock(&a);
	return (arg);
}

static void
unlock_of_other(void)
{
	pthread_t t;

	mtx_lock(&a);
	(void)pthread_create(&t, NULL, unlock_a, NULL);
	(void)pthread_join(t, NULL);
}

static void
unlock_wrong_mode(void)
{

	sx_slock(&sx);
	sx_xunlock(&sx);
}

static void
assert_owned(void)
{

	mtx_assert(&a, MA_OWNED);
}

static void
assert_notowned(void)
{

	mtx_lock(&a);
	mtx_assert(&a, MA_NOTOWNED);
}

static void
assert_sx(void)
{

	sx_slock(&sx);
	sx_assert(&sx, SA_XLOCKED);
}

static void
locks_at_return(void)
{

	mtx_lock(&a);
	host_assert_no_locks("return from a trap");
}

static void
locks_at_switch(void)
{

	sx_slock(&sx);
	(void)host_set_curthread(&thread0);
}

/* Life */

static void
lock_uninitialised(void)
{
	struct mtx m;

	memset(&m, 0, sizeof(m));
	mtx_lock(&m);
}

static void
lock_destroyed(void)
{

	mtx_destroy(&a);
	mtx_lock(&a);
}

static void
init_twice(void)
{

	mtx_init(&a, "check a", NULL, MTX_DEF);
}

static void
destroy_held(void)
{

	mtx_lock(&a);
	mtx_destroy(&a);
}

static void
destroy_held_sx(void)
{

	sx_slock(&sx);
	sx_destroy(&sx);
}

static void *
lock_a_and_stay(void *arg)
{

	mtx_lock(&a);
	__atomic_store_n((int *)arg, 1, __ATOMIC_RELEASE);
	for (;;)
		(void)pause();
	return (NULL);
}

static void
destroy_held_by_other(void)
{
	static int locked;
	pthread_t t;

	(void)pthread_create(&t, NULL, lock_a_and_stay, &locked);
	while (__atomic_load_n(&locked, __ATOMIC_ACQUIRE) == 0)
		continue;
	mtx_destroy(&a);
}

static void
free_held(void)
{
	struct mtx *m;

	m = malloc(sizeof(*m), M_TEMP, M_WAITOK);
	mtx_init(m, "check freed", NULL, MTX_DEF | MTX_NEW);
	mtx_lock(m);
	free(m, M_TEMP);
}

static void
cv_destroy_waited(void)
{

	cv.cv_waiters = 1;
	cv_destroy(&cv);
}

/* Sleep */

static void
sleep_malloc(void)
{

	mtx_lock(&a);
	(void)malloc(1, M_TEMP, M_WAITOK);
}

static void
sleep_uma(void)
{
	uma_zone_t z;

	z = uma_zcreate("check zone", 64, NULL, NULL, NULL, NULL, UMA_ALIGN_PTR,
	    0);
	mtx_lock(&a);
	(void)uma_zalloc(z, M_WAITOK);
}

static void
sleep_copyin(void)
{
	char k;

	mtx_lock(&a);
	(void)!copyin(&k, &k, 1);
}

static void
sleep_copyout(void)
{
	char k;
	struct rm_priotracker t;

	k = 0;
	rm_rlock(&rm, &t);
	(void)!copyout(&k, &k, 1);
}

static void
sleep_sx(void)
{

	mtx_lock(&a);
	sx_slock(&sx);
}

static void
sleep_cv_other_lock(void)
{

	mtx_lock(&a);
	mtx_lock(&b);
	cv_wait(&cv, &b);
}

static void
sleep_cv_no_lock(void)
{

	cv_wait(&cv, &b);
}

static void
sleep_drain(void)
{
	struct callout co;

	callout_init(&co, 1);
	mtx_lock(&a);
	callout_drain(&co);
}

static void
sleep_in_handler(void *arg)
{

	(void)arg;
	(void)malloc(1, M_TEMP, M_WAITOK);
}

static void
sleep_callout(void)
{
	struct callout co;

	callout_init(&co, 1);
	callout_reset_sbt(&co, 0, 0, sleep_in_handler, NULL, 0);
	for (;;)
		(void)pause();
}

static void
sleep_osd(void)
{
	struct thread *td;
	struct proc *p;
	int slot;

	slot = osd_thread_register(sleep_in_handler);
	p = host_proc_create(1, thread0.td_ucred, NULL, NULL);
	td = host_thread_create(p, 1, "t", NULL);
	CHECK_EQ(osd_thread_set(td, (u_int)slot, td), 0);
	host_thread_destroy(td);
}

/* Memory and counts */

static void
malloc_flags(void)
{

	(void)malloc(1, M_TEMP, M_ZERO);
}

static MALLOC_DEFINE(M_CHECK, "check", "unit test");

static void
free_wrong_type(void)
{

	free(malloc(1, M_TEMP, M_WAITOK), M_CHECK);
}

#if !defined(KPI_ASAN) && !defined(KPI_TSAN)
/* With a sanitizer it is the sanitizer's report. */
static void
write_after_zfree(void)
{
	uma_zone_t z;
	char *p;

	z = uma_zcreate("check zone", 64, NULL, NULL, NULL, NULL, UMA_ALIGN_PTR,
	    0);
	p = uma_zalloc(z, M_WAITOK);
	uma_zfree(z, p);
	p[40] = 1;
	(void)uma_zalloc(z, M_WAITOK);
}
#endif

static void
zone_leak(void)
{
	uma_zone_t z;

	z = uma_zcreate("check zone", 64, NULL, NULL, NULL, NULL, UMA_ALIGN_PTR,
	    0);
	(void)uma_zalloc(z, M_WAITOK);
	uma_zdestroy(z);
}

static void
refcount_revive(void)
{
	u_int n;

	refcount_init(&n, 0);
	refcount_acquire(&n);
}

static void
refcount_underflow(void)
{
	u_int n;

	refcount_init(&n, 1);
	(void)refcount_release(&n);
	(void)refcount_release(&n);
}

static void
kassert_fails(void)
{

	KASSERT(test_passed == UINT_MAX, ("the answer is %d", 42));
}

/* What is allowed. */
static void
allowed(void)
{
	struct rm_priotracker t;
	struct mtx dup1, dup2;

	mtx_init(&dup1, "check dup", NULL, MTX_DEF | MTX_DUPOK | MTX_NEW);
	mtx_init(&dup2, "check dup", NULL, MTX_DEF | MTX_DUPOK | MTX_NEW);
	mtx_lock(&dup1);
	mtx_lock(&dup2);
	mtx_unlock(&dup1);
	mtx_unlock(&dup2);
	mtx_destroy(&dup1);
	mtx_destroy(&dup2);

	mtx_lock(&same1);
	mtx_lock_flags(&same2, MTX_DUPOK);
	mtx_unlock(&same2);
	mtx_unlock(&same1);

	/* A try cannot deadlock, whatever the order. */
	mtx_lock(&a);
	mtx_lock(&b);
	mtx_unlock(&a);
	CHECK(mtx_trylock(&a));
	CHECK(!mtx_trylock(&a));
	mtx_unlock(&a);
	mtx_unlock(&b);

	/* Shared locks recurse; sleeping is fine with an sx held. */
	sx_slock(&sx);
	sx_slock(&sx);
	free(malloc(1, M_TEMP, M_WAITOK), M_TEMP);
	sx_sunlock(&sx);
	sx_assert(&sx, SA_SLOCKED);
	sx_sunlock(&sx);
	sx_assert(&sx, SA_UNLOCKED);

	sx_xlock(&sx);
	rm_rlock(&rm, &t);
	rm_assert(&rm, RA_RLOCKED);
	mtx_lock(&c);
	free(malloc(1, M_TEMP, M_NOWAIT), M_TEMP);
	mtx_assert(&c, MA_OWNED);
	mtx_unlock(&c);
	rm_runlock(&rm, &t);
	sx_xunlock(&sx);
	host_assert_no_locks("allowed");
	CHECK(mtx_initialized(&a));
}

int
main(void)
{

	host_init();
	mtx_init(&a, "check a", NULL, MTX_DEF);
	mtx_init(&b, "check b", NULL, MTX_DEF);
	mtx_init(&c, "check c", NULL, MTX_DEF);
	mtx_init(&same1, "check same 1", "check same", MTX_DEF);
	mtx_init(&same2, "check same 2", "check same", MTX_DEF);
	sx_init(&sx, "check sx");
	rm_init(&rm, "check rm");
	cv_init(&cv, "check cv");
	if (!host_debug()) {
		fprintf(stdout, "built without KPI_DEBUG: nothing to check\n");
		return (77);
	}

	test_dies(reversal,
	    "lock order reversal:\n"
	    "  1st mtx \"check b\" (check b) @ ");
	test_dies(reversal, "established order:\n  \"check a\" @ ");
	test_dies(reversal_transitive, "lock order reversal");
	test_dies(reversal_declared,
	    "\"check a\" before \"check b\": declared"
	    "\n  \"check b\" before \"check c\": declared");
	test_dies(reversal_in_declaration, "contradicts what is known");
	test_dies(reversal_sx_mtx, "lock order reversal");
	test_dies(reversal_rm, "lock order reversal");
	test_dies(same_type, "two locks of one type");

	test_dies(recursion_mtx, "recursion on mtx \"check a\"");
	test_dies(recursion_sx, "recursion on sx \"check sx\"");
	test_dies(recursion_sx_upgrade, "recursion on sx \"check sx\"");
	test_dies(recursion_rm, "recursion on rm \"check rm\"");

	test_dies(unlock_unowned, "is not held by this thread");
	test_dies(unlock_of_other, "is not held by this thread");
	test_dies(unlock_wrong_mode, "is held shared");
	test_dies(assert_owned, "\"check a\" not owned");
	test_dies(assert_notowned, "\"check a\" held");
	test_dies(assert_sx, "\"check sx\" not owned");
	test_dies(locks_at_return, "return from a trap with mtx \"check a\"");
	test_dies(locks_at_switch, "host_set_curthread with sx \"check sx\"");

	test_dies(lock_uninitialised, "never initialized");
	test_dies(lock_destroyed, "mtx_lock of destroyed lock");
	test_dies(init_twice, "already initialized");
	test_dies(destroy_held, "mtx_destroy of held mtx \"check a\"");
	test_dies(destroy_held_sx, "sx_destroy of held sx \"check sx\"");
	test_dies(destroy_held_by_other, "held by another thread");
	test_dies(free_held, "free of memory with held mtx \"check freed\"");
	test_dies(cv_destroy_waited, "1 threads wait");

	test_dies(sleep_malloc, "malloc(M_WAITOK) may sleep");
	test_dies(sleep_uma, "uma_zalloc(M_WAITOK) may sleep");
	test_dies(sleep_copyin, "copyin may sleep");
	test_dies(sleep_copyout, "copyout may sleep");
	test_dies(sleep_sx, "sx_slock may sleep");
	test_dies(sleep_cv_other_lock, "cv_wait may sleep");
	test_dies(sleep_cv_no_lock, "without its lock \"check b\" held");
	test_dies(sleep_drain, "callout_drain may sleep");
	test_dies(sleep_callout, "in a callout handler");
	test_dies(sleep_osd, "in an osd destructor");

	test_dies(malloc_flags, "neither or both of M_WAITOK");
	test_dies(free_wrong_type, "is not of type \"check\"");
#if !defined(KPI_ASAN) && !defined(KPI_TSAN)
	test_dies(write_after_zfree, "was written at offset 40 after");
#endif
	test_dies(zone_leak, "zone \"check zone\" has 1 items");
	test_dies(refcount_revive, "revived");
	test_dies(refcount_underflow, "underflow");
	test_dies(kassert_fails, "panic: the answer is 42");

	allowed();
	return (test_end());
}
