/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Setting clocks.  The host's own calls set them: both return
 * KERN_NOT_SUPPORTED.
 */

#ifndef _MACH_CLOCK_PRIV_H_
#define	_MACH_CLOCK_PRIV_H_

#include <mach/clock_types.h>
#include <mach/kern_return.h>
#include <mach/mach_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS
extern kern_return_t clock_set_time(clock_ctrl_t clock,
    mach_timespec_t new_time);
extern kern_return_t clock_set_attributes(clock_ctrl_t clock,
    clock_flavor_t flavor, clock_attr_t attr, mach_msg_type_number_t count);
MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_CLOCK_PRIV_H_ */
