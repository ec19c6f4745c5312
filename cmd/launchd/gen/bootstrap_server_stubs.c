/*
 * Stubs of the server side of subsystem bootstrap.
 * Written by mig from bootstrap.defs: edit that.
 */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <mach/mach.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/std_types.h>
#include <mach/mach_types.h>
#include <servers/bootstrap_priv.h>
#include "bootstrap_server.h"

#ifndef MIG_ALIGN
#define MIG_ALIGN(n) (((n) + 3U) & ~3U)
#endif

/* The answer that is nothing but a code. */
static __attribute__((__unused__)) void
mig_answer(mach_msg_header_t *OutHeadP, kern_return_t RetCode)
{
	mig_reply_error_t *OutP;

	OutP = (mig_reply_error_t *)(void *)OutHeadP;
	OutP->Head.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	OutP->Head.msgh_size = sizeof(*OutP);
	OutP->NDR = NDR_record;
	OutP->RetCode = RetCode;
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char command[512];
	uid_t uid;
	boolean_t on_demand;
} Request_bootstrap_create_server;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t server_port;
} Reply_bootstrap_create_server;
#pragma pack(pop)

/* routine bootstrap_create_server, message 400 */
static void
_Xbootstrap_create_server(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_create_server *In0P;
	Reply_bootstrap_create_server *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t server_port;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_create_server *)(void *)InHeadP;
	OutP = (Reply_bootstrap_create_server *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_create_server)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (memchr(In0P->command, '\0', 512) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_create_server(
	    In0P->Head.msgh_local_port,
	    In0P->command,
	    In0P->uid,
	    In0P->on_demand,
	    token,
	    &server_port);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->server_port.name = server_port;
	OutP->server_port.pad1 = 0;
	OutP->server_port.pad2 = 0;
	OutP->server_port.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->server_port.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_bootstrap_unprivileged;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t port;
} Reply_bootstrap_unprivileged;
#pragma pack(pop)

/* routine bootstrap_unprivileged, message 401 */
static void
_Xbootstrap_unprivileged(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_unprivileged *In0P;
	Reply_bootstrap_unprivileged *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t port;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_unprivileged *)(void *)InHeadP;
	OutP = (Reply_bootstrap_unprivileged *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_unprivileged)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_unprivileged(
	    In0P->Head.msgh_local_port,
	    token,
	    &port);
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
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	uint64_t flags;
} Request_bootstrap_check_in;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
	NDR_record_t NDR;
	bootstrap_instance_t instance;
} Reply_bootstrap_check_in;
#pragma pack(pop)

/* routine bootstrap_check_in, message 402 */
static void
_Xbootstrap_check_in(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_check_in *In0P;
	Reply_bootstrap_check_in *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t sp;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_check_in *)(void *)InHeadP;
	OutP = (Reply_bootstrap_check_in *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_check_in)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (memchr(In0P->name, '\0', 128) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_check_in(
	    In0P->Head.msgh_local_port,
	    In0P->name,
	    In0P->flags,
	    token,
	    &sp,
	    OutP->instance);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->sp.name = sp;
	OutP->sp.pad1 = 0;
	OutP->sp.pad2 = 0;
	OutP->sp.disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	OutP->sp.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
	NDR_record_t NDR;
	char name[128];
	uint64_t flags;
} Request_bootstrap_register;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} Reply_bootstrap_register;
#pragma pack(pop)

/* routine bootstrap_register, message 403 */
static void
_Xbootstrap_register(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_register *In0P;
	Reply_bootstrap_register *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_register *)(void *)InHeadP;
	OutP = (Reply_bootstrap_register *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_register) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->sp.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->sp.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (memchr(In0P->name, '\0', 128) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_register(
	    In0P->Head.msgh_local_port,
	    In0P->name,
	    In0P->sp.name,
	    In0P->flags,
	    token);
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
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	pid_t target_pid;
	bootstrap_instance_t instance;
	uint64_t flags;
} Request_bootstrap_look_up;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
} Reply_bootstrap_look_up;
#pragma pack(pop)

/* routine bootstrap_look_up, message 404 */
static void
_Xbootstrap_look_up(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_look_up *In0P;
	Reply_bootstrap_look_up *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t sp;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_look_up *)(void *)InHeadP;
	OutP = (Reply_bootstrap_look_up *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_look_up)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (memchr(In0P->name, '\0', 128) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_look_up(
	    In0P->Head.msgh_local_port,
	    In0P->name,
	    In0P->target_pid,
	    In0P->instance,
	    In0P->flags,
	    token,
	    &sp);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->sp.name = sp;
	OutP->sp.pad1 = 0;
	OutP->sp.pad2 = 0;
	OutP->sp.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->sp.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_bootstrap_parent;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t parent;
} Reply_bootstrap_parent;
#pragma pack(pop)

/* routine bootstrap_parent, message 406 */
static void
_Xbootstrap_parent(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_parent *In0P;
	Reply_bootstrap_parent *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t parent;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_parent *)(void *)InHeadP;
	OutP = (Reply_bootstrap_parent *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_parent)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_parent(
	    In0P->Head.msgh_local_port,
	    token,
	    &parent);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->parent.name = parent;
	OutP->parent.pad1 = 0;
	OutP->parent.pad2 = 0;
	OutP->parent.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->parent.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
} Request_bootstrap_status;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	bootstrap_status_t status;
} Reply_bootstrap_status;
#pragma pack(pop)

/* routine bootstrap_status, message 407 */
static void
_Xbootstrap_status(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_status *In0P;
	Reply_bootstrap_status *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	bootstrap_status_t status;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_status *)(void *)InHeadP;
	OutP = (Reply_bootstrap_status *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_status)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (memchr(In0P->name, '\0', 128) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_status(
	    In0P->Head.msgh_local_port,
	    In0P->name,
	    token,
	    &status);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->NDR = NDR_record;
	OutP->RetCode = KERN_SUCCESS;
	OutP->status = status;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	uint64_t flags;
} Request_bootstrap_info;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t jobs;
	mach_msg_ool_descriptor_t active;
	NDR_record_t NDR;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t jobsCnt;
	mach_msg_type_number_t activeCnt;
} Reply_bootstrap_info;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(bootstrap_name_t) == 128, "names: size of an element");
MACH_STATIC_ASSERT(sizeof(bootstrap_name_t) == 128, "jobs: size of an element");
MACH_STATIC_ASSERT(sizeof(bootstrap_status_t) == 4, "active: size of an element");

/* routine bootstrap_info, message 408 */
static void
_Xbootstrap_info(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_info *In0P;
	Reply_bootstrap_info *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	name_array_t names;
	mach_msg_type_number_t namesCnt;
	name_array_t jobs;
	mach_msg_type_number_t jobsCnt;
	bootstrap_status_array_t active;
	mach_msg_type_number_t activeCnt;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_info *)(void *)InHeadP;
	OutP = (Reply_bootstrap_info *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_info)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	namesCnt = 0;
	jobsCnt = 0;
	activeCnt = 0;
	RetCode = do_bootstrap_info(
	    In0P->Head.msgh_local_port,
	    In0P->flags,
	    token,
	    &names,
	    &namesCnt,
	    &jobs,
	    &jobsCnt,
	    &active,
	    &activeCnt);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (namesCnt > 33554431) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	if (jobsCnt > 33554431) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	if (activeCnt > 1073741823) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 3;
	OutP->names.address = (void *)(uintptr_t)names;
	OutP->names.size = namesCnt * 128;
	OutP->names.deallocate = TRUE;
	OutP->names.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->names.pad1 = 0;
	OutP->names.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->jobs.address = (void *)(uintptr_t)jobs;
	OutP->jobs.size = jobsCnt * 128;
	OutP->jobs.deallocate = TRUE;
	OutP->jobs.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->jobs.pad1 = 0;
	OutP->jobs.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->active.address = (void *)(uintptr_t)active;
	OutP->active.size = activeCnt * 4;
	OutP->active.deallocate = TRUE;
	OutP->active.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->active.pad1 = 0;
	OutP->active.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->namesCnt = namesCnt;
	OutP->jobsCnt = jobsCnt;
	OutP->activeCnt = activeCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t requestor;
} Request_bootstrap_subset;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t subset;
} Reply_bootstrap_subset;
#pragma pack(pop)

/* routine bootstrap_subset, message 409 */
static void
_Xbootstrap_subset(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_subset *In0P;
	Reply_bootstrap_subset *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t subset;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_subset *)(void *)InHeadP;
	OutP = (Reply_bootstrap_subset *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_subset) ||
	    In0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->requestor.type != MACH_MSG_PORT_DESCRIPTOR ||
	    In0P->requestor.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_subset(
	    In0P->Head.msgh_local_port,
	    In0P->requestor.name,
	    token,
	    &subset);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->subset.name = subset;
	OutP->subset.pad1 = 0;
	OutP->subset.pad2 = 0;
	OutP->subset.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->subset.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	uint64_t flags;
} Request_bootstrap_create_service;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
} Reply_bootstrap_create_service;
#pragma pack(pop)

/* routine bootstrap_create_service, message 410 */
static void
_Xbootstrap_create_service(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_create_service *In0P;
	Reply_bootstrap_create_service *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t sp;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_create_service *)(void *)InHeadP;
	OutP = (Reply_bootstrap_create_service *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_create_service)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (memchr(In0P->name, '\0', 128) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_create_service(
	    In0P->Head.msgh_local_port,
	    In0P->name,
	    In0P->flags,
	    token,
	    &sp);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->sp.name = sp;
	OutP->sp.pad1 = 0;
	OutP->sp.pad2 = 0;
	OutP->sp.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->sp.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	uid_t uid;
} Request_bootstrap_look_up_per_user;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
} Reply_bootstrap_look_up_per_user;
#pragma pack(pop)

/* routine bootstrap_look_up_per_user, message 411 */
static void
_Xbootstrap_look_up_per_user(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_look_up_per_user *In0P;
	Reply_bootstrap_look_up_per_user *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t sp;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_look_up_per_user *)(void *)InHeadP;
	OutP = (Reply_bootstrap_look_up_per_user *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_look_up_per_user)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (memchr(In0P->name, '\0', 128) == NULL) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_look_up_per_user(
	    In0P->Head.msgh_local_port,
	    In0P->name,
	    In0P->uid,
	    token,
	    &sp);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->sp.name = sp;
	OutP->sp.pad1 = 0;
	OutP->sp.pad2 = 0;
	OutP->sp.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->sp.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_bootstrap_lookup_children;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_ports_descriptor_t children;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t properties;
	NDR_record_t NDR;
	mach_msg_type_number_t childrenCnt;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t propertiesCnt;
} Reply_bootstrap_lookup_children;
#pragma pack(pop)
MACH_STATIC_ASSERT(sizeof(bootstrap_name_t) == 128, "names: size of an element");
MACH_STATIC_ASSERT(sizeof(bootstrap_property_t) == 4, "properties: size of an element");

/* routine bootstrap_lookup_children, message 412 */
static void
_Xbootstrap_lookup_children(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_lookup_children *In0P;
	Reply_bootstrap_lookup_children *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_array_t children;
	mach_msg_type_number_t childrenCnt;
	name_array_t names;
	mach_msg_type_number_t namesCnt;
	bootstrap_property_array_t properties;
	mach_msg_type_number_t propertiesCnt;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_lookup_children *)(void *)InHeadP;
	OutP = (Reply_bootstrap_lookup_children *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_lookup_children)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	childrenCnt = 0;
	namesCnt = 0;
	propertiesCnt = 0;
	RetCode = do_bootstrap_lookup_children(
	    In0P->Head.msgh_local_port,
	    token,
	    &children,
	    &childrenCnt,
	    &names,
	    &namesCnt,
	    &properties,
	    &propertiesCnt);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	if (namesCnt > 33554431) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	if (propertiesCnt > 1073741823) {
		RetCode = MIG_ARRAY_TOO_LARGE;
		goto failed;
	}
	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 3;
	OutP->children.address = (void *)(uintptr_t)children;
	OutP->children.count = childrenCnt;
	OutP->children.deallocate = TRUE;
	OutP->children.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->children.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->children.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	OutP->names.address = (void *)(uintptr_t)names;
	OutP->names.size = namesCnt * 128;
	OutP->names.deallocate = TRUE;
	OutP->names.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->names.pad1 = 0;
	OutP->names.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->properties.address = (void *)(uintptr_t)properties;
	OutP->properties.size = propertiesCnt * 4;
	OutP->properties.deallocate = TRUE;
	OutP->properties.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->properties.pad1 = 0;
	OutP->properties.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->childrenCnt = childrenCnt;
	OutP->namesCnt = namesCnt;
	OutP->propertiesCnt = propertiesCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} Request_bootstrap_get_root;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t root;
} Reply_bootstrap_get_root;
#pragma pack(pop)

/* routine bootstrap_get_root, message 413 */
static void
_Xbootstrap_get_root(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_get_root *In0P;
	Reply_bootstrap_get_root *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	mach_port_t root;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_get_root *)(void *)InHeadP;
	OutP = (Reply_bootstrap_get_root *)(void *)OutHeadP;
	if ((In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_get_root)) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	RetCode = do_bootstrap_get_root(
	    In0P->Head.msgh_local_port,
	    token,
	    &root);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 1;
	OutP->root.name = root;
	OutP->root.pad1 = 0;
	OutP->root.pad2 = 0;
	OutP->root.disposition = MACH_MSG_TYPE_COPY_SEND;
	OutP->root.type = MACH_MSG_PORT_DESCRIPTOR;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t request;
	mach_msg_ool_ports_descriptor_t request_rights;
	NDR_record_t NDR;
	mach_msg_type_number_t requestCnt;
	mach_msg_type_number_t request_rightsCnt;
} Request_bootstrap_control;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t answer;
	mach_msg_ool_ports_descriptor_t answer_rights;
	NDR_record_t NDR;
	mach_msg_type_number_t answerCnt;
	mach_msg_type_number_t answer_rightsCnt;
} Reply_bootstrap_control;
#pragma pack(pop)

/* routine bootstrap_control, message 420 */
static void
_Xbootstrap_control(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	Request_bootstrap_control *In0P;
	Reply_bootstrap_control *OutP;
	mach_msg_context_trailer_t *TrailerP;
	audit_token_t token;
	vm_offset_t answer;
	mach_msg_type_number_t answerCnt;
	mach_port_array_t answer_rights;
	mach_msg_type_number_t answer_rightsCnt;
	kern_return_t RetCode;

	In0P = (Request_bootstrap_control *)(void *)InHeadP;
	OutP = (Reply_bootstrap_control *)(void *)OutHeadP;
	if (!(In0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    In0P->Head.msgh_size != sizeof(Request_bootstrap_control) ||
	    In0P->msgh_body.msgh_descriptor_count != 2) {
		RetCode = MIG_BAD_ARGUMENTS;
		goto failed;
	}
	if (In0P->request.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (In0P->request_rights.type != MACH_MSG_OOL_PORTS_DESCRIPTOR ||
	    In0P->request_rights.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (In0P->request.size != In0P->requestCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (In0P->request_rights.count != In0P->request_rightsCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	TrailerP = (mach_msg_context_trailer_t *)(void *)((char *)InHeadP +
	    MIG_ALIGN(InHeadP->msgh_size));
	if (TrailerP->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    TrailerP->msgh_trailer_size < sizeof(mach_msg_audit_trailer_t)) {
		RetCode = MIG_TRAILER_ERROR;
		goto failed;
	}
	memcpy(&token, &TrailerP->msgh_audit, sizeof(token));
	answerCnt = 0;
	answer_rightsCnt = 0;
	RetCode = do_bootstrap_control(
	    In0P->Head.msgh_local_port,
	    (vm_offset_t)(uintptr_t)In0P->request.address,
	    In0P->requestCnt,
	    (mach_port_array_t)(uintptr_t)In0P->request_rights.address,
	    In0P->request_rightsCnt,
	    token,
	    &answer,
	    &answerCnt,
	    &answer_rights,
	    &answer_rightsCnt);
	if (RetCode != KERN_SUCCESS)
		goto failed;

	OutP->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	OutP->msgh_body.msgh_descriptor_count = 2;
	OutP->answer.address = (void *)(uintptr_t)answer;
	OutP->answer.size = answerCnt * 1;
	OutP->answer.deallocate = TRUE;
	OutP->answer.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->answer.pad1 = 0;
	OutP->answer.type = MACH_MSG_OOL_DESCRIPTOR;
	OutP->answer_rights.address = (void *)(uintptr_t)answer_rights;
	OutP->answer_rights.count = answer_rightsCnt;
	OutP->answer_rights.deallocate = TRUE;
	OutP->answer_rights.copy = MACH_MSG_VIRTUAL_COPY;
	OutP->answer_rights.disposition = MACH_MSG_TYPE_MOVE_SEND;
	OutP->answer_rights.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	OutP->NDR = NDR_record;
	OutP->answerCnt = answerCnt;
	OutP->answer_rightsCnt = answer_rightsCnt;
	OutP->Head.msgh_size = (mach_msg_size_t)sizeof(*OutP);
	return;

failed:
	mig_answer(OutHeadP, RetCode);
}

union migReplies {
	mig_reply_error_t error;
	Reply_bootstrap_create_server bootstrap_create_server;
	Reply_bootstrap_unprivileged bootstrap_unprivileged;
	Reply_bootstrap_check_in bootstrap_check_in;
	Reply_bootstrap_register bootstrap_register;
	Reply_bootstrap_look_up bootstrap_look_up;
	Reply_bootstrap_parent bootstrap_parent;
	Reply_bootstrap_status bootstrap_status;
	Reply_bootstrap_info bootstrap_info;
	Reply_bootstrap_subset bootstrap_subset;
	Reply_bootstrap_create_service bootstrap_create_service;
	Reply_bootstrap_look_up_per_user bootstrap_look_up_per_user;
	Reply_bootstrap_lookup_children bootstrap_lookup_children;
	Reply_bootstrap_get_root bootstrap_get_root;
	Reply_bootstrap_control bootstrap_control;
};

const struct do_bootstrap_subsystem do_bootstrap_subsystem = {
	bootstrap_server_routine, 400, 421,
	(unsigned int)sizeof(union migReplies), (vm_address_t)0, {
	{ 0, _Xbootstrap_create_server, 6, 0, 0, (unsigned int)sizeof(Reply_bootstrap_create_server) },
	{ 0, _Xbootstrap_unprivileged, 3, 0, 0, (unsigned int)sizeof(Reply_bootstrap_unprivileged) },
	{ 0, _Xbootstrap_check_in, 6, 0, 0, (unsigned int)sizeof(Reply_bootstrap_check_in) },
	{ 0, _Xbootstrap_register, 5, 0, 0, (unsigned int)sizeof(Reply_bootstrap_register) },
	{ 0, _Xbootstrap_look_up, 7, 0, 0, (unsigned int)sizeof(Reply_bootstrap_look_up) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xbootstrap_parent, 3, 0, 0, (unsigned int)sizeof(Reply_bootstrap_parent) },
	{ 0, _Xbootstrap_status, 4, 0, 0, (unsigned int)sizeof(Reply_bootstrap_status) },
	{ 0, _Xbootstrap_info, 9, 0, 0, (unsigned int)sizeof(Reply_bootstrap_info) },
	{ 0, _Xbootstrap_subset, 4, 0, 0, (unsigned int)sizeof(Reply_bootstrap_subset) },
	{ 0, _Xbootstrap_create_service, 5, 0, 0, (unsigned int)sizeof(Reply_bootstrap_create_service) },
	{ 0, _Xbootstrap_look_up_per_user, 5, 0, 0, (unsigned int)sizeof(Reply_bootstrap_look_up_per_user) },
	{ 0, _Xbootstrap_lookup_children, 8, 0, 0, (unsigned int)sizeof(Reply_bootstrap_lookup_children) },
	{ 0, _Xbootstrap_get_root, 3, 0, 0, (unsigned int)sizeof(Reply_bootstrap_get_root) },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0 },
	{ 0, _Xbootstrap_control, 10, 0, 0, (unsigned int)sizeof(Reply_bootstrap_control) },
	}
};

/* The stub for a request; null if there is none. */
mig_routine_t
bootstrap_server_routine(mach_msg_header_t *InHeadP)
{
	mach_msg_id_t migId;

	if (InHeadP->msgh_id < do_bootstrap_subsystem.start ||
	    InHeadP->msgh_id >= do_bootstrap_subsystem.end)
		return (0);
	migId = InHeadP->msgh_id - do_bootstrap_subsystem.start;
	return (do_bootstrap_subsystem.routine[migId].stub_routine);
}

/* Answer a request; FALSE if it is of no routine here. */
boolean_t
bootstrap_server(mach_msg_header_t *InHeadP, mach_msg_header_t *OutHeadP)
{
	mig_routine_t migRoutine;

	mig_reply_setup(InHeadP, OutHeadP);
	migRoutine = bootstrap_server_routine(InHeadP);
	if (migRoutine == 0)
		return (FALSE);
	(*migRoutine)(InHeadP, OutHeadP);
	return (TRUE);
}
