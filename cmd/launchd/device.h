/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Events of the host's devices, as KEY=VALUE strings with a NUL after each:
 * the kernel's uevents on Linux, devd(8)'s on FreeBSD.
 */

#ifndef _LAUNCHD_DEVICE_H_
#define _LAUNCHD_DEVICE_H_

#include <stddef.h>

/* Once; 0 or an errno value.  `pairs` ends with an empty string. */
int	device_watch(void (*fn)(const char *pairs));

/*
 * Of a line of devd(8): "!system=A subsystem=B ...", which are pairs already,
 * or "+NAME at ..." and "-NAME at ...", which become event=attach or
 * event=detach and device=NAME.  False: neither, or too long for `to`.
 */
int	device_pairs(const char *line, char *to, size_t size);

#endif /* !_LAUNCHD_DEVICE_H_ */
