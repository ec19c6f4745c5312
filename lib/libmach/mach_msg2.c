/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_msg2(): the message call with a header passed by value.  As in
 * mach_msg(), a half that a signal interrupted is made again here unless the
 * caller wants to be told.
 */

#include "libmach.h"

#define	LIBMACH_OPTIONS64	(MACH64_SEND_INTERRUPT | MACH64_RCV_INTERRUPT)

#define	PACK(low, high)	((uint64_t)(high) << 32 | (uint32_t)(low))

mach_msg_return_t
mach_msg2_internal(void *data, mach_msg_option64_t options,
    uint64_t msgh_bits_and_send_size, uint64_t msgh_remote_and_local_port,
    uint64_t msgh_voucher_and_id, uint64_t desc_count_and_rcv_name,
    uint64_t rcv_size_and_priority, uint64_t timeout)
{
	const mach_msg_base_t *base;
	const mach_msg_vector_t *vector;
	mach_msg_option64_t opt;
	mach_msg_return_t mr;
	mach_msg_timeout_t ms;
	uint64_t left, start;
	bool timed;

	opt = options & ~LIBMACH_OPTIONS64;
	ms = (mach_msg_timeout_t)timeout;
	timed = (options & (MACH64_SEND_TIMEOUT | MACH64_RCV_TIMEOUT)) != 0 &&
	    ms != 0;
	start = timed ? _libmach_now_ms() : 0;
	left = timeout;
	for (;;) {
		mr = mach_msg2_trap(data, opt, msgh_bits_and_send_size,
		    msgh_remote_and_local_port, msgh_voucher_and_id,
		    desc_count_and_rcv_name, rcv_size_and_priority, left);
		if (mr == MACH_SEND_INTERRUPTED) {
			if ((options & MACH64_SEND_INTERRUPT) != 0)
				return (mr);
			/* The rights came back under these names. */
			base = data;
			if ((options & MACH64_MSG_VECTOR) != 0) {
				vector = data;
				base = (const mach_msg_base_t *)(uintptr_t)
				    vector->msgv_data;
			}
			msgh_bits_and_send_size = PACK(base->header.msgh_bits,
			    msgh_bits_and_send_size >> 32);
			msgh_remote_and_local_port = PACK(
			    base->header.msgh_remote_port,
			    base->header.msgh_local_port);
		} else if (mr == MACH_RCV_INTERRUPTED) {
			if ((options & MACH64_RCV_INTERRUPT) != 0)
				return (mr);
			/* The message is gone; only its answer is missing. */
			opt &= ~MACH64_SEND_MSG;
		} else
			return (mr);
		if (timed)
			left = _libmach_time_left(start, ms);
	}
}
