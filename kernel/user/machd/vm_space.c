/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of clients that another one names.  Contract: kernel/kern/vm_space.h.
 *
 * Bytes are read and written (image.c).  Mappings are a process's own to
 * change: nobody can do that for another, so allocation, deallocation and
 * protection in another task are refused.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>

#include <mach/vm_prot.h>

#include <kernel/kern/vm_copy.h>
#include <kernel/kern/vm_space.h>
#include <kernel/user/host.h>
#include <kernel/user/machd/kern.h>

struct vm_space *
vm_space_of(struct proc *p)
{

	return ((struct vm_space *)image_of(host_proc_cookie(p)));
}

void
vm_space_drop(struct vm_space *space)
{

	image_drop((struct image *)space);
}

kern_return_t
vm_space_check(struct vm_space *space, mach_vm_offset_t addr,
    mach_vm_size_t size, int prot)
{

	switch (image_look((struct image *)space, addr, size,
	    prot == MACH_VM_PROT_WRITE)) {
	case IMAGE_OPEN:
		return (KERN_SUCCESS);
	case IMAGE_CLOSED:
		return (KERN_PROTECTION_FAILURE);
	default:
		return (KERN_INVALID_ADDRESS);
	}
}

kern_return_t
vm_space_read(struct vm_space *space, mach_vm_offset_t addr, void *buf,
    size_t size)
{

	return (image_read((struct image *)space, addr, buf, size) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

kern_return_t
vm_space_write(struct vm_space *space, mach_vm_offset_t addr, const void *buf,
    size_t size)
{

	return (image_write((struct image *)space, addr, buf, size) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

static bool
own(struct vm_space *space)
{
	struct slot *slot;

	slot = host_thread_cookie(curthread);
	return (image_is_of((struct image *)space, slot->sl_client));
}

kern_return_t
vm_space_allocate(struct vm_space *space, mach_vm_offset_t *addr,
    mach_vm_size_t size, int flags)
{

	return (own(space) ? vm_user_allocate(addr, size, flags) :
	    KERN_NOT_SUPPORTED);
}

kern_return_t
vm_space_deallocate(struct vm_space *space, mach_vm_offset_t addr,
    mach_vm_size_t size)
{

	return (own(space) ? vm_user_deallocate(addr, size) :
	    KERN_NOT_SUPPORTED);
}

kern_return_t
vm_space_protect(struct vm_space *space, mach_vm_offset_t addr,
    mach_vm_size_t size, bool set_maximum, int prot)
{

	return (own(space) ? vm_user_protect(addr, size, set_maximum, prot) :
	    KERN_NOT_SUPPORTED);
}
