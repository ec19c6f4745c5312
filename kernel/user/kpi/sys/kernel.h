/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/kernel.h>: clock rate.  SYSINIT is not on the diet: one ordered init
 * function is easier to verify and to undo.
 */

#ifndef _KPI_SYS_KERNEL_H_
#define	_KPI_SYS_KERNEL_H_

#include <sys/types.h>

extern int	hz;		/* ticks in a second: 1000 */

#endif /* !_KPI_SYS_KERNEL_H_ */
