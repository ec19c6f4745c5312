/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kern_return_t and its codes.
 *
 * Every Mach call returns a kern_return_t, never errno.  0 is success.  The
 * codes below are those of the kernel itself (system 0, subsystem 0, see
 * <mach/error.h>); mach_msg() adds MACH_SEND_* and MACH_RCV_*, generated
 * stubs add MIG_* (<mach/mig_errors.h>), the bootstrap server adds
 * BOOTSTRAP_* (<servers/bootstrap.h>).  mach_error_string() names them all.
 * Numbers are Darwin's.
 */

#ifndef _MACH_KERN_RETURN_H_
#define	_MACH_KERN_RETURN_H_

#include <mach/cdefs.h>

typedef int	kern_return_t;

#define	KERN_SUCCESS			0

/* The address range is not mapped, or not accessible as a whole. */
#define	KERN_INVALID_ADDRESS		1
/* The range is mapped but its protection forbids the access. */
#define	KERN_PROTECTION_FAILURE		2
/* No room in the address range or name space asked for. */
#define	KERN_NO_SPACE			3
/* An argument is malformed, or makes no sense with the others. */
#define	KERN_INVALID_ARGUMENT		4
/* The call could not be carried out; no other code fits. */
#define	KERN_FAILURE			5
/* A kernel resource or a limit is exhausted. */
#define	KERN_RESOURCE_SHORTAGE		6
/* The task does not hold the receive right. */
#define	KERN_NOT_RECEIVER		7
/* Access is refused. */
#define	KERN_NO_ACCESS			8
/* Backing memory of the range is destroyed. */
#define	KERN_MEMORY_FAILURE		9
/* Backing memory of the range returned an error. */
#define	KERN_MEMORY_ERROR		10
/* The port is already a member of the set. */
#define	KERN_ALREADY_IN_SET		11
/* The port is not a member of the set. */
#define	KERN_NOT_IN_SET			12
/* The name already denotes a right. */
#define	KERN_NAME_EXISTS		13
/* The wait was broken off; may be called again. */
#define	KERN_ABORTED			14
/* The name denotes no right in the space. */
#define	KERN_INVALID_NAME		15
/* The port that should be a task is none, or the task is dead. */
#define	KERN_INVALID_TASK		16
/* The name denotes a right of a kind that does not fit. */
#define	KERN_INVALID_RIGHT		17
/* A value is out of range. */
#define	KERN_INVALID_VALUE		18
/* The user references of the right would pass their limit. */
#define	KERN_UREFS_OVERFLOW		19
/* The port given is null, dead or not what it should be. */
#define	KERN_INVALID_CAPABILITY		20
/* The space holds the right under another name. */
#define	KERN_RIGHT_EXISTS		21
/* The port that should be a host is none. */
#define	KERN_INVALID_HOST		22
#define	KERN_MEMORY_PRESENT		23
#define	KERN_MEMORY_DATA_MOVED		24
#define	KERN_MEMORY_RESTART_COPY	25
#define	KERN_INVALID_PROCESSOR_SET	26
#define	KERN_POLICY_LIMIT		27
#define	KERN_INVALID_POLICY		28
#define	KERN_INVALID_OBJECT		29
#define	KERN_ALREADY_WAITING		30
#define	KERN_DEFAULT_SET		31
#define	KERN_EXCEPTION_PROTECTED	32
#define	KERN_INVALID_LEDGER		33
#define	KERN_INVALID_MEMORY_CONTROL	34
#define	KERN_INVALID_SECURITY		35
#define	KERN_NOT_DEPRESSED		36
/* The object was terminated before or during the call. */
#define	KERN_TERMINATED			37
#define	KERN_LOCK_SET_DESTROYED		38
#define	KERN_LOCK_UNSTABLE		39
#define	KERN_LOCK_OWNED			40
#define	KERN_LOCK_OWNED_SELF		41
/* The semaphore was destroyed while the thread waited. */
#define	KERN_SEMAPHORE_DESTROYED	42
#define	KERN_RPC_SERVER_TERMINATED	43
#define	KERN_RPC_TERMINATE_ORPHAN	44
#define	KERN_RPC_CONTINUE_ORPHAN	45
/* This kernel, or this host, does not offer the call. */
#define	KERN_NOT_SUPPORTED		46
#define	KERN_NODE_DOWN			47
/* The thread named does not wait on the object. */
#define	KERN_NOT_WAITING		48
/* The time given ran out. */
#define	KERN_OPERATION_TIMED_OUT	49
#define	KERN_CODESIGN_ERROR		50
#define	KERN_POLICY_STATIC		51
/* The caller's buffer does not hold the result. */
#define	KERN_INSUFFICIENT_BUFFER_SIZE	52
/* A security policy refuses the call. */
#define	KERN_DENIED			53
#define	KERN_MISSING_KC			54
#define	KERN_INVALID_KC			55
#define	KERN_NOT_FOUND			56

#define	KERN_RETURN_MAX			0x100

#endif /* !_MACH_KERN_RETURN_H_ */
