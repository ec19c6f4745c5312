/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The key Sockets: what is to be opened for a job.
 */

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <netinet/in.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job_config.h"
#include "value.h"

struct word {
	const char	*name;
	int		 value;
};

static const struct word types[] = {
	{ "stream", SOCK_STREAM }, { "dgram", SOCK_DGRAM },
	{ "seqpacket", SOCK_SEQPACKET }, { NULL, 0 },
};
static const struct word families[] = {
	{ "IPv4", AF_INET }, { "IPv6", AF_INET6 },
	{ "IPv4v6", AF_UNSPEC }, { "Unix", AF_UNIX }, { NULL, 0 },
};
static const struct word protocols[] = {
	{ "TCP", IPPROTO_TCP }, { "UDP", IPPROTO_UDP }, { NULL, 0 },
};

static bool
read_word(struct reading *r, const struct plist *p, const struct word *words,
    int *to)
{

	if (!reading_want(r, p, PLIST_STRING))
		return (false);
	for (; words->name != NULL; words++)
		if (strcmp(p->string, words->name) == 0) {
			*to = words->value;
			return (true);
		}
	return (reading_wrong(r, p->line, p->key, "not one of its values"));
}

static bool
read_service(struct reading *r, const struct plist *p, char **to)
{
	char number[16];

	if (p->type != PLIST_INTEGER)
		return (read_string(r, p, to));
	if (p->integer < 0 || p->integer > 65535)
		return (reading_wrong(r, p->line, p->key, "out of range"));
	(void)snprintf(number, sizeof(number), "%d", (int)p->integer);
	*to = strdup(number);
	return (*to != NULL || reading_wrong(r, p->line, p->key,
	    "out of memory"));
}

static bool
read_number(struct reading *r, const struct plist *p, int64_t high, long *to)
{
	int64_t value;

	if (!read_integer(r, p, 0, high, &value))
		return (false);
	*to = (long)value;
	return (true);
}

static bool
read_field(struct reading *r, const struct plist *p, struct socket_config *s)
{
	const char *key;

	key = p->key;
	if (strcmp(key, "SockType") == 0)
		return (read_word(r, p, types, &s->type));
	if (strcmp(key, "SockFamily") == 0)
		return (read_word(r, p, families, &s->family));
	if (strcmp(key, "SockProtocol") == 0)
		return (read_word(r, p, protocols, &s->protocol));
	if (strcmp(key, "SockPassive") == 0)
		return (read_boolean(r, p, &s->passive));
	if (strcmp(key, "SockNodeName") == 0)
		return (read_string(r, p, &s->node));
	if (strcmp(key, "SockServiceName") == 0)
		return (read_service(r, p, &s->service));
	if (strcmp(key, "SockPathName") == 0)
		return (read_string(r, p, &s->path));
	if (strcmp(key, "SecureSocketWithKey") == 0)
		return (read_string(r, p, &s->secure_key));
	if (strcmp(key, "SockPathOwner") == 0)
		return (read_number(r, p, INT_MAX, &s->owner));
	if (strcmp(key, "SockPathGroup") == 0)
		return (read_number(r, p, INT_MAX, &s->path_group));
	if (strcmp(key, "SockPathMode") == 0)
		return (read_number(r, p, 07777, &s->mode));
	if (strcmp(key, "MulticastGroup") == 0)
		return (read_string(r, p, &s->group));
	if (strcmp(key, "Bonjour") == 0)
		return (true);		/* nobody to tell */
	return (reading_wrong(r, p->line, key, "not a key of a socket"));
}

static bool
sound(struct reading *r, const struct plist *p, struct socket_config *s)
{

	if (s->protocol == IPPROTO_UDP && s->type == 0)
		s->type = SOCK_DGRAM;
	if (s->type == 0)
		s->type = SOCK_STREAM;
	if (s->path != NULL || s->secure_key != NULL)
		s->family = AF_UNIX;
	if (s->family != AF_UNIX && s->service == NULL)
		return (reading_wrong(r, p->line, s->name,
		    "neither SockServiceName nor SockPathName"));
	if (s->family == AF_UNIX && s->path == NULL && s->secure_key == NULL)
		return (reading_wrong(r, p->line, s->name,
		    "no SockPathName"));
	if (s->path != NULL && s->path[0] != '/')
		return (reading_wrong(r, p->line, s->name,
		    "SockPathName is not an absolute path"));
	if (s->path != NULL && strlen(s->path) >=
	    sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return (reading_wrong(r, p->line, s->name,
		    "SockPathName is too long for a socket"));
	return (true);
}

static bool
read_socket(struct reading *r, const struct plist *p, const char *name,
    struct socket_config *s)
{
	const struct plist *q;

	if (p->type != PLIST_DICT)
		return (reading_wrong(r, p->line, name,
		    "expected dictionary"));
	s->name = strdup(name);
	if (s->name == NULL)
		return (reading_wrong(r, p->line, name, "out of memory"));
	s->passive = true;
	s->owner = s->path_group = s->mode = -1;
	for (q = p->children; q != NULL; q = q->next)
		if (!read_field(r, q, s))
			return (false);
	return (sound(r, p, s));
}

/* A name has a dictionary or an array of them. */
bool
job_sockets_read(struct reading *r, struct plist *p)
{
	struct socket_config *s;
	const struct plist *q, *e;
	size_t n;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	n = 0;
	for (q = p->children; q != NULL; q = q->next)
		n += q->type == PLIST_ARRAY ? plist_count(q) : 1;
	if (n > JOB_SOCKETS_MAX)
		return (reading_wrong(r, p->line, p->key, "too many"));
	r->config->sockets = s = calloc(n + 1, sizeof(*s));
	if (s == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	for (q = p->children; q != NULL; q = q->next) {
		if (q->type != PLIST_ARRAY) {
			if (!read_socket(r, q, q->key, s++))
				return (false);
			continue;
		}
		for (e = q->children; e != NULL; e = e->next)
			if (!read_socket(r, e, q->key, s++))
				return (false);
	}
	return (true);
}

/*
 * And back.
 */

static void
put_word(launch_data_t to, const char *key, const struct word *words,
    int value)
{

	for (; words->name != NULL; words++)
		if (words->value == value)
			put_string(to, key, words->name);
}

static void
put_number(launch_data_t to, const char *key, long value)
{

	if (value != -1)
		put_integer(to, key, value);
}

launch_data_t
job_socket_write(const struct socket_config *s)
{
	launch_data_t to;

	to = dictionary();
	put_word(to, "SockType", types, s->type);
	put_word(to, "SockFamily", families, s->family);
	put_word(to, "SockProtocol", protocols, s->protocol);
	put_boolean(to, "SockPassive", s->passive);
	put_string(to, "SockNodeName", s->node);
	put_string(to, "SockServiceName", s->service);
	put_string(to, "SockPathName", s->path);
	put_string(to, "SecureSocketWithKey", s->secure_key);
	put_string(to, "MulticastGroup", s->group);
	put_number(to, "SockPathOwner", s->owner);
	put_number(to, "SockPathGroup", s->path_group);
	put_number(to, "SockPathMode", s->mode);
	return (to);
}

static bool
same(const char *a, const char *b)
{

	return (a == NULL || b == NULL ? a == b : strcmp(a, b) == 0);
}

bool
socket_config_equal(const struct socket_config *a,
    const struct socket_config *b)
{

	return (same(a->name, b->name) && a->type == b->type &&
	    a->family == b->family && a->protocol == b->protocol &&
	    a->passive == b->passive && same(a->node, b->node) &&
	    same(a->service, b->service) && same(a->path, b->path) &&
	    same(a->secure_key, b->secure_key) && same(a->group, b->group) &&
	    a->owner == b->owner && a->path_group == b->path_group &&
	    a->mode == b->mode);
}
