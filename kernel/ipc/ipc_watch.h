/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Who looks at a port or set from outside of Mach: knotes (ipc_knote.c) and
 * the descriptor of a set (pset_fd.h).
 *
 * An object that nobody looks at has no watch.  It gets one with the first
 * knote or descriptor and keeps it: whoever looks at an object holds a
 * reference on it, so the list of knotes is empty when the object is freed,
 * and destroying an object never waits for a kqueue.
 *
 * Everything here is protected by the object's mutex, which is the lock of the
 * list of knotes as well.  A kqueue's own lock comes after it.
 *
 * iw_moved counts how often the receive right went away.  A knote remembers
 * the count it was attached at: what was attached for one right never reports
 * messages of a later one, even when the port comes back to the same name.
 */

#ifndef _KERNEL_IPC_IPC_WATCH_H_
#define _KERNEL_IPC_IPC_WATCH_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/event.h>

#include <kernel/ipc/ipc_object.h>

struct ipc_port;
struct ipc_pset;
struct pset_fd;

struct ipc_watch {
	struct knlist	 iw_knotes;
	u_int		 iw_moved;
	struct pset_fd	*iw_fd;		/* of a set, charged; NULL: none */
};

/*
 * The object's watch, made on first use; locks the object, on which the caller
 * has a reference.  May sleep.
 */
struct ipc_watch *ipc_watch_lock(struct ipc_object *object);
void	ipc_watch_free(struct ipc_object *object);	/* ipc_object_drop */

/*
 * A message was queued at the port, which is locked; `psets`: a set with
 * a watch holds it.
 */
void	ipc_watch_posted(struct ipc_port *port, bool psets);
/*
 * A member became ready or joined with messages, or the last one was emptied.
 * Both are locked.
 */
void	ipc_watch_pset_ready(struct ipc_pset *pset, struct ipc_port *member);
void	ipc_watch_pset_empty(struct ipc_pset *pset);
/* The receive right or the set went away.  Locked. */
void	ipc_watch_gone(struct ipc_object *object);

/*
 * The port whose message a receive would take now: the port itself, or a
 * member of the set; MACH_PORT_NULL: none.  Locked.
 */
mach_port_name_t ipc_watch_ready(struct ipc_object *object);

/* ipc_knote.c */
extern struct filterops ipc_knote_filtops;	/* EVFILT_MACHPORT */

#endif /* !_KERNEL_IPC_IPC_WATCH_H_ */
