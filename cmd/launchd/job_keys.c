/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The keys of a job, one line each in a table: a kind and a place, or a reader
 * of its own.
 */

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mach/host_special_ports.h>
#include <mach/task_special_ports.h>
#include <servers/bootstrap.h>

#include "job_config.h"
#include "value.h"

#define	LABEL_MAX	255

enum kind {
	KIND_STRING,
	KIND_PATH,			/* absolute */
	KIND_BOOLEAN,
	KIND_SECONDS,
	KIND_STRINGS,
	KIND_PATHS,
	KIND_READER,
	KIND_IGNORED,			/* `text` says why */
};

struct key {
	const char	*name;
	enum kind	 kind;
	size_t		 offset;
	bool		(*read)(struct reading *, struct plist *);
	const char	*text;
};

static bool
read_label(struct reading *r, struct plist *p)
{

	if (p->type == PLIST_STRING && strlen(p->string) > LABEL_MAX)
		return (reading_wrong(r, p->line, p->key,
		    "longer than 255 bytes"));
	if (p->type == PLIST_STRING && strchr(p->string, '/') != NULL)
		return (reading_wrong(r, p->line, p->key,
		    "a label has no slash"));
	return (read_string(r, p, &r->config->label));
}

static bool
read_arguments(struct reading *r, struct plist *p)
{

	if (p->type == PLIST_ARRAY && p->children == NULL)
		return (reading_wrong(r, p->line, p->key, "empty array"));
	return (read_strings(r, p, &r->config->argv));
}

bool
read_pairs(struct reading *r, const struct plist *p, const char *wrong,
    char ***to)
{
	const struct plist *q;
	size_t size;
	char **s;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	*to = s = calloc(plist_count(p) + 1, sizeof(*s));
	if (s == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	for (q = p->children; q != NULL; q = q->next, s++) {
		if (!reading_want(r, q, PLIST_STRING))
			return (false);
		if (q->key[0] == '\0' || strchr(q->key, '=') != NULL)
			return (reading_wrong(r, q->line, p->key, wrong));
		size = strlen(q->key) + strlen(q->string) + 2;
		*s = malloc(size);
		if (*s == NULL)
			return (reading_wrong(r, q->line, p->key,
			    "out of memory"));
		(void)snprintf(*s, size, "%s=%s", q->key, q->string);
	}
	return (true);
}

static bool
read_environment(struct reading *r, struct plist *p)
{

	return (read_pairs(r, p, "not the name of a variable",
	    &r->config->env));
}

/*
 * MachServices.
 */

/* The kernel's own of the host are not to be set. */
static bool
read_host_special(struct reading *r, const struct plist *p, int *to)
{
	int64_t value;

	if (!read_integer(r, p, HOST_MAX_SPECIAL_KERNEL_PORT + 1,
	    HOST_MAX_SPECIAL_PORT, &value))
		return (false);
	*to = (int)value;
	return (true);
}

/* Nor a task's, nor where launchd itself is found. */
static bool
read_task_special(struct reading *r, const struct plist *p, int *to)
{
	int64_t value;

	if (!read_integer(r, p, TASK_SEATBELT_PORT, TASK_MAX_SPECIAL_PORT,
	    &value))
		return (false);
	if (value == TASK_SEATBELT_PORT + 1)
		return (reading_wrong(r, p->line, p->key,
		    "no port has this number"));
	*to = (int)value;
	return (true);
}

static bool
read_service_options(struct reading *r, const struct plist *p,
    struct service_config *s)
{
	const struct plist *q;
	bool ok;

	ok = true;
	for (q = p->children; ok && q != NULL; q = q->next) {
		if (strcmp(q->key, "ResetAtClose") == 0)
			ok = read_boolean(r, q, &s->reset_at_close);
		else if (strcmp(q->key, "HideUntilCheckIn") == 0)
			ok = read_boolean(r, q, &s->hide_until_check_in);
		else if (strcmp(q->key, "HostSpecialPort") == 0)
			ok = read_host_special(r, q, &s->host_special_port);
		else if (strcmp(q->key, "TaskSpecialPort") == 0)
			ok = read_task_special(r, q, &s->task_special_port);
	}
	return (ok);
}

/* The value is true, or a dictionary of options; false: not offered. */
static bool
read_services(struct reading *r, struct plist *p)
{
	struct service_config *s;
	const struct plist *q;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	r->config->services = s = calloc(plist_count(p) + 1, sizeof(*s));
	if (s == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	for (q = p->children; q != NULL; q = q->next) {
		if (q->type != PLIST_BOOLEAN && q->type != PLIST_DICT)
			return (reading_wrong(r, q->line, q->key,
			    "expected boolean or dictionary"));
		if (q->key[0] == '\0')
			return (reading_wrong(r, q->line, p->key,
			    "empty service name"));
		if (strlen(q->key) >= BOOTSTRAP_MAX_NAME_LEN)
			return (reading_wrong(r, q->line, q->key,
			    "service name longer than 127 bytes"));
		if (q->type == PLIST_BOOLEAN && !q->boolean)
			continue;
		s->name = strdup(q->key);
		if (s->name == NULL)
			return (reading_wrong(r, q->line, p->key,
			    "out of memory"));
		if (q->type == PLIST_DICT && !read_service_options(r, q, s))
			return (false);
		s++;
	}
	return (true);
}

/*
 * KeepAlive.
 */

static bool
read_condition(struct reading *r, struct plist *p, enum condition *to)
{
	bool value;

	p->seen = true;
	if (!read_boolean(r, p, &value))
		return (false);
	*to = value ? CONDITION_TRUE : CONDITION_FALSE;
	return (true);
}

static bool
read_conditions(struct reading *r, struct plist *p,
    struct named_condition **to)
{
	struct named_condition *n;
	const struct plist *q;

	p->seen = true;
	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	*to = n = calloc(plist_count(p) + 1, sizeof(*n));
	if (n == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	for (q = p->children; q != NULL; q = q->next, n++) {
		if (!read_boolean(r, q, &n->value))
			return (false);
		if (strcmp(p->key, "PathState") == 0 && q->key[0] != '/')
			return (reading_wrong(r, q->line, p->key,
			    "not an absolute path"));
		n->name = strdup(q->key);
		if (n->name == NULL)
			return (reading_wrong(r, p->line, p->key,
			    "out of memory"));
	}
	return (true);
}

static bool
read_keep_alive(struct reading *r, struct plist *p)
{
	struct job_config *c;
	struct plist *q;
	bool ok;

	c = r->config;
	if (p->type == PLIST_BOOLEAN) {
		c->keep_alive = p->boolean ? KEEP_ALIVE_ALWAYS :
		    KEEP_ALIVE_NEVER;
		return (true);
	}
	if (p->type != PLIST_DICT)
		return (reading_wrong(r, p->line, p->key,
		    "expected boolean or dictionary"));
	c->keep_alive = KEEP_ALIVE_CONDITIONS;
	ok = true;
	for (q = p->children; ok && q != NULL; q = q->next) {
		if (strcmp(q->key, "SuccessfulExit") == 0)
			ok = read_condition(r, q, &c->successful_exit);
		else if (strcmp(q->key, "Crashed") == 0)
			ok = read_condition(r, q, &c->crashed);
		else if (strcmp(q->key, "NetworkState") == 0)
			ok = read_condition(r, q, &c->network);
		else if (strcmp(q->key, "PathState") == 0)
			ok = read_conditions(r, q, &c->path_state);
		else if (strcmp(q->key, "OtherJobEnabled") == 0)
			ok = read_conditions(r, q, &c->other_jobs);
	}
	return (ok);
}

/* Its older name, the other way round; KeepAlive is read later, and wins. */
static bool
read_on_demand(struct reading *r, struct plist *p)
{
	bool value;

	if (!read_boolean(r, p, &value))
		return (false);
	r->config->keep_alive = value ? KEEP_ALIVE_NEVER : KEEP_ALIVE_ALWAYS;
	return (true);
}

/*
 * Times.
 */

static bool
read_calendar(struct reading *r, const struct plist *p, struct calendar *c)
{
	static const struct {
		const char	*name;
		size_t		 offset;
		int		 low, high;
	} fields[] = {
		{ "Minute", offsetof(struct calendar, minute), 0, 59 },
		{ "Hour", offsetof(struct calendar, hour), 0, 23 },
		{ "Day", offsetof(struct calendar, day), 1, 31 },
		{ "Weekday", offsetof(struct calendar, weekday), 0, 7 },
		{ "Month", offsetof(struct calendar, month), 1, 12 },
	};
	const struct plist *q;
	int64_t value;
	size_t i;

	if (p->type != PLIST_DICT)
		return (reading_wrong(r, p->line, "StartCalendarInterval",
		    "expected dictionary"));
	c->minute = c->hour = c->day = c->weekday = c->month = -1;
	for (q = p->children; q != NULL; q = q->next) {
		for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			if (strcmp(q->key, fields[i].name) == 0)
				break;
		if (i == sizeof(fields) / sizeof(fields[0]))
			return (reading_wrong(r, q->line, q->key,
			    "not a part of a date"));
		if (!read_integer(r, q, fields[i].low, fields[i].high, &value))
			return (false);
		*(int *)(void *)((char *)c + fields[i].offset) = (int)value;
	}
	if (c->weekday == 7)
		c->weekday = 0;
	return (true);
}

static bool
read_calendars(struct reading *r, struct plist *p)
{
	struct job_config *c;
	const struct plist *q;
	size_t n;

	c = r->config;
	n = p->type == PLIST_ARRAY ? plist_count(p) : 1;
	if (n > JOB_CALENDARS_MAX)
		return (reading_wrong(r, p->line, p->key, "too many"));
	c->calendars = calloc(n + 1, sizeof(*c->calendars));
	if (c->calendars == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	if (p->type != PLIST_ARRAY) {
		c->ncalendars = 1;
		return (read_calendar(r, p, c->calendars));
	}
	for (q = p->children; q != NULL; q = q->next)
		if (!read_calendar(r, q, &c->calendars[c->ncalendars++]))
			return (false);
	return (true);
}

static bool
read_start_interval(struct reading *r, struct plist *p)
{
	int64_t value;

	if (!read_integer(r, p, 1, JOB_SECONDS_MAX, &value))
		return (false);
	r->config->start_interval = (unsigned)value;
	return (true);
}

/*
 * The rest.
 */

/* An integer, or octal digits in a string. */
static bool
read_umask(struct reading *r, struct plist *p)
{
	int64_t value;
	char *end;

	if (p->type == PLIST_STRING) {
		value = strtol(p->string, &end, 8);
		if (p->string[0] == '\0' || *end != '\0' || value < 0 ||
		    value > 0777)
			return (reading_wrong(r, p->line, p->key,
			    "not an octal mode"));
	} else if (!read_integer(r, p, 0, 0777, &value))
		return (false);
	r->config->umask = (int)value;
	return (true);
}

static bool
read_nice(struct reading *r, struct plist *p)
{
	int64_t value;

	if (!read_integer(r, p, -20, 20, &value))
		return (false);
	r->config->nice = (int)value;
	r->config->nice_given = true;
	return (true);
}

static bool
read_inetd(struct reading *r, struct plist *p)
{
	struct plist *q;
	bool wait;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	wait = false;
	q = plist_get(p, "Wait");
	if (q != NULL && !read_boolean(r, q, &wait))
		return (false);
	r->config->inetd = wait ? INETD_WAIT : INETD_NOWAIT;
	return (true);
}

static bool
read_sessions(struct reading *r, struct plist *p)
{
	char **list;

	if (p->type == PLIST_ARRAY)
		return (read_strings(r, p, &r->config->sessions));
	r->config->sessions = list = calloc(2, sizeof(*list));
	if (list == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	return (read_string(r, p, list));
}

static bool
read_process_type(struct reading *r, struct plist *p)
{
	static const char *const types[] = { "Background", "Standard",
	    "Adaptive", "Interactive" };
	size_t i;

	if (!read_string(r, p, &r->config->process_type))
		return (false);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(r->config->process_type, types[i]) == 0)
			return (true);
	return (reading_wrong(r, p->line, p->key, "unknown type"));
}

static bool
read_limits(struct reading *r, struct plist *p, int64_t *to)
{
	const struct plist *q;
	unsigned i;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	for (q = p->children; q != NULL; q = q->next) {
		for (i = 0; i < JOB_LIMITS; i++)
			if (strcmp(q->key, job_limit_name(i)) == 0)
				break;
		if (i == JOB_LIMITS)
			return (reading_wrong(r, q->line, q->key,
			    "not a resource"));
		if (!read_integer(r, q, 0, INT64_MAX, &to[i]))
			return (false);
	}
	return (true);
}

static bool
read_soft(struct reading *r, struct plist *p)
{

	return (read_limits(r, p, r->config->soft));
}

static bool
read_hard(struct reading *r, struct plist *p)
{

	return (read_limits(r, p, r->config->hard));
}

#define	AT(member)	offsetof(struct job_config, member)

static const struct key keys[] = {
	{ "Label", KIND_READER, 0, read_label, NULL },
	{ "Disabled", KIND_BOOLEAN, AT(disabled), NULL, NULL },
	{ "UserName", KIND_STRING, AT(user), NULL, NULL },
	{ "GroupName", KIND_STRING, AT(group), NULL, NULL },
	{ "InitGroups", KIND_BOOLEAN, AT(init_groups), NULL, NULL },
	{ "inetdCompatibility", KIND_READER, 0, read_inetd, NULL },
	{ "LimitLoadToHosts", KIND_STRINGS, AT(hosts), NULL, NULL },
	{ "LimitLoadFromHosts", KIND_STRINGS, AT(not_hosts), NULL, NULL },
	{ "LimitLoadToSessionType", KIND_READER, 0, read_sessions, NULL },
	{ "Program", KIND_STRING, AT(program), NULL, NULL },
	{ "ProgramArguments", KIND_READER, 0, read_arguments, NULL },
	{ "EnableGlobbing", KIND_BOOLEAN, AT(globbing), NULL, NULL },
	{ "EnableTransactions", KIND_BOOLEAN, AT(transactions), NULL, NULL },
	{ "OnDemand", KIND_READER, 0, read_on_demand, NULL },
	{ "KeepAlive", KIND_READER, 0, read_keep_alive, NULL },
	{ "RunAtLoad", KIND_BOOLEAN, AT(run_at_load), NULL, NULL },
	{ "RootDirectory", KIND_PATH, AT(root_directory), NULL, NULL },
	{ "WorkingDirectory", KIND_STRING, AT(working_directory), NULL, NULL },
	{ "EnvironmentVariables", KIND_READER, 0, read_environment, NULL },
	{ "Umask", KIND_READER, 0, read_umask, NULL },
	{ "TimeOut", KIND_SECONDS, AT(timeout), NULL, NULL },
	{ "ExitTimeOut", KIND_SECONDS, AT(exit_timeout), NULL, NULL },
	{ "ThrottleInterval", KIND_SECONDS, AT(throttle_interval), NULL,
	    NULL },
	{ "StartInterval", KIND_READER, 0, read_start_interval, NULL },
	{ "StartCalendarInterval", KIND_READER, 0, read_calendars, NULL },
	{ "StartOnMount", KIND_BOOLEAN, AT(start_on_mount), NULL, NULL },
	{ "WatchPaths", KIND_PATHS, AT(watch_paths), NULL, NULL },
	{ "QueueDirectories", KIND_PATHS, AT(queue_directories), NULL, NULL },
	{ "StandardInPath", KIND_STRING, AT(stdin_path), NULL, NULL },
	{ "StandardOutPath", KIND_STRING, AT(stdout_path), NULL, NULL },
	{ "StandardErrorPath", KIND_STRING, AT(stderr_path), NULL, NULL },
	{ "Debug", KIND_BOOLEAN, AT(debug), NULL, NULL },
	{ "WaitForDebugger", KIND_BOOLEAN, AT(wait_for_debugger), NULL, NULL },
	{ "SoftResourceLimits", KIND_READER, 0, read_soft, NULL },
	{ "HardResourceLimits", KIND_READER, 0, read_hard, NULL },
	{ "Nice", KIND_READER, 0, read_nice, NULL },
	{ "ProcessType", KIND_READER, 0, read_process_type, NULL },
	{ "AbandonProcessGroup", KIND_BOOLEAN, AT(abandon_group), NULL, NULL },
	{ "LowPriorityIO", KIND_BOOLEAN, AT(low_priority_io), NULL, NULL },
	{ "LaunchOnlyOnce", KIND_BOOLEAN, AT(launch_only_once), NULL, NULL },
	{ "MachServices", KIND_READER, 0, read_services, NULL },
	{ "MachRegister", KIND_STRINGS, AT(may_register), NULL, NULL },
	{ "Sockets", KIND_READER, 0, job_sockets_read, NULL },
	{ "LaunchEvents", KIND_READER, 0, job_events_read, NULL },
	{ "SessionCreate", KIND_BOOLEAN, AT(session_create), NULL, NULL },

	/* Of Darwin's, what has nothing to work on. */
	{ "LowPriorityBackgroundIO", KIND_IGNORED, 0, NULL,
	    "there is no such class of I/O" },
	{ "EnablePressuredExit", KIND_IGNORED, 0, NULL,
	    "there is no memory pressure level" },
	{ "LegacyTimers", KIND_IGNORED, 0, NULL,
	    "timers are never put off here" },
	{ "MaterializeDatalessFiles", KIND_IGNORED, 0, NULL,
	    "there are no such files" },
	{ "POSIXSpawnType", KIND_IGNORED, 0, NULL, "see ProcessType" },
	{ "LimitLoadToHardware", KIND_IGNORED, 0, NULL,
	    "there is no hardware model" },
	{ "AssociatedBundleIdentifiers", KIND_IGNORED, 0, NULL,
	    "there are no bundles" },
	{ "BundleProgram", KIND_IGNORED, 0, NULL, "there are no bundles" },
	{ "ServiceIPC", KIND_IGNORED, 0, NULL, "checking in needs no leave" },
};

static bool
read_path(struct reading *r, const struct plist *p, char **to)
{

	if (!read_string(r, p, to))
		return (false);
	return ((*to)[0] == '/' || reading_wrong(r, p->line, p->key,
	    "not an absolute path"));
}

static bool
read_paths(struct reading *r, const struct plist *p, char ***to)
{
	const struct plist *q;

	if (!read_strings(r, p, to))
		return (false);
	for (q = p->children; q != NULL; q = q->next)
		if (q->string[0] != '/')
			return (reading_wrong(r, q->line, p->key,
			    "not an absolute path"));
	return (true);
}

static bool
read_key(struct reading *r, const struct key *k, struct plist *p)
{
	int64_t value;
	void *to;

	to = (char *)r->config + k->offset;
	switch (k->kind) {
	case KIND_STRING:
		return (read_string(r, p, to));
	case KIND_PATH:
		return (read_path(r, p, to));
	case KIND_BOOLEAN:
		return (read_boolean(r, p, to));
	case KIND_SECONDS:
		if (!read_integer(r, p, 0, JOB_SECONDS_MAX, &value))
			return (false);
		*(unsigned *)to = (unsigned)value;
		return (true);
	case KIND_STRINGS:
		return (read_strings(r, p, to));
	case KIND_PATHS:
		return (read_paths(r, p, to));
	case KIND_READER:
		return (k->read(r, p));
	case KIND_IGNORED:
		break;
	}
	return (true);
}

bool
job_keys_read(struct reading *r, struct plist *root)
{
	struct plist *p;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		p = plist_get(root, keys[i].name);
		if (p == NULL)
			continue;
		p->seen = true;
		if (!read_key(r, &keys[i], p))
			return (false);
	}
	return (true);
}

const char *
job_key_useless(const char *key)
{
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i].name) == 0) {
#ifdef __FreeBSD__
			if (strcmp(key, "LowPriorityIO") == 0)
				return ("processes have no I/O priority");
#endif
			return (keys[i].text);
		}
	return (NULL);
}

void
job_keys_write(const struct job_config *c, launch_data_t to)
{
	const struct key *k;
	const void *at;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		k = &keys[i];
		at = (const char *)c + k->offset;
		switch (k->kind) {
		case KIND_STRING:
		case KIND_PATH:
			put_string(to, k->name, *(char *const *)at);
			break;
		case KIND_BOOLEAN:
			put_boolean(to, k->name, *(const bool *)at);
			break;
		case KIND_SECONDS:
			put_integer(to, k->name, *(const unsigned *)at);
			break;
		case KIND_STRINGS:
		case KIND_PATHS:
			put_strings(to, k->name, *(char **const *)at);
			break;
		case KIND_READER:	/* job_config_write.c */
		case KIND_IGNORED:
			break;
		}
	}
}
