/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * priv(9): here every privilege is the superuser's.
 */

#ifndef _KPI_SYS_PRIV_H_
#define	_KPI_SYS_PRIV_H_

#include <sys/types.h>

struct thread;

#define	PRIV_ROOT		1	/* catch-all */
#define	PRIV_DRIVER		14
#define	PRIV_CRED_SETUID	50
#define	PRIV_DEBUG_DIFFCRED	80
#define	PRIV_SEEOTHERUIDS	91
#define	PRIV_SEEOTHERGIDS	92
#define	PRIV_PROC_SETRLIMIT	161
#define	PRIV_SCHED_DIFFCRED	200
#define	PRIV_SYSCTL_WRITE	241

/* 0 or EPERM. */
int	priv_check(struct thread *td, int priv);

#endif /* !_KPI_SYS_PRIV_H_ */
