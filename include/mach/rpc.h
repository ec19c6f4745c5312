/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Kept for sources that include it: what it once declared is in
 * <mach/mig.h>.
 */

#ifndef _MACH_RPC_H_
#define	_MACH_RPC_H_

#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/thread_status.h>

#endif /* !_MACH_RPC_H_ */
