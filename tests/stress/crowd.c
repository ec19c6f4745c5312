/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A crowd that is killed at random.
 *
 *	crowd [-v] [-n processes] [-p pause] [-t seconds] [-S seed]
 *
 * So many processes live at a time (100), each in one of the states below:
 * blocked in every kind of wait, or going round and round through what makes,
 * moves and destroys rights, sets, messages, timers, threads and processes.
 * They know rights of each other, by the controller, whose port they inherit.
 * The controller kills one after the other at any moment, the process with all
 * that it forked, and starts another one instead.
 *
 * The account: for each process that made itself known the controller is told
 * exactly one death; nobody ends in another way than by the kill; after the
 * last, every process is gone, and the kernel's counts of live objects are what
 * they were before the first.
 *
 * Those who go round pause for up to so many milliseconds, by default two for
 * each process, so that a thousand keep the machine as busy as ten.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/kevent.h>
#include <mach/mach.h>
#include <mach/mach_time.h>
#include <mach/mk_timer.h>
#include <mach/port_set_fd.h>
#include <mach/semaphore.h>
#include <mach/thread_switch.h>
#include <sys/fileport.h>

#include "../conformance/ct.h"
#include "../conformance/ctmach.h"

#define	FOR_EVER_MS	(24 * 3600 * 1000)
#define	PEERS		3
#define	OOL_SIZE	(32 * 1024)
#define	SETTLE_MS	patience(60000)

#define	ID_HELLO	1
#define	ID_PEERS	2
#define	ID_PAYLOAD	3

extern char **environ;

static const char *program;
static unsigned crowd = 100, pause_ms, seconds = 4;
static uint32_t seed = 1;
static bool verbose;

static uint32_t
draw(uint32_t *state, uint32_t below)
{

	*state = *state * 1664525 + 1013904223;
	return ((*state >> 8) % below);
}

/* ---- of the crowd: what it has ---- */

static mach_port_t hub, mine, peers[PEERS];
static uint32_t mood;		/* what this process draws from */
static uint8_t *bulk;

/* Nobody sends to the port that this waits for. */
static _Thread_local mach_port_t quiet;

static void
rest(uint32_t *state)
{
	struct ct_msg m;

	if (quiet == MACH_PORT_NULL)
		quiet = ct_port();
	CT_KR(ct_recv(quiet, &m, 1 + draw(state, pause_ms)),
	    MACH_RCV_TIMED_OUT);
}

static void
drop(mach_port_t *name)
{

	if (MACH_PORT_VALID(*name))
		CT_OK(mach_port_deallocate(SELF, *name));
	*name = MACH_PORT_NULL;
}

/* Others' ports; with a right to ours, if the controller is to know. */
static void
ask_peers(mach_port_t known)
{
	struct ct_complex m;
	mach_port_t reply;
	unsigned i;

	reply = ct_port();
	ct_complex_init(&m, hub, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 1, ID_HELLO);
	m.hdr.msgh_local_port = reply;
	ct_port_desc(&m, 0, known, known != MACH_PORT_NULL ?
	    MACH_MSG_TYPE_MAKE_SEND : MACH_MSG_TYPE_COPY_SEND);
	CT_OK(ct_complex_send(&m, 0, 0));
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), reply, 0,
	    MACH_PORT_NULL));
	CT_EQ(m.hdr.msgh_id, ID_PEERS);
	CT_EQ(m.body.msgh_descriptor_count, PEERS);
	for (i = 0; i < PEERS; i++) {
		drop(&peers[i]);
		peers[i] = m.d.port[i].name;
	}
	CT_OK(mach_port_mod_refs(SELF, reply, MACH_PORT_RIGHT_RECEIVE, -1));
}

/* In a space of its own, where what it had before means nothing. */
static void
born(void)
{

	hub = ct_inherited();
	memset(peers, 0, sizeof(peers));
	quiet = MACH_PORT_NULL;
	mine = ct_port_send();
	ask_peers(mine);
}

static mach_port_t
a_peer(void)
{
	unsigned i;

	i = draw(&mood, PEERS);
	if (!MACH_PORT_VALID(peers[i]))
		ask_peers(MACH_PORT_NULL);
	return (MACH_PORT_VALID(peers[i]) ? peers[i] : mine);
}

static void
peer_died(mach_port_t peer)
{
	unsigned i;

	for (i = 0; i < PEERS; i++) {
		if (peers[i] == peer)
			drop(&peers[i]);
	}
}

struct payload {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_port_descriptor_t	right, ticket;
	mach_msg_ool_descriptor_t	ool;
};

/* Rights and memory; false: not sent, and all of it destroyed. */
static bool
send_payload(mach_port_t to, mach_msg_option_t option, uint32_t ool,
    mach_port_t right, mach_msg_type_name_t how)
{
	struct payload m;
	mach_msg_return_t mr;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_size = sizeof(m);
	m.hdr.msgh_remote_port = to;
	m.hdr.msgh_id = ID_PAYLOAD;
	m.body.msgh_descriptor_count = 3;
	m.right.name = right;
	m.right.disposition = how;
	m.ticket.name = mine;
	m.ticket.disposition = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	m.ool.address = bulk;
	m.ool.size = ool;
	m.ool.copy = MACH_MSG_VIRTUAL_COPY;
	m.ool.type = MACH_MSG_OOL_DESCRIPTOR;
	mr = mach_msg(&m.hdr, MACH_SEND_MSG | option, sizeof(m), 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		return (true);
	if (mr != MACH_SEND_TIMED_OUT)
		CT_KR(mr, MACH_SEND_INVALID_DEST);
	/* Never taken, or come back as if received: ours either way. */
	if (m.ool.address == bulk)
		m.ool.size = 0;
	mach_msg_destroy(&m.hdr);
	if (mr == MACH_SEND_INVALID_DEST)
		peer_died(to);
	return (false);
}

/* What waits at a port or in a set, if anything. */
static void
receive_all(mach_port_t from)
{
	struct ct_complex m;

	while (ct_complex_recv(from, &m, 0) == MACH_MSG_SUCCESS)
		mach_msg_destroy(&m.hdr);
}

static mach_port_t
set_of_mine(void)
{
	mach_port_t set;

	set = ct_pset();
	CT_OK(mach_port_insert_member(SELF, mine, set));
	return (set);
}

/* ---- blocked; a message that came is destroyed, and it begins again ---- */

static void
blocked_receive(mach_port_t from, mach_msg_option_t option)
{
	struct ct_complex m;

	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | option, 0, sizeof(m), from,
	    FOR_EVER_MS, MACH_PORT_NULL));
	mach_msg_destroy(&m.hdr);
}

static void
in_receive(void)
{

	blocked_receive(mine, 0);
}

static void
in_receive_with_a_timeout(void)
{

	blocked_receive(mine, MACH_RCV_TIMEOUT);
}

static void
in_receive_from_a_set(void)
{
	mach_port_t set;

	set = set_of_mine();
	blocked_receive(set, 0);
	CT_OK(mach_port_mod_refs(SELF, set, MACH_PORT_RIGHT_PORT_SET, -1));
}

/* Its own queue is full, and nobody takes anything out. */
static void
in_send_to_itself(void)
{

	CT_TRUE(send_payload(mine, 0, OOL_SIZE, ct_port(),
	    MACH_MSG_TYPE_MOVE_RECEIVE));
	rest(&mood);
}

static void
in_send_to_others(void)
{
	mach_port_t port;

	port = ct_port();
	(void)send_payload(a_peer(), 0, draw(&mood, OOL_SIZE), port,
	    MACH_MSG_TYPE_MAKE_SEND);
	CT_OK(mach_port_mod_refs(SELF, port, MACH_PORT_RIGHT_RECEIVE, -1));
}

static semaphore_t
semaphore(int value)
{
	semaphore_t s;

	CT_OK(semaphore_create(SELF, &s, SYNC_POLICY_FIFO, value));
	return (s);
}

static void
in_semaphore_wait(void)
{

	CT_OK(semaphore_wait(semaphore(0)));
}

static void
in_semaphore_timedwait(void)
{
	mach_timespec_t ts = { FOR_EVER_MS / 1000, 0 };

	CT_OK(semaphore_timedwait(semaphore(0), ts));
}

static void
in_semaphore_wait_signal(void)
{

	CT_OK(semaphore_wait_signal(semaphore(0), semaphore(0)));
}

static void
in_mach_wait_until(void)
{

	CT_OK(mach_wait_until(mach_absolute_time() +
	    FOR_EVER_MS * UINT64_C(1000000)));
}

static void
in_thread_switch(void)
{

	CT_OK(thread_switch(MACH_PORT_NULL, SWITCH_OPTION_WAIT, FOR_EVER_MS));
}

static void
in_receive_from_a_timer(void)
{
	mach_port_t timer;

	timer = mk_timer_create();
	CT_TRUE(MACH_PORT_VALID(timer));
	CT_OK(mk_timer_arm(timer, mach_absolute_time() +
	    FOR_EVER_MS * UINT64_C(1000000)));
	blocked_receive(timer, 0);
}

static void
in_poll_of_a_set(void)
{
	struct pollfd pfd;
	mach_port_t set;

	set = set_of_mine();
	CT_OK(mach_pset_fd(SELF, set, 0, &pfd.fd));
	pfd.events = POLLIN;
	CT_EQ(poll(&pfd, 1, -1), 1);
	receive_all(set);
	CT_OK(mach_port_mod_refs(SELF, set, MACH_PORT_RIGHT_PORT_SET, -1));
	CT_POSIX(close(pfd.fd));
}

#if MACH_HAVE_KEVENT
static void
in_kevent_that_receives(void)
{
	struct kevent64_s kev;
	struct ct_complex m;
	mach_port_t set;
	int kq;

	CT_POSIX(kq = kqueue());
	set = set_of_mine();
	EV_SET64(&kev, set, EVFILT_MACHPORT, EV_ADD, MACH_RCV_MSG, 0, 0,
	    (uint64_t)(uintptr_t)&m, sizeof(m));
	CT_EQ(kevent64(kq, &kev, 1, &kev, 1, 0, NULL), 1);
	CT_EQ(kev.fflags, MACH_MSG_SUCCESS);
	mach_msg_destroy(&m.hdr);
	CT_POSIX(close(kq));
	CT_OK(mach_port_mod_refs(SELF, set, MACH_PORT_RIGHT_PORT_SET, -1));
}
#endif

static void	in_every_one(void);

/* ---- going round ---- */

static void
rpcs_with_memory(void)
{
	struct ct_complex m;
	mach_port_t port;

	port = ct_port_send();
	CT_TRUE(send_payload(port, 0, OOL_SIZE, mine,
	    MACH_MSG_TYPE_MAKE_SEND));
	CT_OK(ct_complex_recv(port, &m, FOR_EVER_MS));
	mach_msg_destroy(&m.hdr);
	CT_OK(mach_port_destroy(SELF, port));
	rest(&mood);
}

/* Their queues fill: most of them do not look. */
static void
sends_to_others(void)
{

	(void)send_payload(a_peer(), MACH_SEND_TIMEOUT, draw(&mood, OOL_SIZE),
	    mine, MACH_MSG_TYPE_MAKE_SEND);
	receive_all(mine);
	rest(&mood);
}

/* Receive rights, with messages in their queues, on their way. */
static void
receive_rights_to_others(void)
{
	mach_port_t inner, outer;

	inner = ct_port_send();
	outer = ct_port_send();
	ct_send_id(inner, 1);
	ct_send_right(outer, inner, MACH_MSG_TYPE_MOVE_RECEIVE);
	(void)send_payload(a_peer(), MACH_SEND_TIMEOUT, 0, outer,
	    MACH_MSG_TYPE_MOVE_RECEIVE);
	/* Ours, or dead. */
	CT_OK(mach_port_deallocate(SELF, inner));
	CT_OK(mach_port_deallocate(SELF, outer));
	receive_all(mine);
	rest(&mood);
}

static void
names(void)
{
	mach_port_t some[50];
	unsigned i;

	for (i = 0; i < 50; i++)
		some[i] = draw(&mood, 2) == 0 ? ct_port_send() : ct_pset();
	rest(&mood);
	for (i = 0; i < 50; i++)
		CT_OK(mach_port_destroy(SELF, some[i]));
}

static void
sets(void)
{
	mach_port_t port[8], set[4];
	unsigned i;

	for (i = 0; i < 4; i++)
		set[i] = ct_pset();
	for (i = 0; i < 8; i++) {
		port[i] = ct_port_send();
		ct_send_id(port[i], 1);
		CT_OK(mach_port_insert_member(SELF, port[i], set[i % 4]));
		CT_OK(mach_port_insert_member(SELF, port[i],
		    set[(i + 1) % 4]));
	}
	CT_OK(mach_port_move_member(SELF, mine, set[0]));
	rest(&mood);
	receive_all(set[1]);
	for (i = 0; i < 4; i++)
		CT_OK(mach_port_destroy(SELF, set[i]));
	for (i = 0; i < 8; i++)
		CT_OK(mach_port_destroy(SELF, port[i]));
}

/* Asked for, come or never; of others' ports and of its own. */
static void
notifications(void)
{
	mach_port_t notify, port, previous, to;

	notify = ct_port();
	port = ct_port_send();
	(void)ct_notify_request(port, MACH_NOTIFY_NO_SENDERS, 1, notify);
	(void)ct_notify_request(port, MACH_NOTIFY_PORT_DESTROYED, 0, notify);
	to = a_peer();
	if (mach_port_request_notification(SELF, to, MACH_NOTIFY_SEND_POSSIBLE,
	    draw(&mood, 2), notify, MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous) !=
	    KERN_SUCCESS)
		peer_died(to);
	else
		drop(&previous);
	rest(&mood);
	if (draw(&mood, 2) == 0)
		CT_OK(mach_port_mod_refs(SELF, port, MACH_PORT_RIGHT_SEND,
		    -1));
	/* Its receive right goes to `notify`, which dies with it. */
	CT_OK(mach_port_destroy(SELF, port));
	CT_OK(mach_port_destroy(SELF, notify));
	receive_all(mine);
}

static void *
signals(void *arg)
{
	uint32_t state;
	semaphore_t s;
	unsigned i;

	s = (semaphore_t)(uintptr_t)arg;
	state = mood ^ 1;
	for (i = 0; i < 5; i++) {
		rest(&state);
		CT_OK(semaphore_signal(s));
	}
	CT_OK(mach_port_destroy(SELF, quiet));
	return (NULL);
}

static void
threads_and_semaphores(void)
{
	pthread_t t;
	semaphore_t s;
	unsigned i;

	s = semaphore(0);
	CT_EQ(pthread_create(&t, NULL, signals, (void *)(uintptr_t)s), 0);
	for (i = 0; i < 5; i++)
		CT_OK(semaphore_wait(s));
	CT_EQ(pthread_join(t, NULL), 0);
	CT_OK(semaphore_destroy(SELF, s));
}

static void
timers(void)
{
	mach_port_t timer[4];
	unsigned i;

	for (i = 0; i < 4; i++) {
		timer[i] = mk_timer_create();
		CT_TRUE(MACH_PORT_VALID(timer[i]));
		CT_OK(mk_timer_arm(timer[i], mach_absolute_time() +
		    (1 + draw(&mood, pause_ms)) * UINT64_C(1000000)));
	}
	blocked_receive(timer[0], 0);
	for (i = 0; i < 4; i++)
		CT_OK(mk_timer_destroy(timer[i]));
}

static void
files(void)
{
	mach_port_t set;
	fileport_t port;
	int end[2], fd;

	CT_POSIX(pipe(end));
	CT_EQ(fileport_makeport(end[0], &port), 0);
	(void)send_payload(a_peer(), MACH_SEND_TIMEOUT, 0, port,
	    MACH_MSG_TYPE_MOVE_SEND);
	set = set_of_mine();
	CT_OK(mach_pset_fd(SELF, set, 0, &fd));
	rest(&mood);
	CT_OK(mach_port_destroy(SELF, set));
	CT_POSIX(close(fd));
	CT_POSIX(close(end[0]));
	CT_POSIX(close(end[1]));
	receive_all(mine);
}

static void
gone(pid_t pid, int sig)
{
	int status;

	CT_EQ(waitpid(pid, &status, 0), pid);
	if (sig == 0)
		CT_EQ(status, 0);
	else
		CT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == sig);
}

static void
forks(void)
{
	uint32_t what;
	pid_t pid;

	what = draw(&mood, 3);
	pid = ct_fork();
	if (pid == 0) {
		if (what == 0)
			_exit(0);
		born();
		if (what == 1)
			_exit(0);
		in_every_one();
	}
	if (what == 2) {
		rest(&mood);
		CT_POSIX(kill(pid, SIGKILL));
	}
	gone(pid, what == 2 ? SIGKILL : 0);
	rest(&mood);
}

static void
forks_and_executes(void)
{
	char once[] = "-x";
	char *argv[] = { (char *)(uintptr_t)program, once, NULL };
	pid_t pid;

	switch (draw(&mood, 3)) {
	case 0:
		pid = ct_fork();
		if (pid == 0) {
			(void)ct_port();
			(void)execv(program, argv);
			_exit(99);
		}
		break;
	case 1:
		CT_POSIX(pid = vfork());
		if (pid == 0) {
			(void)execv(program, argv);
			_exit(99);
		}
		break;
	default:
		CT_EQ(posix_spawn(&pid, program, NULL, NULL, argv, environ),
		    0);
	}
	gone(pid, 0);
	rest(&mood);
}

/* The same process, again and again another program. */
static void
executes(void)
{
	char self[] = "-m", longest[16], state[16];
	char *argv[] = { (char *)(uintptr_t)program, self, longest, state,
	    NULL };

	rest(&mood);
	(void)snprintf(longest, sizeof(longest), "%u", pause_ms);
	(void)snprintf(state, sizeof(state), "%u", mood);
	(void)execv(program, argv);
	ct_fail(__FILE__, __LINE__, "%s: %s", program, ct_errno());
}

#define	STATE(name)	{ #name, name }

static const struct {
	const char	*name;
	void		(*go)(void);
} states[] = {
	/* First those that a thread may be in, beside others. */
	STATE(in_receive),
	STATE(in_receive_with_a_timeout),
	STATE(in_receive_from_a_set),
	STATE(in_send_to_itself),
	STATE(in_semaphore_wait),
	STATE(in_semaphore_timedwait),
	STATE(in_semaphore_wait_signal),
	STATE(in_mach_wait_until),
	STATE(in_thread_switch),
	STATE(in_receive_from_a_timer),
	STATE(in_poll_of_a_set),
#if MACH_HAVE_KEVENT
	STATE(in_kevent_that_receives),
#endif
#define	ALONE	(11 + MACH_HAVE_KEVENT)
	STATE(in_send_to_others),
	STATE(in_every_one),
	STATE(rpcs_with_memory),
	STATE(sends_to_others),
	STATE(receive_rights_to_others),
	STATE(names),
	STATE(sets),
	STATE(notifications),
	STATE(threads_and_semaphores),
	STATE(timers),
	STATE(files),
	STATE(forks),
	STATE(forks_and_executes),
	STATE(executes)
};
#define	STATES	(sizeof(states) / sizeof(states[0]))

static void *in_one(void *) __attribute__((__noreturn__));

static void *
in_one(void *which)
{

	for (;;)
		states[(uintptr_t)which].go();
}

static void
in_every_one(void)
{
	pthread_t t;
	unsigned i;

	for (i = 1; i < ALONE; i++)
		CT_EQ(pthread_create(&t, NULL, in_one, (void *)(uintptr_t)i),
		    0);
	(void)in_one(NULL);
}

static void
be(unsigned which)
{

	bulk = calloc(1, OOL_SIZE);
	CT_TRUE(bulk != NULL);
	born();
	for (;;)
		states[which].go();
}

static unsigned
state_named(void (*go)(void))
{
	unsigned i;

	for (i = 0; states[i].go != go; i++)
		;
	return (i);
}

/* ---- the controller ---- */

struct member {
	pid_t		pid;
	unsigned	state;
	bool		killed;
};

static struct member *members;
static mach_port_t *known, deaths, everything;
static unsigned living, nknown, room;
static uint64_t registered, told, kills[STATES];
static int lives[2];		/* a pipe that the living have open */

static void
fail(const char *what, long long n)
{
	unsigned i;

	printf("crowd: %s: %lld, seed %u\n", what, n, seed);
	for (i = 0; i < crowd; i++) {
		if (members[i].pid > 0)
			(void)kill(-members[i].pid, SIGKILL);
	}
	exit(1);
}

static void
need(const char *what, kern_return_t kr)
{

	if (kr != KERN_SUCCESS)
		fail(what, kr);
}

static void
add(mach_port_t port)
{
	mach_port_t previous;

	if (!MACH_PORT_VALID(port))
		return;		/* dead before it was known */
	if (nknown == room)
		fail("too many are known", nknown);
	known[nknown++] = port;
	registered++;
	/* Also told when it is dead by now. */
	need("notification", mach_port_request_notification(SELF, port,
	    MACH_NOTIFY_DEAD_NAME, 1, deaths, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous));
}

static void
forget(mach_port_t port)
{
	unsigned i;

	for (i = 0; i < nknown && known[i] != port; i++)
		;
	if (i == nknown)
		fail("a death of nobody known", port);
	known[i] = known[--nknown];
	told++;
	/* The right's reference and the notification's. */
	need("dead name", mach_port_mod_refs(SELF, port,
	    MACH_PORT_RIGHT_DEAD_NAME, -2));
}

static void
answer(mach_port_t to)
{
	struct ct_complex m;
	unsigned i;

	ct_complex_init(&m, to, MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    0), PEERS, ID_PEERS);
	for (i = 0; i < PEERS; i++)
		ct_port_desc(&m, i, nknown == 0 ? MACH_PORT_NULL :
		    known[draw(&seed, nknown)], MACH_MSG_TYPE_COPY_SEND);
	if (ct_complex_send(&m, 0, 0) != MACH_MSG_SUCCESS)
		mach_msg_destroy(&m.hdr);
}

/* One message, or none within `ms`. */
static bool
serve(unsigned ms)
{
	union {
		struct ct_complex		m;
		mach_dead_name_notification_t	dead;
	} in;
	mach_msg_return_t mr;

	mr = mach_msg(&in.m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(in), everything, ms, MACH_PORT_NULL);
	if (mr == MACH_RCV_TIMED_OUT)
		return (false);
	need("receive", mr);
	if (in.m.hdr.msgh_local_port == deaths) {
		if (in.m.hdr.msgh_id == MACH_NOTIFY_DEAD_NAME)
			forget(in.dead.not_port);
		else if (in.m.hdr.msgh_id != MACH_NOTIFY_SEND_ONCE)
			fail("a message to `deaths`", in.m.hdr.msgh_id);
	} else {
		if (in.m.hdr.msgh_id != ID_HELLO)
			fail("a message to the hub", in.m.hdr.msgh_id);
		add(in.m.d.port[0].name);
		in.m.d.port[0].name = MACH_PORT_NULL;
		answer(in.m.hdr.msgh_remote_port);
		in.m.hdr.msgh_remote_port = MACH_PORT_NULL;
	}
	mach_msg_destroy(&in.m.hdr);
	return (true);
}

static void
start(struct member *m)
{

	m->state = draw(&seed, STATES);
	m->killed = false;
	mood = draw(&seed, 1 << 24);
	(void)fflush(NULL);
	m->pid = fork();
	if (m->pid == -1)
		fail("fork", errno);
	if (m->pid == 0) {
		(void)setpgid(0, 0);
		/* In no other's way, and above all not in the controller's. */
		(void)!nice(5);
		be(m->state);
	}
	(void)setpgid(m->pid, m->pid);
	living++;
}

/* What it forked as well; now and then in a stop. */
static void
end(struct member *m)
{

	if (m->killed)
		return;
	if (draw(&seed, 8) == 0)
		(void)kill(-m->pid, SIGSTOP);
	/* Unless it has ended by itself, which reap() tells. */
	if (kill(-m->pid, SIGKILL) == 0) {
		m->killed = true;
		kills[m->state]++;
	}
}

static void
reap(int options)
{
	unsigned i;
	pid_t pid;
	int status;

	while (living > 0 && (pid = waitpid(-1, &status, options)) > 0) {
		for (i = 0; i < crowd && members[i].pid != pid; i++)
			;
		if (i == crowd)
			fail("the end of an unknown process", pid);
		if (!members[i].killed || !WIFSIGNALED(status) ||
		    WTERMSIG(status) != SIGKILL) {
			printf("crowd: %s\n", states[members[i].state].name);
			fail("ended by itself", status);
		}
		members[i].pid = 0;
		living--;
	}
}

static void
prepare(void)
{
	mach_port_limits_t limits = { .mpl_qlimit = 64 };

	room = 4 * crowd + 64;
	members = calloc(crowd, sizeof(*members));
	known = calloc(room, sizeof(*known));
	if (members == NULL || known == NULL || pipe(lives) != 0) {
		printf("crowd: %s\n", strerror(errno));
		exit(1);
	}
	hub = ct_port();
	deaths = ct_port();
	everything = ct_pset();
	CT_OK(mach_port_move_member(SELF, hub, everything));
	CT_OK(mach_port_move_member(SELF, deaths, everything));
	CT_OK(mach_port_set_attributes(SELF, hub, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, MACH_PORT_LIMITS_INFO_COUNT));
	ct_bequeath(hub);
}

static uint64_t
all_kills(void)
{
	uint64_t n;
	unsigned i;

	n = 0;
	for (i = 0; i < STATES; i++)
		n += kills[i];
	return (n);
}

static void
random_kills(void)
{
	uint64_t began, next, until;
	unsigned i;

	for (i = 0; i < crowd; i++) {
		start(&members[i]);
		while (serve(0))
			continue;
		if (verbose && (i + 1) % 100 == 0) {
			printf("%u started\n", i + 1);
			(void)fflush(stdout);
		}
	}
	began = ct_now_ms();
	if (verbose)
		printf("%u processes\n", living);
	until = began + seconds * UINT64_C(1000);
	next = began + 10000;
	while (ct_now_ms() < until) {
		for (i = 0; i < 16 && serve(i == 0); i++)
			continue;
		end(&members[draw(&seed, crowd)]);
		reap(WNOHANG);
		for (i = 0; i < crowd; i++) {
			if (members[i].pid == 0)
				start(&members[i]);
		}
		if (verbose && ct_now_ms() >= next) {
			next += 10000;
			printf("%llu s: %llu killed, %u are known\n",
			    (unsigned long long)(ct_now_ms() - began) / 1000,
			    (unsigned long long)all_kills(), nknown);
			(void)fflush(stdout);
		}
	}
}

/* All that was forked has ended, all that died was told. */
static void
settle(const struct ct_counts *before)
{
	struct ct_counts after;
	struct pollfd pfd;
	uint64_t until;
	unsigned i;

	for (i = 0; i < crowd; i++)
		end(&members[i]);
	reap(0);
	(void)close(lives[1]);
	pfd.fd = lives[0];
	pfd.events = POLLIN;
	if (poll(&pfd, 1, (int)SETTLE_MS) != 1)
		fail("processes are left over", 0);
	(void)close(lives[0]);
	until = ct_now_ms() + SETTLE_MS;
	while (serve(10) || nknown > 0) {
		if (ct_now_ms() > until)
			fail("deaths are not told", nknown);
	}
	if (registered != told)
		fail("deaths more or less than processes",
		    (long long)(registered - told));
	if (!ct_counts_back(before, &after)) {
		for (i = 0; i < before->n; i++)
			printf("crowd: count %u: %ju became %ju\n", i,
			    (uintmax_t)before->v[i], (uintmax_t)after.v[i]);
		fail("live objects are left over", 0);
	}
}

int
main(int argc, char **argv)
{
	struct ct_counts before;
	uint64_t least, most;
	unsigned i;
	int opt;

	program = argv[0];
	while ((opt = getopt(argc, argv, "m:n:p:S:t:vx")) != -1) {
		switch (opt) {
		case 'm':
			/* What `executes` executes. */
			pause_ms = (unsigned)atoi(optarg);
			mood = (uint32_t)strtoul(argv[optind], NULL, 10);
			be(state_named(executes));
			break;
		case 'n':
			crowd = (unsigned)atoi(optarg);
			break;
		case 'p':
			pause_ms = (unsigned)atoi(optarg);
			break;
		case 'S':
			seed = (uint32_t)strtoul(optarg, NULL, 10);
			break;
		case 't':
			seconds = (unsigned)atoi(optarg);
			break;
		case 'v':
			verbose = true;
			break;
		case 'x':
			(void)ct_port();
			return (0);
		default:
			crowd = 0;
		}
	}
	if (crowd == 0 || seconds == 0 || optind != argc) {
		fprintf(stderr, "usage: crowd [-v] [-n processes] "
		    "[-p pause] [-t seconds] [-S seed]\n");
		return (2);
	}
	if (pause_ms == 0)
		pause_ms = 2 * crowd;
	prepare();
	ct_counts_get(&before);
	random_kills();
	settle(&before);
	least = most = kills[0];
	for (i = 0; i < STATES; i++) {
		if (verbose)
			printf("%s: %ju\n", states[i].name,
			    (uintmax_t)kills[i]);
		if (kills[i] < least)
			least = kills[i];
		if (kills[i] > most)
			most = kills[i];
	}
	printf("%ju killed in %u s among %u, in each of %zu states %ju to %ju; "
	    "%ju deaths told; nothing left over\n", (uintmax_t)all_kills(),
	    seconds, crowd, STATES, (uintmax_t)least, (uintmax_t)most,
	    (uintmax_t)told);
	return (0);
}
