/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Limits and the accounting of message memory.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/refcount.h>
#include <machine/atomic.h>

#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>

static MALLOC_DEFINE(M_MACH_QUOTA, "mach_quota", "Mach message accounting");

u_long mach_limit_ports = 1024 * 1024;
u_long mach_limit_task_bytes = 256UL * 1024 * 1024;
u_long mach_limit_bytes = 1024UL * 1024 * 1024;
u_long mach_limit_semaphores = 256 * 1024;
u_long mach_limit_timers = 64 * 1024;

struct mach_quota *
mach_quota_alloc(void)
{
	struct mach_quota *quota;

	quota = malloc(sizeof(*quota), M_MACH_QUOTA, M_WAITOK | M_ZERO);
	refcount_init(&quota->q_refs, 1);
	return (quota);
}

void
mach_quota_hold(struct mach_quota *quota)
{

	refcount_acquire(&quota->q_refs);
}

void
mach_quota_drop(struct mach_quota *quota)
{

	if (refcount_release(&quota->q_refs)) {
		KASSERT(quota->q_bytes == 0, ("dropping a charged quota"));
		free(quota, M_MACH_QUOTA);
	}
}

bool
mach_quota_charge(struct mach_quota *quota, u_long bytes)
{
	u_long old;

	old = atomic_fetchadd_long(&quota->q_bytes, bytes);
	if (old + bytes > mach_limit_task_bytes || old + bytes < old) {
		atomic_subtract_long(&quota->q_bytes, bytes);
		return (false);
	}
	old = atomic_fetchadd_long(&mach_counters[MACH_COUNTER_KMSG_BYTES],
	    bytes);
	if (old + bytes > mach_limit_bytes || old + bytes < old) {
		atomic_subtract_long(&mach_counters[MACH_COUNTER_KMSG_BYTES],
		    bytes);
		atomic_subtract_long(&quota->q_bytes, bytes);
		return (false);
	}
	return (true);
}

void
mach_quota_force(struct mach_quota *quota, u_long bytes)
{

	atomic_add_long(&quota->q_bytes, bytes);
	mach_counter_add(MACH_COUNTER_KMSG_BYTES, bytes);
}

bool
mach_quota_exceeded(struct mach_quota *quota)
{

	return (atomic_load_acq_long(&quota->q_bytes) >=
	    mach_limit_task_bytes ||
	    mach_counter_get(MACH_COUNTER_KMSG_BYTES) >= mach_limit_bytes);
}

void
mach_quota_uncharge(struct mach_quota *quota, u_long bytes)
{

	atomic_subtract_long(&mach_counters[MACH_COUNTER_KMSG_BYTES], bytes);
	atomic_subtract_long(&quota->q_bytes, bytes);
}
