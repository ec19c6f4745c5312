/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Rights from one image of launchd to the next.
 *
 * An image loses its space at exec, so a process of the next program, a child
 * of launchd, holds them over it:
 *
 *	holder -> old	HELLO	it runs; the reply port is where to send
 *	old -> holder	RIGHTS	some of one kind, in order
 *	old -> holder	CHECK	that was all: read the state, try to restore it
 *	holder -> old	VERDICT	a number of faults, with the first reason
 *	new -> holder	TAKE	the reply port is where to send them
 *	holder -> new	RIGHTS
 *	holder -> new	DONE
 *
 * The state itself is in a file without a name, whose descriptor all three
 * have.  The holder speaks with its parent only, by the kernel's word.
 */

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mig.h>

#include "lib/liblaunch/pack.h"

#include "launchd.h"

/* Another form of messages or state is another number. */
#define	HANDOVER_VERSION	1
#define	MAGIC		"launchd state 1\n"

#define	CHUNK		2048		/* rights of a message */
#define	PATIENCE_MS	10000		/* for each message */
#define	HOLD_MS		60000		/* for launchd to ask */

enum {
	HELLO = 700,
	RIGHTS,
	CHECK,
	VERDICT,
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

	return (mach_msg(&m->head, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    sizeof(*m), 0, MACH_PORT_NULL, PATIENCE_MS, MACH_PORT_NULL));
}

/* The sender's process, -1: none came in time, or not of this form. */
static pid_t
next(mach_port_t port, mach_msg_timeout_t ms, struct received *r)
{
	const mach_msg_audit_trailer_t *t;

	if (mach_msg(&r->m.head, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0, sizeof(*r),
	    port, ms, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
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
give(struct received *r, const struct rights *rights)
{
	struct handover m;
	mach_port_t to;

	to = r->m.head.msgh_remote_port;
	if (handover_send(to, rights, RIGHTS_RECEIVE,
	    MACH_MSG_TYPE_MOVE_RECEIVE) != 0 ||
	    handover_send(to, rights, RIGHTS_SEND,
	    MACH_MSG_TYPE_MOVE_SEND) != 0 ||
	    handover_send(to, rights, RIGHTS_SEND_ONCE,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE) != 0)
		return (1);
	prepare(&m, DONE, to, MACH_MSG_TYPE_COPY_SEND);
	return (post(&m) == MACH_MSG_SUCCESS ? 0 : 1);
}

/* Until they are taken, or nobody will. */
static int
hold(mach_port_t port, int fd, struct rights *rights)
{
	struct received r;
	pid_t from;

	for (;;) {
		from = next(port, HOLD_MS, &r);
		if (from == -1)
			return (1);
		if (from != getppid()) {
			mach_msg_destroy(&r.m.head);
			continue;
		}
		switch (r.m.head.msgh_id) {
		case RIGHTS:
			if (!keep(rights, &r.m))
				return (1);
			break;
		case CHECK:
			check(&r, fd, rights);
			break;
		case TAKE:
			return (give(&r, rights));
		default:
			mach_msg_destroy(&r.m.head);
			break;
		}
	}
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
handover_hello(pid_t holder, const mach_msg_header_t *head, pid_t from,
    mach_port_t *to)
{
	const struct handover *m;

	m = (const struct handover *)(const void *)head;
	if (from != holder || head->msgh_id != HELLO ||
	    head->msgh_size != sizeof(*m) ||
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

int
handover_take(mach_port_t from, struct rights *rights)
{
	struct mach_port_limits limits = { MACH_PORT_QLIMIT_LARGE };
	struct received r;
	struct handover m;
	mach_port_t port;
	int error;

	memset(rights, 0, sizeof(*rights));
	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return (ENOMEM);
	(void)mach_port_set_attributes(mach_task_self(), port,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT);
	prepare(&m, TAKE, from, MACH_MSG_TYPE_COPY_SEND);
	m.head.msgh_bits |= MACH_MSGH_BITS(0, MACH_MSG_TYPE_MAKE_SEND);
	m.head.msgh_local_port = port;
	error = post(&m) == MACH_MSG_SUCCESS ? -1 : ESRCH;
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
