/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The FreeBSD back end of libmach: what its files owe each other.
 */

#ifndef _LIBMACH_HOST_FREEBSD_H_
#define _LIBMACH_HOST_FREEBSD_H_

#include <stdatomic.h>
#include <stdbool.h>

/*
 * What each trap reads is reached without a detour: by its place in the shared
 * library, and in a thread by the initial-exec model, for which a library that
 * is loaded late has room enough in static TLS (it is one byte).
 */
#pragma GCC visibility push(hidden)

/* The number of the system call; 0: not looked up yet, -1: no mach.ko. */
extern _Atomic int mach_host_syscall;
/* That of the message traps alone; 0: none.  Set before the other. */
extern _Atomic int mach_host_syscall_msg;

/* Look the number up, once or (retry) again; 0 or an errno value. */
int	host_attach(bool retry);

/* A trap failed for lack of mach.ko: say so, once a process. */
void	host_complain(void);

/* Forget what is the parent's. */
void	host_forked(void);

/* The first trap of a thread, whose end must be noticed. */
void	host_thread_begin(void);

/* A page that is 0 in a child and not 0 here; NULL: not made yet. */
extern _Atomic(volatile unsigned *) host_alive;

/* This thread made a trap. */
extern _Thread_local bool host_thread_entered
    __attribute__((__tls_model__("initial-exec")));

#pragma GCC visibility pop

/* Notice a fork that ran no pthread_atfork(3) handlers. */
static inline void
host_check_fork(void)
{
	volatile unsigned *page;

	page = atomic_load_explicit(&host_alive, memory_order_relaxed);
	if (page != NULL && *page == 0)
		host_forked();
}

/* This thread has made a trap, and no fork is to be noticed. */
static inline bool
host_ready(void)
{
	volatile unsigned *page;

	if (!host_thread_entered)
		return (false);
	page = atomic_load_explicit(&host_alive, memory_order_relaxed);
	return (page == NULL || *page != 0);
}

static inline void
host_thread_enter(void)
{

	if (!host_thread_entered)
		host_thread_begin();
}

#endif /* !_LIBMACH_HOST_FREEBSD_H_ */
