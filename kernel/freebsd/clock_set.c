/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The kernel calls nobody when its clock is set.  What it does is to wake the
 * threads that sleep until a time of that clock, so that they reckon anew
 * (rtc_generation, of <sys/time.h>): one such thread is ours.  It sleeps
 * without an end, and tells of what it is woken for.
 *
 * It sleeps with the generation that it has told of last: with another one by
 * then sleepqueue(9) does not let it sleep, so nothing is missed.
 *
 * Lock: "mach clock", for clock_stop; a leaf.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/time.h>

#include <kernel/freebsd/host.h>
#include <kernel/kern/host.h>

static struct mtx clock_lock;
static struct thread *clock_thread;
static bool clock_stop;

static u_int
mach_clock_generation(void)
{

	return (atomic_load_acq_int((volatile u_int *)&rtc_generation));
}

static void
mach_clock_watch(void *arg __unused)
{
	struct thread *td;
	u_int generation, told;

	td = curthread;
	told = mach_clock_generation();
	mtx_lock(&clock_lock);
	while (!clock_stop) {
		td->td_rtcgen = told;
		msleep(&clock_stop, &clock_lock, 0, "machclk", 0);
		td->td_rtcgen = 0;
		generation = mach_clock_generation();
		if (generation == told)
			continue;
		told = generation;
		mtx_unlock(&clock_lock);
		mach_host_calendar_set();
		mtx_lock(&clock_lock);
	}
	mtx_unlock(&clock_lock);
	kthread_exit();
}

int
mach_clock_watch_init(void)
{
	int error;

	mtx_init(&clock_lock, "mach clock", NULL, MTX_DEF);
	clock_stop = false;
	error = kthread_add(mach_clock_watch, NULL, NULL, &clock_thread, 0, 0,
	    "mach clock");
	if (error != 0)
		mtx_destroy(&clock_lock);
	return (error);
}

/* kthread_exit() wakes us: from there on the thread runs no code of ours. */
int
mach_clock_watch_fini(void)
{

	mtx_lock(&clock_lock);
	clock_stop = true;
	wakeup(&clock_stop);
	msleep(clock_thread, &clock_lock, 0, "machclk", 0);
	mtx_unlock(&clock_lock);
	mtx_destroy(&clock_lock);
	return (0);
}
