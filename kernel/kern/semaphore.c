/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Semaphores.  The model and the lock are in semaphore.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/limits.h>
#include <sys/malloc.h>

#include <mach/sync_policy.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/semaphore.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

static MALLOC_DEFINE(M_MACH_SEMAPHORE, "mach_semaphore", "Mach semaphores");

void
mach_semaphore_hold(struct mach_semaphore *semaphore)
{

	refcount_acquire(&semaphore->s_refs);
}

void
mach_semaphore_drop(struct mach_semaphore *semaphore)
{

	if (!refcount_release(&semaphore->s_refs))
		return;
	KASSERT(!semaphore->s_active, ("last reference to a live semaphore"));
	mach_quota_uncharge(semaphore->s_quota, MACH_RES_SEMAPHORES, 1);
	mach_quota_drop(semaphore->s_quota);
	mtx_destroy(&semaphore->s_lock);
	free(semaphore, M_MACH_SEMAPHORE);
	mach_counter_gone(MACH_COUNTER_SEMAPHORES, 1);
}

/* Taken off its task's list already; that reference is used up. */
static void
mach_semaphore_end(struct mach_semaphore *semaphore)
{
	struct mach_thread *th;

	ipc_port_dealloc_kernel(semaphore->s_port);
	mtx_lock(&semaphore->s_lock);
	semaphore->s_active = false;
	while ((th = mach_waitq_first(&semaphore->s_waiters)) != NULL)
		thread_wakeup(th, THREAD_RESTART);
	mtx_unlock(&semaphore->s_lock);
	mach_semaphore_drop(semaphore);
}

void
mach_semaphores_terminate(struct mach_task *task)
{
	struct mach_semaphore *semaphore;

	for (;;) {
		mtx_lock(&task->t_lock);
		semaphore = LIST_FIRST(&task->t_semaphores);
		if (semaphore != NULL) {
			LIST_REMOVE(semaphore, s_tasklink);
			semaphore->s_task = NULL;
		}
		mtx_unlock(&task->t_lock);
		if (semaphore == NULL)
			return;
		mach_semaphore_end(semaphore);
	}
}

/* End a semaphore of the task's, unless somebody else has. */
static bool
mach_semaphore_take(struct mach_task *task, struct mach_semaphore *semaphore)
{
	bool mine;

	mtx_lock(&task->t_lock);
	mine = semaphore->s_task == task;
	if (mine) {
		LIST_REMOVE(semaphore, s_tasklink);
		semaphore->s_task = NULL;
	}
	mtx_unlock(&task->t_lock);
	if (mine)
		mach_semaphore_end(semaphore);
	return (mine);
}

kern_return_t
mach_semaphore_create(struct mach_task *task, int policy, int value,
    struct mach_semaphore **semaphorep)
{
	struct mach_quota *quota;
	struct mach_semaphore *semaphore;
	bool active;

	if (value < 0 || policy < SYNC_POLICY_FIFO ||
	    policy > SYNC_POLICY_LIFO)
		return (KERN_INVALID_ARGUMENT);
	mtx_lock(&task->t_lock);
	quota = task->t_quota;
	mach_quota_hold(quota);
	mtx_unlock(&task->t_lock);
	if (!mach_quota_charge(quota, MACH_RES_SEMAPHORES, 1)) {
		mach_counter_failed(MACH_COUNTER_SEMAPHORES);
		mach_quota_drop(quota);
		return (KERN_RESOURCE_SHORTAGE);
	}
	semaphore = malloc(sizeof(*semaphore), M_MACH_SEMAPHORE,
	    M_WAITOK | M_ZERO);
	semaphore->s_port = ipc_port_alloc_kobject(IKOT_SEMAPHORE, semaphore);
	if (semaphore->s_port == NULL) {
		free(semaphore, M_MACH_SEMAPHORE);
		mach_quota_uncharge(quota, MACH_RES_SEMAPHORES, 1);
		mach_quota_drop(quota);
		return (KERN_RESOURCE_SHORTAGE);
	}
	mtx_init(&semaphore->s_lock, "mach semaphore", NULL, MTX_DEF);
	mach_waitq_init(&semaphore->s_waiters, &semaphore->s_lock);
	refcount_init(&semaphore->s_refs, 2);	/* its own, and ours */
	semaphore->s_active = true;
	semaphore->s_count = value;
	semaphore->s_policy = policy;
	semaphore->s_serial = semaphore->s_port->ip_object.io_serial;
	semaphore->s_quota = quota;
	(void)mach_counter_made(MACH_COUNTER_SEMAPHORES);

	mtx_lock(&task->t_lock);
	active = task->t_active;
	if (active) {
		semaphore->s_task = task;
		LIST_INSERT_HEAD(&task->t_semaphores, semaphore, s_tasklink);
	}
	mtx_unlock(&task->t_lock);
	/* From here on somebody who guesses the name may destroy it. */
	if (!active) {
		mach_semaphore_end(semaphore);
		mach_semaphore_drop(semaphore);
		return (KERN_INVALID_ARGUMENT);
	}
	*semaphorep = semaphore;
	return (KERN_SUCCESS);
}

kern_return_t
mach_semaphore_destroy(struct mach_task *task,
    struct mach_semaphore *semaphore)
{

	return (mach_semaphore_take(task, semaphore) ? KERN_SUCCESS :
	    KERN_INVALID_RIGHT);
}

int
sys_semaphore_create_trap(struct mach_thread *self,
    struct semaphore_create_trap_args *uap)
{
	struct mach_semaphore *semaphore;
	kern_return_t kr;

	kr = mach_own_task(self, uap->task);
	if (kr == KERN_SUCCESS)
		kr = mach_semaphore_create(self->th_task, uap->policy,
		    uap->value, &semaphore);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = mach_give_send(self, ipc_port_make_send(semaphore->s_port),
	    uap->semaphore);
	if (kr != KERN_SUCCESS)
		(void)mach_semaphore_take(self->th_task, semaphore);
	mach_semaphore_drop(semaphore);
	return (kr);
}

int
sys_semaphore_destroy_trap(struct mach_thread *self,
    struct semaphore_destroy_trap_args *uap)
{
	struct mach_semaphore *semaphore;
	kern_return_t kr;

	kr = mach_own_task(self, uap->task);
	if (kr != KERN_SUCCESS)
		return (kr);
	semaphore = mach_name_to_semaphore(self, uap->semaphore);
	if (semaphore == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_semaphore_destroy(self->th_task, semaphore);
	mach_semaphore_drop(semaphore);
	return (kr);
}

/* The semaphore a send right of the caller's stands for, referenced. */
static kern_return_t
mach_semaphore_lookup(struct mach_thread *self, mach_port_name_t name,
    struct mach_semaphore **semaphorep)
{
	struct ipc_port *port;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_NAME);
	kr = ipc_right_send_port(self->th_task->t_space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	ip_lock(port);
	if (!ip_active(port))
		kr = KERN_INVALID_RIGHT;
	else if (port->ip_kotype != IKOT_SEMAPHORE)
		kr = KERN_INVALID_CAPABILITY;
	else {
		*semaphorep = port->ip_kobject;
		mach_semaphore_hold(*semaphorep);
	}
	ip_unlock(port);
	ip_drop(port);
	return (kr);
}

/* Whose turn it is: who waits longest, or with SYNC_POLICY_LIFO shortest. */
static struct mach_thread *
mach_semaphore_next(struct mach_semaphore *semaphore)
{

	if (semaphore->s_policy == SYNC_POLICY_LIFO)
		return (TAILQ_LAST(&semaphore->s_waiters.wq_threads,
		    mach_threadq));
	return (mach_waitq_first(&semaphore->s_waiters));
}

/*
 * Wake all; or one that waits, `which` if not NULL; or one, or let the next
 * pass.
 */
static kern_return_t
mach_semaphore_signal(struct mach_semaphore *semaphore, bool all, bool one,
    struct mach_thread *which)
{
	struct mach_thread *th;
	kern_return_t kr;

	kr = KERN_SUCCESS;
	mtx_lock(&semaphore->s_lock);
	if (!semaphore->s_active)
		kr = KERN_TERMINATED;
	else if (all) {
		while ((th = mach_waitq_first(&semaphore->s_waiters)) != NULL)
			thread_wakeup(th, THREAD_AWAKENED);
	} else if (one) {
		if (which == NULL)
			th = mach_semaphore_next(semaphore);
		else TAILQ_FOREACH(th, &semaphore->s_waiters.wq_threads,
		    th_waitlink) {
			if (th == which)
				break;
		}
		if (th != NULL)
			thread_wakeup(th, THREAD_AWAKENED);
		else
			kr = KERN_NOT_WAITING;
	} else {
		th = mach_semaphore_next(semaphore);
		if (th != NULL)
			thread_wakeup(th, THREAD_AWAKENED);
		else if (semaphore->s_count == INT_MAX)
			kr = KERN_RESOURCE_SHORTAGE;
		else
			semaphore->s_count++;
	}
	mtx_unlock(&semaphore->s_lock);
	return (kr);
}

static int
mach_semaphore_waited(struct mach_thread *th, int result)
{
	struct mach_semaphore *semaphore;

	mach_thread_waits(th, 0, 0, 0);
	semaphore = th->th_saved.sem.semaphore;
	th->th_saved.sem.semaphore = NULL;
	mach_semaphore_drop(semaphore);
	switch (result) {
	case THREAD_AWAKENED:
		return (KERN_SUCCESS);
	case THREAD_TIMED_OUT:
		return (KERN_OPERATION_TIMED_OUT);
	case THREAD_RESTART:
		return (KERN_TERMINATED);
	default:
		return (KERN_ABORTED);
	}
}

/* In tail position; uses the reference up. */
static int
mach_semaphore_wait(struct mach_thread *self, struct mach_semaphore *semaphore,
    bool poll, sbintime_t deadline)
{
	kern_return_t kr;

	mtx_lock(&semaphore->s_lock);
	if (!semaphore->s_active)
		kr = KERN_TERMINATED;
	else if (semaphore->s_count > 0) {
		semaphore->s_count--;
		kr = KERN_SUCCESS;
	} else if (poll)
		kr = KERN_OPERATION_TIMED_OUT;
	else {
		self->th_saved.sem.semaphore = semaphore;
		mach_thread_waits(self, MACH_WAITS_SEMAPHORE,
		    semaphore->s_serial, 0);
		return (thread_block(self, &semaphore->s_waiters, deadline,
		    mach_semaphore_waited));
	}
	mtx_unlock(&semaphore->s_lock);
	mach_semaphore_drop(semaphore);
	return (kr);
}

static int
mach_semaphore_do_wait(struct mach_thread *self, mach_port_name_t wait,
    mach_port_name_t signal, bool with_signal, bool timed, unsigned int sec,
    clock_res_t nsec)
{
	struct mach_semaphore *semaphore, *other;
	kern_return_t kr;
	sbintime_t deadline;

	deadline = SBT_MAX;
	if (timed) {
		if (nsec < 0 || nsec >= 1000000000)
			return (KERN_INVALID_VALUE);
		/* Longer than anybody's patience: for ever. */
		if (sec < INT_MAX / 2)
			deadline = sbinuptime() + (sbintime_t)sec * SBT_1S +
			    nstosbt(nsec);
	}
	kr = mach_semaphore_lookup(self, wait, &semaphore);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (with_signal) {
		kr = mach_semaphore_lookup(self, signal, &other);
		if (kr != KERN_SUCCESS) {
			mach_semaphore_drop(semaphore);
			return (kr);
		}
		kr = mach_semaphore_signal(other, false, false, NULL);
		mach_semaphore_drop(other);
		if (kr != KERN_SUCCESS) {
			mach_semaphore_drop(semaphore);
			return (kr);
		}
	}
	return (mach_semaphore_wait(self, semaphore,
	    timed && sec == 0 && nsec == 0, deadline));
}

static int
mach_semaphore_do_signal(struct mach_thread *self, mach_port_name_t name,
    bool all, bool one, struct mach_thread *which)
{
	struct mach_semaphore *semaphore;
	kern_return_t kr;

	kr = mach_semaphore_lookup(self, name, &semaphore);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = mach_semaphore_signal(semaphore, all, one, which);
	mach_semaphore_drop(semaphore);
	return (kr);
}

int
sys_semaphore_signal_trap(struct mach_thread *self,
    struct semaphore_signal_trap_args *uap)
{

	return (mach_semaphore_do_signal(self, uap->signal_name, false, false,
	    NULL));
}

int
sys_semaphore_signal_all_trap(struct mach_thread *self,
    struct semaphore_signal_all_trap_args *uap)
{

	return (mach_semaphore_do_signal(self, uap->signal_name, true, false,
	    NULL));
}

int
sys_semaphore_signal_thread_trap(struct mach_thread *self,
    struct semaphore_signal_thread_trap_args *uap)
{
	struct mach_thread *th;
	kern_return_t kr;

	if (uap->thread_name == MACH_PORT_NULL)
		return (mach_semaphore_do_signal(self, uap->signal_name,
		    false, true, NULL));
	th = mach_name_to_thread(self, uap->thread_name);
	if (th == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_semaphore_do_signal(self, uap->signal_name, false, true, th);
	mach_thread_drop(th);
	return (kr);
}

int
sys_semaphore_wait_trap(struct mach_thread *self,
    struct semaphore_wait_trap_args *uap)
{

	return (mach_semaphore_do_wait(self, uap->wait_name, MACH_PORT_NULL,
	    false, false, 0, 0));
}

int
sys_semaphore_wait_signal_trap(struct mach_thread *self,
    struct semaphore_wait_signal_trap_args *uap)
{

	return (mach_semaphore_do_wait(self, uap->wait_name, uap->signal_name,
	    true, false, 0, 0));
}

int
sys_semaphore_timedwait_trap(struct mach_thread *self,
    struct semaphore_timedwait_trap_args *uap)
{

	return (mach_semaphore_do_wait(self, uap->wait_name, MACH_PORT_NULL,
	    false, true, uap->sec, uap->nsec));
}

int
sys_semaphore_timedwait_signal_trap(struct mach_thread *self,
    struct semaphore_timedwait_signal_trap_args *uap)
{

	return (mach_semaphore_do_wait(self, uap->wait_name, uap->signal_name,
	    true, true, uap->sec, uap->nsec));
}
