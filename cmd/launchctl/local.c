/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What needs no launchd: reading property lists, names of signals.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/launchd/job_config.h"
#include "launchctl.h"

static void
say(const char *path, unsigned line, const char *what, const char *why)
{

	if (line != 0)
		(void)fprintf(stderr, "%s:%u: %s%s\n", path, line, what, why);
	else
		(void)fprintf(stderr, "%s: %s%s\n", path, what, why);
}

static void
unknown(void *arg, const struct job_config *c, const char *key, unsigned line,
    const char *why)
{
	char what[256];

	(void)c;
	(void)snprintf(what, sizeof(what), "key %.100s %s%s", key,
	    why != NULL ? "has no effect here: " : "is not known",
	    why != NULL ? why : "");
	say(arg, line, "warning: ", what);
}

static struct job_config *
read_config(const char *path, job_config_unknown_t fn)
{
	struct plist_error error = { 0, "" };
	struct job_config *c;
	struct plist *root;
	char copy[1024];

	(void)snprintf(copy, sizeof(copy), "%s", path);
	c = NULL;
	root = plist_parse_file(path, &error);
	if (root != NULL) {
		c = job_config_new(root, fn, copy, &error);
		plist_tree_free(root);
	}
	if (c == NULL)
		say(path, error.line, "error: ", error.reason);
	return (c);
}

int
validate(const char *path)
{
	struct job_config *c;

	c = read_config(path, unknown);
	if (c == NULL)
		return (1);
	(void)printf("%s: OK (%s)\n", path, c->label);
	job_config_free(c);
	return (0);
}

char *
label_of(const char *path)
{
	struct job_config *c;
	char *label;

	c = read_config(path, NULL);
	if (c == NULL)
		return (NULL);
	label = strdup(c->label);
	job_config_free(c);
	return (label);
}

int
signal_number(const char *s)
{
	static const struct {
		const char	*name;
		int		 number;
	} names[] = {
		{ "HUP", SIGHUP }, { "INT", SIGINT }, { "QUIT", SIGQUIT },
		{ "KILL", SIGKILL }, { "TERM", SIGTERM }, { "STOP", SIGSTOP },
		{ "CONT", SIGCONT }, { "USR1", SIGUSR1 }, { "USR2", SIGUSR2 },
		{ "ABRT", SIGABRT }, { "ALRM", SIGALRM }, { "SEGV", SIGSEGV },
		{ "TSTP", SIGTSTP }, { "WINCH", SIGWINCH },
	};
	size_t i;
	char *end;
	long n;

	n = strtol(s, &end, 10);
	if (*s != '\0' && *end == '\0')
		return (n > 0 && n < NSIG ? (int)n : -1);
	if (strncasecmp(s, "SIG", 3) == 0)
		s += 3;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i].name, s) == 0)
			return (names[i].number);
	return (-1);
}
