/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * StartCalendarInterval on a machine whose clock is ours: it goes on, sleeps,
 * and is set forward and back.  job_events.c is the real one; the loop and the
 * jobs below it are stand-ins.  Prints TAP.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/launchd/device.h"
#include "cmd/launchd/launchd.h"

static time_t wall, alarm_at;
static void (*rings)(void);
static unsigned starts;
static int tests, failed;

/*
 * Stand-ins.
 */

struct job_list jobs = TAILQ_HEAD_INITIALIZER(jobs);

time_t
time(time_t *t)
{

	if (t != NULL)
		*t = wall;
	return (wall);
}

int
loop_clock(time_t when, void (*fn)(void))
{

	alarm_at = when;
	rings = fn;
	return (0);
}

void
job_demand(struct job *job, const char *why)
{

	if (job != NULL && strcmp(why, "StartCalendarInterval") == 0)
		starts++;
}

void
timer_stop(struct timer *t)
{

	t->t_set = false;
}

bool
domain_take_files(struct domain *d, size_t n)
{

	return (d != NULL || n == 0);
}

void
domain_give_files(struct domain *d, size_t n)
{

	(void)d;
	(void)n;
}

void
log_line(enum log_level level, const char *label, pid_t pid, const char *fmt,
    ...)
{

	(void)level;
	(void)label;
	(void)pid;
	(void)fmt;
	abort();			/* nothing here may fail */
}

/* Never called: the job has a calendar and no more. */
#define	UNUSED(type, name, arguments)					\
type									\
name arguments								\
{									\
									\
	abort();							\
}

UNUSED(bool, as_user_begin, (const struct domain *d __attribute__((unused)),
    bool *is __attribute__((unused))))
UNUSED(void, as_user_end, (bool is __attribute__((unused))))
UNUSED(int, device_watch, (void (*fn)(const char *) __attribute__((unused))))
UNUSED(int, loop_add_path, (struct loop_path *p __attribute__((unused))))
UNUSED(void, loop_remove_path, (struct loop_path *p __attribute__((unused))))
UNUSED(int, loop_add_mounts, (void (*fn)(void) __attribute__((unused))))
UNUSED(int, loop_add_network, (void (*fn)(void) __attribute__((unused))))
UNUSED(void, job_check, (struct job *job __attribute__((unused))))
UNUSED(void, jobs_check_others, (void))
UNUSED(const char *, job_label, (const struct job *j __attribute__((unused))))
UNUSED(struct job *, job_by_label, (const struct domain *d
    __attribute__((unused)), const char *label __attribute__((unused))))

/*
 * The clock.
 */

/* Until then, with the alarm in between. */
static void
go_on(time_t until)
{

	while (alarm_at != 0 && alarm_at <= until) {
		if (alarm_at > wall)
			wall = alarm_at;
		rings();
	}
	wall = until;
}

/* The alarm is late, by as long as the machine slept. */
static void
sleep_until(time_t until)
{

	wall = until;
	if (alarm_at != 0 && alarm_at <= wall)
		rings();
}

static void
set_to(time_t to)
{

	wall = to;
	rings();
}

static void
check(const char *what, unsigned wanted, time_t next)
{
	bool ok;

	ok = starts == wanted && alarm_at == next;
	tests++;
	failed += !ok;
	(void)printf("%sok %d - %s\n", ok ? "" : "not ", tests, what);
	if (!ok)
		(void)printf("# %u starts, expected %u; next at %lld, "
		    "expected %lld\n", starts, wanted, (long long)alarm_at,
		    (long long)next);
	starts = 0;
}

#define	DAY	((time_t)86400 * 20000)	/* some midnight */
#define	AT(h, m, s)	(DAY + (h) * 3600 + (m) * 60 + (s))

int
main(void)
{
	struct calendar half = { .minute = 30, .hour = -1, .day = -1,
	    .weekday = -1, .month = -1 };
	struct job_config config;
	struct domain domain;
	struct job job;

	(void)setenv("TZ", "UTC0", 1);
	tzset();
	memset(&config, 0, sizeof(config));
	memset(&domain, 0, sizeof(domain));
	memset(&job, 0, sizeof(job));
	config.calendars = &half;
	config.ncalendars = 1;
	job.j_config = &config;
	job.j_domain = &domain;
	TAILQ_INSERT_TAIL(&jobs, &job, j_link);

	wall = AT(12, 0, 0);
	job_events_begin(&job);
	check("nothing at the beginning", 0, AT(12, 30, 0));
	go_on(AT(12, 29, 59));
	check("nor before its time", 0, AT(12, 30, 0));
	go_on(AT(15, 0, 0));
	check("each time once", 3, AT(15, 30, 0));
	sleep_until(AT(15, 20, 0));
	check("a sleep that ends before", 0, AT(15, 30, 0));
	sleep_until(AT(20, 10, 0));
	check("a sleep over five times: once", 1, AT(20, 30, 0));
	set_to(AT(20, 20, 0) + 86400);
	check("a day forward: once", 1, AT(20, 30, 0) + 86400);
	go_on(AT(20, 31, 0) + 86400);
	check("and goes on from there", 1, AT(21, 30, 0) + 86400);
	set_to(AT(20, 29, 50) + 86400);
	check("a minute back: not again", 0, AT(21, 30, 0) + 86400);
	go_on(AT(21, 31, 0) + 86400);
	check("but the next", 1, AT(22, 30, 0) + 86400);
	set_to(AT(20, 31, 0) + 86400);
	check("an hour back", 0, AT(22, 30, 0) + 86400);
	set_to(AT(12, 0, 0));
	check("a day and more back: found anew", 0, AT(12, 30, 0));
	go_on(AT(12, 30, 0));
	check("and started", 1, AT(13, 30, 0));
	set_to(AT(13, 30, 0));
	check("set to its very time", 1, AT(14, 30, 0));
	set_to(AT(14, 0, 0));
	set_to(AT(14, 10, 0));
	check("set twice between", 0, AT(14, 30, 0));
	job_events_end(&job);
	check("no alarm without a job", 0, 0);
	(void)printf("1..%d\n", tests);
	return (failed != 0);
}
