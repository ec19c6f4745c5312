/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * EVFILT_MACHPORT: the knotes of ports and sets.
 *
 * The identifier is the name of a receive right or of a set.  Without
 * MACH_RCV_MSG in fflags an event says which port has a message (data).  With
 * it kevent(2) receives the message itself, into the buffer at ext[0] of ext[1]
 * bytes, and reports the result of the receive in fflags and what the message
 * takes in ext[1], as Darwin does.
 *
 * Life.  A knote holds a reference on its object from before it is on the
 * list until after it is off it.  When the receive right leaves the task or
 * dies (ipc_watch_gone) the knote reports EV_EOF once and goes.  Should the
 * name be added anew before that was collected, the knote moves to what the
 * name denotes now (ipc_knote_rebind).
 *
 * Locks.  The list's lock is the object's mutex, and the kqueue holds it
 * around f_event and f_touch.  f_event takes nothing and never sleeps.
 * f_touch lets go of it to receive, which may sleep: the kqueue keeps the knote
 * in flux and holds no other lock, so nothing can take the knote away
 * meanwhile, and what happens to the object is looked at again afterwards.
 *
 * kqueue(9) reads kn_flags when f_touch has returned: EV_CLEAR and EV_DISPATCH
 * take the knote off the queue, EV_DROP makes one that stays on it go.  Where
 * Darwin decides that in the filter we lay flags aside for that moment
 * (ikn_laid_aside), to be put back by the next call under the lock.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/sysent.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/ipc/mach_msg.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>

static MALLOC_DEFINE(M_MACH_KNOTE, "mach_knote", "Mach knotes");

/* The options a knote may receive with; others are of no use here. */
#define	IPC_KNOTE_OPTIONS	(MACH_RCV_MSG | MACH_RCV_LARGE |	\
	MACH_RCV_LARGE_IDENTITY | MACH_RCV_TRAILER_MASK |		\
	MACH_RCV_VOUCHER | MACH_MSG_STRICT_REPLY)

/* What stays of the flags of an addition. */
#define	IPC_KNOTE_ACTIONS	(EV_ADD | EV_DELETE | EV_ENABLE |	\
	EV_DISABLE | EV_FORCEONESHOT | EV_RECEIPT | EV_SYSFLAGS)

struct ipc_knote {
	struct ipc_object *ikn_object;	/* referenced */
	struct ipc_object *ikn_before;	/* referenced, see rebind; or NULL */
	struct ipc_space *ikn_space;	/* compared only */
	struct mach_quota *ikn_quota;	/* referenced and charged */
	u_int		 ikn_moved;	/* iw_moved at the attach */
	u_short		 ikn_laid_aside;
	bool		 ikn_once;	/* EV_ONESHOT, done by us */
	bool		 ikn_refused;	/* a change: say so */
};

/* What a task is charged: the knote, ours and kqueue(9)'s, and the watch. */
#define	IPC_KNOTE_BYTES	(sizeof(struct ipc_knote) + sizeof(struct knote) + \
	sizeof(struct ipc_watch))

static struct ipc_knote *
ipc_knote_of(struct knote *kn)
{

	return (kn->kn_hook);
}

/* Has the right gone that the knote was attached for?  Object locked. */
static bool
ipc_knote_gone(struct ipc_knote *ikn)
{

	return (ikn->ikn_moved != ikn->ikn_object->io_watch->iw_moved);
}

/* Is this what the task calls by that name?  Object locked. */
static bool
ipc_knote_denotes(struct ipc_space *space, mach_port_name_t name,
    struct ipc_object *object)
{
	struct ipc_port *port;

	if (!object->io_active)
		return (false);
	if (object->io_type == IOT_PORT_SET)
		return (ipc_object_pset(object)->ips_name == name);
	port = ipc_object_port(object);
	return (port->ip_receiver == space && port->ip_receiver_name == name);
}

/*
 * Put the knote, which is on no list, on that of the object its name denotes
 * in the calling task.  Nothing is locked; on success the object is, so that
 * the caller can finish the knote before anything happens to it.
 */
static int
ipc_knote_bind(struct knote *kn, struct ipc_knote *ikn)
{
	struct ipc_entry *entry;
	struct ipc_object *object;
	struct ipc_space *space;
	struct ipc_watch *watch;
	struct mach_task *task;
	mach_port_name_t name;
	int error;

	/* Who never made a Mach call has no names, and gets no task here. */
	task = mach_task_find(curproc);
	if (task == NULL)
		return (ENOENT);
	name = (mach_port_name_t)kn->kn_id;
	space = kn->kn_id == name ? mach_task_space(task) : NULL;
	mach_task_drop(task);
	if (space == NULL)
		return (ENOENT);
	object = NULL;
	error = ENOENT;
	is_read_lock(space);
	entry = ipc_entry_lookup(space, name);
	if (entry != NULL) {
		error = ENOTSUP;
		if ((entry->ie_bits & (MACH_PORT_TYPE_RECEIVE |
		    MACH_PORT_TYPE_PORT_SET)) != 0) {
			object = entry->ie_object;
			ipc_object_hold(object);
		}
	}
	is_read_unlock(space);
	if (object == NULL) {
		ipc_space_drop(space);
		return (error);
	}

	watch = ipc_watch_lock(object);
	if (!ipc_knote_denotes(space, name, object)) {
		io_unlock(object);
		ipc_object_drop(object);
		ipc_space_drop(space);
		return (ENOENT);
	}
	ikn->ikn_object = object;
	ikn->ikn_space = space;
	ikn->ikn_moved = watch->iw_moved;
	knlist_add(&watch->iw_knotes, kn, 1);
	/* Not the last reference: the calling task has one. */
	ipc_space_drop(space);
	return (0);
}

/* A new registration, or one that starts over. */
static void
ipc_knote_reset(struct knote *kn, struct ipc_knote *ikn)
{

	ikn->ikn_laid_aside = 0;
	ikn->ikn_refused = false;
	ikn->ikn_once = false;
	kn->kn_fflags = 0;
	kn->kn_data = 0;
	/* kqueue(9) does not ask the filter again before EV_ONESHOT goes. */
	if ((kn->kn_flags & EV_ONESHOT) != 0 &&
	    (kn->kn_sfflags & MACH_RCV_MSG) != 0) {
		kn->kn_flags &= ~EV_ONESHOT;
		ikn->ikn_once = true;
	}
}

static void
ipc_knote_free(struct ipc_knote *ikn)
{

	mach_quota_uncharge(ikn->ikn_quota, MACH_RES_KMEM, IPC_KNOTE_BYTES);
	mach_quota_drop(ikn->ikn_quota);
	free(ikn, M_MACH_KNOTE);
	mach_counter_gone(MACH_COUNTER_KNOTES, 1);
}

static int
ipc_knote_attach(struct knote *kn)
{
	struct ipc_knote *ikn;
	struct mach_quota *quota;
	struct mach_task *task;
	int error;

	task = mach_task_find(curproc);
	if (task == NULL)
		return (ENOENT);
	quota = task->t_quota;
	mach_quota_hold(quota);
	mach_task_drop(task);
	if (!mach_quota_charge(quota, MACH_RES_KMEM, IPC_KNOTE_BYTES)) {
		mach_counter_failed(MACH_COUNTER_KNOTES);
		mach_quota_drop(quota);
		return (ENOMEM);
	}
	ikn = malloc(sizeof(*ikn), M_MACH_KNOTE, M_WAITOK | M_ZERO);
	ikn->ikn_quota = quota;
	(void)mach_counter_made(MACH_COUNTER_KNOTES);
	kn->kn_hook = ikn;
	ipc_knote_reset(kn, ikn);
	error = ipc_knote_bind(kn, ikn);
	if (error == 0) {
		io_unlock(ikn->ikn_object);
		return (0);
	}
	kn->kn_hook = NULL;
	ipc_knote_free(ikn);
	return (error);
}

static void
ipc_knote_detach(struct knote *kn)
{
	struct ipc_knote *ikn;

	ikn = ipc_knote_of(kn);
	knlist_remove(&ikn->ikn_object->io_watch->iw_knotes, kn, 0);
	kn->kn_hook = NULL;
	ipc_object_drop(ikn->ikn_object);
	if (ikn->ikn_before != NULL)
		ipc_object_drop(ikn->ikn_before);
	ipc_knote_free(ikn);
}

/* The next call under the lock puts them back. */
static void
ipc_knote_lay_aside(struct knote *kn, struct ipc_knote *ikn, u_short flags)
{

	ikn->ikn_laid_aside |= kn->kn_flags & flags;
	kn->kn_flags &= ~flags;
}

static void
ipc_knote_eof(struct knote *kn)
{

	kn->kn_flags |= EV_EOF | EV_ONESHOT;
	kn->kn_fflags = 0;
	kn->kn_data = 0;
}

static int
ipc_knote_event(struct knote *kn, long hint)
{
	struct ipc_knote *ikn;
	mach_port_name_t name;

	ikn = ipc_knote_of(kn);
	/*
	 * Only in the registration that moved the knote to another object:
	 * the kqueue has the lock of the former one.  Whoever scans next has
	 * the right one, and asks again.
	 */
	if (!mtx_owned(&ikn->ikn_object->io_lock))
		return (1);
	kn->kn_flags |= ikn->ikn_laid_aside;
	ikn->ikn_laid_aside = 0;
	if (ipc_knote_gone(ikn)) {
		ipc_knote_eof(kn);
		return (1);
	}
	if (ikn->ikn_refused)
		return (1);
	name = hint != 0 ? (mach_port_name_t)hint :
	    ipc_watch_ready(ikn->ikn_object);
	if (name == MACH_PORT_NULL)
		return (0);
	kn->kn_fflags = 0;
	kn->kn_data = name;
	return (1);
}

/*
 * The name of a knote whose right went away was added again: the knote starts
 * over as that of the right it denotes now.  The former object, which is
 * locked, is locked again at the end, since the kqueue will unlock it, and
 * lives as long as the knote or until that moves again.
 */
static int
ipc_knote_rebind(struct knote *kn, struct ipc_knote *ikn, struct kevent *kev)
{
	struct ipc_object *before, *older;
	int error;

	before = ikn->ikn_object;
	knlist_remove(&before->io_watch->iw_knotes, kn, 1);
	io_unlock(before);
	error = ipc_knote_bind(kn, ikn);
	if (error != 0) {
		io_lock(before);
		knlist_add(&before->io_watch->iw_knotes, kn, 1);
		return (error);
	}
	/*
	 * kn_status, too: who else changes it meanwhile comes from the list
	 * that the knote is on, under this lock.
	 */
	older = ikn->ikn_before;
	ikn->ikn_before = before;
	kn->kn_flags = kev->flags & ~IPC_KNOTE_ACTIONS;
	kn->kn_sfflags = (int)kev->fflags;
	kn->kn_kevent.ext[0] = kev->ext[0];
	kn->kn_kevent.ext[1] = kev->ext[1];
	ipc_knote_reset(kn, ikn);
	if ((kn->kn_flags & EV_ONESHOT) != 0) {
		/* f_event is about to say yes without having looked. */
		kn->kn_flags &= ~EV_ONESHOT;
		ikn->ikn_once = true;
	}
	if ((kev->flags & EV_DISABLE) == 0)
		kn->kn_status &= ~KN_DISABLED;
	io_unlock(ikn->ikn_object);
	if (older != NULL)
		ipc_object_drop(older);
	io_lock(before);
	return (0);
}

/*
 * What is wrong with a change goes out as Darwin's kevent does it: as an event
 * with EV_ERROR; with EV_RECEIPT, where the kqueue itself writes the event, in
 * its fflags.
 */
static void
ipc_knote_refuse(struct ipc_knote *ikn, struct kevent *kev)
{

	if ((kev->flags & EV_RECEIPT) != 0)
		kev->fflags = EINVAL;
	else
		ikn->ikn_refused = true;
}

/* An EV_ADD, EV_ENABLE or EV_DISABLE of a knote that is there. */
static void
ipc_knote_change(struct knote *kn, struct kevent *kev)
{
	struct ipc_knote *ikn;
	u_int fflags;

	ikn = ipc_knote_of(kn);
	fflags = kev->fflags;
	if ((kev->flags & EV_RECEIPT) != 0)
		kev->fflags = 0;
	if ((kev->flags & EV_ADD) != 0 && ((kn->kn_flags & EV_DROP) != 0 ||
	    ipc_knote_gone(ikn) || !ipc_knote_denotes(ikn->ikn_space,
	    (mach_port_name_t)kn->kn_id, ikn->ikn_object))) {
		kev->fflags = fflags;
		if (ipc_knote_rebind(kn, ikn, kev) != 0)
			ipc_knote_refuse(ikn, kev);
		else if ((kev->flags & EV_RECEIPT) != 0)
			kev->fflags = 0;
		return;
	}
	if ((((u_int)kn->kn_sfflags ^ fflags) & MACH_RCV_MSG) != 0) {
		ipc_knote_refuse(ikn, kev);
		return;
	}
	kn->kn_sfflags = (int)fflags;
	kn->kn_kevent.ext[0] = kev->ext[0];
	kn->kn_kevent.ext[1] = kev->ext[1];
}

/* Let the knote stay on the queue, so that its EV_DROP is seen. */
static void
ipc_knote_end(struct knote *kn)
{

	kn->kn_flags &= ~(EV_CLEAR | EV_DISPATCH);
	kn->kn_flags |= EV_DROP;
}

/* Receive for the event.  The object is locked, and unlocked meanwhile. */
static void
ipc_knote_receive(struct knote *kn, struct ipc_knote *ikn, struct kevent *kev)
{
	struct ipc_object *object;
	struct mach_thread *th;
	mach_msg_option_t option;
	mach_msg_return_t mr;
	mach_msg_size_t size;
	mach_port_name_t name;

	object = ikn->ikn_object;
	option = kn->kn_sfflags & IPC_KNOTE_OPTIONS;
	size = (mach_msg_size_t)MIN(kev->ext[1], UINT32_MAX);
	if (size == 0)
		option |= MACH_RCV_LARGE | MACH_RCV_LARGE_IDENTITY;
	ipc_object_hold(object);
	io_unlock(object);
	name = MACH_PORT_NULL;
	/* This may be the thread's first encounter with Mach. */
	th = mach_thread_current();
	if (th == NULL) {
		ipc_object_drop(object);
		mr = KERN_RESOURCE_SHORTAGE;
	} else if (th->th_task->t_space != ikn->ikn_space) {
		/* A kqueue shared with another process. */
		ipc_object_drop(object);
		mr = MACH_RCV_INVALID_NAME;
	} else {
		th->th_is32 = SV_PROC_FLAG(curproc, SV_ILP32) != 0;
		mr = mach_msg_receive_now(th, object, kev->ext[0], &size,
		    option, &name);
	}
	io_lock(object);

	if (mr != MACH_MSG_SUCCESS && ipc_knote_gone(ikn)) {
		/* It went meanwhile: the event is that, and the last one. */
		ipc_knote_eof(kn);
		*kev = kn->kn_kevent;
		ipc_knote_end(kn);
		return;
	}
	kev->fflags = (u_int)mr;
	kev->data = name;
	kev->ext[1] = size;
	if (mr == MACH_RCV_TIMED_OUT)
		/* Somebody else was faster: the event is still to come. */
		ipc_knote_lay_aside(kn, ikn, EV_CLEAR | EV_DISPATCH);
	else if (ikn->ikn_once) {
		kev->flags |= EV_ONESHOT;
		ipc_knote_end(kn);
	} else if (!ipc_knote_gone(ikn) &&
	    ipc_watch_ready(object) == MACH_PORT_NULL)
		/* All of it was reported, as far as the flags go. */
		;
	else
		/* It may have come while the lock was not held. */
		ipc_knote_lay_aside(kn, ikn, EV_CLEAR);
}

static void
ipc_knote_process(struct knote *kn, struct kevent *kev)
{
	struct ipc_knote *ikn;

	ikn = ipc_knote_of(kn);
	*kev = kn->kn_kevent;
	if ((kn->kn_flags & EV_EOF) != 0)
		ipc_knote_end(kn);
	else if (ikn->ikn_refused) {
		ikn->ikn_refused = false;
		kev->flags = EV_ERROR;
		kev->data = EINVAL;
		ipc_knote_lay_aside(kn, ikn, EV_CLEAR | EV_DISPATCH);
	} else if ((kn->kn_sfflags & MACH_RCV_MSG) != 0)
		ipc_knote_receive(kn, ikn, kev);
	else if (ikn->ikn_once) {
		kev->flags |= EV_ONESHOT;
		ipc_knote_end(kn);
	}
}

static void
ipc_knote_touch(struct knote *kn, struct kevent *kev, u_long type)
{

	if (type == EVENT_REGISTER)
		ipc_knote_change(kn, kev);
	else
		ipc_knote_process(kn, kev);
}

struct filterops ipc_knote_filtops = {
	.f_isfd = 0,
	.f_attach = ipc_knote_attach,
	.f_detach = ipc_knote_detach,
	.f_event = ipc_knote_event,
	.f_touch = ipc_knote_touch
};
