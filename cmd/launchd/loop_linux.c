/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The event loop of Linux.  loop.h is its model.
 */

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <mach/port_set_fd.h>

#include "launchd.h"
#include "loop.h"

#define	SETS_MAX	4
#define	PATH_EVENTS	(IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | \
	IN_DELETE_SELF | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF)

struct set {
	struct loop_file  file;
	void		(*fn)(void);
};

static int ep = -1;
static struct set sets[SETS_MAX];
static unsigned nsets;
static struct loop_file signals = { .lf_fd = -1 };
static struct loop_file wall = { .lf_fd = -1 };
static struct loop_file paths = { .lf_fd = -1 };
static struct loop_file mounts = { .lf_fd = -1 };
static struct loop_file network = { .lf_fd = -1 };
static void (*signals_fn)(int);
static void (*wall_fn)(void);
static void (*mounts_fn)(void);
static void (*network_fn)(void);
static struct loop_path *all_paths;

int
loop_init(void)
{

	ep = epoll_create1(EPOLL_CLOEXEC);
	return (ep == -1 ? errno : 0);
}

static int
add(struct loop_file *f, uint32_t events)
{
	struct epoll_event ev;

	memset(&ev, 0, sizeof(ev));
	ev.events = events;
	ev.data.ptr = f;
	return (epoll_ctl(ep, EPOLL_CTL_ADD, f->lf_fd, &ev) == -1 ? errno : 0);
}

int
loop_add_file(struct loop_file *f)
{

	return (add(f, EPOLLIN));
}

void
loop_remove_file(struct loop_file *f)
{

	(void)epoll_ctl(ep, EPOLL_CTL_DEL, f->lf_fd, NULL);
}

/* Of our own descriptors: forget the one that could not be added. */
static int
add_or_close(struct loop_file *f, uint32_t events)
{
	int error;

	error = add(f, events);
	if (error != 0) {
		(void)close(f->lf_fd);
		f->lf_fd = -1;
	}
	return (error);
}

/*
 * Port sets.
 */

static void
set_ready(struct loop_file *f)
{

	((struct set *)(void *)f)->fn();
}

int
loop_add_set(mach_port_t set, void (*fn)(void))
{
	struct set *s;
	kern_return_t kr;
	int error;

	if (nsets == SETS_MAX)
		return (ENOSPC);
	s = &sets[nsets];
	PERSIST(kr, mach_pset_fd(mach_task_self(), set, MACH_PSET_FD_CLOEXEC,
	    &s->file.lf_fd));
	if (kr != KERN_SUCCESS)
		return (ENFILE);
	s->file.lf_ready = set_ready;
	s->fn = fn;
	error = add_or_close(&s->file, EPOLLIN);
	if (error == 0)
		nsets++;
	return (error);
}

/*
 * Signals.
 */

static void
signals_ready(struct loop_file *f)
{
	struct signalfd_siginfo si;

	if (read(f->lf_fd, &si, sizeof(si)) == (ssize_t)sizeof(si))
		signals_fn((int)si.ssi_signo);
}

int
loop_add_signals(const int *list, size_t n, void (*fn)(int))
{
	sigset_t set;
	size_t i;

	(void)sigemptyset(&set);
	for (i = 0; i < n; i++)
		(void)sigaddset(&set, list[i]);
	signals.lf_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals.lf_fd == -1)
		return (errno);
	signals.lf_ready = signals_ready;
	signals_fn = fn;
	return (add_or_close(&signals, EPOLLIN));
}

/*
 * The wall clock.  Setting it cancels the timer, whose read then fails; the
 * handler sets it again either way.
 */

static void
wall_ready(struct loop_file *f)
{
	uint64_t count;

	if (read(f->lf_fd, &count, sizeof(count)) == -1 && errno == EAGAIN)
		return;
	wall_fn();
}

int
loop_clock(time_t when, void (*fn)(void))
{
	struct itimerspec it;
	int error;

	if (wall.lf_fd == -1) {
		if (when == 0)
			return (0);
		wall.lf_fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC |
		    TFD_NONBLOCK);
		if (wall.lf_fd == -1)
			return (errno);
		wall.lf_ready = wall_ready;
		error = add_or_close(&wall, EPOLLIN);
		if (error != 0)
			return (error);
	}
	wall_fn = fn;
	memset(&it, 0, sizeof(it));
	it.it_value.tv_sec = when;
	return (timerfd_settime(wall.lf_fd, when == 0 ? 0 : TFD_TIMER_ABSTIME |
	    TFD_TIMER_CANCEL_ON_SET, &it, NULL) == -1 ? errno : 0);
}

/*
 * Paths.  inotify watches what exists: the path, if it does, and the nearest
 * directory above that does, for the name that comes next.
 */

static bool
used(int wd)
{
	const struct loop_path *p;

	for (p = all_paths; p != NULL; p = p->lp_next)
		if (p->lp_self == wd || p->lp_above == wd)
			return (true);
	return (false);
}

static void
release(int wd)
{

	if (wd != -1 && !used(wd))
		(void)inotify_rm_watch(paths.lf_fd, wd);
}

static int
watch_above(struct loop_path *p, size_t *length)
{
	char above[PATH_MAX];
	size_t n;
	int wd;

	for (n = strlen(p->lp_path); n > 1; ) {
		*length = n;
		n = loop_path_above(p->lp_path, n);
		memcpy(above, p->lp_path, n);
		above[n] = '\0';
		wd = inotify_add_watch(paths.lf_fd, above, PATH_EVENTS |
		    IN_ONLYDIR);
		if (wd != -1)
			return (wd);
	}
	return (-1);
}

/*
 * Watch what is there now.  It may be made while we look: then the directory
 * above has an event for us, because it was watched first.
 */
static void
arm(struct loop_path *p)
{
	int above, self;

	above = p->lp_above;
	self = p->lp_self;
	p->lp_above = watch_above(p, &p->lp_length);
	p->lp_self = inotify_add_watch(paths.lf_fd, p->lp_path, PATH_EVENTS);
	release(above);
	release(self);
}

/* Is the event about the path?  In the directory above only one name is. */
static bool
concerns(const struct loop_path *p, const struct inotify_event *e)
{
	const char *name;
	size_t n;

	if ((e->mask & IN_Q_OVERFLOW) != 0 || p->lp_self == e->wd)
		return (true);
	if (p->lp_above != e->wd)
		return (false);
	if (e->len == 0)
		return (true);
	n = loop_path_above(p->lp_path, p->lp_length);
	name = p->lp_path + n;
	while (*name == '/')
		name++;
	n = strcspn(name, "/");
	return (strlen(e->name) == n && strncmp(e->name, name, n) == 0);
}

static void
path_event(const struct inotify_event *e)
{
	struct loop_path *p;

	if ((e->mask & IN_IGNORED) != 0) {
		/* The number may be used again. */
		for (p = all_paths; p != NULL; p = p->lp_next) {
			if (p->lp_self == e->wd)
				p->lp_self = -1;
			if (p->lp_above == e->wd)
				p->lp_above = -1;
		}
		return;
	}
	/* A handler may remove any of them: begin anew after each. */
	for (p = all_paths; p != NULL; p = p->lp_next)
		p->lp_hit = concerns(p, e);
again:
	for (p = all_paths; p != NULL; p = p->lp_next)
		if (p->lp_hit) {
			p->lp_hit = false;
			arm(p);
			p->lp_changed(p);
			goto again;
		}
}

static void
paths_ready(struct loop_file *f)
{
	_Alignas(struct inotify_event) char room[4096];
	const struct inotify_event *e;
	ssize_t n;
	char *at;

	n = read(f->lf_fd, room, sizeof(room));
	for (at = room; n > 0 && at < room + n; at += sizeof(*e) + e->len) {
		e = (const struct inotify_event *)(const void *)at;
		path_event(e);
	}
}

int
loop_add_path(struct loop_path *p)
{
	int error;

	if (paths.lf_fd == -1) {
		paths.lf_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
		if (paths.lf_fd == -1)
			return (errno);
		paths.lf_ready = paths_ready;
		error = add_or_close(&paths, EPOLLIN);
		if (error != 0)
			return (error);
	}
	p->lp_self = p->lp_above = -1;
	p->lp_hit = false;
	p->lp_next = all_paths;
	all_paths = p;
	arm(p);
	if (p->lp_above != -1 || p->lp_self != -1)
		return (0);
	error = errno;
	all_paths = p->lp_next;
	return (error);
}

void
loop_remove_path(struct loop_path *p)
{
	struct loop_path **q;

	for (q = &all_paths; *q != p; q = &(*q)->lp_next)
		;
	*q = p->lp_next;
	release(p->lp_self);
	release(p->lp_above);
}

/*
 * Mounts and the network.
 */

static void
mounts_ready(struct loop_file *f)
{

	(void)f;
	mounts_fn();
}

int
loop_add_mounts(void (*fn)(void))
{

	mounts.lf_fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	if (mounts.lf_fd == -1)
		return (errno);
	mounts.lf_ready = mounts_ready;
	mounts_fn = fn;
	/* It is always readable; a change is an exception. */
	return (add_or_close(&mounts, EPOLLPRI));
}

static void
network_ready(struct loop_file *f)
{
	char room[4096];

	while (recv(f->lf_fd, room, sizeof(room), MSG_DONTWAIT) > 0)
		;
	network_fn();
}

int
loop_add_network(void (*fn)(void))
{
	struct sockaddr_nl nl;

	network.lf_fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
	    NETLINK_ROUTE);
	if (network.lf_fd == -1)
		return (errno);
	memset(&nl, 0, sizeof(nl));
	nl.nl_family = AF_NETLINK;
	nl.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
	if (bind(network.lf_fd, (struct sockaddr *)&nl, sizeof(nl)) == -1) {
		int error = errno;

		(void)close(network.lf_fd);
		network.lf_fd = -1;
		return (error);
	}
	network.lf_ready = network_ready;
	network_fn = fn;
	return (add_or_close(&network, EPOLLIN));
}

/*
 * Waiting.
 */

static int
timeout_ms(uint64_t deadline)
{
	uint64_t ms, t;

	if (deadline == NEVER)
		return (-1);
	t = now();
	if (deadline <= t)
		return (0);
	/* Rounded up: early would be a turn of the loop for nothing. */
	ms = (deadline - t + MILLISECOND - 1) / MILLISECOND;
	return (ms > INT_MAX ? INT_MAX : (int)ms);
}

void
loop_wait(uint64_t deadline)
{
	struct epoll_event ev;
	struct loop_file *f;

	if (epoll_wait(ep, &ev, 1, timeout_ms(deadline)) == 1) {
		f = ev.data.ptr;
		f->lf_ready(f);
	}
}
