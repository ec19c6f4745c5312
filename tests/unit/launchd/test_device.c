/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The lines of devd(8), which only FreeBSD has, as pairs.  Prints TAP.
 */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/launchd/device.h"

static const struct {
	const char	*line;
	const char	*pairs;		/* with ; for NUL; NULL: refused */
} rows[] = {
	{ "!system=IFNET subsystem=em0 type=LINK_UP\n",
	    "system=IFNET;subsystem=em0;type=LINK_UP;" },
	{ "!system=a  b=\"c d\" e=f", "system=a;b=c d;e=f;" },
	{ "+em0 at slot=3 function=0 on pci0\n", "event=attach;device=em0;" },
	{ "-da0 at x", "event=detach;device=da0;" },
	{ "?nomatch at x", NULL },
	{ "!", NULL },
	{ "+", NULL },
	{ "", NULL },
	{ "!0123456789012345678901234567890123456789012345678901234567890123"
	    "=too long", NULL },
	{ "+01234567890123456789012345678901234567890123456789 at x", NULL },
};

int
main(void)
{
	char pairs[64 + 8], shown[64 + 8];
	size_t at, i;
	int failed;
	bool ok;

	failed = 0;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(pairs, 'x', sizeof(pairs));
		ok = device_pairs(rows[i].line, pairs, 64);
		shown[0] = '\0';
		for (at = 0; ok && pairs[at] != '\0';
		    at += strlen(pairs + at) + 1) {
			(void)strcat(shown, pairs + at);
			(void)strcat(shown, ";");
		}
		ok = rows[i].pairs == NULL ? !ok :
		    ok && strcmp(shown, rows[i].pairs) == 0;
		/* Nothing past what it was given. */
		ok = ok && memcmp(pairs + 64, "xxxxxxxx", 8) == 0;
		failed += !ok;
		(void)printf("%sok %zu - %.*s\n", ok ? "" : "not ", i + 1,
		    (int)strcspn(rows[i].line, "\n"), rows[i].line);
	}
	(void)printf("1..%zu\n", i);
	return (failed != 0);
}
