/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Descriptors of port sets: machd sends them over a socket of ours.
 */

#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <mach/port_set_fd.h>

#include "../libmach.h"
#include "host_linux.h"

kern_return_t
mach_pset_fd(task_t task, mach_port_name_t pset, int flags, int *fd)
{
	kern_return_t kr;
	int got, saved, sv[2];

	if (fd == NULL)
		return (KERN_INVALID_ARGUMENT);
	saved = errno;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sv) != 0) {
		errno = saved;
		return (KERN_RESOURCE_SHORTAGE);
	}
	got = -1;
	kr = mach_pset_fd_trap(task, pset, flags, NULL, sv[1]);
	if (kr == KERN_SUCCESS) {
		got = host_receive_fd(sv[0]);
		if (got < 0)
			kr = KERN_RESOURCE_SHORTAGE;
	}
	(void)close(sv[0]);
	(void)close(sv[1]);
	if (kr == KERN_SUCCESS) {
		if ((flags & MACH_PSET_FD_CLOEXEC) == 0)
			(void)fcntl(got, F_SETFD, 0);
		*fd = got;
	}
	errno = saved;
	return (kr);
}
