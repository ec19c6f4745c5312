/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The stubs of the user side.
 *
 * A stub fills in the request, sends it and receives the reply in one call,
 * checks all of the reply, and only then stores results: a reply that is not
 * as declared is destroyed and changes nothing.
 */

#include <string.h>

#include "mig.h"

static FILE *f;

static const char helpers[] =
    "#ifndef MIG_ALIGN\n"
    "#define MIG_ALIGN(n) (((n) + 3U) & ~3U)\n"
    "#endif\n\n"
    "#ifndef __MIG_UNUSED\n"
    "#define __MIG_UNUSED __attribute__((__unused__))\n"
    "#endif\n\n"
    "/*\n"
    " * A message that waited for room and was not sent comes back as if\n"
    " * it had been received: release what was made for it.  What was to\n"
    " * be moved is the caller's again.\n"
    " */\n"
    "static __MIG_UNUSED void\n"
    "mig_given_back(mach_port_t name, unsigned int sent, unsigned int now)\n"
    "{\n\n"
    "\tif (MACH_PORT_VALID(name) && now != sent)\n"
    "\t\t(void)mach_port_deallocate(mach_task_self(), name);\n"
    "}\n\n"
    "static __MIG_UNUSED int\n"
    "mig_not_sent(mach_msg_return_t code)\n"
    "{\n\n"
    "\treturn (((unsigned int)code & ~0x3fffU) == 0x10000000U);\n"
    "}\n\n";

static void
print_pad(const struct arg *a, const char *p)
{

	if (a->type->size % 4 != 0)
		fprintf(f, "\tmemset(%s->%sPad, 0, sizeof(%s->%sPad));\n", p,
		    a->name, p, a->name);
}

/* Clear the bytes between the end of an array and the next multiple of 4. */
static void
print_tail(const struct arg *a, const char *p)
{

	if (a->type->element_size % 4 == 0)
		return;
	fprintf(f, "\tmemset((char *)%s->%s + %sCnt * %u, 0,\n"
	    "\t    migBytes - %sCnt * %u);\n", p, a->name, a->name,
	    a->type->element_size, a->name, a->type->element_size);
}

/* Refuse what does not fit, before anything is done. */
static void
print_limits(const struct routine *r)
{
	const struct arg *a;
	const struct type *t;
	unsigned limit;

	for (a = r->args; a != NULL; a = a->next) {
		t = a->type;
		if (!arg_in(a, REQUEST) || !t->varying || t->kind == K_VSTRING)
			continue;
		limit = t->count;
		if (limit == 0 && t->kind == K_OOL && t->element_size > 1)
			limit = 0xffffffffU / t->element_size;
		if (limit != 0)
			fprintf(f, "\tif (%s%sCnt > %u)\n"
			    "\t\treturn (MIG_ARRAY_TOO_LARGE);\n",
			    a->dir == D_INOUT ? "*" : "", a->name, limit);
	}
}

static void
fill_descriptor(const struct arg *a)
{
	const struct type *t;
	const char *star;

	t = a->type;
	star = a->dir == D_INOUT ? "*" : "";
	if (t->kind == K_PORT) {
		fprintf(f, "\tIn0P->%s.name = %s%s;\n"
		    "\tIn0P->%s.pad1 = 0;\n\tIn0P->%s.pad2 = 0;\n"
		    "\tIn0P->%s.disposition = %s;\n"
		    "\tIn0P->%s.type = MACH_MSG_PORT_DESCRIPTOR;\n",
		    a->name, star, a->name, a->name, a->name, a->name,
		    t->poly ? print("%sPoly", a->name) : t->sent, a->name);
		return;
	}
	fprintf(f, "\tIn0P->%s.address = (void *)(uintptr_t)(%s%s);\n",
	    a->name, star, a->name);
	if (t->kind == K_OOL && t->varying)
		fprintf(f, "\tIn0P->%s.size = %s%sCnt * %u;\n", a->name, star,
		    a->name, t->element_size);
	else if (t->kind == K_OOL)
		fprintf(f, "\tIn0P->%s.size = %u;\n", a->name, t->size);
	else if (t->varying)
		fprintf(f, "\tIn0P->%s.count = %s%sCnt;\n", a->name, star,
		    a->name);
	else
		fprintf(f, "\tIn0P->%s.count = %u;\n", a->name, t->count);
	fprintf(f, "\tIn0P->%s.deallocate = %s;\n", a->name,
	    a->dealloc ? "TRUE" : "FALSE");
	fprintf(f, "\tIn0P->%s.copy = %s;\n", a->name, a->physical ?
	    "MACH_MSG_PHYSICAL_COPY" : "MACH_MSG_VIRTUAL_COPY");
	if (t->kind == K_OOL)
		fprintf(f, "\tIn0P->%s.pad1 = 0;\n"
		    "\tIn0P->%s.type = MACH_MSG_OOL_DESCRIPTOR;\n", a->name,
		    a->name);
	else
		fprintf(f, "\tIn0P->%s.disposition = %s;\n"
		    "\tIn0P->%s.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;\n",
		    a->name, t->sent, a->name);
}

static void
fill_inline(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *p, *star;
	unsigned n;

	t = a->type;
	n = varying_before(r, REQUEST, a);
	p = print("In%uP", n);
	star = a->dir == D_INOUT ? "*" : "";
	switch (t->kind) {
	case K_ARRAY:
		fprintf(f, "\tmemcpy(%s->%s, %s, sizeof(%s->%s));\n", p,
		    a->name, a->name, p, a->name);
		print_pad(a, p);
		break;
	case K_STRING:
		fprintf(f, "\t(void)mig_strncpy_zerofill(%s->%s, %s, %u);\n", p,
		    a->name, a->name, t->count);
		print_pad(a, p);
		break;
	case K_VSTRING:
		fprintf(f, "\t%s->%sOffset = 0;\n"
		    "\t%s->%sCnt = (mach_msg_type_number_t)mig_strncpy(\n"
		    "\t    %s->%s, %s, %u);\n", p, a->name, p, a->name, p,
		    a->name, a->name, t->count);
		fprintf(f, "\tmigBytes = MIG_ALIGN(%s->%sCnt);\n"
		    "\tmemset(%s->%s + %s->%sCnt, 0, migBytes - %s->%sCnt);\n",
		    p, a->name, p, a->name, p, a->name, p, a->name);
		break;
	case K_VARRAY:
		fprintf(f, "\t%s->%sCnt = %s%sCnt;\n", p, a->name, star,
		    a->name);
		fprintf(f, "\tmigBytes = %s;\n", varying_bytes(a,
		    print("%s->%sCnt", p, a->name)));
		fprintf(f, "\tif (%s->%sCnt != 0)\n"
		    "\t\tmemcpy(%s->%s, %s, %s->%sCnt * %u);\n", p, a->name, p,
		    a->name, a->name, p, a->name, t->element_size);
		if (a->dir == D_IN)
			print_tail(a, p);
		else if (t->element_size % 4 != 0)
			fprintf(f, "\tmemset((char *)%s->%s + *%sCnt * %u, 0,\n"
			    "\t    migBytes - *%sCnt * %u);\n", p, a->name,
			    a->name, t->element_size, a->name,
			    t->element_size);
		break;
	default:
		fprintf(f, "\t%s->%s = %s%s;\n", p, a->name, star, a->name);
		print_pad(a, p);
		break;
	}
	if (is_varying(t))
		fprintf(f, "\tIn%uP = (Request_%s *)(void *)((char *)%s + "
		    "migBytes - %u);\n", n + 1, r->name, p, message_bytes(t));
}

static void
fill_request(const struct routine *r)
{
	const struct arg *a;

	if (r->descriptors[REQUEST] != 0)
		fprintf(f, "\tIn0P->msgh_body.msgh_descriptor_count = %u;\n",
		    r->descriptors[REQUEST]);
	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, REQUEST) && is_descriptor(a->type))
			fill_descriptor(a);
	if (r->has_ndr[REQUEST])
		fprintf(f, "\tIn0P->NDR = NDR_record;\n");
	for (a = r->args; a != NULL; a = a->next) {
		if (arg_count_in(a, REQUEST) && (!arg_in(a, REQUEST) ||
		    is_descriptor(a->type)))
			fprintf(f, "\tIn%uP->%sCnt = %s%sCnt;\n",
			    varying_before(r, REQUEST, a), a->name,
			    a->dir == D_IN ? "" : "*", a->name);
		if (arg_in(a, REQUEST) && !is_descriptor(a->type))
			fill_inline(r, a);
	}
}

/* The disposition of the reply port; null without one. */
static const char *
reply_disposition(const struct routine *r)
{

	if (r->reply_port != NULL && (r->reply_port->dir == D_REPLY ||
	    r->reply_port->dir == D_UREPLY))
		return (r->reply_port->type->sent);
	if (r->oneway)
		return (NULL);
	return (r->reply_port != NULL ? r->reply_port->type->sent :
	    "MACH_MSG_TYPE_MAKE_SEND_ONCE");
}

/* True when the stub finds the reply port itself. */
static bool
own_reply_port(const struct routine *r)
{

	return (!r->oneway && (r->reply_port == NULL ||
	    r->reply_port->dir == D_SREPLY));
}

static void
fill_header(const struct interface *i, const struct routine *r)
{
	const char *reply;

	reply = reply_disposition(r);
	fprintf(f, "\tIn0P->Head.msgh_bits = %sMACH_MSGH_BITS(\n"
	    "\t    %s, %s);\n",
	    r->descriptors[REQUEST] != 0 ? "MACH_MSGH_BITS_COMPLEX | " : "",
	    r->request_port->type->sent, reply == NULL ? "0" : reply);
	fprintf(f, "\tIn0P->Head.msgh_size = migSize;\n");
	fprintf(f, "\tIn0P->Head.msgh_remote_port = %s;\n",
	    r->request_port->name);
	fprintf(f, "\tIn0P->Head.msgh_local_port = %s;\n",
	    own_reply_port(r) ? "mig_get_reply_port()" : reply == NULL ?
	    "MACH_PORT_NULL" : r->reply_port->name);
	fprintf(f, "\tIn0P->Head.msgh_voucher_port = MACH_PORT_NULL;\n"
	    "\tIn0P->Head.msgh_id = %u;\n", i->base + r->number);
	if (!r->oneway)
		fprintf(f, "\tmigReplyPort = In0P->Head.msgh_local_port;\n");
}

/* What a request that was given back holds. */
static void
print_given_back(const struct routine *r)
{
	const struct arg *a;
	const char *reply;

	fprintf(f, "\t\tmig_given_back(In0P->Head.msgh_remote_port, %s,\n"
	    "\t\t    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));\n",
	    r->request_port->type->sent);
	reply = reply_disposition(r);
	if (reply != NULL)
		fprintf(f, "\t\tmig_given_back(In0P->Head.msgh_local_port, "
		    "%s,\n\t\t    MACH_MSGH_BITS_LOCAL("
		    "In0P->Head.msgh_bits));\n", reply);
	for (a = r->args; a != NULL; a = a->next) {
		if (!arg_in(a, REQUEST))
			continue;
		if (a->type->kind == K_PORT)
			fprintf(f, "\t\tmig_given_back(In0P->%s.name, %s,\n"
			    "\t\t    In0P->%s.disposition);\n", a->name,
			    a->type->poly ? print("%sPoly", a->name) :
			    a->type->sent, a->name);
		else if (a->type->kind == K_OOL)
			fprintf(f, "\t\tif (In0P->%s.address != "
			    "(void *)(uintptr_t)(%s%s))\n"
			    "\t\t\tmig_deallocate((vm_address_t)(uintptr_t)"
			    "In0P->%s.address,\n\t\t\t    In0P->%s.size);\n",
			    a->name, a->dir == D_INOUT ? "*" : "", a->name,
			    a->name, a->name);
	}
}

static const char *
time_of(const struct arg *a, const char *expression)
{

	return (a != NULL ? a->name : expression);
}

static void
print_send_failure(const struct routine *r)
{

	fprintf(f, "\tif (mig_not_sent(RetCode)) {\n");
	print_given_back(r);
	fprintf(f, "\t\treturn (RetCode);\n\t}\n");
}

static void
print_call(const struct routine *r)
{
	const struct arg *a;
	const char *send_time, *wait_time, *option, *trailer;

	send_time = time_of(r->send_arg, r->send_time);
	wait_time = r->oneway ? NULL : time_of(r->wait_arg, r->wait_time);
	option = r->option_arg != NULL ? r->option_arg->name : r->option;
	option = option == NULL ? "" : print(" | (%s)", option);
	trailer = "";
	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_USER_SEC || a->dir == D_USER_AUDIT)
			trailer = " |\n\t    MACH_RCV_TRAILER_TYPE("
			    "MACH_MSG_TRAILER_FORMAT_0) |\n"
			    "\t    MACH_RCV_TRAILER_ELEMENTS("
			    "MACH_RCV_TRAILER_AUDIT)";
	if (r->oneway || (send_time != NULL && wait_time != NULL)) {
		fprintf(f, "\tRetCode = mach_msg(&In0P->Head, MACH_SEND_MSG%s"
		    "%s,\n\t    migSize, 0, MACH_PORT_NULL, %s, "
		    "MACH_PORT_NULL);\n", send_time != NULL ?
		    " | MACH_SEND_TIMEOUT" : "", option, send_time != NULL ?
		    send_time : "MACH_MSG_TIMEOUT_NONE");
		print_send_failure(r);
		if (r->oneway) {
			fprintf(f, "\treturn (RetCode);\n");
			return;
		}
		fprintf(f, "\tRetCode = mach_msg(&Mess.Out.m.Head, "
		    "MACH_RCV_MSG | MACH_RCV_TIMEOUT%s,\n\t    0, "
		    "sizeof(Mess.Out), migReplyPort, %s, MACH_PORT_NULL);\n",
		    trailer, wait_time);
	} else {
		fprintf(f, "\tRetCode = mach_msg(&In0P->Head,\n"
		    "\t    MACH_SEND_MSG | MACH_RCV_MSG%s%s%s%s,\n"
		    "\t    migSize, sizeof(Mess.Out), migReplyPort, %s, "
		    "MACH_PORT_NULL);\n",
		    send_time != NULL ? " | MACH_SEND_TIMEOUT" : "",
		    wait_time != NULL ? " | MACH_RCV_TIMEOUT" : "",
		    option, trailer, send_time != NULL ? send_time :
		    wait_time != NULL ? wait_time : "MACH_MSG_TIMEOUT_NONE");
		print_send_failure(r);
	}
	fprintf(f, "\tif (RetCode != MACH_MSG_SUCCESS) {\n");
	if (own_reply_port(r))
		fprintf(f, "\t\t/* The reply may come late. */\n"
		    "\t\tmig_dealloc_reply_port(migReplyPort);\n");
	fprintf(f, "\t\treturn (RetCode);\n\t}\n");
	if (own_reply_port(r))
		fprintf(f, "\tmig_put_reply_port(migReplyPort);\n");
}

static void
print_reply_checks(const struct interface *i, const struct routine *r)
{

	fprintf(f, "\tif (Out0P->Head.msgh_id != %u) {\n"
	    "\t\tRetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?\n"
	    "\t\t    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;\n"
	    "\t\tgoto failed;\n\t}\n", i->base + r->number + 100);
	fprintf(f, "\tif (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {\n"
	    "\t\tRetCode = MIG_TYPE_ERROR;\n\t\tgoto failed;\n\t}\n");
	fprintf(f, "\tif (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) "
	    "&&\n\t    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&\n"
	    "\t    Mess.Error.RetCode != KERN_SUCCESS)\n"
	    "\t\treturn (Mess.Error.RetCode);\n");
	print_checks(f, r, REPLY);
	if (r->descriptors[REPLY] == 0)
		fprintf(f, "\tif (Out0P->RetCode != KERN_SUCCESS) {\n"
		    "\t\tRetCode = MIG_TYPE_ERROR;\n\t\tgoto failed;\n\t}\n");
}

static void
store(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *p;

	t = a->type;
	p = print("Out%uP", varying_before(r, REPLY, a));
	switch (t->kind) {
	case K_PORT:
		fprintf(f, "\t*%s = Out0P->%s.name;\n", a->name, a->name);
		if (t->poly)
			fprintf(f, "\t*%sPoly = Out0P->%s.disposition;\n",
			    a->name, a->name);
		break;
	case K_OOL:
	case K_OOL_PORTS:
		fprintf(f, "\t*%s = (%s)(uintptr_t)Out0P->%s.address;\n",
		    a->name, t->user_type, a->name);
		if (t->varying)
			fprintf(f, "\t*%sCnt = %s->%sCnt;\n", a->name, p,
			    a->name);
		break;
	case K_ARRAY:
	case K_STRING:
		fprintf(f, "\tmemcpy(%s, %s->%s, sizeof(%s->%s));\n", a->name,
		    p, a->name, p, a->name);
		break;
	case K_VSTRING:
		fprintf(f, "\tmemcpy(%s, %s->%s, %s->%sCnt);\n", a->name, p,
		    a->name, p, a->name);
		break;
	case K_VARRAY:
		if (a->count_inout)
			fprintf(f, "\tif (%s->%sCnt > *%sCnt) {\n"
			    "\t\tRetCode = MIG_ARRAY_TOO_LARGE;\n"
			    "\t\t*%sCnt = %s->%sCnt;\n"
			    "\t\tgoto failed;\n\t}\n", p, a->name, a->name,
			    a->name, p, a->name);
		fprintf(f, "\tmemcpy(%s, %s->%s, %s->%sCnt * %u);\n"
		    "\t*%sCnt = %s->%sCnt;\n", a->name, p, a->name, p, a->name,
		    t->element_size, a->name, p, a->name);
		break;
	default:
		fprintf(f, "\t*%s = %s->%s;\n", a->name, p, a->name);
		break;
	}
}

/* The arrays that may not fit come first: nothing else is stored then. */
static void
store_results(const struct routine *r)
{
	const struct arg *a;
	bool token;

	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, REPLY) && a->count_inout)
			store(r, a);
	for (a = r->args; a != NULL; a = a->next) {
		if (arg_in(a, REPLY) && !a->count_inout)
			store(r, a);
		token = a->dir == D_USER_SEC || a->dir == D_USER_AUDIT;
		if (token)
			fprintf(f, "\tmemcpy(%s, &((mach_msg_audit_trailer_t *)"
			    "(void *)\n\t    ((char *)Out0P + "
			    "MIG_ALIGN(Out0P->Head.msgh_size)))->%s,\n"
			    "\t    sizeof(*%s));\n", a->name,
			    a->dir == D_USER_SEC ? "msgh_sender" : "msgh_audit",
			    a->name);
	}
}

static void
print_stub(const struct interface *i, const struct routine *r)
{
	const struct arg *a;
	unsigned n, in, out;
	bool size_from_pointer;

	in = varying_total(r, REQUEST);
	out = r->oneway ? 0 : varying_total(r, REPLY);
	fprintf(f, "\n#pragma pack(push, 4)\n");
	print_message(f, r, REQUEST, print("Request_%s", r->name), false);
	if (!r->oneway)
		print_message(f, r, REPLY, print("Reply_%s", r->name), false);
	fprintf(f, "#pragma pack(pop)\n");
	print_asserts(f, r);
	fprintf(f, "\n/* %s %s, message %u */\n", r->oneway ? "simpleroutine" :
	    "routine", r->name, i->base + r->number);
	print_prototype(f, i, r, false);
	fprintf(f, "\n{\n\tunion {\n\t\tRequest_%s In;\n", r->name);
	if (!r->oneway) {
		fprintf(f, "\t\tstruct {\n\t\t\tReply_%s m;\n"
		    "\t\t\tunsigned char trailer[MAX_TRAILER_SIZE];\n"
		    "\t\t} Out;\n\t\tmig_reply_error_t Error;\n", r->name);
	}
	fprintf(f, "\t} Mess;\n\tRequest_%s *In0P;\n", r->name);
	for (n = 1; n <= in; n++)
		fprintf(f, "\tRequest_%s *In%uP;\n", r->name, n);
	if (!r->oneway)
		for (n = 0; n <= out; n++)
			fprintf(f, "\tReply_%s *Out%uP;\n", r->name, n);
	fprintf(f, "\tmach_msg_size_t migSize;\n");
	if (in + out != 0)
		fprintf(f, "\tmach_msg_size_t migBytes;\n");
	if (out != 0)
		fprintf(f, "\tmach_msg_size_t migRoom;\n");
	if (!r->oneway)
		fprintf(f, "\tmach_port_t migReplyPort;\n");
	fprintf(f, "\tkern_return_t RetCode;\n\n");
	print_limits(r);
	fprintf(f, "\tIn0P = &Mess.In;\n");
	fill_request(r);
	size_from_pointer = in != 0;
	if (size_from_pointer)
		fprintf(f, "\tmigSize = (mach_msg_size_t)(sizeof(Request_%s) - "
		    "(size_t)((char *)In0P - (char *)In%uP));\n", r->name, in);
	else
		fprintf(f, "\tmigSize = sizeof(Request_%s);\n", r->name);
	fill_header(i, r);
	print_call(r);
	if (!r->oneway) {
		fprintf(f, "\n\tOut0P = &Mess.Out.m;\n");
		print_reply_checks(i, r);
		if (out != 0) {
			bool used = false;
			for (a = r->args; a != NULL; a = a->next)
				if (arg_in(a, REPLY) && (!is_descriptor(a->type)
				    || a->type->varying) &&
				    varying_before(r, REPLY, a) == out)
					used = true;
			if (!used)
				fprintf(f, "\t(void)Out%uP;\n", out);
		}
		store_results(r);
		fprintf(f, "\treturn (KERN_SUCCESS);\n\nfailed:\n"
		    "\tmach_msg_destroy(&Out0P->Head);\n"
		    "\treturn (RetCode);\n");
	}
	fprintf(f, "}\n");
}

void
print_user(FILE *to, const struct interface *i, const struct options *o,
    const struct routine *only)
{
	const struct routine *r;

	f = to;
	print_file_start(f, i, "Stubs of the user side");
	fprintf(f, "#include <string.h>\n#include <stdint.h>\n\n"
	    "#include <mach/mach.h>\n#include <mach/mig.h>\n"
	    "#include <mach/mig_errors.h>\n#include <mach/notify.h>\n");
	print_imports(f, i, I_USER);
	if (strcmp(o->header, "/dev/null") != 0) {
		fprintf(f, "#include \"%s\"\n", base_name(o->header));
	} else {
		fprintf(f, "\nMACH_BEGIN_DECLS\n");
		for (r = i->routines; r != NULL; r = r->next) {
			if (only != NULL && r != only)
				continue;
			fprintf(f, "extern ");
			print_prototype(f, i, r, false);
			fprintf(f, ";\n");
		}
		fprintf(f, "MACH_END_DECLS\n");
	}
	fprintf(f, "\n%s", helpers);
	for (r = i->routines; r != NULL; r = r->next)
		if (only == NULL || r == only)
			print_stub(i, r);
}
