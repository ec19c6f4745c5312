/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/limits.h>: the host's limits. */

#ifndef _KPI_SYS_LIMITS_H_
#define	_KPI_SYS_LIMITS_H_

#include <limits.h>
#include <stdint.h>

#ifndef UQUAD_MAX
#define	UQUAD_MAX	UINT64_MAX
#define	QUAD_MAX	INT64_MAX
#define	QUAD_MIN	INT64_MIN
#endif

#endif /* !_KPI_SYS_LIMITS_H_ */
