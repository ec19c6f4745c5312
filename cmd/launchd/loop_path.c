/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What both hosts' watches of paths need.
 */

#include "loop.h"

size_t
loop_path_above(const char *path, size_t length)
{

	while (length > 1 && path[length - 1] == '/')
		length--;
	while (length > 0 && path[length - 1] != '/')
		length--;
	while (length > 1 && path[length - 1] == '/')
		length--;
	return (length);
}
