/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Semaphores, timers and time.
 */

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_time.h>
#include <mach/mk_timer.h>
#include <mach/semaphore.h>

#include "ct.h"
#include "ctmach.h"

static semaphore_t
sem(int value)
{
	semaphore_t s;

	s = MACH_PORT_NULL;
	CT_OK(semaphore_create(SELF, &s, SYNC_POLICY_FIFO, value));
	CT_TRUE(MACH_PORT_VALID(s));
	return (s);
}

static kern_return_t
timedwait(semaphore_t s, unsigned ms)
{
	mach_timespec_t ts;

	ts.tv_sec = ms / 1000;
	ts.tv_nsec = (clock_res_t)(ms % 1000) * 1000000;
	return (semaphore_timedwait(s, ts));
}

/* ---- semaphores ---- */

CT_CASE(a_semaphore_counts)
{
	semaphore_t s;
	int i;

	s = sem(2);
	CT_OK(semaphore_wait(s));
	CT_OK(semaphore_wait(s));
	CT_KR(timedwait(s, 0), KERN_OPERATION_TIMED_OUT);
	for (i = 0; i < 5; i++)
		CT_OK(semaphore_signal(s));
	for (i = 0; i < 5; i++)
		CT_OK(timedwait(s, 0));
	CT_KR(timedwait(s, 20), KERN_OPERATION_TIMED_OUT);
	CT_OK(semaphore_destroy(SELF, s));
}

CT_CASE(semaphore_create_refuses_bad_arguments)
{
	semaphore_t s;

	CT_KR(semaphore_create(SELF, &s, SYNC_POLICY_FIFO, -1),
	    KERN_INVALID_ARGUMENT);
	CT_KR(semaphore_create(SELF, &s, 99, 0), KERN_INVALID_ARGUMENT);
	CT_NE(semaphore_create(MACH_PORT_NULL, &s, SYNC_POLICY_FIFO, 0),
	    KERN_SUCCESS);
}

CT_CASE(a_name_that_is_no_semaphore_is_refused)
{
	mach_port_t p;

	p = ct_port_send();
	CT_NE(semaphore_signal(p), KERN_SUCCESS);
	CT_NE(semaphore_wait(p), KERN_SUCCESS);
	CT_NE(semaphore_signal(MACH_PORT_NULL), KERN_SUCCESS);
	CT_NE(semaphore_wait(MACH_PORT_DEAD), KERN_SUCCESS);
	CT_NE(semaphore_signal_all(ct_free_name()), KERN_SUCCESS);
	CT_NE(timedwait(SELF, 10), KERN_SUCCESS);
}

struct waiter {
	pthread_t	thread;
	semaphore_t	sem;
	kern_return_t	kr;
};

static void *
wait_thread(void *arg)
{
	struct waiter *w;

	w = arg;
	w->kr = semaphore_wait(w->sem);
	return (NULL);
}

static void
waiters_start(struct waiter *w, int n, semaphore_t s)
{
	int i;

	for (i = 0; i < n; i++) {
		w[i].sem = s;
		CT_EQ(pthread_create(&w[i].thread, NULL, wait_thread, &w[i]),
		    0);
	}
	usleep(30000);	/* let them block; weaker when too short */
}

static void
waiters_end(struct waiter *w, int n, kern_return_t kr)
{
	int i;

	for (i = 0; i < n; i++) {
		CT_EQ(pthread_join(w[i].thread, NULL), 0);
		CT_KR(w[i].kr, kr);
	}
}

CT_CASE(signal_wakes_one_waiter_each)
{
	struct waiter w[4];
	semaphore_t s;
	int i;

	s = sem(0);
	waiters_start(w, 4, s);
	for (i = 0; i < 4; i++)
		CT_OK(semaphore_signal(s));
	waiters_end(w, 4, KERN_SUCCESS);
	CT_KR(timedwait(s, 0), KERN_OPERATION_TIMED_OUT);
}

CT_CASE(signal_all_wakes_every_waiter_and_leaves_the_count)
{
	struct waiter w[4];
	semaphore_t s;

	s = sem(0);
	waiters_start(w, 4, s);
	CT_OK(semaphore_signal_all(s));
	waiters_end(w, 4, KERN_SUCCESS);
	CT_KR(timedwait(s, 0), KERN_OPERATION_TIMED_OUT);
}

CT_CASE(destroying_a_semaphore_terminates_its_waiters)
{
	struct waiter w[3];
	semaphore_t s;

	s = sem(0);
	waiters_start(w, 3, s);
	CT_OK(semaphore_destroy(SELF, s));
	waiters_end(w, 3, KERN_TERMINATED);
}

CT_CASE(signal_thread_without_a_waiter_is_not_waiting)
{
	semaphore_t s;

	s = sem(0);
	CT_KR(semaphore_signal_thread(s, MACH_PORT_NULL), KERN_NOT_WAITING);
}

CT_CASE(wait_signal_signals_the_second_while_waiting_on_the_first)
{
	struct waiter w;
	semaphore_t a, b;

	a = sem(1);
	b = sem(0);
	waiters_start(&w, 1, b);
	CT_OK(semaphore_wait_signal(a, b));
	waiters_end(&w, 1, KERN_SUCCESS);
}

CT_CASE(timedwait_refuses_a_time_that_is_none)
{
	mach_timespec_t ts;
	semaphore_t s;

	s = sem(0);
	ts.tv_sec = 0;
	ts.tv_nsec = 1000000000;
	CT_KR(semaphore_timedwait(s, ts), KERN_INVALID_VALUE);
	ts.tv_nsec = -1;
	CT_KR(semaphore_timedwait(s, ts), KERN_INVALID_VALUE);
}

/* F91: a semaphore is a right like any other, for other processes too. */
CT_CASE(a_semaphore_works_across_processes)
{
	mach_port_t boot, child;
	semaphore_t s, t;
	pid_t pid;

	s = sem(0);
	t = sem(0);
	boot = ct_port();
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine;
		semaphore_t cs, ct;

		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		cs = ct_recv_right(mine, NULL);
		ct = ct_recv_right(mine, NULL);
		CT_OK(semaphore_wait(cs));
		CT_OK(semaphore_signal(ct));
		ct_child_exit();
	}
	child = ct_recv_right(boot, NULL);
	ct_send_right(child, s, MACH_MSG_TYPE_COPY_SEND);
	ct_send_right(child, t, MACH_MSG_TYPE_COPY_SEND);
	CT_OK(semaphore_signal(s));
	CT_OK(timedwait(t, CT_SOON_MS));
	ct_wait(pid);
}

CT_CASE(ten_thousand_semaphores_at_once)
{
	static semaphore_t s[10000];
	int i;

	for (i = 0; i < 10000; i++)
		s[i] = sem(1);
	for (i = 0; i < 10000; i++) {
		CT_OK(timedwait(s[i], 0));
		CT_OK(semaphore_destroy(SELF, s[i]));
		CT_OK(mach_port_deallocate(SELF, s[i]));
	}
}

/* ---- timers ---- */

static uint64_t
from_now_ms(unsigned ms)
{
	mach_timebase_info_data_t tb;

	CT_OK(mach_timebase_info(&tb));
	return (mach_absolute_time() + (uint64_t)ms * 1000000 * tb.denom /
	    tb.numer);
}

CT_CASE(a_timer_sends_a_message_when_it_expires)
{
	struct ct_msg m;
	mach_port_t t;
	uint64_t start;

	t = mk_timer_create();
	CT_TRUE(MACH_PORT_VALID(t));
	CT_NE(ct_type(t) & MACH_PORT_TYPE_RECEIVE, 0);
	ct_recv_none(t);
	start = ct_now_ms();
	CT_OK(mk_timer_arm(t, from_now_ms(40)));
	CT_OK(ct_recv(t, &m, CT_SOON_MS));
	CT_TRUE(ct_now_ms() - start >= 39);
	CT_EQ(m.hdr.msgh_local_port, t);
	ct_recv_none(t);
	CT_OK(mk_timer_destroy(t));
	CT_EQ(ct_type(t), 0);
}

CT_CASE(a_timer_in_the_past_expires_at_once)
{
	struct ct_msg m;
	mach_port_t t;

	t = mk_timer_create();
	CT_OK(mk_timer_arm(t, 1));
	CT_OK(ct_recv(t, &m, CT_SOON_MS));
}

CT_CASE(a_cancelled_timer_does_not_expire)
{
	struct ct_msg m;
	uint64_t when, result;
	mach_port_t t;

	t = mk_timer_create();
	when = from_now_ms(50);
	CT_OK(mk_timer_arm(t, when));
	result = 0;
	CT_OK(mk_timer_cancel(t, &result));
	CT_EQ(result, when);
	CT_KR(ct_recv(t, &m, 120), MACH_RCV_TIMED_OUT);
	CT_OK(mk_timer_cancel(t, &result));
	CT_EQ(result, 0);
}

CT_CASE(arming_again_replaces_the_time)
{
	struct ct_msg m;
	uint64_t start;
	mach_port_t t;

	t = mk_timer_create();
	start = ct_now_ms();
	CT_OK(mk_timer_arm(t, from_now_ms(60000)));
	CT_OK(mk_timer_arm(t, from_now_ms(20)));
	CT_OK(ct_recv(t, &m, CT_SOON_MS));
	CT_TRUE(ct_now_ms() - start < CT_SOON_MS);
	ct_recv_none(t);
}

CT_CASE(a_timer_can_be_in_a_set)
{
	struct ct_msg m;
	mach_port_t t, s;

	t = mk_timer_create();
	s = ct_pset();
	CT_OK(mach_port_move_member(SELF, t, s));
	CT_OK(mk_timer_arm(t, from_now_ms(10)));
	CT_OK(ct_recv(s, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_local_port, t);
}

CT_CASE(timer_calls_on_what_is_no_timer_are_refused)
{
	mach_port_t p;

	p = ct_port();
	CT_KR(mk_timer_arm(p, 1), KERN_INVALID_ARGUMENT);
	CT_KR(mk_timer_cancel(p, NULL), KERN_INVALID_ARGUMENT);
	CT_KR(mk_timer_destroy(p), KERN_INVALID_ARGUMENT);
	CT_NE(mk_timer_arm(MACH_PORT_NULL, 1), KERN_SUCCESS);
	CT_NE(mk_timer_destroy(ct_free_name()), KERN_SUCCESS);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(an_armed_timer_may_be_destroyed_with_its_port)
{
	mach_port_t t;
	int i;

	for (i = 0; i < 50; i++) {
		t = mk_timer_create();
		CT_OK(mk_timer_arm(t, from_now_ms((unsigned)i % 3)));
		if (i % 2 == 0)
			CT_OK(mk_timer_destroy(t));
		else
			CT_OK(mach_port_mod_refs(SELF, t,
			    MACH_PORT_RIGHT_RECEIVE, -1));
	}
	usleep(20000);
}

/* ---- time ---- */

CT_CASE(absolute_time_goes_forward_at_the_rate_of_the_timebase)
{
	mach_timebase_info_data_t tb;
	uint64_t a, b, ns;

	CT_OK(mach_timebase_info(&tb));
	CT_TRUE(tb.numer > 0 && tb.denom > 0);
	a = mach_absolute_time();
	usleep(50000);
	b = mach_absolute_time();
	CT_TRUE(b > a);
	ns = (b - a) * tb.numer / tb.denom;
	CT_TRUE(ns >= 49000000 && ns < 2000000000);
	CT_TRUE(mach_approximate_time() <= mach_absolute_time());
	CT_TRUE(mach_continuous_time() >= a);
}

CT_CASE(wait_until_waits_until)
{
	uint64_t when;

	when = from_now_ms(30);
	CT_OK(mach_wait_until(when));
	CT_TRUE(mach_absolute_time() >= when);
	CT_OK(mach_wait_until(1));
}

CT_CASE(clock_get_time_follows_the_clock)
{
	mach_timespec_t a, b;
	clock_serv_t c;

	CT_OK(host_get_clock_service(mach_host_self(), SYSTEM_CLOCK, &c));
	CT_OK(clock_get_time(c, &a));
	usleep(20000);
	CT_OK(clock_get_time(c, &b));
	CT_TRUE(b.tv_sec > a.tv_sec || (b.tv_sec == a.tv_sec &&
	    b.tv_nsec > a.tv_nsec));
	CT_NE(host_get_clock_service(mach_host_self(), 99, &c), KERN_SUCCESS);
	CT_NE(clock_get_time(ct_port_send(), &a), KERN_SUCCESS);
}

CT_CASE(thread_switch_returns)
{

	CT_OK(thread_switch(MACH_PORT_NULL, SWITCH_OPTION_NONE, 0));
	CT_OK(thread_switch(MACH_PORT_NULL, SWITCH_OPTION_DEPRESS, 1));
	CT_OK(thread_switch(MACH_PORT_NULL, SWITCH_OPTION_WAIT, 1));
	CT_KR(thread_switch(MACH_PORT_NULL, 99, 0), KERN_INVALID_ARGUMENT);
}
