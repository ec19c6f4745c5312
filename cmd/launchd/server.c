/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The messages to our own ports: requests, whose stubs mig made of
 * bootstrap.defs, and the kernel's notifications.
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mig.h>
#include <mach/notify.h>
#include <servers/bootstrap_priv.h>

#include "gen/bootstrap_server.h"
#include "launchd.h"

#define	FAILURES_MAX	50		/* receives in a row; then give up */
#define	BURST_MAX	64		/* messages before others have a turn */

#define	RECEIVE		(MACH_RCV_MSG | MACH_RCV_TIMEOUT |		\
	MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |		\
	MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT))

struct request {
	union {
		mach_msg_header_t		 head;
		mach_dead_name_notification_t	 dead_name;
		mach_port_destroyed_notification_t destroyed;
		char				 room[1024];
	} u;
	struct caller	r_who;		/* process 0: the kernel */
};

union reply {
	mach_msg_header_t			 head;
	mig_reply_error_t			 error;
	char					 room[512];
};

_Static_assert(sizeof(union __RequestUnion__do_bootstrap_subsystem) +
    sizeof(mach_msg_max_trailer_t) <= sizeof(((struct request *)NULL)->u),
    "requests fit");
_Static_assert(sizeof(union __ReplyUnion__do_bootstrap_subsystem) <=
    sizeof(union reply), "answers fit");

static unsigned failures;
static struct request *current;		/* while it is carried out */
static struct service *lending;		/* its answer moves this one's port */

mach_port_t
server_reply(mach_msg_bits_t *bits)
{

	*bits = MACH_MSGH_BITS_REMOTE(current->u.head.msgh_bits);
	return (current->u.head.msgh_remote_port);
}

mach_port_t
server_take_reply(mach_msg_bits_t *bits)
{
	mach_port_t port;

	port = server_reply(bits);
	current->u.head.msgh_remote_port = MACH_PORT_NULL;
	return (port);
}

/*
 * What all requests begin with.
 */

struct caller
caller_of(audit_token_t token)
{
	struct caller who;

	who.c_pid = audit_token_to_pid(token);
	who.c_euid = audit_token_to_euid(token);
	who.c_egid = audit_token_to_egid(token);
	who.c_jail = (int)audit_token_to_asid(token);
	return (who);
}

/* A name of at least a byte that ends, with nothing after its end. */
static bool
name_sound(const char *name, size_t size)
{
	size_t i;

	i = strnlen(name, size);
	if (i == 0 || i == size)
		return (false);
	for (; i < size; i++)
		if (name[i] != '\0')
			return (false);
	return (true);
}

static void
log_refusal(const struct caller *who, const char *what, const char *name)
{
	const struct job *job;

	job = job_by_pid(who->c_pid);
	log_client(job != NULL ? job_label(job) : NULL, who->c_pid,
	    "refused: %s of %s (uid %lu)", what, name,
	    (unsigned long)who->c_euid);
}

/*
 * The domain a request came to, *full: through its full port.  Never NULL: of
 * the ports in the set those that are no domain's are not served as such.
 */
static struct domain *
domain_of(mach_port_t bp, bool *full)
{

	return (domain_by_port(bp, full));
}

/*
 * Services.
 */

kern_return_t
do_bootstrap_check_in(mach_port_t bp, name_t name, uint64_t flags,
    audit_token_t token, mach_port_t *sp, bootstrap_instance_t instance)
{
	struct caller who = caller_of(token);
	struct domain *d;
	struct service *s;
	kern_return_t kr;
	struct job *job;
	bool full;

	(void)flags;		/* only declared names, strictly or not */
	if (!name_sound(name, sizeof(name_t)))
		return (BOOTSTRAP_BAD_COUNT);
	d = domain_of(bp, &full);
	job = job_by_pid(who.c_pid);
	s = service_find(d, name, 0, false);
	if (s == NULL)
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	if (!full || (s->s_job != NULL ? job != s->s_job :
	    !s->s_created || s->s_uid != who.c_euid)) {
		log_refusal(&who, "check-in", name);
		return (BOOTSTRAP_NOT_PRIVILEGED);
	}
	if (service_active(s))
		return (BOOTSTRAP_SERVICE_ACTIVE);
	kr = service_lend(s, who.c_pid);
	if (kr != KERN_SUCCESS)
		return (kr);
	lending = s;
	*sp = s->s_port;
	/* A job has one instance, the null one. */
	memset(instance, 0, sizeof(bootstrap_instance_t));
	log_line(LOG_DEBUG, job != NULL ? job_label(job) : NULL, who.c_pid,
	    "checked in %s", name);
	return (KERN_SUCCESS);
}

static kern_return_t
look_up(struct domain *d, const char *name, pid_t target_pid, uint64_t flags,
    mach_port_t *sp)
{
	struct service *s;
	mach_port_t port;
	bool per_pid;

	per_pid = (flags & BOOTSTRAP_PER_PID_SERVICE) != 0;
	if (per_pid && target_pid <= 0)
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	s = shutting_down ? NULL : service_find(d, name,
	    per_pid ? target_pid : 0, (flags & BOOTSTRAP_FORCE_LOCAL) != 0);
	if (s == NULL || (s->s_hidden && !service_active(s)))
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	if ((flags & BOOTSTRAP_PRIVILEGED_SERVER) != 0 &&
	    (s->s_domain != system_domain || s->s_job == NULL))
		return (BOOTSTRAP_NOT_PRIVILEGED);
	if (!per_pid && target_pid != 0 && target_pid != service_pid(s))
		return (BOOTSTRAP_NOT_PRIVILEGED);
	port = service_port(s);
	if (port == MACH_PORT_NULL)
		return (BOOTSTRAP_NO_MEMORY);
	*sp = port;
	if (s->s_job != NULL)
		job_demand(s->s_job, name);
	return (KERN_SUCCESS);
}

kern_return_t
do_bootstrap_look_up(mach_port_t bp, name_t name, pid_t target_pid,
    bootstrap_instance_t instance, uint64_t flags, audit_token_t token,
    mach_port_t *sp)
{
	struct caller who = caller_of(token);
	kern_return_t kr;
	unsigned i;
	bool full;

	if (!name_sound(name, sizeof(name_t)))
		return (BOOTSTRAP_BAD_COUNT);
	if ((flags & BOOTSTRAP_SPECIFIC_INSTANCE) != 0)
		for (i = 0; i < sizeof(bootstrap_instance_t); i++)
			if (instance[i] != 0)
				return (BOOTSTRAP_UNKNOWN_SERVICE);
	kr = look_up(domain_of(bp, &full), name, target_pid, flags, sp);
	if (kr == BOOTSTRAP_NOT_PRIVILEGED)
		log_refusal(&who, "look-up", name);
	return (kr);
}

kern_return_t
do_bootstrap_look_up_per_user(mach_port_t bp, name_t name, uid_t uid,
    audit_token_t token, mach_port_t *sp)
{
	struct caller who = caller_of(token);
	struct domain *d;
	bool full;

	if (!name_sound(name, sizeof(name_t)))
		return (BOOTSTRAP_BAD_COUNT);
	d = domain_of(bp, &full);
	if (!full || caller_foreign(&who, system_domain) ||
	    (uid != who.c_euid && who.c_euid != 0)) {
		log_refusal(&who, "another user's look-up", name);
		return (BOOTSTRAP_NOT_PRIVILEGED);
	}
	d = domain_of_user(uid, false);
	return (look_up(d != NULL ? d : system_domain, name, 0, 0, sp));
}

kern_return_t
do_bootstrap_register(mach_port_t bp, name_t name, mach_port_t sp,
    uint64_t flags, audit_token_t token)
{
	struct caller who = caller_of(token);
	struct service *s;
	struct domain *d;
	kern_return_t kr;
	bool full, per_pid;

	if (!name_sound(name, sizeof(name_t)))
		return (BOOTSTRAP_BAD_COUNT);
	/* It died on its way. */
	if (sp == MACH_PORT_DEAD)
		return (KERN_INVALID_RIGHT);
	d = domain_of(bp, &full);
	per_pid = (flags & BOOTSTRAP_PER_PID_SERVICE) != 0;
	if (!full || shutting_down)
		kr = BOOTSTRAP_NOT_PRIVILEGED;
	else if (sp == MACH_PORT_NULL) {
		s = service_find(d, name, per_pid ? who.c_pid : 0, true);
		kr = s == NULL ? BOOTSTRAP_UNKNOWN_SERVICE :
		    service_unregister(s, who.c_pid);
	} else
		kr = service_register(d, name, job_by_pid(who.c_pid), sp, &who,
		    per_pid);
	if (kr == KERN_SUCCESS)
		log_client_notice(NULL, who.c_pid, "%s %s in %s (uid %lu)",
		    sp == MACH_PORT_NULL ? "took back" : "registered", name,
		    d->d_name, (unsigned long)who.c_euid);
	if (kr == BOOTSTRAP_NOT_PRIVILEGED || kr == BOOTSTRAP_NAME_IN_USE)
		log_refusal(&who, "registration", name);
	return (kr);
}

kern_return_t
do_bootstrap_create_service(mach_port_t bp, name_t name, uint64_t flags,
    audit_token_t token, mach_port_t *sp)
{
	struct caller who = caller_of(token);
	struct service *s;
	struct domain *d;
	kern_return_t kr;
	bool full;

	(void)flags;
	if (!name_sound(name, sizeof(name_t)))
		return (BOOTSTRAP_BAD_COUNT);
	d = domain_of(bp, &full);
	if (!full || shutting_down)
		kr = BOOTSTRAP_NOT_PRIVILEGED;
	else if (d->d_kind == DOMAIN_SERVER && d->d_job != NULL &&
	    (d->d_uid == who.c_euid || caller_super(&who)))
		kr = service_create(d->d_parent, d->d_job, name, who.c_euid,
		    &s);
	else if (allow_register || domain_owns(d, &who))
		kr = service_create(d, NULL, name, who.c_euid, &s);
	else
		kr = BOOTSTRAP_NOT_PRIVILEGED;
	if (kr == KERN_SUCCESS)
		*sp = s->s_port;
	else if (kr == BOOTSTRAP_NOT_PRIVILEGED)
		log_refusal(&who, "creation", name);
	return (kr);
}

kern_return_t
do_bootstrap_status(mach_port_t bp, name_t name, audit_token_t token,
    bootstrap_status_t *status)
{
	struct service *s;
	bool full;

	(void)token;
	if (!name_sound(name, sizeof(name_t)))
		return (BOOTSTRAP_BAD_COUNT);
	s = service_find(domain_of(bp, &full), name, 0, false);
	if (s == NULL)
		return (BOOTSTRAP_UNKNOWN_SERVICE);
	*status = service_status(s);
	return (KERN_SUCCESS);
}

/*
 * Domains.
 */

kern_return_t
do_bootstrap_parent(mach_port_t bp, audit_token_t token, mach_port_t *parent)
{
	struct caller who = caller_of(token);
	struct domain *d;
	bool full;

	d = domain_of(bp, &full);
	if (!caller_super(&who))
		return (BOOTSTRAP_NOT_PRIVILEGED);
	*parent = d->d_parent != NULL ? d->d_parent->d_port : d->d_port;
	return (KERN_SUCCESS);
}

kern_return_t
do_bootstrap_get_root(mach_port_t bp, audit_token_t token, mach_port_t *root)
{
	struct caller who = caller_of(token);

	(void)bp;
	if (!caller_super(&who))
		return (BOOTSTRAP_NOT_PRIVILEGED);
	*root = system_domain->d_port;
	return (KERN_SUCCESS);
}

kern_return_t
do_bootstrap_unprivileged(mach_port_t bp, audit_token_t token,
    mach_port_t *port)
{
	struct domain *d;
	bool full;

	(void)token;
	d = domain_of(bp, &full);
	*port = full ? domain_unprivileged(d) : bp;
	return (*port != MACH_PORT_NULL ? KERN_SUCCESS : BOOTSTRAP_NO_MEMORY);
}

kern_return_t
do_bootstrap_subset(mach_port_t bp, mach_port_t requestor,
    audit_token_t token, mach_port_t *subset)
{
	struct caller who = caller_of(token);
	struct domain *d, *made;
	kern_return_t kr;
	bool full;

	d = domain_of(bp, &full);
	if (!full || shutting_down)
		return (BOOTSTRAP_NOT_PRIVILEGED);
	if (!MACH_PORT_VALID(requestor))
		return (KERN_INVALID_RIGHT);
	kr = domain_subset(d, DOMAIN_SUBSET, &who, requestor, &made);
	if (kr == KERN_SUCCESS)
		*subset = made->d_port;
	return (kr);
}

/* A command's words, split at blanks: there is no quoting. */
static struct job_config *
command_config(char *command, bool on_demand)
{
	char *argv[64], *last, label[64], *word;
	struct job_config *config;
	unsigned n;

	n = 0;
	for (word = strtok_r(command, " \t", &last); word != NULL &&
	    n < 63; word = strtok_r(NULL, " \t", &last))
		argv[n++] = word;
	argv[n] = NULL;
	if (n == 0 || word != NULL)
		return (NULL);
	(void)snprintf(label, sizeof(label), "server.%u", ++serials.servers);
	config = job_config_command(label, argv);
	if (config != NULL) {
		config->run_at_load = false;
		config->keep_alive = on_demand ? KEEP_ALIVE_NEVER :
		    KEEP_ALIVE_ALWAYS;
	}
	return (config);
}

kern_return_t
do_bootstrap_create_server(mach_port_t bp, cmd_t command, uid_t uid,
    boolean_t on_demand, audit_token_t token, mach_port_t *server_port)
{
	struct caller who = caller_of(token);
	struct job_config *config;
	struct plist_error error;
	struct domain *d, *made;
	struct job *job;
	bool full;

	if (!name_sound(command, sizeof(cmd_t)))
		return (BOOTSTRAP_BAD_COUNT);
	d = domain_of(bp, &full);
	if (d->d_kind == DOMAIN_SERVER)
		d = d->d_parent;
	if (!full || shutting_down || !domain_controls(d, &who) ||
	    (who.c_euid != 0 && uid != who.c_euid)) {
		log_refusal(&who, "creation of a server", command);
		return (BOOTSTRAP_NOT_PRIVILEGED);
	}
	config = command_config(command, on_demand);
	if (config == NULL)
		return (BOOTSTRAP_BAD_COUNT);
	made = domain_new(d, DOMAIN_SERVER, uid, NULL);
	job = made == NULL ? NULL : job_add(d, config, NULL, false, &error);
	job_config_free(config);
	if (job == NULL) {
		if (made != NULL)
			domain_end(made);
		return (BOOTSTRAP_NO_MEMORY);
	}
	job->j_server = made;
	made->d_job = job;
	job_launch(job);
	*server_port = made->d_port;
	return (KERN_SUCCESS);
}

/*
 * Lists, in memory that the answer moves away.
 */

static void *
list_alloc(size_t n, size_t size)
{
	vm_address_t address;

	address = 0;
	mig_allocate(&address, (n == 0 ? 1 : n) * size);
	if (address != 0)
		memset((void *)address, 0, (n == 0 ? 1 : n) * size);
	return ((void *)address);
}

static void
list_free(void *list, size_t n, size_t size)
{

	if (list != NULL)
		mig_deallocate((vm_address_t)list, (n == 0 ? 1 : n) * size);
}

static size_t
count_services(const struct domain *d, bool local)
{
	const struct service *s;
	size_t n;

	n = 0;
	for (; d != NULL; d = local ? NULL : d->d_parent)
		LIST_FOREACH(s, &d->d_services, s_domain_link)
			n++;
	return (n);
}

kern_return_t
do_bootstrap_info(mach_port_t bp, uint64_t flags, audit_token_t token,
    name_array_t *names, mach_msg_type_number_t *namesCnt, name_array_t *jobs_,
    mach_msg_type_number_t *jobsCnt, bootstrap_status_array_t *active,
    mach_msg_type_number_t *activeCnt)
{
	const struct service *s;
	struct domain *d;
	size_t i, n;
	bool full, local;

	(void)token;
	d = domain_of(bp, &full);
	local = (flags & BOOTSTRAP_FORCE_LOCAL) != 0;
	n = count_services(d, local);
	*names = list_alloc(n, sizeof(name_t));
	*jobs_ = list_alloc(n, sizeof(name_t));
	*active = list_alloc(n, sizeof(bootstrap_status_t));
	if (*names == NULL || *jobs_ == NULL || *active == NULL) {
		list_free(*names, n, sizeof(name_t));
		list_free(*jobs_, n, sizeof(name_t));
		list_free(*active, n, sizeof(bootstrap_status_t));
		return (BOOTSTRAP_NO_MEMORY);
	}
	for (i = 0; d != NULL; d = local ? NULL : d->d_parent)
		LIST_FOREACH(s, &d->d_services, s_domain_link) {
			(void)mig_strncpy((*names)[i], s->s_name,
			    sizeof(name_t));
			if (s->s_job != NULL)
				(void)mig_strncpy((*jobs_)[i],
				    job_label(s->s_job), sizeof(name_t));
			(*active)[i++] = service_status(s);
		}
	*namesCnt = *jobsCnt = *activeCnt = (mach_msg_type_number_t)n;
	return (KERN_SUCCESS);
}

static bootstrap_property_t
properties_of(const struct domain *d)
{

	switch (d->d_kind) {
	case DOMAIN_USER:
		return (BOOTSTRAP_PROPERTY_PERUSER);
	case DOMAIN_SUBSET:
		return (BOOTSTRAP_PROPERTY_EXPLICITSUBSET);
	default:
		return (BOOTSTRAP_PROPERTY_IMPLICITSUBSET);
	}
}

kern_return_t
do_bootstrap_lookup_children(mach_port_t bp, audit_token_t token,
    mach_port_array_t *children, mach_msg_type_number_t *childrenCnt,
    name_array_t *names, mach_msg_type_number_t *namesCnt,
    bootstrap_property_array_t *properties,
    mach_msg_type_number_t *propertiesCnt)
{
	struct caller who = caller_of(token);
	const struct domain *child;
	struct domain *d;
	size_t i, n;
	bool full;

	d = domain_of(bp, &full);
	if (!caller_super(&who))
		return (BOOTSTRAP_NOT_PRIVILEGED);
	n = 0;
	LIST_FOREACH(child, &d->d_children, d_link)
		n++;
	if (n == 0)
		return (BOOTSTRAP_NO_CHILDREN);
	*children = list_alloc(n, sizeof(mach_port_t));
	*names = list_alloc(n, sizeof(name_t));
	*properties = list_alloc(n, sizeof(bootstrap_property_t));
	if (*children == NULL || *names == NULL || *properties == NULL) {
		list_free(*children, n, sizeof(mach_port_t));
		list_free(*names, n, sizeof(name_t));
		list_free(*properties, n, sizeof(bootstrap_property_t));
		return (BOOTSTRAP_NO_MEMORY);
	}
	i = 0;
	LIST_FOREACH(child, &d->d_children, d_link) {
		(*children)[i] = child->d_port;
		(void)mig_strncpy((*names)[i], child->d_name, sizeof(name_t));
		(*properties)[i++] = properties_of(child);
	}
	*childrenCnt = *namesCnt = *propertiesCnt = (mach_msg_type_number_t)n;
	return (KERN_SUCCESS);
}

/*
 * Carrying out.
 */

/* What did not go is released. */
static void
lost_answer(pid_t pid, mach_msg_header_t *reply, mach_msg_return_t mr)
{

	log_line(LOG_DEBUG, NULL, pid, "answer %d not delivered: %s",
	    reply->msgh_id, mach_error_string(mr));
	if (lending == NULL)
		mach_msg_destroy(reply);
	else if (MACH_PORT_VALID(reply->msgh_remote_port))
		/* The port that it was to move stays the service's. */
		(void)mach_port_deallocate(mach_task_self(),
		    reply->msgh_remote_port);
}

/* Send an answer that is complete. */
static bool
send_answer(pid_t pid, mach_msg_header_t *reply)
{
	mach_msg_return_t mr;

	mr = mach_msg(reply, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    reply->msgh_size, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		return (true);
	lost_answer(pid, reply, mr);
	return (false);
}

/*
 * Carry out a request.  True: its answer is in *reply, to be sent with the next
 * receive; it goes by a send-once right, which never waits.
 */
static bool
serve(struct request *r, union reply *reply)
{
	kern_return_t kr;
	bool sent;

	/* The kernel asks nothing of us: a notification. */
	if (r->r_who.c_pid == 0) {
		if (r->u.head.msgh_id == MACH_NOTIFY_NO_SENDERS)
			domain_port_unused(r->u.head.msgh_local_port);
		mach_msg_destroy(&r->u.head);
		return (false);
	}
	memset(reply, 0, sizeof(*reply));
	current = r;
	lending = NULL;
	(void)bootstrap_server(&r->u.head, &reply->head);
	current = NULL;
	kr = (reply->head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ?
	    KERN_SUCCESS : reply->error.RetCode;
	if (kr == MIG_NO_REPLY)
		return (false);
	/* The answer has taken over the right to send it. */
	r->u.head.msgh_remote_port = MACH_PORT_NULL;
	if (kr != KERN_SUCCESS)
		mach_msg_destroy(&r->u.head);
	if (!MACH_PORT_VALID(reply->head.msgh_remote_port)) {
		/* Nobody to answer. */
		if (lending == NULL)
			mach_msg_destroy(&reply->head);
		sent = false;
	} else if (lending == NULL &&
	    MACH_MSGH_BITS_REMOTE(reply->head.msgh_bits) ==
	    MACH_MSG_TYPE_MOVE_SEND_ONCE)
		return (true);
	else
		sent = send_answer(r->r_who.c_pid, &reply->head);
	if (lending != NULL)
		service_lent(lending, sent);
	lending = NULL;
	return (false);
}

/*
 * Notifications.
 */

static void
notified(struct request *r)
{
	const mach_msg_header_t *head;
	mach_port_t port;

	head = &r->u.head;
	if (r->r_who.c_pid != 0) {
		log_client(NULL, r->r_who.c_pid, "forged notification %d "
		    "dropped", head->msgh_id);
		mach_msg_destroy(&r->u.head);
		return;
	}
	switch (head->msgh_id) {
	case MACH_NOTIFY_PORT_DESTROYED:
		port = r->u.destroyed.not_port.name;
		if ((head->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
		    MACH_PORT_VALID(port))
			service_port_returned(port);
		break;
	case MACH_NOTIFY_DEAD_NAME:
		/* A name of an image before this one says nothing. */
		if (head->msgh_local_port != notify_port)
			break;
		port = r->u.dead_name.not_port;
		(void)domain_port_died(port);
		service_port_died(port);
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
	r->r_who = caller_of(t->msgh_audit);
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

	if (failures++ == 0) {
		log_line(LOG_ERROR, NULL, 0, "cannot receive: %s (0x%x)",
		    mach_error_string(mr), (unsigned)mr);
		return;
	}
	(void)nanosleep(&ts, NULL);
	jobs_reap();
	if (failures == FAILURES_MAX && getpid() != 1) {
		shutdown_status(1 << 8);
		shutdown_begin("the Mach kernel does not answer");
	}
}

/*
 * Receive one, after sending an answer if there is one.  False: none came
 * within so many milliseconds.
 */
static bool
exchange(struct request *r, union reply *reply, bool *answer,
    mach_msg_timeout_t wait)
{
	mach_msg_return_t mr;
	pid_t pid;

	pid = *answer ? r->r_who.c_pid : 0;
	if (*answer)
		mr = mach_msg_overwrite(&reply->head, MACH_SEND_MSG | RECEIVE,
		    reply->head.msgh_size, sizeof(r->u), port_set, wait,
		    MACH_PORT_NULL, &r->u.head, 0);
	else
		mr = mach_msg(&r->u.head, RECEIVE, 0, sizeof(r->u), port_set,
		    wait, MACH_PORT_NULL);
	if (*answer && (mr & ~0x3fff) == (MACH_SEND_NO_BUFFER & ~0x3fff)) {
		*answer = false;
		lost_answer(pid, &reply->head, mr);
		return (false);
	}
	*answer = false;
	switch (mr) {
	case MACH_MSG_SUCCESS:
		failures = 0;
		return (true);
	case MACH_RCV_TIMED_OUT:
		failures = 0;
		return (false);
	case MACH_RCV_TOO_LARGE:
		/* Nothing we know is that large; the kernel destroyed it. */
		failures = 0;
		log_client(NULL, 0, "message too large, dropped");
		return (false);
	default:
		server_failed(mr);
		return (false);
	}
}

/*
 * Clients come in bursts: a program that starts looks up what it needs.  So an
 * answer is sent with the receive of the next message, in one trap.  While they
 * come one after the other, that receive waits for the next: a turn of the loop
 * is a wake-up and a trap more.  What else the loop waits for then has its turn
 * two milliseconds later at most.
 */
void
server_ready(void)
{
	static uint64_t last;		/* when the turn before ended */
	mach_msg_timeout_t wait;
	struct request r;
	union reply reply;
	uint64_t began;
	bool answer;
	unsigned n;

	began = now();
	wait = began - last < MILLISECOND ? 1 : 0;
	answer = false;
	for (n = 0; n < BURST_MAX; n++) {
		if (now() - began > MILLISECOND)
			wait = 0;
		if (!exchange(&r, &reply, &answer, wait))
			break;
		if (!identify(&r)) {
			log_line(LOG_ERROR, NULL, 0,
			    "message without a trailer");
			mach_msg_destroy(&r.u.head);
		} else if (r.u.head.msgh_local_port == notify_port ||
		    r.u.head.msgh_local_port == return_port)
			notified(&r);
		else if (r.u.head.msgh_local_port == reexec_port)
			reexec_message(&r.u.head, r.r_who.c_pid);
		else
			answer = serve(&r, &reply);
	}
	if (answer)
		(void)send_answer(r.r_who.c_pid, &reply.head);
	last = now();
}
