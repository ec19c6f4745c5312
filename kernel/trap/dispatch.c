/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * From a trap number and words to a handler.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <machine/atomic.h>

#include <mach/kern_return.h>

#include <kernel/trap/dispatch.h>

int
mach_trap_pad(u_int number, const uint64_t *args, u_int nargs)
{
	uint64_t words[MACH_TRAP_ARGS];

	memcpy(words, args, nargs * sizeof(words[0]));
	bzero(words + nargs, sizeof(words) - nargs * sizeof(words[0]));
	return (mach_trap_dispatch(number, words, MACH_TRAP_ARGS));
}

int
mach_trap_absent(u_int number)
{

	if (number >= mach_trap_count ||
	    mach_trap_table[number].mt_name == NULL)
		return (KERN_INVALID_ARGUMENT);
	atomic_add_long(&mach_trap_stats[number].calls, 1);
	atomic_add_long(&mach_trap_stats[number].errors, 1);
	return (KERN_NOT_SUPPORTED);
}

int
mach_trap_dispatch(u_int number, const uint64_t *args, u_int nargs)
{

	return (mach_trap_run(NULL, number, args, nargs));
}
