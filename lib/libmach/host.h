/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What common libmach and its host back ends (linux/, freebsd/) owe each
 * other.  Internal: never installed.
 *
 * The back end supplies mach_trap() and the life cycle below it; common
 * libmach supplies the hooks.  Nothing else in libmach knows its host.
 */

#ifndef _LIBMACH_HOST_H_
#define _LIBMACH_HOST_H_

#include <stdint.h>

/* ---- supplied by the back end ---- */

/*
 * Carry out one trap: `nargs` words of arguments, one a parameter, the user
 * addresses among them as integers.  Returns the trap's 32-bit result.
 *
 * Attaches the process on first use.  Without a Mach kernel a trap that gives
 * a port name returns MACH_PORT_NULL and any other KERN_NOT_SUPPORTED; when
 * the host's table of threads is full the latter is KERN_RESOURCE_SHORTAGE.
 *
 * A blocked trap that a signal handler interrupts returns its interrupted code
 * (MACH_SEND_INTERRUPTED, MACH_RCV_INTERRUPTED, KERN_ABORTED); restarting is
 * the caller's choice.  errno is unchanged.  May be called from a signal
 * handler, also one that interrupted a trap, and from a thread-specific
 * data destructor.
 */
uint32_t mach_trap(unsigned number, const uint64_t *args, unsigned nargs);

/*
 * Attach the process now.  0, or an errno value that says why there is no Mach
 * kernel.  Silent: the first trap that fails for lack of a kernel prints the
 * reason, once a process.  Optional: traps attach by themselves.
 */
int	mach_host_attach(void);

/*
 * Changes whenever the process got a new task behind libmach's back (it is
 * the child of a fork): every cached port name of an older generation is
 * meaningless.  Never 0.
 */
unsigned mach_host_generation(void);

/*
 * fileport_makefd_trap(), and what it takes on this host to have the
 * descriptor: a kern_return_t, KERN_NO_SPACE when the table is full.
 */
int	mach_host_makefd(uint32_t port, int *fd);

/* ---- supplied by common libmach ---- */

/*
 * In the child of fork(), on its only thread, before fork() returns: forget
 * every cached port name (task, host, thread, bootstrap, reply ports).  Traps
 * are allowed and act on the child's new task; making none keeps a fork that
 * is followed by exec cheap.
 */
void	_mach_fork_child_hook(void);

/*
 * On a thread that used Mach and is about to exit: release what libmach caches
 * for it (the reply port).  Traps are allowed.  Not called at process exit.
 */
void	_mach_thread_exit_hook(void);

#endif /* !_LIBMACH_HOST_H_ */
