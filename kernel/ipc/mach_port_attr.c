/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* traps about the port behind a receive right: attributes,
 * counts, and a look at its queue.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/mach_port.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>


static void
mach_port_status(struct ipc_port *port, mach_port_status_t *status)
{
	struct ipc_kmsg *kmsg;
	struct ipc_pset_link *link;

	bzero(status, sizeof(*status));
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink)
		status->mps_pset++;
	TAILQ_FOREACH(kmsg, &port->ip_messages, ikm_link)
		status->mps_msgcount++;
	status->mps_seqno = port->ip_seqno;
	status->mps_mscount = port->ip_mscount;
	status->mps_qlimit = port->ip_qlimit;
	status->mps_sorights = port->ip_sorights;
	status->mps_srights = port->ip_srights != 0;
	status->mps_pdrequest = port->ip_pdrequest != NULL;
	status->mps_nsrequest = port->ip_nsrequest != NULL;
	if ((port->ip_flags & IP_TEMPOWNER) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_TEMPOWNER;
	if ((port->ip_flags & IP_GUARDED) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_GUARDED;
	if ((port->ip_flags & IP_STRICT_GUARD) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_STRICT_GUARD;
	if ((port->ip_flags & IP_IMPORTANCE) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_IMP_DONATION;
	if ((port->ip_flags & IP_IMMOVABLE_RECEIVE) != 0)
		status->mps_flags |=
		    MACH_PORT_STATUS_FLAG_GUARD_IMMOVABLE_RECEIVE;
}

kern_return_t
kern_mach_port_get_attributes(struct ipc_space *space, mach_port_name_t name,
    mach_port_flavor_t flavor, integer_t *out, mach_msg_type_number_t *countp)
{
	union {
		mach_port_limits_t limits;
		mach_port_status_t status;
		mach_port_info_ext_t ext;
		integer_t word;
	} info;
	struct ipc_port *port;
	kern_return_t kr;
	mach_msg_type_number_t size;

	switch (flavor) {
	case MACH_PORT_LIMITS_INFO:
		size = MACH_PORT_LIMITS_INFO_COUNT;
		break;
	case MACH_PORT_RECEIVE_STATUS:
		size = MACH_PORT_RECEIVE_STATUS_COUNT;
		break;
	case MACH_PORT_DNREQUESTS_SIZE:
		size = MACH_PORT_DNREQUESTS_SIZE_COUNT;
		break;
	case MACH_PORT_INFO_EXT:
		size = MACH_PORT_INFO_EXT_COUNT;
		break;
	case MACH_PORT_SERVICE_THROTTLED:
		size = MACH_PORT_SERVICE_THROTTLED_COUNT;
		break;
	default:
		return (KERN_INVALID_ARGUMENT);
	}
	if (*countp < size)
		return (KERN_FAILURE);
	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	bzero(&info, sizeof(info));
	switch (flavor) {
	case MACH_PORT_LIMITS_INFO:
		info.limits.mpl_qlimit = port->ip_qlimit;
		break;
	case MACH_PORT_RECEIVE_STATUS:
		mach_port_status(port, &info.status);
		break;
	case MACH_PORT_DNREQUESTS_SIZE:
		info.word = port->ip_nrequests;
		break;
	case MACH_PORT_SERVICE_THROTTLED:
		ip_unlock(port);
		return (KERN_INVALID_CAPABILITY); /* no port is a service's */
	default:
		mach_port_status(port, &info.ext.mpie_status);
		break;
	}
	ip_unlock(port);
	memcpy(out, &info, size * sizeof(integer_t));
	*countp = size;
	return (KERN_SUCCESS);
}

int
sys__kernelrpc_mach_port_get_attributes_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_get_attributes_trap_args *uap)
{
	struct ipc_space *space;
	integer_t info[MACH_PORT_INFO_MAX];
	kern_return_t kr;
	mach_msg_type_number_t count;

	kr = COPYIN(uap->count, count);
	if (kr != KERN_SUCCESS)
		return (kr);
	TARGET(self, uap->target, space);
	kr = kern_mach_port_get_attributes(space, uap->name, uap->flavor, info,
	    &count);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (copyout(info, uap->port_info_out, count * sizeof(integer_t)) != 0)
		return (KERN_INVALID_ADDRESS);
	return (COPYOUT(count, uap->count));
}

/* info holds at most the first words of what count says. */
kern_return_t
kern_mach_port_set_attributes(struct ipc_space *space, mach_port_name_t name,
    mach_port_flavor_t flavor, const integer_t *info,
    mach_msg_type_number_t count)
{
	struct ipc_port *port;
	kern_return_t kr;
	mach_port_limits_t limits;

	limits.mpl_qlimit = 0;
	switch (flavor) {
	case MACH_PORT_LIMITS_INFO:
		/* More than needed is no harm: some pass a size in bytes. */
		if (count < MACH_PORT_LIMITS_INFO_COUNT)
			return (KERN_FAILURE);
		memcpy(&limits, info, sizeof(limits));
		if (limits.mpl_qlimit > mach_limit(MACH_LIMIT_QUEUE_MESSAGES))
			return (KERN_INVALID_VALUE);
		break;
	case MACH_PORT_DNREQUESTS_SIZE:
		if (count < MACH_PORT_DNREQUESTS_SIZE_COUNT)
			return (KERN_FAILURE);
		break;
	case MACH_PORT_SERVICE_THROTTLED:
		if (count < MACH_PORT_SERVICE_THROTTLED_COUNT)
			return (KERN_FAILURE);
		break;
	case MACH_PORT_TEMPOWNER:
	case MACH_PORT_IMPORTANCE_RECEIVER:
	case MACH_PORT_DENAP_RECEIVER:
		break;
	default:
		return (KERN_INVALID_ARGUMENT);
	}
	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	switch (flavor) {
	case MACH_PORT_LIMITS_INFO:
		port->ip_qlimit = limits.mpl_qlimit;
		ipc_mqueue_release_senders(port);
		if (port->ip_narmed != 0 && !ip_full(port)) {
			struct ipc_gc gc;

			IPC_GC_INIT(&gc);
			ip_hold(port);
			ipc_port_send_possible_unlock(port, &gc);
			ip_drop(port);
			ipc_gc_run(&gc);
			return (KERN_SUCCESS);
		}
		break;
	case MACH_PORT_TEMPOWNER:
		port->ip_flags |= IP_TEMPOWNER;
		break;
	case MACH_PORT_IMPORTANCE_RECEIVER:
		port->ip_flags |= IP_IMPORTANCE;
		break;
	case MACH_PORT_DENAP_RECEIVER:
		port->ip_flags |= IP_DENAP;
		break;
	case MACH_PORT_SERVICE_THROTTLED:
		kr = KERN_INVALID_CAPABILITY;	/* no port is a service's */
		break;
	default:
		break;		/* the table of requests grows by itself */
	}
	ip_unlock(port);
	return (kr);
}

int
sys_mach_port_set_attributes_trap(struct mach_thread *self,
    struct mach_port_set_attributes_trap_args *uap)
{
	struct ipc_space *space;
	integer_t info[MACH_PORT_LIMITS_INFO_COUNT];

	TARGET(self, uap->task, space);
	if (uap->flavor == MACH_PORT_LIMITS_INFO &&
	    uap->count >= MACH_PORT_LIMITS_INFO_COUNT &&
	    copyin(uap->port_info, info, sizeof(info)) != 0)
		return (KERN_INVALID_ADDRESS);
	return (kern_mach_port_set_attributes(space, uap->name, uap->flavor,
	    info, uap->count));
}

kern_return_t
kern_mach_port_set_mscount(struct ipc_space *space, mach_port_name_t name,
    mach_port_mscount_t mscount)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive(space, name, &port);
	if (kr == KERN_SUCCESS) {
		port->ip_mscount = mscount;
		ip_unlock(port);
	}
	return (kr);
}

int
sys_mach_port_set_mscount_trap(struct mach_thread *self,
    struct mach_port_set_mscount_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_set_mscount(space, uap->name, uap->mscount));
}

kern_return_t
kern_mach_port_set_seqno(struct ipc_space *space, mach_port_name_t name,
    mach_port_seqno_t seqno)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive(space, name, &port);
	if (kr == KERN_SUCCESS) {
		port->ip_seqno = seqno;
		ip_unlock(port);
	}
	return (kr);
}

int
sys_mach_port_set_seqno_trap(struct mach_thread *self,
    struct mach_port_set_seqno_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_set_seqno(space, uap->name, uap->seqno));
}

kern_return_t
kern_mach_port_get_srights(struct ipc_space *space, mach_port_name_t name,
    mach_port_rights_t *srightsp)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	*srightsp = port->ip_srights;
	ip_unlock(port);
	return (KERN_SUCCESS);
}

int
sys_mach_port_get_srights_trap(struct mach_thread *self,
    struct mach_port_get_srights_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_rights_t srights;

	TARGET(self, uap->task, space);
	kr = kern_mach_port_get_srights(space, uap->name, &srights);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(srights, uap->srights));
}

/* The sender of a message and the caller of the trap alike are the thread. */
kern_return_t
kern_mach_port_peek(struct mach_thread *self, struct ipc_space *space,
    mach_port_name_t name, mach_msg_trailer_type_t type,
    mach_port_seqno_t *seqnop, mach_msg_size_t *sizep, mach_msg_id_t *idp,
    mach_msg_mac_trailer64_t *trailer, mach_msg_type_number_t *countp)
{
	struct ipc_kmsg *kmsg;
	struct ipc_port *port;
	kern_return_t kr;
	mach_msg_size_t tsize;
	mach_port_seqno_t n, seqno;

	tsize = ipc_kmsg_trailer_size(self, type);
	if (GET_RCV_ELEMENTS(type) > MACH_RCV_TRAILER_AV || *countp < tsize)
		return (KERN_INVALID_VALUE);
	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);

	/* 0 asks for the first; the others are counted from the port's. */
	seqno = *seqnop;
	kmsg = TAILQ_FIRST(&port->ip_messages);
	if (seqno == 0)
		seqno = port->ip_seqno;
	else {
		for (n = port->ip_seqno; kmsg != NULL && n != seqno; n++)
			kmsg = TAILQ_NEXT(kmsg, ikm_link);
	}
	if (kmsg == NULL) {
		ip_unlock(port);
		return (KERN_FAILURE);
	}
	*idp = kmsg->ikm_header.msgh_id;
	*sizep = ipc_kmsg_message_size(self, kmsg);
	kmsg->ikm_context = port->ip_context;
	(void)ipc_kmsg_trailer(self, kmsg, type, trailer);
	trailer->msgh_seqno = *seqnop = seqno;
	*countp = tsize;
	ip_unlock(port);
	return (KERN_SUCCESS);
}

int
sys_mach_port_peek_trap(struct mach_thread *self,
    struct mach_port_peek_trap_args *uap)
{
	mach_msg_mac_trailer64_t trailer;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_id_t id;
	mach_msg_size_t size;
	mach_msg_type_number_t count;
	mach_port_seqno_t seqno;

	kr = COPYIN(uap->request_seqnop, seqno);
	if (kr == KERN_SUCCESS)
		kr = COPYIN(uap->trailer_sizep, count);
	if (kr != KERN_SUCCESS)
		return (kr);
	TARGET(self, uap->task, space);
	kr = kern_mach_port_peek(self, space, uap->name, uap->trailer_type,
	    &seqno, &size, &id, &trailer, &count);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(seqno, uap->request_seqnop);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(size, uap->msg_sizep);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(id, uap->msg_idp);
	if (kr == KERN_SUCCESS &&
	    copyout(&trailer, uap->trailer_infop, count) != 0)
		kr = KERN_INVALID_ADDRESS;
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(count, uap->trailer_sizep);
	return (kr);
}
