/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Messages between kmsgs and the stubs that mig writes for the kernel.
 *
 * A request is laid out in memory of its own, with the rights and snapshots of
 * the kmsg, which keeps them until the routine has consumed them.  What the
 * routine answers becomes a kmsg without a destination.  No locks.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/mig_kernel.h>
#include <kernel/kern/vm_copy.h>

static MALLOC_DEFINE(M_MACH_MIG, "mach_mig", "Messages of kernel stubs");

/* No request of ours is larger. */
#define	DATA_MAX	4096
#define	DESCS_MAX	8

union mig_kernel_descriptor {
	mig_kernel_port_descriptor_t port;
	mig_kernel_ool_descriptor_t ool;
	mig_kernel_ool_ports_descriptor_t ports;
};

NDR_record_t mig_kernel_ndr = {
#if _BYTE_ORDER == _LITTLE_ENDIAN
	.int_rep = NDR_INT_LITTLE_ENDIAN,
#else
	.int_rep = NDR_INT_BIG_ENDIAN,
#endif
	.char_rep = NDR_CHAR_ASCII,
	.float_rep = NDR_FLOAT_IEEE,
};

void
mig_kernel_reply_setup(const mig_kernel_header_t *request,
    mig_kernel_header_t *reply)
{
	mig_kernel_reply_error_t *error;

	error = (mig_kernel_reply_error_t *)(void *)reply;
	bzero(error, sizeof(*error));
	reply->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_REMOTE(request->msgh_bits), 0);
	reply->msgh_size = sizeof(*error);
	reply->msgh_id = (mach_msg_id_t)((uint32_t)request->msgh_id + 100);
	error->NDR = mig_kernel_ndr;
	error->RetCode = MIG_BAD_ID;
}

void
mig_kernel_release(ipc_port_t port, mach_msg_type_name_t disposition)
{
	struct ipc_gc gc;

	if (!IP_VALID(port))
		return;
	IPC_GC_INIT(&gc);
	ipc_port_release_any(port, disposition, &gc);
	ipc_gc_run(&gc);
}

kern_return_t
mig_kernel_copy(const void *data, mach_msg_size_t size, void **copyp)
{
	struct vm_copy *copy;
	kern_return_t kr;

	*copyp = NULL;
	if (size == 0)
		return (KERN_SUCCESS);
	kr = vm_copy_from_kernel(data, size, &copy);
	if (kr == KERN_SUCCESS)
		*copyp = copy;
	return (kr);
}

void
mig_kernel_uncopy(void *copy)
{

	if (copy != NULL)
		vm_copy_discard(copy);
}

/* One descriptor in the stubs' form; its size, or 0 if they have no such. */
static size_t
descriptor_out(const struct ipc_kmsg_desc *from,
    union mig_kernel_descriptor *to)
{

	bzero(to, sizeof(*to));
	switch (from->id_type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		to->port.name = from->id_u.port;
		to->port.disposition = from->id_disposition;
		to->port.type = from->id_type;
		return (sizeof(to->port));
	case MACH_MSG_OOL_DESCRIPTOR:
		to->ool.address = from->id_u.copy;
		to->ool.copy = from->id_copy;
		to->ool.type = from->id_type;
		to->ool.size = (mach_msg_size_t)from->id_size;
		return (sizeof(to->ool));
	default:
		return (0);
	}
}

/* NULL: not a message that a routine could have. */
static mig_kernel_header_t *
request_of(const struct ipc_kmsg *kmsg)
{
	union mig_kernel_descriptor desc;
	mach_msg_body_t body;
	mach_msg_context_trailer64_t trailer;
	mig_kernel_header_t *h;
	size_t bytes;
	uint8_t *at, *buf;
	uint32_t i;

	if (kmsg->ikm_datasize > DATA_MAX || kmsg->ikm_ndescs > DESCS_MAX)
		return (NULL);
	buf = malloc(sizeof(*h) + sizeof(body) + kmsg->ikm_ndescs *
	    sizeof(desc) + roundup2(kmsg->ikm_datasize, 4) + sizeof(trailer),
	    M_MACH_MIG, M_WAITOK | M_ZERO);
	h = (mig_kernel_header_t *)(void *)buf;
	h->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_LOCAL(kmsg->ikm_header.msgh_bits),
	    MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits));
	h->msgh_remote_port = kmsg->ikm_local;
	h->msgh_local_port = kmsg->ikm_remote;
	h->msgh_id = kmsg->ikm_header.msgh_id;
	at = buf + sizeof(*h);
	if (kmsg->ikm_complex) {
		h->msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		body.msgh_descriptor_count = kmsg->ikm_ndescs;
		memcpy(at, &body, sizeof(body));
		at += sizeof(body);
	}
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		bytes = descriptor_out(&kmsg->ikm_descs[i], &desc);
		if (bytes == 0) {
			free(buf, M_MACH_MIG);
			return (NULL);
		}
		memcpy(at, &desc, bytes);
		at += bytes;
	}
	memcpy(at, kmsg->ikm_data, kmsg->ikm_datasize);
	at += roundup2(kmsg->ikm_datasize, 4);
	h->msgh_size = (mach_msg_size_t)(at - buf);
	bzero(&trailer, sizeof(trailer));
	trailer.msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0;
	trailer.msgh_trailer_size = sizeof(trailer);
	trailer.msgh_sender = kmsg->ikm_sec;
	trailer.msgh_audit = kmsg->ikm_audit;
	memcpy(at, &trailer, sizeof(trailer));
	return (h);
}

/* From the stubs' form; the bytes it has there. */
static size_t
descriptor_in(const uint8_t *from, struct ipc_kmsg_desc *to)
{
	union mig_kernel_descriptor desc;

	bzero(to, sizeof(*to));
	memcpy(&desc, from, sizeof(desc));
	to->id_type = desc.port.type;
	if (desc.port.type == MACH_MSG_PORT_DESCRIPTOR) {
		to->id_disposition = ipc_right_copyin_type(
		    desc.port.disposition);
		to->id_u.port = desc.port.name;
	} else {
		KASSERT(desc.ool.type == MACH_MSG_OOL_DESCRIPTOR,
		    ("%s: type %d", __func__, desc.ool.type));
		to->id_copy = desc.ool.copy;
		to->id_size = desc.ool.size;
		to->id_u.copy = desc.ool.address;
	}
	return (sizeof(desc));
}

/* What an answer holds is on the account of who asked. */
static void
charge(struct ipc_kmsg *kmsg, const struct ipc_kmsg_desc *desc)
{
	u_long bytes;

	if (desc->id_type != MACH_MSG_OOL_DESCRIPTOR || desc->id_size == 0 ||
	    kmsg->ikm_quota == NULL)
		return;
	bytes = round_page(desc->id_size);
	mach_quota_force(kmsg->ikm_quota, MACH_RES_OOL, bytes);
	kmsg->ikm_ool += bytes;
}

static struct ipc_kmsg *
reply_of(const mig_kernel_header_t *h)
{
	const uint8_t *at;
	struct ipc_kmsg *kmsg;
	struct ipc_kmsg_desc *descs;
	mach_msg_body_t body;
	uint32_t i, size;

	at = (const uint8_t *)(h + 1);
	size = h->msgh_size - sizeof(*h);
	body.msgh_descriptor_count = 0;
	if ((h->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0) {
		memcpy(&body, at, sizeof(body));
		at += sizeof(body);
		size -= sizeof(body) + body.msgh_descriptor_count *
		    sizeof(union mig_kernel_descriptor);
	}
	kmsg = ipc_kmsg_alloc(size);
	kmsg->ikm_header.msgh_bits = h->msgh_bits &
	    (MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS_REMOTE_MASK);
	kmsg->ikm_header.msgh_id = h->msgh_id;
	if (body.msgh_descriptor_count != 0) {
		descs = ipc_kmsg_alloc_descs(kmsg, body.msgh_descriptor_count);
		for (i = 0; i < body.msgh_descriptor_count; i++) {
			at += descriptor_in(at, &descs[i]);
			charge(kmsg, &descs[i]);
		}
		kmsg->ikm_ndescs = body.msgh_descriptor_count;
	}
	memcpy(kmsg->ikm_data, at, size);
	return (kmsg);
}

/* The rights and snapshots of a request are its routine's. */
static void
consumed(struct ipc_kmsg *kmsg)
{

	kmsg->ikm_ndescs = 0;
}

void
mig_kernel_answer(const struct mig_kernel_subsystem *subsystem,
    struct ipc_kmsg *kmsg, struct ipc_kmsg **replyp)
{
	union {
		mig_kernel_header_t head;
		mig_kernel_reply_error_t error;
	} *reply;
	mig_kernel_header_t *request;
	mig_kernel_routine_t routine;
	kern_return_t code;
	size_t size;

	*replyp = NULL;
	size = subsystem == NULL ? 0 : subsystem->maxsize;
	reply = malloc(MAX(size, sizeof(*reply)), M_MACH_MIG,
	    M_WAITOK | M_ZERO);
	request = request_of(kmsg);
	if (request == NULL) {
		mig_kernel_header_t head = {
			.msgh_bits = MACH_MSGH_BITS(MACH_MSGH_BITS_LOCAL(
			    kmsg->ikm_header.msgh_bits), 0),
			.msgh_id = kmsg->ikm_header.msgh_id,
		};

		mig_kernel_reply_setup(&head, &reply->head);
		if (subsystem != NULL)
			reply->error.RetCode = MIG_BAD_ARGUMENTS;
	} else {
		mig_kernel_reply_setup(request, &reply->head);
		routine = subsystem == NULL ? NULL :
		    subsystem->server(request);
		if (routine != NULL)
			routine(request, &reply->head);
	}
	code = KERN_SUCCESS;
	if ((reply->head.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		code = reply->error.RetCode;
	if (code == KERN_SUCCESS || code == MIG_NO_REPLY)
		consumed(kmsg);
	if (code != MIG_NO_REPLY)
		*replyp = reply_of(&reply->head);
	free(request, M_MACH_MIG);
	free(reply, M_MACH_MIG);
}
