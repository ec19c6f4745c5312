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
static const struct interface *intf;
static const struct options *opt;
static const struct words *w;
static const char *mess;		/* Mess. or MessP-> */

static const char kernel_helpers[] =
    "#ifndef MIG_ALIGN\n"
    "#define MIG_ALIGN(n) (((n) + 3U) & ~3U)\n"
    "#endif\n";

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
    "static __MIG_UNUSED void\n"
    "mig_memory_given_back(const mach_msg_ool_descriptor_t *d, "
    "const void *own)\n"
    "{\n\n"
    "\tif (d->address != own)\n"
    "\t\tmig_deallocate((vm_address_t)(uintptr_t)d->address, d->size);\n"
    "}\n\n"
    "static __MIG_UNUSED void\n"
    "mig_ports_given_back(const mach_msg_ool_ports_descriptor_t *d,\n"
    "    const void *own, unsigned int sent)\n"
    "{\n"
    "\tmach_msg_type_number_t i;\n\n"
    "\tfor (i = 0; d->disposition != sent && i < d->count; i++)\n"
    "\t\tmig_given_back(((const mach_port_t *)d->address)[i], sent,\n"
    "\t\t    d->disposition);\n"
    "\tif (d->address != own)\n"
    "\t\tmig_deallocate((vm_address_t)(uintptr_t)d->address,\n"
    "\t\t    d->count * sizeof(mach_port_t));\n"
    "}\n\n"
    "static __MIG_UNUSED int\n"
    "mig_not_sent(mach_msg_return_t code)\n"
    "{\n\n"
    "\treturn (((unsigned int)code & ~0x3fffU) == 0x10000000U);\n"
    "}\n\n";

/* What of an option is about sending. */
static const char send_options[] =
    "#ifndef MIG_SEND_OPTIONS\n"
    "#define MIG_SEND_OPTIONS 0x00ff00f1\n"
    "#endif\n\n";

/* The count of an array, as a value. */
static const char *
count_of(const struct arg *a)
{

	return (print("%s%sCnt", a->dir == D_IN ? "" : "*",
	    a->counted->name));
}

/* The same of an array that may always have all of them. */
static const char *
elements_of(const struct arg *a)
{

	return (a->type->varying ? count_of(a) : print("%u", a->type->count));
}

static void
print_pad(const struct arg *a, const char *p)
{

	if (a->type->size % 4 != 0)
		fprintf(f, "\tmemset(%s->%sPad, 0, sizeof(%s->%sPad));\n", p,
		    a->name, p, a->name);
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
		if (!arg_in(a, REQUEST) || a->subs != NULL ||
		    t->kind == K_VSTRING || (!t->varying && a->of == NULL))
			continue;
		limit = t->varying ? count_limit(t) : 0;
		if (t->user_limit != 0 && (limit == 0 || t->user_limit < limit))
			limit = t->user_limit;
		if (limit != 0)
			fprintf(f, "\tif (%s > %u)\n"
			    "\t\treturn (MIG_ARRAY_TOO_LARGE);\n",
			    count_of(a), limit);
		if (a->of != NULL && count_limit(a->of->type->each) != 0)
			fprintf(f, "\tfor (migIndex = 0; migIndex < %s; "
			    "migIndex++)\n\t\tif (%s[migIndex] > %u)\n"
			    "\t\t\treturn (MIG_ARRAY_TOO_LARGE);\n",
			    elements_of(a), a->name,
			    count_limit(a->of->type->each));
	}
}

static const char *
disposition_of(const struct arg *a)
{

	if (a->type->sent != NULL)
		return (a->type->sent);
	return (print("%s%sPoly", a->dir == D_INOUT ? "*" : "", a->name));
}

static void
fill_port(const char *indent, const char *to, const char *name,
    const char *disposition)
{

	fprintf(f, "%s%s.name = %s;\n%s%s.pad1 = 0;\n%s%s.pad2 = 0;\n"
	    "%s%s.disposition = %s;\n"
	    "%s%s.type = MACH_MSG_PORT_DESCRIPTOR;\n", indent, to, name, indent,
	    to, indent, to, indent, to, disposition, indent, to);
}

static void
fill_ports(const struct arg *a)
{
	const char *name;

	name = print("%s[migIndex]", a->name);
	if (a->type->varying)
		name = print("migIndex < %s ?\n\t\t    %s : %s", count_of(a),
		    name, w->null_port);
	fprintf(f, "\tfor (migIndex = 0; migIndex < %u; migIndex++) {\n",
	    a->type->count);
	fill_port("\t\t", print("In0P->%s[migIndex]", a->name), name,
	    disposition_of(a));
	fprintf(f, "\t}\n");
}

static void
fill_ools(const struct arg *a)
{

	print_ools(f, print("In0P->%s[migIndex]", a->name), a,
	    print("(void *)(uintptr_t)(%s[migIndex])", a->name),
	    a->subs == NULL ? NULL : print("%s[migIndex]", a->subs->name),
	    a->type->varying ? count_of(a) : NULL, disposition_of(a));
}

static void
fill_descriptor(const struct arg *a)
{
	const struct type *t;
	const char *star, *to;

	t = a->type;
	star = a->dir == D_INOUT ? "*" : "";
	to = print("In0P->%s", a->name);
	switch (t->kind) {
	case K_PORTS:
		fill_ports(a);
		break;
	case K_OOLS:
		fill_ools(a);
		break;
	case K_PORT:
		fill_port("\t", to, print("%s%s", star, a->name),
		    disposition_of(a));
		break;
	default:
		fprintf(f, "\t%s.address = (void *)(uintptr_t)(%s%s);\n", to,
		    star, a->name);
		print_ool(f, "\t", to, a, descriptor_length(t, t->varying ?
		    count_of(a) : NULL), disposition_of(a));
		break;
	}
}

/* An array, and zeros up to the next multiple of 4. */
static void
fill_array(const struct arg *a, const char *p)
{
	const struct type *t;
	const char *count;

	t = a->type;
	count = count_of(a);
	if (!a->same_count)
		fprintf(f, "\t%s->%sCnt = %s;\n", p, a->name, count);
	fprintf(f, "\tmigBytes = %s;\n", varying_bytes(a, count));
	fprintf(f, "\tif (%s != 0)\n\t\tmemcpy(%s->%s, %s, %s * %u);\n",
	    count, p, a->name, a->name, count, t->element_size);
	if (t->element_size % 4 != 0)
		fprintf(f, "\tmemset((char *)%s->%s + %s * %u, 0,\n"
		    "\t    migBytes - %s * %u);\n", p, a->name, count,
		    t->element_size, count, t->element_size);
}

static void
fill_inline(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *p;
	unsigned n;

	t = a->type;
	n = varying_before(r, REQUEST, a);
	p = print("In%uP", n);
	switch (t->kind) {
	case K_ARRAY:
		fprintf(f, "\tmemcpy(%s->%s, %s, sizeof(%s->%s));\n", p,
		    a->name, a->name, p, a->name);
		print_pad(a, p);
		break;
	case K_STRING:
		fprintf(f, "\t(void)mig_strncpy_zerofill(%s->%s, %s, %u);\n",
		    p, a->name, a->name, t->count);
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
		fill_array(a, p);
		break;
	default:
		fprintf(f, "\t%s->%s = %s%s;\n", p, a->name, a->dir ==
		    D_INOUT ? "*" : "", a->name);
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
			fprintf(f, "\tIn%uP->%sCnt = %s;\n",
			    varying_before(r, REQUEST, a), a->name,
			    count_of(a));
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
		return (disposition_of(r->reply_port));
	if (r->oneway)
		return (NULL);
	return (r->reply_port != NULL && r->reply_port->type->sent != NULL ?
	    r->reply_port->type->sent : "MACH_MSG_TYPE_MAKE_SEND_ONCE");
}

/* True when the stub finds the reply port itself. */
static bool
own_reply_port(const struct routine *r)
{

	return (!r->oneway && !intf->kernel_user && (r->reply_port == NULL ||
	    r->reply_port->dir == D_SREPLY));
}

static void
fill_header(const struct routine *r)
{
	const char *port, *reply;

	reply = reply_disposition(r);
	if (own_reply_port(r))
		port = r->special_reply ? "mig_get_special_reply_port()" :
		    "mig_get_reply_port()";
	else if (reply == NULL || r->reply_port == NULL ||
	    r->reply_port->dir == D_SREPLY)
		port = w->null_port;
	else
		port = r->reply_port->name;
	if (intf->kernel_user && strcmp(port, w->null_port) == 0)
		reply = NULL;	/* the kernel finds one */
	fprintf(f, "\tIn0P->Head.msgh_bits = %sMACH_MSGH_BITS(\n"
	    "\t    %s, %s);\n",
	    r->descriptors[REQUEST] != 0 ? "MACH_MSGH_BITS_COMPLEX | " : "",
	    disposition_of(r->request_port), reply == NULL ? "0" : reply);
	fprintf(f, "\tIn0P->Head.msgh_size = migSize;\n");
	fprintf(f, "\tIn0P->Head.msgh_remote_port = %s;\n",
	    r->request_port->name);
	fprintf(f, "\tIn0P->Head.msgh_local_port = %s;\n", port);
	fprintf(f, "\tIn0P->Head.msgh_voucher_port = MACH_PORT_NULL;\n"
	    "\tIn0P->Head.msgh_id = %u;\n", intf->base + r->number);
	if (!r->oneway && !intf->kernel_user)
		fprintf(f, "\tmigReplyPort = In0P->Head.msgh_local_port;\n");
}

static void
print_ool_given_back(const struct arg *a)
{
	const char *indent, *index, *star;

	indent = "\t\t";
	index = "";
	star = a->dir == D_INOUT ? "*" : "";
	if (a->type->kind == K_OOLS) {
		indent = "\t\t\t";
		index = "[migIndex]";
		star = "";
		fprintf(f, "\t\tfor (migIndex = 0; migIndex < %s; "
		    "migIndex++)\n", elements_of(a));
	}
	if (is_memory(a->type))
		fprintf(f, "%smig_memory_given_back(&In0P->%s%s,\n"
		    "%s    (void *)(uintptr_t)(%s%s%s));\n", indent, a->name,
		    index, indent, star, a->name, index);
	else
		fprintf(f, "%smig_ports_given_back(&In0P->%s%s,\n"
		    "%s    (void *)(uintptr_t)(%s%s%s), %s);\n", indent,
		    a->name, index, indent, star, a->name, index,
		    disposition_of(a));
}

/* What a request that was given back holds. */
static void
print_given_back(const struct routine *r)
{
	const struct arg *a;
	const char *reply;

	fprintf(f, "\t\tmig_given_back(In0P->Head.msgh_remote_port, %s,\n"
	    "\t\t    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));\n",
	    disposition_of(r->request_port));
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
			    disposition_of(a), a->name);
		else if (a->type->kind == K_PORTS)
			fprintf(f, "\t\tfor (migIndex = 0; migIndex < %u; "
			    "migIndex++)\n"
			    "\t\t\tmig_given_back(In0P->%s[migIndex].name, "
			    "%s,\n\t\t\t    In0P->%s[migIndex].disposition);"
			    "\n", a->type->count, a->name, disposition_of(a),
			    a->name);
		else if (is_ool(a->type))
			print_ool_given_back(a);
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
	if (r->consume == C_TIMEOUT)
		fprintf(f, "\t\tif (RetCode == MACH_SEND_TIMED_OUT) {\n"
		    "\t\t\tmach_msg_destroy(&In0P->Head);\n"
		    "\t\t\treturn (RetCode);\n\t\t}\n");
	if (r->consume == C_ANY)
		fprintf(f, "\t\tmach_msg_destroy(&In0P->Head);\n");
	else
		print_given_back(r);
	fprintf(f, "\t\treturn (RetCode);\n\t}\n");
}

static void
print_receive_failure(const struct routine *r)
{
	const char *special;

	special = r->special_reply ? "special_" : "";
	fprintf(f, "\tif (RetCode != MACH_MSG_SUCCESS) {\n");
	if (own_reply_port(r))
		fprintf(f, "\t\t/* The reply may come late. */\n"
		    "\t\tmig_dealloc_%sreply_port(migReplyPort);\n", special);
	fprintf(f, "\t\treturn (RetCode);\n\t}\n");
	if (own_reply_port(r) && !r->special_reply)
		fprintf(f, "\tmig_put_reply_port(migReplyPort);\n");
}

/* The kernel waits for no room, and what it sends is consumed. */
static void
print_kernel_call(const struct routine *r)
{

	if (r->oneway) {
		fprintf(f, "\treturn (mach_msg_send_from_kernel(&In0P->Head, "
		    "migSize));\n");
		return;
	}
	fprintf(f, "\tRetCode = mach_msg_rpc_from_kernel(&In0P->Head, "
	    "migSize,\n\t    (mach_msg_size_t)sizeof(%sOut));\n"
	    "\tif (RetCode != MACH_MSG_SUCCESS)\n\t\treturn (RetCode);\n",
	    mess);
}

/* One trap sends, another receives. */
static void
print_two_calls(const struct routine *r, const char *option,
    const char *trailer)
{
	const char *send_time, *wait_time;

	send_time = time_of(r->send_arg, r->send_time);
	wait_time = time_of(r->wait_arg, r->wait_time);
	if (r->code != NULL)
		fprintf(f, "\tif (%s != KERN_SUCCESS) {\n"
		    "\t\t/* Nothing but the code. */\n"
		    "\t\t%s *migError = (%s *)(void *)In0P;\n\n"
		    "\t\tmigError->Head.msgh_bits &= "
		    "~MACH_MSGH_BITS_COMPLEX;\n"
		    "\t\tmigError->NDR = NDR_record;\n"
		    "\t\tmigError->RetCode = %s;\n"
		    "\t\treturn (mach_msg(&migError->Head, MACH_SEND_MSG%s%s,"
		    "\n\t\t    sizeof(*migError), 0, MACH_PORT_NULL, %s, "
		    "MACH_PORT_NULL));\n\t}\n", r->code->name, w->error,
		    w->error, r->code->name,
		    send_time != NULL ? " | MACH_SEND_TIMEOUT" : "",
		    option == NULL ? "" : print(" | (%s)", option),
		    send_time != NULL ? send_time : "MACH_MSG_TIMEOUT_NONE");
	fprintf(f, "\tRetCode = mach_msg(&In0P->Head, MACH_SEND_MSG%s%s,\n"
	    "\t    migSize, 0, MACH_PORT_NULL, %s, MACH_PORT_NULL);\n",
	    send_time != NULL ? " | MACH_SEND_TIMEOUT" : "",
	    option == NULL ? "" : r->oneway ? print(" | (%s)", option) :
	    print(" |\n\t    ((%s) & MIG_SEND_OPTIONS)", option),
	    send_time != NULL ? send_time : "MACH_MSG_TIMEOUT_NONE");
	print_send_failure(r);
	if (r->oneway) {
		fprintf(f, "\treturn (RetCode);\n");
		return;
	}
	fprintf(f, "\tRetCode = mach_msg(&%sOut.m.Head, MACH_RCV_MSG%s%s%s,\n"
	    "\t    0, sizeof(%sOut), migReplyPort, %s, MACH_PORT_NULL);\n",
	    mess, wait_time != NULL ? " | MACH_RCV_TIMEOUT" : "",
	    option == NULL ? "" : print(" |\n\t    ((%s) & "
	    "~MIG_SEND_OPTIONS)", option), trailer, mess, wait_time != NULL ?
	    wait_time : "MACH_MSG_TIMEOUT_NONE");
	print_receive_failure(r);
}

static void
print_call(const struct routine *r)
{
	const struct arg *a;
	const char *send_time, *wait_time, *option, *trailer;

	send_time = time_of(r->send_arg, r->send_time);
	wait_time = time_of(r->wait_arg, r->wait_time);
	option = r->option_arg != NULL ? r->option_arg->name : r->option;
	trailer = "";
	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_USER_SEC || a->dir == D_USER_AUDIT)
			trailer = " |\n\t    MACH_RCV_TRAILER_TYPE("
			    "MACH_MSG_TRAILER_FORMAT_0) |\n"
			    "\t    MACH_RCV_TRAILER_ELEMENTS("
			    "MACH_RCV_TRAILER_AUDIT)";
	if (r->oneway || opt->separate ||
	    (send_time != NULL && wait_time != NULL)) {
		print_two_calls(r, option, trailer);
		return;
	}
	fprintf(f, "\tRetCode = mach_msg(&In0P->Head,\n"
	    "\t    MACH_SEND_MSG | MACH_RCV_MSG%s%s%s%s,\n"
	    "\t    migSize, sizeof(%sOut), migReplyPort, %s, "
	    "MACH_PORT_NULL);\n",
	    send_time != NULL ? " | MACH_SEND_TIMEOUT" : "",
	    wait_time != NULL ? " | MACH_RCV_TIMEOUT" : "", option == NULL ?
	    "" : print(" | (%s)", option), trailer, mess, send_time != NULL ?
	    send_time : wait_time != NULL ? wait_time :
	    "MACH_MSG_TIMEOUT_NONE");
	print_send_failure(r);
	print_receive_failure(r);
}

static void
print_reply_checks(const struct routine *r)
{

	fprintf(f, "\tif (Out0P->Head.msgh_id != %u) {\n"
	    "\t\tRetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?\n"
	    "\t\t    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;\n"
	    "\t\tgoto failed;\n\t}\n", intf->base + r->number + 100);
	fprintf(f, "\tif (Out0P->Head.msgh_remote_port != %s) {\n"
	    "\t\tRetCode = MIG_TYPE_ERROR;\n\t\tgoto failed;\n\t}\n",
	    w->null_port);
	fprintf(f, "\tif (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) "
	    "&&\n\t    Out0P->Head.msgh_size == sizeof(%s) &&\n"
	    "\t    %sError.RetCode != KERN_SUCCESS)\n"
	    "\t\treturn (%sError.RetCode);\n", w->error, mess, mess);
	print_checks(f, intf, r, REPLY, opt->check_ndr);
	if (r->descriptors[REPLY] == 0)
		fprintf(f, "\tif (Out0P->RetCode != KERN_SUCCESS) {\n"
		    "\t\tRetCode = MIG_TYPE_ERROR;\n\t\tgoto failed;\n"
		    "\t}\n");
}

/* The count of an array of the reply. */
static const char *
reply_count(const struct routine *r, const struct arg *a)
{

	return (print("Out%uP->%sCnt", varying_before(r, REPLY, a->counted),
	    a->counted->name));
}

/* What the caller has room for; elements, in C. */
static const char *
room_of(const struct arg *a)
{

	if (a->same_count)
		return (NULL);
	if (a->count_inout || a->overwrite)
		return (print("*%sCnt", a->name));
	if (a->type->user_limit != 0 && a->type->kind == K_VARRAY)
		return (print("%uU", a->type->user_limit));
	return (NULL);
}

/* Arrays for which there is not enough room: nothing is stored. */
static void
check_room(const struct routine *r)
{
	const struct arg *a;
	const char *room;

	for (a = r->args; a != NULL; a = a->next) {
		room = arg_in(a, REPLY) && a->type->varying ? room_of(a) : NULL;
		if (room == NULL || a->type->kind == K_VSTRING)
			continue;
		fprintf(f, "\tif (%s > %s) {\n"
		    "\t\tRetCode = MIG_ARRAY_TOO_LARGE;\n",
		    reply_count(r, a), room);
		fprintf(f, "\t\t*%sCnt = %s;\n\t\tgoto failed;\n\t}\n",
		    a->name, reply_count(r, a));
	}
}

static void
store_count(const struct routine *r, const struct arg *a)
{

	if (has_count(a))
		fprintf(f, "\t*%sCnt = %s;\n", a->name, reply_count(r, a));
}

/* Into the caller's memory instead of new memory. */
static void
store_overwrite(const struct routine *r, const struct arg *a)
{
	const struct type *t;
	const char *bytes;

	t = a->type;
	bytes = t->kind == K_OOL ? print("Out0P->%s.size", a->name) :
	    print("Out0P->%s.count * sizeof(%s)", a->name, w->port_type);
	fprintf(f, "\tif (Out0P->%s.address != NULL) {\n"
	    "\t\tmemcpy((void *)(uintptr_t)*%s, Out0P->%s.address,\n"
	    "\t\t    %s);\n"
	    "\t\tmig_deallocate((vm_address_t)(uintptr_t)"
	    "Out0P->%s.address,\n\t\t    %s);\n\t}\n", a->name, a->name,
	    a->name, bytes, a->name, bytes);
	if (has_poly(a, false))
		fprintf(f, "\t*%sPoly = Out0P->%s.disposition;\n", a->name,
		    a->name);
	store_count(r, a);
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
		if (has_poly(a, false))
			fprintf(f, "\t*%sPoly = Out0P->%s.disposition;\n",
			    a->name, a->name);
		break;
	case K_PORTS:
		fprintf(f, "\tfor (migIndex = 0; migIndex < %s; migIndex++)\n"
		    "\t\t%s[migIndex] = Out0P->%s[migIndex].name;\n",
		    t->varying ? reply_count(r, a) : print("%u", t->count),
		    a->name, a->name);
		if (has_poly(a, false))
			fprintf(f, "\t*%sPoly = Out0P->%s[0].disposition;\n",
			    a->name, a->name);
		store_count(r, a);
		break;
	case K_OOLS:
		fprintf(f, "\tfor (migIndex = 0; migIndex < %s; migIndex++)\n"
		    "\t\t%s[migIndex] = (%s)(uintptr_t)\n"
		    "\t\t    Out0P->%s[migIndex].address;\n",
		    t->varying ? reply_count(r, a) : print("%u", t->count),
		    a->name, element_c(intf, t, false), a->name);
		if (has_poly(a, false))
			fprintf(f, "\t*%sPoly = Out0P->%s[0].disposition;\n",
			    a->name, a->name);
		store_count(r, a);
		break;
	case K_OOL:
	case K_OOL_PORTS:
		if (a->overwrite) {
			store_overwrite(r, a);
			break;
		}
		fprintf(f, "\t*%s = (%s)(uintptr_t)Out0P->%s.address;\n",
		    a->name, user_c(intf, t), a->name);
		if (has_poly(a, false))
			fprintf(f, "\t*%sPoly = Out0P->%s.disposition;\n",
			    a->name, a->name);
		store_count(r, a);
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
		fprintf(f, "\tmemcpy(%s, %s->%s, %s * %u);\n", a->name, p,
		    a->name, reply_count(r, a), t->element_size);
		store_count(r, a);
		break;
	default:
		fprintf(f, "\t*%s = %s->%s;\n", a->name, p, a->name);
		break;
	}
}

static void
store_results(const struct routine *r)
{
	const struct arg *a;

	check_room(r);
	for (a = r->args; a != NULL; a = a->next) {
		if (arg_in(a, REPLY))
			store(r, a);
		if (a->dir == D_USER_SEC || a->dir == D_USER_AUDIT)
			fprintf(f, "\tmemcpy(%s, &((mach_msg_audit_trailer_t *)"
			    "(void *)\n\t    ((char *)Out0P + "
			    "MIG_ALIGN(Out0P->Head.msgh_size)))->%s,\n"
			    "\t    sizeof(*%s));\n", a->name,
			    a->dir == D_USER_SEC ? "msgh_sender" : "msgh_audit",
			    a->name);
	}
}

/* Bytes of a message, near enough. */
static unsigned
message_size(const struct routine *r, enum message m)
{
	const struct arg *a;
	unsigned size;

	size = 24 + 8 + 4 + r->descriptors[m] * 16;
	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, m) && !is_descriptor(a->type))
			size += 4 + message_bytes(a->type);
	return (size);
}

/* Too large for the stack: -maxonstack, or OnStackLimit of a type. */
static bool
is_large(const struct routine *r)
{
	const struct arg *a;
	unsigned reply, size;

	size = message_size(r, REQUEST);
	reply = r->oneway ? 0 : message_size(r, REPLY);
	size = reply > size ? reply : size;
	if (opt->on_stack != 0 && size > opt->on_stack)
		return (true);
	for (a = r->args; a != NULL; a = a->next)
		if (a->type->stack_limit != 0 && size > a->type->stack_limit)
			return (true);
	return (false);
}

static void
print_union(const struct routine *r, const char *indent)
{

	fprintf(f, "%s\tRequest_%s In;\n", indent, r->name);
	if (r->oneway)
		return;
	fprintf(f, "%s\tstruct {\n%s\t\tReply_%s m;\n"
	    "%s\t\tunsigned char trailer[MAX_TRAILER_SIZE];\n"
	    "%s\t} Out;\n%s\t%s Error;\n", indent, indent, r->name,
	    indent, indent, indent, w->error);
}

static void
print_variables(const struct routine *r, unsigned in, unsigned out)
{
	unsigned n;

	for (n = 0; n <= in; n++)
		fprintf(f, "\tRequest_%s *In%uP;\n", r->name, n);
	if (!r->oneway)
		for (n = 0; n <= out; n++)
			fprintf(f, "\tReply_%s *Out%uP;\n", r->name, n);
	fprintf(f, "\tmach_msg_size_t migSize;\n");
	if (in + out != 0)
		fprintf(f, "\tmach_msg_size_t migBytes;\n");
	if (out != 0)
		fprintf(f, "\tmach_msg_size_t migRoom;\n");
	if (has_ports(r, REQUEST) || has_ports(r, REPLY))
		fprintf(f, "\tunsigned int migIndex;\n");
	if (!r->oneway && !intf->kernel_user)
		fprintf(f, "\tmach_port_t migReplyPort;\n");
	if (!r->oneway || !intf->kernel_user)
		fprintf(f, "\tkern_return_t RetCode;\n");
	fprintf(f, "\n");
}

/* Whether anything uses the last of the pointers into the reply. */
static bool
last_used(const struct routine *r, unsigned last)
{
	const struct arg *a;

	for (a = r->args; a != NULL; a = a->next)
		if (arg_in(a, REPLY) && (!is_descriptor(a->type) ||
		    arg_count_in(a, REPLY)) &&
		    varying_before(r, REPLY, a) == last)
			return (true);
	return (false);
}

/* Parameters that another of their kind has replaced. */
static void
print_unused(const struct routine *r)
{
	const struct arg *a;

	for (a = r->args; a != NULL; a = a->next)
		if ((a->dir == D_WAITTIME || a->dir == D_SENDTIME ||
		    a->dir == D_MSGOPTION) && a != r->wait_arg &&
		    a != r->send_arg && a != r->option_arg)
			fprintf(f, "\t(void)%s;\n", a->name);
}

static void
print_body(const struct routine *r)
{
	unsigned in, out;

	in = varying_total(r, REQUEST);
	out = r->oneway ? 0 : varying_total(r, REPLY);
	print_variables(r, in, out);
	print_unused(r);
	print_limits(r);
	fprintf(f, "\tIn0P = &%sIn;\n", mess);
	fill_request(r);
	if (in != 0)
		fprintf(f, "\tmigSize = (mach_msg_size_t)(sizeof(Request_%s) - "
		    "(size_t)((char *)In0P - (char *)In%uP));\n", r->name, in);
	else
		fprintf(f, "\tmigSize = sizeof(Request_%s);\n", r->name);
	fill_header(r);
	if (intf->kernel_user)
		print_kernel_call(r);
	else
		print_call(r);
	if (!r->oneway) {
		fprintf(f, "\n\tOut0P = &%sOut.m;\n", mess);
		print_reply_checks(r);
		if (out != 0 && !last_used(r, out))
			fprintf(f, "\t(void)Out%uP;\n", out);
		store_results(r);
		fprintf(f, "\treturn (KERN_SUCCESS);\n\nfailed:\n"
		    "\t%s(&Out0P->Head);\n\treturn (RetCode);\n",
		    intf->kernel_user ? "mig_kernel_destroy" :
		    "mach_msg_destroy");
	}
	fprintf(f, "}\n");
}

/*
 * A message too large for the stack is allocated, and a procedure or function
 * gives its code to the error function: both call a function like that of a
 * routine.
 */
static void
print_outer(const struct routine *r, bool large)
{
	bool code;

	code = r->form == F_ROUTINE;
	fprintf(f, "\n");
	print_prototype(f, intf, r, false);
	fprintf(f, "\n{\n");
	if (r->form == F_FUNCTION)
		fprintf(f, "\t%s migResult;\n", user_c(intf,
		    r->result->type));
	if (large)
		fprintf(f, "\tvm_address_t migAddress;\n");
	fprintf(f, "\tkern_return_t RetCode;\n\n");
	if (r->form == F_FUNCTION)
		fprintf(f, "\tmemset(&migResult, 0, sizeof(migResult));\n");
	if (large) {
		fprintf(f, "\tmig_allocate(&migAddress, "
		    "sizeof(union migMess_%s));\n\tif (migAddress == 0)\n"
		    "\t\tRetCode = KERN_RESOURCE_SHORTAGE;\n\telse\n\t",
		    r->name);
	}
	fprintf(f, "\tRetCode = mig_call_%s", r->name);
	print_actuals(f, r, r->form == F_FUNCTION && large ? print(
	    "&migResult,\n\t\t    (union migMess_%s *)migAddress", r->name) :
	    r->form == F_FUNCTION ? "&migResult" : large ? print(
	    "\n\t\t    (union migMess_%s *)migAddress", r->name) : NULL);
	fprintf(f, ";\n");
	if (large)
		fprintf(f, "\tmig_deallocate(migAddress, "
		    "sizeof(union migMess_%s));\n", r->name);
	if (code)
		fprintf(f, "\treturn (RetCode);\n");
	else
		fprintf(f, "\tif (RetCode != KERN_SUCCESS)\n\t\t%s(RetCode);"
		    "\n", intf->error_function);
	if (r->form == F_FUNCTION)
		fprintf(f, "\treturn (migResult);\n");
	fprintf(f, "}\n");
}

static void
print_stub(const struct routine *r)
{
	bool large, outer;

	large = is_large(r) && !intf->kernel_user;
	outer = large || r->form != F_ROUTINE;
	fprintf(f, "\n#pragma pack(push, 4)\n");
	print_message(f, intf, r, REQUEST, print("Request_%s", r->name), false);
	if (!r->oneway)
		print_message(f, intf, r, REPLY, print("Reply_%s", r->name),
		    false);
	fprintf(f, "#pragma pack(pop)\n");
	print_asserts(f, intf, r, false);
	mess = large ? "MessP->" : "Mess.";
	if (large) {
		fprintf(f, "\nunion migMess_%s {\n", r->name);
		print_union(r, "");
		fprintf(f, "};\n");
	}
	fprintf(f, "\n/* %s %s, message %u */\n", form_name(r), r->name,
	    intf->base + r->number);
	if (outer) {
		fprintf(f, "static kern_return_t\nmig_call_%s", r->name);
		print_parameters(f, intf, r, false, true, large ?
		    print("union migMess_%s *MessP", r->name) : NULL);
	} else {
		print_prototype(f, intf, r, false);
	}
	fprintf(f, "\n{\n");
	if (!large) {
		fprintf(f, "\tunion {\n");
		print_union(r, "\t");
		fprintf(f, "\t} Mess;\n");
	}
	print_body(r);
	if (outer)
		print_outer(r, large);
}

static void
print_user_declarations(const struct routine *only)
{
	const struct routine *r;

	fprintf(f, "\nMACH_BEGIN_DECLS\n");
	if (intf->has_error)
		fprintf(f, "extern void %s(kern_return_t);\n",
		    intf->error_function);
	for (r = intf->routines; r != NULL; r = r->next) {
		if (only != NULL && r != only)
			continue;
		fprintf(f, "extern ");
		print_prototype(f, intf, r, false);
		fprintf(f, ";\n");
	}
	fprintf(f, "MACH_END_DECLS\n");
}

static bool
uses_options(const struct routine *r)
{
	bool both;

	both = (r->wait_arg != NULL || r->wait_time != NULL) &&
	    (r->send_arg != NULL || r->send_time != NULL);
	return (!r->oneway && (r->option_arg != NULL || r->option != NULL) &&
	    (opt->separate || both));
}

void
print_user(FILE *to, const struct interface *i, const struct options *o,
    const struct routine *only)
{
	const struct routine *r;
	bool options;

	f = to;
	intf = i;
	opt = o;
	w = words_of(i, false);
	print_file_start(f, i, "Stubs of the user side");
	if (i->kernel_user)
		fprintf(f, "#include <kernel/kern/mig_kernel.h>\n");
	else
		fprintf(f, "#include <string.h>\n#include <stdint.h>\n\n"
		    "#include <mach/mach.h>\n#include <mach/mig.h>\n"
		    "#include <mach/mig_errors.h>\n#include <mach/notify.h>\n");
	print_imports(f, i, I_USER);
	if (strcmp(o->header, "/dev/null") != 0)
		fprintf(f, "#include \"%s\"\n", base_name(o->header));
	else
		print_user_declarations(only);
	fprintf(f, "\n%s", i->kernel_user ? kernel_helpers : helpers);
	options = false;
	for (r = i->routines; r != NULL; r = r->next)
		if ((only == NULL || r == only) && uses_options(r))
			options = true;
	if (options)
		fprintf(f, "%s", send_options);
	for (r = i->routines; r != NULL; r = r->next)
		if (only == NULL || r == only)
			print_stub(r);
}
