/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kvd, the demo's service: keeps values and port rights under keys.
 *
 * launchd starts it when somebody looks its name up.  A client may open a
 * session: a port that kvd receives on and the client holds the only send
 * right of, so that the client's death, however it comes, reaches kvd as a
 * no-senders notification.  The service port, the session ports and a private
 * port for notifications are members of one port set; notifications are
 * believed only on the private port, to which nobody else has a right.
 */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/audit_token.h>
#include <servers/bootstrap.h>

#include "kv.h"

#define	ENTRIES		64
#define	SESSIONS	64
#define	VALUE_MAX	(64U * 1024 * 1024)

struct entry {
	char		 key[KV_KEY_MAX];
	void		*value;
	size_t		 size;
	mach_port_t	 right;
};

struct session {
	mach_port_t	port;	/* our receive right */
	pid_t		pid;
};

static struct entry entries[ENTRIES];
static struct session sessions[SESSIONS];
static mach_port_t everything;	/* the port set */
static mach_port_t waiting = MACH_PORT_NULL;	/* who asked WAIT_CLOSED */
static pid_t closed_pid;	/* the session that ended last */
static uint64_t started;
static const char *me = "kvd";

static mach_port_t
new_port(void)
{
	mach_port_t port;

	kv_check(me, "port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &port));
	kv_check(me, "set", mach_port_move_member(mach_task_self(), port,
	    everything));
	return (port);
}

static struct entry *
find(const char *key, bool create)
{
	struct entry *e, *empty;

	empty = NULL;
	for (e = entries; e < entries + ENTRIES; e++) {
		if (e->key[0] != '\0' && strcmp(e->key, key) == 0)
			return (e);
		if (e->key[0] == '\0' && empty == NULL)
			empty = e;
	}
	if (!create || empty == NULL)
		return (NULL);
	snprintf(empty->key, sizeof(empty->key), "%s", key);
	return (empty);
}

static void
reply_init(struct kv_reply *r, const struct kv_request *req)
{

	memset(r, 0, sizeof(*r));
	r->hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	r->hdr.msgh_size = sizeof(*r);
	r->hdr.msgh_remote_port = req->hdr.msgh_remote_port;
	r->hdr.msgh_id = KV_REPLY(req->hdr.msgh_id);
	r->body.msgh_descriptor_count = 2;
	r->value.copy = MACH_MSG_VIRTUAL_COPY;
	r->value.type = MACH_MSG_OOL_DESCRIPTOR;
	r->right.disposition = MACH_MSG_TYPE_COPY_SEND;
	r->right.type = MACH_MSG_PORT_DESCRIPTOR;
	r->pid = getpid();
	r->time = started;
}

static void
reply_send(struct kv_reply *r)
{
	mach_msg_return_t mr;

	/* A reply right never blocks; who has gone meanwhile is no error. */
	mr = mach_msg(&r->hdr, MACH_SEND_MSG, sizeof(*r), 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL);
	if (mr != MACH_MSG_SUCCESS)
		mach_msg_destroy(&r->hdr);
}

/* Tell whoever waits that a session has ended. */
static void
tell_closed(void)
{
	struct kv_request req;
	struct kv_reply r;

	if (waiting == MACH_PORT_NULL || closed_pid == 0)
		return;
	memset(&req, 0, sizeof(req));
	req.hdr.msgh_remote_port = waiting;
	req.hdr.msgh_id = KV_WAIT_CLOSED;
	reply_init(&r, &req);
	r.pid = closed_pid;
	reply_send(&r);
	waiting = MACH_PORT_NULL;
	closed_pid = 0;
}

static int
session_open(pid_t pid, mach_port_t notify, struct kv_reply *r)
{
	struct session *s;
	mach_port_t previous;

	for (s = sessions; s < sessions + SESSIONS; s++) {
		if (s->port == MACH_PORT_NULL)
			break;
	}
	if (s == sessions + SESSIONS)
		return (KV_BAD);
	s->port = new_port();
	s->pid = pid;
	/* The right made for the reply is the first and only one: sync 1. */
	kv_check(me, "no-senders", mach_port_request_notification(
	    mach_task_self(), s->port, MACH_NOTIFY_NO_SENDERS, 1, notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous));
	/* So that we know which session a notification is for. */
	r->right.name = s->port;
	r->right.disposition = MACH_MSG_TYPE_MAKE_SEND;
	return (KV_OK);
}

/* The session whose port has lost its last sender. */
static void
sessions_reap(void)
{
	mach_port_status_t st;
	mach_msg_type_number_t n;
	struct session *s;

	for (s = sessions; s < sessions + SESSIONS; s++) {
		if (s->port == MACH_PORT_NULL)
			continue;
		n = MACH_PORT_RECEIVE_STATUS_COUNT;
		kv_check(me, "status", mach_port_get_attributes(
		    mach_task_self(), s->port, MACH_PORT_RECEIVE_STATUS,
		    (mach_port_info_t)&st, &n));
		if (st.mps_srights || st.mps_nsrequest)
			continue;
		kv_say(me, "no senders: the client %d has gone; "
		    "its session is closed", (int)s->pid);
		kv_check(me, "destroy", mach_port_mod_refs(mach_task_self(),
		    s->port, MACH_PORT_RIGHT_RECEIVE, -1));
		s->port = MACH_PORT_NULL;
		closed_pid = s->pid;
	}
	tell_closed();
}

static bool
well_formed(const struct kv_request *req)
{

	return (req->hdr.msgh_size == sizeof(*req) &&
	    (req->hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
	    req->body.msgh_descriptor_count == 2 &&
	    req->value.type == MACH_MSG_OOL_DESCRIPTOR &&
	    req->right.type == MACH_MSG_PORT_DESCRIPTOR &&
	    memchr(req->key, '\0', sizeof(req->key)) != NULL &&
	    req->value.size <= VALUE_MAX);
}

/* Takes what it keeps out of the request, so that it is not destroyed. */
static void
serve(struct kv_request *req, pid_t pid, mach_port_t notify)
{
	struct kv_reply r;
	struct entry *e;

	reply_init(&r, req);
	switch (req->hdr.msgh_id) {
	case KV_PUT:
		e = find(req->key, true);
		if (e == NULL || req->key[0] == '\0') {
			r.code = KV_BAD;
			break;
		}
		if (e->size > 0)
			vm_deallocate(mach_task_self(), (vm_address_t)e->value,
			    e->size);
		e->value = req->value.address;
		e->size = req->value.size;
		req->value.address = NULL;
		req->value.size = 0;
		kv_say(me, "keeps %zu bytes as \"%s\" for %d", e->size, e->key,
		    (int)pid);
		break;
	case KV_GET:
		e = find(req->key, false);
		if (e == NULL) {
			r.code = KV_NO_KEY;
			break;
		}
		r.value.address = e->value;
		r.value.size = (mach_msg_size_t)e->size;
		break;
	case KV_PUT_RIGHT:
		e = find(req->key, true);
		if (e == NULL || req->key[0] == '\0' ||
		    req->right.disposition != MACH_MSG_TYPE_PORT_SEND ||
		    !MACH_PORT_VALID(req->right.name)) {
			r.code = KV_BAD;
			break;
		}
		if (e->right != MACH_PORT_NULL)
			mach_port_deallocate(mach_task_self(), e->right);
		e->right = req->right.name;
		req->right.name = MACH_PORT_NULL;
		kv_say(me, "keeps a send right as \"%s\" for %d", e->key,
		    (int)pid);
		break;
	case KV_GET_RIGHT:
		e = find(req->key, false);
		if (e == NULL || e->right == MACH_PORT_NULL) {
			r.code = KV_NO_KEY;
			break;
		}
		r.right.name = e->right;
		break;
	case KV_OPEN:
		r.code = session_open(pid, notify, &r);
		break;
	case KV_WAIT_CLOSED:
		/* Answered when a session has ended. */
		if (waiting != MACH_PORT_NULL)
			mach_port_deallocate(mach_task_self(), waiting);
		waiting = req->hdr.msgh_remote_port;
		req->hdr.msgh_remote_port = MACH_PORT_NULL;
		tell_closed();
		return;
	case KV_STATUS:
		break;
	default:
		r.code = KV_BAD;
		break;
	}
	req->hdr.msgh_remote_port = MACH_PORT_NULL;	/* the reply has it */
	reply_send(&r);
}

int
main(void)
{
	struct kv_request_in in;
	mach_port_t notify, service;
	mach_msg_return_t mr;
	pid_t pid;

	started = kv_now();
	kv_check(me, "port set", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_PORT_SET, &everything));
	kv_check(me, "check in", bootstrap_check_in(bootstrap_port, KV_SERVICE,
	    &service));
	kv_check(me, "set", mach_port_move_member(mach_task_self(), service,
	    everything));
	notify = new_port();
	kv_say(me, "started on demand by %d, has checked in %s",
	    (int)getppid(), KV_SERVICE);
	for (;;) {
		mr = mach_msg(&in.req.hdr, MACH_RCV_MSG |
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0,
		    sizeof(in), everything, 0, MACH_PORT_NULL);
		if (mr == MACH_RCV_TOO_LARGE)
			continue;	/* nothing of ours; it is gone */
		kv_check(me, "receive", mr);
		if (in.req.hdr.msgh_local_port == notify) {
			if (in.req.hdr.msgh_id == MACH_NOTIFY_NO_SENDERS)
				sessions_reap();
			mach_msg_destroy(&in.req.hdr);
			continue;
		}
		if (in.req.hdr.msgh_local_port == service &&
		    well_formed(&in.req)) {
			pid = audit_token_to_pid(in.trailer.msgh_audit);
			serve(&in.req, pid, notify);
		}
		mach_msg_destroy(&in.req.hdr);
	}
}
