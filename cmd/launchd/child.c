/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the new process of a job does to itself before its program: a session,
 * limits, root, user, directory, files.  launchd has one thread, so all of the
 * C library works here.
 *
 * Whatever fails is reported and ends it: a job that cannot be confined as it
 * was told to be does not run.
 */

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <sched.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"

extern char **environ;

struct default_limit default_limits[JOB_LIMITS];

void
child_failed(int fd, enum stage stage)
{
	struct failure f;

	memset(&f, 0, sizeof(f));
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

/* An inetd job has its connection, or its socket, as all three. */
static int
inetd_descriptor(const struct job *job)
{

	if (job->j_connection != -1)
		return (job->j_connection);
	if (job->j_config->inetd != INETD_NO && job->j_nsockets != 0)
		return (job->j_sockets[0].js_file.lf_fd);
	return (-1);
}

static void
open_files(const struct job *job, bool inherit, int report)
{
	const struct job_config *c;
	const char *path;
	int fd;

	c = job->j_config;
	fd = inetd_descriptor(job);
	if (fd != -1) {
		(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
		if (dup2(fd, STDIN_FILENO) == -1)
			child_failed(report, STAGE_STDIN);
		if (dup2(fd, STDOUT_FILENO) == -1)
			child_failed(report, STAGE_STDOUT);
		if (dup2(fd, STDERR_FILENO) == -1)
			child_failed(report, STAGE_STDERR);
		return;
	}
	if (c->console) {
		init_take_console();
		return;
	}
	path = c->stdin_path != NULL ? c->stdin_path : "/dev/null";
	if (open_as(path, O_RDONLY, STDIN_FILENO) == -1)
		child_failed(report, STAGE_STDIN);
	path = c->stdout_path != NULL ? c->stdout_path :
	    inherit ? NULL : "/dev/null";
	if (path != NULL && open_as(path, O_WRONLY | O_CREAT | O_APPEND,
	    STDOUT_FILENO) == -1)
		child_failed(report, STAGE_STDOUT);
	path = c->stderr_path != NULL ? c->stderr_path :
	    inherit ? NULL : "/dev/null";
	if (path != NULL && open_as(path, O_WRONLY | O_CREAT | O_APPEND,
	    STDERR_FILENO) == -1)
		child_failed(report, STAGE_STDERR);
}

/* Hard limits first; a soft one above the hard one means the hard one. */
static void
set_limits(const struct job_config *c, int report)
{
	struct rlimit rl;
	unsigned i;

	for (i = 0; i < JOB_LIMITS; i++) {
		if (default_limits[i].set && setrlimit(job_limit_resource(i),
		    &default_limits[i].value) == -1)
			child_failed(report, STAGE_LIMIT);
		if (c->soft[i] == -1 && c->hard[i] == -1)
			continue;
		if (getrlimit(job_limit_resource(i), &rl) == -1)
			child_failed(report, STAGE_LIMIT);
		if (c->hard[i] != -1)
			rl.rlim_max = (rlim_t)c->hard[i];
		if (c->soft[i] != -1)
			rl.rlim_cur = (rlim_t)c->soft[i];
		if (rl.rlim_cur > rl.rlim_max)
			rl.rlim_cur = rl.rlim_max;
		if (setrlimit(job_limit_resource(i), &rl) == -1)
			child_failed(report, STAGE_LIMIT);
	}
}

#define	BACKGROUND_NICE	5

static void
set_priority(const struct job_config *c, int report)
{
	bool background;

	background = c->process_type != NULL &&
	    strcmp(c->process_type, "Background") == 0;
	if ((c->nice_given || background) && setpriority(PRIO_PROCESS, 0,
	    c->nice_given ? c->nice : BACKGROUND_NICE) == -1)
		child_failed(report, STAGE_NICE);
#ifdef __linux__
	if (background) {
		const struct sched_param none = { 0 };

		(void)sched_setscheduler(0, SCHED_BATCH, &none);
	}
	/* Of this process (1, 0): the idle class (3). */
	if (c->low_priority_io)
		(void)syscall(SYS_ioprio_set, 1, 0, 3 << 13);
#endif
}

static void
become(const struct job_config *c, const struct identity *who, int report)
{

	if (!who->set)
		return;
	if (c->init_groups ? initgroups(who->name, who->gid) == -1 :
	    setgroups(1, &who->gid) == -1)
		child_failed(report, STAGE_GROUP);
	if (setgid(who->gid) == -1)
		child_failed(report, STAGE_GROUP);
	if (setuid(who->uid) == -1)
		child_failed(report, STAGE_USER);
}

static void
confine(const struct job_config *c, int report)
{

	if (c->root_directory != NULL && (chroot(c->root_directory) == -1 ||
	    chdir("/") == -1))
		child_failed(report, STAGE_ROOT);
	if (c->umask != -1)
		(void)umask((mode_t)c->umask);
	set_priority(c, report);
	set_limits(c, report);
}

static char **
arguments(const struct job_config *c, int report)
{
	glob_t g;
	size_t i;
	int flags;

	if (!c->globbing)
		return (c->argv);
	memset(&g, 0, sizeof(g));
	flags = GLOB_NOCHECK | GLOB_TILDE;
	for (i = 0; c->argv[i] != NULL; i++) {
		if (glob(c->argv[i], flags, NULL, &g) != 0) {
			errno = ENOMEM;
			child_failed(report, STAGE_PROGRAM);
		}
		flags |= GLOB_APPEND;
	}
	return (g.gl_pathv);
}

void
child(const struct job *job, const struct identity *who, bool inherit,
    char **env, int report)
{
	const struct job_config *c;

	c = job->j_config;
	if (!job->j_command) {
		(void)setsid();
		if (job->j_boot)
			init_login_class("daemon");
		else if (job->j_tty)
			init_login_class("default");
		/* A user's own list gets no more than the user may. */
		if (job->j_domain->d_kind != DOMAIN_SYSTEM ||
		    job->j_server != NULL) {
			become(c, who, report);
			confine(c, report);
		} else {
			confine(c, report);
			become(c, who, report);
		}
		if (c->working_directory != NULL &&
		    chdir(c->working_directory) == -1)
			child_failed(report, STAGE_DIRECTORY);
		open_files(job, inherit, report);
		/*
		 * The report goes to the number above the standard ones, all
		 * the rest is closed.
		 */
		if (report != STDERR_FILENO + 1) {
			if (dup2(report, STDERR_FILENO + 1) == -1)
				child_failed(report, STAGE_PROGRAM);
			report = STDERR_FILENO + 1;
			(void)fcntl(report, F_SETFD, FD_CLOEXEC);
		}
		closefrom(STDERR_FILENO + 2);
	}
	events_child();
	environ = env;
	env = arguments(c, report);
	if (c->wait_for_debugger)
		(void)raise(SIGSTOP);
	(void)execvp(c->program, env);
	child_failed(report, STAGE_PROGRAM);
}
