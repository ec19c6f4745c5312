/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory without a copy: a snapshot that is the sender's own
 * object, which sender and receiver then have copy-on-write, as parent and
 * child have memory after fork(2).
 *
 * A snapshot must not change.  Pages of an object change through mappings that
 * are not marked for copy-on-write, through pages that somebody holds to write
 * to them (read(2) under way, ptrace(2), DMA), and by whoever else has the
 * object.  So only an anonymous object is taken that has one reference, no
 * backing object and one map entry; what the entry has of the range is replaced
 * by an entry marked for copy-on-write, with the map locked throughout; and
 * then no page may be held.  Everything else is copied.
 *
 * Who keeps a snapshot is to keep nothing besides it.  vm_user_allocate() makes
 * memory with an object of its own; of a larger object the range is first split
 * off, as at a fork(2).
 *
 * docs/decisions/0006-out-of-line-freebsd.md has what was looked at.
 *
 * Locks: the sender's map, then the object; both are the VM's.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/rwlock.h>

#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

#include <kernel/freebsd/vm_share.h>

#include MACH_COMPAT_H

/* Does the entry have all of its object, and that is the range? */
static bool
vm_share_whole(vm_map_entry_t entry, vm_offset_t addr, vm_size_t size)
{

	return (entry->start == addr && entry->end == addr + size &&
	    entry->offset == 0 && entry->object.vm_object->size == atop(size));
}

/* Is the range plain private memory, of an object that nobody else has? */
static bool
vm_share_fits(vm_map_entry_t entry, vm_offset_t addr, vm_size_t size)
{
	vm_object_t object;
	bool fits;

	if (entry->start > addr || entry->end < addr + size ||
	    (entry->eflags & ~(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)) != 0 ||
	    entry->inheritance != VM_INHERIT_DEFAULT ||
	    entry->wired_count != 0 ||
	    entry->protection != (VM_PROT_READ | VM_PROT_WRITE))
		return (false);
	object = entry->object.vm_object;
	if (object == NULL)
		return (false);
	VM_OBJECT_RLOCK(object);
	fits = mach_compat_vm_object_is_anon(object) &&
	    object->ref_count == 1 && object->backing_object == NULL &&
	    ((entry->eflags & MAP_ENTRY_NEEDS_COPY) == 0 ||
	    vm_share_whole(entry, addr, size));
	VM_OBJECT_RUNLOCK(object);
	return (fits);
}

/*
 * The same memory, marked for copy-on-write, in an entry of its own, which has
 * a reference of its own.  False: no swap is left for the copy that the sender
 * may need.
 */
static bool
vm_share_replace(vm_map_t map, vm_map_entry_t entry, vm_offset_t addr,
    vm_size_t size, bool give)
{
	vm_object_t object;
	vm_ooffset_t offset;
	vm_prot_t max;
	int error __diagused;

	if (!swap_reserve(size))
		return (false);
	object = entry->object.vm_object;
	offset = entry->offset + (addr - entry->start);
	max = entry->max_protection;
	vm_object_reference(object);
	(void)vm_map_delete(map, addr, addr + size);
	error = vm_map_insert(map, object, offset, addr, addr + size,
	    VM_PROT_READ | VM_PROT_WRITE, max, MAP_COPY_ON_WRITE |
	    MAP_ACC_CHARGED | (give ? 0 : MAP_PREFAULT));
	KASSERT(error == KERN_SUCCESS, ("%s: no room in %p", __func__, map));
	return (true);
}

/*
 * The pages of the entry at addr go to an object of their own, which is
 * returned with a reference; the one on the old object is consumed.  `flags`
 * are those that the old one had.
 */
static vm_object_t
vm_share_split(vm_map_t map, vm_offset_t addr, vm_object_t old, u_int flags)
{
	vm_map_entry_t entry;
	vm_object_t object;
	bool found __diagused;

	found = vm_map_lookup_entry(map, addr, &entry);
	KASSERT(found && entry->start == addr &&
	    entry->object.vm_object == old, ("%s: entry %p", __func__, entry));
	VM_OBJECT_WLOCK(old);
	vm_object_split(entry);
	object = entry->object.vm_object;
	vm_object_clear_flag(object, OBJ_ONEMAPPING);
	VM_OBJECT_WUNLOCK(object);
	vm_object_reference(object);
	/* What is left of it is mapped as often as before. */
	VM_OBJECT_WLOCK(old);
	vm_object_set_flag(old, flags & OBJ_ONEMAPPING);
	VM_OBJECT_WUNLOCK(old);
	vm_object_deallocate(old);
	return (object);
}

static bool
vm_share_held(vm_object_t object)
{
	vm_pindex_t i;
	vm_page_t m;
	bool held;

	held = false;
	VM_OBJECT_WLOCK(object);
	for (i = 0; i < object->size && !held; i++) {
		m = vm_page_lookup(object, i);
		held = m != NULL && mach_compat_vm_page_held(m);
	}
	VM_OBJECT_WUNLOCK(object);
	return (held);
}

vm_object_t
vm_share(vm_map_t map, vm_offset_t addr, vm_size_t size, bool give)
{
	vm_map_entry_t entry;
	vm_object_t object;
	u_int flags;
	bool ok, whole;

	if (size < VM_SHARE_MIN || ((addr | size) & PAGE_MASK) != 0)
		return (NULL);
	object = NULL;
	vm_map_lock(map);
	ok = vm_map_lookup_entry(map, addr, &entry) &&
	    vm_share_fits(entry, addr, size);
	if (ok) {
		whole = vm_share_whole(entry, addr, size);
		object = entry->object.vm_object;
		vm_object_reference(object);
		/*
		 * It has one mapping no longer: else pages go with the end of
		 * an entry.  The system sets the flag again when one reference
		 * is left.
		 */
		VM_OBJECT_WLOCK(object);
		flags = object->flags;
		vm_object_clear_flag(object, OBJ_ONEMAPPING);
		VM_OBJECT_WUNLOCK(object);
		ok = (entry->eflags & MAP_ENTRY_NEEDS_COPY) != 0 ||
		    vm_share_replace(map, entry, addr, size, give);
		if (ok && !whole)
			object = vm_share_split(map, addr, object, flags);
		ok = ok && !vm_share_held(object);
	}
	vm_map_unlock(map);
	if (!ok && object != NULL) {
		vm_object_deallocate(object);
		object = NULL;
	}
	return (object);
}
