/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Values to bytes and back.  pack.h has the form.
 */

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <sys/fileport.h>

#include "pack.h"

/*
 * To bytes.
 */

static int
put(struct packed *p, const void *bytes, size_t size)
{
	size_t room;
	char *more;

	if (size > PACK_SIZE_MAX - p->size)
		return (E2BIG);
	if (p->size + size > p->room) {
		room = p->room == 0 ? 256 : p->room;
		while (room < p->size + size)
			room *= 2;
		more = realloc(p->bytes, room);
		if (more == NULL)
			return (ENOMEM);
		p->bytes = more;
		p->room = room;
	}
	if (size != 0)
		memcpy(p->bytes + p->size, bytes, size);
	p->size += size;
	return (0);
}

static int
put_number(struct packed *p, uint64_t value)
{

	return (put(p, &value, sizeof(value)));
}

static int
put_blob(struct packed *p, const void *bytes, size_t size)
{
	int error;

	error = put_number(p, size);
	return (error != 0 ? error : put(p, bytes, size));
}

static int
put_right(struct packed *p, mach_port_t port, bool made)
{

	if (p->nrights == PACK_RIGHTS_MAX) {
		if (made)
			(void)mach_port_deallocate(mach_task_self(), port);
		return (E2BIG);
	}
	p->rights[p->nrights] = port;
	p->made[p->nrights] = made;
	return (put_number(p, p->nrights++));
}

struct packing {
	struct packed	*p;
	unsigned	 depth;
	int		 error;
};

static int pack(struct packed *p, launch_data_t d, unsigned depth);

static void
pack_member(launch_data_t value, const char *key, void *arg)
{
	struct packing *k;

	k = arg;
	if (k->error == 0)
		k->error = put_blob(k->p, key, strlen(key));
	if (k->error == 0)
		k->error = pack(k->p, value, k->depth + 1);
}

static int
pack_list(struct packed *p, launch_data_t d, unsigned depth)
{
	struct packing k = { p, depth, 0 };
	size_t i, n;
	int error;

	if (launch_data_get_type(d) == LAUNCH_DATA_DICTIONARY) {
		k.error = put_number(p, launch_data_dict_get_count(d));
		launch_data_dict_iterate(d, pack_member, &k);
		return (k.error);
	}
	n = launch_data_array_get_count(d);
	error = put_number(p, n);
	for (i = 0; error == 0 && i < n; i++)
		error = pack(p, launch_data_array_get_index(d, i), depth + 1);
	return (error);
}

static int
pack(struct packed *p, launch_data_t d, unsigned depth)
{
	unsigned char type;
	mach_port_t port;
	double real;
	int error;

	if (depth > PACK_DEPTH_MAX)
		return (E2BIG);
	type = (unsigned char)launch_data_get_type(d);
	error = put(p, &type, 1);
	if (error != 0)
		return (error);
	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_DICTIONARY:
	case LAUNCH_DATA_ARRAY:
		return (pack_list(p, d, depth));
	case LAUNCH_DATA_FD:
		if (fileport_makeport(launch_data_get_fd(d), &port) == -1)
			return (errno);
		return (put_right(p, port, true));
	case LAUNCH_DATA_MACHPORT:
		return (put_right(p, launch_data_get_machport(d), false));
	case LAUNCH_DATA_INTEGER:
		return (put_number(p, (uint64_t)launch_data_get_integer(d)));
	case LAUNCH_DATA_BOOL:
		return (put_number(p, launch_data_get_bool(d)));
	case LAUNCH_DATA_ERRNO:
		return (put_number(p, (uint64_t)launch_data_get_errno(d)));
	case LAUNCH_DATA_REAL:
		real = launch_data_get_real(d);
		return (put(p, &real, sizeof(real)));
	case LAUNCH_DATA_STRING:
		return (put_blob(p, launch_data_get_string(d),
		    strlen(launch_data_get_string(d))));
	case LAUNCH_DATA_OPAQUE:
		return (put_blob(p, launch_data_get_opaque(d),
		    launch_data_get_opaque_size(d)));
	}
	return (EINVAL);
}

int
launch_pack(launch_data_t d, struct packed *p)
{
	int error;

	p->bytes = NULL;
	p->size = p->room = 0;
	p->nrights = 0;
	error = pack(p, d, 0);
	if (error != 0)
		launch_pack_free(p);
	return (error);
}

void
launch_pack_free(struct packed *p)
{
	unsigned i;

	for (i = 0; i < p->nrights; i++)
		if (p->made[i])
			(void)mach_port_deallocate(mach_task_self(),
			    p->rights[i]);
	p->nrights = 0;
	free(p->bytes);
	p->bytes = NULL;
}

/*
 * From bytes.
 */

struct unpacking {
	const char	*at, *end;
	const mach_port_t *rights;
	unsigned	 nrights;
	unsigned char	 used[PACK_RIGHTS_MAX];
	int		 fds[PACK_RIGHTS_MAX];	/* made so far */
	unsigned	 nfds;
};

static bool
get(struct unpacking *u, void *to, size_t size)
{

	if ((size_t)(u->end - u->at) < size)
		return (false);
	memcpy(to, u->at, size);
	u->at += size;
	return (true);
}

static bool
get_number(struct unpacking *u, uint64_t *to)
{

	return (get(u, to, sizeof(*to)));
}

/* A size that is there. */
static bool
get_size(struct unpacking *u, size_t *size)
{
	uint64_t n;

	if (!get_number(u, &n) || n > (size_t)(u->end - u->at))
		return (false);
	*size = (size_t)n;
	return (true);
}

/* A string without a NUL, in memory of its own. */
static char *
get_string(struct unpacking *u)
{
	size_t size;
	char *s;

	if (!get_size(u, &size) || memchr(u->at, '\0', size) != NULL)
		return (NULL);
	s = malloc(size + 1);
	if (s == NULL)
		return (NULL);
	memcpy(s, u->at, size);
	s[size] = '\0';
	u->at += size;
	return (s);
}

static launch_data_t unpack(struct unpacking *u, unsigned depth);

static bool
unpack_list(struct unpacking *u, launch_data_t d, unsigned depth)
{
	launch_data_t value;
	size_t i, n;
	char *key;
	bool ok;

	/* An element is a byte at least. */
	if (!get_size(u, &n))
		return (false);
	for (i = 0; i < n; i++) {
		key = NULL;
		if (launch_data_get_type(d) == LAUNCH_DATA_DICTIONARY &&
		    (key = get_string(u)) == NULL)
			return (false);
		value = unpack(u, depth + 1);
		ok = value != NULL && (key != NULL ?
		    launch_data_dict_lookup(d, key) == NULL &&
		    launch_data_dict_insert(d, value, key) :
		    launch_data_array_set_index(d, value, i));
		free(key);
		if (!ok) {
			launch_data_free(value);
			return (false);
		}
	}
	return (true);
}

static launch_data_t
unpack_right(struct unpacking *u, bool fd)
{
	launch_data_t d;
	uint64_t i;

	if (!get_number(u, &i) || i >= u->nrights || u->used[i])
		return (NULL);
	if (!fd) {
		d = launch_data_new_machport(u->rights[i]);
		u->used[i] = d != NULL;
		return (d);
	}
	/* A fileport named twice would be as many descriptors. */
	d = u->nfds < PACK_RIGHTS_MAX ? launch_data_alloc(LAUNCH_DATA_FD) :
	    NULL;
	if (d == NULL)
		return (NULL);
	if (!launch_data_set_fd(d, fileport_makefd(u->rights[i])) ||
	    launch_data_get_fd(d) == -1) {
		launch_data_free(d);
		return (NULL);
	}
	u->fds[u->nfds++] = launch_data_get_fd(d);
	return (d);
}

static launch_data_t
unpack_value(struct unpacking *u, launch_data_type_t type)
{
	launch_data_t d;
	uint64_t n;
	double real;
	size_t size;
	char *s;

	switch (type) {
	case LAUNCH_DATA_FD:
		return (unpack_right(u, true));
	case LAUNCH_DATA_MACHPORT:
		return (unpack_right(u, false));
	case LAUNCH_DATA_INTEGER:
		return (get_number(u, &n) ?
		    launch_data_new_integer((long long)n) : NULL);
	case LAUNCH_DATA_BOOL:
		return (get_number(u, &n) ? launch_data_new_bool(n != 0) :
		    NULL);
	case LAUNCH_DATA_ERRNO:
		return (get_number(u, &n) ? launch_data_new_errno((int)n) :
		    NULL);
	case LAUNCH_DATA_REAL:
		return (get(u, &real, sizeof(real)) ?
		    launch_data_new_real(real) : NULL);
	case LAUNCH_DATA_STRING:
		s = get_string(u);
		if (s == NULL)
			return (NULL);
		d = launch_data_new_string(s);
		free(s);
		return (d);
	case LAUNCH_DATA_OPAQUE:
		if (!get_size(u, &size))
			return (NULL);
		d = launch_data_new_opaque(u->at, size);
		u->at += size;
		return (d);
	default:
		return (NULL);
	}
}

static launch_data_t
unpack(struct unpacking *u, unsigned depth)
{
	unsigned char type;
	launch_data_t d;

	if (depth > PACK_DEPTH_MAX || !get(u, &type, 1))
		return (NULL);
	if (type != LAUNCH_DATA_DICTIONARY && type != LAUNCH_DATA_ARRAY)
		return (unpack_value(u, (launch_data_type_t)type));
	d = launch_data_alloc((launch_data_type_t)type);
	if (d != NULL && !unpack_list(u, d, depth)) {
		launch_data_free(d);
		d = NULL;
	}
	return (d);
}

launch_data_t
launch_unpack(const void *bytes, size_t size, const mach_port_t *rights,
    unsigned nrights)
{
	struct unpacking u;
	launch_data_t d;
	unsigned i;

	d = NULL;
	memset(&u, 0, sizeof(u));
	if (nrights <= PACK_RIGHTS_MAX) {
		u.at = bytes;
		u.end = u.at + size;
		u.rights = rights;
		u.nrights = nrights;
		d = unpack(&u, 0);
		if (d != NULL && u.at != u.end) {
			launch_data_free(d);
			d = NULL;
		}
	}
	while (d == NULL && u.nfds > 0)
		(void)close(u.fds[--u.nfds]);
	for (i = 0; i < nrights; i++)
		if (d == NULL || !u.used[i])
			(void)mach_port_deallocate(mach_task_self(),
			    rights[i]);
	return (d);
}
