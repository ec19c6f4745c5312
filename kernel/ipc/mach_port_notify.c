/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_port_request_notification.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <mach/notify.h>

#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/mach_port.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>


/* What is asked for. */
struct mach_port_request {
	mach_port_name_t	 name;
	mach_msg_id_t		 msgid;
	mach_port_mscount_t	 sync;
	bool			 notify;	/* with a right */
};

/* What the request is about and whether it can be made. */
static kern_return_t
mach_port_request_check(struct ipc_space *space,
    const struct mach_port_request *r,
    struct ipc_entry **entryp)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = ipc_right_lookup(space, r->name, entryp);
	if (kr != KERN_SUCCESS)
		return (kr);
	switch (r->msgid) {
	case MACH_NOTIFY_PORT_DESTROYED:
		if (r->sync != 0)
			return (KERN_INVALID_VALUE);
		/* FALLTHROUGH */
	case MACH_NOTIFY_NO_SENDERS:
		if (((*entryp)->ie_bits & MACH_PORT_TYPE_RECEIVE) == 0)
			return (KERN_INVALID_RIGHT);
		port = ipc_object_port((*entryp)->ie_object);
		if (port->ip_kind == IPK_REPLY)
			return (KERN_INVALID_RIGHT);
		if (r->msgid == MACH_NOTIFY_NO_SENDERS)
			return (KERN_SUCCESS);
		/* What never moves is not promised, nor promised twice. */
		ip_lock(port);
		if (port->ip_kotype != IKOT_NONE)
			kr = KERN_INVALID_RIGHT;
		else if (port->ip_pdrequest != NULL &&
		    r->notify)
			kr = KERN_FAILURE;
		ip_unlock(port);
		return (kr);
	case MACH_NOTIFY_DEAD_NAME:
	case MACH_NOTIFY_SEND_POSSIBLE:
		return (ipc_right_request_check(*entryp, r->sync != 0,
		    r->msgid == MACH_NOTIFY_SEND_POSSIBLE, r->notify));
	default:
		return (KERN_INVALID_VALUE);
	}
}

/* Port locked and unlocked again. */
static struct ipc_port *
mach_port_no_senders(struct ipc_port *port, mach_port_mscount_t sync,
    struct ipc_port *notify, struct ipc_gc *gc)
{
	struct ipc_port *previous;
	mach_port_mscount_t mscount;

	previous = port->ip_nsrequest;
	port->ip_nsrequest = NULL;
	mscount = port->ip_mscount;
	if (notify != NULL && port->ip_srights == 0 && sync <= mscount) {
		ip_unlock(port);
		ipc_notify_no_senders(notify, mscount, gc);
		return (previous);
	}
	port->ip_nsrequest = notify;
	ip_unlock(port);
	return (previous);
}

/* What was checked.  Space locked; the notify right is consumed. */
static void
mach_port_request_make(struct ipc_space *space,
    const struct mach_port_request *r,
    struct ipc_entry *entry, struct ipc_port *notify,
    struct ipc_port **previousp, struct ipc_gc *gc)
{
	struct ipc_port *port;

	switch (r->msgid) {
	case MACH_NOTIFY_PORT_DESTROYED:
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		*previousp = port->ip_pdrequest;
		port->ip_pdrequest = notify;
		ip_unlock(port);
		break;
	case MACH_NOTIFY_NO_SENDERS:
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		*previousp = mach_port_no_senders(port, r->sync, notify, gc);
		break;
	default:
		ipc_right_request(space, r->name, entry, r->sync != 0,
		    r->msgid == MACH_NOTIFY_SEND_POSSIBLE, notify,
		    previousp, gc);
		break;
	}
}

/* Of a name that can denote nothing. */
static kern_return_t
mach_port_request_invalid(mach_msg_id_t msgid)
{

	return (msgid == MACH_NOTIFY_DEAD_NAME ||
	    msgid == MACH_NOTIFY_SEND_POSSIBLE ? KERN_INVALID_ARGUMENT :
	    KERN_INVALID_RIGHT);
}

kern_return_t
kern_mach_port_request_notification(struct ipc_space *space,
    mach_port_name_t name, mach_msg_id_t msgid, mach_port_mscount_t sync,
    struct ipc_port *notify, struct ipc_port **previousp)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	const struct mach_port_request r = {
		.name = name,
		.msgid = msgid,
		.sync = sync,
		.notify = notify != NULL,
	};
	kern_return_t kr;

	*previousp = NULL;
	if (notify == IP_DEAD)
		return (KERN_INVALID_CAPABILITY);
	if (!MACH_PORT_VALID(name))
		return (mach_port_request_invalid(msgid));
	IPC_GC_INIT(&gc);
	is_write_lock(space);
	kr = mach_port_request_check(space, &r, &entry);
	if (kr == KERN_SUCCESS)
		mach_port_request_make(space, &r, entry, notify, previousp,
		    &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	return (kr);
}

int
sys__kernelrpc_mach_port_request_notification_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_request_notification_trap_args *uap)
{
	struct ipc_entry *entry, *nentry;
	struct ipc_gc gc;
	struct ipc_port *notify, *previous;
	struct ipc_space *space;
	struct mach_port_request r;
	kern_return_t kr;
	mach_port_name_t name;

	TARGET(self, uap->task, space);
	/* Requests and send-once rights end in messages. */
	if (mach_quota_exceeded(self->th_task->t_quota))
		return (KERN_RESOURCE_SHORTAGE);
	if (uap->notifyPoly != MACH_MSG_TYPE_MAKE_SEND_ONCE &&
	    uap->notifyPoly != MACH_MSG_TYPE_MOVE_SEND_ONCE)
		return (KERN_INVALID_VALUE);
	if (uap->notify == MACH_PORT_DEAD)
		return (KERN_INVALID_CAPABILITY);
	r.name = uap->name;
	r.msgid = uap->msgid;
	r.sync = uap->sync;
	r.notify = uap->notify != MACH_PORT_NULL;
	if (!MACH_PORT_VALID(r.name))
		return (mach_port_request_invalid(r.msgid));

	/* What is requested is not undone: see first that we can answer. */
	name = MACH_PORT_NULL;
	kr = COPYOUT(name, uap->previous);
	if (kr != KERN_SUCCESS)
		return (kr);
	IPC_GC_INIT(&gc);
	notify = previous = NULL;
	is_write_lock(space);
	kr = mach_port_request_check(space, &r, &entry);
	if (kr == KERN_SUCCESS && r.notify) {
		kr = ipc_right_lookup(space, uap->notify, &nentry);
		if (kr == KERN_SUCCESS && (nentry->ie_bits &
		    MACH_PORT_TYPE_DEAD_NAME) != 0)
			kr = KERN_INVALID_CAPABILITY;
		if (kr == KERN_SUCCESS) {
			kr = ipc_right_copyin_check(space, uap->notify,
			    nentry, uap->notifyPoly);
			ipc_right_copyin_uncheck(nentry);
		}
		if (kr == KERN_SUCCESS && nentry == entry &&
		    uap->notifyPoly == MACH_MSG_TYPE_MOVE_SEND_ONCE)
			kr = KERN_INVALID_CAPABILITY;
		if (kr == KERN_SUCCESS) {
			ipc_right_copyin(space, uap->notify, nentry,
			    uap->notifyPoly, &notify, &gc);
			KASSERT(IP_VALID(notify), ("%s: dead", __func__));
		}
	}
	if (kr == KERN_SUCCESS)
		mach_port_request_make(space, &r, entry, notify, &previous,
		    &gc);
	if (previous != NULL && ipc_right_copyout(space, previous,
	    MACH_MSG_TYPE_PORT_SEND_ONCE, &name, &gc) != KERN_SUCCESS)
		ipc_port_release_sonce(previous, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	if (name == MACH_PORT_NULL || COPYOUT(name, uap->previous) ==
	    KERN_SUCCESS)
		return (kr);
	mach_copyout_undo(self, name);
	return (KERN_INVALID_ADDRESS);
}
