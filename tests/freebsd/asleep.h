/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Whether a process sleeps, and where.  In a file of its own: what <sys/user.h>
 * includes has types of the same names as <mach/mach.h>.
 */

#ifndef _TESTS_FREEBSD_ASLEEP_H_
#define	_TESTS_FREEBSD_ASLEEP_H_

#include <sys/types.h>
#include <stdbool.h>

/*
 * Until the only thread of the process sleeps with that wait message; false
 * when that took longer than `ms`.  The kernel tells nobody that a thread has
 * gone to sleep, so this has to look.
 */
bool	asleep(pid_t pid, const char *wmesg, unsigned ms);

#endif /* !_TESTS_FREEBSD_ASLEEP_H_ */
