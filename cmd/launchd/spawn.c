/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Starting the process of a job.
 *
 * Everything that needs memory happens before the fork.  The child makes itself
 * a session, resets what it inherited, opens its files and executes the
 * program; when a step fails it says which in one record on a pipe that all
 * children share, so that launchd never waits for a child and needs no
 * descriptor for each.
 *
 * The child gets the bootstrap port as every child does: a task inherits its
 * special ports.
 */

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"

extern char **environ;

enum stage {
	STAGE_DIRECTORY,
	STAGE_STDIN,
	STAGE_STDOUT,
	STAGE_STDERR,
	STAGE_PROGRAM,
};

/* What a child reports; shorter than PIPE_BUF, so written whole. */
struct failure {
	pid_t		pid;
	enum stage	stage;
	int		error;
};

static int failures[2] = { -1, -1 };

int
spawn_init(void)
{
	int i;

	if (pipe(failures) == -1)
		return (errno);
	for (i = 0; i < 2; i++) {
		(void)fcntl(failures[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(failures[i], F_SETFL, O_NONBLOCK);
	}
	return (0);
}

void
spawn_report_failures(void)
{
	static const char *const stages[] = {
		"cannot enter WorkingDirectory",
		"cannot open StandardInPath",
		"cannot open StandardOutPath",
		"cannot open StandardErrorPath",
		"cannot execute its program",
	};
	const struct job *job;
	struct failure f;
	ssize_t n;

	for (;;) {
		n = read(failures[0], &f, sizeof(f));
		if (n == -1 && errno == EINTR)
			continue;
		if (n != (ssize_t)sizeof(f))
			return;
		job = job_by_pid(f.pid);
		if (job == NULL)
			continue;
		log_line(LOG_ERROR, job_label(job), f.pid, "%s: %s",
		    stages[f.stage], strerror(f.error));
	}
}

/*
 * Before the fork.
 */

static bool
same_name(const char *a, const char *b)
{

	for (; *a == *b; a++, b++)
		if (*a == '=')
			return (true);
	return (false);
}

/* Ours with the job's laid over it; the strings are borrowed. */
static char **
environment(const struct job_config *config)
{
	char **env, **e, **to, **job;
	size_t n;

	n = 1;
	for (e = environ; *e != NULL; e++)
		n++;
	for (e = config->env; e != NULL && *e != NULL; e++)
		n++;
	env = to = calloc(n, sizeof(*env));
	if (env == NULL)
		return (NULL);
	for (e = environ; *e != NULL; e++) {
		for (job = config->env; job != NULL && *job != NULL; job++)
			if (same_name(*e, *job))
				break;
		if (job == NULL || *job == NULL)
			*to++ = *e;
	}
	for (e = config->env; e != NULL && *e != NULL; e++)
		*to++ = *e;
	return (env);
}

/*
 * In the child: only what is safe after a fork of one thread of many.
 */

static void
fail(int fd, enum stage stage)
{
	struct failure f;

	f.error = errno;
	f.pid = getpid();
	f.stage = stage;
	(void)!write(fd, &f, sizeof(f));
	_exit(127);
}

/* O_NONBLOCK while opening: a FIFO without a peer must not hang the child. */
static int
open_as(const char *path, int flags, int fd)
{
	int got;

	got = open(path, flags | O_NOCTTY | O_NONBLOCK, 0644);
	if (got == -1)
		return (-1);
	(void)fcntl(got, F_SETFL, fcntl(got, F_GETFL) & ~O_NONBLOCK);
	if (got == fd)
		return (0);
	if (dup2(got, fd) == -1)
		return (-1);
	(void)close(got);
	return (0);
}

static void
child_files(const struct job_config *c, bool inherit, int report)
{
	const char *path;

	path = c->stdin_path != NULL ? c->stdin_path : "/dev/null";
	if (open_as(path, O_RDONLY, STDIN_FILENO) == -1)
		fail(report, STAGE_STDIN);
	path = c->stdout_path != NULL ? c->stdout_path :
	    inherit ? NULL : "/dev/null";
	if (path != NULL && open_as(path, O_WRONLY | O_CREAT | O_APPEND,
	    STDOUT_FILENO) == -1)
		fail(report, STAGE_STDOUT);
	path = c->stderr_path != NULL ? c->stderr_path :
	    inherit ? NULL : "/dev/null";
	if (path != NULL && open_as(path, O_WRONLY | O_CREAT | O_APPEND,
	    STDERR_FILENO) == -1)
		fail(report, STAGE_STDERR);
}

static void
child(const struct job_config *c, bool command, bool inherit, char **env)
{
	int report;

	report = failures[1];
	if (!command) {
		(void)setsid();
		/*
		 * The report goes to a number above the standard ones, all
		 * the rest is closed.
		 */
		if (report != STDERR_FILENO + 1) {
			if (dup2(report, STDERR_FILENO + 1) == -1)
				fail(report, STAGE_PROGRAM);
			report = STDERR_FILENO + 1;
			(void)fcntl(report, F_SETFD, FD_CLOEXEC);
		}
		if (c->working_directory != NULL &&
		    chdir(c->working_directory) == -1)
			fail(report, STAGE_DIRECTORY);
		child_files(c, inherit, report);
		closefrom(STDERR_FILENO + 2);
	}
	events_child();
	environ = env;
	(void)execvp(c->program, c->argv);
	fail(report, STAGE_PROGRAM);
}

pid_t
spawn(const struct job_config *config, bool command, bool inherit)
{
	char **env;
	pid_t pid;
	int error;

	env = environment(config);
	if (env == NULL) {
		errno = ENOMEM;
		return (-1);
	}
	pid = fork();
	if (pid == 0)
		child(config, command, inherit, env);
	error = errno;
	free(env);
	errno = error;
	return (pid);
}
