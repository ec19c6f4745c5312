/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Notifications.  Each consumes the send-once right `notify` and is sent with
 * the kernel's tokens in its trailer.  No lock may be held.
 */

#ifndef _KERNEL_IPC_IPC_NOTIFY_H_
#define _KERNEL_IPC_IPC_NOTIFY_H_

#include <kernel/ipc/ipc_port.h>

void	ipc_notify_port_deleted(struct ipc_port *notify, mach_port_name_t name,
	    struct ipc_gc *gc);
void	ipc_notify_send_possible(struct ipc_port *notify,
	    mach_port_name_t name, struct ipc_gc *gc);
void	ipc_notify_dead_name(struct ipc_port *notify, mach_port_name_t name,
	    struct ipc_gc *gc);
void	ipc_notify_no_senders(struct ipc_port *notify,
	    mach_port_mscount_t mscount, struct ipc_gc *gc);
void	ipc_notify_send_once(struct ipc_port *notify, struct ipc_gc *gc);
/* Hands the receive right of `port` (a reference) over. */
void	ipc_notify_port_destroyed(struct ipc_port *notify,
	    struct ipc_port *port, struct ipc_gc *gc);
/* One of <mach/host_notify.h>: a header. */
void	ipc_notify_host(struct ipc_port *notify, mach_msg_id_t id,
	    struct ipc_gc *gc);

#endif /* !_KERNEL_IPC_IPC_NOTIFY_H_ */
