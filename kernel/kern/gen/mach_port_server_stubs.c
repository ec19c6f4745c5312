/*
 * Stubs of the server side of subsystem mach_port.
 * Written by mig from mach_port.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include <mach_debug/ipc_info.h>
#include "mach_port_server.h"

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
} Request_mach_port_names;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t names;
	mig_kernel_ool_descriptor_t types;
	NDR_record_t NDR;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t typesCnt;
} Reply_mach_port_names;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(mach_port_name_t) == 4, "names: size of an element");
MACH_STATIC_ASSERT(sizeof(natural_t) == 4, "types: size of an element");

/* routine mach_port_names, message 3200 */
static void
_Xmach_port_names(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_names *In0P;
	Reply_mach_port_names *OutP;
	kernel_space_t task;
	mach_port_name_array_t names;
	mach_msg_type_number_t namesCnt;
	mach_port_type_array_t types;
	mach_msg_type_number_t typesCnt;
	kern_return_t RetCode;

	In0P = (Request_mach_port_names *)(void *)InHeadP;
	OutP = (Reply_mach_port_names *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_names)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	namesCnt = 0;
	typesCnt = 0;
	RetCode = mig_mach_port_names(
	    task,
	    &names,
	    &namesCnt,
	    &types,
	    &typesCnt);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (namesCnt > 1073741823) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	if (typesCnt > 1073741823) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 2;
	OutP->names.address = (void *)(uintptr_t)names;
	OutP->names.size = namesCnt * 4;
	OutP->names.deallocate = FALSE;
	OutP->names.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->names.pad1 = 0;
	OutP->names.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->types.address = (void *)(uintptr_t)types;
	OutP->types.size = typesCnt * 4;
	OutP->types.deallocate = FALSE;
	OutP->types.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->types.pad1 = 0;
	OutP->types.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->namesCnt = namesCnt;
	OutP->typesCnt = typesCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_type;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_type_t ptype;
} Reply_mach_port_type;
#pragma pack(pop)

/* routine mach_port_type, message 3201 */
static void
_Xmach_port_type(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_type *In0P;
	Reply_mach_port_type *OutP;
	kernel_space_t task;
	mach_port_type_t ptype;
	kern_return_t RetCode;

	In0P = (Request_mach_port_type *)(void *)InHeadP;
	OutP = (Reply_mach_port_type *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_type)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_type(
	    task,
	    In0P->name,
	    &ptype);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->ptype = ptype;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t old_name;
	mach_port_name_t new_name;
} Request_mach_port_rename;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_rename;
#pragma pack(pop)

/* routine mach_port_rename, message 3202 */
static void
_Xmach_port_rename(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_rename *In0P;
	Reply_mach_port_rename *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_rename *)(void *)InHeadP;
	OutP = (Reply_mach_port_rename *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_rename)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_rename(
	    task,
	    In0P->old_name,
	    In0P->new_name);
	kernel_space_deallocate(task);
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
	mach_port_right_t right;
	mach_port_name_t name;
} Request_mach_port_allocate_name;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_allocate_name;
#pragma pack(pop)

/* routine mach_port_allocate_name, message 3203 */
static void
_Xmach_port_allocate_name(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_allocate_name *In0P;
	Reply_mach_port_allocate_name *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_allocate_name *)(void *)InHeadP;
	OutP = (Reply_mach_port_allocate_name *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_allocate_name)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_allocate_name(
	    task,
	    In0P->right,
	    In0P->name);
	kernel_space_deallocate(task);
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
	mach_port_right_t right;
} Request_mach_port_allocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_name_t name;
} Reply_mach_port_allocate;
#pragma pack(pop)

/* routine mach_port_allocate, message 3204 */
static void
_Xmach_port_allocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_allocate *In0P;
	Reply_mach_port_allocate *OutP;
	kernel_space_t task;
	mach_port_name_t name;
	kern_return_t RetCode;

	In0P = (Request_mach_port_allocate *)(void *)InHeadP;
	OutP = (Reply_mach_port_allocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_allocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_allocate(
	    task,
	    In0P->right,
	    &name);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->name = name;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_destroy;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_destroy;
#pragma pack(pop)

/* routine mach_port_destroy, message 3205 */
static void
_Xmach_port_destroy(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_destroy *In0P;
	Reply_mach_port_destroy *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_destroy *)(void *)InHeadP;
	OutP = (Reply_mach_port_destroy *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_destroy)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_destroy(
	    task,
	    In0P->name);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
} Request_mach_port_deallocate;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_deallocate;
#pragma pack(pop)

/* routine mach_port_deallocate, message 3206 */
static void
_Xmach_port_deallocate(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_deallocate *In0P;
	Reply_mach_port_deallocate *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_deallocate *)(void *)InHeadP;
	OutP = (Reply_mach_port_deallocate *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_deallocate)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_deallocate(
	    task,
	    In0P->name);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	mach_port_right_t right;
} Request_mach_port_get_refs;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_urefs_t refs;
} Reply_mach_port_get_refs;
#pragma pack(pop)

/* routine mach_port_get_refs, message 3207 */
static void
_Xmach_port_get_refs(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_get_refs *In0P;
	Reply_mach_port_get_refs *OutP;
	kernel_space_t task;
	mach_port_urefs_t refs;
	kern_return_t RetCode;

	In0P = (Request_mach_port_get_refs *)(void *)InHeadP;
	OutP = (Reply_mach_port_get_refs *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_get_refs)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_get_refs(
	    task,
	    In0P->name,
	    In0P->right,
	    &refs);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->refs = refs;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_right_t right;
	mach_port_delta_t delta;
} Request_mach_port_mod_refs;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_mod_refs;
#pragma pack(pop)

/* routine mach_port_mod_refs, message 3208 */
static void
_Xmach_port_mod_refs(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_mod_refs *In0P;
	Reply_mach_port_mod_refs *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_mod_refs *)(void *)InHeadP;
	OutP = (Reply_mach_port_mod_refs *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_mod_refs)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_mod_refs(
	    task,
	    In0P->name,
	    In0P->right,
	    In0P->delta);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	mach_msg_trailer_type_t trailer_type;
	mach_port_seqno_t request_seqnop;
	mach_msg_type_number_t trailer_infopCnt;
} Request_mach_port_peek;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_seqno_t request_seqnop;
	mach_msg_size_t msg_sizep;
	mach_msg_id_t msg_idp;
	mach_msg_type_number_t trailer_infopCnt;
	char trailer_infop[68];
} Reply_mach_port_peek;
#pragma pack(pop)

/* routine mach_port_peek, message 3209 */
static void
_Xmach_port_peek(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_peek *In0P;
	Reply_mach_port_peek *OutP;
	mach_msg_size_t migBytes;
	mach_msg_size_t migRoom;
	kernel_space_t task;
	mach_port_seqno_t request_seqnop;
	mach_msg_size_t msg_sizep;
	mach_msg_id_t msg_idp;
	mach_msg_type_number_t trailer_infopCnt;
	kern_return_t RetCode;

	In0P = (Request_mach_port_peek *)(void *)InHeadP;
	OutP = (Reply_mach_port_peek *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_peek)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	request_seqnop = In0P->request_seqnop;
	trailer_infopCnt = 68;
	if (In0P->trailer_infopCnt < trailer_infopCnt)
		trailer_infopCnt = In0P->trailer_infopCnt;
	RetCode = mig_mach_port_peek(
	    task,
	    In0P->name,
	    In0P->trailer_type,
	    &request_seqnop,
	    &msg_sizep,
	    &msg_idp,
	    OutP->trailer_infop,
	    &trailer_infopCnt);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (trailer_infopCnt > 68) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->request_seqnop = request_seqnop;
	OutP->msg_sizep = msg_sizep;
	OutP->msg_idp = msg_idp;
	OutP->trailer_infopCnt = trailer_infopCnt;
	migRoom = 0;
	migBytes = MIG_ALIGN(trailer_infopCnt);
	memset((char *)OutP + offsetof(Reply_mach_port_peek, trailer_infop) - migRoom +
	    trailer_infopCnt * 1, 0, migBytes - trailer_infopCnt * 1);
	memmove((char *)OutP + offsetof(Reply_mach_port_peek, trailer_infop) - migRoom + migBytes,
	    (char *)OutP + offsetof(Reply_mach_port_peek, trailer_infop) - migRoom + 68,
	    sizeof(*OutP) - offsetof(Reply_mach_port_peek, trailer_infop) - 68);
	migRoom += 68 - migBytes;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP) - migRoom;
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_mscount_t mscount;
} Request_mach_port_set_mscount;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_mscount;
#pragma pack(pop)

/* routine mach_port_set_mscount, message 3210 */
static void
_Xmach_port_set_mscount(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_set_mscount *In0P;
	Reply_mach_port_set_mscount *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_set_mscount *)(void *)InHeadP;
	OutP = (Reply_mach_port_set_mscount *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_set_mscount)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_set_mscount(
	    task,
	    In0P->name,
	    In0P->mscount);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
} Request_mach_port_get_set_status;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t members;
	NDR_record_t NDR;
	mach_msg_type_number_t membersCnt;
} Reply_mach_port_get_set_status;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(mach_port_name_t) == 4, "members: size of an element");

/* routine mach_port_get_set_status, message 3211 */
static void
_Xmach_port_get_set_status(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_get_set_status *In0P;
	Reply_mach_port_get_set_status *OutP;
	kernel_space_t task;
	mach_port_name_array_t members;
	mach_msg_type_number_t membersCnt;
	kern_return_t RetCode;

	In0P = (Request_mach_port_get_set_status *)(void *)InHeadP;
	OutP = (Reply_mach_port_get_set_status *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_get_set_status)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	membersCnt = 0;
	RetCode = mig_mach_port_get_set_status(
	    task,
	    In0P->name,
	    &members,
	    &membersCnt);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (membersCnt > 1073741823) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->members.address = (void *)(uintptr_t)members;
	OutP->members.size = membersCnt * 4;
	OutP->members.deallocate = FALSE;
	OutP->members.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->members.pad1 = 0;
	OutP->members.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->membersCnt = membersCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t member;
	mach_port_name_t after;
} Request_mach_port_move_member;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_move_member;
#pragma pack(pop)

/* routine mach_port_move_member, message 3212 */
static void
_Xmach_port_move_member(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_move_member *In0P;
	Reply_mach_port_move_member *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_move_member *)(void *)InHeadP;
	OutP = (Reply_mach_port_move_member *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_move_member)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_move_member(
	    task,
	    In0P->member,
	    In0P->after);
	kernel_space_deallocate(task);
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
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t notify;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_id_t msgid;
	mach_port_mscount_t sync;
} Request_mach_port_request_notification;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t previous;
} Reply_mach_port_request_notification;
#pragma pack(pop)

/* routine mach_port_request_notification, message 3213 */
static void
_Xmach_port_request_notification(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_request_notification *In0P;
	Reply_mach_port_request_notification *OutP;
	kernel_space_t task;
	ipc_port_t previous;
	kern_return_t RetCode;

	In0P = (Request_mach_port_request_notification *)(void *)InHeadP;
	OutP = (Reply_mach_port_request_notification *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_request_notification) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->notify.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->notify.disposition != MACH_MSG_TYPE_PORT_SEND_ONCE) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_request_notification(
	    task,
	    In0P->name,
	    In0P->msgid,
	    In0P->sync,
	    In0P->notify.name,
	    &previous);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->previous.name = previous;
	OutP->previous.pad1 = 0;
	OutP->previous.pad2 = 0;
	OutP->previous.disposition = MACH_MSG_TYPE_MOVE_SEND_ONCE;
	OutP->previous.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t poly;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_insert_right;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_insert_right;
#pragma pack(pop)

/* routine mach_port_insert_right, message 3214 */
static void
_Xmach_port_insert_right(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_insert_right *In0P;
	Reply_mach_port_insert_right *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_insert_right *)(void *)InHeadP;
	OutP = (Reply_mach_port_insert_right *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_insert_right) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->poly.type != MACH_MSG_PORT_DESCRIPTOR ||
	    !MACH_MSG_TYPE_PORT_ANY_RIGHT(In0P->poly.disposition)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_insert_right(
	    task,
	    In0P->name,
	    In0P->poly.name,
	    In0P->poly.disposition);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	mach_msg_type_name_t msgt_name;
} Request_mach_port_extract_right;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t poly;
} Reply_mach_port_extract_right;
#pragma pack(pop)

/* routine mach_port_extract_right, message 3215 */
static void
_Xmach_port_extract_right(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_extract_right *In0P;
	Reply_mach_port_extract_right *OutP;
	kernel_space_t task;
	ipc_port_t poly;
	mach_msg_type_name_t polyPoly;
	kern_return_t RetCode;

	In0P = (Request_mach_port_extract_right *)(void *)InHeadP;
	OutP = (Reply_mach_port_extract_right *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_extract_right)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_extract_right(
	    task,
	    In0P->name,
	    In0P->msgt_name,
	    &poly,
	    &polyPoly);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->poly.name = poly;
	OutP->poly.pad1 = 0;
	OutP->poly.pad2 = 0;
	OutP->poly.disposition = polyPoly;
	OutP->poly.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_seqno_t seqno;
} Request_mach_port_set_seqno;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_seqno;
#pragma pack(pop)

/* routine mach_port_set_seqno, message 3216 */
static void
_Xmach_port_set_seqno(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_set_seqno *In0P;
	Reply_mach_port_set_seqno *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_set_seqno *)(void *)InHeadP;
	OutP = (Reply_mach_port_set_seqno *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_set_seqno)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_set_seqno(
	    task,
	    In0P->name,
	    In0P->seqno);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	mach_port_flavor_t flavor;
	mach_msg_type_number_t port_info_outCnt;
} Request_mach_port_get_attributes;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_msg_type_number_t port_info_outCnt;
	integer_t port_info_out[17];
} Reply_mach_port_get_attributes;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(integer_t) == 4, "port_info_out: size of an element");

/* routine mach_port_get_attributes, message 3217 */
static void
_Xmach_port_get_attributes(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_get_attributes *In0P;
	Reply_mach_port_get_attributes *OutP;
	mach_msg_size_t migBytes;
	mach_msg_size_t migRoom;
	kernel_space_t task;
	mach_msg_type_number_t port_info_outCnt;
	kern_return_t RetCode;

	In0P = (Request_mach_port_get_attributes *)(void *)InHeadP;
	OutP = (Reply_mach_port_get_attributes *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_get_attributes)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	port_info_outCnt = 17;
	if (In0P->port_info_outCnt < port_info_outCnt)
		port_info_outCnt = In0P->port_info_outCnt;
	RetCode = mig_mach_port_get_attributes(
	    task,
	    In0P->name,
	    In0P->flavor,
	    OutP->port_info_out,
	    &port_info_outCnt);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (port_info_outCnt > 17) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->port_info_outCnt = port_info_outCnt;
	migRoom = 0;
	migBytes = port_info_outCnt * 4;
	memmove((char *)OutP + offsetof(Reply_mach_port_get_attributes, port_info_out) - migRoom + migBytes,
	    (char *)OutP + offsetof(Reply_mach_port_get_attributes, port_info_out) - migRoom + 68,
	    sizeof(*OutP) - offsetof(Reply_mach_port_get_attributes, port_info_out) - 68);
	migRoom += 68 - migBytes;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP) - migRoom;
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_flavor_t flavor;
	mach_msg_type_number_t port_infoCnt;
	integer_t port_info[17];
} Request_mach_port_set_attributes;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_attributes;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(integer_t) == 4, "port_info: size of an element");

/* routine mach_port_set_attributes, message 3218 */
static void
_Xmach_port_set_attributes(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_set_attributes *In0P;
	Request_mach_port_set_attributes *In1P;
	Reply_mach_port_set_attributes *OutP;
	mach_msg_size_t migBytes;
	mach_msg_size_t migRoom;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_set_attributes *)(void *)InHeadP;
	OutP = (Reply_mach_port_set_attributes *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size < sizeof(Request_mach_port_set_attributes) - 68 ||
	    In0P->Head.msgh_size > sizeof(Request_mach_port_set_attributes)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	migRoom = In0P->Head.msgh_size - (mach_msg_size_t)(sizeof(Request_mach_port_set_attributes) - 68);
	if (In0P->port_infoCnt > 17) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	migBytes = In0P->port_infoCnt * 4;
	if (migBytes > migRoom) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	migRoom -= migBytes;
	In1P = (Request_mach_port_set_attributes *)(void *)((char *)In0P + migBytes - 68);
	if (migRoom != 0) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	(void)In1P;
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_set_attributes(
	    task,
	    In0P->name,
	    In0P->flavor,
	    In0P->port_info,
	    In0P->port_infoCnt);
	kernel_space_deallocate(task);
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
	mach_port_right_t right;
	mach_port_qos_t qos;
} Request_mach_port_allocate_qos;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_qos_t qos;
	mach_port_name_t name;
} Reply_mach_port_allocate_qos;
#pragma pack(pop)

/* routine mach_port_allocate_qos, message 3219 */
static void
_Xmach_port_allocate_qos(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_allocate_qos *In0P;
	Reply_mach_port_allocate_qos *OutP;
	kernel_space_t task;
	mach_port_qos_t qos;
	mach_port_name_t name;
	kern_return_t RetCode;

	In0P = (Request_mach_port_allocate_qos *)(void *)InHeadP;
	OutP = (Reply_mach_port_allocate_qos *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_allocate_qos)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	qos = In0P->qos;
	RetCode = mig_mach_port_allocate_qos(
	    task,
	    In0P->right,
	    &qos,
	    &name);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->qos = qos;
	OutP->name = name;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t proto;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_qos_t qos;
	mach_port_name_t name;
} Request_mach_port_allocate_full;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_qos_t qos;
	mach_port_name_t name;
} Reply_mach_port_allocate_full;
#pragma pack(pop)

/* routine mach_port_allocate_full, message 3220 */
static void
_Xmach_port_allocate_full(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_allocate_full *In0P;
	Reply_mach_port_allocate_full *OutP;
	kernel_space_t task;
	mach_port_qos_t qos;
	mach_port_name_t name;
	kern_return_t RetCode;

	In0P = (Request_mach_port_allocate_full *)(void *)InHeadP;
	OutP = (Reply_mach_port_allocate_full *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_allocate_full) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->proto.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->proto.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	qos = In0P->qos;
	name = In0P->name;
	RetCode = mig_mach_port_allocate_full(
	    task,
	    In0P->right,
	    In0P->proto.name,
	    &qos,
	    &name);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->qos = qos;
	OutP->name = name;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_get_srights;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_rights_t srights;
} Reply_mach_port_get_srights;
#pragma pack(pop)

/* routine mach_port_get_srights, message 3222 */
static void
_Xmach_port_get_srights(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_get_srights *In0P;
	Reply_mach_port_get_srights *OutP;
	kernel_space_t task;
	mach_port_rights_t srights;
	kern_return_t RetCode;

	In0P = (Request_mach_port_get_srights *)(void *)InHeadP;
	OutP = (Reply_mach_port_get_srights *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_get_srights)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_get_srights(
	    task,
	    In0P->name,
	    &srights);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->srights = srights;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
} Request_mach_port_space_info;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t table_info;
	mig_kernel_ool_descriptor_t tree_info;
	NDR_record_t NDR;
	ipc_info_space_t space_info;
	mach_msg_type_number_t table_infoCnt;
	mach_msg_type_number_t tree_infoCnt;
} Reply_mach_port_space_info;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(ipc_info_name_t) == 28, "table_info: size of an element");
MACH_STATIC_ASSERT(sizeof(ipc_info_tree_name_t) == 36, "tree_info: size of an element");

/* routine mach_port_space_info, message 3223 */
static void
_Xmach_port_space_info(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_space_info *In0P;
	Reply_mach_port_space_info *OutP;
	kernel_space_t space;
	ipc_info_space_t space_info;
	ipc_info_name_array_t table_info;
	mach_msg_type_number_t table_infoCnt;
	ipc_info_tree_name_array_t tree_info;
	mach_msg_type_number_t tree_infoCnt;
	kern_return_t RetCode;

	In0P = (Request_mach_port_space_info *)(void *)InHeadP;
	OutP = (Reply_mach_port_space_info *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_space_info)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	space = convert_port_to_space(In0P->Head.msgh_local_port);
	table_infoCnt = 0;
	tree_infoCnt = 0;
	RetCode = mig_mach_port_space_info(
	    space,
	    &space_info,
	    &table_info,
	    &table_infoCnt,
	    &tree_info,
	    &tree_infoCnt);
	kernel_space_deallocate(space);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (table_infoCnt > 153391689) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	if (tree_infoCnt > 119304647) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 2;
	OutP->table_info.address = (void *)(uintptr_t)table_info;
	OutP->table_info.size = table_infoCnt * 28;
	OutP->table_info.deallocate = FALSE;
	OutP->table_info.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->table_info.pad1 = 0;
	OutP->table_info.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->tree_info.address = (void *)(uintptr_t)tree_info;
	OutP->tree_info.size = tree_infoCnt * 36;
	OutP->tree_info.deallocate = FALSE;
	OutP->tree_info.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->tree_info.pad1 = 0;
	OutP->tree_info.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->space_info = space_info;
	OutP->table_infoCnt = table_infoCnt;
	OutP->tree_infoCnt = tree_infoCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} Request_mach_port_dnrequest_info;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	unsigned dnr_total;
	unsigned dnr_used;
} Reply_mach_port_dnrequest_info;
#pragma pack(pop)

/* routine mach_port_dnrequest_info, message 3224 */
static void
_Xmach_port_dnrequest_info(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_dnrequest_info *In0P;
	Reply_mach_port_dnrequest_info *OutP;
	kernel_space_t task;
	unsigned dnr_total;
	unsigned dnr_used;
	kern_return_t RetCode;

	In0P = (Request_mach_port_dnrequest_info *)(void *)InHeadP;
	OutP = (Reply_mach_port_dnrequest_info *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_dnrequest_info)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_dnrequest_info(
	    task,
	    In0P->name,
	    &dnr_total,
	    &dnr_used);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->dnr_total = dnr_total;
	OutP->dnr_used = dnr_used;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_name_t pset;
} Request_mach_port_insert_member;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_insert_member;
#pragma pack(pop)

/* routine mach_port_insert_member, message 3226 */
static void
_Xmach_port_insert_member(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_insert_member *In0P;
	Reply_mach_port_insert_member *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_insert_member *)(void *)InHeadP;
	OutP = (Reply_mach_port_insert_member *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_insert_member)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_insert_member(
	    task,
	    In0P->name,
	    In0P->pset);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	mach_port_name_t pset;
} Request_mach_port_extract_member;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_extract_member;
#pragma pack(pop)

/* routine mach_port_extract_member, message 3227 */
static void
_Xmach_port_extract_member(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_extract_member *In0P;
	Reply_mach_port_extract_member *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_extract_member *)(void *)InHeadP;
	OutP = (Reply_mach_port_extract_member *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_extract_member)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_extract_member(
	    task,
	    In0P->name,
	    In0P->pset);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
} Request_mach_port_get_context;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint64_t context;
} Reply_mach_port_get_context;
#pragma pack(pop)

/* routine mach_port_get_context, message 3228 */
static void
_Xmach_port_get_context(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_get_context *In0P;
	Reply_mach_port_get_context *OutP;
	kernel_space_t task;
	uint64_t context;
	kern_return_t RetCode;

	In0P = (Request_mach_port_get_context *)(void *)InHeadP;
	OutP = (Reply_mach_port_get_context *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_get_context)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_get_context(
	    task,
	    In0P->name,
	    &context);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->context = context;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t context;
} Request_mach_port_set_context;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_set_context;
#pragma pack(pop)

/* routine mach_port_set_context, message 3229 */
static void
_Xmach_port_set_context(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_set_context *In0P;
	Reply_mach_port_set_context *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_set_context *)(void *)InHeadP;
	OutP = (Reply_mach_port_set_context *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_set_context)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_set_context(
	    task,
	    In0P->name,
	    In0P->context);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
} Request_mach_port_kobject;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	natural_t object_type;
	uint64_t object_addr;
} Reply_mach_port_kobject;
#pragma pack(pop)

/* routine mach_port_kobject, message 3230 */
static void
_Xmach_port_kobject(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_kobject *In0P;
	Reply_mach_port_kobject *OutP;
	kernel_space_t task;
	natural_t object_type;
	uint64_t object_addr;
	kern_return_t RetCode;

	In0P = (Request_mach_port_kobject *)(void *)InHeadP;
	OutP = (Reply_mach_port_kobject *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_kobject)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_kobject(
	    task,
	    In0P->name,
	    &object_type,
	    &object_addr);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->object_type = object_type;
	OutP->object_addr = object_addr;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t options;
	NDR_record_t NDR;
	uint64_t context;
} Request_mach_port_construct;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_name_t name;
} Reply_mach_port_construct;
#pragma pack(pop)

/* routine mach_port_construct, message 3231 */
static void
_Xmach_port_construct(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_construct *In0P;
	Reply_mach_port_construct *OutP;
	kernel_space_t task;
	mach_port_name_t name;
	kern_return_t RetCode;

	In0P = (Request_mach_port_construct *)(void *)InHeadP;
	OutP = (Reply_mach_port_construct *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_construct) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->options.type != MACH_MSG_OOL_DESCRIPTOR ||
	    In0P->options.size != 24) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_construct(
	    task,
	    (mach_port_options_ptr_t)(uintptr_t)In0P->options.address,
	    In0P->context,
	    &name);
	kernel_space_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->name = name;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_delta_t srdelta;
	uint64_t guard;
} Request_mach_port_destruct;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_destruct;
#pragma pack(pop)

/* routine mach_port_destruct, message 3232 */
static void
_Xmach_port_destruct(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_destruct *In0P;
	Reply_mach_port_destruct *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_destruct *)(void *)InHeadP;
	OutP = (Reply_mach_port_destruct *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_destruct)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_destruct(
	    task,
	    In0P->name,
	    In0P->srdelta,
	    In0P->guard);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	uint64_t guard;
	boolean_t strict;
} Request_mach_port_guard;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_guard;
#pragma pack(pop)

/* routine mach_port_guard, message 3233 */
static void
_Xmach_port_guard(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_guard *In0P;
	Reply_mach_port_guard *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_guard *)(void *)InHeadP;
	OutP = (Reply_mach_port_guard *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_guard)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_guard(
	    task,
	    In0P->name,
	    In0P->guard,
	    In0P->strict);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	uint64_t guard;
} Request_mach_port_unguard;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_unguard;
#pragma pack(pop)

/* routine mach_port_unguard, message 3234 */
static void
_Xmach_port_unguard(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_unguard *In0P;
	Reply_mach_port_unguard *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_unguard *)(void *)InHeadP;
	OutP = (Reply_mach_port_unguard *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_unguard)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_unguard(
	    task,
	    In0P->name,
	    In0P->guard);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	uint64_t guard;
	uint64_t flags;
} Request_mach_port_guard_with_flags;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_guard_with_flags;
#pragma pack(pop)

/* routine mach_port_guard_with_flags, message 3237 */
static void
_Xmach_port_guard_with_flags(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_guard_with_flags *In0P;
	Reply_mach_port_guard_with_flags *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_guard_with_flags *)(void *)InHeadP;
	OutP = (Reply_mach_port_guard_with_flags *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_guard_with_flags)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_guard_with_flags(
	    task,
	    In0P->name,
	    In0P->guard,
	    In0P->flags);
	kernel_space_deallocate(task);
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
	mach_port_name_t name;
	uint64_t old_guard;
	uint64_t new_guard;
} Request_mach_port_swap_guard;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_port_swap_guard;
#pragma pack(pop)

/* routine mach_port_swap_guard, message 3238 */
static void
_Xmach_port_swap_guard(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_port_swap_guard *In0P;
	Reply_mach_port_swap_guard *OutP;
	kernel_space_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_port_swap_guard *)(void *)InHeadP;
	OutP = (Reply_mach_port_swap_guard *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_port_swap_guard)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_space(In0P->Head.msgh_local_port);
	RetCode = mig_mach_port_swap_guard(
	    task,
	    In0P->name,
	    In0P->old_guard,
	    In0P->new_guard);
	kernel_space_deallocate(task);
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
	Reply_mach_port_names mach_port_names;
	Reply_mach_port_type mach_port_type;
	Reply_mach_port_rename mach_port_rename;
	Reply_mach_port_allocate_name mach_port_allocate_name;
	Reply_mach_port_allocate mach_port_allocate;
	Reply_mach_port_destroy mach_port_destroy;
	Reply_mach_port_deallocate mach_port_deallocate;
	Reply_mach_port_get_refs mach_port_get_refs;
	Reply_mach_port_mod_refs mach_port_mod_refs;
	Reply_mach_port_peek mach_port_peek;
	Reply_mach_port_set_mscount mach_port_set_mscount;
	Reply_mach_port_get_set_status mach_port_get_set_status;
	Reply_mach_port_move_member mach_port_move_member;
	Reply_mach_port_request_notification mach_port_request_notification;
	Reply_mach_port_insert_right mach_port_insert_right;
	Reply_mach_port_extract_right mach_port_extract_right;
	Reply_mach_port_set_seqno mach_port_set_seqno;
	Reply_mach_port_get_attributes mach_port_get_attributes;
	Reply_mach_port_set_attributes mach_port_set_attributes;
	Reply_mach_port_allocate_qos mach_port_allocate_qos;
	Reply_mach_port_allocate_full mach_port_allocate_full;
	Reply_mach_port_get_srights mach_port_get_srights;
	Reply_mach_port_space_info mach_port_space_info;
	Reply_mach_port_dnrequest_info mach_port_dnrequest_info;
	Reply_mach_port_insert_member mach_port_insert_member;
	Reply_mach_port_extract_member mach_port_extract_member;
	Reply_mach_port_get_context mach_port_get_context;
	Reply_mach_port_set_context mach_port_set_context;
	Reply_mach_port_kobject mach_port_kobject;
	Reply_mach_port_construct mach_port_construct;
	Reply_mach_port_destruct mach_port_destruct;
	Reply_mach_port_guard mach_port_guard;
	Reply_mach_port_unguard mach_port_unguard;
	Reply_mach_port_guard_with_flags mach_port_guard_with_flags;
	Reply_mach_port_swap_guard mach_port_swap_guard;
};

const struct mig_mach_port_subsystem mig_mach_port_subsystem = {
	mach_port_server_routine, 3200, 3239,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, _Xmach_port_names, 5, 0, 0, (unsigned int)sizeof(Reply_mach_port_names) },
	{ 0, _Xmach_port_type, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_type) },
	{ 0, _Xmach_port_rename, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_rename) },
	{ 0, _Xmach_port_allocate_name, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_allocate_name) },
	{ 0, _Xmach_port_allocate, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_allocate) },
	{ 0, _Xmach_port_destroy, 2, 0, 0, (unsigned int)sizeof(Reply_mach_port_destroy) },
	{ 0, _Xmach_port_deallocate, 2, 0, 0, (unsigned int)sizeof(Reply_mach_port_deallocate) },
	{ 0, _Xmach_port_get_refs, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_get_refs) },
	{ 0, _Xmach_port_mod_refs, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_mod_refs) },
	{ 0, _Xmach_port_peek, 8, 0, 0, (unsigned int)sizeof(Reply_mach_port_peek) },
	{ 0, _Xmach_port_set_mscount, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_set_mscount) },
	{ 0, _Xmach_port_get_set_status, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_get_set_status) },
	{ 0, _Xmach_port_move_member, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_move_member) },
	{ 0, _Xmach_port_request_notification, 6, 0, 0, (unsigned int)sizeof(Reply_mach_port_request_notification) },
	{ 0, _Xmach_port_insert_right, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_insert_right) },
	{ 0, _Xmach_port_extract_right, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_extract_right) },
	{ 0, _Xmach_port_set_seqno, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_set_seqno) },
	{ 0, _Xmach_port_get_attributes, 5, 0, 0, (unsigned int)sizeof(Reply_mach_port_get_attributes) },
	{ 0, _Xmach_port_set_attributes, 5, 0, 0, (unsigned int)sizeof(Reply_mach_port_set_attributes) },
	{ 0, _Xmach_port_allocate_qos, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_allocate_qos) },
	{ 0, _Xmach_port_allocate_full, 5, 0, 0, (unsigned int)sizeof(Reply_mach_port_allocate_full) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xmach_port_get_srights, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_get_srights) },
	{ 0, _Xmach_port_space_info, 6, 0, 0, (unsigned int)sizeof(Reply_mach_port_space_info) },
	{ 0, _Xmach_port_dnrequest_info, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_dnrequest_info) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xmach_port_insert_member, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_insert_member) },
	{ 0, _Xmach_port_extract_member, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_extract_member) },
	{ 0, _Xmach_port_get_context, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_get_context) },
	{ 0, _Xmach_port_set_context, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_set_context) },
	{ 0, _Xmach_port_kobject, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_kobject) },
	{ 0, _Xmach_port_construct, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_construct) },
	{ 0, _Xmach_port_destruct, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_destruct) },
	{ 0, _Xmach_port_guard, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_guard) },
	{ 0, _Xmach_port_unguard, 3, 0, 0, (unsigned int)sizeof(Reply_mach_port_unguard) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xmach_port_guard_with_flags, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_guard_with_flags) },
	{ 0, _Xmach_port_swap_guard, 4, 0, 0, (unsigned int)sizeof(Reply_mach_port_swap_guard) },
	}
};

/* The stub for a request; null if there is none. */
mig_kernel_routine_t
mach_port_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_mach_port_subsystem.start ||
	    InHeadP->msgh_id >= mig_mach_port_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_mach_port_subsystem.start;
	return (mig_mach_port_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
mach_port_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = mach_port_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
