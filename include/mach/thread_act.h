/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Calls on threads.
 *
 * thread is a control port (mach_thread_self(), task_threads()) unless its
 * type says less is enough.  As in <mach/task.h>, KERN_NOT_SUPPORTED alone
 * means that our hosts refuse.
 */

#ifndef _MACH_THREAD_ACT_H_
#define	_MACH_THREAD_ACT_H_

#include <mach/mach_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * thread_get_special_port: a send right to a special port of a thread, with a
 * user reference for the caller to release.
 *
 * which	THREAD_*_PORT of <mach/thread_special_ports.h>
 *
 *	KERN_INVALID_ARGUMENT	thread is no thread, or which is unknown
 *	KERN_FAILURE		the thread is dead
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	no room for the name
 * Darwin.
 */
extern kern_return_t thread_get_special_port(thread_inspect_t thread,
    int which, mach_port_t *special_port);

/*
 * thread_set_special_port: THREAD_KERNEL_PORT: what thread_get_special_port()
 * gives.
 *
 *	KERN_INVALID_ARGUMENT	thread is no thread, or which cannot be set
 *	KERN_INVALID_RIGHT	port is not a send right
 *	KERN_NO_ACCESS		privilege is needed
 *	KERN_FAILURE		the thread is dead
 * Darwin.
 */
extern kern_return_t thread_set_special_port(thread_act_t thread, int which,
    mach_port_t special_port);

/*
 * thread_info: what <mach/thread_info.h> lists.
 *
 * count	in: room, out: length, in natural_t
 *
 *	KERN_INVALID_ARGUMENT	thread is no thread, unknown flavor, or too
 *				little room
 *	KERN_NOT_SUPPORTED	a flavor this host has no figures for
 * Darwin.
 */
extern kern_return_t thread_info(thread_inspect_t thread,
    thread_flavor_t flavor, thread_info_t info, mach_msg_type_number_t *count);

/*
 * thread_terminate: end a thread.
 *
 *	KERN_INVALID_ARGUMENT	thread is no thread
 *	KERN_TERMINATED		it has ended
 *	KERN_NOT_SUPPORTED
 * Darwin.
 */
extern kern_return_t thread_terminate(thread_act_t thread);

/*
 * thread_suspend, thread_resume: stop a thread, and let it go on after as
 * many resumes.
 *
 *	KERN_INVALID_ARGUMENT	thread is no thread
 *	KERN_FAILURE		resumed more often than suspended
 *	KERN_TERMINATED		it has ended
 *	KERN_NOT_SUPPORTED
 * Darwin.
 */
extern kern_return_t thread_suspend(thread_read_t thread);
extern kern_return_t thread_resume(thread_read_t thread);

/* State, and breaking off a wait: KERN_NOT_SUPPORTED. */
extern kern_return_t thread_get_state(thread_read_t thread,
    thread_state_flavor_t flavor, thread_state_t old_state,
    mach_msg_type_number_t *count);
extern kern_return_t thread_set_state(thread_act_t thread,
    thread_state_flavor_t flavor, thread_state_t new_state,
    mach_msg_type_number_t count);
extern kern_return_t act_get_state(thread_read_t thread, int flavor,
    thread_state_t old_state, mach_msg_type_number_t *count);
extern kern_return_t act_set_state(thread_act_t thread, int flavor,
    thread_state_t new_state, mach_msg_type_number_t count);
extern kern_return_t thread_abort(thread_act_t thread);
extern kern_return_t thread_abort_safely(thread_act_t thread);
extern kern_return_t thread_depress_abort(thread_act_t thread);

/* Exception ports: KERN_NOT_SUPPORTED, as task_set_exception_ports(). */
extern kern_return_t thread_set_exception_ports(thread_act_t thread,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor);
extern kern_return_t thread_get_exception_ports(thread_act_t thread,
    exception_mask_t exception_mask, exception_mask_array_t masks,
    mach_msg_type_number_t *masks_count, exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors);
extern kern_return_t thread_swap_exception_ports(thread_act_t thread,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors);

/* Policies: KERN_NOT_SUPPORTED. */
extern kern_return_t thread_policy_set(thread_act_t thread,
    thread_policy_flavor_t flavor, thread_policy_t policy_info,
    mach_msg_type_number_t count);
extern kern_return_t thread_policy_get(thread_inspect_t thread,
    thread_policy_flavor_t flavor, thread_policy_t policy_info,
    mach_msg_type_number_t *count, boolean_t *get_default);

/* Vouchers: there are none.  KERN_NOT_SUPPORTED. */
extern kern_return_t thread_get_mach_voucher(thread_read_t thread,
    mach_voucher_selector_t which, ipc_voucher_t *voucher);
extern kern_return_t thread_set_mach_voucher(thread_act_t thread,
    ipc_voucher_t voucher);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_THREAD_ACT_H_ */
