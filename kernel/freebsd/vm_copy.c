/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory on the FreeBSD VM.  Contract: kernel/kern/vm_copy.h.
 *
 * A snapshot is an anonymous VM object: the sender's own when nothing can
 * change it any more (vm_share.c), else a new one with a copy.  Its pages
 * become the receiver's: the object is mapped there copy-on-write, and is from
 * then on memory like any other private one.
 *
 * Snapshots are charged to the sender by the message that holds them, and have
 * swap reserved in the sender's name.  At the receipt that goes over to the
 * receiver, whose limits of address space (RLIMIT_VMEM, RACCT_VMEM) the system
 * checks as for mmap(2).
 *
 * No locks: a snapshot has one owner, the functions of the VM take their own.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/rwlock.h>
#include <sys/ucred.h>
#include <sys/uio.h>

#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>

#include <mach/vm_statistics.h>

#include <kernel/kern/limits.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/kern/vm_copy.h>
#include <kernel/freebsd/vm_share.h>

#include MACH_COMPAT_H

struct vm_copy {
	vm_object_t	 vc_object;
	size_t		 vc_size;
	struct ucred	*vc_cred;	/* whose swap is reserved */
};

static MALLOC_DEFINE(M_MACH_VM, "mach_vm", "Mach out-of-line memory");

static vm_map_t
vm_copy_map(void)
{

	return (&curproc->p_vmspace->vm_map);
}

bool
vm_copy_range_ok(mach_vm_offset_t addr, mach_vm_size_t size)
{
	vm_map_t map;

	map = vm_copy_map();
	return (addr + size >= addr && addr >= vm_map_min(map) &&
	    addr + size <= vm_map_max(map));
}

/* A snapshot with swap for it, no object yet; or NULL. */
static struct vm_copy *
vm_copy_alloc(mach_vm_size_t size)
{
	struct vm_copy *copy;

	if (!swap_reserve(round_page(size)))
		return (NULL);
	copy = malloc(sizeof(*copy), M_MACH_VM, M_WAITOK);
	copy->vc_size = (size_t)size;
	copy->vc_cred = crhold(curthread->td_ucred);
	copy->vc_object = NULL;
	return (copy);
}

/*
 * The copy.  The last page is zero past the end: uiomove_object() makes whole
 * pages.
 */
static bool
vm_copy_fill(struct vm_copy *copy, void *data, enum uio_seg segment)
{
	struct iovec iov;
	struct uio uio;

	copy->vc_object = mach_compat_vm_object_anon(
	    atop(round_page(copy->vc_size)));
	iov.iov_base = data;
	iov.iov_len = copy->vc_size;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = 0;
	uio.uio_resid = (ssize_t)copy->vc_size;
	uio.uio_segflg = segment;
	uio.uio_rw = UIO_WRITE;
	uio.uio_td = curthread;
	return (uiomove_object(copy->vc_object, (off_t)copy->vc_size,
	    &uio) == 0);
}

/* The object is somebody else's: what is left of the snapshot. */
static void
vm_copy_free(struct vm_copy *copy)
{

	swap_release_by_cred(round_page(copy->vc_size), copy->vc_cred);
	crfree(copy->vc_cred);
	free(copy, M_MACH_VM);
}

void
vm_copy_discard(struct vm_copy *copy)
{

	vm_object_deallocate(copy->vc_object);
	vm_copy_free(copy);
}

kern_return_t
vm_copyin(mach_vm_offset_t addr, mach_vm_size_t size, bool give,
    struct vm_copy **copyp)
{
	struct vm_copy *copy;

	/* Before memory is spent on a size that cannot be right. */
	if (!vm_copy_range_ok(addr, size))
		return (KERN_INVALID_ADDRESS);
	copy = vm_copy_alloc(size);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	copy->vc_object = vm_share(vm_copy_map(), (vm_offset_t)addr,
	    (vm_size_t)size, give);
	if (copy->vc_object == NULL && !vm_copy_fill(copy,
	    mach_user_ptr(addr, size), UIO_USERSPACE)) {
		vm_copy_discard(copy);
		return (KERN_INVALID_ADDRESS);
	}
	*copyp = copy;
	return (KERN_SUCCESS);
}

void
vm_copy_given(struct vm_copy *copy __unused, mach_vm_offset_t addr,
    mach_vm_size_t size)
{

	(void)vm_user_deallocate(addr, size);
}

kern_return_t
vm_copy_from_kernel(const void *data, mach_vm_size_t size,
    struct vm_copy **copyp)
{
	struct vm_copy *copy;

	copy = vm_copy_alloc(size);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (!vm_copy_fill(copy, __DECONST(void *, data), UIO_SYSSPACE)) {
		vm_copy_discard(copy);
		return (KERN_RESOURCE_SHORTAGE);
	}
	*copyp = copy;
	return (KERN_SUCCESS);
}

kern_return_t
vm_copyout(struct vm_copy *copy, mach_vm_offset_t *addrp)
{
	vm_offset_t addr;
	int error;

	addr = 0;
	error = vm_mmap_object(vm_copy_map(), &addr,
	    round_page(copy->vc_size), VM_PROT_READ | VM_PROT_WRITE,
	    VM_PROT_ALL, MAP_PRIVATE | MAP_PREFAULT_READ, copy->vc_object, 0,
	    FALSE, curthread);
	if (error != 0)
		return (KERN_NO_SPACE);
	vm_copy_free(copy);
	*addrp = addr;
	return (KERN_SUCCESS);
}

mach_vm_size_t
vm_copy_size(const struct vm_copy *copy)
{

	return (copy->vc_size);
}

/*
 * Memory of the current process; size is a multiple of pages.  Where it may be
 * shared one day it has an object of its own: the system extends objects of
 * plain memory by their neighbours.
 */
static kern_return_t
vm_copy_map_anon(vm_offset_t *addr, vm_size_t size, int flags)
{
	vm_object_t object;
	int error;

	object = NULL;
	if (size >= VM_SHARE_MIN)
		object = mach_compat_vm_object_anon(atop(size));
	error = vm_mmap_object(vm_copy_map(), addr, size,
	    VM_PROT_READ | VM_PROT_WRITE, VM_PROT_ALL, MAP_PRIVATE | flags |
	    (object == NULL ? MAP_ANON : 0), object, 0, FALSE, curthread);
	if (error != 0 && object != NULL)
		vm_object_deallocate(object);
	return (error == 0 ? KERN_SUCCESS : KERN_NO_SPACE);
}

/*
 * [addr, addr + size) rounded out to pages.  False if it leaves the address
 * space.
 */
static bool
vm_copy_round(mach_vm_offset_t addr, mach_vm_size_t size, vm_offset_t *start,
    vm_offset_t *end)
{

	if (addr + size < addr || addr + size > vm_map_max(vm_copy_map()))
		return (false);
	*start = trunc_page((vm_offset_t)addr);
	*end = round_page((vm_offset_t)(addr + size));
	return (*start >= vm_map_min(vm_copy_map()) &&
	    *end <= vm_map_max(vm_copy_map()));
}

kern_return_t
vm_user_allocate(mach_vm_offset_t *addr, mach_vm_size_t size, int flags)
{
	vm_offset_t end, start;
	kern_return_t kr;

	if (size == 0) {
		*addr = 0;
		return (KERN_SUCCESS);
	}
	if ((flags & VM_FLAGS_ANYWHERE) != 0) {
		if (size > vm_map_max(vm_copy_map()))
			return (KERN_NO_SPACE);
		start = 0;
		kr = vm_copy_map_anon(&start, round_page((vm_size_t)size), 0);
	} else {
		if (!vm_copy_round(*addr, size, &start, &end))
			return (KERN_INVALID_ADDRESS);
		kr = vm_copy_map_anon(&start, end - start,
		    (flags & VM_FLAGS_OVERWRITE) != 0 ? MAP_FIXED :
		    MAP_FIXED | MAP_EXCL);
	}
	if (kr == KERN_SUCCESS)
		*addr = start;
	return (kr);
}

kern_return_t
vm_user_deallocate(mach_vm_offset_t addr, mach_vm_size_t size)
{
	vm_offset_t end, start;

	if (size == 0)
		return (KERN_SUCCESS);
	if (!vm_copy_round(addr, size, &start, &end))
		return (KERN_INVALID_ADDRESS);
	(void)vm_map_remove(vm_copy_map(), start, end);
	return (KERN_SUCCESS);
}

kern_return_t
vm_user_protect(mach_vm_offset_t addr, mach_vm_size_t size, bool set_maximum,
    int prot)
{
	vm_offset_t end, start;

	if ((prot & ~VM_PROT_ALL) != 0)
		return (KERN_INVALID_ARGUMENT);
	if (size == 0)
		return (KERN_SUCCESS);
	if (!vm_copy_round(addr, size, &start, &end))
		return (KERN_INVALID_ADDRESS);
	/* FreeBSD's codes for this are Mach's. */
	return (mach_compat_vm_map_protect(vm_copy_map(), start, end,
	    (vm_prot_t)prot, set_maximum));
}

/*
 * A quarter of the kernel's memory may be in tables and messages, and as much
 * in out-of-line memory, half of that of one task, unless the administrator
 * says otherwise.
 */
int
vm_copy_init(void)
{

	mach_limit_lower(MACH_LIMIT_SYSTEM_KMEM, vm_kmem_size / 4);
	mach_limit_lower(MACH_LIMIT_SYSTEM_OOL, vm_kmem_size / 4);
	mach_limit_lower(MACH_LIMIT_OF(MACH_RES_MESSAGES, MACH_LEVEL_TASK),
	    vm_kmem_size / 8);
	mach_limit_lower(MACH_LIMIT_OF(MACH_RES_OOL, MACH_LEVEL_TASK),
	    vm_kmem_size / 8);
	return (0);
}

void
vm_copy_fini(void)
{
}
