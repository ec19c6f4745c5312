/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Queues: limits, blocked and timed-out senders, the pseudo-receive of an
 * unsent message, send-possible notifications, and blocked receivers whose
 * port goes away.
 */

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_time.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

/* Not longer than this may what should happen at once take. */
#define	AT_ONCE_MS	patience(1000)

/* ---- limits ---- */

CT_CASE(a_queue_holds_exactly_its_limit)
{
	static const unsigned limits[] = { 1, 2, 5, 16, 1023, 1024 };
	mach_port_t p;
	unsigned i, k;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		p = ct_port_send();
		ct_qlimit(p, limits[i]);
		for (k = 0; k < limits[i]; k++)
			CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), (int)k,
			    MACH_SEND_TIMEOUT, 0));
		CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 99, MACH_SEND_TIMEOUT,
		    0), MACH_SEND_TIMED_OUT);
		CT_EQ(ct_status(p).mps_msgcount, limits[i]);
		ct_recv_id(p, 0);
		CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), 99, MACH_SEND_TIMEOUT,
		    0));
		CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 99, MACH_SEND_TIMEOUT,
		    0), MACH_SEND_TIMED_OUT);
		CT_OK(mach_port_destroy(SELF, p));
	}
}

CT_CASE(a_queue_limit_of_zero_takes_no_message)
{
	mach_port_t p;

	p = ct_port_send();
	ct_qlimit(p, 0);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 1, MACH_SEND_TIMEOUT, 0),
	    MACH_SEND_TIMED_OUT);
	CT_EQ(ct_status(p).mps_msgcount, 0);
}

CT_CASE(the_default_limit_is_five)
{
	mach_port_t p;
	int i;

	p = ct_port_send();
	for (i = 0; i < 5; i++)
		CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), i, MACH_SEND_TIMEOUT,
		    0));
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), i, MACH_SEND_TIMEOUT, 0),
	    MACH_SEND_TIMED_OUT);
}

CT_CASE(a_lowered_limit_leaves_the_queued_messages)
{
	mach_port_t p;
	int i;

	p = ct_port_send();
	for (i = 0; i < 5; i++)
		ct_send_id(p, i);
	ct_qlimit(p, 2);
	CT_EQ(ct_status(p).mps_msgcount, 5);
	for (i = 0; i < 3; i++) {
		ct_recv_id(p, i);
		CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 9, MACH_SEND_TIMEOUT,
		    0), MACH_SEND_TIMED_OUT);
	}
	ct_recv_id(p, 3);
	CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), 9, MACH_SEND_TIMEOUT, 0));
}

CT_CASE(a_send_once_right_ignores_the_limit)
{
	mach_port_t p, so[20];
	int i;

	p = ct_port_send();
	ct_qlimit(p, 1);
	ct_send_id(p, 0);
	for (i = 0; i < 20; i++)
		so[i] = ct_send_once(p);
	for (i = 0; i < 20; i++)
		CT_OK(ct_send(so[i], 0, REMOTE(MOVE_SEND_ONCE), i + 1,
		    MACH_SEND_TIMEOUT, 0));
	CT_EQ(ct_status(p).mps_msgcount, 21);
	for (i = 0; i <= 20; i++)
		ct_recv_id(p, i);
}

CT_CASE(send_timeout_waits_that_many_milliseconds)
{
	uint64_t start, took;
	mach_port_t p;

	p = ct_port_send();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	start = ct_now_ms();
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 2, MACH_SEND_TIMEOUT, 50),
	    MACH_SEND_TIMED_OUT);
	took = ct_now_ms() - start;
	if (took < 49 || took > patience(1000))
		ct_fail(__FILE__, __LINE__, "50 ms took %llu",
		    (unsigned long long)took);
}

/* ---- pseudo-receive ---- */

CT_CASE(a_timed_out_send_gives_the_rights_back)
{
	struct ct_complex m;
	mach_port_t p, a, b;

	p = ct_port_send();
	a = ct_port_send();
	b = ct_port();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	ct_complex_init(&m, p, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 2, 77);
	m.hdr.msgh_local_port = b;
	ct_port_desc(&m, 0, a, MACH_MSG_TYPE_MOVE_SEND);
	ct_port_desc(&m, 1, b, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_KR(ct_complex_send(&m, MACH_SEND_TIMEOUT, 10),
	    MACH_SEND_TIMED_OUT);
	/*
	 * The buffer looks as if the message had been received by its sender:
	 * the header still says where it should have gone, the rights may
	 * have other names.
	 */
	CT_EQ(m.hdr.msgh_id, 77);
	CT_EQ(m.hdr.msgh_remote_port, p);
	CT_EQ(MACH_MSGH_BITS_REMOTE(m.hdr.msgh_bits), MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_type(m.hdr.msgh_local_port), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(m.d.port[0].name, a);
	CT_EQ(ct_type(a), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_refs(a, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_type(m.d.port[1].name) & MACH_PORT_TYPE_RECEIVE,
	    MACH_PORT_TYPE_RECEIVE);
	/* As documented: such a message is destroyed like a received one. */
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	mach_msg_destroy(&m.hdr);
	CT_EQ(ct_type(a), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(a_timed_out_send_gives_out_of_line_memory_back)
{
	struct ct_complex m;
	vm_address_t mem;
	mach_port_t p;

	p = ct_port_send();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	CT_OK(vm_allocate(SELF, &mem, ct_page(), VM_FLAGS_ANYWHERE));
	strcpy((char *)mem, "still mine");
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 77);
	m.d.ool[0].address = (void *)mem;
	m.d.ool[0].size = (mach_msg_size_t)ct_page();
	m.d.ool[0].deallocate = TRUE;
	m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	CT_KR(ct_complex_send(&m, MACH_SEND_TIMEOUT, 0), MACH_SEND_TIMED_OUT);
	CT_EQ(m.d.ool[0].size, ct_page());
	CT_EQ(strcmp(m.d.ool[0].address, "still mine"), 0);
}

/* ---- blocked senders ---- */

struct sender {
	pthread_t	thread;
	mach_port_t	port, local;
	int		id;
	mach_msg_return_t mr;
	struct ct_gate	*done;
};

static void *
send_blocking(void *arg)
{
	struct sender *s;

	s = arg;
	s->mr = ct_send(s->port, s->local, MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, s->local == MACH_PORT_NULL ? 0 :
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), s->id, 0, 0);
	ct_gate_put(s->done, (uint64_t)(uint32_t)s->id);
	return (NULL);
}

static void
sender_start_local(struct sender *s, mach_port_t port, mach_port_t local,
    int id, struct ct_gate *done)
{

	s->port = port;
	s->local = local;
	s->id = id;
	s->done = done;
	s->mr = -1;
	CT_EQ(pthread_create(&s->thread, NULL, send_blocking, s), 0);
}

static void
sender_start(struct sender *s, mach_port_t port, int id, struct ct_gate *done)
{

	sender_start_local(s, port, MACH_PORT_NULL, id, done);
}

static void
until_they_block(unsigned n)
{

	ct_until_waiting(getpid(), MTH_SEND, n);
}

CT_CASE(a_raised_limit_lets_just_that_many_blocked_senders_go)
{
	struct sender s[8];
	struct ct_gate done;
	struct ct_msg m;
	mach_port_t p;
	int i;

	p = ct_port_send();
	ct_gate_init(&done);
	ct_qlimit(p, 1);
	ct_send_id(p, 100);
	for (i = 0; i < 8; i++)
		sender_start(&s[i], p, i, &done);
	until_they_block(8);
	CT_EQ(ct_status(p).mps_msgcount, 1);
	ct_qlimit(p, 5);
	for (i = 0; i < 4; i++)
		(void)ct_gate_get(&done);
	until_they_block(4);
	CT_EQ(ct_status(p).mps_msgcount, 5);
	/* Each one received lets one more in. */
	ct_recv_id(p, 100);
	for (i = 0; i < 4; i++) {
		(void)ct_gate_get(&done);
		CT_OK(ct_recv(p, &m, CT_SOON_MS));
	}
	for (i = 0; i < 8; i++) {
		CT_EQ(pthread_join(s[i].thread, NULL), 0);
		CT_OK(s[i].mr);
	}
	CT_EQ(ct_status(p).mps_msgcount, 4);
}

CT_CASE(draining_the_queue_lets_blocked_senders_go)
{
	struct sender s[4];
	struct ct_gate done;
	struct ct_msg m;
	mach_port_t p;
	unsigned seen;
	int i;

	p = ct_port_send();
	ct_gate_init(&done);
	ct_qlimit(p, 1);
	ct_send_id(p, 100);
	for (i = 0; i < 4; i++)
		sender_start(&s[i], p, i, &done);
	until_they_block(4);
	ct_recv_id(p, 100);
	seen = 0;
	for (i = 0; i < 4; i++) {
		CT_OK(ct_recv(p, &m, CT_SOON_MS));
		seen |= 1U << m.hdr.msgh_id;
	}
	CT_EQ(seen, 15);
	for (i = 0; i < 4; i++) {
		CT_EQ(pthread_join(s[i].thread, NULL), 0);
		CT_OK(s[i].mr);
	}
}

/*
 * A message to a port that dies is "sent" and destroyed: Darwin's mach_msg
 * returns success to a sender that was already waiting.  INVALID_DEST, which
 * older documents name, is accepted as well.
 */
CT_CASE(destroying_the_port_releases_blocked_senders)
{
	struct sender s[4];
	struct ct_gate done;
	uint64_t start;
	mach_port_t p, reply;
	int i;

	p = ct_port_send();
	reply = ct_port();
	ct_gate_init(&done);
	ct_qlimit(p, 1);
	ct_send_id(p, 100);
	for (i = 0; i < 4; i++)
		sender_start_local(&s[i], p, reply, i, &done);
	until_they_block(4);
	start = ct_now_ms();
	ct_destroy_receive(p);
	/* As if their messages had been in the queue that died. */
	for (i = 0; i < 4; i++) {
		CT_EQ(pthread_join(s[i].thread, NULL), 0);
		CT_OK(s[i].mr);
		(void)ct_notify_recv(reply, MACH_NOTIFY_SEND_ONCE);
	}
	CT_TRUE(ct_now_ms() - start < AT_ONCE_MS);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_DEAD_NAME), 1);
	ct_recv_none(reply);
}

/* What the message of a blocked sender holds is released, and told. */
static void *
send_complex_blocking(void *arg)
{
	struct ct_complex *m = arg;

	CT_OK(ct_complex_send(m, 0, 0));
	return (NULL);
}

CT_CASE(rights_of_a_blocked_sender_are_released_when_the_port_dies)
{
	struct ct_complex m;
	mach_port_t a, b, c, n, p;
	pthread_t t;

	p = ct_port_send();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	a = ct_port_send();
	b = ct_port();
	c = ct_port_send();
	n = ct_port();
	ct_notify_request(a, MACH_NOTIFY_NO_SENDERS, 0, n);
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 3, 9);
	ct_port_desc(&m, 0, a, MACH_MSG_TYPE_MOVE_SEND);
	ct_port_desc(&m, 1, b, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	ct_port_desc(&m, 2, c, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(pthread_create(&t, NULL, send_complex_blocking, &m), 0);
	until_they_block(1);
	ct_recv_none(n);
	CT_EQ(ct_type(c), MACH_PORT_TYPE_SEND);
	ct_destroy_receive(p);
	CT_EQ(pthread_join(t, NULL), 0);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	ct_notify_recv(b, MACH_NOTIFY_SEND_ONCE);
	CT_EQ(ct_type(c), MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(ct_type(a), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(death_of_the_receiving_process_releases_blocked_senders)
{
	struct sender s;
	struct ct_gate done, ready, go;
	mach_port_t p, to;
	pid_t pid;

	p = ct_port_send();
	ct_bequeath(p);
	ct_gate_init(&done);
	ct_gate_init(&ready);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine;

		mine = ct_port();
		ct_qlimit(mine, 1);
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		ct_gate_open(&ready);
		ct_gate_wait(&go);
		_exit(0);
	}
	ct_gate_wait(&ready);
	to = ct_recv_right(p, NULL);
	ct_send_id(to, 1);
	sender_start(&s, to, 2, &done);
	until_they_block(1);
	ct_gate_open(&go);
	CT_EQ(pthread_join(s.thread, NULL), 0);
	CT_OK(s.mr);
	ct_wait(pid);
	CT_EQ(ct_type(to), MACH_PORT_TYPE_DEAD_NAME);
}

/* ---- send possible ---- */

CT_CASE(send_notify_arms_a_send_possible_notification)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n), 0);
	ct_recv_none(n);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 2, MACH_SEND_TIMEOUT |
	    MACH_SEND_NOTIFY, 0), MACH_SEND_TIMED_OUT);
	ct_recv_none(n);
	ct_recv_id(p, 1);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_POSSIBLE), p);
	ct_recv_none(n);
	/* Used up: the next one has to be asked for again. */
	ct_send_id(p, 3);
	ct_recv_id(p, 3);
	ct_recv_none(n);
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n), 0);
	ct_send_id(p, 1);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 2, MACH_SEND_TIMEOUT |
	    MACH_SEND_NOTIFY, 0), MACH_SEND_TIMED_OUT);
	ct_recv_id(p, 1);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_POSSIBLE), p);
}

CT_CASE(a_send_possible_request_that_is_not_armed_does_not_fire_on_drain)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n);
	ct_recv_id(p, 1);
	ct_recv_none(n);
}

CT_CASE(send_possible_with_sync_fires_at_once_when_there_is_room)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 1, n);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_POSSIBLE), p);
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 1, n);
	ct_recv_none(n);
	ct_recv_id(p, 1);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_POSSIBLE), p);
}

CT_CASE(a_send_possible_request_tells_of_death_as_a_dead_name)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n);
	ct_destroy_receive(p);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), p);
	ct_recv_none(n);
}

CT_CASE(a_send_possible_request_tells_of_deletion_as_port_deleted)
{
	mach_port_t p, n, so;

	p = ct_port();
	n = ct_port();
	so = ct_send_once(p);
	ct_notify_request(so, MACH_NOTIFY_SEND_POSSIBLE, 0, n);
	CT_OK(mach_port_deallocate(SELF, so));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), so);
}

CT_CASE(a_raised_limit_makes_sending_possible)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 1, n);
	ct_recv_none(n);
	ct_qlimit(p, 2);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_POSSIBLE), p);
}

/* ---- blocked receivers ---- */

struct receiver {
	pthread_t	thread;
	mach_port_t	name;
	mach_msg_option_t option;
	mach_msg_size_t	size;
	mach_msg_return_t mr;
	int		id;
	mach_port_t	local;
};

static void *
receive_blocking(void *arg)
{
	struct receiver *r;
	struct ct_msg m;

	r = arg;
	memset(&m, 0, sizeof(m));
	r->mr = mach_msg(&m.hdr, MACH_RCV_MSG | r->option, 0, r->size, r->name,
	    0, MACH_PORT_NULL);
	r->id = m.hdr.msgh_id;
	r->local = m.hdr.msgh_local_port;
	return (NULL);
}

static void
receiver_start_size(struct receiver *r, mach_port_t name,
    mach_msg_option_t option, mach_msg_size_t size)
{
	unsigned n;

	r->name = name;
	r->option = option;
	r->size = size;
	n = ct_waiting(getpid(), MTH_RECEIVE);
	CT_EQ(pthread_create(&r->thread, NULL, receive_blocking, r), 0);
	ct_until_waiting(getpid(), MTH_RECEIVE, n + 1);
}

static void
receiver_start(struct receiver *r, mach_port_t name)
{

	receiver_start_size(r, name, MACH_MSG_OPTION_NONE,
	    sizeof(struct ct_msg));
}

static void
receiver_end(struct receiver *r, mach_msg_return_t a, mach_msg_return_t b)
{

	CT_EQ(pthread_join(r->thread, NULL), 0);
	CT_KR2(r->mr, a, b);
}

CT_CASE(a_message_wakes_a_blocked_receiver)
{
	struct receiver r;
	mach_port_t p;

	p = ct_port_send();
	receiver_start(&r, p);
	ct_send_id(p, 42);
	receiver_end(&r, 0, 0);
	CT_EQ(r.id, 42);
	CT_EQ(r.local, p);
}

/*
 * XNU documents PORT_DIED; its code reports the change first.  Both mean: look
 * again, the right is gone.
 */
CT_CASE(destroying_the_receive_right_wakes_a_blocked_receiver)
{
	struct receiver r;
	mach_port_t p;

	p = ct_port();
	receiver_start(&r, p);
	ct_destroy_receive(p);
	receiver_end(&r, MACH_RCV_PORT_DIED, MACH_RCV_PORT_CHANGED);
}

CT_CASE(sending_the_receive_right_away_wakes_a_blocked_receiver)
{
	struct receiver r;
	mach_port_t p, carrier;

	p = ct_port();
	carrier = ct_port();
	receiver_start(&r, p);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	receiver_end(&r, MACH_RCV_PORT_CHANGED, MACH_RCV_PORT_DIED);
}

CT_CASE(destroying_the_set_wakes_a_blocked_receiver)
{
	struct receiver r;
	mach_port_t p, s;

	p = ct_port();
	s = ct_pset();
	CT_OK(mach_port_move_member(SELF, p, s));
	receiver_start(&r, s);
	CT_OK(mach_port_destroy(SELF, s));
	receiver_end(&r, MACH_RCV_PORT_DIED, MACH_RCV_PORT_CHANGED);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

/* Whoever waits, on the member or on the set, gets the message. */
CT_CASE(a_message_too_large_for_one_receiver_of_a_set_goes_to_the_next)
{
	static const mach_msg_size_t sizes[] = { sizeof(mach_msg_header_t),
	    sizeof(mach_msg_header_t), sizeof(struct ct_msg) };
	struct receiver r[3];
	struct ct_msg m;
	mach_port_t p, s;
	int i;

	p = ct_port_send();
	s = ct_pset();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = REMOTE(COPY_SEND);
	m.hdr.msgh_remote_port = p;
	m.hdr.msgh_id = 7;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, sizeof(m.hdr) + 256, 0, 0, 0,
	    0));
	/* In the order in which they wait, one too small after the other. */
	for (i = 0; i < 3; i++)
		receiver_start_size(&r[i], s, MACH_RCV_LARGE, sizes[i]);
	CT_OK(mach_port_move_member(SELF, p, s));
	receiver_end(&r[2], 0, 0);
	CT_EQ(r[2].id, 7);
	/* One more, should they not have waited yet. */
	m.hdr.msgh_remote_port = p;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, sizeof(m.hdr) + 256, 0, 0, 0,
	    0));
	for (i = 0; i < 2; i++)
		receiver_end(&r[i], MACH_RCV_TOO_LARGE, MACH_RCV_TOO_LARGE);
}

CT_CASE(a_receiver_on_a_member_and_one_on_its_set_are_both_found)
{
	struct receiver on_port, on_set;
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	CT_OK(mach_port_move_member(SELF, p, s));
	receiver_start(&on_port, p);
	ct_send_id(p, 1);
	receiver_end(&on_port, 0, 0);
	CT_EQ(on_port.id, 1);
	receiver_start(&on_port, p);
	receiver_start(&on_set, s);
	ct_send_id(p, 2);
	ct_send_id(p, 3);
	receiver_end(&on_port, 0, 0);
	receiver_end(&on_set, 0, 0);
	CT_EQ(on_port.id + on_set.id, 5);
	CT_EQ(on_set.local, p);
}

CT_CASE(a_port_that_joins_a_set_with_messages_wakes_the_sets_receiver)
{
	struct receiver r;
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	ct_send_id(p, 8);
	receiver_start(&r, s);
	CT_OK(mach_port_move_member(SELF, p, s));
	receiver_end(&r, 0, 0);
	CT_EQ(r.id, 8);
}

CT_CASE(a_receiver_blocked_on_the_port_stays_when_it_joins_a_set)
{
	struct receiver r;
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	receiver_start(&r, p);
	CT_OK(mach_port_move_member(SELF, p, s));
	ct_send_id(p, 4);
	/* Older systems woke it with PORT_CHANGED; Darwin delivers. */
	receiver_end(&r, 0, MACH_RCV_PORT_CHANGED);
	if (r.mr != MACH_MSG_SUCCESS)
		ct_recv_id(s, 4);
}

/* A timeout and a message at the same moment: exactly one of them. */
struct racer {
	mach_port_t	port;
	unsigned	rounds;
	unsigned	got, timeouts;
	volatile int	stop;
};

static void *
race_receive(void *arg)
{
	struct racer *r;
	struct ct_msg m;
	mach_msg_return_t mr;

	r = arg;
	for (;;) {
		mr = ct_recv(r->port, &m, 1);
		if (mr == MACH_RCV_TIMED_OUT) {
			r->timeouts++;
			continue;
		}
		CT_OK(mr);
		if (m.hdr.msgh_id == -1)
			return (NULL);
		CT_EQ(m.hdr.msgh_id, r->got);
		r->got++;
	}
}

CT_CASE_TIMEOUT(a_timeout_that_meets_a_message_loses_nothing, 90)
{
	struct racer r;
	struct timespec ts;
	pthread_t t;
	unsigned i;

	memset(&r, 0, sizeof(r));
	r.port = ct_port_send();
	CT_EQ(pthread_create(&t, NULL, race_receive, &r), 0);
	for (i = 0; i < 1000; i++) {
		/* Around the receiver's deadline of one millisecond. */
		ts.tv_sec = 0;
		ts.tv_nsec = 900000 + (i * 7919) % 200000;
		nanosleep(&ts, NULL);
		ct_send_id(r.port, (int)i);
	}
	ct_send_id(r.port, -1);
	CT_EQ(pthread_join(t, NULL), 0);
	CT_EQ(r.got, 1000);
	ct_note("%u timeouts", r.timeouts);
	CT_EQ(ct_status(r.port).mps_msgcount, 0);
}

CT_CASE(every_blocked_receiver_of_a_port_gets_its_message)
{
	struct receiver r[6];
	mach_port_t p;
	int i, sum;

	p = ct_port_send();
	for (i = 0; i < 6; i++)
		receiver_start(&r[i], p);
	for (i = 0; i < 6; i++)
		ct_send_id(p, 1 << i);
	sum = 0;
	for (i = 0; i < 6; i++) {
		receiver_end(&r[i], 0, 0);
		sum |= r[i].id;
	}
	CT_EQ(sum, 63);
}

/* Between the look at the size and the retry another one takes it. */
struct sizer {
	pthread_t	thread;
	mach_port_t	port;
	unsigned	got;
};

static void *
receive_by_size(void *arg)
{
	struct sizer *z;
	mach_msg_header_t *h;
	mach_msg_return_t mr;
	mach_msg_size_t size;
	uint32_t *words;

	z = arg;
	size = sizeof(*h);
	h = malloc(size);
	for (;;) {
		mr = mach_msg(h, MACH_RCV_MSG | MACH_RCV_LARGE, 0, size,
		    z->port, 0, MACH_PORT_NULL);
		if (mr == MACH_RCV_TOO_LARGE) {
			size = h->msgh_size + MAX_TRAILER_SIZE;
			free(h);
			h = malloc(size);
			CT_TRUE(h != NULL);
			continue;
		}
		CT_OK(mr);
		if (h->msgh_id == -1)
			break;
		/* Each message says how long it is at its very end. */
		words = (uint32_t *)(void *)h;
		CT_EQ(words[h->msgh_size / 4 - 1], h->msgh_size);
		z->got++;
		free(h);
		size = sizeof(*h);
		h = malloc(size);
	}
	free(h);
	return (NULL);
}

CT_CASE_TIMEOUT(receivers_that_ask_for_the_size_first_share_a_queue, 60)
{
	struct ct_msg m;
	struct sizer z[4];
	mach_port_t p;
	unsigned i, total;
	mach_msg_size_t size;

	p = ct_port_send();
	ct_qlimit(p, 64);
	for (i = 0; i < 4; i++) {
		z[i].port = p;
		z[i].got = 0;
		CT_EQ(pthread_create(&z[i].thread, NULL, receive_by_size,
		    &z[i]), 0);
	}
	for (i = 0; i < 2000; i++) {
		memset(&m, 0, sizeof(m));
		size = sizeof(m.hdr) + 4 * (1 + i * 7919 % 250);
		m.hdr.msgh_bits = REMOTE(COPY_SEND);
		m.hdr.msgh_remote_port = p;
		m.hdr.msgh_size = size;
		memcpy((char *)&m + size - 4, &size, 4);
		CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, size, 0, MACH_PORT_NULL,
		    0, MACH_PORT_NULL));
	}
	for (i = 0; i < 4; i++)
		ct_send_id(p, -1);
	total = 0;
	for (i = 0; i < 4; i++) {
		CT_EQ(pthread_join(z[i].thread, NULL), 0);
		total += z[i].got;
	}
	CT_EQ(total, 2000);
}

/* Short timeouts and many receivers: nothing lost, nothing twice. */
struct taker {
	pthread_t	thread;
	mach_port_t	port;
	unsigned	seed;
	uint64_t	sum;
	unsigned	got;
};

static void *
take_with_timeouts(void *arg)
{
	struct taker *t;
	struct ct_msg m;
	mach_msg_return_t mr;

	t = arg;
	for (;;) {
		t->seed = t->seed * 1664525 + 1013904223;
		mr = ct_recv(t->port, &m, t->seed >> 30);
		if (mr == MACH_RCV_TIMED_OUT)
			continue;
		CT_OK(mr);
		if (m.hdr.msgh_id == -1)
			return (NULL);
		t->sum += (uint64_t)m.hdr.msgh_id;
		t->got++;
	}
}

CT_CASE_TIMEOUT(receivers_with_short_timeouts_lose_and_double_nothing, 60)
{
	enum { N = 5000 };
	struct taker t[4];
	mach_port_t p, s;
	uint64_t sum;
	unsigned got, i;

	p = ct_port_send();
	s = ct_pset();
	CT_OK(mach_port_move_member(SELF, p, s));
	for (i = 0; i < 4; i++) {
		memset(&t[i], 0, sizeof(t[i]));
		t[i].port = i % 2 == 0 ? p : s;
		t[i].seed = i;
		CT_EQ(pthread_create(&t[i].thread, NULL, take_with_timeouts,
		    &t[i]), 0);
	}
	for (i = 0; i < N; i++)
		ct_send_id(p, (int)i);
	for (i = 0; i < 4; i++)
		ct_send_id(p, -1);
	sum = got = 0;
	for (i = 0; i < 4; i++) {
		CT_EQ(pthread_join(t[i].thread, NULL), 0);
		sum += t[i].sum;
		got += t[i].got;
	}
	CT_EQ(got, N);
	CT_EQ(sum, (uint64_t)N * (N - 1) / 2);
}

/*
 * Messages that nobody receives cost their sender a bounded amount of
 * memory; past it he is refused, with nothing changed, and others are not.
 */
CT_CASE_TIMEOUT(queued_memory_is_limited_for_its_sender_alone, 60)
{
	enum { MIB = 1024 * 1024, MOST = 1024 };
	struct ct_gate full, go;
	struct ct_complex m;
	mach_port_t boot, p, right;
	mach_msg_return_t mr;
	uint8_t *data;
	unsigned first, n;
	pid_t pid;

	data = calloc(1, MIB);
	CT_TRUE(data != NULL);
	boot = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&full);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		right = ct_port_send();
		mr = MACH_MSG_SUCCESS;
		p = MACH_PORT_NULL;
		for (n = first = 0; n < MOST; n++) {
			/* A queue is full before the sender is. */
			if (n % 48 == 0) {
				p = ct_port_send();
				ct_qlimit(p, MACH_PORT_QLIMIT_LARGE);
				first = n;
			}
			ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 1);
			m.d.ool[0].address = data;
			m.d.ool[0].size = MIB;
			m.d.ool[0].copy = MACH_MSG_PHYSICAL_COPY;
			m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
			mr = ct_complex_send(&m, 0, 0);
			if (mr != MACH_MSG_SUCCESS)
				break;
		}
		ct_note("refused after %u MiB: %s", n, ct_code(mr));
		CT_KR2(mr, MACH_SEND_NO_BUFFER, MACH_SEND_INVALID_MEMORY);
		CT_EQ(ct_status(p).mps_msgcount, n - first);
		ct_gate_put(&full, n);
		ct_gate_wait(&go);
		/* What is taken out can be put in again. */
		CT_OK(ct_complex_recv(p, &m, CT_SOON_MS));
		mach_msg_destroy(&m.hdr);
		ct_send_right(p, right, MACH_MSG_TYPE_MOVE_SEND);
		CT_EQ(ct_type(right), MACH_PORT_TYPE_RECEIVE);
		ct_child_exit();
	}
	(void)ct_gate_get(&full);
	/* Another one is not affected. */
	p = ct_port_send();
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 2);
	m.d.ool[0].address = data;
	m.d.ool[0].size = MIB;
	m.d.ool[0].copy = MACH_MSG_PHYSICAL_COPY;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(ct_complex_recv(p, &m, CT_SOON_MS));
	ct_gate_open(&go);
	ct_wait(pid);
	free(data);
}

/* ---- members that come and go under receivers ---- */

CT_CASE(a_member_that_moves_takes_its_messages_along_not_the_receivers)
{
	struct receiver on_a, on_b;
	mach_port_t a, b, p, q;

	p = ct_port_send();
	q = ct_port_send();
	a = ct_pset();
	b = ct_pset();
	CT_OK(mach_port_move_member(SELF, p, a));
	CT_OK(mach_port_move_member(SELF, q, a));
	receiver_start(&on_a, a);
	receiver_start(&on_b, b);
	CT_OK(mach_port_move_member(SELF, p, b));
	ct_send_id(p, 1);
	receiver_end(&on_b, 0, 0);
	CT_EQ(on_b.id, 1);
	CT_EQ(on_b.local, p);
	/* Who waits on the old set waits on for those that stayed. */
	ct_send_id(q, 2);
	receiver_end(&on_a, 0, 0);
	CT_EQ(on_a.id, 2);
	CT_EQ(on_a.local, q);
}

CT_CASE(a_port_that_leaves_all_sets_keeps_a_receiver_of_its_own)
{
	struct receiver on_port, on_set;
	mach_port_t p, s;

	p = ct_port_send();
	s = ct_pset();
	CT_OK(mach_port_move_member(SELF, p, s));
	receiver_start(&on_set, s);
	receiver_start(&on_port, p);
	CT_OK(mach_port_move_member(SELF, p, MACH_PORT_NULL));
	ct_send_id(p, 3);
	receiver_end(&on_port, 0, 0);
	CT_EQ(on_port.id, 3);
	CT_OK(mach_port_mod_refs(SELF, s, MACH_PORT_RIGHT_PORT_SET, -1));
	receiver_end(&on_set, MACH_RCV_PORT_DIED, MACH_RCV_PORT_CHANGED);
}

static atomic_bool moving;

static void *
mover(void *arg)
{
	mach_port_t *names;
	unsigned i;

	names = arg;
	for (i = 0; atomic_load(&moving); i++)
		CT_OK(mach_port_move_member(SELF, names[0], names[1 + i % 2]));
	return (NULL);
}

static void *
set_receiver(void *arg)
{
	struct ct_msg m;
	mach_msg_return_t mr;
	mach_port_t *names;
	uintptr_t n;
	int last;

	names = arg;
	last = 0;
	for (n = 0; atomic_load(&moving); ) {
		mr = ct_recv(*names, &m, 20);
		if (mr == MACH_RCV_TIMED_OUT)
			continue;
		CT_OK(mr);
		CT_TRUE(m.hdr.msgh_id > last);
		last = m.hdr.msgh_id;
		n++;
	}
	return ((void *)n);
}

CT_CASE_TIMEOUT(a_port_moved_between_sets_under_receivers_loses_nothing, 60)
{
	pthread_t move, on[2];
	mach_port_t names[3];
	void *n[2];
	int i;

	names[0] = ct_port_send();
	names[1] = ct_pset();
	names[2] = ct_pset();
	ct_qlimit(names[0], 64);
	atomic_store(&moving, true);
	CT_EQ(pthread_create(&move, NULL, mover, names), 0);
	for (i = 0; i < 2; i++)
		CT_EQ(pthread_create(&on[i], NULL, set_receiver,
		    &names[1 + i]), 0);
	for (i = 1; i <= 3000; i++)
		ct_send_id(names[0], i);
	/* A message that a set would not be told of would stay. */
	while (ct_status(names[0]).mps_msgcount != 0)
		CT_OK(mach_wait_until(mach_absolute_time() + 1000000));
	atomic_store(&moving, false);
	CT_EQ(pthread_join(move, NULL), 0);
	for (i = 0; i < 2; i++)
		CT_EQ(pthread_join(on[i], &n[i]), 0);
	CT_EQ((uintptr_t)n[0] + (uintptr_t)n[1], 3000);
}

CT_CASE(two_that_fill_each_others_queues_time_out)
{
	mach_port_t a, b;
	int i;

	/* What keeps two peers from waiting for each other for ever. */
	a = ct_port_send();
	b = ct_port_send();
	for (i = 0; i < MACH_PORT_QLIMIT_DEFAULT; i++) {
		ct_send_id(a, i);
		ct_send_id(b, i);
	}
	CT_KR(ct_send(a, 0, REMOTE(COPY_SEND), 9, MACH_SEND_TIMEOUT, 10),
	    MACH_SEND_TIMED_OUT);
	CT_KR(ct_send(b, 0, REMOTE(COPY_SEND), 9, MACH_SEND_TIMEOUT, 10),
	    MACH_SEND_TIMED_OUT);
	ct_recv_id(a, 0);
	CT_OK(ct_send(a, 0, REMOTE(COPY_SEND), 9, MACH_SEND_TIMEOUT, 10));
}
