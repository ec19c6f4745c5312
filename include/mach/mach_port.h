/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Calls on name spaces: rights, sets, attributes, guards, information.
 *
 * In all of them:
 *
 *	task	the space, named by the control port of its task:
 *		mach_task_self(), or another task's, which is asked by a
 *		message; on Darwin also a read or inspect port where the type
 *		says so
 *	name	a name in that space
 *
 *	KERN_SUCCESS		done; outputs are valid only then
 *	MACH_SEND_INVALID_DEST	task is no task's control port
 *	KERN_INVALID_TASK	the task is dying
 *	KERN_INVALID_NAME	name denotes nothing there; a name that was
 *				released does not, whoever has its slot now
 *	KERN_INVALID_ADDRESS	a pointer of the caller's cannot be read or
 *				written; if the call made a right, it is taken
 *				back
 *
 * These are not repeated below; a call without a name argument does not return
 * KERN_INVALID_NAME.  Nothing changes unless the call succeeds.  All follow
 * Darwin unless said otherwise.
 *
 * User references count how often a space was given a send right (or dead
 * name) under one name.  A receive right, a send-once right and a port set
 * have one; a name with both send and receive has one for the latter and its
 * count for the former.  The limit is 65535: calls that would reach it fail,
 * rights that arrive in messages leave the count there.  Once there it does not
 * go down any more, except to nothing by mach_port_destroy() or a delta of
 * -65535.
 *
 * MACH_PORT_NULL and MACH_PORT_DEAD may be given back, as they may have been
 * received: mach_port_deallocate(), mach_port_destroy(), and
 * mach_port_mod_refs() of MACH_PORT_RIGHT_SEND or _SEND_ONCE succeed and do
 * nothing.
 */

#ifndef _MACH_MACH_PORT_H_
#define	_MACH_MACH_PORT_H_

#include <mach/mach_types.h>
#include <mach/message.h>
#include <mach/port.h>
#include <mach_debug/ipc_info.h>

#ifndef _KERNEL

typedef char	kobject_description_t[512];

MACH_BEGIN_DECLS

/*
 * mach_port_names: all names of the space and their types, as two arrays of
 * the same length, in no order.  Each array is the caller's, to release with
 * vm_deallocate(address, count * 4).
 *
 *	KERN_RESOURCE_SHORTAGE	no memory for the arrays
 */
extern kern_return_t mach_port_names(ipc_space_t task,
    mach_port_name_array_t *names, mach_msg_type_number_t *names_count,
    mach_port_type_array_t *types, mach_msg_type_number_t *types_count);

/*
 * mach_port_type: what name denotes: MACH_PORT_TYPE_* of the rights, and
 * DNREQUEST, SPREQUEST or SPREQUEST_DELAYED if a request stands on it.
 *
 *	KERN_INVALID_NAME	also for MACH_PORT_NULL; MACH_PORT_DEAD is a
 *				MACH_PORT_TYPE_DEAD_NAME
 */
extern kern_return_t mach_port_type(ipc_space_t task, mach_port_name_t name,
    mach_port_type_t *ptype);

/*
 * mach_port_rename: give the right under old_name the name new_name, with its
 * user references and requests.  old_name denotes nothing afterwards.
 * Mach 3.0's; Darwin's kernel no longer has it.
 *
 *	KERN_INVALID_VALUE	new_name is not a legal name
 *	KERN_NAME_EXISTS	new_name is in use
 *	KERN_NO_SPACE		new_name's slot is beyond the limit of the space
 *	KERN_RESOURCE_SHORTAGE	no memory to make the space larger
 */
extern kern_return_t mach_port_rename(ipc_space_t task,
    mach_port_name_t old_name, mach_port_name_t new_name);

/*
 * mach_port_allocate: make a receive right (a new port without send rights,
 * queue limit 5), a port set (empty) or a dead name (one user reference), and
 * choose a name for it.
 *
 *	KERN_INVALID_VALUE	right is none of MACH_PORT_RIGHT_RECEIVE,
 *				_PORT_SET, _DEAD_NAME
 *	KERN_NO_SPACE		the space is at its limit of names
 *	KERN_RESOURCE_SHORTAGE	no kernel memory, or the user is at a limit
 */
extern kern_return_t mach_port_allocate(ipc_space_t task,
    mach_port_right_t right, mach_port_name_t *name);

/*
 * mach_port_allocate_name: mach_port_allocate() with the name given.
 *
 *	KERN_INVALID_VALUE	also when name is not a legal name
 *	KERN_NAME_EXISTS	name is in use
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	as mach_port_allocate()
 */
extern kern_return_t mach_port_allocate_name(ipc_space_t task,
    mach_port_right_t right, mach_port_name_t name);

/*
 * mach_port_allocate_qos: mach_port_allocate() of a receive right with a
 * message of qos->len bytes preallocated.  Only qos with name and prealloc 0 is
 * served.
 *
 *	KERN_INVALID_ARGUMENT	qos->name is set
 *	KERN_NOT_SUPPORTED	qos->prealloc is set
 *	others			as mach_port_allocate()
 */
extern kern_return_t mach_port_allocate_qos(ipc_space_t task,
    mach_port_right_t right, mach_port_qos_t *qos, mach_port_name_t *name);

/*
 * mach_port_allocate_full: the general form.  With qos->name *name is the name
 * to use, else it is chosen and returned.  proto must be MACH_PORT_NULL.
 *
 *	KERN_INVALID_VALUE	proto is not null
 *	KERN_NOT_SUPPORTED	qos->prealloc is set
 *	others			as mach_port_allocate(), _allocate_name()
 */
extern kern_return_t mach_port_allocate_full(ipc_space_t task,
    mach_port_right_t right, mach_port_t proto, mach_port_qos_t *qos,
    mach_port_name_t *name);

/*
 * mach_port_destroy: release everything the name denotes, at once, whatever
 * its user references.  A receive right destroys its port: queued messages
 * are destroyed, senders fail, dead names and notifications follow, or the
 * right goes to who asked for port-destroyed.  A send-once right yields a
 * send-once notification.
 *
 *	KERN_INVALID_RIGHT	a guarded receive right: see
 *				mach_port_destruct()
 */
extern kern_return_t mach_port_destroy(ipc_space_t task, mach_port_name_t name);

/*
 * mach_port_deallocate: release one user reference of a send right or dead
 * name, or a send-once right (its port hears of it).  With the last one the
 * name denotes nothing, except a receive right if it has that too.
 *
 *	KERN_INVALID_RIGHT	a receive right alone, or a port set
 */
extern kern_return_t mach_port_deallocate(ipc_space_t task,
    mach_port_name_t name);

/*
 * mach_port_get_refs: the user references name has for right; 0 if it denotes
 * another kind; 1 for a send or send-once right under MACH_PORT_NULL or
 * MACH_PORT_DEAD.
 *
 *	KERN_INVALID_VALUE	right is not a kind of right
 */
extern kern_return_t mach_port_get_refs(ipc_space_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *refs);

/*
 * mach_port_mod_refs: add delta to the user references name has for right;
 * what reaches 0 is released as by mach_port_deallocate(), a receive right as
 * by mach_port_destroy().
 *
 *	KERN_INVALID_VALUE	right is not a kind of right; or the result
 *				would be negative; or delta is neither 0 nor -1
 *				for a receive right, port set or send-once right
 *	KERN_INVALID_RIGHT	name does not denote right; or the receive right
 *				is guarded and delta is -1
 *
 * A count that would pass MACH_PORT_UREFS_MAX stays there, whatever delta, but
 * for -MACH_PORT_UREFS_MAX, which releases the right.
 */
extern kern_return_t mach_port_mod_refs(ipc_space_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta);

/*
 * mach_port_peek: look at a queued message without receiving it: the first
 * (*seqno 0) or that with sequence number *seqno.
 *
 * trailer_type	MACH_RCV_TRAILER_TYPE(...) | MACH_RCV_TRAILER_ELEMENTS(...)
 * seqno	in: which; out: its number
 * size, id	its msgh_size and msgh_id
 * trailer	where the trailer goes; *trailer_size bytes there, and on
 *		return, those used
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_VALUE	unknown trailer, or too little room for it
 *	KERN_FAILURE		no such message
 */
extern kern_return_t mach_port_peek(ipc_space_t task, mach_port_name_t name,
    mach_msg_trailer_type_t trailer_type, mach_port_seqno_t *seqno,
    mach_msg_size_t *size, mach_msg_id_t *id, mach_msg_trailer_info_t trailer,
    mach_msg_type_number_t *trailer_size);

/*
 * mach_port_set_mscount: set the make-send count of a port, which each
 * MACH_MSG_TYPE_MAKE_SEND increments.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 */
extern kern_return_t mach_port_set_mscount(ipc_space_t task,
    mach_port_name_t name, mach_port_mscount_t mscount);

/*
 * mach_port_set_seqno: set the sequence number the next received message gets.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 */
extern kern_return_t mach_port_set_seqno(ipc_space_t task,
    mach_port_name_t name, mach_port_seqno_t seqno);

/*
 * mach_port_get_set_status: the members of a port set, as an array to be
 * released with vm_deallocate(address, count * 4).
 *
 *	KERN_INVALID_RIGHT	name is not a port set
 *	KERN_RESOURCE_SHORTAGE	no memory for the array
 */
extern kern_return_t mach_port_get_set_status(ipc_space_read_t task,
    mach_port_name_t name, mach_port_name_array_t *members,
    mach_msg_type_number_t *members_count);

/*
 * mach_port_move_member: take a receive right out of all sets it is in, and
 * put it in set after, if that is not MACH_PORT_NULL.  Messages stay queued;
 * a thread waiting on the set gets one.
 *
 *	KERN_INVALID_RIGHT	member is not a receive right, or after not a
 *				set; also MACH_PORT_NULL for member,
 *				MACH_PORT_DEAD
 *	KERN_INVALID_NAME	either denotes nothing
 *	KERN_NOT_IN_SET		after is null and member is in no set
 *	KERN_RESOURCE_SHORTAGE	no kernel memory
 */
extern kern_return_t mach_port_move_member(ipc_space_t task,
    mach_port_name_t member, mach_port_name_t after);

/*
 * mach_port_insert_member: put a receive right in one more set.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right, or pset not a set
 *	KERN_INVALID_NAME	either denotes nothing
 *	KERN_ALREADY_IN_SET	it is a member
 *	KERN_RESOURCE_SHORTAGE	no kernel memory
 */
extern kern_return_t mach_port_insert_member(ipc_space_t task,
    mach_port_name_t name, mach_port_name_t pset);

/*
 * mach_port_extract_member: take a receive right out of one set.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right, or pset not a set
 *	KERN_INVALID_NAME	either denotes nothing
 *	KERN_NOT_IN_SET		it is no member
 */
extern kern_return_t mach_port_extract_member(ipc_space_t task,
    mach_port_name_t name, mach_port_name_t pset);

/*
 * mach_port_request_notification: ask to be told about name, see
 * <mach/notify.h>.  One request of a kind stands per name (dead-name and
 * send-possible share one place); a new one replaces it (not for
 * port-destroyed), and the send-once right of the replaced request is returned
 * in *previous.  A null notify only cancels.
 *
 * msgid	MACH_NOTIFY_PORT_DESTROYED: name is a receive right
 *		MACH_NOTIFY_NO_SENDERS: name is a receive right; sent at once
 *		if there are no send rights and the make-send count is at least
 *		sync
 *		MACH_NOTIFY_DEAD_NAME: name is a send, receive or send-once
 *		right; with a dead name and sync not 0 sent at once, with a user
 *		reference added
 *		MACH_NOTIFY_SEND_POSSIBLE: likewise; sync not 0 arms it now: it
 *		is sent at once if the queue has room; with 0 the next send to
 *		name that times out with MACH_SEND_NOTIFY arms it.  If the port
 *		dies, or name is dead already, a dead-name notification is
 *		sent instead
 * sync		see above; 0 for PORT_DESTROYED
 * notify, disposition	the send-once right to be told through:
 *		MACH_MSG_TYPE_MAKE_SEND_ONCE from a receive right, or
 *		MACH_MSG_TYPE_MOVE_SEND_ONCE.  A right moved is back on failure
 * previous	a send-once right, MACH_PORT_NULL if there was none (or no room
 *		for it: then it is released), MACH_PORT_DEAD if it died
 *
 *	KERN_INVALID_VALUE	unknown msgid or disposition; or sync is not 0
 *				for PORT_DESTROYED
 *	KERN_INVALID_RIGHT	name denotes the wrong kind; or notify does; or
 *				name is a reply port and msgid NO_SENDERS or
 *				PORT_DESTROYED; or a timer and PORT_DESTROYED
 *	KERN_INVALID_CAPABILITY	notify is a dead name, or name itself
 *	KERN_INVALID_ARGUMENT	name is MACH_PORT_NULL or DEAD; or a dead name,
 *				and notify is null, or for DEAD_NAME sync 0
 *	KERN_UREFS_OVERFLOW	name is a dead name at its limit
 *	KERN_FAILURE		a PORT_DESTROYED request stands; cancel it first
 *	KERN_RESOURCE_SHORTAGE	a limit of the user
 */
extern kern_return_t mach_port_request_notification(ipc_space_t task,
    mach_port_name_t name, mach_msg_id_t msgid, mach_port_mscount_t sync,
    mach_port_t notify, mach_msg_type_name_t disposition,
    mach_port_t *previous);

/*
 * mach_port_insert_right: put a right of the caller's into the space of task.
 *
 * name		its name there.  If task holds a send or receive right for the
 *		port, name must be that one and gets a user reference
 * poly, disposition	the right in the caller's space, MACH_MSG_TYPE_MOVE_*,
 *		_COPY_SEND or _MAKE_*
 *
 *	KERN_INVALID_VALUE	name is not legal, or disposition is none
 *	KERN_NAME_EXISTS	name denotes something else, or a dead name
 *	KERN_RIGHT_EXISTS	task has the port under another name
 *	KERN_INVALID_CAPABILITY	poly is null or dead, an immovable receive
 *				right to be moved, or a right to a reply port
 *	KERN_INVALID_NAME, KERN_INVALID_RIGHT	poly does not denote what
 *				disposition needs
 *	KERN_UREFS_OVERFLOW	name is at its limit
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	as mach_port_allocate_name()
 */
extern kern_return_t mach_port_insert_right(ipc_space_t task,
    mach_port_name_t name, mach_port_t poly, mach_msg_type_name_t disposition);

/*
 * mach_port_extract_right: take a right from task and give it to the caller.
 *
 * msgt_name	MACH_MSG_TYPE_MOVE_*, _COPY_SEND or _MAKE_*, applied to name
 * poly		its name in the caller's space; MACH_PORT_DEAD if it is dead
 * disposition	what it is: MACH_MSG_TYPE_PORT_RECEIVE, _SEND or _SEND_ONCE
 *
 *	KERN_INVALID_VALUE	msgt_name is no disposition
 *	KERN_INVALID_RIGHT	name does not denote what it needs
 *	KERN_INVALID_CAPABILITY	an immovable receive right was to be moved; or
 *				a right to a reply port
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	no room in the caller's space; a
 *				moved right is released
 */
extern kern_return_t mach_port_extract_right(ipc_space_t task,
    mach_port_name_t name, mach_msg_type_name_t msgt_name, mach_port_t *poly,
    mach_msg_type_name_t *disposition);

/*
 * mach_port_get_attributes: state of a receive right.
 *
 * flavor	MACH_PORT_LIMITS_INFO, _RECEIVE_STATUS, _DNREQUESTS_SIZE,
 *		_INFO_EXT or _SERVICE_THROTTLED
 * info		where it goes
 * count	in: room, out: length, in natural_t; more room than needed is
 *		fine
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	unknown flavor, or one only to be set
 *	KERN_INVALID_CAPABILITY	_SERVICE_THROTTLED: name is no service port
 *	KERN_FAILURE		too little room
 */
extern kern_return_t mach_port_get_attributes(ipc_space_read_t task,
    mach_port_name_t name, mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t *count);

/*
 * mach_port_set_attributes: change a receive right.
 *
 * flavor	MACH_PORT_LIMITS_INFO: the queue limit; senders that wait and
 *		fit now go on.  _DNREQUESTS_SIZE, _TEMPOWNER,
 *		_IMPORTANCE_RECEIVER, _DENAP_RECEIVER: accepted.
 *		_SERVICE_THROTTLED: of service ports
 * count	in natural_t; may be larger than needed
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_VALUE	queue limit above MACH_PORT_QLIMIT_MAX
 *	KERN_INVALID_ARGUMENT	unknown flavor, or one that cannot be set
 *	KERN_INVALID_CAPABILITY	_SERVICE_THROTTLED: name is no service port
 *	KERN_FAILURE		count is too small
 */
extern kern_return_t mach_port_set_attributes(ipc_space_t task,
    mach_port_name_t name, mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t count);

/*
 * mach_port_assert_attributes: check a receive right: MACH_PORT_GUARD_INFO,
 * that it has a strict guard and that this is mpgi_guard.  Darwin kills a task
 * that fails it; here the code is returned.
 *
 *	KERN_INVALID_NAME	name denotes no right
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	another flavor, no strict guard, or another one
 *	KERN_FAILURE		count is too small
 *	KERN_NOT_SUPPORTED	of another task
 */
extern kern_return_t mach_port_assert_attributes(ipc_space_t task,
    mach_port_name_t name, mach_port_flavor_t flavor, mach_port_info_t info,
    mach_msg_type_number_t count);

/*
 * mach_port_get_context: the context of a receive right, 0 if none was set, and
 * 0 if it has a strict guard.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 */
extern kern_return_t mach_port_get_context(ipc_space_read_t task,
    mach_port_name_t name, mach_port_context_t *context);

/*
 * mach_port_set_context: set the context of a receive right, a word that
 * travels in the context trailer of its messages.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	it has a strict guard
 */
extern kern_return_t mach_port_set_context(ipc_space_t task,
    mach_port_name_t name, mach_port_context_t context);

/*
 * mach_port_get_srights: the number of send rights there are, everywhere.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 */
extern kern_return_t mach_port_get_srights(ipc_space_t task,
    mach_port_name_t name, mach_port_rights_t *srights);

/*
 * mach_port_construct: mach_port_allocate() of a receive right, set up in one
 * step as options and context say: MPO_* in <mach/port.h>.
 *
 *	KERN_INVALID_VALUE	queue limit out of range
 *	KERN_INVALID_ARGUMENT	unknown flags; or more than one of SERVICE_PORT,
 *				CONNECTION_PORT, TG_BLOCK_TRACKING, or of
 *				REPLY_PORT, ENFORCE_REPLY_PORT_SEMANTICS,
 *				EXCEPTION_PORT, PROVISIONAL_REPLY_PORT
 *				or MPO_CONNECTION_PORT without a name
 *	KERN_DENIED		MPO_SERVICE_PORT or MPO_TG_BLOCK_TRACKING, which
 *				Darwin grants its own servers
 *	KERN_INVALID_NAME	MPO_CONNECTION_PORT: service_port_name denotes
 *				nothing
 *	KERN_INVALID_CAPABILITY	it is no service port: none is, here
 *	KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE	as mach_port_allocate()
 */
extern kern_return_t mach_port_construct(ipc_space_t task,
    mach_port_options_ptr_t options, mach_port_context_t context,
    mach_port_name_t *name);

/*
 * mach_port_destruct: destroy a receive right, and add srdelta (0 or
 * negative) to the send references under the same name, in one step.
 *
 * guard	the guard; 0 if there is none
 *
 *	KERN_INVALID_RIGHT	name is not a receive right, or has no send
 *				right to take srdelta from
 *	KERN_INVALID_VALUE	srdelta is positive, or more than there are
 *	KERN_INVALID_ARGUMENT	the guard is another
 */
extern kern_return_t mach_port_destruct(ipc_space_t task, mach_port_name_t name,
    mach_port_delta_t srdelta, mach_port_context_t guard);

/*
 * mach_port_guard: guard a receive right: it can then be destroyed only with
 * the guard, by mach_port_destruct().  strict: its context cannot be changed or
 * read, either.  The guard takes the place of the context; it goes when the
 * right moves.
 * Where Darwin raises an exception on a violation, here the call fails.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	it is guarded, or has a context
 */
extern kern_return_t mach_port_guard(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t guard, boolean_t strict);

/*
 * mach_port_unguard: take the guard off.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	it is not guarded, or guard is another
 */
extern kern_return_t mach_port_unguard(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t guard);

/*
 * mach_port_guard_with_flags: mach_port_guard() with MPG_* flags.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	unknown flags, guarded, or with a context
 *	KERN_INVALID_CAPABILITY	MPG_IMMOVABLE_RECEIVE while a port-destroyed
 *				request stands
 */
extern kern_return_t mach_port_guard_with_flags(ipc_space_t task,
    mach_port_name_t name, mach_port_context_t guard, uint64_t flags);

/*
 * mach_port_swap_guard: exchange the guard of a receive right.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_ARGUMENT	not guarded, strictly guarded, or old_guard is
 *				another
 */
extern kern_return_t mach_port_swap_guard(ipc_space_t task,
    mach_port_name_t name, mach_port_context_t old_guard,
    mach_port_context_t new_guard);

/*
 * mach_port_space_info: the space and all its names, for tools.  table and
 * tree are arrays to be released with vm_deallocate(); tree is always empty, as
 * it is on Darwin.  iin_object is the same number for rights to the same port.
 *
 *	KERN_RESOURCE_SHORTAGE	no memory for the arrays
 */
extern kern_return_t mach_port_space_info(ipc_space_read_t task,
    ipc_info_space_t *space_info, ipc_info_name_array_t *table,
    mach_msg_type_number_t *table_count, ipc_info_tree_name_array_t *tree,
    mach_msg_type_number_t *tree_count);

/* mach_port_space_basic_info: the space only. */
extern kern_return_t mach_port_space_basic_info(ipc_space_inspect_t task,
    ipc_info_space_basic_t *basic_info);

/*
 * mach_port_dnrequest_info: how many places for dead-name and send-possible
 * requests the port has, and how many are taken.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 */
extern kern_return_t mach_port_dnrequest_info(ipc_space_t task,
    mach_port_name_t name, unsigned int *total, unsigned int *used);

/*
 * mach_port_kobject: the kind of kernel object behind a right: IKOT_* of the
 * kernel, 0 for a plain port.  *object_addr is 0: kernel addresses are not
 * given away.
 *
 *	KERN_INVALID_RIGHT	name is neither a send nor a receive right
 */
extern kern_return_t mach_port_kobject(ipc_space_read_t task,
    mach_port_name_t name, natural_t *object_type,
    mach_vm_address_t *object_addr);

/* mach_port_kernel_object: the same, cut to 32 bits. */
extern kern_return_t mach_port_kernel_object(ipc_space_read_t task,
    mach_port_name_t name, unsigned int *object_type,
    unsigned int *object_addr);

/*
 * mach_port_kobject_description: the same, with a text of at most 511
 * characters, which as on Darwin is empty for all but the objects of drivers.
 *
 *	KERN_INVALID_RIGHT	as mach_port_kobject()
 *	KERN_INVALID_ADDRESS	a pointer is NULL
 */
extern kern_return_t mach_port_kobject_description(ipc_space_read_t task,
    mach_port_name_t name, natural_t *object_type,
    mach_vm_address_t *object_addr, kobject_description_t description);

/*
 * mach_port_is_connection_for_service: KERN_SUCCESS if connection was
 * constructed with MPO_CONNECTION_PORT for service.  *filter_policy_id is 0.
 *
 *	KERN_INVALID_RIGHT	either is not a receive right
 *	KERN_INVALID_CAPABILITY	service is no service port, connection no
 *				connection port
 *	KERN_INVALID_ARGUMENT	connection belongs to another service
 *	KERN_NOT_SUPPORTED	this kernel has no service ports
 */
extern kern_return_t mach_port_is_connection_for_service(ipc_space_t task,
    mach_port_name_t connection, mach_port_name_t service,
    uint64_t *filter_policy_id);

/*
 * mach_port_get_service_port_info: what the service port was constructed with.
 *
 *	KERN_INVALID_RIGHT	name is not a receive right
 *	KERN_INVALID_CAPABILITY	it is no service port
 *	KERN_NOT_SUPPORTED	this kernel has no service ports
 */
extern kern_return_t mach_port_get_service_port_info(ipc_space_read_t task,
    mach_port_name_t name, mach_service_port_info_t info);

/*
 * task_set_port_space: a hint how many names will be needed.  Accepted, with
 * no effect: the space grows by itself.
 */
extern kern_return_t task_set_port_space(ipc_space_t task, int table_entries);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_PORT_H_ */
