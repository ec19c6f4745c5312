/*
 * Stubs of the user side of subsystem bootstrap.
 * Written by mig from bootstrap.defs: edit that.
 */

#include <string.h>
#include <stdint.h>

#include <mach/mach.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/notify.h>
#include <mach/std_types.h>
#include <mach/mach_types.h>
#include <servers/bootstrap_priv.h>
#include "bootstrap_user.h"

#ifndef MIG_ALIGN
#define MIG_ALIGN(n) (((n) + 3U) & ~3U)
#endif

#ifndef __MIG_UNUSED
#define __MIG_UNUSED __attribute__((__unused__))
#endif

/*
 * A message that waited for room and was not sent comes back as if
 * it had been received: release what was made for it.  What was to
 * be moved is the caller's again.
 */
static __MIG_UNUSED void
mig_given_back(mach_port_t name, unsigned int sent, unsigned int now)
{

	if (MACH_PORT_VALID(name) && now != sent)
		(void)mach_port_deallocate(mach_task_self(), name);
}

static __MIG_UNUSED void
mig_memory_given_back(const mach_msg_ool_descriptor_t *d, const void *own)
{

	if (d->address != own)
		mig_deallocate((vm_address_t)(uintptr_t)d->address, d->size);
}

static __MIG_UNUSED void
mig_ports_given_back(const mach_msg_ool_ports_descriptor_t *d,
    const void *own, unsigned int sent)
{
	mach_msg_type_number_t i;

	for (i = 0; d->disposition != sent && i < d->count; i++)
		mig_given_back(((const mach_port_t *)d->address)[i], sent,
		    d->disposition);
	if (d->address != own)
		mig_deallocate((vm_address_t)(uintptr_t)d->address,
		    d->count * sizeof(mach_port_t));
}

static __MIG_UNUSED int
mig_not_sent(mach_msg_return_t code)
{

	return (((unsigned int)code & ~0x3fffU) == 0x10000000U);
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
kern_return_t
mig_bootstrap_create_server(
	mach_port_t bp,
	cmd_t command,
	uid_t uid,
	boolean_t on_demand,
	mach_port_t *server_port)
{
	union {
		Request_bootstrap_create_server In;
		struct {
			Reply_bootstrap_create_server m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_create_server *In0P;
	Reply_bootstrap_create_server *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->command, command, 512);
	In0P->uid = uid;
	In0P->on_demand = on_demand;
	migSize = sizeof(Request_bootstrap_create_server);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 400;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 500) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_create_server) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->server_port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->server_port.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*server_port = Out0P->server_port.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_unprivileged(
	mach_port_t bp,
	mach_port_t *port)
{
	union {
		Request_bootstrap_unprivileged In;
		struct {
			Reply_bootstrap_unprivileged m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_unprivileged *In0P;
	Reply_bootstrap_unprivileged *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_bootstrap_unprivileged);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 401;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 501) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_unprivileged) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->port.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*port = Out0P->port.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_check_in(
	mach_port_t bp,
	name_t name,
	uint64_t flags,
	mach_port_t *sp,
	bootstrap_instance_t instance)
{
	union {
		Request_bootstrap_check_in In;
		struct {
			Reply_bootstrap_check_in m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_check_in *In0P;
	Reply_bootstrap_check_in *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->name, name, 128);
	In0P->flags = flags;
	migSize = sizeof(Request_bootstrap_check_in);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 402;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 502) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_check_in) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->sp.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->sp.disposition != MACH_MSG_TYPE_PORT_RECEIVE) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*sp = Out0P->sp.name;
	memcpy(instance, Out0P->instance, sizeof(Out0P->instance));
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_register(
	mach_port_t bp,
	name_t name,
	mach_port_t sp,
	uint64_t flags)
{
	union {
		Request_bootstrap_register In;
		struct {
			Reply_bootstrap_register m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_register *In0P;
	Reply_bootstrap_register *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->sp.name = sp;
	In0P->sp.pad1 = 0;
	In0P->sp.pad2 = 0;
	In0P->sp.disposition = MACH_MSG_TYPE_COPY_SEND;
	In0P->sp.type = MACH_MSG_PORT_DESCRIPTOR;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->name, name, 128);
	In0P->flags = flags;
	migSize = sizeof(Request_bootstrap_register);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 403;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_given_back(In0P->sp.name, MACH_MSG_TYPE_COPY_SEND,
		    In0P->sp.disposition);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 503) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_register)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_look_up(
	mach_port_t bp,
	name_t name,
	pid_t target_pid,
	bootstrap_instance_t instance,
	uint64_t flags,
	mach_port_t *sp)
{
	union {
		Request_bootstrap_look_up In;
		struct {
			Reply_bootstrap_look_up m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_look_up *In0P;
	Reply_bootstrap_look_up *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->name, name, 128);
	In0P->target_pid = target_pid;
	memcpy(In0P->instance, instance, sizeof(In0P->instance));
	In0P->flags = flags;
	migSize = sizeof(Request_bootstrap_look_up);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 404;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 504) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_look_up) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->sp.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->sp.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*sp = Out0P->sp.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_parent(
	mach_port_t bp,
	mach_port_t *parent)
{
	union {
		Request_bootstrap_parent In;
		struct {
			Reply_bootstrap_parent m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_parent *In0P;
	Reply_bootstrap_parent *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_bootstrap_parent);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 406;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 506) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_parent) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->parent.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->parent.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*parent = Out0P->parent.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_status(
	mach_port_t bp,
	name_t name,
	bootstrap_status_t *status)
{
	union {
		Request_bootstrap_status In;
		struct {
			Reply_bootstrap_status m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_status *In0P;
	Reply_bootstrap_status *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->name, name, 128);
	migSize = sizeof(Request_bootstrap_status);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 407;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 507) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if ((Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_status)) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->RetCode != KERN_SUCCESS) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*status = Out0P->status;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_info(
	mach_port_t bp,
	uint64_t flags,
	name_array_t *names,
	mach_msg_type_number_t *namesCnt,
	name_array_t *jobs,
	mach_msg_type_number_t *jobsCnt,
	bootstrap_status_array_t *active,
	mach_msg_type_number_t *activeCnt)
{
	union {
		Request_bootstrap_info In;
		struct {
			Reply_bootstrap_info m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_info *In0P;
	Reply_bootstrap_info *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	In0P->flags = flags;
	migSize = sizeof(Request_bootstrap_info);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 408;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 508) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_info) ||
	    Out0P->msgh_body.msgh_descriptor_count != 3) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->names.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->jobs.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->active.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->names.size % 128 != 0 ||
	    Out0P->names.size / 128 != Out0P->namesCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->jobs.size % 128 != 0 ||
	    Out0P->jobs.size / 128 != Out0P->jobsCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->active.size % 4 != 0 ||
	    Out0P->active.size / 4 != Out0P->activeCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*names = (name_array_t)(uintptr_t)Out0P->names.address;
	*namesCnt = Out0P->namesCnt;
	*jobs = (name_array_t)(uintptr_t)Out0P->jobs.address;
	*jobsCnt = Out0P->jobsCnt;
	*active = (bootstrap_status_array_t)(uintptr_t)Out0P->active.address;
	*activeCnt = Out0P->activeCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_subset(
	mach_port_t bp,
	mach_port_t requestor,
	mach_port_t *subset)
{
	union {
		Request_bootstrap_subset In;
		struct {
			Reply_bootstrap_subset m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_subset *In0P;
	Reply_bootstrap_subset *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 1;
	In0P->requestor.name = requestor;
	In0P->requestor.pad1 = 0;
	In0P->requestor.pad2 = 0;
	In0P->requestor.disposition = MACH_MSG_TYPE_COPY_SEND;
	In0P->requestor.type = MACH_MSG_PORT_DESCRIPTOR;
	migSize = sizeof(Request_bootstrap_subset);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 409;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_given_back(In0P->requestor.name, MACH_MSG_TYPE_COPY_SEND,
		    In0P->requestor.disposition);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 509) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_subset) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->subset.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->subset.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*subset = Out0P->subset.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_create_service(
	mach_port_t bp,
	name_t name,
	uint64_t flags,
	mach_port_t *sp)
{
	union {
		Request_bootstrap_create_service In;
		struct {
			Reply_bootstrap_create_service m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_create_service *In0P;
	Reply_bootstrap_create_service *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->name, name, 128);
	In0P->flags = flags;
	migSize = sizeof(Request_bootstrap_create_service);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 410;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 510) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_create_service) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->sp.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->sp.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*sp = Out0P->sp.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_look_up_per_user(
	mach_port_t bp,
	name_t name,
	uid_t uid,
	mach_port_t *sp)
{
	union {
		Request_bootstrap_look_up_per_user In;
		struct {
			Reply_bootstrap_look_up_per_user m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_look_up_per_user *In0P;
	Reply_bootstrap_look_up_per_user *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->NDR = NDR_record;
	(void)mig_strncpy_zerofill(In0P->name, name, 128);
	In0P->uid = uid;
	migSize = sizeof(Request_bootstrap_look_up_per_user);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 411;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 511) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_look_up_per_user) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->sp.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->sp.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*sp = Out0P->sp.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_lookup_children(
	mach_port_t bp,
	mach_port_array_t *children,
	mach_msg_type_number_t *childrenCnt,
	name_array_t *names,
	mach_msg_type_number_t *namesCnt,
	bootstrap_property_array_t *properties,
	mach_msg_type_number_t *propertiesCnt)
{
	union {
		Request_bootstrap_lookup_children In;
		struct {
			Reply_bootstrap_lookup_children m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_lookup_children *In0P;
	Reply_bootstrap_lookup_children *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_bootstrap_lookup_children);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 412;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 512) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_lookup_children) ||
	    Out0P->msgh_body.msgh_descriptor_count != 3) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->children.type != MACH_MSG_OOL_PORTS_DESCRIPTOR ||
	    Out0P->children.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->names.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->properties.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->children.count != Out0P->childrenCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->names.size % 128 != 0 ||
	    Out0P->names.size / 128 != Out0P->namesCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->properties.size % 4 != 0 ||
	    Out0P->properties.size / 4 != Out0P->propertiesCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*children = (mach_port_array_t)(uintptr_t)Out0P->children.address;
	*childrenCnt = Out0P->childrenCnt;
	*names = (name_array_t)(uintptr_t)Out0P->names.address;
	*namesCnt = Out0P->namesCnt;
	*properties = (bootstrap_property_array_t)(uintptr_t)Out0P->properties.address;
	*propertiesCnt = Out0P->propertiesCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_get_root(
	mach_port_t bp,
	mach_port_t *root)
{
	union {
		Request_bootstrap_get_root In;
		struct {
			Reply_bootstrap_get_root m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_get_root *In0P;
	Reply_bootstrap_get_root *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	migSize = sizeof(Request_bootstrap_get_root);
	In0P->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 413;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 513) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_get_root) ||
	    Out0P->msgh_body.msgh_descriptor_count != 1) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->root.type != MACH_MSG_PORT_DESCRIPTOR ||
	    Out0P->root.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*root = Out0P->root.name;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
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
kern_return_t
mig_bootstrap_control(
	mach_port_t bp,
	vm_offset_t request,
	mach_msg_type_number_t requestCnt,
	mach_port_array_t request_rights,
	mach_msg_type_number_t request_rightsCnt,
	vm_offset_t *answer,
	mach_msg_type_number_t *answerCnt,
	mach_port_array_t *answer_rights,
	mach_msg_type_number_t *answer_rightsCnt)
{
	union {
		Request_bootstrap_control In;
		struct {
			Reply_bootstrap_control m;
			unsigned char trailer[MAX_TRAILER_SIZE];
		} Out;
		mig_reply_error_t Error;
	} Mess;
	Request_bootstrap_control *In0P;
	Reply_bootstrap_control *Out0P;
	mach_msg_size_t migSize;
	mach_port_t migReplyPort;
	kern_return_t RetCode;

	In0P = &Mess.In;
	In0P->msgh_body.msgh_descriptor_count = 2;
	In0P->request.address = (void *)(uintptr_t)(request);
	In0P->request.size = requestCnt * 1;
	In0P->request.deallocate = FALSE;
	In0P->request.copy = MACH_MSG_VIRTUAL_COPY;
	In0P->request.pad1 = 0;
	In0P->request.type = MACH_MSG_OOL_DESCRIPTOR;
	In0P->request_rights.address = (void *)(uintptr_t)(request_rights);
	In0P->request_rights.count = request_rightsCnt;
	In0P->request_rights.deallocate = FALSE;
	In0P->request_rights.copy = MACH_MSG_VIRTUAL_COPY;
	In0P->request_rights.disposition = MACH_MSG_TYPE_COPY_SEND;
	In0P->request_rights.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	In0P->NDR = NDR_record;
	In0P->requestCnt = requestCnt;
	In0P->request_rightsCnt = request_rightsCnt;
	migSize = sizeof(Request_bootstrap_control);
	In0P->Head.msgh_bits = MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	In0P->Head.msgh_size = migSize;
	In0P->Head.msgh_remote_port = bp;
	In0P->Head.msgh_local_port = mig_get_reply_port();
	In0P->Head.msgh_voucher_port = MACH_PORT_NULL;
	In0P->Head.msgh_id = 420;
	migReplyPort = In0P->Head.msgh_local_port;
	RetCode = mach_msg(&In0P->Head,
	    MACH_SEND_MSG | MACH_RCV_MSG,
	    migSize, sizeof(Mess.Out), migReplyPort, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mig_not_sent(RetCode)) {
		mig_given_back(In0P->Head.msgh_remote_port, MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSGH_BITS_REMOTE(In0P->Head.msgh_bits));
		mig_given_back(In0P->Head.msgh_local_port, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    MACH_MSGH_BITS_LOCAL(In0P->Head.msgh_bits));
		mig_memory_given_back(&In0P->request,
		    (void *)(uintptr_t)(request));
		mig_ports_given_back(&In0P->request_rights,
		    (void *)(uintptr_t)(request_rights), MACH_MSG_TYPE_COPY_SEND);
		return (RetCode);
	}
	if (RetCode != MACH_MSG_SUCCESS) {
		/* The reply may come late. */
		mig_dealloc_reply_port(migReplyPort);
		return (RetCode);
	}
	mig_put_reply_port(migReplyPort);

	Out0P = &Mess.Out.m;
	if (Out0P->Head.msgh_id != 520) {
		RetCode = Out0P->Head.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		goto failed;
	}
	if (Out0P->Head.msgh_remote_port != MACH_PORT_NULL) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    Out0P->Head.msgh_size == sizeof(mig_reply_error_t) &&
	    Mess.Error.RetCode != KERN_SUCCESS)
		return (Mess.Error.RetCode);
	if (!(Out0P->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    Out0P->Head.msgh_size != sizeof(Reply_bootstrap_control) ||
	    Out0P->msgh_body.msgh_descriptor_count != 2) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->answer.type != MACH_MSG_OOL_DESCRIPTOR) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->answer_rights.type != MACH_MSG_OOL_PORTS_DESCRIPTOR ||
	    Out0P->answer_rights.disposition != MACH_MSG_TYPE_PORT_SEND) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->answer.size != Out0P->answerCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	if (Out0P->answer_rights.count != Out0P->answer_rightsCnt) {
		RetCode = MIG_TYPE_ERROR;
		goto failed;
	}
	*answer = (vm_offset_t)(uintptr_t)Out0P->answer.address;
	*answerCnt = Out0P->answerCnt;
	*answer_rights = (mach_port_array_t)(uintptr_t)Out0P->answer_rights.address;
	*answer_rightsCnt = Out0P->answer_rightsCnt;
	return (KERN_SUCCESS);

failed:
	mach_msg_destroy(&Out0P->Head);
	return (RetCode);
}
