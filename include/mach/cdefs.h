/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the public headers need from compiler and host, in one place.
 *
 * These headers are read by three kinds of source: ordinary programs (C11,
 * C++17) on Linux and FreeBSD, the kernel sources (-D_KERNEL, where only the
 * kernel's <sys/types.h> exists), and either of them for 32-bit targets.
 * Everything that differs between them is settled here and in
 * <mach/machine/vm_types.h>; no other header tests for a host.
 *
 * A name that begins with MACH_ or __mach_ here is ours, not Darwin's.
 */

#ifndef _MACH_CDEFS_H_
#define	_MACH_CDEFS_H_

#include <sys/types.h>

#ifndef _KERNEL
#include <stddef.h>
#include <stdint.h>
#endif

#ifdef __cplusplus
#define	MACH_BEGIN_DECLS	extern "C" {
#define	MACH_END_DECLS		}
#define	MACH_STATIC_ASSERT(cond, msg)	static_assert(cond, msg)
#else
#define	MACH_BEGIN_DECLS
#define	MACH_END_DECLS
#define	MACH_STATIC_ASSERT(cond, msg)	_Static_assert(cond, msg)
#endif

#if defined(__GNUC__)
#define	__mach_printflike(fmt, first)	\
	__attribute__((__format__(__printf__, fmt, first)))
#define	__mach_aligned8		__attribute__((__aligned__(8)))
#define	__mach_noreturn		__attribute__((__noreturn__))
#else
#define	__mach_printflike(fmt, first)
#define	__mach_aligned8
#define	__mach_noreturn
#endif

#endif /* !_MACH_CDEFS_H_ */
