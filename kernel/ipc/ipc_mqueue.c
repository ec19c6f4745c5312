/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Message queues.  The model is in ipc_mqueue.h.
 *
 * ip_msgcount counts the messages in the queue and the places promised to
 * senders that were woken but have not queued theirs yet.  Send-once rights and
 * the kernel queue past the limit.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/probes.h>
#include <kernel/kern/task.h>

static __inline void
ipc_mqueue_probe_send(struct ipc_port *port, struct ipc_kmsg *kmsg)
{

	SDT_PROBE4(mach, , , send, port, kmsg->ikm_header.msgh_id,
	    ipc_kmsg_size(kmsg), kmsg);
}

/*
 * The message leaves for a receiver, and uses up the right it came by; if more
 * is to be done than that, ipc_kmsg_copyout_dest() sees to it later.  Whoever
 * locked the port has a reference, so the message's cannot be the last.
 */
static void
ipc_mqueue_arrive(struct ipc_port *port, struct ipc_kmsg *kmsg)
{
	bool last;

	ip_assert_locked(port);
	KASSERT(kmsg->ikm_remote == port, ("a message for another port"));
	kmsg->ikm_seqno = port->ip_seqno++;
	kmsg->ikm_context = port->ip_context;
	if (MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits) ==
	    MACH_MSG_TYPE_PORT_SEND) {
		KASSERT(port->ip_srights > 0, ("send rights below zero"));
		if (port->ip_srights == 1 && port->ip_nsrequest != NULL)
			return;		/* no senders: somebody is to hear */
		port->ip_srights--;
	} else {
		KASSERT(port->ip_sorights > 0,
		    ("send-once rights below zero"));
		port->ip_sorights--;
	}
	kmsg->ikm_dest_name = port->ip_receiver_name;
	kmsg->ikm_arrived = true;
	kmsg->ikm_remote = NULL;
	last = refcount_release(&port->ip_object.io_refs);
	KASSERT(!last, ("last reference to a locked port"));
	(void)last;
}

/*
 * Offer the message to the threads waiting on wq.  True: one took it.  A thread
 * that asked for MACH_RCV_LARGE and has too little room is told the size and
 * leaves the message to the next.
 */
static __noinline bool
ipc_mqueue_offer(struct ipc_port *port, struct mach_waitq *wq,
    struct ipc_kmsg *kmsg)
{
	struct mach_thread *th;

	while ((th = mach_waitq_first(wq)) != NULL) {
		if (ipc_kmsg_fits(th, kmsg))
			th->th_saved.rcv.mr = MACH_MSG_SUCCESS;
		else {
			th->th_saved.rcv.mr = MACH_RCV_TOO_LARGE;
			if ((th->th_msg.option & MACH_RCV_LARGE) != 0) {
				th->th_saved.rcv.msize =
				    ipc_kmsg_message_size(th, kmsg);
				th->th_saved.rcv.auxsize =
				    ipc_kmsg_aux_size(kmsg);
				th->th_saved.rcv.identity =
				    port->ip_receiver_name;
				thread_wakeup(th, THREAD_AWAKENED);
				continue;
			}
		}
		ipc_mqueue_arrive(port, kmsg);
		th->th_saved.rcv.kmsg = kmsg;
		thread_wakeup(th, THREAD_AWAKENED);
		return (true);
	}
	return (false);
}

static __inline bool
ipc_mqueue_hand_over(struct ipc_port *port, struct mach_waitq *wq,
    struct ipc_kmsg *kmsg)
{

	return (mach_waitq_first(wq) != NULL &&
	    ipc_mqueue_offer(port, wq, kmsg));
}

/* The port has no messages (any more): no set need look at it. */
static void
ipc_mqueue_unready(struct ipc_port *port)
{
	struct ipc_pset_link *link;

	ip_assert_locked(port);
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink) {
		ips_lock(link->ipl_pset);
		if (link->ipl_ready) {
			TAILQ_REMOVE(&link->ipl_pset->ips_ready, link,
			    ipl_readylink);
			link->ipl_ready = false;
			ipc_watch_pset_empty(link->ipl_pset);
		}
		ips_unlock(link->ipl_pset);
	}
}

void
ipc_mqueue_pset_ready(struct ipc_port *port, struct ipc_pset_link *link)
{
	struct ipc_kmsg *kmsg;
	struct ipc_pset *pset;
	struct mach_thread *th;

	pset = link->ipl_pset;
	if (TAILQ_EMPTY(&port->ip_messages))
		return;
	TAILQ_INSERT_TAIL(&pset->ips_ready, link, ipl_readylink);
	link->ipl_ready = true;
	ipc_watch_pset_ready(pset, port);
	/* They look again: a thread a message is enough. */
	TAILQ_FOREACH(kmsg, &port->ip_messages, ikm_link) {
		th = mach_waitq_first(&pset->ips_receivers);
		if (th == NULL)
			break;
		thread_wakeup(th, THREAD_RESTART);
	}
}

void
ipc_mqueue_post(struct ipc_port *port, struct ipc_kmsg *kmsg, bool slot_taken)
{
	struct ipc_pset_link *link;
	struct ipc_pset *pset;
	bool taken, watched;

	ip_assert_locked(port);
	KASSERT(ip_active(port), ("posting to a dead port"));
	ipc_mqueue_probe_send(port, kmsg);

	/* Behind what is queued already: order is kept. */
	watched = false;
	taken = TAILQ_EMPTY(&port->ip_messages) &&
	    ipc_mqueue_hand_over(port, &port->ip_receivers, kmsg);
	if (!taken) {
		LIST_FOREACH(link, &port->ip_psets, ipl_portlink) {
			pset = link->ipl_pset;
			ips_lock(pset);
			if (TAILQ_EMPTY(&port->ip_messages))
				taken = ipc_mqueue_hand_over(port,
				    &pset->ips_receivers, kmsg);
			if (!taken && !link->ipl_ready) {
				TAILQ_INSERT_TAIL(&pset->ips_ready, link,
				    ipl_readylink);
				link->ipl_ready = true;
			}
			if (pset->ips_object.io_watch != NULL)
				watched = true;
			ips_unlock(pset);
			if (taken)
				break;
		}
	}
	if (taken) {
		if (TAILQ_EMPTY(&port->ip_messages))
			ipc_mqueue_unready(port);
		if (slot_taken) {
			port->ip_msgcount--;
			ipc_mqueue_release_senders(port);
		}
		return;
	}
	KASSERT(!kmsg->ikm_nameless, ("queueing a message of nobody's"));
	TAILQ_INSERT_TAIL(&port->ip_messages, kmsg, ikm_link);
	port->ip_msgbytes += kmsg->ikm_charge + kmsg->ikm_ool;
	if (!slot_taken)
		port->ip_msgcount++;
	if (watched || port->ip_object.io_watch != NULL)
		ipc_watch_posted(port, watched);
}

void
ipc_mqueue_release_senders(struct ipc_port *port)
{
	struct mach_thread *th;

	ip_assert_locked(port);
	while (!ip_full(port) &&
	    (th = mach_waitq_first(&port->ip_senders)) != NULL) {
		port->ip_msgcount++;		/* promised */
		thread_wakeup(th, THREAD_AWAKENED);
	}
}

void
ipc_mqueue_wake_receivers(struct mach_waitq *wq, mach_msg_return_t why)
{
	struct mach_thread *th;

	while ((th = mach_waitq_first(wq)) != NULL) {
		th->th_saved.rcv.mr = why;
		thread_wakeup(th, THREAD_AWAKENED);
	}
}

/*
 * The right was good when it was looked at: the message is sent, and dies with
 * the port (or with the queue that would hold its own receive right).
 */
static mach_msg_return_t
ipc_mqueue_sent_in_vain(struct mach_thread *th, struct ipc_kmsg *kmsg)
{
	struct ipc_gc gc;

	ipc_mqueue_probe_send(kmsg->ikm_remote, kmsg);
	IPC_GC_INIT(&gc);
	th->th_msg.kmsg = NULL;
	ipc_kmsg_destroy(kmsg, &gc);
	ipc_gc_run(&gc);
	return (MACH_MSG_SUCCESS);
}

static int
ipc_mqueue_send_continue(struct mach_thread *th, int result)
{
	struct ipc_gc gc;
	struct ipc_kmsg *kmsg;
	struct ipc_port *port;
	mach_msg_return_t mr;

	mach_thread_waits(th, 0, 0, 0);
	kmsg = th->th_msg.kmsg;
	port = kmsg->ikm_remote;
	switch (result) {
	case THREAD_AWAKENED:
		ip_lock(port);
		if (!ip_active(port)) {
			ip_unlock(port);
			mr = ipc_mqueue_sent_in_vain(th, kmsg);
			break;
		}
		/* From here on the reference is the message's. */
		ip_hold(port);
		th->th_msg.kmsg = NULL;
		ipc_mqueue_post(port, kmsg, true);
		/*
		 * Taken at once, it leaves its place to whoever asked while it
		 * was promised to us.
		 */
		if (port->ip_narmed == 0 || ip_full(port))
			ip_unlock(port);
		else {
			IPC_GC_INIT(&gc);
			ipc_port_send_possible_unlock(port, &gc);
			ipc_gc_run(&gc);
		}
		ip_drop(port);
		mr = MACH_MSG_SUCCESS;
		break;
	case THREAD_TIMED_OUT:
		mr = MACH_SEND_TIMED_OUT;
		break;
	case THREAD_RESTART:
		mr = ipc_mqueue_sent_in_vain(th, kmsg);
		break;
	default:
		mr = MACH_SEND_INTERRUPTED;
		break;
	}
	return (th->th_msg.done(th, mr));
}

/* Will a thread take the message, as it is, that does not ask who sent it? */
static bool
ipc_mqueue_unasked(struct ipc_port *port, struct ipc_kmsg *kmsg)
{
	struct mach_thread *th;

	th = mach_waitq_first(&port->ip_receivers);
	return (th != NULL && TAILQ_EMPTY(&port->ip_messages) &&
	    !ip_full(port) && ipc_kmsg_fits(th, kmsg) &&
	    !ipc_kmsg_signature_asked(th->th_msg.option));
}

int
ipc_mqueue_send_locked(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_port *port, thread_continue_t done)
{
	struct ipc_gc gc;

	ip_assert_locked(port);
	if (kmsg->ikm_nameless && !ipc_mqueue_unasked(port, kmsg)) {
		ip_unlock(port);
		ipc_kmsg_sign(th, kmsg);
		return (ipc_mqueue_send(th, kmsg, done));
	}
	if (port->ip_receiver == ipc_space_kernel) {
		ipc_mqueue_probe_send(port, kmsg);
		ip_hold(port);
		ip_unlock(port);
		IPC_GC_INIT(&gc);
		mach_kobject_server(port, kmsg, &gc);
		ip_drop(port);
		ipc_gc_run(&gc);
		return (done(th, MACH_MSG_SUCCESS));
	}
	if (ip_full(port) && MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits)
	    != MACH_MSG_TYPE_PORT_SEND_ONCE) {
		th->th_msg.kmsg = kmsg;
		if (th->th_msg.poll) {
			ip_unlock(port);
			return (done(th, MACH_SEND_TIMED_OUT));
		}
		th->th_msg.done = done;
		mach_thread_waits(th, MACH_WAITS_SEND,
		    port->ip_object.io_serial, kmsg->ikm_remote_name);
		return (thread_block(th, &port->ip_senders,
		    th->th_msg.deadline, ipc_mqueue_send_continue));
	}
	/* A receiver on another CPU may finish with the message at once. */
	ip_hold(port);
	ipc_mqueue_post(port, kmsg, false);
	ip_unlock(port);
	ip_drop(port);
	return (done(th, MACH_MSG_SUCCESS));
}

int
ipc_mqueue_send(struct mach_thread *th, struct ipc_kmsg *kmsg,
    thread_continue_t done)
{
	struct ipc_port *port;

	port = kmsg->ikm_remote;
	if (IP_VALID(port))
		ip_lock(port);
	if (!IP_VALID(port) || !ip_active(port) || kmsg->ikm_circular) {
		if (IP_VALID(port))
			ip_unlock(port);
		return (done(th, ipc_mqueue_sent_in_vain(th, kmsg)));
	}
	return (ipc_mqueue_send_locked(th, kmsg, port, done));
}

/*
 * A message that woke a receiver of the set was too large for it and stays: let
 * the next have a look.
 */
static void
ipc_mqueue_pass_on(struct ipc_pset *pset)
{
	struct mach_thread *th;

	ips_lock(pset);
	th = mach_waitq_first(&pset->ips_receivers);
	if (th != NULL)
		thread_wakeup(th, THREAD_RESTART);
	ips_unlock(pset);
}

/*
 * Take the first message of a port that has one.  Locked on entry, unlocked on
 * return.
 */
static void
ipc_mqueue_take_unlock(struct mach_thread *th, struct ipc_port *port,
    struct ipc_pset *from)
{
	struct ipc_gc gc;
	struct ipc_kmsg *kmsg;
	struct ipc_pset_link *link;

	kmsg = TAILQ_FIRST(&port->ip_messages);
	th->th_saved.rcv.mr = MACH_MSG_SUCCESS;
	if (!ipc_kmsg_fits(th, kmsg)) {
		th->th_saved.rcv.mr = MACH_RCV_TOO_LARGE;
		if ((th->th_msg.option & MACH_RCV_LARGE) != 0) {
			th->th_saved.rcv.msize =
			    ipc_kmsg_message_size(th, kmsg);
			th->th_saved.rcv.auxsize = ipc_kmsg_aux_size(kmsg);
			th->th_saved.rcv.identity = port->ip_receiver_name;
			if (from != NULL)
				ipc_mqueue_pass_on(from);
			ip_unlock(port);
			return;
		}
	}
	TAILQ_REMOVE(&port->ip_messages, kmsg, ikm_link);
	port->ip_msgbytes -= kmsg->ikm_charge + kmsg->ikm_ool;
	ipc_mqueue_arrive(port, kmsg);
	th->th_saved.rcv.kmsg = kmsg;

	if (TAILQ_EMPTY(&port->ip_messages))
		ipc_mqueue_unready(port);
	else if (from != NULL) {
		LIST_FOREACH(link, &port->ip_psets, ipl_portlink) {
			if (link->ipl_pset != from)
				continue;
			ips_lock(from);
			KASSERT(link->ipl_ready, ("messages, but not ready"));
			TAILQ_REMOVE(&from->ips_ready, link, ipl_readylink);
			TAILQ_INSERT_TAIL(&from->ips_ready, link,
			    ipl_readylink);
			ips_unlock(from);
			break;
		}
	}

	KASSERT(port->ip_msgcount > 0, ("message count below zero"));
	port->ip_msgcount--;
	ipc_mqueue_release_senders(port);
	if (port->ip_narmed == 0 || ip_full(port)) {
		ip_unlock(port);
		return;
	}
	IPC_GC_INIT(&gc);
	ip_hold(port);
	ipc_port_send_possible_unlock(port, &gc);
	ip_drop(port);
	ipc_gc_run(&gc);
}

static int
ipc_mqueue_receive_continue(struct mach_thread *th, int result)
{

	mach_thread_waits(th, 0, 0, 0);
	switch (result) {
	case THREAD_AWAKENED:
		break;
	case THREAD_RESTART:
		return (ipc_mqueue_receive(th, th->th_saved.rcv.object,
		    th->th_msg.done));
	case THREAD_TIMED_OUT:
		th->th_saved.rcv.mr = MACH_RCV_TIMED_OUT;
		break;
	default:
		th->th_saved.rcv.mr = MACH_RCV_INTERRUPTED;
		break;
	}
	return (th->th_msg.done(th, th->th_saved.rcv.mr));
}

/* Nothing there: wait, or report so at once.  The lock of wq is held. */
static int
ipc_mqueue_receive_wait(struct mach_thread *th, struct mach_waitq *wq,
    thread_continue_t done)
{
	struct ipc_object *object;

	if (th->th_msg.poll) {
		mtx_unlock(wq->wq_lock);
		th->th_saved.rcv.mr = MACH_RCV_TIMED_OUT;
		return (done(th, MACH_RCV_TIMED_OUT));
	}
	th->th_msg.done = done;
	object = th->th_saved.rcv.object;
	mach_thread_waits(th, object->io_type == IOT_PORT_SET ?
	    MACH_WAITS_RECEIVE | MACH_WAITS_SET : MACH_WAITS_RECEIVE,
	    object->io_serial, th->th_msg.rcv_name);
	return (thread_block(th, wq, th->th_msg.deadline,
	    ipc_mqueue_receive_continue));
}

static int
ipc_mqueue_receive_pset(struct mach_thread *th, struct ipc_pset *pset,
    thread_continue_t done)
{
	struct ipc_port *port;
	struct ipc_pset_link *link;

	for (;;) {
		ips_lock(pset);
		if (!ips_active(pset)) {
			ips_unlock(pset);
			th->th_saved.rcv.mr = MACH_RCV_PORT_DIED;
			break;
		}
		link = TAILQ_FIRST(&pset->ips_ready);
		if (link == NULL)
			return (ipc_mqueue_receive_wait(th,
			    &pset->ips_receivers, done));
		port = link->ipl_port;
		ip_hold(port);
		ips_unlock(pset);

		/* The port is locked first: see whether it is still so. */
		ip_lock(port);
		if (!ipc_pset_member(pset, port) ||
		    TAILQ_EMPTY(&port->ip_messages)) {
			ip_unlock(port);
			ip_drop(port);
			continue;
		}
		ipc_mqueue_take_unlock(th, port, pset);
		ip_drop(port);
		break;
	}
	return (done(th, th->th_saved.rcv.mr));
}

int
ipc_mqueue_receive(struct mach_thread *th, struct ipc_object *object,
    thread_continue_t done)
{
	struct ipc_port *port;

	th->th_saved.rcv.object = object;
	th->th_saved.rcv.kmsg = NULL;
	th->th_saved.rcv.msize = 0;
	th->th_saved.rcv.auxsize = 0;
	th->th_saved.rcv.identity = MACH_PORT_NULL;
	if (object->io_type == IOT_PORT_SET)
		return (ipc_mqueue_receive_pset(th, ipc_object_pset(object),
		    done));

	port = ipc_object_port(object);
	ip_lock(port);
	if (!ip_active(port) || port->ip_receiver != th->th_msg.space) {
		th->th_saved.rcv.mr = ip_active(port) ? MACH_RCV_PORT_CHANGED :
		    MACH_RCV_PORT_DIED;
		ip_unlock(port);
		return (done(th, th->th_saved.rcv.mr));
	}
	if (TAILQ_EMPTY(&port->ip_messages))
		return (ipc_mqueue_receive_wait(th, &port->ip_receivers,
		    done));
	ipc_mqueue_take_unlock(th, port, NULL);
	return (done(th, th->th_saved.rcv.mr));
}
