/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What Darwin has and our hosts refuse: every function here returns
 * KERN_NOT_SUPPORTED and writes to none of its arguments, as its header says.
 * Nothing that pretends belongs here: a function that does part of its work
 * goes to the file of its subject.
 */

#include <mach/host_priv.h>
#include <mach/mach_host.h>
#include <mach/mach_vm.h>
#include <mach/task.h>
#include <mach/thread_act.h>
#include <mach/vm_map.h>

#include "libmach.h"

/* They use none of their arguments, on purpose. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

/*
 * Hosts and processors.
 */

kern_return_t
host_get_boot_info(host_priv_t host, kernel_boot_info_t boot_info)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_get_exception_ports(host_priv_t host, exception_mask_t exception_mask,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_priv_statistics(host_priv_t host, host_flavor_t flavor, host_info_t info,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_processor_info(host_t host, processor_flavor_t flavor,
    natural_t *processor_count, processor_info_array_t *info,
    mach_msg_type_number_t *info_count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_processor_sets(host_priv_t host, processor_set_name_array_t *sets,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_processors(host_priv_t host, processor_array_t *processors,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_reboot(host_priv_t host, int options)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_set_exception_ports(host_priv_t host, exception_mask_t exception_mask,
    mach_port_t new_port, exception_behavior_t behavior,
    thread_state_flavor_t new_flavor)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
host_swap_exception_ports(host_priv_t host, exception_mask_t exception_mask,
    mach_port_t new_port, exception_behavior_t behavior,
    thread_state_flavor_t new_flavor, exception_mask_array_t masks,
    mach_msg_type_number_t *masks_count, exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
processor_set_default(host_t host, processor_set_name_t *default_set)
{

	return (KERN_NOT_SUPPORTED);
}

/*
 * Tasks.
 */

kern_return_t
task_create(task_t target_task, ledger_array_t ledgers,
    mach_msg_type_number_t ledgers_count, boolean_t inherit_memory,
    task_t *child_task)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_get_exception_ports(task_t task, exception_mask_t exception_mask,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_get_mach_voucher(task_read_t task, mach_voucher_selector_t which,
    ipc_voucher_t *voucher)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_get_state(task_read_t task, thread_state_flavor_t flavor,
    thread_state_t state, mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_policy_get(task_policy_get_t task, task_policy_flavor_t flavor,
    task_policy_t policy_info, mach_msg_type_number_t *count,
    boolean_t *get_default)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_policy_set(task_policy_set_t task, task_policy_flavor_t flavor,
    task_policy_t policy_info, mach_msg_type_number_t count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_resume(task_read_t task)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_resume2(task_suspension_token_t token)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_set_exception_ports(task_t task, exception_mask_t exception_mask,
    mach_port_t new_port, exception_behavior_t behavior,
    thread_state_flavor_t new_flavor)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_set_info(task_t task, task_flavor_t flavor, task_info_t info,
    mach_msg_type_number_t count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_set_mach_voucher(task_t task, ipc_voucher_t voucher)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_set_state(task_t task, thread_state_flavor_t flavor, thread_state_t state,
    mach_msg_type_number_t count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_suspend(task_read_t task)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_suspend2(task_read_t task, task_suspension_token_t *token)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_swap_exception_ports(task_t task, exception_mask_t exception_mask,
    mach_port_t new_port, exception_behavior_t behavior,
    thread_state_flavor_t new_flavor, exception_mask_array_t masks,
    mach_msg_type_number_t *masks_count, exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_terminate(task_t task)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
task_threads(task_inspect_t task, thread_act_array_t *threads,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

/*
 * Threads.
 */

kern_return_t
act_get_state(thread_read_t thread, int flavor, thread_state_t old_state,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
act_set_state(thread_act_t thread, int flavor, thread_state_t new_state,
    mach_msg_type_number_t count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_abort(thread_act_t thread)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_abort_safely(thread_act_t thread)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_create(task_t parent_task, thread_act_t *child)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_create_running(task_t parent_task, thread_state_flavor_t flavor,
    thread_state_t new_state, mach_msg_type_number_t new_state_count,
    thread_act_t *child)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_depress_abort(thread_act_t thread)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_get_exception_ports(thread_act_t thread, exception_mask_t exception_mask,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_get_mach_voucher(thread_read_t thread, mach_voucher_selector_t which,
    ipc_voucher_t *voucher)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_get_state(thread_read_t thread, thread_state_flavor_t flavor,
    thread_state_t old_state, mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_info(thread_inspect_t thread, thread_flavor_t flavor, thread_info_t info,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_policy_get(thread_inspect_t thread, thread_policy_flavor_t flavor,
    thread_policy_t policy_info, mach_msg_type_number_t *count,
    boolean_t *get_default)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_policy_set(thread_act_t thread, thread_policy_flavor_t flavor,
    thread_policy_t policy_info, mach_msg_type_number_t count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_resume(thread_read_t thread)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_set_exception_ports(thread_act_t thread, exception_mask_t exception_mask,
    mach_port_t new_port, exception_behavior_t behavior,
    thread_state_flavor_t new_flavor)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_set_mach_voucher(thread_act_t thread, ipc_voucher_t voucher)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_set_state(thread_act_t thread, thread_state_flavor_t flavor,
    thread_state_t new_state, mach_msg_type_number_t count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_suspend(thread_read_t thread)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_swap_exception_ports(thread_act_t thread,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
thread_terminate(thread_act_t thread)
{

	return (KERN_NOT_SUPPORTED);
}

/*
 * Memory.
 */

kern_return_t
mach_make_memory_entry(vm_map_t task, vm_size_t *size, vm_offset_t offset,
    vm_prot_t permission, mem_entry_name_port_t *object_handle,
    mem_entry_name_port_t parent)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_make_memory_entry_64(vm_map_t task, memory_object_size_t *size,
    memory_object_offset_t offset, vm_prot_t permission,
    mem_entry_name_port_t *object_handle, mem_entry_name_port_t parent)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_behavior_set(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size, vm_behavior_t new_behavior)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_inherit(vm_map_t task, mach_vm_address_t address, mach_vm_size_t size,
    vm_inherit_t new_inheritance)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_machine_attribute(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size, vm_machine_attribute_t attribute,
    vm_machine_attribute_val_t *value)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_msync(vm_map_t task, mach_vm_address_t address, mach_vm_size_t size,
    vm_sync_t sync_flags)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_page_query(vm_map_read_t task, mach_vm_offset_t offset,
    integer_t *disposition, integer_t *ref_count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_purgable_control(vm_map_t task, mach_vm_address_t address,
    vm_purgable_t control, int *state)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_region(vm_map_read_t task, mach_vm_address_t *address,
    mach_vm_size_t *size, vm_region_flavor_t flavor, vm_region_info_t info,
    mach_msg_type_number_t *count, mach_port_t *object_name)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_region_recurse(vm_map_read_t task, mach_vm_address_t *address,
    mach_vm_size_t *size, natural_t *nesting_depth,
    vm_region_recurse_info_t info, mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_remap(vm_map_t task, mach_vm_address_t *target_address,
    mach_vm_size_t size, mach_vm_offset_t mask, int flags, vm_map_t src_task,
    mach_vm_address_t src_address, boolean_t copy, vm_prot_t *cur_protection,
    vm_prot_t *max_protection, vm_inherit_t inheritance)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_vm_remap_new(vm_map_t task, mach_vm_address_t *target_address,
    mach_vm_size_t size, mach_vm_offset_t mask, int flags,
    vm_map_read_t src_task, mach_vm_address_t src_address, boolean_t copy,
    vm_prot_t *cur_protection, vm_prot_t *max_protection,
    vm_inherit_t inheritance)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_behavior_set(vm_map_t task, vm_address_t address, vm_size_t size,
    vm_behavior_t new_behavior)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_inherit(vm_map_t task, vm_address_t address, vm_size_t size,
    vm_inherit_t new_inheritance)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_machine_attribute(vm_map_t task, vm_address_t address, vm_size_t size,
    vm_machine_attribute_t attribute, vm_machine_attribute_val_t *value)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_msync(vm_map_t task, vm_address_t address, vm_size_t size,
    vm_sync_t sync_flags)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_purgable_control(vm_map_t task, vm_address_t address, vm_purgable_t control,
    int *state)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_region_64(vm_map_read_t task, vm_address_t *address, vm_size_t *size,
    vm_region_flavor_t flavor, vm_region_info_t info,
    mach_msg_type_number_t *count, mach_port_t *object_name)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_region_recurse_64(vm_map_read_t task, vm_address_t *address, vm_size_t *size,
    natural_t *nesting_depth, vm_region_recurse_info_64_t info,
    mach_msg_type_number_t *count)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_remap(vm_map_t task, vm_address_t *target_address, vm_size_t size,
    vm_address_t mask, int flags, vm_map_t src_task, vm_address_t src_address,
    boolean_t copy, vm_prot_t *cur_protection, vm_prot_t *max_protection,
    vm_inherit_t inheritance)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
vm_wire(host_priv_t host, vm_map_t task, vm_address_t address, vm_size_t size,
    vm_prot_t desired_access)
{

	return (KERN_NOT_SUPPORTED);
}
