/*
 * Stubs of the user side of subsystem mach_vm.
 * Written by mig from mach_vm.defs: edit that.
 */

#include <string.h>
#include <stdint.h>

#include <mach/mach.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/notify.h>
#include <mach/std_types.h>
#include <mach/mach_types.h>
#include <mach/mach_vm.h>
#include "mach_vm_user.h"

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

static __MIG_UNUSED int
mig_not_sent(mach_msg_return_t code)
{

	return (((unsigned int)code & ~0x3fffU) == 0x10000000U);
}


#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	int flags;
} Request_mach_vm_allocate;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_address_t address;
} Reply_mach_vm_allocate;
#pragma pack(pop)

/* routine mach_vm_allocate, message 4800 */
kern_return_t
_kernelrpc_mach_vm_allocate(
	vm_map_t task,
	mach_vm_address_t *address,
	mach_vm_size_t size,
	int flags)
{
	union {
		Request_mach_vm_allocate In;
		struct {
			Reply_mach_vm_allocate m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_allocate *In0P;
	Reply_mach_vm_allocate *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->address = *address;
	In0P->size = size;
	In0P->flags = flags;
	migSize = sizeof(Request_mach_vm_allocate);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4800;
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
	if (Out0P->Head.msgh_id != 4900) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_allocate)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*address = Out0P->address;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} Request_mach_vm_deallocate;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_deallocate;
#pragma pack(pop)

/* routine mach_vm_deallocate, message 4801 */
kern_return_t
_kernelrpc_mach_vm_deallocate(
	vm_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size)
{
	union {
		Request_mach_vm_deallocate In;
		struct {
			Reply_mach_vm_deallocate m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_deallocate *In0P;
	Reply_mach_vm_deallocate *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->address = address;
	In0P->size = size;
	migSize = sizeof(Request_mach_vm_deallocate);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4801;
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
	if (Out0P->Head.msgh_id != 4901) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_deallocate)) {
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
	mach_vm_address_t address;
	mach_vm_size_t size;
	boolean_t set_maximum;
	vm_prot_t new_protection;
} Request_mach_vm_protect;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_protect;
#pragma pack(pop)

/* routine mach_vm_protect, message 4802 */
kern_return_t
_kernelrpc_mach_vm_protect(
	vm_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	boolean_t set_maximum,
	vm_prot_t new_protection)
{
	union {
		Request_mach_vm_protect In;
		struct {
			Reply_mach_vm_protect m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_protect *In0P;
	Reply_mach_vm_protect *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->address = address;
	In0P->size = size;
	In0P->set_maximum = set_maximum;
	In0P->new_protection = new_protection;
	migSize = sizeof(Request_mach_vm_protect);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4802;
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
	if (Out0P->Head.msgh_id != 4902) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_protect)) {
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
