/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Tasks: special ports, registered ports; by a trap for the caller's own, by a
 * message for another.  What cannot be done to a task here is in unsupported.c.
 */

#include "libmach.h"
#include "gen/task_user.h"

kern_return_t
task_get_special_port(task_t task, int which, mach_port_t *port)
{
	kern_return_t kr;

	kr = task_get_special_port_trap(task, which, port);
	return (ANOTHERS(kr) ? _kernelrpc_task_get_special_port(task, which,
	    port) : kr);
}

/*
 * The caller's variable bootstrap_port keeps its value, as on Darwin: it is
 * the port the task started with.
 */
kern_return_t
task_set_special_port(task_t task, int which, mach_port_t port)
{
	kern_return_t kr;

	kr = task_set_special_port_trap(task, which, port);
	return (ANOTHERS(kr) ? _kernelrpc_task_set_special_port(task, which,
	    port) : kr);
}

kern_return_t
mach_ports_register(task_t task, mach_port_array_t ports,
    mach_msg_type_number_t count)
{
	mach_port_t three[3] = { MACH_PORT_NULL };
	mach_msg_type_number_t i;
	kern_return_t kr;

	kr = mach_ports_register_trap(task, ports, count);
	if (!ANOTHERS(kr))
		return (kr);
	if (count > 3)
		return (KERN_INVALID_ARGUMENT);
	for (i = 0; i < count; i++)
		three[i] = ports[i];
	return (_kernelrpc_mach_ports_register3(task, three[0], three[1],
	    three[2]));
}

/* The list is the caller's to free with vm_deallocate(). */
kern_return_t
mach_ports_lookup(task_t task, mach_port_array_t *ports,
    mach_msg_type_number_t *count)
{
	mach_msg_type_number_t n;
	kern_return_t kr;
	mach_port_t *three;
	void *list;

	if (ports == NULL || count == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = _libmach_alloc(vm_page_size, &list);
	if (kr != KERN_SUCCESS)
		return (kr);
	n = (mach_msg_type_number_t)(vm_page_size / sizeof(mach_port_t));
	kr = mach_ports_lookup_trap(task, list, &n);
	if (ANOTHERS(kr)) {
		n = 3;
		three = list;
		kr = _kernelrpc_mach_ports_lookup3(task, &three[0], &three[1],
		    &three[2]);
	}
	if (kr != KERN_SUCCESS) {
		_libmach_free(list, vm_page_size);
		return (kr);
	}
	*ports = list;
	*count = n;
	return (KERN_SUCCESS);
}
