/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What launchctl(1) and liblaunch ask, as values (launch.h).
 *
 * A request is a string or a dictionary.  launchctl's has Verb, Domain and what
 * the verb needs; the others are Darwin's, with their one key.  The answer is a
 * value, or an errno; a refusal that needs words is a dictionary of Error and
 * Reason.
 *
 * Everybody may look; changing is for those that domain_controls() names, and a
 * request by an unprivileged port changes nothing.
 */

#include <sys/types.h>
#include <sys/resource.h>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mig.h>

#include "lib/liblaunch/pack.h"

#include "gen/bootstrap_server.h"
#include "launchd.h"
#include "value.h"

#define	REPLY_ID	520		/* of bootstrap_control */

struct control {
	struct caller	 who;
	struct domain	*here;		/* whose port it came to */
	bool		 full;
	launch_data_t	 request;
	launch_data_t	 answer;	/* NULL: `error` */
	int		 error;
	bool		 later;		/* a waiter has the reply right */
	char		 reason[256];
};

/*
 * Answering.
 */

/*
 * Never wait for who asked.  What could not be queued was given back, with
 * rights and memory that are a second time ours; of what could not go at all
 * only the right to send is.
 */
static void
send_or_drop(mach_msg_header_t *head)
{
	mach_msg_return_t mr;

	mr = mach_msg(head, MACH_SEND_MSG | MACH_SEND_TIMEOUT, head->msgh_size,
	    0, MACH_PORT_NULL, 0, MACH_PORT_NULL) & ~MACH_MSG_MASK;
	if (mr == MACH_SEND_TIMED_OUT || mr == MACH_SEND_INTERRUPTED)
		mach_msg_destroy(head);
	else if (mr != MACH_MSG_SUCCESS && MACH_PORT_VALID(
	    head->msgh_remote_port))
		(void)mach_port_deallocate(mach_task_self(),
		    head->msgh_remote_port);
}

static void
answer_packed(mach_port_t reply, mach_msg_bits_t bits, struct packed *p)
{
	__Reply__bootstrap_control_t m;

	memset(&m, 0, sizeof(m));
	m.Head.msgh_bits = MACH_MSGH_BITS(bits, 0) | MACH_MSGH_BITS_COMPLEX;
	m.Head.msgh_size = sizeof(m);
	m.Head.msgh_remote_port = reply;
	m.Head.msgh_id = REPLY_ID;
	m.msgh_body.msgh_descriptor_count = 2;
	m.answer.address = p->bytes;
	m.answer.size = (mach_msg_size_t)p->size;
	m.answer.copy = MACH_MSG_PHYSICAL_COPY;
	m.answer.type = MACH_MSG_OOL_DESCRIPTOR;
	m.answer_rights.address = p->nrights == 0 ? NULL : p->rights;
	m.answer_rights.count = p->nrights;
	m.answer_rights.copy = MACH_MSG_PHYSICAL_COPY;
	m.answer_rights.disposition = MACH_MSG_TYPE_COPY_SEND;
	m.answer_rights.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	m.NDR = NDR_record;
	m.answerCnt = (mach_msg_type_number_t)p->size;
	m.answer_rightsCnt = p->nrights;
	send_or_drop(&m.Head);
}

static void
answer_code(mach_port_t reply, mach_msg_bits_t bits, kern_return_t code)
{
	mig_reply_error_t m;

	memset(&m, 0, sizeof(m));
	m.Head.msgh_bits = MACH_MSGH_BITS(bits, 0);
	m.Head.msgh_size = sizeof(m);
	m.Head.msgh_remote_port = reply;
	m.Head.msgh_id = REPLY_ID;
	m.NDR = NDR_record;
	m.RetCode = code;
	send_or_drop(&m.Head);
}

void
control_answer(mach_port_t reply, mach_msg_bits_t bits, launch_data_t answer)
{
	struct packed *p;

	if (!MACH_PORT_VALID(reply))
		return;
	p = malloc(sizeof(*p));
	if (p == NULL || answer == NULL || launch_pack(answer, p) != 0) {
		free(p);
		answer_code(reply, bits, BOOTSTRAP_NO_MEMORY);
		return;
	}
	answer_packed(reply, bits, p);
	launch_pack_free(p);
	free(p);
}

void
control_answer_errno(mach_port_t reply, mach_msg_bits_t bits, int error)
{
	launch_data_t answer;

	answer = launch_data_new_errno(error);
	control_answer(reply, bits, answer);
	launch_data_free(answer);
}

static launch_data_t
refusal(int error, const char *reason)
{
	launch_data_t d;

	d = dictionary();
	put_integer(d, "Error", error);
	put_string(d, "Reason", reason);
	return (d);
}

void
control_answer_reason(mach_port_t reply, mach_msg_bits_t bits, int error,
    const char *reason)
{
	launch_data_t answer;

	answer = refusal(error, reason);
	control_answer(reply, bits, answer);
	launch_data_free(answer);
}

/*
 * What verbs need.
 */

static const char *
text(struct control *c, const char *key)
{

	return (launch_data_get_string(launch_data_dict_lookup(c->request,
	    key)));
}

static int __attribute__((format(printf, 3, 4)))
refuse(struct control *c, int error, const char *fmt, ...)
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

	name = text(c, "Domain");
	*d = name == NULL ? c->here : domain_named(c, name, change);
	if (*d == NULL || caller_foreign(&c->who, *d))
		return (refuse(c, ENOENT, "there is no domain %.64s: use "
		    "system or user/UID", name));
	return (0);
}

static int
get_domain(struct control *c, struct domain **d)
{

	return (find_domain(c, false, d));
}

static int
may_change(struct control *c, struct domain *d)
{

	if (c->full && domain_controls(d, &c->who))
		return (0);
	log_client(NULL, c->who.c_pid, "refused: a change of %s (uid %lu)",
	    d->d_name, (unsigned long)c->who.c_euid);
	return (refuse(c, EPERM, "user %lu may not change domain %s: try as "
	    "its user or as root", (unsigned long)c->who.c_euid, d->d_name));
}

static int
get_own_domain(struct control *c, struct domain **d)
{
	int error;

	error = find_domain(c, true, d);
	return (error != 0 ? error : may_change(c, *d));
}

static int
get_job(struct control *c, struct job **job)
{
	const char *label;
	struct domain *d;
	int error;

	error = get_domain(c, &d);
	if (error != 0)
		return (error);
	label = text(c, "Label");
	if (label == NULL)
		return (refuse(c, EINVAL, "a label is missing"));
	*job = job_by_label(d, label);
	if (*job == NULL)
		return (refuse(c, ESRCH, "no job %.100s in domain %s: "
		    "\"launchctl list\" has the names", label, d->d_name));
	return (0);
}

static int
get_own_job(struct control *c, struct job **job)
{
	int error;

	error = get_job(c, job);
	return (error != 0 ? error : may_change(c, (*job)->j_domain));
}

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

/*
 * launchctl's verbs.  Each returns 0 or an errno value.
 */

static int
refuse_file(struct control *c, int error, const char *path,
    const struct plist_error *why)
{

	if (why->line != 0)
		return (refuse(c, error, "%.120s:%u: %.110s", path, why->line,
		    why->reason));
	return (refuse(c, error, "%.120s: %.120s", path, why->reason));
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

	error = get_own_domain(c, &d);
	if (error != 0)
		return (error);
	if (shutting_down)
		return (refuse(c, ESHUTDOWN, "launchd is shutting down"));
	force = launch_data_dict_lookup(c->request, "Force");
	forced = launch_data_get_bool(force);
	paths = launch_data_dict_lookup(c->request, "Path");
	path = launch_data_get_string(paths);
	if (path == NULL)
		return (0);		/* the domain alone */
	if (path[0] != '/')
		return (refuse(c, EINVAL, "the path is not absolute"));
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

	error = get_own_job(c, &job);
	if (error != 0)
		return (error);
	if (shutting_down || job->j_ending)
		return (refuse(c, ESHUTDOWN, "%.100s is ending",
		    job_label(job)));
	path = text(c, "Path");
	if (path == NULL)
		path = job->j_file;
	if (path == NULL || path[0] != '/')
		return (refuse(c, EINVAL, "%.100s was not loaded from an "
		    "absolute path: say which file", job_label(job)));
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

	if (text(c, "Label") == NULL) {
		error = get_own_domain(c, &d);
		if (error != 0)
			return (error);
		if (d == system_domain)
			return (refuse(c, EINVAL, "the system domain ends with "
			    "launchd: use \"launchctl reboot\""));
		domain_end(d);
		return (0);
	}
	error = get_own_job(c, &job);
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

	error = get_own_domain(c, &d);
	if (error != 0)
		return (error);
	label = text(c, "Label");
	if (label == NULL || *label == '\0' || strlen(label) > 255)
		return (refuse(c, EINVAL, "a label is missing"));
	error = overrides_set(d, label, disabled);
	return (error == 0 ? 0 : refuse(c, error, "it holds until launchd "
	    "ends, but could not be written: %s", strerror(error)));
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

	error = get_own_job(c, &job);
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

	error = get_own_job(c, &job);
	if (error != 0)
		return (error);
	signo = launch_data_dict_lookup(c->request, "Signal");
	if (launch_data_get_integer(signo) < 1 ||
	    launch_data_get_integer(signo) >= NSIG)
		return (refuse(c, EINVAL, "no such signal"));
	log_audit(c, "signalled", job);
	error = job_signal(job, (int)launch_data_get_integer(signo));
	return (error == 0 ? 0 : refuse(c, error, "%.100s does not run",
	    job_label(job)));
}

static int
do_start(struct control *c)
{
	struct job *job;
	int error;

	error = get_own_job(c, &job);
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

	error = get_own_job(c, &job);
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

	if (text(c, "Label") == NULL) {
		error = get_domain(c, &d);
		if (error == 0)
			c->answer = describe_domain(d);
		return (error);
	}
	error = get_job(c, &job);
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

	error = get_domain(c, &d);
	if (error == 0)
		c->answer = describe_jobs(d);
	return (error);
}

static int
do_disabled(struct control *c)
{
	struct domain *d;
	int error;

	error = get_domain(c, &d);
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
		return (refuse(c, ESRCH, "process %lld is no job's main "
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

	error = get_own_domain(c, &d);
	if (error != 0)
		return (error);
	name = text(c, "Name");
	value = text(c, "Value");
	if (name == NULL || *name == '\0' || strchr(name, '=') != NULL)
		return (refuse(c, EINVAL, "not the name of a variable"));
	return (domain_setenv(d, name, value) ? 0 : ENOMEM);
}

static int
do_getenv(struct control *c)
{
	const char *name, *value;
	struct domain *d;
	int error;

	error = get_own_domain(c, &d);
	if (error != 0)
		return (error);
	name = text(c, "Name");
	value = name == NULL ? NULL : domain_getenv(d, name);
	if (value == NULL)
		return (refuse(c, ENOENT, "not set"));
	c->answer = launch_data_new_string(value);
	return (0);
}

/* A send right to the domain, for who controls it. */
static int
do_port(struct control *c)
{
	struct domain *d;
	int error;

	error = get_own_domain(c, &d);
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

	name = text(c, "Name");
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
	error = may_change(c, system_domain);
	if (error != 0)
		return (error);
	for (i = 0; i < JOB_LIMITS; i++)
		if (strcasecmp(name, job_limit_name(i)) == 0)
			break;
	if (i == JOB_LIMITS || current_limit(i, &rl) == -1)
		return (refuse(c, EINVAL, "%.40s is no resource: "
		    "\"launchctl limit\" has the names", name));
	rl.rlim_cur = limit_of(launch_data_dict_lookup(c->request, "Soft"),
	    rl.rlim_cur);
	rl.rlim_max = limit_of(launch_data_dict_lookup(c->request, "Hard"),
	    rl.rlim_max);
	if (rl.rlim_cur > rl.rlim_max)
		return (refuse(c, EINVAL, "the soft limit is above the hard "
		    "one"));
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

	type = text(c, "Type");
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (type != NULL && strcmp(type, types[i]) == 0)
			break;
	if (i == sizeof(types) / sizeof(types[0]))
		return (refuse(c, EINVAL, "a session is of type Aqua, "
		    "Background, LoginWindow or StandardIO"));
	requestor = launch_data_get_machport(launch_data_dict_lookup(
	    c->request, "Requestor"));
	if (!MACH_PORT_VALID(requestor))
		return (refuse(c, EINVAL, "a session needs a port to end "
		    "with"));
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
		return (refuse(c, EAGAIN, "this user has too many sessions"));
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

	error = may_change(c, system_domain);
	if (error != 0)
		return (error);
	reply = server_reply(&bits);
	error = reexec_begin(reply, bits, &reason);
	if (error != 0)
		return (refuse(c, error, "%s", reason));
	(void)server_take_reply(&bits);
	c->later = true;
	return (0);
}

static int
do_reboot(struct control *c)
{
	const char *how;
	int error;

	error = may_change(c, system_domain);
	if (error != 0)
		return (error);
	how = text(c, "How");
	if (how == NULL || how[0] == '\0' || strchr("rhpse", how[0]) == NULL)
		return (refuse(c, EINVAL, "reboot, halt, poweroff, single or "
		    "exit"));
	if (how[0] != 'e' && getpid() != 1)
		return (refuse(c, ENOTSUP, "this launchd is not process 1: "
		    "use \"launchctl reboot exit\" to end it"));
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

/*
 * Darwin's requests, and those of liblaunch.
 */

static int
submit(struct control *c, launch_data_t value)
{
	struct plist_error why;
	struct plist *root;
	int error;

	error = may_change(c, c->here);
	if (error != 0)
		return (error);
	if (launch_data_get_type(value) != LAUNCH_DATA_DICTIONARY)
		return (EINVAL);
	root = plist_of_value(value);
	if (root == NULL)
		return (EINVAL);
	error = load_tree(c->here, root, "(submitted)", true, &why);
	plist_tree_free(root);
	/* Darwin's name for a label that is taken. */
	return (error == EALREADY ? EEXIST : error);
}

/* A label: the same verb as launchctl's. */
static int
with_label(struct control *c, launch_data_t value, const char *verb)
{
	launch_data_t copy;
	size_t i;

	/* A copy of ports or descriptors would be given up twice. */
	if (launch_data_get_type(value) != LAUNCH_DATA_STRING)
		return (EINVAL);
	copy = launch_data_copy(value);
	if (!launch_data_dict_insert(c->request, copy, "Label")) {
		launch_data_free(copy);
		return (ENOMEM);
	}
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, verb) == 0)
			return (verbs[i].run(c));
	return (EINVAL);
}

struct setting {
	struct control	*c;
	int		 error;
};

static void
set_one(launch_data_t value, const char *key, void *arg)
{
	struct setting *s;

	s = arg;
	if (launch_data_get_string(value) == NULL ||
	    strchr(key, '=') != NULL || *key == '\0')
		s->error = EINVAL;
	else if (!domain_setenv(s->c->here, key,
	    launch_data_get_string(value)))
		s->error = ENOMEM;
}

static int
activate(struct control *c, launch_data_t value)
{
	const char *name;
	struct job *job;
	launch_data_t fd;
	unsigned i, n;

	job = job_by_pid(c->who.c_pid);
	if (job == NULL)
		return (ESRCH);
	name = launch_data_get_string(value);
	if (name == NULL)
		return (EINVAL);
	c->answer = array();
	for (i = n = 0; i < job->j_nsockets; i++) {
		if (strcmp(job->j_sockets[i].js_config->name, name) != 0)
			continue;
		fd = launch_data_new_fd(job->j_sockets[i].js_file.lf_fd);
		n += append_value(c->answer, fd);
	}
	if (n != 0)
		return (0);
	launch_data_free(c->answer);
	c->answer = NULL;
	return (ENOENT);
}

/* All that a job wants to know of itself; names of services, as true. */
static int
check_in(struct control *c)
{
	launch_data_t fd, list;
	const struct service *s;
	const char *name;
	struct job *job;
	unsigned i;

	job = job_by_pid(c->who.c_pid);
	if (job == NULL)
		return (ESRCH);
	c->answer = describe_job(job, true);
	if (c->answer == NULL)
		return (ENOMEM);
	list = dictionary();
	for (i = 0; i < job->j_nsockets; i++) {
		name = job->j_sockets[i].js_config->name;
		fd = launch_data_new_fd(job->j_sockets[i].js_file.lf_fd);
		(void)append_value(member(list, name, LAUNCH_DATA_ARRAY), fd);
	}
	put_value(c->answer, LAUNCH_JOBKEY_SOCKETS, list);
	list = dictionary();
	LIST_FOREACH(s, &job->j_services, s_job_link)
		put_value(list, s->s_name, launch_data_new_bool(true));
	put_value(c->answer, LAUNCH_JOBKEY_MACHSERVICES, list);
	return (0);
}

static int
transaction(struct control *c, launch_data_t value)
{
	struct job *job;

	job = job_by_pid(c->who.c_pid);
	if (job == NULL)
		return (ESRCH);
	job->j_dirty = launch_data_get_bool(value);
	return (0);
}

static int
environment(struct control *c)
{
	launch_data_t list;
	char **e, name[256];
	size_t n;
	int error;

	error = may_change(c, c->here);
	if (error != 0)
		return (error);
	c->answer = list = dictionary();
	for (e = c->here->d_env; e != NULL && *e != NULL; e++) {
		n = strcspn(*e, "=");
		if (n >= sizeof(name))
			continue;
		memcpy(name, *e, n);
		name[n] = '\0';
		put_value(list, name, launch_data_new_string(*e + n + 1));
	}
	return (0);
}

struct first {
	const char	*key;
	launch_data_t	 value;
};

static void
take_first(launch_data_t value, const char *key, void *arg)
{
	struct first *f;

	f = arg;
	if (f->key == NULL) {
		f->key = key;
		f->value = value;
	}
}

static int
classic(struct control *c)
{
	struct first f = { NULL, NULL };
	struct setting s = { c, 0 };
	int error;

	launch_data_dict_iterate(c->request, take_first, &f);
	if (f.key == NULL)
		return (EINVAL);
	if (strcmp(f.key, LAUNCH_KEY_SUBMITJOB) == 0)
		return (submit(c, f.value));
	if (strcmp(f.key, LAUNCH_KEY_REMOVEJOB) == 0)
		return (with_label(c, f.value, "bootout"));
	if (strcmp(f.key, LAUNCH_KEY_STARTJOB) == 0)
		return (with_label(c, f.value, "start"));
	if (strcmp(f.key, LAUNCH_KEY_STOPJOB) == 0)
		return (with_label(c, f.value, "stop"));
	if (strcmp(f.key, LAUNCH_KEY_GETJOB) == 0)
		return (with_label(c, f.value, "print"));
	if (strcmp(f.key, "ActivateSocket") == 0)
		return (activate(c, f.value));
	if (strcmp(f.key, "Transaction") == 0)
		return (transaction(c, f.value));
	if (strcmp(f.key, LAUNCH_KEY_SETUSERENVIRONMENT) == 0) {
		error = may_change(c, c->here);
		if (error == 0)
			launch_data_dict_iterate(f.value, set_one, &s);
		return (error != 0 ? error : s.error);
	}
	if (strcmp(f.key, LAUNCH_KEY_UNSETUSERENVIRONMENT) == 0) {
		error = may_change(c, c->here);
		if (error == 0 && launch_data_get_string(f.value) != NULL)
			(void)domain_setenv(c->here,
			    launch_data_get_string(f.value), NULL);
		return (error);
	}
	return (EINVAL);
}

static int
plain(struct control *c)
{
	const char *what;

	what = launch_data_get_string(c->request);
	if (strcmp(what, LAUNCH_KEY_CHECKIN) == 0)
		return (check_in(c));
	if (strcmp(what, LAUNCH_KEY_GETJOBS) == 0) {
		if (caller_foreign(&c->who, c->here))
			return (EPERM);
		c->answer = describe_jobs(c->here);
		return (0);
	}
	if (strcmp(what, LAUNCH_KEY_GETUSERENVIRONMENT) == 0)
		return (environment(c));
	return (EINVAL);
}

static int
carry_out(struct control *c)
{
	const char *verb;
	size_t i;

	if (launch_data_get_type(c->request) == LAUNCH_DATA_STRING)
		return (plain(c));
	if (launch_data_get_type(c->request) != LAUNCH_DATA_DICTIONARY)
		return (EINVAL);
	verb = text(c, "Verb");
	if (verb == NULL)
		return (classic(c));
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, verb) == 0)
			return (verbs[i].run(c));
	return (refuse(c, EINVAL, "this launchd has no verb %.40s", verb));
}

/* An errno, with words if there are any. */
static launch_data_t
result(struct control *c)
{

	if (c->error == 0 && c->answer != NULL)
		return (c->answer);
	launch_data_free(c->answer);
	if (c->error == 0 || c->reason[0] == '\0')
		return (launch_data_new_errno(c->error));
	return (refusal(c->error, c->reason));
}

/* What a request holds beyond memory. */
static void
close_rights(launch_data_t d, const char *key, void *arg)
{
	size_t i;

	(void)key;
	(void)arg;
	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_FD:
		(void)close(launch_data_get_fd(d));
		break;
	case LAUNCH_DATA_MACHPORT:
		(void)mach_port_deallocate(mach_task_self(),
		    launch_data_get_machport(d));
		break;
	case LAUNCH_DATA_DICTIONARY:
		launch_data_dict_iterate(d, close_rights, NULL);
		break;
	case LAUNCH_DATA_ARRAY:
		for (i = 0; i < launch_data_array_get_count(d); i++)
			close_rights(launch_data_array_get_index(d, i), NULL,
			    NULL);
		break;
	default:
		break;
	}
}

kern_return_t
do_bootstrap_control(mach_port_t bp, vm_offset_t request,
    mach_msg_type_number_t requestCnt, mach_port_array_t request_rights,
    mach_msg_type_number_t request_rightsCnt, audit_token_t token,
    vm_offset_t *answer, mach_msg_type_number_t *answerCnt,
    mach_port_array_t *answer_rights, mach_msg_type_number_t *answer_rightsCnt)
{
	launch_data_t reply;
	mach_msg_bits_t bits;
	struct control c;
	mach_port_t to;

	(void)answer;
	(void)answerCnt;
	(void)answer_rights;
	(void)answer_rightsCnt;
	memset(&c, 0, sizeof(c));
	c.who = caller_of(token);
	c.here = domain_by_port(bp, &c.full);
	c.request = launch_unpack((const void *)request, requestCnt,
	    request_rights, request_rightsCnt);
	/* From here on the request is used up: this is mig's success. */
	mig_deallocate(request, requestCnt);
	mig_deallocate((vm_address_t)request_rights,
	    request_rightsCnt * sizeof(*request_rights));
	c.error = c.request == NULL ? EINVAL : carry_out(&c);
	if (c.request != NULL)
		close_rights(c.request, NULL, NULL);
	launch_data_free(c.request);
	if (c.later) {
		launch_data_free(c.answer);
		return (MIG_NO_REPLY);
	}
	reply = result(&c);
	to = server_take_reply(&bits);
	control_answer(to, bits, reply);
	launch_data_free(reply);
	return (MIG_NO_REPLY);
}
