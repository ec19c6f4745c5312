/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_msg2(): the message call with a header passed by value.
 *
 * The kernel has one message trap, so the header is put where that trap reads
 * it and the call goes on as mach_msg().  Auxiliary data has nowhere to go: a
 * vector with any of it is refused.  What the caller expects of the destination
 * must be said, and said once; it changes nothing else.
 */

#include "libmach.h"

#define	LOW(word)	((uint32_t)(word))
#define	HIGH(word)	((uint32_t)((word) >> 32))

static bool
one_expectation(mach_msg_option64_t options)
{
	mach_msg_option64_t said;

	said = options & (MACH64_SEND_KOBJECT_CALL | MACH64_SEND_MQ_CALL |
	    MACH64_SEND_ANY | MACH64_SEND_DK_CALL);
	return (said != 0 && (said & (said - 1)) == 0);
}

mach_msg_return_t
mach_msg2_internal(void *data, mach_msg_option64_t options,
    uint64_t msgh_bits_and_send_size, uint64_t msgh_remote_and_local_port,
    uint64_t msgh_voucher_and_id, uint64_t desc_count_and_rcv_name,
    uint64_t rcv_size_and_priority, uint64_t timeout)
{
	const mach_msg_vector_t *vector;
	mach_msg_size_t rcv_size, send_size;
	mach_msg_header_t *msg, *rcv_msg;
	mach_msg_timeout_t ms;

	msg = rcv_msg = data;
	send_size = HIGH(msgh_bits_and_send_size);
	rcv_size = LOW(rcv_size_and_priority);
	if ((options & MACH64_SEND_MSG) != 0 && !one_expectation(options))
		return (MACH_SEND_INVALID_OPTIONS);
	if ((options & MACH64_MSG_VECTOR) != 0) {
		vector = data;
		if (send_size > 1 || rcv_size > 1)
			return (KERN_NOT_SUPPORTED);
		msg = (mach_msg_header_t *)(uintptr_t)vector->msgv_data;
		rcv_msg = vector->msgv_rcv_addr == 0 ? msg :
		    (mach_msg_header_t *)(uintptr_t)vector->msgv_rcv_addr;
		send_size = vector->msgv_send_size;
		rcv_size = vector->msgv_rcv_size;
	}
	if ((options & MACH64_SEND_MSG) != 0) {
		if (send_size < sizeof(*msg))
			return (MACH_SEND_MSG_TOO_SMALL);
		msg->msgh_bits = LOW(msgh_bits_and_send_size);
		msg->msgh_size = send_size;
		msg->msgh_remote_port = LOW(msgh_remote_and_local_port);
		msg->msgh_local_port = HIGH(msgh_remote_and_local_port);
		msg->msgh_voucher_port = LOW(msgh_voucher_and_id);
		msg->msgh_id = (mach_msg_id_t)HIGH(msgh_voucher_and_id);
		if (MACH_MSGH_BITS_IS_COMPLEX(msg->msgh_bits) &&
		    send_size >= sizeof(mach_msg_base_t))
			((mach_msg_base_t *)(void *)msg)->
			    body.msgh_descriptor_count =
			    LOW(desc_count_and_rcv_name);
	}
	ms = timeout > UINT32_MAX ? UINT32_MAX : (mach_msg_timeout_t)timeout;
	return (mach_msg_overwrite(msg, (mach_msg_option_t)LOW(options),
	    send_size, rcv_size, HIGH(desc_count_and_rcv_name), ms,
	    MACH_PORT_NULL, rcv_msg == msg ? NULL : rcv_msg, 0));
}
