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

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} Request_mach_vm_read;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} Reply_mach_vm_read;
#pragma pack(pop)

/* routine mach_vm_read, message 4804 */
kern_return_t
_kernelrpc_mach_vm_read(
	vm_map_read_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	vm_offset_t *data,
	mach_msg_type_number_t *dataCnt)
{
	union {
		Request_mach_vm_read In;
		struct {
			Reply_mach_vm_read m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_read *In0P;
	Reply_mach_vm_read *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->address = address;
	In0P->size = size;
	migSize = sizeof(Request_mach_vm_read);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4804;
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
	if (Out0P->Head.msgh_id != 4904) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_read) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->data.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->data.size != Out0P->dataCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*data = (vm_offset_t)(uintptr_t)Out0P->data.address;
	*dataCnt = Out0P->dataCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_msg_type_number_t dataCnt;
} Request_mach_vm_write;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_write;
#pragma pack(pop)

/* routine mach_vm_write, message 4806 */
kern_return_t
_kernelrpc_mach_vm_write(
	vm_map_t task,
	mach_vm_address_t address,
	vm_offset_t data,
	mach_msg_type_number_t dataCnt)
{
	union {
		Request_mach_vm_write In;
		struct {
			Reply_mach_vm_write m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_write *In0P;
	Reply_mach_vm_write *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->data.address = (void *)(uintptr_t)(data);
	In0P->data.size = dataCnt * 1;
	In0P->data.deallocate = FALSE;
	In0P->data.copy = MACH_MSG_VIRTUAL_COPY;
	In0P->data.pad1 = 0;
	In0P->data.type = MACH_MSG_OOL_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->address = address;
	In0P->dataCnt = dataCnt;
	migSize = sizeof(Request_mach_vm_write);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4806;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_memory_given_back(&In0P->data,
		    (void *)(uintptr_t)(data));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 4906) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_write)) {
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
	mach_vm_address_t source_address;
	mach_vm_size_t size;
	mach_vm_address_t dest_address;
} Request_mach_vm_copy;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_copy;
#pragma pack(pop)

/* routine mach_vm_copy, message 4807 */
kern_return_t
_kernelrpc_mach_vm_copy(
	vm_map_t task,
	mach_vm_address_t source_address,
	mach_vm_size_t size,
	mach_vm_address_t dest_address)
{
	union {
		Request_mach_vm_copy In;
		struct {
			Reply_mach_vm_copy m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_copy *In0P;
	Reply_mach_vm_copy *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->source_address = source_address;
	In0P->size = size;
	In0P->dest_address = dest_address;
	migSize = sizeof(Request_mach_vm_copy);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4807;
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
	if (Out0P->Head.msgh_id != 4907) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_copy)) {
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
	mach_vm_address_t data;
} Request_mach_vm_read_overwrite;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_size_t outsize;
} Reply_mach_vm_read_overwrite;
#pragma pack(pop)

/* routine mach_vm_read_overwrite, message 4808 */
kern_return_t
_kernelrpc_mach_vm_read_overwrite(
	vm_map_read_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	mach_vm_address_t data,
	mach_vm_size_t *outsize)
{
	union {
		Request_mach_vm_read_overwrite In;
		struct {
			Reply_mach_vm_read_overwrite m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_mach_vm_read_overwrite *In0P;
	Reply_mach_vm_read_overwrite *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->address = address;
	In0P->size = size;
	In0P->data = data;
	migSize = sizeof(Request_mach_vm_read_overwrite);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = task;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 4808;
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
	if (Out0P->Head.msgh_id != 4908) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_mach_vm_read_overwrite)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*outsize = Out0P->outsize;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}
