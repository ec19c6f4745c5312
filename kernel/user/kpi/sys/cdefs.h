/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host's <sys/cdefs.h> and FreeBSD's macros that it lacks.
 */

#ifndef _KPI_SYS_CDEFS_H_
#define	_KPI_SYS_CDEFS_H_

#include_next <sys/cdefs.h>
#include <sys/_kpi.h>

#ifndef __FBSDID
#define	__FBSDID(s)		struct __hack
#endif
#ifndef __unused
#define	__unused		__attribute__((__unused__))
#endif
#ifndef __used
#define	__used			__attribute__((__used__))
#endif
#ifndef __packed
#define	__packed		__attribute__((__packed__))
#endif
#ifndef __aligned
#define	__aligned(x)		__attribute__((__aligned__(x)))
#endif
#ifndef __section
#define	__section(x)		__attribute__((__section__(x)))
#endif
#ifndef __dead2
#define	__dead2			__attribute__((__noreturn__))
#endif
#ifndef __pure2
#define	__pure2			__attribute__((__const__))
#endif
#ifndef __printflike
#define	__printflike(f, a)	__attribute__((__format__(__printf__, f, a)))
#endif
#ifndef __malloc_like
#define	__malloc_like		__attribute__((__malloc__))
#endif
#ifndef __result_use_check
#define	__result_use_check	__attribute__((__warn_unused_result__))
#endif
#ifndef __noinline
#define	__noinline		__attribute__((__noinline__))
#endif
#ifndef __predict_true
#define	__predict_true(exp)	__builtin_expect((exp), 1)
#define	__predict_false(exp)	__builtin_expect((exp), 0)
#endif
#ifndef __offsetof
#define	__offsetof(type, field)	__builtin_offsetof(type, field)
#endif
#ifndef __containerof
#define	__containerof(x, s, m) __extension__ ({				\
	const volatile __typeof(((s *)0)->m) *__x = (x);		\
	__DEQUALIFY(s *, (const volatile char *)__x - __offsetof(s, m)); })
#endif
#ifndef __DECONST
#define	__DECONST(type, var)	((type)(__UINTPTR_TYPE__)(const void *)(var))
#endif
#ifndef __DEVOLATILE
#define	__DEVOLATILE(type, var)						\
	((type)(__UINTPTR_TYPE__)(volatile void *)(var))
#endif
#ifndef __DEQUALIFY
#define	__DEQUALIFY(type, var)						\
	((type)(__UINTPTR_TYPE__)(const volatile void *)(var))
#endif
#ifndef __read_mostly
#define	__read_mostly
#define	__read_frequently
#define	__exclusive_cache_line	__aligned(64)
#endif
#ifndef __CONCAT
#define	__CONCAT1(x, y)		x ## y
#define	__CONCAT(x, y)		__CONCAT1(x, y)
#endif
#ifndef __STRING
#define	__STRING(x)		#x
#endif
#ifndef __XSTRING
#define	__XSTRING(x)		__STRING(x)
#endif
#ifndef _Nonnull
#ifndef __clang__
#define	_Nonnull
#define	_Nullable
#endif
#endif

#endif /* !_KPI_SYS_CDEFS_H_ */
