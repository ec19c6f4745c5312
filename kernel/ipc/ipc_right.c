/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Rights in spaces.
 *
 * What an entry holds, by type:
 *
 *	SEND		one of the port's send rights and one reference, however
 *			many user references; it is in the reverse hash
 *	RECEIVE		the receive right and one reference; with SEND, a send
 *			right more but no second reference; the port knows
 *			the name
 *	SEND_ONCE	a send-once right and one reference
 *	PORT_SET	the set's first reference
 *	DEAD_NAME	nothing but user references
 *
 * Send rights of a port that died stay as they are until somebody looks:
 * ipc_right_lookup() then makes them dead names.  A dead-name notification that
 * was sent carries a user reference of the dead name.
 *
 * User references stick at MACH_PORT_UREFS_MAX: whoever got there by receiving
 * rights can no longer count them back to zero.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <machine/atomic.h>

#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>

#define	SCRATCH_RECEIVE	0x80000000u	/* the receive right is to move */

#define	HAS(entry, type)	(((entry)->ie_bits & (type)) != 0)

static void
ipc_entry_set_type(struct ipc_entry *entry, uint32_t type, uint32_t urefs)
{

	ie_set_bits(entry, (entry->ie_bits &
	    ~(IE_BITS_TYPE_MASK | IE_BITS_UREFS_MASK)) | type | urefs);
}

static void
ipc_entry_set_urefs(struct ipc_entry *entry, uint32_t urefs)
{

	ie_set_bits(entry, (entry->ie_bits & ~IE_BITS_UREFS_MASK) | urefs);
}

/*
 * The right has left the entry, whose request is void: say so to who made it,
 * or that the port died first.  True: that was said, here or by who destroyed
 * the port, and a user reference of the name goes with it.
 */
static bool
ipc_right_cancel(struct ipc_port *port, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	struct ipc_port *notify;
	bool active, died;

	if (entry->ie_request == 0)
		return (false);
	ip_lock(port);
	active = ip_active(port);
	died = ipc_port_request(port, entry->ie_request)->ipr_died;
	notify = ipc_port_request_cancel(port, entry->ie_request);
	entry->ie_request = 0;
	ip_unlock(port);
	if (notify != NULL && active) {
		ipc_notify_port_deleted(notify, name, gc);
		return (false);
	}
	if (notify != NULL) {
		/* Who destroys the port has not got to it yet. */
		ipc_notify_dead_name(notify, name, gc);
		return (true);
	}
	return (died);
}

static void
ipc_right_free_entry(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry)
{

	ie_set_object(entry, NULL);
	ipc_entry_set_type(entry, 0, 0);
	ipc_entry_dealloc(space, name, entry);
}

/* The last right has left the entry, on purpose. */
static void
ipc_right_leave(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_port *port, struct ipc_gc *gc)
{

	if (ipc_right_cancel(port, name, entry, gc)) {
		ie_set_object(entry, NULL);
		ipc_entry_set_type(entry, MACH_PORT_TYPE_DEAD_NAME, 1);
	} else
		ipc_right_free_entry(space, name, entry);
}

/*
 * The entry becomes a dead name of `urefs` user references, and one for the
 * notification if one was sent; with none of either it is freed.
 */
static void
ipc_right_make_dead(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_port *port, uint32_t urefs)
{
	struct ipc_gc gc;

	IPC_GC_INIT(&gc);
	if (ipc_right_cancel(port, name, entry, &gc) &&
	    urefs < MACH_PORT_UREFS_MAX)
		urefs++;
	ipc_gc_run(&gc);
	ie_set_object(entry, NULL);
	ipc_entry_set_type(entry, MACH_PORT_TYPE_DEAD_NAME, urefs);
	if (urefs == 0)
		ipc_right_free_entry(space, name, entry);
}

kern_return_t
ipc_right_lookup(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry **entryp)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	bool active;

	sx_assert(&space->is_lock, SA_XLOCKED);
	if (!space->is_active)
		return (KERN_INVALID_TASK);
	entry = ipc_entry_lookup(space, name);
	if (entry == NULL)
		return (KERN_INVALID_NAME);
	*entryp = entry;
	if (HAS(entry, MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET |
	    MACH_PORT_TYPE_DEAD_NAME))
		return (KERN_SUCCESS);

	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	active = ip_active(port);
	ip_unlock(port);
	if (active)
		return (KERN_SUCCESS);
	if (HAS(entry, MACH_PORT_TYPE_SEND))
		ipc_hash_remove(space, name, entry);
	ipc_right_make_dead(space, name, entry, port,
	    IE_BITS_UREFS(entry->ie_bits));
	ip_drop(port);
	return (KERN_SUCCESS);
}

kern_return_t
ipc_right_receive_port(struct ipc_space *space, mach_port_name_t name,
    struct ipc_port **portp)
{
	struct ipc_entry *entry;

	sx_assert(&space->is_lock, SA_LOCKED);
	if (!space->is_active)
		return (KERN_INVALID_TASK);
	entry = ipc_entry_lookup(space, name);
	if (entry == NULL)
		return (KERN_INVALID_NAME);
	if (!HAS(entry, MACH_PORT_TYPE_RECEIVE))
		return (KERN_INVALID_RIGHT);
	*portp = ipc_object_port(entry->ie_object);
	ip_lock(*portp);
	KASSERT(ip_active(*portp) && (*portp)->ip_receiver == space,
	    ("receive right of somebody else's port"));
	return (KERN_SUCCESS);
}

/* Release the send right of an entry that keeps its receive right. */
static void
ipc_right_drop_send(struct ipc_port *port, struct ipc_entry *entry,
    struct ipc_gc *gc)
{

	ipc_entry_set_type(entry, MACH_PORT_TYPE_RECEIVE, 0);
	ip_lock(port);
	KASSERT(port->ip_srights > 0, ("send rights below zero"));
	port->ip_srights--;
	ipc_port_no_senders_unlock(port, gc);
}

/* Take `count` user references off a live send right. */
static void
ipc_right_less_send(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, uint32_t count, struct ipc_gc *gc)
{
	struct ipc_port *port;
	uint32_t urefs;

	urefs = IE_BITS_UREFS(entry->ie_bits);
	if (count < urefs) {
		ipc_entry_set_urefs(entry, urefs - count);
		return;
	}
	port = ipc_object_port(entry->ie_object);
	if (HAS(entry, MACH_PORT_TYPE_RECEIVE)) {
		ipc_right_drop_send(port, entry, gc);
		return;
	}
	ipc_hash_remove(space, name, entry);
	ipc_right_leave(space, name, entry, port, gc);
	ipc_port_release_send(port, gc);
}

static void
ipc_right_less_dead(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, uint32_t count)
{
	uint32_t urefs;

	urefs = IE_BITS_UREFS(entry->ie_bits);
	if (count < urefs)
		ipc_entry_set_urefs(entry, urefs - count);
	else
		ipc_right_free_entry(space, name, entry);
}

static void
ipc_right_less_sonce(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	struct ipc_port *port;

	port = ipc_object_port(entry->ie_object);
	ipc_right_leave(space, name, entry, port, gc);
	ipc_port_release_sonce(port, gc);
}

/*
 * The receive right goes; send rights under the same name turn into a dead
 * name.
 */
static void
ipc_right_less_receive(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	struct ipc_port *notify, *port;
	bool moved;

	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	notify = NULL;
	if (!HAS(entry, MACH_PORT_TYPE_SEND)) {
		/* The name goes with the right, and first. */
		notify = ipc_port_request_cancel(port, entry->ie_request);
		entry->ie_request = 0;
	}
	ipc_port_destroy(port, gc);
	if (notify != NULL)
		ipc_notify_port_deleted(notify, name, gc);

	ip_lock(port);
	moved = ip_active(port);	/* to who asked for port-destroyed */
	ip_unlock(port);
	if (!HAS(entry, MACH_PORT_TYPE_SEND)) {
		ipc_right_free_entry(space, name, entry);
		ip_drop(port);
		return;
	}
	if (moved) {
		/* An ordinary send right from now on. */
		ipc_entry_set_type(entry, MACH_PORT_TYPE_SEND,
		    IE_BITS_UREFS(entry->ie_bits));
		ipc_hash_insert(space, name, entry);
		return;
	}
	ipc_right_make_dead(space, name, entry, port,
	    IE_BITS_UREFS(entry->ie_bits));
	ip_drop(port);
}

static bool
ipc_right_guarded(struct ipc_entry *entry)
{
	struct ipc_port *port;
	bool guarded;

	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	guarded = (port->ip_flags & IP_GUARDED) != 0;
	ip_unlock(port);
	return (guarded);
}

static void
ipc_right_less_pset(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry)
{
	struct ipc_pset *pset;

	pset = ipc_object_pset(entry->ie_object);
	ipc_right_free_entry(space, name, entry);
	ipc_pset_destroy(pset);
}

kern_return_t
ipc_right_dealloc(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	uint32_t urefs;

	urefs = IE_BITS_UREFS(entry->ie_bits);
	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME | MACH_PORT_TYPE_SEND)) {
		if (urefs == MACH_PORT_UREFS_MAX)
			return (KERN_SUCCESS);
		if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME))
			ipc_right_less_dead(space, name, entry, 1);
		else
			ipc_right_less_send(space, name, entry, 1, gc);
		return (KERN_SUCCESS);
	}
	if (HAS(entry, MACH_PORT_TYPE_SEND_ONCE)) {
		ipc_right_less_sonce(space, name, entry, gc);
		return (KERN_SUCCESS);
	}
	if (HAS(entry, MACH_PORT_TYPE_PORT_SET)) {
		ipc_right_less_pset(space, name, entry);
		return (KERN_SUCCESS);
	}
	return (KERN_INVALID_RIGHT);
}

/*
 * A change of counted references: what is it to be?  Past the maximum the count
 * sticks there, and then only all can go at once.
 */
static kern_return_t
ipc_right_delta_urefs(uint32_t urefs, mach_port_delta_t *deltap)
{
	const mach_port_delta_t max = MACH_PORT_UREFS_MAX;
	mach_port_delta_t delta;

	delta = *deltap;
	if (delta > max || delta < -max)
		return (KERN_INVALID_VALUE);
	if (urefs == MACH_PORT_UREFS_MAX) {
		if (delta != -max)
			*deltap = 0;
		return (KERN_SUCCESS);
	}
	if ((mach_port_delta_t)urefs + delta < 0)
		return (KERN_INVALID_VALUE);
	if ((mach_port_delta_t)urefs + delta > max)
		*deltap = max - (mach_port_delta_t)urefs;
	return (KERN_SUCCESS);
}

kern_return_t
ipc_right_delta(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, mach_port_right_t right, mach_port_delta_t delta,
    struct ipc_gc *gc)
{
	kern_return_t kr;
	uint32_t urefs;

	urefs = IE_BITS_UREFS(entry->ie_bits);
	if (right >= MACH_PORT_RIGHT_NUMBER)
		return (KERN_INVALID_VALUE);
	if (right > MACH_PORT_RIGHT_DEAD_NAME ||
	    !HAS(entry, MACH_PORT_TYPE(right)))
		return (KERN_INVALID_RIGHT);

	if (right == MACH_PORT_RIGHT_SEND ||
	    right == MACH_PORT_RIGHT_DEAD_NAME) {
		kr = ipc_right_delta_urefs(urefs, &delta);
		if (kr != KERN_SUCCESS)
			return (kr);
		if (delta > 0)
			ipc_entry_set_urefs(entry, urefs + delta);
		else if (delta < 0 && right == MACH_PORT_RIGHT_SEND)
			ipc_right_less_send(space, name, entry, -delta, gc);
		else if (delta < 0)
			ipc_right_less_dead(space, name, entry, -delta);
		return (KERN_SUCCESS);
	}

	/* The others have one reference. */
	if (delta == 0)
		return (KERN_SUCCESS);
	if (delta != -1)
		return (KERN_INVALID_VALUE);
	switch (right) {
	case MACH_PORT_RIGHT_RECEIVE:
		if (ipc_right_guarded(entry))
			return (KERN_INVALID_RIGHT);
		ipc_right_less_receive(space, name, entry, gc);
		break;
	case MACH_PORT_RIGHT_PORT_SET:
		ipc_right_less_pset(space, name, entry);
		break;
	default:
		ipc_right_less_sonce(space, name, entry, gc);
		break;
	}
	return (KERN_SUCCESS);
}

kern_return_t
ipc_right_destroy(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	struct ipc_port *port;

	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME)) {
		ipc_right_free_entry(space, name, entry);
		return (KERN_SUCCESS);
	}
	if (HAS(entry, MACH_PORT_TYPE_PORT_SET)) {
		ipc_right_less_pset(space, name, entry);
		return (KERN_SUCCESS);
	}
	port = ipc_object_port(entry->ie_object);
	if (HAS(entry, MACH_PORT_TYPE_RECEIVE)) {
		if (ipc_right_guarded(entry))
			return (KERN_INVALID_RIGHT);
		if (HAS(entry, MACH_PORT_TYPE_SEND))
			ipc_right_drop_send(port, entry, gc);
		ipc_right_less_receive(space, name, entry, gc);
		return (KERN_SUCCESS);
	}
	if (HAS(entry, MACH_PORT_TYPE_SEND_ONCE))
		ipc_right_less_sonce(space, name, entry, gc);
	else
		ipc_right_less_send(space, name, entry,
		    IE_BITS_UREFS(entry->ie_bits), gc);
	/* What the death of the port may have left goes as well. */
	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME))
		ipc_right_free_entry(space, name, entry);
	return (KERN_SUCCESS);
}

kern_return_t
ipc_right_destruct(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, mach_port_delta_t srdelta, uint64_t guard,
    struct ipc_gc *gc)
{
	struct ipc_port *port;
	bool ok;

	if (!HAS(entry, MACH_PORT_TYPE_RECEIVE))
		return (KERN_INVALID_RIGHT);
	if (srdelta > 0)
		return (KERN_INVALID_VALUE);
	if (srdelta != 0) {
		if (!HAS(entry, MACH_PORT_TYPE_SEND))
			return (KERN_INVALID_RIGHT);
		if (ipc_right_delta_urefs(IE_BITS_UREFS(entry->ie_bits),
		    &srdelta) != KERN_SUCCESS)
			return (KERN_INVALID_VALUE);
	}
	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	ok = (port->ip_flags & IP_GUARDED) == 0 || port->ip_context == guard;
	ip_unlock(port);
	if (!ok)
		return (KERN_INVALID_ARGUMENT);
	if (srdelta != 0)
		ipc_right_less_send(space, name, entry, -srdelta, gc);
	ipc_right_less_receive(space, name, entry, gc);
	return (KERN_SUCCESS);
}

/*
 * Into messages.
 */

kern_return_t
ipc_right_copyin_check(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, mach_msg_type_name_t disposition)
{

	return (ipc_right_copyin_check_header(space, name, entry, disposition,
	    MACH_MSG_TYPE_NONE));
}

kern_return_t
ipc_right_copyin_check_header(struct ipc_space *space __unused,
    mach_port_name_t name __unused, struct ipc_entry *entry,
    mach_msg_type_name_t disposition, mach_msg_type_name_t reply)
{
	struct ipc_port *port;
	uint32_t moved;
	bool immovable, left;

	moved = entry->ie_scratch & ~SCRATCH_RECEIVE;
	left = IE_BITS_UREFS(entry->ie_bits) > moved;
	if (HAS(entry, MACH_PORT_TYPE_PORT_RIGHTS) && disposition != reply &&
	    ipc_object_port(entry->ie_object)->ip_kind == IPK_REPLY)
		return (KERN_INVALID_CAPABILITY);
	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		if (!HAS(entry, MACH_PORT_TYPE_RECEIVE) ||
		    (entry->ie_scratch & SCRATCH_RECEIVE) != 0)
			return (KERN_INVALID_RIGHT);
		return (KERN_SUCCESS);
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		if (!HAS(entry, MACH_PORT_TYPE_RECEIVE) ||
		    (entry->ie_scratch & SCRATCH_RECEIVE) != 0)
			return (KERN_INVALID_RIGHT);
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		immovable = (port->ip_flags & IP_IMMOVABLE_RECEIVE) != 0 ||
		    port->ip_kotype != IKOT_NONE;
		ip_unlock(port);
		if (immovable)
			return (KERN_INVALID_CAPABILITY);
		entry->ie_scratch |= SCRATCH_RECEIVE;
		return (KERN_SUCCESS);
	case MACH_MSG_TYPE_COPY_SEND:
	case MACH_MSG_TYPE_MOVE_SEND:
		if (!HAS(entry, MACH_PORT_TYPE_SEND |
		    MACH_PORT_TYPE_DEAD_NAME) || !left)
			return (KERN_INVALID_RIGHT);
		if (disposition == MACH_MSG_TYPE_MOVE_SEND)
			entry->ie_scratch++;
		return (KERN_SUCCESS);
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		if (!HAS(entry, MACH_PORT_TYPE_SEND_ONCE |
		    MACH_PORT_TYPE_DEAD_NAME) || !left)
			return (KERN_INVALID_RIGHT);
		entry->ie_scratch++;
		return (KERN_SUCCESS);
	default:
		return (KERN_INVALID_RIGHT);
	}
}

void
ipc_right_copyin_uncheck(struct ipc_entry *entry)
{

	entry->ie_scratch = 0;
}

static void
ipc_right_move_receive(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	struct ipc_port *nsrequest, *port;

	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	nsrequest = ipc_port_clear_receiver(port, MACH_RCV_PORT_CHANGED);
	ip_unlock(port);
	if (nsrequest != NULL)
		ipc_notify_send_once(nsrequest, gc);
	if (HAS(entry, MACH_PORT_TYPE_SEND)) {
		ip_hold(port);		/* the send right's own */
		ipc_entry_set_type(entry, MACH_PORT_TYPE_SEND,
		    IE_BITS_UREFS(entry->ie_bits));
		ipc_hash_insert(space, name, entry);
		return;
	}
	ipc_right_leave(space, name, entry, port, gc);
}

void
ipc_right_copyin(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, mach_msg_type_name_t disposition,
    struct ipc_port **portp, struct ipc_gc *gc)
{
	struct ipc_port *port;

	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME)) {
		*portp = IP_DEAD;
		if (disposition != MACH_MSG_TYPE_COPY_SEND &&
		    IE_BITS_UREFS(entry->ie_bits) != MACH_PORT_UREFS_MAX)
			ipc_right_less_dead(space, name, entry, 1);
		return;
	}
	port = ipc_object_port(entry->ie_object);
	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
		*portp = ipc_port_make_send(port);
		break;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		*portp = ipc_port_make_sonce(port);
		break;
	case MACH_MSG_TYPE_COPY_SEND:
		*portp = ipc_port_copy_send(port);
		break;
	case MACH_MSG_TYPE_MOVE_SEND:
		/*
		 * Copy, then let go of the one that stays: the count of send
		 * rights does not pass through zero.
		 */
		*portp = ipc_port_copy_send(port);
		if (IE_BITS_UREFS(entry->ie_bits) != MACH_PORT_UREFS_MAX)
			ipc_right_less_send(space, name, entry, 1, gc);
		break;
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		ipc_right_leave(space, name, entry, port, gc);
		*portp = port;
		break;
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		ipc_right_move_receive(space, name, entry, gc);
		*portp = port;
		break;
	default:
		panic("%s: disposition %u", __func__, disposition);
	}
}

struct ipc_port *
ipc_right_move_sonce(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_port *port;

	port = NULL;
	is_write_lock(space);
	entry = ipc_entry_lookup(space, name);
	if (entry != NULL && HAS(entry, MACH_PORT_TYPE_SEND_ONCE) &&
	    entry->ie_request == 0) {
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		if (ip_active(port))
			ipc_right_free_entry(space, name, entry);
		else {
			ip_unlock(port);
			port = NULL;
		}
	}
	is_write_unlock(space);
	return (port);
}

mach_msg_type_name_t
ipc_right_copyin_type(mach_msg_type_name_t disposition)
{

	switch (disposition) {
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		return (MACH_MSG_TYPE_PORT_RECEIVE);
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		return (MACH_MSG_TYPE_PORT_SEND_ONCE);
	default:
		return (MACH_MSG_TYPE_PORT_SEND);
	}
}

kern_return_t
ipc_object_copyin(struct ipc_space *space, mach_port_name_t name,
    mach_msg_type_name_t disposition, struct ipc_port **portp,
    struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if (name == MACH_PORT_NULL || name == MACH_PORT_DEAD) {
		*portp = name == MACH_PORT_NULL ? NULL : IP_DEAD;
		return (KERN_SUCCESS);
	}
	is_write_lock(space);
	kr = ipc_right_lookup(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		kr = ipc_right_copyin_check(space, name, entry, disposition);
		ipc_right_copyin_uncheck(entry);
		if (kr == KERN_SUCCESS)
			ipc_right_copyin(space, name, entry, disposition,
			    portp, gc);
	}
	is_write_unlock(space);
	return (kr);
}

/*
 * Out of messages.
 */

/* The name of the port's send or receive right in the space. */
static bool
ipc_right_reverse(struct ipc_space *space, struct ipc_port *port,
    mach_port_name_t *namep, struct ipc_entry **entryp)
{

	ip_lock(port);
	if (ip_active(port) && port->ip_receiver == space) {
		*namep = port->ip_receiver_name;
		ip_unlock(port);
		*entryp = ipc_entry_lookup(space, *namep);
		KASSERT(*entryp != NULL, ("receive right without a name"));
		return (true);
	}
	ip_unlock(port);
	return (ipc_hash_lookup(space, &port->ip_object, namep, entryp));
}

/* A right into an entry: new (type 0), or one of the same port. */
static void
ipc_right_enter(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_port *port,
    mach_msg_type_name_t disposition, struct ipc_gc *gc)
{
	uint32_t urefs;

	urefs = IE_BITS_UREFS(entry->ie_bits);
	switch (disposition) {
	case MACH_MSG_TYPE_PORT_SEND_ONCE:
		ie_set_object(entry, &port->ip_object);
		ipc_entry_set_type(entry, MACH_PORT_TYPE_SEND_ONCE, 1);
		return;
	case MACH_MSG_TYPE_PORT_SEND:
		if (HAS(entry, MACH_PORT_TYPE_SEND)) {
			/* One more user reference of the right we have. */
			if (urefs < MACH_PORT_UREFS_MAX)
				ipc_entry_set_urefs(entry, urefs + 1);
			ipc_port_release_send(port, gc);
			return;
		}
		if (HAS(entry, MACH_PORT_TYPE_RECEIVE)) {
			ipc_entry_set_type(entry, MACH_PORT_TYPE_SEND_RECEIVE,
			    1);
			ip_drop(port);
			return;
		}
		ie_set_object(entry, &port->ip_object);
		ipc_entry_set_type(entry, MACH_PORT_TYPE_SEND, 1);
		ipc_hash_insert(space, name, entry);
		return;
	default:
		ipc_port_clear_destination(port);
		ip_lock(port);
		port->ip_receiver = space;
		port->ip_receiver_name = name;
		ip_unlock(port);
		if (HAS(entry, MACH_PORT_TYPE_SEND)) {
			ipc_hash_remove(space, name, entry);
			ipc_entry_set_type(entry, MACH_PORT_TYPE_SEND_RECEIVE,
			    urefs);
			ip_drop(port);
		} else {
			ie_set_object(entry, &port->ip_object);
			ipc_entry_set_type(entry, MACH_PORT_TYPE_RECEIVE, 0);
		}
		return;
	}
}

/*
 * Without the lock: a port that dies is dead for good, and one that dies just
 * now does so after the right got its name.
 */
static bool
ipc_right_port_dead(struct ipc_port *port)
{

	return (atomic_load_8(&port->ip_object.io_active) == 0);
}

kern_return_t
ipc_right_copyout(struct ipc_space *space, struct ipc_port *port,
    mach_msg_type_name_t disposition, mach_port_name_t *namep,
    struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	sx_assert(&space->is_lock, SA_XLOCKED);
	if (!space->is_active)
		return (KERN_INVALID_TASK);
	if (ipc_right_port_dead(port)) {
		ip_drop(port);
		*namep = MACH_PORT_DEAD;
		return (KERN_SUCCESS);
	}
	if (disposition == MACH_MSG_TYPE_PORT_SEND_ONCE ||
	    !ipc_right_reverse(space, port, namep, &entry)) {
		kr = ipc_entry_alloc(space, namep, &entry);
		if (kr != KERN_SUCCESS)
			return (kr);
	}
	ipc_right_enter(space, *namep, entry, port, disposition, gc);
	return (KERN_SUCCESS);
}

kern_return_t
ipc_right_copyout_name_check(struct ipc_space *space, struct ipc_port *port,
    mach_msg_type_name_t disposition, mach_port_name_t name)
{
	struct ipc_entry *entry;
	mach_port_name_t present;

	sx_assert(&space->is_lock, SA_XLOCKED);
	if (!space->is_active)
		return (KERN_INVALID_TASK);
	if (ipc_right_port_dead(port))
		return (KERN_INVALID_CAPABILITY);
	if (disposition != MACH_MSG_TYPE_PORT_SEND_ONCE &&
	    ipc_right_reverse(space, port, &present, &entry)) {
		if (present != name)
			return (KERN_RIGHT_EXISTS);
		if (disposition == MACH_MSG_TYPE_PORT_SEND &&
		    HAS(entry, MACH_PORT_TYPE_SEND) &&
		    IE_BITS_UREFS(entry->ie_bits) + 1 >= MACH_PORT_UREFS_MAX)
			return (KERN_UREFS_OVERFLOW);
		return (KERN_SUCCESS);
	}
	/* A dead name is in the way as any other right. */
	return (ipc_entry_name_free(space, name));
}

kern_return_t
ipc_right_copyout_name(struct ipc_space *space, struct ipc_port *port,
    mach_msg_type_name_t disposition, mach_port_name_t name,
    struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	kern_return_t kr;
	mach_port_name_t present;

	kr = ipc_right_copyout_name_check(space, port, disposition, name);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (disposition == MACH_MSG_TYPE_PORT_SEND_ONCE ||
	    !ipc_right_reverse(space, port, &present, &entry)) {
		kr = ipc_entry_alloc_name(space, name, &entry);
		if (kr != KERN_SUCCESS)
			return (kr);
	}
	ipc_right_enter(space, name, entry, port, disposition, gc);
	return (KERN_SUCCESS);
}

void
ipc_right_info(struct ipc_space *space __unused, mach_port_name_t name __unused,
    struct ipc_entry *entry, mach_port_type_t *typep,
    mach_port_urefs_t *urefsp)
{
	struct ipc_port *port;
	mach_port_type_t type;

	type = IE_BITS_TYPE(entry->ie_bits);
	if (entry->ie_request != 0) {
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		type |= ipc_port_request_type(port, entry->ie_request);
		ip_unlock(port);
	}
	*typep = type;
	*urefsp = HAS(entry, MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_SEND_ONCE |
	    MACH_PORT_TYPE_DEAD_NAME) ? IE_BITS_UREFS(entry->ie_bits) : 1;
}

kern_return_t
ipc_right_rename(struct ipc_space *space, mach_port_name_t old,
    mach_port_name_t new)
{
	struct ipc_entry *from, *to;
	struct ipc_port *port;
	kern_return_t kr;
	bool hashed;

	kr = ipc_right_lookup(space, old, &from);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = ipc_entry_alloc_name(space, new, &to);
	if (kr != KERN_SUCCESS)
		return (kr);
	hashed = IE_BITS_TYPE(from->ie_bits) == MACH_PORT_TYPE_SEND;
	if (hashed)
		ipc_hash_remove(space, old, from);
	ie_set_object(to, from->ie_object);
	to->ie_request = from->ie_request;
	ipc_entry_set_type(to, IE_BITS_TYPE(from->ie_bits),
	    IE_BITS_UREFS(from->ie_bits));
	if (hashed)
		ipc_hash_insert(space, new, to);
	if (HAS(to, MACH_PORT_TYPE_PORT_RIGHTS)) {
		port = ipc_object_port(to->ie_object);
		ip_lock(port);
		if (HAS(to, MACH_PORT_TYPE_RECEIVE))
			/* Its sets read it under their own locks. */
			atomic_store_rel_int(&port->ip_receiver_name, new);
		if (to->ie_request != 0)
			ipc_port_request(port, to->ie_request)->ipr_name = new;
		ip_unlock(port);
	} else if (HAS(to, MACH_PORT_TYPE_PORT_SET)) {
		struct ipc_pset *pset;

		pset = ipc_object_pset(to->ie_object);
		ips_lock(pset);
		pset->ips_name = new;
		ips_unlock(pset);
	}
	from->ie_request = 0;
	ipc_right_free_entry(space, old, from);
	return (KERN_SUCCESS);
}

void
ipc_right_terminate(struct ipc_space *space __unused, mach_port_name_t name,
    struct ipc_entry *entry, struct ipc_gc *gc)
{
	struct ipc_port *port;

	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME))
		return;
	if (HAS(entry, MACH_PORT_TYPE_PORT_SET)) {
		ipc_pset_destroy(ipc_object_pset(entry->ie_object));
		return;
	}
	port = ipc_object_port(entry->ie_object);
	ipc_right_cancel(port, name, entry, gc);
	if (HAS(entry, MACH_PORT_TYPE_SEND_ONCE)) {
		ipc_port_release_sonce(port, gc);
		return;
	}
	if (HAS(entry, MACH_PORT_TYPE_SEND)) {
		if (HAS(entry, MACH_PORT_TYPE_RECEIVE))
			ip_hold(port);	/* the receive right's own */
		ipc_port_release_send(port, gc);
	}
	if (HAS(entry, MACH_PORT_TYPE_RECEIVE)) {
		ip_lock(port);
		ipc_port_destroy(port, gc);
		ip_drop(port);
	}
}

/*
 * Requests.
 */

kern_return_t
ipc_right_request_check(struct ipc_entry *entry, bool immediate,
    bool send_possible, bool notify)
{

	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME)) {
		if (!notify || (!immediate && !send_possible))
			return (KERN_INVALID_ARGUMENT);
		if (IE_BITS_UREFS(entry->ie_bits) + 1 >= MACH_PORT_UREFS_MAX)
			return (KERN_UREFS_OVERFLOW);
		return (KERN_SUCCESS);
	}
	return (HAS(entry, MACH_PORT_TYPE_PORT_RIGHTS) ? KERN_SUCCESS :
	    KERN_INVALID_RIGHT);
}

void
ipc_right_request(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry, bool immediate, bool send_possible,
    struct ipc_port *notify, struct ipc_port **previousp, struct ipc_gc *gc)
{
	struct ipc_port *port;
	struct ipc_port_request *ipr;
	uint32_t slot, urefs;

	*previousp = NULL;
again:
	if (HAS(entry, MACH_PORT_TYPE_DEAD_NAME)) {
		/* Or it died a moment ago: as if after the request. */
		if (notify == NULL)
			return;
		urefs = IE_BITS_UREFS(entry->ie_bits);
		if (urefs + 1 < MACH_PORT_UREFS_MAX)
			ipc_entry_set_urefs(entry, urefs + 1);
		ipc_notify_dead_name(notify, name, gc);
		return;
	}

	port = ipc_object_port(entry->ie_object);
	if (notify == NULL) {
		if (entry->ie_request != 0) {
			ip_lock(port);
			*previousp = ipc_port_request_cancel(port,
			    entry->ie_request);
			ip_unlock(port);
			entry->ie_request = 0;
		}
		return;
	}

	ip_lock(port);
	for (;;) {
		if (!ip_active(port)) {
			ip_unlock(port);
			(void)ipc_right_lookup(space, name, &entry);
			goto again;	/* a dead name by now */
		}
		if (entry->ie_request != 0)
			break;
		slot = ipc_port_request_take_slot(port);
		if (slot != 0) {
			entry->ie_request = slot;
			ipc_port_request(port, slot)->ipr_name = name;
			break;
		}
		(void)ipc_port_request_grow(port);
	}
	ipr = ipc_port_request(port, entry->ie_request);
	*previousp = ipr->ipr_notify;
	if (ipr->ipr_armed)
		port->ip_narmed--;
	ipr->ipr_notify = NULL;
	ipr->ipr_armed = false;
	if (send_possible && immediate && !ip_full(port)) {
		/* It is possible now; nothing is left to wait for. */
		ip_unlock(port);
		ipc_notify_send_possible(notify, name, gc);
		return;
	}
	ipr->ipr_notify = notify;
	ipr->ipr_send_possible = send_possible;
	if (send_possible && immediate) {
		ipr->ipr_armed = true;
		port->ip_narmed++;
	}
	ip_unlock(port);
}

void
ipc_right_request_arm(struct ipc_space *space, mach_port_name_t name,
    struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_port_request *ipr;

	if (ipc_right_lookup(space, name, &entry) != KERN_SUCCESS ||
	    !HAS(entry, MACH_PORT_TYPE_PORT_RIGHTS) || entry->ie_request == 0)
		return;
	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	ipr = ipc_port_request(port, entry->ie_request);
	if (!ip_active(port) || ipr->ipr_notify == NULL ||
	    !ipr->ipr_send_possible || ipr->ipr_armed) {
		ip_unlock(port);
		return;
	}
	ipr->ipr_armed = true;
	port->ip_narmed++;
	if (ip_full(port))
		ip_unlock(port);
	else
		/* Somebody received in the meantime. */
		ipc_port_send_possible_unlock(port, gc);
}

kern_return_t
ipc_right_send_port(struct ipc_space *space, mach_port_name_t name,
    struct ipc_port **portp)
{
	struct ipc_entry *entry;
	struct ipc_lookup look;
	struct ipc_object *object;
	kern_return_t kr;

	object = ipc_entry_object(space, name, MACH_PORT_TYPE_SEND, &look);
	if (object != NULL) {
		*portp = ipc_object_port(object);
		return (KERN_SUCCESS);
	}

	/* It is not there, or is just changing: now for certain, and why. */
	kr = KERN_INVALID_NAME;
	is_read_lock(space);
	entry = ipc_entry_lookup(space, name);
	if (entry != NULL) {
		kr = KERN_INVALID_RIGHT;
		if (HAS(entry, MACH_PORT_TYPE_SEND)) {
			*portp = ipc_object_port(entry->ie_object);
			ip_hold(*portp);
			kr = KERN_SUCCESS;
		}
	}
	is_read_unlock(space);
	return (kr);
}
