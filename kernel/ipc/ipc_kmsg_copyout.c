/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The rights in a message to names, the snapshots to memory.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>

#include <kernel/ipc/ipc_kmsg_impl.h>
#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/vm_copy.h>

static mach_msg_return_t
ipc_kmsg_space_error(kern_return_t kr)
{

	return (kr == KERN_RESOURCE_SHORTAGE ? MACH_MSG_IPC_KERNEL :
	    MACH_MSG_IPC_SPACE);
}

/* One right of the body; failing that, it is released and the name NULL. */
static mach_msg_return_t
ipc_kmsg_copyout_right(struct ipc_space *space, struct ipc_port *port,
    mach_msg_type_name_t disposition, mach_port_name_t *namep,
    struct ipc_gc *gc)
{
	kern_return_t kr;

	if (!IP_VALID(port)) {
		*namep = port == NULL ? MACH_PORT_NULL : MACH_PORT_DEAD;
		return (MACH_MSG_SUCCESS);
	}
	kr = ipc_right_copyout(space, port, disposition, namep, gc);
	if (kr == KERN_SUCCESS)
		return (MACH_MSG_SUCCESS);
	*namep = MACH_PORT_NULL;
	ipc_port_release_any(port, disposition, gc);
	return (ipc_kmsg_space_error(kr));
}

/*
 * A receive right that is to arrive guarded, if the receiver can take it: the
 * guard is the address of its buffer.  To the sender it comes back as movable
 * as it was.
 */
static mach_msg_return_t
ipc_kmsg_copyout_guarded(struct mach_thread *th, struct ipc_space *space,
    struct ipc_kmsg_desc *desc, bool pseudo, struct ipc_gc *gc)
{
	struct ipc_port *port;
	mach_msg_return_t mr;

	port = desc->id_u.port;
	desc->id_u.port = NULL;
	if (!pseudo && (th->th_msg.option & MACH_RCV_GUARDED_DESC) == 0) {
		ipc_port_release_any(port, desc->id_disposition, gc);
		desc->id_name = MACH_PORT_NULL;
		desc->id_context = 0;
		return (MACH_MSG_SUCCESS);
	}
	mr = ipc_kmsg_copyout_right(space, port, desc->id_disposition,
	    &desc->id_name, gc);
	if (!MACH_PORT_VALID(desc->id_name) || (desc->id_flags &
	    MACH_MSG_GUARD_FLAGS_IMMOVABLE_RECEIVE) == 0)
		return (mr);
	desc->id_flags &= ~MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND;
	desc->id_context = pseudo ? th->th_msg.send_addr :
	    th->th_msg.rcv_addr;
	ip_lock(port);
	port->ip_context = desc->id_context;
	port->ip_flags |= IP_GUARDED;
	if (!pseudo)
		port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	ip_unlock(port);
	return (mr);
}

/* The rights of the descriptors; space locked. */
static mach_msg_return_t
ipc_kmsg_copyout_rights(struct mach_thread *th, struct ipc_space *space,
    struct ipc_kmsg *kmsg, bool pseudo, struct ipc_gc *gc)
{
	struct ipc_kmsg_desc *desc;
	mach_msg_return_t mr;
	mach_port_name_t name;
	uint8_t *names;
	uint32_t i, j;

	mr = MACH_MSG_SUCCESS;
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_type == MACH_MSG_PORT_DESCRIPTOR) {
			mr |= ipc_kmsg_copyout_right(space, desc->id_u.port,
			    desc->id_disposition, &desc->id_name, gc);
			desc->id_u.port = NULL;
		} else if (desc->id_type == MACH_MSG_GUARDED_PORT_DESCRIPTOR) {
			mr |= ipc_kmsg_copyout_guarded(th, space, desc,
			    pseudo, gc);
		} else if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR &&
		    desc->id_u.ool.ports != NULL) {
			/* Names take the place of the ports as they come. */
			names = (uint8_t *)desc->id_u.ool.ports;
			for (j = 0; j < desc->id_count; j++) {
				mr |= ipc_kmsg_copyout_right(space,
				    desc->id_u.ool.ports[j],
				    desc->id_disposition, &name, gc);
				memcpy(names + j * sizeof(name), &name,
				    sizeof(name));
			}
			desc->id_u.ool.ports = NULL;
			desc->id_u.ool.names = (void *)names;
		}
	}
	return (mr);
}

/* The memory of the descriptors; no lock. */
static mach_msg_return_t
ipc_kmsg_copyout_memory(struct ipc_kmsg *kmsg)
{
	struct ipc_kmsg_desc *desc;
	struct vm_copy *copy;
	kern_return_t kr;
	mach_msg_return_t mr;
	uint32_t i;

	mr = MACH_MSG_SUCCESS;
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		copy = NULL;
		kr = KERN_SUCCESS;
		switch (desc->id_type) {
		case MACH_MSG_OOL_PORTS_DESCRIPTOR:
			if (desc->id_count != 0)
				kr = vm_copy_from_kernel(desc->id_u.ool.names,
				    desc->id_size, &copy);
			free(desc->id_u.ool.names, M_MACH_KMSG);
			desc->id_u.ool.names = NULL;
			break;
		case MACH_MSG_OOL_DESCRIPTOR:
		case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
			copy = desc->id_u.copy;
			desc->id_u.copy = NULL;
			break;
		default:
			continue;
		}
		desc->id_address = 0;
		if (copy != NULL) {
			kr = vm_copyout(copy, &desc->id_address);
			if (kr != KERN_SUCCESS)
				vm_copy_discard(copy);
		}
		if (kr != KERN_SUCCESS) {
			desc->id_address = 0;
			desc->id_size = 0;
			desc->id_count = 0;
			mr |= kr == KERN_RESOURCE_SHORTAGE ?
			    MACH_MSG_VM_KERNEL : MACH_MSG_VM_SPACE;
		}
		desc->id_copy = MACH_MSG_VIRTUAL_COPY;
		desc->id_deallocate = true;
	}
	return (mr);
}

/*
 * The destination right is used up by the arrival; its name for the
 * receiver is that of the receive right.
 */
static mach_port_name_t
ipc_kmsg_copyout_dest(struct ipc_space *space, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_port *port;
	mach_port_name_t name;

	if (kmsg->ikm_arrived)
		return (kmsg->ikm_dest_name);
	port = kmsg->ikm_remote;
	kmsg->ikm_remote = NULL;
	if (!IP_VALID(port))
		return (MACH_PORT_DEAD);
	ip_lock(port);
	if (!ip_active(port)) {
		ip_unlock(port);
		ip_drop(port);
		return (MACH_PORT_DEAD);
	}
	name = port->ip_receiver == space ? port->ip_receiver_name :
	    MACH_PORT_NULL;
	if (MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits) ==
	    MACH_MSG_TYPE_PORT_SEND) {
		KASSERT(port->ip_srights > 0, ("send rights below zero"));
		port->ip_srights--;
		ipc_port_no_senders_unlock(port, gc);
	} else {
		KASSERT(port->ip_sorights > 0,
		    ("send-once rights below zero"));
		if (name == MACH_PORT_NULL) {
			/* The port moved on since: it is another's to spend. */
			ip_unlock(port);
			ipc_notify_send_once(port, gc);
			return (name);
		}
		port->ip_sorights--;
		ip_unlock(port);
	}
	ip_drop(port);
	return (name);
}

mach_msg_return_t
ipc_kmsg_copyout_space(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	mach_msg_header_t *h;
	struct ipc_space *space;
	mach_msg_return_t mr;
	mach_port_name_t dest, reply;
	uint32_t bits;

	h = &kmsg->ikm_header;
	bits = h->msgh_bits;
	space = th->th_task->t_space;
	is_write_lock(space);
	mr = ipc_kmsg_copyout_right(space, kmsg->ikm_local,
	    MACH_MSGH_BITS_LOCAL(bits), &reply, gc);
	kmsg->ikm_local = NULL;
	dest = ipc_kmsg_copyout_dest(space, kmsg, gc);
	if (mr != MACH_MSG_SUCCESS) {
		is_write_unlock(space);
		ipc_kmsg_clean_content(kmsg, gc);
		kmsg->ikm_complex = false;
		kmsg->ikm_datasize = 0;
		h->msgh_bits = MACH_MSGH_BITS(0, MACH_MSGH_BITS_REMOTE(bits));
		h->msgh_remote_port = MACH_PORT_NULL;
		h->msgh_local_port = dest;
		return (mr | MACH_RCV_HEADER_ERROR);
	}
	if (kmsg->ikm_ndescs != 0)
		mr = ipc_kmsg_copyout_rights(th, space, kmsg, false, gc);
	is_write_unlock(space);
	if (kmsg->ikm_ndescs != 0)
		mr |= ipc_kmsg_copyout_memory(kmsg);

	ipc_kmsg_named(kmsg, reply, dest);
	return (mr == MACH_MSG_SUCCESS ? mr : mr | MACH_RCV_BODY_ERROR);
}

void
ipc_kmsg_strip(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	mach_msg_header_t *h;
	mach_port_name_t dest;

	h = &kmsg->ikm_header;
	ipc_kmsg_clean_content(kmsg, gc);
	dest = ipc_kmsg_copyout_dest(th->th_task->t_space, kmsg, gc);
	kmsg->ikm_complex = false;
	kmsg->ikm_datasize = 0;
	h->msgh_bits = MACH_MSGH_BITS(0, MACH_MSGH_BITS_REMOTE(h->msgh_bits));
	h->msgh_remote_port = MACH_PORT_NULL;
	h->msgh_local_port = dest;
}

mach_msg_return_t
ipc_kmsg_copyout_pseudo(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_space *space;
	mach_msg_return_t mr;
	mach_port_name_t dest, reply;
	uint32_t bits;

	bits = kmsg->ikm_header.msgh_bits;
	space = th->th_task->t_space;
	is_write_lock(space);
	mr = ipc_kmsg_copyout_right(space, kmsg->ikm_remote,
	    MACH_MSGH_BITS_REMOTE(bits), &dest, gc);
	kmsg->ikm_remote = NULL;
	mr |= ipc_kmsg_copyout_right(space, kmsg->ikm_local,
	    MACH_MSGH_BITS_LOCAL(bits), &reply, gc);
	kmsg->ikm_local = NULL;
	/* Receive rights that had been on their way come back, too. */
	mr |= ipc_kmsg_copyout_rights(th, space, kmsg, true, gc);
	is_write_unlock(space);
	mr |= ipc_kmsg_copyout_memory(kmsg);
	kmsg->ikm_header.msgh_remote_port = dest;
	kmsg->ikm_header.msgh_local_port = reply;
	return (mr);
}
