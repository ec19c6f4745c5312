/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Names and what they stand for: a hash table that grows.
 */

#include <string.h>

#include "mig.h"

struct entry {
	struct entry	*next;
	const char	*name;
	void		*value;
};

struct table {
	struct entry	**buckets;
	size_t		 nbuckets;	/* a power of two */
	size_t		 used;
};

static size_t
hash(const char *name)
{
	size_t h;

	for (h = 5381; *name != '\0'; name++)
		h = h * 33 + (unsigned char)*name;
	return (h);
}

struct table *
table_new(void)
{
	struct table *t;

	t = get(sizeof(*t));
	t->nbuckets = 64;
	t->buckets = get(t->nbuckets * sizeof(*t->buckets));
	return (t);
}

void *
table_find(struct table *t, const char *name)
{
	struct entry *e;

	for (e = t->buckets[hash(name) & (t->nbuckets - 1)]; e != NULL;
	    e = e->next)
		if (strcmp(e->name, name) == 0)
			return (e->value);
	return (NULL);
}

static void
grow(struct table *t)
{
	struct entry **buckets, *e, *next;
	size_t i, n, to;

	n = t->nbuckets * 2;
	buckets = get(n * sizeof(*buckets));
	for (i = 0; i < t->nbuckets; i++) {
		for (e = t->buckets[i]; e != NULL; e = next) {
			next = e->next;
			to = hash(e->name) & (n - 1);
			e->next = buckets[to];
			buckets[to] = e;
		}
	}
	t->buckets = buckets;
	t->nbuckets = n;
}

void
table_add(struct table *t, const char *name, void *value)
{
	struct entry *e;
	size_t to;

	if (t->used++ >= t->nbuckets)
		grow(t);
	e = get(sizeof(*e));
	e->name = name;
	e->value = value;
	to = hash(name) & (t->nbuckets - 1);
	e->next = t->buckets[to];
	t->buckets[to] = e;
}

/* Another value for a name that is there. */
void
table_set(struct table *t, const char *name, void *value)
{
	struct entry *e;

	for (e = t->buckets[hash(name) & (t->nbuckets - 1)]; e != NULL;
	    e = e->next)
		if (strcmp(e->name, name) == 0)
			e->value = value;
}
