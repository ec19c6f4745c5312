/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The Mach kernel comes up and goes down: one list of steps, undone from the
 * step that failed.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/host.h>
#include <kernel/kern/inspect.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/vm_copy.h>

static const struct {
	int	(*init)(void);
	void	(*fini)(void);
} steps[] = {
	{ mach_limits_init, mach_limits_fini },
	{ ipc_kmsg_init, ipc_kmsg_fini },
	{ ipc_port_init, ipc_port_fini },
	{ ipc_pset_init, ipc_pset_fini },
	{ ipc_space_init, ipc_space_fini },
	{ vm_copy_init, vm_copy_fini },
	{ mach_host_init, mach_host_fini },
	{ mach_host_notify_init, mach_host_notify_fini },
	{ mach_clock_init, mach_clock_fini },
	{ mach_inspect_init, mach_inspect_fini },
	{ mach_task_init, mach_task_fini }
};

/* Fault point: the step that is to fail, for tests; -1 none. */
int mach_kernel_fail_step = -1;
const u_int mach_kernel_steps = nitems(steps);

int
mach_kernel_init(void)
{
	int error;
	u_int i;

	bzero(mach_counters, sizeof(mach_counters));
	for (i = 0; i < nitems(steps); i++) {
		error = mach_kernel_fail_step == (int)i ? ENOMEM :
		    steps[i].init();
		if (error != 0) {
			while (i-- > 0)
				steps[i].fini();
			return (error);
		}
	}
	for (i = 0; i < MACH_COUNTERS; i++)
		mach_counters_base[i] = mach_counter_get(i);
	return (0);
}

int
mach_kernel_fini(void)
{
	u_int i;

	if (mach_tasks_active() != 0)
		return (EBUSY);
	mach_host_release_specials();
	/* What may be left is what came up with the kernel. */
	for (i = 0; i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) != mach_counters_base[i])
			return (EBUSY);
	}
	for (i = nitems(steps); i-- > 0; )
		steps[i].fini();
	return (0);
}
