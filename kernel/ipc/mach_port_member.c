/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* traps about port sets and their members.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>

#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/mach_port.h>
#include <kernel/kern/mig_kernel.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>


/* The port of a receive right (referenced) and the set (likewise) of names. */
static kern_return_t
mach_port_member(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t pset_name, struct ipc_port **portp,
    struct ipc_pset **psetp)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	*psetp = NULL;
	is_read_lock(space);
	kr = ipc_right_receive_port(space, name, portp);
	if (kr == KERN_SUCCESS) {
		ip_hold(*portp);
		ip_unlock(*portp);
		if (pset_name != MACH_PORT_NULL) {
			entry = ipc_entry_lookup(space, pset_name);
			if (entry == NULL)
				kr = KERN_INVALID_NAME;
			else if ((entry->ie_bits & MACH_PORT_TYPE_PORT_SET) ==
			    0)
				kr = KERN_INVALID_RIGHT;
			else {
				*psetp = ipc_object_pset(entry->ie_object);
				ips_hold(*psetp);
			}
		}
		if (kr != KERN_SUCCESS)
			ip_drop(*portp);
	}
	is_read_unlock(space);
	return (kr);
}

static bool
ipc_pset_alive(struct ipc_pset *pset)
{
	bool alive;

	ips_lock(pset);
	alive = ips_active(pset);
	ips_unlock(pset);
	return (alive);
}

/* The port is still the space's own.  Locked. */
static bool
mach_port_still(struct ipc_space *space, struct ipc_port *port)
{

	return (ip_active(port) && port->ip_receiver == space);
}

kern_return_t
kern_mach_port_move_member(struct ipc_space *space,
    mach_port_name_t member, mach_port_name_t after)
{
	struct ipc_port *port;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	kern_return_t kr;

	if (!MACH_PORT_VALID(member) || after == MACH_PORT_DEAD)
		return (KERN_INVALID_RIGHT);
	kr = mach_port_member(space, member, after, &port, &pset);
	if (kr != KERN_SUCCESS)
		return (kr);
	link = pset != NULL ? ipc_pset_link_alloc(pset) : NULL;
	ip_lock(port);
	if (pset != NULL && link == NULL)
		kr = KERN_RESOURCE_SHORTAGE;
	else if (!mach_port_still(space, port))
		kr = KERN_INVALID_NAME;
	else if (pset == NULL) {
		if (LIST_EMPTY(&port->ip_psets))
			kr = KERN_NOT_IN_SET;
		else
			ipc_pset_remove_all(port);
	} else if (!ipc_pset_alive(pset))
		kr = KERN_INVALID_NAME;
	else {
		/* A set that dies from here on has had the port as a member. */
		ipc_pset_remove_all(port);
		(void)ipc_pset_add(pset, port, &link);
	}
	ip_unlock(port);
	ipc_pset_link_free(link);
	if (pset != NULL)
		ips_drop(pset);
	ip_drop(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_move_member_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_move_member_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_move_member(space, uap->member, uap->after));
}

kern_return_t
kern_mach_port_insert_member(struct ipc_space *space,
    mach_port_name_t name, mach_port_name_t pset_name)
{
	struct ipc_port *port;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name) || !MACH_PORT_VALID(pset_name))
		return (KERN_INVALID_RIGHT);
	kr = mach_port_member(space, name, pset_name, &port, &pset);
	if (kr != KERN_SUCCESS)
		return (kr);
	link = ipc_pset_link_alloc(pset);
	ip_lock(port);
	if (link == NULL)
		kr = KERN_RESOURCE_SHORTAGE;
	else if (!mach_port_still(space, port))
		kr = KERN_INVALID_NAME;
	else
		kr = ipc_pset_add(pset, port, &link);
	ip_unlock(port);
	ipc_pset_link_free(link);
	ips_drop(pset);
	ip_drop(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_insert_member_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_insert_member_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_insert_member(space, uap->name, uap->pset));
}

kern_return_t
kern_mach_port_extract_member(struct ipc_space *space,
    mach_port_name_t name, mach_port_name_t pset_name)
{
	struct ipc_port *port;
	struct ipc_pset *pset;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name) || !MACH_PORT_VALID(pset_name))
		return (KERN_INVALID_RIGHT);
	kr = mach_port_member(space, name, pset_name, &port, &pset);
	if (kr != KERN_SUCCESS)
		return (kr);
	ip_lock(port);
	kr = ipc_pset_remove(pset, port);
	ip_unlock(port);
	ips_drop(pset);
	ip_drop(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_extract_member_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_extract_member_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_extract_member(space, uap->name, uap->pset));
}

/* The names of a set's members: `room` of them; *countp: how many there are. */
static kern_return_t
mach_port_set_members(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t *names, mach_msg_type_number_t room,
    mach_msg_type_number_t *np, mach_msg_type_number_t *countp)
{
	struct ipc_entry *entry;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	kern_return_t kr;

	*countp = *np = 0;

	/*
	 * Members are receive rights of this space: their names do not change
	 * while it is locked.
	 */
	is_write_lock(space);
	kr = MACH_PORT_VALID(name) ? ipc_right_lookup(space, name, &entry) :
	    KERN_INVALID_RIGHT;
	if (kr == KERN_SUCCESS &&
	    (entry->ie_bits & MACH_PORT_TYPE_PORT_SET) == 0)
		kr = KERN_INVALID_RIGHT;
	if (kr == KERN_SUCCESS) {
		pset = ipc_object_pset(entry->ie_object);
		ips_lock(pset);
		LIST_FOREACH(link, &pset->ips_members, ipl_psetlink) {
			(*countp)++;
			if (*np < room)
				names[(*np)++] =
				    link->ipl_port->ip_receiver_name;
		}
		ips_unlock(pset);
	}
	is_write_unlock(space);
	return (kr);
}

kern_return_t
kern_mach_port_get_set_status(struct ipc_space *space, mach_port_name_t name,
    void **members, mach_msg_type_number_t *np)
{
	struct mach_thread *self;
	mach_msg_type_number_t count, room;
	kern_return_t kr;
	mach_port_name_t *names;
	size_t size;

	*members = NULL;
	self = mach_thread_lookup(curthread);
	if (self == NULL)
		return (KERN_FAILURE);
	/* It ends: names are limited. */
	for (room = 64;; room = count + count / 8) {
		room = MIN(room, MACH_PORT_LIST_MAX);
		size = (size_t)room * sizeof(*names);
		names = mach_port_list_alloc(self, size);
		if (names == NULL)
			return (KERN_RESOURCE_SHORTAGE);
		kr = mach_port_set_members(space, name, names, room, np,
		    &count);
		if (kr != KERN_SUCCESS || count <= room ||
		    room == MACH_PORT_LIST_MAX)
			break;
		mach_port_list_free(self, names, size);
	}
	if (kr == KERN_SUCCESS && count > room)
		kr = KERN_RESOURCE_SHORTAGE;
	if (kr == KERN_SUCCESS)
		kr = mig_kernel_copy(names, *np * sizeof(*names), members);
	mach_port_list_free(self, names, size);
	return (kr);
}

int
sys_mach_port_get_set_status_trap(struct mach_thread *self,
    struct mach_port_get_set_status_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_number_t count, n, room;
	mach_port_name_t *names;
	size_t size;

	TARGET(self, uap->task, space);
	kr = COPYIN(uap->count, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	room = MIN(room, MACH_PORT_LIST_MAX);
	size = (room + 1) * sizeof(*names);
	names = mach_port_list_alloc(self, size);
	if (names == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	kr = mach_port_set_members(space, uap->name, names, room, &n, &count);
	if (kr == KERN_SUCCESS) {
		if (copyout(names, uap->members, n * sizeof(*names)) != 0)
			kr = KERN_INVALID_ADDRESS;
		else
			kr = COPYOUT(count, uap->count);
	}
	mach_port_list_free(self, names, size);
	return (kr);
}
