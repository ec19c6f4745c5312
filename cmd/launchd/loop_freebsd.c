/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The event loop of FreeBSD.  loop.h is its model.
 *
 * An absolute EVFILT_TIMER becomes a monotonic time when it is added, and
 * nothing of the base system says that the wall clock was set.  mach.ko does:
 * host_request_notification(), asked for while anybody waits for a time of day.
 * Should it refuse, the clock is looked at each minute, and a job that is due
 * after the clock was set starts up to a minute late.
 */

#include <sys/types.h>
#include <sys/event.h>
#include <sys/mount.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <net/route.h>

#include <mach/host_notify.h>
#include <mach/kevent.h>

#include "launchd.h"
#include "loop.h"

#define	SETS_MAX	4
#define	CLOCK_TIMER	1		/* ident of the EVFILT_TIMER */
#define	CLOCK_STEP	60		/* seconds, if nobody tells */
#define	CLOCK_STEP_TOLD	86400
#define	PATH_EVENTS	(NOTE_DELETE | NOTE_WRITE | NOTE_EXTEND | \
	NOTE_ATTRIB | NOTE_LINK | NOTE_RENAME | NOTE_REVOKE)

static int kq = -1;
static struct {
	mach_port_t	  set;
	void		(*fn)(void);
} sets[SETS_MAX];
static unsigned nsets;
static void (*signals_fn)(int);
static void (*wall_fn)(void);
static void (*mounts_fn)(void);
static void (*network_fn)(void);
static struct loop_file network = { .lf_fd = -1 };
static time_t wall_when;
static mach_port_t clock_port;		/* it is told that the clock was set */
static bool clock_asked;		/* will it be? */

int
loop_init(void)
{

	kq = kqueue();
	if (kq == -1)
		return (errno);
	(void)fcntl(kq, F_SETFD, FD_CLOEXEC);
	return (0);
}

static int
change(uintptr_t ident, short filter, unsigned short flags, unsigned fflags,
    intptr_t data, void *udata)
{
	struct kevent kev;

	EV_SET(&kev, ident, filter, flags, fflags, data, udata);
	return (kevent(kq, &kev, 1, NULL, 0, NULL) == -1 ? errno : 0);
}

int
loop_add_file(struct loop_file *f)
{

	return (change((uintptr_t)f->lf_fd, EVFILT_READ, EV_ADD, 0, 0, f));
}

void
loop_remove_file(struct loop_file *f)
{

	(void)change((uintptr_t)f->lf_fd, EVFILT_READ, EV_DELETE, 0, 0, NULL);
}

int
loop_add_set(mach_port_t set, void (*fn)(void))
{
	int error;

	if (nsets == SETS_MAX)
		return (ENOSPC);
	error = change(set, EVFILT_MACHPORT, EV_ADD, 0, 0, NULL);
	if (error == 0) {
		sets[nsets].set = set;
		sets[nsets++].fn = fn;
	}
	return (error);
}

int
loop_add_signals(const int *list, size_t n, void (*fn)(int))
{
	size_t i;
	int error;

	signals_fn = fn;
	for (i = 0; i < n; i++) {
		error = change((uintptr_t)list[i], EVFILT_SIGNAL, EV_ADD, 0, 0,
		    NULL);
		if (error != 0)
			return (error);
	}
	return (0);
}

/*
 * The wall clock.
 */

static bool
ask_clock(void)
{
	mach_port_t host;

	if (clock_asked || clock_port == MACH_PORT_NULL)
		return (clock_asked);
	host = mach_host_self();
	clock_asked = host_request_notification(host,
	    HOST_NOTIFY_CALENDAR_CHANGE, clock_port) == KERN_SUCCESS;
	(void)mach_port_deallocate(mach_task_self(), host);
	return (clock_asked);
}

/* Asked again before the clock is read: what happens then is told of, too. */
static void
clock_ready(void)
{
	struct {
		mach_msg_header_t	head;
		mach_msg_max_trailer_t	trailer;
	} m;

	memset(&m.head, 0, sizeof(m.head));
	if (mach_msg(&m.head, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(m),
	    clock_port, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return;
	clock_asked = false;
	if (wall_when == 0)
		return;
	(void)ask_clock();
	wall_fn();
}

static void
clock_init(void)
{
	mach_port_t port;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return;
	if (loop_add_set(port, clock_ready) == 0)
		clock_port = port;
	else
		(void)mach_port_mod_refs(mach_task_self(), port,
		    MACH_PORT_RIGHT_RECEIVE, -1);
}

static int
wall_arm(void)
{
	struct timespec ts;
	time_t left, step;

	if (clock_port == MACH_PORT_NULL)
		clock_init();
	step = ask_clock() ? CLOCK_STEP_TOLD : CLOCK_STEP;
	(void)clock_gettime(CLOCK_REALTIME, &ts);
	left = wall_when - ts.tv_sec;
	if (left < 0)
		left = 0;
	if (left > step)
		left = step;
	return (change(CLOCK_TIMER, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0,
	    (intptr_t)left * 1000 + 1, NULL));
}

int
loop_clock(time_t when, void (*fn)(void))
{

	if (when == 0) {
		if (wall_when != 0)
			(void)change(CLOCK_TIMER, EVFILT_TIMER, EV_DELETE, 0, 0,
			    NULL);
		wall_when = 0;
		return (0);
	}
	wall_fn = fn;
	wall_when = when;
	return (wall_arm());
}

/*
 * Paths: a descriptor of what is there and one of the nearest directory above
 * that exists.
 */

static int
watch(const char *path, struct loop_path *p)
{
	int error, fd;

	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd == -1)
		return (-1);
	error = change((uintptr_t)fd, EVFILT_VNODE, EV_ADD | EV_CLEAR,
	    PATH_EVENTS, 0, p);
	if (error == 0)
		return (fd);
	(void)close(fd);
	errno = error;
	return (-1);
}

static int
watch_above(struct loop_path *p)
{
	char above[PATH_MAX];
	size_t n;
	int fd;

	for (n = strlen(p->lp_path); n > 1; ) {
		n = loop_path_above(p->lp_path, n);
		memcpy(above, p->lp_path, n);
		above[n] = '\0';
		fd = watch(above, p);
		if (fd != -1)
			return (fd);
	}
	return (-1);
}

static void
disarm(struct loop_path *p)
{

	if (p->lp_self != -1)
		(void)close(p->lp_self);
	if (p->lp_above != -1)
		(void)close(p->lp_above);
	p->lp_self = p->lp_above = -1;
}

/* Above first: what is made while we look is an event there. */
static void
arm(struct loop_path *p)
{

	disarm(p);
	p->lp_above = watch_above(p);
	p->lp_self = watch(p->lp_path, p);
}

int
loop_add_path(struct loop_path *p)
{

	p->lp_self = p->lp_above = -1;
	arm(p);
	return (p->lp_above != -1 || p->lp_self != -1 ? 0 : errno);
}

void
loop_remove_path(struct loop_path *p)
{

	disarm(p);
}

/*
 * Mounts and the network.
 */

int
loop_add_mounts(void (*fn)(void))
{

	mounts_fn = fn;
	return (change(0, EVFILT_FS, EV_ADD | EV_CLEAR, VQ_MOUNT, 0, NULL));
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

	network.lf_fd = socket(PF_ROUTE, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (network.lf_fd == -1)
		return (errno);
	network.lf_ready = network_ready;
	network_fn = fn;
	return (loop_add_file(&network));
}

/*
 * Waiting.
 */

static void
set_ready(mach_port_t set)
{
	unsigned i;

	for (i = 0; i < nsets; i++)
		if (sets[i].set == set)
			sets[i].fn();
}

/* It is pending still, as it is blocked, and would outlive an execve(2). */
static void
take_signal(int signo)
{
	static const struct timespec none;
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, signo);
	(void)sigtimedwait(&set, NULL, &none);
}

static void
happened(const struct kevent *kev)
{
	struct loop_file *f;
	struct loop_path *p;

	switch (kev->filter) {
	case EVFILT_MACHPORT:
		set_ready((mach_port_t)kev->ident);
		break;
	case EVFILT_READ:
		f = kev->udata;
		f->lf_ready(f);
		break;
	case EVFILT_SIGNAL:
		take_signal((int)kev->ident);
		signals_fn((int)kev->ident);
		break;
	case EVFILT_VNODE:
		p = kev->udata;
		arm(p);
		p->lp_changed(p);
		break;
	case EVFILT_FS:
		mounts_fn();
		break;
	case EVFILT_TIMER:
		wall_fn();
		break;
	}
}

void
loop_wait(uint64_t deadline)
{
	struct kevent kev;
	struct timespec ts;
	uint64_t left, t;

	left = 0;
	if (deadline != NEVER) {
		t = now();
		left = deadline > t ? deadline - t : 0;
		ts.tv_sec = (time_t)(left / SECOND);
		ts.tv_nsec = (long)(left % SECOND);
		if (ts.tv_sec > INT_MAX)
			ts.tv_sec = INT_MAX;
	}
	if (kevent(kq, NULL, 0, &kev, 1, deadline == NEVER ? NULL : &ts) == 1 &&
	    (kev.flags & EV_ERROR) == 0)
		happened(&kev);
}
