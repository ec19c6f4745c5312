/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Runs the cases of a conformance test; see ct.h.
 *
 * The parent forks a child in a process group of its own for each case and
 * waits for it; the child's standard output and error go to a pipe and are
 * printed as TAP comments.  After the time limit, or when the child has ended,
 * the whole group is killed, so nothing that a case forked outlives it.
 *
 * With CT_LEAKCHECK=1 in the environment, which is for a Mach kernel that
 * nobody else uses, the kernel's counts of live objects must be back where
 * they were before the case.
 */

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"

static struct ct_case *first_case, **last_case = &first_case;
static int child_pipe[2];	/* written by the SIGCHLD handler */
static bool leak_check;

static void
child_handler(int sig)
{
	int saved;

	(void)sig;
	saved = errno;
	(void)!write(child_pipe[1], "", 1);
	errno = saved;
}

void
ct_register(struct ct_case *c)
{

	*last_case = c;
	last_case = &c->next;
}

/* Print what the case wrote, a comment a line. */
static void
print_output(const char *buf, size_t len)
{
	const char *nl;

	while (len > 0) {
		nl = memchr(buf, '\n', len);
		if (nl == NULL)
			nl = buf + len;
		printf("# %.*s\n", (int)(nl - buf), buf);
		len -= (size_t)(nl - buf);
		buf = nl;
		if (len > 0) {
			buf++;
			len--;
		}
	}
}

enum outcome { PASSED, FAILED, SKIPPED };

static enum outcome
run_case(struct ct_case *c, int number)
{
	char out[65536];
	struct ct_counts before, after;
	struct pollfd pfd[2];
	size_t len;
	uint64_t deadline, now;
	ssize_t n;
	pid_t pid;
	mach_msg_type_number_t i;
	int fds[2], status;
	char discard[16];
	bool ended, timed_out;

	if (leak_check)
		ct_counts_get(&before);
	if (pipe(fds) == -1) {
		perror("pipe");
		exit(2);
	}
	fflush(NULL);
	pid = fork();
	if (pid == -1) {
		perror("fork");
		exit(2);
	}
	if (pid == 0) {
		setpgid(0, 0);
		signal(SIGCHLD, SIG_DFL);
		close(child_pipe[0]);
		close(child_pipe[1]);
		close(fds[0]);
		dup2(fds[1], STDOUT_FILENO);
		dup2(fds[1], STDERR_FILENO);
		close(fds[1]);
		ct_case_pid = getpid();
		c->func();
		_exit(0);
	}
	setpgid(pid, pid);	/* whoever comes first */
	close(fds[1]);

	/*
	 * The case ends with its own process; what it forked and left running
	 * is killed then.
	 */
	ended = timed_out = false;
	deadline = ct_now_ms() + (uint64_t)patience(c->timeout) * 1000;
	len = 0;
	status = 0;
	pfd[0].fd = fds[0];
	pfd[0].events = POLLIN;
	pfd[1].fd = child_pipe[0];
	pfd[1].events = POLLIN;
	while (!ended || pfd[0].fd != -1) {
		now = ct_now_ms();
		if (!ended && now >= deadline) {
			timed_out = true;
			kill(-pid, SIGKILL);
			deadline = UINT64_MAX;
		}
		if (poll(pfd, 2, ended || timed_out ? -1 :
		    (int)(deadline - now)) <= 0)
			continue;
		if ((pfd[1].revents & POLLIN) != 0) {
			(void)!read(child_pipe[0], discard, sizeof(discard));
			if (!ended && waitpid(pid, &status, WNOHANG) == pid) {
				ended = true;
				kill(-pid, SIGKILL);
			}
		}
		if (pfd[0].revents == 0)
			continue;
		if (len == sizeof(out))
			len = 0;	/* keep the last of it */
		n = read(fds[0], out + len, sizeof(out) - len);
		if (n > 0) {
			len += (size_t)n;
			continue;
		}
		pfd[0].fd = -1;
	}
	close(fds[0]);

	if (leak_check && !ct_counts_back(&before, &after)) {
		printf("not ok %d - %s\n", number, c->name);
		print_output(out, len);
		printf("# counts of live objects (tasks, threads, spaces, "
		    "names, ports, sets, messages, bytes, semaphores, timers) "
		    "did not come back:\n# before");
		for (i = 0; i < before.n; i++)
			printf(" %ju", (uintmax_t)before.v[i]);
		printf("\n# after ");
		for (i = 0; i < after.n; i++)
			printf(" %ju", (uintmax_t)after.v[i]);
		printf("\n");
		return (FAILED);
	}
	if (!timed_out && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		printf("ok %d - %s\n", number, c->name);
		print_output(out, len);
		return (PASSED);
	}
	if (!timed_out && WIFEXITED(status) &&
	    WEXITSTATUS(status) == CT_EXIT_SKIP) {
		while (len > 0 && out[len - 1] == '\n')
			len--;
		printf("ok %d - %s # SKIP %.*s\n", number, c->name, (int)len,
		    out);
		return (SKIPPED);
	}
	printf("not ok %d - %s\n", number, c->name);
	print_output(out, len);
	if (timed_out)
		printf("# no end within %u s\n", patience(c->timeout));
	else if (WIFSIGNALED(status))
		printf("# killed by signal %d\n", WTERMSIG(status));
	return (FAILED);
}

static struct ct_case *
find_case(const char *name)
{
	struct ct_case *c;

	for (c = first_case; c != NULL; c = c->next) {
		if (strcmp(c->name, name) == 0)
			return (c);
	}
	fprintf(stderr, "no case %s\n", name);
	exit(2);
}

int
main(int argc, char **argv)
{
	struct sigaction sa;
	struct ct_case *c;
	int failed, i, number, opt, total;
	bool direct;

	direct = false;
	while ((opt = getopt(argc, argv, "dl")) != -1) {
		switch (opt) {
		case 'd':
			direct = true;
			break;
		case 'l':
			for (c = first_case; c != NULL; c = c->next)
				printf("%s\n", c->name);
			return (0);
		default:
			fprintf(stderr, "usage: %s [-l] [-d] [case ...]\n",
			    argv[0]);
			return (2);
		}
	}
	argc -= optind;
	argv += optind;
	if (direct) {
		ct_case_pid = getpid();
		for (i = 0; i < argc; i++)
			find_case(argv[i])->func();
		return (0);
	}
	total = argc;
	if (argc == 0) {
		for (c = first_case; c != NULL; c = c->next)
			total++;
	}
	if (pipe(child_pipe) == -1) {
		perror("pipe");
		return (2);
	}
	fcntl(child_pipe[0], F_SETFL, O_NONBLOCK);
	fcntl(child_pipe[1], F_SETFL, O_NONBLOCK);
	sa.sa_handler = child_handler;
	sa.sa_flags = SA_RESTART;
	sigemptyset(&sa.sa_mask);
	sigaction(SIGCHLD, &sa, NULL);
	leak_check = getenv("CT_LEAKCHECK") != NULL;
	printf("1..%d\n", total);
	failed = 0;
	number = 0;
	c = argc > 0 ? find_case(argv[0]) : first_case;
	while (c != NULL) {
		if (run_case(c, ++number) == FAILED)
			failed++;
		fflush(stdout);
		if (argc > 0)
			c = number < argc ? find_case(argv[number]) : NULL;
		else
			c = c->next;
	}
	return (failed == 0 ? 0 : 1);
}
