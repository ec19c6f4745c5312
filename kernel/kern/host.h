/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host: its ports and its special ports.
 */

#ifndef _KERNEL_KERN_HOST_H_
#define _KERNEL_KERN_HOST_H_

#include <mach/clock_types.h>
#include <mach/kern_return.h>

struct ipc_port;

int	mach_host_init(void);
void	mach_host_fini(void);
/* Give up the special ports: no task is left, so they are dead. */
void	mach_host_release_specials(void);

/*
 * The bootstrap port of tasks that inherit none (HOST_LAUNCHCTL_PORT): a send
 * right, NULL or IP_DEAD.
 */
struct ipc_port *mach_host_bootstrap(void);
/*
 * The same for a jail, which has a namespace of its own and none to begin
 * with.  Supplied by the host: kernel/freebsd/jail.c, kernel/user/jail.c.
 */
struct prison;
struct ipc_port *mach_jail_bootstrap(struct prison *pr);
/* A send right to the host port. */
struct ipc_port *mach_host_self(void);

/*
 * A host special port: a send right, NULL or IP_DEAD; to set one uses the right
 * up on success.  KERN_INVALID_ARGUMENT: not a port that can be asked for or
 * set; KERN_NO_ACCESS: the current thread is not privileged.
 */
kern_return_t mach_host_get_special(int which, struct ipc_port **portp);
kern_return_t mach_host_set_special(int which, struct ipc_port *port);

/*
 * Requests to be told once of <mach/host_notify.h>: host_notify.c.  One uses up
 * the send-once right of a port of the current task's when it succeeds.  The
 * host says when the clock was set, from a thread without locks.
 */
struct mach_host_notify;
int	mach_host_notify_init(void);
void	mach_host_notify_fini(void);
kern_return_t mach_host_request_notification(int type, struct ipc_port *port);
void	mach_host_notify_port_died(struct mach_host_notify *hn);
void	mach_host_calendar_set(void);

/* The two clocks: clock.c. */
int	mach_clock_init(void);
void	mach_clock_fini(void);
/* A send right to a clock's port.  KERN_INVALID_ARGUMENT: there is none. */
kern_return_t mach_clock_port(int id, struct ipc_port **portp);
void	mach_clock_now(int id, mach_timespec_t *now);

#endif /* !_KERNEL_KERN_HOST_H_ */
