/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The checks of the conformance tests, their child processes and gates; see
 * ct.h.  What runs the cases is in ct_run.c, so that a program with a main() of
 * its own can have the rest.
 */

#include <sys/wait.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"

#define	LEAK_WAIT_MS	patience(5000)	/* a dead task is torn down by then */

/* Not in the public headers: the kernel's counts of live objects. */
kern_return_t mach_counters_trap(uint64_t *, mach_msg_type_number_t *);

pid_t ct_case_pid;

static void
message(const char *fmt, va_list ap)
{
	char buf[1024];
	int n;

	n = vsnprintf(buf, sizeof(buf) - 1, fmt, ap);
	if (n < 0)
		return;
	if ((size_t)n > sizeof(buf) - 2)
		n = sizeof(buf) - 2;
	buf[n++] = '\n';
	/* One write: lines of several processes do not mix. */
	if (write(STDOUT_FILENO, buf, (size_t)n) == -1)
		_exit(1);
}

void
ct_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(fmt, ap);
	va_end(ap);
}

void
ct_fail(const char *file, int line, const char *fmt, ...)
{
	char buf[900];
	va_list ap;
	const char *base;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	base = strrchr(file, '/');
	ct_note("%s:%d:%s %s", base != NULL ? base + 1 : file, line,
	    getpid() == ct_case_pid ? "" : " (child)", buf);
	_exit(1);
}

void
ct_skip(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(fmt, ap);
	va_end(ap);
	_exit(CT_EXIT_SKIP);
}

const char *
ct_code(int code)
{
	static char buf[4][96];
	static int next;
	char *b;

	b = buf[next++ & 3];
	snprintf(b, sizeof(buf[0]), "%#x (%s)", (unsigned)code,
	    mach_error_string(code));
	return (b);
}

const char *
ct_errno(void)
{

	return (strerror(errno));
}

uint64_t
ct_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000);
}

pid_t
ct_fork(void)
{
	pid_t pid;

	pid = fork();
	if (pid == -1)
		ct_fail(__FILE__, __LINE__, "fork: %s", ct_errno());
	return (pid);
}

void
ct_child_exit(void)
{

	_exit(0);
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1) {
		if (errno != EINTR)
			ct_fail(__FILE__, __LINE__, "waitpid: %s", ct_errno());
	}
	return (status);
}

void
ct_wait(pid_t pid)
{
	int status;

	status = wait_for(pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == CT_EXIT_SKIP)
		_exit(CT_EXIT_SKIP);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		ct_fail(__FILE__, __LINE__, "child ended with status %#x",
		    (unsigned)status);
}

void
ct_wait_signal(pid_t pid, int sig)
{
	int status;

	status = wait_for(pid);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != sig)
		ct_fail(__FILE__, __LINE__,
		    "child ended with status %#x, expected signal %d",
		    (unsigned)status, sig);
}

void
ct_gate_init(struct ct_gate *g)
{

	CT_POSIX(pipe(g->fds));
}

void
ct_gate_put(struct ct_gate *g, uint64_t value)
{

	CT_EQ(write(g->fds[1], &value, sizeof(value)), sizeof(value));
}

uint64_t
ct_gate_get(struct ct_gate *g)
{
	uint64_t value;
	ssize_t n;

	do
		n = read(g->fds[0], &value, sizeof(value));
	while (n == -1 && errno == EINTR);
	CT_EQ(n, sizeof(value));
	return (value);
}

void
ct_gate_open(struct ct_gate *g)
{

	ct_gate_put(g, 1);
}

void
ct_gate_wait(struct ct_gate *g)
{

	(void)ct_gate_get(g);
}

void
ct_counts_get(struct ct_counts *c)
{

	memset(c, 0, sizeof(*c));
	c->n = CT_COUNTERS;
	if (mach_counters_trap(c->v, &c->n) != KERN_SUCCESS ||
	    c->n > CT_COUNTERS) {
		fprintf(stderr, "no counters of live objects here\n");
		exit(2);
	}
}

bool
ct_counts_back(const struct ct_counts *before, struct ct_counts *after)
{
	struct timespec ts = { 0, 2000000 };
	uint64_t deadline;

	deadline = ct_now_ms() + LEAK_WAIT_MS;
	for (;;) {
		ct_counts_get(after);
		if (memcmp(before, after, sizeof(*before)) == 0)
			return (true);
		if (ct_now_ms() > deadline)
			return (false);
		nanosleep(&ts, NULL);
	}
}
