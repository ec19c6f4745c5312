/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd: the bootstrap server.  launchd.8 is its manual, launchd.h the map of
 * its parts.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"

bool allow_register, inherit_output, shutting_down;

static int exit_status;			/* as wait(2) gives it */

static int shutdown_how;		/* see shutdown_then() */

enum { OPTION_ALLOW_REGISTER = 256, OPTION_LOG, OPTION_OVERRIDES,
    OPTION_RESUME, OPTION_HOLD };

static const struct option options[] = {
	{ "allow-register", no_argument, NULL, OPTION_ALLOW_REGISTER },
	{ "log", required_argument, NULL, OPTION_LOG },
	{ "overrides", required_argument, NULL, OPTION_OVERRIDES },
	{ "help", no_argument, NULL, 'h' },
	/* What an image of launchd says to the next: a descriptor. */
	{ "resume", required_argument, NULL, OPTION_RESUME },
	{ "hold", required_argument, NULL, OPTION_HOLD },
	{ NULL, 0, NULL, 0 },
};

static void
usage(FILE *to)
{

	(void)fprintf(to,
	    "usage: launchd [-fv] [--allow-register] [--log FILE]\n"
	    "               PLIST-OR-DIRECTORY ... [-- COMMAND [ARG ...]]\n"
	    "       launchd -n PLIST-OR-DIRECTORY ...\n"
	    "\n"
	    "  -f                jobs without files for output use ours\n"
	    "  -n                check the property lists and do no more\n"
	    "  -v                log more\n"
	    "  --allow-register  anybody may register what no job declares\n"
	    "  --log FILE        log to FILE, not to the standard error\n"
	    "  --overrides FILE  keep in FILE what launchctl enable and "
	    "disable say\n"
	    "\n"
	    "With COMMAND: run it, end with it, exit with its status.\n");
}

void
shutdown_status(int status)
{

	exit_status = status;
}

void
shutdown_then(int how)
{

	shutdown_how = how;
}

void
shutdown_begin(const char *why)
{

	if (shutting_down)
		return;
	shutting_down = true;
	log_line(LOG_NOTICE, NULL, 0, "stopping: %s", why);
	jobs_stop();
}

void
handle_signal(int signo)
{

	switch (signo) {
	case SIGCHLD:
		jobs_reap();
		break;
	case SIGHUP:
		log_reopen();
		break;
	case SIGINT:
	case SIGTERM:
		if (getpid() != 1)
			shutdown_begin(strsignal(signo));
		break;
	}
	if (getpid() == 1)
		init_signal(signo);
}

/* Numbers 0 to 2 must not become something else of ours. */
static void
open_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}

static int
check(char *const *paths)
{

	return (load_paths(paths, true) == 0 ? 0 : 1);
}

/* Our own status is the command's, as a shell would give it. */
static int
status_code(void)
{

	if (WIFSIGNALED(exit_status))
		return (128 + WTERMSIG(exit_status));
	return (WEXITSTATUS(exit_status));
}

static bool
add_command(char *const *argv)
{
	struct job_config *config;
	struct plist_error error;

	config = job_config_command("(command)", argv);
	if (config != NULL && job_add(system_domain, config, NULL, true,
	    &error) != NULL) {
		job_config_free(config);
		return (true);
	}
	job_config_free(config);
	log_line(LOG_ERROR, NULL, 0, "cannot run %s: out of memory", argv[0]);
	return (false);
}

static int
serve(void)
{

	while (!shutting_down || !jobs_stopped()) {
		loop_wait(timers_run(now()));
		reexec_step();
	}
	log_line(LOG_DEBUG, NULL, 0, "all jobs have ended");
	if (getpid() == 1)
		init_shutdown(shutdown_how);
	return (status_code());
}

static int
resume(int state)
{

	events_block_signals();
	return (reexec_resume(state) == 0 ? serve() : 1);
}

/* Without paths as process 1 of a system. */
static int
run(char *const *paths, char *const *command)
{
	unsigned errors;
	int error;

	events_block_signals();
	if (events_init() != 0)
		return (1);
	error = spawn_init();
	if (error != 0) {
		log_line(LOG_ERROR, NULL, 0, "cannot make a pipe: %s",
		    strerror(error));
		return (1);
	}
	errors = paths != NULL ? load_paths(paths, false) : 0;
	if (command != NULL && !add_command(command))
		return (1);
	log_line(LOG_DEBUG, NULL, getpid(), "ready: %zu services, %u errors",
	    service_count(), errors);
	if (paths != NULL)
		jobs_launch();
	else
		init_begin();
	return (serve());
}

int
main(int argc, char **argv)
{
	char *const *command;
	const char *log, *overrides;
	int ch, error, end, state;
	bool check_only;

	reexec_init(argc, argv);
	if (getpid() == 1 && reexec_is_resumed(argc, argv, &state)) {
		init_resume(argv[0]);
		(void)resume(state);
		init_failed();
	}
	if (init_is(argc, argv)) {
		init_mount_devices();
		open_standard_files();
		init_prepare(argc, argv);
		(void)run(NULL, NULL);
		init_failed();
	}
	open_standard_files();
	/* What follows "--" is the command; getopt would reorder it. */
	command = NULL;
	for (end = 1; end < argc; end++)
		if (strcmp(argv[end], "--") == 0) {
			if (argv[end + 1] != NULL)
				command = &argv[end + 1];
			argv[end] = NULL;
			break;
		}
	argc = end;
	check_only = false;
	log = overrides = NULL;
	state = -1;
	while ((ch = getopt_long(argc, argv, "fhnv", options, NULL)) != -1) {
		switch (ch) {
		case 'f':
			inherit_output = true;
			break;
		case 'h':
			usage(stdout);
			return (0);
		case 'n':
			check_only = true;
			break;
		case 'v':
			log_verbose();
			break;
		case OPTION_ALLOW_REGISTER:
			allow_register = true;
			break;
		case OPTION_LOG:
			log = optarg;
			break;
		case OPTION_OVERRIDES:
			overrides = optarg;
			break;
		case OPTION_RESUME:
			state = atoi(optarg);
			break;
		case OPTION_HOLD:
			return (handover_hold(atoi(optarg)));
		default:
			usage(stderr);
			return (2);
		}
	}
	if (state != -1) {
		/* What was said there has been read before. */
		if (log != NULL)
			(void)log_open(log);
		overrides_init(overrides);
		return (resume(state));
	}
	if ((optind == argc && command == NULL) ||
	    (check_only && command != NULL)) {
		usage(stderr);
		return (2);
	}
	if (check_only)
		return (check(argv + optind));
	if (log != NULL && (error = log_open(log)) != 0) {
		(void)fprintf(stderr, "launchd: %s: %s\n", log,
		    strerror(error));
		return (1);
	}
	overrides_init(overrides);
	return (run(argv + optind, command));
}
