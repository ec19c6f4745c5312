/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The one place where launchd waits.
 *
 * loop_linux.c is epoll(7) with the descriptor of a port set, signalfd(2),
 * timerfd(2) and inotify(7); loop_freebsd.c is kqueue(2) with EVFILT_MACHPORT,
 * _READ, _SIGNAL, _VNODE and _FS.  There is no other thread and nothing is
 * asked again and again: what the host cannot announce is said in its file.
 *
 * Every source is level triggered, and loop_wait() reports one event a call, so
 * a handler may remove and free any source, its own as well.
 *
 * Processes are children, which SIGCHLD announces: a pidfd would need a
 * descriptor for each.
 */

#ifndef _LAUNCHD_LOOP_H_
#define _LAUNCHD_LOOP_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <mach/mach.h>

/* 0, or an errno value. */
int	loop_init(void);

/* Call fn while a message waits in a member of the set.  At most four. */
int	loop_add_set(mach_port_t set, void (*fn)(void));

/*
 * A descriptor to be read.  The structure is its owner's and stays where it is
 * while it is added.
 */
struct loop_file {
	int	  lf_fd;
	void	(*lf_ready)(struct loop_file *);
};

int	loop_add_file(struct loop_file *f);
void	loop_remove_file(struct loop_file *f);

/* Signals, which must be blocked, to fn. */
int	loop_add_signals(const int *signals, size_t n, void (*fn)(int signo));

/*
 * The wall clock: call fn once it is `when` or later, or was set, whichever is
 * first.  A time of 0: never, not even when it was set.
 */
int	loop_clock(time_t when, void (*fn)(void));

/*
 * A path: call lp_changed after something at it may have changed: it was
 * created, written, renamed, removed, or an entry of it was.  It need not
 * exist.  More calls than changes are possible.
 */
struct loop_path {
	struct loop_path *lp_next;
	const char	*lp_path;	/* absolute */
	void		(*lp_changed)(struct loop_path *);
	int		 lp_self;	/* the host's */
	int		 lp_above;
	size_t		 lp_length;	/* of the name that lp_above watches */
	bool		 lp_hit;
};

int	loop_add_path(struct loop_path *p);
void	loop_remove_path(struct loop_path *p);
/* Of both hosts' watches: of the directory that holds the path so long. */
size_t	loop_path_above(const char *path, size_t length);

/* A file system was mounted; the network's addresses may have changed. */
int	loop_add_mounts(void (*fn)(void));
int	loop_add_network(void (*fn)(void));

/* Until the first event, or the monotonic time in nanoseconds; one event. */
void	loop_wait(uint64_t deadline);

#endif /* !_LAUNCHD_LOOP_H_ */
