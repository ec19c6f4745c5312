/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <machine/param.h>: page and cache line size.  A constant, as in the kernel:
 * the unit of the interface, not the page size of the machine below.
 */

#ifndef _KPI_MACHINE_PARAM_H_
#define	_KPI_MACHINE_PARAM_H_

#undef PAGE_SHIFT
#undef PAGE_SIZE
#undef PAGE_MASK
#define	PAGE_SHIFT	12
#define	PAGE_SIZE	(1 << PAGE_SHIFT)
#define	PAGE_MASK	(PAGE_SIZE - 1)

#undef CACHE_LINE_SIZE
#define	CACHE_LINE_SHIFT 6
#define	CACHE_LINE_SIZE	(1 << CACHE_LINE_SHIFT)

#undef MAXCPU
#define	MAXCPU		1024

#ifndef round_page
#define	round_page(x)	(((uintptr_t)(x) + PAGE_MASK) & ~(uintptr_t)PAGE_MASK)
#define	trunc_page(x)	((uintptr_t)(x) & ~(uintptr_t)PAGE_MASK)
#endif
#ifndef atop
#define	atop(x)		((x) >> PAGE_SHIFT)
#define	ptoa(x)		((x) << PAGE_SHIFT)
#endif

#endif /* !_KPI_MACHINE_PARAM_H_ */
