/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fileports: send rights that stand for open files.
 *
 * The kernel receives from the port.  The file stays open while a send right to
 * it is left, in a space or in a message; as nobody can make another when the
 * last one is gone, the end of senders is the end of the fileport.  That is
 * noticed under locks, so it is carried out by ipc_gc_run().
 *
 * References: the port's, and one for each name being made a descriptor.
 * The port's lock protects the way from the port to the fileport.
 *
 * What a file is, and a descriptor, is the host's business: mach_file_*(),
 * each host has them (kernel/freebsd/file.c, kernel/user/file.c,
 * kernel/user/machd/file.c).  They may sleep: no mutex may be held.
 */

#ifndef _KERNEL_KERN_FILEPORT_H_
#define _KERNEL_KERN_FILEPORT_H_

#include <sys/param.h>
#include <sys/queue.h>

struct ipc_gc;
struct ipc_port;
struct mach_file;
struct mach_quota;

struct mach_fileport {
	SLIST_ENTRY(mach_fileport) f_link;	/* in an ipc_gc */
	volatile u_int	 f_refs;
	struct ipc_port	*f_port;	/* (c) referenced */
	struct mach_file *f_file;	/* (c) */
	struct mach_quota *f_quota;	/* (c) who made it */
};

void	mach_fileport_hold(struct mach_fileport *fileport);
void	mach_fileport_drop(struct mach_fileport *fileport);

/* Its last sender is gone.  The port is locked. */
void	mach_fileport_no_senders(struct ipc_port *port, struct ipc_gc *gc);
/* No lock. */
void	mach_fileport_end(struct mach_fileport *fileport);

/*
 * The file of a descriptor of the current process.  EBADF: there is none;
 * EINVAL: it cannot be passed; ENFILE, ENOMEM: no room.
 */
int	mach_file_take(int fd, struct mach_file **filep);
/*
 * A new descriptor of the file, closed on exec, for the current process.
 * `sock` is where hosts that cannot reach the process's table of descriptors
 * send it; they set *fdp to -1.  EMFILE: no room in the table, or no such
 * socket.
 */
int	mach_file_give(struct mach_file *file, int sock, int *fdp);
void	mach_file_drop(struct mach_file *file);

#endif /* !_KERNEL_KERN_FILEPORT_H_ */
