/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_vm_* traps, on the own task.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <mach/vm_prot.h>
#include <mach/vm_statistics.h>

#include <kernel/kern/kobject.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/vm_copy.h>
#include <kernel/trap/gen/trap_handlers.h>

/* What would have to be pretended is refused. */
kern_return_t
vm_user_flags(int flags)
{

	if ((flags & ~(int)VM_FLAGS_USER_ALLOCATE) != 0)
		return (KERN_INVALID_ARGUMENT);
	if ((flags & (VM_FLAGS_PURGABLE | VM_FLAGS_PERMANENT |
	    VM_FLAGS_TPRO)) != 0)
		return (KERN_NOT_SUPPORTED);
	return (KERN_SUCCESS);
}

int
sys__kernelrpc_mach_vm_allocate_trap(struct mach_thread *self,
    struct _kernelrpc_mach_vm_allocate_trap_args *uap)
{
	kern_return_t kr;
	mach_vm_offset_t addr;

	if (!mach_target_is_self(self, uap->target))
		return (MACH_SEND_INVALID_DEST);
	kr = vm_user_flags(uap->flags);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (copyin(uap->addr, &addr, sizeof(addr)) != 0)
		return (KERN_INVALID_ADDRESS);
	kr = vm_user_allocate(&addr, uap->size, uap->flags);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (copyout(&addr, uap->addr, sizeof(addr)) != 0) {
		(void)vm_user_deallocate(addr, uap->size);
		return (KERN_INVALID_ADDRESS);
	}
	return (KERN_SUCCESS);
}

int
sys__kernelrpc_mach_vm_deallocate_trap(struct mach_thread *self,
    struct _kernelrpc_mach_vm_deallocate_trap_args *uap)
{

	if (!mach_target_is_self(self, uap->target))
		return (MACH_SEND_INVALID_DEST);
	return (vm_user_deallocate(uap->address, uap->size));
}

int
sys__kernelrpc_mach_vm_protect_trap(struct mach_thread *self,
    struct _kernelrpc_mach_vm_protect_trap_args *uap)
{

	if (!mach_target_is_self(self, uap->target))
		return (MACH_SEND_INVALID_DEST);
	/* Private memory is copied when it is written, asked for or not. */
	return (vm_user_protect(uap->address, uap->size,
	    uap->set_maximum != 0, uap->new_protection & ~MACH_VM_PROT_COPY));
}
