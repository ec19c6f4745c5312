/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Ports: names, rights, and what can be asked about them.
 *
 * A task refers to its rights by 32-bit names, valid in its own name space
 * only.  mach_port_t and mach_port_name_t are the same type in programs and in
 * our kernel sources: the first says that the right travels with the
 * message or call, the second that just the number does.
 *
 * A name has an index in its upper 24 bits and a generation in the lower 8.
 * The generation changes whenever the slot is used again, so that a name kept
 * too long denotes nothing rather than somebody else's right.  Programs take
 * names as opaque; the macros are for tools.
 */

#ifndef _MACH_PORT_H_
#define	_MACH_PORT_H_

#include <mach/boolean.h>
#include <mach/machine/vm_types.h>

typedef natural_t		mach_port_name_t;
typedef mach_port_name_t	*mach_port_name_array_t;
typedef natural_t		mach_port_t;
typedef mach_port_t		*mach_port_array_t;

/* No right; and a right whose port died while it travelled. */
#define	MACH_PORT_NULL		0
#define	MACH_PORT_DEAD		((mach_port_name_t)~0)

#define	MACH_PORT_VALID(name)	\
	((name) != MACH_PORT_NULL && (name) != MACH_PORT_DEAD)

/* MACH_PORT_GEN gives the generation shifted to the top 8 bits. */
#define	MACH_PORT_INDEX(name)	((name) >> 8)
#define	MACH_PORT_GEN(name)	(((name) & 0xff) << 24)
#define	MACH_PORT_MAKE(index, gen)	(((index) << 8) | ((gen) >> 24))

/*
 * Kinds of right.
 */
typedef natural_t	mach_port_right_t;

#define	MACH_PORT_RIGHT_SEND		((mach_port_right_t)0)
#define	MACH_PORT_RIGHT_RECEIVE		((mach_port_right_t)1)
#define	MACH_PORT_RIGHT_SEND_ONCE	((mach_port_right_t)2)
#define	MACH_PORT_RIGHT_PORT_SET	((mach_port_right_t)3)
#define	MACH_PORT_RIGHT_DEAD_NAME	((mach_port_right_t)4)
#define	MACH_PORT_RIGHT_LABELH		((mach_port_right_t)5)	/* unused */
#define	MACH_PORT_RIGHT_NUMBER		((mach_port_right_t)6)

/*
 * Types: a bit for each kind of right that a name denotes, and bits for the
 * notifications requested on it.  SEND and RECEIVE may stand together.
 */
typedef natural_t		mach_port_type_t;
typedef mach_port_type_t	*mach_port_type_array_t;

#define	MACH_PORT_TYPE(right)	\
	((mach_port_type_t)(((mach_port_type_t)1) <<	\
	((right) + ((mach_port_right_t)16))))

#define	MACH_PORT_TYPE_NONE		((mach_port_type_t)0)
#define	MACH_PORT_TYPE_SEND		MACH_PORT_TYPE(MACH_PORT_RIGHT_SEND)
#define	MACH_PORT_TYPE_RECEIVE		MACH_PORT_TYPE(MACH_PORT_RIGHT_RECEIVE)
#define	MACH_PORT_TYPE_SEND_ONCE	\
	MACH_PORT_TYPE(MACH_PORT_RIGHT_SEND_ONCE)
#define	MACH_PORT_TYPE_PORT_SET		\
	MACH_PORT_TYPE(MACH_PORT_RIGHT_PORT_SET)
#define	MACH_PORT_TYPE_DEAD_NAME	\
	MACH_PORT_TYPE(MACH_PORT_RIGHT_DEAD_NAME)
#define	MACH_PORT_TYPE_LABELH		MACH_PORT_TYPE(MACH_PORT_RIGHT_LABELH)

/* A dead-name request is registered. */
#define	MACH_PORT_TYPE_DNREQUEST	0x80000000U
/* A send-possible request is registered and armed. */
#define	MACH_PORT_TYPE_SPREQUEST	0x40000000U
/* A send-possible request waits for the next failed send to arm it. */
#define	MACH_PORT_TYPE_SPREQUEST_DELAYED	0x20000000U

#define	MACH_PORT_TYPE_SEND_RECEIVE	\
	(MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_RECEIVE)
#define	MACH_PORT_TYPE_SEND_RIGHTS	\
	(MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_SEND_ONCE)
#define	MACH_PORT_TYPE_PORT_RIGHTS	\
	(MACH_PORT_TYPE_SEND_RIGHTS | MACH_PORT_TYPE_RECEIVE)
#define	MACH_PORT_TYPE_PORT_OR_DEAD	\
	(MACH_PORT_TYPE_PORT_RIGHTS | MACH_PORT_TYPE_DEAD_NAME)
#define	MACH_PORT_TYPE_ALL_RIGHTS	\
	(MACH_PORT_TYPE_PORT_OR_DEAD | MACH_PORT_TYPE_PORT_SET)

/*
 * Counts.
 */
typedef natural_t	mach_port_urefs_t;	/* user references of a name */
typedef integer_t	mach_port_delta_t;	/* change of them */
typedef natural_t	mach_port_seqno_t;	/* sequence number */
typedef natural_t	mach_port_mscount_t;	/* make-send count */
typedef natural_t	mach_port_msgcount_t;	/* number of messages */
typedef natural_t	mach_port_rights_t;	/* number of rights */

#define	MACH_PORT_SRIGHTS_NONE		0
#define	MACH_PORT_SRIGHTS_PRESENT	1
typedef unsigned int	mach_port_srights_t;

/*
 * State of a receive right: flavour MACH_PORT_RECEIVE_STATUS.
 */
typedef struct mach_port_status {
	mach_port_rights_t	mps_pset;	/* number of sets it is in */
	mach_port_seqno_t	mps_seqno;	/* of the next message */
	mach_port_mscount_t	mps_mscount;	/* send rights ever made */
	mach_port_msgcount_t	mps_qlimit;	/* limit of the queue */
	mach_port_msgcount_t	mps_msgcount;	/* messages in the queue */
	mach_port_rights_t	mps_sorights;	/* send-once rights */
	boolean_t		mps_srights;	/* any send rights? */
	boolean_t		mps_pdrequest;	/* port-destroyed requested? */
	boolean_t		mps_nsrequest;	/* no-senders requested? */
	natural_t		mps_flags;	/* MACH_PORT_STATUS_FLAG_* */
} mach_port_status_t;

#define	MACH_PORT_STATUS_FLAG_TEMPOWNER			0x01
#define	MACH_PORT_STATUS_FLAG_GUARDED			0x02
#define	MACH_PORT_STATUS_FLAG_STRICT_GUARD		0x04
#define	MACH_PORT_STATUS_FLAG_IMP_DONATION		0x08
#define	MACH_PORT_STATUS_FLAG_REVIVE			0x10
#define	MACH_PORT_STATUS_FLAG_TASKPTR			0x20
#define	MACH_PORT_STATUS_FLAG_GUARD_IMMOVABLE_RECEIVE	0x40
#define	MACH_PORT_STATUS_FLAG_NO_GRANT			0x80

/*
 * Queue limits, in messages: flavour MACH_PORT_LIMITS_INFO.  A program may set
 * MIN to MAX; KERNEL is for the kernel's own ports.
 */
#define	MACH_PORT_QLIMIT_ZERO		(0)
#define	MACH_PORT_QLIMIT_BASIC		(5)
#define	MACH_PORT_QLIMIT_SMALL		(16)
#define	MACH_PORT_QLIMIT_LARGE		(1024)
#define	MACH_PORT_QLIMIT_KERNEL		(65534)
#define	MACH_PORT_QLIMIT_MIN		MACH_PORT_QLIMIT_ZERO
#define	MACH_PORT_QLIMIT_DEFAULT	MACH_PORT_QLIMIT_BASIC
#define	MACH_PORT_QLIMIT_MAX		MACH_PORT_QLIMIT_LARGE

typedef struct mach_port_limits {
	mach_port_msgcount_t	mpl_qlimit;
} mach_port_limits_t;

/* Flavour MACH_PORT_INFO_EXT. */
typedef struct mach_port_info_ext {
	mach_port_status_t	mpie_status;
	mach_port_msgcount_t	mpie_boost_cnt;	/* always 0 here */
	uint32_t		reserved[6];
} mach_port_info_ext_t;

/* Flavour MACH_PORT_GUARD_INFO. */
typedef struct mach_port_guard_info {
	uint64_t		mpgi_guard;
} mach_port_guard_info_t;

/*
 * Flavours of mach_port_get_attributes() and mach_port_set_attributes().
 * Data is an array of natural_t; counts are in natural_t.
 */
typedef integer_t	*mach_port_info_t;
typedef int		mach_port_flavor_t;

#define	MACH_PORT_LIMITS_INFO		1	/* get, set */
#define	MACH_PORT_RECEIVE_STATUS	2	/* get */
#define	MACH_PORT_DNREQUESTS_SIZE	3	/* get; set has no effect */
#define	MACH_PORT_TEMPOWNER		4	/* set; no effect here */
#define	MACH_PORT_IMPORTANCE_RECEIVER	5	/* set; no effect here */
#define	MACH_PORT_DENAP_RECEIVER	6	/* set; no effect here */
#define	MACH_PORT_INFO_EXT		7	/* get */
#define	MACH_PORT_GUARD_INFO		8	/* assert */
#define	MACH_PORT_SERVICE_THROTTLED	9	/* of service ports only */

#define	MACH_PORT_LIMITS_INFO_COUNT	\
	((natural_t)(sizeof(mach_port_limits_t) / sizeof(natural_t)))
#define	MACH_PORT_RECEIVE_STATUS_COUNT	\
	((natural_t)(sizeof(mach_port_status_t) / sizeof(natural_t)))
#define	MACH_PORT_DNREQUESTS_SIZE_COUNT	1
#define	MACH_PORT_INFO_EXT_COUNT	\
	((natural_t)(sizeof(mach_port_info_ext_t) / sizeof(natural_t)))
#define	MACH_PORT_GUARD_INFO_COUNT	\
	((natural_t)(sizeof(mach_port_guard_info_t) / sizeof(natural_t)))
#define	MACH_PORT_SERVICE_THROTTLED_COUNT	1

/*
 * Argument of mach_port_allocate_full() and mach_port_allocate_qos().
 */
typedef struct mach_port_qos {
	unsigned int		name : 1;	/* the name is given */
	unsigned int		prealloc : 1;	/* preallocate a message */
	unsigned int		pad1 : 30;
	natural_t		len;		/* of that message, bytes */
} mach_port_qos_t;

#define	MACH_SERVICE_PORT_INFO_STRING_NAME_MAX_BUF_LEN	255

typedef struct mach_service_port_info {
	char		mspi_string_name[
			    MACH_SERVICE_PORT_INFO_STRING_NAME_MAX_BUF_LEN];
	uint8_t		mspi_domain_type;
} mach_service_port_info_data_t;
typedef struct mach_service_port_info	*mach_service_port_info_t;

#define	MACH_SERVICE_PORT_INFO_COUNT	\
	((char)(sizeof(mach_service_port_info_data_t) / sizeof(char)))

/*
 * Flags of mach_port_construct().
 */
/* The context becomes the guard. */
#define	MPO_CONTEXT_AS_GUARD		0x01
/* mpl.mpl_qlimit holds the queue limit. */
#define	MPO_QLIMIT			0x02
/* Accepted, no effect here. */
#define	MPO_TEMPOWNER			0x04
/* Accepted, no effect here. */
#define	MPO_IMPORTANCE_RECEIVER		0x08
/* The name denotes a send right as well. */
#define	MPO_INSERT_SEND_RIGHT		0x10
/* With CONTEXT_AS_GUARD: the guard is strict. */
#define	MPO_STRICT			0x20
/* Accepted, no effect here. */
#define	MPO_DENAP_RECEIVER		0x40
/* With CONTEXT_AS_GUARD: the receive right cannot leave the space. */
#define	MPO_IMMOVABLE_RECEIVE		0x80
/* Accepted, no effect here: there is no message filter. */
#define	MPO_FILTER_MSG			0x100
/* For the graphics server only: KERN_DENIED here. */
#define	MPO_TG_BLOCK_TRACKING		0x200
/* service_port_info describes the service: KERN_DENIED here. */
#define	MPO_SERVICE_PORT		0x400
/*
 * service_port_name names the service that the connection belongs to.  There
 * are no service ports here: KERN_INVALID_CAPABILITY.
 */
#define	MPO_CONNECTION_PORT		0x800
/*
 * A reply port: its receive right is immovable, and the only other right to it
 * that can be passed is the send-once right made in a message's header.
 */
#define	MPO_REPLY_PORT			0x1000
/* Senders must pass a reply port as reply. */
#define	MPO_ENFORCE_REPLY_PORT_SEMANTICS	0x2000
/* A reply port without its restrictions. */
#define	MPO_PROVISIONAL_REPLY_PORT	0x4000
/* The port may be registered for exceptions, and is immovable. */
#define	MPO_EXCEPTION_PORT		0x8000

/* Argument of mach_port_construct(); 24 bytes for every caller. */
typedef struct mach_port_options {
	uint32_t		flags;		/* MPO_* */
	mach_port_limits_t	mpl;
	union {
		uint64_t		reserved[2];
		mach_port_name_t	work_interval_port;
		uint32_t		service_port_info32;
		uint64_t		service_port_info64;
#ifndef _KERNEL
		mach_service_port_info_t service_port_info;
#endif
		mach_port_name_t	service_port_name;
	};
} mach_port_options_t;
typedef mach_port_options_t	*mach_port_options_ptr_t;

/* Flags of mach_port_guard_with_flags(). */
#define	MPG_STRICT		0x01	/* the guard is strict */
#define	MPG_IMMOVABLE_RECEIVE	0x02	/* the right cannot leave the space */

/*
 * What a guard violation is reported as, where the host reports it.
 */
#define	GUARD_TYPE_MACH_PORT	0x1

enum mach_port_guard_exception_codes {
	kGUARD_EXC_DESTROY			= 1,
	kGUARD_EXC_MOD_REFS			= 2,
	kGUARD_EXC_INVALID_OPTIONS		= 3,
	kGUARD_EXC_SET_CONTEXT			= 4,
	kGUARD_EXC_THREAD_SET_STATE		= 5,
	kGUARD_EXC_EXCEPTION_BEHAVIOR_ENFORCE	= 6,
	kGUARD_EXC_SERVICE_PORT_VIOLATION_FATAL	= 7,
	kGUARD_EXC_UNGUARDED			= 8,
	kGUARD_EXC_INCORRECT_GUARD		= 16,
	kGUARD_EXC_IMMOVABLE			= 32,
	kGUARD_EXC_STRICT_REPLY			= 64,
	kGUARD_EXC_MSG_FILTERED			= 128,
	kGUARD_EXC_INVALID_RIGHT		= 256,
	kGUARD_EXC_INVALID_NAME			= 512,
	kGUARD_EXC_INVALID_VALUE		= 1 << 10,
	kGUARD_EXC_INVALID_ARGUMENT		= 1 << 11,
	kGUARD_EXC_RIGHT_EXISTS			= 1 << 12,
	kGUARD_EXC_KERN_NO_SPACE		= 1 << 13,
	kGUARD_EXC_KERN_FAILURE			= 1 << 14,
	kGUARD_EXC_KERN_RESOURCE		= 1 << 15,
	kGUARD_EXC_SEND_INVALID_REPLY		= 1 << 16,
	kGUARD_EXC_SEND_INVALID_VOUCHER		= 1 << 17,
	kGUARD_EXC_SEND_INVALID_RIGHT		= 1 << 18,
	kGUARD_EXC_RCV_INVALID_NAME		= 1 << 19,
	kGUARD_EXC_RCV_GUARDED_DESC		= 0x00100000,
	kGUARD_EXC_SERVICE_PORT_VIOLATION_NON_FATAL = 0x00100001,
	kGUARD_EXC_PROVISIONAL_REPLY_PORT	= 0x00100002,
	kGUARD_EXC_MOD_REFS_NON_FATAL		= 1 << 21,
	kGUARD_EXC_IMMOVABLE_NON_FATAL		= 1 << 22,
	kGUARD_EXC_REQUIRE_REPLY_PORT_SEMANTICS	= 1 << 23
};

#ifndef _KERNEL
/* Older spellings. */
#ifndef _NO_PORT_T_FROM_MACH
typedef mach_port_t		port_t;
typedef mach_port_name_t	port_name_t;
typedef mach_port_name_t	*port_name_array_t;

#define	PORT_NULL	((port_t)0)
#define	PORT_DEAD	((port_t)~0)
#define	PORT_VALID(name)	\
	((port_t)(name) != PORT_NULL && (port_t)(name) != PORT_DEAD)
#endif
#endif /* !_KERNEL */

#endif /* !_MACH_PORT_H_ */
