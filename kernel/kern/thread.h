/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Mach threads, wait queues and blocking by continuation.
 *
 * A mach_thread is the Mach state of one kernel thread.  It is made when the
 * thread first enters the Mach kernel and hangs in an osd(9) slot, so a thread
 * born before the module or by any other path can never lack it.
 *
 * A thread that must wait queues itself on a mach_waitq and calls
 * thread_block() in tail position: nothing of its kernel stack survives.  What
 * it needs afterwards it keeps in th_saved, and the continuation picks it up
 * there.  thread_block() returns THREAD_BLOCKED, which goes up to the trap
 * dispatcher; there mach_thread_wait() sleeps and runs the continuation (a
 * FreeBSD kernel: kernel/kern/thread_block.c), or leaves the thread alone until
 * whoever wakes it runs the continuation (machd).
 *
 * Locks: a wait queue is protected by the mutex it names (wq_lock), which
 * belongs to the object that holds the queue.  th_wait_result and th_waitlink
 * are protected by that mutex as long as the thread is queued.  A waiter holds
 * a reference on the object until its continuation has run.
 */

#ifndef _KERNEL_KERN_THREAD_H_
#define _KERNEL_KERN_THREAD_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/condvar.h>
#include <sys/callout.h>
#include <sys/queue.h>
#include <sys/refcount.h>
#include <sys/time.h>
#include <machine/atomic.h>

#include <mach/message.h>
#include <mach/port.h>

struct ipc_kmsg;
struct ipc_object;
struct ipc_port;
struct ipc_space;
struct mach_quota;
struct mach_task;
struct mach_thread;
struct proc;
struct mach_semaphore;
struct thread;

/* Why a wait ended (th_wait_result). */
#define	THREAD_WAITING		(-1)	/* it has not */
#define	THREAD_AWAKENED		0	/* what was waited for happened */
#define	THREAD_TIMED_OUT	1	/* the deadline passed */
#define	THREAD_INTERRUPTED	2	/* a signal, or the process is dying */
#define	THREAD_RESTART		3	/* the object waited on went away */

/* The trap goes on in a continuation.  Never what a caller of a trap sees. */
#define	THREAD_BLOCKED		(-0x7ffffff1)

typedef int (*thread_continue_t)(struct mach_thread *, int wait_result);

TAILQ_HEAD(mach_threadq, mach_thread);

struct mach_waitq {
	struct mtx	    *wq_lock;	/* the owner's mutex */
	struct mach_threadq  wq_threads;
};

struct mach_thread {
	struct thread	    *th_td;	/* (c) for the thread itself only */
	struct mach_task    *th_task;	/* (c) holds a reference */
	struct mach_quota   *th_quota;	/* (c) what it is charged to */
	volatile u_int	     th_refs;
	bool		     th_is32;	/* ABI of the process, at each trap */
	LIST_ENTRY(mach_thread) th_tasklink;	/* (task lock) */

	struct ipc_port	    *th_self;	/* (task lock) kernel object port */
	struct ipc_port	    *th_spawn;	/* (thread) a send right, or NULL */

	/* Waiting: (wq) protected by th_waitq->wq_lock. */
	struct mach_waitq   *th_waitq;
	TAILQ_ENTRY(mach_thread) th_waitlink;	/* (wq) */
	int		     th_wait_result;	/* (wq) */
	thread_continue_t    th_continuation;
	sbintime_t	     th_deadline;
	struct cv	     th_cv;	/* blocking hosts */
	void		    *th_host;	/* continuation hosts: private */

	/* What a blocked trap keeps; owned by the thread. */
	union {
		struct {
			/* receive */
			struct ipc_object *object;	/* referenced */
			struct ipc_kmsg	*kmsg;	/* (wq) delivered message */
			mach_msg_return_t mr;	/* (wq) result of delivery */
			mach_msg_size_t	 msize;	/* (wq) size if too large */
			mach_msg_size_t	 auxsize; /* (wq) likewise */
			mach_port_name_t identity; /* (wq) LARGE_IDENTITY */
			mach_port_seqno_t seqno; /* (wq) */
			bool		 peek;	/* wake, do not deliver */
		} rcv;
		struct {
			struct mach_semaphore *semaphore;	/* referenced */
			struct mach_semaphore *signal;	/* referenced or NULL */
		} sem;
		struct {
			int		 clock;
			mach_vm_offset_t wakeup_addr;
		} sleep;
	} th_saved;

	/* The arguments of the message trap in progress. */
	struct {
		struct ipc_kmsg	*kmsg;		/* being sent */
		mach_vm_offset_t rcv_addr;
		mach_vm_offset_t aux_addr;	/* 0: none is received */
		mach_msg_option64_t option;
		mach_msg_size_t	 rcv_size;
		mach_msg_size_t	 aux_size;	/* room there */
		mach_msg_return_t rcv_error;	/* found out while sending */
		mach_port_name_t rcv_name;
		mach_port_name_t notify;	/* SEND_NOTIFY */
		mach_msg_timeout_t timeout;
		mach_vm_offset_t send_addr;	/* for the pseudo-receive */
		mach_msg_size_t	 send_size;
		struct ipc_space *space;	/* (c) during a receive */
		sbintime_t	 deadline;
		bool		 poll;		/* a time-out of 0 */
		thread_continue_t done;		/* when the queue is through */
	} th_msg;

	/* What it waits for, for who looks from outside: MACH_WAITS_*. */
	volatile u_int	     th_wait_what;
	volatile u_int	     th_wait_name;
	volatile u_long	     th_wait_object;	/* a serial number, or 0 */

	struct ipc_kmsg	    *th_kmsg;	/* kept for the next message, or NULL */

	struct mtx	     th_sleep_mtx;	/* for waits on nothing */
	struct mach_waitq    th_sleepq;

};

void	mach_waitq_init(struct mach_waitq *wq, struct mtx *lock);

/*
 * Queue the thread on wq (whose lock is held and is released) until
 * thread_wakeup(), the deadline (absolute sbinuptime(); SBT_MAX: none) or a
 * signal.  The thread is off the queue when the continuation runs.  Returns
 * THREAD_BLOCKED.  Only in tail position.
 */
int	thread_block(struct mach_thread *th, struct mach_waitq *wq,
	    sbintime_t deadline, thread_continue_t continuation);

/*
 * What mach_trap_dispatch() does with a trap that returned THREAD_BLOCKED:
 * sleep and run continuations until one returns something else (in machd:
 * return THREAD_BLOCKED at once).
 */
int	mach_thread_wait(struct mach_thread *th);

/*
 * End the wait of a queued thread: takes it off its queue, whose lock is held.
 */
void	thread_wakeup(struct mach_thread *th, int result);

/* As MTH_* of <mach_debug/mach_inspect.h>. */
#define	MACH_WAITS_RECEIVE	1
#define	MACH_WAITS_SEND		2
#define	MACH_WAITS_SEMAPHORE	3
#define	MACH_WAITS_SLEEP	4
#define	MACH_WAITS_SET		0x80	/* the object is a port set */

/* Before thread_block(), and again with 0 when the wait is over. */
static __inline void
mach_thread_waits(struct mach_thread *th, u_int what, u_long serial,
    mach_port_name_t name)
{

	atomic_store_long(&th->th_wait_object, serial);
	atomic_store_int(&th->th_wait_name, name);
	atomic_store_rel_int(&th->th_wait_what, what);
}

/* The waiter queued first, or NULL; the lock is held. */
static __inline struct mach_thread *
mach_waitq_first(struct mach_waitq *wq)
{

	mtx_assert(wq->wq_lock, MA_OWNED);
	return (TAILQ_FIRST(&wq->wq_threads));
}

/* The calling thread's Mach state, made on first use; NULL: no memory. */
struct mach_thread *mach_thread_current(void);
struct mach_thread *mach_thread_lookup(struct thread *td); /* or NULL */
void	mach_thread_hold(struct mach_thread *th);
void	mach_thread_drop(struct mach_thread *th);

/*
 * The host thread is gone: the osd(9) destructor calls this.  The thread does
 * not wait on anything.
 */
void	mach_thread_exit(struct mach_thread *th);

/*
 * The bootstrap port of the next process that the calling thread forks: a send
 * right or dead name of its task, MACH_PORT_NULL for none.
 * KERN_INVALID_CAPABILITY: `name` is no such right.  KERN_RESOURCE_SHORTAGE:
 * no memory for the thread.
 */
kern_return_t mach_thread_set_spawn_port(mach_port_name_t name);
/* The right set so, with its reference; NULL: none. */
struct ipc_port *mach_thread_take_spawn_port(void);

/* Host glue: the slot that holds the state of a struct thread. */
void	*mach_thread_slot_get(struct thread *td);
int	mach_thread_slot_set(struct thread *td, void *state);

/*
 * Host glue: does the host tell of every change of curthread's ids before the
 * trap begins?  If not, td_ucred is as it was when it was last looked at, and
 * mach_thread_look_ids() looks now.  In a trap of that thread, without locks.
 */
bool	mach_thread_ids_fixed(struct thread *td);
void	mach_thread_look_ids(struct thread *td);

/*
 * Host glue: the current thread is about to wait.  If the host wants its
 * processor for a more urgent one, mostly the one it has just woken, that may
 * run first.  No locks.
 */
void	mach_thread_give_way(void);

/* A send right to the thread's port; IP_DEAD: it has none any more. */
struct ipc_port *mach_thread_port(struct mach_thread *th);

/* No port names the thread any more (exit, exec). */
void	mach_thread_port_gone(struct mach_thread *th);

/* A mach_msg timeout in milliseconds as an absolute deadline. */
sbintime_t mach_deadline_ms(mach_msg_timeout_t ms);

#endif /* !_KERNEL_KERN_THREAD_H_ */
