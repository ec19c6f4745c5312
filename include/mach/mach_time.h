/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The clock of Mach timers: mach_absolute_time() units since some moment
 * before the process began, the same for all processes, never backwards.
 * mach_timebase_info() turns units into nanoseconds.
 */

#ifndef _MACH_MACH_TIME_H_
#define	_MACH_MACH_TIME_H_

#include <mach/kern_return.h>
#include <mach/mach_types.h>

struct mach_timebase_info {
	uint32_t	numer;
	uint32_t	denom;
};
typedef struct mach_timebase_info	*mach_timebase_info_t;
typedef struct mach_timebase_info	mach_timebase_info_data_t;

#ifndef _KERNEL

struct timespec;

MACH_BEGIN_DECLS

/*
 * mach_timebase_info: nanoseconds are units * numer / denom.  Constant; 1 and
 * 1 on our hosts, but do not count on it.
 *
 *	KERN_SUCCESS
 * Darwin.
 */
extern kern_return_t mach_timebase_info(mach_timebase_info_t info);

/* mach_absolute_time: now; stands still while the machine sleeps.  Darwin. */
extern uint64_t mach_absolute_time(void);

/* mach_continuous_time: likewise, but goes on during sleep.  Darwin. */
extern uint64_t mach_continuous_time(void);

/* The same, cheaper, and as old as the last clock tick.  Darwin. */
extern uint64_t mach_approximate_time(void);
extern uint64_t mach_continuous_approximate_time(void);

/*
 * mach_wait_until: sleep until mach_absolute_time() is at least deadline.
 *
 *	KERN_SUCCESS		the time has come
 *	KERN_ABORTED		a signal came first
 * Darwin.
 */
extern kern_return_t mach_wait_until(uint64_t deadline);

/*
 * mach_get_times: both clocks and the time of day, of one moment.  Any pointer
 * may be null.
 *
 *	KERN_SUCCESS
 * Darwin.
 */
extern kern_return_t mach_get_times(uint64_t *absolute_time,
    uint64_t *continuous_time, struct timespec *tp);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_TIME_H_ */
