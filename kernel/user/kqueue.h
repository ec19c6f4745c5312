/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A kqueue in the process, so that filters can be tried without FreeBSD: what
 * kevent(2) does with filters that are not about descriptors, with the same
 * order of locks and the same windows between them.
 */

#ifndef _KERNEL_USER_KQUEUE_H_
#define	_KERNEL_USER_KQUEUE_H_

#include <stdbool.h>

struct kevent;
struct kqueue;

struct kqueue	*kqueue_open(void);

/*
 * kevent(2): the changes, then up to nevents events, waiting for the first
 * up to timeout_ms milliseconds (-1: for ever).  Returns how many events there
 * are or, negative, an errno: of a change when nevents is 0; EINTR.
 */
int	kqueue_kevent(struct kqueue *kq, struct kevent *changes, int nchanges,
	    struct kevent *events, int nevents, int timeout_ms);

/* What poll(2) on its descriptor tells. */
bool	kqueue_readable(struct kqueue *kq);

/* Nobody is or comes inside of kqueue_kevent(). */
void	kqueue_close(struct kqueue *kq);

#endif /* !_KERNEL_USER_KQUEUE_H_ */
