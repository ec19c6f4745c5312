/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A wall clock for launchd that does not keep a test waiting: linked into it
 * with --wrap of time, loop_clock and job_set_pid.  With FAST_CLOCK, a time, it
 * stands there until launchd sets its alarm, which rings within a second (of
 * patience), but not before the jobs of the last one have ended, and is then at
 * the time of the alarm.  Without it is the real one.
 */

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include <cmd/launchd/launchd.h>

#include "../patience.h"

time_t	__real_time(time_t *t);
time_t	__wrap_time(time_t *t);
int	__real_loop_clock(time_t when, void (*fn)(void));
int	__wrap_loop_clock(time_t when, void (*fn)(void));
void	__real_job_set_pid(struct job *job, pid_t pid);
void	__wrap_job_set_pid(struct job *job, pid_t pid);

static time_t shown, alarm_at;
static void (*rings)(void);
static bool late;

static bool
fast(void)
{
	const char *s;

	if (shown == 0) {
		s = getenv("FAST_CLOCK");
		shown = s != NULL ? (time_t)strtoll(s, NULL, 10) : -1;
	}
	return (shown != -1);
}

time_t
__wrap_time(time_t *t)
{

	if (!fast())
		return (__real_time(t));
	if (t != NULL)
		*t = shown;
	return (shown);
}

static bool
running(void)
{
	const struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_pid != 0 && !job->j_command)
			return (true);
	return (false);
}

static void
ring(void)
{

	late = running();
	if (late)
		return;
	if (alarm_at > shown)
		shown = alarm_at;
	rings();
}

int
__wrap_loop_clock(time_t when, void (*fn)(void))
{

	if (!fast())
		return (__real_loop_clock(when, fn));
	alarm_at = when;
	rings = fn;
	return (__real_loop_clock(when == 0 ? 0 :
	    __real_time(NULL) + (time_t)patience(1), ring));
}

void
__wrap_job_set_pid(struct job *job, pid_t pid)
{

	__real_job_set_pid(job, pid);
	if (late && !running())
		(void)__real_loop_clock(__real_time(NULL), ring);
}
