/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host ports.
 *
 * The host port can be had by everybody and tells about the machine; the
 * privileged one changes it, and is only given to who passes priv_check(9).
 * Setting a special port takes both the right and, at that moment, the
 * privilege, so a right that got away is not enough.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/priv.h>
#include <sys/proc.h>

#include <mach/host_special_ports.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/kern/host.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

static struct ipc_port *host_port;
static struct ipc_port *host_priv_port;
static struct mtx host_lock;		/* protects host_special */
static struct ipc_port *host_special[HOST_MAX_SPECIAL_PORT + 1];
static int host_object;			/* what the ports stand for */

int
mach_host_init(void)
{

	mtx_init(&host_lock, "mach host", NULL, MTX_DEF);
	host_port = ipc_port_alloc_kobject(IKOT_HOST, &host_object);
	host_priv_port = ipc_port_alloc_kobject(IKOT_HOST_PRIV, &host_object);
	if (host_port == NULL || host_priv_port == NULL) {
		mach_host_fini();
		return (ENOMEM);
	}
	return (0);
}

void
mach_host_release_specials(void)
{
	struct ipc_gc gc;
	struct ipc_port *port;
	u_int i;

	IPC_GC_INIT(&gc);
	for (i = 0; i < nitems(host_special); i++) {
		mtx_lock(&host_lock);
		port = host_special[i];
		host_special[i] = NULL;
		mtx_unlock(&host_lock);
		ipc_port_release_send(port, &gc);
	}
	ipc_gc_run(&gc);
}

void
mach_host_fini(void)
{

	mach_host_release_specials();
	if (host_port != NULL)
		ipc_port_dealloc_kernel(host_port);
	if (host_priv_port != NULL)
		ipc_port_dealloc_kernel(host_priv_port);
	host_port = host_priv_port = NULL;
	mtx_destroy(&host_lock);
}

struct ipc_port *
mach_host_self(void)
{

	return (ipc_port_make_send(host_port));
}

static struct ipc_port *
mach_host_special(int which)
{
	struct ipc_port *port;

	if (which == HOST_PORT)
		return (mach_host_self());
	mtx_lock(&host_lock);
	port = ipc_port_copy_send(host_special[which]);
	mtx_unlock(&host_lock);
	return (port);
}

struct ipc_port *
mach_host_bootstrap(void)
{

	return (mach_host_special(HOST_LAUNCHCTL_PORT));
}

static bool
mach_host_privileged(void)
{

	return (priv_check(curthread, PRIV_DRIVER) == 0);
}

int
sys_host_self_trap(struct mach_thread *self,
    struct host_self_trap_args *uap __unused)
{

	return (mach_copyout_send(self, mach_host_self()));
}

int
sys_host_get_host_priv_port_trap(struct mach_thread *self,
    struct host_get_host_priv_port_trap_args *uap)
{

	if (mach_name_to_kotype(self, uap->host) != IKOT_HOST)
		return (KERN_INVALID_ARGUMENT);
	if (!mach_host_privileged())
		return (KERN_NO_ACCESS);
	return (mach_give_send(self, ipc_port_make_send(host_priv_port),
	    uap->host_priv));
}

kern_return_t
mach_host_get_special(int which, struct ipc_port **portp)
{

	if (which < HOST_PORT || which > HOST_MAX_SPECIAL_PORT)
		return (KERN_INVALID_ARGUMENT);
	if (!mach_host_privileged())
		return (KERN_NO_ACCESS);
	*portp = which == HOST_PRIV_PORT ?
	    ipc_port_make_send(host_priv_port) : mach_host_special(which);
	return (KERN_SUCCESS);
}

kern_return_t
mach_host_set_special(int which, struct ipc_port *port)
{
	struct ipc_gc gc;
	struct ipc_port *old;

	if (which <= HOST_MAX_SPECIAL_KERNEL_PORT ||
	    which > HOST_MAX_SPECIAL_PORT)
		return (KERN_INVALID_ARGUMENT);
	if (!mach_host_privileged())
		return (KERN_NO_ACCESS);
	IPC_GC_INIT(&gc);
	mtx_lock(&host_lock);
	old = host_special[which];
	host_special[which] = port;
	mtx_unlock(&host_lock);
	ipc_port_release_send(old, &gc);
	ipc_gc_run(&gc);
	return (KERN_SUCCESS);
}

int
sys_host_get_special_port_trap(struct mach_thread *self,
    struct host_get_special_port_trap_args *uap)
{
	struct ipc_port *port;
	enum ipc_kotype type;
	kern_return_t kr;

	type = mach_name_to_kotype(self, uap->host);
	if (type != IKOT_HOST_PRIV && type != IKOT_HOST)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_host_get_special(uap->which, &port);
	return (kr != KERN_SUCCESS ? kr :
	    mach_give_send(self, port, uap->port));
}

int
sys_host_set_special_port_trap(struct mach_thread *self,
    struct host_set_special_port_trap_args *uap)
{
	struct ipc_gc gc;
	struct ipc_port *port;
	kern_return_t kr;

	if (mach_name_to_kotype(self, uap->host) != IKOT_HOST_PRIV)
		return (KERN_INVALID_ARGUMENT);
	/* Refused before the right is looked at. */
	if (uap->which <= HOST_MAX_SPECIAL_KERNEL_PORT ||
	    uap->which > HOST_MAX_SPECIAL_PORT)
		return (KERN_INVALID_ARGUMENT);
	if (!mach_host_privileged())
		return (KERN_NO_ACCESS);
	IPC_GC_INIT(&gc);
	kr = ipc_object_copyin(self->th_task->t_space, uap->port,
	    MACH_MSG_TYPE_COPY_SEND, &port, &gc);
	if (kr != KERN_SUCCESS) {
		port = NULL;
		kr = KERN_INVALID_CAPABILITY;
	} else
		kr = mach_host_set_special(uap->which, port);
	if (kr != KERN_SUCCESS)
		ipc_port_release_send(port, &gc);
	ipc_gc_run(&gc);
	return (kr);
}

int
sys_host_info_trap(struct mach_thread *self,
    struct host_info_trap_args *uap)
{
	enum ipc_kotype type;

	type = mach_name_to_kotype(self, uap->host);
	if (type != IKOT_HOST && type != IKOT_HOST_PRIV)
		return (KERN_INVALID_ARGUMENT);
	return (KERN_NOT_SUPPORTED);
}
