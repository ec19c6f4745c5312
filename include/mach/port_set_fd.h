/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A port set as a file descriptor.
 */

#ifndef _MACH_PORT_SET_FD_H_
#define	_MACH_PORT_SET_FD_H_

#include <mach/kern_return.h>
#include <mach/mach_types.h>

/* Close the descriptor when the process executes another program. */
#define	MACH_PSET_FD_CLOEXEC	0x1

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mach_pset_fd: make a file descriptor of a port set.
 *
 * The descriptor is readable, for poll(2), select(2), EVFILT_READ of kqueue(2)
 * and epoll(7), while a message waits at a member of the set, and stays so
 * once the set is destroyed (on FreeBSD also POLLHUP and EV_EOF).  It is
 * level triggered: receive with mach_msg() from the set until that times out.
 * It can be duplicated, inherited and passed to another process, which may
 * wait with it and nothing else; it cannot be read, written or mapped.  Closing
 * it does nothing to the set, and the set may be destroyed at any time.
 *
 *	task	the calling task
 *	pset	the name of a port set
 *	flags	0 or MACH_PSET_FD_CLOEXEC
 *	fd	where the number is stored on success
 *
 *	KERN_SUCCESS
 *	KERN_INVALID_TASK	task is not the calling task
 *	KERN_INVALID_NAME	pset denotes nothing
 *	KERN_INVALID_RIGHT	pset is not a port set
 *	KERN_INVALID_ARGUMENT	another flag is set, or fd is null
 *	KERN_RESOURCE_SHORTAGE	no file descriptor: the process has too many,
 *				or the kernel has
 *	KERN_INVALID_ADDRESS	fd cannot be written
 * Ours; Darwin has no such thing.
 */
extern kern_return_t mach_pset_fd(task_t task, mach_port_name_t pset,
	    int flags, int *fd);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_PORT_SET_FD_H_ */
