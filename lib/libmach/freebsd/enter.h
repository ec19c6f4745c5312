/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A system call of mach.ko, whose number is known at run time only.
 *
 * enter() passes six words, of a 32-bit program eight, leaves the result in
 * *resultp and returns true, or returns false when the system call itself
 * failed: there is none of that number, or it is not allowed.  errno is
 * unchanged.
 */

#ifndef _LIBMACH_ENTER_H_
#define _LIBMACH_ENTER_H_

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#if defined(__amd64__) && defined(__LP64__)

/* syscall(2) would take the kernel the longer way, and errno with it. */
static inline bool
enter(int call, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3,
    uint64_t a4, uint64_t a5, uint32_t *resultp)
{
	register uint64_t r8 __asm__("r8") = a4;
	register uint64_t r9 __asm__("r9") = a5;
	register uint64_t r10 __asm__("r10") = a3;
	uint64_t result;
	bool failed;

	result = (unsigned)call;
	__asm__ volatile("syscall"
	    : "+a" (result), "=@ccc" (failed), "+D" (a0), "+S" (a1),
	      "+d" (a2), "+r" (r10), "+r" (r8), "+r" (r9)
	    : : "rcx", "r11", "memory");
	*resultp = (uint32_t)result;
	return (!failed);
}

#else

/* A result of -1 is one when errno stays as it is. */
static inline bool
enter_done(int result, int saved, uint32_t *resultp)
{
	bool failed;

	failed = result == -1 && errno != 0;
	errno = saved;
	*resultp = (uint32_t)result;
	return (!failed);
}

#ifdef __LP64__

static inline bool
enter(int call, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3,
    uint64_t a4, uint64_t a5, uint32_t *resultp)
{
	int saved;

	saved = errno;
	errno = 0;
	return (enter_done(syscall(call, a0, a1, a2, a3, a4, a5), saved,
	    resultp));
}

#else

/* The kernel takes as many as the call has. */
static inline bool
enter(int call, uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3,
    uint32_t a4, uint32_t a5, uint32_t a6, uint32_t a7, uint32_t *resultp)
{
	int saved;

	saved = errno;
	errno = 0;
	return (enter_done(syscall(call, a0, a1, a2, a3, a4, a5, a6, a7),
	    saved, resultp));
}

#endif
#endif

#endif /* !_LIBMACH_ENTER_H_ */
