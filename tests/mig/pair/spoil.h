/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Changes to a message on its way: the client's stubs are compiled with
 * -Dmach_msg=spoiled_msg, and the server's demultiplexer is called through
 * spoil_server().
 *
 * One word is changed of each message, in one of SPOIL_CHANGES ways.  done
 * says that there was such a word.  kernel: it is one that the kernel reads, as
 * those of descriptors: then the rights of the message are not those the stub
 * put there, and it is not to be blamed for what is left.
 */

#ifndef _SPOIL_H_
#define	_SPOIL_H_

#include <mach/mach.h>
#include <mach/mig_errors.h>

#include <stdbool.h>

#define	SPOIL_CHANGES	36U

extern struct spoil {
	boolean_t	(*demux)(mach_msg_header_t *, mach_msg_header_t *);
	bool		 quiet;		/* change nothing */
	bool		 reply;		/* change replies, not requests */
	unsigned	 word;		/* from the start of the message */
	unsigned	 change;
	bool		 done;
	bool		 kernel;
} spoil;

boolean_t spoil_server(mach_msg_header_t *in, mach_msg_header_t *out);
mach_msg_return_t spoiled_msg(mach_msg_header_t *msg, mach_msg_option_t option,
	    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
	    mach_port_t rcv_name, mach_msg_timeout_t timeout,
	    mach_port_t notify);

#endif /* !_SPOIL_H_ */
