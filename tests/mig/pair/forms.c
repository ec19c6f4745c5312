/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Forms of types and arguments that are seldom written: sizes that are
 * reckoned, elements that need padding or alignment, types declared where they
 * are used, memory of one element, one token alone, ports that are translated.
 */

#include <mach/audit_token.h>
#include <mach/notify.h>

#include <string.h>
#include <unistd.h>

#include "rest_pair.h"

#define	WORDS_MAX	5U
#define	TRIS_MAX	4U

/* What the calls send; the server sends as many back. */
static struct {
	unsigned	words, tris, rights;
	const char	*text;
} forms_of = { .words = 3, .tris = 2, .rights = 2, .text = "a line" };

/*
 * The server.
 */
kern_return_t
do_forms(mach_port_t s, word_t a, sums_t b, words_t c,
    mach_msg_type_number_t cn, tris_t d, mach_msg_type_number_t dn, line_t e,
    sums_t f, words_t g, mach_msg_type_number_t *gn, tris_t h,
    mach_msg_type_number_t *hn, line_t i)
{
	unsigned n;

	(void)s;
	if (*gn != WORDS_MAX || *hn != TRIS_MAX)
		return (KERN_FAILURE);
	for (n = 0; n < 8; n++)
		f[n] += b[n] + (uint64_t)a;
	/* One more than there is room for is the stub's to find. */
	for (n = 0; n < cn; n++)
		g[n] = c[n];
	*gn = forms_of.words > WORDS_MAX ? forms_of.words : cn;
	for (n = 0; n < dn; n++)
		h[n] = d[n];
	*hn = forms_of.tris > TRIS_MAX ? forms_of.tris : dn;
	memcpy(i, e, sizeof(line_t));
	e[0] = '!';
	return (KERN_SUCCESS);
}

kern_return_t
do_far(mach_port_t s, far_t a, far_two_t *b, mach_port_array_t *c,
    mach_msg_type_name_t *cPoly, mach_msg_type_number_t *cn)
{
	unsigned i;
	int *two;

	(void)s;
	if (*a != 3)
		return (KERN_INVALID_VALUE);
	forget(a, sizeof(*a));
	two = numbers(2);
	*b = (far_two_t)(void *)two;
	*c = (mach_port_array_t)(void *)numbers(forms_of.rights);
	for (i = 0; i < forms_of.rights; i++)
		(*c)[i] = mine[i % 2];
	*cPoly = MACH_MSG_TYPE_COPY_SEND;
	*cn = forms_of.rights;
	return (KERN_SUCCESS);
}

kern_return_t
do_over(mach_port_t s, int n, handed_t *a, mach_msg_type_name_t *aPoly,
    mach_msg_type_number_t *an)
{
	static handed_t kept;
	int i;

	(void)s;
	if (n < 0 || n > 4)
		return (KERN_INVALID_VALUE);
	forget(kept, 4 * sizeof(*kept));
	*a = kept = (handed_t)(void *)numbers(4);
	for (i = 0; i < 4; i++)
		kept[i] = mine[i % 2];
	*aPoly = MACH_MSG_TYPE_COPY_SEND;
	*an = (mach_msg_type_number_t)n;
	return (KERN_SUCCESS);
}

outer_t
do_local(mach_port_t s, inner_t x)
{

	(void)s;
	return ((1ULL << 33) + x);
}

kern_return_t
do_sec_only(mach_port_t s, security_token_t t)
{

	(void)s;
	return (t.val[0] == getuid() ? KERN_SUCCESS : KERN_FAILURE);
}

kern_return_t
do_seqno_only(mach_port_t s, mach_port_seqno_t n, mach_port_seqno_t *m)
{

	(void)s;
	*m = n;
	return (KERN_SUCCESS);
}

object_t
object_of_port(mach_port_t port)
{

	return (port == server.port ? &server.object : NULL);
}

kern_return_t
do_held(object_t o)
{

	return (o != NULL && o->handle == 41 ? KERN_SUCCESS :
	    KERN_INVALID_NAME);
}

kern_return_t
do_asked(mach_port_t s, mach_msg_type_name_t sPoly)
{

	(void)s;
	return (sPoly == MACH_MSG_TYPE_PORT_SEND ||
	    sPoly == MACH_MSG_TYPE_PORT_SEND_ONCE ? KERN_SUCCESS :
	    KERN_INVALID_RIGHT);
}

kern_return_t
do_behind(mach_port_t s)
{

	(void)s;
	return (KERN_SUCCESS);
}

kern_return_t
do_reals(mach_port_t s, real_t a, raw_t b, mach_port_t c,
    mach_msg_type_name_t cPoly, free_t d, mach_msg_type_number_t dn, real_t *e)
{

	(void)s;
	if (cPoly != MACH_MSG_TYPE_PORT_SEND &&
	    cPoly != MACH_MSG_TYPE_PORT_SEND_ONCE)
		return (KERN_INVALID_RIGHT);
	if (b != 0x1234 || dn != 2 || d[1] != 3)
		return (KERN_INVALID_VALUE);
	drop(c);
	forget(d, dn * sizeof(*d));
	*e = a * 2;
	return (KERN_SUCCESS);
}

kern_return_t
do_tokens(mach_port_t s)
{

	(void)s;
	return (KERN_SUCCESS);
}

/* The right to answer is given up: its port hears of that. */
kern_return_t
do_answer_at(mach_port_t s, mach_port_t r, int x)
{

	(void)s;
	if (x != 8)
		return (KERN_INVALID_VALUE);
	drop(r);
	return (KERN_SUCCESS);
}

kern_return_t
do_own_reply(mach_port_t s, int *x)
{

	(void)s;
	*x = 6;
	return (KERN_SUCCESS);
}

/*
 * The client.
 */
kern_return_t
call_forms(void)
{
	mach_msg_type_number_t gn, hn;
	word_t c[WORDS_MAX + 1], g[WORDS_MAX + 1];
	tri_t d[TRIS_MAX + 1], h[TRIS_MAX + 1];
	line_t e, i;
	sums_t b, f;
	kern_return_t kr;
	unsigned n;

	for (n = 0; n <= WORDS_MAX; n++)
		c[n] = (word_t)(n + 7);
	memset(d, 'd', sizeof(d));
	for (n = 0; n < 8; n++) {
		b[n] = n;
		f[n] = 1ULL << 40;
	}
	memset(i, 'x', sizeof(i));
	strncpy(e, forms_of.text, sizeof(e) - 1);
	e[sizeof(e) - 1] = '\0';
	g[WORDS_MAX] = 0x55;
	memset(&h[TRIS_MAX], 0x55, sizeof(h[0]));
	kr = forms(server.port, -1, b, c, forms_of.words, d, forms_of.tris, e,
	    f, g, &gn, h, &hn, i);
	if (g[WORDS_MAX] != 0x55 || h[TRIS_MAX].v[0] != 0x55)
		return (KERN_FAILURE);
	if (kr != KERN_SUCCESS || !spoil.quiet)
		return (kr);
	if (gn != forms_of.words || hn != forms_of.tris ||
	    memcmp(g, c, gn * sizeof(*g)) != 0 ||
	    memcmp(h, d, hn * sizeof(*h)) != 0 || e[0] != '!' ||
	    strcmp(i, forms_of.text) != 0 || f[7] != (1ULL << 40) + 6)
		return (KERN_FAILURE);
	return (kr);
}

kern_return_t
call_far(void)
{
	mach_msg_type_number_t cn, i;
	mach_msg_type_name_t cPoly;
	mach_port_array_t c;
	far_two_t b;
	kern_return_t kr;
	int *a;

	a = numbers(2);
	kr = far(server.port, a + 1, &b, &c, &cPoly, &cn);
	forget(a, 2 * sizeof(*a));
	if (kr != KERN_SUCCESS)
		return (kr);
	if (spoil.quiet && (b->v[1] != 3 || cn != forms_of.rights ||
	    cPoly != MACH_MSG_TYPE_PORT_SEND))
		kr = KERN_FAILURE;
	for (i = 0; i < cn; i++)
		drop(c[i]);
	forget(c, cn * sizeof(*c));
	forget(b, sizeof(*b));
	return (kr);
}

static unsigned over_room = 4;

kern_return_t
call_over(void)
{
	mach_msg_type_number_t i, n;
	mach_msg_type_name_t aPoly;
	mach_port_t space[5];
	handed_t a;
	kern_return_t kr;

	space[4] = 0x55;
	a = space;
	n = over_room;
	kr = over(server.port, (int)forms_of.rights, &a, &aPoly,
	    &n);
	if (a != space || space[4] != 0x55)
		return (KERN_FAILURE);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (n > over_room || (spoil.quiet && (n != forms_of.rights ||
	    aPoly != MACH_MSG_TYPE_PORT_SEND)))
		return (KERN_FAILURE);
	for (i = 0; i < n; i++) {
		if (spoil.quiet && space[i] != mine[i % 2])
			kr = KERN_FAILURE;
		drop(space[i]);
	}
	return (kr);
}

kern_return_t
call_local(void)
{

	server.reported = KERN_SUCCESS;
	if (local(server.port, 9) != (1ULL << 33) + 9 &&
	    server.reported == KERN_SUCCESS && spoil.quiet)
		return (KERN_FAILURE);
	return (server.reported);
}

kern_return_t
call_sec_only(void)
{

	return (sec_only(server.port));
}

kern_return_t
call_seqno_only(void)
{
	mach_port_seqno_t first, second;
	kern_return_t kr;

	kr = seqno_only(server.port, &first);
	if (kr != KERN_SUCCESS || !spoil.quiet)
		return (kr);
	kr = seqno_only(server.port, &second);
	return (kr == KERN_SUCCESS && second != first + 1 ? KERN_FAILURE : kr);
}

kern_return_t
call_held(void)
{

	return (held(server.port));
}

kern_return_t
call_asked(void)
{

	return (asked(server.port, MACH_MSG_TYPE_COPY_SEND));
}

kern_return_t
call_behind(void)
{

	return (behind(server.port));
}

kern_return_t
call_reals(void)
{
	kern_return_t kr;
	free_t d;
	float e;

	d = numbers(2);
	kr = reals(server.port, 1.5F, 0x1234, mine[0], MACH_MSG_TYPE_MAKE_SEND,
	    d, 2, &e);
	forget(d, 2 * sizeof(*d));
	return (kr == KERN_SUCCESS && spoil.quiet && (e < 2.9F || e > 3.1F) ?
	    KERN_FAILURE : kr);
}

kern_return_t
call_tokens(void)
{
	security_token_t sec;
	audit_token_t audit;
	kern_return_t kr;

	memset(&sec, 0xff, sizeof(sec));
	memset(&audit, 0xff, sizeof(audit));
	kr = tokens(server.port, &sec, &audit);
	return (kr == KERN_SUCCESS && (sec.val[0] != getuid() ||
	    audit_token_to_pid(audit) != getpid()) ? KERN_FAILURE : kr);
}

/* Exactly one message comes to the port: the answer, or that there is none. */
kern_return_t
call_answer_at(void)
{
	union {
		mig_reply_error_t error;
		char		room[sizeof(mig_reply_error_t) +
				    MAX_TRAILER_SIZE];
	} m;
	mach_port_t port;
	kern_return_t kr;

	port = ct_port();
	kr = answer_at(server.port, port, 8);
	if (kr == KERN_SUCCESS) {
		kr = mach_msg(&m.error.Head, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		    sizeof(m), port, CT_SOON_MS, MACH_PORT_NULL);
		CT_EQ(kr, MACH_MSG_SUCCESS);
		if (m.error.Head.msgh_id != MACH_NOTIFY_SEND_ONCE)
			kr = m.error.RetCode;
	}
	ct_destroy_receive(port);
	return (kr);
}

kern_return_t
call_own_reply(void)
{
	mach_port_t port;
	kern_return_t kr;
	int x;

	port = ct_port();
	x = 0;
	kr = own_reply(server.port, port, &x);
	ct_destroy_receive(port);
	return (kr == KERN_SUCCESS && spoil.quiet && x != 6 ? KERN_FAILURE :
	    kr);
}

CT_CASE(padded_elements_from_none_to_one_too_many)
{

	start();
	spoil.quiet = true;
	for (forms_of.words = 0; forms_of.words <= WORDS_MAX;
	    forms_of.words++)
		for (forms_of.tris = 0; forms_of.tris <= TRIS_MAX;
		    forms_of.tris++)
			CT_EQ(call_forms(), KERN_SUCCESS);
	CT_EQ(forms_of.words, WORDS_MAX + 1);
	forms_of.tris = 1;
	CT_EQ(call_forms(), MIG_ARRAY_TOO_LARGE);
	forms_of.words = 1;
	forms_of.tris = TRIS_MAX + 1;
	CT_EQ(call_forms(), MIG_ARRAY_TOO_LARGE);
	stop();
}

CT_CASE(a_line_both_ways_from_nothing_to_its_limit)
{
	static const char line[] = "0123456789abcdefghi";
	unsigned n;

	start();
	spoil.quiet = true;
	for (n = 0; n < sizeof(line); n++) {
		forms_of.text = line + n;
		CT_EQ(call_forms(), KERN_SUCCESS);
	}
	stop();
}

CT_CASE(rights_are_put_into_the_callers_memory_or_not_at_all)
{
	unsigned names;

	start();
	spoil.quiet = true;
	for (forms_of.rights = 0; forms_of.rights <= 4; forms_of.rights++) {
		make_ports();
		over_room = forms_of.rights;
		names = ct_names();
		CT_EQ(call_over(), KERN_SUCCESS);
		CT_EQ(call_far(), KERN_SUCCESS);
		if (over_room != 0) {
			over_room--;
			CT_EQ(call_over(), MIG_ARRAY_TOO_LARGE);
		}
		CT_EQ(ct_names(), names);
		CT_EQ(ct_refs(mine[0], MACH_PORT_RIGHT_SEND), 1);
		drop_ports();
	}
	stop();
}
