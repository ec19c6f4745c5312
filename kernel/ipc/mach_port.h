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

#endif /* !_KERNEL_IPC_MACH_PORT_H_ */
