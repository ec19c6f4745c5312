/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz the traps against a model: the input is a program of traps by three
 * tasks of three threads.  Threads block and go on as the input says; tasks
 * do an exec, exit and are made anew by fork.  The model (model.h) knows what
 * each trap must answer and what there is afterwards: after each step every
 * task's names, types and user references are compared, and of each port that
 * was touched the counts, the queue and the requests; who is blocked must have
 * a reason to be.  At the end all tasks exit and nothing may be left.
 *
 * FUZZ_TRACE=1 in the environment prints every step.
 */

#include <tests/unit/core/core.h>

#include <mach/kern_return.h>
#include <mach/mk_timer.h>
#include <mach/task_special_ports.h>
#include <mach/vm_statistics.h>

#include <kernel/kern/vm_copy.h>

#include <tests/fuzz/blocks.h>
#include <tests/fuzz/fuzz.h>
#include <tests/fuzz/model.h>

const char fuzz_name[] = "model";

#define	INSPECTOR	(M_THREADS - 1)
#define	DATA_MAX	64

/* The user memory of a thread. */
struct memory {
	union {
		struct message	m;
		uint8_t		bytes[1024];
	} send, receive;
	mach_port_name_t	ool[M_DESCS][M_OOL_PORTS];
	uint8_t			data[M_DESCS][64];
	uint64_t		words[8];
	mach_port_name_t	names[256];
	ipc_info_name_t		table[256];
	ipc_info_space_t	space_info;
	mach_port_status_t	status;
	mach_port_options_t	options;
};

static struct memory memory[M_TASKS][M_THREADS];
static struct proc *procs[M_TASKS];
static struct thread *threads[M_TASKS][M_THREADS];
static struct fuzz_input in;
static uint32_t arrivals;
static int32_t next_id;
static pid_t next_pid;
static int32_t next_tid;
static bool trace;
static struct m_port *host_port;
static mach_port_name_t stale;		/* a name that was given up */
static bool refused;			/* this step's trap failed */

#define	TRACE(...)	(trace ? (void)fprintf(stderr, __VA_ARGS__) : (void)0)

static void
as(int task, int index)
{

	(void)host_set_curthread(threads[task][index]);
}

static uint32_t
take(unsigned int bytes)
{

	return (fuzz_take(&in, bytes));
}

/*
 * A trap is right when it succeeds exactly when the model says so.
 */
static void
agree(const char *what, int r, bool expected)
{

	TRACE("%s: %#x\n", what, (unsigned int)r);
	refused = !expected;
	M_CHECK((r == KERN_SUCCESS) == expected, "%s gave %#x, expected %s",
	    what, (unsigned int)r, expected ? "success" : "failure");
}

/*
 * Comparing.
 */

static uint32_t
expected_type(const struct m_entry *e)
{
	uint32_t type;

	type = e->type;
	if (e->request.notify != NULL)
		type |= !e->request.send_possible ? MACH_PORT_TYPE_DNREQUEST :
		    e->request.armed ? MACH_PORT_TYPE_SPREQUEST :
		    MACH_PORT_TYPE_SPREQUEST_DELAYED;
	return (type);
}

static void
compare_names(int task)
{
	struct memory *um;
	struct m_entry *e;
	mach_msg_type_number_t i;
	uint32_t urefs;
	int kr;

	um = &memory[task][INSPECTOR];
	um->words[0] = nitems(um->table);
	kr = TRAP(mach_port_space_info_trap, m_tasks[task].self_name,
	    P(&um->space_info), P(um->table), P(&um->words[0]));
	M_CHECK(kr == 0, "space_info: %#x", (unsigned int)kr);
	for (i = 0; i < (uint32_t)um->words[0]; i++) {
		e = m_find(task, um->table[i].iin_name);
		M_CHECK(e != NULL, "task %d has name %#x, type %#x", task,
		    um->table[i].iin_name, um->table[i].iin_type);
		M_CHECK(um->table[i].iin_type == expected_type(e),
		    "task %d name %#x: type %#x, expected %#x", task, e->name,
		    um->table[i].iin_type, expected_type(e));
		urefs = (e->type & (MACH_PORT_TYPE_SEND |
		    MACH_PORT_TYPE_SEND_ONCE | MACH_PORT_TYPE_DEAD_NAME)) != 0
		    ? e->urefs : 1;
		M_CHECK(um->table[i].iin_urefs == urefs,
		    "task %d name %#x: %u references, expected %u", task,
		    e->name, um->table[i].iin_urefs, urefs);
	}
	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if (e->type == 0)
			continue;
		for (kr = 0; kr < (int)(uint32_t)um->words[0]; kr++)
			if (um->table[kr].iin_name == e->name)
				break;
		M_CHECK(kr < (int)(uint32_t)um->words[0],
		    "task %d lacks name %#x, type %#x", task, e->name,
		    e->type);
	}
}

static void
compare_port(int task, struct m_port *port)
{
	struct memory *um;
	mach_port_name_t self;
	uint32_t flags, n;
	int kr;

	um = &memory[task][INSPECTOR];
	self = m_tasks[task].self_name;
	n = sizeof(um->status) / sizeof(integer_t);
	um->words[0] = n;
	kr = TRAP(_kernelrpc_mach_port_get_attributes_trap, self, port->name,
	    MACH_PORT_RECEIVE_STATUS, P(&um->status), P(&um->words[0]));
	M_CHECK(kr == 0, "get_attributes of %#x: %#x", port->name,
	    (unsigned int)kr);
#define	SAME(field, value)						\
	M_CHECK((uint32_t)(um->status.field) == (uint32_t)(value),	\
	    "port %u, %#x of task %d: " #field " %u, expected %u",	\
	    port->number, port->name, task,				\
	    (uint32_t)(um->status.field), (uint32_t)(value))
	SAME(mps_pset, port->npsets);
	SAME(mps_seqno, port->seqno);
	SAME(mps_mscount, port->mscount);
	SAME(mps_qlimit, port->qlimit);
	SAME(mps_msgcount, port->nqueued);
	SAME(mps_sorights, port->sorights);
	SAME(mps_srights, port->srights != 0);
	SAME(mps_pdrequest, port->pdrequest != NULL);
	SAME(mps_nsrequest, port->nsrequest != NULL);
	flags = (port->tempowner ? MACH_PORT_STATUS_FLAG_TEMPOWNER : 0) |
	    (port->guarded ? MACH_PORT_STATUS_FLAG_GUARDED : 0) |
	    (port->strict ? MACH_PORT_STATUS_FLAG_STRICT_GUARD : 0);
	SAME(mps_flags & (MACH_PORT_STATUS_FLAG_TEMPOWNER |
	    MACH_PORT_STATUS_FLAG_GUARDED |
	    MACH_PORT_STATUS_FLAG_STRICT_GUARD), flags);
	kr = TRAP(mach_port_get_srights_trap, self, port->name,
	    P(&um->words[0]));
	M_CHECK(kr == 0 && (uint32_t)um->words[0] == port->srights,
	    "port %u: %u send rights, expected %u", port->number,
	    (uint32_t)um->words[0], port->srights);
	kr = TRAP(mach_port_get_context_trap, self, port->name,
	    P(&um->words[0]));
	M_CHECK(kr != 0 || um->words[0] == (port->strict ? 0 : port->context),
	    "port %u: context %#jx", port->number, (uintmax_t)um->words[0]);
}

static void
compare_pset(int task, struct m_pset *pset)
{
	struct memory *um;
	struct m_entry *e;
	uint32_t i, n;
	int kr;

	um = &memory[task][INSPECTOR];
	um->words[0] = nitems(um->names);
	kr = TRAP(mach_port_get_set_status_trap, m_tasks[task].self_name,
	    pset->name, P(um->names), P(&um->words[0]));
	M_CHECK(kr == 0, "get_set_status of %#x: %#x", pset->name,
	    (unsigned int)kr);
	n = 0;
	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
		    m_pset_has(pset, e->port))
			n++;
	}
	M_CHECK((uint32_t)um->words[0] == n, "set %#x: %u members, expected %u",
	    pset->name, (uint32_t)um->words[0], n);
	for (i = 0; i < n; i++) {
		e = m_find(task, um->names[i]);
		M_CHECK(e != NULL && e->port != NULL &&
		    m_pset_has(pset, e->port), "set %#x: member %#x",
		    pset->name, um->names[i]);
	}
}

/* Who is blocked must have a reason. */
static void
compare_blocked(void)
{
	struct m_entry *e;
	struct m_thread *th;
	int i, j, k;

	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			th = &m_threads[i][j];
			if (th->wait == M_IDLE)
				continue;
			M_CHECK(!th->decided && !th->restarted,
			    "thread %d.%d was not continued", i, j);
			if (th->wait == M_SENDING)
				M_CHECK(th->msg->remote->active &&
				    m_full(th->msg->remote),
				    "thread %d.%d still waits to send", i, j);
			if (th->wait == M_RECEIVING && th->port != NULL)
				M_CHECK(th->port->nqueued == 0,
				    "thread %d.%d still waits to receive", i,
				    j);
			if (th->wait != M_RECEIVING || th->pset == NULL)
				continue;
			for (k = 0; k < M_ENTRIES; k++) {
				e = &m_tasks[i].entries[k];
				if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
				    m_pset_has(th->pset, e->port))
					M_CHECK(e->port->nqueued == 0,
					    "thread %d.%d still waits at a "
					    "set", i, j);
			}
		}
	}
}

static void
compare(bool all)
{
	struct m_entry *e;
	int i, task;

	for (task = 0; task < M_TASKS; task++) {
		if (!m_tasks[task].alive)
			continue;
		as(task, INSPECTOR);
		compare_names(task);
		for (i = 0; i < M_ENTRIES; i++) {
			e = &m_tasks[task].entries[i];
			if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
			    (all || e->port->dirty)) {
				M_CHECK(e->port->receiver == task &&
				    e->port->name == e->name, "the model");
				e->port->dirty = false;
				compare_port(task, e->port);
			}
			if ((e->type & MACH_PORT_TYPE_PORT_SET) != 0 &&
			    (all || e->pset->dirty)) {
				e->pset->dirty = false;
				compare_pset(task, e->pset);
			}
		}
	}
}

/*
 * Messages.
 */

static void
give_memory_back(uint64_t addr, uint64_t size)
{

	if (size != 0)
		M_CHECK(vm_user_deallocate(addr, size) == 0, "%#jx %#jx",
		    (uintmax_t)addr, (uintmax_t)size);
}

/* The names of the descriptors, in a buffer, that the kernel gave. */
static void
copyout_descs(int task, struct m_msg *msg, const uint8_t *p)
{
	mach_msg_port_descriptor_t pd;
	mach_msg_ool_descriptor_t od;
	mach_msg_ool_ports_descriptor_t opd;
	mach_port_name_t name;
	struct m_desc *desc;
	uint32_t i;
	int d;

	for (d = 0; d < msg->ndescs; d++) {
		desc = &msg->descs[d];
		switch (desc->type) {
		case MACH_MSG_PORT_DESCRIPTOR:
			memcpy(&pd, p, sizeof(pd));
			p += sizeof(pd);
			M_CHECK(pd.type == desc->type &&
			    pd.disposition == desc->right,
			    "descriptor %d: type %d, disposition %d", d,
			    pd.type, pd.disposition);
			m_copyout(task, desc->ports[0], desc->right, pd.name);
			break;
		case MACH_MSG_OOL_PORTS_DESCRIPTOR:
			memcpy(&opd, p, sizeof(opd));
			p += sizeof(opd);
			M_CHECK(opd.type == desc->type &&
			    opd.disposition == desc->right &&
			    opd.count == desc->count,
			    "descriptor %d: type %d, count %u", d, opd.type,
			    opd.count);
			for (i = 0; i < desc->count; i++) {
				memcpy(&name, (uint8_t *)opd.address +
				    i * sizeof(name), sizeof(name));
				m_copyout(task, desc->ports[i], desc->right,
				    name);
			}
			give_memory_back((uintptr_t)opd.address,
			    desc->count * sizeof(name));
			break;
		default:
			memcpy(&od, p, sizeof(od));
			p += sizeof(od);
			M_CHECK(od.type == desc->type &&
			    od.size == desc->count, "descriptor %d: size %u",
			    d, od.size);
			for (i = 0; i < desc->count; i++)
				M_CHECK(((uint8_t *)od.address)[i] ==
				    (uint8_t)(msg->id / 256 + d),
				    "descriptor %d: data", d);
			give_memory_back((uintptr_t)od.address, od.size);
			break;
		}
	}
}

/*
 * The message of a received header, or of all of it, which must be due in this
 * queue.
 */
static struct m_msg *
due(struct m_port *port, const struct memory *um, bool whole)
{
	struct m_msg *first, *msg;
	uint32_t word;

	first = TAILQ_FIRST(&port->queue);
	TAILQ_FOREACH(msg, &port->queue, link) {
		/* What one step sent may come in any order. */
		if (msg->stamp != first->stamp)
			break;
		if (msg->id != um->receive.m.hdr.msgh_id)
			continue;
		memcpy(&word, um->receive.bytes + sizeof(mach_msg_header_t) +
		    8, sizeof(word));
		if (whole && msg->kind == M_NOTIFY &&
		    msg->id != MACH_NOTIFY_SEND_ONCE &&
		    msg->id != MACH_NOTIFY_PORT_DESTROYED &&
		    msg->word != word)
			continue;
		return (msg);
	}
	return (NULL);
}

/* Take the message out of the queue it was in. */
static struct m_msg *
take_received(int task, struct m_port *port, struct m_pset *pset,
    const struct memory *um, bool whole)
{
	struct m_entry *e;
	struct m_msg *msg;
	int i;

	if (port != NULL) {
		msg = due(port, um, whole);
		M_CHECK(msg != NULL, "message %#x is not due at port %u",
		    (unsigned int)um->receive.m.hdr.msgh_id, port->number);
		m_take(port, msg);
		return (msg);
	}
	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if ((e->type & MACH_PORT_TYPE_RECEIVE) == 0 ||
		    !m_pset_has(pset, e->port))
			continue;
		/* Two notifications may look alike: the port tells. */
		if (um->receive.m.hdr.msgh_local_port != e->name)
			continue;
		msg = due(e->port, um, whole);
		if (msg == NULL)
			continue;
		m_take(e->port, msg);
		return (msg);
	}
	M_CHECK(false, "message %#x is not due at the set",
	    (unsigned int)um->receive.m.hdr.msgh_id);
}

/* The destination right is used up; the name it had for the receiver. */
static mach_port_name_t
use_up(int task, struct m_msg *msg)
{
	struct m_port *port;
	mach_port_name_t name;

	if (msg->arrived)
		return (msg->dest);
	port = msg->remote;
	if (!M_VALID(port) || !port->active)
		return (MACH_PORT_DEAD);
	port->dirty = true;
	name = port->receiver == task ? port->name : MACH_PORT_NULL;
	if (msg->remote_right == MACH_MSG_TYPE_PORT_SEND)
		m_release(port, MACH_MSG_TYPE_PORT_SEND);
	else if (name == MACH_PORT_NULL)
		m_notify(port, MACH_NOTIFY_SEND_ONCE, 0);
	else
		port->sorights--;
	return (name);
}

static void
check_received(int task, struct m_msg *msg, struct memory *um,
    const mach_msg_header_t *h)
{
	mach_msg_trailer_t trailer;
	mach_msg_seqno_trailer_t seq;
	mach_port_name_t dest;

	TRACE("  received %#x in task %d\n", (unsigned int)msg->id, task);
	M_CHECK(h->msgh_bits == (MACH_MSGH_BITS(msg->local_right,
	    msg->remote_right) | (msg->complex ? MACH_MSGH_BITS_COMPLEX : 0)),
	    "bits %#x", h->msgh_bits);
	M_CHECK(h->msgh_id == msg->id && h->msgh_size == msg->size,
	    "id %#x, size %u, expected %#x, %u", (unsigned int)h->msgh_id,
	    h->msgh_size, (unsigned int)msg->id, msg->size);
	m_copyout(task, msg->local, msg->local_right, h->msgh_remote_port);
	dest = use_up(task, msg);
	M_CHECK(h->msgh_local_port == dest, "local port %#x, expected %#x",
	    h->msgh_local_port, dest);
	copyout_descs(task, msg, um->receive.bytes +
	    sizeof(mach_msg_header_t) + sizeof(mach_msg_body_t));
	memcpy(&trailer, um->receive.bytes + msg->size, sizeof(trailer));
	M_CHECK(trailer.msgh_trailer_type == MACH_MSG_TRAILER_FORMAT_0,
	    "trailer");
	if (trailer.msgh_trailer_size >= sizeof(seq)) {
		memcpy(&seq, um->receive.bytes + msg->size, sizeof(seq));
		M_CHECK(seq.msgh_seqno == msg->seqno, "seqno %u, expected %u",
		    seq.msgh_seqno, msg->seqno);
	}
	if (msg->timer != NULL)
		msg->timer->timer_out = false;
}

/* What a send that failed late gives back, in the sender's buffer. */
static void
check_returned(int task, struct m_msg *msg, struct memory *um)
{

	m_copyout(task, msg->remote, msg->remote_right,
	    um->send.m.hdr.msgh_remote_port);
	m_copyout(task, msg->local, msg->local_right,
	    um->send.m.hdr.msgh_local_port);
	copyout_descs(task, msg, um->send.bytes + sizeof(mach_msg_header_t) +
	    sizeof(mach_msg_body_t));
}

/* The receive half is over. */
static void
received(struct m_thread *th, int r)
{
	struct memory *um;
	struct m_msg *msg;
	struct m_thread *other;
	mach_msg_header_t h;
	int i, j;

	um = &memory[th->task][th->index];
	if (r != MACH_MSG_SUCCESS) {
		M_CHECK(th->decided && th->given == NULL && th->result == r,
		    "thread %d.%d: %#x, expected %#x", th->task, th->index,
		    (unsigned int)r, (unsigned int)th->result);
		th->wait = M_IDLE;
		return;
	}
	h = um->receive.m.hdr;
	msg = NULL;
	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			other = &m_threads[i][j];
			if (other->wait != M_RECEIVING ||
			    other->given == NULL ||
			    other->given->id != h.msgh_id || (msg != NULL &&
			    other != th))
				continue;
			/* Who of those that wait gets it is the kernel's. */
			msg = other->given;
			other->given = th->given;
			th->given = msg;
		}
	}
	if (msg == NULL) {
		M_CHECK(!th->decided, "thread %d.%d received another message",
		    th->task, th->index);
		msg = take_received(th->task, th->port, th->pset, um,
		    true);
	}
	th->wait = M_IDLE;
	check_received(th->task, msg, um, &h);
}

/* A blocked thread has come to the end of its trap. */
static void
ended(struct m_thread *th, int r)
{
	struct m_msg *msg;

	TRACE("thread %d.%d ends: %#x\n", th->task, th->index,
	    (unsigned int)r);
	switch (th->wait) {
	case M_RECEIVING:
		received(th, r);
		break;
	case M_SENDING:
		msg = th->msg;
		M_CHECK(th->decided && (r & ~MACH_MSG_MASK) == th->result,
		    "thread %d.%d: %#x, expected %#x", th->task, th->index,
		    (unsigned int)r, (unsigned int)th->result);
		th->wait = M_IDLE;
		if (r != MACH_MSG_SUCCESS)
			check_returned(th->task, msg,
			    &memory[th->task][th->index]);
		else if (!msg->remote->active)
			m_destroy_later(msg);
		else
			m_post(msg->remote, msg, true);
		break;
	case M_WAITING:
		M_CHECK(th->decided && r == th->result,
		    "thread %d.%d: %#x, expected %#x", th->task, th->index,
		    (unsigned int)r, (unsigned int)th->result);
		th->wait = M_IDLE;
		break;
	default:
		M_CHECK(false, "thread %d.%d did not wait", th->task,
		    th->index);
	}
	m_collect();
}

static void
blocked(struct m_thread *th, enum m_wait wait)
{

	M_CHECK(th->index != INSPECTOR && th->wait == M_IDLE, "thread %d.%d",
	    th->task, th->index);
	TRACE("  thread %d.%d blocks\n", th->task, th->index);
	th->wait = wait;
	th->since = ++arrivals;
	th->decided = th->restarted = false;
	th->given = NULL;
	th->result = 0;
	th->port = NULL;
	th->pset = NULL;
	th->msg = NULL;
}

/* Let one of those whose wait has ended go on. */
static bool
continue_one(void)
{
	struct mach_thread *mach;
	struct m_thread *th;
	int i, j, r;

	mach = blocks_next();
	if (mach == NULL)
		return (false);
	for (i = 0; i < M_TASKS; i++)
		for (j = 0; j < M_THREADS; j++)
			if (threads[i][j] == mach->th_td)
				goto found;
	M_CHECK(false, "whose thread was woken?");
found:
	th = &m_threads[i][j];
	r = blocks_continue(mach);
	if (r != THREAD_BLOCKED) {
		ended(th, r);
		return (true);
	}
	M_CHECK(th->wait == M_RECEIVING && th->restarted && !th->decided,
	    "thread %d.%d blocks again", i, j);
	th->restarted = false;
	th->since = ++arrivals;
	return (true);
}

static void
continue_all(void)
{

	while (continue_one())
		continue;
}

/*
 * Choosing.
 */

/* A name: mostly one of the task's. */
static mach_port_name_t
pick(int task, bool keep)
{
	struct m_entry *e;
	uint32_t v;
	int i, n;

	v = take(1);
	switch (v) {
	case 255:
		return (MACH_PORT_DEAD);
	case 254:
		return (MACH_PORT_NULL);
	case 253:
		return (take(4));
	case 252:
		return (stale);
	default:
		break;
	}
	n = m_tasks[task].nentries;
	if (n == 0)
		return (MACH_PORT_NULL);
	n = (int)(v % (unsigned int)n);
	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if (e->type == 0 || n-- > 0)
			continue;
		/* The task's own port stays, so that traps have a target. */
		return (e->keep && !keep ? MACH_PORT_NULL : e->name);
	}
	return (MACH_PORT_NULL);
}

static int
pick_disposition(void)
{
	static const uint8_t some[] = { MACH_MSG_TYPE_MOVE_RECEIVE,
	    MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE };

	return (some[take(1) % nitems(some)]);
}

static int
pick_send_disposition(void)
{
	static const uint8_t some[] = { MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND,
	    MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND_ONCE,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE };

	return (some[take(1) % nitems(some)]);
}

/*
 * A disposition that goes with the right, most of the time: else hardly any
 * message would be sent.
 */
static int
fitting(int task, mach_port_name_t name, int disposition)
{
	struct m_entry *e;

	e = m_find(task, name);
	if (e == NULL || m_copyin_ok(e, disposition)) {
		m_copyin_forget();
		return (disposition);
	}
	m_copyin_forget();
	if ((e->type & MACH_PORT_TYPE_SEND) != 0)
		return (MACH_MSG_TYPE_COPY_SEND);
	if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0)
		return (MACH_MSG_TYPE_MAKE_SEND);
	if ((e->type & MACH_PORT_TYPE_SEND_ONCE) != 0)
		return (MACH_MSG_TYPE_MOVE_SEND_ONCE);
	return (disposition);
}

/*
 * Steps.  Each makes its trap, says whether the result is right, and changes
 * the model likewise.
 */

#define	SELF	(m_tasks[task].self_name)

static bool
index_free(int task, mach_port_name_t name)
{

	return (name >> 8 != 0 && name >> 8 < 0x100000 &&
	    m_find_index(task, name) == NULL);
}

static void
step_allocate(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	uint32_t how, right;
	bool named, ok;
	int r;

	how = take(1);
	right = how % 8 == 7 ? MACH_PORT_RIGHT_SEND : how % 8 == 6 ?
	    MACH_PORT_RIGHT_DEAD_NAME : how % 8 >= 4 ?
	    MACH_PORT_RIGHT_PORT_SET : MACH_PORT_RIGHT_RECEIVE;
	ok = right != MACH_PORT_RIGHT_SEND;
	named = (how & 0x70) == 0x70;
	if ((how & 0x70) == 0x60 && right == MACH_PORT_RIGHT_RECEIVE) {
		name = (mach_port_name_t)TRAP(mach_reply_port, 0);
		M_CHECK(name != 0, "mach_reply_port");
		r = 0;
	} else if (named) {
		name = (200 + take(1) % 16) << 8 | take(1);
		ok = ok && index_free(task, name);
		r = TRAP(mach_port_allocate_name_trap, SELF, right, name);
	} else {
		r = TRAP(_kernelrpc_mach_port_allocate_trap, SELF, right,
		    P(&um->words[0]));
		name = (mach_port_name_t)um->words[0];
	}
	agree("allocate", r, ok);
	if (!ok)
		return;
	e = m_enter(task, name, MACH_PORT_TYPE(right));
	if (right == MACH_PORT_RIGHT_RECEIVE)
		e->port = m_port_new(M_PLAIN, task, name);
	else if (right == MACH_PORT_RIGHT_PORT_SET)
		e->pset = m_pset_new(task, name);
	else
		e->urefs = 1;
}

static void
step_construct(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	struct m_port *port;
	uint32_t flags;
	uint64_t context;
	bool ok;
	int r;

	flags = take(1) & (MPO_CONTEXT_AS_GUARD | MPO_QLIMIT | MPO_TEMPOWNER |
	    MPO_INSERT_SEND_RIGHT | MPO_STRICT | MPO_IMMOVABLE_RECEIVE);
	memset(&um->options, 0, sizeof(um->options));
	um->options.flags = flags;
	um->options.mpl.mpl_qlimit = take(1) * 5;
	context = take(1);
	ok = (flags & MPO_QLIMIT) == 0 ||
	    um->options.mpl.mpl_qlimit <= MACH_PORT_QLIMIT_MAX;
	r = TRAP(_kernelrpc_mach_port_construct_trap, SELF, P(&um->options),
	    context, P(&um->words[0]));
	agree("construct", r, ok);
	if (!ok)
		return;
	name = (mach_port_name_t)um->words[0];
	e = m_enter(task, name, MACH_PORT_TYPE_RECEIVE);
	e->port = port = m_port_new(M_PLAIN, task, name);
	port->context = context;
	port->guarded = (flags & MPO_CONTEXT_AS_GUARD) != 0;
	port->strict = port->guarded && (flags & MPO_STRICT) != 0;
	port->immovable = port->guarded &&
	    (flags & MPO_IMMOVABLE_RECEIVE) != 0;
	port->tempowner = (flags & MPO_TEMPOWNER) != 0;
	if ((flags & MPO_QLIMIT) != 0)
		port->qlimit = um->options.mpl.mpl_qlimit;
	if ((flags & MPO_INSERT_SEND_RIGHT) != 0) {
		e->type |= MACH_PORT_TYPE_SEND;
		e->urefs = 1;
		m_make_send(port);
	}
}

static void
step_deallocate(int task)
{
	mach_port_name_t name;
	struct m_entry *e;
	bool ok;
	int r;

	name = pick(task, false);
	e = m_find(task, name);
	ok = !MACH_PORT_VALID(name) || (e != NULL &&
	    e->type != MACH_PORT_TYPE_RECEIVE);
	r = TRAP(_kernelrpc_mach_port_deallocate_trap, SELF, name);
	agree("deallocate", r, ok);
	if (!ok || e == NULL)
		return;
	stale = name;
	if ((e->type & MACH_PORT_TYPE_PORT_SET) != 0)
		m_less_pset(task, e);
	else if ((e->type & MACH_PORT_TYPE_SEND_ONCE) != 0)
		m_less_sonce(task, e);
	else if (e->urefs == M_UREFS_MAX)
		return;
	else if ((e->type & MACH_PORT_TYPE_DEAD_NAME) != 0)
		m_less_dead(task, e, 1);
	else
		m_less_send(task, e, 1);
}

/* A change of counted references: may it be, and to what? */
static bool
urefs_ok(const struct m_entry *e, int32_t *deltap)
{
	const int32_t max = M_UREFS_MAX;

	if (*deltap > max || *deltap < -max)
		return (false);
	if (e->urefs == M_UREFS_MAX) {
		if (*deltap != -max)
			*deltap = 0;
		return (true);
	}
	if ((int32_t)e->urefs + *deltap < 0)
		return (false);
	if ((int32_t)e->urefs + *deltap > max)
		*deltap = max - (int32_t)e->urefs;
	return (true);
}

static void
step_mod_refs(int task)
{
	static const int32_t deltas[] = { -1, 1, -2, 2, 0, 5, 0xfffe, 0xffff,
	    -0xffff, 0x10000, INT32_MIN, INT32_MAX };
	mach_port_name_t name;
	struct m_entry *e;
	uint32_t right;
	int32_t delta;
	bool ok;
	int r;

	name = pick(task, false);
	right = take(1) % 7;
	delta = deltas[take(1) % nitems(deltas)];
	e = m_find(task, name);
	if (!MACH_PORT_VALID(name)) {
		ok = right == MACH_PORT_RIGHT_SEND ||
		    right == MACH_PORT_RIGHT_SEND_ONCE;
		e = NULL;
	} else if (e == NULL || right > MACH_PORT_RIGHT_DEAD_NAME ||
	    (e->type & MACH_PORT_TYPE(right)) == 0)
		ok = false;
	else if (right == MACH_PORT_RIGHT_SEND ||
	    right == MACH_PORT_RIGHT_DEAD_NAME)
		ok = true;
	else
		ok = delta == 0 || (delta == -1 &&
		    (right != MACH_PORT_RIGHT_RECEIVE || !e->port->guarded));
	r = TRAP(_kernelrpc_mach_port_mod_refs_trap, SELF, name, right,
	    (uint64_t)(int64_t)delta);
	if (ok && e != NULL && (right == MACH_PORT_RIGHT_SEND ||
	    right == MACH_PORT_RIGHT_DEAD_NAME))
		ok = urefs_ok(e, &delta);
	agree("mod_refs", r, ok);
	if (!ok || e == NULL || delta == 0)
		return;
	if (delta < 0)
		stale = name;
	switch (right) {
	case MACH_PORT_RIGHT_SEND:
	case MACH_PORT_RIGHT_DEAD_NAME:
		if (delta > 0)
			e->urefs += (uint32_t)delta;
		else if (right == MACH_PORT_RIGHT_SEND)
			m_less_send(task, e, (uint32_t)-delta);
		else
			m_less_dead(task, e, (uint32_t)-delta);
		break;
	case MACH_PORT_RIGHT_RECEIVE:
		m_less_receive(task, e);
		break;
	case MACH_PORT_RIGHT_PORT_SET:
		m_less_pset(task, e);
		break;
	default:
		m_less_sonce(task, e);
		break;
	}
}

static void
step_destroy(int task)
{
	mach_port_name_t name;
	struct m_entry *e;
	bool ok;
	int r;

	name = pick(task, false);
	e = m_find(task, name);
	ok = !MACH_PORT_VALID(name) || (e != NULL &&
	    ((e->type & MACH_PORT_TYPE_RECEIVE) == 0 || !e->port->guarded));
	r = TRAP(mach_port_destroy_trap, SELF, name);
	agree("destroy", r, ok);
	if (!ok || e == NULL)
		return;
	stale = name;
	if ((e->type & MACH_PORT_TYPE_PORT_SET) != 0)
		m_less_pset(task, e);
	else if ((e->type & MACH_PORT_TYPE_SEND_ONCE) != 0)
		m_less_sonce(task, e);
	else if ((e->type & MACH_PORT_TYPE_DEAD_NAME) != 0)
		m_remove(task, e);
	else if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0) {
		if ((e->type & MACH_PORT_TYPE_SEND) != 0)
			m_less_send(task, e, e->urefs);
		m_less_receive(task, e);
	} else
		m_less_send(task, e, e->urefs);
}

static void
step_destruct(int task)
{
	mach_port_name_t name;
	struct m_entry *e;
	int32_t delta;
	uint64_t guard;
	uint32_t how;
	bool ok;
	int r;

	name = pick(task, false);
	how = take(1);
	delta = how % 8 == 7 ? 1 : -(int32_t)(how % 8 % 3);
	e = m_find(task, name);
	guard = 0;
	if (e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
	    e->port->guarded)
		guard = e->port->context ^ ((how & 0x80) != 0);
	ok = e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
	    delta <= 0 && (!e->port->guarded || e->port->context == guard);
	r = TRAP(_kernelrpc_mach_port_destruct_trap, SELF, name,
	    (uint64_t)(int64_t)delta, guard);
	if (ok && delta != 0)
		ok = (e->type & MACH_PORT_TYPE_SEND) != 0 &&
		    urefs_ok(e, &delta);
	agree("destruct", r, ok);
	if (!ok)
		return;
	stale = name;
	if (delta != 0)
		m_less_send(task, e, (uint32_t)-delta);
	m_less_receive(task, e);
}

static void
step_insert(int task)
{
	mach_port_name_t name, poly;
	struct m_entry *e, *r_;
	struct m_port *port;
	int disposition, r, right;
	bool gone, ok;

	poly = pick(task, false);
	disposition = pick_disposition();
	if ((take(1) & 3) != 0)
		name = poly;
	else
		name = (200 + take(1) % 16) << 8 | take(1);
	e = m_find(task, poly);
	ok = MACH_PORT_VALID(name) && MACH_PORT_VALID(poly) && e != NULL &&
	    e->type != MACH_PORT_TYPE_DEAD_NAME && m_copyin_ok(e, disposition);
	m_copyin_forget();
	right = m_right_of(disposition);
	if (ok) {
		/* Is the entry there no more once the right is out of it? */
		gone = disposition == MACH_MSG_TYPE_MOVE_SEND_ONCE ||
		    (disposition == MACH_MSG_TYPE_MOVE_SEND && e->urefs == 1 &&
		    (e->type & MACH_PORT_TYPE_RECEIVE) == 0) ||
		    (disposition == MACH_MSG_TYPE_MOVE_RECEIVE &&
		    (e->type & MACH_PORT_TYPE_SEND) == 0);
		r_ = right == MACH_MSG_TYPE_PORT_SEND_ONCE ? NULL :
		    m_reverse(task, e->port);
		if (r_ != NULL && !gone) {
			ok = r_->name == name;
			if (ok && right == MACH_MSG_TYPE_PORT_SEND &&
			    (disposition != MACH_MSG_TYPE_MOVE_SEND ||
			    r_->urefs == M_UREFS_MAX) &&
			    (r_->type & MACH_PORT_TYPE_SEND) != 0)
				ok = r_->urefs + 1 < M_UREFS_MAX;
		} else if (gone && poly >> 8 == name >> 8)
			ok = true;
		else
			ok = index_free(task, name);
	}
	r = TRAP(_kernelrpc_mach_port_insert_right_trap, SELF, name, poly,
	    (uint64_t)disposition);
	TRACE("insert %d of %#x as %#x\n", disposition, poly, name);
	agree("insert_right", r, ok);
	if (!ok)
		return;
	port = m_copyin(task, e, disposition);
	m_copyout(task, port, right, name);
}

static void
step_extract(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	struct m_port *port;
	int disposition, r, right;
	bool ok;

	name = pick(task, false);
	disposition = pick_disposition();
	e = m_find(task, name);
	ok = MACH_PORT_VALID(name) && e != NULL && m_copyin_ok(e, disposition);
	m_copyin_forget();
	r = TRAP(mach_port_extract_right_trap, SELF, name,
	    (uint64_t)disposition, P(&um->words[0]), P(&um->words[1]));
	agree("extract_right", r, ok);
	if (!ok)
		return;
	right = m_right_of(disposition);
	M_CHECK((int)um->words[1] == right, "right %d", (int)um->words[1]);
	port = m_copyin(task, e, disposition);
	m_copyout(task, port, right, (mach_port_name_t)um->words[0]);
}

static void
step_member(int task, int how)
{
	mach_port_name_t name, set;
	struct m_entry *e, *s;
	bool ok;
	int r;

	name = pick(task, true);
	set = pick(task, true);
	e = m_find(task, name);
	s = m_find(task, set);
	if (e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) == 0)
		e = NULL;
	if (s != NULL && (s->type & MACH_PORT_TYPE_PORT_SET) == 0)
		s = NULL;
	if (e != NULL && e->port->npsets == M_SETS)
		return;
	switch (how) {
	case 0:
		ok = e != NULL && (set == MACH_PORT_NULL ?
		    e->port->npsets != 0 : s != NULL);
		r = TRAP(_kernelrpc_mach_port_move_member_trap, SELF, name,
		    set);
		agree("move_member", r, ok);
		if (!ok)
			return;
		m_pset_remove_all(e->port);
		if (s != NULL)
			(void)m_pset_add(s->pset, e->port);
		break;
	case 1:
		ok = e != NULL && s != NULL && !m_pset_has(s->pset, e->port);
		r = TRAP(_kernelrpc_mach_port_insert_member_trap, SELF, name,
		    set);
		agree("insert_member", r, ok);
		if (ok)
			(void)m_pset_add(s->pset, e->port);
		break;
	default:
		ok = e != NULL && s != NULL && m_pset_has(s->pset, e->port);
		r = TRAP(_kernelrpc_mach_port_extract_member_trap, SELF, name,
		    set);
		agree("extract_member", r, ok);
		if (ok)
			(void)m_pset_remove(s->pset, e->port);
		break;
	}
}

static void
step_request(int task, struct memory *um)
{
	static const int ids[] = { MACH_NOTIFY_DEAD_NAME,
	    MACH_NOTIFY_SEND_POSSIBLE, MACH_NOTIFY_NO_SENDERS,
	    MACH_NOTIFY_PORT_DESTROYED, MACH_NOTIFY_DEAD_NAME, 99 };
	mach_port_name_t name, notify;
	struct m_entry *e, *n;
	struct m_port *port, *previous;
	uint32_t how, sync;
	int disposition, id, r;
	bool ok, sp;

	name = pick(task, false);
	notify = pick(task, false);
	how = take(1);
	id = ids[how % nitems(ids)];
	sync = (how >> 4) & 3;
	if (id == MACH_NOTIFY_PORT_DESTROYED && sync != 3)
		sync = 0;
	sp = id == MACH_NOTIFY_SEND_POSSIBLE;
	disposition = (how & 0x40) != 0 ? MACH_MSG_TYPE_MOVE_SEND_ONCE :
	    MACH_MSG_TYPE_MAKE_SEND_ONCE;
	if ((how & 0x80) == 0 && notify != MACH_PORT_NULL)
		disposition = (n = m_find(task, notify)) != NULL &&
		    (n->type & MACH_PORT_TYPE_SEND_ONCE) != 0 ?
		    MACH_MSG_TYPE_MOVE_SEND_ONCE :
		    MACH_MSG_TYPE_MAKE_SEND_ONCE;

	e = m_find(task, name);
	n = m_find(task, notify);
	ok = MACH_PORT_VALID(name) && e != NULL && notify != MACH_PORT_DEAD &&
	    id != 99;
	if (ok && (id == MACH_NOTIFY_PORT_DESTROYED ||
	    id == MACH_NOTIFY_NO_SENDERS))
		ok = (e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
		    (id == MACH_NOTIFY_NO_SENDERS || (sync == 0 &&
		    /* What never moves is not promised, nor promised twice. */
		    e->port->kind == M_PLAIN && (e->port->pdrequest == NULL ||
		    notify == MACH_PORT_NULL)));
	else if (ok && e->type == MACH_PORT_TYPE_DEAD_NAME)
		ok = notify != MACH_PORT_NULL && (sync != 0 || sp) &&
		    e->urefs + 1 < M_UREFS_MAX;
	else if (ok)
		ok = (e->type & MACH_PORT_TYPE_PORT_RIGHTS) != 0;
	if (ok && notify != MACH_PORT_NULL) {
		ok = n != NULL && n->type != MACH_PORT_TYPE_DEAD_NAME &&
		    m_copyin_ok(n, disposition) && (n != e ||
		    disposition == MACH_MSG_TYPE_MAKE_SEND_ONCE);
		m_copyin_forget();
	}
	r = TRAP(_kernelrpc_mach_port_request_notification_trap, SELF, name,
	    (uint64_t)id, sync, notify, (uint64_t)disposition,
	    P(&um->words[0]));
	TRACE("request %d of %#x, sync %u, to %#x by %d\n", id, name, sync,
	    notify, disposition);
	agree("request_notification", r, ok);
	if (!ok)
		return;
	port = notify == MACH_PORT_NULL ? NULL : m_copyin(task, n,
	    disposition);
	e = m_find(task, name);
	previous = NULL;
	switch (id) {
	case MACH_NOTIFY_PORT_DESTROYED:
		previous = e->port->pdrequest;
		e->port->pdrequest = port;
		e->port->dirty = true;
		break;
	case MACH_NOTIFY_NO_SENDERS:
		previous = e->port->nsrequest;
		e->port->nsrequest = NULL;
		e->port->dirty = true;
		if (port != NULL && e->port->srights == 0 &&
		    sync <= e->port->mscount)
			m_notify(port, MACH_NOTIFY_NO_SENDERS,
			    e->port->mscount);
		else
			e->port->nsrequest = port;
		break;
	default:
		if (e->type == MACH_PORT_TYPE_DEAD_NAME) {
			e->urefs++;
			m_notify(port, MACH_NOTIFY_DEAD_NAME, name);
			break;
		}
		previous = e->request.notify;
		memset(&e->request, 0, sizeof(e->request));
		if (port == NULL)
			break;
		if (sp && sync != 0 && !m_full(e->port)) {
			m_notify(port, MACH_NOTIFY_SEND_POSSIBLE, name);
			break;
		}
		e->request.notify = port;
		e->request.send_possible = sp;
		e->request.armed = sp && sync != 0;
		break;
	}
	m_copyout(task, previous, MACH_MSG_TYPE_PORT_SEND_ONCE,
	    (mach_port_name_t)um->words[0]);
}

static void
step_guard(int task)
{
	mach_port_name_t name;
	struct m_entry *e;
	struct m_port *port;
	uint64_t guard;
	uint32_t how;
	bool ok;
	int r;

	name = pick(task, false);
	how = take(1);
	guard = take(1);
	e = m_find(task, name);
	port = e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0 ?
	    e->port : NULL;
	if (port != NULL && (how & 8) != 0)
		guard = port->context;
	ok = port != NULL;
	switch (how % 4) {
	case 0:
	case 1:
		ok = ok && !port->guarded && port->context == 0;
		r = TRAP(_kernelrpc_mach_port_guard_trap, SELF, name, guard,
		    how % 4);
		agree("guard", r, ok);
		if (ok) {
			port->guarded = true;
			port->strict = how % 4 == 1;
			port->context = guard;
		}
		break;
	case 2:
		ok = ok && port->guarded && port->context == guard;
		r = TRAP(_kernelrpc_mach_port_unguard_trap, SELF, name, guard);
		agree("unguard", r, ok);
		if (ok) {
			port->guarded = port->strict = false;
			port->context = 0;
		}
		break;
	default:
		if (port != NULL && port->guarded)
			return;
		r = TRAP(mach_port_set_context_trap, SELF, name, guard);
		agree("set_context", r, ok);
		if (ok)
			port->context = guard;
		break;
	}
	if (ok)
		port->dirty = true;
}

static void
step_attributes(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	struct m_port *port;
	uint32_t how, value;
	bool ok;
	int r;

	name = pick(task, false);
	how = take(1);
	e = m_find(task, name);
	port = e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0 ?
	    e->port : NULL;
	ok = port != NULL;
	switch (how % 4) {
	case 0:
	case 1:
		value = how >> 2 == 63 ? MACH_PORT_QLIMIT_MAX + 1 :
		    (how >> 2) % 5;
		um->words[0] = value;
		r = TRAP(mach_port_set_attributes_trap, SELF, name,
		    MACH_PORT_LIMITS_INFO, P(&um->words[0]), 1);
		ok = ok && value <= MACH_PORT_QLIMIT_MAX;
		agree("set qlimit", r, ok);
		if (ok) {
			port->qlimit = value;
			m_queue_changed(port);
		}
		break;
	case 2:
		value = how >> 2;
		r = TRAP(mach_port_set_mscount_trap, SELF, name, value);
		agree("set_mscount", r, ok);
		if (ok)
			port->mscount = value;
		break;
	default:
		value = how >> 2;
		r = TRAP(mach_port_set_seqno_trap, SELF, name, value);
		agree("set_seqno", r, ok);
		if (ok)
			port->seqno = value;
		break;
	}
	if (ok)
		port->dirty = true;
}

static void
step_rename(int task)
{
	mach_port_name_t new, old;
	struct m_entry *e;
	bool ok;
	int r;

	old = pick(task, false);
	new = (200 + take(1) % 16) << 8 | take(1);
	e = m_find(task, old);
	ok = e != NULL && index_free(task, new);
	r = TRAP(mach_port_rename_trap, SELF, old, new);
	agree("rename", r, ok);
	if (!ok)
		return;
	stale = old;
	e->name = new;
	if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0)
		e->port->name = new;
	if (e->pset != NULL)
		e->pset->name = new;
}

/*
 * Sending.
 */

/* Could all names be copied in, one after the other? */
static bool
can_send(int task, mach_port_name_t remote, int rdisp, mach_port_name_t local,
    int ldisp, const struct m_desc *descs, int ndescs,
    mach_port_name_t (*names)[M_OOL_PORTS])
{
	struct m_entry *e;
	uint32_t i;
	bool ok, swap;
	int d, step;

	if (!MACH_PORT_VALID(remote))
		return (false);
	if (ldisp == 0 && local != MACH_PORT_NULL)
		return (false);
	ok = true;
	swap = remote == local && m_moves(rdisp) && !m_moves(ldisp);
	for (step = 0; ok && step < 2; step++) {
		if ((step == 0) != swap) {
			e = m_find(task, remote);
			ok = e != NULL && e->type != MACH_PORT_TYPE_DEAD_NAME &&
			    m_copyin_ok(e, rdisp);
		} else if (MACH_PORT_VALID(local)) {
			e = m_find(task, local);
			ok = e != NULL && m_copyin_ok(e, ldisp);
		}
	}
	for (d = 0; ok && d < ndescs; d++) {
		if (descs[d].type == MACH_MSG_OOL_DESCRIPTOR)
			continue;
		for (i = 0; ok && i < descs[d].count; i++) {
			if (!MACH_PORT_VALID(names[d][i]))
				continue;
			e = m_find(task, names[d][i]);
			ok = e != NULL && m_copyin_ok(e, descs[d].right);
		}
	}
	m_copyin_forget();
	return (ok);
}

/* The message as the model has it; the rights leave their names. */
static struct m_port *
enter_right(int task, mach_port_name_t name, int disposition)
{

	if (!MACH_PORT_VALID(name))
		return (name == MACH_PORT_NULL ? NULL : M_DEAD);
	return (m_copyin(task, m_find(task, name), disposition));
}

static void
enter_message(int task, struct m_msg *msg, mach_port_name_t remote, int rdisp,
    mach_port_name_t local, int ldisp, mach_port_name_t (*names)[M_OOL_PORTS])
{
	struct m_desc *desc;
	struct m_port *port;
	uint32_t i;
	int d, step;
	bool swap;

	swap = remote == local && m_moves(rdisp) && !m_moves(ldisp);
	for (step = 0; step < 2; step++) {
		if ((step == 0) != swap)
			msg->remote = enter_right(task, remote, rdisp);
		else
			msg->local = enter_right(task, local, ldisp);
	}
	for (d = 0; d < msg->ndescs; d++) {
		desc = &msg->descs[d];
		if (desc->type == MACH_MSG_OOL_DESCRIPTOR)
			continue;
		for (i = 0; i < desc->count; i++) {
			port = enter_right(task, names[d][i], desc->right);
			desc->ports[i] = port;
			if (desc->right == MACH_MSG_TYPE_MOVE_RECEIVE &&
			    M_VALID(port) && M_VALID(msg->remote) &&
			    m_set_destination(port, msg->remote))
				msg->circular = true;
		}
		desc->right = (uint8_t)m_right_of(desc->right);
	}
	msg->remote_right = (uint8_t)m_right_of(rdisp);
	msg->local_right = ldisp == 0 ? 0 : (uint8_t)m_right_of(ldisp);
}

/* The kernel's answer to a message to one of its ports. */
static void
kernel_answers(struct m_msg *msg)
{
	struct m_msg *reply;

	if (M_VALID(msg->local)) {
		reply = m_msg_new(M_REPLY, msg->id + 100);
		reply->remote = msg->local;
		reply->remote_right = msg->local_right;
		reply->size += 12;
		msg->local = NULL;
		if (reply->remote_right == MACH_MSG_TYPE_PORT_SEND &&
		    m_full(reply->remote))
			m_destroy_later(reply);
		else
			m_send_kernel(reply);
	}
	if (msg->remote_right == MACH_MSG_TYPE_PORT_SEND_ONCE) {
		if (msg->remote->active)
			msg->remote->sorights--;
		msg->remote = NULL;
	}
	m_destroy_later(msg);
}

/* Descriptors from the input to the buffer.  Returns where they end. */
static uint8_t *
make_descs(int task, struct memory *um, struct m_msg *msg, uint8_t *p,
    mach_port_name_t (*names)[M_OOL_PORTS])
{
	mach_msg_port_descriptor_t pd;
	mach_msg_ool_descriptor_t od;
	mach_msg_ool_ports_descriptor_t opd;
	struct m_desc *desc;
	uint32_t how, i;
	int d;

	for (d = 0; d < msg->ndescs; d++) {
		desc = &msg->descs[d];
		how = take(1);
		if (how % 8 == 7) {
			desc->type = MACH_MSG_OOL_DESCRIPTOR;
			desc->count = how >> 3;
			memset(um->data[d], (uint8_t)(msg->id / 256 + d),
			    sizeof(um->data[d]));
			memset(&od, 0, sizeof(od));
			od.address = um->data[d];
			od.size = desc->count;
			od.copy = MACH_MSG_VIRTUAL_COPY;
			od.type = MACH_MSG_OOL_DESCRIPTOR;
			memcpy(p, &od, sizeof(od));
			p += sizeof(od);
			continue;
		}
		desc->right = (uint8_t)pick_disposition();
		desc->count = how % 8 == 6 ? (how >> 3) % (M_OOL_PORTS + 1) :
		    1;
		for (i = 0; i < desc->count; i++) {
			names[d][i] = pick(task, false);
			if (i == 0 && (how & 0x80) == 0)
				desc->right = (uint8_t)fitting(task,
				    names[d][i], desc->right);
		}
		memcpy(um->ool[d], names[d], sizeof(um->ool[d]));
		TRACE("  descriptor of %u: %#x ... (%d)\n", desc->count,
		    names[d][0], desc->right);
		if (how % 8 == 6) {
			desc->type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
			memset(&opd, 0, sizeof(opd));
			opd.address = um->ool[d];
			opd.count = desc->count;
			opd.copy = MACH_MSG_PHYSICAL_COPY;
			opd.disposition = desc->right;
			opd.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
			memcpy(p, &opd, sizeof(opd));
			p += sizeof(opd);
		} else {
			desc->type = MACH_MSG_PORT_DESCRIPTOR;
			memset(&pd, 0, sizeof(pd));
			pd.name = names[d][0];
			pd.disposition = desc->right;
			pd.type = MACH_MSG_PORT_DESCRIPTOR;
			memcpy(p, &pd, sizeof(pd));
			p += sizeof(pd);
		}
	}
	return (p);
}

static void	expect_receive(struct m_thread *th, struct memory *um, int r,
		    mach_port_name_t name, mach_msg_option_t option,
		    mach_msg_size_t size);

static void
step_send(struct m_thread *th, struct memory *um)
{
	mach_port_name_t local, names[M_DESCS][M_OOL_PORTS], rcv_name, remote;
	mach_msg_option_t option;
	struct m_entry *e;
	struct m_msg *msg;
	struct m_port *port;
	uint8_t *p;
	uint32_t how;
	int ldisp, r, rdisp, task;
	bool full, ok, poll;

	task = th->task;
	how = take(1);
	remote = pick(task, true);
	rdisp = pick_send_disposition();
	if ((how & 1) != 0)
		rdisp = fitting(task, remote, rdisp);
	if (remote == SELF)
		rdisp = MACH_MSG_TYPE_COPY_SEND;	/* it stays */
	local = MACH_PORT_NULL;
	ldisp = 0;
	if ((how & 2) != 0) {
		local = pick(task, false);
		ldisp = fitting(task, local, pick_send_disposition());
		if (ldisp == MACH_MSG_TYPE_MOVE_RECEIVE)
			ldisp = MACH_MSG_TYPE_MAKE_SEND;
	}
	poll = (how & 4) != 0 || th->index == INSPECTOR;
	next_id += 256;
	msg = m_msg_new(M_USER, next_id);
	memset(names, 0, sizeof(names));
	memset(&um->send, 0, sizeof(um->send));
	p = um->send.bytes + sizeof(mach_msg_header_t);
	if ((how & 0x30) != 0) {
		msg->complex = true;
		msg->ndescs = (how >> 4) & 3;
		um->send.m.body.msgh_descriptor_count =
		    (mach_msg_size_t)msg->ndescs;
		p = make_descs(task, um, msg, p + sizeof(mach_msg_body_t),
		    names);
	}
	msg->ndata = (how & 0x40) != 0 ? take(1) % 16 * 4 : 0;
	p += msg->ndata;
	msg->size = (uint32_t)(p - um->send.bytes);
	um->send.m.hdr.msgh_bits = MACH_MSGH_BITS((uint32_t)rdisp,
	    (uint32_t)ldisp) | (msg->complex ? MACH_MSGH_BITS_COMPLEX : 0);
	um->send.m.hdr.msgh_remote_port = remote;
	um->send.m.hdr.msgh_local_port = local;
	um->send.m.hdr.msgh_id = msg->id;

	option = MACH_SEND_MSG | (poll ? MACH_SEND_TIMEOUT : 0);
	rcv_name = MACH_PORT_NULL;
	if ((how & 8) != 0) {
		/* Then the send half does not wait. */
		poll = true;
		option |= MACH_SEND_TIMEOUT;
		if ((how & 0x80) != 0)
			option |= MACH_SEND_NOTIFY;
		else {
			rcv_name = pick(task, true);
			option |= MACH_RCV_MSG | MACH_RCV_INTERRUPT |
			    (th->index == INSPECTOR ? MACH_RCV_TIMEOUT : 0) |
			    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SEQNO);
		}
	}
	option |= MACH_SEND_INTERRUPT;
	ok = can_send(task, remote, rdisp, local, ldisp, msg->descs,
	    msg->ndescs, names);
	/* Receive into a buffer of its own. */
	r = TRAP(mach_msg_overwrite_trap, P(&um->send), (uint64_t)option,
	    msg->size, sizeof(um->receive), rcv_name, 0, 0, P(&um->receive));
	TRACE("send %#x, %u bytes, %d descriptors to %#x (%d) reply %#x (%d), "
	    "option %#x: %#x\n", (unsigned int)msg->id, msg->size, msg->ndescs,
	    remote, rdisp, local, ldisp, option, (unsigned int)r);
	if (!ok) {
		M_CHECK(r == MACH_SEND_INVALID_DEST ||
		    r == MACH_SEND_INVALID_REPLY ||
		    r == MACH_SEND_INVALID_RIGHT ||
		    r == MACH_SEND_INVALID_HEADER, "send gave %#x",
		    (unsigned int)r);
		refused = true;
		return;
	}
	enter_message(task, msg, remote, rdisp, local, ldisp, names);
	m_collect();
	port = msg->remote;
	full = false;
	if (!M_VALID(port) || !port->active || msg->circular)
		m_destroy_later(msg);
	else if (port->receiver == M_IN_KERNEL)
		kernel_answers(msg);
	else {
		full = msg->remote_right == MACH_MSG_TYPE_PORT_SEND &&
		    m_full(port);
		if (!full)
			m_post(port, msg, false);
	}
	m_collect();
	if (!full) {
		if ((option & MACH_RCV_MSG) != 0)
			expect_receive(th, um, r, rcv_name, option,
			    sizeof(um->receive));
		else
			M_CHECK(r == MACH_MSG_SUCCESS, "send gave %#x",
			    (unsigned int)r);
		return;
	}
	if (!poll) {
		M_CHECK(r == THREAD_BLOCKED, "send at a full queue gave %#x",
		    (unsigned int)r);
		blocked(th, M_SENDING);
		th->msg = msg;
		return;
	}
	M_CHECK((r & ~MACH_MSG_MASK) == MACH_SEND_TIMED_OUT,
	    "send at a full queue gave %#x", (unsigned int)r);
	if ((option & MACH_SEND_NOTIFY) != 0 &&
	    (e = m_find(task, remote)) != NULL && e->request.notify != NULL &&
	    e->request.send_possible && !e->request.armed) {
		e->request.armed = true;
		if (!m_full(e->port))
			m_queue_changed(e->port);
	}
	check_returned(task, msg, um);
}

/*
 * Receiving.
 */

static bool
has_message(int task, struct m_port *port, struct m_pset *pset)
{
	struct m_entry *e;
	int i;

	if (port != NULL)
		return (port->nqueued != 0);
	for (i = 0; i < M_ENTRIES; i++) {
		e = &m_tasks[task].entries[i];
		if ((e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
		    m_pset_has(pset, e->port) && e->port->nqueued != 0)
			return (true);
	}
	return (false);
}

static void
expect_receive(struct m_thread *th, struct memory *um, int r,
    mach_port_name_t name, mach_msg_option_t option, mach_msg_size_t size)
{
	mach_msg_header_t h;
	struct m_entry *e;
	struct m_msg *msg;
	struct m_port *port;
	struct m_pset *pset;
	mach_port_name_t dest;

	e = m_find(th->task, name);
	port = NULL;
	pset = NULL;
	if (e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0)
		port = e->port;
	else if (e != NULL && (e->type & MACH_PORT_TYPE_PORT_SET) != 0)
		pset = e->pset;
	else {
		M_CHECK(r == MACH_RCV_INVALID_NAME, "receive gave %#x",
		    (unsigned int)r);
		return;
	}
	if (!has_message(th->task, port, pset)) {
		if ((option & MACH_RCV_TIMEOUT) != 0) {
			M_CHECK(r == MACH_RCV_TIMED_OUT, "receive gave %#x",
			    (unsigned int)r);
			return;
		}
		M_CHECK(r == THREAD_BLOCKED, "receive gave %#x",
		    (unsigned int)r);
		blocked(th, M_RECEIVING);
		th->port = port;
		th->pset = pset;
		return;
	}
	h = um->receive.m.hdr;
	if (r == MACH_RCV_TOO_LARGE) {
		M_CHECK(size < sizeof(um->receive), "all messages fit");
		if ((option & MACH_RCV_LARGE) != 0)
			return;		/* nothing has changed */
		/* Only a header came; all else was lost on the way. */
		msg = take_received(th->task, port, pset, um, false);
		M_CHECK(msg->size + REQUESTED_TRAILER_SIZE(option) > size,
		    "it fits");
		m_release(msg->local, msg->local_right);
		msg->local = NULL;
		msg->local_right = 0;
		dest = use_up(th->task, msg);
		M_CHECK(h.msgh_local_port == dest &&
		    h.msgh_remote_port == MACH_PORT_NULL,
		    "ports %#x %#x, expected %#x", h.msgh_local_port,
		    h.msgh_remote_port, dest);
		msg->remote = NULL;
		m_destroy_later(msg);
		m_collect();
		return;
	}
	M_CHECK(r == MACH_MSG_SUCCESS, "receive gave %#x", (unsigned int)r);
	msg = take_received(th->task, port, pset, um, true);
	M_CHECK(msg->size + REQUESTED_TRAILER_SIZE(option) <= size,
	    "it does not fit");
	check_received(th->task, msg, um, &h);
	m_collect();
}

static void
step_receive(struct m_thread *th, struct memory *um)
{
	static const uint32_t elements[] = { MACH_RCV_TRAILER_NULL,
	    MACH_RCV_TRAILER_SEQNO, MACH_RCV_TRAILER_AUDIT,
	    MACH_RCV_TRAILER_CTX };
	mach_msg_option_t option;
	mach_msg_size_t size;
	mach_port_name_t name;
	uint32_t how;
	int r;

	name = pick(th->task, true);
	how = take(1);
	size = sizeof(um->receive);
	option = MACH_RCV_MSG | MACH_RCV_INTERRUPT |
	    (mach_msg_option_t)MACH_RCV_TRAILER_ELEMENTS(elements[how & 3]);
	if ((how & 0x0c) != 0 || th->index == INSPECTOR)
		option |= MACH_RCV_TIMEOUT;
	if ((how & 0x70) == 0x70 && (option & MACH_RCV_TIMEOUT) != 0) {
		size = 32 + (how >> 7) * 16;
		if ((how & 4) != 0)
			option |= MACH_RCV_LARGE;
		if ((how & 8) != 0)
			option |= MACH_RCV_LARGE_IDENTITY;
	}
	memset(&um->receive, 0, sizeof(um->receive));
	r = TRAP(mach_msg_trap, P(&um->receive), (uint64_t)option, 0, size,
	    name, 0, 0);
	TRACE("receive from %#x, option %#x, size %u: %#x\n", name, option,
	    size, (unsigned int)r);
	expect_receive(th, um, r, name, option, size);
}

static void
step_peek(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	bool ok;
	int r;

	name = pick(task, true);
	e = m_find(task, name);
	ok = e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
	    e->port->nqueued != 0;
	um->words[0] = 0;
	um->words[3] = sizeof(um->send);
	r = TRAP(mach_port_peek_trap, SELF, name,
	    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT),
	    P(&um->words[0]), P(&um->words[1]), P(&um->words[2]),
	    P(&um->send), P(&um->words[3]));
	agree("peek", r, ok);
	if (ok)
		M_CHECK((uint32_t)um->words[0] == e->port->seqno, "seqno %u",
		    (uint32_t)um->words[0]);
}

/*
 * Kernel objects.
 */

/* A send right from the kernel: one more under this name. */
static void
give_send(int task, struct m_port *port, mach_port_name_t name)
{

	m_make_send(port);
	m_copyout(task, port, MACH_MSG_TYPE_PORT_SEND, name);
}

static void
step_self(struct m_thread *th)
{
	struct m_task *t;
	int task;

	task = th->task;
	t = &m_tasks[task];
	switch (take(1) % 3) {
	case 0:
		give_send(task, t->self, (mach_port_name_t)TRAP(task_self_trap,
		    0));
		break;
	case 1:
		if (t->thread_self[th->index] == NULL)
			t->thread_self[th->index] = m_port_new(M_KERNEL,
			    M_IN_KERNEL, MACH_PORT_NULL);
		give_send(task, t->thread_self[th->index],
		    (mach_port_name_t)TRAP(thread_self_trap, 0));
		break;
	default:
		give_send(task, host_port, (mach_port_name_t)TRAP(
		    host_self_trap, 0));
		break;
	}
	TRACE("self port\n");
}

static void
step_special(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	struct m_port *old, *port;
	struct m_task *t;
	bool ok;
	int i, r;

	t = &m_tasks[task];
	switch (take(1) % 4) {
	case 0:
		name = pick(task, false);
		e = m_find(task, name);
		ok = !MACH_PORT_VALID(name) || (e != NULL &&
		    m_copyin_ok(e, MACH_MSG_TYPE_COPY_SEND));
		r = TRAP(task_set_special_port_trap, SELF,
		    TASK_BOOTSTRAP_PORT, name);
		agree("set_special_port", r, ok);
		if (!ok)
			return;
		port = enter_right(task, name, MACH_MSG_TYPE_COPY_SEND);
		old = t->special;
		t->special = port;
		m_release(old, MACH_MSG_TYPE_PORT_SEND);
		break;
	case 1:
		r = TRAP(task_get_special_port_trap, SELF, TASK_BOOTSTRAP_PORT,
		    P(&um->words[0]));
		agree("get_special_port", r, true);
		m_copy_send(t->special);
		m_copyout(task, t->special, MACH_MSG_TYPE_PORT_SEND,
		    (mach_port_name_t)um->words[0]);
		break;
	case 2:
		for (i = 0; i < M_REGISTERED; i++)
			um->names[i] = pick(task, false);
		ok = true;
		for (i = 0; i < M_REGISTERED; i++) {
			e = m_find(task, um->names[i]);
			if (MACH_PORT_VALID(um->names[i]))
				ok = ok && e != NULL && m_copyin_ok(e,
				    MACH_MSG_TYPE_COPY_SEND);
		}
		m_copyin_forget();
		r = TRAP(mach_ports_register_trap, SELF, P(um->names),
		    M_REGISTERED);
		agree("ports_register", r, ok);
		for (i = 0; ok && i < M_REGISTERED; i++) {
			old = t->registered[i];
			t->registered[i] = enter_right(task, um->names[i],
			    MACH_MSG_TYPE_COPY_SEND);
			/* All are taken before any is let go. */
			um->words[i] = P(old);
		}
		for (i = 0; ok && i < M_REGISTERED; i++)
			m_release((struct m_port *)(uintptr_t)um->words[i],
			    MACH_MSG_TYPE_PORT_SEND);
		break;
	default:
		um->words[0] = M_REGISTERED;
		r = TRAP(mach_ports_lookup_trap, SELF, P(um->names),
		    P(&um->words[0]));
		agree("ports_lookup", r, true);
		for (i = 0; i < M_REGISTERED; i++) {
			m_copy_send(t->registered[i]);
			m_copyout(task, t->registered[i],
			    MACH_MSG_TYPE_PORT_SEND, um->names[i]);
		}
		break;
	}
}

static struct m_port *
semaphore_of(int task, mach_port_name_t name)
{
	struct m_entry *e;

	e = m_find(task, name);
	if (e == NULL || (e->type & MACH_PORT_TYPE_SEND) == 0 ||
	    e->port->kind != M_SEMAPHORE || !e->port->active)
		return (NULL);
	return (e->port);
}

static struct m_thread *
first_waiter(struct m_port *port)
{
	struct m_thread *first, *th;
	int i, j;

	first = NULL;
	for (i = 0; i < M_TASKS; i++) {
		for (j = 0; j < M_THREADS; j++) {
			th = &m_threads[i][j];
			if (th->wait == M_WAITING && th->port == port &&
			    !th->decided && (first == NULL ||
			    th->since < first->since))
				first = th;
		}
	}
	return (first);
}

static void
step_semaphore(struct m_thread *th, struct memory *um)
{
	mach_port_name_t name;
	struct m_port *port;
	struct m_thread *waiter;
	int r, task;

	task = th->task;
	switch (take(1) % 6) {
	case 0:
		um->words[1] = take(1) % 3;
		r = TRAP(semaphore_create_trap, SELF, P(&um->words[0]), 0,
		    um->words[1]);
		agree("semaphore_create", r, true);
		port = m_port_new(M_SEMAPHORE, M_IN_KERNEL, MACH_PORT_NULL);
		port->count = (int32_t)um->words[1];
		port->owner = task;
		give_send(task, port, (mach_port_name_t)um->words[0]);
		break;
	case 1:
		name = pick(task, true);
		port = semaphore_of(task, name);
		r = TRAP(semaphore_destroy_trap, SELF, name);
		agree("semaphore_destroy", r, port != NULL &&
		    port->owner == task);
		if (r == 0)
			m_port_destroy(port);
		break;
	case 2:
		name = pick(task, true);
		port = semaphore_of(task, name);
		r = TRAP(semaphore_signal_trap, name);
		agree("semaphore_signal", r, port != NULL);
		if (port == NULL)
			break;
		waiter = first_waiter(port);
		if (waiter != NULL)
			waiter->decided = true;
		else
			port->count++;
		break;
	case 3:
		name = pick(task, true);
		port = semaphore_of(task, name);
		r = TRAP(semaphore_signal_all_trap, name);
		agree("semaphore_signal_all", r, port != NULL);
		while (port != NULL && (waiter = first_waiter(port)) != NULL)
			waiter->decided = true;
		break;
	case 4:
		if (th->index == INSPECTOR)
			break;
		name = pick(task, true);
		port = semaphore_of(task, name);
		r = TRAP(semaphore_wait_trap, name);
		TRACE("semaphore_wait: %#x\n", (unsigned int)r);
		if (port == NULL || port->count > 0) {
			M_CHECK((r == 0) == (port != NULL), "wait: %#x",
			    (unsigned int)r);
			if (port != NULL)
				port->count--;
			break;
		}
		M_CHECK(r == THREAD_BLOCKED, "wait: %#x", (unsigned int)r);
		blocked(th, M_WAITING);
		th->port = port;
		break;
	default:
		name = pick(task, true);
		port = semaphore_of(task, name);
		r = TRAP(semaphore_timedwait_trap, name, 0, 0);
		agree("semaphore_timedwait", r, port != NULL &&
		    port->count > 0);
		if (r == 0)
			port->count--;
		break;
	}
}

static void
step_timer(int task, struct memory *um)
{
	mach_port_name_t name;
	struct m_entry *e;
	struct m_port *port;
	uint32_t how;
	uint64_t when;
	bool ok;
	int r;

	how = take(1);
	if (how % 4 == 0) {
		name = (mach_port_name_t)TRAP(mk_timer_create_trap, 0);
		M_CHECK(name != 0, "mk_timer_create");
		e = m_enter(task, name, MACH_PORT_TYPE_RECEIVE);
		e->port = m_port_new(M_TIMER, task, name);
		e->port->immovable = true;
		return;
	}
	name = pick(task, false);
	e = m_find(task, name);
	port = e != NULL && (e->type & MACH_PORT_TYPE_RECEIVE) != 0 &&
	    e->port->kind == M_TIMER ? e->port : NULL;
	switch (how % 4) {
	case 1:
		ok = port != NULL && !port->guarded;
		r = TRAP(mk_timer_destroy_trap, name);
		agree("mk_timer_destroy", r, ok);
		if (ok)
			m_less_receive(task, e);
		break;
	case 2:
		/* Now, or not in the life of this run. */
		when = (how & 4) != 0 ? 1 : UINT64_MAX / 2;
		r = TRAP(mk_timer_arm_trap, name, when);
		agree("mk_timer_arm", r, port != NULL);
		if (port == NULL)
			break;
		port->armed = when;
		if (when == 1) {
			port->armed = 0;
			m_timer_fire(port);
		}
		break;
	default:
		r = TRAP(mk_timer_cancel_trap, name, P(&um->words[0]));
		agree("mk_timer_cancel", r, port != NULL);
		if (port == NULL)
			break;
		M_CHECK(um->words[0] == port->armed, "cancelled %#jx",
		    (uintmax_t)um->words[0]);
		port->armed = 0;
		break;
	}
}

/*
 * Waits that end from outside, and processes.
 */

static void
step_end_wait(int task, int index, bool signal)
{
	struct mach_thread *mach;
	struct m_thread *th;
	bool done;

	th = &m_threads[task][index];
	if (th->wait == M_IDLE)
		return;
	mach = mach_thread_lookup(threads[task][index]);
	done = signal ? blocks_interrupt(mach) : blocks_time_out(mach);
	TRACE("thread %d.%d %s\n", task, index, signal ? "interrupted" :
	    "timed out");
	M_CHECK(done == (!th->decided && !th->restarted),
	    "thread %d.%d: %d", task, index, done);
	if (!done)
		return;
	th->decided = true;
	switch (th->wait) {
	case M_RECEIVING:
		th->result = signal ? MACH_RCV_INTERRUPTED :
		    MACH_RCV_TIMED_OUT;
		break;
	case M_SENDING:
		th->result = signal ? MACH_SEND_INTERRUPTED :
		    MACH_SEND_TIMED_OUT;
		break;
	default:
		th->result = signal ? KERN_ABORTED : KERN_OPERATION_TIMED_OUT;
		break;
	}
}

static void
quiet_task(int task)
{
	int i;

	continue_all();
	for (i = 0; i < M_THREADS; i++) {
		step_end_wait(task, i, true);
		continue_all();
	}
}

/* The ports by which others know the task. */
static void
end_objects(int task)
{
	struct m_task *t;
	int i;

	t = &m_tasks[task];
	m_port_destroy(t->self);
	t->self = NULL;
	for (i = 0; i < M_THREADS; i++) {
		if (t->thread_self[i] != NULL)
			m_port_destroy(t->thread_self[i]);
		t->thread_self[i] = NULL;
	}
	m_semaphores_end(task);
}

static void
new_self(int task)
{
	struct m_entry *e;
	struct m_task *t;

	t = &m_tasks[task];
	t->self = m_port_new(M_KERNEL, M_IN_KERNEL, MACH_PORT_NULL);
	as(task, INSPECTOR);
	t->self_name = core_self();
	M_CHECK(t->self_name != 0, "task_self_trap");
	give_send(task, t->self, t->self_name);
	e = m_find(task, t->self_name);
	e->keep = true;
}

static void
step_exec(int task, bool reset)
{
	struct m_port *old;

	quiet_task(task);
	TRACE("exec of task %d%s\n", task, reset ? ", reset" : "");
	as(task, INSPECTOR);
	mach_task_exec(procs[task], reset);
	end_objects(task);
	if (reset) {
		int i;

		old = m_tasks[task].special;
		m_tasks[task].special = NULL;
		m_release(old, MACH_MSG_TYPE_PORT_SEND);
		for (i = 0; i < M_REGISTERED; i++) {
			old = m_tasks[task].registered[i];
			m_tasks[task].registered[i] = NULL;
			m_release(old, MACH_MSG_TYPE_PORT_SEND);
		}
	}
	m_terminate(task);
	m_collect();
	new_self(task);
}

static void
task_threads(int task)
{
	int i;

	for (i = 0; i < M_THREADS; i++) {
		threads[task][i] = host_thread_create(procs[task],
		    ++next_tid, "fuzz", NULL);
		as(task, i);
		/* It is known to the task from its first trap on. */
		(void)TRAP(mach_timebase_info_trap, 0);
	}
}

static void
step_exit(int task)
{
	struct m_port *old;
	int i;

	quiet_task(task);
	TRACE("exit of task %d\n", task);
	as(task, INSPECTOR);
	mach_task_exit(procs[task]);
	end_objects(task);
	m_terminate(task);
	old = m_tasks[task].special;
	m_tasks[task].special = NULL;
	m_release(old, MACH_MSG_TYPE_PORT_SEND);
	for (i = 0; i < M_REGISTERED; i++) {
		old = m_tasks[task].registered[i];
		m_tasks[task].registered[i] = NULL;
		m_release(old, MACH_MSG_TYPE_PORT_SEND);
	}
	m_collect();
	(void)host_set_curthread(NULL);
	for (i = 0; i < M_THREADS; i++) {
		mach_inprocess_thread_end(threads[task][i]);
		host_thread_destroy(threads[task][i]);
	}
	host_proc_destroy(procs[task]);
	m_tasks[task].alive = false;
}

static void
step_fork(int parent, int child)
{
	int i;

	TRACE("task %d is made by %d\n", child, parent);
	procs[child] = fuzz_proc(++next_pid, &memory[child],
	    sizeof(memory[child]));
	if (parent >= 0) {
		as(parent, INSPECTOR);
		mach_task_fork(procs[parent], procs[child]);
		m_tasks[child].special = m_tasks[parent].special;
		m_copy_send(m_tasks[child].special);
		for (i = 0; i < M_REGISTERED; i++) {
			m_tasks[child].registered[i] =
			    m_tasks[parent].registered[i];
			m_copy_send(m_tasks[child].registered[i]);
		}
		/* Copies of what has died are dead. */
		if (M_VALID(m_tasks[child].special) &&
		    !m_tasks[child].special->active)
			m_tasks[child].special = M_DEAD;
	}
	task_threads(child);
	m_tasks[child].alive = true;
	new_self(child);
}

static void
step_process(int task)
{
	uint32_t how;
	int i;

	how = take(1);
	switch (how % 8) {
	case 0:
	case 1:
		step_exec(task, how % 8 == 1);
		return;
	case 2:
	case 3:
		step_exit(task);
		break;
	default:
		break;
	}
	for (i = 0; i < M_TASKS; i++) {
		if (m_tasks[i].alive)
			continue;
		if (m_tasks[(i + 1) % M_TASKS].alive)
			step_fork((i + 1) % M_TASKS, i);
		else
			step_fork(-1, i);
	}
}

static void
step(int task, int index)
{
	struct memory *um;
	struct m_thread *th;
	uint32_t op;

	op = take(1);
	th = &m_threads[task][index];
	if (th->wait != M_IDLE) {
		/* It waits: the step is about that. */
		step_end_wait(task, index, (op & 1) != 0);
		return;
	}
	um = &memory[task][index];
	as(task, index);
	switch (op % 32) {
	case 0:
	case 1:
	case 2:
		step_allocate(task, um);
		break;
	case 3:
		step_construct(task, um);
		break;
	case 4:
		step_deallocate(task);
		break;
	case 5:
		step_mod_refs(task);
		break;
	case 6:
		step_destroy(task);
		break;
	case 7:
		step_destruct(task);
		break;
	case 8:
	case 9:
		step_insert(task);
		break;
	case 10:
		step_extract(task, um);
		break;
	case 11:
	case 12:
		step_member(task, (int)(op % 32 - 11));
		break;
	case 13:
		step_member(task, 2);
		break;
	case 14:
	case 15:
		step_request(task, um);
		break;
	case 16:
		step_guard(task);
		break;
	case 17:
		step_attributes(task, um);
		break;
	case 18:
		step_rename(task);
		break;
	case 19:
	case 20:
	case 21:
	case 22:
		step_send(th, um);
		break;
	case 23:
	case 24:
	case 25:
		step_receive(th, um);
		break;
	case 26:
		step_peek(task, um);
		break;
	case 27:
		step_self(th);
		break;
	case 28:
		step_special(task, um);
		break;
	case 29:
		step_semaphore(th, um);
		break;
	case 30:
		step_timer(task, um);
		break;
	default:
		step_process(task);
		break;
	}
}

/* A task's receive and send right, and a right of the next one's. */
static void
prepare(void)
{
	struct m_entry *e;
	mach_port_name_t name;
	int task;

	/* All know one port by their special port. */
	step_fork(-1, 0);
	as(0, INSPECTOR);
	name = (mach_port_name_t)TRAP(mach_reply_port, 0);
	M_CHECK(TRAP(_kernelrpc_mach_port_insert_right_trap,
	    m_tasks[0].self_name, name, name, MACH_MSG_TYPE_MAKE_SEND) == 0,
	    "prepare");
	e = m_enter(0, name, MACH_PORT_TYPE_SEND_RECEIVE);
	e->port = m_port_new(M_PLAIN, 0, name);
	e->urefs = 1;
	m_make_send(e->port);
	M_CHECK(TRAP(task_set_special_port_trap, m_tasks[0].self_name,
	    TASK_BOOTSTRAP_PORT, name) == 0, "prepare");
	m_tasks[0].special = e->port;
	m_copy_send(e->port);
	for (task = 1; task < M_TASKS; task++) {
		step_fork(0, task);
		as(task, INSPECTOR);
		M_CHECK(TRAP(task_get_special_port_trap,
		    m_tasks[task].self_name, TASK_BOOTSTRAP_PORT,
		    P(&memory[task][INSPECTOR].words[0])) == 0, "prepare");
		m_copy_send(m_tasks[task].special);
		m_copyout(task, m_tasks[task].special, MACH_MSG_TYPE_PORT_SEND,
		    (mach_port_name_t)memory[task][INSPECTOR].words[0]);
	}
}

void
fuzz_one(const uint8_t *data, size_t size)
{
	static int ready;
	uint32_t who;
	int task;

	if (!ready) {
		core_begin();
		trace = getenv("FUZZ_TRACE") != NULL;
		ready = 1;
	}
	fuzz_input(&in, data, size);
	m_reset();
	arrivals = 0;
	next_id = 0x100000;
	stale = 0;
	host_port = m_port_new(M_KERNEL, M_IN_KERNEL, MACH_PORT_NULL);
	prepare();
	while (in.left > 0 && m_room()) {
		m_step++;
		who = take(1);
		task = (int)(who % M_TASKS);
		TRACE("[%u] %d.%u: ", m_step, task, (who >> 2) % M_THREADS);
		if (m_tasks[task].alive)
			step(task, (int)((who >> 2) % M_THREADS));
		else
			step_process(task);
		m_collect();
		/* Some of those who were woken stay behind for a while. */
		if ((who & 0x80) != 0) {
			if ((who & 0x40) != 0)
				(void)continue_one();
			compare(false);
			continue;
		}
		continue_all();
		compare_blocked();
		/* What fails changes nothing. */
		compare(m_step % 32 == 0 || refused);
		refused = false;
	}
	continue_all();
	compare_blocked();
	compare(true);
	for (task = 0; task < M_TASKS; task++)
		if (m_tasks[task].alive) {
			step_exit(task);
			continue_all();
			compare(false);
		}
	fuzz_nothing_left();
}
