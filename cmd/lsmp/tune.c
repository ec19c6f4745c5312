/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Counters and limits in the manner of sysctl(8), with the same names as there.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lsmp.h"

#define	PREFIX		"kern.mach."
#define	LIMITS		PREFIX "limits."

static unsigned shown;		/* lines so far */

static void
show(const char *asked, bool json, const char *group, const char *name,
    uint64_t value)
{
	char full[128];

	(void)snprintf(full, sizeof(full), PREFIX "%s.%s", group, name);
	/* A node stands for what is below it. */
	if (asked != NULL && strcmp(asked, full) != 0 &&
	    (strncmp(asked, full, strlen(asked)) != 0 ||
	    full[strlen(asked)] != '.'))
		return;
	if (json)
		(void)printf("%s\n \"%s\": %llu", shown != 0 ? "," : "", full,
		    (unsigned long long)value);
	else
		(void)printf("%s: %llu\n", full, (unsigned long long)value);
	shown++;
}

static kern_return_t
show_all(const char *asked, bool json)
{
	struct mach_inspect_counter *c;
	struct mach_inspect_limit *l;
	struct mach_inspect_trapstat *t;
	char group[80];
	kern_return_t kr;
	unsigned i, n;
	void *p;

	kr = inspect(MACH_INSPECT_COUNTERS, 0, sizeof(*c), &p, &n);
	if (kr != KERN_SUCCESS)
		return (kr);
	c = p;
	for (i = 0; i < n; i++) {
		show(asked, json, "count", c[i].mic_name, c[i].mic_live);
		if ((c[i].mic_flags & MIC_LIVE_ONLY) != 0)
			continue;
		show(asked, json, "peak", c[i].mic_name, c[i].mic_peak);
		show(asked, json, "total", c[i].mic_name, c[i].mic_total);
		show(asked, json, "failed", c[i].mic_name, c[i].mic_failed);
	}
	free(p);
	kr = inspect(MACH_INSPECT_LIMITS, 0, sizeof(*l), &p, &n);
	if (kr != KERN_SUCCESS)
		return (kr);
	l = p;
	for (i = 0; i < n; i++) {
		show(asked, json, "limits", l[i].mil_name, l[i].mil_value);
		show(asked, json, "hits", l[i].mil_name, l[i].mil_hits);
	}
	free(p);
	kr = inspect(MACH_INSPECT_TRAPS, 0, sizeof(*t), &p, &n);
	if (kr != KERN_SUCCESS)
		return (kr);
	t = p;
	for (i = 0; i < n; i++) {
		(void)snprintf(group, sizeof(group), "trap.%s", t[i].mts_name);
		show(asked, json, group, "calls", t[i].mts_calls);
		show(asked, json, group, "errors", t[i].mts_errors);
	}
	free(p);
	return (KERN_SUCCESS);
}

/* name=value; false, having said why. */
static bool
set(const char *arg)
{
	char name[MACH_INSPECT_NAME_MAX];
	const char *eq, *why;
	char *end;
	kern_return_t kr;
	uint64_t value;
	size_t len;

	eq = strchr(arg, '=');
	errno = 0;
	value = strtoull(eq + 1, &end, 0);
	if (eq[1] < '0' || eq[1] > '9' || *end != '\0' || errno != 0) {
		(void)fprintf(stderr, "lsmp: %s: not a number\n", arg);
		return (false);
	}
	len = (size_t)(eq - arg);
	kr = KERN_INVALID_NAME;
	if (strncmp(arg, LIMITS, strlen(LIMITS)) == 0 &&
	    len - strlen(LIMITS) < sizeof(name)) {
		(void)snprintf(name, sizeof(name), "%.*s",
		    (int)(len - strlen(LIMITS)), arg + strlen(LIMITS));
		kr = mach_limit_set(name, value);
	}
	switch (kr) {
	case KERN_SUCCESS:
		return (true);
	case KERN_NO_ACCESS:
		why = "only the superuser may set it";
		break;
	case KERN_INVALID_NAME:
		why = "no such limit";
		break;
	case KERN_INVALID_VALUE:
		why = "out of its range";
		break;
	default:
		why = mach_error_string(kr);
		break;
	}
	(void)fprintf(stderr, "lsmp: %s: %s\n", arg, why);
	return (false);
}

int
sysctl_main(int argc, char **argv, bool json)
{
	kern_return_t kr;
	unsigned before;
	int i, status;

	status = 0;
	kr = KERN_SUCCESS;
	for (i = 0; i < argc; i++)
		if (strchr(argv[i], '=') != NULL && !set(argv[i]))
			return (1);
	if (json)
		(void)printf("{");
	if (argc == 0)
		kr = show_all(NULL, json);
	for (i = 0; i < argc && kr == KERN_SUCCESS; i++) {
		if (strchr(argv[i], '=') != NULL)
			continue;
		before = shown;
		kr = show_all(argv[i], json);
		if (kr == KERN_SUCCESS && shown == before) {
			(void)fprintf(stderr, "lsmp: %s: no such name\n",
			    argv[i]);
			status = 1;
		}
	}
	if (json)
		(void)printf("}\n");
	if (kr != KERN_SUCCESS) {
		(void)fprintf(stderr, "lsmp: %s\n", mach_error_string(kr));
		status = 1;
	}
	return (status);
}
