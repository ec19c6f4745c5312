/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Clock services.  They can be read and slept on; setting them is the host's
 * affair and alarms are not offered.
 */

#include <time.h>

#include "libmach.h"
#include <mach/clock.h>
#include <mach/clock_priv.h>

kern_return_t
host_get_clock_service(host_t host, clock_id_t id, clock_serv_t *clock)
{

	return (host_get_clock_service_trap(host, id, clock));
}

kern_return_t
host_get_clock_control(host_priv_t host, clock_id_t id, clock_ctrl_t *clock)
{

	(void)host;
	(void)id;
	(void)clock;
	return (KERN_NOT_SUPPORTED);
}

kern_return_t
clock_get_time(clock_serv_t clock, mach_timespec_t *time)
{

	return (clock_get_time_trap(clock, time));
}

kern_return_t
clock_sleep(clock_serv_t clock, int type, mach_timespec_t time,
    mach_timespec_t *wakeup)
{

	return (clock_sleep_trap(clock, type, (int)time.tv_sec, time.tv_nsec,
	    wakeup));
}

/* The resolution is the host's; the trap says whether it is a clock. */
kern_return_t
clock_get_attributes(clock_serv_t clock, clock_flavor_t flavor,
    clock_attr_t attr, mach_msg_type_number_t *count)
{
	mach_timespec_t t;
	struct timespec ts;

	if (attr == NULL || count == NULL ||
	    clock_get_time(clock, &t) != KERN_SUCCESS)
		return (KERN_INVALID_ARGUMENT);
	if (flavor != CLOCK_GET_TIME_RES)
		return (KERN_INVALID_VALUE);
	if (*count < 1 || clock_getres(CLOCK_MONOTONIC, &ts) != 0)
		return (KERN_FAILURE);
	attr[0] = (int)ts.tv_nsec;
	*count = 1;
	return (KERN_SUCCESS);
}

kern_return_t
clock_get_res(mach_port_t clock, clock_res_t *res)
{
	mach_msg_type_number_t count;
	int value;
	kern_return_t kr;

	if (res == NULL)
		return (KERN_INVALID_ARGUMENT);
	count = 1;
	kr = clock_get_attributes(clock, CLOCK_GET_TIME_RES, &value, &count);
	if (kr == KERN_SUCCESS)
		*res = value;
	return (kr);
}

kern_return_t
clock_set_res(mach_port_t clock, clock_res_t res)
{

	(void)clock;
	(void)res;
	return (KERN_NOT_SUPPORTED);
}

kern_return_t
clock_set_time(clock_ctrl_t clock, mach_timespec_t time)
{

	(void)clock;
	(void)time;
	return (KERN_NOT_SUPPORTED);
}

kern_return_t
clock_set_attributes(clock_ctrl_t clock, clock_flavor_t flavor,
    clock_attr_t attr, mach_msg_type_number_t count)
{

	(void)clock;
	(void)flavor;
	(void)attr;
	(void)count;
	return (KERN_NOT_SUPPORTED);
}

kern_return_t
clock_alarm(clock_serv_t clock, alarm_type_t type, mach_timespec_t time,
    clock_reply_t port)
{

	(void)clock;
	(void)type;
	(void)time;
	(void)port;
	return (KERN_NOT_SUPPORTED);
}
