/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Values as text.  What launchd or a property list gave is printed so that no
 * control character reaches the terminal.
 */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "launchctl.h"

static void
put_safe(const char *s)
{

	for (; *s != '\0'; s++)
		(void)putchar((unsigned char)*s < ' ' || *s == 0x7f ? '?' :
		    *s);
}

static void
put_scalar(launch_data_t d)
{

	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_INTEGER:
		(void)printf("%lld", launch_data_get_integer(d));
		break;
	case LAUNCH_DATA_REAL:
		(void)printf("%g", launch_data_get_real(d));
		break;
	case LAUNCH_DATA_BOOL:
		(void)printf("%s", launch_data_get_bool(d) ? "true" : "false");
		break;
	case LAUNCH_DATA_STRING:
		put_safe(launch_data_get_string(d));
		break;
	case LAUNCH_DATA_ERRNO:
		(void)printf("%d", launch_data_get_errno(d));
		break;
	default:
		(void)printf("?");
		break;
	}
}

/*
 * The tree.
 */

struct level {
	unsigned	depth;
};

static void
indent(unsigned depth)
{

	while (depth-- > 0)
		(void)putchar('\t');
}

static void tree(launch_data_t d, const char *name, unsigned depth);

static void
tree_member(launch_data_t d, const char *key, void *arg)
{
	const struct level *l;

	l = arg;
	tree(d, key, l->depth);
}

static void
tree(launch_data_t d, const char *name, unsigned depth)
{
	struct level l = { depth + 1 };
	size_t i;

	indent(depth);
	if (name != NULL) {
		put_safe(name);
		(void)printf(" = ");
	}
	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_DICTIONARY:
		(void)printf("{\n");
		launch_data_dict_iterate(d, tree_member, &l);
		break;
	case LAUNCH_DATA_ARRAY:
		(void)printf("{\n");
		for (i = 0; i < launch_data_array_get_count(d); i++)
			tree(launch_data_array_get_index(d, i), NULL,
			    depth + 1);
		break;
	default:
		put_scalar(d);
		(void)putchar('\n');
		return;
	}
	indent(depth);
	(void)printf("}\n");
}

void
print_tree(launch_data_t d, const char *name)
{

	tree(d, name, 0);
}

/*
 * JSON.
 */

static void
json_string(const char *s)
{

	(void)putchar('"');
	for (; *s != '\0'; s++)
		if (*s == '"' || *s == '\\')
			(void)printf("\\%c", *s);
		else if ((unsigned char)*s < ' ' || *s == 0x7f)
			(void)printf("\\u%04x", (unsigned char)*s);
		else
			(void)putchar(*s);
	(void)putchar('"');
}

static void
json_member(launch_data_t d, const char *key, void *arg)
{
	bool *first;

	first = arg;
	if (!*first)
		(void)putchar(',');
	*first = false;
	json_string(key);
	(void)putchar(':');
	print_json(d);
}

void
print_json(launch_data_t d)
{
	bool first;
	size_t i;

	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_DICTIONARY:
		first = true;
		(void)putchar('{');
		launch_data_dict_iterate(d, json_member, &first);
		(void)putchar('}');
		break;
	case LAUNCH_DATA_ARRAY:
		(void)putchar('[');
		for (i = 0; i < launch_data_array_get_count(d); i++) {
			if (i != 0)
				(void)putchar(',');
			print_json(launch_data_array_get_index(d, i));
		}
		(void)putchar(']');
		break;
	case LAUNCH_DATA_STRING:
		json_string(launch_data_get_string(d));
		break;
	default:
		put_scalar(d);
		break;
	}
}

/*
 * Tables.
 */

static void
list_row(launch_data_t d, const char *key, void *arg)
{
	launch_data_t code, pid, signo;

	(void)arg;
	pid = launch_data_dict_lookup(d, LAUNCH_JOBKEY_PID);
	code = launch_data_dict_lookup(d, "LastExitCode");
	signo = launch_data_dict_lookup(d, "LastExitSignal");
	if (pid != NULL)
		(void)printf("%lld\t", launch_data_get_integer(pid));
	else
		(void)printf("-\t");
	if (signo != NULL)
		(void)printf("-%lld\t", launch_data_get_integer(signo));
	else if (code != NULL)
		(void)printf("%lld\t", launch_data_get_integer(code));
	else
		(void)printf("-\t");
	put_safe(key);
	(void)putchar('\n');
}

void
print_list(launch_data_t d)
{

	(void)printf("PID\tStatus\tLabel\n");
	launch_data_dict_iterate(d, list_row, NULL);
}

static void
limit_row(launch_data_t d, const char *key, void *arg)
{

	(void)arg;
	(void)printf("%-20s ", key);
	put_scalar(launch_data_dict_lookup(d, "Soft"));
	(void)printf("\t");
	put_scalar(launch_data_dict_lookup(d, "Hard"));
	(void)putchar('\n');
}

void
print_limits(launch_data_t d)
{

	launch_data_dict_iterate(d, limit_row, NULL);
}

static void
disabled_row(launch_data_t d, const char *key, void *arg)
{

	(void)arg;
	(void)putchar('\t');
	put_safe(key);
	(void)printf(" => %s\n", launch_data_get_bool(d) ? "disabled" :
	    "enabled");
}

void
print_disabled(launch_data_t d, const char *domain)
{

	(void)printf("disabled services of %s = {\n", domain);
	launch_data_dict_iterate(d, disabled_row, NULL);
	(void)printf("}\n");
}
