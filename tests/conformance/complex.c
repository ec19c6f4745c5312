/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Complex messages: port, out-of-line memory and out-of-line ports
 * descriptors; what happens to rights on success, failure and destruction.
 */

#include <sys/mman.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

static mach_port_t carrier;

static void
setup(void)
{

	carrier = ct_port_send();
}

/* ---- port descriptors ---- */

CT_CASE(every_disposition_of_a_port_descriptor)
{
	mach_msg_type_name_t disp;
	mach_port_t p, got, so;

	setup();
	p = ct_port_send();

	ct_send_right(carrier, p, MACH_MSG_TYPE_COPY_SEND);
	CT_EQ(ct_recv_right(carrier, &disp), p);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);

	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_SEND);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_recv_right(carrier, &disp), p);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);

	ct_send_right(carrier, p, MACH_MSG_TYPE_MAKE_SEND);
	CT_EQ(ct_recv_right(carrier, &disp), p);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 3);

	ct_send_right(carrier, p, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	so = ct_recv_right(carrier, &disp);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_SEND_ONCE);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);

	ct_send_right(carrier, so, MACH_MSG_TYPE_MOVE_SEND_ONCE);
	CT_EQ(ct_type(so), 0);
	got = ct_recv_right(carrier, &disp);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_SEND_ONCE);
	CT_OK(ct_send(got, 0, REMOTE(MOVE_SEND_ONCE), 7, 0, 0));
	ct_recv_id(p, 7);

	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND);
	CT_EQ(ct_recv_right(carrier, &disp), p);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_RECEIVE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
}

CT_CASE(null_and_dead_port_descriptors_arrive_as_they_are)
{
	struct ct_complex m;
	mach_port_t d;

	setup();
	d = ct_dead_name();
	CT_OK(mach_port_mod_refs(SELF, d, MACH_PORT_RIGHT_DEAD_NAME, 1));
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 4, 1);
	ct_port_desc(&m, 0, MACH_PORT_NULL, MACH_MSG_TYPE_COPY_SEND);
	ct_port_desc(&m, 1, MACH_PORT_DEAD, MACH_MSG_TYPE_MOVE_SEND);
	ct_port_desc(&m, 2, d, MACH_MSG_TYPE_COPY_SEND);
	ct_port_desc(&m, 3, d, MACH_MSG_TYPE_MOVE_SEND);
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(m.d.port[0].name, MACH_PORT_NULL);
	CT_EQ(m.d.port[1].name, MACH_PORT_DEAD);
	CT_EQ(m.d.port[2].name, MACH_PORT_DEAD);
	CT_EQ(m.d.port[3].name, MACH_PORT_DEAD);
}

CT_CASE(a_right_whose_port_dies_in_transit_arrives_dead)
{
	mach_msg_type_name_t disp;
	mach_port_t p;

	setup();
	p = ct_port_send();
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_SEND);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	ct_destroy_receive(p);
	CT_EQ(ct_recv_right(carrier, &disp), MACH_PORT_DEAD);
	CT_EQ(ct_recv_right(carrier, &disp), MACH_PORT_DEAD);
}

CT_CASE(a_port_descriptor_without_that_right_is_invalid_right)
{
	static const mach_msg_type_name_t disps[] = { MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    MACH_MSG_TYPE_MOVE_RECEIVE };
	struct ct_complex m;
	mach_port_t p, s, name;
	unsigned i, k;

	setup();
	p = ct_port();
	s = ct_pset();
	for (i = 0; i < 6; i++) {
		for (k = 0; k < 3; k++) {
			name = k == 0 ? ct_free_name() : k == 1 ? s : p;
			if (k == 2 && disps[i] != MACH_MSG_TYPE_COPY_SEND &&
			    disps[i] != MACH_MSG_TYPE_MOVE_SEND &&
			    disps[i] != MACH_MSG_TYPE_MOVE_SEND_ONCE)
				continue;
			ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
			ct_port_desc(&m, 0, name, disps[i]);
			CT_KR(ct_complex_send(&m, 0, 0),
			    MACH_SEND_INVALID_RIGHT);
		}
	}
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
	CT_EQ(ct_refs(carrier, MACH_PORT_RIGHT_SEND), 1);
}

CT_CASE(an_illegal_disposition_or_type_of_descriptor_is_refused)
{
	struct ct_complex m;
	mach_port_t p;
	unsigned type;

	setup();
	p = ct_port_send();
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
	ct_port_desc(&m, 0, p, 3);
	CT_KR2(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT,
	    MACH_SEND_INVALID_TYPE);
	for (type = 5; type < 256; type += 25) {
		ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
		ct_port_desc(&m, 0, p, MACH_MSG_TYPE_COPY_SEND);
		m.d.port[0].type = (mach_msg_descriptor_type_t)type;
		CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_TYPE);
	}
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_refs(carrier, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
}

/*
 * The size must cover the descriptors.  MACH_SEND_TOO_LARGE is what Darwin
 * says for a count no message can hold; a count that the size does not cover is
 * TOO_SMALL, and for huge counts either is right.
 */
CT_CASE(a_descriptor_count_that_the_message_does_not_cover_is_too_small)
{
	static const mach_msg_size_t counts[] = { 2, 3, 100, 16383, 16384,
	    65536, 0x10000000, 0x15555556, 0x40000000, 0x7fffffff, 0x80000000,
	    0xffffffff };
	struct ct_complex m;
	mach_port_t p;
	unsigned i;

	setup();
	p = ct_port_send();
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
		ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_SEND);
		m.body.msgh_descriptor_count = counts[i];
		m.hdr.msgh_size = sizeof(m.hdr) + sizeof(m.body) +
		    sizeof(m.d.port[0]);
		CT_KR2(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL),
		    MACH_SEND_MSG_TOO_SMALL, counts[i] > 100 ?
		    MACH_SEND_TOO_LARGE : MACH_SEND_MSG_TOO_SMALL);
		/* And without room for the count itself, or the first one. */
		m.hdr.msgh_size = sizeof(m.hdr) + sizeof(m.body);
		CT_KR2(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL),
		    MACH_SEND_MSG_TOO_SMALL, counts[i] > 100 ?
		    MACH_SEND_TOO_LARGE : MACH_SEND_MSG_TOO_SMALL);
		m.hdr.msgh_size = sizeof(m.hdr);
		CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL),
		    MACH_SEND_MSG_TOO_SMALL);
		CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	}
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
}

CT_CASE(a_complex_message_without_descriptors_is_allowed)
{
	struct ct_complex m;

	setup();
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 0, 55);
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 55);
	CT_EQ(m.body.msgh_descriptor_count, 0);
}

CT_CASE(many_descriptors_arrive_in_order)
{
	enum { N = 1000 };
	struct {
		mach_msg_header_t		hdr;
		mach_msg_body_t			body;
		mach_msg_port_descriptor_t	port[N];
		uint32_t			tail;
		uint8_t				room[MAX_TRAILER_SIZE];
	} *m;
	mach_port_t p[10];
	unsigned i;

	setup();
	m = calloc(1, sizeof(*m));
	CT_TRUE(m != NULL);
	for (i = 0; i < 10; i++)
		p[i] = ct_port();
	m->hdr.msgh_bits = REMOTE(COPY_SEND) | MACH_MSGH_BITS_COMPLEX;
	m->hdr.msgh_remote_port = carrier;
	m->hdr.msgh_size = (mach_msg_size_t)(sizeof(m->hdr) +
	    sizeof(m->body) + sizeof(m->port) + sizeof(m->tail));
	m->body.msgh_descriptor_count = N;
	for (i = 0; i < N; i++) {
		m->port[i].name = p[i % 10];
		m->port[i].disposition = MACH_MSG_TYPE_MAKE_SEND;
		m->port[i].type = MACH_MSG_PORT_DESCRIPTOR;
	}
	m->tail = 0xabcdef01;
	CT_OK(mach_msg(&m->hdr, MACH_SEND_MSG, m->hdr.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
	memset(m, 0, sizeof(*m));
	CT_OK(mach_msg(&m->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(*m),
	    carrier, CT_SOON_MS, MACH_PORT_NULL));
	for (i = 0; i < N; i++) {
		CT_EQ(m->port[i].name, p[i % 10]);
		CT_EQ(m->port[i].disposition, MACH_MSG_TYPE_PORT_SEND);
	}
	CT_EQ(m->tail, 0xabcdef01);
	for (i = 0; i < 10; i++)
		CT_EQ(ct_refs(p[i], MACH_PORT_RIGHT_SEND), N / 10);
}

/* A message full of copies of one right cannot wrap its count. */
CT_CASE(rights_past_the_user_reference_limit_stick)
{
	enum { N = 66000 };
	mach_port_name_t *names;
	struct ct_complex m;
	mach_port_t p;
	unsigned i;

	setup();
	p = ct_port_send();
	names = malloc(N * sizeof(*names));
	CT_TRUE(names != NULL);
	for (i = 0; i < N; i++)
		names[i] = p;
	for (i = 0; i < N; i += 16000) {
		ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
		m.d.ool_ports[0].address = names + i;
		m.d.ool_ports[0].count = N - i < 16000 ? N - i : 16000;
		m.d.ool_ports[0].disposition = MACH_MSG_TYPE_COPY_SEND;
		m.d.ool_ports[0].copy = MACH_MSG_VIRTUAL_COPY;
		m.d.ool_ports[0].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
		CT_OK(ct_complex_send(&m, 0, 0));
		CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	}
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 65535);
	for (i = 0; i < N; i++)
		CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
}

/* ---- failed sends ---- */

/*
 * One name in header and body: what a use takes is not there for the next, and
 * a header that moves and copies copies first.
 */
static mach_msg_return_t
expected_of_uses(unsigned remote, unsigned local, unsigned desc,
    unsigned *urefs)
{
	unsigned left;

	left = *urefs;
	if (remote == MACH_MSG_TYPE_MOVE_SEND)
		left--;
	if (local == MACH_MSG_TYPE_MOVE_SEND && left-- == 0)
		return (MACH_SEND_INVALID_DEST);
	if (desc == MACH_MSG_TYPE_COPY_SEND && left == 0)
		return (MACH_SEND_INVALID_RIGHT);
	if (desc == MACH_MSG_TYPE_MOVE_SEND && left-- == 0)
		return (MACH_SEND_INVALID_RIGHT);
	*urefs = left;
	return (MACH_MSG_SUCCESS);
}

static void
try_uses(unsigned remote, unsigned local, unsigned desc, unsigned urefs)
{
	struct ct_complex m;
	mach_msg_return_t got, want;
	mach_port_t p;
	unsigned left, type;

	p = ct_port_send();
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND,
	    (int)urefs - 1));
	left = urefs;
	want = expected_of_uses(remote, local, desc, &left);
	ct_complex_init(&m, p, MACH_MSGH_BITS(remote, local),
	    desc != 0 ? 1 : 0, 1);
	m.hdr.msgh_local_port = local != 0 ? p : MACH_PORT_NULL;
	if (desc != 0)
		ct_port_desc(&m, 0, p, desc);
	/* A voucher is never there. */
	m.hdr.msgh_bits |= MACH_MSGH_BITS_SET(0, 0, MACH_MSG_TYPE_COPY_SEND,
	    0);
	m.hdr.msgh_voucher_port = p;
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_VOUCHER);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), urefs);
	m.hdr.msgh_bits &= ~(mach_msg_bits_t)MACH_MSGH_BITS_VOUCHER_MASK;
	m.hdr.msgh_voucher_port = MACH_PORT_NULL;

	got = ct_complex_send(&m, 0, 0);
	if (got != want)
		ct_note("remote %u local %u descriptor %u references %u",
		    remote, local, desc, urefs);
	CT_KR(got, want);
	if (want != MACH_MSG_SUCCESS) {
		CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), urefs);
		CT_EQ(ct_status(p).mps_msgcount, 0);
		CT_OK(mach_port_destroy(SELF, p));
		return;
	}
	if (desc == MACH_MSG_TYPE_MOVE_RECEIVE) {
		/* Into its own queue: destroyed. */
		CT_EQ(ct_type(p), left != 0 ? MACH_PORT_TYPE_DEAD_NAME : 0);
		CT_EQ(left != 0 ? ct_refs(p, MACH_PORT_RIGHT_DEAD_NAME) : 0,
		    left);
		if (left != 0)
			CT_OK(mach_port_destroy(SELF, p));
		return;
	}
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), left);
	CT_OK(ct_complex_recv(p, &m, CT_SOON_MS));
	if (local != 0 && local != MACH_MSG_TYPE_MAKE_SEND_ONCE)
		left++;
	else if (local != 0)
		CT_OK(mach_port_deallocate(SELF, m.hdr.msgh_remote_port));
	if (desc != 0 && desc != MACH_MSG_TYPE_MAKE_SEND_ONCE)
		left++;
	else if (desc != 0)
		CT_OK(mach_port_deallocate(SELF, m.d.port[0].name));
	type = left != 0 ? MACH_PORT_TYPE_SEND_RECEIVE :
	    MACH_PORT_TYPE_RECEIVE;
	CT_EQ(ct_type(p), type);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), left);
	CT_OK(mach_port_destroy(SELF, p));
}

CT_CASE(one_name_in_every_field_is_counted_once_for_each_use)
{
	static const unsigned uses[] = { 0, MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MAKE_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, MACH_MSG_TYPE_MOVE_RECEIVE };
	unsigned desc, local, remote, urefs, names;

	names = ct_names();
	for (remote = 1; remote < 5; remote++)
		for (local = 0; local < 5; local++)
			for (desc = 0; desc < 6; desc++)
				for (urefs = 1; urefs <= 3; urefs++)
					try_uses(uses[remote], uses[local],
					    uses[desc], urefs);
	CT_EQ(ct_names(), names);
}

CT_CASE(a_send_that_fails_at_a_later_descriptor_changes_nothing)
{
	struct ct_complex m;
	mach_port_t dead, notify, p, q, so;

	setup();
	p = ct_port_send();
	q = ct_port();
	so = ct_send_once(q);
	dead = ct_dead_name();
	notify = ct_port();
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, notify);
	/* The third descriptor names nothing. */
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 4, 1);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_SEND);
	ct_port_desc(&m, 1, so, MACH_MSG_TYPE_MOVE_SEND_ONCE);
	ct_port_desc(&m, 2, ct_free_name(), MACH_MSG_TYPE_COPY_SEND);
	ct_port_desc(&m, 3, dead, MACH_MSG_TYPE_MOVE_SEND);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	/*
	 * Refused before anything was moved, so nothing has changed.  (XNU
	 * destroys what it had already taken; no document promises that, and
	 * the sender could not tell which rights it still has.)
	 */
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	ct_recv_none(notify);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	ct_recv_none(q);
	CT_EQ(ct_refs(dead, MACH_PORT_RIGHT_DEAD_NAME), 1);
	CT_EQ(ct_refs(carrier, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
}

/* ---- what comes back of a message that was not sent ---- */

static const struct {
	mach_msg_type_name_t	 give, back;
} kinds[] = {
	{ MACH_MSG_TYPE_MOVE_RECEIVE, MACH_MSG_TYPE_PORT_RECEIVE },
	{ MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_PORT_SEND },
	{ MACH_MSG_TYPE_MOVE_SEND_ONCE, MACH_MSG_TYPE_PORT_SEND_ONCE },
	{ MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_PORT_SEND },
	{ MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_PORT_SEND },
	{ MACH_MSG_TYPE_MAKE_SEND_ONCE, MACH_MSG_TYPE_PORT_SEND_ONCE },
};

/* What is under the name that came back, and what under the port's. */
static void
check_back(unsigned kind, mach_port_t p, mach_port_t back)
{
	mach_port_urefs_t urefs;

	/* Its queue has come along. */
	CT_EQ(ct_status(p).mps_msgcount, 1);
	ct_recv_id(p, 3);
	if (kinds[kind].back == MACH_MSG_TYPE_PORT_SEND_ONCE) {
		CT_NE(back, p);
		CT_EQ(ct_type(back), MACH_PORT_TYPE_SEND_ONCE);
		CT_EQ(ct_status(p).mps_sorights, 1);
		CT_OK(mach_port_deallocate(SELF, back));
		ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
	} else
		CT_EQ(back, p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	urefs = kinds[kind].give == MACH_MSG_TYPE_COPY_SEND ||
	    kinds[kind].give == MACH_MSG_TYPE_MAKE_SEND ? 2 : 1;
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), urefs);
	CT_OK(mach_port_destroy(SELF, p));
}

static mach_port_t
right_to_give(unsigned kind, mach_port_t *p)
{

	*p = ct_port_send();
	ct_send_id(*p, 3);
	return (kinds[kind].give == MACH_MSG_TYPE_MOVE_SEND_ONCE ?
	    ct_send_once(*p) : *p);
}

CT_CASE(every_kind_of_right_of_an_unsent_message_comes_back)
{
	struct ct_complex m;
	mach_port_name_t names[2], *got;
	mach_port_t p[2];
	unsigned kind, names_before;

	setup();
	ct_qlimit(carrier, 0);
	names_before = ct_names();
	for (kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
		ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
		ct_port_desc(&m, 0, right_to_give(kind, &p[0]),
		    kinds[kind].give);
		CT_KR(ct_complex_send(&m, MACH_SEND_TIMEOUT, 0),
		    MACH_SEND_TIMED_OUT);
		CT_TRUE((m.hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0);
		CT_EQ(m.body.msgh_descriptor_count, 1);
		CT_EQ(m.d.port[0].type, MACH_MSG_PORT_DESCRIPTOR);
		CT_EQ(m.d.port[0].disposition, kinds[kind].back);
		check_back(kind, p[0], m.d.port[0].name);
		CT_OK(mach_port_deallocate(SELF, m.hdr.msgh_remote_port));

		/* Out of line: the array comes in memory of its own. */
		ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
		names[0] = right_to_give(kind, &p[0]);
		names[1] = right_to_give(kind, &p[1]);
		m.d.ool_ports[0].address = names;
		m.d.ool_ports[0].count = 2;
		m.d.ool_ports[0].disposition = kinds[kind].give;
		m.d.ool_ports[0].copy = MACH_MSG_PHYSICAL_COPY;
		m.d.ool_ports[0].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
		CT_KR(ct_complex_send(&m, MACH_SEND_TIMEOUT, 0),
		    MACH_SEND_TIMED_OUT);
		CT_EQ(m.d.ool_ports[0].type, MACH_MSG_OOL_PORTS_DESCRIPTOR);
		CT_EQ(m.d.ool_ports[0].disposition, kinds[kind].back);
		CT_EQ(m.d.ool_ports[0].count, 2);
		CT_EQ(m.d.ool_ports[0].deallocate, TRUE);
		got = m.d.ool_ports[0].address;
		CT_TRUE(got != names);
		check_back(kind, p[0], got[0]);
		check_back(kind, p[1], got[1]);
		CT_OK(vm_deallocate(SELF, (vm_address_t)got,
		    2 * sizeof(*got)));
		CT_OK(mach_port_deallocate(SELF, m.hdr.msgh_remote_port));
	}
	CT_EQ(ct_names(), names_before);
	CT_EQ(ct_refs(carrier, MACH_PORT_RIGHT_SEND), 1);
}

CT_CASE(mach_msg_overwrite_gives_an_unsent_message_back_where_it_was)
{
	struct ct_complex m;
	struct ct_msg in;
	mach_port_t p;

	setup();
	p = ct_port_send();
	ct_qlimit(carrier, 0);
	memset(&in, 0xa5, sizeof(in));
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 7);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_SEND);
	m.hdr.msgh_size = sizeof(m.hdr) + sizeof(m.body) +
	    sizeof(m.d.port[0]);
	CT_KR(mach_msg_overwrite(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_SEND_TIMEOUT | MACH_RCV_TIMEOUT, m.hdr.msgh_size, sizeof(in),
	    p, 0, MACH_PORT_NULL, &in.hdr, 0), MACH_SEND_TIMED_OUT);
	CT_EQ(m.d.port[0].name, p);
	CT_EQ(m.d.port[0].disposition, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(in.hdr.msgh_id, (int)0xa5a5a5a5);
	/* Without another buffer it is mach_msg. */
	CT_OK(mach_msg_overwrite(&in.hdr, 0, 0, 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL, NULL, 0));
	ct_send_id(p, 8);
	CT_OK(mach_msg_overwrite(&in.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(in), p, 0, MACH_PORT_NULL, NULL, 0));
	CT_EQ(in.hdr.msgh_id, 8);
	ct_send_id(p, 9);
	CT_OK(mach_msg_overwrite(NULL, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(in), p, 0, MACH_PORT_NULL, &in.hdr, 0));
	CT_EQ(in.hdr.msgh_id, 9);
}

/* ---- out-of-line memory ---- */

static void
ool_send(const void *addr, mach_msg_size_t size, bool deallocate,
    mach_msg_copy_options_t copy, mach_msg_return_t want)
{
	struct ct_complex m;

	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
	m.d.ool[0].address = (void *)(uintptr_t)addr;
	m.d.ool[0].size = size;
	m.d.ool[0].deallocate = deallocate;
	m.d.ool[0].copy = copy;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	CT_KR(ct_complex_send(&m, 0, 0), want);
}

static uint8_t *
ool_recv(mach_msg_size_t want)
{
	struct ct_complex m;

	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(m.body.msgh_descriptor_count, 1);
	CT_EQ(m.d.ool[0].type, MACH_MSG_OOL_DESCRIPTOR);
	CT_EQ(m.d.ool[0].size, want);
	return (m.d.ool[0].address);
}

/* Is there memory at the address? */
static bool
mapped(const void *addr)
{
	int fds[2];
	bool yes;

	CT_POSIX(pipe(fds));
	yes = write(fds[1], addr, 1) == 1;
	close(fds[0]);
	close(fds[1]);
	return (yes);
}

/*
 * Memory that came in a message and was given back is unmapped.  The
 * user-mode kernel is an exception that its manual tells of: it lends such
 * memory from a pool that stays mapped, with undefined content, so there only
 * its counts say that it is back, and CT_LEAKCHECK looks at them.
 */
static bool
given_back(const void *addr)
{

	return (getenv("MACHD_SOCKET") != NULL || !mapped(addr));
}

CT_CASE(out_of_line_memory_of_every_size_and_alignment_arrives)
{
	size_t page, sizes[9], k, off, up;
	uint8_t *src, *got;
	unsigned i, copy;

	setup();
	page = ct_page();
	sizes[0] = 1;
	sizes[1] = 100;
	sizes[2] = page - 1;
	sizes[3] = page;
	sizes[4] = page + 1;
	sizes[5] = 2 * page;
	sizes[6] = 65537;
	sizes[7] = 512 * 1024 + 3;
	sizes[8] = 1024 * 1024;
	src = malloc(1024 * 1024 + page);
	CT_TRUE(src != NULL);
	for (k = 0; k < 1024 * 1024 + page; k++)
		src[k] = (uint8_t)(k ^ (k >> 8) ^ (k >> 16));
	for (i = 0; i < 9; i++)
	for (off = 0; off < 4; off += 3)
	for (copy = MACH_MSG_PHYSICAL_COPY; copy <= MACH_MSG_VIRTUAL_COPY;
	    copy++) {
		ool_send(src + off, (mach_msg_size_t)sizes[i], false, copy, 0);
		got = ool_recv((mach_msg_size_t)sizes[i]);
		CT_EQ((uintptr_t)got % page, 0);
		CT_EQ(memcmp(got, src + off, sizes[i]), 0);
		/* The rest of the last page is zero. */
		up = (sizes[i] + page - 1) / page * page;
		for (k = sizes[i]; k < up; k++)
			CT_EQ(got[k], 0);
		memset(got, 0xff, up);	/* it is the receiver's own */
		CT_OK(vm_deallocate(SELF, (vm_address_t)got, sizes[i]));
		CT_TRUE(given_back(got));
		CT_TRUE(given_back(got + up - 1));
	}
}

CT_CASE(out_of_line_memory_of_size_zero_arrives_as_null)
{

	setup();
	ool_send(NULL, 0, false, MACH_MSG_VIRTUAL_COPY, 0);
	CT_TRUE(ool_recv(0) == NULL);
	/* Nor is the address looked at. */
	ool_send((void *)8, 0, true, MACH_MSG_PHYSICAL_COPY, 0);
	CT_TRUE(ool_recv(0) == NULL);
}

CT_CASE(out_of_line_memory_that_is_not_there_is_invalid_memory)
{
	vm_address_t hole;
	size_t page;
	uint8_t *p;

	setup();
	page = ct_page();
	ool_send((void *)8, 100, false, MACH_MSG_VIRTUAL_COPY,
	    MACH_SEND_INVALID_MEMORY);
	ool_send((void *)(uintptr_t)-8, 100, false, MACH_MSG_VIRTUAL_COPY,
	    MACH_SEND_INVALID_MEMORY);
	ool_send((void *)(uintptr_t)-4096, 8192, false, MACH_MSG_PHYSICAL_COPY,
	    MACH_SEND_INVALID_MEMORY);
	/* Half of it is there. */
	CT_OK(vm_allocate(SELF, &hole, 2 * page, VM_FLAGS_ANYWHERE));
	p = (uint8_t *)hole;
	memset(p, 1, 2 * page);
	CT_OK(vm_deallocate(SELF, hole + page, page));
	ool_send(p, (mach_msg_size_t)(2 * page), true, MACH_MSG_VIRTUAL_COPY,
	    MACH_SEND_INVALID_MEMORY);
	/* Not sent, so not freed either. */
	CT_EQ(p[0], 1);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
}

CT_CASE(an_unknown_copy_option_is_an_invalid_type)
{

	setup();
	ool_send("x", 1, false, 7, MACH_SEND_INVALID_TYPE);
}

CT_CASE(what_the_sender_writes_after_sending_is_not_seen)
{
	static const size_t sizes[] = { 100, 8192, 1024 * 1024 };
	vm_address_t a;
	uint8_t *src, *got;
	unsigned i;

	setup();
	for (i = 0; i < 3; i++) {
		CT_OK(vm_allocate(SELF, &a, sizes[i], VM_FLAGS_ANYWHERE));
		src = (uint8_t *)a;
		memset(src, 'a', sizes[i]);
		ool_send(src, (mach_msg_size_t)sizes[i], false,
		    MACH_MSG_VIRTUAL_COPY, 0);
		memset(src, 'b', sizes[i]);
		got = ool_recv((mach_msg_size_t)sizes[i]);
		CT_EQ(got[0], 'a');
		CT_EQ(got[sizes[i] - 1], 'a');
		memset(src, 'c', sizes[i]);
		CT_EQ(got[sizes[i] / 2], 'a');
		memset(got, 'd', sizes[i]);
		CT_EQ(src[0], 'c');
	}
}

CT_CASE(the_deallocate_flag_takes_the_senders_memory)
{
	vm_address_t a;
	uint8_t *src, *got;
	size_t page;

	setup();
	page = ct_page();
	CT_OK(vm_allocate(SELF, &a, 2 * page, VM_FLAGS_ANYWHERE));
	src = (uint8_t *)a;
	memset(src, 0x42, 2 * page);
	ool_send(src, (mach_msg_size_t)(2 * page), true, MACH_MSG_VIRTUAL_COPY,
	    0);
	CT_TRUE(!mapped(src));
	CT_TRUE(!mapped(src + page));
	got = ool_recv((mach_msg_size_t)(2 * page));
	CT_EQ(got[0], 0x42);
	CT_EQ(got[2 * page - 1], 0x42);
}

CT_CASE(received_memory_can_be_sent_on_with_deallocate)
{
	uint8_t *got;
	char text[] = "handed from one to the next";
	int i;

	setup();
	ool_send(text, sizeof(text), false, MACH_MSG_PHYSICAL_COPY, 0);
	for (i = 0; i < 50; i++) {
		got = ool_recv(sizeof(text));
		ool_send(got, sizeof(text), true, MACH_MSG_VIRTUAL_COPY, 0);
		CT_TRUE(given_back(got));
	}
	got = ool_recv(sizeof(text));
	CT_EQ(memcmp(got, text, sizeof(text)), 0);
}

CT_CASE_TIMEOUT(memory_in_messages_that_are_destroyed_is_given_back, 60)
{
	uint8_t *src;
	int i;

	setup();
	src = malloc(1024 * 1024);
	CT_TRUE(src != NULL);
	memset(src, 1, 1024 * 1024);
	for (i = 0; i < 200; i++) {
		mach_port_t p;

		p = carrier;
		ool_send(src, 1024 * 1024, false, MACH_MSG_VIRTUAL_COPY, 0);
		CT_OK(mach_port_destroy(SELF, p));
		setup();
	}
}

/* ---- out-of-line ports ---- */

static void
ports_desc(struct ct_complex *m, const mach_port_name_t *names,
    mach_msg_size_t count, mach_msg_type_name_t disp, bool deallocate)
{

	ct_complex_init(m, carrier, REMOTE(COPY_SEND), 1, 1);
	m->d.ool_ports[0].address = (void *)(uintptr_t)names;
	m->d.ool_ports[0].count = count;
	m->d.ool_ports[0].disposition = disp;
	m->d.ool_ports[0].deallocate = deallocate;
	m->d.ool_ports[0].copy = MACH_MSG_VIRTUAL_COPY;
	m->d.ool_ports[0].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
}

CT_CASE(out_of_line_ports_arrive_in_order_whatever_their_number)
{
	static const unsigned counts[] = { 1, 2, 3, 1023, 1024, 1025, 5000 };
	static mach_port_name_t names[5000];
	struct ct_complex m;
	mach_port_name_t *got;
	mach_port_t p[7];
	unsigned c, i;

	setup();
	for (i = 0; i < 7; i++)
		p[i] = ct_port();
	for (i = 0; i < 5000; i++)
		names[i] = i % 11 == 5 ? MACH_PORT_NULL : i % 11 == 6 ?
		    MACH_PORT_DEAD : p[i % 7];
	for (c = 0; c < sizeof(counts) / sizeof(counts[0]); c++) {
		ports_desc(&m, names, counts[c], MACH_MSG_TYPE_MAKE_SEND,
		    false);
		CT_OK(ct_complex_send(&m, 0, 0));
		CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
		CT_EQ(m.d.ool_ports[0].type, MACH_MSG_OOL_PORTS_DESCRIPTOR);
		CT_EQ(m.d.ool_ports[0].count, counts[c]);
		CT_EQ(m.d.ool_ports[0].disposition, MACH_MSG_TYPE_PORT_SEND);
		got = m.d.ool_ports[0].address;
		for (i = 0; i < counts[c]; i++)
			CT_EQ(got[i], names[i]);
		CT_OK(vm_deallocate(SELF, (vm_address_t)got,
		    counts[c] * sizeof(*got)));
	}
}

CT_CASE(out_of_line_ports_of_each_disposition)
{
	struct ct_complex m;
	mach_port_name_t names[3], *got;
	mach_port_t p[3];
	unsigned i;

	setup();
	for (i = 0; i < 3; i++)
		p[i] = ct_port();

	ports_desc(&m, p, 3, MACH_MSG_TYPE_MAKE_SEND_ONCE, false);
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(m.d.ool_ports[0].disposition, MACH_MSG_TYPE_PORT_SEND_ONCE);
	got = m.d.ool_ports[0].address;
	for (i = 0; i < 3; i++) {
		names[i] = got[i];
		CT_EQ(ct_type(got[i]), MACH_PORT_TYPE_SEND_ONCE);
	}
	ports_desc(&m, names, 3, MACH_MSG_TYPE_MOVE_SEND_ONCE, false);
	CT_OK(ct_complex_send(&m, 0, 0));
	for (i = 0; i < 3; i++)
		CT_EQ(ct_type(names[i]), 0);
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	got = m.d.ool_ports[0].address;
	for (i = 0; i < 3; i++) {
		CT_OK(mach_port_deallocate(SELF, got[i]));
		ct_notify_recv(p[i], MACH_NOTIFY_SEND_ONCE);
	}

	for (i = 0; i < 3; i++)
		ct_make_send(p[i]);
	ports_desc(&m, p, 3, MACH_MSG_TYPE_COPY_SEND, false);
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	for (i = 0; i < 3; i++)
		CT_EQ(ct_refs(p[i], MACH_PORT_RIGHT_SEND), 2);
	ports_desc(&m, p, 3, MACH_MSG_TYPE_MOVE_SEND, false);
	CT_OK(ct_complex_send(&m, 0, 0));
	for (i = 0; i < 3; i++)
		CT_EQ(ct_refs(p[i], MACH_PORT_RIGHT_SEND), 1);
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));

	ports_desc(&m, p, 3, MACH_MSG_TYPE_MOVE_RECEIVE, false);
	CT_OK(ct_complex_send(&m, 0, 0));
	for (i = 0; i < 3; i++)
		CT_EQ(ct_type(p[i]), MACH_PORT_TYPE_SEND);
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(m.d.ool_ports[0].disposition, MACH_MSG_TYPE_PORT_RECEIVE);
	for (i = 0; i < 3; i++)
		CT_EQ(ct_type(p[i]), MACH_PORT_TYPE_SEND_RECEIVE);
}

CT_CASE(an_array_of_no_ports_arrives_as_null)
{
	struct ct_complex m;

	setup();
	ports_desc(&m, NULL, 0, MACH_MSG_TYPE_COPY_SEND, false);
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(m.d.ool_ports[0].count, 0);
	CT_TRUE(m.d.ool_ports[0].address == NULL);
}

CT_CASE(a_count_of_out_of_line_ports_past_all_limits_is_refused)
{
	static const mach_msg_size_t counts[] = { 0xffffffff, 0x80000000,
	    0x40000000, 0x3fffffff, 0x10000000, 1000000 };
	mach_port_name_t names[4];
	struct ct_complex m;
	mach_msg_return_t mr;
	unsigned i;

	setup();
	memset(names, 0, sizeof(names));
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		ports_desc(&m, names, counts[i], MACH_MSG_TYPE_COPY_SEND,
		    false);
		mr = ct_complex_send(&m, 0, 0);
		if (mr != MACH_SEND_INVALID_MEMORY &&
		    mr != MACH_SEND_NO_BUFFER)
			CT_KR(mr, MACH_SEND_TOO_LARGE);
	}
	ct_send_id(carrier, 4);
	ct_recv_id(carrier, 4);
}

CT_CASE(out_of_line_ports_with_a_bad_name_or_disposition_are_refused)
{
	struct ct_complex m;
	mach_port_name_t names[3];
	mach_port_t p;

	setup();
	p = ct_port_send();
	names[0] = p;
	names[1] = ct_free_name();
	names[2] = p;
	ports_desc(&m, names, 3, MACH_MSG_TYPE_COPY_SEND, false);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	names[1] = p;
	ports_desc(&m, names, 3, 3, false);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_TYPE);
	ports_desc(&m, (mach_port_name_t *)8, 3, MACH_MSG_TYPE_COPY_SEND,
	    false);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_MEMORY);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
}

/* ---- receive rights in transit ---- */

CT_CASE(a_receive_right_in_transit_keeps_its_queue)
{
	mach_port_t p;
	int i;

	setup();
	p = ct_port_send();
	for (i = 0; i < 3; i++)
		ct_send_id(p, i);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	/* And it can be sent to meanwhile. */
	ct_send_id(p, 3);
	ct_send_id(p, 4);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 5, MACH_SEND_TIMEOUT, 0),
	    MACH_SEND_TIMED_OUT);
	CT_EQ(ct_recv_right(carrier, NULL), p);
	CT_EQ(ct_status(p).mps_msgcount, 5);
	for (i = 0; i < 5; i++)
		ct_recv_id(p, i);
}

CT_CASE(moving_the_receive_right_resets_the_make_send_count)
{
	mach_port_t p;

	setup();
	p = ct_port_send();
	CT_EQ(ct_status(p).mps_mscount, 1);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_recv_right(carrier, NULL), p);
	CT_EQ(ct_status(p).mps_mscount, 0);
}

CT_CASE(a_receive_right_whose_carrier_dies_is_destroyed)
{
	mach_port_t p, notify;

	setup();
	p = ct_port_send();
	notify = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, notify);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_OK(mach_port_destroy(SELF, carrier));
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME), p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
}

/* Rights that could never be reached again are destroyed, not leaked. */
CT_CASE(a_receive_right_sent_to_itself_is_destroyed)
{
	mach_port_t p, notify;

	p = ct_port_send();
	notify = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, notify);
	ct_send_right(p, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME), p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
}

CT_CASE(a_circle_of_receive_rights_is_destroyed)
{
	mach_port_t p[5], notify;
	unsigned i, n;

	notify = ct_port();
	for (n = 2; n <= 5; n++) {
		ct_qlimit(notify, 100);
		for (i = 0; i < n; i++) {
			p[i] = ct_port_send();
			ct_notify_request(p[i], MACH_NOTIFY_DEAD_NAME, 0,
			    notify);
		}
		/* Each into the queue of the next; the last closes it. */
		for (i = 0; i < n; i++)
			ct_send_right(p[(i + 1) % n], p[i],
			    MACH_MSG_TYPE_MOVE_RECEIVE);
		for (i = 0; i < n; i++)
			(void)ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME);
		for (i = 0; i < n; i++)
			CT_EQ(ct_type(p[i]), MACH_PORT_TYPE_DEAD_NAME);
	}
}

CT_CASE(a_long_chain_of_receive_rights_is_destroyed_without_recursion)
{
	enum { N = 3000 };
	mach_port_t first, p, next, notify;
	unsigned i;

	notify = ct_port();
	first = ct_port_send();
	p = first;
	/* Each port's queue holds the receive right of the one before. */
	for (i = 0; i < N; i++) {
		next = ct_port_send();
		ct_send_right(next, p, MACH_MSG_TYPE_MOVE_RECEIVE);
		if (p != first)
			CT_OK(mach_port_deallocate(SELF, p));
		p = next;
	}
	ct_notify_request(first, MACH_NOTIFY_DEAD_NAME, 0, notify);
	CT_OK(mach_port_destroy(SELF, p));
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME), first);
}

/* ---- mach_msg_destroy ---- */

CT_CASE(mach_msg_destroy_returns_every_right_and_all_memory)
{
	struct ct_complex m;
	mach_port_name_t names[2];
	mach_port_t p, q, r, notify;
	uint8_t data[100];
	unsigned before;
	void *addr, *paddr;

	setup();
	p = ct_port();
	q = ct_port();
	r = ct_port();
	notify = ct_port();
	names[0] = names[1] = q;
	memset(data, 1, sizeof(data));
	before = ct_names();
	ct_complex_init(&m, carrier, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 3, 1);
	m.hdr.msgh_local_port = r;
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MAKE_SEND);
	{
		mach_msg_ool_descriptor_t ool;
		mach_msg_ool_ports_descriptor_t ports;

		memset(&ool, 0, sizeof(ool));
		ool.address = data;
		ool.size = sizeof(data);
		ool.copy = MACH_MSG_PHYSICAL_COPY;
		ool.type = MACH_MSG_OOL_DESCRIPTOR;
		memset(&ports, 0, sizeof(ports));
		ports.address = names;
		ports.count = 2;
		ports.disposition = MACH_MSG_TYPE_MAKE_SEND;
		ports.copy = MACH_MSG_PHYSICAL_COPY;
		ports.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
		memcpy(m.d.bytes + 12, &ool, sizeof(ool));
		memcpy(m.d.bytes + 12 + sizeof(ool), &ports, sizeof(ports));
	}
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	CT_EQ(ct_names(), before + 1);	/* the send-once right */
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_refs(q, MACH_PORT_RIGHT_SEND), 2);
	{
		mach_msg_ool_descriptor_t ool;
		mach_msg_ool_ports_descriptor_t ports;

		memcpy(&ool, m.d.bytes + 12, sizeof(ool));
		memcpy(&ports, m.d.bytes + 12 + sizeof(ool), sizeof(ports));
		addr = ool.address;
		paddr = ports.address;
	}
	CT_TRUE(mapped(addr));
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, notify);
	mach_msg_destroy(&m.hdr);
	CT_EQ(ct_names(), before);
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_NO_SENDERS), 1);
	CT_EQ(ct_type(q), MACH_PORT_TYPE_RECEIVE);
	ct_notify_recv(r, MACH_NOTIFY_SEND_ONCE);
	CT_TRUE(given_back(addr));
	CT_TRUE(given_back(paddr));
}

CT_CASE(mach_msg_destroy_of_a_received_receive_right_destroys_the_port)
{
	struct ct_complex m;
	mach_port_t p;

	setup();
	p = ct_port_send();
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
	mach_msg_destroy(&m.hdr);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
}

/* ---- receivers that vanish ---- */

CT_CASE(rights_in_a_message_to_a_dying_port_are_released)
{
	struct ct_complex m;
	mach_port_t a, b, c, notify;

	setup();
	a = ct_port_send();	/* a send right moves */
	b = ct_port();		/* a send-once right is made */
	c = ct_port_send();	/* the receive right moves */
	notify = ct_port();
	ct_notify_request(a, MACH_NOTIFY_NO_SENDERS, 0, notify);
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 3, 1);
	ct_port_desc(&m, 0, a, MACH_MSG_TYPE_MOVE_SEND);
	ct_port_desc(&m, 1, b, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	ct_port_desc(&m, 2, c, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_OK(ct_complex_send(&m, 0, 0));
	ct_recv_none(notify);
	CT_OK(mach_port_destroy(SELF, carrier));
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_NO_SENDERS), 1);
	ct_notify_recv(b, MACH_NOTIFY_SEND_ONCE);
	CT_EQ(ct_type(c), MACH_PORT_TYPE_DEAD_NAME);
}
