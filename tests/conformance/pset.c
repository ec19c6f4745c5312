/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Port sets: membership, delivery, fairness, and what cannot be a member.
 */

#include <stdlib.h>
#include <string.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

static kern_return_t
move(mach_port_t member, mach_port_t after)
{

	return (mach_port_move_member(SELF, member, after));
}

CT_CASE(move_member_puts_in_moves_and_takes_out)
{
	mach_port_t p, s, t;

	p = ct_port();
	s = ct_pset();
	t = ct_pset();
	CT_OK(move(p, s));
	CT_TRUE(ct_in_set(p, s));
	CT_NE(ct_status(p).mps_pset, 0);
	CT_OK(move(p, t));
	CT_TRUE(!ct_in_set(p, s));
	CT_TRUE(ct_in_set(p, t));
	CT_OK(move(p, MACH_PORT_NULL));
	CT_TRUE(!ct_in_set(p, t));
	CT_EQ(ct_status(p).mps_pset, 0);
	CT_KR(move(p, MACH_PORT_NULL), KERN_NOT_IN_SET);
}

CT_CASE(move_member_refuses_wrong_names_and_kinds)
{
	mach_port_t p, s, t, d;

	p = ct_port();
	s = ct_pset();
	t = ct_pset();
	d = ct_dead_name();
	CT_KR(move(MACH_PORT_NULL, s), KERN_INVALID_RIGHT);
	CT_KR(move(MACH_PORT_DEAD, s), KERN_INVALID_RIGHT);
	CT_KR(move(ct_free_name(), s), KERN_INVALID_NAME);
	CT_KR(move(d, s), KERN_INVALID_RIGHT);
	CT_KR(move(t, s), KERN_INVALID_RIGHT);	/* no sets in sets */
	CT_KR(move(SELF, s), KERN_INVALID_RIGHT);
	CT_KR(move(p, MACH_PORT_DEAD), KERN_INVALID_RIGHT);
	CT_KR(move(p, ct_free_name()), KERN_INVALID_NAME);
	CT_KR(move(p, p), KERN_INVALID_RIGHT);
	CT_KR(move(p, d), KERN_INVALID_RIGHT);
	CT_EQ(ct_status(p).mps_pset, 0);
}

CT_CASE(a_port_can_be_in_several_sets)
{
	mach_port_t p, s, t;

	p = ct_port_send();
	s = ct_pset();
	t = ct_pset();
	CT_OK(mach_port_insert_member(SELF, p, s));
	CT_OK(mach_port_insert_member(SELF, p, t));
	CT_KR(mach_port_insert_member(SELF, p, s), KERN_ALREADY_IN_SET);
	CT_TRUE(ct_in_set(p, s));
	CT_TRUE(ct_in_set(p, t));
	ct_send_id(p, 1);
	ct_send_id(p, 2);
	ct_recv_id(s, 1);
	ct_recv_id(t, 2);
	CT_OK(mach_port_extract_member(SELF, p, s));
	CT_TRUE(!ct_in_set(p, s));
	CT_TRUE(ct_in_set(p, t));
	CT_KR(mach_port_extract_member(SELF, p, s), KERN_NOT_IN_SET);
	ct_send_id(p, 3);
	ct_recv_none(s);
	ct_recv_id(t, 3);
}

CT_CASE(move_member_takes_a_port_out_of_all_other_sets)
{
	mach_port_t p, s, t, u;

	p = ct_port();
	s = ct_pset();
	t = ct_pset();
	u = ct_pset();
	CT_OK(mach_port_insert_member(SELF, p, s));
	CT_OK(mach_port_insert_member(SELF, p, t));
	CT_OK(move(p, u));
	CT_TRUE(!ct_in_set(p, s));
	CT_TRUE(!ct_in_set(p, t));
	CT_TRUE(ct_in_set(p, u));
	CT_OK(mach_port_insert_member(SELF, p, s));
	CT_OK(move(p, MACH_PORT_NULL));
	CT_EQ(ct_status(p).mps_pset, 0);
}

CT_CASE(insert_and_extract_member_refuse_wrong_names)
{
	mach_port_t p, s;

	p = ct_port();
	s = ct_pset();
	CT_KR(mach_port_insert_member(SELF, MACH_PORT_NULL, s),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_insert_member(SELF, p, MACH_PORT_NULL),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_insert_member(SELF, ct_free_name(), s),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_insert_member(SELF, p, ct_free_name()),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_insert_member(SELF, p, p), KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_member(SELF, p, MACH_PORT_DEAD),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_member(SELF, s, s), KERN_INVALID_RIGHT);
}

CT_CASE(get_set_status_lists_the_members)
{
	mach_port_name_array_t members;
	mach_msg_type_number_t n, i, k;
	mach_port_t p[500], s;
	unsigned seen;

	s = ct_pset();
	for (i = 0; i < 500; i++) {
		p[i] = ct_port();
		CT_OK(move(p[i], s));
	}
	CT_OK(mach_port_get_set_status(SELF, s, &members, &n));
	CT_EQ(n, 500);
	seen = 0;
	for (i = 0; i < n; i++) {
		for (k = 0; k < 500; k++) {
			if (p[k] == members[i]) {
				seen++;
				p[k] = MACH_PORT_NULL;
				break;
			}
		}
	}
	CT_EQ(seen, 500);
	CT_OK(vm_deallocate(SELF, (vm_address_t)members,
	    n * sizeof(*members)));
	CT_KR(mach_port_get_set_status(SELF, ct_port(), &members, &n),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_get_set_status(SELF, ct_free_name(), &members, &n),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_get_set_status(SELF, MACH_PORT_NULL, &members, &n),
	    KERN_INVALID_RIGHT);
}

CT_CASE(a_message_from_a_set_names_the_member_it_came_to)
{
	struct ct_msg m;
	mach_port_t p, q, s;

	p = ct_port_send();
	q = ct_port_send();
	s = ct_pset();
	CT_OK(move(p, s));
	CT_OK(move(q, s));
	ct_send_id(q, 5);
	CT_OK(ct_recv(s, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_local_port, q);
	ct_send_id(p, 6);
	CT_OK(ct_recv(s, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_local_port, p);
}

CT_CASE(messages_queued_before_joining_are_received_from_the_set)
{
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	ct_send_id(p, 1);
	ct_send_id(p, 2);
	ct_recv_none(s);
	CT_OK(move(p, s));
	ct_recv_id(s, 1);
	CT_OK(move(p, MACH_PORT_NULL));
	ct_recv_none(s);
	ct_recv_id(p, 2);
}

CT_CASE(receiving_from_a_member_directly_is_allowed)
{
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	CT_OK(move(p, s));
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
	ct_recv_none(s);
}

CT_CASE(no_member_starves_while_another_is_flooded)
{
	struct ct_msg m;
	mach_port_t p, q, s;
	int i, when;

	p = ct_port_send();
	q = ct_port_send();
	s = ct_pset();
	ct_qlimit(p, 1000);
	CT_OK(move(p, s));
	CT_OK(move(q, s));
	for (i = 0; i < 500; i++)
		ct_send_id(p, i);
	ct_send_id(q, 1);
	when = -1;
	for (i = 0; i < 501; i++) {
		CT_OK(ct_recv(s, &m, CT_SOON_MS));
		if (m.hdr.msgh_local_port == q)
			when = i;
	}
	CT_TRUE(when >= 0 && when < 10);
}

CT_CASE(a_member_destroyed_leaves_the_set)
{
	mach_port_name_array_t members;
	mach_msg_type_number_t n;
	mach_port_t p, q, s;

	p = ct_port_send();
	q = ct_port_send();
	s = ct_pset();
	CT_OK(move(p, s));
	CT_OK(move(q, s));
	ct_send_id(p, 1);
	CT_OK(mach_port_destroy(SELF, p));
	CT_OK(mach_port_get_set_status(SELF, s, &members, &n));
	CT_EQ(n, 1);
	CT_EQ(members[0], q);
	ct_recv_none(s);
	ct_send_id(q, 2);
	ct_recv_id(s, 2);
}

CT_CASE(a_receive_right_sent_away_leaves_the_set)
{
	mach_port_t p, s, carrier;

	p = ct_port_send();
	s = ct_pset();
	carrier = ct_port();
	CT_OK(move(p, s));
	ct_send_id(p, 1);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	ct_recv_none(s);
	CT_EQ(ct_recv_right(carrier, NULL), p);
	CT_TRUE(!ct_in_set(p, s));
	ct_recv_none(s);
	ct_recv_id(p, 1);
}

CT_CASE(destroying_a_set_leaves_its_members_and_their_queues)
{
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	CT_OK(move(p, s));
	ct_send_id(p, 3);
	CT_OK(mach_port_mod_refs(SELF, s, MACH_PORT_RIGHT_PORT_SET, -1));
	CT_EQ(ct_status(p).mps_pset, 0);
	ct_recv_id(p, 3);
}

CT_CASE(a_set_cannot_be_sent_or_sent_to)
{
	struct ct_complex m;
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	CT_KR(ct_send(s, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0), 1, 0,
	    0), MACH_SEND_INVALID_DEST);
	ct_complex_init(&m, p, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    1);
	ct_port_desc(&m, 0, s, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
}

CT_CASE_TIMEOUT(a_set_of_ten_thousand_ports_delivers_from_any, 60)
{
	enum { N = 10000 };
	struct ct_msg m;
	mach_port_t *p, s;
	unsigned i;

	p = malloc(N * sizeof(*p));
	CT_TRUE(p != NULL);
	s = ct_pset();
	for (i = 0; i < N; i++) {
		p[i] = ct_port();
		CT_OK(move(p[i], s));
	}
	for (i = 0; i < N; i += 997) {
		ct_send_self(p[i], (int)i);
		CT_OK(ct_recv(s, &m, CT_SOON_MS));
		CT_EQ(m.hdr.msgh_local_port, p[i]);
		CT_EQ(m.hdr.msgh_id, i);
	}
	CT_OK(mach_port_destroy(SELF, s));
	CT_EQ(ct_status(p[0]).mps_pset, 0);
	CT_EQ(ct_status(p[N - 1]).mps_pset, 0);
}

CT_CASE(a_port_in_a_thousand_sets_is_received_once)
{
	mach_port_t p, s[1000];
	unsigned i, got;
	struct ct_msg m;

	p = ct_port_send();
	for (i = 0; i < 1000; i++) {
		s[i] = ct_pset();
		CT_OK(mach_port_insert_member(SELF, p, s[i]));
	}
	ct_send_id(p, 1);
	got = 0;
	for (i = 0; i < 1000; i++) {
		if (ct_recv(s[i], &m, 0) == MACH_MSG_SUCCESS)
			got++;
	}
	CT_EQ(got, 1);
	CT_OK(mach_port_destroy(SELF, p));
	for (i = 0; i < 1000; i++)
		CT_OK(mach_port_destroy(SELF, s[i]));
}
