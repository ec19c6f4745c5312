/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Rights from one image of launchd to the next.
 *
 * An image loses its space at exec, so two processes of the next program,
 * children of launchd, hold them over it, such that either may be killed.  The
 * keeper has the rights themselves.  The guard has a send right to each port,
 * and inherits the receive rights: port-destroyed requests bring what the
 * keeper had, when it dies, to the port `rescue`, and its own port, to which
 * the new image speaks, to the port `heir`, both of which are the guard's.
 * Only the reply rights of those who wait for an answer go with the keeper;
 * the kernel tells their owners.
 *
 *	either -> old	HELLO	it runs; the reply port is where to send
 *	old -> keeper	WARD	with a right to heir: ask for your own port
 *	old -> either	RIGHTS	some of one kind, in order
 *	old -> either	CHECK	that was all: read the state, try to restore it
 *	either -> old	VERDICT	a number of faults, with the first reason
 *	old -> guard	GUARD	with rescue and heir
 *	new -> keeper	TAKE	the reply port is where to send them
 *	keeper -> new	RIGHTS
 *	keeper -> new	DONE
 *
 * When the keeper dies before it is done, the new image asks again, by the same
 * port.  The guard gives its send rights and `rescue`: each receive right that
 * comes from there has the name of its send right.
 *
 * The state itself is in a file without a name, whose descriptor all of them
 * have.  A holder speaks with its parent only, by the kernel's word.
 */

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mig.h>

#include "lib/liblaunch/pack.h"

#include "launchd.h"

/* Another form of messages or state is another number. */
#define	HANDOVER_VERSION	2
#define	MAGIC		"launchd state 1\n"

#define	CHUNK		2048		/* rights of a message */
#define	PATIENCE_MS	10000		/* for each message */
#define	HOLD_MS		60000		/* for launchd to ask */
#define	RESCUE_MS	60000		/* for what must come back */

enum {
	HELLO = 700,
	WARD,
	RIGHTS,
	CHECK,
	VERDICT,
	GUARD,
	TAKE,
	DONE,
};

/* All messages have this form, with or without rights. */
struct handover {
	mach_msg_header_t		  head;
	mach_msg_body_t			  body;
	mach_msg_ool_ports_descriptor_t ports;
	uint32_t			  version;
	uint32_t			  kind;
	uint32_t			  wrong;
	uint32_t			  counts[RIGHTS_KINDS];
	char				  reason[160];
};

struct received {
	struct handover			  m;
	mach_msg_max_trailer_t		  trailer;
};

static void
prepare(struct handover *m, mach_msg_id_t id, mach_port_t to, unsigned how)
{

	memset(m, 0, sizeof(*m));
	m->head.msgh_bits = MACH_MSGH_BITS(how, 0) | MACH_MSGH_BITS_COMPLEX;
	m->head.msgh_size = sizeof(*m);
	m->head.msgh_remote_port = to;
	m->head.msgh_id = id;
	m->body.msgh_descriptor_count = 1;
	m->ports.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	m->ports.disposition = MACH_MSG_TYPE_COPY_SEND;
	m->ports.copy = MACH_MSG_PHYSICAL_COPY;
	m->version = HANDOVER_VERSION;
}

static kern_return_t
post(struct handover *m)
{
	mach_msg_return_t mr;
	unsigned tries;

	tries = 0;
	do
		mr = mach_msg(&m->head, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		    sizeof(*m), 0, MACH_PORT_NULL, PATIENCE_MS,
		    MACH_PORT_NULL);
	while (mr == MACH_SEND_NO_BUFFER && ++tries < PERSIST_TRIES);
	return (mr);
}

/* The sender's process, -1: none came in time, or not of this form. */
static pid_t
next(mach_port_t port, mach_msg_timeout_t ms, struct received *r)
{
	const mach_msg_audit_trailer_t *t;
	mach_msg_return_t mr;
	unsigned tries;

	tries = 0;
	do
		mr = mach_msg(&r->m.head, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0,
		    sizeof(*r), port, ms, MACH_PORT_NULL);
	while (mr != MACH_MSG_SUCCESS && mr != MACH_RCV_TIMED_OUT &&
	    ++tries < PERSIST_TRIES);
	if (mr != MACH_MSG_SUCCESS)
		return (-1);
	if (r->m.head.msgh_size != sizeof(r->m) ||
	    r->m.body.msgh_descriptor_count != 1 ||
	    r->m.ports.type != MACH_MSG_OOL_PORTS_DESCRIPTOR) {
		mach_msg_destroy(&r->m.head);
		return (-1);
	}
	t = (const mach_msg_audit_trailer_t *)(const void *)
	    ((const char *)r + round_msg(r->m.head.msgh_size));
	return (audit_token_to_pid(t->msgh_audit));
}

int
handover_send(mach_port_t to, const struct rights *rights,
    enum rights_kind kind, unsigned disposition)
{
	struct handover m;
	unsigned i, n;

	for (i = 0; i < rights->r_list[kind].n; i += n) {
		n = rights->r_list[kind].n - i;
		if (n > CHUNK)
			n = CHUNK;
		prepare(&m, RIGHTS, to, MACH_MSG_TYPE_COPY_SEND);
		m.ports.address = rights->r_list[kind].ports + i;
		m.ports.count = n;
		m.ports.disposition = disposition;
		m.kind = kind;
		if (post(&m) != MACH_MSG_SUCCESS)
			return (EIO);
	}
	return (0);
}

static bool
is_ours(mach_port_t port)
{
	mach_port_type_t type;
	kern_return_t kr;

	PERSIST(kr, mach_port_type(mach_task_self(), port, &type));
	return (kr == KERN_SUCCESS && (type & MACH_PORT_TYPE_RECEIVE) != 0);
}

/* What the kernel says of a port-destroyed request. */
static mach_msg_return_t
inherit(mach_port_t from, mach_msg_timeout_t ms, mach_port_t *port)
{
	union {
		mach_port_destroyed_notification_t n;
		char room[256];
	} m;
	mach_msg_return_t mr;

	mr = mach_msg(&m.n.not_header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), from, ms, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		*port = m.n.not_port.name;
	return (mr);
}

unsigned
handover_rescue(mach_port_t from, const mach_port_t *ports, unsigned n)
{
	mach_msg_timeout_t ms;
	mach_port_t port;
	unsigned i, lost, tries;

	ms = RESCUE_MS;
	lost = 0;
	for (i = 0; i < n; i++) {
		for (tries = 0; !is_ours(ports[i]) && tries < 3; )
			if (inherit(from, ms, &port) != MACH_MSG_SUCCESS)
				tries++;
		if (is_ours(ports[i]))
			continue;
		lost++;
		/* The others had their time. */
		ms = 0;
	}
	return (lost);
}

/* Those of a message, which end in the list or nowhere. */
static bool
keep(struct rights *rights, struct handover *m)
{
	const mach_port_t *ports;
	unsigned i;

	if (m->kind >= RIGHTS_KINDS ||
	    !rights_grow(rights, m->kind, m->ports.count)) {
		mach_msg_destroy(&m->head);
		return (false);
	}
	ports = m->ports.address;
	for (i = 0; i < m->ports.count; i++)
		(void)rights_add(rights, m->kind, ports[i]);
	mig_deallocate((vm_address_t)m->ports.address,
	    m->ports.count * sizeof(*ports));
	return (true);
}

/*
 * The state's file.
 */

int
handover_write(int fd, launch_data_t state)
{
	struct packed *p;
	size_t done;
	ssize_t n;
	int error;

	p = malloc(sizeof(*p));
	if (p == NULL)
		return (ENOMEM);
	error = launch_pack(state, p);
	if (error != 0) {
		free(p);
		return (error);
	}
	/* FreeBSD's shared memory is as long as it was told to be. */
	errno = 0;
	if (ftruncate(fd, 0) == -1 || ftruncate(fd, (off_t)(sizeof(MAGIC) - 1 +
	    p->size)) == -1 || pwrite(fd, MAGIC, sizeof(MAGIC) - 1, 0) !=
	    (ssize_t)sizeof(MAGIC) - 1)
		error = errno != 0 ? errno : EIO;
	for (done = 0; error == 0 && done < p->size; done += (size_t)n) {
		n = pwrite(fd, p->bytes + done, p->size - done,
		    (off_t)(sizeof(MAGIC) - 1 + done));
		if (n <= 0) {
			error = n == -1 ? errno : EIO;
			break;
		}
	}
	launch_pack_free(p);
	free(p);
	return (error);
}

launch_data_t
handover_read(int fd)
{
	launch_data_t state;
	struct stat st;
	const char *bytes;
	size_t magic, size;

	magic = sizeof(MAGIC) - 1;
	if (fstat(fd, &st) == -1 || st.st_size <= (off_t)magic)
		return (NULL);
	size = (size_t)st.st_size;
	bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		return (NULL);
	state = NULL;
	if (memcmp(bytes, MAGIC, magic) == 0)
		state = launch_unpack(bytes + magic, size - magic, NULL, 0);
	(void)munmap((void *)(uintptr_t)bytes, size);
	return (state);
}

/*
 * The holder.
 */

static void
check(struct received *r, int fd, const struct rights *rights)
{
	struct handover m;
	launch_data_t state;
	unsigned i;

	prepare(&m, VERDICT, r->m.head.msgh_remote_port,
	    MACH_MSGH_BITS_REMOTE(r->m.head.msgh_bits));
	r->m.head.msgh_remote_port = MACH_PORT_NULL;
	for (i = 0; i < RIGHTS_KINDS; i++)
		if (r->m.counts[i] != rights->r_list[i].n) {
			m.wrong++;
			(void)strcpy(m.reason, "rights are missing");
		}
	state = handover_read(fd);
	if (state == NULL) {
		m.wrong++;
		(void)strcpy(m.reason, "the state cannot be read");
	} else if (m.wrong == 0) {
		m.wrong = state_restore(state, rights);
		if (m.wrong != 0)
			(void)strcpy(m.reason,
			    "the state is not understood");
	}
	launch_data_free(state);
	(void)post(&m);
}

static int
give(const struct received *r, const struct rights *rights, unsigned how)
{
	struct handover m;
	mach_port_t to;

	to = r->m.head.msgh_remote_port;
	if (handover_send(to, rights, RIGHTS_RECEIVE, how) != 0 ||
	    handover_send(to, rights, RIGHTS_RESCUE,
	    MACH_MSG_TYPE_MOVE_RECEIVE) != 0 ||
	    handover_send(to, rights, RIGHTS_SEND,
	    MACH_MSG_TYPE_MOVE_SEND) != 0 ||
	    handover_send(to, rights, RIGHTS_SEND_ONCE,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE) != 0)
		return (1);
	prepare(&m, DONE, to, MACH_MSG_TYPE_COPY_SEND);
	return (post(&m) == MACH_MSG_SUCCESS ? 0 : 1);
}

/* The next message of launchd's; false: it sends none any more. */
static bool
next_of_parent(mach_port_t port, struct received *r)
{
	pid_t from;

	while ((from = next(port, HOLD_MS, r)) != -1) {
		if (from == getppid())
			return (true);
		mach_msg_destroy(&r->m.head);
	}
	return (false);
}

/* Rights that came with a message beside those of the lists. */
static bool
gifts(const struct received *r, unsigned n, mach_port_t *ports)
{
	const mach_port_t *given;
	unsigned i;

	if (r->m.ports.count != n)
		return (false);
	given = r->m.ports.address;
	for (i = 0; i < n; i++)
		ports[i] = given[i];
	mig_deallocate((vm_address_t)given, n * sizeof(*given));
	return (true);
}

/* Our own port is another's when we die. */
static bool
ward(const struct received *r, mach_port_t port)
{
	mach_port_t heir, previous;

	return (gifts(r, 1, &heir) &&
	    mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_PORT_DESTROYED, 0, heir, MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    &previous) == KERN_SUCCESS);
}

static int
guard(struct received *r, struct rights *rights)
{
	mach_port_t port, ports[2];

	if (!gifts(r, 2, ports) ||
	    rights_add(rights, RIGHTS_RESCUE, ports[0]) == -1 ||
	    inherit(ports[1], HOLD_MS, &port) != MACH_MSG_SUCCESS)
		return (1);
	while (next_of_parent(port, r)) {
		/* What the keeper did not read. */
		if (r->m.head.msgh_id == RIGHTS)
			(void)keep(rights, &r->m);
		/* Who asked it may wait no more. */
		else if (r->m.head.msgh_id == TAKE &&
		    MACH_PORT_VALID(r->m.head.msgh_remote_port))
			return (give(r, rights, MACH_MSG_TYPE_MOVE_SEND));
		else
			mach_msg_destroy(&r->m.head);
	}
	return (1);
}

/* Until they are taken, or nobody will. */
static int
hold(mach_port_t port, int fd, struct rights *rights)
{
	struct received r;

	while (next_of_parent(port, &r))
		switch (r.m.head.msgh_id) {
		case WARD:
			if (!ward(&r, port))
				return (1);
			break;
		case RIGHTS:
			if (!keep(rights, &r.m))
				return (1);
			break;
		case CHECK:
			check(&r, fd, rights);
			break;
		case GUARD:
			return (guard(&r, rights));
		case TAKE:
			return (give(&r, rights, MACH_MSG_TYPE_MOVE_RECEIVE));
		default:
			mach_msg_destroy(&r.m.head);
			break;
		}
	return (1);
}

int
handover_hold(int fd)
{
	struct rights rights;
	struct handover m;
	mach_port_t port;
	int status;

	memset(&rights, 0, sizeof(rights));
	if (!MACH_PORT_VALID(bootstrap_port) ||
	    mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return (1);
	prepare(&m, HELLO, bootstrap_port, MACH_MSG_TYPE_COPY_SEND);
	m.head.msgh_bits |= MACH_MSGH_BITS(0, MACH_MSG_TYPE_MAKE_SEND);
	m.head.msgh_local_port = port;
	if (post(&m) != MACH_MSG_SUCCESS)
		return (1);
	status = hold(port, fd, &rights);
	rights_free(&rights);
	return (status);
}

/*
 * launchd's side.
 */

int
handover_hello(const mach_msg_header_t *head, mach_port_t *to)
{
	const struct handover *m;

	m = (const struct handover *)(const void *)head;
	if (head->msgh_id != HELLO || head->msgh_size != sizeof(*m) ||
	    !MACH_PORT_VALID(head->msgh_remote_port))
		return (EPERM);
	if (m->version != HANDOVER_VERSION)
		return (EPROTONOSUPPORT);
	*to = head->msgh_remote_port;
	return (0);
}

int
handover_check(mach_port_t to, const struct rights *rights, char *reason,
    size_t size)
{
	struct received r;
	struct handover m;
	mach_port_t port;
	unsigned i;
	int error;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return (ENOMEM);
	prepare(&m, CHECK, to, MACH_MSG_TYPE_COPY_SEND);
	m.head.msgh_bits |= MACH_MSGH_BITS(0, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.head.msgh_local_port = port;
	for (i = 0; i < RIGHTS_KINDS; i++)
		m.counts[i] = i == RIGHTS_SEND_ONCE ? 0 : rights->r_list[i].n;
	error = ETIMEDOUT;
	(void)snprintf(reason, size, "the new program does not answer");
	if (post(&m) == MACH_MSG_SUCCESS &&
	    next(port, PATIENCE_MS, &r) != -1) {
		error = 0;
		if (r.m.wrong != 0) {
			r.m.reason[sizeof(r.m.reason) - 1] = '\0';
			(void)snprintf(reason, size, "the new program cannot "
			    "go on from here: %s", r.m.reason);
			error = EINVAL;
		}
		mach_msg_destroy(&r.m.head);
	}
	events_drop_receive(port);
	return (error);
}

static int
post_gifts(mach_port_t to, mach_msg_id_t id, mach_port_t *ports, unsigned n,
    unsigned disposition)
{
	struct handover m;

	prepare(&m, id, to, MACH_MSG_TYPE_COPY_SEND);
	m.ports.address = ports;
	m.ports.count = n;
	m.ports.disposition = disposition;
	return (post(&m) == MACH_MSG_SUCCESS ? 0 : EIO);
}

int
handover_ward(mach_port_t keeper, mach_port_t heir)
{

	return (post_gifts(keeper, WARD, &heir, 1,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE));
}

int
handover_guard(mach_port_t to, mach_port_t rescue, mach_port_t heir)
{
	mach_port_t ports[] = { rescue, heir };

	return (post_gifts(to, GUARD, ports, 2, MACH_MSG_TYPE_MOVE_RECEIVE));
}

/* All that the holder has, which says that it was all. */
static int
take(mach_port_t from, struct rights *rights)
{
	struct mach_port_limits limits = { MACH_PORT_QLIMIT_LARGE };
	struct received r;
	struct handover m;
	mach_port_t port;
	kern_return_t kr;
	int error;

	memset(rights, 0, sizeof(*rights));
	PERSIST(kr, mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &port));
	if (kr != KERN_SUCCESS)
		return (ENOMEM);
	(void)mach_port_set_attributes(mach_task_self(), port,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT);
	prepare(&m, TAKE, from, MACH_MSG_TYPE_COPY_SEND);
	m.head.msgh_bits |= MACH_MSGH_BITS(0, MACH_MSG_TYPE_MAKE_SEND);
	m.head.msgh_local_port = port;
	error = post(&m) == MACH_MSG_SUCCESS ? -1 : ESRCH;
	/* A holder that dies has no right to it. */
	if (error == -1)
		(void)events_request(port, MACH_NOTIFY_NO_SENDERS, port);
	while (error == -1) {
		/* Only the holder has a right to it. */
		if (next(port, PATIENCE_MS, &r) == -1)
			error = ETIMEDOUT;
		else if (r.m.head.msgh_id != RIGHTS) {
			mach_msg_destroy(&r.m.head);
			error = 0;
		} else if (!keep(rights, &r.m))
			error = ENOMEM;
	}
	events_drop_receive(port);
	return (error);
}

/*
 * The guard's: a list of send rights, to which the receive rights come.  Of
 * those, each has a reference more than from the keeper.
 */
static void
take_rescued(struct rights *rights)
{
	const mach_port_t *ports;
	mach_port_t rescue;
	unsigned i, lost, n;

	ports = rights->r_list[RIGHTS_RECEIVE].ports;
	n = rights->r_list[RIGHTS_RECEIVE].n;
	rescue = rights_get(rights, RIGHTS_RESCUE, 0);
	lost = handover_rescue(rescue, ports, n);
	events_drop_receive(rescue);
	for (i = 0; i < n; i++)
		if (is_ours(ports[i]))
			(void)mach_port_deallocate(mach_task_self(), ports[i]);
	log_line(lost == 0 ? LOG_WARNING : LOG_ERROR, NULL, 0, "who kept the "
	    "ports died: %u of %u are lost", lost, n);
}

/* Once more, of a holder that can be another now. */
static int
take_again(mach_port_t from, struct rights *rights)
{
	struct rights first;
	unsigned i;
	int error;

	first = *rights;
	error = take(from, rights);
	if (error != 0) {
		rights_free(rights);
		*rights = first;
		return (error);
	}
	for (i = 0; i < first.r_list[RIGHTS_SEND].n; i++)
		(void)mach_port_deallocate(mach_task_self(),
		    first.r_list[RIGHTS_SEND].ports[i]);
	for (i = 0; i < first.r_list[RIGHTS_SEND_ONCE].n; i++)
		(void)rights_add(rights, RIGHTS_SEND_ONCE,
		    first.r_list[RIGHTS_SEND_ONCE].ports[i]);
	rights_free(&first);
	return (0);
}

int
handover_take(mach_port_t from, pid_t keeper, struct rights *rights)
{
	int error;

	error = take(from, rights);
	if (error != 0) {
		/* What of its did not come is the guard's now. */
		if (keeper > 1)
			(void)kill(keeper, SIGKILL);
		error = take_again(from, rights);
	}
	if (rights->r_list[RIGHTS_RESCUE].n != 0)
		take_rescued(rights);
	return (error);
}
