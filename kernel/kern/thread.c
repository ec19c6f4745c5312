/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Mach threads: made when a thread first enters, gone when it exits.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

static MALLOC_DEFINE(M_MACH_THREAD, "mach_thread", "Mach threads");

struct mach_thread *
mach_thread_lookup(struct thread *td)
{

	/* A host may clean up after a process with no thread to speak of. */
	return (td != NULL ? mach_thread_slot_get(td) : NULL);
}

/*
 * The bootstrap port of the next process that the calling thread forks.  With
 * MACH_PORT_NULL it inherits the thread's own again.
 */
kern_return_t
mach_thread_set_spawn_port(mach_port_name_t name)
{
	struct ipc_gc gc;
	struct ipc_port *old, *port;
	struct ipc_space *space;
	struct mach_thread *self;
	kern_return_t kr;

	self = mach_thread_current();
	if (self == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	IPC_GC_INIT(&gc);
	port = NULL;
	if (name != MACH_PORT_NULL) {
		space = mach_task_space(self->th_task);
		kr = ipc_object_copyin(space, name, MACH_MSG_TYPE_COPY_SEND,
		    &port, &gc);
		ipc_space_drop(space);
		if (kr != KERN_SUCCESS)
			return (KERN_INVALID_CAPABILITY);
	}
	old = self->th_spawn;
	self->th_spawn = port;
	ipc_port_release_send(old, &gc);
	ipc_gc_run(&gc);
	return (KERN_SUCCESS);
}

struct ipc_port *
mach_thread_take_spawn_port(void)
{
	struct ipc_port *port;
	struct mach_thread *self;

	self = mach_thread_slot_get(curthread);
	if (self == NULL)
		return (NULL);
	port = self->th_spawn;
	self->th_spawn = NULL;
	return (port);
}

static void
mach_thread_free(struct mach_thread *th)
{

	if (th->th_kmsg != NULL)
		ipc_kmsg_uncache(th->th_kmsg);
	mach_quota_uncharge(th->th_quota, MACH_RES_THREADS, 1);
	mach_quota_drop(th->th_quota);
	mach_task_drop(th->th_task);
	cv_destroy(&th->th_cv);
	mtx_destroy(&th->th_sleep_mtx);
	free(th, M_MACH_THREAD);
	mach_counter_gone(MACH_COUNTER_THREADS, 1);
}

void
mach_thread_hold(struct mach_thread *th)
{

	refcount_acquire(&th->th_refs);
}

void
mach_thread_drop(struct mach_thread *th)
{

	if (refcount_release(&th->th_refs))
		mach_thread_free(th);
}

static __noinline struct mach_thread *
mach_thread_first_use(void)
{
	struct mach_task *task;
	struct mach_thread *th;

	task = mach_task_current();
	if (task == NULL)
		return (NULL);
	if (!mach_quota_charge(task->t_quota, MACH_RES_THREADS, 1)) {
		mach_counter_failed(MACH_COUNTER_THREADS);
		mach_task_drop(task);
		return (NULL);
	}
	th = malloc(sizeof(*th), M_MACH_THREAD, M_WAITOK | M_ZERO);
	refcount_init(&th->th_refs, 1);
	th->th_quota = task->t_quota;
	mach_quota_hold(th->th_quota);
	th->th_td = curthread;
	th->th_task = task;		/* with the reference we were given */
	cv_init(&th->th_cv, "mach wait");
	mtx_init(&th->th_sleep_mtx, "mach sleep", NULL, MTX_DEF);
	mach_waitq_init(&th->th_sleepq, &th->th_sleep_mtx);
	(void)mach_counter_made(MACH_COUNTER_THREADS);
	if (mach_thread_slot_set(curthread, th) != 0) {
		mach_thread_free(th);
		return (NULL);
	}
	mtx_lock(&task->t_lock);
	LIST_INSERT_HEAD(&task->t_threads, th, th_tasklink);
	mtx_unlock(&task->t_lock);
	return (th);
}

struct mach_thread *
mach_thread_current(void)
{
	struct mach_thread *th;

	th = mach_thread_slot_get(curthread);
	return (__predict_true(th != NULL) ? th : mach_thread_first_use());
}

/* The thread is no longer to be reached by its port. */
void
mach_thread_port_gone(struct mach_thread *th)
{
	struct ipc_port *port;

	mtx_lock(&th->th_task->t_lock);
	port = th->th_self;
	th->th_self = NULL;
	mtx_unlock(&th->th_task->t_lock);
	if (port != NULL)
		ipc_port_dealloc_kernel(port);
}

void
mach_thread_exit(struct mach_thread *th)
{
	struct ipc_gc gc;

	IPC_GC_INIT(&gc);
	ipc_port_release_send(th->th_spawn, &gc);
	th->th_spawn = NULL;
	ipc_gc_run(&gc);
	mtx_lock(&th->th_task->t_lock);
	LIST_REMOVE(th, th_tasklink);
	mtx_unlock(&th->th_task->t_lock);
	mach_thread_port_gone(th);
	mach_thread_drop(th);
}

sbintime_t
mach_deadline_ms(mach_msg_timeout_t ms)
{

	return (sbinuptime() + (sbintime_t)ms * SBT_1MS);
}

int
sys_thread_self_trap(struct mach_thread *self,
    struct thread_self_trap_args *uap __unused)
{
	struct ipc_port *port;
	struct mach_task *task;

	task = self->th_task;
	if (self->th_self == NULL) {
		/* Only the thread itself makes its port. */
		port = ipc_port_alloc_kobject(IKOT_THREAD, self);
		if (port == NULL)
			return (MACH_PORT_NULL);
		mtx_lock(&task->t_lock);
		self->th_self = port;
		mtx_unlock(&task->t_lock);
	}
	return (mach_copyout_send(self, ipc_port_make_send(self->th_self)));
}

int
sys_thread_get_special_reply_port(struct mach_thread *self __unused,
    struct thread_get_special_reply_port_args *uap __unused)
{

	/* None: users fall back to mach_reply_port. */
	return (MACH_PORT_NULL);
}

struct ipc_port *
mach_thread_port(struct mach_thread *th)
{
	struct ipc_port *port;

	mtx_lock(&th->th_task->t_lock);
	port = th->th_self != NULL ? ipc_port_make_send(th->th_self) :
	    IP_DEAD;
	mtx_unlock(&th->th_task->t_lock);
	return (port);
}

int
sys_thread_get_special_port_trap(struct mach_thread *self,
    struct thread_get_special_port_trap_args *uap)
{
	struct mach_thread *th;
	mach_port_name_t name;

	th = mach_name_to_thread(self, uap->thread);
	if (th == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (th != self || uap->which_port != THREAD_KERNEL_PORT) {
		mach_thread_drop(th);
		return (th != self ? MACH_SEND_INVALID_DEST :
		    KERN_INVALID_ARGUMENT);
	}
	mach_thread_drop(th);
	name = sys_thread_self_trap(self, NULL);
	if (name == MACH_PORT_NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyout(&name, uap->special_port, sizeof(name)) == 0)
		return (KERN_SUCCESS);
	mach_copyout_undo(self, name);
	return (KERN_INVALID_ADDRESS);
}

int
sys_thread_set_special_port_trap(struct mach_thread *self,
    struct thread_set_special_port_trap_args *uap)
{
	struct mach_thread *th;

	th = mach_name_to_thread(self, uap->thread);
	if (th == NULL)
		return (KERN_INVALID_ARGUMENT);
	mach_thread_drop(th);
	return (KERN_NOT_SUPPORTED);
}
