/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Calls on the host: what anybody may ask with mach_host_self().  Those for
 * privileged programs are in <mach/host_priv.h>.
 */

#ifndef _MACH_MACH_HOST_H_
#define	_MACH_MACH_HOST_H_

#include <mach/host_priv.h>
#include <mach/mach_init.h>
#include <mach/mach_types.h>
#include <mach/mach_voucher.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * host_info: what <mach/host_info.h> lists.  Our hosts have figures for
 * HOST_BASIC_INFO, and have HOST_SEMAPHORE_TRAPS and HOST_MACH_MSG_TRAP.
 *
 * count	in: room, out: length, in integer_t; HOST_BASIC_INFO also takes
 *		the older, shorter form (5)
 *
 *	KERN_INVALID_ARGUMENT	host is no host port, or unknown flavor
 *	KERN_FAILURE		too little room
 *	KERN_NOT_SUPPORTED	a flavor this host has no figures for
 * Darwin.
 */
extern kern_return_t host_info(host_t host, host_flavor_t flavor,
    host_info_t info, mach_msg_type_number_t *count);

/*
 * host_kernel_version: one line about the kernel, of at most 511 characters.
 *
 *	KERN_INVALID_ARGUMENT	host is no host port
 * Darwin.
 */
extern kern_return_t host_kernel_version(host_t host, kernel_version_t version);

/*
 * host_statistics, host_statistics64: counters, see <mach/host_info.h>: of our
 * hosts HOST_LOAD_INFO, HOST_CPU_LOAD_INFO, HOST_VM_INFO and, by the latter
 * call, HOST_VM_INFO64.
 *
 * count	in: room, out: length, in integer_t; older, shorter forms are
 *		served
 *
 *	KERN_INVALID_ARGUMENT	host is no host port, or unknown flavor
 *	KERN_FAILURE		too little room
 *	KERN_NOT_SUPPORTED	this host has no such figures
 * Darwin.
 */
extern kern_return_t host_statistics(host_t host, host_flavor_t flavor,
    host_info_t info, mach_msg_type_number_t *count);
extern kern_return_t host_statistics64(host_t host, host_flavor_t flavor,
    host_info64_t info, mach_msg_type_number_t *count);

/*
 * host_processor_info: figures of each processor, one after the other, in an
 * array to be released with vm_deallocate(address, info_count * 4).
 *
 *	KERN_INVALID_ARGUMENT	host is no host port, or unknown flavor
 *	KERN_RESOURCE_SHORTAGE	no memory for the array
 *	KERN_NOT_SUPPORTED	this host has no such figures
 * Darwin.
 */
extern kern_return_t host_processor_info(host_t host,
    processor_flavor_t flavor, natural_t *processor_count,
    processor_info_array_t *info, mach_msg_type_number_t *info_count);

/*
 * host_get_clock_service: a send right to a clock, for the caller to release.
 *
 * clock_id	SYSTEM_CLOCK or CALENDAR_CLOCK
 *
 *	KERN_INVALID_ARGUMENT	host is no host port, or unknown clock
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	no room for the name
 * Darwin.
 */
extern kern_return_t host_get_clock_service(host_t host, clock_id_t clock_id,
    clock_serv_t *clock);

/*
 * host_request_notification: be told once of what <mach/host_notify.h> lists,
 * through a send-once right made from the receive right notify_port.  A request
 * ends with its message, or with the port.  A port has one at a time; one
 * counts as a timer of the task (timers of kern.mach.limits).
 *
 *	KERN_INVALID_ARGUMENT	unknown kind, or host is a task or a thread
 *	KERN_INVALID_CAPABILITY	notify_port is null or dead, or another task
 *				has come by it since
 *	KERN_FAILURE		notify_port has a request, or is a timer
 *	KERN_RESOURCE_SHORTAGE	too many timers and requests
 *	MACH_SEND_*		host is no send right, notify_port no receive
 *				right
 * Darwin, where a port may have several.
 */
extern kern_return_t host_request_notification(host_t host,
    host_flavor_t notify_type, mach_port_t notify_port);

/*
 * host_get_io_main: MACH_PORT_NULL: there is no IOKit.
 *
 *	KERN_INVALID_ARGUMENT	host is no host port
 */
extern kern_return_t host_get_io_main(host_t host, io_main_t *io_main);
extern kern_return_t host_get_io_master(host_t host, io_master_t *io_master);

/* processor_set_default: KERN_NOT_SUPPORTED: there are no processor sets. */
extern kern_return_t processor_set_default(host_t host,
    processor_set_name_t *default_set);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_HOST_H_ */
