/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The table of the Mach traps.
 *
 * Written by gentraps.awk from traps.master: do not edit.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/trap/gen/trap_handlers.h>
#include <kernel/trap/trap.h>

/*
 * One wrapper a trap, so that every table entry is called through
 * its own type.
 */
#define	MACH_TRAP_CALL(name)						\
static int								\
call_##name(struct mach_thread *self, void *uap)			\
{									\
									\
	return (sys_##name(self, (struct name##_args *)uap));		\
}

MACH_TRAP_CALL(_kernelrpc_mach_vm_allocate_trap)
MACH_TRAP_CALL(_kernelrpc_mach_vm_deallocate_trap)
MACH_TRAP_CALL(_kernelrpc_mach_vm_protect_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_allocate_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_deallocate_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_mod_refs_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_move_member_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_insert_right_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_insert_member_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_extract_member_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_construct_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_destruct_trap)
MACH_TRAP_CALL(mach_reply_port)
MACH_TRAP_CALL(thread_self_trap)
MACH_TRAP_CALL(task_self_trap)
MACH_TRAP_CALL(host_self_trap)
MACH_TRAP_CALL(mach_msg_trap)
MACH_TRAP_CALL(mach_msg_overwrite_trap)
MACH_TRAP_CALL(semaphore_signal_trap)
MACH_TRAP_CALL(semaphore_signal_all_trap)
MACH_TRAP_CALL(semaphore_signal_thread_trap)
MACH_TRAP_CALL(semaphore_wait_trap)
MACH_TRAP_CALL(semaphore_wait_signal_trap)
MACH_TRAP_CALL(semaphore_timedwait_trap)
MACH_TRAP_CALL(semaphore_timedwait_signal_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_get_attributes_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_guard_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_unguard_trap)
MACH_TRAP_CALL(task_name_for_pid)
MACH_TRAP_CALL(task_for_pid)
MACH_TRAP_CALL(pid_for_task)
MACH_TRAP_CALL(thread_get_special_reply_port)
MACH_TRAP_CALL(swtch_pri)
MACH_TRAP_CALL(swtch)
MACH_TRAP_CALL(thread_switch)
MACH_TRAP_CALL(clock_sleep_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_type_trap)
MACH_TRAP_CALL(_kernelrpc_mach_port_request_notification_trap)
MACH_TRAP_CALL(mach_timebase_info_trap)
MACH_TRAP_CALL(mach_wait_until_trap)
MACH_TRAP_CALL(mk_timer_create_trap)
MACH_TRAP_CALL(mk_timer_destroy_trap)
MACH_TRAP_CALL(mk_timer_arm_trap)
MACH_TRAP_CALL(mk_timer_cancel_trap)
MACH_TRAP_CALL(mk_timer_arm_leeway_trap)
MACH_TRAP_CALL(mach_port_names_trap)
MACH_TRAP_CALL(mach_port_rename_trap)
MACH_TRAP_CALL(mach_port_allocate_name_trap)
MACH_TRAP_CALL(mach_port_destroy_trap)
MACH_TRAP_CALL(mach_port_get_refs_trap)
MACH_TRAP_CALL(mach_port_peek_trap)
MACH_TRAP_CALL(mach_port_set_mscount_trap)
MACH_TRAP_CALL(mach_port_get_set_status_trap)
MACH_TRAP_CALL(mach_port_extract_right_trap)
MACH_TRAP_CALL(mach_port_set_seqno_trap)
MACH_TRAP_CALL(mach_port_set_attributes_trap)
MACH_TRAP_CALL(mach_port_get_context_trap)
MACH_TRAP_CALL(mach_port_set_context_trap)
MACH_TRAP_CALL(mach_port_kobject_trap)
MACH_TRAP_CALL(mach_port_swap_guard_trap)
MACH_TRAP_CALL(mach_port_guard_with_flags_trap)
MACH_TRAP_CALL(mach_port_get_srights_trap)
MACH_TRAP_CALL(mach_port_space_info_trap)
MACH_TRAP_CALL(mach_port_dnrequest_info_trap)
MACH_TRAP_CALL(mach_port_is_connection_for_service_trap)
MACH_TRAP_CALL(task_get_special_port_trap)
MACH_TRAP_CALL(task_set_special_port_trap)
MACH_TRAP_CALL(task_info_trap)
MACH_TRAP_CALL(thread_get_special_port_trap)
MACH_TRAP_CALL(thread_set_special_port_trap)
MACH_TRAP_CALL(mach_ports_register_trap)
MACH_TRAP_CALL(mach_ports_lookup_trap)
MACH_TRAP_CALL(semaphore_create_trap)
MACH_TRAP_CALL(semaphore_destroy_trap)
MACH_TRAP_CALL(host_get_special_port_trap)
MACH_TRAP_CALL(host_set_special_port_trap)
MACH_TRAP_CALL(host_info_trap)
MACH_TRAP_CALL(host_get_clock_service_trap)
MACH_TRAP_CALL(clock_get_time_trap)
MACH_TRAP_CALL(host_get_host_priv_port_trap)
MACH_TRAP_CALL(mach_counters_trap)

const struct mach_trap mach_trap_table[] = {
	[10] = {
		.mt_call = call__kernelrpc_mach_vm_allocate_trap,
		.mt_name = "_kernelrpc_mach_vm_allocate_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[11] = {
		.mt_call = NULL,
		.mt_name = "_kernelrpc_mach_vm_purgable_control_trap",
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[12] = {
		.mt_call = call__kernelrpc_mach_vm_deallocate_trap,
		.mt_name = "_kernelrpc_mach_vm_deallocate_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[13] = {
		.mt_call = NULL,
		.mt_name = "task_dyld_process_info_notify_get_trap",
		.mt_nargs = 2,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[14] = {
		.mt_call = call__kernelrpc_mach_vm_protect_trap,
		.mt_name = "_kernelrpc_mach_vm_protect_trap",
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[15] = {
		.mt_call = NULL,
		.mt_name = "_kernelrpc_mach_vm_map_trap",
		.mt_nargs = 6,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[16] = {
		.mt_call = call__kernelrpc_mach_port_allocate_trap,
		.mt_name = "_kernelrpc_mach_port_allocate_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[18] = {
		.mt_call = call__kernelrpc_mach_port_deallocate_trap,
		.mt_name = "_kernelrpc_mach_port_deallocate_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[19] = {
		.mt_call = call__kernelrpc_mach_port_mod_refs_trap,
		.mt_name = "_kernelrpc_mach_port_mod_refs_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[20] = {
		.mt_call = call__kernelrpc_mach_port_move_member_trap,
		.mt_name = "_kernelrpc_mach_port_move_member_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[21] = {
		.mt_call = call__kernelrpc_mach_port_insert_right_trap,
		.mt_name = "_kernelrpc_mach_port_insert_right_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[22] = {
		.mt_call = call__kernelrpc_mach_port_insert_member_trap,
		.mt_name = "_kernelrpc_mach_port_insert_member_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[23] = {
		.mt_call = call__kernelrpc_mach_port_extract_member_trap,
		.mt_name = "_kernelrpc_mach_port_extract_member_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[24] = {
		.mt_call = call__kernelrpc_mach_port_construct_trap,
		.mt_name = "_kernelrpc_mach_port_construct_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[25] = {
		.mt_call = call__kernelrpc_mach_port_destruct_trap,
		.mt_name = "_kernelrpc_mach_port_destruct_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[26] = {
		.mt_call = call_mach_reply_port,
		.mt_name = "mach_reply_port",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[27] = {
		.mt_call = call_thread_self_trap,
		.mt_name = "thread_self_trap",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[28] = {
		.mt_call = call_task_self_trap,
		.mt_name = "task_self_trap",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[29] = {
		.mt_call = call_host_self_trap,
		.mt_name = "host_self_trap",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[31] = {
		.mt_call = call_mach_msg_trap,
		.mt_name = "mach_msg_trap",
		.mt_nargs = 7,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[32] = {
		.mt_call = call_mach_msg_overwrite_trap,
		.mt_name = "mach_msg_overwrite_trap",
		.mt_nargs = 8,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[33] = {
		.mt_call = call_semaphore_signal_trap,
		.mt_name = "semaphore_signal_trap",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[34] = {
		.mt_call = call_semaphore_signal_all_trap,
		.mt_name = "semaphore_signal_all_trap",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[35] = {
		.mt_call = call_semaphore_signal_thread_trap,
		.mt_name = "semaphore_signal_thread_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[36] = {
		.mt_call = call_semaphore_wait_trap,
		.mt_name = "semaphore_wait_trap",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[37] = {
		.mt_call = call_semaphore_wait_signal_trap,
		.mt_name = "semaphore_wait_signal_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[38] = {
		.mt_call = call_semaphore_timedwait_trap,
		.mt_name = "semaphore_timedwait_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[39] = {
		.mt_call = call_semaphore_timedwait_signal_trap,
		.mt_name = "semaphore_timedwait_signal_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[40] = {
		.mt_call = call__kernelrpc_mach_port_get_attributes_trap,
		.mt_name = "_kernelrpc_mach_port_get_attributes_trap",
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[41] = {
		.mt_call = call__kernelrpc_mach_port_guard_trap,
		.mt_name = "_kernelrpc_mach_port_guard_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[42] = {
		.mt_call = call__kernelrpc_mach_port_unguard_trap,
		.mt_name = "_kernelrpc_mach_port_unguard_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[43] = {
		.mt_call = NULL,
		.mt_name = "mach_generate_activity_id",
		.mt_nargs = 3,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[44] = {
		.mt_call = call_task_name_for_pid,
		.mt_name = "task_name_for_pid",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[45] = {
		.mt_call = call_task_for_pid,
		.mt_name = "task_for_pid",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[46] = {
		.mt_call = call_pid_for_task,
		.mt_name = "pid_for_task",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[47] = {
		.mt_call = NULL,
		.mt_name = "mach_msg2_trap",
		.mt_nargs = 8,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[48] = {
		.mt_call = NULL,
		.mt_name = "macx_swapon",
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[49] = {
		.mt_call = NULL,
		.mt_name = "macx_swapoff",
		.mt_nargs = 2,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[50] = {
		.mt_call = call_thread_get_special_reply_port,
		.mt_name = "thread_get_special_reply_port",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[51] = {
		.mt_call = NULL,
		.mt_name = "macx_triggers",
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[52] = {
		.mt_call = NULL,
		.mt_name = "macx_backing_store_suspend",
		.mt_nargs = 1,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[53] = {
		.mt_call = NULL,
		.mt_name = "macx_backing_store_recovery",
		.mt_nargs = 1,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[58] = {
		.mt_call = NULL,
		.mt_name = "pfz_exit",
		.mt_nargs = 0,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[59] = {
		.mt_call = call_swtch_pri,
		.mt_name = "swtch_pri",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_VALUE,
	},
	[60] = {
		.mt_call = call_swtch,
		.mt_name = "swtch",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_VALUE,
	},
	[61] = {
		.mt_call = call_thread_switch,
		.mt_name = "thread_switch",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[62] = {
		.mt_call = call_clock_sleep_trap,
		.mt_name = "clock_sleep_trap",
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[70] = {
		.mt_call = NULL,
		.mt_name = "host_create_mach_voucher_trap",
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[72] = {
		.mt_call = NULL,
		.mt_name = "mach_voucher_extract_attr_recipe_trap",
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[76] = {
		.mt_call = call__kernelrpc_mach_port_type_trap,
		.mt_name = "_kernelrpc_mach_port_type_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[77] = {
		.mt_call = call__kernelrpc_mach_port_request_notification_trap,
		.mt_name = "_kernelrpc_mach_port_request_notification_trap",
		.mt_nargs = 7,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[88] = {
		.mt_call = NULL,
		.mt_name = "_exclaves_ctl_trap",
		.mt_nargs = 8,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[89] = {
		.mt_call = call_mach_timebase_info_trap,
		.mt_name = "mach_timebase_info_trap",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[90] = {
		.mt_call = call_mach_wait_until_trap,
		.mt_name = "mach_wait_until_trap",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[91] = {
		.mt_call = call_mk_timer_create_trap,
		.mt_name = "mk_timer_create_trap",
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[92] = {
		.mt_call = call_mk_timer_destroy_trap,
		.mt_name = "mk_timer_destroy_trap",
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[93] = {
		.mt_call = call_mk_timer_arm_trap,
		.mt_name = "mk_timer_arm_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[94] = {
		.mt_call = call_mk_timer_cancel_trap,
		.mt_name = "mk_timer_cancel_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[95] = {
		.mt_call = call_mk_timer_arm_leeway_trap,
		.mt_name = "mk_timer_arm_leeway_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[96] = {
		.mt_call = NULL,
		.mt_name = "debug_control_port_for_pid",
		.mt_nargs = 3,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[100] = {
		.mt_call = NULL,
		.mt_name = "iokit_user_client_trap",
		.mt_nargs = 8,
		.mt_supported = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[128] = {
		.mt_call = call_mach_port_names_trap,
		.mt_name = "mach_port_names_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[129] = {
		.mt_call = call_mach_port_rename_trap,
		.mt_name = "mach_port_rename_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[130] = {
		.mt_call = call_mach_port_allocate_name_trap,
		.mt_name = "mach_port_allocate_name_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[131] = {
		.mt_call = call_mach_port_destroy_trap,
		.mt_name = "mach_port_destroy_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[132] = {
		.mt_call = call_mach_port_get_refs_trap,
		.mt_name = "mach_port_get_refs_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[133] = {
		.mt_call = call_mach_port_peek_trap,
		.mt_name = "mach_port_peek_trap",
		.mt_nargs = 8,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[134] = {
		.mt_call = call_mach_port_set_mscount_trap,
		.mt_name = "mach_port_set_mscount_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[135] = {
		.mt_call = call_mach_port_get_set_status_trap,
		.mt_name = "mach_port_get_set_status_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[136] = {
		.mt_call = call_mach_port_extract_right_trap,
		.mt_name = "mach_port_extract_right_trap",
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[137] = {
		.mt_call = call_mach_port_set_seqno_trap,
		.mt_name = "mach_port_set_seqno_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[138] = {
		.mt_call = call_mach_port_set_attributes_trap,
		.mt_name = "mach_port_set_attributes_trap",
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[139] = {
		.mt_call = call_mach_port_get_context_trap,
		.mt_name = "mach_port_get_context_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[140] = {
		.mt_call = call_mach_port_set_context_trap,
		.mt_name = "mach_port_set_context_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[141] = {
		.mt_call = call_mach_port_kobject_trap,
		.mt_name = "mach_port_kobject_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[142] = {
		.mt_call = call_mach_port_swap_guard_trap,
		.mt_name = "mach_port_swap_guard_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[143] = {
		.mt_call = call_mach_port_guard_with_flags_trap,
		.mt_name = "mach_port_guard_with_flags_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[144] = {
		.mt_call = call_mach_port_get_srights_trap,
		.mt_name = "mach_port_get_srights_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[145] = {
		.mt_call = call_mach_port_space_info_trap,
		.mt_name = "mach_port_space_info_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[146] = {
		.mt_call = call_mach_port_dnrequest_info_trap,
		.mt_name = "mach_port_dnrequest_info_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[147] = {
		.mt_call = call_mach_port_is_connection_for_service_trap,
		.mt_name = "mach_port_is_connection_for_service_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[150] = {
		.mt_call = call_task_get_special_port_trap,
		.mt_name = "task_get_special_port_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[151] = {
		.mt_call = call_task_set_special_port_trap,
		.mt_name = "task_set_special_port_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[152] = {
		.mt_call = call_task_info_trap,
		.mt_name = "task_info_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[153] = {
		.mt_call = call_thread_get_special_port_trap,
		.mt_name = "thread_get_special_port_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[154] = {
		.mt_call = call_thread_set_special_port_trap,
		.mt_name = "thread_set_special_port_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[155] = {
		.mt_call = call_mach_ports_register_trap,
		.mt_name = "mach_ports_register_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[156] = {
		.mt_call = call_mach_ports_lookup_trap,
		.mt_name = "mach_ports_lookup_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[157] = {
		.mt_call = call_semaphore_create_trap,
		.mt_name = "semaphore_create_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[158] = {
		.mt_call = call_semaphore_destroy_trap,
		.mt_name = "semaphore_destroy_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[160] = {
		.mt_call = call_host_get_special_port_trap,
		.mt_name = "host_get_special_port_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[161] = {
		.mt_call = call_host_set_special_port_trap,
		.mt_name = "host_set_special_port_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[162] = {
		.mt_call = call_host_info_trap,
		.mt_name = "host_info_trap",
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[163] = {
		.mt_call = call_host_get_clock_service_trap,
		.mt_name = "host_get_clock_service_trap",
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[164] = {
		.mt_call = call_clock_get_time_trap,
		.mt_name = "clock_get_time_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[165] = {
		.mt_call = call_host_get_host_priv_port_trap,
		.mt_name = "host_get_host_priv_port_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[170] = {
		.mt_call = call_mach_counters_trap,
		.mt_name = "mach_counters_trap",
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_result = MACH_TRAP_CODE,
	},
};

const u_int mach_trap_count = nitems(mach_trap_table);

struct mach_trap_stats mach_trap_stats[nitems(mach_trap_table)];
