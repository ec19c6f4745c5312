/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Arrays of out-of-line memory and of out-of-line rights: a descriptor for each
 * element, and how long each is in an array beside them.
 */

#include <string.h>

#include "rest_pair.h"

#define	PIECES_MAX	3U
#define	PIECE_MAX	6000U
#define	SETS_MAX	2U
#define	SET_MAX		3U

/* What the calls send, and where the server makes a mistake. */
static struct {
	unsigned	count;		/* elements of the array */
	unsigned	length;		/* of each, at most */
	bool		too_many, too_long;
	kern_return_t	code;		/* the server refuses */
} lists = { .count = 2, .length = 3 };

static bool
is_numbers(const int *memory, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (memory[i] != (int)(i * 3))
			return (false);
	return (true);
}

static unsigned
length_of(unsigned i)
{

	return (lists.length >= i ? lists.length - i : 0);
}

/*
 * The server.
 */
kern_return_t
do_alone(mach_port_t s, whole_t a, whole_t *b)
{

	(void)s;
	if (!is_numbers(a, 4))
		return (KERN_INVALID_VALUE);
	*b = a;			/* which leaves with the reply */
	return (KERN_SUCCESS);
}

static kern_return_t
check_pieces(piece_t *a, const mach_msg_type_number_t *subs, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (!is_numbers(a[i], subs[i]))
			return (KERN_INVALID_VALUE);
	return (KERN_SUCCESS);
}

kern_return_t
do_pieces(mach_port_t s, pieces_t a, mach_msg_type_number_t *asubs,
    mach_msg_type_number_t an, both_t b, mach_msg_type_number_t *bsubs,
    pieces_t c, mach_msg_type_number_t *csubs, mach_msg_type_number_t *cn,
    boolean_t *cDealloc, both_t d, mach_msg_type_number_t *dsubs, int *last)
{
	unsigned i;

	(void)s;
	if (*cn != PIECES_MAX)
		return (KERN_FAILURE);
	if (lists.code != KERN_SUCCESS)
		return (lists.code);
	if (check_pieces(a, asubs, an) != KERN_SUCCESS ||
	    check_pieces(b, bsubs, 2) != KERN_SUCCESS)
		return (KERN_INVALID_VALUE);
	if (lists.too_many || lists.too_long) {
		*cn = lists.too_many ? PIECES_MAX + 1 : 1;
		csubs[0] = PIECE_MAX + 1;
		return (KERN_SUCCESS);	/* the stub finds it */
	}
	/* As they came. */
	for (i = 0; i < an; i++) {
		c[i] = a[i];
		csubs[i] = asubs[i];
	}
	for (i = 0; i < 2; i++) {
		d[i] = b[i];
		dsubs[i] = bsubs[i];
	}
	*cn = an;
	*cDealloc = TRUE;
	*last = 99;
	return (KERN_SUCCESS);
}

kern_return_t
do_wholes(mach_port_t s, wholes_t a, mach_msg_type_number_t an, fours_t b,
    wholes_t c, mach_msg_type_number_t *cn, fours_t d)
{
	unsigned i;

	(void)s;
	for (i = 0; i < 2; i++)
		if (!is_numbers(b[i], 4) || !is_numbers(d[i], 4))
			return (KERN_INVALID_VALUE);
	for (i = 0; i < an; i++)
		if (!is_numbers(a[i], 4))
			return (KERN_INVALID_VALUE);
	if (lists.too_many) {
		*cn = PIECES_MAX + 1;
		return (KERN_SUCCESS);
	}
	for (i = 0; i < an; i++)
		c[i] = a[i];
	*cn = an;
	for (i = 0; i < 2; i++) {
		forget(d[i], 4 * sizeof(int));
		d[i] = b[1 - i];
	}
	return (KERN_SUCCESS);
}

kern_return_t
do_sets(mach_port_t s, sets_t a, mach_msg_type_number_t *asubs,
    mach_msg_type_number_t an, lots_t b, mach_msg_type_name_t *bPoly,
    mach_msg_type_number_t *bsubs, sets_t c, mach_msg_type_number_t *csubs,
    mach_msg_type_number_t *cn, bare_t d)
{
	unsigned i, j;

	(void)s;
	if (*bPoly != MACH_MSG_TYPE_PORT_SEND)
		return (KERN_INVALID_RIGHT);
	if (lists.too_many || lists.too_long) {
		*cn = lists.too_many ? SETS_MAX + 1 : 1;
		csubs[0] = SET_MAX + 1;
		return (KERN_SUCCESS);
	}
	for (i = 0; i < 2; i++) {
		for (j = 0; j < 2; j++)
			drop(d[i][j]);
		forget(d[i], 2 * sizeof(mach_port_t));
	}
	/* Its copies of the rights go with the memory of the arrays. */
	*bPoly = MACH_MSG_TYPE_MOVE_SEND;
	for (i = 0; i < an; i++) {
		for (j = 0; j < asubs[i]; j++)
			drop(a[i][j]);
		c[i] = a[i];
		csubs[i] = asubs[i];
		for (j = 0; j < asubs[i]; j++)
			c[i][j] = mine[0];
	}
	*cn = an;
	(void)b;
	(void)bsubs;
	return (KERN_SUCCESS);
}

kern_return_t
do_late(mach_port_t s, mach_port_array_t a, mach_msg_type_name_t aPoly,
    mach_msg_type_number_t an, sets_t b, mach_msg_type_number_t *bsubs,
    mach_msg_type_number_t bn, pieces_t c, mach_msg_type_number_t *csubs,
    mach_msg_type_number_t cn, free_t d, mach_msg_type_number_t dn)
{

	(void)s; (void)a; (void)aPoly; (void)an; (void)b; (void)bsubs;
	(void)bn; (void)c; (void)csubs; (void)cn; (void)d; (void)dn;
	return (KERN_FAILURE);
}

/*
 * The client.
 */
kern_return_t
call_alone(void)
{
	kern_return_t kr;
	whole_t a, b;

	a = numbers(4);
	kr = alone(server.port, a, &b);
	forget(a, 4 * sizeof(int));
	if (kr == KERN_SUCCESS && spoil.quiet && !is_numbers(b, 4))
		kr = KERN_FAILURE;
	if (kr == KERN_SUCCESS)
		forget(b, 4 * sizeof(int));
	return (kr);
}

static bool
same_pieces(piece_t *got, const mach_msg_type_number_t *subs,
    const mach_msg_type_number_t *wanted, unsigned n)
{
	unsigned i;
	bool same;

	same = true;
	for (i = 0; i < n; i++) {
		if (subs[i] != wanted[i] || !is_numbers(got[i], subs[i]))
			same = !spoil.quiet;
		forget(got[i], subs[i] * sizeof(int));
	}
	return (same);
}

kern_return_t
call_pieces(void)
{
	/* The caller's arrays may be shorter than the longest. */
	piece_t a[PIECES_MAX + 1], b[2], c[PIECES_MAX], d[2];
	mach_msg_type_number_t asubs[PIECES_MAX + 1], bsubs[2];
	mach_msg_type_number_t csubs[PIECES_MAX + 1], dsubs[2], cn;
	kern_return_t kr;
	unsigned i;
	int last;
	bool same;

	for (i = 0; i < lists.count; i++) {
		asubs[i] = length_of(i);
		a[i] = numbers(asubs[i]);
	}
	for (i = 0; i < 2; i++) {
		bsubs[i] = length_of(1 - i);
		b[i] = numbers(bsubs[i]);
	}
	csubs[PIECES_MAX] = 0x55;
	cn = 0;
	kr = pieces(server.port, a, asubs, lists.count, b, bsubs, FALSE, c,
	    csubs, &cn, d, dsubs, &last);
	for (i = 0; i < lists.count; i++)
		forget(a[i], asubs[i] * sizeof(int));
	for (i = 0; i < 2; i++)
		forget(b[i], bsubs[i] * sizeof(int));
	if (csubs[PIECES_MAX] != 0x55)
		return (KERN_FAILURE);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (cn > PIECES_MAX || (spoil.quiet && (cn != lists.count ||
	    last != 99)))
		return (KERN_FAILURE);
	same = same_pieces(c, csubs, asubs, cn < lists.count ? cn :
	    lists.count);
	same = same_pieces(d, dsubs, bsubs, 2) && same;
	return (same ? kr : KERN_FAILURE);
}

kern_return_t
call_wholes(void)
{
	whole_t a[PIECES_MAX + 1], b[2], c[PIECES_MAX], d[2];
	mach_msg_type_number_t cn;
	kern_return_t kr;
	unsigned i;

	for (i = 0; i < lists.count; i++)
		a[i] = numbers(4);
	for (i = 0; i < 2; i++) {
		b[i] = numbers(4);
		d[i] = numbers(4);
	}
	cn = 0;
	kr = wholes(server.port, a, lists.count, b, c, &cn, d);
	for (i = 0; i < 2; i++)
		forget(b[i], 4 * sizeof(int));
	if (kr == MIG_ARRAY_TOO_LARGE && lists.count > PIECES_MAX)
		for (i = 0; i < 2; i++)	/* nothing was sent */
			forget(d[i], 4 * sizeof(int));
	for (i = 0; i < lists.count && lists.count > PIECES_MAX; i++)
		forget(a[i], 4 * sizeof(int));
	if (kr != KERN_SUCCESS)
		return (kr);
	if (cn > PIECES_MAX || (spoil.quiet && cn != lists.count))
		return (KERN_FAILURE);
	for (i = 0; i < cn; i++) {
		if (spoil.quiet && !is_numbers(c[i], 4))
			kr = KERN_FAILURE;
		forget(c[i], 4 * sizeof(int));
	}
	for (i = 0; i < 2; i++) {
		if (spoil.quiet && !is_numbers(d[i], 4))
			kr = KERN_FAILURE;
		forget(d[i], 4 * sizeof(int));
	}
	return (kr);
}

static mach_port_t *
rights(unsigned n)
{
	mach_port_t *r;
	unsigned i;

	r = (mach_port_t *)numbers(n);
	for (i = 0; i < n; i++)
		r[i] = mine[i % 2];
	return (r);
}

static void
drop_rights(mach_port_t *r, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		drop(r[i]);
	forget(r, n * sizeof(*r));
}

kern_return_t
call_sets(void)
{
	mach_port_t *a[SETS_MAX + 1], *b[2], *c[SETS_MAX], *d[2];
	mach_msg_type_number_t asubs[SETS_MAX + 1], bsubs[2];
	mach_msg_type_number_t csubs[SETS_MAX], cn;
	mach_msg_type_name_t bPoly;
	kern_return_t kr;
	unsigned i;
	bool sent;

	for (i = 0; i < lists.count; i++) {
		asubs[i] = length_of(i);
		a[i] = rights(asubs[i]);
	}
	for (i = 0; i < 2; i++) {
		bsubs[i] = 2 + i;
		b[i] = rights(bsubs[i]);
		d[i] = rights(2);
	}
	bPoly = MACH_MSG_TYPE_MAKE_SEND;
	cn = 0;
	sent = lists.count <= SETS_MAX && lists.length <= SET_MAX;
	kr = sets(server.port, a, asubs, lists.count, b, &bPoly, bsubs, c,
	    csubs, &cn, d);
	for (i = 0; i < lists.count; i++)
		forget(a[i], asubs[i] * sizeof(mach_port_t));
	for (i = 0; i < 2; i++) {
		forget(d[i], 2 * sizeof(mach_port_t));
		if (!sent)
			forget(b[i], bsubs[i] * sizeof(mach_port_t));
	}
	if (kr != KERN_SUCCESS)
		return (kr);
	if (cn > SETS_MAX || (spoil.quiet && (cn != lists.count ||
	    bPoly != MACH_MSG_TYPE_PORT_SEND)))
		return (KERN_FAILURE);
	for (i = 0; i < cn; i++) {
		if (spoil.quiet && csubs[i] != asubs[i])
			kr = KERN_FAILURE;
		drop_rights(c[i], csubs[i]);
	}
	for (i = 0; i < 2; i++) {
		if (spoil.quiet && (bsubs[i] != 2 + i || b[i][1] != mine[1]))
			kr = KERN_FAILURE;
		drop_rights(b[i], bsubs[i]);
	}
	return (kr);
}

/* A call of each that the server gets to see, and leaves nothing behind. */
static kern_return_t
counted(kern_return_t (*call)(void))
{
	kern_return_t kr;
	unsigned names;

	names = ct_names();
	make_ports();
	kr = call();
	drop_ports();
	CT_EQ(ct_names(), names);
	return (kr);
}

CT_CASE(arrays_of_memory_have_from_none_to_all_elements_of_every_length)
{
	static const unsigned lengths[] = { 0, 1, 2, PIECE_MAX };
	unsigned i;

	start();
	spoil.quiet = true;
	for (lists.count = 0; lists.count <= PIECES_MAX; lists.count++) {
		for (i = 0; i < 4; i++) {
			lists.length = lengths[i];
			CT_EQ(counted(call_pieces), KERN_SUCCESS);
		}
		CT_EQ(counted(call_wholes), KERN_SUCCESS);
	}
	CT_EQ(counted(call_alone), KERN_SUCCESS);
	stop();
}

CT_CASE(arrays_of_arrays_of_rights_have_from_none_to_all_elements)
{

	start();
	spoil.quiet = true;
	for (lists.count = 0; lists.count <= SETS_MAX; lists.count++)
		for (lists.length = 0; lists.length <= SET_MAX; lists.length++)
			CT_EQ(counted(call_sets), KERN_SUCCESS);
	stop();
}

CT_CASE(one_element_more_or_a_longer_one_is_not_sent)
{

	start();
	spoil.quiet = true;
	lists.count = PIECES_MAX + 1;
	CT_EQ(counted(call_pieces), MIG_ARRAY_TOO_LARGE);
	CT_EQ(counted(call_wholes), MIG_ARRAY_TOO_LARGE);
	lists.count = 1;
	lists.length = PIECE_MAX + 1;
	CT_EQ(counted(call_pieces), MIG_ARRAY_TOO_LARGE);
	lists.length = 1;
	lists.count = SETS_MAX + 1;
	CT_EQ(counted(call_sets), MIG_ARRAY_TOO_LARGE);
	lists.count = 1;
	lists.length = SET_MAX + 1;
	CT_EQ(counted(call_sets), MIG_ARRAY_TOO_LARGE);
	stop();
}

CT_CASE(a_server_that_returns_more_than_declared_is_refused)
{

	start();
	spoil.quiet = true;
	lists.count = 1;
	lists.length = 1;
	lists.too_many = true;
	CT_EQ(counted(call_pieces), MIG_ARRAY_TOO_LARGE);
	CT_EQ(counted(call_wholes), MIG_ARRAY_TOO_LARGE);
	CT_EQ(counted(call_sets), MIG_ARRAY_TOO_LARGE);
	lists.too_many = false;
	lists.too_long = true;
	CT_EQ(counted(call_pieces), MIG_ARRAY_TOO_LARGE);
	CT_EQ(counted(call_sets), MIG_ARRAY_TOO_LARGE);
	lists.too_long = false;
	lists.code = KERN_NO_ACCESS;
	CT_EQ(counted(call_pieces), KERN_NO_ACCESS);
	lists.code = KERN_SUCCESS;
	CT_EQ(counted(call_pieces), KERN_SUCCESS);
	stop();
}

CT_CASE(a_request_that_cannot_be_sent_leaves_memory_and_rights_as_they_were)
{
	mach_msg_type_number_t bsubs[2], csubs[3];
	mach_port_t full, *a, *b[2];
	piece_t c[3];
	unsigned i, n, names;

	make_ports();
	full = ct_port_send();
	ct_qlimit(full, 1);
	ct_send_id(full, 1);
	a = rights(2);
	for (i = 0; i < 2; i++) {
		bsubs[i] = 1 + i;
		b[i] = rights(bsubs[i]);
	}
	for (i = 0; i < 3; i++) {
		csubs[i] = 3000 * i;
		c[i] = numbers(csubs[i]);
	}
	names = ct_names();
	for (n = 0; n <= 3; n++) {
		CT_EQ(late(full, 1, a, MACH_MSG_TYPE_MAKE_SEND, 2, b, bsubs,
		    n < 2 ? n : 2, c, csubs, n, c[2], csubs[2]),
		    MACH_SEND_TIMED_OUT);
		CT_EQ(late(full, 1, a, MACH_MSG_TYPE_MAKE_SEND_ONCE, 2, b,
		    bsubs, 1, c, csubs, n, c[2], csubs[2]),
		    MACH_SEND_TIMED_OUT);
	}
	CT_EQ(ct_names(), names);
	for (i = 0; i < 2; i++)
		CT_EQ(ct_refs(mine[i], MACH_PORT_RIGHT_SEND), 1);
	CT_TRUE(a[0] == mine[0] && a[1] == mine[1] && b[1][1] == mine[1]);
	for (i = 0; i < 3; i++) {
		CT_TRUE(is_numbers(c[i], csubs[i]));
		forget(c[i], csubs[i] * sizeof(int));
	}
	for (i = 0; i < 2; i++)
		forget(b[i], bsubs[i] * sizeof(mach_port_t));
	forget(a, 2 * sizeof(mach_port_t));
	drop_ports();
}
