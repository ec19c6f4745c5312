/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The arguments of the Mach traps, as trap handlers see them.
 *
 * Written by gentraps.awk from traps.master: do not edit.
 */

#ifndef _KERNEL_TRAP_GEN_TRAP_ARGS_H_
#define	_KERNEL_TRAP_GEN_TRAP_ARGS_H_

#include <sys/param.h>
#include <sys/types.h>

#include <mach/mach_types.h>
#include <mach/clock_types.h>
#include <mach/mach_time.h>
#include <mach/message.h>
#include <mach/port.h>
#include <mach_debug/ipc_info.h>

/*
 * Every argument is one 64-bit word of the caller, and the structure lies
 * over those words: a narrower member sits where the low-order bytes of its
 * word are.  Pointers are the caller's: only copyin(9), copyout(9) and
 * vm_copy.h may be given them.
 */
#define	MACH_TRAP_PAD_(t)						\
	(sizeof(t) >= sizeof(uint64_t) ? 0 : sizeof(uint64_t) - sizeof(t))
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define	MACH_PADL_(t)	0
#define	MACH_PADR_(t)	MACH_TRAP_PAD_(t)
#else
#define	MACH_PADL_(t)	MACH_TRAP_PAD_(t)
#define	MACH_PADR_(t)	0
#endif
#define	MACH_TRAP_ARG_(t, name)						\
	char name##_l_[MACH_PADL_(t)];					\
	t name;								\
	char name##_r_[MACH_PADR_(t)]

struct _kernelrpc_mach_vm_allocate_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_vm_offset_t *, addr);
	MACH_TRAP_ARG_(mach_vm_size_t, size);
	MACH_TRAP_ARG_(int, flags);
};
_Static_assert(sizeof(struct _kernelrpc_mach_vm_allocate_trap_args) == 4 * 8,
    "arguments are words");

struct _kernelrpc_mach_vm_deallocate_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_vm_offset_t, address);
	MACH_TRAP_ARG_(mach_vm_size_t, size);
};
_Static_assert(sizeof(struct _kernelrpc_mach_vm_deallocate_trap_args) == 3 * 8,
    "arguments are words");

struct _kernelrpc_mach_vm_protect_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_vm_offset_t, address);
	MACH_TRAP_ARG_(mach_vm_size_t, size);
	MACH_TRAP_ARG_(int, set_maximum);
	MACH_TRAP_ARG_(int, new_protection);
};
_Static_assert(sizeof(struct _kernelrpc_mach_vm_protect_trap_args) == 5 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_allocate_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_right_t, right);
	MACH_TRAP_ARG_(mach_port_name_t *, name);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_allocate_trap_args) == 3 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_deallocate_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_deallocate_trap_args) == 2 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_mod_refs_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_right_t, right);
	MACH_TRAP_ARG_(mach_port_delta_t, delta);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_mod_refs_trap_args) == 4 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_move_member_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, member);
	MACH_TRAP_ARG_(mach_port_name_t, after);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_move_member_trap_args) == 3 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_insert_right_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_name_t, poly);
	MACH_TRAP_ARG_(mach_msg_type_name_t, polyPoly);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_insert_right_trap_args) == 4 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_insert_member_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_name_t, pset);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_insert_member_trap_args) == 3 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_extract_member_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_name_t, pset);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_extract_member_trap_args) == 3 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_construct_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_options_t *, options);
	MACH_TRAP_ARG_(uint64_t, context);
	MACH_TRAP_ARG_(mach_port_name_t *, name);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_construct_trap_args) == 4 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_destruct_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_delta_t, srdelta);
	MACH_TRAP_ARG_(uint64_t, guard);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_destruct_trap_args) == 4 * 8,
    "arguments are words");

struct mach_reply_port_args {
	uint64_t unused;
};

struct thread_self_trap_args {
	uint64_t unused;
};

struct task_self_trap_args {
	uint64_t unused;
};

struct host_self_trap_args {
	uint64_t unused;
};

struct mach_msg_trap_args {
	MACH_TRAP_ARG_(mach_msg_header_t *, msg);
	MACH_TRAP_ARG_(mach_msg_option_t, option);
	MACH_TRAP_ARG_(mach_msg_size_t, send_size);
	MACH_TRAP_ARG_(mach_msg_size_t, rcv_size);
	MACH_TRAP_ARG_(mach_port_name_t, rcv_name);
	MACH_TRAP_ARG_(mach_msg_timeout_t, timeout);
	MACH_TRAP_ARG_(mach_msg_priority_t, priority);
};
_Static_assert(sizeof(struct mach_msg_trap_args) == 7 * 8,
    "arguments are words");

struct mach_msg_overwrite_trap_args {
	MACH_TRAP_ARG_(mach_msg_header_t *, msg);
	MACH_TRAP_ARG_(mach_msg_option_t, option);
	MACH_TRAP_ARG_(mach_msg_size_t, send_size);
	MACH_TRAP_ARG_(mach_msg_size_t, rcv_size);
	MACH_TRAP_ARG_(mach_port_name_t, rcv_name);
	MACH_TRAP_ARG_(mach_msg_timeout_t, timeout);
	MACH_TRAP_ARG_(mach_msg_priority_t, priority);
	MACH_TRAP_ARG_(mach_msg_header_t *, rcv_msg);
};
_Static_assert(sizeof(struct mach_msg_overwrite_trap_args) == 8 * 8,
    "arguments are words");

struct semaphore_signal_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, signal_name);
};
_Static_assert(sizeof(struct semaphore_signal_trap_args) == 1 * 8,
    "arguments are words");

struct semaphore_signal_all_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, signal_name);
};
_Static_assert(sizeof(struct semaphore_signal_all_trap_args) == 1 * 8,
    "arguments are words");

struct semaphore_signal_thread_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, signal_name);
	MACH_TRAP_ARG_(mach_port_name_t, thread_name);
};
_Static_assert(sizeof(struct semaphore_signal_thread_trap_args) == 2 * 8,
    "arguments are words");

struct semaphore_wait_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, wait_name);
};
_Static_assert(sizeof(struct semaphore_wait_trap_args) == 1 * 8,
    "arguments are words");

struct semaphore_wait_signal_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, wait_name);
	MACH_TRAP_ARG_(mach_port_name_t, signal_name);
};
_Static_assert(sizeof(struct semaphore_wait_signal_trap_args) == 2 * 8,
    "arguments are words");

struct semaphore_timedwait_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, wait_name);
	MACH_TRAP_ARG_(unsigned int, sec);
	MACH_TRAP_ARG_(clock_res_t, nsec);
};
_Static_assert(sizeof(struct semaphore_timedwait_trap_args) == 3 * 8,
    "arguments are words");

struct semaphore_timedwait_signal_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, wait_name);
	MACH_TRAP_ARG_(mach_port_name_t, signal_name);
	MACH_TRAP_ARG_(unsigned int, sec);
	MACH_TRAP_ARG_(clock_res_t, nsec);
};
_Static_assert(sizeof(struct semaphore_timedwait_signal_trap_args) == 4 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_get_attributes_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_flavor_t, flavor);
	MACH_TRAP_ARG_(integer_t *, port_info_out);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_get_attributes_trap_args) == 5 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_guard_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, guard);
	MACH_TRAP_ARG_(boolean_t, strict);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_guard_trap_args) == 4 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_unguard_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, target);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, guard);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_unguard_trap_args) == 3 * 8,
    "arguments are words");

struct task_name_for_pid_args {
	MACH_TRAP_ARG_(mach_port_name_t, target_tport);
	MACH_TRAP_ARG_(int, pid);
	MACH_TRAP_ARG_(mach_port_name_t *, t);
};
_Static_assert(sizeof(struct task_name_for_pid_args) == 3 * 8,
    "arguments are words");

struct task_for_pid_args {
	MACH_TRAP_ARG_(mach_port_name_t, target_tport);
	MACH_TRAP_ARG_(int, pid);
	MACH_TRAP_ARG_(mach_port_name_t *, t);
};
_Static_assert(sizeof(struct task_for_pid_args) == 3 * 8,
    "arguments are words");

struct pid_for_task_args {
	MACH_TRAP_ARG_(mach_port_name_t, t);
	MACH_TRAP_ARG_(int *, x);
};
_Static_assert(sizeof(struct pid_for_task_args) == 2 * 8,
    "arguments are words");

struct mach_msg2_trap_args {
	MACH_TRAP_ARG_(void *, data);
	MACH_TRAP_ARG_(uint64_t, options);
	MACH_TRAP_ARG_(uint64_t, msgh_bits_and_send_size);
	MACH_TRAP_ARG_(uint64_t, msgh_remote_and_local_port);
	MACH_TRAP_ARG_(uint64_t, msgh_voucher_and_id);
	MACH_TRAP_ARG_(uint64_t, desc_count_and_rcv_name);
	MACH_TRAP_ARG_(uint64_t, rcv_size_and_priority);
	MACH_TRAP_ARG_(uint64_t, timeout);
};
_Static_assert(sizeof(struct mach_msg2_trap_args) == 8 * 8,
    "arguments are words");

struct thread_get_special_reply_port_args {
	uint64_t unused;
};

struct swtch_pri_args {
	MACH_TRAP_ARG_(int, pri);
};
_Static_assert(sizeof(struct swtch_pri_args) == 1 * 8, "arguments are words");

struct swtch_args {
	uint64_t unused;
};

struct thread_switch_args {
	MACH_TRAP_ARG_(mach_port_name_t, thread_name);
	MACH_TRAP_ARG_(int, option);
	MACH_TRAP_ARG_(mach_msg_timeout_t, option_time);
};
_Static_assert(sizeof(struct thread_switch_args) == 3 * 8,
    "arguments are words");

struct clock_sleep_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, clock_name);
	MACH_TRAP_ARG_(int, sleep_type);
	MACH_TRAP_ARG_(int, sleep_sec);
	MACH_TRAP_ARG_(int, sleep_nsec);
	MACH_TRAP_ARG_(mach_timespec_t *, wakeup_time);
};
_Static_assert(sizeof(struct clock_sleep_trap_args) == 5 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_type_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_type_t *, ptype);
};
_Static_assert(sizeof(struct _kernelrpc_mach_port_type_trap_args) == 3 * 8,
    "arguments are words");

struct _kernelrpc_mach_port_request_notification_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_msg_id_t, msgid);
	MACH_TRAP_ARG_(mach_port_mscount_t, sync);
	MACH_TRAP_ARG_(mach_port_name_t, notify);
	MACH_TRAP_ARG_(mach_msg_type_name_t, notifyPoly);
	MACH_TRAP_ARG_(mach_port_name_t *, previous);
};
_Static_assert(
    sizeof(struct _kernelrpc_mach_port_request_notification_trap_args) == 7 * 8,
    "arguments are words");

struct mach_timebase_info_trap_args {
	MACH_TRAP_ARG_(mach_timebase_info_data_t *, info);
};
_Static_assert(sizeof(struct mach_timebase_info_trap_args) == 1 * 8,
    "arguments are words");

struct mach_wait_until_trap_args {
	MACH_TRAP_ARG_(uint64_t, deadline);
};
_Static_assert(sizeof(struct mach_wait_until_trap_args) == 1 * 8,
    "arguments are words");

struct mk_timer_create_trap_args {
	uint64_t unused;
};

struct mk_timer_destroy_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, name);
};
_Static_assert(sizeof(struct mk_timer_destroy_trap_args) == 1 * 8,
    "arguments are words");

struct mk_timer_arm_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, expire_time);
};
_Static_assert(sizeof(struct mk_timer_arm_trap_args) == 2 * 8,
    "arguments are words");

struct mk_timer_cancel_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t *, result_time);
};
_Static_assert(sizeof(struct mk_timer_cancel_trap_args) == 2 * 8,
    "arguments are words");

struct mk_timer_arm_leeway_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, mk_timer_flags);
	MACH_TRAP_ARG_(uint64_t, expire_time);
	MACH_TRAP_ARG_(uint64_t, mk_leeway);
};
_Static_assert(sizeof(struct mk_timer_arm_leeway_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_names_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t *, names);
	MACH_TRAP_ARG_(mach_port_type_t *, types);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct mach_port_names_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_rename_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, old_name);
	MACH_TRAP_ARG_(mach_port_name_t, new_name);
};
_Static_assert(sizeof(struct mach_port_rename_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_allocate_name_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_right_t, right);
	MACH_TRAP_ARG_(mach_port_name_t, name);
};
_Static_assert(sizeof(struct mach_port_allocate_name_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_destroy_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
};
_Static_assert(sizeof(struct mach_port_destroy_trap_args) == 2 * 8,
    "arguments are words");

struct mach_port_get_refs_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_right_t, right);
	MACH_TRAP_ARG_(mach_port_urefs_t *, refs);
};
_Static_assert(sizeof(struct mach_port_get_refs_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_peek_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_msg_trailer_type_t, trailer_type);
	MACH_TRAP_ARG_(mach_port_seqno_t *, request_seqnop);
	MACH_TRAP_ARG_(mach_msg_size_t *, msg_sizep);
	MACH_TRAP_ARG_(mach_msg_id_t *, msg_idp);
	MACH_TRAP_ARG_(void *, trailer_infop);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, trailer_sizep);
};
_Static_assert(sizeof(struct mach_port_peek_trap_args) == 8 * 8,
    "arguments are words");

struct mach_port_set_mscount_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_mscount_t, mscount);
};
_Static_assert(sizeof(struct mach_port_set_mscount_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_get_set_status_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_name_t *, members);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct mach_port_get_set_status_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_extract_right_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_msg_type_name_t, msgt_name);
	MACH_TRAP_ARG_(mach_port_name_t *, poly);
	MACH_TRAP_ARG_(mach_msg_type_name_t *, polyPoly);
};
_Static_assert(sizeof(struct mach_port_extract_right_trap_args) == 5 * 8,
    "arguments are words");

struct mach_port_set_seqno_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_seqno_t, seqno);
};
_Static_assert(sizeof(struct mach_port_set_seqno_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_set_attributes_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_flavor_t, flavor);
	MACH_TRAP_ARG_(integer_t *, port_info);
	MACH_TRAP_ARG_(mach_msg_type_number_t, count);
};
_Static_assert(sizeof(struct mach_port_set_attributes_trap_args) == 5 * 8,
    "arguments are words");

struct mach_port_get_context_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_context_t *, context);
};
_Static_assert(sizeof(struct mach_port_get_context_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_set_context_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, context);
};
_Static_assert(sizeof(struct mach_port_set_context_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_kobject_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(natural_t *, object_type);
	MACH_TRAP_ARG_(uint64_t *, object_addr);
};
_Static_assert(sizeof(struct mach_port_kobject_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_swap_guard_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, old_guard);
	MACH_TRAP_ARG_(uint64_t, new_guard);
};
_Static_assert(sizeof(struct mach_port_swap_guard_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_guard_with_flags_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, guard);
	MACH_TRAP_ARG_(uint64_t, flags);
};
_Static_assert(sizeof(struct mach_port_guard_with_flags_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_get_srights_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(mach_port_rights_t *, srights);
};
_Static_assert(sizeof(struct mach_port_get_srights_trap_args) == 3 * 8,
    "arguments are words");

struct mach_port_space_info_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(ipc_info_space_t *, space_info);
	MACH_TRAP_ARG_(ipc_info_name_t *, table);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct mach_port_space_info_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_dnrequest_info_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(unsigned int *, total);
	MACH_TRAP_ARG_(unsigned int *, used);
};
_Static_assert(sizeof(struct mach_port_dnrequest_info_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_is_connection_for_service_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, connection);
	MACH_TRAP_ARG_(mach_port_name_t, service);
	MACH_TRAP_ARG_(uint64_t *, filter_policy_id);
};
_Static_assert(
    sizeof(struct mach_port_is_connection_for_service_trap_args) == 4 * 8,
    "arguments are words");

struct mach_port_assert_guard_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, name);
	MACH_TRAP_ARG_(uint64_t, guard);
};
_Static_assert(sizeof(struct mach_port_assert_guard_trap_args) == 3 * 8,
    "arguments are words");

struct task_get_special_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(int, which_port);
	MACH_TRAP_ARG_(mach_port_name_t *, special_port);
};
_Static_assert(sizeof(struct task_get_special_port_trap_args) == 3 * 8,
    "arguments are words");

struct task_set_special_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(int, which_port);
	MACH_TRAP_ARG_(mach_port_name_t, special_port);
};
_Static_assert(sizeof(struct task_set_special_port_trap_args) == 3 * 8,
    "arguments are words");

struct task_info_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(unsigned int, flavor);
	MACH_TRAP_ARG_(integer_t *, task_info_out);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct task_info_trap_args) == 4 * 8,
    "arguments are words");

struct thread_get_special_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, thread);
	MACH_TRAP_ARG_(int, which_port);
	MACH_TRAP_ARG_(mach_port_name_t *, special_port);
};
_Static_assert(sizeof(struct thread_get_special_port_trap_args) == 3 * 8,
    "arguments are words");

struct thread_set_special_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, thread);
	MACH_TRAP_ARG_(int, which_port);
	MACH_TRAP_ARG_(mach_port_name_t, special_port);
};
_Static_assert(sizeof(struct thread_set_special_port_trap_args) == 3 * 8,
    "arguments are words");

struct mach_ports_register_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t *, ports);
	MACH_TRAP_ARG_(mach_msg_type_number_t, count);
};
_Static_assert(sizeof(struct mach_ports_register_trap_args) == 3 * 8,
    "arguments are words");

struct mach_ports_lookup_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t *, ports);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct mach_ports_lookup_trap_args) == 3 * 8,
    "arguments are words");

struct semaphore_create_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t *, semaphore);
	MACH_TRAP_ARG_(int, policy);
	MACH_TRAP_ARG_(int, value);
};
_Static_assert(sizeof(struct semaphore_create_trap_args) == 4 * 8,
    "arguments are words");

struct semaphore_destroy_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, semaphore);
};
_Static_assert(sizeof(struct semaphore_destroy_trap_args) == 2 * 8,
    "arguments are words");

struct host_get_special_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, host);
	MACH_TRAP_ARG_(int, node);
	MACH_TRAP_ARG_(int, which);
	MACH_TRAP_ARG_(mach_port_name_t *, port);
};
_Static_assert(sizeof(struct host_get_special_port_trap_args) == 4 * 8,
    "arguments are words");

struct host_set_special_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, host);
	MACH_TRAP_ARG_(int, which);
	MACH_TRAP_ARG_(mach_port_name_t, port);
};
_Static_assert(sizeof(struct host_set_special_port_trap_args) == 3 * 8,
    "arguments are words");

struct host_info_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, host);
	MACH_TRAP_ARG_(int, flavor);
	MACH_TRAP_ARG_(integer_t *, host_info_out);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct host_info_trap_args) == 4 * 8,
    "arguments are words");

struct host_get_clock_service_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, host);
	MACH_TRAP_ARG_(int, clock_id);
	MACH_TRAP_ARG_(mach_port_name_t *, clock);
};
_Static_assert(sizeof(struct host_get_clock_service_trap_args) == 3 * 8,
    "arguments are words");

struct clock_get_time_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, clock);
	MACH_TRAP_ARG_(mach_timespec_t *, cur_time);
};
_Static_assert(sizeof(struct clock_get_time_trap_args) == 2 * 8,
    "arguments are words");

struct host_get_host_priv_port_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, host);
	MACH_TRAP_ARG_(mach_port_name_t *, host_priv);
};
_Static_assert(sizeof(struct host_get_host_priv_port_trap_args) == 2 * 8,
    "arguments are words");

struct mach_counters_trap_args {
	MACH_TRAP_ARG_(uint64_t *, counters);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct mach_counters_trap_args) == 2 * 8,
    "arguments are words");

struct mach_inspect_trap_args {
	MACH_TRAP_ARG_(unsigned int, version);
	MACH_TRAP_ARG_(unsigned int, flavor);
	MACH_TRAP_ARG_(uint64_t, which);
	MACH_TRAP_ARG_(void *, records);
	MACH_TRAP_ARG_(mach_msg_type_number_t *, count);
};
_Static_assert(sizeof(struct mach_inspect_trap_args) == 5 * 8,
    "arguments are words");

struct mach_limit_set_trap_args {
	MACH_TRAP_ARG_(const char *, name);
	MACH_TRAP_ARG_(uint64_t, value);
};
_Static_assert(sizeof(struct mach_limit_set_trap_args) == 2 * 8,
    "arguments are words");

struct mach_pset_fd_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, task);
	MACH_TRAP_ARG_(mach_port_name_t, pset);
	MACH_TRAP_ARG_(int, flags);
	MACH_TRAP_ARG_(int *, fd);
	MACH_TRAP_ARG_(int, channel);
};
_Static_assert(sizeof(struct mach_pset_fd_trap_args) == 5 * 8,
    "arguments are words");

struct fileport_makeport_trap_args {
	MACH_TRAP_ARG_(int, fd);
	MACH_TRAP_ARG_(mach_port_name_t *, port);
};
_Static_assert(sizeof(struct fileport_makeport_trap_args) == 2 * 8,
    "arguments are words");

struct fileport_makefd_trap_args {
	MACH_TRAP_ARG_(mach_port_name_t, port);
	MACH_TRAP_ARG_(int, sock);
	MACH_TRAP_ARG_(int *, fd);
};
_Static_assert(sizeof(struct fileport_makefd_trap_args) == 3 * 8,
    "arguments are words");

#undef	MACH_TRAP_ARG_

#endif /* !_KERNEL_TRAP_GEN_TRAP_ARGS_H_ */
