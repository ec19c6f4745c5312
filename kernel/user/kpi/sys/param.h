/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/param.h>: small arithmetic macros and limits.
 */

#ifndef _KPI_SYS_PARAM_H_
#define	_KPI_SYS_PARAM_H_

#include <sys/types.h>
#include <sys/errno.h>
#include <sys/time.h>
#include <machine/param.h>
#include <limits.h>

#ifndef NBBY
#define	NBBY		8
#endif
#ifndef MAXCOMLEN
#define	MAXCOMLEN	19
#endif

#undef nitems
#define	nitems(x)	(sizeof((x)) / sizeof((x)[0]))
#undef howmany
#define	howmany(x, y)	(((x) + ((y) - 1)) / (y))
#undef rounddown
#define	rounddown(x, y)	(((x) / (y)) * (y))
#undef rounddown2
#define	rounddown2(x, y) ((x) & ~((y) - 1))
#undef roundup
#define	roundup(x, y)	((((x) + ((y) - 1)) / (y)) * (y))
#undef roundup2
#define	roundup2(x, y)	(((x) + ((y) - 1)) & ~((y) - 1))
#undef powerof2
#define	powerof2(x)	((((x) - 1) & (x)) == 0)

#undef MIN
#undef MAX
#define	MIN(a, b)	(((a) < (b)) ? (a) : (b))
#define	MAX(a, b)	(((a) > (b)) ? (a) : (b))

#ifndef __FreeBSD_version
#define	__FreeBSD_version	1300000	/* oldest release whose KPI this is */
#endif

/* Sleep priorities and flags, as far as the diet passes them. */
#define	PCATCH		0x100
#define	PZERO		0

#endif /* !_KPI_SYS_PARAM_H_ */
