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
 * backing object and one map entry, which covers all of it; that entry is
 * replaced by one marked for copy-on-write, with the map locked throughout;
 * and then no page may be held.  Everything else is copied.
 *
 * That the entry covers the object also means that who keeps a snapshot keeps
 * nothing besides it.  vm_user_allocate() makes such memory.
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

/* Does the entry have an object of its own, plain private memory? */
static bool
vm_share_fits(vm_map_entry_t entry, vm_offset_t addr, vm_size_t size)
{
	vm_object_t object;
	bool fits;

	if (entry->start != addr || entry->end != addr + size ||
	    (entry->eflags & ~(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)) != 0 ||
	    entry->inheritance != VM_INHERIT_DEFAULT ||
	    entry->wired_count != 0 ||
	    entry->protection != (VM_PROT_READ | VM_PROT_WRITE) ||
	    entry->offset != 0)
		return (false);
	object = entry->object.vm_object;
	if (object == NULL)
		return (false);
	VM_OBJECT_RLOCK(object);
	fits = mach_compat_vm_object_is_anon(object) &&
	    object->ref_count == 1 && object->backing_object == NULL &&
	    object->size == atop(size);
	VM_OBJECT_RUNLOCK(object);
	return (fits);
}

/*
 * The same memory, marked for copy-on-write.  The new entry has a reference of
 * its own.  False: no swap is left for the copy that the sender may need.
 */
static bool
vm_share_replace(vm_map_t map, vm_map_entry_t entry, vm_object_t object,
    bool give)
{
	vm_offset_t end, start;
	vm_prot_t max;
	int error __diagused;

	start = entry->start;
	end = entry->end;
	max = entry->max_protection;
	if (!swap_reserve(end - start))
		return (false);
	vm_object_reference(object);
	(void)vm_map_delete(map, start, end);
	error = vm_map_insert(map, object, 0, start, end,
	    VM_PROT_READ | VM_PROT_WRITE, max, MAP_COPY_ON_WRITE |
	    MAP_ACC_CHARGED | (give ? 0 : MAP_PREFAULT));
	KASSERT(error == KERN_SUCCESS, ("%s: no room in %p", __func__, map));
	return (true);
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
	bool ok;

	if (size < VM_SHARE_MIN || ((addr | size) & PAGE_MASK) != 0)
		return (NULL);
	object = NULL;
	vm_map_lock(map);
	ok = vm_map_lookup_entry(map, addr, &entry) &&
	    vm_share_fits(entry, addr, size);
	if (ok) {
		object = entry->object.vm_object;
		vm_object_reference(object);
		/*
		 * It has one mapping no longer: else pages go with the end of
		 * an entry.  The system sets the flag again when one reference
		 * is left.
		 */
		VM_OBJECT_WLOCK(object);
		vm_object_clear_flag(object, OBJ_ONEMAPPING);
		VM_OBJECT_WUNLOCK(object);
		ok = ((entry->eflags & MAP_ENTRY_NEEDS_COPY) != 0 ||
		    vm_share_replace(map, entry, object, give)) &&
		    !vm_share_held(object);
	}
	vm_map_unlock(map);
	if (!ok && object != NULL) {
		vm_object_deallocate(object);
		object = NULL;
	}
	return (object);
}
