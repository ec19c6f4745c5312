/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Takes the kqueue filters that the kernel has to spare, so that mach.ko finds
 * none.
 *
 * Locks: filters_lock, under which filters are taken and given back.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/lock.h>
#include <sys/sx.h>
#include <sys/sysctl.h>

#include "machtest.h"

static struct sx filters_lock;
static bool taken[EVFILT_SYSCOUNT];	/* the filter -1 - i */
static int held;

static int
filter_attach(struct knote *kn __unused)
{

	return (ENXIO);
}

static struct filterops filter_ops = {
	.f_isfd = 0,
	.f_attach = filter_attach
};

static void
filters_release(void)
{
	int i;

	for (i = 0; i < EVFILT_SYSCOUNT; i++) {
		if (taken[i] && kqueue_del_filteropts(-1 - i) == 0) {
			taken[i] = false;
			held--;
		}
	}
}

static void
filters_hold(void)
{
	int i;

	for (i = 0; i < EVFILT_SYSCOUNT; i++) {
		if (!taken[i] &&
		    kqueue_add_filteropts(-1 - i, &filter_ops) == 0) {
			taken[i] = true;
			held++;
		}
	}
}

static int
filters_sysctl(SYSCTL_HANDLER_ARGS)
{
	int error, value;

	value = held;
	error = sysctl_handle_int(oidp, &value, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	sx_xlock(&filters_lock);
	if (value != 0)
		filters_hold();
	else
		filters_release();
	sx_xunlock(&filters_lock);
	return (0);
}

int
machtest_filters_init(struct sysctl_ctx_list *ctx,
    struct sysctl_oid_list *parent)
{

	sx_init(&filters_lock, "machtest filters");
	if (SYSCTL_ADD_PROC(ctx, parent, OID_AUTO, "filters", CTLTYPE_INT |
	    CTLFLAG_RW | CTLFLAG_MPSAFE, NULL, 0, filters_sysctl, "I",
	    "kqueue filters held") != NULL)
		return (0);
	sx_destroy(&filters_lock);
	return (ENOMEM);
}

/* The sysctl is gone. */
void
machtest_filters_fini(void)
{

	filters_release();
	sx_destroy(&filters_lock);
}
