/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * callout(9).  One thread runs all handlers, ordered by time; they may not
 * sleep.  With callout_init_mtx() the handler runs with the mutex held, and a
 * callout stopped under that mutex is certain not to run.
 */

#ifndef _KPI_SYS_CALLOUT_H_
#define	_KPI_SYS_CALLOUT_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/time.h>
#include <sys/tree.h>

struct callout {
	RB_ENTRY(callout)	 c_entry;	/* kpi_callout.c's lock */
	sbintime_t		 c_time;
	uint64_t		 c_seq;		/* order among equal times */
	void			*c_arg;
	void			(*c_func)(void *);
	struct lock_object	*c_lock;
	short			 c_flags;
	short			 c_iflags;
};

typedef void callout_func_t(void *);

#define	CALLOUT_ACTIVE		0x0002
#define	CALLOUT_PENDING		0x0004
#define	CALLOUT_MPSAFE		0x0008
#define	CALLOUT_RETURNUNLOCKED	0x0010

#define	C_DIRECT_EXEC		0x0001
#define	C_PREL(x)		(((x) + 1) << 1)
#define	C_HARDCLOCK		0x0100
#define	C_ABSOLUTE		0x0200
#define	C_PRECALC		0x0400

#define	CS_DRAIN		0x0001

void	callout_init(struct callout *c, int mpsafe);
void	_callout_init_lock(struct callout *c, struct lock_object *lock,
	    int flags);
int	callout_reset_sbt_on(struct callout *c, sbintime_t sbt, sbintime_t pr,
	    void (*fn)(void *), void *arg, int cpu, int flags);
int	kpi_callout_stop(struct callout *c, int flags, const char *file,
	    int line);

#define	callout_init_mtx(c, mtx, flags)					\
	_callout_init_lock((c), &(mtx)->lock_object, (flags))
#define	callout_reset_sbt(c, sbt, pr, fn, arg, flags)			\
	callout_reset_sbt_on((c), (sbt), (pr), (fn), (arg), -1, (flags))
#define	callout_reset(c, on_tick, fn, arg)				\
	callout_reset_sbt_on((c), tick_sbt * (on_tick), 0, (fn), (arg), -1, \
	    C_HARDCLOCK)
#define	callout_stop(c)							\
	kpi_callout_stop((c), 0, __FILE__, __LINE__)
#define	callout_drain(c)						\
	kpi_callout_stop((c), CS_DRAIN, __FILE__, __LINE__)
#define	callout_active(c)						\
	(__atomic_load_n(&(c)->c_flags, __ATOMIC_RELAXED) & CALLOUT_ACTIVE)
#define	callout_pending(c)						\
	(__atomic_load_n(&(c)->c_iflags, __ATOMIC_RELAXED) & CALLOUT_PENDING)
#define	callout_deactivate(c)						\
	((void)__atomic_and_fetch(&(c)->c_flags, (short)~CALLOUT_ACTIVE, \
	    __ATOMIC_RELAXED))

#endif /* !_KPI_SYS_CALLOUT_H_ */
