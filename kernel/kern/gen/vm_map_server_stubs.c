/*
 * Stubs of the server side of subsystem vm_map.
 * Written by mig from vm_map.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include "vm_map_server.h"

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
} Request_vm_allocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_address_t address;
} Reply_vm_allocate;
#pragma pack(pop)

/* routine vm_allocate, message 3801 */
static void
_Xvm_allocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_allocate *In0P;
	Reply_vm_allocate *OutP;
	kernel_map_t task;
	mach_vm_address_t address;
	kern_return_t RetCode;

	In0P = (Request_vm_allocate *)(void *)InHeadP;
	OutP = (Reply_vm_allocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_vm_allocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	address = In0P->address;
	RetCode = mig_mach_vm_allocate(
	    task,
	    &address,
	    In0P->size,
	    In0P->flags);
	kernel_map_deallocate(task);
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
} Request_vm_deallocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_vm_deallocate;
#pragma pack(pop)

/* routine vm_deallocate, message 3802 */
static void
_Xvm_deallocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_deallocate *In0P;
	Reply_vm_deallocate *OutP;
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_vm_deallocate *)(void *)InHeadP;
	OutP = (Reply_vm_deallocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_vm_deallocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_deallocate(
	    task,
	    In0P->address,
	    In0P->size);
	kernel_map_deallocate(task);
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
} Request_vm_protect;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_vm_protect;
#pragma pack(pop)

/* routine vm_protect, message 3803 */
static void
_Xvm_protect(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_protect *In0P;
	Reply_vm_protect *OutP;
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_vm_protect *)(void *)InHeadP;
	OutP = (Reply_vm_protect *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_vm_protect)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_protect(
	    task,
	    In0P->address,
	    In0P->size,
	    In0P->set_maximum,
	    In0P->new_protection);
	kernel_map_deallocate(task);
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
} Request_vm_read;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} Reply_vm_read;
#pragma pack(pop)

/* routine vm_read, message 3805 */
static void
_Xvm_read(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_read *In0P;
	Reply_vm_read *OutP;
	kernel_map_t task;
	vm_offset_t data;
	mach_msg_type_number_t dataCnt;
	kern_return_t RetCode;

	In0P = (Request_vm_read *)(void *)InHeadP;
	OutP = (Reply_vm_read *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_vm_read)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	dataCnt = 0;
	RetCode = mig_mach_vm_read(
	    task,
	    In0P->address,
	    In0P->size,
	    &data,
	    &dataCnt);
	kernel_map_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->data.address = (void *)(uintptr_t)data;
	OutP->data.size = dataCnt * 1;
	OutP->data.deallocate = FALSE;
	OutP->data.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->data.pad1 = 0;
	OutP->data.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->dataCnt = dataCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_msg_type_number_t dataCnt;
} Request_vm_write;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_vm_write;
#pragma pack(pop)

/* routine vm_write, message 3807 */
static void
_Xvm_write(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_write *In0P;
	Reply_vm_write *OutP;
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_vm_write *)(void *)InHeadP;
	OutP = (Reply_vm_write *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_vm_write) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->data.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (In0P->data.size != In0P->dataCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_write(
	    task,
	    In0P->address,
	    (vm_offset_t)(uintptr_t)In0P->data.address,
	    In0P->dataCnt);
	kernel_map_deallocate(task);
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
	mach_vm_address_t source_address;
	mach_vm_size_t size;
	mach_vm_address_t dest_address;
} Request_vm_copy;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_vm_copy;
#pragma pack(pop)

/* routine vm_copy, message 3808 */
static void
_Xvm_copy(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_copy *In0P;
	Reply_vm_copy *OutP;
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_vm_copy *)(void *)InHeadP;
	OutP = (Reply_vm_copy *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_vm_copy)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_copy(
	    task,
	    In0P->source_address,
	    In0P->size,
	    In0P->dest_address);
	kernel_map_deallocate(task);
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
	mach_vm_address_t data;
} Request_vm_read_overwrite;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_size_t outsize;
} Reply_vm_read_overwrite;
#pragma pack(pop)

/* routine vm_read_overwrite, message 3809 */
static void
_Xvm_read_overwrite(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_vm_read_overwrite *In0P;
	Reply_vm_read_overwrite *OutP;
	kernel_map_t task;
	mach_vm_size_t outsize;
	kern_return_t RetCode;

	In0P = (Request_vm_read_overwrite *)(void *)InHeadP;
	OutP = (Reply_vm_read_overwrite *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_vm_read_overwrite)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	RetCode = mig_mach_vm_read_overwrite(
	    task,
	    In0P->address,
	    In0P->size,
	    In0P->data,
	    &outsize);
	kernel_map_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->outsize = outsize;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

union migReplies {
	mig_kernel_reply_error_t error;
	Reply_vm_allocate vm_allocate;
	Reply_vm_deallocate vm_deallocate;
	Reply_vm_protect vm_protect;
	Reply_vm_read vm_read;
	Reply_vm_write vm_write;
	Reply_vm_copy vm_copy;
	Reply_vm_read_overwrite vm_read_overwrite;
};

const struct mig_mach_vm_map_subsystem mig_mach_vm_map_subsystem = {
	vm_map_server_routine, 3800, 3831,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xvm_allocate, 4, 0, 0, (unsigned int)sizeof(Reply_vm_allocate) },
	{ 0, _Xvm_deallocate, 3, 0, 0, (unsigned int)sizeof(Reply_vm_deallocate) },
	{ 0, _Xvm_protect, 5, 0, 0, (unsigned int)sizeof(Reply_vm_protect) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xvm_read, 5, 0, 0, (unsigned int)sizeof(Reply_vm_read) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xvm_write, 4, 0, 0, (unsigned int)sizeof(Reply_vm_write) },
	{ 0, _Xvm_copy, 4, 0, 0, (unsigned int)sizeof(Reply_vm_copy) },
	{ 0, _Xvm_read_overwrite, 5, 0, 0, (unsigned int)sizeof(Reply_vm_read_overwrite) },
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
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
vm_map_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_mach_vm_map_subsystem.start ||
	    InHeadP->msgh_id >= mig_mach_vm_map_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_mach_vm_map_subsystem.start;
	return (mig_mach_vm_map_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
vm_map_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = vm_map_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
