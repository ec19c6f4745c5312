/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What every KPI header of the user-mode host rests on: the debug switch, the
 * per-thread record, and the one hook through which all lock, sleep and
 * atomic operations go.  Kernel sources never include this file themselves.
 *
 * -DKPI_DEBUG turns on lock checks, junk filling and KASSERT (INVARIANTS).
 * -DKPI_SCHED makes kpi_sched_point() call out of line, so that a controlled
 * scheduler can decide at each point which thread goes on.
 * All objects of one program are compiled with the same setting; a mixture
 * does not link.
 */

#ifndef _KPI_SYS__KPI_H_
#define	_KPI_SYS__KPI_H_

#ifndef _KERNEL
#error "the KPI headers are for kernel sources: compile with -D_KERNEL"
#endif

#ifdef KPI_DEBUG
#ifndef INVARIANTS
#define	INVARIANTS	1
#endif
#ifndef WITNESS
#define	WITNESS		1
#endif
#endif

#if defined(__SANITIZE_ADDRESS__)
#define	KPI_ASAN	1
#endif
#if defined(__SANITIZE_THREAD__)
#define	KPI_TSAN	1
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(KPI_ASAN)
#define	KPI_ASAN	1
#endif
#if __has_feature(thread_sanitizer) && !defined(KPI_TSAN)
#define	KPI_TSAN	1
#endif
#endif

struct thread;

/*
 * The record of one host thread.  kt_index spreads threads over the shards of
 * caches and counters; it is 0 until the thread first asks for it.
 */
struct kpi_tls {
	struct thread	*kt_curthread;	/* whose trap this thread runs */
	unsigned int	 kt_index;	/* 1..n, 0 = not yet numbered */
	unsigned int	 kt_sx_slocks;	/* shared sx locks held */
	unsigned int	 kt_nosleep;	/* > 0: sleeping is forbidden */
	const char	*kt_nosleep_why;
	void		*kt_sleeper;	/* kpi_condvar.c */
};

extern _Thread_local struct kpi_tls kpi_tls;

unsigned int kpi_thread_number(void);

static inline unsigned int
kpi_thread_index(void)
{

	if (__builtin_expect(kpi_tls.kt_index == 0, 0))
		return (kpi_thread_number());
	return (kpi_tls.kt_index);
}

/* Identity of the running host thread, as lock owner. */
static inline void *
kpi_self(void)
{

	return (&kpi_tls);
}

enum kpi_point {
	KPI_POINT_LOCK,		/* about to acquire obj */
	KPI_POINT_UNLOCK,	/* has just released obj */
	KPI_POINT_SLEEP,	/* about to sleep on obj */
	KPI_POINT_WAKE,		/* about to wake sleepers of obj */
	KPI_POINT_ATOMIC,	/* about to do an atomic operation on obj */
	KPI_POINT_ALLOC,	/* about to allocate from obj */
	KPI_POINT_COPY,		/* about to touch user memory at obj */
};

#ifdef KPI_SCHED
void	kpi_sched_point_hook(enum kpi_point, const volatile void *);
#define	kpi_sched_point(kind, obj)	kpi_sched_point_hook((kind), (obj))
/*
 * The lock is taken: wait until it may be free, then try again.  False: the
 * caller is no thread of a controlled run, and waits as ever.
 */
_Bool	kpi_sched_contended(const volatile void *, const char *what);
/* The lock is free, or may be; it is not looked at. */
void	kpi_sched_released(const volatile void *);
#else
#define	kpi_sched_point(kind, obj)	((void)0)
#define	kpi_sched_contended(obj, what)	(false)
#define	kpi_sched_released(obj)		((void)0)
#endif

/* May this thread sleep here?  No-op unless KPI_DEBUG. */
#ifdef KPI_DEBUG
void	kpi_may_sleep(const char *what, const char *file, int line);
#else
#define	kpi_may_sleep(what, file, line)	((void)0)
#endif

#endif /* !_KPI_SYS__KPI_H_ */
