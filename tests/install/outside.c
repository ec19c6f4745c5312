/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A stranger's first program: a message to itself.
 */

#include <mach/mach.h>

#include <stdio.h>

int
main(void)
{
	struct {
		mach_msg_header_t header;
		int value;
		mach_msg_trailer_t trailer;
	} msg = { .value = 42 };
	mach_port_t port;
	kern_return_t kr;

	kr = mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port);
	if (kr != KERN_SUCCESS)
		return (1);
	msg.header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	msg.header.msgh_size = sizeof(msg) - sizeof(msg.trailer);
	msg.header.msgh_remote_port = port;
	kr = mach_msg(&msg.header, MACH_SEND_MSG, msg.header.msgh_size, 0,
	    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (kr != MACH_MSG_SUCCESS)
		return (2);
	msg.value = 0;
	kr = mach_msg(&msg.header, MACH_RCV_MSG, 0, sizeof(msg), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (kr != MACH_MSG_SUCCESS)
		return (3);
	printf("received %d\n", msg.value);
	return (0);
}
