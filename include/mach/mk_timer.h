/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Timers that send a message.
 *
 * A timer is a receive right, made by mk_timer_create().  When it expires it
 * sends itself one mk_timer_expire_msg_t, unless one is still queued.  It can
 * be received from, put in a set, and watched, like any port; the right does
 * not leave the task.  Follows Darwin.
 */

#ifndef _MACH_MK_TIMER_H_
#define	_MACH_MK_TIMER_H_

#include <mach/mach_time.h>
#include <mach/message.h>

#define	MK_TIMER_NORMAL		(0)
#define	MK_TIMER_CRITICAL	(1)

#pragma pack(push, 4)
typedef struct mk_timer_expire_msg {
	mach_msg_header_t	header;
	uint64_t		unused[3];
} mk_timer_expire_msg_t;
#pragma pack(pop)

#ifndef _KERNEL

MACH_BEGIN_DECLS

/* mk_timer_create: a timer, not armed; MACH_PORT_NULL if there is no room. */
extern mach_port_name_t mk_timer_create(void);

/*
 * mk_timer_destroy: destroy a timer and its name.
 *
 *	KERN_INVALID_NAME	name denotes nothing
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	name is not a timer
 */
extern kern_return_t mk_timer_destroy(mach_port_name_t name);

/*
 * mk_timer_arm: let it expire at expire_time (mach_absolute_time() units; at
 * once if past), instead of any time before.
 *
 *	KERN_INVALID_NAME, KERN_INVALID_RIGHT, KERN_INVALID_ARGUMENT	as above
 */
extern kern_return_t mk_timer_arm(mach_port_name_t name, uint64_t expire_time);

/*
 * mk_timer_arm_leeway: mk_timer_arm(), up to leeway units later.
 *
 * flags	MK_TIMER_NORMAL or MK_TIMER_CRITICAL; others are ignored
 *
 * No use is made of flags and leeway.  Codes as mk_timer_arm().
 */
extern kern_return_t mk_timer_arm_leeway(mach_port_name_t name, uint64_t flags,
    uint64_t expire_time, uint64_t leeway);

/*
 * mk_timer_cancel: do not expire.
 *
 * result_time	when it would have, 0 if it was not armed; may be null
 *
 *	KERN_INVALID_NAME, KERN_INVALID_RIGHT, KERN_INVALID_ARGUMENT	as above
 *	KERN_INVALID_ADDRESS	result_time cannot be written
 * A message sent already stays in the queue.
 */
extern kern_return_t mk_timer_cancel(mach_port_name_t name,
    uint64_t *result_time);

MACH_END_DECLS

#endif /* !_KERNEL */

MACH_STATIC_ASSERT(sizeof(mk_timer_expire_msg_t) == 48, "timer message");

#endif /* !_MACH_MK_TIMER_H_ */
