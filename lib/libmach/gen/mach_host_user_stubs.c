/*
 * Stubs of the user side of subsystem mach_host.
 * Written by mig from mach_host.defs: edit that.
 */

#include <string.h>
#include <stdint.h>

#include <mach/mach.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/notify.h>
#include <mach/std_types.h>
#include <mach/mach_types.h>
#include <mach/clock_types.h>
#include <mach/mach_host.h>
#include "mach_host_user.h"

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
} Request_host_page_size;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	vm_size_t page_size;
} Reply_host_page_size;
#pragma pack(pop)

/* routine host_page_size, message 202 */
kern_return_t
_kernelrpc_host_page_size(
	host_t host,
	vm_size_t *page_size)
{
	union {
		Request_host_page_size In;
		struct {
			Reply_host_page_size m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_host_page_size *In0P;
	Reply_host_page_size *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_host_page_size);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = host;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 202;
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
	if (Out0P->Head.msgh_id != 302) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_host_page_size)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*page_size = Out0P->page_size;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_host_get_io_main;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t io_main;
} Reply_host_get_io_main;
#pragma pack(pop)

/* routine host_get_io_main, message 205 */
kern_return_t
_kernelrpc_host_get_io_main(
	host_t host,
	io_main_t *io_main)
{
	union {
		Request_host_get_io_main In;
		struct {
			Reply_host_get_io_main m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_host_get_io_main *In0P;
	Reply_host_get_io_main *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_host_get_io_main);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = host;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 205;
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
	if (Out0P->Head.msgh_id != 305) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_host_get_io_main) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->io_main.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->io_main.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*io_main = Out0P->io_main.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	clock_id_t clock_id;
} Request_host_get_clock_service;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t clock;
} Reply_host_get_clock_service;
#pragma pack(pop)

/* routine host_get_clock_service, message 206 */
kern_return_t
_kernelrpc_host_get_clock_service(
	host_t host,
	clock_id_t clock_id,
	mach_port_t *clock)
{
	union {
		Request_host_get_clock_service In;
		struct {
			Reply_host_get_clock_service m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_host_get_clock_service *In0P;
	Reply_host_get_clock_service *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->clock_id = clock_id;
	migSize = sizeof(Request_host_get_clock_service);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = host;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 206;
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
	if (Out0P->Head.msgh_id != 306) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_host_get_clock_service) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->clock.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->clock.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*clock = Out0P->clock.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t notify_port;
	NDR_record_t NDR;
	host_flavor_t notify_type;
} Request_host_request_notification;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_host_request_notification;
#pragma pack(pop)

/* routine host_request_notification, message 217 */
kern_return_t
_kernelrpc_host_request_notification(
	host_t host,
	host_flavor_t notify_type,
	mach_port_t notify_port)
{
	union {
		Request_host_request_notification In;
		struct {
			Reply_host_request_notification m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_host_request_notification *In0P;
	Reply_host_request_notification *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->notify_port.name = notify_port;
	In0P->notify_port.pad1 = 0;
	In0P->notify_port.pad2 = 0;
	In0P->notify_port.disposition = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	In0P->notify_port.type = MACH_MSG_PORT_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->notify_type = notify_type;
	migSize = sizeof(Request_host_request_notification);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = host;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 217;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_given_back(In0P->notify_port.name, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    In0P->notify_port.disposition);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 317) {
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
	    Out0P->Head.msgh_size != sizeof(Reply_host_request_notification)) {
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
