/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The base types of the interface.
 *
 * natural_t and integer_t are 32 bits wide on every target.  The vm_* types
 * are as wide as the program's pointers, the mach_vm_* types are 64 bits wide
 * for everybody.  In a kernel, and on FreeBSD, <sys/types.h> has vm_offset_t
 * and vm_size_t already, of the same width; they are not defined again.
 */

#ifndef _MACH_MACHINE_VM_TYPES_H_
#define	_MACH_MACHINE_VM_TYPES_H_

#include <mach/cdefs.h>

typedef unsigned int	natural_t;
typedef int		integer_t;

#if !defined(_KERNEL) && !defined(__FreeBSD__)
typedef uintptr_t	vm_offset_t;	/* address or offset, in bytes */
typedef uintptr_t	vm_size_t;	/* size, in bytes */
#endif

typedef uint64_t	mach_vm_address_t;
typedef uint64_t	mach_vm_offset_t;
typedef uint64_t	mach_vm_size_t;

typedef uint64_t	vm_map_offset_t;
typedef uint64_t	vm_map_address_t;
typedef uint64_t	vm_map_size_t;

/*
 * The context word of a port (also its guard) is as wide as a pointer of the
 * program that sets it.  The two fixed widths are for kernels, which serve
 * callers of both.
 */
typedef vm_offset_t	mach_port_context_t;
typedef uint32_t	mach_port_context32_t;
typedef uint64_t	mach_port_context64_t;

typedef uint32_t	vm32_offset_t;
typedef uint32_t	vm32_address_t;
typedef uint32_t	vm32_size_t;

MACH_STATIC_ASSERT(sizeof(natural_t) == 4, "natural_t is 32 bits");
MACH_STATIC_ASSERT(sizeof(vm_offset_t) == sizeof(void *),
    "vm_offset_t is as wide as a pointer");

#endif /* !_MACH_MACHINE_VM_TYPES_H_ */
