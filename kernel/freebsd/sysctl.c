/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The sysctl tree kern.mach:
 *
 *	kern.mach.abi			MACH_SYSCALL_ABI of this module
 *	kern.mach.syscall		number of the system call
 *	kern.mach.syscall_msg		that of the message traps; 0: none
 *	kern.mach.evfilt_machport	number of the kqueue filter; 0: none
 *	kern.mach.count.<what>		live objects
 *	kern.mach.peak.<what>		the most that there were at a time
 *	kern.mach.total.<what>		all that were ever made
 *	kern.mach.failed.<what>		refused by a limit
 *	kern.mach.rights.<kind>		rights in all spaces, counted now
 *	kern.mach.limits.<what>		limits, writable, also loader tunables
 *	kern.mach.hits.<what>		how often a limit was in the way
 *	kern.mach.trap.<name>.calls	how often a trap was called, and how
 *	kern.mach.trap.<name>.errors	often its result was an error
 *	kern.mach.trap.<name>.ns	nanoseconds in it, waits included
 *	kern.mach.timing		writable, also a tunable: measure them
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>

#include <kernel/freebsd/host.h>
#include <kernel/freebsd/syscall_abi.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/inspect.h>
#include <kernel/kern/limits.h>
#include <kernel/trap/trap.h>

static struct sysctl_ctx_list mach_sysctl_ctx;

enum mach_number {
	NUMBER_SYSCALL,
	NUMBER_SYSCALL_MSG,
	NUMBER_FILTER
};

/* A number that is known when another part has started: arg2 says which. */
static int
mach_sysctl_number(SYSCTL_HANDLER_ARGS)
{
	int number;

	switch (arg2) {
	case NUMBER_SYSCALL:
		number = mach_syscall_number();
		break;
	case NUMBER_SYSCALL_MSG:
		number = mach_syscall_msg_number();
		break;
	default:
		number = mach_kqueue_filter();
		break;
	}
	return (sysctl_handle_int(oidp, &number, 0, req));
}

/* What a counter tells. */
enum mach_count_what {
	COUNT_NOW,
	COUNT_PEAK,
	COUNT_TOTAL,
	COUNT_FAILED,
	COUNT_WHATS
};

static const struct mach_count_name {
	const char	*name;
	const char	*descr;
} mach_count_whats[COUNT_WHATS] = {
	[COUNT_NOW] = { "count", "live objects" },
	[COUNT_PEAK] = { "peak", "most live objects at a time" },
	[COUNT_TOTAL] = { "total", "objects ever made" },
	[COUNT_FAILED] = { "failed", "objects refused by a limit" }
};

static int
mach_sysctl_count(SYSCTL_HANDLER_ARGS)
{
	const struct mach_count_name *what = arg1;
	long count;

	/* Read without a lock: a moment's difference may be negative. */
	switch (what - mach_count_whats) {
	case COUNT_NOW:
		count = (long)(mach_counter_get((enum mach_counter)arg2) -
		    mach_counters_base[arg2]);
		break;
	case COUNT_PEAK:
		count = (long)mach_counters[arg2].mc_peak;
		break;
	case COUNT_TOTAL:
		count = (long)mach_counters[arg2].mc_made;
		break;
	default:
		count = (long)mach_counters[arg2].mc_failed;
		break;
	}
	return (sysctl_handle_long(oidp, &count, 0, req));
}

static bool
mach_sysctl_counts(struct sysctl_oid *parent, enum mach_count_what what)
{
	u_int i;

	for (i = 0; i < MACH_COUNTERS; i++) {
		/* Bytes are kept by user: there is no more than their sum. */
		if (i == MACH_COUNTER_KMSG_BYTES && what != COUNT_NOW)
			continue;
		if (SYSCTL_ADD_PROC(&mach_sysctl_ctx, SYSCTL_CHILDREN(parent),
		    OID_AUTO, mach_counter_name((enum mach_counter)i),
		    CTLTYPE_LONG | CTLFLAG_RD | CTLFLAG_MPSAFE,
		    __DECONST(void *, &mach_count_whats[what]), i,
		    mach_sysctl_count, "L",
		    mach_count_whats[what].descr) == NULL)
			return (false);
	}
	return (true);
}

static int
mach_sysctl_right(SYSCTL_HANDLER_ARGS)
{
	u_long counts[MACH_INSPECT_RIGHTS];
	int error;

	error = mach_inspect_rights(counts);
	if (error != 0)
		return (error);
	return (sysctl_handle_long(oidp, &counts[arg2], 0, req));
}

static bool
mach_sysctl_rights(struct sysctl_oid *parent)
{
	u_int i;

	for (i = 0; i < MACH_INSPECT_RIGHTS; i++) {
		/* Without the "rights_" that the node says. */
		if (SYSCTL_ADD_PROC(&mach_sysctl_ctx, SYSCTL_CHILDREN(parent),
		    OID_AUTO, mach_inspect_right_names[i] + strlen("rights_"),
		    CTLTYPE_ULONG | CTLFLAG_RD | CTLFLAG_MPSAFE, NULL, i,
		    mach_sysctl_right, "LU", "rights in all spaces") == NULL)
			return (false);
	}
	return (true);
}

static int
mach_sysctl_limit(SYSCTL_HANDLER_ARGS)
{
	struct mach_limit *limit = arg1;
	u_long value;
	int error;

	value = limit->ml_value;
	error = sysctl_handle_long(oidp, &value, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	return (mach_limit_set(limit->ml_name, value) != 0 ? EINVAL : 0);
}

/* Tunables are read when the object is made: loader.conf(5) sets them too. */
static bool
mach_sysctl_limits(struct sysctl_oid *limits, struct sysctl_oid *hits)
{
	struct mach_limit *limit;

	for (limit = mach_limits; limit < mach_limits + MACH_LIMITS; limit++) {
		if (limit->ml_name == NULL)
			continue;
		if (SYSCTL_ADD_PROC(&mach_sysctl_ctx, SYSCTL_CHILDREN(limits),
		    OID_AUTO, limit->ml_name, CTLTYPE_ULONG | CTLFLAG_RWTUN |
		    CTLFLAG_MPSAFE, limit, 0, mach_sysctl_limit, "LU",
		    limit->ml_descr) == NULL)
			return (false);
		if (SYSCTL_ADD_ULONG(&mach_sysctl_ctx, SYSCTL_CHILDREN(hits),
		    OID_AUTO, limit->ml_name, CTLFLAG_RD,
		    __DEVOLATILE(u_long *, &limit->ml_hits),
		    "times the limit was in the way") == NULL)
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
		    "times failed") == NULL ||
		    SYSCTL_ADD_ULONG(&mach_sysctl_ctx, SYSCTL_CHILDREN(node),
		    OID_AUTO, "ns", CTLFLAG_RD,
		    __DEVOLATILE(u_long *, &mach_trap_stats[i].ns),
		    "nanoseconds within, while kern.mach.timing is set") ==
		    NULL)
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

static bool
mach_sysctl_numbers(struct sysctl_oid *root)
{
	static const struct {
		const char	*name;
		const char	*descr;
	} numbers[] = {
		[NUMBER_SYSCALL] = { "syscall", "number of the system call" },
		[NUMBER_SYSCALL_MSG] = { "syscall_msg",
		    "number of the system call of mach_msg alone" },
		[NUMBER_FILTER] = { "evfilt_machport",
		    "number of the kqueue filter" }
	};
	u_int i;

	for (i = 0; i < nitems(numbers); i++) {
		if (SYSCTL_ADD_PROC(&mach_sysctl_ctx, SYSCTL_CHILDREN(root),
		    OID_AUTO, numbers[i].name, CTLTYPE_INT | CTLFLAG_RD |
		    CTLFLAG_MPSAFE, NULL, i, mach_sysctl_number, "I",
		    numbers[i].descr) == NULL)
			return (false);
	}
	return (SYSCTL_ADD_INT(&mach_sysctl_ctx, SYSCTL_CHILDREN(root),
	    OID_AUTO, "abi", CTLFLAG_RD, SYSCTL_NULL_INT_PTR, MACH_SYSCALL_ABI,
	    "ABI of the system calls") != NULL);
}

int
mach_sysctl_init(void)
{
	struct sysctl_oid *hits, *limits, *node, *root, *trap;
	u_int i;

	sysctl_ctx_init(&mach_sysctl_ctx);
	root = mach_sysctl_node(SYSCTL_STATIC_CHILDREN(_kern), "mach",
	    "Mach IPC");
	if (root == NULL)
		goto fail;
	for (i = 0; i < COUNT_WHATS; i++) {
		node = mach_sysctl_node(SYSCTL_CHILDREN(root),
		    mach_count_whats[i].name, mach_count_whats[i].descr);
		if (node == NULL ||
		    !mach_sysctl_counts(node, (enum mach_count_what)i))
			goto fail;
	}
	node = mach_sysctl_node(SYSCTL_CHILDREN(root), "rights",
	    "rights in all spaces");
	if (node == NULL || !mach_sysctl_rights(node))
		goto fail;
	limits = mach_sysctl_node(SYSCTL_CHILDREN(root), "limits",
	    "limits on what users can hold");
	hits = mach_sysctl_node(SYSCTL_CHILDREN(root), "hits",
	    "how often a limit was in the way");
	trap = mach_sysctl_node(SYSCTL_CHILDREN(root), "trap",
	    "statistics by trap");
	if (limits == NULL || hits == NULL || trap == NULL)
		goto fail;
	if (!mach_sysctl_numbers(root) ||
	    SYSCTL_ADD_INT(&mach_sysctl_ctx, SYSCTL_CHILDREN(root), OID_AUTO,
	    "timing", CTLFLAG_RWTUN, &mach_trap_timing, 0,
	    "measure the time in traps") == NULL)
		goto fail;
	if (!mach_sysctl_limits(limits, hits) || !mach_sysctl_traps(trap))
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
