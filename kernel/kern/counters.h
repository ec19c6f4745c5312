/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * How many objects of each kind live, lived, lived at a time at most, and how
 * many could not be made because of a limit or for want of memory.
 * mach_counters_trap(), mach_inspect_trap() and the sysctl tree
 * kern.mach.count report them in this order; a test that ends where it began
 * has leaked nothing.
 *
 * What is made and what goes are counted apart, so that an object costs two
 * atomic operations in its life and the total is had for nothing.  The peak is
 * a moment's reading, kept without a lock: it may miss what lasted but the
 * instant between two instructions.
 */

#ifndef _KERNEL_KERN_COUNTERS_H_
#define _KERNEL_KERN_COUNTERS_H_

#include <sys/param.h>
#include <sys/types.h>
#include <machine/atomic.h>

enum mach_counter {
	MACH_COUNTER_TASKS,
	MACH_COUNTER_THREADS,
	MACH_COUNTER_SPACES,
	MACH_COUNTER_NAMES,	/* entries in use in all spaces */
	MACH_COUNTER_PORTS,
	MACH_COUNTER_PSETS,
	MACH_COUNTER_KMSGS,
	MACH_COUNTER_KMSG_BYTES,	/* message and out-of-line memory */
	MACH_COUNTER_SEMAPHORES,
	MACH_COUNTER_TIMERS,
	MACH_COUNTER_MEMBERS,	/* ports in sets */
	MACH_COUNTER_KNOTES,
	MACH_COUNTER_PSET_FDS,	/* sets with a file descriptor */
	MACH_COUNTER_FILEPORTS,
	MACH_COUNTERS
};

struct mach_counter_cell {
	volatile u_long	mc_made;
	volatile u_long	mc_gone;
	volatile u_long	mc_peak;
	volatile u_long	mc_failed;
} __aligned(64);		/* no two in a cache line */

extern struct mach_counter_cell mach_counters[MACH_COUNTERS];
/* What the kernel itself holds for good (host ports, the kernel's space). */
extern u_long mach_counters_base[MACH_COUNTERS];

/* One more.  Returns a number that no other object of the kind has. */
static __inline u_long
mach_counter_made(enum mach_counter which)
{
	struct mach_counter_cell *c;
	u_long made, now;

	c = &mach_counters[which];
	made = atomic_fetchadd_long(&c->mc_made, 1) + 1;
	now = made - atomic_load_long(&c->mc_gone);
	if (__predict_false((long)(now - atomic_load_long(&c->mc_peak)) > 0))
		atomic_store_long(&c->mc_peak, now);
	return (made);
}

static __inline void
mach_counter_gone(enum mach_counter which, u_long n)
{

	atomic_add_long(&mach_counters[which].mc_gone, n);
}

static __inline void
mach_counter_failed(enum mach_counter which)
{

	atomic_add_long(&mach_counters[which].mc_failed, 1);
}

u_long	mach_counter_get(enum mach_counter which);
const char *mach_counter_name(enum mach_counter which);

#endif /* !_KERNEL_KERN_COUNTERS_H_ */
