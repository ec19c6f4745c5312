/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What ports and port sets have in common: a lock, a reference count and
 * whether they are alive.  A name in a space, a right in a message and a thread
 * at work each hold a reference; the last one to go frees the memory.
 *
 * The memory is type-stable (ipc_zone.h): who read a pointer to an object from
 * an entry without the space's lock may look at io_refs even if the object is
 * gone by now, and at nothing else before it got a reference.
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
#include <machine/atomic.h>

#include <mach/kern_return.h>
#include <mach/message.h>
#include <mach/port.h>

enum ipc_object_type {
	IOT_PORT,
	IOT_PORT_SET
};

struct ipc_watch;

struct ipc_object {
	volatile u_int	 io_refs;	/* first: ipc_zone.h */
	uint8_t		 io_type;	/* (c) enum ipc_object_type */
	uint8_t		 io_active;	/* (io_lock); a port's 0 is final */
	u_long		 io_serial;	/* (c) no other of its kind has it */
	struct mtx	 io_lock;
	struct ipc_watch *io_watch;	/* (io_lock) set once; or NULL */
};

#define	io_lock(io)		mtx_lock(&(io)->io_lock)
#define	io_unlock(io)		mtx_unlock(&(io)->io_lock)

/* The object is made: from now on whoever comes upon it may hold it. */
static __inline void
ipc_object_ready(struct ipc_object *object)
{

	atomic_store_rel_int(&object->io_refs, 1);
}

static __inline void
ipc_object_hold(struct ipc_object *object)
{

	refcount_acquire(&object->io_refs);
}

/* False: the object is gone, or not made yet. */
static __inline bool
ipc_object_tryhold(struct ipc_object *object)
{

	if (!refcount_acquire_if_not_zero(&object->io_refs))
		return (false);
	/* Not all kernels order what follows after the count. */
	atomic_thread_fence_acq();
	return (true);
}

void	ipc_object_free(struct ipc_object *object);	/* ipc_object_drop */

static __inline void
ipc_object_drop(struct ipc_object *object)
{

	if (refcount_release(&object->io_refs))
		ipc_object_free(object);
}

#endif /* !_KERNEL_IPC_IPC_OBJECT_H_ */
