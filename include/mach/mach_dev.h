/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * /dev/mach, on FreeBSD with mach.ko: what a process can set for others.
 * Darwin does the first with posix_spawnattr_setspecialport_np(3); the second
 * has no counterpart there.
 *
 * open(2) needs no privilege: the mode of the device is 0666.  The descriptor
 * holds no state; an ioctl(2) acts for the calling thread, so a program may
 * keep one descriptor for all its threads.
 */

#ifndef _MACH_MACH_DEV_H_
#define	_MACH_MACH_DEV_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#include <mach/port.h>

#define	MACH_DEV	"/dev/mach"

/*
 * MACHIOCSPAWNPORT: the bootstrap port of the next process that the calling
 * thread makes, by fork(2), vfork(2), rfork(2) or posix_spawn(3).  The argument
 * is a name of the caller's task: a send right, of which the kernel keeps a
 * copy; or a dead name; or MACH_PORT_NULL, which takes back what was set.  The
 * process after that one inherits the caller's own bootstrap port again.
 *
 * EINVAL	the name denotes no send right and no dead name
 * ENOMEM	no memory
 */
#define	MACHIOCSPAWNPORT	_IOW('M', 1, mach_port_name_t)

/*
 * MACHIOCJAILPORT: the bootstrap port of processes that enter the jail mj_jid,
 * or first use Mach in it without having inherited one.  A jail has none to
 * begin with.  Processes that run in the jail already keep theirs.  mj_port is
 * as above; MACH_PORT_NULL takes the namespace away.
 *
 * EINVAL	the name denotes no send right and no dead name
 * ENOENT	there is no jail of that number below the caller's
 * ENOMEM	no memory
 * EPERM	the caller lacks the privilege to set up jails
 */
struct mach_jail_port {
	int32_t		 mj_jid;
	mach_port_name_t mj_port;
};
#define	MACHIOCJAILPORT		_IOW('M', 2, struct mach_jail_port)

#endif /* !_MACH_MACH_DEV_H_ */
