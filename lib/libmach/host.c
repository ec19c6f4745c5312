/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host: special ports and information.  What is not offered is in
 * unsupported.c.
 */

#include <sys/utsname.h>

#include <stdio.h>

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
host_info(host_t host, host_flavor_t flavor, host_info_t info,
    mach_msg_type_number_t *count)
{

	return (host_info_trap(host, flavor, info, count));
}

/* Is it a host port?  The kernel knows. */
static bool
is_host(host_t host)
{
	host_basic_info_data_t info;
	mach_msg_type_number_t count;

	count = HOST_BASIC_INFO_COUNT;
	return (host_info_trap(host, HOST_BASIC_INFO, (host_info_t)&info,
	    &count) != KERN_INVALID_ARGUMENT);
}

kern_return_t
host_page_size(host_t host, vm_size_t *size)
{

	if (size == NULL || !is_host(host))
		return (KERN_INVALID_ARGUMENT);
	*size = vm_page_size;
	return (KERN_SUCCESS);
}

kern_return_t
host_kernel_version(host_t host, kernel_version_t version)
{
	struct utsname un;

	if (version == NULL || !is_host(host))
		return (KERN_INVALID_ARGUMENT);
	if (uname(&un) != 0)
		return (KERN_FAILURE);
	(void)snprintf(version, sizeof(kernel_version_t),
	    "%.100s %.100s %.200s", un.sysname, un.release, un.version);
	return (KERN_SUCCESS);
}

/* There is no IOKit. */
kern_return_t
host_get_io_main(host_t host, io_main_t *io_main)
{

	if (io_main == NULL || !is_host(host))
		return (KERN_INVALID_ARGUMENT);
	*io_main = MACH_PORT_NULL;
	return (KERN_SUCCESS);
}

kern_return_t
host_get_io_master(host_t host, io_master_t *io_master)
{

	return (host_get_io_main(host, io_master));
}
