/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a user's list names is looked at, opened and taken away as that user,
 * with the user's groups and without ours: a path can lead anywhere, and what
 * is there when it is used need not be what was there before.
 */

#include <sys/types.h>

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"

#define	NOBODYS_GROUP	((gid_t)65534)	/* of a user without a name */

/* Ours, which stay the same. */
static struct {
	gid_t	 gid;
	gid_t	*groups;
	int	 n;
} own;

static bool
own_groups(void)
{
	int n;

	if (own.groups != NULL)
		return (true);
	n = getgroups(0, NULL);
	if (n == -1)
		return (false);
	own.groups = calloc((size_t)n + 1, sizeof(*own.groups));
	if (own.groups == NULL)
		return (false);
	own.n = getgroups(n, own.groups);
	own.gid = getegid();
	if (own.n != -1)
		return (true);
	free(own.groups);
	own.groups = NULL;
	return (false);
}

static bool
take_groups(uid_t uid)
{
	const struct passwd *pw;
	gid_t gid;

	pw = getpwuid(uid);
	gid = pw != NULL ? pw->pw_gid : NOBODYS_GROUP;
	if (pw != NULL ? initgroups(pw->pw_name, gid) == -1 :
	    setgroups(1, &gid) == -1)
		return (false);
	return (setegid(gid) == 0);
}

bool
as_user_begin(const struct domain *d, bool *is)
{
	int error;

	*is = d->d_kind != DOMAIN_SYSTEM && d->d_uid != 0 && geteuid() == 0;
	if (!*is)
		return (true);
	if (own_groups() && take_groups(d->d_uid) && seteuid(d->d_uid) == 0)
		return (true);
	error = errno;
	as_user_end(*is);
	*is = false;
	log_line(LOG_ERROR, NULL, 0, "cannot be user %u: %s",
	    (unsigned)d->d_uid, strerror(error));
	errno = error;
	return (false);
}

void
as_user_end(bool is)
{

	if (is && (seteuid(0) == -1 || (own.groups != NULL &&
	    (setgroups((size_t)own.n, own.groups) == -1 ||
	    setegid(own.gid) == -1))))
		log_line(LOG_ERROR, NULL, 0, "cannot be the superuser again");
}
