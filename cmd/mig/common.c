/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the printed files have in common: messages as structures, prototypes,
 * and the checks of a received message.
 *
 * A message with varying arrays has the layout of its structure at the full
 * length of each.  What follows a shorter array is reached by a pointer moved
 * back by what the array lacks: In0P up to and including the first array, In1P
 * behind it, and so on; Out0P, Out1P in replies.
 */

#include <string.h>

#include "mig.h"

const char *
base_name(const char *path)
{
	const char *slash;

	slash = strrchr(path, '/');
	return (slash == NULL ? path : slash + 1);
}

void
print_file_start(FILE *f, const struct interface *i, const char *what)
{

	fprintf(f, "/*\n * %s of subsystem %s.\n"
	    " * Written by mig from %s: edit that.\n */\n\n", what, i->name,
	    base_name(i->source));
}

void
print_imports(FILE *f, const struct interface *i, enum import who)
{
	const struct import_line *l;

	for (l = i->imports; l != NULL; l = l->next)
		if (l->who == who || l->who == I_ALL)
			fprintf(f, "#include %s\n", l->file);
}

unsigned
message_bytes(const struct type *t)
{

	return ((t->size + 3) & ~3U);
}

/* Inline arrays of varying length before the argument. */
unsigned
varying_before(const struct routine *r, enum message m, const struct arg *arg)
{
	const struct arg *a;
	unsigned n;

	n = 0;
	for (a = r->args; a != arg; a = a->next)
		if (arg_in(a, m) && is_varying(a->type))
			n++;
	return (n);
}

unsigned
varying_total(const struct routine *r, enum message m)
{

	return (varying_before(r, m, NULL));
}

/* The bytes that `count' elements take, padded. */
const char *
varying_bytes(const struct arg *a, const char *count)
{

	if (a->type->element_size == 1)
		return (print("MIG_ALIGN(%s)", count));
	if (a->type->element_size % 4 == 0)
		return (print("%s * %u", count, a->type->element_size));
	return (print("MIG_ALIGN(%s * %u)", count, a->type->element_size));
}

static void
print_descriptor(FILE *f, const struct arg *a)
{

	fprintf(f, "\t%s %s;\n", a->type->kind == K_PORT ?
	    "mach_msg_port_descriptor_t" : a->type->kind == K_OOL ?
	    "mach_msg_ool_descriptor_t" : "mach_msg_ool_ports_descriptor_t",
	    a->name);
}

static void
print_inline(FILE *f, const struct arg *a, bool server)
{
	const struct type *t;

	t = a->type;
	switch (t->kind) {
	case K_VARRAY:
	case K_VSTRING:
	case K_STRING:
		fprintf(f, "\t%s %s[%u];\n", t->element, a->name, t->count);
		break;
	default:
		fprintf(f, "\t%s %s;\n", server ? t->server_type :
		    t->user_type, a->name);
		break;
	}
	if (t->size % 4 != 0)
		fprintf(f, "\tchar %sPad[%u];\n", a->name, 4 - t->size % 4);
}

/* The structure of a message, without trailer. */
void
print_message(FILE *f, const struct routine *r, enum message m,
    const char *name, bool server)
{
	const struct arg *a;

	fprintf(f, "typedef struct {\n\tmach_msg_header_t Head;\n");
	if (r->descriptors[m] != 0) {
		fprintf(f, "\tmach_msg_body_t msgh_body;\n");
		for (a = r->args; a != NULL; a = a->next)
			if (arg_in(a, m) && is_descriptor(a->type))
				print_descriptor(f, a);
	}
	if (r->has_ndr[m])
		fprintf(f, "\tNDR_record_t NDR;\n");
	if (m == REPLY && r->descriptors[m] == 0)
		fprintf(f, "\tkern_return_t RetCode;\n");
	for (a = r->args; a != NULL; a = a->next) {
		if (arg_count_in(a, m)) {
			if (a->type->kind == K_VSTRING)
				fprintf(f, "\tmach_msg_type_number_t "
				    "%sOffset;\n", a->name);
			fprintf(f, "\tmach_msg_type_number_t %sCnt;\n",
			    a->name);
		}
		if (arg_in(a, m) && !is_descriptor(a->type))
			print_inline(f, a, server);
	}
	fprintf(f, "} %s;\n", name);
}

/* The sizes that code is generated for are those of the C compiler. */
void
print_asserts(FILE *f, const struct routine *r)
{
	const struct arg *a;
	const struct type *t;

	for (a = r->args; a != NULL; a = a->next) {
		t = a->type;
		if (t->element != NULL && (t->kind == K_VARRAY ||
		    t->kind == K_OOL) && t->element_size != 1)
			fprintf(f, "MACH_STATIC_ASSERT(sizeof(%s) == %u, "
			    "\"%s: size of an element\");\n", t->element,
			    t->element_size, a->name);
	}
}

/* A parameter that carries a result. */
static bool
by_address(const struct arg *a)
{

	if (a->dir != D_OUT && a->dir != D_INOUT)
		return (false);
	switch (a->type->kind) {
	case K_ARRAY:
	case K_VARRAY:
	case K_STRING:
	case K_VSTRING:
		return (false);
	default:
		return (true);
	}
}

static bool
has_parameter(const struct arg *a, bool server)
{

	switch (a->dir) {
	case D_SREPLY:
	case D_SEQNO:
	case D_SERVER_SEC:
	case D_SERVER_AUDIT:
	case D_SERVER_CONTEXT:
		return (server);
	case D_UREPLY:
	case D_WAITTIME:
	case D_SENDTIME:
	case D_MSGOPTION:
	case D_USER_SEC:
	case D_USER_AUDIT:
		return (!server);
	default:
		return (true);
	}
}

void
print_prototype(FILE *f, const struct interface *i, const struct routine *r,
    bool server)
{
	const struct arg *a;
	const struct type *t;
	const char *before, *star;
	bool out, token;

	fprintf(f, "kern_return_t\n%s%s(", server ? i->server_prefix :
	    i->user_prefix, r->name);
	before = "\n\t";
	for (a = r->args; a != NULL; a = a->next) {
		if (!has_parameter(a, server))
			continue;
		t = a->type;
		out = a->dir == D_OUT || a->dir == D_INOUT;
		token = a->dir == D_USER_SEC || a->dir == D_USER_AUDIT;
		star = by_address(a) || token ? "*" : "";
		fprintf(f, "%s%s%s %s%s", before, a->is_const && !out ?
		    "const " : "", !server ? t->user_type :
		    t->intran != NULL || t->outtran != NULL ?
		    t->trans_type : t->server_type, star, a->name);
		before = ",\n\t";
		if (a->dir != D_IN && !out)
			continue;
		if (t->poly)
			fprintf(f, "%smach_msg_type_name_t %s%sPoly", before,
			    out ? "*" : "", a->name);
		if (t->varying && t->kind != K_VSTRING)
			fprintf(f, "%smach_msg_type_number_t %s%sCnt", before,
			    out ? "*" : "", a->name);
	}
	fprintf(f, ")");
}

static void
print_failure(FILE *f, enum message m, const char *code)
{

	/* The caller of a routine gets one code for all bad replies. */
	fprintf(f, "\t\tRetCode = %s;\n\t\tgoto failed;\n\t}\n",
	    m == REPLY ? "MIG_TYPE_ERROR" : code);
}

static void
check_descriptor(FILE *f, enum message m, const char *p, const struct arg *a)
{
	const struct type *t;

	t = a->type;
	fprintf(f, "\tif (%s0P->%s.type != %s", p, a->name,
	    t->kind == K_PORT ? "MACH_MSG_PORT_DESCRIPTOR" : t->kind == K_OOL ?
	    "MACH_MSG_OOL_DESCRIPTOR" : "MACH_MSG_OOL_PORTS_DESCRIPTOR");
	if (t->poly)
		fprintf(f, " ||\n\t    !MACH_MSG_TYPE_PORT_ANY_RIGHT("
		    "%s0P->%s.disposition)", p, a->name);
	else if (t->kind != K_OOL)
		fprintf(f, " ||\n\t    %s0P->%s.disposition != %s", p, a->name,
		    t->received);
	if (t->kind != K_PORT && !t->varying)
		fprintf(f, " ||\n\t    %s0P->%s.%s != %u", p, a->name,
		    t->kind == K_OOL ? "size" : "count",
		    t->kind == K_OOL ? t->size : t->count);
	fprintf(f, ") {\n");
	print_failure(f, m, "MIG_TYPE_ERROR");
}

static void
check_ool_count(FILE *f, enum message m, const char *p, unsigned n,
    const struct arg *a)
{
	const struct type *t;

	t = a->type;
	fprintf(f, "\tif (");
	if (t->count != 0)
		fprintf(f, "%s%uP->%sCnt > %u ||\n\t    ", p, n, a->name,
		    t->count);
	if (t->kind == K_OOL_PORTS)
		fprintf(f, "%s0P->%s.count != %s%uP->%sCnt", p, a->name, p, n,
		    a->name);
	else if (t->element_size == 1)
		fprintf(f, "%s0P->%s.size != %s%uP->%sCnt", p, a->name, p, n,
		    a->name);
	else
		fprintf(f, "%s0P->%s.size %% %u != 0 ||\n"
		    "\t    %s0P->%s.size / %u != %s%uP->%sCnt", p, a->name,
		    t->element_size, p, a->name, t->element_size, p, n,
		    a->name);
	fprintf(f, ") {\n");
	print_failure(f, m, "MIG_TYPE_ERROR");
}

static void
check_varying(FILE *f, enum message m, const char *p, unsigned n,
    const struct arg *a, const char *type)
{
	const char *bytes;

	fprintf(f, "\tif (%s%uP->%sCnt > %u) {\n", p, n, a->name,
	    a->type->count);
	print_failure(f, m, "MIG_BAD_ARGUMENTS");
	bytes = varying_bytes(a, print("%s%uP->%sCnt", p, n, a->name));
	fprintf(f, "\tmigBytes = %s;\n\tif (migBytes > migRoom) {\n", bytes);
	print_failure(f, m, "MIG_BAD_ARGUMENTS");
	fprintf(f, "\tmigRoom -= migBytes;\n");
	fprintf(f, "\t%s%uP = (%s *)(void *)((char *)%s%uP + migBytes - %u);\n",
	    p, n + 1, type, p, n, message_bytes(a->type));
}

static void
check_string(FILE *f, enum message m, const char *p, unsigned n,
    const struct arg *a)
{

	if (a->type->kind == K_STRING)
		fprintf(f, "\tif (memchr(%s%uP->%s, '\\0', %u) == NULL) {\n",
		    p, n, a->name, a->type->count);
	else
		fprintf(f, "\tif (memchr(%s%uP->%s, '\\0', %s%uP->%sCnt) == "
		    "NULL) {\n", p, n, a->name, p, n, a->name);
	print_failure(f, m, "MIG_BAD_ARGUMENTS");
}

/*
 * The checks of a received message; nothing is read that the size does not
 * cover.  Sets the pointers after the first; needs migBytes, migRoom, RetCode
 * and the label `failed'.
 */
void
print_checks(FILE *f, const struct routine *r, enum message m)
{
	const struct arg *a;
	const char *p, *type;
	unsigned n, varying;

	p = m == REQUEST ? "In" : "Out";
	type = print("%s_%s", m == REQUEST ? "Request" : "Reply", r->name);
	varying = 0;
	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, m) && is_varying(a->type))
			varying += message_bytes(a->type);
	fprintf(f, "\tif (%s(%s0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX)"
	    "%s ||\n", r->descriptors[m] != 0 ? "!" : "", p,
	    r->descriptors[m] != 0 ? "" : " != 0");
	if (varying == 0)
		fprintf(f, "\t    %s0P->Head.msgh_size != sizeof(%s)", p, type);
	else
		fprintf(f, "\t    %s0P->Head.msgh_size < sizeof(%s) - %u ||\n"
		    "\t    %s0P->Head.msgh_size > sizeof(%s)", p, type, varying,
		    p, type);
	if (r->descriptors[m] != 0)
		fprintf(f, " ||\n\t    %s0P->msgh_body.msgh_descriptor_count "
		    "!= %u", p, r->descriptors[m]);
	fprintf(f, ") {\n");
	print_failure(f, m, "MIG_BAD_ARGUMENTS");
	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, m) && is_descriptor(a->type))
			check_descriptor(f, m, p, a);
	if (varying != 0)
		fprintf(f, "\tmigRoom = %s0P->Head.msgh_size - "
		    "(mach_msg_size_t)(sizeof(%s) - %u);\n", p, type, varying);
	for (a = r->args; a != NULL; a = a->next) {
		if (!arg_in(a, m))
			continue;
		n = varying_before(r, m, a);
		if (is_varying(a->type))
			check_varying(f, m, p, n, a, type);
		if (a->type->kind == K_STRING || a->type->kind == K_VSTRING)
			check_string(f, m, p, n, a);
		if (is_descriptor(a->type) && a->type->varying)
			check_ool_count(f, m, p, n, a);
	}
	if (varying != 0) {
		fprintf(f, "\tif (migRoom != 0) {\n");
		print_failure(f, m, "MIG_BAD_ARGUMENTS");
	}
}
