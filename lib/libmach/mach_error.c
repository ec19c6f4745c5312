/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Return codes as text.
 *
 * The strings are constants, safe to keep and to ask for from any thread.  A
 * message error may carry bits that say which resource ran short; they are
 * ignored when the bare code is known.
 */

#include <stdio.h>

#include "libmach.h"
#include <mach/mach_error.h>
#include <mach/mig_errors.h>
#include <servers/bootstrap.h>

struct error_text {
	mach_error_t	 code;
	const char	*text;
};

struct error_system {
	const char		*name;	/* what mach_error_type() says */
	const struct error_text	*texts;
	size_t			 count;
};

#define	T(code, text)	{ (mach_error_t)(code), text }

static const struct error_text kern_texts[] = {
	T(KERN_SUCCESS, "(os/kern) success"),
	T(KERN_INVALID_ADDRESS, "(os/kern) invalid address"),
	T(KERN_PROTECTION_FAILURE, "(os/kern) memory protection failure"),
	T(KERN_NO_SPACE, "(os/kern) no space available"),
	T(KERN_INVALID_ARGUMENT, "(os/kern) invalid argument"),
	T(KERN_FAILURE, "(os/kern) failure"),
	T(KERN_RESOURCE_SHORTAGE, "(os/kern) resource shortage"),
	T(KERN_NOT_RECEIVER, "(os/kern) no receive right for the port"),
	T(KERN_NO_ACCESS, "(os/kern) no access"),
	T(KERN_MEMORY_FAILURE, "(os/kern) memory object lost"),
	T(KERN_MEMORY_ERROR, "(os/kern) memory object cannot supply data"),
	T(KERN_ALREADY_IN_SET, "(os/kern) already in the set"),
	T(KERN_NOT_IN_SET, "(os/kern) not in the set"),
	T(KERN_NAME_EXISTS, "(os/kern) name exists already"),
	T(KERN_ABORTED, "(os/kern) operation aborted"),
	T(KERN_INVALID_NAME, "(os/kern) no such name"),
	T(KERN_INVALID_TASK, "(os/kern) no such task"),
	T(KERN_INVALID_RIGHT, "(os/kern) name denotes another kind of right"),
	T(KERN_INVALID_VALUE, "(os/kern) value out of range"),
	T(KERN_UREFS_OVERFLOW, "(os/kern) too many user references"),
	T(KERN_INVALID_CAPABILITY, "(os/kern) invalid capability"),
	T(KERN_RIGHT_EXISTS, "(os/kern) right exists under another name"),
	T(KERN_INVALID_HOST, "(os/kern) no such host"),
	T(KERN_MEMORY_PRESENT, "(os/kern) memory is present already"),
	T(KERN_MEMORY_DATA_MOVED, "(os/kern) memory data moved"),
	T(KERN_MEMORY_RESTART_COPY, "(os/kern) memory copy must be restarted"),
	T(KERN_INVALID_PROCESSOR_SET, "(os/kern) no such processor set"),
	T(KERN_POLICY_LIMIT, "(os/kern) beyond the policy's limit"),
	T(KERN_INVALID_POLICY, "(os/kern) no such policy"),
	T(KERN_INVALID_OBJECT, "(os/kern) no such object"),
	T(KERN_ALREADY_WAITING, "(os/kern) somebody waits already"),
	T(KERN_DEFAULT_SET, "(os/kern) not possible on the default set"),
	T(KERN_EXCEPTION_PROTECTED, "(os/kern) exception port is protected"),
	T(KERN_INVALID_LEDGER, "(os/kern) no such ledger"),
	T(KERN_INVALID_MEMORY_CONTROL, "(os/kern) no such memory control"),
	T(KERN_INVALID_SECURITY, "(os/kern) no such security token"),
	T(KERN_NOT_DEPRESSED, "(os/kern) priority is not depressed"),
	T(KERN_TERMINATED, "(os/kern) object terminated"),
	T(KERN_LOCK_SET_DESTROYED, "(os/kern) lock set destroyed"),
	T(KERN_LOCK_UNSTABLE, "(os/kern) lock is unstable"),
	T(KERN_LOCK_OWNED, "(os/kern) lock is owned"),
	T(KERN_LOCK_OWNED_SELF, "(os/kern) lock is owned by the caller"),
	T(KERN_SEMAPHORE_DESTROYED, "(os/kern) semaphore destroyed"),
	T(KERN_RPC_SERVER_TERMINATED, "(os/kern) server terminated"),
	T(KERN_RPC_TERMINATE_ORPHAN, "(os/kern) orphaned call terminated"),
	T(KERN_RPC_CONTINUE_ORPHAN, "(os/kern) orphaned call goes on"),
	T(KERN_NOT_SUPPORTED, "(os/kern) not supported"),
	T(KERN_NODE_DOWN, "(os/kern) node is down"),
	T(KERN_NOT_WAITING, "(os/kern) thread does not wait"),
	T(KERN_OPERATION_TIMED_OUT, "(os/kern) operation timed out"),
	T(KERN_CODESIGN_ERROR, "(os/kern) code signature error"),
	T(KERN_POLICY_STATIC, "(os/kern) policy cannot be changed"),
	T(KERN_INSUFFICIENT_BUFFER_SIZE, "(os/kern) buffer too small"),
	T(KERN_DENIED, "(os/kern) denied"),
	T(KERN_MISSING_KC, "(os/kern) kernel collection missing"),
	T(KERN_INVALID_KC, "(os/kern) kernel collection invalid"),
	T(KERN_NOT_FOUND, "(os/kern) not found"),
};

static const struct error_text bootstrap_texts[] = {
	T(BOOTSTRAP_NOT_PRIVILEGED, "(bootstrap) not privileged"),
	T(BOOTSTRAP_NAME_IN_USE, "(bootstrap) service name in use"),
	T(BOOTSTRAP_UNKNOWN_SERVICE, "(bootstrap) unknown service"),
	T(BOOTSTRAP_SERVICE_ACTIVE, "(bootstrap) service is active"),
	T(BOOTSTRAP_BAD_COUNT, "(bootstrap) bad count or length"),
	T(BOOTSTRAP_NO_MEMORY, "(bootstrap) no memory"),
	T(BOOTSTRAP_NO_CHILDREN, "(bootstrap) no children"),
};

static const struct error_text send_texts[] = {
	T(MACH_SEND_IN_PROGRESS, "(ipc/send) send in progress"),
	T(MACH_SEND_INVALID_DATA, "(ipc/send) message not readable"),
	T(MACH_SEND_INVALID_DEST, "(ipc/send) invalid destination port"),
	T(MACH_SEND_TIMED_OUT, "(ipc/send) timed out"),
	T(MACH_SEND_INVALID_VOUCHER, "(ipc/send) invalid voucher"),
	T(MACH_SEND_INTERRUPTED, "(ipc/send) interrupted"),
	T(MACH_SEND_MSG_TOO_SMALL, "(ipc/send) message too small"),
	T(MACH_SEND_INVALID_REPLY, "(ipc/send) invalid reply port"),
	T(MACH_SEND_INVALID_RIGHT, "(ipc/send) invalid right in the message"),
	T(MACH_SEND_INVALID_NOTIFY, "(ipc/send) invalid notify port"),
	T(MACH_SEND_INVALID_MEMORY, "(ipc/send) invalid out-of-line memory"),
	T(MACH_SEND_NO_BUFFER, "(ipc/send) no message buffer"),
	T(MACH_SEND_TOO_LARGE, "(ipc/send) message too large"),
	T(MACH_SEND_INVALID_TYPE, "(ipc/send) invalid descriptor type"),
	T(MACH_SEND_INVALID_HEADER, "(ipc/send) invalid header bits"),
	T(MACH_SEND_INVALID_TRAILER, "(ipc/send) invalid trailer"),
	T(MACH_SEND_INVALID_CONTEXT, "(ipc/send) wrong guard"),
	T(MACH_SEND_INVALID_OPTIONS, "(ipc/send) contradicting options"),
	T(MACH_SEND_INVALID_RT_OOL_SIZE,
	    "(ipc/send) out-of-line memory too large for real time"),
	T(MACH_SEND_NO_GRANT_DEST, "(ipc/send) destination takes no grants"),
	T(MACH_SEND_MSG_FILTERED, "(ipc/send) message filtered"),
	T(MACH_SEND_AUX_TOO_SMALL, "(ipc/send) auxiliary data too small"),
	T(MACH_SEND_AUX_TOO_LARGE, "(ipc/send) auxiliary data too large"),
};

static const struct error_text receive_texts[] = {
	T(MACH_RCV_IN_PROGRESS, "(ipc/rcv) receive in progress"),
	T(MACH_RCV_INVALID_NAME, "(ipc/rcv) no such port or port set"),
	T(MACH_RCV_TIMED_OUT, "(ipc/rcv) timed out"),
	T(MACH_RCV_TOO_LARGE, "(ipc/rcv) message too large"),
	T(MACH_RCV_INTERRUPTED, "(ipc/rcv) interrupted"),
	T(MACH_RCV_PORT_CHANGED, "(ipc/rcv) port moved or changed sets"),
	T(MACH_RCV_INVALID_NOTIFY, "(ipc/rcv) invalid notify port"),
	T(MACH_RCV_INVALID_DATA, "(ipc/rcv) buffer not writable"),
	T(MACH_RCV_PORT_DIED, "(ipc/rcv) port died"),
	T(MACH_RCV_IN_SET, "(ipc/rcv) port is in a port set"),
	T(MACH_RCV_HEADER_ERROR, "(ipc/rcv) header right lost"),
	T(MACH_RCV_BODY_ERROR, "(ipc/rcv) right or memory in the body lost"),
	T(MACH_RCV_INVALID_TYPE, "(ipc/rcv) invalid scatter descriptor type"),
	T(MACH_RCV_SCATTER_SMALL, "(ipc/rcv) scatter descriptor too small"),
	T(MACH_RCV_INVALID_TRAILER, "(ipc/rcv) invalid trailer"),
	T(MACH_RCV_IN_PROGRESS_TIMED,
	    "(ipc/rcv) receive with a timeout in progress"),
	T(MACH_RCV_INVALID_REPLY, "(ipc/rcv) invalid reply port"),
	T(MACH_RCV_INVALID_ARGUMENTS, "(ipc/rcv) invalid arguments"),
};

static const struct error_text mig_texts[] = {
	T(MIG_TYPE_ERROR, "(ipc/mig) wrong type in a message"),
	T(MIG_REPLY_MISMATCH, "(ipc/mig) wrong message id in a reply"),
	T(MIG_REMOTE_ERROR, "(ipc/mig) server detected an error"),
	T(MIG_BAD_ID, "(ipc/mig) unknown request"),
	T(MIG_BAD_ARGUMENTS, "(ipc/mig) wrong arguments"),
	T(MIG_NO_REPLY, "(ipc/mig) no reply shall be sent"),
	T(MIG_EXCEPTION, "(ipc/mig) server raised an exception"),
	T(MIG_ARRAY_TOO_LARGE, "(ipc/mig) array too large"),
	T(MIG_SERVER_DIED, "(ipc/mig) server died"),
	T(MIG_TRAILER_ERROR, "(ipc/mig) trailer missing or malformed"),
};

#undef T

#define	S(name, texts)	{ name, texts, sizeof(texts) / sizeof(texts[0]) }

static const struct error_system systems[] = {
	S("(os/kern)", kern_texts),
	S("(bootstrap)", bootstrap_texts),
	S("(ipc/send)", send_texts),
	S("(ipc/rcv)", receive_texts),
	S("(ipc/mig)", mig_texts),
};

static const struct error_text *
lookup(mach_error_t code, const struct error_system **systemp)
{
	const struct error_system *s;
	size_t i, j;

	for (i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
		s = &systems[i];
		for (j = 0; j < s->count; j++)
			if (s->texts[j].code == code) {
				*systemp = s;
				return (&s->texts[j]);
			}
	}
	return (NULL);
}

static const struct error_text *
find(mach_error_t code, const struct error_system **systemp)
{
	const struct error_text *text;

	text = lookup(code, systemp);
	if (text == NULL && ((unsigned)code & 0xffff8000U) == 0x10000000U)
		text = lookup(code & ~MACH_MSG_MASK, systemp);
	return (text);
}

/* Not const, as on Darwin; nobody may write to it. */
char *
mach_error_string(mach_error_t code)
{
	const struct error_system *system;
	const struct error_text *text;

	text = find(code, &system);
	return ((char *)(uintptr_t)(text != NULL ? text->text :
	    "unknown error code"));
}

char *
mach_error_type(mach_error_t code)
{
	const struct error_system *system;

	return ((char *)(uintptr_t)(find(code, &system) != NULL ?
	    system->name : "(unknown)"));
}

/* One line to the standard error output. */
void
mach_error(const char *what, mach_error_t code)
{

	(void)fprintf(stderr, "%s: %s (0x%x)\n", what, mach_error_string(code),
	    (unsigned)code);
}
