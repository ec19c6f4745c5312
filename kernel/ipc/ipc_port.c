/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Ports: their life and their rights.  The model and the locks are in
 * ipc_port.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/ucred.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/ipc/ipc_zone.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/fileport.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/probes.h>
#include <kernel/kern/task.h>

static MALLOC_DEFINE(M_MACH_PORT, "mach_port", "Mach port requests");
static struct ipc_zone ipc_port_zone;

/* Protects ip_destination of every port; a leaf. */
struct mtx ipc_transit_lock;

int
ipc_port_init(void)
{
	int error;

	error = ipc_zone_init(&ipc_port_zone, "mach_port",
	    sizeof(struct ipc_port));
	if (error == 0)
		mtx_init(&ipc_transit_lock, "mach transit", NULL, MTX_DEF);
	return (error);
}

void
ipc_port_fini(void)
{

	mtx_destroy(&ipc_transit_lock);
	ipc_zone_fini(&ipc_port_zone);
}

/*
 * The system's ports are limited apart from what names cost: the last eighth
 * is for the superuser, who must be able to clean up.
 */
static bool
ipc_port_too_many(void)
{
	struct mach_task *task;
	u_long limit;

	limit = mach_limit(MACH_LIMIT_SYSTEM_PORTS);
	if (curthread->td_ucred->cr_uid != 0)
		limit -= limit / 8;
	if (mach_counter_get(MACH_COUNTER_PORTS) < limit)
		return (false);
	mach_counter_failed(MACH_COUNTER_PORTS);
	/* Who is told: there is none yet when it is a task's first port. */
	task = mach_task_find(curproc);
	mach_limit_hit(MACH_LIMIT_SYSTEM_PORTS, task != NULL ? task->t_quota :
	    NULL);
	if (task != NULL)
		mach_task_drop(task);
	return (true);
}

struct ipc_port *
ipc_port_alloc(void)
{
	struct ipc_port *port;

	if (ipc_port_too_many())
		return (NULL);
	port = ipc_zone_alloc(&ipc_port_zone);
	mtx_init(&port->ip_object.io_lock, "mach port", NULL, MTX_DEF);
	port->ip_object.io_type = IOT_PORT;
	port->ip_object.io_active = true;
	TAILQ_INIT(&port->ip_messages);
	LIST_INIT(&port->ip_psets);
	port->ip_qlimit = MACH_PORT_QLIMIT_DEFAULT;
	mach_waitq_init(&port->ip_receivers, &port->ip_object.io_lock);
	mach_waitq_init(&port->ip_senders, &port->ip_object.io_lock);
	port->ip_object.io_serial = mach_counter_made(MACH_COUNTER_PORTS);
	ipc_object_ready(&port->ip_object);
	SDT_PROBE1(mach, , , port__create, port);
	return (port);
}

void
ipc_port_free(struct ipc_port *port)
{

	KASSERT(TAILQ_EMPTY(&port->ip_messages), ("freeing queued messages"));
	KASSERT(LIST_EMPTY(&port->ip_psets), ("freeing a set's member"));
	KASSERT(port->ip_destination == NULL, ("freeing a port in transit"));
	free(port->ip_requests, M_MACH_PORT);
	mtx_destroy(&port->ip_object.io_lock);
	ipc_zone_free(&ipc_port_zone, port);
	mach_counter_gone(MACH_COUNTER_PORTS, 1);
}

struct ipc_port *
ipc_port_alloc_kobject(enum ipc_kotype type, void *kobject)
{
	struct ipc_port *port;

	port = ipc_port_alloc();
	if (port == NULL)
		return (NULL);
	port->ip_receiver = ipc_space_kernel;
	port->ip_kotype = type;
	port->ip_kobject = kobject;
	return (port);
}

void
ipc_port_dealloc_kernel(struct ipc_port *port)
{
	struct ipc_gc gc;

	IPC_GC_INIT(&gc);
	ip_lock(port);
	port->ip_kotype = IKOT_NONE;
	port->ip_kobject = NULL;
	ipc_port_destroy(port, &gc);
	ip_drop(port);
	ipc_gc_run(&gc);
}

struct ipc_port *
ipc_port_make_send(struct ipc_port *port)
{

	if (!IP_VALID(port))
		return (port);
	ip_lock(port);
	if (!ip_active(port)) {
		ip_unlock(port);
		return (IP_DEAD);
	}
	port->ip_mscount++;
	port->ip_srights++;
	ip_hold(port);
	ip_unlock(port);
	return (port);
}

struct ipc_port *
ipc_port_copy_send(struct ipc_port *port)
{

	if (!IP_VALID(port))
		return (port);
	ip_lock(port);
	if (!ip_active(port)) {
		ip_unlock(port);
		return (IP_DEAD);
	}
	port->ip_srights++;
	ip_hold(port);
	ip_unlock(port);
	return (port);
}

struct ipc_port *
ipc_port_make_sonce(struct ipc_port *port)
{

	if (!IP_VALID(port))
		return (port);
	ip_lock(port);
	if (!ip_active(port)) {
		ip_unlock(port);
		return (IP_DEAD);
	}
	port->ip_sorights++;
	ip_hold(port);
	ip_unlock(port);
	return (port);
}

void
ipc_port_no_senders_unlock(struct ipc_port *port, struct ipc_gc *gc)
{
	struct ipc_port *notify;
	mach_port_mscount_t mscount;

	ip_assert_locked(port);
	notify = NULL;
	mscount = 0;
	if (ip_active(port) && port->ip_srights == 0) {
		notify = port->ip_nsrequest;
		port->ip_nsrequest = NULL;
		mscount = port->ip_mscount;
		if (port->ip_kotype == IKOT_FILEPORT)
			mach_fileport_no_senders(port, gc);
	}
	ip_unlock(port);
	if (notify != NULL)
		ipc_notify_no_senders(notify, mscount, gc);
}

void
ipc_port_release_send(struct ipc_port *port, struct ipc_gc *gc)
{

	if (!IP_VALID(port))
		return;
	ip_lock(port);
	if (ip_active(port)) {
		KASSERT(port->ip_srights > 0, ("send rights below zero"));
		port->ip_srights--;
	}
	ipc_port_no_senders_unlock(port, gc);
	ip_drop(port);
}

void
ipc_port_release_sonce(struct ipc_port *port, struct ipc_gc *gc)
{
	bool active;

	if (!IP_VALID(port))
		return;
	ip_lock(port);
	active = ip_active(port);
	ip_unlock(port);
	if (active)
		ipc_notify_send_once(port, gc);
	else
		ip_drop(port);
}

bool
ipc_port_nested(struct ipc_port *dest, u_long depth)
{
	struct ipc_port *p;

	mtx_lock(&ipc_transit_lock);
	for (p = dest; p != NULL && depth > 0; p = p->ip_destination)
		depth--;
	mtx_unlock(&ipc_transit_lock);
	return (p != NULL);
}

bool
ipc_port_set_destination(struct ipc_port *port, struct ipc_port *dest)
{
	struct ipc_port *p;

	ip_hold(dest);
	mtx_lock(&ipc_transit_lock);
	for (p = dest; p != NULL; p = p->ip_destination) {
		if (p == port) {
			mtx_unlock(&ipc_transit_lock);
			ip_drop(dest);
			return (true);
		}
	}
	KASSERT(port->ip_destination == NULL, ("two destinations"));
	port->ip_destination = dest;
	mtx_unlock(&ipc_transit_lock);
	return (false);
}

void
ipc_port_clear_destination(struct ipc_port *port)
{
	struct ipc_port *dest;

	mtx_lock(&ipc_transit_lock);
	dest = port->ip_destination;
	port->ip_destination = NULL;
	mtx_unlock(&ipc_transit_lock);
	if (dest != NULL)
		ip_drop(dest);
}

void
ipc_port_release_receive(struct ipc_port *port, struct ipc_gc *gc)
{

	if (!IP_VALID(port))
		return;
	ipc_port_clear_destination(port);
	ip_lock(port);
	KASSERT(port->ip_receiver == NULL, ("receive right is in a space"));
	ipc_port_destroy(port, gc);
	ip_drop(port);
}

void
ipc_port_release_any(struct ipc_port *port, mach_msg_type_name_t disposition,
    struct ipc_gc *gc)
{

	if (!IP_VALID(port))
		return;
	switch (disposition) {
	case MACH_MSG_TYPE_PORT_RECEIVE:
		ipc_port_release_receive(port, gc);
		break;
	case MACH_MSG_TYPE_PORT_SEND:
		ipc_port_release_send(port, gc);
		break;
	case MACH_MSG_TYPE_PORT_SEND_ONCE:
		ipc_port_release_sonce(port, gc);
		break;
	default:
		panic("%s: disposition %u", __func__, disposition);
	}
}

struct ipc_port *
ipc_port_clear_receiver(struct ipc_port *port, mach_msg_return_t why)
{
	struct ipc_port *nsrequest;

	ip_assert_locked(port);
	nsrequest = port->ip_nsrequest;
	port->ip_nsrequest = NULL;
	/* First, as a set relies on the names of its members. */
	ipc_pset_remove_all(port);
	ipc_watch_gone(&port->ip_object);
	port->ip_receiver = NULL;
	port->ip_receiver_name = MACH_PORT_NULL;
	port->ip_mscount = 0;
	port->ip_seqno = 0;
	port->ip_context = 0;
	port->ip_flags &= ~(IP_GUARDED | IP_STRICT_GUARD |
	    IP_IMMOVABLE_RECEIVE);
	ipc_mqueue_wake_receivers(&port->ip_receivers, why);
	return (nsrequest);
}

void
ipc_port_destroy(struct ipc_port *port, struct ipc_gc *gc)
{
	struct ipc_port *notify, *nsrequest;
	struct ipc_port_request *ipr;
	struct mach_thread *th;
	mach_port_name_t name;
	enum ipc_kotype type;
	void *kobject;
	uint32_t i;

	ip_assert_locked(port);
	KASSERT(ip_active(port), ("destroying a dead port"));

	if (port->ip_pdrequest != NULL) {
		/* Somebody asked to have the right instead of its death. */
		notify = port->ip_pdrequest;
		port->ip_pdrequest = NULL;
		nsrequest = ipc_port_clear_receiver(port, MACH_RCV_PORT_DIED);
		ip_hold(port);
		ip_unlock(port);
		if (nsrequest != NULL)
			ipc_notify_send_once(nsrequest, gc);
		ipc_notify_port_destroyed(notify, port, gc);
		return;
	}

	SDT_PROBE1(mach, , , port__destroy, port);
	atomic_store_8(&port->ip_object.io_active, 0);
	nsrequest = ipc_port_clear_receiver(port, MACH_RCV_PORT_DIED);
	while ((th = mach_waitq_first(&port->ip_senders)) != NULL)
		thread_wakeup(th, THREAD_RESTART);
	TAILQ_CONCAT(&gc->gc_kmsgs, &port->ip_messages, ikm_link);
	port->ip_msgcount = 0;
	port->ip_msgbytes = 0;
	type = port->ip_kotype;
	kobject = port->ip_kobject;
	port->ip_kotype = IKOT_NONE;
	port->ip_kobject = NULL;
	port->ip_narmed = 0;
	ip_unlock(port);

	if (kobject != NULL)
		mach_kobject_port_died(type, kobject);
	if (nsrequest != NULL)
		ipc_notify_send_once(nsrequest, gc);

	/*
	 * A dead port takes no new request, and the table stays: entries that
	 * turn into dead names look their slot up once more.
	 */
	for (i = 0; ; i++) {
		ip_lock(port);
		if (i >= port->ip_nrequests) {
			ip_unlock(port);
			break;
		}
		ipr = &port->ip_requests[i];
		notify = ipr->ipr_notify;
		name = ipr->ipr_name;
		ipr->ipr_notify = NULL;
		ipr->ipr_armed = false;
		ipr->ipr_died = notify != NULL;
		ip_unlock(port);
		if (notify != NULL)
			ipc_notify_dead_name(notify, name, gc);
	}
}

/*
 * Requests.
 */

struct ipc_port_request *
ipc_port_request(struct ipc_port *port, uint32_t slot)
{

	ip_assert_locked(port);
	if (slot == 0 || slot > port->ip_nrequests)
		return (NULL);
	return (&port->ip_requests[slot - 1]);
}

uint32_t
ipc_port_request_take_slot(struct ipc_port *port)
{
	struct ipc_port_request *ipr;
	uint32_t slot;

	slot = port->ip_freerequest;
	ipr = ipc_port_request(port, slot);
	if (ipr == NULL)
		return (0);
	KASSERT(!ipr->ipr_used, ("a free request in use"));
	port->ip_freerequest = ipr->ipr_name;
	bzero(ipr, sizeof(*ipr));
	ipr->ipr_used = true;
	port->ip_nused++;
	return (slot);
}

static void
ipc_port_request_put_slot(struct ipc_port *port, uint32_t slot)
{
	struct ipc_port_request *ipr;

	ipr = &port->ip_requests[slot - 1];
	bzero(ipr, sizeof(*ipr));
	ipr->ipr_name = port->ip_freerequest;
	port->ip_freerequest = slot;
}

int
ipc_port_request_grow(struct ipc_port *port)
{
	struct ipc_port_request *old, *requests;
	uint32_t n, n0;

	ip_assert_locked(port);
	n0 = port->ip_nrequests;
	ip_unlock(port);
	n = n0 == 0 ? 2 : n0 * 2;
	requests = malloc(n * sizeof(*requests), M_MACH_PORT,
	    M_WAITOK | M_ZERO);
	ip_lock(port);
	old = requests;
	if (port->ip_nrequests == n0) {
		old = port->ip_requests;
		if (n0 != 0)
			memcpy(requests, old, n0 * sizeof(*requests));
		port->ip_requests = requests;
		port->ip_nrequests = n;
		while (n > n0)
			ipc_port_request_put_slot(port, n--);
	}
	free(old, M_MACH_PORT);
	return (0);
}

struct ipc_port *
ipc_port_request_cancel(struct ipc_port *port, uint32_t slot)
{
	struct ipc_port_request *ipr;
	struct ipc_port *notify;

	ipr = ipc_port_request(port, slot);
	if (ipr == NULL)
		return (NULL);
	notify = ipr->ipr_notify;
	if (ipr->ipr_armed && ip_active(port)) {
		KASSERT(port->ip_narmed > 0, ("armed requests below zero"));
		port->ip_narmed--;
	}
	ipc_port_request_put_slot(port, slot);
	KASSERT(port->ip_nused > 0, ("requests below zero"));
	if (--port->ip_nused == 0) {
		/* The kernel's own ports live on; nobody's memory does. */
		free(port->ip_requests, M_MACH_PORT);
		port->ip_requests = NULL;
		port->ip_nrequests = port->ip_freerequest = 0;
	}
	return (notify);
}

mach_port_type_t
ipc_port_request_type(struct ipc_port *port, uint32_t slot)
{
	struct ipc_port_request *ipr;

	ipr = ipc_port_request(port, slot);
	if (ipr == NULL || ipr->ipr_notify == NULL)
		return (0);
	if (!ipr->ipr_send_possible)
		return (MACH_PORT_TYPE_DNREQUEST);
	return (ipr->ipr_armed ? MACH_PORT_TYPE_SPREQUEST :
	    MACH_PORT_TYPE_SPREQUEST_DELAYED);
}

void
ipc_port_send_possible_unlock(struct ipc_port *port, struct ipc_gc *gc)
{
	struct ipc_port *notify;
	struct ipc_port_request *ipr;
	mach_port_name_t name;
	uint32_t i;

	ip_assert_locked(port);
	for (i = 0; port->ip_narmed > 0 && i < port->ip_nrequests; i++) {
		ipr = &port->ip_requests[i];
		if (!ipr->ipr_armed)
			continue;
		notify = ipr->ipr_notify;
		name = ipr->ipr_name;
		ipr->ipr_notify = NULL;
		ipr->ipr_armed = false;
		port->ip_narmed--;
		ip_unlock(port);
		ipc_notify_send_possible(notify, name, gc);
		ip_lock(port);
	}
	ip_unlock(port);
}
