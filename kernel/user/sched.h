/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The controlled scheduler: threads of a test run one at a time and switch
 * only at the KPI's scheduling points (locks, sleeps, wake-ups, atomics,
 * allocations, copies), in an order that a seed determines.  Only in the
 * library built with -DKPI_SCHED.
 *
 * There, up-time is virtual: it stands still but for host_time_advance() and
 * for the scheduler, which lets the deadline of a sleeper pass whenever it
 * likes.  A timed sleep and a callout are only possible within a run.
 *
 * What fails within a run (a panic, a sanitizer's report, a deadlock, too many
 * steps) ends the program, and "seed N mode M" is printed with it.
 */

#ifndef _KERNEL_USER_SCHED_H_
#define	_KERNEL_USER_SCHED_H_

#include <stdbool.h>
#include <stdint.h>

enum sched_mode {
	SCHED_RANDOM,	/* whoever can run, all alike */
	SCHED_PCT	/* by priority, which changes at few points */
};

struct sched_result {
	uint64_t	steps;		/* scheduling points */
	uint64_t	switches;	/* to another thread */
	uint64_t	timeouts;	/* deadlines that passed */
	uint64_t	hash;		/* of who did what in which order */
};

#define	SCHED_THREADS	8		/* the most in one run */

typedef void sched_fn(void *arg);

/*
 * Run nthreads threads to their end.  For threads that were started with the
 * same state, the same seed and mode are the same interleaving.
 */
struct sched_result sched_run(uint64_t seed, enum sched_mode mode,
	    int nthreads, sched_fn *const *fns, void *const *args);

/*
 * Which mode a seed stands for unless told otherwise: even ones random, odd
 * ones by priority.
 */
enum sched_mode sched_mode_of(uint64_t seed);

/*
 * n seeds of one scenario from $FIRST (1) on, or just $SEED, in mode $MODE
 * (0, 1) if that is set: setup, run, check.  The clock starts at the same time
 * for each.  The first seeds run twice, and must give the same hash.  $TRACE
 * prints every step.  Prints one line; false when a check said so, with the
 * seed on standard error.
 */
struct sched_scenario {
	const char	*name;
	int		 nthreads;
	sched_fn	*fns[SCHED_THREADS];
	void		*args[SCHED_THREADS];
	void		(*setup)(const struct sched_scenario *);
	bool		(*check)(const struct sched_scenario *);
};
bool	sched_explore(const struct sched_scenario *, uint64_t n);

#endif /* !_KERNEL_USER_SCHED_H_ */
