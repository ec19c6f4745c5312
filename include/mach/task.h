/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Calls on tasks.
 *
 * task is a control port (mach_task_self(), task_for_pid()) unless its type
 * says less is enough: task_name_t any task port, task_inspect_t an inspect,
 * read or control port, task_read_t a read or control port.
 *
 * Where KERN_NOT_SUPPORTED stands alone, our hosts refuse the call: threads
 * are stopped, started and inspected by the host's own means.  Outputs are
 * not written then.  Where it stands with others, this kernel may lack the
 * call; docs/status.md says.
 */

#ifndef _MACH_TASK_H_
#define	_MACH_TASK_H_

#include <mach/mach_types.h>
#include <mach/semaphore.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * task_get_special_port: a send right to a special port of task, with a user
 * reference for the caller to release.  MACH_PORT_NULL where none is set.
 *
 * which	TASK_*_PORT of <mach/task_special_ports.h>
 *
 *	KERN_INVALID_ARGUMENT	task is no task, or which is unknown
 *	KERN_FAILURE		the task is dead
 *	KERN_RESOURCE_SHORTAGE	no room for the name
 * Darwin.
 */
extern kern_return_t task_get_special_port(task_inspect_t task, int which,
    mach_port_t *special_port);

/*
 * task_set_special_port: make port (a send right, which the caller keeps, or
 * MACH_PORT_NULL) a special port of task.  Children made later inherit it, as
 * <mach/task_special_ports.h> says; the bootstrap_port variable does not
 * change.
 *
 *	KERN_INVALID_ARGUMENT	task is no task, or which is unknown or one
 *				that cannot be set (NAME, INSPECT, READ)
 *	KERN_INVALID_CAPABILITY	port is not a send right
 *	KERN_NO_ACCESS		which needs privilege
 *	KERN_FAILURE		the task is dead
 * Darwin.
 */
extern kern_return_t task_set_special_port(task_t task, int which,
    mach_port_t special_port);

/*
 * mach_ports_register: keep up to 3 send rights (copies) with the task, for
 * its children to find.  It replaces those before.
 *
 *	KERN_INVALID_ARGUMENT	task is no task, count > 3, or a right is none
 *	KERN_FAILURE		the task is dead
 * Darwin.
 */
extern kern_return_t mach_ports_register(task_t task, mach_port_array_t ports,
    mach_msg_type_number_t count);

/*
 * mach_ports_lookup: those rights: an array of 3 names, null where there is
 * none, each with a user reference; to be released with
 * vm_deallocate(address, count * 4).
 *
 *	KERN_INVALID_ARGUMENT	task is no task
 *	KERN_FAILURE		the task is dead
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	no room for array or names
 * Darwin.
 */
extern kern_return_t mach_ports_lookup(task_t task, mach_port_array_t *ports,
    mach_msg_type_number_t *count);

/*
 * task_info: what <mach/task_info.h> lists.  Our hosts have figures for
 * TASK_AUDIT_TOKEN, TASK_SECURITY_TOKEN, TASK_BASIC_INFO and its kin, and
 * MACH_TASK_BASIC_INFO, of any task whose control or name port one has.
 *
 * count	in: room, out: length, in natural_t
 *
 *	KERN_INVALID_ARGUMENT	task is no task, unknown flavor, or too little
 *				room
 *	KERN_INVALID_POLICY	a TASK_SCHED_* flavor of another policy
 *	KERN_FAILURE		the host does not tell the caller about that
 *				process
 *	KERN_NOT_SUPPORTED	a flavor this host has no figures for
 * Darwin.
 */
extern kern_return_t task_info(task_name_t task, task_flavor_t flavor,
    task_info_t info, mach_msg_type_number_t *count);

/*
 * task_terminate: kill the process, as SIGKILL does.
 *
 *	KERN_INVALID_ARGUMENT	task is no task
 *	KERN_FAILURE		it cannot be killed
 *	KERN_NOT_SUPPORTED
 * Darwin.
 */
extern kern_return_t task_terminate(task_t task);

/*
 * task_suspend, task_resume: stop all threads, and let them go on after as many
 * resumes.
 *
 *	KERN_INVALID_ARGUMENT	task is no task
 *	KERN_FAILURE		resumed more often than suspended; dead
 *	KERN_NOT_SUPPORTED
 * Darwin.
 */
extern kern_return_t task_suspend(task_read_t task);
extern kern_return_t task_resume(task_read_t task);

/* task_suspend2, task_resume2: the same with a token.  KERN_NOT_SUPPORTED. */
extern kern_return_t task_suspend2(task_read_t task,
    task_suspension_token_t *token);
extern kern_return_t task_resume2(task_suspension_token_t token);

/*
 * task_threads: control ports of all threads that have made a Mach call, each
 * with a user reference, in an array to be released with
 * vm_deallocate(address, count * 4).
 *
 *	KERN_INVALID_ARGUMENT	task is no task
 *	KERN_FAILURE		the task is dead
 *	KERN_RESOURCE_SHORTAGE	no room for array or names
 *	KERN_NOT_SUPPORTED
 * Darwin.
 */
extern kern_return_t task_threads(task_inspect_t task,
    thread_act_array_t *threads, mach_msg_type_number_t *count);

/*
 * Exception ports: who is told of a task's faults.  The masks, behaviours and
 * flavours are in <mach/exception_types.h>.  KERN_NOT_SUPPORTED: faults become
 * signals here, and there is nobody to tell.
 */
extern kern_return_t task_set_exception_ports(task_t task,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor);
extern kern_return_t task_get_exception_ports(task_t task,
    exception_mask_t exception_mask, exception_mask_array_t masks,
    mach_msg_type_number_t *masks_count, exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors);
extern kern_return_t task_swap_exception_ports(task_t task,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors);

/* Policies: KERN_NOT_SUPPORTED.  The host's own calls set priorities. */
extern kern_return_t task_policy_set(task_policy_set_t task,
    task_policy_flavor_t flavor, task_policy_t policy_info,
    mach_msg_type_number_t count);
extern kern_return_t task_policy_get(task_policy_get_t task,
    task_policy_flavor_t flavor, task_policy_t policy_info,
    mach_msg_type_number_t *count, boolean_t *get_default);

/* The rest of Darwin's: KERN_NOT_SUPPORTED. */
extern kern_return_t task_create(task_t target_task, ledger_array_t ledgers,
    mach_msg_type_number_t ledgers_count, boolean_t inherit_memory,
    task_t *child_task);
extern kern_return_t task_set_info(task_t task, task_flavor_t flavor,
    task_info_t info, mach_msg_type_number_t count);
extern kern_return_t task_get_state(task_read_t task,
    thread_state_flavor_t flavor, thread_state_t state,
    mach_msg_type_number_t *count);
extern kern_return_t task_set_state(task_t task, thread_state_flavor_t flavor,
    thread_state_t state, mach_msg_type_number_t count);
extern kern_return_t task_get_mach_voucher(task_read_t task,
    mach_voucher_selector_t which, ipc_voucher_t *voucher);
extern kern_return_t task_set_mach_voucher(task_t task, ipc_voucher_t voucher);
extern kern_return_t thread_create(task_t parent_task, thread_act_t *child);
extern kern_return_t thread_create_running(task_t parent_task,
    thread_state_flavor_t flavor, thread_state_t new_state,
    mach_msg_type_number_t new_state_count, thread_act_t *child);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_TASK_H_ */
