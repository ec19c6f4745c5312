/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Clocks as kernel objects: host_get_clock_service() gives their ports.
 */

#ifndef _MACH_CLOCK_H_
#define	_MACH_CLOCK_H_

#include <mach/clock_types.h>
#include <mach/kern_return.h>
#include <mach/mach_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * clock_get_time: the time of a clock.
 *
 *	KERN_INVALID_ARGUMENT	clock is none
 * Darwin.
 */
extern kern_return_t clock_get_time(clock_serv_t clock,
    mach_timespec_t *cur_time);

/*
 * clock_get_attributes: CLOCK_GET_TIME_RES, the resolution in nanoseconds.
 *
 * count	in: room, out: length, in int; 1 is enough
 *
 *	KERN_INVALID_ARGUMENT	clock is none
 *	KERN_INVALID_VALUE	unknown flavor
 *	KERN_FAILURE		too little room
 * Darwin.
 */
extern kern_return_t clock_get_attributes(clock_serv_t clock,
    clock_flavor_t flavor, clock_attr_t attr, mach_msg_type_number_t *count);

/*
 * clock_alarm: ask for a message at a time.  KERN_NOT_SUPPORTED: use
 * <mach/mk_timer.h>; Darwin's documents say the same.
 */
extern kern_return_t clock_alarm(clock_serv_t clock, alarm_type_t alarm_type,
    mach_timespec_t alarm_time, clock_reply_t alarm_port);

/* clock_get_res: the resolution, as clock_get_attributes().  Darwin. */
extern kern_return_t clock_get_res(mach_port_t clock, clock_res_t *res);

/* clock_set_res: KERN_NOT_SUPPORTED. */
extern kern_return_t clock_set_res(mach_port_t clock, clock_res_t res);

/*
 * clock_sleep: sleep until, or for, sleep_time.
 *
 * sleep_type	TIME_ABSOLUTE or TIME_RELATIVE
 * wakeup_time	the clock afterwards; may be null
 *
 *	KERN_INVALID_ARGUMENT	clock is none
 *	KERN_INVALID_VALUE	unknown type, or a malformed time
 *	KERN_FAILURE		the calendar clock, which cannot be slept on
 *	KERN_ABORTED		a signal came first
 * Darwin.
 */
extern kern_return_t clock_sleep(mach_port_t clock, int sleep_type,
    mach_timespec_t sleep_time, mach_timespec_t *wakeup_time);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_CLOCK_H_ */
