/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a request is about, and whether its caller may change that.
 */

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"

const char *
control_text(struct control *c, const char *key)
{

	return (launch_data_get_string(launch_data_dict_lookup(c->request,
	    key)));
}

int
control_refuse(struct control *c, int error, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(c->reason, sizeof(c->reason), fmt, ap);
	va_end(ap);
	return (error);
}

static bool
number(const char *s, unsigned long *to)
{
	char *end;

	if (*s < '0' || *s > '9')
		return (false);
	errno = 0;
	*to = strtoul(s, &end, 10);
	return (*end == '\0' && errno == 0 && *to <= UINT32_MAX - 1);
}

/* A domain of that name; to change it, it is made if the caller may. */
static struct domain *
domain_named(struct control *c, const char *name, bool change)
{
	struct domain *d;
	unsigned long n;
	struct job *job;
	int error;

	if (strncmp(name, "gui/", 4) == 0 && number(name + 4, &n))
		return (domain_of_user((uid_t)n, change && c->full &&
		    c->who.c_jail == own_jail &&
		    (c->who.c_euid == 0 || c->who.c_euid == n)));
	if (strncmp(name, "user/", 5) == 0 && number(name + 5, &n))
		return (domain_of_user((uid_t)n, change && c->full &&
		    c->who.c_jail == own_jail &&
		    (c->who.c_euid == 0 || c->who.c_euid == n)));
	if (strncmp(name, "pid/", 4) == 0 && number(name + 4, &n)) {
		job = job_by_pid((pid_t)n);
		return (job != NULL ? job->j_domain : NULL);
	}
	d = domain_by_name(name);
	if (d == NULL && strncmp(name, "jail/", 5) == 0 &&
	    number(name + 5, &n) && n <= INT_MAX && change && c->full &&
	    caller_super(&c->who)) {
		error = jail_domain((int)n, &d);
		if (error != 0)
			log_client(NULL, c->who.c_pid, "cannot make domain "
			    "%s: %s", name, strerror(error));
	}
	return (d);
}

/* 0, or an errno value with a reason. */
static int
find_domain(struct control *c, bool change, struct domain **d)
{
	const char *name;

	name = control_text(c, "Domain");
	*d = name == NULL ? c->here : domain_named(c, name, change);
	if (*d == NULL || caller_foreign(&c->who, *d))
		return (control_refuse(c, ENOENT,
		    "there is no domain %.64s: use system or user/UID", name));
	return (0);
}

int
control_domain(struct control *c, struct domain **d)
{

	return (find_domain(c, false, d));
}

int
control_may_change(struct control *c, struct domain *d)
{

	if (c->full && domain_controls(d, &c->who))
		return (0);
	log_client(NULL, c->who.c_pid, "refused: a change of %s (uid %lu)",
	    d->d_name, (unsigned long)c->who.c_euid);
	return (control_refuse(c, EPERM,
	    "user %lu may not change domain %s: try as its user or as "
	    "root", (unsigned long)c->who.c_euid, d->d_name));
}

int
control_own_domain(struct control *c, struct domain **d)
{
	int error;

	error = find_domain(c, true, d);
	return (error != 0 ? error : control_may_change(c, *d));
}

int
control_job(struct control *c, struct job **job)
{
	const char *label;
	struct domain *d;
	int error;

	error = control_domain(c, &d);
	if (error != 0)
		return (error);
	label = control_text(c, "Label");
	if (label == NULL)
		return (control_refuse(c, EINVAL, "a label is missing"));
	*job = job_by_label(d, label);
	if (*job == NULL)
		return (control_refuse(c, ESRCH, "no job %.100s in domain %s: "
		    "\"launchctl list\" has the names", label, d->d_name));
	return (0);
}

int
control_own_job(struct control *c, struct job **job)
{
	int error;

	error = control_job(c, job);
	return (error != 0 ? error : control_may_change(c, (*job)->j_domain));
}
