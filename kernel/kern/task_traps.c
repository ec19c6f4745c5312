/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Traps about tasks: ports, special ports, information.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/ucred.h>

#include <mach/task_info.h>
#include <mach/task_special_ports.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/host.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

/* The task's own port; it may lack one after an exec without memory. */
static struct ipc_port *
mach_task_port(struct mach_task *task, bool name)
{
	struct ipc_port *port;

	mtx_lock(&task->t_lock);
	port = ipc_port_make_send(name ? task->t_name : task->t_self);
	mtx_unlock(&task->t_lock);
	return (port);
}

int
sys_task_self_trap(struct mach_thread *self,
    struct task_self_trap_args *uap __unused)
{

	return (mach_copyout_send(self, mach_task_port(self->th_task, false)));
}

kern_return_t
mach_own_task(struct mach_thread *self, mach_port_name_t target)
{
	struct mach_task *task;

	task = mach_name_to_task(self, target);
	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	mach_task_drop(task);
	return (task == self->th_task ? KERN_SUCCESS :
	    MACH_SEND_INVALID_DEST);
}

/* One number within the range is no port's. */
static bool
mach_task_special_ok(int which)
{

	return (which >= TASK_KERNEL_PORT && which <= TASK_MAX_SPECIAL_PORT &&
	    which != TASK_SEATBELT_PORT + 1);
}

kern_return_t
mach_task_get_special(struct mach_task *task, int which,
    struct ipc_port **portp)
{
	struct ipc_port *port;

	if (!mach_task_special_ok(which))
		return (KERN_INVALID_ARGUMENT);
	switch (which) {
	case TASK_KERNEL_PORT:
		port = mach_task_port(task, false);
		break;
	case TASK_NAME_PORT:
		port = mach_task_port(task, true);
		break;
	default:
		mtx_lock(&task->t_lock);
		port = ipc_port_copy_send(task->t_special[which]);
		mtx_unlock(&task->t_lock);
		if (which == TASK_HOST_PORT && port == NULL)
			port = mach_host_self();
		break;
	}
	*portp = port;
	return (KERN_SUCCESS);
}

kern_return_t
mach_task_set_special(struct mach_task *task, int which,
    struct ipc_port *port)
{
	struct ipc_gc gc;
	struct ipc_port *old;
	bool active;

	if (!mach_task_special_ok(which))
		return (KERN_INVALID_ARGUMENT);
	switch (which) {
	case TASK_KERNEL_PORT:
		return (KERN_NO_ACCESS);
	case TASK_NAME_PORT:
	case TASK_INSPECT_PORT:
	case TASK_READ_PORT:
		return (KERN_INVALID_ARGUMENT);
	default:
		break;
	}
	IPC_GC_INIT(&gc);
	mtx_lock(&task->t_lock);
	active = task->t_active;
	old = NULL;
	if (active) {
		old = task->t_special[which];
		task->t_special[which] = port;
	}
	mtx_unlock(&task->t_lock);
	ipc_port_release_send(old, &gc);
	ipc_gc_run(&gc);
	return (active ? KERN_SUCCESS : KERN_FAILURE);
}

int
sys_task_get_special_port_trap(struct mach_thread *self,
    struct task_get_special_port_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_own_task(self, uap->task);
	if (kr == KERN_SUCCESS)
		kr = mach_task_get_special(self->th_task, uap->which_port,
		    &port);
	return (kr != KERN_SUCCESS ? kr :
	    mach_give_send(self, port, uap->special_port));
}

int
sys_task_set_special_port_trap(struct mach_thread *self,
    struct task_set_special_port_trap_args *uap)
{
	struct ipc_gc gc;
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_own_task(self, uap->task);
	if (kr != KERN_SUCCESS)
		return (kr);
	IPC_GC_INIT(&gc);
	kr = ipc_object_copyin(self->th_task->t_space, uap->special_port,
	    MACH_MSG_TYPE_COPY_SEND, &port, &gc);
	if (kr != KERN_SUCCESS) {
		port = NULL;
		kr = KERN_INVALID_CAPABILITY;
	} else
		kr = mach_task_set_special(self->th_task, uap->which_port,
		    port);
	if (kr != KERN_SUCCESS)
		ipc_port_release_send(port, &gc);
	ipc_gc_run(&gc);
	return (kr);
}

kern_return_t
mach_task_register(struct mach_task *task,
    struct ipc_port *const ports[TASK_PORT_REGISTER_MAX])
{
	struct ipc_gc gc;
	struct ipc_port *old[TASK_PORT_REGISTER_MAX];
	bool active;
	u_int i;

	mtx_lock(&task->t_lock);
	active = task->t_active;
	for (i = 0; active && i < TASK_PORT_REGISTER_MAX; i++) {
		old[i] = task->t_registered[i];
		task->t_registered[i] = ports[i];
	}
	mtx_unlock(&task->t_lock);
	if (!active)
		return (KERN_INVALID_ARGUMENT);
	IPC_GC_INIT(&gc);
	for (i = 0; i < TASK_PORT_REGISTER_MAX; i++)
		ipc_port_release_send(old[i], &gc);
	ipc_gc_run(&gc);
	return (KERN_SUCCESS);
}

void
mach_task_registered(struct mach_task *task,
    struct ipc_port *ports[TASK_PORT_REGISTER_MAX])
{
	u_int i;

	mtx_lock(&task->t_lock);
	for (i = 0; i < TASK_PORT_REGISTER_MAX; i++)
		ports[i] = ipc_port_copy_send(task->t_registered[i]);
	mtx_unlock(&task->t_lock);
}

int
sys_mach_ports_register_trap(struct mach_thread *self,
    struct mach_ports_register_trap_args *uap)
{
	struct ipc_gc gc;
	struct ipc_port *ports[TASK_PORT_REGISTER_MAX];
	struct mach_task *task;
	kern_return_t kr;
	mach_port_name_t names[TASK_PORT_REGISTER_MAX];
	u_int i;

	kr = mach_own_task(self, uap->task);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (uap->count > TASK_PORT_REGISTER_MAX)
		return (KERN_INVALID_ARGUMENT);
	if (copyin(uap->ports, names, uap->count * sizeof(names[0])) != 0)
		return (KERN_INVALID_ADDRESS);
	IPC_GC_INIT(&gc);
	task = self->th_task;
	bzero(ports, sizeof(ports));
	for (i = 0; i < uap->count && kr == KERN_SUCCESS; i++) {
		kr = ipc_object_copyin(task->t_space, names[i],
		    MACH_MSG_TYPE_COPY_SEND, &ports[i], &gc);
	}
	if (kr == KERN_SUCCESS)
		kr = mach_task_register(task, ports);
	for (i = 0; kr != KERN_SUCCESS && i < TASK_PORT_REGISTER_MAX; i++)
		ipc_port_release_send(ports[i], &gc);
	ipc_gc_run(&gc);
	return (kr);
}

int
sys_mach_ports_lookup_trap(struct mach_thread *self,
    struct mach_ports_lookup_trap_args *uap)
{
	struct ipc_port *ports[TASK_PORT_REGISTER_MAX];
	kern_return_t kr;
	mach_msg_type_number_t count, room;
	mach_port_name_t names[TASK_PORT_REGISTER_MAX];
	u_int i;

	kr = mach_own_task(self, uap->task);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (copyin(uap->count, &room, sizeof(room)) != 0)
		return (KERN_INVALID_ADDRESS);
	count = TASK_PORT_REGISTER_MAX;
	bzero(names, sizeof(names));
	if (room >= count) {
		mach_task_registered(self->th_task, ports);
		for (i = 0; i < TASK_PORT_REGISTER_MAX; i++)
			names[i] = mach_copyout_send(self, ports[i]);
		if (copyout(names, uap->ports, sizeof(names)) != 0)
			kr = KERN_INVALID_ADDRESS;
	}
	if (kr == KERN_SUCCESS &&
	    copyout(&count, uap->count, sizeof(count)) != 0)
		kr = KERN_INVALID_ADDRESS;
	for (i = 0; kr != KERN_SUCCESS && i < TASK_PORT_REGISTER_MAX; i++)
		mach_copyout_undo(self, names[i]);
	return (kr);
}

/* As on Darwin, *t is MACH_PORT_NULL when the call fails. */
static int
mach_task_port_for_pid(struct mach_thread *self, mach_port_name_t target,
    int pid, bool name_only, mach_port_name_t *t)
{
	struct mach_task *task;
	kern_return_t kr;
	mach_port_name_t name;

	name = MACH_PORT_NULL;
	if (!mach_target_is_self(self, target))
		kr = KERN_INVALID_ARGUMENT;
	else {
		kr = KERN_FAILURE;
		task = pid == self->th_task->t_pid ? self->th_task :
		    mach_task_find_pid(pid, !name_only);
		if (task != NULL) {
			name = mach_copyout_send(self,
			    mach_task_port(task, name_only));
			if (MACH_PORT_VALID(name))
				kr = KERN_SUCCESS;
			if (task != self->th_task)
				mach_task_drop(task);
		}
	}
	if (copyout(&name, t, sizeof(name)) != 0) {
		mach_copyout_undo(self, name);
		return (KERN_INVALID_ADDRESS);
	}
	return (kr);
}

int
sys_task_for_pid(struct mach_thread *self, struct task_for_pid_args *uap)
{

	return (mach_task_port_for_pid(self, uap->target_tport, uap->pid,
	    false, uap->t));
}

int
sys_task_name_for_pid(struct mach_thread *self,
    struct task_name_for_pid_args *uap)
{

	return (mach_task_port_for_pid(self, uap->target_tport, uap->pid,
	    true, uap->t));
}

int
sys_pid_for_task(struct mach_thread *self, struct pid_for_task_args *uap)
{
	struct mach_task *task;
	int pid;

	pid = -1;
	task = mach_name_to_task_or_name(self, uap->t);
	if (task != NULL) {
		pid = task->t_pid;
		mach_task_drop(task);
	}
	if (copyout(&pid, uap->x, sizeof(pid)) != 0)
		return (KERN_INVALID_ADDRESS);
	return (task != NULL ? KERN_SUCCESS : KERN_FAILURE);
}

kern_return_t
mach_task_info(struct mach_task *task, struct ucred *cred,
    task_flavor_t flavor, integer_t *info, mach_msg_type_number_t *countp)
{
	audit_token_t audit;
	security_token_t sec;

	mach_task_tokens(task, cred, &sec, &audit);
	switch (flavor) {
	case TASK_SECURITY_TOKEN:
		if (*countp < TASK_SECURITY_TOKEN_COUNT)
			return (KERN_INVALID_ARGUMENT);
		*countp = TASK_SECURITY_TOKEN_COUNT;
		memcpy(info, &sec, sizeof(sec));
		return (KERN_SUCCESS);
	case TASK_AUDIT_TOKEN:
		if (*countp < TASK_AUDIT_TOKEN_COUNT)
			return (KERN_INVALID_ARGUMENT);
		*countp = TASK_AUDIT_TOKEN_COUNT;
		memcpy(info, &audit, sizeof(audit));
		return (KERN_SUCCESS);
	default:
		return (KERN_INVALID_ARGUMENT);
	}
}

int
sys_task_info_trap(struct mach_thread *self, struct task_info_trap_args *uap)
{
	integer_t info[MACH_TASK_INFO_MAX];
	struct mach_task *task;
	kern_return_t kr;
	mach_msg_type_number_t count;

	task = mach_name_to_task_or_name(self, uap->task);
	if (task == NULL)
		return (KERN_INVALID_ARGUMENT);
	mach_task_drop(task);
	if (task != self->th_task)
		return (MACH_SEND_INVALID_DEST);
	if (copyin(uap->count, &count, sizeof(count)) != 0)
		return (KERN_INVALID_ADDRESS);
	kr = mach_task_info(self->th_task, self->th_td->td_ucred,
	    uap->flavor, info, &count);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (copyout(info, uap->task_info_out, count * sizeof(info[0])) != 0)
		return (KERN_INVALID_ADDRESS);
	return (copyout(&count, uap->count, sizeof(count)) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

int
sys_mach_counters_trap(struct mach_thread *self __unused,
    struct mach_counters_trap_args *uap)
{
	uint64_t counters[MACH_COUNTERS];
	mach_msg_type_number_t count, room;
	u_int i;

	if (copyin(uap->count, &room, sizeof(room)) != 0)
		return (KERN_INVALID_ADDRESS);
	for (i = 0; i < MACH_COUNTERS; i++)
		counters[i] = mach_counter_get(i) - mach_counters_base[i];
	if (copyout(counters, uap->counters,
	    MIN(room, MACH_COUNTERS) * sizeof(counters[0])) != 0)
		return (KERN_INVALID_ADDRESS);
	count = MACH_COUNTERS;
	return (copyout(&count, uap->count, sizeof(count)) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}
