/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of a task, in the program's own width.  Each call is the one of
 * <mach/mach_vm.h> with the same name and mach_ before it: arguments, codes
 * and effects are described there.
 */

#ifndef _MACH_VM_MAP_H_
#define	_MACH_VM_MAP_H_

#include <mach/mach_types.h>
#include <mach/mach_vm.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

extern kern_return_t vm_allocate(vm_map_t task, vm_address_t *address,
    vm_size_t size, int flags);
extern kern_return_t vm_deallocate(vm_map_t task, vm_address_t address,
    vm_size_t size);
extern kern_return_t vm_protect(vm_map_t task, vm_address_t address,
    vm_size_t size, boolean_t set_maximum, vm_prot_t new_protection);
extern kern_return_t vm_inherit(vm_map_t task, vm_address_t address,
    vm_size_t size, vm_inherit_t new_inheritance);
extern kern_return_t vm_read(vm_map_read_t task, vm_address_t address,
    vm_size_t size, vm_offset_t *data, mach_msg_type_number_t *count);
extern kern_return_t vm_read_list(vm_map_read_t task,
    vm_read_entry_t data_list, natural_t count);
extern kern_return_t vm_read_overwrite(vm_map_read_t task,
    vm_address_t address, vm_size_t size, vm_address_t data,
    vm_size_t *outsize);
extern kern_return_t vm_write(vm_map_t task, vm_address_t address,
    vm_offset_t data, mach_msg_type_number_t count);
extern kern_return_t vm_copy(vm_map_t task, vm_address_t source_address,
    vm_size_t size, vm_address_t dest_address);
extern kern_return_t vm_map(vm_map_t task, vm_address_t *address,
    vm_size_t size, vm_address_t mask, int flags, mem_entry_name_port_t object,
    vm_offset_t offset, boolean_t copy, vm_prot_t cur_protection,
    vm_prot_t max_protection, vm_inherit_t inheritance);
extern kern_return_t vm_map_64(vm_map_t task, vm_address_t *address,
    vm_size_t size, vm_address_t mask, int flags, mem_entry_name_port_t object,
    memory_object_offset_t offset, boolean_t copy, vm_prot_t cur_protection,
    vm_prot_t max_protection, vm_inherit_t inheritance);
extern kern_return_t vm_remap(vm_map_t task, vm_address_t *target_address,
    vm_size_t size, vm_address_t mask, int flags, vm_map_t src_task,
    vm_address_t src_address, boolean_t copy, vm_prot_t *cur_protection,
    vm_prot_t *max_protection, vm_inherit_t inheritance);
extern kern_return_t vm_msync(vm_map_t task, vm_address_t address,
    vm_size_t size, vm_sync_t sync_flags);
extern kern_return_t vm_behavior_set(vm_map_t task, vm_address_t address,
    vm_size_t size, vm_behavior_t new_behavior);
extern kern_return_t vm_region_64(vm_map_read_t task, vm_address_t *address,
    vm_size_t *size, vm_region_flavor_t flavor, vm_region_info_t info,
    mach_msg_type_number_t *count, mach_port_t *object_name);
extern kern_return_t vm_region_recurse_64(vm_map_read_t task,
    vm_address_t *address, vm_size_t *size, natural_t *nesting_depth,
    vm_region_recurse_info_64_t info, mach_msg_type_number_t *count);
extern kern_return_t vm_purgable_control(vm_map_t task, vm_address_t address,
    vm_purgable_t control, int *state);
extern kern_return_t vm_machine_attribute(vm_map_t task, vm_address_t address,
    vm_size_t size, vm_machine_attribute_t attribute,
    vm_machine_attribute_val_t *value);

/* mach_make_memory_entry: mach_make_memory_entry_64() in own width. */
extern kern_return_t mach_make_memory_entry(vm_map_t task, vm_size_t *size,
    vm_offset_t offset, vm_prot_t permission,
    mem_entry_name_port_t *object_handle, mem_entry_name_port_t parent);

/* Wiring: KERN_NOT_SUPPORTED; use mlock(2). */
extern kern_return_t vm_wire(host_priv_t host, vm_map_t task,
    vm_address_t address, vm_size_t size, vm_prot_t desired_access);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_VM_MAP_H_ */
