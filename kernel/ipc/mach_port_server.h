/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Spaces behind task ports, for the stubs of mach_port.defs.
 */

#ifndef _KERNEL_IPC_MACH_PORT_SERVER_H_
#define	_KERNEL_IPC_MACH_PORT_SERVER_H_

#include <kernel/ipc/mach_port.h>
#include <kernel/kern/mig_kernel.h>

typedef struct ipc_space *kernel_space_t;

/*
 * The space of the task that a port stands for, referenced; NULL if it is no
 * port of a live task.
 */
kernel_space_t convert_port_to_space(ipc_port_t port);
void	kernel_space_deallocate(kernel_space_t space);	/* NULL is fine */

#endif /* !_KERNEL_IPC_MACH_PORT_SERVER_H_ */
