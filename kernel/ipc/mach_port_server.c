/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* calls as messages to a task port: what a holder of that port
 * may do to the task's space.  The stubs are of include/mach/mach_port.defs.
 *
 * They run in the thread of the sender and lock the target's space alone.  A
 * right of the message is in transit: on success it is the function's.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/convert.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/vm_copy.h>
#include <kernel/kern/gen/mach_port_server.h>

/* A space that is gone, or was none, and one that is too full. */
#define	CHECK(space) do {						\
	if ((space) == NULL)						\
		return (KERN_INVALID_TASK);				\
} while (0)

kern_return_t
mig_mach_port_names(kernel_space_t space, mach_port_name_array_t *names,
    mach_msg_type_number_t *namesCnt, mach_port_type_array_t *types,
    mach_msg_type_number_t *typesCnt)
{
	kern_return_t kr;
	void *n, *t;

	CHECK(space);
	kr = kern_mach_port_names(space, &n, &t, namesCnt);
	*names = n;
	*types = t;
	*typesCnt = *namesCnt;
	return (kr);
}

kern_return_t
mig_mach_port_type(kernel_space_t space, mach_port_name_t name,
    mach_port_type_t *ptype)
{

	CHECK(space);
	return (kern_mach_port_type(space, name, ptype));
}

kern_return_t
mig_mach_port_rename(kernel_space_t space, mach_port_name_t old_name,
    mach_port_name_t new_name)
{

	CHECK(space);
	return (kern_mach_port_rename(space, old_name, new_name));
}

kern_return_t
mig_mach_port_allocate_name(kernel_space_t space, mach_port_right_t right,
    mach_port_name_t name)
{

	CHECK(space);
	return (kern_mach_port_allocate_name(space, right, name));
}

kern_return_t
mig_mach_port_allocate(kernel_space_t space, mach_port_right_t right,
    mach_port_name_t *name)
{

	CHECK(space);
	return (kern_mach_port_allocate(space, right, name));
}

kern_return_t
mig_mach_port_destroy(kernel_space_t space, mach_port_name_t name)
{

	CHECK(space);
	return (kern_mach_port_destroy(space, name));
}

kern_return_t
mig_mach_port_deallocate(kernel_space_t space, mach_port_name_t name)
{

	CHECK(space);
	return (kern_mach_port_deallocate(space, name));
}

kern_return_t
mig_mach_port_get_refs(kernel_space_t space, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *refs)
{

	CHECK(space);
	return (kern_mach_port_get_refs(space, name, right, refs));
}

kern_return_t
mig_mach_port_mod_refs(kernel_space_t space, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{

	CHECK(space);
	return (kern_mach_port_mod_refs(space, name, right, delta));
}

kern_return_t
mig_mach_port_set_mscount(kernel_space_t space, mach_port_name_t name,
    mach_port_mscount_t mscount)
{

	CHECK(space);
	return (kern_mach_port_set_mscount(space, name, mscount));
}

kern_return_t
mig_mach_port_move_member(kernel_space_t space, mach_port_name_t member,
    mach_port_name_t after)
{

	CHECK(space);
	return (kern_mach_port_move_member(space, member, after));
}

kern_return_t
mig_mach_port_insert_right(kernel_space_t space, mach_port_name_t name,
    ipc_port_t poly, mach_msg_type_name_t polyPoly)
{

	CHECK(space);
	return (kern_mach_port_insert_right(space, name, poly, polyPoly));
}

kern_return_t
mig_mach_port_extract_right(kernel_space_t space, mach_port_name_t name,
    mach_msg_type_name_t msgt_name, ipc_port_t *poly,
    mach_msg_type_name_t *polyPoly)
{

	CHECK(space);
	return (kern_mach_port_extract_right(space, name, msgt_name, poly,
	    polyPoly));
}

kern_return_t
mig_mach_port_set_seqno(kernel_space_t space, mach_port_name_t name,
    mach_port_seqno_t seqno)
{

	CHECK(space);
	return (kern_mach_port_set_seqno(space, name, seqno));
}

kern_return_t
mig_mach_port_get_attributes(kernel_space_t space, mach_port_name_t name,
    mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t *count)
{

	CHECK(space);
	return (kern_mach_port_get_attributes(space, name, flavor, info,
	    count));
}

kern_return_t
mig_mach_port_set_attributes(kernel_space_t space, mach_port_name_t name,
    mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t count)
{

	CHECK(space);
	return (kern_mach_port_set_attributes(space, name, flavor, info,
	    count));
}

kern_return_t
mig_mach_port_get_srights(kernel_space_t space, mach_port_name_t name,
    mach_port_rights_t *srights)
{

	CHECK(space);
	return (kern_mach_port_get_srights(space, name, srights));
}

kern_return_t
mig_mach_port_insert_member(kernel_space_t space, mach_port_name_t name,
    mach_port_name_t pset)
{

	CHECK(space);
	return (kern_mach_port_insert_member(space, name, pset));
}

kern_return_t
mig_mach_port_extract_member(kernel_space_t space, mach_port_name_t name,
    mach_port_name_t pset)
{

	CHECK(space);
	return (kern_mach_port_extract_member(space, name, pset));
}

kern_return_t
mig_mach_port_get_context(kernel_space_t space, mach_port_name_t name,
    uint64_t *context)
{

	CHECK(space);
	return (kern_mach_port_get_context(space, name, context));
}

kern_return_t
mig_mach_port_set_context(kernel_space_t space, mach_port_name_t name,
    uint64_t context)
{

	CHECK(space);
	return (kern_mach_port_set_context(space, name, context));
}

kern_return_t
mig_mach_port_destruct(kernel_space_t space, mach_port_name_t name,
    mach_port_delta_t srdelta, uint64_t guard)
{

	CHECK(space);
	return (kern_mach_port_destruct(space, name, srdelta, guard));
}

kern_return_t
mig_mach_port_guard(kernel_space_t space, mach_port_name_t name,
    uint64_t guard, boolean_t strict)
{

	CHECK(space);
	return (kern_mach_port_guard(space, name, guard, strict ? MPG_STRICT :
	    0));
}

kern_return_t
mig_mach_port_guard_with_flags(kernel_space_t space, mach_port_name_t name,
    uint64_t guard, uint64_t flags)
{

	CHECK(space);
	return (kern_mach_port_guard(space, name, guard, flags));
}

kern_return_t
mig_mach_port_unguard(kernel_space_t space, mach_port_name_t name,
    uint64_t guard)
{

	CHECK(space);
	return (kern_mach_port_unguard(space, name, guard));
}

kern_return_t
mig_mach_port_swap_guard(kernel_space_t space, mach_port_name_t name,
    uint64_t old_guard, uint64_t new_guard)
{

	CHECK(space);
	return (kern_mach_port_swap_guard(space, name, old_guard, new_guard));
}

kern_return_t
mig_mach_port_get_set_status(kernel_space_t space, mach_port_name_t name,
    mach_port_name_array_t *members, mach_msg_type_number_t *count)
{
	kern_return_t kr;
	void *list;

	CHECK(space);
	kr = kern_mach_port_get_set_status(space, name, &list, count);
	*members = list;
	return (kr);
}

/* Requests end in messages: one who has too many makes no more of them. */
kern_return_t
mig_mach_port_request_notification(kernel_space_t space,
    mach_port_name_t name, mach_msg_id_t msgid, mach_port_mscount_t sync,
    ipc_port_t notify, ipc_port_t *previous)
{
	struct mach_thread *self;

	CHECK(space);
	self = mach_thread_lookup(curthread);
	if (self == NULL || mach_quota_exceeded(self->th_task->t_quota))
		return (KERN_RESOURCE_SHORTAGE);
	return (kern_mach_port_request_notification(space, name, msgid, sync,
	    notify, previous));
}

kern_return_t
mig_mach_port_dnrequest_info(kernel_space_t space, mach_port_name_t name,
    unsigned *total, unsigned *used)
{

	CHECK(space);
	return (kern_mach_port_dnrequest_info(space, name, total, used));
}

kern_return_t
mig_mach_port_kobject(kernel_space_t space, mach_port_name_t name,
    natural_t *type, uint64_t *address)
{

	CHECK(space);
	return (kern_mach_port_kobject(space, name, type, address));
}

/* All names, however many there come to be meanwhile. */
kern_return_t
mig_mach_port_space_info(kernel_space_t space, ipc_info_space_t *info,
    ipc_info_name_array_t *table, mach_msg_type_number_t *count,
    ipc_info_tree_name_array_t *tree, mach_msg_type_number_t *tree_count)
{
	struct mach_thread *self;
	kern_return_t kr;
	mach_msg_type_number_t n, room;
	size_t size;
	void *copy, *list;

	CHECK(space);
	self = mach_thread_lookup(curthread);
	if (self == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	for (room = 0;; room = MIN(n + n / 4, MACH_PORT_LIST_MAX)) {
		size = (room + 1) * sizeof(**table);
		list = mach_port_list_alloc(self, size);
		if (list == NULL)
			return (KERN_RESOURCE_SHORTAGE);
		n = kern_mach_port_space_info(space, info, list, room);
		if (n <= room)
			break;
		mach_port_list_free(self, list, size);
	}
	kr = mig_kernel_copy(list, n * sizeof(**table), &copy);
	mach_port_list_free(self, list, size);
	*table = copy;
	*count = n;
	/* The tree of old Mach: there is none on Darwin either. */
	*tree = NULL;
	*tree_count = 0;
	return (kr);
}

kern_return_t
mig_mach_port_construct(kernel_space_t space, mach_port_options_ptr_t memory,
    uint64_t context, mach_port_name_t *name)
{
	mach_port_options_t options;
	struct vm_copy *copy;
	kern_return_t kr;

	CHECK(space);
	copy = (struct vm_copy *)(void *)memory;
	kr = vm_copy_get(copy, 0, &options, sizeof(options));
	if (kr == KERN_SUCCESS)
		kr = kern_mach_port_construct(space, &options, context, name);
	if (kr == KERN_SUCCESS)
		mig_kernel_uncopy(copy);
	return (kr);
}

kern_return_t
mig_mach_port_peek(kernel_space_t space, mach_port_name_t name,
    mach_msg_trailer_type_t trailer_type, mach_port_seqno_t *seqno,
    mach_msg_size_t *size, mach_msg_id_t *id, mach_msg_trailer_info_t info,
    mach_msg_type_number_t *count)
{
	mach_msg_mac_trailer64_t trailer;
	struct mach_thread *self;
	kern_return_t kr;

	CHECK(space);
	self = mach_thread_lookup(curthread);
	if (self == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	kr = kern_mach_port_peek(self, space, name, trailer_type, seqno, size,
	    id, &trailer, count);
	if (kr == KERN_SUCCESS)
		memcpy(info, &trailer, *count);
	return (kr);
}

/* No quality of service is offered beyond what every port has. */
kern_return_t
mig_mach_port_allocate_full(kernel_space_t space, mach_port_right_t right,
    ipc_port_t proto, mach_port_qos_t *qos, mach_port_name_t *name)
{

	CHECK(space);
	if (proto != NULL)
		return (KERN_INVALID_VALUE);
	if (qos->prealloc)
		return (KERN_NOT_SUPPORTED);
	if (qos->name)
		return (kern_mach_port_allocate_name(space, right, *name));
	return (kern_mach_port_allocate(space, right, name));
}

kern_return_t
mig_mach_port_allocate_qos(kernel_space_t space, mach_port_right_t right,
    mach_port_qos_t *qos, mach_port_name_t *name)
{

	if (qos->name)
		return (KERN_INVALID_ARGUMENT);
	return (mig_mach_port_allocate_full(space, right, NULL, qos, name));
}
