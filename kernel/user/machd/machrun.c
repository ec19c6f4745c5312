/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * machrun: run a command inside a Mach kernel of its own.
 *
 * Makes a directory for the socket, starts machd on it, waits for machd's
 * notice that it listens, runs the command with MACHD_SOCKET set and exits as
 * it did.  machd ends by itself, and removes the directory, when the command
 * and every other process that used it are gone: until the command has ended
 * we hold the write end of a pipe.
 */

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	EXIT_USAGE	64
#define	EXIT_OSERR	71
#define	EXIT_NOEXEC	126
#define	EXIT_NOCMD	127

static char directory[] = "/tmp/machrun." "XX" "XX" "XX";
static char socket_path[sizeof(directory) + sizeof("/socket")];
static const char *machd_path;
static bool machd_gone;		/* before the command */
static int machd_status;
static bool all_users;
static bool check_leaks;
static bool wait_machd;
static char *limits[32];		/* -o */
static int nlimits;
static bool verbose;

static void
say(const char *what, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	(void)dprintf(STDERR_FILENO, "machrun: %s: %s\n", what, line);
}

static void
usage(void)
{

	(void)fprintf(stderr,
	    "usage: machrun [-alvw] [-m machd] [-o limit=value] [--] "
	    "command [argument ...]\n");
	exit(EXIT_USAGE);
}

/* Beside ourselves, or wherever execvp() finds it. */
static const char *
find_machd(void)
{
	static char path[PATH_MAX];
	char *slash;
	ssize_t n;

	n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (n > 0) {
		path[n] = '\0';
		slash = strrchr(path, '/');
		if (slash != NULL && (size_t)(slash - path) + sizeof("/machd")
		    <= sizeof(path)) {
			strcpy(slash, "/machd");
			if (access(path, X_OK) == 0)
				return (path);
		}
	}
	return ("machd");
}

/* In the child: machd, apart from the terminal's signals. */
static void
exec_machd(int ready, int hold)
{
	char *argv[16 + 2 * sizeof(limits) / sizeof(limits[0])];
	char readytext[16], holdtext[16];
	int i, n;

	(void)setpgid(0, 0);
	(void)fcntl(ready, F_SETFD, 0);
	(void)fcntl(hold, F_SETFD, 0);
	(void)snprintf(readytext, sizeof(readytext), "%d", ready);
	(void)snprintf(holdtext, sizeof(holdtext), "%d", hold);
	n = 0;
	argv[n++] = (char *)(uintptr_t)machd_path;
	argv[n++] = "--socket";
	argv[n++] = socket_path;
	argv[n++] = "--ready-fd";
	argv[n++] = readytext;
	argv[n++] = "--hold-fd";
	argv[n++] = holdtext;
	argv[n++] = "--remove-directory";
	if (all_users)
		argv[n++] = "--all-users";
	if (check_leaks)
		argv[n++] = "--check-leaks";
	for (i = 0; i < nlimits; i++) {
		argv[n++] = "-o";
		argv[n++] = limits[i];
	}
	if (verbose)
		argv[n++] = "-v";
	argv[n] = NULL;
	(void)execvp(machd_path, argv);
	say(machd_path, "%s", strerror(errno));
	_exit(EXIT_OSERR);
}

static pid_t
start_machd(int *holdp)
{
	int hold[2], ready[2];
	char byte;
	pid_t pid;
	ssize_t n;

	if (pipe2(hold, O_CLOEXEC) != 0 || pipe2(ready, O_CLOEXEC) != 0) {
		say("pipe", "%s", strerror(errno));
		return (-1);
	}
	pid = fork();
	if (pid == 0) {
		(void)close(hold[1]);
		(void)close(ready[0]);
		exec_machd(ready[1], hold[0]);
	}
	(void)close(hold[0]);
	(void)close(ready[1]);
	if (pid < 0) {
		say("fork", "%s", strerror(errno));
		return (-1);
	}
	do
		n = read(ready[0], &byte, 1);
	while (n < 0 && errno == EINTR);
	(void)close(ready[0]);
	if (n != 1) {
		say(machd_path, "did not start");
		(void)waitpid(pid, NULL, 0);
		return (-1);
	}
	*holdp = hold[1];
	return (pid);
}

/* A machd that was killed could not clean up. */
static void
remove_left_over(int machd_wstatus)
{

	if (!WIFSIGNALED(machd_wstatus) && WEXITSTATUS(machd_wstatus) == 0)
		return;
	(void)unlink(socket_path);
	(void)rmdir(directory);
}

/* Pass on what is meant for the command until it ends. */
static int
wait_command(pid_t pid, pid_t machd, const sigset_t *signals)
{
	siginfo_t info;
	pid_t who;
	int sig, status;

	for (;;) {
		while ((who = waitpid(-1, &status, WNOHANG)) > 0) {
			if (who == pid)
				return (status);
			if (who == machd && !machd_gone) {
				machd_gone = true;
				machd_status = status;
				remove_left_over(status);
				say("machd", WIFSIGNALED(machd_status) ?
				    "killed by signal %d" :
				    "ended with status %d",
				    WIFSIGNALED(machd_status) ?
				    WTERMSIG(machd_status) :
				    WEXITSTATUS(machd_status));
			}
		}
		sig = sigwaitinfo(signals, &info);
		if (sig < 0 || sig == SIGCHLD)
			continue;
		/* What the terminal sends, it sends to the command too. */
		if (info.si_code == SI_KERNEL)
			continue;
		(void)kill(pid, sig);
	}
}

int
main(int argc, char **argv)
{
	static const int forwarded[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM,
	    SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH, SIGCONT };
	sigset_t old, signals;
	pid_t machd, pid;
	size_t i;
	int c, hold, mstatus, status;

	while ((c = getopt(argc, argv, "+alm:o:vw")) != -1) {
		switch (c) {
		case 'a':
			all_users = true;
			break;
		case 'l':
			check_leaks = true;
			wait_machd = true;
			break;
		case 'm':
			machd_path = optarg;
			break;
		case 'o':
			if (nlimits ==
			    (int)(sizeof(limits) / sizeof(limits[0])))
				usage();
			limits[nlimits++] = optarg;
			break;
		case 'v':
			verbose = true;
			break;
		case 'w':
			wait_machd = true;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		usage();
	if (machd_path == NULL)
		machd_path = find_machd();

	if (mkdtemp(directory) == NULL) {
		say(directory, "%s", strerror(errno));
		return (EXIT_OSERR);
	}
	if (all_users && chmod(directory, 0755) != 0) {
		say(directory, "%s", strerror(errno));
		return (EXIT_OSERR);
	}
	(void)snprintf(socket_path, sizeof(socket_path), "%s/socket",
	    directory);
	machd = start_machd(&hold);
	if (machd < 0) {
		(void)rmdir(directory);
		return (EXIT_OSERR);
	}
	if (verbose)
		say(socket_path, "machd is process %ld", (long)machd);

	(void)sigemptyset(&signals);
	for (i = 0; i < sizeof(forwarded) / sizeof(forwarded[0]); i++)
		(void)sigaddset(&signals, forwarded[i]);
	(void)sigaddset(&signals, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &signals, &old);

	pid = fork();
	if (pid < 0) {
		say("fork", "%s", strerror(errno));
		(void)close(hold);
		(void)waitpid(machd, NULL, 0);
		return (EXIT_OSERR);
	}
	if (pid == 0) {
		(void)sigprocmask(SIG_SETMASK, &old, NULL);
		if (setenv("MACHD_SOCKET", socket_path, 1) != 0) {
			say("MACHD_SOCKET", "%s", strerror(errno));
			_exit(EXIT_OSERR);
		}
		(void)execvp(argv[0], argv);
		c = errno == ENOENT ? EXIT_NOCMD : EXIT_NOEXEC;
		say(argv[0], "%s", strerror(errno));
		_exit(c);
	}

	status = wait_command(pid, machd, &signals);
	(void)close(hold);
	if (wait_machd) {
		(void)sigprocmask(SIG_SETMASK, &old, NULL);
		mstatus = machd_status;
		if (!machd_gone && waitpid(machd, &mstatus, 0) != machd)
			mstatus = 0;
		remove_left_over(mstatus);
		if (mstatus != 0 && status == 0)
			return (WIFEXITED(mstatus) ? WEXITSTATUS(mstatus) :
			    128 + WTERMSIG(mstatus));
	}
	if (WIFSIGNALED(status))
		return (128 + WTERMSIG(status));
	return (WEXITSTATUS(status));
}
