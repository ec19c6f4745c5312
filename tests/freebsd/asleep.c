/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* See asleep.h. */

#include <sys/param.h>
#include <sys/sysctl.h>
#include <sys/user.h>
#include <sched.h>
#include <string.h>
#include <time.h>

#include "asleep.h"

bool
asleep(pid_t pid, const char *wmesg, unsigned ms)
{
	int mib[] = { CTL_KERN, KERN_PROC, KERN_PROC_PID, pid };
	struct timespec now, start;
	struct kinfo_proc kp;
	size_t len;

	(void)clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		len = sizeof(kp);
		if (sysctl(mib, 4, &kp, &len, NULL, 0) == 0 &&
		    kp.ki_stat == SSLEEP &&
		    strncmp(kp.ki_wmesg, wmesg, WMESGLEN) == 0)
			return (true);
		(void)sched_yield();
		(void)clock_gettime(CLOCK_MONOTONIC, &now);
	} while ((now.tv_sec - start.tv_sec) * 1000 +
	    (now.tv_nsec - start.tv_nsec) / 1000000 < (long)ms);
	return (false);
}
