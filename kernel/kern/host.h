/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host: its ports and its special ports.
 */

#ifndef _KERNEL_KERN_HOST_H_
#define _KERNEL_KERN_HOST_H_

struct ipc_port;

int	mach_host_init(void);
void	mach_host_fini(void);

/*
 * The bootstrap port of tasks that inherit none (HOST_LAUNCHCTL_PORT): a send
 * right, NULL or IP_DEAD.
 */
struct ipc_port *mach_host_bootstrap(void);
/* A send right to the host port. */
struct ipc_port *mach_host_self(void);

/* The two clocks: clock.c. */
int	mach_clock_init(void);
void	mach_clock_fini(void);

#endif /* !_KERNEL_KERN_HOST_H_ */
