/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/jail.h>: prisons as names for sets of processes. */

#ifndef _KPI_SYS_JAIL_H_
#define	_KPI_SYS_JAIL_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/_mutex.h>
#include <sys/osd.h>
#include <sys/ucred.h>

struct prison {
	int		 pr_id;
	u_int		 pr_ref;
	struct prison	*pr_parent;
	struct mtx	 pr_mtx;
	struct osd	 pr_osd;
	char		 pr_name[64];
};

extern struct prison prison0;

void	prison_hold(struct prison *);
void	prison_free(struct prison *);
int	prison_check(struct ucred *cred1, struct ucred *cred2);
int	prison_ischild(struct prison *, struct prison *);

#define	jailed(cred)	((cred)->cr_prison != &prison0)

#endif /* !_KPI_SYS_JAIL_H_ */
