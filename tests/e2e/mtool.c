/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the tests of limits and of lsmp run, as whatever user they choose.
 *
 *	mtool hold N		have N ports; say "ready"; wait for a signal
 *	mtool fill		have as many names as there may be; say how many
 *				and why not more; wait for a signal
 *	mtool most		the largest holding that the limits allow, of
 *				everything; say what; wait for a signal
 *	mtool ports N		make N ports and go; status 1 if it could not
 *	mtool watch PID FILE	make FILE, wait until everything that the task
 *				held has been given back, say so
 *	mtool set NAME VALUE	set a limit; print the return code
 *	mtool stir		making, sending and destroying without end
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mk_timer.h>
#include <mach_debug/mach_inspect.h>

#define	SETS	10000
#define	DEEP	20000

static void
wait_for_signal(void)
{

	(void)fflush(stdout);
	for (;;)
		(void)pause();
}

static mach_port_t
new_port(kern_return_t *kr)
{
	mach_port_t p;

	p = MACH_PORT_NULL;
	*kr = mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &p);
	return (p);
}

static mach_port_t
new_port_send(void)
{
	kern_return_t kr;
	mach_port_t p;

	p = new_port(&kr);
	if (kr == KERN_SUCCESS && mach_port_insert_right(mach_task_self(), p,
	    p, MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS)
		p = MACH_PORT_NULL;
	return (p);
}

/* A message with one right to it. */
static mach_msg_return_t
send_right(mach_port_t to, mach_port_t right, mach_msg_type_name_t how)
{
	struct {
		mach_msg_header_t		h;
		mach_msg_body_t			b;
		mach_msg_port_descriptor_t	d;
	} m;

	memset(&m, 0, sizeof(m));
	m.h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.h.msgh_remote_port = to;
	m.h.msgh_size = sizeof(m);
	m.b.msgh_descriptor_count = 1;
	m.d.name = right;
	m.d.disposition = how;
	m.d.type = MACH_MSG_PORT_DESCRIPTOR;
	return (mach_msg(&m.h, MACH_SEND_MSG | MACH_SEND_TIMEOUT, sizeof(m),
	    0, 0, 0, 0));
}

static int
hold(unsigned n)
{
	kern_return_t kr;

	while (n-- > 0) {
		(void)new_port(&kr);
		if (kr != KERN_SUCCESS)
			return (1);
	}
	(void)printf("ready\n");
	wait_for_signal();
	return (0);
}

static int
fill(void)
{
	mach_port_t p;
	kern_return_t kr;
	unsigned n;

	for (n = 0;; n++) {
		kr = mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_DEAD_NAME, &p);
		if (kr != KERN_SUCCESS)
			break;
	}
	(void)printf("%u %d\n", n, kr);
	wait_for_signal();
	return (0);
}

/* Sets with a member each, queues within queues, then messages with rights. */
static int
most(void)
{
	mach_port_limits_t limits = { .mpl_qlimit = MACH_PORT_QLIMIT_MAX };
	mach_msg_return_t mr;
	mach_port_t inner, next, p, set;
	kern_return_t kr;
	unsigned deep, messages, sems, sets, timers;

	for (sets = 0; sets < SETS; sets++) {
		p = new_port(&kr);
		if (kr != KERN_SUCCESS || mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_PORT_SET, &set) != KERN_SUCCESS ||
		    mach_port_insert_member(mach_task_self(), p, set) !=
		    KERN_SUCCESS)
			break;
	}
	inner = new_port_send();
	for (deep = 0; deep < DEEP; deep++) {
		next = new_port_send();
		if (next == MACH_PORT_NULL || send_right(next, inner,
		    MACH_MSG_TYPE_MOVE_RECEIVE) != MACH_MSG_SUCCESS)
			break;
		inner = next;
	}
	for (timers = 0; mk_timer_create() != MACH_PORT_NULL; timers++)
		;
	for (sems = 0; sems < 1000; sems++)
		if (semaphore_create(mach_task_self(), &p, 0, 0) !=
		    KERN_SUCCESS)
			break;
	p = MACH_PORT_NULL;
	mr = MACH_SEND_TIMED_OUT;
	for (messages = 0;; messages++) {
		if (mr != MACH_MSG_SUCCESS) {
			p = new_port_send();
			if (p == MACH_PORT_NULL)
				break;
			(void)mach_port_set_attributes(mach_task_self(), p,
			    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
			    MACH_PORT_LIMITS_INFO_COUNT);
		}
		mr = send_right(p, p, MACH_MSG_TYPE_MAKE_SEND_ONCE);
		if (mr == MACH_SEND_NO_BUFFER)
			break;
	}
	(void)printf("%u sets, %u deep, %u timers, %u semaphores, "
	    "%u messages: %#x\n", sets, deep, timers, sems, messages, mr);
	wait_for_signal();
	return (0);
}

static int
ports(unsigned n)
{
	kern_return_t kr;

	while (n-- > 0) {
		(void)new_port(&kr);
		if (kr != KERN_SUCCESS) {
			(void)fprintf(stderr, "mtool: %s\n",
			    mach_error_string(kr));
			return (1);
		}
	}
	return (0);
}

/* The name port of a task dies when all is given back. */
static int
watch(int pid, const char *file)
{
	struct {
		mach_msg_header_t	h;
		uint8_t			body[256];
	} m;
	struct timespec from, to;
	mach_port_t name, notify, previous;
	kern_return_t kr;
	int fd;

	kr = task_name_for_pid(mach_task_self(), pid, &name);
	notify = kr == KERN_SUCCESS ? new_port(&kr) : MACH_PORT_NULL;
	if (kr == KERN_SUCCESS)
		kr = mach_port_request_notification(mach_task_self(), name,
		    MACH_NOTIFY_DEAD_NAME, 0, notify,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous);
	if (kr != KERN_SUCCESS) {
		(void)fprintf(stderr, "mtool: watch %d: %s\n", pid,
		    mach_error_string(kr));
		return (1);
	}
	/* A reader waits at the other end of the pipe for this. */
	fd = open(file, O_WRONLY);
	if (fd < 0 || write(fd, "\n", 1) != 1)
		return (1);
	(void)close(fd);
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	kr = mach_msg(&m.h, MACH_RCV_MSG, 0, sizeof(m), notify, 0, 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	if (kr != KERN_SUCCESS || m.h.msgh_id != MACH_NOTIFY_DEAD_NAME)
		return (1);
	(void)printf("%ld\n", (to.tv_sec - from.tv_sec) * 1000 +
	    (to.tv_nsec - from.tv_nsec) / 1000000);
	return (0);
}

static int
stir(void)
{
	mach_port_t inner, outer;

	(void)puts("ready");
	(void)fflush(stdout);
	for (;;) {
		outer = new_port_send();
		inner = new_port_send();
		if (outer == MACH_PORT_NULL || inner == MACH_PORT_NULL ||
		    send_right(outer, inner, MACH_MSG_TYPE_MOVE_RECEIVE) !=
		    MACH_MSG_SUCCESS ||
		    mach_port_destroy(mach_task_self(), outer) !=
		    KERN_SUCCESS ||
		    mach_port_destroy(mach_task_self(), inner) !=
		    KERN_SUCCESS)
			return (1);
	}
}

int
main(int argc, char **argv)
{
	const char *what;

	what = argc > 1 ? argv[1] : "";
	if (argc == 3 && strcmp(what, "hold") == 0)
		return (hold((unsigned)atoi(argv[2])));
	if (argc == 2 && strcmp(what, "fill") == 0)
		return (fill());
	if (argc == 2 && strcmp(what, "most") == 0)
		return (most());
	if (argc == 3 && strcmp(what, "ports") == 0)
		return (ports((unsigned)atoi(argv[2])));
	if (argc == 2 && strcmp(what, "stir") == 0)
		return (stir());
	if (argc == 4 && strcmp(what, "watch") == 0)
		return (watch(atoi(argv[2]), argv[3]));
	if (argc == 4 && strcmp(what, "set") == 0) {
		(void)printf("%d\n", mach_limit_set(argv[2],
		    strtoull(argv[3], NULL, 0)));
		return (0);
	}
	(void)fprintf(stderr, "mtool: see its source\n");
	return (64);
}
