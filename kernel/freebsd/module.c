/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The kernel module.
 *
 * There is one module with one event handler, and no SYSINIT: the parts start
 * in the order of mach_steps[] and stop in the opposite one, so that what a
 * part may rely on can be read off the table.  When a step fails, those before
 * it are undone.
 *
 * The module is called "sys/mach_trap" because modfind(2) and modstat(2) are
 * how user code finds the number of a dynamically assigned system call.
 *
 * Unloading is refused while a process uses Mach.  From the moment the system
 * calls are closed no process can begin to, so everything after that step acts
 * on a kernel at rest.  It is refused before anybody else hears of it, too:
 * DTrace forgets a module's probes when the kernel asks whether that may go.
 *
 * The kernel environment variable kern.mach.fail_step makes the step of that
 * number (from 1) fail, kern.mach.fail_kernel_step one within the Mach kernel,
 * to test that a failed load leaves nothing behind.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/eventhandler.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/lock.h>
#include <sys/module.h>
#include <sys/sx.h>

#include <kernel/freebsd/host.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/task.h>

struct mach_step {
	const char	*name;
	int		(*init)(void);
	int		(*fini)(void);
};

static const struct mach_step mach_steps[] = {
	{ "kernel",	 mach_kernel_init,	mach_kernel_fini },
	{ "thread slot", mach_slot_init,	mach_slot_fini },
	{ "jails",	 mach_jail_init,	mach_jail_fini },
	{ "events",	 mach_events_init,	mach_events_fini },
	{ "clock watch", mach_clock_watch_init,	mach_clock_watch_fini },
	{ "sysctl",	 mach_sysctl_init,	mach_sysctl_fini },
	{ "system call", mach_syscall_init,	mach_syscall_fini },
	{ "message call", mach_syscall_msg_init, mach_syscall_msg_fini },
	{ "kqueue",	 mach_kqueue_init,	mach_kqueue_fini },
	/* Stopped first: an ioctl(2), too, can be a process's first use. */
	{ "device",	 mach_dev_init,		mach_dev_fini }
};

/*
 * Start the steps from `first` on.  On failure those it started are stopped
 * again.
 */
static int
mach_start(u_int first)
{
	u_int i;
	int error, fail;

	fail = 0;
	TUNABLE_INT_FETCH("kern.mach.fail_step", &fail);
	if (TUNABLE_INT_FETCH("kern.mach.fail_kernel_step",
	    &mach_kernel_fail_step))
		mach_kernel_fail_step--;
	for (i = first; i < nitems(mach_steps); i++) {
		error = fail == (int)i + 1 ? ENXIO : mach_steps[i].init();
		if (error == 0)
			continue;
		printf("mach: cannot start the %s: error %d\n",
		    mach_steps[i].name, error);
		while (i-- > first) {
			if (mach_steps[i].fini() != 0)
				panic("mach: the %s does not stop",
				    mach_steps[i].name);
		}
		return (error);
	}
	return (0);
}

static int
mach_stop(void)
{
	u_int i;
	int error;

	for (i = nitems(mach_steps); i-- > 0;) {
		error = mach_steps[i].fini();
		if (error == 0)
			continue;
		/* Still in use: back to where we were. */
		if (i + 1 < nitems(mach_steps) && mach_start(i + 1) != 0)
			printf("mach: half stopped, Mach is unavailable\n");
		return (error);
	}
	return (0);
}

static bool mach_started;

/*
 * Is anything in use?  Asked before the first step stops, so that a refusal
 * changes nothing for those who use it.  The steps look again.
 */
static bool
mach_busy(void)
{
	static const enum mach_counter users[] = { MACH_COUNTER_KNOTES,
	    MACH_COUNTER_PSET_FDS, MACH_COUNTER_FILEPORTS };
	u_int i;

	for (i = 0; i < nitems(users); i++) {
		if (mach_counter_get(users[i]) != 0)
			return (true);
	}
	return (mach_tasks_active() != 0);
}

static eventhandler_tag mach_unload_tag;

/* The kernel asks this of everybody, and then the module itself. */
static void
mach_unload_try(void *mod, linker_file_t file, int *error)
{

	if (file == module_file(mod) && *error == 0 && mach_busy())
		*error = EBUSY;
}

static int
mach_modevent(module_t mod, int what, void *arg)
{
	modspecific_t ms;
	int error;

	switch (what) {
	case MOD_LOAD:
		error = mach_start(0);
		if (error != 0)
			return (error);
		mach_started = true;
		mach_unload_tag = EVENTHANDLER_REGISTER(kld_unload_try,
		    mach_unload_try, mod, EVENTHANDLER_PRI_FIRST);
		ms.intval = mach_syscall_number();
		MOD_XLOCK;
		module_setspecific(mod, &ms);
		MOD_XUNLOCK;
		return (0);
	case MOD_QUIESCE:
		return (mach_busy() ? EBUSY : 0);
	case MOD_UNLOAD:
		/* The kernel also unloads a module that did not load. */
		if (!mach_started)
			return (0);
		if (mach_busy())
			return (EBUSY);
		error = mach_stop();
		if (error != 0)
			return (error);
		EVENTHANDLER_DEREGISTER(kld_unload_try, mach_unload_tag);
		mach_started = false;
		return (0);
	case MOD_SHUTDOWN:
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

static moduledata_t mach_moduledata = {
	.name = "sys/mach_trap",
	.evhand = mach_modevent,
	.priv = NULL
};

DECLARE_MODULE(mach, mach_moduledata, SI_SUB_SYSCALLS, SI_ORDER_ANY);
MODULE_VERSION(mach, 1);
