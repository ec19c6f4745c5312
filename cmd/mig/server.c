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

static const char helpers[] =
    "#ifndef MIG_ALIGN\n"
    "#define MIG_ALIGN(n) (((n) + 3U) & ~3U)\n"
    "#endif\n\n"
    "/* The answer that is nothing but a code. */\n"
    "static __attribute__((__unused__)) void\n"
    "mig_answer(mach_msg_header_t *OutHeadP, kern_return_t RetCode)\n"
    "{\n"
    "\tmig_reply_error_t *OutP;\n\n"
    "\tOutP = (mig_reply_error_t *)(void *)OutHeadP;\n"
    "\tOutP->Head.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;\n"
    "\tOutP->Head.msgh_size = sizeof(*OutP);\n"
    "\tOutP->NDR = NDR_record;\n"
    "\tOutP->RetCode = RetCode;\n"
    "}\n";

static bool
is_out(const struct arg *a)
{

	return (a->dir == D_OUT || a->dir == D_INOUT);
}

static bool
is_array(const struct type *t)
{

	return (t->kind == K_ARRAY || t->kind == K_VARRAY ||
	    t->kind == K_STRING || t->kind == K_VSTRING);
}

/*
 * Arguments with a variable of their own: results, which need an address that
 * is aligned, arrays whose elements must be aligned, and translated ones.
 */
static bool
has_variable(const struct arg *a)
{

	if (a->dir == D_IN)
		return (a->type->intran != NULL ||
		    (is_array(a->type) && a->type->wide));
	if (is_out(a))
		return (!is_array(a->type) || a->type->wide);
	return ((a->dir == D_REQUEST || a->dir == D_REPLY ||
	    a->dir == D_SREPLY) && a->type->intran != NULL);
}

static void
declare(const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (has_variable(a)) {
		if (t->kind == K_VARRAY)
			fprintf(f, "\t%s %s[%u];\n", t->element, a->name,
			    t->count);
		else
			fprintf(f, "\t%s %s;\n", t->intran != NULL ||
			    t->outtran != NULL ? t->trans_type :
			    t->server_type, a->name);
	}
	if (is_out(a) && t->poly)
		fprintf(f, "\tmach_msg_type_name_t %sPoly;\n", a->name);
	if (is_out(a) && t->varying && t->kind != K_VSTRING)
		fprintf(f, "\tmach_msg_type_number_t %sCnt;\n", a->name);
	if (a->dir == D_SERVER_AUDIT || a->dir == D_SERVER_SEC)
		fprintf(f, "\t%s %s;\n", t->server_type, a->name);
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
		    t->server_type, a->name));
	return (print("In%uP->%s", varying_before(r, REQUEST, a), a->name));
}

static const char *
in_count(const struct routine *r, const struct arg *a)
{

	return (print("In%uP->%sCnt", varying_before(r, REQUEST, a), a->name));
}

/* Give the variables their values before the call. */
static void
prepare(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *to;

	t = a->type;
	if (a->dir == D_SERVER_AUDIT || a->dir == D_SERVER_SEC) {
		fprintf(f, "\tmemcpy(&%s, &TrailerP->%s, sizeof(%s));\n",
		    a->name, a->dir == D_SERVER_AUDIT ? "msgh_audit" :
		    "msgh_sender", a->name);
		return;
	}
	if (a->dir != D_INOUT && a->dir != D_OUT) {
		if (!has_variable(a))
			return;
		if (t->intran != NULL)
			fprintf(f, "\t%s = %s(%s);\n", a->name, t->intran,
			    in_place(r, a));
		else if (t->kind == K_VARRAY)
			fprintf(f, "\tmemcpy(%s, %s, %s * %u);\n", a->name,
			    in_place(r, a), in_count(r, a), t->element_size);
		else
			fprintf(f, "\tmemcpy(%s, %s, sizeof(%s));\n", a->name,
			    in_place(r, a), a->name);
		return;
	}
	to = has_variable(a) ? a->name : print("OutP->%s", a->name);
	if (a->dir == D_INOUT && t->varying && t->kind != K_VSTRING)
		fprintf(f, "\t%sCnt = %s;\n", a->name, in_count(r, a));
	if (a->dir == D_OUT && t->kind == K_VARRAY) {
		fprintf(f, "\t%sCnt = %u;\n", a->name, t->count);
		if (a->count_inout)
			fprintf(f, "\tif (%s < %sCnt)\n\t\t%sCnt = %s;\n",
			    in_count(r, a), a->name, a->name, in_count(r, a));
	} else if (a->dir == D_OUT && t->varying && t->kind != K_VSTRING) {
		fprintf(f, "\t%sCnt = 0;\n", a->name);
	}
	if (t->kind == K_STRING || t->kind == K_VSTRING)
		fprintf(f, "\tmemset(%s, 0, %u);\n", to, t->count);
	if (a->dir != D_INOUT)
		return;
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
	default:
		fprintf(f, "\t%s = %s;\n", to, in_place(r, a));
		break;
	}
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
		fprintf(f, "%s%s", *before, a->name);
		break;
	case D_SEQNO:
		fprintf(f, "%sTrailerP->msgh_seqno", *before);
		break;
	default:
		return;
	}
	*before = ",\n\t    ";
	if (a->dir != D_IN && !is_out(a))
		return;
	if (t->poly) {
		if (is_out(a))
			fprintf(f, "%s&%sPoly", *before, a->name);
		else
			fprintf(f, "%sIn0P->%s.disposition", *before, a->name);
	}
	if (t->varying && t->kind != K_VSTRING) {
		if (is_out(a))
			fprintf(f, "%s&%sCnt", *before, a->name);
		else
			fprintf(f, "%s%s", *before, in_count(r, a));
	}
}

static void
reply_descriptor(const struct arg *a)
{
	const struct type *t;
	const char *value;

	t = a->type;
	value = t->outtran != NULL ? print("%s(%s)", t->outtran, a->name) :
	    a->name;
	if (t->kind == K_PORT) {
		fprintf(f, "\tOutP->%s.name = %s;\n"
		    "\tOutP->%s.pad1 = 0;\n\tOutP->%s.pad2 = 0;\n"
		    "\tOutP->%s.disposition = %s;\n"
		    "\tOutP->%s.type = MACH_MSG_PORT_DESCRIPTOR;\n", a->name,
		    value, a->name, a->name, a->name, t->poly ?
		    print("%sPoly", a->name) : t->sent, a->name);
		return;
	}
	fprintf(f, "\tOutP->%s.address = (void *)(uintptr_t)%s;\n", a->name,
	    value);
	if (t->kind == K_OOL && t->varying)
		fprintf(f, "\tOutP->%s.size = %sCnt * %u;\n", a->name, a->name,
		    t->element_size);
	else if (t->kind == K_OOL)
		fprintf(f, "\tOutP->%s.size = %u;\n", a->name, t->size);
	else if (t->varying)
		fprintf(f, "\tOutP->%s.count = %sCnt;\n", a->name, a->name);
	else
		fprintf(f, "\tOutP->%s.count = %u;\n", a->name, t->count);
	fprintf(f, "\tOutP->%s.deallocate = %s;\n\tOutP->%s.copy = %s;\n",
	    a->name, a->dealloc ? "TRUE" : "FALSE", a->name, a->physical ?
	    "MACH_MSG_PHYSICAL_COPY" : "MACH_MSG_VIRTUAL_COPY");
	if (t->kind == K_OOL)
		fprintf(f, "\tOutP->%s.pad1 = 0;\n"
		    "\tOutP->%s.type = MACH_MSG_OOL_DESCRIPTOR;\n", a->name,
		    a->name);
	else
		fprintf(f, "\tOutP->%s.disposition = %s;\n"
		    "\tOutP->%s.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;\n",
		    a->name, t->sent, a->name);
}

/* A result longer than declared is the server's mistake. */
static void
check_result(const struct arg *a)
{
	const struct type *t;
	unsigned limit;

	t = a->type;
	if (!is_out(a) || !t->varying || t->kind == K_VSTRING)
		return;
	limit = t->count;
	if (limit == 0 && t->kind == K_OOL && t->element_size > 1)
		limit = 0xffffffffU / t->element_size;
	if (limit != 0)
		fprintf(f, "\tif (%sCnt > %u) {\n"
		    "\t\tRetCode = MIG_ARRAY_TOO_LARGE;\n\t\tgoto failed;\n"
		    "\t}\n", a->name, limit);
}

static void
reply_inline(const struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (t->varying && t->kind != K_VSTRING)
		fprintf(f, "\tOutP->%sCnt = %sCnt;\n", a->name, a->name);
	if (is_descriptor(t))
		return;
	switch (t->kind) {
	case K_STRING:
		fprintf(f, "\tOutP->%s[%u] = '\\0';\n", a->name, t->count - 1);
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
			fprintf(f, "\tmemcpy(OutP->%s, %s, %sCnt * %u);\n",
			    a->name, a->name, a->name, t->element_size);
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
	count = t->kind == K_VSTRING ? print("migCount") :
	    print("%sCnt", a->name);
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

static void
print_trailer_check(const struct routine *r)
{
	const struct arg *a;
	const char *type;

	type = NULL;
	for (a = r->args; a != NULL; a = a->next) {
		if (a->dir == D_SERVER_AUDIT)
			type = "audit";
		else if (a->dir == D_SERVER_SEC && type == NULL)
			type = "security";
	}
	for (a = r->args; a != NULL && type == NULL; a = a->next)
		if (a->dir == D_SEQNO)
			type = "seqno";
	if (type == NULL)
		return;
	fprintf(f, "\tTrailerP = (mach_msg_audit_trailer_t *)(void *)"
	    "((char *)InHeadP +\n\t    MIG_ALIGN(InHeadP->msgh_size));\n"
	    "\tif (TrailerP->msgh_trailer_type != "
	    "MACH_MSG_TRAILER_FORMAT_0 ||\n"
	    "\t    TrailerP->msgh_trailer_size < "
	    "sizeof(mach_msg_%s_trailer_t)) {\n"
	    "\t\tRetCode = MIG_TRAILER_ERROR;\n\t\tgoto failed;\n\t}\n", type);
}

static void
print_stub(const struct interface *i, const struct routine *r)
{
	const struct arg *a;
	const char *before;
	unsigned n, in, out;
	bool trailer, reply_kept, string;

	in = varying_total(r, REQUEST);
	out = varying_total(r, REPLY);
	trailer = string = reply_kept = false;
	for (a = r->args; a != NULL; a = a->next) {
		if (a->dir == D_SERVER_AUDIT || a->dir == D_SERVER_SEC ||
		    a->dir == D_SEQNO)
			trailer = true;
		if (a->dir == D_SREPLY || a->dir == D_REPLY)
			reply_kept = true;
		if (is_out(a) && a->type->kind == K_VSTRING)
			string = true;
	}
	fprintf(f, "\n#pragma pack(push, 4)\n");
	print_message(f, r, REQUEST, print("Request_%s", r->name), true);
	if (!r->oneway)
		print_message(f, r, REPLY, print("Reply_%s", r->name), true);
	fprintf(f, "#pragma pack(pop)\n");
	print_asserts(f, r);
	fprintf(f, "\n/* %s %s, message %u */\nstatic void\n"
	    "_X%s(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)\n"
	    "{\n", r->oneway ? "simpleroutine" : "routine", r->name,
	    i->base + r->number, r->name);
	for (n = 0; n <= in; n++)
		fprintf(f, "\tRequest_%s *In%uP;\n", r->name, n);
	if (!r->oneway)
		fprintf(f, "\tReply_%s *OutP;\n", r->name);
	if (in + out != 0)
		fprintf(f, "\tmach_msg_size_t migBytes;\n"
		    "\tmach_msg_size_t migRoom;\n");
	if (string)
		fprintf(f, "\tmach_msg_type_number_t migCount;\n");
	if (trailer)
		fprintf(f, "\tmach_msg_audit_trailer_t *TrailerP;\n");
	for (a = r->args; a != NULL; a = a->next)
		declare(a);
	fprintf(f, "\tkern_return_t RetCode;\n\n"
	    "\tIn0P = (Request_%s *)(void *)InHeadP;\n", r->name);
	if (!r->oneway)
		fprintf(f, "\tOutP = (Reply_%s *)(void *)OutHeadP;\n", r->name);
	print_checks(f, r, REQUEST);
	if (in != 0 && !last_used(r, in))
		fprintf(f, "\t(void)In%uP;\n", in);
	print_trailer_check(r);
	for (a = r->args; a != NULL; a = a->next)
		prepare(r, a);
	fprintf(f, "\tRetCode = %s%s(", i->server_prefix, r->name);
	before = "\n\t    ";
	for (a = r->args; a != NULL; a = a->next)
		print_actual(r, a, &before);
	fprintf(f, ");\n");
	for (a = r->args; a != NULL; a = a->next)
		if (a->type->destructor != NULL && a->dir != D_OUT &&
		    has_variable(a))
			fprintf(f, "\t%s(%s);\n", a->type->destructor, a->name);
	if (r->oneway) {
		if (reply_kept)
			fprintf(f, "\tif (RetCode == KERN_SUCCESS)\n"
			    "\t\tRetCode = MIG_NO_REPLY;\n");
		fprintf(f, "failed:\n\tmig_answer(OutHeadP, RetCode);\n}\n");
		return;
	}
	fprintf(f, "\tif (RetCode != KERN_SUCCESS)\n\t\tgoto failed;\n\n");
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

static void
print_table(const struct interface *i)
{
	const struct routine *r;
	unsigned n;

	fprintf(f, "\nconst struct %s%s_subsystem %s%s_subsystem = {\n"
	    "\t%s_routine, %u, %u,\n"
	    "\t(unsigned int)sizeof(union migReplies), (vm_address_t)0, {\n",
	    i->server_prefix, i->name, i->server_prefix, i->name, i->demux,
	    i->base, i->base + i->numbers);
	n = 0;
	for (r = i->routines; r != NULL; r = r->next, n++) {
		for (; n < r->number; n++)
			fprintf(f, "\t{ 0, 0, 0, 0, 0, 0 },\n");
		fprintf(f, "\t{ 0, _X%s, %u, 0, 0, (unsigned int)sizeof(%s%s) "
		    "},\n", r->name, parameters(r), r->oneway ?
		    "mig_reply_error_t" : "Reply_", r->oneway ? "" : r->name);
	}
	for (; n < i->numbers || n == 0; n++)
		fprintf(f, "\t{ 0, 0, 0, 0, 0, 0 },\n");
	fprintf(f, "\t}\n};\n");
}

static void
print_demux(const struct interface *i)
{

	fprintf(f, "\n/* The stub for a request; null if there is none. */\n"
	    "mig_routine_t\n%s_routine(mach_msg_header_t *InHeadP)\n{\n"
	    "\tmach_msg_id_t migId;\n\n"
	    "\tif (InHeadP->msgh_id < %s%s_subsystem.start ||\n"
	    "\t    InHeadP->msgh_id >= %s%s_subsystem.end)\n"
	    "\t\treturn (0);\n"
	    "\tmigId = InHeadP->msgh_id - %s%s_subsystem.start;\n"
	    "\treturn (%s%s_subsystem.routine[migId].stub_routine);\n}\n",
	    i->demux, i->server_prefix, i->name, i->server_prefix, i->name,
	    i->server_prefix, i->name, i->server_prefix, i->name);
	fprintf(f, "\n/* Answer a request; FALSE if it is of no routine here. "
	    "*/\nboolean_t\n%s(mach_msg_header_t *InHeadP, "
	    "mach_msg_header_t *OutHeadP)\n{\n"
	    "\tmig_routine_t migRoutine;\n\n"
	    "\tmig_reply_setup(InHeadP, OutHeadP);\n"
	    "\tmigRoutine = %s_routine(InHeadP);\n"
	    "\tif (migRoutine == 0)\n\t\treturn (FALSE);\n"
	    "\t(*migRoutine)(InHeadP, OutHeadP);\n"
	    "\treturn (TRUE);\n}\n", i->demux, i->demux);
}

static void
print_declarations(const struct interface *i)
{
	const struct routine *r;

	fprintf(f, "\nMACH_BEGIN_DECLS\n");
	for (r = i->routines; r != NULL; r = r->next) {
		fprintf(f, "extern ");
		print_prototype(f, i, r, true);
		fprintf(f, ";\n");
	}
	fprintf(f, "extern boolean_t %s(mach_msg_header_t *,\n"
	    "\tmach_msg_header_t *);\n"
	    "extern mig_routine_t %s_routine(mach_msg_header_t *);\n"
	    "extern const struct %s%s_subsystem {\n"
	    "\tmig_server_routine_t server;\n"
	    "\tmach_msg_id_t start;\n"
	    "\tmach_msg_id_t end;\n"
	    "\tunsigned int maxsize;\n"
	    "\tvm_address_t reserved;\n"
	    "\tstruct routine_descriptor routine[%u];\n"
	    "} %s%s_subsystem;\nMACH_END_DECLS\n", i->demux, i->demux,
	    i->server_prefix, i->name, i->numbers == 0 ? 1 : i->numbers,
	    i->server_prefix, i->name);
}

void
print_server(FILE *to, const struct interface *i, const struct options *o)
{
	const struct routine *r;

	f = to;
	print_file_start(f, i, "Stubs of the server side");
	fprintf(f, "#include <stddef.h>\n#include <stdint.h>\n"
	    "#include <string.h>\n\n#include <mach/mach.h>\n"
	    "#include <mach/mig.h>\n#include <mach/mig_errors.h>\n");
	print_imports(f, i, I_SERVER);
	if (o->sheader != NULL && strcmp(o->sheader, "/dev/null") != 0)
		fprintf(f, "#include \"%s\"\n", base_name(o->sheader));
	else
		print_declarations(i);
	fprintf(f, "\n%s", helpers);
	for (r = i->routines; r != NULL; r = r->next)
		print_stub(i, r);
	fprintf(f, "\nunion migReplies {\n\tmig_reply_error_t error;\n");
	for (r = i->routines; r != NULL; r = r->next)
		if (!r->oneway)
			fprintf(f, "\tReply_%s %s;\n", r->name, r->name);
	fprintf(f, "};\n");
	print_table(i);
	print_demux(i);
}
