/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The VM zone of a client: addresses of its own that it lends machd, to place
 * out-of-line memory in.  Three bitmaps, a bit a page:
 *
 *	USED	given out, or freed and not wiped yet
 *	STALE	holds old content: must be zeroed when zero is promised
 *	WIPE	the client must wipe it before it can be given out again
 *
 * Allocation is first fit from the lowest free page, so what is in use stays
 * dense and pages that were touched once are touched again.  Freed pages keep
 * their content up to ZONE_STALE_MAX pages a client; beyond that the client is
 * asked to give the memory back to the system (MACHD_VM_WIPE).
 *
 * The client can lie about its memory; it is its own.  z_lock protects all.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

#define	USED	0
#define	STALE	1
#define	WIPE	2

#define	ZONE_STALE_MAX	((uint64_t)32 << 20)	/* bytes */
#define	ZONE_SIZE_MAX	((uint64_t)64 << 30)

uint64_t
zone_page(void)
{
	static _Atomic uint64_t page;
	uint64_t n;

	n = atomic_load_explicit(&page, memory_order_relaxed);
	if (n == 0) {
		n = (uint64_t)sysconf(_SC_PAGESIZE);
		atomic_store_explicit(&page, n, memory_order_relaxed);
	}
	return (n);
}

static bool
get(const struct zone *z, int map, uint64_t i)
{

	return ((z->z_map[map][i / 64] >> (i % 64) & 1) != 0);
}

static void
set(struct zone *z, int map, uint64_t i, bool on)
{

	if (on)
		z->z_map[map][i / 64] |= (uint64_t)1 << (i % 64);
	else
		z->z_map[map][i / 64] &= ~((uint64_t)1 << (i % 64));
}

/* EINVAL: not a range a process can have. */
int
zone_init(struct zone *z, uint64_t base, uint64_t size)
{
	uint64_t words;
	int i;

	memset(z, 0, sizeof(*z));
	if (base % zone_page() != 0 || size % zone_page() != 0 ||
	    base + size < base || size > ZONE_SIZE_MAX ||
	    (size != 0 && base == 0))
		return (EINVAL);
	if (pthread_mutex_init(&z->z_lock, NULL) != 0)
		return (ENOMEM);
	z->z_base = base;
	z->z_pages = size / zone_page();
	words = z->z_pages / 64 + 1;
	for (i = 0; i < 3; i++) {
		z->z_map[i] = calloc(words, sizeof(uint64_t));
		if (z->z_map[i] == NULL) {
			zone_fini(z);
			return (ENOMEM);
		}
	}
	return (0);
}

void
zone_fini(struct zone *z)
{
	int i;

	for (i = 0; i < 3; i++) {
		free(z->z_map[i]);
		z->z_map[i] = NULL;
	}
	if (z->z_base != 0 || z->z_pages != 0)
		(void)pthread_mutex_destroy(&z->z_lock);
	z->z_base = z->z_pages = 0;
}

bool
zone_holds(const struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t length;

	length = z->z_pages * zone_page();
	return (addr >= z->z_base && addr - z->z_base <= length &&
	    size <= length - (addr - z->z_base));
}

bool
zone_touches(const struct zone *z, uint64_t addr, uint64_t size)
{

	return (z->z_pages != 0 && addr < z->z_base + z->z_pages * zone_page()
	    && addr + size > z->z_base);
}

static void
range(const struct zone *z, uint64_t addr, uint64_t size, uint64_t *first,
    uint64_t *end)
{
	uint64_t page;

	page = zone_page();
	*first = (addr - z->z_base) / page;
	*end = (addr - z->z_base + size + page - 1) / page;
	if (*end > z->z_pages)
		*end = z->z_pages;
}

/* The first page at or after i that is free (want false) or used. */
static uint64_t
find(const struct zone *z, uint64_t i, uint64_t end, bool want)
{
	uint64_t word;

	while (i < end) {
		word = z->z_map[USED][i / 64];
		if (!want)
			word = ~word;
		word >>= i % 64;
		if (word != 0) {
			i += (uint64_t)__builtin_ctzll(word);
			return (i < end ? i : end);
		}
		i = (i / 64 + 1) * 64;
	}
	return (end);
}

/* 0: no room.  *stalep: some page holds old content. */
uint64_t
zone_alloc(struct zone *z, uint64_t size, bool *stalep)
{
	uint64_t end, first, i, n;
	bool stale;

	if (z->z_pages == 0 || size > z->z_pages * zone_page())
		return (0);
	n = (size + zone_page() - 1) / zone_page();
	stale = false;
	(void)pthread_mutex_lock(&z->z_lock);
	first = find(z, z->z_hint, z->z_pages, false);
	z->z_hint = first;
	while (first + n <= z->z_pages) {
		end = find(z, first, first + n, true);
		if (end == first + n)
			break;
		first = find(z, end, z->z_pages, false);
	}
	if (first + n > z->z_pages) {
		(void)pthread_mutex_unlock(&z->z_lock);
		return (0);
	}
	for (i = first; i < first + n; i++) {
		set(z, USED, i, true);
		if (get(z, STALE, i)) {
			stale = true;
			set(z, STALE, i, false);
			z->z_stale--;
		}
	}
	if (z->z_hint == first)
		z->z_hint = first + n;
	if (z->z_high < first + n)
		z->z_high = first + n;
	z->z_used += n;
	(void)pthread_mutex_unlock(&z->z_lock);
	*stalep = stale;
	return (z->z_base + first * zone_page());
}

static void
give_back(struct zone *z, uint64_t i, bool stale)
{

	set(z, USED, i, false);
	set(z, WIPE, i, false);
	if (stale && !get(z, STALE, i)) {
		set(z, STALE, i, true);
		z->z_stale++;
	}
	z->z_used--;
	if (i < z->z_hint)
		z->z_hint = i;
}

/* An allocation that came to nothing: its content is unknown. */
void
zone_undo(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, i;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &i, &end);
	for (; i < end; i++)
		if (get(z, USED, i))
			give_back(z, i, true);
	(void)pthread_mutex_unlock(&z->z_lock);
}

/*
 * Free the used pages of the range; free ones in it are skipped, as munmap(2)
 * does.  True: the client is to wipe the range and to say so.
 */
bool
zone_free(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, first, i;
	bool wipe;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &first, &end);
	wipe = (z->z_stale + (end - first)) * zone_page() > ZONE_STALE_MAX;
	for (i = first; i < end && !wipe; i++)
		wipe = get(z, USED, i) && get(z, WIPE, i);
	for (i = first; i < end; i++) {
		if (!get(z, USED, i))
			continue;
		if (wipe)
			set(z, WIPE, i, true);
		else
			give_back(z, i, true);
	}
	(void)pthread_mutex_unlock(&z->z_lock);
	return (wipe);
}

/* The client wiped what it was asked to. */
void
zone_wiped(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, i;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &i, &end);
	for (; i < end; i++)
		if (get(z, USED, i) && get(z, WIPE, i))
			give_back(z, i, false);
	(void)pthread_mutex_unlock(&z->z_lock);
}

/* The client changed the protection: to be undone before the next use. */
void
zone_protected(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, i;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &i, &end);
	for (; i < end; i++)
		if (get(z, USED, i))
			set(z, WIPE, i, true);
	(void)pthread_mutex_unlock(&z->z_lock);
}
