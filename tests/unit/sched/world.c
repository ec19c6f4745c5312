/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The world of a controlled run; see world.h.
 */

#include "world.h"

#include <mach/task_special_ports.h>

#include <kernel/ipc/ipc_watch.h>

struct world w;
uint64_t world_seeds;
const char *world_words;

void
world_bad(const char *what, const char *file, int line)
{

	fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
	w.bad = true;
}

bool
world_wanted(const char *name)
{

	return (world_words == NULL || strstr(name, world_words) != NULL);
}

void
world_thread(int i)
{

	(void)host_set_curthread(w.tds[i]);
}

static mach_port_name_t
world_bootstrap(void)
{
	mach_port_name_t name;

	name = MACH_PORT_NULL;
	EXPECT(TRAP(task_get_special_port_trap, core_self(),
	    TASK_BOOTSTRAP_PORT, P(&name)) == 0);
	return (name);
}

/* The second process, and a send right each for the other's port. */
static void
world_second(void)
{
	struct message m;

	EXPECT(TRAP(task_set_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    w.port) == 0);
	w.second = core_proc(11);
	w.second_td = host_curthread();
	mach_task_fork(w.proc, w.second);
	w.second_self = core_self();
	w.second_send = world_bootstrap();
	w.second_port = core_port();
	memset(&m.hdr, 0, sizeof(m.hdr));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND);
	m.hdr.msgh_remote_port = w.second_send;
	m.hdr.msgh_local_port = w.second_port;
	EXPECT(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG, sizeof(m.hdr), 0, 0,
	    0, 0) == 0);
	(void)host_set_curthread(w.td);
	EXPECT(TRAP(task_set_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    MACH_PORT_NULL) == 0);
	EXPECT(core_receive(w.port, &m, 0) == 0);
	w.foreign = m.hdr.msgh_remote_port;
}

void
world_begin(const struct sched_scenario *s)
{
	int i;

	core_begin();
	memset(&w, 0, sizeof(w));
	EXPECT(kqueue_add_filteropts(WORLD_FILTER, &ipc_knote_filtops) == 0);
	w.kq = kqueue_open();
	w.kq2 = kqueue_open();
	w.proc = core_proc(10);
	w.td = host_curthread();
	w.self = core_self();
	w.port = core_port_send();
	w.transit = core_port_send();
	w.notify = core_port();
	w.tickets = core_port();
	w.set = core_pset();
	w.other = core_pset();
	world_second();
	EXPECT(world_move(w.port, w.set) == 0);
	for (i = 0; i < s->nthreads; i++) {
		core_thread(w.proc);
		w.tds[i] = host_curthread();
		(void)core_self();
	}
	(void)host_set_curthread(w.td);
}

int
world_send(mach_port_name_t to, int timeout)
{
	struct message m;
	int mr;

	memset(&m.hdr, 0, sizeof(m.hdr));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.hdr.msgh_remote_port = to;
	m.hdr.msgh_local_port = w.tickets;
	m.hdr.msgh_id = 1;
	mr = TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG |
	    (timeout >= 0 ? MACH_SEND_TIMEOUT : 0), sizeof(m.hdr), 0, 0,
	    (uint64_t)timeout, 0);
	/* Not sent: if it has been looked at, it has come back, a right. */
	if (mr != 0 && MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits) !=
	    MACH_MSG_TYPE_MAKE_SEND_ONCE)
		w.received++;
	if (mr == 0 || MACH_MSGH_BITS_LOCAL(m.hdr.msgh_bits) !=
	    MACH_MSG_TYPE_MAKE_SEND_ONCE)
		w.sent++;
	return (mr);
}

int
world_receive(mach_port_name_t from, int timeout)
{
	struct message m;
	int mr;

	mr = TRAP(mach_msg_trap, P(&m), MACH_RCV_MSG |
	    (timeout >= 0 ? MACH_RCV_TIMEOUT : 0) | MACH_RCV_INTERRUPT, 0,
	    sizeof(m), from, (uint64_t)timeout, 0);
	if (mr != 0)
		return (mr);
	if (m.hdr.msgh_id == 1)
		w.received++;
	else if (m.hdr.msgh_id == 2)
		w.port = m.d.port[0].name;
	return (mr);
}

int
world_send_right(mach_port_name_t to, mach_port_name_t what,
    mach_msg_type_name_t disposition)
{
	struct message m;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = to;
	m.hdr.msgh_id = disposition == MACH_MSG_TYPE_MOVE_RECEIVE ? 2 : 3;
	m.body.msgh_descriptor_count = 1;
	m.d.port[0].name = what;
	m.d.port[0].disposition = disposition;
	return (TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    offsetof(struct message, d.port[1]), 0, 0, 0, 0));
}

int
world_request(mach_port_name_t name, mach_msg_id_t id, int sync)
{
	mach_port_name_t previous;
	int kr;

	previous = MACH_PORT_NULL;
	kr = TRAP(_kernelrpc_mach_port_request_notification_trap, w.self, name,
	    (uint64_t)id, (uint64_t)sync, w.notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&previous));
	if (kr == 0)
		w.asked++;
	if (previous != MACH_PORT_NULL)
		EXPECT(TRAP(_kernelrpc_mach_port_deallocate_trap, w.self,
		    previous) == 0);
	return (kr);
}

int
world_set_qlimit(mach_port_name_t name, int limit)
{

	return (TRAP(mach_port_set_attributes_trap, w.self, name,
	    MACH_PORT_LIMITS_INFO, P(&limit), 1));
}

int
world_mod_refs(mach_port_name_t name, mach_port_right_t right, int delta)
{

	return (TRAP(_kernelrpc_mach_port_mod_refs_trap, w.self, name, right,
	    (uint64_t)delta));
}

int
world_move(mach_port_name_t name, mach_port_name_t set)
{

	return (TRAP(_kernelrpc_mach_port_move_member_trap, w.self, name,
	    set));
}

int
world_knote(struct kqueue *kq, mach_port_name_t name, int flags,
    struct message *direct)
{
	struct kevent kev;

	memset(&kev, 0, sizeof(kev));
	kev.ident = name;
	kev.filter = WORLD_FILTER;
	kev.flags = (u_short)flags;
	if (direct != NULL) {
		kev.fflags = MACH_RCV_MSG;
		kev.ext[0] = P(direct);
		kev.ext[1] = sizeof(*direct);
	}
	return (-kqueue_kevent(kq, &kev, 1, NULL, 0, 0));
}

int
world_event(struct kqueue *kq, struct kevent *kev, int timeout)
{
	struct message *m;
	int n;

	do
		n = kqueue_kevent(kq, NULL, 0, kev, 1, timeout);
	/* Somebody else received it: that is no event (libmach). */
	while (n == 1 && kev->fflags == MACH_RCV_TIMED_OUT);
	host_assert_no_locks("kevent");
	if (n == 1 && kev->ext[1] != 0 && kev->fflags == 0 &&
	    (kev->flags & (EV_EOF | EV_ERROR)) == 0) {
		m = (struct message *)(uintptr_t)kev->ext[0];
		if (m->hdr.msgh_id == 1)
			w.received++;
		else if (m->hdr.msgh_id == 2)
			w.port = m->d.port[0].name;
	}
	return (n);
}

/* As a thread of a run or after it. */
void
world_second_exit(void)
{
	struct thread *td;

	td = host_set_curthread(w.second_td);
	mach_task_exit(w.second);
	w.second_gone = true;
	(void)host_set_curthread(td);
}

static int
world_count(mach_port_name_t name)
{
	struct message m;
	int n;

	for (n = 0; core_receive(name, &m, 0) == 0; n++)
		/* A port that was not to die without notice. */
		if (m.hdr.msgh_id == MACH_NOTIFY_PORT_DESTROYED)
			EXPECT(core_destroy(m.d.port[0].name) == 0);
	return (n);
}

static bool
world_member(mach_port_name_t set)
{
	mach_port_name_t names[4];
	mach_msg_type_number_t i, n;

	n = nitems(names);
	if (TRAP(mach_port_get_set_status_trap, w.self, set, P(names), P(&n))
	    != 0)
		return (false);
	for (i = 0; i < n; i++)
		if (names[i] == w.port)
			return (true);
	return (false);
}

/* What is queued comes out by way of the sets, and leaves room for as much. */
static void
world_drain(void)
{
	struct mach_port_status status;
	mach_msg_type_number_t n;
	mach_port_type_t type;
	uint32_t i;
	bool member;

	while (world_receive(w.transit, 0) == 0)
		continue;
	member = world_member(w.set) || world_member(w.other);
	while (world_receive(w.set, 0) == 0 || world_receive(w.other, 0) == 0)
		continue;
	if (member)
		EXPECT(world_receive(w.port, 0) != 0);
	while (world_receive(w.port, 0) == 0)
		continue;
	if (TRAP(_kernelrpc_mach_port_type_trap, w.self, w.port, P(&type)) != 0
	    || (type & MACH_PORT_TYPE_SEND_RECEIVE) !=
	    MACH_PORT_TYPE_SEND_RECEIVE)
		return;
	n = sizeof(status) / sizeof(integer_t);
	EXPECT(TRAP(_kernelrpc_mach_port_get_attributes_trap, w.self, w.port,
	    MACH_PORT_RECEIVE_STATUS, P(&status), P(&n)) == 0);
	EXPECT(status.mps_msgcount == 0);
	for (i = 0; i < status.mps_qlimit; i++)
		EXPECT(world_send(w.port, 0) == 0);
	EXPECT(world_send(w.port, 0) == MACH_SEND_TIMED_OUT);
}

bool
world_end(const struct sched_scenario *s)
{
	int destroyed, arrived, i;
	u_int c;

	for (i = 0; i < s->nthreads; i++) {
		(void)host_set_curthread(w.tds[i]);
		core_thread_end();
	}
	(void)host_set_curthread(w.td);
	if (!w.kq_closed)
		kqueue_close(w.kq2);
	world_drain();
	if (!w.second_gone)
		world_second_exit();
	(void)host_set_curthread(w.second_td);
	core_thread_end();
	host_proc_destroy(w.second);
	(void)host_set_curthread(w.td);

	/* Nothing but the two ports of the account is left. */
	(void)core_destroy(w.set);
	(void)core_destroy(w.other);
	(void)core_destroy(w.port);
	(void)core_destroy(w.transit);
	(void)core_destroy(w.foreign);
	arrived = world_count(w.notify);
	destroyed = world_count(w.tickets);
	if (w.sent != w.received + destroyed || w.asked != arrived)
		fprintf(stderr, "%d sent, %d received, %d destroyed; "
		    "%d notifications asked for, %d arrived\n", w.sent,
		    w.received, destroyed, w.asked, arrived);
	EXPECT(w.sent == w.received + destroyed);
	EXPECT(w.asked == arrived);
	/* What is left in the kqueue outlives its ports and its process. */
	core_proc_exit(w.proc);
	kqueue_close(w.kq);
	EXPECT(kqueue_del_filteropts(WORLD_FILTER) == 0);
	for (c = 0; c < MACH_COUNTERS; c++)
		EXPECT(mach_counter_get(c) == mach_counters_base[c]);
	core_end();
	return (!w.bad);
}
