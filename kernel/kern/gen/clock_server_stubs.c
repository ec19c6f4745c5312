/*
 * Stubs of the server side of subsystem clock.
 * Written by mig from clock.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include <mach/clock_types.h>
#include "clock_server.h"

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
} Request_clock_get_time;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_timespec_t cur_time;
} Reply_clock_get_time;
#pragma pack(pop)

/* routine clock_get_time, message 1000 */
static void
_Xclock_get_time(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_clock_get_time *In0P;
	Reply_clock_get_time *OutP;
	kernel_clock_t clock;
	mach_timespec_t cur_time;
	kern_return_t RetCode;

	In0P = (Request_clock_get_time *)(void *)InHeadP;
	OutP = (Reply_clock_get_time *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_clock_get_time)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	clock = convert_port_to_clock(In0P->Head.msgh_local_port);
	RetCode = mig_clock_get_time(
	    clock,
	    &cur_time);
	kernel_clock_deallocate(clock);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->cur_time = cur_time;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

union migReplies {
	mig_kernel_reply_error_t error;
	Reply_clock_get_time clock_get_time;
};

const struct mig_clock_subsystem mig_clock_subsystem = {
	clock_server_routine, 1000, 1003,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, _Xclock_get_time, 2, 0, 0, (unsigned int)sizeof(Reply_clock_get_time) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
clock_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_clock_subsystem.start ||
	    InHeadP->msgh_id >= mig_clock_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_clock_subsystem.start;
	return (mig_clock_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
clock_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = clock_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
