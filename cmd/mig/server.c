/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The stubs of the server side, and the way from a message to its stub.
 *
 * A stub checks all of the request before it looks at an argument.  What the
 * function behind it returns goes back in the reply; while that is not success
 * the request's rights and memory remain the server loop's to destroy.
 */

#include <string.h>

#include "mig.h"

static FILE *f;
static const struct interface *intf;
static const struct options *opt;
static const struct words *w;

static void
print_helpers(void)
{

	fprintf(f, "#ifndef MIG_ALIGN\n"
	    "#define MIG_ALIGN(n) (((n) + 3U) & ~3U)\n"
	    "#endif\n\n"
	    "/* The answer that is nothing but a code. */\n"
	    "static __attribute__((__unused__)) void\n"
	    "mig_answer(%s *OutHeadP, kern_return_t RetCode)\n"
	    "{\n"
	    "\t%s *OutP;\n\n"
	    "\tOutP = (%s *)(void *)OutHeadP;\n"
	    "\tOutP->Head.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;\n"
	    "\tOutP->Head.msgh_size = sizeof(*OutP);\n"
	    "\tOutP->NDR = NDR_record;\n"
	    "\tOutP->RetCode = RetCode;\n"
	    "}\n", w->header, w->error, w->error);
}

static bool
is_out(const struct arg *a)
{

	return (a->dir == D_OUT || a->dir == D_INOUT);
}

static bool
is_array(const struct type *t)
{

	return (t->kind == K_ARRAY || t->kind == K_VARRAY || is_many(t) ||
	    t->kind == K_STRING || t->kind == K_VSTRING);
}

static bool
is_trailer(const struct arg *a)
{

	return (a->dir == D_SERVER_AUDIT || a->dir == D_SERVER_SEC ||
	    a->dir == D_SERVER_CONTEXT);
}

/*
 * Arguments with a variable of their own: results, which need an address that
 * is aligned, arrays whose elements must be aligned or are in descriptors, and
 * translated ones.
 */
static bool
has_variable(const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (a->dir == D_IN)
		return (t->intran != NULL || is_many(t) ||
		    (is_array(t) && t->wide));
	if (is_out(a))
		return (!is_array(t) || is_many(t) || t->wide);
	return ((a->dir == D_REQUEST || a->dir == D_REPLY ||
	    a->dir == D_SREPLY) && t->intran != NULL);
}

static void
declare(const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (has_variable(a)) {
		if (t->kind == K_VARRAY || is_many(t))
			fprintf(f, "\t%s %s[%u];\n", element_c(intf, t, true),
			    a->name, t->count);
		else
			fprintf(f, "\t%s %s;\n", t->intran != NULL ||
			    t->outtran != NULL ? trans_c(intf, t) :
			    server_c(intf, t), a->name);
	}
	if (is_out(a) && has_poly(a, true))
		fprintf(f, "\tmach_msg_type_name_t %sPoly;\n", a->name);
	if (is_out(a) && has_count(a))
		fprintf(f, "\tmach_msg_type_number_t %sCnt;\n", a->name);
	if (is_out(a) && has_dealloc(a, true))
		fprintf(f, "\tboolean_t %sDealloc;\n", a->name);
	if (is_trailer(a))
		fprintf(f, "\t%s %s;\n", server_c(intf, t), a->name);
}

/* Where an in argument's data are. */
static const char *
in_place(const struct routine *r, const struct arg *a)
{
	const struct type *t;

	t = a->type;
	switch (a->dir) {
	case D_REQUEST:
		return ("In0P->Head.msgh_local_port");
	case D_REPLY:
	case D_SREPLY:
		return ("In0P->Head.msgh_remote_port");
	default:
		break;
	}
	if (t->kind == K_PORT)
		return (print("In0P->%s.name", a->name));
	if (is_descriptor(t))
		return (print("(%s)(uintptr_t)In0P->%s.address",
		    server_c(intf, t), a->name));
	return (print("In%uP->%s", varying_before(r, REQUEST, a), a->name));
}

static const char *
in_disposition(const struct arg *a)
{

	switch (a->dir) {
	case D_REQUEST:
		return ("MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits)");
	case D_REPLY:
	case D_SREPLY:
		return ("MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits)");
	default:
		return (print("In0P->%s%s.disposition", a->name,
		    is_many(a->type) ? "[0]" : ""));
	}
}

static const char *
in_count(const struct routine *r, const struct arg *a)
{

	return (print("In%uP->%sCnt", varying_before(r, REQUEST, a->counted),
	    a->counted->name));
}

/* What is in descriptors; the rest of the variable is null. */
static void
collect(const struct arg *a)
{

	fprintf(f, "\tfor (migIndex = 0; migIndex < %u; migIndex++)\n",
	    a->type->count);
	if (a->type->kind == K_PORTS)
		fprintf(f, "\t\t%s[migIndex] = In0P->%s[migIndex].name;\n",
		    a->name, a->name);
	else
		fprintf(f, "\t\t%s[migIndex] = (%s)(uintptr_t)\n"
		    "\t\t    In0P->%s[migIndex].address;\n", a->name,
		    element_c(intf, a->type, true), a->name);
}

/* Give the variables of in arguments their values. */
static void
prepare_in(const struct routine *r, const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (!has_variable(a))
		return;
	if (t->intran != NULL)
		fprintf(f, "\t%s = %s(%s);\n", a->name, t->intran,
		    in_place(r, a));
	else if (is_many(t))
		collect(a);
	else if (t->kind == K_VARRAY)
		fprintf(f, "\tmemcpy(%s, %s, %s * %u);\n", a->name,
		    in_place(r, a), in_count(r, a), t->element_size);
	else
		fprintf(f, "\tmemcpy(%s, %s, sizeof(%s));\n", a->name,
		    in_place(r, a), a->name);
}

/* The counts of out arguments: what there is room for. */
static void
prepare_count(const struct routine *r, const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (!has_count(a))
		return;
	if (a->dir == D_INOUT)
		fprintf(f, "\t%sCnt = %s;\n", a->name, in_count(r, a));
	else if (is_array(t)) {
		fprintf(f, "\t%sCnt = %u;\n", a->name, t->count);
		if (a->count_inout)
			fprintf(f, "\tif (%s < %sCnt)\n\t\t%sCnt = %s;\n",
			    in_count(r, a), a->name, a->name, in_count(r, a));
	} else
		fprintf(f, "\t%sCnt = 0;\n", a->name);
}

static void
prepare_inout(const struct routine *r, const struct arg *a, const char *to)
{
	const struct type *t;

	t = a->type;
	if (has_poly(a, true))
		fprintf(f, "\t%sPoly = %s;\n", a->name, in_disposition(a));
	switch (t->kind) {
	case K_VSTRING:
		fprintf(f, "\tmemcpy(%s, %s, %s);\n", to, in_place(r, a),
		    in_count(r, a));
		break;
	case K_VARRAY:
		fprintf(f, "\tmemcpy(%s, %s, %s * %u);\n", to, in_place(r, a),
		    in_count(r, a), t->element_size);
		break;
	case K_ARRAY:
	case K_STRING:
		fprintf(f, "\tmemcpy(%s, %s, sizeof(%s));\n", to,
		    in_place(r, a), to);
		break;
	case K_PORTS:
	case K_OOLS:
		collect(a);
		break;
	default:
		if (t->intran != NULL)
			fprintf(f, "\t%s = %s(%s);\n", to, t->intran,
			    in_place(r, a));
		else
			fprintf(f, "\t%s = %s;\n", to, in_place(r, a));
		break;
	}
}

/* Give the variables their values before the call. */
static void
prepare(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *to;

	t = a->type;
	if (is_trailer(a)) {
		fprintf(f, "\tmemcpy(&%s, &TrailerP->%s, sizeof(%s));\n",
		    a->name, a->dir == D_SERVER_AUDIT ? "msgh_audit" :
		    a->dir == D_SERVER_SEC ? "msgh_sender" : "msgh_context",
		    a->name);
		return;
	}
	if (!is_out(a)) {
		prepare_in(r, a);
		return;
	}
	to = has_variable(a) ? a->name : print("OutP->%s", a->name);
	prepare_count(r, a);
	if (has_dealloc(a, true))
		fprintf(f, "\t%sDealloc = FALSE;\n", a->name);
	if (t->kind == K_STRING || t->kind == K_VSTRING)
		fprintf(f, "\tmemset(%s, 0, %u);\n", to, t->count);
	if (a->dir == D_INOUT)
		prepare_inout(r, a, to);
	else if (t->kind == K_OOLS || (t->kind == K_PORTS && t->varying) ||
	    a->of != NULL)
		fprintf(f, "\tmemset(%s, 0, sizeof(%s));\n", to, to);
}

static void
print_actual(const struct routine *r, const struct arg *a, const char **before)
{
	const struct type *t;

	t = a->type;
	switch (a->dir) {
	case D_REQUEST:
	case D_REPLY:
	case D_SREPLY:
	case D_IN:
		fprintf(f, "%s%s", *before, has_variable(a) ? a->name :
		    in_place(r, a));
		break;
	case D_OUT:
	case D_INOUT:
		if (is_array(t) && !has_variable(a))
			fprintf(f, "%sOutP->%s", *before, a->name);
		else
			fprintf(f, "%s%s%s", *before, is_array(t) ? "" : "&",
			    a->name);
		break;
	case D_SERVER_AUDIT:
	case D_SERVER_SEC:
	case D_SERVER_CONTEXT:
		fprintf(f, "%s%s", *before, a->name);
		break;
	case D_SEQNO:
		fprintf(f, "%sTrailerP->msgh_seqno", *before);
		break;
	case D_CODE:
		fprintf(f, "%smigCode", *before);
		break;
	default:
		return;
	}
	*before = ",\n\t    ";
	if (has_poly(a, true)) {
		if (is_out(a))
			fprintf(f, "%s&%sPoly", *before, a->name);
		else
			fprintf(f, "%s%s", *before, in_disposition(a));
	}
	if (a->dir != D_IN && !is_out(a))
		return;
	if (has_count(a)) {
		if (is_out(a))
			fprintf(f, "%s&%sCnt", *before, a->name);
		else
			fprintf(f, "%s%s", *before, in_count(r, a));
	}
	if (a->subs != NULL)
		return;
	a = a->of != NULL ? a->of : a;
	if (has_dealloc(a, true))
		fprintf(f, "%s&%sDealloc", *before, a->name);
}

static const char *
out_disposition(const struct arg *a)
{

	return (a->type->sent == NULL ? print("%sPoly", a->name) :
	    a->type->sent);
}

static const char *
out_count(const struct arg *a)
{

	return (print("%sCnt", a->counted->name));
}

static void
reply_port(const char *indent, const char *to, const char *name,
    const struct arg *a)
{

	fprintf(f, "%s%s.name = %s;\n%s%s.pad1 = 0;\n%s%s.pad2 = 0;\n"
	    "%s%s.disposition = %s;\n"
	    "%s%s.type = MACH_MSG_PORT_DESCRIPTOR;\n", indent, to, name, indent,
	    to, indent, to, indent, to, out_disposition(a), indent, to);
}

static void
reply_ports(const struct arg *a)
{
	const char *name;

	name = print("%s[migIndex]", a->name);
	if (a->type->varying)
		name = print("migIndex < %s ?\n\t\t    %s : %s",
		    out_count(a), name, w->null_port);
	fprintf(f, "\tfor (migIndex = 0; migIndex < %u; migIndex++) {\n",
	    a->type->count);
	reply_port("\t\t", print("OutP->%s[migIndex]", a->name), name, a);
	fprintf(f, "\t}\n");
}

static void
reply_ools(const struct arg *a)
{

	print_ools(f, print("OutP->%s[migIndex]", a->name), a,
	    print("(void *)(uintptr_t)%s[migIndex]", a->name),
	    a->subs == NULL ? NULL : print("OutP->%s[migIndex]",
	    a->subs->name), a->type->varying ? out_count(a) : NULL,
	    out_disposition(a));
}

static void
reply_descriptor(const struct arg *a)
{
	const struct type *t;
	const char *to, *value;

	t = a->type;
	to = print("OutP->%s", a->name);
	value = t->outtran != NULL ? print("%s(%s)", t->outtran, a->name) :
	    a->name;
	switch (t->kind) {
	case K_PORTS:
		reply_ports(a);
		break;
	case K_OOLS:
		reply_ools(a);
		break;
	case K_PORT:
		reply_port("\t", to, value, a);
		break;
	default:
		fprintf(f, "\t%s.address = (void *)(uintptr_t)%s;\n", to,
		    value);
		print_ool(f, "\t", to, a, descriptor_length(t, t->varying ?
		    out_count(a) : NULL), out_disposition(a));
		break;
	}
}

static void
too_large(const char *indent, const char *count, unsigned limit)
{

	fprintf(f, "%sif (%s > %u) {\n"
	    "%s\tRetCode = MIG_ARRAY_TOO_LARGE;\n%s\tgoto failed;\n%s}\n",
	    indent, count, limit, indent, indent, indent);
}

/* A result longer than declared is the server's mistake. */
static void
check_result(const struct arg *a)
{
	const struct type *t;
	unsigned limit;

	t = a->type;
	if (!is_out(a) || a->subs != NULL || t->kind == K_VSTRING)
		return;
	if (t->varying && count_limit(t) != 0)
		too_large("\t", out_count(a), count_limit(t));
	if (a->of == NULL)
		return;
	limit = count_limit(a->of->type->each);
	if (limit == 0)
		return;
	fprintf(f, "\tfor (migIndex = 0; migIndex < %s; migIndex++) {\n",
	    t->varying ? out_count(a) : print("%u", t->count));
	too_large("\t\t", print("OutP->%s[migIndex]", a->name), limit);
	fprintf(f, "\t}\n");
}

static void
reply_inline(const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (has_count(a))
		fprintf(f, "\tOutP->%sCnt = %sCnt;\n", a->name, a->name);
	if (is_descriptor(t))
		return;
	switch (t->kind) {
	case K_STRING:
		fprintf(f, "\tOutP->%s[%u] = '\\0';\n", a->name,
		    t->count - 1);
		break;
	case K_VSTRING:
		fprintf(f, "\tOutP->%s[%u] = '\\0';\n"
		    "\tOutP->%sOffset = 0;\n"
		    "\tOutP->%sCnt = (mach_msg_type_number_t)"
		    "strlen(OutP->%s) + 1;\n", a->name, t->count - 1, a->name,
		    a->name, a->name);
		break;
	case K_VARRAY:
		if (has_variable(a))
			fprintf(f, "\tmemcpy(OutP->%s, %s, %s * %u);\n",
			    a->name, a->name, out_count(a), t->element_size);
		break;
	case K_ARRAY:
		if (has_variable(a))
			fprintf(f, "\tmemcpy(OutP->%s, %s, sizeof(%s));\n",
			    a->name, a->name, a->name);
		break;
	default:
		if (t->outtran != NULL)
			fprintf(f, "\tOutP->%s = %s(%s);\n", a->name,
			    t->outtran, a->name);
		else
			fprintf(f, "\tOutP->%s = %s;\n", a->name, a->name);
		break;
	}
	if (t->size % 4 != 0 && !is_varying(t))
		fprintf(f, "\tmemset(OutP->%sPad, 0, sizeof(OutP->%sPad));\n",
		    a->name, a->name);
}

/*
 * Move what follows a short array up to it.  migRoom is what the arrays so far
 * lack.
 */
static void
close_gap(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *count;

	t = a->type;
	count = t->kind == K_VSTRING ? "migCount" : out_count(a);
	if (t->kind == K_VSTRING)
		fprintf(f, "\tmigCount = (mach_msg_type_number_t)strlen("
		    "\n\t    (char *)OutP + offsetof(Reply_%s, %s) - migRoom) "
		    "+ 1;\n", r->name, a->name);
	fprintf(f, "\tmigBytes = %s;\n", varying_bytes(a, count));
	if (t->element_size % 4 != 0)
		fprintf(f, "\tmemset((char *)OutP + offsetof(Reply_%s, %s) - "
		    "migRoom +\n\t    %s * %u, 0, migBytes - %s * %u);\n",
		    r->name, a->name, count, t->element_size, count,
		    t->element_size);
	fprintf(f, "\tmemmove((char *)OutP + offsetof(Reply_%s, %s) - migRoom "
	    "+ migBytes,\n\t    (char *)OutP + offsetof(Reply_%s, %s) - "
	    "migRoom + %u,\n\t    sizeof(*OutP) - offsetof(Reply_%s, %s) - "
	    "%u);\n\tmigRoom += %u - migBytes;\n", r->name, a->name, r->name,
	    a->name, message_bytes(t), r->name, a->name, message_bytes(t),
	    message_bytes(t));
}

static void
print_reply(const struct routine *r)
{
	const struct arg *a;
	unsigned varying;

	for (a = r->args; a != NULL; a = a->next)
		check_result(a);
	if (r->descriptors[REPLY] != 0)
		fprintf(f, "\tOutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;\n"
		    "\tOutP->msgh_body.msgh_descriptor_count = %u;\n",
		    r->descriptors[REPLY]);
	for (a = r->args; a != NULL; a = a->next)
		if (is_out(a) && is_descriptor(a->type))
			reply_descriptor(a);
	if (r->has_ndr[REPLY])
		fprintf(f, "\tOutP->NDR = NDR_record;\n");
	if (r->descriptors[REPLY] == 0)
		fprintf(f, "\tOutP->RetCode = KERN_SUCCESS;\n");
	for (a = r->args; a != NULL; a = a->next)
		if (is_out(a))
			reply_inline(a);
	varying = varying_total(r, REPLY);
	if (varying != 0) {
		fprintf(f, "\tmigRoom = 0;\n");
		for (a = r->args; a != NULL; a = a->next)
			if (is_out(a) && is_varying(a->type))
				close_gap(r, a);
	}
	fprintf(f, "\tOutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP)%s;"
	    "\n", varying != 0 ? " - migRoom" : "");
}

/* Whether anything uses the last of the pointers into the request. */
static bool
last_used(const struct routine *r, unsigned last)
{
	const struct arg *a;

	for (a = r->args; a != NULL; a = a->next)
		if (varying_before(r, REQUEST, a) == last &&
		    (arg_count_in(a, REQUEST) || (arg_in(a, REQUEST) &&
		    !is_descriptor(a->type))))
			return (true);
	return (false);
}

static const char *
trailer_type(const struct routine *r)
{
	const struct arg *a;
	const char *type;

	type = NULL;
	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_SERVER_CONTEXT)
			return ("context");
	for (a = r->args; a != NULL; a = a->next) {
		if (a->dir == D_SERVER_AUDIT)
			type = "audit";
		else if (a->dir == D_SERVER_SEC && type == NULL)
			type = "security";
	}
	for (a = r->args; a != NULL && type == NULL; a = a->next)
		if (a->dir == D_SEQNO)
			type = "seqno";
	return (type);
}

static void
print_trailer_check(const struct routine *r)
{
	const char *type;

	type = trailer_type(r);
	if (type == NULL)
		return;
	fprintf(f, "\tTrailerP = (mach_msg_context_trailer_t *)(void *)"
	    "((char *)InHeadP +\n\t    MIG_ALIGN(InHeadP->msgh_size));\n"
	    "\tif (TrailerP->msgh_trailer_type != "
	    "MACH_MSG_TRAILER_FORMAT_0 ||\n"
	    "\t    TrailerP->msgh_trailer_size < "
	    "sizeof(mach_msg_%s_trailer_t)) {\n"
	    "\t\tRetCode = MIG_TRAILER_ERROR;\n\t\tgoto failed;\n\t}\n", type);
}

/*
 * A reply elsewhere may be nothing but a code that is no success: then the
 * function gets that code and nothing else, that is, zeros.  A message that
 * has room for a code alone needs no such care.
 */
static bool
hears_failures(const struct routine *r)
{
	const struct arg *a;

	if (r->code == NULL || r->code->dir == D_CODE)
		return (r->code != NULL);
	for (a = r->args; a != NULL; a = a->next)
		if (a != r->code && arg_in(a, REQUEST))
			return (true);
	return (false);
}

static void
print_failure(const struct routine *r, unsigned in)
{
	const char *error;
	unsigned n;

	error = w->error;
	if (r->code->dir == D_CODE)
		fprintf(f, "\tmigCode = KERN_SUCCESS;\n");
	fprintf(f, "\tif ((InHeadP->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0 "
	    "&&\n\t    InHeadP->msgh_size == sizeof(%s) &&\n"
	    "\t    ((%s *)(void *)InHeadP)->RetCode != KERN_SUCCESS) {\n"
	    "\t\tmemset(&migNone, 0, sizeof(migNone));\n"
	    "\t\tmigNone.Head = *InHeadP;\n", error, error);
	fprintf(f, "\t\t%s%s =\n\t\t    ((%s *)(void *)InHeadP)->RetCode;\n",
	    r->code->dir == D_CODE ? "" : "migNone.", r->code->dir == D_CODE ?
	    "migCode" : r->code->name, error);
	for (n = 0; n <= in; n++)
		fprintf(f, "\t\tIn%uP = &migNone;\n", n);
	fprintf(f, "\t\tgoto call;\n\t}\n");
}

static void
print_variables(const struct routine *r, unsigned in, unsigned out)
{
	const struct arg *a;
	unsigned n;
	bool string;

	string = false;
	for (a = r->args; a != NULL; a = a->next)
		if (is_out(a) && a->type->kind == K_VSTRING)
			string = true;
	for (n = 0; n <= in; n++)
		fprintf(f, "\tRequest_%s *In%uP;\n", r->name, n);
	if (!r->oneway)
		fprintf(f, "\tReply_%s *OutP;\n", r->name);
	if (in + out != 0)
		fprintf(f, "\tmach_msg_size_t migBytes;\n"
		    "\tmach_msg_size_t migRoom;\n");
	if (string)
		fprintf(f, "\tmach_msg_type_number_t migCount;\n");
	if (has_ports(r, REQUEST) || has_ports(r, REPLY))
		fprintf(f, "\tunsigned int migIndex;\n");
	if (trailer_type(r) != NULL)
		fprintf(f, "\tmach_msg_context_trailer_t *TrailerP;\n");
	for (a = r->args; a != NULL; a = a->next)
		declare(a);
	if (hears_failures(r))
		fprintf(f, "\tRequest_%s migNone;\n%s", r->name,
		    r->code->dir == D_CODE ? "\tkern_return_t migCode;\n" :
		    "");
	fprintf(f, "\tkern_return_t RetCode;\n\n");
}

static void
print_server_call(const struct routine *r)
{
	const struct arg *a;
	const char *before;

	fprintf(f, "\t%s%s%s(", r->form == F_ROUTINE ? "RetCode = " :
	    r->form == F_FUNCTION ? "migResult = " : "", intf->server_prefix,
	    r->name);
	before = "\n\t    ";
	for (a = r->args; a != NULL; a = a->next)
		if (a != r->result)
			print_actual(r, a, &before);
	fprintf(f, ");\n");
	if (r->form != F_ROUTINE)
		fprintf(f, "\tRetCode = KERN_SUCCESS;\n");
	for (a = r->args; a != NULL; a = a->next)
		if (a->type->destructor != NULL && !is_out(a) &&
		    has_variable(a))
			fprintf(f, "\t%s(%s);\n", a->type->destructor, a->name);
}

/*
 * A right that was translated has not been seen by the function: in the kernel
 * the stub releases it where the function would have.
 */
static void
release_translated(const struct routine *r)
{
	const struct arg *a;

	if (!intf->kernel_server)
		return;
	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_IN && a->type->kind == K_PORT &&
		    a->type->intran != NULL)
			fprintf(f, "\tif (RetCode == KERN_SUCCESS)\n"
			    "\t\tmig_kernel_release(In0P->%s.name,\n"
			    "\t\t    In0P->%s.disposition);\n", a->name,
			    a->name);
}

static void
print_stub(const struct routine *r)
{
	const struct arg *a;
	unsigned in, out;
	bool reply_kept;

	in = varying_total(r, REQUEST);
	out = varying_total(r, REPLY);
	reply_kept = false;
	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_SREPLY || a->dir == D_REPLY)
			reply_kept = true;
	fprintf(f, "\n#pragma pack(push, 4)\n");
	print_message(f, intf, r, REQUEST, print("Request_%s", r->name), true);
	if (!r->oneway)
		print_message(f, intf, r, REPLY, print("Reply_%s", r->name),
		    true);
	fprintf(f, "#pragma pack(pop)\n");
	print_asserts(f, intf, r, true);
	fprintf(f, "\n/* %s %s, message %u */\nstatic void\n"
	    "_X%s(%s *InHeadP, %s *OutHeadP)\n{\n", form_name(r), r->name,
	    intf->base + r->number, r->name, w->header, w->header);
	print_variables(r, in, out);
	fprintf(f, "\tIn0P = (Request_%s *)(void *)InHeadP;\n", r->name);
	if (!r->oneway)
		fprintf(f, "\tOutP = (Reply_%s *)(void *)OutHeadP;\n", r->name);
	if (hears_failures(r))
		print_failure(r, in);
	print_checks(f, intf, r, REQUEST, opt->check_ndr);
	if (in != 0 && !last_used(r, in))
		fprintf(f, "\t(void)In%uP;\n", in);
	if (hears_failures(r))
		fprintf(f, "call:\n");
	print_trailer_check(r);
	for (a = r->args; a != NULL; a = a->next)
		prepare(r, a);
	print_server_call(r);
	release_translated(r);
	if (r->oneway) {
		if (reply_kept)
			fprintf(f, "\tif (RetCode == KERN_SUCCESS)\n"
			    "\t\tRetCode = MIG_NO_REPLY;\n");
		fprintf(f, "failed:\n\tmig_answer(OutHeadP, RetCode);\n}\n");
		return;
	}
	if (r->form == F_ROUTINE)
		fprintf(f, "\tif (RetCode != KERN_SUCCESS)\n"
		    "\t\tgoto failed;\n");
	fprintf(f, "\n");
	print_reply(r);
	fprintf(f, "\treturn;\n\nfailed:\n"
	    "\tmig_answer(OutHeadP, RetCode);\n}\n");
}

static unsigned
parameters(const struct routine *r)
{
	const struct arg *a;
	unsigned n;

	n = 0;
	for (a = r->args; a != NULL; a = a->next)
		n += a->type->varying ? 2 : 1;
	return (n);
}

/* What the tables are of. */
static const char *
kernel_or(const char *kernel, const char *user)
{

	return (intf->kernel_server ? kernel : user);
}

static void
print_table(void)
{
	const struct routine *r;
	unsigned n;

	fprintf(f, "\nconst struct %s%s_subsystem %s%s_subsystem = {\n"
	    "\t%s_routine, %u, %u,\n"
	    "\t(unsigned int)sizeof(union migReplies), (vm_address_t)0, {\n",
	    intf->server_prefix, intf->name, intf->server_prefix, intf->name,
	    intf->demux, intf->base, intf->base + intf->numbers);
	n = 0;
	for (r = intf->routines; r != NULL; r = r->next, n++) {
		for (; n < r->number; n++)
			fprintf(f, "\t{ 0, 0, 0, 0, 0, 0 },\n");
		fprintf(f, "\t{ 0, _X%s, %u, 0, 0, (unsigned int)sizeof(%s%s) "
		    "},\n", r->name, parameters(r), r->oneway ? w->error :
		    "Reply_", r->oneway ? "" : r->name);
	}
	for (; n < intf->numbers || n == 0; n++)
		fprintf(f, "\t{ 0, 0, 0, 0, 0, 0 },\n");
	fprintf(f, "\t}\n};\n");
}

/* -s: names, numbers and stubs. */
static void
print_symbols(void)
{
	const struct routine *r;

	fprintf(f, "\n/* Ends with a null name. */\n"
	    "const mig_symtab_t _%sSymTab[] = {\n", intf->name);
	for (r = intf->routines; r != NULL; r = r->next)
		fprintf(f, "\t{ (char *)(uintptr_t)\"%s\", %u,\n"
		    "\t    (void (*)(void))_X%s },\n", r->name,
		    intf->base + r->number, r->name);
	fprintf(f, "\t{ 0, 0, 0 }\n};\n");
}

static void
print_demux(void)
{

	fprintf(f, "\n/* The stub for a request; null if there is none. */\n"
	    "%s\n%s_routine(%s *InHeadP)\n{\n"
	    "\tmach_msg_id_t migId;\n\n"
	    "\tif (InHeadP->msgh_id < %s%s_subsystem.start ||\n"
	    "\t    InHeadP->msgh_id >= %s%s_subsystem.end)\n"
	    "\t\treturn (0);\n"
	    "\tmigId = InHeadP->msgh_id - %s%s_subsystem.start;\n"
	    "\treturn (%s%s_subsystem.routine[migId].stub_routine);\n}\n",
	    kernel_or("mig_kernel_routine_t", "mig_routine_t"), intf->demux,
	    w->header, intf->server_prefix, intf->name, intf->server_prefix,
	    intf->name, intf->server_prefix, intf->name, intf->server_prefix,
	    intf->name);
	fprintf(f, "\n/* Answer a request; FALSE if it is of no routine here. "
	    "*/\nboolean_t\n%s(%s *InHeadP, %s *OutHeadP)\n{\n"
	    "\t%s migRoutine;\n\n"
	    "\t%s(InHeadP, OutHeadP);\n"
	    "\tmigRoutine = %s_routine(InHeadP);\n"
	    "\tif (migRoutine == 0)\n\t\treturn (FALSE);\n"
	    "\t(*migRoutine)(InHeadP, OutHeadP);\n"
	    "\treturn (TRUE);\n}\n", intf->demux, w->header, w->header,
	    kernel_or("mig_kernel_routine_t", "mig_routine_t"),
	    kernel_or("mig_kernel_reply_setup", "mig_reply_setup"),
	    intf->demux);
}

/* The functions of the server and the way to them, for a header, too. */
void
print_server_declarations(FILE *to, const struct interface *i,
    const struct options *o, bool comments)
{
	const struct words *words;
	const struct routine *r;

	words = words_of(i, true);
	fprintf(to, "\nMACH_BEGIN_DECLS\n");
	for (r = i->routines; r != NULL; r = r->next) {
		if (comments)
			fprintf(to, "\n/* %s %s, message %u */\n",
			    form_name(r), r->name, i->base + r->number);
		fprintf(to, "extern ");
		print_prototype(to, i, r, true);
		fprintf(to, ";\n");
	}
	fprintf(to, "%sextern boolean_t %s(\n\t%s *InHeadP,\n"
	    "\t%s *OutHeadP);\n"
	    "extern %s %s_routine(%s *InHeadP);\n", comments ? "\n" : "",
	    i->demux, words->header, words->header, i->kernel_server ?
	    "mig_kernel_routine_t" : "mig_routine_t", i->demux,
	    words->header);
	if (o->symbols)
		fprintf(to, "extern const mig_symtab_t _%sSymTab[];\n",
		    i->name);
	fprintf(to, "%sextern const struct %s%s_subsystem {\n"
	    "\t%s server;\n"
	    "\tmach_msg_id_t start;\n"
	    "\tmach_msg_id_t end;\n"
	    "\tunsigned int maxsize;\n"
	    "\tvm_address_t reserved;\n"
	    "\tstruct %s routine[%u];\n"
	    "} %s%s_subsystem;\n%sMACH_END_DECLS\n", comments ?
	    "\n/* What the server answers, for dispatch tables. */\n" : "",
	    i->server_prefix, i->name, i->kernel_server ?
	    "mig_kernel_server_routine_t" : "mig_server_routine_t",
	    i->kernel_server ? "mig_kernel_routine_descriptor" :
	    "routine_descriptor", i->numbers == 0 ? 1 : i->numbers,
	    i->server_prefix, i->name, comments ? "\n" : "");
}

void
print_server(FILE *to, const struct interface *i, const struct options *o)
{
	const struct routine *r;

	f = to;
	intf = i;
	opt = o;
	w = words_of(i, true);
	print_file_start(f, i, "Stubs of the server side");
	if (i->kernel_server)
		fprintf(f, "#include <kernel/kern/mig_kernel.h>\n");
	else
		fprintf(f, "#include <stddef.h>\n#include <stdint.h>\n"
		    "#include <string.h>\n\n#include <mach/mach.h>\n"
		    "#include <mach/mig.h>\n#include <mach/mig_errors.h>\n");
	print_imports(f, i, I_SERVER);
	if (o->sheader != NULL && strcmp(o->sheader, "/dev/null") != 0)
		fprintf(f, "#include \"%s\"\n", base_name(o->sheader));
	else
		print_server_declarations(f, i, o, false);
	fprintf(f, "\n");
	print_helpers();
	for (r = i->routines; r != NULL; r = r->next)
		print_stub(r);
	fprintf(f, "\nunion migReplies {\n\t%s error;\n", w->error);
	for (r = i->routines; r != NULL; r = r->next)
		if (!r->oneway)
			fprintf(f, "\tReply_%s %s;\n", r->name, r->name);
	fprintf(f, "};\n");
	print_table();
	if (o->symbols)
		print_symbols();
	print_demux();
}
