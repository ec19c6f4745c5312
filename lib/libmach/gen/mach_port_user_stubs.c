/*
 * Stubs of the user side of subsystem mach_port.
 * Written by mig from mach_port.defs: edit that.
 */

#include <string.h>
#include <stdint.h>

#include <mach/mach.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/notify.h>
#include <mach/std_types.h>
#include <mach/mach_types.h>
#include <mach_debug/ipc_info.h>
#include <mach/mach_port.h>
#include "mach_port_user.h"

#ifndef MIG_ALIGN
#define MIG_ALIGN(n) (((n) + 3U) & ~3U)
#endif

#ifndef __MIG_UNUSED
#define __MIG_UNUSED __attribute__((__unused__))
#endif

/*
 * A message that waited for room and was not sent comes back as if
 * it had been received: release what was made for it.  What was to
 * be moved is the caller's again.
 */
static __MIG_UNUSED void
mig_given_back(mach_port_t name, unsigned int sent, unsigned int now)
{

	if (MACH_PORT_VALID(name) && now != sent)
		(void)mach_port_deallocate(mach_task_self(), name);
}

static __MIG_UNUSED void
mig_memory_given_back(const mach_msg_ool_descriptor_t *d, const void *own)
{

	if (d->address != own)
		mig_deallocate((vm_address_t)(uintptr_t)d->address, d->size);
}

static __MIG_UNUSED void
mig_ports_given_back(const mach_msg_ool_ports_descriptor_t *d,
    const void *own, unsigned int sent)
{
	mach_msg_type_number_t i;

	for (i = 0; d->disposition != sent && i < d->count; i++)
		mig_given_back(((const mach_port_t *)d->address)[i], sent,
		    d->disposition);
	if (d->address != own)
		mig_deallocate((vm_address_t)(uintptr_t)d->address,
		    d->count * sizeof(mach_port_t));
}

static __MIG_UNUSED int
mig_not_sent(mach_msg_return_t code)
{

	return (((unsigned int)code & ~0x3fffU) == 0x10000000U);
}


#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_mach_port_names;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t types;
	NDR_record_t NDR;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t typesCnt;
} Reply_mach_port_names;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(mach_port_name_t) == 4, "names: size of an element");
MACH_STATIC_ASSERT(sizeof(natural_t) == 4, "types: size of an element");

/* routine mach_port_names, message 3200 */
kern_return_t
_kernelrpc_mach_port_names(
	ipc_space_t task,
	mach_port_name_array_t *names,
	mach_msg_type_number_t *namesCnt,
	mach_port_type_array_t *types,
	mach_msg_type_number_t *typesCnt)
{
	union {
		Request_mach_port_names In;
		struct {
			Reply_mach_port_names m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_names *In0P;
	Reply_mach_port_names *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_mach_port_names);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3200;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3300) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_names) ||
	    Out0P->msgh_body.msgh_descriptor_count != 2) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->names.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->types.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->names.size % 4 != 0 ||
	    Out0P->names.size / 4 != Out0P->namesCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->types.size % 4 != 0 ||
	    Out0P->types.size / 4 != Out0P->typesCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*names = (mach_port_name_array_t)(uintptr_t)Out0P->names.address;
	*namesCnt = Out0P->namesCnt;
	*types = (mach_port_type_array_t)(uintptr_t)Out0P->types.address;
	*typesCnt = Out0P->typesCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_type;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_type_t ptype;
} Reply_mach_port_type;
#pragma pack(pop)

/* routine mach_port_type, message 3201 */
kern_return_t
_kernelrpc_mach_port_type(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_type_t *ptype)
{
	union {
		Request_mach_port_type In;
		struct {
			Reply_mach_port_type m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_type *In0P;
	Reply_mach_port_type *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_type);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3201;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3301) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_type)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*ptype = Out0P->ptype;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t old_name;
	mach_port_name_t new_name;
} Request_mach_port_rename;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_rename;
#pragma pack(pop)

/* routine mach_port_rename, message 3202 */
kern_return_t
_kernelrpc_mach_port_rename(
	ipc_space_t task,
	mach_port_name_t old_name,
	mach_port_name_t new_name)
{
	union {
		Request_mach_port_rename In;
		struct {
			Reply_mach_port_rename m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_rename *In0P;
	Reply_mach_port_rename *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->old_name = old_name;
	In0P->new_name = new_name;
	migSize = sizeof(Request_mach_port_rename);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3202;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3302) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_rename)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_name_t name;
} Request_mach_port_allocate_name;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_allocate_name;
#pragma pack(pop)

/* routine mach_port_allocate_name, message 3203 */
kern_return_t
_kernelrpc_mach_port_allocate_name(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_name_t name)
{
	union {
		Request_mach_port_allocate_name In;
		struct {
			Reply_mach_port_allocate_name m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_allocate_name *In0P;
	Reply_mach_port_allocate_name *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->right = right;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_allocate_name);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3203;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3303) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_allocate_name)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_right_t right;
} Request_mach_port_allocate;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_name_t name;
} Reply_mach_port_allocate;
#pragma pack(pop)

/* routine mach_port_allocate, message 3204 */
kern_return_t
_kernelrpc_mach_port_allocate(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_name_t *name)
{
	union {
		Request_mach_port_allocate In;
		struct {
			Reply_mach_port_allocate m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_allocate *In0P;
	Reply_mach_port_allocate *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->right = right;
	migSize = sizeof(Request_mach_port_allocate);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3204;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3304) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_allocate)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*name = Out0P->name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_destroy;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_destroy;
#pragma pack(pop)

/* routine mach_port_destroy, message 3205 */
kern_return_t
_kernelrpc_mach_port_destroy(
	ipc_space_t task,
	mach_port_name_t name)
{
	union {
		Request_mach_port_destroy In;
		struct {
			Reply_mach_port_destroy m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_destroy *In0P;
	Reply_mach_port_destroy *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_destroy);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3205;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3305) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_destroy)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_deallocate;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_deallocate;
#pragma pack(pop)

/* routine mach_port_deallocate, message 3206 */
kern_return_t
_kernelrpc_mach_port_deallocate(
	ipc_space_t task,
	mach_port_name_t name)
{
	union {
		Request_mach_port_deallocate In;
		struct {
			Reply_mach_port_deallocate m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_deallocate *In0P;
	Reply_mach_port_deallocate *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_deallocate);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3206;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3306) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_deallocate)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_right_t right;
} Request_mach_port_get_refs;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_urefs_t refs;
} Reply_mach_port_get_refs;
#pragma pack(pop)

/* routine mach_port_get_refs, message 3207 */
kern_return_t
_kernelrpc_mach_port_get_refs(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_right_t right,
	mach_port_urefs_t *refs)
{
	union {
		Request_mach_port_get_refs In;
		struct {
			Reply_mach_port_get_refs m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_get_refs *In0P;
	Reply_mach_port_get_refs *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->right = right;
	migSize = sizeof(Request_mach_port_get_refs);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3207;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3307) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_get_refs)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*refs = Out0P->refs;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_right_t right;
	mach_port_delta_t delta;
} Request_mach_port_mod_refs;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_mod_refs;
#pragma pack(pop)

/* routine mach_port_mod_refs, message 3208 */
kern_return_t
_kernelrpc_mach_port_mod_refs(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_right_t right,
	mach_port_delta_t delta)
{
	union {
		Request_mach_port_mod_refs In;
		struct {
			Reply_mach_port_mod_refs m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_mod_refs *In0P;
	Reply_mach_port_mod_refs *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->right = right;
	In0P->delta = delta;
	migSize = sizeof(Request_mach_port_mod_refs);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3208;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3308) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_mod_refs)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_trailer_type_t trailer_type;
	mach_port_seqno_t request_seqnop;
	mach_msg_type_number_t trailer_infopCnt;
} Request_mach_port_peek;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_seqno_t request_seqnop;
	mach_msg_size_t msg_sizep;
	mach_msg_id_t msg_idp;
	mach_msg_type_number_t trailer_infopCnt;
	char trailer_infop[68];
} Reply_mach_port_peek;
#pragma pack(pop)

/* routine mach_port_peek, message 3209 */
kern_return_t
_kernelrpc_mach_port_peek(
	ipc_space_t task,
	mach_port_name_t name,
	mach_msg_trailer_type_t trailer_type,
	mach_port_seqno_t *request_seqnop,
	mach_msg_size_t *msg_sizep,
	mach_msg_id_t *msg_idp,
	mach_msg_trailer_info_t trailer_infop,
	mach_msg_type_number_t *trailer_infopCnt)
{
	union {
		Request_mach_port_peek In;
		struct {
			Reply_mach_port_peek m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_peek *In0P;
	Reply_mach_port_peek *Out0P;
	Reply_mach_port_peek *Out1P;
	mach_msg_size_t migSize;
	mach_msg_size_t migBytes;
	mach_msg_size_t migRoom;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->trailer_type = trailer_type;
	In0P->request_seqnop = *request_seqnop;
	In0P->trailer_infopCnt = *trailer_infopCnt;
	migSize = sizeof(Request_mach_port_peek);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3209;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3309) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size < sizeof(Reply_mach_port_peek) - 68 ||
	    Out0P->Head.msgh_size > sizeof(Reply_mach_port_peek)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	migRoom = Out0P->Head.msgh_size - (mach_msg_size_t)(sizeof(Reply_mach_port_peek) - 68);
	if (Out0P->trailer_infopCnt > 68) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	migBytes = MIG_ALIGN(Out0P->trailer_infopCnt);
	if (migBytes > migRoom) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	migRoom -= migBytes;
	Out1P = (Reply_mach_port_peek *)(void *)((char *)Out0P + migBytes - 68);
	if (migRoom != 0) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	(void)Out1P;
	if (Out0P->trailer_infopCnt > *trailer_infopCnt) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		*trailer_infopCnt = Out0P->trailer_infopCnt;
		goto failed;
	}
	*request_seqnop = Out0P->request_seqnop;
	*msg_sizep = Out0P->msg_sizep;
	*msg_idp = Out0P->msg_idp;
	memcpy(trailer_infop, Out0P->trailer_infop, Out0P->trailer_infopCnt * 1);
	*trailer_infopCnt = Out0P->trailer_infopCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_mscount_t mscount;
} Request_mach_port_set_mscount;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_mscount;
#pragma pack(pop)

/* routine mach_port_set_mscount, message 3210 */
kern_return_t
_kernelrpc_mach_port_set_mscount(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_mscount_t mscount)
{
	union {
		Request_mach_port_set_mscount In;
		struct {
			Reply_mach_port_set_mscount m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_set_mscount *In0P;
	Reply_mach_port_set_mscount *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->mscount = mscount;
	migSize = sizeof(Request_mach_port_set_mscount);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3210;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3310) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_set_mscount)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_get_set_status;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t members;
	NDR_record_t NDR;
	mach_msg_type_number_t membersCnt;
} Reply_mach_port_get_set_status;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(mach_port_name_t) == 4, "members: size of an element");

/* routine mach_port_get_set_status, message 3211 */
kern_return_t
_kernelrpc_mach_port_get_set_status(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_name_array_t *members,
	mach_msg_type_number_t *membersCnt)
{
	union {
		Request_mach_port_get_set_status In;
		struct {
			Reply_mach_port_get_set_status m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_get_set_status *In0P;
	Reply_mach_port_get_set_status *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_get_set_status);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3211;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3311) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_get_set_status) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->members.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->members.size % 4 != 0 ||
	    Out0P->members.size / 4 != Out0P->membersCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*members = (mach_port_name_array_t)(uintptr_t)Out0P->members.address;
	*membersCnt = Out0P->membersCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t member;
	mach_port_name_t after;
} Request_mach_port_move_member;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_move_member;
#pragma pack(pop)

/* routine mach_port_move_member, message 3212 */
kern_return_t
_kernelrpc_mach_port_move_member(
	ipc_space_t task,
	mach_port_name_t member,
	mach_port_name_t after)
{
	union {
		Request_mach_port_move_member In;
		struct {
			Reply_mach_port_move_member m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_move_member *In0P;
	Reply_mach_port_move_member *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->member = member;
	In0P->after = after;
	migSize = sizeof(Request_mach_port_move_member);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3212;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3312) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_move_member)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t notify;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_id_t msgid;
	mach_port_mscount_t sync;
} Request_mach_port_request_notification;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t previous;
} Reply_mach_port_request_notification;
#pragma pack(pop)

/* routine mach_port_request_notification, message 3213 */
kern_return_t
_kernelrpc_mach_port_request_notification(
	ipc_space_t task,
	mach_port_name_t name,
	mach_msg_id_t msgid,
	mach_port_mscount_t sync,
	mach_port_t notify,
	mach_msg_type_name_t notifyPoly,
	mach_port_t *previous)
{
	union {
		Request_mach_port_request_notification In;
		struct {
			Reply_mach_port_request_notification m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_request_notification *In0P;
	Reply_mach_port_request_notification *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->notify.name = notify;
	In0P->notify.pad1 = 0;
	In0P->notify.pad2 = 0;
	In0P->notify.disposition = notifyPoly;
	In0P->notify.type = MACH_MSG_PORT_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->msgid = msgid;
	In0P->sync = sync;
	migSize = sizeof(Request_mach_port_request_notification);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3213;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_given_back(In0P->notify.name, notifyPoly,
		    In0P->notify.disposition);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3313) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_request_notification) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->previous.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->previous.disposition != MACH_MSG_TYPE_PORT_SEND_ONCE) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*previous = Out0P->previous.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t poly;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_insert_right;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_insert_right;
#pragma pack(pop)

/* routine mach_port_insert_right, message 3214 */
kern_return_t
_kernelrpc_mach_port_insert_right(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_t poly,
	mach_msg_type_name_t polyPoly)
{
	union {
		Request_mach_port_insert_right In;
		struct {
			Reply_mach_port_insert_right m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_insert_right *In0P;
	Reply_mach_port_insert_right *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->poly.name = poly;
	In0P->poly.pad1 = 0;
	In0P->poly.pad2 = 0;
	In0P->poly.disposition = polyPoly;
	In0P->poly.type = MACH_MSG_PORT_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_insert_right);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3214;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_given_back(In0P->poly.name, polyPoly,
		    In0P->poly.disposition);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3314) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_insert_right)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_type_name_t msgt_name;
} Request_mach_port_extract_right;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t poly;
} Reply_mach_port_extract_right;
#pragma pack(pop)

/* routine mach_port_extract_right, message 3215 */
kern_return_t
_kernelrpc_mach_port_extract_right(
	ipc_space_t task,
	mach_port_name_t name,
	mach_msg_type_name_t msgt_name,
	mach_port_t *poly,
	mach_msg_type_name_t *polyPoly)
{
	union {
		Request_mach_port_extract_right In;
		struct {
			Reply_mach_port_extract_right m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_extract_right *In0P;
	Reply_mach_port_extract_right *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->msgt_name = msgt_name;
	migSize = sizeof(Request_mach_port_extract_right);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3215;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3315) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_extract_right) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->poly.type != MACH_MSG_PORT_DESCRIPTOR ||
	    !MACH_MSG_TYPE_PORT_ANY_RIGHT(Out0P->poly.disposition)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*poly = Out0P->poly.name;
	*polyPoly = Out0P->poly.disposition;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_seqno_t seqno;
} Request_mach_port_set_seqno;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_seqno;
#pragma pack(pop)

/* routine mach_port_set_seqno, message 3216 */
kern_return_t
_kernelrpc_mach_port_set_seqno(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_seqno_t seqno)
{
	union {
		Request_mach_port_set_seqno In;
		struct {
			Reply_mach_port_set_seqno m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_set_seqno *In0P;
	Reply_mach_port_set_seqno *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->seqno = seqno;
	migSize = sizeof(Request_mach_port_set_seqno);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3216;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3316) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_set_seqno)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_flavor_t flavor;
	mach_msg_type_number_t port_info_outCnt;
} Request_mach_port_get_attributes;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_msg_type_number_t port_info_outCnt;
	integer_t port_info_out[17];
} Reply_mach_port_get_attributes;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(integer_t) == 4, "port_info_out: size of an element");

/* routine mach_port_get_attributes, message 3217 */
kern_return_t
_kernelrpc_mach_port_get_attributes(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_flavor_t flavor,
	mach_port_info_t port_info_out,
	mach_msg_type_number_t *port_info_outCnt)
{
	union {
		Request_mach_port_get_attributes In;
		struct {
			Reply_mach_port_get_attributes m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_get_attributes *In0P;
	Reply_mach_port_get_attributes *Out0P;
	Reply_mach_port_get_attributes *Out1P;
	mach_msg_size_t migSize;
	mach_msg_size_t migBytes;
	mach_msg_size_t migRoom;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->flavor = flavor;
	In0P->port_info_outCnt = *port_info_outCnt;
	migSize = sizeof(Request_mach_port_get_attributes);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3217;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3317) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size < sizeof(Reply_mach_port_get_attributes) - 68 ||
	    Out0P->Head.msgh_size > sizeof(Reply_mach_port_get_attributes)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	migRoom = Out0P->Head.msgh_size - (mach_msg_size_t)(sizeof(Reply_mach_port_get_attributes) - 68);
	if (Out0P->port_info_outCnt > 17) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	migBytes = Out0P->port_info_outCnt * 4;
	if (migBytes > migRoom) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	migRoom -= migBytes;
	Out1P = (Reply_mach_port_get_attributes *)(void *)((char *)Out0P + migBytes - 68);
	if (migRoom != 0) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	(void)Out1P;
	if (Out0P->port_info_outCnt > *port_info_outCnt) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		*port_info_outCnt = Out0P->port_info_outCnt;
		goto failed;
	}
	memcpy(port_info_out, Out0P->port_info_out, Out0P->port_info_outCnt * 4);
	*port_info_outCnt = Out0P->port_info_outCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_flavor_t flavor;
	mach_msg_type_number_t port_infoCnt;
	integer_t port_info[17];
} Request_mach_port_set_attributes;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_attributes;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(integer_t) == 4, "port_info: size of an element");

/* routine mach_port_set_attributes, message 3218 */
kern_return_t
_kernelrpc_mach_port_set_attributes(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_flavor_t flavor,
	mach_port_info_t port_info,
	mach_msg_type_number_t port_infoCnt)
{
	union {
		Request_mach_port_set_attributes In;
		struct {
			Reply_mach_port_set_attributes m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_set_attributes *In0P;
	Request_mach_port_set_attributes *In1P;
	Reply_mach_port_set_attributes *Out0P;
	mach_msg_size_t migSize;
	mach_msg_size_t migBytes;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	if (port_infoCnt > 17)
		return (MIG_ARRAY_TOO_LARGE);
	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->flavor = flavor;
	In0P->port_infoCnt = port_infoCnt;
	migBytes = port_infoCnt * 4;
	if (port_infoCnt != 0)
		memcpy(In0P->port_info, port_info, port_infoCnt * 4);
	In1P = (Request_mach_port_set_attributes *)(void *)((char *)In0P + migBytes - 68);
	migSize = (mach_msg_size_t)(sizeof(Request_mach_port_set_attributes) - (size_t)((char *)In0P - (char *)In1P));
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3218;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3318) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_set_attributes)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_qos_t qos;
} Request_mach_port_allocate_qos;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_qos_t qos;
	mach_port_name_t name;
} Reply_mach_port_allocate_qos;
#pragma pack(pop)

/* routine mach_port_allocate_qos, message 3219 */
kern_return_t
_kernelrpc_mach_port_allocate_qos(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_qos_t *qos,
	mach_port_name_t *name)
{
	union {
		Request_mach_port_allocate_qos In;
		struct {
			Reply_mach_port_allocate_qos m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_allocate_qos *In0P;
	Reply_mach_port_allocate_qos *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->right = right;
	In0P->qos = *qos;
	migSize = sizeof(Request_mach_port_allocate_qos);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3219;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3319) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_allocate_qos)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*qos = Out0P->qos;
	*name = Out0P->name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t proto;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_qos_t qos;
	mach_port_name_t name;
} Request_mach_port_allocate_full;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_qos_t qos;
	mach_port_name_t name;
} Reply_mach_port_allocate_full;
#pragma pack(pop)

/* routine mach_port_allocate_full, message 3220 */
kern_return_t
_kernelrpc_mach_port_allocate_full(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_t proto,
	mach_port_qos_t *qos,
	mach_port_name_t *name)
{
	union {
		Request_mach_port_allocate_full In;
		struct {
			Reply_mach_port_allocate_full m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_allocate_full *In0P;
	Reply_mach_port_allocate_full *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->proto.name = proto;
	In0P->proto.pad1 = 0;
	In0P->proto.pad2 = 0;
	In0P->proto.disposition = MACH_MSG_TYPE_COPY_SEND;
	In0P->proto.type = MACH_MSG_PORT_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->right = right;
	In0P->qos = *qos;
	In0P->name = *name;
	migSize = sizeof(Request_mach_port_allocate_full);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3220;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_given_back(In0P->proto.name, MACH_MSG_TYPE_COPY_SEND,
		    In0P->proto.disposition);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3320) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_allocate_full)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*qos = Out0P->qos;
	*name = Out0P->name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_get_srights;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_rights_t srights;
} Reply_mach_port_get_srights;
#pragma pack(pop)

/* routine mach_port_get_srights, message 3222 */
kern_return_t
_kernelrpc_mach_port_get_srights(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_rights_t *srights)
{
	union {
		Request_mach_port_get_srights In;
		struct {
			Reply_mach_port_get_srights m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_get_srights *In0P;
	Reply_mach_port_get_srights *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_get_srights);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3222;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3322) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_get_srights)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*srights = Out0P->srights;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_mach_port_space_info;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t table_info;
	mach_msg_ool_descriptor_t tree_info;
	NDR_record_t NDR;
	ipc_info_space_t space_info;
	mach_msg_type_number_t table_infoCnt;
	mach_msg_type_number_t tree_infoCnt;
} Reply_mach_port_space_info;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(ipc_info_name_t) == 28, "table_info: size of an element");
MACH_STATIC_ASSERT(sizeof(ipc_info_tree_name_t) == 36, "tree_info: size of an element");

/* routine mach_port_space_info, message 3223 */
kern_return_t
_kernelrpc_mach_port_space_info(
	ipc_space_t space,
	ipc_info_space_t *space_info,
	ipc_info_name_array_t *table_info,
	mach_msg_type_number_t *table_infoCnt,
	ipc_info_tree_name_array_t *tree_info,
	mach_msg_type_number_t *tree_infoCnt)
{
	union {
		Request_mach_port_space_info In;
		struct {
			Reply_mach_port_space_info m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_space_info *In0P;
	Reply_mach_port_space_info *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_mach_port_space_info);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = space;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3223;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3323) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_space_info) ||
	    Out0P->msgh_body.msgh_descriptor_count != 2) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->table_info.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->tree_info.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->table_info.size % 28 != 0 ||
	    Out0P->table_info.size / 28 != Out0P->table_infoCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->tree_info.size % 36 != 0 ||
	    Out0P->tree_info.size / 36 != Out0P->tree_infoCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*space_info = Out0P->space_info;
	*table_info = (ipc_info_name_array_t)(uintptr_t)Out0P->table_info.address;
	*table_infoCnt = Out0P->table_infoCnt;
	*tree_info = (ipc_info_tree_name_array_t)(uintptr_t)Out0P->tree_info.address;
	*tree_infoCnt = Out0P->tree_infoCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_dnrequest_info;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	unsigned dnr_total;
	unsigned dnr_used;
} Reply_mach_port_dnrequest_info;
#pragma pack(pop)

/* routine mach_port_dnrequest_info, message 3224 */
kern_return_t
_kernelrpc_mach_port_dnrequest_info(
	ipc_space_t task,
	mach_port_name_t name,
	unsigned *dnr_total,
	unsigned *dnr_used)
{
	union {
		Request_mach_port_dnrequest_info In;
		struct {
			Reply_mach_port_dnrequest_info m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_dnrequest_info *In0P;
	Reply_mach_port_dnrequest_info *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_dnrequest_info);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3224;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3324) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_dnrequest_info)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*dnr_total = Out0P->dnr_total;
	*dnr_used = Out0P->dnr_used;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_name_t pset;
} Request_mach_port_insert_member;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_insert_member;
#pragma pack(pop)

/* routine mach_port_insert_member, message 3226 */
kern_return_t
_kernelrpc_mach_port_insert_member(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_name_t pset)
{
	union {
		Request_mach_port_insert_member In;
		struct {
			Reply_mach_port_insert_member m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_insert_member *In0P;
	Reply_mach_port_insert_member *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->pset = pset;
	migSize = sizeof(Request_mach_port_insert_member);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3226;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3326) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_insert_member)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_name_t pset;
} Request_mach_port_extract_member;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_extract_member;
#pragma pack(pop)

/* routine mach_port_extract_member, message 3227 */
kern_return_t
_kernelrpc_mach_port_extract_member(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_name_t pset)
{
	union {
		Request_mach_port_extract_member In;
		struct {
			Reply_mach_port_extract_member m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_extract_member *In0P;
	Reply_mach_port_extract_member *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->pset = pset;
	migSize = sizeof(Request_mach_port_extract_member);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3227;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3327) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_extract_member)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_get_context;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint64_t context;
} Reply_mach_port_get_context;
#pragma pack(pop)

/* routine mach_port_get_context, message 3228 */
kern_return_t
_kernelrpc_mach_port_get_context(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t *context)
{
	union {
		Request_mach_port_get_context In;
		struct {
			Reply_mach_port_get_context m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_get_context *In0P;
	Reply_mach_port_get_context *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_get_context);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3228;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3328) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_get_context)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*context = Out0P->context;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t context;
} Request_mach_port_set_context;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_context;
#pragma pack(pop)

/* routine mach_port_set_context, message 3229 */
kern_return_t
_kernelrpc_mach_port_set_context(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t context)
{
	union {
		Request_mach_port_set_context In;
		struct {
			Reply_mach_port_set_context m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_set_context *In0P;
	Reply_mach_port_set_context *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->context = context;
	migSize = sizeof(Request_mach_port_set_context);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3229;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3329) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_set_context)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_kobject;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	natural_t object_type;
	uint64_t object_addr;
} Reply_mach_port_kobject;
#pragma pack(pop)

/* routine mach_port_kobject, message 3230 */
kern_return_t
_kernelrpc_mach_port_kobject(
	ipc_space_t task,
	mach_port_name_t name,
	natural_t *object_type,
	uint64_t *object_addr)
{
	union {
		Request_mach_port_kobject In;
		struct {
			Reply_mach_port_kobject m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_kobject *In0P;
	Reply_mach_port_kobject *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	migSize = sizeof(Request_mach_port_kobject);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3230;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3330) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_kobject)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*object_type = Out0P->object_type;
	*object_addr = Out0P->object_addr;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t options;
	NDR_record_t NDR;
	uint64_t context;
} Request_mach_port_construct;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_name_t name;
} Reply_mach_port_construct;
#pragma pack(pop)

/* routine mach_port_construct, message 3231 */
kern_return_t
_kernelrpc_mach_port_construct(
	ipc_space_t task,
	mach_port_options_ptr_t options,
	uint64_t context,
	mach_port_name_t *name)
{
	union {
		Request_mach_port_construct In;
		struct {
			Reply_mach_port_construct m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_construct *In0P;
	Reply_mach_port_construct *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->options.address = (void *)(uintptr_t)(options);
	In0P->options.size = 24;
	In0P->options.deallocate = FALSE;
	In0P->options.copy = MACH_MSG_VIRTUAL_COPY;
	In0P->options.pad1 = 0;
	In0P->options.type = MACH_MSG_OOL_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->context = context;
	migSize = sizeof(Request_mach_port_construct);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3231;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_memory_given_back(&In0P->options,
		    (void *)(uintptr_t)(options));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3331) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_construct)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*name = Out0P->name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_delta_t srdelta;
	uint64_t guard;
} Request_mach_port_destruct;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_destruct;
#pragma pack(pop)

/* routine mach_port_destruct, message 3232 */
kern_return_t
_kernelrpc_mach_port_destruct(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_delta_t srdelta,
	uint64_t guard)
{
	union {
		Request_mach_port_destruct In;
		struct {
			Reply_mach_port_destruct m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_destruct *In0P;
	Reply_mach_port_destruct *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->srdelta = srdelta;
	In0P->guard = guard;
	migSize = sizeof(Request_mach_port_destruct);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3232;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3332) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_destruct)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t guard;
	boolean_t strict;
} Request_mach_port_guard;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_guard;
#pragma pack(pop)

/* routine mach_port_guard, message 3233 */
kern_return_t
_kernelrpc_mach_port_guard(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t guard,
	boolean_t strict)
{
	union {
		Request_mach_port_guard In;
		struct {
			Reply_mach_port_guard m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_guard *In0P;
	Reply_mach_port_guard *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->guard = guard;
	In0P->strict = strict;
	migSize = sizeof(Request_mach_port_guard);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3233;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3333) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_guard)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t guard;
} Request_mach_port_unguard;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_unguard;
#pragma pack(pop)

/* routine mach_port_unguard, message 3234 */
kern_return_t
_kernelrpc_mach_port_unguard(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t guard)
{
	union {
		Request_mach_port_unguard In;
		struct {
			Reply_mach_port_unguard m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_unguard *In0P;
	Reply_mach_port_unguard *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->guard = guard;
	migSize = sizeof(Request_mach_port_unguard);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3234;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3334) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_unguard)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t guard;
	uint64_t flags;
} Request_mach_port_guard_with_flags;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_guard_with_flags;
#pragma pack(pop)

/* routine mach_port_guard_with_flags, message 3237 */
kern_return_t
_kernelrpc_mach_port_guard_with_flags(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t guard,
	uint64_t flags)
{
	union {
		Request_mach_port_guard_with_flags In;
		struct {
			Reply_mach_port_guard_with_flags m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_guard_with_flags *In0P;
	Reply_mach_port_guard_with_flags *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->guard = guard;
	In0P->flags = flags;
	migSize = sizeof(Request_mach_port_guard_with_flags);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3237;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3337) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_guard_with_flags)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t old_guard;
	uint64_t new_guard;
} Request_mach_port_swap_guard;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_swap_guard;
#pragma pack(pop)

/* routine mach_port_swap_guard, message 3238 */
kern_return_t
_kernelrpc_mach_port_swap_guard(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t old_guard,
	uint64_t new_guard)
{
	union {
		Request_mach_port_swap_guard In;
		struct {
			Reply_mach_port_swap_guard m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_port_swap_guard *In0P;
	Reply_mach_port_swap_guard *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->name = name;
	In0P->old_guard = old_guard;
	In0P->new_guard = new_guard;
	migSize = sizeof(Request_mach_port_swap_guard);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 3238;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 3338) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_mach_port_swap_guard)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}
