/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Kernel objects behind ports.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/fileport.h>
#include <kernel/kern/host.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/mig_kernel.h>
#include <kernel/kern/semaphore.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/timer.h>
#include <kernel/kern/gen/clock_server.h>
#include <kernel/kern/gen/host_priv_server.h>
#include <kernel/kern/gen/mach_host32_server.h>
#include <kernel/kern/gen/mach_host_server.h>
#include <kernel/kern/gen/mach_port_server.h>
#include <kernel/kern/gen/mach_vm_server.h>
#include <kernel/kern/gen/task_server.h>
#include <kernel/kern/gen/thread_act_server.h>
#include <kernel/kern/gen/vm32_map_server.h>
#include <kernel/kern/gen/vm_map_server.h>

void
mach_kobject_port_died(enum ipc_kotype type, void *kobject)
{

	switch (type) {
	case IKOT_TIMER:
		mach_timer_port_died(kobject);
		break;
	case IKOT_HOST_NOTIFY:
		mach_host_notify_port_died(kobject);
		break;
	default:
		panic("%s: type %d", __func__, type);
	}
}

/* What the kernel answers. */
#define	SUBSYSTEM(name)							\
	((const struct mig_kernel_subsystem *)(const void *)		\
	    &name##_subsystem)
static const struct mig_kernel_subsystem *const subsystems[] = {
	SUBSYSTEM(mig_mach_port),
	SUBSYSTEM(mig_task),
	SUBSYSTEM(mig_thread_act),
	SUBSYSTEM(mig_mach_vm),
	SUBSYSTEM(mig_mach_host),
	SUBSYSTEM(mig_host_priv),
	SUBSYSTEM(mig_clock),
	SUBSYSTEM(mig_mach_vm_map),
};
/* Before these, to senders whose addresses have 32 bits. */
static const struct mig_kernel_subsystem *const subsystems32[] = {
	SUBSYSTEM(mig_mach_vm_vm32_map),
	SUBSYSTEM(mig_mach_host32),
};

static const struct mig_kernel_subsystem *
mach_kobject_find(const struct mig_kernel_subsystem *const *list, u_int n,
    mach_msg_id_t id)
{
	u_int i;

	for (i = 0; i < n; i++)
		if (id >= list[i]->start && id < list[i]->end)
			return (list[i]);
	return (NULL);
}

/* The sender is the current thread. */
static const struct mig_kernel_subsystem *
mach_kobject_subsystem(mach_msg_id_t id)
{
	const struct mig_kernel_subsystem *narrow;
	struct mach_thread *self;

	narrow = mach_kobject_find(subsystems32, nitems(subsystems32), id);
	if (narrow != NULL) {
		self = mach_thread_lookup(curthread);
		if (self != NULL && self->th_is32)
			return (narrow);
	}
	return (mach_kobject_find(subsystems, nitems(subsystems), id));
}

/* The answer goes where the request said, if anywhere. */
static void
mach_kobject_reply(struct ipc_kmsg *kmsg, struct ipc_kmsg *reply,
    struct ipc_gc *gc)
{
	struct ipc_port *port;
	uint32_t i;
	bool full;

	port = kmsg->ikm_local;
	kmsg->ikm_local = NULL;
	if (!IP_VALID(port)) {
		ipc_kmsg_destroy(reply, gc);
		return;
	}
	reply->ikm_remote = port;
	for (i = 0; i < reply->ikm_ndescs; i++)
		if (reply->ikm_descs[i].id_type == MACH_MSG_PORT_DESCRIPTOR &&
		    reply->ikm_descs[i].id_disposition ==
		    MACH_MSG_TYPE_PORT_RECEIVE &&
		    IP_VALID(reply->ikm_descs[i].id_u.port) &&
		    ipc_port_set_destination(reply->ikm_descs[i].id_u.port,
		    port))
			reply->ikm_circular = true;
	/* The kernel does not wait, and does not overfill either. */
	ip_lock(port);
	full = MACH_MSGH_BITS_REMOTE(reply->ikm_header.msgh_bits) ==
	    MACH_MSG_TYPE_PORT_SEND && ip_full(port);
	ip_unlock(port);
	if (full)
		ipc_kmsg_destroy(reply, gc);
	else
		ipc_kmsg_send_kernel(reply, gc);
}

void
mach_kobject_server(struct ipc_port *port __unused, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_kmsg *reply;

	mig_kernel_answer(mach_kobject_subsystem(kmsg->ikm_header.msgh_id),
	    kmsg, &reply);
	if (reply != NULL)
		mach_kobject_reply(kmsg, reply, gc);
	/* A send-once right to a kernel port is used up, not returned. */
	if (MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits) ==
	    MACH_MSG_TYPE_PORT_SEND_ONCE) {
		ip_lock(kmsg->ikm_remote);
		if (ip_active(kmsg->ikm_remote))
			kmsg->ikm_remote->ip_sorights--;
		ip_unlock(kmsg->ikm_remote);
		ip_drop(kmsg->ikm_remote);
		kmsg->ikm_remote = NULL;
	}
	ipc_kmsg_destroy(kmsg, gc);
}

/*
 * The object of a port of one of two types, with a reference taken while the
 * port's lock keeps it there.
 */
static void *
mach_name_to_object(struct mach_thread *self, mach_port_name_t name,
    enum ipc_kotype type, enum ipc_kotype or_type)
{
	struct ipc_port *port;
	void *object;

	if (ipc_right_send_port(self->th_task->t_space, name, &port) !=
	    KERN_SUCCESS)
		return (NULL);
	object = NULL;
	ip_lock(port);
	if (ip_active(port) &&
	    (port->ip_kotype == type || port->ip_kotype == or_type)) {
		object = port->ip_kobject;
		switch (port->ip_kotype) {
		case IKOT_TASK:
		case IKOT_TASK_NAME:
			mach_task_hold(object);
			break;
		case IKOT_THREAD:
			mach_thread_hold(object);
			break;
		case IKOT_SEMAPHORE:
			mach_semaphore_hold(object);
			break;
		case IKOT_FILEPORT:
			mach_fileport_hold(object);
			break;
		default:
			panic("%s: type %d", __func__, port->ip_kotype);
		}
	}
	ip_unlock(port);
	ip_drop(port);
	return (object);
}

struct mach_task *
mach_name_to_task(struct mach_thread *self, mach_port_name_t name)
{

	return (mach_name_to_object(self, name, IKOT_TASK, IKOT_TASK));
}

struct mach_task *
mach_name_to_task_or_name(struct mach_thread *self, mach_port_name_t name)
{

	return (mach_name_to_object(self, name, IKOT_TASK, IKOT_TASK_NAME));
}

struct mach_thread *
mach_name_to_thread(struct mach_thread *self, mach_port_name_t name)
{

	return (mach_name_to_object(self, name, IKOT_THREAD, IKOT_THREAD));
}

struct mach_semaphore *
mach_name_to_semaphore(struct mach_thread *self, mach_port_name_t name)
{

	return (mach_name_to_object(self, name, IKOT_SEMAPHORE,
	    IKOT_SEMAPHORE));
}

struct mach_fileport *
mach_name_to_fileport(struct mach_thread *self, mach_port_name_t name)
{

	return (mach_name_to_object(self, name, IKOT_FILEPORT,
	    IKOT_FILEPORT));
}

enum ipc_kotype
mach_name_to_kotype(struct mach_thread *self, mach_port_name_t name)
{
	struct ipc_port *port;
	enum ipc_kotype type;

	if (ipc_right_send_port(self->th_task->t_space, name, &port) !=
	    KERN_SUCCESS)
		return (IKOT_NONE);
	ip_lock(port);
	type = ip_active(port) ? port->ip_kotype : IKOT_NONE;
	ip_unlock(port);
	ip_drop(port);
	return (type);
}

mach_port_name_t
mach_copyout_send(struct mach_thread *self, struct ipc_port *port)
{
	struct ipc_gc gc;
	struct ipc_space *space;
	mach_port_name_t name;

	if (!IP_VALID(port))
		return (port == NULL ? MACH_PORT_NULL : MACH_PORT_DEAD);
	IPC_GC_INIT(&gc);
	space = self->th_task->t_space;
	is_write_lock(space);
	if (ipc_right_copyout(space, port, MACH_MSG_TYPE_PORT_SEND, &name,
	    &gc) != KERN_SUCCESS) {
		name = MACH_PORT_NULL;
		ipc_port_release_send(port, &gc);
	}
	is_write_unlock(space);
	ipc_gc_run(&gc);
	return (name);
}

void
mach_copyout_undo(struct mach_thread *self, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;

	if (!MACH_PORT_VALID(name))
		return;
	IPC_GC_INIT(&gc);
	space = self->th_task->t_space;
	is_write_lock(space);
	if (ipc_right_lookup(space, name, &entry) == KERN_SUCCESS)
		(void)ipc_right_dealloc(space, name, entry, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
}

kern_return_t
mach_give_send(struct mach_thread *self, struct ipc_port *port,
    mach_port_name_t *uaddr)
{
	mach_port_name_t name;

	name = mach_copyout_send(self, port);
	if (port != NULL && name == MACH_PORT_NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyout(&name, uaddr, sizeof(name)) == 0)
		return (KERN_SUCCESS);
	mach_copyout_undo(self, name);
	return (KERN_INVALID_ADDRESS);
}
