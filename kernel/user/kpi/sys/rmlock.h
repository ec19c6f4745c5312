/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * rmlock(9): read-mostly locks.  A reader counts itself in the shard of its
 * thread and touches nothing that other readers write; a writer raises a flag
 * and waits until all shards are empty.  Large: for a few global locks.
 */

#ifndef _KPI_SYS_RMLOCK_H_
#define	_KPI_SYS_RMLOCK_H_

#include <sys/param.h>
#include <sys/lock.h>
#include <pthread.h>

#define	KPI_RM_SHARDS	16

struct rm_priotracker {
	u_int	*rmp_shard;
};

struct rmlock {
	struct lock_object	 lock_object;
	void			*rm_owner;
	u_int			 rm_writer;	/* a writer waits or is in */
	pthread_mutex_t		 rm_pm;		/* held by the writer */
	pthread_mutex_t		 rm_gate;	/* protects the waiting */
	pthread_cond_t		 rm_drained;
	struct {
		u_int	n;
	} __aligned(64)		 rm_readers[KPI_RM_SHARDS];
};

#define	RM_NOWITNESS	0x00000001
#define	RM_SLEEPABLE	0x00000004
#define	RM_NEW		0x00000008
#define	RM_DUPOK	0x00000010

#define	RA_LOCKED	LA_LOCKED
#define	RA_RLOCKED	LA_SLOCKED
#define	RA_WLOCKED	LA_XLOCKED
#define	RA_UNLOCKED	LA_UNLOCKED

void	rm_init(struct rmlock *rm, const char *name);
void	rm_init_flags(struct rmlock *rm, const char *name, int opts);
void	rm_destroy(struct rmlock *rm);
int	rm_wowned(const struct rmlock *rm);

void	kpi_rm_rlock(struct rmlock *, struct rm_priotracker *, const char *,
	    int);
int	kpi_rm_try_rlock(struct rmlock *, struct rm_priotracker *,
	    const char *, int);
void	kpi_rm_runlock(struct rmlock *, struct rm_priotracker *, const char *,
	    int);
void	kpi_rm_wlock(struct rmlock *, const char *, int);
void	kpi_rm_wunlock(struct rmlock *, const char *, int);

#define	rm_rlock(rm, t)		kpi_rm_rlock((rm), (t), __FILE__, __LINE__)
#define	rm_try_rlock(rm, t)	kpi_rm_try_rlock((rm), (t), __FILE__, __LINE__)
#define	rm_runlock(rm, t)	kpi_rm_runlock((rm), (t), __FILE__, __LINE__)
#define	rm_wlock(rm)		kpi_rm_wlock((rm), __FILE__, __LINE__)
#define	rm_wunlock(rm)		kpi_rm_wunlock((rm), __FILE__, __LINE__)

#ifdef KPI_DEBUG
void	kpi_rm_assert_d(const struct rmlock *, int what, const char *file,
	    int line);
#define	rm_assert(rm, what)						\
	kpi_rm_assert_d((rm), (what), __FILE__, __LINE__)
#else
#define	rm_assert(rm, what)	((void)0)
#endif

#endif /* !_KPI_SYS_RMLOCK_H_ */
