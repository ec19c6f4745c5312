/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The ports a program begins with.
 *
 * The two variables are set before main() and again in the child of a fork,
 * whose task has a new, almost empty space: names kept from the parent denote
 * nothing there.  Without a Mach kernel to talk to they are MACH_PORT_NULL and
 * every call returns MACH_SEND_INVALID_DEST or KERN_NOT_SUPPORTED.
 */

#ifndef _MACH_MACH_INIT_H_
#define	_MACH_MACH_INIT_H_

#include <mach/mach_traps.h>
#include <mach/mach_types.h>
#include <mach/vm_page_size.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mach_task_self: the task's own control port.  The name stays the same for
 * the life of the task; no reference is added, and none should be released.
 */
extern mach_port_t	mach_task_self_;
extern mach_port_t	mach_task_self(void);
#define	mach_task_self()	mach_task_self_
#define	current_task()		mach_task_self()

/*
 * bootstrap_port: a send right to where services are looked up, as
 * TASK_BOOTSTRAP_PORT was when the task began.
 */
extern mach_port_t	bootstrap_port;

/*
 * mach_host_self: a send right to the host port.  The caller releases it with
 * mach_port_deallocate().  MACH_PORT_NULL if the space is full.
 */
extern mach_port_t mach_host_self(void);

/*
 * mach_thread_self: a send right to the calling thread's control port.  The
 * caller releases it with mach_port_deallocate(); many programs forget and
 * leak a user reference each time.  MACH_PORT_NULL if the space is full.
 */
extern mach_port_t mach_thread_self(void);

/* mach_task_is_self: whether task is any port of the calling task. */
extern boolean_t mach_task_is_self(task_name_t task);

/*
 * mach_init: attach to the kernel again, if the program was started without
 * one.  Not needed otherwise.
 *
 *	KERN_NOT_SUPPORTED	there is no Mach kernel
 */
extern kern_return_t mach_init(void);

/*
 * host_page_size: the page size, in bytes.
 *
 *	KERN_INVALID_ARGUMENT	host is no host port
 */
extern kern_return_t host_page_size(host_t host, vm_size_t *page_size);

MACH_END_DECLS

/* Slots of mach_ports_register() that older programs count on. */
#define	NAME_SERVER_SLOT	0
#define	ENVIRONMENT_SLOT	1
#define	SERVICE_SLOT		2
#define	MACH_PORTS_SLOTS_USED	3

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_INIT_H_ */
