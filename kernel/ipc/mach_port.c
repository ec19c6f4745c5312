/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The mach_port_* traps that make, change and list names.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/ipc/mach_port.h>
#include <kernel/kern/kobject.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/mig_kernel.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

static MALLOC_DEFINE(M_MACH_TEMP, "mach_temp", "Mach trap buffers");

struct ipc_space *
mach_port_target(struct mach_thread *self, mach_port_name_t target)
{
	struct ipc_entry *entry;
	struct ipc_space *space;
	bool ok;

	space = self->th_task->t_space;
	is_read_lock(space);
	entry = ipc_entry_lookup(space, target);
	ok = entry != NULL && (entry->ie_bits & MACH_PORT_TYPE_SEND) != 0 &&
	    self->th_task->t_self != NULL &&
	    entry->ie_object == &self->th_task->t_self->ip_object;
	is_read_unlock(space);
	return (ok ? space : NULL);
}

kern_return_t
mach_port_receive(struct ipc_space *space, mach_port_name_t name,
    struct ipc_port **portp)
{
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_RIGHT);
	is_read_lock(space);
	kr = ipc_right_receive_port(space, name, portp);
	is_read_unlock(space);
	return (kr);
}

kern_return_t
mach_port_receive_right(struct mach_thread *self, mach_port_name_t target,
    mach_port_name_t name, struct ipc_port **portp)
{
	struct ipc_space *space;

	TARGET(self, target, space);
	return (mach_port_receive(space, name, portp));
}

bool
mach_target_is_self(struct mach_thread *self, mach_port_name_t target)
{

	return (mach_port_target(self, target) != NULL);
}

void *
mach_port_list_alloc(struct mach_thread *self, size_t size)
{

	if (!mach_quota_charge(self->th_quota, MACH_RES_KMEM, size))
		return (NULL);
	return (malloc(size, M_MACH_TEMP, M_WAITOK | M_ZERO));
}

void
mach_port_list_free(struct mach_thread *self, void *list, size_t size)
{

	if (list == NULL)
		return;
	free(list, M_MACH_TEMP);
	mach_quota_uncharge(self->th_quota, MACH_RES_KMEM, size);
}

/*
 * New rights.  name == MACH_PORT_NULL: any; *namep gets it.
 */
static kern_return_t
mach_port_new_port(struct ipc_space *space, mach_port_name_t name,
    enum ipc_portkind kind, struct ipc_port **portp, mach_port_name_t *namep)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr;

	port = ipc_port_alloc();
	if (port == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	port->ip_kind = kind;
	is_write_lock(space);
	if (name == MACH_PORT_NULL)
		kr = ipc_entry_alloc(space, &name, &entry);
	else
		kr = ipc_entry_alloc_name(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		ip_lock(port);
		port->ip_receiver = space;
		port->ip_receiver_name = name;
		ip_unlock(port);
		ie_set_object(entry, &port->ip_object);
		ie_set_bits(entry, entry->ie_bits | MACH_PORT_TYPE_RECEIVE);
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

	pset = ipc_pset_alloc(space->is_quota);
	is_write_lock(space);
	if (name == MACH_PORT_NULL)
		kr = ipc_entry_alloc(space, &name, &entry);
	else
		kr = ipc_entry_alloc_name(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		pset->ips_name = name;
		ie_set_object(entry, &pset->ips_object);
		ie_set_bits(entry, entry->ie_bits | MACH_PORT_TYPE_PORT_SET);
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
		ie_set_bits(entry, entry->ie_bits | MACH_PORT_TYPE_DEAD_NAME |
		    1);
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
		return (mach_port_new_port(space, name, IPK_PLAIN, NULL,
		    namep));
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

kern_return_t
kern_mach_port_allocate(struct ipc_space *space, mach_port_right_t right,
    mach_port_name_t *namep)
{

	return (mach_port_new(space, right, MACH_PORT_NULL, namep));
}

int
sys__kernelrpc_mach_port_allocate_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_allocate_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_name_t name;

	TARGET(self, uap->target, space);
	kr = kern_mach_port_allocate(space, uap->right, &name);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = COPYOUT(name, uap->name);
	if (kr != KERN_SUCCESS)
		mach_port_forget(space, name);
	return (kr);
}

kern_return_t
kern_mach_port_allocate_name(struct ipc_space *space, mach_port_right_t right,
    mach_port_name_t name)
{

	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_VALUE);
	return (mach_port_new(space, right, name, &name));
}

int
sys_mach_port_allocate_name_trap(struct mach_thread *self,
    struct mach_port_allocate_name_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_allocate_name(space, uap->right, uap->name));
}

int
sys_mach_reply_port(struct mach_thread *self,
    struct mach_reply_port_args *uap __unused)
{
	mach_port_name_t name;

	if (mach_port_new_port(self->th_task->t_space, MACH_PORT_NULL,
	    IPK_PLAIN, NULL, &name) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (name);
}

/* Port locked. */
static void
mach_port_apply_options(struct ipc_port *port, uint32_t flags,
    uint64_t context)
{

	if ((flags & MPO_CONTEXT_AS_GUARD) != 0) {
		port->ip_flags |= IP_GUARDED;
		if ((flags & MPO_STRICT) != 0)
			port->ip_flags |= IP_STRICT_GUARD;
	}
	port->ip_context = context;
	/* Immovable goes with a guard. */
	if ((flags & (MPO_IMMOVABLE_RECEIVE | MPO_CONTEXT_AS_GUARD)) ==
	    (MPO_IMMOVABLE_RECEIVE | MPO_CONTEXT_AS_GUARD))
		port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	if ((flags & MPO_EXCEPTION_PORT) != 0)
		port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	if ((flags & MPO_TEMPOWNER) != 0)
		port->ip_flags |= IP_TEMPOWNER;
	if ((flags & MPO_IMPORTANCE_RECEIVER) != 0)
		port->ip_flags |= IP_IMPORTANCE;
	if ((flags & MPO_DENAP_RECEIVER) != 0)
		port->ip_flags |= IP_DENAP;
}

#define	MPO_KNOWN	(MPO_CONTEXT_AS_GUARD | MPO_QLIMIT | MPO_TEMPOWNER |  \
	    MPO_IMPORTANCE_RECEIVER | MPO_INSERT_SEND_RIGHT | MPO_STRICT |    \
	    MPO_DENAP_RECEIVER | MPO_IMMOVABLE_RECEIVE | MPO_FILTER_MSG |     \
	    MPO_TG_BLOCK_TRACKING | MPO_SERVICE_PORT | MPO_CONNECTION_PORT |  \
	    MPO_REPLY_PORT | MPO_ENFORCE_REPLY_PORT_SEMANTICS |	      \
	    MPO_PROVISIONAL_REPLY_PORT | MPO_EXCEPTION_PORT)

#define	MPO_KIND	(MPO_SERVICE_PORT | MPO_CONNECTION_PORT |	      \
	    MPO_TG_BLOCK_TRACKING)
#define	MPO_REPLY_KIND	(MPO_REPLY_PORT | MPO_PROVISIONAL_REPLY_PORT |	      \
	    MPO_ENFORCE_REPLY_PORT_SEMANTICS | MPO_EXCEPTION_PORT)

/*
 * Service ports are the bootstrap server's, and blocking is tracked for the
 * graphics server: there is neither here.
 */
static kern_return_t
mach_port_check_kind(struct ipc_space *space,
    const mach_port_options_t *options)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if ((options->flags & (MPO_SERVICE_PORT | MPO_TG_BLOCK_TRACKING)) != 0)
		return (KERN_DENIED);
	if ((options->flags & MPO_CONNECTION_PORT) == 0)
		return (KERN_SUCCESS);
	if (options->service_port_name == MACH_PORT_NULL)
		return (KERN_INVALID_ARGUMENT);
	is_write_lock(space);
	kr = ipc_right_lookup(space, options->service_port_name, &entry);
	is_write_unlock(space);
	return (kr != KERN_SUCCESS ? kr : KERN_INVALID_CAPABILITY);
}

kern_return_t
kern_mach_port_construct(struct ipc_space *space,
    const mach_port_options_t *options, uint64_t context,
    mach_port_name_t *namep)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr;
	mach_port_name_t name;
	uint32_t kind, reply;

	if ((options->flags & ~(uint32_t)MPO_KNOWN) != 0)
		return (KERN_INVALID_ARGUMENT);
	/* A port is of one kind. */
	kind = options->flags & MPO_KIND;
	reply = options->flags & MPO_REPLY_KIND;
	if ((kind & (kind - 1)) != 0 || (reply & (reply - 1)) != 0)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_port_check_kind(space, options);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((options->flags & MPO_QLIMIT) != 0 &&
	    options->mpl.mpl_qlimit > mach_limit(MACH_LIMIT_QUEUE_MESSAGES))
		return (KERN_INVALID_VALUE);
	kr = mach_port_new_port(space, MACH_PORT_NULL,
	    (reply & MPO_REPLY_PORT) != 0 ? IPK_REPLY :
	    (reply & MPO_PROVISIONAL_REPLY_PORT) != 0 ? IPK_PROVISIONAL_REPLY :
	    (reply & MPO_ENFORCE_REPLY_PORT_SEMANTICS) != 0 ?
	    IPK_ENFORCE_REPLY : IPK_PLAIN, &port, &name);
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
		mach_port_apply_options(port, options->flags, context);
		if ((options->flags & MPO_QLIMIT) != 0)
			port->ip_qlimit = options->mpl.mpl_qlimit;
		if ((options->flags & MPO_INSERT_SEND_RIGHT) != 0 &&
		    (entry->ie_bits & MACH_PORT_TYPE_SEND) == 0) {
			port->ip_mscount++;
			port->ip_srights++;
			ie_set_bits(entry, entry->ie_bits |
			    MACH_PORT_TYPE_SEND | 1);
		}
	}
	ip_unlock(port);
	is_write_unlock(space);
	ip_drop(port);
	*namep = name;
	return (KERN_SUCCESS);
}

int
sys__kernelrpc_mach_port_construct_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_construct_trap_args *uap)
{
	mach_port_options_t options;
	struct ipc_entry *entry;
	struct ipc_gc gc;
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_name_t name;

	TARGET(self, uap->target, space);
	kr = COPYIN(uap->options, options);
	if (kr == KERN_SUCCESS)
		kr = kern_mach_port_construct(space, &options, uap->context,
		    &name);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = COPYOUT(name, uap->name);
	if (kr != KERN_SUCCESS) {
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

kern_return_t
kern_mach_port_deallocate(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_SUCCESS);	/* NULL and DEAD can be given back */
	WITH_ENTRY(space, name, entry, &gc, kr,
	    ipc_right_dealloc(space, name, entry, &gc));
	return (kr);
}

int
sys__kernelrpc_mach_port_deallocate_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_deallocate_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_deallocate(space, uap->name));
}

kern_return_t
kern_mach_port_destroy(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_SUCCESS);
	WITH_ENTRY(space, name, entry, &gc, kr,
	    ipc_right_destroy(space, name, entry, &gc));
	return (kr);
}

int
sys_mach_port_destroy_trap(struct mach_thread *self,
    struct mach_port_destroy_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_destroy(space, uap->name));
}

kern_return_t
kern_mach_port_destruct(struct ipc_space *space, mach_port_name_t name,
    mach_port_delta_t srdelta, uint64_t guard)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	kern_return_t kr;

	WITH_ENTRY(space, name, entry, &gc, kr,
	    ipc_right_destruct(space, name, entry, srdelta, guard, &gc));
	return (kr);
}

int
sys__kernelrpc_mach_port_destruct_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_destruct_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_destruct(space, uap->name, uap->srdelta,
	    uap->guard));
}

kern_return_t
kern_mach_port_mod_refs(struct ipc_space *space, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{
	struct ipc_entry *entry;
	struct ipc_gc gc;
	kern_return_t kr;

	if (right >= MACH_PORT_RIGHT_NUMBER)
		return (KERN_INVALID_VALUE);
	if (!MACH_PORT_VALID(name)) {
		if (right == MACH_PORT_RIGHT_SEND ||
		    right == MACH_PORT_RIGHT_SEND_ONCE)
			return (KERN_SUCCESS);
		return (KERN_INVALID_NAME);
	}
	WITH_ENTRY(space, name, entry, &gc, kr,
	    ipc_right_delta(space, name, entry, right, delta, &gc));
	return (kr);
}

int
sys__kernelrpc_mach_port_mod_refs_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_mod_refs_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_mod_refs(space, uap->name, uap->right,
	    uap->delta));
}

kern_return_t
kern_mach_port_get_refs(struct ipc_space *space, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *urefsp)
{
	struct ipc_entry *entry;
	kern_return_t kr;
	mach_port_type_t type;

	if (right >= MACH_PORT_RIGHT_NUMBER)
		return (KERN_INVALID_VALUE);
	*urefsp = 0;
	if (!MACH_PORT_VALID(name)) {
		if (right != MACH_PORT_RIGHT_SEND &&
		    right != MACH_PORT_RIGHT_SEND_ONCE)
			return (KERN_INVALID_NAME);
		*urefsp = 1;
		return (KERN_SUCCESS);
	}
	is_write_lock(space);
	kr = ipc_right_lookup(space, name, &entry);
	if (kr == KERN_SUCCESS) {
		ipc_right_info(space, name, entry, &type, urefsp);
		if ((type & MACH_PORT_TYPE(right)) == 0)
			*urefsp = 0;
		else if (right != MACH_PORT_RIGHT_SEND &&
		    right != MACH_PORT_RIGHT_DEAD_NAME)
			*urefsp = 1;
	}
	is_write_unlock(space);
	return (kr);
}

int
sys_mach_port_get_refs_trap(struct mach_thread *self,
    struct mach_port_get_refs_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_urefs_t urefs;

	TARGET(self, uap->task, space);
	kr = kern_mach_port_get_refs(space, uap->name, uap->right, &urefs);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(urefs, uap->refs));
}

kern_return_t
kern_mach_port_type(struct ipc_space *space, mach_port_name_t name,
    mach_port_type_t *typep)
{
	struct ipc_entry *entry;
	kern_return_t kr;
	mach_port_urefs_t urefs;

	if (name == MACH_PORT_NULL)
		return (KERN_INVALID_NAME);
	*typep = MACH_PORT_TYPE_DEAD_NAME;
	if (name == MACH_PORT_DEAD)
		return (KERN_SUCCESS);
	is_write_lock(space);
	kr = ipc_right_lookup(space, name, &entry);
	if (kr == KERN_SUCCESS)
		ipc_right_info(space, name, entry, typep, &urefs);
	is_write_unlock(space);
	return (kr);
}

int
sys__kernelrpc_mach_port_type_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_type_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_port_type_t type;

	TARGET(self, uap->task, space);
	kr = kern_mach_port_type(space, uap->name, &type);
	return (kr != KERN_SUCCESS ? kr : COPYOUT(type, uap->ptype));
}

kern_return_t
kern_mach_port_rename(struct ipc_space *space, mach_port_name_t old_name,
    mach_port_name_t new_name)
{
	kern_return_t kr;

	if (!MACH_PORT_VALID(old_name))
		return (KERN_INVALID_NAME);
	if (!MACH_PORT_VALID(new_name))
		return (KERN_INVALID_VALUE);
	is_write_lock(space);
	kr = ipc_right_rename(space, old_name, new_name);
	is_write_unlock(space);
	return (kr);
}

int
sys_mach_port_rename_trap(struct mach_thread *self,
    struct mach_port_rename_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_rename(space, uap->old_name, uap->new_name));
}

/*
 * Would the right find its name free once it has left the entry it is in?  To
 * be known before: to leave has effects that putting it back does not undo.
 */
static kern_return_t
mach_port_insert_check(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t poly, struct ipc_entry *entry,
    mach_msg_type_name_t disposition)
{
	bool gone;

	switch (disposition) {
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		gone = (entry->ie_bits & MACH_PORT_TYPE_SEND) == 0;
		break;
	case MACH_MSG_TYPE_MOVE_SEND:
		gone = (entry->ie_bits & MACH_PORT_TYPE_RECEIVE) == 0 &&
		    IE_BITS_UREFS(entry->ie_bits) == 1;
		break;
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		gone = true;
		break;
	default:
		return (ipc_right_copyout_name_check(space,
		    ipc_object_port(entry->ie_object),
		    ipc_right_copyin_type(disposition), name));
	}
	if (!gone) {
		if (name != poly)
			return (KERN_RIGHT_EXISTS);
		/* A count that sticks does not go down, nor up again. */
		return (disposition == MACH_MSG_TYPE_MOVE_SEND &&
		    IE_BITS_UREFS(entry->ie_bits) == MACH_PORT_UREFS_MAX ?
		    KERN_UREFS_OVERFLOW : KERN_SUCCESS);
	}
	if (IPC_NAME_INDEX(name) == IPC_NAME_INDEX(poly))
		return (KERN_SUCCESS);
	return (ipc_entry_name_free(space, name));
}

/* Space locked.  A right that cannot be inserted stays where it was. */
static kern_return_t
mach_port_insert(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t poly, mach_msg_type_name_t disposition, struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr;
	mach_msg_type_name_t type;

	kr = ipc_right_lookup(space, poly, &entry);
	if (kr != KERN_SUCCESS)
		return (kr);
	kr = ipc_right_copyin_check(space, poly, entry, disposition);
	ipc_right_copyin_uncheck(entry);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((entry->ie_bits & MACH_PORT_TYPE_DEAD_NAME) != 0)
		return (KERN_INVALID_CAPABILITY);

	kr = mach_port_insert_check(space, name, poly, entry, disposition);
	if (kr != KERN_SUCCESS)
		return (kr);
	type = ipc_right_copyin_type(disposition);
	ipc_right_copyin(space, poly, entry, disposition, &port, gc);
	if (!IP_VALID(port))
		return (KERN_INVALID_CAPABILITY);
	kr = ipc_right_copyout_name(space, port, type, name, gc);
	if (kr != KERN_SUCCESS && (!ipc_disposition_moves(disposition) ||
	    ipc_right_copyout_name(space, port, type, poly, gc) !=
	    KERN_SUCCESS))
		ipc_port_release_any(port, type, gc);
	return (kr);
}

int
sys__kernelrpc_mach_port_insert_right_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_insert_right_trap_args *uap)
{
	struct ipc_gc gc;
	struct ipc_space *space;
	kern_return_t kr;

	TARGET(self, uap->target, space);
	if (mach_quota_exceeded(self->th_task->t_quota))
		return (KERN_RESOURCE_SHORTAGE);
	if (!MACH_PORT_VALID(uap->name) ||
	    !MACH_MSG_TYPE_PORT_ANY(uap->polyPoly))
		return (KERN_INVALID_VALUE);
	if (!MACH_PORT_VALID(uap->poly))
		return (KERN_INVALID_CAPABILITY);
	IPC_GC_INIT(&gc);
	is_write_lock(space);
	kr = mach_port_insert(space, uap->name, uap->poly, uap->polyPoly, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	return (kr);
}

/*
 * The same with a right that came in a message or goes in one.  insert
 * consumes the right on success.
 */
kern_return_t
kern_mach_port_insert_right(struct ipc_space *space, mach_port_name_t name,
    struct ipc_port *port, mach_msg_type_name_t type)
{
	struct ipc_gc gc;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_VALUE);
	if (!IP_VALID(port))
		return (KERN_INVALID_CAPABILITY);
	IPC_GC_INIT(&gc);
	is_write_lock(space);
	kr = space->is_active ? ipc_right_copyout_name(space, port, type, name,
	    &gc) : KERN_INVALID_TASK;
	is_write_unlock(space);
	ipc_gc_run(&gc);
	return (kr);
}

kern_return_t
kern_mach_port_extract_right(struct ipc_space *space, mach_port_name_t name,
    mach_msg_type_name_t disposition, struct ipc_port **portp,
    mach_msg_type_name_t *typep)
{
	struct ipc_gc gc;
	kern_return_t kr;

	if (!MACH_MSG_TYPE_PORT_ANY(disposition))
		return (KERN_INVALID_VALUE);
	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_RIGHT);
	IPC_GC_INIT(&gc);
	kr = ipc_object_copyin(space, name, disposition, portp, &gc);
	*typep = ipc_right_copyin_type(disposition);
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
		return (KERN_INVALID_RIGHT);
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

/*
 * At most `room` of the names and their types; *np: how many are there, and
 * the return value: how many were written.
 */
static mach_msg_type_number_t
mach_port_list(struct ipc_space *space, mach_port_name_t *names,
    mach_port_type_t *types, mach_msg_type_number_t room,
    mach_msg_type_number_t *np)
{
	struct ipc_entry *entry;
	mach_msg_type_number_t count, n;
	mach_port_urefs_t urefs;
	uint32_t i;

	n = count = 0;
	is_write_lock(space);
	for (i = 1; space->is_active &&
	    i < ipc_space_size(space); i++) {
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
	*np = count;
	return (n);
}

/* On account of the caller, whose request it is. */
kern_return_t
kern_mach_port_names(struct ipc_space *space, void **names, void **types,
    mach_msg_type_number_t *np)
{
	struct mach_thread *self;
	mach_msg_type_number_t count, n, room;
	kern_return_t kr;
	mach_port_name_t *list;
	size_t size;

	*names = *types = NULL;
	self = mach_thread_lookup(curthread);
	if (self == NULL)
		return (KERN_FAILURE);
	/* It ends: names are limited. */
	for (room = 64;; room = count + count / 8) {
		room = MIN(room, MACH_PORT_LIST_MAX);
		size = (size_t)room * 2 * sizeof(*list);
		list = mach_port_list_alloc(self, size);
		if (list == NULL)
			return (KERN_RESOURCE_SHORTAGE);
		n = mach_port_list(space, list, list + room, room, &count);
		if (count <= room || room == MACH_PORT_LIST_MAX)
			break;
		mach_port_list_free(self, list, size);
	}
	kr = count > room ? KERN_RESOURCE_SHORTAGE :
	    mig_kernel_copy(list, n * sizeof(*list), names);
	if (kr == KERN_SUCCESS) {
		kr = mig_kernel_copy(list + room, n * sizeof(*list), types);
		if (kr != KERN_SUCCESS)
			mig_kernel_uncopy(*names);
	}
	mach_port_list_free(self, list, size);
	*np = n;
	return (kr);
}

int
sys_mach_port_names_trap(struct mach_thread *self,
    struct mach_port_names_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	mach_msg_type_number_t count, n, room;
	mach_port_name_t *names;
	mach_port_type_t *types;
	size_t size;

	TARGET(self, uap->task, space);
	kr = COPYIN(uap->count, room);
	if (kr != KERN_SUCCESS)
		return (kr);
	room = MIN(room, MACH_PORT_LIST_MAX);
	size = (room + 1) * (sizeof(*names) + sizeof(*types));
	names = mach_port_list_alloc(self, size);
	if (names == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	types = (mach_port_type_t *)(names + room + 1);
	n = mach_port_list(space, names, types, room, &count);
	if (copyout(names, uap->names, n * sizeof(*names)) != 0 ||
	    copyout(types, uap->types, n * sizeof(*types)) != 0)
		kr = KERN_INVALID_ADDRESS;
	else
		kr = COPYOUT(count, uap->count);
	mach_port_list_free(self, names, size);
	return (kr);
}
