/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A configuration as the property list it could have come from: for an image of
 * launchd that comes after this one, which may be of another version.
 */

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "job_config.h"
#include "value.h"

static void
put_services(launch_data_t to, const struct service_config *s)
{
	launch_data_t list, one;

	if (s == NULL)
		return;
	list = dictionary();
	for (; s->name != NULL; s++) {
		one = dictionary();
		put_true(one, "ResetAtClose", s->reset_at_close);
		put_true(one, "HideUntilCheckIn", s->hide_until_check_in);
		if (s->host_special_port != 0)
			put_integer(one, "HostSpecialPort",
			    s->host_special_port);
		if (s->task_special_port != 0)
			put_integer(one, "TaskSpecialPort",
			    s->task_special_port);
		put_value(list, s->name, one);
	}
	put_value(to, "MachServices", list);
}

static void
put_sockets(launch_data_t to, const struct socket_config *s)
{
	launch_data_t group, list;

	if (s == NULL)
		return;
	list = dictionary();
	for (; s->name != NULL; s++) {
		group = member(list, s->name, LAUNCH_DATA_ARRAY);
		(void)append_value(group, job_socket_write(s));
	}
	put_value(to, "Sockets", list);
}

static void
put_condition(launch_data_t to, const char *key, enum condition c)
{

	if (c != CONDITION_NONE)
		put_boolean(to, key, c == CONDITION_TRUE);
}

static void
put_conditions(launch_data_t to, const char *key,
    const struct named_condition *n)
{
	launch_data_t list;

	if (n == NULL)
		return;
	list = dictionary();
	for (; n->name != NULL; n++)
		put_boolean(list, n->name, n->value);
	put_value(to, key, list);
}

static void
put_keep_alive(launch_data_t to, const struct job_config *c)
{
	launch_data_t list;

	if (c->keep_alive != KEEP_ALIVE_CONDITIONS) {
		put_boolean(to, "KeepAlive",
		    c->keep_alive == KEEP_ALIVE_ALWAYS);
		return;
	}
	list = dictionary();
	put_condition(list, "SuccessfulExit", c->successful_exit);
	put_condition(list, "Crashed", c->crashed);
	put_condition(list, "NetworkState", c->network);
	put_conditions(list, "PathState", c->path_state);
	put_conditions(list, "OtherJobEnabled", c->other_jobs);
	put_value(to, "KeepAlive", list);
}

static void
put_field(launch_data_t to, const char *key, int value)
{

	if (value != -1)
		put_integer(to, key, value);
}

static void
put_calendars(launch_data_t to, const struct job_config *c)
{
	const struct calendar *k;
	launch_data_t list, one;

	if (c->calendars == NULL)
		return;
	list = array();
	for (k = c->calendars; k < c->calendars + c->ncalendars; k++) {
		one = dictionary();
		put_field(one, "Minute", k->minute);
		put_field(one, "Hour", k->hour);
		put_field(one, "Day", k->day);
		put_field(one, "Weekday", k->weekday);
		put_field(one, "Month", k->month);
		(void)append_value(list, one);
	}
	put_value(to, "StartCalendarInterval", list);
}

static void
put_limits(launch_data_t to, const char *key, const int64_t *limits)
{
	launch_data_t list;
	unsigned i;

	list = dictionary();
	for (i = 0; i < JOB_LIMITS; i++)
		if (limits[i] != -1)
			put_integer(list, job_limit_name(i), limits[i]);
	put_value(to, key, list);
}

static void
put_inetd(launch_data_t to, enum inetd inetd)
{
	launch_data_t list;

	if (inetd == INETD_NO)
		return;
	list = dictionary();
	put_boolean(list, "Wait", inetd == INETD_WAIT);
	put_value(to, "inetdCompatibility", list);
}

launch_data_t
job_config_write(const struct job_config *c)
{
	launch_data_t to;

	to = dictionary();
	if (to == NULL)
		return (NULL);
	job_keys_write(c, to);
	put_string(to, "Label", c->label);
	put_strings(to, "ProgramArguments", c->argv);
	put_strings(to, "LimitLoadToSessionType", c->sessions);
	put_string(to, "ProcessType", c->process_type);
	put_pairs(to, "EnvironmentVariables", c->env);
	put_services(to, c->services);
	put_sockets(to, c->sockets);
	job_events_write(c, to);
	put_inetd(to, c->inetd);
	put_keep_alive(to, c);
	put_calendars(to, c);
	put_limits(to, "SoftResourceLimits", c->soft);
	put_limits(to, "HardResourceLimits", c->hard);
	if (c->start_interval != 0)
		put_integer(to, "StartInterval", c->start_interval);
	if (c->umask != -1)
		put_integer(to, "Umask", c->umask);
	if (c->nice_given)
		put_integer(to, "Nice", c->nice);
	return (to);
}
