/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * From the words of a trap to the arguments of a system call (syscall_abi.h).
 * False: the system call itself failed, as in enter.h.  No locks.
 */

#ifndef _LIBMACH_ENTER_TRAP_H_
#define _LIBMACH_ENTER_TRAP_H_

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <mach/message.h>

#include "../../../kernel/freebsd/syscall_abi.h"
#include "../../../kernel/trap/gen/trap_number.h"
#include "enter.h"
#include "host_freebsd.h"

/* What a trap returns that no kernel was entered for. */
uint32_t mach_host_no_kernel(unsigned number);

static inline bool
is_message(unsigned number)
{

	return (number == MACH_TRAP_mach_msg_trap ||
	    number == MACH_TRAP_mach_msg_overwrite_trap ||
	    number == MACH_TRAP_mach_msg2_trap);
}

#define	BLOCK(number)	(MACH_SYSCALL_WORD(number) | MACH_SYSCALL_BLOCK)

#ifdef __LP64__

#define	MACH_ENTER_REGISTERS	true

/* A message trap through a call of its own: nothing goes through memory. */
static inline bool
enter_message(int call, unsigned number, const uint64_t *args,
    uint32_t *resultp)
{

	if (number == MACH_TRAP_mach_msg2_trap)
		return (enter(call, args[0], args[1] | MACH64_MACH_MSG2,
		    args[2], args[3], args[4], (uintptr_t)(args + 5),
		    resultp));
	return (enter(call, args[0], (uint32_t)args[1],
	    (uint32_t)args[2] | args[3] << 32,
	    (uint32_t)args[4] | args[5] << 32, args[6],
	    number == MACH_TRAP_mach_msg_trap ? 0 : args[7], resultp));
}

static inline bool
enter_trap(int call, unsigned number, const uint64_t *args, unsigned nargs,
    uint32_t *resultp)
{
	uint64_t a0, a1, a2, a3, a4;

	a0 = a1 = a2 = a3 = a4 = 0;
	switch (nargs) {
	case 5:
		a4 = args[4];
		/* FALLTHROUGH */
	case 4:
		a3 = args[3];
		/* FALLTHROUGH */
	case 3:
		a2 = args[2];
		/* FALLTHROUGH */
	case 2:
		a1 = args[1];
		/* FALLTHROUGH */
	case 1:
		a0 = args[0];
		/* FALLTHROUGH */
	case 0:
		return (enter(call, MACH_SYSCALL_WORD(number), a0, a1, a2, a3,
		    a4, resultp));
	default:
		return (enter(call, BLOCK(number), (uintptr_t)args, nargs, 0,
		    0, 0, resultp));
	}
}

#else

#define	MACH_ENTER_REGISTERS	false

#define	LOW(i)	((uint32_t)args[i])

static inline bool
enter_trap(int call, unsigned number, const uint64_t *args, unsigned nargs,
    uint32_t *resultp)
{

	return (enter(call, BLOCK(number), (uintptr_t)args, nargs, 0, 0, 0, 0,
	    0, resultp));
}

/* mach_msg2_trap has more than fits. */
static inline bool
enter_message(int call, unsigned number, const uint64_t *args,
    uint32_t *resultp)
{

	if (number == MACH_TRAP_mach_msg2_trap)
		return (enter_trap(atomic_load_explicit(&mach_host_syscall,
		    memory_order_relaxed), number, args, 8, resultp));
	return (enter(call, LOW(0), LOW(1), LOW(2), LOW(3), LOW(4), LOW(5),
	    LOW(6), number == MACH_TRAP_mach_msg_trap ? 0 : LOW(7), resultp));
}

#endif

#endif /* !_LIBMACH_ENTER_TRAP_H_ */
