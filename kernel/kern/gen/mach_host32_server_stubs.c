/*
 * Stubs of the server side of subsystem mach_host32.
 * Written by mig from mach_host32.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include "mach_host32_server.h"

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
} Request_host_page_size32;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint32_t page_size;
} Reply_host_page_size32;
#pragma pack(pop)

/* routine host_page_size32, message 202 */
static void
_Xhost_page_size32(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_host_page_size32 *In0P;
	Reply_host_page_size32 *OutP;
	kernel_host_t host;
	uint32_t page_size;
	kern_return_t RetCode;

	In0P = (Request_host_page_size32 *)(void *)InHeadP;
	OutP = (Reply_host_page_size32 *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_host_page_size32)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	host = convert_port_to_host(In0P->Head.msgh_local_port);
	RetCode = mig_host_page_size32(
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

union migReplies {
	mig_kernel_reply_error_t error;
	Reply_host_page_size32 host_page_size32;
};

const struct mig_mach_host32_subsystem mig_mach_host32_subsystem = {
	mach_host32_server_routine, 202, 203,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, _Xhost_page_size32, 2, 0, 0, (unsigned int)sizeof(Reply_host_page_size32) },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
mach_host32_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_mach_host32_subsystem.start ||
	    InHeadP->msgh_id >= mig_mach_host32_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_mach_host32_subsystem.start;
	return (mig_mach_host32_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
mach_host32_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = mach_host32_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
