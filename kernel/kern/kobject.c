/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Kernel objects behind ports.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <mach/mig_errors.h>
#include <mach/ndr.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/fileport.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/semaphore.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/timer.h>

void
mach_kobject_port_died(enum ipc_kotype type, void *kobject)
{

	switch (type) {
	case IKOT_TIMER:
		mach_timer_port_died(kobject);
		break;
	default:
		panic("%s: type %d", __func__, type);
	}
}

/*
 * The kernel's interfaces are reached by traps so far: a message finds none of
 * them, and gets the answer a server gives to a routine it does not know.
 */
void
mach_kobject_server(struct ipc_port *port __unused, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_kmsg *reply;
	kern_return_t code;
	mach_msg_type_name_t type;
	NDR_record_t ndr;
	bool full;

	type = MACH_MSGH_BITS_LOCAL(kmsg->ikm_header.msgh_bits);
	if (IP_VALID(kmsg->ikm_local)) {
		bzero(&ndr, sizeof(ndr));
#if _BYTE_ORDER == _LITTLE_ENDIAN
		ndr.int_rep = NDR_INT_LITTLE_ENDIAN;
#endif
		code = MIG_BAD_ID;
		reply = ipc_kmsg_alloc(sizeof(ndr) + sizeof(code));
		reply->ikm_header.msgh_bits = MACH_MSGH_BITS(type, 0);
		reply->ikm_header.msgh_id = (mach_msg_id_t)
		    ((uint32_t)kmsg->ikm_header.msgh_id + 100);
		memcpy(reply->ikm_data, &ndr, sizeof(ndr));
		memcpy(reply->ikm_data + sizeof(ndr), &code, sizeof(code));
		reply->ikm_remote = kmsg->ikm_local;
		kmsg->ikm_local = NULL;
		/* The kernel does not wait, and does not overfill either. */
		ip_lock(reply->ikm_remote);
		full = type == MACH_MSG_TYPE_PORT_SEND &&
		    ip_full(reply->ikm_remote);
		ip_unlock(reply->ikm_remote);
		if (full)
			ipc_kmsg_destroy(reply, gc);
		else
			ipc_kmsg_send_kernel(reply, gc);
	}
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
