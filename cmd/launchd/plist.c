/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Property lists: the tree, and which reader a file is for.
 *
 * A binary list begins with "bplist", JSON with a brace or a bracket, and
 * everything else is XML.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plist.h"

void
plist_error_set(struct plist_error *error, unsigned line, const char *fmt, ...)
{
	va_list ap;

	error->line = line;
	va_start(ap, fmt);
	(void)vsnprintf(error->reason, sizeof(error->reason), fmt, ap);
	va_end(ap);
}

const char *
plist_type_name(enum plist_type type)
{
	static const char *const names[] = {
		"dictionary", "array", "string", "integer", "real", "boolean",
		"date", "data",
	};

	return (names[type]);
}

void
plist_tree_free(struct plist *p)
{
	struct plist *next;

	/* The depth is bounded by the parser. */
	for (; p != NULL; p = next) {
		next = p->next;
		plist_tree_free(p->children);
		free(p->key);
		free(p->string);
		free(p);
	}
}

struct plist *
plist_get(const struct plist *dict, const char *key)
{
	struct plist *p;

	for (p = dict->children; p != NULL; p = p->next)
		if (strcmp(p->key, key) == 0)
			return (p);
	return (NULL);
}

void
plist_no_lines(struct plist *p)
{

	for (; p != NULL; p = p->next) {
		p->line = 0;
		plist_no_lines(p->children);
	}
}

struct plist *
plist_parse(const void *data, size_t size, struct plist_error *error)
{
	const char *text;
	size_t i;

	if (size > PLIST_FILE_MAX) {
		plist_error_set(error, 0, "larger than %d bytes",
		    PLIST_FILE_MAX);
		return (NULL);
	}
	text = data;
	if (size >= 6 && memcmp(text, "bplist", 6) == 0)
		return (plist_parse_binary(data, size, error));
	for (i = 0; i < size && isspace((unsigned char)text[i]); i++)
		;
	if (i < size && (text[i] == '{' || text[i] == '['))
		return (plist_parse_json(data, size, error));
	return (plist_parse_xml(data, size, error));
}

/* Read to the end of the file, at most one byte past the limit. */
static char *
read_all(int fd, size_t *sizep, struct plist_error *error)
{
	size_t room, size;
	ssize_t n;
	char *data, *more;

	data = NULL;
	room = size = 0;
	for (;;) {
		if (size == room) {
			if (room > PLIST_FILE_MAX) {
				plist_error_set(error, 0,
				    "larger than %d bytes", PLIST_FILE_MAX);
				break;
			}
			room = room == 0 ? 8192 : room * 2;
			more = realloc(data, room);
			if (more == NULL) {
				plist_error_set(error, 0, "out of memory");
				break;
			}
			data = more;
		}
		n = read(fd, data + size, room - size);
		if (n == 0) {
			*sizep = size;
			return (data);
		}
		if (n == -1 && errno != EINTR) {
			plist_error_set(error, 0, "%s", strerror(errno));
			break;
		}
		if (n > 0)
			size += (size_t)n;
	}
	free(data);
	return (NULL);
}

struct plist *
plist_parse_fd(int fd, struct plist_error *error)
{
	struct plist *p;
	struct stat st;
	size_t size;
	char *data;

	if (fstat(fd, &st) == -1) {
		plist_error_set(error, 0, "%s", strerror(errno));
		return (NULL);
	}
	if (!S_ISREG(st.st_mode)) {
		plist_error_set(error, 0, "not a regular file");
		return (NULL);
	}
	data = read_all(fd, &size, error);
	if (data == NULL)
		return (NULL);
	p = plist_parse(data, size, error);
	free(data);
	return (p);
}

struct plist *
plist_parse_file(const char *path, struct plist_error *error)
{
	struct plist *p;
	int fd;

	/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		plist_error_set(error, 0, "%s", strerror(errno));
		return (NULL);
	}
	p = plist_parse_fd(fd, error);
	(void)close(fd);
	return (p);
}
