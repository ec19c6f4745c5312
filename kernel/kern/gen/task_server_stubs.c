/*
 * Stubs of the server side of subsystem task.
 * Written by mig from task.defs: edit that.
 */

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include "task_server.h"

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
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port1;
	mig_kernel_port_descriptor_t port2;
	mig_kernel_port_descriptor_t port3;
} Request_mach_ports_register3;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_mach_ports_register3;
#pragma pack(pop)

/* routine mach_ports_register3, message 3403 */
static void
_Xmach_ports_register3(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_ports_register3 *In0P;
	Reply_mach_ports_register3 *OutP;
	kernel_task_t task;
	kern_return_t RetCode;

	In0P = (Request_mach_ports_register3 *)(void *)InHeadP;
	OutP = (Reply_mach_ports_register3 *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_mach_ports_register3) ||
	    In0P->msgh_body.msgh_descriptor_count != 3) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->port1.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->port1.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (In0P->port2.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->port2.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (In0P->port3.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->port3.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_mach_ports_register3(
	    task,
	    In0P->port1.name,
	    In0P->port2.name,
	    In0P->port3.name);
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
} Request_mach_ports_lookup3;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port1;
	mig_kernel_port_descriptor_t port2;
	mig_kernel_port_descriptor_t port3;
} Reply_mach_ports_lookup3;
#pragma pack(pop)

/* routine mach_ports_lookup3, message 3404 */
static void
_Xmach_ports_lookup3(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_mach_ports_lookup3 *In0P;
	Reply_mach_ports_lookup3 *OutP;
	kernel_task_t task;
	ipc_port_t port1;
	ipc_port_t port2;
	ipc_port_t port3;
	kern_return_t RetCode;

	In0P = (Request_mach_ports_lookup3 *)(void *)InHeadP;
	OutP = (Reply_mach_ports_lookup3 *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_mach_ports_lookup3)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_mach_ports_lookup3(
	    task,
	    &port1,
	    &port2,
	    &port3);
	kernel_task_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 3;
	OutP->port1.name = port1;
	OutP->port1.pad1 = 0;
	OutP->port1.pad2 = 0;
	OutP->port1.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->port1.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->port2.name = port2;
	OutP->port2.pad1 = 0;
	OutP->port2.pad2 = 0;
	OutP->port2.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->port2.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->port3.name = port3;
	OutP->port3.pad1 = 0;
	OutP->port3.pad2 = 0;
	OutP->port3.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->port3.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	task_flavor_t flavor;
	mach_msg_type_number_t infoCnt;
} Request_task_info;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_msg_type_number_t infoCnt;
	integer_t info[94];
} Reply_task_info;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(integer_t) == 4, "info: size of an element");

/* routine task_info, message 3405 */
static void
_Xtask_info(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_task_info *In0P;
	Reply_task_info *OutP;
	mach_msg_size_t migBytes;
	mach_msg_size_t migRoom;
	kernel_task_t task;
	mach_msg_type_number_t infoCnt;
	kern_return_t RetCode;

	In0P = (Request_task_info *)(void *)InHeadP;
	OutP = (Reply_task_info *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_task_info)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task_name(In0P->Head.msgh_local_port);
	infoCnt = 94;
	if (In0P->infoCnt < infoCnt)
		infoCnt = In0P->infoCnt;
	RetCode = mig_task_info(
	    task,
	    In0P->flavor,
	    OutP->info,
	    &infoCnt);
	kernel_task_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (infoCnt > 94) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->infoCnt = infoCnt;
	migRoom = 0;
	migBytes = infoCnt * 4;
	memmove((char *)OutP + offsetof(Reply_task_info, info) - migRoom + migBytes,
	    (char *)OutP + offsetof(Reply_task_info, info) - migRoom + 376,
	    sizeof(*OutP) - offsetof(Reply_task_info, info) - 376);
	migRoom += 376 - migBytes;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP) - migRoom;
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	int which;
} Request_task_get_special_port;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t special_port;
} Reply_task_get_special_port;
#pragma pack(pop)

/* routine task_get_special_port, message 3409 */
static void
_Xtask_get_special_port(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_task_get_special_port *In0P;
	Reply_task_get_special_port *OutP;
	kernel_task_t task;
	ipc_port_t special_port;
	kern_return_t RetCode;

	In0P = (Request_task_get_special_port *)(void *)InHeadP;
	OutP = (Reply_task_get_special_port *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_task_get_special_port)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_task_get_special_port(
	    task,
	    In0P->which,
	    &special_port);
	kernel_task_deallocate(task);
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

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t special_port;
	NDR_record_t NDR;
	int which;
} Request_task_set_special_port;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_task_set_special_port;
#pragma pack(pop)

/* routine task_set_special_port, message 3410 */
static void
_Xtask_set_special_port(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_task_set_special_port *In0P;
	Reply_task_set_special_port *OutP;
	kernel_task_t task;
	kern_return_t RetCode;

	In0P = (Request_task_set_special_port *)(void *)InHeadP;
	OutP = (Reply_task_set_special_port *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_task_set_special_port) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->special_port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->special_port.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_task_set_special_port(
	    task,
	    In0P->which,
	    In0P->special_port.name);
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
	int policy;
	int value;
} Request_semaphore_create;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t semaphore;
} Reply_semaphore_create;
#pragma pack(pop)

/* routine semaphore_create, message 3418 */
static void
_Xsemaphore_create(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_semaphore_create *In0P;
	Reply_semaphore_create *OutP;
	kernel_task_t task;
	ipc_port_t semaphore;
	kern_return_t RetCode;

	In0P = (Request_semaphore_create *)(void *)InHeadP;
	OutP = (Reply_semaphore_create *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_semaphore_create)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_semaphore_create(
	    task,
	    &semaphore,
	    In0P->policy,
	    In0P->value);
	kernel_task_deallocate(task);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->semaphore.name = semaphore;
	OutP->semaphore.pad1 = 0;
	OutP->semaphore.pad2 = 0;
	OutP->semaphore.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->semaphore.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t semaphore;
} Request_semaphore_destroy;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_semaphore_destroy;
#pragma pack(pop)

/* routine semaphore_destroy, message 3419 */
static void
_Xsemaphore_destroy(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	Request_semaphore_destroy *In0P;
	Reply_semaphore_destroy *OutP;
	kernel_task_t task;
	kern_return_t RetCode;

	In0P = (Request_semaphore_destroy *)(void *)InHeadP;
	OutP = (Reply_semaphore_destroy *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_semaphore_destroy) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->semaphore.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->semaphore.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	task = convert_port_to_task(In0P->Head.msgh_local_port);
	RetCode = mig_semaphore_destroy(
	    task,
	    In0P->semaphore.name);
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
	Reply_mach_ports_register3 mach_ports_register3;
	Reply_mach_ports_lookup3 mach_ports_lookup3;
	Reply_task_info task_info;
	Reply_task_get_special_port task_get_special_port;
	Reply_task_set_special_port task_set_special_port;
	Reply_semaphore_create semaphore_create;
	Reply_semaphore_destroy semaphore_destroy;
};

const struct mig_task_subsystem mig_task_subsystem = {
	task_server_routine, 3400, 3441,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xmach_ports_register3, 4, 0, 0, (unsigned int)sizeof(Reply_mach_ports_register3) },
	{ 0, _Xmach_ports_lookup3, 4, 0, 0, (unsigned int)sizeof(Reply_mach_ports_lookup3) },
	{ 0, _Xtask_info, 4, 0, 0, (unsigned int)sizeof(Reply_task_info) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xtask_get_special_port, 3, 0, 0, (unsigned int)sizeof(Reply_task_get_special_port) },
	{ 0, _Xtask_set_special_port, 3, 0, 0, (unsigned int)sizeof(Reply_task_set_special_port) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xsemaphore_create, 4, 0, 0, (unsigned int)sizeof(Reply_semaphore_create) },
	{ 0, _Xsemaphore_destroy, 2, 0, 0, (unsigned int)sizeof(Reply_semaphore_destroy) },
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
task_server_routine(mig_kernel_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < mig_task_subsystem.start ||
	    InHeadP->msgh_id >= mig_task_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - mig_task_subsystem.start;
	return (mig_task_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
task_server(mig_kernel_header_t *InHeadP, mig_kernel_header_t *OutHeadP)
{
	mig_kernel_routine_t migRoutine;

	mig_kernel_reply_setup(InHeadP, OutHeadP);
	migRoutine = task_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
