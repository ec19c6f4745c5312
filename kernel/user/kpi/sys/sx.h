/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * sx(9): shared/exclusive locks whose holder may sleep.  sx_word is all there
 * is on the fast path: bit 0 = threads wait, bit 1 = a writer is in, the rest
 * counts readers.  Threads that wait do so on conditions of sx_pm.  A writer
 * that leaves lets all waiting readers in at once; a waiting writer holds off
 * new readers, except those that already have a shared lock, as in FreeBSD.
 */

#ifndef _KPI_SYS_SX_H_
#define	_KPI_SYS_SX_H_

#include <sys/param.h>
#include <sys/lock.h>
#include <pthread.h>

struct sx {
	struct lock_object	 lock_object;
	u_int			 sx_word;
	u_int			 sx_wwaiters;	/* (m) writers waiting */
	u_int			 sx_rwaiters;	/* (m) readers waiting */
	u_int			 sx_rgen;	/* (m) readers let in, times */
	void			*sx_owner;	/* kpi_self() of the writer */
	pthread_mutex_t		 sx_pm;		/* m */
	pthread_cond_t		 sx_rcond;
	pthread_cond_t		 sx_wcond;
};

#define	SX_DUPOK	0x01
#define	SX_NOWITNESS	0x04
#define	SX_NEW		0x40

#define	SA_LOCKED	LA_LOCKED
#define	SA_SLOCKED	LA_SLOCKED
#define	SA_XLOCKED	LA_XLOCKED
#define	SA_UNLOCKED	LA_UNLOCKED
#define	SX_LOCKED	LA_LOCKED
#define	SX_SLOCKED	LA_SLOCKED
#define	SX_XLOCKED	LA_XLOCKED
#define	SX_UNLOCKED	LA_UNLOCKED

void	sx_init_flags(struct sx *sx, const char *description, int opts);
void	sx_destroy(struct sx *sx);

void	kpi_sx_slock(struct sx *, const char *file, int line);
void	kpi_sx_xlock(struct sx *, const char *file, int line);
void	kpi_sx_sunlock(struct sx *, const char *file, int line);
void	kpi_sx_xunlock(struct sx *, const char *file, int line);
int	kpi_sx_try_slock(struct sx *, const char *file, int line);
int	kpi_sx_try_xlock(struct sx *, const char *file, int line);
int	kpi_sx_try_upgrade(struct sx *, const char *file, int line);
void	kpi_sx_downgrade(struct sx *, const char *file, int line);

#define	sx_init(sx, desc)	sx_init_flags((sx), (desc), 0)
#define	sx_slock(sx)		kpi_sx_slock((sx), __FILE__, __LINE__)
#define	sx_xlock(sx)		kpi_sx_xlock((sx), __FILE__, __LINE__)
#define	sx_sunlock(sx)		kpi_sx_sunlock((sx), __FILE__, __LINE__)
#define	sx_xunlock(sx)		kpi_sx_xunlock((sx), __FILE__, __LINE__)
#define	sx_try_slock(sx)	kpi_sx_try_slock((sx), __FILE__, __LINE__)
#define	sx_try_xlock(sx)	kpi_sx_try_xlock((sx), __FILE__, __LINE__)
#define	sx_try_upgrade(sx)	kpi_sx_try_upgrade((sx), __FILE__, __LINE__)
#define	sx_downgrade(sx)	kpi_sx_downgrade((sx), __FILE__, __LINE__)
#define	sx_unlock(sx) do {						\
	if (sx_xlocked(sx))						\
		sx_xunlock(sx);						\
	else								\
		sx_sunlock(sx);						\
} while (0)

static inline int
sx_xlocked(const struct sx *sx)
{

	return (__atomic_load_n(&sx->sx_owner, __ATOMIC_RELAXED) ==
	    kpi_self());
}

#ifdef KPI_DEBUG
void	kpi_sx_assert_d(const struct sx *, int what, const char *file,
	    int line);
#define	sx_assert(sx, what)						\
	kpi_sx_assert_d((sx), (what), __FILE__, __LINE__)
#else
#define	sx_assert(sx, what)	((void)0)
#endif

#endif /* !_KPI_SYS_SX_H_ */
