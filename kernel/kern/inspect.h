/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Looking into the Mach kernel from outside: <mach_debug/mach_inspect.h>.
 */

#ifndef _KERNEL_KERN_INSPECT_H_
#define _KERNEL_KERN_INSPECT_H_

#include <sys/param.h>
#include <sys/types.h>

#include <kernel/ipc/ipc_object.h>

/* Kinds of rights, as they are counted. */
enum mach_inspect_right {
	MACH_INSPECT_SEND,
	MACH_INSPECT_RECEIVE,
	MACH_INSPECT_SEND_ONCE,
	MACH_INSPECT_PORT_SET,
	MACH_INSPECT_DEAD_NAME,
	MACH_INSPECT_RIGHTS
};
extern const char *const mach_inspect_right_names[MACH_INSPECT_RIGHTS];

int	mach_inspect_init(void);
void	mach_inspect_fini(void);

/* The number that a port or set is known by outside. */
uint64_t mach_object_id(enum ipc_object_type type, u_long serial);
/* All rights in all spaces.  For the superuser; may sleep.  0 or an errno. */
int	mach_inspect_rights(u_long counts[MACH_INSPECT_RIGHTS]);

#endif /* !_KERNEL_KERN_INSPECT_H_ */
