/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * knlists, filters and a kqueue for tests.
 *
 * Model.  A kqueue has all its knotes in kq_knotes and those to be reported in
 * kq_head.  Whoever works on a knote without the kqueue's lock puts it in flux;
 * others wait until it is not.  A scan takes the queue up to a marker of its
 * own; the knotes that stay active go behind the marker.
 *
 * Locks.  A knlist's lock comes before the lock of a kqueue.  In knote() the
 * filter is asked with both held; in a scan and in a change with the first.
 * filters_lock is a leaf.
 */

#include <pthread.h>

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/condvar.h>
#include <sys/errno.h>
#include <sys/event.h>
#include <sys/time.h>

#include <kernel/user/kqueue.h>

static MALLOC_DEFINE(M_KQUEUE, "kqueue", "kqueues");

struct kqueue {
	struct mtx	kq_lock;
	struct cv	kq_ready;	/* something was put on the queue */
	struct cv	kq_settled;	/* a knote left its flux */
	TAILQ_HEAD(, knote) kq_head;
	int		kq_count;	/* of kq_head, without markers */
	struct klist	kq_knotes;
};

static pthread_mutex_t filters_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	struct filterops *ops;
	u_int		 refs;
} filters[EVFILT_SYSCOUNT];

int
kqueue_add_filteropts(int filt, struct filterops *filtops)
{
	int error;

	if (filt >= 0 || filt < -EVFILT_SYSCOUNT)
		return (EINVAL);
	(void)pthread_mutex_lock(&filters_lock);
	error = filters[~filt].ops != NULL ? EEXIST : 0;
	if (error == 0)
		filters[~filt].ops = filtops;
	(void)pthread_mutex_unlock(&filters_lock);
	return (error);
}

int
kqueue_del_filteropts(int filt)
{
	int error;

	if (filt >= 0 || filt < -EVFILT_SYSCOUNT)
		return (EINVAL);
	(void)pthread_mutex_lock(&filters_lock);
	if (filters[~filt].ops == NULL)
		error = EINVAL;
	else if (filters[~filt].refs != 0)
		error = EBUSY;
	else {
		error = 0;
		filters[~filt].ops = NULL;
	}
	(void)pthread_mutex_unlock(&filters_lock);
	return (error);
}

/* Every knote holds its filter. */
static struct filterops *
filter_hold(int filt)
{
	struct filterops *ops;

	if (filt >= 0 || filt < -EVFILT_SYSCOUNT)
		return (NULL);
	(void)pthread_mutex_lock(&filters_lock);
	ops = filters[~filt].ops;
	if (ops != NULL)
		filters[~filt].refs++;
	(void)pthread_mutex_unlock(&filters_lock);
	return (ops);
}

static void
filter_drop(int filt)
{

	(void)pthread_mutex_lock(&filters_lock);
	KASSERT(filters[~filt].refs > 0, ("filter references below zero"));
	filters[~filt].refs--;
	(void)pthread_mutex_unlock(&filters_lock);
}

/*
 * Knotes.  The kqueue is locked.
 */

static bool
knote_in_flux(const struct knote *kn)
{

	return (kn->kn_influx > 0);
}

static void
knote_enter_flux(struct knote *kn)
{

	mtx_assert(&kn->kn_kq->kq_lock, MA_OWNED);
	kn->kn_influx++;
}

static void
knote_leave_flux(struct knote *kn)
{

	mtx_assert(&kn->kn_kq->kq_lock, MA_OWNED);
	KASSERT(kn->kn_influx > 0, ("a knote leaves the flux it is not in"));
	if (--kn->kn_influx == 0)
		cv_broadcast(&kn->kn_kq->kq_settled);
}

static void
knote_enqueue(struct knote *kn)
{
	struct kqueue *kq;

	kq = kn->kn_kq;
	mtx_assert(&kq->kq_lock, MA_OWNED);
	KASSERT((kn->kn_status & KN_QUEUED) == 0, ("a knote queued twice"));
	TAILQ_INSERT_TAIL(&kq->kq_head, kn, kn_tqe);
	kn->kn_status |= KN_QUEUED;
	kq->kq_count++;
	cv_broadcast(&kq->kq_ready);
}

/* It is off the list of those to report, or about to be put back. */
static void
knote_unqueued(struct knote *kn, int also)
{

	kn->kn_status &= ~(KN_QUEUED | also);
	kn->kn_kq->kq_count--;
}

static void
knote_activate(struct knote *kn)
{

	kn->kn_status |= KN_ACTIVE;
	if ((kn->kn_status & (KN_QUEUED | KN_DISABLED)) == 0)
		knote_enqueue(kn);
}

/* In flux and unlocked. */
static void
knote_drop(struct knote *kn, bool detached)
{
	struct kqueue *kq;

	kq = kn->kn_kq;
	KASSERT(knote_in_flux(kn), ("dropping a knote that is not in flux"));
	if (!detached)
		kn->kn_fop->f_detach(kn);
	mtx_lock(&kq->kq_lock);
	KASSERT(kn->kn_influx == 1, ("others rely on the knote"));
	KASSERT((kn->kn_status & KN_DETACHED) != 0,
	    ("the filter left the knote on its list"));
	if ((kn->kn_status & KN_QUEUED) != 0) {
		TAILQ_REMOVE(&kq->kq_head, kn, kn_tqe);
		knote_unqueued(kn, 0);
	}
	SLIST_REMOVE(&kq->kq_knotes, kn, knote, kn_link);
	cv_broadcast(&kq->kq_settled);
	mtx_unlock(&kq->kq_lock);
	filter_drop(kn->kn_filter);
	free(kn, M_KQUEUE);
}

/*
 * Lists.
 */

void
knlist_init_mtx(struct knlist *knl, struct mtx *lock)
{

	SLIST_INIT(&knl->kl_list);
	knl->kl_lockarg = lock;
}

void
knlist_destroy(struct knlist *knl)
{

	KASSERT(KNLIST_EMPTY(knl), ("destroying a list with knotes"));
}

int
knlist_empty(struct knlist *knl)
{

	mtx_assert(knl->kl_lockarg, MA_OWNED);
	return (KNLIST_EMPTY(knl));
}

void
knlist_add(struct knlist *knl, struct knote *kn, int islocked)
{

	KASSERT(knote_in_flux(kn), ("adding a knote that is not in flux"));
	KASSERT((kn->kn_status & KN_DETACHED) != 0,
	    ("the knote is on a list already"));
	if (islocked)
		mtx_assert(knl->kl_lockarg, MA_OWNED);
	else
		mtx_lock(knl->kl_lockarg);
	SLIST_INSERT_HEAD(&knl->kl_list, kn, kn_selnext);
	if (!islocked)
		mtx_unlock(knl->kl_lockarg);
	mtx_lock(&kn->kn_kq->kq_lock);
	kn->kn_knlist = knl;
	kn->kn_status &= ~KN_DETACHED;
	mtx_unlock(&kn->kn_kq->kq_lock);
}

void
knlist_remove(struct knlist *knl, struct knote *kn, int islocked)
{

	KASSERT(knote_in_flux(kn), ("removing a knote that is not in flux"));
	KASSERT((kn->kn_status & KN_DETACHED) == 0,
	    ("the knote is on no list"));
	if (islocked)
		mtx_assert(knl->kl_lockarg, MA_OWNED);
	else
		mtx_lock(knl->kl_lockarg);
	SLIST_REMOVE(&knl->kl_list, kn, knote, kn_selnext);
	kn->kn_knlist = NULL;
	if (!islocked)
		mtx_unlock(knl->kl_lockarg);
	mtx_lock(&kn->kn_kq->kq_lock);
	kn->kn_status |= KN_DETACHED;
	mtx_unlock(&kn->kn_kq->kq_lock);
}

void
knote(struct knlist *list, long hint, int lockflags)
{
	struct knote *kn, *next;
	struct kqueue *kq;
	int active;

	if (list == NULL)
		return;
	if ((lockflags & KNF_LISTLOCKED) != 0)
		mtx_assert(list->kl_lockarg, MA_OWNED);
	else
		mtx_lock(list->kl_lockarg);
	for (kn = SLIST_FIRST(&list->kl_list); kn != NULL; kn = next) {
		next = SLIST_NEXT(kn, kn_selnext);
		kq = kn->kn_kq;
		mtx_lock(&kq->kq_lock);
		if (knote_in_flux(kn) && (kn->kn_status & KN_SCAN) == 0) {
			mtx_unlock(&kq->kq_lock);
			continue;
		}
		if ((lockflags & KNF_NOKQLOCK) != 0) {
			knote_enter_flux(kn);
			mtx_unlock(&kq->kq_lock);
			active = kn->kn_fop->f_event(kn, hint);
			mtx_lock(&kq->kq_lock);
			knote_leave_flux(kn);
		} else
			active = kn->kn_fop->f_event(kn, hint);
		if (active)
			knote_activate(kn);
		mtx_unlock(&kq->kq_lock);
	}
	if ((lockflags & KNF_LISTLOCKED) == 0)
		mtx_unlock(list->kl_lockarg);
}

static struct knlist *
knote_list_lock(struct knote *kn)
{
	struct knlist *knl;

	knl = kn->kn_knlist;
	if (knl != NULL)
		mtx_lock(knl->kl_lockarg);
	return (knl);
}

static void
knote_list_unlock(struct knlist *knl)
{

	if (knl != NULL)
		mtx_unlock(knl->kl_lockarg);
}

/*
 * The kqueue.
 */

struct kqueue *
kqueue_open(void)
{
	struct kqueue *kq;

	kq = malloc(sizeof(*kq), M_KQUEUE, M_WAITOK | M_ZERO);
	mtx_init(&kq->kq_lock, "kqueue", NULL, MTX_DEF);
	cv_init(&kq->kq_ready, "kqread");
	cv_init(&kq->kq_settled, "kqflxwt");
	TAILQ_INIT(&kq->kq_head);
	SLIST_INIT(&kq->kq_knotes);
	return (kq);
}

static struct knote *
kqueue_find(struct kqueue *kq, const struct kevent *kev)
{
	struct knote *kn;

	SLIST_FOREACH(kn, &kq->kq_knotes, kn_link) {
		if (kn->kn_id == kev->ident && kn->kn_filter == kev->filter)
			return (kn);
	}
	return (NULL);
}

/* A new knote; the kqueue is locked, and unlocked in any case. */
static int
kqueue_attach(struct kqueue *kq, struct knote *kn, struct kevent *kev,
    struct filterops *ops, struct knlist **knlp)
{
	int error;

	kn->kn_kq = kq;
	kn->kn_fop = ops;
	kn->kn_sfflags = (int)kev->fflags;
	kn->kn_sdata = kev->data;
	kev->fflags = 0;
	kev->data = 0;
	kn->kn_kevent = *kev;
	kn->kn_flags &= ~(EV_ADD | EV_DELETE | EV_ENABLE | EV_DISABLE |
	    EV_FORCEONESHOT);
	kn->kn_status = KN_DETACHED;
	if ((kev->flags & EV_DISABLE) != 0)
		kn->kn_status |= KN_DISABLED;
	knote_enter_flux(kn);
	SLIST_INSERT_HEAD(&kq->kq_knotes, kn, kn_link);
	mtx_unlock(&kq->kq_lock);
	error = ops->f_attach(kn);
	if (error != 0) {
		knote_drop(kn, true);
		return (error);
	}
	*knlp = knote_list_lock(kn);
	return (0);
}

static int
kqueue_register(struct kqueue *kq, struct kevent *kev)
{
	struct filterops *ops;
	struct knlist *knl;
	struct knote *kn, *spare;
	int active, error;
	bool keep;

	if ((kev->flags & (EV_ENABLE | EV_DISABLE)) ==
	    (EV_ENABLE | EV_DISABLE))
		return (EINVAL);
	ops = filter_hold(kev->filter);
	if (ops == NULL)
		return (EINVAL);
	spare = (kev->flags & EV_ADD) == 0 ? NULL :
	    malloc(sizeof(*spare), M_KQUEUE, M_WAITOK | M_ZERO);
	keep = false;		/* the knote keeps the filter */
	error = 0;

	mtx_lock(&kq->kq_lock);
	while ((kn = kqueue_find(kq, kev)) != NULL && knote_in_flux(kn))
		cv_wait(&kq->kq_settled, &kq->kq_lock);
	if (kn == NULL && spare == NULL) {
		mtx_unlock(&kq->kq_lock);
		error = ENOENT;
		goto out;
	}
	if (kn == NULL) {
		kn = spare;
		spare = NULL;
		keep = true;
		error = kqueue_attach(kq, kn, kev, ops, &knl);
		if (error != 0)
			goto out;
	} else if ((kev->flags & EV_DELETE) != 0) {
		knote_enter_flux(kn);
		mtx_unlock(&kq->kq_lock);
		knote_drop(kn, false);
		goto out;
	} else {
		if ((kev->flags & EV_FORCEONESHOT) != 0) {
			kn->kn_flags |= EV_ONESHOT;
			knote_activate(kn);
		}
		if ((kev->flags & EV_ENABLE) != 0)
			kn->kn_status &= ~KN_DISABLED;
		else if ((kev->flags & EV_DISABLE) != 0)
			kn->kn_status |= KN_DISABLED;
		kn->kn_status |= KN_SCAN;
		knote_enter_flux(kn);
		mtx_unlock(&kq->kq_lock);
		knl = knote_list_lock(kn);
		kn->kn_kevent.udata = kev->udata;
		ops->f_touch(kn, kev, EVENT_REGISTER);
	}
	/* FreeBSD's reads the status without its lock. */
	mtx_lock(&kq->kq_lock);
	active = (kn->kn_status & KN_DISABLED) == 0;
	mtx_unlock(&kq->kq_lock);
	if (active)
		active = kn->kn_fop->f_event(kn, 0);
	mtx_lock(&kq->kq_lock);
	if (active)
		kn->kn_status |= KN_ACTIVE;
	if ((kn->kn_status & (KN_ACTIVE | KN_DISABLED | KN_QUEUED)) ==
	    KN_ACTIVE)
		knote_enqueue(kn);
	kn->kn_status &= ~KN_SCAN;
	knote_leave_flux(kn);
	knote_list_unlock(knl);
	mtx_unlock(&kq->kq_lock);
out:
	if (spare != NULL)
		free(spare, M_KQUEUE);
	if (!keep)
		filter_drop(kev->filter);
	return (error);
}

/*
 * Report the first knote of the queue.  True: *kev is an event.  Locked, and
 * unlocked meanwhile.
 */
static bool
kqueue_report(struct kqueue *kq, struct knote *kn, struct kevent *kev)
{
	struct knlist *knl;

	if ((kn->kn_status & KN_DISABLED) != 0) {
		knote_unqueued(kn, 0);
		return (false);
	}
	if ((kn->kn_flags & (EV_DROP | EV_ONESHOT)) != 0) {
		bool drop = (kn->kn_flags & EV_DROP) != 0;

		knote_unqueued(kn, 0);
		knote_enter_flux(kn);
		mtx_unlock(&kq->kq_lock);
		if (!drop)
			*kev = kn->kn_kevent;
		knote_drop(kn, false);
		mtx_lock(&kq->kq_lock);
		return (!drop);
	}

	kn->kn_status |= KN_SCAN;
	knote_enter_flux(kn);
	mtx_unlock(&kq->kq_lock);
	knl = knote_list_lock(kn);
	if (kn->kn_fop->f_event(kn, 0) == 0) {
		mtx_lock(&kq->kq_lock);
		knote_unqueued(kn, KN_ACTIVE | KN_SCAN);
		knote_leave_flux(kn);
		knote_list_unlock(knl);
		return (false);
	}
	kn->kn_fop->f_touch(kn, kev, EVENT_PROCESS);
	mtx_lock(&kq->kq_lock);
	if ((kn->kn_flags & (EV_CLEAR | EV_DISPATCH)) != 0) {
		if ((kn->kn_flags & EV_DISPATCH) != 0)
			kn->kn_status |= KN_DISABLED;
		knote_unqueued(kn, KN_ACTIVE);
	} else
		TAILQ_INSERT_TAIL(&kq->kq_head, kn, kn_tqe);
	kn->kn_status &= ~KN_SCAN;
	knote_leave_flux(kn);
	knote_list_unlock(knl);
	return (true);
}

/* One pass over what is queued.  Locked. */
static int
kqueue_pass(struct kqueue *kq, struct kevent *events, int nevents)
{
	struct knote *kn, marker;
	int n;

	memset(&marker, 0, sizeof(marker));
	marker.kn_status = KN_MARKER;
	TAILQ_INSERT_TAIL(&kq->kq_head, &marker, kn_tqe);
	n = 0;
	while (n < nevents) {
		kn = TAILQ_FIRST(&kq->kq_head);
		if (kn == &marker)
			break;
		/* In this order: a filter at work may write kn_status. */
		if (knote_in_flux(kn) || (kn->kn_status & KN_MARKER) != 0) {
			cv_wait(&kq->kq_settled, &kq->kq_lock);
			continue;
		}
		TAILQ_REMOVE(&kq->kq_head, kn, kn_tqe);
		if (kqueue_report(kq, kn, &events[n]))
			n++;
	}
	TAILQ_REMOVE(&kq->kq_head, &marker, kn_tqe);
	cv_broadcast(&kq->kq_settled);
	return (n);
}

static int
kqueue_scan(struct kqueue *kq, struct kevent *events, int nevents,
    int timeout_ms)
{
	sbintime_t deadline;
	int error, n;

	deadline = timeout_ms < 0 ? 0 : sbinuptime() + timeout_ms * SBT_1MS;
	n = 0;
	mtx_lock(&kq->kq_lock);
	for (;;) {
		if (kq->kq_count > 0) {
			n = kqueue_pass(kq, events, nevents);
			if (n > 0)
				break;
			continue;
		}
		if (timeout_ms == 0)
			break;
		error = timeout_ms < 0 ?
		    cv_wait_sig(&kq->kq_ready, &kq->kq_lock) :
		    cv_timedwait_sig_sbt(&kq->kq_ready, &kq->kq_lock, deadline,
		    0, C_ABSOLUTE);
		if (error != 0) {
			n = error == EWOULDBLOCK ? 0 : -EINTR;
			break;
		}
	}
	mtx_unlock(&kq->kq_lock);
	return (n);
}

int
kqueue_kevent(struct kqueue *kq, struct kevent *changes, int nchanges,
    struct kevent *events, int nevents, int timeout_ms)
{
	struct kevent kev;
	int error, i, n;

	n = 0;
	for (i = 0; i < nchanges; i++) {
		kev = changes[i];
		kev.flags &= ~EV_SYSFLAGS;
		error = kqueue_register(kq, &kev);
		if (error == 0 && (kev.flags & EV_RECEIPT) == 0)
			continue;
		if (n == nevents)
			return (-error);
		kev.flags = EV_ERROR;
		kev.data = error;
		events[n++] = kev;
	}
	if (n > 0 || nevents == 0)
		return (n);
	return (kqueue_scan(kq, events, nevents, timeout_ms));
}

bool
kqueue_readable(struct kqueue *kq)
{
	bool readable;

	mtx_lock(&kq->kq_lock);
	readable = kq->kq_count > 0;
	mtx_unlock(&kq->kq_lock);
	return (readable);
}

void
kqueue_close(struct kqueue *kq)
{
	struct knote *kn;

	mtx_lock(&kq->kq_lock);
	while ((kn = SLIST_FIRST(&kq->kq_knotes)) != NULL) {
		if (knote_in_flux(kn)) {
			cv_wait(&kq->kq_settled, &kq->kq_lock);
			continue;
		}
		knote_enter_flux(kn);
		mtx_unlock(&kq->kq_lock);
		knote_drop(kn, false);
		mtx_lock(&kq->kq_lock);
	}
	mtx_unlock(&kq->kq_lock);
	cv_destroy(&kq->kq_settled);
	cv_destroy(&kq->kq_ready);
	mtx_destroy(&kq->kq_lock);
	free(kq, M_KQUEUE);
}
