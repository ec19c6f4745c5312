/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The table of threads' Mach states that is read without a lock; what makes
 * that right is in thread_slot.c, which alone writes it.
 */

#ifndef _KERNEL_FREEBSD_THREAD_SLOT_H_
#define _KERNEL_FREEBSD_THREAD_SLOT_H_

#include <sys/param.h>
#include <sys/proc.h>
#include <machine/atomic.h>

struct mach_thread;

#define	MACH_CACHE	1024		/* a power of two */

struct mach_cache {
	volatile uintptr_t mc_td;	/* 0: nobody's */
	volatile uintptr_t mc_th;
};

extern struct mach_cache mach_cache[MACH_CACHE];

static __inline struct mach_cache *
mach_cache_of(const struct thread *td)
{

	return (&mach_cache[(u_int)td->td_tid & (MACH_CACHE - 1)]);
}

/* The state of the current thread, or NULL if it is not in the table. */
static __inline struct mach_thread *
mach_cache_get(struct thread *td)
{
	struct mach_cache *mc;
	uintptr_t th;

	mc = mach_cache_of(td);
	if (atomic_load_acq_ptr(&mc->mc_td) != (uintptr_t)td)
		return (NULL);
	th = atomic_load_acq_ptr(&mc->mc_th);
	if (atomic_load_acq_ptr(&mc->mc_td) != (uintptr_t)td)
		return (NULL);
	return ((struct mach_thread *)th);
}

#endif /* !_KERNEL_FREEBSD_THREAD_SLOT_H_ */
