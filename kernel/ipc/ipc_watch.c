/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Watches of ports and sets.  The model and the locks are in ipc_watch.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <machine/atomic.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/pset_fd.h>

static MALLOC_DEFINE(M_MACH_WATCH, "mach_watch", "Mach ports in kqueues");

struct ipc_watch *
ipc_watch_lock(struct ipc_object *object)
{
	struct ipc_watch *watch;

	io_lock(object);
	if (object->io_watch != NULL)
		return (object->io_watch);
	io_unlock(object);
	watch = malloc(sizeof(*watch), M_MACH_WATCH, M_WAITOK | M_ZERO);
	knlist_init_mtx(&watch->iw_knotes, &object->io_lock);
	io_lock(object);
	if (object->io_watch == NULL)
		object->io_watch = watch;
	else {
		knlist_destroy(&watch->iw_knotes);
		free(watch, M_MACH_WATCH);
	}
	return (object->io_watch);
}

void
ipc_watch_free(struct ipc_object *object)
{
	struct ipc_watch *watch;

	watch = object->io_watch;
	if (watch->iw_fd != NULL) {
		pset_fd_free(watch->iw_fd);
		mach_quota_uncharge(ipc_object_pset(object)->ips_quota,
		    MACH_RES_SET_FDS, 1);
		mach_counter_gone(MACH_COUNTER_PSET_FDS, 1);
	}
	knlist_destroy(&watch->iw_knotes);
	free(watch, M_MACH_WATCH);
}

mach_port_name_t
ipc_watch_ready(struct ipc_object *object)
{
	struct ipc_port *port;
	struct ipc_pset_link *link;

	mtx_assert(&object->io_lock, MA_OWNED);
	if (object->io_type == IOT_PORT) {
		port = ipc_object_port(object);
		return (TAILQ_EMPTY(&port->ip_messages) ? MACH_PORT_NULL :
		    port->ip_receiver_name);
	}
	/* While the set is locked only a rename changes a member's name. */
	link = TAILQ_FIRST(&ipc_object_pset(object)->ips_ready);
	return (link == NULL ? MACH_PORT_NULL :
	    atomic_load_acq_int(&link->ipl_port->ip_receiver_name));
}

/* The hint is the name of the port that has the message. */
static void
ipc_watch_wake(struct ipc_watch *watch, mach_port_name_t name)
{

	KNOTE_LOCKED(&watch->iw_knotes, (long)name);
}

void
ipc_watch_pset_ready(struct ipc_pset *pset, struct ipc_port *member)
{
	struct ipc_watch *watch;

	mtx_assert(&pset->ips_object.io_lock, MA_OWNED);
	watch = pset->ips_object.io_watch;
	if (watch == NULL)
		return;
	ipc_watch_wake(watch, member->ip_receiver_name);
	if (watch->iw_fd != NULL)
		pset_fd_set(watch->iw_fd, true);
}

void
ipc_watch_pset_empty(struct ipc_pset *pset)
{
	struct ipc_watch *watch;

	mtx_assert(&pset->ips_object.io_lock, MA_OWNED);
	watch = pset->ips_object.io_watch;
	if (watch != NULL && watch->iw_fd != NULL && ips_active(pset) &&
	    TAILQ_EMPTY(&pset->ips_ready))
		pset_fd_set(watch->iw_fd, false);
}

void
ipc_watch_posted(struct ipc_port *port, bool psets)
{
	struct ipc_pset_link *link;

	ip_assert_locked(port);
	if (port->ip_object.io_watch != NULL)
		ipc_watch_wake(port->ip_object.io_watch,
		    port->ip_receiver_name);
	if (!psets)
		return;
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink) {
		ips_lock(link->ipl_pset);
		/* A receiver of the set may not have it meanwhile. */
		if (link->ipl_ready)
			ipc_watch_pset_ready(link->ipl_pset, port);
		ips_unlock(link->ipl_pset);
	}
}

void
ipc_watch_gone(struct ipc_object *object)
{
	struct ipc_watch *watch;

	mtx_assert(&object->io_lock, MA_OWNED);
	watch = object->io_watch;
	if (watch == NULL)
		return;
	watch->iw_moved++;
	KNOTE_LOCKED(&watch->iw_knotes, 0);
	if (watch->iw_fd != NULL)
		pset_fd_set(watch->iw_fd, true);
}
