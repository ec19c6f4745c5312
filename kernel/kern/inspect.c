/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Looking into the Mach kernel from outside.
 *
 * Every record is first put into memory of the kernel's, charged to the caller,
 * and copied out when no lock is held.  The names of a task are read under one
 * shared hold of its space's lock; it lasts as long as its table is large, and
 * only those who change names of that one task wait.  Tasks are taken from the
 * hash as references, and looked into without its lock.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/libkern.h>
#include <sys/limits.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>

#include <mach_debug/mach_inspect.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/inspect.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>
#include <kernel/trap/trap.h>

static MALLOC_DEFINE(M_MACH_INSPECT, "mach_inspect", "Mach inspection");

#define	INSPECT_SLACK	64	/* at first */

const char *const mach_inspect_right_names[MACH_INSPECT_RIGHTS] = {
	[MACH_INSPECT_SEND] = "rights_send",
	[MACH_INSPECT_RECEIVE] = "rights_receive",
	[MACH_INSPECT_SEND_ONCE] = "rights_send_once",
	[MACH_INSPECT_PORT_SET] = "rights_port_set",
	[MACH_INSPECT_DEAD_NAME] = "rights_dead_name"
};

static const uint32_t inspect_right_types[MACH_INSPECT_RIGHTS] = {
	[MACH_INSPECT_SEND] = MACH_PORT_TYPE_SEND,
	[MACH_INSPECT_RECEIVE] = MACH_PORT_TYPE_RECEIVE,
	[MACH_INSPECT_SEND_ONCE] = MACH_PORT_TYPE_SEND_ONCE,
	[MACH_INSPECT_PORT_SET] = MACH_PORT_TYPE_PORT_SET,
	[MACH_INSPECT_DEAD_NAME] = MACH_PORT_TYPE_DEAD_NAME
};

/* Records on their way out. */
struct inspect_buf {
	struct mach_quota *ib_quota;	/* what it is charged to */
	u_long		 ib_charge;
	void		*ib_records;
	u_int		 ib_room;	/* records there is room for */
	u_int		 ib_there;	/* records there are */
	size_t		 ib_size;	/* of a record */
	u_int		 ib_most;	/* room the caller has */
	u_int		 ib_slack;	/* for what comes while we allocate */
};

static uint64_t inspect_key;

int
mach_inspect_init(void)
{

	arc4random_buf(&inspect_key, sizeof(inspect_key));
	return (0);
}

void
mach_inspect_fini(void)
{
}

/*
 * Serial numbers spread out so that nobody takes them for an index, or orders
 * ports by them.  Nothing secret is in them: one to one is all that counts.
 */
uint64_t
mach_object_id(enum ipc_object_type type, u_long serial)
{
	uint64_t x;

	x = ((uint64_t)serial * 2 + (type == IOT_PORT_SET)) ^ inspect_key;
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdULL;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53ULL;
	x ^= x >> 33;
	return (x);
}

static uint64_t
inspect_id(const struct ipc_object *object)
{

	return (mach_object_id(object->io_type, object->io_serial));
}

/*
 * Buffers.
 */

/* Room for `there` records and those that come meanwhile. */
static kern_return_t
inspect_alloc(struct inspect_buf *ib, struct mach_thread *self, u_int there,
    size_t size)
{
	u_int room;

	room = MIN(ib->ib_most, there + ib->ib_slack);
	ib->ib_size = size;
	ib->ib_room = room;
	if (room == 0)
		return (KERN_SUCCESS);
	ib->ib_charge = room * size;
	if (!mach_quota_charge(self->th_quota, MACH_RES_KMEM, ib->ib_charge))
		return (KERN_RESOURCE_SHORTAGE);
	ib->ib_quota = self->th_quota;
	ib->ib_records = malloc(ib->ib_charge, M_MACH_INSPECT,
	    M_WAITOK | M_ZERO);
	return (KERN_SUCCESS);
}

static void
inspect_free(struct inspect_buf *ib)
{

	if (ib->ib_records != NULL) {
		free(ib->ib_records, M_MACH_INSPECT);
		mach_quota_uncharge(ib->ib_quota, MACH_RES_KMEM,
		    ib->ib_charge);
	}
	ib->ib_records = NULL;
	ib->ib_room = ib->ib_there = 0;
}

/* A place for the next record, or NULL: it is only counted. */
static void *
inspect_next(struct inspect_buf *ib)
{
	u_int i;

	i = ib->ib_there++;
	return (i < ib->ib_room ? (char *)ib->ib_records + i * ib->ib_size :
	    NULL);
}

/*
 * Ports.
 */

static u_int
inspect_waiting(struct mach_waitq *wq)
{
	struct mach_thread *th;
	u_int n;

	n = 0;
	TAILQ_FOREACH(th, &wq->wq_threads, th_waitlink)
		n++;
	return (n);
}

/* The port is locked by us. */
static void
inspect_port(struct ipc_port *port, struct mach_inspect_name *min)
{
	struct ipc_pset_link *link;

	ip_lock(port);
	min->min_object = inspect_id(&port->ip_object);
	if (!ip_active(port)) {
		min->min_flags |= MIN_DEAD;
		ip_unlock(port);
		return;
	}
	if (port->ip_receiver == ipc_space_kernel)
		min->min_flags |= MIN_KERNEL;
	else if (port->ip_receiver != NULL) {
		/* As long as it holds a right, its task is there. */
		min->min_receiver = port->ip_receiver->is_task->t_pid;
		min->min_receiver_name = port->ip_receiver_name;
	} else {
		min->min_flags |= MIN_TRANSIT;
		mtx_lock(&ipc_transit_lock);
		if (port->ip_destination != NULL)
			min->min_transit =
			    inspect_id(&port->ip_destination->ip_object);
		mtx_unlock(&ipc_transit_lock);
	}
	min->min_kotype = port->ip_kotype;
	min->min_msgcount = port->ip_msgcount;
	min->min_msgbytes = port->ip_msgbytes;
	min->min_qlimit = port->ip_qlimit;
	min->min_seqno = port->ip_seqno;
	min->min_mscount = port->ip_mscount;
	min->min_srights = port->ip_srights;
	min->min_sorights = port->ip_sorights;
	min->min_context = port->ip_context;
	min->min_receivers = inspect_waiting(&port->ip_receivers);
	min->min_senders = inspect_waiting(&port->ip_senders);
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink)
		min->min_sets++;
	if (port->ip_nsrequest != NULL)
		min->min_flags |= MIN_NSREQUEST;
	if (port->ip_pdrequest != NULL)
		min->min_flags |= MIN_PDREQUEST;
	if ((port->ip_flags & IP_GUARDED) != 0)
		min->min_flags |= MIN_GUARDED;
	if ((port->ip_flags & IP_STRICT_GUARD) != 0)
		min->min_flags |= MIN_STRICT_GUARD;
	if ((port->ip_flags & IP_IMMOVABLE_RECEIVE) != 0)
		min->min_flags |= MIN_IMMOVABLE;
	if (port->ip_kind == IPK_REPLY)
		min->min_flags |= MIN_REPLY;
	ip_unlock(port);
}

static void
inspect_pset(struct ipc_pset *pset, struct mach_inspect_name *min)
{

	ips_lock(pset);
	min->min_object = inspect_id(&pset->ips_object);
	min->min_sets = pset->ips_nmembers;
	min->min_receivers = inspect_waiting(&pset->ips_receivers);
	ips_unlock(pset);
}

/* The space is locked, shared: dead names are not made, only told. */
static void
inspect_entry(struct ipc_entry *entry, struct mach_inspect_name *min)
{
	struct ipc_port *port;
	mach_port_type_t type;

	type = IE_BITS_TYPE(entry->ie_bits);
	min->min_urefs = IE_BITS_UREFS(entry->ie_bits);
	if ((type & MACH_PORT_TYPE_PORT_SET) != 0)
		inspect_pset(ipc_object_pset(entry->ie_object), min);
	else if ((type & MACH_PORT_TYPE_PORT_RIGHTS) != 0) {
		port = ipc_object_port(entry->ie_object);
		if (entry->ie_request != 0) {
			ip_lock(port);
			type |= ipc_port_request_type(port,
			    entry->ie_request);
			ip_unlock(port);
		}
		inspect_port(port, min);
		if ((min->min_flags & MIN_DEAD) != 0)
			type = MACH_PORT_TYPE_DEAD_NAME;
	}
	min->min_type = type;
}

/*
 * Tasks that the caller does not see receive nothing, as far as it knows; into
 * `self` it may look.
 */
static void
inspect_hide_receivers(struct inspect_buf *ib, pid_t self)
{
	struct mach_inspect_name *min;
	struct mach_task *task;
	pid_t pid;
	bool seen;
	u_int i;

	pid = self;
	seen = true;
	for (i = 0; i < MIN(ib->ib_there, ib->ib_room); i++) {
		min = (struct mach_inspect_name *)ib->ib_records + i;
		if (min->min_receiver == 0)
			continue;
		if (min->min_receiver != pid) {
			pid = min->min_receiver;
			task = mach_task_find_pid(pid, false);
			seen = pid == self || task != NULL;
			if (task != NULL)
				mach_task_drop(task);
		}
		if (!seen)
			min->min_receiver = min->min_receiver_name = 0;
	}
}

/*
 * Tasks.
 */

/* Rights that no name stands for. */
static void
inspect_specials(struct mach_task *task, struct inspect_buf *ib)
{
	struct mach_inspect_name *min;
	struct ipc_port *port;
	u_int i;

	for (i = 0; i < TASK_SPECIAL_PORTS + TASK_PORT_REGISTER_MAX; i++) {
		mtx_lock(&task->t_lock);
		port = i < TASK_SPECIAL_PORTS ? task->t_special[i] :
		    task->t_registered[i - TASK_SPECIAL_PORTS];
		if (IP_VALID(port))
			ip_hold(port);
		mtx_unlock(&task->t_lock);
		if (!IP_VALID(port))
			continue;
		min = inspect_next(ib);
		if (min != NULL) {
			min->min_name = i < TASK_SPECIAL_PORTS ? i :
			    (i - TASK_SPECIAL_PORTS) | MIN_SPECIAL_REGISTERED;
			min->min_type = MACH_PORT_TYPE_SEND;
			min->min_urefs = 1;
			min->min_flags = MIN_SPECIAL;
			inspect_port(port, min);
		}
		ip_drop(port);
	}
}

/* How many names there are; of a space that ended, none. */
static uint32_t
inspect_space_names(struct ipc_space *space)
{
	uint32_t n;

	is_read_lock(space);
	/* Once terminated, it belongs to ipc_space_terminate(). */
	n = space->is_active ? space->is_count : 0;
	is_read_unlock(space);
	return (n);
}

/*
 * The first entry with a right from *indexp on, which becomes its index; NULL:
 * there is no more, or the space ended.  The space is locked.
 */
static struct ipc_entry *
inspect_space_entry(struct ipc_space *space, uint32_t *indexp)
{
	struct ipc_entry *entry;
	uint32_t i;

	for (i = *indexp; space->is_active && i < ipc_space_size(space); i++) {
		entry = ipc_entry_at(space, i);
		if (entry == NULL) {
			i |= IPC_SPACE_CHUNK - 1;	/* none in the chunk */
			continue;
		}
		if (IE_BITS_TYPE(entry->ie_bits) != 0) {
			*indexp = i;
			return (entry);
		}
	}
	return (NULL);
}

static kern_return_t
inspect_names(struct mach_thread *self, struct mach_task *task,
    struct inspect_buf *ib)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	struct mach_inspect_name *min;
	kern_return_t kr;
	uint32_t i;

	space = mach_task_space(task);
	kr = inspect_alloc(ib, self, inspect_space_names(space), sizeof(*min));
	if (kr != KERN_SUCCESS) {
		ipc_space_drop(space);
		return (kr);
	}
	is_read_lock(space);
	for (i = 1; (entry = inspect_space_entry(space, &i)) != NULL; i++) {
		min = inspect_next(ib);
		if (min == NULL)
			continue;
		min->min_name = IPC_NAME(i, IE_BITS_GEN(entry->ie_bits));
		inspect_entry(entry, min);
	}
	is_read_unlock(space);
	ipc_space_drop(space);
	inspect_specials(task, ib);
	inspect_hide_receivers(ib, task->t_pid);
	return (KERN_SUCCESS);
}

static kern_return_t
inspect_members(struct mach_thread *self, struct mach_task *task,
    struct inspect_buf *ib)
{
	struct ipc_entry *entry;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	struct ipc_space *space;
	struct mach_inspect_member *mim;
	kern_return_t kr;
	uint32_t i;

	space = mach_task_space(task);
	kr = inspect_alloc(ib, self, (u_int)atomic_load_long(
	    &space->is_quota->q_used[MACH_RES_MEMBERS]), sizeof(*mim));
	if (kr != KERN_SUCCESS) {
		ipc_space_drop(space);
		return (kr);
	}
	is_read_lock(space);
	for (i = 1; (entry = inspect_space_entry(space, &i)) != NULL; i++) {
		if ((IE_BITS_TYPE(entry->ie_bits) & MACH_PORT_TYPE_PORT_SET) ==
		    0)
			continue;
		pset = ipc_object_pset(entry->ie_object);
		ips_lock(pset);
		LIST_FOREACH(link, &pset->ips_members, ipl_psetlink) {
			mim = inspect_next(ib);
			if (mim == NULL)
				continue;
			mim->mim_set_name = IPC_NAME(i,
			    IE_BITS_GEN(entry->ie_bits));
			mim->mim_set = inspect_id(&pset->ips_object);
			/* A receive right of this space: its name stays. */
			mim->mim_port_name = link->ipl_port->ip_receiver_name;
			mim->mim_port = inspect_id(&link->ipl_port->ip_object);
		}
		ips_unlock(pset);
	}
	is_read_unlock(space);
	ipc_space_drop(space);
	return (KERN_SUCCESS);
}

static kern_return_t
inspect_threads(struct mach_thread *self, struct mach_task *task,
    struct inspect_buf *ib)
{
	struct mach_inspect_thread *mth;
	struct mach_thread *th;
	kern_return_t kr;
	u_long serial;
	u_int there, wait;

	there = 0;
	mtx_lock(&task->t_lock);
	LIST_FOREACH(th, &task->t_threads, th_tasklink)
		there++;
	mtx_unlock(&task->t_lock);
	kr = inspect_alloc(ib, self, there, sizeof(*mth));
	if (kr != KERN_SUCCESS)
		return (kr);
	mtx_lock(&task->t_lock);
	LIST_FOREACH(th, &task->t_threads, th_tasklink) {
		mth = inspect_next(ib);
		if (mth == NULL)
			continue;
		mth->mth_tid = (uint64_t)th->th_td->td_tid;
		wait = atomic_load_acq_int(&th->th_wait_what);
		serial = atomic_load_long(&th->th_wait_object);
		mth->mth_name = atomic_load_int(&th->th_wait_name);
		mth->mth_wait = wait & ~MACH_WAITS_SET;
		if (mth->mth_wait == MTH_RUNS)
			mth->mth_name = 0;
		else if (serial != 0)
			mth->mth_object = mach_object_id(
			    (wait & MACH_WAITS_SET) != 0 ? IOT_PORT_SET :
			    IOT_PORT, serial);
	}
	mtx_unlock(&task->t_lock);
	return (KERN_SUCCESS);
}

static void
inspect_task(struct mach_task_seen *seen, struct mach_inspect_task *mit)
{
	struct mach_quota *quota;
	struct mach_task *task;
	struct mach_thread *th;
	struct ipc_space *space;

	task = seen->ts_task;
	mit->mit_pid = task->t_pid;
	mit->mit_ruid = seen->ts_ruid;
	(void)strlcpy(mit->mit_comm, seen->ts_comm, sizeof(mit->mit_comm));
	if (!seen->ts_open)
		return;
	mit->mit_flags = MIT_OPEN;
	mtx_lock(&task->t_lock);
	if (task->t_self != NULL)
		mit->mit_task = inspect_id(&task->t_self->ip_object);
	LIST_FOREACH(th, &task->t_threads, th_tasklink)
		mit->mit_threads++;
	quota = task->t_quota;
	mach_quota_hold(quota);
	mtx_unlock(&task->t_lock);
	space = mach_task_space(task);
	mit->mit_names = inspect_space_names(space);
	ipc_space_drop(space);
#define	USED(res)	atomic_load_long(&quota->q_used[MACH_RES_##res])
	mit->mit_kmem = USED(KMEM);
	mit->mit_message_bytes = USED(MESSAGES);
	mit->mit_ool_bytes = USED(OOL);
	mit->mit_members = USED(MEMBERS);
	mit->mit_timers = USED(TIMERS);
	mit->mit_semaphores = USED(SEMAPHORES);
#undef USED
	mach_quota_drop(quota);
}

static void
inspect_drop_seen(struct inspect_buf *list)
{
	struct mach_task_seen *seen;
	u_int i;

	for (i = 0; i < MIN(list->ib_there, list->ib_room); i++) {
		seen = (struct mach_task_seen *)list->ib_records + i;
		mach_task_drop(seen->ts_task);
	}
	inspect_free(list);
}

static kern_return_t
inspect_tasks(struct mach_thread *self, struct inspect_buf *ib)
{
	struct inspect_buf list;
	struct mach_inspect_task *mit;
	kern_return_t kr;
	u_int i, n;

	list = *ib;
	kr = inspect_alloc(&list, self, (u_int)mach_tasks_active(),
	    sizeof(struct mach_task_seen));
	if (kr != KERN_SUCCESS)
		return (kr);
	list.ib_there = mach_tasks_see(list.ib_records, list.ib_room);
	kr = inspect_alloc(ib, self, list.ib_there, sizeof(*mit));
	n = MIN(list.ib_there, list.ib_room);
	for (i = 0; i < n && kr == KERN_SUCCESS; i++) {
		mit = inspect_next(ib);
		KASSERT(mit != NULL, ("more room for tasks than for records"));
		inspect_task((struct mach_task_seen *)list.ib_records + i,
		    mit);
	}
	/* All that there are; what was not looked at has no room either. */
	ib->ib_room = MIN(ib->ib_room, n);
	ib->ib_there = list.ib_there;
	inspect_drop_seen(&list);
	return (kr);
}

/*
 * Counters and limits.
 */

static void
inspect_count_rights(struct mach_task *task, u_long *counts)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	uint32_t i, type;
	u_int r;

	space = mach_task_space(task);
	is_read_lock(space);
	for (i = 1; (entry = inspect_space_entry(space, &i)) != NULL; i++) {
		type = IE_BITS_TYPE(entry->ie_bits);
		for (r = 0; r < MACH_INSPECT_RIGHTS; r++) {
			if ((type & inspect_right_types[r]) != 0)
				counts[r]++;
		}
	}
	is_read_unlock(space);
	ipc_space_drop(space);
}

int
mach_inspect_rights(u_long counts[MACH_INSPECT_RIGHTS])
{
	struct mach_task_seen *seen;
	u_int i, n, room;
	int error;

	error = priv_check(curthread, PRIV_DEBUG_DIFFCRED);
	if (error != 0)
		return (error);
	bzero(counts, MACH_INSPECT_RIGHTS * sizeof(counts[0]));
	room = (u_int)mach_tasks_active() + INSPECT_SLACK;
	seen = malloc(room * sizeof(*seen), M_MACH_INSPECT, M_WAITOK | M_ZERO);
	n = mach_tasks_see(seen, room);
	for (i = 0; i < MIN(n, room); i++) {
		inspect_count_rights(seen[i].ts_task, counts);
		mach_task_drop(seen[i].ts_task);
	}
	free(seen, M_MACH_INSPECT);
	return (0);
}

static kern_return_t
inspect_counters(struct mach_thread *self, struct inspect_buf *ib)
{
	struct mach_counter_cell *c;
	struct mach_inspect_counter *mic;
	u_long rights[MACH_INSPECT_RIGHTS];
	kern_return_t kr;
	u_int i;

	kr = inspect_alloc(ib, self, MACH_COUNTERS + MACH_INSPECT_RIGHTS,
	    sizeof(*mic));
	if (kr != KERN_SUCCESS)
		return (kr);
	for (i = 0; i < MACH_COUNTERS; i++) {
		mic = inspect_next(ib);
		if (mic == NULL)
			continue;
		c = &mach_counters[i];
		(void)strlcpy(mic->mic_name, mach_counter_name(i),
		    sizeof(mic->mic_name));
		mic->mic_live = mach_counter_get(i) - mach_counters_base[i];
		mic->mic_peak = atomic_load_long(&c->mc_peak);
		mic->mic_total = atomic_load_long(&c->mc_made);
		mic->mic_failed = atomic_load_long(&c->mc_failed);
		if (i == MACH_COUNTER_KMSG_BYTES)
			mic->mic_flags = MIC_LIVE_ONLY;
	}
	if (mach_inspect_rights(rights) != 0)
		return (KERN_SUCCESS);
	for (i = 0; i < MACH_INSPECT_RIGHTS; i++) {
		mic = inspect_next(ib);
		if (mic == NULL)
			continue;
		(void)strlcpy(mic->mic_name, mach_inspect_right_names[i],
		    sizeof(mic->mic_name));
		mic->mic_live = rights[i];
		mic->mic_flags = MIC_LIVE_ONLY;
	}
	return (KERN_SUCCESS);
}

static kern_return_t
inspect_limits(struct mach_thread *self, struct inspect_buf *ib)
{
	struct mach_inspect_limit *mil;
	struct mach_limit *limit;
	kern_return_t kr;

	kr = inspect_alloc(ib, self, MACH_LIMITS, sizeof(*mil));
	if (kr != KERN_SUCCESS)
		return (kr);
	for (limit = mach_limits; limit < mach_limits + MACH_LIMITS; limit++) {
		if (limit->ml_name == NULL)
			continue;
		mil = inspect_next(ib);
		if (mil == NULL)
			continue;
		(void)strlcpy(mil->mil_name, limit->ml_name,
		    sizeof(mil->mil_name));
		mil->mil_value = atomic_load_long(&limit->ml_value);
		mil->mil_min = limit->ml_min;
		mil->mil_max = limit->ml_max;
		mil->mil_hits = atomic_load_long(&limit->ml_hits);
	}
	return (KERN_SUCCESS);
}

static kern_return_t
inspect_traps(struct mach_thread *self, struct inspect_buf *ib)
{
	struct mach_inspect_trapstat *mts;
	kern_return_t kr;
	u_int i;

	kr = inspect_alloc(ib, self, mach_trap_count, sizeof(*mts));
	if (kr != KERN_SUCCESS)
		return (kr);
	for (i = 0; i < mach_trap_count; i++) {
		if (!mach_trap_table[i].mt_supported)
			continue;
		mts = inspect_next(ib);
		if (mts == NULL)
			continue;
		(void)strlcpy(mts->mts_name, mach_trap_table[i].mt_name,
		    sizeof(mts->mts_name));
		mts->mts_calls = atomic_load_long(&mach_trap_stats[i].calls);
		mts->mts_errors = atomic_load_long(&mach_trap_stats[i].errors);
	}
	return (KERN_SUCCESS);
}

/*
 * The traps.
 */

static kern_return_t
inspect_one(struct mach_thread *self, u_int flavor, uint64_t pid,
    struct inspect_buf *ib)
{
	struct mach_task *task;
	kern_return_t kr;

	if (pid == 0 || pid > INT_MAX)
		return (KERN_FAILURE);
	if ((pid_t)pid == self->th_task->t_pid) {
		task = self->th_task;
		mach_task_hold(task);
	} else {
		task = mach_task_find_pid((pid_t)pid, true);
		if (task == NULL)
			return (KERN_FAILURE);
	}
	switch (flavor) {
	case MACH_INSPECT_NAMES:
		kr = inspect_names(self, task, ib);
		break;
	case MACH_INSPECT_MEMBERS:
		kr = inspect_members(self, task, ib);
		break;
	default:
		kr = inspect_threads(self, task, ib);
		break;
	}
	mach_task_drop(task);
	return (kr);
}

static kern_return_t
inspect_flavor(struct mach_thread *self, u_int flavor, uint64_t which,
    struct inspect_buf *ib)
{

	switch (flavor) {
	case MACH_INSPECT_COUNTERS:
		return (inspect_counters(self, ib));
	case MACH_INSPECT_LIMITS:
		return (inspect_limits(self, ib));
	case MACH_INSPECT_TASKS:
		return (inspect_tasks(self, ib));
	case MACH_INSPECT_TRAPS:
		return (inspect_traps(self, ib));
	case MACH_INSPECT_NAMES:
	case MACH_INSPECT_MEMBERS:
	case MACH_INSPECT_THREADS:
		return (inspect_one(self, flavor, which, ib));
	default:
		return (KERN_INVALID_ARGUMENT);
	}
}

int
sys_mach_inspect_trap(struct mach_thread *self,
    struct mach_inspect_trap_args *uap)
{
	struct inspect_buf ib;
	kern_return_t kr;
	mach_msg_type_number_t count;

	if (uap->version != MACH_INSPECT_VERSION)
		return (KERN_NOT_SUPPORTED);
	bzero(&ib, sizeof(ib));
	if (copyin(uap->count, &ib.ib_most, sizeof(ib.ib_most)) != 0)
		return (KERN_INVALID_ADDRESS);
	ib.ib_slack = INSPECT_SLACK;
	for (;;) {
		kr = inspect_flavor(self, uap->flavor, uap->which, &ib);
		if (kr != KERN_SUCCESS || ib.ib_there <= ib.ib_room ||
		    ib.ib_room == ib.ib_most)
			break;
		/* More came than we thought: the caller has room for them. */
		inspect_free(&ib);
		ib.ib_slack *= 4;
	}
	count = ib.ib_there;
	if (kr == KERN_SUCCESS && copyout(ib.ib_records, uap->records,
	    MIN(ib.ib_there, ib.ib_room) * ib.ib_size) != 0)
		kr = KERN_INVALID_ADDRESS;
	inspect_free(&ib);
	if (kr == KERN_SUCCESS &&
	    copyout(&count, uap->count, sizeof(count)) != 0)
		kr = KERN_INVALID_ADDRESS;
	return (kr);
}

int
sys_mach_limit_set_trap(struct mach_thread *self __unused,
    struct mach_limit_set_trap_args *uap)
{
	kern_return_t kr;
	char *name;

	if (priv_check(curthread, PRIV_SYSCTL_WRITE) != 0)
		return (KERN_NO_ACCESS);
	/* Not on the stack: 12.x cannot relocate what guards it. */
	name = malloc(MACH_INSPECT_NAME_MAX, M_MACH_INSPECT, M_WAITOK);
	if (copyin(uap->name, name, MACH_INSPECT_NAME_MAX) != 0)
		kr = KERN_INVALID_ADDRESS;
	else if (uap->value > ULONG_MAX)
		kr = KERN_INVALID_VALUE;
	else {
		name[MACH_INSPECT_NAME_MAX - 1] = '\0';
		switch (mach_limit_set(name, (u_long)uap->value)) {
		case 0:
			kr = KERN_SUCCESS;
			break;
		case ENOENT:
			kr = KERN_INVALID_NAME;
			break;
		default:
			kr = KERN_INVALID_VALUE;
			break;
		}
	}
	free(name, M_MACH_INSPECT);
	return (kr);
}
