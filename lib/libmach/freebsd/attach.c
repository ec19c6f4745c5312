/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Finding mach.ko, and what fork and the end of a thread do to libmach.
 *
 * A process has nothing to do to become a Mach task: the kernel makes the task
 * with the first trap, and a child of a fork has one when its parent has.  What
 * is left is to find the system call, to forget the parent's port names in the
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

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "../host.h"
#include "host_freebsd.h"

#define	MACH_MODULE	"sys/mach_trap"

_Atomic int mach_host_syscall;

static _Atomic unsigned generation = 1;
static _Atomic(volatile unsigned *) alive;	/* cleared in a child */
static _Atomic bool complained;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t thread_key;
static bool thread_key_valid;
static _Thread_local bool thread_entered;

static void
thread_end(void *value)
{

	(void)value;
	_mach_thread_exit_hook();
}

static void
forked(void)
{
	volatile unsigned *page;

	page = atomic_load(&alive);
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
		(void)atomic_compare_exchange_strong(&alive, &expected, page);
	}
	thread_key_valid = pthread_key_create(&thread_key, thread_end) == 0;
	/* Without it the page still tells. */
	(void)pthread_atfork(NULL, NULL, forked);
}

int
host_attach(bool retry)
{
	struct module_stat stat;
	int number, saved;

	number = atomic_load(&mach_host_syscall);
	if (number > 0)
		return (0);
	if (number < 0 && !retry)
		return (ENOENT);
	saved = errno;
	(void)pthread_once(&once, prepare);
	stat.version = sizeof(stat);
	number = modfind(MACH_MODULE);
	if (number == -1 || modstat(number, &stat) != 0 ||
	    stat.data.intval <= 0)
		number = -1;
	else
		number = stat.data.intval;
	atomic_store(&mach_host_syscall, number);
	errno = saved;
	return (number > 0 ? 0 : ENOENT);
}

void
host_complain(void)
{

	if (!atomic_exchange(&complained, true))
		(void)dprintf(STDERR_FILENO,
		    "libmach: no Mach kernel: mach.ko is not loaded\n");
}

void
host_check_fork(void)
{
	volatile unsigned *page;

	page = atomic_load_explicit(&alive, memory_order_relaxed);
	if (page != NULL && *page == 0)
		forked();
}

void
host_thread_enter(void)
{

	if (thread_entered || !thread_key_valid)
		return;
	thread_entered = true;
	/* Any value but NULL makes the destructor run. */
	(void)pthread_setspecific(thread_key, &thread_entered);
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
