/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mutex(9), sx(9) and rmlock(9) on pthreads.  How each works is told in its
 * header; the debug checks are in kpi_witness.c and run before the operation,
 * so that a fault is reported where it would otherwise hang.
 */

#include <kernel/user/kpi_host.h>

#ifdef __linux__
/* Spins a little: waking a thread on another CPU costs tens of us. */
#define KPI_MUTEX_TYPE PTHREAD_MUTEX_ADAPTIVE_NP
#else
#define KPI_MUTEX_TYPE PTHREAD_MUTEX_NORMAL
#endif

static pthread_mutexattr_t kpi_mutexattr;
static pthread_once_t kpi_mutexattr_once = PTHREAD_ONCE_INIT;

static void
mutexattr_setup(void)
{

	if (pthread_mutexattr_init(&kpi_mutexattr) != 0 ||
	    pthread_mutexattr_settype(&kpi_mutexattr, KPI_MUTEX_TYPE) != 0)
		panic("pthread_mutexattr");
}

static void
mutex_setup(pthread_mutex_t *pm)
{

	(void)pthread_once(&kpi_mutexattr_once, mutexattr_setup);
	if (pthread_mutex_init(pm, &kpi_mutexattr) != 0)
		panic("pthread_mutex_init");
}

#ifndef KPI_DEBUG
static void
kpi_lock_init(struct lock_object *lo, const char *name, const char *type,
    u_int flags, bool isnew, const char *what)
{

	(void)type, (void)isnew, (void)what;
	lo->lo_name = name;
	lo->lo_flags = (u_short)flags;
	lo->lo_witness = 0;
	lo->lo_magic = KPI_LOCK_LIVE;
}

static void
kpi_lock_destroy(struct lock_object *lo, const char *what)
{

	(void)what;
	lo->lo_magic = KPI_LOCK_DEAD;
}

#define kpi_check_lock(lo, lop, what, file, line)  ((void)0)
#define kpi_note_lock(lo, lop, file, line)	   ((void)0)
#define kpi_note_unlock(lo, lop, what, file, line) ((void)0)
#define kpi_note_convert(lo, lop, file, line)	   ((void)0)
#endif

/*
 * mutex(9)
 */

void
mtx_init(struct mtx *m, const char *name, const char *type, int opts)
{
	u_int flags;

	KASSERT((opts & ~(MTX_DUPOK | MTX_NOWITNESS | MTX_NEW | MTX_QUIET)) ==
		0,
	    ("mtx_init: options %#x", opts));
	flags = LO_MTX;
	if ((opts & MTX_DUPOK) != 0)
		flags |= LO_DUPOK;
	if ((opts & MTX_NOWITNESS) != 0)
		flags |= LO_NOWITNESS;
	kpi_lock_init(&m->lock_object, name, type, flags, (opts & MTX_NEW) != 0,
	    "mtx_init");
	m->mtx_owner = NULL;
	mutex_setup(&m->mtx_pm);
}

void
mtx_destroy(struct mtx *m)
{

	kpi_lock_destroy(&m->lock_object, "mtx_destroy");
	KASSERT(__atomic_load_n(&m->mtx_owner, __ATOMIC_RELAXED) == NULL,
	    ("mtx_destroy of mtx \"%s\" held by another thread",
		m->lock_object.lo_name));
	(void)pthread_mutex_destroy(&m->mtx_pm);
}

#ifdef KPI_DEBUG
void
kpi_mtx_lock_d(struct mtx *m, int opts, const char *file, int line)
{

	kpi_check_lock(&m->lock_object,
	    LOP_EXCLUSIVE | ((u_int)opts & LOP_DUPOK), "mtx_lock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, m);
	kpi_mtx_acquire(m);
	kpi_note_lock(&m->lock_object, LOP_EXCLUSIVE, file, line);
}

void
kpi_mtx_unlock_d(struct mtx *m, int opts, const char *file, int line)
{

	(void)opts;
	kpi_note_unlock(&m->lock_object, LOP_EXCLUSIVE, "mtx_unlock", file,
	    line);
	kpi_mtx_release(m);
	kpi_sched_point(KPI_POINT_UNLOCK, m);
}

int
kpi_mtx_trylock_d(struct mtx *m, int opts, const char *file, int line)
{

	(void)opts;
	kpi_check_lock(&m->lock_object, LOP_EXCLUSIVE | LOP_TRYLOCK,
	    "mtx_trylock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, m);
	if (pthread_mutex_trylock(&m->mtx_pm) != 0)
		return (0);
	__atomic_store_n(&m->mtx_owner, kpi_self(), __ATOMIC_RELAXED);
	kpi_note_lock(&m->lock_object, LOP_EXCLUSIVE, file, line);
	return (1);
}

/* What LA_* claims against how it is held: 0 no, 1 shared, 2 exclusively. */
static void
assert_held(const struct lock_object *lo, int what, const char *name,
    const char *file, int line)
{
	int how;

	kpi_check_live(lo, name, file, line);
	how = kpi_lock_held(lo);
	switch (what & (LA_LOCKED | LA_SLOCKED | LA_XLOCKED)) {
	case LA_UNLOCKED:
		if (how != 0)
			kpi_panic(file, line, "%s: \"%s\" held @ %s:%d", name,
			    lo->lo_name, file, line);
		break;
	case LA_LOCKED:
		if (how == 0)
			kpi_panic(file, line, "%s: \"%s\" not held @ %s:%d",
			    name, lo->lo_name, file, line);
		break;
	case LA_SLOCKED:
		if (how != 1)
			kpi_panic(file, line,
			    "%s: \"%s\" not held shared "
			    "@ %s:%d",
			    name, lo->lo_name, file, line);
		break;
	case LA_XLOCKED:
		if (how != 2)
			kpi_panic(file, line, "%s: \"%s\" not owned @ %s:%d",
			    name, lo->lo_name, file, line);
		break;
	default:
		kpi_panic(file, line, "%s: unknown assertion %#x", name, what);
	}
}

void
kpi_mtx_assert_d(const struct mtx *m, int what, const char *file, int line)
{

	assert_held(&m->lock_object, what, "mtx_assert", file, line);
}

void
kpi_sx_assert_d(const struct sx *sx, int what, const char *file, int line)
{

	assert_held(&sx->lock_object, what, "sx_assert", file, line);
}

void
kpi_rm_assert_d(const struct rmlock *rm, int what, const char *file, int line)
{

	assert_held(&rm->lock_object, what, "rm_assert", file, line);
}
#endif /* KPI_DEBUG */

/*
 * sx(9)
 *
 * While SX_WAIT is set every release happens under sx_pm, and only threads
 * that hold a shared lock can get in without it.  So a thread that releases
 * without SX_WAIT does not touch the lock afterwards, and it may be destroyed
 * by the next owner.
 */

#define SX_WAIT	  1U
#define SX_WRITER 2U
#define SX_READER 4U

void
sx_init_flags(struct sx *sx, const char *description, int opts)
{
	u_int flags;

	KASSERT((opts & ~(SX_DUPOK | SX_NOWITNESS | SX_NEW)) == 0,
	    ("sx_init: options %#x", opts));
	flags = LO_SX | LO_SLEEPABLE | LO_RECURSABLE;
	if ((opts & SX_DUPOK) != 0)
		flags |= LO_DUPOK;
	if ((opts & SX_NOWITNESS) != 0)
		flags |= LO_NOWITNESS;
	kpi_lock_init(&sx->lock_object, description, NULL, flags,
	    (opts & SX_NEW) != 0, "sx_init");
	sx->sx_word = 0;
	sx->sx_wwaiters = sx->sx_rwaiters = sx->sx_rgen = 0;
	sx->sx_owner = NULL;
	mutex_setup(&sx->sx_pm);
	if (pthread_cond_init(&sx->sx_rcond, NULL) != 0 ||
	    pthread_cond_init(&sx->sx_wcond, NULL) != 0)
		panic("pthread_cond_init");
}

void
sx_destroy(struct sx *sx)
{

	kpi_lock_destroy(&sx->lock_object, "sx_destroy");
	KASSERT(__atomic_load_n(&sx->sx_word, __ATOMIC_ACQUIRE) == 0,
	    ("sx_destroy of sx \"%s\" held by another thread",
		sx->lock_object.lo_name));
	(void)pthread_cond_destroy(&sx->sx_rcond);
	(void)pthread_cond_destroy(&sx->sx_wcond);
	(void)pthread_mutex_destroy(&sx->sx_pm);
}

/* May this thread share a lock whose word is w? */
static bool
sx_can_share(u_int w)
{

	return ((w & SX_WRITER) == 0 &&
	    ((w & SX_WAIT) == 0 || kpi_tls.kt_sx_slocks > 0));
}

static bool
sx_share(struct sx *sx)
{
	u_int w;

	w = __atomic_load_n(&sx->sx_word, __ATOMIC_RELAXED);
	while (sx_can_share(w))
		if (__atomic_compare_exchange_n(&sx->sx_word, &w, w + SX_READER,
			true, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return (true);
	return (false);
}

static bool
sx_own(struct sx *sx)
{
	u_int w;

	w = 0;
	if (!__atomic_compare_exchange_n(&sx->sx_word, &w, SX_WRITER, false,
		__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return (false);
	__atomic_store_n(&sx->sx_owner, kpi_self(), __ATOMIC_RELAXED);
	return (true);
}

static void
sx_share_slow(struct sx *sx)
{
	u_int gen, w;

	pthread_mutex_lock(&sx->sx_pm);
	/* From now on nobody leaves unseen. */
	w = __atomic_or_fetch(&sx->sx_word, SX_WAIT, __ATOMIC_ACQUIRE);
	while ((w & SX_WRITER) == 0 &&
	    (sx->sx_wwaiters == 0 || kpi_tls.kt_sx_slocks > 0)) {
		u_int n;

		n = w + SX_READER;
		if (sx->sx_wwaiters == 0 && sx->sx_rwaiters == 0)
			n &= ~SX_WAIT;
		if (__atomic_compare_exchange_n(&sx->sx_word, &w, n, false,
			__ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
			pthread_mutex_unlock(&sx->sx_pm);
			return;
		}
	}
	/* The writer that leaves counts us in. */
	sx->sx_rwaiters++;
	gen = sx->sx_rgen;
	while (gen == sx->sx_rgen)
		pthread_cond_wait(&sx->sx_rcond, &sx->sx_pm);
	pthread_mutex_unlock(&sx->sx_pm);
}

static void
sx_own_slow(struct sx *sx)
{
	u_int n, w;

	pthread_mutex_lock(&sx->sx_pm);
	for (;;) {
		w = __atomic_or_fetch(&sx->sx_word, SX_WAIT, __ATOMIC_ACQUIRE);
		if (w == SX_WAIT) {
			n = SX_WRITER;
			if (sx->sx_wwaiters != 0 || sx->sx_rwaiters != 0)
				n |= SX_WAIT;
			if (__atomic_compare_exchange_n(&sx->sx_word, &w, n,
				false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
				break;
			continue;
		}
		sx->sx_wwaiters++;
		pthread_cond_wait(&sx->sx_wcond, &sx->sx_pm);
		sx->sx_wwaiters--;
	}
	__atomic_store_n(&sx->sx_owner, kpi_self(), __ATOMIC_RELAXED);
	pthread_mutex_unlock(&sx->sx_pm);
}

/* Replace the writer by keep readers (0 or 1) and all readers that wait. */
static void
sx_leave_own(struct sx *sx, u_int keep)
{
	u_int n, w;

	__atomic_store_n(&sx->sx_owner, NULL, __ATOMIC_RELAXED);
	w = SX_WRITER;
	if (__atomic_compare_exchange_n(&sx->sx_word, &w, keep * SX_READER,
		false, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		return;
	pthread_mutex_lock(&sx->sx_pm);
	n = (keep + sx->sx_rwaiters) * SX_READER;
	if (sx->sx_wwaiters != 0)
		n |= SX_WAIT;
	__atomic_store_n(&sx->sx_word, n, __ATOMIC_RELEASE);
	if (sx->sx_rwaiters != 0) {
		sx->sx_rwaiters = 0;
		sx->sx_rgen++;
		pthread_cond_broadcast(&sx->sx_rcond);
	} else if (keep == 0)
		pthread_cond_signal(&sx->sx_wcond);
	pthread_mutex_unlock(&sx->sx_pm);
}

static void
sx_leave_share(struct sx *sx)
{
	u_int w;

	w = __atomic_load_n(&sx->sx_word, __ATOMIC_RELAXED);
	for (;;) {
		while ((w & SX_WAIT) == 0)
			if (__atomic_compare_exchange_n(&sx->sx_word, &w,
				w - SX_READER, true, __ATOMIC_RELEASE,
				__ATOMIC_RELAXED))
				return;
		pthread_mutex_lock(&sx->sx_pm);
		w = __atomic_load_n(&sx->sx_word, __ATOMIC_RELAXED);
		if ((w & SX_WAIT) != 0)
			break;
		pthread_mutex_unlock(&sx->sx_pm);
	}
	w = __atomic_sub_fetch(&sx->sx_word, SX_READER, __ATOMIC_RELEASE);
	if (w == SX_WAIT)
		pthread_cond_signal(&sx->sx_wcond);
	pthread_mutex_unlock(&sx->sx_pm);
}

void
kpi_sx_slock(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
	kpi_check_lock(&sx->lock_object, 0, "sx_slock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, sx);
	while (!sx_share(sx))
		if (!kpi_sched_contended(sx, sx->lock_object.lo_name)) {
			sx_share_slow(sx);
			break;
		}
	kpi_tls.kt_sx_slocks++;
	kpi_note_lock(&sx->lock_object, 0, file, line);
}

void
kpi_sx_xlock(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
	kpi_check_lock(&sx->lock_object, LOP_EXCLUSIVE, "sx_xlock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, sx);
	while (!sx_own(sx))
		if (!kpi_sched_contended(sx, sx->lock_object.lo_name)) {
			sx_own_slow(sx);
			break;
		}
	kpi_note_lock(&sx->lock_object, LOP_EXCLUSIVE, file, line);
}

void
kpi_sx_sunlock(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
	kpi_note_unlock(&sx->lock_object, 0, "sx_sunlock", file, line);
	kpi_tls.kt_sx_slocks--;
	sx_leave_share(sx);
	kpi_sched_released(sx);
	kpi_sched_point(KPI_POINT_UNLOCK, sx);
}

void
kpi_sx_xunlock(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
	kpi_note_unlock(&sx->lock_object, LOP_EXCLUSIVE, "sx_xunlock", file,
	    line);
	sx_leave_own(sx, 0);
	kpi_sched_released(sx);
	kpi_sched_point(KPI_POINT_UNLOCK, sx);
}

int
kpi_sx_try_slock(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
	kpi_check_lock(&sx->lock_object, LOP_TRYLOCK, "sx_try_slock", file,
	    line);
	kpi_sched_point(KPI_POINT_LOCK, sx);
	if (!sx_share(sx))
		return (0);
	kpi_tls.kt_sx_slocks++;
	kpi_note_lock(&sx->lock_object, 0, file, line);
	return (1);
}

int
kpi_sx_try_xlock(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
	kpi_check_lock(&sx->lock_object, LOP_TRYLOCK | LOP_EXCLUSIVE,
	    "sx_try_xlock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, sx);
	if (!sx_own(sx))
		return (0);
	kpi_note_lock(&sx->lock_object, LOP_EXCLUSIVE, file, line);
	return (1);
}

int
kpi_sx_try_upgrade(struct sx *sx, const char *file, int line)
{
	u_int w;

	(void)file, (void)line;
#ifdef KPI_DEBUG
	kpi_sx_assert_d(sx, SA_SLOCKED, file, line);
#endif
	kpi_sched_point(KPI_POINT_LOCK, sx);
	w = __atomic_load_n(&sx->sx_word, __ATOMIC_RELAXED);
	do {
		if ((w & ~SX_WAIT) != SX_READER)
			return (0);
	} while (!__atomic_compare_exchange_n(&sx->sx_word, &w,
	    SX_WRITER | (w & SX_WAIT), true, __ATOMIC_ACQUIRE,
	    __ATOMIC_RELAXED));
	__atomic_store_n(&sx->sx_owner, kpi_self(), __ATOMIC_RELAXED);
	kpi_tls.kt_sx_slocks--;
	kpi_note_convert(&sx->lock_object, LOP_EXCLUSIVE, file, line);
	return (1);
}

void
kpi_sx_downgrade(struct sx *sx, const char *file, int line)
{

	(void)file, (void)line;
#ifdef KPI_DEBUG
	kpi_sx_assert_d(sx, SA_XLOCKED, file, line);
#endif
	kpi_note_convert(&sx->lock_object, 0, file, line);
	kpi_tls.kt_sx_slocks++;
	sx_leave_own(sx, 1);
	kpi_sched_released(sx);
	kpi_sched_point(KPI_POINT_UNLOCK, sx);
}

/*
 * rmlock(9)
 *
 * A reader counts itself, then looks for a writer; a writer announces itself,
 * then looks for readers.  Both in sequential order, so that one of them sees
 * the other.
 */

void
rm_init_flags(struct rmlock *rm, const char *name, int opts)
{
	u_int flags, i;

	KASSERT((opts & ~(RM_NOWITNESS | RM_SLEEPABLE | RM_NEW | RM_DUPOK)) ==
		0,
	    ("rm_init: options %#x", opts));
	flags = LO_RM;
	if ((opts & RM_SLEEPABLE) != 0)
		flags |= LO_SLEEPABLE;
	if ((opts & RM_DUPOK) != 0)
		flags |= LO_DUPOK;
	if ((opts & RM_NOWITNESS) != 0)
		flags |= LO_NOWITNESS;
	kpi_lock_init(&rm->lock_object, name, NULL, flags, (opts & RM_NEW) != 0,
	    "rm_init");
	rm->rm_owner = NULL;
	rm->rm_writer = 0;
	for (i = 0; i < KPI_RM_SHARDS; i++)
		rm->rm_readers[i].n = 0;
	mutex_setup(&rm->rm_pm);
	mutex_setup(&rm->rm_gate);
	if (pthread_cond_init(&rm->rm_drained, NULL) != 0)
		panic("pthread_cond_init");
}

void
rm_init(struct rmlock *rm, const char *name)
{

	rm_init_flags(rm, name, 0);
}

static bool
rm_has_readers(struct rmlock *rm)
{
	u_int i;

	for (i = 0; i < KPI_RM_SHARDS; i++)
		if (__atomic_load_n(&rm->rm_readers[i].n, __ATOMIC_SEQ_CST) !=
		    0)
			return (true);
	return (false);
}

void
rm_destroy(struct rmlock *rm)
{

	kpi_lock_destroy(&rm->lock_object, "rm_destroy");
	KASSERT(rm->rm_writer == 0 && !rm_has_readers(rm),
	    ("rm_destroy of rm \"%s\" held by another thread",
		rm->lock_object.lo_name));
	(void)pthread_cond_destroy(&rm->rm_drained);
	(void)pthread_mutex_destroy(&rm->rm_gate);
	(void)pthread_mutex_destroy(&rm->rm_pm);
}

int
rm_wowned(const struct rmlock *rm)
{

	return (__atomic_load_n(&rm->rm_owner, __ATOMIC_RELAXED) == kpi_self());
}

/* One reader less; tell the writer that waits for it. */
static void
rm_leave(struct rmlock *rm, u_int *shard)
{

	(void)__atomic_sub_fetch(shard, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&rm->rm_writer, __ATOMIC_SEQ_CST) != 0) {
		pthread_mutex_lock(&rm->rm_gate);
		pthread_cond_signal(&rm->rm_drained);
		pthread_mutex_unlock(&rm->rm_gate);
	}
}

static bool
rm_enter(struct rmlock *rm, struct rm_priotracker *t)
{

	t->rmp_shard = &rm->rm_readers[kpi_thread_index() % KPI_RM_SHARDS].n;
	(void)__atomic_add_fetch(t->rmp_shard, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&rm->rm_writer, __ATOMIC_SEQ_CST) == 0)
		return (true);
	rm_leave(rm, t->rmp_shard);
	return (false);
}

void
kpi_rm_rlock(struct rmlock *rm, struct rm_priotracker *t, const char *file,
    int line)
{

	(void)file, (void)line;
	kpi_check_lock(&rm->lock_object, 0, "rm_rlock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, rm);
	if (!rm_enter(rm, t)) {
		/* While we have rm_pm there is no writer. */
		pthread_mutex_lock(&rm->rm_pm);
		(void)__atomic_add_fetch(t->rmp_shard, 1, __ATOMIC_SEQ_CST);
		pthread_mutex_unlock(&rm->rm_pm);
	}
	kpi_note_lock(&rm->lock_object, 0, file, line);
}

int
kpi_rm_try_rlock(struct rmlock *rm, struct rm_priotracker *t, const char *file,
    int line)
{

	(void)file, (void)line;
	kpi_check_lock(&rm->lock_object, LOP_TRYLOCK, "rm_try_rlock", file,
	    line);
	kpi_sched_point(KPI_POINT_LOCK, rm);
	if (!rm_enter(rm, t))
		return (0);
	kpi_note_lock(&rm->lock_object, 0, file, line);
	return (1);
}

void
kpi_rm_runlock(struct rmlock *rm, struct rm_priotracker *t, const char *file,
    int line)
{

	(void)file, (void)line;
	kpi_note_unlock(&rm->lock_object, 0, "rm_runlock", file, line);
	rm_leave(rm, t->rmp_shard);
	kpi_sched_point(KPI_POINT_UNLOCK, rm);
}

void
kpi_rm_wlock(struct rmlock *rm, const char *file, int line)
{

	(void)file, (void)line;
	kpi_check_lock(&rm->lock_object, LOP_EXCLUSIVE, "rm_wlock", file, line);
	kpi_sched_point(KPI_POINT_LOCK, rm);
	pthread_mutex_lock(&rm->rm_pm);
	__atomic_store_n(&rm->rm_writer, 1, __ATOMIC_SEQ_CST);
	pthread_mutex_lock(&rm->rm_gate);
	while (rm_has_readers(rm))
		pthread_cond_wait(&rm->rm_drained, &rm->rm_gate);
	pthread_mutex_unlock(&rm->rm_gate);
	__atomic_store_n(&rm->rm_owner, kpi_self(), __ATOMIC_RELAXED);
	kpi_note_lock(&rm->lock_object, LOP_EXCLUSIVE, file, line);
}

void
kpi_rm_wunlock(struct rmlock *rm, const char *file, int line)
{

	(void)file, (void)line;
	kpi_note_unlock(&rm->lock_object, LOP_EXCLUSIVE, "rm_wunlock", file,
	    line);
	__atomic_store_n(&rm->rm_owner, NULL, __ATOMIC_RELAXED);
	__atomic_store_n(&rm->rm_writer, 0, __ATOMIC_SEQ_CST);
	pthread_mutex_unlock(&rm->rm_pm);
	kpi_sched_point(KPI_POINT_UNLOCK, rm);
}

/*
 * Any kind, around a sleep.
 */

bool
kpi_lock_mine(const struct lock_object *lo)
{

	switch (lo->lo_flags & LO_CLASSMASK) {
	case LO_MTX:
		return (mtx_owned(__containerof(lo, const struct mtx,
		    lock_object)));
	case LO_SX:
		return (sx_xlocked(__containerof(lo, const struct sx,
		    lock_object)));
	default:
		return (false);
	}
}

u_int
kpi_lock_release(struct lock_object *lo, const char *file, int line)
{
	struct mtx *m;
	struct sx *sx;

	(void)file, (void)line;
	switch (lo->lo_flags & LO_CLASSMASK) {
	case LO_MTX:
		m = __containerof(lo, struct mtx, lock_object);
		kpi_note_unlock(lo, LOP_EXCLUSIVE, "cv_wait", file, line);
		kpi_mtx_release(m);
		return (LOP_EXCLUSIVE);
	case LO_SX:
		sx = __containerof(lo, struct sx, lock_object);
		if (sx_xlocked(sx)) {
			kpi_note_unlock(lo, LOP_EXCLUSIVE, "cv_wait", file,
			    line);
			sx_leave_own(sx, 0);
			kpi_sched_released(sx);
			return (LOP_EXCLUSIVE);
		}
		kpi_note_unlock(lo, 0, "cv_wait", file, line);
		kpi_tls.kt_sx_slocks--;
		sx_leave_share(sx);
		kpi_sched_released(sx);
		return (0);
	default:
		kpi_panic(file, line, "cannot sleep on this kind of lock");
	}
}

void
kpi_lock_retake(struct lock_object *lo, u_int how, const char *file, int line)
{

	if ((lo->lo_flags & LO_CLASSMASK) == LO_MTX) {
#ifdef KPI_DEBUG
		kpi_mtx_lock_d(__containerof(lo, struct mtx, lock_object), 0,
		    file, line);
#else
		mtx_lock(__containerof(lo, struct mtx, lock_object));
#endif
	} else if ((how & LOP_EXCLUSIVE) != 0)
		kpi_sx_xlock(__containerof(lo, struct sx, lock_object), file,
		    line);
	else
		kpi_sx_slock(__containerof(lo, struct sx, lock_object), file,
		    line);
}
