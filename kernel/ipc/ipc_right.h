/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Rights: what a name stands for and how it changes.
 *
 * Every function takes the space locked for writing and leaves it so, unless
 * its comment says otherwise.  Ports are destroyed and notifications sent on
 * the spot (the space's lock comes before a port's and allows to sleep for
 * memory); messages that die thereby are left on the caller's list.
 */

#ifndef _KERNEL_IPC_IPC_RIGHT_H_
#define _KERNEL_IPC_IPC_RIGHT_H_

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>

/*
 * The entry of a name, after a dead port's right was turned into a dead name.
 * KERN_INVALID_TASK: the space is gone.  KERN_INVALID_NAME.
 */
kern_return_t ipc_right_lookup(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry **entryp);

/*
 * The port a name has the receive right of, locked.  Also KERN_INVALID_RIGHT.
 * Reading the space is enough.
 */
kern_return_t ipc_right_receive_port(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_port **portp);

/* One user reference less of a send, send-once or dead name. */
kern_return_t ipc_right_dealloc(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, struct ipc_gc *gc);

/* mach_port_mod_refs: KERN_INVALID_RIGHT, KERN_INVALID_VALUE. */
kern_return_t ipc_right_delta(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, mach_port_right_t right,
	    mach_port_delta_t delta, struct ipc_gc *gc);

/* All a name stands for.  KERN_INVALID_RIGHT: a guarded port. */
kern_return_t ipc_right_destroy(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, struct ipc_gc *gc);

/* mach_port_destruct. */
kern_return_t ipc_right_destruct(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_entry *entry,
	    mach_port_delta_t srdelta, uint64_t guard, struct ipc_gc *gc);

/*
 * Could the right be copied in, after all uses noted since the last
 * ipc_right_copyin_uncheck()?  Notes this one.
 */
kern_return_t ipc_right_copyin_check(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_entry *entry,
	    mach_msg_type_name_t disposition);
/*
 * The same for a name in a message's header.  reply: the one disposition that a
 * right to a reply port may have there; elsewhere it may have none.
 */
kern_return_t ipc_right_copyin_check_header(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_entry *entry,
	    mach_msg_type_name_t disposition, mach_msg_type_name_t reply);
void	ipc_right_copyin_uncheck(struct ipc_entry *entry);

/*
 * Take the right out of the entry (MOVE), copy it or make it.  It was checked.
 * *portp: the right in transit, or IP_DEAD.  A receive right has no destination
 * yet.
 */
void	ipc_right_copyin(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, mach_msg_type_name_t disposition,
	    struct ipc_port **portp, struct ipc_gc *gc);

/* What a receiver gets for what the sender said: PORT_RECEIVE and so on. */
mach_msg_type_name_t ipc_right_copyin_type(mach_msg_type_name_t disposition);

/* Does the disposition take the right from the sender? */
static __inline bool
ipc_disposition_moves(mach_msg_type_name_t disposition)
{

	return (disposition == MACH_MSG_TYPE_MOVE_RECEIVE ||
	    disposition == MACH_MSG_TYPE_MOVE_SEND ||
	    disposition == MACH_MSG_TYPE_MOVE_SEND_ONCE);
}

/*
 * Take a send-once right without a request out of the space, and return its
 * port, live and locked.  NULL: it is something else, and nothing changed.
 * Takes the lock itself.
 */
struct ipc_port *ipc_right_move_sonce(struct ipc_space *space,
	    mach_port_name_t name);

/* Look up, check and copy in one name.  Takes the lock itself. */
kern_return_t ipc_object_copyin(struct ipc_space *space,
	    mach_port_name_t name, mach_msg_type_name_t disposition,
	    struct ipc_port **portp, struct ipc_gc *gc);

/*
 * Put a right (PORT_RECEIVE, PORT_SEND, PORT_SEND_ONCE) into the space, under
 * the name the port has there or a new one.  Consumes the right on success;
 * a right to a dead port becomes MACH_PORT_DEAD.  KERN_NO_SPACE,
 * KERN_RESOURCE_SHORTAGE, KERN_INVALID_TASK: nothing changed.
 */
kern_return_t ipc_right_copyout(struct ipc_space *space,
	    struct ipc_port *port, mach_msg_type_name_t disposition,
	    mach_port_name_t *namep, struct ipc_gc *gc);

/*
 * The same under a name of the caller's choice.  Also KERN_NAME_EXISTS,
 * KERN_RIGHT_EXISTS, KERN_UREFS_OVERFLOW, KERN_INVALID_CAPABILITY (dead).
 */
kern_return_t ipc_right_copyout_name(struct ipc_space *space,
	    struct ipc_port *port, mach_msg_type_name_t disposition,
	    mach_port_name_t name, struct ipc_gc *gc);

/* Whether that would succeed, but for memory. */
kern_return_t ipc_right_copyout_name_check(struct ipc_space *space,
	    struct ipc_port *port, mach_msg_type_name_t disposition,
	    mach_port_name_t name);

void	ipc_right_info(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, mach_port_type_t *typep,
	    mach_port_urefs_t *urefsp);
kern_return_t ipc_right_rename(struct ipc_space *space, mach_port_name_t old,
	    mach_port_name_t new);

/* The entry of a terminated space gives up what it has.  No lock. */
void	ipc_right_terminate(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, struct ipc_gc *gc);

/*
 * A dead-name or send-possible notification: whether it can be asked for, or,
 * without a right to notify, be taken back.  The entry from
 * ipc_right_lookup().
 */
kern_return_t ipc_right_request_check(struct ipc_entry *entry, bool immediate,
	    bool send_possible, bool notify);
/*
 * Do what was checked; consumes notify, NULL to take the request back.
 * *previousp: the send-once right of the request before, or NULL.
 */
void	ipc_right_request(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry, bool immediate, bool send_possible,
	    struct ipc_port *notify, struct ipc_port **previousp,
	    struct ipc_gc *gc);

/* A send that found the queue full: tell when it is not. */
void	ipc_right_request_arm(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_gc *gc);

/* The port of a send right, referenced.  Takes the lock itself. */
kern_return_t ipc_right_send_port(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_port **portp);

#endif /* !_KERNEL_IPC_IPC_RIGHT_H_ */
