/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The functions in the kernel that carry out the Mach traps.
 *
 * Written by gentraps.awk from traps.master: do not edit.
 */

#ifndef _KERNEL_TRAP_GEN_TRAP_HANDLERS_H_
#define	_KERNEL_TRAP_GEN_TRAP_HANDLERS_H_

#include <kernel/trap/gen/trap_args.h>

struct mach_thread;

int	sys__kernelrpc_mach_vm_allocate_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_vm_allocate_trap_args *uap);
int	sys__kernelrpc_mach_vm_deallocate_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_vm_deallocate_trap_args *uap);
int	sys__kernelrpc_mach_vm_protect_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_vm_protect_trap_args *uap);
int	sys__kernelrpc_mach_port_allocate_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_allocate_trap_args *uap);
int	sys__kernelrpc_mach_port_deallocate_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_deallocate_trap_args *uap);
int	sys__kernelrpc_mach_port_mod_refs_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_mod_refs_trap_args *uap);
int	sys__kernelrpc_mach_port_move_member_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_move_member_trap_args *uap);
int	sys__kernelrpc_mach_port_insert_right_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_insert_right_trap_args *uap);
int	sys__kernelrpc_mach_port_insert_member_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_insert_member_trap_args *uap);
int	sys__kernelrpc_mach_port_extract_member_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_extract_member_trap_args *uap);
int	sys__kernelrpc_mach_port_construct_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_construct_trap_args *uap);
int	sys__kernelrpc_mach_port_destruct_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_destruct_trap_args *uap);
int	sys_mach_reply_port(struct mach_thread *self,
	    struct mach_reply_port_args *uap);
int	sys_thread_self_trap(struct mach_thread *self,
	    struct thread_self_trap_args *uap);
int	sys_task_self_trap(struct mach_thread *self,
	    struct task_self_trap_args *uap);
int	sys_host_self_trap(struct mach_thread *self,
	    struct host_self_trap_args *uap);
int	sys_mach_msg_trap(struct mach_thread *self,
	    struct mach_msg_trap_args *uap);
int	sys_mach_msg_overwrite_trap(struct mach_thread *self,
	    struct mach_msg_overwrite_trap_args *uap);
int	sys_semaphore_signal_trap(struct mach_thread *self,
	    struct semaphore_signal_trap_args *uap);
int	sys_semaphore_signal_all_trap(struct mach_thread *self,
	    struct semaphore_signal_all_trap_args *uap);
int	sys_semaphore_signal_thread_trap(struct mach_thread *self,
	    struct semaphore_signal_thread_trap_args *uap);
int	sys_semaphore_wait_trap(struct mach_thread *self,
	    struct semaphore_wait_trap_args *uap);
int	sys_semaphore_wait_signal_trap(struct mach_thread *self,
	    struct semaphore_wait_signal_trap_args *uap);
int	sys_semaphore_timedwait_trap(struct mach_thread *self,
	    struct semaphore_timedwait_trap_args *uap);
int	sys_semaphore_timedwait_signal_trap(struct mach_thread *self,
	    struct semaphore_timedwait_signal_trap_args *uap);
int	sys__kernelrpc_mach_port_get_attributes_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_get_attributes_trap_args *uap);
int	sys__kernelrpc_mach_port_guard_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_guard_trap_args *uap);
int	sys__kernelrpc_mach_port_unguard_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_unguard_trap_args *uap);
int	sys_task_name_for_pid(struct mach_thread *self,
	    struct task_name_for_pid_args *uap);
int	sys_task_for_pid(struct mach_thread *self,
	    struct task_for_pid_args *uap);
int	sys_pid_for_task(struct mach_thread *self,
	    struct pid_for_task_args *uap);
int	sys_mach_msg2_trap(struct mach_thread *self,
	    struct mach_msg2_trap_args *uap);
int	sys_thread_get_special_reply_port(struct mach_thread *self,
	    struct thread_get_special_reply_port_args *uap);
int	sys_swtch_pri(struct mach_thread *self, struct swtch_pri_args *uap);
int	sys_swtch(struct mach_thread *self, struct swtch_args *uap);
int	sys_thread_switch(struct mach_thread *self,
	    struct thread_switch_args *uap);
int	sys_clock_sleep_trap(struct mach_thread *self,
	    struct clock_sleep_trap_args *uap);
int	sys__kernelrpc_mach_port_type_trap(struct mach_thread *self,
	    struct _kernelrpc_mach_port_type_trap_args *uap);
int	sys__kernelrpc_mach_port_request_notification_trap(
	    struct mach_thread *self,
	    struct _kernelrpc_mach_port_request_notification_trap_args *uap);
int	sys_mach_timebase_info_trap(struct mach_thread *self,
	    struct mach_timebase_info_trap_args *uap);
int	sys_mach_wait_until_trap(struct mach_thread *self,
	    struct mach_wait_until_trap_args *uap);
int	sys_mk_timer_create_trap(struct mach_thread *self,
	    struct mk_timer_create_trap_args *uap);
int	sys_mk_timer_destroy_trap(struct mach_thread *self,
	    struct mk_timer_destroy_trap_args *uap);
int	sys_mk_timer_arm_trap(struct mach_thread *self,
	    struct mk_timer_arm_trap_args *uap);
int	sys_mk_timer_cancel_trap(struct mach_thread *self,
	    struct mk_timer_cancel_trap_args *uap);
int	sys_mk_timer_arm_leeway_trap(struct mach_thread *self,
	    struct mk_timer_arm_leeway_trap_args *uap);
int	sys_mach_port_names_trap(struct mach_thread *self,
	    struct mach_port_names_trap_args *uap);
int	sys_mach_port_rename_trap(struct mach_thread *self,
	    struct mach_port_rename_trap_args *uap);
int	sys_mach_port_allocate_name_trap(struct mach_thread *self,
	    struct mach_port_allocate_name_trap_args *uap);
int	sys_mach_port_destroy_trap(struct mach_thread *self,
	    struct mach_port_destroy_trap_args *uap);
int	sys_mach_port_get_refs_trap(struct mach_thread *self,
	    struct mach_port_get_refs_trap_args *uap);
int	sys_mach_port_peek_trap(struct mach_thread *self,
	    struct mach_port_peek_trap_args *uap);
int	sys_mach_port_set_mscount_trap(struct mach_thread *self,
	    struct mach_port_set_mscount_trap_args *uap);
int	sys_mach_port_get_set_status_trap(struct mach_thread *self,
	    struct mach_port_get_set_status_trap_args *uap);
int	sys_mach_port_extract_right_trap(struct mach_thread *self,
	    struct mach_port_extract_right_trap_args *uap);
int	sys_mach_port_set_seqno_trap(struct mach_thread *self,
	    struct mach_port_set_seqno_trap_args *uap);
int	sys_mach_port_set_attributes_trap(struct mach_thread *self,
	    struct mach_port_set_attributes_trap_args *uap);
int	sys_mach_port_get_context_trap(struct mach_thread *self,
	    struct mach_port_get_context_trap_args *uap);
int	sys_mach_port_set_context_trap(struct mach_thread *self,
	    struct mach_port_set_context_trap_args *uap);
int	sys_mach_port_kobject_trap(struct mach_thread *self,
	    struct mach_port_kobject_trap_args *uap);
int	sys_mach_port_swap_guard_trap(struct mach_thread *self,
	    struct mach_port_swap_guard_trap_args *uap);
int	sys_mach_port_guard_with_flags_trap(struct mach_thread *self,
	    struct mach_port_guard_with_flags_trap_args *uap);
int	sys_mach_port_get_srights_trap(struct mach_thread *self,
	    struct mach_port_get_srights_trap_args *uap);
int	sys_mach_port_space_info_trap(struct mach_thread *self,
	    struct mach_port_space_info_trap_args *uap);
int	sys_mach_port_dnrequest_info_trap(struct mach_thread *self,
	    struct mach_port_dnrequest_info_trap_args *uap);
int	sys_mach_port_is_connection_for_service_trap(struct mach_thread *self,
	    struct mach_port_is_connection_for_service_trap_args *uap);
int	sys_mach_port_assert_guard_trap(struct mach_thread *self,
	    struct mach_port_assert_guard_trap_args *uap);
int	sys_task_get_special_port_trap(struct mach_thread *self,
	    struct task_get_special_port_trap_args *uap);
int	sys_task_set_special_port_trap(struct mach_thread *self,
	    struct task_set_special_port_trap_args *uap);
int	sys_task_info_trap(struct mach_thread *self,
	    struct task_info_trap_args *uap);
int	sys_thread_get_special_port_trap(struct mach_thread *self,
	    struct thread_get_special_port_trap_args *uap);
int	sys_thread_set_special_port_trap(struct mach_thread *self,
	    struct thread_set_special_port_trap_args *uap);
int	sys_mach_ports_register_trap(struct mach_thread *self,
	    struct mach_ports_register_trap_args *uap);
int	sys_mach_ports_lookup_trap(struct mach_thread *self,
	    struct mach_ports_lookup_trap_args *uap);
int	sys_semaphore_create_trap(struct mach_thread *self,
	    struct semaphore_create_trap_args *uap);
int	sys_semaphore_destroy_trap(struct mach_thread *self,
	    struct semaphore_destroy_trap_args *uap);
int	sys_host_get_special_port_trap(struct mach_thread *self,
	    struct host_get_special_port_trap_args *uap);
int	sys_host_set_special_port_trap(struct mach_thread *self,
	    struct host_set_special_port_trap_args *uap);
int	sys_host_info_trap(struct mach_thread *self,
	    struct host_info_trap_args *uap);
int	sys_host_get_clock_service_trap(struct mach_thread *self,
	    struct host_get_clock_service_trap_args *uap);
int	sys_clock_get_time_trap(struct mach_thread *self,
	    struct clock_get_time_trap_args *uap);
int	sys_host_get_host_priv_port_trap(struct mach_thread *self,
	    struct host_get_host_priv_port_trap_args *uap);
int	sys_mach_counters_trap(struct mach_thread *self,
	    struct mach_counters_trap_args *uap);
int	sys_mach_inspect_trap(struct mach_thread *self,
	    struct mach_inspect_trap_args *uap);
int	sys_mach_limit_set_trap(struct mach_thread *self,
	    struct mach_limit_set_trap_args *uap);
int	sys_mach_pset_fd_trap(struct mach_thread *self,
	    struct mach_pset_fd_trap_args *uap);
int	sys_fileport_makeport_trap(struct mach_thread *self,
	    struct fileport_makeport_trap_args *uap);
int	sys_fileport_makefd_trap(struct mach_thread *self,
	    struct fileport_makefd_trap_args *uap);

#endif /* !_KERNEL_TRAP_GEN_TRAP_HANDLERS_H_ */
