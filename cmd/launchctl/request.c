/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Requests to launchd.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mach/mach.h>

#include "launchctl.h"

void
complain(const char *fmt, ...)
{
	va_list ap;

	(void)fprintf(stderr, "launchctl: ");
	if (verb != NULL)
		(void)fprintf(stderr, "%s: ", verb);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
}

static void *
checked(void *p)
{

	if (p == NULL) {
		complain("out of memory");
		exit(1);
	}
	return (p);
}

static bool
takes_number(const char *s)
{

	return (strcmp(s, "user") == 0 || strcmp(s, "gui") == 0 ||
	    strcmp(s, "pid") == 0 || strcmp(s, "jail") == 0 ||
	    strcmp(s, "subset") == 0 || strcmp(s, "session") == 0);
}

/* Strings that live as long as the program. */
static char *
keep(const char *s)
{
	static char *kept[8];
	static unsigned n;

	if (n == sizeof(kept) / sizeof(kept[0])) {
		complain("too many targets");
		exit(2);
	}
	kept[n] = checked(strdup(s));
	return (kept[n++]);
}

void
target_parse(const char *s, bool need_label, struct target *t)
{
	char *copy, *slash;

	t->domain = t->label = NULL;
	copy = keep(s);
	slash = strchr(copy, '/');
	if (slash == NULL && strcmp(copy, "system") != 0) {
		if (takes_number(copy)) {
			complain("%s needs a number: %s/UID", s, s);
			exit(2);
		}
		t->label = copy;
		return;
	}
	t->domain = copy;
	if (slash != NULL) {
		*slash = '\0';
		if (takes_number(copy)) {
			*slash = '/';
			slash = strchr(slash + 1, '/');
			if (slash != NULL)
				*slash = '\0';
		}
		if (slash != NULL && slash[1] != '\0')
			t->label = keep(slash + 1);
	}
	if (need_label && t->label == NULL) {
		complain("%s is a domain; a job is %s/LABEL", s, t->domain);
		exit(2);
	}
}

static void
put(launch_data_t request, const char *key, launch_data_t value)
{

	if (!launch_data_dict_insert(request, checked(value), key))
		(void)checked(NULL);
}

void
request_string(launch_data_t request, const char *key, const char *value)
{

	put(request, key, launch_data_new_string(value));
}

void
request_integer(launch_data_t request, const char *key, long long value)
{

	put(request, key, launch_data_new_integer(value));
}

void
request_port(launch_data_t request, const char *key, mach_port_t port)
{

	put(request, key, launch_data_new_machport(port));
}

void
request_true(launch_data_t request, const char *key)
{

	put(request, key, launch_data_new_bool(true));
}

launch_data_t
request_new(const char *name, const struct target *t)
{
	launch_data_t request;

	request = checked(launch_data_alloc(LAUNCH_DATA_DICTIONARY));
	request_string(request, "Verb", name);
	if (t != NULL && t->domain != NULL)
		request_string(request, "Domain", t->domain);
	if (t != NULL && t->label != NULL)
		request_string(request, LAUNCH_JOBKEY_LABEL, t->label);
	return (request);
}

static const char *
advice(int error)
{

	switch (error) {
	case ENOTCONN:
		/* A trap that finds no kernel makes libmach say why. */
		if (mach_task_self() == MACH_PORT_NULL &&
		    mach_reply_port() == MACH_PORT_NULL)
			return ("there is no Mach kernel");
		return ("there is no launchd here: run this inside a job of "
		    "launchd, or under launchd -- COMMAND");
	case EPERM:
		return ("not permitted: try as root");
	default:
		return (strerror(error));
	}
}

launch_data_t
request_send(launch_data_t request, const char *about)
{
	launch_data_t answer, error;
	const char *why;
	int code;

	answer = launch_msg(request);
	code = errno;
	launch_data_free(request);
	if (answer == NULL) {
		complain("%s", advice(code));
		return (NULL);
	}
	if (launch_data_get_type(answer) == LAUNCH_DATA_ERRNO) {
		code = launch_data_get_errno(answer);
		if (code == 0)
			return (answer);
		complain("%s: %s", about, advice(code));
	} else {
		error = launch_data_dict_lookup(answer, "Error");
		why = launch_data_get_string(launch_data_dict_lookup(answer,
		    "Reason"));
		if (error == NULL || why == NULL)
			return (answer);
		/* It may begin with the file and line itself. */
		if (strstr(why, about) != NULL || *why == '/')
			complain("%s", why);
		else
			complain("%s: %s", about, why);
	}
	launch_data_free(answer);
	return (NULL);
}

int
request_do(launch_data_t request, const char *about)
{
	launch_data_t answer;

	answer = request_send(request, about);
	launch_data_free(answer);
	return (answer != NULL ? 0 : 1);
}
