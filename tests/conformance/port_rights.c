/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Names, rights and user references: what each call does to each kind of
 * right, and with which code it refuses.
 */

#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

#define	UREFS_MAX	65535	/* a count that got there stays there */

static void
destroy(mach_port_t name)
{

	CT_OK(mach_port_destroy(SELF, name));
}

static kern_return_t
mod(mach_port_t name, mach_port_right_t right, mach_port_delta_t delta)
{

	return (mach_port_mod_refs(SELF, name, right, delta));
}

/* ---- allocate ---- */

CT_CASE(allocate_receive_gives_a_receive_right_without_send)
{
	mach_port_t p;

	p = ct_port();
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_RECEIVE), 1);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 0);
}

CT_CASE(allocate_port_set_gives_an_empty_set)
{
	mach_port_name_array_t members;
	mach_msg_type_number_t count;
	mach_port_t s;

	s = ct_pset();
	CT_EQ(ct_type(s), MACH_PORT_TYPE_PORT_SET);
	CT_EQ(ct_refs(s, MACH_PORT_RIGHT_PORT_SET), 1);
	count = 77;
	CT_OK(mach_port_get_set_status(SELF, s, &members, &count));
	CT_EQ(count, 0);
}

CT_CASE(allocate_dead_name_gives_one_reference)
{
	mach_port_t d;

	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_DEAD_NAME, &d));
	CT_EQ(ct_type(d), MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
}

CT_CASE(allocate_refuses_other_rights_with_invalid_value)
{
	mach_port_t p;
	unsigned before;

	before = ct_names();
	CT_KR(mach_port_allocate(SELF, MACH_PORT_RIGHT_SEND, &p),
	    KERN_INVALID_VALUE);
	CT_KR(mach_port_allocate(SELF, MACH_PORT_RIGHT_SEND_ONCE, &p),
	    KERN_INVALID_VALUE);
	CT_KR(mach_port_allocate(SELF, 5, &p), KERN_INVALID_VALUE);
	CT_KR(mach_port_allocate(SELF, 0xffffffff, &p), KERN_INVALID_VALUE);
	CT_EQ(ct_names(), before);
}

CT_CASE(a_task_argument_that_is_no_task_is_refused)
{
	mach_port_t p, q;
	mach_port_type_t type;

	p = ct_port_send();
	CT_NE(mach_port_allocate(p, MACH_PORT_RIGHT_RECEIVE, &q),
	    KERN_SUCCESS);
	CT_NE(mach_port_allocate(MACH_PORT_NULL, MACH_PORT_RIGHT_RECEIVE, &q),
	    KERN_SUCCESS);
	CT_NE(mach_port_allocate(MACH_PORT_DEAD, MACH_PORT_RIGHT_RECEIVE, &q),
	    KERN_SUCCESS);
	CT_NE(mach_port_deallocate(p, p), KERN_SUCCESS);
	CT_NE(mach_port_destroy(MACH_PORT_NULL, p), KERN_SUCCESS);
	CT_NE(mach_port_type(p, p, &type), KERN_SUCCESS);
	CT_NE(mach_port_mod_refs(p, p, MACH_PORT_RIGHT_SEND, -1),
	    KERN_SUCCESS);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
}

CT_CASE(allocate_name_gives_exactly_that_name)
{
	mach_port_t free, n;

	/* A name of the system's own form, on an index near those in use. */
	free = ct_port();
	n = MACH_PORT_MAKE(MACH_PORT_INDEX(free) + 3, MACH_PORT_GEN(free));
	CT_EQ(ct_type(n), 0);
	CT_OK(mach_port_allocate_name(SELF, MACH_PORT_RIGHT_RECEIVE, n));
	CT_EQ(ct_type(n), MACH_PORT_TYPE_RECEIVE);
	CT_KR(mach_port_allocate_name(SELF, MACH_PORT_RIGHT_RECEIVE, n),
	    KERN_NAME_EXISTS);
	ct_send_self(n, 5);
	ct_recv_id(n, 5);
}

CT_CASE(allocate_name_refuses_reserved_names)
{

	CT_KR(mach_port_allocate_name(SELF, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL), KERN_INVALID_VALUE);
	CT_KR(mach_port_allocate_name(SELF, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_DEAD), KERN_INVALID_VALUE);
	CT_KR(mach_port_allocate_name(SELF, MACH_PORT_RIGHT_SEND, 0x1234507),
	    KERN_INVALID_VALUE);
}

/* A far name must not make the kernel build a table that reaches it. */
CT_CASE(allocate_name_far_away_is_refused_or_cheap)
{
	static const unsigned indexes[] = { 0xffffff, 0xfffffe, 1 << 20,
	    70000 };
	kern_return_t kr;
	mach_port_t n, p;
	unsigned i;

	p = ct_port();
	for (i = 0; i < sizeof(indexes) / sizeof(indexes[0]); i++) {
		n = MACH_PORT_MAKE(indexes[i], MACH_PORT_GEN(p));
		if (!MACH_PORT_VALID(n))
			continue;
		kr = mach_port_allocate_name(SELF, MACH_PORT_RIGHT_RECEIVE, n);
		if (kr == KERN_SUCCESS) {
			CT_EQ(ct_type(n), MACH_PORT_TYPE_RECEIVE);
			destroy(n);
		} else if (kr != KERN_NO_SPACE && kr != KERN_RESOURCE_SHORTAGE)
			CT_KR(kr, KERN_NO_SPACE);
	}
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

/* ---- type ---- */

CT_CASE(type_of_null_dead_and_unknown_names)
{
	mach_port_type_t type;

	CT_KR(mach_port_type(SELF, MACH_PORT_NULL, &type), KERN_INVALID_NAME);
	CT_OK(mach_port_type(SELF, MACH_PORT_DEAD, &type));
	CT_EQ(type, MACH_PORT_TYPE_DEAD_NAME);
	CT_KR(mach_port_type(SELF, ct_free_name(), &type), KERN_INVALID_NAME);
	CT_KR(mach_port_type(SELF, 0x7fffff03, &type), KERN_INVALID_NAME);
}

CT_CASE(type_shows_a_dead_name_request)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n), 0);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_DNREQUEST);
}

CT_CASE(type_tells_a_send_possible_request_that_waits_from_an_armed_one)
{
	mach_port_t p, n, prev;

	p = ct_port_send();
	n = ct_port();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_SPREQUEST_DELAYED);
	CT_KR(ct_send(p, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 2,
	    MACH_SEND_TIMEOUT | MACH_SEND_NOTIFY, 0), MACH_SEND_TIMED_OUT);
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, -1));	/* it came back */
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_SPREQUEST);
	ct_recv_id(p, 1);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_POSSIBLE), p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	/* A dead-name request takes its place, and the other way round. */
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	prev = ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n);
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_SPREQUEST_DELAYED);
	prev = ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_DNREQUEST);
}

/* ---- deallocate ---- */

CT_CASE(deallocate_drops_one_reference_of_a_send_right)
{
	mach_port_t p;

	p = ct_port_send();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, 2));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 3);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_OK(mach_port_deallocate(SELF, p));
	/* The receive right stays. */
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(deallocate_of_a_receive_right_is_invalid_right)
{
	mach_port_t p;

	p = ct_port();
	CT_KR(mach_port_deallocate(SELF, p), KERN_INVALID_RIGHT);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(deallocate_of_a_send_once_right_fires_send_once)
{
	mach_port_t p, so;

	p = ct_port();
	so = ct_send_once(p);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, so));
	CT_EQ(ct_type(so), 0);
	ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
}

CT_CASE(deallocate_of_a_dead_name_drops_one_reference)
{
	mach_port_t d;

	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_DEAD_NAME, &d));
	CT_OK(mod(d, MACH_PORT_RIGHT_DEAD_NAME, 1));
	CT_OK(mach_port_deallocate(SELF, d));
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
	CT_OK(mach_port_deallocate(SELF, d));
	CT_EQ(ct_type(d), 0);
}

CT_CASE(deallocate_of_a_port_set_destroys_it)
{
	mach_port_t s, p;

	s = ct_pset();
	p = ct_port();
	CT_OK(mach_port_move_member(SELF, p, s));
	CT_OK(mach_port_deallocate(SELF, s));
	CT_EQ(ct_type(s), 0);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(p).mps_pset, 0);
}

CT_CASE(deallocate_of_an_unknown_name_is_invalid_name)
{

	CT_KR(mach_port_deallocate(SELF, ct_free_name()), KERN_INVALID_NAME);
	/* Darwin lets the two reserved names pass. */
	CT_OK(mach_port_deallocate(SELF, MACH_PORT_NULL));
	CT_OK(mach_port_deallocate(SELF, MACH_PORT_DEAD));
}

/* ---- destroy ---- */

CT_CASE(destroy_removes_every_right_under_the_name)
{
	mach_port_t p, so, s, d;

	p = ct_port_send();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, 5));
	destroy(p);
	CT_EQ(ct_type(p), 0);

	p = ct_port();
	so = ct_send_once(p);
	destroy(so);
	CT_EQ(ct_type(so), 0);
	ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
	s = ct_pset();
	destroy(s);
	CT_EQ(ct_type(s), 0);
	d = ct_dead_name();
	CT_OK(mod(d, MACH_PORT_RIGHT_DEAD_NAME, 3));
	destroy(d);
	CT_EQ(ct_type(d), 0);
}

CT_CASE(destroy_of_an_unknown_name_is_invalid_name)
{

	CT_KR(mach_port_destroy(SELF, ct_free_name()), KERN_INVALID_NAME);
	CT_OK(mach_port_destroy(SELF, MACH_PORT_NULL));
	CT_OK(mach_port_destroy(SELF, MACH_PORT_DEAD));
}

/* ---- get_refs ---- */

CT_CASE(get_refs_is_zero_for_a_right_the_name_does_not_denote)
{
	mach_port_t p, so, s, d;
	mach_port_urefs_t refs;
	mach_port_right_t r;

	p = ct_port();
	so = ct_send_once(p);
	s = ct_pset();
	d = ct_dead_name();
	for (r = MACH_PORT_RIGHT_SEND; r <= MACH_PORT_RIGHT_DEAD_NAME; r++) {
		CT_EQ(ct_refs(p, r), r == MACH_PORT_RIGHT_RECEIVE);
		CT_EQ(ct_refs(so, r), r == MACH_PORT_RIGHT_SEND_ONCE);
		CT_EQ(ct_refs(s, r), r == MACH_PORT_RIGHT_PORT_SET);
		CT_EQ(ct_refs(d, r), r == MACH_PORT_RIGHT_DEAD_NAME);
	}
	CT_KR(mach_port_get_refs(SELF, p, 6, &refs), KERN_INVALID_VALUE);
	CT_KR(mach_port_get_refs(SELF, p, 0xffffffff, &refs),
	    KERN_INVALID_VALUE);
	CT_KR(mach_port_get_refs(SELF, ct_free_name(), MACH_PORT_RIGHT_SEND,
	    &refs), KERN_INVALID_NAME);
}

/* ---- mod_refs ---- */

CT_CASE(mod_refs_refuses_a_right_that_is_no_kind_of_right)
{
	mach_port_t p;

	p = ct_port();
	CT_KR(mod(p, 6, -1), KERN_INVALID_VALUE);
	CT_KR(mod(p, 0xffffffff, -1), KERN_INVALID_VALUE);
	CT_KR(mod(ct_free_name(), MACH_PORT_RIGHT_SEND, -1),
	    KERN_INVALID_NAME);
	CT_KR(mod(MACH_PORT_NULL, MACH_PORT_RIGHT_RECEIVE, -1),
	    KERN_INVALID_NAME);
	CT_OK(mod(MACH_PORT_NULL, MACH_PORT_RIGHT_SEND, -1));
	CT_OK(mod(MACH_PORT_DEAD, MACH_PORT_RIGHT_SEND_ONCE, -1));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(mod_refs_of_a_right_the_name_does_not_denote_is_invalid_right)
{
	mach_port_t names[5];
	mach_port_right_t r;
	mach_port_delta_t delta;
	unsigned i;

	names[MACH_PORT_RIGHT_RECEIVE] = ct_port();
	names[MACH_PORT_RIGHT_SEND_ONCE] =
	    ct_send_once(names[MACH_PORT_RIGHT_RECEIVE]);
	names[MACH_PORT_RIGHT_PORT_SET] = ct_pset();
	names[MACH_PORT_RIGHT_DEAD_NAME] = ct_dead_name();
	/* The kernel's task port: a pure send right. */
	names[MACH_PORT_RIGHT_SEND] = SELF;
	for (i = 0; i < 5; i++) {
		for (r = 0; r < 5; r++) {
			if (r == i)
				continue;
			for (delta = -1; delta <= 1; delta++)
				CT_KR(mod(names[i], r, delta),
				    KERN_INVALID_RIGHT);
		}
	}
	for (i = 0; i < 5; i++)
		CT_EQ(ct_type(names[i]) & MACH_PORT_TYPE_ALL_RIGHTS,
		    MACH_PORT_TYPE(i));
}

CT_CASE(mod_refs_delta_matrix_of_receive_port_set_and_send_once)
{
	static const mach_port_delta_t bad[] = { 1, 2, -2, 0x7fffffff,
	    -0x7fffffff - 1, 65535, -65535 };
	mach_port_t p, s, so;
	unsigned i;

	p = ct_port();
	s = ct_pset();
	so = ct_send_once(p);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CT_KR(mod(p, MACH_PORT_RIGHT_RECEIVE, bad[i]),
		    KERN_INVALID_VALUE);
		CT_KR(mod(s, MACH_PORT_RIGHT_PORT_SET, bad[i]),
		    KERN_INVALID_VALUE);
		CT_KR(mod(so, MACH_PORT_RIGHT_SEND_ONCE, bad[i]),
		    KERN_INVALID_VALUE);
	}
	CT_OK(mod(p, MACH_PORT_RIGHT_RECEIVE, 0));
	CT_OK(mod(s, MACH_PORT_RIGHT_PORT_SET, 0));
	CT_OK(mod(so, MACH_PORT_RIGHT_SEND_ONCE, 0));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(s), MACH_PORT_TYPE_PORT_SET);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mod(so, MACH_PORT_RIGHT_SEND_ONCE, -1));
	ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
	CT_OK(mod(s, MACH_PORT_RIGHT_PORT_SET, -1));
	CT_OK(mod(p, MACH_PORT_RIGHT_RECEIVE, -1));
	CT_EQ(ct_type(p), 0);
	CT_EQ(ct_type(s), 0);
	CT_EQ(ct_type(so), 0);
}

CT_CASE(mod_refs_of_send_below_zero_is_invalid_value_and_changes_nothing)
{
	mach_port_t p;

	p = ct_port_send();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, 4));
	CT_KR(mod(p, MACH_PORT_RIGHT_SEND, -6), KERN_INVALID_VALUE);
	CT_KR(mod(p, MACH_PORT_RIGHT_SEND, -0x7fffffff - 1),
	    KERN_INVALID_VALUE);
	CT_KR(mod(p, MACH_PORT_RIGHT_SEND, 0x7fffffff), KERN_INVALID_VALUE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 5);
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, -5));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	/* No send right is left to add to. */
	CT_KR(mod(p, MACH_PORT_RIGHT_SEND, 1), KERN_INVALID_RIGHT);
}

CT_CASE(mod_refs_of_a_dead_name_below_zero_is_invalid_value)
{
	mach_port_t d;

	d = ct_dead_name();
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
	CT_KR(mod(d, MACH_PORT_RIGHT_DEAD_NAME, -2), KERN_INVALID_VALUE);
	CT_OK(mod(d, MACH_PORT_RIGHT_DEAD_NAME, 2));
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 3);
	CT_OK(mod(d, MACH_PORT_RIGHT_DEAD_NAME, -3));
	CT_EQ(ct_type(d), 0);
}

CT_CASE(destroying_the_receive_right_turns_own_send_right_into_dead_name)
{
	mach_port_t p;

	p = ct_port_send();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, 2));
	CT_OK(mod(p, MACH_PORT_RIGHT_RECEIVE, -1));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_DEAD_NAME), 3);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 0);
	CT_KR(mod(p, MACH_PORT_RIGHT_SEND, -1), KERN_INVALID_RIGHT);
}

CT_CASE(a_send_once_right_to_a_dead_port_becomes_a_dead_name)
{
	mach_port_t p, so;

	p = ct_port();
	so = ct_send_once(p);
	ct_destroy_receive(p);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(ct_refs(so, MACH_PORT_RIGHT_DEAD_NAME), 1);
	CT_KR(mod(so, MACH_PORT_RIGHT_SEND_ONCE, -1), KERN_INVALID_RIGHT);
	CT_OK(mach_port_deallocate(SELF, so));
	CT_EQ(ct_type(so), 0);
}

/*
 * Past the limit a count sticks, so that no number of releases frees a
 * name that its owner still uses.  One release of exactly the maximum frees it.
 */
CT_CASE(user_references_saturate_and_stick)
{
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, UREFS_MAX - 2));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX - 1);
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, 1));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX);
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, 1));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX);
	for (i = 0; i < 3; i++)
		CT_OK(mach_port_deallocate(SELF, p));
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, -5));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX);
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, -UREFS_MAX));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(calls_that_would_pass_the_reference_limit_say_overflow)
{
	mach_port_t d, n, p, prev;

	/* A reference more under the same name ... */
	p = ct_port_send();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, UREFS_MAX - 2));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX - 1);
	CT_KR(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_UREFS_OVERFLOW);
	CT_KR(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_COPY_SEND),
	    KERN_UREFS_OVERFLOW);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX - 1);
	CT_EQ(ct_status(p).mps_mscount, 1);	/* none was made */
	/* ... and that of a dead-name notification. */
	d = ct_dead_name();
	n = ct_port();
	CT_OK(mod(d, MACH_PORT_RIGHT_DEAD_NAME,
	    UREFS_MAX - 1 - (int)ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME)));
	CT_KR(mach_port_request_notification(SELF, d, MACH_NOTIFY_DEAD_NAME, 1,
	    n, MACH_MSG_TYPE_MAKE_SEND_ONCE, &prev), KERN_UREFS_OVERFLOW);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), UREFS_MAX - 1);
	ct_recv_none(n);
	CT_EQ(ct_status(n).mps_sorights, 0);
	/* mod_refs and messages do not say so: the count sticks. */
	CT_OK(mod(d, MACH_PORT_RIGHT_DEAD_NAME, 5));
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), UREFS_MAX);
	CT_OK(mach_port_deallocate(SELF, d));
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), UREFS_MAX);
}

CT_CASE(copyout_to_a_saturated_send_right_keeps_it_saturated)
{
	mach_msg_type_name_t disp;
	mach_port_t p, r;
	unsigned i;

	p = ct_port_send();
	r = ct_port();
	CT_OK(mod(p, MACH_PORT_RIGHT_SEND, UREFS_MAX - 1));
	for (i = 0; i < 3; i++) {
		ct_send_right(r, p, MACH_MSG_TYPE_MAKE_SEND);
		CT_EQ(ct_recv_right(r, &disp), p);
		CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX);
		CT_OK(mach_port_deallocate(SELF, p));
	}
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), UREFS_MAX);
	ct_send_id(p, 9);
	ct_recv_id(p, 9);
}

/* ---- insert_right ---- */

CT_CASE(insert_make_send_adds_references_to_the_same_name)
{
	mach_port_t p;

	p = ct_port();
	ct_make_send(p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	ct_make_send(p);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_COPY_SEND));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 3);
	CT_OK(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_MOVE_SEND));
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 3);
	CT_EQ(ct_status(p).mps_mscount, 2);
}

CT_CASE(insert_right_under_another_name_is_right_exists)
{
	mach_port_t p, n;
	unsigned before;

	p = ct_port_send();
	n = MACH_PORT_MAKE(MACH_PORT_INDEX(p) + 2, MACH_PORT_GEN(p));
	before = ct_names();
	CT_KR(mach_port_insert_right(SELF, n, p, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_RIGHT_EXISTS);
	CT_EQ(ct_names(), before);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	/* A send-once right never shares a name. */
	CT_OK(mach_port_insert_right(SELF, n, p,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE));
	CT_EQ(ct_type(n), MACH_PORT_TYPE_SEND_ONCE);
}

CT_CASE(insert_right_to_a_name_in_use_is_refused)
{
	mach_port_t p, q, d, s, so;

	p = ct_port();
	q = ct_port();
	d = ct_dead_name();
	s = ct_pset();
	so = ct_send_once(q);
	/* The port's rights have a name already: that is looked at first. */
	CT_KR(mach_port_insert_right(SELF, q, p, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_RIGHT_EXISTS);
	CT_KR(mach_port_insert_right(SELF, d, p, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_RIGHT_EXISTS);
	/* A send-once right would be free to go anywhere else. */
	CT_KR(mach_port_insert_right(SELF, q, p,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), KERN_NAME_EXISTS);
	CT_KR(mach_port_insert_right(SELF, d, p,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), KERN_NAME_EXISTS);
	CT_KR(mach_port_insert_right(SELF, s, p,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), KERN_NAME_EXISTS);
	CT_KR(mach_port_insert_right(SELF, so, p,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), KERN_NAME_EXISTS);
	CT_KR(mach_port_insert_right(SELF, p, p,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), KERN_NAME_EXISTS);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(q), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(p).mps_sorights, 0);
}

CT_CASE(a_refused_insert_right_leaves_the_right_as_it_was)
{
	mach_port_status_t before, after;
	mach_port_t n, notify, p;

	p = ct_port_send();
	notify = ct_port();
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
	CT_OK(mach_port_set_mscount(SELF, p, 7));
	(void)ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, notify);
	n = ct_free_name();
	before = ct_status(p);
	CT_KR(mach_port_insert_right(SELF, n, p, MACH_MSG_TYPE_MOVE_RECEIVE),
	    KERN_RIGHT_EXISTS);
	after = ct_status(p);
	CT_EQ(memcmp(&before, &after, sizeof(before)), 0);
	ct_recv_none(notify);
}

CT_CASE(insert_right_refuses_bad_names_rights_and_dispositions)
{
	mach_port_t p, free;

	p = ct_port();
	free = ct_free_name();
	CT_KR(mach_port_insert_right(SELF, MACH_PORT_NULL, p,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_VALUE);
	CT_KR(mach_port_insert_right(SELF, MACH_PORT_DEAD, p,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_VALUE);
	CT_KR(mach_port_insert_right(SELF, p, p, 0), KERN_INVALID_VALUE);
	CT_KR(mach_port_insert_right(SELF, p, p, 15), KERN_INVALID_VALUE);
	CT_KR(mach_port_insert_right(SELF, p, p, 22), KERN_INVALID_VALUE);
	CT_KR(mach_port_insert_right(SELF, p, p, 0xffffffff),
	    KERN_INVALID_VALUE);
	CT_KR(mach_port_insert_right(SELF, free, MACH_PORT_NULL,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_CAPABILITY);
	CT_KR(mach_port_insert_right(SELF, free, MACH_PORT_DEAD,
	    MACH_MSG_TYPE_COPY_SEND), KERN_INVALID_CAPABILITY);
	/* No receive right there to make a send right from. */
	CT_NE(mach_port_insert_right(SELF, free, free,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_SUCCESS);
	CT_NE(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_COPY_SEND),
	    KERN_SUCCESS);
	CT_NE(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_MOVE_SEND),
	    KERN_SUCCESS);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(free), 0);
}

/* ---- extract_right ---- */

CT_CASE(extract_right_gives_each_kind_in_the_callers_space)
{
	mach_msg_type_name_t type;
	mach_port_t p, so, name;

	p = ct_port();
	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MAKE_SEND, &name,
	    &type));
	CT_EQ(name, p);
	CT_EQ(type, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_COPY_SEND, &name,
	    &type));
	CT_EQ(name, p);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MOVE_SEND, &name,
	    &type));
	CT_EQ(name, p);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &so, &type));
	CT_NE(so, p);
	CT_EQ(type, MACH_MSG_TYPE_PORT_SEND_ONCE);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_status(p).mps_sorights, 1);
	CT_OK(mach_port_extract_right(SELF, so, MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    &name, &type));
	CT_EQ(ct_type(name), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_status(p).mps_sorights, 1);
	/* The receive right leaves the name and comes back to it. */
	ct_send_id(p, 6);
	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MOVE_RECEIVE,
	    &name, &type));
	CT_EQ(name, p);
	CT_EQ(type, MACH_MSG_TYPE_PORT_RECEIVE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	ct_recv_id(p, 6);
}

CT_CASE(extract_right_refuses_what_the_name_does_not_denote)
{
	mach_msg_type_name_t type;
	mach_port_t p, s, d, name;

	p = ct_port();
	s = ct_pset();
	CT_KR(mach_port_extract_right(SELF, p, 3, &name, &type),
	    KERN_INVALID_VALUE);
	CT_KR(mach_port_extract_right(SELF, p, 0, &name, &type),
	    KERN_INVALID_VALUE);
	CT_KR(mach_port_extract_right(SELF, MACH_PORT_NULL,
	    MACH_MSG_TYPE_MAKE_SEND, &name, &type), KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_right(SELF, MACH_PORT_DEAD,
	    MACH_MSG_TYPE_MAKE_SEND, &name, &type), KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_right(SELF, ct_free_name(),
	    MACH_MSG_TYPE_MAKE_SEND, &name, &type), KERN_INVALID_NAME);
	CT_KR(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_COPY_SEND, &name,
	    &type), KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MOVE_SEND, &name,
	    &type), KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    &name, &type), KERN_INVALID_RIGHT);
	CT_KR(mach_port_extract_right(SELF, s, MACH_MSG_TYPE_MAKE_SEND, &name,
	    &type), KERN_INVALID_RIGHT);
	d = ct_send_once(p);
	CT_KR(mach_port_extract_right(SELF, d, MACH_MSG_TYPE_MAKE_SEND, &name,
	    &type), KERN_INVALID_RIGHT);
	CT_EQ(ct_type(d), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

/* ---- rename ---- */

CT_CASE(allocate_full_and_qos_choose_or_take_the_name)
{
	mach_port_name_t free, name;
	mach_port_qos_t qos;

	memset(&qos, 0, sizeof(qos));
	name = MACH_PORT_NULL;
	CT_OK(mach_port_allocate_full(SELF, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL, &qos, &name));
	CT_EQ(ct_type(name), MACH_PORT_TYPE_RECEIVE);
	CT_OK(mach_port_allocate_qos(SELF, MACH_PORT_RIGHT_RECEIVE, &qos,
	    &name));
	CT_EQ(ct_type(name), MACH_PORT_TYPE_RECEIVE);
	free = ct_free_name();
	qos.name = 1;
	name = free;
	CT_OK(mach_port_allocate_full(SELF, MACH_PORT_RIGHT_PORT_SET,
	    MACH_PORT_NULL, &qos, &name));
	CT_EQ(name, free);
	CT_EQ(ct_type(free), MACH_PORT_TYPE_PORT_SET);
	CT_KR(mach_port_allocate_full(SELF, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL, &qos, &name), KERN_NAME_EXISTS);
	CT_KR(mach_port_allocate_full(SELF, MACH_PORT_RIGHT_RECEIVE, free,
	    &qos, &name), KERN_INVALID_VALUE);
	CT_KR(mach_port_allocate_qos(SELF, MACH_PORT_RIGHT_RECEIVE, &qos,
	    &name), KERN_INVALID_ARGUMENT);
	qos.name = 0;
	qos.prealloc = 1;
	qos.len = 100;
	CT_KR(mach_port_allocate_full(SELF, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL, &qos, &name), KERN_NOT_SUPPORTED);
	CT_EQ(name, free);
}

CT_CASE(rename_keeps_rights_queue_set_and_notification)
{
	mach_port_t p, n, s, notify;

	p = ct_port_send();
	s = ct_pset();
	notify = ct_port();
	CT_OK(mach_port_move_member(SELF, p, s));
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, notify), 0);
	ct_send_id(p, 31);
	n = MACH_PORT_MAKE(MACH_PORT_INDEX(notify) + 2, MACH_PORT_GEN(p));
	CT_OK(mach_port_rename(SELF, p, n));
	CT_EQ(ct_type(p), 0);
	CT_EQ(ct_type(n), MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_DNREQUEST);
	CT_TRUE(ct_in_set(n, s));
	ct_send_id(n, 32);
	ct_recv_id(n, 31);
	ct_recv_id(s, 32);
	ct_destroy_receive(n);
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME), n);
}

CT_CASE(rename_refuses_names_in_use_and_unknown_ones)
{
	mach_port_t p, q, free;

	p = ct_port();
	q = ct_port();
	free = ct_free_name();
	CT_KR(mach_port_rename(SELF, p, q), KERN_NAME_EXISTS);
	CT_KR(mach_port_rename(SELF, free,
	    MACH_PORT_MAKE(MACH_PORT_INDEX(q) + 9, MACH_PORT_GEN(p))),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_rename(SELF, p, MACH_PORT_NULL), KERN_INVALID_VALUE);
	CT_KR(mach_port_rename(SELF, p, MACH_PORT_DEAD), KERN_INVALID_VALUE);
	CT_KR(mach_port_rename(SELF, MACH_PORT_NULL, free),
	    KERN_INVALID_NAME);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(q), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(a_renamed_send_right_is_found_under_its_new_name)
{
	mach_msg_type_name_t disp;
	mach_port_t p, r, n, name;
	pid_t pid;

	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		name = ct_inherited();
		r = ct_port();
		n = MACH_PORT_MAKE(MACH_PORT_INDEX(r) + 4, MACH_PORT_GEN(r));
		CT_OK(mach_port_rename(SELF, name, n));
		ct_send_right(r, n, MACH_MSG_TYPE_COPY_SEND);
		CT_EQ(ct_recv_right(r, &disp), n);
		CT_EQ(ct_type(name), 0);
		ct_send_id(n, 12);
		ct_child_exit();
	}
	ct_wait(pid);
	ct_recv_id(p, 12);
}

/* ---- names ---- */

CT_CASE(names_lists_every_right_with_its_type)
{
	mach_port_name_array_t names;
	mach_port_type_array_t types;
	mach_msg_type_number_t n, tn, i;
	mach_port_t p, q, so, s, d;
	unsigned seen;

	p = ct_port();
	q = ct_port_send();
	so = ct_send_once(p);
	s = ct_pset();
	d = ct_dead_name();
	CT_OK(mach_port_names(SELF, &names, &n, &types, &tn));
	CT_EQ(n, tn);
	seen = 0;
	for (i = 0; i < n; i++) {
		CT_TRUE(MACH_PORT_VALID(names[i]));
		CT_EQ(types[i], ct_type(names[i]));
		if (names[i] == p || names[i] == q || names[i] == so ||
		    names[i] == s || names[i] == d)
			seen++;
	}
	CT_EQ(seen, 5);
	CT_OK(vm_deallocate(SELF, (vm_address_t)names, n * sizeof(*names)));
	CT_OK(vm_deallocate(SELF, (vm_address_t)types, tn * sizeof(*types)));
}

CT_CASE(names_of_a_large_space_are_all_there)
{
	static mach_port_t p[3000];
	unsigned before, i;

	before = ct_names();
	for (i = 0; i < 3000; i++)
		p[i] = ct_port();
	CT_EQ(ct_names(), before + 3000);
	for (i = 0; i < 3000; i++)
		ct_destroy_receive(p[i]);
	CT_EQ(ct_names(), before);
}

/* ---- generations ---- */

static int
by_value(const void *a, const void *b)
{
	mach_port_t x, y;

	x = *(const mach_port_t *)a;
	y = *(const mach_port_t *)b;
	return (x < y ? -1 : x > y);
}

CT_CASE(a_freed_name_is_not_handed_out_again_soon)
{
	static mach_port_t p[2000];
	unsigned i;

	for (i = 0; i < 2000; i++) {
		p[i] = ct_port();
		ct_destroy_receive(p[i]);
	}
	qsort(p, 2000, sizeof(p[0]), by_value);
	for (i = 1; i < 2000; i++)
		CT_NE(p[i], p[i - 1]);
}

CT_CASE(a_stale_name_never_denotes_the_new_right_in_its_slot)
{
	mach_msg_type_name_t type;
	mach_port_status_t status;
	mach_msg_type_number_t count;
	mach_port_t stale, name;
	unsigned i;

	stale = ct_port_send();
	CT_OK(mach_port_destroy(SELF, stale));
	for (i = 0; i < 200; i++)
		(void)ct_port_send();
	CT_EQ(ct_type(stale), 0);
	CT_KR(mach_port_deallocate(SELF, stale), KERN_INVALID_NAME);
	CT_KR(mod(stale, MACH_PORT_RIGHT_RECEIVE, -1), KERN_INVALID_NAME);
	CT_KR(mach_port_extract_right(SELF, stale, MACH_MSG_TYPE_MAKE_SEND,
	    &name, &type), KERN_INVALID_NAME);
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_KR(mach_port_get_attributes(SELF, stale, MACH_PORT_RECEIVE_STATUS,
	    (mach_port_info_t)&status, &count), KERN_INVALID_NAME);
	CT_KR(ct_send(stale, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    0, 0), MACH_SEND_INVALID_DEST);
}

CT_CASE(names_have_small_indexes_and_generations_as_the_macros_say)
{
	mach_port_t p, q;

	p = ct_port();
	CT_TRUE(MACH_PORT_INDEX(p) < 4096);
	CT_EQ(MACH_PORT_MAKE(MACH_PORT_INDEX(p), MACH_PORT_GEN(p)), p);
	q = MACH_PORT_MAKE(MACH_PORT_INDEX(p), MACH_PORT_GEN(p) + 4);
	if (q != p)
		CT_EQ(ct_type(q), 0);
}

/*
 * Whichever way a right goes away, the name is useless at once, also when
 * it has just been used.
 */
CT_CASE(a_name_is_useless_at_once_whichever_way_its_right_went)
{
	struct ct_complex m;
	mach_port_t carrier, p, keep, n;
	int way;

	carrier = ct_port_send();
	ct_qlimit(carrier, 100);
	for (way = 0; way < 8; way++) {
		keep = ct_port();
		p = ct_send_once(keep);	/* a right with a name of its own */
		if (way >= 3) {
			/* A send right that is apart from its receive right. */
			CT_OK(mach_port_destroy(SELF, p));
			ct_notify_recv(keep, MACH_NOTIFY_SEND_ONCE);
			p = ct_port_send();
			ct_send_id(p, 1);
			ct_recv_id(p, 1);
		}
		switch (way) {
		case 0:
			CT_OK(mach_port_deallocate(SELF, p));
			break;
		case 1:
			CT_OK(mod(p, MACH_PORT_RIGHT_SEND_ONCE, -1));
			break;
		case 2:
			CT_OK(ct_send(p, 0, MACH_MSGH_BITS(
			    MACH_MSG_TYPE_MOVE_SEND_ONCE, 0), 1, 0, 0));
			break;
		case 3:
			CT_OK(mach_port_destroy(SELF, p));
			break;
		case 4:
			n = MACH_PORT_MAKE(MACH_PORT_INDEX(p) + 50,
			    MACH_PORT_GEN(p));
			CT_OK(mach_port_rename(SELF, p, n));
			break;
		case 5:
			/* Receive and send right, both in one message. */
			ct_complex_init(&m, carrier, MACH_MSGH_BITS(
			    MACH_MSG_TYPE_COPY_SEND, 0), 2, 1);
			ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_RECEIVE);
			ct_port_desc(&m, 1, p, MACH_MSG_TYPE_MOVE_SEND);
			CT_OK(ct_complex_send(&m, 0, 0));
			break;
		case 6:
			CT_OK(mach_port_destruct(SELF, p, -1, 0));
			break;
		default:
			CT_OK(mach_port_mod_refs(SELF, p,
			    MACH_PORT_RIGHT_SEND, -1));
			CT_OK(mach_port_mod_refs(SELF, p,
			    MACH_PORT_RIGHT_RECEIVE, -1));
			break;
		}
		CT_EQ(ct_type(p), 0);
		CT_KR(ct_send(p, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    0), 1, 0, 0), MACH_SEND_INVALID_DEST);
		CT_KR(mach_port_deallocate(SELF, p), KERN_INVALID_NAME);
	}
}

/* The same of a send right alone, and seen by another thread. */
struct stale {
	mach_port_t		name;
	mach_msg_return_t	mr;
	kern_return_t		kr;
};

static void *
use_stale(void *arg)
{
	struct stale *s = arg;

	s->mr = ct_send(s->name, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    0), 1, MACH_SEND_TIMEOUT, 0);
	s->kr = mod(s->name, MACH_PORT_RIGHT_SEND, 1);
	return (NULL);
}

static void
check_stale(mach_port_t name, kern_return_t kr)
{
	struct stale s;
	pthread_t t;

	s.name = name;
	(void)use_stale(&s);
	CT_KR(s.mr, MACH_SEND_INVALID_DEST);
	CT_KR(s.kr, kr);
	CT_EQ(pthread_create(&t, NULL, use_stale, &s), 0);
	CT_EQ(pthread_join(t, NULL), 0);
	CT_KR(s.mr, MACH_SEND_INVALID_DEST);
	CT_KR(s.kr, kr);
}

CT_CASE(a_send_right_is_useless_at_once_in_every_thread)
{
	mach_msg_type_name_t type;
	mach_port_t carrier, holder, p, got;
	int way;

	carrier = ct_port_send();
	ct_qlimit(carrier, 100);
	for (way = 0; way < 7; way++) {
		/* The receive right is in a queue. */
		holder = ct_port_send();
		p = ct_port_send();
		ct_send_right(holder, p, MACH_MSG_TYPE_MOVE_RECEIVE);
		CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND);
		ct_send_id(p, 1);
		switch (way) {
		case 0:
			CT_OK(mach_port_deallocate(SELF, p));
			break;
		case 1:
			CT_OK(mod(p, MACH_PORT_RIGHT_SEND, -1));
			break;
		case 2:
			CT_OK(mach_port_destroy(SELF, p));
			break;
		case 3:
			CT_OK(ct_send(p, 0, MACH_MSGH_BITS(
			    MACH_MSG_TYPE_MOVE_SEND, 0), 2, 0, 0));
			break;
		case 4:
			ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_SEND);
			break;
		case 5:
			CT_OK(ct_send(carrier, p, MACH_MSGH_BITS(
			    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MOVE_SEND),
			    2, 0, 0));
			break;
		default:
			/* Its port dies: a dead name. */
			CT_OK(mach_port_destroy(SELF, holder));
			check_stale(p, KERN_INVALID_RIGHT);
			CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
			continue;
		}
		check_stale(p, KERN_INVALID_NAME);
		CT_EQ(ct_type(p), 0);
		/* The right that is left comes under a name of its own. */
		got = ct_recv_right(holder, &type);
		CT_EQ(type, MACH_MSG_TYPE_PORT_RECEIVE);
		ct_recv_id(got, 1);
		check_stale(p, KERN_INVALID_NAME);
	}
}

/* ---- rights to one port share a name ---- */

CT_CASE(send_and_receive_rights_of_one_port_share_one_name)
{
	static const char orders[][4] = { "RSS", "SRS", "SSR" };
	mach_msg_type_name_t disp;
	mach_port_t carrier, p, got, first;
	unsigned i, k;

	carrier = ct_port_send();
	for (i = 0; i < 3; i++) {
		p = ct_port_send();
		/* All three in transit, nothing left in the space. */
		for (k = 0; k < 3; k++) {
			if (orders[i][k] == 'R')
				continue;
			/* Sent below, in order, from a second send right. */
			ct_make_send(p);
		}
		CT_OK(mach_port_deallocate(SELF, p));
		CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
		for (k = 0; k < 3; k++)
			ct_send_right(carrier, p, orders[i][k] == 'R' ?
			    MACH_MSG_TYPE_MOVE_RECEIVE :
			    MACH_MSG_TYPE_MOVE_SEND);
		CT_EQ(ct_type(p), 0);
		first = MACH_PORT_NULL;
		for (k = 0; k < 3; k++) {
			got = ct_recv_right(carrier, &disp);
			if (k == 0)
				first = got;
			CT_EQ(got, first);
			CT_EQ(disp, orders[i][k] == 'R' ?
			    MACH_MSG_TYPE_PORT_RECEIVE :
			    MACH_MSG_TYPE_PORT_SEND);
		}
		CT_EQ(ct_type(first), MACH_PORT_TYPE_SEND_RECEIVE);
		CT_EQ(ct_refs(first, MACH_PORT_RIGHT_SEND), 2);
		CT_OK(mach_port_destroy(SELF, first));
	}
}

CT_CASE(each_send_once_right_has_a_name_of_its_own)
{
	mach_port_t p, a, b;

	p = ct_port_send();
	a = ct_send_once(p);
	b = ct_send_once(p);
	CT_NE(a, b);
	CT_EQ(ct_status(p).mps_sorights, 2);
}

/* Whatever way a send right came, one deallocate lets go of it. */
CT_CASE(one_deallocate_frees_a_send_right_however_it_came)
{
	mach_msg_type_name_t type;
	mach_port_t p, carrier, notify, name;
	pid_t pid;
	int i, way;

	carrier = ct_port_send();
	notify = ct_port();
	for (way = 0; way < 4; way++) {
		p = ct_port();
		switch (way) {
		case 0:
			ct_make_send(p);
			name = p;
			break;
		case 1:
			CT_OK(mach_port_extract_right(SELF, p,
			    MACH_MSG_TYPE_MAKE_SEND, &name, &type));
			break;
		case 2:
			ct_send_right(carrier, p, MACH_MSG_TYPE_MAKE_SEND);
			name = ct_recv_right(carrier, &type);
			break;
		default: {
			struct ct_msg msg;

			/* In the reply field of a header. */
			CT_OK(ct_send(carrier, p,
			    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
			    MACH_MSG_TYPE_MAKE_SEND), 3, 0, 0));
			CT_OK(ct_recv(carrier, &msg, CT_SOON_MS));
			name = msg.hdr.msgh_remote_port;
			break;
		}
		}
		CT_EQ(name, p);
		/* Whoever forks has no more of it, nor has the child. */
		for (i = 0; i < 3; i++) {
			pid = ct_fork();
			if (pid == 0) {
				(void)mach_task_self();
				ct_child_exit();
			}
			ct_wait(pid);
		}
		CT_EQ(ct_refs(name, MACH_PORT_RIGHT_SEND), 1);
		CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, notify),
		    MACH_PORT_NULL);
		CT_OK(mach_port_deallocate(SELF, name));
		CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_NO_SENDERS), 1);
		CT_EQ(ct_type(name), MACH_PORT_TYPE_RECEIVE);
	}
}

CT_CASE(a_file_descriptor_number_is_no_port_name)
{
	struct ct_complex m;
	mach_port_t p;
	int fd, fds[5];

	p = ct_port_send();
	CT_POSIX(pipe(fds));
	CT_POSIX(socketpair(AF_UNIX, SOCK_STREAM, 0, fds + 2));
	CT_POSIX(fds[4] = open("/dev/null", O_RDONLY));
	for (fd = 0; fd < 40; fd++) {
		CT_EQ(ct_type((mach_port_t)fd), 0);
		if (fd == 0)
			continue;
		CT_KR(ct_send((mach_port_t)fd, 0,
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1, 0,
		    0), MACH_SEND_INVALID_DEST);
		CT_KR(ct_send(p, (mach_port_t)fd,
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_COPY_SEND), 1, 0, 0),
		    MACH_SEND_INVALID_REPLY);
		ct_complex_init(&m, p, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    0), 1, 1);
		ct_port_desc(&m, 0, (mach_port_t)fd, MACH_MSG_TYPE_COPY_SEND);
		CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	}
	/* Nor is a name a descriptor. */
	CT_EQ(close((int)p), -1);
	CT_EQ(errno, EBADF);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	for (fd = 0; fd < 5; fd++)
		CT_POSIX(close(fds[fd]));
}

/*
 * A space has a limit; past it the documented code, and all else goes on.
 * What a host allows is its own choice, so this stops after enough.
 */
CT_CASE_TIMEOUT(a_space_that_is_full_says_so_and_survives, 60)
{
	enum { MOST = 300000 };
	mach_port_t p, *all;
	kern_return_t kr;
	unsigned i, n;

	all = malloc(MOST * sizeof(*all));
	CT_TRUE(all != NULL);
	kr = KERN_SUCCESS;
	for (n = 0; n < MOST; n++) {
		kr = mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE,
		    &all[n]);
		if (kr != KERN_SUCCESS)
			break;
	}
	if (kr != KERN_SUCCESS && kr != KERN_RESOURCE_SHORTAGE)
		CT_KR(kr, KERN_NO_SPACE);
	ct_note("%u ports", n);
	for (i = 0; i < n; i++)
		CT_OK(mach_port_destroy(SELF, all[i]));
	p = ct_port_send();
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
}
