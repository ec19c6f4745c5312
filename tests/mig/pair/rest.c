/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A client and a server made of golden/rest.defs, the less common parts of the
 * language: at every number of elements, and with each word of each request
 * and reply changed on its way.
 *
 * The stubs of the client call spoiled_msg() for mach_msg().  The server is a
 * thread of the same task, so that what either side leaks is seen in one space.
 */

#include <mach/audit_token.h>

#include <string.h>
#include <unistd.h>

#include "rest_pair.h"

#define	CONTEXT		0x1234567

struct server server;
mach_port_t mine[2];

void
drop(mach_port_t right)
{

	if (MACH_PORT_VALID(right))
		(void)mach_port_deallocate(SELF, right);
}

void
report(kern_return_t code)
{

	server.reported = code;
}

/*
 * The server.
 */
void
do_say(mach_port_t s, int x)
{

	(void)s;
	server.heard = x;
}

void
do_shout(mach_port_t s, int x)
{

	(void)s;
	server.heard = x;
}

uint64_t
do_ask(mach_port_t s, int x)
{

	(void)s;
	return ((1ULL << 40) + (uint64_t)x);
}

kern_return_t
do_same(mach_port_t s, few_t a, mach_msg_type_number_t *an, rights_t b, few_t c)
{
	mach_msg_type_number_t i;

	(void)s;
	if (*an != 8)
		return (KERN_FAILURE);
	*an = server.elements;
	for (i = 0; i < *an && i < 8; i++) {
		a[i] = (int)i;
		c[i] = -(int)i;
	}
	/* Copies of rights that stay. */
	for (i = 0; i < *an && i < 4; i++)
		b[i] = mine[i % 2];
	return (KERN_SUCCESS);
}

kern_return_t
do_same_in(mach_port_t s, few_t a, mach_msg_type_number_t an, rights_t b)
{
	mach_msg_type_number_t i;
	kern_return_t kr;

	(void)s;
	kr = KERN_SUCCESS;
	for (i = 0; i < an; i++)
		if (a[i] != (int)i + 7 || !MACH_PORT_VALID(b[i]))
			kr = KERN_INVALID_VALUE;
	for (i = 0; i < an && kr == KERN_SUCCESS; i++)
		drop(b[i]);
	return (kr);
}

kern_return_t
do_ports(mach_port_t s, two_t a, two_t b, any_t c, mach_msg_type_name_t cPoly,
    any_t d, mach_msg_type_name_t *dPoly)
{
	unsigned i;

	(void)s;
	if (cPoly != MACH_MSG_TYPE_PORT_SEND)
		return (KERN_INVALID_RIGHT);
	for (i = 0; i < 2; i++) {
		drop(a[i]);
		drop(b[i]);
		d[i] = c[1 - i];
	}
	*dPoly = MACH_MSG_TYPE_MOVE_SEND;
	return (KERN_SUCCESS);
}

free_t
numbers(unsigned n)
{
	vm_address_t address;
	unsigned i;

	if (n == 0)
		return (NULL);
	CT_EQ(vm_allocate(SELF, &address, n * sizeof(int), VM_FLAGS_ANYWHERE),
	    KERN_SUCCESS);
	for (i = 0; i < n; i++)
		((free_t)address)[i] = (int)(i * 3);
	return ((free_t)address);
}

void
forget(const void *memory, size_t size)
{

	if (memory != NULL)
		(void)vm_deallocate(SELF, (vm_address_t)memory, size);
}

kern_return_t
do_memory(mach_port_t s, free_t a, mach_msg_type_number_t an, free_t *b,
    mach_msg_type_number_t *bn, boolean_t *bDealloc, free_t *c,
    mach_msg_type_number_t *cn, mach_port_array_t d,
    mach_msg_type_name_t dPoly, mach_msg_type_number_t dn)
{
	static free_t kept;
	mach_msg_type_number_t i;

	(void)s;
	for (i = 0; i < an; i++)
		if (a[i] != (int)(i * 3))
			return (KERN_INVALID_VALUE);
	if (dPoly != MACH_MSG_TYPE_PORT_SEND &&
	    dPoly != MACH_MSG_TYPE_PORT_SEND_ONCE)
		return (KERN_INVALID_RIGHT);
	for (i = 0; i < dn; i++)
		drop(d[i]);
	forget(d, dn * sizeof(*d));
	forget(a, an * sizeof(*a));
	*b = numbers(an);
	*bn = an;
	*bDealloc = TRUE;
	/* On a page of its own: a changed reply may unmap it. */
	forget(kept, 4 * sizeof(int));
	*c = kept = numbers(4);
	*cn = server.elements;
	return (KERN_SUCCESS);
}

object_t
object_of(uint32_t handle)
{

	return (handle == server.object.handle ? &server.object : NULL);
}

uint32_t
handle_of(object_t o)
{

	return (o == NULL ? 0 : o->handle + 1);
}

kern_return_t
do_halves(mach_port_t s, mach_port_t r, mach_msg_type_name_t rPoly,
    mach_port_t a, mach_msg_type_name_t aPoly, mach_port_t b, mach_port_t *c,
    object_t *d)
{

	(void)s;
	(void)r;
	if (rPoly != MACH_MSG_TYPE_PORT_SEND_ONCE ||
	    aPoly != MACH_MSG_TYPE_PORT_SEND_ONCE)
		return (KERN_INVALID_RIGHT);
	if (*d == NULL)
		return (KERN_INVALID_NAME);
	drop(a);
	drop(b);
	*c = mine[0];
	return (KERN_SUCCESS);
}

kern_return_t
do_limited(mach_port_t s, short_t a, mach_msg_type_number_t an, short_t b,
    mach_msg_type_number_t *bn)
{
	mach_msg_type_number_t i;

	(void)s;
	if (*bn != 64)
		return (KERN_FAILURE);
	*bn = server.elements;
	for (i = 0; i < *bn && i < 64; i++)
		b[i] = an == 0 ? 1 : a[0];
	return (KERN_SUCCESS);
}

kern_return_t
do_implicit(mach_port_t s, mach_port_context_t c, mach_port_seqno_t n,
    audit_token_t a)
{

	(void)s;
	(void)n;
	if (c != CONTEXT)
		return (KERN_INVALID_VALUE);
	return (audit_token_to_pid(a) == getpid() ? KERN_SUCCESS :
	    KERN_FAILURE);
}

kern_return_t
do_names(mach_port_t s, int few, few_t list, mach_msg_type_number_t n,
    int count, int last)
{

	(void)s;
	return (few == 1 && n == 2 && list[1] == 3 && count == 4 && last == 5 ?
	    KERN_SUCCESS : KERN_INVALID_VALUE);
}

kern_return_t
do_timed(mach_port_t s, mach_port_t a)
{

	(void)s;
	drop(a);
	return (KERN_SUCCESS);
}

kern_return_t
do_special(mach_port_t s, int a)
{

	(void)s;
	return (a);
}

kern_return_t
do_ordinary(mach_port_t s)
{

	(void)s;
	return (KERN_SUCCESS);
}

/* A reply that was spoiled may fail to be sent: go on. */
static void *
serve(void *arg)
{
	kern_return_t kr;

	do
		kr = mach_msg_server(spoil_server, 8192, server.port,
		    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_CTX));
	while (kr != MACH_RCV_PORT_DIED && kr != MACH_RCV_INVALID_NAME &&
	    kr != MACH_RCV_PORT_CHANGED);
	return (arg);
}

void
start(void)
{

	memset(&spoil, 0, sizeof(spoil));
	spoil.demux = rest_server;
	(void)mig_get_reply_port();
	(void)mig_get_special_reply_port();
	server.names = ct_names();
	server.object.handle = 41;
	server.reported = 0;
	server.elements = 2;
	server.port = ct_port_send();
	CT_EQ(mach_port_set_context(SELF, server.port, CONTEXT), KERN_SUCCESS);
	CT_EQ(pthread_create(&server.thread, NULL, serve, NULL), 0);
}

void
stop(void)
{

	ct_destroy_receive(server.port);
	CT_EQ(pthread_join(server.thread, NULL), 0);
	drop(server.port);
	CT_EQ(ct_names(), server.names);
}

/* The same after descriptors lied: names may be left. */
static void
stop_loosely(void)
{

	ct_destroy_receive(server.port);
	CT_EQ(pthread_join(server.thread, NULL), 0);
}

/*
 * Calls of each routine that are right; what they return is the caller's, and
 * dropped.
 */
void
make_ports(void)
{

	mine[0] = ct_port_send();
	mine[1] = ct_port_send();
}

void
drop_ports(void)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		(void)mach_port_mod_refs(SELF, mine[i],
		    MACH_PORT_RIGHT_RECEIVE, -1);
		(void)mach_port_destroy(SELF, mine[i]);
	}
}

static kern_return_t
call_ask(void)
{

	server.reported = KERN_SUCCESS;
	if (ask(server.port, 5) != (1ULL << 40) + 5 &&
	    server.reported == KERN_SUCCESS && spoil.quiet)
		return (KERN_FAILURE);
	return (server.reported);
}

static kern_return_t
call_say(void)
{

	server.reported = KERN_SUCCESS;
	say(server.port, 77);
	return (server.reported);
}

static kern_return_t
call_same(void)
{
	mach_msg_type_number_t i, n;
	mach_port_t b[4];
	kern_return_t kr;
	int a[8], c[8];

	n = 0;
	kr = same(server.port, a, &n, b, c);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (n > 4)
		return (KERN_FAILURE);
	for (i = 0; i < n; i++) {
		if (spoil.quiet && (a[i] != (int)i || c[i] != -(int)i ||
		    b[i] != mine[i % 2]))
			return (KERN_FAILURE);
		drop(b[i]);
	}
	return (n == server.elements || !spoil.quiet ? kr : KERN_FAILURE);
}

static kern_return_t
call_same_in(void)
{
	int a[8] = { 7, 8, 9, 10, 11, 12, 13, 14 };
	mach_port_t b[5];
	unsigned i;

	for (i = 0; i < 5; i++)
		b[i] = mine[i % 2];
	return (same_in(server.port, a, server.elements, b));
}

static kern_return_t
call_ports(void)
{
	mach_msg_type_name_t poly;
	kern_return_t kr;
	mach_port_t a[2], b[2], c[2], d[2];
	unsigned i;

	for (i = 0; i < 2; i++) {
		a[i] = c[i] = mine[i];
		b[i] = mine[1 - i];
	}
	kr = ports(server.port, a, b, c, MACH_MSG_TYPE_MAKE_SEND, d, &poly);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (spoil.quiet && (poly != MACH_MSG_TYPE_PORT_SEND ||
	    d[0] != mine[1] || d[1] != mine[0] || b[0] != mine[1]))
		kr = KERN_FAILURE;
	for (i = 0; i < 2; i++) {
		drop(b[i]);
		drop(d[i]);
	}
	return (kr);
}

static unsigned memory_elements = 3;
static unsigned room = 4;

static kern_return_t
call_memory(void)
{
	mach_msg_type_number_t bn, cn, i;
	mach_port_array_t d;
	kern_return_t kr;
	free_t a, b, c;
	int space[6];

	/* On pages of their own: a changed request may unmap them. */
	a = numbers(memory_elements);
	d = (mach_port_array_t)numbers(2);
	d[0] = mine[0];
	d[1] = mine[1];
	memset(space, 0x55, sizeof(space));
	c = space;
	cn = room;
	b = NULL;
	kr = memory(server.port, a, memory_elements, FALSE, &b, &bn, &c, &cn,
	    d, MACH_MSG_TYPE_MAKE_SEND, 2);
	forget(a, memory_elements * sizeof(int));
	forget(d, 2 * sizeof(*d));
	if (kr != KERN_SUCCESS)
		return (kr);
	if (c != space || cn > room || space[room] != 0x55555555)
		return (KERN_FAILURE);
	if (spoil.quiet) {
		if (bn != memory_elements || cn != server.elements)
			return (KERN_FAILURE);
		for (i = 0; i < bn; i++)
			if (b[i] != (int)(i * 3))
				return (KERN_FAILURE);
		for (i = 0; i < cn; i++)
			if (c[i] != (int)i * 3)
				return (KERN_FAILURE);
	}
	forget(b, bn * sizeof(int));
	return (kr);
}

static kern_return_t
call_halves(void)
{
	mach_msg_type_name_t poly;
	kern_return_t kr;
	mach_port_t c;
	uint32_t d;

	d = 41;
	kr = halves(server.port, MACH_MSG_TYPE_COPY_SEND, mine[0], mine[1],
	    MACH_MSG_TYPE_MAKE_SEND, &c, &poly, &d);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (spoil.quiet && (poly != MACH_MSG_TYPE_PORT_SEND_ONCE || d != 42))
		kr = KERN_FAILURE;
	drop(c);
	return (kr);
}

static kern_return_t
call_limited(void)
{
	mach_msg_type_number_t n;
	kern_return_t kr;
	int a[64] = { 9 }, b[17];

	b[16] = 0x55;
	kr = limited(server.port, a, server.elements, b, &n);
	if (b[16] != 0x55)
		return (KERN_FAILURE);
	if (kr == KERN_SUCCESS && (n > 16 || (spoil.quiet &&
	    (n != server.elements || (n != 0 && b[n - 1] != 9)))))
		kr = KERN_FAILURE;
	return (kr);
}

static kern_return_t
call_implicit(void)
{
	security_token_t sec;
	kern_return_t kr;

	memset(&sec, 0xff, sizeof(sec));
	kr = implicit(server.port, &sec);
	if (kr == KERN_SUCCESS && sec.val[0] != getuid())
		kr = KERN_FAILURE;
	return (kr);
}

static kern_return_t
call_names(void)
{
	int list[8] = { 2, 3 };

	return (names(server.port, 1, list, 2, 4, 5));
}

static kern_return_t
call_timed(void)
{

	ct_make_send(mine[0]);
	return (timed(server.port, mine[0]));
}

static kern_return_t
call_special(void)
{

	return (special(server.port, KERN_SUCCESS));
}

static kern_return_t
call_ordinary(void)
{

	return (ordinary(server.port));
}

static const struct {
	const char	*name;
	kern_return_t	(*call)(void);
} calls[] = {
	{ "say", call_say },
	{ "ask", call_ask },
	{ "same", call_same },
	{ "same_in", call_same_in },
	{ "ports", call_ports },
	{ "memory", call_memory },
	{ "alone", call_alone },
	{ "pieces", call_pieces },
	{ "wholes", call_wholes },
	{ "sets", call_sets },
	{ "forms", call_forms },
	{ "far", call_far },
	{ "over", call_over },
	{ "local", call_local },
	{ "sec_only", call_sec_only },
	{ "seqno_only", call_seqno_only },
	{ "held", call_held },
	{ "asked", call_asked },
	{ "behind", call_behind },
	{ "reals", call_reals },
	{ "tokens", call_tokens },
	{ "answer_at", call_answer_at },
	{ "own_reply", call_own_reply },
	{ "halves", call_halves },
	{ "limited", call_limited },
	{ "implicit", call_implicit },
	{ "names", call_names },
	{ "timed", call_timed },
	{ "special", call_special },
	{ "ordinary", call_ordinary },
};
#define	NCALLS	(sizeof(calls) / sizeof(calls[0]))

static void
all_quiet(void)
{
	kern_return_t kr;
	unsigned i, before;

	spoil.quiet = true;
	for (i = 0; i < NCALLS; i++) {
		before = ct_names();
		make_ports();
		kr = calls[i].call();
		if (kr != KERN_SUCCESS)
			ct_fail(__FILE__, __LINE__, "%s: code %d",
			    calls[i].name, kr);
		drop_ports();
		CT_EQ(ct_names(), before);
	}
	CT_EQ(ct_refs(server.port, MACH_PORT_RIGHT_SEND), 1);
}

CT_CASE(every_routine_answers)
{

	start();
	all_quiet();
	CT_EQ(server.heard, 77);
	shout(server.port, 78);
	CT_EQ(call_ordinary(), KERN_SUCCESS);	/* after it */
	CT_EQ(server.heard, 78);
	stop();
}

CT_CASE(codes_of_procedures_go_to_the_error_function)
{

	server.port = MACH_PORT_DEAD;
	(void)ask(server.port, 1);
	CT_EQ(server.reported, MACH_SEND_INVALID_DEST);
	server.reported = 0;
	say(server.port, 1);
	CT_EQ(server.reported, MACH_SEND_INVALID_DEST);
	server.reported = 0;
	shout(server.port, 1);
	CT_EQ(server.reported, MACH_SEND_INVALID_DEST);
}

CT_CASE(a_shared_count_from_none_to_too_many)
{
	unsigned n;

	start();
	spoil.quiet = true;
	for (n = 0; n <= 4; n++) {
		server.elements = n;
		make_ports();
		CT_EQ(call_same(), KERN_SUCCESS);
		CT_EQ(call_same_in(), KERN_SUCCESS);
		drop_ports();
	}
	/* The rights end at 4: not the first array's limit, but theirs. */
	server.elements = 5;
	make_ports();
	CT_EQ(call_same(), MIG_ARRAY_TOO_LARGE);
	CT_EQ(call_same_in(), MIG_ARRAY_TOO_LARGE);
	drop_ports();
	server.elements = 9;
	CT_EQ(call_same(), MIG_ARRAY_TOO_LARGE);
	stop();
}

CT_CASE(memory_from_none_to_many_pages)
{
	unsigned n;

	start();
	spoil.quiet = true;
	for (n = 0; n <= 5000; n = n < 2 ? n + 1 : n * 50) {
		memory_elements = n;
		make_ports();
		CT_EQ(call_memory(), KERN_SUCCESS);
		drop_ports();
	}
	stop();
}

CT_CASE(results_are_put_into_the_callers_memory_or_not_at_all)
{

	start();
	spoil.quiet = true;
	make_ports();
	for (server.elements = 0; server.elements <= 4; server.elements++) {
		room = server.elements;
		CT_EQ(call_memory(), KERN_SUCCESS);
	}
	server.elements = 4;
	room = 3;
	CT_EQ(call_memory(), MIG_ARRAY_TOO_LARGE);
	drop_ports();
	stop();
}

CT_CASE(a_limit_of_the_user_side_holds)
{

	start();
	spoil.quiet = true;
	server.elements = 0;
	CT_EQ(call_limited(), KERN_SUCCESS);
	server.elements = 1;
	CT_EQ(call_limited(), KERN_SUCCESS);
	server.elements = 16;
	CT_EQ(call_limited(), KERN_SUCCESS);
	server.elements = 17;
	CT_EQ(call_limited(), MIG_ARRAY_TOO_LARGE);
	stop();
}

CT_CASE(a_request_that_cannot_be_sent_is_consumed_when_that_was_asked)
{
	mach_port_t full;

	(void)mig_get_reply_port();
	full = ct_port_send();
	ct_qlimit(full, 1);
	ct_send_id(full, 1);
	mine[0] = ct_port();
	ct_make_send(mine[0]);
	/* ConsumeOnSendError timeout. */
	CT_EQ(timed(full, mine[0]), MACH_SEND_TIMED_OUT);
	CT_EQ(ct_refs(mine[0], MACH_PORT_RIGHT_SEND), 0);
	/* Other errors leave it. */
	ct_make_send(mine[0]);
	CT_EQ(timed(MACH_PORT_DEAD, mine[0]), MACH_SEND_INVALID_DEST);
	CT_EQ(ct_refs(mine[0], MACH_PORT_RIGHT_SEND), 1);
}

/*
 * Every word of every message.
 */
static void
check_code(const char *name, kern_return_t kr)
{

	switch (kr) {
	case KERN_SUCCESS:
	case KERN_INVALID_VALUE:	/* what the functions say */
	case KERN_INVALID_RIGHT:
	case KERN_INVALID_NAME:
	case MIG_TYPE_ERROR:
	case MIG_REPLY_MISMATCH:
	case MIG_BAD_ID:
	case MIG_BAD_ARGUMENTS:
	case MIG_ARRAY_TOO_LARGE:
	case MIG_SERVER_DIED:
		return;
	default:
		break;
	}
	/* Or it could not be sent. */
	if (((unsigned)kr & ~0x3fffU) == 0x10000000U)
		return;
	/* do_special returns what it is told, and a reply says what it says. */
	if (strcmp(name, "special") == 0 || (spoil.reply && spoil.word == 8))
		return;
	ct_fail(__FILE__, __LINE__, "%s: code %d (word %u, change %u)", name,
	    kr, spoil.word, spoil.change);
}

static void
spoil_all(bool reply)
{
	unsigned before, i;

	for (i = 0; i < NCALLS; i++) {
		spoil.reply = reply;
		for (spoil.word = 5; ; spoil.word++) {
			for (spoil.change = 0; spoil.change < SPOIL_CHANGES;
			    spoil.change++) {
				make_ports();
				before = ct_names();
				spoil.quiet = false;
				spoil.done = false;
				spoil.kernel = false;
				check_code(calls[i].name, calls[i].call());
				/* What descriptors lie about is not counted. */
				if (!spoil.kernel && ct_names() != before)
					ct_fail(__FILE__, __LINE__, "%s: %u "
					    "names, not %u (word %u, change "
					    "%u)", calls[i].name, ct_names(),
					    before, spoil.word, spoil.change);
				drop_ports();
				if (!spoil.done)
					break;
			}
			if (!spoil.done)
				break;
		}
	}
	spoil.quiet = true;
}

CT_CASE_TIMEOUT(requests_spoiled_word_by_word_are_refused_or_harmless, 600)
{

	start();
	spoil_all(false);
	server.elements = 2;
	all_quiet();
	stop_loosely();
}

CT_CASE_TIMEOUT(replies_spoiled_word_by_word_are_refused_or_harmless, 600)
{

	start();
	spoil_all(true);
	all_quiet();
	stop_loosely();
}
