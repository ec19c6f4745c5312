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

#include <kernel/kern/probes.h>
#include <kernel/trap/gen/trap_handlers.h>
#include <kernel/trap/trap.h>

/*
 * One wrapper a trap, so that every table entry is called through
 * its own type, and so that a probe has the arguments as the trap
 * has them.  While no probe of any provider is enabled it is a jump.
 */
#define	MACH_TRAP_CALL(name)						\
SDT_PROBE_DEFINE1(mach, trap, name, entry,				\
    "struct " #name "_args *");					\
static __noinline int							\
probed_##name(struct mach_thread *self, void *uap)			\
{									\
									\
	SDT_PROBE1(mach, trap, name, entry, uap);			\
	return (sys_##name(self, (struct name##_args *)uap));		\
}									\
static int								\
call_##name(struct mach_thread *self, void *uap)			\
{									\
									\
	return (SDT_PROBES_ENABLED() ? probed_##name(self, uap) :	\
	    sys_##name(self, (struct name##_args *)uap));		\
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
MACH_TRAP_CALL(mach_msg2_trap)
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
MACH_TRAP_CALL(mach_port_assert_guard_trap)
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
MACH_TRAP_CALL(mach_inspect_trap)
MACH_TRAP_CALL(mach_limit_set_trap)
MACH_TRAP_CALL(mach_pset_fd_trap)
MACH_TRAP_CALL(fileport_makeport_trap)
MACH_TRAP_CALL(fileport_makefd_trap)

static const struct mach_trap_arg args_10[] = {
	{ "target", MACH_ARG_WORD },
	{ "addr", MACH_ARG_POINTER },
	{ "size", MACH_ARG_WIDE },
	{ "flags", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_11[] = {
	{ "target", MACH_ARG_WORD },
	{ "address", MACH_ARG_WIDE },
	{ "control", MACH_ARG_SIGNED },
	{ "state", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_12[] = {
	{ "target", MACH_ARG_WORD },
	{ "address", MACH_ARG_WIDE },
	{ "size", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_13[] = {
	{ "names_addr", MACH_ARG_POINTER },
	{ "names_count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_14[] = {
	{ "target", MACH_ARG_WORD },
	{ "address", MACH_ARG_WIDE },
	{ "size", MACH_ARG_WIDE },
	{ "set_maximum", MACH_ARG_SIGNED },
	{ "new_protection", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_15[] = {
	{ "target", MACH_ARG_WORD },
	{ "address", MACH_ARG_POINTER },
	{ "size", MACH_ARG_WIDE },
	{ "mask", MACH_ARG_WIDE },
	{ "flags", MACH_ARG_SIGNED },
	{ "cur_protection", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_16[] = {
	{ "target", MACH_ARG_WORD },
	{ "right", MACH_ARG_WORD },
	{ "name", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_18[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_19[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "right", MACH_ARG_WORD },
	{ "delta", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_20[] = {
	{ "target", MACH_ARG_WORD },
	{ "member", MACH_ARG_WORD },
	{ "after", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_21[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "poly", MACH_ARG_WORD },
	{ "polyPoly", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_22[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "pset", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_23[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "pset", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_24[] = {
	{ "target", MACH_ARG_WORD },
	{ "options", MACH_ARG_POINTER },
	{ "context", MACH_ARG_WIDE },
	{ "name", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_25[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "srdelta", MACH_ARG_SIGNED },
	{ "guard", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_31[] = {
	{ "msg", MACH_ARG_POINTER },
	{ "option", MACH_ARG_WORD },
	{ "send_size", MACH_ARG_WORD },
	{ "rcv_size", MACH_ARG_WORD },
	{ "rcv_name", MACH_ARG_WORD },
	{ "timeout", MACH_ARG_WORD },
	{ "priority", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_32[] = {
	{ "msg", MACH_ARG_POINTER },
	{ "option", MACH_ARG_WORD },
	{ "send_size", MACH_ARG_WORD },
	{ "rcv_size", MACH_ARG_WORD },
	{ "rcv_name", MACH_ARG_WORD },
	{ "timeout", MACH_ARG_WORD },
	{ "priority", MACH_ARG_WORD },
	{ "rcv_msg", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_33[] = {
	{ "signal_name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_34[] = {
	{ "signal_name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_35[] = {
	{ "signal_name", MACH_ARG_WORD },
	{ "thread_name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_36[] = {
	{ "wait_name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_37[] = {
	{ "wait_name", MACH_ARG_WORD },
	{ "signal_name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_38[] = {
	{ "wait_name", MACH_ARG_WORD },
	{ "sec", MACH_ARG_WORD },
	{ "nsec", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_39[] = {
	{ "wait_name", MACH_ARG_WORD },
	{ "signal_name", MACH_ARG_WORD },
	{ "sec", MACH_ARG_WORD },
	{ "nsec", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_40[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "flavor", MACH_ARG_WORD },
	{ "port_info_out", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_41[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "guard", MACH_ARG_WIDE },
	{ "strict", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_42[] = {
	{ "target", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "guard", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_43[] = {
	{ "target", MACH_ARG_WORD },
	{ "count", MACH_ARG_SIGNED },
	{ "activity_id", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_44[] = {
	{ "target_tport", MACH_ARG_WORD },
	{ "pid", MACH_ARG_SIGNED },
	{ "t", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_45[] = {
	{ "target_tport", MACH_ARG_WORD },
	{ "pid", MACH_ARG_SIGNED },
	{ "t", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_46[] = {
	{ "t", MACH_ARG_WORD },
	{ "x", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_47[] = {
	{ "data", MACH_ARG_POINTER },
	{ "options", MACH_ARG_WIDE },
	{ "msgh_bits_and_send_size", MACH_ARG_WIDE },
	{ "msgh_remote_and_local_port", MACH_ARG_WIDE },
	{ "msgh_voucher_and_id", MACH_ARG_WIDE },
	{ "desc_count_and_rcv_name", MACH_ARG_WIDE },
	{ "rcv_size_and_priority", MACH_ARG_WIDE },
	{ "timeout", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_48[] = {
	{ "filename", MACH_ARG_WIDE },
	{ "flags", MACH_ARG_SIGNED },
	{ "size", MACH_ARG_SIGNED },
	{ "priority", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_49[] = {
	{ "filename", MACH_ARG_WIDE },
	{ "flags", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_51[] = {
	{ "hi_water", MACH_ARG_SIGNED },
	{ "low_water", MACH_ARG_SIGNED },
	{ "flags", MACH_ARG_SIGNED },
	{ "alert_port", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_52[] = {
	{ "suspend", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_53[] = {
	{ "pid", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_59[] = {
	{ "pri", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_61[] = {
	{ "thread_name", MACH_ARG_WORD },
	{ "option", MACH_ARG_SIGNED },
	{ "option_time", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_62[] = {
	{ "clock_name", MACH_ARG_WORD },
	{ "sleep_type", MACH_ARG_SIGNED },
	{ "sleep_sec", MACH_ARG_SIGNED },
	{ "sleep_nsec", MACH_ARG_SIGNED },
	{ "wakeup_time", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_70[] = {
	{ "host", MACH_ARG_WORD },
	{ "recipes", MACH_ARG_POINTER },
	{ "recipes_size", MACH_ARG_SIGNED },
	{ "voucher", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_72[] = {
	{ "voucher_name", MACH_ARG_WORD },
	{ "key", MACH_ARG_WORD },
	{ "recipe", MACH_ARG_POINTER },
	{ "recipe_size", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_76[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "ptype", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_77[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "msgid", MACH_ARG_SIGNED },
	{ "sync", MACH_ARG_WORD },
	{ "notify", MACH_ARG_WORD },
	{ "notifyPoly", MACH_ARG_WORD },
	{ "previous", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_88[] = {
	{ "name", MACH_ARG_WORD },
	{ "operation_and_flags", MACH_ARG_WORD },
	{ "identifier", MACH_ARG_WIDE },
	{ "buffer", MACH_ARG_WIDE },
	{ "size", MACH_ARG_WIDE },
	{ "size2", MACH_ARG_WIDE },
	{ "offset", MACH_ARG_WIDE },
	{ "status", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_89[] = {
	{ "info", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_90[] = {
	{ "deadline", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_92[] = {
	{ "name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_93[] = {
	{ "name", MACH_ARG_WORD },
	{ "expire_time", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_94[] = {
	{ "name", MACH_ARG_WORD },
	{ "result_time", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_95[] = {
	{ "name", MACH_ARG_WORD },
	{ "mk_timer_flags", MACH_ARG_WIDE },
	{ "expire_time", MACH_ARG_WIDE },
	{ "mk_leeway", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_96[] = {
	{ "target_tport", MACH_ARG_WORD },
	{ "pid", MACH_ARG_SIGNED },
	{ "t", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_100[] = {
	{ "user_client", MACH_ARG_WORD },
	{ "index", MACH_ARG_WORD },
	{ "p1", MACH_ARG_WIDE },
	{ "p2", MACH_ARG_WIDE },
	{ "p3", MACH_ARG_WIDE },
	{ "p4", MACH_ARG_WIDE },
	{ "p5", MACH_ARG_WIDE },
	{ "p6", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_128[] = {
	{ "task", MACH_ARG_WORD },
	{ "names", MACH_ARG_POINTER },
	{ "types", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_129[] = {
	{ "task", MACH_ARG_WORD },
	{ "old_name", MACH_ARG_WORD },
	{ "new_name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_130[] = {
	{ "task", MACH_ARG_WORD },
	{ "right", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_131[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_132[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "right", MACH_ARG_WORD },
	{ "refs", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_133[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "trailer_type", MACH_ARG_WORD },
	{ "request_seqnop", MACH_ARG_POINTER },
	{ "msg_sizep", MACH_ARG_POINTER },
	{ "msg_idp", MACH_ARG_POINTER },
	{ "trailer_infop", MACH_ARG_POINTER },
	{ "trailer_sizep", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_134[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "mscount", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_135[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "members", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_136[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "msgt_name", MACH_ARG_WORD },
	{ "poly", MACH_ARG_POINTER },
	{ "polyPoly", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_137[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "seqno", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_138[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "flavor", MACH_ARG_WORD },
	{ "port_info", MACH_ARG_POINTER },
	{ "count", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_139[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "context", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_140[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "context", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_141[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "object_type", MACH_ARG_POINTER },
	{ "object_addr", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_142[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "old_guard", MACH_ARG_WIDE },
	{ "new_guard", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_143[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "guard", MACH_ARG_WIDE },
	{ "flags", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_144[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "srights", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_145[] = {
	{ "task", MACH_ARG_WORD },
	{ "space_info", MACH_ARG_POINTER },
	{ "table", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_146[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "total", MACH_ARG_POINTER },
	{ "used", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_147[] = {
	{ "task", MACH_ARG_WORD },
	{ "connection", MACH_ARG_WORD },
	{ "service", MACH_ARG_WORD },
	{ "filter_policy_id", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_148[] = {
	{ "task", MACH_ARG_WORD },
	{ "name", MACH_ARG_WORD },
	{ "guard", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_150[] = {
	{ "task", MACH_ARG_WORD },
	{ "which_port", MACH_ARG_SIGNED },
	{ "special_port", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_151[] = {
	{ "task", MACH_ARG_WORD },
	{ "which_port", MACH_ARG_SIGNED },
	{ "special_port", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_152[] = {
	{ "task", MACH_ARG_WORD },
	{ "flavor", MACH_ARG_WORD },
	{ "task_info_out", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_153[] = {
	{ "thread", MACH_ARG_WORD },
	{ "which_port", MACH_ARG_SIGNED },
	{ "special_port", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_154[] = {
	{ "thread", MACH_ARG_WORD },
	{ "which_port", MACH_ARG_SIGNED },
	{ "special_port", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_155[] = {
	{ "task", MACH_ARG_WORD },
	{ "ports", MACH_ARG_POINTER },
	{ "count", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_156[] = {
	{ "task", MACH_ARG_WORD },
	{ "ports", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_157[] = {
	{ "task", MACH_ARG_WORD },
	{ "semaphore", MACH_ARG_POINTER },
	{ "policy", MACH_ARG_SIGNED },
	{ "value", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_158[] = {
	{ "task", MACH_ARG_WORD },
	{ "semaphore", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_160[] = {
	{ "host", MACH_ARG_WORD },
	{ "node", MACH_ARG_SIGNED },
	{ "which", MACH_ARG_SIGNED },
	{ "port", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_161[] = {
	{ "host", MACH_ARG_WORD },
	{ "which", MACH_ARG_SIGNED },
	{ "port", MACH_ARG_WORD },
};

static const struct mach_trap_arg args_162[] = {
	{ "host", MACH_ARG_WORD },
	{ "flavor", MACH_ARG_SIGNED },
	{ "host_info_out", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_163[] = {
	{ "host", MACH_ARG_WORD },
	{ "clock_id", MACH_ARG_SIGNED },
	{ "clock", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_164[] = {
	{ "clock", MACH_ARG_WORD },
	{ "cur_time", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_165[] = {
	{ "host", MACH_ARG_WORD },
	{ "host_priv", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_170[] = {
	{ "counters", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_171[] = {
	{ "version", MACH_ARG_WORD },
	{ "flavor", MACH_ARG_WORD },
	{ "which", MACH_ARG_WIDE },
	{ "records", MACH_ARG_POINTER },
	{ "count", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_172[] = {
	{ "name", MACH_ARG_POINTER },
	{ "value", MACH_ARG_WIDE },
};

static const struct mach_trap_arg args_180[] = {
	{ "task", MACH_ARG_WORD },
	{ "pset", MACH_ARG_WORD },
	{ "flags", MACH_ARG_SIGNED },
	{ "fd", MACH_ARG_POINTER },
	{ "channel", MACH_ARG_SIGNED },
};

static const struct mach_trap_arg args_182[] = {
	{ "fd", MACH_ARG_SIGNED },
	{ "port", MACH_ARG_POINTER },
};

static const struct mach_trap_arg args_183[] = {
	{ "port", MACH_ARG_WORD },
	{ "sock", MACH_ARG_SIGNED },
	{ "fd", MACH_ARG_POINTER },
};

const struct mach_trap mach_trap_table[] = {
	[10] = {
		.mt_call = call__kernelrpc_mach_vm_allocate_trap,
		.mt_name = "_kernelrpc_mach_vm_allocate_trap",
		.mt_args = args_10,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[11] = {
		.mt_call = NULL,
		.mt_name = "_kernelrpc_mach_vm_purgable_control_trap",
		.mt_args = args_11,
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[12] = {
		.mt_call = call__kernelrpc_mach_vm_deallocate_trap,
		.mt_name = "_kernelrpc_mach_vm_deallocate_trap",
		.mt_args = args_12,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[13] = {
		.mt_call = NULL,
		.mt_name = "task_dyld_process_info_notify_get_trap",
		.mt_args = args_13,
		.mt_nargs = 2,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[14] = {
		.mt_call = call__kernelrpc_mach_vm_protect_trap,
		.mt_name = "_kernelrpc_mach_vm_protect_trap",
		.mt_args = args_14,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[15] = {
		.mt_call = NULL,
		.mt_name = "_kernelrpc_mach_vm_map_trap",
		.mt_args = args_15,
		.mt_nargs = 6,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[16] = {
		.mt_call = call__kernelrpc_mach_port_allocate_trap,
		.mt_name = "_kernelrpc_mach_port_allocate_trap",
		.mt_args = args_16,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[18] = {
		.mt_call = call__kernelrpc_mach_port_deallocate_trap,
		.mt_name = "_kernelrpc_mach_port_deallocate_trap",
		.mt_args = args_18,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[19] = {
		.mt_call = call__kernelrpc_mach_port_mod_refs_trap,
		.mt_name = "_kernelrpc_mach_port_mod_refs_trap",
		.mt_args = args_19,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[20] = {
		.mt_call = call__kernelrpc_mach_port_move_member_trap,
		.mt_name = "_kernelrpc_mach_port_move_member_trap",
		.mt_args = args_20,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[21] = {
		.mt_call = call__kernelrpc_mach_port_insert_right_trap,
		.mt_name = "_kernelrpc_mach_port_insert_right_trap",
		.mt_args = args_21,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[22] = {
		.mt_call = call__kernelrpc_mach_port_insert_member_trap,
		.mt_name = "_kernelrpc_mach_port_insert_member_trap",
		.mt_args = args_22,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[23] = {
		.mt_call = call__kernelrpc_mach_port_extract_member_trap,
		.mt_name = "_kernelrpc_mach_port_extract_member_trap",
		.mt_args = args_23,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[24] = {
		.mt_call = call__kernelrpc_mach_port_construct_trap,
		.mt_name = "_kernelrpc_mach_port_construct_trap",
		.mt_args = args_24,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[25] = {
		.mt_call = call__kernelrpc_mach_port_destruct_trap,
		.mt_name = "_kernelrpc_mach_port_destruct_trap",
		.mt_args = args_25,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[26] = {
		.mt_call = call_mach_reply_port,
		.mt_name = "mach_reply_port",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[27] = {
		.mt_call = call_thread_self_trap,
		.mt_name = "thread_self_trap",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[28] = {
		.mt_call = call_task_self_trap,
		.mt_name = "task_self_trap",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[29] = {
		.mt_call = call_host_self_trap,
		.mt_name = "host_self_trap",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[31] = {
		.mt_call = call_mach_msg_trap,
		.mt_name = "mach_msg_trap",
		.mt_args = args_31,
		.mt_nargs = 7,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[32] = {
		.mt_call = call_mach_msg_overwrite_trap,
		.mt_name = "mach_msg_overwrite_trap",
		.mt_args = args_32,
		.mt_nargs = 8,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[33] = {
		.mt_call = call_semaphore_signal_trap,
		.mt_name = "semaphore_signal_trap",
		.mt_args = args_33,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[34] = {
		.mt_call = call_semaphore_signal_all_trap,
		.mt_name = "semaphore_signal_all_trap",
		.mt_args = args_34,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[35] = {
		.mt_call = call_semaphore_signal_thread_trap,
		.mt_name = "semaphore_signal_thread_trap",
		.mt_args = args_35,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[36] = {
		.mt_call = call_semaphore_wait_trap,
		.mt_name = "semaphore_wait_trap",
		.mt_args = args_36,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[37] = {
		.mt_call = call_semaphore_wait_signal_trap,
		.mt_name = "semaphore_wait_signal_trap",
		.mt_args = args_37,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[38] = {
		.mt_call = call_semaphore_timedwait_trap,
		.mt_name = "semaphore_timedwait_trap",
		.mt_args = args_38,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[39] = {
		.mt_call = call_semaphore_timedwait_signal_trap,
		.mt_name = "semaphore_timedwait_signal_trap",
		.mt_args = args_39,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[40] = {
		.mt_call = call__kernelrpc_mach_port_get_attributes_trap,
		.mt_name = "_kernelrpc_mach_port_get_attributes_trap",
		.mt_args = args_40,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[41] = {
		.mt_call = call__kernelrpc_mach_port_guard_trap,
		.mt_name = "_kernelrpc_mach_port_guard_trap",
		.mt_args = args_41,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[42] = {
		.mt_call = call__kernelrpc_mach_port_unguard_trap,
		.mt_name = "_kernelrpc_mach_port_unguard_trap",
		.mt_args = args_42,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[43] = {
		.mt_call = NULL,
		.mt_name = "mach_generate_activity_id",
		.mt_args = args_43,
		.mt_nargs = 3,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[44] = {
		.mt_call = call_task_name_for_pid,
		.mt_name = "task_name_for_pid",
		.mt_args = args_44,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[45] = {
		.mt_call = call_task_for_pid,
		.mt_name = "task_for_pid",
		.mt_args = args_45,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[46] = {
		.mt_call = call_pid_for_task,
		.mt_name = "pid_for_task",
		.mt_args = args_46,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[47] = {
		.mt_call = call_mach_msg2_trap,
		.mt_name = "mach_msg2_trap",
		.mt_args = args_47,
		.mt_nargs = 8,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[48] = {
		.mt_call = NULL,
		.mt_name = "macx_swapon",
		.mt_args = args_48,
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[49] = {
		.mt_call = NULL,
		.mt_name = "macx_swapoff",
		.mt_args = args_49,
		.mt_nargs = 2,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[50] = {
		.mt_call = call_thread_get_special_reply_port,
		.mt_name = "thread_get_special_reply_port",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[51] = {
		.mt_call = NULL,
		.mt_name = "macx_triggers",
		.mt_args = args_51,
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[52] = {
		.mt_call = NULL,
		.mt_name = "macx_backing_store_suspend",
		.mt_args = args_52,
		.mt_nargs = 1,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[53] = {
		.mt_call = NULL,
		.mt_name = "macx_backing_store_recovery",
		.mt_args = args_53,
		.mt_nargs = 1,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[58] = {
		.mt_call = NULL,
		.mt_name = "pfz_exit",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[59] = {
		.mt_call = call_swtch_pri,
		.mt_name = "swtch_pri",
		.mt_args = args_59,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_VALUE,
	},
	[60] = {
		.mt_call = call_swtch,
		.mt_name = "swtch",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_VALUE,
	},
	[61] = {
		.mt_call = call_thread_switch,
		.mt_name = "thread_switch",
		.mt_args = args_61,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[62] = {
		.mt_call = call_clock_sleep_trap,
		.mt_name = "clock_sleep_trap",
		.mt_args = args_62,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[70] = {
		.mt_call = NULL,
		.mt_name = "host_create_mach_voucher_trap",
		.mt_args = args_70,
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[72] = {
		.mt_call = NULL,
		.mt_name = "mach_voucher_extract_attr_recipe_trap",
		.mt_args = args_72,
		.mt_nargs = 4,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[76] = {
		.mt_call = call__kernelrpc_mach_port_type_trap,
		.mt_name = "_kernelrpc_mach_port_type_trap",
		.mt_args = args_76,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[77] = {
		.mt_call = call__kernelrpc_mach_port_request_notification_trap,
		.mt_name = "_kernelrpc_mach_port_request_notification_trap",
		.mt_args = args_77,
		.mt_nargs = 7,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[88] = {
		.mt_call = NULL,
		.mt_name = "_exclaves_ctl_trap",
		.mt_args = args_88,
		.mt_nargs = 8,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[89] = {
		.mt_call = call_mach_timebase_info_trap,
		.mt_name = "mach_timebase_info_trap",
		.mt_args = args_89,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[90] = {
		.mt_call = call_mach_wait_until_trap,
		.mt_name = "mach_wait_until_trap",
		.mt_args = args_90,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[91] = {
		.mt_call = call_mk_timer_create_trap,
		.mt_name = "mk_timer_create_trap",
		.mt_args = NULL,
		.mt_nargs = 0,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_NAME,
	},
	[92] = {
		.mt_call = call_mk_timer_destroy_trap,
		.mt_name = "mk_timer_destroy_trap",
		.mt_args = args_92,
		.mt_nargs = 1,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[93] = {
		.mt_call = call_mk_timer_arm_trap,
		.mt_name = "mk_timer_arm_trap",
		.mt_args = args_93,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[94] = {
		.mt_call = call_mk_timer_cancel_trap,
		.mt_name = "mk_timer_cancel_trap",
		.mt_args = args_94,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[95] = {
		.mt_call = call_mk_timer_arm_leeway_trap,
		.mt_name = "mk_timer_arm_leeway_trap",
		.mt_args = args_95,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[96] = {
		.mt_call = NULL,
		.mt_name = "debug_control_port_for_pid",
		.mt_args = args_96,
		.mt_nargs = 3,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[100] = {
		.mt_call = NULL,
		.mt_name = "iokit_user_client_trap",
		.mt_args = args_100,
		.mt_nargs = 8,
		.mt_supported = false,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[128] = {
		.mt_call = call_mach_port_names_trap,
		.mt_name = "mach_port_names_trap",
		.mt_args = args_128,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[129] = {
		.mt_call = call_mach_port_rename_trap,
		.mt_name = "mach_port_rename_trap",
		.mt_args = args_129,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[130] = {
		.mt_call = call_mach_port_allocate_name_trap,
		.mt_name = "mach_port_allocate_name_trap",
		.mt_args = args_130,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[131] = {
		.mt_call = call_mach_port_destroy_trap,
		.mt_name = "mach_port_destroy_trap",
		.mt_args = args_131,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[132] = {
		.mt_call = call_mach_port_get_refs_trap,
		.mt_name = "mach_port_get_refs_trap",
		.mt_args = args_132,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[133] = {
		.mt_call = call_mach_port_peek_trap,
		.mt_name = "mach_port_peek_trap",
		.mt_args = args_133,
		.mt_nargs = 8,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[134] = {
		.mt_call = call_mach_port_set_mscount_trap,
		.mt_name = "mach_port_set_mscount_trap",
		.mt_args = args_134,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[135] = {
		.mt_call = call_mach_port_get_set_status_trap,
		.mt_name = "mach_port_get_set_status_trap",
		.mt_args = args_135,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[136] = {
		.mt_call = call_mach_port_extract_right_trap,
		.mt_name = "mach_port_extract_right_trap",
		.mt_args = args_136,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[137] = {
		.mt_call = call_mach_port_set_seqno_trap,
		.mt_name = "mach_port_set_seqno_trap",
		.mt_args = args_137,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[138] = {
		.mt_call = call_mach_port_set_attributes_trap,
		.mt_name = "mach_port_set_attributes_trap",
		.mt_args = args_138,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[139] = {
		.mt_call = call_mach_port_get_context_trap,
		.mt_name = "mach_port_get_context_trap",
		.mt_args = args_139,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[140] = {
		.mt_call = call_mach_port_set_context_trap,
		.mt_name = "mach_port_set_context_trap",
		.mt_args = args_140,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[141] = {
		.mt_call = call_mach_port_kobject_trap,
		.mt_name = "mach_port_kobject_trap",
		.mt_args = args_141,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[142] = {
		.mt_call = call_mach_port_swap_guard_trap,
		.mt_name = "mach_port_swap_guard_trap",
		.mt_args = args_142,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[143] = {
		.mt_call = call_mach_port_guard_with_flags_trap,
		.mt_name = "mach_port_guard_with_flags_trap",
		.mt_args = args_143,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[144] = {
		.mt_call = call_mach_port_get_srights_trap,
		.mt_name = "mach_port_get_srights_trap",
		.mt_args = args_144,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[145] = {
		.mt_call = call_mach_port_space_info_trap,
		.mt_name = "mach_port_space_info_trap",
		.mt_args = args_145,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[146] = {
		.mt_call = call_mach_port_dnrequest_info_trap,
		.mt_name = "mach_port_dnrequest_info_trap",
		.mt_args = args_146,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[147] = {
		.mt_call = call_mach_port_is_connection_for_service_trap,
		.mt_name = "mach_port_is_connection_for_service_trap",
		.mt_args = args_147,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[148] = {
		.mt_call = call_mach_port_assert_guard_trap,
		.mt_name = "mach_port_assert_guard_trap",
		.mt_args = args_148,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[150] = {
		.mt_call = call_task_get_special_port_trap,
		.mt_name = "task_get_special_port_trap",
		.mt_args = args_150,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[151] = {
		.mt_call = call_task_set_special_port_trap,
		.mt_name = "task_set_special_port_trap",
		.mt_args = args_151,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[152] = {
		.mt_call = call_task_info_trap,
		.mt_name = "task_info_trap",
		.mt_args = args_152,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[153] = {
		.mt_call = call_thread_get_special_port_trap,
		.mt_name = "thread_get_special_port_trap",
		.mt_args = args_153,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[154] = {
		.mt_call = call_thread_set_special_port_trap,
		.mt_name = "thread_set_special_port_trap",
		.mt_args = args_154,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[155] = {
		.mt_call = call_mach_ports_register_trap,
		.mt_name = "mach_ports_register_trap",
		.mt_args = args_155,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[156] = {
		.mt_call = call_mach_ports_lookup_trap,
		.mt_name = "mach_ports_lookup_trap",
		.mt_args = args_156,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[157] = {
		.mt_call = call_semaphore_create_trap,
		.mt_name = "semaphore_create_trap",
		.mt_args = args_157,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[158] = {
		.mt_call = call_semaphore_destroy_trap,
		.mt_name = "semaphore_destroy_trap",
		.mt_args = args_158,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[160] = {
		.mt_call = call_host_get_special_port_trap,
		.mt_name = "host_get_special_port_trap",
		.mt_args = args_160,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[161] = {
		.mt_call = call_host_set_special_port_trap,
		.mt_name = "host_set_special_port_trap",
		.mt_args = args_161,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[162] = {
		.mt_call = call_host_info_trap,
		.mt_name = "host_info_trap",
		.mt_args = args_162,
		.mt_nargs = 4,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[163] = {
		.mt_call = call_host_get_clock_service_trap,
		.mt_name = "host_get_clock_service_trap",
		.mt_args = args_163,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[164] = {
		.mt_call = call_clock_get_time_trap,
		.mt_name = "clock_get_time_trap",
		.mt_args = args_164,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[165] = {
		.mt_call = call_host_get_host_priv_port_trap,
		.mt_name = "host_get_host_priv_port_trap",
		.mt_args = args_165,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[170] = {
		.mt_call = call_mach_counters_trap,
		.mt_name = "mach_counters_trap",
		.mt_args = args_170,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[171] = {
		.mt_call = call_mach_inspect_trap,
		.mt_name = "mach_inspect_trap",
		.mt_args = args_171,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[172] = {
		.mt_call = call_mach_limit_set_trap,
		.mt_name = "mach_limit_set_trap",
		.mt_args = args_172,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = false,
		.mt_result = MACH_TRAP_CODE,
	},
	[180] = {
		.mt_call = call_mach_pset_fd_trap,
		.mt_name = "mach_pset_fd_trap",
		.mt_args = args_180,
		.mt_nargs = 5,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[182] = {
		.mt_call = call_fileport_makeport_trap,
		.mt_name = "fileport_makeport_trap",
		.mt_args = args_182,
		.mt_nargs = 2,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
	[183] = {
		.mt_call = call_fileport_makefd_trap,
		.mt_name = "fileport_makefd_trap",
		.mt_args = args_183,
		.mt_nargs = 3,
		.mt_supported = true,
		.mt_capenabled = true,
		.mt_result = MACH_TRAP_CODE,
	},
};

const u_int mach_trap_count = nitems(mach_trap_table);

struct mach_trap_stats mach_trap_stats[nitems(mach_trap_table)];
