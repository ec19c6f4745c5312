/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Giving out a descriptor of a port set when the kernel is in the process
 * itself.  machd has its own way (machd/kern.c).
 */

#include <fcntl.h>
#include <unistd.h>

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/kern/pset_fd.h>
#include <kernel/user/pset_fd.h>

#include <mach/port_set_fd.h>

kern_return_t
pset_fd_give(struct mach_thread *self __unused, struct ipc_pset *pset __unused,
    struct pset_fd *pfd, int flags, int channel __unused, int *ufd)
{
	int fd;

	fd = fcntl(pset_fd_descriptor(pfd), (flags & MACH_PSET_FD_CLOEXEC) !=
	    0 ? F_DUPFD_CLOEXEC : F_DUPFD, 0);
	if (fd < 0)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyout(&fd, ufd, sizeof(fd)) != 0) {
		(void)close(fd);
		return (KERN_INVALID_ADDRESS);
	}
	return (KERN_SUCCESS);
}
