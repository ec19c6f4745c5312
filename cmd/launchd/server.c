/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The messages to our own ports: requests and notifications.
 *
 * A message is believed for what the kernel says of its sender: a notification
 * must come from the kernel itself, and a request speaks for the process in its
 * audit token.
 *
 * Rights in a request follow mig's rule: a request that succeeds has used them
 * up, one that fails leaves them to be destroyed here, once.  No answer waits
 * for a client.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mig.h>
#include <mach/notify.h>
#include <servers/bootstrap_priv.h>

#include "lib/libmach/bootstrap_protocol.h"
#include "launchd.h"

#define	FAILURES_MAX	50		/* receives in a row; then give up */

struct request {
	union {
		mach_msg_header_t		 head;
		mach_msg_base_t			 base;
		struct bootstrap_name_request	 name;
		struct bootstrap_look_up_request look_up;
		struct bootstrap_register_request reg;
		mach_dead_name_notification_t	 dead_name;
		mach_port_destroyed_notification_t destroyed;
		char				 room[1024];
	} u;
	pid_t	r_pid;			/* of the sender; 0: the kernel */
	uid_t	r_euid;
};

static unsigned failures;

/*
 * Answers.
 */

/*
 * Send a reply, whose size is set, to whom the request asks.  False: it did
 * not go, and what its header holds is released.
 */
static bool
answer(struct request *r, mach_msg_header_t *reply, bool complex)
{
	mach_msg_return_t mr;
	mach_port_t to;

	to = r->u.head.msgh_remote_port;
	if (!MACH_PORT_VALID(to))
		return (false);
	r->u.head.msgh_remote_port = MACH_PORT_NULL;
	reply->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_REMOTE(r->u.head.msgh_bits), 0) |
	    (complex ? MACH_MSGH_BITS_COMPLEX : 0);
	reply->msgh_remote_port = to;
	reply->msgh_local_port = MACH_PORT_NULL;
	reply->msgh_voucher_port = MACH_PORT_NULL;
	reply->msgh_id = r->u.head.msgh_id + BOOTSTRAP_REPLY_OFFSET;
	mr = mach_msg(reply, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    reply->msgh_size, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		return (true);
	log_line(LOG_DEBUG, NULL, r->r_pid, "answer %d not delivered: %s",
	    reply->msgh_id, mach_error_string(mr));
	/* Of the header alone: the caller knows what the body holds. */
	(void)mach_port_deallocate(mach_task_self(), reply->msgh_remote_port);
	return (false);
}

static void
answer_code(struct request *r, kern_return_t code)
{
	mig_reply_error_t reply;

	memset(&reply, 0, sizeof(reply));
	reply.Head.msgh_size = sizeof(reply);
	reply.NDR = NDR_record;
	reply.RetCode = code;
	(void)answer(r, &reply.Head, false);
}

static bool
answer_port(struct request *r, mach_port_t port, mach_msg_type_name_t how)
{
	struct bootstrap_port_reply reply;

	memset(&reply, 0, sizeof(reply));
	reply.head.msgh_size = sizeof(reply);
	reply.body.msgh_descriptor_count = 1;
	reply.port.name = port;
	reply.port.disposition = how;
	reply.port.type = MACH_MSG_PORT_DESCRIPTOR;
	return (answer(r, &reply.head, true));
}

/*
 * Requests.  Each returns the code to answer with, or MIG_NO_REPLY when it has
 * answered.
 */

/* A name of at least a byte that ends, with nothing after its end. */
static bool
name_sound(const char *name)
{
	size_t i;

	i = strnlen(name, BOOTSTRAP_NAME_SIZE);
	if (i == 0 || i == BOOTSTRAP_NAME_SIZE)
		return (false);
	for (; i < BOOTSTRAP_NAME_SIZE; i++)
		if (name[i] != '\0')
			return (false);
	return (true);
}

static bool
simple(const struct request *r, size_t size)
{

	return ((r->u.head.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0 &&
	    r->u.head.msgh_size == size);
}

static void
log_refusal(const struct request *r, const char *what, const char *name)
{
	const struct job *job;

	job = job_by_pid(r->r_pid);
	log_client(job != NULL ? job_label(job) : NULL, r->r_pid, "refused: %s "
	    "of %s (uid %lu)", what, name, (unsigned long)r->r_euid);
}

static kern_return_t
do_check_in(struct request *r)
{
	const char *name;
	struct service *s;
	kern_return_t kr;

	if (!simple(r, sizeof(r->u.name)))
		return (MIG_BAD_ARGUMENTS);
	name = r->u.name.name;
	if (!name_sound(name))
		return (BOOTSTRAP_BAD_COUNT);
	s = service_find(name);
	if (s == NULL)
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	if (s->s_job == NULL || job_by_pid(r->r_pid) != s->s_job) {
		log_refusal(r, "check-in", name);
		return (BOOTSTRAP_NOT_PRIVILEGED);
	}
	if (service_active(s))
		return (BOOTSTRAP_SERVICE_ACTIVE);
	kr = service_lend(s);
	if (kr != KERN_SUCCESS)
		return (kr);
	service_lent(s, answer_port(r, s->s_port, MACH_MSG_TYPE_MOVE_RECEIVE));
	log_line(LOG_DEBUG, job_label(s->s_job), r->r_pid, "checked in %s",
	    name);
	return (MIG_NO_REPLY);
}

static kern_return_t
do_look_up(struct request *r)
{
	const char *name;
	struct service *s;
	mach_port_t port;

	if (!simple(r, sizeof(r->u.look_up)))
		return (MIG_BAD_ARGUMENTS);
	name = r->u.look_up.name;
	if (!name_sound(name))
		return (BOOTSTRAP_BAD_COUNT);
	s = shutting_down ? NULL : service_find(name);
	/* There are no names of one process. */
	if (s == NULL || (r->u.look_up.flags & BOOTSTRAP_PER_PID_SERVICE) != 0)
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	if (r->u.look_up.target_pid != 0 &&
	    r->u.look_up.target_pid != service_pid(s))
		return (BOOTSTRAP_NOT_PRIVILEGED);
	port = service_port(s);
	if (port == MACH_PORT_NULL)
		return (BOOTSTRAP_NO_MEMORY);
	(void)answer_port(r, port, MACH_MSG_TYPE_COPY_SEND);
	if (s->s_job != NULL)
		job_demand(s->s_job, name);
	return (MIG_NO_REPLY);
}

static kern_return_t
do_register(struct request *r)
{
	const struct bootstrap_register_request *q;
	struct service *s;
	kern_return_t kr;

	q = &r->u.reg;
	if ((q->head.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0 ||
	    q->head.msgh_size != sizeof(*q) ||
	    q->body.msgh_descriptor_count != 1 ||
	    q->port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    (MACH_PORT_VALID(q->port.name) &&
	    q->port.disposition != MACH_MSG_TYPE_MOVE_SEND))
		return (MIG_BAD_ARGUMENTS);
	if (!name_sound(q->name))
		return (BOOTSTRAP_BAD_COUNT);
	if ((q->flags & BOOTSTRAP_PER_PID_SERVICE) != 0)
		return (BOOTSTRAP_NOT_PRIVILEGED);
	/* It died on its way. */
	if (q->port.name == MACH_PORT_DEAD)
		return (KERN_INVALID_RIGHT);
	if (q->port.name == MACH_PORT_NULL) {
		s = service_find(q->name);
		kr = s == NULL ? BOOTSTRAP_UNKNOWN_SERVICE :
		    service_unregister(s, r->r_pid);
	} else
		kr = service_register(q->name, job_by_pid(r->r_pid),
		    q->port.name, r->r_pid);
	if (kr == BOOTSTRAP_NOT_PRIVILEGED || kr == BOOTSTRAP_NAME_IN_USE)
		log_refusal(r, "registration", q->name);
	return (kr);
}

static kern_return_t
do_parent(struct request *r)
{

	if (!simple(r, sizeof(r->u.head)))
		return (MIG_BAD_ARGUMENTS);
	if (r->r_euid != 0 && r->r_euid != geteuid())
		return (BOOTSTRAP_NOT_PRIVILEGED);
	/* There is one namespace; its parent is itself. */
	(void)answer_port(r, server_port, MACH_MSG_TYPE_COPY_SEND);
	return (MIG_NO_REPLY);
}

static bootstrap_status_t
status_of(const struct service *s)
{

	if (service_active(s))
		return (BOOTSTRAP_STATUS_ACTIVE);
	return (s->s_job != NULL ? BOOTSTRAP_STATUS_ON_DEMAND :
	    BOOTSTRAP_STATUS_INACTIVE);
}

static kern_return_t
do_status(struct request *r)
{
	struct bootstrap_status_reply reply;
	const struct service *s;

	if (!simple(r, sizeof(r->u.name)))
		return (MIG_BAD_ARGUMENTS);
	if (!name_sound(r->u.name.name))
		return (BOOTSTRAP_BAD_COUNT);
	s = service_find(r->u.name.name);
	if (s == NULL)
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	memset(&reply, 0, sizeof(reply));
	reply.head.msgh_size = sizeof(reply);
	reply.ndr = NDR_record;
	reply.status = status_of(s);
	(void)answer(r, &reply.head, false);
	return (MIG_NO_REPLY);
}

struct listing {
	char		  (*names)[BOOTSTRAP_NAME_SIZE];
	char		  (*jobs)[BOOTSTRAP_NAME_SIZE];
	bootstrap_status_t *active;
	size_t		    n;
};

static void
list_one(struct service *s, void *arg)
{
	struct listing *l;

	l = arg;
	(void)mig_strncpy(l->names[l->n], s->s_name, BOOTSTRAP_NAME_SIZE);
	if (s->s_job != NULL)
		(void)mig_strncpy(l->jobs[l->n], job_label(s->s_job),
		    BOOTSTRAP_NAME_SIZE);
	l->active[l->n] = status_of(s);
	l->n++;
}

static void
describe_memory(mach_msg_ool_descriptor_t *d, void *address, size_t size)
{

	d->address = size == 0 ? NULL : address;
	d->size = (mach_msg_size_t)size;
	d->copy = MACH_MSG_PHYSICAL_COPY;
	d->type = MACH_MSG_OOL_DESCRIPTOR;
}

static kern_return_t
do_info(struct request *r)
{
	struct bootstrap_info_reply reply;
	struct listing l;
	kern_return_t kr;
	size_t n;

	if (!simple(r, sizeof(r->u.head)))
		return (MIG_BAD_ARGUMENTS);
	n = service_count();
	l.names = calloc(n + 1, sizeof(*l.names));
	l.jobs = calloc(n + 1, sizeof(*l.jobs));
	l.active = calloc(n + 1, sizeof(*l.active));
	l.n = 0;
	kr = BOOTSTRAP_NO_MEMORY;
	if (l.names != NULL && l.jobs != NULL && l.active != NULL) {
		service_each(list_one, &l);
		memset(&reply, 0, sizeof(reply));
		reply.head.msgh_size = sizeof(reply);
		reply.body.msgh_descriptor_count = 3;
		describe_memory(&reply.names, l.names, n * sizeof(*l.names));
		describe_memory(&reply.jobs, l.jobs, n * sizeof(*l.jobs));
		describe_memory(&reply.active, l.active,
		    n * sizeof(*l.active));
		reply.ndr = NDR_record;
		reply.names_count = reply.jobs_count = reply.active_count =
		    (uint32_t)n;
		(void)answer(r, &reply.head, true);
		kr = MIG_NO_REPLY;
	}
	free(l.names);
	free(l.jobs);
	free(l.active);
	return (kr);
}

static kern_return_t
carry_out(struct request *r)
{

	switch (r->u.head.msgh_id) {
	case BOOTSTRAP_ROUTINE_CHECK_IN:
		return (do_check_in(r));
	case BOOTSTRAP_ROUTINE_REGISTER:
		return (do_register(r));
	case BOOTSTRAP_ROUTINE_LOOK_UP:
		return (do_look_up(r));
	case BOOTSTRAP_ROUTINE_PARENT:
		return (do_parent(r));
	case BOOTSTRAP_ROUTINE_STATUS:
		return (do_status(r));
	case BOOTSTRAP_ROUTINE_INFO:
		return (do_info(r));
	default:
		return (MIG_BAD_ID);
	}
}

static void
serve(struct request *r)
{
	kern_return_t kr;

	/* The kernel asks nothing of us: a stray notification. */
	if (r->r_pid == 0) {
		mach_msg_destroy(&r->u.head);
		return;
	}
	kr = carry_out(r);
	if (kr != MIG_NO_REPLY)
		answer_code(r, kr);
	if (kr != KERN_SUCCESS)
		mach_msg_destroy(&r->u.head);
	else if (MACH_PORT_VALID(r->u.head.msgh_remote_port)) {
		/* Not answered, and its body is used up. */
		r->u.head.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
		mach_msg_destroy(&r->u.head);
	}
}

/*
 * Notifications.
 */

static void
notified(struct request *r)
{
	const mach_msg_header_t *head;

	head = &r->u.head;
	if (r->r_pid != 0) {
		log_client(NULL, r->r_pid, "forged notification %d dropped",
		    head->msgh_id);
		mach_msg_destroy(&r->u.head);
		return;
	}
	switch (head->msgh_id) {
	case MACH_NOTIFY_PORT_DESTROYED:
		if ((head->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
		    MACH_PORT_VALID(r->u.destroyed.not_port.name))
			service_port_returned(r->u.destroyed.not_port.name);
		break;
	case MACH_NOTIFY_DEAD_NAME:
		service_port_died(r->u.dead_name.not_port);
		break;
	default:
		/* Requests that we replaced or whose name we deleted. */
		break;
	}
}

/*
 * Receiving.
 */

/* What the kernel says of the sender. */
static bool
identify(struct request *r)
{
	const mach_msg_audit_trailer_t *t;

	t = (const mach_msg_audit_trailer_t *)(const void *)(r->u.room +
	    round_msg(r->u.head.msgh_size));
	if (t->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    t->msgh_trailer_size < sizeof(*t))
		return (false);
	r->r_pid = audit_token_to_pid(t->msgh_audit);
	r->r_euid = audit_token_to_euid(t->msgh_audit);
	return (true);
}

/*
 * A receive that fails for no fault of a message may fail again at once: wait
 * a little, look after the children, which need no message, and end in order
 * when it does not get better.
 */
void
server_failed(mach_msg_return_t mr)
{
	const struct timespec ts = { .tv_nsec = 100 * 1000 * 1000 };

	if (failures++ == 0)
		log_line(LOG_ERROR, NULL, 0, "cannot receive: %s (0x%x)",
		    mach_error_string(mr), (unsigned)mr);
	(void)nanosleep(&ts, NULL);
	jobs_reap();
	if (failures == FAILURES_MAX && getpid() != 1) {
		shutdown_status(1 << 8);
		shutdown_begin("the Mach kernel does not answer");
	}
}

/* Returns false when none waits any more. */
static bool
receive_one(void)
{
	struct request r;
	mach_msg_return_t mr;

	mr = mach_msg(&r.u.head, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0, sizeof(r.u),
	    port_set, 0, MACH_PORT_NULL);
	switch (mr) {
	case MACH_MSG_SUCCESS:
		break;
	case MACH_RCV_TIMED_OUT:
		failures = 0;
		return (false);
	case MACH_RCV_TOO_LARGE:
		/* Nothing we know is that large; the kernel destroyed it. */
		failures = 0;
		log_client(NULL, 0, "message too large, dropped");
		return (true);
	default:
		server_failed(mr);
		return (false);
	}
	failures = 0;
	if (!identify(&r)) {
		log_line(LOG_ERROR, NULL, 0, "message without a trailer");
		mach_msg_destroy(&r.u.head);
	} else if (r.u.head.msgh_local_port == notify_port)
		notified(&r);
	else
		serve(&r);
	return (true);
}

/* One is enough: the set stays ready while others wait. */
void
server_ready(void)
{

	(void)receive_one();
}
