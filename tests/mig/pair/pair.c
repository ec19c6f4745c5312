/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A client and a server made by mig from pair.defs: every kind of argument,
 * and messages that are not as declared.
 *
 * The server is a thread of the same task, so that what either side leaks is
 * seen in one space.  It ends when its port is destroyed.
 */

#include <mach/audit_token.h>

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "../../conformance/ctmach.h"
#include "pair.h"
#include "pairServer.h"
#include "replies.h"

#define	MESSAGE_MAX	4096

static struct {
	mach_port_t	port;
	pthread_t	thread;
	unsigned	names;		/* before */
	mach_port_t	kept_reply;	/* of ask_later */
	bool		answer_now;
	kern_return_t	code;
	int		told;
	mach_port_t	told_port;
	struct object	object;
} server;

/*
 * The server.
 */
kern_return_t
do_scalars(mach_port_t s, int a, uint64_t b, short c, uint64_t *d,
    uint64_t *sum)
{

	if (s != server.port)
		return (KERN_INVALID_ARGUMENT);
	*sum = (uint64_t)a + b + (uint64_t)c + *d;
	*d += 1;
	return (KERN_SUCCESS);
}

kern_return_t
do_inline_fixed(mach_port_t s, fixed_t a, odd_t b, pair_t c, fixed_t d, odd_t e,
    pair_t *f, fixed_t g)
{
	int i;

	(void)s;
	for (i = 0; i < 5; i++) {
		d[i] = a[4 - i];
		g[i] += 1;
	}
	for (i = 0; i < 3; i++) {
		e[i] = b[2 - i];
		f->v[i] = c.v[2 - i];
	}
	return (KERN_SUCCESS);
}

kern_return_t
do_varying(mach_port_t s, ints_t a, mach_msg_type_number_t an, bytes_t b,
    mach_msg_type_number_t bn, int c, wide_t d, mach_msg_type_number_t dn,
    ints_t e, mach_msg_type_number_t *en, bytes_t f, mach_msg_type_number_t *fn,
    int *g, wide_t h, mach_msg_type_number_t *hn)
{

	(void)s;
	if (*en != 8 || *fn != 10 || *hn != 4)
		return (KERN_FAILURE);
	memcpy(e, a, an * sizeof(*a));
	*en = an;
	memcpy(f, b, bn);
	*fn = bn;
	*g = c;
	memcpy(h, d, dn * sizeof(*d));
	*hn = dn;
	return (KERN_SUCCESS);
}

kern_return_t
do_turn(mach_port_t s, bytes_t a, mach_msg_type_number_t *n)
{

	(void)s;
	if (*n != 0)
		*n -= 1;
	memmove(a, a + 1, *n);
	return (KERN_SUCCESS);
}

kern_return_t
do_room(mach_port_t s, int n, ints_t a, mach_msg_type_number_t *an, int *after)
{
	mach_msg_type_number_t i;

	(void)s;
	/* A server that does not mind the room is the client's to survive. */
	if (n >= 0 && (mach_msg_type_number_t)n > *an)
		return (KERN_NO_SPACE);
	*an = (mach_msg_type_number_t)(n < 0 ? -n : n);
	for (i = 0; i < *an; i++)
		a[i] = (int)i;
	*after = 77;
	return (KERN_SUCCESS);
}

kern_return_t
do_strings(mach_port_t s, name_t a, text_t b, name_t c, text_t d, int *after)
{

	(void)s;
	strcpy(c, a);
	strcpy(d, b);
	*after = 78;
	return (KERN_SUCCESS);
}

static void
drop(mach_port_t right)
{

	CT_EQ(mach_port_deallocate(SELF, right), KERN_SUCCESS);
}

kern_return_t
do_rights(mach_port_t s, mach_port_t made, mach_port_t copied,
    mach_port_t moved, mach_port_t once, mach_port_t right,
    mach_msg_type_name_t rightPoly, mach_port_t *back, mach_port_t *fresh,
    mach_port_t *what, mach_msg_type_name_t *whatPoly, int *count)
{

	(void)s;
	if (!MACH_PORT_VALID(made) || !MACH_PORT_VALID(copied) ||
	    !MACH_PORT_VALID(once) || rightPoly != MACH_MSG_TYPE_PORT_SEND)
		return (KERN_INVALID_ARGUMENT);
	drop(made);
	drop(once);
	drop(right);
	*back = moved;
	*fresh = ct_port();
	*what = copied;
	*whatPoly = MACH_MSG_TYPE_MOVE_SEND;
	*count = 5;
	return (KERN_SUCCESS);
}

kern_return_t
do_memory(mach_port_t s, pointer_t a, mach_msg_type_number_t an, numbers_t b,
    mach_msg_type_number_t bn, pointer_t *c, mach_msg_type_number_t *cn,
    uint64_t *total)
{
	mach_msg_type_number_t i;

	(void)s;
	*total = 0;
	for (i = 0; i < bn; i++)
		*total += b[i];
	*c = 0;
	if (an != 0) {
		CT_EQ(vm_allocate(SELF, c, an, VM_FLAGS_ANYWHERE),
		    KERN_SUCCESS);
		memcpy((void *)*c, (void *)a, an);
		CT_EQ(vm_deallocate(SELF, a, an), KERN_SUCCESS);
	}
	*cn = an;
	if (bn != 0)
		CT_EQ(vm_deallocate(SELF, (vm_address_t)b, bn * sizeof(*b)),
		    KERN_SUCCESS);
	return (KERN_SUCCESS);
}

kern_return_t
do_port_arrays(mach_port_t s, mach_port_array_t a, mach_msg_type_number_t an,
    mach_port_array_t *b, mach_msg_type_number_t *bn)
{

	(void)s;
	/* Give everything back, memory and rights. */
	*b = a;
	*bn = an;
	return (KERN_SUCCESS);
}

kern_return_t
do_token(mach_port_t s, audit_token_t audit, security_token_t sec,
    mach_port_seqno_t seq, int *pid, int *uid)
{

	(void)s;
	(void)seq;
	*pid = audit_token_to_pid(audit);
	*uid = (int)sec.val[0];
	return (KERN_SUCCESS);
}

object_t
object_find(uint32_t handle)
{

	if (handle != server.object.handle)
		return (NULL);
	server.object.refs++;
	return (&server.object);
}

uint32_t
object_handle(object_t o)
{

	return (o == NULL ? 0 : o->handle + 1);
}

void
object_drop(object_t o)
{

	if (o != NULL)
		o->refs--;
}

kern_return_t
do_objects(mach_port_t s, object_t o, object_t *p)
{

	(void)s;
	if (o == NULL)
		return (KERN_INVALID_NAME);
	if (o->refs != 2)
		return (KERN_FAILURE);
	*p = o;
	return (KERN_SUCCESS);
}

kern_return_t
do_fails(mach_port_t s, mach_port_t right, int code)
{

	(void)s;
	if (code == KERN_SUCCESS)
		drop(right);
	return (code);
}

kern_return_t
do_tell(mach_port_t s, int what)
{

	(void)s;
	server.told = what;
	return (KERN_SUCCESS);
}

kern_return_t
do_ask_later(mach_port_t s, mach_port_t reply, int *answer)
{

	(void)s;
	(void)answer;
	if (server.answer_now) {
		CT_EQ(answer_later(reply, server.code, 42),
		    MACH_MSG_SUCCESS);
		return (MIG_NO_REPLY);
	}
	server.kept_reply = reply;
	return (MIG_NO_REPLY);
}

kern_return_t
do_may_block(mach_port_t s, mach_port_t right)
{

	(void)s;
	server.told_port = right;
	return (KERN_SUCCESS);
}

/*
 * Spoils replies: what it does to one is set between calls, and a call's
 * message orders the two threads.
 */
static struct {
	mach_msg_size_t	at;		/* 0: no word */
	uint32_t	word;
	int		longer;		/* bytes */
	bool		swap;		/* the first two port descriptors */
	bool		one_less;	/* the last of three descriptors */
	bool		die;		/* without a reply */
} spoil;

static void
spoil_descriptors(mach_msg_header_t *out)
{
	mach_msg_port_descriptor_t *d, first;
	mach_msg_base_t *base;

	base = (mach_msg_base_t *)(void *)out;
	d = (mach_msg_port_descriptor_t *)(void *)(base + 1);
	if (spoil.swap) {
		first = d[0];
		d[0] = d[1];
		d[1] = first;
	}
	if (spoil.one_less) {
		drop(d[2].name);
		base->body.msgh_descriptor_count = 2;
		out->msgh_size -= sizeof(*d);
		memmove(d + 2, d + 3, out->msgh_size - 52);
	}
}

static boolean_t
serve_one(mach_msg_header_t *in, mach_msg_header_t *out)
{

	if (!pair_server(in, out))
		return (FALSE);
	if (spoil.at != 0 && spoil.at < out->msgh_size)
		memcpy((char *)out + spoil.at, &spoil.word, 4);
	if ((out->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)
		spoil_descriptors(out);
	out->msgh_size += (mach_msg_size_t)spoil.longer;
	if (spoil.die) {
		drop(in->msgh_remote_port);
		((mig_reply_error_t *)(void *)out)->RetCode = MIG_NO_REPLY;
	}
	return (TRUE);
}

static void *
serve(void *arg)
{

	(void)arg;
	(void)mach_msg_server(serve_one, MESSAGE_MAX, server.port,
	    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT));
	return (NULL);
}

static void
start(void)
{

	(void)mig_get_reply_port();
	server.names = ct_names();
	server.object.refs = 1;
	server.object.handle = 41;
	server.port = ct_port_send();
	CT_EQ(pthread_create(&server.thread, NULL, serve, NULL), 0);
}

/* The server is gone, and nothing of what was sent is left. */
static void
stop(void)
{

	CT_EQ(ct_refs(server.port, MACH_PORT_RIGHT_SEND), 1);
	ct_destroy_receive(server.port);
	CT_EQ(pthread_join(server.thread, NULL), 0);
	drop(server.port);
	CT_EQ(ct_names(), server.names);
	CT_EQ(server.object.refs, 1);
}

/*
 * Good messages.
 */
CT_CASE(scalars_go_both_ways)
{
	uint64_t d, sum;

	start();
	d = 1ULL << 40;
	CT_EQ(scalars(server.port, -2, 5, -1, &d, &sum), KERN_SUCCESS);
	CT_EQ(sum, (1ULL << 40) + 2);
	CT_EQ(d, (1ULL << 40) + 1);
	stop();
}

CT_CASE(fixed_arrays_and_structs_go_both_ways)
{
	fixed_t a = { 1, 2, 3, 4, 5 }, d, g = { 7, 8, 9, 10, 11 };
	odd_t b = { 'x', 'y', 'z' }, e;
	pair_t c = { { 1ULL << 60, 2, 3 } }, f;

	start();
	CT_EQ(inline_fixed(server.port, a, b, c, d, e, &f, g), KERN_SUCCESS);
	CT_EQ(d[0], 5);
	CT_EQ(d[4], 1);
	CT_EQ(e[0], 'z');
	CT_EQ(e[2], 'x');
	CT_TRUE(f.v[2] == 1ULL << 60 && f.v[0] == 3);
	CT_EQ(g[0], 8);
	CT_EQ(g[4], 12);
	stop();
}

CT_CASE(varying_arrays_of_every_length_go_both_ways)
{
	int a[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, e[8], g;
	uint8_t b[10] = { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 }, f[10];
	uint64_t d[4] = { 1ULL << 50, 2, 3, 1ULL << 63 }, h[4];
	mach_msg_type_number_t i, en, fn, hn;
	unsigned j, k;

	start();
	for (i = 0; i <= 8; i++) {
		for (j = 0; j <= 10; j++) {
			for (k = 0; k <= 4; k++) {
				en = fn = hn = 99;
				CT_EQ(varying(server.port, a, i, b, j, 1234, d,
				    k, e, &en, f, &fn, &g, h, &hn),
				    KERN_SUCCESS);
				CT_TRUE(en == i && fn == j && hn == k);
				CT_EQ(g, 1234);
				CT_EQ(memcmp(a, e, i * sizeof(*a)), 0);
				CT_EQ(memcmp(b, f, j), 0);
				CT_EQ(memcmp(d, h, k * sizeof(*d)), 0);
			}
		}
	}
	CT_EQ(varying(server.port, a, 9, b, 1, 1, d, 1, e, &en, f, &fn, &g, h,
	    &hn), MIG_ARRAY_TOO_LARGE);
	CT_EQ(varying(server.port, a, 1, b, 11, 1, d, 1, e, &en, f, &fn, &g, h,
	    &hn), MIG_ARRAY_TOO_LARGE);
	stop();
}

CT_CASE(an_inout_array_comes_back_with_its_new_length)
{
	uint8_t a[10] = { 1, 2, 3, 4, 5 };
	mach_msg_type_number_t n;

	start();
	n = 5;
	CT_EQ(turn(server.port, a, &n), KERN_SUCCESS);
	CT_EQ(n, 4);
	CT_TRUE(a[0] == 2 && a[3] == 5);
	n = 0;
	CT_EQ(turn(server.port, a, &n), KERN_SUCCESS);
	CT_EQ(n, 0);
	n = 11;
	CT_EQ(turn(server.port, a, &n), MIG_ARRAY_TOO_LARGE);
	stop();
}

CT_CASE(a_result_is_not_stored_past_the_callers_room)
{
	int a[8], after;
	mach_msg_type_number_t n;

	start();
	n = 3;
	CT_EQ(room(server.port, 3, a, &n, &after), KERN_SUCCESS);
	CT_EQ(n, 3);
	CT_EQ(after, 77);
	CT_EQ(a[2], 2);
	n = 3;
	CT_EQ(room(server.port, 4, a, &n, &after), KERN_NO_SPACE);
	a[2] = -1;
	n = 2;
	CT_EQ(room(server.port, -6, a, &n, &after), MIG_ARRAY_TOO_LARGE);
	CT_EQ(n, 6);
	CT_EQ(a[2], -1);
	n = 8;
	CT_EQ(room(server.port, 8, a, &n, &after), KERN_SUCCESS);
	CT_EQ(n, 8);
	stop();
}

CT_CASE(strings_go_both_ways_and_are_cut_at_their_limit)
{
	char a[32] = "abc", b[32] = "", c[16], d[22];
	int after;

	start();
	CT_EQ(strings(server.port, a, b, c, d, &after), KERN_SUCCESS);
	CT_EQ(strcmp(c, "abc"), 0);
	CT_EQ(strcmp(d, ""), 0);
	CT_EQ(after, 78);
	strcpy(a, "0123456789abcdefghij");
	strcpy(b, "0123456789abcdefghijklmnop");
	CT_EQ(strings(server.port, a, b, c, d, &after), KERN_SUCCESS);
	CT_EQ(strcmp(c, "0123456789abcde"), 0);
	CT_EQ(strcmp(d, "0123456789abcdefghijk"), 0);
	stop();
}

CT_CASE(rights_of_every_disposition_arrive_once)
{
	mach_port_t mine, yours, back, fresh, what;
	mach_msg_type_name_t whatPoly;
	int count;

	start();
	mine = ct_port();
	yours = ct_port_send();
	ct_make_send(yours);
	CT_EQ(rights(server.port, mine, yours, yours, mine, mine,
	    MACH_MSG_TYPE_MAKE_SEND, &back, &fresh, &what, &whatPoly, &count),
	    KERN_SUCCESS);
	CT_EQ(count, 5);
	CT_EQ(back, yours);
	CT_EQ(what, yours);
	CT_EQ(whatPoly, MACH_MSG_TYPE_PORT_SEND);
	/* Two of the caller, one moved there and back, one copied. */
	CT_EQ(ct_refs(yours, MACH_PORT_RIGHT_SEND), 3);
	CT_EQ(ct_refs(mine, MACH_PORT_RIGHT_SEND), 0);
	ct_destroy_receive(fresh);
	ct_destroy_receive(mine);
	ct_destroy_receive(yours);
	drop(yours);
	drop(yours);
	drop(yours);
	stop();
}

CT_CASE(memory_goes_both_ways)
{
	vm_address_t a, b, c;
	mach_msg_type_number_t cn;
	uint64_t total;
	uint32_t *n;

	start();
	CT_EQ(vm_allocate(SELF, &a, 10000, VM_FLAGS_ANYWHERE), KERN_SUCCESS);
	memset((void *)a, 0x5a, 10000);
	CT_EQ(vm_allocate(SELF, &b, 40, VM_FLAGS_ANYWHERE), KERN_SUCCESS);
	n = (uint32_t *)b;
	n[0] = 4;
	n[9] = 5;
	CT_EQ(memory(server.port, a, 10000, n, 10, &c, &cn, &total),
	    KERN_SUCCESS);
	CT_EQ(total, 9);
	CT_EQ(cn, 10000);
	CT_EQ(memcmp((void *)a, (void *)c, cn), 0);
	CT_EQ(vm_deallocate(SELF, c, cn), KERN_SUCCESS);
	CT_EQ(memory(server.port, a, 0, NULL, 0, &c, &cn, &total),
	    KERN_SUCCESS);
	CT_EQ(cn, 0);
	CT_EQ(total, 0);
	CT_EQ(memory(server.port, a, 1, n, 4097, &c, &cn, &total),
	    MIG_ARRAY_TOO_LARGE);
	CT_EQ(vm_deallocate(SELF, a, 10000), KERN_SUCCESS);
	stop();
}

CT_CASE(arrays_of_rights_go_both_ways)
{
	mach_port_t a[3], *b;
	mach_msg_type_number_t bn;
	unsigned i;

	start();
	for (i = 0; i < 3; i++)
		a[i] = ct_port();
	CT_EQ(port_arrays(server.port, a, 3, &b, &bn), KERN_SUCCESS);
	CT_EQ(bn, 3);
	for (i = 0; i < 3; i++) {
		CT_EQ(b[i], a[i]);
		CT_EQ(ct_refs(a[i], MACH_PORT_RIGHT_SEND), 1);
		drop(b[i]);
		ct_destroy_receive(a[i]);
	}
	CT_EQ(vm_deallocate(SELF, (vm_address_t)b, sizeof(a)), KERN_SUCCESS);
	CT_EQ(port_arrays(server.port, a, 0, &b, &bn), KERN_SUCCESS);
	CT_EQ(bn, 0);
	stop();
}

CT_CASE(the_server_sees_who_asks)
{
	int pid, uid;

	start();
	CT_EQ(token(server.port, &pid, &uid), KERN_SUCCESS);
	CT_EQ(pid, getpid());
	CT_EQ(uid, (int)geteuid());
	stop();
}

CT_CASE(translated_arguments_are_found_and_dropped)
{
	uint32_t p;

	start();
	CT_EQ(objects(server.port, 41, &p), KERN_SUCCESS);
	CT_EQ(p, 42);
	CT_EQ(objects(server.port, 43, &p), KERN_INVALID_NAME);
	stop();
}

CT_CASE(a_failed_routine_leaves_its_rights_to_the_loop)
{
	mach_port_t mine;

	start();
	mine = ct_port();
	CT_EQ(fails(server.port, mine, KERN_SUCCESS), KERN_SUCCESS);
	CT_EQ(fails(server.port, mine, KERN_NO_SPACE), KERN_NO_SPACE);
	CT_EQ(ct_refs(mine, MACH_PORT_RIGHT_SEND), 0);
	ct_destroy_receive(mine);
	stop();
}

CT_CASE(a_simpleroutine_is_answered_by_nothing)
{
	uint64_t d, sum;

	start();
	CT_EQ(tell(server.port, 5), KERN_SUCCESS);
	d = 0;
	/* One queue, one server: this is answered after that was done. */
	CT_EQ(scalars(server.port, 0, 0, 0, &d, &sum), KERN_SUCCESS);
	CT_EQ(server.told, 5);
	stop();
}

CT_CASE(a_routine_waits_no_longer_than_its_waittime)
{
	uint64_t d, sum;
	int answer;

	start();
	CT_EQ(ask_later(server.port, 20, &answer), MACH_RCV_TIMED_OUT);
	/* After this the server has had the other request too. */
	d = 0;
	CT_EQ(scalars(server.port, 0, 0, 0, &d, &sum), KERN_SUCCESS);
	/* The reply port is gone; what is left of the right is a dead name. */
	if (MACH_PORT_VALID(server.kept_reply))
		drop(server.kept_reply);
	(void)mig_get_reply_port();
	stop();
}

CT_CASE(a_reply_can_be_sent_by_a_routine_of_its_own)
{
	int answer;

	start();
	server.answer_now = true;
	server.code = KERN_SUCCESS;
	CT_EQ(ask_later(server.port, CT_SOON_MS, &answer), KERN_SUCCESS);
	CT_EQ(answer, 42);
	/* A refusal is nothing but its code. */
	server.code = KERN_NO_SPACE;
	CT_EQ(ask_later(server.port, CT_SOON_MS, &answer), KERN_NO_SPACE);
	server.answer_now = false;
	stop();
}

CT_CASE(a_wait_time_without_a_reply_is_one_to_send)
{
	mach_port_t full;

	full = ct_port_send();
	ct_qlimit(full, 1);
	CT_EQ(poke(full, 0), MACH_MSG_SUCCESS);
	CT_EQ(poke(full, 0), MACH_SEND_TIMED_OUT);
	CT_EQ(poke(full, 10), MACH_SEND_TIMED_OUT);
	CT_EQ(ct_refs(full, MACH_PORT_RIGHT_SEND), 1);
	ct_destroy_receive(full);
	drop(full);
}

CT_CASE(a_send_that_times_out_keeps_no_rights)
{
	mach_port_t full, mine;
	unsigned names;

	full = ct_port_send();
	mine = ct_port();
	ct_qlimit(full, 1);
	CT_EQ(may_block(full, 10, mine), KERN_SUCCESS);
	names = ct_names();
	CT_EQ(may_block(full, 10, mine), MACH_SEND_TIMED_OUT);
	CT_EQ(ct_names(), names);
	CT_EQ(ct_refs(full, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_refs(mine, MACH_PORT_RIGHT_SEND), 0);
	ct_destroy_receive(mine);
	ct_destroy_receive(full);
	drop(full);
}

/*
 * Bad messages.  The buffer is sent as it is, with a reply port.
 */
union any {
	mach_msg_header_t	head;
	mig_reply_error_t	error;
	__Request__varying_t	varying;
	__Request__strings_t	strings;
	__Request__rights_t	rights;
	__Request__memory_t	memory;
	unsigned char		bytes[1024];
};

/* The code that is answered. */
static kern_return_t
say(union any *m, mach_msg_id_t id, mach_msg_bits_t complex,
    mach_msg_size_t size)
{
	union any reply;
	mach_msg_header_t *h;

	memcpy(&reply, m, sizeof(reply));
	h = &reply.head;
	h->msgh_bits = complex | MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	h->msgh_size = size;
	h->msgh_remote_port = server.port;
	h->msgh_local_port = mig_get_reply_port();
	h->msgh_voucher_port = MACH_PORT_NULL;
	h->msgh_id = id;
	CT_EQ(mach_msg(h, MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_TIMEOUT, size,
	    sizeof(reply), h->msgh_local_port, 5000, MACH_PORT_NULL),
	    MACH_MSG_SUCCESS);
	CT_EQ(h->msgh_id, id + 100);
	if ((h->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0) {
		mach_msg_destroy(h);
		return (KERN_SUCCESS);
	}
	CT_TRUE(h->msgh_size >= sizeof(mig_reply_error_t));
	return (reply.error.RetCode);
}

#define	ID_VARYING	52004
#define	ID_STRINGS	52007
#define	ID_RIGHTS	52008
#define	ID_MEMORY	52009

/* Each word of a good request, by each of these. */
static const uint32_t words[] = {
	0, 1, 3, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc, 0x40000000
};

static void
mutate(union any *good, mach_msg_id_t id, mach_msg_size_t size)
{
	union any m;
	mach_msg_size_t at;
	kern_return_t kr;
	unsigned i;

	CT_EQ(say(good, id, 0, size), KERN_SUCCESS);
	for (at = sizeof(mach_msg_header_t); at < size; at += 4) {
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			memcpy(&m, good, sizeof(m));
			memcpy(m.bytes + at, &words[i], 4);
			kr = say(&m, id, 0, size);
			CT_TRUE(kr == KERN_SUCCESS ||
			    kr == MIG_BAD_ARGUMENTS);
		}
	}
	for (at = sizeof(mach_msg_header_t); at < size + 64; at += 4)
		if (at != size)
			CT_EQ(say(good, id, 0, at), MIG_BAD_ARGUMENTS);
}

CT_CASE(inline_requests_mutated_word_by_word_are_refused_or_harmless)
{
	union any m;

	start();
	memset(&m, 0, sizeof(m));
	m.varying.NDR = NDR_record;
	/* Lengths 0: the counts of a, b, then c, then the count of d. */
	CT_EQ(say(&m, ID_VARYING, 0, sizeof(__Request__varying_t) - 76),
	    KERN_SUCCESS);
	mutate(&m, ID_VARYING, sizeof(__Request__varying_t) - 76);
	m.varying.aCnt = 8;
	mutate(&m, ID_VARYING, sizeof(__Request__varying_t) - 44);
	memset(&m, 0, sizeof(m));
	m.strings.NDR = NDR_record;
	strcpy(m.strings.a, "abc");
	m.strings.bCnt = 4;
	strcpy(m.strings.b, "def");
	mutate(&m, ID_STRINGS, sizeof(__Request__strings_t) - 20);
	stop();
}

CT_CASE(strings_without_an_end_are_refused)
{
	union any m;

	start();
	memset(&m, 0, sizeof(m));
	m.strings.NDR = NDR_record;
	memset(m.strings.a, 'a', sizeof(m.strings.a));
	m.strings.bCnt = 4;
	CT_EQ(say(&m, ID_STRINGS, 0, sizeof(__Request__strings_t) - 20),
	    MIG_BAD_ARGUMENTS);
	m.strings.a[15] = '\0';
	CT_EQ(say(&m, ID_STRINGS, 0, sizeof(__Request__strings_t) - 20),
	    KERN_SUCCESS);
	memset(m.strings.b, 'b', 4);
	CT_EQ(say(&m, ID_STRINGS, 0, sizeof(__Request__strings_t) - 20),
	    MIG_BAD_ARGUMENTS);
	m.strings.bCnt = 0;
	CT_EQ(say(&m, ID_STRINGS, 0, sizeof(__Request__strings_t) - 24),
	    MIG_BAD_ARGUMENTS);
	stop();
}

CT_CASE(unknown_numbers_are_answered_with_bad_id)
{
	union any m;

	start();
	memset(&m, 0, sizeof(m));
	CT_EQ(say(&m, 52001, 0, 64), MIG_BAD_ID);
	CT_EQ(say(&m, 51999, 0, 64), MIG_BAD_ID);
	CT_EQ(say(&m, 52000 + pair_MSG_COUNT, 0, 64), MIG_BAD_ID);
	CT_EQ(say(&m, -1, 0, 64), MIG_BAD_ID);
	stop();
}

static void
port_descriptor(mach_msg_port_descriptor_t *d, mach_port_t name,
    mach_msg_type_name_t disposition)
{

	memset(d, 0, sizeof(*d));
	d->name = name;
	d->disposition = disposition;
	d->type = MACH_MSG_PORT_DESCRIPTOR;
}

CT_CASE(descriptors_that_are_not_as_declared_are_refused)
{
	union any m;
	mach_port_t mine;
	unsigned i;
	mach_msg_port_descriptor_t *d;
	static const mach_msg_type_name_t good[5] = {
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND,
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		MACH_MSG_TYPE_MAKE_SEND
	};

	start();
	mine = ct_port();
	memset(&m, 0, sizeof(m));
	m.rights.msgh_body.msgh_descriptor_count = 5;
	d = (mach_msg_port_descriptor_t *)(void *)(m.bytes + 28);
	for (i = 0; i < 5; i++)
		port_descriptor(d + i, mine, good[i]);
	CT_EQ(say(&m, ID_RIGHTS, MACH_MSGH_BITS_COMPLEX, 88), KERN_SUCCESS);
	/* Each descriptor in turn: the other kind of right. */
	for (i = 0; i < 5; i++) {
		d[i].disposition = i == 3 ? MACH_MSG_TYPE_MAKE_SEND :
		    MACH_MSG_TYPE_MAKE_SEND_ONCE;
		CT_EQ(say(&m, ID_RIGHTS, MACH_MSGH_BITS_COMPLEX, 88),
		    i == 4 ? KERN_INVALID_ARGUMENT : MIG_TYPE_ERROR);
		d[i].disposition = good[i];
	}
	m.rights.msgh_body.msgh_descriptor_count = 4;
	CT_EQ(say(&m, ID_RIGHTS, MACH_MSGH_BITS_COMPLEX, 88),
	    MIG_BAD_ARGUMENTS);
	CT_EQ(say(&m, ID_RIGHTS, MACH_MSGH_BITS_COMPLEX, 76),
	    MIG_BAD_ARGUMENTS);
	CT_EQ(say(&m, ID_RIGHTS, 0, 88), MIG_BAD_ARGUMENTS);
	CT_EQ(say(&m, ID_RIGHTS, 0, 24), MIG_BAD_ARGUMENTS);
	/* Rights for a routine that takes none, and for no routine. */
	CT_EQ(say(&m, ID_VARYING, MACH_MSGH_BITS_COMPLEX, 88),
	    MIG_BAD_ARGUMENTS);
	CT_EQ(say(&m, 52001, MACH_MSGH_BITS_COMPLEX, 88), MIG_BAD_ID);
	CT_EQ(ct_refs(mine, MACH_PORT_RIGHT_SEND), 0);
	ct_destroy_receive(mine);
	stop();
}

static void
memory_descriptor(mach_msg_ool_descriptor_t *d, void *data, unsigned size)
{

	memset(d, 0, sizeof(*d));
	d->address = data;
	d->size = size;
	d->copy = MACH_MSG_VIRTUAL_COPY;
	d->type = MACH_MSG_OOL_DESCRIPTOR;
}

CT_CASE(memory_that_is_not_as_long_as_counted_is_refused)
{
	union any m;
	uint32_t data[16] = { 1 };
	mach_msg_size_t size;

	start();
	size = sizeof(__Request__memory_t);
	memset(&m, 0, sizeof(m));
	m.memory.msgh_body.msgh_descriptor_count = 2;
	memory_descriptor(&m.memory.a, data, 5);
	memory_descriptor(&m.memory.b, data, 16);
	m.memory.aCnt = 5;
	m.memory.bCnt = 4;
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size), KERN_SUCCESS);
	m.memory.aCnt = 6;
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size),
	    MIG_TYPE_ERROR);
	m.memory.aCnt = 5;
	m.memory.bCnt = 0x40000004;
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size),
	    MIG_TYPE_ERROR);
	m.memory.bCnt = 4;
	m.memory.b.size = 17;
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size),
	    MIG_TYPE_ERROR);
	m.memory.b.size = 16;
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size - 4),
	    MIG_BAD_ARGUMENTS);
	port_descriptor((mach_msg_port_descriptor_t *)(void *)&m.memory.a,
	    MACH_PORT_NULL, MACH_MSG_TYPE_COPY_SEND);
	/* Which has another size, but not for every target. */
	memmove(m.bytes + sizeof(mach_msg_base_t) +
	    sizeof(mach_msg_port_descriptor_t), &m.memory.b, 24);
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size - 4),
	    MIG_BAD_ARGUMENTS);
	CT_EQ(say(&m, ID_MEMORY, MACH_MSGH_BITS_COMPLEX, size),
	    MIG_TYPE_ERROR);
	stop();
}

/*
 * Replies that a server hears: repliesServer.c calls these.
 */
static struct {
	kern_return_t	code;
	mach_port_t	right;
	int		answer;
	unsigned	calls;
} heard;

kern_return_t	heard_later(mach_port_t, kern_return_t, int);
kern_return_t	heard_port(mach_port_t, kern_return_t, mach_port_t, int);
kern_return_t	heard_poke(mach_port_t);
extern boolean_t replies_server(mach_msg_header_t *, mach_msg_header_t *);

kern_return_t
heard_later(mach_port_t reply, kern_return_t code, int answer)
{

	(void)reply;
	heard.code = code;
	heard.answer = answer;
	heard.calls++;
	return (KERN_SUCCESS);
}

kern_return_t
heard_port(mach_port_t reply, kern_return_t code, mach_port_t right, int count)
{

	heard.right = right;
	return (heard_later(reply, code, count));
}

kern_return_t
heard_poke(mach_port_t port)
{

	(void)port;
	return (KERN_SUCCESS);
}

static void
hear(mach_port_t p, kern_return_t code, int answer, unsigned calls)
{

	heard.code = heard.answer = -1;
	CT_OK(mach_msg_server_once(replies_server, MESSAGE_MAX, p, 0));
	CT_EQ(heard.calls, calls);
	CT_EQ(heard.code, code);
	CT_EQ(heard.answer, answer);
}

static mach_port_t
reply_right(mach_port_t p)
{
	mach_msg_type_name_t type;
	mach_port_t right;

	CT_OK(mach_port_extract_right(SELF, p, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &right, &type));
	return (right);
}

CT_CASE(a_server_of_replies_hears_of_failures)
{
	mig_reply_error_t e;
	mach_port_t p, right;

	p = ct_port();
	right = ct_port();
	memset(&heard, 0, sizeof(heard));
	CT_OK(answer_later(reply_right(p), KERN_SUCCESS, 42));
	hear(p, KERN_SUCCESS, 42, 1);
	CT_OK(answer_later(reply_right(p), KERN_NO_SPACE, 42));
	hear(p, KERN_NO_SPACE, 0, 2);

	ct_make_send(right);
	CT_OK(answer_port(reply_right(p), KERN_SUCCESS, right, 7));
	hear(p, KERN_SUCCESS, 7, 3);
	CT_EQ(heard.right, right);
	CT_OK(mach_port_deallocate(SELF, right));
	CT_OK(answer_port(reply_right(p), KERN_NO_ACCESS, MACH_PORT_NULL,
	    7));
	hear(p, KERN_NO_ACCESS, 0, 4);
	CT_EQ(heard.right, MACH_PORT_NULL);

	/* A code of success with nothing else is none of either. */
	memset(&e, 0, sizeof(e));
	e.Head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE, 0);
	e.Head.msgh_remote_port = p;
	e.Head.msgh_id = 52116;
	CT_OK(mach_msg(&e.Head, MACH_SEND_MSG, sizeof(e), 0, MACH_PORT_NULL,
	    0, MACH_PORT_NULL));
	hear(p, -1, -1, 4);
	e.RetCode = KERN_FAILURE;
	CT_OK(mach_msg(&e.Head, MACH_SEND_MSG, sizeof(e) - 4, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
	hear(p, -1, -1, 4);
}

/*
 * Bad replies.
 */
#define	GUARD	0x5a

CT_CASE(inline_replies_mutated_word_by_word_are_refused_or_harmless)
{
	struct {
		int	v[8];
		char	guard[16];
	} e;
	struct {
		uint8_t	v[10];
		char	guard[16];
	} f;
	struct {
		uint64_t v[4];
		char	guard[16];
	} h;
	int a[8] = { 1, 2, 3 }, g;
	uint8_t b[10] = { 4, 5 };
	uint64_t d[4] = { 6 };
	mach_msg_type_number_t en, fn, hn;
	mach_msg_size_t size;
	kern_return_t kr;
	unsigned i;

	start();
	memset(&e, GUARD, sizeof(e));
	memset(&f, GUARD, sizeof(f));
	memset(&h, GUARD, sizeof(h));
	/* Header, NDR, code; three counts, 12 + 4 + 8 bytes, a number. */
	size = 24 + 8 + 4 + 12 + 12 + 4 + 8 + 4;
	for (spoil.at = 24; spoil.at < size; spoil.at += 4) {
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			spoil.word = words[i];
			kr = varying(server.port, a, 3, b, 2, 7, d, 1, e.v, &en,
			    f.v, &fn, &g, h.v, &hn);
			CT_TRUE(kr == KERN_SUCCESS || kr == MIG_TYPE_ERROR);
			if (kr == KERN_SUCCESS)
				CT_TRUE(en <= 8 && fn <= 10 && hn <= 4);
		}
	}
	spoil.at = 0;
	for (spoil.longer = -(int)(size - 24); spoil.longer < 96;
	    spoil.longer += 4) {
		kr = varying(server.port, a, 3, b, 2, 7, d, 1, e.v, &en, f.v,
		    &fn, &g, h.v, &hn);
		CT_EQ(kr, spoil.longer == 0 ? KERN_SUCCESS : MIG_TYPE_ERROR);
	}
	spoil.longer = 0;
	for (i = 0; i < 16; i++)
		CT_TRUE(e.guard[i] == GUARD && f.guard[i] == GUARD &&
		    h.guard[i] == GUARD);
	stop();
}

CT_CASE(replies_with_the_wrong_rights_are_destroyed)
{
	mach_port_t mine, yours, back, fresh, what;
	mach_msg_type_name_t whatPoly;
	unsigned i, names;
	int count;

	start();
	mine = ct_port();
	yours = ct_port_send();
	ct_make_send(yours);
	names = ct_names();
	for (i = 0; i < 3; i++) {
		spoil.swap = i == 0;
		spoil.one_less = i == 1;
		spoil.longer = i == 2 ? 4 : 0;
		back = fresh = what = MACH_PORT_DEAD;
		CT_EQ(rights(server.port, mine, yours, MACH_PORT_NULL, mine,
		    mine, MACH_MSG_TYPE_MAKE_SEND, &back, &fresh, &what,
		    &whatPoly, &count), MIG_TYPE_ERROR);
		CT_TRUE(back == MACH_PORT_DEAD && fresh == MACH_PORT_DEAD &&
		    what == MACH_PORT_DEAD);
		CT_EQ(ct_names(), names);
		CT_EQ(ct_refs(yours, MACH_PORT_RIGHT_SEND), 2);
	}
	spoil.longer = 0;
	ct_destroy_receive(mine);
	ct_destroy_receive(yours);
	drop(yours);
	drop(yours);
	stop();
}

CT_CASE(a_server_that_drops_the_reply_right_is_noticed)
{
	uint64_t d, sum;

	start();
	spoil.die = true;
	d = 0;
	CT_EQ(scalars(server.port, 1, 1, 1, &d, &sum), MIG_SERVER_DIED);
	spoil.die = false;
	CT_EQ(scalars(server.port, 1, 1, 1, &d, &sum), KERN_SUCCESS);
	stop();
}
