/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Jobs: when they start and what follows when they end.
 *
 *	IDLE --demand, load, KeepAlive--> [WAITING] --> RUNNING
 *	RUNNING --exit--> [RECOVERING] --> IDLE
 *
 * WAITING is for the throttle: starts of one job are at least ThrottleInterval
 * apart, and that doubles with every crash soon after a start.  RECOVERING is
 * for the receive rights of the dead process, which come back as messages of
 * their own a moment after it; the next instance must find them with us.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "launchd.h"

#define	BACKOFF_DOUBLINGS	6	/* 64 times the interval at most */
#define	BACKOFF_MIN	(100 * MILLISECOND) /* when the interval is 0 */
#define	FAST_MIN	SECOND		/* a shorter life is a fast failure */
#define	WATCH_RETRY	SECOND
#define	RECOVERY_TIME	(5 * SECOND)	/* for rights to come back */

static TAILQ_HEAD(jobhead, job) jobs = TAILQ_HEAD_INITIALIZER(jobs);

uint64_t
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * SECOND + (uint64_t)ts.tv_nsec);
}

const char *
job_label(const struct job *job)
{

	return (job->j_config->label);
}

struct job *
job_by_pid(pid_t pid)
{
	struct job *job;

	if (pid <= 0)
		return (NULL);
	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_state == JOB_RUNNING && job->j_pid == pid)
			return (job);
	return (NULL);
}

static struct job *
job_by_label(const char *label)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (strcmp(job_label(job), label) == 0)
			return (job);
	return (NULL);
}

static void
job_free(struct job *job)
{

	while (!LIST_EMPTY(&job->j_services))
		service_forget(LIST_FIRST(&job->j_services));
	job_config_free(job->j_config);
	free(job);
}

/* All names are looked at before the first is taken. */
static bool
names_free(const struct job_config *c, struct plist_error *error)
{
	const struct service *s;
	char **name;

	if (job_by_label(c->label) != NULL) {
		plist_error_set(error, 0,
		    "label %.100s is taken by another job", c->label);
		return (false);
	}
	for (name = c->services; name != NULL && *name != NULL; name++) {
		s = service_find(*name);
		if (s != NULL) {
			plist_error_set(error, 0,
			    "service %.64s is declared by job %.64s", *name,
			    s->s_job != NULL ? job_label(s->s_job) :
			    "(registered)");
			return (false);
		}
	}
	return (true);
}

struct job *
job_add(struct job_config *config, bool command, struct plist_error *error)
{
	struct job *job;
	char **name;

	if (!names_free(config, error))
		return (NULL);
	job = calloc(1, sizeof(*job));
	if (job == NULL) {
		plist_error_set(error, 0, "out of memory");
		return (NULL);
	}
	LIST_INIT(&job->j_services);
	job->j_deadline = NEVER;
	job->j_command = command;
	job->j_config = config;
	for (name = config->services; name != NULL && *name != NULL; name++)
		if (!service_declare(job, *name)) {
			plist_error_set(error, 0, "out of memory");
			job->j_config = NULL;
			job_free(job);
			return (NULL);
		}
	TAILQ_INSERT_TAIL(&jobs, job, j_link);
	return (job);
}

/*
 * Starting.
 */

/* When the throttle lets it start. */
static uint64_t
earliest(const struct job *job)
{
	uint64_t interval;
	unsigned doublings;

	if (job->j_started == 0)
		return (0);
	interval = job->j_config->throttle_interval * SECOND;
	if (job->j_fast_failures == 0)
		return (job->j_started + interval);
	if (interval < BACKOFF_MIN)
		interval = BACKOFF_MIN;
	doublings = job->j_fast_failures - 1;
	if (doublings > BACKOFF_DOUBLINGS)
		doublings = BACKOFF_DOUBLINGS;
	return (job->j_started + (interval << doublings));
}

static void
schedule(struct job *job)
{
	uint64_t when, t;

	t = now();
	when = earliest(job);
	job->j_state = JOB_WAITING;
	job->j_deadline = when;
	if (when > t)
		log_line(LOG_NOTICE, job_label(job), 0,
		    "throttled: starts again in %" PRIu64 " ms",
		    (when - t) / MILLISECOND);
}

static void
start(struct job *job)
{
	pid_t pid;

	(void)service_watch(&job->j_services, false);
	job->j_wanted = job->j_again = job->j_stopping = false;
	job->j_started = now();
	pid = spawn(job->j_config, job->j_command, inherit_output);
	if (pid == -1) {
		log_line(LOG_ERROR, job_label(job), 0, "cannot fork: %s",
		    strerror(errno));
		job->j_fast_failures++;
		schedule(job);
		return;
	}
	job->j_state = JOB_RUNNING;
	job->j_pid = pid;
	job->j_deadline = NEVER;
	log_line(LOG_NOTICE, job_label(job), pid, "started %s",
	    job->j_config->program);
}

void
job_demand(struct job *job, const char *why)
{

	if (shutting_down)
		return;
	switch (job->j_state) {
	case JOB_IDLE:
		log_line(LOG_DEBUG, job_label(job), 0, "wanted by %s", why);
		schedule(job);
		break;
	case JOB_RECOVERING:
		job->j_wanted = true;
		break;
	case JOB_RUNNING:
		/* Told to end, it will not answer this one. */
		job->j_wanted = job->j_stopping;
		break;
	case JOB_WAITING:
		break;
	}
}

void
job_watch(struct job *job)
{

	job->j_deadline = service_watch(&job->j_services, true) ? NEVER :
	    now() + WATCH_RETRY;
}

/* Conditions are about an end that has not been yet. */
static bool
starts_at_load(const struct job_config *c)
{

	return (c->run_at_load || c->keep_alive == KEEP_ALIVE_ALWAYS ||
	    (c->keep_alive == KEEP_ALIVE_CONDITIONS &&
	    (c->successful_exit != CONDITION_NONE ||
	    c->crashed != CONDITION_NONE)));
}

void
jobs_launch(void)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		service_make_ports(&job->j_services);
	TAILQ_FOREACH(job, &jobs, j_link) {
		if (job->j_state != JOB_IDLE)
			continue;
		if (starts_at_load(job->j_config))
			schedule(job);
		else
			job_watch(job);
	}
}

/*
 * Ending.
 */

static bool
start_again(const struct job_config *c, int status)
{
	bool crashed, success;

	switch (c->keep_alive) {
	case KEEP_ALIVE_NEVER:
		return (false);
	case KEEP_ALIVE_ALWAYS:
		return (true);
	case KEEP_ALIVE_CONDITIONS:
		break;
	}
	success = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	crashed = WIFSIGNALED(status);
	return ((c->successful_exit == CONDITION_TRUE && success) ||
	    (c->successful_exit == CONDITION_FALSE && !success) ||
	    (c->crashed == CONDITION_TRUE && crashed) ||
	    (c->crashed == CONDITION_FALSE && !crashed));
}

static void
log_end(const struct job *job, int status)
{
	uint64_t ms;

	ms = (now() - job->j_started) / MILLISECOND;
	if (WIFSIGNALED(status))
		log_line(job->j_stopping ? LOG_NOTICE : LOG_WARNING,
		    job_label(job), job->j_pid,
		    "killed by signal %d (%s) after %" PRIu64 " ms",
		    WTERMSIG(status), strsignal(WTERMSIG(status)), ms);
	else
		log_line(WEXITSTATUS(status) == 0 || job->j_stopping ?
		    LOG_NOTICE : LOG_WARNING, job_label(job), job->j_pid,
		    "exited with %d after %" PRIu64 " ms",
		    WEXITSTATUS(status), ms);
}

static void
count_failures(struct job *job, int status)
{
	uint64_t fast;

	fast = job->j_config->throttle_interval * SECOND;
	if (fast < FAST_MIN)
		fast = FAST_MIN;
	if (status == 0 || job->j_stopping || now() - job->j_started >= fast)
		job->j_fast_failures = 0;
	else
		job->j_fast_failures++;
}

void
job_recovered(struct job *job)
{

	job->j_state = JOB_IDLE;
	job->j_deadline = NEVER;
	if (shutting_down)
		return;
	if (job->j_again || job->j_wanted)
		schedule(job);
	else
		job_watch(job);
}

static void
ended(struct job *job, int status)
{

	log_end(job, status);
	count_failures(job, status);
	job->j_again = !job->j_command && start_again(job->j_config, status);
	job->j_stopping = false;
	job->j_pid = 0;
	if (service_any_away(&job->j_services)) {
		job->j_state = JOB_RECOVERING;
		job->j_deadline = now() + RECOVERY_TIME;
	} else
		job_recovered(job);
	if (job->j_command) {
		shutdown_status(status);
		shutdown_begin("the command ended");
	}
}

/*
 * Collect every child that ended.  What is left of its process group is told to
 * end before the leader is reaped, while the group's number is still taken.
 */
void
jobs_reap(void)
{
	struct job *job;
	siginfo_t si;
	int status;
	pid_t pid;

	spawn_report_failures();
	for (;;) {
		memset(&si, 0, sizeof(si));
		if (waitid(P_ALL, 0, &si, WEXITED | WNOHANG | WNOWAIT) == -1) {
			if (errno == EINTR)
				continue;
			return;		/* ECHILD */
		}
		pid = si.si_pid;
		if (pid == 0)
			return;
		job = job_by_pid(pid);
		if (job != NULL && !job->j_command)
			(void)kill(-pid, SIGTERM);
		while (waitpid(pid, &status, 0) == -1)
			if (errno != EINTR)
				return;
		if (job != NULL)
			ended(job, status);
		else
			log_line(LOG_DEBUG, NULL, pid, "orphan reaped");
	}
}

/*
 * Time.
 */

static void
tell(const struct job *job, int signo)
{

	/* Before the child made its group there is only the process. */
	if (job->j_command || kill(-job->j_pid, signo) == -1)
		(void)kill(job->j_pid, signo);
}

static void
stop(struct job *job)
{
	unsigned timeout;

	if (job->j_state == JOB_WAITING) {
		job->j_state = JOB_IDLE;
		job->j_deadline = NEVER;
	}
	if (job->j_state != JOB_RUNNING || job->j_stopping)
		return;
	job->j_stopping = true;
	timeout = job->j_config->exit_timeout;
	job->j_deadline = timeout == 0 ? NEVER : now() + timeout * SECOND;
	tell(job, SIGTERM);
}

static void
due(struct job *job)
{

	switch (job->j_state) {
	case JOB_WAITING:
		start(job);
		break;
	case JOB_RUNNING:
		if (!job->j_stopping)
			break;
		log_line(LOG_WARNING, job_label(job), job->j_pid,
		    "did not end in %u s: killed",
		    job->j_config->exit_timeout);
		job->j_deadline = NEVER;
		tell(job, SIGKILL);
		break;
	case JOB_RECOVERING:
		service_abandon_away(&job->j_services);
		job_recovered(job);
		break;
	case JOB_IDLE:
		if (shutting_down)
			job->j_deadline = NEVER;
		else
			job_watch(job);
		break;
	}
}

uint64_t
jobs_tick(void)
{
	struct job *job;
	uint64_t next, t;

	next = NEVER;
	t = now();
	TAILQ_FOREACH(job, &jobs, j_link) {
		if (job->j_deadline <= t)
			due(job);
		if (job->j_deadline < next)
			next = job->j_deadline;
	}
	return (next);
}

void
jobs_stop(void)
{
	struct job *job;

	TAILQ_FOREACH_REVERSE(job, &jobs, jobhead, j_link)
		stop(job);
}

bool
jobs_stopped(void)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_state == JOB_RUNNING)
			return (false);
	return (true);
}
