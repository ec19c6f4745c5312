/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The older marks of <Availability.h>.  They expand to nothing.
 */

#ifndef _MACH_AVAILABILITYMACROS_H_
#define	_MACH_AVAILABILITYMACROS_H_

#include <Availability.h>

#define	WEAK_IMPORT_ATTRIBUTE
#define	DEPRECATED_ATTRIBUTE
#define	UNAVAILABLE_ATTRIBUTE
#define	DEPRECATED_MSG_ATTRIBUTE(message)

#define	AVAILABLE_MAC_OS_X_VERSION_10_0_AND_LATER
#define	AVAILABLE_MAC_OS_X_VERSION_10_4_AND_LATER
#define	AVAILABLE_MAC_OS_X_VERSION_10_5_AND_LATER
#define	AVAILABLE_MAC_OS_X_VERSION_10_6_AND_LATER

#endif /* !_MACH_AVAILABILITYMACROS_H_ */
