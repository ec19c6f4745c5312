/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the stubs of kernel.defs need and the kernel does not have.
 */

#ifndef _KERNEL_TYPES_H_
#define	_KERNEL_TYPES_H_

#include <kernel/kern/mig_kernel.h>

typedef struct mach_task *task_t;
task_t	convert_port_to_task(ipc_port_t);
ipc_port_t convert_task_to_port(task_t);
void	task_deallocate(task_t);
kern_return_t mach_msg_send_from_kernel(mig_kernel_header_t *,
	    mach_msg_size_t);
kern_return_t mach_msg_rpc_from_kernel(mig_kernel_header_t *,
	    mach_msg_size_t, mach_msg_size_t);
void	mig_kernel_destroy(mig_kernel_header_t *);
typedef vm_offset_t pieces_t[2];
typedef uint64_t *numbers_t;

#endif /* !_KERNEL_TYPES_H_ */
