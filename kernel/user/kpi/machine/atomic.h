/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * atomic(9) on the compiler's atomics.  The plain forms are relaxed, _acq_
 * and _rel_ order as they say, as in FreeBSD.
 */

#ifndef _KPI_MACHINE_ATOMIC_H_
#define	_KPI_MACHINE_ATOMIC_H_

#include <sys/types.h>

#define	KPI_ATOMIC_RMW(name, type, op, builtin)				\
static inline void							\
atomic_##op##_##name(volatile type *p, type v)				\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	(void)builtin(p, v, __ATOMIC_RELAXED);				\
}									\
static inline void							\
atomic_##op##_acq_##name(volatile type *p, type v)			\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	(void)builtin(p, v, __ATOMIC_ACQUIRE);				\
}									\
static inline void							\
atomic_##op##_rel_##name(volatile type *p, type v)			\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	(void)builtin(p, v, __ATOMIC_RELEASE);				\
}

/* cmpset tells whether it stored; fcmpset also reports what it found. */
#define	KPI_ATOMIC_CAS(name, type, sfx, order)				\
static inline int							\
atomic_cmpset_##sfx##name(volatile type *p, type o, type n)		\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	return (__atomic_compare_exchange_n(p, &o, n, false, order,	\
	    order == __ATOMIC_RELEASE ? __ATOMIC_RELAXED : order));	\
}									\
static inline int							\
atomic_fcmpset_##sfx##name(volatile type *p, type *o, type n)		\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	return (__atomic_compare_exchange_n(p, o, n, true, order,	\
	    order == __ATOMIC_RELEASE ? __ATOMIC_RELAXED : order));	\
}

#define	KPI_ATOMIC(name, type)						\
KPI_ATOMIC_RMW(name, type, add, __atomic_fetch_add)			\
KPI_ATOMIC_RMW(name, type, subtract, __atomic_fetch_sub)		\
KPI_ATOMIC_RMW(name, type, set, __atomic_fetch_or)			\
KPI_ATOMIC_RMW(name, type, kpi_and, __atomic_fetch_and)			\
static inline void							\
atomic_clear_##name(volatile type *p, type v)				\
{									\
									\
	atomic_kpi_and_##name(p, (type)~v);				\
}									\
static inline void							\
atomic_clear_acq_##name(volatile type *p, type v)			\
{									\
									\
	atomic_kpi_and_acq_##name(p, (type)~v);				\
}									\
static inline void							\
atomic_clear_rel_##name(volatile type *p, type v)			\
{									\
									\
	atomic_kpi_and_rel_##name(p, (type)~v);				\
}									\
KPI_ATOMIC_CAS(name, type, , __ATOMIC_RELAXED)				\
KPI_ATOMIC_CAS(name, type, acq_, __ATOMIC_ACQUIRE)			\
KPI_ATOMIC_CAS(name, type, rel_, __ATOMIC_RELEASE)			\
static inline type							\
atomic_fetchadd_##name(volatile type *p, type v)			\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	return (__atomic_fetch_add(p, v, __ATOMIC_RELAXED));		\
}									\
static inline type							\
atomic_swap_##name(volatile type *p, type v)				\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	return (__atomic_exchange_n(p, v, __ATOMIC_SEQ_CST));		\
}									\
static inline type							\
atomic_readandclear_##name(volatile type *p)				\
{									\
									\
	return (atomic_swap_##name(p, 0));				\
}									\
static inline type							\
atomic_load_acq_##name(const volatile type *p)				\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	return (__atomic_load_n(p, __ATOMIC_ACQUIRE));			\
}									\
static inline void							\
atomic_store_rel_##name(volatile type *p, type v)			\
{									\
									\
	kpi_sched_point(KPI_POINT_ATOMIC, p);				\
	__atomic_store_n(p, v, __ATOMIC_RELEASE);			\
}

KPI_ATOMIC(char, u_char)
KPI_ATOMIC(short, u_short)
KPI_ATOMIC(int, u_int)
KPI_ATOMIC(long, u_long)
KPI_ATOMIC(8, uint8_t)
KPI_ATOMIC(16, uint16_t)
KPI_ATOMIC(32, uint32_t)
KPI_ATOMIC(64, uint64_t)
KPI_ATOMIC(ptr, uintptr_t)

/* Plain loads and stores, of signed and pointer objects too. */
#define	kpi_atomic_load(p) __extension__ ({				\
	__typeof(p) _kpi_p = (p);					\
	kpi_sched_point(KPI_POINT_ATOMIC, _kpi_p);			\
	__atomic_load_n(_kpi_p, __ATOMIC_RELAXED); })
#define	kpi_atomic_store(p, v) __extension__ ({				\
	__typeof(p) _kpi_p = (p);					\
	kpi_sched_point(KPI_POINT_ATOMIC, _kpi_p);			\
	__atomic_store_n(_kpi_p, (v), __ATOMIC_RELAXED); })

#define	atomic_load_bool(p)	kpi_atomic_load(p)
#define	atomic_load_char(p)	kpi_atomic_load(p)
#define	atomic_load_short(p)	kpi_atomic_load(p)
#define	atomic_load_int(p)	kpi_atomic_load(p)
#define	atomic_load_long(p)	kpi_atomic_load(p)
#define	atomic_load_8(p)	kpi_atomic_load(p)
#define	atomic_load_16(p)	kpi_atomic_load(p)
#define	atomic_load_32(p)	kpi_atomic_load(p)
#define	atomic_load_64(p)	kpi_atomic_load(p)
#define	atomic_load_ptr(p)	kpi_atomic_load(p)
#define	atomic_store_bool(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_char(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_short(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_int(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_long(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_8(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_16(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_32(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_64(p, v)	kpi_atomic_store((p), (v))
#define	atomic_store_ptr(p, v)	kpi_atomic_store((p), (v))

#ifdef KPI_TSAN
/* Thread sanitizer follows operations on objects only, not fences. */
void	kpi_tsan_fence(void);
#define	kpi_fence(order)	kpi_tsan_fence()
#else
#define	kpi_fence(order)	__atomic_thread_fence(order)
#endif
#define	atomic_thread_fence_acq()	kpi_fence(__ATOMIC_ACQUIRE)
#define	atomic_thread_fence_rel()	kpi_fence(__ATOMIC_RELEASE)
#define	atomic_thread_fence_acq_rel()	kpi_fence(__ATOMIC_ACQ_REL)
#define	atomic_thread_fence_seq_cst()	kpi_fence(__ATOMIC_SEQ_CST)

#if defined(__x86_64__) || defined(__i386__)
#define	cpu_spinwait()	__builtin_ia32_pause()
#elif defined(__aarch64__)
#define	cpu_spinwait()	__asm__ __volatile__("yield" ::: "memory")
#else
#define	cpu_spinwait()	__asm__ __volatile__("" ::: "memory")
#endif

#endif /* !_KPI_MACHINE_ATOMIC_H_ */
