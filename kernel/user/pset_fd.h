/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What machd hands out of a port set's descriptor.
 */

#ifndef _KERNEL_USER_PSET_FD_H_
#define	_KERNEL_USER_PSET_FD_H_

struct pset_fd;

/* To be duplicated, not closed. */
int	pset_fd_descriptor(const struct pset_fd *pfd);

#endif /* !_KERNEL_USER_PSET_FD_H_ */
