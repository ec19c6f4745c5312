/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Private to the files that implement the KPI: both worlds at once.  libc's
 * headers come first; of the KPI's names that mean something else in libc, the
 * macros are taken back here, so that malloc() is libc's again and the
 * kernel's is spelled kpi_malloc().
 */

#ifndef _KERNEL_USER_KPI_HOST_H_
#define	_KERNEL_USER_KPI_HOST_H_

#ifndef _GNU_SOURCE
#define	_GNU_SOURCE		/* adaptive mutexes, process_vm_readv() */
#endif
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/sx.h>
#include <sys/refcount.h>
#include <sys/rmlock.h>
#include <sys/condvar.h>
#include <sys/callout.h>
#include <sys/counter.h>
#include <sys/eventhandler.h>
#include <sys/imgact.h>
#include <sys/jail.h>
#include <sys/osd.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sdt.h>
#include <sys/smp.h>
#include <sys/sysctl.h>
#include <sys/sysent.h>
#include <sys/syslog.h>
#include <sys/ucred.h>
#include <vm/uma.h>

#include <kernel/user/host.h>

#undef malloc
#undef mallocarray
#undef realloc
#undef reallocf
#undef free
#undef strdup
#undef printf
#undef vprintf
#undef log
#undef copyin
#undef copyout

/* Panics that name the place of the kernel source, not ours. */
#define	kpi_panic_at(file, line, ...)	kpi_panic((file), (line), __VA_ARGS__)

/*
 * kpi_lock.c: release and take again a lock of any kind, around a sleep.
 * The release tells how it was held (LOP_EXCLUSIVE or 0).
 */
u_int	kpi_lock_release(struct lock_object *, const char *file, int line);
void	kpi_lock_retake(struct lock_object *, u_int how, const char *file,
	    int line);
bool	kpi_lock_mine(const struct lock_object *);

/* kpi_witness.c: may sleep, though this one lock is held? */
#ifdef KPI_DEBUG
void	kpi_may_sleep_but(const struct lock_object *but, const char *what,
	    const char *file, int line);
#else
#define	kpi_may_sleep_but(but, what, file, line)	((void)0)
#endif

/* kpi_malloc.c: fault injection, shared with kpi_uma.c. */
bool	kpi_alloc_fault(int flags);

/* kpi_condvar.c, kpi_callout.c: the clock has been moved on. */
void	kpi_condvar_clock_changed(void);
void	kpi_callout_clock_changed(void);

/* kpi_subr.c: the host's time at which the up-time clock shows sbt. */
struct timespec kpi_host_deadline(sbintime_t sbt);

/*
 * sched.c: in a controlled run (sched.h) this thread sleeps there instead,
 * until awakened with the same obj; true when the deadline passed.  Callouts
 * run in kpi_callout_sched(), which goes on until the run is over.
 */
#ifdef KPI_SCHED
extern sbintime_t kpi_sched_uptime;
bool	kpi_sched_running(void);
bool	kpi_sched_sleep(const volatile void *obj, const char *what,
	    sbintime_t deadline);
void	kpi_sched_awaken(const volatile void *obj);
void	kpi_sched_callout_armed(void);
bool	kpi_sched_over(void);
void	kpi_callout_sched(void);
bool	kpi_callout_any(void);
#else
#define	kpi_sched_running()			(false)
#define	kpi_sched_sleep(obj, what, deadline)	(false)
#define	kpi_sched_awaken(obj)			((void)0)
#endif

/* kpi_uma.c */
void	kpi_uma_foreach(void (*)(const struct host_alloc_stat *, void *),
	    void *);

/* kpi_callout.c */
void	kpi_callout_fini(void);

/* kpi_copy.c: forget a process's ranges. */
void	kpi_ranges_free(struct proc *);

/* A code region in which sleeping is a fault. */
static inline void
kpi_nosleep_enter(const char *why)
{

	if (kpi_tls.kt_nosleep++ == 0)
		kpi_tls.kt_nosleep_why = why;
}

static inline void
kpi_nosleep_exit(void)
{

	kpi_tls.kt_nosleep--;
}

#endif /* !_KERNEL_USER_KPI_HOST_H_ */
