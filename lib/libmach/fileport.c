/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * File descriptors as ports: calls of the POSIX kind over two traps.
 */

#include <errno.h>

#include "libmach.h"
#include <sys/fileport.h>

/* As kernel/kern/fileport.c has it. */
static int
fail(kern_return_t kr, int shortage)
{

	switch (kr) {
	case KERN_SUCCESS:
		return (0);
	case KERN_INVALID_VALUE:
		errno = EBADF;
		break;
	case KERN_INVALID_ADDRESS:
		errno = EFAULT;
		break;
	case KERN_NO_SPACE:
		errno = EMFILE;
		break;
	case KERN_RESOURCE_SHORTAGE:
		errno = shortage;
		break;
	case KERN_NOT_SUPPORTED:
	case KERN_TERMINATED:
		errno = ENOTSUP;
		break;
	default:
		errno = EINVAL;
		break;
	}
	return (-1);
}

int
fileport_makeport(int fd, fileport_t *port)
{

	return (fail(fileport_makeport_trap(fd, port), EAGAIN));
}

int
fileport_makefd(fileport_t port)
{
	int fd;

	if (fail(mach_host_makefd(port, &fd), ENFILE) != 0)
		return (-1);
	return (fd);
}
