/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Calls on the host's privileged port, HOST_PRIV_PORT.
 */

#ifndef _MACH_HOST_PRIV_H_
#define	_MACH_HOST_PRIV_H_

#include <mach/host_reboot.h>
#include <mach/mach_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * host_get_host_priv_port is a macro on Darwin (<mach/host_special_ports.h>);
 * to whoever has privilege, host_get_special_port(mach_host_self(),
 * HOST_LOCAL_NODE, HOST_PRIV_PORT, ...) gives the port.
 *
 * host_get_special_port: a send right to a special port, with a user
 * reference for the caller to release; MACH_PORT_NULL where none is set.
 *
 * host		the privileged port; the host port, for HOST_PORT, and for all
 *		if the caller has privilege
 * node		ignored, HOST_LOCAL_NODE
 * which	HOST_*_PORT of <mach/host_special_ports.h>
 *
 *	KERN_INVALID_ARGUMENT	host is no host port, or which is unknown
 *	KERN_NO_ACCESS		which needs privilege
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	no room for the name
 * Darwin.
 */
extern kern_return_t host_get_special_port(host_priv_t host, int node,
    int which, mach_port_t *port);

/*
 * host_set_special_port: put port (a send right, which the caller keeps, or
 * MACH_PORT_NULL) in a slot.
 *
 *	KERN_INVALID_ARGUMENT	host is no host port; which is unknown, or one
 *				of the kernel's own
 *	KERN_INVALID_CAPABILITY	port is not a send right
 *	KERN_NO_ACCESS		privilege is needed
 * Darwin.
 */
extern kern_return_t host_set_special_port(host_priv_t host, int which,
    mach_port_t port);

/* Refused, KERN_NOT_SUPPORTED; use reboot(2), adjtime(2) and the like. */
extern kern_return_t host_reboot(host_priv_t host, int options);
extern kern_return_t host_get_boot_info(host_priv_t host,
    kernel_boot_info_t boot_info);
extern kern_return_t host_get_clock_control(host_priv_t host,
    clock_id_t clock_id, clock_ctrl_t *clock);
extern kern_return_t host_priv_statistics(host_priv_t host,
    host_flavor_t flavor, host_info_t info, mach_msg_type_number_t *count);
extern kern_return_t host_processors(host_priv_t host,
    processor_array_t *processors, mach_msg_type_number_t *count);
extern kern_return_t host_processor_sets(host_priv_t host,
    processor_set_name_array_t *sets, mach_msg_type_number_t *count);
extern kern_return_t host_set_exception_ports(host_priv_t host,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor);
extern kern_return_t host_get_exception_ports(host_priv_t host,
    exception_mask_t exception_mask, exception_mask_array_t masks,
    mach_msg_type_number_t *masks_count, exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors);
extern kern_return_t host_swap_exception_ports(host_priv_t host,
    exception_mask_t exception_mask, mach_port_t new_port,
    exception_behavior_t behavior, thread_state_flavor_t new_flavor,
    exception_mask_array_t masks, mach_msg_type_number_t *masks_count,
    exception_handler_array_t old_handlers,
    exception_behavior_array_t old_behaviors,
    exception_flavor_array_t old_flavors);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_HOST_PRIV_H_ */
