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

mach_msg_return_t
mach_msg2_internal(void *data, mach_msg_option64_t options,
    uint64_t msgh_bits_and_send_size, uint64_t msgh_remote_and_local_port,
    uint64_t msgh_voucher_and_id, uint64_t desc_count_and_rcv_name,
    uint64_t rcv_size_and_priority, uint64_t timeout)
{
	mach_msg_option64_t opt;
	mach_msg_return_t mr;

	opt = options & ~LIBMACH_OPTIONS64;
	for (;;) {
		mr = mach_msg2_trap(data, opt, msgh_bits_and_send_size,
		    msgh_remote_and_local_port, msgh_voucher_and_id,
		    desc_count_and_rcv_name, rcv_size_and_priority, timeout);
		if (mr == MACH_SEND_INTERRUPTED) {
			if ((options & MACH64_SEND_INTERRUPT) != 0)
				return (mr);
		} else if (mr == MACH_RCV_INTERRUPTED) {
			if ((options & MACH64_RCV_INTERRUPT) != 0)
				return (mr);
			/* The message is gone; only its answer is missing. */
			opt &= ~MACH64_SEND_MSG;
		} else
			return (mr);
	}
}
