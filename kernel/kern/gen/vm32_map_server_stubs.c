/*
 * Stubs of the server side of subsystem vm32_map.
 * Written by mig from vm32_map.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include "vm32_map_server.h"

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
	uint32_t address;
	uint32_t size;
	int flags;
} Request_allocate32;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint32_t address;
} Reply_allocate32;
#pragma pack(pop)

/* routine allocate32, message 3801 */
static void
_Xallocate32(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_allocate32 *In0P;
	Reply_allocate32 *OutP;
	kernel_map_t task;
	uint32_t address;
	mach_vm_address_t size;
	kern_return_t RetCode;

	In0P = (Request_allocate32 *)(void *)InHeadP;
	OutP = (Reply_allocate32 *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_allocate32)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	address = In0P->address;
	size = mach_vm_of_narrow(In0P->size);
	RetCode = mig_mach_vm_allocate32(
	    task,
	    &address,
	    size,
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
	uint32_t address;
	uint32_t size;
} Request_deallocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_deallocate;
#pragma pack(pop)

/* routine deallocate, message 3802 */
static void
_Xdeallocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_deallocate *In0P;
	Reply_deallocate *OutP;
	kernel_map_t task;
	mach_vm_address_t address;
	mach_vm_address_t size;
	kern_return_t RetCode;

	In0P = (Request_deallocate *)(void *)InHeadP;
	OutP = (Reply_deallocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_deallocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	address = mach_vm_of_narrow(In0P->address);
	size = mach_vm_of_narrow(In0P->size);
	RetCode = mig_mach_vm_deallocate(
	    task,
	    address,
	    size);
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
	uint32_t address;
	uint32_t size;
	boolean_t set_maximum;
	int new_protection;
} Request_protect;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_protect;
#pragma pack(pop)

/* routine protect, message 3803 */
static void
_Xprotect(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_protect *In0P;
	Reply_protect *OutP;
	kernel_map_t task;
	mach_vm_address_t address;
	mach_vm_address_t size;
	kern_return_t RetCode;

	In0P = (Request_protect *)(void *)InHeadP;
	OutP = (Reply_protect *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_protect)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	address = mach_vm_of_narrow(In0P->address);
	size = mach_vm_of_narrow(In0P->size);
	RetCode = mig_mach_vm_protect(
	    task,
	    address,
	    size,
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
	uint32_t address;
	uint32_t size;
} Request_read;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} Reply_read;
#pragma pack(pop)

/* routine read, message 3805 */
static void
_Xread(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_read *In0P;
	Reply_read *OutP;
	kernel_map_t task;
	mach_vm_address_t address;
	mach_vm_address_t size;
	vm_offset_t data;
	mach_msg_type_number_t dataCnt;
	kern_return_t RetCode;

	In0P = (Request_read *)(void *)InHeadP;
	OutP = (Reply_read *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_read)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	address = mach_vm_of_narrow(In0P->address);
	size = mach_vm_of_narrow(In0P->size);
	dataCnt = 0;
	RetCode = mig_mach_vm_read(
	    task,
	    address,
	    size,
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
	uint32_t address;
	mach_msg_type_number_t dataCnt;
} Request_write;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_write;
#pragma pack(pop)

/* routine write, message 3807 */
static void
_Xwrite(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_write *In0P;
	Reply_write *OutP;
	kernel_map_t task;
	mach_vm_address_t address;
	kern_return_t RetCode;

	In0P = (Request_write *)(void *)InHeadP;
	OutP = (Reply_write *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_write) ||
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
	address = mach_vm_of_narrow(In0P->address);
	RetCode = mig_mach_vm_write(
	    task,
	    address,
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
	uint32_t source_address;
	uint32_t size;
	uint32_t dest_address;
} Request_copy;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_copy;
#pragma pack(pop)

/* routine copy, message 3808 */
static void
_Xcopy(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_copy *In0P;
	Reply_copy *OutP;
	kernel_map_t task;
	mach_vm_address_t source_address;
	mach_vm_address_t size;
	mach_vm_address_t dest_address;
	kern_return_t RetCode;

	In0P = (Request_copy *)(void *)InHeadP;
	OutP = (Reply_copy *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_copy)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	source_address = mach_vm_of_narrow(In0P->source_address);
	size = mach_vm_of_narrow(In0P->size);
	dest_address = mach_vm_of_narrow(In0P->dest_address);
	RetCode = mig_mach_vm_copy(
	    task,
	    source_address,
	    size,
	    dest_address);
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
	uint32_t address;
	uint32_t size;
	uint32_t data;
} Request_read_overwrite;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint32_t outsize;
} Reply_read_overwrite;
#pragma pack(pop)

/* routine read_overwrite, message 3809 */
static void
_Xread_overwrite(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_read_overwrite *In0P;
	Reply_read_overwrite *OutP;
	kernel_map_t task;
	mach_vm_address_t address;
	mach_vm_address_t size;
	mach_vm_address_t data;
	mach_vm_address_t outsize;
	kern_return_t RetCode;

	In0P = (Request_read_overwrite *)(void *)InHeadP;
	OutP = (Reply_read_overwrite *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_read_overwrite)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_map(In0P->Head.msgh_local_port);
	address = mach_vm_of_narrow(In0P->address);
	size = mach_vm_of_narrow(In0P->size);
	data = mach_vm_of_narrow(In0P->data);
	RetCode = mig_mach_vm_read_overwrite(
	    task,
	    address,
	    size,
	    data,
	    &outsize);
	kernel_map_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->outsize = mach_vm_to_narrow(outsize);
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

union migReplies {
	mig_kernel_reply_error_t error;
	Reply_allocate32 allocate32;
	Reply_deallocate deallocate;
	Reply_protect protect;
	Reply_read read;
	Reply_write write;
	Reply_copy copy;
	Reply_read_overwrite read_overwrite;
};

const struct mig_mach_vm_vm32_map_subsystem mig_mach_vm_vm32_map_subsystem = {
	vm32_map_server_routine, 3800, 3810,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xallocate32, 4, 0, 0, (unsigned int)sizeof(Reply_allocate32) },
	{ 0, _Xdeallocate, 3, 0, 0, (unsigned int)sizeof(Reply_deallocate) },
	{ 0, _Xprotect, 5, 0, 0, (unsigned int)sizeof(Reply_protect) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xread, 5, 0, 0, (unsigned int)sizeof(Reply_read) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xwrite, 4, 0, 0, (unsigned int)sizeof(Reply_write) },
	{ 0, _Xcopy, 4, 0, 0, (unsigned int)sizeof(Reply_copy) },
	{ 0, _Xread_overwrite, 5, 0, 0, (unsigned int)sizeof(Reply_read_overwrite) },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
vm32_map_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_mach_vm_vm32_map_subsystem.start ||
	    InHeadP->msgh_id >= mig_mach_vm_vm32_map_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_mach_vm_vm32_map_subsystem.start;
	return (mig_mach_vm_vm32_map_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
vm32_map_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = vm32_map_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
