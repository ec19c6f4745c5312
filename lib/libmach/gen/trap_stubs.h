/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The functions of libmach that are nothing but a trap.
 *
 * Written by gentraps.awk from traps.master: do not edit.
 */

#ifndef _LIB_LIBMACH_GEN_TRAP_STUBS_H_
#define	_LIB_LIBMACH_GEN_TRAP_STUBS_H_

#include <stdint.h>

#include <mach/mach_types.h>
#include <mach/clock_types.h>
#include <mach/mach_time.h>
#include <mach/message.h>
#include <mach/port.h>
#include <mach_debug/ipc_info.h>

/*
 * Darwin's are also in <mach/mach_traps.h>; the compiler checks that both
 * agree.
 */
kern_return_t	_kernelrpc_mach_vm_allocate_trap(mach_port_name_t target,
	    mach_vm_offset_t *addr, mach_vm_size_t size, int flags);
kern_return_t	_kernelrpc_mach_vm_purgable_control_trap(
	    mach_port_name_t target, mach_vm_offset_t address, int control,
	    int *state);
kern_return_t	_kernelrpc_mach_vm_deallocate_trap(mach_port_name_t target,
	    mach_vm_offset_t address, mach_vm_size_t size);
kern_return_t	task_dyld_process_info_notify_get_trap(
	    mach_port_name_t *names_addr, natural_t *names_count);
kern_return_t	_kernelrpc_mach_vm_protect_trap(mach_port_name_t target,
	    mach_vm_offset_t address, mach_vm_size_t size, int set_maximum,
	    int new_protection);
kern_return_t	_kernelrpc_mach_vm_map_trap(mach_port_name_t target,
	    mach_vm_offset_t *address, mach_vm_size_t size,
	    mach_vm_offset_t mask, int flags, int cur_protection);
kern_return_t	_kernelrpc_mach_port_allocate_trap(mach_port_name_t target,
	    mach_port_right_t right, mach_port_name_t *name);
kern_return_t	_kernelrpc_mach_port_deallocate_trap(mach_port_name_t target,
	    mach_port_name_t name);
kern_return_t	_kernelrpc_mach_port_mod_refs_trap(mach_port_name_t target,
	    mach_port_name_t name, mach_port_right_t right,
	    mach_port_delta_t delta);
kern_return_t	_kernelrpc_mach_port_move_member_trap(mach_port_name_t target,
	    mach_port_name_t member, mach_port_name_t after);
kern_return_t	_kernelrpc_mach_port_insert_right_trap(mach_port_name_t target,
	    mach_port_name_t name, mach_port_name_t poly,
	    mach_msg_type_name_t polyPoly);
kern_return_t	_kernelrpc_mach_port_insert_member_trap(mach_port_name_t target,
	    mach_port_name_t name, mach_port_name_t pset);
kern_return_t	_kernelrpc_mach_port_extract_member_trap(
	    mach_port_name_t target, mach_port_name_t name,
	    mach_port_name_t pset);
kern_return_t	_kernelrpc_mach_port_construct_trap(mach_port_name_t target,
	    mach_port_options_t *options, uint64_t context,
	    mach_port_name_t *name);
kern_return_t	_kernelrpc_mach_port_destruct_trap(mach_port_name_t target,
	    mach_port_name_t name, mach_port_delta_t srdelta, uint64_t guard);
mach_port_name_t	mach_reply_port(void);
mach_port_name_t	thread_self_trap(void);
mach_port_name_t	task_self_trap(void);
mach_port_name_t	host_self_trap(void);
mach_msg_return_t	mach_msg_trap(mach_msg_header_t *msg,
	    mach_msg_option_t option, mach_msg_size_t send_size,
	    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
	    mach_msg_timeout_t timeout, mach_msg_priority_t priority);
mach_msg_return_t	mach_msg_overwrite_trap(mach_msg_header_t *msg,
	    mach_msg_option_t option, mach_msg_size_t send_size,
	    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
	    mach_msg_timeout_t timeout, mach_msg_priority_t priority,
	    mach_msg_header_t *rcv_msg);
kern_return_t	semaphore_signal_trap(mach_port_name_t signal_name);
kern_return_t	semaphore_signal_all_trap(mach_port_name_t signal_name);
kern_return_t	semaphore_signal_thread_trap(mach_port_name_t signal_name,
	    mach_port_name_t thread_name);
kern_return_t	semaphore_wait_trap(mach_port_name_t wait_name);
kern_return_t	semaphore_wait_signal_trap(mach_port_name_t wait_name,
	    mach_port_name_t signal_name);
kern_return_t	semaphore_timedwait_trap(mach_port_name_t wait_name,
	    unsigned int sec, clock_res_t nsec);
kern_return_t	semaphore_timedwait_signal_trap(mach_port_name_t wait_name,
	    mach_port_name_t signal_name, unsigned int sec, clock_res_t nsec);
kern_return_t	_kernelrpc_mach_port_get_attributes_trap(
	    mach_port_name_t target, mach_port_name_t name,
	    mach_port_flavor_t flavor, integer_t *port_info_out,
	    mach_msg_type_number_t *count);
kern_return_t	_kernelrpc_mach_port_guard_trap(mach_port_name_t target,
	    mach_port_name_t name, uint64_t guard, boolean_t strict);
kern_return_t	_kernelrpc_mach_port_unguard_trap(mach_port_name_t target,
	    mach_port_name_t name, uint64_t guard);
kern_return_t	mach_generate_activity_id(mach_port_name_t target, int count,
	    uint64_t *activity_id);
kern_return_t	task_name_for_pid(mach_port_name_t target_tport, int pid,
	    mach_port_name_t *t);
kern_return_t	task_for_pid(mach_port_name_t target_tport, int pid,
	    mach_port_name_t *t);
kern_return_t	pid_for_task(mach_port_name_t t, int *x);
mach_msg_return_t	mach_msg2_trap(void *data, uint64_t options,
	    uint64_t msgh_bits_and_send_size,
	    uint64_t msgh_remote_and_local_port, uint64_t msgh_voucher_and_id,
	    uint64_t desc_count_and_rcv_name, uint64_t rcv_size_and_priority,
	    uint64_t timeout);
kern_return_t	macx_swapon(uint64_t filename, int flags, int size,
	    int priority);
kern_return_t	macx_swapoff(uint64_t filename, int flags);
mach_port_name_t	thread_get_special_reply_port(void);
kern_return_t	macx_triggers(int hi_water, int low_water, int flags,
	    mach_port_name_t alert_port);
kern_return_t	macx_backing_store_suspend(boolean_t suspend);
kern_return_t	macx_backing_store_recovery(int pid);
kern_return_t	pfz_exit(void);
boolean_t	swtch_pri(int pri);
boolean_t	swtch(void);
kern_return_t	thread_switch(mach_port_name_t thread_name, int option,
	    mach_msg_timeout_t option_time);
kern_return_t	clock_sleep_trap(mach_port_name_t clock_name, int sleep_type,
	    int sleep_sec, int sleep_nsec, mach_timespec_t *wakeup_time);
kern_return_t	host_create_mach_voucher_trap(mach_port_name_t host,
	    void *recipes, int recipes_size, mach_port_name_t *voucher);
kern_return_t	mach_voucher_extract_attr_recipe_trap(
	    mach_port_name_t voucher_name, unsigned int key, void *recipe,
	    mach_msg_type_number_t *recipe_size);
kern_return_t	_kernelrpc_mach_port_type_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_type_t *ptype);
kern_return_t	_kernelrpc_mach_port_request_notification_trap(
	    mach_port_name_t task, mach_port_name_t name, mach_msg_id_t msgid,
	    mach_port_mscount_t sync, mach_port_name_t notify,
	    mach_msg_type_name_t notifyPoly, mach_port_name_t *previous);
kern_return_t	_exclaves_ctl_trap(mach_port_name_t name,
	    unsigned int operation_and_flags, uint64_t identifier,
	    uint64_t buffer, uint64_t size, uint64_t size2, uint64_t offset,
	    uint64_t status);
kern_return_t	mach_timebase_info_trap(mach_timebase_info_data_t *info);
kern_return_t	mach_wait_until_trap(uint64_t deadline);
mach_port_name_t	mk_timer_create_trap(void);
kern_return_t	mk_timer_destroy_trap(mach_port_name_t name);
kern_return_t	mk_timer_arm_trap(mach_port_name_t name, uint64_t expire_time);
kern_return_t	mk_timer_cancel_trap(mach_port_name_t name,
	    uint64_t *result_time);
kern_return_t	mk_timer_arm_leeway_trap(mach_port_name_t name,
	    uint64_t mk_timer_flags, uint64_t expire_time, uint64_t mk_leeway);
kern_return_t	debug_control_port_for_pid(mach_port_name_t target_tport,
	    int pid, mach_port_name_t *t);
kern_return_t	iokit_user_client_trap(mach_port_name_t user_client,
	    unsigned int index, uint64_t p1, uint64_t p2, uint64_t p3,
	    uint64_t p4, uint64_t p5, uint64_t p6);
kern_return_t	mach_port_names_trap(mach_port_name_t task,
	    mach_port_name_t *names, mach_port_type_t *types,
	    mach_msg_type_number_t *count);
kern_return_t	mach_port_rename_trap(mach_port_name_t task,
	    mach_port_name_t old_name, mach_port_name_t new_name);
kern_return_t	mach_port_allocate_name_trap(mach_port_name_t task,
	    mach_port_right_t right, mach_port_name_t name);
kern_return_t	mach_port_destroy_trap(mach_port_name_t task,
	    mach_port_name_t name);
kern_return_t	mach_port_get_refs_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_right_t right,
	    mach_port_urefs_t *refs);
kern_return_t	mach_port_peek_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_msg_trailer_type_t trailer_type,
	    mach_port_seqno_t *request_seqnop, mach_msg_size_t *msg_sizep,
	    mach_msg_id_t *msg_idp, void *trailer_infop,
	    mach_msg_type_number_t *trailer_sizep);
kern_return_t	mach_port_set_mscount_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_mscount_t mscount);
kern_return_t	mach_port_get_set_status_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_name_t *members,
	    mach_msg_type_number_t *count);
kern_return_t	mach_port_extract_right_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_msg_type_name_t msgt_name,
	    mach_port_name_t *poly, mach_msg_type_name_t *polyPoly);
kern_return_t	mach_port_set_seqno_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_seqno_t seqno);
kern_return_t	mach_port_set_attributes_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_flavor_t flavor,
	    integer_t *port_info, mach_msg_type_number_t count);
kern_return_t	mach_port_get_context_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_context_t *context);
kern_return_t	mach_port_set_context_trap(mach_port_name_t task,
	    mach_port_name_t name, uint64_t context);
kern_return_t	mach_port_kobject_trap(mach_port_name_t task,
	    mach_port_name_t name, natural_t *object_type,
	    uint64_t *object_addr);
kern_return_t	mach_port_swap_guard_trap(mach_port_name_t task,
	    mach_port_name_t name, uint64_t old_guard, uint64_t new_guard);
kern_return_t	mach_port_guard_with_flags_trap(mach_port_name_t task,
	    mach_port_name_t name, uint64_t guard, uint64_t flags);
kern_return_t	mach_port_get_srights_trap(mach_port_name_t task,
	    mach_port_name_t name, mach_port_rights_t *srights);
kern_return_t	mach_port_space_info_trap(mach_port_name_t task,
	    ipc_info_space_t *space_info, ipc_info_name_t *table,
	    mach_msg_type_number_t *count);
kern_return_t	mach_port_dnrequest_info_trap(mach_port_name_t task,
	    mach_port_name_t name, unsigned int *total, unsigned int *used);
kern_return_t	mach_port_is_connection_for_service_trap(mach_port_name_t task,
	    mach_port_name_t connection, mach_port_name_t service,
	    uint64_t *filter_policy_id);
kern_return_t	mach_port_assert_guard_trap(mach_port_name_t task,
	    mach_port_name_t name, uint64_t guard);
kern_return_t	task_get_special_port_trap(mach_port_name_t task,
	    int which_port, mach_port_name_t *special_port);
kern_return_t	task_set_special_port_trap(mach_port_name_t task,
	    int which_port, mach_port_name_t special_port);
kern_return_t	task_info_trap(mach_port_name_t task, unsigned int flavor,
	    integer_t *task_info_out, mach_msg_type_number_t *count);
kern_return_t	thread_get_special_port_trap(mach_port_name_t thread,
	    int which_port, mach_port_name_t *special_port);
kern_return_t	thread_set_special_port_trap(mach_port_name_t thread,
	    int which_port, mach_port_name_t special_port);
kern_return_t	mach_ports_register_trap(mach_port_name_t task,
	    mach_port_name_t *ports, mach_msg_type_number_t count);
kern_return_t	mach_ports_lookup_trap(mach_port_name_t task,
	    mach_port_name_t *ports, mach_msg_type_number_t *count);
kern_return_t	semaphore_create_trap(mach_port_name_t task,
	    mach_port_name_t *semaphore, int policy, int value);
kern_return_t	semaphore_destroy_trap(mach_port_name_t task,
	    mach_port_name_t semaphore);
kern_return_t	host_get_special_port_trap(mach_port_name_t host, int node,
	    int which, mach_port_name_t *port);
kern_return_t	host_set_special_port_trap(mach_port_name_t host, int which,
	    mach_port_name_t port);
kern_return_t	host_info_trap(mach_port_name_t host, int flavor,
	    integer_t *host_info_out, mach_msg_type_number_t *count);
kern_return_t	host_get_clock_service_trap(mach_port_name_t host, int clock_id,
	    mach_port_name_t *clock);
kern_return_t	clock_get_time_trap(mach_port_name_t clock,
	    mach_timespec_t *cur_time);
kern_return_t	host_get_host_priv_port_trap(mach_port_name_t host,
	    mach_port_name_t *host_priv);
kern_return_t	mach_counters_trap(uint64_t *counters,
	    mach_msg_type_number_t *count);
kern_return_t	mach_inspect_trap(unsigned int version, unsigned int flavor,
	    uint64_t which, void *records, mach_msg_type_number_t *count);
kern_return_t	mach_limit_set_trap(const char *name, uint64_t value);
kern_return_t	mach_pset_fd_trap(mach_port_name_t task, mach_port_name_t pset,
	    int flags, int *fd, int channel);
kern_return_t	fileport_makeport_trap(int fd, mach_port_name_t *port);
kern_return_t	fileport_makefd_trap(mach_port_name_t port, int sock, int *fd);

#endif /* !_LIB_LIBMACH_GEN_TRAP_STUBS_H_ */
