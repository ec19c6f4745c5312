/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory: the small part of the VM that Mach IPC needs.  Each host
 * implements it (kernel/freebsd/vm_copy.c, kernel/user/vm_copy.c).
 *
 * A vm_copy is a snapshot of user memory on its way in a message: its content
 * never changes, whatever the sender does to the original.  Functions act on
 * the current process.  They may sleep and fault: no mutex may be held.
 */

#ifndef _KERNEL_KERN_VM_COPY_H_
#define _KERNEL_KERN_VM_COPY_H_

#include <sys/param.h>
#include <sys/types.h>

#include <mach/kern_return.h>
#include <mach/vm_types.h>

struct vm_copy;

/* Is [addr, addr + size) a range of the current process's address space? */
bool	vm_copy_range_ok(mach_vm_offset_t addr, mach_vm_size_t size);

/*
 * Snapshot `size` > 0 bytes at addr.  KERN_INVALID_ADDRESS: not all readable;
 * KERN_RESOURCE_SHORTAGE: no memory, or past the limit.  `give`: the sender
 * gives the memory away when the message is sent, so that the host may take
 * the pages instead of their content; vm_copy_given() must follow on success.
 */
kern_return_t vm_copyin(mach_vm_offset_t addr, mach_vm_size_t size, bool give,
	    struct vm_copy **copyp);

/*
 * The message is complete: the memory that was copied in, or that `copy` stands
 * for, is no longer the current process's.  copy may be NULL when nothing was
 * snapshot.
 */
void	vm_copy_given(struct vm_copy *copy, mach_vm_offset_t addr,
	    mach_vm_size_t size);

/* A snapshot of kernel memory, for lists of names and the like. */
kern_return_t vm_copy_from_kernel(const void *data, mach_vm_size_t size,
	    struct vm_copy **copyp);

/*
 * A snapshot to be filled in order, whole pages at a time but for the last;
 * and what is in one.  KERN_RESOURCE_SHORTAGE.
 */
kern_return_t vm_copy_blank(mach_vm_size_t size, struct vm_copy **copyp);
kern_return_t vm_copy_put(struct vm_copy *copy, mach_vm_size_t offset,
	    const void *data, size_t size);
kern_return_t vm_copy_get(struct vm_copy *copy, mach_vm_size_t offset,
	    void *data, size_t size);

/*
 * Place the snapshot at a page-aligned address of the current process; bytes
 * past the size are zero to the end of the page.  Consumes the copy on success
 * only.  The receiver frees it with vm_deallocate.  KERN_NO_SPACE: no room in
 * the address space.
 */
kern_return_t vm_copyout(struct vm_copy *copy, mach_vm_offset_t *addrp);

mach_vm_size_t vm_copy_size(const struct vm_copy *copy);
void	vm_copy_discard(struct vm_copy *copy);

/*
 * The own task's memory.  `flags` as mach_vm_allocate (VM_FLAGS_ANYWHERE or a
 * fixed address).  Sizes are rounded out to pages; size 0 succeeds and does
 * nothing (allocate: address 0).
 */
kern_return_t vm_user_flags(int flags);	/* vm_traps.c: are they allowed? */
kern_return_t vm_user_allocate(mach_vm_offset_t *addr, mach_vm_size_t size,
	    int flags);
kern_return_t vm_user_deallocate(mach_vm_offset_t addr, mach_vm_size_t size);
kern_return_t vm_user_protect(mach_vm_offset_t addr, mach_vm_size_t size,
	    bool set_maximum, int prot);

int	vm_copy_init(void);
void	vm_copy_fini(void);

#endif /* !_KERNEL_KERN_VM_COPY_H_ */
