/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Jobs and domains as values, for launchctl(1) to print.  What there is no
 * memory for is left out.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <string.h>

#include "launchd.h"
#include "value.h"

/* Of an empty list nothing is said. */
static void
put_some(launch_data_t dict, const char *key, char *const *list)
{

	if (list != NULL && *list != NULL)
		put_strings(dict, key, list);
}

/* As wait(2) has it, and in words. */
static void
put_status(launch_data_t dict, const struct job *job)
{

	if (job->j_status == -1)
		return;
	put_integer(dict, LAUNCH_JOBKEY_LASTEXITSTATUS, job->j_status);
	if (WIFSIGNALED(job->j_status)) {
		put_integer(dict, "LastExitSignal", WTERMSIG(job->j_status));
		put_string(dict, "LastExitReason",
		    strsignal(WTERMSIG(job->j_status)));
	} else
		put_integer(dict, "LastExitCode",
		    WEXITSTATUS(job->j_status));
}

static launch_data_t
describe_service(const struct service *s)
{
	static const char *const states[] = { "held", "checked in",
	    "registered", "no port" };
	launch_data_t d;
	int queued;

	d = dictionary();
	put_string(d, "State", states[s->s_state]);
	put_integer(d, "Port", s->s_port);
	queued = service_queued(s);
	if (queued >= 0)
		put_integer(d, "QueueLength", queued);
	if (service_pid(s) != 0)
		put_integer(d, LAUNCH_JOBKEY_PID, service_pid(s));
	if (s->s_job != NULL)
		put_string(d, "Job", job_label(s->s_job));
	put_true(d, "ResetAtClose", s->s_reset);
	put_true(d, "HideUntilCheckIn", s->s_hidden);
	return (d);
}

static void
put_services(launch_data_t dict, const struct job *job)
{
	const struct service *s;
	launch_data_t list;

	if (LIST_EMPTY(&job->j_services))
		return;
	list = dictionary();
	LIST_FOREACH(s, &job->j_services, s_job_link)
		put_value(list, s->s_name, describe_service(s));
	put_value(dict, LAUNCH_JOBKEY_MACHSERVICES, list);
}

static void
put_sockets(launch_data_t dict, const struct job *job)
{
	const struct socket_config *c;
	launch_data_t list, one;
	unsigned i;

	if (job->j_nsockets == 0)
		return;
	list = dictionary();
	for (i = 0; i < job->j_nsockets; i++) {
		c = job->j_sockets[i].js_config;
		one = dictionary();
		if (job->j_sockets[i].js_path != NULL)
			put_string(one, "Path", job->j_sockets[i].js_path);
		put_string(one, "Service", c->service);
		put_string(one, "Node", c->node);
		put_true(one, "Watched", job->j_sockets[i].js_watched);
		(void)append_value(member(list, c->name, LAUNCH_DATA_ARRAY),
		    one);
	}
	put_value(dict, LAUNCH_JOBKEY_SOCKETS, list);
}

static void
put_conditions(launch_data_t dict, const struct job_config *c)
{

	if (c->keep_alive == KEEP_ALIVE_ALWAYS)
		put_value(dict, "KeepAlive", launch_data_new_bool(true));
	else if (c->keep_alive == KEEP_ALIVE_CONDITIONS)
		put_string(dict, "KeepAlive", "conditions");
	put_true(dict, "RunAtLoad", c->run_at_load);
	put_true(dict, "LaunchOnlyOnce", c->launch_only_once);
	put_true(dict, "StartOnMount", c->start_on_mount);
	if (c->start_interval != 0)
		put_integer(dict, "StartInterval", c->start_interval);
	put_some(dict, "WatchPaths", c->watch_paths);
	put_some(dict, "QueueDirectories", c->queue_directories);
	put_integer(dict, "ThrottleInterval", c->throttle_interval);
	put_integer(dict, "ExitTimeOut", c->exit_timeout);
	if (c->timeout != 0)
		put_integer(dict, LAUNCH_JOBKEY_TIMEOUT, c->timeout);
}

launch_data_t
describe_job(struct job *job, bool all)
{
	const struct job_config *c;
	launch_data_t d;

	d = dictionary();
	if (d == NULL)
		return (NULL);
	c = job->j_config;
	put_string(d, LAUNCH_JOBKEY_LABEL, job_label(job));
	put_string(d, "Domain", job->j_domain->d_name);
	put_string(d, "State", job_state_name(job));
	if (job->j_pid != 0)
		put_integer(d, LAUNCH_JOBKEY_PID, job->j_pid);
	put_integer(d, "Runs", job->j_runs);
	put_status(d, job);
	put_string(d, "Reason", job->j_why);
	if (job->j_state == JOB_WAITING) {
		uint64_t t = now();

		put_integer(d, "StartsInMilliseconds",
		    job->j_timer.t_when > t ?
		    (long long)((job->j_timer.t_when - t) / MILLISECOND) : 0);
	}
	put_string(d, "Path", job->j_file);
	put_string(d, LAUNCH_JOBKEY_PROGRAM, c->program);
	put_some(d, LAUNCH_JOBKEY_PROGRAMARGUMENTS, c->argv);
	put_string(d, "UserName", c->user);
	put_string(d, "GroupName", c->group);
	put_string(d, "WorkingDirectory", c->working_directory);
	put_string(d, "StandardOutPath", c->stdout_path);
	put_string(d, "StandardErrorPath", c->stderr_path);
	put_conditions(d, c);
	if (job->j_session != NULL)
		put_string(d, "Session", job->j_session->d_name);
	if (c->transactions)
		put_value(d, "Transaction", launch_data_new_bool(job->j_dirty));
	if (job->j_due != 0)
		put_integer(d, "NextCalendarTime", job->j_due);
	put_services(d, job);
	put_sockets(d, job);
	/* What a job was given is for who controls it. */
	if (all)
		put_some(d, "EnvironmentVariables", c->env);
	return (d);
}

static launch_data_t
brief(const struct job *job)
{
	launch_data_t d;

	d = dictionary();
	put_string(d, LAUNCH_JOBKEY_LABEL, job_label(job));
	if (job->j_pid != 0)
		put_integer(d, LAUNCH_JOBKEY_PID, job->j_pid);
	put_string(d, "State", job_state_name(job));
	put_status(d, job);
	return (d);
}

launch_data_t
describe_jobs(struct domain *d)
{
	launch_data_t list;
	struct job *job;

	list = dictionary();
	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_domain == d)
			put_value(list, job_label(job), brief(job));
	return (list);
}

launch_data_t
describe_domain(struct domain *d)
{
	static const char *const kinds[] = { "system", "user", "jail",
	    "subset", "server", "session" };
	launch_data_t dict, list;
	const struct domain *child;
	const struct service *s;

	dict = dictionary();
	if (dict == NULL)
		return (NULL);
	put_string(dict, "Domain", d->d_name);
	put_string(dict, "Kind", kinds[d->d_kind]);
	put_integer(dict, "User", (long long)d->d_uid);
	put_string(dict, "SessionType", domain_session_type(d));
	put_string(dict, "Parent", d->d_parent != NULL ? d->d_parent->d_name :
	    NULL);
	put_integer(dict, "Port", d->d_port);
	list = array();
	LIST_FOREACH(child, &d->d_children, d_link)
		(void)append_value(list,
		    launch_data_new_string(child->d_name));
	put_value(dict, "Children", list);
	put_some(dict, "EnvironmentVariables", d->d_env);
	put_value(dict, "Jobs", describe_jobs(d));
	list = dictionary();
	LIST_FOREACH(s, &d->d_services, s_domain_link)
		put_value(list, s->s_name, describe_service(s));
	put_value(dict, LAUNCH_JOBKEY_MACHSERVICES, list);
	return (dict);
}
