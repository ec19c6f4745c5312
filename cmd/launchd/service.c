/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The names of the bootstrap domains.
 *
 * launchd makes a port for every declared service when it loads the job and
 * keeps a send right to it for ever, so the service has one name in our space
 * wherever the receive right is: with us, queueing for a job that does not run,
 * or with the job, who got it by checking in.  Two requests bring it back:
 * port-destroyed, armed each time it is lent, returns it with its queue when
 * the holder dies or gives it up; dead-name, armed the first time, tells us
 * when it is gone for good because the holder took our place in the first, and
 * the service gets a new port.
 *
 * A registered service is a send right to somebody's own port.  Its name goes
 * when the port dies; a declared name then falls back to a port of ours.  A
 * created service has a port of ours and no job: whoever created it, by user,
 * checks in.
 */

#include <stdlib.h>
#include <string.h>

#include <mach/host_priv.h>
#include <mach/mig.h>

#include "launchd.h"

#define	HASH_SIZE	8192		/* a power of two */
#define	REGISTERED_MAX	1024		/* names without a job, a domain */

static struct service_list by_name[HASH_SIZE];
static struct service_list by_port[HASH_SIZE];
static size_t count;

/* By the domain itself: its port may be another one day. */
static unsigned
hash_name(const struct domain *d, const char *name)
{
	uint32_t h;

	h = 2166136261U ^ (uint32_t)((uintptr_t)d >> 5);
	for (; *name != '\0'; name++)
		h = (h ^ (unsigned char)*name) * 16777619U;
	return (h & (HASH_SIZE - 1));
}

static unsigned
hash_port(mach_port_t port)
{

	return (MACH_PORT_INDEX(port) & (HASH_SIZE - 1));
}

static const char *
owner(const struct service *s)
{

	return (s->s_job != NULL ? job_label(s->s_job) : NULL);
}

/* What a failed call meant for a service, in the log. */
static void
complain(const struct service *s, const char *what, kern_return_t kr)
{

	log_line(LOG_ERROR, owner(s), 0, "service %s: %s: %s (0x%x)", s->s_name,
	    what, mach_error_string(kr), (unsigned)kr);
}

/*
 * Rights.
 */

static void
set_port(struct service *s, mach_port_t port, enum service_state state)
{

	if (s->s_state != SERVICE_NO_PORT)
		LIST_REMOVE(s, s_port_hash);
	s->s_port = port;
	s->s_state = state;
	s->s_death_told = false;
	if (state != SERVICE_NO_PORT)
		LIST_INSERT_HEAD(&by_port[hash_port(port)], s, s_port_hash);
}

/* One of the services that have the port: several may be registered alike. */
static struct service *
find_port(mach_port_t port)
{
	struct service *s;

	LIST_FOREACH(s, &by_port[hash_port(port)], s_port_hash)
		if (s->s_port == port)
			return (s);
	return (NULL);
}

/* The one for which the port is ours. */
static struct service *
find_own(mach_port_t port)
{
	struct service *s;

	LIST_FOREACH(s, &by_port[hash_port(port)], s_port_hash)
		if (s->s_port == port && s->s_state != SERVICE_REGISTERED)
			return (s);
	return (NULL);
}

static void
drop(mach_port_t port)
{

	if (MACH_PORT_VALID(port))
		(void)mach_port_deallocate(mach_task_self(), port);
}

/* A fresh port of ours with room for a burst of first messages. */
static kern_return_t
make_port(struct service *s)
{
	mach_port_options_t options;
	mach_port_t port;
	kern_return_t kr;

	memset(&options, 0, sizeof(options));
	options.flags = MPO_INSERT_SEND_RIGHT | MPO_QLIMIT;
	options.mpl.mpl_qlimit = MACH_PORT_QLIMIT_SMALL;
	kr = mach_port_construct(mach_task_self(), &options, 0, &port);
	if (kr != KERN_SUCCESS) {
		complain(s, "cannot make a port", kr);
		return (kr);
	}
	set_port(s, port, SERVICE_HELD);
	return (KERN_SUCCESS);
}

mach_port_t
service_port(struct service *s)
{

	if (s->s_state == SERVICE_NO_PORT && make_port(s) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (s->s_port);
}

/*
 * Let go of our rights.  The port itself dies if we hold the receive right; if
 * others have its name, a dead-name notification is under way and cleans up.
 */
static void
release_port(struct service *s)
{
	mach_port_t port;

	port = s->s_port;
	switch (s->s_state) {
	case SERVICE_HELD:
		(void)events_cancel(port, MACH_NOTIFY_PORT_DESTROYED);
		events_drop_receive(port);
		drop(port);
		break;
	case SERVICE_AWAY:
	case SERVICE_REGISTERED:
		drop(port);
		break;
	case SERVICE_NO_PORT:
		return;
	}
	set_port(s, MACH_PORT_NULL, SERVICE_NO_PORT);
}

/*
 * Names.
 */

static struct service *
find_local(struct domain *d, const char *name, pid_t pid)
{
	struct service *s;

	LIST_FOREACH(s, &by_name[hash_name(d, name)], s_hash)
		if (s->s_domain == d && strcmp(s->s_name, name) == 0 &&
		    (!s->s_per_pid || s->s_pid == pid) &&
		    s->s_per_pid == (pid != 0))
			return (s);
	return (NULL);
}

/* `pid` not 0: a name of that process. */
struct service *
service_find(struct domain *d, const char *name, pid_t pid, bool local)
{
	struct service *s;

	for (;; d = d->d_parent) {
		/* A server's names are in the domain that it was made in. */
		if (d->d_kind == DOMAIN_SERVER)
			d = d->d_parent;
		s = find_local(d, name, pid);
		if (s != NULL && (s->s_job == NULL || !s->s_job->j_ending))
			return (s);
		if (local || d->d_parent == NULL || d->d_kind == DOMAIN_JAIL)
			return (NULL);
	}
}

static struct service *
service_new(struct domain *d, const char *name)
{
	struct service *s;

	s = calloc(1, sizeof(*s) + strlen(name) + 1);
	if (s == NULL)
		return (NULL);
	(void)strcpy(s->s_name, name);
	s->s_state = SERVICE_NO_PORT;
	s->s_domain = d;
	LIST_INSERT_HEAD(&by_name[hash_name(d, name)], s, s_hash);
	LIST_INSERT_HEAD(&d->d_services, s, s_domain_link);
	count++;
	return (s);
}

static void
give_to_job(struct service *s, struct job *job)
{

	s->s_job = job;
	LIST_INSERT_HEAD(&job->j_services, s, s_job_link);
}

/* A name of a job.  Its port is made when the job is launched. */
bool
service_declare(struct job *job, struct domain *d,
    const struct service_config *config)
{
	struct service *s;

	s = service_new(d, config->name);
	if (s == NULL)
		return (false);
	s->s_reset = config->reset_at_close;
	s->s_hidden = config->hide_until_check_in;
	give_to_job(s, job);
	return (true);
}

static const struct service_config *
described(const struct job_config *config, const char *name)
{
	const struct service_config *c;

	for (c = config->services; c != NULL && c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return (c);
	return (NULL);
}

static struct service *
find_of_job(const struct job *job, const char *name)
{
	struct service *s;

	LIST_FOREACH(s, &job->j_services, s_job_link)
		if (strcmp(s->s_name, name) == 0)
			return (s);
	return (NULL);
}

bool
service_reload(struct job *job, const struct job_config *config)
{
	const struct service_config *c;
	struct service *next, *s;

	for (c = config->services; c != NULL && c->name != NULL; c++)
		if (find_of_job(job, c->name) == NULL &&
		    !service_declare(job, job->j_domain, c))
			break;
	if (c != NULL && c->name != NULL)
		config = job->j_config;		/* as it was */
	for (s = LIST_FIRST(&job->j_services); s != NULL; s = next) {
		next = LIST_NEXT(s, s_job_link);
		/* Those that a program made are in no description. */
		if (s->s_created)
			continue;
		c = described(config, s->s_name);
		if (c == NULL) {
			service_forget(s);
			continue;
		}
		s->s_reset = c->reset_at_close;
		s->s_hidden = c->hide_until_check_in;
	}
	return (config != job->j_config);
}

kern_return_t
service_create(struct domain *d, struct job *job, const char *name, uid_t uid,
    struct service **made)
{
	struct service *s;

	if (find_local(d, name, 0) != NULL)
		return (BOOTSTRAP_NAME_IN_USE);
	if (d->d_registered >= REGISTERED_MAX)
		return (BOOTSTRAP_NO_MEMORY);
	s = service_new(d, name);
	if (s == NULL)
		return (BOOTSTRAP_NO_MEMORY);
	d->d_registered++;
	s->s_created = true;
	s->s_uid = uid;
	if (make_port(s) != KERN_SUCCESS) {
		service_forget(s);
		return (BOOTSTRAP_NO_MEMORY);
	}
	if (job != NULL) {
		d->d_registered--;
		give_to_job(s, job);
		if (job->j_state == JOB_IDLE)
			job_watch(job);
	}
	*made = s;
	return (KERN_SUCCESS);
}

/* The host is asked by its privileged port, which is a special port itself. */
static kern_return_t
set_host_special(int which, mach_port_t port)
{
	mach_port_t host, privileged;
	kern_return_t kr;

	host = mach_host_self();
	kr = host_get_host_priv_port(host, &privileged);
	if (kr == KERN_SUCCESS) {
		kr = host_set_special_port(privileged, which, port);
		(void)mach_port_deallocate(mach_task_self(), privileged);
	}
	(void)mach_port_deallocate(mach_task_self(), host);
	return (kr);
}

/* What a special port of the host or of our children is set to. */
static void
set_special(const struct service *s, const struct service_config *config)
{
	kern_return_t kr;

	if (s->s_port == MACH_PORT_NULL)
		return;
	if (config->host_special_port != 0) {
		kr = set_host_special(config->host_special_port, s->s_port);
		if (kr != KERN_SUCCESS)
			complain(s, "HostSpecialPort", kr);
	}
	if (config->task_special_port != 0) {
		kr = task_set_special_port(mach_task_self(),
		    config->task_special_port, s->s_port);
		if (kr != KERN_SUCCESS)
			complain(s, "TaskSpecialPort", kr);
	}
}

void
service_set_specials(struct service_list *list,
    const struct service_config *config)
{
	const struct service_config *c;
	struct service *s;

	for (c = config; c != NULL && c->name != NULL; c++) {
		if (c->host_special_port == 0 && c->task_special_port == 0)
			continue;
		LIST_FOREACH(s, list, s_job_link)
			if (strcmp(c->name, s->s_name) == 0)
				set_special(s, c);
	}
}

void
service_make_ports(struct service_list *list,
    const struct service_config *config)
{
	struct service *s;

	LIST_FOREACH(s, list, s_job_link)
		(void)service_port(s);
	service_set_specials(list, config);
}

/* Instead of the port that it had: what is set to it is set anew. */
static void
renew(struct service *s)
{
	const struct service_config *c;

	release_port(s);
	if (make_port(s) != KERN_SUCCESS || s->s_job == NULL)
		return;
	c = described(s->s_job->j_config, s->s_name);
	if (c != NULL)
		set_special(s, c);
}

/*
 * The port that it had is no more its: a port of ours, or with nobody to serve
 * the name, no name.
 */
static void
fall_back(struct service *s)
{

	s->s_pid = 0;
	if (s->s_job == NULL && !s->s_created)
		service_forget(s);
	else
		renew(s);
}

/*
 * In an image of launchd after another.
 */

struct service *
service_restore(struct domain *d, struct job *job, const char *name,
    mach_port_t port, enum service_state state)
{
	struct service *s;

	s = service_new(d, name);
	if (s == NULL)
		return (NULL);
	if (job != NULL)
		give_to_job(s, job);
	else
		d->d_registered++;
	if (MACH_PORT_VALID(port))
		set_port(s, port, state);
	return (s);
}

void
service_resume(struct service *s)
{
	kern_return_t kr;

	switch (s->s_state) {
	case SERVICE_HELD:
		kr = events_adopt_receive(s->s_port);
		if (kr == KERN_SUCCESS)
			return;
		break;
	case SERVICE_AWAY:
	case SERVICE_REGISTERED:
		kr = events_request(s->s_port, MACH_NOTIFY_DEAD_NAME,
		    notify_port);
		s->s_death_told = kr == KERN_SUCCESS;
		if (kr == KERN_SUCCESS)
			return;
		break;
	case SERVICE_NO_PORT:
		/* It died on the way, or was lost. */
		kr = KERN_INVALID_NAME;
		break;
	default:
		return;
	}
	complain(s, "its port is lost", kr);
	fall_back(s);
}

void
service_forget(struct service *s)
{

	release_port(s);
	if (s->s_job != NULL)
		LIST_REMOVE(s, s_job_link);
	else
		s->s_domain->d_registered--;
	LIST_REMOVE(s, s_hash);
	LIST_REMOVE(s, s_domain_link);
	count--;
	free(s);
}

bool
service_active(const struct service *s)
{

	return (s->s_state == SERVICE_AWAY ||
	    s->s_state == SERVICE_REGISTERED);
}

pid_t
service_pid(const struct service *s)
{

	return (service_active(s) ? s->s_pid : 0);
}

int
service_queued(const struct service *s)
{
	mach_msg_type_number_t n;
	mach_port_status_t status;

	n = MACH_PORT_RECEIVE_STATUS_COUNT;
	if (s->s_state != SERVICE_HELD ||
	    mach_port_get_attributes(mach_task_self(), s->s_port,
	    MACH_PORT_RECEIVE_STATUS, (mach_port_info_t)&status, &n) !=
	    KERN_SUCCESS)
		return (-1);
	return ((int)status.mps_msgcount);
}

bootstrap_status_t
service_status(const struct service *s)
{

	if (service_active(s))
		return (BOOTSTRAP_STATUS_ACTIVE);
	return (s->s_job != NULL ? BOOTSTRAP_STATUS_ON_DEMAND :
	    BOOTSTRAP_STATUS_INACTIVE);
}

size_t
service_count(void)
{

	return (count);
}

/*
 * Lending the receive right.
 */

kern_return_t
service_lend(struct service *s, pid_t pid)
{
	kern_return_t kr;

	if (service_port(s) == MACH_PORT_NULL)
		return (BOOTSTRAP_NO_MEMORY);
	kr = KERN_SUCCESS;
	if (!s->s_death_told)
		kr = events_request(s->s_port, MACH_NOTIFY_DEAD_NAME,
		    notify_port);
	if (kr == KERN_SUCCESS) {
		s->s_death_told = true;
		kr = events_request(s->s_port, MACH_NOTIFY_PORT_DESTROYED,
		    return_port);
	}
	if (kr != KERN_SUCCESS) {
		complain(s, "its port could not come back", kr);
		return (BOOTSTRAP_NO_MEMORY);
	}
	/* Before the send: its return may be the next message. */
	s->s_state = SERVICE_AWAY;
	s->s_pid = pid;
	return (KERN_SUCCESS);
}

void
service_lent(struct service *s, bool sent)
{
	mach_port_type_t type;

	if (sent || s->s_state != SERVICE_AWAY)
		return;
	/* Only the kernel knows how far a failed send got. */
	if (mach_port_type(mach_task_self(), s->s_port, &type) ==
	    KERN_SUCCESS && (type & MACH_PORT_TYPE_RECEIVE) != 0) {
		s->s_state = SERVICE_HELD;
		s->s_pid = 0;
		/* A promise that stands cannot be made again. */
		(void)events_cancel(s->s_port, MACH_NOTIFY_PORT_DESTROYED);
	}
}

/* The job is gone and now nothing of its is missing. */
static void
check_recovered(struct service *s)
{

	if (s->s_job != NULL && s->s_job->j_state == JOB_RECOVERING &&
	    !service_any_away(&s->s_job->j_services))
		job_recovered(s->s_job);
}

/* A receive right arrived in a notification of the kernel's. */
void
service_port_returned(mach_port_t port)
{
	struct service *s;

	s = find_own(port);
	if (s == NULL || s->s_state != SERVICE_AWAY) {
		/* Of a service that is no more. */
		events_drop_receive(port);
		return;
	}
	s->s_state = SERVICE_HELD;
	s->s_pid = 0;
	log_line(LOG_DEBUG, owner(s), 0, "service %s came back", s->s_name);
	/* ResetAtClose: its clients are to see that it died. */
	if (s->s_reset)
		renew(s);
	check_recovered(s);
}

/*
 * A port we have only send rights to is dead.  The name holds our references
 * and the notification's: all go at once.
 */
void
service_port_died(mach_port_t port)
{
	struct service *s;

	while ((s = find_port(port)) != NULL) {
		/* Our send right became a reference of the dead name. */
		log_line(s->s_state == SERVICE_REGISTERED ? LOG_DEBUG :
		    LOG_WARNING, owner(s), 0, "the port of service %s died",
		    s->s_name);
		set_port(s, MACH_PORT_NULL, SERVICE_NO_PORT);
		s->s_pid = 0;
		if (s->s_job == NULL && !s->s_created) {
			service_forget(s);
			continue;
		}
		renew(s);
		check_recovered(s);
	}
	(void)mach_port_destroy(mach_task_self(), port);
}

bool
service_any_away(const struct service_list *list)
{
	struct service *s;

	LIST_FOREACH(s, list, s_job_link)
		if (s->s_state == SERVICE_AWAY)
			return (true);
	return (false);
}

void
service_abandon_away(struct service_list *list)
{
	struct service *s;

	LIST_FOREACH(s, list, s_job_link) {
		if (s->s_state != SERVICE_AWAY)
			continue;
		log_line(LOG_WARNING, owner(s), 0, "service %s did not come "
		    "back: its port was given away", s->s_name);
		renew(s);
	}
}

/*
 * Registration.
 */

/* What the configuration of a job or its domain lets it register. */
static bool
may_register(const struct domain *d, const struct job *job, const char *name,
    const struct caller *who)
{
	char **allowed;
	size_t n;

	if (allow_register || domain_owns(d, who))
		return (true);
	if (job == NULL || job->j_config->may_register == NULL)
		return (false);
	for (allowed = job->j_config->may_register; *allowed != NULL;
	    allowed++) {
		n = strlen(*allowed);
		if (strcmp(*allowed, name) == 0 || (n > 0 &&
		    (*allowed)[n - 1] == '*' &&
		    strncmp(*allowed, name, n - 1) == 0))
			return (true);
	}
	return (false);
}

kern_return_t
service_register(struct domain *d, const char *name, struct job *job,
    mach_port_t port, const struct caller *who, bool per_pid)
{
	mach_port_type_t type;
	struct service *s;
	kern_return_t kr;

	/* None of our own ports under another name. */
	kr = mach_port_type(mach_task_self(), port, &type);
	if (kr != KERN_SUCCESS)
		return (BOOTSTRAP_NO_MEMORY);
	if ((type & MACH_PORT_TYPE_RECEIVE) != 0)
		return (BOOTSTRAP_NOT_PRIVILEGED);
	if (d->d_kind == DOMAIN_SERVER)
		d = d->d_parent;
	s = find_local(d, name, per_pid ? who->c_pid : 0);
	if (s == NULL) {
		/* A name of its own process hides nobody else's. */
		if (!per_pid && !may_register(d, job, name, who))
			return (BOOTSTRAP_NOT_PRIVILEGED);
		if (d->d_registered >= REGISTERED_MAX)
			return (BOOTSTRAP_NO_MEMORY);
	} else if (s->s_job != job || service_active(s) || (s->s_created &&
	    s->s_uid != who->c_euid))
		return (BOOTSTRAP_NAME_IN_USE);
	kr = events_request(port, MACH_NOTIFY_DEAD_NAME, notify_port);
	if (kr != KERN_SUCCESS)
		return (BOOTSTRAP_NO_MEMORY);
	if (s == NULL) {
		s = service_new(d, name);
		if (s == NULL)
			return (BOOTSTRAP_NO_MEMORY);
		s->s_per_pid = per_pid;
		d->d_registered++;
	} else
		release_port(s);
	set_port(s, port, SERVICE_REGISTERED);
	s->s_pid = who->c_pid;
	return (KERN_SUCCESS);
}

kern_return_t
service_unregister(struct service *s, pid_t pid)
{

	if (s->s_state != SERVICE_REGISTERED || s->s_pid != pid)
		return (BOOTSTRAP_NOT_PRIVILEGED);
	fall_back(s);
	return (KERN_SUCCESS);
}

/*
 * Demand.
 */

bool
service_watch(struct service_list *list, bool on)
{
	struct service *s;
	kern_return_t kr;
	bool all;

	all = true;
	LIST_FOREACH(s, list, s_job_link) {
		if (s->s_state != SERVICE_HELD)
			continue;
		if (!on) {
			/* It may have left the set by demand. */
			(void)mach_port_extract_member(mach_task_self(),
			    s->s_port, demand_set);
			continue;
		}
		kr = mach_port_insert_member(mach_task_self(), s->s_port,
		    demand_set);
		if (kr != KERN_SUCCESS && kr != KERN_ALREADY_IN_SET) {
			complain(s, "its queue cannot be watched", kr);
			all = false;
		}
	}
	return (all);
}

/* A message waits, unless a job took the port meanwhile: look again. */
static bool
has_message(const struct service *s)
{

	return (service_queued(s) != 0);
}

void
service_demanded(mach_port_t port)
{
	struct service *s;

	s = find_own(port);
	if (s == NULL || s->s_job == NULL || s->s_state != SERVICE_HELD ||
	    s->s_job->j_state != JOB_IDLE)
		return;
	if (has_message(s))
		job_demand(s->s_job, s->s_name);
	else
		job_watch(s->s_job);
}
