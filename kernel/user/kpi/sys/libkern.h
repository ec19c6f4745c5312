/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/libkern.h>: what the kernel has of libc, and random numbers. */

#ifndef _KPI_SYS_LIBKERN_H_
#define	_KPI_SYS_LIBKERN_H_

#include <sys/types.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static inline int imax(int a, int b) { return (a > b ? a : b); }
static inline int imin(int a, int b) { return (a < b ? a : b); }
static inline long lmax(long a, long b) { return (a > b ? a : b); }
static inline long lmin(long a, long b) { return (a < b ? a : b); }
static inline u_int max(u_int a, u_int b) { return (a > b ? a : b); }
static inline u_int min(u_int a, u_int b) { return (a < b ? a : b); }
static inline u_long ulmax(u_long a, u_long b) { return (a > b ? a : b); }
static inline u_long ulmin(u_long a, u_long b) { return (a < b ? a : b); }
static inline off_t omax(off_t a, off_t b) { return (a > b ? a : b); }
static inline off_t omin(off_t a, off_t b) { return (a < b ? a : b); }

#ifdef __linux__
static inline int
fls(int mask)
{

	return (mask == 0 ? 0 : 32 - __builtin_clz((u_int)mask));
}

static inline int
flsl(long mask)
{

	return (mask == 0 ? 0 :
	    (int)(8 * sizeof(mask)) - __builtin_clzl((u_long)mask));
}

static inline int
flsll(long long mask)
{

	return (mask == 0 ? 0 :
	    64 - __builtin_clzll((unsigned long long)mask));
}
#endif

uint32_t kpi_arc4random(void);
void	kpi_arc4random_buf(void *, size_t);
uint32_t kpi_arc4random_uniform(uint32_t);
size_t	kpi_strlcpy(char *, const char *, size_t);
size_t	kpi_strlcat(char *, const char *, size_t);

#define	arc4random()		kpi_arc4random()
#define	arc4random_buf(p, n)	kpi_arc4random_buf((p), (n))
#define	arc4random_uniform(n)	kpi_arc4random_uniform(n)
#define	strlcpy(d, s, n)	kpi_strlcpy((d), (s), (n))
#define	strlcat(d, s, n)	kpi_strlcat((d), (s), (n))

#endif /* !_KPI_SYS_LIBKERN_H_ */
