/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of the own task: allocate, free, protect, map.
 *
 * Every function comes with Darwin's wide (mach_vm_) and native (vm_) types.
 * Another task's memory cannot be reached: the kernel answers for that.
 */

#include <string.h>

#include "libmach.h"
#include "gen/mach_vm_user.h"

kern_return_t
_libmach_alloc(mach_vm_size_t size, void **memory)
{
	mach_vm_address_t address;
	kern_return_t kr;

	address = 0;
	kr = mach_vm_allocate(mach_task_self_, &address,
	    LIBMACH_ROUND_PAGE(size), VM_FLAGS_ANYWHERE);
	if (kr == KERN_SUCCESS)
		*memory = (void *)(uintptr_t)address;
	return (kr);
}

void
_libmach_free(void *memory, mach_vm_size_t size)
{

	if (memory != NULL)
		(void)mach_vm_deallocate(mach_task_self_,
		    (mach_vm_address_t)(uintptr_t)memory,
		    LIBMACH_ROUND_PAGE(size));
}

kern_return_t
mach_vm_allocate(vm_map_t task, mach_vm_address_t *address, mach_vm_size_t size,
    int flags)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_vm_allocate_trap(task, address, size, flags);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_vm_allocate(task, address,
	    size, flags) :
	    kr);
}

kern_return_t
mach_vm_deallocate(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_vm_deallocate_trap(task, address, size);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_vm_deallocate(task,
	    address, size) :
	    kr);
}

kern_return_t
mach_vm_protect(vm_map_t task, mach_vm_address_t address, mach_vm_size_t size,
    boolean_t set_maximum, vm_prot_t protection)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_vm_protect_trap(task, address, size,
	    set_maximum, protection);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_vm_protect(task, address,
	    size, set_maximum, protection) : kr);
}

/*
 * Allocate with the low bits of `mask` clear in the address: take more and
 * give back what is around it.
 */
static kern_return_t
allocate_aligned(vm_map_t task, mach_vm_address_t *address,
    mach_vm_size_t size, mach_vm_offset_t mask, int flags)
{
	mach_vm_address_t start, aligned, end;
	kern_return_t kr;

	size = LIBMACH_ROUND_PAGE(size);
	if (size + mask < size)
		return (KERN_NO_SPACE);
	start = 0;
	kr = mach_vm_allocate(task, &start, size + mask, flags);
	if (kr != KERN_SUCCESS)
		return (kr);
	end = start + LIBMACH_ROUND_PAGE(size + mask);
	aligned = (start + mask) & ~mask;
	if (aligned > start)
		(void)mach_vm_deallocate(task, start, aligned - start);
	if (end > aligned + size)
		(void)mach_vm_deallocate(task, aligned + size,
		    end - aligned - size);
	*address = aligned;
	return (KERN_SUCCESS);
}

/*
 * Anonymous memory only: no memory object can be mapped
 * (KERN_NOT_SUPPORTED), nor memory that a fork shares or drops.
 */
kern_return_t
mach_vm_map(vm_map_t task, mach_vm_address_t *address, mach_vm_size_t size,
    mach_vm_offset_t mask, int flags, mem_entry_name_port_t object,
    memory_object_offset_t offset, boolean_t copy, vm_prot_t cur_protection,
    vm_prot_t max_protection, vm_inherit_t inheritance)
{
	kern_return_t kr;

	(void)offset;
	(void)copy;
	/* Of objects only. */
	flags &= ~(int)(VM_FLAGS_RETURN_DATA_ADDR |
	    VM_FLAGS_RETURN_4K_DATA_ADDR);
	if (address == NULL || (mask & (mask + 1)) != 0 ||
	    ((unsigned)flags & ~VM_FLAGS_USER_MAP) != 0)
		return (KERN_INVALID_ARGUMENT);
	if ((cur_protection & ~VM_PROT_ALL) != 0 ||
	    (cur_protection & ~max_protection) != 0)
		return (KERN_INVALID_ARGUMENT);
	if (object != MACH_PORT_NULL || inheritance != VM_INHERIT_COPY)
		return (KERN_NOT_SUPPORTED);
	if (size == 0)
		return (KERN_INVALID_ARGUMENT);
	if ((flags & VM_FLAGS_ANYWHERE) != 0 && mask > vm_page_mask)
		kr = allocate_aligned(task, address, size, mask, flags);
	else if ((flags & VM_FLAGS_ANYWHERE) == 0 && (*address & mask) != 0)
		return (KERN_INVALID_ADDRESS);
	else
		kr = mach_vm_allocate(task, address, size, flags);
	if (kr != KERN_SUCCESS || cur_protection == VM_PROT_DEFAULT)
		return (kr);
	kr = mach_vm_protect(task, *address, size, FALSE, cur_protection);
	if (kr != KERN_SUCCESS)
		(void)mach_vm_deallocate(task, *address, size);
	return (kr);
}

/* The same with the machine's own address type. */

kern_return_t
vm_allocate(vm_map_t task, vm_address_t *address, vm_size_t size, int flags)
{
	mach_vm_address_t wide;
	kern_return_t kr;

	if (address == NULL)
		return (KERN_INVALID_ARGUMENT);
	wide = *address;
	kr = mach_vm_allocate(task, &wide, size, flags);
	if (kr == KERN_SUCCESS)
		*address = (vm_address_t)wide;
	return (kr);
}

kern_return_t
vm_deallocate(vm_map_t task, vm_address_t address, vm_size_t size)
{

	return (mach_vm_deallocate(task, address, size));
}

kern_return_t
vm_protect(vm_map_t task, vm_address_t address, vm_size_t size,
    boolean_t set_maximum, vm_prot_t protection)
{

	return (mach_vm_protect(task, address, size, set_maximum, protection));
}

kern_return_t
vm_map(vm_map_t task, vm_address_t *address, vm_size_t size,
    vm_address_t mask, int flags, mem_entry_name_port_t object,
    vm_offset_t offset, boolean_t copy, vm_prot_t cur_protection,
    vm_prot_t max_protection, vm_inherit_t inheritance)
{
	mach_vm_address_t wide;
	kern_return_t kr;

	if (address == NULL)
		return (KERN_INVALID_ARGUMENT);
	wide = *address;
	kr = mach_vm_map(task, &wide, size, mask, flags, object, offset, copy,
	    cur_protection, max_protection, inheritance);
	if (kr == KERN_SUCCESS)
		*address = (vm_address_t)wide;
	return (kr);
}

kern_return_t
vm_map_64(vm_map_t task, vm_address_t *address, vm_size_t size,
    vm_address_t mask, int flags, mem_entry_name_port_t object,
    memory_object_offset_t offset, boolean_t copy, vm_prot_t cur_protection,
    vm_prot_t max_protection, vm_inherit_t inheritance)
{

	return (vm_map(task, address, size, mask, flags, object,
	    (vm_offset_t)offset, copy, cur_protection, max_protection,
	    inheritance));
}
