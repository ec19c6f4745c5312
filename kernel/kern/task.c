/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Mach tasks and the process events that make, change and end them.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/sx.h>
#include <sys/ucred.h>
#include <sys/jail.h>
#include <machine/atomic.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/host.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/semaphore.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/vm_space.h>

static MALLOC_DEFINE(M_MACH_TASK, "mach_task", "Mach tasks");

#define	TASK_HASH	256
#define	TASK_BUCKET(p)	(&mach_tasks[(uint32_t)(p)->p_pid % TASK_HASH])

static LIST_HEAD(, mach_task) mach_tasks[TASK_HASH];
static struct sx mach_task_hash_lock;
static volatile u_int mach_task_idversion;
static volatile u_int mach_task_count;

int
mach_task_init(void)
{

	sx_init(&mach_task_hash_lock, "mach tasks");
	return (0);
}

void
mach_task_fini(void)
{

	sx_destroy(&mach_task_hash_lock);
}

int
mach_tasks_active(void)
{

	return (atomic_load_acq_int(&mach_task_count));
}

static uint32_t
mach_task_new_idversion(void)
{

	return (atomic_fetchadd_int(&mach_task_idversion, 1) + 1);
}

/* The account for a task of the process as it is now. */
static struct mach_quota *
mach_task_quota(struct proc *p)
{
	uid_t uid;

	PROC_LOCK(p);
	uid = p->p_ucred->cr_ruid;
	PROC_UNLOCK(p);
	return (mach_quota_alloc(uid, p->p_pid));
}

/* NULL: its user has too many. */
static struct mach_task *
mach_task_alloc(struct proc *p)
{
	struct mach_quota *quota;
	struct mach_task *task;

	quota = mach_task_quota(p);
	if (!mach_quota_charge(quota, MACH_RES_TASKS, 1)) {
		mach_counter_failed(MACH_COUNTER_TASKS);
		mach_quota_drop(quota);
		return (NULL);
	}
	task = malloc(sizeof(*task), M_MACH_TASK, M_WAITOK | M_ZERO);
	mtx_init(&task->t_lock, "mach task", NULL, MTX_DEF);
	refcount_init(&task->t_refs, 1);
	LIST_INIT(&task->t_threads);
	LIST_INIT(&task->t_semaphores);
	task->t_proc = p;
	task->t_pid = p->p_pid;
	task->t_idversion = mach_task_new_idversion();
	task->t_active = true;
	task->t_quota = quota;
	task->t_space = ipc_space_create(task, quota);
	task->t_self = ipc_port_alloc_kobject(IKOT_TASK, task);
	task->t_name = ipc_port_alloc_kobject(IKOT_TASK_NAME, task);
	(void)mach_counter_made(MACH_COUNTER_TASKS);
	return (task);
}

static void
mach_task_free(struct mach_task *task)
{

	KASSERT(!task->t_active, ("last reference to a live task"));
	ipc_space_drop(task->t_space);
	mach_quota_uncharge(task->t_quota, MACH_RES_TASKS, 1);
	mach_quota_drop(task->t_quota);
	mtx_destroy(&task->t_lock);
	free(task, M_MACH_TASK);
	mach_counter_gone(MACH_COUNTER_TASKS, 1);
}

void
mach_task_hold(struct mach_task *task)
{

	refcount_acquire(&task->t_refs);
}

void
mach_task_drop(struct mach_task *task)
{

	if (refcount_release(&task->t_refs))
		mach_task_free(task);
}

struct ipc_space *
mach_task_space(struct mach_task *task)
{
	struct ipc_space *space;

	mtx_lock(&task->t_lock);
	space = task->t_space;
	ipc_space_hold(space);
	mtx_unlock(&task->t_lock);
	return (space);
}

static struct mach_task *
mach_task_find_locked(struct proc *p)
{
	struct mach_task *task;

	LIST_FOREACH(task, TASK_BUCKET(p), t_hashlink) {
		if (task->t_proc == p) {
			mach_task_hold(task);
			return (task);
		}
	}
	return (NULL);
}

struct mach_task *
mach_task_find(struct proc *p)
{
	struct mach_task *task;

	if (mach_tasks_active() == 0)
		return (NULL);
	sx_slock(&mach_task_hash_lock);
	task = mach_task_find_locked(p);
	sx_sunlock(&mach_task_hash_lock);
	return (task);
}

struct mach_task *
mach_task_find_pid(pid_t pid, bool debug)
{
	struct mach_task *task;
	struct proc *p;
	int error;

	sx_slock(&mach_task_hash_lock);
	LIST_FOREACH(task, &mach_tasks[(uint32_t)pid % TASK_HASH],
	    t_hashlink) {
		if (task->t_pid == pid)
			break;
	}
	if (task != NULL) {
		/* In the hash, so its process has not exited. */
		p = task->t_proc;
		PROC_LOCK(p);
		error = debug ? p_candebug(curthread, p) :
		    p_cansee(curthread, p);
		PROC_UNLOCK(p);
		if (error == 0)
			mach_task_hold(task);
		else
			task = NULL;
	}
	sx_sunlock(&mach_task_hash_lock);
	return (task);
}

struct ucred *
mach_task_cred(struct mach_task *task)
{
	struct ucred *cred;
	struct proc *p;

	cred = NULL;
	sx_slock(&mach_task_hash_lock);
	p = task->t_proc;
	if (p != NULL) {
		PROC_LOCK(p);
		cred = crhold(p->p_ucred);
		PROC_UNLOCK(p);
	}
	sx_sunlock(&mach_task_hash_lock);
	return (cred);
}

struct vm_space *
mach_task_memory(struct mach_task *task)
{
	struct vm_space *space;

	sx_slock(&mach_task_hash_lock);
	space = task->t_proc != NULL ? vm_space_of(task->t_proc) : NULL;
	sx_sunlock(&mach_task_hash_lock);
	return (space);
}

u_int
mach_tasks_see(struct mach_task_seen *seen, u_int room)
{
	struct mach_task *task;
	struct proc *p;
	bool open;
	u_int i, n;

	n = 0;
	sx_slock(&mach_task_hash_lock);
	for (i = 0; i < TASK_HASH; i++) {
		LIST_FOREACH(task, &mach_tasks[i], t_hashlink) {
			/* In machd, a child of fork that nobody knows yet. */
			if (task->t_pid == 0)
				continue;
			p = task->t_proc;
			PROC_LOCK(p);
			if (p_cansee(curthread, p) != 0) {
				PROC_UNLOCK(p);
				continue;
			}
			open = p == curproc || p_candebug(curthread, p) == 0;
			if (n < room) {
				seen[n].ts_ruid = p->p_ucred->cr_ruid;
				(void)strlcpy(seen[n].ts_comm, p->p_comm,
				    sizeof(seen[n].ts_comm));
			}
			PROC_UNLOCK(p);
			if (n < room) {
				seen[n].ts_open = open;
				seen[n].ts_task = task;
				mach_task_hold(task);
			}
			n++;
		}
	}
	sx_sunlock(&mach_task_hash_lock);
	return (n);
}

/* The rights a task gives up at its end; the special ports also at exec. */
static void
mach_task_release_specials(struct mach_task *task, struct ipc_gc *gc)
{
	struct ipc_port *port;
	u_int i;

	for (i = 0; i < TASK_SPECIAL_PORTS + TASK_PORT_REGISTER_MAX; i++) {
		mtx_lock(&task->t_lock);
		if (i < TASK_SPECIAL_PORTS) {
			port = task->t_special[i];
			task->t_special[i] = NULL;
		} else {
			port = task->t_registered[i - TASK_SPECIAL_PORTS];
			task->t_registered[i - TASK_SPECIAL_PORTS] = NULL;
		}
		mtx_unlock(&task->t_lock);
		ipc_port_release_send(port, gc);
	}
}

static void
mach_task_end_name(struct mach_task *task)
{
	struct ipc_port *name;

	mtx_lock(&task->t_lock);
	name = task->t_name;
	task->t_name = NULL;
	mtx_unlock(&task->t_lock);
	if (name != NULL)
		ipc_port_dealloc_kernel(name);
}

/* No port controls the task, its threads or its semaphores any more. */
static void
mach_task_end_objects(struct mach_task *task)
{
	struct ipc_port *self;
	struct mach_thread *th;

	mtx_lock(&task->t_lock);
	self = task->t_self;
	task->t_self = NULL;
	mtx_unlock(&task->t_lock);
	if (self != NULL)
		ipc_port_dealloc_kernel(self);
	for (;;) {
		mtx_lock(&task->t_lock);
		LIST_FOREACH(th, &task->t_threads, th_tasklink) {
			if (th->th_self != NULL)
				break;
		}
		if (th != NULL)
			mach_thread_hold(th);
		mtx_unlock(&task->t_lock);
		if (th == NULL)
			break;
		mach_thread_port_gone(th);
		mach_thread_drop(th);
	}
	mach_semaphores_terminate(task);
}

/* A task whose process is gone, or that never got into the hash. */
static void
mach_task_terminate(struct mach_task *task)
{
	struct ipc_gc gc;

	IPC_GC_INIT(&gc);
	mtx_lock(&task->t_lock);
	task->t_active = false;
	mtx_unlock(&task->t_lock);
	mach_task_end_objects(task);
	ipc_space_terminate(task->t_space);
	mach_task_release_specials(task, &gc);
	ipc_gc_run(&gc);
	/* Last: its death tells that all was given back. */
	mach_task_end_name(task);
	mach_task_drop(task);
}

/* Into the hash, unless another thread was quicker.  Returns the one there. */
static struct mach_task *
mach_task_enter(struct mach_task *task)
{
	struct mach_task *other;

	sx_xlock(&mach_task_hash_lock);
	other = mach_task_find_locked(task->t_proc);
	if (other == NULL) {
		LIST_INSERT_HEAD(TASK_BUCKET(task->t_proc), task, t_hashlink);
		mach_task_hold(task);
		atomic_add_int(&mach_task_count, 1);
	}
	sx_xunlock(&mach_task_hash_lock);
	if (other == NULL)
		return (task);
	mach_task_terminate(task);
	return (other);
}

static void
mach_task_default_ports(struct mach_task *task, struct prison *pr)
{

	task->t_special[TASK_BOOTSTRAP_PORT] = mach_jail_bootstrap(pr);
}

static void
mach_task_reset_specials(struct mach_task *task, struct prison *pr,
    struct ipc_gc *gc)
{

	mach_task_release_specials(task, gc);
	mtx_lock(&task->t_lock);
	mach_task_default_ports(task, pr);
	mtx_unlock(&task->t_lock);
}

void
mach_task_jail(struct proc *p, struct prison *pr)
{
	struct ipc_gc gc;
	struct mach_task *task;

	task = mach_task_find(p);
	if (task == NULL)
		return;
	IPC_GC_INIT(&gc);
	mach_task_reset_specials(task, pr, &gc);
	ipc_gc_run(&gc);
	mach_task_drop(task);
}

struct mach_task *
mach_task_current(void)
{
	struct mach_task *task;

	task = mach_task_find(curproc);
	if (task != NULL)
		return (task);
	task = mach_task_alloc(curproc);
	if (task == NULL)
		return (NULL);
	if (task->t_self == NULL || task->t_name == NULL) {
		mach_task_terminate(task);
		return (NULL);
	}
	mach_task_default_ports(task, curthread->td_ucred->cr_prison);
	return (mach_task_enter(task));
}

void
mach_task_fork(struct proc *parent, struct proc *child)
{
	struct ipc_gc gc;
	struct ipc_port *spawn;
	struct mach_task *from, *task;
	u_int i;

	from = mach_task_find(parent);
	if (from == NULL)
		return;
	task = mach_task_alloc(child);
	if (task == NULL) {
		mach_task_drop(from);
		return;
	}
	if (task->t_self == NULL || task->t_name == NULL) {
		mach_task_terminate(task);
		mach_task_drop(from);
		return;
	}
	mtx_lock(&from->t_lock);
	for (i = 0; i < TASK_SPECIAL_PORTS; i++)
		task->t_special[i] = ipc_port_copy_send(from->t_special[i]);
	for (i = 0; i < TASK_PORT_REGISTER_MAX; i++)
		task->t_registered[i] =
		    ipc_port_copy_send(from->t_registered[i]);
	mtx_unlock(&from->t_lock);
	mach_task_drop(from);

	/* The thread that forks may have chosen another namespace. */
	spawn = mach_thread_take_spawn_port();
	if (spawn != NULL) {
		IPC_GC_INIT(&gc);
		ipc_port_release_send(task->t_special[TASK_BOOTSTRAP_PORT],
		    &gc);
		task->t_special[TASK_BOOTSTRAP_PORT] = spawn;
		ipc_gc_run(&gc);
	}
	mach_task_drop(mach_task_enter(task));
}

void
mach_task_exec(struct proc *p, bool reset)
{
	struct ipc_gc gc;
	struct ipc_port *newname, *newself;
	struct ipc_space *newspace, *space;
	struct mach_quota *newquota, *quota;
	struct mach_task *task;

	task = mach_task_find(p);
	if (task == NULL)
		return;

	/*
	 * Whoever had a port of the old image must have none of the new:
	 * first the old ports die, then the new space appears.
	 */
	IPC_GC_INIT(&gc);
	mtx_lock(&task->t_lock);
	task->t_idversion = mach_task_new_idversion();
	mtx_unlock(&task->t_lock);
	mach_task_end_objects(task);
	mach_task_end_name(task);
	if (reset)
		mach_task_reset_specials(task, p->p_ucred->cr_prison, &gc);

	/* setuid(2) before: the account is that of whom it is now. */
	newquota = mach_task_quota(p);
	mach_quota_force(newquota, MACH_RES_TASKS, 1);
	newspace = ipc_space_create(task, newquota);
	newself = ipc_port_alloc_kobject(IKOT_TASK, task);
	newname = ipc_port_alloc_kobject(IKOT_TASK_NAME, task);
	mtx_lock(&task->t_lock);
	space = task->t_space;
	quota = task->t_quota;
	task->t_quota = newquota;
	task->t_space = newspace;
	task->t_self = newself;
	task->t_name = newname;
	mtx_unlock(&task->t_lock);
	ipc_space_terminate(space);
	ipc_space_drop(space);
	ipc_gc_run(&gc);
	mach_quota_uncharge(quota, MACH_RES_TASKS, 1);
	mach_quota_drop(quota);
	mach_task_drop(task);
}

void
mach_task_exit(struct proc *p)
{
	struct mach_task *task;

	if (mach_tasks_active() == 0)
		return;
	sx_xlock(&mach_task_hash_lock);
	task = mach_task_find_locked(p);
	if (task != NULL) {
		LIST_REMOVE(task, t_hashlink);
		task->t_proc = NULL;
	}
	sx_xunlock(&mach_task_hash_lock);
	if (task == NULL)
		return;
	mach_task_terminate(task);	/* the hash's reference */
	mach_task_drop(task);
	atomic_subtract_int(&mach_task_count, 1);
}

void
mach_task_tokens(struct mach_task *task, struct ucred *cred,
    security_token_t *sec, audit_token_t *audit)
{

	sec->val[0] = cred->cr_uid;
	sec->val[1] = cred->cr_gid;
	audit->val[0] = cred->cr_ruid;
	audit->val[1] = cred->cr_uid;
	audit->val[2] = cred->cr_gid;
	audit->val[3] = cred->cr_ruid;
	audit->val[4] = cred->cr_rgid;
	audit->val[5] = task->t_pid;
	audit->val[6] = cred->cr_prison != NULL ? cred->cr_prison->pr_id : 0;
	audit->val[7] = task->t_idversion;
}
