/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * How long tests wait for what must happen.  A limit only tells a hang from
 * a wait, so on a machine that is busy with much else it may be larger by
 * any factor: TEST_PATIENCE in the environment, 1 without.
 */
#ifndef _TESTS_PATIENCE_H_
#define	_TESTS_PATIENCE_H_

#include <stdlib.h>

static inline unsigned
patience(unsigned wait)
{
	const char *factor = getenv("TEST_PATIENCE");
	long n = factor != NULL ? strtol(factor, NULL, 10) : 1;

	return (n > 1 && n <= 100 ? wait * (unsigned)n : wait);
}

#endif /* !_TESTS_PATIENCE_H_ */
