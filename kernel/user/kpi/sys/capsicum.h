/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/capsicum.h>: is a thread in capability mode.  A host sets the flag in
 * the credential it makes; machd's clients never have it.
 */

#ifndef _KPI_SYS_CAPSICUM_H_
#define	_KPI_SYS_CAPSICUM_H_

#include <sys/proc.h>
#include <sys/ucred.h>

#define	IN_CAPABILITY_MODE(td)						\
	(((td)->td_ucred->cr_flags & CRED_FLAG_CAPMODE) != 0)

#endif /* !_KPI_SYS_CAPSICUM_H_ */
