/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Linked into a machd of its own, which so leaves each task of a process that
 * exits behind: machrun -l must notice (leak.sh).  The linker puts this in the
 * place of the real one (--wrap).
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>

#include <kernel/kern/task.h>

void	__real_kern_task_exit(struct proc *p);
void	__wrap_kern_task_exit(struct proc *p);

void
__wrap_kern_task_exit(struct proc *p)
{

	(void)mach_task_find(p);	/* a reference too many */
	__real_kern_task_exit(p);
}
