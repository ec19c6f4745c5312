/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Notifications: messages the kernel sends with a send-once right it was given.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <mach/ndr.h>
#include <mach/notify.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_notify.h>
#include <kernel/kern/probes.h>

static struct ipc_kmsg *
ipc_notify_alloc(struct ipc_port *notify, mach_msg_id_t id,
    uint32_t datasize)
{
	struct ipc_kmsg *kmsg;

	SDT_PROBE2(mach, , , notify, notify, id);
	kmsg = ipc_kmsg_alloc(datasize);
	kmsg->ikm_header.msgh_bits =
	    MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0);
	kmsg->ikm_header.msgh_id = id;
	kmsg->ikm_remote = notify;
	return (kmsg);
}

/* All that carry one word: an NDR record and the word. */
static void
ipc_notify_word(struct ipc_port *notify, mach_msg_id_t id, uint32_t word,
    struct ipc_gc *gc)
{
	static const NDR_record_t ndr = {
#if _BYTE_ORDER == _LITTLE_ENDIAN
		.int_rep = NDR_INT_LITTLE_ENDIAN
#else
		.int_rep = NDR_INT_BIG_ENDIAN
#endif
	};
	struct ipc_kmsg *kmsg;

	kmsg = ipc_notify_alloc(notify, id, sizeof(ndr) + sizeof(word));
	memcpy(kmsg->ikm_data, &ndr, sizeof(ndr));
	memcpy(kmsg->ikm_data + sizeof(ndr), &word, sizeof(word));
	ipc_kmsg_send_kernel(kmsg, gc);
}

void
ipc_notify_port_deleted(struct ipc_port *notify, mach_port_name_t name,
    struct ipc_gc *gc)
{

	ipc_notify_word(notify, MACH_NOTIFY_PORT_DELETED, name, gc);
}

void
ipc_notify_send_possible(struct ipc_port *notify, mach_port_name_t name,
    struct ipc_gc *gc)
{

	ipc_notify_word(notify, MACH_NOTIFY_SEND_POSSIBLE, name, gc);
}

void
ipc_notify_dead_name(struct ipc_port *notify, mach_port_name_t name,
    struct ipc_gc *gc)
{

	ipc_notify_word(notify, MACH_NOTIFY_DEAD_NAME, name, gc);
}

void
ipc_notify_no_senders(struct ipc_port *notify, mach_port_mscount_t mscount,
    struct ipc_gc *gc)
{

	ipc_notify_word(notify, MACH_NOTIFY_NO_SENDERS, mscount, gc);
}

void
ipc_notify_send_once(struct ipc_port *notify, struct ipc_gc *gc)
{

	ipc_kmsg_send_kernel(ipc_notify_alloc(notify, MACH_NOTIFY_SEND_ONCE, 0),
	    gc);
}

void
ipc_notify_port_destroyed(struct ipc_port *notify, struct ipc_port *port,
    struct ipc_gc *gc)
{
	struct ipc_kmsg *kmsg;

	kmsg = ipc_notify_alloc(notify, MACH_NOTIFY_PORT_DESTROYED, 0);
	kmsg->ikm_header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	kmsg->ikm_complex = true;
	kmsg->ikm_ndescs = 1;
	kmsg->ikm_descs = kmsg->ikm_inline_descs;
	bzero(kmsg->ikm_descs, sizeof(*kmsg->ikm_descs));
	kmsg->ikm_descs[0].id_type = MACH_MSG_PORT_DESCRIPTOR;
	kmsg->ikm_descs[0].id_disposition = MACH_MSG_TYPE_PORT_RECEIVE;
	kmsg->ikm_descs[0].id_u.port = port;
	if (ipc_port_set_destination(port, notify))
		kmsg->ikm_circular = true;
	ipc_kmsg_send_kernel(kmsg, gc);
}

void
ipc_notify_host(struct ipc_port *notify, mach_msg_id_t id, struct ipc_gc *gc)
{

	ipc_kmsg_send_kernel(ipc_notify_alloc(notify, id, 0), gc);
}
