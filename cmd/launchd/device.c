/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The lines of devd(8) as pairs.  Only FreeBSD has them; the tests do.
 */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "device.h"

/* Values with blanks are in quotes, which go. */
static bool
copy_pairs(const char *line, char *to, size_t size)
{
	bool quoted;
	size_t n;

	quoted = false;
	for (n = 0; *line != '\0' && *line != '\n'; line++) {
		if (n + 2 >= size)
			return (false);
		if (*line == '"')
			quoted = !quoted;
		else if (*line != ' ' || quoted)
			to[n++] = *line;
		else if (n != 0 && to[n - 1] != '\0')
			to[n++] = '\0';
	}
	to[n] = to[n + 1] = '\0';
	return (n != 0);
}

int
device_pairs(const char *line, char *to, size_t size)
{
	size_t n;
	int all;

	switch (line[0]) {
	case '!':
		return (copy_pairs(line + 1, to, size));
	case '+':
	case '-':
		n = strcspn(line + 1, " \n");
		all = snprintf(to, size, "event=%s%cdevice=%.*s",
		    line[0] == '+' ? "attach" : "detach", 0, (int)n, line + 1);
		if (n == 0 || all < 0 || (size_t)all + 2 > size)
			return (false);
		to[all + 1] = '\0';
		return (true);
	default:
		return (false);
	}
}
