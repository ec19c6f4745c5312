/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Limits on what users can hold, and the accounts they are kept by.
 *
 * A quota is the account of a task, a mach_user that of all tasks of one real
 * user id.  What is charged is charged to both, and given back to both: a
 * quota outlives its task as long as a message is charged to it, a user its
 * last quota.  Each resource has a limit for a task, one for a user and one for
 * the superuser.  Kernel memory and out-of-line memory have a limit of all
 * users together besides, taken from it a chunk at a time (MACH_CHUNK) to keep
 * what all users write rare.
 *
 * Who holds, pays.  A port is paid for by the names and messages that hold its
 * rights, not by who made it: else a user could keep another's dead ports alive
 * on the other's account.
 *
 * The limits are tunables: sysctl kern.mach.limits on FreeBSD, machd's option
 * -o, and mach_limit_set_trap() on both.  They are read without a lock, and
 * lowering one takes nothing away from who is past it.
 *
 * Lock: "mach users", a leaf, for the table of users and for chunks.
 */

#ifndef _KERNEL_KERN_LIMITS_H_
#define _KERNEL_KERN_LIMITS_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/queue.h>
#include <sys/refcount.h>
#include <machine/atomic.h>

enum mach_resource {
	MACH_RES_NAMES,		/* names in spaces */
	MACH_RES_KMEM,		/* bytes: tables, and ports by their names */
	MACH_RES_MESSAGES,	/* bytes: messages sent and not received */
	MACH_RES_OOL,		/* bytes: their out-of-line memory */
	MACH_RES_MEMBERS,	/* ports in sets */
	MACH_RES_THREADS,
	MACH_RES_TIMERS,
	MACH_RES_SEMAPHORES,
	MACH_RES_SET_FDS,	/* sets with a file descriptor */
	MACH_RES_FILEPORTS,
	MACH_RES_TASKS,
	MACH_RESOURCES
};

/* For each resource a task's, a user's and the superuser's; then the rest. */
enum mach_level {
	MACH_LEVEL_TASK,
	MACH_LEVEL_USER,
	MACH_LEVEL_ROOT,
	MACH_LEVELS
};
#define	MACH_LIMIT_OF(res, level)	((res) * MACH_LEVELS + (level))

enum mach_limit_id {
	MACH_LIMIT_TASK_NAMES = MACH_LIMIT_OF(MACH_RES_NAMES, MACH_LEVEL_TASK),
	MACH_LIMIT_MESSAGE_SIZE = MACH_RESOURCES * MACH_LEVELS,
	MACH_LIMIT_MESSAGE_DESCRIPTORS,
	MACH_LIMIT_MESSAGE_PORTS,
	MACH_LIMIT_MESSAGE_OOL,
	MACH_LIMIT_QUEUE_MESSAGES,
	MACH_LIMIT_QUEUE_BYTES,
	MACH_LIMIT_PORT_SETS,		/* that a port may be in */
	MACH_LIMIT_NESTING,		/* queues within queues */
	MACH_LIMIT_SYSTEM_PORTS,
	MACH_LIMIT_SYSTEM_KMEM,
	MACH_LIMIT_SYSTEM_OOL,
	MACH_LIMITS
};

struct mach_limit {
	const char	*ml_name;	/* NULL: none such */
	const char	*ml_descr;
	volatile u_long	 ml_value;
	u_long		 ml_min;
	u_long		 ml_max;
	volatile u_long	 ml_hits;	/* how often it was in the way */
};
extern struct mach_limit mach_limits[MACH_LIMITS];

static __inline u_long
mach_limit(enum mach_limit_id which)
{

	return (atomic_load_long(&mach_limits[which].ml_value));
}

/* By name; errno: ENOENT, ERANGE. */
int	mach_limit_set(const char *name, u_long value);
/* A host with less memory than the defaults think of lowers them. */
void	mach_limit_lower(enum mach_limit_id which, u_long value);

struct mach_user;

struct mach_quota {
	volatile u_int	 q_refs;
	int		 q_pid;		/* (c) whose it is, for the log */
	struct mach_user *q_user;	/* (c) referenced */
	volatile u_long	 q_used[MACH_RESOURCES];
	volatile u_int	 q_logged[howmany(MACH_LIMITS, 32)];
};

int	mach_limits_init(void);
void	mach_limits_fini(void);

/* The account of a task of that real user; may sleep. */
struct mach_quota *mach_quota_alloc(uid_t uid, int pid);
void	mach_quota_free(struct mach_quota *quota);	/* mach_quota_drop */

static __inline void
mach_quota_hold(struct mach_quota *quota)
{

	refcount_acquire(&quota->q_refs);
}

static __inline void
mach_quota_drop(struct mach_quota *quota)
{

	if (refcount_release(&quota->q_refs))
		mach_quota_free(quota);
}

uid_t	mach_quota_uid(const struct mach_quota *quota);

/* False: past a limit, which is logged; nothing charged. */
bool	mach_quota_charge(struct mach_quota *quota, enum mach_resource res,
	    u_long n);
/*
 * For what the kernel must do come what may: charged past the limit, so that
 * the task whose doings caused it cannot do more of its own.
 */
void	mach_quota_force(struct mach_quota *quota, enum mach_resource res,
	    u_long n);
void	mach_quota_uncharge(struct mach_quota *quota, enum mach_resource res,
	    u_long n);
/* Is the message memory of the task, or of its user, used up? */
bool	mach_quota_exceeded(struct mach_quota *quota);

/* A limit is in the way: counted, and logged once for the task. */
void	mach_limit_hit(enum mach_limit_id which, struct mach_quota *quota);

/* Of all users: messages and their out-of-line memory. */
u_long	mach_users_message_bytes(void);

#endif /* !_KERNEL_KERN_LIMITS_H_ */
