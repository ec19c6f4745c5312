/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The harness of the unit tests: checks that count, and children that must
 * die of a given panic.  A test program calls CHECK*() and test_dies(), and
 * returns test_end(): 0, or 1 when a check failed.
 *
 * CHECK may be used by several threads at once.
 */

#ifndef _TESTS_UNIT_TEST_H_
#define	_TESTS_UNIT_TEST_H_

#include <sys/types.h>
#include <sys/wait.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../patience.h"

/* One count for the whole program, however many files include this. */
__attribute__((__weak__)) unsigned int test_passed, test_failed;

static inline bool
test_check(bool ok, const char *what, const char *file, int line)
{

	if (ok) {
		(void)__atomic_add_fetch(&test_passed, 1, __ATOMIC_RELAXED);
		return (true);
	}
	(void)__atomic_add_fetch(&test_failed, 1, __ATOMIC_RELAXED);
	fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
	return (false);
}

#define	CHECK(c)	((void)test_check((c), #c, __FILE__, __LINE__))

#define	CHECK_EQ(a, b) do {						\
	intmax_t _a = (intmax_t)(a), _b = (intmax_t)(b);		\
									\
	if (!test_check(_a == _b, #a " == " #b, __FILE__, __LINE__))	\
		fprintf(stderr, "    %jd (%#jx), expected %jd (%#jx)\n", \
		    _a, (uintmax_t)_a, _b, (uintmax_t)_b);		\
} while (0)

/* What cannot go on without: leaves the program. */
#define	REQUIRE(c) do {							\
	if (!test_check((c), #c, __FILE__, __LINE__))			\
		_exit(1);						\
} while (0)

/*
 * fn(), in a child, must end in abort() and say the words on standard error.
 * To be called while the program has one thread.
 */
static inline void
test_dies_at(void (*fn)(void), const char *words, const char *what,
    const char *file, int line)
{
	static char out[65536];
	size_t used;
	ssize_t n;
	pid_t pid;
	int fd[2], status;

	fflush(NULL);
	if (pipe(fd) != 0 || (pid = fork()) == -1) {
		perror("test_dies");
		exit(1);
	}
	if (pid == 0) {
		(void)dup2(fd[1], STDERR_FILENO);
		(void)close(fd[0]);
		(void)close(fd[1]);
		(void)alarm(patience(30));	/* a hang is a failure, too */
		fn();
		_exit(0);
	}
	(void)close(fd[1]);
	used = 0;
	while ((n = read(fd[0], out + used, sizeof(out) - 1 - used)) > 0)
		used += (size_t)n;
	out[used] = '\0';
	(void)close(fd[0]);
	while (waitpid(pid, &status, 0) == -1)
		continue;
	if (!test_check(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
	    strstr(out, words) != NULL, what, file, line))
		fprintf(stderr, "    status %#x, expected an abort with "
		    "\"%s\"; it said:\n%s\n", (unsigned int)status, words,
		    out);
}

#define	test_dies(fn, words)						\
	test_dies_at((fn), (words), "dies: " #fn, __FILE__, __LINE__)

static inline int
test_end(void)
{

	fflush(stdout);
	if (test_failed != 0)
		fprintf(stdout, "%u passed, %u failed\n", test_passed,
		    test_failed);
	else
		fprintf(stdout, "%u passed\n", test_passed);
	return (test_failed != 0);
}

#endif /* !_TESTS_UNIT_TEST_H_ */
