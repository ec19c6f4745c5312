/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Types: the built-in ones, and how the others are made of them.
 */

#include <string.h>

#include "mig.h"

#define	PORTS_MAX		1024U
#define	SIZE_MAX_MESSAGE	(16UL * 1024 * 1024)

static const struct {
	const char	*name;
	unsigned	 size;
	const char	*c_type;
} scalars[] = {
	{ "MACH_MSG_TYPE_BOOLEAN",	4, "boolean_t" },
	{ "MACH_MSG_TYPE_BYTE",		1, "unsigned char" },
	{ "MACH_MSG_TYPE_CHAR",		1, "char" },
	{ "MACH_MSG_TYPE_INTEGER_8",	1, "char" },
	{ "MACH_MSG_TYPE_INTEGER_16",	2, "short" },
	{ "MACH_MSG_TYPE_INTEGER_32",	4, "int" },
	{ "MACH_MSG_TYPE_INTEGER_64",	8, "long long" },
	{ "MACH_MSG_TYPE_REAL",		4, "float" },
	{ "MACH_MSG_TYPE_REAL_32",	4, "float" },
	{ "MACH_MSG_TYPE_REAL_64",	8, "double" },
	{ "MACH_MSG_TYPE_UNSTRUCTURED",	4, "int" },
	{ "MACH_MSG_TYPE_PORT_NAME",	4, "mach_port_name_t" },
};

/* Each as it is sent (null: as the sender says), and as it arrives. */
#define	TYPE(name)		"MACH_MSG_TYPE_" name
#define	SEND_RIGHT(name)	TYPE(name), TYPE("PORT_SEND")
#define	ONCE_RIGHT(name)	TYPE(name), TYPE("PORT_SEND_ONCE")
#define	RECEIVE_RIGHT(name)	TYPE(name), TYPE("PORT_RECEIVE")
static const struct {
	const char	*name, *received;
	bool		 says;
} rights[] = {
	{ SEND_RIGHT("COPY_SEND"), false },
	{ SEND_RIGHT("MAKE_SEND"), false },
	{ SEND_RIGHT("MOVE_SEND"), false },
	{ SEND_RIGHT("PORT_SEND"), true },
	{ ONCE_RIGHT("MAKE_SEND_ONCE"), false },
	{ ONCE_RIGHT("MOVE_SEND_ONCE"), false },
	{ ONCE_RIGHT("PORT_SEND_ONCE"), true },
	{ RECEIVE_RIGHT("MOVE_RECEIVE"), false },
	{ RECEIVE_RIGHT("PORT_RECEIVE"), true },
};

static struct table *types;

static struct type *
new_scalar(unsigned size, const char *c_type)
{
	struct type *t;

	t = get(sizeof(*t));
	t->kind = K_SCALAR;
	t->size = t->element_size = size;
	t->count = 1;
	t->wide = size == 8;
	t->base = c_type;
	return (t);
}

static struct type *
new_right(const char *sent, const char *received)
{
	struct type *t;

	t = new_scalar(4, "mach_port_t");
	t->kind = K_PORT;
	t->sent = sent;
	t->received = received;
	return (t);
}

/* Null if there is no such name. */
struct type *
type_builtin(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++)
		if (strcmp(name, scalars[i].name) == 0)
			return (new_scalar(scalars[i].size, scalars[i].c_type));
	for (i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
		if (strcmp(name, rights[i].name) == 0)
			return (new_right(rights[i].says ? NULL :
			    rights[i].name, rights[i].received));
	if (strcmp(name, "MACH_MSG_TYPE_POLYMORPHIC") == 0 ||
	    strcmp(name, "polymorphic") == 0)
		return (new_right(NULL, NULL));
	return (NULL);
}

/* (MACH_MSG_TYPE_..., bits) */
struct type *
type_bits(const struct place *place, struct type *t, unsigned long bits)
{

	if (t->kind != K_SCALAR || (bits != 8 && bits != 16 && bits != 32 &&
	    bits != 64)) {
		error_at(place, "a type of %lu bits is not supported", bits);
		return (t);
	}
	if (bits / 8 == t->size)
		return (t);
	return (new_scalar((unsigned)bits / 8, bits == 8 ? "char" :
	    bits == 16 ? "short" : bits == 32 ? "int" : "long long"));
}

struct type *
type_find(const char *name)
{

	return (types == NULL ? NULL : table_find(types, name));
}

static bool
same(const char *a, const char *b)
{

	return (a == b || (a != NULL && b != NULL && strcmp(a, b) == 0));
}

/*
 * Give a finished type its name.  The last of that name counts; a local one is
 * an argument's, and is known to others only if there was none before.
 */
void
type_declare(const struct place *place, struct type *t, bool local)
{
	struct type *old;

	if (types == NULL)
		types = table_new();
	if (t->user_type == NULL)
		t->user_type = t->name;
	if (t->server_type == NULL)
		t->server_type = t->name;
	if (t->trans_type == NULL)
		t->trans_type = t->server_type;
	old = table_find(types, t->name);
	if (old == NULL) {
		table_add(types, t->name, t);
		return;
	}
	if (local)
		return;
	if (old->kind != t->kind || old->size != t->size ||
	    old->count != t->count || old->varying != t->varying ||
	    (old->each == NULL) != (t->each == NULL) ||
	    !same(old->sent, t->sent) || !same(old->received, t->received) ||
	    !same(old->trans_type, t->trans_type) ||
	    !same(old->user_type, t->user_type))
		warning_at(place, "type %s is declared again, differently",
		    t->name);
	table_set(types, t->name, t);
}

static const char *
c_name(const struct type *t)
{

	return (t->name != NULL ? t->server_type : t->base);
}

/* The type `count' elements are multiplied to; false after an error. */
static bool
multiply(const struct place *place, unsigned long count, struct type *element,
    unsigned *size)
{

	if (element->size == 0 ||
	    count > SIZE_MAX_MESSAGE / element->size) {
		error_at(place, "the size overflows: at most %lu bytes",
		    SIZE_MAX_MESSAGE);
		return (false);
	}
	*size = (unsigned)(count * element->size);
	return (true);
}

static struct type *
broken(void)
{

	return (new_scalar(4, "int"));
}

/*
 * A descriptor for each element: of memory, or of rights.  How long each is, if
 * that varies, is a second array (check.c).
 */
static struct type *
type_ools(const struct place *place, unsigned long count, bool varying,
    struct type *element)
{
	struct type *t;

	if (element->kind != K_OOL && element->kind != K_OOL_PORTS) {
		error_at(place, "an array of this type is not supported");
		return (broken());
	}
	if (count == 0 || count > PORTS_MAX) {
		error_at(place, "an array of out-of-line memory has from 1 to "
		    "%u elements", PORTS_MAX);
		return (broken());
	}
	t = get(sizeof(*t));
	t->kind = K_OOLS;
	t->count = (unsigned)count;
	t->varying = varying;
	t->each = element;
	t->element = element->name != NULL ? element->server_type :
	    print("%s *", element->element);
	t->sent = element->sent;
	t->received = element->received;
	return (t);
}

/* count 0: without limit, which only out-of-line memory may have. */
struct type *
type_array(const struct place *place, unsigned long count, bool varying,
    struct type *element)
{
	struct type *t;

	if (is_descriptor(element) && element->kind != K_PORT)
		return (type_ools(place, count, varying, element));
	if (element->varying) {
		error_at(place, "an element must have a fixed size");
		return (broken());
	}
	if (c_name(element) == NULL) {
		error_at(place, "elements without a name of their own are "
		    "not supported: declare a type for them");
		return (broken());
	}
	if (count == 0 && !varying) {
		error_at(place, "an array has at least one element");
		return (broken());
	}
	t = get(sizeof(*t));
	if (!multiply(place, count, element, &t->size))
		return (broken());
	/* Without a limit it does not fit in the message. */
	if (element->kind == K_PORT)
		t->kind = count == 0 ? K_OOL_PORTS : K_PORTS;
	else if (count == 0)
		t->kind = K_OOL;
	else
		t->kind = varying ? K_VARRAY : K_ARRAY;
	if (t->kind == K_PORTS && count > PORTS_MAX) {
		error_at(place, "at most %u rights fit in a message: use "
		    "^array", PORTS_MAX);
		return (broken());
	}
	t->element_size = element->size;
	t->count = (unsigned)count;
	t->varying = varying;
	t->element = c_name(element);
	t->wide = element->wide ||
	    (element->kind == K_STRUCT && element->size % 8 == 0);
	t->sent = element->sent;
	t->received = element->received;
	return (t);
}

/* Numbers of elements. */
struct type *
type_counts(unsigned count, bool varying)
{
	struct type *t;

	t = new_scalar(4, NULL);
	t->kind = varying ? K_VARRAY : K_ARRAY;
	t->size = count * 4;
	t->count = count;
	t->varying = varying;
	t->element = "mach_msg_type_number_t";
	t->user_type = t->server_type = t->trans_type =
	    "mach_msg_type_number_t *";
	return (t);
}

struct type *
type_struct(const struct place *place, unsigned long count,
    struct type *element)
{
	struct type *t;

	if (is_descriptor(element) || element->varying) {
		error_at(place, "a struct of this type is not supported");
		return (broken());
	}
	if (count == 0) {
		error_at(place, "a struct has at least one element");
		return (broken());
	}
	t = get(sizeof(*t));
	if (!multiply(place, count, element, &t->size))
		return (broken());
	t->kind = K_STRUCT;
	t->element_size = t->size;
	t->count = 1;
	t->wide = element->wide;
	return (t);
}

struct type *
type_string(const struct place *place, unsigned long size, bool varying)
{
	struct type *t;

	if (size == 0 || size > SIZE_MAX_MESSAGE) {
		error_at(place, "a c_string needs a size from 1 to %lu",
		    SIZE_MAX_MESSAGE);
		return (broken());
	}
	t = get(sizeof(*t));
	t->kind = varying ? K_VSTRING : K_STRING;
	t->size = t->count = (unsigned)size;
	t->element_size = 1;
	t->element = "char";
	t->varying = varying;
	return (t);
}

/* ^type: the same in out-of-line memory. */
struct type *
type_pointer(const struct place *place, struct type *of)
{
	struct type *t;

	t = type_copy(of);
	switch (of->kind) {
	case K_PORTS:
	case K_OOL_PORTS:
		t->kind = K_OOL_PORTS;
		break;
	case K_OOL:
	case K_VARRAY:
	case K_ARRAY:
		t->kind = K_OOL;
		break;
	case K_STRUCT:
	case K_SCALAR:
		t->kind = K_OOL;
		t->element_size = of->size;
		t->count = 1;
		break;
	default:
		error_at(place, "a pointer to this type is not supported");
		return (broken());
	}
	return (t);
}

/* Without name and translations, which are of the name. */
struct type *
type_copy(const struct type *from)
{
	struct type *t;

	t = get(sizeof(*t));
	*t = *from;
	if (from->name != NULL && (from->kind == K_SCALAR ||
	    from->kind == K_PORT))
		t->base = from->server_type;
	t->name = t->user_type = t->server_type = t->trans_type = NULL;
	t->intran = t->outtran = t->destructor = NULL;
	return (t);
}
