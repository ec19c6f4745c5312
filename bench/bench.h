/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the benchmarks share.  mach_bench.c has operations with a yardstick of
 * another kind; scale.c has those that are compared with less of the same.
 */

#ifndef _BENCH_BENCH_H_
#define	_BENCH_BENCH_H_

#include <sys/types.h>
#include <err.h>
#include <stdbool.h>
#include <stddef.h>

#include <mach/mach.h>

#define	ROUNDS_MAX	101

enum place { FREE, SAME, OWN };
enum service { ANSWER, TAKE, OOL, STUB, HAND };

#define	OK(call) do {							\
	kern_return_t kr_ = (call);					\
									\
	if (kr_ != KERN_SUCCESS)					\
		errx(1, "%s: %s", #call, mach_error_string(kr_));	\
} while (0)

/*
 * What a ratio is to be, 0: nothing was promised.  The user-mode kernel and the
 * module have different aims, as they have different costs.
 */
struct target {
	double	 machd;
	double	 freebsd;
	bool	 at_least;	/* more is better */
};

extern int rounds, scale;
extern bool can_pin;
extern pid_t machd_pid;
extern mach_port_t own_port, peer_port, reply_port;

double	now(void);		/* microseconds */
double	median(double *v, int n);
int	pin(pid_t pid, int cpu);	/* cpu -1: any */
void	place(enum place where);

/* A process that answers or takes what comes to peer_port. */
void	peer_mach(enum service service);
void	peer_end(void);
/* n of them; the time of one. */
double	op_mach_rpc(int n);
double	op_mach_self(int n);

/* One line; `unit` is that of value and yard. */
void	show(const char *name, const char *where, double value,
	    const char *unit, const char *yardstick, double yard, double ratio,
	    const struct target *target);

/* Rows of scale.c: those whose name starts with `only`, or all. */
bool	wanted(const char *name);
void	run_memory(void);	/* first, while nothing was freed yet */
void	run_scale(void);

#endif /* !_BENCH_BENCH_H_ */
