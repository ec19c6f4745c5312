/*
 * Stubs of the server side of subsystem mach_vm.
 * Written by mig from mach_vm.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include "mach_vm_server.h"

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
	mach_vm_address_t address;
	mach_vm_size_t size;
	int flags;
} Request_mach_vm_allocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_address_t address;
} Reply_mach_vm_allocate;
#pragma pack(pop)

/* routine mach_vm_allocate, message 4800 */
static void
_Xmach_vm_allocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_allocate *In0P;
	Reply_mach_vm_allocate *OutP;
	kernel_task_t task;
	mach_vm_address_t address;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_allocate *)(void *)InHeadP;
	OutP = (Reply_mach_vm_allocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_allocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	address = In0P->address;
	RetCode = mig_mach_vm_allocate(
	    task,
	    &address,
	    In0P->size,
	    In0P->flags);
	kernel_task_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->address = address;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} Request_mach_vm_deallocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_deallocate;
#pragma pack(pop)

/* routine mach_vm_deallocate, message 4801 */
static void
_Xmach_vm_deallocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_deallocate *In0P;
	Reply_mach_vm_deallocate *OutP;
	kernel_task_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_deallocate *)(void *)InHeadP;
	OutP = (Reply_mach_vm_deallocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_deallocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_deallocate(
	    task,
	    In0P->address,
	    In0P->size);
	kernel_task_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	boolean_t set_maximum;
	int new_protection;
} Request_mach_vm_protect;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_protect;
#pragma pack(pop)

/* routine mach_vm_protect, message 4802 */
static void
_Xmach_vm_protect(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_protect *In0P;
	Reply_mach_vm_protect *OutP;
	kernel_task_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_protect *)(void *)InHeadP;
	OutP = (Reply_mach_vm_protect *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_protect)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_protect(
	    task,
	    In0P->address,
	    In0P->size,
	    In0P->set_maximum,
	    In0P->new_protection);
	kernel_task_deallocate(task);
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
	Reply_mach_vm_allocate mach_vm_allocate;
	Reply_mach_vm_deallocate mach_vm_deallocate;
	Reply_mach_vm_protect mach_vm_protect;
};

const struct mig_mach_vm_subsystem mig_mach_vm_subsystem = {
	mach_vm_server_routine, 4800, 4822,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, _Xmach_vm_allocate, 4, 0, 0, (unsigned int)sizeof(Reply_mach_vm_allocate) },
	{ 0, _Xmach_vm_deallocate, 3, 0, 0, (unsigned int)sizeof(Reply_mach_vm_deallocate) },
	{ 0, _Xmach_vm_protect, 5, 0, 0, (unsigned int)sizeof(Reply_mach_vm_protect) },
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
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
mach_vm_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_mach_vm_subsystem.start ||
	    InHeadP->msgh_id >= mig_mach_vm_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_mach_vm_subsystem.start;
	return (mig_mach_vm_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
mach_vm_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = mach_vm_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
