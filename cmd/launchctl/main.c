/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The verbs.  Each gets its arguments, without its own name, and returns the
 * status to exit with: 0, 1 when launchd refused, 2 when it was used wrong.
 */

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "launchctl.h"

bool json;
const char *verb;

static int usage(FILE *to, int status);
static int show(launch_data_t answer, void (*print)(launch_data_t));
static int verb_help(int argc, char **argv);

/* -w -k and so on in front of the arguments; 2 and more letters a word too. */
static bool
take_flags(int *argc, char ***argv, const char *known, unsigned *flags)
{
	const char *at, *s;

	*flags = 0;
	while (*argc > 0 && (**argv)[0] == '-' && (**argv)[1] != '\0') {
		for (s = **argv + 1; *s != '\0'; s++) {
			at = strchr(known, *s);
			if (at == NULL) {
				complain("no option -%c", *s);
				return (false);
			}
			*flags |= 1U << (at - known);
		}
		++*argv;
		--*argc;
	}
	return (true);
}

/*
 * Loading.
 */

static bool override;			/* -w */

static int
set_enabled(const char *path, bool enabled)
{
	struct target t = { NULL, NULL };
	int status;

	t.label = label_of(path);
	if (t.label == NULL)
		return (1);
	status = request_do(request_new(enabled ? "enable" : "disable", &t),
	    t.label);
	free(t.label);
	return (status);
}

static int
load_file(const struct target *t, const char *path, bool force)
{
	char absolute[PATH_MAX];
	launch_data_t request;

	if (realpath(path, absolute) == NULL) {
		complain("%s: %s", path, strerror(errno));
		return (1);
	}
	if (override && set_enabled(absolute, true) != 0)
		return (1);
	request = request_new("bootstrap", t);
	request_string(request, "Path", absolute);
	if (force)
		request_true(request, "Force");
	return (request_do(request, path));
}

static int
is_plist(const struct dirent *entry)
{
	size_t len;

	len = strlen(entry->d_name);
	return (len > 6 && entry->d_name[0] != '.' &&
	    strcmp(entry->d_name + len - 6, ".plist") == 0);
}

/* A file, or each property list of a directory. */
static int
each_file(const char *path, int (*fn)(const struct target *, const char *,
    bool), const struct target *t, bool flag)
{
	struct dirent **entries;
	struct stat st;
	char *file;
	int i, n, status;
	size_t size;

	if (stat(path, &st) == -1 || !S_ISDIR(st.st_mode))
		return (fn(t, path, flag));
	n = scandir(path, &entries, is_plist, alphasort);
	if (n == -1) {
		complain("%s: %s", path, strerror(errno));
		return (1);
	}
	status = 0;
	for (i = 0; i < n; i++) {
		size = strlen(path) + strlen(entries[i]->d_name) + 2;
		file = malloc(size);
		if (file == NULL)
			return (1);
		(void)snprintf(file, size, "%s/%s", path, entries[i]->d_name);
		if (fn(t, file, flag) != 0)
			status = 1;
		free(file);
		free(entries[i]);
	}
	free(entries);
	return (status);
}

static int
verb_bootstrap(int argc, char **argv)
{
	struct target t;
	int i, status;

	target_parse(argv[0], false, &t);
	if (t.domain == NULL || t.label != NULL) {
		complain("%s is no domain: use system or user/UID", argv[0]);
		return (2);
	}
	if (argc == 1)
		return (request_do(request_new("bootstrap", &t), argv[0]));
	status = 0;
	for (i = 1; i < argc; i++)
		status |= each_file(argv[i], load_file, &t, false);
	return (status);
}

static int
unload_file(const struct target *t, const char *path, bool flag)
{
	struct target job;
	char *label;
	int status;

	(void)flag;
	if (override && set_enabled(path, false) != 0)
		return (1);
	label = label_of(path);
	if (label == NULL)
		return (1);
	job.domain = t->domain;
	job.label = label;
	status = request_do(request_new("bootout", &job), label);
	free(label);
	return (status);
}

static int
verb_bootout(int argc, char **argv)
{
	struct target t;
	int i, status;

	target_parse(argv[0], false, &t);
	if (argc == 1)
		return (request_do(request_new("bootout", &t), argv[0]));
	status = 0;
	for (i = 1; i < argc; i++)
		status |= each_file(argv[i], unload_file, &t, false);
	return (status);
}

/* -w: enabled from now on; -F: although disabled. */
static int
verb_load(int argc, char **argv)
{
	struct target own = { NULL, NULL };
	unsigned flags;
	int i, status;

	if (!take_flags(&argc, &argv, "wF", &flags) || argc == 0)
		return (usage(stderr, 2));
	override = (flags & 1) != 0;
	status = 0;
	for (i = 0; i < argc; i++)
		status |= each_file(argv[i], load_file, &own,
		    (flags & 2) != 0);
	return (status);
}

static int
verb_unload(int argc, char **argv)
{
	struct target own = { NULL, NULL };
	unsigned flags;
	int i, status;

	if (!take_flags(&argc, &argv, "w", &flags) || argc == 0)
		return (usage(stderr, 2));
	override = (flags & 1) != 0;
	status = 0;
	for (i = 0; i < argc; i++)
		status |= each_file(argv[i], unload_file, &own, false);
	return (status);
}

/*
 * Jobs.
 */

static int
simple(char **argv, bool need_label)
{
	struct target t;

	target_parse(argv[0], need_label, &t);
	return (request_do(request_new(verb, &t), argv[0]));
}

static int
verb_job(int argc, char **argv)
{

	(void)argc;
	return (simple(argv, true));
}

static int
verb_reload(int argc, char **argv)
{
	launch_data_t answer, request;
	char path[PATH_MAX];
	struct target t;

	target_parse(argv[0], true, &t);
	request = request_new("reload", &t);
	if (argc == 2) {
		if (realpath(argv[1], path) == NULL) {
			launch_data_free(request);
			complain("%s: %s", argv[1], strerror(errno));
			return (1);
		}
		request_string(request, "Path", path);
	}
	answer = request_send(request, argv[0]);
	if (answer == NULL)
		return (1);
	if (json)
		return (show(answer, NULL));
	if (!launch_data_get_bool(launch_data_dict_lookup(answer, "Changed")))
		(void)printf("unchanged\n");
	else if (launch_data_get_integer(launch_data_dict_lookup(answer,
	    LAUNCH_JOBKEY_PID)) != 0)
		(void)printf("changed; its process goes on as it is until "
		    "\"launchctl kickstart -k %s\"\n", argv[0]);
	else
		(void)printf("changed\n");
	launch_data_free(answer);
	return (0);
}

static int
verb_kickstart(int argc, char **argv)
{
	launch_data_t answer, pid, request;
	struct target t;
	unsigned flags;

	if (!take_flags(&argc, &argv, "kp", &flags) || argc != 1)
		return (usage(stderr, 2));
	target_parse(argv[0], true, &t);
	request = request_new("kickstart", &t);
	if ((flags & 1) != 0)
		request_true(request, "Kill");
	answer = request_send(request, argv[0]);
	if (answer == NULL)
		return (1);
	pid = launch_data_dict_lookup(answer, LAUNCH_JOBKEY_PID);
	if (pid == NULL && (flags & 2) != 0) {
		/* Restarted: who it is now. */
		launch_data_free(answer);
		answer = request_send(request_new("print", &t), argv[0]);
		pid = launch_data_dict_lookup(answer, LAUNCH_JOBKEY_PID);
	}
	if ((flags & 2) != 0 && pid != NULL)
		(void)printf("%lld\n", launch_data_get_integer(pid));
	launch_data_free(answer);
	return (0);
}

static int
verb_kill(int argc, char **argv)
{
	launch_data_t request;
	struct target t;
	int signo;

	(void)argc;
	signo = signal_number(argv[0]);
	if (signo == -1) {
		complain("%s is no signal", argv[0]);
		return (2);
	}
	target_parse(argv[1], true, &t);
	request = request_new("kill", &t);
	request_integer(request, "Signal", signo);
	return (request_do(request, argv[1]));
}

static int
verb_remove(int argc, char **argv)
{

	(void)argc;
	verb = "bootout";
	return (simple(argv, true));
}

/*
 * Looking.
 */

static int
show(launch_data_t answer, void (*print)(launch_data_t))
{

	if (answer == NULL)
		return (1);
	if (json) {
		print_json(answer);
		(void)putchar('\n');
	} else
		print(answer);
	launch_data_free(answer);
	return (0);
}

static const char *shown;

static void
print_shown(launch_data_t d)
{

	print_tree(d, shown);
}

static int
verb_print(int argc, char **argv)
{
	struct target t;

	(void)argc;
	target_parse(argv[0], false, &t);
	shown = argv[0];
	return (show(request_send(request_new("print", &t), argv[0]),
	    print_shown));
}

static int
verb_list(int argc, char **argv)
{
	struct target t = { NULL, NULL };

	if (argc == 1) {
		target_parse(argv[0], false, &t);
		if (t.label != NULL) {
			shown = argv[0];
			return (show(request_send(request_new("print", &t),
			    argv[0]), print_shown));
		}
	}
	return (show(request_send(request_new("list", &t), "list"),
	    print_list));
}

static int
verb_blame(int argc, char **argv)
{
	launch_data_t answer;
	const char *why;
	struct target t;

	(void)argc;
	target_parse(argv[0], true, &t);
	answer = request_send(request_new("print", &t), argv[0]);
	if (answer == NULL)
		return (1);
	why = launch_data_get_string(launch_data_dict_lookup(answer,
	    "Reason"));
	(void)printf("%s\n", why != NULL ? why : "(never started)");
	launch_data_free(answer);
	return (0);
}

static void
print_overrides(launch_data_t d)
{

	print_disabled(d, shown);
}

static int
verb_print_disabled(int argc, char **argv)
{
	struct target t = { NULL, NULL };

	shown = "this domain";
	if (argc == 1) {
		target_parse(argv[0], false, &t);
		shown = argv[0];
	}
	return (show(request_send(request_new("print-disabled", &t), shown),
	    print_overrides));
}

static int
verb_procinfo(int argc, char **argv)
{
	launch_data_t request;
	pid_t pid;
	char *end;
	long n;

	(void)argc;
	n = strtol(argv[0], &end, 10);
	pid = (pid_t)n;
	if (*argv[0] == '\0' || *end != '\0' || n <= 0 || n > INT_MAX) {
		complain("%s is no process", argv[0]);
		return (2);
	}
	if (getpgid(pid) == -1) {
		complain("%ld: %s", n, strerror(errno));
		return (1);
	}
	if (!json) {
		(void)printf("process = %ld\nprocess group = %ld\n"
		    "session = %ld\n", n, (long)getpgid(pid),
		    (long)getsid(pid));
		(void)printf("nice = %d\n", getpriority(PRIO_PROCESS,
		    (id_t)pid));
	}
	request = request_new("procinfo", NULL);
	request_integer(request, LAUNCH_JOBKEY_PID, n);
	shown = "job";
	return (show(request_send(request, argv[0]), print_shown));
}

/*
 * Environment, limits.
 */

static int
verb_setenv(int argc, char **argv)
{
	launch_data_t request;

	request = request_new("setenv", NULL);
	request_string(request, "Name", argv[0]);
	if (argc == 2)
		request_string(request, "Value", argv[1]);
	return (request_do(request, argv[0]));
}

static int
verb_getenv(int argc, char **argv)
{
	launch_data_t answer, request;

	(void)argc;
	request = request_new("getenv", NULL);
	request_string(request, "Name", argv[0]);
	answer = request_send(request, argv[0]);
	if (answer == NULL)
		return (1);
	(void)printf("%s\n", launch_data_get_string(answer));
	launch_data_free(answer);
	return (0);
}

static bool
put_limit(launch_data_t request, const char *key, const char *s)
{
	long long n;
	char *end;

	if (strcmp(s, "unlimited") == 0) {
		request_string(request, key, s);
		return (true);
	}
	errno = 0;
	n = strtoll(s, &end, 10);
	if (*s == '\0' || *end != '\0' || n < 0 || errno != 0) {
		complain("%s is neither a number nor unlimited", s);
		return (false);
	}
	request_integer(request, key, n);
	return (true);
}

static int
verb_limit(int argc, char **argv)
{
	launch_data_t request;

	request = request_new("limit", NULL);
	if (argc == 0)
		return (show(request_send(request, "limit"), print_limits));
	if (argc == 1) {
		launch_data_free(request);
		return (usage(stderr, 2));
	}
	request_string(request, "Name", argv[0]);
	if (!put_limit(request, "Soft", argv[1]) ||
	    (argc == 3 && !put_limit(request, "Hard", argv[2]))) {
		launch_data_free(request);
		return (2);
	}
	return (request_do(request, argv[0]));
}

/*
 * The rest.
 */

static int
verb_reboot(int argc, char **argv)
{
	launch_data_t request;

	request = request_new("reboot", NULL);
	request_string(request, "How", argc == 1 ? argv[0] : "reboot");
	return (request_do(request, argc == 1 ? argv[0] : "reboot"));
}

static int
verb_reexec(int argc, char **argv)
{

	(void)argc;
	(void)argv;
	return (request_do(request_new("reexec", NULL), "launchd"));
}

/*
 * Run a command in a session of its own, which ends with it: with us, who have
 * the port that it depends on.
 */
static int
verb_session(int argc, char **argv)
{
	launch_data_t answer, request;
	const char *type;
	kern_return_t kr;
	mach_port_t port;
	pid_t pid;
	int status;

	type = "StandardIO";
	if (argc >= 2 && strcmp(argv[0], "-t") == 0) {
		type = argv[1];
		argc -= 2;
		argv += 2;
	}
	if (argc == 0)
		return (usage(stderr, 2));
	request = request_new("session", NULL);
	request_string(request, "Type", type);
	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS || mach_port_insert_right(mach_task_self(),
	    port, port, MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS) {
		complain("cannot make a port");
		return (1);
	}
	request_port(request, "Requestor", port);
	answer = request_send(request, "session");
	if (answer == NULL)
		return (1);
	port = launch_data_get_machport(launch_data_dict_lookup(answer,
	    "Port"));
	kr = task_set_bootstrap_port(mach_task_self(), port);
	launch_data_free(answer);
	if (kr != KERN_SUCCESS) {
		complain("cannot enter the session");
		return (1);
	}
	pid = fork();
	if (pid == 0) {
		(void)execvp(argv[0], argv);
		complain("%s: %s", argv[0], strerror(errno));
		_exit(127);
	}
	if (pid == -1) {
		complain("%s", strerror(errno));
		return (1);
	}
	/* What is typed at the terminal is for the command. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGQUIT, SIG_IGN);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return (1);
	return (WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
	    WEXITSTATUS(status));
}

/* Run a command in a user's domain. */
static int
verb_asuser(int argc, char **argv)
{
	launch_data_t answer;
	struct target t;
	mach_port_t port;
	char name[40];
	kern_return_t kr;

	(void)argc;
	(void)snprintf(name, sizeof(name), "user/%.30s", argv[0]);
	target_parse(name, false, &t);
	answer = request_send(request_new("port", &t), name);
	if (answer == NULL)
		return (1);
	port = launch_data_get_machport(answer);
	kr = task_set_bootstrap_port(mach_task_self(), port);
	if (kr != KERN_SUCCESS) {
		complain("%s: %s", name, mach_error_string(kr));
		return (1);
	}
	(void)execvp(argv[1], argv + 1);
	complain("%s: %s", argv[1], strerror(errno));
	return (127);
}

static int
verb_validate(int argc, char **argv)
{
	int i, status;

	status = 0;
	for (i = 0; i < argc; i++)
		status |= validate(argv[i]);
	return (status);
}

static int
verb_version(int argc, char **argv)
{

	(void)argc;
	(void)argv;
	(void)printf("launchctl of mach.ko %s\n", MACH_KO_VERSION);
	return (0);
}

static const struct {
	const char	*name;
	int		 least, most;
	int		(*run)(int argc, char **argv);
	const char	*arguments;
	const char	*what;
} verbs[] = {
	{ "bootstrap", 1, INT_MAX, verb_bootstrap, "DOMAIN [PATH ...]",
	    "load jobs into a domain" },
	{ "bootout", 1, INT_MAX, verb_bootout, "DOMAIN[/LABEL] [PATH ...]",
	    "stop and forget a job, or a domain with all its jobs" },
	{ "reload", 1, 2, verb_reload, "DOMAIN/LABEL [PATH]",
	    "its property list anew; its process and services stay" },
	{ "enable", 1, 1, verb_job, "DOMAIN/LABEL", "let it be loaded" },
	{ "disable", 1, 1, verb_job, "DOMAIN/LABEL",
	    "do not load it from now on" },
	{ "kickstart", 1, 3, verb_kickstart, "[-kp] DOMAIN/LABEL",
	    "start it now; -k: kill it first; -p: print its process" },
	{ "kill", 2, 2, verb_kill, "SIGNAL DOMAIN/LABEL", "send a signal" },
	{ "print", 1, 1, verb_print, "DOMAIN[/LABEL]", "all there is to say" },
	{ "list", 0, 1, verb_list, "[DOMAIN | LABEL]", "jobs and their state" },
	{ "blame", 1, 1, verb_blame, "DOMAIN/LABEL", "why it was started" },
	{ "print-disabled", 0, 1, verb_print_disabled, "[DOMAIN]",
	    "what enable and disable said" },
	{ "procinfo", 1, 1, verb_procinfo, "PID", "a process and its job" },
	{ "load", 1, INT_MAX, verb_load, "[-wF] PATH ...",
	    "into the caller's domain; -w: enable; -F: although disabled" },
	{ "unload", 1, INT_MAX, verb_unload, "[-w] PATH ...",
	    "stop and forget; -w: disable" },
	{ "start", 1, 1, verb_job, "LABEL", "as if it was demanded" },
	{ "stop", 1, 1, verb_job, "LABEL", "tell it to end" },
	{ "remove", 1, 1, verb_remove, "LABEL", "stop and forget" },
	{ "setenv", 2, 2, verb_setenv, "NAME VALUE",
	    "in the environment of the domain's jobs" },
	{ "unsetenv", 1, 1, verb_setenv, "NAME", "take it out" },
	{ "getenv", 1, 1, verb_getenv, "NAME", "print it" },
	{ "limit", 0, 3, verb_limit, "[NAME SOFT [HARD]]",
	    "resource limits of all jobs" },
	{ "asuser", 2, INT_MAX, verb_asuser, "UID COMMAND [ARG ...]",
	    "run a command in the domain of a user" },
	{ "session", 1, INT_MAX, verb_session, "[-t TYPE] COMMAND [ARG ...]",
	    "run a command in a session of its own" },
	{ "reexec", 0, 0, verb_reexec, "",
	    "let launchd's program take its place, keeping all it has" },
	{ "reboot", 0, 1, verb_reboot, "[halt | poweroff | single | exit]",
	    "end all jobs, then this" },
	{ "validate", 1, INT_MAX, verb_validate, "FILE ...",
	    "check property lists" },
	{ "version", 0, 0, verb_version, "", "print the version" },
	{ "help", 0, 1, verb_help, "[VERB]", "print this" },
};

#define	NVERBS	(sizeof(verbs) / sizeof(verbs[0]))

static int
usage(FILE *to, int status)
{
	size_t i;

	for (i = 0; i < NVERBS; i++)
		if (verb != NULL && strcmp(verbs[i].name, verb) == 0) {
			(void)fprintf(to, "usage: launchctl %s %s\n", verb,
			    verbs[i].arguments);
			return (status);
		}
	(void)fprintf(to, "usage: launchctl [--json] VERB [ARGUMENT ...]\n\n");
	for (i = 0; i < NVERBS; i++)
		(void)fprintf(to, "  %-15s%-26s %s\n", verbs[i].name,
		    verbs[i].arguments, verbs[i].what);
	(void)fprintf(to, "\nDOMAIN is system or user/UID.\n");
	return (status);
}

static int
verb_help(int argc, char **argv)
{

	verb = argc == 1 ? argv[0] : NULL;
	return (usage(stdout, 0));
}

int
main(int argc, char **argv)
{
	size_t i;
	int status;

	argc--;
	argv++;
	if (argc > 0 && strcmp(argv[0], "--json") == 0) {
		json = true;
		argc--;
		argv++;
	}
	if (argc == 0)
		return (usage(stderr, 2));
	verb = argv[0];
	if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0)
		verb = "help";
	argc--;
	argv++;
	for (i = 0; i < NVERBS; i++) {
		if (strcmp(verbs[i].name, verb) != 0)
			continue;
		if (argc < verbs[i].least || argc > verbs[i].most)
			return (usage(stderr, 2));
		status = verbs[i].run(argc, argv);
		if (fflush(stdout) != 0 || ferror(stdout)) {
			complain("cannot write: %s", strerror(errno));
			return (1);
		}
		return (status);
	}
	(void)fprintf(stderr, "launchctl: no verb %s; \"launchctl help\" lists "
	    "them\n", verb);
	return (2);
}
