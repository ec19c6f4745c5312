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
#include <vm/vm_page.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>

#include <kernel/kern/limits.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/kern/vm_copy.h>
#include <kernel/freebsd/vm_map_user.h>
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

static void
vm_copy_uio(struct uio *uio, struct iovec *iov, size_t offset, void *data,
    size_t size, enum uio_seg segment, enum uio_rw rw)
{

	iov->iov_base = data;
	iov->iov_len = size;
	uio->uio_iov = iov;
	uio->uio_iovcnt = 1;
	uio->uio_offset = (off_t)offset;
	uio->uio_resid = (ssize_t)size;
	uio->uio_segflg = segment;
	uio->uio_rw = rw;
	uio->uio_td = curthread;
}

/*
 * A new page, of which nothing is zeroed but what nothing is written to; so
 * uiomove_object() is not for it.  Nobody else has the object: the page may be
 * busy while it is filled.
 */
static bool
vm_copy_page(vm_object_t object, size_t size, struct uio *uio)
{
	vm_page_t m;
	int error;

	VM_OBJECT_WLOCK(object);
	m = vm_page_grab(object, OFF_TO_IDX(uio->uio_offset), VM_ALLOC_NORMAL);
	VM_OBJECT_WUNLOCK(object);
	error = uiomove_fromphys(&m, 0, (int)size, uio);
	if (size < PAGE_SIZE)
		pmap_zero_page_area(m, (int)size, PAGE_SIZE - (int)size);
	VM_OBJECT_WLOCK(object);
	if (error == 0)
		mach_compat_vm_page_filled(m);
	vm_page_xunbusy(m);
	VM_OBJECT_WUNLOCK(object);
	return (error == 0);
}

/* Bytes of it from somewhere, whole pages but for the last. */
static bool
vm_copy_write(struct vm_copy *copy, size_t offset, void *data, size_t size,
    enum uio_seg segment)
{
	struct iovec iov;
	struct uio uio;

	KASSERT((offset & PAGE_MASK) == 0, ("from within a page"));
	vm_copy_uio(&uio, &iov, offset, data, size, segment, UIO_WRITE);
	while (uio.uio_resid != 0) {
		if (!vm_copy_page(copy->vc_object, MIN(PAGE_SIZE,
		    (size_t)uio.uio_resid), &uio))
			return (false);
		maybe_yield();
	}
	return (true);
}

/* The copy.  The last page is zero past the end. */
static bool
vm_copy_fill(struct vm_copy *copy, void *data, enum uio_seg segment)
{

	copy->vc_object = mach_compat_vm_object_anon(
	    atop(round_page(copy->vc_size)));
	return (vm_copy_write(copy, 0, data, copy->vc_size, segment));
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
vm_copy_blank(mach_vm_size_t size, struct vm_copy **copyp)
{

	*copyp = vm_copy_alloc(size);
	if (*copyp == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	(*copyp)->vc_object = mach_compat_vm_object_anon(
	    atop(round_page(size)));
	return (KERN_SUCCESS);
}

kern_return_t
vm_copy_put(struct vm_copy *copy, mach_vm_size_t offset, const void *data,
    size_t size)
{

	return (vm_copy_write(copy, (size_t)offset, __DECONST(void *, data),
	    size, UIO_SYSSPACE) ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE);
}

kern_return_t
vm_copy_get(struct vm_copy *copy, mach_vm_size_t offset, void *data,
    size_t size)
{
	struct iovec iov;
	struct uio uio;

	vm_copy_uio(&uio, &iov, (size_t)offset, data, size, UIO_SYSSPACE,
	    UIO_READ);
	return (uiomove_object(copy->vc_object, (off_t)copy->vc_size, &uio) ==
	    0 ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE);
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

kern_return_t
vm_user_allocate(mach_vm_offset_t *addr, mach_vm_size_t size, int flags)
{

	return (vm_map_user_allocate(vm_copy_map(), 0, addr, size, flags));
}

kern_return_t
vm_user_deallocate(mach_vm_offset_t addr, mach_vm_size_t size)
{

	return (vm_map_user_deallocate(vm_copy_map(), addr, size));
}

kern_return_t
vm_user_protect(mach_vm_offset_t addr, mach_vm_size_t size, bool set_maximum,
    int prot)
{

	return (vm_map_user_protect(vm_copy_map(), addr, size, set_maximum,
	    prot));
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
