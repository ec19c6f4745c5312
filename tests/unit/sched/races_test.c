/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The races that have been bugs of Mach kernels, under the controlled
 * scheduler: what each call may return is checked, waits are for ever where
 * somebody must end them, and the account (world.h) must be right.
 *
 * usage: races_test [seeds a race [words of the name]]
 */

#include "world.h"

#include <mach/semaphore.h>
#include <mach/sync_policy.h>

static mach_port_name_t semaphore, timer, second_set_port;

#define	THREAD(n)	world_thread(n)

static void
fill(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(world_set_qlimit(w.port, 1) == 0);
	EXPECT(world_send(w.port, 0) == 0);
}

/* However many senders waited: no more than the limit got in. */
static bool
within_limit(const struct sched_scenario *s)
{
	struct mach_port_status status;
	mach_msg_type_number_t n;

	n = sizeof(status) / sizeof(integer_t);
	if (TRAP(_kernelrpc_mach_port_get_attributes_trap, w.self, w.port,
	    MACH_PORT_RECEIVE_STATUS, P(&status), P(&n)) == 0)
		EXPECT(status.mps_msgcount <= status.mps_qlimit);
	return (world_end(s));
}

/*
 * A set destroyed under a sender, with a receiver that waits.
 */
static void
set_receiver(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.set, FOREVER);
	EXPECT(mr == 0 || mr == MACH_RCV_PORT_DIED ||
	    mr == MACH_RCV_INVALID_NAME);
}

static void
sender(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_send(w.port, FOREVER) == 0);
}

static void
set_destroyer(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_mod_refs(w.set, MACH_PORT_RIGHT_PORT_SET, -1) == 0);
}

/*
 * A message at the deadline: received or still there, and never both.
 */
static void
timed_receiver(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.port, 10);
	EXPECT(mr == 0 || mr == MACH_RCV_TIMED_OUT);
}

static void
timed_set_receiver(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.set, 10);
	EXPECT(mr == 0 || mr == MACH_RCV_TIMED_OUT);
}

static void
timed_sender(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_send(w.port, 10);
	EXPECT(mr == 0 || mr == MACH_SEND_TIMED_OUT);
}

/*
 * The receive right leaves in a message, or dies, while somebody waits.
 */
static void
left_receiver(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.port, FOREVER);
	EXPECT(mr == 0 || mr == MACH_RCV_PORT_CHANGED ||
	    mr == MACH_RCV_PORT_DIED || mr == MACH_RCV_INVALID_NAME);
}

static void
mover(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_send_right(w.transit, w.port,
	    MACH_MSG_TYPE_MOVE_RECEIVE) == 0);
}

static void
any_sender(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_send(w.port, FOREVER);
	EXPECT(mr == 0 || mr == MACH_SEND_INVALID_DEST);
}

static void
destroyer(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_mod_refs(w.port, MACH_PORT_RIGHT_RECEIVE, -1) == 0);
}

/*
 * A dead-name request while the port dies, and somebody looks it up.
 */
static void
foreign_request(void *arg)
{
	int kr;

	THREAD((int)(intptr_t)arg);
	kr = world_request(w.foreign, MACH_NOTIFY_DEAD_NAME, 1);
	EXPECT(kr == 0);
}

static void
foreign_look_up(void *arg)
{
	mach_port_type_t type;

	THREAD((int)(intptr_t)arg);
	EXPECT(TRAP(_kernelrpc_mach_port_type_trap, w.self, w.foreign,
	    P(&type)) == 0);
}

static void
foreign_destroyer(void *arg)
{
	(void)arg;
	(void)host_set_curthread(w.second_td);
	EXPECT(core_destroy(w.second_port) == 0);
}

static void
requested(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(world_request(w.foreign, MACH_NOTIFY_DEAD_NAME, 0) == 0);
}

/*
 * The right itself goes away in a message meanwhile.  A dead-name notification
 * carries a reference of the name, whoever was first.
 */
static void
foreign_giver(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_send_right(w.transit, w.foreign, MACH_MSG_TYPE_MOVE_SEND);
	EXPECT(mr == 0);
}

static bool
told_check(const struct sched_scenario *s)
{
	struct message m;
	mach_port_type_t type;
	int kr;

	EXPECT(core_receive(w.notify, &m, 0) == 0);
	w.asked--;
	if (m.hdr.msgh_id == MACH_NOTIFY_DEAD_NAME)
		EXPECT(TRAP(_kernelrpc_mach_port_mod_refs_trap, w.self,
		    w.foreign, MACH_PORT_RIGHT_DEAD_NAME, -1) == 0);
	else
		EXPECT(m.hdr.msgh_id == MACH_NOTIFY_PORT_DELETED);
	/* What is left is what came back, or nothing. */
	kr = TRAP(_kernelrpc_mach_port_type_trap, w.self, w.foreign, P(&type));
	EXPECT(kr == KERN_INVALID_NAME);
	return (world_end(s));
}

static void
second_exit(void *arg)
{
	(void)arg;
	world_second_exit();
}

static void
foreign_sender(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_send(w.foreign, FOREVER);
	EXPECT(mr == 0 || mr == MACH_SEND_INVALID_DEST);
}

/*
 * A blocked sender.
 */
static void
limiter(void *arg)
{
	int kr;

	THREAD((int)(intptr_t)arg);
	kr = world_set_qlimit(w.port, 2);
	EXPECT(kr == 0 || kr == KERN_INVALID_RIGHT || kr == KERN_INVALID_NAME);
}

static void
poller(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_send(w.port, 0);
	EXPECT(mr == 0 || mr == MACH_SEND_TIMED_OUT);
}

static void
receiver(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_receive(w.port, FOREVER) == 0);
}

static void
receiver_of_two(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_receive(w.port, FOREVER) == 0);
	EXPECT(world_receive(w.port, FOREVER) == 0);
}

static void
set_receiver_of_one(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_receive(w.set, FOREVER) == 0);
}

static void
other_receiver(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_receive(w.other, FOREVER) == 0);
}

static void
join_other(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_move(w.port, w.other) == 0);
}

/*
 * Receive rights sent to each other's queues.
 */
static void
circle(void *arg)
{
	int i, mr;

	i = (int)(intptr_t)arg;
	THREAD(i);
	mr = world_send_right(i == 0 ? w.transit : w.port,
	    i == 0 ? w.port : w.transit, MACH_MSG_TYPE_MOVE_RECEIVE);
	EXPECT(mr == 0);
}

/* The same between two processes, whose spaces have locks of their own. */
static void
circle_of_two(void *arg)
{
	int mr;

	if (arg == NULL) {
		THREAD(0);
		mr = world_send_right(w.foreign, w.port,
		    MACH_MSG_TYPE_MOVE_RECEIVE);
	} else {
		(void)host_set_curthread(w.second_td);
		mr = world_send_right(w.second_send, w.second_port,
		    MACH_MSG_TYPE_MOVE_RECEIVE);
	}
	EXPECT(mr == 0);
}

/*
 * Two members, two receivers.
 */
static void
two_members(const struct sched_scenario *s)
{

	world_begin(s);
	second_set_port = w.transit;
	EXPECT(world_move(second_set_port, w.set) == 0);
}

static void
second_sender(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_send(second_set_port, FOREVER) == 0);
}

/* Told at once or when there is room, and there will be. */
static void
send_possible_waiter(void *arg)
{
	struct message m;

	THREAD((int)(intptr_t)arg);
	EXPECT(world_request(w.port, MACH_NOTIFY_SEND_POSSIBLE, 1) == 0);
	EXPECT(core_receive(w.notify, &m, FOREVER) == 0);
	EXPECT(m.hdr.msgh_id == MACH_NOTIFY_SEND_POSSIBLE);
	w.asked--;
}

/*
 * Nobody but the one process holds this port, a member of the set with a
 * message: a thread that comes from the set must see to it that it lives.
 */
static void
full_member(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(world_move(w.port, MACH_PORT_NULL) == 0);
	EXPECT(world_move(w.transit, w.set) == 0);
	EXPECT(world_send(w.transit, 0) == 0);
}

static void
set_poller(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.set, 0);
	EXPECT(mr == 0 || mr == MACH_RCV_TIMED_OUT);
}

static void
member_destroyer(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(core_destroy(w.transit) == 0);
}

/*
 * Signals.
 */
static void
interruptible(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.port, FOREVER);
	EXPECT(mr == 0 || mr == MACH_RCV_INTERRUPTED);
	host_thread_uninterrupt(w.tds[(int)(intptr_t)arg]);
}

static void
interrupter(void *arg)
{
	(void)arg;
	host_thread_interrupt(w.tds[0]);
}

/*
 * No-senders: the last right goes as another is made.
 */
static void
no_senders_asked(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_request(w.port, MACH_NOTIFY_NO_SENDERS, 0) == 0);
}

static void
last_send_right(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_mod_refs(w.port, MACH_PORT_RIGHT_SEND, -1) == 0);
}

static void
send_right_maker(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(TRAP(_kernelrpc_mach_port_insert_right_trap, w.self, w.port,
	    w.port, MACH_MSG_TYPE_MAKE_SEND) == 0);
}

/*
 * Semaphores.
 */
static void
semaphore_setup(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(TRAP(semaphore_create_trap, w.self, P(&semaphore),
	    SYNC_POLICY_FIFO, 0) == 0);
}

static void
semaphore_wait_one(void *arg)
{
	int kr;

	THREAD((int)(intptr_t)arg);
	kr = TRAP(semaphore_wait_trap, semaphore);
	EXPECT(kr == 0 || kr == KERN_TERMINATED ||
	    kr == KERN_INVALID_RIGHT || kr == KERN_INVALID_NAME);
}

static void
semaphore_signal_one(void *arg)
{
	int kr;

	THREAD((int)(intptr_t)arg);
	kr = TRAP(semaphore_signal_trap, semaphore);
	EXPECT(kr == 0 || kr == KERN_TERMINATED ||
	    kr == KERN_INVALID_RIGHT || kr == KERN_INVALID_NAME);
}

static void
semaphore_destroyer(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(TRAP(semaphore_destroy_trap, w.self, semaphore) == 0);
}

/* A signal at the deadline: taken by the waiter, or still there. */
static int semaphore_kr;

static void
semaphore_wait_timed(void *arg)
{

	THREAD((int)(intptr_t)arg);
	semaphore_kr = TRAP(semaphore_timedwait_trap, semaphore, 1, 0);
	EXPECT(semaphore_kr == 0 || semaphore_kr == KERN_OPERATION_TIMED_OUT);
}

static bool
semaphore_check(const struct sched_scenario *s)
{

	EXPECT(TRAP(semaphore_timedwait_trap, semaphore, 0, 0) ==
	    (semaphore_kr == 0 ? KERN_OPERATION_TIMED_OUT : 0));
	return (world_end(s));
}

/*
 * A timer that fires, is armed anew, and is destroyed.
 */
static void
timer_setup(const struct sched_scenario *s)
{

	world_begin(s);
	timer = (mach_port_name_t)TRAP(mk_timer_create_trap, 0);
	EXPECT(timer != MACH_PORT_NULL);
}

static void
timer_user(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(TRAP(mk_timer_arm_trap, timer, 1) == 0);
	EXPECT(world_receive(timer, FOREVER) == 0);
	(void)TRAP(mk_timer_arm_trap, timer, host_uptime_ns() + 1000000);
	EXPECT(TRAP(mk_timer_destroy_trap, timer) == 0);
}

static void
timer_arms_again(void *arg)
{
	THREAD((int)(intptr_t)arg);
	(void)TRAP(mk_timer_arm_trap, timer, 2);
	(void)TRAP(mk_timer_arm_trap, timer, host_uptime_ns() + 500000);
}

/*
 * kqueues.  A knote of a set that is destroyed and made again under the same
 * name; every wait is for ever, and somebody ends it.
 */
static void
knote_attacher(void *arg)
{
	int error;

	THREAD((int)(intptr_t)arg);
	error = world_knote(w.kq, w.set, EV_ADD, NULL);
	EXPECT(error == 0 || error == ENOENT);
	error = world_knote(w.kq, w.set, EV_DELETE, NULL);
	EXPECT(error == 0 || error == ENOENT);
}

/* Either there is nothing to attach to, or its end is told. */
static void
knote_waiter(void *arg)
{
	struct kevent kev;
	int error;

	THREAD((int)(intptr_t)arg);
	error = world_knote(w.kq, w.set, EV_ADD, NULL);
	EXPECT(error == 0 || error == ENOENT);
	if (error != 0)
		return;
	EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
	EXPECT((kev.flags & EV_EOF) != 0);
}

static void
set_renewer(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(core_destroy(w.set) == 0);
	EXPECT(TRAP(mach_port_allocate_name_trap, w.self,
	    MACH_PORT_RIGHT_PORT_SET, w.set) == 0);
	EXPECT(world_move(w.port, w.set) == 0);
}

static void
watched(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(world_knote(w.kq, w.set, EV_ADD | EV_CLEAR, NULL) == 0);
	EXPECT(world_knote(w.kq2, w.port, EV_ADD | EV_CLEAR, NULL) == 0);
}

/* Told of the message, or of the end of what was to be told. */
static void
set_event_waiter(void *arg)
{
	struct kevent kev;

	THREAD((int)(intptr_t)arg);
	EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
	EXPECT((kev.flags & EV_EOF) != 0 || kev.data == w.port);
}

static void
port_event_waiter(void *arg)
{
	struct kevent kev;

	THREAD((int)(intptr_t)arg);
	EXPECT(world_event(w.kq2, &kev, FOREVER) == 1);
	EXPECT((kev.flags & EV_EOF) != 0 || kev.data == w.port);
}

static void
joiner(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_move(w.port, MACH_PORT_NULL) == 0);
	EXPECT(world_move(w.port, w.set) == 0);
}

/* Two kqueues and a thread receive; each message goes to one of them. */
static struct message direct[3];

static void
received_directly(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(world_knote(w.kq, w.set, EV_ADD | EV_CLEAR, &direct[0]) == 0);
	EXPECT(world_knote(w.kq2, w.port, EV_ADD | EV_DISPATCH, &direct[1])
	    == 0);
}

static void
direct_waiter(void *arg)
{
	struct kevent kev;

	THREAD((int)(intptr_t)arg);
	EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
	EXPECT(kev.fflags == 0);
}

static void
direct_waiter_of_two(void *arg)
{
	struct kevent kev;

	THREAD((int)(intptr_t)arg);
	EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
	EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
}

static void
direct_poller(void *arg)
{
	struct kevent kev;

	THREAD((int)(intptr_t)arg);
	(void)world_event(w.kq2, &kev, 0);
}

static void
two_sender(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_send(w.port, FOREVER) == 0);
	EXPECT(world_send(w.port, FOREVER) == 0);
}

static void
three_sender(void *arg)
{
	two_sender(arg);
	EXPECT(world_send(w.port, FOREVER) == 0);
}

/* Its first encounter with Mach is the kevent that receives. */
static void
stranger(void *arg)
{
	struct kevent kev;

	(void)arg;
	core_thread(w.proc);
	EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
	EXPECT(kev.fflags == 0);
	core_thread_end();
}

/*
 * The message of a set's last member goes with the member; what is told must
 * still be there, or be taken back.
 */
static void
waiter_until_gone(void *arg)
{
	struct kevent kev;

	THREAD((int)(intptr_t)arg);
	do
		EXPECT(world_event(w.kq, &kev, FOREVER) == 1);
	while ((kev.flags & EV_EOF) == 0);
	/* Gone with that event, or at the next look. */
	EXPECT(world_event(w.kq, &kev, 0) == 0);
	EXPECT(world_knote(w.kq, w.set, EV_DELETE, NULL) == ENOENT);
}

static void
set_watched(const struct sched_scenario *s)
{

	full_member(s);
	EXPECT(world_knote(w.kq, w.set, EV_ADD | EV_CLEAR, NULL) == 0);
}

/*
 * One send-once right that two threads send with: one of them has it.
 */
static mach_port_name_t sonce;
static int sonce_sent;

static void
sonce_setup(const struct sched_scenario *s)
{
	mach_msg_type_name_t type;

	world_begin(s);
	sonce_sent = 0;
	EXPECT(TRAP(mach_port_extract_right_trap, w.self, w.port,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&sonce), P(&type)) == 0);
}

static void
sonce_sender(void *arg)
{
	struct message m;
	int mr;

	THREAD((int)(intptr_t)arg);
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
	if (arg != NULL)	/* the long way through the copy-in */
		m.hdr.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = sonce;
	m.hdr.msgh_id = 3;
	mr = TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
	    sizeof(m.hdr) + sizeof(m.body), 0, 0, 0, 0);
	EXPECT(mr == 0 || mr == MACH_SEND_INVALID_DEST);
	sonce_sent += mr == 0;
}

static bool
sonce_check(const struct sched_scenario *s)
{

	EXPECT(sonce_sent == 1);
	return (world_end(s));
}

/*
 * A name is looked up without a lock while it is given up, and while it comes
 * to denote another port, whose memory may be that of the first.
 */
static mach_port_name_t looked_up;

static void
name_setup(const struct sched_scenario *s)
{

	world_begin(s);
	looked_up = w.foreign;
}

static void
name_sender(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_send(looked_up, 0);
	EXPECT(mr == 0 || mr == MACH_SEND_INVALID_DEST);
}

static void
name_renamer(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_mod_refs(looked_up, MACH_PORT_RIGHT_SEND, -1) == 0);
	EXPECT(TRAP(mach_port_rename_trap, w.self, w.transit, looked_up) == 0);
	w.transit = looked_up;
}

/* The signal is the first semaphore's, or of none. */
static mach_port_name_t second_semaphore;

static void
semaphore_ender(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(TRAP(semaphore_destroy_trap, w.self, semaphore) == 0);
	EXPECT(core_destroy(semaphore) == 0);
}

static void
semaphore_renewer(void *arg)
{
	semaphore_ender(arg);
	EXPECT(TRAP(semaphore_create_trap, w.self, P(&second_semaphore),
	    SYNC_POLICY_FIFO, 0) == 0);
}

static void
semaphore_late_signal(void *arg)
{
	int kr;

	THREAD((int)(intptr_t)arg);
	kr = TRAP(semaphore_signal_trap, semaphore);
	EXPECT(kr == 0 || kr == KERN_TERMINATED || kr == KERN_INVALID_RIGHT ||
	    kr == KERN_INVALID_NAME);
}

static bool
semaphore_unsignalled(const struct sched_scenario *s)
{

	EXPECT(TRAP(semaphore_timedwait_trap, second_semaphore, 0, 0) ==
	    KERN_OPERATION_TIMED_OUT);
	return (world_end(s));
}

/* The receive right comes back under its name: before, or after. */
static void
name_moved(const struct sched_scenario *s)
{

	world_begin(s);
	EXPECT(world_send_right(w.transit, w.port,
	    MACH_MSG_TYPE_MOVE_RECEIVE) == 0);
}

static void
name_receiver(void *arg)
{
	int mr;

	THREAD((int)(intptr_t)arg);
	mr = world_receive(w.port, 0);
	EXPECT(mr == MACH_RCV_TIMED_OUT || mr == MACH_RCV_INVALID_NAME);
}

static void
name_taker(void *arg)
{
	THREAD((int)(intptr_t)arg);
	EXPECT(world_receive(w.transit, 0) == 0);
}

#define	NUMBERS	.args = { (void *)0, (void *)1, (void *)2, (void *)3 }
#define	ARGS	NUMBERS, .check = world_end
#define	FILLED	NUMBERS, .check = within_limit, .setup = fill

static const struct sched_scenario races[] = {
	{ "set destroyed, sender, waiting receiver", 3,
	    { set_receiver, sender, set_destroyer }, ARGS,
	    .setup = world_begin },
	{ "set destroyed, receiver leaves at its deadline", 3,
	    { set_receiver, set_receiver, set_destroyer }, ARGS,
	    .setup = world_begin },
	{ "send at the deadline of a receive", 2,
	    { timed_receiver, sender }, ARGS, .setup = world_begin },
	{ "sends at the deadlines of receives, port and set", 4,
	    { timed_receiver, timed_set_receiver, sender, sender }, ARGS,
	    .setup = world_begin },
	{ "receive at the deadline of a send", 3,
	    { timed_sender, timed_sender, receiver }, FILLED },
	{ "receive right moved, receiver waits, sender", 3,
	    { left_receiver, mover, any_sender }, ARGS,
	    .setup = world_begin },
	{ "port destroyed, receiver waits, sender", 3,
	    { left_receiver, destroyer, any_sender }, ARGS,
	    .setup = world_begin },
	{ "dead-name request, destroyed, looked up", 3,
	    { foreign_request, foreign_destroyer, foreign_look_up }, ARGS,
	    .setup = world_begin },
	{ "dead name requested before, destroyed, looked up", 2,
	    { foreign_look_up, foreign_destroyer }, ARGS,
	    .setup = requested },
	{ "dead name requested before, exit, looked up, sent to", 3,
	    { foreign_look_up, second_exit, foreign_sender }, ARGS,
	    .setup = requested },
	{ "dead name requested before, destroyed, sent away", 2,
	    { foreign_giver, foreign_destroyer }, NUMBERS,
	    .check = told_check, .setup = requested },
	{ "blocked sender, destroyed, queue limit raised", 3,
	    { any_sender, destroyer, limiter }, FILLED },
	{ "blocked sender, received, newcomer", 3,
	    { sender, receiver_of_two, poller }, FILLED },
	{ "timed sender, received, newcomer", 3,
	    { timed_sender, receiver, poller }, FILLED },
	{ "blocked senders, receiver, limit raised", 4,
	    { sender, sender, receiver_of_two, limiter }, FILLED },
	{ "receive rights sent in a circle", 2,
	    { circle, circle }, ARGS, .setup = world_begin },
	{ "receive rights sent in a circle by two processes", 2,
	    { circle_of_two, circle_of_two }, ARGS, .setup = world_begin },
	{ "receiver of a set, sender", 2,
	    { set_receiver_of_one, sender }, ARGS, .setup = world_begin },
	{ "receivers of a set of two, a sender each", 4,
	    { set_receiver_of_one, set_receiver_of_one, sender,
	    second_sender }, ARGS, .setup = two_members },
	{ "receiver of a member and of its set, two senders", 4,
	    { receiver, set_receiver_of_one, sender, sender }, ARGS,
	    .setup = world_begin },
	{ "member destroyed, received from its set", 2,
	    { set_poller, member_destroyer }, ARGS, .setup = full_member },
	{ "member destroyed, its set destroyed", 2,
	    { set_destroyer, member_destroyer }, ARGS,
	    .setup = full_member },
	{ "receiver, sender", 2, { receiver, sender }, ARGS,
	    .setup = world_begin },
	{ "a port with a message joins a set with a receiver", 2,
	    { other_receiver, join_other }, FILLED },
	{ "a port joins a set with a receiver, sender", 3,
	    { other_receiver, join_other, sender }, ARGS,
	    .setup = world_begin },
	{ "interrupted receiver, sender", 3,
	    { interruptible, sender, interrupter }, ARGS,
	    .setup = world_begin },
	{ "no-senders request, last right gone, new right made", 3,
	    { no_senders_asked, last_send_right, send_right_maker }, ARGS,
	    .setup = world_begin },
	{ "semaphore: two wait, one signals, destroyed", 4,
	    { semaphore_wait_one, semaphore_wait_one, semaphore_signal_one,
	    semaphore_destroyer }, ARGS, .setup = semaphore_setup },
	{ "semaphore: two wait, two signal", 4,
	    { semaphore_wait_one, semaphore_wait_one, semaphore_signal_one,
	    semaphore_signal_one }, ARGS, .setup = semaphore_setup },
	{ "semaphore: signal at the deadline of a wait", 2,
	    { semaphore_wait_timed, semaphore_signal_one }, NUMBERS,
	    .check = semaphore_check, .setup = semaphore_setup },
	{ "send-possible asked for at a full queue, received", 2,
	    { send_possible_waiter, receiver }, FILLED },
	{ "send-possible asked for at a full queue, limit raised", 2,
	    { send_possible_waiter, limiter }, FILLED },
	{ "send-possible asked for while a place is promised", 3,
	    { sender, receiver_of_two, send_possible_waiter }, FILLED },
	{ "one send-once right, two senders", 2,
	    { sonce_sender, sonce_sender }, NUMBERS, .setup = sonce_setup,
	    .check = sonce_check },
	{ "a name given up, another port's then, sender", 2,
	    { name_renamer, name_sender }, ARGS, .setup = name_setup },
	{ "a semaphore freed, signal to it", 2,
	    { semaphore_ender, semaphore_late_signal }, ARGS,
	    .setup = semaphore_setup },
	{ "a semaphore freed, another made, signal to the first", 2,
	    { semaphore_renewer, semaphore_late_signal }, NUMBERS,
	    .check = semaphore_unsignalled, .setup = semaphore_setup },
	{ "a receive right comes back to its name, receiver", 2,
	    { name_taker, name_receiver }, ARGS, .setup = name_moved },
	{ "timer fires, armed anew, destroyed", 2,
	    { timer_user, timer_arms_again }, ARGS, .setup = timer_setup },
	{ "knote attached, set destroyed", 2,
	    { knote_attacher, set_destroyer }, ARGS, .setup = world_begin },
	{ "knote attached and waited for, set destroyed", 2,
	    { knote_waiter, set_destroyer }, ARGS, .setup = world_begin },
	{ "knotes attached, set renewed, sender", 4,
	    { knote_attacher, knote_attacher, set_renewer, sender }, ARGS,
	    .setup = world_begin },
	{ "kevent waits for a set, sender", 2,
	    { set_event_waiter, sender }, ARGS, .setup = watched },
	{ "kevents wait for a port and its set, sender", 3,
	    { set_event_waiter, port_event_waiter, sender }, ARGS,
	    .setup = watched },
	{ "kevent waits for a set, a port leaves and joins, sender", 3,
	    { set_event_waiter, joiner, sender }, ARGS, .setup = watched },
	{ "kevent waits for a set, destroyed, sender", 3,
	    { set_event_waiter, set_destroyer, sender }, ARGS,
	    .setup = watched },
	{ "kevents wait, port destroyed, sender", 3,
	    { port_event_waiter, destroyer, any_sender }, ARGS,
	    .setup = watched },
	{ "kevent waits for a port, which is moved", 2,
	    { port_event_waiter, mover }, ARGS, .setup = watched },
	{ "kevent waits to the end of a set, members and set go", 3,
	    { waiter_until_gone, member_destroyer, set_destroyer }, ARGS,
	    .setup = set_watched },
	{ "kevent receives, sender", 2,
	    { direct_waiter, sender }, ARGS, .setup = received_directly },
	{ "kevent receives for a stranger, sender", 2,
	    { stranger, sender }, ARGS, .setup = received_directly },
	{ "kevent receives two, edge triggered, sender of two", 2,
	    { direct_waiter_of_two, two_sender }, ARGS,
	    .setup = received_directly },
	{ "kevents and a thread receive, three messages", 4,
	    { direct_waiter, direct_poller, set_poller, three_sender }, ARGS,
	    .setup = received_directly }
};

int
main(int argc, char **argv)
{
	u_int i;
	bool ok;

	world_seeds = argc > 1 ? strtoull(argv[1], NULL, 0) : 600;
	world_words = argc > 2 ? argv[2] : NULL;
	ok = true;
	for (i = 0; ok && i < nitems(races); i++)
		if (world_wanted(races[i].name))
			ok = sched_explore(&races[i], world_seeds);
	return (ok ? 0 : 1);
}
