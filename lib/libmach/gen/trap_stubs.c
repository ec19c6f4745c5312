/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The traps as functions: pack the words, enter the kernel.
 *
 * Written by gentraps.awk from traps.master: do not edit.
 */

#include <stddef.h>
#include <stdint.h>

#include <mach/mach_traps.h>

#include "../host.h"
#include "../trap_stub.h"
#include "trap_stubs.h"

kern_return_t
_kernelrpc_mach_vm_allocate_trap(mach_port_name_t target,
    mach_vm_offset_t *addr, mach_vm_size_t size, int flags)
{

	return ((kern_return_t)MACH_TRAP_STUB(10, 4,
	    (uint64_t)target,
	    (uint64_t)(uintptr_t)addr,
	    (uint64_t)size,
	    (uint64_t)flags));
}

kern_return_t
_kernelrpc_mach_vm_purgable_control_trap(mach_port_name_t target,
    mach_vm_offset_t address, int control, int *state)
{

	return ((kern_return_t)MACH_TRAP_STUB(11, 4,
	    (uint64_t)target,
	    (uint64_t)address,
	    (uint64_t)control,
	    (uint64_t)(uintptr_t)state));
}

kern_return_t
_kernelrpc_mach_vm_deallocate_trap(mach_port_name_t target,
    mach_vm_offset_t address, mach_vm_size_t size)
{

	return ((kern_return_t)MACH_TRAP_STUB(12, 3,
	    (uint64_t)target,
	    (uint64_t)address,
	    (uint64_t)size));
}

kern_return_t
task_dyld_process_info_notify_get_trap(mach_port_name_t *names_addr,
    natural_t *names_count)
{

	return ((kern_return_t)MACH_TRAP_STUB(13, 2,
	    (uint64_t)(uintptr_t)names_addr,
	    (uint64_t)(uintptr_t)names_count));
}

kern_return_t
_kernelrpc_mach_vm_protect_trap(mach_port_name_t target,
    mach_vm_offset_t address, mach_vm_size_t size, int set_maximum,
    int new_protection)
{

	return ((kern_return_t)MACH_TRAP_STUB(14, 5,
	    (uint64_t)target,
	    (uint64_t)address,
	    (uint64_t)size,
	    (uint64_t)set_maximum,
	    (uint64_t)new_protection));
}

kern_return_t
_kernelrpc_mach_vm_map_trap(mach_port_name_t target, mach_vm_offset_t *address,
    mach_vm_size_t size, mach_vm_offset_t mask, int flags, int cur_protection)
{

	return ((kern_return_t)MACH_TRAP_STUB(15, 6,
	    (uint64_t)target,
	    (uint64_t)(uintptr_t)address,
	    (uint64_t)size,
	    (uint64_t)mask,
	    (uint64_t)flags,
	    (uint64_t)cur_protection));
}

kern_return_t
_kernelrpc_mach_port_allocate_trap(mach_port_name_t target,
    mach_port_right_t right, mach_port_name_t *name)
{

	return ((kern_return_t)MACH_TRAP_STUB(16, 3,
	    (uint64_t)target,
	    (uint64_t)right,
	    (uint64_t)(uintptr_t)name));
}

kern_return_t
_kernelrpc_mach_port_deallocate_trap(mach_port_name_t target,
    mach_port_name_t name)
{

	return ((kern_return_t)MACH_TRAP_STUB(18, 2,
	    (uint64_t)target,
	    (uint64_t)name));
}

kern_return_t
_kernelrpc_mach_port_mod_refs_trap(mach_port_name_t target,
    mach_port_name_t name, mach_port_right_t right, mach_port_delta_t delta)
{

	return ((kern_return_t)MACH_TRAP_STUB(19, 4,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)right,
	    (uint64_t)delta));
}

kern_return_t
_kernelrpc_mach_port_move_member_trap(mach_port_name_t target,
    mach_port_name_t member, mach_port_name_t after)
{

	return ((kern_return_t)MACH_TRAP_STUB(20, 3,
	    (uint64_t)target,
	    (uint64_t)member,
	    (uint64_t)after));
}

kern_return_t
_kernelrpc_mach_port_insert_right_trap(mach_port_name_t target,
    mach_port_name_t name, mach_port_name_t poly, mach_msg_type_name_t polyPoly)
{

	return ((kern_return_t)MACH_TRAP_STUB(21, 4,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)poly,
	    (uint64_t)polyPoly));
}

kern_return_t
_kernelrpc_mach_port_insert_member_trap(mach_port_name_t target,
    mach_port_name_t name, mach_port_name_t pset)
{

	return ((kern_return_t)MACH_TRAP_STUB(22, 3,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)pset));
}

kern_return_t
_kernelrpc_mach_port_extract_member_trap(mach_port_name_t target,
    mach_port_name_t name, mach_port_name_t pset)
{

	return ((kern_return_t)MACH_TRAP_STUB(23, 3,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)pset));
}

kern_return_t
_kernelrpc_mach_port_construct_trap(mach_port_name_t target,
    mach_port_options_t *options, uint64_t context, mach_port_name_t *name)
{

	return ((kern_return_t)MACH_TRAP_STUB(24, 4,
	    (uint64_t)target,
	    (uint64_t)(uintptr_t)options,
	    (uint64_t)context,
	    (uint64_t)(uintptr_t)name));
}

kern_return_t
_kernelrpc_mach_port_destruct_trap(mach_port_name_t target,
    mach_port_name_t name, mach_port_delta_t srdelta, uint64_t guard)
{

	return ((kern_return_t)MACH_TRAP_STUB(25, 4,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)srdelta,
	    (uint64_t)guard));
}

mach_port_name_t
mach_reply_port(void)
{

	return ((mach_port_name_t)MACH_TRAP_STUB(26, 0, 0));
}

mach_port_name_t
thread_self_trap(void)
{

	return ((mach_port_name_t)MACH_TRAP_STUB(27, 0, 0));
}

mach_port_name_t
task_self_trap(void)
{

	return ((mach_port_name_t)MACH_TRAP_STUB(28, 0, 0));
}

mach_port_name_t
host_self_trap(void)
{

	return ((mach_port_name_t)MACH_TRAP_STUB(29, 0, 0));
}

mach_msg_return_t
mach_msg_trap(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout,
    mach_msg_priority_t priority)
{

	return ((mach_msg_return_t)MACH_TRAP_STUB(31, 7,
	    (uint64_t)(uintptr_t)msg,
	    (uint64_t)option,
	    (uint64_t)send_size,
	    (uint64_t)rcv_size,
	    (uint64_t)rcv_name,
	    (uint64_t)timeout,
	    (uint64_t)priority));
}

mach_msg_return_t
mach_msg_overwrite_trap(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout,
    mach_msg_priority_t priority, mach_msg_header_t *rcv_msg)
{

	return ((mach_msg_return_t)MACH_TRAP_STUB(32, 8,
	    (uint64_t)(uintptr_t)msg,
	    (uint64_t)option,
	    (uint64_t)send_size,
	    (uint64_t)rcv_size,
	    (uint64_t)rcv_name,
	    (uint64_t)timeout,
	    (uint64_t)priority,
	    (uint64_t)(uintptr_t)rcv_msg));
}

kern_return_t
semaphore_signal_trap(mach_port_name_t signal_name)
{

	return ((kern_return_t)MACH_TRAP_STUB(33, 1,
	    (uint64_t)signal_name));
}

kern_return_t
semaphore_signal_all_trap(mach_port_name_t signal_name)
{

	return ((kern_return_t)MACH_TRAP_STUB(34, 1,
	    (uint64_t)signal_name));
}

kern_return_t
semaphore_signal_thread_trap(mach_port_name_t signal_name,
    mach_port_name_t thread_name)
{

	return ((kern_return_t)MACH_TRAP_STUB(35, 2,
	    (uint64_t)signal_name,
	    (uint64_t)thread_name));
}

kern_return_t
semaphore_wait_trap(mach_port_name_t wait_name)
{

	return ((kern_return_t)MACH_TRAP_STUB(36, 1,
	    (uint64_t)wait_name));
}

kern_return_t
semaphore_wait_signal_trap(mach_port_name_t wait_name,
    mach_port_name_t signal_name)
{

	return ((kern_return_t)MACH_TRAP_STUB(37, 2,
	    (uint64_t)wait_name,
	    (uint64_t)signal_name));
}

kern_return_t
semaphore_timedwait_trap(mach_port_name_t wait_name, unsigned int sec,
    clock_res_t nsec)
{

	return ((kern_return_t)MACH_TRAP_STUB(38, 3,
	    (uint64_t)wait_name,
	    (uint64_t)sec,
	    (uint64_t)nsec));
}

kern_return_t
semaphore_timedwait_signal_trap(mach_port_name_t wait_name,
    mach_port_name_t signal_name, unsigned int sec, clock_res_t nsec)
{

	return ((kern_return_t)MACH_TRAP_STUB(39, 4,
	    (uint64_t)wait_name,
	    (uint64_t)signal_name,
	    (uint64_t)sec,
	    (uint64_t)nsec));
}

kern_return_t
_kernelrpc_mach_port_get_attributes_trap(mach_port_name_t target,
    mach_port_name_t name, mach_port_flavor_t flavor, integer_t *port_info_out,
    mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(40, 5,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)flavor,
	    (uint64_t)(uintptr_t)port_info_out,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
_kernelrpc_mach_port_guard_trap(mach_port_name_t target, mach_port_name_t name,
    uint64_t guard, boolean_t strict)
{

	return ((kern_return_t)MACH_TRAP_STUB(41, 4,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)guard,
	    (uint64_t)strict));
}

kern_return_t
_kernelrpc_mach_port_unguard_trap(mach_port_name_t target,
    mach_port_name_t name, uint64_t guard)
{

	return ((kern_return_t)MACH_TRAP_STUB(42, 3,
	    (uint64_t)target,
	    (uint64_t)name,
	    (uint64_t)guard));
}

kern_return_t
mach_generate_activity_id(mach_port_name_t target, int count,
    uint64_t *activity_id)
{

	return ((kern_return_t)MACH_TRAP_STUB(43, 3,
	    (uint64_t)target,
	    (uint64_t)count,
	    (uint64_t)(uintptr_t)activity_id));
}

kern_return_t
task_name_for_pid(mach_port_name_t target_tport, int pid, mach_port_name_t *t)
{

	return ((kern_return_t)MACH_TRAP_STUB(44, 3,
	    (uint64_t)target_tport,
	    (uint64_t)pid,
	    (uint64_t)(uintptr_t)t));
}

kern_return_t
task_for_pid(mach_port_name_t target_tport, int pid, mach_port_name_t *t)
{

	return ((kern_return_t)MACH_TRAP_STUB(45, 3,
	    (uint64_t)target_tport,
	    (uint64_t)pid,
	    (uint64_t)(uintptr_t)t));
}

kern_return_t
pid_for_task(mach_port_name_t t, int *x)
{

	return ((kern_return_t)MACH_TRAP_STUB(46, 2,
	    (uint64_t)t,
	    (uint64_t)(uintptr_t)x));
}

mach_msg_return_t
mach_msg2_trap(void *data, uint64_t options, uint64_t msgh_bits_and_send_size,
    uint64_t msgh_remote_and_local_port, uint64_t msgh_voucher_and_id,
    uint64_t desc_count_and_rcv_name, uint64_t rcv_size_and_priority,
    uint64_t timeout)
{

	return ((mach_msg_return_t)MACH_TRAP_STUB(47, 8,
	    (uint64_t)(uintptr_t)data,
	    (uint64_t)options,
	    (uint64_t)msgh_bits_and_send_size,
	    (uint64_t)msgh_remote_and_local_port,
	    (uint64_t)msgh_voucher_and_id,
	    (uint64_t)desc_count_and_rcv_name,
	    (uint64_t)rcv_size_and_priority,
	    (uint64_t)timeout));
}

kern_return_t
macx_swapon(uint64_t filename, int flags, int size, int priority)
{

	return ((kern_return_t)MACH_TRAP_STUB(48, 4,
	    (uint64_t)filename,
	    (uint64_t)flags,
	    (uint64_t)size,
	    (uint64_t)priority));
}

kern_return_t
macx_swapoff(uint64_t filename, int flags)
{

	return ((kern_return_t)MACH_TRAP_STUB(49, 2,
	    (uint64_t)filename,
	    (uint64_t)flags));
}

mach_port_name_t
thread_get_special_reply_port(void)
{

	return ((mach_port_name_t)MACH_TRAP_STUB(50, 0, 0));
}

kern_return_t
macx_triggers(int hi_water, int low_water, int flags,
    mach_port_name_t alert_port)
{

	return ((kern_return_t)MACH_TRAP_STUB(51, 4,
	    (uint64_t)hi_water,
	    (uint64_t)low_water,
	    (uint64_t)flags,
	    (uint64_t)alert_port));
}

kern_return_t
macx_backing_store_suspend(boolean_t suspend)
{

	return ((kern_return_t)MACH_TRAP_STUB(52, 1,
	    (uint64_t)suspend));
}

kern_return_t
macx_backing_store_recovery(int pid)
{

	return ((kern_return_t)MACH_TRAP_STUB(53, 1,
	    (uint64_t)pid));
}

kern_return_t
pfz_exit(void)
{

	return ((kern_return_t)MACH_TRAP_STUB(58, 0, 0));
}

boolean_t
swtch_pri(int pri)
{

	return ((boolean_t)MACH_TRAP_STUB(59, 1,
	    (uint64_t)pri));
}

boolean_t
swtch(void)
{

	return ((boolean_t)MACH_TRAP_STUB(60, 0, 0));
}

kern_return_t
thread_switch(mach_port_name_t thread_name, int option,
    mach_msg_timeout_t option_time)
{

	return ((kern_return_t)MACH_TRAP_STUB(61, 3,
	    (uint64_t)thread_name,
	    (uint64_t)option,
	    (uint64_t)option_time));
}

kern_return_t
clock_sleep_trap(mach_port_name_t clock_name, int sleep_type, int sleep_sec,
    int sleep_nsec, mach_timespec_t *wakeup_time)
{

	return ((kern_return_t)MACH_TRAP_STUB(62, 5,
	    (uint64_t)clock_name,
	    (uint64_t)sleep_type,
	    (uint64_t)sleep_sec,
	    (uint64_t)sleep_nsec,
	    (uint64_t)(uintptr_t)wakeup_time));
}

kern_return_t
host_create_mach_voucher_trap(mach_port_name_t host, void *recipes,
    int recipes_size, mach_port_name_t *voucher)
{

	return ((kern_return_t)MACH_TRAP_STUB(70, 4,
	    (uint64_t)host,
	    (uint64_t)(uintptr_t)recipes,
	    (uint64_t)recipes_size,
	    (uint64_t)(uintptr_t)voucher));
}

kern_return_t
mach_voucher_extract_attr_recipe_trap(mach_port_name_t voucher_name,
    unsigned int key, void *recipe, mach_msg_type_number_t *recipe_size)
{

	return ((kern_return_t)MACH_TRAP_STUB(72, 4,
	    (uint64_t)voucher_name,
	    (uint64_t)key,
	    (uint64_t)(uintptr_t)recipe,
	    (uint64_t)(uintptr_t)recipe_size));
}

kern_return_t
_kernelrpc_mach_port_type_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_type_t *ptype)
{

	return ((kern_return_t)MACH_TRAP_STUB(76, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)ptype));
}

kern_return_t
_kernelrpc_mach_port_request_notification_trap(mach_port_name_t task,
    mach_port_name_t name, mach_msg_id_t msgid, mach_port_mscount_t sync,
    mach_port_name_t notify, mach_msg_type_name_t notifyPoly,
    mach_port_name_t *previous)
{

	return ((kern_return_t)MACH_TRAP_STUB(77, 7,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)msgid,
	    (uint64_t)sync,
	    (uint64_t)notify,
	    (uint64_t)notifyPoly,
	    (uint64_t)(uintptr_t)previous));
}

kern_return_t
_exclaves_ctl_trap(mach_port_name_t name, unsigned int operation_and_flags,
    uint64_t identifier, uint64_t buffer, uint64_t size, uint64_t size2,
    uint64_t offset, uint64_t status)
{

	return ((kern_return_t)MACH_TRAP_STUB(88, 8,
	    (uint64_t)name,
	    (uint64_t)operation_and_flags,
	    (uint64_t)identifier,
	    (uint64_t)buffer,
	    (uint64_t)size,
	    (uint64_t)size2,
	    (uint64_t)offset,
	    (uint64_t)status));
}

kern_return_t
mach_timebase_info_trap(mach_timebase_info_data_t *info)
{

	return ((kern_return_t)MACH_TRAP_STUB(89, 1,
	    (uint64_t)(uintptr_t)info));
}

kern_return_t
mach_wait_until_trap(uint64_t deadline)
{

	return ((kern_return_t)MACH_TRAP_STUB(90, 1,
	    (uint64_t)deadline));
}

mach_port_name_t
mk_timer_create_trap(void)
{

	return ((mach_port_name_t)MACH_TRAP_STUB(91, 0, 0));
}

kern_return_t
mk_timer_destroy_trap(mach_port_name_t name)
{

	return ((kern_return_t)MACH_TRAP_STUB(92, 1,
	    (uint64_t)name));
}

kern_return_t
mk_timer_arm_trap(mach_port_name_t name, uint64_t expire_time)
{

	return ((kern_return_t)MACH_TRAP_STUB(93, 2,
	    (uint64_t)name,
	    (uint64_t)expire_time));
}

kern_return_t
mk_timer_cancel_trap(mach_port_name_t name, uint64_t *result_time)
{

	return ((kern_return_t)MACH_TRAP_STUB(94, 2,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)result_time));
}

kern_return_t
mk_timer_arm_leeway_trap(mach_port_name_t name, uint64_t mk_timer_flags,
    uint64_t expire_time, uint64_t mk_leeway)
{

	return ((kern_return_t)MACH_TRAP_STUB(95, 4,
	    (uint64_t)name,
	    (uint64_t)mk_timer_flags,
	    (uint64_t)expire_time,
	    (uint64_t)mk_leeway));
}

kern_return_t
debug_control_port_for_pid(mach_port_name_t target_tport, int pid,
    mach_port_name_t *t)
{

	return ((kern_return_t)MACH_TRAP_STUB(96, 3,
	    (uint64_t)target_tport,
	    (uint64_t)pid,
	    (uint64_t)(uintptr_t)t));
}

kern_return_t
iokit_user_client_trap(mach_port_name_t user_client, unsigned int index,
    uint64_t p1, uint64_t p2, uint64_t p3, uint64_t p4, uint64_t p5,
    uint64_t p6)
{

	return ((kern_return_t)MACH_TRAP_STUB(100, 8,
	    (uint64_t)user_client,
	    (uint64_t)index,
	    (uint64_t)p1,
	    (uint64_t)p2,
	    (uint64_t)p3,
	    (uint64_t)p4,
	    (uint64_t)p5,
	    (uint64_t)p6));
}

kern_return_t
mach_port_names_trap(mach_port_name_t task, mach_port_name_t *names,
    mach_port_type_t *types, mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(128, 4,
	    (uint64_t)task,
	    (uint64_t)(uintptr_t)names,
	    (uint64_t)(uintptr_t)types,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
mach_port_rename_trap(mach_port_name_t task, mach_port_name_t old_name,
    mach_port_name_t new_name)
{

	return ((kern_return_t)MACH_TRAP_STUB(129, 3,
	    (uint64_t)task,
	    (uint64_t)old_name,
	    (uint64_t)new_name));
}

kern_return_t
mach_port_allocate_name_trap(mach_port_name_t task, mach_port_right_t right,
    mach_port_name_t name)
{

	return ((kern_return_t)MACH_TRAP_STUB(130, 3,
	    (uint64_t)task,
	    (uint64_t)right,
	    (uint64_t)name));
}

kern_return_t
mach_port_destroy_trap(mach_port_name_t task, mach_port_name_t name)
{

	return ((kern_return_t)MACH_TRAP_STUB(131, 2,
	    (uint64_t)task,
	    (uint64_t)name));
}

kern_return_t
mach_port_get_refs_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *refs)
{

	return ((kern_return_t)MACH_TRAP_STUB(132, 4,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)right,
	    (uint64_t)(uintptr_t)refs));
}

kern_return_t
mach_port_peek_trap(mach_port_name_t task, mach_port_name_t name,
    mach_msg_trailer_type_t trailer_type, mach_port_seqno_t *request_seqnop,
    mach_msg_size_t *msg_sizep, mach_msg_id_t *msg_idp, void *trailer_infop,
    mach_msg_type_number_t *trailer_sizep)
{

	return ((kern_return_t)MACH_TRAP_STUB(133, 8,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)trailer_type,
	    (uint64_t)(uintptr_t)request_seqnop,
	    (uint64_t)(uintptr_t)msg_sizep,
	    (uint64_t)(uintptr_t)msg_idp,
	    (uint64_t)(uintptr_t)trailer_infop,
	    (uint64_t)(uintptr_t)trailer_sizep));
}

kern_return_t
mach_port_set_mscount_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_mscount_t mscount)
{

	return ((kern_return_t)MACH_TRAP_STUB(134, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)mscount));
}

kern_return_t
mach_port_get_set_status_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_name_t *members, mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(135, 4,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)members,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
mach_port_extract_right_trap(mach_port_name_t task, mach_port_name_t name,
    mach_msg_type_name_t msgt_name, mach_port_name_t *poly,
    mach_msg_type_name_t *polyPoly)
{

	return ((kern_return_t)MACH_TRAP_STUB(136, 5,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)msgt_name,
	    (uint64_t)(uintptr_t)poly,
	    (uint64_t)(uintptr_t)polyPoly));
}

kern_return_t
mach_port_set_seqno_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_seqno_t seqno)
{

	return ((kern_return_t)MACH_TRAP_STUB(137, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)seqno));
}

kern_return_t
mach_port_set_attributes_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_flavor_t flavor, integer_t *port_info,
    mach_msg_type_number_t count)
{

	return ((kern_return_t)MACH_TRAP_STUB(138, 5,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)flavor,
	    (uint64_t)(uintptr_t)port_info,
	    (uint64_t)count));
}

kern_return_t
mach_port_get_context_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_context_t *context)
{

	return ((kern_return_t)MACH_TRAP_STUB(139, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)context));
}

kern_return_t
mach_port_set_context_trap(mach_port_name_t task, mach_port_name_t name,
    uint64_t context)
{

	return ((kern_return_t)MACH_TRAP_STUB(140, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)context));
}

kern_return_t
mach_port_kobject_trap(mach_port_name_t task, mach_port_name_t name,
    natural_t *object_type, uint64_t *object_addr)
{

	return ((kern_return_t)MACH_TRAP_STUB(141, 4,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)object_type,
	    (uint64_t)(uintptr_t)object_addr));
}

kern_return_t
mach_port_swap_guard_trap(mach_port_name_t task, mach_port_name_t name,
    uint64_t old_guard, uint64_t new_guard)
{

	return ((kern_return_t)MACH_TRAP_STUB(142, 4,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)old_guard,
	    (uint64_t)new_guard));
}

kern_return_t
mach_port_guard_with_flags_trap(mach_port_name_t task, mach_port_name_t name,
    uint64_t guard, uint64_t flags)
{

	return ((kern_return_t)MACH_TRAP_STUB(143, 4,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)guard,
	    (uint64_t)flags));
}

kern_return_t
mach_port_get_srights_trap(mach_port_name_t task, mach_port_name_t name,
    mach_port_rights_t *srights)
{

	return ((kern_return_t)MACH_TRAP_STUB(144, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)srights));
}

kern_return_t
mach_port_space_info_trap(mach_port_name_t task, ipc_info_space_t *space_info,
    ipc_info_name_t *table, mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(145, 4,
	    (uint64_t)task,
	    (uint64_t)(uintptr_t)space_info,
	    (uint64_t)(uintptr_t)table,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
mach_port_dnrequest_info_trap(mach_port_name_t task, mach_port_name_t name,
    unsigned int *total, unsigned int *used)
{

	return ((kern_return_t)MACH_TRAP_STUB(146, 4,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)(uintptr_t)total,
	    (uint64_t)(uintptr_t)used));
}

kern_return_t
mach_port_is_connection_for_service_trap(mach_port_name_t task,
    mach_port_name_t connection, mach_port_name_t service,
    uint64_t *filter_policy_id)
{

	return ((kern_return_t)MACH_TRAP_STUB(147, 4,
	    (uint64_t)task,
	    (uint64_t)connection,
	    (uint64_t)service,
	    (uint64_t)(uintptr_t)filter_policy_id));
}

kern_return_t
mach_port_assert_guard_trap(mach_port_name_t task, mach_port_name_t name,
    uint64_t guard)
{

	return ((kern_return_t)MACH_TRAP_STUB(148, 3,
	    (uint64_t)task,
	    (uint64_t)name,
	    (uint64_t)guard));
}

kern_return_t
task_get_special_port_trap(mach_port_name_t task, int which_port,
    mach_port_name_t *special_port)
{

	return ((kern_return_t)MACH_TRAP_STUB(150, 3,
	    (uint64_t)task,
	    (uint64_t)which_port,
	    (uint64_t)(uintptr_t)special_port));
}

kern_return_t
task_set_special_port_trap(mach_port_name_t task, int which_port,
    mach_port_name_t special_port)
{

	return ((kern_return_t)MACH_TRAP_STUB(151, 3,
	    (uint64_t)task,
	    (uint64_t)which_port,
	    (uint64_t)special_port));
}

kern_return_t
task_info_trap(mach_port_name_t task, unsigned int flavor,
    integer_t *task_info_out, mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(152, 4,
	    (uint64_t)task,
	    (uint64_t)flavor,
	    (uint64_t)(uintptr_t)task_info_out,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
thread_get_special_port_trap(mach_port_name_t thread, int which_port,
    mach_port_name_t *special_port)
{

	return ((kern_return_t)MACH_TRAP_STUB(153, 3,
	    (uint64_t)thread,
	    (uint64_t)which_port,
	    (uint64_t)(uintptr_t)special_port));
}

kern_return_t
thread_set_special_port_trap(mach_port_name_t thread, int which_port,
    mach_port_name_t special_port)
{

	return ((kern_return_t)MACH_TRAP_STUB(154, 3,
	    (uint64_t)thread,
	    (uint64_t)which_port,
	    (uint64_t)special_port));
}

kern_return_t
mach_ports_register_trap(mach_port_name_t task, mach_port_name_t *ports,
    mach_msg_type_number_t count)
{

	return ((kern_return_t)MACH_TRAP_STUB(155, 3,
	    (uint64_t)task,
	    (uint64_t)(uintptr_t)ports,
	    (uint64_t)count));
}

kern_return_t
mach_ports_lookup_trap(mach_port_name_t task, mach_port_name_t *ports,
    mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(156, 3,
	    (uint64_t)task,
	    (uint64_t)(uintptr_t)ports,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
semaphore_create_trap(mach_port_name_t task, mach_port_name_t *semaphore,
    int policy, int value)
{

	return ((kern_return_t)MACH_TRAP_STUB(157, 4,
	    (uint64_t)task,
	    (uint64_t)(uintptr_t)semaphore,
	    (uint64_t)policy,
	    (uint64_t)value));
}

kern_return_t
semaphore_destroy_trap(mach_port_name_t task, mach_port_name_t semaphore)
{

	return ((kern_return_t)MACH_TRAP_STUB(158, 2,
	    (uint64_t)task,
	    (uint64_t)semaphore));
}

kern_return_t
host_get_special_port_trap(mach_port_name_t host, int node, int which,
    mach_port_name_t *port)
{

	return ((kern_return_t)MACH_TRAP_STUB(160, 4,
	    (uint64_t)host,
	    (uint64_t)node,
	    (uint64_t)which,
	    (uint64_t)(uintptr_t)port));
}

kern_return_t
host_set_special_port_trap(mach_port_name_t host, int which,
    mach_port_name_t port)
{

	return ((kern_return_t)MACH_TRAP_STUB(161, 3,
	    (uint64_t)host,
	    (uint64_t)which,
	    (uint64_t)port));
}

kern_return_t
host_info_trap(mach_port_name_t host, int flavor, integer_t *host_info_out,
    mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(162, 4,
	    (uint64_t)host,
	    (uint64_t)flavor,
	    (uint64_t)(uintptr_t)host_info_out,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
host_get_clock_service_trap(mach_port_name_t host, int clock_id,
    mach_port_name_t *clock)
{

	return ((kern_return_t)MACH_TRAP_STUB(163, 3,
	    (uint64_t)host,
	    (uint64_t)clock_id,
	    (uint64_t)(uintptr_t)clock));
}

kern_return_t
clock_get_time_trap(mach_port_name_t clock, mach_timespec_t *cur_time)
{

	return ((kern_return_t)MACH_TRAP_STUB(164, 2,
	    (uint64_t)clock,
	    (uint64_t)(uintptr_t)cur_time));
}

kern_return_t
host_get_host_priv_port_trap(mach_port_name_t host, mach_port_name_t *host_priv)
{

	return ((kern_return_t)MACH_TRAP_STUB(165, 2,
	    (uint64_t)host,
	    (uint64_t)(uintptr_t)host_priv));
}

kern_return_t
mach_counters_trap(uint64_t *counters, mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(170, 2,
	    (uint64_t)(uintptr_t)counters,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
mach_inspect_trap(unsigned int version, unsigned int flavor, uint64_t which,
    void *records, mach_msg_type_number_t *count)
{

	return ((kern_return_t)MACH_TRAP_STUB(171, 5,
	    (uint64_t)version,
	    (uint64_t)flavor,
	    (uint64_t)which,
	    (uint64_t)(uintptr_t)records,
	    (uint64_t)(uintptr_t)count));
}

kern_return_t
mach_limit_set_trap(const char *name, uint64_t value)
{

	return ((kern_return_t)MACH_TRAP_STUB(172, 2,
	    (uint64_t)(uintptr_t)name,
	    (uint64_t)value));
}

kern_return_t
mach_pset_fd_trap(mach_port_name_t task, mach_port_name_t pset, int flags,
    int *fd, int channel)
{

	return ((kern_return_t)MACH_TRAP_STUB(180, 5,
	    (uint64_t)task,
	    (uint64_t)pset,
	    (uint64_t)flags,
	    (uint64_t)(uintptr_t)fd,
	    (uint64_t)channel));
}

kern_return_t
fileport_makeport_trap(int fd, mach_port_name_t *port)
{

	return ((kern_return_t)MACH_TRAP_STUB(182, 2,
	    (uint64_t)fd,
	    (uint64_t)(uintptr_t)port));
}

kern_return_t
fileport_makefd_trap(mach_port_name_t port, int sock, int *fd)
{

	return ((kern_return_t)MACH_TRAP_STUB(183, 3,
	    (uint64_t)port,
	    (uint64_t)sock,
	    (uint64_t)(uintptr_t)fd));
}
