/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Spaces and their tables.  The model and the lock are in ipc_space.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>

static MALLOC_DEFINE(M_MACH_SPACE, "mach_space", "Mach port name tables");

struct ipc_space *ipc_space_kernel;

#define	HASH_MIN	16

/*
 * Names are charged some at a time, and each as if it were the one thing that
 * holds a port, with a request of its own.
 */
#define	NAMES_AT_ONCE	32
#define	NAME_KMEM	(sizeof(struct ipc_port) +			\
	    2 * sizeof(struct ipc_port_request))
#define	CHUNK_KMEM	(IPC_SPACE_CHUNK * sizeof(struct ipc_entry))
#define	DIRECTORY_KMEM(n)	(sizeof(struct ipc_directory) +		\
	    (n) * sizeof(struct ipc_entry *))

int
ipc_space_init(void)
{

	ipc_space_kernel = ipc_space_create(NULL, NULL);
	return (ipc_space_kernel == NULL ? ENOMEM : 0);
}

void
ipc_space_fini(void)
{

	if (ipc_space_kernel == NULL)
		return;
	ipc_space_terminate(ipc_space_kernel);
	ipc_space_drop(ipc_space_kernel);
	ipc_space_kernel = NULL;
}

struct ipc_space *
ipc_space_create(struct mach_task *task, struct mach_quota *quota)
{
	struct ipc_space *space;

	space = malloc(sizeof(*space), M_MACH_SPACE, M_WAITOK | M_ZERO);
	sx_init(&space->is_lock, "mach space");
	refcount_init(&space->is_refs, 1);
	space->is_active = true;
	space->is_task = task;
	space->is_quota = quota;
	if (quota != NULL)
		mach_quota_hold(quota);
	space->is_fresh = 1;		/* index 0 would make names like NULL */
	(void)mach_counter_made(MACH_COUNTER_SPACES);
	return (space);
}

static bool
ipc_space_reserve_some(struct ipc_space *space, uint32_t n)
{

	if (!mach_quota_charge(space->is_quota, MACH_RES_NAMES, n))
		return (false);
	if (!mach_quota_charge(space->is_quota, MACH_RES_KMEM,
	    n * NAME_KMEM)) {
		mach_quota_uncharge(space->is_quota, MACH_RES_NAMES, n);
		return (false);
	}
	space->is_reserved += n;
	return (true);
}

/* Room for a name, in the accounts. */
static bool
ipc_space_reserve(struct ipc_space *space)
{

	if (space->is_quota == NULL)
		return (true);
	return (ipc_space_reserve_some(space, NAMES_AT_ONCE) ||
	    ipc_space_reserve_some(space, 1));
}

static void
ipc_space_unreserve(struct ipc_space *space, uint32_t n)
{

	if (space->is_quota == NULL || n == 0)
		return;
	space->is_reserved -= n;
	mach_quota_uncharge(space->is_quota, MACH_RES_NAMES, n);
	mach_quota_uncharge(space->is_quota, MACH_RES_KMEM, n * NAME_KMEM);
}

void
ipc_space_hold(struct ipc_space *space)
{

	refcount_acquire(&space->is_refs);
}

void
ipc_space_drop(struct ipc_space *space)
{
	struct ipc_directory *dir, *older;
	uint32_t i;

	if (!refcount_release(&space->is_refs))
		return;
	KASSERT(!space->is_active, ("last reference to a live space"));
	dir = space->is_directory;
	for (i = 0; dir != NULL && i < dir->id_nchunks; i++) {
		if (dir->id_chunks[i] == NULL)
			continue;
		if (space->is_quota != NULL)
			mach_quota_uncharge(space->is_quota, MACH_RES_KMEM,
			    CHUNK_KMEM);
		free(dir->id_chunks[i], M_MACH_SPACE);
	}
	for (; dir != NULL; dir = older) {
		older = dir->id_older;
		if (space->is_quota != NULL)
			mach_quota_uncharge(space->is_quota, MACH_RES_KMEM,
			    DIRECTORY_KMEM(dir->id_nchunks));
		free(dir, M_MACH_SPACE);
	}
	if (space->is_quota != NULL)
		mach_quota_drop(space->is_quota);
	free(space->is_hash, M_MACH_SPACE);
	sx_destroy(&space->is_lock);
	free(space, M_MACH_SPACE);
	mach_counter_gone(MACH_COUNTER_SPACES, 1);
}

void
ipc_space_terminate(struct ipc_space *space)
{
	struct ipc_entry *entry, was;
	struct ipc_gc gc;
	uint32_t i, size;

	is_write_lock(space);
	if (!space->is_active) {
		is_write_unlock(space);
		return;
	}
	space->is_active = false;
	is_write_unlock(space);

	/*
	 * Whoever looks now finds the space inactive and leaves the table
	 * alone: it is ours to write, without the lock, which must not be held
	 * while ports are destroyed.  Senders may still read it: out of the
	 * entry first, then out of the port.
	 */
	IPC_GC_INIT(&gc);
	size = ipc_space_size(space);
	for (i = 1; i < size; i++) {
		entry = ipc_entry_at(space, i);
		if (entry == NULL || IE_BITS_TYPE(entry->ie_bits) == 0)
			continue;
		was = *entry;
		ie_set_bits(entry, 0);
		ie_set_object(entry, NULL);
		ipc_right_terminate(space,
		    IPC_NAME(i, IE_BITS_GEN(was.ie_bits)), &was, &gc);
		ipc_gc_run(&gc);
	}
	mach_counter_gone(MACH_COUNTER_NAMES, space->is_count);
	space->is_count = 0;
	ipc_space_unreserve(space, space->is_reserved);
}

uint32_t
ipc_space_size(struct ipc_space *space)
{
	struct ipc_directory *dir;

	dir = space->is_directory;
	return (dir == NULL ? 0 : dir->id_nchunks * IPC_SPACE_CHUNK);
}

struct ipc_entry *
ipc_entry_at(struct ipc_space *space, uint32_t index)
{
	struct ipc_directory *dir;
	struct ipc_entry *chunk;
	uint32_t c;

	c = index / IPC_SPACE_CHUNK;
	dir = space->is_directory;
	if (index == 0 || dir == NULL || c >= dir->id_nchunks)
		return (NULL);
	chunk = dir->id_chunks[c];
	return (chunk == NULL ? NULL : &chunk[index % IPC_SPACE_CHUNK]);
}

/* The same without the lock: what it returns stays an entry of that index. */
static struct ipc_entry *
ipc_entry_peek(struct ipc_space *space, uint32_t index)
{
	struct ipc_directory *dir;
	struct ipc_entry *chunk;
	uint32_t c;

	c = index / IPC_SPACE_CHUNK;
	dir = (struct ipc_directory *)atomic_load_acq_ptr(
	    (volatile uintptr_t *)&space->is_directory);
	if (index == 0 || dir == NULL || c >= dir->id_nchunks)
		return (NULL);
	chunk = (struct ipc_entry *)atomic_load_acq_ptr(
	    (volatile uintptr_t *)&dir->id_chunks[c]);
	return (chunk == NULL ? NULL : &chunk[index % IPC_SPACE_CHUNK]);
}

struct ipc_object *
ipc_entry_object(struct ipc_space *space, mach_port_name_t name,
    mach_port_type_t types, struct ipc_lookup *look)
{
	struct ipc_entry *entry;
	struct ipc_object *object;
	uint32_t bits;

	entry = ipc_entry_peek(space, IPC_NAME_INDEX(name));
	if (entry == NULL)
		return (NULL);
	look->il_entry = entry;
	look->il_reuses = atomic_load_acq_32(&space->is_reuses);
	bits = atomic_load_acq_32(&entry->ie_bits);
	if (IE_BITS_GEN(bits) != IPC_NAME_GEN(name) || (bits & types) == 0)
		return (NULL);
	object = (struct ipc_object *)atomic_load_acq_ptr(
	    (volatile uintptr_t *)&entry->ie_object);
	if (object == NULL || !ipc_object_tryhold(object))
		return (NULL);
	if (!ipc_entry_still(space, name, types, look)) {
		/* It may be another object in the place of the old one. */
		ipc_object_drop(object);
		return (NULL);
	}
	return (object);
}

struct ipc_entry *
ipc_entry_lookup(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;

	sx_assert(&space->is_lock, SA_LOCKED);
	/* Once terminated, the table belongs to ipc_space_terminate(). */
	if (!space->is_active)
		return (NULL);
	entry = ipc_entry_at(space, IPC_NAME_INDEX(name));
	if (entry == NULL || IE_BITS_TYPE(entry->ie_bits) == 0 ||
	    IE_BITS_GEN(entry->ie_bits) != IPC_NAME_GEN(name))
		return (NULL);
	return (entry);
}

/* The entry starts a life, with a generation that it may have had before. */
static void
ipc_entry_set_gen(struct ipc_space *space, struct ipc_entry *entry,
    uint32_t gen, uint32_t flags)
{

	if (gen <= IE_BITS_GEN(entry->ie_bits))
		atomic_store_rel_32(&space->is_reuses, space->is_reuses + 1);
	ie_set_bits(entry, (gen << IE_BITS_GEN_SHIFT) | flags);
}

/* Memory of the table, on account; NULL: none, or no more. */
static void *
ipc_space_malloc(struct ipc_space *space, size_t size)
{
	void *p;

	if (space->is_quota != NULL &&
	    !mach_quota_charge(space->is_quota, MACH_RES_KMEM, size))
		return (NULL);
	p = malloc(size, M_MACH_SPACE, M_NOWAIT | M_ZERO);
	if (p == NULL && space->is_quota != NULL)
		mach_quota_uncharge(space->is_quota, MACH_RES_KMEM, size);
	return (p);
}

/* Make the entry of an index exist. */
static struct ipc_entry *
ipc_entry_make(struct ipc_space *space, uint32_t index)
{
	struct ipc_directory *dir, *old;
	struct ipc_entry *chunk;
	uint32_t c, i, n;

	c = index / IPC_SPACE_CHUNK;
	dir = space->is_directory;
	if (dir == NULL || c >= dir->id_nchunks) {
		old = dir;
		n = old == NULL ? 4 : old->id_nchunks * 2;
		while (n <= c)
			n *= 2;
		dir = ipc_space_malloc(space, DIRECTORY_KMEM(n));
		if (dir == NULL)
			return (NULL);
		for (i = 0; old != NULL && i < old->id_nchunks; i++)
			dir->id_chunks[i] = old->id_chunks[i];
		dir->id_nchunks = n;
		dir->id_older = old;
		atomic_store_rel_ptr(
		    (volatile uintptr_t *)&space->is_directory,
		    (uintptr_t)dir);
	}
	chunk = dir->id_chunks[c];
	if (chunk == NULL) {
		chunk = ipc_space_malloc(space, CHUNK_KMEM);
		if (chunk == NULL)
			return (NULL);
		for (i = 0; i < IPC_SPACE_CHUNK; i++)
			chunk[i].ie_bits =
			    (uint32_t)IPC_GEN_FIRST << IE_BITS_GEN_SHIFT;
		atomic_store_rel_ptr((volatile uintptr_t *)&dir->id_chunks[c],
		    (uintptr_t)chunk);
	}
	return (&chunk[index % IPC_SPACE_CHUNK]);
}

static void
ipc_entry_unfree(struct ipc_space *space, uint32_t index,
    struct ipc_entry *entry)
{
	uint32_t next, prev;

	KASSERT((entry->ie_bits & IE_BITS_FREE) != 0, ("not on the list"));
	next = entry->ie_next;
	prev = entry->ie_scratch;
	if (prev != 0)
		ipc_entry_at(space, prev)->ie_next = next;
	else {
		KASSERT(space->is_free_head == index, ("free list head"));
		space->is_free_head = next;
	}
	if (next != 0)
		ipc_entry_at(space, next)->ie_scratch = prev;
	else {
		KASSERT(space->is_free_tail == index, ("free list tail"));
		space->is_free_tail = prev;
	}
	space->is_nfree--;
	entry->ie_next = entry->ie_scratch = 0;
	ie_set_bits(entry, entry->ie_bits & ~IE_BITS_FREE);
}

static kern_return_t
ipc_entry_room(struct ipc_space *space)
{

	sx_assert(&space->is_lock, SA_XLOCKED);
	if (!space->is_active)
		return (KERN_INVALID_TASK);
	if (space->is_count >= mach_limit(MACH_LIMIT_TASK_NAMES)) {
		mach_counter_failed(MACH_COUNTER_NAMES);
		mach_limit_hit(MACH_LIMIT_TASK_NAMES, space->is_quota);
		return (KERN_NO_SPACE);
	}
	if (space->is_count >= space->is_reserved &&
	    !ipc_space_reserve(space)) {
		mach_counter_failed(MACH_COUNTER_NAMES);
		return (KERN_RESOURCE_SHORTAGE);
	}
	return (KERN_SUCCESS);
}

static void
ipc_entry_taken(struct ipc_space *space, struct ipc_entry *entry)
{

	ie_set_object(entry, NULL);
	entry->ie_request = 0;
	entry->ie_next = 0;
	entry->ie_scratch = 0;
	space->is_count++;
	(void)mach_counter_made(MACH_COUNTER_NAMES);
}

kern_return_t
ipc_entry_alloc(struct ipc_space *space, mach_port_name_t *namep,
    struct ipc_entry **entryp)
{
	struct ipc_entry *entry;
	kern_return_t kr;
	uint32_t index;

	kr = ipc_entry_room(space);
	if (kr != KERN_SUCCESS)
		return (kr);

	entry = NULL;
	index = 0;
	if (space->is_nfree < IPC_SPACE_MIN_FREE) {
		/* Rather a fresh index than a name used not long ago. */
		while (space->is_fresh < IPC_SPACE_INDEX_MAX) {
			entry = ipc_entry_make(space, space->is_fresh);
			if (entry == NULL)
				break;
			index = space->is_fresh++;
			if (IE_BITS_TYPE(entry->ie_bits) == 0 &&
			    (entry->ie_bits & IE_BITS_FREE) == 0)
				break;
			entry = NULL;	/* its user chose the name */
		}
	}
	if (entry == NULL) {
		index = space->is_free_head;
		if (index == 0)
			return (space->is_fresh >= IPC_SPACE_INDEX_MAX ?
			    KERN_NO_SPACE : KERN_RESOURCE_SHORTAGE);
		entry = ipc_entry_at(space, index);
		ipc_entry_unfree(space, index, entry);
	}
	ipc_entry_taken(space, entry);
	*namep = IPC_NAME(index, IE_BITS_GEN(entry->ie_bits));
	*entryp = entry;
	return (KERN_SUCCESS);
}

kern_return_t
ipc_entry_name_free(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	kern_return_t kr;
	uint32_t index;

	index = IPC_NAME_INDEX(name);
	if (index == 0)
		return (KERN_INVALID_VALUE);
	kr = ipc_entry_room(space);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (index >= IPC_SPACE_INDEX_MAX)
		return (KERN_NO_SPACE);
	entry = ipc_entry_at(space, index);
	if (entry == NULL || IE_BITS_TYPE(entry->ie_bits) == 0)
		return (KERN_SUCCESS);
	/* The index is what is taken, whatever the generation. */
	return (IE_BITS_GEN(entry->ie_bits) == IPC_NAME_GEN(name) ?
	    KERN_NAME_EXISTS : KERN_FAILURE);
}

kern_return_t
ipc_entry_alloc_name(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry **entryp)
{
	struct ipc_entry *entry;
	kern_return_t kr;
	uint32_t index;

	kr = ipc_entry_name_free(space, name);
	if (kr != KERN_SUCCESS)
		return (kr);
	index = IPC_NAME_INDEX(name);
	entry = ipc_entry_make(space, index);
	if (entry == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if ((entry->ie_bits & IE_BITS_FREE) != 0)
		ipc_entry_unfree(space, index, entry);
	if (IE_BITS_GEN(entry->ie_bits) != IPC_NAME_GEN(name))
		ipc_entry_set_gen(space, entry, IPC_NAME_GEN(name), 0);
	ipc_entry_taken(space, entry);
	*entryp = entry;
	return (KERN_SUCCESS);
}

void
ipc_entry_dealloc(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry)
{
	uint32_t gen, index;

	sx_assert(&space->is_lock, SA_XLOCKED);
	KASSERT(entry->ie_object == NULL && entry->ie_request == 0,
	    ("freeing a name in use"));
	index = IPC_NAME_INDEX(name);
	gen = (IE_BITS_GEN(entry->ie_bits) + 1) & 0xff;
	ipc_entry_set_gen(space, entry, gen, IE_BITS_FREE);
	entry->ie_next = 0;
	entry->ie_scratch = space->is_free_tail;
	if (space->is_free_tail != 0)
		ipc_entry_at(space, space->is_free_tail)->ie_next = index;
	else
		space->is_free_head = index;
	space->is_free_tail = index;
	space->is_nfree++;
	space->is_count--;
	mach_counter_gone(MACH_COUNTER_NAMES, 1);
	if (space->is_reserved - space->is_count >= 2 * NAMES_AT_ONCE)
		ipc_space_unreserve(space, NAMES_AT_ONCE);
}

static uint32_t
ipc_hash(struct ipc_space *space, struct ipc_object *object)
{
	uint64_t h;

	h = (uint64_t)(uintptr_t)object >> 5;
	h *= 0x9e3779b97f4a7c15ULL;
	return ((uint32_t)(h >> 32) & space->is_hashmask);
}

/* Room for one more; without memory the chains just get longer. */
static void
ipc_hash_grow(struct ipc_space *space)
{
	struct ipc_entry *entry;
	uint32_t b, *hash, i, n, next, old, *oldhash;

	old = space->is_hash == NULL ? 0 : space->is_hashmask + 1;
	if (old != 0 && space->is_nhashed < old)
		return;
	n = old == 0 ? HASH_MIN : old * 2;
	hash = malloc(n * sizeof(*hash), M_MACH_SPACE,
	    M_ZERO | (old == 0 ? M_WAITOK : M_NOWAIT));
	if (hash == NULL)
		return;
	oldhash = space->is_hash;
	space->is_hash = hash;
	space->is_hashmask = n - 1;
	for (b = 0; b < old; b++) {
		for (i = oldhash[b]; i != 0; i = next) {
			entry = ipc_entry_at(space, i);
			next = entry->ie_next;
			entry->ie_next = hash[ipc_hash(space,
			    entry->ie_object)];
			hash[ipc_hash(space, entry->ie_object)] = i;
		}
	}
	free(oldhash, M_MACH_SPACE);
}

void
ipc_hash_insert(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry)
{
	uint32_t h;

	sx_assert(&space->is_lock, SA_XLOCKED);
	ipc_hash_grow(space);
	h = ipc_hash(space, entry->ie_object);
	entry->ie_next = space->is_hash[h];
	space->is_hash[h] = IPC_NAME_INDEX(name);
	space->is_nhashed++;
}

void
ipc_hash_remove(struct ipc_space *space, mach_port_name_t name,
    struct ipc_entry *entry)
{
	uint32_t index, *link;

	sx_assert(&space->is_lock, SA_XLOCKED);
	index = IPC_NAME_INDEX(name);
	link = &space->is_hash[ipc_hash(space, entry->ie_object)];
	while (*link != index) {
		KASSERT(*link != 0, ("send right not in the hash"));
		link = &ipc_entry_at(space, *link)->ie_next;
	}
	*link = entry->ie_next;
	entry->ie_next = 0;
	space->is_nhashed--;
}

bool
ipc_hash_lookup(struct ipc_space *space, struct ipc_object *object,
    mach_port_name_t *namep, struct ipc_entry **entryp)
{
	struct ipc_entry *entry;
	uint32_t i;

	sx_assert(&space->is_lock, SA_LOCKED);
	if (space->is_hash == NULL)
		return (false);
	for (i = space->is_hash[ipc_hash(space, object)]; i != 0;
	    i = entry->ie_next) {
		entry = ipc_entry_at(space, i);
		if (entry->ie_object == object) {
			*namep = IPC_NAME(i, IE_BITS_GEN(entry->ie_bits));
			*entryp = entry;
			return (true);
		}
	}
	return (false);
}
