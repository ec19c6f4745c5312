/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/systm.h>: assertions, messages, user memory, small utilities.
 *
 * The names the kernel shares with libc but gives another meaning (printf,
 * malloc, free, log) are mapped by macro, after libc's own declarations.
 */

#ifndef _KPI_SYS_SYSTM_H_
#define	_KPI_SYS_SYSTM_H_

#include <sys/param.h>
#include <machine/atomic.h>
#include <sys/callout.h>
#include <sys/libkern.h>
#include <sys/queue.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct malloc_type;
struct proc;
struct thread;
struct ucred;

void	kpi_panic(const char *file, int line, const char *fmt, ...)
	    __dead2 __printflike(3, 4);
int	kpi_printf(const char *fmt, ...) __printflike(1, 2);
int	kpi_vprintf(const char *fmt, va_list ap) __printflike(1, 0);
void	kpi_log(int level, const char *fmt, ...) __printflike(2, 3);

#define	panic(...)	kpi_panic(__FILE__, __LINE__, __VA_ARGS__)
#define	printf(...)	kpi_printf(__VA_ARGS__)
#define	vprintf(f, ap)	kpi_vprintf((f), (ap))
#define	log(level, ...)	kpi_log((level), __VA_ARGS__)

#ifdef INVARIANTS
#define	KASSERT(exp, msg) do {						\
	if (__predict_false(!(exp)))					\
		panic msg;						\
} while (0)
#else
#define	KASSERT(exp, msg)	do { } while (0)
#endif
#define	MPASS(ex)							\
	KASSERT((ex), ("Assertion %s failed at %s:%d", #ex, __FILE__,	\
	    __LINE__))
#define	MPASS2(ex, what)						\
	KASSERT((ex), ("Assertion %s failed at %s:%d", what, __FILE__,	\
	    __LINE__))
#define	__assert_unreachable()						\
	panic("executing segment marked as unreachable")

#ifndef CTASSERT
#define	CTASSERT(x)	_Static_assert(x, "compile-time assertion failed")
#endif

/*
 * User memory, through the copy operations of curproc (host.h).  0, EFAULT,
 * or for copyinstr() ENAMETOOLONG.  They may sleep.
 */
int	kpi_copyin(const void *udaddr, void *kaddr, size_t len,
	    const char *file, int line) __result_use_check;
int	kpi_copyout(const void *kaddr, void *udaddr, size_t len,
	    const char *file, int line) __result_use_check;
int	kpi_copyinstr(const void *udaddr, void *kaddr, size_t len,
	    size_t *lencopied, const char *file, int line) __result_use_check;

#define	copyin(u, k, l)		kpi_copyin((u), (k), (l), __FILE__, __LINE__)
#define	copyout(k, u, l)	kpi_copyout((k), (u), (l), __FILE__, __LINE__)
#define	copyinstr(u, k, l, lc)						\
	kpi_copyinstr((u), (k), (l), (lc), __FILE__, __LINE__)

/* Hash tables of LIST heads; hashinit() may sleep. */
void	*hashinit(int count, struct malloc_type *type, u_long *hashmask);
void	*hashinit_flags(int count, struct malloc_type *type, u_long *hashmask,
	    int flags);
void	hashdestroy(void *, struct malloc_type *, u_long);
#define	HASH_NOWAIT	0x00000001
#define	HASH_WAITOK	0x00000002

#endif /* !_KPI_SYS_SYSTM_H_ */
