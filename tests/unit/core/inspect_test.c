/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Looking into tasks while their threads change everything, and while tasks
 * come and go: what is told is always whole, and nothing is left of it.  What
 * a user may not see is not told.
 */

#include "core.h"

#include <mach_debug/mach_inspect.h>

#include <kernel/kern/limits.h>

#define	ROUNDS	300
#define	ROOM	512

static struct proc *first, *second;
static int done;
static mach_port_name_t shared;		/* of the first's receive right */
static mach_port_name_t waiting_set;

static void
churn(mach_port_name_t extra)
{
	struct message m;
	mach_port_name_t notify, p, previous, q, set;

	p = core_port_send();
	q = core_port_send();
	set = core_pset();
	notify = core_port();
	(void)TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(), p,
	    set);
	(void)TRAP(_kernelrpc_mach_port_request_notification_trap,
	    core_self(), q, MACH_NOTIFY_DEAD_NAME, 0, notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&previous));
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = p;
	m.body.msgh_descriptor_count = 1;
	m.d.port[0].name = q;
	m.d.port[0].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
	    offsetof(struct message, d.port[1]), 0, 0, 0, 0), 0);
	if (extra != MACH_PORT_NULL)
		(void)core_send(extra, 1, 0);
	(void)core_destroy(p);
	(void)core_destroy(q);
	(void)core_destroy(set);
	(void)core_destroy(notify);
}

/* Makes, sends, destroys. */
static void *
churner(void *arg)
{

	core_thread(arg);
	while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE))
		churn(MACH_PORT_NULL);
	core_thread_end();
	return (NULL);
}

/* Waits for messages in a set, from whoever sends there. */
static void *
receiver(void *arg)
{
	struct message m;

	core_thread(arg);
	while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE))
		(void)core_receive(waiting_set, &m, 1);
	core_thread_end();
	return (NULL);
}

/* Processes come, hold something, and end, or have a new image first. */
static void *
comer(void *arg)
{
	struct proc *p;
	pid_t pid;

	(void)arg;
	for (pid = 1000; !__atomic_load_n(&done, __ATOMIC_ACQUIRE); pid++) {
		p = core_proc(1000 + pid % 8);
		(void)core_port_send();
		churn(MACH_PORT_NULL);
		if (pid % 2 == 0)
			mach_task_exec(p, false);
		core_proc_exit(p);
	}
	return (NULL);
}

static int
look(unsigned flavor, pid_t pid, void *records, mach_msg_type_number_t *n)
{

	*n = ROOM;
	return (TRAP(mach_inspect_trap, MACH_INSPECT_VERSION, flavor,
	    (uint64_t)pid, P(records), P(n)));
}

static void
check_names(pid_t pid)
{
	static struct mach_inspect_name names[ROOM];
	mach_msg_type_number_t i, n;
	int kr;

	kr = look(MACH_INSPECT_NAMES, pid, names, &n);
	if (kr != 0) {
		CHECK_EQ(kr, KERN_FAILURE);	/* it ended */
		CHECK(pid >= 1000);
		return;
	}
	CHECK(n <= ROOM);
	for (i = 0; i < n; i++) {
		if ((names[i].min_flags & MIN_SPECIAL) != 0)
			continue;
		CHECK(names[i].min_name != 0);
		CHECK((names[i].min_type & MACH_PORT_TYPE_ALL_RIGHTS) != 0);
		/* The space is read in one piece: it knows its own. */
		if ((names[i].min_type & MACH_PORT_TYPE_RECEIVE) != 0) {
			CHECK_EQ(names[i].min_receiver, pid);
			CHECK_EQ(names[i].min_receiver_name,
			    names[i].min_name);
			CHECK(names[i].min_object != 0);
		}
		if ((names[i].min_type & MACH_PORT_TYPE_SEND) != 0)
			CHECK(names[i].min_srights > 0);
		if (i > 0)
			CHECK(names[i].min_name >> 8 >
			    names[i - 1].min_name >> 8);
	}
}

static void
inspector(void)
{
	static union {
		struct mach_inspect_task t[ROOM];
		struct mach_inspect_member m[ROOM];
		struct mach_inspect_thread h[ROOM];
		struct mach_inspect_counter c[ROOM];
	} r;
	static pid_t pids[ROOM];
	mach_msg_type_number_t i, n, tasks;
	int round;

	for (round = 0; round < ROUNDS; round++) {
		CHECK_EQ(look(MACH_INSPECT_TASKS, 0, r.t, &tasks), 0);
		CHECK(tasks >= 2 && tasks <= ROOM);
		for (i = 0; i < tasks; i++) {
			CHECK_EQ(r.t[i].mit_flags, MIT_OPEN);
			pids[i] = r.t[i].mit_pid;
		}
		for (i = 0; i < tasks; i++) {
			check_names(pids[i]);
			(void)look(MACH_INSPECT_MEMBERS, pids[i], r.m, &n);
			(void)look(MACH_INSPECT_THREADS, pids[i], r.h, &n);
		}
		CHECK_EQ(look(MACH_INSPECT_COUNTERS, 0, r.c, &n), 0);
		(void)core_send(shared, 1, 0);
	}
}

static void
test_under_load(void)
{
	pthread_t t[4];
	struct thread *ftd, *std;
	int i;

	first = core_proc(20);
	ftd = host_curthread();
	waiting_set = core_pset();
	shared = core_port_send();
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    shared, waiting_set), 0);
	second = core_proc(21);
	std = host_curthread();
	(void)core_self();
	(void)host_set_curthread(NULL);
	REQUIRE(pthread_create(&t[0], NULL, churner, first) == 0);
	REQUIRE(pthread_create(&t[1], NULL, churner, second) == 0);
	REQUIRE(pthread_create(&t[2], NULL, receiver, first) == 0);
	REQUIRE(pthread_create(&t[3], NULL, comer, NULL) == 0);
	core_thread(first);
	inspector();
	core_thread_end();
	__atomic_store_n(&done, 1, __ATOMIC_RELEASE);
	for (i = 0; i < 4; i++)
		REQUIRE(pthread_join(t[i], NULL) == 0);
	(void)host_set_curthread(std);
	core_proc_exit(second);
	(void)host_set_curthread(ftd);
	core_proc_exit(first);
}

/* Another user: that the task is there, and no more. */
static void
test_privilege(void)
{
	struct mach_inspect_task tasks[8];
	struct mach_inspect_name names[8];
	struct mach_inspect_counter counters[64];
	struct kpi_ucred *other, *root;
	struct proc *mine, *o, *r;
	struct thread *mtd, *otd;
	mach_msg_type_number_t n, all;

	other = host_cred_simple(2002, 2002);
	root = host_cred_simple(0, 0);
	mine = core_proc(30);
	mtd = host_curthread();
	(void)core_port();
	o = host_proc_create(31, other, &host_copy_self, NULL);
	core_thread(o);
	otd = host_curthread();
	(void)core_port();

	n = 8;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_NAMES, 31, P(names), P(&n)), 0);
	n = 8;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_NAMES, 30, P(names), P(&n)), KERN_FAILURE);
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_MEMBERS, 30, P(names), P(&n)), KERN_FAILURE);
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_THREADS, 30, P(names), P(&n)), KERN_FAILURE);
	n = 8;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_TASKS, 0, P(tasks), P(&n)), 0);
	CHECK_EQ(n, 2);
	while (n-- > 0) {
		CHECK_EQ(tasks[n].mit_ruid,
		    tasks[n].mit_pid == 31 ? 2002 : 1001);
		CHECK_EQ(tasks[n].mit_flags,
		    tasks[n].mit_pid == 31 ? MIT_OPEN : 0);
		CHECK_EQ(tasks[n].mit_names, tasks[n].mit_pid == 31 ? 2 : 0);
		CHECK((tasks[n].mit_kmem != 0) == (tasks[n].mit_pid == 31));
		CHECK((tasks[n].mit_task != 0) == (tasks[n].mit_pid == 31));
	}
	n = 64;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_COUNTERS, 0, P(counters), P(&n)), 0);
	CHECK_EQ(TRAP(mach_limit_set_trap, P(names), 1), KERN_NO_ACCESS);

	r = host_proc_create(32, root, &host_copy_self, NULL);
	core_thread(r);
	all = 64;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_COUNTERS, 0, P(counters), P(&all)), 0);
	CHECK_EQ(all, n + 5);		/* rights by kind */
	CHECK_EQ(counters[n + 1].mic_live, 2);	/* receive */
	n = 8;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_NAMES, 30, P(names), P(&n)), 0);
	CHECK_EQ(n, 2);
	core_proc_exit(r);
	(void)host_set_curthread(otd);
	core_proc_exit(o);
	(void)host_set_curthread(mtd);
	core_proc_exit(mine);
	host_cred_drop(other);
	host_cred_drop(root);
}

/* The memory of a look is the looker's to pay. */
static void
test_charge(void)
{
	struct mach_inspect_name name;
	struct proc *p;
	mach_msg_type_number_t n;
	u_long old;
	int i;

	p = core_proc(40);
	for (i = 0; i < 500; i++)
		(void)core_port();
	old = mach_limit(MACH_LIMIT_OF(MACH_RES_KMEM, MACH_LEVEL_TASK));
	CHECK_EQ(mach_limit_set("task_kmem", 1), 0);
	n = 1000;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_NAMES, 40, P(&name), P(&n)), KERN_RESOURCE_SHORTAGE);
	n = 0;
	CHECK_EQ(TRAP(mach_inspect_trap, MACH_INSPECT_VERSION,
	    MACH_INSPECT_NAMES, 40, P(&name), P(&n)), 0);
	CHECK_EQ(n, 501);
	/* The lists of the calls that Darwin has, too. */
	n = 1000;
	CHECK_EQ(TRAP(mach_port_names_trap, core_self(), P(&name), P(&name),
	    P(&n)), KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(TRAP(mach_port_space_info_trap, core_self(), P(&name),
	    P(&name), P(&n)), KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(TRAP(mach_port_get_set_status_trap, core_self(),
	    core_self(), P(&name), P(&n)), KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(mach_limit_set("task_kmem", old), 0);
	core_proc_exit(p);
}

int
main(void)
{

	core_begin();
	test_privilege();
	test_charge();
	test_under_load();
	core_end();
	return (test_end());
}
