/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The rest of the library: memory of the own task, mach_msg2(), lists that
 * outgrow their first buffer, mig's helpers, clocks and strings, and the
 * bootstrap client against servers that answer wrongly.
 */

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include <mach/audit_token.h>
#include <mach/mach.h>
#include <mach/mach_error.h>
#include <mach/mach_time.h>
#include <mach/mach_vm.h>
#include <mach/mach_voucher.h>
#include <mach/mig_errors.h>
#include <servers/bootstrap_priv.h>

#include "ct.h"
#include "ctmach.h"

/* ---- memory ---- */

static mach_vm_address_t
pages(unsigned n)
{
	mach_vm_address_t a;

	a = 0;
	CT_OK(mach_vm_allocate(SELF, &a, n * vm_page_size, VM_FLAGS_ANYWHERE));
	return (a);
}

/* An address where nothing is, for as long as nobody maps there. */
static mach_vm_address_t
hole(void)
{
	void *p;

	p = mmap(NULL, 16 * vm_page_size, PROT_NONE, MAP_PRIVATE | MAP_ANON,
	    -1, 0);
	CT_TRUE(p != MAP_FAILED);
	return ((mach_vm_address_t)(uintptr_t)p);
}

CT_CASE(vm_read_copies_and_refuses_what_is_not_there)
{
	mach_msg_type_number_t n;
	mach_vm_address_t a;
	vm_offset_t copy;
	char *from;

	a = pages(3);
	from = (char *)(uintptr_t)a;
	memset(from, 'x', 3 * vm_page_size);
	from[5] = 'a';
	from[vm_page_size + 9000 % vm_page_size] = 'b';
	CT_OK(mach_vm_read(SELF, a + 5, 2 * vm_page_size, &copy, &n));
	CT_EQ(n, 2 * vm_page_size);
	CT_EQ(memcmp((char *)copy, from + 5, n), 0);
	/* A copy: later changes do not show. */
	from[5] = 'z';
	CT_EQ(*(char *)copy, 'a');
	CT_OK(vm_deallocate(SELF, copy, n));
	CT_OK(mach_vm_read(SELF, a, 0, &copy, &n));
	CT_EQ(n, 0);
	CT_NE(mach_vm_read(SELF, hole(), 10, &copy, &n), KERN_SUCCESS);
	CT_NE(mach_vm_read(SELF, 0, 10, &copy, &n), KERN_SUCCESS);
	CT_NE(mach_vm_read(SELF, (mach_vm_address_t)-10, 100, &copy, &n),
	    KERN_SUCCESS);
	CT_KR(mach_vm_read(MACH_PORT_NULL, a, 10, &copy, &n),
	    KERN_INVALID_ARGUMENT);
	CT_OK(mach_vm_deallocate(SELF, a, 3 * vm_page_size));
}

CT_CASE(vm_copy_takes_overlapping_ranges_both_ways)
{
	mach_vm_address_t a;
	char *p, want[20000];
	unsigned i;

	a = pages(16);
	p = (char *)(uintptr_t)a;
	for (i = 0; i < 30000; i++)
		p[i] = (char)(i * 7 + i / 256);
	memcpy(want, p, 20000);
	CT_OK(mach_vm_copy(SELF, a, 20000, a + 4567));
	CT_EQ(memcmp(p + 4567, want, 20000), 0);
	CT_OK(mach_vm_copy(SELF, a + 4567, 20000, a + 3));
	CT_EQ(memcmp(p + 3, want, 20000), 0);
	CT_OK(mach_vm_copy(SELF, a, 20000, a));
	CT_OK(mach_vm_copy(SELF, a, 0, a + 5));
	CT_OK(mach_vm_deallocate(SELF, a, 16 * vm_page_size));
}

CT_CASE(vm_write_refuses_what_cannot_be_written)
{
	mach_vm_size_t size;
	mach_vm_address_t a;
	char data[8] = "1234567", back[8];

	a = pages(1);
	CT_OK(mach_vm_write(SELF, a + 100, (vm_offset_t)data, sizeof(data)));
	CT_EQ(memcmp((char *)(uintptr_t)a + 100, data, sizeof(data)), 0);
	CT_OK(mach_vm_read_overwrite(SELF, a + 100, sizeof(back),
	    (mach_vm_address_t)(uintptr_t)back, &size));
	CT_EQ(size, sizeof(back));
	CT_EQ(memcmp(back, data, sizeof(back)), 0);
	CT_OK(mach_vm_protect(SELF, a, vm_page_size, FALSE, VM_PROT_READ));
	CT_NE(mach_vm_write(SELF, a, (vm_offset_t)data, sizeof(data)),
	    KERN_SUCCESS);
	CT_NE(mach_vm_write(SELF, hole(), (vm_offset_t)data, sizeof(data)),
	    KERN_SUCCESS);
	CT_NE(mach_vm_write(SELF, a, (vm_offset_t)hole(), sizeof(data)),
	    KERN_SUCCESS);
	CT_OK(mach_vm_deallocate(SELF, a, vm_page_size));
}

CT_CASE(vm_map_aligns_and_protects)
{
	mach_vm_address_t a;

	a = 0;
	CT_OK(mach_vm_map(SELF, &a, 5 * vm_page_size, 0xfffff,
	    VM_FLAGS_ANYWHERE, MACH_PORT_NULL, 0, FALSE, VM_PROT_DEFAULT,
	    VM_PROT_ALL, VM_INHERIT_COPY));
	CT_EQ(a & 0xfffff, 0);
	memset((char *)(uintptr_t)a, 1, 5 * vm_page_size);
	CT_OK(mach_vm_deallocate(SELF, a, 5 * vm_page_size));
	a = 0;
	CT_OK(mach_vm_map(SELF, &a, vm_page_size, 0, VM_FLAGS_ANYWHERE,
	    MACH_PORT_NULL, 0, FALSE, VM_PROT_READ, VM_PROT_ALL,
	    VM_INHERIT_COPY));
	CT_NE(mach_vm_write(SELF, a, (vm_offset_t)&a, 1), KERN_SUCCESS);
	CT_OK(mach_vm_deallocate(SELF, a, vm_page_size));
	CT_KR(mach_vm_map(SELF, &a, 0, 0, VM_FLAGS_ANYWHERE, MACH_PORT_NULL, 0,
	    FALSE, VM_PROT_READ, VM_PROT_ALL, VM_INHERIT_COPY),
	    KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_map(SELF, &a, vm_page_size, 5, VM_FLAGS_ANYWHERE,
	    MACH_PORT_NULL, 0, FALSE, VM_PROT_READ, VM_PROT_ALL,
	    VM_INHERIT_COPY), KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_map(SELF, &a, vm_page_size, 0, VM_FLAGS_ANYWHERE,
	    ct_port_send(), 0, FALSE, VM_PROT_READ, VM_PROT_ALL,
	    VM_INHERIT_COPY), KERN_NOT_SUPPORTED);
}

/* ---- messages ---- */

static mach_msg_return_t
send2(mach_port_t port, mach_msg_option64_t options, mach_msg_id_t id)
{
	mach_msg_header_t data, header;

	memset(&data, 0xff, sizeof(data));
	memset(&header, 0, sizeof(header));
	header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	header.msgh_remote_port = port;
	header.msgh_id = id;
	return (mach_msg2(&data, MACH64_SEND_MSG | options, header,
	    sizeof(header), 0, MACH_PORT_NULL, 0, 0));
}

CT_CASE(mach_msg2_sends_and_receives)
{
	mach_msg_header_t empty;
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(send2(p, MACH64_SEND_MQ_CALL, 77));
	CT_OK(send2(p, MACH64_SEND_ANY, 78));
	CT_KR(send2(p, 0, 79), MACH_SEND_INVALID_OPTIONS);
	CT_KR(send2(p, MACH64_SEND_ANY | MACH64_SEND_MQ_CALL, 80),
	    MACH_SEND_INVALID_OPTIONS);
	memset(&empty, 0, sizeof(empty));
	memset(&m, 0, sizeof(m));
	CT_OK(mach_msg2(&m, MACH64_RCV_MSG | MACH64_RCV_TIMEOUT, empty, 0,
	    sizeof(m), p, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 77);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr));
	CT_OK(mach_msg2(&m, MACH64_RCV_MSG | MACH64_RCV_TIMEOUT, empty, 0,
	    sizeof(m), p, CT_SOON_MS, 0));
	CT_EQ(m.hdr.msgh_id, 78);
	CT_KR(mach_msg2(&m, MACH64_RCV_MSG | MACH64_RCV_TIMEOUT, empty, 0,
	    sizeof(m), p, 0, 0), MACH_RCV_TIMED_OUT);
}

CT_CASE(mach_msg_send_and_receive_take_sizes_from_the_header)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	m.hdr.msgh_size = sizeof(m.hdr) + 8;
	m.hdr.msgh_remote_port = p;
	m.hdr.msgh_id = 5;
	m.body[0] = 9;
	CT_OK(mach_msg_send(&m.hdr));
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_size = sizeof(m);
	m.hdr.msgh_local_port = p;
	CT_OK(mach_msg_receive(&m.hdr));
	CT_EQ(m.hdr.msgh_id, 5);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr) + 8);
	CT_EQ(m.body[0], 9);
}

/*
 * mach_msg_destroy() of a message never sent: a right to be made is made and
 * released, so that its send-once notification or no-senders count is seen.
 */
CT_CASE(mach_msg_destroy_of_an_unsent_message)
{
	mach_msg_header_t h;
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	memset(&h, 0, sizeof(h));
	h.msgh_size = sizeof(h);
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE, 0);
	h.msgh_remote_port = p;
	mach_msg_destroy(&h);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, MACH_NOTIFY_SEND_ONCE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	mach_msg_destroy(&h);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0);
	mach_msg_destroy(&h);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

/* A descriptor count that lies does not lead out of the message. */
CT_CASE(mach_msg_destroy_stops_at_the_end)
{
	struct {
		mach_msg_header_t		h;
		mach_msg_body_t			b;
		mach_msg_port_descriptor_t	d[2];
	} m;
	mach_port_t p, q;

	p = ct_port_send();
	q = ct_port_send();
	memset(&m, 0, sizeof(m));
	m.h.msgh_bits = MACH_MSGH_BITS_COMPLEX;
	m.h.msgh_size = sizeof(m) - sizeof(m.d[1]);
	m.b.msgh_descriptor_count = 1000000;
	m.d[0].name = p;
	m.d[0].disposition = MACH_MSG_TYPE_MOVE_SEND;
	m.d[0].type = MACH_MSG_PORT_DESCRIPTOR;
	m.d[1] = m.d[0];
	m.d[1].name = q;
	mach_msg_destroy(&m.h);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_refs(q, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(m.d[0].name, MACH_PORT_NULL);
}

/* ---- the server loop ---- */

static unsigned served;

static boolean_t
serve_or_stop(mach_msg_header_t *in, mach_msg_header_t *out)
{
	mig_reply_error_t *reply;

	served++;
	reply = (mig_reply_error_t *)out;
	reply->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_REMOTE(in->msgh_bits), 0);
	reply->Head.msgh_remote_port = in->msgh_remote_port;
	reply->Head.msgh_size = sizeof(*reply);
	reply->Head.msgh_id = in->msgh_id + 100;
	reply->RetCode = (kern_return_t)in->msgh_size;
	return (TRUE);
}

struct loop {
	mach_port_t		port;
	mach_msg_size_t		max;
	mach_msg_options_t	options;
	mach_msg_return_t	result;
};

static void *
run_loop(void *arg)
{
	struct loop *l = arg;

	l->result = mach_msg_server(serve_or_stop, l->max, l->port,
	    l->options);
	return (NULL);
}

static void
call_loop(mach_port_t p, size_t size, mach_msg_size_t *got)
{
	mach_port_t reply;
	union {
		mach_msg_header_t	h;
		mig_reply_error_t	e;
		char			room[20000];
	} m;

	reply = mig_get_reply_port();
	memset(&m, 0, sizeof(m.h));
	m.h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.h.msgh_remote_port = p;
	m.h.msgh_local_port = reply;
	m.h.msgh_id = 300;
	CT_OK(mach_msg(&m.h, MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_TIMEOUT,
	    (mach_msg_size_t)size, sizeof(m), reply, CT_SOON_MS,
	    MACH_PORT_NULL));
	*got = m.h.msgh_id == 400 ? (mach_msg_size_t)m.e.RetCode : 0;
}

static void
loop_of(mach_msg_options_t options, mach_msg_size_t large)
{
	struct loop l;
	pthread_t t;
	mach_msg_size_t got;
	unsigned i, names;

	served = 0;
	l.port = ct_port_send();
	l.max = 512;
	l.options = options;
	CT_EQ(pthread_create(&t, NULL, run_loop, &l), 0);
	call_loop(l.port, 64, &got);
	CT_EQ(got, 64);
	names = ct_names();
	for (i = 0; i < 100; i++) {
		call_loop(l.port, 24 + 4 * i, &got);
		CT_EQ(got, 24 + 4 * i);
	}
	/* Past max_size: served when MACH_RCV_LARGE lets it, else refused. */
	if (large != 0) {
		call_loop(l.port, large, &got);
		CT_EQ(got, large);
	}
	CT_EQ(ct_names(), names);
	/* It ends when its port does. */
	CT_OK(mach_port_mod_refs(SELF, l.port, MACH_PORT_RIGHT_RECEIVE, -1));
	CT_EQ(pthread_join(t, NULL), 0);
	CT_KR2(l.result, MACH_RCV_PORT_DIED, MACH_RCV_INVALID_NAME);
}

CT_CASE(mach_msg_server_serves_until_its_port_dies)
{

	loop_of(MACH_MSG_OPTION_NONE, 0);
}

CT_CASE(mach_msg_server_grows_for_large_requests)
{

	loop_of(MACH_RCV_LARGE, 16000);
}

/* ---- lists ---- */

CT_CASE(lists_longer_than_the_first_guess)
{
	mach_msg_type_number_t n, m, before;
	mach_port_name_array_t names, members;
	mach_port_type_array_t types;
	mach_port_t set, p[1000];
	ipc_info_name_array_t table;
	ipc_info_tree_name_array_t tree;
	ipc_info_space_t space;
	unsigned i, j, found;

	before = ct_names();
	set = ct_pset();
	for (i = 0; i < 1000; i++) {
		p[i] = ct_port();
		CT_OK(mach_port_insert_member(SELF, p[i], set));
	}
	CT_OK(mach_port_names(SELF, &names, &n, &types, &m));
	CT_EQ(n, m);
	CT_EQ(n, before + 1001);
	for (i = 0, found = 0; i < n; i++)
		if (names[i] == p[999]) {
			CT_EQ(types[i], MACH_PORT_TYPE_RECEIVE);
			found++;
		}
	CT_EQ(found, 1);
	CT_OK(vm_deallocate(SELF, (vm_address_t)names, n * sizeof(*names)));
	CT_OK(vm_deallocate(SELF, (vm_address_t)types, n * sizeof(*types)));
	CT_OK(mach_port_get_set_status(SELF, set, &members, &n));
	CT_EQ(n, 1000);
	for (j = 0, found = 0; j < n; j++)
		found += members[j] == p[500];
	CT_EQ(found, 1);
	CT_OK(vm_deallocate(SELF, (vm_address_t)members,
	    n * sizeof(*members)));
	CT_OK(mach_port_space_info(SELF, &space, &table, &n, &tree, &m));
	CT_EQ(m, 0);
	CT_TRUE(n >= before + 1001);
	CT_OK(vm_deallocate(SELF, (vm_address_t)table, n * sizeof(*table)));
	for (i = 0; i < 1000; i++)
		ct_destroy_receive(p[i]);
	CT_OK(mach_port_get_set_status(SELF, set, &members, &n));
	CT_EQ(n, 0);
	CT_KR(mach_port_get_set_status(SELF, MACH_PORT_NULL, &members, &n),
	    KERN_INVALID_RIGHT);
}

/* ---- mig's helpers ---- */

CT_CASE(mig_strncpy_ends_and_counts)
{
	char to[8];

	memset(to, 'z', sizeof(to));
	CT_EQ(mig_strncpy(to, "abc", 8), 4);
	CT_EQ(strcmp(to, "abc"), 0);
	CT_EQ(to[5], 'z');
	CT_EQ(mig_strncpy(to, "abcdefghij", 8), 8);
	CT_EQ(strcmp(to, "abcdefg"), 0);
	CT_EQ(mig_strncpy(to, "abc", 0), 0);
	CT_EQ(mig_strncpy(to, "abc", -5), 0);
	memset(to, 'z', sizeof(to));
	CT_EQ(mig_strncpy_zerofill(to, "ab", 8), 3);
	CT_EQ(memcmp(to, "ab\0\0\0\0\0\0", 8), 0);
}

CT_CASE(mig_allocate_gives_memory_or_null)
{
	vm_address_t a;

	mig_allocate(&a, 100000);
	CT_NE(a, 0);
	memset((void *)a, 1, 100000);
	mig_deallocate(a, 100000);
	mig_deallocate(0, 100000);
	mig_allocate(&a, (vm_size_t)-4096);
	CT_EQ(a, 0);
}

CT_CASE(mig_reply_setup_answers_bad_id)
{
	mach_msg_header_t request;
	mig_reply_error_t reply;

	memset(&request, 0, sizeof(request));
	request.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    MACH_MSG_TYPE_MOVE_SEND);
	request.msgh_remote_port = 0x1234;
	request.msgh_id = 500;
	memset(&reply, 0xff, sizeof(reply));
	mig_reply_setup(&request, &reply.Head);
	CT_EQ(reply.Head.msgh_bits, MACH_MSG_TYPE_MOVE_SEND_ONCE);
	CT_EQ(reply.Head.msgh_remote_port, 0x1234);
	CT_EQ(reply.Head.msgh_local_port, MACH_PORT_NULL);
	CT_EQ(reply.Head.msgh_size, sizeof(reply));
	CT_EQ(reply.Head.msgh_id, 600);
	CT_EQ(reply.RetCode, MIG_BAD_ID);
}

static void *
reply_port_of_a_thread(void *arg)
{

	*(mach_port_t *)arg = mig_get_reply_port();
	return (NULL);
}

/* A thread's reply port ends with it. */
CT_CASE_TIMEOUT(reply_ports_end_with_their_threads, 60)
{
	mach_port_t port;
	unsigned before;
	pthread_t t;
	int i;

	before = ct_names();
	for (i = 0; i < 300; i++) {
		CT_EQ(pthread_create(&t, NULL, reply_port_of_a_thread, &port),
		    0);
		CT_EQ(pthread_join(t, NULL), 0);
		CT_NE(port, MACH_PORT_NULL);
	}
	CT_TRUE(ct_names() <= before + 1);
}

/* ---- strings, clocks, refusals ---- */

CT_CASE(every_code_has_a_text_of_its_own)
{
	int i;

	for (i = 0; i <= 56; i++)
		CT_TRUE(strncmp(mach_error_string(i), "(os/kern) ", 10) == 0 ||
		    strcmp(mach_error_string(i), "unknown error code") == 0);
	for (i = MIG_TRAILER_ERROR; i <= MIG_TYPE_ERROR; i++)
		CT_EQ(strncmp(mach_error_string(i), "(ipc/mig) ", 10), 0);
	for (i = BOOTSTRAP_NOT_PRIVILEGED; i <= BOOTSTRAP_NO_CHILDREN; i++)
		CT_EQ(strncmp(mach_error_string(i), "(bootstrap) ", 12), 0);
	CT_EQ(strcmp(mach_error_string(MACH_RCV_BODY_ERROR |
	    MACH_MSG_VM_SPACE), mach_error_string(MACH_RCV_BODY_ERROR)), 0);
	CT_EQ(strcmp(mach_error_type(MACH_SEND_TIMED_OUT), "(ipc/send)"), 0);
	CT_TRUE(strlen(bootstrap_strerror(BOOTSTRAP_UNKNOWN_SERVICE)) > 0);
	CT_EQ(strcmp(bootstrap_strerror(KERN_INVALID_NAME),
	    mach_error_string(KERN_INVALID_NAME)), 0);
}

CT_CASE(the_timebase_and_the_clocks_agree)
{
	mach_timebase_info_data_t info;
	uint64_t a, b, c;

	CT_OK(mach_timebase_info(&info));
	CT_EQ(info.numer, info.denom);
	a = mach_absolute_time();
	CT_OK(mach_wait_until(a + 20 * 1000 * 1000));
	b = mach_absolute_time();
	CT_TRUE(b - a >= 20 * 1000 * 1000);
	CT_OK(mach_get_times(&a, &c, NULL));
	CT_TRUE(a >= b);
	CT_TRUE(mach_continuous_time() >= c);
	CT_TRUE(mach_approximate_time() <= mach_absolute_time());
}

CT_CASE(audit_tokens_are_taken_apart)
{
	audit_token_t token = { { 1, 2, 3, 4, 5, 6, 7, 8 } };
	au_asid_t asid;
	uid_t auid, euid, ruid;
	gid_t egid, rgid;
	pid_t pid;

	audit_token_to_au32(token, &auid, &euid, &egid, &ruid, &rgid, &pid,
	    &asid, NULL);
	CT_EQ(auid, 1);
	CT_EQ(euid, 2);
	CT_EQ(egid, 3);
	CT_EQ(ruid, 4);
	CT_EQ(rgid, 5);
	CT_EQ(pid, 6);
	CT_EQ(asid, 7);
	CT_EQ(audit_token_to_pidversion(token), 8);
	CT_EQ(audit_token_to_pid(token), 6);
}

/* Nothing that is not there says success. */
CT_CASE(what_is_not_offered_says_so)
{
	mach_msg_type_number_t n;
	mach_port_t p;
	int state;

	n = 1;
	CT_KR(task_suspend(SELF), KERN_NOT_SUPPORTED);
	CT_KR(task_set_exception_ports(SELF, EXC_MASK_ALL, MACH_PORT_NULL,
	    EXCEPTION_DEFAULT, 0), KERN_NOT_SUPPORTED);
	CT_KR(thread_get_state(SELF, 1, (thread_state_t)&state, &n),
	    KERN_NOT_SUPPORTED);
	CT_KR(mach_vm_purgable_control(SELF, 0, 0, &state),
	    KERN_NOT_SUPPORTED);
	CT_KR(host_create_mach_voucher(MACH_PORT_NULL, NULL, 0, &p),
	    KERN_NOT_SUPPORTED);
}

/* ---- the bootstrap client ---- */

/*
 * A server that answers one request with what `how` says.
 */
enum how { REFUSE, WRONG_ID, WRONG_SHAPE, SHORT, NO_ANSWER, TWO_RIGHTS, GOOD };

struct liar {
	mach_port_t	port;
	enum how	how;
};

static void *
lie(void *arg)
{
	struct liar *l = arg;
	struct ct_msg m;
	struct {
		mach_msg_header_t		h;
		mach_msg_body_t			b;
		mach_msg_port_descriptor_t	d[2];
	} port;
	mig_reply_error_t e;
	mach_msg_header_t *h;

	CT_OK(ct_recv(l->port, &m, CT_SOON_MS));
	if (l->how == NO_ANSWER) {
		mach_msg_destroy(&m.hdr);
		return (NULL);
	}
	memset(&port, 0, sizeof(port));
	memset(&e, 0, sizeof(e));
	e.RetCode = BOOTSTRAP_NAME_IN_USE;
	port.b.msgh_descriptor_count = l->how == TWO_RIGHTS ? 2 : 1;
	port.d[0].name = port.d[1].name = l->port;
	port.d[0].disposition = port.d[1].disposition =
	    MACH_MSG_TYPE_MAKE_SEND;
	port.d[0].type = port.d[1].type = MACH_MSG_PORT_DESCRIPTOR;
	h = &port.h;
	h->msgh_bits = MACH_MSGH_BITS_COMPLEX;
	h->msgh_size = sizeof(port) - (l->how == TWO_RIGHTS ? 0 :
	    sizeof(port.d[1]));
	if (l->how == REFUSE || l->how == SHORT || l->how == WRONG_SHAPE) {
		h = &e.Head;
		h->msgh_bits = 0;
		h->msgh_size = l->how == SHORT ? sizeof(*h) : sizeof(e);
		/* Success without the right that it promises. */
		if (l->how == WRONG_SHAPE)
			e.RetCode = KERN_SUCCESS;
	}
	h->msgh_bits |= MACH_MSGH_BITS_REMOTE(m.hdr.msgh_bits);
	h->msgh_remote_port = m.hdr.msgh_remote_port;
	h->msgh_id = m.hdr.msgh_id + (l->how == WRONG_ID ? 99 : 100);
	CT_OK(mach_msg(h, MACH_SEND_MSG, h->msgh_size, 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL));
	return (NULL);
}

static void
ask_liar(enum how how, kern_return_t want)
{
	struct liar l;
	mach_port_t got;
	unsigned names;
	pthread_t t;

	l.port = ct_port_send();
	l.how = how;
	(void)mig_get_reply_port();
	names = ct_names();
	CT_EQ(pthread_create(&t, NULL, lie, &l), 0);
	got = MACH_PORT_NULL;
	CT_KR(bootstrap_look_up(l.port, "a.name", &got), want);
	CT_EQ(pthread_join(t, NULL), 0);
	if (want == KERN_SUCCESS) {
		CT_EQ(got, l.port);
		CT_EQ(ct_refs(got, MACH_PORT_RIGHT_SEND), 2);
	} else {
		CT_EQ(got, MACH_PORT_NULL);
		/* Nothing that came is left, the reply port apart. */
		CT_EQ(ct_refs(l.port, MACH_PORT_RIGHT_SEND), 1);
	}
	(void)mig_get_reply_port();
	CT_EQ(ct_names(), names);
}

CT_CASE(the_bootstrap_client_believes_only_sound_answers)
{

	ask_liar(GOOD, KERN_SUCCESS);
	ask_liar(REFUSE, BOOTSTRAP_NAME_IN_USE);
	ask_liar(WRONG_ID, MIG_REPLY_MISMATCH);
	ask_liar(WRONG_SHAPE, MIG_TYPE_ERROR);
	ask_liar(SHORT, MIG_TYPE_ERROR);
	ask_liar(TWO_RIGHTS, MIG_TYPE_ERROR);
	ask_liar(NO_ANSWER, MIG_SERVER_DIED);
}

CT_CASE(bootstrap_calls_refuse_bad_arguments)
{
	mach_port_t got, p;
	char name[200];

	p = ct_port_send();
	memset(name, 'x', sizeof(name));
	name[199] = '\0';
	CT_KR(bootstrap_look_up(p, name, &got), BOOTSTRAP_BAD_COUNT);
	CT_KR(bootstrap_check_in(p, name, &got), BOOTSTRAP_BAD_COUNT);
	CT_KR(bootstrap_register(p, name, p), BOOTSTRAP_BAD_COUNT);
	CT_KR(bootstrap_look_up(p, "", &got), BOOTSTRAP_BAD_COUNT);
	/* Nothing was sent. */
	CT_EQ(ct_status(p).mps_msgcount, 0);
	CT_KR(bootstrap_look_up(MACH_PORT_NULL, "a", &got),
	    MACH_SEND_INVALID_DEST);
	CT_KR(bootstrap_look_up(ct_dead_name(), "a", &got),
	    MACH_SEND_INVALID_DEST);
	CT_KR(bootstrap_look_up(p, NULL, &got), KERN_INVALID_ARGUMENT);
	CT_KR(bootstrap_look_up(p, "a", NULL), KERN_INVALID_ARGUMENT);
}
