/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/time.h>: the host's, and FreeBSD's binary fixed-point time.  An
 * sbintime_t counts 2^-32 s.  The get*() forms are as exact as the others.
 * A test can move the up-time clock forward (host_time_advance()).
 */

#ifndef _KPI_SYS_TIME_H_
#define	_KPI_SYS_TIME_H_

#include <sys/types.h>
#include_next <sys/time.h>
#include <time.h>

struct bintime {
	time_t		sec;
	uint64_t	frac;
};

#define	SBT_1S		((sbintime_t)1 << 32)
#define	SBT_1M		(SBT_1S * 60)
#define	SBT_1MS		(SBT_1S / 1000)
#define	SBT_1US		(SBT_1S / 1000000)
#define	SBT_1NS		(SBT_1S / 1000000000)
#define	SBT_MAX		0x7fffffffffffffffLL

#define	tick_sbt	SBT_1MS

sbintime_t	sbinuptime(void);
sbintime_t	getsbinuptime(void);
void	nanotime(struct timespec *);
void	getnanotime(struct timespec *);
void	nanouptime(struct timespec *);
void	getnanouptime(struct timespec *);
void	microtime(struct timeval *);
void	getmicrotime(struct timeval *);
void	microuptime(struct timeval *);
void	getmicrouptime(struct timeval *);
void	binuptime(struct bintime *);
void	getbinuptime(struct bintime *);
void	bintime(struct bintime *);

/* Rounding up, so that sbttons(nstosbt(x)) == x. */
static inline sbintime_t
kpi_tosbt(int64_t v, int64_t unit)
{
	int64_t s, f;

	s = v / unit;
	f = v % unit;
	return (s * SBT_1S + (sbintime_t)
	    ((((uint64_t)f << 32) + (uint64_t)unit - 1) / (uint64_t)unit));
}

static inline int64_t
kpi_fromsbt(sbintime_t sbt, uint64_t unit)
{

	return ((int64_t)(unit * (uint64_t)(sbt >> 32) +
	    ((unit * (uint32_t)sbt) >> 32)));
}

static inline sbintime_t
nstosbt(int64_t ns)
{

	return (kpi_tosbt(ns, 1000000000));
}

static inline sbintime_t
ustosbt(int64_t us)
{

	return (kpi_tosbt(us, 1000000));
}

static inline sbintime_t
mstosbt(int64_t ms)
{

	return (kpi_tosbt(ms, 1000));
}

static inline int64_t
sbttons(sbintime_t sbt)
{

	return (kpi_fromsbt(sbt, 1000000000));
}

static inline int64_t
sbttous(sbintime_t sbt)
{

	return (kpi_fromsbt(sbt, 1000000));
}

static inline int64_t
sbttoms(sbintime_t sbt)
{

	return (kpi_fromsbt(sbt, 1000));
}

static inline sbintime_t
tstosbt(struct timespec ts)
{

	return ((sbintime_t)ts.tv_sec * SBT_1S + nstosbt(ts.tv_nsec));
}

static inline struct timespec
sbttots(sbintime_t sbt)
{
	struct timespec ts;

	ts.tv_sec = sbt >> 32;
	ts.tv_nsec = (long)((1000000000ULL * (uint32_t)sbt) >> 32);
	return (ts);
}

static inline sbintime_t
tvtosbt(struct timeval tv)
{

	return ((sbintime_t)tv.tv_sec * SBT_1S + ustosbt(tv.tv_usec));
}

static inline sbintime_t
bttosbt(const struct bintime bt)
{

	return (((sbintime_t)bt.sec << 32) + (sbintime_t)(bt.frac >> 32));
}

static inline struct bintime
sbttobt(sbintime_t sbt)
{
	struct bintime bt;

	bt.sec = sbt >> 32;
	bt.frac = (uint64_t)sbt << 32;
	return (bt);
}

#define	timespecclear(tsp)	((tsp)->tv_sec = (tsp)->tv_nsec = 0)
#define	timespecisset(tsp)	((tsp)->tv_sec || (tsp)->tv_nsec)
#define	timespecvalid_interval(tsp)					\
	((tsp)->tv_sec >= 0 && (tsp)->tv_nsec >= 0 &&			\
	    (tsp)->tv_nsec < 1000000000L)
#define	timespeccmp(tvp, uvp, cmp)					\
	(((tvp)->tv_sec == (uvp)->tv_sec) ?				\
	    ((tvp)->tv_nsec cmp (uvp)->tv_nsec) :			\
	    ((tvp)->tv_sec cmp (uvp)->tv_sec))
#define	timespecadd(tsp, usp, vsp) do {					\
	(vsp)->tv_sec = (tsp)->tv_sec + (usp)->tv_sec;			\
	(vsp)->tv_nsec = (tsp)->tv_nsec + (usp)->tv_nsec;		\
	if ((vsp)->tv_nsec >= 1000000000L) {				\
		(vsp)->tv_sec++;					\
		(vsp)->tv_nsec -= 1000000000L;				\
	}								\
} while (0)
#define	timespecsub(tsp, usp, vsp) do {					\
	(vsp)->tv_sec = (tsp)->tv_sec - (usp)->tv_sec;			\
	(vsp)->tv_nsec = (tsp)->tv_nsec - (usp)->tv_nsec;		\
	if ((vsp)->tv_nsec < 0) {					\
		(vsp)->tv_sec--;					\
		(vsp)->tv_nsec += 1000000000L;				\
	}								\
} while (0)

#endif /* !_KPI_SYS_TIME_H_ */
