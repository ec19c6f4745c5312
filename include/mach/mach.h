/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The whole interface.  Timers, time and the audit token are apart, as on
 * Darwin: <mach/mk_timer.h>, <mach/mach_time.h>, <mach/audit_token.h>.
 */

#ifndef _MACH_MACH_H_
#define	_MACH_MACH_H_

#define	__MACH30__
#define	MACH_IPC_FLAVOR	UNTYPED

#include <mach/mach_error.h>
#include <mach/mach_host.h>
#include <mach/mach_init.h>
#include <mach/mach_interface.h>
#include <mach/mach_port.h>
#include <mach/mach_traps.h>
#include <mach/mach_types.h>
#include <mach/message.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/ndr.h>
#include <mach/rpc.h>
#include <mach/std_types.h>
#include <mach/thread_switch.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * Voucher adoption.  There are no vouchers: set returns FALSE, clear and
 * revert do nothing, adopt returns VOUCHER_MACH_MSG_STATE_UNCHANGED.  Darwin.
 */
#define	VOUCHER_MACH_MSG_API_VERSION	20140205
typedef struct voucher_mach_msg_state_s	*voucher_mach_msg_state_t;
#define	VOUCHER_MACH_MSG_STATE_UNCHANGED	\
	((voucher_mach_msg_state_t)~0UL)

extern boolean_t voucher_mach_msg_set(mach_msg_header_t *msg);
extern void voucher_mach_msg_clear(mach_msg_header_t *msg);
extern voucher_mach_msg_state_t voucher_mach_msg_adopt(mach_msg_header_t *msg);
extern void voucher_mach_msg_revert(voucher_mach_msg_state_t state);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_H_ */
