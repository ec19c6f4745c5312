/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Receiving a message from elsewhere than the message trap.
 */

#ifndef _KERNEL_IPC_MACH_MSG_H_
#define _KERNEL_IPC_MACH_MSG_H_

#include <mach/message.h>
#include <mach/port.h>

struct ipc_object;
struct mach_thread;

/*
 * Receive from the object, whose reference is consumed, into user memory of
 * *size bytes at addr; never waits, but may sleep.  *size becomes what the
 * message and its trailer take, *identity the port of a message that is too
 * large (MACH_RCV_LARGE_IDENTITY).  The thread is not in a trap.
 */
mach_msg_return_t mach_msg_receive_now(struct mach_thread *th,
	    struct ipc_object *object, mach_vm_offset_t addr,
	    mach_msg_size_t *size, mach_msg_option_t option,
	    mach_port_name_t *identity);

#endif /* !_KERNEL_IPC_MACH_MSG_H_ */
