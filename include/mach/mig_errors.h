/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Return codes of generated stubs and servers.
 */

#ifndef _MACH_MIG_ERRORS_H_
#define	_MACH_MIG_ERRORS_H_

#include <mach/kern_return.h>
#include <mach/message.h>
#include <mach/mig.h>
#include <mach/ndr.h>

/* Client: a descriptor or size in the reply is not as declared. */
#define	MIG_TYPE_ERROR		-300
/* Client: the reply has an unexpected id. */
#define	MIG_REPLY_MISMATCH	-301
/* Server: a failure that fits nothing else. */
#define	MIG_REMOTE_ERROR	-302
/* Server: nobody knows the id. */
#define	MIG_BAD_ID		-303
/* Server: the request is not as declared. */
#define	MIG_BAD_ARGUMENTS	-304
/* From the implementation to its server: send no reply. */
#define	MIG_NO_REPLY		-305
/* Client: the server raised an exception. */
#define	MIG_EXCEPTION		-306
/* Client or server: an array is longer than declared, or than the room. */
#define	MIG_ARRAY_TOO_LARGE	-307
/* Client: the reply right was destroyed without a reply. */
#define	MIG_SERVER_DIED		-308
/* Server: the trailer is unknown or too short. */
#define	MIG_TRAILER_ERROR	-309

/* What a server answers if there is nothing but a code. */
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t	Head;
	NDR_record_t		NDR;
	kern_return_t		RetCode;
} mig_reply_error_t;
#pragma pack(pop)

MACH_STATIC_ASSERT(sizeof(mig_reply_error_t) == 36, "error reply");

#endif /* !_MACH_MIG_ERRORS_H_ */
