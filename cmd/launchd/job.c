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
 *
 * A job that is to be removed passes through the same states and is freed where
 * it would become IDLE.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"
#include "value.h"

#define	BACKOFF_DOUBLINGS	6	/* 64 times the interval at most */
#define	BACKOFF_MIN	(100 * MILLISECOND) /* when the interval is 0 */
#define	FAST_MIN	SECOND		/* a shorter life is a fast failure */
#define	WATCH_RETRY	SECOND
#define	RECOVERY_TIME	(5 * SECOND)	/* for rights to come back */

bool jobs_held;

uint64_t
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * SECOND + (uint64_t)ts.tv_nsec);
}

static void due(struct timer *t);
static void interval_due(struct timer *t);
static void schedule(struct job *job);

#define	job_of(timer, member)						\
	((struct job *)(void *)((char *)(timer) - offsetof(struct job, member)))

/* In the log of every day if the job asks for it. */
static enum log_level
debug_level(const struct job *job)
{

	return (job->j_config->debug ? LOG_NOTICE : LOG_DEBUG);
}

/*
 * Loading.
 */

static void
answer_waiters(struct job *job, bool restarted, int error)
{
	struct waiter *next, *w;

	for (w = LIST_FIRST(&job->j_waiters); w != NULL; w = next) {
		next = LIST_NEXT(w, w_link);
		if (w->w_restart != restarted && restarted)
			continue;
		LIST_REMOVE(w, w_link);
		control_answer_errno(w->w_reply, w->w_bits, error);
		free(w);
	}
}

static void
job_free(struct job *job)
{

	while (!LIST_EMPTY(&job->j_services))
		service_forget(LIST_FIRST(&job->j_services));
	timer_stop(&job->j_timer);
	timer_stop(&job->j_interval);
	if (job->j_connection != -1)
		(void)close(job->j_connection);
	job_config_free(job->j_config);
	free(job->j_label);
	free(job->j_file);
	free(job);
}

static void
end_session(struct job *job)
{
	struct domain *d;

	d = job->j_session;
	if (d == NULL)
		return;
	d->d_job = NULL;
	job->j_session = NULL;
	domain_end(d);
}

/* It has ended, or never ran: nothing of it stays. */
static void
forget(struct job *job)
{
	struct domain *d, *server;

	d = job->j_domain;
	server = job->j_server;
	log_line(debug_level(job), job_label(job), 0, "removed");
	end_session(job);
	job_events_end(job);
	job_sockets_close(job);
	job_list_remove(job);
	answer_waiters(job, false, 0);
	job_free(job);
	if (server != NULL) {
		server->d_job = NULL;
		domain_end(server);
	}
	jobs_check_others();
	domain_job_gone(d);
}

/*
 * All names are looked at before the first is taken.  `own`: the job that may
 * have them already.
 */
static bool
names_free(struct domain *d, const struct job_config *c,
    const struct job *own, struct plist_error *error)
{
	const struct service_config *name;
	const struct service *s;

	if (job_by_label(d, c->label) != own) {
		plist_error_set(error, 0,
		    "label %.100s is taken by another job", c->label);
		return (false);
	}
	for (name = c->services; name != NULL && name->name != NULL; name++) {
		s = service_find(d, name->name, 0, true);
		if (s != NULL && (own == NULL || s->s_job != own ||
		    s->s_created)) {
			plist_error_set(error, 0,
			    "service %.64s is declared by job %.64s",
			    name->name,
			    s->s_job != NULL ? job_label(s->s_job) :
			    "(registered)");
			return (false);
		}
	}
	return (true);
}

static struct job *
job_new(struct domain *d, struct job_config *config, const char *label,
    const char *file)
{
	struct job *job;

	job = calloc(1, sizeof(*job));
	if (job == NULL)
		return (NULL);
	LIST_INIT(&job->j_services);
	LIST_INIT(&job->j_waiters);
	job->j_status = -1;
	job->j_connection = -1;
	job->j_domain = d;
	job->j_timer.t_fn = due;
	job->j_interval.t_fn = interval_due;
	job_config_hold(config);
	job->j_config = config;
	job->j_label = strdup(label);
	job->j_file = file != NULL ? strdup(file) : NULL;
	if (job->j_label == NULL || (file != NULL && job->j_file == NULL)) {
		job_free(job);
		return (NULL);
	}
	return (job);
}

struct job *
job_add(struct domain *d, struct job_config *config, const char *file,
    bool command, struct plist_error *error)
{
	const struct service_config *name;
	struct job *job;

	if (d != system_domain && d->d_njobs >= DOMAIN_JOBS_MAX) {
		plist_error_set(error, 0, "the domain has %u jobs, which is "
		    "the most", d->d_njobs);
		return (NULL);
	}
	if (!names_free(d, config, NULL, error))
		return (NULL);
	job = job_new(d, config, config->label, file);
	if (job == NULL) {
		plist_error_set(error, 0, "out of memory");
		return (NULL);
	}
	job->j_command = command;
	for (name = config->services; name != NULL && name->name != NULL;
	    name++)
		if (!service_declare(job, d, name)) {
			plist_error_set(error, 0, "out of memory");
			job_free(job);
			return (NULL);
		}
	d->d_njobs++;
	job_list_add(job);
	return (job);
}

static bool
configs_equal(const struct job_config *a, const struct job_config *b)
{
	launch_data_t x, y;
	bool equal;

	x = job_config_write(a);
	y = job_config_write(b);
	equal = x != NULL && y != NULL && values_equal(x, y);
	launch_data_free(x);
	launch_data_free(y);
	return (equal);
}

/* It waits by the description that it has now. */
static void
wait_anew(struct job *job, const struct job_config *old)
{
	const struct job_config *c;
	uint64_t interval;

	c = job->j_config;
	job_events_begin(job);
	interval = job->j_interval.t_when;
	if (c->start_interval != old->start_interval)
		interval = now() + c->start_interval * SECOND;
	if (c->start_interval != 0)
		timer_set(&job->j_interval, interval);
	if (c->inetd == INETD_NOWAIT)
		job_sockets_watch(job, true);
	if (job->j_state != JOB_IDLE)
		return;
	if (c->keep_alive == KEEP_ALIVE_ALWAYS && !job->j_stopped) {
		job_demand(job, "KeepAlive");
		return;
	}
	job_watch(job);
	job_check(job);
}

int
job_reload(struct job *job, struct job_config *config, const char *file,
    bool *changed, struct plist_error *error)
{
	struct job_config *old;
	char *name;

	old = job->j_config;
	*changed = !configs_equal(old, config);
	if (strcmp(config->label, job->j_label) != 0) {
		plist_error_set(error, 0, "it describes %.100s", config->label);
		return (EINVAL);
	}
	if (!names_free(job->j_domain, config, job, error))
		return (EALREADY);
	name = strdup(file);
	if (name == NULL || (*changed && !service_reload(job, config))) {
		free(name);
		plist_error_set(error, 0, "out of memory");
		return (ENOMEM);
	}
	free(job->j_file);
	job->j_file = name;
	if (!*changed)
		return (0);
	job_events_end(job);
	job_sockets_watch(job, false);
	job_config_hold(config);
	job->j_config = config;
	service_make_ports(&job->j_services, config->services);
	job_sockets_reload(job, old);
	wait_anew(job, old);
	job_config_free(old);
	jobs_check_others();
	return (0);
}

struct job *
job_restore(struct domain *d, struct job_config *config, const char *label,
    const char *file)
{
	struct job *job;

	job = job_new(d, config, label, file);
	if (job == NULL)
		return (NULL);
	d->d_njobs++;
	job_list_add(job);
	return (job);
}

/* Its timers are set, and its ports are there. */
void
job_resume(struct job *job)
{

	/* A connection to an inetd job starts an instance at any time. */
	if (job->j_config->inetd == INETD_NOWAIT && !job->j_instance)
		job_sockets_watch(job, true);
	if (job->j_state == JOB_RECOVERING &&
	    !service_any_away(&job->j_services))
		job_recovered(job);
	else if (job->j_state == JOB_IDLE && job->j_launched) {
		job_watch(job);
		job_check(job);
	}
}

void
job_remove(struct job *job)
{

	if (job->j_ending)
		return;
	job->j_ending = true;
	job_events_end(job);
	job_sockets_watch(job, false);
	switch (job->j_state) {
	case JOB_RUNNING:
		job_stop(job);
		break;
	case JOB_RECOVERING:
		break;
	case JOB_IDLE:
	case JOB_WAITING:
		forget(job);
		break;
	}
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

	if (job->j_started == 0 || job->j_kicked)
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
	timer_set(&job->j_timer, when);
	if (when > t)
		log_line(LOG_NOTICE, job_label(job), 0,
		    "throttled: starts again in %" PRIu64 " ms",
		    (when - t) / MILLISECOND);
}

/* reboot(8) asks for it, and if it fails for the end of it. */
void
jobs_hold(bool hold)
{
	struct job *job;

	if (hold == jobs_held)
		return;
	log_line(LOG_NOTICE, NULL, 0, hold ? "no job starts" : "jobs start");
	jobs_held = hold;
	TAILQ_FOREACH(job, &jobs, j_link)
		if (!hold && job->j_state == JOB_WAITING)
			timer_set(&job->j_timer, now());
}

/* 0 or an errno value; then it is planned again. */
static int
start(struct job *job)
{
	pid_t pid;
	int error;

	if (jobs_held) {
		timer_stop(&job->j_timer);
		job->j_state = JOB_WAITING;
		return (EAGAIN);
	}
	(void)service_watch(&job->j_services, false);
	job_sockets_watch(job, false);
	timer_stop(&job->j_timer);
	job->j_wanted = job->j_again = job->j_stopping = job->j_stopped =
	    job->j_dirty = job->j_kicked = false;
	job->j_started = now();
	pid = spawn(job, inherit_output);
	if (pid == -1) {
		error = errno;
		log_line(LOG_ERROR, job_label(job), 0, "cannot fork: %s",
		    strerror(error));
		job->j_fast_failures++;
		schedule(job);
		return (error);
	}
	job->j_state = JOB_RUNNING;
	job->j_runs++;
	job_set_pid(job, pid);
	log_line(LOG_NOTICE, job_label(job), pid, "started %s",
	    job->j_config->program);
	answer_waiters(job, true, 0);
	return (0);
}

void
job_demand(struct job *job, const char *why)
{

	if (shutting_down || job->j_ending || !job->j_launched)
		return;
	switch (job->j_state) {
	case JOB_IDLE:
		if (job->j_config->launch_only_once && job->j_runs != 0)
			break;
		log_line(debug_level(job), job_label(job), 0, "wanted by %s",
		    why);
		job->j_why = "demand";
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

int
job_kick(struct job *job, bool again)
{

	if (shutting_down || job->j_ending)
		return (ESHUTDOWN);
	switch (job->j_state) {
	case JOB_IDLE:
	case JOB_WAITING:
		job->j_why = "kickstart";
		return (start(job));
	case JOB_RUNNING:
		if (again) {
			job->j_wanted = job->j_kicked = true;
			(void)job_signal(job, SIGKILL);
		}
		return (0);
	case JOB_RECOVERING:
		job->j_wanted = job->j_kicked = true;
		return (0);
	}
	return (0);
}

/* What waits for it that nobody announces again. */
static const char *
pending(struct job *job)
{

	if (job_queue_filled(job))
		return ("queue directory");
	return (!job->j_stopped && job_condition_holds(job) ?
	    "KeepAlive condition" : NULL);
}

void
job_check(struct job *job)
{
	const char *why;

	if (job->j_state != JOB_IDLE || !job->j_launched || shutting_down ||
	    job->j_ending)
		return;
	why = pending(job);
	if (why != NULL)
		job_demand(job, why);
}

/* job_check() plans starts and frees no job. */
void
jobs_check_others(void)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_config->other_jobs != NULL ||
		    job->j_config->network != CONDITION_NONE)
			job_check(job);
}

void
job_watch(struct job *job)
{

	job_sockets_watch(job, true);
	if (!service_watch(&job->j_services, true))
		timer_set(&job->j_timer, now() + WATCH_RETRY);
}

/* Conditions on an end are about one that has not been yet. */
static bool
starts_at_load(const struct job_config *c)
{

	return (c->run_at_load || c->keep_alive == KEEP_ALIVE_ALWAYS ||
	    (c->keep_alive == KEEP_ALIVE_CONDITIONS &&
	    (c->successful_exit != CONDITION_NONE ||
	    c->crashed != CONDITION_NONE)));
}

static void
launch(struct job *job)
{

	job->j_launched = true;
	(void)job_sockets_open(job);
	job_events_begin(job);
	if (job->j_config->start_interval != 0)
		timer_set(&job->j_interval, now() +
		    job->j_config->start_interval * SECOND);
	if (starts_at_load(job->j_config)) {
		job->j_why = "load";
		schedule(job);
	} else {
		job_watch(job);
		job_check(job);
	}
}

void
job_launch(struct job *job)
{

	if (job->j_launched)
		return;
	service_make_ports(&job->j_services, job->j_config->services);
	launch(job);
	jobs_check_others();
}

void
jobs_launch(void)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (!job->j_launched)
			service_make_ports(&job->j_services,
			    job->j_config->services);
	TAILQ_FOREACH(job, &jobs, j_link)
		if (!job->j_launched)
			launch(job);
	jobs_check_others();
}

/* An instance of its own for a connection to an inetd job. */
void
job_connection(struct job *job, int fd)
{
	struct job *instance;
	char label[300];

	(void)snprintf(label, sizeof(label), "%.255s.%u", job_label(job),
	    ++job->j_runs);
	instance = job_new(job->j_domain, job->j_config, label, NULL);
	if (instance == NULL || shutting_down) {
		if (instance != NULL)
			job_free(instance);
		(void)close(fd);
		return;
	}
	instance->j_connection = fd;
	instance->j_instance = instance->j_launched = true;
	instance->j_why = "connection";
	instance->j_domain->d_njobs++;
	job_list_add(instance);
	if (start(instance) != 0)
		job_remove(instance);
	else {
		(void)close(fd);
		instance->j_connection = -1;
	}
}

/*
 * Ending.
 */

static bool
start_again(const struct job *job, int status)
{
	const struct job_config *c;
	bool crashed, success;

	c = job->j_config;
	if (job->j_stopped || job->j_instance || job->j_command ||
	    c->launch_only_once)
		return (false);

	switch (c->keep_alive) {
	case KEEP_ALIVE_NEVER:
		return (false);
	case KEEP_ALIVE_ALWAYS:
		return (true);
	case KEEP_ALIVE_CONDITIONS:
		break;
	}
	/* Of paths, jobs and the network job_check() asks. */
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
	timer_stop(&job->j_timer);
	if (job->j_ending) {
		forget(job);
		return;
	}
	if (shutting_down)
		return;
	if (job->j_again || job->j_wanted) {
		job->j_why = job->j_kicked ? "kickstart" :
		    job->j_wanted ? "demand" : "KeepAlive";
		schedule(job);
		return;
	}
	job_watch(job);
	job_check(job);
}

static void
ended(struct job *job, int status)
{
	bool boot, command;

	boot = job->j_boot;
	job->j_boot = false;
	command = job->j_command;
	log_end(job, status);
	count_failures(job, status);
	job->j_status = status;
	job->j_again = start_again(job, status);
	job->j_stopping = false;
	job_set_pid(job, 0);
	end_session(job);
	if (job->j_instance)
		job->j_ending = true;
	if (service_any_away(&job->j_services)) {
		job->j_state = JOB_RECOVERING;
		timer_set(&job->j_timer, now() + RECOVERY_TIME);
	} else
		job_recovered(job);
	if (boot)
		init_rc_ended(status);
	if (command) {
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
		/* What it had to report it has by now. */
		spawn_report_failures();
		job = job_by_pid(pid);
		if (job != NULL && !job->j_command &&
		    !job->j_config->abandon_group)
			(void)kill(-pid, SIGTERM);
		while (waitpid(pid, &status, 0) == -1)
			if (errno != EINTR)
				return;
		if (job != NULL)
			ended(job, status);
		else if (!reexec_ended(pid, status))
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

void
job_stop(struct job *job)
{
	unsigned timeout;

	job->j_stopped = true;
	if (job->j_state == JOB_WAITING) {
		timer_stop(&job->j_timer);
		job->j_state = JOB_IDLE;
		if (!shutting_down && !job->j_ending)
			job_watch(job);
	}
	if (job->j_state != JOB_RUNNING || job->j_stopping)
		return;
	job->j_stopping = true;
	job->j_wanted = false;
	if (job->j_config->transactions && !job->j_dirty) {
		/* It said that it has nothing to lose. */
		tell(job, SIGKILL);
		return;
	}
	timeout = job->j_config->exit_timeout;
	if (timeout != 0)
		timer_set(&job->j_timer, now() + timeout * SECOND);
	tell(job, SIGTERM);
	/* One that is stopped, as for a debugger, would not hear of it. */
	tell(job, SIGCONT);
}

/* It cannot be told of the new ports: the next process gets them. */
void
job_cut_off(struct job *job)
{

	job->j_cut_off = false;
	if (job->j_state != JOB_RUNNING)
		return;
	log_line(LOG_WARNING, job_label(job), job->j_pid,
	    "told to end: the ports that it serves are lost");
	job_stop(job);
	/* Demand and KeepAlive start it again. */
	job->j_stopped = false;
}

int
job_signal(struct job *job, int signo)
{

	if (job->j_state != JOB_RUNNING)
		return (ESRCH);
	tell(job, signo);
	return (0);
}

static void
due(struct timer *t)
{
	struct job *job;

	job = job_of(t, j_timer);
	switch (job->j_state) {
	case JOB_WAITING:
		(void)start(job);
		break;
	case JOB_RUNNING:
		log_line(LOG_WARNING, job_label(job), job->j_pid,
		    "did not end in %u s: killed",
		    job->j_config->exit_timeout);
		tell(job, SIGKILL);
		break;
	case JOB_RECOVERING:
		service_abandon_away(&job->j_services);
		job_recovered(job);
		break;
	case JOB_IDLE:
		if (!shutting_down)
			job_watch(job);
		break;
	}
}

/* Intervals that passed while it ran, or the machine slept, are left out. */
static void
interval_due(struct timer *t)
{
	struct job *job;

	job = job_of(t, j_interval);
	timer_set(t, now() + job->j_config->start_interval * SECOND);
	job_demand(job, "StartInterval");
}

void
jobs_stop(void)
{
	struct job *job;

	TAILQ_FOREACH_REVERSE(job, &jobs, job_list, j_link)
		job_stop(job);
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
