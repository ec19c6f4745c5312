/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Tasks: special ports, registered ports, information.  What cannot be done to
 * a task here is in unsupported.c.
 */

#include "libmach.h"

kern_return_t
task_get_special_port(task_t task, int which, mach_port_t *port)
{

	return (task_get_special_port_trap(task, which, port));
}

/*
 * The caller's variable bootstrap_port keeps its value, as on Darwin: it is
 * the port the task started with.
 */
kern_return_t
task_set_special_port(task_t task, int which, mach_port_t port)
{

	return (task_set_special_port_trap(task, which, port));
}

kern_return_t
task_info(task_name_t task, task_flavor_t flavor, task_info_t info,
    mach_msg_type_number_t *count)
{

	return (task_info_trap(task, flavor, info, count));
}

kern_return_t
mach_ports_register(task_t task, mach_port_array_t ports,
    mach_msg_type_number_t count)
{

	return (mach_ports_register_trap(task, ports, count));
}

/* The list is the caller's to free with vm_deallocate(). */
kern_return_t
mach_ports_lookup(task_t task, mach_port_array_t *ports,
    mach_msg_type_number_t *count)
{
	mach_msg_type_number_t n;
	kern_return_t kr;
	void *list;

	if (ports == NULL || count == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = _libmach_alloc(vm_page_size, &list);
	if (kr != KERN_SUCCESS)
		return (kr);
	n = (mach_msg_type_number_t)(vm_page_size / sizeof(mach_port_t));
	kr = mach_ports_lookup_trap(task, list, &n);
	if (kr != KERN_SUCCESS) {
		_libmach_free(list, vm_page_size);
		return (kr);
	}
	*ports = list;
	*count = n;
	return (KERN_SUCCESS);
}
