/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_trap(): the system call of mach.ko.  Its number is assigned when the
 * module is loaded; attach.c finds it.  No locks.
 */

#include <sys/types.h>
#include <sys/syscall.h>

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <mach/kern_return.h>
#include <mach/port.h>

#include "../libmach.h"
#include "host_freebsd.h"

#define	TRAP_REPLY_PORT		26u	/* the traps that return a name */
#define	TRAP_HOST_SELF		29u
#define	TRAP_SPECIAL_REPLY_PORT	50u
#define	TRAP_MK_TIMER_CREATE	91u

static uint32_t
no_kernel(unsigned number)
{

	if ((number >= TRAP_REPLY_PORT && number <= TRAP_HOST_SELF) ||
	    number == TRAP_SPECIAL_REPLY_PORT ||
	    number == TRAP_MK_TIMER_CREATE)
		return (MACH_PORT_NULL);
	return (KERN_NOT_SUPPORTED);
}

uint32_t
mach_trap(unsigned number, const uint64_t *args, unsigned nargs)
{
	int result, saved;

	saved = errno;
	host_check_fork();
	if (atomic_load_explicit(&mach_host_syscall, memory_order_relaxed) <=
	    0 && host_attach(false) != 0) {
		host_complain();
		errno = saved;
		return (no_kernel(number));
	}
	host_thread_enter();
	/* A trap never fails; the system call does where it is not allowed. */
	errno = 0;
	result = syscall(atomic_load_explicit(&mach_host_syscall,
	    memory_order_relaxed), number, args, (size_t)nargs);
	if (result == -1 && errno != 0)
		result = (int)no_kernel(number);
	errno = saved;
	return ((uint32_t)result);
}

int
mach_host_makefd(uint32_t port, int *fd)
{

	return (fileport_makefd_trap(port, -1, fd));
}
