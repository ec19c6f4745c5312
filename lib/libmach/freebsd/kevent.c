/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kevent(2) for sources that know Darwin's EVFILT_MACHPORT: its number, -8, is
 * translated to the one that mach.ko was given, and back.  The model of the
 * filter is in kernel/ipc/ipc_knote.c.
 *
 * No locks; the number is looked up once and does not change while the module
 * is in use.
 */

#include <sys/types.h>
#include <sys/sysctl.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <mach/kevent.h>

#include "../libmach.h"

#undef kevent

#define	ON_STACK	16	/* events that need no memory of the heap */
#define	NO_FILTER	0x7fff	/* which every kernel refuses: EINVAL */

/* kqueue(2)'s own, which Darwin's EV_UDATA_SPECIFIC stands for elsewhere. */
#define	FORCEONESHOT	EV_UDATA_SPECIFIC

static _Atomic int machport;	/* 0: not looked up */

static int
machport_filter(void)
{
	size_t size;
	int filter, saved;

	filter = atomic_load_explicit(&machport, memory_order_relaxed);
	if (filter != 0)
		return (filter);
	saved = errno;
	size = sizeof(filter);
	if (sysctlbyname("kern.mach.evfilt_machport", &filter, &size, NULL,
	    0) != 0 || filter == 0)
		filter = NO_FILTER;	/* asked again: the module may come */
	else
		atomic_store_explicit(&machport, filter,
		    memory_order_relaxed);
	errno = saved;
	return (filter);
}

/* A change from the caller's form to the kernel's. */
static void
to_kernel(struct kevent *kev)
{

	if (kev->filter != EVFILT_MACHPORT)
		return;
	kev->filter = (short)machport_filter();
	kev->flags &= (unsigned short)~FORCEONESHOT;
}

/* An event from the kernel's form to the caller's.  False: it is none. */
static bool
from_kernel(struct kevent *kev, int filter)
{

	if (kev->filter != filter)
		return (true);
	kev->filter = EVFILT_MACHPORT;
	if ((kev->flags & EV_ERROR) != 0) {
		/* A receipt: what the filter itself refused. */
		if (kev->data == 0 && kev->fflags != 0)
			kev->data = kev->fflags;
		kev->fflags = 0;
		return (true);
	}
	/* The flag comes back as it was given; it is to tell of the end. */
	if ((kev->flags & EV_EOF) == 0)
		kev->flags &= (unsigned short)~EV_VANISHED;
	return (kev->fflags != MACH_RCV_TIMED_OUT);
}

static void
remaining(const struct timespec *end, struct timespec *left)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	left->tv_sec = end->tv_sec - now.tv_sec;
	left->tv_nsec = end->tv_nsec - now.tv_nsec;
	if (left->tv_nsec < 0) {
		left->tv_sec--;
		left->tv_nsec += 1000000000;
	}
	if (left->tv_sec < 0)
		left->tv_sec = left->tv_nsec = 0;
}

/*
 * Changes without room for events: by receipts, so that what the filter refuses
 * is an error of this call.  The first error ends it, as in kevent(2).
 */
static int
apply(int kq, const struct kevent *changes, int nchanges)
{
	static const struct timespec none;
	struct kevent kev;
	int filter, i;

	filter = machport_filter();
	for (i = 0; i < nchanges; i++) {
		kev = changes[i];
		kev.flags |= EV_RECEIPT;
		if (kevent(kq, &kev, 1, &kev, 1, &none) < 0)
			return (-1);
		(void)from_kernel(&kev, filter);
		if (kev.data != 0) {
			errno = (int)kev.data;
			return (-1);
		}
	}
	return (0);
}

/* Changes are in the kernel's form already, events are left in the caller's. */
static int
wait_events(int kq, const struct kevent *changes, int nchanges,
    struct kevent *events, int nevents, const struct timespec *timeout)
{
	struct timespec end, left;
	int filter, i, n, room;

	filter = machport_filter();
	if (timeout != NULL) {
		(void)clock_gettime(CLOCK_MONOTONIC, &end);
		end.tv_sec += timeout->tv_sec;
		end.tv_nsec += timeout->tv_nsec;
		if (end.tv_nsec >= 1000000000) {
			end.tv_sec++;
			end.tv_nsec -= 1000000000;
		}
		left = *timeout;
		timeout = &left;
	}
	for (;;) {
		n = kevent(kq, changes, nchanges, events, nevents, timeout);
		if (n <= 0)
			return (n);
		for (i = room = 0; i < n; i++) {
			if (!from_kernel(&events[i], filter))
				continue;
			if (room != i)
				events[room] = events[i];
			room++;
		}
		if (room > 0)
			return (room);
		/* Others received all of it: as if nothing had been there. */
		nchanges = 0;
		if (timeout != NULL)
			remaining(&end, &left);
	}
}

static void *
get_room(void *on_stack, int n, size_t size)
{

	return (n <= ON_STACK ? on_stack : calloc((size_t)n, size));
}

static void
give_back(void *p, const void *on_stack)
{

	if (p != on_stack)
		free(p);
}

int
mach_kevent(int kq, const struct kevent *changelist, int nchanges,
    struct kevent *eventlist, int nevents, const struct timespec *timeout)
{
	struct kevent on_stack[ON_STACK], *changes;
	int error, i, n;

	for (i = 0; i < nchanges; i++)
		if (changelist[i].filter == EVFILT_MACHPORT)
			break;
	if (i >= nchanges)
		return (wait_events(kq, changelist, nchanges, eventlist,
		    nevents, timeout));
	changes = get_room(on_stack, nchanges, sizeof(*changes));
	if (changes == NULL)
		return (-1);
	memcpy(changes, changelist, (size_t)nchanges * sizeof(*changes));
	for (i = 0; i < nchanges; i++)
		to_kernel(&changes[i]);
	n = nevents == 0 ? apply(kq, changes, nchanges) :
	    wait_events(kq, changes, nchanges, eventlist, nevents, timeout);
	error = errno;
	give_back(changes, on_stack);
	errno = error;
	return (n);
}

/* Errors of changes only, as many as there is room for. */
static int
error_events(int kq, struct kevent *changes, int nchanges,
    struct kevent *events, int nevents)
{
	static const struct timespec none;
	struct kevent kev;
	int filter, i, n;

	filter = machport_filter();
	n = 0;
	for (i = 0; i < nchanges; i++) {
		kev = changes[i];
		kev.flags |= EV_RECEIPT;
		if (kevent(kq, &kev, 1, &kev, 1, &none) < 0)
			return (-1);
		(void)from_kernel(&kev, filter);
		if (kev.data == 0 && (changes[i].flags & EV_RECEIPT) == 0)
			continue;
		if (n == nevents) {
			if (kev.data == 0)
				continue;
			errno = (int)kev.data;
			return (-1);
		}
		events[n++] = kev;
	}
	return (n);
}

/* Both of Darwin's forms come down to this; the arrays are ours. */
static int
kevent_flags(int kq, struct kevent *changes, int nchanges,
    struct kevent *events, int nevents, unsigned int flags,
    const struct timespec *timeout)
{
	static const struct timespec none;
	int i;

	for (i = 0; i < nchanges; i++) {
		changes[i].flags &= (unsigned short)~FORCEONESHOT;
		to_kernel(&changes[i]);
	}
	if ((flags & KEVENT_FLAG_ERROR_EVENTS) != 0)
		return (error_events(kq, changes, nchanges, events, nevents));
	if (nevents == 0)
		return (apply(kq, changes, nchanges));
	return (wait_events(kq, changes, nchanges, events, nevents,
	    (flags & KEVENT_FLAG_IMMEDIATE) != 0 ? &none : timeout));
}

/* What the two forms have in common, field by field. */
#define	FIELDS(to, from) do {						\
	(to)->ident = (from)->ident;					\
	(to)->filter = (from)->filter;					\
	(to)->flags = (from)->flags;					\
	(to)->fflags = (from)->fflags;					\
	(to)->data = (from)->data;					\
	(to)->ext[0] = (from)->ext[0];					\
	(to)->ext[1] = (from)->ext[1];					\
} while (0)

int
kevent64(int kq, const struct kevent64_s *changelist, int nchanges,
    struct kevent64_s *eventlist, int nevents, unsigned int flags,
    const struct timespec *timeout)
{
	struct kevent c_stack[ON_STACK], e_stack[ON_STACK], *c, *e;
	int error, i, n;

	if ((flags & ~(unsigned int)(KEVENT_FLAG_IMMEDIATE |
	    KEVENT_FLAG_ERROR_EVENTS)) != 0 || nchanges < 0 || nevents < 0) {
		errno = EINVAL;
		return (-1);
	}
	n = -1;
	c = get_room(c_stack, nchanges, sizeof(*c));
	e = get_room(e_stack, nevents, sizeof(*e));
	if (c != NULL && e != NULL) {
		memset(c, 0, (size_t)nchanges * sizeof(*c));
		for (i = 0; i < nchanges; i++) {
			FIELDS(&c[i], &changelist[i]);
			c[i].udata = (void *)(uintptr_t)changelist[i].udata;
		}
		n = kevent_flags(kq, c, nchanges, e, nevents, flags, timeout);
		for (i = 0; i < n; i++) {
			FIELDS(&eventlist[i], &e[i]);
			eventlist[i].udata = (uintptr_t)e[i].udata;
		}
	}
	error = errno;
	give_back(c, c_stack);
	give_back(e, e_stack);
	errno = error;
	return (n);
}

int
kevent_qos(int kq, const struct kevent_qos_s *changelist, int nchanges,
    struct kevent_qos_s *eventlist, int nevents, void *data_out,
    size_t *data_available __unused, unsigned int flags)
{
	struct kevent c_stack[ON_STACK], e_stack[ON_STACK], *c, *e;
	int error, i, n;

	if (data_out != NULL) {
		errno = ENOTSUP;
		return (-1);
	}
	if ((flags & ~(unsigned int)(KEVENT_FLAG_IMMEDIATE |
	    KEVENT_FLAG_ERROR_EVENTS)) != 0 || nchanges < 0 || nevents < 0) {
		errno = EINVAL;
		return (-1);
	}
	n = -1;
	c = get_room(c_stack, nchanges, sizeof(*c));
	e = get_room(e_stack, nevents, sizeof(*e));
	if (c != NULL && e != NULL) {
		memset(c, 0, (size_t)nchanges * sizeof(*c));
		for (i = 0; i < nchanges; i++) {
			FIELDS(&c[i], &changelist[i]);
			c[i].ext[2] = changelist[i].ext[2];
			c[i].ext[3] = changelist[i].ext[3];
			c[i].udata = (void *)(uintptr_t)changelist[i].udata;
		}
		n = kevent_flags(kq, c, nchanges, e, nevents, flags, NULL);
		for (i = 0; i < n; i++) {
			FIELDS(&eventlist[i], &e[i]);
			eventlist[i].ext[2] = e[i].ext[2];
			eventlist[i].ext[3] = e[i].ext[3];
			eventlist[i].udata = (uintptr_t)e[i].udata;
			eventlist[i].qos = 0;
			eventlist[i].xflags = 0;
		}
	}
	error = errno;
	give_back(c, c_stack);
	give_back(e, e_stack);
	errno = error;
	return (n);
}
