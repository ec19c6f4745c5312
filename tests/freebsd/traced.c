/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What dtrace.sh traces.
 *
 *	traced ipc	messages, a notification, refusals: as many of each, and
 *			of each size, as the script expects
 *	traced refuse	as a task, try to unload mach.ko; status 0: refused
 */

#include <sys/param.h>
#include <sys/linker.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mach/mach.h>
#include <mach/notify.h>

struct message {
	mach_msg_header_t header;
	uint8_t		  body[256];
	mach_msg_trailer_t trailer;
};

static void
must(int line, int got, int wanted)
{

	if (got == wanted)
		return;
	(void)fprintf(stderr, "traced: line %d: %#x, not %#x\n", line, got,
	    wanted);
	exit(1);
}

#define	MUST(got, wanted)	must(__LINE__, (int)(got), (int)(wanted))

static mach_msg_return_t
message(mach_port_t port, mach_msg_option_t option, mach_msg_id_t id,
    mach_msg_size_t body)
{
	struct message m;

	memset(&m, 0, sizeof(m));
	m.header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	m.header.msgh_remote_port = port;
	m.header.msgh_id = id;
	return (mach_msg(&m.header, option | MACH_SEND_TIMEOUT |
	    MACH_RCV_TIMEOUT, (option & MACH_SEND_MSG) != 0 ?
	    sizeof(m.header) + body : 0, sizeof(m), port, 0, MACH_PORT_NULL));
}

static mach_port_t
new_port(void)
{
	mach_port_t port;

	MUST(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port), KERN_SUCCESS);
	return (port);
}

static void
ipc(void)
{
	mach_port_limits_t limits;
	mach_port_t notify, port, previous;
	unsigned i;

	port = new_port();
	for (i = 0; i < 3; i++)
		MUST(message(port, MACH_SEND_MSG, 7001, 40), 0);
	MUST(message(port, MACH_SEND_MSG | MACH_RCV_MSG, 7002, 200), 0);
	limits.mpl_qlimit = 3;
	MUST(mach_port_set_attributes(mach_task_self(), port,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT), KERN_SUCCESS);
	/* Full: not sent. */
	MUST(message(port, MACH_SEND_MSG, 7003, 0), MACH_SEND_TIMED_OUT);
	for (i = 0; i < 3; i++)
		MUST(message(port, MACH_RCV_MSG, 0, 0), 0);
	MUST(message(port, MACH_RCV_MSG, 0, 0), MACH_RCV_TIMED_OUT);

	notify = new_port();
	MUST(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_SUCCESS);
	MUST(mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_DEAD_NAME, 0, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous), KERN_SUCCESS);
	MUST(mach_port_mod_refs(mach_task_self(), port,
	    MACH_PORT_RIGHT_RECEIVE, -1), KERN_SUCCESS);
	MUST(message(notify, MACH_RCV_MSG, 0, 0), 0);
	for (i = 0; i < 2; i++)
		MUST(mach_port_deallocate(mach_task_self(), 0x700),
		    KERN_INVALID_NAME);
}

static void
refuse(void)
{
	int id;

	(void)new_port();
	id = kldfind("mach.ko");
	if (id == -1) {
		perror("kldfind");
		exit(1);
	}
	MUST(kldunload(id), -1);
	MUST(errno, EBUSY);
}

int
main(int argc, char **argv)
{

	if (argc == 2 && strcmp(argv[1], "ipc") == 0)
		ipc();
	else if (argc == 2 && strcmp(argv[1], "refuse") == 0)
		refuse();
	else {
		(void)fprintf(stderr, "usage: traced ipc | refuse\n");
		return (2);
	}
	return (0);
}
