/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * host_request_notification: who asked is told once, when it happens.
 *
 * A request is the kernel object of the port that it was made for, so a port
 * has one at a time, and it goes with the port.  It holds the send-once right
 * that the message will use up, and counts as a timer of who asked.
 *
 * Lock: "mach notify", for the list; it comes before a port's.  A request is
 * on the list as long as it is a port's.  Of a port that is being destroyed it
 * stays there until mach_host_notify_port_died() takes it.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/queue.h>

#include <mach/host_notify.h>

#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/host.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>

static MALLOC_DEFINE(M_MACH_NOTIFY, "mach_notify", "Mach host requests");

struct mach_host_notify {
	TAILQ_ENTRY(mach_host_notify) hn_link;
	struct ipc_port	*hn_port;	/* (c) its send-once right */
	struct mach_quota *hn_quota;	/* (c) what it is charged to */
	int		 hn_type;	/* (c) */
};
TAILQ_HEAD(mach_host_notify_list, mach_host_notify);

static struct mtx notify_lock;
static struct mach_host_notify_list notify_list =
    TAILQ_HEAD_INITIALIZER(notify_list);

int
mach_host_notify_init(void)
{

	mtx_init(&notify_lock, "mach notify", NULL, MTX_DEF);
	return (0);
}

/* No task is left, and no port of one. */
void
mach_host_notify_fini(void)
{

	KASSERT(TAILQ_EMPTY(&notify_list), ("requests are left"));
	mtx_destroy(&notify_lock);
}

static void
mach_host_notify_free(struct mach_host_notify *hn)
{

	mach_quota_uncharge(hn->hn_quota, MACH_RES_TIMERS, 1);
	mach_quota_drop(hn->hn_quota);
	free(hn, M_MACH_NOTIFY);
	mach_counter_gone(MACH_COUNTER_TIMERS, 1);
}

/* It must be a port of the caller's: nobody makes requests for another. */
static kern_return_t
mach_host_notify_attach(struct mach_host_notify *hn, struct ipc_port *port,
    struct ipc_space *space)
{
	kern_return_t kr;

	kr = KERN_SUCCESS;
	mtx_lock(&notify_lock);
	ip_lock(port);
	if (!ip_active(port) || port->ip_receiver != space)
		kr = KERN_INVALID_CAPABILITY;
	else if (port->ip_kotype != IKOT_NONE)
		kr = KERN_FAILURE;
	else {
		port->ip_kotype = IKOT_HOST_NOTIFY;
		port->ip_kobject = hn;
		TAILQ_INSERT_TAIL(&notify_list, hn, hn_link);
	}
	ip_unlock(port);
	mtx_unlock(&notify_lock);
	return (kr);
}

kern_return_t
mach_host_request_notification(int type, struct ipc_port *port)
{
	struct mach_host_notify *hn;
	struct mach_quota *quota;
	struct mach_thread *self;
	kern_return_t kr;

	if (type < 0 || type > HOST_NOTIFY_TYPE_MAX)
		return (KERN_INVALID_ARGUMENT);
	if (!IP_VALID(port))
		return (KERN_INVALID_CAPABILITY);
	self = mach_thread_lookup(curthread);
	if (self == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	quota = self->th_task->t_quota;
	if (!mach_quota_charge(quota, MACH_RES_TIMERS, 1)) {
		mach_counter_failed(MACH_COUNTER_TIMERS);
		return (KERN_RESOURCE_SHORTAGE);
	}
	hn = malloc(sizeof(*hn), M_MACH_NOTIFY, M_WAITOK | M_ZERO);
	hn->hn_port = port;
	hn->hn_type = type;
	hn->hn_quota = quota;
	mach_quota_hold(quota);
	(void)mach_counter_made(MACH_COUNTER_TIMERS);
	kr = mach_host_notify_attach(hn, port, self->th_task->t_space);
	if (kr != KERN_SUCCESS)
		mach_host_notify_free(hn);
	return (kr);
}

/* A right of a port that died is a reference. */
void
mach_host_notify_port_died(struct mach_host_notify *hn)
{

	mtx_lock(&notify_lock);
	TAILQ_REMOVE(&notify_list, hn, hn_link);
	mtx_unlock(&notify_lock);
	ip_drop(hn->hn_port);
	mach_host_notify_free(hn);
}

static void
mach_host_notify_all(int type, mach_msg_id_t id)
{
	struct mach_host_notify *hn, *next;
	struct mach_host_notify_list told = TAILQ_HEAD_INITIALIZER(told);
	struct ipc_gc gc;

	mtx_lock(&notify_lock);
	TAILQ_FOREACH_SAFE(hn, &notify_list, hn_link, next) {
		if (hn->hn_type != type)
			continue;
		ip_lock(hn->hn_port);
		if (ip_active(hn->hn_port)) {
			hn->hn_port->ip_kotype = IKOT_NONE;
			hn->hn_port->ip_kobject = NULL;
			TAILQ_REMOVE(&notify_list, hn, hn_link);
			TAILQ_INSERT_TAIL(&told, hn, hn_link);
		}
		ip_unlock(hn->hn_port);
	}
	mtx_unlock(&notify_lock);

	IPC_GC_INIT(&gc);
	while ((hn = TAILQ_FIRST(&told)) != NULL) {
		TAILQ_REMOVE(&told, hn, hn_link);
		ipc_notify_host(hn->hn_port, id, &gc);
		mach_host_notify_free(hn);
	}
	ipc_gc_run(&gc);
}

void
mach_host_calendar_set(void)
{

	mach_host_notify_all(HOST_NOTIFY_CALENDAR_CHANGE,
	    HOST_CALENDAR_CHANGED_REPLYID);
	mach_host_notify_all(HOST_NOTIFY_CALENDAR_SET,
	    HOST_CALENDAR_SET_REPLYID);
}
