/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's own ports, and the two threads that turn signals and demand into
 * messages.
 *
 *	server_port	the bootstrap port: everybody has send rights to it
 *	notify_port	the kernel's: only send-once rights in its requests
 *	event_port	the helpers': only launchd has a send right
 *	port_set	those three, where the main thread receives
 *	demand_set	the queues of services whose job does not run
 *
 * The demand thread looks at the head of those queues without taking a message:
 * it receives with a buffer too small for any, learns the port, takes it out of
 * the set and tells the main thread.
 *
 * The ports never change after events_init(); the helpers share nothing else
 * with the main thread.
 */

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "launchd.h"

#define	HELPER_STACK	(128 * 1024)

mach_port_t port_set, demand_set, server_port, notify_port, event_port;

static const int signals[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP };

static void
signal_set(sigset_t *set)
{
	size_t i;

	(void)sigemptyset(set);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)sigaddset(set, signals[i]);
}

static void
nothing(int signo)
{

	(void)signo;
}

/*
 * A signal that is ignored by default, as SIGCHLD is, need not become pending
 * for sigwait(2), and on FreeBSD does not: it gets a handler, which never runs.
 */
void
events_block_signals(void)
{
	sigset_t set;

	signal_set(&set);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGCHLD, nothing);
	(void)signal(SIGPIPE, SIG_IGN);
}

void
events_child(void)
{
	sigset_t set;
	int signo;

	for (signo = 1; signo < NSIG; signo++)
		if (signo != SIGKILL && signo != SIGSTOP)
			(void)signal(signo, SIG_DFL);
	(void)sigemptyset(&set);
	(void)sigprocmask(SIG_SETMASK, &set, NULL);
}

/*
 * The helpers.
 */

/* Before trying what failed for lack of something again. */
static void
pause_after_failure(void)
{
	const struct timespec ts = { .tv_nsec = 100 * 1000 * 1000 };

	(void)nanosleep(&ts, NULL);
}

/* Until it is sent: an event that is lost is a job that never starts. */
static void
post(enum event event, uint32_t value)
{
	struct event_message m;
	mach_msg_return_t mr;
	bool said;

	for (said = false;; said = true) {
		memset(&m, 0, sizeof(m));
		m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
		m.head.msgh_size = sizeof(m);
		m.head.msgh_remote_port = event_port;
		m.event = event;
		m.value = value;
		mr = mach_msg(&m.head, MACH_SEND_MSG, sizeof(m), 0,
		    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
		if (mr == MACH_MSG_SUCCESS)
			return;
		if (!said)
			log_line(LOG_ERROR, NULL, 0, "cannot post an event: %s",
			    mach_error_string(mr));
		pause_after_failure();
	}
}

static void *
signal_thread(void *arg)
{
	sigset_t set;
	int signo;

	(void)arg;
	signal_set(&set);
	for (;;)
		if (sigwait(&set, &signo) == 0)
			post(EVENT_SIGNAL, (uint32_t)signo);
	return (NULL);
}

static void *
demand_thread(void *arg)
{
	mach_msg_header_t head;
	mach_msg_return_t mr;
	mach_port_t port;

	(void)arg;
	for (;;) {
		memset(&head, 0, sizeof(head));
		mr = mach_msg(&head, MACH_RCV_MSG | MACH_RCV_LARGE |
		    MACH_RCV_LARGE_IDENTITY, 0, sizeof(head), demand_set,
		    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
		if (mr != MACH_RCV_TOO_LARGE) {
			log_line(LOG_ERROR, NULL, 0, "cannot watch for demand: "
			    "%s", mach_error_string(mr));
			pause_after_failure();
			continue;
		}
		port = head.msgh_local_port;
		/* Fails when the main thread was faster, which is as good. */
		(void)mach_port_extract_member(mach_task_self(), port,
		    demand_set);
		post(EVENT_DEMAND, port);
	}
	return (NULL);
}

static int
start_helper(void *(*fn)(void *))
{
	pthread_attr_t attr;
	pthread_t thread;
	int error;

	error = pthread_attr_init(&attr);
	if (error != 0)
		return (error);
	(void)pthread_attr_setstacksize(&attr, HELPER_STACK);
	(void)pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&thread, &attr, fn, NULL);
	(void)pthread_attr_destroy(&attr);
	return (error);
}

/*
 * The ports.
 */

static kern_return_t
make_set(mach_port_t *set)
{

	return (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_PORT_SET,
	    set));
}

static kern_return_t
make_member(mach_port_t *port, bool send_right, mach_port_msgcount_t qlimit)
{
	mach_port_limits_t limits;
	kern_return_t kr;

	kr = mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    port);
	if (kr == KERN_SUCCESS && send_right)
		kr = mach_port_insert_right(mach_task_self(), *port, *port,
		    MACH_MSG_TYPE_MAKE_SEND);
	if (kr == KERN_SUCCESS) {
		limits.mpl_qlimit = qlimit;
		kr = mach_port_set_attributes(mach_task_self(), *port,
		    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
		    MACH_PORT_LIMITS_INFO_COUNT);
	}
	if (kr == KERN_SUCCESS)
		kr = mach_port_insert_member(mach_task_self(), *port,
		    port_set);
	return (kr);
}

static kern_return_t
make_ports(void)
{
	kern_return_t kr;

	kr = make_set(&port_set);
	if (kr == KERN_SUCCESS)
		kr = make_set(&demand_set);
	if (kr == KERN_SUCCESS)
		kr = make_member(&server_port, true, MACH_PORT_QLIMIT_LARGE);
	if (kr == KERN_SUCCESS)
		kr = make_member(&notify_port, false, MACH_PORT_QLIMIT_LARGE);
	if (kr == KERN_SUCCESS)
		kr = make_member(&event_port, true, MACH_PORT_QLIMIT_SMALL);
	/* Children inherit it. */
	if (kr == KERN_SUCCESS)
		kr = task_set_bootstrap_port(mach_task_self(), server_port);
	return (kr);
}

int
events_init(void)
{
	kern_return_t kr;
	int error;

	if (mach_task_self() == MACH_PORT_NULL) {
		/* The trap says why. */
		(void)task_self_trap();
		log_line(LOG_ERROR, NULL, 0, "there is no Mach kernel here");
		return (ENXIO);
	}
	kr = make_ports();
	if (kr != KERN_SUCCESS) {
		log_line(LOG_ERROR, NULL, 0, "cannot make the bootstrap ports: "
		    "%s", mach_error_string(kr));
		return (EAGAIN);
	}
	error = start_helper(signal_thread);
	if (error == 0)
		error = start_helper(demand_thread);
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "cannot make a thread: %s",
		    strerror(error));
	return (error);
}
