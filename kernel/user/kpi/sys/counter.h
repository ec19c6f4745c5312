/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * counter(9): 64-bit counters, one shard for each group of threads.
 */

#ifndef _KPI_SYS_COUNTER_H_
#define	_KPI_SYS_COUNTER_H_

#include <sys/types.h>

#define	KPI_COUNTER_SHARDS	16

struct kpi_counter {
	uint64_t	c_value;
} __aligned(64);

typedef struct kpi_counter	*counter_u64_t;

counter_u64_t	counter_u64_alloc(int flags);
void		counter_u64_free(counter_u64_t c);
void		counter_u64_zero(counter_u64_t c);
uint64_t	counter_u64_fetch(counter_u64_t c);

static inline void
counter_u64_add(counter_u64_t c, int64_t v)
{

	(void)__atomic_fetch_add(
	    &c[kpi_thread_index() % KPI_COUNTER_SHARDS].c_value, (uint64_t)v,
	    __ATOMIC_RELAXED);
}

#endif /* !_KPI_SYS_COUNTER_H_ */
