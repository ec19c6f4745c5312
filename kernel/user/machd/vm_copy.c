/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory (kernel/kern/vm_copy.h) between the processes that machd
 * serves.
 *
 * A vm_copy is a buffer of machd's; or pages
 * of the sender's window (window.c) that it gives away with the message, and
 * that nobody uses before the message is done with them.  Copy-in reads the
 * sender's memory, copy-out writes it into the receiver's zone (zone.c): with
 * memcpy() what is in a window, else with system calls.  Large buffers are
 * kept for the next message: memory that has been touched costs a tenth of
 * fresh memory.  How much a task may have in flight is the core's business
 * (kernel/kern/limits.h).
 *
 * What a sender that lies about its window writes into pages on their way, the
 * receiver may or may not see; it sees no change once it has the message.
 *
 * What only the process itself can do, it is asked to do: the vm traps return
 * MACHD_VM_LOCAL or MACHD_VM_WIPE, and memory that a message deallocates is put
 * on the slot's release list, which libmach fetches after the trap.
 *
 * Locks: pool_lock, a leaf; z_lock inside the functions of zone.c.
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

/* Pages given away keep their window, with all its address space, alive. */
#define	MOVE_MIN	(64UL << 10)

/* From the window: what is worth sending quickly, and does not hog it. */
#define	ALLOC_MIN	(64UL << 10)
#define	ALLOC_SHARE	8		/* the part of the window */

struct vm_copy {
	mach_vm_size_t	 vc_size;	/* bytes of data */
	size_t		 vc_room;	/* whole pages; of the mapping */
	int		 vc_class;	/* of the pool, or -1: malloc(9) */
	void		*vc_data;
	struct window	*vc_window;	/* whose pages they are, or NULL */
	mach_vm_offset_t vc_addr;	/* ... at their client */
	bool		 vc_given;	/* ... which has given them away */
};

/* A buffer in the pool starts with this. */
struct pooled {
	struct pooled	*next;
	size_t		 room;
};

/* What goes behind the data of a last page. */
static char *zeroes;

static struct mtx pool_lock;
static struct pooled *pool[POOL_CLASSES];
static size_t pool_bytes;

int
vm_copy_init(void)
{

	zeroes = mmap(NULL, zone_page(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);
	if (zeroes == MAP_FAILED)
		return (ENOMEM);
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
	(void)munmap(zeroes, zone_page());
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

	copy = malloc(sizeof(*copy), M_VMCOPY, M_NOWAIT | M_ZERO);
	if (copy == NULL)
		return (NULL);
	copy->vc_size = size;
	if (!buffer_get(copy)) {
		free(copy, M_VMCOPY);
		return (NULL);
	}
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

/* No copy: the pages themselves, which `data` is machd's view of. */
static kern_return_t
copyin_pages(mach_vm_offset_t addr, mach_vm_size_t size, char *data,
    struct window *w, struct vm_copy **copyp)
{
	struct vm_copy *copy;

	copy = malloc(sizeof(*copy), M_VMCOPY, M_NOWAIT | M_ZERO);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (!zone_move(w->w_zone, addr, size)) {
		free(copy, M_VMCOPY);
		return (KERN_NOT_SUPPORTED);
	}
	window_hold(w);
	copy->vc_size = size;
	copy->vc_data = data;
	copy->vc_window = w;
	copy->vc_addr = addr;
	*copyp = copy;
	return (KERN_SUCCESS);
}

kern_return_t
vm_copyin(mach_vm_offset_t addr, mach_vm_size_t size, bool give,
    struct vm_copy **copyp)
{
	struct client *cl;
	struct slot *slot;
	struct vm_copy *copy;
	struct window *w;
	char *view;
	bool ok;

	if (!vm_copy_range_ok(addr, size))
		return (KERN_INVALID_ADDRESS);
	slot = host_thread_cookie(curthread);
	cl = slot->sl_client;
	/* What was freed or sent away may still be there. */
	if (!zone_owned(cl->cl_zone, addr, size))
		return (KERN_INVALID_ADDRESS);
	view = zone_view(cl->cl_zone, addr, size, &w);
	if (view != NULL && !window_mapped(cl, w, addr, size)) {
		window_drop(w);
		view = NULL;
	}
	if (view != NULL && give && size >= MOVE_MIN &&
	    copyin_pages(addr, size, view, w, copyp) == KERN_SUCCESS) {
		window_drop(w);
		return (KERN_SUCCESS);
	}
	copy = vm_copy_alloc(size);
	if (copy == NULL)
		ok = false;
	else if (view != NULL)
		ok = guarded_copy(copy->vc_data, view, size);
	else
		ok = copyin((void *)(uintptr_t)addr, copy->vc_data, size) == 0;
	if (view != NULL)
		window_drop(w);
	if (copy == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	if (!ok) {
		vm_copy_discard(copy);
		return (KERN_INVALID_ADDRESS);
	}
	*copyp = copy;
	return (KERN_SUCCESS);
}

void
vm_copy_given(struct vm_copy *copy, mach_vm_offset_t addr, mach_vm_size_t size)
{

	if (copy != NULL && copy->vc_window != NULL) {
		copy->vc_given = true;
		zone_give(copy->vc_window->w_zone, addr, size);
	} else
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
	memcpy(copy->vc_data, data, size);
	*copyp = copy;
	return (KERN_SUCCESS);
}

kern_return_t
vm_copy_blank(mach_vm_size_t size, struct vm_copy **copyp)
{

	*copyp = vm_copy_alloc(size);
	return (*copyp != NULL ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE);
}

kern_return_t
vm_copy_put(struct vm_copy *copy, mach_vm_size_t offset, const void *data,
    size_t size)
{

	memcpy((char *)copy->vc_data + offset, data, size);
	return (KERN_SUCCESS);
}

/* It may be of a client's window. */
kern_return_t
vm_copy_get(struct vm_copy *copy, mach_vm_size_t offset, void *data,
    size_t size)
{

	return (guarded_copy(data, (char *)copy->vc_data + offset, size) ?
	    KERN_SUCCESS : KERN_RESOURCE_SHORTAGE);
}

kern_return_t
vm_copyout(struct vm_copy *copy, mach_vm_offset_t *addrp)
{
	struct slot *slot;
	struct zone *zone;
	struct zone_place zp;
	size_t data, size;
	bool ok;

	slot = host_thread_cookie(curthread);
	zone = slot->sl_client->cl_zone;
	data = (size_t)copy->vc_size;
	size = roundup2(data, (size_t)zone_page());
	if (!zone_alloc(zone, size, 0, &zp))
		return (KERN_NO_SPACE);
	if (zp.zp_data != NULL) {
		ok = guarded_copy(zp.zp_data, copy->vc_data, data) &&
		    guarded_zero(zp.zp_data + data, size - data);
		window_drop(zp.zp_window);
	} else {
		ok = copyout(copy->vc_data, (void *)(uintptr_t)zp.zp_addr,
		    data) == 0;
		/* Untouched pages are zero. */
		if (ok && zp.zp_stale && size != data)
			ok = copyout(zeroes, (void *)(uintptr_t)(zp.zp_addr +
			    data), size - data) == 0;
		if (zone_wants_window(zone, size))
			slot->sl_want_window = true;
	}
	if (!ok) {
		zone_undo(zone, zp.zp_addr, size);
		return (KERN_NO_SPACE);
	}
	*addrp = zp.zp_addr;
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

	if (copy->vc_window != NULL) {
		zone_moved(copy->vc_window->w_zone, copy->vc_addr,
		    copy->vc_size, copy->vc_given);
		window_drop(copy->vc_window);
	} else
		buffer_put(copy);
	free(copy, M_VMCOPY);
}

/*
 * Fresh memory is the process's to map, but for what may be sent soon: that is
 * zeroed pages of its window.
 */
kern_return_t
vm_user_allocate(mach_vm_offset_t *addr, mach_vm_size_t size, int flags)
{
	struct slot *slot;
	struct zone *zone;
	struct zone_place zp;

	slot = host_thread_cookie(curthread);
	zone = slot->sl_client->cl_zone;
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
		if (zone_touches(zone, *addr, size)) {
			if (!zone_holds(zone, *addr, size))
				return (KERN_NO_SPACE);
			switch (zone_take(zone, *addr, size,
			    (flags & VM_FLAGS_OVERWRITE) != 0)) {
			case ZONE_BUSY:
				return (KERN_NO_SPACE);
			case ZONE_TAKEN:
				*addr &= ~(mach_vm_offset_t)(zone_page() - 1);
				return (KERN_SUCCESS);
			case ZONE_LOCAL:
				break;
			}
		}
	} else if (size >= ALLOC_MIN && size <= MACHD_WINDOW_SIZE /
	    ALLOC_SHARE) {
		if (zone_wants_window(zone, size))
			return ((kern_return_t)MACHD_VM_WINDOW);
		if (zone_alloc(zone, size, ZONE_SHARED | ZONE_ZERO, &zp)) {
			window_drop(zp.zp_window);
			*addr = zp.zp_addr;
			return (KERN_SUCCESS);
		}
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
	zone = slot->sl_client->cl_zone;
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
	zone = slot->sl_client->cl_zone;
	if (zone_holds(zone, addr, size))
		zone_protected(zone, addr, size);
	else if (zone_touches(zone, addr, size))
		return (KERN_INVALID_ADDRESS);
	return ((kern_return_t)MACHD_VM_LOCAL);
}
