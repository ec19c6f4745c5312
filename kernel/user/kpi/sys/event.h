/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kqueue(9): knotes, lists of knotes and filters.  The kqueue itself, which
 * FreeBSD's core keeps, is in kpi_kqueue.c for tests (kernel/user/kqueue.h).
 *
 * When is what called, as in FreeBSD:
 *	f_attach	no lock held, the knote in flux
 *	f_detach	likewise
 *	f_event		the list's lock held; from knote() the kqueue's too
 *	f_touch		the list's lock held; the knote in flux
 * A knote in flux is not freed and not processed by anybody else; knote()
 * passes it over, unless it is being scanned or changed (KN_SCAN).
 */

#ifndef _KPI_SYS_EVENT_H_
#define	_KPI_SYS_EVENT_H_

#include <sys/types.h>
#include <sys/queue.h>

struct mtx;

#define	EVFILT_SYSCOUNT	16

struct kevent {
	uintptr_t	ident;
	short		filter;
	unsigned short	flags;
	unsigned int	fflags;
	int64_t		data;
	void		*udata;
	uint64_t	ext[4];
};

#define	EV_ADD		0x0001
#define	EV_DELETE	0x0002
#define	EV_ENABLE	0x0004
#define	EV_DISABLE	0x0008
#define	EV_ONESHOT	0x0010
#define	EV_CLEAR	0x0020
#define	EV_RECEIPT	0x0040
#define	EV_DISPATCH	0x0080
#define	EV_FORCEONESHOT	0x0100
#define	EV_SYSFLAGS	0xf000
#define	EV_DROP		0x1000
#define	EV_ERROR	0x4000
#define	EV_EOF		0x8000

#define	EVENT_REGISTER	1
#define	EVENT_PROCESS	2

struct knote;

struct filterops {
	int	f_isfd;
	int	(*f_attach)(struct knote *kn);
	void	(*f_detach)(struct knote *kn);
	int	(*f_event)(struct knote *kn, long hint);
	void	(*f_touch)(struct knote *kn, struct kevent *kev, u_long type);
};

SLIST_HEAD(klist, knote);

struct knlist {
	struct klist	kl_list;
	struct mtx	*kl_lockarg;
};

struct knote {
	SLIST_ENTRY(knote) kn_link;		/* of the kqueue */
	SLIST_ENTRY(knote) kn_selnext;		/* of the knlist */
	struct knlist	*kn_knlist;
	TAILQ_ENTRY(knote) kn_tqe;
	struct kqueue	*kn_kq;
	struct kevent	kn_kevent;		/* (knlist) */
	void		*kn_hook;
	int		kn_hookid;
	int		kn_status;		/* (kqueue) */
#define	KN_ACTIVE	0x01
#define	KN_QUEUED	0x02
#define	KN_DISABLED	0x04
#define	KN_DETACHED	0x08
#define	KN_MARKER	0x20
#define	KN_SCAN		0x100
	int		kn_influx;		/* (kqueue) */
	int		kn_sfflags;
	int64_t		kn_sdata;
	struct filterops *kn_fop;
#define	kn_id		kn_kevent.ident
#define	kn_filter	kn_kevent.filter
#define	kn_flags	kn_kevent.flags
#define	kn_fflags	kn_kevent.fflags
#define	kn_data		kn_kevent.data
};

#define	KNF_LISTLOCKED	0x0001
#define	KNF_NOKQLOCK	0x0002

#define	KNOTE(list, hint, flags)	knote((list), (hint), (flags))
#define	KNOTE_LOCKED(list, hint)	knote((list), (hint), KNF_LISTLOCKED)
#define	KNOTE_UNLOCKED(list, hint)	knote((list), (hint), 0)
#define	KNLIST_EMPTY(list)		SLIST_EMPTY(&(list)->kl_list)

void	knote(struct knlist *list, long hint, int lockflags);
void	knlist_init_mtx(struct knlist *knl, struct mtx *lock);
void	knlist_destroy(struct knlist *knl);
void	knlist_add(struct knlist *knl, struct knote *kn, int islocked);
void	knlist_remove(struct knlist *knl, struct knote *kn, int islocked);
int	knlist_empty(struct knlist *knl);	/* locked */

int	kqueue_add_filteropts(int filt, struct filterops *filtops);
int	kqueue_del_filteropts(int filt);	/* EBUSY */

#endif /* !_KPI_SYS_EVENT_H_ */
