/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * How long tests wait for what must happen.  A limit only tells a hang from
 * a wait, so on a machine that is busy with much else it may be larger by
 * any factor: TEST_PATIENCE in the environment, 1 without.  How often they do
 * what may only go wrong in the end: TEST_REPEAT, likewise.
 */
#ifndef _TESTS_PATIENCE_H_
#define	_TESTS_PATIENCE_H_

#include <stdlib.h>

static inline unsigned
patience_times(const char *variable, unsigned what)
{
	const char *factor = getenv(variable);
	long n = factor != NULL ? strtol(factor, NULL, 10) : 1;

	return (n > 1 && n <= 100 ? what * (unsigned)n : what);
}

static inline unsigned
patience(unsigned wait)
{

	return (patience_times("TEST_PATIENCE", wait));
}

static inline unsigned
repeat(unsigned rounds)
{

	return (patience_times("TEST_REPEAT", rounds));
}

#endif /* !_TESTS_PATIENCE_H_ */
