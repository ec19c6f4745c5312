/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * File descriptors as ports: the kernel does not offer them yet.
 */

#include <errno.h>

#include "libmach.h"
#include <sys/fileport.h>

int
fileport_makeport(int fd, fileport_t *port)
{

	(void)fd;
	(void)port;
	errno = ENOTSUP;
	return (-1);
}

int
fileport_makefd(fileport_t port)
{

	(void)port;
	errno = ENOTSUP;
	return (-1);
}
