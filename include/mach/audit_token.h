/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Who sent a message: the parts of the audit token in its trailer.
 *
 * The kernel writes the token when the message is sent, from the credentials of
 * the sending thread.  A receiver asks for it with
 * MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT).  The words of the token
 * are not for programs to read; these functions follow Darwin's libbsm, whose
 * header they have there.  FreeBSD's <bsm/libbsm.h> is another, and does not
 * have them.
 */

#ifndef _MACH_AUDIT_TOKEN_H_
#define	_MACH_AUDIT_TOKEN_H_

#include <mach/message.h>

#ifndef _KERNEL

#ifdef __FreeBSD__
#include <bsm/audit.h>
#else
typedef uint32_t	au_asid_t;
typedef struct au_tid {
	uint32_t	port;
	uint32_t	machine;
} au_tid_t;
#endif

MACH_BEGIN_DECLS

/* The user who logged in; (uid_t)-1 where the host does not keep it. */
extern uid_t audit_token_to_auid(audit_token_t token);

/* Effective and real user and group. */
extern uid_t audit_token_to_euid(audit_token_t token);
extern gid_t audit_token_to_egid(audit_token_t token);
extern uid_t audit_token_to_ruid(audit_token_t token);
extern gid_t audit_token_to_rgid(audit_token_t token);

/*
 * The process, 0 for the kernel.  Process numbers are used again: to tell
 * processes apart compare the version as well.
 */
extern pid_t audit_token_to_pid(audit_token_t token);
extern int audit_token_to_pidversion(audit_token_t token);

/* The session.  On our hosts, the jail: 0 outside of any. */
extern au_asid_t audit_token_to_asid(audit_token_t token);

/* All at once; any pointer may be null.  tid->port is the version. */
extern void audit_token_to_au32(audit_token_t token, uid_t *auid, uid_t *euid,
    gid_t *egid, uid_t *ruid, gid_t *rgid, pid_t *pid, au_asid_t *asid,
    au_tid_t *tid);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_AUDIT_TOKEN_H_ */
