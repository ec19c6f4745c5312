/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Property lists in JSON: json-c, where there is one, reads them, and its
 * objects become our tree.  A null has no meaning in a property list.
 */

#include <stdlib.h>
#include <string.h>

#include "plist.h"

#ifdef HAVE_JSON_C
#include <json-c/json.h>

struct conversion {
	struct plist_error *error;
	unsigned	 values;
};

static struct plist *convert(struct conversion *c, struct json_object *o,
	    unsigned depth);

static bool
append(struct conversion *c, struct plist *parent, const char *key,
    struct json_object *o, unsigned depth)
{
	struct plist *p;

	p = convert(c, o, depth + 1);
	if (p == NULL)
		return (false);
	if (parent->last == NULL)
		parent->children = p;
	else
		parent->last->next = p;
	parent->last = p;
	if (key == NULL)
		return (true);
	p->key = strdup(key);
	if (p->key == NULL)
		plist_error_set(c->error, 0, "out of memory");
	return (p->key != NULL);
}

static bool
convert_members(struct conversion *c, struct plist *p, struct json_object *o,
    unsigned depth)
{
	size_t i, n;

	if (p->type == PLIST_DICT) {
		json_object_object_foreach(o, key, value) {
			if (!append(c, p, key, value, depth))
				return (false);
		}
		return (true);
	}
	n = json_object_array_length(o);
	for (i = 0; i < n; i++)
		if (!append(c, p, NULL, json_object_array_get_idx(o, i),
		    depth))
			return (false);
	return (true);
}

static bool
convert_value(struct conversion *c, struct plist *p, struct json_object *o,
    unsigned depth)
{

	switch (json_object_get_type(o)) {
	case json_type_boolean:
		p->type = PLIST_BOOLEAN;
		p->boolean = json_object_get_boolean(o);
		return (true);
	case json_type_int:
		p->type = PLIST_INTEGER;
		p->integer = json_object_get_int64(o);
		return (true);
	case json_type_double:
		p->type = PLIST_REAL;
		p->real = json_object_get_double(o);
		return (true);
	case json_type_string:
		p->type = PLIST_STRING;
		if (strlen(json_object_get_string(o)) !=
		    (size_t)json_object_get_string_len(o)) {
			plist_error_set(c->error, 0, "a string with a NUL");
			return (false);
		}
		p->string = strdup(json_object_get_string(o));
		if (p->string == NULL)
			plist_error_set(c->error, 0, "out of memory");
		return (p->string != NULL);
	case json_type_object:
		p->type = PLIST_DICT;
		return (convert_members(c, p, o, depth));
	case json_type_array:
		p->type = PLIST_ARRAY;
		return (convert_members(c, p, o, depth));
	default:
		plist_error_set(c->error, 0, "null is no value of a property "
		    "list");
		return (false);
	}
}

static struct plist *
convert(struct conversion *c, struct json_object *o, unsigned depth)
{
	struct plist *p;

	if (depth > PLIST_DEPTH_MAX || ++c->values > PLIST_VALUES_MAX) {
		plist_error_set(c->error, 0, "nested too deep or too large");
		return (NULL);
	}
	p = calloc(1, sizeof(*p));
	if (p == NULL) {
		plist_error_set(c->error, 0, "out of memory");
		return (NULL);
	}
	if (!convert_value(c, p, o, depth)) {
		plist_tree_free(p);
		return (NULL);
	}
	return (p);
}

static unsigned
line_at(const char *text, size_t offset)
{
	unsigned line;
	size_t i;

	for (line = 1, i = 0; i < offset; i++)
		if (text[i] == '\n')
			line++;
	return (line);
}

struct plist *
plist_parse_json(const void *data, size_t size, struct plist_error *error)
{
	enum json_tokener_error why;
	struct json_tokener *tokener;
	struct json_object *o;
	struct conversion c;
	struct plist *p;
	size_t at;

	tokener = json_tokener_new_ex(PLIST_DEPTH_MAX);
	if (tokener == NULL) {
		plist_error_set(error, 0, "out of memory");
		return (NULL);
	}
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
	    JSON_TOKENER_VALIDATE_UTF8);
	o = json_tokener_parse_ex(tokener, data, (int)size);
	why = json_tokener_get_error(tokener);
	at = json_tokener_get_parse_end(tokener);
	json_tokener_free(tokener);
	if (o == NULL) {
		plist_error_set(error, line_at(data, at < size ? at : size),
		    "not well-formed JSON: %s", why == json_tokener_continue ?
		    "unexpected end" : json_tokener_error_desc(why));
		return (NULL);
	}
	c.error = error;
	c.values = 0;
	p = convert(&c, o, 0);
	json_object_put(o);
	return (p);
}
#else
struct plist *
plist_parse_json(const void *data, size_t size, struct plist_error *error)
{

	(void)data;
	(void)size;
	plist_error_set(error, 1, "a property list in JSON: this launchd was "
	    "built without json-c; convert it to XML");
	return (NULL);
}
#endif
