/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Every operation on ports, rights, sets and messages against every other, in
 * interleavings chosen by the controlled scheduler.  Nothing is expected of any
 * single call, but that it ends; the account (world.h) must be right.
 *
 * usage: pairs_test [seeds a pair [words of the name [3]]]
 *	3: every three of them instead of every two
 */

#include "world.h"

#include <mach/semaphore.h>
#include <mach/sync_policy.h>
#include <mach/task_special_ports.h>

#define	MS	5

static void
do_send(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_send(w.port, MS);
	(void)world_send(w.port, 0);
}

static void
do_receive(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_receive(w.port, MS);
	(void)world_receive(w.port, 0);
}

static void
do_receive_set(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_receive(w.set, MS);
	(void)world_receive(w.set, 0);
}

static void
do_destroy(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_mod_refs(w.port, MACH_PORT_RIGHT_RECEIVE, -1);
}

static void
do_destroy_name(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)core_destroy(w.port);
}

static void
do_move_member(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_move(w.port, w.other);
	(void)world_move(w.port, w.set);
}

static void
do_insert_member(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)TRAP(_kernelrpc_mach_port_insert_member_trap, w.self, w.port,
	    w.other);
	(void)TRAP(_kernelrpc_mach_port_extract_member_trap, w.self, w.port,
	    w.set);
}

static void
do_destroy_set(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_mod_refs(w.set, MACH_PORT_RIGHT_PORT_SET, -1);
}

static void
do_dead_name(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_request(w.port, MACH_NOTIFY_DEAD_NAME, 0);
	(void)world_request(w.foreign, MACH_NOTIFY_DEAD_NAME, 1);
}

static void
do_no_senders(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_request(w.port, MACH_NOTIFY_NO_SENDERS, 0);
}

static void
do_send_possible(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_request(w.foreign, MACH_NOTIFY_SEND_POSSIBLE, 1);
	(void)world_request(w.port, MACH_NOTIFY_SEND_POSSIBLE, 0);
}

static void
do_port_destroyed(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_request(w.port, MACH_NOTIFY_PORT_DESTROYED, 0);
}

static void
do_make_send(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)TRAP(_kernelrpc_mach_port_insert_right_trap, w.self, w.port,
	    w.port, MACH_MSG_TYPE_MAKE_SEND);
}

static void
do_inspect(void *arg)
{
	mach_msg_mac_trailer64_t trailer;
	struct mach_port_status status;
	mach_port_name_t names[16];
	mach_port_type_t types[16];
	mach_msg_type_number_t n;
	mach_msg_size_t size;
	mach_port_seqno_t seqno;
	mach_msg_id_t id;

	world_thread((int)(intptr_t)arg);
	n = nitems(names);
	(void)TRAP(mach_port_get_set_status_trap, w.self, w.set, P(names),
	    P(&n));
	n = sizeof(status) / sizeof(integer_t);
	(void)TRAP(_kernelrpc_mach_port_get_attributes_trap, w.self, w.port,
	    MACH_PORT_RECEIVE_STATUS, P(&status), P(&n));
	n = sizeof(trailer);
	seqno = 0;
	(void)TRAP(mach_port_peek_trap, w.self, w.port, 0, P(&seqno),
	    P(&size), P(&id), P(&trailer), P(&n));
	n = nitems(names);
	(void)TRAP(mach_port_names_trap, w.self, P(names), P(types), P(&n));
}

static void
do_mod_refs(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_mod_refs(w.port, MACH_PORT_RIGHT_SEND, 1);
	(void)world_mod_refs(w.port, MACH_PORT_RIGHT_SEND, -2);
	(void)world_mod_refs(w.foreign, MACH_PORT_RIGHT_SEND, -1);
}

static void
do_transit(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_send_right(w.transit, w.port, MACH_MSG_TYPE_MOVE_RECEIVE);
}

static void
do_qlimit(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_set_qlimit(w.port, 1);
	(void)world_set_qlimit(w.port, 3);
}

static void
do_look_up(void *arg)
{
	mach_port_type_t type;

	world_thread((int)(intptr_t)arg);
	(void)TRAP(_kernelrpc_mach_port_type_trap, w.self, w.foreign,
	    P(&type));
	(void)TRAP(_kernelrpc_mach_port_type_trap, w.self, w.port, P(&type));
}

static void
do_send_foreign(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_send(w.foreign, MS);
}

static void
do_exit(void *arg)
{
	(void)arg;
	world_second_exit();
}

static void
do_attach(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_knote(w.kq, w.set, EV_ADD | EV_CLEAR, NULL);
	(void)world_knote(w.kq, w.port, EV_ADD, NULL);
}

static struct message direct_message[SCHED_THREADS + 1];

static void
do_attach_direct(void *arg)
{
	struct kevent kev;
	int i;

	i = (int)(intptr_t)arg;
	world_thread(i);
	(void)world_knote(w.kq2, w.set, EV_ADD | EV_DISPATCH,
	    &direct_message[i]);
	(void)world_knote(w.kq2, w.port, EV_ADD | EV_ONESHOT,
	    &direct_message[i]);
	(void)world_event(w.kq2, &kev, MS);
	(void)world_event(w.kq2, &kev, 0);
}

static void
do_detach(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)world_knote(w.kq, w.set, EV_DELETE, NULL);
	(void)world_knote(w.kq, w.port, EV_DELETE, NULL);
	(void)world_knote(w.kq, w.other, EV_DELETE, NULL);
}

/* Whatever comes, three at most; one of the kqueues receives. */
static void
do_scan(void *arg)
{
	struct kevent kev;
	int i;

	i = (int)(intptr_t)arg;
	world_thread(i);
	(void)world_knote(w.kq, w.other, EV_ADD, &direct_message[i]);
	for (i = 0; i < 3; i++)
		(void)world_event(w.kq, &kev, i == 0 ? MS : 0);
}

/* The last look before the kqueue goes; its knotes go with it. */
static void
do_close(void *arg)
{
	struct kevent kev;

	world_thread((int)(intptr_t)arg);
	(void)world_knote(w.kq2, w.other, EV_ADD | EV_ONESHOT, NULL);
	(void)world_event(w.kq2, &kev, 0);
	kqueue_close(w.kq2);
	w.kq_closed = true;
}

/*
 * Processes.
 */

/* The image of the second process is replaced; what had its ports has none. */
static void
do_exec(void *arg)
{
	struct thread *td;

	(void)arg;
	td = host_set_curthread(w.second_td);
	mach_task_exec(w.second, false);
	(void)host_set_curthread(td);
}

/* A child that inherits, does nothing and exits. */
static void
do_fork(void *arg)
{
	struct proc *child;

	world_thread((int)(intptr_t)arg);
	child = host_proc_create(12 + (pid_t)(intptr_t)arg, core_cred,
	    &host_copy_self, NULL);
	mach_task_fork(w.proc, child);
	mach_task_exit(child);
	host_proc_destroy(child);
}

/* What a child inherits. */
static void
do_special(void *arg)
{
	mach_port_name_t name;

	world_thread((int)(intptr_t)arg);
	(void)TRAP(task_set_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    w.foreign);
	(void)TRAP(task_set_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    w.port);
	if (TRAP(task_get_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    P(&name)) == 0)
		(void)TRAP(_kernelrpc_mach_port_deallocate_trap, w.self, name);
	(void)TRAP(task_set_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    MACH_PORT_NULL);
}

/*
 * Semaphores and timers; both are made by setup().
 */
static mach_port_name_t semaphore, timer;

static void
do_semaphore_wait(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)TRAP(semaphore_timedwait_trap, semaphore, 0, MS * 1000000);
	(void)TRAP(semaphore_timedwait_trap, semaphore, 0, 0);
}

static void
do_semaphore_signal(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)TRAP(semaphore_signal_trap, semaphore);
	(void)TRAP(semaphore_signal_all_trap, semaphore);
}

static void
do_semaphore_destroy(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)TRAP(semaphore_destroy_trap, w.self, semaphore);
}

/* It fires by itself while others are at work, and at once. */
static void
do_timer(void *arg)
{
	struct message m;

	world_thread((int)(intptr_t)arg);
	(void)TRAP(mk_timer_arm_trap, timer, host_uptime_ns() + 1000000);
	(void)core_receive(timer, &m, MS);
	(void)TRAP(mk_timer_arm_trap, timer, 1);
	(void)TRAP(mk_timer_cancel_trap, timer, 0);
}

static void
do_timer_destroy(void *arg)
{
	world_thread((int)(intptr_t)arg);
	(void)TRAP(mk_timer_arm_trap, timer, host_uptime_ns() + 1000000);
	(void)TRAP(mk_timer_destroy_trap, timer);
}

/*
 * A chain: the death of one port ends the last right to the next, which was
 * to be told to a third, and so on; all by one call.
 */
static void
do_chain(void *arg)
{
	mach_port_name_t a, b;

	world_thread((int)(intptr_t)arg);
	a = core_port_send();
	b = core_port_send();
	(void)world_request(a, MACH_NOTIFY_DEAD_NAME, 0);
	(void)world_request(b, MACH_NOTIFY_NO_SENDERS, 0);
	/* The queue of b holds the receive right of a. */
	(void)world_send_right(b, a, MACH_MSG_TYPE_MOVE_RECEIVE);
	(void)world_mod_refs(b, MACH_PORT_RIGHT_SEND, -1);
	(void)core_destroy(b);
	(void)core_destroy(a);
}

static const struct {
	const char	*name;
	sched_fn	*fn;
} operations[] = {
	{ "send", do_send },
	{ "receive", do_receive },
	{ "receive from set", do_receive_set },
	{ "destroy", do_destroy },
	{ "destroy name", do_destroy_name },
	{ "move member", do_move_member },
	{ "insert member", do_insert_member },
	{ "destroy set", do_destroy_set },
	{ "dead-name request", do_dead_name },
	{ "no-senders request", do_no_senders },
	{ "send-possible request", do_send_possible },
	{ "port-destroyed request", do_port_destroyed },
	{ "make send", do_make_send },
	{ "inspect", do_inspect },
	{ "mod refs", do_mod_refs },
	{ "move receive", do_transit },
	{ "queue limit", do_qlimit },
	{ "look up", do_look_up },
	{ "send to second", do_send_foreign },
	{ "kevent attach", do_attach },
	{ "kevent detach", do_detach },
	{ "kevent scan", do_scan },
	{ "kevent receive", do_attach_direct },
	{ "kevent close", do_close },
	{ "fork", do_fork },
	{ "special port", do_special },
	{ "semaphore wait", do_semaphore_wait },
	{ "semaphore signal", do_semaphore_signal },
	{ "semaphore destroy", do_semaphore_destroy },
	{ "timer", do_timer },
	{ "timer destroy", do_timer_destroy },
	{ "chain", do_chain },
	{ "exec", do_exec },
	{ "exit", do_exit }
};

/* The queue is full, so that senders wait; both kqueues look at something. */
static void
setup(const struct sched_scenario *s)
{

	world_begin(s);
	(void)world_set_qlimit(w.port, 1);
	EXPECT(world_send(w.port, 0) == 0);
	EXPECT(TRAP(semaphore_create_trap, w.self, P(&semaphore),
	    SYNC_POLICY_FIFO, 0) == 0);
	timer = (mach_port_name_t)TRAP(mk_timer_create_trap, 0);
	EXPECT(timer != MACH_PORT_NULL);
	EXPECT(world_knote(w.kq, w.port, EV_ADD, NULL) == 0);
	EXPECT(world_knote(w.kq2, w.set, EV_ADD | EV_DISPATCH,
	    &direct_message[SCHED_THREADS]) == 0);
}

/* close(2) waits for who is inside of kevent(2): not of one already closed. */
static bool
closes(u_int i, u_int j)
{
	sched_fn *f, *g;

	f = operations[i].fn;
	g = operations[j].fn;
	return ((f == do_close && (g == do_close || g == do_attach_direct)) ||
	    (g == do_close && f == do_attach_direct));
}

static bool
seconds(u_int i, u_int j)
{
	sched_fn *f, *g;

	f = operations[i].fn;
	g = operations[j].fn;
	return ((f == do_exit || f == do_exec) &&
	    (g == do_exit || g == do_exec));
}

static bool
try(u_int i, u_int j, u_int k, char *name, size_t size,
    struct sched_scenario *s)
{

	/* Only one acts for the second process; a descriptor is closed once. */
	if (k < nitems(operations) ? seconds(i, j) || seconds(j, k) ||
	    seconds(i, k) : seconds(i, j))
		return (true);
	if (k < nitems(operations) ?
	    closes(i, k) || closes(j, k) || closes(i, j) : closes(i, j))
		return (true);
	snprintf(name, size, "%s, %s%s%s", operations[i].name,
	    operations[j].name, k < nitems(operations) ? ", " : "",
	    k < nitems(operations) ? operations[k].name : "");
	if (!world_wanted(name))
		return (true);
	memset(s, 0, sizeof(*s));
	s->name = name;
	s->fns[s->nthreads++] = operations[i].fn;
	s->fns[s->nthreads++] = operations[j].fn;
	if (k < nitems(operations))
		s->fns[s->nthreads++] = operations[k].fn;
	s->args[1] = (void *)(intptr_t)1;
	s->args[2] = (void *)(intptr_t)2;
	s->setup = setup;
	s->check = world_end;
	return (sched_explore(s, world_seeds));
}

int
main(int argc, char **argv)
{
	struct sched_scenario s;
	char name[96];
	u_int i, j, k, last;
	bool ok;

	world_seeds = argc > 1 ? strtoull(argv[1], NULL, 0) : 60;
	world_words = argc > 2 ? argv[2] : NULL;
	/* For pairs the third is one past the last: none. */
	last = nitems(operations);
	if (argc > 3 && atoi(argv[3]) == 3)
		last--;
	ok = true;
	for (i = 0; i < nitems(operations); i++)
		for (j = i; j < nitems(operations); j++)
			for (k = last == nitems(operations) ? last : j;
			    ok && k <= last; k++)
				ok = try(i, j, k, name, sizeof(name), &s);
	return (ok ? 0 : 1);
}
