/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/ucred.h>: credentials.  Counted, and constant once shared.
 *
 * glibc's <sys/socket.h> has a struct ucred of its own; ours goes by another
 * tag.  A file that wants both includes <sys/socket.h> first.
 */

#ifndef _KPI_SYS_UCRED_H_
#define	_KPI_SYS_UCRED_H_

#include <sys/types.h>

#define	ucred		kpi_ucred

struct prison;
struct proc;

#define	NOCRED		((struct ucred *)0)
#define	FSCRED		((struct ucred *)-1)
#define	CRED_FLAG_CAPMODE 0x00000001	/* in capability mode */
#define	KPI_NGROUPS	1024	/* supplementary groups of one credential */

struct ucred {
	u_int		 cr_ref;
	uid_t		 cr_uid;	/* effective */
	uid_t		 cr_ruid;
	uid_t		 cr_svuid;
	gid_t		 cr_rgid;
	gid_t		 cr_svgid;
	u_int		 cr_flags;	/* CRED_FLAG_CAPMODE */
	int		 cr_ngroups;
	int		 cr_agroups;	/* room in cr_groups */
	struct prison	*cr_prison;
	gid_t		*cr_groups;	/* [0] is the effective group */
};

#ifndef cr_gid
#define	cr_gid		cr_groups[0]
#endif

struct ucred *crget(void);
struct ucred *crhold(struct ucred *);
void	crfree(struct ucred *);
void	crcopy(struct ucred *dest, struct ucred *src);
struct ucred *crdup(struct ucred *);

#endif /* !_KPI_SYS_UCRED_H_ */
