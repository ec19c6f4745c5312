/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * machtest.ko, for tests of mach.ko on FreeBSD 12 to 14.  Its sysctls are for
 * root:
 *
 *	debug.machtest.trace	a process id: record the probes of provider
 *				mach that fire in it; 0: stop.  The records of
 *				the last time are forgotten.
 *	debug.machtest.records	an array of struct machtest_record
 *	debug.machtest.lost	records there was no room for
 *	debug.machtest.slots	written: leave so many system calls free for
 *				modules, and hold the others; -1: hold none.
 *				Read: how many it holds.
 *	debug.machtest.filters	written: hold the kqueue filters that are free,
 *				0: none.  Read: how many it holds.
 */

#ifndef _TESTS_FREEBSD_MACHTEST_H_
#define _TESTS_FREEBSD_MACHTEST_H_

#define	MACHTEST_ARGS	5
#define	MACHTEST_NAME	64

struct machtest_record {
	char		mr_func[MACHTEST_NAME];	/* the trap, or empty */
	char		mr_name[MACHTEST_NAME];	/* of the probe */
	uint64_t	mr_args[MACHTEST_ARGS];
	/* What a trap's probe points to: the first words of its arguments. */
	uint64_t	mr_words[MACHTEST_ARGS];
};

#ifdef _KERNEL
struct sysctl_oid_list;
struct sysctl_ctx_list;

int	machtest_probes_init(struct sysctl_ctx_list *,
	    struct sysctl_oid_list *);
int	machtest_probes_fini(void);	/* EBUSY */
int	machtest_slots_init(struct sysctl_ctx_list *,
	    struct sysctl_oid_list *);
void	machtest_slots_fini(void);
int	machtest_filters_init(struct sysctl_ctx_list *,
	    struct sysctl_oid_list *);
void	machtest_filters_fini(void);
#endif

#endif /* !_TESTS_FREEBSD_MACHTEST_H_ */
