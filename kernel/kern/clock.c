/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Clocks, and waits for nothing but time.
 *
 * mach_absolute_time() counts nanoseconds of the up time, so the time base is
 * 1/1 and a deadline is an sbinuptime() in other units.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/time.h>

#include <mach/clock_types.h>
#include <mach/thread_switch.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/kern/host.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/timer.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/trap/gen/trap_handlers.h>

#define	CLOCKS		2		/* SYSTEM_CLOCK, CALENDAR_CLOCK */

static struct ipc_port *mach_clock_ports[CLOCKS];
static int mach_clock_ids[CLOCKS];

int
mach_clock_init(void)
{
	int i;

	for (i = 0; i < CLOCKS; i++) {
		mach_clock_ids[i] = i;
		mach_clock_ports[i] = ipc_port_alloc_kobject(IKOT_CLOCK,
		    &mach_clock_ids[i]);
		if (mach_clock_ports[i] == NULL) {
			mach_clock_fini();
			return (ENOMEM);
		}
	}
	return (0);
}

void
mach_clock_fini(void)
{
	int i;

	for (i = 0; i < CLOCKS; i++) {
		if (mach_clock_ports[i] != NULL)
			ipc_port_dealloc_kernel(mach_clock_ports[i]);
		mach_clock_ports[i] = NULL;
	}
}

kern_return_t
mach_clock_port(int id, struct ipc_port **portp)
{

	if (id < 0 || id >= CLOCKS)
		return (KERN_INVALID_ARGUMENT);
	*portp = ipc_port_make_send(mach_clock_ports[id]);
	return (KERN_SUCCESS);
}

int
sys_host_get_clock_service_trap(struct mach_thread *self,
    struct host_get_clock_service_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	if (mach_name_to_kotype(self, uap->host) != IKOT_HOST)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_clock_port(uap->clock_id, &port);
	return (kr != KERN_SUCCESS ? kr :
	    mach_give_send(self, port, uap->clock));
}

/* SYSTEM_CLOCK, CALENDAR_CLOCK or -1. */
static int
mach_name_to_clock(struct mach_thread *self, mach_port_name_t name)
{
	struct ipc_port *port;
	int id;

	if (ipc_right_send_port(self->th_task->t_space, name, &port) !=
	    KERN_SUCCESS)
		return (-1);
	ip_lock(port);
	id = ip_active(port) && port->ip_kotype == IKOT_CLOCK ?
	    *(int *)port->ip_kobject : -1;
	ip_unlock(port);
	ip_drop(port);
	return (id);
}

void
mach_clock_now(int id, mach_timespec_t *now)
{
	struct timespec ts;

	if (id == CALENDAR_CLOCK)
		nanotime(&ts);
	else
		nanouptime(&ts);
	now->tv_sec = ts.tv_sec;
	now->tv_nsec = ts.tv_nsec;
}

int
sys_clock_get_time_trap(struct mach_thread *self,
    struct clock_get_time_trap_args *uap)
{
	mach_timespec_t now;
	int id;

	id = mach_name_to_clock(self, uap->clock);
	if (id < 0)
		return (KERN_INVALID_ARGUMENT);
	mach_clock_now(id, &now);
	return (copyout(&now, uap->cur_time, sizeof(now)) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

int
sys_mach_timebase_info_trap(struct mach_thread *self __unused,
    struct mach_timebase_info_trap_args *uap)
{
	mach_timebase_info_data_t info;

	info.numer = info.denom = 1;
	return (copyout(&info, uap->info, sizeof(info)) == 0 ?
	    KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

/*
 * Sleeping.  Nobody wakes the thread: it is the time-out that is waited for.
 */

static int
mach_sleep(struct mach_thread *self, sbintime_t deadline,
    thread_continue_t done)
{

	if (deadline <= sbinuptime())
		return (done(self, THREAD_TIMED_OUT));
	mach_thread_waits(self, MACH_WAITS_SLEEP, 0, 0);
	mtx_lock(&self->th_sleep_mtx);
	return (thread_block(self, &self->th_sleepq, deadline, done));
}

static int
mach_wait_until_done(struct mach_thread *self, int result)
{

	mach_thread_waits(self, 0, 0, 0);
	return (result == THREAD_TIMED_OUT ? KERN_SUCCESS : KERN_ABORTED);
}

int
sys_mach_wait_until_trap(struct mach_thread *self,
    struct mach_wait_until_trap_args *uap)
{

	return (mach_sleep(self, mach_absolute_to_sbt(uap->deadline),
	    mach_wait_until_done));
}

static int
mach_clock_sleep_done(struct mach_thread *self, int result)
{
	mach_timespec_t now;

	mach_thread_waits(self, 0, 0, 0);
	if (self->th_saved.sleep.wakeup_addr != 0) {
		mach_clock_now(self->th_saved.sleep.clock, &now);
		if (mach_copyout(&now, self->th_saved.sleep.wakeup_addr,
		    sizeof(now)) != 0)
			return (KERN_INVALID_ADDRESS);
	}
	return (result == THREAD_TIMED_OUT ? KERN_SUCCESS : KERN_ABORTED);
}

int
sys_clock_sleep_trap(struct mach_thread *self,
    struct clock_sleep_trap_args *uap)
{
	mach_timespec_t now;
	sbintime_t span, start;
	int id;

	/* As on Darwin, no name stands for the system clock. */
	id = uap->clock_name == MACH_PORT_NULL ? SYSTEM_CLOCK :
	    mach_name_to_clock(self, uap->clock_name);
	if (id < 0)
		return (KERN_INVALID_ARGUMENT);
	if (uap->sleep_nsec < 0 || uap->sleep_nsec >= 1000000000 ||
	    uap->sleep_sec < 0)
		return (KERN_INVALID_VALUE);
	span = (sbintime_t)uap->sleep_sec * SBT_1S + nstosbt(uap->sleep_nsec);
	switch (uap->sleep_type) {
	case TIME_ABSOLUTE:
		mach_clock_now(id, &now);
		span -= (sbintime_t)now.tv_sec * SBT_1S +
		    nstosbt(now.tv_nsec);
		break;
	case TIME_RELATIVE:
		break;
	default:
		return (KERN_INVALID_ARGUMENT);
	}
	start = sbinuptime();
	self->th_saved.sleep.clock = id;
	self->th_saved.sleep.wakeup_addr =
	    (mach_vm_offset_t)(uintptr_t)uap->wakeup_time;
	return (mach_sleep(self, span < SBT_MAX - start ? start + span :
	    SBT_MAX, mach_clock_sleep_done));
}

static int
mach_switch_done(struct mach_thread *self, int result __unused)
{

	mach_thread_waits(self, 0, 0, 0);
	return (KERN_SUCCESS);
}

int
sys_thread_switch(struct mach_thread *self, struct thread_switch_args *uap)
{

	switch (uap->option) {
	case SWITCH_OPTION_NONE:
	case SWITCH_OPTION_DEPRESS:
		return (KERN_SUCCESS);	/* hints; libmach yields */
	case SWITCH_OPTION_WAIT:
		if (uap->option_time == 0)
			return (KERN_SUCCESS);
		return (mach_sleep(self, mach_deadline_ms(uap->option_time),
		    mach_switch_done));
	default:
		return (KERN_INVALID_ARGUMENT);
	}
}

int
sys_swtch(struct mach_thread *self __unused, struct swtch_args *uap __unused)
{

	return (false);		/* no other thread is known to want to run */
}

int
sys_swtch_pri(struct mach_thread *self __unused,
    struct swtch_pri_args *uap __unused)
{

	return (false);
}
