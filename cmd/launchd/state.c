/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * All that launchd knows, as a value, and launchd from such a value: for an
 * image of it that takes the place of this one.
 *
 * The form is for images of other versions too: a configuration is a property
 * list, and what a reader does not find is as it would be in a fresh launchd.
 * A right is named by its kind and index (struct rights), a descriptor by its
 * number, a domain or a job by its place in its list.
 *
 * Restoring touches no right, descriptor, process or clock: the holder of the
 * rights does it too, to see whether it can be done.  Resuming does the rest.
 */

#include <sys/types.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "launchd.h"
#include "value.h"

/* What was restored, by index. */
static struct domain **domains;
static struct job **restored;
static size_t ndomains, nrestored;
static int failures_fds[2] = { -1, -1 };
static mach_port_t returns;

/*
 * Rights.
 */

bool
rights_grow(struct rights *r, enum rights_kind kind, unsigned more)
{
	mach_port_t *ports;
	unsigned n, room;

	n = r->r_list[kind].n;
	room = r->r_list[kind].room;
	if (room - n >= more)
		return (true);
	room = n + more < 64 ? 64 : 2 * (n + more);
	ports = realloc(r->r_list[kind].ports, room * sizeof(*ports));
	if (ports == NULL)
		return (false);
	r->r_list[kind].ports = ports;
	r->r_list[kind].room = room;
	return (true);
}

int
rights_add(struct rights *r, enum rights_kind kind, mach_port_t port)
{

	if (!rights_grow(r, kind, 1))
		return (-1);
	r->r_list[kind].ports[r->r_list[kind].n] = port;
	return ((int)r->r_list[kind].n++);
}

mach_port_t
rights_get(const struct rights *r, enum rights_kind kind, long long i)
{

	return (i < 0 || (unsigned long long)i >= r->r_list[kind].n ?
	    MACH_PORT_NULL : r->r_list[kind].ports[i]);
}

void
rights_free(struct rights *r)
{
	unsigned kind;

	for (kind = 0; kind < RIGHTS_KINDS; kind++)
		free(r->r_list[kind].ports);
	memset(r, 0, sizeof(*r));
}

/*
 * Saving.  What has no memory is seen at the end, by values_lost() or
 * `failed`.
 */

struct saving {
	struct rights	*rights;
	launch_data_t	 list;
	unsigned	 n;
	bool		 failed;
};

static void
put_right(struct saving *s, launch_data_t to, const char *key,
    enum rights_kind kind, mach_port_t port)
{
	int i;

	if (port == MACH_PORT_NULL)
		return;
	i = rights_add(s->rights, kind, port);
	s->failed |= i == -1;
	put_integer(to, key, i);
}

static void
save_domain(struct domain *d, void *arg)
{
	struct saving *s = arg;
	launch_data_t to;

	d->d_index = s->n++;
	to = dictionary();
	put_integer(to, "Parent", d->d_parent != NULL ?
	    (long long)d->d_parent->d_index : -1);
	put_string(to, "Name", d->d_name);
	put_integer(to, "Kind", d->d_kind);
	put_integer(to, "User", (long long)d->d_uid);
	put_true(to, "Ending", d->d_ending);
	if (d->d_session[0] != '\0')
		put_string(to, "Session", d->d_session);
	put_strings(to, "Environment", d->d_env);
	put_right(s, to, "Port", RIGHTS_RECEIVE, d->d_port);
	put_right(s, to, "Unprivileged", RIGHTS_RECEIVE, d->d_unprivileged);
	put_right(s, to, "Requestor", RIGHTS_SEND, d->d_requestor);
	if (d->d_kind == DOMAIN_JAIL) {
		put_integer(to, "Jail", d->d_jail);
		domain_port_hold(d);
		put_right(s, to, "JailPort", RIGHTS_RECEIVE, d->d_jail_port);
	}
	(void)append_value(s->list, to);
}

static const struct {
	const char	*name;
	size_t		 offset;
} job_flags[] = {
	{ "Command", offsetof(struct job, j_command) },
	{ "Boot", offsetof(struct job, j_boot) },
	{ "Terminal", offsetof(struct job, j_tty) },
	{ "Launched", offsetof(struct job, j_launched) },
	{ "Wanted", offsetof(struct job, j_wanted) },
	{ "Again", offsetof(struct job, j_again) },
	{ "Stopping", offsetof(struct job, j_stopping) },
	{ "Stopped", offsetof(struct job, j_stopped) },
	{ "Ending", offsetof(struct job, j_ending) },
	{ "Dirty", offsetof(struct job, j_dirty) },
	{ "Kicked", offsetof(struct job, j_kicked) },
	{ "Instance", offsetof(struct job, j_instance) },
};

#define	NFLAGS	(sizeof(job_flags) / sizeof(job_flags[0]))

static bool *
flag(struct job *job, size_t i)
{

	return ((bool *)(void *)((char *)job + job_flags[i].offset));
}

static launch_data_t
save_sockets(const struct job *job)
{
	const struct job_socket *js;
	launch_data_t list, to;
	unsigned i;

	list = array();
	for (i = 0; i < job->j_nsockets; i++) {
		js = &job->j_sockets[i];
		to = dictionary();
		put_integer(to, "Config", js->js_config -
		    job->j_config->sockets);
		put_integer(to, "Descriptor", js->js_file.lf_fd);
		put_string(to, "Path", js->js_path);
		(void)append_value(list, to);
	}
	return (list);
}

static launch_data_t
save_paths(const struct job *job)
{
	launch_data_t list;
	const void *seen;
	unsigned i;
	size_t size;

	list = array();
	for (i = 0; i < job->j_npaths; i++) {
		seen = job_events_seen(job, i, &size);
		(void)append_value(list, launch_data_new_opaque(seen, size));
	}
	return (list);
}

static launch_data_t
save_waiters(struct saving *s, const struct job *job)
{
	const struct waiter *w;
	launch_data_t list, to;

	list = array();
	LIST_FOREACH(w, &job->j_waiters, w_link) {
		to = dictionary();
		put_right(s, to, "Reply", RIGHTS_SEND_ONCE, w->w_reply);
		put_true(to, "Restart", w->w_restart);
		(void)append_value(list, to);
	}
	return (list);
}

static void
save_job(struct saving *s, struct job *job)
{
	launch_data_t to;
	size_t i;

	job->j_index = s->n++;
	to = dictionary();
	put_string(to, "Label", job->j_label);
	put_string(to, "File", job->j_file);
	put_value(to, "Config", job_config_write(job->j_config));
	put_integer(to, "Domain", job->j_domain->d_index);
	if (job->j_server != NULL)
		put_integer(to, "Server", job->j_server->d_index);
	if (job->j_session != NULL)
		put_integer(to, "Session", job->j_session->d_index);
	put_integer(to, "State", job->j_state);
	put_integer(to, "Process", job->j_pid);
	put_integer(to, "Failures", job->j_fast_failures);
	put_integer(to, "Runs", job->j_runs);
	put_integer(to, "Status", job->j_status);
	put_integer(to, "Started", (long long)job->j_started);
	put_integer(to, "Due", (long long)job->j_due);
	put_string(to, "Why", job->j_why);
	if (job->j_timer.t_set)
		put_integer(to, "Timer", (long long)job->j_timer.t_when);
	if (job->j_interval.t_set)
		put_integer(to, "Interval",
		    (long long)job->j_interval.t_when);
	for (i = 0; i < NFLAGS; i++)
		put_true(to, job_flags[i].name, *flag(job, i));
	if (job->j_nsockets != 0)
		put_value(to, "Sockets", save_sockets(job));
	if (job->j_npaths != 0)
		put_value(to, "Paths", save_paths(job));
	if (!LIST_EMPTY(&job->j_waiters))
		put_value(to, "Waiters", save_waiters(s, job));
	(void)append_value(s->list, to);
}

static void
save_services(struct domain *d, void *arg)
{
	struct saving *s = arg;
	const struct service *v;
	launch_data_t to;

	LIST_FOREACH(v, &d->d_services, s_domain_link) {
		to = dictionary();
		put_string(to, "Name", v->s_name);
		put_integer(to, "Domain", d->d_index);
		if (v->s_job != NULL)
			put_integer(to, "Job", v->s_job->j_index);
		put_integer(to, "State", v->s_state);
		put_right(s, to, "Port", v->s_state == SERVICE_HELD ?
		    RIGHTS_RECEIVE : RIGHTS_SEND, v->s_port);
		put_true(to, "Created", v->s_created);
		put_true(to, "ResetAtClose", v->s_reset);
		put_true(to, "Hidden", v->s_hidden);
		put_true(to, "PerProcess", v->s_per_pid);
		if (v->s_pid != 0)
			put_integer(to, "Process", v->s_pid);
		if (v->s_created)
			put_integer(to, "User", (long long)v->s_uid);
		(void)append_value(s->list, to);
	}
}

static launch_data_t
save_limits(void)
{
	launch_data_t list, to;
	unsigned i;

	list = dictionary();
	for (i = 0; i < JOB_LIMITS; i++) {
		if (!default_limits[i].set)
			continue;
		to = dictionary();
		put_integer(to, "Soft",
		    (long long)default_limits[i].value.rlim_cur);
		put_integer(to, "Hard",
		    (long long)default_limits[i].value.rlim_max);
		put_value(list, job_limit_name(i), to);
	}
	return (list);
}

launch_data_t
state_save(struct rights *rights)
{
	struct saving s = { rights, NULL, 0, false };
	launch_data_t state;
	struct job *job;

	memset(rights, 0, sizeof(*rights));
	(void)values_lost();
	state = dictionary();
	put_integer(state, "DomainSerial", serials.domains);
	put_integer(state, "ServerSerial", serials.servers);
	put_integer(state, "Failures", spawn_descriptors()[0]);
	put_integer(state, "FailuresWrite", spawn_descriptors()[1]);
	put_right(&s, state, "Returns", RIGHTS_RECEIVE, return_port);
	put_value(state, "Limits", save_limits());
	put_value(state, "Overrides", overrides_save());
	s.list = array();
	domain_each(system_domain, save_domain, &s);
	put_value(state, "Domains", s.list);
	s.list = array();
	s.n = 0;
	TAILQ_FOREACH(job, &jobs, j_link)
		save_job(&s, job);
	put_value(state, "Jobs", s.list);
	s.list = array();
	domain_each(system_domain, save_services, &s);
	put_value(state, "Services", s.list);
	reexec_save(state, rights);
	if (!values_lost() && !s.failed)
		return (state);
	launch_data_free(state);
	rights_free(rights);
	return (NULL);
}

void
state_each_descriptor(void (*fn)(int fd))
{
	struct job *job;
	unsigned i;

	fn(spawn_descriptors()[0]);
	fn(spawn_descriptors()[1]);
	TAILQ_FOREACH(job, &jobs, j_link)
		for (i = 0; i < job->j_nsockets; i++)
			fn(job->j_sockets[i].js_file.lf_fd);
}

/*
 * Restoring.
 */

static launch_data_t
get(launch_data_t from, const char *key)
{

	return (launch_data_dict_lookup(from, key));
}

static long long
number(launch_data_t from, const char *key, long long otherwise)
{
	launch_data_t value;

	value = get(from, key);
	return (value == NULL ? otherwise : launch_data_get_integer(value));
}

static const char *
text(launch_data_t from, const char *key)
{

	return (launch_data_get_string(get(from, key)));
}

static bool
truth(launch_data_t from, const char *key)
{

	return (launch_data_get_bool(get(from, key)));
}

static mach_port_t
right(launch_data_t from, const char *key, const struct rights *rights,
    enum rights_kind kind)
{

	return (rights_get(rights, kind, number(from, key, -1)));
}

static struct domain *
domain_at(launch_data_t from, const char *key)
{
	long long i;

	i = number(from, key, -1);
	return (i < 0 || (unsigned long long)i >= ndomains ? NULL :
	    domains[i]);
}

/* A domain's parent comes before it. */
static bool
restore_domain(launch_data_t from, const struct rights *rights)
{
	struct domain *d, *parent;
	launch_data_t env;
	const char *name, *s;
	char *copy, *value;
	long long kind;
	size_t i;

	name = text(from, "Name");
	kind = number(from, "Kind", -1);
	parent = domain_at(from, "Parent");
	if (name == NULL || kind < 0 || kind > DOMAIN_SESSION ||
	    (parent == NULL) != (ndomains == 0))
		return (false);
	d = domain_restore(parent, (enum domain_kind)kind,
	    (uid_t)number(from, "User", 0), name,
	    right(from, "Port", rights, RIGHTS_RECEIVE),
	    right(from, "Unprivileged", rights, RIGHTS_RECEIVE),
	    right(from, "Requestor", rights, RIGHTS_SEND));
	if (d == NULL)
		return (false);
	domains[ndomains++] = d;
	if (kind == DOMAIN_JAIL)
		domain_restore_jail(d, (int)number(from, "Jail", 0),
		    right(from, "JailPort", rights, RIGHTS_RECEIVE));
	d->d_ending = truth(from, "Ending");
	s = text(from, "Session");
	if (s != NULL && strlen(s) < sizeof(d->d_session))
		(void)strcpy(d->d_session, s);
	env = get(from, "Environment");
	for (i = 0; i < launch_data_array_get_count(env); i++) {
		s = launch_data_get_string(launch_data_array_get_index(env,
		    i));
		copy = s == NULL ? NULL : strdup(s);
		value = copy == NULL ? NULL : strchr(copy, '=');
		if (value == NULL) {
			free(copy);
			return (false);
		}
		*value = '\0';
		if (!domain_setenv(d, copy, value + 1)) {
			free(copy);
			return (false);
		}
		free(copy);
	}
	return (true);
}

/* The words for a start are of the program, not of the value. */
static const char *
why(const char *s)
{
	static const char *const words[] = { "load", "kickstart", "demand",
	    "KeepAlive", "connection" };
	size_t i;

	for (i = 0; s != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(s, words[i]) == 0)
			return (words[i]);
	return (NULL);
}

static struct job_config *
restore_config(launch_data_t from, const char *label)
{
	struct job_config *config;
	struct plist_error error;
	struct plist *root;

	root = plist_of_value(from);
	config = NULL;
	if (root != NULL)
		config = job_config_new(root, NULL, NULL, &error);
	else
		plist_error_set(&error, 0, "out of memory");
	plist_tree_free(root);
	if (config == NULL)
		log_line(LOG_ERROR, label, 0, "its description is not "
		    "understood: %s", error.reason);
	return (config);
}

static bool
restore_sockets(struct job *job, launch_data_t list)
{
	const struct socket_config *c;
	launch_data_t from;
	long long config;
	size_t i, n;

	for (n = 0, c = job->j_config->sockets; c != NULL && c->name != NULL;
	    c++)
		n++;
	for (i = 0; i < launch_data_array_get_count(list); i++) {
		from = launch_data_array_get_index(list, i);
		config = number(from, "Config", -1);
		if (config < 0 || (unsigned long long)config >= n ||
		    !job_socket_adopt(job, job->j_config->sockets + config,
		    (int)number(from, "Descriptor", -1), text(from, "Path")))
			return (false);
	}
	return (true);
}

static bool
restore_waiters(struct job *job, launch_data_t list,
    const struct rights *rights)
{
	launch_data_t from;
	struct waiter *w;
	size_t i;

	for (i = 0; i < launch_data_array_get_count(list); i++) {
		from = launch_data_array_get_index(list, i);
		w = calloc(1, sizeof(*w));
		if (w == NULL)
			return (false);
		w->w_reply = right(from, "Reply", rights, RIGHTS_SEND_ONCE);
		w->w_bits = MACH_MSG_TYPE_MOVE_SEND_ONCE;
		w->w_restart = truth(from, "Restart");
		LIST_INSERT_HEAD(&job->j_waiters, w, w_link);
	}
	return (true);
}

static bool
restore_job(launch_data_t from, const struct rights *rights)
{
	struct job_config *config;
	struct domain *d;
	const char *label;
	struct job *job;
	long long state;
	size_t i;

	/* Its place is kept though it be empty: services name it. */
	nrestored++;
	label = text(from, "Label");
	d = domain_at(from, "Domain");
	state = number(from, "State", -1);
	if (label == NULL || d == NULL || state < 0 || state > JOB_RECOVERING)
		return (false);
	config = restore_config(get(from, "Config"), label);
	if (config == NULL)
		return (false);
	job = job_restore(d, config, label, text(from, "File"));
	job_config_free(config);
	if (job == NULL)
		return (false);
	restored[nrestored - 1] = job;
	job->j_server = domain_at(from, "Server");
	if (job->j_server != NULL)
		job->j_server->d_job = job;
	job->j_session = domain_at(from, "Session");
	if (job->j_session != NULL)
		job->j_session->d_job = job;
	job->j_state = (enum job_state)state;
	job_set_pid(job, (pid_t)number(from, "Process", 0));
	job->j_fast_failures = (unsigned)number(from, "Failures", 0);
	job->j_runs = (unsigned)number(from, "Runs", 0);
	job->j_status = (int)number(from, "Status", -1);
	job->j_started = (uint64_t)number(from, "Started", 0);
	job->j_due = (time_t)number(from, "Due", 0);
	job->j_why = why(text(from, "Why"));
	for (i = 0; i < NFLAGS; i++)
		*flag(job, i) = truth(from, job_flags[i].name);
	return (restore_sockets(job, get(from, "Sockets")) &&
	    restore_waiters(job, get(from, "Waiters"), rights));
}

static bool
restore_service(launch_data_t from, const struct rights *rights)
{
	struct service *s;
	struct domain *d;
	struct job *job;
	const char *name;
	long long j, state;
	mach_port_t port;

	name = text(from, "Name");
	d = domain_at(from, "Domain");
	state = number(from, "State", -1);
	if (name == NULL || d == NULL || state < 0 || state > SERVICE_NO_PORT)
		return (false);
	j = number(from, "Job", -1);
	job = j < 0 || (unsigned long long)j >= nrestored ? NULL :
	    restored[j];
	if (j >= 0 && job == NULL)
		return (false);
	port = right(from, "Port", rights, state == SERVICE_HELD ?
	    RIGHTS_RECEIVE : RIGHTS_SEND);
	s = service_restore(d, job, name, port, (enum service_state)state);
	if (s == NULL)
		return (false);
	if (job != NULL && state == SERVICE_AWAY && !MACH_PORT_VALID(port))
		job->j_cut_off = true;
	s->s_created = truth(from, "Created");
	s->s_reset = truth(from, "ResetAtClose");
	s->s_hidden = truth(from, "Hidden");
	s->s_per_pid = truth(from, "PerProcess");
	s->s_pid = (pid_t)number(from, "Process", 0);
	s->s_uid = (uid_t)number(from, "User", 0);
	return (true);
}

static void
restore_limits(launch_data_t list)
{
	launch_data_t from;
	unsigned i;

	for (i = 0; i < JOB_LIMITS; i++) {
		from = get(list, job_limit_name(i));
		if (from == NULL)
			continue;
		default_limits[i].set = true;
		default_limits[i].value.rlim_cur =
		    (rlim_t)number(from, "Soft", 0);
		default_limits[i].value.rlim_max =
		    (rlim_t)number(from, "Hard", 0);
	}
}

static unsigned
restore_list(launch_data_t list, const struct rights *rights,
    bool (*restore)(launch_data_t, const struct rights *))
{
	unsigned wrong;
	size_t i;

	wrong = 0;
	for (i = 0; i < launch_data_array_get_count(list); i++)
		wrong += !restore(launch_data_array_get_index(list, i),
		    rights);
	return (wrong);
}

unsigned
state_restore(launch_data_t state, const struct rights *rights)
{
	unsigned wrong;

	domains = calloc(launch_data_array_get_count(get(state, "Domains")) +
	    1, sizeof(*domains));
	restored = calloc(launch_data_array_get_count(get(state, "Jobs")) + 1,
	    sizeof(*restored));
	if (domains == NULL || restored == NULL)
		return (1);
	serials.domains = (unsigned)number(state, "DomainSerial", 0);
	serials.servers = (unsigned)number(state, "ServerSerial", 0);
	failures_fds[0] = (int)number(state, "Failures", -1);
	failures_fds[1] = (int)number(state, "FailuresWrite", -1);
	returns = right(state, "Returns", rights, RIGHTS_RECEIVE);
	restore_limits(get(state, "Limits"));
	overrides_restore(get(state, "Overrides"));
	wrong = restore_list(get(state, "Domains"), rights, restore_domain);
	wrong += restore_list(get(state, "Jobs"), rights, restore_job);
	wrong += restore_list(get(state, "Services"), rights,
	    restore_service);
	reexec_restore(state, rights);
	return (wrong + (system_domain == NULL));
}

/*
 * Resuming.
 */

static void
resume_domain(struct domain *d, void *arg)
{
	mach_port_t requestor;

	(void)arg;
	if (!domain_resume(d))
		log_line(LOG_ERROR, NULL, 0, "domain %s has no port",
		    d->d_name);
	requestor = d->d_requestor;
	if (requestor != MACH_PORT_NULL && (requestor == MACH_PORT_DEAD ||
	    events_request(requestor, MACH_NOTIFY_DEAD_NAME, notify_port) !=
	    KERN_SUCCESS))
		d->d_requestor = MACH_PORT_NULL;
}

static void
resume_services(struct domain *d, void *arg)
{
	struct service *next, *s;

	(void)arg;
	for (s = LIST_FIRST(&d->d_services); s != NULL; s = next) {
		next = LIST_NEXT(s, s_domain_link);
		service_resume(s);
	}
}

static void
resume_job(struct job *job, launch_data_t from)
{
	long long when;

	when = number(from, "Timer", -1);
	if (when >= 0)
		timer_set(&job->j_timer, (uint64_t)when);
	service_set_specials(&job->j_services, job->j_config->services);
	if (job->j_launched && !job->j_ending) {
		job_events_resume(job, get(from, "Paths"));
		when = number(from, "Interval", -1);
		if (when >= 0)
			timer_set(&job->j_interval, (uint64_t)when);
	}
	job_resume(job);
	if (job->j_cut_off)
		job_cut_off(job);
}

/*
 * Those that were ending, and those whose requestor died, end when all jobs are
 * back.  A job that goes may take its domain with it: by name.
 */
static char (*
ending_domains(launch_data_t list, size_t *n))[sizeof(domains[0]->d_name)]
{
	char (*names)[sizeof(domains[0]->d_name)];
	struct domain *d;
	size_t i;

	*n = 0;
	names = calloc(ndomains, sizeof(*names));
	for (i = 1; names != NULL && i < ndomains; i++) {
		d = domains[i];
		if (!d->d_ending && (d->d_requestor != MACH_PORT_NULL ||
		    get(launch_data_array_get_index(list, i), "Requestor") ==
		    NULL))
			continue;
		d->d_ending = false;
		(void)strcpy(names[(*n)++], d->d_name);
	}
	return (names);
}

bool
state_resume(launch_data_t state)
{
	char (*ending)[sizeof(domains[0]->d_name)];
	launch_data_t list;
	struct domain *d;
	size_t i, n;

	if (events_resume(returns) != 0 || spawn_resume(failures_fds) != 0) {
		log_line(LOG_ERROR, NULL, 0, "cannot wait for anything");
		return (false);
	}
	domain_each(system_domain, resume_domain, NULL);
	domain_each(system_domain, resume_services, NULL);
	(void)spawn_inherit(system_domain->d_port);
	ending = ending_domains(get(state, "Domains"), &n);
	list = get(state, "Jobs");
	for (i = 0; i < nrestored; i++)
		if (restored[i] != NULL)
			resume_job(restored[i],
			    launch_data_array_get_index(list, i));
	for (i = 0; i < n; i++) {
		d = domain_by_name(ending[i]);
		if (d != NULL)
			domain_end(d);
	}
	free(ending);
	free(domains);
	free(restored);
	jobs_check_others();
	jobs_reap();
	return (true);
}
