/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd as process 1.
 *
 *	init.c		what happens in which order, on every host
 *	init_freebsd.c	the host's side of it
 *	init_linux.c	the same where process 1 is that of a container
 *	reroot.c	another root, on FreeBSD
 *	ttys.c		the terminals of ttys(5), on FreeBSD
 */

#ifndef _LAUNCHD_INIT_H_
#define	_LAUNCHD_INIT_H_

#include <sys/types.h>

#include <stdbool.h>

/*
 * init.c
 */

/* Are these the arguments that a kernel gives process 1? */
bool	init_is(int argc, char *const *argv);
/*
 * Up to the event loop: the console, and one user if that was asked for.  After
 * init_mount_devices().
 */
void	init_prepare(int argc, char **argv);
/* The image before (reexec.c) has done that and what follows. */
void	init_resume(char *path);
/* With the event loop: rc(8), or what comes after it. */
void	init_begin(void);
/* The job that is rc(8) ended. */
void	init_rc_ended(int status);
/* The loop cannot run.  Does not return. */
void	init_failed(void) __attribute__((noreturn));
/* A signal that means something to process 1 only. */
void	init_signal(int signo);
/* The descriptor, or in its place three that are the standard files. */
void	init_standard_files(int fd);
/* All jobs have ended.  Does not return. */
void	init_shutdown(int how) __attribute__((noreturn));

/*
 * init_freebsd.c, init_linux.c
 */

/* What must be mounted before anything runs, and, without rc(8), the rest. */
void	init_mount_devices(void);
void	init_mount_root(void);
/* The script that is rc(8), or NULL: there is none to run. */
char	*init_rc(void);
/* The shell of a single user. */
char	*init_shell(void);
/* False: whoever sits at the console must log in. */
bool	init_console_secure(void);
/*
 * In a new process: /dev/console is its standard files, and its controlling
 * terminal.
 */
void	init_take_console(void);
/* In a new process: the resources of a class of login.conf(5). */
void	init_login_class(const char *name);
/* There was no Mach kernel; is there one now? */
bool	init_load_kernel(void);
/* Seconds that rc.shutdown(8) may take. */
unsigned init_shutdown_time(void);
void	init_secure(void);
/* 'r', 'h', 'p' or 'c': see shutdown_then().  Returns when it failed. */
void	init_reboot(int how);

/*
 * reroot.c, init_linux.c
 */

/* Is there a program that can do it?  `self`: the one that runs. */
bool	init_can_reroot(const char *self);
/* Nobody is left; it is done by another image.  Returns when it failed. */
void	init_reroot(void);
/* That image: the root's init takes its place.  Returns when it failed. */
void	init_reroot_finish(void);
/* And that one has the traces removed, if there are any. */
void	init_reroot_clean(void);

/*
 * ttys.c
 */

/* Read, or read again, which terminals get a login. */
void	ttys_read(void);

#endif /* !_LAUNCHD_INIT_H_ */
