/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * refcount(9).  The last release happens after every earlier one.  With
 * INVARIANTS, reviving a dead object, releasing it twice and overflow panic.
 */

#ifndef _KPI_SYS_REFCOUNT_H_
#define	_KPI_SYS_REFCOUNT_H_

#include <sys/systm.h>

#define	REFCOUNT_SATURATED(val)	(((val) & (1U << 31)) != 0)

static inline void
refcount_init(volatile u_int *count, u_int value)
{

	__atomic_store_n(count, value, __ATOMIC_RELAXED);
}

static inline u_int
refcount_load(volatile const u_int *count)
{

	return (__atomic_load_n(count, __ATOMIC_RELAXED));
}

/* Returns the previous value since FreeBSD 13, nothing in 12. */
static inline u_int
refcount_acquire(volatile u_int *count)
{
	u_int old;

	kpi_sched_point(KPI_POINT_ATOMIC, count);
	old = __atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
	KASSERT(old != 0, ("refcount %p revived", count));
	KASSERT(!REFCOUNT_SATURATED(old), ("refcount %p overflow", count));
	return (old);
}

static inline __result_use_check bool
refcount_acquire_if_not_zero(volatile u_int *count)
{
	u_int old;

	kpi_sched_point(KPI_POINT_ATOMIC, count);
	old = __atomic_load_n(count, __ATOMIC_RELAXED);
	do {
		if (old == 0)
			return (false);
		KASSERT(!REFCOUNT_SATURATED(old),
		    ("refcount %p overflow", count));
	} while (!__atomic_compare_exchange_n(count, &old, old + 1, true,
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
	return (true);
}

static inline bool
refcount_release(volatile u_int *count)
{
	u_int old;

	kpi_sched_point(KPI_POINT_ATOMIC, count);
	old = __atomic_fetch_sub(count, 1, __ATOMIC_ACQ_REL);
	KASSERT(old != 0, ("refcount %p underflow", count));
	return (old == 1);
}

static inline __result_use_check bool
refcount_release_if_not_last(volatile u_int *count)
{
	u_int old;

	kpi_sched_point(KPI_POINT_ATOMIC, count);
	old = __atomic_load_n(count, __ATOMIC_RELAXED);
	do {
		KASSERT(old != 0, ("refcount %p underflow", count));
		if (old == 1)
			return (false);
	} while (!__atomic_compare_exchange_n(count, &old, old - 1, true,
	    __ATOMIC_RELEASE, __ATOMIC_RELAXED));
	return (true);
}

#endif /* !_KPI_SYS_REFCOUNT_H_ */
