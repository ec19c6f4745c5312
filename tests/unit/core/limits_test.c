/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Limits: each is lowered, reached, and stands in the way with its documented
 * code; another user does not notice; everything is given back.  The log has
 * one line for a task and limit.
 */

#include "core.h"

#include <mach/host_notify.h>

#include <kernel/kern/host.h>
#include <kernel/kern/limits.h>

#define	RES(res, level)	MACH_LIMIT_OF(MACH_RES_##res, MACH_LEVEL_##level)

static struct kpi_ucred *cred_a, *cred_b;
static char logged[4096];

static void
take_log(int level, const char *line)
{

	(void)level;
	if (strlen(logged) + strlen(line) < sizeof(logged))
		strcat(logged, line);
}

static unsigned
lines_about(const char *word)
{
	const char *p;
	unsigned n;

	n = 0;
	for (p = logged; (p = strstr(p, word)) != NULL; p++)
		n++;
	return (n);
}

/* A process of a user; the caller acts for its one thread. */
static struct proc *
proc_of(struct kpi_ucred *cred, pid_t pid)
{
	struct proc *p;

	p = host_proc_create(pid, cred, &host_copy_self, NULL);
	core_thread(p);
	return (p);
}

/* The limit for the time of a test. */
static u_long
lower(enum mach_limit_id which, u_long value)
{
	u_long old;

	old = mach_limit(which);
	CHECK_EQ(mach_limit_set(mach_limits[which].ml_name, value), 0);
	CHECK_EQ(mach_limit(which), value);
	return (old);
}

static void
restore(enum mach_limit_id which, u_long value)
{

	CHECK_EQ(mach_limit_set(mach_limits[which].ml_name, value), 0);
}

static int
allocate(mach_port_right_t right, mach_port_name_t *name)
{

	return (TRAP(_kernelrpc_mach_port_allocate_trap, core_self(), right,
	    P(name)));
}

static void
test_setting(void)
{

	CHECK_EQ(mach_limit_set("no_such_limit", 1), ENOENT);
	CHECK_EQ(mach_limit_set("queue_messages", 1), ERANGE);
	CHECK_EQ(mach_limit_set("message_size", 1 << 30), ERANGE);
	CHECK_EQ(mach_limit(MACH_LIMIT_QUEUE_MESSAGES), MACH_PORT_QLIMIT_MAX);
}

/* Names of a task: KERN_NO_SPACE; of a user: KERN_RESOURCE_SHORTAGE. */
static void
test_names(void)
{
	struct proc *a, *a2, *b;
	struct thread *a2td, *atd;
	mach_port_name_t name;
	u_long old;
	unsigned n;

	a = proc_of(cred_a, 100);
	atd = host_curthread();
	old = lower(MACH_LIMIT_TASK_NAMES, 50);
	name = MACH_PORT_NULL;
	(void)core_self();
	for (n = 1; allocate(MACH_PORT_RIGHT_DEAD_NAME, &name) == 0; n++)
		;
	CHECK_EQ(n, 50);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &name), KERN_NO_SPACE);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_PORT_SET, &name), KERN_NO_SPACE);
	CHECK_EQ(core_destroy(name), 0);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &name), 0);
	restore(MACH_LIMIT_TASK_NAMES, old);
	CHECK_EQ(lines_about("process 100 of user 501 is at limit task_names"),
	    1);

	/* 50 of the user's are in use already, charged 32 at a time. */
	old = lower(RES(NAMES, USER), 100);
	a2 = proc_of(cred_a, 101);
	a2td = host_curthread();
	for (n = 0; allocate(MACH_PORT_RIGHT_DEAD_NAME, &name) == 0; n++)
		;
	CHECK_EQ(allocate(MACH_PORT_RIGHT_DEAD_NAME, &name),
	    KERN_RESOURCE_SHORTAGE);
	CHECK(n + 1 + 50 <= 100 && n + 1 + 64 >= 100);
	b = proc_of(cred_b, 102);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &name), 0);
	core_proc_exit(b);
	(void)host_set_curthread(atd);
	core_proc_exit(a);
	/* What the other had is free now. */
	b = proc_of(cred_a, 103);
	for (n = 0; n < 30; n++)
		CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &name), 0);
	core_proc_exit(b);
	(void)host_set_curthread(a2td);
	core_proc_exit(a2);
	restore(RES(NAMES, USER), old);
}

/*
 * Names far apart: what they cost is bounded, and all of it on account, the
 * tables that lead to them, too.
 */
static void
test_far_names(void)
{
	struct proc *p;
	struct mach_task *task;
	int64_t live;
	u_long old, used;
	uint32_t i;

	p = proc_of(cred_a, 105);
	(void)core_self();
	task = mach_task_find(p);
	live = host_live_bytes();
	used = task->t_quota->q_used[MACH_RES_KMEM];
	for (i = 0; i < 200; i++) {
		CHECK_EQ(TRAP(mach_port_allocate_name_trap, core_self(),
		    MACH_PORT_RIGHT_DEAD_NAME, (0xfffffu - i * 5000) << 8 | 3),
		    0);
		CHECK(host_live_bytes() - live <=
		    (int64_t)(task->t_quota->q_used[MACH_RES_KMEM] - used));
	}
	CHECK(host_live_bytes() - live < 1024 * 1024);
	CHECK_EQ(TRAP(mach_port_allocate_name_trap, core_self(),
	    MACH_PORT_RIGHT_DEAD_NAME, 0x100000u << 8 | 3), KERN_NO_SPACE);
	old = lower(RES(KMEM, TASK), task->t_quota->q_used[MACH_RES_KMEM]);
	CHECK_EQ(TRAP(mach_port_allocate_name_trap, core_self(),
	    MACH_PORT_RIGHT_DEAD_NAME, 0x12345u << 8 | 3),
	    KERN_RESOURCE_SHORTAGE);
	restore(RES(KMEM, TASK), old);
	mach_task_drop(task);
	core_proc_exit(p);
}

static int
send_rights(mach_port_name_t to, mach_port_name_t right, unsigned n,
    mach_msg_type_name_t how)
{
	struct message m;
	unsigned i;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = to;
	m.body.msgh_descriptor_count = n;
	for (i = 0; i < n; i++) {
		m.d.port[i].name = right;
		m.d.port[i].disposition = how;
	}
	return (TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    offsetof(struct message, d) + n * sizeof(m.d.port[0]), 0, 0, 0,
	    0));
}

/* Message memory, with what a right may keep alive; queues; descriptors. */
static void
test_messages(void)
{
	struct message m;
	struct proc *a, *b;
	struct thread *atd;
	mach_port_name_t p, q;
	u_long old, one, two;
	unsigned n;

	a = proc_of(cred_a, 110);
	atd = host_curthread();
	p = core_port_send();
	one = mach_counter_get(MACH_COUNTER_KMSG_BYTES);
	CHECK_EQ(send_rights(p, p, 2, MACH_MSG_TYPE_MAKE_SEND_ONCE), 0);
	one = mach_counter_get(MACH_COUNTER_KMSG_BYTES) - one;
	CHECK_EQ(core_receive(p, &m, 0), 0);
	two = mach_counter_get(MACH_COUNTER_KMSG_BYTES);
	CHECK_EQ(core_send(p, 1, 0), 0);
	two = mach_counter_get(MACH_COUNTER_KMSG_BYTES) - two;
	CHECK(one > two + 2 * 256);

	old = lower(RES(MESSAGES, TASK), 3 * two);
	CHECK_EQ(core_send(p, 1, 0), 0);
	CHECK_EQ(core_send(p, 1, 0), 0);
	CHECK_EQ(core_send(p, 1, 0), MACH_SEND_NO_BUFFER);
	CHECK_EQ(core_receive(p, &m, 0), 0);
	CHECK_EQ(core_send(p, 1, 0), 0);
	restore(RES(MESSAGES, TASK), old);

	/* The same account of the user's, in another task. */
	old = lower(RES(MESSAGES, USER), 4 * two);
	b = proc_of(cred_a, 111);
	q = core_port_send();
	CHECK_EQ(core_send(q, 1, 0), 0);
	CHECK_EQ(core_send(q, 1, 0), MACH_SEND_NO_BUFFER);
	core_proc_exit(b);
	b = proc_of(cred_b, 112);
	q = core_port_send();
	CHECK_EQ(core_send(q, 1, 0), 0);
	CHECK_EQ(core_send(q, 1, 0), 0);
	restore(RES(MESSAGES, USER), old);

	/* A queue is full by bytes as by messages: one more waits. */
	for (n = 0; core_receive(q, &m, 0) == 0; n++)
		;
	CHECK_EQ(n, 2);
	old = lower(MACH_LIMIT_QUEUE_BYTES, 4096);
	for (n = 0; core_send(q, 1, 0) == 0; n++)
		;
	CHECK(n < 5 && n * two >= 4096 && (n - 1) * two < 4096);
	CHECK_EQ(core_send(q, 1, 0), MACH_SEND_TIMED_OUT);
	CHECK_EQ(core_receive(q, &m, 0), 0);
	CHECK_EQ(core_send(q, 1, 0), 0);
	restore(MACH_LIMIT_QUEUE_BYTES, old);

	old = lower(MACH_LIMIT_MESSAGE_DESCRIPTORS, 1);
	p = core_port_send();
	CHECK_EQ(send_rights(p, p, 1, MACH_MSG_TYPE_MAKE_SEND_ONCE), 0);
	CHECK_EQ(send_rights(p, p, 2, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    MACH_SEND_TOO_LARGE);
	restore(MACH_LIMIT_MESSAGE_DESCRIPTORS, old);
	old = lower(MACH_LIMIT_MESSAGE_SIZE, 1024);
	CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG, 1028, 0, 0, 0, 0),
	    MACH_SEND_TOO_LARGE);
	restore(MACH_LIMIT_MESSAGE_SIZE, old);
	core_proc_exit(b);
	(void)host_set_curthread(atd);
	core_proc_exit(a);
}

/* A message with one out-of-line descriptor, of rights or of bytes. */
static int
send_ool(mach_port_name_t to, bool ports, uint32_t n)
{
	static char bytes[2 * 1024 * 1024];
	struct message m;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = to;
	m.body.msgh_descriptor_count = 1;
	if (ports) {
		/* Names that are all null. */
		memset(bytes, 0, sizeof(bytes));
		m.d.ool_ports[0].address = bytes;
		m.d.ool_ports[0].count = n;
		m.d.ool_ports[0].disposition = MACH_MSG_TYPE_COPY_SEND;
		m.d.ool_ports[0].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	} else {
		m.d.ool[0].address = bytes;
		m.d.ool[0].size = n;
		m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
		m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	}
	return (TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    offsetof(struct message, d.ool[1]), 0, 0, 0, 0));
}

/* What is out of line. */
static void
test_memory(void)
{
	struct proc *p;
	mach_port_name_t port;
	u_long old;

	p = proc_of(cred_a, 150);
	port = core_port_send();
	old = lower(MACH_LIMIT_MESSAGE_PORTS, 3);
	CHECK_EQ(send_ool(port, true, 4), MACH_SEND_TOO_LARGE);
	CHECK_EQ(send_ool(port, true, 3), 0);
	restore(MACH_LIMIT_MESSAGE_PORTS, old);
	old = lower(MACH_LIMIT_MESSAGE_OOL, 5000);
	CHECK_EQ(send_ool(port, false, 5001), MACH_SEND_TOO_LARGE);
	CHECK_EQ(send_ool(port, false, 5000), 0);
	restore(MACH_LIMIT_MESSAGE_OOL, old);
	/* The message before is there still. */
	old = lower(RES(OOL, TASK), 65536);
	CHECK_EQ(send_ool(port, false, 65536), MACH_SEND_NO_BUFFER);
	CHECK_EQ(send_ool(port, false, 4096), 0);
	restore(RES(OOL, TASK), old);
	CHECK_EQ(send_ool(port, false, 65536), 0);
	/* And all users together have no more. */
	old = lower(MACH_LIMIT_SYSTEM_OOL, 1024 * 1024);
	CHECK_EQ(send_ool(port, false, 2 * 1024 * 1024), MACH_SEND_NO_BUFFER);
	restore(MACH_LIMIT_SYSTEM_OOL, old);
	core_proc_exit(p);
}

/* Names until there are no more: how many, and why not. */
static unsigned
names_until(int *why)
{
	mach_port_name_t name;
	unsigned n;

	for (n = 0; n < 100000; n++) {
		*why = allocate(MACH_PORT_RIGHT_RECEIVE, &name);
		if (*why != 0)
			break;
	}
	return (n);
}

/* What all users have together, and kernel memory. */
static void
test_system(void)
{
	struct proc *p;
	u_long before, old;
	unsigned n;
	int why;

	host_time_advance(2000000000);	/* room in the log */
	old = lower(MACH_LIMIT_SYSTEM_PORTS, 64);
	p = proc_of(cred_a, 151);
	(void)core_self();
	before = mach_counter_get(MACH_COUNTER_PORTS);
	n = names_until(&why);
	CHECK_EQ(why, KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(before + n, 56);	/* the last eighth is root's */
	CHECK(mach_limits[MACH_LIMIT_SYSTEM_PORTS].ml_hits != 0);
	CHECK_EQ(lines_about("process 151 of user 501 is at limit "
	    "system_ports"), 1);
	core_proc_exit(p);
	restore(MACH_LIMIT_SYSTEM_PORTS, old);

	p = proc_of(cred_a, 152);
	(void)core_self();
	old = lower(RES(KMEM, TASK), 0);
	n = names_until(&why);
	CHECK_EQ(why, KERN_RESOURCE_SHORTAGE);
	CHECK(n < 64);			/* what was charged before */
	restore(RES(KMEM, TASK), old);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &(mach_port_name_t){ 0 }),
	    0);

	old = lower(MACH_LIMIT_SYSTEM_KMEM, 1024 * 1024);
	n = names_until(&why);
	CHECK_EQ(why, KERN_RESOURCE_SHORTAGE);
	CHECK(n < 10000);
	restore(MACH_LIMIT_SYSTEM_KMEM, old);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &(mach_port_name_t){ 0 }),
	    0);
	core_proc_exit(p);
}

/* Inward: each right is sent into the queue that is deepest. */
static void
test_nesting(void)
{
	struct proc *p;
	mach_port_name_t inner, next;
	u_long old;
	int mr;
	unsigned n;

	p = proc_of(cred_a, 120);
	old = lower(MACH_LIMIT_NESTING, 10);
	inner = core_port_send();
	mr = 0;
	for (n = 0; n < 100 && mr == 0; n++) {
		next = core_port_send();
		mr = send_rights(inner, next, 1, MACH_MSG_TYPE_MOVE_RECEIVE);
		if (mr == 0)
			inner = next;
	}
	CHECK_EQ(mr, MACH_SEND_NO_BUFFER);
	CHECK_EQ(n, 11);
	/* It changed nothing. */
	CHECK_EQ(core_destroy(next), 0);
	CHECK_EQ(core_send(inner, 1, 0), 0);
	restore(MACH_LIMIT_NESTING, old);
	core_proc_exit(p);
}

static void
test_sets(void)
{
	struct proc *p;
	mach_port_name_t port, set;
	u_long old;
	unsigned n;

	p = proc_of(cred_a, 130);
	port = core_port();
	old = lower(MACH_LIMIT_PORT_SETS, 3);
	for (n = 0; n < 3; n++)
		CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap,
		    core_self(), port, core_pset()), 0);
	set = core_pset();
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), KERN_RESOURCE_SHORTAGE);
	restore(MACH_LIMIT_PORT_SETS, old);
	old = lower(RES(MEMBERS, TASK), 3);
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(core_destroy(port), 0);
	port = core_port();
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), 0);
	restore(RES(MEMBERS, TASK), old);
	core_proc_exit(p);
}

static void
test_objects(void)
{
	struct proc *p, *q;
	struct thread *td;
	mach_port_name_t name, timer;
	u_long old;

	p = proc_of(cred_a, 140);
	td = host_curthread();
	old = lower(RES(TIMERS, USER), 1);
	timer = (mach_port_name_t)TRAP(mk_timer_create_trap, 0);
	CHECK(timer != MACH_PORT_NULL);
	CHECK_EQ(TRAP(mk_timer_create_trap, 0), MACH_PORT_NULL);
	CHECK_EQ(TRAP(mk_timer_destroy_trap, timer), 0);
	name = core_port();
	CHECK_EQ(core_calendar(name, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    HOST_NOTIFY_CALENDAR_SET), 0);
	CHECK_EQ(TRAP(mk_timer_create_trap, 0), MACH_PORT_NULL);
	CHECK_EQ(core_calendar(core_port(), MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    HOST_NOTIFY_CALENDAR_SET),
	    KERN_RESOURCE_SHORTAGE);
	mach_host_calendar_set();
	CHECK_EQ(core_calendar(core_port(), MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    HOST_NOTIFY_CALENDAR_SET), 0);
	restore(RES(TIMERS, USER), old);

	old = lower(RES(SEMAPHORES, TASK), 1);
	CHECK_EQ(TRAP(semaphore_create_trap, core_self(), P(&name), 0, 0), 0);
	CHECK_EQ(TRAP(semaphore_create_trap, core_self(), P(&timer), 0, 0),
	    KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(TRAP(semaphore_destroy_trap, core_self(), name), 0);
	CHECK_EQ(TRAP(semaphore_create_trap, core_self(), P(&timer), 0, 0), 0);
	restore(RES(SEMAPHORES, TASK), old);

	/* A thread past the limit has no Mach. */
	old = lower(RES(THREADS, TASK), 1);
	core_thread(p);
	CHECK_EQ(TRAP(swtch_pri, 0), KERN_RESOURCE_SHORTAGE);
	core_thread_end();
	restore(RES(THREADS, TASK), old);

	old = lower(RES(TASKS, USER), 1);
	q = proc_of(cred_a, 141);
	CHECK_EQ(TRAP(mach_timebase_info_trap, 0), KERN_RESOURCE_SHORTAGE);
	core_proc_exit(q);
	(void)host_set_curthread(td);
	/* And a child of fork is none either, until there is room. */
	q = host_proc_create(142, cred_a, &host_copy_self, NULL);
	mach_task_fork(p, q);
	CHECK(mach_task_find(q) == NULL);
	restore(RES(TASKS, USER), old);
	host_proc_destroy(q);
	core_proc_exit(p);
}

/* setuid(2), then exec: the account is the new user's. */
static void
test_exec(void)
{
	struct proc *p;
	struct mach_task *task;
	mach_port_name_t name;

	p = proc_of(cred_a, 150);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &name), 0);
	task = mach_task_find(p);
	CHECK_EQ(mach_quota_uid(task->t_quota), 501);
	host_proc_set_cred(p, cred_b);
	mach_task_exec(p, false);
	CHECK_EQ(mach_quota_uid(task->t_quota), 502);
	CHECK_EQ(allocate(MACH_PORT_RIGHT_RECEIVE, &name), 0);
	mach_task_drop(task);
	core_proc_exit(p);
}

/*
 * Each resource, of a task, a user and the superuser: as much as the limit, one
 * line in the log, and as much for another user.
 */
static void
test_each_account(void)
{
	struct mach_quota *other, *quota;
	enum mach_limit_id which;
	char line[128];
	u_long hits, old;
	u_int level, n, res;
	uid_t uid;

	for (res = 0; res < MACH_RESOURCES; res++)
	for (level = MACH_LEVEL_TASK; level <= MACH_LEVEL_ROOT; level++) {
		which = MACH_LIMIT_OF(res, level);
		if (mach_limits[which].ml_name == NULL)
			continue;
		host_time_advance(2000000000);	/* room in the log */
		logged[0] = '\0';
		uid = level == MACH_LEVEL_ROOT ? 0 : 501;
		old = lower(which, 2);
		hits = mach_limits[which].ml_hits;
		quota = mach_quota_alloc(uid, 1000 + (int)which);
		other = mach_quota_alloc(502, 2000);
		for (n = 0; n < 5 && mach_quota_charge(quota, res, 1); n++)
			;
		CHECK_EQ(n, 2);
		CHECK(!mach_quota_charge(quota, res, 1));
		CHECK_EQ(mach_limits[which].ml_hits, hits + 2);
		(void)snprintf(line, sizeof(line), "process %d of user %u is "
		    "at limit %s, 2", 1000 + (int)which, (u_int)uid,
		    mach_limits[which].ml_name);
		CHECK_EQ(lines_about(line), 1);
		CHECK_EQ(lines_about("is at limit"), 1);
		CHECK(mach_quota_charge(other, res, 2));
		mach_quota_uncharge(other, res, 2);
		mach_quota_uncharge(quota, res, 1);
		CHECK(mach_quota_charge(quota, res, 1));
		mach_quota_uncharge(quota, res, 2);
		mach_quota_drop(quota);
		mach_quota_drop(other);
		restore(which, old);
	}
}

/* Who always is at a limit does not fill the log. */
static void
test_log(void)
{
	struct proc *p;
	u_long hits, old;
	unsigned n;
	pid_t pid;

	logged[0] = '\0';
	host_time_advance(2000000000);
	old = lower(MACH_LIMIT_MESSAGE_SIZE, 1024);
	hits = mach_limits[MACH_LIMIT_MESSAGE_SIZE].ml_hits;
	for (pid = 200; pid < 300; pid++) {
		p = proc_of(cred_a, pid);
		for (n = 0; n < 2; n++)
			CHECK_EQ(TRAP(mach_msg_trap, 0, MACH_SEND_MSG, 1028,
			    0, 0, 0, 0), MACH_SEND_TOO_LARGE);
		core_proc_exit(p);
	}
	restore(MACH_LIMIT_MESSAGE_SIZE, old);
	CHECK_EQ(mach_limits[MACH_LIMIT_MESSAGE_SIZE].ml_hits - hits, 200);
	/* Ten lines a second; how many seconds it took is not known. */
	CHECK(lines_about("message_size") >= 10);
	CHECK(lines_about("message_size") < 50);
	CHECK_EQ(lines_about("process 200 "), 1);
}

int
main(void)
{

	core_begin();
	host_set_log(take_log);
	cred_a = host_cred_simple(501, 501);
	cred_b = host_cred_simple(502, 502);
	test_setting();
	test_names();
	test_far_names();
	test_messages();
	test_memory();
	test_system();
	test_nesting();
	test_sets();
	test_objects();
	test_exec();
	test_each_account();
	test_log();
	host_cred_drop(cred_a);
	host_cred_drop(cred_b);
	host_set_log(NULL);
	core_end();
	return (test_end());
}
