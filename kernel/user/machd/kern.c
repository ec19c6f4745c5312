/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The kernel half of machd: processes and threads of clients as the Mach core
 * sees them, entry to the trap table, user memory.
 *
 * A client is a struct proc whose cookie is the client; a slot is a struct
 * thread whose cookie is the slot.  curthread is set only while a trap or
 * a continuation runs.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/ucred.h>

#include <sys/resource.h>

#include <errno.h>
#include <unistd.h>

#include <mach/mach_types.h>

#include <kernel/kern/host.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/pset_fd.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/vm_copy.h>
#include <kernel/trap/trap.h>
#include <kernel/user/host.h>
#include <kernel/user/machd/kern.h>
#include <kernel/user/pset_fd.h>

static MALLOC_DEFINE(M_MACHD, "machd", "machd threads");

static int64_t idle_items;	/* live allocations of an empty kernel */

static int
client_copyin(struct thread *td, const void *uaddr, void *kaddr, size_t len)
{

	return (umem_in(host_thread_cookie(td), (uintptr_t)uaddr, kaddr,
	    len));
}

static int
client_copyout(struct thread *td, const void *kaddr, void *uaddr, size_t len)
{

	return (umem_out(host_thread_cookie(td), (uintptr_t)uaddr, kaddr,
	    len));
}

static const struct host_copy_ops client_copy_ops = {
	.copyin = client_copyin,
	.copyout = client_copyout,
};

static void
count_items(const struct host_alloc_stat *stat, void *arg)
{

	/* Memory kept for ports to come is no leak: their zone counts those. */
	if (!stat->kept)
		*(int64_t *)arg += stat->items;
}

int
kern_start(void)
{
	struct rlimit files;
	int error;

	host_init();
	host_set_priv_uid(geteuid());
	host_lock_order("machd thread", "ipc port", NULL);
	/* Each fileport is a descriptor of ours: clients need theirs, too. */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		mach_limit_lower(MACH_LIMIT_OF(MACH_RES_FILEPORTS,
		    MACH_LEVEL_TASK), (u_long)files.rlim_cur / 16);
		mach_limit_lower(MACH_LIMIT_OF(MACH_RES_FILEPORTS,
		    MACH_LEVEL_USER), (u_long)files.rlim_cur / 8);
		mach_limit_lower(MACH_LIMIT_OF(MACH_RES_FILEPORTS,
		    MACH_LEVEL_ROOT), (u_long)files.rlim_cur / 4);
	}
	error = mach_kernel_init();
	if (error != 0)
		return (error);
	host_alloc_foreach(count_items, &idle_items);
	return (0);
}

int
kern_stop(void)
{
	int error;

	error = mach_kernel_fini();
	host_fini();
	return (error);
}

static struct kpi_ucred *
make_cred(const struct identity *id)
{
	struct host_cred_spec spec;

	memset(&spec, 0, sizeof(spec));
	spec.uid = id->id_euid;
	spec.ruid = id->id_ruid;
	spec.svuid = id->id_suid;
	spec.gid = id->id_egid;
	spec.rgid = id->id_rgid;
	spec.svgid = id->id_sgid;
	return (host_cred_create(&spec));
}

struct proc *
kern_proc_new(pid_t pid, const struct identity *id, bool ilp32,
    struct client *cl)
{
	struct kpi_ucred *cred;
	struct proc *p;

	cred = make_cred(id);
	p = host_proc_create(pid, cred, &client_copy_ops, cl);
	host_cred_drop(cred);
	host_proc_set_ilp32(p, ilp32);
	host_proc_set_comm(p, id->id_comm);
	return (p);
}

void
kern_proc_update(struct proc *p, const struct identity *id, bool ilp32)
{
	struct kpi_ucred *cred;

	cred = make_cred(id);
	host_proc_set_cred(p, cred);
	host_cred_drop(cred);
	host_proc_set_ilp32(p, ilp32);
	host_proc_set_comm(p, id->id_comm);
}

void
kern_proc_free(struct proc *p)
{

	host_proc_destroy(p);
}

/*
 * The events of a process run as a thread of it that has no Mach state: the
 * core looks at curthread.
 */
static struct thread *
event_begin(struct proc *p)
{
	struct thread *td;

	td = host_thread_create(p, 0, "event", NULL);
	(void)host_set_curthread(td);
	return (td);
}

static void
event_end(struct thread *td, const char *what)
{

	(void)host_set_curthread(NULL);
	host_thread_destroy(td);
	host_assert_no_locks(what);
}

void
kern_task_fork(struct proc *parent, struct proc *child)
{
	struct thread *td;

	td = event_begin(parent);
	mach_task_fork(parent, child);
	event_end(td, "fork");
}

void
kern_task_exec(struct proc *p, bool reset)
{
	struct thread *td;

	td = event_begin(p);
	mach_task_exec(p, reset);
	event_end(td, "exec");
}

void
kern_task_exit(struct proc *p)
{
	struct thread *td;

	td = event_begin(p);
	mach_task_exit(p);
	event_end(td, "exit");
}

/* The Mach state of a thread; nobody but the thread itself sets it. */
void *
mach_thread_slot_get(struct thread *td)
{
	struct slot *slot;

	slot = host_thread_cookie(td);
	return (slot == NULL ? NULL : slot->sl_thread->mt_mach);
}

int
mach_thread_slot_set(struct thread *td, void *state)
{
	struct slot *slot;

	slot = host_thread_cookie(td);
	slot->sl_thread->mt_mach = state;
	return (0);
}

bool
mach_thread_ids_fixed(struct thread *td)
{
	struct slot *slot;

	slot = host_thread_cookie(td);
	return (slot->sl_client->cl_procfd < 0);
}

void
mach_thread_look_ids(struct thread *td)
{
	struct slot *slot;

	slot = host_thread_cookie(td);
	server_look_ids(slot->sl_client);
	/* Takes over what was found. */
	(void)host_set_curthread(td);
}

void
kern_clock_set(void)
{

	mach_host_calendar_set();
	host_assert_no_locks("clock");
}

int
kern_thread_new(struct slot *slot)
{
	struct machd_thread *mt;

	mt = malloc(sizeof(*mt), M_MACHD, M_WAITOK | M_ZERO);
	mt->mt_slot = slot;
	mtx_init(&mt->mt_lock, "machd thread", NULL, MTX_DEF);
	callout_init(&mt->mt_callout, 1);
	mt->mt_td = host_thread_create(slot->sl_client->cl_proc,
	    (int32_t)slot->sl_index, "client", slot);
	slot->sl_thread = mt;
	return (0);
}

void
kern_thread_free(struct slot *slot)
{
	struct machd_thread *mt;

	mt = slot->sl_thread;
	callout_drain(&mt->mt_callout);
	(void)host_set_curthread(mt->mt_td);
	if (mt->mt_mach != NULL)
		mach_thread_exit(mt->mt_mach);
	mt->mt_mach = NULL;
	(void)host_set_curthread(NULL);
	host_thread_destroy(mt->mt_td);
	mtx_destroy(&mt->mt_lock);
	free(mt, M_MACHD);
	slot->sl_thread = NULL;
}

/* False: the trap waits, and may be over already. */
bool
kern_trap(struct slot *slot, unsigned number, const uint64_t *args,
    unsigned nargs, uint32_t *resultp)
{
	int result;

	(void)host_set_curthread(slot->sl_thread->mt_td);
	result = mach_trap_dispatch(number, args, nargs);
	(void)host_set_curthread(NULL);
	host_assert_no_locks("trap");
	if (result == THREAD_BLOCKED)
		return (false);
	*resultp = (uint32_t)result;
	return (true);
}

kern_return_t
pset_fd_give(struct mach_thread *self __unused, struct ipc_pset *pset __unused,
    struct pset_fd *pfd, int flags __unused, int channel, int *ufd __unused)
{
	struct slot *slot;

	slot = host_thread_cookie(host_curthread());
	return (fd_give(slot->sl_client, channel, pset_fd_descriptor(pfd)) ==
	    0 ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE);
}

void
kern_report(void)
{

	fprintf(stderr, "machd: %u tasks\n", (unsigned)mach_tasks_active());
	(void)host_alloc_print(STDERR_FILENO);
}

/* A limit by its name; errno. */
int
kern_limit_set(const char *name, uint64_t value)
{

	return (value > ULONG_MAX ? ERANGE :
	    mach_limit_set(name, (u_long)value));
}

/* How many tasks a user may have. */
uint64_t
kern_limit_tasks(uint32_t uid)
{

	return (mach_limit(MACH_LIMIT_OF(MACH_RES_TASKS, uid == 0 ?
	    MACH_LEVEL_ROOT : MACH_LEVEL_USER)));
}

/* With no task left: what is there that was not when we began? */
unsigned
kern_leaks(void)
{
	int64_t items;

	items = 0;
	host_alloc_foreach(count_items, &items);
	return (items > idle_items ? (unsigned)(items - idle_items) : 0);
}
