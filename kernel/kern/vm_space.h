/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The memory of a task that a message names: what vm_copy.h is for the current
 * process's own.  Each host implements it (kernel/freebsd/vm_space.c,
 * kernel/user/vm_space.c, kernel/user/machd/vm_space.c).
 *
 * A vm_space is the memory of one image of a process.  It outlives that: after
 * an exec or the exit, what is done to it is seen by nobody, or fails, and the
 * new image cannot be reached through it.  Functions may sleep and fault: no
 * mutex may be held.
 */

#ifndef _KERNEL_KERN_VM_SPACE_H_
#define _KERNEL_KERN_VM_SPACE_H_

#include <sys/param.h>
#include <sys/types.h>

#include <mach/kern_return.h>
#include <mach/vm_types.h>

struct proc;
struct vm_space;

/*
 * The memory of a process, referenced.  The caller keeps the process from
 * going.  NULL: it has none, is in the middle of an exec, or this host cannot
 * reach it.  Whoever goes by a port looks afterwards whether the port still
 * lives: an exec ends it before memory changes.
 */
struct vm_space *vm_space_of(struct proc *p);
void	vm_space_drop(struct vm_space *space);

/*
 * May all of a range be accessed?  MACH_VM_PROT_READ or MACH_VM_PROT_WRITE.
 * KERN_INVALID_ADDRESS: not all of it is mapped; KERN_PROTECTION_FAILURE.
 */
kern_return_t vm_space_check(struct vm_space *space, mach_vm_offset_t addr,
	    mach_vm_size_t size, int prot);

/* To and from kernel memory, after a check.  KERN_INVALID_ADDRESS. */
kern_return_t vm_space_read(struct vm_space *space, mach_vm_offset_t addr,
	    void *buf, size_t size);
kern_return_t vm_space_write(struct vm_space *space, mach_vm_offset_t addr,
	    const void *buf, size_t size);

/*
 * As vm_user_allocate() and so on; flags are checked.  What an allocation
 * takes is charged to the caller, and keeps within the target's limit of
 * address space.  KERN_NOT_SUPPORTED: this host cannot.
 */
kern_return_t vm_space_allocate(struct vm_space *space,
	    mach_vm_offset_t *addr, mach_vm_size_t size, int flags);
kern_return_t vm_space_deallocate(struct vm_space *space,
	    mach_vm_offset_t addr, mach_vm_size_t size);
kern_return_t vm_space_protect(struct vm_space *space, mach_vm_offset_t addr,
	    mach_vm_size_t size, bool set_maximum, int prot);

#endif /* !_KERNEL_KERN_VM_SPACE_H_ */
