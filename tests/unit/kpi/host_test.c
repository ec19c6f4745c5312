/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host interface: processes, threads, credentials, user memory, events,
 * osd, sysctl, probes; and the small functions of libkern.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/counter.h>
#include <sys/eventhandler.h>
#include <sys/fnv_hash.h>
#include <sys/hash.h>
#include <sys/imgact.h>
#include <sys/jail.h>
#include <sys/malloc.h>
#include <sys/osd.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sdt.h>
#include <sys/sysctl.h>
#include <sys/sysent.h>
#include <sys/ucred.h>

#include <kernel/user/host.h>
#include <tests/unit/test.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

static struct proc *p1, *p2;
static struct thread *t1, *t2;

static void
test_identity(void)
{
	static const gid_t groups[] = {5, 6, 7};
	struct host_cred_spec spec = {.uid = 10,
	    .ruid = 11,
	    .svuid = 12,
	    .gid = 20,
	    .rgid = 21,
	    .svgid = 22,
	    .groups = groups,
	    .ngroups = 3};
	struct ucred *cr, *root, *copy;
	struct prison *pr;
	int n;

	CHECK(curthread == &thread0);
	CHECK(curproc == &proc0);
	CHECK_EQ(priv_check(curthread, PRIV_DRIVER), 0);

	cr = host_cred_create(&spec);
	p1 = host_proc_create(1001, cr, NULL, &spec);
	t1 = host_thread_create(p1, 2001, "a rather long thread name", &n);
	CHECK(host_proc_cookie(p1) == &spec);
	CHECK(host_thread_cookie(t1) == &n);
	CHECK(host_thread_proc(t1) == p1);
	CHECK_EQ(host_proc_pid(p1), 1001);
	CHECK(host_set_curthread(t1) == &thread0);
	CHECK(host_curthread() == t1);
	CHECK_EQ(curproc->p_pid, 1001);
	CHECK_EQ(curthread->td_tid, 2001);
	CHECK_EQ(strlen(curthread->td_name), MAXCOMLEN);
	CHECK(curproc->p_pptr == &proc0);
	CHECK(SV_CURPROC_FLAG(SV_LP64) && !SV_CURPROC_FLAG(SV_ILP32));
	host_proc_set_ilp32(p1, true);
	CHECK(SV_CURPROC_FLAG(SV_ILP32));
	host_proc_set_ilp32(p1, false);

	CHECK_EQ(curthread->td_ucred->cr_uid, 10);
	CHECK_EQ(curthread->td_ucred->cr_ruid, 11);
	CHECK_EQ(curthread->td_ucred->cr_svuid, 12);
	CHECK_EQ(curthread->td_ucred->cr_gid, 20);
	CHECK_EQ(curthread->td_ucred->cr_rgid, 21);
	CHECK_EQ(curthread->td_ucred->cr_groups[3], 7);
	CHECK_EQ(curthread->td_ucred->cr_ngroups, 4);
	CHECK_EQ(curthread->td_ucred->cr_prison->pr_id, 0);
	CHECK_EQ(priv_check(curthread, PRIV_DRIVER), EPERM);
	copy = crdup(cr);
	CHECK_EQ(copy->cr_groups[2], 6);
	crfree(copy);

	/* A new credential is seen at the next entry. */
	root = host_cred_simple(0, 0);
	host_proc_set_cred(p1, root);
	CHECK_EQ(priv_check(curthread, PRIV_DRIVER), EPERM);
	(void)host_set_curthread(t1);
	CHECK_EQ(priv_check(curthread, PRIV_DRIVER), 0);
	host_proc_set_cred(p1, cr);
	(void)host_set_curthread(t1);

	/* Who sees and debugs whom. */
	pr = host_prison_create(3, "cell");
	spec.prison = pr;
	spec.ruid = spec.svuid = 10;
	copy = host_cred_create(&spec);
	CHECK(jailed(copy) && !jailed(cr));
	p2 = host_proc_create(1002, copy, NULL, NULL);
	t2 = host_thread_create(p2, 2002, "t2", NULL);
	PROC_LOCK(p2);
	CHECK_EQ(p_cansee(t1, p2), 0);
	CHECK_EQ(p_candebug(t1, p2), 0);
	CHECK_EQ(p_cansee(&thread0, p2), 0);
	PROC_UNLOCK(p2);
	PROC_LOCK(p1);
	CHECK_EQ(p_cansee(t2, p1), ESRCH);
	CHECK_EQ(p_candebug(t2, p1), ESRCH);
	CHECK_EQ(p_candebug(t1, p1), 0);
	CHECK_EQ(p_candebug(&thread0, p1), 0);
	PROC_UNLOCK(p1);
	host_proc_set_cred(p2, root);
	PROC_LOCK(p2);
	CHECK_EQ(p_candebug(t1, p2), EPERM);
	PROC_UNLOCK(p2);
	host_cred_drop(copy);
	host_cred_drop(root);
	host_cred_drop(cr);
	host_prison_drop(pr);
	(void)host_set_curthread(&thread0);
}

static void
test_copy(void)
{
	const struct host_copy_ops *ops;
	char user[64], kern[64], *page;
	size_t done;

	memset(user, 'u', sizeof(user));
	memset(kern, 'k', sizeof(kern));
	(void)host_set_curthread(t1);

	CHECK_EQ(copyin(user, kern, 8), EFAULT);
	host_range_add(p1, user, sizeof(user), HOST_RANGE_RW);
	CHECK_EQ(copyin(user, kern, 8), 0);
	CHECK(kern[7] == 'u' && kern[8] == 'k');
	CHECK_EQ(copyin(user + 60, kern, 4), 0);
	CHECK_EQ(copyin(user + 60, kern, 5), EFAULT);
	CHECK_EQ(copyin((void *)((uintptr_t)user - 1), kern, 2), EFAULT);
	CHECK_EQ(copyin(NULL, kern, 1), EFAULT);
	CHECK_EQ(copyin((void *)-8ul, kern, 64), EFAULT);
	CHECK_EQ(copyin(user, kern, SIZE_MAX), EFAULT);
	CHECK_EQ(copyin(NULL, kern, 0), 0);
	CHECK_EQ(copyout("hello", user, 6), 0);
	CHECK(strcmp(user, "hello") == 0);

	/* Strings: in full, cut, and up to the last readable byte. */
	CHECK_EQ(copyinstr(user, kern, sizeof(kern), &done), 0);
	CHECK_EQ(done, 6);
	CHECK(strcmp(kern, "hello") == 0);
	CHECK_EQ(copyinstr(user, kern, 6, NULL), 0);
	CHECK_EQ(copyinstr(user, kern, 5, &done), ENAMETOOLONG);
	memcpy(user + 58, "end", 4);
	CHECK_EQ(copyinstr(user + 58, kern, sizeof(kern), &done), 0);
	CHECK_EQ(done, 4);
	memset(user + 58, 'x', 6);
	CHECK_EQ(copyinstr(user + 58, kern, sizeof(kern), &done), EFAULT);

	/* Another process does not see it; a range can be read only. */
	(void)host_set_curthread(t2);
	CHECK_EQ(copyin(user, kern, 1), EFAULT);
	host_range_add(p2, user, 4, HOST_RANGE_READ);
	CHECK_EQ(copyin(user, kern, 4), 0);
	CHECK_EQ(copyout(kern, user, 4), EFAULT);
	CHECK_EQ(host_range_remove(p2, user, 5), ENOENT);
	CHECK_EQ(host_range_remove(p2, user, 4), 0);
	CHECK_EQ(copyin(user, kern, 4), EFAULT);
	(void)host_set_curthread(t1);

	/* Faults on demand. */
	host_copy_fail_after(2);
	CHECK_EQ(copyin(user, kern, 1), 0);
	CHECK_EQ(copyout(kern, user, 1), EFAULT);
	CHECK_EQ(copyout(kern, user, 1), 0);
	CHECK_EQ(host_copy_points(), 3);
	host_copy_fail_after(0);

	CHECK_EQ(host_range_remove(p1, user, sizeof(user)), 0);

#ifdef __linux__
	/* Any mapped memory. */
	ops = p1->p_host_ops;
	p1->p_host_ops = &host_copy_self;
	page = mmap(NULL, 2 * 65536, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	REQUIRE(page != MAP_FAILED);
	(void)munmap(page + 65536, 65536);
	CHECK_EQ(copyout("abc", page + 65532, 4), 0);
	CHECK_EQ(copyout("abcd", page + 65532, 5), EFAULT);
	CHECK_EQ(copyout("abc", page + 65532, 4), 0);
	CHECK_EQ(copyin(page + 65536, kern, 1), EFAULT);
	CHECK_EQ(copyinstr(page + 65532, kern, 64, &done), 0);
	CHECK_EQ(done, 4);
	CHECK_EQ(copyin(NULL, kern, 1), EFAULT);
	(void)munmap(page, 65536);
	p1->p_host_ops = ops;
#endif
	(void)host_set_curthread(&thread0);
}

/* Events */

static char seen[64];
static struct proc *event_p1, *event_p2;

static void
note(void *arg)
{

	(void)strlcat(seen, arg, sizeof(seen));
}

static void
see_fork(void *arg, struct proc *parent, struct proc *child, int flags)
{

	note(arg);
	CHECK_EQ(flags, 20);
	CHECK(child->p_pptr == parent);
	event_p1 = parent;
	event_p2 = child;
}

static void
see_exec(void *arg, struct proc *p, struct image_params *imgp)
{

	note(arg);
	event_p1 = p;
	CHECK(imgp->proc == p);
	CHECK((p->p_flag & P_INEXEC) != 0);
}

static void
see_exit(void *arg, struct proc *p)
{

	note(arg);
	event_p1 = p;
}

static void
see_thread(void *arg, struct thread *td)
{

	note(arg);
	CHECK(td->td_proc == p1);
}

static bool in_slow, leave_slow, deregistered;

static void
see_slow(void *arg, struct proc *p)
{

	(void)arg, (void)p;
	__atomic_store_n(&in_slow, true, __ATOMIC_RELEASE);
	while (!__atomic_load_n(&leave_slow, __ATOMIC_ACQUIRE))
		(void)sched_yield();
	CHECK(!__atomic_load_n(&deregistered, __ATOMIC_ACQUIRE));
}

static void *
deregister(void *arg)
{

	EVENTHANDLER_DEREGISTER(process_exit, arg);
	__atomic_store_n(&deregistered, true, __ATOMIC_RELEASE);
	return (NULL);
}

static void *
leave(void *arg)
{
	int i;

	(void)arg;
	while (!__atomic_load_n(&in_slow, __ATOMIC_ACQUIRE))
		(void)sched_yield();
	for (i = 0; i < 200; i++)
		(void)sched_yield();
	__atomic_store_n(&leave_slow, true, __ATOMIC_RELEASE);
	return (NULL);
}

static void *
exit_event(void *arg)
{

	host_init();
	host_event_exit(arg);
	return (NULL);
}

static void
test_events(void)
{
	eventhandler_tag fork_tag, exec_tag, exit1, exit2, ctor, dtor;
	struct thread *td;
	pthread_t a, b, c;

	fork_tag = EVENTHANDLER_REGISTER(process_fork, see_fork, "f", 0);
	exec_tag = EVENTHANDLER_REGISTER(process_exec, see_exec, "e", 0);
	exit2 = EVENTHANDLER_REGISTER(process_exit, see_exit, "2",
	    EVENTHANDLER_PRI_ANY);
	exit1 = EVENTHANDLER_REGISTER(process_exit, see_exit, "1",
	    EVENTHANDLER_PRI_FIRST);
	ctor = EVENTHANDLER_REGISTER(thread_ctor, see_thread, "c", 0);
	dtor = EVENTHANDLER_REGISTER(thread_dtor, see_thread, "d", 0);

	host_event_fork(p1, p2, 20);
	CHECK(event_p1 == p1 && event_p2 == p2);
	host_event_exec(p2, true);
	CHECK(event_p1 == p2);
	CHECK((p2->p_flag & (P_SUGID | P_INEXEC)) == P_SUGID);
	td = host_thread_create(p1, 5, NULL, NULL);
	host_thread_destroy(td);
	host_event_exit(p1);
	CHECK((p1->p_flag & P_WEXIT) != 0);
	CHECK(strcmp(seen, "fecd12") == 0);

	EVENTHANDLER_DEREGISTER(process_fork, fork_tag);
	EVENTHANDLER_DEREGISTER(process_exec, exec_tag);
	EVENTHANDLER_DEREGISTER(process_exit, exit1);
	EVENTHANDLER_DEREGISTER(thread_ctor, ctor);
	EVENTHANDLER_DEREGISTER(thread_dtor, dtor);
	seen[0] = '\0';
	host_event_exit(p1);
	host_event_fork(p1, p2, 0);
	CHECK(strcmp(seen, "2") == 0);
	EVENTHANDLER_DEREGISTER(process_exit, exit2);

	/* Deregistration waits for a handler that runs. */
	exit1 = EVENTHANDLER_REGISTER(process_exit, see_slow, NULL, 0);
	REQUIRE(pthread_create(&a, NULL, exit_event, p1) == 0);
	while (!__atomic_load_n(&in_slow, __ATOMIC_ACQUIRE))
		(void)sched_yield();
	REQUIRE(pthread_create(&b, NULL, deregister, exit1) == 0);
	REQUIRE(pthread_create(&c, NULL, leave, NULL) == 0);
	(void)pthread_join(a, NULL);
	(void)pthread_join(b, NULL);
	(void)pthread_join(c, NULL);
	CHECK(deregistered);
	CHECK_EQ(host_live_items("eventhandler"), 0);
}

/* osd */

static int destroyed;

static void
osd_destroy(void *value)
{

	destroyed += *(int *)value;
}

static void
test_osd(void)
{
	static int one = 1, ten = 10, hundred = 100;
	struct thread *td;
	struct prison *pr;
	void **rsv;
	u_int a, b, j;

	a = (u_int)osd_thread_register(osd_destroy);
	b = (u_int)osd_thread_register(NULL);
	CHECK(a >= 1 && b != a);
	CHECK(osd_thread_get(t1, a) == NULL);
	CHECK_EQ(osd_thread_set(t1, a, &one), 0);
	CHECK_EQ(osd_thread_set(t1, b, &ten), 0);
	CHECK(osd_thread_get(t1, a) == &one);
	CHECK(osd_thread_get(t1, b) == &ten);
	CHECK(osd_thread_get(t2, a) == NULL);

	/* Deleted, by its thread. */
	(void)host_set_curthread(t1);
	osd_thread_del(t1, a);
	(void)host_set_curthread(&thread0);
	CHECK_EQ(destroyed, 1);
	CHECK(osd_thread_get(t1, a) == NULL);
	CHECK_EQ(osd_thread_set(t1, a, &ten), 0);
	CHECK_EQ(osd_thread_set(t1, a, NULL), 0);
	CHECK_EQ(destroyed, 11);

	/* The thread ends. */
	td = host_thread_create(p1, 9, "td", NULL);
	rsv = osd_reserve(a);
	host_alloc_fail_after(1, HOST_FAIL_NOWAIT);
	CHECK_EQ(osd_thread_set_reserved(td, a, rsv, &hundred), 0);
	host_alloc_fail_after(0, 0);
	CHECK(osd_thread_get(td, a) == &hundred);
	host_thread_destroy(td);
	CHECK_EQ(destroyed, 111);

	/* No memory. */
	td = host_thread_create(p1, 9, "td", NULL);
	host_alloc_fail_after(1, HOST_FAIL_NOWAIT);
	CHECK_EQ(osd_thread_set(td, a, &one), ENOMEM);
	host_alloc_fail_after(0, 0);
	CHECK_EQ(osd_thread_set(td, a, &one), 0);

	/* The slot is given up: all values of it. */
	CHECK_EQ(osd_thread_set(t2, a, &ten), 0);
	osd_thread_deregister(a);
	CHECK_EQ(destroyed, 122);
	host_thread_destroy(td);
	osd_thread_deregister(b);
	CHECK_EQ(destroyed, 122);

	j = (u_int)osd_jail_register(osd_destroy, NULL);
	pr = host_prison_create(4, "osd");
	CHECK_EQ(osd_jail_set(pr, j, &one), 0);
	host_prison_drop(pr);
	CHECK_EQ(destroyed, 123);
	osd_jail_deregister(j);
}

/* sysctl */

static int t_int = -5;
static u_int t_uint = 3000000000u;
static u_long t_ulong = 1ul << 40;
static bool t_bool = true;
static char t_str[16] = "first";
static counter_u64_t t_counter;
static int proc_arg;

static int
t_proc(SYSCTL_HANDLER_ARGS)
{
	int error, v;

	v = (int)arg2 + *(int *)arg1;
	error = sysctl_handle_int(oidp, &v, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (v < 0)
		return (EINVAL);
	*(int *)arg1 = v;
	return (0);
}

SYSCTL_NODE(_kern, OID_AUTO, kpitest, CTLFLAG_RW | CTLFLAG_MPSAFE, 0,
    "unit test");
SYSCTL_INT(_kern_kpitest, OID_AUTO, i, CTLFLAG_RW, &t_int, 0, "an int");
SYSCTL_UINT(_kern_kpitest, OID_AUTO, ui, CTLFLAG_RD, &t_uint, 0, "a u_int");
SYSCTL_ULONG(_kern_kpitest, OID_AUTO, ul, CTLFLAG_RWTUN, &t_ulong, 0,
    "a u_long");
SYSCTL_BOOL(_kern_kpitest, OID_AUTO, b, CTLFLAG_RW, &t_bool, 0, "a bool");
SYSCTL_STRING(_kern_kpitest, OID_AUTO, s, CTLFLAG_RW, t_str, sizeof(t_str),
    "a string");
SYSCTL_INT(_kern_kpitest, OID_AUTO, constant, CTLFLAG_RD, NULL, 77,
    "a constant");
SYSCTL_COUNTER_U64(_kern_kpitest, OID_AUTO, c, CTLFLAG_RD, &t_counter,
    "a counter");
SYSCTL_PROC(_kern_kpitest, OID_AUTO, p,
    CTLTYPE_INT | CTLFLAG_RW | CTLFLAG_MPSAFE, &proc_arg, 100, t_proc, "I",
    "a procedure");

static void
list_one(const struct host_sysctl *hs, void *arg)
{

	if (strncmp(hs->name, "kern.kpitest.", 13) == 0) {
		(void)strlcat(arg, hs->name + 13, 256);
		(void)strlcat(arg, hs->writable ? "+ " : " ", 256);
		CHECK(hs->descr[0] != '\0');
	}
}

static void
test_sysctl(void)
{
	struct sysctl_ctx_list ctx;
	struct sysctl_oid *node;
	char list[256], buf[64];
	int64_t q;
	size_t len;
	int v;

	t_counter = counter_u64_alloc(M_WAITOK);
	counter_u64_add(t_counter, 9);
	list[0] = '\0';
	host_sysctl_foreach(list_one, list);
	CHECK(strcmp(list, "b+ c constant i+ p+ s+ ui ul+ ") == 0);

	len = sizeof(v);
	CHECK_EQ(host_sysctl_read("kern.kpitest.i", &v, &len), 0);
	CHECK_EQ(len, sizeof(v));
	CHECK_EQ(v, -5);
	v = 6;
	CHECK_EQ(host_sysctl_write("kern.kpitest.i", &v, sizeof(v)), 0);
	CHECK_EQ(t_int, 6);
	CHECK_EQ(host_sysctl_write("kern.kpitest.i", &v, 2), EINVAL);
	CHECK_EQ(host_sysctl_write("kern.kpitest.ui", &v, sizeof(v)), EPERM);
	CHECK_EQ(host_sysctl_write("kern.kpitest.none", &v, sizeof(v)), ENOENT);
	CHECK_EQ(host_sysctl_write("kern.kpitest.i.x", &v, sizeof(v)), ENOENT);
	CHECK_EQ(host_sysctl_write("kern.kpitest", &v, sizeof(v)), ENOENT);
	len = 2;
	CHECK_EQ(host_sysctl_read("kern.kpitest.i", &v, &len), ENOMEM);
	len = 0;
	CHECK_EQ(host_sysctl_read("kern.kpitest.ul", NULL, &len), 0);
	CHECK_EQ(len, sizeof(u_long));
	q = 0;
	len = sizeof(q);
	CHECK_EQ(host_sysctl_read("kern.kpitest.c", &q, &len), 0);
	CHECK_EQ(q, 9);

	v = 3;
	CHECK_EQ(host_sysctl_write("kern.kpitest.p", &v, sizeof(v)), 0);
	v = -3;
	CHECK_EQ(host_sysctl_write("kern.kpitest.p", &v, sizeof(v)), EINVAL);
	CHECK_EQ(host_sysctl_text("kern.kpitest.p", buf, sizeof(buf)), 0);
	CHECK(strcmp(buf, "103") == 0);
	CHECK_EQ(host_sysctl_text("kern.kpitest.ui", buf, sizeof(buf)), 0);
	CHECK(strcmp(buf, "3000000000") == 0);
	CHECK_EQ(host_sysctl_text("kern.kpitest.constant", buf, sizeof(buf)),
	    0);
	CHECK(strcmp(buf, "77") == 0);
	CHECK_EQ(host_sysctl_text("kern.kpitest.b", buf, sizeof(buf)), 0);
	CHECK(strcmp(buf, "1") == 0);
	CHECK_EQ(host_sysctl_write("kern.kpitest.s", "second", 6), 0);
	CHECK_EQ(host_sysctl_text("kern.kpitest.s", buf, sizeof(buf)), 0);
	CHECK(strcmp(buf, "second") == 0);
	CHECK_EQ(host_sysctl_write("kern.kpitest.s", "much too long a value",
		     21),
	    EINVAL);

	(void)sysctl_ctx_init(&ctx);
	node = SYSCTL_ADD_NODE(&ctx, SYSCTL_STATIC_CHILDREN(_kern_kpitest),
	    OID_AUTO, "dyn", CTLFLAG_RW, NULL, "dynamic");
	(void)SYSCTL_ADD_ULONG(&ctx, SYSCTL_CHILDREN(node), OID_AUTO, "x",
	    CTLFLAG_RD, &t_ulong, "x");
	CHECK_EQ(host_sysctl_text("kern.kpitest.dyn.x", buf, sizeof(buf)), 0);
	CHECK(strcmp(buf, "1099511627776") == 0);
	(void)sysctl_ctx_free(&ctx);
	CHECK_EQ(host_sysctl_text("kern.kpitest.dyn.x", buf, sizeof(buf)),
	    ENOENT);
	CHECK_EQ(host_live_items("sysctloid"), 0);
	counter_u64_free(t_counter);
}

/* Probes */

SDT_PROVIDER_DEFINE(kpitest);
SDT_PROBE_DEFINE2(kpitest, mod, , thing__done, "int", "char *");
static int probes;

static void
probe(const char *prov, const char *mod, const char *func, const char *name,
    const uintptr_t *args, int nargs)
{

	probes++;
	CHECK(strcmp(prov, "kpitest") == 0);
	CHECK(strcmp(mod, "mod") == 0);
	CHECK(strcmp(func, "") == 0);
	CHECK(strcmp(name, "thing__done") == 0);
	CHECK_EQ(nargs, 2);
	CHECK_EQ(args[0], 4);
	CHECK(strcmp((const char *)args[1], "x") == 0);
}

static void
test_sdt(void)
{

	SDT_PROBE2(kpitest, mod, , thing__done, 4, "x");
	CHECK_EQ(probes, 0);
	host_sdt_set_hook(probe);
	SDT_PROBE2(kpitest, mod, , thing__done, 4, "x");
	host_sdt_set_hook(NULL);
	SDT_PROBE2(kpitest, mod, , thing__done, 4, "x");
	CHECK_EQ(probes, 1);
}

static char logged[128];

static void
log_line(int level, const char *line)
{

	(void)snprintf(logged, sizeof(logged), "%d:%s", level, line);
}

static void
test_libkern(void)
{
	char buf[8];
	uint32_t r;
	int i, ones;

	CHECK_EQ(strlcpy(buf, "longer than that", sizeof(buf)), 16);
	CHECK(strcmp(buf, "longer ") == 0);
	CHECK_EQ(strlcpy(buf, "ab", sizeof(buf)), 2);
	CHECK_EQ(strlcat(buf, "cdefgh", sizeof(buf)), 8);
	CHECK(strcmp(buf, "abcdefg") == 0);
	CHECK_EQ(strlcat(buf, "x", 3), 4);
	CHECK_EQ(strlcpy(buf, "x", 0), 1);

	CHECK_EQ(fls(0), 0);
	CHECK_EQ(fls(1), 1);
	CHECK_EQ(fls((int)0x80000000u), 32);
	CHECK_EQ(flsl(1l << 40), 41);
	CHECK_EQ(imin(-1, 1), -1);
	CHECK_EQ(min(1, 2), 1);
	CHECK_EQ(max(1, 2), 2);
	CHECK_EQ(howmany(9, 4), 3);
	CHECK_EQ(roundup2(9, 8), 16);
	CHECK_EQ(rounddown2(9, 8), 8);
	CHECK_EQ(nitems(buf), 8);
	CHECK_EQ(round_page(1), PAGE_SIZE);
	CHECK_EQ(trunc_page(PAGE_SIZE + 1), PAGE_SIZE);

	ones = 0;
	for (i = 0; i < 1000; i++) {
		ones += __builtin_popcount(arc4random());
		r = arc4random_uniform(7);
		CHECK(r < 7);
	}
	CHECK(ones > 15000 && ones < 17000);

	/* Published vectors: djb2 of "a", FNV-1 of "a". */
	CHECK_EQ(hash32_str("a", HASHINIT), 5381 * 33 + 'a');
	CHECK_EQ(hash32_buf("a", 1, HASHINIT), hash32_strn("ab", 1, HASHINIT));
	CHECK_EQ(fnv_32_buf("a", 1, 0x811c9dc5), 0x050c5d7e);
	CHECK_EQ(fnv_64_buf("a", 1, FNV1_64_INIT),
	    (int64_t)0xaf63bd4c8601b7beull);

	host_set_log(log_line);
	printf("n %d\n", 5);
	CHECK(strcmp(logged, "6:n 5\n") == 0);
	log(4, "%s", "warned");
	CHECK(strcmp(logged, "4:warned") == 0);
	host_set_log(NULL);
}

int
main(void)
{
	int64_t before;

	/* A lost wake-up is a failure, not a hang. */
	(void)alarm(patience(100));
	host_init();
	host_init();
	before = host_live_bytes();
	test_identity();
	test_copy();
	test_events();
	test_osd();
	test_sysctl();
	test_sdt();
	test_libkern();
	host_thread_destroy(t1);
	(void)host_set_curthread(t2);
	host_thread_destroy(t2);
	CHECK(curthread == &thread0);
	host_proc_destroy(p1);
	host_proc_destroy(p2);
	CHECK_EQ(host_live_bytes(), before);
	if (host_live_bytes() != before)
		(void)host_alloc_print(STDERR_FILENO);
	host_assert_no_locks("host_test");
	host_fini();
	return (test_end());
}
