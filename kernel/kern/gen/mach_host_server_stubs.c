/*
 * Stubs of the server side of subsystem mach_host.
 * Written by mig from mach_host.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include <mach/clock_types.h>
#include <mach/host_info.h>
#include "mach_host_server.h"

#ifndef MIG_ALIGN
#define MIG_ALIGN(n) (((n) + 3U) & ~3U)
#endif

/* The answer that is nothing but a code. */
static __attribute__((__unused__)) void
mig_answer(mig_kernel_header_t *OutHeadP, kern_return_t RetCode)
{
	mig_kernel_reply_error_t *OutP;

	OutP = (mig_kernel_reply_error_t *)(void *)OutHeadP;
	OutP->Head.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	OutP->Head.msgh_size = sizeof(*OutP);
	OutP->NDR = NDR_record;
	OutP->RetCode = RetCode;
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
} Request_host_page_size;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	vm_size_t page_size;
} Reply_host_page_size;
#pragma pack(pop)

/* routine host_page_size, message 202 */
static void
_Xhost_page_size(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_page_size *In0P;
	Reply_host_page_size *OutP;
	kernel_host_t host;
	vm_size_t page_size;
	kern_return_t RetCode;

	In0P = (Request_host_page_size *)(void *)InHeadP;
	OutP = (Reply_host_page_size *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_host_page_size)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	host = convert_port_to_host(In0P->Head.msgh_local_port);
	RetCode = mig_host_page_size(
	    host,
	    &page_size);
	kernel_host_deallocate(host);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->page_size = page_size;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
} Request_host_get_io_main;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t io_main;
} Reply_host_get_io_main;
#pragma pack(pop)

/* routine host_get_io_main, message 205 */
static void
_Xhost_get_io_main(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_get_io_main *In0P;
	Reply_host_get_io_main *OutP;
	kernel_host_t host;
	ipc_port_t io_main;
	kern_return_t RetCode;

	In0P = (Request_host_get_io_main *)(void *)InHeadP;
	OutP = (Reply_host_get_io_main *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_host_get_io_main)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	host = convert_port_to_host(In0P->Head.msgh_local_port);
	RetCode = mig_host_get_io_main(
	    host,
	    &io_main);
	kernel_host_deallocate(host);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->io_main.name = io_main;
	OutP->io_main.pad1 = 0;
	OutP->io_main.pad2 = 0;
	OutP->io_main.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->io_main.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	clock_id_t clock_id;
} Request_host_get_clock_service;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t clock;
} Reply_host_get_clock_service;
#pragma pack(pop)

/* routine host_get_clock_service, message 206 */
static void
_Xhost_get_clock_service(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_get_clock_service *In0P;
	Reply_host_get_clock_service *OutP;
	kernel_host_t host;
	ipc_port_t clock;
	kern_return_t RetCode;

	In0P = (Request_host_get_clock_service *)(void *)InHeadP;
	OutP = (Reply_host_get_clock_service *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_host_get_clock_service)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	host = convert_port_to_host(In0P->Head.msgh_local_port);
	RetCode = mig_host_get_clock_service(
	    host,
	    In0P->clock_id,
	    &clock);
	kernel_host_deallocate(host);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->clock.name = clock;
	OutP->clock.pad1 = 0;
	OutP->clock.pad2 = 0;
	OutP->clock.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->clock.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t notify_port;
	NDR_record_t NDR;
	host_flavor_t notify_type;
} Request_host_request_notification;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_host_request_notification;
#pragma pack(pop)

/* routine host_request_notification, message 217 */
static void
_Xhost_request_notification(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_request_notification *In0P;
	Reply_host_request_notification *OutP;
	kernel_host_t host;
	kern_return_t RetCode;

	In0P = (Request_host_request_notification *)(void *)InHeadP;
	OutP = (Reply_host_request_notification *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_host_request_notification) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->notify_port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->notify_port.disposition != MACH_MSG_TYPE_PORT_SEND_ONCE) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	host = convert_port_to_host(In0P->Head.msgh_local_port);
	RetCode = mig_host_request_notification(
	    host,
	    In0P->notify_type,
	    In0P->notify_port.name);
	kernel_host_deallocate(host);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

union migReplies {
	mig_kernel_reply_error_t error;
	Reply_host_page_size host_page_size;
	Reply_host_get_io_main host_get_io_main;
	Reply_host_get_clock_service host_get_clock_service;
	Reply_host_request_notification host_request_notification;
};

const struct mig_mach_host_subsystem mig_mach_host_subsystem = {
	mach_host_server_routine, 200, 220,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xhost_page_size, 2, 0, 0, (unsigned int)sizeof(Reply_host_page_size) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xhost_get_io_main, 2, 0, 0, (unsigned int)sizeof(Reply_host_get_io_main) },
	{ 0, _Xhost_get_clock_service, 3, 0, 0, (unsigned int)sizeof(Reply_host_get_clock_service) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xhost_request_notification, 3, 0, 0, (unsigned int)sizeof(Reply_host_request_notification) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
mach_host_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_mach_host_subsystem.start ||
	    InHeadP->msgh_id >= mig_mach_host_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_mach_host_subsystem.start;
	return (mig_mach_host_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
mach_host_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = mach_host_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
