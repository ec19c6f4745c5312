/*
 * Stubs of the server side of subsystem thread_act.
 * Written by mig from thread_act.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include "thread_act_server.h"

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
	int which;
} Request_thread_get_special_port;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t special_port;
} Reply_thread_get_special_port;
#pragma pack(pop)

/* routine thread_get_special_port, message 3610 */
static void
_Xthread_get_special_port(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_thread_get_special_port *In0P;
	Reply_thread_get_special_port *OutP;
	kernel_thread_t thread;
	ipc_port_t special_port;
	kern_return_t RetCode;

	In0P = (Request_thread_get_special_port *)(void *)InHeadP;
	OutP = (Reply_thread_get_special_port *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_thread_get_special_port)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	thread = convert_port_to_thread(In0P->Head.msgh_local_port);
	RetCode = mig_thread_get_special_port(
	    thread,
	    In0P->which,
	    &special_port);
	kernel_thread_deallocate(thread);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->special_port.name = special_port;
	OutP->special_port.pad1 = 0;
	OutP->special_port.pad2 = 0;
	OutP->special_port.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->special_port.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

union migReplies {
	mig_kernel_reply_error_t error;
	Reply_thread_get_special_port thread_get_special_port;
};

const struct mig_thread_act_subsystem mig_thread_act_subsystem = {
	thread_act_server_routine, 3600, 3627,
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
	{ 0, _Xthread_get_special_port, 3, 0, 0, (unsigned int)sizeof(Reply_thread_get_special_port) },
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
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
thread_act_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_thread_act_subsystem.start ||
	    InHeadP->msgh_id >= mig_thread_act_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_thread_act_subsystem.start;
	return (mig_thread_act_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
thread_act_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = thread_act_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
