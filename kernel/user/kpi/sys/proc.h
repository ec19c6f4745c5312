/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/proc.h>: processes and threads, as far as the Mach kernel reads them.
 * The host makes and destroys them (host.h) and says which thread a host
 * thread acts for: that is curthread.
 */

#ifndef _KPI_SYS_PROC_H_
#define	_KPI_SYS_PROC_H_

#include <sys/param.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/osd.h>
#include <sys/queue.h>
#include <sys/ucred.h>

struct host_copy_ops;
struct kpi_sleepchain;
struct kpi_sleeper;
struct sysentvec;
struct vmspace;

/*
 * (p) p_mtx, (c) constant, (k) only the host thread that acts for it,
 * (h) the host
 */
struct thread {
	struct proc		*td_proc;	/* (c) */
	TAILQ_ENTRY(thread)	 td_plist;	/* (p) */
	struct osd		 td_osd;	/* osd(9) */
	lwpid_t			 td_tid;	/* (c) */
	struct ucred		*td_ucred;	/* (k) */
	char			 td_name[MAXCOMLEN + 1];
	register_t		 td_retval[2];	/* (k) */
	void			*td_host_cookie; /* (h) */
	/* kpi_condvar.c */
	u_int			 td_host_intr;	/* interrupted */
	struct kpi_sleepchain	*td_host_chain;	/* where it sleeps */
	struct kpi_sleeper	*td_host_sleeper; /* as whom */
};

struct proc {
	TAILQ_HEAD(, thread)	 p_threads;	/* (p) */
	struct mtx		 p_mtx;
	struct ucred		*p_ucred;	/* (p) */
	pid_t			 p_pid;		/* (c) */
	int			 p_flag;	/* (p) P_* */
	int			 p_numthreads;	/* (p) */
	struct proc		*p_pptr;	/* (p) */
	struct vmspace		*p_vmspace;	/* none here */
	struct sysentvec	*p_sysent;	/* (c) */
	char			 p_comm[MAXCOMLEN + 1];
	const struct host_copy_ops *p_host_ops;	/* (h) */
	void			*p_host_cookie;	/* (h) */
	void			*p_host_ranges;	/* (h) kpi_copy.c */
};

#define	P_KPROC		0x00000004
#define	P_SUGID		0x00000100
#define	P_SYSTEM	0x00000200
#define	P_TRACED	0x00000800
#define	P_WEXIT		0x00002000
#define	P_INEXEC	0x04000000

#define	PROC_LOCK(p)	mtx_lock(&(p)->p_mtx)
#define	PROC_TRYLOCK(p)	mtx_trylock(&(p)->p_mtx)
#define	PROC_UNLOCK(p)	mtx_unlock(&(p)->p_mtx)
#define	PROC_LOCKED(p)	mtx_owned(&(p)->p_mtx)
#define	PROC_LOCK_ASSERT(p, type) mtx_assert(&(p)->p_mtx, (type))

#define	FOREACH_THREAD_IN_PROC(p, td)					\
	TAILQ_FOREACH((td), &(p)->p_threads, td_plist)

#define	curthread	(kpi_tls.kt_curthread)
#define	curproc		(curthread->td_proc)

extern struct proc	proc0;
extern struct thread	thread0;

/* May td see, or debug, p?  0 or an error number; p is locked. */
int	p_cansee(struct thread *td, struct proc *p);
int	p_candebug(struct thread *td, struct proc *p);

#endif /* !_KPI_SYS_PROC_H_ */
