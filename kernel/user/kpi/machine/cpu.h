/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <machine/cpu.h>: cpu_spinwait(). */

#ifndef _KPI_MACHINE_CPU_H_
#define	_KPI_MACHINE_CPU_H_

#include <machine/atomic.h>

#endif /* !_KPI_MACHINE_CPU_H_ */
