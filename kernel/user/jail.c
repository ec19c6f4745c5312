/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The namespaces of jails where there are none: everything outside the host's
 * own prison has no bootstrap port.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/jail.h>

#include <kernel/kern/host.h>

struct ipc_port *
mach_jail_bootstrap(struct prison *pr)
{

	return (pr == &prison0 ? mach_host_bootstrap() : NULL);
}
