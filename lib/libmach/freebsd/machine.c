/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Figures of the machine and of processes, from sysctl(3).
 */

#include <sys/param.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/user.h>

#include <string.h>
#include <unistd.h>

/* Without <mach/mach.h>, some of whose names the kernel has as well. */
#include "../machine.h"

/* A counter, of whichever of the two widths releases have given it. */
static bool
read_figure(const char *name, uint64_t *value)
{
	union {
		uint64_t	wide;
		uint32_t	narrow;
	} u;
	size_t len;

	len = sizeof(u);
	u.wide = 0;
	if (sysctlbyname(name, &u, &len, NULL, 0) != 0)
		return (false);
	*value = len == sizeof(u.narrow) ? u.narrow : u.wide;
	return (true);
}

bool
mach_host_task_figures(pid_t pid, struct machine_task *task)
{
	struct kinfo_proc kp;
	size_t len;
	int mib[4];

	memset(task, 0, sizeof(*task));
	mib[0] = CTL_KERN;
	mib[1] = KERN_PROC;
	mib[2] = KERN_PROC_PID;
	mib[3] = (int)pid;
	len = sizeof(kp);
	if (sysctl(mib, 4, &kp, &len, NULL, 0) != 0 || len != sizeof(kp))
		return (false);
	task->mt_virtual = kp.ki_size;
	task->mt_resident = (uint64_t)kp.ki_rssize *
	    (uint64_t)getpagesize();
	task->mt_resident_max = (uint64_t)kp.ki_rusage.ru_maxrss * 1024;
	if (task->mt_resident_max < task->mt_resident)
		task->mt_resident_max = task->mt_resident;
	task->mt_user = kp.ki_rusage.ru_utime;
	task->mt_system = kp.ki_rusage.ru_stime;
	return (true);
}

bool
mach_host_memory_figures(struct machine_memory *memory)
{

	memset(memory, 0, sizeof(*memory));
	return (read_figure("vm.stats.vm.v_free_count", &memory->mm_free) &&
	    read_figure("vm.stats.vm.v_active_count", &memory->mm_active) &&
	    read_figure("vm.stats.vm.v_inactive_count",
	    &memory->mm_inactive) &&
	    read_figure("vm.stats.vm.v_wire_count", &memory->mm_wired) &&
	    read_figure("vm.stats.vm.v_zfod", &memory->mm_zero_fill) &&
	    read_figure("vm.stats.vm.v_reactivated",
	    &memory->mm_reactivations) &&
	    read_figure("vm.stats.vm.v_swappgsin", &memory->mm_pageins) &&
	    read_figure("vm.stats.vm.v_swappgsout", &memory->mm_pageouts) &&
	    read_figure("vm.stats.vm.v_vm_faults", &memory->mm_faults) &&
	    read_figure("vm.stats.vm.v_cow_faults", &memory->mm_cow_faults));
}

uint64_t
mach_host_memory_size(void)
{
	uint64_t size;

	return (read_figure("hw.physmem", &size) ? size : 0);
}

bool
mach_host_ticks(uint64_t ticks[CPU_STATE_MAX])
{
	long times[CPUSTATES];
	size_t len;

	len = sizeof(times);
	if (sysctlbyname("kern.cp_time", times, &len, NULL, 0) != 0 ||
	    len != sizeof(times))
		return (false);
	ticks[CPU_STATE_USER] = (uint64_t)times[CP_USER];
	ticks[CPU_STATE_NICE] = (uint64_t)times[CP_NICE];
	ticks[CPU_STATE_SYSTEM] = (uint64_t)(times[CP_SYS] + times[CP_INTR]);
	ticks[CPU_STATE_IDLE] = (uint64_t)times[CP_IDLE];
	return (true);
}
