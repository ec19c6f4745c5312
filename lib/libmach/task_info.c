/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * task_info.  The kernel tells who the task is; its size and times are those
 * of the process, which the host's own interfaces tell.
 */

#include <string.h>

#include "libmach.h"
#include "machine.h"
#include "gen/task_user.h"

static void
to_time_value(const struct timeval *tv, time_value_t *value)
{

	value->seconds = (integer_t)tv->tv_sec;
	value->microseconds = (integer_t)tv->tv_usec;
}

static natural_t
narrow(uint64_t size)
{

	return (size > UINT32_MAX ? UINT32_MAX : (natural_t)size);
}

/* Copied out, as far as there is room. */
static kern_return_t
give(const void *figures, size_t size, task_info_t info,
    mach_msg_type_number_t *count)
{

	if (*count < size / sizeof(natural_t))
		return (KERN_INVALID_ARGUMENT);
	*count = (mach_msg_type_number_t)(size / sizeof(natural_t));
	memcpy(info, figures, size);
	return (KERN_SUCCESS);
}

static kern_return_t
basic_info(task_flavor_t flavor, const struct machine_task *task,
    task_info_t info, mach_msg_type_number_t *count)
{
	struct mach_task_basic_info mach;
	struct task_basic_info_32 basic32;
	struct task_basic_info_64 basic64;

	switch (flavor) {
	case TASK_BASIC_INFO_32:
		memset(&basic32, 0, sizeof(basic32));
		basic32.virtual_size = narrow(task->mt_virtual);
		basic32.resident_size = narrow(task->mt_resident);
		to_time_value(&task->mt_user, &basic32.user_time);
		to_time_value(&task->mt_system, &basic32.system_time);
		basic32.policy = POLICY_TIMESHARE;
		return (give(&basic32, sizeof(basic32), info, count));
	case MACH_TASK_BASIC_INFO:
		memset(&mach, 0, sizeof(mach));
		mach.virtual_size = task->mt_virtual;
		mach.resident_size = task->mt_resident;
		mach.resident_size_max = task->mt_resident_max;
		to_time_value(&task->mt_user, &mach.user_time);
		to_time_value(&task->mt_system, &mach.system_time);
		mach.policy = POLICY_TIMESHARE;
		return (give(&mach, sizeof(mach), info, count));
	default:
		memset(&basic64, 0, sizeof(basic64));
		basic64.virtual_size = task->mt_virtual;
		basic64.resident_size = task->mt_resident;
		to_time_value(&task->mt_user, &basic64.user_time);
		to_time_value(&task->mt_system, &basic64.system_time);
		basic64.policy = POLICY_TIMESHARE;
		return (give(&basic64, sizeof(basic64), info, count));
	}
}

/* By a trap for the caller's own task, by a message for another. */
static kern_return_t
tokens(task_name_t task, task_flavor_t flavor, task_info_t info,
    mach_msg_type_number_t *count)
{
	kern_return_t kr;

	kr = task_info_trap(task, flavor, info, count);
	return (OTHER_TASK(kr) ? _kernelrpc_task_info(task, flavor, info,
	    count) : kr);
}

kern_return_t
task_info(task_name_t task, task_flavor_t flavor, task_info_t info,
    mach_msg_type_number_t *count)
{
	struct machine_task figures;
	int pid;

	if (info == NULL || count == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (flavor == TASK_SECURITY_TOKEN || flavor == TASK_AUDIT_TOKEN)
		return (tokens(task, flavor, info, count));
	if (pid_for_task(task, &pid) != KERN_SUCCESS)
		return (KERN_INVALID_ARGUMENT);
	switch (flavor) {
	case TASK_BASIC_INFO_32:
	case TASK_BASIC_INFO_64_2:
	case MACH_TASK_BASIC_INFO:
	case 5:				/* TASK_BASIC_INFO_64 elsewhere */
		if (!mach_host_task_figures(pid, &figures))
			return (KERN_FAILURE);
		return (basic_info(flavor, &figures, info, count));
	case TASK_ABSOLUTETIME_INFO:
	case TASK_EVENTS_INFO:
	case TASK_THREAD_TIMES_INFO:
	case TASK_BASIC2_INFO_32:
	case TASK_KERNELMEMORY_INFO:
	case TASK_SCHED_TIMESHARE_INFO:
	case TASK_SCHED_RR_INFO:
	case TASK_SCHED_FIFO_INFO:
	case TASK_SCHED_INFO:
	case TASK_AFFINITY_TAG_INFO:
	case TASK_DYLD_INFO:
	case TASK_EXTMOD_INFO:
	case TASK_POWER_INFO:
	case TASK_VM_INFO:
	case TASK_VM_INFO_PURGEABLE:
	case TASK_TRACE_MEMORY_INFO:
	case TASK_WAIT_STATE_INFO:
	case TASK_POWER_INFO_V2:
	case TASK_FLAGS_INFO:
		return (KERN_NOT_SUPPORTED);
	default:
		return (KERN_INVALID_ARGUMENT);
	}
}
