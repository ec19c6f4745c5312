/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Messages: their layout, options, codes, and the calls that send and receive.
 *
 * A message is a 24-byte header; if MACH_MSGH_BITS_COMPLEX is set, a count and
 * that many descriptors; then untyped data.  All parts are aligned to 4 bytes
 * and packed to 4, for every caller.  A received message is followed, at its
 * size rounded up to 4, by a trailer the kernel wrote.
 *
 * The header has three rights: remote (where a message goes; in a received
 * one, where a reply goes), local (the reply port; in a received one, where it
 * arrived) and voucher.  msgh_bits says how each is passed.  The kernel swaps
 * remote and local on the way.
 *
 * Descriptors with pointers exist in two widths: 16 bytes for 64-bit callers,
 * 12 bytes for 32-bit ones.  The unnumbered type is the caller's own.
 */

#ifndef _MACH_MESSAGE_H_
#define	_MACH_MESSAGE_H_

#include <mach/boolean.h>
#include <mach/kern_return.h>
#include <mach/machine/vm_types.h>
#include <mach/port.h>

typedef natural_t	mach_msg_timeout_t;	/* milliseconds */
#define	MACH_MSG_TIMEOUT_NONE	((mach_msg_timeout_t)0)

/*
 * msgh_bits: the disposition of each right, and flags.
 */
#define	MACH_MSGH_BITS_ZERO		0x00000000
#define	MACH_MSGH_BITS_REMOTE_MASK	0x0000001f
#define	MACH_MSGH_BITS_LOCAL_MASK	0x00001f00
#define	MACH_MSGH_BITS_VOUCHER_MASK	0x001f0000
#define	MACH_MSGH_BITS_PORTS_MASK	(MACH_MSGH_BITS_REMOTE_MASK |	\
	MACH_MSGH_BITS_LOCAL_MASK | MACH_MSGH_BITS_VOUCHER_MASK)

/* Descriptors follow the header. */
#define	MACH_MSGH_BITS_COMPLEX		0x80000000U
/* What a sender may set; anything else is MACH_SEND_INVALID_HEADER. */
#define	MACH_MSGH_BITS_USER		0x801f1f1fU
/* Importance: never set by this kernel. */
#define	MACH_MSGH_BITS_RAISEIMP		0x20000000U
#define	MACH_MSGH_BITS_DENAP		MACH_MSGH_BITS_RAISEIMP
#define	MACH_MSGH_BITS_IMPHOLDASRT	0x10000000U
#define	MACH_MSGH_BITS_DENAPHOLDASRT	MACH_MSGH_BITS_IMPHOLDASRT
/* Kernel only: the message holds the receive right of its own queue. */
#define	MACH_MSGH_BITS_CIRCULAR		0x10000000U
#define	MACH_MSGH_BITS_USED		0xb01f1f1fU

#define	MACH_MSGH_BITS(remote, local)	((remote) | ((local) << 8))
#define	MACH_MSGH_BITS_SET_PORTS(remote, local, voucher)		\
	(((remote) & MACH_MSGH_BITS_REMOTE_MASK) |			\
	(((local) << 8) & MACH_MSGH_BITS_LOCAL_MASK) |			\
	(((voucher) << 16) & MACH_MSGH_BITS_VOUCHER_MASK))
#define	MACH_MSGH_BITS_SET(remote, local, voucher, other)		\
	(MACH_MSGH_BITS_SET_PORTS((remote), (local), (voucher)) |	\
	((other) & ~MACH_MSGH_BITS_PORTS_MASK))

#define	MACH_MSGH_BITS_REMOTE(bits)	((bits) & MACH_MSGH_BITS_REMOTE_MASK)
#define	MACH_MSGH_BITS_LOCAL(bits)	\
	(((bits) & MACH_MSGH_BITS_LOCAL_MASK) >> 8)
#define	MACH_MSGH_BITS_VOUCHER(bits)	\
	(((bits) & MACH_MSGH_BITS_VOUCHER_MASK) >> 16)
#define	MACH_MSGH_BITS_PORTS(bits)	((bits) & MACH_MSGH_BITS_PORTS_MASK)
#define	MACH_MSGH_BITS_OTHER(bits)	((bits) & ~MACH_MSGH_BITS_PORTS_MASK)
#define	MACH_MSGH_BITS_HAS_REMOTE(bits)	\
	(MACH_MSGH_BITS_REMOTE(bits) != MACH_MSGH_BITS_ZERO)
#define	MACH_MSGH_BITS_HAS_LOCAL(bits)	\
	(MACH_MSGH_BITS_LOCAL(bits) != MACH_MSGH_BITS_ZERO)
#define	MACH_MSGH_BITS_HAS_VOUCHER(bits)	\
	(MACH_MSGH_BITS_VOUCHER(bits) != MACH_MSGH_BITS_ZERO)
#define	MACH_MSGH_BITS_IS_COMPLEX(bits)	\
	(((bits) & MACH_MSGH_BITS_COMPLEX) != MACH_MSGH_BITS_ZERO)
#define	MACH_MSGH_BITS_RAISED_IMPORTANCE(bits)	\
	(((bits) & MACH_MSGH_BITS_RAISEIMP) != MACH_MSGH_BITS_ZERO)
#define	MACH_MSGH_BITS_HOLDS_IMPORTANCE_ASSERTION(bits)	\
	(((bits) & MACH_MSGH_BITS_IMPHOLDASRT) != MACH_MSGH_BITS_ZERO)

typedef unsigned int	mach_msg_bits_t;
typedef natural_t	mach_msg_size_t;		/* bytes */
typedef integer_t	mach_msg_id_t;
typedef unsigned int	mach_msg_priority_t;
typedef unsigned int	mach_msg_type_name_t;		/* a disposition */
typedef unsigned int	mach_msg_copy_options_t;
typedef unsigned int	mach_msg_guard_flags_t;
typedef unsigned int	mach_msg_descriptor_type_t;
typedef natural_t	mach_msg_type_size_t;
typedef natural_t	mach_msg_type_number_t;		/* a count */
typedef integer_t	mach_msg_option_t;
typedef uint64_t	mach_msg_option64_t;
typedef integer_t	mach_msg_options_t;
typedef kern_return_t	mach_msg_return_t;

#define	MACH_MSG_SIZE_NULL	((mach_msg_size_t *)0)
#define	MACH_MSG_SIZE_MAX	((mach_msg_size_t)~0)
#define	MACH_MSG_SIZE_RELIABLE	((mach_msg_size_t)256 * 1024)
#define	MACH_MSG_PRIORITY_UNSPECIFIED	((mach_msg_priority_t)0)

/*
 * Dispositions: how a right is passed.
 *
 * MOVE takes a user reference (or the right) from the sender, COPY makes
 * another from a send right and leaves the sender's, MAKE makes one from a
 * receive right.  In a received message the same numbers say what arrived:
 * MACH_MSG_TYPE_PORT_SEND, PORT_SEND_ONCE or PORT_RECEIVE.
 */
#define	MACH_MSG_TYPE_MOVE_RECEIVE	16
#define	MACH_MSG_TYPE_MOVE_SEND		17	/* a dead name may be moved */
#define	MACH_MSG_TYPE_MOVE_SEND_ONCE	18	/* likewise */
#define	MACH_MSG_TYPE_COPY_SEND		19	/* likewise copied */
#define	MACH_MSG_TYPE_MAKE_SEND		20
#define	MACH_MSG_TYPE_MAKE_SEND_ONCE	21
#define	MACH_MSG_TYPE_COPY_RECEIVE	22	/* never valid */
#define	MACH_MSG_TYPE_DISPOSE_RECEIVE	24	/* kernel objects only */
#define	MACH_MSG_TYPE_DISPOSE_SEND	25	/* kernel objects only */
#define	MACH_MSG_TYPE_DISPOSE_SEND_ONCE	26	/* kernel objects only */

#define	MACH_MSG_TYPE_NONE		0
#define	MACH_MSG_TYPE_PORT_NONE		0
#define	MACH_MSG_TYPE_PORT_NAME		15
#define	MACH_MSG_TYPE_PORT_RECEIVE	MACH_MSG_TYPE_MOVE_RECEIVE
#define	MACH_MSG_TYPE_PORT_SEND		MACH_MSG_TYPE_MOVE_SEND
#define	MACH_MSG_TYPE_PORT_SEND_ONCE	MACH_MSG_TYPE_MOVE_SEND_ONCE
#define	MACH_MSG_TYPE_LAST		22
#define	MACH_MSG_TYPE_POLYMORPHIC	((mach_msg_type_name_t)-1)

#define	MACH_MSG_TYPE_PORT_ANY(x)	\
	((x) >= MACH_MSG_TYPE_MOVE_RECEIVE && \
	(x) <= MACH_MSG_TYPE_MAKE_SEND_ONCE)
#define	MACH_MSG_TYPE_PORT_ANY_SEND(x)	\
	((x) >= MACH_MSG_TYPE_MOVE_SEND && (x) <= MACH_MSG_TYPE_MAKE_SEND_ONCE)
#define	MACH_MSG_TYPE_PORT_ANY_SEND_ONCE(x)	\
	((x) == MACH_MSG_TYPE_MOVE_SEND_ONCE || \
	(x) == MACH_MSG_TYPE_MAKE_SEND_ONCE)
#define	MACH_MSG_TYPE_PORT_ANY_RIGHT(x)	\
	((x) >= MACH_MSG_TYPE_MOVE_RECEIVE && \
	(x) <= MACH_MSG_TYPE_MOVE_SEND_ONCE)

/*
 * How out-of-line memory is copied.  Both kinds give the receiver its own
 * copy, as it was at the time of the send; a received descriptor says which.
 */
#define	MACH_MSG_PHYSICAL_COPY		0
#define	MACH_MSG_VIRTUAL_COPY		1
#define	MACH_MSG_ALLOCATE		2
#define	MACH_MSG_OVERWRITE		3	/* refused */

#define	MACH_MSG_GUARD_FLAGS_NONE		0x0000
/* It is guarded at the receiver, and cannot leave the receiver's space. */
#define	MACH_MSG_GUARD_FLAGS_IMMOVABLE_RECEIVE	0x0001
/* The sender's port may be unguarded; context is 0. */
#define	MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND	0x0002
#define	MACH_MSG_GUARD_FLAGS_MASK		0x0003

/*
 * Descriptors.
 */
#define	MACH_MSG_PORT_DESCRIPTOR		0
#define	MACH_MSG_OOL_DESCRIPTOR			1
#define	MACH_MSG_OOL_PORTS_DESCRIPTOR		2
#define	MACH_MSG_OOL_VOLATILE_DESCRIPTOR	3
#define	MACH_MSG_GUARDED_PORT_DESCRIPTOR	4
#define	MACH_MSG_DESCRIPTOR_MAX		MACH_MSG_GUARDED_PORT_DESCRIPTOR

#pragma pack(push, 4)

/* What all kinds have in common: the type, in the last byte of 12. */
typedef struct {
	natural_t			pad1;
	mach_msg_size_t			pad2;
	unsigned int			pad3 : 24;
	mach_msg_descriptor_type_t	type : 8;
} mach_msg_type_descriptor_t;

/* One right. */
typedef struct {
	mach_port_t			name;
	mach_msg_size_t			pad1;
	unsigned int			pad2 : 16;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
} mach_msg_port_descriptor_t;

/*
 * A range of memory.  deallocate: unmap it from the sender if the send
 * succeeds.  The receiver gets page-aligned memory that it releases with
 * vm_deallocate(); bytes past size up to the page's end are zero.
 */
typedef struct {
	uint32_t			address;
	mach_msg_size_t			size;
	boolean_t			deallocate : 8;
	mach_msg_copy_options_t		copy : 8;
	unsigned int			pad1 : 8;
	mach_msg_descriptor_type_t	type : 8;
} mach_msg_ool_descriptor32_t;

typedef struct {
	uint64_t			address;
	boolean_t			deallocate : 8;
	mach_msg_copy_options_t		copy : 8;
	unsigned int			pad1 : 8;
	mach_msg_descriptor_type_t	type : 8;
	mach_msg_size_t			size;
} mach_msg_ool_descriptor64_t;

/* An array of names in memory, all passed with one disposition. */
typedef struct {
	uint32_t			address;
	mach_msg_size_t			count;
	boolean_t			deallocate : 8;
	mach_msg_copy_options_t		copy : 8;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
} mach_msg_ool_ports_descriptor32_t;

typedef struct {
	uint64_t			address;
	boolean_t			deallocate : 8;
	mach_msg_copy_options_t		copy : 8;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
	mach_msg_size_t			count;
} mach_msg_ool_ports_descriptor64_t;

/*
 * A receive right and its guard.  Sent: disposition is MOVE_RECEIVE,
 * flags one or both of MACH_MSG_GUARD_FLAGS_*, and context the guard of the
 * port, or 0 with UNGUARDED_ON_SEND.  Received, with MACH_RCV_GUARDED_DESC and
 * IMMOVABLE_RECEIVE: the port is guarded with context, which is the address of
 * the message's buffer.  A receiver that did not ask gets MACH_PORT_NULL, and
 * the port is destroyed.
 */
typedef struct {
	mach_port_context32_t		context;
	mach_port_name_t		name;
	mach_msg_guard_flags_t		flags : 16;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
} mach_msg_guarded_port_descriptor32_t;

typedef struct {
	mach_port_context64_t		context;
	mach_msg_guard_flags_t		flags : 16;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
	mach_port_name_t		name;
} mach_msg_guarded_port_descriptor64_t;

/* The caller's own width. */
typedef struct {
	void				*address;
#ifndef __LP64__
	mach_msg_size_t			size;
#endif
	boolean_t			deallocate : 8;
	mach_msg_copy_options_t		copy : 8;
	unsigned int			pad1 : 8;
	mach_msg_descriptor_type_t	type : 8;
#ifdef __LP64__
	mach_msg_size_t			size;
#endif
} mach_msg_ool_descriptor_t;

typedef struct {
	void				*address;
#ifndef __LP64__
	mach_msg_size_t			count;
#endif
	boolean_t			deallocate : 8;
	mach_msg_copy_options_t		copy : 8;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
#ifdef __LP64__
	mach_msg_size_t			count;
#endif
} mach_msg_ool_ports_descriptor_t;

typedef struct {
	mach_port_context_t		context;
#ifndef __LP64__
	mach_port_name_t		name;
#endif
	mach_msg_guard_flags_t		flags : 16;
	mach_msg_type_name_t		disposition : 8;
	mach_msg_descriptor_type_t	type : 8;
#ifdef __LP64__
	mach_port_name_t		name;
#endif
} mach_msg_guarded_port_descriptor_t;

/*
 * Any descriptor.  In a message each takes its own size, 12 or 16 bytes; an
 * array of this union is not a message body.
 */
typedef union {
	mach_msg_port_descriptor_t		port;
	mach_msg_ool_descriptor_t		out_of_line;
	mach_msg_ool_ports_descriptor_t		ool_ports;
	mach_msg_type_descriptor_t		type;
	mach_msg_guarded_port_descriptor_t	guarded_port;
} mach_msg_descriptor_t;

typedef struct {
	mach_msg_size_t			msgh_descriptor_count;
} mach_msg_body_t;

#define	MACH_MSG_BODY_NULL		((mach_msg_body_t *)0)
#define	MACH_MSG_DESCRIPTOR_NULL	((mach_msg_descriptor_t *)0)

typedef struct {
	mach_msg_bits_t			msgh_bits;
	mach_msg_size_t			msgh_size;	/* set on receive */
	mach_port_t			msgh_remote_port;
	mach_port_t			msgh_local_port;
	mach_port_name_t		msgh_voucher_port;
	mach_msg_id_t			msgh_id;	/* not interpreted */
} mach_msg_header_t;

#define	msgh_reserved			msgh_voucher_port
#define	MACH_MSG_NULL			((mach_msg_header_t *)0)
#define	MACH_MSG_HEADER_EMPTY	((mach_msg_header_t){ 0, 0, 0, 0, 0, 0 })

typedef struct {
	mach_msg_header_t		header;
	mach_msg_body_t			body;
} mach_msg_base_t;

/*
 * Trailers.  Format 0 is the only one.  Which elements a receiver gets is
 * asked with MACH_RCV_TRAILER_ELEMENTS(); each kind has those before it.
 */
typedef unsigned int	mach_msg_trailer_type_t;
typedef unsigned int	mach_msg_trailer_size_t;
typedef char		*mach_msg_trailer_info_t;

#define	MACH_MSG_TRAILER_FORMAT_0	0

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
} mach_msg_trailer_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
} mach_msg_seqno_trailer_t;

/* The sender's effective user and group when it sent. */
typedef struct {
	unsigned int			val[2];
} security_token_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
} mach_msg_security_trailer_t;

/*
 * Who the sender was when it sent.  Take it apart with the functions of
 * <mach/audit_token.h> only.
 */
typedef struct {
	unsigned int			val[8];
} audit_token_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
} mach_msg_audit_trailer_t;

/* The context of the receiving port, in the receiver's width. */
typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
	mach_port_context_t		msgh_context;
} mach_msg_context_trailer_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
	mach_port_context32_t		msgh_context;
} mach_msg_context_trailer32_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
	mach_port_context64_t		msgh_context;
} mach_msg_context_trailer64_t;

typedef struct {
	mach_port_name_t		sender;
} msg_labels_t;

typedef int	mach_msg_filter_id;
#define	MACH_MSG_FILTER_POLICY_ALLOW	((mach_msg_filter_id)0)

/* The largest.  There is no message filter and there are no labels: both 0. */
typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
	mach_port_context_t		msgh_context;
	mach_msg_filter_id		msgh_ad;
	msg_labels_t			msgh_labels;
} mach_msg_mac_trailer_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
	mach_port_context32_t		msgh_context;
	mach_msg_filter_id		msgh_ad;
	msg_labels_t			msgh_labels;
} mach_msg_mac_trailer32_t;

typedef struct {
	mach_msg_trailer_type_t		msgh_trailer_type;
	mach_msg_trailer_size_t		msgh_trailer_size;
	mach_port_seqno_t		msgh_seqno;
	security_token_t		msgh_sender;
	audit_token_t			msgh_audit;
	mach_port_context64_t		msgh_context;
	mach_msg_filter_id		msgh_ad;
	msg_labels_t			msgh_labels;
} mach_msg_mac_trailer64_t;

typedef mach_msg_mac_trailer_t		mach_msg_max_trailer_t;
typedef mach_msg_mac_trailer32_t	mach_msg_max_trailer32_t;
typedef mach_msg_mac_trailer64_t	mach_msg_max_trailer64_t;
typedef mach_msg_security_trailer_t	mach_msg_format_0_trailer_t;

#define	MACH_MSG_TRAILER_MINIMUM_SIZE	sizeof(mach_msg_trailer_t)
#define	MACH_MSG_TRAILER_FORMAT_0_SIZE	sizeof(mach_msg_format_0_trailer_t)
#define	MAX_TRAILER_SIZE	\
	((mach_msg_size_t)sizeof(mach_msg_max_trailer_t))

/*
 * The tokens of messages from the kernel.  No task can have the first: its
 * group is 1 with user 0, and pid 0 in the second is the kernel's.
 */
#define	KERNEL_SECURITY_TOKEN_VALUE	{ { 0, 1 } }
#define	KERNEL_AUDIT_TOKEN_VALUE	{ { 0, 0, 0, 0, 0, 0, 0, 0 } }
#define	INVALID_AUDIT_TOKEN_VALUE	{ {			\
	0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU,	\
	0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU } }

typedef struct {
	mach_msg_header_t		header;
} mach_msg_empty_send_t;

typedef struct {
	mach_msg_header_t		header;
	mach_msg_trailer_t		trailer;
} mach_msg_empty_rcv_t;

typedef union {
	mach_msg_empty_send_t		send;
	mach_msg_empty_rcv_t		rcv;
} mach_msg_empty_t;

#pragma pack(pop)

MACH_BEGIN_DECLS
extern const security_token_t	KERNEL_SECURITY_TOKEN;
extern const audit_token_t	KERNEL_AUDIT_TOKEN;
MACH_END_DECLS

#define	round_msg(x)	\
	(((mach_msg_size_t)(x) + sizeof(natural_t) - 1) & \
	~(sizeof(natural_t) - 1))

/* Historical, kept for sources that name them. */
#define	MACH_MSGH_KIND_NORMAL		0x00000000
#define	MACH_MSGH_KIND_NOTIFICATION	0x00000001
#define	msgh_kind			msgh_seqno
#define	mach_msg_kind_t			mach_port_seqno_t

/*
 * Options.
 */
#define	MACH_MSG_OPTION_NONE		0x00000000

#define	MACH_SEND_MSG			0x00000001	/* send */
#define	MACH_RCV_MSG			0x00000002	/* receive */

/* A message too large stays in the queue; its size is reported. */
#define	MACH_RCV_LARGE			0x00000004
/* With LARGE: the member's name is reported in msgh_local_port. */
#define	MACH_RCV_LARGE_IDENTITY		0x00000008

/* Stop waiting for room in the queue after timeout. */
#define	MACH_SEND_TIMEOUT		0x00000010
/* The priority argument is valid; no effect here. */
#define	MACH_SEND_OVERRIDE		0x00000020
/* Return MACH_SEND_INTERRUPTED when interrupted; do not restart. */
#define	MACH_SEND_INTERRUPT		0x00000040
/* With TIMEOUT: arm a registered send-possible request on failure. */
#define	MACH_SEND_NOTIFY		0x00000080
/* Kernel: ignore the queue limit. */
#define	MACH_SEND_ALWAYS		0x00010000
/* Program: a filtered message is not fatal; no effect here. */
#define	MACH_SEND_FILTER_NONFATAL	0x00010000
/* Kernel: the trailer is given by the sender. */
#define	MACH_SEND_TRAILER		0x00020000
/* Accepted, no effect here. */
#define	MACH_SEND_NOIMPORTANCE		0x00040000
#define	MACH_SEND_NODENAP		MACH_SEND_NOIMPORTANCE
#define	MACH_SEND_IMPORTANCE		0x00080000
#define	MACH_SEND_SYNC_OVERRIDE		0x00100000
#define	MACH_SEND_PROPAGATE_QOS		0x00200000
#define	MACH_SEND_SYNC_USE_THRPRI	MACH_SEND_PROPAGATE_QOS
/* Kernel: the message is sent in the kernel's name. */
#define	MACH_SEND_KERNEL		0x00400000
#define	MACH_SEND_SYNC_BOOTSTRAP_CHECKIN	0x00800000

/* Stop waiting for a message after timeout. */
#define	MACH_RCV_TIMEOUT		0x00000100
#define	MACH_RCV_NOTIFY			0x00000000	/* historical */
/* Return MACH_RCV_INTERRUPTED when interrupted; do not restart. */
#define	MACH_RCV_INTERRUPT		0x00000400
/* Accept a voucher; one is never there. */
#define	MACH_RCV_VOUCHER		0x00000800
#define	MACH_RCV_OVERWRITE		0x00000000	/* historical */
/* Guarded receive rights may arrive, as guarded-port descriptors. */
#define	MACH_RCV_GUARDED_DESC		0x00001000
/* Accepted, no effect here. */
#define	MACH_RCV_SYNC_WAIT		0x00004000
#define	MACH_RCV_SYNC_PEEK		0x00008000

/*
 * Accepted, no effect here, as on a Darwin that does not enforce it: what
 * protects replies is a reply port (MPO_REPLY_PORT).
 */
#define	MACH_MSG_STRICT_REPLY		0x00000200

/* The 64-bit options of mach_msg2(): the same, and more above bit 32. */
#define	MACH64_MSG_OPTION_NONE		0x0000000000000000ULL
#define	MACH64_SEND_MSG			((mach_msg_option64_t)MACH_SEND_MSG)
#define	MACH64_RCV_MSG			((mach_msg_option64_t)MACH_RCV_MSG)
#define	MACH64_RCV_LARGE		((mach_msg_option64_t)MACH_RCV_LARGE)
#define	MACH64_RCV_LARGE_IDENTITY	\
	((mach_msg_option64_t)MACH_RCV_LARGE_IDENTITY)
#define	MACH64_SEND_TIMEOUT		((mach_msg_option64_t)MACH_SEND_TIMEOUT)
#define	MACH64_SEND_OVERRIDE		\
	((mach_msg_option64_t)MACH_SEND_OVERRIDE)
#define	MACH64_SEND_INTERRUPT		\
	((mach_msg_option64_t)MACH_SEND_INTERRUPT)
#define	MACH64_SEND_NOTIFY		((mach_msg_option64_t)MACH_SEND_NOTIFY)
#define	MACH64_SEND_FILTER_NONFATAL	\
	((mach_msg_option64_t)MACH_SEND_FILTER_NONFATAL)
#define	MACH64_SEND_TRAILER		((mach_msg_option64_t)MACH_SEND_TRAILER)
#define	MACH64_SEND_NOIMPORTANCE	\
	((mach_msg_option64_t)MACH_SEND_NOIMPORTANCE)
#define	MACH64_SEND_NODENAP		MACH64_SEND_NOIMPORTANCE
#define	MACH64_SEND_SYNC_OVERRIDE	\
	((mach_msg_option64_t)MACH_SEND_SYNC_OVERRIDE)
#define	MACH64_SEND_PROPAGATE_QOS	\
	((mach_msg_option64_t)MACH_SEND_PROPAGATE_QOS)
#define	MACH64_SEND_SYNC_BOOTSTRAP_CHECKIN	\
	((mach_msg_option64_t)MACH_SEND_SYNC_BOOTSTRAP_CHECKIN)
#define	MACH64_RCV_TIMEOUT		((mach_msg_option64_t)MACH_RCV_TIMEOUT)
#define	MACH64_RCV_INTERRUPT		\
	((mach_msg_option64_t)MACH_RCV_INTERRUPT)
#define	MACH64_RCV_VOUCHER		((mach_msg_option64_t)MACH_RCV_VOUCHER)
#define	MACH64_RCV_GUARDED_DESC		\
	((mach_msg_option64_t)MACH_RCV_GUARDED_DESC)
#define	MACH64_RCV_SYNC_WAIT		\
	((mach_msg_option64_t)MACH_RCV_SYNC_WAIT)
#define	MACH64_RCV_SYNC_PEEK		\
	((mach_msg_option64_t)MACH_RCV_SYNC_PEEK)
#define	MACH64_MSG_STRICT_REPLY		\
	((mach_msg_option64_t)MACH_MSG_STRICT_REPLY)

/* data is an array of mach_msg_vector_t. */
#define	MACH64_MSG_VECTOR		0x0000000100000000ULL
/* What the destination is expected to be; exactly one for a send. */
#define	MACH64_SEND_KOBJECT_CALL	0x0000000200000000ULL
#define	MACH64_SEND_MQ_CALL		0x0000000400000000ULL
#define	MACH64_SEND_ANY			0x0000000800000000ULL
#define	MACH64_SEND_DK_CALL		0x0000001000000000ULL
#define	MACH64_SEND_USER_CALL		MACH64_SEND_MQ_CALL
/* Kernel: the call came through mach_msg2. */
#define	MACH64_MACH_MSG2		0x8000000000000000ULL

/* The parts of a mach_msg2() vector. */
#define	MACH_MSGV_IDX_MSG	0
#define	MACH_MSGV_IDX_AUX	1
#define	MACH_MSGV_MAX_COUNT	(MACH_MSGV_IDX_AUX + 1)
#define	LIBSYSCALL_MSGV_AUX_MAX_SIZE	128

typedef struct {
	mach_vm_address_t		msgv_data;
	mach_vm_address_t		msgv_rcv_addr;
	mach_msg_size_t			msgv_send_size;
	mach_msg_size_t			msgv_rcv_size;
} mach_msg_vector_t;

typedef struct {
	mach_msg_size_t			msgdh_size;
	uint32_t			msgdh_reserved;
} mach_msg_aux_header_t;

/*
 * The trailer a receiver asks for, or-ed into the options:
 * MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
 * MACH_RCV_TRAILER_ELEMENTS(one of the following).
 */
#define	MACH_RCV_TRAILER_NULL		0	/* type and size: 8 bytes */
#define	MACH_RCV_TRAILER_SEQNO		1	/* and sequence number: 12 */
#define	MACH_RCV_TRAILER_SENDER		2	/* and security token: 20 */
#define	MACH_RCV_TRAILER_AUDIT		3	/* and audit token: 52 */
#define	MACH_RCV_TRAILER_CTX		4	/* and context: 60 (56) */
#define	MACH_RCV_TRAILER_AV		7	/* and what is left: 68 (64) */
#define	MACH_RCV_TRAILER_LABELS		8	/* same as AV */

#define	MACH_RCV_TRAILER_TYPE(x)	(((x) & 0xf) << 28)
#define	MACH_RCV_TRAILER_ELEMENTS(x)	(((x) & 0xf) << 24)
#define	MACH_RCV_TRAILER_MASK		(0xf << 24)
#define	GET_RCV_ELEMENTS(y)		(((y) >> 24) & 0xf)

/* Size of the trailer that options y ask for, for a caller of own width. */
#define	REQUESTED_TRAILER_SIZE_NATIVE(y)				\
	((mach_msg_trailer_size_t)(					\
	GET_RCV_ELEMENTS(y) == MACH_RCV_TRAILER_NULL ?			\
	    sizeof(mach_msg_trailer_t) :				\
	GET_RCV_ELEMENTS(y) == MACH_RCV_TRAILER_SEQNO ?			\
	    sizeof(mach_msg_seqno_trailer_t) :				\
	GET_RCV_ELEMENTS(y) == MACH_RCV_TRAILER_SENDER ?		\
	    sizeof(mach_msg_security_trailer_t) :			\
	GET_RCV_ELEMENTS(y) == MACH_RCV_TRAILER_AUDIT ?			\
	    sizeof(mach_msg_audit_trailer_t) :				\
	GET_RCV_ELEMENTS(y) == MACH_RCV_TRAILER_CTX ?			\
	    sizeof(mach_msg_context_trailer_t) :			\
	    sizeof(mach_msg_mac_trailer_t)))
#define	REQUESTED_TRAILER_SIZE(y)	REQUESTED_TRAILER_SIZE_NATIVE(y)

/* The same for a caller whose pointers have 64 (is64) or 32 bits. */
#define	MACH_REQUESTED_TRAILER_SIZE(is64, y)				\
	((mach_msg_trailer_size_t)(					\
	GET_RCV_ELEMENTS(y) <= MACH_RCV_TRAILER_AUDIT ?			\
	    REQUESTED_TRAILER_SIZE_NATIVE(y) :				\
	GET_RCV_ELEMENTS(y) == MACH_RCV_TRAILER_CTX ?			\
	    ((is64) ? sizeof(mach_msg_context_trailer64_t) :		\
	    sizeof(mach_msg_context_trailer32_t)) :			\
	    ((is64) ? sizeof(mach_msg_mac_trailer64_t) :		\
	    sizeof(mach_msg_mac_trailer32_t))))

/*
 * Return codes of mach_msg().  See there for when each is returned.
 */
#define	MACH_MSG_SUCCESS		0x00000000

/*
 * Bits or-ed into RCV_HEADER_ERROR, RCV_BODY_ERROR and the send codes that
 * return rights: what ran out while rights or memory were put in place.
 */
#define	MACH_MSG_MASK			0x00003e00
#define	MACH_MSG_IPC_SPACE		0x00002000	/* room for names */
#define	MACH_MSG_VM_SPACE		0x00001000	/* room for memory */
#define	MACH_MSG_IPC_KERNEL		0x00000800	/* kernel, for names */
#define	MACH_MSG_VM_KERNEL		0x00000400	/* kernel, for memory */

#define	MACH_SEND_IN_PROGRESS		0x10000001	/* kernel only */
#define	MACH_SEND_INVALID_DATA		0x10000002
#define	MACH_SEND_INVALID_DEST		0x10000003
#define	MACH_SEND_TIMED_OUT		0x10000004
#define	MACH_SEND_INVALID_VOUCHER	0x10000005
#define	MACH_SEND_INTERRUPTED		0x10000007
#define	MACH_SEND_MSG_TOO_SMALL		0x10000008
#define	MACH_SEND_INVALID_REPLY		0x10000009
#define	MACH_SEND_INVALID_RIGHT		0x1000000a
#define	MACH_SEND_INVALID_NOTIFY	0x1000000b
#define	MACH_SEND_INVALID_MEMORY	0x1000000c
#define	MACH_SEND_NO_BUFFER		0x1000000d
#define	MACH_SEND_TOO_LARGE		0x1000000e
#define	MACH_SEND_INVALID_TYPE		0x1000000f
#define	MACH_SEND_INVALID_HEADER	0x10000010
#define	MACH_SEND_INVALID_TRAILER	0x10000011
#define	MACH_SEND_INVALID_CONTEXT	0x10000012
#define	MACH_SEND_INVALID_OPTIONS	0x10000013
#define	MACH_SEND_INVALID_RT_OOL_SIZE	0x10000015
#define	MACH_SEND_NO_GRANT_DEST		0x10000016
#define	MACH_SEND_MSG_FILTERED		0x10000017
#define	MACH_SEND_AUX_TOO_SMALL		0x10000018
#define	MACH_SEND_AUX_TOO_LARGE		0x10000019

#define	MACH_RCV_IN_PROGRESS		0x10004001	/* kernel only */
#define	MACH_RCV_INVALID_NAME		0x10004002
#define	MACH_RCV_TIMED_OUT		0x10004003
#define	MACH_RCV_TOO_LARGE		0x10004004
#define	MACH_RCV_INTERRUPTED		0x10004005
#define	MACH_RCV_PORT_CHANGED		0x10004006
#define	MACH_RCV_INVALID_NOTIFY		0x10004007
#define	MACH_RCV_INVALID_DATA		0x10004008
#define	MACH_RCV_PORT_DIED		0x10004009
#define	MACH_RCV_IN_SET			0x1000400a
#define	MACH_RCV_HEADER_ERROR		0x1000400b
#define	MACH_RCV_BODY_ERROR		0x1000400c
#define	MACH_RCV_INVALID_TYPE		0x1000400d
#define	MACH_RCV_SCATTER_SMALL		0x1000400e
#define	MACH_RCV_INVALID_TRAILER	0x1000400f
#define	MACH_RCV_IN_PROGRESS_TIMED	0x10004011	/* kernel only */
#define	MACH_RCV_INVALID_REPLY		0x10004012
#define	MACH_RCV_INVALID_ARGUMENTS	0x10004013

/*
 * The layouts every caller, kernel and wire agree on.
 */
MACH_STATIC_ASSERT(sizeof(mach_msg_header_t) == 24, "header");
MACH_STATIC_ASSERT(sizeof(mach_msg_base_t) == 28, "header and count");
MACH_STATIC_ASSERT(sizeof(mach_msg_type_descriptor_t) == 12, "descriptor");
MACH_STATIC_ASSERT(sizeof(mach_msg_port_descriptor_t) == 12, "port");
MACH_STATIC_ASSERT(sizeof(mach_msg_ool_descriptor32_t) == 12, "ool 32");
MACH_STATIC_ASSERT(sizeof(mach_msg_ool_descriptor64_t) == 16, "ool 64");
MACH_STATIC_ASSERT(sizeof(mach_msg_ool_ports_descriptor32_t) == 12,
    "ool ports 32");
MACH_STATIC_ASSERT(sizeof(mach_msg_ool_ports_descriptor64_t) == 16,
    "ool ports 64");
MACH_STATIC_ASSERT(sizeof(mach_msg_guarded_port_descriptor32_t) == 12,
    "guarded port 32");
MACH_STATIC_ASSERT(sizeof(mach_msg_guarded_port_descriptor64_t) == 16,
    "guarded port 64");
MACH_STATIC_ASSERT(sizeof(mach_msg_ool_descriptor_t) == 8 + sizeof(void *),
    "ool");
MACH_STATIC_ASSERT(sizeof(mach_msg_trailer_t) == 8, "trailer");
MACH_STATIC_ASSERT(sizeof(mach_msg_seqno_trailer_t) == 12, "seqno trailer");
MACH_STATIC_ASSERT(sizeof(mach_msg_security_trailer_t) == 20,
    "security trailer");
MACH_STATIC_ASSERT(sizeof(mach_msg_audit_trailer_t) == 52, "audit trailer");
MACH_STATIC_ASSERT(sizeof(mach_msg_context_trailer64_t) == 60,
    "context trailer");
MACH_STATIC_ASSERT(sizeof(mach_msg_mac_trailer64_t) == 68, "mac trailer");

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mach_msg: send a message, receive one, or first the one and then the other,
 * in one call.  Follows Darwin.
 *
 * msg		the message to send, and the buffer to receive into
 * option	MACH_SEND_MSG, MACH_RCV_MSG or both, with the options above and
 *		the trailer asked for
 * send_size	bytes of the message to send; 0 without MACH_SEND_MSG
 * rcv_size	bytes of the buffer, trailer included; 0 without MACH_RCV_MSG
 * rcv_name	receive right or port set to receive from
 * timeout	milliseconds, for each half that has its TIMEOUT option; 0 polls
 * notify	priority with MACH_SEND_OVERRIDE (ignored), else
 *		MACH_PORT_NULL; a port here was never a notification on Darwin
 *
 * The send half.  A message to a send right waits while the queue is at its
 * limit, whatever its size; a message to a send-once right or to a kernel
 * object never waits.  Once the call succeeds the rights named with MOVE have
 * left the space (a user reference for send rights), and memory with the
 * deallocate flag is gone.  Messages of one thread to one port arrive in the
 * order sent.  Of several dispositions of one name in a header, those that
 * leave it are taken first.
 *
 *	MACH_SEND_MSG_TOO_SMALL	send_size < 24, or the descriptors do not fit
 *	MACH_SEND_TOO_LARGE	past the kernel's limit on message size, or on
 *				descriptors
 *	MACH_SEND_NO_BUFFER	no kernel memory, or a limit of the task or user
 *	MACH_SEND_INVALID_DATA	msg cannot be read
 *	MACH_SEND_INVALID_HEADER	bits outside MACH_MSGH_BITS_USER, a
 *				disposition that fits none of the three rights,
 *				or a port without disposition
 *	MACH_SEND_INVALID_DEST	no right of that kind under msgh_remote_port, or
 *				a dead name; or the port died during the wait
 *	MACH_SEND_INVALID_REPLY	no right of that kind under msgh_local_port (a
 *				dead name will do); or a reply port that is not
 *				passed with MAKE_SEND_ONCE; or none, to a port
 *				made with MPO_ENFORCE_REPLY_PORT_SEMANTICS
 *	MACH_SEND_INVALID_VOUCHER	msgh_voucher_port is not null
 *	MACH_SEND_INVALID_RIGHT	no right of that kind under a name in the body
 *				(a dead name will do); or an immovable receive
 *				right was to be moved, or a right to a reply
 *				port passed; or the guard in a guarded-port
 *				descriptor is wrong
 *	MACH_SEND_INVALID_TYPE	unknown descriptor kind, copy option or flags,
 *				or an array past the limit
 *	MACH_SEND_INVALID_MEMORY	out-of-line memory cannot be read
 *	MACH_SEND_TIMED_OUT	no room in time
 *	MACH_SEND_INTERRUPTED	a signal, and MACH_SEND_INTERRUPT
 *
 * Unless the call had to wait, nothing has changed when it fails.  After a wait
 * (TIMED_OUT, which includes a timeout of 0, INTERRUPTED, INVALID_DEST) the
 * message is given back by pseudo-receive: the rights return to the space and
 * msg is rewritten as if received (names may differ from those sent, MOVE and
 * MAKE dispositions read as they arrived, remote and local are not swapped,
 * out-of-line memory is new).  It may be sent again after its dispositions
 * are set, or be released with mach_msg_destroy().  MACH_MSG_IPC_SPACE and its
 * like are or-ed in if something could not be given back.
 *
 * The receive half.  On success msg holds the message and, after it, the
 * trailer.  The rights in it are the caller's: each send right adds a user
 * reference to the one name for that port; send-once and receive rights get
 * their names; what died meanwhile arrives as MACH_PORT_DEAD.
 *
 *	MACH_RCV_INVALID_NAME	rcv_name denotes no right, or not a receive
 *				right or port set
 *	MACH_RCV_IN_SET		not returned: a member may be received from
 *	MACH_RCV_TOO_LARGE	message and trailer exceed rcv_size.  Without
 *				MACH_RCV_LARGE the message is destroyed and msg
 *				holds its header, as far as there is room; with
 *				it the message stays, msgh_size is the size
 *				needed without trailer, and with LARGE_IDENTITY
 *				msgh_local_port is the port that has it
 *	MACH_RCV_TIMED_OUT	no message in time
 *	MACH_RCV_INTERRUPTED	a signal, and MACH_RCV_INTERRUPT
 *	MACH_RCV_PORT_DIED	the right or set was destroyed during the wait
 *	MACH_RCV_PORT_CHANGED	the receive right was moved away during the wait
 *	MACH_RCV_INVALID_DATA	msg cannot be written; the message is destroyed
 *	MACH_RCV_HEADER_ERROR	the header's rights could not be put in the
 *				space; the message is destroyed, bits say why
 *	MACH_RCV_BODY_ERROR	the same for the body; the header is received
 *				and the parts that failed read as null
 *	MACH_RCV_INVALID_TRAILER	unknown trailer format
 *
 * If the send half fails, the receive half does not take place.  If the
 * receive half fails, the message was sent.  Without MACH_SEND_INTERRUPT and
 * MACH_RCV_INTERRUPT an interrupted half is restarted, with what is left of the
 * timeout (Darwin's: with the whole, so that it may never end).
 */
extern mach_msg_return_t mach_msg(mach_msg_header_t *msg,
    mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_name_t notify);

/*
 * mach_msg_overwrite: mach_msg() with a buffer of its own for the receive
 * half.
 *
 * rcv_msg	where to receive; msg if null
 * rcv_limit	ignored; pass 0
 *
 * Codes as mach_msg().  Follows Darwin.
 */
extern mach_msg_return_t mach_msg_overwrite(mach_msg_header_t *msg,
    mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_name_t notify,
    mach_msg_header_t *rcv_msg, mach_msg_size_t rcv_limit);

/*
 * mach_msg2_internal: the packed form of mach_msg2().  Two 32-bit values share
 * each argument, the first named in the lower half.  Call mach_msg2().
 */
extern mach_msg_return_t mach_msg2_internal(void *data,
    mach_msg_option64_t options, uint64_t msgh_bits_and_send_size,
    uint64_t msgh_remote_and_local_port, uint64_t msgh_voucher_and_id,
    uint64_t desc_count_and_rcv_name, uint64_t rcv_size_and_priority,
    uint64_t timeout);

/*
 * mach_msg2: mach_msg() with the header passed by value.
 *
 * data		the buffer, as msg; with MACH64_MSG_VECTOR an array of one or
 *		two mach_msg_vector_t, message and auxiliary data
 * options	MACH64_*; a send says what it expects of the destination:
 *		MACH64_SEND_MQ_CALL (a queue), KOBJECT_CALL (a kernel object) or
 *		ANY
 * header	the header to send; the one in data is not read, except for
 *		the descriptor count of a complex message
 * send_size, rcv_size, rcv_name, timeout	as mach_msg()
 * priority	ignored
 *
 * Codes as mach_msg(), and
 *	MACH_SEND_INVALID_OPTIONS	none or several expectations; a
 *				destination that is not as expected; a vector
 *				to a kernel object; or a call of one with a
 *				reply port and without MACH64_RCV_MSG
 *	MACH_SEND_INVALID_DATA	the vectors cannot be read, or are more than
 *				two; or one to send from is null
 *	MACH_SEND_AUX_TOO_SMALL, MACH_SEND_AUX_TOO_LARGE	auxiliary data
 *				below its header, past 1024 bytes
 *	MACH_RCV_INVALID_ARGUMENTS	no vector to receive into; or one for
 *				auxiliary data that is null or smaller than its
 *				header.  The message, if any, was sent
 *
 * A receiver with a vector for auxiliary data always gets a
 * mach_msg_aux_header_t there; its msgdh_size is 0 when there is none.
 * MACH_RCV_TOO_LARGE is also for auxiliary data that exceeds the vector (with
 * MACH_RCV_LARGE its msgdh_size then says how much there is), or that a
 * receiver with MACH64_MSG_VECTOR has none for.  A receiver without
 * MACH64_MSG_VECTOR does not hear of it.
 * Follows Darwin (a private interface there).
 */
static inline mach_msg_return_t
mach_msg2(void *data, mach_msg_option64_t options, mach_msg_header_t header,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    uint64_t timeout, uint32_t priority)
{
	const mach_msg_base_t *base;
	mach_msg_size_t descriptors;

	descriptors = 0;
	if ((options & MACH64_SEND_MSG) != 0 &&
	    MACH_MSGH_BITS_IS_COMPLEX(header.msgh_bits)) {
		if ((options & MACH64_MSG_VECTOR) != 0)
			base = (const mach_msg_base_t *)(uintptr_t)
			    ((const mach_msg_vector_t *)data)->msgv_data;
		else
			base = (const mach_msg_base_t *)data;
		descriptors = base->body.msgh_descriptor_count;
	}
	return (mach_msg2_internal(data, options,
	    (uint64_t)send_size << 32 | header.msgh_bits,
	    (uint64_t)header.msgh_local_port << 32 | header.msgh_remote_port,
	    (uint64_t)(uint32_t)header.msgh_id << 32 | header.msgh_voucher_port,
	    (uint64_t)rcv_name << 32 | descriptors,
	    (uint64_t)priority << 32 | rcv_size, timeout));
}

/*
 * mach_msg_send: send msg, of msgh_size bytes, without a timeout.
 *
 * Codes as the send half of mach_msg().  Follows Darwin.
 */
extern mach_msg_return_t mach_msg_send(mach_msg_header_t *msg);

/*
 * mach_msg_receive: receive into msg from msgh_local_port, without a timeout.
 * msgh_size is the size of the buffer, trailer included.
 *
 * Codes as the receive half of mach_msg().  Follows Darwin.
 */
extern mach_msg_return_t mach_msg_receive(mach_msg_header_t *msg);

/*
 * mach_msg_destroy: release what a received (or pseudo-received) message
 * holds: the remote right and the voucher, and per descriptor the right, the
 * memory, or the memory and the rights in it.  The local port is the receiver's
 * own right and stays.  Send rights lose one user reference, receive rights are
 * destroyed.  The descriptors then read as null.  Follows Darwin.
 */
extern void mach_msg_destroy(mach_msg_header_t *msg);

/*
 * mach_msg_server: receive requests from rcv_name for ever, pass each to demux
 * with room for a reply, and send the reply.
 *
 * demux	fills in the reply and returns TRUE if it knew the request; the
 *		reply is sent unless it is a mig_reply_error_t with
 *		MIG_NO_REPLY
 * max_size	bytes of the largest request or reply, without trailer
 * rcv_name	receive right or port set
 * options	MACH_RCV_* and MACH_SEND_* to add, as the trailer asked for
 *
 * A reply to a requester who is gone, or whose queue is full when it is not a
 * send-once right, is destroyed and the loop goes on.  Requests that demux
 * fails are destroyed, except for the reply right.
 *
 *	KERN_RESOURCE_SHORTAGE	no memory for the buffers
 *	MACH_RCV_*		a receive failed
 *	MACH_SEND_*		a send failed in another way
 * It does not return otherwise.  Follows Darwin.
 */
extern mach_msg_return_t mach_msg_server(
    boolean_t (*demux)(mach_msg_header_t *request, mach_msg_header_t *reply),
    mach_msg_size_t max_size, mach_port_t rcv_name, mach_msg_options_t options);

/* mach_msg_server_once: one round of it; MACH_MSG_SUCCESS when done. */
extern mach_msg_return_t mach_msg_server_once(
    boolean_t (*demux)(mach_msg_header_t *request, mach_msg_header_t *reply),
    mach_msg_size_t max_size, mach_port_t rcv_name, mach_msg_options_t options);

/* mach_msg_server_importance: mach_msg_server(); there is no importance. */
extern mach_msg_return_t mach_msg_server_importance(
    boolean_t (*demux)(mach_msg_header_t *request, mach_msg_header_t *reply),
    mach_msg_size_t max_size, mach_port_t rcv_name, mach_msg_options_t options);

/*
 * mach_voucher_deallocate: release a user reference of a voucher.
 *
 *	KERN_SUCCESS		also for MACH_PORT_NULL, the only voucher
 *	KERN_INVALID_NAME, KERN_INVALID_RIGHT	as mach_port_deallocate()
 * Follows Darwin.
 */
extern kern_return_t mach_voucher_deallocate(mach_port_name_t voucher);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MESSAGE_H_ */
