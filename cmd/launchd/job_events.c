/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What starts a job but for messages and connections: paths, queue directories,
 * times of day, mounts, and the conditions of KeepAlive.
 */

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <net/if.h>

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <ifaddrs.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "device.h"
#include "launchd.h"

static LIST_HEAD(, job) calendar;
static bool mounts_watched, network_watched;

/*
 * Paths.
 */

/* As the job's user, who is told of nothing that the user could not see. */
static void
look(const char *path, uint64_t seen[4])
{
	struct stat st;

	memset(seen, 0, 4 * sizeof(seen[0]));
	if (stat(path, &st) == -1)
		return;
	seen[0] = (uint64_t)st.st_ino + 1;
	seen[1] = (uint64_t)st.st_size;
	seen[2] = (uint64_t)st.st_mtim.tv_sec * SECOND +
	    (uint64_t)st.st_mtim.tv_nsec;
	seen[3] = (uint64_t)st.st_ctim.tv_sec * SECOND +
	    (uint64_t)st.st_ctim.tv_nsec;
}

static void
path_changed(struct loop_path *p)
{
	struct job_path *jp;
	uint64_t seen[4];
	bool as_user;

	jp = (struct job_path *)(void *)p;
	if (jp->jp_kind != PATH_WATCH) {
		job_check(jp->jp_job);
		return;
	}
	if (!as_user_begin(jp->jp_job->j_domain, &as_user))
		return;
	look(p->lp_path, seen);
	as_user_end(as_user);
	if (memcmp(seen, jp->jp_seen, sizeof(seen)) == 0)
		return;
	memcpy(jp->jp_seen, seen, sizeof(seen));
	job_demand(jp->jp_job, p->lp_path);
}

static void
add_path(struct job *job, const char *path, enum job_path_kind kind)
{
	struct job_path *jp;
	int error;

	jp = &job->j_paths[job->j_npaths++];
	jp->jp_job = job;
	jp->jp_kind = kind;
	jp->jp_path.lp_path = path;
	jp->jp_path.lp_changed = path_changed;
	error = loop_add_path(&jp->jp_path);
	jp->jp_added = error == 0;
	if (error != 0)
		log_line(LOG_ERROR, job_label(job), 0, "cannot watch %s: %s",
		    path, strerror(error));
}

static void
look_at_all(struct job *job)
{
	bool as_user;
	unsigned i;

	if (!as_user_begin(job->j_domain, &as_user))
		return;
	for (i = 0; i < job->j_npaths; i++)
		look(job->j_paths[i].jp_path.lp_path, job->j_paths[i].jp_seen);
	as_user_end(as_user);
}

static size_t
count_strings(char *const *list)
{
	size_t n;

	for (n = 0; list != NULL && list[n] != NULL; n++)
		;
	return (n);
}

static size_t
count_conditions(const struct named_condition *list)
{
	size_t n;

	for (n = 0; list != NULL && list[n].name != NULL; n++)
		;
	return (n);
}

static void
begin_paths(struct job *job)
{
	const struct job_config *c;
	const struct named_condition *s;
	char **p;
	size_t n;

	c = job->j_config;
	n = count_strings(c->watch_paths) +
	    count_strings(c->queue_directories) +
	    count_conditions(c->path_state);
	if (n == 0)
		return;
	if (!domain_take_files(job->j_domain, n)) {
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot watch its paths: its domain has too many");
		return;
	}
	job->j_paths = calloc(n, sizeof(*job->j_paths));
	if (job->j_paths == NULL) {
		domain_give_files(job->j_domain, n);
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot watch its paths: out of memory");
		return;
	}
	for (p = c->watch_paths; p != NULL && *p != NULL; p++)
		add_path(job, *p, PATH_WATCH);
	for (p = c->queue_directories; p != NULL && *p != NULL; p++)
		add_path(job, *p, PATH_QUEUE);
	for (s = c->path_state; s != NULL && s->name != NULL; s++)
		add_path(job, s->name, PATH_STATE);
	look_at_all(job);
}

static bool
filled(const char *path)
{
	struct dirent *e;
	DIR *dir;

	dir = opendir(path);
	if (dir == NULL)
		return (false);
	while ((e = readdir(dir)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			break;
	(void)closedir(dir);
	return (e != NULL);
}

bool
job_queue_filled(struct job *job)
{
	char **p;
	bool any, as_user;

	p = job->j_config->queue_directories;
	if (p == NULL || !as_user_begin(job->j_domain, &as_user))
		return (false);
	for (any = false; *p != NULL && !any; p++)
		any = filled(*p);
	as_user_end(as_user);
	return (any);
}

/*
 * Conditions.
 */

bool
network_up(void)
{
	struct ifaddrs *list, *i;
	bool up;

	if (getifaddrs(&list) == -1)
		return (false);
	up = false;
	for (i = list; i != NULL && !up; i = i->ifa_next)
		up = i->ifa_addr != NULL &&
		    (i->ifa_addr->sa_family == AF_INET ||
		    i->ifa_addr->sa_family == AF_INET6) &&
		    (i->ifa_flags & IFF_UP) != 0 &&
		    (i->ifa_flags & IFF_LOOPBACK) == 0;
	freeifaddrs(list);
	return (up);
}

static bool
loaded(const struct job *job, const char *label)
{
	const struct job *other;

	other = job_by_label(job->j_domain, label);
	return (other != NULL && !other->j_ending);
}

static bool
path_state_holds(struct job *job)
{
	const struct named_condition *n;
	struct stat st;
	bool any, as_user;

	n = job->j_config->path_state;
	if (n == NULL || !as_user_begin(job->j_domain, &as_user))
		return (false);
	for (any = false; n->name != NULL && !any; n++)
		any = (stat(n->name, &st) == 0) == n->value;
	as_user_end(as_user);
	return (any);
}

bool
job_condition_holds(struct job *job)
{
	const struct job_config *c;
	const struct named_condition *n;

	c = job->j_config;
	if (c->keep_alive != KEEP_ALIVE_CONDITIONS)
		return (false);
	if (path_state_holds(job))
		return (true);
	for (n = c->other_jobs; n != NULL && n->name != NULL; n++)
		if (loaded(job, n->name) == n->value)
			return (true);
	return (c->network != CONDITION_NONE &&
	    network_up() == (c->network == CONDITION_TRUE));
}

/*
 * Times of day.  One alarm, for the earliest; it rings as well when the clock
 * is set.  A time that passed while nobody looked, because the machine slept or
 * the clock was put forward, starts the job once.  A clock that is put back by
 * less than three hours is one that was a little wrong, or a change of summer
 * time by hand, and what has been is not again, as with cron(8); one that is
 * put back further was wrong, and times are found anew.
 */

#define	PUT_BACK	(3 * 3600)

static time_t latest;			/* that was looked at */

static time_t
next_time(const struct job *job, time_t after)
{
	time_t best, t;
	unsigned i;

	best = 0;
	for (i = 0; i < job->j_config->ncalendars; i++) {
		t = calendar_next(&job->j_config->calendars[i], after);
		if (t != 0 && (best == 0 || t < best))
			best = t;
	}
	return (best);
}

static void ring(void);

static void
set_alarm(void)
{
	struct job *job;
	time_t best;
	int error;

	best = 0;
	LIST_FOREACH(job, &calendar, j_calendar_link)
		if (job->j_due != 0 && (best == 0 || job->j_due < best))
			best = job->j_due;
	error = loop_clock(best, ring);
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "cannot set the alarm: %s",
		    strerror(error));
}

static void
ring(void)
{
	struct job *job;
	time_t t;

	t = time(NULL);
	if (t > latest || latest - t >= PUT_BACK)
		latest = t;
	LIST_FOREACH(job, &calendar, j_calendar_link) {
		if (job->j_due != 0 && job->j_due <= t)
			job_demand(job, "StartCalendarInterval");
		job->j_due = next_time(job, latest);
	}
	set_alarm();
}

/*
 * Mounts and the network: watched once the first job asks.
 */

static void
mounted(void)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_config->start_on_mount)
			job_demand(job, "StartOnMount");
}

/*
 * Devices.
 */

/* "KEY=PATTERN", as of fnmatch(3). */
static bool
pair_matches(const char *match, const char *pairs)
{
	size_t n;

	n = strcspn(match, "=") + 1;
	for (; *pairs != '\0'; pairs += strlen(pairs) + 1)
		if (strncmp(pairs, match, n) == 0)
			return (fnmatch(match + n, pairs + n, 0) == 0);
	return (false);
}

static bool
event_matches(const struct event_config *e, const char *pairs)
{
	char **m;

	for (m = e->match; *m != NULL; m++)
		if (!pair_matches(*m, pairs))
			return (false);
	return (true);
}

static void
device_event(const char *pairs)
{
	const struct event_config *e;
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		for (e = job->j_config->events; e != NULL && e->stream != NULL;
		    e++)
			if (event_matches(e, pairs)) {
				job_demand(job, e->name);
				break;
			}
}

static void
watch_host(struct job *job)
{
	int error;

	error = 0;
	if (job->j_config->events != NULL &&
	    job->j_config->events->stream != NULL)
		error = device_watch(device_event);
	if (error != 0)
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot watch devices: %s", strerror(error));
	error = 0;
	if (job->j_config->start_on_mount && !mounts_watched) {
		error = loop_add_mounts(mounted);
		mounts_watched = error == 0;
	}
	if (error == 0 && job->j_config->network != CONDITION_NONE &&
	    !network_watched) {
		error = loop_add_network(jobs_check_others);
		network_watched = error == 0;
	}
	if (error != 0)
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot watch mounts or the network: %s", strerror(error));
}

void
job_events_begin(struct job *job)
{

	begin_paths(job);
	watch_host(job);
	if (job->j_config->ncalendars != 0) {
		job->j_due = next_time(job, time(NULL));
		job->j_in_calendar = true;
		LIST_INSERT_HEAD(&calendar, job, j_calendar_link);
		set_alarm();
	}
}

void
job_events_end(struct job *job)
{
	unsigned i;

	for (i = 0; i < job->j_npaths; i++)
		if (job->j_paths[i].jp_added)
			loop_remove_path(&job->j_paths[i].jp_path);
	domain_give_files(job->j_domain, job->j_npaths);
	free(job->j_paths);
	job->j_paths = NULL;
	job->j_npaths = 0;
	timer_stop(&job->j_interval);
	if (job->j_in_calendar) {
		job->j_in_calendar = false;
		LIST_REMOVE(job, j_calendar_link);
		set_alarm();
	}
}

const void *
job_events_seen(const struct job *job, unsigned i, size_t *size)
{

	*size = sizeof(job->j_paths[i].jp_seen);
	return (i < job->j_npaths ? job->j_paths[i].jp_seen : NULL);
}

void
job_events_resume(struct job *job, launch_data_t seen)
{
	struct job_path *jp;
	launch_data_t then;
	time_t due;
	unsigned i;

	due = job->j_due;
	job_events_begin(job);
	if (due != 0 && job->j_in_calendar) {
		job->j_due = due;
		set_alarm();
	}
	if (launch_data_array_get_count(seen) != job->j_npaths)
		return;
	for (i = 0; i < job->j_npaths; i++) {
		jp = &job->j_paths[i];
		then = launch_data_array_get_index(seen, i);
		if (jp->jp_kind == PATH_WATCH &&
		    launch_data_get_opaque_size(then) == sizeof(jp->jp_seen) &&
		    memcmp(launch_data_get_opaque(then), jp->jp_seen,
		    sizeof(jp->jp_seen)) != 0)
			job_demand(job, jp->jp_path.lp_path);
	}
}
