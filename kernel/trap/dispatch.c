/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * From a trap number and words to a handler.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/capsicum.h>
#include <sys/proc.h>
#include <sys/sysent.h>
#include <machine/atomic.h>

#include <mach/kern_return.h>
#include <mach/port.h>

#include <kernel/kern/probes.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/trap.h>

int
mach_trap_dispatch(u_int number, const uint64_t *args, u_int nargs)
{
	const struct mach_trap *trap;
	struct mach_thread *self;
	uint64_t words[MACH_TRAP_ARGS];
	int result;

	if (number >= mach_trap_count)
		return (KERN_INVALID_ARGUMENT);
	trap = &mach_trap_table[number];
	if (trap->mt_name == NULL)
		return (KERN_INVALID_ARGUMENT);
	atomic_add_long(&mach_trap_stats[number].calls, 1);
	if (!trap->mt_supported) {
		atomic_add_long(&mach_trap_stats[number].errors, 1);
		return (KERN_NOT_SUPPORTED);
	}
	if (__predict_false(IN_CAPABILITY_MODE(curthread)) &&
	    !trap->mt_capenabled) {
		atomic_add_long(&mach_trap_stats[number].errors, 1);
		return (KERN_DENIED);
	}
	if (__predict_false(nargs < trap->mt_nargs)) {
		memcpy(words, args, nargs * sizeof(words[0]));
		bzero(words + nargs, sizeof(words) - nargs * sizeof(words[0]));
		args = words;
	}
	self = mach_thread_current();
	if (self == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	self->th_is32 = SV_PROC_FLAG(curproc, SV_ILP32) != 0;
	SDT_PROBE2(mach, , , trap__entry, number, args);
	result = trap->mt_call(self, __DECONST(void *, args));
	if (result == THREAD_BLOCKED) {
		result = mach_thread_wait(self);
		/* In machd the end of the trap is not seen here. */
		if (result == THREAD_BLOCKED)
			return (result);
	}
	SDT_PROBE2(mach, , , trap__return, number, result);
	if (mach_trap_failed(trap, result))
		atomic_add_long(&mach_trap_stats[number].errors, 1);
	return (result);
}
