/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A model of Mach ports; see model.h.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mach/mach_types.h>
#include <mach/kern_return.h>
#include <mach/notify.h>

#include <tests/fuzz/model.h>

#define	PORTS	1024
#define	PSETS	256
#define	MSGS	2048

struct m_task m_tasks[M_TASKS];
struct m_thread m_threads[M_TASKS][M_THREADS];
uint32_t m_step;

static struct m_port ports[PORTS];
static struct m_pset psets[PSETS];
static struct m_msg msgs[MSGS];
static unsigned int nports, npsets, nmsgs;
static struct m_msgq garbage = TAILQ_HEAD_INITIALIZER(garbage);

void
m_failed(const char *what, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: step %u: failed: %s: ", file, line, m_step,
	    what);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

void
m_reset(void)
{
	int i, j;

	memset(m_tasks, 0, sizeof(m_tasks));
	memset(m_threads, 0, sizeof(m_threads));
	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			m_threads[i][j].task = i;
			m_threads[i][j].index = j;
		}
	}
	nports = npsets = nmsgs = 0;
	TAILQ_INIT(&garbage);
	m_step = 0;
}

bool
m_room(void)
{
	int i;

	for (i = 0; i < M_TASKS; i++)
		if (m_tasks[i].nentries > M_ENTRIES - 20)
			return (false);
	return (nports + 64 < PORTS && npsets + 8 < PSETS &&
	    nmsgs + 256 < MSGS);
}

/*
 * Names.
 */

struct m_entry *
m_find(int task, mach_port_name_t name)
{
	int i;

	for (i = 0; i < M_ENTRIES; i++)
		if (m_tasks[task].entries[i].type != 0 &&
		    m_tasks[task].entries[i].name == name)
			return (&m_tasks[task].entries[i]);
	return (NULL);
}

struct m_entry *
m_find_index(int task, mach_port_name_t name)
{
	int i;

	for (i = 0; i < M_ENTRIES; i++)
		if (m_tasks[task].entries[i].type != 0 &&
		    m_tasks[task].entries[i].name >> 8 == name >> 8)
			return (&m_tasks[task].entries[i]);
	return (NULL);
}

struct m_entry *
m_reverse(int task, struct m_port *port)
{
	struct m_entry *e;
	int i;

	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if (e->port == port && (e->type &
		    (MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_RECEIVE)) != 0)
			return (e);
	}
	return (NULL);
}

struct m_entry *
m_enter(int task, mach_port_name_t name, uint32_t type)
{
	struct m_entry *e;
	int i;

	M_CHECK(MACH_PORT_VALID(name), "name %#x", name);
	M_CHECK(m_find_index(task, name) == NULL, "name %#x is in use", name);
	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if (e->type != 0)
			continue;
		memset(e, 0, sizeof(*e));
		e->name = name;
		e->type = type;
		m_tasks[task].nentries++;
		return (e);
	}
	M_CHECK(false, "the model has no room for names");
}

void
m_remove(int task, struct m_entry *e)
{

	memset(e, 0, sizeof(*e));
	m_tasks[task].nentries--;
}

/* The request goes with the name: who asked is told. */
void
m_cancel(int task, struct m_entry *e)
{
	struct m_port *notify;

	(void)task;
	notify = e->request.notify;
	memset(&e->request, 0, sizeof(e->request));
	if (notify != NULL)
		m_notify(notify, MACH_NOTIFY_PORT_DELETED, e->name);
}

/*
 * Ports.
 */

struct m_port *
m_port_new(enum m_port_kind kind, int receiver, mach_port_name_t name)
{
	struct m_port *port;

	M_CHECK(nports < PORTS, "the model has no room for ports");
	port = &ports[nports];
	memset(port, 0, sizeof(*port));
	port->number = nports++;
	port->active = true;
	port->dirty = true;
	port->kind = kind;
	port->receiver = receiver;
	port->name = name;
	port->qlimit = MACH_PORT_QLIMIT_DEFAULT;
	TAILQ_INIT(&port->queue);
	return (port);
}

void
m_make_send(struct m_port *port)
{

	port->mscount++;
	port->srights++;
	port->dirty = true;
}

void
m_copy_send(struct m_port *port)
{

	if (!M_VALID(port) || !port->active)
		return;
	port->srights++;
	port->dirty = true;
}

void
m_no_senders(struct m_port *port)
{
	struct m_port *notify;

	port->dirty = true;
	if (!port->active || port->srights != 0 || port->nsrequest == NULL)
		return;
	notify = port->nsrequest;
	port->nsrequest = NULL;
	m_notify(notify, MACH_NOTIFY_NO_SENDERS, port->mscount);
}

void
m_release(struct m_port *port, int right)
{

	if (!M_VALID(port))
		return;
	switch (right) {
	case MACH_MSG_TYPE_PORT_SEND:
		if (!port->active)
			return;
		M_CHECK(port->srights > 0, "port %u", port->number);
		port->srights--;
		m_no_senders(port);
		break;
	case MACH_MSG_TYPE_PORT_SEND_ONCE:
		if (port->active)
			m_notify(port, MACH_NOTIFY_SEND_ONCE, 0);
		break;
	case MACH_MSG_TYPE_PORT_RECEIVE:
		port->destination = NULL;
		m_port_destroy(port);
		break;
	default:
		M_CHECK(false, "right %d", right);
	}
}

/* The threads in a receive of the port are told why there is none. */
static void
m_wake_receivers(struct m_port *port, struct m_pset *pset, int result)
{
	struct m_thread *th;
	int i, j;

	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			th = &m_threads[i][j];
			if (th->wait != M_RECEIVING || th->decided ||
			    (port != NULL && th->port != port) ||
			    (pset != NULL && th->pset != pset))
				continue;
			th->decided = true;
			th->result = result;
		}
	}
}

/* The receive right leaves its space. */
static void
m_clear_receiver(struct m_port *port, int why)
{
	struct m_port *notify;

	notify = port->nsrequest;
	port->nsrequest = NULL;
	port->receiver = M_IN_TRANSIT;
	port->name = MACH_PORT_NULL;
	port->mscount = 0;
	port->seqno = 0;
	port->context = 0;
	port->guarded = port->strict = port->immovable = false;
	m_wake_receivers(port, NULL, why);
	m_pset_remove_all(port);
	if (notify != NULL)
		m_notify(notify, MACH_NOTIFY_SEND_ONCE, 0);
}

static void
m_senders_die(struct m_port *port)
{
	struct m_thread *th;
	int i, j;

	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			th = &m_threads[i][j];
			if (th->wait == M_SENDING && th->msg->remote == port) {
				if (!th->decided)
					th->result = MACH_MSG_SUCCESS;
				th->decided = true;
			}
		}
	}
}

static void
m_waiters_die(struct m_port *port)
{
	struct m_thread *th;
	int i, j;

	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			th = &m_threads[i][j];
			if (th->wait == M_WAITING && th->port == port &&
			    !th->decided) {
				th->decided = true;
				th->result = KERN_TERMINATED;
			}
		}
	}
}

/* Names of send and send-once rights of a port that died. */
static void
m_dead_names(struct m_port *port)
{
	struct m_entry *e;
	struct m_port *notify;
	int i, task;

	for (task = 0; task < M_TASKS; task++) {
		for (i = 0; i < M_ENTRIES; i++) {
			e = &m_tasks[task].entries[i];
			if (e->type == 0 || e->port != port)
				continue;
			notify = e->request.notify;
			e->request.notify = NULL;
			e->request.armed = false;
			if (notify != NULL) {
				e->request.died = true;
				m_notify(notify, MACH_NOTIFY_DEAD_NAME,
				    e->name);
			}
			/* Who destroys the right sees to its entry. */
			if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0)
				continue;
			if (e->request.died && e->urefs < M_UREFS_MAX)
				e->urefs++;
			e->type = MACH_PORT_TYPE_DEAD_NAME;
			e->port = NULL;
			memset(&e->request, 0, sizeof(e->request));
		}
	}
}

void
m_port_destroy(struct m_port *port)
{
	struct m_msg *msg;
	struct m_port *notify;

	M_CHECK(port->active, "port %u", port->number);
	if (port->pdrequest != NULL) {
		notify = port->pdrequest;
		port->pdrequest = NULL;
		m_clear_receiver(port, MACH_RCV_PORT_DIED);
		msg = m_msg_new(M_NOTIFY, MACH_NOTIFY_PORT_DESTROYED);
		msg->remote = notify;
		msg->remote_right = MACH_MSG_TYPE_PORT_SEND_ONCE;
		msg->complex = true;
		msg->size += 4 + sizeof(mach_msg_port_descriptor_t);
		msg->ndescs = 1;
		msg->descs[0].type = MACH_MSG_PORT_DESCRIPTOR;
		msg->descs[0].right = MACH_MSG_TYPE_PORT_RECEIVE;
		msg->descs[0].count = 1;
		msg->descs[0].ports[0] = port;
		msg->circular = m_set_destination(port, notify);
		m_send_kernel(msg);
		return;
	}
	port->active = false;
	m_clear_receiver(port, MACH_RCV_PORT_DIED);
	m_senders_die(port);
	m_waiters_die(port);
	while ((msg = TAILQ_FIRST(&port->queue)) != NULL) {
		TAILQ_REMOVE(&port->queue, msg, link);
		m_destroy_later(msg);
	}
	port->nqueued = 0;
	m_dead_names(port);
}

void
m_semaphores_end(int task)
{
	unsigned int i;

	for (i = 0; i < nports; i++)
		if (ports[i].kind == M_SEMAPHORE && ports[i].active &&
		    ports[i].owner == task)
			m_port_destroy(&ports[i]);
}

bool
m_full(const struct m_port *port)
{

	return (port->nqueued + port->promised >= port->qlimit);
}

/* Blocked senders, first come first served, and who asked for send-possible. */
void
m_queue_changed(struct m_port *port)
{
	struct m_entry *e;
	struct m_port *notify;
	struct m_thread *first, *th;
	int i, j;

	port->dirty = true;
	while (!m_full(port)) {
		first = NULL;
		for (i = 0; i < M_TASKS; i++) {
			for (j = 0; j < M_THREADS; j++) {
				th = &m_threads[i][j];
				if (th->wait == M_SENDING && !th->decided &&
				    th->msg->remote == port &&
				    (first == NULL ||
				    th->since < first->since))
					first = th;
			}
		}
		if (first == NULL)
			break;
		first->decided = true;
		first->result = MACH_MSG_SUCCESS;
		port->promised++;
	}
	if (m_full(port))
		return;
	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_ENTRIES; j++) {
			e = &m_tasks[i].entries[j];
			if (e->type == 0 || e->port != port ||
			    !e->request.armed)
				continue;
			notify = e->request.notify;
			memset(&e->request, 0, sizeof(e->request));
			m_notify(notify, MACH_NOTIFY_SEND_POSSIBLE, e->name);
		}
	}
}

/*
 * Sets.
 */

/* Who has waited longest in a receive from the port or the set. */
static struct m_thread *
m_first_receiver(struct m_port *port, struct m_pset *pset)
{
	struct m_thread *first, *th;
	int i, j;

	first = NULL;
	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			th = &m_threads[i][j];
			if (th->wait == M_RECEIVING && !th->decided &&
			    !th->restarted &&
			    (port == NULL || th->port == port) &&
			    (pset == NULL || th->pset == pset) &&
			    (first == NULL || th->since < first->since))
				first = th;
		}
	}
	return (first);
}

struct m_pset *
m_pset_new(int task, mach_port_name_t name)
{
	struct m_pset *pset;

	M_CHECK(npsets < PSETS, "the model has no room for sets");
	pset = &psets[npsets++];
	memset(pset, 0, sizeof(*pset));
	pset->active = pset->dirty = true;
	pset->task = task;
	pset->name = name;
	return (pset);
}

bool
m_pset_has(const struct m_pset *pset, const struct m_port *port)
{
	int i;

	for (i = 0; i < port->npsets; i++)
		if (port->psets[i] == pset)
			return (true);
	return (false);
}

bool
m_pset_add(struct m_pset *pset, struct m_port *port)
{
	struct m_thread *th;
	uint32_t i;

	if (m_pset_has(pset, port) || port->npsets == M_SETS)
		return (false);
	memmove(&port->psets[1], &port->psets[0],
	    sizeof(port->psets[0]) * (size_t)port->npsets);
	port->psets[0] = pset;
	port->npsets++;
	port->dirty = pset->dirty = true;
	/* Who waits looks again: a thread a message. */
	for (i = 0; i < port->nqueued; i++) {
		th = m_first_receiver(NULL, pset);
		if (th == NULL)
			break;
		th->restarted = true;
	}
	return (true);
}

bool
m_pset_remove(struct m_pset *pset, struct m_port *port)
{
	int i;

	for (i = 0; i < port->npsets; i++) {
		if (port->psets[i] != pset)
			continue;
		port->npsets--;
		memmove(&port->psets[i], &port->psets[i + 1],
		    sizeof(port->psets[0]) * (size_t)(port->npsets - i));
		port->dirty = pset->dirty = true;
		return (true);
	}
	return (false);
}

void
m_pset_remove_all(struct m_port *port)
{

	while (port->npsets > 0)
		(void)m_pset_remove(port->psets[0], port);
}

void
m_pset_destroy(struct m_pset *pset)
{
	unsigned int i;

	pset->active = false;
	m_wake_receivers(NULL, pset, MACH_RCV_PORT_DIED);
	for (i = 0; i < nports; i++)
		(void)m_pset_remove(pset, &ports[i]);
}

/*
 * Rights.
 */

int
m_right_of(int disposition)
{

	switch (disposition) {
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		return (MACH_MSG_TYPE_PORT_RECEIVE);
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		return (MACH_MSG_TYPE_PORT_SEND_ONCE);
	default:
		return (MACH_MSG_TYPE_PORT_SEND);
	}
}

bool
m_moves(int disposition)
{

	return (disposition == MACH_MSG_TYPE_MOVE_RECEIVE ||
	    disposition == MACH_MSG_TYPE_MOVE_SEND ||
	    disposition == MACH_MSG_TYPE_MOVE_SEND_ONCE);
}

bool
m_copyin_ok(struct m_entry *e, int disposition)
{
	bool receive;

	receive = (e->type & MACH_PORT_TYPE_RECEIVE) != 0 && !e->moved_receive;
	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		return (receive);
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		if (!receive || e->port->immovable ||
		    e->port->kind != M_PLAIN)
			return (false);
		e->moved_receive = true;
		return (true);
	case MACH_MSG_TYPE_COPY_SEND:
		return ((e->type & (MACH_PORT_TYPE_SEND |
		    MACH_PORT_TYPE_DEAD_NAME)) != 0 && e->urefs > e->moved);
	case MACH_MSG_TYPE_MOVE_SEND:
		if ((e->type & (MACH_PORT_TYPE_SEND |
		    MACH_PORT_TYPE_DEAD_NAME)) == 0 || e->urefs <= e->moved)
			return (false);
		e->moved++;
		return (true);
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		if ((e->type & (MACH_PORT_TYPE_SEND_ONCE |
		    MACH_PORT_TYPE_DEAD_NAME)) == 0 || e->urefs <= e->moved)
			return (false);
		e->moved++;
		return (true);
	default:
		return (false);
	}
}

void
m_copyin_forget(void)
{
	int i, task;

	for (task = 0; task < M_TASKS; task++) {
		for (i = 0; i < M_ENTRIES; i++) {
			m_tasks[task].entries[i].moved = 0;
			m_tasks[task].entries[i].moved_receive = false;
		}
	}
}

struct m_port *
m_copyin(int task, struct m_entry *e, int disposition)
{
	struct m_port *port;

	if (e->type == MACH_PORT_TYPE_DEAD_NAME) {
		if (disposition != MACH_MSG_TYPE_COPY_SEND &&
		    e->urefs != M_UREFS_MAX)
			m_less_dead(task, e, 1);
		return (M_DEAD);
	}
	port = e->port;
	port->dirty = true;
	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
		m_make_send(port);
		break;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		port->sorights++;
		break;
	case MACH_MSG_TYPE_COPY_SEND:
		m_copy_send(port);
		break;
	case MACH_MSG_TYPE_MOVE_SEND:
		m_copy_send(port);
		if (e->urefs != M_UREFS_MAX)
			m_less_send(task, e, 1);
		break;
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		m_cancel(task, e);
		m_remove(task, e);
		break;
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		m_clear_receiver(port, MACH_RCV_PORT_CHANGED);
		if ((e->type & MACH_PORT_TYPE_SEND) != 0)
			e->type = MACH_PORT_TYPE_SEND;
		else {
			m_cancel(task, e);
			m_remove(task, e);
		}
		break;
	default:
		M_CHECK(false, "disposition %d", disposition);
	}
	return (port);
}

void
m_copyout(int task, struct m_port *port, int right, mach_port_name_t name)
{
	struct m_entry *e;

	if (port == NULL) {
		M_CHECK(name == MACH_PORT_NULL, "name %#x", name);
		return;
	}
	if (port == M_DEAD || !port->active) {
		M_CHECK(name == MACH_PORT_DEAD, "name %#x of a dead port",
		    name);
		return;
	}
	port->dirty = true;
	e = right == MACH_MSG_TYPE_PORT_SEND_ONCE ? NULL :
	    m_reverse(task, port);
	if (e != NULL)
		M_CHECK(e->name == name, "port %u is %#x there, not %#x",
		    port->number, e->name, name);
	switch (right) {
	case MACH_MSG_TYPE_PORT_SEND:
		if (e == NULL) {
			e = m_enter(task, name, MACH_PORT_TYPE_SEND);
			e->port = port;
			e->urefs = 1;
		} else if ((e->type & MACH_PORT_TYPE_SEND) != 0) {
			if (e->urefs < M_UREFS_MAX)
				e->urefs++;
			m_release(port, right);
		} else {
			e->type |= MACH_PORT_TYPE_SEND;
			e->urefs = 1;
		}
		break;
	case MACH_MSG_TYPE_PORT_SEND_ONCE:
		e = m_enter(task, name, MACH_PORT_TYPE_SEND_ONCE);
		e->port = port;
		e->urefs = 1;
		break;
	default:
		if (e == NULL) {
			e = m_enter(task, name, MACH_PORT_TYPE_RECEIVE);
			e->port = port;
		} else
			e->type |= MACH_PORT_TYPE_RECEIVE;
		port->destination = NULL;
		port->receiver = task;
		port->name = name;
		break;
	}
}

void
m_less_send(int task, struct m_entry *e, uint32_t n)
{
	struct m_port *port;

	if (e->urefs > n) {
		e->urefs -= n;
		return;
	}
	port = e->port;
	if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0) {
		e->type = MACH_PORT_TYPE_RECEIVE;
		e->urefs = 0;
	} else {
		m_cancel(task, e);
		m_remove(task, e);
	}
	m_release(port, MACH_MSG_TYPE_PORT_SEND);
}

void
m_less_dead(int task, struct m_entry *e, uint32_t n)
{

	if (e->urefs > n)
		e->urefs -= n;
	else
		m_remove(task, e);
}

void
m_less_sonce(int task, struct m_entry *e)
{
	struct m_port *port;

	port = e->port;
	m_cancel(task, e);
	m_remove(task, e);
	m_release(port, MACH_MSG_TYPE_PORT_SEND_ONCE);
}

void
m_less_receive(int task, struct m_entry *e)
{
	struct m_port *deleted, *port;
	mach_port_name_t name;

	port = e->port;
	name = e->name;
	deleted = NULL;
	if ((e->type & MACH_PORT_TYPE_SEND) == 0) {
		deleted = e->request.notify;
		memset(&e->request, 0, sizeof(e->request));
	}
	m_port_destroy(port);
	if (deleted != NULL)
		m_notify(deleted, MACH_NOTIFY_PORT_DELETED, name);
	if ((e->type & MACH_PORT_TYPE_SEND) == 0) {
		m_remove(task, e);
		return;
	}
	if (port->active) {
		e->type = MACH_PORT_TYPE_SEND;
		return;
	}
	if (e->request.died && e->urefs < M_UREFS_MAX)
		e->urefs++;
	e->type = MACH_PORT_TYPE_DEAD_NAME;
	e->port = NULL;
	memset(&e->request, 0, sizeof(e->request));
}

void
m_less_pset(int task, struct m_entry *e)
{
	struct m_pset *pset;

	pset = e->pset;
	m_remove(task, e);
	m_pset_destroy(pset);
}

/* In the order of the table, as the kernel does. */
void
m_terminate(int task)
{
	struct m_entry e, *first;
	int i;

	for (;;) {
		first = NULL;
		for (i = 0; i < M_ENTRIES; i++) {
			if (m_tasks[task].entries[i].type != 0 &&
			    (first == NULL ||
			    m_tasks[task].entries[i].name < first->name))
				first = &m_tasks[task].entries[i];
		}
		if (first == NULL)
			break;
		m_cancel(task, first);
		e = *first;
		m_remove(task, first);
		if (e.pset != NULL)
			m_pset_destroy(e.pset);
		if ((e.type & MACH_PORT_TYPE_SEND_ONCE) != 0)
			m_release(e.port, MACH_MSG_TYPE_PORT_SEND_ONCE);
		if ((e.type & MACH_PORT_TYPE_SEND) != 0)
			m_release(e.port, MACH_MSG_TYPE_PORT_SEND);
		if ((e.type & MACH_PORT_TYPE_RECEIVE) != 0)
			m_port_destroy(e.port);
		m_collect();
	}
}

/*
 * Messages.
 */

struct m_msg *
m_msg_new(enum m_msg_kind kind, int32_t id)
{
	struct m_msg *msg;

	M_CHECK(nmsgs < MSGS, "the model has no room for messages");
	msg = &msgs[nmsgs++];
	memset(msg, 0, sizeof(*msg));
	msg->kind = kind;
	msg->id = id;
	msg->stamp = m_step;
	msg->size = sizeof(mach_msg_header_t);
	return (msg);
}

bool
m_set_destination(struct m_port *port, struct m_port *to)
{
	struct m_port *p;

	for (p = to; p != NULL; p = p->destination)
		if (p == port)
			return (true);
	port->destination = to;
	return (false);
}

void
m_destroy_later(struct m_msg *msg)
{

	TAILQ_INSERT_TAIL(&garbage, msg, link);
}

void
m_destroy_at_once(struct m_msg *msg)
{
	struct m_desc *desc;
	uint32_t i;
	int d;

	m_release(msg->remote, msg->remote_right);
	m_release(msg->local, msg->local_right);
	for (d = 0; d < msg->ndescs; d++) {
		desc = &msg->descs[d];
		if (desc->type != MACH_MSG_OOL_DESCRIPTOR)
			for (i = 0; i < desc->count; i++)
				m_release(desc->ports[i], desc->right);
	}
	if (msg->timer != NULL)
		msg->timer->timer_out = false;
}

void
m_collect(void)
{
	struct m_msg *msg;

	while ((msg = TAILQ_FIRST(&garbage)) != NULL) {
		TAILQ_REMOVE(&garbage, msg, link);
		m_destroy_at_once(msg);
	}
}

void
m_notify(struct m_port *notify, int32_t id, uint32_t word)
{
	struct m_msg *msg;

	msg = m_msg_new(M_NOTIFY, id);
	msg->remote = notify;
	msg->remote_right = MACH_MSG_TYPE_PORT_SEND_ONCE;
	msg->word = word;
	if (id != MACH_NOTIFY_SEND_ONCE)
		msg->size += 8 + sizeof(word);	/* NDR */
	m_send_kernel(msg);
}

/* From the kernel: past any limit, and never waiting. */
void
m_send_kernel(struct m_msg *msg)
{
	struct m_port *port;

	port = msg->remote;
	if (port->active && port->receiver == M_IN_KERNEL) {
		if (msg->remote_right == MACH_MSG_TYPE_PORT_SEND_ONCE) {
			port->sorights--;
			msg->remote = NULL;
		}
		m_destroy_later(msg);
		return;
	}
	if (!port->active || msg->circular) {
		m_destroy_later(msg);
		return;
	}
	m_post(port, msg, false);
}

/*
 * A thread has it, whether or not it has gone on.  The last send right waits
 * for the thread if somebody is to hear of it.
 */
static void
m_arrive(struct m_port *port, struct m_msg *msg)
{

	if (msg->remote_right == MACH_MSG_TYPE_PORT_SEND) {
		if (port->srights == 1 && port->nsrequest != NULL)
			return;
		port->srights--;
	} else
		port->sorights--;
	msg->arrived = true;
	msg->dest = port->name;
	msg->remote = NULL;
}

void
m_post(struct m_port *port, struct m_msg *msg, bool promised)
{
	struct m_thread *th;
	int i;

	port->dirty = true;
	msg->stamp = m_step;
	th = NULL;
	if (port->nqueued == 0) {
		th = m_first_receiver(port, NULL);
		for (i = 0; th == NULL && i < port->npsets; i++)
			th = m_first_receiver(NULL, port->psets[i]);
	}
	if (promised)
		port->promised--;
	if (th == NULL) {
		TAILQ_INSERT_TAIL(&port->queue, msg, link);
		port->nqueued++;
		return;
	}
	th->decided = true;
	th->given = msg;
	msg->seqno = port->seqno++;
	m_arrive(port, msg);
	if (promised)
		m_queue_changed(port);
}

void
m_take(struct m_port *port, struct m_msg *msg)
{

	TAILQ_REMOVE(&port->queue, msg, link);
	port->nqueued--;
	msg->seqno = port->seqno++;
	m_queue_changed(port);
}

void
m_timer_fire(struct m_port *timer)
{
	struct m_msg *msg;

	if (timer->timer_out || !timer->active)
		return;
	timer->timer_out = true;
	timer->sorights++;
	msg = m_msg_new(M_TIMER_MSG, 0);
	msg->remote = timer;
	msg->remote_right = MACH_MSG_TYPE_PORT_SEND_ONCE;
	msg->timer = timer;
	msg->size += 24;
	m_post(timer, msg, false);
}
