/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchctl's verbs.  Each returns 0 or an errno value.
 */

#include <sys/types.h>
#include <sys/resource.h>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "control.h"
#include "value.h"

static void
log_audit(const struct control *c, const char *what, const struct job *job)
{

	log_client_notice(job_label(job), job->j_pid, "%s by process %ld "
	    "(uid %lu)", what, (long)c->who.c_pid,
	    (unsigned long)c->who.c_euid);
}

/* Answered when the job has ended, or runs again. */
static int
wait_for(struct control *c, struct job *job, bool restart)
{
	struct waiter *w;

	w = calloc(1, sizeof(*w));
	if (w == NULL)
		return (ENOMEM);
	w->w_reply = server_take_reply(&w->w_bits);
	w->w_restart = restart;
	LIST_INSERT_HEAD(&job->j_waiters, w, w_link);
	c->later = true;
	return (0);
}

static launch_data_t
with_pid(const struct job *job)
{
	launch_data_t d;

	d = dictionary();
	put_value(d, LAUNCH_JOBKEY_PID, launch_data_new_integer(job->j_pid));
	return (d);
}

static int
refuse_file(struct control *c, int error, const char *path,
    const struct plist_error *why)
{

	if (why->line != 0)
		return (control_refuse(c, error,
		    "%.120s:%u: %.110s", path, why->line, why->reason));
	return (control_refuse(c, error, "%.120s: %.120s", path, why->reason));
}

static int
do_bootstrap(struct control *c)
{
	launch_data_t force, paths;
	struct plist_error why;
	struct domain *d;
	const char *path;
	bool forced;
	int error;

	error = control_own_domain(c, &d);
	if (error != 0)
		return (error);
	if (shutting_down)
		return (control_refuse(c, ESHUTDOWN,
		    "launchd is shutting down"));
	force = launch_data_dict_lookup(c->request, "Force");
	forced = launch_data_get_bool(force);
	paths = launch_data_dict_lookup(c->request, "Path");
	path = launch_data_get_string(paths);
	if (path == NULL)
		return (0);		/* the domain alone */
	if (path[0] != '/')
		return (control_refuse(c, EINVAL, "the path is not absolute"));
	error = load_into(d, path, forced, &why);
	return (error == 0 ? 0 : refuse_file(c, error, path, &why));
}

/* Without a path: what it was loaded from. */
static int
do_reload(struct control *c)
{
	struct plist_error why;
	struct job *job;
	const char *path;
	bool changed;
	int error;

	error = control_own_job(c, &job);
	if (error != 0)
		return (error);
	if (shutting_down || job->j_ending)
		return (control_refuse(c, ESHUTDOWN, "%.100s is ending",
		    job_label(job)));
	path = control_text(c, "Path");
	if (path == NULL)
		path = job->j_file;
	if (path == NULL || path[0] != '/')
		return (control_refuse(c, EINVAL,
		    "%.100s was not loaded from an absolute path: say which "
		    "file", job_label(job)));
	error = load_again(job, path, &changed, &why);
	if (error != 0)
		return (refuse_file(c, error, path, &why));
	log_audit(c, changed ? "reloaded" : "looked at anew, unchanged", job);
	c->answer = with_pid(job);
	put_boolean(c->answer, "Changed", changed);
	return (0);
}

static int
do_bootout(struct control *c)
{
	struct domain *d;
	struct job *job;
	int error;

	if (control_text(c, "Label") == NULL) {
		error = control_own_domain(c, &d);
		if (error != 0)
			return (error);
		if (d == system_domain)
			return (control_refuse(c, EINVAL,
			    "the system domain ends with launchd: use "
			    "\"launchctl reboot\""));
		domain_end(d);
		return (0);
	}
	error = control_own_job(c, &job);
	if (error != 0)
		return (error);
	log_audit(c, "booted out", job);
	if (job->j_state == JOB_RUNNING || job->j_state == JOB_RECOVERING) {
		error = wait_for(c, job, false);
		if (error != 0)
			return (error);
	}
	job_remove(job);
	return (0);
}

static int
set_disabled(struct control *c, bool disabled)
{
	const char *label;
	struct domain *d;
	int error;

	error = control_own_domain(c, &d);
	if (error != 0)
		return (error);
	label = control_text(c, "Label");
	if (label == NULL || *label == '\0' || strlen(label) > 255)
		return (control_refuse(c, EINVAL, "a label is missing"));
	error = overrides_set(d, label, disabled);
	return (error == 0 ? 0 : control_refuse(c, error,
	    "it holds until launchd ends, but could not be written: "
	    "%s", strerror(error)));
}

static int
do_enable(struct control *c)
{

	return (set_disabled(c, false));
}

static int
do_disable(struct control *c)
{

	return (set_disabled(c, true));
}

static int
do_kickstart(struct control *c)
{
	launch_data_t again;
	struct job *job;
	int error;

	error = control_own_job(c, &job);
	if (error != 0)
		return (error);
	again = launch_data_dict_lookup(c->request, "Kill");
	log_audit(c, "kickstarted", job);
	if (launch_data_get_bool(again) && job->j_state == JOB_RUNNING) {
		error = wait_for(c, job, true);
		return (error != 0 ? error : job_kick(job, true));
	}
	error = job_kick(job, false);
	if (error == 0)
		c->answer = with_pid(job);
	return (error);
}

static int
do_kill(struct control *c)
{
	launch_data_t signo;
	struct job *job;
	int error;

	error = control_own_job(c, &job);
	if (error != 0)
		return (error);
	signo = launch_data_dict_lookup(c->request, "Signal");
	if (launch_data_get_integer(signo) < 1 ||
	    launch_data_get_integer(signo) >= NSIG)
		return (control_refuse(c, EINVAL, "no such signal"));
	log_audit(c, "signalled", job);
	error = job_signal(job, (int)launch_data_get_integer(signo));
	return (error == 0 ? 0 : control_refuse(c, error, "%.100s does not run",
	    job_label(job)));
}

static int
do_start(struct control *c)
{
	struct job *job;
	int error;

	error = control_own_job(c, &job);
	if (error != 0)
		return (error);
	log_audit(c, "started", job);
	job_demand(job, "launchctl start");
	return (0);
}

static int
do_stop(struct control *c)
{
	struct job *job;
	int error;

	error = control_own_job(c, &job);
	if (error != 0)
		return (error);
	log_audit(c, "stopped", job);
	job_stop(job);
	return (0);
}

static int
do_print(struct control *c)
{
	struct domain *d;
	struct job *job;
	int error;

	if (control_text(c, "Label") == NULL) {
		error = control_domain(c, &d);
		if (error == 0)
			c->answer = describe_domain(d);
		return (error);
	}
	error = control_job(c, &job);
	if (error == 0)
		c->answer = describe_job(job, domain_controls(job->j_domain,
		    &c->who));
	return (error);
}

static int
do_list(struct control *c)
{
	struct domain *d;
	int error;

	error = control_domain(c, &d);
	if (error == 0)
		c->answer = describe_jobs(d);
	return (error);
}

static int
do_disabled(struct control *c)
{
	struct domain *d;
	int error;

	error = control_domain(c, &d);
	if (error == 0)
		c->answer = overrides_list(d);
	return (error);
}

/* The job of a process. */
static int
do_procinfo(struct control *c)
{
	launch_data_t pid;
	struct job *job;

	pid = launch_data_dict_lookup(c->request, LAUNCH_JOBKEY_PID);
	job = job_by_pid((pid_t)launch_data_get_integer(pid));
	if (job == NULL || caller_foreign(&c->who, job->j_domain))
		return (control_refuse(c, ESRCH,
		    "process %lld is no job's main "
		    "process", launch_data_get_integer(pid)));
	c->answer = describe_job(job, domain_controls(job->j_domain,
	    &c->who));
	return (0);
}

static int
do_setenv(struct control *c)
{
	const char *name, *value;
	struct domain *d;
	int error;

	error = control_own_domain(c, &d);
	if (error != 0)
		return (error);
	name = control_text(c, "Name");
	value = control_text(c, "Value");
	if (name == NULL || *name == '\0' || strchr(name, '=') != NULL)
		return (control_refuse(c, EINVAL,
		    "not the name of a variable"));
	return (domain_setenv(d, name, value) ? 0 : ENOMEM);
}

static int
do_getenv(struct control *c)
{
	const char *name, *value;
	struct domain *d;
	int error;

	error = control_own_domain(c, &d);
	if (error != 0)
		return (error);
	name = control_text(c, "Name");
	value = name == NULL ? NULL : domain_getenv(d, name);
	if (value == NULL)
		return (control_refuse(c, ENOENT, "not set"));
	c->answer = launch_data_new_string(value);
	return (0);
}

/* A send right to the domain, for who controls it. */
static int
do_port(struct control *c)
{
	struct domain *d;
	int error;

	error = control_own_domain(c, &d);
	if (error == 0)
		c->answer = launch_data_new_machport(d->d_port);
	return (error);
}

static launch_data_t
limit_value(rlim_t value)
{

	return (value == RLIM_INFINITY ? launch_data_new_string("unlimited") :
	    launch_data_new_integer((long long)value));
}

static rlim_t
limit_of(launch_data_t value, rlim_t otherwise)
{

	if (value == NULL)
		return (otherwise);
	if (launch_data_get_type(value) == LAUNCH_DATA_INTEGER &&
	    launch_data_get_integer(value) >= 0)
		return ((rlim_t)launch_data_get_integer(value));
	return (RLIM_INFINITY);
}

/* Those that jobs are started with. */
static int
current_limit(unsigned i, struct rlimit *rl)
{

	if (default_limits[i].set) {
		*rl = default_limits[i].value;
		return (0);
	}
	return (getrlimit(job_limit_resource(i), rl));
}

static int
do_limit(struct control *c)
{
	launch_data_t one;
	const char *name;
	struct rlimit rl;
	unsigned i;
	int error;

	name = control_text(c, "Name");
	if (name == NULL) {
		c->answer = dictionary();
		for (i = 0; i < JOB_LIMITS; i++) {
			if (current_limit(i, &rl) == -1)
				continue;
			one = dictionary();
			put_value(one, "Soft", limit_value(rl.rlim_cur));
			put_value(one, "Hard", limit_value(rl.rlim_max));
			put_value(c->answer, job_limit_name(i), one);
		}
		return (0);
	}
	error = control_may_change(c, system_domain);
	if (error != 0)
		return (error);
	for (i = 0; i < JOB_LIMITS; i++)
		if (strcasecmp(name, job_limit_name(i)) == 0)
			break;
	if (i == JOB_LIMITS || current_limit(i, &rl) == -1)
		return (control_refuse(c, EINVAL, "%.40s is no resource: "
		    "\"launchctl limit\" has the names", name));
	rl.rlim_cur = limit_of(launch_data_dict_lookup(c->request, "Soft"),
	    rl.rlim_cur);
	rl.rlim_max = limit_of(launch_data_dict_lookup(c->request, "Hard"),
	    rl.rlim_max);
	if (rl.rlim_cur > rl.rlim_max)
		return (control_refuse(c, EINVAL,
		    "the soft limit is above the hard one"));
	default_limits[i].value = rl;
	default_limits[i].set = true;
	return (0);
}

/*
 * A session of the caller's below its user's domain: its name and its port.  It
 * ends with Requestor.
 */
static int
do_session(struct control *c)
{
	static const char *const types[] = { "Aqua", "Background",
	    "LoginWindow", "StandardIO" };
	struct domain *d, *made;
	mach_port_t requestor;
	const char *type;
	size_t i;

	type = control_text(c, "Type");
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (type != NULL && strcmp(type, types[i]) == 0)
			break;
	if (i == sizeof(types) / sizeof(types[0]))
		return (control_refuse(c, EINVAL, "a session is of type Aqua, "
		    "Background, LoginWindow or StandardIO"));
	requestor = launch_data_get_machport(launch_data_dict_lookup(
	    c->request, "Requestor"));
	if (!MACH_PORT_VALID(requestor))
		return (control_refuse(c, EINVAL,
		    "a session needs a port to end with"));
	if (!c->full || shutting_down)
		return (EPERM);
	d = domain_of_user(c->who.c_euid, true);
	/* The request's right is given up with it, the domain has its own. */
	if (d == NULL || mach_port_mod_refs(mach_task_self(), requestor,
	    MACH_PORT_RIGHT_SEND, 1) != KERN_SUCCESS)
		return (ENOMEM);
	if (domain_subset(d, DOMAIN_SESSION, &c->who, requestor, &made) !=
	    KERN_SUCCESS) {
		(void)mach_port_deallocate(mach_task_self(), requestor);
		return (control_refuse(c, EAGAIN,
		    "this user has too many sessions"));
	}
	(void)strcpy(made->d_session, type);
	log_client_notice(NULL, c->who.c_pid, "began %s (uid %lu, %s)",
	    made->d_name, (unsigned long)c->who.c_euid, type);
	c->answer = dictionary();
	put_string(c->answer, "Domain", made->d_name);
	put_value(c->answer, "Port", launch_data_new_machport(made->d_port));
	return (0);
}

/* Answered by the new image, or when there is none. */
static int
do_reexec(struct control *c)
{
	mach_msg_bits_t bits;
	const char *reason;
	mach_port_t reply;
	int error;

	error = control_may_change(c, system_domain);
	if (error != 0)
		return (error);
	reply = server_reply(&bits);
	error = reexec_begin(reply, bits, &reason);
	if (error != 0)
		return (control_refuse(c, error, "%s", reason));
	(void)server_take_reply(&bits);
	c->later = true;
	return (0);
}

static int
do_reboot(struct control *c)
{
	const char *how;
	int error;

	error = control_may_change(c, system_domain);
	if (error != 0)
		return (error);
	how = control_text(c, "How");
	if (how == NULL || how[0] == '\0' || strchr("rhpse", how[0]) == NULL)
		return (control_refuse(c, EINVAL,
		    "reboot, halt, poweroff, single or exit"));
	if (how[0] != 'e' && getpid() != 1)
		return (control_refuse(c, ENOTSUP,
		    "this launchd is not process 1: use \"launchctl reboot "
		    "exit\" to end it"));
	shutdown_then(how[0]);
	shutdown_begin("launchctl");
	return (0);
}

static const struct {
	const char	*name;
	int		(*run)(struct control *);
} verbs[] = {
	{ "bootstrap", do_bootstrap },
	{ "bootout", do_bootout },
	{ "reload", do_reload },
	{ "enable", do_enable },
	{ "disable", do_disable },
	{ "kickstart", do_kickstart },
	{ "kill", do_kill },
	{ "start", do_start },
	{ "stop", do_stop },
	{ "print", do_print },
	{ "list", do_list },
	{ "print-disabled", do_disabled },
	{ "procinfo", do_procinfo },
	{ "port", do_port },
	{ "setenv", do_setenv },
	{ "getenv", do_getenv },
	{ "limit", do_limit },
	{ "reboot", do_reboot },
	{ "session", do_session },
	{ "reexec", do_reexec },
};

int
control_verb(struct control *c, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return (verbs[i].run(c));
	return (control_refuse(c, EINVAL, "this launchd has no verb %.40s",
	    name));
}
