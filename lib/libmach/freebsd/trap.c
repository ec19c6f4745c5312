/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_trap(): the system calls of mach.ko.  Their numbers are assigned when
 * the module is loaded; attach.c finds them.  What travels in their
 * arguments is in syscall_abi.h.  No locks.
 */

#include <sys/types.h>

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <mach/kern_return.h>
#include <mach/message.h>
#include <mach/port.h>

#include "../../../kernel/freebsd/syscall_abi.h"
#include "../../../kernel/trap/gen/trap_number.h"
#include "../libmach.h"
#include "enter.h"
#include "host_freebsd.h"

/* A trap never fails; a system call does where it is not allowed. */
static __attribute__((__noinline__)) uint32_t
no_kernel(unsigned number)
{

	switch (number) {
	case MACH_TRAP_mach_reply_port:
	case MACH_TRAP_thread_self_trap:
	case MACH_TRAP_task_self_trap:
	case MACH_TRAP_host_self_trap:
	case MACH_TRAP_thread_get_special_reply_port:
	case MACH_TRAP_mk_timer_create_trap:
		return (MACH_PORT_NULL);
	default:
		return (KERN_NOT_SUPPORTED);
	}
}

static inline bool
is_message(unsigned number)
{

	return (number == MACH_TRAP_mach_msg_trap ||
	    number == MACH_TRAP_mach_msg_overwrite_trap ||
	    number == MACH_TRAP_mach_msg2_trap);
}

#define	BLOCK(number)	(MACH_SYSCALL_WORD(number) | MACH_SYSCALL_BLOCK)

#ifdef __LP64__

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

/* The first trap of a process or thread, or one without a kernel. */
static __attribute__((__noinline__)) bool
begin(void)
{

	host_check_fork();
	if (atomic_load_explicit(&mach_host_syscall, memory_order_relaxed) <=
	    0 && host_attach(false) != 0) {
		host_complain();
		return (false);
	}
	host_thread_enter();
	return (true);
}

/* All but the simple case. */
static __attribute__((__noinline__)) uint32_t
trap_other(unsigned number, const uint64_t *args, unsigned nargs)
{
	uint32_t result;
	int call;
	bool entered;

	if (!host_ready() && !begin())
		return (no_kernel(number));
	/* A number that would spoil the word is no trap's either. */
	if (number >= MACH_SYSCALL_BLOCK)
		number = MACH_SYSCALL_BLOCK - 1;
	/* 0: the kernel had no second call to give. */
	call = is_message(number) ? atomic_load_explicit(
	    &mach_host_syscall_msg, memory_order_relaxed) : 0;
	entered = call > 0 ? enter_message(call, number, args, &result) :
	    enter_trap(atomic_load_explicit(&mach_host_syscall,
	    memory_order_relaxed), number, args, nargs, &result);
	return (entered ? result : no_kernel(number));
}

/* Message traps are among those with more arguments. */
uint32_t
mach_trap(unsigned number, const uint64_t *args, unsigned nargs)
{
	uint32_t result;

	if (__builtin_expect(!host_ready(), false) ||
	    __builtin_expect(number >= MACH_SYSCALL_BLOCK, false) ||
	    nargs > MACH_SYSCALL_ARGS)
		return (trap_other(number, args, nargs));
	if (__builtin_expect(!enter_trap(atomic_load_explicit(
	    &mach_host_syscall, memory_order_relaxed), number, args, nargs,
	    &result), false))
		return (no_kernel(number));
	return (result);
}

int
mach_host_makefd(uint32_t port, int *fd)
{

	return (fileport_makefd_trap(port, -1, fd));
}
