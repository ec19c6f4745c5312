/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Diagnostics, and memory that ends with the program.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mig.h"

#define	ERRORS_MAX	20	/* more than that help nobody */

unsigned error_count;
bool warnings_off;

static void
print_line(const char *text)
{
	size_t i;

	fputc('\t', stderr);
	for (i = 0; i < 200 && text[i] != '\n' && text[i] != '\0'; i++)
		fputc(text[i] == '\t' || (text[i] >= ' ' && text[i] <= '~') ?
		    text[i] : '?', stderr);
	fputc('\n', stderr);
}

static void
say_at(const struct place *place, const char *what, const char *format,
    va_list ap)
{

	fprintf(stderr, "%s:%u: %s: ", place->file, place->line, what);
	vfprintf(stderr, format, ap);
	fputc('\n', stderr);
	if (place->text != NULL)
		print_line(place->text);
}

void
error_at(const struct place *place, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say_at(place, "error", format, ap);
	va_end(ap);
	if (++error_count >= ERRORS_MAX)
		fatal("too many errors");
}

void
warning_at(const struct place *place, const char *format, ...)
{
	va_list ap;

	if (warnings_off)
		return;
	va_start(ap, format);
	say_at(place, "warning", format, ap);
	va_end(ap);
}

void
fatal(const char *format, ...)
{
	va_list ap;

	fputs("mig: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* All memory is on a list, so that checkers of leaks see it in use. */
struct chunk {
	struct chunk	*next;
	max_align_t	 data[];
};
static struct chunk *chunks;

void *
get(size_t size)
{
	struct chunk *c;

	c = calloc(1, sizeof(*c) + size);
	if (c == NULL)
		fatal("no memory");
	c->next = chunks;
	chunks = c;
	return (c->data);
}

const char *
copy_string(const char *from, size_t length)
{
	char *to;

	to = get(length + 1);
	memcpy(to, from, length);
	return (to);
}

const char *
print(const char *format, ...)
{
	va_list ap;
	char *text;
	int length;

	va_start(ap, format);
	length = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (length < 0)
		fatal("vsnprintf failed");
	text = get((size_t)length + 1);
	va_start(ap, format);
	(void)vsnprintf(text, (size_t)length + 1, format, ap);
	va_end(ap);
	return (text);
}
