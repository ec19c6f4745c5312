/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host's side of the user-mode kernel: what machd and in-process tests
 * call to make processes and threads, run traps as one of them, and look at
 * and disturb the kernel below.  It needs no kernel header, so it can be used
 * from plain POSIX files and from files compiled with the KPI headers alike.
 *
 * Model.  A host thread (pthread) acts for one kernel thread at a time, the
 * one it last passed to host_set_curthread().  A kernel thread is acted for by
 * at most one host thread at a time.  Nothing here may be called with a kernel
 * lock held, except where it says so.
 *
 * Errors are positive errno values; functions that allocate never fail.
 */

#ifndef _KERNEL_USER_HOST_H_
#define	_KERNEL_USER_HOST_H_

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kpi_ucred;
struct prison;
struct proc;
struct thread;

/*
 * Life.
 *
 * host_init() sets up proc0, thread0 (which becomes curthread of the caller)
 * and the locks; it may be called again.  The callout thread starts with the
 * first callout; host_fini() stops it.  A callout may be armed again after
 * that, which starts it anew.
 */
void	host_init(void);
void	host_fini(void);

/*
 * Identity.
 *
 * A credential is counted; the creator owns one reference and gives it back
 * with host_cred_drop().  ngroups supplementary groups follow gid.
 * prison NULL is prison0.
 */
struct host_cred_spec {
	uid_t		 uid, ruid, svuid;
	gid_t		 gid, rgid, svgid;
	const gid_t	*groups;
	int		 ngroups;
	struct prison	*prison;
};
struct kpi_ucred *host_cred_create(const struct host_cred_spec *);
struct kpi_ucred *host_cred_simple(uid_t uid, gid_t gid);
void	host_cred_drop(struct kpi_ucred *);

struct prison *host_prison_create(int id, const char *name);
void	host_prison_drop(struct prison *);	/* runs osd destructors */

/*
 * How a process's memory is reached.  Both return 0 or EFAULT; they may
 * sleep, and are called with no mutex held.  They run on the host thread that
 * acts for td, and p's memory is meant (p is td's process).
 */
struct host_copy_ops {
	int	(*copyin)(struct thread *td, const void *uaddr, void *kaddr,
		    size_t len);
	int	(*copyout)(struct thread *td, const void *kaddr, void *uaddr,
		    size_t len);
};

/*
 * Ready-made ones for "user" memory inside this process.
 * host_copy_ranges: only what host_range_add() has registered for the process
 *	can be reached, anything else is EFAULT.  The default.
 * host_copy_self: any mapped address (the system is asked); Linux only.
 */
extern const struct host_copy_ops host_copy_ranges;
extern const struct host_copy_ops host_copy_self;

#define	HOST_RANGE_READ		0x1
#define	HOST_RANGE_WRITE	0x2
#define	HOST_RANGE_RW		(HOST_RANGE_READ | HOST_RANGE_WRITE)
/* Ranges may overlap; an access must lie within one of them. */
void	host_range_add(struct proc *, const void *addr, size_t len, int prot);
/* Exactly as added; ENOENT when there is none such. */
int	host_range_remove(struct proc *, const void *addr, size_t len);

/*
 * Who is the superuser besides uid 0: priv_check(9) also grants everything to
 * this effective uid.  machd names its own, so that a machd without privilege
 * has somebody who can administer it.
 */
void	host_set_priv_uid(uid_t);

/*
 * Processes.  ops NULL is host_copy_ranges.  The process takes its own
 * reference to cred.  process_ctor runs in create, process_dtor in destroy,
 * which wants all threads gone.
 */
struct proc *host_proc_create(pid_t pid, struct kpi_ucred *cred,
	    const struct host_copy_ops *ops, void *cookie);
void	host_proc_destroy(struct proc *);
void	*host_proc_cookie(const struct proc *);
pid_t	host_proc_pid(const struct proc *);
void	host_proc_set_parent(struct proc *, struct proc *parent);
void	host_proc_set_comm(struct proc *, const char *);
void	host_proc_set_ilp32(struct proc *, bool);
/* The threads see the new credential at their next host_set_curthread(). */
void	host_proc_set_cred(struct proc *, struct kpi_ucred *);

/*
 * Threads.  destroy runs thread_dtor, then the osd(9) destructors; the thread
 * must not be acted for by another host thread.  If it is the caller's
 * curthread, curthread becomes thread0.
 */
struct thread *host_thread_create(struct proc *, int32_t tid,
	    const char *name, void *cookie);
void	host_thread_destroy(struct thread *);
void	*host_thread_cookie(const struct thread *);
struct proc *host_thread_proc(const struct thread *);

/* Act for td (NULL: for nobody), returns whom the caller acted for before. */
struct thread *host_set_curthread(struct thread *);
struct thread *host_curthread(void);

/*
 * A signal has arrived: the thread's present or next cv_wait_sig() or
 * cv_timedwait_sig*() returns EINTR, once.  host_thread_uninterrupt() takes
 * an interrupt that has not been delivered back (at the return of a trap).
 * Any host thread may call them, with locks held.
 */
void	host_thread_interrupt(struct thread *);
void	host_thread_uninterrupt(struct thread *);
/* Does it sleep in a condition variable just now? */
bool	host_thread_sleeping(struct thread *);

/*
 * Events of a process, to be called as FreeBSD does: fork by a thread of the
 * parent before the child runs, exec and exit by a thread of the process.
 * setid tells that the new image changed the process's ids.
 */
void	host_event_fork(struct proc *parent, struct proc *child, int flags);
void	host_event_exec(struct proc *, bool setid);
void	host_event_exit(struct proc *);

/*
 * The up-time clock that callouts and timed waits use.  Advance moves it on
 * at once and wakes whoever is due; it never goes back.
 */
uint64_t host_uptime_ns(void);
void	host_time_advance(uint64_t ns);

/*
 * Faults.  After host_alloc_fail_after(n, what) the n-th next allocation
 * (1 = the very next) of the kinds in what fails, once; 0 switches off.
 * host_alloc_points() counts the allocations of those kinds that have passed
 * since, so that a test may go on until n exceeds it.  The same for user
 * memory.  Both are for the calling host thread only, so that other threads
 * neither take the fault nor move the count.
 */
#define	HOST_FAIL_NOWAIT	0x1
#define	HOST_FAIL_WAITOK	0x2
void	host_alloc_fail_after(uint64_t n, int what);
uint64_t host_alloc_points(void);
void	host_copy_fail_after(uint64_t n);
uint64_t host_copy_points(void);

/*
 * Counts.  One call for each malloc type and UMA zone.  host_live_bytes() is
 * their sum: equal before and after means nothing leaked.  What is `kept` is
 * not in it: memory behind a cache zone, whose live items count instead.
 */
struct host_alloc_stat {
	const char	*name;
	bool		 zone;		/* a UMA zone, not a malloc type */
	bool		 kept;
	int64_t		 items;		/* live */
	int64_t		 bytes;		/* live */
	uint64_t	 allocs;	/* ever */
};
void	host_alloc_foreach(void (*fn)(const struct host_alloc_stat *, void *),
	    void *arg);
int64_t	host_live_bytes(void);
int64_t	host_live_items(const char *name);	/* 0 when unknown */
/* Print all with live items to the file descriptor; returns their number. */
int	host_alloc_print(int fd);

/*
 * Checks; nothing happens without KPI_DEBUG.
 * host_lock_order("a", "b", ..., NULL) declares that a comes before b and so
 * on.  host_assert_no_locks() panics when the caller holds one: at the return
 * of a trap.
 */
void	host_lock_order(const char *first, ...) __attribute__((__sentinel__));
void	host_assert_no_locks(const char *where);
bool	host_debug(void);			/* built with KPI_DEBUG? */

/* sysctl by name ("kern.mach.x").  ENOENT, EPERM, ENOMEM (buffer too small). */
struct host_sysctl {
	const char	*name;		/* full */
	const char	*descr;
	char		 fmt;		/* FreeBSD's: I, L, Q, A, C, S ... */
	bool		 unsigned_;
	bool		 writable;
};
int	host_sysctl_read(const char *name, void *buf, size_t *lenp);
int	host_sysctl_write(const char *name, const void *buf, size_t len);
void	host_sysctl_foreach(void (*fn)(const struct host_sysctl *, void *),
	    void *arg);
/* The value as text; ENOENT, ENOTSUP for a structure. */
int	host_sysctl_text(const char *name, char *buf, size_t len);

/* Every SDT probe, while set; NULL ends it.  May run with locks held. */
void	host_sdt_set_hook(void (*hook)(const char *provider, const char *mod,
	    const char *func, const char *name, const uintptr_t *args,
	    int nargs));

/* Where printf, log and panic go; NULL: standard error. */
void	host_set_log(void (*fn)(int level, const char *line));

#endif /* !_KERNEL_USER_HOST_H_ */
