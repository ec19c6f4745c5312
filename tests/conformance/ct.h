/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The harness of the conformance tests: many named cases in one program.
 *
 * Every case runs in a forked child of its own, with a time limit, so that a
 * case that crashes, hangs or leaves rights behind harms no other, and
 * each begins with the empty space of a new task.  Output is TAP.
 *
 *	prog			run every case
 *	prog -l			list the cases
 *	prog [-d] case ...	run the named ones; -d: in this process, for a
 *				debugger
 *
 * A check that does not hold ends the case: the message says file, line, the
 * expression and both values.  Only POSIX is used, since the same programs run
 * on every host of the Mach kernel.
 */

#ifndef _TESTS_CONFORMANCE_CT_H_
#define	_TESTS_CONFORMANCE_CT_H_

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>

#include "../patience.h"

struct ct_case {
	const char	*name;
	void		(*func)(void);
	unsigned	 timeout;	/* seconds */
	struct ct_case	*next;
};

void	ct_register(struct ct_case *);

#define	CT_DEFAULT_TIMEOUT	20

/*
 * CT_CASE(name) { body } defines a case; its name is the statement it checks.
 * Cases run in the order of the source.
 */
#define	CT_CASE_TIMEOUT(id, seconds)					\
static void ct_body_##id(void);						\
static struct ct_case ct_case_##id = {					\
	.name = #id, .func = ct_body_##id, .timeout = (seconds),	\
};									\
__attribute__((constructor)) static void				\
ct_init_##id(void)							\
{									\
	ct_register(&ct_case_##id);					\
}									\
static void								\
ct_body_##id(void)

#define	CT_CASE(id)	CT_CASE_TIMEOUT(id, CT_DEFAULT_TIMEOUT)

void	ct_fail(const char *file, int line, const char *fmt, ...)
	    __attribute__((__noreturn__, __format__(__printf__, 3, 4)));
void	ct_skip(const char *fmt, ...)
	    __attribute__((__noreturn__, __format__(__printf__, 1, 2)));
void	ct_note(const char *fmt, ...)
	    __attribute__((__format__(__printf__, 1, 2)));

/* The name of a Mach return code, for messages. */
const char *ct_code(int code);

#define	CT_TRUE(expr) do {						\
	if (!(expr))							\
		ct_fail(__FILE__, __LINE__, "not true: %s", #expr);	\
} while (0)

/* Integers; both are evaluated once. */
#define	CT_EQ(got, want) do {						\
	long long ct_got = (long long)(got), ct_want = (long long)(want); \
	if (ct_got != ct_want)						\
		ct_fail(__FILE__, __LINE__, "%s is %lld (%#llx), "	\
		    "expected %s, %lld (%#llx)", #got, ct_got,		\
		    (unsigned long long)ct_got, #want, ct_want,		\
		    (unsigned long long)ct_want);			\
} while (0)

#define	CT_NE(got, other) do {						\
	long long ct_got = (long long)(got);				\
	if (ct_got == (long long)(other))				\
		ct_fail(__FILE__, __LINE__, "%s is %s, %lld (%#llx)",	\
		    #got, #other, ct_got, (unsigned long long)ct_got);	\
} while (0)

/* Mach return codes, printed by name. */
#define	CT_KR(expr, want) do {						\
	int ct_got = (int)(expr);					\
	if (ct_got != (int)(want))					\
		ct_fail(__FILE__, __LINE__, "%s returned %s, expected %s", \
		    #expr, ct_code(ct_got), #want);			\
} while (0)

/* One of two codes, where Darwin's documents allow both. */
#define	CT_KR2(expr, want1, want2) do {					\
	int ct_got = (int)(expr);					\
	if (ct_got != (int)(want1) && ct_got != (int)(want2))		\
		ct_fail(__FILE__, __LINE__, "%s returned %s, expected %s " \
		    "or %s", #expr, ct_code(ct_got), #want1, #want2);	\
} while (0)

#define	CT_OK(expr)	CT_KR(expr, 0)

/* A POSIX call that must not give -1. */
#define	CT_POSIX(expr) do {						\
	if ((expr) == -1)						\
		ct_fail(__FILE__, __LINE__, "%s: %s", #expr,		\
		    ct_errno());					\
} while (0)

const char *ct_errno(void);

/*
 * A child process of a case.  ct_fork() returns as fork(2); a failed check in
 * the child ends the child with status 1, and ct_wait() makes the parent's
 * case fail then.  ct_wait_signal() expects death by that signal.
 */
pid_t	ct_fork(void);
void	ct_wait(pid_t pid);
void	ct_wait_signal(pid_t pid, int sig);
void	ct_child_exit(void) __attribute__((__noreturn__));

/* A pipe used as a gate: ct_gate_open() lets one ct_gate_wait() through. */
struct ct_gate {
	int	fds[2];
};
void	ct_gate_init(struct ct_gate *);
void	ct_gate_open(struct ct_gate *);
void	ct_gate_wait(struct ct_gate *);
/* Gates that carry one value. */
void	ct_gate_put(struct ct_gate *, uint64_t);
uint64_t ct_gate_get(struct ct_gate *);

uint64_t ct_now_ms(void);	/* monotonic */

#define	CT_EXIT_SKIP	77	/* the status of a case that was skipped */
extern pid_t ct_case_pid;	/* the child that runs the case */

/* The kernel's counts of live objects. */
#define	CT_COUNTERS	16
struct ct_counts {
	uint64_t	v[CT_COUNTERS];
	uint32_t	n;
};
void	ct_counts_get(struct ct_counts *);
/*
 * Are they back?  The kernel learns of a process's end by itself, so this may
 * have to wait: some seconds, at most.
 */
bool	ct_counts_back(const struct ct_counts *before, struct ct_counts *after);

#endif /* !_TESTS_CONFORMANCE_CT_H_ */
