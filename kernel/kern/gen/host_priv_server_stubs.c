/*
 * Stubs of the server side of subsystem host_priv.
 * Written by mig from host_priv.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include <mach/clock_types.h>
#include "host_priv_server.h"

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
	NDR_record_t NDR;
	int node;
	int which;
} Request_host_get_special_port;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port;
} Reply_host_get_special_port;
#pragma pack(pop)

/* routine host_get_special_port, message 412 */
static void
_Xhost_get_special_port(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_get_special_port *In0P;
	Reply_host_get_special_port *OutP;
	kernel_host_t host;
	ipc_port_t port;
	kern_return_t RetCode;

	In0P = (Request_host_get_special_port *)(void *)InHeadP;
	OutP = (Reply_host_get_special_port *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_host_get_special_port)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	host = convert_port_to_host_priv(In0P->Head.msgh_local_port);
	RetCode = mig_host_get_special_port(
	    host,
	    In0P->node,
	    In0P->which,
	    &port);
	kernel_host_deallocate(host);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->port.name = port;
	OutP->port.pad1 = 0;
	OutP->port.pad2 = 0;
	OutP->port.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->port.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port;
	NDR_record_t NDR;
	int which;
} Request_host_set_special_port;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_host_set_special_port;
#pragma pack(pop)

/* routine host_set_special_port, message 413 */
static void
_Xhost_set_special_port(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_set_special_port *In0P;
	Reply_host_set_special_port *OutP;
	kernel_host_t host;
	kern_return_t RetCode;

	In0P = (Request_host_set_special_port *)(void *)InHeadP;
	OutP = (Reply_host_set_special_port *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_host_set_special_port) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->port.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	host = convert_port_to_host_priv(In0P->Head.msgh_local_port);
	RetCode = mig_host_set_special_port(
	    host,
	    In0P->which,
	    In0P->port.name);
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
	Reply_host_get_special_port host_get_special_port;
	Reply_host_set_special_port host_set_special_port;
};

const struct mig_host_priv_subsystem mig_host_priv_subsystem = {
	host_priv_server_routine, 400, 420,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
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
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xhost_get_special_port, 4, 0, 0, (unsigned int)sizeof(Reply_host_get_special_port) },
	{ 0, _Xhost_set_special_port, 3, 0, 0, (unsigned int)sizeof(Reply_host_set_special_port) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
host_priv_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_host_priv_subsystem.start ||
	    InHeadP->msgh_id >= mig_host_priv_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_host_priv_subsystem.start;
	return (mig_host_priv_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
host_priv_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = host_priv_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
