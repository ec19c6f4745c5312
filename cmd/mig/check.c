/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the arguments are in the two messages, and all refusals that are not of
 * the grammar.
 */

#include <string.h>

#include "mig.h"

bool
is_descriptor(const struct type *t)
{

	return (t->kind == K_PORT || t->kind == K_OOL ||
	    t->kind == K_OOL_PORTS);
}

bool
is_varying(const struct type *t)
{

	return (t->kind == K_VARRAY || t->kind == K_VSTRING);
}

bool
arg_in(const struct arg *a, enum message m)
{

	return (a->dir == D_INOUT || a->dir == (m == REQUEST ? D_IN : D_OUT));
}

/* Counts are beside data; the caller's room also goes with the request. */
bool
arg_count_in(const struct arg *a, enum message m)
{

	if (!a->type->varying)
		return (false);
	return (arg_in(a, m) || (m == REQUEST && a->dir == D_OUT &&
	    a->count_inout));
}

static void
check_size(const struct arg *a, unsigned size, const char *what)
{

	if (a->type->kind != K_STRUCT && a->type->kind != K_SCALAR)
		error_at(&a->place, "%s cannot be an array, right or string",
		    what);
	else if (a->type->size != size)
		error_at(&a->place, "%s has %u bytes, not %u", what, size,
		    a->type->size);
}

static void
check_port(struct routine *r, struct arg *a)
{

	if (a->type->kind != K_PORT) {
		error_at(&a->place, "%s is not a port", a->name);
		return;
	}
	if (a->type->poly) {
		error_at(&a->place, "a polymorphic port of the header is not "
		    "supported");
		return;
	}
	if (a->dir == D_REQUEST) {
		if (r->request_port != NULL)
			error_at(&a->place, "there is a request port already");
		if (strstr(a->type->received, "RECEIVE") != NULL)
			error_at(&a->place,
			    "nothing can be sent to a receive right");
		r->request_port = a;
	} else {
		if (r->reply_port != NULL)
			error_at(&a->place, "there is a reply port already");
		if (!r->oneway && strstr(a->type->received, "RECEIVE") != NULL)
			error_at(&a->place, "a reply cannot be sent to a "
			    "receive right");
		r->reply_port = a;
	}
}

/* The flags are of certain kinds only. */
static void
check_flags(const struct arg *a)
{

	if ((a->dealloc || a->physical) && a->type->kind != K_OOL &&
	    a->type->kind != K_OOL_PORTS)
		error_at(&a->place, "%s is not out-of-line memory", a->name);
	if (a->count_inout && (a->dir != D_OUT || !is_varying(a->type) ||
	    a->type->kind == K_VSTRING))
		error_at(&a->place, "CountInOut is for out arrays of varying "
		    "length");
}

static void
check_data(struct routine *r, struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (r->oneway && a->dir != D_IN)
		error_at(&a->place, "a simpleroutine has no results");
	if (t->kind == K_VARRAY && t->count == 0)
		error_at(&a->place, "an inline array without a limit is not "
		    "supported: use array[*:n], or ^array[]");
	if (t->kind == K_OOL_PORTS && t->name == NULL)
		error_at(&a->place, "the array has no name");
	if ((t->intran != NULL || t->outtran != NULL ||
	    t->destructor != NULL) && t->kind != K_PORT &&
	    t->kind != K_SCALAR && t->kind != K_STRUCT)
		error_at(&a->place, "translation of arrays is not supported");
	if (a->dir == D_INOUT) {
		if (t->intran != NULL || t->outtran != NULL)
			error_at(&a->place, "translation of an inout argument "
			    "is not supported");
		if (t->poly)
			error_at(&a->place, "a polymorphic inout argument is "
			    "not supported");
	}
	check_flags(a);
}

static void
check_arg(struct routine *r, struct arg *a)
{

	if (a->dir == D_NONE)
		a->dir = r->request_port == NULL && a == r->args &&
		    a->type->kind == K_PORT ? D_REQUEST : D_IN;
	switch (a->dir) {
	case D_REQUEST:
	case D_REPLY:
	case D_SREPLY:
	case D_UREPLY:
		check_port(r, a);
		break;
	case D_WAITTIME:
		check_size(a, 4, "a time");
		r->wait_arg = a;
		if (r->oneway)
			error_at(&a->place, "a simpleroutine does not wait");
		break;
	case D_SENDTIME:
		check_size(a, 4, "a time");
		r->send_arg = a;
		break;
	case D_MSGOPTION:
		check_size(a, 4, "an option");
		r->option_arg = a;
		break;
	case D_SEQNO:
		check_size(a, 4, "a sequence number");
		break;
	case D_SERVER_SEC:
		check_size(a, 8, "a security token");
		break;
	case D_SERVER_AUDIT:
		check_size(a, 32, "an audit token");
		break;
	case D_USER_SEC:
	case D_USER_AUDIT:
		check_size(a, a->dir == D_USER_SEC ? 8 : 32, "a token");
		if (r->oneway)
			error_at(&a->place, "a simpleroutine has no reply");
		break;
	case D_SERVER_CONTEXT:
		error_at(&a->place, "ServerContextToken is not supported");
		break;
	default:
		check_data(r, a);
		break;
	}
}

/* Words that the printed functions need, or C has already. */
static const char *const reserved[] = {
	"Head", "InHeadP", "Mess", "NDR", "NDR_record", "OutHeadP", "OutP",
	"RetCode", "TrailerP", "failed", "memcpy", "memmove", "memset",
	"msgh_body", "offsetof", "strlen", "memchr", "mach_msg",
	"auto", "bool", "break", "case", "char", "class", "const", "continue",
	"default", "delete", "do", "double", "else", "enum", "extern", "float",
	"for", "goto", "if", "inline", "int", "long", "namespace", "new",
	"operator", "private", "public", "register", "restrict", "return",
	"short", "signed", "sizeof", "static", "struct", "switch", "template",
	"this", "typedef", "union", "unsigned", "using", "virtual", "void",
	"volatile", "while", NULL
};

static bool
is_reserved(const char *name)
{
	size_t i;

	for (i = 0; reserved[i] != NULL; i++)
		if (strcmp(name, reserved[i]) == 0)
			return (true);
	/* In0P, Out12P, migSize ... */
	if (strncmp(name, "In", 2) == 0 || strncmp(name, "Out", 3) == 0) {
		name += name[0] == 'I' ? 2 : 3;
		i = strspn(name, "0123456789");
		return (i != 0 && strcmp(name + i, "P") == 0);
	}
	return (strncmp(name, "mig", 3) == 0 && name[3] >= 'A' &&
	    name[3] <= 'Z');
}

static void
check_names(const struct interface *i, const struct routine *r)
{
	const struct arg *a, *b;
	const char *function;
	unsigned n;

	n = 0;
	function = i->server_prefix == NULL ? r->name :
	    print("%s%s", i->server_prefix, r->name);
	for (a = r->args; a != NULL; a = a->next)
		if (is_reserved(a->name) || strcmp(a->name, function) == 0)
			error_at(&a->place, "an argument of the name %s is not "
			    "supported", a->name);
	for (a = r->args; a != NULL; a = a->next) {
		if (++n > 1024) {
			error_at(&a->place, "more than 1024 arguments");
			return;
		}
		for (b = r->args; b != a; b = b->next)
			if (strcmp(a->name, b->name) == 0) {
				error_at(&a->place, "there is an argument %s "
				    "already", a->name);
				return;
			}
	}
}

static void
count(struct routine *r, enum message m)
{
	const struct arg *a;
	unsigned long long size;

	size = 0;
	for (a = r->args; a != NULL; a = a->next) {
		if (arg_in(a, m) && is_descriptor(a->type)) {
			r->descriptors[m]++;
			if (arg_count_in(a, m))
				r->has_ndr[m] = true;
		} else if (arg_in(a, m)) {
			r->has_ndr[m] = true;
			size += a->type->size;
		} else if (arg_count_in(a, m)) {
			r->has_ndr[m] = true;
		}
	}
	if (m == REPLY && r->descriptors[m] == 0)
		r->has_ndr[m] = true;
	if (size > 64 * 1024 * 1024)
		error_at(&r->place, "the message of %s is too large", r->name);
}

static void
check_routine(struct interface *i, struct routine *r)
{
	struct arg *a;

	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_REQUEST)
			break;
	if (a != NULL && r->args->dir == D_NONE)
		r->args->dir = D_IN;
	for (a = r->args; a != NULL; a = a->next)
		check_arg(r, a);
	check_names(i, r);
	if (r->request_port == NULL)
		error_at(&r->place, "%s has no request port", r->name);
	if ((r->wait_arg != NULL || r->wait_time != NULL) &&
	    (r->send_arg != NULL || r->send_time != NULL) &&
	    (r->option_arg != NULL || r->option != NULL) && !r->oneway)
		error_at(&r->place, "MsgOption together with both SendTime and "
		    "WaitTime is not supported");
	count(r, REQUEST);
	count(r, REPLY);
}

void
check(struct interface *i)
{
	struct routine *r, *old;
	struct table *names;

	names = table_new();
	for (r = i->routines; r != NULL; r = r->next) {
		old = table_find(names, r->name);
		if (old != NULL)
			error_at(&r->place, "routine %s is declared already in "
			    "%s:%u", r->name, old->place.file, old->place.line);
		else
			table_add(names, r->name, r);
		check_routine(i, r);
	}
	if (i->base > 0x7fffffffU - i->numbers - 100)
		error_at(&i->place, "the message numbers overflow");
}
