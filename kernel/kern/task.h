/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Mach tasks.
 *
 * A mach_task is the Mach state of a process: its space of port names and its
 * special ports.  Tasks are found by a hash on the process, made on first use
 * and kept right by the fork, exec and exit events of the host.  A process
 * that never uses Mach costs one failed hash look-up an event.
 *
 * Locks: the hash by mach_task_hash_lock (sx); t_special and the
 * thread list by t_lock.  t_space changes at exec, under t_lock: a user takes a
 * reference on the space with mach_task_space().
 */

#ifndef _KERNEL_KERN_TASK_H_
#define _KERNEL_KERN_TASK_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/queue.h>
#include <sys/refcount.h>

#include <mach/message.h>
#include <mach/port.h>
#include <mach/task_info.h>
#include <mach/task_special_ports.h>

struct ipc_port;
struct ipc_space;
struct mach_quota;
struct mach_semaphore;
struct mach_thread;
struct prison;
struct proc;
struct ucred;
struct vm_space;

#define	TASK_SPECIAL_PORTS	(TASK_MAX_SPECIAL_PORT + 1)
#define	TASK_PORT_REGISTER_MAX	3

struct mach_task {
	LIST_ENTRY(mach_task) t_hashlink;	/* (hash lock) */
	struct proc	*t_proc;	/* (hash lock) NULL once dead */
	pid_t		 t_pid;		/* (c) */
	uint32_t	 t_idversion;	/* (t_lock) new at fork and at exec */
	volatile u_int	 t_refs;
	struct mtx	 t_lock;
	bool		 t_active;	/* (t_lock) */
	struct ipc_space *t_space;	/* (t_lock) */
	struct mach_quota *t_quota;	/* (t_lock) new at exec; referenced */
	struct ipc_port	*t_self;	/* (t_lock) kernel object port */
	struct ipc_port	*t_name;	/* (t_lock) task name port */
	struct ipc_port	*t_special[TASK_SPECIAL_PORTS];	/* (t_lock) send */
	struct ipc_port	*t_registered[TASK_PORT_REGISTER_MAX];	/* (t_lock) */
	LIST_HEAD(, mach_thread) t_threads;	/* (t_lock) */
	LIST_HEAD(, mach_semaphore) t_semaphores; /* (t_lock) */
};

/*
 * What the host calls.
 *
 * mach_task_fork: the child got its process structure but does not run yet;
 * special ports are inherited when the parent has a task, but for a bootstrap
 * port that the forking thread has set aside for it.  No memory: the child
 * starts with none, as if its parent never used Mach.
 * mach_task_exec: the process has a new image; the space is replaced by an
 * empty one, the task port by a new one, and with `reset` (set-uid and such)
 * the special ports fall back to the host's.
 * mach_task_jail: the process enters a jail; the special ports become those of
 * the jail.  Rights it holds stay, as its descriptors do.
 * mach_task_exit: the process is going; every right is released.  Threads of
 * the process blocked in Mach must have been interrupted already or be
 * unable to return.
 */
void	mach_task_fork(struct proc *parent, struct proc *child);
void	mach_task_exec(struct proc *p, bool reset);
void	mach_task_jail(struct proc *p, struct prison *pr);
void	mach_task_exit(struct proc *p);

struct mach_task *mach_task_current(void);		/* made on first use */
struct mach_task *mach_task_find(struct proc *p);	/* referenced or NULL */
/*
 * The task of a process that the caller may see or, with `debug`, debug
 * (p_cansee(9), p_candebug(9)); referenced, or NULL.
 */
struct mach_task *mach_task_find_pid(pid_t pid, bool debug);
/* A task that the caller may see (p_cansee(9)). */
struct mach_task_seen {
	struct mach_task *ts_task;	/* referenced */
	uid_t		 ts_ruid;
	bool		 ts_open;	/* and may look into: p_candebug(9) */
	char		 ts_comm[MAXCOMLEN + 1];
};
/* Fills in at most `room`; returns how many there are.  May sleep. */
u_int	mach_tasks_see(struct mach_task_seen *seen, u_int room);
void	mach_task_hold(struct mach_task *task);
void	mach_task_drop(struct mach_task *task);
struct ipc_space *mach_task_space(struct mach_task *task); /* referenced */

/* The credentials a message carries: those of the thread that sends it. */
void	mach_task_tokens(struct mach_task *task, struct ucred *cred,
	    security_token_t *sec, audit_token_t *audit);

/*
 * What is asked of a task and set in it, by a trap or a message.
 *
 * get_special: a send right, NULL or IP_DEAD.  KERN_INVALID_ARGUMENT.
 * set_special: uses the right up on success.  KERN_INVALID_ARGUMENT,
 * KERN_NO_ACCESS; KERN_FAILURE: the task has ended.
 * register: uses all rights up on success.  KERN_INVALID_ARGUMENT: the task has
 * ended.  registered: three rights as of get_special.
 * info: with the credentials of the task's process; countp is the room and
 * then the length, in words.  KERN_INVALID_ARGUMENT: an unknown flavor, or too
 * little room.
 */
kern_return_t mach_task_get_special(struct mach_task *task, int which,
	    struct ipc_port **portp);
kern_return_t mach_task_set_special(struct mach_task *task, int which,
	    struct ipc_port *port);
kern_return_t mach_task_register(struct mach_task *task,
	    struct ipc_port *const ports[TASK_PORT_REGISTER_MAX]);
void	mach_task_registered(struct mach_task *task,
	    struct ipc_port *ports[TASK_PORT_REGISTER_MAX]);
#define	MACH_TASK_INFO_MAX	8	/* words of the largest flavor */
kern_return_t mach_task_info(struct mach_task *task, struct ucred *cred,
	    task_flavor_t flavor, integer_t *info,
	    mach_msg_type_number_t *countp);
/* The credentials of the task's process, held; NULL: it has ended. */
struct ucred *mach_task_cred(struct mach_task *task);
/* Its memory now, referenced; NULL: vm_space_of(), or it has ended. */
struct vm_space *mach_task_memory(struct mach_task *task);

int	mach_tasks_active(void);	/* tasks of live processes */
int	mach_task_init(void);
void	mach_task_fini(void);

/*
 * The whole Mach kernel.  mach_kernel_init() undoes itself when a step fails
 * and returns an errno; mach_kernel_fini() returns EBUSY while any task, port
 * or blocked thread exists.
 */
int	mach_kernel_init(void);
int	mach_kernel_fini(void);
extern int mach_kernel_fail_step;	/* the step to fail, for tests; -1 */

#endif /* !_KERNEL_KERN_TASK_H_ */
