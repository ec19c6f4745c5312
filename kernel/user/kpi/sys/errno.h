/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/errno.h>: the host's error numbers, and the kernel's own codes that
 * never reach a user program.
 */

#ifndef _KPI_SYS_ERRNO_H_
#define	_KPI_SYS_ERRNO_H_

#include <errno.h>

#undef ERESTART
#define	ERESTART	(-1)
#undef EJUSTRETURN
#define	EJUSTRETURN	(-2)

#endif /* !_KPI_SYS_ERRNO_H_ */
