/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The bootstrap protocol: what libmach's bootstrap_* functions and launchd say
 * to each other.  Internal: never installed.
 *
 * Requests are laid out as mig lays them out, with the numbers of launchd's own
 * subsystem (400) on Darwin; a reply has its request's number + 100.  A reply
 * that carries no right, and every refusal, is a mig_reply_error_t.
 *
 * A name travels in a field of fixed size, ended by a NUL and filled up with
 * NULs.  The server refuses a name without an end and one with anything after
 * its end, so no two names can look alike.
 */

#ifndef _LIBMACH_BOOTSTRAP_PROTOCOL_H_
#define _LIBMACH_BOOTSTRAP_PROTOCOL_H_

#include <stdint.h>

#include <mach/message.h>
#include <mach/mig_errors.h>
#include <mach/ndr.h>

#define	BOOTSTRAP_PROTOCOL_BASE		400

enum bootstrap_routine {
	BOOTSTRAP_ROUTINE_CREATE_SERVER = 400,
	BOOTSTRAP_ROUTINE_UNPRIVILEGED = 401,
	BOOTSTRAP_ROUTINE_CHECK_IN = 402,
	BOOTSTRAP_ROUTINE_REGISTER = 403,
	BOOTSTRAP_ROUTINE_LOOK_UP = 404,
	BOOTSTRAP_ROUTINE_PARENT = 406,
	BOOTSTRAP_ROUTINE_STATUS = 407,
	BOOTSTRAP_ROUTINE_INFO = 408,
	BOOTSTRAP_ROUTINE_SUBSET = 409,
	BOOTSTRAP_ROUTINE_CREATE_SERVICE = 410,
};

#define	BOOTSTRAP_PROTOCOL_END		499
#define	BOOTSTRAP_REPLY_OFFSET		100

#define	BOOTSTRAP_NAME_SIZE		128	/* with the NUL */

#pragma pack(push, 4)

/* CHECK_IN, STATUS, CREATE_SERVICE */
struct bootstrap_name_request {
	mach_msg_header_t	head;
	NDR_record_t		ndr;
	char			name[BOOTSTRAP_NAME_SIZE];
};

/* LOOK_UP */
struct bootstrap_look_up_request {
	mach_msg_header_t	head;
	NDR_record_t		ndr;
	char			name[BOOTSTRAP_NAME_SIZE];
	int32_t			target_pid;
	uint64_t		flags;
};

/* REGISTER */
struct bootstrap_register_request {
	mach_msg_header_t	head;
	mach_msg_body_t		body;
	mach_msg_port_descriptor_t port;
	NDR_record_t		ndr;
	char			name[BOOTSTRAP_NAME_SIZE];
	uint64_t		flags;
};

/* PARENT, INFO */
struct bootstrap_empty_request {
	mach_msg_header_t	head;
};

/* CHECK_IN (a receive right), LOOK_UP and PARENT (a send right) */
struct bootstrap_port_reply {
	mach_msg_header_t	head;
	mach_msg_body_t		body;
	mach_msg_port_descriptor_t port;
};

/* STATUS */
struct bootstrap_status_reply {
	mach_msg_header_t	head;
	NDR_record_t		ndr;
	kern_return_t		ret_code;
	int32_t			status;
};

/* INFO: `count` names, labels of their jobs, and states, out of line */
struct bootstrap_info_reply {
	mach_msg_header_t	head;
	mach_msg_body_t		body;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t jobs;
	mach_msg_ool_descriptor_t active;
	NDR_record_t		ndr;
	uint32_t		names_count;
	uint32_t		jobs_count;
	uint32_t		active_count;
};

#pragma pack(pop)

_Static_assert(sizeof(struct bootstrap_name_request) == 160, "wire layout");
_Static_assert(sizeof(struct bootstrap_look_up_request) == 172, "wire layout");
_Static_assert(sizeof(struct bootstrap_register_request) == 184,
    "wire layout");
_Static_assert(sizeof(struct bootstrap_port_reply) == 40, "wire layout");
_Static_assert(sizeof(struct bootstrap_status_reply) == 40, "wire layout");

#endif /* !_LIBMACH_BOOTSTRAP_PROTOCOL_H_ */
