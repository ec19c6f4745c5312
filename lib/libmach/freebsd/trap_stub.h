/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A trap whose number and count of words the compiler knows: what is in
 * registers never gets to memory, and nothing is called.  The first trap of a
 * process or thread, and what travels as a block, go through mach_trap().
 */

#ifndef _LIBMACH_TRAP_STUB_FREEBSD_H_
#define _LIBMACH_TRAP_STUB_FREEBSD_H_

#include <stdatomic.h>

#include "enter_trap.h"
#include "host_freebsd.h"

/* mach_trap() of what travels in registers, all of them: the rest is 0. */
uint32_t mach_host_begin(unsigned number, uint64_t a, uint64_t b, uint64_t c,
    uint64_t d, uint64_t e);

/* One that travels in registers has been made: false if it is to be. */
static inline __attribute__((__always_inline__)) bool
mach_trap_stub_short(unsigned number, unsigned nargs, const uint64_t *words,
    uint32_t *resultp)
{
	int call;
	bool entered;

	if (!MACH_ENTER_REGISTERS || __builtin_expect(!host_ready(), false))
		return (false);
	if (is_message(number)) {
		call = atomic_load_explicit(&mach_host_syscall_msg,
		    memory_order_relaxed);
		if (__builtin_expect(call <= 0, false))
			return (false);
		entered = enter_message(call, number, words, resultp);
	} else if (nargs <= MACH_SYSCALL_ARGS)
		entered = enter_trap(atomic_load_explicit(&mach_host_syscall,
		    memory_order_relaxed), number, words, nargs, resultp);
	else
		return (false);
	if (__builtin_expect(!entered, false))
		*resultp = mach_host_no_kernel(number);
	return (true);
}

/*
 * What has still to begin is called in the end, and with the words in
 * registers: the other way needs no room on the stack.  Two arrays else, of
 * which the one that is given away is made when it is.
 */
static inline __attribute__((__always_inline__)) uint32_t
mach_trap_stub(unsigned number, unsigned nargs, uint64_t a, uint64_t b,
    uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h)
{
	const uint64_t words[] = { a, b, c, d, e, f, g, h };
	uint32_t result;

	if (__builtin_expect(mach_trap_stub_short(number, nargs, words,
	    &result), true))
		return (result);
	if (MACH_ENTER_REGISTERS && nargs <= MACH_SYSCALL_ARGS)
		return (mach_host_begin(number, a, b, c, d, e));
	return (mach_trap(number, (const uint64_t[]){ a, b, c, d, e, f, g, h },
	    nargs));
}

#define	MACH_TRAP_STUB(number, nargs, ...)				\
	MACH_TRAP_STUB_(number, nargs, __VA_ARGS__, 0, 0, 0, 0, 0, 0, 0, 0)
#define	MACH_TRAP_STUB_(number, nargs, a, b, c, d, e, f, g, h, ...)	\
	mach_trap_stub((number), (nargs), (a), (b), (c), (d), (e), (f),	\
	    (g), (h))

#endif /* !_LIBMACH_TRAP_STUB_FREEBSD_H_ */
