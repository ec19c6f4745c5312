/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 14: fo_stat has no thread; else as FreeBSD 13.
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD14_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD14_H_

#define	MACH_COMPAT_FO_STAT_TD

#include <kernel/freebsd/compat/freebsd13.h>

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD14_H_ */
