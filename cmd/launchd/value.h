/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Values (launch.h) as launchd makes and reads them.  What there is no memory
 * for is left out; who must know asks values_lost().
 */

#ifndef _LAUNCHD_VALUE_H_
#define _LAUNCHD_VALUE_H_

#include <stdbool.h>

#include <launch.h>

#include "plist.h"

/* Was anything left out since the last time it was asked? */
bool	values_lost(void);

/* Each takes the value, or frees it. */
void	put_value(launch_data_t dict, const char *key, launch_data_t value);
bool	append_value(launch_data_t list, launch_data_t value);

launch_data_t dictionary(void);
launch_data_t array(void);
/* The member by that name, made if there is none; NULL: no memory. */
launch_data_t member(launch_data_t dict, const char *key,
	    launch_data_type_t type);

/* NULL: nothing is put. */
void	put_string(launch_data_t dict, const char *key, const char *value);
void	put_strings(launch_data_t dict, const char *key, char *const *list);
/* Of "key=value". */
void	put_pairs(launch_data_t dict, const char *key, char *const *list);
void	put_integer(launch_data_t dict, const char *key, long long value);
void	put_boolean(launch_data_t dict, const char *key, bool value);
/* False: nothing is put. */
void	put_true(launch_data_t dict, const char *key, bool value);

launch_data_t value_of_strings(char *const *list);

/* Of what a description has: no descriptors, ports and so on. */
bool	values_equal(launch_data_t a, launch_data_t b);

/* A property list; NULL: no memory, or a type that lists do not have. */
struct plist *plist_of_value(launch_data_t d);

#endif /* !_LAUNCHD_VALUE_H_ */
