/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Processes come and go: fork inherits the special ports and nothing else, exec
 * empties the space and keeps the task, exit releases everything and tells
 * whoever asked, first calls of many threads at once make one task.
 */

#include "core.h"

#include <mach/host_notify.h>
#include <mach/host_special_ports.h>
#include <mach/task_special_ports.h>

#include <kernel/kern/host.h>

#define	FIRSTS	16

static struct proc *first_proc;
static mach_port_name_t first_names[FIRSTS];

static void *
first_call(void *arg)
{

	core_thread(first_proc);
	first_names[(intptr_t)arg] = core_self();
	core_thread_end();
	return (NULL);
}

/* All threads of a process see one task, whoever was first. */
static void
test_first_calls(void)
{
	pthread_t t[FIRSTS];
	struct thread *td;
	int i, round;

	for (round = 0; round < 20; round++) {
		first_proc = core_proc(100 + round);
		td = host_set_curthread(NULL);
		for (i = 0; i < FIRSTS; i++)
			REQUIRE(pthread_create(&t[i], NULL, first_call,
			    (void *)(intptr_t)i) == 0);
		for (i = 0; i < FIRSTS; i++)
			REQUIRE(pthread_join(t[i], NULL) == 0);
		for (i = 1; i < FIRSTS; i++)
			CHECK_EQ(first_names[i], first_names[0]);
		(void)host_set_curthread(td);
		core_proc_exit(first_proc);
	}
}

static mach_port_name_t
bootstrap(void)
{
	mach_port_name_t name;

	name = MACH_PORT_NULL;
	CHECK_EQ(TRAP(task_get_special_port_trap, core_self(),
	    TASK_BOOTSTRAP_PORT, P(&name)), 0);
	return (name);
}

/* Two processes; the caller acts for the first on return. */
static void
test_fork_exec_exit(void)
{
	struct message m;
	struct proc *child, *parent;
	struct thread *ctd, *ptd;
	mach_port_name_t boot, cboot, notify, previous, server;
	mach_port_type_t type;

	parent = core_proc(20);
	ptd = host_curthread();
	server = core_port_send();
	notify = core_port();
	CHECK_EQ(TRAP(task_set_special_port_trap, core_self(),
	    TASK_BOOTSTRAP_PORT, server), 0);

	child = core_proc(21);
	ctd = host_curthread();
	mach_task_fork(parent, child);
	/* A space of its own, with the parent's bootstrap port. */
	CHECK(TRAP(_kernelrpc_mach_port_type_trap, core_self(), notify,
	    P(&type)) != 0);
	cboot = bootstrap();
	CHECK(cboot != MACH_PORT_NULL);
	CHECK_EQ(core_send(cboot, 7, 0), 0);
	(void)host_set_curthread(ptd);
	CHECK_EQ(core_receive(server, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, 7);

	/* Exec: the old names are gone, the special ports are not. */
	(void)host_set_curthread(ctd);
	mach_task_exec(child, false);
	CHECK_EQ(core_send(cboot, 8, 0), MACH_SEND_INVALID_DEST);
	boot = bootstrap();
	CHECK_EQ(core_send(boot, 9, 0), 0);
	(void)host_set_curthread(ptd);
	CHECK_EQ(core_receive(server, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, 9);

	/* Set-user-ID exec: they are. */
	(void)host_set_curthread(ctd);
	mach_task_exec(child, true);
	CHECK_EQ(bootstrap(), MACH_PORT_NULL);

	/*
	 * The parent gives up its own right; the last one left is in a
	 * message the child never received, and goes with the child's exit.
	 */
	(void)host_set_curthread(ptd);
	CHECK_EQ(TRAP(task_set_special_port_trap, core_self(),
	    TASK_BOOTSTRAP_PORT, MACH_PORT_NULL), 0);
	CHECK_EQ(TRAP(_kernelrpc_mach_port_mod_refs_trap, core_self(), server,
	    MACH_PORT_RIGHT_SEND, (uint64_t)-1), 0);
	CHECK_EQ(TRAP(_kernelrpc_mach_port_request_notification_trap,
	    core_self(), server, MACH_NOTIFY_NO_SENDERS, 1, notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&previous)), 0);
	CHECK_EQ(core_receive(notify, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, MACH_NOTIFY_NO_SENDERS);

	(void)host_set_curthread(ctd);
	core_proc_exit(child);
	(void)host_set_curthread(ptd);
	core_proc_exit(parent);
}

/* Exit with messages that carry rights to ports with messages, and so on. */
static void
test_exit_with_chain(void)
{
	struct message m;
	struct proc *p;
	mach_port_name_t holder, inner;
	int i;

	p = core_proc(30);
	inner = core_port();
	for (i = 0; i < 2000; i++) {
		holder = core_port_send();
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
		    MACH_MSGH_BITS_COMPLEX;
		m.hdr.msgh_remote_port = holder;
		m.body.msgh_descriptor_count = 1;
		m.d.port[0].name = inner;
		m.d.port[0].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
		CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
		    offsetof(struct message, d.port[1]), 0, 0, 0, 0), 0);
		inner = holder;
	}
	core_proc_exit(p);
	CHECK_EQ(mach_counter_get(MACH_COUNTER_PORTS),
	    mach_counters_base[MACH_COUNTER_PORTS]);
}

/* A thread that never was in Mach ends the process, queues, rights and all. */
static void
test_exit_by_stranger(void)
{
	struct message m;
	struct proc *p;
	struct thread *td;
	mach_port_name_t other, port;
	u_long left;
	int i;

	p = core_proc(32);
	td = host_curthread();
	port = core_port_send();
	other = core_port_send();
	i = 200;
	CHECK_EQ(TRAP(mach_port_set_attributes_trap, core_self(), port,
	    MACH_PORT_LIMITS_INFO, P(&i), 1), 0);
	for (i = 0; i < 100; i++) {
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
		m.hdr.msgh_remote_port = port;
		m.hdr.msgh_local_port = other;
		m.body.msgh_descriptor_count = 2;
		m.d.port[0].name = other;
		m.d.port[0].disposition = MACH_MSG_TYPE_COPY_SEND;
		m.d.port[1].name = core_port();
		m.d.port[1].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
		CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
		    offsetof(struct message, d.port[2]), 0, 0, 0, 0), 0);
	}
	core_thread(p);
	mach_task_exit(p);
	host_assert_no_locks("exit");
	left = mach_counter_get(MACH_COUNTER_PORTS);
	CHECK_EQ(left, mach_counters_base[MACH_COUNTER_PORTS]);
	left = mach_counter_get(MACH_COUNTER_KMSGS);
	CHECK_EQ(left, mach_counters_base[MACH_COUNTER_KMSGS]);
	core_thread_end();
	(void)host_set_curthread(td);
	core_thread_end();
	host_proc_destroy(p);
}

/* Receive rights in each other's queues: circles are broken, not leaked. */
static void
test_circles(void)
{
	struct message m;
	struct proc *p;
	mach_port_name_t a, b;
	int i;

	p = core_proc(31);
	for (i = 0; i < 3; i++) {
		a = core_port_send();
		b = i == 0 ? a : core_port_send();
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
		    MACH_MSGH_BITS_COMPLEX;
		m.hdr.msgh_remote_port = a;
		m.body.msgh_descriptor_count = 1;
		m.d.port[0].name = b;
		m.d.port[0].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
		CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
		    offsetof(struct message, d.port[1]), 0, 0, 0, 0), 0);
		if (i == 0)
			continue;
		m.hdr.msgh_remote_port = b;
		m.d.port[0].name = a;
		CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
		    offsetof(struct message, d.port[1]), 0, 0, 0, 0), 0);
		/* The second send closed the circle: both are dead. */
		CHECK_EQ(core_send(a, 1, 0), MACH_SEND_INVALID_DEST);
		CHECK_EQ(core_send(b, 1, 0), MACH_SEND_INVALID_DEST);
	}
	core_proc_exit(p);
}

/* A bootstrap port set aside goes to the next child, and only to that. */
static void
test_spawn_port(void)
{
	struct message m;
	struct proc *child[2], *parent;
	struct thread *ctd[2], *ptd;
	mach_port_name_t server;
	int i;

	parent = core_proc(50);
	ptd = host_curthread();
	server = core_port_send();
	CHECK_EQ(mach_thread_set_spawn_port(server + 0x100),
	    KERN_INVALID_CAPABILITY);
	CHECK_EQ(mach_thread_set_spawn_port(server), 0);
	for (i = 0; i < 2; i++) {
		child[i] = core_proc(51 + i);
		ctd[i] = host_curthread();
		(void)host_set_curthread(ptd);
		mach_task_fork(parent, child[i]);
	}
	(void)host_set_curthread(ctd[1]);
	CHECK_EQ(bootstrap(), MACH_PORT_NULL);
	(void)host_set_curthread(ctd[0]);
	CHECK_EQ(core_send(bootstrap(), 3, 0), 0);
	(void)host_set_curthread(ptd);
	CHECK_EQ(bootstrap(), MACH_PORT_NULL);
	CHECK_EQ(core_receive(server, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, 3);

	/* Taken back, and one that a thread leaves behind. */
	CHECK_EQ(mach_thread_set_spawn_port(server), 0);
	CHECK_EQ(mach_thread_set_spawn_port(MACH_PORT_NULL), 0);
	CHECK_EQ(mach_thread_set_spawn_port(server), 0);
	for (i = 0; i < 2; i++) {
		(void)host_set_curthread(ctd[i]);
		core_proc_exit(child[i]);
	}
	(void)host_set_curthread(ptd);
	core_proc_exit(parent);
}

/* A process that enters a jail keeps its rights, not its special ports. */
static void
test_jail(void)
{
	struct prison *pr;
	struct proc *p;
	mach_port_name_t server;

	pr = host_prison_create(7, "cell");
	p = core_proc(60);
	server = core_port_send();
	CHECK_EQ(TRAP(task_set_special_port_trap, core_self(),
	    TASK_BOOTSTRAP_PORT, server), 0);
	CHECK(bootstrap() != MACH_PORT_NULL);
	mach_task_jail(p, pr);
	CHECK_EQ(bootstrap(), MACH_PORT_NULL);
	CHECK_EQ(core_send(server, 1, 0), 0);
	core_proc_exit(p);
	host_prison_drop(pr);
}

/* The dead port of who was the system's launchd does not keep the kernel. */
static void
test_host_port_left(void)
{
	struct kpi_ucred *root;
	struct proc *p;
	mach_port_name_t priv;

	root = host_cred_simple(0, 0);
	p = host_proc_create(70, root, &host_copy_self, NULL);
	host_cred_drop(root);
	core_thread(p);
	CHECK_EQ(TRAP(host_get_host_priv_port_trap,
	    TRAP(host_self_trap, 0), P(&priv)), 0);
	CHECK_EQ(TRAP(host_set_special_port_trap, priv, HOST_LAUNCHCTL_PORT,
	    core_port_send()), 0);
	core_proc_exit(p);
}

/* A request about the host, which never dies: its room is given back. */
static void
test_request_of_the_host(void)
{
	struct proc *p;
	int64_t before;
	mach_port_name_t host, previous;
	bool request;
	int round;

	before = 0;
	for (round = 0; round < 3; round++) {
		request = round > 0;
		p = core_proc(80);
		host = (mach_port_name_t)TRAP(host_self_trap, 0);
		previous = MACH_PORT_DEAD;
		if (request)
			CHECK_EQ(TRAP(
			    _kernelrpc_mach_port_request_notification_trap,
			    core_self(), host, MACH_NOTIFY_DEAD_NAME, 0,
			    core_port(), MACH_MSG_TYPE_MAKE_SEND_ONCE,
			    P(&previous)), 0);
		/* Given up, or still there at the end. */
		if (round == 1)
			CHECK_EQ(TRAP(_kernelrpc_mach_port_deallocate_trap,
			    core_self(), host), 0);
		core_proc_exit(p);
		if (!request)
			before = host_live_bytes();
		CHECK_EQ(host_live_bytes(), before);
	}
}

/* A request of this port's: its result. */
static int
ask(mach_port_name_t port, int type)
{

	return (core_calendar(port, MACH_MSG_TYPE_MAKE_SEND_ONCE, type));
}

/* Who asked is told that the clock was set: once, and each of its kind. */
static void
test_calendar(void)
{
	struct message m;
	struct proc *p;
	mach_port_name_t change, other, set;

	p = core_proc(90);
	change = core_port();
	set = core_port();
	/* Of a refused one the right comes back. */
	other = core_port();
	CHECK_EQ(ask(other, HOST_NOTIFY_TYPE_MAX + 1), KERN_INVALID_ARGUMENT);
	CHECK_EQ(core_receive(other, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, MACH_NOTIFY_SEND_ONCE);
	CHECK_EQ(ask(other, -1), KERN_INVALID_ARGUMENT);
	CHECK_EQ(ask(MACH_PORT_NULL, 0), KERN_INVALID_CAPABILITY);
	CHECK_EQ(ask(change, HOST_NOTIFY_CALENDAR_CHANGE), 0);
	CHECK_EQ(ask(set, HOST_NOTIFY_CALENDAR_SET), 0);
	CHECK_EQ(ask(other, HOST_NOTIFY_CALENDAR_SET), 0);
	CHECK_EQ(ask(other, HOST_NOTIFY_CALENDAR_CHANGE), KERN_FAILURE);
	CHECK_EQ(ask((mach_port_name_t)TRAP(mk_timer_create_trap, 0),
	    HOST_NOTIFY_CALENDAR_SET), KERN_FAILURE);
	CHECK_EQ(core_receive(change, &m, 0), MACH_RCV_TIMED_OUT);
	mach_host_calendar_set();
	CHECK_EQ(core_receive(change, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, HOST_CALENDAR_CHANGED_REPLYID);
	CHECK_EQ(m.hdr.msgh_size, sizeof(m.hdr));
	CHECK_EQ(core_receive(set, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, HOST_CALENDAR_SET_REPLYID);
	/* Once; then it may be asked for again. */
	mach_host_calendar_set();
	CHECK_EQ(core_receive(change, &m, 0), MACH_RCV_TIMED_OUT);
	CHECK_EQ(ask(change, HOST_NOTIFY_CALENDAR_SET), 0);
	mach_host_calendar_set();
	CHECK_EQ(core_receive(change, &m, 0), 0);
	/* It goes with its port, and with its task. */
	CHECK_EQ(ask(change, HOST_NOTIFY_CALENDAR_SET), 0);
	CHECK_EQ(core_destroy(change), 0);
	CHECK_EQ(ask(set, HOST_NOTIFY_CALENDAR_SET), 0);
	core_proc_exit(p);
	mach_host_calendar_set();
}

/* Nobody asks for another's port, whose right it may have. */
static void
test_calendar_of_another(void)
{
	struct message m;
	struct proc *child, *parent;
	struct thread *ctd, *ptd;
	mach_port_name_t mine, server;

	parent = core_proc(91);
	ptd = host_curthread();
	server = core_port_send();
	CHECK_EQ(TRAP(task_set_special_port_trap, core_self(),
	    TASK_BOOTSTRAP_PORT, server), 0);
	child = core_proc(92);
	ctd = host_curthread();
	mach_task_fork(parent, child);
	mine = core_port();
	memset(&m.hdr, 0, sizeof(m.hdr));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.hdr.msgh_remote_port = bootstrap();
	m.hdr.msgh_local_port = mine;
	CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG, sizeof(m.hdr), 0, 0,
	    0, 0), 0);

	(void)host_set_curthread(ptd);
	CHECK_EQ(core_receive(server, &m, 0), 0);
	CHECK_EQ(core_calendar(m.hdr.msgh_remote_port,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE, HOST_NOTIFY_CALENDAR_SET),
	    KERN_INVALID_CAPABILITY);
	core_proc_exit(parent);
	mach_host_calendar_set();

	(void)host_set_curthread(ctd);
	CHECK_EQ(core_receive(mine, &m, 0), 0);
	CHECK_EQ(m.hdr.msgh_id, MACH_NOTIFY_SEND_ONCE);
	CHECK_EQ(core_receive(mine, &m, 0), MACH_RCV_TIMED_OUT);
	CHECK_EQ(ask(mine, HOST_NOTIFY_CALENDAR_SET), 0);
	core_proc_exit(child);
}

static volatile int calendar_over;

static void *
set_clock(void *arg)
{

	(void)arg;
	while (!__atomic_load_n(&calendar_over, __ATOMIC_ACQUIRE))
		mach_host_calendar_set();
	return (NULL);
}

/* Requests that are made, and ports that die, while the clock is set. */
static void
test_calendar_race(void)
{
	struct message m;
	struct proc *p;
	pthread_t t;
	mach_port_name_t port;
	int i;

	p = core_proc(93);
	REQUIRE(pthread_create(&t, NULL, set_clock, NULL) == 0);
	for (i = 0; i < 2000; i++) {
		port = core_port();
		CHECK_EQ(ask(port, i % 2), 0);
		if (i % 3 != 0)
			CHECK_EQ(core_receive(port, &m, -1), 0);
		CHECK_EQ(core_destroy(port), 0);
	}
	__atomic_store_n(&calendar_over, 1, __ATOMIC_RELEASE);
	REQUIRE(pthread_join(t, NULL) == 0);
	core_proc_exit(p);
}

int
main(void)
{

	core_begin();
	test_first_calls();
	test_fork_exec_exit();
	test_exit_with_chain();
	test_exit_by_stranger();
	test_circles();
	test_spawn_port();
	test_jail();
	test_host_port_left();
	test_request_of_the_host();
	test_calendar();
	test_calendar_of_another();
	test_calendar_race();
	core_end();
	return (test_end());
}
