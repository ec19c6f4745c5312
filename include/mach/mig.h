/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What generated stubs and servers need.
 */

#ifndef _MACH_MIG_H_
#define	_MACH_MIG_H_

#include <mach/message.h>
#include <mach/ndr.h>
#include <mach/port.h>
#include <mach/vm_types.h>

#ifndef __MigTypeCheck
#ifdef TypeCheck
#define	__MigTypeCheck	TypeCheck
#else
#define	__MigTypeCheck	1
#endif
#endif

/* Messages are packed to 4 bytes. */
#define	__MigPackStructs	1

#ifdef __has_attribute
#if __has_attribute(mig_server_routine)
#define	MIG_SERVER_ROUTINE	__attribute__((mig_server_routine))
#endif
#endif
#ifndef MIG_SERVER_ROUTINE
#define	MIG_SERVER_ROUTINE
#endif

/* A server stub: request in, reply out. */
typedef void		(*mig_stub_routine_t)(mach_msg_header_t *request,
			    mach_msg_header_t *reply);
typedef mig_stub_routine_t	mig_routine_t;
/* Finds the stub for a request, null if there is none. */
typedef mig_routine_t	(*mig_server_routine_t)(mach_msg_header_t *request);
/* The function behind a stub, of any type. */
typedef kern_return_t	(*mig_impl_routine_t)(void);

typedef mach_msg_type_descriptor_t	routine_arg_descriptor;
typedef mach_msg_type_descriptor_t	*routine_arg_descriptor_t;
typedef mach_msg_type_descriptor_t	*mig_routine_arg_descriptor_t;
#define	MIG_ROUTINE_ARG_DESCRIPTOR_NULL	((mig_routine_arg_descriptor_t)0)

struct routine_descriptor {
	mig_impl_routine_t	impl_routine;
	mig_stub_routine_t	stub_routine;
	unsigned int		argc;
	unsigned int		descr_count;
	routine_arg_descriptor_t arg_descr;
	unsigned int		max_reply_msg;	/* bytes */
};
typedef struct routine_descriptor	*routine_descriptor_t;
typedef struct routine_descriptor	mig_routine_descriptor;
typedef mig_routine_descriptor		*mig_routine_descriptor_t;
#define	MIG_ROUTINE_DESCRIPTOR_NULL	((mig_routine_descriptor_t)0)

/* A subsystem: message ids from start up to, not including, end. */
typedef struct mig_subsystem {
	mig_server_routine_t	server;
	mach_msg_id_t		start;
	mach_msg_id_t		end;
	mach_msg_size_t		maxsize;	/* of any message, bytes */
	vm_address_t		reserved;
	mig_routine_descriptor	routine[1];
} *mig_subsystem_t;
#define	MIG_SUBSYSTEM_NULL	((mig_subsystem_t)0)

typedef struct mig_symtab {
	char	*ms_routine_name;
	int	ms_routine_number;
	void	(*ms_routine)(void);
} mig_symtab_t;

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mig_get_reply_port: the calling thread's reply port, made at need.
 * MACH_PORT_NULL if the space is full.  Darwin.
 */
extern mach_port_t mig_get_reply_port(void);

/* mig_put_reply_port: give it back; it is kept for the thread.  Darwin. */
extern void mig_put_reply_port(mach_port_t reply_port);

/*
 * mig_dealloc_reply_port: it may have late replies; destroy it, and make
 * another at the next use.  Darwin.
 */
extern void mig_dealloc_reply_port(mach_port_t reply_port);

/*
 * mig_get_special_reply_port: the same for calls that say UseSpecialReplyPort:
 * thread_get_special_reply_port(), kept for the thread.
 * mig_dealloc_special_reply_port: destroy it, as mig_dealloc_reply_port().
 * Darwin.
 */
extern mach_port_t mig_get_special_reply_port(void);
extern void mig_dealloc_special_reply_port(mach_port_t reply_port);

/*
 * mig_strncpy: copy at most len bytes of src, always ending in a NUL if len is
 * positive.  Returns the bytes copied, the NUL included.  Darwin.
 * mig_strncpy_zerofill also clears the rest of dest.
 */
extern int mig_strncpy(char *dest, const char *src, int len);
extern int mig_strncpy_zerofill(char *dest, const char *src, int len);

/*
 * mig_allocate: vm_allocate() in the own task; *address is 0 on failure.
 * mig_deallocate: vm_deallocate().  Darwin.
 */
extern void mig_allocate(vm_address_t *address, vm_size_t size);
extern void mig_deallocate(vm_address_t address, vm_size_t size);

/*
 * mig_reply_setup: write the header of a mig_reply_error_t that answers
 * request: to its reply port, id + 100, code MIG_BAD_ID.  Darwin.
 */
extern void mig_reply_setup(const mach_msg_header_t *request,
    mach_msg_header_t *reply);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MIG_H_ */
