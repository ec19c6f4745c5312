/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The VM zone of a client: addresses of its own that it lends machd, to place
 * out-of-line memory in.  Five bitmaps, a bit a page:
 *
 *	USED	given out, or freed and not wiped yet
 *	STALE	holds old content: must be zeroed when zero is promised
 *	WIPE	the client must wipe it before it can be given out again
 *	MOVED	what a message consists of (vm_copy.c): USED, and not to be
 *		reused before the message is done with it
 *	GIVEN	MOVED, and no longer the client's
 *
 * A part of the zone, the window (window.c), is memory that machd has mapped
 * too; what fits is placed there.  What lies in it is filled and zeroed and
 * given back to the system by machd itself.  All else is the client's private
 * memory, reached with system calls.
 *
 * Allocation is first fit from the lowest free page, so what is in use stays
 * dense and pages that were touched once are touched again.  Freed pages keep
 * their content up to ZONE_STALE_MAX a client; beyond that they go back to the
 * system, which outside of the window the client does (MACHD_VM_WIPE).
 *
 * A zone lives as long as its client is attached and messages hold memory of
 * it; those may be freed by the server threads of others.
 *
 * The client can lie about its memory; it is its own.  z_lock protects all.
 */

#include <sys/mman.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

#define	USED	0
#define	STALE	1
#define	WIPE	2
#define	MOVED	3
#define	GIVEN	4

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

/* NULL with EINVAL: not a range a process can have. */
struct zone *
zone_new(uint64_t base, uint64_t size, int *error)
{
	struct zone *z;
	uint64_t words;
	int i;

	*error = EINVAL;
	if (base % zone_page() != 0 || size % zone_page() != 0 ||
	    base + size < base || size > ZONE_SIZE_MAX ||
	    (size != 0 && base == 0))
		return (NULL);
	*error = ENOMEM;
	z = calloc(1, sizeof(*z));
	if (z == NULL)
		return (NULL);
	if (pthread_mutex_init(&z->z_lock, NULL) != 0) {
		free(z);
		return (NULL);
	}
	atomic_store(&z->z_refs, 1);
	z->z_base = base;
	z->z_pages = size / zone_page();
	words = z->z_pages / 64 + 1;
	for (i = 0; i < ZONE_MAPS; i++) {
		z->z_map[i] = calloc(words, sizeof(uint64_t));
		if (z->z_map[i] == NULL) {
			zone_drop(z);
			return (NULL);
		}
	}
	return (z);
}

void
zone_hold(struct zone *z)
{

	atomic_fetch_add(&z->z_refs, 1);
}

void
zone_drop(struct zone *z)
{
	int i;

	if (atomic_fetch_sub(&z->z_refs, 1) != 1)
		return;
	for (i = 0; i < ZONE_MAPS; i++)
		free(z->z_map[i]);
	(void)pthread_mutex_destroy(&z->z_lock);
	free(z);
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

/* n free pages in [low, high), or high. */
static uint64_t
fit(const struct zone *z, uint64_t low, uint64_t high, uint64_t n)
{
	uint64_t end, first;

	first = find(z, low, high, false);
	while (first + n <= high) {
		end = find(z, first, first + n, true);
		if (end == first + n)
			return (first);
		first = find(z, end, high, false);
	}
	return (high);
}

/* Is the page in the window? */
static bool
shared(const struct zone *z, uint64_t i)
{

	return (i >= z->z_first && i < z->z_end);
}

/* machd's own view of a page of the window. */
static char *
view(const struct zone *z, uint64_t i)
{

	return (z->z_window->w_base + (i - z->z_first) * zone_page());
}

/* Pages of the window back to the system.  They are zero then. */
static bool
punch(struct zone *z, uint64_t first, uint64_t end)
{

	return (madvise(view(z, first), (end - first) * zone_page(),
	    MADV_REMOVE) == 0);
}

static void
stale_set(struct zone *z, uint64_t i, bool on)
{

	if (get(z, STALE, i) == on)
		return;
	set(z, STALE, i, on);
	if (on)
		z->z_stale++;
	else
		z->z_stale--;
}

static void
give_back(struct zone *z, uint64_t i, bool stale)
{

	set(z, USED, i, false);
	set(z, WIPE, i, false);
	set(z, MOVED, i, false);
	set(z, GIVEN, i, false);
	if (stale)
		stale_set(z, i, true);
	z->z_used--;
	if (shared(z, i)) {
		z->z_shared_used--;
		if (i < z->z_shared_hint)
			z->z_shared_hint = i;
	} else if (i < z->z_hint)
		z->z_hint = i;
}

/* Make the old content of the pages zero, in the window. */
static bool
clean(struct zone *z, uint64_t first, uint64_t end)
{
	uint64_t i, next;

	for (i = first; i < end; i = next) {
		for (next = i; next < end && get(z, STALE, next); next++)
			;
		if (next == i) {
			next++;
			continue;
		}
		if (!guarded_zero(view(z, i), (next - i) * zone_page()))
			return (false);
	}
	return (true);
}

/*
 * Room for `size` bytes.  In the window zp_data is machd's view of it and
 * zp_window is referenced for the caller; elsewhere they are NULL.
 * With ZONE_SHARED nowhere but in the window, with ZONE_ZERO the content is
 * zero there; else zp_stale tells whether any page has old content.
 */
bool
zone_alloc(struct zone *z, uint64_t size, int how, struct zone_place *zp)
{
	uint64_t first, i, n;
	bool stale;

	memset(zp, 0, sizeof(*zp));
	if (size == 0 || size > z->z_pages * zone_page())
		return (false);
	n = (size + zone_page() - 1) / zone_page();
	(void)pthread_mutex_lock(&z->z_lock);
	if (z->z_window != NULL && !z->z_forking) {
		z->z_shared_hint = find(z, z->z_shared_hint, z->z_end, false);
		first = fit(z, z->z_shared_hint, z->z_end, n);
		if (first != z->z_end) {
			if ((how & ZONE_ZERO) != 0 &&
			    !clean(z, first, first + n))
				goto fail;
			zp->zp_data = view(z, first);
			zp->zp_window = z->z_window;
			window_hold(z->z_window);
			goto found;
		}
	}
	if ((how & ZONE_SHARED) != 0)
		goto fail;
	/* Below the window and above it: nothing lies across its ends. */
	first = z->z_first;
	if (z->z_hint < z->z_first) {
		z->z_hint = find(z, z->z_hint, z->z_first, false);
		first = fit(z, z->z_hint, z->z_first, n);
	}
	if (first == z->z_first) {
		i = z->z_end;
		if (z->z_hint >= z->z_first) {
			if (z->z_hint > i)
				i = z->z_hint;
			i = find(z, i, z->z_pages, false);
			z->z_hint = i;
		}
		first = fit(z, i, z->z_pages, n);
		if (first == z->z_pages)
			goto fail;
	}
found:
	stale = false;
	for (i = first; i < first + n; i++) {
		set(z, USED, i, true);
		stale |= get(z, STALE, i);
		stale_set(z, i, false);
	}
	z->z_used += n;
	if (zp->zp_data != NULL)
		z->z_shared_used += n;
	zp->zp_stale = stale;
	zp->zp_addr = z->z_base + first * zone_page();
	(void)pthread_mutex_unlock(&z->z_lock);
	return (true);
fail:
	(void)pthread_mutex_unlock(&z->z_lock);
	return (false);
}

/*
 * These very pages, zeroed; with `overwrite` also those that are given out.
 * ZONE_TAKEN: done; ZONE_LOCAL: outside of the window, where the client is to
 * map zeroes; ZONE_BUSY: not to be had.
 */
enum zone_take
zone_take(struct zone *z, uint64_t addr, uint64_t size, bool overwrite)
{
	uint64_t end, first, i;
	enum zone_take got;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &first, &end);
	got = shared(z, first) ? ZONE_TAKEN : ZONE_LOCAL;
	for (i = first; i < end; i++) {
		if (shared(z, i) != (got == ZONE_TAKEN) || get(z, MOVED, i) ||
		    (get(z, USED, i) && !overwrite) ||
		    (get(z, WIPE, i) && got == ZONE_TAKEN)) {
			(void)pthread_mutex_unlock(&z->z_lock);
			return (ZONE_BUSY);
		}
	}
	for (i = first; i < end && got == ZONE_TAKEN; i++)
		if ((get(z, USED, i) || get(z, STALE, i)) &&
		    !guarded_zero(view(z, i), zone_page()))
			got = ZONE_BUSY;
	for (i = first; i < end && got != ZONE_BUSY; i++) {
		stale_set(z, i, false);
		set(z, WIPE, i, false);
		if (get(z, USED, i))
			continue;
		set(z, USED, i, true);
		z->z_used++;
		if (got == ZONE_TAKEN)
			z->z_shared_used++;
	}
	(void)pthread_mutex_unlock(&z->z_lock);
	return (got);
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

/* Free pages of the window, of which none is to be wiped by the client. */
static void
free_shared(struct zone *z, uint64_t first, uint64_t end)
{
	uint64_t i, next;
	bool stale;

	for (i = first; i < end; i = next) {
		for (next = i; next < end && get(z, USED, next) &&
		    !get(z, MOVED, next); next++)
			;
		if (next == i) {
			next++;
			continue;
		}
		stale = (z->z_stale + (next - i)) * zone_page() <=
		    ZONE_STALE_MAX || !punch(z, i, next);
		for (; i < next; i++)
			give_back(z, i, stale);
	}
}

/*
 * Free the used pages of the range; free ones in it are skipped, as munmap(2)
 * does, and those that are a message's.  True: the client is to wipe the range
 * and to say so.
 */
bool
zone_free(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, first, i;
	bool inside, wipe;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &first, &end);
	inside = end > first && shared(z, first) && shared(z, end - 1);
	wipe = !inside &&
	    (z->z_stale + (end - first)) * zone_page() > ZONE_STALE_MAX;
	for (i = first; i < end && !wipe; i++)
		wipe = get(z, USED, i) && get(z, WIPE, i);
	if (inside && !wipe)
		free_shared(z, first, end);
	else
		for (i = first; i < end; i++) {
			if (!get(z, USED, i) || get(z, MOVED, i))
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
		if (get(z, USED, i) && !get(z, MOVED, i))
			set(z, WIPE, i, true);
	(void)pthread_mutex_unlock(&z->z_lock);
}

/* Of the range, is all that lies in the zone the client's to use? */
bool
zone_owned(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, first, i, last, top;
	bool ok;

	if (size == 0 || !zone_touches(z, addr, size))
		return (true);
	top = z->z_base + z->z_pages * zone_page();
	last = addr + size < top ? addr + size : top;
	if (addr < z->z_base)
		addr = z->z_base;
	ok = true;
	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, last - addr, &first, &end);
	for (i = first; i < end && ok; i++)
		ok = get(z, USED, i) && !get(z, GIVEN, i);
	(void)pthread_mutex_unlock(&z->z_lock);
	return (ok);
}

/*
 * The range as machd sees it, when it lies in the window; the window is
 * referenced for the caller.
 */
char *
zone_view(struct zone *z, uint64_t addr, uint64_t size, struct window **wp)
{
	uint64_t end, first;
	char *p;

	p = NULL;
	(void)pthread_mutex_lock(&z->z_lock);
	if (z->z_window != NULL && size != 0 && zone_holds(z, addr, size)) {
		range(z, addr, size, &first, &end);
		if (shared(z, first) && shared(z, end - 1)) {
			p = view(z, first) + addr % zone_page();
			*wp = z->z_window;
			window_hold(z->z_window);
		}
	}
	(void)pthread_mutex_unlock(&z->z_lock);
	return (p);
}

/*
 * Pages of the window become a message's.  False: they are not all the
 * client's own to give, or must be wiped by it.  The client has them still;
 * zone_give() takes them from it.
 */
bool
zone_move(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, first, i;
	bool ok;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &first, &end);
	ok = first < end && shared(z, first) && shared(z, end - 1);
	for (i = first; i < end && ok; i++)
		ok = get(z, USED, i) && !get(z, WIPE, i) && !get(z, MOVED, i);
	for (i = first; i < end && ok; i++)
		set(z, MOVED, i, true);
	(void)pthread_mutex_unlock(&z->z_lock);
	return (ok);
}

void
zone_give(struct zone *z, uint64_t addr, uint64_t size)
{
	uint64_t end, i;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &i, &end);
	for (; i < end; i++)
		set(z, GIVEN, i, true);
	(void)pthread_mutex_unlock(&z->z_lock);
}

/* The message is done with them: back to the client, or free. */
void
zone_moved(struct zone *z, uint64_t addr, uint64_t size, bool release)
{
	uint64_t end, first, i;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &first, &end);
	for (i = first; i < end; i++)
		set(z, MOVED, i, false);
	if (release && shared(z, first) && shared(z, end - 1))
		free_shared(z, first, end);
	else if (release)
		for (i = first; i < end; i++)
			if (get(z, USED, i))
				give_back(z, i, true);
	(void)pthread_mutex_unlock(&z->z_lock);
}

/*
 * The window.
 */

/* Could `size` bytes be placed in a window, were there one? */
bool
zone_wants_window(struct zone *z, uint64_t size)
{
	bool wants;

	(void)pthread_mutex_lock(&z->z_lock);
	wants = z->z_window == NULL &&
	    size <= window_size(z->z_pages * zone_page());
	(void)pthread_mutex_unlock(&z->z_lock);
	return (wants);
}

/* The lowest place for a window where nothing is in use; it is reserved. */
bool
zone_window_place(struct zone *z, uint64_t size, uint64_t *addrp)
{
	uint64_t first, i, n;
	bool ok;

	ok = false;
	n = size / zone_page();
	(void)pthread_mutex_lock(&z->z_lock);
	if (z->z_window == NULL && n != 0)
		for (first = 0; first + n <= z->z_pages && !ok; first += n) {
			ok = find(z, first, first + n, true) == first + n;
			if (ok) {
				for (i = first; i < first + n; i++)
					set(z, USED, i, true);
				z->z_used += n;
				*addrp = z->z_base + first * zone_page();
			}
		}
	(void)pthread_mutex_unlock(&z->z_lock);
	return (ok);
}

/* The client has mapped it (or has not); consumes the reference if so. */
void
zone_window_set(struct zone *z, uint64_t addr, uint64_t size,
    struct window *w)
{
	uint64_t end, first, i;

	(void)pthread_mutex_lock(&z->z_lock);
	range(z, addr, size, &first, &end);
	for (i = first; i < end; i++) {
		/* Before there is a window: not counted as its pages. */
		give_back(z, i, false);
		if (w != NULL)
			stale_set(z, i, false);
	}
	if (w != NULL) {
		z->z_window = w;
		z->z_first = z->z_shared_hint = first;
		z->z_end = end;
		z->z_shared_used = 0;
		z->z_forking = false;
	}
	(void)pthread_mutex_unlock(&z->z_lock);
}

/* No new content will come to it, its free pages are holes. */
static struct window *
retire(struct zone *z)
{
	struct window *w;
	uint64_t i, next;

	w = z->z_window;
	for (i = z->z_first; w != NULL && i < z->z_end; i = next) {
		next = find(z, i, z->z_end, true);
		if (next == i) {
			next = find(z, i, z->z_end, false);
			continue;
		}
		if (punch(z, i, next))
			for (; i < next; i++)
				stale_set(z, i, false);
		else	/* Its content is old, whatever the map says. */
			for (; i < next; i++)
				stale_set(z, i, true);
	}
	z->z_window = NULL;
	if (z->z_first < z->z_hint)
		z->z_hint = z->z_first;
	z->z_first = z->z_end = z->z_shared_used = 0;
	return (w);
}

/*
 * The client is about to fork.  The window if it is in use: it is the client's
 * private memory from now on, and the caller's reference.  Else nothing will
 * be placed in it before zone_forked().
 */
struct window *
zone_fork(struct zone *z)
{
	struct window *w;

	w = NULL;
	(void)pthread_mutex_lock(&z->z_lock);
	if (z->z_shared_used != 0)
		w = retire(z);
	else
		z->z_forking = true;
	(void)pthread_mutex_unlock(&z->z_lock);
	return (w);
}

void
zone_forked(struct zone *z)
{

	(void)pthread_mutex_lock(&z->z_lock);
	z->z_forking = false;
	(void)pthread_mutex_unlock(&z->z_lock);
}

/*
 * The client is gone.  Of its window only what messages hold is kept, until
 * they are done with it.
 */
void
zone_close(struct zone *z)
{
	struct window *w;
	uint64_t i;

	(void)pthread_mutex_lock(&z->z_lock);
	for (i = z->z_first; z->z_window != NULL && i < z->z_end; i++)
		if (get(z, USED, i) && !get(z, MOVED, i))
			give_back(z, i, true);
	w = retire(z);
	(void)pthread_mutex_unlock(&z->z_lock);
	if (w != NULL) {
		window_close_fd(w);
		window_drop(w);
	}
	zone_drop(z);
}
