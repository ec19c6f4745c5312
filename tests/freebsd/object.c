/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What is mapped where.  In a file of its own because <sys/user.h> and Mach's
 * headers have types of the same names.
 */

#include <sys/param.h>
#include <sys/sysctl.h>
#include <sys/user.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "object.h"

int
object_references(const void *p)
{
	int mib[4] = { CTL_KERN, KERN_PROC, KERN_PROC_VMMAP, getpid() };
	struct kinfo_vmentry *e;
	size_t at, size;
	char *list;
	int refs;

	if (sysctl(mib, 4, NULL, &size, NULL, 0) != 0)
		return (-1);
	size += size / 2;
	list = malloc(size);
	refs = -1;
	if (list == NULL || sysctl(mib, 4, list, &size, NULL, 0) != 0)
		size = 0;
	for (at = 0; at < size; at += (size_t)e->kve_structsize) {
		e = (struct kinfo_vmentry *)(void *)(list + at);
		if (e->kve_structsize == 0)
			break;
		if (e->kve_start <= (uintptr_t)p && (uintptr_t)p < e->kve_end)
			refs = e->kve_ref_count;
	}
	free(list);
	return (refs);
}
