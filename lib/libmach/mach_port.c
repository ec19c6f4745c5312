/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* functions: by a trap for the caller's own task, by a message
 * (include/mach/mach_port.defs) for another.
 *
 * Lists are handed out in memory that the caller frees with vm_deallocate(), of
 * count elements, as MIG's callers do.  An empty list is a null pointer.
 */

#include <string.h>

#include "libmach.h"
#include "gen/mach_port_user.h"

/* The first guess of how long a list is, and the most we grow to. */
#define	LIST_FIRST	128
#define	LIST_MAX	(1U << 24)

bool
_libmach_other_task(mach_port_t target, kern_return_t kr)
{
	int pid;

	return (kr == MACH_SEND_INVALID_DEST &&
	    pid_for_task(target, &pid) == KERN_SUCCESS);
}

kern_return_t
mach_port_allocate(ipc_space_t task, mach_port_right_t right,
    mach_port_name_t *name)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_allocate_trap(task, right, name);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_allocate(task, right,
	    name) : kr);
}

kern_return_t
mach_port_allocate_name(ipc_space_t task, mach_port_right_t right,
    mach_port_name_t name)
{
	kern_return_t kr;

	kr = mach_port_allocate_name_trap(task, right, name);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_allocate_name(task,
	    right, name) : kr);
}

/* No quality of service is offered beyond what every port has. */
kern_return_t
mach_port_allocate_qos(ipc_space_t task, mach_port_right_t right,
    mach_port_qos_t *qos, mach_port_name_t *name)
{

	if (qos != NULL && qos->name)
		return (KERN_INVALID_ARGUMENT);
	return (mach_port_allocate_full(task, right, MACH_PORT_NULL, qos,
	    name));
}

kern_return_t
mach_port_allocate_full(ipc_space_t task, mach_port_right_t right,
    mach_port_t proto, mach_port_qos_t *qos, mach_port_name_t *name)
{

	if (qos == NULL || name == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (proto != MACH_PORT_NULL)
		return (KERN_INVALID_VALUE);
	if (qos->prealloc)
		return (KERN_NOT_SUPPORTED);
	if (qos->name)
		return (mach_port_allocate_name(task, right, *name));
	return (mach_port_allocate(task, right, name));
}

kern_return_t
mach_port_deallocate(ipc_space_t task, mach_port_name_t name)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_deallocate_trap(task, name);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_deallocate(task,
	    name) : kr);
}

kern_return_t
mach_port_destroy(ipc_space_t task, mach_port_name_t name)
{
	kern_return_t kr;

	kr = mach_port_destroy_trap(task, name);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_destroy(task, name) : kr);
}

kern_return_t
mach_port_rename(ipc_space_t task, mach_port_name_t old_name,
    mach_port_name_t new_name)
{
	kern_return_t kr;

	kr = mach_port_rename_trap(task, old_name, new_name);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_rename(task, old_name,
	    new_name) : kr);
}

kern_return_t
mach_port_type(ipc_space_t task, mach_port_name_t name, mach_port_type_t *type)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_type_trap(task, name, type);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_type(task, name,
	    type) : kr);
}

kern_return_t
mach_port_get_refs(ipc_space_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *refs)
{
	kern_return_t kr;

	kr = mach_port_get_refs_trap(task, name, right, refs);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_get_refs(task, name,
	    right, refs) : kr);
}

kern_return_t
mach_port_mod_refs(ipc_space_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_mod_refs_trap(task, name, right, delta);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_mod_refs(task, name,
	    right, delta) : kr);
}

kern_return_t
mach_port_insert_right(ipc_space_t task, mach_port_name_t name,
    mach_port_t poly, mach_msg_type_name_t disposition)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_insert_right_trap(task, name, poly,
	    disposition);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_insert_right(task, name,
	    poly, disposition) : kr);
}

kern_return_t
mach_port_extract_right(ipc_space_t task, mach_port_name_t name,
    mach_msg_type_name_t disposition, mach_port_t *poly,
    mach_msg_type_name_t *poly_disposition)
{
	kern_return_t kr;

	kr = mach_port_extract_right_trap(task, name, disposition, poly,
	    poly_disposition);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_extract_right(task, name,
	    disposition, poly, poly_disposition) : kr);
}

kern_return_t
mach_port_peek(ipc_space_t task, mach_port_name_t name,
    mach_msg_trailer_type_t trailer_type, mach_port_seqno_t *seqno,
    mach_msg_size_t *size, mach_msg_id_t *id,
    mach_msg_trailer_info_t trailer, mach_msg_type_number_t *trailer_size)
{
	kern_return_t kr;

	kr = mach_port_peek_trap(task, name, trailer_type, seqno, size, id,
	    trailer, trailer_size);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_peek(task, name,
	    trailer_type, seqno, size, id, trailer, trailer_size) : kr);
}

kern_return_t
mach_port_request_notification(ipc_space_t task, mach_port_name_t name,
    mach_msg_id_t id, mach_port_mscount_t sync, mach_port_t notify,
    mach_msg_type_name_t notify_disposition, mach_port_t *previous)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_request_notification_trap(task, name, id,
	    sync, notify, notify_disposition, previous);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_request_notification(task,
	    name, id, sync, notify, notify_disposition, previous) : kr);
}

kern_return_t
mach_port_set_mscount(ipc_space_t task, mach_port_name_t name,
    mach_port_mscount_t mscount)
{
	kern_return_t kr;

	kr = mach_port_set_mscount_trap(task, name, mscount);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_set_mscount(task, name,
	    mscount) : kr);
}

kern_return_t
mach_port_set_seqno(ipc_space_t task, mach_port_name_t name,
    mach_port_seqno_t seqno)
{
	kern_return_t kr;

	kr = mach_port_set_seqno_trap(task, name, seqno);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_set_seqno(task, name,
	    seqno) : kr);
}

kern_return_t
mach_port_get_attributes(ipc_space_t task, mach_port_name_t name,
    mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t *count)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_get_attributes_trap(task, name, flavor,
	    info, count);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_get_attributes(task, name,
	    flavor, info, count) : kr);
}

kern_return_t
mach_port_set_attributes(ipc_space_t task, mach_port_name_t name,
    mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t count)
{
	kern_return_t kr;

	kr = mach_port_set_attributes_trap(task, name, flavor, info,
	    count);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_set_attributes(task, name,
	    flavor, info, count) : kr);
}

/* Of the own task: no message asks another's. */
kern_return_t
mach_port_assert_attributes(ipc_space_t task, mach_port_name_t name,
    mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t count)
{
	kern_return_t kr;
	mach_port_guard_info_t guard;

	if (flavor != MACH_PORT_GUARD_INFO)
		return (KERN_INVALID_ARGUMENT);
	if (count < MACH_PORT_GUARD_INFO_COUNT)
		return (KERN_FAILURE);
	memcpy(&guard, info, sizeof(guard));
	kr = mach_port_assert_guard_trap(task, name, guard.mpgi_guard);
	return (OTHER_TASK(kr) ? KERN_NOT_SUPPORTED : kr);
}

kern_return_t
mach_port_get_context(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t *context)
{
	kern_return_t kr;
	uint64_t value;

	kr = mach_port_get_context_trap(task, name, context);
	if (!OTHER_TASK(kr))
		return (kr);
	kr = _kernelrpc_mach_port_get_context(task, name, &value);
	if (kr == KERN_SUCCESS)
		*context = (mach_port_context_t)value;
	return (kr);
}

kern_return_t
mach_port_set_context(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t context)
{
	kern_return_t kr;

	kr = mach_port_set_context_trap(task, name, context);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_set_context(task, name,
	    context) : kr);
}

kern_return_t
mach_port_get_srights(ipc_space_t task, mach_port_name_t name,
    mach_port_rights_t *srights)
{
	kern_return_t kr;

	kr = mach_port_get_srights_trap(task, name, srights);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_get_srights(task, name,
	    srights) : kr);
}

/*
 * Lists.
 */

/*
 * Cut a list's memory down to the pages that `count` elements need, as many as
 * the caller will free; none at all for an empty list.
 */
static void
list_trim(void **memory, mach_vm_size_t room, mach_vm_size_t used)
{
	mach_vm_size_t keep;

	keep = LIBMACH_ROUND_PAGE(used);
	room = LIBMACH_ROUND_PAGE(room);
	if (keep < room)
		(void)mach_vm_deallocate(mach_task_self_,
		    (mach_vm_address_t)(uintptr_t)*memory + keep, room - keep);
	if (keep == 0)
		*memory = NULL;
}

/*
 * After a call that filled a list with room for `room` elements and reported
 * `count`: false when it is complete, true with a new *roomp to try again.
 */
static bool
list_grow(kern_return_t *krp, mach_msg_type_number_t count,
    mach_msg_type_number_t *roomp)
{

	if (*krp != KERN_NO_SPACE && (*krp != KERN_SUCCESS || count <= *roomp))
		return (false);
	if (*roomp >= LIST_MAX) {
		*krp = KERN_RESOURCE_SHORTAGE;
		return (false);
	}
	/* Others may add names between the calls: leave slack. */
	*roomp = count > *roomp && count < LIST_MAX / 2 ? count + count / 8 +
	    8 : *roomp * 2;
	return (true);
}

kern_return_t
mach_port_names(ipc_space_t task, mach_port_name_array_t *names,
    mach_msg_type_number_t *names_count, mach_port_type_array_t *types,
    mach_msg_type_number_t *types_count)
{
	mach_msg_type_number_t count, room;
	kern_return_t kr;
	void *n, *t;
	bool again;

	if (names == NULL || names_count == NULL || types == NULL ||
	    types_count == NULL)
		return (KERN_INVALID_ARGUMENT);
	room = LIST_FIRST;
	do {
		kr = _libmach_alloc((mach_vm_size_t)room * sizeof(**names), &n);
		if (kr != KERN_SUCCESS)
			return (kr);
		kr = _libmach_alloc((mach_vm_size_t)room * sizeof(**types), &t);
		if (kr != KERN_SUCCESS) {
			_libmach_free(n,
			    (mach_vm_size_t)room * sizeof(**names));
			return (kr);
		}
		count = room;
		kr = mach_port_names_trap(task, n, t, &count);
		if (kr == KERN_SUCCESS && count <= room)
			break;
		_libmach_free(n, (mach_vm_size_t)room * sizeof(**names));
		_libmach_free(t, (mach_vm_size_t)room * sizeof(**types));
		again = list_grow(&kr, count, &room);
	} while (again);
	if (OTHER_TASK(kr))
		return (_kernelrpc_mach_port_names(task, names, names_count,
		    types, types_count));
	if (kr != KERN_SUCCESS)
		return (kr);
	list_trim(&n, (mach_vm_size_t)room * sizeof(**names),
	    (mach_vm_size_t)count * sizeof(**names));
	list_trim(&t, (mach_vm_size_t)room * sizeof(**types),
	    (mach_vm_size_t)count * sizeof(**types));
	*names = n;
	*types = t;
	*names_count = *types_count = count;
	return (KERN_SUCCESS);
}

kern_return_t
mach_port_get_set_status(ipc_space_t task, mach_port_name_t name,
    mach_port_name_array_t *members, mach_msg_type_number_t *members_count)
{
	mach_msg_type_number_t count, room;
	kern_return_t kr;
	void *m;
	bool again;

	if (members == NULL || members_count == NULL)
		return (KERN_INVALID_ARGUMENT);
	room = LIST_FIRST;
	do {
		kr = _libmach_alloc((mach_vm_size_t)room * sizeof(**members),
		    &m);
		if (kr != KERN_SUCCESS)
			return (kr);
		count = room;
		kr = mach_port_get_set_status_trap(task, name, m, &count);
		if (kr == KERN_SUCCESS && count <= room)
			break;
		_libmach_free(m, (mach_vm_size_t)room * sizeof(**members));
		again = list_grow(&kr, count, &room);
	} while (again);
	if (OTHER_TASK(kr))
		return (_kernelrpc_mach_port_get_set_status(task, name,
		    members, members_count));
	if (kr != KERN_SUCCESS)
		return (kr);
	list_trim(&m, (mach_vm_size_t)room * sizeof(**members),
	    (mach_vm_size_t)count * sizeof(**members));
	*members = m;
	*members_count = count;
	return (KERN_SUCCESS);
}

kern_return_t
mach_port_space_info(ipc_space_t task, ipc_info_space_t *space_info,
    ipc_info_name_array_t *table, mach_msg_type_number_t *table_count,
    ipc_info_tree_name_array_t *tree, mach_msg_type_number_t *tree_count)
{
	mach_msg_type_number_t count, room;
	kern_return_t kr;
	void *t;
	bool again;

	if (space_info == NULL || table == NULL || table_count == NULL ||
	    tree == NULL || tree_count == NULL)
		return (KERN_INVALID_ARGUMENT);
	room = LIST_FIRST;
	do {
		kr = _libmach_alloc((mach_vm_size_t)room * sizeof(**table), &t);
		if (kr != KERN_SUCCESS)
			return (kr);
		count = room;
		kr = mach_port_space_info_trap(task, space_info, t, &count);
		if (kr == KERN_SUCCESS && count <= room)
			break;
		_libmach_free(t, (mach_vm_size_t)room * sizeof(**table));
		again = list_grow(&kr, count, &room);
	} while (again);
	if (OTHER_TASK(kr))
		return (_kernelrpc_mach_port_space_info(task, space_info,
		    table, table_count, tree, tree_count));
	if (kr != KERN_SUCCESS)
		return (kr);
	list_trim(&t, (mach_vm_size_t)room * sizeof(**table),
	    (mach_vm_size_t)count * sizeof(**table));
	*table = t;
	*table_count = count;
	/* The splay tree of old Mach is empty on Darwin as well. */
	*tree = NULL;
	*tree_count = 0;
	return (KERN_SUCCESS);
}

kern_return_t
mach_port_space_basic_info(ipc_space_t task,
    ipc_info_space_basic_t *space_info)
{
	ipc_info_name_array_t table;
	ipc_info_space_t info;
	ipc_info_tree_name_array_t tree;
	mach_msg_type_number_t count, tree_count;
	kern_return_t kr;
	ipc_info_name_t none;

	if (space_info == NULL)
		return (KERN_INVALID_ARGUMENT);
	count = 0;
	kr = mach_port_space_info_trap(task, &info, &none, &count);
	if (OTHER_TASK(kr)) {
		kr = _kernelrpc_mach_port_space_info(task, &info, &table,
		    &count, &tree, &tree_count);
		if (kr == KERN_SUCCESS)
			_libmach_free(table, count * sizeof(*table));
	}
	if (kr != KERN_SUCCESS && kr != KERN_NO_SPACE)
		return (kr);
	memset(space_info, 0, sizeof(*space_info));
	space_info->iisb_genno_mask = info.iis_genno_mask;
	space_info->iisb_table_size = info.iis_table_size;
	space_info->iisb_table_next = info.iis_table_next;
	space_info->iisb_table_inuse = count;
	return (KERN_SUCCESS);
}

kern_return_t
mach_port_dnrequest_info(ipc_space_t task, mach_port_name_t name,
    unsigned *total, unsigned *used)
{
	kern_return_t kr;

	kr = mach_port_dnrequest_info_trap(task, name, total, used);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_dnrequest_info(task,
	    name, total, used) : kr);
}

kern_return_t
mach_port_kobject(ipc_space_t task, mach_port_name_t name, natural_t *type,
    mach_vm_address_t *address)
{
	kern_return_t kr;

	kr = mach_port_kobject_trap(task, name, type, address);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_kobject(task, name,
	    type, address) : kr);
}

/* The address is none of a user's business: always 0. */
kern_return_t
mach_port_kernel_object(ipc_space_t task, mach_port_name_t name,
    unsigned *type, unsigned *address)
{
	mach_vm_address_t value;
	kern_return_t kr;
	natural_t t;

	if (type == NULL || address == NULL)
		return (KERN_INVALID_ADDRESS);
	kr = mach_port_kobject(task, name, &t, &value);
	if (kr == KERN_SUCCESS) {
		*type = t;
		*address = 0;
	}
	return (kr);
}

/* As on Darwin, texts are for drivers' objects: others have an empty one. */
kern_return_t
mach_port_kobject_description(ipc_space_t task, mach_port_name_t name,
    natural_t *type, mach_vm_address_t *address, kobject_description_t text)
{
	mach_vm_address_t value;
	kern_return_t kr;
	natural_t t;

	if (type == NULL || address == NULL || text == NULL)
		return (KERN_INVALID_ADDRESS);
	kr = mach_port_kobject(task, name, &t, &value);
	if (kr == KERN_SUCCESS) {
		*type = t;
		*address = 0;
		text[0] = '\0';
	}
	return (kr);
}

/* Unknown: what a service port was made for. */
kern_return_t
mach_port_get_service_port_info(ipc_space_t task, mach_port_name_t name,
    mach_service_port_info_t info)
{

	(void)task;
	(void)name;
	(void)info;
	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_port_is_connection_for_service(ipc_space_t task,
    mach_port_name_t connection, mach_port_name_t service,
    uint64_t *filter_policy_id)
{

	return (mach_port_is_connection_for_service_trap(task, connection,
	    service, filter_policy_id));
}

/* A hint; a space grows by itself. */
kern_return_t
task_set_port_space(ipc_space_t task, int table_entries)
{
	ipc_info_space_basic_t info;

	(void)table_entries;
	return (mach_port_space_basic_info(task, &info));
}
