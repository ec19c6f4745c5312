/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Timers that send a message to their own port.  Times are absolute, in the
 * unit of mach_absolute_time().
 */

#include "libmach.h"
#include <mach/mk_timer.h>

mach_port_name_t
mk_timer_create(void)
{

	return (mk_timer_create_trap());
}

kern_return_t
mk_timer_destroy(mach_port_name_t name)
{

	return (mk_timer_destroy_trap(name));
}

kern_return_t
mk_timer_arm(mach_port_name_t name, uint64_t expire_time)
{

	return (mk_timer_arm_trap(name, expire_time));
}

kern_return_t
mk_timer_arm_leeway(mach_port_name_t name, uint64_t flags,
    uint64_t expire_time, uint64_t leeway)
{

	return (mk_timer_arm_leeway_trap(name, flags, expire_time, leeway));
}

kern_return_t
mk_timer_cancel(mach_port_name_t name, uint64_t *result_time)
{

	return (mk_timer_cancel_trap(name, result_time));
}
