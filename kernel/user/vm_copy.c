/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory for kernels run in process: "user" memory is malloc(9)ed
 * pages of this process.  (machd has its own, kernel/user/machd/vm_copy.c.)
 *
 * vm_blocks_lock protects the list of what users hold, by which a bad
 * vm_deallocate() is told from a good one.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/queue.h>

#include <vm/vm.h>
#include <vm/vm_param.h>

#include <mach/vm_statistics.h>

#include <kernel/kern/vm_copy.h>

static MALLOC_DEFINE(M_MACH_VM, "mach_vm", "Mach out-of-line memory");

#define	VM_USER_MAX	(256UL * 1024 * 1024)	/* bytes a block */

struct vm_copy {
	mach_vm_size_t	vc_size;
	uint8_t		vc_data[];
};

struct vm_block {
	LIST_ENTRY(vm_block) vb_link;
	void		*vb_base;	/* as allocated */
	mach_vm_offset_t vb_addr;	/* page aligned */
	mach_vm_size_t	 vb_size;	/* whole pages */
};

static struct mtx vm_blocks_lock;
static LIST_HEAD(, vm_block) vm_blocks;

int
vm_copy_init(void)
{

	mtx_init(&vm_blocks_lock, "mach vm blocks", NULL, MTX_DEF);
	LIST_INIT(&vm_blocks);
	return (0);
}

void
vm_copy_fini(void)
{
	struct vm_block *vb;

	while ((vb = LIST_FIRST(&vm_blocks)) != NULL) {
		LIST_REMOVE(vb, vb_link);
		free(vb->vb_base, M_MACH_VM);
		free(vb, M_MACH_VM);
	}
	mtx_destroy(&vm_blocks_lock);
}

bool
vm_copy_range_ok(mach_vm_offset_t addr, mach_vm_size_t size)
{

	return (addr + size >= addr);
}

kern_return_t
vm_copyin(mach_vm_offset_t addr, mach_vm_size_t size, bool give __unused,
    struct vm_copy **copyp)
{
	struct vm_copy *copy;

	copy = malloc(sizeof(*copy) + size, M_MACH_VM, M_WAITOK);
	copy->vc_size = size;
	if (copyin((const void *)(uintptr_t)addr, copy->vc_data, size) != 0) {
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

	(void)vm_copy_blank(size, copyp);
	return (vm_copy_put(*copyp, 0, data, size));
}

kern_return_t
vm_copy_blank(mach_vm_size_t size, struct vm_copy **copyp)
{
	struct vm_copy *copy;

	copy = malloc(sizeof(*copy) + size, M_MACH_VM, M_WAITOK);
	copy->vc_size = size;
	*copyp = copy;
	return (KERN_SUCCESS);
}

kern_return_t
vm_copy_put(struct vm_copy *copy, mach_vm_size_t offset, const void *data,
    size_t size)
{

	memcpy(copy->vc_data + offset, data, size);
	return (KERN_SUCCESS);
}

kern_return_t
vm_copy_get(struct vm_copy *copy, mach_vm_size_t offset, void *data,
    size_t size)
{

	memcpy(data, copy->vc_data + offset, size);
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

kern_return_t
vm_user_allocate(mach_vm_offset_t *addr, mach_vm_size_t size, int flags)
{
	struct vm_block *vb;

	if ((flags & VM_FLAGS_ANYWHERE) == 0)
		return (KERN_NO_SPACE);
	*addr = 0;
	if (size == 0)
		return (KERN_SUCCESS);
	if (size > VM_USER_MAX)
		return (KERN_NO_SPACE);
	vb = malloc(sizeof(*vb), M_MACH_VM, M_WAITOK | M_ZERO);
	vb->vb_size = round_page(size);
	vb->vb_base = malloc(vb->vb_size + PAGE_SIZE, M_MACH_VM,
	    M_WAITOK | M_ZERO);
	vb->vb_addr = round_page((uintptr_t)vb->vb_base);
	*addr = vb->vb_addr;
	mtx_lock(&vm_blocks_lock);
	LIST_INSERT_HEAD(&vm_blocks, vb, vb_link);
	mtx_unlock(&vm_blocks_lock);
	return (KERN_SUCCESS);
}

kern_return_t
vm_copyout(struct vm_copy *copy, mach_vm_offset_t *addrp)
{
	kern_return_t kr;

	kr = vm_user_allocate(addrp, copy->vc_size, VM_FLAGS_ANYWHERE);
	if (kr != KERN_SUCCESS)
		return (kr);
	memcpy((void *)(uintptr_t)*addrp, copy->vc_data, copy->vc_size);
	free(copy, M_MACH_VM);
	return (KERN_SUCCESS);
}

/* Whole blocks only: the pages of one malloc(9) go together. */
kern_return_t
vm_user_deallocate(mach_vm_offset_t addr, mach_vm_size_t size)
{
	struct vm_block *vb;

	if (size == 0)
		return (KERN_SUCCESS);
	mtx_lock(&vm_blocks_lock);
	LIST_FOREACH(vb, &vm_blocks, vb_link) {
		if (vb->vb_addr == addr && vb->vb_size == round_page(size))
			break;
	}
	if (vb != NULL)
		LIST_REMOVE(vb, vb_link);
	mtx_unlock(&vm_blocks_lock);
	if (vb == NULL)
		return (KERN_INVALID_ADDRESS);
	free(vb->vb_base, M_MACH_VM);
	free(vb, M_MACH_VM);
	return (KERN_SUCCESS);
}

kern_return_t
vm_user_protect(mach_vm_offset_t addr __unused, mach_vm_size_t size __unused,
    bool set_maximum __unused, int prot __unused)
{

	return (KERN_NOT_SUPPORTED);
}
