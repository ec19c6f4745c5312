/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Figures of the machine and of processes, from /proc.
 */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../libmach.h"
#include "../machine.h"

struct figure {
	const char	*name;		/* with what follows it */
	uint64_t	*value;		/* added to */
};

/* Lines of a name and a number.  True: all were there. */
static bool
read_figures(const char *path, const struct figure *figures, unsigned int n)
{
	char line[256];
	FILE *f;
	size_t len;
	unsigned int found, i;

	f = fopen(path, "re");
	if (f == NULL)
		return (false);
	found = 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		for (i = 0; i < n; i++) {
			len = strlen(figures[i].name);
			if (strncmp(line, figures[i].name, len) != 0)
				continue;
			*figures[i].value += strtoull(line + len, NULL, 10);
			found++;
		}
	}
	(void)fclose(f);
	return (found == n);
}

static void
ticks_to_timeval(uint64_t ticks, struct timeval *tv)
{
	uint64_t hz;

	hz = (uint64_t)sysconf(_SC_CLK_TCK);
	tv->tv_sec = (time_t)(ticks / hz);
	tv->tv_usec = (suseconds_t)(ticks % hz * 1000000 / hz);
}

bool
mach_host_task_figures(pid_t pid, struct machine_task *task)
{
	char line[1024], path[64], *p;
	struct figure peak = { "VmHWM:", &task->mt_resident_max };
	FILE *f;
	uint64_t rss, system, user, vsize;

	memset(task, 0, sizeof(*task));
	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "re");
	if (f == NULL)
		return (false);
	p = fgets(line, sizeof(line), f);
	(void)fclose(f);
	/* The name of the program may hold anything: begin after it. */
	if (p == NULL || (p = strrchr(line, ')')) == NULL)
		return (false);
	/* Fields 14, 15, 23 and 24; the one after the name is 3. */
	if (sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u"
	    " %" SCNu64 " %" SCNu64 " %*d %*d %*d %*d %*d %*d %*u"
	    " %" SCNu64 " %" SCNu64, &user, &system, &vsize, &rss) != 4)
		return (false);
	task->mt_virtual = vsize;
	task->mt_resident = rss * vm_page_size;
	ticks_to_timeval(user, &task->mt_user);
	ticks_to_timeval(system, &task->mt_system);
	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if (!read_figures(path, &peak, 1))
		return (false);
	task->mt_resident_max *= 1024;
	if (task->mt_resident_max < task->mt_resident)
		task->mt_resident_max = task->mt_resident;
	return (true);
}

bool
mach_host_memory_figures(struct machine_memory *memory)
{
	uint64_t mlocked, slab;
	const struct figure kilobytes[] = {
		{ "MemFree:", &memory->mm_free },
		{ "Active:", &memory->mm_active },
		{ "Inactive:", &memory->mm_inactive },
		{ "Slab:", &slab },
		{ "Mlocked:", &mlocked },
	};
	const struct figure events[] = {
		{ "pgfault ", &memory->mm_faults },
		{ "pgmajfault ", &memory->mm_pageins },
		{ "pswpout ", &memory->mm_pageouts },
		{ "pgactivate ", &memory->mm_reactivations },
	};
	const uint64_t page = vm_page_size / 1024;

	memset(memory, 0, sizeof(*memory));
	mlocked = slab = 0;
	if (!read_figures("/proc/meminfo", kilobytes, 5) ||
	    !read_figures("/proc/vmstat", events, 4))
		return (false);
	memory->mm_free /= page;
	memory->mm_active /= page;
	memory->mm_inactive /= page;
	memory->mm_wired = (slab + mlocked) / page;
	return (true);
}

uint64_t
mach_host_memory_size(void)
{
	long pages;

	pages = sysconf(_SC_PHYS_PAGES);
	return (pages < 0 ? 0 : (uint64_t)pages * vm_page_size);
}

bool
mach_host_ticks(uint64_t ticks[CPU_STATE_MAX])
{
	uint64_t idle, iowait, irq, nice, softirq, system, user;
	FILE *f;
	int n;

	f = fopen("/proc/stat", "re");
	if (f == NULL)
		return (false);
	n = fscanf(f, "cpu %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
	    " %" SCNu64 " %" SCNu64 " %" SCNu64, &user, &nice, &system, &idle,
	    &iowait, &irq, &softirq);
	(void)fclose(f);
	if (n != 7)
		return (false);
	ticks[CPU_STATE_USER] = user;
	ticks[CPU_STATE_NICE] = nice;
	ticks[CPU_STATE_SYSTEM] = system + irq + softirq;
	ticks[CPU_STATE_IDLE] = idle + iowait;
	return (true);
}
