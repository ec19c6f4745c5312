/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The names in a message to rights, the memory to snapshots.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/ucred.h>

#include <kernel/ipc/ipc_kmsg_impl.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/kern/vm_copy.h>

/*
 * An iterator over all names of a message, in the order in which they are
 * copied in.
 */
struct ipc_kmsg_iter {
	struct ipc_kmsg	*it_kmsg;
	uint32_t	 it_step;	/* 0, 1: header; then descriptors + 2 */
	uint32_t	 it_index;	/* in out-of-line ports */
	bool		 it_swap;	/* reply before destination */
	/* the name at hand */
	mach_port_name_t it_name;
	mach_msg_type_name_t it_disposition;
	struct ipc_port	**it_portp;
	mach_msg_return_t it_error;	/* what it is if this one is bad */
	struct ipc_kmsg_desc *it_desc;
};

static bool
ipc_kmsg_next(struct ipc_kmsg_iter *it)
{
	struct ipc_kmsg *kmsg;
	struct ipc_kmsg_desc *desc;
	uint32_t bits;

	kmsg = it->it_kmsg;
	bits = kmsg->ikm_header.msgh_bits;
	it->it_desc = NULL;
	if (it->it_step < 2) {
		if ((it->it_step == 0) != it->it_swap) {
			it->it_name = kmsg->ikm_remote_name;
			it->it_disposition = MACH_MSGH_BITS_REMOTE(bits);
			it->it_portp = &kmsg->ikm_remote;
			it->it_error = MACH_SEND_INVALID_DEST;
		} else {
			it->it_name = kmsg->ikm_local_name;
			it->it_disposition = MACH_MSGH_BITS_LOCAL(bits);
			it->it_portp = &kmsg->ikm_local;
			it->it_error = MACH_SEND_INVALID_REPLY;
		}
		it->it_step++;
		return (true);
	}
	it->it_error = MACH_SEND_INVALID_RIGHT;
	for (; it->it_step - 2 < kmsg->ikm_ndescs; it->it_step++) {
		desc = &kmsg->ikm_descs[it->it_step - 2];
		it->it_desc = desc;
		it->it_disposition = desc->id_disposition;
		if (desc->id_type == MACH_MSG_PORT_DESCRIPTOR ||
		    desc->id_type == MACH_MSG_GUARDED_PORT_DESCRIPTOR) {
			it->it_name = desc->id_name;
			it->it_portp = &desc->id_u.port;
			it->it_step++;
			return (true);
		}
		if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR &&
		    it->it_index < desc->id_count) {
			it->it_name = desc->id_u.ool.names[it->it_index];
			it->it_portp = &desc->id_u.ool.ports[it->it_index];
			it->it_index++;
			return (true);
		}
		it->it_index = 0;
	}
	return (false);
}

static void
ipc_kmsg_iter_init(struct ipc_kmsg_iter *it, struct ipc_kmsg *kmsg)
{
	uint32_t bits;

	bzero(it, sizeof(*it));
	it->it_kmsg = kmsg;
	/* Of one name, first what leaves it there, then what takes it. */
	bits = kmsg->ikm_header.msgh_bits;
	it->it_swap = kmsg->ikm_remote_name == kmsg->ikm_local_name &&
	    ipc_disposition_moves(MACH_MSGH_BITS_REMOTE(bits)) &&
	    !ipc_disposition_moves(MACH_MSGH_BITS_LOCAL(bits));
}

/* Dispositions and the fields that do not need the space. */
static mach_msg_return_t
ipc_kmsg_check_header(struct ipc_kmsg *kmsg)
{
	mach_msg_header_t *h;
	mach_msg_type_name_t local, remote, voucher;

	h = &kmsg->ikm_header;
	if ((h->msgh_bits & ~MACH_MSGH_BITS_USER) != 0)
		return (MACH_SEND_INVALID_HEADER);
	remote = MACH_MSGH_BITS_REMOTE(h->msgh_bits);
	local = MACH_MSGH_BITS_LOCAL(h->msgh_bits);
	if (!MACH_MSG_TYPE_PORT_ANY_SEND(remote))
		return (MACH_SEND_INVALID_HEADER);
	if (local == 0 ? kmsg->ikm_local_name != MACH_PORT_NULL :
	    !MACH_MSG_TYPE_PORT_ANY_SEND(local))
		return (MACH_SEND_INVALID_HEADER);
	/* There are no vouchers: none can be named. */
	voucher = MACH_MSGH_BITS_VOUCHER(h->msgh_bits);
	if (voucher != 0 && ((voucher != MACH_MSG_TYPE_MOVE_SEND &&
	    voucher != MACH_MSG_TYPE_COPY_SEND) ||
	    h->msgh_voucher_port != MACH_PORT_NULL))
		return (MACH_SEND_INVALID_VOUCHER);
	if (!MACH_PORT_VALID(kmsg->ikm_remote_name))
		return (MACH_SEND_INVALID_DEST);
	return (MACH_MSG_SUCCESS);
}

/* The destination, before work is put into the rest. */
static bool
ipc_kmsg_dest_ok(struct ipc_space *space, struct ipc_kmsg *kmsg)
{
	struct ipc_entry *entry;
	bool ok;

	is_write_lock(space);
	ok = ipc_right_lookup(space, kmsg->ikm_remote_name, &entry) ==
	    KERN_SUCCESS && IE_BITS_TYPE(entry->ie_bits) !=
	    MACH_PORT_TYPE_DEAD_NAME &&
	    ipc_right_copyin_check_header(space, kmsg->ikm_remote_name, entry,
	    MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits),
	    MACH_MSG_TYPE_MOVE_SEND_ONCE) == KERN_SUCCESS;
	if (ok)
		ipc_right_copyin_uncheck(entry);
	is_write_unlock(space);
	return (ok);
}

/* Out-of-line memory and the names of out-of-line ports. */
static mach_msg_return_t
ipc_kmsg_copyin_memory(struct ipc_kmsg *kmsg)
{
	struct ipc_kmsg_desc *desc;
	kern_return_t kr;
	uint32_t i;

	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_type == MACH_MSG_PORT_DESCRIPTOR ||
		    desc->id_size == 0)
			continue;
		if (!vm_copy_range_ok(desc->id_address, desc->id_size))
			return (MACH_SEND_INVALID_MEMORY);
		if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR) {
			if (!ipc_kmsg_charge(kmsg, (u_long)desc->id_count *
			    (sizeof(struct ipc_port *) +
			    sizeof(mach_port_name_t))))
				return (MACH_SEND_NO_BUFFER);
			desc->id_u.ool.names = malloc(desc->id_size,
			    M_MACH_KMSG, M_WAITOK);
			desc->id_u.ool.ports = malloc(desc->id_count *
			    sizeof(struct ipc_port *), M_MACH_KMSG,
			    M_WAITOK | M_ZERO);
			if (mach_copyin(desc->id_address,
			    desc->id_u.ool.names, desc->id_size) != 0)
				return (MACH_SEND_INVALID_MEMORY);
			continue;
		}
		if (!mach_quota_charge(kmsg->ikm_quota, MACH_RES_OOL,
		    round_page(desc->id_size))) {
			mach_counter_failed(MACH_COUNTER_KMSGS);
			return (MACH_SEND_NO_BUFFER);
		}
		kmsg->ikm_ool += round_page(desc->id_size);
		kr = vm_copyin(desc->id_address, desc->id_size,
		    desc->id_deallocate, &desc->id_u.copy);
		if (kr != KERN_SUCCESS)
			return (kr == KERN_INVALID_ADDRESS ?
			    MACH_SEND_INVALID_MEMORY : MACH_SEND_NO_BUFFER);
	}
	return (MACH_MSG_SUCCESS);
}

/* Undo ipc_kmsg_copyin_memory() of a message whose rights are still names. */
static void
ipc_kmsg_discard_memory(struct ipc_kmsg *kmsg)
{
	struct ipc_gc gc;
	uint32_t i;

	IPC_GC_INIT(&gc);
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		if (kmsg->ikm_descs[i].id_type != MACH_MSG_PORT_DESCRIPTOR)
			ipc_kmsg_clean_desc(&kmsg->ikm_descs[i], &gc);
	}
	kmsg->ikm_ndescs = 0;
}

/* Is the port of a guarded-port descriptor guarded as it says? */
static bool
ipc_kmsg_guard_ok(struct ipc_entry *entry, const struct ipc_kmsg_desc *desc)
{
	struct ipc_port *port;
	bool ok;

	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	if ((port->ip_flags & IP_GUARDED) != 0)
		ok = port->ip_context == desc->id_context;
	else
		ok = (desc->id_flags &
		    MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND) != 0;
	ip_unlock(port);
	return (ok);
}

/* The one name at hand; its entry is marked. */
static mach_msg_return_t
ipc_kmsg_check_right(struct ipc_space *space, struct ipc_kmsg_iter *it)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if (!MACH_PORT_VALID(it->it_name))
		return (it->it_error == MACH_SEND_INVALID_DEST ?
		    it->it_error : MACH_MSG_SUCCESS);
	if (ipc_right_lookup(space, it->it_name, &entry) != KERN_SUCCESS)
		return (it->it_error);
	switch (it->it_error) {
	case MACH_SEND_INVALID_DEST:
		if (IE_BITS_TYPE(entry->ie_bits) == MACH_PORT_TYPE_DEAD_NAME)
			return (it->it_error);
		kr = ipc_right_copyin_check_header(space, it->it_name, entry,
		    it->it_disposition, MACH_MSG_TYPE_MOVE_SEND_ONCE);
		break;
	case MACH_SEND_INVALID_REPLY:
		kr = ipc_right_copyin_check_header(space, it->it_name, entry,
		    it->it_disposition, MACH_MSG_TYPE_MAKE_SEND_ONCE);
		break;
	default:
		kr = ipc_right_copyin_check(space, it->it_name, entry,
		    it->it_disposition);
		if (kr == KERN_SUCCESS && it->it_desc->id_type ==
		    MACH_MSG_GUARDED_PORT_DESCRIPTOR &&
		    !ipc_kmsg_guard_ok(entry, it->it_desc))
			kr = KERN_INVALID_ARGUMENT;
		break;
	}
	return (kr == KERN_SUCCESS ? MACH_MSG_SUCCESS : it->it_error);
}

/*
 * The destination may want to be what the sender takes it for, and to have its
 * answers at reply ports only.
 */
static mach_msg_return_t
ipc_kmsg_check_policy(struct ipc_space *space, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_entry *entry;
	struct ipc_port *dest, *reply;
	bool kobject;

	entry = ipc_entry_lookup(space, kmsg->ikm_remote_name);
	dest = ipc_object_port(entry->ie_object);
	if ((option & MACH64_MACH_MSG2) != 0 &&
	    (option & MACH64_SEND_ANY) == 0) {
		ip_lock(dest);
		kobject = dest->ip_receiver == ipc_space_kernel;
		ip_unlock(dest);
		if ((option & (kobject ? MACH64_SEND_KOBJECT_CALL :
		    MACH64_SEND_MQ_CALL)) == 0)
			return (MACH_SEND_INVALID_OPTIONS);
		/* Who calls the kernel and wants an answer waits for it. */
		if (kobject && (option & MACH64_RCV_MSG) == 0 &&
		    MACH_PORT_VALID(kmsg->ikm_local_name))
			return (MACH_SEND_INVALID_OPTIONS);
	}
	if (dest->ip_kind != IPK_ENFORCE_REPLY ||
	    !MACH_PORT_VALID(kmsg->ikm_local_name))
		return (MACH_MSG_SUCCESS);
	entry = ipc_entry_lookup(space, kmsg->ikm_local_name);
	if ((entry->ie_bits & MACH_PORT_TYPE_PORT_RIGHTS) == 0)
		return (MACH_MSG_SUCCESS);
	reply = ipc_object_port(entry->ie_object);
	return (reply->ip_kind == IPK_REPLY ||
	    reply->ip_kind == IPK_PROVISIONAL_REPLY ? MACH_MSG_SUCCESS :
	    MACH_SEND_INVALID_REPLY);
}

static mach_msg_return_t
ipc_kmsg_check_rights(struct ipc_space *space, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_entry *entry;
	struct ipc_kmsg_iter it;
	mach_msg_return_t mr;

	mr = MACH_MSG_SUCCESS;
	ipc_kmsg_iter_init(&it, kmsg);
	while (mr == MACH_MSG_SUCCESS && ipc_kmsg_next(&it))
		mr = ipc_kmsg_check_right(space, &it);
	/* The same entry cannot be moved from twice: the pair is at fault. */
	if (mr == MACH_SEND_INVALID_REPLY &&
	    kmsg->ikm_local_name == kmsg->ikm_remote_name &&
	    ipc_disposition_moves(it.it_disposition))
		mr = MACH_SEND_INVALID_DEST;

	ipc_kmsg_iter_init(&it, kmsg);
	while (ipc_kmsg_next(&it)) {
		entry = ipc_entry_lookup(space, it.it_name);
		if (entry != NULL)
			ipc_right_copyin_uncheck(entry);
	}
	if (mr == MACH_MSG_SUCCESS)
		mr = ipc_kmsg_check_policy(space, kmsg, option);
	return (mr);
}

/*
 * Whoever sends a receive right follows the queues that the destination is in,
 * with a lock that all share: that way must be short.
 */
static mach_msg_return_t
ipc_kmsg_check_nesting(struct ipc_space *space, struct ipc_kmsg *kmsg)
{
	struct ipc_entry *entry;
	struct ipc_kmsg_desc *desc;
	uint32_t i;

	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_type != MACH_MSG_OOL_DESCRIPTOR &&
		    desc->id_type != MACH_MSG_OOL_VOLATILE_DESCRIPTOR &&
		    desc->id_disposition == MACH_MSG_TYPE_MOVE_RECEIVE)
			break;
	}
	if (i == kmsg->ikm_ndescs)
		return (MACH_MSG_SUCCESS);
	entry = ipc_entry_lookup(space, kmsg->ikm_remote_name);
	KASSERT(entry != NULL, ("checked name is gone"));
	if (!ipc_port_nested(ipc_object_port(entry->ie_object),
	    mach_limit(MACH_LIMIT_NESTING)))
		return (MACH_MSG_SUCCESS);
	mach_limit_hit(MACH_LIMIT_NESTING, kmsg->ikm_quota);
	return (MACH_SEND_NO_BUFFER);
}

/* What was checked: cannot fail. */
static void
ipc_kmsg_copyin_rights(struct ipc_space *space, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	struct ipc_kmsg_iter it;
	mach_msg_header_t *h;
	uint32_t i;

	ipc_kmsg_iter_init(&it, kmsg);
	while (ipc_kmsg_next(&it)) {
		if (it.it_name == MACH_PORT_NULL) {
			*it.it_portp = NULL;
			continue;
		}
		if (it.it_name == MACH_PORT_DEAD) {
			*it.it_portp = IP_DEAD;
			continue;
		}
		entry = ipc_entry_lookup(space, it.it_name);
		KASSERT(entry != NULL, ("checked name is gone"));
		ipc_right_copyin(space, it.it_name, entry, it.it_disposition,
		    it.it_portp, gc);
		if (it.it_disposition == MACH_MSG_TYPE_MOVE_RECEIVE &&
		    IP_VALID(kmsg->ikm_remote) &&
		    ipc_port_set_destination(*it.it_portp, kmsg->ikm_remote))
			kmsg->ikm_circular = true;
	}
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		kmsg->ikm_descs[i].id_disposition = ipc_right_copyin_type(
		    kmsg->ikm_descs[i].id_disposition);
		/* What travels is not guarded. */
		kmsg->ikm_descs[i].id_flags |=
		    MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND;
	}
	h = &kmsg->ikm_header;
	h->msgh_bits = MACH_MSGH_BITS(
	    ipc_right_copyin_type(MACH_MSGH_BITS_REMOTE(h->msgh_bits)),
	    MACH_MSGH_BITS_LOCAL(h->msgh_bits) == 0 ? 0 :
	    ipc_right_copyin_type(MACH_MSGH_BITS_LOCAL(h->msgh_bits))) |
	    (h->msgh_bits & MACH_MSGH_BITS_COMPLEX);
}

/* The ids as they were when they were last looked at. */
static void
ipc_kmsg_sign_seen(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	mach_task_tokens(th->th_task, th->th_td->td_ucred, &kmsg->ikm_sec,
	    &kmsg->ikm_audit);
}

void
ipc_kmsg_sign(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (!mach_thread_ids_fixed(th->th_td))
		mach_thread_look_ids(th->th_td);
	kmsg->ikm_nameless = false;
	ipc_kmsg_sign_seen(th, kmsg);
}

/* The same if it costs nothing. */
static void
ipc_kmsg_sign_fixed(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (mach_thread_ids_fixed(th->th_td))
		ipc_kmsg_sign_seen(th, kmsg);
	else
		kmsg->ikm_nameless = true;
}

mach_msg_return_t
ipc_kmsg_copyin(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_gc gc;
	struct ipc_kmsg_desc *desc;
	struct ipc_space *space;
	mach_msg_return_t mr;
	uint32_t i;

	space = th->th_task->t_space;
	mr = ipc_kmsg_check_header(kmsg);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	if (kmsg->ikm_ndescs != 0) {
		if (!ipc_kmsg_dest_ok(space, kmsg))
			return (MACH_SEND_INVALID_DEST);
		mr = ipc_kmsg_copyin_memory(kmsg);
		if (mr != MACH_MSG_SUCCESS) {
			ipc_kmsg_discard_memory(kmsg);
			return (mr);
		}
	}

	IPC_GC_INIT(&gc);
	is_write_lock(space);
	mr = ipc_kmsg_check_rights(space, kmsg, option);
	if (mr == MACH_MSG_SUCCESS && kmsg->ikm_ndescs != 0)
		mr = ipc_kmsg_check_nesting(space, kmsg);
	if (mr == MACH_MSG_SUCCESS)
		ipc_kmsg_copyin_rights(space, kmsg, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_discard_memory(kmsg);
		return (mr);
	}

	/* The message is complete: what was to be given away goes. */
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_deallocate && desc->id_size != 0)
			vm_copy_given(desc->id_type ==
			    MACH_MSG_OOL_PORTS_DESCRIPTOR ? NULL :
			    desc->id_u.copy, desc->id_address, desc->id_size);
		if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR) {
			free(desc->id_u.ool.names, M_MACH_KMSG);
			desc->id_u.ool.names = NULL;
		}
	}
	ipc_kmsg_sign_fixed(th, kmsg);
	return (MACH_MSG_SUCCESS);
}

/* The send-once right for replies, made of a receive right; NULL: cannot. */
static struct ipc_port *
ipc_kmsg_plain_reply(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_lookup look;
	struct ipc_object *object;
	struct ipc_port *port;

	object = ipc_entry_object(space, name, MACH_PORT_TYPE_RECEIVE, &look);
	if (object == NULL)
		return (NULL);
	port = ipc_object_port(object);
	ip_lock(port);
	if (!ip_active(port) || port->ip_receiver != space ||
	    port->ip_receiver_name != name) {
		ip_unlock(port);
		ip_drop(port);
		return (NULL);
	}
	port->ip_sorights++;
	ip_unlock(port);
	return (port);
}

/* Nobody saw it: take it back without a word. */
static void
ipc_kmsg_unmake_reply(struct ipc_port *port)
{

	if (port == NULL)
		return;
	ip_lock(port);
	port->ip_sorights--;
	ip_unlock(port);
	ip_drop(port);
}

struct ipc_port *
ipc_kmsg_copyin_plain(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_lookup look;
	struct ipc_object *object;
	struct ipc_port *port, *reply;
	struct ipc_space *space;
	mach_msg_bits_t bits;

	space = th->th_task->t_space;
	bits = kmsg->ikm_header.msgh_bits;
	if ((option & (MACH64_MACH_MSG2 | MACH64_SEND_ANY)) ==
	    MACH64_MACH_MSG2)
		return (NULL);		/* ipc_kmsg_check_policy() */
	if (bits == MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0)) {
		if (kmsg->ikm_local_name != MACH_PORT_NULL)
			return (NULL);
		port = ipc_right_move_sonce(space, kmsg->ikm_remote_name);
		if (port == NULL)
			return (NULL);
		kmsg->ikm_header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0);
		kmsg->ikm_remote = port;
		ipc_kmsg_sign_fixed(th, kmsg);
		return (port);
	}

	reply = NULL;
	if (bits == MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE)) {
		reply = ipc_kmsg_plain_reply(space, kmsg->ikm_local_name);
		if (reply == NULL)
			return (NULL);
		bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND,
		    MACH_MSG_TYPE_PORT_SEND_ONCE);
	} else if (bits == MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) &&
	    kmsg->ikm_local_name == MACH_PORT_NULL)
		bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND, 0);
	else
		return (NULL);

	object = ipc_entry_object(space, kmsg->ikm_remote_name,
	    MACH_PORT_TYPE_SEND, &look);
	if (object == NULL) {
		ipc_kmsg_unmake_reply(reply);
		return (NULL);
	}
	ipc_kmsg_sign_fixed(th, kmsg);
	port = ipc_object_port(object);
	ip_lock(port);
	/* While the name denotes it, its send right is there to be copied. */
	if (!ip_active(port) || port->ip_kind != IPK_PLAIN ||
	    !ipc_entry_still(space, kmsg->ikm_remote_name,
	    MACH_PORT_TYPE_SEND, &look)) {
		ip_unlock(port);
		ip_drop(port);
		ipc_kmsg_unmake_reply(reply);
		return (NULL);
	}
	KASSERT(port->ip_srights > 0, ("copying a right that is not there"));
	port->ip_srights++;
	kmsg->ikm_header.msgh_bits = bits;
	kmsg->ikm_remote = port;
	kmsg->ikm_local = reply;
	return (port);
}
