/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Finding mach.ko, and what fork and the end of a thread do to libmach.
 *
 * A process has nothing to do to become a Mach task: the kernel makes the task
 * with the first trap, and a child of a fork has one when its parent has.  What
 * is left is to find the system calls, to forget the parent's port names in the
 * child, and to release what libmach caches for a thread.
 *
 * A fork is seen by a pthread_atfork(3) handler or, where the program forked
 * without it (rfork(2) and the like), by a page that a child finds cleared.
 *
 * No locks: what is done twice by threads that race gives the same twice, and
 * the page is published by compare-and-swap.
 */

#include <sys/param.h>
#include <sys/mman.h>
#include <sys/module.h>
#include <sys/sysctl.h>

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "../../../kernel/freebsd/syscall_abi.h"
#include "../host.h"
#include "host_freebsd.h"

#define	MACH_MODULE	"sys/mach_trap"

_Atomic int mach_host_syscall;
_Atomic int mach_host_syscall_msg;
_Atomic(volatile unsigned *) host_alive;
_Thread_local bool host_thread_entered
    __attribute__((__tls_model__("initial-exec")));

static _Atomic unsigned generation = 1;
static _Atomic bool complained;
static _Atomic int kernel_abi = -1;		/* -1: not seen, 0: none told */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t thread_key;
static bool thread_key_valid;

static void
thread_end(void *value)
{

	(void)value;
	_mach_thread_exit_hook();
}

void
host_forked(void)
{
	volatile unsigned *page;

	page = atomic_load(&host_alive);
	if (page != NULL)
		*page = 1;
	if (atomic_fetch_add(&generation, 1) + 1 == 0)
		atomic_store(&generation, 1);
	_mach_fork_child_hook();
}

static void
prepare(void)
{
	volatile unsigned *expected, *page;

	expected = NULL;
	page = mmap(NULL, (size_t)getpagesize(), PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	if (page != MAP_FAILED && minherit((void *)(uintptr_t)page,
	    (size_t)getpagesize(), INHERIT_ZERO) == 0) {
		*page = 1;
		(void)atomic_compare_exchange_strong(&host_alive, &expected,
		    page);
	}
	thread_key_valid = pthread_key_create(&thread_key, thread_end) == 0;
	/* Without it the page still tells. */
	(void)pthread_atfork(NULL, NULL, host_forked);
}

/* A number that mach.ko tells; 0: none. */
static int
figure(const char *name)
{
	size_t len;
	int value;

	len = sizeof(value);
	return (sysctlbyname(name, &value, &len, NULL, 0) == 0 ? value : 0);
}

/* The number of the system call, 0 or less: no mach.ko that we could use. */
static int
find_call(void)
{
	struct module_stat stat;
	int id;

	stat.version = sizeof(stat);
	id = modfind(MACH_MODULE);
	if (id == -1 || modstat(id, &stat) != 0)
		return (-1);
	atomic_store(&kernel_abi, figure("kern.mach.abi"));
	if (atomic_load(&kernel_abi) != MACH_SYSCALL_ABI)
		return (-1);
	atomic_store(&mach_host_syscall_msg, figure("kern.mach.syscall_msg"));
	return (stat.data.intval);
}

int
host_attach(bool retry)
{
	int number, saved;

	number = atomic_load(&mach_host_syscall);
	if (number > 0)
		return (0);
	if (number < 0 && !retry)
		return (ENOENT);
	saved = errno;
	(void)pthread_once(&once, prepare);
	number = find_call();
	if (number <= 0)
		number = -1;
	atomic_store(&mach_host_syscall, number);
	errno = saved;
	return (number > 0 ? 0 : ENOENT);
}

void
host_complain(void)
{
	int abi;

	if (atomic_exchange(&complained, true))
		return;
	abi = atomic_load(&kernel_abi);
	if (abi == -1)
		(void)dprintf(STDERR_FILENO,
		    "libmach: no Mach kernel: mach.ko is not loaded\n");
	else
		(void)dprintf(STDERR_FILENO, "libmach: mach.ko is of another "
		    "release: its system calls are of ABI %d, libmach's of "
		    "%d\n", abi, MACH_SYSCALL_ABI);
}

void
host_thread_begin(void)
{

	if (!thread_key_valid)
		return;
	host_thread_entered = true;
	/* Any value but NULL makes the destructor run. */
	(void)pthread_setspecific(thread_key, &host_thread_entered);
}

int
mach_host_attach(void)
{

	host_check_fork();
	return (host_attach(true));
}

unsigned
mach_host_generation(void)
{

	host_check_fork();
	return (atomic_load_explicit(&generation, memory_order_relaxed));
}
