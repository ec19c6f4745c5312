/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A fuzzer of mig.
 *
 *	fuzz [-s seed] [-n runs] MIG DEFS INCLUDE FILE.defs... -- CC...
 *
 * Half of the runs invent an interface from the grammar, with a C header for
 * its types, and options: what mig accepts must compile without a warning.  The
 * others change files that are given: words, lines and bytes.  In all of them
 * mig must end within ten seconds with status 0 or 1, without a signal, and
 * leave no file behind when it refuses.
 *
 * It works in the current directory, which should be empty.  What failed stays
 * there as bad.defs; the seed is printed.
 */

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	TEXT_MAX	(256 * 1024)
#define	FILES_MAX	64

static uint64_t state;
static const char *mig, *defs, *include;
static char *files[FILES_MAX];
static size_t nfiles;
static char **cc;
static FILE *out;		/* the interface */
static FILE *header;		/* and the C types of it */

static unsigned
below(unsigned n)
{

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((unsigned)((state >> 11) % n));
}

static void
die(const char *what)
{

	perror(what);
	exit(2);
}

/*
 * Inventing.
 */
enum kind { SCALAR, STRUCT, ARRAY, VARRAY, STRING, RIGHT, PORTS, MEMORY,
	MEMORY_PORTS, PIECES, OBJECT, KINDS };

static enum kind kinds[64];
static unsigned ntypes;

static unsigned
type_of(enum kind kind)
{
	unsigned i, n;

	n = below(ntypes);
	for (i = 0; i < ntypes; i++)
		if (kinds[(n + i) % ntypes] == kind)
			return ((n + i) % ntypes);
	return (0);
}

static void
invent_type(enum kind kind)
{
	static const char *const scalars[][2] = {
		{ "MACH_MSG_TYPE_INTEGER_8", "int8_t" },
		{ "MACH_MSG_TYPE_BYTE", "uint8_t" },
		{ "MACH_MSG_TYPE_INTEGER_16", "uint16_t" },
		{ "MACH_MSG_TYPE_INTEGER_32", "int" },
		{ "MACH_MSG_TYPE_BOOLEAN", "boolean_t" },
		{ "MACH_MSG_TYPE_INTEGER_64", "uint64_t" },
		{ "MACH_MSG_TYPE_REAL_64", "double" },
		{ "(MACH_MSG_TYPE_INTEGER_32, 16)", "short" },
	};
	static const char *const rights[] = {
		"MACH_MSG_TYPE_COPY_SEND", "MACH_MSG_TYPE_MAKE_SEND",
		"MACH_MSG_TYPE_MOVE_SEND", "MACH_MSG_TYPE_MAKE_SEND_ONCE",
		"MACH_MSG_TYPE_MOVE_SEND_ONCE", "MACH_MSG_TYPE_MOVE_RECEIVE",
		"MACH_MSG_TYPE_PORT_SEND", "polymorphic",
	};
	unsigned i, n, of;

	i = ntypes;
	n = below(4) == 0 ? 1 + below(500) : 1 + below(9);
	switch (kind) {
	case SCALAR:
		of = below(8);
		fprintf(out, "type t%u = %s;\n", i, scalars[of][0]);
		fprintf(header, "typedef %s t%u;\n", scalars[of][1], i);
		break;
	case STRUCT:
		of = type_of(SCALAR);
		fprintf(out, "type t%u = struct[%u * 2 - (%u + 0) / 1] of "
		    "t%u;\n", i, n, n, of);
		fprintf(header, "typedef struct { t%u v[%u]; } t%u;\n", of, n,
		    i);
		break;
	case ARRAY:
	case VARRAY:
		of = type_of(below(3) == 0 ? STRUCT : SCALAR);
		fprintf(out, "type t%u = array[%s%u] of t%u", i,
		    kind == VARRAY ? "*:" : "", n, of);
		if (kind == VARRAY && below(4) == 0)
			fprintf(out, " UserTypeLimit: %u", 1 + below(n));
		if (below(4) == 0)
			fprintf(out, " OnStackLimit: %u", below(2000));
		fprintf(out, ";\n");
		fprintf(header, "typedef t%u t%u[%u];\n", of, i, n);
		break;
	case STRING:
		fprintf(out, "type t%u = c_string[%s%u];\n", i, below(2) == 0 ?
		    "*:" : "", n);
		fprintf(header, "typedef char t%u[%u];\n", i, n);
		break;
	case RIGHT:
		fprintf(out, "type t%u = %s ctype: mach_port_t;\n", i,
		    rights[below(8)]);
		fprintf(header, "typedef mach_port_t t%u;\n", i);
		break;
	case PORTS:
		n = 1 + n % 6;
		fprintf(out, "type t%u = array[%s%u] of t%u;\n", i,
		    below(2) == 0 ? "*:" : "", n, type_of(RIGHT));
		fprintf(header, "typedef mach_port_t t%u[%u];\n", i, n);
		break;
	case MEMORY:
		of = type_of(below(3) == 0 ? STRUCT : SCALAR);
		fprintf(out, below(2) == 0 ? "type t%u = array[] of t%u;\n" :
		    "type t%u = ^array[] of t%u;\n", i, of);
		fprintf(header, "typedef t%u *t%u;\n", of, i);
		break;
	case OBJECT:
		fprintf(out, "type t%u = uint32_t\n\tintran: o%u_t in%u("
		    "uint32_t)\n", i, i, i);
		if (below(2) == 0)
			fprintf(out, "\tdestructor: drop%u(o%u_t)\n", i, i);
		fprintf(out, "\touttran: uint32_t out%u(o%u_t);\n", i, i);
		fprintf(header, "typedef uint32_t t%u;\n"
		    "typedef struct o%u *o%u_t;\no%u_t in%u(uint32_t);\n"
		    "uint32_t out%u(o%u_t);\nvoid drop%u(o%u_t);\n", i, i, i,
		    i, i, i, i, i, i);
		break;
	case PIECES:
		n = 1 + n % 6;
		of = type_of(below(3) == 0 ? MEMORY_PORTS : MEMORY);
		fprintf(out, "type t%u = array[%s%u] of t%u;\n", i,
		    below(2) == 0 ? "*:" : "", n, of);
		fprintf(header, "typedef t%u t%u[%u];\n", of, i, n);
		break;
	default:
		fprintf(out, "type t%u = ^array[] of t%u;\n", i,
		    type_of(RIGHT));
		fprintf(header, "typedef mach_port_t *t%u;\n", i);
		break;
	}
	kinds[ntypes++] = kind;
}

static void
invent_argument(unsigned i, bool oneway)
{
	static const char *const implicit[] = {
		"ServerAuditToken %s : audit_token_t",
		"ServerSecToken %s : security_token_t",
		"MsgSeqno %s : mach_port_seqno_t",
		"SendTime %s : mach_msg_timeout_t",
		"MsgOption %s : mach_msg_options_t",
		"WaitTime %s : mach_msg_timeout_t",
		"UserAuditToken %s : audit_token_t",
	};
	static const char *const directions[] = { "", "in ", "out ",
		"inout " };
	/* Some are in the way of what stubs need. */
	static const char *const names[] = {
		"a%u", "a%u", "a%u", "a%u", "a%u", "a%uCnt", "In%uP",
		"MACH_a%u", "migA%u", "t%u"
	};
	char name[32];
	enum kind kind;
	unsigned dir, t;

	(void)snprintf(name, sizeof(name), names[below(10)], i);
	if (below(8) == 0) {
		fprintf(out, implicit[below(oneway ? 5 : 7)], name);
		return;
	}
	dir = below(oneway ? 2 : 4);
	if (below(12) == 0) {
		fprintf(out, "%s%s : t0 = t0", directions[dir], name);
		return;
	}
	t = below(ntypes);
	kind = kinds[t];
	fprintf(out, "%s%s : t%u", directions[dir], name, t);
	if (kind == VARRAY && dir == 2 && below(2) == 0)
		fprintf(out, ", CountInOut");
	if ((kind == VARRAY || kind == MEMORY) && below(6) == 0)
		fprintf(out, ", SameCount");
	else if ((kind == MEMORY || kind == MEMORY_PORTS) && dir == 2 &&
	    below(6) == 0)
		fprintf(out, ", Overwrite");
	if (kind >= MEMORY && kind <= PIECES && below(2) == 0)
		fprintf(out, below(3) == 0 ? ", dealloc[]" : ", dealloc");
	if (below(16) == 0)
		fprintf(out, ", PhysicalCopy");
	if (dir < 2 && below(6) == 0)
		fprintf(out, ", const");
}

static void
invent_routine(unsigned n)
{
	static const char *const forms[] = {
		"routine", "simpleroutine", "procedure", "simpleprocedure",
		"function"
	};
	static const char *const statements[] = {
		"waittime 100 + 1", "nowaittime", "sendtime 7", "nosendtime",
		"msgoption MACH_SEND_INTERRUPT", "msgoption 0",
		"UseSpecialReplyPort 1", "UseReplyPort",
		"ConsumeOnSendError any", "ConsumeOnSendError timeout",
		"ConsumeOnSendError none", ""
	};
	static const enum kind results[] = { SCALAR, STRUCT, RIGHT, SCALAR };
	unsigned form, i, nargs;

	if (below(10) == 0)
		fprintf(out, "skip %u;\n", 1 + below(3));
	if (below(3) == 0)
		fprintf(out, "%s;\n", statements[below(12)]);
	form = below(8);
	form = form > 4 ? 0 : form;
	fprintf(out, "%s r%u(p : mach_port_t", forms[form], n);
	if (below(8) == 0)
		fprintf(out, "; SReplyPort reply : mach_port_make_send_once_t");
	nargs = below(7);
	for (i = 0; i < nargs; i++) {
		fprintf(out, "; ");
		invent_argument(i, form % 2 == 1);
	}
	fprintf(out, ")");
	if (form == 4)
		fprintf(out, " : t%u", type_of(results[below(4)]));
	fprintf(out, below(12) == 0 ? " UseSpecialReplyPort;\n" : ";\n");
}

static void
invent(void)
{
	unsigned i, n;

	out = fopen("x.defs", "w");
	header = fopen("x_types.h", "w");
	if (out == NULL || header == NULL)
		die("x.defs");
	fprintf(out, "subsystem x %u;\n#include <mach/std_types.defs>\n"
	    "import \"x_types.h\";\n", below(100000));
	fprintf(header, "#pragma once\n#include <mach/mach.h>\n");
	if (below(2) == 0)
		fprintf(out, "userprefix u_;\nserverprefix s_;\n");
	if (below(4) == 0)
		fprintf(out, "serverdemux demux;\nerror on_error;\n");
	ntypes = 0;
	invent_type(SCALAR);
	invent_type(STRUCT);
	invent_type(RIGHT);
	invent_type(MEMORY);
	invent_type(MEMORY_PORTS);
	n = 3 + below(20);
	for (i = 0; i < n; i++)
		invent_type((enum kind)below(KINDS));
	n = 1 + below(6);
	for (i = 0; i < n; i++)
		invent_routine(i);
	if (fclose(out) != 0 || fclose(header) != 0)
		die("x.defs");
}

/*
 * Changing.
 */
static char text[TEXT_MAX];
static size_t length;

static void
replace(size_t at, size_t old, const char *new, size_t size)
{

	if (length - old + size > sizeof(text))
		return;
	memmove(text + at + size, text + at + old, length - at - old);
	memcpy(text + at, new, size);
	length = length - old + size;
}

static void
change_once(void)
{
	static const char *const words[] = {
		"routine", "type", "array[*:4] of", "array[] of", "^",
		"c_string[*:0]", "struct[3] of", "out", "inout", ";", ";;",
		"(", ")", "[", "]", ":", ",", "=", "4294967296", "-1", "0x",
		"MACH_MSG_TYPE_MOVE_RECEIVE", "polymorphic", "dealloc",
		"CountInOut", "SameCount", "Overwrite", "subsystem y 1;",
		"skip 1000000000;", "\"", "/*", "*/",
		"#include <mach/std_types.defs>\n",
		"1024 * 1024 * 1024", "array[1/0] of int", "\\\n",
		"#define type routine\n", "x|y", "ServerAuditToken"
	};
	const char *word;
	size_t at, n;

	if (length == 0)
		return;
	at = below((unsigned)length);
	switch (below(5)) {
	case 0:			/* a byte */
		text[at] = (char)below(256);
		break;
	case 1:			/* a word in between */
		word = words[below(sizeof(words) / sizeof(words[0]))];
		replace(at, 0, word, strlen(word));
		break;
	case 2:			/* some bytes less */
		n = 1 + below(12);
		replace(at, at + n > length ? length - at : n, "", 0);
		break;
	case 3:			/* a piece twice */
		n = 1 + below(200);
		if (at + n > length)
			n = length - at;
		if (length + n <= sizeof(text)) {
			memmove(text + at + n, text + at, length - at);
			length += n;
		}
		break;
	default:		/* a word for a word */
		while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n')
			at--;
		for (n = 0; at + n < length && text[at + n] != ' ' &&
		    text[at + n] != '\n'; n++)
			continue;
		word = words[below(sizeof(words) / sizeof(words[0]))];
		replace(at, n, word, strlen(word));
		break;
	}
}

static void
change(void)
{
	FILE *f;
	unsigned i, n;

	f = fopen(files[below((unsigned)nfiles)], "r");
	if (f == NULL)
		die("a file to change");
	length = fread(text, 1, sizeof(text) / 2, f);
	(void)fclose(f);
	n = 1 + below(4);
	for (i = 0; i < n; i++)
		change_once();
	f = fopen("x.defs", "w");
	if (f == NULL || fwrite(text, 1, length, f) != length ||
	    fclose(f) != 0)
		die("x.defs");
}

/*
 * Running.
 */
static int
run(char *const argv[], const char *messages)
{
	int fd, status;
	pid_t pid;

	pid = fork();
	if (pid == -1)
		die("fork");
	if (pid == 0) {
		fd = open(messages, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd == -1 || dup2(fd, 1) == -1 || dup2(fd, 2) == -1)
			_exit(126);
		(void)alarm(10);
		(void)execvp(argv[0], argv);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			die("waitpid");
	return (status);
}

static const char *const made[] = {
	"xUser.c", "xServer.c", "x.h", "xServer.h"
};

static bool
any_made(void)
{
	size_t i;

	for (i = 0; i < 4; i++)
		if (access(made[i], F_OK) == 0)
			return (true);
	return (false);
}

static void
remove_made(void)
{
	size_t i;

	for (i = 0; i < 4; i++)
		(void)unlink(made[i]);
}

static bool
compiles(void)
{
	char *argv[32];
	char includes[1024];
	size_t n;

	for (n = 0; cc[n] != NULL && n < 20; n++)
		argv[n] = cc[n];
	(void)snprintf(includes, sizeof(includes), "-I%s", include);
	argv[n++] = includes;
	argv[n++] = (char *)(uintptr_t)"-I.";
	argv[n++] = (char *)(uintptr_t)"-fsyntax-only";
	argv[n++] = (char *)(uintptr_t)"-Wall";
	argv[n++] = (char *)(uintptr_t)"-Wextra";
	argv[n++] = (char *)(uintptr_t)"-Werror";
	argv[n++] = (char *)(uintptr_t)made[0];
	argv[n++] = (char *)(uintptr_t)made[1];
	argv[n] = NULL;
	return (run(argv, "cc.log") == 0);
}

/* Null, or what is wrong; *accepted: mig took the interface. */
static const char *
try_one(bool invented, bool *accepted)
{
	char includes[1024];
	static const char *const options[] = { "-n", "-R", "-s" };
	const char *argv[] = {
		mig, includes, "-q", "-user", made[0], "-server", made[1],
		"-header", made[2], "-sheader", made[3], "-N", "-N", "-N", "-N",
		"x.defs", NULL
	};
	size_t i;
	int status;

	for (i = 0; i < 3; i++)
		if (below(3) == 0)
			argv[11 + i] = options[i];
	if (below(3) == 0) {
		argv[13] = "-maxonstack";
		argv[14] = below(2) == 0 ? "0" : "300";
	}
	if (below(4) == 0)
		argv[8] = "/dev/null";
	if (below(4) == 0)
		argv[10] = "/dev/null";

	remove_made();
	(void)snprintf(includes, sizeof(includes), "-I%s", defs);
	status = run((char *const *)(uintptr_t)argv, "mig.log");
	*accepted = status == 0;
	if (WIFSIGNALED(status))
		return (WTERMSIG(status) == SIGALRM ? "it hangs" :
		    "killed by a signal");
	if (WEXITSTATUS(status) > 1)
		return ("a status that is not documented");
	if (WEXITSTATUS(status) == 1)
		return (any_made() ? "a file is left behind" : NULL);
	return (invented && !compiles() ? "it does not compile" : NULL);
}

int
main(int argc, char *argv[])
{
	const char *wrong;
	unsigned long runs, i, seed;
	unsigned taken, invented;
	bool accepted, own;
	int opt;

	runs = 100;
	seed = 1;
	while ((opt = getopt(argc, argv, "+n:s:")) != -1) {
		if (opt == 'n')
			runs = strtoul(optarg, NULL, 0);
		else if (opt == 's')
			seed = strtoul(optarg, NULL, 0);
		else
			return (2);
	}
	argv += optind;
	if (argc - optind < 6)
		return (2);
	mig = argv[0];
	defs = argv[1];
	include = argv[2];
	for (argv += 3; *argv != NULL && strcmp(*argv, "--") != 0; argv++)
		if (nfiles < FILES_MAX)
			files[nfiles++] = *argv;
	if (*argv == NULL || nfiles == 0)
		return (2);
	cc = argv + 1;
	printf("1..1\n");
	taken = invented = 0;
	for (i = 0; i < runs; i++) {
		/* A seed of its own, so that each can be repeated. */
		state = (seed + i) * 0x9e3779b97f4a7c15ULL | 1;
		(void)below(2);
		own = (seed + i) % 2 == 0;
		if (own)
			invent();
		else
			change();
		wrong = try_one(own, &accepted);
		invented += own;
		taken += own && accepted;
		if (wrong != NULL) {
			(void)rename("x.defs", "bad.defs");
			printf("not ok 1 - seed %lu: %s\n", seed + i, wrong);
			return (1);
		}
	}
	remove_made();
	printf("# %u of %u inventions accepted\n", taken, invented);
	if (taken * 2 < invented) {
		printf("not ok 1 - too few interfaces are accepted\n");
		return (1);
	}
	printf("ok 1 - %lu runs from seed %lu\n", runs, seed);
	return (0);
}
