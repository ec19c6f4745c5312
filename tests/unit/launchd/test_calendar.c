/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The next time of a StartCalendarInterval, over clock changes, months and
 * leap years.  The zone is written out, so that no database is needed: changes
 * on the last Sundays of March and October at 1:00 UTC.  Prints TAP.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/launchd/job_config.h"
#include "cmd/launchd/timer.h"

#define	ANY	-1

static int tests, failed;

static const struct {
	const char	*name;
	struct calendar	 c;		/* minute hour day weekday month */
	const char	*after;		/* UTC */
	const char	*next;
} rows[] = {
	{ "any: the next minute", { ANY, ANY, ANY, ANY, ANY },
	    "2026-11-21 16:59:30", "2026-11-21 17:00:00" },
	{ "strictly after", { 0, ANY, ANY, ANY, ANY },
	    "2026-11-21 17:00:00", "2026-11-21 18:00:00" },
	{ "an hour", { 30, 4, ANY, ANY, ANY },
	    "2026-11-21 17:00:00", "2026-11-22 03:30:00" },
	{ "a weekday", { 0, 12, ANY, 1, ANY },
	    "2026-11-21 17:00:00", "2026-11-23 11:00:00" },
	{ "a day", { 0, 0, 31, ANY, ANY },
	    "2026-11-21 17:00:00", "2026-12-30 23:00:00" },
	{ "a day that few months have", { 0, 0, 31, ANY, ANY },
	    "2027-01-31 12:00:00", "2027-03-30 22:00:00" },
	{ "a day or a weekday", { 0, 12, 24, 0, ANY },
	    "2026-11-21 17:00:00", "2026-11-22 11:00:00" },
	{ "a month", { 0, 0, 1, ANY, 3 },
	    "2026-11-21 17:00:00", "2027-02-28 23:00:00" },
	{ "the end of a year", { 59, 23, 31, ANY, 12 },
	    "2026-12-31 22:59:00", "2027-12-31 22:59:00" },
	{ "a leap day", { 0, 12, 29, ANY, 2 },
	    "2026-11-21 17:00:00", "2028-02-29 11:00:00" },
	{ "no such day", { 0, 12, 30, ANY, 2 },
	    "2026-11-21 17:00:00", NULL },
	/* 2026-03-29 2:00 is 3:00. */
	{ "a time that is left out", { 30, 2, ANY, ANY, ANY },
	    "2026-03-28 12:00:00", "2026-03-29 01:00:00" },
	{ "and the day after", { 30, 2, ANY, ANY, ANY },
	    "2026-03-29 01:00:00", "2026-03-30 00:30:00" },
	{ "each hour over the change", { 0, ANY, ANY, ANY, ANY },
	    "2026-03-29 00:00:00", "2026-03-29 01:00:00" },
	/* 2026-10-25 3:00 is 2:00. */
	{ "before the change back", { 0, 1, ANY, ANY, ANY },
	    "2026-10-24 12:00:00", "2026-10-24 23:00:00" },
	{ "after the change back", { 30, 3, ANY, ANY, ANY },
	    "2026-10-24 12:00:00", "2026-10-25 02:30:00" },
	{ "the day has 25 hours", { 0, 12, ANY, ANY, ANY },
	    "2026-10-24 10:00:00", "2026-10-25 11:00:00" },
};

static time_t
parse(const char *s)
{
	struct tm tm;

	memset(&tm, 0, sizeof(tm));
	if (sscanf(s, "%d-%d-%d %d:%d:%d", &tm.tm_year, &tm.tm_mon,
	    &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
		abort();
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return (timegm(&tm));
}

static void
result(int ok, const char *name, const char *detail)
{

	printf("%sok %d - %s\n", ok ? "" : "not ", ++tests, name);
	if (!ok) {
		failed++;
		printf("# %s\n", detail);
	}
}

static void
test_rows(void)
{
	char got[32];
	struct tm tm;
	size_t i;
	time_t t;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		t = calendar_next(&rows[i].c, parse(rows[i].after));
		(void)gmtime_r(&t, &tm);
		(void)strftime(got, sizeof(got), "%Y-%m-%d %H:%M:%S", &tm);
		result(rows[i].next == NULL ? t == 0 :
		    strcmp(got, rows[i].next) == 0, rows[i].name, got);
	}
}

/* A time that is repeated happens once. */
static void
test_repeated(void)
{
	const struct calendar c = { 30, 2, ANY, ANY, ANY };
	time_t end, t;
	int n;

	end = parse("2026-10-26 00:00:00");
	n = 0;
	for (t = parse("2026-10-25 00:00:00"); ; n++) {
		t = calendar_next(&c, t);
		if (t == 0 || t >= end)
			break;
	}
	result(n == 1, "a time that is repeated happens once", "it does not");
}

/*
 * The heap of timers beside the plainest way.
 */

#define	TIMERS	200

static struct timer timers[TIMERS];
static unsigned fired;
static uint64_t last;

static void
fire(struct timer *t)
{

	if (t->t_when < last)
		fired += 1000000;
	last = t->t_when;
	fired++;
}

static void
test_timers(void)
{
	unsigned expected, i, round, state;
	uint64_t next;

	state = 1;
	expected = 0;
	for (round = 0; round < 1000; round++) {
		state = state * 1103515245 + 12345;
		i = (state >> 8) % TIMERS;
		timers[i].t_fn = fire;
		if ((state >> 20) % 4 == 0)
			timer_stop(&timers[i]);
		else
			timer_set(&timers[i], (state >> 16) % 500);
	}
	for (i = 0; i < TIMERS; i++)
		if (timers[i].t_set)
			expected++;
	for (next = 0; next != UINT64_MAX; )
		next = timers_run(next);
	result(fired == expected, "timers run once, in order", "they do not");
}

int
main(void)
{

	(void)setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	test_rows();
	test_repeated();
	test_timers();
	printf("1..%d\n", tests);
	return (failed != 0);
}
