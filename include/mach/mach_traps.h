/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Calls that are traps themselves on Darwin, under the names it has for them.
 * Programs call the functions of the other headers; tools and libraries that
 * know these names find them here.  docs/traps.md lists all traps.
 */

#ifndef _MACH_MACH_TRAPS_H_
#define	_MACH_MACH_TRAPS_H_

#include <mach/clock_types.h>
#include <mach/kern_return.h>
#include <mach/mach_types.h>
#include <mach/port.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mach_reply_port: a new receive right for replies.  MACH_PORT_NULL if the
 * space is full.  mig_get_reply_port() keeps one per thread.  Darwin.
 */
extern mach_port_name_t mach_reply_port(void);

/*
 * thread_get_special_reply_port: a receive right of the thread's own, for
 * replies, that lends its priority on Darwin.  MACH_PORT_NULL: not offered.
 */
extern mach_port_name_t thread_get_special_reply_port(void);

/*
 * task_self_trap, thread_self_trap, host_self_trap: as mach_task_self(), but
 * each call adds a user reference; mach_thread_self(); mach_host_self().
 * Darwin.
 */
extern mach_port_name_t task_self_trap(void);
extern mach_port_name_t thread_self_trap(void);
extern mach_port_name_t host_self_trap(void);

/*
 * task_for_pid: a send right to the control port of process pid.
 *
 * target	ignored, mach_task_self() by custom
 *
 *	KERN_FAILURE		no such process, or the host's debug policy
 *				refuses (not the same user, set-user-id,
 *				another jail)
 *	KERN_INVALID_ARGUMENT	target is null
 *	KERN_NOT_SUPPORTED	this kernel does not look up tasks
 * *t is MACH_PORT_NULL on failure.  Darwin.
 */
extern kern_return_t task_for_pid(mach_port_name_t target, int pid,
    mach_port_name_t *t);

/*
 * task_name_for_pid: likewise the name port, which identifies only.  Allowed
 * for processes of the same user, or with privilege.  Codes as task_for_pid().
 */
extern kern_return_t task_name_for_pid(mach_port_name_t target, int pid,
    mach_port_name_t *tn);

/*
 * pid_for_task: the process of a task, from any of its ports.  *pid is -1 on
 * failure.
 *
 *	KERN_FAILURE		t is no task port, or the task is dead
 * Darwin.
 */
extern kern_return_t pid_for_task(mach_port_name_t t, int *pid);

/* debug_control_port_for_pid: KERN_NOT_SUPPORTED. */
extern kern_return_t debug_control_port_for_pid(mach_port_name_t target,
    int pid, mach_port_name_t *t);

/*
 * swtch, swtch_pri: give up the processor; TRUE if another thread could run.
 * pri is ignored.  Darwin.
 */
extern boolean_t swtch(void);
extern boolean_t swtch_pri(int pri);

/* thread_switch: see <mach/thread_switch.h>. */
extern kern_return_t thread_switch(mach_port_name_t thread, int option,
    mach_msg_timeout_t option_time);

/* clock_sleep_trap: clock_sleep() of <mach/clock.h>, times as two words. */
extern kern_return_t clock_sleep_trap(mach_port_name_t clock,
    sleep_type_t sleep_type, int sleep_sec, int sleep_nsec,
    mach_timespec_t *wakeup_time);

/*
 * mach_generate_activity_id: count (1 to MACH_ACTIVITY_ID_COUNT_MAX) numbers
 * that no other call on this host returns.
 *
 *	KERN_INVALID_ARGUMENT	count is out of range
 *	KERN_NOT_SUPPORTED	this kernel has no such numbers
 */
extern kern_return_t mach_generate_activity_id(mach_port_name_t target,
    int count, uint64_t *activity_id);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_TRAPS_H_ */
