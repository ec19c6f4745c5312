/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The kqueue filter EVFILT_MACHPORT (kernel/ipc/ipc_knote.c) in a stock kernel.
 *
 * kqueue_add_filteropts(9) takes a filter number within the kernel's table that
 * nobody uses.  A kernel that sets -16 aside for us gives us that one, else it
 * is -12, EVFILT_SENDFILE, which nobody takes (docs/decisions/
 * 0005-kqueue-filter.md).  User code reads the number from the sysctl
 * kern.mach.evfilt_machport; 0: there was none.
 *
 * The kernel counts the users of the filter, and refuses to take it back while
 * there is a knote.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>

#include <kernel/freebsd/host.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/kern/counters.h>

static const int mach_filters[] = { -16, -12 };
static int mach_filter;

int
mach_kqueue_init(void)
{
	u_int i;

	for (i = 0; i < nitems(mach_filters); i++) {
		/* The kernel complains about a number past its table. */
		if (-mach_filters[i] > EVFILT_SYSCOUNT)
			continue;
		if (kqueue_add_filteropts(mach_filters[i],
		    &ipc_knote_filtops) == 0) {
			mach_filter = mach_filters[i];
			return (0);
		}
	}
	printf("mach: the kernel has no kqueue filter to spare: no "
	    "EVFILT_MACHPORT; use descriptors of port sets\n");
	return (0);
}

int
mach_kqueue_fini(void)
{
	int error;

	/* A set's file may have been passed to anybody. */
	if (mach_counter_get(MACH_COUNTER_PSET_FDS) != 0)
		return (EBUSY);
	if (mach_filter == 0)
		return (0);
	error = kqueue_del_filteropts(mach_filter);
	if (error == 0)
		mach_filter = 0;
	return (error);
}

int
mach_kqueue_filter(void)
{

	return (mach_filter);
}
