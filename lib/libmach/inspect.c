/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Looking into the Mach kernel, and its limits.
 */

#include <string.h>

#include <mach/mach.h>
#include <mach_debug/mach_inspect.h>

#include "gen/trap_stubs.h"

kern_return_t
mach_inspect(unsigned int version, unsigned int flavor, uint64_t which,
    void *records, mach_msg_type_number_t *count)
{

	return (mach_inspect_trap(version, flavor, which, records, count));
}

kern_return_t
mach_limit_set(const char *name, uint64_t value)
{
	char text[MACH_INSPECT_NAME_MAX];

	if (name == NULL)
		return (KERN_INVALID_ADDRESS);
	if (strlen(name) >= sizeof(text))
		return (KERN_INVALID_NAME);
	memset(text, 0, sizeof(text));
	strcpy(text, name);
	return (mach_limit_set_trap(text, value));
}
