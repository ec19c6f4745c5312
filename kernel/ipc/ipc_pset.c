/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Port sets and their members.  The model and the locks are in ipc_pset.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>

#include <vm/uma.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/ipc/ipc_zone.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>

static struct ipc_zone ipc_pset_zone;
static uma_zone_t ipc_pset_link_zone;

int
ipc_pset_init(void)
{
	int error;

	error = ipc_zone_init(&ipc_pset_zone, "mach_pset",
	    sizeof(struct ipc_pset));
	if (error != 0)
		return (error);
	ipc_pset_link_zone = uma_zcreate("mach_pset_link",
	    sizeof(struct ipc_pset_link), NULL, NULL, NULL, NULL,
	    UMA_ALIGN_PTR, 0);
	if (ipc_pset_link_zone == NULL) {
		ipc_zone_fini(&ipc_pset_zone);
		return (ENOMEM);
	}
	return (0);
}

void
ipc_pset_fini(void)
{

	uma_zdestroy(ipc_pset_link_zone);
	ipc_zone_fini(&ipc_pset_zone);
}

struct ipc_pset *
ipc_pset_alloc(struct mach_quota *quota)
{
	struct ipc_pset *pset;

	pset = ipc_zone_alloc(&ipc_pset_zone);
	mtx_init(&pset->ips_object.io_lock, "mach pset", NULL, MTX_DEF);
	pset->ips_object.io_type = IOT_PORT_SET;
	pset->ips_object.io_active = true;
	LIST_INIT(&pset->ips_members);
	TAILQ_INIT(&pset->ips_ready);
	mach_waitq_init(&pset->ips_receivers, &pset->ips_object.io_lock);
	pset->ips_quota = quota;
	mach_quota_hold(quota);
	pset->ips_object.io_serial = mach_counter_made(MACH_COUNTER_PSETS);
	ipc_object_ready(&pset->ips_object);
	return (pset);
}

void
ipc_pset_free(struct ipc_pset *pset)
{

	KASSERT(LIST_EMPTY(&pset->ips_members), ("freeing a set's members"));
	mach_quota_drop(pset->ips_quota);
	mtx_destroy(&pset->ips_object.io_lock);
	ipc_zone_free(&ipc_pset_zone, pset);
	mach_counter_gone(MACH_COUNTER_PSETS, 1);
}

struct ipc_pset_link *
ipc_pset_link_alloc(struct ipc_pset *pset)
{
	struct ipc_pset_link *link;

	if (!mach_quota_charge(pset->ips_quota, MACH_RES_MEMBERS, 1))
		goto fail;
	if (!mach_quota_charge(pset->ips_quota, MACH_RES_KMEM,
	    sizeof(*link))) {
		mach_quota_uncharge(pset->ips_quota, MACH_RES_MEMBERS, 1);
		goto fail;
	}
	link = uma_zalloc(ipc_pset_link_zone, M_WAITOK | M_ZERO);
	link->ipl_pset = pset;
	(void)mach_counter_made(MACH_COUNTER_MEMBERS);
	return (link);
fail:
	mach_counter_failed(MACH_COUNTER_MEMBERS);
	return (NULL);
}

void
ipc_pset_link_free(struct ipc_pset_link *link)
{

	struct mach_quota *quota;

	if (link == NULL)
		return;
	quota = link->ipl_pset->ips_quota;
	uma_zfree(ipc_pset_link_zone, link);
	mach_quota_uncharge(quota, MACH_RES_KMEM, sizeof(*link));
	mach_quota_uncharge(quota, MACH_RES_MEMBERS, 1);
	mach_counter_gone(MACH_COUNTER_MEMBERS, 1);
}

static struct ipc_pset_link *
ipc_pset_find(struct ipc_pset *pset, struct ipc_port *port)
{
	struct ipc_pset_link *link;

	ip_assert_locked(port);
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink) {
		if (link->ipl_pset == pset)
			return (link);
	}
	return (NULL);
}

bool
ipc_pset_member(struct ipc_pset *pset, struct ipc_port *port)
{

	return (ipc_pset_find(pset, port) != NULL);
}

kern_return_t
ipc_pset_add(struct ipc_pset *pset, struct ipc_port *port,
    struct ipc_pset_link **linkp)
{
	struct ipc_pset_link *link;
	u_long sets;

	ip_assert_locked(port);
	/* Each set of a port is looked at for each of its messages. */
	sets = 0;
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink) {
		if (link->ipl_pset == pset)
			return (KERN_ALREADY_IN_SET);
		sets++;
	}
	if (sets >= mach_limit(MACH_LIMIT_PORT_SETS)) {
		mach_counter_failed(MACH_COUNTER_MEMBERS);
		mach_limit_hit(MACH_LIMIT_PORT_SETS, pset->ips_quota);
		return (KERN_RESOURCE_SHORTAGE);
	}
	ips_lock(pset);
	if (!ips_active(pset)) {
		ips_unlock(pset);
		return (KERN_INVALID_NAME);
	}
	link = *linkp;
	*linkp = NULL;
	KASSERT(link->ipl_pset == pset, ("a link for another set"));
	link->ipl_port = port;
	ips_hold(pset);
	LIST_INSERT_HEAD(&port->ip_psets, link, ipl_portlink);
	LIST_INSERT_HEAD(&pset->ips_members, link, ipl_psetlink);
	pset->ips_nmembers++;
	ipc_mqueue_pset_ready(port, link);
	ips_unlock(pset);
	return (KERN_SUCCESS);
}

/* Port locked; the port's hold on the set goes too. */
static void
ipc_pset_unlink(struct ipc_port *port, struct ipc_pset_link *link)
{
	struct ipc_pset *pset;

	ip_assert_locked(port);
	pset = link->ipl_pset;
	ips_lock(pset);
	LIST_REMOVE(link, ipl_portlink);
	LIST_REMOVE(link, ipl_psetlink);
	if (link->ipl_ready)
		TAILQ_REMOVE(&pset->ips_ready, link, ipl_readylink);
	pset->ips_nmembers--;
	ipc_watch_pset_empty(pset);
	ips_unlock(pset);
	ipc_pset_link_free(link);
	ips_drop(pset);
}

kern_return_t
ipc_pset_remove(struct ipc_pset *pset, struct ipc_port *port)
{
	struct ipc_pset_link *link;

	link = ipc_pset_find(pset, port);
	if (link == NULL)
		return (KERN_NOT_IN_SET);
	ipc_pset_unlink(port, link);
	return (KERN_SUCCESS);
}

void
ipc_pset_remove_all(struct ipc_port *port)
{
	struct ipc_pset_link *link;

	ip_assert_locked(port);
	while ((link = LIST_FIRST(&port->ip_psets)) != NULL)
		ipc_pset_unlink(port, link);
}

void
ipc_pset_destroy(struct ipc_pset *pset)
{
	struct ipc_port *port;
	struct ipc_pset_link *link;

	ips_lock(pset);
	KASSERT(ips_active(pset), ("destroying a dead set"));
	pset->ips_object.io_active = false;
	ipc_mqueue_wake_receivers(&pset->ips_receivers, MACH_RCV_PORT_DIED);
	ipc_watch_gone(&pset->ips_object);
	while ((link = LIST_FIRST(&pset->ips_members)) != NULL) {
		/*
		 * The port is locked first: let go, lock both and look
		 * again.  A member's link, not a reference, keeps it in the
		 * list, so take one for the time between.
		 */
		port = link->ipl_port;
		ip_hold(port);
		ips_unlock(pset);
		ip_lock(port);
		(void)ipc_pset_remove(pset, port);
		ip_unlock(port);
		ip_drop(port);
		ips_lock(pset);
	}
	ips_unlock(pset);
	ips_drop(pset);
}
