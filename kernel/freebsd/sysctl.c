/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The sysctl tree kern.mach:
 *
 *	kern.mach.syscall		number of the system call
 *	kern.mach.count.<what>		live objects
 *	kern.mach.limit.<what>		limits, writable
 *	kern.mach.trap.<name>.calls	how often a trap was called, and how
 *	kern.mach.trap.<name>.errors	often its result was an error
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>

#include <kernel/freebsd/host.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>
#include <kernel/trap/trap.h>

static struct sysctl_ctx_list mach_sysctl_ctx;

static int
mach_sysctl_syscall(SYSCTL_HANDLER_ARGS)
{
	int number;

	number = mach_syscall_number();
	return (sysctl_handle_int(oidp, &number, 0, req));
}

static int
mach_sysctl_count(SYSCTL_HANDLER_ARGS)
{
	long count;

	/* Read without a lock: a moment's difference may be negative. */
	count = (long)(mach_counters[arg2] - mach_counters_base[arg2]);
	return (sysctl_handle_long(oidp, &count, 0, req));
}

static bool
mach_sysctl_counts(struct sysctl_oid *parent)
{
	u_int i;

	for (i = 0; i < MACH_COUNTERS; i++) {
		if (SYSCTL_ADD_PROC(&mach_sysctl_ctx, SYSCTL_CHILDREN(parent),
		    OID_AUTO, mach_counter_name((enum mach_counter)i),
		    CTLTYPE_LONG | CTLFLAG_RD | CTLFLAG_MPSAFE, NULL, i,
		    mach_sysctl_count, "L", "live objects") == NULL)
			return (false);
	}
	return (true);
}

static bool
mach_sysctl_limits(struct sysctl_oid *parent)
{
	static const struct {
		const char	*name;
		u_long		*limit;
		const char	*descr;
	} limits[] = {
		{ "ports", &mach_limit_ports, "ports in the system" },
		{ "task_bytes", &mach_limit_task_bytes,
		    "message bytes a task has in flight" },
		{ "bytes", &mach_limit_bytes,
		    "message bytes in flight in the system" },
		{ "semaphores", &mach_limit_semaphores,
		    "semaphores in the system" },
		{ "timers", &mach_limit_timers, "timers in the system" }
	};
	u_int i;

	for (i = 0; i < nitems(limits); i++) {
		if (SYSCTL_ADD_ULONG(&mach_sysctl_ctx, SYSCTL_CHILDREN(parent),
		    OID_AUTO, limits[i].name, CTLFLAG_RW, limits[i].limit,
		    limits[i].descr) == NULL)
			return (false);
	}
	return (true);
}

static bool
mach_sysctl_traps(struct sysctl_oid *parent)
{
	struct sysctl_oid *node;
	u_int i;

	for (i = 0; i < mach_trap_count; i++) {
		if (!mach_trap_table[i].mt_supported)
			continue;
		node = SYSCTL_ADD_NODE(&mach_sysctl_ctx,
		    SYSCTL_CHILDREN(parent), OID_AUTO,
		    mach_trap_table[i].mt_name, CTLFLAG_RD | CTLFLAG_MPSAFE,
		    NULL, "a trap");
		if (node == NULL)
			return (false);
		if (SYSCTL_ADD_ULONG(&mach_sysctl_ctx, SYSCTL_CHILDREN(node),
		    OID_AUTO, "calls", CTLFLAG_RD,
		    __DEVOLATILE(u_long *, &mach_trap_stats[i].calls),
		    "times called") == NULL)
			return (false);
		if (SYSCTL_ADD_ULONG(&mach_sysctl_ctx, SYSCTL_CHILDREN(node),
		    OID_AUTO, "errors", CTLFLAG_RD,
		    __DEVOLATILE(u_long *, &mach_trap_stats[i].errors),
		    "times failed") == NULL)
			return (false);
	}
	return (true);
}

static struct sysctl_oid *
mach_sysctl_node(struct sysctl_oid_list *parent, const char *name,
    const char *descr)
{

	return (SYSCTL_ADD_NODE(&mach_sysctl_ctx, parent, OID_AUTO, name,
	    CTLFLAG_RD | CTLFLAG_MPSAFE, NULL, descr));
}

int
mach_sysctl_init(void)
{
	struct sysctl_oid *count, *limit, *root, *trap;

	sysctl_ctx_init(&mach_sysctl_ctx);
	root = mach_sysctl_node(SYSCTL_STATIC_CHILDREN(_kern), "mach",
	    "Mach IPC");
	if (root == NULL)
		goto fail;
	count = mach_sysctl_node(SYSCTL_CHILDREN(root), "count",
	    "live objects");
	limit = mach_sysctl_node(SYSCTL_CHILDREN(root), "limit", "limits");
	trap = mach_sysctl_node(SYSCTL_CHILDREN(root), "trap",
	    "statistics by trap");
	if (count == NULL || limit == NULL || trap == NULL)
		goto fail;
	if (SYSCTL_ADD_PROC(&mach_sysctl_ctx, SYSCTL_CHILDREN(root), OID_AUTO,
	    "syscall", CTLTYPE_INT | CTLFLAG_RD | CTLFLAG_MPSAFE, NULL, 0,
	    mach_sysctl_syscall, "I", "number of the system call") == NULL)
		goto fail;
	if (!mach_sysctl_counts(count) || !mach_sysctl_limits(limit) ||
	    !mach_sysctl_traps(trap))
		goto fail;
	return (0);

fail:
	(void)sysctl_ctx_free(&mach_sysctl_ctx);
	return (ENOMEM);
}

int
mach_sysctl_fini(void)
{

	return (sysctl_ctx_free(&mach_sysctl_ctx));
}
