/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mutex(9): MTX_DEF mutexes without recursion.  A pthread mutex and its owner;
 * with KPI_DEBUG every operation is checked first (kpi_witness.c).  Unlike
 * FreeBSD, a held mutex may not be destroyed, not even by its owner.
 */

#ifndef _KPI_SYS_MUTEX_H_
#define	_KPI_SYS_MUTEX_H_

#include <sys/param.h>
#include <sys/_mutex.h>

#define	MTX_DEF		0x00000000
#define	MTX_NOWITNESS	0x00000008
#define	MTX_NEW		0x00000040	/* memory may hold anything */

#define	MTX_QUIET	LOP_QUIET
#define	MTX_DUPOK	LOP_DUPOK	/* also: an option of mtx_init() */

#define	MA_OWNED	LA_XLOCKED
#define	MA_NOTOWNED	LA_UNLOCKED
#define	MA_RECURSED	LA_RECURSED
#define	MA_NOTRECURSED	LA_NOTRECURSED

void	mtx_init(struct mtx *m, const char *name, const char *type, int opts);
void	mtx_destroy(struct mtx *m);

/* Without checks; the public operations add them. */
static inline void
kpi_mtx_acquire(struct mtx *m)
{

#ifdef KPI_SCHED
	while (pthread_mutex_trylock(&m->mtx_pm) != 0)
		if (!kpi_sched_contended(m, m->lock_object.lo_name)) {
			(void)pthread_mutex_lock(&m->mtx_pm);
			break;
		}
#else
	(void)pthread_mutex_lock(&m->mtx_pm);
#endif
	__atomic_store_n(&m->mtx_owner, kpi_self(), __ATOMIC_RELAXED);
}

static inline void
kpi_mtx_release(struct mtx *m)
{

	__atomic_store_n(&m->mtx_owner, NULL, __ATOMIC_RELAXED);
	(void)pthread_mutex_unlock(&m->mtx_pm);
	kpi_sched_released(m);
}

static inline int
mtx_owned(const struct mtx *m)
{

	return (__atomic_load_n(&m->mtx_owner, __ATOMIC_RELAXED) ==
	    kpi_self());
}

#ifdef KPI_DEBUG
void	kpi_mtx_lock_d(struct mtx *, int opts, const char *file, int line);
void	kpi_mtx_unlock_d(struct mtx *, int opts, const char *file, int line);
int	kpi_mtx_trylock_d(struct mtx *, int opts, const char *file, int line);
void	kpi_mtx_assert_d(const struct mtx *, int what, const char *file,
	    int line);
#define	mtx_lock_flags(m, o)	kpi_mtx_lock_d((m), (o), __FILE__, __LINE__)
#define	mtx_unlock_flags(m, o)	kpi_mtx_unlock_d((m), (o), __FILE__, __LINE__)
#define	mtx_trylock_flags(m, o)						\
	kpi_mtx_trylock_d((m), (o), __FILE__, __LINE__)
#define	mtx_assert(m, what)						\
	kpi_mtx_assert_d((m), (what), __FILE__, __LINE__)
#else
static inline void
kpi_mtx_lock(struct mtx *m)
{

	kpi_sched_point(KPI_POINT_LOCK, m);
	kpi_mtx_acquire(m);
}

static inline void
kpi_mtx_unlock(struct mtx *m)
{

	kpi_mtx_release(m);
	kpi_sched_point(KPI_POINT_UNLOCK, m);
}

static inline int
kpi_mtx_trylock(struct mtx *m)
{

	kpi_sched_point(KPI_POINT_LOCK, m);
	if (pthread_mutex_trylock(&m->mtx_pm) != 0)
		return (0);
	__atomic_store_n(&m->mtx_owner, kpi_self(), __ATOMIC_RELAXED);
	return (1);
}
#define	mtx_lock_flags(m, o)	((void)(o), kpi_mtx_lock(m))
#define	mtx_unlock_flags(m, o)	((void)(o), kpi_mtx_unlock(m))
#define	mtx_trylock_flags(m, o)	((void)(o), kpi_mtx_trylock(m))
#define	mtx_assert(m, what)	((void)0)
#endif

#define	mtx_lock(m)		mtx_lock_flags((m), 0)
#define	mtx_unlock(m)		mtx_unlock_flags((m), 0)
#define	mtx_trylock(m)		mtx_trylock_flags((m), 0)
#define	mtx_name(m)		((m)->lock_object.lo_name)
#define	mtx_initialized(m)						\
	((m)->lock_object.lo_magic == KPI_LOCK_LIVE)

#endif /* !_KPI_SYS_MUTEX_H_ */
