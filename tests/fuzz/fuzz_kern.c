/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the fuzzers with the kernel in process share; see fuzz.h.
 */

#include <tests/unit/core/core.h>

#include <tests/fuzz/fuzz.h>

struct proc *
fuzz_proc(pid_t pid, void *memory, size_t size)
{
	static struct kpi_ucred *cred;
	struct proc *p;

	if (cred == NULL)
		cred = host_cred_simple(1001, 1001);
	p = host_proc_create(pid, cred, &host_copy_ranges, NULL);
	host_range_add(p, memory, size, HOST_RANGE_RW);
	return (p);
}

void
fuzz_fault(unsigned int copy, unsigned int alloc)
{

	host_copy_fail_after(copy);
	host_alloc_fail_after(alloc, HOST_FAIL_NOWAIT);
}

void
fuzz_nothing_left(void)
{
	static int64_t bytes = -1;
	int i;

	for (i = 0; i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) == mach_counters_base[i])
			continue;
		fprintf(stderr, "%s: %ld left\n", mach_counter_name(i),
		    (long)(mach_counter_get(i) - mach_counters_base[i]));
		abort();
	}
	/* From the first input on, memory is as it was. */
	if (bytes == -1)
		bytes = host_live_bytes();
	if (host_live_bytes() == bytes)
		return;
	fprintf(stderr, "%jd bytes left:\n",
	    (intmax_t)(host_live_bytes() - bytes));
	(void)host_alloc_print(STDERR_FILENO);
	abort();
}
