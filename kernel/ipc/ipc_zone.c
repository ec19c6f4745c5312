/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Type-stable memory.  The model is in ipc_zone.h.
 *
 * UMA_ZONE_NOFREE would do the same, but its pages are lost when the module is
 * unloaded.  So the zone is a cache zone: uma(9) keeps the caches, and what
 * they fetch and return in bulk comes from slabs of malloc(9), which go at the
 * end.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <machine/atomic.h>

#include <kernel/ipc/ipc_zone.h>

static MALLOC_DEFINE(M_MACH_STABLE, "mach_stable", "Mach ports and sets");

#define	SLAB_SIZE	(4 * PAGE_SIZE)

/* The count of a free item is looked at: no error, where that is checked. */
#ifdef UMA_ZONE_NOKASAN
#define	ZONE_FLAGS	UMA_ZONE_NOKASAN
#else
#define	ZONE_FLAGS	0
#endif

#define	SLAB_ITEMS	roundup(sizeof(struct ipc_zone_slab), CACHE_LINE_SIZE)

/* Another slab's items; false: no memory. */
static bool
ipc_zone_grow(struct ipc_zone *zone, int flags)
{
	struct ipc_zone_slab *slab;
	size_t offset;

	slab = malloc(SLAB_SIZE, M_MACH_STABLE,
	    (flags & (M_WAITOK | M_NOWAIT)) | M_ZERO);
	if (slab == NULL)
		return (false);
	mtx_lock(&zone->iz_lock);
	SLIST_INSERT_HEAD(&zone->iz_slabs, slab, izs_link);
	for (offset = SLAB_ITEMS; offset + zone->iz_size <= SLAB_SIZE;
	    offset += zone->iz_size)
		SLIST_INSERT_HEAD(&zone->iz_free, (struct ipc_zone_item *)
		    (void *)((uint8_t *)slab + offset), izi_link);
	mtx_unlock(&zone->iz_lock);
	return (true);
}

static int
ipc_zone_import(void *arg, void **store, int count, int domain __unused,
    int flags)
{
	struct ipc_zone *zone = arg;
	struct ipc_zone_item *item;
	int n;

	n = 0;
	do {
		mtx_lock(&zone->iz_lock);
		while (n < count &&
		    (item = SLIST_FIRST(&zone->iz_free)) != NULL) {
			SLIST_REMOVE_HEAD(&zone->iz_free, izi_link);
			store[n++] = item;
		}
		mtx_unlock(&zone->iz_lock);
	} while (n == 0 && ipc_zone_grow(zone, flags));
	return (n);
}

static void
ipc_zone_release(void *arg, void **store, int count)
{
	struct ipc_zone *zone = arg;
	int i;

	mtx_lock(&zone->iz_lock);
	for (i = 0; i < count; i++)
		SLIST_INSERT_HEAD(&zone->iz_free,
		    (struct ipc_zone_item *)store[i], izi_link);
	mtx_unlock(&zone->iz_lock);
}

int
ipc_zone_init(struct ipc_zone *zone, const char *name, size_t size)
{

	zone->iz_size = roundup(size, sizeof(uint64_t));
	SLIST_INIT(&zone->iz_free);
	SLIST_INIT(&zone->iz_slabs);
	mtx_init(&zone->iz_lock, "mach zone", NULL, MTX_DEF);
	zone->iz_cache = uma_zcache_create(name, (int)zone->iz_size, NULL,
	    NULL, NULL, NULL, ipc_zone_import, ipc_zone_release, zone,
	    ZONE_FLAGS);
	if (zone->iz_cache == NULL) {
		mtx_destroy(&zone->iz_lock);
		return (ENOMEM);
	}
	return (0);
}

void
ipc_zone_fini(struct ipc_zone *zone)
{
	struct ipc_zone_slab *slab;

	uma_zdestroy(zone->iz_cache);
	while ((slab = SLIST_FIRST(&zone->iz_slabs)) != NULL) {
		SLIST_REMOVE_HEAD(&zone->iz_slabs, izs_link);
		free(slab, M_MACH_STABLE);
	}
	mtx_destroy(&zone->iz_lock);
}

void *
ipc_zone_alloc(struct ipc_zone *zone)
{
	struct ipc_zone_item *item;

	item = uma_zalloc(zone->iz_cache, M_WAITOK);
	KASSERT(atomic_load_acq_int(&item->izi_refs) == 0,
	    ("a free item with references"));
	/* Somebody may be looking at the count: it is not written. */
	bzero((uint8_t *)item + sizeof(item->izi_refs),
	    zone->iz_size - sizeof(item->izi_refs));
	return (item);
}

void
ipc_zone_free(struct ipc_zone *zone, void *item)
{

	uma_zfree(zone->iz_cache, item);
}
