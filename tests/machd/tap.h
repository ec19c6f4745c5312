/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * TAP output for machd's tests: ok() a line, done() at the end.
 */

#ifndef _TESTS_MACHD_TAP_H_
#define _TESTS_MACHD_TAP_H_

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static unsigned tap_count, tap_failed;

static inline bool __attribute__((__format__(__printf__, 2, 3)))
ok(bool good, const char *fmt, ...)
{
	va_list ap;

	tap_count++;
	if (!good)
		tap_failed++;
	printf("%sok %u - ", good ? "" : "not ", tap_count);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	fflush(stdout);
	return (good);
}

static inline int
done(void)
{

	printf("1..%u\n", tap_count);
	fflush(stdout);
	return (tap_failed != 0);
}

#endif /* !_TESTS_MACHD_TAP_H_ */
