/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * How many objects of each kind live.  mach_counters_trap() and the sysctl tree
 * kern.mach.count report them in this order; a test that ends where it began
 * has leaked nothing.
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
	MACH_COUNTERS
};

/* What the kernel itself holds for good (host ports, the kernel's space). */
extern volatile u_long mach_counters[MACH_COUNTERS];
extern u_long mach_counters_base[MACH_COUNTERS];

static __inline void
mach_counter_add(enum mach_counter which, long n)
{

	atomic_add_long(&mach_counters[which], (u_long)n);
}

static __inline u_long
mach_counter_get(enum mach_counter which)
{

	return (atomic_load_acq_long(&mach_counters[which]));
}

const char *mach_counter_name(enum mach_counter which);

#endif /* !_KERNEL_KERN_COUNTERS_H_ */
