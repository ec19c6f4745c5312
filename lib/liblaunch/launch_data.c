/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Values.  Dictionaries and arrays are vectors; a dictionary keeps the order of
 * insertion and is searched from the front, for the small ones that they are.
 */

#include <stdlib.h>
#include <string.h>

#include <launch.h>

struct _launch_data {
	launch_data_type_t type;
	union {
		struct {
			launch_data_t	*values;
			char		**keys;	/* dictionaries */
			size_t		 count;
			size_t		 room;
		} list;
		struct {
			void		*bytes;	/* ends with a NUL beyond */
			size_t		 size;
		} blob;
		int		fd;
		int		error;
		mach_port_t	port;
		long long	integer;
		double		real;
		bool		boolean;
	} u;
};

launch_data_t
launch_data_alloc(launch_data_type_t type)
{
	launch_data_t d;

	if (type < LAUNCH_DATA_DICTIONARY || type > LAUNCH_DATA_MACHPORT)
		return (NULL);
	d = calloc(1, sizeof(*d));
	if (d == NULL)
		return (NULL);
	d->type = type;
	if (type == LAUNCH_DATA_FD)
		d->u.fd = -1;
	return (d);
}

launch_data_type_t
launch_data_get_type(launch_data_t d)
{

	return (d->type);
}

static bool
is_list(launch_data_t d)
{

	return (d != NULL && (d->type == LAUNCH_DATA_DICTIONARY ||
	    d->type == LAUNCH_DATA_ARRAY));
}

static bool
is_blob(launch_data_t d)
{

	return (d->type == LAUNCH_DATA_STRING || d->type == LAUNCH_DATA_OPAQUE);
}

void
launch_data_free(launch_data_t d)
{
	size_t i;

	if (d == NULL)
		return;
	if (is_list(d)) {
		for (i = 0; i < d->u.list.count; i++) {
			launch_data_free(d->u.list.values[i]);
			if (d->u.list.keys != NULL)
				free(d->u.list.keys[i]);
		}
		free(d->u.list.values);
		free(d->u.list.keys);
	} else if (is_blob(d))
		free(d->u.blob.bytes);
	free(d);
}

static bool
set_blob(launch_data_t d, const void *bytes, size_t size)
{
	char *copy;

	copy = malloc(size + 1);
	if (copy == NULL)
		return (false);
	if (size != 0)
		memcpy(copy, bytes, size);
	copy[size] = '\0';
	free(d->u.blob.bytes);
	d->u.blob.bytes = copy;
	d->u.blob.size = size;
	return (true);
}

launch_data_t
launch_data_copy(launch_data_t d)
{
	launch_data_t copy, value;
	size_t i;
	bool ok;

	copy = launch_data_alloc(d->type);
	if (copy == NULL)
		return (NULL);
	ok = true;
	if (is_list(d))
		for (i = 0; ok && i < d->u.list.count; i++) {
			value = launch_data_copy(d->u.list.values[i]);
			ok = value != NULL &&
			    (d->type == LAUNCH_DATA_DICTIONARY ?
			    launch_data_dict_insert(copy, value,
			    d->u.list.keys[i]) :
			    launch_data_array_set_index(copy, value, i));
			if (!ok)
				launch_data_free(value);
		}
	else if (is_blob(d))
		ok = set_blob(copy, d->u.blob.bytes, d->u.blob.size);
	else
		copy->u = d->u;
	if (ok)
		return (copy);
	launch_data_free(copy);
	return (NULL);
}

/*
 * One of each for every simple type.
 */

#define	SIMPLE(name, TYPE, ctype, member, otherwise)			\
bool									\
launch_data_set_##name(launch_data_t d, ctype value)			\
{									\
									\
	if (d->type != TYPE)						\
		return (false);						\
	d->u.member = value;						\
	return (true);							\
}									\
									\
ctype									\
launch_data_get_##name(launch_data_t d)					\
{									\
									\
	return (d != NULL && d->type == TYPE ? d->u.member : otherwise); \
}									\
									\
launch_data_t								\
launch_data_new_##name(ctype value)					\
{									\
	launch_data_t d;						\
									\
	d = launch_data_alloc(TYPE);					\
	if (d != NULL)							\
		d->u.member = value;					\
	return (d);							\
}

SIMPLE(fd, LAUNCH_DATA_FD, int, fd, -1)
SIMPLE(machport, LAUNCH_DATA_MACHPORT, mach_port_t, port, MACH_PORT_NULL)
SIMPLE(integer, LAUNCH_DATA_INTEGER, long long, integer, 0)
SIMPLE(bool, LAUNCH_DATA_BOOL, bool, boolean, false)
SIMPLE(real, LAUNCH_DATA_REAL, double, real, 0)
SIMPLE(errno, LAUNCH_DATA_ERRNO, int, error, 0)

bool
launch_data_set_string(launch_data_t d, const char *value)
{

	return (d->type == LAUNCH_DATA_STRING && set_blob(d, value,
	    strlen(value)));
}

bool
launch_data_set_opaque(launch_data_t d, const void *bytes, size_t size)
{

	return (d->type == LAUNCH_DATA_OPAQUE && set_blob(d, bytes, size));
}

static launch_data_t
new_blob(launch_data_type_t type, const void *bytes, size_t size)
{
	launch_data_t d;

	d = launch_data_alloc(type);
	if (d != NULL && !set_blob(d, bytes, size)) {
		launch_data_free(d);
		d = NULL;
	}
	return (d);
}

launch_data_t
launch_data_new_string(const char *value)
{

	return (new_blob(LAUNCH_DATA_STRING, value, strlen(value)));
}

launch_data_t
launch_data_new_opaque(const void *bytes, size_t size)
{

	return (new_blob(LAUNCH_DATA_OPAQUE, bytes, size));
}

const char *
launch_data_get_string(launch_data_t d)
{

	if (d == NULL || d->type != LAUNCH_DATA_STRING)
		return (NULL);
	return (d->u.blob.bytes != NULL ? d->u.blob.bytes : "");
}

void *
launch_data_get_opaque(launch_data_t d)
{

	return (d != NULL && d->type == LAUNCH_DATA_OPAQUE ? d->u.blob.bytes :
	    NULL);
}

size_t
launch_data_get_opaque_size(launch_data_t d)
{

	return (d != NULL && d->type == LAUNCH_DATA_OPAQUE ? d->u.blob.size :
	    0);
}

/*
 * Containers.
 */

static bool
grow(launch_data_t d)
{
	launch_data_t *values;
	char **keys;
	size_t room;

	if (d->u.list.count < d->u.list.room)
		return (true);
	room = d->u.list.room == 0 ? 8 : d->u.list.room * 2;
	values = realloc(d->u.list.values, room * sizeof(*values));
	if (values == NULL)
		return (false);
	d->u.list.values = values;
	if (d->type == LAUNCH_DATA_DICTIONARY) {
		keys = realloc(d->u.list.keys, room * sizeof(*keys));
		if (keys == NULL)
			return (false);
		d->u.list.keys = keys;
	}
	d->u.list.room = room;
	return (true);
}

static bool
find(launch_data_t dict, const char *key, size_t *at)
{

	if (dict == NULL || dict->type != LAUNCH_DATA_DICTIONARY)
		return (false);
	for (*at = 0; *at < dict->u.list.count; ++*at)
		if (strcmp(dict->u.list.keys[*at], key) == 0)
			return (true);
	return (false);
}

bool
launch_data_dict_insert(launch_data_t dict, launch_data_t value,
    const char *key)
{
	char *copy;
	size_t i;

	if (dict == NULL || dict->type != LAUNCH_DATA_DICTIONARY ||
	    value == NULL)
		return (false);
	if (find(dict, key, &i)) {
		if (dict->u.list.values[i] != value)
			launch_data_free(dict->u.list.values[i]);
		dict->u.list.values[i] = value;
		return (true);
	}
	copy = strdup(key);
	if (copy == NULL || !grow(dict)) {
		free(copy);
		return (false);
	}
	dict->u.list.keys[dict->u.list.count] = copy;
	dict->u.list.values[dict->u.list.count++] = value;
	return (true);
}

launch_data_t
launch_data_dict_lookup(launch_data_t dict, const char *key)
{
	size_t i;

	return (find(dict, key, &i) ? dict->u.list.values[i] : NULL);
}

bool
launch_data_dict_remove(launch_data_t dict, const char *key)
{
	size_t i, left;

	if (!find(dict, key, &i))
		return (false);
	launch_data_free(dict->u.list.values[i]);
	free(dict->u.list.keys[i]);
	left = --dict->u.list.count - i;
	memmove(&dict->u.list.values[i], &dict->u.list.values[i + 1],
	    left * sizeof(dict->u.list.values[0]));
	memmove(&dict->u.list.keys[i], &dict->u.list.keys[i + 1],
	    left * sizeof(dict->u.list.keys[0]));
	return (true);
}

void
launch_data_dict_iterate(launch_data_t dict,
    void (*fn)(launch_data_t value, const char *key, void *arg), void *arg)
{
	size_t i;

	if (dict == NULL || dict->type != LAUNCH_DATA_DICTIONARY)
		return;
	for (i = 0; i < dict->u.list.count; i++)
		fn(dict->u.list.values[i], dict->u.list.keys[i], arg);
}

size_t
launch_data_dict_get_count(launch_data_t dict)
{

	return (dict != NULL && dict->type == LAUNCH_DATA_DICTIONARY ?
	    dict->u.list.count : 0);
}

bool
launch_data_array_set_index(launch_data_t array, launch_data_t value,
    size_t i)
{

	if (array == NULL || array->type != LAUNCH_DATA_ARRAY ||
	    value == NULL || i > array->u.list.count)
		return (false);
	if (i < array->u.list.count) {
		if (array->u.list.values[i] != value)
			launch_data_free(array->u.list.values[i]);
		array->u.list.values[i] = value;
		return (true);
	}
	if (!grow(array))
		return (false);
	array->u.list.values[array->u.list.count++] = value;
	return (true);
}

launch_data_t
launch_data_array_get_index(launch_data_t array, size_t i)
{

	if (array == NULL || array->type != LAUNCH_DATA_ARRAY ||
	    i >= array->u.list.count)
		return (NULL);
	return (array->u.list.values[i]);
}

size_t
launch_data_array_get_count(launch_data_t array)
{

	return (array != NULL && array->type == LAUNCH_DATA_ARRAY ?
	    array->u.list.count : 0);
}
