/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Short forms of Mach calls for the conformance cases; see ctmach.h.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <servers/bootstrap.h>

#include "ct.h"
#include "ctmach.h"

size_t
ct_page(void)
{

	return ((size_t)sysconf(_SC_PAGESIZE));
}

mach_port_t
ct_port(void)
{
	mach_port_t port;

	port = MACH_PORT_NULL;
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &port));
	CT_TRUE(MACH_PORT_VALID(port));
	return (port);
}

void
ct_make_send(mach_port_t receive)
{

	CT_OK(mach_port_insert_right(SELF, receive, receive,
	    MACH_MSG_TYPE_MAKE_SEND));
}

mach_port_t
ct_port_send(void)
{
	mach_port_t port;

	port = ct_port();
	ct_make_send(port);
	return (port);
}

mach_port_t
ct_pset(void)
{
	mach_port_t pset;

	pset = MACH_PORT_NULL;
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_PORT_SET, &pset));
	CT_TRUE(MACH_PORT_VALID(pset));
	return (pset);
}

void
ct_destroy_receive(mach_port_t port)
{

	CT_OK(mach_port_mod_refs(SELF, port, MACH_PORT_RIGHT_RECEIVE, -1));
}

mach_port_t
ct_dead_name(void)
{
	mach_port_t port;

	port = ct_port_send();
	ct_destroy_receive(port);
	CT_EQ(ct_type(port), MACH_PORT_TYPE_DEAD_NAME);
	return (port);
}

mach_port_t
ct_send_once(mach_port_t receive)
{
	mach_msg_type_name_t type;
	mach_port_t name;

	CT_OK(mach_port_extract_right(SELF, receive,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &name, &type));
	CT_EQ(type, MACH_MSG_TYPE_PORT_SEND_ONCE);
	CT_NE(name, receive);
	return (name);
}

mach_port_t
ct_free_name(void)
{
	mach_port_t port;

	port = ct_port();
	ct_destroy_receive(port);
	return (port);
}

mach_port_type_t
ct_type(mach_port_t name)
{
	mach_port_type_t type;
	kern_return_t kr;

	type = 0;
	kr = mach_port_type(SELF, name, &type);
	if (kr == KERN_INVALID_NAME)
		return (0);
	CT_OK(kr);
	return (type);
}

mach_port_urefs_t
ct_refs(mach_port_t name, mach_port_right_t right)
{
	mach_port_urefs_t refs;

	refs = ~0U;
	CT_OK(mach_port_get_refs(SELF, name, right, &refs));
	return (refs);
}

mach_port_status_t
ct_status(mach_port_t name)
{
	mach_port_status_t status;
	mach_msg_type_number_t count;

	memset(&status, 0xa5, sizeof(status));
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_OK(mach_port_get_attributes(SELF, name, MACH_PORT_RECEIVE_STATUS,
	    (mach_port_info_t)&status, &count));
	CT_EQ(count, MACH_PORT_RECEIVE_STATUS_COUNT);
	return (status);
}

unsigned
ct_names(void)
{
	mach_port_name_array_t names;
	mach_port_type_array_t types;
	mach_msg_type_number_t ncount, tcount;

	CT_OK(mach_port_names(SELF, &names, &ncount, &types, &tcount));
	CT_EQ(ncount, tcount);
	if (ncount > 0) {
		CT_OK(vm_deallocate(SELF, (vm_address_t)names,
		    ncount * sizeof(*names)));
		CT_OK(vm_deallocate(SELF, (vm_address_t)types,
		    tcount * sizeof(*types)));
	}
	return (ncount);
}

bool
ct_in_set(mach_port_t port, mach_port_t pset)
{
	mach_port_name_array_t members;
	mach_msg_type_number_t count, i;
	bool found;

	CT_OK(mach_port_get_set_status(SELF, pset, &members, &count));
	found = false;
	for (i = 0; i < count; i++)
		found |= members[i] == port;
	if (count > 0)
		CT_OK(vm_deallocate(SELF, (vm_address_t)members,
		    count * sizeof(*members)));
	return (found);
}

void
ct_qlimit(mach_port_t port, mach_port_msgcount_t qlimit)
{
	mach_port_limits_t limits;

	limits.mpl_qlimit = qlimit;
	CT_OK(mach_port_set_attributes(SELF, port, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, MACH_PORT_LIMITS_INFO_COUNT));
}

mach_msg_return_t
ct_send(mach_port_t remote, mach_port_t local, mach_msg_bits_t bits,
    mach_msg_id_t id, mach_msg_option_t option, mach_msg_timeout_t timeout)
{
	mach_msg_header_t hdr;

	memset(&hdr, 0, sizeof(hdr));
	hdr.msgh_bits = bits;
	hdr.msgh_size = sizeof(hdr);
	hdr.msgh_remote_port = remote;
	hdr.msgh_local_port = local;
	hdr.msgh_id = id;
	return (mach_msg(&hdr, MACH_SEND_MSG | option, sizeof(hdr), 0,
	    MACH_PORT_NULL, timeout, MACH_PORT_NULL));
}

void
ct_send_id(mach_port_t remote, mach_msg_id_t id)
{

	CT_OK(ct_send(remote, MACH_PORT_NULL,
	    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), id, 0, 0));
}

void
ct_send_self(mach_port_t receive, mach_msg_id_t id)
{

	CT_OK(ct_send(receive, MACH_PORT_NULL,
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0), id, 0, 0));
}

mach_msg_return_t
ct_recv(mach_port_t name, struct ct_msg *msg, mach_msg_timeout_t ms)
{

	memset(msg, 0xa5, sizeof(*msg));
	return (mach_msg(&msg->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(*msg), name, ms, MACH_PORT_NULL));
}

void
ct_recv_id(mach_port_t name, mach_msg_id_t id)
{
	struct ct_msg msg;

	CT_OK(ct_recv(name, &msg, CT_SOON_MS));
	CT_EQ(msg.hdr.msgh_id, id);
}

void
ct_recv_none(mach_port_t name)
{
	struct ct_msg msg;

	CT_KR(ct_recv(name, &msg, 0), MACH_RCV_TIMED_OUT);
}

#define	THREADS_MAX	256

unsigned
ct_waiting(pid_t pid, uint32_t what)
{
	struct mach_inspect_thread t[THREADS_MAX];
	mach_msg_type_number_t count, i;
	unsigned n;

	count = THREADS_MAX;
	CT_OK(mach_inspect(MACH_INSPECT_VERSION, MACH_INSPECT_THREADS,
	    (uint64_t)pid, t, &count));
	CT_TRUE(count <= THREADS_MAX);
	n = 0;
	for (i = 0; i < count; i++)
		n += t[i].mth_wait == what;
	return (n);
}

void
ct_until_waiting(pid_t pid, uint32_t what, unsigned n)
{

	while (ct_waiting(pid, what) != n)
		CT_OK(thread_switch(MACH_PORT_NULL, SWITCH_OPTION_WAIT, 1));
}

static size_t
descriptor_bytes(const struct ct_complex *m)
{
	const uint8_t *p;
	mach_msg_size_t i;
	size_t n, size;

	/* All kinds but the port descriptor have the same size. */
	n = 0;
	for (i = 0; i < m->body.msgh_descriptor_count; i++) {
		p = m->d.bytes + n;
		size = ((const mach_msg_type_descriptor_t *)(const void *)p)->
		    type == MACH_MSG_PORT_DESCRIPTOR ?
		    sizeof(mach_msg_port_descriptor_t) :
		    sizeof(mach_msg_ool_descriptor_t);
		n += size;
	}
	return (n);
}

void
ct_complex_init(struct ct_complex *m, mach_port_t remote,
    mach_msg_bits_t bits, unsigned descriptors, mach_msg_id_t id)
{

	memset(m, 0, sizeof(*m));
	m->hdr.msgh_bits = bits | MACH_MSGH_BITS_COMPLEX;
	m->hdr.msgh_remote_port = remote;
	m->hdr.msgh_id = id;
	m->body.msgh_descriptor_count = descriptors;
}

mach_msg_return_t
ct_complex_send(struct ct_complex *m, mach_msg_option_t option,
    mach_msg_timeout_t timeout)
{

	m->hdr.msgh_size = (mach_msg_size_t)(sizeof(m->hdr) + sizeof(m->body) +
	    descriptor_bytes(m));
	return (mach_msg(&m->hdr, MACH_SEND_MSG | option, m->hdr.msgh_size, 0,
	    MACH_PORT_NULL, timeout, MACH_PORT_NULL));
}

mach_msg_return_t
ct_complex_recv(mach_port_t name, struct ct_complex *m, mach_msg_timeout_t ms)
{

	memset(m, 0xa5, sizeof(*m));
	return (mach_msg(&m->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(*m), name, ms, MACH_PORT_NULL));
}

void
ct_port_desc(struct ct_complex *m, unsigned i, mach_port_t name,
    mach_msg_type_name_t disposition)
{

	m->d.port[i].name = name;
	m->d.port[i].disposition = disposition;
	m->d.port[i].type = MACH_MSG_PORT_DESCRIPTOR;
}

void
ct_send_right(mach_port_t remote, mach_port_t right,
    mach_msg_type_name_t disposition)
{
	struct ct_complex m;
	mach_port_type_t type;

	type = ct_type(remote);
	ct_complex_init(&m, remote, MACH_MSGH_BITS((type &
	    MACH_PORT_TYPE_SEND) != 0 ? MACH_MSG_TYPE_COPY_SEND :
	    MACH_MSG_TYPE_MAKE_SEND, 0), 1, 4711);
	ct_port_desc(&m, 0, right, disposition);
	CT_OK(ct_complex_send(&m, 0, 0));
}

mach_port_t
ct_recv_right(mach_port_t name, mach_msg_type_name_t *disposition)
{
	struct ct_complex m;

	CT_OK(ct_complex_recv(name, &m, CT_SOON_MS));
	CT_TRUE((m.hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0);
	CT_EQ(m.body.msgh_descriptor_count, 1);
	CT_EQ(m.d.port[0].type, MACH_MSG_PORT_DESCRIPTOR);
	if (disposition != NULL)
		*disposition = m.d.port[0].disposition;
	return (m.d.port[0].name);
}

mach_port_t
ct_notify_request(mach_port_t name, mach_msg_id_t what,
    mach_port_mscount_t sync, mach_port_t notify)
{
	mach_port_t previous;

	previous = 0xa5a5a5a5;
	CT_OK(mach_port_request_notification(SELF, name, what, sync, notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous));
	return (previous);
}

uint64_t
ct_notify_recv(mach_port_t notify, mach_msg_id_t what)
{
	union {
		struct ct_msg			msg;
		mach_port_deleted_notification_t deleted;
		mach_port_destroyed_notification_t destroyed;
		mach_no_senders_notification_t	no_senders;
		mach_dead_name_notification_t	dead;
		mach_send_possible_notification_t possible;
		mach_send_once_notification_t	once;
	} n;

	CT_OK(ct_recv(notify, &n.msg, CT_SOON_MS));
	CT_EQ(n.msg.hdr.msgh_id, what);
	CT_EQ(n.msg.hdr.msgh_local_port, notify);
	CT_EQ(n.msg.hdr.msgh_remote_port, MACH_PORT_NULL);
	/* A notification comes over a send-once right. */
	CT_EQ(MACH_MSGH_BITS_LOCAL(n.msg.hdr.msgh_bits),
	    MACH_MSG_TYPE_PORT_SEND_ONCE);
	switch (what) {
	case MACH_NOTIFY_PORT_DELETED:
		return (n.deleted.not_port);
	case MACH_NOTIFY_SEND_POSSIBLE:
		return (n.possible.not_port);
	case MACH_NOTIFY_DEAD_NAME:
		return (n.dead.not_port);
	case MACH_NOTIFY_NO_SENDERS:
		return (n.no_senders.not_count);
	case MACH_NOTIFY_PORT_DESTROYED:
		CT_TRUE((n.msg.hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0);
		CT_EQ(n.destroyed.not_body.msgh_descriptor_count, 1);
		CT_EQ(n.destroyed.not_port.disposition,
		    MACH_MSG_TYPE_PORT_RECEIVE);
		return (n.destroyed.not_port.name);
	case MACH_NOTIFY_SEND_ONCE:
		return (0);
	default:
		ct_fail(__FILE__, __LINE__, "no notification has id %d", what);
	}
}

void
ct_bequeath(mach_port_t receive)
{

	ct_make_send(receive);
	CT_OK(task_set_bootstrap_port(SELF, receive));
	CT_OK(mach_port_mod_refs(SELF, receive, MACH_PORT_RIGHT_SEND, -1));
}

mach_port_t
ct_inherited(void)
{
	mach_port_t port;

	port = MACH_PORT_NULL;
	CT_OK(task_get_bootstrap_port(SELF, &port));
	CT_TRUE(MACH_PORT_VALID(port));
	return (port);
}
