/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a message to a host or clock port may ask: the functions behind the
 * stubs of mach_host.defs, host_priv.defs and clock.defs.
 *
 * They run in the sender's thread.  What takes privilege takes the port and,
 * at that moment, the sender's privilege, as the traps do.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <vm/vm.h>
#include <vm/vm_param.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/kern/host.h>
#include <kernel/kern/gen/clock_server.h>
#include <kernel/kern/gen/host_priv_server.h>
#include <kernel/kern/gen/mach_host32_server.h>
#include <kernel/kern/gen/mach_host_server.h>

kern_return_t
mig_host_page_size(kernel_host_t host, vm_size_t *page_size)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	*page_size = PAGE_SIZE;
	return (KERN_SUCCESS);
}

kern_return_t
mig_host_page_size32(kernel_host_t host, uint32_t *page_size)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	*page_size = PAGE_SIZE;
	return (KERN_SUCCESS);
}

/* There is no IOKit. */
kern_return_t
mig_host_get_io_main(kernel_host_t host, ipc_port_t *io_main)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	*io_main = NULL;
	return (KERN_SUCCESS);
}

kern_return_t
mig_host_get_clock_service(kernel_host_t host, clock_id_t clock_id,
    ipc_port_t *clock)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	return (mach_clock_port(clock_id, clock));
}

kern_return_t
mig_host_request_notification(kernel_host_t host, host_flavor_t type,
    ipc_port_t port)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	return (mach_host_request_notification(type, port));
}

kern_return_t
mig_host_get_special_port(kernel_host_t host, int node __unused, int which,
    ipc_port_t *port)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	return (mach_host_get_special(which, port));
}

kern_return_t
mig_host_set_special_port(kernel_host_t host, int which, ipc_port_t port)
{

	if (!host)
		return (KERN_INVALID_ARGUMENT);
	return (mach_host_set_special(which, port));
}

kern_return_t
mig_clock_get_time(kernel_clock_t clock, mach_timespec_t *cur_time)
{

	if (clock < 0)
		return (KERN_INVALID_ARGUMENT);
	mach_clock_now(clock, cur_time);
	return (KERN_SUCCESS);
}
