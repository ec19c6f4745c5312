/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The marks that Darwin sources put on declarations to say since when they
 * exist.  Everything exists here: they expand to nothing.
 */

#ifndef _MACH_AVAILABILITY_H_
#define	_MACH_AVAILABILITY_H_

#define	__API_AVAILABLE(...)
#define	__API_UNAVAILABLE(...)
#define	__API_DEPRECATED(...)
#define	__API_DEPRECATED_WITH_REPLACEMENT(...)
#define	__API_AVAILABLE_BEGIN(...)
#define	__API_AVAILABLE_END
#define	__API_DEPRECATED_BEGIN(...)
#define	__API_DEPRECATED_END
#define	__API_UNAVAILABLE_BEGIN(...)
#define	__API_UNAVAILABLE_END
#define	__SPI_AVAILABLE(...)
#define	__SPI_DEPRECATED(...)
#define	API_AVAILABLE(...)
#define	API_UNAVAILABLE(...)
#define	API_DEPRECATED(...)
#define	API_DEPRECATED_WITH_REPLACEMENT(...)
#define	SPI_AVAILABLE(...)

#define	__OSX_AVAILABLE(version)
#define	__OSX_AVAILABLE_STARTING(osx, ios)
#define	__OSX_AVAILABLE_BUT_DEPRECATED(...)
#define	__OSX_AVAILABLE_BUT_DEPRECATED_MSG(...)
#define	__OSX_DEPRECATED(...)
#define	__OSX_UNAVAILABLE
#define	__OS_AVAILABILITY(...)
#define	__OS_AVAILABILITY_MSG(...)
#define	__OS_EXTENSION_UNAVAILABLE(message)
#define	__IOS_AVAILABLE(version)
#define	__IOS_DEPRECATED(...)
#define	__IOS_PROHIBITED
#define	__IOS_UNAVAILABLE
#define	__TVOS_AVAILABLE(version)
#define	__TVOS_DEPRECATED(...)
#define	__TVOS_PROHIBITED
#define	__TVOS_UNAVAILABLE
#define	__WATCHOS_AVAILABLE(version)
#define	__WATCHOS_DEPRECATED(...)
#define	__WATCHOS_PROHIBITED
#define	__WATCHOS_UNAVAILABLE

#endif /* !_MACH_AVAILABILITY_H_ */
