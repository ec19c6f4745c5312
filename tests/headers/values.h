/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * VALUE(name, number): the build fails unless name has that value and, for
 * numbers past 31 bits, is unsigned.
 */

#ifndef _TESTS_HEADERS_VALUES_H_
#define	_TESTS_HEADERS_VALUES_H_

#include <mach/cdefs.h>

#define	VALUE(name, number)						\
	MACH_STATIC_ASSERT((unsigned long long)(name) ==		\
	    (unsigned long long)(number), #name)

#endif /* !_TESTS_HEADERS_VALUES_H_ */
