/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Options of host_reboot().
 */

#ifndef _MACH_HOST_REBOOT_H_
#define	_MACH_HOST_REBOOT_H_

#define	HOST_REBOOT_HALT	0x0008
#define	HOST_REBOOT_UPSDELAY	0x0100
#define	HOST_REBOOT_DEBUGGER	0x1000

#endif /* !_MACH_HOST_REBOOT_H_ */
