/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Output files: printed to memory, then all written beside their final names,
 * then renamed.  A failure leaves no partial file.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mig.h"

struct output {
	struct output	*next;
	const char	*file;
	const char	*scratch;	/* null: written in place */
	FILE		*f;
	char		*text;
	size_t		 length;
};

static struct output *outputs;

FILE *
output_begin(const char *file)
{
	struct output *o;

	o = get(sizeof(*o));
	o->file = file;
	o->f = open_memstream(&o->text, &o->length);
	if (o->f == NULL)
		fatal("%s: %s", file, strerror(errno));
	o->next = outputs;
	outputs = o;
	return (o->f);
}

static void
undo(void)
{
	struct output *o;

	for (o = outputs; o != NULL; o = o->next)
		if (o->scratch != NULL)
			(void)unlink(o->scratch);
}

static void
write_one(struct output *o)
{
	struct stat st;
	const char *to;
	FILE *f;

	/* Devices and the like cannot be replaced. */
	if (stat(o->file, &st) == 0 && !S_ISREG(st.st_mode)) {
		to = o->file;
	} else {
		to = o->scratch = print("%s.%ld.tmp", o->file, (long)getpid());
	}
	f = fopen(to, "w");
	if (f == NULL || fwrite(o->text, 1, o->length, f) != o->length ||
	    fclose(f) != 0) {
		fprintf(stderr, "mig: %s: %s\n", o->file, strerror(errno));
		undo();
		exit(1);
	}
}

void
output_commit(void)
{
	struct output *o;

	for (o = outputs; o != NULL; o = o->next)
		if (fclose(o->f) != 0)
			fatal("%s: no memory", o->file);
	for (o = outputs; o != NULL; o = o->next)
		write_one(o);
	for (o = outputs; o != NULL; o = o->next) {
		if (o->scratch == NULL)
			continue;
		if (rename(o->scratch, o->file) == -1) {
			fprintf(stderr, "mig: %s: %s\n", o->file,
			    strerror(errno));
			undo();
			exit(1);
		}
		o->scratch = NULL;
	}
}
