/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The tree of bootstrap domains.  launchd.h says what kinds there are.
 *
 * A domain is a port, and who has a send right to it is in the domain; who may
 * change it is another question, which the caller's credentials answer.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"

#define	HASH_SIZE	256		/* a power of two */
#define	DOMAINS_MAX	4096
#define	SUBSETS_USER_MAX 64

struct domain *system_domain;

/* Both ports of a domain lead to it. */
struct entry {
	LIST_ENTRY(entry)    e_link;
	mach_port_t	     e_port;
	struct domain	    *e_domain;
};

static LIST_HEAD(, entry) by_port[HASH_SIZE];
static unsigned count;
struct serials serials;

static unsigned
hash(mach_port_t port)
{

	return (MACH_PORT_INDEX(port) & (HASH_SIZE - 1));
}

static bool
enter(struct domain *d, mach_port_t port)
{
	struct entry *e;

	e = malloc(sizeof(*e));
	if (e == NULL)
		return (false);
	e->e_port = port;
	e->e_domain = d;
	LIST_INSERT_HEAD(&by_port[hash(port)], e, e_link);
	return (true);
}

static void
leave(mach_port_t port)
{
	struct entry *e;

	LIST_FOREACH(e, &by_port[hash(port)], e_link)
		if (e->e_port == port) {
			LIST_REMOVE(e, e_link);
			free(e);
			return;
		}
}

struct domain *
domain_by_port(mach_port_t port, bool *full)
{
	struct entry *e;

	LIST_FOREACH(e, &by_port[hash(port)], e_link)
		if (e->e_port == port) {
			*full = e->e_domain->d_unprivileged != port;
			return (e->e_domain);
		}
	return (NULL);
}

static void
drop_port(mach_port_t port)
{

	if (port == MACH_PORT_NULL)
		return;
	leave(port);
	events_drop_receive(port);
	(void)mach_port_deallocate(mach_task_self(), port);
}

static struct domain *
make(struct domain *parent, enum domain_kind kind, uid_t uid, const char *name,
    mach_port_t port)
{
	struct domain *d;

	d = calloc(1, sizeof(*d));
	if (d == NULL)
		return (NULL);
	if (port != MACH_PORT_NULL && !enter(d, port)) {
		free(d);
		return (NULL);
	}
	d->d_kind = kind;
	d->d_uid = uid;
	d->d_port = port;
	d->d_parent = parent;
	LIST_INIT(&d->d_children);
	LIST_INIT(&d->d_services);
	(void)snprintf(d->d_name, sizeof(d->d_name), "%s", name);
	if (parent != NULL)
		LIST_INSERT_HEAD(&parent->d_children, d, d_link);
	count++;
	return (d);
}

kern_return_t
domain_init(mach_port_t port)
{

	system_domain = make(NULL, DOMAIN_SYSTEM, geteuid(), "system", port);
	return (system_domain != NULL ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE);
}

struct domain *
domain_new(struct domain *parent, enum domain_kind kind, uid_t uid,
    const char *name)
{
	char numbered[40];
	struct domain *d;
	mach_port_t port;
	kern_return_t kr;

	if (count >= DOMAINS_MAX)
		return (NULL);
	if (name == NULL) {
		(void)snprintf(numbered, sizeof(numbered), "%s/%u",
		    kind == DOMAIN_SUBSET ? "subset" :
		    kind == DOMAIN_SESSION ? "session" : "server",
		    ++serials.domains);
		name = numbered;
	}
	kr = events_make_port(&port);
	if (kr != KERN_SUCCESS) {
		log_line(LOG_ERROR, NULL, 0, "cannot make domain %s: %s", name,
		    mach_error_string(kr));
		return (NULL);
	}
	d = make(parent, kind, uid, name, port);
	if (d == NULL)
		drop_port(port);
	return (d);
}

struct domain *
domain_restore(struct domain *parent, enum domain_kind kind, uid_t uid,
    const char *name, mach_port_t port, mach_port_t unprivileged,
    mach_port_t requestor)
{
	struct domain *d;

	d = make(parent, kind, uid, name, port);
	if (d == NULL)
		return (NULL);
	if (parent == NULL)
		system_domain = d;
	if (unprivileged != MACH_PORT_NULL && enter(d, unprivileged))
		d->d_unprivileged = unprivileged;
	d->d_requestor = requestor;
	return (d);
}

void
domain_restore_jail(struct domain *d, int jail, mach_port_t port)
{

	d->d_jail = jail;
	if (port != MACH_PORT_NULL && enter(d, port))
		d->d_jail_port = port;
}

/* The receive right has come, or is lost. */
static mach_port_t
resume_port(mach_port_t port)
{

	if (port == MACH_PORT_NULL || events_adopt_port(port) == KERN_SUCCESS)
		return (port);
	leave(port);
	events_drop_receive(port);
	return (MACH_PORT_NULL);
}

bool
domain_resume(struct domain *d)
{

	d->d_port = resume_port(d->d_port);
	d->d_unprivileged = resume_port(d->d_unprivileged);
	if (d->d_kind == DOMAIN_JAIL) {
		d->d_jail_port = resume_port(d->d_jail_port);
		if (d->d_jail_port != MACH_PORT_NULL)
			(void)domain_port_given(d);
		else if (!d->d_ending)
			(void)jail_domain_port(d);
	}
	if (d->d_port != MACH_PORT_NULL)
		return (true);
	log_line(LOG_ERROR, NULL, 0, "domain %s lost its port", d->d_name);
	if (events_make_port(&d->d_port) != KERN_SUCCESS)
		return (false);
	return (enter(d, d->d_port));
}

static struct domain *
named(struct domain *d, const char *name)
{
	struct domain *child, *found;

	if (strcmp(d->d_name, name) == 0)
		return (d);
	LIST_FOREACH(child, &d->d_children, d_link) {
		found = named(child, name);
		if (found != NULL)
			return (found);
	}
	return (NULL);
}

struct domain *
domain_by_name(const char *name)
{

	return (named(system_domain, name));
}

struct domain *
domain_of_user(uid_t uid, bool make_it)
{
	char name[40];
	struct domain *d;

	(void)snprintf(name, sizeof(name), "user/%lu", (unsigned long)uid);
	d = domain_by_name(name);
	if (d == NULL && make_it && !shutting_down)
		d = domain_new(system_domain, DOMAIN_USER, uid, name);
	return (d);
}

const char *
domain_session_type(const struct domain *d)
{

	for (;; d = d->d_parent)
		switch (d->d_kind) {
		case DOMAIN_SYSTEM:
		case DOMAIN_JAIL:
			return ("System");
		case DOMAIN_USER:
			return ("Background");
		case DOMAIN_SESSION:
			return (d->d_session);
		case DOMAIN_SUBSET:
		case DOMAIN_SERVER:
			break;
		}
}

bool
domain_owns(const struct domain *d, const struct caller *who)
{

	return ((d->d_kind == DOMAIN_SUBSET || d->d_kind == DOMAIN_SESSION) &&
	    d->d_uid == who->c_euid);
}

/*
 * Whoever sits in a jail is user 0 of it at most.
 */

bool
caller_super(const struct caller *who)
{

	return (who->c_jail == own_jail &&
	    (who->c_euid == 0 || who->c_euid == geteuid()));
}

bool
caller_foreign(const struct caller *who, const struct domain *d)
{

	return (who->c_jail != own_jail && domain_jail(d) != who->c_jail);
}

int
domain_jail(const struct domain *d)
{

	for (; d != NULL; d = d->d_parent)
		if (d->d_kind == DOMAIN_JAIL)
			return (d->d_jail);
	return (0);
}

bool
domain_controls(const struct domain *d, const struct caller *who)
{

	if (who->c_jail != own_jail)
		return (false);
	if (caller_super(who))
		return (true);
	return (d->d_kind != DOMAIN_SYSTEM && d->d_kind != DOMAIN_JAIL &&
	    d->d_uid == who->c_euid);
}

mach_port_t
domain_unprivileged(struct domain *d)
{
	mach_port_t port;

	if (d->d_unprivileged != MACH_PORT_NULL)
		return (d->d_unprivileged);
	if (events_make_port(&port) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	if (!enter(d, port)) {
		drop_port(port);
		return (MACH_PORT_NULL);
	}
	d->d_unprivileged = port;
	return (port);
}

/*
 * The port of a jail.
 */

int
domain_port_make(struct domain *d)
{
	mach_port_t port;

	if (events_make_port(&port) != KERN_SUCCESS)
		return (ENOMEM);
	if (!enter(d, port)) {
		drop_port(port);
		return (ENOMEM);
	}
	d->d_jail_port = port;
	return (0);
}

int
domain_port_given(struct domain *d)
{

	(void)mach_port_deallocate(mach_task_self(), d->d_jail_port);
	return (events_request(d->d_jail_port, MACH_NOTIFY_NO_SENDERS,
	    d->d_jail_port) == KERN_SUCCESS ? 0 : ENOMEM);
}

void
domain_port_hold(const struct domain *d)
{

	(void)mach_port_insert_right(mach_task_self(), d->d_jail_port,
	    d->d_jail_port, MACH_MSG_TYPE_MAKE_SEND);
}

static void
drop_jail_port(struct domain *d)
{

	if (d->d_jail_port == MACH_PORT_NULL)
		return;
	if (!d->d_jail_gone)
		jail_domain_end(d);
	drop_port(d->d_jail_port);
}

void
domain_port_unused(mach_port_t port)
{
	struct domain *d;
	bool full;

	d = domain_by_port(port, &full);
	if (d == NULL || d->d_jail_port != port)
		return;
	log_line(LOG_NOTICE, NULL, 0, "domain %s ends with its jail",
	    d->d_name);
	d->d_jail_gone = true;
	domain_end(d);
}

struct counting {
	uid_t		 uid;
	unsigned	 n;
};

bool
domain_take_files(struct domain *d, size_t n)
{

	if (d != system_domain && d->d_nfiles + n > DOMAIN_FILES_MAX)
		return (false);
	d->d_nfiles += (unsigned)n;
	return (true);
}

void
domain_give_files(struct domain *d, size_t n)
{

	d->d_nfiles -= (unsigned)n;
}

static void
count_subsets(struct domain *d, void *arg)
{
	struct counting *c = arg;

	if (d->d_requestor != MACH_PORT_NULL && d->d_uid == c->uid)
		c->n++;
}

kern_return_t
domain_subset(struct domain *parent, enum domain_kind kind,
    const struct caller *who, mach_port_t requestor, struct domain **made)
{
	struct counting c = { who->c_euid, 0 };
	struct domain *d;
	kern_return_t kr;

	domain_each(system_domain, count_subsets, &c);
	if (c.n >= SUBSETS_USER_MAX)
		return (BOOTSTRAP_NO_MEMORY);
	kr = events_request(requestor, MACH_NOTIFY_DEAD_NAME, notify_port);
	if (kr != KERN_SUCCESS)
		return (BOOTSTRAP_NO_MEMORY);
	d = domain_new(parent, kind, who->c_euid, NULL);
	if (d == NULL)
		return (BOOTSTRAP_NO_MEMORY);
	d->d_requestor = requestor;
	*made = d;
	return (KERN_SUCCESS);
}

struct requestor {
	mach_port_t	 port;
	struct domain	*found;
};

static void
find_requestor(struct domain *d, void *arg)
{
	struct requestor *f = arg;

	if (d->d_requestor == f->port)
		f->found = d;
}

bool
domain_port_died(mach_port_t port)
{
	struct requestor f = { port, NULL };

	domain_each(system_domain, find_requestor, &f);
	if (f.found == NULL)
		return (false);
	f.found->d_requestor = MACH_PORT_NULL;
	log_line(LOG_DEBUG, NULL, 0, "domain %s ends with its requestor",
	    f.found->d_name);
	domain_end(f.found);
	/* More than one may hang on the same port. */
	(void)domain_port_died(port);
	return (true);
}

void
domain_each(struct domain *d, void (*fn)(struct domain *, void *), void *arg)
{
	struct domain *child;

	fn(d, arg);
	LIST_FOREACH(child, &d->d_children, d_link)
		domain_each(child, fn, arg);
}

/*
 * Ending.
 */

static void
env_free(char **env)
{
	char **e;

	for (e = env; e != NULL && *e != NULL; e++)
		free(*e);
	free(env);
}

/* The last of it: no jobs, no children. */
static void
finish(struct domain *d)
{
	struct domain *parent;

	if (!d->d_ending || d->d_njobs != 0 || !LIST_EMPTY(&d->d_children))
		return;
	while (!LIST_EMPTY(&d->d_services))
		service_forget(LIST_FIRST(&d->d_services));
	if (d->d_kind == DOMAIN_SESSION && d->d_job != NULL)
		d->d_job->j_session = NULL;
	parent = d->d_parent;
	LIST_REMOVE(d, d_link);
	spawn_domain_gone(d);
	drop_port(d->d_port);
	drop_port(d->d_unprivileged);
	drop_jail_port(d);
	if (d->d_requestor != MACH_PORT_NULL)
		(void)mach_port_deallocate(mach_task_self(), d->d_requestor);
	env_free(d->d_env);
	free(d);
	count--;
	finish(parent);
}

void
domain_job_gone(struct domain *d)
{

	d->d_njobs--;
	finish(d);
}

/* A job that is not running goes at once, and with the last one the domain. */
static struct job *
any_job(const struct domain *d)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_domain == d && !job->j_ending)
			return (job);
	return (NULL);
}

static struct domain *
any_child(const struct domain *d)
{
	struct domain *child;

	LIST_FOREACH(child, &d->d_children, d_link)
		if (!child->d_ending)
			return (child);
	return (NULL);
}

void
domain_end(struct domain *d)
{
	struct domain *child;
	struct job *job;

	if (d->d_ending || d == system_domain)
		return;
	d->d_ending = true;
	d->d_njobs++;			/* it stays until we are through */
	while ((child = any_child(d)) != NULL)
		domain_end(child);
	while ((job = any_job(d)) != NULL)
		job_remove(job);
	domain_job_gone(d);
}

/*
 * Environment.
 */

static char **
find_env(char **env, const char *name)
{
	size_t n;

	n = strlen(name);
	for (; env != NULL && *env != NULL; env++)
		if (strncmp(*env, name, n) == 0 && (*env)[n] == '=')
			return (env);
	return (NULL);
}

const char *
domain_getenv(const struct domain *d, const char *name)
{
	char **e;

	for (; d != NULL; d = d->d_parent) {
		e = find_env(d->d_env, name);
		if (e != NULL)
			return (*e + strlen(name) + 1);
	}
	return (NULL);
}

bool
domain_setenv(struct domain *d, const char *name, const char *value)
{
	char **e, **more, *made;
	size_t n;

	e = find_env(d->d_env, name);
	if (value == NULL) {
		if (e != NULL) {
			free(*e);
			for (; e[1] != NULL; e++)
				e[0] = e[1];
			*e = NULL;
		}
		return (true);
	}
	n = strlen(name) + strlen(value) + 2;
	made = malloc(n);
	if (made == NULL)
		return (false);
	(void)snprintf(made, n, "%s=%s", name, value);
	if (e != NULL) {
		free(*e);
		*e = made;
		return (true);
	}
	for (n = 0; d->d_env != NULL && d->d_env[n] != NULL; n++)
		;
	more = realloc(d->d_env, (n + 2) * sizeof(*more));
	if (more == NULL) {
		free(made);
		return (false);
	}
	more[n] = made;
	more[n + 1] = NULL;
	d->d_env = more;
	return (true);
}
