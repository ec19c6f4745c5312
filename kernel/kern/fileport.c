/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fileports.  The model and the locks are in fileport.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/refcount.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/fileport.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

static MALLOC_DEFINE(M_MACH_FILEPORT, "mach_fileport", "Mach fileports");

void
mach_fileport_hold(struct mach_fileport *fileport)
{

	refcount_acquire(&fileport->f_refs);
}

void
mach_fileport_drop(struct mach_fileport *fileport)
{

	if (!refcount_release(&fileport->f_refs))
		return;
	mach_file_drop(fileport->f_file);
	mach_quota_uncharge(fileport->f_quota, MACH_RES_FILEPORTS, 1);
	mach_quota_drop(fileport->f_quota);
	free(fileport, M_MACH_FILEPORT);
	mach_counter_gone(MACH_COUNTER_FILEPORTS, 1);
}

void
mach_fileport_no_senders(struct ipc_port *port, struct ipc_gc *gc)
{
	struct mach_fileport *fileport;

	ip_assert_locked(port);
	KASSERT(port->ip_kotype == IKOT_FILEPORT, ("not a fileport"));
	fileport = port->ip_kobject;
	port->ip_kotype = IKOT_NONE;
	port->ip_kobject = NULL;
	SLIST_INSERT_HEAD(&gc->gc_fileports, fileport, f_link);
}

void
mach_fileport_end(struct mach_fileport *fileport)
{

	ipc_port_dealloc_kernel(fileport->f_port);
	mach_fileport_drop(fileport);
}

/* The names of these errors are Darwin's; libmach makes them errno again. */
static kern_return_t
mach_fileport_error(int error)
{

	switch (error) {
	case 0:
		return (KERN_SUCCESS);
	case EBADF:
		return (KERN_INVALID_VALUE);
	case EINVAL:
		return (KERN_INVALID_ARGUMENT);
	case EMFILE:
		return (KERN_NO_SPACE);
	default:
		return (KERN_RESOURCE_SHORTAGE);
	}
}

/* The right goes back: its name could not be told. */
static void
mach_fileport_take_back(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;

	IPC_GC_INIT(&gc);
	is_write_lock(space);
	if (ipc_right_lookup(space, name, &entry) == KERN_SUCCESS)
		(void)ipc_right_dealloc(space, name, entry, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
}

int
sys_fileport_makeport_trap(struct mach_thread *self,
    struct fileport_makeport_trap_args *uap)
{
	struct mach_file *file;
	struct mach_fileport *fileport;
	struct mach_quota *quota;
	struct ipc_port *port;
	mach_port_name_t name;
	int error;

	quota = self->th_task->t_quota;
	if (!mach_quota_charge(quota, MACH_RES_FILEPORTS, 1)) {
		mach_counter_failed(MACH_COUNTER_FILEPORTS);
		return (KERN_RESOURCE_SHORTAGE);
	}
	error = mach_file_take(uap->fd, &file);
	if (error != 0) {
		mach_quota_uncharge(quota, MACH_RES_FILEPORTS, 1);
		return (mach_fileport_error(error));
	}
	fileport = malloc(sizeof(*fileport), M_MACH_FILEPORT,
	    M_WAITOK | M_ZERO);
	port = ipc_port_alloc_kobject(IKOT_FILEPORT, fileport);
	if (port == NULL) {
		free(fileport, M_MACH_FILEPORT);
		mach_file_drop(file);
		mach_quota_uncharge(quota, MACH_RES_FILEPORTS, 1);
		return (KERN_RESOURCE_SHORTAGE);
	}
	refcount_init(&fileport->f_refs, 1);
	fileport->f_port = port;
	fileport->f_file = file;
	fileport->f_quota = quota;
	mach_quota_hold(quota);
	(void)mach_counter_made(MACH_COUNTER_FILEPORTS);

	/* From here on the right is what keeps it, also when this fails. */
	name = mach_copyout_send(self, ipc_port_make_send(port));
	if (name == MACH_PORT_NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyout(&name, uap->port, sizeof(name)) == 0)
		return (KERN_SUCCESS);
	mach_fileport_take_back(self->th_task->t_space, name);
	return (KERN_INVALID_ADDRESS);
}

int
sys_fileport_makefd_trap(struct mach_thread *self,
    struct fileport_makefd_trap_args *uap)
{
	struct mach_fileport *fileport;
	int error, fd;

	fileport = mach_name_to_fileport(self, uap->port);
	if (fileport == NULL)
		return (KERN_INVALID_ARGUMENT);
	/* A place that cannot be written must not cost a descriptor. */
	fd = -1;
	if (copyout(&fd, uap->fd, sizeof(fd)) != 0) {
		mach_fileport_drop(fileport);
		return (KERN_INVALID_ADDRESS);
	}
	error = mach_file_give(fileport->f_file, uap->sock, &fd);
	mach_fileport_drop(fileport);
	/* Another thread may have unmapped it meanwhile: its own loss. */
	if (error == 0 && fd >= 0 && copyout(&fd, uap->fd, sizeof(fd)) != 0)
		return (KERN_INVALID_ADDRESS);
	return (mach_fileport_error(error));
}
