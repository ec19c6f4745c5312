/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of tasks for kernels run in process, where all of them have the same:
 * this process's.  Contract: kernel/kern/vm_space.h.  (machd has its own.)
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <mach/vm_prot.h>

#include <kernel/kern/vm_copy.h>
#include <kernel/kern/vm_space.h>

static MALLOC_DEFINE(M_MACH_SPACE, "mach_space", "Memory of other tasks");

struct vm_space {
	struct proc	*vs_proc;
};

struct vm_space *
vm_space_of(struct proc *p)
{
	struct vm_space *space;

	space = malloc(sizeof(*space), M_MACH_SPACE, M_WAITOK);
	space->vs_proc = p;
	return (space);
}

void
vm_space_drop(struct vm_space *space)
{

	free(space, M_MACH_SPACE);
}

/* Nothing can be asked about it but by the access itself. */
kern_return_t
vm_space_check(struct vm_space *space __unused, mach_vm_offset_t addr,
    mach_vm_size_t size, int prot __unused)
{

	return (vm_copy_range_ok(addr, size) ? KERN_SUCCESS :
	    KERN_INVALID_ADDRESS);
}

kern_return_t
vm_space_read(struct vm_space *space __unused, mach_vm_offset_t addr,
    void *buf, size_t size)
{

	return (copyin((const void *)(uintptr_t)addr, buf, size) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

kern_return_t
vm_space_write(struct vm_space *space __unused, mach_vm_offset_t addr,
    const void *buf, size_t size)
{

	return (copyout(buf, (void *)(uintptr_t)addr, size) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

kern_return_t
vm_space_allocate(struct vm_space *space __unused, mach_vm_offset_t *addr,
    mach_vm_size_t size, int flags)
{

	return (vm_user_allocate(addr, size, flags));
}

kern_return_t
vm_space_deallocate(struct vm_space *space __unused, mach_vm_offset_t addr,
    mach_vm_size_t size)
{

	return (vm_user_deallocate(addr, size));
}

kern_return_t
vm_space_protect(struct vm_space *space __unused, mach_vm_offset_t addr,
    mach_vm_size_t size, bool set_maximum, int prot)
{

	return (vm_user_protect(addr, size, set_maximum, prot));
}
