/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The command line of mig(1).
 */

#include <stdlib.h>
#include <string.h>

#include "mig.h"

#ifndef MIG_VERSION
#define	MIG_VERSION	"unknown"
#endif

static struct options options;
static char **left_args;
static int nleft;

static void
usage(void)
{

	fprintf(stderr, "usage: mig [-nqRsv] [-user file] [-server file] "
	    "[-header file]\n"
	    "           [-sheader file] [-iheader file] [-dheader file] "
	    "[-i prefix]\n"
	    "           [-arch name] [-cc program] [-isysroot dir] "
	    "[-maxonstack bytes]\n"
	    "           [-I dir] [-D name[=value]] [-U name] file.defs\n");
	exit(1);
}

static void
add_cpp(const char *argument)
{

	options.cpp[options.ncpp++] = (char *)(size_t)argument;
}

static const char *
value(const char *option)
{

	if (nleft < 2)
		fatal("%s needs an argument", option);
	left_args++;
	nleft--;
	return (left_args[0]);
}

/* Without meaning here; some have an argument. */
static const char *const accepted[] = {
	"-k", "-K", "-l", "-L", "-t", "-T", "-split", "-novouchers", "-x",
	"-X", "-b", "-B", NULL
};
static const char *const accepted_value[] = { "-migcom", NULL };

/* Each letter turns something on or off. */
static const struct {
	const char	*name;
	bool		*what;
	bool		 on;
} switches[] = {
	{ "-v", &options.verbose, true },
	{ "-V", &options.verbose, false },
	{ "-q", &options.quiet, true },
	{ "-Q", &options.quiet, false },
	{ "-s", &options.symbols, true },
	{ "-S", &options.symbols, false },
	{ "-R", &options.separate, true },
	{ "-r", &options.separate, false },
	{ "-n", &options.check_ndr, true },
	{ "-N", &options.check_ndr, false },
};

/* Targets whose addresses have 32 bits; all others have 64. */
static const char *const narrow[] = {
	"arm", "armv6", "armv7", "armv7k", "armv7s", "arm64_32", "i386",
	"i486", "i586", "i686", "m68k", "mips", "mipsel", "powerpc", "ppc",
	"riscv32", NULL
};

static bool
in_list(const char *const *list, const char *word)
{

	for (; *list != NULL; list++)
		if (strcmp(*list, word) == 0)
			return (true);
	return (false);
}

/*
 * What the widths of types depend on, said to the preprocessor.  The order of
 * bytes is the stubs' own, wherever they are compiled.
 */
static void
target(const char *name)
{
	const char *cpu;

	cpu = copy_string(name, strcspn(name, "-"));
	if (in_list(narrow, cpu)) {
		add_cpp("-U__LP64__");
		add_cpp("-U_LP64");
		add_cpp("-D__ILP32__=1");
	} else {
		add_cpp("-U__ILP32__");
		add_cpp("-U__LP64__");
		add_cpp("-D__LP64__=1");
	}
}

static bool
switch_option(const char *a)
{
	size_t i;

	for (i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		if (strcmp(a, switches[i].name) == 0) {
			*switches[i].what = switches[i].on;
			return (true);
		}
	}
	return (false);
}

static unsigned
bytes(const char *option)
{
	const char *text;
	char *end;
	unsigned long n;

	text = value(option);
	n = strtoul(text, &end, 0);
	if (end == text || *end != '\0' || n > 0x7fffffff || text[0] == '-')
		fatal("%s needs a number of bytes, not %s", option, text);
	return ((unsigned)n);
}

static bool
file_option(const char *a)
{
	const struct {
		const char	*name;
		const char	**to;
	} files[] = {
		{ "-user", &options.user },
		{ "-server", &options.server },
		{ "-header", &options.header },
		{ "-sheader", &options.sheader },
		{ "-iheader", &options.iheader },
		{ "-dheader", &options.dheader },
		{ "-i", &options.individual },
		{ "-cc", &options.cc },
	};
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (strcmp(a, files[i].name) == 0) {
			*files[i].to = value(a);
			return (true);
		}
	}
	return (false);
}

static void
option(const char *a)
{

	if (file_option(a) || switch_option(a) || in_list(accepted, a))
		return;
	if (in_list(accepted_value, a)) {
		(void)value(a);
	} else if (strcmp(a, "-arch") == 0 || strcmp(a, "-target") == 0) {
		target(value(a));
	} else if (strcmp(a, "-maxonstack") == 0) {
		options.on_stack = bytes(a);
	} else if (strcmp(a, "-version") == 0) {
		printf("mig of mach.ko %s\n", MIG_VERSION);
		exit(0);
	} else if (strcmp(a, "-isysroot") == 0) {
		add_cpp("-isysroot");
		add_cpp(value(a));
	} else if (strcmp(a, "-I") == 0 || strcmp(a, "-D") == 0 ||
	    strcmp(a, "-U") == 0) {
		add_cpp(a);
		add_cpp(value(a));
	} else if (strncmp(a, "-I", 2) == 0 || strncmp(a, "-D", 2) == 0 ||
	    strncmp(a, "-U", 2) == 0) {
		add_cpp(a);
	} else {
		fprintf(stderr, "mig: unknown option %s\n", a);
		usage();
	}
}

static bool
wanted(const char *file)
{

	return (file != NULL && strcmp(file, "/dev/null") != 0);
}

static void
print_all(const struct interface *i)
{
	const struct options *o;
	const struct routine *r;

	o = &options;
	if (o->individual != NULL) {
		for (r = i->routines; r != NULL; r = r->next)
			print_user(output_begin(print("%s%s.c", o->individual,
			    r->name)), i, o, r);
	} else if (wanted(o->user)) {
		print_user(output_begin(o->user), i, o, NULL);
	}
	if (wanted(o->server))
		print_server(output_begin(o->server), i, o);
	if (wanted(o->header))
		print_header(output_begin(o->header), i);
	if (wanted(o->sheader))
		print_server_header(output_begin(o->sheader), i, o);
	if (wanted(o->iheader))
		print_defines(output_begin(o->iheader), i, I_INTERNAL);
	if (wanted(o->dheader))
		print_defines(output_begin(o->dheader), i, I_DEFINES);
}

int
main(int argc, char **argv)
{
	struct interface intf;
	const char *file;
	static char *text;	/* in use to the end */
	size_t length;

	file = NULL;
	memset(&intf, 0, sizeof(intf));
	options.cpp = get(((size_t)argc * 2 + 8) * sizeof(char *));
	for (left_args = argv + 1, nleft = argc - 1; nleft > 0;
	    left_args++, nleft--) {
		if (left_args[0][0] == '-' && left_args[0][1] != '\0')
			option(left_args[0]);
		else if (file != NULL)
			fatal("more than one interface: %s, %s", file,
			    left_args[0]);
		else
			file = left_args[0];
	}
	if (file == NULL)
		usage();
	if (options.cc == NULL)
		options.cc = getenv("MIGCC");
	if (options.cc == NULL)
		options.cc = "cc";
#ifdef MIG_INCLUDE_DIR
	add_cpp("-idirafter");
	add_cpp(MIG_INCLUDE_DIR);
#endif
	text = cpp_run(&options, file, &length);
	if (text == NULL)
		return (1);
	lex_start(file, text, length);
	intf.source = file;
	warnings_off = options.quiet;
	parse(&intf);
	if (error_count != 0)
		return (1);
	check(&intf);
	if (error_count != 0)
		return (1);
	if (options.user == NULL)
		options.user = print("%sUser.c", intf.name);
	if (options.server == NULL)
		options.server = print("%sServer.c", intf.name);
	if (options.header == NULL)
		options.header = print("%s.h", intf.name);
	if (options.verbose)
		printf("mig: subsystem %s, messages %u to %u\n", intf.name,
		    intf.base, intf.base + intf.numbers);
	print_all(&intf);
	output_commit();
	return (0);
}
