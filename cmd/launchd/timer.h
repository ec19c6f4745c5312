/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Monotonic deadlines, earliest first: a pairing heap of timers that live in
 * what they belong to, so that none can fail for lack of memory.
 */

#ifndef _LAUNCHD_TIMER_H_
#define _LAUNCHD_TIMER_H_

#include <stdbool.h>
#include <stdint.h>

struct timer {
	struct timer	*t_child;	/* the first of those not earlier */
	struct timer	*t_next;	/* sibling */
	struct timer	*t_prev;	/* sibling, or the parent */
	uint64_t	 t_when;	/* nanoseconds */
	uint64_t	 t_order;	/* of setting, among equals */
	bool		 t_set;
	void		(*t_fn)(struct timer *);
};

/* Call t_fn once at `when`, instead of when it was set for before. */
void	timer_set(struct timer *t, uint64_t when);
void	timer_stop(struct timer *t);

/*
 * Run the first timer that is due at `now`, one a call: a thousand jobs that
 * start at once must not keep who asks waiting.  UINT64_MAX, or when the next
 * is due.
 */
uint64_t timers_run(uint64_t now);

#endif /* !_LAUNCHD_TIMER_H_ */
