/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The dispatcher's common path, for mach_trap_dispatch() and for a host whose
 * every trap goes through it: there it is one function with the host's own.
 */

#ifndef _KERNEL_TRAP_DISPATCH_H_
#define _KERNEL_TRAP_DISPATCH_H_

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/capsicum.h>
#include <sys/proc.h>
#include <sys/sysent.h>
#include <machine/atomic.h>

#include <kernel/kern/probes.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/trap.h>

/* Words that the caller left out are 0. */
int	mach_trap_pad(u_int number, const uint64_t *args, u_int nargs);
/* A number that nothing is behind, or what Darwin has and we have not. */
int	mach_trap_absent(u_int number);

/*
 * As mach_trap_dispatch().  self is the current thread, or NULL: the caller
 * does not know, or it never entered the Mach kernel.
 */
static __inline int
mach_trap_run(struct mach_thread *self, u_int number, const uint64_t *args,
    u_int nargs)
{
	const struct mach_trap *trap;
	int result;

	trap = &mach_trap_table[number];
	if (__predict_false(number >= mach_trap_count || trap->mt_call == NULL))
		return (mach_trap_absent(number));
	if (__predict_false(nargs < trap->mt_nargs))
		return (mach_trap_pad(number, args, nargs));
	atomic_add_long(&mach_trap_stats[number].calls, 1);
	if (__predict_false(IN_CAPABILITY_MODE(curthread)) &&
	    !trap->mt_capenabled) {
		atomic_add_long(&mach_trap_stats[number].errors, 1);
		return (KERN_DENIED);
	}
	if (__predict_false(self == NULL)) {
		self = mach_thread_current();
		if (self == NULL)
			return (KERN_RESOURCE_SHORTAGE);
	}
	self->th_is32 = SV_PROC_FLAG(curproc, SV_ILP32) != 0;
	SDT_PROBE3(mach, , , trap__entry, number, trap->mt_name, args);
	result = trap->mt_call(self, __DECONST(void *, args));
	if (__predict_false(result == THREAD_BLOCKED)) {
		result = mach_thread_wait(self);
		/* In machd the end of the trap is not seen here. */
		if (result == THREAD_BLOCKED)
			return (result);
	}
	SDT_PROBE4(mach, , , trap__return, number, trap->mt_name, result,
	    mach_trap_failed(trap, result));
	if (mach_trap_failed(trap, result))
		atomic_add_long(&mach_trap_stats[number].errors, 1);
	return (result);
}

#endif /* !_KERNEL_TRAP_DISPATCH_H_ */
