/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What code that mig writes for KernelServer and KernelUser subsystems needs.
 *
 * The messages of such code have the layout of those in user memory, but hold
 * ports where those hold names, and snapshots (kernel/kern/vm_copy.h) and
 * arrays of ports where those hold addresses.  They are made of a kmsg, and
 * made a kmsg again, in mig_kernel.c.
 */

#ifndef _KERNEL_KERN_MIG_KERNEL_H_
#define	_KERNEL_KERN_MIG_KERNEL_H_

#include <sys/param.h>
#include <sys/systm.h>

#include <mach/boolean.h>
#include <mach/cdefs.h>
#include <mach/message.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/ndr.h>
#include <mach/notify.h>
#include <mach/std_types.h>

struct ipc_kmsg;
struct ipc_port;

/* A right: its disposition says which, and IP_DEAD is one of a dead port. */
typedef struct ipc_port	*ipc_port_t;
#define	IPC_PORT_NULL	((ipc_port_t)NULL)

/* All descriptors have one size, and the type in one place. */
#pragma pack(push, 4)
typedef struct {
	mach_msg_bits_t		msgh_bits;
	mach_msg_size_t		msgh_size;	/* of this form */
	ipc_port_t		msgh_remote_port;
	ipc_port_t		msgh_local_port;
	mach_port_name_t	msgh_voucher_port;
	mach_msg_id_t		msgh_id;
} mig_kernel_header_t;

typedef struct {
	ipc_port_t		name;
	mach_msg_size_t		pad1;
	unsigned int		pad2 : 16;
	mach_msg_type_name_t	disposition : 8;
	mach_msg_descriptor_type_t type : 8;
} mig_kernel_port_descriptor_t;

typedef struct {
	void			*address;	/* struct vm_copy */
	mach_msg_size_t		size;
	boolean_t		deallocate : 8;
	mach_msg_copy_options_t	copy : 8;
	unsigned int		pad1 : 8;
	mach_msg_descriptor_type_t type : 8;
} mig_kernel_ool_descriptor_t;

typedef struct {
	void			*address;	/* ipc_port_t [count] */
	mach_msg_size_t		count;
	boolean_t		deallocate : 8;
	mach_msg_copy_options_t	copy : 8;
	mach_msg_type_name_t	disposition : 8;
	mach_msg_descriptor_type_t type : 8;
} mig_kernel_ool_ports_descriptor_t;

typedef struct {
	mig_kernel_header_t	Head;
	NDR_record_t		NDR;
	kern_return_t		RetCode;
} mig_kernel_reply_error_t;
#pragma pack(pop)

/* Tables of subsystems, as in <mach/mig.h>. */
typedef void		(*mig_kernel_routine_t)(mig_kernel_header_t *request,
			    mig_kernel_header_t *reply);
typedef mig_kernel_routine_t (*mig_kernel_server_routine_t)(
			    mig_kernel_header_t *request);
struct mig_kernel_routine_descriptor {
	mig_impl_routine_t	impl_routine;
	mig_kernel_routine_t	stub_routine;
	unsigned int		argc;
	unsigned int		descr_count;
	routine_arg_descriptor_t arg_descr;
	unsigned int		max_reply_msg;
};
struct mig_kernel_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t		start;
	mach_msg_id_t		end;
	unsigned int		maxsize;
	vm_address_t		reserved;
	struct mig_kernel_routine_descriptor routine[1];
};

/* The kernel's, beside that of a library in the same program. */
#define	NDR_record	mig_kernel_ndr
extern NDR_record_t	mig_kernel_ndr;

/* The header and code of an answer; MIG_BAD_ID so far. */
void	mig_kernel_reply_setup(const mig_kernel_header_t *request,
	    mig_kernel_header_t *reply);

/*
 * Answer a request to a port of the kernel's with the routines of a subsystem
 * (NULL: MIG_BAD_ID).  Takes from the kmsg what the routine consumed and leaves
 * the rest.  *replyp: the reply, without destination, or NULL (MIG_NO_REPLY).
 */
void	mig_kernel_answer(const struct mig_kernel_subsystem *subsystem,
	    struct ipc_kmsg *kmsg, struct ipc_kmsg **replyp);

/* Give a right up; its disposition as received.  NULL and IP_DEAD are fine. */
void	mig_kernel_release(ipc_port_t port, mach_msg_type_name_t disposition);

/*
 * Memory for an out-of-line result of `size` bytes, a copy of data; NULL for 0
 * bytes.  KERN_RESOURCE_SHORTAGE.
 */
kern_return_t mig_kernel_copy(const void *data, mach_msg_size_t size,
	    void **copyp);
void	mig_kernel_uncopy(void *copy);

#endif /* !_KERNEL_KERN_MIG_KERNEL_H_ */
