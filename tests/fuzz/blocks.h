/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Waiting without sleeping, for fuzzers: a trap that waits returns
 * THREAD_BLOCKED to its caller, and who ends the wait puts the thread on a run
 * list.  One host thread can so act for any number of kernel threads, blocked
 * ones among them, in an order that the input alone decides.
 *
 * Takes the place of kernel/kern/thread_block.c.  No locks: one host thread.
 */

#ifndef _TESTS_FUZZ_BLOCKS_H_
#define	_TESTS_FUZZ_BLOCKS_H_

#include <stdbool.h>

struct mach_thread;
struct thread;

/* The next thread whose wait has ended, or NULL. */
struct mach_thread *blocks_next(void);
/* Carry it on: the trap's result, or THREAD_BLOCKED again. */
int	blocks_continue(struct mach_thread *th);
/*
 * End the wait of a thread as its deadline or a signal would.  False: it had
 * been decided already.
 */
bool	blocks_time_out(struct mach_thread *th);
bool	blocks_interrupt(struct mach_thread *th);
/* Is it on a queue, or on the run list? */
bool	blocks_waiting(struct mach_thread *th);

#endif /* !_TESTS_FUZZ_BLOCKS_H_ */
