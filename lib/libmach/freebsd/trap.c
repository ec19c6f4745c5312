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
#include <mach/port.h>

#include "../libmach.h"
#include "host_freebsd.h"
#include "trap_stub.h"

/* A trap never fails; a system call does where it is not allowed. */
uint32_t
mach_host_no_kernel(unsigned number)
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

/* The functions that are but a trap have a shorter way: trap_stub.h. */
uint32_t
mach_trap(unsigned number, const uint64_t *args, unsigned nargs)
{
	uint32_t result;
	int call;
	bool entered;

	if (__builtin_expect(!host_ready(), false) && !begin())
		return (mach_host_no_kernel(number));
	/* A number that would spoil the word is no trap's either. */
	if (number >= MACH_SYSCALL_BLOCK)
		number = MACH_SYSCALL_BLOCK - 1;
	/*
	 * 0: the kernel had no second call to give.  Who leaves words of a
	 * message trap out says so in a block.
	 */
	call = is_message(number) && nargs >= (number ==
	    MACH_TRAP_mach_msg_trap ? 7 : 8) ? atomic_load_explicit(
	    &mach_host_syscall_msg, memory_order_relaxed) : 0;
	entered = call > 0 ? enter_message(call, number, args, &result) :
	    enter_trap(atomic_load_explicit(&mach_host_syscall,
	    memory_order_relaxed), number, args, nargs, &result);
	return (entered ? result : mach_host_no_kernel(number));
}

/* All five: words of 0 are what registers without an argument have, too. */
uint32_t
mach_host_begin(unsigned number, uint64_t a, uint64_t b, uint64_t c,
    uint64_t d, uint64_t e)
{

	return (mach_trap(number, (const uint64_t[]){ a, b, c, d, e }, 5));
}

int
mach_host_makefd(uint32_t port, int *fd)
{

	return (fileport_makefd_trap(port, -1, fd));
}
