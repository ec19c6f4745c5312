/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's own ports, its signals, and what the loop calls for them.
 *
 *	the domains', to which everybody in them has send rights
 *	notify_port	the kernel's: only send-once rights in its requests
 *	return_port	the same for what may outlive this image of launchd
 *	port_set	all of those, whose messages are carried out
 *	demand_set	the queues of services whose job does not run
 *
 * The head of the queues in demand_set is looked at without taking a message:
 * a receive with a buffer too small for any says the port, which then leaves
 * the set.
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <mach/audit_token.h>

#include "launchd.h"

mach_port_t port_set, demand_set, notify_port, return_port;
int own_jail;

/* From SIGTSTP on they are for process 1 only. */
static const int signals[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR1,
    SIGUSR2, SIGTSTP, SIGWINCH,
#ifdef SIGEMT
    SIGEMT,
#endif
};
#define	SIGNALS		(sizeof(signals) / sizeof(signals[0]))
#define	SIGNALS_ALL	6

static size_t
nsignals(void)
{

	return (getpid() == 1 ? SIGNALS : SIGNALS_ALL);
}

void
events_signal_set(sigset_t *set)
{
	size_t i;

	(void)sigemptyset(set);
	for (i = 0; i < nsignals(); i++)
		(void)sigaddset(set, signals[i]);
}

static void
nothing(int signo)
{

	(void)signo;
}

/*
 * A signal that is ignored by default, as SIGCHLD is, need not become pending,
 * and on FreeBSD does not, nor any that has no handler for process 1: they get
 * one, which never runs.
 */
void
events_block_signals(void)
{
	sigset_t set;
	size_t i;

	events_signal_set(&set);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGCHLD, nothing);
	for (i = 0; getpid() == 1 && i < nsignals(); i++)
		(void)signal(signals[i], nothing);
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

/* A message waits for a job that does not run. */
static void
demand_ready(void)
{
	mach_msg_header_t head;
	mach_msg_return_t mr;
	mach_port_t port;

	memset(&head, 0, sizeof(head));
	mr = mach_msg(&head, MACH_RCV_MSG | MACH_RCV_LARGE |
	    MACH_RCV_LARGE_IDENTITY | MACH_RCV_TIMEOUT, 0, sizeof(head),
	    demand_set, 0, MACH_PORT_NULL);
	if (mr != MACH_RCV_TOO_LARGE) {
		if (mr != MACH_RCV_TIMED_OUT)
			server_failed(mr);
		return;
	}
	port = head.msgh_local_port;
	(void)mach_port_extract_member(mach_task_self(), port, demand_set);
	service_demanded(port);
}

/*
 * The ports.
 */

static kern_return_t
make_set(mach_port_t *set)
{
	kern_return_t kr;

	PERSIST(kr, mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_PORT_SET, set));
	return (kr);
}

static kern_return_t
make_member(mach_port_t *port, bool send_right, mach_port_msgcount_t qlimit)
{
	mach_port_limits_t limits;
	kern_return_t kr;

	PERSIST(kr, mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, port));
	if (kr == KERN_SUCCESS && send_right)
		PERSIST(kr, mach_port_insert_right(mach_task_self(), *port,
		    *port, MACH_MSG_TYPE_MAKE_SEND));
	limits.mpl_qlimit = qlimit;
	if (kr == KERN_SUCCESS)
		PERSIST(kr, mach_port_set_attributes(mach_task_self(), *port,
		    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
		    MACH_PORT_LIMITS_INFO_COUNT));
	if (kr == KERN_SUCCESS)
		PERSIST(kr, mach_port_insert_member(mach_task_self(), *port,
		    port_set));
	return (kr);
}

kern_return_t
events_make_port(mach_port_t *port)
{
	kern_return_t kr;

	*port = MACH_PORT_NULL;
	kr = make_member(port, true, MACH_PORT_QLIMIT_LARGE);
	if (kr != KERN_SUCCESS && *port != MACH_PORT_NULL)
		(void)mach_port_destroy(mach_task_self(), *port);
	return (kr);
}

kern_return_t
events_request(mach_port_t port, mach_msg_id_t what, mach_port_t to)
{
	mach_port_t previous;
	kern_return_t kr;

	previous = MACH_PORT_NULL;
	kr = mach_port_request_notification(mach_task_self(), port, what, 0,
	    to, MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous);
	if (kr == KERN_SUCCESS && MACH_PORT_VALID(previous))
		(void)mach_port_deallocate(mach_task_self(), previous);
	return (kr);
}

kern_return_t
events_cancel(mach_port_t port, mach_msg_id_t what)
{

	return (events_request(port, what, MACH_PORT_NULL));
}

void
events_drop_receive(mach_port_t port)
{

	(void)mach_port_mod_refs(mach_task_self(), port,
	    MACH_PORT_RIGHT_RECEIVE, -1);
}

kern_return_t
events_adopt_receive(mach_port_t port)
{
	kern_return_t kr;

	PERSIST(kr, events_cancel(port, MACH_NOTIFY_PORT_DESTROYED));
	if (kr == KERN_SUCCESS)
		PERSIST(kr, mach_port_insert_right(mach_task_self(), port,
		    port, MACH_MSG_TYPE_MAKE_SEND));
	return (kr);
}

kern_return_t
events_adopt_port(mach_port_t port)
{
	kern_return_t kr;

	kr = events_adopt_receive(port);
	if (kr == KERN_SUCCESS)
		PERSIST(kr, mach_port_insert_member(mach_task_self(), port,
		    port_set));
	return (kr);
}

/* Those that every image makes for itself. */
static kern_return_t
make_own(void)
{
	kern_return_t kr;

	kr = make_set(&port_set);
	if (kr == KERN_SUCCESS)
		kr = make_set(&demand_set);
	if (kr == KERN_SUCCESS)
		kr = make_member(&notify_port, false, MACH_PORT_QLIMIT_LARGE);
	return (kr);
}

static kern_return_t
make_ports(void)
{
	mach_port_t port;
	kern_return_t kr;

	kr = make_own();
	if (kr == KERN_SUCCESS)
		kr = events_make_port(&return_port);
	if (kr == KERN_SUCCESS)
		kr = events_make_port(&port);
	if (kr == KERN_SUCCESS)
		PERSIST(kr, domain_init(port));
	/* Children inherit it. */
	if (kr == KERN_SUCCESS)
		PERSIST(kr, task_set_bootstrap_port(mach_task_self(), port));
	return (kr);
}

/* Where we are is where those are who may tell us what to do. */
static void
find_jail(void)
{
	mach_msg_type_number_t n;
	audit_token_t token;

	n = TASK_AUDIT_TOKEN_COUNT;
	if (task_info(mach_task_self(), TASK_AUDIT_TOKEN,
	    (task_info_t)&token, &n) == KERN_SUCCESS)
		own_jail = (int)audit_token_to_asid(token);
}

static int
listen_to_all(kern_return_t kr)
{
	int error;

	if (kr != KERN_SUCCESS) {
		log_line(LOG_ERROR, NULL, 0, "cannot make the bootstrap ports: "
		    "%s", mach_error_string(kr));
		return (EAGAIN);
	}
	error = loop_init();
	if (error == 0)
		error = loop_add_set(port_set, server_ready);
	if (error == 0)
		error = loop_add_set(demand_set, demand_ready);
	if (error == 0)
		error = loop_add_signals(signals, nsignals(), handle_signal);
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "cannot make the event loop: %s",
		    strerror(error));
	return (error);
}

int
events_init(void)
{

	/* It was called before main(), but may have failed then. */
	if (mach_init() != KERN_SUCCESS) {
		/* The trap says why. */
		(void)task_self_trap();
		log_line(LOG_ERROR, NULL, 0, "there is no Mach kernel here");
		return (ENXIO);
	}
	find_jail();
	return (listen_to_all(make_ports()));
}

int
events_resume(mach_port_t returns)
{
	kern_return_t kr;

	find_jail();
	kr = make_own();
	return_port = returns;
	if (kr == KERN_SUCCESS && (returns == MACH_PORT_NULL ||
	    events_adopt_port(returns) != KERN_SUCCESS))
		kr = events_make_port(&return_port);
	return (listen_to_all(kr));
}
