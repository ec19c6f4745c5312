/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Port sets.
 *
 * A set keeps the list of its members and, apart, the members that have
 * messages: a receive takes the first of those and puts it at the end, so its
 * cost does not depend on the size of the set and no member starves.
 *
 * A link's place in the port's list is protected by the port's lock, its places
 * in the set's lists by the set's lock; to add or remove a link both are held
 * (port first).
 */

#ifndef _KERNEL_IPC_IPC_PSET_H_
#define _KERNEL_IPC_IPC_PSET_H_

#include <kernel/ipc/ipc_object.h>
#include <kernel/kern/thread.h>

struct ipc_port;
struct ipc_pset;
struct mach_quota;

struct ipc_pset_link {
	struct ipc_port	*ipl_port;
	struct ipc_pset	*ipl_pset;
	LIST_ENTRY(ipc_pset_link) ipl_portlink;		/* (port) */
	LIST_ENTRY(ipc_pset_link) ipl_psetlink;		/* (pset) */
	TAILQ_ENTRY(ipc_pset_link) ipl_readylink;	/* (pset) */
	bool		 ipl_ready;			/* (pset) */
};

struct ipc_pset {
	struct ipc_object ips_object;
	struct mach_quota *ips_quota;	/* (c) what members are charged to */
	mach_port_name_t ips_name;	/* (c) in its space */
	LIST_HEAD(, ipc_pset_link) ips_members;
	TAILQ_HEAD(, ipc_pset_link) ips_ready;
	uint32_t	 ips_nmembers;
	struct mach_waitq ips_receivers;
};

#define	ips_lock(s)		io_lock(&(s)->ips_object)
#define	ips_unlock(s)		io_unlock(&(s)->ips_object)
#define	ips_active(s)		((s)->ips_object.io_active)
#define	ips_hold(s)		ipc_object_hold(&(s)->ips_object)
#define	ips_drop(s)		ipc_object_drop(&(s)->ips_object)

static __inline struct ipc_pset *
ipc_object_pset(struct ipc_object *object)
{

	KASSERT(object->io_type == IOT_PORT_SET, ("not a port set"));
	return (__containerof(object, struct ipc_pset, ips_object));
}

int	ipc_pset_init(void);
void	ipc_pset_fini(void);
struct ipc_pset *ipc_pset_alloc(struct mach_quota *quota);
void	ipc_pset_free(struct ipc_pset *pset);	/* ipc_object_drop only */

/*
 * For ipc_pset_add(): memory for a link, from where one may sleep; NULL: too
 * many members.  The set is referenced as long as there is a link.
 */
struct ipc_pset_link *ipc_pset_link_alloc(struct ipc_pset *pset);
void	ipc_pset_link_free(struct ipc_pset_link *link);

/* Port locked, set unlocked; uses *linkp and clears it on success. */
kern_return_t ipc_pset_add(struct ipc_pset *pset, struct ipc_port *port,
	    struct ipc_pset_link **linkp);
kern_return_t ipc_pset_remove(struct ipc_pset *pset, struct ipc_port *port);
void	ipc_pset_remove_all(struct ipc_port *port);
bool	ipc_pset_member(struct ipc_pset *pset, struct ipc_port *port);

/* The right is gone.  Unlocked. */
void	ipc_pset_destroy(struct ipc_pset *pset);

#endif /* !_KERNEL_IPC_IPC_PSET_H_ */
