/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * lsmp: list Mach ports, and who holds them.
 */

#include <getopt.h>
#include <stdlib.h>

#include "lsmp.h"

#define	EXIT_USAGE	64

static void
usage(void)
{

	(void)fputs("usage: lsmp [-g | --graph | -j | --json] [-p pid]\n"
	    "       lsmp --sysctl [--json] [name | name=value ...]\n", stderr);
	exit(EXIT_USAGE);
}

static int
list(int pid, void (*write)(FILE *, const struct snapshot *, int))
{
	const struct task *t;
	struct snapshot s;
	kern_return_t kr;

	kr = gather(&s);
	if (kr != KERN_SUCCESS) {
		(void)fprintf(stderr, "lsmp: %s\n", mach_error_string(kr));
		return (1);
	}
	if (pid != 0) {
		t = find_task(&s, pid);
		if (t == NULL || !t->t_open) {
			(void)fprintf(stderr, "lsmp: %d: %s\n", pid,
			    t == NULL ? "no such process, or it uses no Mach" :
			    "it is not yours to look into");
			snapshot_free(&s);
			return (1);
		}
	}
	write(stdout, &s, pid);
	snapshot_free(&s);
	return (0);
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "graph",	no_argument,	NULL, 'g' },
		{ "json",	no_argument,	NULL, 'j' },
		{ "sysctl",	no_argument,	NULL, 's' },
		{ NULL, 0, NULL, 0 }
	};
	char *end;
	long pid;
	int c, status;
	bool graph, json, tune;

	graph = json = tune = false;
	pid = 0;
	while ((c = getopt_long(argc, argv, "gjp:s", longs, NULL)) != -1) {
		switch (c) {
		case 'g':
			graph = true;
			break;
		case 'j':
			json = true;
			break;
		case 'p':
			pid = strtol(optarg, &end, 10);
			if (*optarg == '\0' || *end != '\0' || pid <= 0 ||
			    pid > INT32_MAX)
				usage();
			break;
		case 's':
			tune = true;
			break;
		default:
			usage();
		}
	}
	if ((graph && (json || tune)) || (tune && pid != 0) ||
	    (!tune && optind != argc))
		usage();
	if (tune)
		status = sysctl_main(argc - optind, argv + optind, json);
	else
		status = list((int)pid, graph ? write_graph :
		    json ? write_json : write_text);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("lsmp: standard output");
		status = 1;
	}
	return (status);
}
