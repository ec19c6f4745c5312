/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The client of the bootstrap server: the checks that no message is needed
 * for, around the stubs of bootstrap.defs.
 *
 * Locks: none.
 */

#include <string.h>

#include <mach/mig.h>

#include "libmach.h"
#include "gen/bootstrap_user.h"

/* A name as it travels, cleared behind its end; refused when too long. */
static kern_return_t
put_string(char *field, const char *string, size_t size)
{

	if (string == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (*string == '\0' || strnlen(string, size) == size)
		return (BOOTSTRAP_BAD_COUNT);
	(void)mig_strncpy_zerofill(field, string, (int)size);
	return (KERN_SUCCESS);
}

kern_return_t
bootstrap_check_in3(mach_port_t bp, const char *service_name, mach_port_t *sp,
    unsigned char *instance_id, uint64_t flags)
{
	kern_return_t kr;
	name_t name;

	if (sp == NULL || instance_id == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_string(name, service_name, sizeof(name));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_check_in(bp, name,
	    flags, sp, instance_id));
}

kern_return_t
bootstrap_check_in2(mach_port_t bp, const char *service_name, mach_port_t *sp,
    uint64_t flags)
{
	bootstrap_instance_t instance;

	return (bootstrap_check_in3(bp, service_name, sp, instance, flags));
}

kern_return_t
bootstrap_check_in(mach_port_t bp, const char *service_name, mach_port_t *sp)
{

	return (bootstrap_check_in2(bp, service_name, sp, 0));
}

kern_return_t
bootstrap_look_up3(mach_port_t bp, const char *service_name, mach_port_t *sp,
    pid_t target_pid, const unsigned char *instance_id, uint64_t flags)
{
	bootstrap_instance_t instance;
	kern_return_t kr;
	name_t name;

	if (sp == NULL || (instance_id == NULL &&
	    (flags & BOOTSTRAP_SPECIFIC_INSTANCE) != 0))
		return (KERN_INVALID_ARGUMENT);
	memset(instance, 0, sizeof(instance));
	if (instance_id != NULL)
		memcpy(instance, instance_id, sizeof(instance));
	kr = put_string(name, service_name, sizeof(name));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_look_up(bp, name,
	    target_pid, instance, flags, sp));
}

kern_return_t
bootstrap_look_up2(mach_port_t bp, const char *service_name, mach_port_t *sp,
    pid_t target_pid, uint64_t flags)
{

	return (bootstrap_look_up3(bp, service_name, sp, target_pid, NULL,
	    flags & ~(uint64_t)BOOTSTRAP_SPECIFIC_INSTANCE));
}

kern_return_t
bootstrap_look_up(mach_port_t bp, const char *service_name, mach_port_t *sp)
{

	return (bootstrap_look_up2(bp, service_name, sp, 0, 0));
}

kern_return_t
bootstrap_look_up_per_user(mach_port_t bp, const char *service_name,
    uid_t target_user, mach_port_t *sp)
{
	kern_return_t kr;
	name_t name;

	if (sp == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_string(name, service_name, sizeof(name));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_look_up_per_user(bp,
	    name, target_user, sp));
}

kern_return_t
bootstrap_register2(mach_port_t bp, const char *service_name, mach_port_t sp,
    uint64_t flags)
{
	kern_return_t kr;
	name_t name;

	kr = put_string(name, service_name, sizeof(name));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_register(bp, name, sp,
	    flags));
}

kern_return_t
bootstrap_register(mach_port_t bp, const char *service_name, mach_port_t sp)
{

	return (bootstrap_register2(bp, service_name, sp, 0));
}

kern_return_t
bootstrap_create_server(mach_port_t bp, const char *server_cmd,
    uid_t server_uid, boolean_t on_demand, mach_port_t *server_port)
{
	cmd_t command;
	kern_return_t kr;

	if (server_port == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_string(command, server_cmd, sizeof(command));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_create_server(bp,
	    command, server_uid, on_demand, server_port));
}

kern_return_t
bootstrap_create_service(mach_port_t bp, const char *service_name,
    mach_port_t *sp)
{
	kern_return_t kr;
	name_t name;

	if (sp == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_string(name, service_name, sizeof(name));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_create_service(bp,
	    name, 0, sp));
}

kern_return_t
bootstrap_status(mach_port_t bp, const char *service_name,
    bootstrap_status_t *status)
{
	kern_return_t kr;
	name_t name;

	if (status == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = put_string(name, service_name, sizeof(name));
	return (kr != KERN_SUCCESS ? kr : mig_bootstrap_status(bp, name,
	    status));
}

kern_return_t
bootstrap_parent(mach_port_t bp, mach_port_t *parent)
{

	return (parent == NULL ? KERN_INVALID_ARGUMENT :
	    mig_bootstrap_parent(bp, parent));
}

kern_return_t
bootstrap_get_root(mach_port_t bp, mach_port_t *root)
{

	return (root == NULL ? KERN_INVALID_ARGUMENT :
	    mig_bootstrap_get_root(bp, root));
}

kern_return_t
bootstrap_unprivileged(mach_port_t bp, mach_port_t *unpriv_port)
{

	return (unpriv_port == NULL ? KERN_INVALID_ARGUMENT :
	    mig_bootstrap_unprivileged(bp, unpriv_port));
}

kern_return_t
bootstrap_subset(mach_port_t bp, mach_port_t requestor_port,
    mach_port_t *subset_port)
{

	return (subset_port == NULL ? KERN_INVALID_ARGUMENT :
	    mig_bootstrap_subset(bp, requestor_port, subset_port));
}

/* Lists that belong together are of one length; false: forgotten. */
static bool
same_length(void *names, size_t n, void *other, size_t n_other,
    size_t other_size, void *third, size_t n_third, size_t third_size)
{

	if (n == n_other && n == n_third)
		return (true);
	mig_deallocate((vm_address_t)names, n * sizeof(name_t));
	mig_deallocate((vm_address_t)other, n_other * other_size);
	mig_deallocate((vm_address_t)third, n_third * third_size);
	return (false);
}

kern_return_t
bootstrap_info(mach_port_t bp, name_array_t *names,
    mach_msg_type_number_t *names_count, name_array_t *jobs,
    mach_msg_type_number_t *jobs_count, bootstrap_status_array_t *active,
    mach_msg_type_number_t *active_count, uint64_t flags)
{
	kern_return_t kr;

	if (names == NULL || names_count == NULL || jobs == NULL ||
	    jobs_count == NULL || active == NULL || active_count == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mig_bootstrap_info(bp, flags, names, names_count, jobs,
	    jobs_count, active, active_count);
	if (kr == KERN_SUCCESS && !same_length(*names, *names_count, *jobs,
	    *jobs_count, sizeof(name_t), *active, *active_count,
	    sizeof(bootstrap_status_t)))
		kr = MIG_TYPE_ERROR;
	return (kr);
}

kern_return_t
bootstrap_lookup_children(mach_port_t bp, mach_port_array_t *children,
    name_array_t *names, bootstrap_property_array_t *properties,
    mach_msg_type_number_t *n_children)
{
	mach_msg_type_number_t i, n, n_names, n_properties;
	kern_return_t kr;

	if (children == NULL || names == NULL || properties == NULL ||
	    n_children == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mig_bootstrap_lookup_children(bp, children, &n, names, &n_names,
	    properties, &n_properties);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (n != n_names || n != n_properties) {
		for (i = 0; i < n; i++)
			(void)mach_port_deallocate(mach_task_self_,
			    (*children)[i]);
		(void)same_length(*names, n_names, *children, n,
		    sizeof(mach_port_t), *properties, n_properties,
		    sizeof(bootstrap_property_t));
		return (MIG_TYPE_ERROR);
	}
	*n_children = n;
	return (KERN_SUCCESS);
}

/* libmach has set bootstrap_port before main(). */
void
bootstrap_init(void)
{
}

const char *
bootstrap_strerror(kern_return_t code)
{

	switch (code) {
	case BOOTSTRAP_SUCCESS:
		return ("Success");
	case BOOTSTRAP_NOT_PRIVILEGED:
		return ("Permission denied");
	case BOOTSTRAP_NAME_IN_USE:
	case BOOTSTRAP_SERVICE_ACTIVE:
		return ("Service name already exists");
	case BOOTSTRAP_UNKNOWN_SERVICE:
		return ("Unknown service name");
	case BOOTSTRAP_BAD_COUNT:
		return ("Service name or list too long");
	case BOOTSTRAP_NO_MEMORY:
		return ("Out of memory");
	case BOOTSTRAP_NO_CHILDREN:
		return ("No subsets");
	default:
		return (mach_error_string(code));
	}
}
