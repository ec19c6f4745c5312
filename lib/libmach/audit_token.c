/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What an audit token says about the sender of a message.
 */

#include <string.h>

#include "libmach.h"
#include <mach/audit_token.h>

/* The words of a token, in Darwin's order. */
enum {
	TOKEN_AUID,
	TOKEN_EUID,
	TOKEN_EGID,
	TOKEN_RUID,
	TOKEN_RGID,
	TOKEN_PID,
	TOKEN_ASID,
	TOKEN_PIDVERSION,
};

uid_t
audit_token_to_auid(audit_token_t token)
{

	return ((uid_t)token.val[TOKEN_AUID]);
}

uid_t
audit_token_to_euid(audit_token_t token)
{

	return ((uid_t)token.val[TOKEN_EUID]);
}

gid_t
audit_token_to_egid(audit_token_t token)
{

	return ((gid_t)token.val[TOKEN_EGID]);
}

uid_t
audit_token_to_ruid(audit_token_t token)
{

	return ((uid_t)token.val[TOKEN_RUID]);
}

gid_t
audit_token_to_rgid(audit_token_t token)
{

	return ((gid_t)token.val[TOKEN_RGID]);
}

pid_t
audit_token_to_pid(audit_token_t token)
{

	return ((pid_t)token.val[TOKEN_PID]);
}

au_asid_t
audit_token_to_asid(audit_token_t token)
{

	return ((au_asid_t)token.val[TOKEN_ASID]);
}

int
audit_token_to_pidversion(audit_token_t token)
{

	return ((int)token.val[TOKEN_PIDVERSION]);
}

void
audit_token_to_au32(audit_token_t token, uid_t *auid, uid_t *euid,
    gid_t *egid, uid_t *ruid, gid_t *rgid, pid_t *pid, au_asid_t *asid,
    au_tid_t *tid)
{

	if (auid != NULL)
		*auid = audit_token_to_auid(token);
	if (euid != NULL)
		*euid = audit_token_to_euid(token);
	if (egid != NULL)
		*egid = audit_token_to_egid(token);
	if (ruid != NULL)
		*ruid = audit_token_to_ruid(token);
	if (rgid != NULL)
		*rgid = audit_token_to_rgid(token);
	if (pid != NULL)
		*pid = audit_token_to_pid(token);
	if (asid != NULL)
		*asid = audit_token_to_asid(token);
	if (tid != NULL)
		memset(tid, 0, sizeof(*tid));
}
