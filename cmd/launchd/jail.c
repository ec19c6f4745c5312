/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Jails.  The domain of one has a port for it alone, of which launchd keeps no
 * send right: when the kernel says that none is left, the jail is gone, and the
 * domain ends.  Its jobs run inside.
 *
 * What comes out of a jail, whatever user it is there, is not the superuser's:
 * see caller_super().
 */

#include <sys/types.h>
#ifdef __FreeBSD__
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/jail.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#ifdef __FreeBSD__
#include <mach/mach_dev.h>
#endif

#include "launchd.h"

#ifdef __FreeBSD__

static int
give(int jid, mach_port_t port)
{
	struct mach_jail_port arg;
	int error, fd;

	fd = open(MACH_DEV, O_RDWR | O_CLOEXEC);
	if (fd == -1)
		return (errno);
	arg.mj_jid = jid;
	arg.mj_port = port;
	error = ioctl(fd, MACHIOCJAILPORT, &arg) == -1 ? errno : 0;
	(void)close(fd);
	return (error);
}

int
jail_enter(int jid)
{

	return (jail_attach(jid) == -1 ? errno : 0);
}

#else

static int
give(int jid, mach_port_t port)
{

	(void)jid;
	(void)port;
	return (ENOTSUP);
}

int
jail_enter(int jid)
{

	(void)jid;
	return (ENOTSUP);
}

#endif

int
jail_domain_port(struct domain *d)
{
	int error;

	error = domain_port_make(d);
	if (error == 0)
		error = give(d->d_jail, d->d_jail_port);
	return (error == 0 ? domain_port_given(d) : error);
}

int
jail_domain(int jid, struct domain **made)
{
	char name[40];
	struct domain *d;
	int error;

	(void)snprintf(name, sizeof(name), "jail/%d", jid);
	d = domain_new(system_domain, DOMAIN_JAIL, 0, name);
	if (d == NULL)
		return (ENOMEM);
	d->d_jail = jid;
	error = jail_domain_port(d);
	if (error != 0) {
		domain_end(d);
		return (error);
	}
	log_line(LOG_NOTICE, NULL, 0, "domain %s made", d->d_name);
	*made = d;
	return (0);
}

void
jail_domain_end(const struct domain *d)
{

	(void)give(d->d_jail, MACH_PORT_NULL);
}
