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

/* The number of the system call; 0: not looked up yet, -1: no mach.ko. */
extern _Atomic int mach_host_syscall;

/* Look the number up, once or (retry) again; 0 or an errno value. */
int	host_attach(bool retry);

/* A trap failed for lack of mach.ko: say so, once a process. */
void	host_complain(void);

/* Notice a fork that ran no pthread_atfork(3) handlers. */
void	host_check_fork(void);

/* This thread uses Mach: its end must be noticed. */
void	host_thread_enter(void);

#endif /* !_LIBMACH_HOST_FREEBSD_H_ */
