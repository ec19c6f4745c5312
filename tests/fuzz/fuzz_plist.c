/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz the property list reader: any bytes at all give a tree or an error, any
 * tree a job or an error, and any job a list that gives the same job again.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/launchd/job_config.h"
#include "cmd/launchd/plist.h"
#include "cmd/launchd/value.h"
#include "lib/liblaunch/pack.h"
#include "tests/fuzz/fuzz.h"

const char fuzz_name[] = "plist";

static void
unknown(void *arg, const struct job_config *c, const char *key, unsigned line,
    const char *why)
{

	(void)arg;
	(void)why;
	/* Read them all: a wild pointer must show. */
	if (key[0] == '\0' && line == 0 && c->label[0] == '\0')
		abort();
}

static void
written(const struct job_config *c, struct packed *p)
{
	launch_data_t d;

	d = job_config_write(c);
	if (d == NULL || launch_pack(d, p) != 0)
		abort();
	launch_data_free(d);
}

static void
written_and_read(const struct job_config *c)
{
	struct plist_error error = { 0, "" };
	struct job_config *again;
	struct packed p, q;
	launch_data_t d;
	struct plist *root;

	written(c, &p);
	d = launch_unpack(p.bytes, p.size, NULL, 0);
	root = d == NULL ? NULL : plist_of_value(d);
	again = root == NULL ? NULL : job_config_new(root, NULL, NULL, &error);
	if (again == NULL) {
		(void)fprintf(stderr, "not read again: %s\n", error.reason);
		abort();
	}
	written(again, &q);
	if (p.size != q.size || memcmp(p.bytes, q.bytes, p.size) != 0)
		abort();
	launch_pack_free(&p);
	launch_pack_free(&q);
	launch_data_free(d);
	plist_tree_free(root);
	job_config_free(again);
}

void
fuzz_one(const uint8_t *data, size_t size)
{
	struct plist_error error = { 0, "" };
	struct job_config *c;
	struct plist *p;

	p = plist_parse(data, size, &error);
	if (p == NULL) {
		if (error.reason[0] == '\0')
			abort();
		return;
	}
	c = job_config_new(p, unknown, NULL, &error);
	plist_tree_free(p);
	if (c == NULL && error.reason[0] == '\0')
		abort();
	if (c != NULL)
		written_and_read(c);
	job_config_free(c);
}
