/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * How the functions that are nothing but a trap (gen/trap_stubs.c) enter the
 * kernel: MACH_TRAP_STUB(number, nargs, word, ...), at least one word.  All of
 * them could call mach_trap(); a back end whose traps are system calls has
 * something shorter.  With MACH_TRAPS_COUNTED all of them do: for a test that
 * wraps mach_trap().
 */

#ifndef _LIBMACH_TRAP_STUB_H_
#define _LIBMACH_TRAP_STUB_H_

#if defined(__FreeBSD__) && !defined(MACH_TRAPS_COUNTED)
#include "freebsd/trap_stub.h"
#else
#define	MACH_TRAP_STUB(number, nargs, ...)				\
	mach_trap((number), (const uint64_t[]){ __VA_ARGS__ }, (nargs))
#endif

#endif /* !_LIBMACH_TRAP_STUB_H_ */
