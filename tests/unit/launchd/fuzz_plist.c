/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzzing entry point of the property list reader: any bytes at all give a tree
 * or an error, and any tree a job or an error.  Link with libFuzzer, or with
 * -DFUZZ_FILES for a program that runs over files.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd/launchd/job_config.h"
#include "cmd/launchd/plist.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
unknown(void *arg, const struct job_config *c, const char *key, unsigned line)
{

	(void)arg;
	/* Read them all: a wild pointer must show. */
	if (key[0] == '\0' && line == 0 && c->label[0] == '\0')
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plist_error error = { 0, "" };
	struct job_config *c;
	struct plist *p;

	p = plist_parse(data, size, &error);
	if (p == NULL) {
		if (error.reason[0] == '\0')
			abort();
		return (0);
	}
	c = job_config_new(p, unknown, NULL, &error);
	plist_free(p);
	if (c == NULL && error.reason[0] == '\0')
		abort();
	job_config_free(c);
	return (0);
}

#ifdef FUZZ_FILES
int
main(int argc, char **argv)
{
	static uint8_t data[PLIST_FILE_MAX + 1];
	FILE *f;
	size_t n;
	int i;

	for (i = 1; i < argc; i++) {
		f = fopen(argv[i], "rb");
		if (f == NULL) {
			perror(argv[i]);
			return (1);
		}
		n = fread(data, 1, sizeof(data), f);
		(void)fclose(f);
		(void)LLVMFuzzerTestOneInput(data, n);
	}
	return (0);
}
#endif
