/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Kernel objects behind ports.
 *
 * A port with a kobject names a task, thread, host, semaphore, timer, clock or
 * open file.  The port's lock protects the pointer; the object outlives it: an
 * object clears ip_kobject before it gives up its port.
 */

#ifndef _KERNEL_KERN_KOBJECT_H_
#define _KERNEL_KERN_KOBJECT_H_

#include <kernel/ipc/ipc_port.h>

struct mach_fileport;
struct mach_semaphore;
struct mach_task;
struct mach_thread;

/* The port of a timer died (the others are the kernel's own).  Unlocked. */
void	mach_kobject_port_died(enum ipc_kotype type, void *kobject);

/*
 * A message was sent to a port whose receiver is the kernel.  Consumes it and
 * answers with a MIG reply if it has a reply right.
 */
void	mach_kobject_server(struct ipc_port *port, struct ipc_kmsg *kmsg,
	    struct ipc_gc *gc);

/*
 * Names to objects, referenced; NULL if the name is no send right to such a
 * port.
 */
struct mach_task *mach_name_to_task(struct mach_thread *self,
	    mach_port_name_t name);
struct mach_task *mach_name_to_task_or_name(struct mach_thread *self,
	    mach_port_name_t name);
struct mach_thread *mach_name_to_thread(struct mach_thread *self,
	    mach_port_name_t name);
struct mach_semaphore *mach_name_to_semaphore(struct mach_thread *self,
	    mach_port_name_t name);
struct mach_fileport *mach_name_to_fileport(struct mach_thread *self,
	    mach_port_name_t name);
/* The kind of kernel port a name has a send right to, or IKOT_NONE. */
enum ipc_kotype mach_name_to_kotype(struct mach_thread *self,
	    mach_port_name_t name);

/* Is `target` a send right to the own task port? */
bool	mach_target_is_self(struct mach_thread *self, mach_port_name_t target);

/*
 * The target of a trap that acts on the caller's own task only: KERN_SUCCESS,
 * MACH_SEND_INVALID_DEST if it is another task (libmach sends that a message),
 * KERN_INVALID_ARGUMENT if it is none.
 */
kern_return_t mach_own_task(struct mach_thread *self, mach_port_name_t target);

/* A send right (IP_DEAD and NULL give those names) into the own space. */
mach_port_name_t mach_copyout_send(struct mach_thread *self,
	    struct ipc_port *port);
/* The caller of the trap does not get to know the name: take it back. */
void	mach_copyout_undo(struct mach_thread *self, mach_port_name_t name);
/*
 * Both: the right, and its name to user memory, or neither.
 * KERN_RESOURCE_SHORTAGE, KERN_INVALID_ADDRESS.
 */
kern_return_t mach_give_send(struct mach_thread *self, struct ipc_port *port,
	    mach_port_name_t *uaddr);

#endif /* !_KERNEL_KERN_KOBJECT_H_ */
