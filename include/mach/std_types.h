/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The types that generated code expects to be there.
 */

#ifndef _MACH_STD_TYPES_H_
#define	_MACH_STD_TYPES_H_

#include <mach/boolean.h>
#include <mach/kern_return.h>
#include <mach/port.h>
#include <mach/vm_types.h>

#endif /* !_MACH_STD_TYPES_H_ */
