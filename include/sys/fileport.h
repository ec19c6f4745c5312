/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * File descriptors through ports.
 *
 * A fileport is a send right to a kernel object that stands for an open
 * file, as it is in a descriptor: who gets the right in a message can make a
 * descriptor of it.  The file stays open as long as a right or descriptor
 * for it is left.  Both calls are of the POSIX kind: -1 and errno.
 */

#ifndef _MACH_SYS_FILEPORT_H_
#define	_MACH_SYS_FILEPORT_H_

#include <mach/port.h>

#ifndef _KERNEL

typedef mach_port_t	fileport_t;
#define	FILEPORT_NULL	((fileport_t)0)

MACH_BEGIN_DECLS

/*
 * fileport_makeport: a new fileport for the file of fd, a send right for the
 * caller to release or move.  fd stays open.
 *
 *	0		done
 *	-1, EBADF	fd is not open
 *	-1, EINVAL	a file of this kind cannot be passed
 *	-1, EAGAIN	no room for the name, or a limit
 *	-1, EFAULT	port cannot be written
 *	-1, ENOTSUP	this kernel has no fileports
 * Darwin.
 */
extern int fileport_makeport(int fd, fileport_t *port);

/*
 * fileport_makefd: a new descriptor, closed on exec, for the file of a
 * fileport.  The right stays.
 *
 *	0 or more	the descriptor
 *	-1, EINVAL	port is no fileport
 *	-1, EMFILE	too many open descriptors
 *	-1, ENOTSUP	this kernel has no fileports
 * Darwin.
 */
extern int fileport_makefd(fileport_t port);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_SYS_FILEPORT_H_ */
