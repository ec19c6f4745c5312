/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 14: fo_stat has no thread, and what a thread is to do before it goes
 * back to the user is in td_ast; else as FreeBSD 13.
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD14_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD14_H_

#define	MACH_COMPAT_FO_STAT_TD
#define	mach_compat_td_resched(td)	td_ast_pending((td), TDA_SCHED)

#include <kernel/freebsd/compat/freebsd13.h>

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD14_H_ */
