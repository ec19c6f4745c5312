/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_msg with simple messages: header dispositions, sizes, timeouts, large
 * messages, trailers, and the codes for what is malformed.
 */

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include <mach/audit_token.h>

#include "ct.h"
#include "ctmach.h"

#define	BITS(remote, local)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, \
	MACH_MSG_TYPE_##local)
#define	REMOTE(remote)		MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

/* ---- what arrives ---- */

CT_CASE(a_message_arrives_with_its_id_size_and_bytes)
{
	struct ct_msg m;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = p;
	m.hdr.msgh_id = 0x1234567;
	m.hdr.msgh_size = sizeof(m.hdr) + 100;
	for (i = 0; i < 100; i++)
		m.body[i] = (uint8_t)(i * 7);
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 0x1234567);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr) + 100);
	CT_EQ(m.hdr.msgh_local_port, p);
	CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_NULL);
	CT_EQ(m.hdr.msgh_voucher_port, 0);
	CT_EQ(m.hdr.msgh_bits, MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND));
	for (i = 0; i < 100; i++)
		CT_EQ(m.body[i], (uint8_t)(i * 7));
}

CT_CASE(messages_of_every_size_arrive_whole)
{
	struct {
		mach_msg_header_t	hdr;
		uint8_t			body[20000];
		uint8_t			room[MAX_TRAILER_SIZE];
	} *m;
	static const unsigned sizes[] = { 0, 4, 8, 60, 100, 228, 232, 480,
	    1000, 2024, 4000, 4072, 4076, 4096, 8192, 16384, 20000 };
	mach_port_t p;
	unsigned i, k;

	m = malloc(sizeof(*m));
	CT_TRUE(m != NULL);
	p = ct_port_send();
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(m, 0, sizeof(*m));
		m->hdr.msgh_bits = REMOTE(COPY_SEND);
		m->hdr.msgh_remote_port = p;
		m->hdr.msgh_size = (mach_msg_size_t)sizeof(m->hdr) + sizes[i];
		for (k = 0; k < sizes[i]; k++)
			m->body[k] = (uint8_t)(k ^ (k >> 8) ^ i);
		CT_OK(mach_msg(&m->hdr, MACH_SEND_MSG, m->hdr.msgh_size, 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL));
		memset(m, 0xa5, sizeof(*m));
		CT_OK(mach_msg(&m->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		    sizeof(*m), p, CT_SOON_MS, MACH_PORT_NULL));
		CT_EQ(m->hdr.msgh_size, sizeof(m->hdr) + sizes[i]);
		for (k = 0; k < sizes[i]; k++)
			CT_EQ(m->body[k], (uint8_t)(k ^ (k >> 8) ^ i));
	}
}

/* A size that is no multiple of four is too small by the missing bytes. */
CT_CASE(send_size_must_be_a_multiple_of_four_and_hold_a_header)
{
	struct ct_msg m;
	mach_port_t p;
	unsigned size;

	p = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = p;
	for (size = 0; size < sizeof(m.hdr) + 8; size++) {
		m.hdr.msgh_size = size;
		if (size < sizeof(m.hdr) || size % 4 != 0)
			CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG, size, 0,
			    MACH_PORT_NULL, 0, MACH_PORT_NULL),
			    MACH_SEND_MSG_TOO_SMALL);
	}
	CT_EQ(ct_status(p).mps_msgcount, 0);
}

CT_CASE(a_size_past_all_limits_is_too_large)
{
	static const mach_msg_size_t sizes[] = { 0x7ffffffc, 0xfffffffc,
	    0x80000000, 0xfffff000, 1U << 30 };
	struct ct_msg m;
	mach_msg_return_t mr;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = p;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		m.hdr.msgh_size = sizes[i];
		mr = mach_msg(&m.hdr, MACH_SEND_MSG, sizes[i], 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL);
		/* Without memory, or without the data, before the limit. */
		if (mr != MACH_SEND_NO_BUFFER && mr != MACH_SEND_INVALID_DATA)
			CT_KR(mr, MACH_SEND_TOO_LARGE);
	}
	ct_send_id(p, 3);
	ct_recv_id(p, 3);
}

CT_CASE(neither_send_nor_receive_does_nothing)
{
	struct ct_msg m;

	memset(&m, 0, sizeof(m));
	CT_OK(mach_msg(&m.hdr, 0, 0, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL));
}

/* ---- header dispositions ---- */

CT_CASE(every_disposition_of_the_destination)
{
	struct ct_msg m;
	mach_port_t p, so;

	p = ct_port_send();
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND, 1));

	CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), 1, 0, 0));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits), MACH_MSG_TYPE_PORT_SEND);

	CT_OK(ct_send(p, 0, REMOTE(MOVE_SEND), 2, 0, 0));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits), MACH_MSG_TYPE_PORT_SEND);

	CT_OK(ct_send(p, 0, REMOTE(MAKE_SEND), 3, 0, 0));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_status(p).mps_mscount, 2);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits), MACH_MSG_TYPE_PORT_SEND);

	CT_OK(ct_send(p, 0, REMOTE(MAKE_SEND_ONCE), 4, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits),
	    MACH_MSG_TYPE_PORT_SEND_ONCE);

	so = ct_send_once(p);
	CT_OK(ct_send(so, 0, REMOTE(MOVE_SEND_ONCE), 5, 0, 0));
	CT_EQ(ct_type(so), 0);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_local_port, p);
	CT_EQ(MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits),
	    MACH_MSG_TYPE_PORT_SEND_ONCE);
	ct_recv_none(p);
}

CT_CASE(every_disposition_of_the_reply_port)
{
	struct ct_msg m;
	mach_port_t p, r, so;

	p = ct_port_send();
	r = ct_port_send();

	CT_OK(ct_send(p, r, BITS(COPY_SEND, COPY_SEND), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, r);
	CT_EQ(MACH_MSGH_BITS_REMOTE(m.hdr.msgh_bits),
	    MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_refs(r, MACH_PORT_RIGHT_SEND), 2);

	CT_OK(ct_send(p, r, BITS(COPY_SEND, MOVE_SEND), 1, 0, 0));
	CT_EQ(ct_refs(r, MACH_PORT_RIGHT_SEND), 1);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, r);
	CT_EQ(ct_refs(r, MACH_PORT_RIGHT_SEND), 2);

	CT_OK(ct_send(p, r, BITS(COPY_SEND, MAKE_SEND), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, r);
	CT_EQ(ct_refs(r, MACH_PORT_RIGHT_SEND), 3);
	CT_EQ(ct_status(r).mps_mscount, 2);

	CT_OK(ct_send(p, r, BITS(COPY_SEND, MAKE_SEND_ONCE), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	so = m.hdr.msgh_remote_port;
	CT_NE(so, r);
	CT_EQ(MACH_MSGH_BITS_REMOTE(m.hdr.msgh_bits),
	    MACH_MSG_TYPE_PORT_SEND_ONCE);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);

	CT_OK(ct_send(p, so, BITS(COPY_SEND, MOVE_SEND_ONCE), 1, 0, 0));
	CT_EQ(ct_type(so), 0);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	so = m.hdr.msgh_remote_port;
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(ct_send(so, 0, REMOTE(MOVE_SEND_ONCE), 99, 0, 0));
	ct_recv_id(r, 99);
}

CT_CASE(a_reply_disposition_without_a_port_arrives_as_null)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(ct_send(p, MACH_PORT_NULL, BITS(COPY_SEND, MAKE_SEND_ONCE), 1, 0,
	    0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_NULL);
	CT_OK(ct_send(p, MACH_PORT_DEAD, BITS(COPY_SEND, COPY_SEND), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_DEAD);
}

CT_CASE(a_dead_name_as_reply_port_arrives_dead)
{
	struct ct_msg m;
	mach_port_t p, d;

	p = ct_port_send();
	d = ct_dead_name();
	CT_OK(mach_port_mod_refs(SELF, d, MACH_PORT_RIGHT_DEAD_NAME, 1));
	CT_OK(ct_send(p, d, BITS(COPY_SEND, COPY_SEND), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_DEAD);
	CT_OK(ct_send(p, d, BITS(COPY_SEND, MOVE_SEND), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_DEAD);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
}

CT_CASE(a_header_with_illegal_bits_is_invalid_header)
{
	mach_port_t p, r;

	p = ct_port_send();
	r = ct_port();
	CT_KR(ct_send(p, 0, 0, 1, 0, 0), MACH_SEND_INVALID_HEADER);
	CT_KR(ct_send(p, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_RECEIVE, 0), 1,
	    0, 0), MACH_SEND_INVALID_HEADER);
	CT_KR(ct_send(p, 0, MACH_MSGH_BITS(31, 0), 1, 0, 0),
	    MACH_SEND_INVALID_HEADER);
	/* A reply port without a disposition, and an illegal one. */
	CT_KR(ct_send(p, r, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_HEADER);
	CT_KR(ct_send(p, r, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MOVE_RECEIVE), 1, 0, 0), MACH_SEND_INVALID_HEADER);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND) | 0x20000000, 1, 0, 0),
	    MACH_SEND_INVALID_HEADER);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND) | 0x80, 1, 0, 0),
	    MACH_SEND_INVALID_HEADER);
	CT_EQ(ct_status(p).mps_msgcount, 0);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
}

CT_CASE(a_destination_that_cannot_be_sent_to_is_invalid_dest)
{
	mach_port_t p, s, so, d;

	p = ct_port();
	s = ct_pset();
	so = ct_send_once(p);
	d = ct_dead_name();
	CT_KR(ct_send(MACH_PORT_NULL, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(MACH_PORT_DEAD, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(ct_free_name(), 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(p, 0, REMOTE(MOVE_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(p, 0, REMOTE(MOVE_SEND_ONCE), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(s, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(s, 0, REMOTE(MAKE_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(so, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(d, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(d, 0, REMOTE(MOVE_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(a_reply_port_without_that_right_is_invalid_reply)
{
	mach_port_t p, r, s;

	p = ct_port_send();
	r = ct_port();
	s = ct_pset();
	CT_KR(ct_send(p, ct_free_name(), BITS(COPY_SEND, MAKE_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(ct_send(p, r, BITS(COPY_SEND, COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(ct_send(p, r, BITS(COPY_SEND, MOVE_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(ct_send(p, r, BITS(COPY_SEND, MOVE_SEND_ONCE), 1, 0, 0),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(ct_send(p, s, BITS(COPY_SEND, MAKE_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_REPLY);
	/* Refused early, so the destination's right is untouched. */
	CT_KR(ct_send(p, r, BITS(MOVE_SEND, COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_REPLY);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_type(r), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(p).mps_msgcount, 0);
}

/* Without vouchers any voucher right is refused. */
CT_CASE(a_port_that_is_no_voucher_is_invalid_voucher)
{
	mach_msg_header_t h;
	mach_port_t p;

	p = ct_port_send();
	memset(&h, 0, sizeof(h));
	h.msgh_bits = MACH_MSGH_BITS_SET_PORTS(MACH_MSG_TYPE_COPY_SEND, 0,
	    MACH_MSG_TYPE_COPY_SEND);
	h.msgh_size = sizeof(h);
	h.msgh_remote_port = p;
	h.msgh_voucher_port = ct_port_send();
	CT_KR(mach_msg(&h, MACH_SEND_MSG, sizeof(h), 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL), MACH_SEND_INVALID_VOUCHER);
	CT_EQ(ct_refs(h.msgh_voucher_port, MACH_PORT_RIGHT_SEND), 1);
	h.msgh_voucher_port = MACH_PORT_DEAD;
	CT_KR(mach_msg(&h, MACH_SEND_MSG, sizeof(h), 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL), MACH_SEND_INVALID_VOUCHER);
	h.msgh_voucher_port = MACH_PORT_NULL;
	CT_OK(mach_msg(&h, MACH_SEND_MSG, sizeof(h), 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL));
}

/* ---- the same right twice in a header ---- */

CT_CASE(the_same_send_right_as_destination_and_reply)
{
	static const struct {
		unsigned	remote, local, urefs;
		bool		ok;
		unsigned	left;
	} t[] = {
		{ MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_COPY_SEND, 1, true,
		  1 },
		{ MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_COPY_SEND, 1, true,
		  0 },
		{ MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MOVE_SEND, 1, true,
		  0 },
		{ MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND, 2, true,
		  0 },
		{ MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND, 1, false,
		  1 },
		{ MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_COPY_SEND, 2, true,
		  1 },
		{ MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MOVE_SEND, 2, true,
		  1 },
		{ MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND, 3, true,
		  1 },
		{ MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_COPY_SEND, 2, true,
		  2 },
	};
	struct ct_msg m;
	mach_port_t p;
	mach_msg_return_t mr;
	unsigned i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		p = ct_port_send();
		CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND,
		    (int)t[i].urefs - 1));
		mr = ct_send(p, p, MACH_MSGH_BITS(t[i].remote, t[i].local), 1,
		    0, 0);
		ct_note("entry %u: %s", i, ct_code(mr));
		if (t[i].ok) {
			CT_OK(mr);
			CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), t[i].left);
			CT_OK(ct_recv(p, &m, CT_SOON_MS));
			CT_EQ(m.hdr.msgh_remote_port, p);
			CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND),
			    t[i].left + 1);
		} else {
			if (mr != MACH_SEND_INVALID_DEST)
				CT_KR(mr, MACH_SEND_INVALID_REPLY);
			CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), t[i].left);
		}
		CT_OK(mach_port_destroy(SELF, p));
	}
}

CT_CASE(a_send_once_right_is_not_used_twice_in_a_header)
{
	mach_port_t p, so;

	p = ct_port_send();
	so = ct_send_once(p);
	CT_KR2(ct_send(so, so, BITS(MOVE_SEND_ONCE, MOVE_SEND_ONCE), 1, 0, 0),
	    MACH_SEND_INVALID_DEST, MACH_SEND_INVALID_REPLY);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_KR2(ct_send(so, so, BITS(MOVE_SEND_ONCE, COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST, MACH_SEND_INVALID_REPLY);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, so));
	ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
}

CT_CASE(make_rights_from_the_destination_as_reply)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(ct_send(p, p, BITS(COPY_SEND, MAKE_SEND_ONCE), 1, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(ct_type(m.hdr.msgh_remote_port), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(ct_send(m.hdr.msgh_remote_port, 0, REMOTE(MOVE_SEND_ONCE), 2, 0,
	    0));
	ct_recv_id(p, 2);
	CT_OK(ct_send(p, p, BITS(MAKE_SEND_ONCE, MAKE_SEND), 3, 0, 0));
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_remote_port, p);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
}

/* ---- receive ---- */

CT_CASE(receive_from_what_is_no_receive_right_is_invalid_name)
{
	struct ct_msg m;
	mach_port_t p, so;

	p = ct_port();
	so = ct_send_once(p);
	CT_KR(ct_recv(MACH_PORT_NULL, &m, 0), MACH_RCV_INVALID_NAME);
	CT_KR(ct_recv(MACH_PORT_DEAD, &m, 0), MACH_RCV_INVALID_NAME);
	CT_KR(ct_recv(ct_free_name(), &m, 0), MACH_RCV_INVALID_NAME);
	CT_KR(ct_recv(so, &m, 0), MACH_RCV_INVALID_NAME);
	CT_KR(ct_recv(SELF, &m, 0), MACH_RCV_INVALID_NAME);
	CT_KR(ct_recv(ct_dead_name(), &m, 0), MACH_RCV_INVALID_NAME);
}

CT_CASE(receive_timeout_zero_polls)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	CT_KR(ct_recv(p, &m, 0), MACH_RCV_TIMED_OUT);
	ct_send_id(p, 4);
	CT_OK(ct_recv(p, &m, 0));
	CT_EQ(m.hdr.msgh_id, 4);
}

CT_CASE(receive_timeout_waits_that_many_milliseconds)
{
	static const unsigned ms[] = { 1, 20, 60 };
	struct ct_msg m;
	uint64_t start, took;
	mach_port_t p;
	unsigned i;

	p = ct_port();
	for (i = 0; i < 3; i++) {
		start = ct_now_ms();
		CT_KR(ct_recv(p, &m, ms[i]), MACH_RCV_TIMED_OUT);
		took = ct_now_ms() - start;
		if (took + 1 < ms[i] || took > ms[i] + patience(1000))
			ct_fail(__FILE__, __LINE__, "%u ms took %llu", ms[i],
			    (unsigned long long)took);
	}
}

CT_CASE(a_timeout_without_the_option_is_no_timeout)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	ct_send_id(p, 9);
	memset(&m, 0, sizeof(m));
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), p, 0,
	    MACH_PORT_NULL));
	CT_EQ(m.hdr.msgh_id, 9);
}

CT_CASE(send_and_receive_in_one_call)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = BITS(COPY_SEND, MAKE_SEND_ONCE);
	m.hdr.msgh_remote_port = p;
	m.hdr.msgh_local_port = p;
	m.hdr.msgh_size = sizeof(m.hdr);
	m.hdr.msgh_id = 17;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG, sizeof(m.hdr),
	    sizeof(m), p, 0, MACH_PORT_NULL));
	CT_EQ(m.hdr.msgh_id, 17);
	CT_EQ(ct_type(m.hdr.msgh_remote_port), MACH_PORT_TYPE_SEND_ONCE);
}

CT_CASE(when_the_send_half_fails_nothing_is_received)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	ct_send_id(p, 1);
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = ct_free_name();
	m.hdr.msgh_size = sizeof(m.hdr);
	CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG, sizeof(m.hdr),
	    sizeof(m), p, 0, MACH_PORT_NULL), MACH_SEND_INVALID_DEST);
	CT_EQ(ct_status(p).mps_msgcount, 1);
}

CT_CASE(mach_msg_overwrite_receives_into_another_buffer)
{
	struct ct_msg out, in;
	mach_port_t p;

	p = ct_port_send();
	memset(&out, 0, sizeof(out));
	memset(&in, 0xa5, sizeof(in));
	out.hdr.msgh_bits = REMOTE(COPY_SEND);
	out.hdr.msgh_remote_port = p;
	out.hdr.msgh_size = sizeof(out.hdr) + 8;
	out.hdr.msgh_id = 21;
	memcpy(out.body, "abcdefg", 8);
	CT_OK(mach_msg_overwrite(&out.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
	    out.hdr.msgh_size, sizeof(in), p, 0, MACH_PORT_NULL, &in.hdr, 0));
	CT_EQ(in.hdr.msgh_id, 21);
	CT_EQ(memcmp(in.body, "abcdefg", 8), 0);
	CT_EQ(out.hdr.msgh_remote_port, p);
}

/* ---- too large ---- */

static void
send_body(mach_port_t p, unsigned bytes)
{
	struct ct_msg m;

	memset(&m, 0x3c, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = p;
	m.hdr.msgh_local_port = MACH_PORT_NULL;
	m.hdr.msgh_voucher_port = MACH_PORT_NULL;
	m.hdr.msgh_id = 6;
	m.hdr.msgh_size = (mach_msg_size_t)sizeof(m.hdr) + bytes;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
}

/*
 * For every size of the buffer: nothing past it is written, and the message
 * is received exactly when it fits together with its trailer.
 */
CT_CASE(a_receive_buffer_of_any_size_is_never_overrun)
{
	static const unsigned bodies[] = { 0, 4, 40 };
	_Alignas(8) uint8_t buf[512];
	mach_msg_return_t mr;
	mach_port_t p;
	mach_msg_size_t full, size;
	unsigned b, i, large;

	p = ct_port_send();
	for (b = 0; b < 3; b++)
	for (large = 0; large < 2; large++) {
		full = (mach_msg_size_t)(sizeof(mach_msg_header_t) +
		    bodies[b] + sizeof(mach_msg_trailer_t));
		for (size = 0; size <= full + 8; size++) {
			send_body(p, bodies[b]);
			memset(buf, 0xa5, sizeof(buf));
			mr = mach_msg((mach_msg_header_t *)(void *)buf,
			    MACH_RCV_MSG | MACH_RCV_TIMEOUT |
			    (large ? MACH_RCV_LARGE : 0), 0, size, p, 0,
			    MACH_PORT_NULL);
			for (i = size; i < sizeof(buf); i++) {
				/* LARGE tells the size in a short buffer. */
				if (large && mr == MACH_RCV_TOO_LARGE && i <
				    sizeof(mach_msg_header_t))
					continue;
				CT_EQ(buf[i], 0xa5);
			}
			if (size >= full)
				CT_OK(mr);
			else
				CT_KR(mr, MACH_RCV_TOO_LARGE);
			if (mr == MACH_MSG_SUCCESS)
				continue;
			if (large) {
				CT_EQ(ct_status(p).mps_msgcount, 1);
				ct_recv_id(p, 6);
			}
			CT_EQ(ct_status(p).mps_msgcount, 0);
		}
	}
}

CT_CASE(too_large_with_rcv_large_keeps_the_message_and_tells_its_size)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	send_body(p, 200);
	memset(&m, 0xa5, sizeof(m));
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_LARGE |
	    MACH_RCV_TIMEOUT, 0, sizeof(m.hdr) + 8, p, 0, MACH_PORT_NULL),
	    MACH_RCV_TOO_LARGE);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr) + 200);
	CT_EQ(ct_status(p).mps_msgcount, 1);
	ct_recv_id(p, 6);
}

CT_CASE(too_large_without_rcv_large_discards_the_message_with_its_rights)
{
	struct ct_complex c;
	struct ct_msg m;
	mach_port_t p, q, notify;

	p = ct_port_send();
	q = ct_port();
	notify = ct_port();
	ct_complex_init(&c, p, REMOTE(COPY_SEND), 1, 1);
	ct_port_desc(&c, 0, q, MACH_MSG_TYPE_MAKE_SEND);
	CT_OK(ct_complex_send(&c, 0, 0));
	ct_notify_request(q, MACH_NOTIFY_NO_SENDERS, 1, notify);
	ct_recv_none(notify);
	memset(&m, 0xa5, sizeof(m));
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m.hdr), p, 0, MACH_PORT_NULL), MACH_RCV_TOO_LARGE);
	CT_EQ(ct_status(p).mps_msgcount, 0);
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_NO_SENDERS), 1);
}

CT_CASE(large_identity_names_the_member_that_has_the_message)
{
	struct ct_msg m;
	mach_port_t p, q, s;

	s = ct_pset();
	p = ct_port_send();
	q = ct_port_send();
	CT_OK(mach_port_move_member(SELF, p, s));
	CT_OK(mach_port_move_member(SELF, q, s));
	send_body(q, 300);
	memset(&m, 0, sizeof(m));
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_LARGE |
	    MACH_RCV_LARGE_IDENTITY | MACH_RCV_TIMEOUT, 0, sizeof(m.hdr), s, 0,
	    MACH_PORT_NULL), MACH_RCV_TOO_LARGE);
	CT_EQ(m.hdr.msgh_local_port, q);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr) + 300);
	ct_recv_id(q, 6);
}

/* ---- trailers ---- */

struct trailer_msg {
	mach_msg_header_t	hdr;
	union {
		mach_msg_trailer_t	null;
		mach_msg_seqno_trailer_t seqno;
		mach_msg_security_trailer_t sec;
		mach_msg_audit_trailer_t audit;
		mach_msg_context_trailer_t context;
		mach_msg_mac_trailer_t	av;
		uint8_t			bytes[128];
	} t;
};

static const struct {
	int		elements;
	mach_msg_size_t	size;
} trailers[] = {
	{ MACH_RCV_TRAILER_NULL, sizeof(mach_msg_trailer_t) },
	{ MACH_RCV_TRAILER_SEQNO, sizeof(mach_msg_seqno_trailer_t) },
	{ MACH_RCV_TRAILER_SENDER, sizeof(mach_msg_security_trailer_t) },
	{ MACH_RCV_TRAILER_AUDIT, sizeof(mach_msg_audit_trailer_t) },
	{ MACH_RCV_TRAILER_CTX, sizeof(mach_msg_context_trailer_t) },
	{ MACH_RCV_TRAILER_AV, sizeof(mach_msg_mac_trailer_t) },
};
#define	NTRAILERS	(sizeof(trailers) / sizeof(trailers[0]))

static mach_msg_return_t
recv_trailer(mach_port_t p, struct trailer_msg *m, int elements,
    mach_msg_size_t rcv_size)
{

	memset(m, 0xff, sizeof(*m));
	return (mach_msg(&m->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
	    MACH_RCV_TRAILER_ELEMENTS(elements), 0, rcv_size, p, CT_SOON_MS,
	    MACH_PORT_NULL));
}

CT_CASE(each_trailer_has_its_size_and_nothing_follows_it)
{
	struct trailer_msg m;
	mach_port_t p;
	unsigned i, k;

	p = ct_port_send();
	for (i = 0; i < NTRAILERS; i++) {
		ct_send_id(p, 1);
		CT_OK(recv_trailer(p, &m, trailers[i].elements, sizeof(m)));
		CT_EQ(m.hdr.msgh_size, sizeof(m.hdr));
		CT_EQ(m.t.null.msgh_trailer_type, MACH_MSG_TRAILER_FORMAT_0);
		CT_EQ(m.t.null.msgh_trailer_size, trailers[i].size);
		for (k = trailers[i].size; k < sizeof(m.t); k++)
			CT_EQ(m.t.bytes[k], 0xff);
	}
}

CT_CASE(a_buffer_that_just_holds_the_trailer_is_enough)
{
	struct trailer_msg m;
	mach_msg_size_t fit;
	mach_port_t p;
	unsigned i, k;

	p = ct_port_send();
	for (i = 0; i < NTRAILERS; i++) {
		fit = (mach_msg_size_t)sizeof(m.hdr) + trailers[i].size;
		ct_send_id(p, 1);
		CT_OK(recv_trailer(p, &m, trailers[i].elements, fit));
		ct_send_id(p, 1);
		CT_KR(recv_trailer(p, &m, trailers[i].elements, fit - 1),
		    MACH_RCV_TOO_LARGE);
		for (k = trailers[i].size - 1; k < sizeof(m.t); k++)
			CT_EQ(m.t.bytes[k], 0xff);
		CT_EQ(ct_status(p).mps_msgcount, 0);
	}
}

/* Of every size, with every trailer, kept or not. */
CT_CASE_TIMEOUT(a_short_buffer_with_any_trailer_is_never_overrun, 60)
{
	struct trailer_msg m;
	mach_msg_return_t mr;
	mach_msg_size_t fit, size;
	mach_port_t p;
	uint8_t *bytes;
	unsigned i, k, large;

	p = ct_port_send();
	bytes = (uint8_t *)&m;
	for (i = 0; i < NTRAILERS; i++)
	for (large = 0; large < 2; large++) {
		fit = (mach_msg_size_t)sizeof(m.hdr) + trailers[i].size;
		for (size = 0; size <= fit + 4; size++) {
			ct_send_id(p, 1);
			memset(&m, 0xff, sizeof(m));
			mr = mach_msg(&m.hdr, MACH_RCV_MSG |
			    MACH_RCV_TIMEOUT | (large ? MACH_RCV_LARGE : 0) |
			    MACH_RCV_TRAILER_ELEMENTS(trailers[i].elements), 0,
			    size, p, 0, MACH_PORT_NULL);
			CT_KR(mr, size >= fit ? MACH_MSG_SUCCESS :
			    MACH_RCV_TOO_LARGE);
			/* A size of 0 asks for the size: into a header. */
			k = large && size == 0 ? sizeof(m.hdr) : size;
			for (; k < sizeof(m); k++)
				CT_EQ(bytes[k], 0xff);
			if (size >= fit)
				continue;
			if (large && (size == 0 || size >= 8)) {
				CT_EQ(m.hdr.msgh_size, sizeof(m.hdr));
				CT_EQ(m.hdr.msgh_id, -1);
			} else if (!large && size >= sizeof(m.hdr)) {
				/* What was lost is told by its header. */
				CT_EQ(m.hdr.msgh_size, sizeof(m.hdr));
				CT_EQ(m.hdr.msgh_id, 1);
				CT_EQ(m.hdr.msgh_local_port, p);
				CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_NULL);
			}
			CT_EQ(ct_status(p).mps_msgcount, large);
			if (large)
				ct_recv_id(p, 1);
		}
	}
}

CT_CASE(the_trailer_follows_the_body_at_a_multiple_of_four)
{
	struct ct_msg m;
	mach_msg_seqno_trailer_t *t;
	mach_port_t p;
	unsigned bytes;

	p = ct_port_send();
	for (bytes = 0; bytes <= 64; bytes += 4) {
		send_body(p, bytes);
		memset(&m, 0xff, sizeof(m));
		CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SEQNO), 0,
		    sizeof(m), p, CT_SOON_MS, MACH_PORT_NULL));
		t = (mach_msg_seqno_trailer_t *)(void *)((char *)&m +
		    m.hdr.msgh_size);
		CT_EQ(t->msgh_trailer_size, sizeof(*t));
		CT_EQ(t->msgh_seqno, bytes / 4);
	}
}

CT_CASE(the_audit_trailer_tells_the_sender_as_the_kernel_knows_it)
{
	struct trailer_msg m;
	uid_t euid, ruid;
	mach_port_t p;
	pid_t pid;

	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		ct_send_id(ct_inherited(), 1);
		ct_child_exit();
	}
	ct_wait(pid);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(audit_token_to_pid(m.t.audit.msgh_audit), pid);
	euid = geteuid();
	ruid = getuid();
	CT_EQ(audit_token_to_euid(m.t.audit.msgh_audit), euid);
	CT_EQ(audit_token_to_ruid(m.t.audit.msgh_audit), ruid);
	CT_EQ(audit_token_to_egid(m.t.audit.msgh_audit), getegid());
	CT_EQ(audit_token_to_rgid(m.t.audit.msgh_audit), getgid());
	CT_EQ(m.t.audit.msgh_sender.val[0], euid);
	CT_EQ(m.t.audit.msgh_sender.val[1], getegid());
}

CT_CASE(the_audit_token_holds_the_credentials_of_the_moment_of_sending)
{
	struct trailer_msg m;
	mach_port_t p;
	pid_t pid;

	if (geteuid() != 0)
		ct_skip("needs root to change credentials");
	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t to;

		to = ct_inherited();
		ct_send_id(to, 1);
		CT_POSIX(setegid(12346));
		CT_POSIX(seteuid(12345));
		ct_send_id(to, 2);
		CT_POSIX(seteuid(0));
		ct_send_id(to, 3);
		CT_POSIX(setgid(12346));
		CT_POSIX(setuid(12345));
		ct_send_id(to, 4);
		ct_child_exit();
	}
	ct_wait(pid);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(audit_token_to_euid(m.t.audit.msgh_audit), 0);
	CT_EQ(audit_token_to_ruid(m.t.audit.msgh_audit), 0);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(audit_token_to_euid(m.t.audit.msgh_audit), 12345);
	CT_EQ(audit_token_to_ruid(m.t.audit.msgh_audit), 0);
	CT_EQ(m.t.audit.msgh_sender.val[0], 12345);
	CT_EQ(audit_token_to_egid(m.t.audit.msgh_audit), 12346);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(audit_token_to_euid(m.t.audit.msgh_audit), 0);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(audit_token_to_euid(m.t.audit.msgh_audit), 12345);
	CT_EQ(audit_token_to_ruid(m.t.audit.msgh_audit), 12345);
	CT_EQ(audit_token_to_rgid(m.t.audit.msgh_audit), 12346);
}

/*
 * Each answer finds its receiver waiting, or nearly so; only every other one is
 * asked who sent it.
 */
CT_CASE(a_waiting_receiver_is_told_the_ids_of_the_moment_of_sending)
{
	struct trailer_msg m;
	mach_port_t p, reply;
	pid_t pid;
	uid_t uid;
	int i;

	if (geteuid() != 0)
		ct_skip("needs root to change credentials");
	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t q, to;

		to = ct_inherited();
		q = ct_port();
		CT_EQ(ct_send(to, q, BITS(COPY_SEND, MAKE_SEND), 0,
		    0, 0), 0);
		for (i = 1; i <= 40; i++) {
			CT_OK(recv_trailer(q, &m, MACH_RCV_TRAILER_NULL,
			    sizeof(m)));
			CT_POSIX(seteuid(0));
			CT_POSIX(seteuid((uid_t)(12345 + i)));
			ct_send_id(to, i);
		}
		CT_POSIX(seteuid(0));
		ct_child_exit();
	}
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_NULL, sizeof(m)));
	reply = m.hdr.msgh_remote_port;
	for (i = 1; i <= 40; i++) {
		m.hdr.msgh_bits = REMOTE(COPY_SEND);
		m.hdr.msgh_remote_port = reply;
		m.hdr.msgh_local_port = MACH_PORT_NULL;
		CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG |
		    MACH_RCV_TIMEOUT | MACH_RCV_TRAILER_ELEMENTS(i % 2 != 0 ?
		    MACH_RCV_TRAILER_AUDIT : MACH_RCV_TRAILER_SEQNO),
		    sizeof(m.hdr), sizeof(m), p, CT_SOON_MS, MACH_PORT_NULL));
		CT_EQ(m.hdr.msgh_id, i);
		if (i % 2 == 0)
			continue;
		uid = (uid_t)(12345 + i);
		CT_EQ(audit_token_to_euid(m.t.audit.msgh_audit), uid);
		CT_EQ(audit_token_to_ruid(m.t.audit.msgh_audit), 0);
		CT_EQ(audit_token_to_pid(m.t.audit.msgh_audit), pid);
		CT_EQ(m.t.audit.msgh_sender.val[0], uid);
	}
	ct_wait(pid);
}

/* What the kernel sends carries the kernel's token; nobody else can. */
CT_CASE(a_notification_is_told_from_a_forgery_by_its_token)
{
	struct trailer_msg m;
	mach_port_t p, so;

	p = ct_port_send();
	so = ct_send_once(p);
	CT_OK(mach_port_deallocate(SELF, so));
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(m.hdr.msgh_id, MACH_NOTIFY_SEND_ONCE);
	CT_EQ(audit_token_to_pid(m.t.audit.msgh_audit), 0);
	CT_EQ(ct_send(p, 0, REMOTE(COPY_SEND), MACH_NOTIFY_SEND_ONCE, 0, 0),
	    0);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_AUDIT, sizeof(m)));
	CT_EQ(audit_token_to_pid(m.t.audit.msgh_audit), getpid());
}

CT_CASE(the_context_trailer_carries_the_ports_context)
{
	struct trailer_msg m;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(mach_port_set_context(SELF, p, 0xc0ffee));
	ct_send_id(p, 1);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_CTX, sizeof(m)));
	CT_EQ(m.t.context.msgh_context, 0xc0ffee);
}

CT_CASE(sequence_numbers_count_messages_received_from_the_port)
{
	struct trailer_msg m;
	mach_port_t p, q;
	unsigned i;

	p = ct_port_send();
	q = ct_port_send();
	for (i = 0; i < 5; i++) {
		ct_send_id(p, 1);
		ct_send_id(q, 1);
		CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_SEQNO, sizeof(m)));
		CT_EQ(m.t.seqno.msgh_seqno, i);
		CT_OK(recv_trailer(q, &m, MACH_RCV_TRAILER_SEQNO, sizeof(m)));
		CT_EQ(m.t.seqno.msgh_seqno, i);
	}
}

CT_CASE(moving_the_receive_right_restarts_the_sequence_numbers)
{
	struct trailer_msg m;
	mach_port_t p, carrier;

	p = ct_port_send();
	carrier = ct_port_send();
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
	ct_send_id(p, 1);
	CT_EQ(ct_status(p).mps_seqno, 1);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_recv_right(carrier, NULL), p);
	CT_EQ(ct_status(p).mps_seqno, 0);
	CT_OK(recv_trailer(p, &m, MACH_RCV_TRAILER_SEQNO, sizeof(m)));
	CT_EQ(m.t.seqno.msgh_seqno, 0);
}

/*
 * Each bit of the options, in each half.  What neither half knows is
 * ignored, as Darwin does; the upper bits of a receive are the trailer's.
 */
CT_CASE(every_option_bit_acts_or_is_ignored)
{
	static const mach_msg_option_t sends = MACH_SEND_MSG |
	    MACH_SEND_TIMEOUT, receives = MACH_RCV_MSG | MACH_RCV_TIMEOUT;
	struct trailer_msg m;
	mach_msg_option_t bit;
	mach_msg_return_t mr;
	mach_port_t p;
	int n;

	p = ct_port_send();
	for (n = 0; n < 32; n++) {
		bit = (mach_msg_option_t)(1u << n);
		if (bit == MACH_SEND_MSG || bit == MACH_RCV_MSG)
			continue;
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = REMOTE(COPY_SEND);
		m.hdr.msgh_remote_port = p;
		m.hdr.msgh_id = n;
		CT_OK(mach_msg(&m.hdr, sends | bit, sizeof(m.hdr), 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL));
		memset(&m, 0xff, sizeof(m));
		mr = mach_msg(&m.hdr, receives | bit, 0, sizeof(m), p, 0,
		    MACH_PORT_NULL);
		if (n >= 28) {
			/* The type of the trailer: there is but one. */
			CT_KR(mr, MACH_RCV_INVALID_TRAILER);
			CT_EQ(ct_status(p).mps_msgcount, 1);
			ct_recv_id(p, n);
			continue;
		}
		CT_OK(mr);
		CT_EQ(m.hdr.msgh_id, n);
		CT_EQ(m.hdr.msgh_voucher_port, MACH_PORT_NULL);
		CT_EQ(m.t.null.msgh_trailer_size, n >= 24 ?
		    REQUESTED_TRAILER_SIZE(bit) :
		    sizeof(m.t.null));
	}
	/* All of them together but for the type. */
	ct_send_id(p, 77);
	memset(&m, 0xff, sizeof(m));
	CT_OK(mach_msg(&m.hdr, (mach_msg_option_t)(0x0fffffff &
	    ~(unsigned)MACH_SEND_MSG), 0, sizeof(m), p, 0, MACH_PORT_NULL));
	CT_EQ(m.hdr.msgh_id, 77);
}

CT_CASE(an_unknown_trailer_type_is_an_invalid_trailer)
{
	struct trailer_msg m;
	mach_port_t p;

	p = ct_port_send();
	ct_send_id(p, 1);
	memset(&m, 0, sizeof(m));
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_TYPE(5), 0, sizeof(m), p, 0, MACH_PORT_NULL),
	    MACH_RCV_INVALID_TRAILER);
	CT_EQ(ct_status(p).mps_msgcount, 1);
}

CT_CASE(a_refused_send_makes_no_reply_right)
{
	struct ct_msg m;
	mach_port_t dest, reply;
	int i;

	reply = ct_port();
	dest = ct_port_send();
	CT_OK(mach_port_mod_refs(mach_task_self(), dest,
	    MACH_PORT_RIGHT_RECEIVE, -1));
	/* A dead name, then none. */
	for (i = 0; i < 2; i++) {
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = BITS(COPY_SEND, MAKE_SEND_ONCE);
		m.hdr.msgh_remote_port = dest;
		m.hdr.msgh_local_port = reply;
		CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG, sizeof(m.hdr), 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL),
		    MACH_SEND_INVALID_DEST);
		CT_EQ(ct_status(reply).mps_sorights, 0);
		if (i == 0)
			CT_OK(mach_port_deallocate(mach_task_self(), dest));
	}
}

/* ---- order ---- */

CT_CASE(messages_of_one_sender_arrive_in_order)
{
	mach_port_t p;
	int i;

	p = ct_port_send();
	ct_qlimit(p, 1000);
	for (i = 0; i < 1000; i++)
		ct_send_id(p, i);
	for (i = 0; i < 1000; i++)
		ct_recv_id(p, i);
}

CT_CASE(mach_msg_send_and_receive_are_the_halves_of_mach_msg)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = p;
	m.hdr.msgh_size = sizeof(m.hdr);
	m.hdr.msgh_id = 5;
	CT_OK(mach_msg_send(&m.hdr));
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_local_port = p;
	m.hdr.msgh_size = sizeof(m);
	CT_OK(mach_msg_receive(&m.hdr));
	CT_EQ(m.hdr.msgh_id, 5);
}
