/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The reader of XML property lists, on expat.
 *
 * expat drives three callbacks, which build the tree with an explicit stack of
 * open containers.  The first error stops the parser and is the one reported.
 *
 * What a property list has no use for is refused and not interpreted:
 * an internal DTD subset, and with it every entity declaration.  The DOCTYPE
 * that Apple's files carry names an external DTD, which is never fetched.
 */

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __FreeBSD__
#include <bsdxml.h>
#else
#include <expat.h>
#endif

#include "plist.h"

struct reader {
	XML_Parser	 parser;
	struct plist_error *error;
	bool		 failed;
	bool		 in_plist;	/* inside <plist> */
	struct plist	*root;
	struct plist	*open[PLIST_DEPTH_MAX];	/* containers */
	unsigned	 depth;
	unsigned	 values;
	const char	*leaf;		/* the leaf element being read */
	unsigned	 leaf_line;
	char		*key;		/* read, its value still to come */
	unsigned	 key_line;
	char		*text;		/* of the leaf */
	size_t		 text_len, text_room;
};

static const char *const leaves[] = {
	"key", "string", "integer", "real", "date", "data", "true", "false",
};

static unsigned
line_of(const struct reader *r)
{

	return ((unsigned)XML_GetCurrentLineNumber(r->parser));
}

#define	fail(r, line, ...) do {						\
	if (!(r)->failed) {						\
		(r)->failed = true;					\
		plist_error_set((r)->error, line, __VA_ARGS__);		\
		(void)XML_StopParser((r)->parser, XML_FALSE);		\
	}								\
} while (0)

/*
 * Put a value where the file says it belongs; it takes over the pending key.
 */
static struct plist *
add(struct reader *r, enum plist_type type, unsigned line)
{
	struct plist *p, *parent;

	if (++r->values > PLIST_VALUES_MAX) {
		fail(r, line, "more than %d values", PLIST_VALUES_MAX);
		return (NULL);
	}
	parent = r->depth == 0 ? NULL : r->open[r->depth - 1];
	if (parent == NULL && r->root != NULL) {
		fail(r, line, "a second value beside the first");
		return (NULL);
	}
	if (parent != NULL && parent->type == PLIST_DICT && r->key == NULL) {
		fail(r, line, "a value without a key");
		return (NULL);
	}
	p = calloc(1, sizeof(*p));
	if (p == NULL) {
		fail(r, line, "out of memory");
		return (NULL);
	}
	p->type = type;
	p->line = line;
	if (parent == NULL) {
		r->root = p;
		return (p);
	}
	if (parent->type == PLIST_DICT) {
		p->key = r->key;
		r->key = NULL;
	}
	if (parent->last == NULL)
		parent->children = p;
	else
		parent->last->next = p;
	parent->last = p;
	return (p);
}

/*
 * Text of leaves.
 */

static void XMLCALL
on_text(void *arg, const XML_Char *s, int len)
{
	struct reader *r;
	size_t need, room;
	char *text;
	int i;

	r = arg;
	if (r->failed)
		return;
	if (r->leaf == NULL) {
		for (i = 0; i < len; i++)
			if (!isspace((unsigned char)s[i])) {
				fail(r, line_of(r), "text outside a value");
				return;
			}
		return;
	}
	need = r->text_len + (size_t)len + 1;
	if (need > r->text_room) {
		room = r->text_room == 0 ? 256 : r->text_room;
		while (room < need)
			room *= 2;
		text = realloc(r->text, room);
		if (text == NULL) {
			fail(r, line_of(r), "out of memory");
			return;
		}
		r->text = text;
		r->text_room = room;
	}
	memcpy(r->text + r->text_len, s, (size_t)len);
	r->text_len += (size_t)len;
}

/* The text of the leaf, NUL-terminated, without the blanks around it. */
static const char *
trimmed(struct reader *r)
{
	char *p, *end;

	if (r->text == NULL)
		return ("");
	p = r->text;
	end = r->text + r->text_len;
	while (p < end && isspace((unsigned char)*p))
		p++;
	while (end > p && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return (p);
}

/* The text of the leaf as it stands, in memory of its own. */
static char *
verbatim(struct reader *r)
{
	char *s;

	s = malloc(r->text_len + 1);
	if (s == NULL) {
		fail(r, r->leaf_line, "out of memory");
		return (NULL);
	}
	if (r->text_len != 0)
		memcpy(s, r->text, r->text_len);
	s[r->text_len] = '\0';
	return (s);
}

/*
 * Ends of leaves.
 */

static void
end_key(struct reader *r)
{
	struct plist *parent;

	if (r->depth == 0 || (parent = r->open[r->depth - 1])->type !=
	    PLIST_DICT) {
		fail(r, r->leaf_line, "a key outside a dictionary");
		return;
	}
	if (r->key != NULL) {
		fail(r, r->key_line, "key \"%.64s\" has no value", r->key);
		return;
	}
	if (++r->values > PLIST_VALUES_MAX) {
		fail(r, r->leaf_line, "more than %d values", PLIST_VALUES_MAX);
		return;
	}
	r->key = verbatim(r);
	r->key_line = r->leaf_line;
	if (r->key != NULL && plist_get(parent, r->key) != NULL)
		fail(r, r->leaf_line, "key \"%.64s\" appears twice", r->key);
}

static void
end_integer(struct reader *r)
{
	const char *s;
	struct plist *p;
	long long value;
	char *end;

	s = trimmed(r);
	errno = 0;
	value = strtoll(s, &end, strncmp(s, "0x", 2) == 0 ||
	    strncmp(s, "0X", 2) == 0 ? 16 : 10);
	if (*s == '\0' || *end != '\0') {
		fail(r, r->leaf_line, "\"%.40s\" is not an integer", s);
		return;
	}
	if (errno == ERANGE) {
		fail(r, r->leaf_line, "integer %.40s is out of range", s);
		return;
	}
	p = add(r, PLIST_INTEGER, r->leaf_line);
	if (p != NULL)
		p->integer = value;
}

static void
end_real(struct reader *r)
{
	const char *s;
	struct plist *p;
	double value;
	char *end;

	s = trimmed(r);
	value = strtod(s, &end);
	if (*s == '\0' || *end != '\0') {
		fail(r, r->leaf_line, "\"%.40s\" is not a number", s);
		return;
	}
	p = add(r, PLIST_REAL, r->leaf_line);
	if (p != NULL)
		p->real = value;
}

static void
end_text(struct reader *r, enum plist_type type)
{
	struct plist *p;

	p = add(r, type, r->leaf_line);
	if (p != NULL)
		p->string = verbatim(r);
}

static void
end_boolean(struct reader *r, bool value)
{
	struct plist *p;

	if (*trimmed(r) != '\0') {
		fail(r, r->leaf_line, "text inside <%s>", r->leaf);
		return;
	}
	p = add(r, PLIST_BOOLEAN, r->leaf_line);
	if (p != NULL)
		p->boolean = value;
}

/*
 * Elements.
 */

static void
open_container(struct reader *r, enum plist_type type)
{
	struct plist *p;

	if (r->depth == PLIST_DEPTH_MAX) {
		fail(r, line_of(r), "nested more than %d deep",
		    PLIST_DEPTH_MAX);
		return;
	}
	p = add(r, type, line_of(r));
	if (p != NULL)
		r->open[r->depth++] = p;
}

static void XMLCALL
on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct reader *r;
	size_t i;

	(void)attributes;
	r = arg;
	if (r->failed)
		return;
	if (r->leaf != NULL) {
		fail(r, line_of(r), "<%.40s> inside <%s>", name, r->leaf);
		return;
	}
	if (!r->in_plist) {
		if (strcmp(name, "plist") != 0)
			fail(r, line_of(r), "not a property list: the first "
			    "element is <%.40s>", name);
		r->in_plist = true;
		return;
	}
	if (strcmp(name, "dict") == 0) {
		open_container(r, PLIST_DICT);
		return;
	}
	if (strcmp(name, "array") == 0) {
		open_container(r, PLIST_ARRAY);
		return;
	}
	for (i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++)
		if (strcmp(name, leaves[i]) == 0) {
			r->leaf = leaves[i];
			r->leaf_line = line_of(r);
			r->text_len = 0;
			/* The terminator needs room even without text. */
			on_text(r, "", 0);
			return;
		}
	fail(r, line_of(r), "unknown element <%.40s>", name);
}

static void
close_container(struct reader *r)
{

	if (r->open[r->depth - 1]->type == PLIST_DICT && r->key != NULL) {
		fail(r, r->key_line, "key \"%.64s\" has no value", r->key);
		return;
	}
	r->depth--;
}

static void XMLCALL
on_end(void *arg, const XML_Char *name)
{
	struct reader *r;
	const char *leaf;

	(void)name;
	r = arg;
	if (r->failed)
		return;
	leaf = r->leaf;
	if (leaf == NULL) {
		/* expat has matched the tags: a container, or <plist>. */
		if (r->depth > 0)
			close_container(r);
		return;
	}
	if (strcmp(leaf, "key") == 0)
		end_key(r);
	else if (strcmp(leaf, "string") == 0)
		end_text(r, PLIST_STRING);
	else if (strcmp(leaf, "integer") == 0)
		end_integer(r);
	else if (strcmp(leaf, "real") == 0)
		end_real(r);
	else if (strcmp(leaf, "date") == 0)
		end_text(r, PLIST_DATE);
	else if (strcmp(leaf, "data") == 0)
		end_text(r, PLIST_DATA);
	else
		end_boolean(r, strcmp(leaf, "true") == 0);
	r->leaf = NULL;
}

static void XMLCALL
on_doctype(void *arg, const XML_Char *name, const XML_Char *system_id,
    const XML_Char *public_id, int has_internal_subset)
{
	struct reader *r;

	(void)name;
	(void)system_id;
	(void)public_id;
	r = arg;
	if (has_internal_subset)
		fail(r, line_of(r), "declarations in the DOCTYPE are refused");
}

static void XMLCALL
on_skipped_entity(void *arg, const XML_Char *name, int is_parameter)
{
	struct reader *r;

	(void)is_parameter;
	r = arg;
	fail(r, line_of(r), "undefined entity \"%.40s\"", name);
}

/*
 * The whole.
 */

static void
parse(struct reader *r, const void *data, size_t size)
{

	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	XML_SetSkippedEntityHandler(r->parser, on_skipped_entity);
	if (XML_Parse(r->parser, data, (int)size, 1) == XML_STATUS_ERROR)
		fail(r, line_of(r), "not well-formed XML: %s",
		    XML_ErrorString(XML_GetErrorCode(r->parser)));
	if (!r->failed && r->root == NULL)
		fail(r, line_of(r), "no value inside <plist>");
}

struct plist *
plist_parse_xml(const void *data, size_t size, struct plist_error *error)
{
	struct reader r;

	memset(&r, 0, sizeof(r));
	r.error = error;
	r.parser = XML_ParserCreate(NULL);
	if (r.parser == NULL) {
		plist_error_set(error, 0, "out of memory");
		return (NULL);
	}
	parse(&r, data, size);
	XML_ParserFree(r.parser);
	free(r.key);
	free(r.text);
	if (r.failed) {
		plist_tree_free(r.root);
		return (NULL);
	}
	return (r.root);
}
