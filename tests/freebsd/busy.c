/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A job that is inside of Mach when the system ends, and is deaf to SIGTERM:
 *
 *	busy NAME	checks NAME in; children block in a full queue, in a
 *			receive, in a port set, in a semaphore and in kevent(2),
 *			with memory out of line in a queue
 */

#include <sys/types.h>
#include <sys/event.h>

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/kevent.h>
#include <mach/mach.h>
#include <servers/bootstrap.h>

static void
must(kern_return_t kr, const char *what)
{

	if (kr != KERN_SUCCESS)
		errx(1, "%s: 0x%x", what, (unsigned)kr);
}

static mach_port_t
make_port(void)
{
	mach_port_t port;

	must(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port), "allocate");
	must(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND), "insert");
	return (port);
}

/* Messages with memory until the queue is full, and one more. */
static void
fill(void)
{
	static char room[65536];
	struct {
		mach_msg_header_t	  head;
		mach_msg_body_t		  body;
		mach_msg_ool_descriptor_t memory;
	} m;

	memset(&m, 0, sizeof(m));
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.head.msgh_size = sizeof(m);
	m.head.msgh_remote_port = make_port();
	m.body.msgh_descriptor_count = 1;
	m.memory.type = MACH_MSG_OOL_DESCRIPTOR;
	m.memory.address = room;
	m.memory.size = sizeof(room);
	for (;;)
		must(mach_msg(&m.head, MACH_SEND_MSG, sizeof(m), 0,
		    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL),
		    "send");
}

static void
receive(mach_port_t port)
{
	struct {
		mach_msg_header_t head;
		char		  room[256];
	} m;

	(void)mach_msg(&m.head, MACH_RCV_MSG, 0, sizeof(m), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
}

static mach_port_t
make_set(void)
{
	mach_port_t set;

	must(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_PORT_SET,
	    &set), "set");
	must(mach_port_insert_member(mach_task_self(), make_port(), set),
	    "member");
	return (set);
}

static void
watch(void)
{
	struct kevent kev;
	int kq;

	kq = kqueue();
	EV_SET(&kev, make_set(), EVFILT_MACHPORT, EV_ADD, 0, 0, NULL);
	if (kq == -1 || kevent(kq, &kev, 1, &kev, 1, NULL) == -1)
		err(1, "kevent");
}

static void
block(int how)
{
	semaphore_t sem;

	switch (how) {
	case 0:
		fill();
		break;
	case 1:
		receive(make_port());
		break;
	case 2:
		receive(make_set());
		break;
	case 3:
		must(semaphore_create(mach_task_self(), &sem, SYNC_POLICY_FIFO,
		    0), "semaphore");
		(void)semaphore_wait(sem);
		break;
	case 4:
		watch();
		break;
	}
}

int
main(int argc, char **argv)
{
	mach_port_t port;
	int how;
	pid_t pid;

	if (argc != 2)
		errx(2, "usage: busy NAME");
	(void)signal(SIGTERM, SIG_IGN);
	must(bootstrap_check_in(bootstrap_port, argv[1], &port), "check in");
	for (how = 0; how < 5; how++) {
		pid = fork();
		if (pid == -1)
			err(1, "fork");
		if (pid == 0) {
			block(how);
			return (0);
		}
	}
	/* Requests stay in the queue. */
	receive(make_port());
	return (0);
}
