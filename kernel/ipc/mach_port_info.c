/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* traps that look at spaces and ports.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/mach_port.h>
#include <kernel/kern/inspect.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>


kern_return_t
kern_mach_port_dnrequest_info(struct ipc_space *space, mach_port_name_t name,
    unsigned int *totalp, unsigned int *usedp)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	*totalp = port->ip_nrequests;
	*usedp = port->ip_nused;
	ip_unlock(port);
	return (KERN_SUCCESS);
}

int
sys_mach_port_dnrequest_info_trap(struct mach_thread *self,
    struct mach_port_dnrequest_info_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	unsigned int total, used;

	TARGET(self, uap->task, space);
	kr = kern_mach_port_dnrequest_info(space, uap->name, &total, &used);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(total, uap->total);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(used, uap->used));
}

/* Kernel addresses are not given away. */
kern_return_t
kern_mach_port_kobject(struct ipc_space *space, mach_port_name_t name,
    natural_t *typep, uint64_t *addrp)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr;

	*typep = IKOT_NONE;
	*addrp = 0;
	is_write_lock(space);
	kr = ipc_right_lookup(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		if ((entry->ie_bits & MACH_PORT_TYPE_SEND_RECEIVE) == 0)
			kr = KERN_INVALID_RIGHT;
		else {
			port = ipc_object_port(entry->ie_object);
			ip_lock(port);
			*typep = port->ip_kotype;
			ip_unlock(port);
		}
	}
	is_write_unlock(space);
	return (kr);
}

int
sys_mach_port_kobject_trap(struct mach_thread *self,
    struct mach_port_kobject_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	natural_t type;
	uint64_t addr;

	TARGET(self, uap->task, space);
	kr = kern_mach_port_kobject(space, uap->name, &type, &addr);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(type, uap->object_type);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(addr, uap->object_addr));
}

int
sys_mach_port_is_connection_for_service_trap(struct mach_thread *self,
    struct mach_port_is_connection_for_service_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (KERN_NOT_SUPPORTED);
}

/* At most `room` of the names; how many there are. */
mach_msg_type_number_t
kern_mach_port_space_info(struct ipc_space *space, ipc_info_space_t *info,
    ipc_info_name_t *table, mach_msg_type_number_t room)
{
	struct ipc_entry *entry;
	mach_msg_type_number_t count, n;
	mach_port_name_t name;
	mach_port_type_t type;
	mach_port_urefs_t urefs;
	uint32_t i;

	bzero(info, sizeof(*info));
	n = count = 0;
	is_write_lock(space);
	info->iis_genno_mask = 0xff;
	info->iis_table_size = ipc_space_size(space);
	info->iis_table_next = info->iis_table_size;
	for (i = 1; space->is_active &&
	    i < ipc_space_size(space); i++) {
		entry = ipc_entry_at(space, i);
		if (entry == NULL || IE_BITS_TYPE(entry->ie_bits) == 0)
			continue;
		count++;
		if (n == room)
			continue;
		name = IPC_NAME(i, IE_BITS_GEN(entry->ie_bits));
		if (ipc_right_lookup(space, name, &entry) != KERN_SUCCESS)
			continue;
		ipc_right_info(space, name, entry, &type, &urefs);
		table[n].iin_name = name;
		table[n].iin_type = type;
		table[n].iin_urefs = urefs;
		if (entry->ie_object != NULL)
			table[n].iin_object = (natural_t)mach_object_id(
			    entry->ie_object->io_type,
			    entry->ie_object->io_serial);
		n++;
	}
	is_write_unlock(space);
	return (count);
}

int
sys_mach_port_space_info_trap(struct mach_thread *self,
    struct mach_port_space_info_trap_args *uap)
{
	ipc_info_name_t *table;
	ipc_info_space_t info;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_number_t count, room;
	size_t size;

	TARGET(self, uap->task, space);
	kr = COPYIN(uap->count, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	room = MIN(room, MACH_PORT_LIST_MAX);
	size = (room + 1) * sizeof(*table);
	table = mach_port_list_alloc(self, size);
	if (table == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	count = kern_mach_port_space_info(space, &info, table, room);
	kr = COPYOUT(info, uap->space_info);
	if (kr == KERN_SUCCESS && copyout(table, uap->table, MIN(count,
	    room) * sizeof(*table)) != 0)
		kr = KERN_INVALID_ADDRESS;
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(count, uap->count);
	mach_port_list_free(self, table, size);
	return (kr);
}
