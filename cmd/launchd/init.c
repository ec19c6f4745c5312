/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd as process 1.
 *
 * It reaps every orphan, as it does anyway, loads the standard directories, and
 * ends by what reboot(2) does.  The boot of the base system, rc(8), is a job
 * like another.  When launchd cannot run, or is told to by SIGTERM, it leaves a
 * shell on the console: the machine can always be mended.
 */

#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "launchd.h"

#define	GRACE		5		/* seconds from TERM to KILL */

/* The standard directories, of which none must be there. */
char *const *
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

void
init_console(void)
{
	int fd;

	(void)setsid();
#ifdef __FreeBSD__
	(void)setlogin("root");
#endif
	(void)setenv("PATH", "/sbin:/bin:/usr/sbin:/usr/bin:"
	    "/usr/local/sbin:/usr/local/bin", 0);
	fd = open("/dev/console", O_RDWR | O_NONBLOCK);
	if (fd == -1)
		return;
	(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	(void)dup2(fd, STDIN_FILENO);
	(void)dup2(fd, STDOUT_FILENO);
	(void)dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}

static void
shell(void)
{
	int fd;

	(void)setsid();
	fd = open("/dev/console", O_RDWR);
	if (fd != -1) {
		(void)ioctl(fd, TIOCSCTTY, 0);
		(void)dup2(fd, STDIN_FILENO);
		(void)dup2(fd, STDOUT_FILENO);
		(void)dup2(fd, STDERR_FILENO);
		if (fd > STDERR_FILENO)
			(void)close(fd);
	}
	events_child();
	(void)execl("/bin/sh", "-sh", (char *)NULL);
	_exit(127);
}

/* Until the shell ends; orphans are reaped meanwhile. */
static void
single_user(void)
{
	pid_t child, pid;

	log_line(LOG_NOTICE, NULL, 0, "single user: a shell on the console");
	child = fork();
	if (child == 0)
		shell();
	while (child != -1) {
		pid = waitpid(-1, NULL, 0);
		if (pid == child || (pid == -1 && errno != EINTR))
			return;
	}
}

/* Everybody ends: told, then killed when the time is over. */
static void
end_all(void)
{
	const struct timespec grace = { .tv_sec = GRACE };
	siginfo_t si;
	sigset_t set;
	int signo;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	for (signo = SIGTERM; signo != 0;
	    signo = signo == SIGTERM ? SIGKILL : 0) {
		if (kill(-1, signo) == -1 && errno == ESRCH)
			return;
		for (;;) {
			while (waitpid(-1, NULL, WNOHANG) > 0)
				;
			if (waitpid(-1, NULL, WNOHANG) == -1 &&
			    errno == ECHILD)
				return;
			if (sigtimedwait(&set, &si, &grace) == -1 &&
			    errno == EAGAIN)
				break;
		}
	}
}

void
init_shutdown(int how)
{

	end_all();
	sync();
	if (how == 's' || how == 0 || how == 'e') {
		single_user();
		end_all();
		sync();
		how = 'r';
	}
	log_line(LOG_NOTICE, NULL, 0, how == 'r' ? "restarting" : "halting");
#ifdef __FreeBSD__
	(void)reboot(how == 'p' ? RB_HALT | RB_POWEROFF :
	    how == 'h' ? RB_HALT : RB_AUTOBOOT);
#else
	(void)reboot(how == 'p' ? RB_POWER_OFF :
	    how == 'h' ? RB_HALT_SYSTEM : RB_AUTOBOOT);
#endif
	/* It cannot be done: process 1 must not end. */
	for (;;)
		(void)pause();
}
