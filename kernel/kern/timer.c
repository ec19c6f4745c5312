/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mk_timer.  The model and the lock are in timer.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/limits.h>
#include <sys/malloc.h>
#include <sys/time.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/timer.h>
#include <kernel/trap/gen/trap_handlers.h>

static MALLOC_DEFINE(M_MACH_TIMER, "mach_timer", "Mach timers");

#define	TIMER_DATA	(3 * sizeof(uint64_t))	/* unused words */

sbintime_t
mach_absolute_to_sbt(uint64_t abstime)
{
	uint64_t seconds;

	seconds = abstime / 1000000000;
	if (seconds >= INT_MAX)
		return (SBT_MAX);
	return ((sbintime_t)seconds * SBT_1S + nstosbt(abstime % 1000000000));
}

static void
mach_timer_drop(struct mach_timer *timer)
{

	if (!refcount_release(&timer->mt_refs))
		return;
	if (timer->mt_kmsg != NULL) {
		timer->mt_kmsg->ikm_timer = NULL;
		ipc_kmsg_free(timer->mt_kmsg);
	}
	mtx_destroy(&timer->mt_lock);
	mach_quota_uncharge(timer->mt_quota, MACH_RES_TIMERS, 1);
	mach_quota_drop(timer->mt_quota);
	free(timer, M_MACH_TIMER);
	mach_counter_gone(MACH_COUNTER_TIMERS, 1);
}

void
mach_timer_port_died(struct mach_timer *timer)
{
	struct ipc_port *port;

	callout_drain(&timer->mt_callout);
	mtx_lock(&timer->mt_lock);
	timer->mt_armed = false;
	port = timer->mt_port;
	timer->mt_port = NULL;
	mtx_unlock(&timer->mt_lock);
	/* Somebody may have armed it between; no more from here on. */
	callout_drain(&timer->mt_callout);
	ip_drop(port);
	mach_timer_drop(timer);
}

void
mach_timer_kmsg_done(struct ipc_kmsg *kmsg)
{
	struct mach_timer *timer;

	timer = kmsg->ikm_timer;
	kmsg->ikm_remote = NULL;
	kmsg->ikm_local = NULL;
	mtx_lock(&timer->mt_lock);
	timer->mt_kmsg = kmsg;
	mtx_unlock(&timer->mt_lock);
	mach_timer_drop(timer);
}

/* The callout, with mt_lock held. */
static void
mach_timer_expire(void *arg)
{
	struct ipc_kmsg *kmsg;
	struct ipc_port *port;
	struct mach_timer *timer;

	timer = arg;
	mtx_assert(&timer->mt_lock, MA_OWNED);
	timer->mt_armed = false;
	kmsg = timer->mt_kmsg;
	port = timer->mt_port;
	if (kmsg == NULL || port == NULL)
		return;
	ip_lock(port);
	if (ip_active(port)) {
		port->ip_sorights++;
		ip_hold(port);
		refcount_acquire(&timer->mt_refs);
		timer->mt_kmsg = NULL;
		bzero(&kmsg->ikm_header, sizeof(kmsg->ikm_header));
		kmsg->ikm_header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0);
		kmsg->ikm_remote = port;
		kmsg->ikm_arrived = false;
		kmsg->ikm_datasize = TIMER_DATA;
		bzero(kmsg->ikm_data, TIMER_DATA);
		bzero(&kmsg->ikm_audit, sizeof(kmsg->ikm_audit));
		kmsg->ikm_sec.val[0] = 0;
		kmsg->ikm_sec.val[1] = 1;
		ipc_mqueue_post(port, kmsg, false);
	}
	ip_unlock(port);
}

static mach_port_name_t
mach_timer_new(struct mach_thread *self)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_space *space;
	struct mach_timer *timer;
	struct ipc_gc gc;
	kern_return_t kr;
	mach_port_name_t name;

	if (!mach_quota_charge(self->th_task->t_quota, MACH_RES_TIMERS, 1)) {
		mach_counter_failed(MACH_COUNTER_TIMERS);
		return (MACH_PORT_NULL);
	}
	port = ipc_port_alloc();
	if (port == NULL) {
		mach_quota_uncharge(self->th_task->t_quota, MACH_RES_TIMERS,
		    1);
		return (MACH_PORT_NULL);
	}
	timer = malloc(sizeof(*timer), M_MACH_TIMER, M_WAITOK | M_ZERO);
	mtx_init(&timer->mt_lock, "mach timer", NULL, MTX_DEF);
	callout_init_mtx(&timer->mt_callout, &timer->mt_lock, 0);
	refcount_init(&timer->mt_refs, 1);
	timer->mt_kmsg = ipc_kmsg_alloc(TIMER_DATA);
	timer->mt_kmsg->ikm_timer = timer;
	timer->mt_port = port;
	ip_hold(port);
	timer->mt_quota = self->th_task->t_quota;
	mach_quota_hold(timer->mt_quota);
	(void)mach_counter_made(MACH_COUNTER_TIMERS);

	space = self->th_task->t_space;
	is_write_lock(space);
	kr = ipc_entry_alloc(space, &name, &entry);
	ip_lock(port);
	port->ip_kotype = IKOT_TIMER;
	port->ip_kobject = timer;
	port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	if (kr == KERN_SUCCESS) {
		port->ip_receiver = space;
		port->ip_receiver_name = name;
		ip_unlock(port);
		ie_set_object(entry, &port->ip_object);
		ie_set_bits(entry, entry->ie_bits | MACH_PORT_TYPE_RECEIVE);
		is_write_unlock(space);
		return (name);
	}
	is_write_unlock(space);
	IPC_GC_INIT(&gc);
	ipc_port_destroy(port, &gc);	/* and with it the timer */
	ip_drop(port);
	ipc_gc_run(&gc);
	return (MACH_PORT_NULL);
}

int
sys_mk_timer_create_trap(struct mach_thread *self,
    struct mk_timer_create_trap_args *uap __unused)
{

	return (mach_timer_new(self));
}

/* The timer of a receive right, referenced. */
static kern_return_t
mach_timer_lookup(struct mach_thread *self, mach_port_name_t name,
    struct mach_timer **timerp)
{
	struct ipc_port *port;
	struct ipc_space *space;
	kern_return_t kr;

	space = self->th_task->t_space;
	is_read_lock(space);
	kr = ipc_right_receive_port(space, name, &port);
	is_read_unlock(space);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (port->ip_kotype == IKOT_TIMER) {
		*timerp = port->ip_kobject;
		refcount_acquire(&(*timerp)->mt_refs);
	} else
		kr = KERN_INVALID_ARGUMENT;
	ip_unlock(port);
	return (kr);
}

int
sys_mk_timer_destroy_trap(struct mach_thread *self,
    struct mk_timer_destroy_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;
	struct mach_timer *timer;
	kern_return_t kr;

	kr = mach_timer_lookup(self, uap->name, &timer);
	if (kr != KERN_SUCCESS)
		return (kr);
	IPC_GC_INIT(&gc);
	space = self->th_task->t_space;
	is_write_lock(space);
	kr = ipc_right_lookup(space, uap->name, &entry);
	if (kr == KERN_SUCCESS)
		kr = ipc_right_delta(space, uap->name, entry,
		    MACH_PORT_RIGHT_RECEIVE, -1, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	mach_timer_drop(timer);
	return (kr);
}

static int
mach_timer_arm(struct mach_thread *self, mach_port_name_t name,
    uint64_t expire)
{
	struct mach_timer *timer;
	kern_return_t kr;
	sbintime_t sbt;

	kr = mach_timer_lookup(self, name, &timer);
	if (kr != KERN_SUCCESS)
		return (kr);
	sbt = mach_absolute_to_sbt(expire);
	mtx_lock(&timer->mt_lock);
	if (timer->mt_port != NULL) {
		timer->mt_armed = true;
		timer->mt_expire = expire;
		if (sbt == SBT_MAX)
			callout_stop(&timer->mt_callout);
		else if (sbt <= sbinuptime()) {
			callout_stop(&timer->mt_callout);
			mach_timer_expire(timer);
		} else
			callout_reset_sbt(&timer->mt_callout, sbt, 0,
			    mach_timer_expire, timer, C_ABSOLUTE);
	}
	mtx_unlock(&timer->mt_lock);
	mach_timer_drop(timer);
	return (KERN_SUCCESS);
}

int
sys_mk_timer_arm_trap(struct mach_thread *self,
    struct mk_timer_arm_trap_args *uap)
{

	return (mach_timer_arm(self, uap->name, uap->expire_time));
}

int
sys_mk_timer_arm_leeway_trap(struct mach_thread *self,
    struct mk_timer_arm_leeway_trap_args *uap)
{

	/* The leeway is a permission that is not made use of. */
	return (mach_timer_arm(self, uap->name, uap->expire_time));
}

int
sys_mk_timer_cancel_trap(struct mach_thread *self,
    struct mk_timer_cancel_trap_args *uap)
{
	struct mach_timer *timer;
	kern_return_t kr;
	uint64_t armed;

	kr = mach_timer_lookup(self, uap->name, &timer);
	if (kr != KERN_SUCCESS)
		return (kr);
	mtx_lock(&timer->mt_lock);
	armed = timer->mt_armed ? timer->mt_expire : 0;
	timer->mt_armed = false;
	callout_stop(&timer->mt_callout);
	mtx_unlock(&timer->mt_lock);
	mach_timer_drop(timer);
	if (uap->result_time != NULL &&
	    copyout(&armed, uap->result_time, sizeof(armed)) != 0)
		return (KERN_INVALID_ADDRESS);
	return (KERN_SUCCESS);
}
