/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The next time that a StartCalendarInterval names.
 *
 * Days are walked in local time, from noon to noon, where no clock change is;
 * within a day, hours and minutes.  mktime(3) says what a local time is: for
 * one that does not exist, the hour after it is taken; of one that exists twice
 * it knows one.
 */

#include <string.h>
#include <time.h>

#include "job_config.h"

#define	DAYS_MAX	(8 * 366 + 3)	/* to the next 29th of February */

static bool
day_matches(const struct calendar *c, const struct tm *tm)
{

	if (c->month != -1 && c->month != tm->tm_mon + 1)
		return (false);
	/* As with cron(8): one of two that are both given is enough. */
	if (c->day != -1 && c->weekday != -1)
		return (c->day == tm->tm_mday || c->weekday == tm->tm_wday);
	return ((c->day == -1 || c->day == tm->tm_mday) &&
	    (c->weekday == -1 || c->weekday == tm->tm_wday));
}

static time_t
at(const struct tm *day, int hour, int minute)
{
	struct tm tm;

	memset(&tm, 0, sizeof(tm));
	tm.tm_year = day->tm_year;
	tm.tm_mon = day->tm_mon;
	tm.tm_mday = day->tm_mday;
	tm.tm_hour = hour;
	tm.tm_min = minute;
	tm.tm_isdst = -1;
	return (mktime(&tm));
}

static time_t
existing(const struct tm *day, int hour, int minute)
{
	struct tm tm;
	time_t t;

	t = at(day, hour, minute);
	if (t != -1 && localtime_r(&t, &tm) != NULL && tm.tm_hour == hour &&
	    tm.tm_min == minute)
		return (t);
	return (at(day, hour + 1, 0));
}

/* The first match on the day that is later than `after`. */
static time_t
within(const struct calendar *c, const struct tm *day, time_t after)
{
	time_t best, t;
	int h, m;

	best = 0;
	for (h = c->hour == -1 ? 0 : c->hour;
	    h <= (c->hour == -1 ? 23 : c->hour); h++) {
		/* Skip hours that are over; a change is of two at most. */
		t = at(day, h, 59);
		if (t != -1 && t + 2 * 3600 <= after)
			continue;
		for (m = c->minute == -1 ? 0 : c->minute;
		    m <= (c->minute == -1 ? 59 : c->minute); m++) {
			t = existing(day, h, m);
			if (t != -1 && t > after && (best == 0 || t < best))
				best = t;
		}
		if (best != 0)
			break;
	}
	return (best);
}

time_t
calendar_next(const struct calendar *c, time_t after)
{
	struct tm day;
	time_t noon, t;
	int i;

	if (localtime_r(&after, &day) == NULL)
		return (0);
	noon = at(&day, 12, 0);
	for (i = 0; i < DAYS_MAX && noon != -1; i++) {
		if (localtime_r(&noon, &day) == NULL)
			break;
		if (day_matches(c, &day)) {
			t = within(c, &day, after);
			if (t != 0)
				return (t);
		}
		day.tm_mday++;
		noon = at(&day, 12, 0);
	}
	return (0);
}
