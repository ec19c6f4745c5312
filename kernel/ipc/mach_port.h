/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the mach_port_* traps share.
 *
 * `target` must be a send right to the caller's own task; another gives
 * MACH_SEND_INVALID_DEST, as on Darwin, whose library then sends a message to
 * the task port.
 */

#ifndef _KERNEL_IPC_MACH_PORT_H_
#define	_KERNEL_IPC_MACH_PORT_H_

#include <mach_debug/ipc_info.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>

struct mach_thread;

/* The caller's space if `target` names its task, else NULL. */
struct ipc_space *mach_port_target(struct mach_thread *self,
	    mach_port_name_t target);

#define	TARGET(self, target, space) do {				\
	(space) = mach_port_target((self), (target));			\
	if ((space) == NULL)						\
		return (MACH_SEND_INVALID_DEST);			\
} while (0)

/* One variable from or to user memory. */
#define	COPYOUT(var, addr)						\
	(copyout(&(var), (addr), sizeof(var)) == 0 ? KERN_SUCCESS :	\
	    KERN_INVALID_ADDRESS)
#define	COPYIN(addr, var)						\
	(copyin((addr), &(var), sizeof(var)) == 0 ? KERN_SUCCESS :	\
	    KERN_INVALID_ADDRESS)

/*
 * Memory for a list on its way out, on the caller's account; NULL: past a
 * limit.  However large the caller says its own is, a space has no more names
 * than MACH_PORT_LIST_MAX.
 */
#define	MACH_PORT_LIST_MAX	IPC_SPACE_INDEX_MAX
void	*mach_port_list_alloc(struct mach_thread *self, size_t size);
void	mach_port_list_free(struct mach_thread *self, void *list, size_t size);

/* The port of a receive right of the caller's, locked. */
kern_return_t mach_port_receive_right(struct mach_thread *self,
	    mach_port_name_t target, mach_port_name_t name,
	    struct ipc_port **portp);

kern_return_t mach_port_receive(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_port **portp);

/*
 * The calls on any space, unlocked: behind the traps on the caller's own and
 * behind the messages to a task port (mach_port_server.c).
 */
kern_return_t kern_mach_port_dnrequest_info(struct ipc_space *space,
	    mach_port_name_t name, unsigned int *totalp, unsigned int *usedp);
/*
 * construct: no right is in the options.  peek: *countp is the trailer's room
 * and then its length, in bytes, for the thread's own ABI.  space_info: at most
 * `room` names are told; how many there are.
 */
kern_return_t kern_mach_port_construct(struct ipc_space *space,
	    const mach_port_options_t *options, uint64_t context,
	    mach_port_name_t *namep);
kern_return_t kern_mach_port_peek(struct mach_thread *self,
	    struct ipc_space *space, mach_port_name_t name,
	    mach_msg_trailer_type_t type, mach_port_seqno_t *seqnop,
	    mach_msg_size_t *sizep, mach_msg_id_t *idp,
	    mach_msg_mac_trailer64_t *trailer, mach_msg_type_number_t *countp);
mach_msg_type_number_t kern_mach_port_space_info(struct ipc_space *space,
	    ipc_info_space_t *info, ipc_info_name_t *table,
	    mach_msg_type_number_t room);
kern_return_t kern_mach_port_get_set_status(struct ipc_space *space,
	    mach_port_name_t name, void **members,
	    mach_msg_type_number_t *np);
kern_return_t kern_mach_port_kobject(struct ipc_space *space,
	    mach_port_name_t name, natural_t *typep, uint64_t *addrp);
/*
 * The notify right is a send-once right or NULL, used up on success; so is
 * *previousp.
 */
kern_return_t kern_mach_port_request_notification(struct ipc_space *space,
	    mach_port_name_t name, mach_msg_id_t msgid,
	    mach_port_mscount_t sync, struct ipc_port *notify,
	    struct ipc_port **previousp);
kern_return_t kern_mach_port_names(struct ipc_space *space, void **names,
	    void **types, mach_msg_type_number_t *np);
kern_return_t kern_mach_port_type(struct ipc_space *space,
	    mach_port_name_t name, mach_port_type_t *typep);
kern_return_t kern_mach_port_rename(struct ipc_space *space,
	    mach_port_name_t old_name, mach_port_name_t new_name);
kern_return_t kern_mach_port_allocate(struct ipc_space *space,
	    mach_port_right_t right, mach_port_name_t *namep);
kern_return_t kern_mach_port_allocate_name(struct ipc_space *space,
	    mach_port_right_t right, mach_port_name_t name);
kern_return_t kern_mach_port_deallocate(struct ipc_space *space,
	    mach_port_name_t name);
kern_return_t kern_mach_port_destroy(struct ipc_space *space,
	    mach_port_name_t name);
kern_return_t kern_mach_port_destruct(struct ipc_space *space,
	    mach_port_name_t name, mach_port_delta_t srdelta, uint64_t guard);
kern_return_t kern_mach_port_mod_refs(struct ipc_space *space,
	    mach_port_name_t name, mach_port_right_t right,
	    mach_port_delta_t delta);
kern_return_t kern_mach_port_get_refs(struct ipc_space *space,
	    mach_port_name_t name, mach_port_right_t right,
	    mach_port_urefs_t *urefsp);
kern_return_t kern_mach_port_insert_right(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_port *port,
	    mach_msg_type_name_t type);
kern_return_t kern_mach_port_extract_right(struct ipc_space *space,
	    mach_port_name_t name, mach_msg_type_name_t disposition,
	    struct ipc_port **portp, mach_msg_type_name_t *typep);
kern_return_t kern_mach_port_move_member(struct ipc_space *space,
	    mach_port_name_t member, mach_port_name_t after);
kern_return_t kern_mach_port_insert_member(struct ipc_space *space,
	    mach_port_name_t name, mach_port_name_t pset);
kern_return_t kern_mach_port_extract_member(struct ipc_space *space,
	    mach_port_name_t name, mach_port_name_t pset);
#define	MACH_PORT_INFO_MAX	17	/* words of the largest flavor */
kern_return_t kern_mach_port_get_attributes(struct ipc_space *space,
	    mach_port_name_t name, mach_port_flavor_t flavor, integer_t *out,
	    mach_msg_type_number_t *countp);
kern_return_t kern_mach_port_set_attributes(struct ipc_space *space,
	    mach_port_name_t name, mach_port_flavor_t flavor,
	    const integer_t *info, mach_msg_type_number_t count);
kern_return_t kern_mach_port_set_mscount(struct ipc_space *space,
	    mach_port_name_t name, mach_port_mscount_t mscount);
kern_return_t kern_mach_port_set_seqno(struct ipc_space *space,
	    mach_port_name_t name, mach_port_seqno_t seqno);
kern_return_t kern_mach_port_get_srights(struct ipc_space *space,
	    mach_port_name_t name, mach_port_rights_t *srightsp);
kern_return_t kern_mach_port_get_context(struct ipc_space *space,
	    mach_port_name_t name, uint64_t *contextp);
kern_return_t kern_mach_port_set_context(struct ipc_space *space,
	    mach_port_name_t name, uint64_t context);
kern_return_t kern_mach_port_guard(struct ipc_space *space,
	    mach_port_name_t name, uint64_t guard, uint64_t flags);
kern_return_t kern_mach_port_unguard(struct ipc_space *space,
	    mach_port_name_t name, uint64_t guard);
kern_return_t kern_mach_port_swap_guard(struct ipc_space *space,
	    mach_port_name_t name, uint64_t old_guard, uint64_t new_guard);

#endif /* !_KERNEL_IPC_MACH_PORT_H_ */
