/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* traps: what a task does with the names of its own space.
 *
 * `target` must be a send right to the caller's own task; another gives
 * MACH_SEND_INVALID_DEST, as on Darwin, whose library then sends a message to
 * the task port.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

#include <mach/notify.h>

#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

static MALLOC_DEFINE(M_MACH_TEMP, "mach_temp", "Mach trap buffers");

/* The caller's space if `target` names its task, else NULL. */
static struct ipc_space *
mach_port_target(struct mach_thread *self, mach_port_name_t target)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	bool ok;

	space = self->th_task->t_space;
	is_read_lock(space);
	entry = space->is_active ? ipc_entry_lookup(space, target) : NULL;
	ok = entry != NULL && (entry->ie_bits & MACH_PORT_TYPE_SEND) != 0 &&
	    entry->ie_object == &self->th_task->t_self->ip_object;
	is_read_unlock(space);
	return (ok ? space : NULL);
}

#define	TARGET(self, target, space) do {				\
	(space) = mach_port_target((self), (target));			\
	if ((space) == NULL)						\
		return (MACH_SEND_INVALID_DEST);			\
} while (0)

#define	COPYOUT(var, addr)						\
	(copyout(&(var), (addr), sizeof(var)) == 0 ? KERN_SUCCESS :	\
	    KERN_INVALID_ADDRESS)
#define	COPYIN(addr, var)						\
	(copyin((addr), &(var), sizeof(var)) == 0 ? KERN_SUCCESS :	\
	    KERN_INVALID_ADDRESS)

bool
mach_target_is_self(struct mach_thread *self, mach_port_name_t target)
{

	return (mach_port_target(self, target) != NULL);
}

/*
 * New rights.  name == MACH_PORT_NULL: any; *namep gets it.
 */
static kern_return_t
mach_port_new_port(struct ipc_space *space, mach_port_name_t name,
    struct ipc_port **portp, mach_port_name_t *namep)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr;

	port = ipc_port_alloc();
	if (port == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	is_write_lock(space);
	if (name == MACH_PORT_NULL)
		kr = ipc_entry_alloc(space, &name, &entry);
	else
		kr = ipc_entry_alloc_name(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		entry->ie_object = &port->ip_object;
		entry->ie_bits |= MACH_PORT_TYPE_RECEIVE;
		ip_lock(port);
		port->ip_receiver = space;
		port->ip_receiver_name = name;
		ip_unlock(port);
		*namep = name;
		if (portp != NULL) {
			ip_hold(port);
			*portp = port;
		}
	}
	is_write_unlock(space);
	if (kr != KERN_SUCCESS)
		ipc_port_dealloc_kernel(port);
	return (kr);
}

static kern_return_t
mach_port_new_pset(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t *namep)
{
	struct ipc_entry *entry;
	struct ipc_pset *pset;
	kern_return_t kr;

	pset = ipc_pset_alloc();
	is_write_lock(space);
	if (name == MACH_PORT_NULL)
		kr = ipc_entry_alloc(space, &name, &entry);
	else
		kr = ipc_entry_alloc_name(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		pset->ips_name = name;
		entry->ie_object = &pset->ips_object;
		entry->ie_bits |= MACH_PORT_TYPE_PORT_SET;
		*namep = name;
	}
	is_write_unlock(space);
	if (kr != KERN_SUCCESS)
		ipc_pset_destroy(pset);
	return (kr);
}

static kern_return_t
mach_port_new_dead(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t *namep)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	is_write_lock(space);
	if (name == MACH_PORT_NULL)
		kr = ipc_entry_alloc(space, &name, &entry);
	else
		kr = ipc_entry_alloc_name(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		entry->ie_bits |= MACH_PORT_TYPE_DEAD_NAME | 1;
		*namep = name;
	}
	is_write_unlock(space);
	return (kr);
}

static kern_return_t
mach_port_new(struct ipc_space *space, mach_port_right_t right,
    mach_port_name_t name, mach_port_name_t *namep)
{

	switch (right) {
	case MACH_PORT_RIGHT_RECEIVE:
		return (mach_port_new_port(space, name, NULL, namep));
	case MACH_PORT_RIGHT_PORT_SET:
		return (mach_port_new_pset(space, name, namep));
	case MACH_PORT_RIGHT_DEAD_NAME:
		return (mach_port_new_dead(space, name, namep));
	default:
		return (KERN_INVALID_VALUE);
	}
}

/* The caller did not get to know a name: take it back. */
static void
mach_port_forget(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;

	IPC_GC_INIT(&gc);
	is_write_lock(space);
	if (ipc_right_lookup(space, name, &entry) == KERN_SUCCESS)
		(void)ipc_right_destroy(space, name, entry, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
}

int
sys__kernelrpc_mach_port_allocate_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_allocate_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_name_t name;

	TARGET(self, uap->target, space);
	kr = mach_port_new(space, uap->right, MACH_PORT_NULL, &name);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = COPYOUT(name, uap->name);
	if (kr != KERN_SUCCESS)
		mach_port_forget(space, name);
	return (kr);
}

int
sys_mach_port_allocate_name_trap(struct mach_thread *self,
    struct mach_port_allocate_name_trap_args *uap)
{
	struct ipc_space *space;
	mach_port_name_t name;

	TARGET(self, uap->task, space);
	if (!MACH_PORT_VALID(uap->name))
		return (KERN_INVALID_VALUE);
	return (mach_port_new(space, uap->right, uap->name, &name));
}

int
sys_mach_reply_port(struct mach_thread *self,
    struct mach_reply_port_args *uap __unused)
{
	mach_port_name_t name;

	if (mach_port_new_port(self->th_task->t_space, MACH_PORT_NULL, NULL,
	    &name) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (name);
}

static kern_return_t
mach_port_lookup_set_flags(struct ipc_port *port, uint32_t flags,
    uint64_t context)
{

	if ((flags & MPO_CONTEXT_AS_GUARD) != 0) {
		port->ip_flags |= IP_GUARDED;
		if ((flags & MPO_STRICT) != 0)
			port->ip_flags |= IP_STRICT_GUARD;
	}
	port->ip_context = context;
	if ((flags & (MPO_IMMOVABLE_RECEIVE | MPO_REPLY_PORT)) != 0)
		port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	if ((flags & MPO_TEMPOWNER) != 0)
		port->ip_flags |= IP_TEMPOWNER;
	if ((flags & MPO_IMPORTANCE_RECEIVER) != 0)
		port->ip_flags |= IP_IMPORTANCE;
	if ((flags & MPO_DENAP_RECEIVER) != 0)
		port->ip_flags |= IP_DENAP;
	return (KERN_SUCCESS);
}

#define	MPO_KNOWN	(MPO_CONTEXT_AS_GUARD | MPO_QLIMIT | MPO_TEMPOWNER |  \
	    MPO_IMPORTANCE_RECEIVER | MPO_INSERT_SEND_RIGHT | MPO_STRICT |    \
	    MPO_DENAP_RECEIVER | MPO_IMMOVABLE_RECEIVE | MPO_FILTER_MSG |     \
	    MPO_TG_BLOCK_TRACKING | MPO_SERVICE_PORT | MPO_CONNECTION_PORT |  \
	    MPO_REPLY_PORT | MPO_ENFORCE_REPLY_PORT_SEMANTICS |	      \
	    MPO_PROVISIONAL_REPLY_PORT | MPO_EXCEPTION_PORT)

int
sys__kernelrpc_mach_port_construct_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_construct_trap_args *uap)
{
	mach_port_options_t options;
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_name_t name;

	TARGET(self, uap->target, space);
	kr = COPYIN(uap->options, options);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((options.flags & ~(uint32_t)MPO_KNOWN) != 0)
		return (KERN_INVALID_ARGUMENT);
	if ((options.flags & MPO_QLIMIT) != 0 &&
	    options.mpl.mpl_qlimit > MACH_PORT_QLIMIT_MAX)
		return (KERN_INVALID_VALUE);
	kr = mach_port_new_port(space, MACH_PORT_NULL, &port, &name);
	if (kr != KERN_SUCCESS)
		return (kr);

	/*
	 * Nobody knows the name yet, but a thread that guesses may have
	 * destroyed it: look again.
	 */
	is_write_lock(space);
	entry = ipc_entry_lookup(space, name);
	ip_lock(port);
	if (entry != NULL && entry->ie_object == &port->ip_object &&
	    ip_active(port) && port->ip_receiver == space) {
		mach_port_lookup_set_flags(port, options.flags, uap->context);
		if ((options.flags & MPO_QLIMIT) != 0)
			port->ip_qlimit = options.mpl.mpl_qlimit;
		if ((options.flags & MPO_INSERT_SEND_RIGHT) != 0 &&
		    (entry->ie_bits & MACH_PORT_TYPE_SEND) == 0) {
			port->ip_mscount++;
			port->ip_srights++;
			entry->ie_bits |= MACH_PORT_TYPE_SEND | 1;
		}
	}
	ip_unlock(port);
	is_write_unlock(space);
	ip_drop(port);

	kr = COPYOUT(name, uap->name);
	if (kr != KERN_SUCCESS) {
		struct ipc_gc gc;

		IPC_GC_INIT(&gc);
		is_write_lock(space);
		if (ipc_right_lookup(space, name, &entry) == KERN_SUCCESS)
			(void)ipc_right_destruct(space, name, entry, 0,
			    (options.flags & MPO_CONTEXT_AS_GUARD) != 0 ?
			    uap->context : 0, &gc);
		if (ipc_right_lookup(space, name, &entry) == KERN_SUCCESS)
			(void)ipc_right_destroy(space, name, entry, &gc);
		is_write_unlock(space);
		ipc_gc_run(&gc);
	}
	return (kr);
}

/*
 * Rights there are.
 */

/* A change of one entry, between lookup and clean-up. */
#define	WITH_ENTRY(space, name, entry, gc, kr, expr) do {		\
	IPC_GC_INIT(gc);						\
	is_write_lock(space);						\
	(kr) = ipc_right_lookup((space), (name), &(entry));		\
	if ((kr) == KERN_SUCCESS)					\
		(kr) = (expr);						\
	is_write_unlock(space);						\
	ipc_gc_run(gc);							\
} while (0)

int
sys__kernelrpc_mach_port_deallocate_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_deallocate_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	if (!MACH_PORT_VALID(uap->name))
		return (KERN_SUCCESS);	/* NULL and DEAD can be given back */
	WITH_ENTRY(space, uap->name, entry, &gc, kr,
	    ipc_right_dealloc(space, uap->name, entry, &gc));
	return (kr);
}

int
sys_mach_port_destroy_trap(struct mach_thread *self,
    struct mach_port_destroy_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->task, space);
	if (!MACH_PORT_VALID(uap->name))
		return (KERN_SUCCESS);
	WITH_ENTRY(space, uap->name, entry, &gc, kr,
	    ipc_right_destroy(space, uap->name, entry, &gc));
	return (kr);
}

int
sys__kernelrpc_mach_port_destruct_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_destruct_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	WITH_ENTRY(space, uap->name, entry, &gc, kr,
	    ipc_right_destruct(space, uap->name, entry, uap->srdelta,
	    uap->guard, &gc));
	return (kr);
}

int
sys__kernelrpc_mach_port_mod_refs_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_mod_refs_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	if (uap->right >= MACH_PORT_RIGHT_NUMBER)
		return (KERN_INVALID_VALUE);
	if (!MACH_PORT_VALID(uap->name)) {
		if (uap->right == MACH_PORT_RIGHT_SEND ||
		    uap->right == MACH_PORT_RIGHT_SEND_ONCE)
			return (KERN_SUCCESS);
		return (KERN_INVALID_NAME);
	}
	WITH_ENTRY(space, uap->name, entry, &gc, kr,
	    ipc_right_delta(space, uap->name, entry, uap->right, uap->delta,
	    &gc));
	return (kr);
}

int
sys_mach_port_get_refs_trap(struct mach_thread *self,
    struct mach_port_get_refs_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_type_t type;
	mach_port_urefs_t urefs;

	TARGET(self, uap->task, space);
	if (uap->right >= MACH_PORT_RIGHT_NUMBER)
		return (KERN_INVALID_VALUE);
	urefs = 0;
	if (!MACH_PORT_VALID(uap->name)) {
		if (uap->right != MACH_PORT_RIGHT_SEND &&
		    uap->right != MACH_PORT_RIGHT_SEND_ONCE)
			return (KERN_INVALID_NAME);
		urefs = 1;
		return (COPYOUT(urefs, uap->refs));
	}
	is_write_lock(space);
	kr = ipc_right_lookup(space, uap->name, &entry);
	if (kr == KERN_SUCCESS) {
		ipc_right_info(space, uap->name, entry, &type, &urefs);
		if ((type & MACH_PORT_TYPE(uap->right)) == 0)
			urefs = 0;
		else if (uap->right != MACH_PORT_RIGHT_SEND &&
		    uap->right != MACH_PORT_RIGHT_DEAD_NAME)
			urefs = 1;
	}
	is_write_unlock(space);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(urefs, uap->refs));
}

int
sys__kernelrpc_mach_port_type_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_type_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_type_t type;
	mach_port_urefs_t urefs;

	TARGET(self, uap->task, space);
	if (uap->name == MACH_PORT_NULL)
		return (KERN_INVALID_NAME);
	if (uap->name == MACH_PORT_DEAD) {
		type = MACH_PORT_TYPE_DEAD_NAME;
		return (COPYOUT(type, uap->ptype));
	}
	type = 0;
	is_write_lock(space);
	kr = ipc_right_lookup(space, uap->name, &entry);
	if (kr == KERN_SUCCESS)
		ipc_right_info(space, uap->name, entry, &type, &urefs);
	is_write_unlock(space);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(type, uap->ptype));
}

int
sys_mach_port_rename_trap(struct mach_thread *self,
    struct mach_port_rename_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->task, space);
	if (!MACH_PORT_VALID(uap->old_name))
		return (KERN_INVALID_NAME);
	if (!MACH_PORT_VALID(uap->new_name))
		return (KERN_INVALID_VALUE);
	is_write_lock(space);
	kr = ipc_right_rename(space, uap->old_name, uap->new_name);
	is_write_unlock(space);
	return (kr);
}

int
sys__kernelrpc_mach_port_insert_right_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_insert_right_trap_args *uap)
{
	struct ipc_gc gc;
	struct ipc_port *port;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_name_t type;

	TARGET(self, uap->target, space);
	if (mach_quota_exceeded(self->th_task->t_quota))
		return (KERN_RESOURCE_SHORTAGE);
	if (!MACH_PORT_VALID(uap->name) ||
	    !MACH_MSG_TYPE_PORT_ANY(uap->polyPoly))
		return (KERN_INVALID_VALUE);
	IPC_GC_INIT(&gc);
	kr = ipc_object_copyin(space, uap->poly, uap->polyPoly, &port, &gc);
	if (kr == KERN_SUCCESS) {
		if (!IP_VALID(port))
			kr = KERN_INVALID_CAPABILITY;
		else {
			type = ipc_right_copyin_type(uap->polyPoly);
			is_write_lock(space);
			kr = ipc_right_copyout_name(space, port, type,
			    uap->name, &gc);
			is_write_unlock(space);
			if (kr != KERN_SUCCESS)
				ipc_port_release_any(port, type, &gc);
		}
	}
	ipc_gc_run(&gc);
	return (kr);
}

int
sys_mach_port_extract_right_trap(struct mach_thread *self,
    struct mach_port_extract_right_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_port *port;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_name_t type;
	mach_port_name_t name;

	TARGET(self, uap->task, space);
	if (mach_quota_exceeded(self->th_task->t_quota))
		return (KERN_RESOURCE_SHORTAGE);
	if (!MACH_MSG_TYPE_PORT_ANY(uap->msgt_name))
		return (KERN_INVALID_VALUE);
	if (!MACH_PORT_VALID(uap->name))
		return (KERN_INVALID_NAME);
	IPC_GC_INIT(&gc);
	kr = ipc_object_copyin(space, uap->name, uap->msgt_name, &port, &gc);
	if (kr != KERN_SUCCESS)
		return (kr);
	type = ipc_right_copyin_type(uap->msgt_name);
	name = MACH_PORT_DEAD;
	if (IP_VALID(port)) {
		is_write_lock(space);
		kr = ipc_right_copyout(space, port, type, &name, &gc);
		is_write_unlock(space);
		if (kr != KERN_SUCCESS)
			ipc_port_release_any(port, type, &gc);
	}
	if (kr == KERN_SUCCESS) {
		kr = COPYOUT(name, uap->poly);
		if (kr == KERN_SUCCESS)
			kr = COPYOUT(type, uap->polyPoly);
		if (kr != KERN_SUCCESS && type !=
		    MACH_MSG_TYPE_PORT_RECEIVE) {
			is_write_lock(space);
			if (ipc_right_lookup(space, name, &entry) ==
			    KERN_SUCCESS)
				(void)ipc_right_dealloc(space, name, entry,
				    &gc);
			is_write_unlock(space);
		}
	}
	ipc_gc_run(&gc);
	return (kr);
}

int
sys_mach_port_names_trap(struct mach_thread *self,
    struct mach_port_names_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_number_t count, n, room;
	mach_port_name_t *names;
	mach_port_type_t *types;
	mach_port_urefs_t urefs;
	uint32_t i;

	TARGET(self, uap->task, space);
	kr = COPYIN(uap->count, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	room = MIN(room, ipc_space_max_entries);
	names = malloc((room + 1) * sizeof(*names), M_MACH_TEMP, M_WAITOK);
	types = malloc((room + 1) * sizeof(*types), M_MACH_TEMP, M_WAITOK);
	n = count = 0;
	is_write_lock(space);
	for (i = 1; i < space->is_nchunks * IPC_SPACE_CHUNK; i++) {
		entry = ipc_entry_at(space, i);
		if (entry == NULL || IE_BITS_TYPE(entry->ie_bits) == 0)
			continue;
		count++;
		if (n == room)
			continue;
		names[n] = IPC_NAME(i, IE_BITS_GEN(entry->ie_bits));
		if (ipc_right_lookup(space, names[n], &entry) != KERN_SUCCESS)
			continue;
		ipc_right_info(space, names[n], entry, &types[n], &urefs);
		n++;
	}
	is_write_unlock(space);
	if (copyout(names, uap->names, n * sizeof(*names)) != 0 ||
	    copyout(types, uap->types, n * sizeof(*types)) != 0)
		kr = KERN_INVALID_ADDRESS;
	else
		kr = COPYOUT(count, uap->count);
	free(names, M_MACH_TEMP);
	free(types, M_MACH_TEMP);
	return (kr);
}

/*
 * Sets.
 */

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

/* The port is still the space's own.  Locked. */
static bool
mach_port_still(struct ipc_space *space, struct ipc_port *port)
{

	return (ip_active(port) && port->ip_receiver == space);
}

int
sys__kernelrpc_mach_port_move_member_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_move_member_trap_args *uap)
{
	struct ipc_port *port;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	if (!MACH_PORT_VALID(uap->member) || uap->after == MACH_PORT_DEAD)
		return (KERN_INVALID_RIGHT);
	kr = mach_port_member(space, uap->member, uap->after, &port, &pset);
	if (kr != KERN_SUCCESS)
		return (kr);
	link = pset != NULL ? ipc_pset_link_alloc() : NULL;
	ip_lock(port);
	if (!mach_port_still(space, port))
		kr = KERN_INVALID_NAME;
	else if (pset == NULL) {
		if (LIST_EMPTY(&port->ip_psets))
			kr = KERN_NOT_IN_SET;
		else
			ipc_pset_remove_all(port);
	} else {
		ipc_pset_remove_all(port);
		kr = ipc_pset_add(pset, port, &link);
	}
	ip_unlock(port);
	ipc_pset_link_free(link);
	if (pset != NULL)
		ips_drop(pset);
	ip_drop(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_insert_member_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_insert_member_trap_args *uap)
{
	struct ipc_port *port;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	if (!MACH_PORT_VALID(uap->name) || !MACH_PORT_VALID(uap->pset))
		return (KERN_INVALID_RIGHT);
	kr = mach_port_member(space, uap->name, uap->pset, &port, &pset);
	if (kr != KERN_SUCCESS)
		return (kr);
	link = ipc_pset_link_alloc();
	ip_lock(port);
	if (!mach_port_still(space, port))
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
sys__kernelrpc_mach_port_extract_member_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_extract_member_trap_args *uap)
{
	struct ipc_port *port;
	struct ipc_pset *pset;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	if (!MACH_PORT_VALID(uap->name) || !MACH_PORT_VALID(uap->pset))
		return (KERN_INVALID_RIGHT);
	kr = mach_port_member(space, uap->name, uap->pset, &port, &pset);
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
sys_mach_port_get_set_status_trap(struct mach_thread *self,
    struct mach_port_get_set_status_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_pset *pset;
	struct ipc_pset_link *link;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_number_t count, n, room;
	mach_port_name_t *names;

	TARGET(self, uap->task, space);
	kr = COPYIN(uap->count, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	room = MIN(room, ipc_space_max_entries);
	names = malloc((room + 1) * sizeof(*names), M_MACH_TEMP, M_WAITOK);
	count = n = 0;

	/*
	 * Members are receive rights of this space: their names do not change
	 * while it is locked.
	 */
	is_write_lock(space);
	kr = ipc_right_lookup(space, uap->name, &entry);
	if (kr == KERN_SUCCESS &&
	    (entry->ie_bits & MACH_PORT_TYPE_PORT_SET) == 0)
		kr = KERN_INVALID_RIGHT;
	if (kr == KERN_SUCCESS) {
		pset = ipc_object_pset(entry->ie_object);
		ips_lock(pset);
		LIST_FOREACH(link, &pset->ips_members, ipl_psetlink) {
			count++;
			if (n < room)
				names[n++] = link->ipl_port->ip_receiver_name;
		}
		ips_unlock(pset);
	}
	is_write_unlock(space);
	if (kr == KERN_SUCCESS) {
		if (copyout(names, uap->members, n * sizeof(*names)) != 0)
			kr = KERN_INVALID_ADDRESS;
		else
			kr = COPYOUT(count, uap->count);
	}
	free(names, M_MACH_TEMP);
	return (kr);
}

/*
 * The port behind a receive right.
 */

/* Locked, or an error. */
static kern_return_t
mach_port_receive_right(struct mach_thread *self, mach_port_name_t target,
    mach_port_name_t name, struct ipc_port **portp)
{
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, target, space);
	is_read_lock(space);
	kr = ipc_right_receive_port(space, name, portp);
	is_read_unlock(space);
	return (kr);
}

static void
mach_port_status(struct ipc_port *port, mach_port_status_t *status)
{
	struct ipc_kmsg *kmsg;
	struct ipc_pset_link *link;

	bzero(status, sizeof(*status));
	LIST_FOREACH(link, &port->ip_psets, ipl_portlink)
		status->mps_pset++;
	TAILQ_FOREACH(kmsg, &port->ip_messages, ikm_link)
		status->mps_msgcount++;
	status->mps_seqno = port->ip_seqno;
	status->mps_mscount = port->ip_mscount;
	status->mps_qlimit = port->ip_qlimit;
	status->mps_sorights = port->ip_sorights;
	status->mps_srights = port->ip_srights != 0;
	status->mps_pdrequest = port->ip_pdrequest != NULL;
	status->mps_nsrequest = port->ip_nsrequest != NULL;
	if ((port->ip_flags & IP_TEMPOWNER) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_TEMPOWNER;
	if ((port->ip_flags & IP_GUARDED) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_GUARDED;
	if ((port->ip_flags & IP_STRICT_GUARD) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_STRICT_GUARD;
	if ((port->ip_flags & IP_IMPORTANCE) != 0)
		status->mps_flags |= MACH_PORT_STATUS_FLAG_IMP_DONATION;
	if ((port->ip_flags & IP_IMMOVABLE_RECEIVE) != 0)
		status->mps_flags |=
		    MACH_PORT_STATUS_FLAG_GUARD_IMMOVABLE_RECEIVE;
}

int
sys__kernelrpc_mach_port_get_attributes_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_get_attributes_trap_args *uap)
{
	union {
		mach_port_limits_t limits;
		mach_port_status_t status;
		mach_port_info_ext_t ext;
		integer_t word;
	} info;
	struct ipc_port *port;
	kern_return_t kr;
	mach_msg_type_number_t count, size;

	kr = COPYIN(uap->count, count);
	if (kr != KERN_SUCCESS)
		return (kr);
	switch (uap->flavor) {
	case MACH_PORT_LIMITS_INFO:
		size = MACH_PORT_LIMITS_INFO_COUNT;
		break;
	case MACH_PORT_RECEIVE_STATUS:
		size = MACH_PORT_RECEIVE_STATUS_COUNT;
		break;
	case MACH_PORT_DNREQUESTS_SIZE:
		size = MACH_PORT_DNREQUESTS_SIZE_COUNT;
		break;
	case MACH_PORT_INFO_EXT:
		size = MACH_PORT_INFO_EXT_COUNT;
		break;
	default:
		return (KERN_INVALID_ARGUMENT);
	}
	if (count < size)
		return (KERN_FAILURE);
	kr = mach_port_receive_right(self, uap->target, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	bzero(&info, sizeof(info));
	switch (uap->flavor) {
	case MACH_PORT_LIMITS_INFO:
		info.limits.mpl_qlimit = port->ip_qlimit;
		break;
	case MACH_PORT_RECEIVE_STATUS:
		mach_port_status(port, &info.status);
		break;
	case MACH_PORT_DNREQUESTS_SIZE:
		info.word = port->ip_nrequests;
		break;
	default:
		mach_port_status(port, &info.ext.mpie_status);
		break;
	}
	ip_unlock(port);
	if (copyout(&info, uap->port_info_out, size * sizeof(integer_t)) != 0)
		return (KERN_INVALID_ADDRESS);
	return (COPYOUT(size, uap->count));
}

int
sys_mach_port_set_attributes_trap(struct mach_thread *self,
    struct mach_port_set_attributes_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;
	mach_port_limits_t limits;

	limits.mpl_qlimit = 0;
	switch (uap->flavor) {
	case MACH_PORT_LIMITS_INFO:
		/* More than needed is no harm: some pass a size in bytes. */
		if (uap->count < MACH_PORT_LIMITS_INFO_COUNT)
			return (KERN_FAILURE);
		kr = COPYIN(uap->port_info, limits);
		if (kr != KERN_SUCCESS)
			return (kr);
		if (limits.mpl_qlimit > MACH_PORT_QLIMIT_MAX)
			return (KERN_INVALID_VALUE);
		break;
	case MACH_PORT_DNREQUESTS_SIZE:
		if (uap->count < MACH_PORT_DNREQUESTS_SIZE_COUNT)
			return (KERN_FAILURE);
		break;
	case MACH_PORT_TEMPOWNER:
	case MACH_PORT_IMPORTANCE_RECEIVER:
	case MACH_PORT_DENAP_RECEIVER:
		break;
	default:
		return (KERN_INVALID_ARGUMENT);
	}
	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	switch (uap->flavor) {
	case MACH_PORT_LIMITS_INFO:
		port->ip_qlimit = limits.mpl_qlimit;
		ipc_mqueue_release_senders(port);
		if (port->ip_narmed != 0 && !ip_full(port)) {
			struct ipc_gc gc;

			IPC_GC_INIT(&gc);
			ip_hold(port);
			ipc_port_send_possible_unlock(port, &gc);
			ip_drop(port);
			ipc_gc_run(&gc);
			return (KERN_SUCCESS);
		}
		break;
	case MACH_PORT_TEMPOWNER:
		port->ip_flags |= IP_TEMPOWNER;
		break;
	case MACH_PORT_IMPORTANCE_RECEIVER:
		port->ip_flags |= IP_IMPORTANCE;
		break;
	case MACH_PORT_DENAP_RECEIVER:
		port->ip_flags |= IP_DENAP;
		break;
	default:
		break;		/* the table of requests grows by itself */
	}
	ip_unlock(port);
	return (KERN_SUCCESS);
}

int
sys_mach_port_set_mscount_trap(struct mach_thread *self,
    struct mach_port_set_mscount_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr == KERN_SUCCESS) {
		port->ip_mscount = uap->mscount;
		ip_unlock(port);
	}
	return (kr);
}

int
sys_mach_port_set_seqno_trap(struct mach_thread *self,
    struct mach_port_set_seqno_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr == KERN_SUCCESS) {
		port->ip_seqno = uap->seqno;
		ip_unlock(port);
	}
	return (kr);
}

int
sys_mach_port_get_srights_trap(struct mach_thread *self,
    struct mach_port_get_srights_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;
	mach_port_rights_t srights;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	srights = port->ip_srights;
	ip_unlock(port);
	return (COPYOUT(srights, uap->srights));
}

int
sys_mach_port_peek_trap(struct mach_thread *self,
    struct mach_port_peek_trap_args *uap)
{
	mach_msg_max_trailer_t trailer;
	struct ipc_kmsg *kmsg;
	struct ipc_port *port;
	kern_return_t kr;
	mach_msg_id_t id;
	mach_msg_size_t size, tsize;
	mach_msg_type_number_t room;
	mach_port_seqno_t seqno;

	kr = COPYIN(uap->request_seqnop, seqno);
	if (kr == KERN_SUCCESS)
		kr = COPYIN(uap->trailer_sizep, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	tsize = ipc_kmsg_trailer_size(uap->trailer_type);
	if (GET_RCV_ELEMENTS(uap->trailer_type) > MACH_RCV_TRAILER_AV ||
	    room < tsize)
		return (KERN_INVALID_VALUE);
	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);

	/* 0 asks for the first; the others are counted from the port's. */
	kmsg = TAILQ_FIRST(&port->ip_messages);
	if (seqno == 0)
		seqno = port->ip_seqno;
	else {
		mach_port_seqno_t n;

		for (n = port->ip_seqno; kmsg != NULL && n != seqno; n++)
			kmsg = TAILQ_NEXT(kmsg, ikm_link);
	}
	if (kmsg == NULL) {
		ip_unlock(port);
		return (KERN_FAILURE);
	}
	id = kmsg->ikm_header.msgh_id;
	size = ipc_kmsg_size_for(self, kmsg, 0) - ipc_kmsg_trailer_size(0);
	(void)ipc_kmsg_trailer(kmsg, uap->trailer_type, &trailer);
	trailer.msgh_seqno = seqno;
	trailer.msgh_context = port->ip_context;
	ip_unlock(port);

	kr = COPYOUT(seqno, uap->request_seqnop);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(size, uap->msg_sizep);
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(id, uap->msg_idp);
	if (kr == KERN_SUCCESS &&
	    copyout(&trailer, uap->trailer_infop, tsize) != 0)
		kr = KERN_INVALID_ADDRESS;
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(tsize, uap->trailer_sizep);
	return (kr);
}

/*
 * Context and guard: one word of the port, which is a context until it is
 * made a guard.
 */

int
sys_mach_port_get_context_trap(struct mach_thread *self,
    struct mach_port_get_context_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;
	uint64_t context;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	/* A strict guard is not given away. */
	context = (port->ip_flags & IP_STRICT_GUARD) != 0 ? 0 :
	    port->ip_context;
	ip_unlock(port);
	return (COPYOUT(context, uap->context));
}

int
sys_mach_port_set_context_trap(struct mach_thread *self,
    struct mach_port_set_context_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_STRICT_GUARD) != 0)
		kr = KERN_INVALID_ARGUMENT;
	else
		port->ip_context = uap->context;
	ip_unlock(port);
	return (kr);
}

static kern_return_t
mach_port_guard_flags(struct mach_thread *self, mach_port_name_t target,
    mach_port_name_t name, uint64_t guard, uint64_t flags)
{
	struct ipc_port *port;
	kern_return_t kr;

	if ((flags & ~(uint64_t)(MPG_STRICT | MPG_IMMOVABLE_RECEIVE)) != 0)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_port_receive_right(self, target, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) != 0)
		kr = KERN_INVALID_ARGUMENT;
	else {
		port->ip_context = guard;
		port->ip_flags |= IP_GUARDED;
		if ((flags & MPG_STRICT) != 0)
			port->ip_flags |= IP_STRICT_GUARD;
		if ((flags & MPG_IMMOVABLE_RECEIVE) != 0)
			port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	}
	ip_unlock(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_guard_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_guard_trap_args *uap)
{

	return (mach_port_guard_flags(self, uap->target, uap->name,
	    uap->guard, uap->strict ? MPG_STRICT : 0));
}

int
sys_mach_port_guard_with_flags_trap(struct mach_thread *self,
    struct mach_port_guard_with_flags_trap_args *uap)
{

	return (mach_port_guard_flags(self, uap->task, uap->name, uap->guard,
	    uap->flags));
}

int
sys__kernelrpc_mach_port_unguard_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_unguard_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->target, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) == 0 ||
	    port->ip_context != uap->guard)
		kr = KERN_INVALID_ARGUMENT;
	else {
		port->ip_context = 0;
		port->ip_flags &= ~(IP_GUARDED | IP_STRICT_GUARD |
		    IP_IMMOVABLE_RECEIVE);
	}
	ip_unlock(port);
	return (kr);
}

int
sys_mach_port_swap_guard_trap(struct mach_thread *self,
    struct mach_port_swap_guard_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) == 0)
		kr = KERN_INVALID_ARGUMENT;
	else if (port->ip_context != uap->old_guard)
		kr = KERN_INVALID_VALUE;
	else
		port->ip_context = uap->new_guard;
	ip_unlock(port);
	return (kr);
}

/*
 * Notification requests.
 */

/* What the request is about and whether it can be made. */
static kern_return_t
mach_port_request_check(struct ipc_space *space,
    struct _kernelrpc_mach_port_request_notification_trap_args *uap,
    struct ipc_entry **entryp)
{
	kern_return_t kr;

	kr = ipc_right_lookup(space, uap->name, entryp);
	if (kr != KERN_SUCCESS)
		return (kr);
	switch (uap->msgid) {
	case MACH_NOTIFY_PORT_DESTROYED:
		if (uap->sync != 0)
			return (KERN_INVALID_VALUE);
		/* FALLTHROUGH */
	case MACH_NOTIFY_NO_SENDERS:
		if (((*entryp)->ie_bits & MACH_PORT_TYPE_RECEIVE) == 0)
			return (KERN_INVALID_RIGHT);
		return (KERN_SUCCESS);
	case MACH_NOTIFY_DEAD_NAME:
	case MACH_NOTIFY_SEND_POSSIBLE:
		return (KERN_SUCCESS);
	default:
		return (KERN_INVALID_VALUE);
	}
}

/* Port locked and unlocked again. */
static struct ipc_port *
mach_port_no_senders(struct ipc_port *port, mach_port_mscount_t sync,
    struct ipc_port *notify, struct ipc_gc *gc)
{
	struct ipc_port *previous;
	mach_port_mscount_t mscount;

	previous = port->ip_nsrequest;
	port->ip_nsrequest = NULL;
	mscount = port->ip_mscount;
	if (notify != NULL && port->ip_srights == 0 && sync <= mscount) {
		ip_unlock(port);
		ipc_notify_no_senders(notify, mscount, gc);
		return (previous);
	}
	port->ip_nsrequest = notify;
	ip_unlock(port);
	return (previous);
}

/* Space locked; the notify right is consumed on success. */
static kern_return_t
mach_port_request_make(struct ipc_space *space,
    struct _kernelrpc_mach_port_request_notification_trap_args *uap,
    struct ipc_entry *entry, struct ipc_port *notify,
    struct ipc_port **previousp, struct ipc_gc *gc)
{
	struct ipc_port *port;

	switch (uap->msgid) {
	case MACH_NOTIFY_PORT_DESTROYED:
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		*previousp = port->ip_pdrequest;
		port->ip_pdrequest = notify;
		ip_unlock(port);
		return (KERN_SUCCESS);
	case MACH_NOTIFY_NO_SENDERS:
		port = ipc_object_port(entry->ie_object);
		ip_lock(port);
		*previousp = mach_port_no_senders(port, uap->sync, notify, gc);
		return (KERN_SUCCESS);
	default:
		return (ipc_right_request(space, uap->name, uap->sync != 0,
		    uap->msgid == MACH_NOTIFY_SEND_POSSIBLE, notify,
		    previousp, gc));
	}
}

/* The request failed: the right is where it was. */
static void
mach_port_request_restore(struct ipc_space *space, struct ipc_port *notify,
    mach_port_name_t name, mach_msg_type_name_t disposition,
    struct ipc_gc *gc)
{

	if (disposition == MACH_MSG_TYPE_MOVE_SEND_ONCE) {
		if (ipc_right_copyout_name(space, notify,
		    MACH_MSG_TYPE_PORT_SEND_ONCE, name, gc) != KERN_SUCCESS)
			ipc_port_release_sonce(notify, gc);
		return;
	}
	ip_lock(notify);
	if (ip_active(notify))
		notify->ip_sorights--;
	ip_unlock(notify);
	ip_drop(notify);
}

int
sys__kernelrpc_mach_port_request_notification_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_request_notification_trap_args *uap)
{
	struct ipc_entry *entry, *nentry;
	struct ipc_gc gc;
	struct ipc_port *notify, *previous;
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_name_t name;

	TARGET(self, uap->task, space);
	/* Requests and send-once rights end in messages. */
	if (mach_quota_exceeded(self->th_task->t_quota))
		return (KERN_RESOURCE_SHORTAGE);
	if (uap->notifyPoly != MACH_MSG_TYPE_MAKE_SEND_ONCE &&
	    uap->notifyPoly != MACH_MSG_TYPE_MOVE_SEND_ONCE)
		return (KERN_INVALID_VALUE);
	if (uap->notify == MACH_PORT_DEAD)
		return (KERN_INVALID_CAPABILITY);
	if (!MACH_PORT_VALID(uap->name))
		return (KERN_INVALID_ARGUMENT);

	IPC_GC_INIT(&gc);
	notify = previous = NULL;
	is_write_lock(space);
	kr = mach_port_request_check(space, uap, &entry);
	if (kr == KERN_SUCCESS && uap->notify != MACH_PORT_NULL) {
		kr = ipc_right_lookup(space, uap->notify, &nentry);
		if (kr == KERN_SUCCESS && (nentry->ie_bits &
		    MACH_PORT_TYPE_DEAD_NAME) != 0)
			kr = KERN_INVALID_CAPABILITY;
		if (kr == KERN_SUCCESS) {
			kr = ipc_right_copyin_check(space, uap->notify,
			    nentry, uap->notifyPoly);
			ipc_right_copyin_uncheck(nentry);
		}
		if (kr == KERN_SUCCESS && nentry == entry &&
		    uap->notifyPoly == MACH_MSG_TYPE_MOVE_SEND_ONCE)
			kr = KERN_INVALID_CAPABILITY;
		if (kr == KERN_SUCCESS) {
			ipc_right_copyin(space, uap->notify, nentry,
			    uap->notifyPoly, &notify, &gc);
			if (!IP_VALID(notify)) {
				notify = NULL;
				kr = KERN_INVALID_CAPABILITY;
			}
		}
	}
	if (kr == KERN_SUCCESS) {
		kr = mach_port_request_make(space, uap, entry, notify,
		    &previous, &gc);
		if (kr != KERN_SUCCESS && notify != NULL)
			mach_port_request_restore(space, notify, uap->notify,
			    uap->notifyPoly, &gc);
	}
	name = MACH_PORT_NULL;
	if (previous != NULL && ipc_right_copyout(space, previous,
	    MACH_MSG_TYPE_PORT_SEND_ONCE, &name, &gc) != KERN_SUCCESS)
		ipc_port_release_sonce(previous, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(name, uap->previous));
}

/*
 * Looking at things.
 */

int
sys_mach_port_dnrequest_info_trap(struct mach_thread *self,
    struct mach_port_dnrequest_info_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;
	unsigned int i, total, used;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	total = port->ip_nrequests;
	used = 0;
	for (i = 0; i < total; i++) {
		if (port->ip_requests[i].ipr_name != MACH_PORT_NULL)
			used++;
	}
	ip_unlock(port);
	kr = COPYOUT(total, uap->total);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(used, uap->used));
}

int
sys_mach_port_kobject_trap(struct mach_thread *self,
    struct mach_port_kobject_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_space *space;
	kern_return_t kr;
	natural_t type;
	uint64_t addr;

	TARGET(self, uap->task, space);
	type = IKOT_NONE;
	addr = 0;		/* kernel addresses are not given away */
	is_write_lock(space);
	kr = ipc_right_lookup(space, uap->name, &entry);
	if (kr == KERN_SUCCESS) {
		if ((entry->ie_bits & MACH_PORT_TYPE_PORT_RIGHTS) == 0)
			kr = KERN_INVALID_RIGHT;
		else {
			port = ipc_object_port(entry->ie_object);
			ip_lock(port);
			type = port->ip_kotype;
			ip_unlock(port);
		}
	}
	is_write_unlock(space);
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

int
sys_mach_port_space_info_trap(struct mach_thread *self,
    struct mach_port_space_info_trap_args *uap)
{
	ipc_info_name_t *table;
	ipc_info_space_t info;
	struct ipc_entry *entry;
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_number_t count, n, room;
	mach_port_name_t name;
	mach_port_type_t type;
	mach_port_urefs_t urefs;
	uint32_t i;

	TARGET(self, uap->task, space);
	kr = COPYIN(uap->count, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	room = MIN(room, ipc_space_max_entries);
	table = malloc((room + 1) * sizeof(*table), M_MACH_TEMP,
	    M_WAITOK | M_ZERO);
	bzero(&info, sizeof(info));
	n = count = 0;
	is_write_lock(space);
	info.iis_genno_mask = 0xff;
	info.iis_table_size = space->is_nchunks * IPC_SPACE_CHUNK;
	info.iis_table_next = info.iis_table_size;
	for (i = 1; i < space->is_nchunks * IPC_SPACE_CHUNK; i++) {
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
		n++;
	}
	is_write_unlock(space);
	kr = COPYOUT(info, uap->space_info);
	if (kr == KERN_SUCCESS &&
	    copyout(table, uap->table, n * sizeof(*table)) != 0)
		kr = KERN_INVALID_ADDRESS;
	if (kr == KERN_SUCCESS)
		kr = COPYOUT(count, uap->count);
	free(table, M_MACH_TEMP);
	return (kr);
}
