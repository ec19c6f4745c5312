/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A wall clock for launchd that does not keep a test waiting: linked into it
 * with --wrap=time and --wrap=loop_clock.  With FAST_CLOCK, a time, it stands
 * there until launchd sets its alarm, which rings within a second (of
 * patience), and is then at the time of the alarm.  Without it is the real one.
 */

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "../patience.h"

time_t	__real_time(time_t *t);
time_t	__wrap_time(time_t *t);
int	__real_loop_clock(time_t when, void (*fn)(void));
int	__wrap_loop_clock(time_t when, void (*fn)(void));

static time_t shown, alarm_at;
static void (*rings)(void);

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

static void
ring(void)
{

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
