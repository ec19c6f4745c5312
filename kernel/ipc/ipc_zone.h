/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Type-stable memory for ports and port sets.
 *
 * The memory of an object that was freed serves for further objects of its kind
 * and for nothing else until the kernel is taken down.  So whoever read a
 * pointer to an object without a lock may look at its reference count, and take
 * a reference if that is not zero; then it has to see whether it is still the
 * object it looked for (ipc_entry_object()).
 *
 * The reference count is the first word of an item.  It is 0 in one that is not
 * in use: ipc_zone_alloc() returns it so, everything else zeroed, and it
 * becomes 1 with the last store that makes the object.
 *
 * iz_lock is a leaf.
 */

#ifndef _KERNEL_IPC_IPC_ZONE_H_
#define	_KERNEL_IPC_IPC_ZONE_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/queue.h>

#include <vm/uma.h>

struct ipc_zone_item {
	volatile u_int	 izi_refs;
	SLIST_ENTRY(ipc_zone_item) izi_link;	/* while it is free */
};

struct ipc_zone_slab {
	SLIST_ENTRY(ipc_zone_slab) izs_link;
};

struct ipc_zone {
	uma_zone_t	 iz_cache;	/* live items; caches by processor */
	size_t		 iz_size;
	struct mtx	 iz_lock;
	SLIST_HEAD(, ipc_zone_item) iz_free;	/* (iz_lock) */
	SLIST_HEAD(, ipc_zone_slab) iz_slabs;	/* (iz_lock) */
};

int	ipc_zone_init(struct ipc_zone *zone, const char *name, size_t size);
/* All items are back. */
void	ipc_zone_fini(struct ipc_zone *zone);
void	*ipc_zone_alloc(struct ipc_zone *zone);	/* may sleep */
void	ipc_zone_free(struct ipc_zone *zone, void *item);

#endif /* !_KERNEL_IPC_IPC_ZONE_H_ */
