/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * All calls on kernel objects.
 */

#ifndef _MACH_MACH_INTERFACE_H_
#define	_MACH_MACH_INTERFACE_H_

#include <mach/clock.h>
#include <mach/clock_priv.h>
#include <mach/host_priv.h>
#include <mach/mach_host.h>
#include <mach/mach_port.h>
#include <mach/mach_vm.h>
#include <mach/notify.h>
#include <mach/semaphore.h>
#include <mach/task.h>
#include <mach/thread_act.h>
#include <mach/vm_map.h>

#endif /* !_MACH_MACH_INTERFACE_H_ */
