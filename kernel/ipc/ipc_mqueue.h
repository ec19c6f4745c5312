/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Message queues: how a message gets from a sender to a receiver.
 *
 * A message for which a thread waits is handed to it directly, else queued.
 * The queue of a port and the list of ready members of each set that holds the
 * port change together, under the port's lock and the set's: a receiver that
 * finds nothing and queues itself under the set's lock cannot miss a message.
 */

#ifndef _KERNEL_IPC_IPC_MQUEUE_H_
#define _KERNEL_IPC_IPC_MQUEUE_H_

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>

/* The queue takes the message, whatever its limit.  Port locked and alive. */
void	ipc_mqueue_post(struct ipc_port *port, struct ipc_kmsg *kmsg,
	    bool slot_taken);

/*
 * Send the user's message, which th_msg (poll, deadline) belongs to, and go on
 * with `done`, whose argument is the mach_msg_return_t.  On MACH_MSG_SUCCESS
 * the message is gone, else it is back in th_msg.kmsg.  In tail position.
 */
int	ipc_mqueue_send(struct mach_thread *th, struct ipc_kmsg *kmsg,
	    thread_continue_t done);

/* The same to a port that is live and locked, for a plain message. */
int	ipc_mqueue_send_locked(struct mach_thread *th, struct ipc_kmsg *kmsg,
	    struct ipc_port *port, thread_continue_t done);

/*
 * Receive from a port or set, whose reference is passed on in
 * th_saved.rcv.object, and go on with `done`.  The outcome is in th_saved.rcv.
 * In tail position.
 */
int	ipc_mqueue_receive(struct mach_thread *th, struct ipc_object *object,
	    thread_continue_t done);

/* Everybody who receives from the port or set is sent off with `why`. */
void	ipc_mqueue_wake_receivers(struct mach_waitq *wq, mach_msg_return_t why);

/* A port got into a set: its messages may be waited for.  Both locked. */
void	ipc_mqueue_pset_ready(struct ipc_port *port,
	    struct ipc_pset_link *link);

/* The limit changed, or slots came free: let blocked senders in.  Locked. */
void	ipc_mqueue_release_senders(struct ipc_port *port);

#endif /* !_KERNEL_IPC_IPC_MQUEUE_H_ */
