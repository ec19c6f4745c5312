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
	kernel_map_t task;
	mach_vm_address_t address;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_allocate *)(void *)InHeadP;
	OutP = (Reply_mach_vm_allocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_allocate)) {
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
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_deallocate *)(void *)InHeadP;
	OutP = (Reply_mach_vm_deallocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_deallocate)) {
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
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_protect *)(void *)InHeadP;
	OutP = (Reply_mach_vm_protect *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_protect)) {
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
} Request_mach_vm_read;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} Reply_mach_vm_read;
#pragma pack(pop)

/* routine mach_vm_read, message 4804 */
static void
_Xmach_vm_read(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_read *In0P;
	Reply_mach_vm_read *OutP;
	kernel_map_t task;
	vm_offset_t data;
	mach_msg_type_number_t dataCnt;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_read *)(void *)InHeadP;
	OutP = (Reply_mach_vm_read *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_read)) {
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
} Request_mach_vm_write;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_write;
#pragma pack(pop)

/* routine mach_vm_write, message 4806 */
static void
_Xmach_vm_write(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_write *In0P;
	Reply_mach_vm_write *OutP;
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_write *)(void *)InHeadP;
	OutP = (Reply_mach_vm_write *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_write) ||
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
} Request_mach_vm_copy;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_vm_copy;
#pragma pack(pop)

/* routine mach_vm_copy, message 4807 */
static void
_Xmach_vm_copy(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_copy *In0P;
	Reply_mach_vm_copy *OutP;
	kernel_map_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_copy *)(void *)InHeadP;
	OutP = (Reply_mach_vm_copy *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_copy)) {
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
} Request_mach_vm_read_overwrite;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_size_t outsize;
} Reply_mach_vm_read_overwrite;
#pragma pack(pop)

/* routine mach_vm_read_overwrite, message 4808 */
static void
_Xmach_vm_read_overwrite(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_vm_read_overwrite *In0P;
	Reply_mach_vm_read_overwrite *OutP;
	kernel_map_t task;
	mach_vm_size_t outsize;
	kern_return_t RetCode;

	In0P = (Request_mach_vm_read_overwrite *)(void *)InHeadP;
	OutP = (Reply_mach_vm_read_overwrite *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_vm_read_overwrite)) {
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
	Reply_mach_vm_allocate mach_vm_allocate;
	Reply_mach_vm_deallocate mach_vm_deallocate;
	Reply_mach_vm_protect mach_vm_protect;
	Reply_mach_vm_read mach_vm_read;
	Reply_mach_vm_write mach_vm_write;
	Reply_mach_vm_copy mach_vm_copy;
	Reply_mach_vm_read_overwrite mach_vm_read_overwrite;
};

const struct mig_mach_vm_subsystem mig_mach_vm_subsystem = {
	mach_vm_server_routine, 4800, 4822,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, _Xmach_vm_allocate, 4, 0, 0, (unsigned int)sizeof(Reply_mach_vm_allocate) },
	{ 0, _Xmach_vm_deallocate, 3, 0, 0, (unsigned int)sizeof(Reply_mach_vm_deallocate) },
	{ 0, _Xmach_vm_protect, 5, 0, 0, (unsigned int)sizeof(Reply_mach_vm_protect) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xmach_vm_read, 5, 0, 0, (unsigned int)sizeof(Reply_mach_vm_read) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xmach_vm_write, 4, 0, 0, (unsigned int)sizeof(Reply_mach_vm_write) },
	{ 0, _Xmach_vm_copy, 4, 0, 0, (unsigned int)sizeof(Reply_mach_vm_copy) },
	{ 0, _Xmach_vm_read_overwrite, 5, 0, 0, (unsigned int)sizeof(Reply_mach_vm_read_overwrite) },
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
