/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_msg2: the packed form of mach_msg, vectors of buffers, auxiliary data,
 * and what a sender expects of the destination.
 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

#define	QUEUE	MACH64_SEND_MQ_CALL

struct aux {
	mach_msg_aux_header_t	hdr;
	char			text[56];
};

struct note {
	mach_msg_header_t	hdr;
	uint32_t		data[2];
};

static mach_msg_header_t
header(mach_port_t remote, mach_msg_id_t id)
{
	mach_msg_header_t h;

	memset(&h, 0, sizeof(h));
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	h.msgh_remote_port = remote;
	h.msgh_id = id;
	return (h);
}

static mach_msg_return_t
send_scalar(mach_port_t p, mach_msg_id_t id)
{
	struct note n;

	memset(&n, 0xff, sizeof(n));
	n.data[0] = n.data[1] = (uint32_t)id;
	return (mach_msg2(&n, MACH64_SEND_MSG | QUEUE, header(p, id),
	    sizeof(n), 0, MACH_PORT_NULL, 0, 0));
}

/* `vectors` of them are passed; of the second, `size` bytes. */
static mach_msg_return_t
send_vector(mach_port_t p, mach_msg_id_t id, unsigned vectors, uint32_t size)
{
	mach_msg_vector_t vec[2];
	struct note n;
	uint8_t big[4096];
	struct aux aux;

	memset(&n, 0xff, sizeof(n));
	n.data[0] = n.data[1] = (uint32_t)id;
	memset(vec, 0, sizeof(vec));
	memset(big, 'b', sizeof(big));
	memset(&aux, 'a', sizeof(aux));
	memcpy(big, &aux, sizeof(aux));
	vec[0].msgv_data = (uintptr_t)&n;
	vec[0].msgv_send_size = sizeof(n);
	vec[1].msgv_data = (uintptr_t)big;
	vec[1].msgv_send_size = size;
	return (mach_msg2(vec, MACH64_SEND_MSG | MACH64_MSG_VECTOR | QUEUE,
	    header(p, id), vectors, 0, MACH_PORT_NULL, 0, 0));
}

static mach_msg_return_t
recv_vector(mach_port_t p, struct ct_msg *m, struct aux *aux, unsigned vectors,
    mach_msg_option64_t option)
{
	mach_msg_vector_t vec[2];

	memset(m, 0x5a, sizeof(*m));
	memset(aux, 0x5a, sizeof(*aux));
	memset(vec, 0, sizeof(vec));
	vec[0].msgv_data = (uintptr_t)m;
	vec[0].msgv_rcv_size = sizeof(*m);
	vec[1].msgv_rcv_addr = (uintptr_t)aux;
	vec[1].msgv_rcv_size = sizeof(*aux);
	return (mach_msg2(vec, MACH64_RCV_MSG | MACH64_MSG_VECTOR |
	    MACH64_RCV_TIMEOUT | option, MACH_MSG_HEADER_EMPTY, 0, vectors, p,
	    CT_SOON_MS, 0));
}

CT_CASE(the_header_is_taken_from_the_arguments_not_from_memory)
{
	struct note n;
	struct ct_msg m;
	mach_port_t p, reply;
	mach_msg_header_t h;

	p = ct_port_send();
	reply = ct_port();
	memset(&n, 0xff, sizeof(n));
	n.data[0] = 1;
	n.data[1] = 2;
	h = header(p, -5);
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	h.msgh_local_port = reply;
	CT_OK(mach_msg2(&n, MACH64_SEND_MSG | QUEUE, h, sizeof(n), 0,
	    MACH_PORT_NULL, 0, 0));
	/* The buffer was only read. */
	CT_EQ(n.hdr.msgh_bits, 0xffffffff);
	CT_EQ(n.hdr.msgh_id, -1);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, -5);
	CT_EQ(m.hdr.msgh_size, sizeof(n));
	CT_EQ(m.hdr.msgh_local_port, p);
	CT_EQ(ct_type(m.hdr.msgh_remote_port), MACH_PORT_TYPE_SEND_ONCE);
	CT_TRUE(memcmp(m.body, n.data, sizeof(n.data)) == 0);
}

CT_CASE(the_descriptor_count_is_taken_from_the_arguments)
{
	struct ct_complex m;
	mach_port_t p, got;
	mach_msg_header_t h;
	mach_msg_size_t size;

	p = ct_port_send();
	ct_complex_init(&m, p, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    9);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	size = sizeof(m.hdr) + sizeof(m.body) + sizeof(m.d.port[0]);
	h = m.hdr;
	CT_OK(mach_msg2_internal(&m, MACH64_SEND_MSG | QUEUE,
	    (uint64_t)size << 32 | h.msgh_bits, h.msgh_remote_port,
	    (uint64_t)9 << 32, 1, 0, 0));
	CT_OK(ct_complex_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 9);
	CT_EQ(m.body.msgh_descriptor_count, 1);
	got = m.d.port[0].name;
	CT_EQ(ct_type(got), MACH_PORT_TYPE_SEND_ONCE);
	/* In memory there is one; the argument says two. */
	ct_complex_init(&m, p, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    9);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	CT_KR(mach_msg2_internal(&m, MACH64_SEND_MSG | QUEUE,
	    (uint64_t)size << 32 | h.msgh_bits, h.msgh_remote_port,
	    (uint64_t)9 << 32, 2, 0, 0), MACH_SEND_MSG_TOO_SMALL);
	/* A simple message has none, whatever it says. */
	CT_OK(mach_msg2_internal(&m, MACH64_SEND_MSG | QUEUE,
	    (uint64_t)size << 32 | MACH_MSG_TYPE_COPY_SEND,
	    h.msgh_remote_port, (uint64_t)10 << 32, 7, 0, 0));
	CT_OK(ct_complex_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX, 0);
}

CT_CASE(a_send_says_exactly_one_thing_about_its_destination)
{
	static const mach_msg_option64_t all[] = {
		MACH64_SEND_KOBJECT_CALL, MACH64_SEND_MQ_CALL, MACH64_SEND_ANY,
		MACH64_SEND_DK_CALL,
	};
	struct note n;
	mach_port_t p;
	unsigned i, j;

	p = ct_port_send();
	memset(&n, 0, sizeof(n));
	CT_KR(mach_msg2(&n, MACH64_SEND_MSG, header(p, 1), sizeof(n), 0, 0, 0,
	    0), MACH_SEND_INVALID_OPTIONS);
	for (i = 0; i < 4; i++)
		for (j = 0; j < i; j++)
			CT_KR(mach_msg2(&n, MACH64_SEND_MSG | all[i] | all[j],
			    header(p, 1), sizeof(n), 0, 0, 0, 0),
			    MACH_SEND_INVALID_OPTIONS);
	/* A queue is no kernel object. */
	CT_KR(mach_msg2(&n, MACH64_SEND_MSG | MACH64_SEND_KOBJECT_CALL,
	    header(p, 1), sizeof(n), 0, 0, 0, 0), MACH_SEND_INVALID_OPTIONS);
	CT_KR(mach_msg2(&n, MACH64_SEND_MSG | MACH64_SEND_DK_CALL,
	    header(p, 1), sizeof(n), 0, 0, 0, 0), MACH_SEND_INVALID_OPTIONS);
	ct_recv_none(p);
	CT_OK(mach_msg2(&n, MACH64_SEND_MSG | MACH64_SEND_ANY, header(p, 3),
	    sizeof(n), 0, 0, 0, 0));
	ct_recv_id(p, 3);
}

CT_CASE(a_kernel_object_is_called_as_one_and_answers_in_the_same_call)
{
	struct ct_msg m;
	mach_msg_header_t h;
	mach_port_t reply;

	reply = ct_port();
	h = header(SELF, 1);
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	h.msgh_local_port = reply;
	memset(&m, 0, sizeof(m));
	CT_KR(mach_msg2(&m, MACH64_SEND_MSG | QUEUE, h, sizeof(h), 0, 0, 0, 0),
	    MACH_SEND_INVALID_OPTIONS);
	/* Who wants an answer receives it. */
	CT_KR(mach_msg2(&m, MACH64_SEND_MSG | MACH64_SEND_KOBJECT_CALL, h,
	    sizeof(h), 0, 0, 0, 0), MACH_SEND_INVALID_OPTIONS);
	ct_recv_none(reply);
	CT_EQ(ct_status(reply).mps_sorights, 0);
	CT_OK(mach_msg2(&m, MACH64_SEND_MSG | MACH64_RCV_MSG |
	    MACH64_RCV_TIMEOUT | MACH64_SEND_KOBJECT_CALL, h, sizeof(h),
	    sizeof(m), reply, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 101);
}

CT_CASE(auxiliary_data_arrives_beside_the_message)
{
	struct ct_msg m;
	struct aux aux;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	CT_OK(send_vector(p, 4, 2, sizeof(aux)));
	CT_OK(recv_vector(p, &m, &aux, 2, 0));
	CT_EQ(m.hdr.msgh_id, 4);
	CT_EQ(m.hdr.msgh_size, sizeof(struct note));
	CT_EQ(aux.hdr.msgdh_size, sizeof(aux));
	CT_EQ(aux.hdr.msgdh_reserved, 0);
	for (i = 0; i < sizeof(aux.text); i++)
		CT_EQ(aux.text[i], 'a');
	/* A header alone is auxiliary data, too. */
	CT_OK(send_vector(p, 5, 2, sizeof(aux.hdr)));
	CT_OK(recv_vector(p, &m, &aux, 2, 0));
	CT_EQ(aux.hdr.msgdh_size, sizeof(aux.hdr));
	CT_EQ(aux.text[0], 0x5a);
}

CT_CASE(without_auxiliary_data_its_buffer_gets_an_empty_header)
{
	struct ct_msg m;
	struct aux aux;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(send_vector(p, 1, 1, 999));
	CT_OK(send_vector(p, 2, 2, 0));
	CT_OK(send_scalar(p, 3));
	ct_send_id(p, 4);
	for (int i = 1; i <= 4; i++) {
		CT_OK(recv_vector(p, &m, &aux, 2, 0));
		CT_EQ(m.hdr.msgh_id, i);
		CT_EQ(aux.hdr.msgdh_size, 0);
		CT_EQ(aux.text[0], 0x5a);
	}
}

CT_CASE(auxiliary_data_is_dropped_for_receivers_without_vectors)
{
	struct ct_msg m;
	struct aux aux;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(send_vector(p, 1, 2, sizeof(aux)));
	CT_OK(send_vector(p, 2, 2, sizeof(aux)));
	ct_recv_id(p, 1);
	CT_OK(mach_msg2(&m, MACH64_RCV_MSG | MACH64_RCV_TIMEOUT,
	    MACH_MSG_HEADER_EMPTY, 0, sizeof(m), p, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 2);
}

CT_CASE(a_vector_receiver_without_room_for_auxiliary_data_is_too_large)
{
	struct ct_msg m;
	struct aux aux;
	mach_port_t p;

	p = ct_port_send();
	/* Kept. */
	CT_OK(send_vector(p, 1, 2, sizeof(aux) + 4));
	CT_KR(recv_vector(p, &m, &aux, 2, MACH64_RCV_LARGE),
	    MACH_RCV_TOO_LARGE);
	CT_EQ(m.hdr.msgh_size, sizeof(struct note));
	CT_EQ(aux.hdr.msgdh_size, sizeof(aux) + 4);
	CT_EQ(ct_status(p).mps_msgcount, 1);
	CT_KR(recv_vector(p, &m, &aux, 1, MACH64_RCV_LARGE),
	    MACH_RCV_TOO_LARGE);
	CT_EQ(ct_status(p).mps_msgcount, 1);
	/* Destroyed. */
	CT_KR(recv_vector(p, &m, &aux, 2, 0), MACH_RCV_TOO_LARGE);
	CT_EQ(aux.hdr.msgdh_size, 0);
	CT_EQ(ct_status(p).mps_msgcount, 0);
}

CT_CASE(auxiliary_data_of_a_wrong_size_is_refused)
{
	mach_msg_vector_t vec[2];
	struct note n;
	mach_port_t p;

	p = ct_port_send();
	CT_KR(send_vector(p, 1, 2, 4), MACH_SEND_AUX_TOO_SMALL);
	CT_KR(send_vector(p, 1, 2, 7), MACH_SEND_AUX_TOO_SMALL);
	CT_KR(send_vector(p, 1, 2, 1025), MACH_SEND_AUX_TOO_LARGE);
	CT_KR(send_vector(p, 1, 0, 0), MACH_SEND_MSG_TOO_SMALL);
	CT_KR(send_vector(p, 1, 3, 0), MACH_SEND_INVALID_DATA);
	memset(vec, 0, sizeof(vec));
	vec[0].msgv_data = (uintptr_t)&n;
	vec[0].msgv_send_size = sizeof(n);
	vec[1].msgv_send_size = 16;
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_MSG_VECTOR | QUEUE,
	    header(p, 1), 2, 0, 0, 0, 0), MACH_SEND_INVALID_DATA);
	vec[1].msgv_data = 4;
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_MSG_VECTOR | QUEUE,
	    header(p, 1), 2, 0, 0, 0, 0), MACH_SEND_INVALID_DATA);
	CT_KR(mach_msg2((void *)(uintptr_t)4, MACH64_SEND_MSG |
	    MACH64_MSG_VECTOR | QUEUE, header(p, 1), 2, 0, 0, 0, 0),
	    MACH_SEND_INVALID_DATA);
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_MSG_VECTOR |
	    MACH64_SEND_KOBJECT_CALL, header(p, 1), 1, 0, 0, 0, 0),
	    MACH_SEND_INVALID_OPTIONS);
	ct_recv_none(p);
	CT_OK(send_vector(p, 1, 2, 1024));
	ct_recv_id(p, 1);
}

CT_CASE(bad_receive_vectors_do_not_keep_the_message_from_being_sent)
{
	mach_msg_vector_t vec[2];
	struct note n;
	struct ct_msg m;
	struct aux aux;
	mach_port_t p;

	p = ct_port_send();
	memset(&n, 0, sizeof(n));
	memset(vec, 0, sizeof(vec));
	vec[0].msgv_data = (uintptr_t)&n;
	vec[0].msgv_send_size = sizeof(n);
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_RCV_MSG |
	    MACH64_MSG_VECTOR | QUEUE, header(p, 1), 1, 0, p, 0, 0),
	    MACH_RCV_INVALID_ARGUMENTS);
	vec[1].msgv_data = (uintptr_t)&aux;
	vec[1].msgv_rcv_size = 4;
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_RCV_MSG |
	    MACH64_MSG_VECTOR | QUEUE, header(p, 2), 1, 2, p, 0, 0),
	    MACH_RCV_INVALID_ARGUMENTS);
	vec[1].msgv_data = 0;
	vec[1].msgv_rcv_size = sizeof(aux);
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_RCV_MSG |
	    MACH64_MSG_VECTOR | QUEUE, header(p, 3), 1, 2, p, 0, 0),
	    MACH_RCV_INVALID_ARGUMENTS);
	CT_EQ(ct_status(p).mps_msgcount, 3);
	CT_KR(recv_vector(p, &m, &aux, 0, 0), MACH_RCV_INVALID_ARGUMENTS);
	CT_KR(recv_vector(p, &m, &aux, 3, 0), MACH_RCV_INVALID_ARGUMENTS);
	CT_EQ(ct_status(p).mps_msgcount, 3);
	ct_recv_id(p, 1);
	ct_recv_id(p, 2);
	ct_recv_id(p, 3);
}

CT_CASE(a_vector_has_a_receive_buffer_of_its_own)
{
	mach_msg_vector_t vec;
	struct note n;
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	memset(&n, 0x11, sizeof(n));
	memset(&m, 0, sizeof(m));
	memset(&vec, 0, sizeof(vec));
	vec.msgv_data = (uintptr_t)&n;
	vec.msgv_send_size = sizeof(n);
	vec.msgv_rcv_addr = (uintptr_t)&m;
	vec.msgv_rcv_size = sizeof(m);
	CT_OK(mach_msg2(&vec, MACH64_SEND_MSG | MACH64_RCV_MSG |
	    MACH64_RCV_TIMEOUT | MACH64_MSG_VECTOR | QUEUE, header(p, 8), 1, 1,
	    p, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 8);
	CT_EQ(n.hdr.msgh_id, 0x11111111);
}

CT_CASE(a_vector_message_that_cannot_be_sent_comes_back)
{
	struct ct_complex c;
	mach_msg_vector_t vec[2];
	struct aux aux;
	mach_port_t p, r;

	p = ct_port_send();
	ct_qlimit(p, 0);
	r = ct_port_send();
	memset(&aux, 'x', sizeof(aux));
	ct_complex_init(&c, p, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    9);
	ct_port_desc(&c, 0, r, MACH_MSG_TYPE_MOVE_SEND);
	memset(vec, 0, sizeof(vec));
	vec[0].msgv_data = (uintptr_t)&c;
	vec[0].msgv_send_size = sizeof(c.hdr) + sizeof(c.body) +
	    sizeof(c.d.port[0]);
	vec[1].msgv_data = (uintptr_t)&aux;
	vec[1].msgv_send_size = sizeof(aux);
	CT_KR(mach_msg2(vec, MACH64_SEND_MSG | MACH64_SEND_TIMEOUT |
	    MACH64_MSG_VECTOR | QUEUE, c.hdr, 2, 0, 0, 0, 0),
	    MACH_SEND_TIMED_OUT);
	CT_EQ(c.d.port[0].name, r);
	CT_EQ(ct_refs(r, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(c.d.port[0].disposition, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(aux.text[0], 'x');
}

CT_CASE(mach_msg2_polls_and_waits_and_names_bad_ports_as_mach_msg_does)
{
	struct ct_msg m;
	mach_port_t p;
	uint64_t start;

	p = ct_port_send();
	CT_KR(mach_msg2(&m, MACH64_RCV_MSG | MACH64_RCV_TIMEOUT,
	    MACH_MSG_HEADER_EMPTY, 0, sizeof(m), p, 0, 0),
	    MACH_RCV_TIMED_OUT);
	start = ct_now_ms();
	CT_KR(mach_msg2(&m, MACH64_RCV_MSG | MACH64_RCV_TIMEOUT,
	    MACH_MSG_HEADER_EMPTY, 0, sizeof(m), p, 50, 0),
	    MACH_RCV_TIMED_OUT);
	CT_TRUE(ct_now_ms() - start >= 45);
	CT_KR(mach_msg2(&m, MACH64_RCV_MSG, MACH_MSG_HEADER_EMPTY, 0,
	    sizeof(m), ct_free_name(), 0, 0), MACH_RCV_INVALID_NAME);
	CT_KR(send_scalar(ct_free_name(), 1), MACH_SEND_INVALID_DEST);
	CT_KR(mach_msg2(&m, MACH64_SEND_MSG | QUEUE, header(p, 1), 20, 0, 0,
	    0, 0), MACH_SEND_MSG_TOO_SMALL);
	CT_OK(mach_msg2(&m, 0, MACH_MSG_HEADER_EMPTY, 0, 0, 0, 0, 0));
}
