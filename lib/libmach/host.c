/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host: special ports and what one asks for by a call of its own.  What is
 * not offered is in unsupported.c.
 */

#include <sys/utsname.h>

#include <stdio.h>

#include "gen/mach_host_user.h"
#include "libmach.h"

kern_return_t
host_get_special_port(host_priv_t host, int node, int which, mach_port_t *port)
{

	return (host_get_special_port_trap(host, node, which, port));
}

kern_return_t
host_set_special_port(host_priv_t host, int which, mach_port_t port)
{

	return (host_set_special_port_trap(host, which, port));
}

kern_return_t
host_page_size(host_t host, vm_size_t *size)
{

	if (size == NULL || !_libmach_is_host(host))
		return (KERN_INVALID_ARGUMENT);
	*size = vm_page_size;
	return (KERN_SUCCESS);
}

kern_return_t
host_kernel_version(host_t host, kernel_version_t version)
{
	struct utsname un;

	if (version == NULL || !_libmach_is_host(host))
		return (KERN_INVALID_ARGUMENT);
	if (uname(&un) != 0)
		return (KERN_FAILURE);
	(void)snprintf(version, sizeof(kernel_version_t),
	    "%.100s %.100s %.200s", un.sysname, un.release, un.version);
	return (KERN_SUCCESS);
}

kern_return_t
host_request_notification(host_t host, host_flavor_t type, mach_port_t port)
{

	return (_kernelrpc_host_request_notification(host, type, port));
}

/* There is no IOKit. */
kern_return_t
host_get_io_main(host_t host, io_main_t *io_main)
{

	if (io_main == NULL || !_libmach_is_host(host))
		return (KERN_INVALID_ARGUMENT);
	*io_main = MACH_PORT_NULL;
	return (KERN_SUCCESS);
}

kern_return_t
host_get_io_master(host_t host, io_master_t *io_master)
{

	return (host_get_io_main(host, io_master));
}
