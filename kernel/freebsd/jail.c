/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Jails.  A jail has its own bootstrap namespace, and none until somebody
 * outside gives it one (dev.c): the default bootstrap port of its processes
 * hangs on the prison in an osd(9) slot.  A process that enters a jail gets the
 * special ports of that jail.  When the last process and the persistence of
 * the jail are gone, so is its port.
 *
 * Locks: mach_jail_mtx protects mj_bootstrap and the list; it is taken under
 * the prison's mutex and osd(9)'s locks, and before a port's.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/sx.h>
#include <sys/jail.h>
#include <sys/osd.h>
#include <sys/proc.h>
#include <sys/queue.h>

#include <kernel/freebsd/host.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/kern/host.h>
#include <kernel/kern/task.h>

static MALLOC_DEFINE(M_MACH_JAIL, "mach_jail", "Mach state of jails");

struct mach_jail {
	LIST_ENTRY(mach_jail) mj_link;
	struct ipc_port	*mj_bootstrap;	/* a send right, or NULL */
};

static struct mtx mach_jail_mtx;
static LIST_HEAD(, mach_jail) mach_jails;
static int mach_jail_slot;

/* The kernel frees the prison; called under osd(9)'s lock. */
static void
mach_jail_destroy(void *value)
{
	struct mach_jail *mj = value;

	mtx_lock(&mach_jail_mtx);
	KASSERT(mj->mj_bootstrap == NULL, ("a prison is freed with a port"));
	LIST_REMOVE(mj, mj_link);
	mtx_unlock(&mach_jail_mtx);
	free(mj, M_MACH_JAIL);
}

struct ipc_port *
mach_jail_bootstrap(struct prison *pr)
{
	struct ipc_port *port;
	struct mach_jail *mj;

	if (pr == &prison0)
		return (mach_host_bootstrap());
	/* The caller's prison: it is not freed, nor what hangs on it. */
	mj = osd_jail_get(pr, mach_jail_slot);
	if (mj == NULL)
		return (NULL);
	mtx_lock(&mach_jail_mtx);
	port = ipc_port_copy_send(mj->mj_bootstrap);
	mtx_unlock(&mach_jail_mtx);
	return (port);
}

/* Replace the port; consumes the right `port`. */
static void
mach_jail_replace(struct mach_jail *mj, struct ipc_port *port)
{
	struct ipc_gc gc;
	struct ipc_port *old;

	IPC_GC_INIT(&gc);
	mtx_lock(&mach_jail_mtx);
	old = mj->mj_bootstrap;
	mj->mj_bootstrap = port;
	mtx_unlock(&mach_jail_mtx);
	ipc_port_release_send(old, &gc);
	ipc_gc_run(&gc);
}

int
mach_jail_set_bootstrap(struct thread *td, int jid, struct ipc_port *port)
{
	struct mach_jail *mj, *spare;
	struct prison *pr;
	void **reserve;

	spare = malloc(sizeof(*spare), M_MACH_JAIL, M_WAITOK | M_ZERO);
	reserve = osd_reserve(mach_jail_slot);
	sx_slock(&allprison_lock);
	pr = prison_find_child(td->td_ucred->cr_prison, jid);
	if (pr == NULL) {
		sx_sunlock(&allprison_lock);
		osd_free_reserved(reserve);
		free(spare, M_MACH_JAIL);
		return (ENOENT);
	}
	mj = osd_jail_get(pr, mach_jail_slot);
	if (mj == NULL) {
		mj = spare;
		spare = NULL;
		(void)osd_jail_set_reserved(pr, mach_jail_slot, reserve, mj);
		reserve = NULL;
		mtx_lock(&mach_jail_mtx);
		LIST_INSERT_HEAD(&mach_jails, mj, mj_link);
		mtx_unlock(&mach_jail_mtx);
	}
	mtx_unlock(&pr->pr_mtx);
	/* The list's lock keeps the jail from being removed meanwhile. */
	mach_jail_replace(mj, port);
	sx_sunlock(&allprison_lock);
	if (reserve != NULL)
		osd_free_reserved(reserve);
	free(spare, M_MACH_JAIL);
	return (0);
}

/* A process enters; called again with its old jail when that fails. */
static int
mach_jail_attach(void *obj, void *data)
{
	struct prison *pr = obj;
	struct thread *td = data;

	mach_task_jail(td->td_proc, pr);
	return (0);
}

/* The last user of the jail has gone. */
static int
mach_jail_remove(void *obj, void *data __unused)
{
	struct mach_jail *mj;
	struct prison *pr = obj;

	mj = osd_jail_get(pr, mach_jail_slot);
	if (mj != NULL)
		mach_jail_replace(mj, NULL);
	return (0);
}

int
mach_jail_init(void)
{
	osd_method_t methods[PR_MAXMETHOD] = {
		[PR_METHOD_ATTACH] = mach_jail_attach,
		[PR_METHOD_REMOVE] = mach_jail_remove
	};

	mtx_init(&mach_jail_mtx, "mach jails", NULL, MTX_DEF);
	LIST_INIT(&mach_jails);
	mach_jail_slot = osd_jail_register(mach_jail_destroy, methods);
	return (0);
}

/* No process uses Mach: the ports of jails are dead, if there are any. */
int
mach_jail_fini(void)
{
	struct mach_jail *mj;

	sx_slock(&allprison_lock);
	LIST_FOREACH(mj, &mach_jails, mj_link)
		mach_jail_replace(mj, NULL);
	sx_sunlock(&allprison_lock);
	osd_jail_deregister(mach_jail_slot);
	mtx_destroy(&mach_jail_mtx);
	return (0);
}
