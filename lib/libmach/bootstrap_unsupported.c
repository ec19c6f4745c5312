/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What launchd does not offer yet: domains below the one there is, and names
 * and jobs made at run time.  Every function returns KERN_NOT_SUPPORTED and
 * writes to none of its arguments.
 */

#include <mach/mach.h>
#include <servers/bootstrap_priv.h>

/* They use none of their arguments, on purpose. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

kern_return_t
bootstrap_create_server(mach_port_t bp, const char *server_cmd,
    uid_t server_uid, boolean_t on_demand, mach_port_t *server_port)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
bootstrap_create_service(mach_port_t bp, const char *service_name,
    mach_port_t *sp)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
bootstrap_subset(mach_port_t bp, mach_port_t requestor_port,
    mach_port_t *subset_port)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
bootstrap_unprivileged(mach_port_t bp, mach_port_t *unpriv_port)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
bootstrap_look_up_per_user(mach_port_t bp, const char *service_name,
    uid_t target_user, mach_port_t *sp)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
bootstrap_lookup_children(mach_port_t bp, mach_port_array_t *children,
    name_array_t *names, bootstrap_property_array_t *properties,
    mach_msg_type_number_t *n_children)
{

	return (KERN_NOT_SUPPORTED);
}
