/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/lock.h>: what all lock kinds share.  Every lock starts with a member
 * lock_object of this type, so cv_wait() and callout_init_mtx() can take any
 * of them.
 */

#ifndef _KPI_SYS_LOCK_H_
#define	_KPI_SYS_LOCK_H_

#include <sys/types.h>

/*
 * lo_magic tells a live lock from memory that never was one or no longer is.
 * lo_witness is the lock's class in the order graph: locks initialised with
 * the same type (or name) are one class.
 */
struct lock_object {
	const char	*lo_name;
	u_int		 lo_magic;	/* KPI_LOCK_LIVE or KPI_LOCK_DEAD */
	u_short		 lo_flags;	/* LO_* */
	u_short		 lo_witness;	/* class in the order graph (debug) */
};

#define	LO_MTX		0x0001
#define	LO_SX		0x0002
#define	LO_RM		0x0004
#define	LO_CLASSMASK	0x000f
#define	LO_SLEEPABLE	0x0010	/* the owner may sleep */
#define	LO_DUPOK	0x0020	/* two of this class may be held */
#define	LO_NOWITNESS	0x0040	/* not in the order graph */
#define	LO_RECURSABLE	0x0080	/* shared recursion only */

#define	KPI_LOCK_LIVE	0x4d41434cU
#define	KPI_LOCK_DEAD	0xdead10ccU

/* Operation flags, as mtx_lock_flags() takes them. */
#define	LOP_NEWORDER	0x00000001
#define	LOP_QUIET	0x00000002
#define	LOP_TRYLOCK	0x00000004
#define	LOP_EXCLUSIVE	0x00000008
#define	LOP_DUPOK	0x00000010

/* Assertions. */
#define	LA_UNLOCKED	0x00000000
#define	LA_LOCKED	0x00000001
#define	LA_SLOCKED	0x00000002
#define	LA_XLOCKED	0x00000004
#define	LA_RECURSED	0x00000008
#define	LA_NOTRECURSED	0x00000010

#define	LOCK_FILE	__FILE__
#define	LOCK_LINE	__LINE__

/* WITNESS_WARN(): complain about locks held where none may be. */
#define	WARN_GIANTOK	0x01
#define	WARN_PANIC	0x02
#define	WARN_SLEEPOK	0x04

#ifdef KPI_DEBUG
/*
 * The checks.  kpi_check_lock() runs before, kpi_note_lock() after a lock was
 * acquired; kpi_note_unlock() runs before the release.  An order is not
 * checked for a try operation, which cannot deadlock.
 */
void	kpi_lock_init(struct lock_object *, const char *name, const char *type,
	    u_int flags, bool isnew, const char *what);
void	kpi_lock_destroy(struct lock_object *, const char *what);
void	kpi_check_live(const struct lock_object *, const char *what,
	    const char *file, int line);
void	kpi_check_lock(struct lock_object *, u_int lop, const char *what,
	    const char *file, int line);
void	kpi_note_lock(struct lock_object *, u_int lop, const char *file,
	    int line);
void	kpi_note_unlock(struct lock_object *, u_int lop, const char *what,
	    const char *file, int line);
void	kpi_note_convert(struct lock_object *, u_int lop, const char *file,
	    int line);
void	kpi_check_free(const void *mem, size_t size, const char *what);
/* 0 = not held by this thread, 1 = shared, 2 = exclusive */
int	kpi_lock_held(const struct lock_object *);
int	kpi_witness_warn(int flags, const struct lock_object *but,
	    const char *fmt, ...) __printflike(3, 4);
#define	WITNESS_WARN(flags, lock, ...)					\
	((void)kpi_witness_warn((flags), (lock), __VA_ARGS__))
#else
#define	WITNESS_WARN(flags, lock, ...)	((void)0)
#endif

#endif /* !_KPI_SYS_LOCK_H_ */
