/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A port set as a file descriptor, for poll(2), select(2), kqueue(2) and
 * epoll(7): readable while a receive from the set would find a message, and
 * when the set is gone.  It can be neither read nor written, and whoever has it
 * learns no more than that.
 *
 * The first descriptor of a set makes its struct pset_fd, which is the host's
 * and ends with the set's memory; a set without one pays nothing.
 */

#ifndef _KERNEL_KERN_PSET_FD_H_
#define _KERNEL_KERN_PSET_FD_H_

#include <sys/param.h>
#include <sys/types.h>

#include <mach/kern_return.h>

struct ipc_pset;
struct mach_thread;
struct pset_fd;

/* May sleep; NULL: the host has no more descriptors. */
struct pset_fd *pset_fd_alloc(void);
void	pset_fd_free(struct pset_fd *pfd);

/* The set, which is locked, became readable or is no longer. */
void	pset_fd_set(struct pset_fd *pfd, bool readable);

/*
 * Give the calling process a new descriptor of the set and write its number to
 * user memory at ufd; nothing is locked.  `flags` is 0 or O_CLOEXEC.  machd
 * sends the descriptor over the client's `channel`, and the client knows the
 * number by itself.
 */
kern_return_t pset_fd_give(struct mach_thread *self, struct ipc_pset *pset,
	    struct pset_fd *pfd, int flags, int channel, int *ufd);

#endif /* !_KERNEL_KERN_PSET_FD_H_ */
