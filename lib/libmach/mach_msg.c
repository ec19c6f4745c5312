/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Sending and receiving messages.
 *
 * The trap says when a signal interrupted it.  Unless the caller asked to be
 * told (MACH_SEND_INTERRUPT, MACH_RCV_INTERRUPT), it is made again here: as a
 * whole when the send was interrupted, since the message came back to the
 * caller's buffer, and the receive half alone when the message has left.
 *
 * A timeout is a bound on the whole call: what was spent before a signal is
 * taken off, so that a program with a busy interval timer still times out.
 */

#include <time.h>

#include "../../kernel/trap/gen/trap_number.h"
#include "host.h"
#include "libmach.h"
#include "trap_stub.h"

const security_token_t	KERNEL_SECURITY_TOKEN = KERNEL_SECURITY_TOKEN_VALUE;
const audit_token_t	KERNEL_AUDIT_TOKEN = KERNEL_AUDIT_TOKEN_VALUE;

#define	LIBMACH_OPTIONS	(MACH_SEND_INTERRUPT | MACH_RCV_INTERRUPT)

uint64_t
_libmach_now_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000);
}

mach_msg_timeout_t
_libmach_time_left(uint64_t start, mach_msg_timeout_t timeout)
{
	uint64_t spent;

	spent = _libmach_now_ms() - start;
	return (spent >= timeout ? 0 : timeout - (mach_msg_timeout_t)spent);
}

/* To be made again, without what is done?  Seldom: else mr is the answer. */
static __attribute__((__noinline__)) bool
to_be_repeated(mach_msg_return_t mr, mach_msg_option_t *option,
    mach_msg_size_t *send_size)
{

	if (mr == MACH_SEND_INTERRUPTED)
		return ((*option & MACH_SEND_INTERRUPT) == 0);
	if ((*option & MACH_RCV_INTERRUPT) != 0)
		return (false);
	/* The message is gone; only its answer is missing. */
	*option &= ~MACH_SEND_MSG;
	*send_size = 0;
	return (true);
}

static inline bool
was_interrupted(mach_msg_return_t mr)
{

	return (mr == MACH_SEND_INTERRUPTED || mr == MACH_RCV_INTERRUPTED);
}

static inline bool
is_timed(mach_msg_option_t option, mach_msg_timeout_t timeout)
{

	return ((option & (MACH_SEND_TIMEOUT | MACH_RCV_TIMEOUT)) != 0 &&
	    timeout != 0);
}

mach_msg_return_t
mach_msg_overwrite(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout,
    mach_port_name_t notify, mach_msg_header_t *rcv_msg,
    mach_msg_size_t rcv_limit)
{
	mach_msg_return_t mr;
	mach_msg_timeout_t left;
	uint64_t start;
	bool timed;

	(void)rcv_limit;		/* unused on Darwin too */
	timed = is_timed(option, timeout);
	start = timed ? _libmach_now_ms() : 0;
	left = timeout;
	for (;;) {
		if (rcv_msg == NULL)
			mr = mach_msg_trap(msg, option & ~LIBMACH_OPTIONS,
			    send_size, rcv_size, rcv_name, left, notify);
		else
			mr = mach_msg_overwrite_trap(msg,
			    option & ~LIBMACH_OPTIONS, send_size, rcv_size,
			    rcv_name, left, notify, rcv_msg);
		if (!was_interrupted(mr) ||
		    !to_be_repeated(mr, &option, &send_size))
			return (mr);
		if (timed)
			left = _libmach_time_left(start, timeout);
	}
}

/* Once, as nearly always, and what is left of it by the other. */
mach_msg_return_t
mach_msg(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout,
    mach_port_name_t notify)
{
	mach_msg_option_t opt;
	mach_msg_return_t mr;
	mach_msg_size_t size;

	if (!is_timed(option, timeout)) {
		/* mach_msg_trap(), as part of this function. */
		mr = (mach_msg_return_t)MACH_TRAP_STUB(MACH_TRAP_mach_msg_trap,
		    7, (uintptr_t)msg, (uint64_t)(option & ~LIBMACH_OPTIONS),
		    send_size, rcv_size, rcv_name, timeout, notify);
		if (__builtin_expect(!was_interrupted(mr), true))
			return (mr);
		opt = option;
		size = send_size;
		if (!to_be_repeated(mr, &opt, &size))
			return (mr);
		option = opt;
		send_size = size;
	}
	return (mach_msg_overwrite(msg, option, send_size, rcv_size, rcv_name,
	    timeout, notify, NULL, 0));
}

mach_msg_return_t
mach_msg_send(mach_msg_header_t *msg)
{

	return (mach_msg(msg, MACH_SEND_MSG, msg->msgh_size, 0,
	    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
}

mach_msg_return_t
mach_msg_receive(mach_msg_header_t *msg)
{

	return (mach_msg(msg, MACH_RCV_MSG, 0, msg->msgh_size,
	    msg->msgh_local_port, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
}
