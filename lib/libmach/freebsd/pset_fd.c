/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Descriptors of port sets: the trap makes them.
 */

#include <stddef.h>

#include <mach/port_set_fd.h>

#include "../libmach.h"

kern_return_t
mach_pset_fd(task_t task, mach_port_name_t pset, int flags, int *fd)
{

	if (fd == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (mach_pset_fd_trap(task, pset, flags, fd, -1));
}
