/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Figures of the machine and of processes, which the host's own interfaces
 * tell: linux/machine.c, freebsd/machine.c.  Each function returns false when
 * the host does not say (a sandbox without /proc, another user's process).
 */

#ifndef _LIBMACH_MACHINE_H_
#define	_LIBMACH_MACHINE_H_

#include <mach/machine.h>

#include <sys/types.h>
#include <sys/time.h>

#include <stdbool.h>
#include <stdint.h>

/* Sizes in bytes.  The times are those of all threads, ended ones included. */
struct machine_task {
	uint64_t	mt_virtual;
	uint64_t	mt_resident;
	uint64_t	mt_resident_max;
	struct timeval	mt_user;
	struct timeval	mt_system;
};

/* Pages, and events since the start of the machine. */
struct machine_memory {
	uint64_t	mm_free;
	uint64_t	mm_active;
	uint64_t	mm_inactive;
	uint64_t	mm_wired;
	uint64_t	mm_zero_fill;
	uint64_t	mm_reactivations;
	uint64_t	mm_pageins;
	uint64_t	mm_pageouts;
	uint64_t	mm_faults;
	uint64_t	mm_cow_faults;
};

bool	mach_host_task_figures(pid_t pid, struct machine_task *task);
bool	mach_host_memory_figures(struct machine_memory *memory);
uint64_t mach_host_memory_size(void);	/* bytes; 0: not known */
bool	mach_host_ticks(uint64_t ticks[CPU_STATE_MAX]);

#endif /* !_LIBMACH_MACHINE_H_ */
