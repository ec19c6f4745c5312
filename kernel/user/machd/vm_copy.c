/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory (kernel/kern/vm_copy.h) between the processes that machd
 * serves.
 *
 * A vm_copy is a buffer of machd's, whole pages, zero behind the data.  Copy-in
 * reads the sender's memory into it, copy-out writes it into the receiver's
 * zone (zone.c).  Large buffers are kept for the next message: memory that has
 * been touched costs a tenth of fresh memory.  How much a task may have in
 * flight is the core's business (kernel/kern/limits.h).
 *
 * What only the process itself can do, it is asked to do: the vm traps return
 * MACHD_VM_LOCAL or MACHD_VM_WIPE, and memory that a message deallocates is put
 * on the slot's release list, which libmach fetches after the trap.
 *
 * Locks: pool_lock, a leaf.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/sysent.h>

#include <sys/mman.h>

#include <mach/mach_types.h>

#include <kernel/kern/vm_copy.h>
#include <kernel/trap/gen/trap_number.h>
#include <kernel/user/host.h>
#include <kernel/user/machd/kern.h>

static MALLOC_DEFINE(M_VMCOPY, "machd vm copy", "out-of-line memory in flight");

#define	POOL_MIN_SHIFT	16		/* smaller ones come from malloc(9) */
#define	POOL_CLASSES	10		/* 64 KiB ... 32 MiB */
#define	POOL_MAX	(64UL << 20)	/* bytes kept */

struct vm_copy {
	mach_vm_size_t	 vc_size;	/* bytes of data */
	size_t		 vc_room;	/* whole pages; of the mapping */
	int		 vc_class;	/* of the pool, or -1: malloc(9) */
	void		*vc_data;
};

/* A buffer in the pool starts with this. */
struct pooled {
	struct pooled	*next;
	size_t		 room;
};

static struct mtx pool_lock;
static struct pooled *pool[POOL_CLASSES];
static size_t pool_bytes;

int
vm_copy_init(void)
{

	mtx_init(&pool_lock, "machd buffers", NULL, MTX_DEF);
	return (0);
}

void
vm_copy_fini(void)
{
	struct pooled *b;
	int i;

	for (i = 0; i < POOL_CLASSES; i++)
		while ((b = pool[i]) != NULL) {
			pool[i] = b->next;
			pool_bytes -= b->room;
			(void)munmap(b, b->room);
		}
	mtx_destroy(&pool_lock);
}

static bool
buffer_get(struct vm_copy *copy)
{
	struct pooled *b;
	size_t room;
	int class;

	if (copy->vc_size > SIZE_MAX / 2)
		return (false);
	room = roundup2((size_t)copy->vc_size, (size_t)zone_page());
	if (room < (1UL << POOL_MIN_SHIFT)) {
		copy->vc_class = -1;
		copy->vc_room = room;
		copy->vc_data = malloc(room, M_VMCOPY, M_NOWAIT);
		return (copy->vc_data != NULL);
	}
	for (class = 0; class < POOL_CLASSES - 1 &&
	    (1UL << (POOL_MIN_SHIFT + class)) < room; class++)
		;
	if (room < (1UL << (POOL_MIN_SHIFT + class)))
		room = 1UL << (POOL_MIN_SHIFT + class);
	copy->vc_class = class;
	mtx_lock(&pool_lock);
	b = pool[class];
	if (b != NULL && b->room >= room) {
		pool[class] = b->next;
		pool_bytes -= b->room;
		mtx_unlock(&pool_lock);
		copy->vc_room = b->room;
		copy->vc_data = b;
		return (true);
	}
	mtx_unlock(&pool_lock);
	copy->vc_room = room;
	copy->vc_data = mmap(NULL, room, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return (copy->vc_data != MAP_FAILED);
}

static void
buffer_put(struct vm_copy *copy)
{
	struct pooled *b;

	if (copy->vc_class < 0) {
		free(copy->vc_data, M_VMCOPY);
		return;
	}
	mtx_lock(&pool_lock);
	if (pool_bytes + copy->vc_room <= POOL_MAX) {
		b = copy->vc_data;
		b->room = copy->vc_room;
		b->next = pool[copy->vc_class];
		pool[copy->vc_class] = b;
		pool_bytes += copy->vc_room;
		mtx_unlock(&pool_lock);
		return;
	}
	mtx_unlock(&pool_lock);
	(void)munmap(copy->vc_data, copy->vc_room);
}

static struct vm_copy *
vm_copy_alloc(mach_vm_size_t size)
{
	struct vm_copy *copy;
	size_t tail;

	copy = malloc(sizeof(*copy), M_VMCOPY, M_NOWAIT | M_ZERO);
	if (copy == NULL)
		return (NULL);
	copy->vc_size = size;
	if (!buffer_get(copy)) {
		free(copy, M_VMCOPY);
		return (NULL);
	}
	tail = roundup2((size_t)size, (size_t)zone_page()) - (size_t)size;
	memset((char *)copy->vc_data + size, 0, tail);
	return (copy);
}

bool
vm_copy_range_ok(mach_vm_offset_t addr, mach_vm_size_t size)
{

	if (addr + size < addr)
		return (false);
	return (SV_PROC_FLAG(curproc, SV_ILP32) == 0 ||
	    addr + size <= (1ULL << 32));
}

kern_return_t
vm_copyin(mach_vm_offset_t addr, mach_vm_size_t size, struct vm_copy **copyp)
{
	struct vm_copy *copy;

	if (!vm_copy_range_ok(addr, size))
		return (KERN_INVALID_ADDRESS);
	copy = vm_copy_alloc(size);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyin((void *)(uintptr_t)addr, copy->vc_data, size) != 0) {
		vm_copy_discard(copy);
		return (KERN_INVALID_ADDRESS);
	}
	*copyp = copy;
	return (KERN_SUCCESS);
}

kern_return_t
vm_copy_from_kernel(const void *data, mach_vm_size_t size,
    struct vm_copy **copyp)
{
	struct vm_copy *copy;

	copy = vm_copy_alloc(size);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	memcpy(copy->vc_data, data, size);
	*copyp = copy;
	return (KERN_SUCCESS);
}

kern_return_t
vm_copyout(struct vm_copy *copy, mach_vm_offset_t *addrp)
{
	struct slot *slot;
	struct zone *zone;
	uint64_t addr;
	size_t size;
	bool stale;

	slot = host_thread_cookie(curthread);
	zone = &slot->sl_client->cl_zone;
	size = roundup2((size_t)copy->vc_size, (size_t)zone_page());
	addr = zone_alloc(zone, size, &stale);
	if (addr == 0)
		return (KERN_NO_SPACE);
	/* Untouched pages are zero: no need to write behind the data. */
	if (copyout(copy->vc_data, (void *)(uintptr_t)addr,
	    stale ? size : (size_t)copy->vc_size) != 0) {
		zone_undo(zone, addr, size);
		return (KERN_NO_SPACE);
	}
	*addrp = addr;
	vm_copy_discard(copy);
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

	buffer_put(copy);
	free(copy, M_VMCOPY);
}

/* Fresh memory is the process's to map, inside or outside the zone. */
kern_return_t
vm_user_allocate(mach_vm_offset_t *addr, mach_vm_size_t size, int flags)
{
	struct slot *slot;

	slot = host_thread_cookie(curthread);
	if (size == 0) {
		*addr = 0;
		return (KERN_SUCCESS);
	}
	if (slot->sl_number != MACH_TRAP__kernelrpc_mach_vm_allocate_trap)
		return (KERN_NOT_SUPPORTED);
	if ((flags & VM_FLAGS_ANYWHERE) == 0) {
		if (!vm_copy_range_ok(*addr, size))
			return (KERN_INVALID_ADDRESS);
		/* What we lend out is not to be mapped over. */
		if (zone_touches(&slot->sl_client->cl_zone, *addr, size))
			return (KERN_NO_SPACE);
	}
	return ((kern_return_t)MACHD_VM_LOCAL);
}

kern_return_t
vm_user_deallocate(mach_vm_offset_t addr, mach_vm_size_t size)
{
	struct slot *slot;
	struct zone *zone;
	bool trap;

	if (size == 0)
		return (KERN_SUCCESS);
	if (!vm_copy_range_ok(addr, size))
		return (KERN_INVALID_ADDRESS);
	slot = host_thread_cookie(curthread);
	zone = &slot->sl_client->cl_zone;
	trap = slot->sl_number == MACH_TRAP__kernelrpc_mach_vm_deallocate_trap;
	if (zone_holds(zone, addr, size)) {
		if (!zone_free(zone, addr, size))
			return (KERN_SUCCESS);
		if (trap)
			return ((kern_return_t)MACHD_VM_WIPE);
	} else if (zone_touches(zone, addr, size))
		return (KERN_INVALID_ADDRESS);
	else if (trap)
		return ((kern_return_t)MACHD_VM_LOCAL);
	return (slot_release_later(slot, addr, size) ? KERN_SUCCESS :
	    KERN_RESOURCE_SHORTAGE);
}

kern_return_t
vm_user_protect(mach_vm_offset_t addr, mach_vm_size_t size, bool set_maximum,
    int prot)
{
	struct slot *slot;
	struct zone *zone;

	if (size == 0)
		return (KERN_SUCCESS);
	if (!vm_copy_range_ok(addr, size))
		return (KERN_INVALID_ADDRESS);
	/* Linux has no maximum protection. */
	if (set_maximum)
		return (KERN_NOT_SUPPORTED);
	if ((prot & ~MACH_VM_PROT_ALL) != 0)
		return (KERN_INVALID_ARGUMENT);
	slot = host_thread_cookie(curthread);
	if (slot->sl_number != MACH_TRAP__kernelrpc_mach_vm_protect_trap)
		return (KERN_NOT_SUPPORTED);
	zone = &slot->sl_client->cl_zone;
	if (zone_holds(zone, addr, size))
		zone_protected(zone, addr, size);
	else if (zone_touches(zone, addr, size))
		return (KERN_INVALID_ADDRESS);
	return ((kern_return_t)MACHD_VM_LOCAL);
}
