/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Takes the system calls that the kernel has for modules, so that mach.ko finds
 * few or none.
 *
 * Locks: slots_lock, under which system calls are registered.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/sx.h>
#include <sys/sysctl.h>
#include <sys/sysent.h>
#include <sys/sysproto.h>

#include "machtest.h"

#define	SLOTS_MAX	64	/* 12.3 has ten */

static struct sx slots_lock;
static struct {
	int		number;
	struct sysent	old;
} slots[SLOTS_MAX];
static int held;

static struct sysent slot_sysent = {
	.sy_narg = 0,
	.sy_call = (sy_call_t *)nosys
};

static void
slots_release(int until)
{

	while (held > until) {
		held--;
		(void)kern_syscall_deregister(sysent, slots[held].number,
		    &slots[held].old);
	}
}

static void
slots_hold_all(void)
{

	for (; held < SLOTS_MAX; held++) {
		slots[held].number = NO_SYSCALL;
		if (kern_syscall_register(sysent, &slots[held].number,
		    &slot_sysent, &slots[held].old, SY_THR_STATIC_KLD) != 0)
			break;
	}
}

static int
slots_sysctl(SYSCTL_HANDLER_ARGS)
{
	int error, value;

	value = held;
	error = sysctl_handle_int(oidp, &value, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	sx_xlock(&slots_lock);
	slots_release(0);
	if (value >= 0) {
		slots_hold_all();
		slots_release(MAX(held - value, 0));
	}
	sx_xunlock(&slots_lock);
	return (0);
}

int
machtest_slots_init(struct sysctl_ctx_list *ctx, struct sysctl_oid_list *parent)
{

	sx_init(&slots_lock, "machtest slots");
	if (SYSCTL_ADD_PROC(ctx, parent, OID_AUTO, "slots", CTLTYPE_INT |
	    CTLFLAG_RW | CTLFLAG_MPSAFE, NULL, 0, slots_sysctl, "I",
	    "system calls held") != NULL)
		return (0);
	sx_destroy(&slots_lock);
	return (ENOMEM);
}

/* The sysctl is gone. */
void
machtest_slots_fini(void)
{

	slots_release(0);
	sx_destroy(&slots_lock);
}
