/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The client of the bootstrap server.
 *
 * A call is one message to the bootstrap port and one answer on the thread's
 * reply port.  The answer is believed only if it came through the send-once
 * right that the call made, has the right number, shape and size; anything
 * else is destroyed, and the reply port with it when a late answer could
 * still arrive there.
 *
 * Locks: none.
 */

#include <string.h>

#include <mach/mig.h>

#include "libmach.h"
#include "bootstrap_protocol.h"
#include <servers/bootstrap_priv.h>

_Static_assert(BOOTSTRAP_NAME_SIZE == BOOTSTRAP_MAX_NAME_LEN, "name length");

union request {
	mach_msg_header_t		head;
	struct bootstrap_name_request	name;
	struct bootstrap_look_up_request look_up;
	struct bootstrap_register_request reg;
};

union reply {
	mach_msg_header_t		head;
	mig_reply_error_t		error;
	struct bootstrap_port_reply	port;
	struct bootstrap_status_reply	status;
	struct bootstrap_info_reply	info;
	char	room[sizeof(struct bootstrap_info_reply) + MAX_TRAILER_SIZE];
};

/* A name as it travels; refused when it does not fit. */
static kern_return_t
put_name(char *field, const char *name)
{

	if (name == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (*name == '\0' ||
	    strnlen(name, BOOTSTRAP_NAME_SIZE) == BOOTSTRAP_NAME_SIZE)
		return (BOOTSTRAP_BAD_COUNT);
	(void)mig_strncpy_zerofill(field, name, BOOTSTRAP_NAME_SIZE);
	return (KERN_SUCCESS);
}

/*
 * Is it safe to use the reply port again?  Not when the request may be
 * answered later.
 */
static bool
reply_port_spoilt(mach_msg_return_t mr)
{

	switch (mr) {
	case MACH_MSG_SUCCESS:
	case MACH_SEND_INVALID_DEST:
	case MACH_SEND_INVALID_DATA:
	case MACH_SEND_INVALID_HEADER:
	case MACH_SEND_INVALID_RIGHT:
	case MACH_SEND_INVALID_TYPE:
	case MACH_SEND_NO_BUFFER:
		return (false);
	default:
		return (true);
	}
}

/*
 * Send a request and receive its answer.  On KERN_SUCCESS the answer has the
 * `size` of what the caller expects and, when `complex`, holds rights or memory
 * that are now the caller's.  A refusal is returned as its code.
 */
static kern_return_t
call(mach_port_t bp, mach_msg_header_t *request, mach_msg_size_t request_size,
    mach_msg_bits_t complex_request, int routine, union reply *reply,
    mach_msg_size_t size, bool complex)
{
	mach_msg_return_t mr;
	mach_port_t reply_port;

	reply_port = mig_get_reply_port();
	request->msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE) | complex_request;
	request->msgh_size = request_size;
	request->msgh_remote_port = bp;
	request->msgh_local_port = reply_port;
	request->msgh_voucher_port = MACH_PORT_NULL;
	request->msgh_id = routine;
	mr = mach_msg_overwrite(request, MACH_SEND_MSG | MACH_RCV_MSG,
	    request_size, sizeof(*reply), reply_port, MACH_MSG_TIMEOUT_NONE,
	    MACH_PORT_NULL, &reply->head, 0);
	if (mr != MACH_MSG_SUCCESS) {
		if (reply_port_spoilt(mr))
			mig_dealloc_reply_port(reply_port);
		return (mr);
	}
	mig_put_reply_port(reply_port);
	if (MACH_MSGH_BITS_LOCAL(reply->head.msgh_bits) !=
	    MACH_MSG_TYPE_MOVE_SEND_ONCE ||
	    (reply->head.msgh_id != routine + BOOTSTRAP_REPLY_OFFSET &&
	    reply->head.msgh_id != MACH_NOTIFY_SEND_ONCE)) {
		mach_msg_destroy(&reply->head);
		mig_dealloc_reply_port(reply_port);
		return (MIG_REPLY_MISMATCH);
	}
	if (reply->head.msgh_id == MACH_NOTIFY_SEND_ONCE)
		return (MIG_SERVER_DIED);
	if ((reply->head.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0) {
		if (reply->head.msgh_size == sizeof(mig_reply_error_t) &&
		    reply->error.RetCode != KERN_SUCCESS)
			return (reply->error.RetCode);
		if (!complex && reply->head.msgh_size == size)
			return (KERN_SUCCESS);
	} else if (complex && reply->head.msgh_size == size)
		return (KERN_SUCCESS);
	mach_msg_destroy(&reply->head);
	return (MIG_TYPE_ERROR);
}

/* A call whose answer is one right. */
static kern_return_t
call_for_port(mach_port_t bp, mach_msg_header_t *request,
    mach_msg_size_t request_size, int routine,
    mach_msg_type_name_t disposition, mach_port_t *port)
{
	kern_return_t kr;
	union reply reply;

	kr = call(bp, request, request_size, 0, routine, &reply,
	    sizeof(reply.port), true);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (reply.port.body.msgh_descriptor_count != 1 ||
	    reply.port.port.type != MACH_MSG_PORT_DESCRIPTOR ||
	    reply.port.port.disposition != disposition) {
		mach_msg_destroy(&reply.head);
		return (MIG_TYPE_ERROR);
	}
	*port = reply.port.port.name;
	return (KERN_SUCCESS);
}

kern_return_t
bootstrap_check_in(mach_port_t bp, const char *service_name, mach_port_t *sp)
{
	union request request;
	kern_return_t kr;

	if (sp == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_name(request.name.name, service_name);
	if (kr != KERN_SUCCESS)
		return (kr);
	request.name.ndr = NDR_record;
	return (call_for_port(bp, &request.head, sizeof(request.name),
	    BOOTSTRAP_ROUTINE_CHECK_IN, MACH_MSG_TYPE_MOVE_RECEIVE, sp));
}

/* Only declared names can be checked in, strictly or not. */
kern_return_t
bootstrap_check_in2(mach_port_t bp, const char *service_name, mach_port_t *sp,
    uint64_t flags)
{

	(void)flags;
	return (bootstrap_check_in(bp, service_name, sp));
}

/* A job has one instance, the null one. */
kern_return_t
bootstrap_check_in3(mach_port_t bp, const char *service_name, mach_port_t *sp,
    unsigned char *instance_id, uint64_t flags)
{
	kern_return_t kr;

	if (instance_id == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = bootstrap_check_in2(bp, service_name, sp, flags);
	if (kr == KERN_SUCCESS)
		memset(instance_id, 0, 16);
	return (kr);
}

kern_return_t
bootstrap_look_up2(mach_port_t bp, const char *service_name, mach_port_t *sp,
    pid_t target_pid, uint64_t flags)
{
	union request request;
	kern_return_t kr;

	if (sp == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_name(request.look_up.name, service_name);
	if (kr != KERN_SUCCESS)
		return (kr);
	request.look_up.ndr = NDR_record;
	request.look_up.target_pid = (int32_t)target_pid;
	request.look_up.flags = flags;
	return (call_for_port(bp, &request.head, sizeof(request.look_up),
	    BOOTSTRAP_ROUTINE_LOOK_UP, MACH_MSG_TYPE_MOVE_SEND, sp));
}

kern_return_t
bootstrap_look_up(mach_port_t bp, const char *service_name, mach_port_t *sp)
{

	return (bootstrap_look_up2(bp, service_name, sp, 0, 0));
}

kern_return_t
bootstrap_look_up3(mach_port_t bp, const char *service_name, mach_port_t *sp,
    pid_t target_pid, const unsigned char *instance_id, uint64_t flags)
{

	(void)instance_id;
	if ((flags & BOOTSTRAP_SPECIFIC_INSTANCE) != 0)
		return (KERN_NOT_SUPPORTED);
	return (bootstrap_look_up2(bp, service_name, sp, target_pid, flags));
}

kern_return_t
bootstrap_register2(mach_port_t bp, const char *service_name, mach_port_t sp,
    uint64_t flags)
{
	union request request;
	union reply reply;
	kern_return_t kr;

	memset(&request, 0, sizeof(request));
	kr = put_name(request.reg.name, service_name);
	if (kr != KERN_SUCCESS)
		return (kr);
	request.reg.body.msgh_descriptor_count = 1;
	request.reg.port.name = sp;
	request.reg.port.disposition = MACH_MSG_TYPE_COPY_SEND;
	request.reg.port.type = MACH_MSG_PORT_DESCRIPTOR;
	request.reg.ndr = NDR_record;
	request.reg.flags = flags;
	return (call(bp, &request.head, sizeof(request.reg),
	    MACH_MSGH_BITS_COMPLEX, BOOTSTRAP_ROUTINE_REGISTER, &reply,
	    sizeof(reply.error), false));
}

kern_return_t
bootstrap_register(mach_port_t bp, const char *service_name, mach_port_t sp)
{

	return (bootstrap_register2(bp, service_name, sp, 0));
}

kern_return_t
bootstrap_status(mach_port_t bp, const char *service_name,
    bootstrap_status_t *status)
{
	union request request;
	union reply reply;
	kern_return_t kr;

	if (status == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_name(request.name.name, service_name);
	if (kr != KERN_SUCCESS)
		return (kr);
	request.name.ndr = NDR_record;
	kr = call(bp, &request.head, sizeof(request.name), 0,
	    BOOTSTRAP_ROUTINE_STATUS, &reply, sizeof(reply.status), false);
	if (kr == KERN_SUCCESS)
		*status = reply.status.status;
	return (kr);
}

kern_return_t
bootstrap_parent(mach_port_t bp, mach_port_t *parent)
{
	union request request;

	if (parent == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (call_for_port(bp, &request.head, sizeof(request.head),
	    BOOTSTRAP_ROUTINE_PARENT, MACH_MSG_TYPE_MOVE_SEND, parent));
}

/* There is one domain. */
kern_return_t
bootstrap_get_root(mach_port_t bp, mach_port_t *root)
{

	return (bootstrap_parent(bp, root));
}

static bool
info_sound(const struct bootstrap_info_reply *r)
{
	const uint64_t n = r->names_count;

	return (r->body.msgh_descriptor_count == 3 &&
	    r->names.type == MACH_MSG_OOL_DESCRIPTOR &&
	    r->jobs.type == MACH_MSG_OOL_DESCRIPTOR &&
	    r->active.type == MACH_MSG_OOL_DESCRIPTOR &&
	    r->jobs_count == n && r->active_count == n &&
	    r->names.size == n * sizeof(name_t) &&
	    r->jobs.size == n * sizeof(name_t) &&
	    r->active.size == n * sizeof(bootstrap_status_t));
}

kern_return_t
bootstrap_info(mach_port_t bp, name_array_t *names,
    mach_msg_type_number_t *names_count, name_array_t *jobs,
    mach_msg_type_number_t *jobs_count, bootstrap_status_array_t *active,
    mach_msg_type_number_t *active_count, uint64_t flags)
{
	union request request;
	kern_return_t kr;
	union reply reply;

	(void)flags;
	if (names == NULL || names_count == NULL || jobs == NULL ||
	    jobs_count == NULL || active == NULL || active_count == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = call(bp, &request.head, sizeof(request.head), 0,
	    BOOTSTRAP_ROUTINE_INFO, &reply, sizeof(reply.info), true);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (!info_sound(&reply.info)) {
		mach_msg_destroy(&reply.head);
		return (MIG_TYPE_ERROR);
	}
	*names = reply.info.names.address;
	*jobs = reply.info.jobs.address;
	*active = reply.info.active.address;
	*names_count = *jobs_count = *active_count = reply.info.names_count;
	return (KERN_SUCCESS);
}

/* libmach has set bootstrap_port before main(). */
void
bootstrap_init(void)
{
}

const char *
bootstrap_strerror(kern_return_t code)
{

	switch (code) {
	case BOOTSTRAP_SUCCESS:
		return ("Success");
	case BOOTSTRAP_NOT_PRIVILEGED:
		return ("Permission denied");
	case BOOTSTRAP_NAME_IN_USE:
	case BOOTSTRAP_SERVICE_ACTIVE:
		return ("Service name already exists");
	case BOOTSTRAP_UNKNOWN_SERVICE:
		return ("Unknown service name");
	case BOOTSTRAP_BAD_COUNT:
		return ("Service name or list too long");
	case BOOTSTRAP_NO_MEMORY:
		return ("Out of memory");
	case BOOTSTRAP_NO_CHILDREN:
		return ("No subsets");
	default:
		return (mach_error_string(code));
	}
}
