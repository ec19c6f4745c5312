/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a message to a task or thread port may ask: the functions behind the
 * stubs of task.defs and thread_act.defs.  Memory is in vm_server.c.
 *
 * They run in the sender's thread, with the sender's credentials.
 * The port is the authority: task_for_pid and whoever passes a task port on
 * decide who gets one.  A right of the message is in transit: on success it is
 * the function's.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/ucred.h>

#include <mach/thread_special_ports.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/semaphore.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/gen/task_server.h>
#include <kernel/kern/gen/thread_act_server.h>

_Static_assert(TASK_PORT_REGISTER_MAX == 3, "mach_ports_register3");

kern_return_t
mig_mach_ports_register3(kernel_task_t task, ipc_port_t port1,
    ipc_port_t port2, ipc_port_t port3)
{
	const ipc_port_t ports[TASK_PORT_REGISTER_MAX] = {
		port1, port2, port3
	};

	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (mach_task_register(task, ports));
}

kern_return_t
mig_mach_ports_lookup3(kernel_task_t task, ipc_port_t *port1,
    ipc_port_t *port2, ipc_port_t *port3)
{
	ipc_port_t ports[TASK_PORT_REGISTER_MAX];

	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	mach_task_registered(task, ports);
	*port1 = ports[0];
	*port2 = ports[1];
	*port3 = ports[2];
	return (KERN_SUCCESS);
}

kern_return_t
mig_task_info(kernel_task_t task, task_flavor_t flavor, task_info_t info,
    mach_msg_type_number_t *count)
{
	struct ucred *cred;
	kern_return_t kr;

	cred = task != NULL ? mach_task_cred(task) : NULL;
	if (cred == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_task_info(task, cred, flavor, info, count);
	crfree(cred);
	return (kr);
}

kern_return_t
mig_task_get_special_port(kernel_task_t task, int which, ipc_port_t *port)
{

	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (mach_task_get_special(task, which, port));
}

kern_return_t
mig_task_set_special_port(kernel_task_t task, int which, ipc_port_t port)
{

	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (mach_task_set_special(task, which, port));
}

kern_return_t
mig_semaphore_create(kernel_task_t task, ipc_port_t *port, int policy,
    int value)
{
	struct mach_semaphore *semaphore;
	kern_return_t kr;

	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_semaphore_create(task, policy, value, &semaphore);
	if (kr != KERN_SUCCESS)
		return (kr);
	*port = ipc_port_make_send(semaphore->s_port);
	mach_semaphore_drop(semaphore);
	return (KERN_SUCCESS);
}

kern_return_t
mig_semaphore_destroy(kernel_task_t task, ipc_port_t port)
{
	struct mach_semaphore *semaphore;
	kern_return_t kr;

	if (task == NULL || !IP_VALID(port))
		return (KERN_INVALID_ARGUMENT);
	semaphore = NULL;
	ip_lock(port);
	if (ip_active(port) && port->ip_kotype == IKOT_SEMAPHORE) {
		semaphore = port->ip_kobject;
		mach_semaphore_hold(semaphore);
	}
	ip_unlock(port);
	if (semaphore == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_semaphore_destroy(task, semaphore);
	mach_semaphore_drop(semaphore);
	if (kr == KERN_SUCCESS)
		mig_kernel_release(port, MACH_MSG_TYPE_PORT_SEND);
	return (kr);
}

kern_return_t
mig_thread_get_special_port(kernel_thread_t th, int which, ipc_port_t *port)
{

	if (th == NULL || which != THREAD_KERNEL_PORT)
		return (KERN_INVALID_ARGUMENT);
	*port = mach_thread_port(th);
	return (KERN_SUCCESS);
}
