/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Pointers into the caller's memory.
 *
 * What a trap is given as a pointer is one in its argument structure
 * (traps.master), and stays one.  Addresses that come as integers are those
 * within messages and vectors, and of blocks of words, whose layout is the same
 * for every caller.  Here, and nowhere else, such an integer becomes a pointer:
 * a kernel whose pointers are capabilities derives one here for `len` bytes
 * from what its process may reach.  scripts/userptr.sh looks for others.
 *
 * The pointer may be given to copyin(9), copyout(9) and uiomove(9) only.
 */

#ifndef _KERNEL_KERN_USER_PTR_H_
#define _KERNEL_KERN_USER_PTR_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/systm.h>

#include <mach/vm_types.h>

static __inline void *
mach_user_ptr(mach_vm_offset_t addr, size_t len __unused)
{

	return ((void *)(uintptr_t)addr);
}

/* copyin(9) and copyout(9) with such an address. */
static __inline int
mach_copyin(mach_vm_offset_t addr, void *data, size_t len)
{

	return (copyin(mach_user_ptr(addr, len), data, len));
}

static __inline int
mach_copyout(const void *data, mach_vm_offset_t addr, size_t len)
{

	return (copyout(data, mach_user_ptr(addr, len), len));
}

#endif /* !_KERNEL_KERN_USER_PTR_H_ */
