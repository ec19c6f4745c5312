/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Processes, threads, credentials and prisons, made by the host for the
 * kernel sources to read.
 *
 * Locks.  p_mtx protects the list of threads, the parent and the credential
 * of a process, as in FreeBSD.  A thread's own credential is changed only by
 * the host thread that acts for it.
 */

#include <kernel/user/kpi_host.h>

static MALLOC_DEFINE(M_PROC, "proc", "processes");
static MALLOC_DEFINE(M_THREAD, "thread", "threads");
static MALLOC_DEFINE(M_CRED, "cred", "credentials");
static MALLOC_DEFINE(M_PRISON, "prison", "prisons");

struct proc proc0;
struct thread thread0;
struct prison prison0;

static struct sysentvec sysent_lp64 = {.sv_flags = SV_LP64};
static struct sysentvec sysent_ilp32 = {.sv_flags = SV_ILP32};
static pthread_once_t host_once = PTHREAD_ONCE_INIT;

/*
 * Credentials
 */

struct ucred *
crget(void)
{
	struct ucred *cr;

	cr = kpi_malloc(sizeof(*cr), M_CRED, M_WAITOK | M_ZERO, __FILE__,
	    __LINE__);
	refcount_init(&cr->cr_ref, 1);
	cr->cr_agroups = 16;
	cr->cr_groups = kpi_malloc(sizeof(gid_t) * 16, M_CRED,
	    M_WAITOK | M_ZERO, __FILE__, __LINE__);
	cr->cr_ngroups = 1;
	return (cr);
}

struct ucred *
crhold(struct ucred *cr)
{

	(void)refcount_acquire(&cr->cr_ref);
	return (cr);
}

void
crfree(struct ucred *cr)
{

	if (!refcount_release(&cr->cr_ref))
		return;
	if (cr->cr_prison != NULL)
		prison_free(cr->cr_prison);
	kpi_free(cr->cr_groups, M_CRED);
	kpi_free(cr, M_CRED);
}

static void
crextend(struct ucred *cr, int n)
{

	if (n <= cr->cr_agroups)
		return;
	kpi_free(cr->cr_groups, M_CRED);
	cr->cr_groups = kpi_malloc(sizeof(gid_t) * (size_t)n, M_CRED,
	    M_WAITOK | M_ZERO, __FILE__, __LINE__);
	cr->cr_agroups = n;
}

/* dest is new, and nobody else's. */
void
crcopy(struct ucred *dest, struct ucred *src)
{

	KASSERT(refcount_load(&dest->cr_ref) == 1, ("crcopy: shared"));
	crextend(dest, src->cr_ngroups);
	dest->cr_uid = src->cr_uid;
	dest->cr_ruid = src->cr_ruid;
	dest->cr_svuid = src->cr_svuid;
	dest->cr_rgid = src->cr_rgid;
	dest->cr_svgid = src->cr_svgid;
	dest->cr_ngroups = src->cr_ngroups;
	memcpy(dest->cr_groups, src->cr_groups,
	    sizeof(gid_t) * (size_t)src->cr_ngroups);
	if (dest->cr_prison != NULL)
		prison_free(dest->cr_prison);
	dest->cr_prison = src->cr_prison;
	if (dest->cr_prison != NULL)
		prison_hold(dest->cr_prison);
}

struct ucred *
crdup(struct ucred *cr)
{
	struct ucred *n;

	n = crget();
	crcopy(n, cr);
	return (n);
}

struct ucred *
host_cred_create(const struct host_cred_spec *spec)
{
	struct ucred *cr;
	int i, n;

	host_init();
	cr = crget();
	cr->cr_uid = spec->uid;
	cr->cr_ruid = spec->ruid;
	cr->cr_svuid = spec->svuid;
	cr->cr_rgid = spec->rgid;
	cr->cr_svgid = spec->svgid;
	n = MIN(spec->ngroups, KPI_NGROUPS);
	crextend(cr, n + 1);
	cr->cr_groups[0] = spec->gid;
	for (i = 0; i < n; i++)
		cr->cr_groups[i + 1] = spec->groups[i];
	cr->cr_ngroups = n + 1;
	cr->cr_prison = spec->prison != NULL ? spec->prison : &prison0;
	prison_hold(cr->cr_prison);
	return (cr);
}

struct ucred *
host_cred_simple(uid_t uid, gid_t gid)
{
	struct host_cred_spec spec = {
	    .uid = uid,
	    .ruid = uid,
	    .svuid = uid,
	    .gid = gid,
	    .rgid = gid,
	    .svgid = gid,
	};

	return (host_cred_create(&spec));
}

void
host_cred_drop(struct ucred *cr)
{

	crfree(cr);
}

/*
 * Prisons
 */

void
prison_hold(struct prison *pr)
{

	(void)refcount_acquire(&pr->pr_ref);
}

void
prison_free(struct prison *pr)
{

	if (!refcount_release(&pr->pr_ref))
		return;
	KASSERT(pr != &prison0, ("prison0 released"));
	osd_jail_exit(pr);
	mtx_destroy(&pr->pr_mtx);
	kpi_free(pr, M_PRISON);
}

int
prison_ischild(struct prison *pr1, struct prison *pr2)
{

	for (pr2 = pr2->pr_parent; pr2 != NULL; pr2 = pr2->pr_parent)
		if (pr1 == pr2)
			return (1);
	return (0);
}

/* May cred1 know of cred2?  0 or ESRCH. */
int
prison_check(struct ucred *cred1, struct ucred *cred2)
{

	if (cred1->cr_prison == cred2->cr_prison ||
	    prison_ischild(cred1->cr_prison, cred2->cr_prison))
		return (0);
	return (ESRCH);
}

static void
prison_setup(struct prison *pr, int id, const char *name)
{

	pr->pr_id = id;
	refcount_init(&pr->pr_ref, 1);
	mtx_init(&pr->pr_mtx, "jail mutex", NULL,
	    MTX_DEF | MTX_DUPOK | MTX_NEW);
	(void)kpi_strlcpy(pr->pr_name, name, sizeof(pr->pr_name));
}

struct prison *
host_prison_create(int id, const char *name)
{
	struct prison *pr;

	host_init();
	pr = kpi_malloc(sizeof(*pr), M_PRISON, M_WAITOK | M_ZERO, __FILE__,
	    __LINE__);
	prison_setup(pr, id, name);
	pr->pr_parent = &prison0;
	return (pr);
}

void
host_prison_drop(struct prison *pr)
{

	prison_free(pr);
}

/*
 * Policy: root may do everything; others see and debug their own kind.
 */

static uid_t host_priv_uid;

void
host_set_priv_uid(uid_t uid)
{

	host_priv_uid = uid;
}

int
priv_check(struct thread *td, int priv)
{
	uid_t uid;

	(void)priv;
	uid = td->td_ucred->cr_uid;
	return (uid == 0 || uid == host_priv_uid ? 0 : EPERM);
}

int
p_cansee(struct thread *td, struct proc *p)
{

	PROC_LOCK_ASSERT(p, MA_OWNED);
	return (prison_check(td->td_ucred, p->p_ucred));
}

int
p_candebug(struct thread *td, struct proc *p)
{
	struct ucred *cr;
	int error;

	PROC_LOCK_ASSERT(p, MA_OWNED);
	if (td->td_proc == p)
		return (0);
	cr = td->td_ucred;
	if ((error = prison_check(cr, p->p_ucred)) != 0)
		return (error);
	if (cr->cr_uid != 0 &&
	    (cr->cr_uid != p->p_ucred->cr_uid ||
		cr->cr_uid != p->p_ucred->cr_ruid ||
		cr->cr_uid != p->p_ucred->cr_svuid ||
		(p->p_flag & P_SUGID) != 0))
		return (EPERM);
	if ((p->p_flag & P_SYSTEM) != 0)
		return (EPERM);
	return ((p->p_flag & P_INEXEC) != 0 ? EBUSY : 0);
}

/*
 * Processes and threads
 */

static void
proc_setup(struct proc *p, pid_t pid)
{

	TAILQ_INIT(&p->p_threads);
	/* Parent and child may be locked together, as in FreeBSD. */
	mtx_init(&p->p_mtx, "process lock", NULL,
	    MTX_DEF | MTX_DUPOK | MTX_NEW);
	p->p_pid = pid;
	p->p_sysent = &sysent_lp64;
	p->p_host_ops = &host_copy_ranges;
}

static void
thread_link(struct proc *p, struct thread *td)
{

	td->td_proc = p;
	PROC_LOCK(p);
	TAILQ_INSERT_TAIL(&p->p_threads, td, td_plist);
	p->p_numthreads++;
	td->td_ucred = crhold(p->p_ucred);
	PROC_UNLOCK(p);
}

static void
host_setup(void)
{
	struct ucred *cr;

	prison_setup(&prison0, 0, "0");
	cr = crget();
	cr->cr_prison = &prison0;
	prison_hold(&prison0);
	proc_setup(&proc0, 0);
	proc0.p_flag = P_SYSTEM;
	(void)kpi_strlcpy(proc0.p_comm, "kernel", sizeof(proc0.p_comm));
	proc0.p_ucred = cr;
	thread0.td_tid = 100000;
	(void)kpi_strlcpy(thread0.td_name, "swapper", sizeof(thread0.td_name));
	thread_link(&proc0, &thread0);
}

void
host_init(void)
{

	(void)pthread_once(&host_once, host_setup);
	if (curthread == NULL)
		curthread = &thread0;
}

void
host_fini(void)
{

	kpi_callout_fini();
}

struct proc *
host_proc_create(pid_t pid, struct ucred *cred, const struct host_copy_ops *ops,
    void *cookie)
{
	struct proc *p;

	host_init();
	p = kpi_malloc(sizeof(*p), M_PROC, M_WAITOK | M_ZERO, __FILE__,
	    __LINE__);
	proc_setup(p, pid);
	p->p_ucred = crhold(cred);
	p->p_pptr = &proc0;
	if (ops != NULL)
		p->p_host_ops = ops;
	p->p_host_cookie = cookie;
	EVENTHANDLER_INVOKE(process_ctor, p);
	return (p);
}

void
host_proc_destroy(struct proc *p)
{

	host_assert_no_locks("host_proc_destroy");
	PROC_LOCK(p);
	if (!TAILQ_EMPTY(&p->p_threads))
		panic("host_proc_destroy: process %d has threads",
		    (int)p->p_pid);
	PROC_UNLOCK(p);
	EVENTHANDLER_INVOKE(process_dtor, p);
	kpi_ranges_free(p);
	crfree(p->p_ucred);
	mtx_destroy(&p->p_mtx);
	kpi_free(p, M_PROC);
}

void *
host_proc_cookie(const struct proc *p)
{

	return (p->p_host_cookie);
}

pid_t
host_proc_pid(const struct proc *p)
{

	return (p->p_pid);
}

void
host_proc_set_parent(struct proc *p, struct proc *parent)
{

	PROC_LOCK(p);
	p->p_pptr = parent;
	PROC_UNLOCK(p);
}

void
host_proc_set_comm(struct proc *p, const char *comm)
{

	PROC_LOCK(p);
	(void)kpi_strlcpy(p->p_comm, comm, sizeof(p->p_comm));
	PROC_UNLOCK(p);
}

void
host_proc_set_ilp32(struct proc *p, bool ilp32)
{

	p->p_sysent = ilp32 ? &sysent_ilp32 : &sysent_lp64;
}

void
host_proc_set_cred(struct proc *p, struct ucred *cred)
{
	struct ucred *old;

	(void)crhold(cred);
	PROC_LOCK(p);
	old = p->p_ucred;
	__atomic_store_n(&p->p_ucred, cred, __ATOMIC_RELAXED);
	PROC_UNLOCK(p);
	crfree(old);
}

struct thread *
host_thread_create(struct proc *p, int32_t tid, const char *name, void *cookie)
{
	struct thread *td;

	td = kpi_malloc(sizeof(*td), M_THREAD, M_WAITOK | M_ZERO, __FILE__,
	    __LINE__);
	td->td_tid = tid;
	if (name != NULL)
		(void)kpi_strlcpy(td->td_name, name, sizeof(td->td_name));
	td->td_host_cookie = cookie;
	thread_link(p, td);
	EVENTHANDLER_INVOKE(thread_ctor, td);
	return (td);
}

void
host_thread_destroy(struct thread *td)
{
	struct proc *p;

	host_assert_no_locks("host_thread_destroy");
	EVENTHANDLER_INVOKE(thread_dtor, td);
	osd_thread_exit(td);
	if (td == curthread)
		curthread = &thread0;
	p = td->td_proc;
	PROC_LOCK(p);
	TAILQ_REMOVE(&p->p_threads, td, td_plist);
	p->p_numthreads--;
	PROC_UNLOCK(p);
	crfree(td->td_ucred);
	kpi_free(td, M_THREAD);
}

void *
host_thread_cookie(const struct thread *td)
{

	return (td->td_host_cookie);
}

struct proc *
host_thread_proc(const struct thread *td)
{

	return (td->td_proc);
}

struct thread *
host_set_curthread(struct thread *td)
{
	struct thread *old;
	struct ucred *cr;
	struct proc *p;

	host_assert_no_locks("host_set_curthread");
	old = curthread;
	curthread = td;
	if (td == NULL)
		return (old);
	p = td->td_proc;
	if (__atomic_load_n(&p->p_ucred, __ATOMIC_RELAXED) != td->td_ucred &&
	    p != &proc0) {
		cr = td->td_ucred;
		PROC_LOCK(p);
		td->td_ucred = crhold(p->p_ucred);
		PROC_UNLOCK(p);
		crfree(cr);
	}
	return (old);
}

struct thread *
host_curthread(void)
{

	return (curthread);
}
