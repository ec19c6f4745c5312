/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Time.  The unit of mach_absolute_time() is the nanosecond on every host (the
 * timebase is 1/1), its zero that of CLOCK_MONOTONIC, which is also the clock
 * of the kernel's deadlines.  Continuous time goes on while the machine sleeps,
 * where the host has such a clock.
 */

#include <time.h>

#include "libmach.h"
#include <mach/mach_time.h>

#ifdef CLOCK_BOOTTIME
#define	CONTINUOUS_CLOCK	CLOCK_BOOTTIME
#else
#define	CONTINUOUS_CLOCK	CLOCK_MONOTONIC
#endif

#if defined(CLOCK_MONOTONIC_COARSE)
#define	APPROXIMATE_CLOCK	CLOCK_MONOTONIC_COARSE
#elif defined(CLOCK_MONOTONIC_FAST)
#define	APPROXIMATE_CLOCK	CLOCK_MONOTONIC_FAST
#else
#define	APPROXIMATE_CLOCK	CLOCK_MONOTONIC
#endif

static uint64_t
clock_ns(clockid_t clock)
{
	struct timespec ts;

	if (clock_gettime(clock, &ts) != 0)
		return (0);
	return ((uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec);
}

uint64_t
mach_absolute_time(void)
{

	return (clock_ns(CLOCK_MONOTONIC));
}

uint64_t
mach_approximate_time(void)
{

	return (clock_ns(APPROXIMATE_CLOCK));
}

uint64_t
mach_continuous_time(void)
{

	return (clock_ns(CONTINUOUS_CLOCK));
}

uint64_t
mach_continuous_approximate_time(void)
{

	return (clock_ns(CONTINUOUS_CLOCK));
}

kern_return_t
mach_timebase_info(mach_timebase_info_t info)
{

	if (info == NULL)
		return (KERN_INVALID_ARGUMENT);
	info->numer = 1;
	info->denom = 1;
	return (KERN_SUCCESS);
}

/* KERN_ABORTED when a signal handler ran before the deadline. */
kern_return_t
mach_wait_until(uint64_t deadline)
{

	return (mach_wait_until_trap(deadline));
}

/*
 * One instant on all clocks: read again until the absolute time around the
 * others did not move by more than a microsecond, three times at most.
 */
kern_return_t
mach_get_times(uint64_t *absolute, uint64_t *continuous, struct timespec *tp)
{
	struct timespec ts;
	uint64_t before, cont;
	int tries;

	tries = 0;
	do {
		before = clock_ns(CLOCK_MONOTONIC);
		cont = clock_ns(CONTINUOUS_CLOCK);
		if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
			return (KERN_FAILURE);
	} while (clock_ns(CLOCK_MONOTONIC) - before > 1000 && ++tries < 3);
	if (absolute != NULL)
		*absolute = before;
	if (continuous != NULL)
		*continuous = cont;
	if (tp != NULL)
		*tp = ts;
	return (KERN_SUCCESS);
}
