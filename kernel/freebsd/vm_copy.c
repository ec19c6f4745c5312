/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory on the FreeBSD VM.  Contract: kernel/kern/vm_copy.h.
 *
 * A snapshot is a private copy in kernel memory, so nothing that the sender
 * does to its pages can change it.  The receiver gets fresh anonymous
 * memory, whose last page is zero past the data, and the bytes are copied in.
 * Snapshots are charged to the sender by the message that holds them; what is
 * limited here is one snapshot, by the kernel memory that the machine has.
 *
 * No locks: a snapshot has one owner, the vm_map functions take their own.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/mutex.h>
#include <sys/proc.h>

#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>

#include <mach/vm_statistics.h>

#include <kernel/kern/limits.h>
#include <kernel/kern/vm_copy.h>

#include MACH_COMPAT_H

struct vm_copy {
	size_t	 vc_size;
	char	 vc_data[];
};

static MALLOC_DEFINE(M_MACH_VM, "mach_vm", "Mach out-of-line memory");

static size_t vm_copy_max;	/* largest snapshot */

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

/* Room for `size` bytes, or NULL past the limit. */
static struct vm_copy *
vm_copy_alloc(mach_vm_size_t size)
{
	struct vm_copy *copy;

	if (size > vm_copy_max)
		return (NULL);
	copy = malloc(sizeof(*copy) + (size_t)size, M_MACH_VM, M_WAITOK);
	copy->vc_size = (size_t)size;
	return (copy);
}

kern_return_t
vm_copyin(mach_vm_offset_t addr, mach_vm_size_t size, bool give __unused,
    struct vm_copy **copyp)
{
	struct vm_copy *copy;

	/* Before memory is spent on a size that cannot be right. */
	if (!vm_copy_range_ok(addr, size))
		return (KERN_INVALID_ADDRESS);
	copy = vm_copy_alloc(size);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyin((const void *)(uintptr_t)addr, copy->vc_data,
	    copy->vc_size) != 0) {
		free(copy, M_MACH_VM);
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
	memcpy(copy->vc_data, data, copy->vc_size);
	*copyp = copy;
	return (KERN_SUCCESS);
}

/* Anonymous memory of the current process; size is a multiple of pages. */
static kern_return_t
vm_copy_map_anon(vm_offset_t *addr, vm_size_t size, int flags)
{
	int error;

	error = vm_mmap_object(vm_copy_map(), addr, size,
	    VM_PROT_READ | VM_PROT_WRITE, VM_PROT_ALL,
	    MAP_ANON | MAP_PRIVATE | flags, NULL, 0, FALSE, curthread);
	return (error == 0 ? KERN_SUCCESS : KERN_NO_SPACE);
}

kern_return_t
vm_copyout(struct vm_copy *copy, mach_vm_offset_t *addrp)
{
	vm_offset_t addr;
	vm_size_t size;
	kern_return_t kr;

	addr = 0;
	size = round_page(copy->vc_size);
	kr = vm_copy_map_anon(&addr, size, 0);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (copyout(copy->vc_data, (void *)addr, copy->vc_size) != 0) {
		/* Another thread unmapped it, or there is no swap left. */
		(void)vm_map_remove(vm_copy_map(), addr, addr + size);
		return (KERN_NO_SPACE);
	}
	free(copy, M_MACH_VM);
	*addrp = addr;
	return (KERN_SUCCESS);
}

mach_vm_size_t
vm_copy_size(const struct vm_copy *copy)
{

	return (copy->vc_size);
}

void
vm_copy_discard(struct vm_copy *copy)
{

	free(copy, M_MACH_VM);
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

	vm_copy_max = MIN(vm_kmem_size / 8, 256UL * 1024 * 1024);
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
