/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Ports to objects.  A port's lock keeps its object while a reference is
 * taken; no lock is held afterwards.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/convert.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/vm_space.h>

/* The kind of object, and with `held` a task or thread with a reference. */
static enum ipc_kotype
object_of(ipc_port_t port, void **held)
{
	enum ipc_kotype type;

	*held = NULL;
	if (!IP_VALID(port))
		return (IKOT_NONE);
	ip_lock(port);
	type = ip_active(port) ? port->ip_kotype : IKOT_NONE;
	switch (type) {
	case IKOT_TASK:
	case IKOT_TASK_NAME:
		*held = port->ip_kobject;
		mach_task_hold(*held);
		break;
	case IKOT_THREAD:
		*held = port->ip_kobject;
		mach_thread_hold(*held);
		break;
	case IKOT_CLOCK:
		*held = port->ip_kobject;	/* never goes away */
		break;
	default:
		break;
	}
	ip_unlock(port);
	return (type);
}

static void
object_drop(enum ipc_kotype type, void *held)
{

	if (type == IKOT_TASK || type == IKOT_TASK_NAME)
		mach_task_drop(held);
	else if (type == IKOT_THREAD)
		mach_thread_drop(held);
}

kernel_task_t
convert_port_to_task(ipc_port_t port)
{
	enum ipc_kotype type;
	void *object;

	type = object_of(port, &object);
	if (type == IKOT_TASK)
		return (object);
	object_drop(type, object);
	return (NULL);
}

kernel_task_t
convert_port_to_task_name(ipc_port_t port)
{
	enum ipc_kotype type;
	void *object;

	type = object_of(port, &object);
	if (type == IKOT_TASK || type == IKOT_TASK_NAME)
		return (object);
	object_drop(type, object);
	return (NULL);
}

void
kernel_task_deallocate(kernel_task_t task)
{

	if (task != NULL)
		mach_task_drop(task);
}

kernel_space_t
convert_port_to_space(ipc_port_t port)
{
	kernel_space_t space;
	kernel_task_t task;

	task = convert_port_to_task(port);
	if (task == NULL)
		return (NULL);
	space = mach_task_space(task);
	mach_task_drop(task);
	return (space);
}

void
kernel_space_deallocate(kernel_space_t space)
{

	if (space != NULL)
		ipc_space_drop(space);
}

/*
 * The port is looked at again when the memory is held: one that an exec has
 * not ended by then is of the image whose memory that is.
 */
kernel_map_t
convert_port_to_map(ipc_port_t port)
{
	kernel_map_t map;
	kernel_task_t task;
	bool same;

	task = convert_port_to_task(port);
	if (task == NULL)
		return (NULL);
	map = mach_task_memory(task);
	mach_task_drop(task);
	if (map == NULL)
		return (NULL);
	ip_lock(port);
	same = ip_active(port);
	ip_unlock(port);
	if (same)
		return (map);
	vm_space_drop(map);
	return (NULL);
}

void
kernel_map_deallocate(kernel_map_t map)
{

	if (map != NULL)
		vm_space_drop(map);
}

kernel_thread_t
convert_port_to_thread(ipc_port_t port)
{
	enum ipc_kotype type;
	void *object;

	type = object_of(port, &object);
	if (type == IKOT_THREAD)
		return (object);
	object_drop(type, object);
	return (NULL);
}

void
kernel_thread_deallocate(kernel_thread_t th)
{

	if (th != NULL)
		mach_thread_drop(th);
}

kernel_host_t
convert_port_to_host(ipc_port_t port)
{
	enum ipc_kotype type;
	void *object;

	type = object_of(port, &object);
	object_drop(type, object);
	return (type == IKOT_HOST || type == IKOT_HOST_PRIV);
}

kernel_host_t
convert_port_to_host_priv(ipc_port_t port)
{
	enum ipc_kotype type;
	void *object;

	type = object_of(port, &object);
	object_drop(type, object);
	return (type == IKOT_HOST_PRIV);
}

void
kernel_host_deallocate(kernel_host_t host __unused)
{
}

kernel_clock_t
convert_port_to_clock(ipc_port_t port)
{
	enum ipc_kotype type;
	void *object;

	type = object_of(port, &object);
	if (type == IKOT_CLOCK)
		return (*(const int *)object);
	object_drop(type, object);
	return (-1);
}

void
kernel_clock_deallocate(kernel_clock_t clock __unused)
{
}
