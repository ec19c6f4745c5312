/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Values (launch.h): what launchd puts into them, and property lists of them.
 */

#include <stdlib.h>
#include <string.h>

#include "value.h"

static bool lost;

bool
values_lost(void)
{
	bool was;

	was = lost;
	lost = false;
	return (was);
}

launch_data_t
dictionary(void)
{

	return (launch_data_alloc(LAUNCH_DATA_DICTIONARY));
}

launch_data_t
array(void)
{

	return (launch_data_alloc(LAUNCH_DATA_ARRAY));
}

void
put_value(launch_data_t dict, const char *key, launch_data_t value)
{

	if (launch_data_dict_insert(dict, value, key))
		return;
	launch_data_free(value);
	lost = true;
}

launch_data_t
member(launch_data_t dict, const char *key, launch_data_type_t type)
{

	if (launch_data_dict_lookup(dict, key) == NULL)
		put_value(dict, key, launch_data_alloc(type));
	return (launch_data_dict_lookup(dict, key));
}

void
put_string(launch_data_t dict, const char *key, const char *value)
{

	if (value != NULL)
		put_value(dict, key, launch_data_new_string(value));
}

void
put_integer(launch_data_t dict, const char *key, long long value)
{

	put_value(dict, key, launch_data_new_integer(value));
}

void
put_boolean(launch_data_t dict, const char *key, bool value)
{

	put_value(dict, key, launch_data_new_bool(value));
}

void
put_true(launch_data_t dict, const char *key, bool value)
{

	if (value)
		put_boolean(dict, key, true);
}

bool
append_value(launch_data_t list, launch_data_t value)
{

	if (launch_data_array_set_index(list, value,
	    launch_data_array_get_count(list)))
		return (true);
	launch_data_free(value);
	lost = true;
	return (false);
}

launch_data_t
value_of_strings(char *const *list)
{
	launch_data_t strings;

	strings = array();
	for (; list != NULL && *list != NULL; list++)
		(void)append_value(strings, launch_data_new_string(*list));
	return (strings);
}

void
put_strings(launch_data_t dict, const char *key, char *const *list)
{

	if (list != NULL)
		put_value(dict, key, value_of_strings(list));
}

void
put_pairs(launch_data_t dict, const char *key, char *const *list)
{
	launch_data_t pairs;
	char *name;
	size_t n;

	if (list == NULL)
		return;
	pairs = dictionary();
	for (; *list != NULL; list++) {
		n = strcspn(*list, "=");
		name = strndup(*list, n);
		if (name != NULL)
			put_string(pairs, name, *list + n + 1);
		else
			lost = true;
		free(name);
	}
	put_value(dict, key, pairs);
}

struct comparing {
	launch_data_t	 other;
	bool		 equal;
};

static void
compare(launch_data_t value, const char *key, void *arg)
{
	struct comparing *c = arg;
	launch_data_t other;

	other = launch_data_dict_lookup(c->other, key);
	c->equal = c->equal && other != NULL && values_equal(value, other);
}

static bool
arrays_equal(launch_data_t a, launch_data_t b)
{
	size_t i, n;

	n = launch_data_array_get_count(a);
	if (n != launch_data_array_get_count(b))
		return (false);
	for (i = 0; i < n; i++)
		if (!values_equal(launch_data_array_get_index(a, i),
		    launch_data_array_get_index(b, i)))
			return (false);
	return (true);
}

bool
values_equal(launch_data_t a, launch_data_t b)
{
	struct comparing c = { b, true };

	if (launch_data_get_type(a) != launch_data_get_type(b))
		return (false);
	switch (launch_data_get_type(a)) {
	case LAUNCH_DATA_DICTIONARY:
		if (launch_data_dict_get_count(a) !=
		    launch_data_dict_get_count(b))
			return (false);
		launch_data_dict_iterate(a, compare, &c);
		return (c.equal);
	case LAUNCH_DATA_ARRAY:
		return (arrays_equal(a, b));
	case LAUNCH_DATA_STRING:
		return (strcmp(launch_data_get_string(a),
		    launch_data_get_string(b)) == 0);
	case LAUNCH_DATA_INTEGER:
		return (launch_data_get_integer(a) ==
		    launch_data_get_integer(b));
	case LAUNCH_DATA_BOOL:
		return (launch_data_get_bool(a) == launch_data_get_bool(b));
	default:
		return (false);		/* no description has one */
	}
}

/*
 * Property lists of values.
 */

static struct plist *to_plist(launch_data_t d, unsigned depth);

struct appending {
	struct plist	*to;
	unsigned	 depth;
	bool		 failed;
};

static void
append(launch_data_t value, const char *key, void *arg)
{
	struct appending *a;
	struct plist *p;

	a = arg;
	p = a->failed ? NULL : to_plist(value, a->depth + 1);
	if (p == NULL) {
		a->failed = true;
		return;
	}
	if (a->to->last == NULL)
		a->to->children = p;
	else
		a->to->last->next = p;
	a->to->last = p;
	if (key != NULL && (p->key = strdup(key)) == NULL)
		a->failed = true;
}

static bool
convert(struct plist *p, launch_data_t d, unsigned depth)
{
	struct appending a = { p, depth, false };
	size_t i;

	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_DICTIONARY:
		p->type = PLIST_DICT;
		launch_data_dict_iterate(d, append, &a);
		return (!a.failed);
	case LAUNCH_DATA_ARRAY:
		p->type = PLIST_ARRAY;
		for (i = 0; i < launch_data_array_get_count(d); i++)
			append(launch_data_array_get_index(d, i), NULL, &a);
		return (!a.failed);
	case LAUNCH_DATA_STRING:
		p->type = PLIST_STRING;
		p->string = strdup(launch_data_get_string(d));
		return (p->string != NULL);
	case LAUNCH_DATA_INTEGER:
		p->type = PLIST_INTEGER;
		p->integer = launch_data_get_integer(d);
		return (true);
	case LAUNCH_DATA_BOOL:
		p->type = PLIST_BOOLEAN;
		p->boolean = launch_data_get_bool(d);
		return (true);
	case LAUNCH_DATA_REAL:
		p->type = PLIST_REAL;
		p->real = launch_data_get_real(d);
		return (true);
	default:
		return (false);
	}
}

static struct plist *
to_plist(launch_data_t d, unsigned depth)
{
	struct plist *p;

	if (depth > PLIST_DEPTH_MAX)
		return (NULL);
	p = calloc(1, sizeof(*p));
	if (p != NULL && !convert(p, d, depth)) {
		plist_tree_free(p);
		p = NULL;
	}
	return (p);
}

struct plist *
plist_of_value(launch_data_t d)
{

	return (to_plist(d, 0));
}
