/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Output files: printed to memory, then all written beside their final names,
 * then renamed.  A failure leaves no partial file, nor does an interrupt, which
 * waits meanwhile.  What cannot be replaced, as devices, is written first.
 */

#include <sys/stat.h>

#include <errno.h>
#include <signal.h>
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

	for (o = outputs; o != NULL; o = o->next)
		if (strcmp(o->file, file) == 0 &&
		    strncmp(file, "/dev/", 5) != 0)
			fatal("%s is to be written twice", file);
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
give_up(const struct output *o)
{

	fprintf(stderr, "mig: %s: %s\n", o->file, strerror(errno));
	undo();
	exit(1);
}

static void
write_one(const struct output *o, const char *to)
{
	FILE *f;

	f = fopen(to, "w");
	if (f == NULL || fwrite(o->text, 1, o->length, f) != o->length ||
	    fclose(f) != 0)
		give_up(o);
}

static bool
is_replaceable(const char *file)
{
	struct stat st;

	return (stat(file, &st) == -1 || S_ISREG(st.st_mode));
}

/* None of them may leave a part of the files; SIGXFSZ becomes an error. */
static void
hold_signals(sigset_t *old)
{
	sigset_t held;

	(void)signal(SIGXFSZ, SIG_IGN);
	(void)sigemptyset(&held);
	(void)sigaddset(&held, SIGHUP);
	(void)sigaddset(&held, SIGINT);
	(void)sigaddset(&held, SIGQUIT);
	(void)sigaddset(&held, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &held, old);
}

void
output_commit(void)
{
	struct output *o;
	sigset_t old;

	for (o = outputs; o != NULL; o = o->next)
		if (fclose(o->f) != 0)
			fatal("%s: no memory", o->file);
	for (o = outputs; o != NULL; o = o->next)
		if (!is_replaceable(o->file))
			write_one(o, o->file);
	hold_signals(&old);
	for (o = outputs; o != NULL; o = o->next) {
		if (!is_replaceable(o->file))
			continue;
		o->scratch = print("%s.%ld.tmp", o->file, (long)getpid());
		write_one(o, o->scratch);
	}
	for (o = outputs; o != NULL; o = o->next) {
		if (o->scratch == NULL)
			continue;
		if (rename(o->scratch, o->file) == -1)
			give_up(o);
		o->scratch = NULL;
	}
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
}
