/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Rights that are restricted: receive rights that travel guarded, and reply
 * ports.
 */

#include <stdlib.h>
#include <string.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)
#define	IMMOVABLE	MACH_MSG_GUARD_FLAGS_IMMOVABLE_RECEIVE
#define	UNGUARDED	MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND

static mach_port_t carrier;

static void
setup(void)
{

	carrier = ct_port_send();
}

/* One guarded-port descriptor to the carrier. */
static void
prepare(struct ct_complex *m, mach_port_t p, mach_msg_guard_flags_t flags,
    mach_port_context_t context)
{

	ct_complex_init(m, carrier, REMOTE(COPY_SEND), 1, 1);
	m->d.guarded[0].context = context;
	m->d.guarded[0].flags = flags;
	m->d.guarded[0].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	m->d.guarded[0].type = MACH_MSG_GUARDED_PORT_DESCRIPTOR;
	m->d.guarded[0].name = p;
	m->hdr.msgh_size = sizeof(m->hdr) + sizeof(m->body) +
	    sizeof(m->d.guarded[0]);
}

static mach_msg_return_t
send_guarded(mach_port_t p, mach_msg_guard_flags_t flags,
    mach_port_context_t context, mach_msg_option_t option)
{
	struct ct_complex m;

	prepare(&m, p, flags, context);
	return (mach_msg(&m.hdr, MACH_SEND_MSG | option, m.hdr.msgh_size, 0, 0,
	    0, 0));
}

static mach_msg_return_t
receive(struct ct_complex *m, mach_msg_option_t option)
{

	memset(m, 0x5a, sizeof(*m));
	return (mach_msg(&m->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT | option, 0,
	    sizeof(*m), carrier, CT_SOON_MS, 0));
}

static mach_port_t
construct(uint32_t flags, mach_port_context_t context)
{
	mach_port_options_t options;
	mach_port_t p;

	memset(&options, 0, sizeof(options));
	options.flags = flags;
	CT_OK(mach_port_construct(SELF, &options, context, &p));
	return (p);
}

/* ---- guarded-port descriptors ---- */

CT_CASE(a_guarded_receive_right_arrives_guarded_with_the_buffers_address)
{
	struct ct_complex m;
	mach_port_context_t guard;
	mach_port_t p;

	setup();
	p = ct_port();
	CT_OK(mach_port_guard(SELF, p, 0x1111, 0));
	CT_OK(send_guarded(p, IMMOVABLE, 0x1111, 0));
	CT_EQ(ct_type(p), 0);
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	CT_EQ(m.body.msgh_descriptor_count, 1);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr) + sizeof(m.body) +
	    sizeof(m.d.guarded[0]));
	CT_EQ(m.d.guarded[0].type, MACH_MSG_GUARDED_PORT_DESCRIPTOR);
	CT_EQ(m.d.guarded[0].disposition, MACH_MSG_TYPE_PORT_RECEIVE);
	CT_EQ(m.d.guarded[0].flags, IMMOVABLE);
	guard = m.d.guarded[0].context;
	CT_TRUE(guard == (mach_port_context_t)(uintptr_t)&m);
	p = m.d.guarded[0].name;
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(p).mps_flags, MACH_PORT_STATUS_FLAG_GUARDED |
	    MACH_PORT_STATUS_FLAG_GUARD_IMMOVABLE_RECEIVE);
	CT_KR(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_RECEIVE, -1),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_destruct(SELF, p, 0, guard + 1),
	    KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_destruct(SELF, p, 0, guard));
}

CT_CASE(a_receive_right_that_came_immovable_does_not_leave_again)
{
	struct ct_complex m;
	mach_port_t p;

	setup();
	CT_OK(send_guarded(ct_port(), IMMOVABLE | UNGUARDED, 0, 0));
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	p = m.d.guarded[0].name;
	CT_KR(send_guarded(p, IMMOVABLE, m.d.guarded[0].context, 0),
	    MACH_SEND_INVALID_RIGHT);
	CT_OK(mach_port_unguard(SELF, p, m.d.guarded[0].context));
	/* Without its guard it is immovable still. */
	CT_KR(send_guarded(p, IMMOVABLE | UNGUARDED, 0, 0),
	    MACH_SEND_INVALID_RIGHT);
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	ct_destroy_receive(p);
}

CT_CASE(a_guard_that_is_not_the_ports_is_invalid_right)
{
	mach_port_t p, plain;

	setup();
	p = ct_port();
	plain = ct_port();
	CT_OK(mach_port_guard(SELF, p, 0x1111, 0));
	CT_KR(send_guarded(p, IMMOVABLE, 0x2222, 0), MACH_SEND_INVALID_RIGHT);
	CT_KR(send_guarded(p, IMMOVABLE | UNGUARDED, 0, 0),
	    MACH_SEND_INVALID_RIGHT);
	CT_KR(send_guarded(plain, IMMOVABLE, 0, 0), MACH_SEND_INVALID_RIGHT);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(plain), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(p).mps_flags, MACH_PORT_STATUS_FLAG_GUARDED);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
	CT_OK(send_guarded(p, IMMOVABLE, 0x1111, 0));
	CT_OK(send_guarded(plain, UNGUARDED, 0, 0));
}

CT_CASE(guarded_descriptors_with_wrong_flags_are_an_invalid_type)
{
	static const mach_msg_type_name_t wrong[] = {
		MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_COPY_SEND,
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		MACH_MSG_TYPE_MOVE_SEND_ONCE, 0, 255,
	};
	struct ct_complex m;
	mach_port_t p;
	unsigned i;

	setup();
	p = ct_port_send();
	CT_KR(send_guarded(p, 0, 0, 0), MACH_SEND_INVALID_TYPE);
	CT_KR(send_guarded(p, 4, 0, 0), MACH_SEND_INVALID_TYPE);
	CT_KR(send_guarded(p, IMMOVABLE | 0x8000, 0, 0),
	    MACH_SEND_INVALID_TYPE);
	CT_KR(send_guarded(p, UNGUARDED, 1, 0), MACH_SEND_INVALID_TYPE);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		prepare(&m, p, IMMOVABLE | UNGUARDED, 0);
		m.d.guarded[0].disposition = wrong[i];
		CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0, 0,
		    0, 0), MACH_SEND_INVALID_TYPE);
	}
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_status(carrier).mps_msgcount, 0);
}

CT_CASE(a_message_that_ends_in_a_guarded_descriptor_is_too_small)
{
	struct ct_complex m;
	mach_msg_size_t size;
	mach_port_t p;

	setup();
	p = ct_port();
	prepare(&m, p, IMMOVABLE | UNGUARDED, 0);
	for (size = sizeof(m.hdr) + sizeof(m.body); size < m.hdr.msgh_size;
	    size += 4)
		CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG, size, 0, 0, 0, 0),
		    MACH_SEND_MSG_TOO_SMALL);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(a_receiver_that_did_not_ask_for_guarded_rights_gets_null)
{
	struct ct_complex m;
	mach_port_t p, n;

	setup();
	p = ct_port_send();
	n = ct_port();
	(void)ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(send_guarded(p, IMMOVABLE | UNGUARDED, 0, 0));
	CT_OK(receive(&m, 0));
	CT_EQ(m.d.guarded[0].type, MACH_MSG_GUARDED_PORT_DESCRIPTOR);
	CT_EQ(m.d.guarded[0].name, MACH_PORT_NULL);
	CT_TRUE(m.d.guarded[0].context == 0);
	/* The port was destroyed. */
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
}

CT_CASE(unguarded_on_send_alone_puts_no_guard_on)
{
	struct ct_complex m;
	mach_port_t p;

	setup();
	CT_OK(send_guarded(ct_port(), UNGUARDED, 0, 0));
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	p = m.d.guarded[0].name;
	CT_EQ(ct_status(p).mps_flags, 0);
	CT_TRUE(m.d.guarded[0].context == 0);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_type(p), 0);
	mach_port_t got = ct_recv_right(carrier, NULL);
	CT_EQ(ct_type(got), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(null_and_dead_in_a_guarded_descriptor_arrive_as_they_are)
{
	struct ct_complex m;

	setup();
	CT_OK(send_guarded(MACH_PORT_NULL, IMMOVABLE, 0, 0));
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	CT_EQ(m.d.guarded[0].name, MACH_PORT_NULL);
	CT_OK(send_guarded(MACH_PORT_DEAD, IMMOVABLE, 0, 0));
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	CT_EQ(m.d.guarded[0].name, MACH_PORT_DEAD);
}

CT_CASE(a_guarded_right_that_could_not_be_sent_comes_back_guarded_and_movable)
{
	struct ct_complex m;
	mach_port_t p;

	setup();
	ct_qlimit(carrier, 0);
	p = ct_port();
	CT_OK(mach_port_guard(SELF, p, 0x1111, 1));
	prepare(&m, p, IMMOVABLE, 0x1111);
	CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    m.hdr.msgh_size, 0, 0, 0, 0), MACH_SEND_TIMED_OUT);
	p = m.d.guarded[0].name;
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_status(p).mps_flags, MACH_PORT_STATUS_FLAG_GUARDED);
	CT_TRUE(m.d.guarded[0].context ==
	    (mach_port_context_t)(uintptr_t)&m);
	/* As it is, it can be sent again. */
	ct_qlimit(carrier, 1);
	m.hdr.msgh_bits = REMOTE(COPY_SEND) | MACH_MSGH_BITS_COMPLEX;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0, 0, 0, 0));
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	mach_msg_destroy(&m.hdr);
	CT_EQ(ct_type(m.d.guarded[0].name), 0);
}

CT_CASE(mach_msg_destroy_destroys_a_guarded_receive_right)
{
	struct ct_complex m;
	unsigned names;

	setup();
	names = ct_names();
	CT_OK(send_guarded(ct_port(), IMMOVABLE | UNGUARDED, 0, 0));
	CT_OK(receive(&m, MACH_RCV_GUARDED_DESC));
	CT_EQ(ct_names(), names + 1);
	mach_msg_destroy(&m.hdr);
	CT_EQ(ct_names(), names);
}

CT_CASE(a_guarded_right_sent_to_itself_is_destroyed)
{
	struct ct_complex m;
	unsigned names;

	setup();
	names = ct_names();
	carrier = ct_port_send();
	prepare(&m, carrier, IMMOVABLE | UNGUARDED, 0);
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0, 0, 0, 0));
	CT_EQ(ct_type(carrier), MACH_PORT_TYPE_DEAD_NAME);
	CT_OK(mach_port_deallocate(SELF, carrier));
	CT_EQ(ct_names(), names);
}

CT_CASE(a_plain_descriptor_takes_the_guard_off)
{
	mach_msg_type_name_t disp;
	mach_port_t p;

	setup();
	p = ct_port_send();
	CT_OK(mach_port_guard(SELF, p, 0x1111, 1));
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_recv_right(carrier, &disp), p);
	CT_EQ(ct_status(p).mps_flags, 0);
}

CT_CASE(a_promised_receive_right_is_not_made_immovable)
{
	mach_port_t p, n;

	p = ct_port();
	n = ct_port();
	(void)ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n);
	CT_KR(mach_port_guard_with_flags(SELF, p, 1, MPG_IMMOVABLE_RECEIVE),
	    KERN_INVALID_CAPABILITY);
	CT_OK(mach_port_guard_with_flags(SELF, p, 1, MPG_STRICT));
}

CT_CASE(an_immovable_right_that_comes_back_by_port_destroyed_can_move_again)
{
	struct ct_complex m;
	mach_port_t n, p;

	p = construct(MPO_CONTEXT_AS_GUARD | MPO_IMMOVABLE_RECEIVE, 7);
	n = ct_port();
	(void)ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n);
	CT_OK(mach_port_destruct(SELF, p, 0, 7));
	CT_OK(ct_complex_recv(n, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, MACH_NOTIFY_PORT_DESTROYED);
	p = m.d.port[0].name;
	CT_EQ(ct_status(p).mps_flags, 0);
	setup();
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
}

/* ---- reply ports ---- */

static mach_msg_return_t
request(mach_port_t server, mach_port_t reply, mach_msg_type_name_t disp)
{

	return (ct_send(server, reply,
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, disp), 1, 0, 0));
}

CT_CASE(a_reply_port_is_answered_through_a_send_once_right_of_the_header)
{
	struct ct_msg m;
	mach_port_t reply, server;

	server = ct_port();
	reply = construct(MPO_REPLY_PORT, 0);
	CT_OK(request(server, reply, MACH_MSG_TYPE_MAKE_SEND_ONCE));
	CT_OK(ct_recv(server, &m, CT_SOON_MS));
	CT_EQ(ct_type(m.hdr.msgh_remote_port), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(ct_send(m.hdr.msgh_remote_port, 0, REMOTE(MOVE_SEND_ONCE), 101,
	    0, 0));
	ct_recv_id(reply, 101);
}

CT_CASE(no_other_right_to_a_reply_port_can_be_made_or_passed_on)
{
	struct ct_complex m;
	mach_msg_type_name_t type;
	mach_port_t p, reply, so;
	struct ct_msg r;

	setup();
	reply = construct(MPO_REPLY_PORT | MPO_INSERT_SEND_RIGHT, 0);
	CT_EQ(ct_type(reply), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_KR(request(carrier, reply, MACH_MSG_TYPE_MAKE_SEND),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(request(carrier, reply, MACH_MSG_TYPE_COPY_SEND),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(request(carrier, reply, MACH_MSG_TYPE_MOVE_SEND),
	    MACH_SEND_INVALID_REPLY);
	/* Its send right guards the name, it does not send. */
	CT_KR(ct_send(reply, 0, REMOTE(COPY_SEND), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	CT_KR(ct_send(reply, 0, REMOTE(MAKE_SEND_ONCE), 1, 0, 0),
	    MACH_SEND_INVALID_DEST);
	for (type = MACH_MSG_TYPE_MOVE_RECEIVE;
	    type <= MACH_MSG_TYPE_MAKE_SEND_ONCE; type++) {
		ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
		ct_port_desc(&m, 0, reply, type);
		CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	}
	CT_KR(mach_port_insert_right(SELF, reply, reply,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_CAPABILITY);
	CT_KR(mach_port_extract_right(SELF, reply,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &p, &type), KERN_INVALID_CAPABILITY);

	/* The send-once right goes back, and nowhere else. */
	CT_OK(request(carrier, reply, MACH_MSG_TYPE_MAKE_SEND_ONCE));
	CT_OK(ct_recv(carrier, &r, CT_SOON_MS));
	so = r.hdr.msgh_remote_port;
	ct_complex_init(&m, carrier, REMOTE(COPY_SEND), 1, 1);
	ct_port_desc(&m, 0, so, MACH_MSG_TYPE_MOVE_SEND_ONCE);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	CT_KR(request(carrier, so, MACH_MSG_TYPE_MOVE_SEND_ONCE),
	    MACH_SEND_INVALID_REPLY);
	CT_OK(mach_port_deallocate(SELF, so));
	CT_EQ(ct_notify_recv(reply, MACH_NOTIFY_SEND_ONCE), 0);
	CT_EQ(ct_type(reply), MACH_PORT_TYPE_SEND_RECEIVE);
}

CT_CASE(a_reply_port_has_no_notifications_of_its_own)
{
	mach_port_t n, prev, reply;

	n = ct_port();
	reply = construct(MPO_REPLY_PORT, 0);
	CT_KR(mach_port_request_notification(SELF, reply,
	    MACH_NOTIFY_NO_SENDERS, 0, n, MACH_MSG_TYPE_MAKE_SEND_ONCE, &prev),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_request_notification(SELF, reply,
	    MACH_NOTIFY_PORT_DESTROYED, 0, n, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &prev), KERN_INVALID_RIGHT);
	ct_recv_none(n);
	CT_EQ(ct_status(n).mps_sorights, 0);
}

CT_CASE(a_port_that_enforces_reply_ports_refuses_other_replies)
{
	struct ct_msg m;
	mach_port_t plain, provisional, reply, server;

	server = construct(MPO_ENFORCE_REPLY_PORT_SEMANTICS, 0);
	plain = ct_port_send();
	reply = construct(MPO_REPLY_PORT, 0);
	provisional = construct(MPO_PROVISIONAL_REPLY_PORT, 0);
	CT_KR(request(server, plain, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    MACH_SEND_INVALID_REPLY);
	CT_KR(request(server, plain, MACH_MSG_TYPE_COPY_SEND),
	    MACH_SEND_INVALID_REPLY);
	CT_EQ(ct_status(plain).mps_sorights, 0);
	CT_EQ(ct_status(server).mps_msgcount, 0);
	CT_OK(request(server, reply, MACH_MSG_TYPE_MAKE_SEND_ONCE));
	CT_OK(request(server, provisional, MACH_MSG_TYPE_MAKE_SEND));
	CT_OK(request(server, MACH_PORT_NULL, 0));
	CT_OK(ct_recv(server, &m, CT_SOON_MS));
	CT_OK(ct_recv(server, &m, CT_SOON_MS));
	CT_OK(ct_recv(server, &m, CT_SOON_MS));
}

CT_CASE(a_provisional_reply_port_is_a_port_like_any_other)
{
	mach_msg_type_name_t disp;
	mach_port_t p;

	setup();
	p = construct(MPO_PROVISIONAL_REPLY_PORT | MPO_INSERT_SEND_RIGHT, 0);
	ct_send_id(p, 5);
	ct_recv_id(p, 5);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_recv_right(carrier, &disp), p);
	CT_EQ(disp, MACH_MSG_TYPE_PORT_RECEIVE);
}

CT_CASE(strict_reply_is_accepted_and_changes_nothing_by_default)
{
	struct ct_msg m;
	mach_port_t p, reply;

	p = ct_port_send();
	reply = ct_port();
	CT_OK(ct_send(p, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 1, MACH_MSG_STRICT_REPLY, 0));
	CT_OK(ct_send(p, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND), 2, MACH_MSG_STRICT_REPLY, 0));
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_MSG_STRICT_REPLY, 0, sizeof(m), p, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 1);
	CT_OK(mach_port_deallocate(SELF, m.hdr.msgh_remote_port));
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_MSG_STRICT_REPLY, 0, sizeof(m), p, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 2);
}
