/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Semaphores, timers and time.
 */

#include <sys/time.h>

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/clock.h>
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
	ct_until_waiting(getpid(), MTH_SEMAPHORE, (unsigned)n);
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

/* A semaphore is a right like any other, for other processes too. */
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

CT_CASE_TIMEOUT(ten_thousand_semaphores_at_once, 60)
{
	static semaphore_t s[10000];
	unsigned before, rounds;
	int i;

	before = ct_names();
	for (rounds = repeat(1); rounds > 0; rounds--) {
		for (i = 0; i < 10000; i++)
			s[i] = sem(1);
		for (i = 0; i < 10000; i++) {
			CT_OK(timedwait(s[i], 0));
			CT_OK(semaphore_destroy(SELF, s[i]));
			CT_OK(mach_port_deallocate(SELF, s[i]));
		}
	}
	CT_EQ(ct_names(), before);
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

/* ---- the codes ---- */

CT_CASE(semaphore_calls_tell_why_a_name_is_no_semaphore)
{
	mach_timespec_t ts = { 0, 0 };
	mach_port_t dead, none, p, r;
	semaphore_t s;

	p = ct_port_send();
	r = ct_port();
	dead = ct_dead_name();
	none = ct_free_name();
	s = sem(1);
	CT_KR(semaphore_signal(MACH_PORT_NULL), KERN_INVALID_NAME);
	CT_KR(semaphore_signal(MACH_PORT_DEAD), KERN_INVALID_NAME);
	CT_KR(semaphore_signal_all(none), KERN_INVALID_NAME);
	CT_KR(semaphore_wait(none), KERN_INVALID_NAME);
	CT_KR(semaphore_signal(r), KERN_INVALID_RIGHT);
	CT_KR(semaphore_wait(dead), KERN_INVALID_RIGHT);
	CT_KR(semaphore_timedwait(ct_pset(), ts), KERN_INVALID_RIGHT);
	CT_KR(semaphore_signal(p), KERN_INVALID_CAPABILITY);
	CT_KR(semaphore_wait(SELF), KERN_INVALID_CAPABILITY);
	CT_KR(semaphore_wait_signal(s, p), KERN_INVALID_CAPABILITY);
	CT_KR(semaphore_wait_signal(p, s), KERN_INVALID_CAPABILITY);
	CT_KR(semaphore_timedwait_signal(s, none, ts), KERN_INVALID_NAME);
	ts.tv_nsec = 1000000000;
	CT_KR(semaphore_timedwait_signal(s, s, ts), KERN_INVALID_VALUE);
	CT_KR(semaphore_signal_thread(s, p), KERN_INVALID_ARGUMENT);
	CT_KR(semaphore_destroy(SELF, p), KERN_INVALID_ARGUMENT);
	CT_KR(semaphore_destroy(p, s), KERN_INVALID_ARGUMENT);
	/* Nothing was signalled or taken by all that. */
	CT_OK(timedwait(s, 0));
	CT_KR(timedwait(s, 0), KERN_OPERATION_TIMED_OUT);
}

CT_CASE(the_name_of_a_destroyed_semaphore_is_a_dead_name)
{
	mach_port_t n;
	semaphore_t s;

	s = sem(3);
	n = ct_port();
	(void)ct_notify_request(s, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(semaphore_destroy(SELF, s));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), s);
	CT_EQ(ct_type(s), MACH_PORT_TYPE_DEAD_NAME);
	CT_KR(semaphore_signal(s), KERN_INVALID_RIGHT);
	CT_KR(semaphore_destroy(SELF, s), KERN_INVALID_ARGUMENT);
}

CT_CASE(a_semaphore_is_destroyed_by_its_owner_and_dies_with_it)
{
	struct ct_gate go;
	semaphore_t s;
	mach_port_t boot;
	pid_t pid;

	boot = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		s = sem(0);
		ct_send_right(ct_inherited(), s, MACH_MSG_TYPE_COPY_SEND);
		ct_gate_wait(&go);
		ct_child_exit();
	}
	s = ct_recv_right(boot, NULL);
	CT_KR(semaphore_destroy(SELF, s), KERN_INVALID_RIGHT);
	CT_OK(semaphore_signal(s));
	CT_OK(timedwait(s, 0));
	ct_gate_open(&go);
	/* The latter when the owner was quicker than we. */
	CT_KR2(semaphore_wait(s), KERN_TERMINATED, KERN_INVALID_RIGHT);
	ct_wait(pid);
	CT_EQ(ct_type(s), MACH_PORT_TYPE_DEAD_NAME);
}

CT_CASE(a_count_at_its_limit_is_a_resource_shortage)
{
	semaphore_t s;

	s = sem(INT_MAX);
	CT_KR(semaphore_signal(s), KERN_RESOURCE_SHORTAGE);
	CT_OK(semaphore_wait(s));
	CT_OK(semaphore_signal(s));
	CT_KR(semaphore_signal(s), KERN_RESOURCE_SHORTAGE);
}

CT_CASE(timedwait_signal_signals_also_when_it_times_out)
{
	mach_timespec_t ts = { 0, 20000000 };
	semaphore_t a, b;

	a = sem(0);
	b = sem(0);
	CT_KR(semaphore_timedwait_signal(a, b, ts), KERN_OPERATION_TIMED_OUT);
	CT_OK(timedwait(b, 0));
	ts.tv_nsec = 0;
	CT_KR(semaphore_timedwait_signal(a, b, ts), KERN_OPERATION_TIMED_OUT);
	CT_OK(timedwait(b, 0));
	/* One and the same: what it gives, it takes. */
	CT_OK(semaphore_timedwait_signal(a, a, ts));
	CT_KR(timedwait(a, 0), KERN_OPERATION_TIMED_OUT);
}

static atomic_int arrivals;

struct turn {
	pthread_t	thread;
	semaphore_t	sem;
	int		place;
};

static void *
turn_thread(void *arg)
{
	struct turn *t;

	t = arg;
	CT_OK(semaphore_wait(t->sem));
	t->place = atomic_fetch_add(&arrivals, 1);
	return (NULL);
}

/* How often of 15 does the first of two waiters go first? */
static int
first_goes_first(int policy)
{
	struct turn t[2];
	semaphore_t s;
	int i, n, round;

	n = 0;
	for (round = 0; round < 15; round++) {
		CT_OK(semaphore_create(SELF, &s, policy, 0));
		atomic_store(&arrivals, 0);
		for (i = 0; i < 2; i++) {
			t[i].sem = s;
			CT_EQ(pthread_create(&t[i].thread, NULL, turn_thread,
			    &t[i]), 0);
			ct_until_waiting(getpid(), MTH_SEMAPHORE,
			    (unsigned)i + 1);
		}
		CT_OK(semaphore_signal(s));
		while (atomic_load(&arrivals) == 0)
			CT_OK(mach_wait_until(from_now_ms(1)));
		CT_OK(semaphore_signal(s));
		for (i = 0; i < 2; i++)
			CT_EQ(pthread_join(t[i].thread, NULL), 0);
		n += t[0].place == 0;
		CT_OK(semaphore_destroy(SELF, s));
	}
	return (n);
}

CT_CASE(waiters_go_in_the_order_of_the_policy)
{

	CT_EQ(first_goes_first(SYNC_POLICY_FIFO), 15);
	CT_EQ(first_goes_first(SYNC_POLICY_FIXED_PRIORITY), 15);
	CT_EQ(first_goes_first(SYNC_POLICY_LIFO), 0);
}

/* ---- timers, in detail ---- */

CT_CASE(a_timers_message_is_the_kernels_and_there_is_one)
{
	struct {
		mk_timer_expire_msg_t	 msg;
		mach_msg_audit_trailer_t t;
		uint8_t			 room[32];
	} m;
	mach_port_t t;
	int i;

	t = mk_timer_create();
	for (i = 0; i < 5; i++)
		CT_OK(mk_timer_arm(t, 1));
	CT_EQ(ct_status(t).mps_msgcount, 1);
	CT_OK(mach_msg(&m.msg.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0, sizeof(m), t,
	    CT_SOON_MS, 0));
	CT_EQ(m.msg.header.msgh_size, sizeof(m.msg));
	CT_EQ(m.msg.header.msgh_local_port, t);
	CT_EQ(m.msg.header.msgh_remote_port, MACH_PORT_NULL);
	CT_EQ(audit_token_to_pid(m.t.msgh_audit), 0);
	CT_TRUE(memcmp(&m.t.msgh_audit, &KERNEL_AUDIT_TOKEN,
	    sizeof(KERNEL_AUDIT_TOKEN)) == 0);
	CT_EQ(m.t.msgh_sender.val[0], 0);
	CT_EQ(m.t.msgh_sender.val[1], 1);
	ct_recv_none(t);
	/* And the next time again. */
	CT_OK(mk_timer_arm(t, 1));
	CT_EQ(ct_status(t).mps_msgcount, 1);
	CT_OK(mk_timer_destroy(t));
}

CT_CASE(cancelling_a_timer_that_expired_tells_nothing_and_keeps_its_message)
{
	uint64_t result;
	struct ct_msg m;
	mach_port_t t;

	t = mk_timer_create();
	CT_OK(mk_timer_arm(t, 1));
	result = 42;
	CT_OK(mk_timer_cancel(t, &result));
	CT_TRUE(result == 0);
	CT_OK(ct_recv(t, &m, CT_SOON_MS));
	CT_OK(mk_timer_cancel(t, NULL));
	CT_KR(mk_timer_cancel(t, (uint64_t *)(uintptr_t)4),
	    KERN_INVALID_ADDRESS);
}

CT_CASE(leeway_and_flags_of_a_timer_are_accepted)
{
	struct ct_msg m;
	uint64_t when;
	mach_port_t t;

	t = mk_timer_create();
	when = from_now_ms(20);
	CT_OK(mk_timer_arm_leeway(t, MK_TIMER_CRITICAL, when,
	    from_now_ms(10) - mach_absolute_time()));
	CT_OK(ct_recv(t, &m, CT_SOON_MS));
	CT_TRUE(mach_absolute_time() >= when);
	CT_OK(mk_timer_arm_leeway(t, MK_TIMER_NORMAL, 1, 0));
	CT_OK(ct_recv(t, &m, CT_SOON_MS));
	CT_KR(mk_timer_arm_leeway(ct_free_name(), 0, 1, 0), KERN_INVALID_NAME);
	CT_KR(mk_timer_arm_leeway(SELF, 0, 1, 0), KERN_INVALID_RIGHT);
	CT_KR(mk_timer_arm_leeway(ct_port(), 0, 1, 0), KERN_INVALID_ARGUMENT);
	/* For ever is a time, too. */
	CT_OK(mk_timer_arm(t, UINT64_MAX));
	CT_KR(ct_recv(t, &m, 30), MACH_RCV_TIMED_OUT);
}

CT_CASE(a_timer_does_not_leave_its_task)
{
	struct ct_complex c;
	mach_msg_type_name_t type;
	mach_port_t carrier, prev, t, p;

	t = mk_timer_create();
	carrier = ct_port();
	ct_complex_init(&c, carrier, MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND,
	    0), 1, 1);
	ct_port_desc(&c, 0, t, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_KR(ct_complex_send(&c, 0, 0), MACH_SEND_INVALID_RIGHT);
	CT_KR(mach_port_extract_right(SELF, t, MACH_MSG_TYPE_MOVE_RECEIVE, &p,
	    &type), KERN_INVALID_CAPABILITY);
	CT_KR(mach_port_request_notification(SELF, t,
	    MACH_NOTIFY_PORT_DESTROYED, 0, carrier,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &prev), KERN_INVALID_RIGHT);
	CT_EQ(ct_type(t), MACH_PORT_TYPE_RECEIVE);
	CT_OK(mk_timer_destroy(t));
	CT_EQ(ct_type(t), 0);
}

/* ---- time ---- */

static void
nothing(int sig)
{

	(void)sig;
}

CT_CASE(a_wait_of_ages_is_not_over_at_once)
{
	struct sigaction sa;
	struct itimerval every = { { 0, 20000 }, { 0, 20000 } };
	mach_timespec_t ages, now;
	semaphore_t s;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = nothing;
	CT_POSIX(sigaction(SIGALRM, &sa, NULL));
	CT_POSIX(setitimer(ITIMER_REAL, &every, NULL));
	s = sem(0);
	ages.tv_nsec = 999999999;
	for (ages.tv_sec = INT_MAX; ages.tv_sec > INT_MAX - 3; ages.tv_sec--) {
		CT_KR(semaphore_timedwait(s, ages), KERN_ABORTED);
		CT_KR(clock_sleep_trap(MACH_PORT_NULL, TIME_RELATIVE,
		    ages.tv_sec, ages.tv_nsec, &now), KERN_ABORTED);
	}
	CT_KR(mach_wait_until(UINT64_MAX), KERN_ABORTED);
	CT_KR(mach_wait_until(UINT64_MAX / 2), KERN_ABORTED);
}

CT_CASE(a_signal_aborts_waits_for_time_and_for_semaphores)
{
	struct sigaction sa;
	struct itimerval every = { { 0, 20000 }, { 0, 20000 } };
	semaphore_t s;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = nothing;
	CT_POSIX(sigaction(SIGALRM, &sa, NULL));
	CT_POSIX(setitimer(ITIMER_REAL, &every, NULL));
	CT_KR(mach_wait_until(from_now_ms(10000)), KERN_ABORTED);
	s = sem(0);
	CT_KR(semaphore_wait(s), KERN_ABORTED);
	CT_KR(timedwait(s, 10000), KERN_ABORTED);
	CT_OK(semaphore_signal(s));
	CT_OK(timedwait(s, 0));
}

CT_CASE(the_clocks_are_the_system_and_the_calendar)
{
	mach_timespec_t t, woke;
	struct timespec ts;
	clock_serv_t c;
	mach_port_t host;

	host = mach_host_self();
	CT_OK(host_get_clock_service(host, CALENDAR_CLOCK, &c));
	CT_OK(clock_get_time(c, &t));
	CT_POSIX(clock_gettime(CLOCK_REALTIME, &ts));
	CT_TRUE(ts.tv_sec - (time_t)t.tv_sec >= 0 &&
	    ts.tv_sec - (time_t)t.tv_sec <= 2);
	CT_OK(host_get_clock_service(host, SYSTEM_CLOCK, &c));
	t.tv_sec = 0;
	t.tv_nsec = 10000000;
	CT_OK(clock_sleep(c, TIME_RELATIVE, t, &woke));
	CT_OK(clock_get_time(c, &t));
	CT_TRUE(t.tv_sec > woke.tv_sec || (t.tv_sec == woke.tv_sec &&
	    t.tv_nsec >= woke.tv_nsec));
	/* Until a time that is over. */
	t.tv_sec = 0;
	t.tv_nsec = 1;
	CT_OK(clock_sleep(c, TIME_ABSOLUTE, t, &woke));
	t.tv_nsec = 1000000000;
	CT_KR(clock_sleep(c, TIME_RELATIVE, t, &woke), KERN_INVALID_VALUE);
	t.tv_nsec = 0;
	CT_KR(clock_sleep(c, 7, t, &woke), KERN_INVALID_ARGUMENT);
	CT_KR(clock_sleep(host, TIME_RELATIVE, t, &woke),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_get_clock_service(host, 9, &c), KERN_INVALID_ARGUMENT);
	CT_KR(host_get_clock_service(SELF, SYSTEM_CLOCK, &c),
	    KERN_INVALID_ARGUMENT);
	CT_KR(clock_get_time(host, &t), KERN_INVALID_ARGUMENT);
}
