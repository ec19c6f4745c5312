/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The headers: of the user side, of the server side, and of the definitions.
 */

#include <ctype.h>

#include "mig.h"

static const char includes[] =
    "#include <mach/boolean.h>\n"
    "#include <mach/kern_return.h>\n"
    "#include <mach/mach_types.h>\n"
    "#include <mach/message.h>\n"
    "#include <mach/mig.h>\n"
    "#include <mach/mig_errors.h>\n"
    "#include <mach/ndr.h>\n"
    "#include <mach/notify.h>\n"
    "#include <mach/port.h>\n"
    "#include <mach/std_types.h>\n";

static void
print_includes(FILE *f, const struct interface *i, bool server)
{

	if (server ? i->kernel_server : i->kernel_user)
		fprintf(f, "#include <kernel/kern/mig_kernel.h>\n");
	else
		fprintf(f, "%s", includes);
}

static void
print_guard(FILE *f, const struct interface *i, const char *kind)
{

	fprintf(f, "#ifndef _%s_%s_\n#define _%s_%s_\n\n", i->name, kind,
	    i->name, kind);
}

/* The types of all messages, and a union of each kind. */
static void
print_messages(FILE *f, const struct interface *i, enum message m, bool server)
{
	const struct routine *r;
	const char *kind;
	bool any;

	kind = m == REQUEST ? "Request" : "Reply";
	fprintf(f, "\n#ifndef __%s__%s_subsystem__defined\n"
	    "#define __%s__%s_subsystem__defined\n"
	    "#pragma pack(push, 4)\n", kind, i->name, kind, i->name);
	for (r = i->routines; r != NULL; r = r->next) {
		if (m == REPLY && r->oneway)
			fprintf(f, "typedef %s __Reply__%s_t;\n",
			    words_of(i, server)->error, r->name);
		else
			print_message(f, i, r, m, print("__%s__%s_t", kind,
			    r->name), server);
	}
	fprintf(f, "#pragma pack(pop)\n#endif\n\n"
	    "#ifndef __%sUnion__%s%s_subsystem__defined\n"
	    "#define __%sUnion__%s%s_subsystem__defined\n"
	    "union __%sUnion__%s%s_subsystem {\n", kind, server ?
	    i->server_prefix : "", i->name, kind, server ? i->server_prefix :
	    "", i->name, kind, server ? i->server_prefix : "", i->name);
	any = false;
	for (r = i->routines; r != NULL; r = r->next) {
		fprintf(f, "\t__%s__%s_t %s_%s;\n", kind, r->name, m ==
		    REQUEST ? "Request" : "Reply", r->name);
		any = true;
	}
	if (!any)
		fprintf(f, "\t%s none;\n", words_of(i, server)->error);
	fprintf(f, "};\n#endif\n");
}

static void
print_map(FILE *f, const struct interface *i)
{
	const struct routine *r;

	fprintf(f, "\n#ifndef subsystem_to_name_map_%s\n"
	    "#define subsystem_to_name_map_%s", i->name, i->name);
	for (r = i->routines; r != NULL; r = r->next)
		fprintf(f, " \\\n\t{ \"%s\", %u }%s", r->name,
		    i->base + r->number, r->next != NULL ? "," : "");
	fprintf(f, "\n#endif\n");
}

void
print_header(FILE *f, const struct interface *i)
{
	const struct routine *r;

	print_file_start(f, i, "User side");
	print_guard(f, i, "user");
	print_includes(f, i, false);
	print_imports(f, i, I_USER);
	fprintf(f, "\n#ifndef %s_MSG_COUNT\n#define %s_MSG_COUNT %u\n#endif\n"
	    "\nMACH_BEGIN_DECLS\n", i->name, i->name, i->numbers);
	if (i->has_error)
		fprintf(f, "\n/* Gets the codes that are not returned. */\n"
		    "extern void %s(kern_return_t);\n", i->error_function);
	for (r = i->routines; r != NULL; r = r->next) {
		fprintf(f, "\n/* %s %s, message %u */\nextern ", form_name(r),
		    r->name, i->base + r->number);
		print_prototype(f, i, r, false);
		fprintf(f, ";\n");
	}
	fprintf(f, "\nMACH_END_DECLS\n");
	print_messages(f, i, REQUEST, false);
	print_messages(f, i, REPLY, false);
	print_map(f, i);
	fprintf(f, "\n#endif\n");
}

void
print_server_header(FILE *f, const struct interface *i,
    const struct options *o)
{

	print_file_start(f, i, "Server side");
	print_guard(f, i, "server");
	print_includes(f, i, true);
	print_imports(f, i, I_SERVER);
	fprintf(f, "\n#ifndef %s_MSG_COUNT\n#define %s_MSG_COUNT %u\n#endif\n",
	    i->name, i->name, i->numbers);
	print_server_declarations(f, i, o, true);
	print_messages(f, i, REQUEST, true);
	print_messages(f, i, REPLY, true);
	print_map(f, i);
	fprintf(f, "\n#endif\n");
}

/* -dheader and -iheader: numbers of messages; includes. */
void
print_defines(FILE *f, const struct interface *i, enum import who)
{

	print_file_start(f, i, who == I_DEFINES ? "Definitions" :
	    "Internal definitions");
	print_guard(f, i, who == I_DEFINES ? "defines" : "internal");
	print_includes(f, i, false);
	print_imports(f, i, who);
	fprintf(f, "\n#ifndef %s_MSG_COUNT\n#define %s_MSG_COUNT %u\n#endif\n",
	    i->name, i->name, i->numbers);
	print_map(f, i);
	fprintf(f, "\n#endif\n");
}
