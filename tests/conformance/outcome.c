/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What comes of a message when something is missing: no room for names, no
 * interest in an option, nobody who expects the rights in it; and what a
 * message never becomes, whatever its sender says: the kernel's.
 */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/clock.h>
#include <mach/mach.h>
#include <mach/mach_vm.h>
#include <mach/mig_errors.h>
#include <mach/mk_timer.h>
#include <mach/ndr.h>
#include <mach/semaphore.h>
#include <mach/sync_policy.h>
#include <sys/fileport.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

static mach_port_t carrier, target;

/* ---- a space without room ---- */

/* Dead names until there is no room for another one. */
static void
fill(void)
{
	mach_port_t name;
	kern_return_t kr;

	while ((kr = mach_port_allocate(SELF, MACH_PORT_RIGHT_DEAD_NAME,
	    &name)) == KERN_SUCCESS)
		;
	CT_KR(kr, KERN_NO_SPACE);
}

CT_CASE_TIMEOUT(a_reply_right_without_room_for_its_name_is_a_header_error, 60)
{
	struct ct_msg m;
	mach_port_t p, reply;

	p = ct_port_send();
	reply = ct_port();
	CT_OK(ct_send(p, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 77, 0, 0));
	fill();
	memset(&m, 0x5a, sizeof(m));
	CT_KR(ct_recv(p, &m, CT_SOON_MS),
	    MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_SPACE);
	/* A bare header: where it arrived, and nothing else. */
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr));
	CT_EQ(m.hdr.msgh_remote_port, MACH_PORT_NULL);
	CT_EQ(m.hdr.msgh_local_port, p);
	CT_EQ(m.hdr.msgh_id, 77);
	/* It was destroyed with its rights. */
	CT_EQ(ct_status(p).mps_msgcount, 0);
	CT_EQ(ct_notify_recv(reply, MACH_NOTIFY_SEND_ONCE), 0);
	CT_EQ(ct_status(reply).mps_sorights, 0);
}

CT_CASE_TIMEOUT(a_right_of_the_body_without_room_is_a_body_error, 60)
{
	struct ct_complex m;
	mach_port_t known, p, x;
	char *memory;

	p = ct_port_send();
	known = ct_port_send();
	x = ct_port();
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 2, 78);
	ct_port_desc(&m, 0, x, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	ct_port_desc(&m, 1, known, MACH_MSG_TYPE_COPY_SEND);
	CT_OK(ct_complex_send(&m, 0, 0));
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 79);
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	m.d.ool[0].address = (void *)(uintptr_t)"hallo";
	m.d.ool[0].size = 6;
	CT_OK(ct_complex_send(&m, 0, 0));
	fill();
	CT_KR(ct_complex_recv(p, &m, CT_SOON_MS),
	    MACH_RCV_BODY_ERROR | MACH_MSG_IPC_SPACE);
	CT_EQ(m.hdr.msgh_id, 78);
	CT_EQ(m.body.msgh_descriptor_count, 2);
	CT_EQ(m.d.port[0].name, MACH_PORT_NULL);
	/* What needed no new name is there. */
	CT_EQ(m.d.port[1].name, known);
	CT_EQ(ct_refs(known, MACH_PORT_RIGHT_SEND), 2);
	CT_EQ(ct_notify_recv(x, MACH_NOTIFY_SEND_ONCE), 0);
	/* Memory needs no name. */
	CT_OK(ct_complex_recv(p, &m, CT_SOON_MS));
	memory = m.d.ool[0].address;
	CT_TRUE(strcmp(memory, "hallo") == 0);
}

CT_CASE_TIMEOUT(out_of_line_rights_without_room_read_as_null, 60)
{
	struct ct_complex m;
	mach_port_t known, names[3], p, x, *got;

	p = ct_port_send();
	known = ct_port();
	x = ct_port();
	names[0] = x;
	names[1] = known;
	names[2] = MACH_PORT_DEAD;
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 80);
	m.d.ool_ports[0].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	m.d.ool_ports[0].disposition = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	m.d.ool_ports[0].address = names;
	m.d.ool_ports[0].count = 3;
	CT_OK(ct_complex_send(&m, 0, 0));
	fill();
	CT_KR(ct_complex_recv(p, &m, CT_SOON_MS),
	    MACH_RCV_BODY_ERROR | MACH_MSG_IPC_SPACE);
	CT_EQ(m.d.ool_ports[0].count, 3);
	got = m.d.ool_ports[0].address;
	CT_EQ(got[0], MACH_PORT_NULL);
	CT_EQ(got[1], MACH_PORT_NULL);
	CT_EQ(got[2], MACH_PORT_DEAD);
	CT_EQ(ct_notify_recv(x, MACH_NOTIFY_SEND_ONCE), 0);
	CT_EQ(ct_notify_recv(known, MACH_NOTIFY_SEND_ONCE), 0);
}

CT_CASE_TIMEOUT(a_right_that_cannot_be_given_back_is_said_so, 60)
{
	struct ct_complex m;
	mach_port_t p, x;

	p = ct_port_send();
	ct_qlimit(p, 0);
	x = ct_port();
	fill();
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 81);
	ct_port_desc(&m, 0, x, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	CT_KR(ct_complex_send(&m, MACH_SEND_TIMEOUT, 0),
	    MACH_SEND_TIMED_OUT | MACH_MSG_IPC_SPACE);
	CT_EQ(m.d.port[0].name, MACH_PORT_NULL);
	CT_EQ(m.hdr.msgh_remote_port, p);
	CT_EQ(ct_notify_recv(x, MACH_NOTIFY_SEND_ONCE), 0);
}

CT_CASE_TIMEOUT(calls_that_need_a_name_say_no_space_and_change_nothing, 60)
{
	mach_msg_type_name_t type;
	mach_port_t got, n, p, s;

	p = ct_port_send();
	n = ct_port();
	s = ct_port();
	(void)ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	fill();
	CT_KR(mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &got),
	    KERN_NO_SPACE);
	CT_KR(mach_port_allocate(SELF, MACH_PORT_RIGHT_PORT_SET, &got),
	    KERN_NO_SPACE);
	CT_KR(mach_port_extract_right(SELF, s, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &got, &type), KERN_NO_SPACE);
	CT_EQ(ct_notify_recv(s, MACH_NOTIFY_SEND_ONCE), 0);
	CT_EQ(mach_reply_port(), MACH_PORT_NULL);
	/* A name that is there is no new one. */
	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_COPY_SEND, &got,
	    &type));
	CT_EQ(got, p);
	/* The previous request has no room: it is released. */
	CT_OK(mach_port_request_notification(SELF, p, MACH_NOTIFY_DEAD_NAME, 0,
	    n, MACH_MSG_TYPE_MAKE_SEND_ONCE, &got));
	CT_EQ(got, MACH_PORT_NULL);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_SEND_ONCE), 0);
}

/* ---- options ---- */

CT_CASE(options_without_effect_are_accepted)
{
	static const mach_msg_option_t sends[] = {
		MACH_SEND_OVERRIDE, MACH_SEND_NOIMPORTANCE,
		MACH_SEND_SYNC_OVERRIDE, MACH_SEND_PROPAGATE_QOS,
		MACH_SEND_FILTER_NONFATAL, MACH_SEND_SYNC_BOOTSTRAP_CHECKIN,
		MACH_MSG_STRICT_REPLY, MACH_RCV_GUARDED_DESC,
		MACH_SEND_NOTIFY, MACH_RCV_LARGE, MACH_RCV_VOUCHER,
	};
	static const mach_msg_option_t receives[] = {
		MACH_RCV_VOUCHER, MACH_RCV_GUARDED_DESC, MACH_RCV_SYNC_PEEK,
		MACH_MSG_STRICT_REPLY, MACH_RCV_LARGE, MACH_RCV_LARGE_IDENTITY,
		MACH_SEND_TIMEOUT, MACH_SEND_NOTIFY, MACH_SEND_INTERRUPT,
	};
	struct ct_msg m;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	for (i = 0; i < sizeof(sends) / sizeof(sends[0]); i++) {
		CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), (int)i, sends[i], 0));
		ct_recv_id(p, (int)i);
	}
	for (i = 0; i < sizeof(receives) / sizeof(receives[0]); i++) {
		ct_send_id(p, 100 + (int)i);
		CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    receives[i], 0, sizeof(m), p, CT_SOON_MS, 0));
		CT_EQ(m.hdr.msgh_id, 100 + i);
		CT_EQ(m.hdr.msgh_voucher_port, MACH_PORT_NULL);
	}
}

CT_CASE(no_option_makes_a_message_the_kernels)
{
	static const mach_msg_option_t bits[] = {
		0, MACH_SEND_KERNEL, MACH_SEND_ALWAYS, MACH_SEND_TRAILER,
		MACH_SEND_IMPORTANCE, MACH_SEND_KERNEL | MACH_SEND_TRAILER |
		MACH_SEND_ALWAYS | MACH_SEND_IMPORTANCE,
	};
	struct {
		mach_msg_header_t	 hdr;
		mach_msg_audit_trailer_t t;
		uint8_t			 room[32];
	} m;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	for (i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = REMOTE(COPY_SEND);
		m.hdr.msgh_remote_port = p;
		m.hdr.msgh_id = MACH_NOTIFY_DEAD_NAME;
		/* A trailer of the sender's own is not looked at. */
		m.t.msgh_trailer_size = sizeof(m.t);
		CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG | bits[i], sizeof(m.hdr),
		    0, 0, 0, 0));
		CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0,
		    sizeof(m), p, CT_SOON_MS, 0));
		CT_EQ(m.t.msgh_trailer_size, sizeof(m.t));
		CT_EQ(audit_token_to_pid(m.t.msgh_audit), getpid());
		CT_EQ(m.t.msgh_sender.val[0], geteuid());
		CT_EQ(m.t.msgh_sender.val[1], getegid());
	}
	/* Nor does one lift the limit of the queue. */
	ct_qlimit(p, 0);
	CT_KR(ct_send(p, 0, REMOTE(COPY_SEND), 1, MACH_SEND_ALWAYS |
	    MACH_SEND_KERNEL | MACH_SEND_TIMEOUT, 0), MACH_SEND_TIMED_OUT);
	ct_recv_none(p);
}

/* ---- what was in the memory before ---- */

#define	RESIDUE		0xdedededeu

static union {
	mach_msg_header_t	hdr;
	uint32_t		words[1024];
} residue;

/* Buffers of many sizes come to hold it, and are given back. */
static void
leave_residue(mach_port_t p)
{
	static const mach_msg_size_t sizes[] = { 28, 40, 64, 100, 160, 256,
	    400, 700, 1200, 2400, 4000 };
	unsigned i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(&residue, 0xde, sizeof(residue));
		residue.hdr.msgh_bits = REMOTE(COPY_SEND);
		residue.hdr.msgh_remote_port = p;
		residue.hdr.msgh_local_port = MACH_PORT_NULL;
		CT_OK(mach_msg(&residue.hdr, MACH_SEND_MSG, sizes[i], 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL));
		CT_OK(mach_msg(&residue.hdr, MACH_RCV_MSG, 0,
		    sizeof(residue), p, 0, MACH_PORT_NULL));
	}
}

/* The next message, with all of the trailer: nothing but what belongs there. */
static void
no_residue(mach_port_t p, const char *of)
{
	mach_msg_mac_trailer_t t;
	mach_msg_return_t mr;
	unsigned i, n;

	memset(&residue, 0, sizeof(residue));
	mr = mach_msg(&residue.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AV), 0,
	    sizeof(residue), p, CT_SOON_MS, MACH_PORT_NULL);
	CT_OK(mr);
	n = residue.hdr.msgh_size / 4;
	memcpy(&t, &residue.words[n], sizeof(t));
	CT_EQ(t.msgh_trailer_type, MACH_MSG_TRAILER_FORMAT_0);
	CT_EQ(t.msgh_trailer_size, sizeof(t));
	CT_EQ(t.msgh_context, 0);
	CT_EQ(t.msgh_ad, 0);
	CT_EQ(t.msgh_labels.sender, 0);
	n += sizeof(t) / 4;
	for (i = 0; i < sizeof(residue) / 4; i++) {
		if (residue.words[i] == RESIDUE)
			ct_fail(__FILE__, __LINE__, "%s: word %u is old", of,
			    i);
		if (i >= n)
			CT_EQ(residue.words[i], 0);
	}
}

static void
call_task(mach_msg_id_t id, mach_port_t reply)
{

	CT_OK(ct_send(SELF, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), id, 0, 0));
}

CT_CASE(nothing_old_is_in_messages_and_trailers)
{
	struct ct_complex m;
	struct ct_msg u;
	mach_port_t n, p, q, so, t;
	mach_msg_size_t size;

	p = ct_port_send();
	n = ct_port();
	for (size = sizeof(u.hdr); size < 300; size += 4) {
		leave_residue(p);
		memset(&u, 0, sizeof(u));
		u.hdr.msgh_bits = REMOTE(COPY_SEND);
		u.hdr.msgh_remote_port = p;
		CT_OK(mach_msg(&u.hdr, MACH_SEND_MSG, size, 0, 0, 0, 0));
		no_residue(p, "a message");
	}
	leave_residue(p);
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 2, 1);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MAKE_SEND);
	m.d.port[1].type = MACH_MSG_PORT_DESCRIPTOR;
	m.d.port[1].disposition = MACH_MSG_TYPE_COPY_SEND;
	CT_OK(ct_complex_send(&m, 0, 0));
	no_residue(p, "a complex message");

	/* The kernel's own, of each kind. */
	q = ct_port_send();
	so = ct_send_once(q);
	leave_residue(p);
	CT_OK(mach_port_deallocate(SELF, so));
	no_residue(q, "send-once");
	so = ct_send_once(q);
	ct_notify_request(so, MACH_NOTIFY_DEAD_NAME, 0, n);
	leave_residue(p);
	CT_OK(mach_port_deallocate(SELF, so));
	no_residue(n, "port-deleted");
	ct_recv_id(q, MACH_NOTIFY_SEND_ONCE);
	leave_residue(p);
	ct_notify_request(q, MACH_NOTIFY_SEND_POSSIBLE, 1, n);
	no_residue(n, "send-possible");
	ct_notify_request(q, MACH_NOTIFY_NO_SENDERS, 0, n);
	leave_residue(p);
	CT_OK(mach_port_deallocate(SELF, q));
	no_residue(n, "no-senders");
	ct_make_send(q);
	ct_notify_request(q, MACH_NOTIFY_PORT_DESTROYED, 0, n);
	leave_residue(p);
	ct_destroy_receive(q);
	no_residue(n, "port-destroyed");
	ct_notify_request(q, MACH_NOTIFY_DEAD_NAME, 0, n);
	leave_residue(p);
	ct_destroy_receive(q);
	no_residue(n, "dead-name");
	t = mk_timer_create();
	leave_residue(p);
	CT_OK(mk_timer_arm(t, 1));
	no_residue(t, "timer");
	/* Answers of kernel objects: a code, an array of memory, a right. */
	leave_residue(p);
	call_task(1, n);
	no_residue(n, "an error");
	leave_residue(p);
	call_task(3200, n);		/* mach_port_names */
	no_residue(n, "mach_port_names");
	leave_residue(p);
	call_task(3404, n);		/* mach_ports_lookup */
	no_residue(n, "mach_ports_lookup");
}

/* ---- kernel objects ---- */

CT_CASE(rights_a_kernel_object_did_not_expect_are_destroyed)
{
	static const mach_msg_id_t ids[] = { 0, 1, 0x7ffffff0, -1,
	    MACH_NOTIFY_DEAD_NAME, MACH_NOTIFY_SEND_ONCE };
	struct ct_complex m;
	mach_port_t n, p, reply, sent, x;
	mig_reply_error_t *answer;
	unsigned i, names;

	reply = ct_port();
	n = ct_port();
	x = ct_port();
	names = ct_names();
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		sent = ct_port_send();
		p = ct_port();
		ct_make_send(p);
		(void)ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
		ct_complex_init(&m, SELF, MACH_MSGH_BITS(
		    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE), 3,
		    ids[i]);
		m.hdr.msgh_local_port = reply;
		ct_port_desc(&m, 0, sent, MACH_MSG_TYPE_MOVE_RECEIVE);
		ct_port_desc(&m, 1, p, MACH_MSG_TYPE_MOVE_SEND);
		ct_port_desc(&m, 2, x, MACH_MSG_TYPE_MAKE_SEND_ONCE);
		CT_OK(ct_complex_send(&m, 0, 0));
		CT_EQ(ct_notify_recv(x, MACH_NOTIFY_SEND_ONCE), 0);
		(void)ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS);
		CT_EQ(ct_type(sent), MACH_PORT_TYPE_DEAD_NAME);
		CT_OK(ct_complex_recv(reply, &m, CT_SOON_MS));
		answer = (void *)&m;
		CT_EQ((uint32_t)answer->Head.msgh_id, (uint32_t)ids[i] + 100);
		CT_NE(answer->RetCode, KERN_SUCCESS);
		CT_OK(mach_port_deallocate(SELF, sent));
		ct_destroy_receive(p);
	}
	CT_EQ(ct_names(), names);
}

/* ---- several threads ---- */

static mach_port_t shared;
static unsigned long received[4];

/* Ask for the size, then come with room for it: another may be quicker. */
static void *
peek_and_receive(void *arg)
{
	union {
		mach_msg_header_t hdr;
		uint8_t		 bytes[2048];
	} m;
	mach_msg_return_t mr;
	mach_msg_size_t size;
	unsigned long *count;

	count = arg;
	for (;;) {
		mr = mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_LARGE |
		    MACH_RCV_TIMEOUT, 0, sizeof(m.hdr), shared, 1000, 0);
		if (mr == MACH_RCV_TIMED_OUT)
			return (NULL);
		CT_KR(mr, MACH_RCV_TOO_LARGE);
		size = m.hdr.msgh_size;
		CT_TRUE(size >= sizeof(m.hdr) && size <= 1000);
		memset(&m, 0xee, sizeof(m));
		mr = mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_LARGE |
		    MACH_RCV_TIMEOUT, 0, size + 8, shared, 0, 0);
		CT_EQ(m.bytes[size + 8], 0xee);
		if (mr == MACH_RCV_TOO_LARGE || mr == MACH_RCV_TIMED_OUT)
			continue;
		CT_OK(mr);
		CT_TRUE(m.hdr.msgh_size <= size);
		CT_EQ(m.hdr.msgh_id, (int)m.hdr.msgh_size);
		if (m.hdr.msgh_size == sizeof(m.hdr) + 4)
			return (NULL);		/* the end, one for each */
		(*count)++;
	}
}

CT_CASE_TIMEOUT(receivers_that_ask_for_the_size_first_share_a_queue, 60)
{
	pthread_t threads[4];
	union {
		mach_msg_header_t hdr;
		uint8_t		 bytes[1000];
	} m;
	unsigned long i, sum;
	mach_msg_size_t size;

	shared = ct_port_send();
	for (i = 0; i < 4; i++)
		CT_EQ(pthread_create(&threads[i], NULL, peek_and_receive,
		    &received[i]), 0);
	for (i = 0; i < 1004; i++) {
		memset(&m, 0, sizeof(m));
		size = i < 1000 ? (mach_msg_size_t)(32 + (i * 4) % 900) : 28;
		m.hdr.msgh_bits = REMOTE(COPY_SEND);
		m.hdr.msgh_remote_port = shared;
		m.hdr.msgh_id = (int)size;
		CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, size, 0, 0, 0, 0));
	}
	sum = 0;
	for (i = 0; i < 4; i++) {
		CT_EQ(pthread_join(threads[i], NULL), 0);
		sum += received[i];
	}
	CT_EQ(sum, 1000);
}

static mach_port_t choices[4];

static void *
swap_specials(void *arg)
{
	unsigned i;

	(void)arg;
	for (i = 0; i < 2000; i++)
		CT_OK(task_set_special_port(SELF, TASK_ACCESS_PORT,
		    choices[i % 4]));
	return (NULL);
}

static void *
get_specials(void *arg)
{
	mach_port_t p;
	unsigned i;

	(void)arg;
	for (i = 0; i < 2000; i++) {
		CT_OK(task_get_special_port(SELF, TASK_ACCESS_PORT, &p));
		CT_TRUE(p == choices[0] || p == choices[1] || p == choices[2] ||
		    p == choices[3]);
		if (p != MACH_PORT_NULL)
			CT_OK(mach_port_deallocate(SELF, p));
	}
	return (NULL);
}

CT_CASE_TIMEOUT(special_ports_are_replaced_and_read_at_once_without_loss, 60)
{
	pthread_t threads[4];
	mach_port_t n[3];
	unsigned i;

	for (i = 0; i < 3; i++) {
		choices[i] = ct_port_send();
		n[i] = ct_port();
	}
	choices[3] = MACH_PORT_NULL;
	for (i = 0; i < 4; i++)
		CT_EQ(pthread_create(&threads[i], NULL, i < 2 ? swap_specials :
		    get_specials, NULL), 0);
	for (i = 0; i < 4; i++)
		CT_EQ(pthread_join(threads[i], NULL), 0);
	CT_OK(task_set_special_port(SELF, TASK_ACCESS_PORT, MACH_PORT_NULL));
	/* Each right was released once: nobody is left but the name here. */
	for (i = 0; i < 3; i++) {
		mach_port_rights_t srights;

		CT_EQ(ct_refs(choices[i], MACH_PORT_RIGHT_SEND), 1);
		CT_OK(mach_port_get_srights(SELF, choices[i], &srights));
		CT_EQ(srights, 1);
		(void)ct_notify_request(choices[i], MACH_NOTIFY_NO_SENDERS, 0,
		    n[i]);
		CT_OK(mach_port_deallocate(SELF, choices[i]));
		CT_EQ(ct_notify_recv(n[i], MACH_NOTIFY_NO_SENDERS), 1);
		ct_recv_none(n[i]);
	}
}

/* ---- roles ---- */

enum role { TASK, NAME, THREAD, HOST, CLOCK, SEMAPHORE, FILEPORT, TIMER,
	REPLY, PLAIN, ROLES };

#define	OF(role)	(1u << (role))

static mach_port_t
port_of(enum role role)
{
	mach_port_options_t options;
	mach_port_t p;
	int fds[2];

	switch (role) {
	case TASK:
		return (mach_task_self());
	case NAME:
		CT_OK(task_name_for_pid(SELF, getpid(), &p));
		return (p);
	case THREAD:
		return (mach_thread_self());
	case HOST:
		return (mach_host_self());
	case CLOCK:
		CT_OK(host_get_clock_service(mach_host_self(), SYSTEM_CLOCK,
		    &p));
		return (p);
	case SEMAPHORE:
		CT_OK(semaphore_create(SELF, &p, SYNC_POLICY_FIFO, 0));
		return (p);
	case FILEPORT:
		CT_POSIX(pipe(fds));
		CT_EQ(fileport_makeport(fds[0], &p), 0);
		return (p);
	case TIMER:
		p = mk_timer_create();
		CT_NE(p, MACH_PORT_NULL);
		ct_make_send(p);
		return (p);
	case REPLY:
		memset(&options, 0, sizeof(options));
		options.flags = MPO_REPLY_PORT;
		CT_OK(mach_port_construct(SELF, &options, 0, &p));
		return (p);
	default:
		return (ct_port_send());
	}
}

/* Does the call take the port for one of its kind? */
static bool
try_call(unsigned call, mach_port_t p, unsigned *takes)
{
	integer_t words[64];
	mach_msg_type_number_t n;
	mach_port_name_array_t names;
	mach_port_t got;
	mach_port_type_array_t types;
	mach_timespec_t now;
	mach_vm_address_t address;
	int pid;

	n = 64;
	address = 0;
	got = MACH_PORT_NULL;
	switch (call) {
	case 0:
		*takes = OF(SEMAPHORE);
		return (semaphore_signal(p) == KERN_SUCCESS);
	case 1:
		*takes = OF(SEMAPHORE);
		return (semaphore_signal_all(p) == KERN_SUCCESS);
	case 2:
		*takes = OF(CLOCK);
		return (clock_get_time(p, &now) == KERN_SUCCESS);
	case 3:
		*takes = OF(HOST);
		return (host_info(p, HOST_BASIC_INFO, words, &n) ==
		    KERN_SUCCESS);
	case 4:
		*takes = OF(HOST);
		return (host_get_clock_service(p, SYSTEM_CLOCK, &got) ==
		    KERN_SUCCESS);
	case 5:
		*takes = OF(TASK) | OF(NAME);
		return (pid_for_task(p, &pid) == KERN_SUCCESS);
	case 6:
		*takes = OF(TASK) | OF(NAME);
		return (task_info(p, TASK_AUDIT_TOKEN, (task_info_t)words,
		    &n) == KERN_SUCCESS);
	case 7:
		*takes = OF(TASK);
		return (task_get_special_port(p, TASK_BOOTSTRAP_PORT, &got) ==
		    KERN_SUCCESS);
	case 8:
		*takes = OF(THREAD);
		return (thread_get_special_port(p, THREAD_KERNEL_PORT, &got)
		    == KERN_SUCCESS);
	case 9:
		*takes = OF(TASK);
		if (mach_port_names(p, &names, &n, &types, &n) !=
		    KERN_SUCCESS)
			return (false);
		CT_OK(vm_deallocate(SELF, (vm_address_t)names,
		    n * sizeof(*names)));
		CT_OK(vm_deallocate(SELF, (vm_address_t)types,
		    n * sizeof(*types)));
		return (true);
	case 10:
		*takes = OF(TASK);
		if (mach_vm_allocate(p, &address, 1, VM_FLAGS_ANYWHERE) !=
		    KERN_SUCCESS)
			return (false);
		CT_OK(mach_vm_deallocate(SELF, address, 1));
		return (true);
	case 11:
		*takes = OF(TASK);
		if (semaphore_create(p, &got, SYNC_POLICY_FIFO, 0) !=
		    KERN_SUCCESS)
			return (false);
		CT_OK(semaphore_destroy(SELF, got));
		return (true);
	case 12:
		*takes = OF(FILEPORT);
		pid = fileport_makefd(p);
		if (pid == -1)
			return (false);
		CT_POSIX(close(pid));
		return (true);
	case 13:
		*takes = OF(TIMER);
		return (mk_timer_arm(p, UINT64_MAX) == KERN_SUCCESS);
	case 14:
		*takes = OF(TIMER);
		return (mk_timer_cancel(p, NULL) == KERN_SUCCESS);
	case 15:
		/* What a task receives from. */
		*takes = OF(TIMER) | OF(REPLY) | OF(PLAIN);
		if (mach_port_insert_member(SELF, p, carrier) !=
		    KERN_SUCCESS)
			return (false);
		CT_OK(mach_port_extract_member(SELF, p, carrier));
		return (true);
	case 16:
		*takes = OF(TIMER) | OF(REPLY) | OF(PLAIN);
		return (mach_port_set_mscount(SELF, p, 0) == KERN_SUCCESS);
	case 17:
		*takes = OF(PLAIN);
		if (mach_port_request_notification(SELF, p,
		    MACH_NOTIFY_PORT_DESTROYED, 0, p,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE, &got) != KERN_SUCCESS)
			return (false);
		CT_OK(mach_port_request_notification(SELF, p,
		    MACH_NOTIFY_PORT_DESTROYED, 0, MACH_PORT_NULL,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE, &got));
		CT_OK(mach_port_deallocate(SELF, got));
		ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
		return (true);
	default:
		/* As where notifications go. */
		*takes = OF(TIMER) | OF(PLAIN);
		if (mach_port_request_notification(SELF, target,
		    MACH_NOTIFY_NO_SENDERS, 0, p,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE, &got) != KERN_SUCCESS)
			return (false);
		CT_OK(mach_port_request_notification(SELF, target,
		    MACH_NOTIFY_NO_SENDERS, 0, MACH_PORT_NULL,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE, &got));
		CT_OK(mach_port_deallocate(SELF, got));
		ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
		return (true);
	}
}

CT_CASE(a_port_in_one_role_is_refused_by_the_calls_of_the_others)
{
	enum role role;
	mach_port_t p;
	mach_port_type_t type;
	mach_port_urefs_t refs;
	unsigned call, takes;
	bool ok;

	carrier = ct_pset();
	target = ct_port_send();
	for (role = 0; role < ROLES; role++) {
		p = port_of(role);
		type = ct_type(p);
		refs = ct_refs(p, MACH_PORT_RIGHT_SEND);
		for (call = 0; call < 19; call++) {
			ok = try_call(call, p, &takes);
			if (ok != ((takes & OF(role)) != 0))
				ct_fail(__FILE__, __LINE__,
				    "call %u %s a port of role %d", call,
				    ok ? "takes" : "refuses", role);
			CT_EQ(ct_type(p), type);
			/* Calls that give rights to the host add to them. */
			if (role != HOST && role != TASK && role != THREAD)
				CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND),
				    refs);
		}
	}
}
