/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * malloc(9), its accounting, and allocation faults.
 *
 * Every block carries its type and size in a header, which the address
 * sanitizer guards.  Counts are kept in shards by thread, so that threads do
 * not share a cache line for them; a shard alone may be negative.
 *
 * Locks.  types_lock protects the list of types.
 */

#include <kernel/user/kpi_host.h>

/* The type of what type-stable zones keep: kernel/ipc/ipc_zone.c. */
#define KEPT "mach_stable"

#ifdef KPI_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)	  ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)0)
#endif

#define JUNK 0xde

struct header {
	struct malloc_type *type;
	size_t size;
};
_Static_assert(sizeof(struct header) == 16, "keeps malloc's alignment");

static pthread_mutex_t types_lock = PTHREAD_MUTEX_INITIALIZER;
static SLIST_HEAD(, malloc_type) types = SLIST_HEAD_INITIALIZER(types);

/* One thread's fault plan. */
static _Thread_local struct {
	uint64_t fail; /* 0: none */
	uint64_t points;
	int what; /* HOST_FAIL_* */
} fault;

MALLOC_DEFINE(M_TEMP, "temp", "misc temporary data buffers");

void
kpi_malloc_type_register(struct malloc_type *type)
{

	pthread_mutex_lock(&types_lock);
	SLIST_INSERT_HEAD(&types, type, ks_next);
	pthread_mutex_unlock(&types_lock);
}

void
host_alloc_fail_after(uint64_t n, int what)
{

	fault.fail = n;
	fault.points = 0;
	fault.what = what;
}

uint64_t
host_alloc_points(void)
{

	return (fault.points);
}

bool
kpi_alloc_fault(int flags)
{

	if ((fault.what &
		((flags & M_WAITOK) != 0 ? HOST_FAIL_WAITOK :
					   HOST_FAIL_NOWAIT)) == 0)
		return (false);
	return (++fault.points == fault.fail);
}

static void
account(struct malloc_type *type, int64_t items, int64_t bytes)
{
	u_int i;

	i = kpi_thread_index() % KPI_MALLOC_SHARDS;
	(void)__atomic_fetch_add(&type->ks_shard[i].ms_items, items,
	    __ATOMIC_RELAXED);
	(void)__atomic_fetch_add(&type->ks_shard[i].ms_bytes, bytes,
	    __ATOMIC_RELAXED);
	if (items > 0)
		(void)__atomic_fetch_add(&type->ks_shard[i].ms_allocs, 1,
		    __ATOMIC_RELAXED);
}

void *
kpi_malloc(size_t size, struct malloc_type *type, int flags, const char *file,
    int line)
{
	struct header *h;

	(void)file, (void)line;
#ifdef KPI_DEBUG
	if (((flags & M_WAITOK) != 0) == ((flags & M_NOWAIT) != 0))
		kpi_panic(file, line,
		    "malloc: neither or both of M_WAITOK "
		    "and M_NOWAIT @ %s:%d",
		    file, line);
	if ((flags & M_WAITOK) != 0)
		kpi_may_sleep("malloc(M_WAITOK)", file, line);
#endif
	kpi_sched_point(KPI_POINT_ALLOC, type);
	if (kpi_alloc_fault(flags))
		return (NULL);
	if (size > SIZE_MAX - sizeof(*h))
		h = NULL;
	else if ((flags & M_ZERO) != 0)
		h = calloc(1, sizeof(*h) + size);
	else
		h = malloc(sizeof(*h) + size);
	if (h == NULL) {
		if ((flags & M_WAITOK) != 0)
			kpi_panic(file, line,
			    "out of memory: %zu bytes of "
			    "type \"%s\"",
			    size, type->ks_shortdesc);
		return (NULL);
	}
	h->type = type;
	h->size = size;
	account(type, 1, (int64_t)size);
#ifdef KPI_DEBUG
	if ((flags & M_ZERO) == 0)
		memset(h + 1, JUNK, size);
#endif
	ASAN_POISON_MEMORY_REGION(h, sizeof(*h));
	return (h + 1);
}

/* The header of a block, readable. */
static struct header *
header_of(void *p, struct malloc_type *type, const char *what)
{
	struct header *h;

	h = (struct header *)p - 1;
	ASAN_UNPOISON_MEMORY_REGION(h, sizeof(*h));
	if (h->type != type)
		panic("%s: %p is not of type \"%s\"", what, p,
		    type->ks_shortdesc);
	return (h);
}

void
kpi_free(void *p, struct malloc_type *type)
{
	struct header *h;

	if (p == NULL)
		return;
	h = header_of(p, type, "free");
#ifdef KPI_DEBUG
	kpi_check_free(p, h->size, "free");
#endif
	account(type, -1, -(int64_t)h->size);
	h->type = NULL;
#ifdef KPI_DEBUG
	memset(p, JUNK, h->size);
#endif
	free(h);
}

void *
kpi_mallocarray(size_t n, size_t size, struct malloc_type *type, int flags,
    const char *file, int line)
{

	if (size != 0 && n > SIZE_MAX / size) {
		if ((flags & M_WAITOK) != 0)
			kpi_panic(file, line, "mallocarray: %zu * %zu", n,
			    size);
		return (NULL);
	}
	return (kpi_malloc(n * size, type, flags, file, line));
}

void *
kpi_realloc(void *p, size_t size, struct malloc_type *type, int flags,
    const char *file, int line)
{
	struct header *h;
	size_t old;
	void *n;

	if (p == NULL)
		return (kpi_malloc(size, type, flags, file, line));
	h = header_of(p, type, "realloc");
	old = h->size;
	ASAN_POISON_MEMORY_REGION(h, sizeof(*h));
	n = kpi_malloc(size, type, flags, file, line);
	if (n == NULL)
		return (NULL);
	memcpy(n, p, old < size ? old : size);
	kpi_free(p, type);
	return (n);
}

void *
kpi_reallocf(void *p, size_t size, struct malloc_type *type, int flags,
    const char *file, int line)
{
	void *n;

	n = kpi_realloc(p, size, type, flags, file, line);
	if (n == NULL)
		kpi_free(p, type);
	return (n);
}

char *
kpi_strdup(const char *s, struct malloc_type *type, const char *file, int line)
{
	size_t len;
	char *n;

	len = strlen(s) + 1;
	n = kpi_malloc(len, type, M_WAITOK, file, line);
	if (n != NULL)
		memcpy(n, s, len);
	return (n);
}

/*
 * hashinit(9): the largest power of two not above count.
 */

LIST_HEAD(generic, generic_entry);

void *
hashinit_flags(int count, struct malloc_type *type, u_long *hashmask, int flags)
{
	struct generic *table;
	u_long i, size;

	KASSERT(count > 0, ("hashinit: %d elements", count));
	for (size = 1; size <= (u_long)count; size <<= 1)
		continue;
	size >>= 1;
	table = kpi_malloc(size * sizeof(*table), type,
	    (flags & HASH_NOWAIT) != 0 ? M_NOWAIT : M_WAITOK, __FILE__,
	    __LINE__);
	if (table == NULL)
		return (NULL);
	for (i = 0; i < size; i++)
		LIST_INIT(&table[i]);
	*hashmask = size - 1;
	return (table);
}

void *
hashinit(int count, struct malloc_type *type, u_long *hashmask)
{

	return (hashinit_flags(count, type, hashmask, HASH_WAITOK));
}

void
hashdestroy(void *arg, struct malloc_type *type, u_long hashmask)
{
	struct generic *table;
	u_long i;

	table = arg;
	for (i = 0; i <= hashmask; i++)
		KASSERT(LIST_EMPTY(&table[i]),
		    ("hashdestroy: chain %lu is not empty", i));
	kpi_free(table, type);
}

/*
 * Counts, for the host.
 */

static void
types_foreach(void (*fn)(const struct host_alloc_stat *, void *), void *arg)
{
	struct host_alloc_stat st;
	struct malloc_type *t;
	u_int i;

	pthread_mutex_lock(&types_lock);
	SLIST_FOREACH(t, &types, ks_next) {
		memset(&st, 0, sizeof(st));
		st.name = t->ks_shortdesc;
		st.kept = strcmp(st.name, KEPT) == 0;
		for (i = 0; i < KPI_MALLOC_SHARDS; i++) {
			st.items += __atomic_load_n(&t->ks_shard[i].ms_items,
			    __ATOMIC_RELAXED);
			st.bytes += __atomic_load_n(&t->ks_shard[i].ms_bytes,
			    __ATOMIC_RELAXED);
			st.allocs += __atomic_load_n(&t->ks_shard[i].ms_allocs,
			    __ATOMIC_RELAXED);
		}
		fn(&st, arg);
	}
	pthread_mutex_unlock(&types_lock);
}

void
host_alloc_foreach(void (*fn)(const struct host_alloc_stat *, void *),
    void *arg)
{

	types_foreach(fn, arg);
	kpi_uma_foreach(fn, arg);
}

static void
add_bytes(const struct host_alloc_stat *st, void *arg)
{

	if (!st->kept)
		*(int64_t *)arg += st->bytes;
}

int64_t
host_live_bytes(void)
{
	int64_t sum;

	sum = 0;
	host_alloc_foreach(add_bytes, &sum);
	return (sum);
}

struct by_name {
	const char *name;
	int64_t items;
};

static void
add_items(const struct host_alloc_stat *st, void *arg)
{
	struct by_name *b = arg;

	if (strcmp(st->name, b->name) == 0)
		b->items += st->items;
}

int64_t
host_live_items(const char *name)
{
	struct by_name b = {.name = name};

	host_alloc_foreach(add_items, &b);
	return (b.items);
}

struct printing {
	int fd;
	int n;
};

static void
print_one(const struct host_alloc_stat *st, void *arg)
{
	struct printing *p = arg;

	if (st->items == 0)
		return;
	p->n++;
	dprintf(p->fd,
	    "%-6s %-24s %10" PRId64 " items %12" PRId64 " bytes %12" PRIu64
	    " allocations\n",
	    st->zone ? "zone" : "malloc", st->name, st->items, st->bytes,
	    st->allocs);
}

int
host_alloc_print(int fd)
{
	struct printing p = {.fd = fd};

	host_alloc_foreach(print_one, &p);
	return (p.n);
}
