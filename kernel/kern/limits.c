/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Limits and accounts.  The model and the lock are in limits.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/refcount.h>
#include <sys/syslog.h>
#include <sys/time.h>
#include <machine/atomic.h>

#include <mach/port.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/kern/limits.h>

static MALLOC_DEFINE(M_MACH_QUOTA, "mach_quota", "Mach accounts");

#define	KB		1024UL
#define	MB		(1024UL * 1024)
#define	GB		(1024UL * MB)
#define	ANY		(~0UL)

#define	MACH_CHUNK	MB	/* taken from the system's at a time */
#define	LOG_RATE	10	/* lines a second */

/* A task's, a user's and the superuser's of one resource. */
#define	LEVELS(res, name, what, task, user, root)			\
	[MACH_LIMIT_OF(res, MACH_LEVEL_TASK)] = { "task_" name,		\
	    what " of a task", task, 0, ANY, 0 },			\
	[MACH_LIMIT_OF(res, MACH_LEVEL_USER)] = { "user_" name,		\
	    what " of all tasks of a user", user, 0, ANY, 0 },		\
	[MACH_LIMIT_OF(res, MACH_LEVEL_ROOT)] = { "root_" name,		\
	    what " of all tasks of the superuser", root, 0, ANY, 0 }

struct mach_limit mach_limits[MACH_LIMITS] = {
	LEVELS(MACH_RES_NAMES, "names", "port names",
	    64 * KB, 256 * KB, MB),
	LEVELS(MACH_RES_KMEM, "kmem", "bytes of tables and ports",
	    128 * MB, 256 * MB, 512 * MB),
	LEVELS(MACH_RES_MESSAGES, "message_bytes",
	    "bytes of messages in flight", 256 * MB, 384 * MB, 512 * MB),
	LEVELS(MACH_RES_OOL, "ool_bytes",
	    "bytes of out-of-line memory in flight", 256 * MB, 512 * MB, GB),
	LEVELS(MACH_RES_MEMBERS, "members", "ports in port sets",
	    128 * KB, 256 * KB, MB),
	LEVELS(MACH_RES_THREADS, "threads", "threads",
	    8 * KB, 16 * KB, 64 * KB),
	LEVELS(MACH_RES_TIMERS, "timers", "timers",
	    16 * KB, 32 * KB, 64 * KB),
	LEVELS(MACH_RES_SEMAPHORES, "semaphores", "semaphores",
	    64 * KB, 128 * KB, 256 * KB),
	/* machd has two files for each. */
	LEVELS(MACH_RES_SET_FDS, "set_descriptors",
	    "port sets with a file descriptor", 64, 256, KB),
	LEVELS(MACH_RES_FILEPORTS, "fileports", "fileports",
	    KB, 2 * KB, 8 * KB),
	[MACH_LIMIT_OF(MACH_RES_TASKS, MACH_LEVEL_TASK)] = {
	    NULL, NULL, ANY, 0, ANY, 0 },
	[MACH_LIMIT_OF(MACH_RES_TASKS, MACH_LEVEL_USER)] = { "user_tasks",
	    "tasks of a user", 2 * KB, 1, ANY, 0 },
	[MACH_LIMIT_OF(MACH_RES_TASKS, MACH_LEVEL_ROOT)] = { "root_tasks",
	    "tasks of the superuser", 16 * KB, 1, ANY, 0 },
	[MACH_LIMIT_MESSAGE_SIZE] = { "message_size",
	    "bytes of a message", IPC_KMSG_SIZE_MAX, 1024,
	    IPC_KMSG_SIZE_MAX, 0 },
	[MACH_LIMIT_MESSAGE_DESCRIPTORS] = { "message_descriptors",
	    "descriptors of a message", IPC_KMSG_DESCS_MAX, 1,
	    IPC_KMSG_DESCS_MAX, 0 },
	[MACH_LIMIT_MESSAGE_PORTS] = { "message_ports",
	    "rights in out-of-line arrays of a message",
	    IPC_KMSG_OOL_PORTS_MAX, 0, IPC_KMSG_OOL_PORTS_MAX, 0 },
	[MACH_LIMIT_MESSAGE_OOL] = { "message_ool_bytes",
	    "bytes of out-of-line memory of a message",
	    IPC_KMSG_OOL_SIZE_MAX, 0, IPC_KMSG_OOL_SIZE_MAX, 0 },
	[MACH_LIMIT_QUEUE_MESSAGES] = { "queue_messages",
	    "queue limit that a port may be given", MACH_PORT_QLIMIT_MAX,
	    MACH_PORT_QLIMIT_DEFAULT, MACH_PORT_QLIMIT_MAX, 0 },
	[MACH_LIMIT_QUEUE_BYTES] = { "queue_bytes",
	    "bytes of messages at which a queue is full", 64 * MB, 4 * KB,
	    ANY, 0 },
	[MACH_LIMIT_PORT_SETS] = { "port_sets",
	    "sets that a port may be in", KB, 1, 64 * KB, 0 },
	[MACH_LIMIT_NESTING] = { "nesting",
	    "queues within queues by receive rights in messages", KB, 1,
	    64 * KB, 0 },
	[MACH_LIMIT_SYSTEM_PORTS] = { "system_ports",
	    "ports; the last eighth is the superuser's", MB, 64, ANY, 0 },
	[MACH_LIMIT_SYSTEM_KMEM] = { "system_kmem",
	    "bytes of tables, ports and messages of all users", GB, MB, ANY,
	    0 },
	[MACH_LIMIT_SYSTEM_OOL] = { "system_ool_bytes",
	    "bytes of out-of-line memory in flight of all users", 2 * GB - MB,
	    MB, ANY, 0 }
};

struct mach_user {
	LIST_ENTRY(mach_user) u_link;	/* (users) */
	uid_t		 u_uid;		/* (c) */
	u_int		 u_refs;	/* (users) */
	volatile u_long	 u_used[MACH_RESOURCES];
	volatile u_long	 u_reserved[MACH_RESOURCES];	/* (users) to write */
};

#define	USER_HASH	64
static LIST_HEAD(, mach_user) mach_users[USER_HASH];
static u_long mach_reserved[MACH_RESOURCES];
static struct mtx mach_users_lock;
static volatile u_long mach_log_second, mach_log_lines;

int
mach_limits_init(void)
{

	mtx_init(&mach_users_lock, "mach users", NULL, MTX_DEF);
	return (0);
}

void
mach_limits_fini(void)
{

	mtx_destroy(&mach_users_lock);
}

int
mach_limit_set(const char *name, u_long value)
{
	struct mach_limit *limit;

	for (limit = mach_limits; limit < mach_limits + MACH_LIMITS; limit++) {
		if (limit->ml_name == NULL ||
		    strcmp(limit->ml_name, name) != 0)
			continue;
		if (value < limit->ml_min || value > limit->ml_max)
			return (ERANGE);
		atomic_store_long(&limit->ml_value, value);
		return (0);
	}
	return (ENOENT);
}

void
mach_limit_lower(enum mach_limit_id which, u_long value)
{

	if (value < mach_limit(which))
		atomic_store_long(&mach_limits[which].ml_value,
		    MAX(value, mach_limits[which].ml_min));
}

/*
 * One line for a task and limit, and no more than LOG_RATE a second from all
 * of them: who forks and overruns must not fill the log.
 */
static bool
mach_limit_may_log(enum mach_limit_id which, struct mach_quota *quota)
{
	volatile u_int *word;
	u_long second;
	u_int bit, old;

	word = &quota->q_logged[which / 32];
	bit = 1U << (which % 32);
	old = atomic_load_int(word);
	do {
		if ((old & bit) != 0)
			return (false);
	} while (!atomic_fcmpset_int(word, &old, old | bit));
	second = (u_long)(sbinuptime() >> 32);
	if (atomic_load_long(&mach_log_second) != second) {
		atomic_store_long(&mach_log_second, second);
		atomic_store_long(&mach_log_lines, 0);
	}
	return (atomic_fetchadd_long(&mach_log_lines, 1) < LOG_RATE);
}

void
mach_limit_hit(enum mach_limit_id which, struct mach_quota *quota)
{

	atomic_add_long(&mach_limits[which].ml_hits, 1);
	if (quota == NULL || !mach_limit_may_log(which, quota))
		return;
	log(LOG_NOTICE, "mach: process %d of user %u is at limit %s, %lu\n",
	    quota->q_pid, (u_int)quota->q_user->u_uid,
	    mach_limits[which].ml_name, mach_limit(which));
}

/*
 * Users.
 */

static struct mach_user *
mach_user_find_locked(uid_t uid)
{
	struct mach_user *user;

	LIST_FOREACH(user, &mach_users[uid % USER_HASH], u_link) {
		if (user->u_uid == uid) {
			user->u_refs++;
			return (user);
		}
	}
	return (NULL);
}

static struct mach_user *
mach_user_get(uid_t uid)
{
	struct mach_user *new, *user;

	mtx_lock(&mach_users_lock);
	user = mach_user_find_locked(uid);
	mtx_unlock(&mach_users_lock);
	if (user != NULL)
		return (user);
	new = malloc(sizeof(*new), M_MACH_QUOTA, M_WAITOK | M_ZERO);
	new->u_uid = uid;
	new->u_refs = 1;
	mtx_lock(&mach_users_lock);
	user = mach_user_find_locked(uid);
	if (user == NULL) {
		LIST_INSERT_HEAD(&mach_users[uid % USER_HASH], new, u_link);
		user = new;
		new = NULL;
	}
	mtx_unlock(&mach_users_lock);
	free(new, M_MACH_QUOTA);
	return (user);
}

static void
mach_user_drop(struct mach_user *user)
{
	u_int res;

	mtx_lock(&mach_users_lock);
	if (--user->u_refs != 0) {
		mtx_unlock(&mach_users_lock);
		return;
	}
	LIST_REMOVE(user, u_link);
	for (res = 0; res < MACH_RESOURCES; res++) {
		KASSERT(user->u_used[res] == 0, ("user %u holds %lu of %u",
		    (u_int)user->u_uid, user->u_used[res], res));
		mach_reserved[res] -= user->u_reserved[res];
	}
	mtx_unlock(&mach_users_lock);
	free(user, M_MACH_QUOTA);
}

u_long
mach_users_message_bytes(void)
{
	struct mach_user *user;
	u_long bytes;
	u_int i;

	bytes = 0;
	mtx_lock(&mach_users_lock);
	for (i = 0; i < USER_HASH; i++) {
		LIST_FOREACH(user, &mach_users[i], u_link)
			bytes += atomic_load_long(
			    &user->u_used[MACH_RES_MESSAGES]) +
			    atomic_load_long(&user->u_used[MACH_RES_OOL]);
	}
	mtx_unlock(&mach_users_lock);
	return (bytes);
}

/*
 * What all users together hold of a resource that the system limits: the
 * limit, or MACH_LIMITS.
 */
static enum mach_limit_id
mach_system_limit(enum mach_resource res)
{

	switch (res) {
	case MACH_RES_KMEM:
	case MACH_RES_MESSAGES:
		return (MACH_LIMIT_SYSTEM_KMEM);
	case MACH_RES_OOL:
		return (MACH_LIMIT_SYSTEM_OOL);
	default:
		return (MACH_LIMITS);
	}
}

/* Chunks for what the user has by now.  False: there are none left. */
static bool
mach_user_reserve(struct mach_user *user, enum mach_resource res, bool force)
{
	u_long all, reserved, used, want;
	enum mach_limit_id limit;
	bool ok;

	ok = true;
	limit = mach_system_limit(res);
	mtx_lock(&mach_users_lock);
	used = atomic_load_long(&user->u_used[res]);
	reserved = user->u_reserved[res];
	if (used > reserved) {
		want = roundup(used - reserved, MACH_CHUNK);
		all = mach_reserved[res];
		if (limit == MACH_LIMIT_SYSTEM_KMEM)
			all = mach_reserved[MACH_RES_KMEM] +
			    mach_reserved[MACH_RES_MESSAGES];
		ok = force || (want <= mach_limit(limit) &&
		    all <= mach_limit(limit) - want);
		if (ok) {
			mach_reserved[res] += want;
			atomic_store_long(&user->u_reserved[res],
			    reserved + want);
		}
	}
	mtx_unlock(&mach_users_lock);
	return (ok);
}

/* Give chunks back, and keep one or two for the next time. */
static void
mach_user_release(struct mach_user *user, enum mach_resource res)
{
	u_long keep, reserved;

	mtx_lock(&mach_users_lock);
	reserved = user->u_reserved[res];
	keep = roundup(atomic_load_long(&user->u_used[res]), MACH_CHUNK) +
	    MACH_CHUNK;
	if (keep < reserved) {
		mach_reserved[res] -= reserved - keep;
		atomic_store_long(&user->u_reserved[res], keep);
	}
	mtx_unlock(&mach_users_lock);
}

/*
 * Quotas.
 */

struct mach_quota *
mach_quota_alloc(uid_t uid, int pid)
{
	struct mach_quota *quota;

	quota = malloc(sizeof(*quota), M_MACH_QUOTA, M_WAITOK | M_ZERO);
	refcount_init(&quota->q_refs, 1);
	quota->q_pid = pid;
	quota->q_user = mach_user_get(uid);
	return (quota);
}

void
mach_quota_free(struct mach_quota *quota)
{
	u_int res;

	for (res = 0; res < MACH_RESOURCES; res++)
		KASSERT(quota->q_used[res] == 0,
		    ("process %d holds %lu of %u", quota->q_pid,
		    quota->q_used[res], res));
	mach_user_drop(quota->q_user);
	free(quota, M_MACH_QUOTA);
}

uid_t
mach_quota_uid(const struct mach_quota *quota)
{

	return (quota->q_user->u_uid);
}

static enum mach_limit_id
mach_user_limit(const struct mach_user *user, enum mach_resource res)
{

	return (MACH_LIMIT_OF(res, user->u_uid == 0 ? MACH_LEVEL_ROOT :
	    MACH_LEVEL_USER));
}

/* Past the limit: it was not charged to the user, or is no longer. */
static __noinline bool
mach_quota_fail(struct mach_quota *quota, enum mach_resource res, u_long n,
    enum mach_limit_id which)
{

	atomic_subtract_long(&quota->q_used[res], n);
	mach_limit_hit(which, quota);
	return (false);
}

static __noinline bool
mach_quota_fail_user(struct mach_quota *quota, enum mach_resource res,
    u_long n, enum mach_limit_id which)
{

	atomic_subtract_long(&quota->q_user->u_used[res], n);
	return (mach_quota_fail(quota, res, n, which));
}

/* The user has it, but has yet to get it from what is for all. */
static __noinline bool
mach_quota_reserve(struct mach_quota *quota, enum mach_resource res, u_long n)
{

	return (mach_user_reserve(quota->q_user, res, false) ||
	    mach_quota_fail_user(quota, res, n, mach_system_limit(res)));
}

/* Called for every message: what is seldom is called in the end. */
bool
mach_quota_charge(struct mach_quota *quota, enum mach_resource res, u_long n)
{
	struct mach_user *user;
	u_long old;
	enum mach_limit_id which;

	which = MACH_LIMIT_OF(res, MACH_LEVEL_TASK);
	old = atomic_fetchadd_long(&quota->q_used[res], n);
	if (__predict_false(old + n > mach_limit(which) || old + n < old))
		return (mach_quota_fail(quota, res, n, which));
	user = quota->q_user;
	which = mach_user_limit(user, res);
	old = atomic_fetchadd_long(&user->u_used[res], n);
	if (__predict_false(old + n > mach_limit(which) || old + n < old))
		return (mach_quota_fail_user(quota, res, n, which));
	if (mach_system_limit(res) != MACH_LIMITS &&
	    __predict_false(old + n >
	    atomic_load_long(&user->u_reserved[res])))
		return (mach_quota_reserve(quota, res, n));
	return (true);
}

void
mach_quota_force(struct mach_quota *quota, enum mach_resource res, u_long n)
{
	struct mach_user *user;
	u_long old;

	user = quota->q_user;
	atomic_add_long(&quota->q_used[res], n);
	old = atomic_fetchadd_long(&user->u_used[res], n);
	if (mach_system_limit(res) != MACH_LIMITS &&
	    old + n > atomic_load_long(&user->u_reserved[res]))
		(void)mach_user_reserve(user, res, true);
}

void
mach_quota_uncharge(struct mach_quota *quota, enum mach_resource res, u_long n)
{
	struct mach_user *user;
	u_long left;

	user = quota->q_user;
	left = atomic_fetchadd_long(&user->u_used[res], -n) - n;
	if (mach_system_limit(res) != MACH_LIMITS &&
	    __predict_false(left + 4 * MACH_CHUNK <
	    atomic_load_long(&user->u_reserved[res])))
		mach_user_release(user, res);
	atomic_subtract_long(&quota->q_used[res], n);
}

bool
mach_quota_exceeded(struct mach_quota *quota)
{
	enum mach_limit_id which;

	which = MACH_LIMIT_OF(MACH_RES_MESSAGES, MACH_LEVEL_TASK);
	if (atomic_load_long(&quota->q_used[MACH_RES_MESSAGES]) <
	    mach_limit(which)) {
		which = mach_user_limit(quota->q_user, MACH_RES_MESSAGES);
		if (atomic_load_long(
		    &quota->q_user->u_used[MACH_RES_MESSAGES]) <
		    mach_limit(which))
			return (false);
	}
	mach_limit_hit(which, quota);
	return (true);
}
