/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Time in seconds and microseconds, as the information calls give it.
 */

#ifndef _MACH_TIME_VALUE_H_
#define	_MACH_TIME_VALUE_H_

#include <mach/machine/vm_types.h>

struct time_value {
	integer_t	seconds;
	integer_t	microseconds;		/* 0 to TIME_MICROS_MAX - 1 */
};
typedef struct time_value	time_value_t;

#define	TIME_MICROS_MAX	(1000000)

/* Both keep microseconds in range, given that it was. */
#define	time_value_add_usec(val, micros) do {				\
	(val)->microseconds += (micros);				\
	if ((val)->microseconds >= TIME_MICROS_MAX) {			\
		(val)->microseconds -= TIME_MICROS_MAX;			\
		(val)->seconds++;					\
	}								\
} while (0)

#define	time_value_add(result, addend) do {				\
	(result)->seconds += (addend)->seconds;				\
	time_value_add_usec((result), (addend)->microseconds);		\
} while (0)

#endif /* !_MACH_TIME_VALUE_H_ */
