/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The names every Mach program starts with: its task, its bootstrap port and
 * the page size.
 *
 * mach_task_self_ and bootstrap_port are plain variables on Darwin and programs
 * use them as such, so they are filled in before main() and again in the child
 * of a fork, whose task has an empty space of its own.  A process that finds no
 * Mach kernel keeps MACH_PORT_NULL in both and starts normally.
 *
 * Locks: none; the variables change only while the process has one thread.
 */

#include <pthread.h>
#include <unistd.h>

#include "libmach.h"

mach_port_t	mach_task_self_ = MACH_PORT_NULL;
mach_port_t	bootstrap_port = MACH_PORT_NULL;

vm_size_t	vm_page_size = 4096;
vm_size_t	vm_page_mask = 4095;
int		vm_page_shift = 12;
vm_size_t	vm_kernel_page_size = 4096;
vm_size_t	vm_kernel_page_mask = 4095;
int		vm_kernel_page_shift = 12;

static void
page_size_init(void)
{
	long size;
	int shift;

	size = sysconf(_SC_PAGESIZE);
	if (size <= 0)
		return;
	for (shift = 0; (1L << shift) < size; shift++)
		;
	vm_page_size = vm_kernel_page_size = (vm_size_t)size;
	vm_page_mask = vm_kernel_page_mask = (vm_size_t)size - 1;
	vm_page_shift = vm_kernel_page_shift = shift;
}

static void
ports_init(void)
{

	bootstrap_port = MACH_PORT_NULL;
	mach_task_self_ = task_self_trap();
	if (mach_task_self_ == MACH_PORT_NULL)
		return;
	if (task_get_bootstrap_port(mach_task_self_, &bootstrap_port) !=
	    KERN_SUCCESS)
		bootstrap_port = MACH_PORT_NULL;
}

/* Darwin's name for it; kept callable because some programs do. */
kern_return_t
mach_init(void)
{

	if (mach_task_self_ == MACH_PORT_NULL && mach_host_attach() == 0)
		ports_init();
	return (mach_task_self_ != MACH_PORT_NULL ? KERN_SUCCESS :
	    KERN_NOT_SUPPORTED);
}

/*
 * First of all constructors that do not say otherwise: those of C++ programs
 * may already send messages.
 */
__attribute__((constructor(101)))
static void
libmach_constructor(void)
{

	page_size_init();
	(void)mach_init();
}

void
_mach_fork_child_hook(void)
{
	bool had;

	_mig_fork_child();
	had = mach_task_self_ != MACH_PORT_NULL;
	mach_task_self_ = MACH_PORT_NULL;
	bootstrap_port = MACH_PORT_NULL;
	if (had)
		ports_init();
}

void
_mach_thread_exit_hook(void)
{

	_mig_thread_exit();
}

/* Any of its ports tells the process. */
boolean_t
mach_task_is_self(task_name_t task)
{
	int pid;

	if (task == MACH_PORT_NULL)
		return (FALSE);
	if (task == mach_task_self_)
		return (TRUE);
	return (pid_for_task(task, &pid) == KERN_SUCCESS && pid == getpid());
}

/* Each call gives the caller one more reference, as on Darwin. */
mach_port_t
mach_host_self(void)
{

	return (host_self_trap());
}

mach_port_t
mach_thread_self(void)
{

	return (thread_self_trap());
}

#undef mach_task_self
mach_port_t
mach_task_self(void)
{

	return (mach_task_self_);
}
