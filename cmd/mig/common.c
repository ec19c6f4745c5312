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

const struct words user_words = {
	"mach_msg_header_t", "mach_msg_port_descriptor_t",
	"mach_msg_ool_descriptor_t", "mach_msg_ool_ports_descriptor_t",
	"mig_reply_error_t", "mach_port_t", "MACH_PORT_NULL"
};

/* In the kernel messages hold ports, not names. */
const struct words kernel_words = {
	"mig_kernel_header_t", "mig_kernel_port_descriptor_t",
	"mig_kernel_ool_descriptor_t", "mig_kernel_ool_ports_descriptor_t",
	"mig_kernel_reply_error_t", "ipc_port_t", "IPC_PORT_NULL"
};

const struct words *
words_of(const struct interface *i, bool server)
{

	return ((server ? i->kernel_server : i->kernel_user) ? &kernel_words :
	    &user_words);
}

/* A type's name in C, on one side. */
static const char *
in_c(const struct interface *i, const char *name, bool server)
{

	return (strcmp(name, "mach_port_t") == 0 ?
	    words_of(i, server)->port_type : name);
}

const char *
user_c(const struct interface *i, const struct type *t)
{

	return (in_c(i, t->user_type, false));
}

const char *
server_c(const struct interface *i, const struct type *t)
{

	return (in_c(i, t->server_type, true));
}

const char *
trans_c(const struct interface *i, const struct type *t)
{

	return (in_c(i, t->trans_type, true));
}

const char *
element_c(const struct interface *i, const struct type *t, bool server)
{

	return (in_c(i, t->element, server));
}

const char *
form_name(const struct routine *r)
{

	switch (r->form) {
	case F_PROCEDURE:
		return (r->oneway ? "simpleprocedure" : "procedure");
	case F_FUNCTION:
		return ("function");
	default:
		return (r->oneway ? "simpleroutine" : "routine");
	}
}

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
print_descriptor(FILE *f, const struct words *w, const struct arg *a)
{
	const char *type;

	type = is_memory(a->type) ? w->ool : is_ool(a->type) ? w->ool_ports :
	    w->port;
	if (is_many(a->type))
		fprintf(f, "\t%s %s[%u];\n", type, a->name, a->type->count);
	else
		fprintf(f, "\t%s %s;\n", type, a->name);
}

static void
print_inline(FILE *f, const struct interface *i, const struct arg *a,
    bool server)
{
	const struct type *t;

	t = a->type;
	if (is_varying(t) || t->kind == K_STRING || a->of != NULL)
		fprintf(f, "\t%s %s[%u];\n", element_c(i, t, server), a->name,
		    t->count);
	else
		fprintf(f, "\t%s %s;\n", server ? server_c(i, t) :
		    user_c(i, t), a->name);
	if (t->size % 4 != 0)
		fprintf(f, "\tchar %sPad[%u];\n", a->name, 4 - t->size % 4);
}

/* The structure of a message, without trailer. */
void
print_message(FILE *f, const struct interface *i, const struct routine *r,
    enum message m, const char *name, bool server)
{
	const struct arg *a;
	const struct words *w;

	w = words_of(i, server);
	fprintf(f, "typedef struct {\n\t%s Head;\n", w->header);
	if (r->descriptors[m] != 0) {
		fprintf(f, "\tmach_msg_body_t msgh_body;\n");
		for (a = r->args; a != NULL; a = a->next)
			if (arg_in(a, m) && is_descriptor(a->type))
				print_descriptor(f, w, a);
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
			print_inline(f, i, a, server);
	}
	fprintf(f, "} %s;\n", name);
}

/* The sizes that code is generated for are those of the C compiler. */
void
print_asserts(FILE *f, const struct interface *i, const struct routine *r,
    bool server)
{
	const struct arg *a;
	const struct type *t;

	for (a = r->args; a != NULL; a = a->next) {
		t = a->type->kind == K_OOLS ? a->type->each : a->type;
		if (t->element != NULL && (t->kind == K_VARRAY ||
		    t->kind == K_OOL) && t->element_size != 1 && a->of == NULL)
			fprintf(f, "MACH_STATIC_ASSERT(sizeof(%s) == %u, "
			    "\"%s: size of an element\");\n",
			    element_c(i, t, server), t->element_size, a->name);
	}
}

/* A parameter that carries a result. */
static bool
by_address(const struct arg *a)
{

	if (a->dir == D_USER_SEC || a->dir == D_USER_AUDIT)
		return (true);
	if (a->dir != D_OUT && a->dir != D_INOUT)
		return (false);
	switch (a->type->kind) {
	case K_ARRAY:
	case K_VARRAY:
	case K_STRING:
	case K_VSTRING:
	case K_PORTS:
	case K_OOLS:
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

/* The disposition of a right is a parameter of this side. */
bool
has_poly(const struct arg *a, bool server)
{

	switch (a->dir) {
	case D_IN:
	case D_REQUEST:
	case D_REPLY:
	case D_SREPLY:
	case D_UREPLY:
		return (is_poly(a, !server));
	case D_OUT:
		return (is_poly(a, server));
	case D_INOUT:
		return (is_poly(a, true));
	default:
		return (false);
	}
}

static bool
is_data(const struct arg *a)
{

	return (a->dir == D_IN || a->dir == D_OUT || a->dir == D_INOUT);
}

static void
print_parameter(FILE *f, const struct interface *i, const struct arg *a,
    bool server, const char **before)
{
	const struct type *t;
	bool out;

	t = a->type;
	out = a->dir == D_OUT || a->dir == D_INOUT;
	fprintf(f, "%s%s%s %s%s", *before, a->is_const && !out ? "const " : "",
	    !server ? user_c(i, t) : t->intran != NULL || t->outtran != NULL ?
	    trans_c(i, t) : server_c(i, t), by_address(a) ? "*" : "", a->name);
	*before = ",\n\t";
	if (has_poly(a, server))
		fprintf(f, ",\n\tmach_msg_type_name_t %s%sPoly", out ? "*" :
		    "", a->name);
	if (is_data(a) && has_count(a))
		fprintf(f, ",\n\tmach_msg_type_number_t %s%sCnt", out ? "*" :
		    "", a->name);
	if (a->subs == NULL && is_data(a)) {
		a = a->of != NULL ? a->of : a;
		if (has_dealloc(a, server))
			fprintf(f, ",\n\tboolean_t %s%sDealloc", server ?
			    "*" : "", a->name);
	}
}

/*
 * The parameters of a function; all: with the result of one that returns it.
 * more is one more, or null.
 */
void
print_parameters(FILE *f, const struct interface *i, const struct routine *r,
    bool server, bool all, const char *more)
{
	const struct arg *a;
	const char *before;

	fprintf(f, "(");
	before = "\n\t";
	for (a = r->args; a != NULL; a = a->next)
		if (has_parameter(a, server) && (all || a != r->result))
			print_parameter(f, i, a, server, &before);
	if (more != NULL)
		fprintf(f, "%s%s", before, more);
	fprintf(f, ")");
}

/* The same names as arguments of a call, on the user side. */
void
print_actuals(FILE *f, const struct routine *r, const char *more)
{
	const struct arg *a, *before_subs;
	const char *before;

	before = "(";
	for (a = r->args; a != NULL; a = a->next) {
		if (!has_parameter(a, false) || a == r->result)
			continue;
		fprintf(f, "%s%s", before, a->name);
		before = ", ";
		if (has_poly(a, false))
			fprintf(f, ", %sPoly", a->name);
		if (is_data(a) && has_count(a))
			fprintf(f, ", %sCnt", a->name);
		if (a->subs != NULL || !is_data(a))
			continue;
		before_subs = a->of != NULL ? a->of : a;
		if (has_dealloc(before_subs, false))
			fprintf(f, ", %sDealloc", before_subs->name);
	}
	if (more != NULL)
		fprintf(f, "%s%s", before, more);
	fprintf(f, ")");
}

void
print_prototype(FILE *f, const struct interface *i, const struct routine *r,
    bool server)
{
	const char *type;

	type = "kern_return_t";
	if (r->form == F_PROCEDURE)
		type = "void";
	else if (r->form == F_FUNCTION)
		type = !server ? user_c(i, r->result->type) :
		    r->result->type->outtran != NULL ?
		    trans_c(i, r->result->type) :
		    server_c(i, r->result->type);
	fprintf(f, "%s\n%s%s", type, server ? i->server_prefix :
	    i->user_prefix, r->name);
	print_parameters(f, i, r, server, false, NULL);
}

/*
 * The checks of a received message.
 */
static struct {
	FILE		*f;
	const struct words *w;
	const struct routine *r;
	enum message	 m;
	const char	*p;		/* In or Out */
	const char	*type;
} ck;

static void
print_failure(const char *indent, const char *code)
{

	/* The caller of a routine gets one code for all bad replies. */
	fprintf(ck.f, "%s\tRetCode = %s;\n%s\tgoto failed;\n%s}\n", indent,
	    ck.m == REPLY ? "MIG_TYPE_ERROR" : code, indent, indent);
}

/* Where the count of an array is. */
static const char *
counted(const struct arg *a)
{

	return (print("%s%uP->%sCnt", ck.p, varying_before(ck.r, ck.m,
	    a->counted), a->counted->name));
}

/* How much a descriptor of memory or of an array of rights describes. */
const char *
length_field(const struct type *t)
{

	return (is_memory(t) ? "size" : "count");
}

/* What is there in it if that does not vary; bytes or rights. */
static unsigned
whole_length(const struct type *t)
{

	t = t->kind == K_OOLS ? t->each : t;
	return (t->kind == K_OOL ? t->size : t->count);
}

/* That length in C; count: of a varying one, in elements. */
const char *
descriptor_length(const struct type *t, const char *count)
{

	if (count == NULL)
		return (print("%u", whole_length(t)));
	return (t->kind == K_OOL ? print("%s * %u", count, t->element_size) :
	    count);
}

/* A descriptor of memory or of an array of rights, but for its address. */
void
print_ool(FILE *f, const char *indent, const char *to, const struct arg *a,
    const char *length, const char *disposition)
{

	fprintf(f, "%s%s.%s = %s;\n", indent, to, length_field(a->type),
	    length);
	fprintf(f, "%s%s.deallocate = %s;\n%s%s.copy = %s;\n", indent, to,
	    a->dealloc_said ? print("%sDealloc != FALSE", a->name) :
	    a->dealloc ? "TRUE" : "FALSE", indent, to, a->physical ?
	    "MACH_MSG_PHYSICAL_COPY" : "MACH_MSG_VIRTUAL_COPY");
	if (is_memory(a->type))
		fprintf(f, "%s%s.pad1 = 0;\n"
		    "%s%s.type = MACH_MSG_OOL_DESCRIPTOR;\n", indent, to,
		    indent, to);
	else
		fprintf(f, "%s%s.disposition = %s;\n"
		    "%s%s.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;\n", indent,
		    to, disposition, indent, to);
}

/*
 * One for each element, and empty ones to the array's end.  address, subs: of
 * the element migIndex; subs NULL: all are as long; count NULL: all are there.
 */
void
print_ools(FILE *f, const char *to, const struct arg *a, const char *address,
    const char *subs, const char *count, const char *disposition)
{
	const char *length;

	length = descriptor_length(a->type->each, subs);
	if (count != NULL) {
		address = print("migIndex < %s ?\n\t\t    %s : NULL", count,
		    address);
		length = print("migIndex < %s ?\n\t\t    %s : 0", count,
		    length);
	}
	fprintf(f, "\tfor (migIndex = 0; migIndex < %u; migIndex++) {\n"
	    "\t\t%s.address = %s;\n", a->type->count, to, address);
	print_ool(f, "\t\t", to, a, length, disposition);
	fprintf(f, "\t}\n");
}

static void
check_descriptor(const struct arg *a)
{
	const struct type *t;
	const char *d, *indent;
	bool many;

	t = a->type;
	d = print("%s0P->%s", ck.p, a->name);
	indent = "\t";
	many = is_many(t);
	if (many) {
		fprintf(ck.f, "\tfor (migIndex = 0; migIndex < %u; migIndex++) "
		    "{\n", t->count);
		d = print("%s[migIndex]", d);
		indent = "\t\t";
	}
	fprintf(ck.f, "%sif (%s.type != %s", indent, d, is_memory(t) ?
	    "MACH_MSG_OOL_DESCRIPTOR" : is_ool(t) ?
	    "MACH_MSG_OOL_PORTS_DESCRIPTOR" : "MACH_MSG_PORT_DESCRIPTOR");
	if (!is_memory(t) && t->received == NULL)
		fprintf(ck.f, " ||\n%s    !MACH_MSG_TYPE_PORT_ANY_RIGHT("
		    "%s.disposition)%s", indent, d, many ?
		    print(" ||\n%s    %s.disposition != "
		    "%s0P->%s[0].disposition", indent, d, ck.p, a->name) : "");
	else if (!is_memory(t))
		fprintf(ck.f, " ||\n%s    %s.disposition != %s", indent, d,
		    t->received);
	if (is_ool(t) && !t->varying && a->subs == NULL)
		fprintf(ck.f, " ||\n%s    %s.%s != %u", indent, d,
		    length_field(t), whole_length(t));
	fprintf(ck.f, ") {\n");
	print_failure(indent, "MIG_TYPE_ERROR");
	if (many)
		fprintf(ck.f, "\t}\n");
}

/* Rights in the message: no more than are counted. */
static void
check_ports_count(const struct arg *a)
{

	fprintf(ck.f, "\tif (%s > %u) {\n", counted(a), a->type->count);
	print_failure("\t", "MIG_BAD_ARGUMENTS");
	fprintf(ck.f, "\tfor (migIndex = %s; migIndex < %u; migIndex++) {\n"
	    "\t\tif (%s0P->%s[migIndex].name != %s) {\n", counted(a),
	    a->type->count, ck.p, a->name, ck.w->null_port);
	print_failure("\t\t", "MIG_TYPE_ERROR");
	fprintf(ck.f, "\t}\n");
}

/*
 * An array of memory that has no lengths: all of each element that is counted,
 * and nothing of the others.
 */
static void
check_whole_elements(const struct arg *a)
{
	const struct type *t;

	t = a->type;
	fprintf(ck.f, "\tif (%s > %u) {\n", counted(a), t->count);
	print_failure("\t", "MIG_BAD_ARGUMENTS");
	fprintf(ck.f, "\tfor (migIndex = 0; migIndex < %u; migIndex++) {\n"
	    "\t\tif (%s0P->%s[migIndex].%s !=\n"
	    "\t\t    (migIndex < %s ? %u : 0)) {\n", t->count, ck.p, a->name,
	    length_field(t), counted(a), whole_length(t));
	print_failure("\t\t", "MIG_TYPE_ERROR");
	fprintf(ck.f, "\t}\n");
}

/* Each element has the length that is said of it; those not counted, none. */
static void
check_subs(const struct arg *subs)
{
	const struct arg *a;
	const struct type *each;
	const char *d, *said;

	a = subs->of;
	each = a->type->each;
	d = print("%s0P->%s[migIndex].%s", ck.p, a->name,
	    length_field(a->type));
	said = print("%s%uP->%s[migIndex]", ck.p, varying_before(ck.r, ck.m,
	    subs), subs->name);
	fprintf(ck.f, "\tfor (migIndex = 0; migIndex < %u; migIndex++) {\n",
	    a->type->count);
	if (subs->type->varying) {
		fprintf(ck.f, "\t\tif (migIndex >= %s) {\n"
		    "\t\t\tif (%s != 0) {\n", counted(subs), d);
		print_failure("\t\t\t", "MIG_TYPE_ERROR");
		fprintf(ck.f, "\t\t\tcontinue;\n\t\t}\n");
	}
	fprintf(ck.f, "\t\tif (");
	if (each->count != 0)
		fprintf(ck.f, "%s > %u ||\n\t\t    ", said, each->count);
	if (each->kind == K_OOL && each->element_size != 1)
		fprintf(ck.f, "%s %% %u != 0 ||\n\t\t    %s / %u != %s", d,
		    each->element_size, d, each->element_size, said);
	else
		fprintf(ck.f, "%s != %s", d, said);
	fprintf(ck.f, ") {\n");
	print_failure("\t\t", "MIG_TYPE_ERROR");
	fprintf(ck.f, "\t}\n");
}

static void
check_ool_count(const struct arg *a)
{
	const struct type *t;
	const char *d;

	t = a->type;
	if (t->kind == K_PORTS) {
		check_ports_count(a);
		return;
	}
	if (t->kind == K_OOLS) {
		check_whole_elements(a);
		return;
	}
	d = print("%s0P->%s", ck.p, a->name);
	fprintf(ck.f, "\tif (");
	if (t->count != 0)
		fprintf(ck.f, "%s > %u ||\n\t    ", counted(a), t->count);
	if (t->kind == K_OOL_PORTS)
		fprintf(ck.f, "%s.count != %s", d, counted(a));
	else if (t->element_size == 1)
		fprintf(ck.f, "%s.size != %s", d, counted(a));
	else
		fprintf(ck.f, "%s.size %% %u != 0 ||\n"
		    "\t    %s.size / %u != %s", d, t->element_size, d,
		    t->element_size, counted(a));
	fprintf(ck.f, ") {\n");
	print_failure("\t", "MIG_TYPE_ERROR");
}

static void
check_varying(unsigned n, const struct arg *a)
{
	const char *count;

	count = counted(a);
	fprintf(ck.f, "\tif (%s > %u) {\n", count, a->type->count);
	print_failure("\t", "MIG_BAD_ARGUMENTS");
	fprintf(ck.f, "\tmigBytes = %s;\n\tif (migBytes > migRoom) {\n",
	    varying_bytes(a, count));
	print_failure("\t", "MIG_BAD_ARGUMENTS");
	fprintf(ck.f, "\tmigRoom -= migBytes;\n");
	fprintf(ck.f, "\t%s%uP = (%s *)(void *)((char *)%s%uP + migBytes - "
	    "%u);\n", ck.p, n + 1, ck.type, ck.p, n, message_bytes(a->type));
}

static void
check_string(unsigned n, const struct arg *a)
{

	if (a->type->kind == K_STRING)
		fprintf(ck.f, "\tif (memchr(%s%uP->%s, '\\0', %u) == NULL) "
		    "{\n", ck.p, n, a->name, a->type->count);
	else
		fprintf(ck.f, "\tif (memchr(%s%uP->%s, '\\0', %s%uP->%sCnt) "
		    "== NULL) {\n", ck.p, n, a->name, ck.p, n, a->name);
	print_failure("\t", "MIG_BAD_ARGUMENTS");
}

/* Bytes of the varying arrays at their full length. */
static unsigned
varying_size(const struct routine *r, enum message m)
{
	const struct arg *a;
	unsigned bytes;

	bytes = 0;
	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, m) && is_varying(a->type))
			bytes += message_bytes(a->type);
	return (bytes);
}

static void
check_frame(unsigned varying)
{
	unsigned n;

	n = ck.r->descriptors[ck.m];
	fprintf(ck.f, "\tif (%s(%s0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX)"
	    "%s ||\n", n != 0 ? "!" : "", ck.p, n != 0 ? "" : " != 0");
	if (varying == 0)
		fprintf(ck.f, "\t    %s0P->Head.msgh_size != sizeof(%s)", ck.p,
		    ck.type);
	else
		fprintf(ck.f, "\t    %s0P->Head.msgh_size < sizeof(%s) - %u "
		    "||\n\t    %s0P->Head.msgh_size > sizeof(%s)", ck.p,
		    ck.type, varying, ck.p, ck.type);
	if (n != 0)
		fprintf(ck.f, " ||\n\t    %s0P->msgh_body."
		    "msgh_descriptor_count != %u", ck.p, n);
	fprintf(ck.f, ") {\n");
	print_failure("\t", "MIG_BAD_ARGUMENTS");
}

/*
 * Nothing is read that the size does not cover.  Sets the pointers after the
 * first; needs migBytes, migRoom, migIndex, RetCode and the label `failed'.
 */
void
print_checks(FILE *f, const struct interface *i, const struct routine *r,
    enum message m, bool ndr)
{
	const struct arg *a;
	unsigned n, varying;

	ck.f = f;
	ck.w = words_of(i, m == REQUEST);
	ck.r = r;
	ck.m = m;
	ck.p = m == REQUEST ? "In" : "Out";
	ck.type = print("%s_%s", m == REQUEST ? "Request" : "Reply", r->name);
	varying = varying_size(r, m);
	check_frame(varying);
	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, m) && is_descriptor(a->type))
			check_descriptor(a);
	if (ndr && r->has_ndr[m]) {
		fprintf(f, "\tif (memcmp(&%s0P->NDR, &NDR_record, "
		    "sizeof(NDR_record)) != 0) {\n", ck.p);
		print_failure("\t", "MIG_TYPE_ERROR");
	}
	if (varying != 0)
		fprintf(f, "\tmigRoom = %s0P->Head.msgh_size - "
		    "(mach_msg_size_t)(sizeof(%s) - %u);\n", ck.p, ck.type,
		    varying);
	for (a = r->args; a != NULL; a = a->next) {
		if (!arg_in(a, m))
			continue;
		n = varying_before(r, m, a);
		if (is_varying(a->type))
			check_varying(n, a);
		if (a->type->kind == K_STRING || a->type->kind == K_VSTRING)
			check_string(n, a);
		if (is_descriptor(a->type) && a->type->varying &&
		    a->subs == NULL)
			check_ool_count(a);
		if (a->of != NULL)
			check_subs(a);
	}
	if (varying != 0) {
		fprintf(f, "\tif (migRoom != 0) {\n");
		print_failure("\t", "MIG_BAD_ARGUMENTS");
	}
}

/* A loop over descriptors of the message is needed. */
bool
has_ports(const struct routine *r, enum message m)
{
	const struct arg *a;

	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, m) && (a->type->kind == K_PORTS ||
		    a->type->kind == K_OOLS))
			return (true);
	return (false);
}
