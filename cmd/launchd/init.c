/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd as process 1: init.h is the map.
 *
 *	[single user] -> [rc(8)] -> jobs -> end -> reboot(2), single user, or
 *	another root (reroot.c)
 *
 * One user has the console before there is an event loop, and a kernel that
 * knows of Mach is not needed for it.  Going down to one user is a new life of
 * process 1: it executes itself, as the system's kernel would with -s, and
 * nothing of the old one can be in the way.
 *
 * rc(8) is a job, the only one while it runs: where jobs are loaded from may be
 * mounted by it.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"

#define	GRACE		5		/* seconds from TERM to KILL */
#define	REBOOT_WAIT	30		/* reboot(8) has killed the shell */

#define	RC_SHUTDOWN	"/etc/rc.shutdown"
#define	RC_FINAL	"/etc/rc.final"
#define	LOGIN		"/usr/bin/login"

static char *self;			/* the path we were executed from */
static bool fast;			/* rc(8) is not the machine's start */

bool
init_is(int argc, char *const *argv)
{

	if (getpid() != 1 || argc > 2)
		return (false);
	return (argc < 2 || (argv[1][0] == '-' &&
	    argv[1][strspn(argv[1], "-fsr")] == '\0'));
}

/* The standard directories, of which none must be there. */
static char *const *
init_paths(void)
{
	static char *const standard[] = {
		"/etc/launchd.d",
		"/usr/local/etc/launchd.d",
	};
	static char *paths[sizeof(standard) / sizeof(standard[0]) + 1];
	size_t i, n;

	n = 0;
	for (i = 0; i < sizeof(standard) / sizeof(standard[0]); i++)
		if (access(standard[i], F_OK) == 0)
			paths[n++] = standard[i];
	paths[n] = NULL;
	return (paths);
}

/*
 * Waiting, without the loop.
 */

/* What a signal asks process 1 to become: see shutdown_then().  0: nothing. */
static int
signal_meaning(int signo)
{

	switch (signo) {
	case SIGINT:
		return ('r');
	case SIGUSR1:
		return ('h');
	case SIGUSR2:
		return ('p');
	case SIGWINCH:
		return ('c');
	case SIGTERM:
		return ('s');
#ifdef SIGEMT
	case SIGEMT:
		return (init_can_reroot(self) ? 'm' : 0);
#endif
	default:
		return (0);
	}
}

static uint64_t
milliseconds(void)
{

	return (now() / MILLISECOND);
}

/*
 * Until the child has ended, and with `child` 0 until nobody is left: orphans
 * are reaped.  False: the time was over, or a signal told us to become *how.
 */
static bool
reap(pid_t child, int *status, uint64_t end, int *how)
{
	struct timespec ts;
	sigset_t set;
	uint64_t t;
	pid_t pid;
	int signo;

	events_signal_set(&set);
	for (;;) {
		while ((pid = waitpid(-1, status, WNOHANG | WUNTRACED)) > 0)
			if (pid != child)
				continue;
			else if (WIFSTOPPED(*status))
				(void)kill(pid, SIGCONT);
			else
				return (true);
		if (pid == -1 && errno == ECHILD) {
			*status = -1;
			return (true);
		}
		t = milliseconds();
		if (t >= end)
			return (false);
		ts.tv_sec = (time_t)((end - t) / 1000);
		ts.tv_nsec = (long)((end - t) % 1000 * 1000000);
		if (ts.tv_sec > 3600)
			ts.tv_sec = 3600;
		signo = sigtimedwait(&set, NULL, &ts);
		if (how != NULL && signo > 0) {
			*how = signal_meaning(signo);
			if (*how != 0)
				return (false);
		}
	}
}

/* Everybody ends: told, then killed when the time is over. */
static void
end_all(void)
{
	int status;

	if (kill(-1, SIGTERM) == -1 && errno == ESRCH)
		return;
	(void)kill(-1, SIGCONT);
	if (reap(0, &status, milliseconds() + GRACE * 1000, NULL))
		return;
	if (kill(-1, SIGKILL) == -1 && errno == ESRCH)
		return;
	if (!reap(0, &status, milliseconds() + GRACE * 1000, NULL))
		log_line(LOG_WARNING, NULL, 0, "some processes do not end");
}

void
init_standard_files(int fd)
{

	(void)dup2(fd, STDIN_FILENO);
	(void)dup2(fd, STDOUT_FILENO);
	(void)dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}

/* A script of rc(8) on the console, with one argument or none. */
static pid_t
script_start(const char *path, const char *argument)
{
	pid_t pid;

	pid = fork();
	if (pid == -1)
		log_line(LOG_ERROR, path, 0, "cannot fork: %s",
		    strerror(errno));
	if (pid != 0)
		return (pid);
	(void)setsid();
	init_take_console();
	init_login_class("daemon");
	events_child();
	if (access(path, X_OK) == 0)
		(void)execl(path, path, argument, (char *)NULL);
	(void)execl(init_shell(), "sh", path, argument, (char *)NULL);
	_exit(127);
}

static void
script(const char *path, const char *argument, unsigned seconds)
{
	pid_t pid;
	int status;

	if (access(path, F_OK) == -1)
		return;
	pid = script_start(path, argument);
	if (pid == -1)
		return;
	if (!reap(pid, &status, milliseconds() + seconds * 1000ULL, NULL)) {
		log_line(LOG_WARNING, path, pid, "did not end in %u s",
		    seconds);
		(void)kill(-pid, SIGTERM);
	} else if (status != 0)
		log_line(LOG_WARNING, path, pid, WIFSIGNALED(status) ?
		    "killed by signal %d" : "exited with %d",
		    WIFSIGNALED(status) ? WTERMSIG(status) :
		    WEXITSTATUS(status));
}

/*
 * One user.
 */

static pid_t
shell_start(void)
{
	pid_t pid;

	pid = fork();
	if (pid != 0)
		return (pid);
	(void)setsid();
	init_take_console();
	events_child();
	if (init_console_secure()) {
		(void)execl(init_shell(), "-sh", (char *)NULL);
		(void)execl("/bin/sh", "-sh", (char *)NULL);
	} else
		(void)execl(LOGIN, "login", "root", (char *)NULL);
	_exit(127);
}

/* End everybody and do it; for 's' there is nothing to do but to go on. */
static void
stop_machine(int how)
{

	end_all();
	sync();
	if (how == 's')
		return;
	if (how == 'm') {
		log_line(LOG_NOTICE, NULL, 0, "mounting another root");
		init_reroot();
		return;
	}
	script(RC_FINAL, NULL, init_shutdown_time());
	log_line(LOG_NOTICE, NULL, 0, how == 'r' ? "restarting" : "halting");
	init_reboot(how);
	/* It cannot be done, and process 1 must not end. */
	log_line(LOG_ERROR, NULL, 0, "reboot: %s", strerror(errno));
}

/* Until the shell ends as a shell does. */
static void
single_user(void)
{
	pid_t pid;
	int how, status;

	for (;;) {
		log_line(LOG_NOTICE, NULL, 0, "single user: a shell on the "
		    "console");
		pid = shell_start();
		if (pid == -1) {
			log_line(LOG_ERROR, NULL, 0, "cannot fork: %s",
			    strerror(errno));
			(void)reap(0, &status, milliseconds() + 1000, NULL);
			continue;
		}
		how = 0;
		if (!reap(pid, &status, UINT64_MAX, &how)) {
			stop_machine(how);
			continue;
		}
		if (status != -1 && WIFEXITED(status))
			return;
		/* By reboot(8), who kills everybody and then does it. */
		if (status != -1 && WTERMSIG(status) == SIGKILL &&
		    !reap(-1, &status, milliseconds() + REBOOT_WAIT * 1000,
		    &how) && how != 0)
			stop_machine(how);
	}
}

static void
execute_self(char *flag)
{
	char *argv[] = { self, flag, NULL };

	(void)execv(self, argv);
	log_line(LOG_ERROR, NULL, 0, "%s: %s", self, strerror(errno));
}

/* A new life, for one user. */
static void __attribute__((noreturn))
go_single(void)
{
	static char flag[] = "-s";

	execute_self(flag);
	for (;;)
		single_user();
}

/*
 * Starting.
 */

void
init_prepare(int argc, char **argv)
{
	static char flag[] = "-f";
	bool single;

	self = argv[0];
	single = argc == 2 && strpbrk(argv[1], "sr") != NULL;
	fast = single || (argc == 2 && strchr(argv[1], 'f') != NULL);
	(void)setsid();
	(void)log_open("/dev/console");
	(void)setenv("PATH", "/sbin:/bin:/usr/sbin:/usr/bin:"
	    "/usr/local/sbin:/usr/local/bin", 0);
	events_block_signals();
	/* If it cannot be done, one user may. */
	if (argc == 2 && strchr(argv[1], 'r') != NULL)
		init_reroot_finish();
	else
		init_reroot_clean();
	if (single)
		single_user();
	if (mach_task_self() == MACH_PORT_NULL && init_load_kernel())
		execute_self(fast ? flag : NULL);
	if (init_rc() == NULL)
		init_mount_root();
}

void
init_resume(char *path)
{

	self = path;
	(void)log_open("/dev/console");
}

void
init_failed(void)
{
	static char init[] = "/sbin/init";
	char *argv[] = { init, NULL };

	/* The base system's own, unless that is us. */
	if (strcmp(self, init) != 0) {
		events_child();
		(void)execv(init, argv);
		events_block_signals();
	}
	log_line(LOG_ERROR, NULL, 0, "%s: %s", init, strerror(errno));
	go_single();
}

/* Several users: all jobs, and the terminals. */
static void
start_jobs(void)
{

	(void)load_paths(init_paths(), false);
	jobs_launch();
	if (init_rc() != NULL) {
		init_secure();
		ttys_read();
	}
}

void
init_begin(void)
{
	static char autoboot[] = "autoboot";
	char *argv[4];
	struct job_config *config;
	struct plist_error error;
	struct job *job;

	if (init_rc() == NULL) {
		start_jobs();
		return;
	}
	argv[0] = init_shell();
	argv[1] = init_rc();
	argv[2] = fast ? NULL : autoboot;
	argv[3] = NULL;
	job = NULL;
	config = job_config_command("rc", argv);
	if (config != NULL) {
		config->console = true;
		config->launch_only_once = true;
		config->abandon_group = true;
		job = job_add(system_domain, config, NULL, false, &error);
		job_config_free(config);
	}
	if (job == NULL) {
		log_line(LOG_ERROR, "rc", 0, "out of memory");
		go_single();
	}
	job->j_boot = true;
	job_launch(job);
}

void
init_rc_ended(int status)
{

	if (shutting_down)
		return;
	/* It has executed reboot(8), which will tell us. */
	if (jobs_held && WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM)
		return;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		go_single();
	start_jobs();
}

/*
 * Signals and the end.
 */

static bool
booting(void)
{
	const struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_boot)
			return (true);
	return (false);
}

void
init_signal(int signo)
{
	int how;

	switch (signo) {
	case SIGHUP:
		jobs_hold(false);
		if (init_rc() != NULL && !booting())
			ttys_read();
		break;
	case SIGTSTP:
		jobs_hold(true);
		break;
	default:
		how = signal_meaning(signo);
		if (how == 0)
			break;
		shutdown_then(how);
		shutdown_begin(strsignal(signo));
		break;
	}
}

void
init_shutdown(int how)
{

	if (how == 0 || how == 'e')
		how = 's';
	if (init_rc() != NULL)
		script(RC_SHUTDOWN, how == 's' || how == 'm' ? "single" :
		    "reboot", init_shutdown_time());
	stop_machine(how);
	go_single();
}
