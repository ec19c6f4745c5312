/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The counters of live objects.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <machine/atomic.h>

#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>

struct mach_counter_cell mach_counters[MACH_COUNTERS];
u_long mach_counters_base[MACH_COUNTERS];

static const char *const mach_counter_names[MACH_COUNTERS] = {
	[MACH_COUNTER_TASKS] = "tasks",
	[MACH_COUNTER_THREADS] = "threads",
	[MACH_COUNTER_SPACES] = "spaces",
	[MACH_COUNTER_NAMES] = "names",
	[MACH_COUNTER_PORTS] = "ports",
	[MACH_COUNTER_PSETS] = "port_sets",
	[MACH_COUNTER_KMSGS] = "messages",
	[MACH_COUNTER_KMSG_BYTES] = "message_bytes",
	[MACH_COUNTER_SEMAPHORES] = "semaphores",
	[MACH_COUNTER_TIMERS] = "timers",
	[MACH_COUNTER_MEMBERS] = "members",
	[MACH_COUNTER_KNOTES] = "knotes",
	[MACH_COUNTER_PSET_FDS] = "port_set_descriptors",
	[MACH_COUNTER_FILEPORTS] = "fileports"
};

/*
 * Gone first: what is made in between is counted too much for a moment, never
 * too little.
 */
u_long
mach_counter_get(enum mach_counter which)
{
	u_long gone;

	/* Kept by the accounts of users, in bytes. */
	if (which == MACH_COUNTER_KMSG_BYTES)
		return (mach_users_message_bytes());
	gone = atomic_load_acq_long(&mach_counters[which].mc_gone);
	return (atomic_load_acq_long(&mach_counters[which].mc_made) - gone);
}

const char *
mach_counter_name(enum mach_counter which)
{

	return ((u_int)which < MACH_COUNTERS ? mach_counter_names[which] :
	    NULL);
}
