/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Messages from and to user memory, as programs of 64 and of 32 bits lay them
 * out.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>

#include <kernel/ipc/ipc_kmsg_impl.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/kern/user_ptr.h>

/*
 * Sizes.
 */

static uint32_t
ipc_kmsg_desc_size(mach_msg_descriptor_type_t type, bool is32)
{

	switch (type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		return (sizeof(mach_msg_port_descriptor_t));
	case MACH_MSG_OOL_DESCRIPTOR:
	case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		return (is32 ? sizeof(mach_msg_ool_descriptor32_t) :
		    sizeof(mach_msg_ool_descriptor64_t));
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		return (is32 ? sizeof(mach_msg_guarded_port_descriptor32_t) :
		    sizeof(mach_msg_guarded_port_descriptor64_t));
	default:
		return (0);
	}
}

uint32_t
ipc_kmsg_descs_size(const struct ipc_kmsg *kmsg, bool is32)
{
	uint32_t i, size;

	size = sizeof(mach_msg_body_t);
	for (i = 0; i < kmsg->ikm_ndescs; i++)
		size += ipc_kmsg_desc_size(kmsg->ikm_descs[i].id_type, is32);
	return (size);
}

/*
 * From user memory.
 */

static mach_msg_return_t
ipc_kmsg_parse_desc(const uint8_t *p, bool is32, struct ipc_kmsg_desc *desc,
    uint64_t *ool)
{
	const mach_msg_guarded_port_descriptor32_t *guarded32;
	const mach_msg_guarded_port_descriptor64_t *guarded64;
	const mach_msg_ool_descriptor32_t *ool32;
	const mach_msg_ool_descriptor64_t *ool64;
	const mach_msg_ool_ports_descriptor32_t *ports32;
	const mach_msg_ool_ports_descriptor64_t *ports64;
	const mach_msg_port_descriptor_t *port;

	bzero(desc, sizeof(*desc));
	port = (const void *)p;
	desc->id_type = port->type;
	switch (desc->id_type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		desc->id_name = port->name;
		desc->id_disposition = port->disposition;
		break;
	case MACH_MSG_OOL_DESCRIPTOR:
	case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
		if (is32) {
			ool32 = (const void *)p;
			desc->id_address = ool32->address;
			desc->id_size = ool32->size;
			desc->id_copy = ool32->copy;
			desc->id_deallocate = ool32->deallocate;
		} else {
			ool64 = (const void *)p;
			desc->id_address = ool64->address;
			desc->id_size = ool64->size;
			desc->id_copy = ool64->copy;
			desc->id_deallocate = ool64->deallocate;
		}
		if (desc->id_copy != MACH_MSG_PHYSICAL_COPY &&
		    desc->id_copy != MACH_MSG_VIRTUAL_COPY)
			return (MACH_SEND_INVALID_TYPE);
		*ool += desc->id_size;
		return (MACH_MSG_SUCCESS);
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		if (is32) {
			ports32 = (const void *)p;
			desc->id_address = ports32->address;
			desc->id_count = ports32->count;
			desc->id_copy = ports32->copy;
			desc->id_deallocate = ports32->deallocate;
			desc->id_disposition = ports32->disposition;
		} else {
			ports64 = (const void *)p;
			desc->id_address = ports64->address;
			desc->id_count = ports64->count;
			desc->id_copy = ports64->copy;
			desc->id_deallocate = ports64->deallocate;
			desc->id_disposition = ports64->disposition;
		}
		if (desc->id_copy != MACH_MSG_PHYSICAL_COPY &&
		    desc->id_copy != MACH_MSG_VIRTUAL_COPY)
			return (MACH_SEND_INVALID_TYPE);
		desc->id_size = (mach_vm_size_t)desc->id_count *
		    sizeof(mach_port_name_t);
		break;
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		if (is32) {
			guarded32 = (const void *)p;
			desc->id_context = guarded32->context;
			desc->id_name = guarded32->name;
			desc->id_flags = guarded32->flags;
			desc->id_disposition = guarded32->disposition;
		} else {
			guarded64 = (const void *)p;
			desc->id_context = guarded64->context;
			desc->id_name = guarded64->name;
			desc->id_flags = guarded64->flags;
			desc->id_disposition = guarded64->disposition;
		}
		if (desc->id_disposition != MACH_MSG_TYPE_MOVE_RECEIVE ||
		    desc->id_flags == 0 ||
		    (desc->id_flags & ~MACH_MSG_GUARD_FLAGS_MASK) != 0 ||
		    ((desc->id_flags & MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND)
		    != 0 && desc->id_context != 0))
			return (MACH_SEND_INVALID_TYPE);
		break;
	default:
		return (MACH_SEND_INVALID_TYPE);
	}
	if (!MACH_MSG_TYPE_PORT_ANY(desc->id_disposition))
		return (MACH_SEND_INVALID_TYPE);
	return (MACH_MSG_SUCCESS);
}

/* The message is larger, in some way, than any may be. */
static mach_msg_return_t
ipc_kmsg_over(struct ipc_kmsg *kmsg, enum mach_limit_id which)
{

	mach_limit_hit(which, kmsg->ikm_quota);
	return (MACH_SEND_TOO_LARGE);
}

struct ipc_kmsg_desc *
ipc_kmsg_alloc_descs(struct ipc_kmsg *kmsg, uint32_t count)
{

	kmsg->ikm_complex = true;
	kmsg->ikm_descs = count <= IKM_INLINE_DESCS ? kmsg->ikm_inline_descs :
	    malloc(count * sizeof(*kmsg->ikm_descs), M_MACH_KMSG, M_WAITOK);
	return (kmsg->ikm_descs);
}

/* The descriptors of a complex message: sizes and types, no rights yet. */
static mach_msg_return_t
ipc_kmsg_parse(struct ipc_kmsg *kmsg, const uint8_t *image,
    mach_msg_size_t size, bool is32)
{
	const mach_msg_body_t *body;
	const mach_msg_type_descriptor_t *any;
	mach_msg_return_t mr;
	uint64_t ool, ports, rights;
	uint32_t count, dsize, i, offset;

	if (size < sizeof(mach_msg_base_t))
		return (MACH_SEND_MSG_TOO_SMALL);
	body = (const void *)(image + sizeof(mach_msg_header_t));
	count = body->msgh_descriptor_count;
	offset = sizeof(mach_msg_base_t);
	if (count > (size - offset) / sizeof(mach_msg_type_descriptor_t))
		return (MACH_SEND_MSG_TOO_SMALL);
	if (count > mach_limit(MACH_LIMIT_MESSAGE_DESCRIPTORS))
		return (ipc_kmsg_over(kmsg, MACH_LIMIT_MESSAGE_DESCRIPTORS));
	if (count > IKM_INLINE_DESCS && !ipc_kmsg_charge(kmsg,
	    (u_long)count * sizeof(*kmsg->ikm_descs)))
		return (MACH_SEND_NO_BUFFER);
	(void)ipc_kmsg_alloc_descs(kmsg, count);

	ool = ports = rights = 0;
	for (i = 0; i < count; i++) {
		/* The type is at the same place in all of them. */
		if (size - offset < sizeof(*any))
			return (MACH_SEND_MSG_TOO_SMALL);
		any = (const void *)(image + offset);
		dsize = ipc_kmsg_desc_size(any->type, is32);
		if (size - offset < dsize)
			return (MACH_SEND_MSG_TOO_SMALL);
		mr = ipc_kmsg_parse_desc(image + offset, is32,
		    &kmsg->ikm_descs[i], &ool);
		if (mr != MACH_MSG_SUCCESS)
			return (mr);
		offset += dsize;
		ports += kmsg->ikm_descs[i].id_count;
		if (kmsg->ikm_descs[i].id_type == MACH_MSG_PORT_DESCRIPTOR ||
		    kmsg->ikm_descs[i].id_type ==
		    MACH_MSG_GUARDED_PORT_DESCRIPTOR)
			rights++;
		kmsg->ikm_ndescs = i + 1;
	}
	if (ool > mach_limit(MACH_LIMIT_MESSAGE_OOL))
		return (ipc_kmsg_over(kmsg, MACH_LIMIT_MESSAGE_OOL));
	if (ports > mach_limit(MACH_LIMIT_MESSAGE_PORTS))
		return (ipc_kmsg_over(kmsg, MACH_LIMIT_MESSAGE_PORTS));
	/* Each may be the last that keeps a port. */
	if (rights + ports != 0 && !ipc_kmsg_charge(kmsg,
	    (rights + ports) * sizeof(struct ipc_port)))
		return (MACH_SEND_NO_BUFFER);
	kmsg->ikm_data = __DECONST(uint8_t *, image) + offset;
	kmsg->ikm_datasize = size - offset;
	return (MACH_MSG_SUCCESS);
}

mach_msg_return_t
ipc_kmsg_get(struct mach_thread *th, mach_vm_offset_t addr,
    mach_msg_size_t size, const mach_msg_base_t *base,
    struct ipc_kmsg **kmsgp)
{
	struct ipc_kmsg *kmsg;
	mach_msg_header_t *header;
	mach_msg_return_t mr;
	u_long charge;
	uint32_t bufsize, room;

	if (size < sizeof(mach_msg_header_t) || (size & 3) != 0)
		return (MACH_SEND_MSG_TOO_SMALL);
	if (size > mach_limit(MACH_LIMIT_MESSAGE_SIZE)) {
		mach_limit_hit(MACH_LIMIT_MESSAGE_SIZE, th->th_task->t_quota);
		return (MACH_SEND_TOO_LARGE);
	}
	/* A 64-bit receiver's descriptors are at most a third larger. */
	room = th->th_is32 ? roundup(size / 3, 8) : 0;
	bufsize = room + size + MAX_TRAILER_SIZE;
	/* With the ports that its header may keep alive. */
	charge = bufsize + sizeof(*kmsg) + 2 * sizeof(struct ipc_port);
	if (!mach_quota_charge(th->th_task->t_quota, MACH_RES_MESSAGES,
	    charge)) {
		mach_counter_failed(MACH_COUNTER_KMSGS);
		return (MACH_SEND_NO_BUFFER);
	}
	kmsg = ipc_kmsg_cached(th, bufsize);
	kmsg->ikm_charge = charge;

	header = (mach_msg_header_t *)(void *)(kmsg->ikm_buf + room);
	if (mach_copyin(addr, header, size) != 0) {
		ipc_kmsg_free(kmsg);
		return (MACH_SEND_INVALID_DATA);
	}
	if (base != NULL) {
		*header = base->header;
		if ((header->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
		    size >= sizeof(*base))
			((mach_msg_base_t *)(void *)header)->body = base->body;
	}
	kmsg->ikm_header = *header;
	kmsg->ikm_header.msgh_size = size;
	kmsg->ikm_data = (uint8_t *)(header + 1);
	kmsg->ikm_datasize = size - sizeof(*header);
	kmsg->ikm_remote_name = (mach_port_name_t)header->msgh_remote_port;
	kmsg->ikm_local_name = (mach_port_name_t)header->msgh_local_port;
	if ((header->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0) {
		mr = ipc_kmsg_parse(kmsg, (const uint8_t *)header, size,
		    th->th_is32);
		if (mr != MACH_MSG_SUCCESS) {
			ipc_kmsg_free(kmsg);
			return (mr);
		}
	}
	*kmsgp = kmsg;
	return (MACH_MSG_SUCCESS);
}

mach_msg_return_t
ipc_kmsg_get_aux(struct ipc_kmsg *kmsg, mach_vm_offset_t addr,
    mach_msg_size_t size)
{

	KASSERT(size >= sizeof(*kmsg->ikm_aux) &&
	    size <= IPC_KMSG_AUX_SIZE_MAX, ("auxiliary data of %u", size));
	if (!ipc_kmsg_charge(kmsg, size))
		return (MACH_SEND_NO_BUFFER);
	kmsg->ikm_aux = malloc(size, M_MACH_KMSG, M_WAITOK);
	if (mach_copyin(addr, kmsg->ikm_aux, size) != 0)
		return (MACH_SEND_INVALID_DATA);
	kmsg->ikm_aux->msgdh_size = size;
	kmsg->ikm_aux->msgdh_reserved = 0;
	return (MACH_MSG_SUCCESS);
}

/*
 * To user memory.
 */

static void
ipc_kmsg_format_desc(uint8_t *p, const struct ipc_kmsg_desc *desc, bool is32)
{
	mach_msg_guarded_port_descriptor32_t *guarded32;
	mach_msg_guarded_port_descriptor64_t *guarded64;
	mach_msg_ool_descriptor32_t *ool32;
	mach_msg_ool_descriptor64_t *ool64;
	mach_msg_ool_ports_descriptor32_t *ports32;
	mach_msg_ool_ports_descriptor64_t *ports64;
	mach_msg_port_descriptor_t *port;

	bzero(p, ipc_kmsg_desc_size(desc->id_type, is32));
	switch (desc->id_type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		port = (void *)p;
		port->name = desc->id_name;
		port->disposition = desc->id_disposition;
		port->type = desc->id_type;
		break;
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		if (is32) {
			guarded32 = (void *)p;
			guarded32->context = desc->id_context;
			guarded32->name = desc->id_name;
			guarded32->flags = desc->id_flags;
			guarded32->disposition = desc->id_disposition;
			guarded32->type = desc->id_type;
		} else {
			guarded64 = (void *)p;
			guarded64->context = desc->id_context;
			guarded64->name = desc->id_name;
			guarded64->flags = desc->id_flags;
			guarded64->disposition = desc->id_disposition;
			guarded64->type = desc->id_type;
		}
		break;
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		if (is32) {
			ports32 = (void *)p;
			ports32->address = desc->id_address;
			ports32->count = desc->id_count;
			ports32->deallocate = desc->id_deallocate;
			ports32->copy = desc->id_copy;
			ports32->disposition = desc->id_disposition;
			ports32->type = desc->id_type;
		} else {
			ports64 = (void *)p;
			ports64->address = desc->id_address;
			ports64->count = desc->id_count;
			ports64->deallocate = desc->id_deallocate;
			ports64->copy = desc->id_copy;
			ports64->disposition = desc->id_disposition;
			ports64->type = desc->id_type;
		}
		break;
	default:
		if (is32) {
			ool32 = (void *)p;
			ool32->address = desc->id_address;
			ool32->size = desc->id_size;
			ool32->deallocate = desc->id_deallocate;
			ool32->copy = desc->id_copy;
			ool32->type = desc->id_type;
		} else {
			ool64 = (void *)p;
			ool64->address = desc->id_address;
			ool64->size = desc->id_size;
			ool64->deallocate = desc->id_deallocate;
			ool64->copy = desc->id_copy;
			ool64->type = desc->id_type;
		}
		break;
	}
}

mach_msg_size_t
ipc_kmsg_trailer(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_option_t option, mach_msg_mac_trailer64_t *trailer)
{
	mach_msg_mac_trailer32_t *trailer32;
	mach_msg_size_t size;

	size = ipc_kmsg_trailer_size(th, option);
	bzero(trailer, sizeof(*trailer));
	trailer->msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0;
	trailer->msgh_trailer_size = size;
	trailer->msgh_seqno = kmsg->ikm_seqno;
	trailer->msgh_sender = kmsg->ikm_sec;
	trailer->msgh_audit = kmsg->ikm_audit;
	if (th->th_is32) {
		/* Alike as far as the context, which is a word there. */
		trailer32 = (void *)trailer;
		trailer32->msgh_context = (uint32_t)kmsg->ikm_context;
	} else
		trailer->msgh_context = kmsg->ikm_context;
	return (size);
}

mach_msg_return_t
ipc_kmsg_put(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_vm_offset_t addr, mach_msg_size_t size, mach_msg_option_t option,
    bool pseudo)
{
	mach_msg_header_t *h;
	mach_msg_mac_trailer64_t trailer;
	mach_msg_trailer_t *bare;
	uint8_t *p, *start;
	uint32_t dsize, i, msize, prefix, tsize;

	prefix = ipc_kmsg_prefix_size(kmsg, th->th_is32);
	start = kmsg->ikm_data - prefix;
	KASSERT(start >= kmsg->ikm_buf, ("no room for the header"));
	msize = prefix + kmsg->ikm_datasize;

	h = (void *)start;
	*h = kmsg->ikm_header;
	h->msgh_size = msize;
	h->msgh_voucher_port = MACH_PORT_NULL;
	if (kmsg->ikm_complex) {
		p = (uint8_t *)(h + 1);
		((mach_msg_body_t *)(void *)p)->msgh_descriptor_count =
		    kmsg->ikm_ndescs;
		p += sizeof(mach_msg_body_t);
		for (i = 0; i < kmsg->ikm_ndescs; i++) {
			dsize = ipc_kmsg_desc_size(kmsg->ikm_descs[i].id_type,
			    th->th_is32);
			ipc_kmsg_format_desc(p, &kmsg->ikm_descs[i],
			    th->th_is32);
			p += dsize;
		}
	}
	if (!pseudo && ipc_kmsg_trailer_is_bare(option)) {
		if (msize + sizeof(*bare) <= size) {
			bare = (void *)(start + msize);
			bare->msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0;
			bare->msgh_trailer_size = sizeof(*bare);
			msize += sizeof(*bare);
		}
	} else if (!pseudo) {
		tsize = ipc_kmsg_trailer(th, kmsg, option, &trailer);
		if (msize + tsize <= size) {
			memcpy(start + msize, &trailer, tsize);
			msize += tsize;
		}
	}
	/* Only an error's bare header can be larger than the buffer. */
	if (msize > size)
		msize = size;
	if (msize != 0 &&
	    mach_copyout(start, addr, msize) != 0)
		return (pseudo ? MACH_SEND_INVALID_DATA :
		    MACH_RCV_INVALID_DATA);
	return (MACH_MSG_SUCCESS);
}
