/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz the property list reader: any bytes at all give a tree or an error, and
 * any tree a job or an error.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd/launchd/job_config.h"
#include "cmd/launchd/plist.h"
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
	job_config_free(c);
}
