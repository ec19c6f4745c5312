/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/event.h> as sources for Darwin expect it: the system's, and
 * EVFILT_MACHPORT with its forms of kevent (<mach/kevent.h>).  On the include
 * path only of those who want it.
 */

#ifndef _MACH_DARWIN_SYS_EVENT_H_
#define	_MACH_DARWIN_SYS_EVENT_H_

#pragma GCC system_header
#include_next <sys/event.h>

#include <mach/kevent.h>

#endif /* !_MACH_DARWIN_SYS_EVENT_H_ */
