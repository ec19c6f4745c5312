/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/smp.h>: number of processors. */

#ifndef _KPI_SYS_SMP_H_
#define	_KPI_SYS_SMP_H_

#include <sys/types.h>

extern int	mp_ncpus;
extern u_int	mp_maxid;

#endif /* !_KPI_SYS_SMP_H_ */
