/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * thread_switch: give up the processor, with a hint.
 */

#ifndef _MACH_THREAD_SWITCH_H_
#define	_MACH_THREAD_SWITCH_H_

#include <mach/kern_return.h>
#include <mach/mach_traps.h>
#include <mach/mach_types.h>
#include <mach/message.h>

#define	SWITCH_OPTION_NONE		0	/* just yield */
#define	SWITCH_OPTION_DEPRESS		1	/* yield; the time is ignored */
#define	SWITCH_OPTION_WAIT		2	/* sleep for option_time */
#define	SWITCH_OPTION_DISPATCH_CONTENTION	3	/* as DEPRESS */
#define	SWITCH_OPTION_OSLOCK_DEPRESS	4	/* as DEPRESS */
#define	SWITCH_OPTION_OSLOCK_WAIT	5	/* as WAIT */

#define	valid_switch_option(opt)	(0 <= (opt) && (opt) <= 5)

/*
 * kern_return_t thread_switch(mach_port_name_t thread, int option,
 *     mach_msg_timeout_t option_time);	(declared in <mach/mach_traps.h>)
 *
 * thread	whom to favour: a hint, MACH_PORT_NULL for nobody
 * option	SWITCH_OPTION_*
 * option_time	milliseconds
 *
 *	KERN_SUCCESS		also when the time ran out
 *	KERN_INVALID_ARGUMENT	unknown option
 * Darwin.
 */

#endif /* !_MACH_THREAD_SWITCH_H_ */
