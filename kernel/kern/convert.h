/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * From the ports of messages to what they stand for, for the stubs that mig
 * writes for the kernel.
 *
 * Each takes a port of any kind, NULL and IP_DEAD included, and gives the
 * object with a reference, to be given up by the function of the same kind,
 * or what stands for none: NULL, a false host, a negative clock.
 */

#ifndef _KERNEL_KERN_CONVERT_H_
#define	_KERNEL_KERN_CONVERT_H_

#include <sys/param.h>
#include <sys/systm.h>

#include <mach/clock_types.h>
#include <mach/task_info.h>
#include <mach/vm_types.h>

#include <kernel/ipc/mach_port.h>
#include <kernel/kern/mig_kernel.h>

struct ipc_space;
struct mach_task;
struct mach_thread;
struct vm_space;

typedef struct mach_task	*kernel_task_t;
typedef struct ipc_space	*kernel_space_t;
typedef struct vm_space		*kernel_map_t;
typedef struct mach_thread	*kernel_thread_t;
typedef bool			 kernel_host_t;
typedef int			 kernel_clock_t;

/* A task that has not ended, by its control port. */
kernel_task_t	convert_port_to_task(ipc_port_t port);
/* By its name port also. */
kernel_task_t	convert_port_to_task_name(ipc_port_t port);
void		kernel_task_deallocate(kernel_task_t task);

/* The space of such a task. */
kernel_space_t	convert_port_to_space(ipc_port_t port);
void		kernel_space_deallocate(kernel_space_t space);

/* Its memory, as long as the port is its: see vm_space.h. */
kernel_map_t	convert_port_to_map(ipc_port_t port);
void		kernel_map_deallocate(kernel_map_t map);

/* Addresses and sizes of senders with 32 bits; results that fit. */
static inline mach_vm_address_t
mach_vm_of_narrow(uint32_t narrow)
{

	return (narrow);
}

static inline uint32_t
mach_vm_to_narrow(mach_vm_address_t wide)
{

	return ((uint32_t)wide);
}

kernel_thread_t	convert_port_to_thread(ipc_port_t port);
void		kernel_thread_deallocate(kernel_thread_t th);

/* Either host port; the privileged one. */
kernel_host_t	convert_port_to_host(ipc_port_t port);
kernel_host_t	convert_port_to_host_priv(ipc_port_t port);
void		kernel_host_deallocate(kernel_host_t host);

/* SYSTEM_CLOCK, CALENDAR_CLOCK. */
kernel_clock_t	convert_port_to_clock(ipc_port_t port);
void		kernel_clock_deallocate(kernel_clock_t clock);

#endif /* !_KERNEL_KERN_CONVERT_H_ */
