/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Signals during mach_msg: by default the call goes on, with the
 * interrupt options it returns; in neither case is a message lost or doubled.
 */

#include <sys/mman.h>
#include <sys/time.h>

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

static volatile sig_atomic_t signals;
static sem_t each_signal; /* for who waits for them */

static void
handler(int sig)
{

	(void)sig;
	signals++;
	(void)sem_post(&each_signal);
}

static void
install(int sig, void (*function)(int), int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = function;
	sa.sa_flags = flags;
	sigemptyset(&sa.sa_mask);
	CT_POSIX(sigaction(sig, &sa, NULL));
}

static void
catch(int sig, int flags)
{

	CT_POSIX(sem_init(&each_signal, 0, 0));
	install(sig, handler, flags);
}

static mach_port_t in_handler;
static int quiet; /* signals that send nothing */

static void
mach_handler(int sig)
{

	(void)sig;
	/* Traps are allowed here, also while one is interrupted. */
	if (++signals > quiet)
		(void)ct_send(in_handler, 0, REMOTE(COPY_SEND), 64,
		    MACH_SEND_TIMEOUT, 0);
}

/* SIGALRM sends to the port, but for the first few. */
static void
catch_and_send(mach_port_t port, int but, int flags)
{

	in_handler = port;
	quiet = but;
	install(SIGALRM, mach_handler, flags);
}

static void
timer_every(unsigned us)
{
	struct itimerval it;

	it.it_interval.tv_sec = it.it_value.tv_sec = 0;
	it.it_interval.tv_usec = it.it_value.tv_usec = (int)us;
	CT_POSIX(setitimer(ITIMER_REAL, &it, NULL));
}

CT_CASE(a_signal_interrupts_a_receive_that_asked_for_it)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port();
	catch(SIGALRM, 0);
	timer_every(30000);
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_INTERRUPT, 0, sizeof(m),
	    p, 0, MACH_PORT_NULL), MACH_RCV_INTERRUPTED);
	CT_TRUE(signals > 0);
}

/* Until a signal, after the first few, sends what it waits for. */
static void
receive_among_signals(int but, int flags)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	catch_and_send(p, but, flags);
	timer_every(10000);
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), p, 0,
	    MACH_PORT_NULL));
	CT_EQ(m.hdr.msgh_id, 64);
	CT_TRUE(signals > but);
	timer_every(0);
}

CT_CASE(a_receive_goes_on_after_a_signal_by_default)
{
	struct ct_msg m;
	uint64_t start;
	mach_port_t p;

	receive_among_signals(5, SA_RESTART);
	/* With what is left of its time. */
	p = ct_port();
	catch(SIGALRM, SA_RESTART);
	timer_every(10000);
	start = ct_now_ms();
	CT_KR(ct_recv(p, &m, 200), MACH_RCV_TIMED_OUT);
	CT_TRUE(ct_now_ms() - start >= 150);
}

CT_CASE(a_receive_goes_on_whether_or_not_sa_restart_is_set)
{

	receive_among_signals(5, 0);
}

CT_CASE(a_signal_interrupts_a_send_that_asked_for_it_and_rights_come_back)
{
	struct ct_complex m;
	mach_port_t p, a;

	p = ct_port_send();
	a = ct_port_send();
	ct_qlimit(p, 1);
	ct_send_id(p, 1);
	catch(SIGALRM, 0);
	timer_every(30000);
	ct_complex_init(&m, p, REMOTE(COPY_SEND), 1, 5);
	ct_port_desc(&m, 0, a, MACH_MSG_TYPE_MOVE_SEND);
	CT_KR(ct_complex_send(&m, MACH_SEND_INTERRUPT, 0),
	    MACH_SEND_INTERRUPTED);
	timer_every(0);
	CT_EQ(m.d.port[0].name, a);
	CT_EQ(ct_refs(a, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_status(p).mps_msgcount, 1);
}

/* Neither longer than all timeouts nor shorter: until the signal. */
CT_CASE(the_longest_timeout_is_not_over_at_once)
{
	static const mach_msg_timeout_t longest[] = { 0xffffffff, 0x80000000,
	    0x7fffffff };
	struct ct_msg m;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	ct_qlimit(p, 1);
	catch(SIGALRM, 0);
	timer_every(20000);
	for (i = 0; i < 3; i++) {
		CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    MACH_RCV_INTERRUPT, 0, sizeof(m), p, longest[i],
		    MACH_PORT_NULL), MACH_RCV_INTERRUPTED);
		ct_send_id(p, 1);
		CT_KR(ct_send(p, 0, REMOTE(MAKE_SEND), 2, MACH_SEND_TIMEOUT |
		    MACH_SEND_INTERRUPT, longest[i]), MACH_SEND_INTERRUPTED);
		CT_OK(ct_recv(p, &m, longest[i]));
		CT_EQ(m.hdr.msgh_id, 1);
		ct_recv_none(p);
	}
}

/* Makes no room before the send was interrupted a few times. */
#define	INTERRUPTIONS	20

static void *
receive_two(void *arg)
{
	struct ct_msg m;
	int i;

	for (i = 0; i < INTERRUPTIONS; i++)
		CT_POSIX(sem_wait(&each_signal));
	for (i = 0; i < 2; i++) {
		CT_OK(ct_recv((mach_port_t)(uintptr_t)arg, &m, CT_SOON_MS));
		CT_EQ(m.hdr.msgh_id, i);
	}
	return (NULL);
}

CT_CASE(a_blocked_send_goes_on_after_a_signal_by_default)
{
	sigset_t set, old;
	mach_port_t p;
	pthread_t t;
	uint64_t start;

	p = ct_port_send();
	ct_qlimit(p, 1);
	ct_send_id(p, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	catch(SIGALRM, 0);
	CT_EQ(pthread_sigmask(SIG_BLOCK, &set, &old), 0);
	CT_EQ(pthread_create(&t, NULL, receive_two, (void *)(uintptr_t)p), 0);
	CT_EQ(pthread_sigmask(SIG_SETMASK, &old, NULL), 0);
	timer_every(5000);
	CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), 1, 0, 0));
	timer_every(0);
	CT_TRUE(signals >= INTERRUPTIONS);
	CT_EQ(pthread_join(t, NULL), 0);
	ct_recv_none(p);
	/* And has its timeout all the same. */
	ct_send_id(p, 2);
	timer_every(5000);
	start = ct_now_ms();
	CT_KR(ct_send(p, 0, REMOTE(MAKE_SEND), 3, MACH_SEND_TIMEOUT, 100),
	    MACH_SEND_TIMED_OUT);
	timer_every(0);
	CT_TRUE(ct_now_ms() - start >= 95);
	ct_recv_id(p, 2);
	ct_recv_none(p);
}

/* The signal comes between the halves of a combined call, again and again. */
static void *
echo(void *arg)
{
	struct ct_msg m;
	mach_port_t p;

	p = (mach_port_t)(uintptr_t)arg;
	for (;;) {
		if (ct_recv(p, &m, 20000) != MACH_MSG_SUCCESS)
			return ((void *)1);
		CT_OK(ct_send(m.hdr.msgh_remote_port, 0,
		    REMOTE(MOVE_SEND_ONCE), m.hdr.msgh_id + 100, 0, 0));
		if (m.hdr.msgh_id == -1)
			return (NULL);
	}
}

static void
rpc_under_signals(int flags)
{
	struct ct_msg m;
	sigset_t set, old;
	mach_port_t p, reply;
	pthread_t t;
	void *r;
	int i;

	p = ct_port_send();
	reply = ct_port();
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	/* The signals are for the client alone. */
	CT_EQ(pthread_sigmask(SIG_BLOCK, &set, &old), 0);
	CT_EQ(pthread_create(&t, NULL, echo, (void *)(uintptr_t)p), 0);
	CT_EQ(pthread_sigmask(SIG_SETMASK, &old, NULL), 0);
	catch(SIGALRM, flags);
	timer_every(1000);
	for (i = 0; i < 20000 && (signals < 300 || i < 2000); i++) {
		memset(&m, 0, sizeof(m.hdr));
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE);
		m.hdr.msgh_remote_port = p;
		m.hdr.msgh_local_port = reply;
		m.hdr.msgh_size = sizeof(m.hdr);
		m.hdr.msgh_id = i;
		CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
		    sizeof(m.hdr), sizeof(m), reply, 0, MACH_PORT_NULL));
		CT_EQ(m.hdr.msgh_id, i + 100);
	}
	timer_every(0);
	ct_note("%d calls, %d signals", i, (int)signals);
	CT_OK(ct_send(p, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), -1, 0, 0));
	CT_EQ(pthread_join(t, &r), 0);
	CT_TRUE(r == NULL);
	ct_recv_id(reply, 99);
	ct_recv_none(reply);
	CT_EQ(ct_status(p).mps_msgcount, 0);
}

CT_CASE(calls_under_a_kilohertz_of_signals_lose_and_double_nothing)
{

	rpc_under_signals(0);
}

CT_CASE(calls_under_signals_with_sa_restart_lose_and_double_nothing)
{

	rpc_under_signals(SA_RESTART);
}

/* A receiver that is interrupted loses no message. */
CT_CASE(interrupted_receives_lose_no_message)
{
	struct ct_msg m;
	mach_port_t p;
	mach_msg_return_t mr;
	pid_t pid;
	int got, interrupted;

	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t to;
		int i;

		to = ct_inherited();
		for (i = 0; i < 3000; i++)
			ct_send_id(to, i);
		ct_child_exit();
	}
	catch(SIGALRM, 0);
	timer_every(200);
	got = interrupted = 0;
	while (got < 3000) {
		mr = mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_INTERRUPT, 0,
		    sizeof(m), p, 0, MACH_PORT_NULL);
		if (mr == MACH_RCV_INTERRUPTED) {
			interrupted++;
			continue;
		}
		CT_OK(mr);
		CT_EQ(m.hdr.msgh_id, got);
		got++;
	}
	timer_every(0);
	ct_wait(pid);
	ct_note("%d interruptions", interrupted);
}

CT_CASE(a_handler_may_send_while_the_thread_is_in_receive)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port();
	catch_and_send(ct_port_send(), 0, 0);
	timer_every(10000);
	CT_KR(ct_recv(p, &m, 100), MACH_RCV_TIMED_OUT);
	/* The next, if none came in that time. */
	CT_OK(ct_recv(in_handler, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 64);
}

CT_CASE(a_handler_may_send_to_the_port_the_thread_waits_on)
{

	receive_among_signals(0, 0);
}

/*
 * Memory above the frames of a caller is the caller's only as far as the stack
 * goes: a coroutine's or a handler's may end soon.
 */
#define	ALTERNATE	((size_t)128 * 1024)

static char *stack_end;
static mach_msg_return_t sent, received;

/* The address sanitizer would move m to the heap. */
static void __attribute__((no_sanitize_address))
on_alternate_stack(int sig)
{
	struct ct_msg m;

	(void)sig;
	CT_TRUE((char *)&m < stack_end && (char *)&m > stack_end - ALTERNATE);
	CT_OK(ct_send(in_handler, 0, REMOTE(COPY_SEND), 65, 0, 0));
	CT_OK(ct_recv(in_handler, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 65);
	sent = mach_msg((mach_msg_header_t *)(void *)stack_end, MACH_SEND_MSG,
	    sizeof(m.hdr), 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
	CT_OK(ct_send(in_handler, 0, REMOTE(COPY_SEND), 66, 0, 0));
	received = mach_msg((mach_msg_header_t *)(void *)stack_end,
	    MACH_RCV_MSG, 0, sizeof(m), in_handler, 0, MACH_PORT_NULL);
	CT_OK(ct_send(in_handler, 0, REMOTE(COPY_SEND), 67, 0, 0));
	CT_OK(ct_recv(in_handler, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 67);
	signals++;
}

CT_CASE(a_bad_pointer_above_an_alternate_stack_is_refused)
{
	stack_t ss;
	char *p;
	int prot;

	in_handler = ct_port_send();
	install(SIGUSR1, on_alternate_stack, SA_ONSTACK);
	/* Nothing above it, and what can be read only. */
	for (prot = 0; prot < 2; prot++) {
		p = mmap(NULL, ALTERNATE + ct_page(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANON, -1, 0);
		CT_TRUE(p != MAP_FAILED);
		stack_end = p + ALTERNATE;
		CT_POSIX(mprotect(stack_end, ct_page(), prot == 0 ? PROT_NONE :
		    PROT_READ));
		memset(&ss, 0, sizeof(ss));
		ss.ss_sp = p;
		ss.ss_size = ALTERNATE;
		CT_POSIX(sigaltstack(&ss, NULL));
		CT_POSIX(raise(SIGUSR1));
		CT_EQ(signals, prot + 1);
		CT_KR(sent, prot == 0 ? MACH_SEND_INVALID_DATA :
		    MACH_SEND_INVALID_HEADER);
		CT_KR(received, MACH_RCV_INVALID_DATA);
		ss.ss_flags = SS_DISABLE;
		CT_POSIX(sigaltstack(&ss, NULL));
	}
}

CT_CASE(sigkill_ends_a_blocked_send_and_receive)
{
	mach_port_t p;
	pid_t pid;
	int sending;

	for (sending = 0; sending < 2; sending++) {
		p = ct_port();
		ct_qlimit(p, 1);
		ct_bequeath(p);
		pid = ct_fork();
		if (pid == 0) {
			struct ct_msg m;
			mach_port_t to;

			to = ct_inherited();
			ct_send_id(to, 1);
			if (sending)
				(void)ct_send(to, 0, REMOTE(COPY_SEND), 2, 0,
				    0);
			else
				(void)mach_msg(&m.hdr, MACH_RCV_MSG, 0,
				    sizeof(m), ct_port(), 0, MACH_PORT_NULL);
			ct_fail(__FILE__, __LINE__, "it came back");
		}
		ct_until_waiting(pid, sending ? MTH_SEND : MTH_RECEIVE, 1);
		CT_POSIX(kill(pid, SIGKILL));
		ct_wait_signal(pid, SIGKILL);
		ct_recv_id(p, 1);
	}
}
