/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * lsmp: what was read of the kernel, and the ways to write it.
 *
 * Everything is read first (gather.c), each task in one piece, then indexed by
 * object, then written.  What is read is never changed.
 */

#ifndef _CMD_LSMP_LSMP_H_
#define	_CMD_LSMP_LSMP_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <mach/mach.h>
#include <mach_debug/mach_inspect.h>

struct task {
	struct mach_inspect_task	 t_info;
	bool				 t_open;	/* the rest is */
	struct mach_inspect_name	*t_names;
	unsigned			 t_nnames;
	struct mach_inspect_member	*t_members;
	unsigned			 t_nmembers;
	struct mach_inspect_thread	*t_threads;
	unsigned			 t_nthreads;
};

/* A right, found by its object. */
struct holder {
	uint64_t			 h_object;
	const struct task		*h_task;
	const struct mach_inspect_name	*h_name;
};

struct snapshot {
	struct task	*s_tasks;	/* by process id */
	unsigned	 s_ntasks;
	struct holder	*s_holders;	/* by object, task, name */
	unsigned	 s_nholders;
};

/* gather.c: 0, or a Mach return code. */
kern_return_t	gather(struct snapshot *s);
void		snapshot_free(struct snapshot *s);
const struct task *find_task(const struct snapshot *s, int pid);
/* The rights to an object: the first of *np, or NULL. */
const struct holder *find_holders(const struct snapshot *s, uint64_t object,
		    unsigned *np);
/* Records of a flavor, in memory to be freed. */
kern_return_t	inspect(unsigned flavor, uint64_t which, size_t size,
		    void **records, unsigned *count);

/* Words that all forms use. */
const char	*kobject_name(uint32_t kotype);
const char	*wait_name(uint32_t wait);
const char	*special_name(uint32_t name);
/* The rights of a type as a list: "recv,send". */
const char	*rights_text(mach_port_type_t type);

/* Writers; pid 0: all tasks. */
void	write_text(FILE *f, const struct snapshot *s, int pid);
void	write_json(FILE *f, const struct snapshot *s, int pid);
void	write_graph(FILE *f, const struct snapshot *s, int pid);

/* tune.c: an exit status. */
int	sysctl_main(int argc, char **argv, bool json);

#endif /* !_CMD_LSMP_LSMP_H_ */
