/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Release all that a message holds: the rights in its header and descriptors
 * and its out-of-line memory.
 *
 * Works on a received message as well as on one that was never sent: a right
 * still to be made (MAKE_SEND, MAKE_SEND_ONCE) is made and released, which
 * keeps the make-send count and send-once notifications what the receiver of
 * the message would have seen; a right to be copied is left alone.  The local
 * port of a header names no right of the message and is left alone too.
 *
 * The walk over the descriptors ends at msgh_size, so that a damaged count
 * cannot lead out of the message.  A descriptor reads as null afterwards.
 */

#include <string.h>

#include "libmach.h"

static void
destroy_port(mach_port_t port, mach_msg_type_name_t disposition)
{
	mach_msg_type_name_t type;
	mach_port_t made, self;

	if (!MACH_PORT_VALID(port))
		return;
	self = mach_task_self_;
	switch (disposition) {
	case MACH_MSG_TYPE_MOVE_SEND:
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		(void)mach_port_deallocate(self, port);
		break;
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		(void)mach_port_mod_refs(self, port, MACH_PORT_RIGHT_RECEIVE,
		    -1);
		break;
	case MACH_MSG_TYPE_MAKE_SEND:
		if (mach_port_insert_right(self, port, port,
		    MACH_MSG_TYPE_MAKE_SEND) == KERN_SUCCESS)
			(void)mach_port_deallocate(self, port);
		break;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		if (mach_port_extract_right(self, port,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE, &made, &type) ==
		    KERN_SUCCESS)
			(void)mach_port_deallocate(self, made);
		break;
	default:
		break;
	}
}

static void
destroy_memory(void *address, mach_vm_size_t size)
{

	if (address != NULL && size != 0)
		(void)mach_vm_deallocate(mach_task_self_,
		    (mach_vm_address_t)(uintptr_t)address, size);
}

/* Each returns the size of its descriptor. */
static size_t
destroy_port_descriptor(char *p)
{
	mach_msg_port_descriptor_t d;

	memcpy(&d, p, sizeof(d));
	destroy_port(d.name, d.disposition);
	d.name = MACH_PORT_NULL;
	memcpy(p, &d, sizeof(d));
	return (sizeof(d));
}

static size_t
destroy_ool_descriptor(char *p)
{
	mach_msg_ool_descriptor_t d;

	memcpy(&d, p, sizeof(d));
	destroy_memory(d.address, d.size);
	d.address = NULL;
	d.size = 0;
	memcpy(p, &d, sizeof(d));
	return (sizeof(d));
}

static size_t
destroy_ool_ports_descriptor(char *p)
{
	mach_msg_ool_ports_descriptor_t d;
	mach_port_t *ports;
	mach_msg_size_t i;

	memcpy(&d, p, sizeof(d));
	ports = d.address;
	if (ports == NULL)
		return (sizeof(d));
	for (i = 0; i < d.count; i++)
		destroy_port(ports[i], d.disposition);
	destroy_memory(ports, (mach_vm_size_t)d.count * sizeof(*ports));
	d.address = NULL;
	d.count = 0;
	memcpy(p, &d, sizeof(d));
	return (sizeof(d));
}

static size_t
destroy_guarded_descriptor(char *p)
{
	mach_msg_guarded_port_descriptor_t d;

	/* A receive right that travelled guarded: the guard is the context. */
	memcpy(&d, p, sizeof(d));
	if (MACH_PORT_VALID(d.name) &&
	    d.disposition == MACH_MSG_TYPE_MOVE_RECEIVE)
		(void)mach_port_destruct(mach_task_self_, d.name, 0,
		    (mach_port_context_t)d.context);
	d.name = MACH_PORT_NULL;
	memcpy(p, &d, sizeof(d));
	return (sizeof(d));
}

static size_t
descriptor_size(mach_msg_descriptor_type_t type)
{

	switch (type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		return (sizeof(mach_msg_port_descriptor_t));
	case MACH_MSG_OOL_DESCRIPTOR:
	case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
		return (sizeof(mach_msg_ool_descriptor_t));
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		return (sizeof(mach_msg_ool_ports_descriptor_t));
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		return (sizeof(mach_msg_guarded_port_descriptor_t));
	default:
		return (0);
	}
}

static void
destroy_body(mach_msg_base_t *base)
{
	mach_msg_type_descriptor_t any;
	char *end, *p;
	mach_msg_size_t i;
	size_t size;

	p = (char *)(base + 1);
	end = (char *)base + base->header.msgh_size;
	for (i = 0; i < base->body.msgh_descriptor_count; i++) {
		if ((size_t)(end - p) < sizeof(any))
			return;
		memcpy(&any, p, sizeof(any));
		size = descriptor_size(any.type);
		if (size == 0 || (size_t)(end - p) < size)
			return;
		switch (any.type) {
		case MACH_MSG_PORT_DESCRIPTOR:
			p += destroy_port_descriptor(p);
			break;
		case MACH_MSG_OOL_PORTS_DESCRIPTOR:
			p += destroy_ool_ports_descriptor(p);
			break;
		case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
			p += destroy_guarded_descriptor(p);
			break;
		default:
			p += destroy_ool_descriptor(p);
			break;
		}
	}
}

void
mach_msg_destroy(mach_msg_header_t *msg)
{
	mach_msg_bits_t bits;

	bits = msg->msgh_bits;
	destroy_port(msg->msgh_remote_port, MACH_MSGH_BITS_REMOTE(bits));
	destroy_port(msg->msgh_voucher_port, MACH_MSGH_BITS_VOUCHER(bits));
	if ((bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
	    msg->msgh_size >= sizeof(mach_msg_base_t))
		destroy_body((mach_msg_base_t *)(void *)msg);
}
