/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What ports and port sets have in common: a lock, a reference count and
 * whether they are alive.  A name in a space, a right in a message and a thread
 * at work each hold a reference; the last one to go frees the memory.
 *
 * Lock order: ipc_space.is_lock -> port -> port set -> ipc_transit_lock.
 * Two ports, or two port sets, are never locked together.
 */

#ifndef _KERNEL_IPC_IPC_OBJECT_H_
#define _KERNEL_IPC_IPC_OBJECT_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/queue.h>
#include <sys/refcount.h>

#include <mach/kern_return.h>
#include <mach/message.h>
#include <mach/port.h>

enum ipc_object_type {
	IOT_PORT,
	IOT_PORT_SET
};

struct ipc_watch;

struct ipc_object {
	struct mtx	 io_lock;
	u_long		 io_serial;	/* (c) no other of its kind has it */
	volatile u_int	 io_refs;
	uint8_t		 io_type;	/* (c) enum ipc_object_type */
	bool		 io_active;	/* (io_lock) */
	struct ipc_watch *io_watch;	/* (io_lock) set once; or NULL */
};

#define	io_lock(io)		mtx_lock(&(io)->io_lock)
#define	io_unlock(io)		mtx_unlock(&(io)->io_lock)

void	ipc_object_hold(struct ipc_object *object);
void	ipc_object_drop(struct ipc_object *object);

#endif /* !_KERNEL_IPC_IPC_OBJECT_H_ */
