/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * /dev/mach: see <mach/mach_dev.h>.
 *
 * The device is there for as long as the system call; what an ioctl(2) leaves
 * behind belongs to a task or a jail, so the device itself holds nothing.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/priv.h>
#include <sys/proc.h>

#include <mach/kern_return.h>
#include <mach/mach_dev.h>

#include <kernel/freebsd/host.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>

static d_ioctl_t mach_ioctl;

static struct cdevsw mach_cdevsw = {
	.d_version = D_VERSION,
	.d_name = "mach",
	.d_ioctl = mach_ioctl
};

static struct cdev *mach_dev;

static int
mach_errno(kern_return_t kr)
{

	switch (kr) {
	case KERN_SUCCESS:
		return (0);
	case KERN_RESOURCE_SHORTAGE:
		return (ENOMEM);
	default:
		return (EINVAL);
	}
}

static int
mach_ioctl_jail(struct thread *td, const struct mach_jail_port *arg)
{
	struct ipc_gc gc;
	struct ipc_port *port;
	struct ipc_space *space;
	struct mach_thread *self;
	kern_return_t kr;
	int error;

	error = priv_check(td, PRIV_JAIL_SET);
	if (error != 0)
		return (error);
	self = mach_thread_current();
	if (self == NULL)
		return (ENOMEM);
	IPC_GC_INIT(&gc);
	port = NULL;
	if (arg->mj_port != MACH_PORT_NULL) {
		space = mach_task_space(self->th_task);
		kr = ipc_object_copyin(space, arg->mj_port,
		    MACH_MSG_TYPE_COPY_SEND, &port, &gc);
		ipc_space_drop(space);
		if (kr != KERN_SUCCESS)
			return (EINVAL);
	}
	error = mach_jail_set_bootstrap(td, arg->mj_jid, port);
	if (error != 0)
		ipc_port_release_send(port, &gc);
	ipc_gc_run(&gc);
	return (error);
}

static int
mach_ioctl(struct cdev *dev __unused, u_long cmd, caddr_t data,
    int flag __unused, struct thread *td)
{

	switch (cmd) {
	case MACHIOCSPAWNPORT:
		return (mach_errno(mach_thread_set_spawn_port(
		    *(const mach_port_name_t *)(const void *)data)));
	case MACHIOCJAILPORT:
		return (mach_ioctl_jail(td,
		    (const struct mach_jail_port *)(const void *)data));
	default:
		return (ENOTTY);
	}
}

int
mach_dev_init(void)
{
	struct make_dev_args args;

	make_dev_args_init(&args);
	args.mda_flags = MAKEDEV_CHECKNAME | MAKEDEV_WAITOK;
	args.mda_devsw = &mach_cdevsw;
	args.mda_uid = UID_ROOT;
	args.mda_gid = GID_WHEEL;
	args.mda_mode = 0666;
	return (make_dev_s(&args, &mach_dev, "mach"));
}

/* Waits for threads inside the ioctl; no new ones come in. */
int
mach_dev_fini(void)
{

	destroy_dev(mach_dev);
	mach_dev = NULL;
	return (0);
}
