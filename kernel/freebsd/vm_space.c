/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of other processes.  Contract: kernel/kern/vm_space.h.
 *
 * A vm_space is a reference on a vmspace.  An exec empties and uses the vmspace
 * again only if nobody else has a reference, and asks that after it has set
 * P_INEXEC: when that is clear while a reference is held, the vmspace is and
 * stays that of the image whose task port was alive then.  Pages are held
 * one at a time while their bytes move.
 *
 * No locks: the functions of the VM take their own.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/rwlock.h>
#include <sys/uio.h>

#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_extern.h>

#include <mach/vm_statistics.h>

#include <kernel/kern/vm_space.h>
#include <kernel/freebsd/vm_map_user.h>
#include <kernel/freebsd/vm_share.h>

#include MACH_COMPAT_H

struct vm_space {
	struct vmspace	*vs_vmspace;
	vm_offset_t	 vs_low;	/* where allocations begin */
	rlim_t		 vs_limit;	/* bytes of address space */
};

static MALLOC_DEFINE(M_MACH_SPACE, "mach_space", "Memory of other tasks");

struct vm_space *
vm_space_of(struct proc *p)
{
	struct vm_space *space;
	struct vmspace *vm;
	rlim_t data;
	bool steady;

	vm = vmspace_acquire_ref(p);
	if (vm == NULL)
		return (NULL);
	space = malloc(sizeof(*space), M_MACH_SPACE, M_WAITOK);
	space->vs_vmspace = vm;
	PROC_LOCK(p);
	steady = (p->p_flag & (P_INEXEC | P_WEXIT)) == 0 &&
	    p->p_vmspace == vm;
	data = lim_max_proc(p, RLIMIT_DATA);
	space->vs_limit = lim_cur_proc(p, RLIMIT_VMEM);
	PROC_UNLOCK(p);
	/* As mmap(2): beyond what the heap may become. */
	space->vs_low = round_page((vm_offset_t)vm->vm_daddr + data);
	if (steady)
		return (space);
	vm_space_drop(space);
	return (NULL);
}

void
vm_space_drop(struct vm_space *space)
{

	vmspace_free(space->vs_vmspace);
	free(space, M_MACH_SPACE);
}

/*
 * [addr, addr + size) rounded out to pages.  False if it leaves the address
 * space.
 */
static bool
vm_map_round(vm_map_t map, mach_vm_offset_t addr, mach_vm_size_t size,
    vm_offset_t *start, vm_offset_t *end)
{

	if (addr + size < addr || addr + size > vm_map_max(map))
		return (false);
	*start = trunc_page((vm_offset_t)addr);
	*end = round_page((vm_offset_t)(addr + size));
	return (*start >= vm_map_min(map) && *end <= vm_map_max(map));
}

kern_return_t
vm_space_check(struct vm_space *space, mach_vm_offset_t addr,
    mach_vm_size_t size, int prot)
{
	vm_map_t map;
	vm_offset_t end, start;
	bool allowed, mapped;

	map = &space->vs_vmspace->vm_map;
	if (!vm_map_round(map, addr, size, &start, &end))
		return (KERN_INVALID_ADDRESS);
	vm_map_lock_read(map);
	mapped = vm_map_check_protection(map, start, end, VM_PROT_NONE);
	allowed = vm_map_check_protection(map, start, end, (vm_prot_t)prot);
	vm_map_unlock_read(map);
	return (!mapped ? KERN_INVALID_ADDRESS :
	    allowed ? KERN_SUCCESS : KERN_PROTECTION_FAILURE);
}

/* A page at a time. */
static kern_return_t
vm_space_move(struct vm_space *space, mach_vm_offset_t addr, void *buf,
    size_t size, enum uio_rw rw)
{
	struct iovec iov;
	struct uio uio;
	vm_map_t map;
	vm_offset_t at, end, start;
	vm_page_t page;
	vm_prot_t prot;
	size_t n;
	int error;

	map = &space->vs_vmspace->vm_map;
	if (!vm_map_round(map, addr, size, &start, &end))
		return (KERN_INVALID_ADDRESS);
	/* rw is that of the uio: a read takes bytes from the page. */
	prot = rw == UIO_READ ? VM_PROT_READ : VM_PROT_READ | VM_PROT_WRITE;
	iov.iov_base = buf;
	iov.iov_len = size;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = 0;
	uio.uio_resid = (ssize_t)size;
	uio.uio_segflg = UIO_SYSSPACE;
	uio.uio_rw = rw;
	uio.uio_td = curthread;
	for (at = (vm_offset_t)addr; size != 0; at += n, size -= n) {
		n = MIN(size, PAGE_SIZE - (at & PAGE_MASK));
		if (vm_fault_quick_hold_pages(map, at, n, prot, &page, 1) != 1)
			return (KERN_INVALID_ADDRESS);
		error = uiomove_fromphys(&page, at & PAGE_MASK, (int)n, &uio);
		/* It may hold instructions. */
		if (rw == UIO_WRITE)
			vm_sync_icache(map, at, n);
		vm_page_unhold_pages(&page, 1);
		if (error != 0)
			return (KERN_INVALID_ADDRESS);
	}
	return (KERN_SUCCESS);
}

kern_return_t
vm_space_read(struct vm_space *space, mach_vm_offset_t addr, void *buf,
    size_t size)
{

	return (vm_space_move(space, addr, buf, size, UIO_READ));
}

kern_return_t
vm_space_write(struct vm_space *space, mach_vm_offset_t addr, const void *buf,
    size_t size)
{

	return (vm_space_move(space, addr, __DECONST(void *, buf), size,
	    UIO_WRITE));
}

/*
 * Size is a multiple of pages.  Where it may be shared one day it has an object
 * of its own: the system extends objects of plain memory by their neighbours.
 */
static kern_return_t
vm_map_anon(vm_map_t map, vm_offset_t *addr, vm_size_t size, int flags)
{
	vm_object_t object;
	int error;

	object = NULL;
	if (size >= VM_SHARE_MIN)
		object = mach_compat_vm_object_anon(atop(size));
	error = vm_mmap_object(map, addr, size,
	    VM_PROT_READ | VM_PROT_WRITE, VM_PROT_ALL, MAP_PRIVATE | flags |
	    (object == NULL ? MAP_ANON : 0), object, 0, FALSE, curthread);
	if (error != 0 && object != NULL)
		vm_object_deallocate(object);
	return (error == 0 ? KERN_SUCCESS : KERN_NO_SPACE);
}

kern_return_t
vm_map_user_allocate(vm_map_t map, vm_offset_t low, mach_vm_offset_t *addr,
    mach_vm_size_t size, int flags)
{
	vm_offset_t end, start;
	kern_return_t kr;

	if (size == 0) {
		*addr = 0;
		return (KERN_SUCCESS);
	}
	if ((flags & VM_FLAGS_ANYWHERE) != 0) {
		if (size > vm_map_max(map))
			return (KERN_NO_SPACE);
		start = low;
		kr = vm_map_anon(map, &start, round_page((vm_size_t)size), 0);
		if (kr != KERN_SUCCESS && low > PAGE_SIZE) {
			start = PAGE_SIZE;
			kr = vm_map_anon(map, &start,
			    round_page((vm_size_t)size), 0);
		}
	} else {
		if (!vm_map_round(map, *addr, size, &start, &end))
			return (KERN_INVALID_ADDRESS);
		kr = vm_map_anon(map, &start, end - start,
		    (flags & VM_FLAGS_OVERWRITE) != 0 ? MAP_FIXED :
		    MAP_FIXED | MAP_EXCL);
	}
	if (kr == KERN_SUCCESS)
		*addr = start;
	return (kr);
}

kern_return_t
vm_map_user_deallocate(vm_map_t map, mach_vm_offset_t addr,
    mach_vm_size_t size)
{
	vm_offset_t end, start;

	if (size == 0)
		return (KERN_SUCCESS);
	if (!vm_map_round(map, addr, size, &start, &end))
		return (KERN_INVALID_ADDRESS);
	(void)vm_map_remove(map, start, end);
	return (KERN_SUCCESS);
}

kern_return_t
vm_map_user_protect(vm_map_t map, mach_vm_offset_t addr, mach_vm_size_t size,
    bool set_maximum, int prot)
{
	vm_offset_t end, start;

	if ((prot & ~VM_PROT_ALL) != 0)
		return (KERN_INVALID_ARGUMENT);
	if (size == 0)
		return (KERN_SUCCESS);
	if (!vm_map_round(map, addr, size, &start, &end))
		return (KERN_INVALID_ADDRESS);
	/* FreeBSD's codes for this are Mach's. */
	return (mach_compat_vm_map_protect(map, start, end, (vm_prot_t)prot,
	    set_maximum));
}

/* The system looks at the current process's limit only. */
kern_return_t
vm_space_allocate(struct vm_space *space, mach_vm_offset_t *addr,
    mach_vm_size_t size, int flags)
{
	vm_map_t map;

	map = &space->vs_vmspace->vm_map;
	if (map != &curproc->p_vmspace->vm_map && space->vs_limit !=
	    RLIM_INFINITY && ((rlim_t)map->size > space->vs_limit ||
	    size > space->vs_limit - map->size))
		return (KERN_NO_SPACE);
	return (vm_map_user_allocate(map, space->vs_low, addr, size, flags));
}

kern_return_t
vm_space_deallocate(struct vm_space *space, mach_vm_offset_t addr,
    mach_vm_size_t size)
{

	return (vm_map_user_deallocate(&space->vs_vmspace->vm_map, addr,
	    size));
}

kern_return_t
vm_space_protect(struct vm_space *space, mach_vm_offset_t addr,
    mach_vm_size_t size, bool set_maximum, int prot)
{

	return (vm_map_user_protect(&space->vs_vmspace->vm_map, addr, size,
	    set_maximum, prot));
}
