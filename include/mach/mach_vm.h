/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of a task, with 64-bit addresses.  <mach/vm_map.h> has the same calls
 * in the program's own width.
 *
 * In all of them:
 *
 *	task		the task, by its control port; a read port where the
 *			type is vm_map_read_t.  There are only control ports
 *	address, size	bytes.  Where a range is changed, it is widened to whole
 *			pages.  A size of 0 succeeds and does nothing, unless
 *			said otherwise
 *
 *	KERN_SUCCESS		done; outputs are valid only then
 *	KERN_INVALID_ARGUMENT	task is no task; or flags or values make no
 *				sense; or the range wraps around
 *				or (of another task) it has ended, is
 *				in the middle of an exec, or made no call yet
 *	KERN_NOT_SUPPORTED	this host cannot do it to another task: under
 *				machd all but read, write and copy
 *	KERN_RESOURCE_SHORTAGE	a limit, or no kernel memory; or more than 1
 *				GiB of another task's memory is to move at once
 *	MACH_SEND_INVALID_DEST	the other task has ended, or done an exec
 *
 * These are not repeated below.  All follow Darwin unless said otherwise.
 */

#ifndef _MACH_MACH_VM_H_
#define	_MACH_MACH_VM_H_

#include <mach/mach_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mach_vm_allocate: new memory, of zeros, readable and writable.
 *
 * address	in: where (VM_FLAGS_FIXED), or a hint; out: where
 * size		0 gives address 0
 * flags	VM_FLAGS_FIXED or VM_FLAGS_ANYWHERE, VM_FLAGS_OVERWRITE, and
 *		VM_MAKE_TAG(); others of VM_FLAGS_USER_ALLOCATE as
 *		<mach/vm_statistics.h> says
 *
 *	KERN_INVALID_ADDRESS	FIXED: outside of the address range
 *	KERN_NO_SPACE		FIXED: something is there, and no OVERWRITE; or
 *				no room anywhere
 */
extern kern_return_t mach_vm_allocate(vm_map_t task,
    mach_vm_address_t *address, mach_vm_size_t size, int flags);

/*
 * mach_vm_deallocate: give back memory.  Pages in the range that are not
 * mapped are left out.
 *
 *	KERN_INVALID_ADDRESS	outside of the address range
 */
extern kern_return_t mach_vm_deallocate(vm_map_t task,
    mach_vm_address_t address, mach_vm_size_t size);

/*
 * mach_vm_protect: change protection.
 *
 * set_maximum	also forbid what new_protection leaves out for ever; hosts
 *		that cannot return KERN_NOT_SUPPORTED
 * new_protection	VM_PROT_READ, _WRITE, _EXECUTE; VM_PROT_COPY is accepted
 *
 *	KERN_INVALID_ADDRESS	part of the range is not mapped
 *	KERN_PROTECTION_FAILURE	beyond the maximum
 */
extern kern_return_t mach_vm_protect(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size, boolean_t set_maximum, vm_prot_t new_protection);

/*
 * mach_vm_inherit: what a child made later gets of the range.
 *
 *	KERN_INVALID_ADDRESS	part of the range is not mapped
 *	KERN_NOT_SUPPORTED	the host cannot (VM_INHERIT_SHARE, on memory
 *				that was not made so; VM_INHERIT_DONATE_COPY)
 */
extern kern_return_t mach_vm_inherit(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size, vm_inherit_t new_inheritance);

/*
 * mach_vm_read: a copy of the range, in new memory of the caller's, to be
 * released with vm_deallocate(*data, *count).
 *
 *	KERN_INVALID_ADDRESS	part of the range is not mapped
 *	KERN_PROTECTION_FAILURE	part of it cannot be read
 */
extern kern_return_t mach_vm_read(vm_map_read_t task,
    mach_vm_address_t address, mach_vm_size_t size, vm_offset_t *data,
    mach_msg_type_number_t *count);

/*
 * mach_vm_read_list: mach_vm_read() of count (up to VM_MAP_ENTRY_MAX) ranges;
 * each address is replaced by that of its copy, or 0 if that failed.
 *
 *	KERN_INVALID_ARGUMENT	count is out of range
 *	others			of the first range that failed
 */
extern kern_return_t mach_vm_read_list(vm_map_t task,
    mach_vm_read_entry_t data_list, natural_t count);

/*
 * mach_vm_read_overwrite: copy the range to data, in the caller.
 *
 * outsize	bytes copied
 *
 *	KERN_INVALID_ADDRESS	part of either is not mapped
 *	KERN_PROTECTION_FAILURE	part of either forbids it
 */
extern kern_return_t mach_vm_read_overwrite(vm_map_read_t task,
    mach_vm_address_t address, mach_vm_size_t size, mach_vm_address_t data,
    mach_vm_size_t *outsize);

/*
 * mach_vm_write: copy count bytes of the caller's data to address.
 *
 * Codes as mach_vm_read_overwrite().  Bytes may have been copied on failure.
 */
extern kern_return_t mach_vm_write(vm_map_t task, mach_vm_address_t address,
    vm_offset_t data, mach_msg_type_number_t count);

/*
 * mach_vm_copy: copy within task.  The ranges may overlap.
 *
 * Codes as mach_vm_read_overwrite().  Bytes may have been copied on failure.
 */
extern kern_return_t mach_vm_copy(vm_map_t task,
    mach_vm_address_t source_address, mach_vm_size_t size,
    mach_vm_address_t dest_address);

/*
 * mach_vm_map: map a memory entry, or new memory of zeros.
 *
 * address	as mach_vm_allocate()
 * size		not 0
 * mask		bits that must be 0 in the address
 * flags	VM_FLAGS_*, as mach_vm_allocate()
 * object	MACH_PORT_NULL, or a memory entry
 * offset	where in it, a page's start
 * copy		map a copy
 * cur_protection, max_protection	now, and at most
 * inheritance	as mach_vm_inherit()
 *
 *	KERN_INVALID_ADDRESS, KERN_NO_SPACE	as mach_vm_allocate()
 *	KERN_INVALID_RIGHT	the entry does not allow the protection
 *	KERN_INVALID_OBJECT	object is no memory entry
 *	KERN_NOT_SUPPORTED	this kernel has no memory entries, and object is
 *				not null
 */
extern kern_return_t mach_vm_map(vm_map_t task, mach_vm_address_t *address,
    mach_vm_size_t size, mach_vm_offset_t mask, int flags,
    mem_entry_name_port_t object, memory_object_offset_t offset,
    boolean_t copy, vm_prot_t cur_protection, vm_prot_t max_protection,
    vm_inherit_t inheritance);

/*
 * mach_vm_remap: map a range of src_task, shared or copied, in task.
 *
 * target_address, mask, flags, inheritance	as mach_vm_map()
 * cur_protection, max_protection	out: what it has
 *
 *	KERN_INVALID_ADDRESS	part of the source is not mapped
 *	KERN_NO_SPACE		as mach_vm_allocate()
 *	KERN_NOT_SUPPORTED	this kernel does not remap
 */
extern kern_return_t mach_vm_remap(vm_map_t task,
    mach_vm_address_t *target_address, mach_vm_size_t size,
    mach_vm_offset_t mask, int flags, vm_map_t src_task,
    mach_vm_address_t src_address, boolean_t copy, vm_prot_t *cur_protection,
    vm_prot_t *max_protection, vm_inherit_t inheritance);

/* mach_vm_remap_new: the same; the protections say what is wanted. */
extern kern_return_t mach_vm_remap_new(vm_map_t task,
    mach_vm_address_t *target_address, mach_vm_size_t size,
    mach_vm_offset_t mask, int flags, vm_map_read_t src_task,
    mach_vm_address_t src_address, boolean_t copy, vm_prot_t *cur_protection,
    vm_prot_t *max_protection, vm_inherit_t inheritance);

/*
 * mach_vm_msync: write back, or throw away, what is cached; VM_SYNC_*.
 *
 *	KERN_INVALID_ADDRESS	VM_SYNC_CONTIGUOUS, and part is not mapped
 *	KERN_NOT_SUPPORTED	the host cannot
 */
extern kern_return_t mach_vm_msync(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size, vm_sync_t sync_flags);

/*
 * mach_vm_behavior_set: how the range will be used; VM_BEHAVIOR_*.  A hint,
 * except for FREE and ZERO.
 *
 *	KERN_INVALID_ADDRESS	part of the range is not mapped
 *	KERN_NOT_SUPPORTED	the host cannot
 */
extern kern_return_t mach_vm_behavior_set(vm_map_t task,
    mach_vm_address_t address, mach_vm_size_t size,
    vm_behavior_t new_behavior);

/*
 * mach_vm_region: the range mapped at address or next above it.
 *
 * address, size	in: where to look; out: the range
 * flavor, info, count	see <mach/vm_region.h>; count in natural_t
 * object_name	MACH_PORT_NULL
 *
 *	KERN_INVALID_ADDRESS	nothing from there on
 *	KERN_INVALID_ARGUMENT	unknown flavor, or too little room
 *	KERN_NOT_SUPPORTED	this kernel does not tell
 */
extern kern_return_t mach_vm_region(vm_map_read_t task,
    mach_vm_address_t *address, mach_vm_size_t *size,
    vm_region_flavor_t flavor, vm_region_info_t info,
    mach_msg_type_number_t *count, mach_port_t *object_name);

/* mach_vm_region_recurse: the same, down to *nesting_depth submaps (0). */
extern kern_return_t mach_vm_region_recurse(vm_map_read_t task,
    mach_vm_address_t *address, mach_vm_size_t *size,
    natural_t *nesting_depth, vm_region_recurse_info_t info,
    mach_msg_type_number_t *count);

/*
 * mach_make_memory_entry_64: a port that stands for memory, to be sent and
 * mapped elsewhere.
 *
 * size		in: bytes; out: of whole pages
 * offset	address in task, or offset in parent
 * permission	VM_PROT_* that mappings may have, and MAP_MEM_*
 * object_handle	a send right, for the caller to release
 * parent	MACH_PORT_NULL, or an entry to take a part of
 *
 *	KERN_INVALID_ADDRESS	part of the range is not mapped
 *	KERN_INVALID_RIGHT	the parent does not allow permission
 *	KERN_NO_SPACE		no room for the name
 *	KERN_NOT_SUPPORTED	this kernel has no memory entries
 */
extern kern_return_t mach_make_memory_entry_64(vm_map_t task,
    memory_object_size_t *size, memory_object_offset_t offset,
    vm_prot_t permission, mem_entry_name_port_t *object_handle,
    mem_entry_name_port_t parent);

/* Purgeable memory, page states, machine attributes: KERN_NOT_SUPPORTED. */
extern kern_return_t mach_vm_purgable_control(vm_map_t task,
    mach_vm_address_t address, vm_purgable_t control, int *state);
extern kern_return_t mach_vm_page_query(vm_map_read_t task,
    mach_vm_offset_t offset, integer_t *disposition, integer_t *ref_count);
extern kern_return_t mach_vm_machine_attribute(vm_map_t task,
    mach_vm_address_t address, mach_vm_size_t size,
    vm_machine_attribute_t attribute, vm_machine_attribute_val_t *value);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_VM_H_ */
