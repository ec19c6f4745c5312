/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Stress: senders, receivers and processes that come and go, in processes of
 * their own, with an exact account of every message and right.
 *
 *	stress [-v] [-s senders] [-r receivers] [-t seconds] [-n rounds]
 *	    [-S seed]
 *
 * The account rests on send-once rights.  The controller hands out tickets:
 * send-once rights to its tally port, which it counts.  Every message carries a
 * ticket, and whoever receives the message sends a receipt over it.  A ticket
 * whose message dies, in a queue, with a receiver, with a sender that is killed
 * in the middle of a trap, must come back as a send-once notification.  So at
 * the end of a round
 *
 *	tickets = receipts + notifications
 *
 * holds exactly or a message or right was lost or doubled.  There are two
 * kinds of round, in turn: in an exact round nobody is killed and every ticket
 * must come back as a receipt; in a deadly round random participants are killed
 * with SIGKILL, and others fork, exec and exit with full queues.  After
 * each round the kernel's counts of live objects must be what they were before
 * the first.
 *
 * Receivers also check that each sender's messages to a port arrive in order
 * and that their bytes, out of line or not, are those that were sent.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

#include "../patience.h"

/* Not in the public headers: the kernel's counts of live objects. */
kern_return_t mach_counters_trap(uint64_t *, mach_msg_type_number_t *);

#define	COUNTERS	16
static const char *const counter_names[COUNTERS] = { "tasks", "threads",
	"spaces", "names", "ports", "port sets", "messages", "message bytes",
	"semaphores", "timers" };

#define	CHILDREN	64
#define	PORTS		128	/* destinations known at a time */
#define	TICKETS		32	/* of one grant */
#define	SET_PORTS	5	/* of each receiver, in a set; and one alone */
#define	OOL_MAX		(128 * 1024)

#define	ID_REGISTER	10	/* to the hub: a destination */
#define	ID_GRANT	11	/* to the hub: please, tickets */
#define	ID_GRANTED	12
#define	ID_STOP		13	/* to a sender or a receiver */
#define	ID_PAYLOAD	14
#define	ID_RECEIPT	15

#define	SETTLE_MS	patience(10000)	/* for what must happen at once */

struct payload {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_port_descriptor_t	ticket;
	mach_msg_port_descriptor_t	right;
	mach_msg_ool_descriptor_t	ool;
	int32_t				sender;
	uint32_t			sequence;
	uint32_t			sum;
	uint32_t			words;	/* inline, follow */
	uint32_t			data[256];
	mach_msg_max_trailer_t		trailer;
};

struct grant {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_ool_ports_descriptor_t	tickets;
	mach_msg_ool_ports_descriptor_t	ports;
	mach_msg_max_trailer_t		trailer;
};

struct small {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_port_descriptor_t	port;
	uint32_t			bytes;
	mach_msg_max_trailer_t		trailer;
};

union incoming {
	struct payload			payload;
	struct small			small;
	mach_dead_name_notification_t	dead;
};

enum role { SENDER, RECEIVER, STORM };

struct child {
	pid_t		pid;
	enum role	role;
	bool		killed;
};

static struct child children[CHILDREN];
static mach_port_t ports[PORTS];
static mach_port_t hub, tally, deaths, everything;
static uint64_t tickets, receipts, lost, ool_bytes;
static uint64_t all_tickets, all_receipts, all_lost, all_kills;
static bool deadly, stopping, verbose;
static uint32_t seed = 1;
static const char *program;

static void	fail(const char *, ...)
		    __attribute__((__noreturn__, __format__(__printf__, 1, 2)));

static void
fail(const char *fmt, ...)
{
	const char *look;
	va_list ap;
	unsigned i;

	fprintf(stderr, "stress[%d]: ", (int)getpid());
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\n");
	/* A look at those who hang, before they are killed. */
	if ((look = getenv("TEST_POSTMORTEM")) != NULL)
		(void)system(look);
	for (i = 0; i < CHILDREN; i++) {
		if (children[i].pid > 0)
			kill(children[i].pid, SIGKILL);
	}
	_exit(1);
}

static void
check(const char *what, kern_return_t kr)
{

	if (kr != KERN_SUCCESS)
		fail("%s: %s (%#x)", what, mach_error_string(kr),
		    (unsigned)kr);
}

static uint64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000);
}

/* Each thread draws from a sequence of its own. */
static uint32_t
draw(uint32_t *state, uint32_t below)
{

	*state = *state * 1664525 + 1013904223;
	return ((*state >> 8) % below);
}

static uint32_t
sum_of(const void *p, size_t words)
{
	const uint32_t *w;
	uint32_t s;
	size_t i;

	w = p;
	s = 0x12345678;
	for (i = 0; i < words; i++)
		s = (s << 5 | s >> 27) ^ w[i];
	return (s);
}

static mach_port_t
new_port(void)
{
	mach_port_t port;

	check("port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &port));
	return (port);
}

static void
drop(mach_port_t name)
{

	if (MACH_PORT_VALID(name))
		check("deallocate", mach_port_deallocate(mach_task_self(),
		    name));
}

static mach_port_t
inherited_hub(void)
{
	mach_port_t port;

	check("bootstrap port", task_get_bootstrap_port(mach_task_self(),
	    &port));
	return (port);
}

/* ---- senders ---- */

static bool
ask_grant(mach_port_t to, mach_port_t reply, struct grant *g)
{
	mach_msg_return_t mr;

	memset(g, 0, sizeof(*g));
	g->hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	g->hdr.msgh_size = sizeof(g->hdr);
	g->hdr.msgh_remote_port = to;
	g->hdr.msgh_local_port = reply;
	g->hdr.msgh_id = ID_GRANT;
	mr = mach_msg(&g->hdr, MACH_SEND_MSG | MACH_RCV_MSG, sizeof(g->hdr),
	    sizeof(*g), reply, 0, MACH_PORT_NULL);
	if (mr == MACH_SEND_INVALID_DEST)
		return (false);	/* the controller has gone */
	check("grant", mr);
	return (g->hdr.msgh_id == ID_GRANTED);
}

static void
send_one(mach_port_t to, mach_port_t ticket, mach_port_t right,
    uint32_t *state, uint32_t sequence, uint8_t *buffer, bool patient)
{
	struct payload m;
	mach_msg_return_t mr;
	uint32_t i, size;

	memset(&m, 0, offsetof(struct payload, data));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = to;
	m.hdr.msgh_id = ID_PAYLOAD;
	m.body.msgh_descriptor_count = 3;
	m.ticket.name = ticket;
	m.ticket.disposition = MACH_MSG_TYPE_MOVE_SEND_ONCE;
	m.ticket.type = MACH_MSG_PORT_DESCRIPTOR;
	m.right.name = draw(state, 4) == 0 ? right : MACH_PORT_NULL;
	m.right.disposition = MACH_MSG_TYPE_COPY_SEND;
	m.right.type = MACH_MSG_PORT_DESCRIPTOR;
	size = draw(state, 8) != 0 ? 0 : 4 * (1 + draw(state, OOL_MAX / 4));
	m.ool.address = buffer;
	m.ool.size = size;
	m.ool.copy = MACH_MSG_VIRTUAL_COPY;
	m.ool.type = MACH_MSG_OOL_DESCRIPTOR;
	for (i = 0; i < size; i += 4096)
		buffer[i] = (uint8_t)draw(state, 256);
	m.sender = getpid();
	m.sequence = sequence;
	m.words = draw(state, 256);
	for (i = 0; i < m.words; i++)
		m.data[i] = draw(state, 1 << 24);
	m.sum = sum_of(m.data, m.words) ^ sum_of(buffer, size / 4);
	m.hdr.msgh_size = (mach_msg_size_t)(offsetof(struct payload, data) +
	    m.words * sizeof(m.data[0]));
	mr = mach_msg(&m.hdr, MACH_SEND_MSG | (patient ? 0 :
	    MACH_SEND_TIMEOUT), m.hdr.msgh_size, 0, MACH_PORT_NULL,
	    patient ? 0 : 1 + draw(state, 20), MACH_PORT_NULL);
	switch (mr) {
	case MACH_MSG_SUCCESS:
		break;
	case MACH_SEND_TIMED_OUT:
		/* Given back: as if received, so the ticket dies here. */
		mach_msg_destroy(&m.hdr);
		break;
	case MACH_SEND_INVALID_DEST:
		/*
		 * Dead before it was tried, so that nothing has changed, or
		 * while it waited, and then all has come back under new names
		 * and addresses.  Either way the message is ours.
		 */
		if (m.ool.address == buffer)
			m.ool.size = 0;
		mach_msg_destroy(&m.hdr);
		break;
	default:
		check("send", mr);
	}
}

static void
run_sender(void)
{
	struct grant g;
	mach_port_t to, reply;
	mach_port_name_t *t, *p;
	uint32_t i, sequence, state;
	uint8_t *buffer;

	to = inherited_hub();
	reply = new_port();
	state = (uint32_t)getpid() * 2654435761U ^ seed;
	sequence = 0;
	buffer = calloc(1, OOL_MAX + 4);
	if (buffer == NULL)
		fail("no memory");
	while (ask_grant(to, reply, &g)) {
		t = g.tickets.address;
		p = g.ports.address;
		for (i = 0; i < g.tickets.count; i++) {
			if (g.ports.count == 0) {
				drop(t[i]);
				continue;
			}
			send_one(p[draw(&state, g.ports.count)], t[i], to,
			    &state, ++sequence, buffer, !deadly);
		}
		for (i = 0; i < g.ports.count; i++)
			drop(p[i]);
		check("free", vm_deallocate(mach_task_self(), (vm_address_t)t,
		    g.tickets.count * sizeof(*t)));
		if (g.ports.count > 0)
			check("free", vm_deallocate(mach_task_self(),
			    (vm_address_t)p, g.ports.count * sizeof(*p)));
	}
	_exit(0);
}

/* ---- receivers ---- */

/* The last sequence number of each sender at each port. */
struct order {
	mach_port_t	port;
	int32_t		sender;
	uint32_t	last;
};
#define	ORDERS	4096

static void
check_order(struct order *orders, const struct payload *m)
{
	struct order *o;
	uint32_t h, i;

	h = (uint32_t)m->sender * 31 + m->hdr.msgh_local_port;
	for (i = 0; i < ORDERS; i++) {
		o = &orders[(h + i) % ORDERS];
		if (o->sender == 0) {
			o->sender = m->sender;
			o->port = m->hdr.msgh_local_port;
		}
		if (o->sender != m->sender ||
		    o->port != m->hdr.msgh_local_port)
			continue;
		if (m->sequence <= o->last)
			fail("message %u of %d came after %u", m->sequence,
			    (int)m->sender, o->last);
		o->last = m->sequence;
		return;
	}
	/* So many senders in one round: begin anew. */
	memset(orders, 0, ORDERS * sizeof(*orders));
}

static void
receipt(mach_port_t ticket, uint32_t bytes)
{
	struct small r;
	mach_msg_return_t mr;

	memset(&r, 0, sizeof(r));
	r.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
	r.hdr.msgh_size = offsetof(struct small, trailer);
	r.hdr.msgh_remote_port = ticket;
	r.hdr.msgh_id = ID_RECEIPT;
	r.bytes = bytes;
	mr = mach_msg(&r.hdr, MACH_SEND_MSG, r.hdr.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr != MACH_MSG_SUCCESS && mr != MACH_SEND_INVALID_DEST)
		check("receipt", mr);
}

static void *
receive_from(void *arg)
{
	union incoming in;
	struct payload *m;
	struct order *orders;
	mach_port_t name, ticket;
	uint32_t bytes, sum;

	name = (mach_port_t)(uintptr_t)arg;
	orders = calloc(ORDERS, sizeof(*orders));
	if (orders == NULL)
		fail("no memory");
	m = &in.payload;
	for (;;) {
		check("receive", mach_msg(&m->hdr, MACH_RCV_MSG, 0, sizeof(in),
		    name, 0, MACH_PORT_NULL));
		if (m->hdr.msgh_id == ID_STOP)
			_exit(0);
		if (m->hdr.msgh_id != ID_PAYLOAD ||
		    m->body.msgh_descriptor_count != 3)
			fail("message %d came", m->hdr.msgh_id);
		check_order(orders, m);
		sum = sum_of(m->data, m->words) ^
		    sum_of(m->ool.address, m->ool.size / 4);
		if (sum != m->sum)
			fail("message %u of %d is damaged (%u bytes out of "
			    "line)", m->sequence, (int)m->sender, m->ool.size);
		ticket = m->ticket.name;
		bytes = m->ool.size;
		if (!MACH_PORT_VALID(ticket))
			fail("a message came without its ticket");
		m->ticket.name = MACH_PORT_NULL;
		mach_msg_destroy(&m->hdr);
		receipt(ticket, bytes);
	}
}

static void
register_port(mach_port_t to, mach_port_t port)
{
	struct small m;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_size = offsetof(struct small, trailer);
	m.hdr.msgh_remote_port = to;
	m.hdr.msgh_id = ID_REGISTER;
	m.body.msgh_descriptor_count = 1;
	m.port.name = port;
	m.port.disposition = MACH_MSG_TYPE_MAKE_SEND;
	m.port.type = MACH_MSG_PORT_DESCRIPTOR;
	check("register", mach_msg(&m.hdr, MACH_SEND_MSG, m.hdr.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
}

/*
 * One port by itself, with a thread; others in a set, with another thread.
 * Meanwhile the main thread moves a port between two sets and destroys and
 * makes one of them, all of which must go unnoticed.
 */
static void
run_receiver(void)
{
	pthread_t thread;
	mach_port_t alone, other, p, set, spare, to;
	uint32_t state;
	unsigned i;

	to = inherited_hub();
	state = (uint32_t)getpid() * 2654435761U ^ seed;
	alone = new_port();
	check("set", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_PORT_SET, &set));
	spare = MACH_PORT_NULL;
	for (i = 0; i < SET_PORTS; i++) {
		p = new_port();
		check("member", mach_port_move_member(mach_task_self(), p,
		    set));
		register_port(to, p);
		spare = p;
	}
	register_port(to, alone);
	if (pthread_create(&thread, NULL, receive_from,
	    (void *)(uintptr_t)alone) != 0 ||
	    pthread_create(&thread, NULL, receive_from,
	    (void *)(uintptr_t)set) != 0)
		fail("no thread");
	for (;;) {
		struct timespec ts = { 0, 1000000 };

		check("set", mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_PORT_SET, &other));
		check("insert", mach_port_insert_member(mach_task_self(),
		    spare, other));
		if (draw(&state, 2) == 0)
			check("extract", mach_port_extract_member(
			    mach_task_self(), spare, other));
		check("destroy", mach_port_mod_refs(mach_task_self(), other,
		    MACH_PORT_RIGHT_PORT_SET, -1));
		nanosleep(&ts, NULL);	/* a pace, not a synchronisation */
	}
}

/* ---- the storm: processes that end in the middle of things ---- */

static void
run_storm(void)
{
	struct grant g;
	mach_port_t mine, reply, to;
	mach_port_name_t *t;
	uint32_t i, state;
	uint8_t *buffer;
	char *argv[3];

	state = (uint32_t)getpid() * 2654435761U ^ seed;
	switch (draw(&state, 4)) {
	case 0:
		_exit(0);	/* no Mach call at all */
	case 1:
		/* A child of its own, left to itself. */
		if (fork() == 0) {
			(void)new_port();
			_exit(0);
		}
		_exit(0);
	case 2:
		argv[0] = (char *)(uintptr_t)program;
		argv[1] = (char *)(uintptr_t)"-x";
		argv[2] = NULL;
		(void)new_port();
		execv(program, argv);
		fail("exec %s: %s", program, strerror(errno));
	default:
		break;
	}
	/* Messages into a queue that nobody will ever read. */
	to = inherited_hub();
	reply = new_port();
	mine = new_port();
	check("send right", mach_port_insert_right(mach_task_self(), mine,
	    mine, MACH_MSG_TYPE_MAKE_SEND));
	buffer = calloc(1, OOL_MAX + 4);
	if (buffer == NULL)
		fail("no memory");
	if (ask_grant(to, reply, &g)) {
		t = g.tickets.address;
		for (i = 0; i < g.tickets.count; i++)
			send_one(mine, t[i], to, &state, i, buffer, false);
	}
	_exit(0);
}

/* ---- the controller ---- */

static void
start(enum role role)
{
	struct child *c;
	pid_t pid;

	for (c = children; c->pid != 0; c++) {
		if (c == children + CHILDREN - 1)
			return;
	}
	fflush(NULL);
	pid = fork();
	if (pid == -1)
		fail("fork: %s", strerror(errno));
	if (pid == 0) {
		memset(children, 0, sizeof(children));
		switch (role) {
		case SENDER:
			run_sender();
			break;
		case RECEIVER:
			run_receiver();
			break;
		case STORM:
			run_storm();
			break;
		}
		_exit(0);
	}
	c->pid = pid;
	c->role = role;
	c->killed = false;
}

/* Who has ended?  Nobody may end in any other way than is known of him. */
static void
reap(void)
{
	struct child *c;
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (c = children; c < children + CHILDREN; c++) {
			if (c->pid == pid)
				break;
		}
		if (c == children + CHILDREN)
			continue;
		c->pid = 0;
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			continue;
		if (c->killed && WIFSIGNALED(status) &&
		    WTERMSIG(status) == SIGKILL)
			continue;
		fail("process %d (role %d) ended with status %#x", (int)pid,
		    (int)c->role, (unsigned)status);
	}
}

static unsigned
living(enum role role)
{
	unsigned i, n;

	n = 0;
	for (i = 0; i < CHILDREN; i++)
		n += children[i].pid != 0 && children[i].role == role;
	return (n);
}

static void
kill_one(void)
{
	struct child *c, *victims[CHILDREN];
	uint32_t n;

	n = 0;
	for (c = children; c < children + CHILDREN; c++) {
		if (c->pid != 0 && !c->killed)
			victims[n++] = c;
	}
	if (n == 0)
		return;
	c = victims[draw(&seed, n)];
	c->killed = true;
	all_kills++;
	if (kill(c->pid, SIGKILL) == -1)
		fail("kill: %s", strerror(errno));
}

static void
grant(struct small *m)
{
	mach_port_name_t t[TICKETS], p[PORTS];
	struct grant g;
	mach_msg_return_t mr;
	unsigned i, n;

	memset(&g, 0, sizeof(g));
	g.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
	g.hdr.msgh_remote_port = m->hdr.msgh_remote_port;
	m->hdr.msgh_remote_port = MACH_PORT_NULL;
	if (stopping) {
		g.hdr.msgh_id = ID_STOP;
		g.hdr.msgh_size = sizeof(g.hdr);
		mr = mach_msg(&g.hdr, MACH_SEND_MSG, sizeof(g.hdr), 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL);
		if (mr == MACH_SEND_INVALID_DEST)
			drop(g.hdr.msgh_remote_port);
		else
			check("stop", mr);
		return;
	}
	n = 0;
	for (i = 0; i < PORTS; i++) {
		if (ports[i] != MACH_PORT_NULL)
			p[n++] = ports[i];
	}
	for (i = 0; i < TICKETS; i++)
		t[i] = tally;
	g.hdr.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	g.hdr.msgh_id = ID_GRANTED;
	g.hdr.msgh_size = offsetof(struct grant, trailer);
	g.body.msgh_descriptor_count = 2;
	g.tickets.address = t;
	g.tickets.count = TICKETS;
	g.tickets.disposition = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	g.tickets.copy = MACH_MSG_PHYSICAL_COPY;
	g.tickets.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	g.ports.address = p;
	g.ports.count = n;
	g.ports.disposition = MACH_MSG_TYPE_COPY_SEND;
	g.ports.copy = MACH_MSG_PHYSICAL_COPY;
	g.ports.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	mr = mach_msg(&g.hdr, MACH_SEND_MSG, g.hdr.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr == MACH_SEND_INVALID_DEST) {
		drop(g.hdr.msgh_remote_port);	/* killed while it asked */
		return;
	}
	check("grant", mr);
	tickets += TICKETS;
}

static void
add_port(struct small *m)
{
	mach_port_t previous;
	unsigned i;

	for (i = 0; i < PORTS && ports[i] != MACH_PORT_NULL; i++)
		continue;
	if (!MACH_PORT_VALID(m->port.name))
		return;		/* dead before it was known */
	if (i == PORTS)
		fail("too many ports");
	ports[i] = m->port.name;
	m->port.name = MACH_PORT_NULL;
	/* SEND_POSSIBLE also fires when the port is dead already. */
	check("notification", mach_port_request_notification(mach_task_self(),
	    ports[i], MACH_NOTIFY_SEND_POSSIBLE, 0, deaths,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous));
	if (previous != MACH_PORT_NULL)
		fail("two notifications for one port");
}

static void
remove_port(mach_port_t name)
{
	unsigned i;

	for (i = 0; i < PORTS; i++) {
		if (ports[i] != name)
			continue;
		ports[i] = MACH_PORT_NULL;
		/* The right's reference and the notification's. */
		check("dead name", mach_port_mod_refs(mach_task_self(), name,
		    MACH_PORT_RIGHT_DEAD_NAME, -2));
		return;
	}
	fail("a death of an unknown port");
}

/* One message to the controller, or none within `ms`. */
static bool
serve(unsigned ms)
{
	union incoming in;
	struct small *m;
	mach_msg_return_t mr;

	m = &in.small;
	mr = mach_msg(&m->hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(in),
	    everything, ms, MACH_PORT_NULL);
	if (mr == MACH_RCV_TIMED_OUT)
		return (false);
	check("controller", mr);
	if (m->hdr.msgh_local_port == tally) {
		if (m->hdr.msgh_id == ID_RECEIPT) {
			receipts++;
			ool_bytes += m->bytes;
		} else if (m->hdr.msgh_id == MACH_NOTIFY_SEND_ONCE)
			lost++;
		else
			fail("message %d to the tally", m->hdr.msgh_id);
		if (receipts + lost > tickets)
			fail("%ju tickets, but %ju receipts and %ju lost",
			    (uintmax_t)tickets, (uintmax_t)receipts,
			    (uintmax_t)lost);
	} else if (m->hdr.msgh_local_port == deaths) {
		if (m->hdr.msgh_id == MACH_NOTIFY_DEAD_NAME)
			remove_port(in.dead.not_port);
	} else if (m->hdr.msgh_id == ID_GRANT)
		grant(m);
	else if (m->hdr.msgh_id == ID_REGISTER)
		add_port(m);
	else
		fail("message %d to the hub", m->hdr.msgh_id);
	mach_msg_destroy(&m->hdr);
	return (true);
}

static void
tell_stop(mach_port_t port)
{
	mach_msg_header_t h;
	mach_msg_return_t mr;

	memset(&h, 0, sizeof(h));
	h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	h.msgh_size = sizeof(h);
	h.msgh_remote_port = port;
	h.msgh_id = ID_STOP;
	/* A full queue: its receiver gets the word on another port. */
	mr = mach_msg(&h, MACH_SEND_MSG | MACH_SEND_TIMEOUT, sizeof(h), 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr == MACH_SEND_TIMED_OUT)
		mach_msg_destroy(&h);
	else if (mr != MACH_SEND_INVALID_DEST)
		check("stop", mr);
}

static void
get_counts(uint64_t *counts)
{
	mach_msg_type_number_t n;

	memset(counts, 0, COUNTERS * sizeof(*counts));
	n = COUNTERS;
	check("counters", mach_counters_trap(counts, &n));
}

static void
check_counts(const uint64_t *before)
{
	struct timespec ts = { 0, 2000000 };
	uint64_t after[COUNTERS], deadline;
	unsigned i;

	/* The kernel learns by itself that a process has ended. */
	deadline = now_ms() + SETTLE_MS;
	for (;;) {
		get_counts(after);
		if (memcmp(before, after, sizeof(after)) == 0)
			return;
		if (now_ms() > deadline)
			break;
		nanosleep(&ts, NULL);
	}
	for (i = 0; i < COUNTERS; i++) {
		if (before[i] != after[i])
			fprintf(stderr, "stress: %s: %ju became %ju\n",
			    counter_names[i] != NULL ? counter_names[i] : "?",
			    (uintmax_t)before[i], (uintmax_t)after[i]);
	}
	fail("live objects are left over");
}

/* Serve until `done` or the deadline, which is a failure. */
#define	SERVE_UNTIL(done, what) do {					\
	uint64_t _deadline = now_ms() + SETTLE_MS;			\
									\
	while (!(done)) {						\
		(void)serve(20);					\
		reap();							\
		if (now_ms() > _deadline)				\
			fail("%s: %ju tickets, %ju receipts, %ju lost", \
			    what, (uintmax_t)tickets,			\
			    (uintmax_t)receipts, (uintmax_t)lost);	\
	}								\
} while (0)

static unsigned
known_ports(void)
{
	unsigned i, n;

	n = 0;
	for (i = 0; i < PORTS; i++)
		n += ports[i] != MACH_PORT_NULL;
	return (n);
}

static void
round_of(unsigned number, unsigned senders, unsigned receivers, unsigned ms)
{
	mach_port_status_t status;
	mach_msg_type_number_t count;
	uint64_t begin, end, next;
	unsigned i;

	deadly = number % 2 == 1;
	stopping = false;
	tickets = receipts = lost = ool_bytes = 0;
	begin = now_ms();
	for (i = 0; i < receivers; i++)
		start(RECEIVER);
	SERVE_UNTIL(known_ports() == receivers * (SET_PORTS + 1),
	    "receivers do not start");
	for (i = 0; i < senders; i++)
		start(SENDER);
	next = now_ms();
	end = next + ms;
	while (now_ms() < end) {
		(void)serve(10);
		reap();
		if (!deadly || now_ms() < next)
			continue;
		next = now_ms() + 5 + draw(&seed, 20);
		if (draw(&seed, 2) == 0)
			kill_one();
		if (living(STORM) < 4)
			start(STORM);
		if (living(SENDER) < senders)
			start(SENDER);
		if (living(RECEIVER) < receivers)
			start(RECEIVER);
	}
	/* Senders first, so that what they sent is still received. */
	stopping = true;
	SERVE_UNTIL(living(SENDER) == 0 && living(STORM) == 0,
	    "senders do not stop");
	if (!deadly) {
		SERVE_UNTIL(receipts + lost == tickets,
		    "messages are missing");
		if (lost != 0)
			fail("%ju of %ju messages lost, and nobody was killed",
			    (uintmax_t)lost, (uintmax_t)tickets);
	}
	for (;;) {
		for (i = 0; i < PORTS; i++) {
			if (ports[i] != MACH_PORT_NULL)
				tell_stop(ports[i]);
		}
		(void)serve(20);
		reap();
		if (living(RECEIVER) == 0)
			break;
		if (now_ms() > end + 3 * SETTLE_MS)
			fail("receivers do not stop");
	}
	SERVE_UNTIL(receipts + lost == tickets, "tickets are missing");
	SERVE_UNTIL(known_ports() == 0, "deaths are not told");
	/* Registrations of receivers killed at once, and the like. */
	while (serve(0))
		continue;
	if (known_ports() != 0)
		SERVE_UNTIL(known_ports() == 0, "deaths are not told");
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	check("status", mach_port_get_attributes(mach_task_self(), tally,
	    MACH_PORT_RECEIVE_STATUS, (mach_port_info_t)&status, &count));
	if (status.mps_sorights != 0 || status.mps_msgcount != 0)
		fail("%u tickets exist that nobody has", status.mps_sorights);
	all_tickets += tickets;
	all_receipts += receipts;
	all_lost += lost;
	if (verbose)
		printf("round %u, %s: %ju messages, %ju received, %ju died "
		    "with a process, %ju KiB out of line, %ju ms\n", number,
		    deadly ? "deadly" : "exact", (uintmax_t)tickets,
		    (uintmax_t)receipts, (uintmax_t)lost,
		    (uintmax_t)(ool_bytes / 1024),
		    (uintmax_t)(now_ms() - begin));
	fflush(stdout);
}

static unsigned
number(const char *text)
{
	unsigned long n;
	char *end;

	n = strtoul(text, &end, 10);
	if (*text == '\0' || *end != '\0' || n == 0 || n > 1000000)
		fail("not a number that will do: %s", text);
	return ((unsigned)n);
}

int
main(int argc, char **argv)
{
	uint64_t before[COUNTERS], end;
	mach_port_limits_t limits;
	mach_port_t member[3];
	unsigned i, receivers, rounds, seconds, senders;
	int opt;

	program = argv[0];
	senders = 4;
	receivers = 3;
	seconds = rounds = 0;
	while ((opt = getopt(argc, argv, "n:r:S:s:t:vx")) != -1) {
		switch (opt) {
		case 'n':
			rounds = number(optarg);
			break;
		case 'r':
			receivers = number(optarg);
			break;
		case 'S':
			seed = number(optarg);
			break;
		case 's':
			senders = number(optarg);
			break;
		case 't':
			seconds = number(optarg);
			break;
		case 'v':
			verbose = true;
			break;
		case 'x':
			/* What the storm executes: uses Mach, and ends. */
			(void)new_port();
			return (0);
		default:
			fprintf(stderr, "usage: stress [-v] [-s senders] "
			    "[-r receivers] [-t seconds] [-n rounds] "
			    "[-S seed]\n");
			return (2);
		}
	}
	if (seconds == 0 && rounds == 0)
		rounds = 4;
	if (senders + receivers > CHILDREN / 2 ||
	    receivers * (SET_PORTS + 1) > PORTS / 4)
		fail("so many processes are not possible");

	member[0] = hub = new_port();
	member[1] = tally = new_port();
	member[2] = deaths = new_port();
	check("set", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_PORT_SET, &everything));
	for (i = 0; i < 3; i++)
		check("member", mach_port_move_member(mach_task_self(),
		    member[i], everything));
	limits.mpl_qlimit = 64;
	check("limit", mach_port_set_attributes(mach_task_self(), hub,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT));
	check("send right", mach_port_insert_right(mach_task_self(), hub, hub,
	    MACH_MSG_TYPE_MAKE_SEND));
	check("bootstrap port", task_set_bootstrap_port(mach_task_self(),
	    hub));
	get_counts(before);

	end = now_ms() + (uint64_t)seconds * 1000;
	for (i = 0; seconds > 0 ? now_ms() < end : i < rounds; i++) {
		round_of(i, senders, receivers, 1000);
		check_counts(before);
	}
	printf("%u rounds: %ju messages, %ju received, %ju died with a "
	    "process, %ju processes killed; nothing left over\n", i,
	    (uintmax_t)all_tickets, (uintmax_t)all_receipts,
	    (uintmax_t)all_lost, (uintmax_t)all_kills);
	return (0);
}
