/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kqueue(2) with EVFILT_MACHPORT, for sources written for Darwin.
 *
 * On FreeBSD the number of the filter is assigned when mach.ko is loaded, and
 * -8, Darwin's EVFILT_MACHPORT, is FreeBSD's EVFILT_PROCDESC.  With this
 * header EVFILT_MACHPORT is -8 and kevent(), kevent64() and kevent_qos() are
 * libmach's: they take -8 for the assigned number, in changes and in events,
 * and pass on everything else.  EVFILT_PROCDESC is not available under this
 * header.
 * Sources that include <sys/event.h> alone are compiled with the directory
 * mach-ko/darwin on the include path, whose <sys/event.h> is both.
 *
 * EVFILT_MACHPORT, as on Darwin:
 *	ident	the name of a receive right or port set of the calling task
 *	fflags	0, or MACH_RCV_MSG and other options of a receive:
 *		MACH_RCV_LARGE, MACH_RCV_LARGE_IDENTITY, those that choose
 *		the trailer, MACH_RCV_VOUCHER, MACH_MSG_STRICT_REPLY
 *	ext[0], ext[1]	with MACH_RCV_MSG: address and size of the buffer
 * An event without MACH_RCV_MSG: data is the name of the port that has a
 * message (a member, for a set).  With it the message has been received:
 * fflags is the result of the receive, ext[1] the size of message and trailer;
 * for MACH_RCV_TOO_LARGE with MACH_RCV_LARGE_IDENTITY data is the port's name.
 * A size of 0 receives nothing and reports what waits in that way.
 * When the receive right dies or leaves the task, EV_EOF with EV_ONESHOT; with
 * EV_VANISHED in the registration, EV_VANISHED besides.
 * EV_ADD fails with ENOENT when the name denotes nothing, ENOTSUP when it is
 * another right, ENOMEM past a limit, EINVAL when the kernel has no filter
 * (then mach_pset_fd() is what is left).  A change that sets or clears
 * MACH_RCV_MSG is refused with EINVAL.
 *
 * Where we differ: with MACH_RCV_MSG each message is an event, with EV_CLEAR as
 * well.  EV_UDATA_SPECIFIC is accepted and has no effect: a kqueue has one
 * registration for a name.  The knote of a one-time event that was received
 * goes at the next look at the kqueue.
 *
 * On Linux there is no kqueue: MACH_HAVE_KEVENT is 0 and nothing is declared.
 * Use mach_pset_fd() with epoll(7).
 */

#ifndef _MACH_KEVENT_H_
#define	_MACH_KEVENT_H_

#if !defined(__FreeBSD__)
#define	MACH_HAVE_KEVENT	0
#else
#define	MACH_HAVE_KEVENT	1

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <stddef.h>
#include <stdint.h>

#include <mach/message.h>

#undef EVFILT_PROCDESC
#define	EVFILT_MACHPORT		(-8)

/* Flags of Darwin that FreeBSD does not have. */
#define	EV_UDATA_SPECIFIC	0x0100
#define	EV_DISPATCH2		(EV_DISPATCH | EV_UDATA_SPECIFIC)
#define	EV_VANISHED		0x0200

#define	KEVENT_FLAG_NONE		0x000000
#define	KEVENT_FLAG_IMMEDIATE		0x000001
#define	KEVENT_FLAG_ERROR_EVENTS	0x000002

struct kevent64_s {
	uint64_t	ident;
	int16_t		filter;
	uint16_t	flags;
	uint32_t	fflags;
	int64_t		data;
	uint64_t	udata;
	uint64_t	ext[2];
};

struct kevent_qos_s {
	uint64_t	ident;
	int16_t		filter;
	uint16_t	flags;
	int32_t		qos;		/* not used; 0 in events */
	uint64_t	udata;
	uint32_t	fflags;
	uint32_t	xflags;		/* likewise */
	int64_t		data;
	uint64_t	ext[4];
};

#define	EV_SET64(kevp, a, b, c, d, e, f, g, h) do {			\
	struct kevent64_s *__kevp = (kevp);				\
	__kevp->ident = (a);						\
	__kevp->filter = (b);						\
	__kevp->flags = (c);						\
	__kevp->fflags = (d);						\
	__kevp->data = (e);						\
	__kevp->udata = (f);						\
	__kevp->ext[0] = (g);						\
	__kevp->ext[1] = (h);						\
} while (0)

MACH_BEGIN_DECLS

/*
 * mach_kevent: kevent(2), whose arguments and results it has.  An event that
 * tells of a message which another thread received first is left out, and the
 * wait goes on.
 */
extern int mach_kevent(int kq, const struct kevent *changelist, int nchanges,
	    struct kevent *eventlist, int nevents,
	    const struct timespec *timeout);
#define	kevent(kq, changes, nchanges, events, nevents, timeout)		\
	mach_kevent((kq), (changes), (nchanges), (events), (nevents), (timeout))

/*
 * kevent64: the same with 64-bit fields.  flags: KEVENT_FLAG_IMMEDIATE does not
 * wait, whatever the timeout; KEVENT_FLAG_ERROR_EVENTS reports the errors of
 * changes and no event.  EINVAL: another flag.
 * Darwin.
 */
extern int kevent64(int kq, const struct kevent64_s *changelist, int nchanges,
	    struct kevent64_s *eventlist, int nevents, unsigned int flags,
	    const struct timespec *timeout);

/*
 * kevent_qos: the same in Darwin's third form, which waits for ever unless
 * KEVENT_FLAG_IMMEDIATE is set.  ENOTSUP: data_out is not null; messages are
 * received into the buffers of ext[].
 * Darwin.
 */
extern int kevent_qos(int kq, const struct kevent_qos_s *changelist,
	    int nchanges, struct kevent_qos_s *eventlist, int nevents,
	    void *data_out, size_t *data_available, unsigned int flags);

MACH_END_DECLS

#endif /* __FreeBSD__ */

#endif /* !_MACH_KEVENT_H_ */
