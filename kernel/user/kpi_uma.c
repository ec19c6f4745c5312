/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * uma(9).
 *
 * Model.  Items that have been through the zone's init function are kept in
 * magazines.  A thread uses the slot of its number: two magazines, the loaded
 * one and the one before, so that a thread that allocates and frees in turns
 * stays on them.  Full and empty magazines are exchanged with the depot of the
 * zone, which is how items freed by receivers come back to senders.  When the
 * depot has nothing, memory comes from libc.
 *
 * Under a sanitizer nothing is kept (CACHE below), unless the zone is
 * UMA_ZONE_NOFREE: then every item has an allocation and a stack trace of its
 * own.  Debug builds fill free items with junk and look whether it is still
 * there when they are allocated.
 *
 * A cache zone has an owner's functions in place of libc, and no init; what is
 * in its items is the owner's business.
 *
 * Locks.  A slot has a lock (threads may share one), taken before the depot's.
 * zones_lock protects the list of zones and comes first.  A zone with a limit
 * counts its items in uz_items; uz_limit_lock is only for those who wait.
 */

#include <kernel/user/kpi_host.h>

#define SLOTS	16
#define MAG_MAX 64
#define JUNK	0xde

#if defined(KPI_ASAN) || defined(KPI_TSAN)
#define CACHE(z) (((z)->uz_flags & UMA_ZONE_NOFREE) != 0)
#else
#define CACHE(z) true
#endif

struct magazine {
	struct magazine *next;
	u_int n;
	void *item[MAG_MAX];
};

struct slot {
	pthread_mutex_t lock;
	struct magazine *loaded;
	struct magazine *previous;
	uint64_t allocs;
	uint64_t frees;
} __aligned(64);

struct uma_zone {
	struct slot uz_slot[SLOTS];
	const char *uz_name;
	size_t uz_size;
	size_t uz_align;
	uma_ctor uz_ctor;
	uma_dtor uz_dtor;
	uma_init uz_init;
	uma_fini uz_fini;
	uma_import uz_import; /* where items come from, or NULL: libc */
	uma_release uz_release;
	void *uz_arg; /* theirs */
	uint32_t uz_flags;
	u_int uz_mag; /* items in a magazine */

	pthread_mutex_t uz_depot;
	struct magazine *uz_full;
	struct magazine *uz_empty;

	int uz_max; /* 0: no limit */
	int uz_items; /* with a limit: allocated */
	int uz_waiters;
	pthread_mutex_t uz_limit_lock;
	pthread_cond_t uz_limit_cond;
	const char *uz_warning;
	sbintime_t uz_warned;

	LIST_ENTRY(uma_zone) uz_link;
};

static pthread_mutex_t zones_lock = PTHREAD_MUTEX_INITIALIZER;
static LIST_HEAD(, uma_zone) zones = LIST_HEAD_INITIALIZER(zones);

uma_zone_t
uma_zcreate(const char *name, size_t size, uma_ctor ctor, uma_dtor dtor,
    uma_init uminit, uma_fini fini, int align, uint32_t flags)
{
	struct uma_zone *z;
	u_int i;

	KASSERT((flags & ~(uint32_t)(UMA_ZONE_ZINIT | UMA_ZONE_NOFREE)) == 0,
	    ("uma_zcreate: flags %#x", flags));
	kpi_may_sleep("uma_zcreate", __FILE__, __LINE__);
	if (posix_memalign((void **)&z, _Alignof(struct uma_zone),
		sizeof(*z)) != 0)
		panic("no memory for zone \"%s\"", name);
	memset(z, 0, sizeof(*z));
	z->uz_name = name;
	z->uz_size = size;
	z->uz_align = align == UMA_ALIGN_CACHE ? CACHE_LINE_SIZE :
						 (size_t)align + 1;
	KASSERT(powerof2(z->uz_align), ("uma_zcreate: align %d", align));
	if (z->uz_align < 16)
		z->uz_align = 16;
	z->uz_ctor = ctor;
	z->uz_dtor = dtor;
	z->uz_init = uminit;
	z->uz_fini = fini;
	z->uz_flags = flags;
	z->uz_mag = (u_int)(65536 / (size == 0 ? 1 : size));
	z->uz_mag = z->uz_mag < 4 ? 4 : MIN(z->uz_mag, MAG_MAX);
	for (i = 0; i < SLOTS; i++)
		(void)pthread_mutex_init(&z->uz_slot[i].lock, NULL);
	(void)pthread_mutex_init(&z->uz_depot, NULL);
	(void)pthread_mutex_init(&z->uz_limit_lock, NULL);
	(void)pthread_cond_init(&z->uz_limit_cond, NULL);

	pthread_mutex_lock(&zones_lock);
	LIST_INSERT_HEAD(&zones, z, uz_link);
	pthread_mutex_unlock(&zones_lock);
	return (z);
}

uma_zone_t
uma_zcache_create(const char *name, int size, uma_ctor ctor, uma_dtor dtor,
    uma_init uminit, uma_fini fini, uma_import import, uma_release release,
    void *arg, int flags)
{
	struct uma_zone *z;

	KASSERT(uminit == NULL && fini == NULL, ("uma_zcache_create: init"));
	z = uma_zcreate(name, (size_t)size, ctor, dtor, uminit, fini,
	    UMA_ALIGN_PTR, (uint32_t)flags);
	z->uz_import = import;
	z->uz_release = release;
	z->uz_arg = arg;
	return (z);
}

/* Memory from libc or from the owner, through the zone's init. */
static void *
item_import(struct uma_zone *z, int flags)
{
	void *item;

	if (z->uz_import != NULL)
		return (
		    z->uz_import(z->uz_arg, &item, 1, 0, flags) == 1 ? item :
								       NULL);
	if (posix_memalign(&item, z->uz_align, z->uz_size) != 0)
		return (NULL);
	if ((z->uz_flags & UMA_ZONE_ZINIT) != 0)
		memset(item, 0, z->uz_size);
#ifdef KPI_DEBUG
	else
		memset(item, JUNK, z->uz_size);
#endif
	if (z->uz_init != NULL &&
	    z->uz_init(item, (int)z->uz_size, flags) != 0) {
		free(item);
		return (NULL);
	}
	return (item);
}

static void
item_release(struct uma_zone *z, void *item)
{

	if (z->uz_release != NULL) {
		z->uz_release(z->uz_arg, &item, 1);
		return;
	}
	if (z->uz_fini != NULL)
		z->uz_fini(item, (int)z->uz_size);
	free(item);
}

#ifdef KPI_DEBUG
/* A free item's content is nobody's, unless init made it or it is stable. */
static bool
has_junk(const struct uma_zone *z)
{

	return (z->uz_init == NULL && z->uz_fini == NULL &&
	    z->uz_import == NULL &&
	    (z->uz_flags & (UMA_ZONE_ZINIT | UMA_ZONE_NOFREE)) == 0);
}

static void
junk_check(const struct uma_zone *z, const void *item)
{
	const unsigned char *p = item;
	size_t i;

	for (i = 0; i < z->uz_size; i++)
		if (p[i] != JUNK)
			panic("zone \"%s\": item %p was written at offset %zu "
			      "after it was freed",
			    z->uz_name, item, i);
}
#endif

static struct magazine *
mag_alloc(void)
{
	struct magazine *m;

	m = malloc(sizeof(*m));
	if (m != NULL) {
		m->next = NULL;
		m->n = 0;
	}
	return (m);
}

/* With the slot locked. */
static void *
slot_get(struct uma_zone *z, struct slot *s)
{
	struct magazine *m;

	if (s->loaded != NULL && s->loaded->n > 0)
		return (s->loaded->item[--s->loaded->n]);
	if (s->previous != NULL && s->previous->n > 0) {
		m = s->loaded;
		s->loaded = s->previous;
		s->previous = m;
		return (s->loaded->item[--s->loaded->n]);
	}
	pthread_mutex_lock(&z->uz_depot);
	if ((m = z->uz_full) != NULL) {
		z->uz_full = m->next;
		if (s->previous != NULL) {
			s->previous->next = z->uz_empty;
			z->uz_empty = s->previous;
		}
		s->previous = s->loaded;
		s->loaded = m;
	}
	pthread_mutex_unlock(&z->uz_depot);
	return (m != NULL ? m->item[--m->n] : NULL);
}

/* With the slot locked.  False: no room. */
static bool
slot_put(struct uma_zone *z, struct slot *s, void *item)
{
	struct magazine *m;

	if (s->loaded != NULL && s->loaded->n < z->uz_mag) {
		s->loaded->item[s->loaded->n++] = item;
		return (true);
	}
	if (s->previous != NULL && s->previous->n < z->uz_mag) {
		m = s->loaded;
		s->loaded = s->previous;
		s->previous = m;
		s->loaded->item[s->loaded->n++] = item;
		return (true);
	}
	pthread_mutex_lock(&z->uz_depot);
	if ((m = z->uz_empty) != NULL)
		z->uz_empty = m->next;
	else
		m = mag_alloc();
	if (m != NULL) {
		if (s->previous != NULL) {
			s->previous->next = z->uz_full;
			z->uz_full = s->previous;
		}
		s->previous = s->loaded;
		s->loaded = m;
	}
	pthread_mutex_unlock(&z->uz_depot);
	if (m == NULL)
		return (false);
	m->item[m->n++] = item;
	return (true);
}

static struct slot *
slot_lock(struct uma_zone *z)
{
	struct slot *s;

	s = &z->uz_slot[kpi_thread_index() % SLOTS];
	pthread_mutex_lock(&s->lock);
	return (s);
}

static int
limit_of(const struct uma_zone *z)
{

	return (__atomic_load_n(&z->uz_max, __ATOMIC_RELAXED));
}

/* Take one of the limited number of items, waiting for it or not. */
static bool
limit_take(struct uma_zone *z, int flags)
{
	int n;

	n = __atomic_load_n(&z->uz_items, __ATOMIC_RELAXED);
	while (n < limit_of(z))
		if (__atomic_compare_exchange_n(&z->uz_items, &n, n + 1, true,
			__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return (true);

	if (z->uz_warning != NULL) {
		sbintime_t now, then;

		now = sbinuptime();
		then = __atomic_load_n(&z->uz_warned, __ATOMIC_RELAXED);
		if ((then == 0 || now - then > 300 * SBT_1S) &&
		    __atomic_compare_exchange_n(&z->uz_warned, &then, now,
			false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
			kpi_log(LOG_WARNING, "[zone: %s] %s\n", z->uz_name,
			    z->uz_warning);
	}
	if ((flags & M_NOWAIT) != 0)
		return (false);

	pthread_mutex_lock(&z->uz_limit_lock);
	__atomic_add_fetch(&z->uz_waiters, 1, __ATOMIC_SEQ_CST);
	for (;;) {
		n = __atomic_load_n(&z->uz_items, __ATOMIC_SEQ_CST);
		if (n >= limit_of(z)) {
			pthread_cond_wait(&z->uz_limit_cond, &z->uz_limit_lock);
			continue;
		}
		if (__atomic_compare_exchange_n(&z->uz_items, &n, n + 1, true,
			__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			break;
	}
	__atomic_sub_fetch(&z->uz_waiters, 1, __ATOMIC_SEQ_CST);
	pthread_mutex_unlock(&z->uz_limit_lock);
	return (true);
}

static void
limit_give(struct uma_zone *z)
{

	(void)__atomic_sub_fetch(&z->uz_items, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&z->uz_waiters, __ATOMIC_SEQ_CST) != 0) {
		pthread_mutex_lock(&z->uz_limit_lock);
		pthread_cond_signal(&z->uz_limit_cond);
		pthread_mutex_unlock(&z->uz_limit_lock);
	}
}

/* Back into the zone, after the destructor. */
static void
item_put(struct uma_zone *z, void *item)
{
	struct slot *s;
	bool kept;

	kept = false;
	s = slot_lock(z);
	s->frees++;
	if (CACHE(z))
		kept = slot_put(z, s, item);
	pthread_mutex_unlock(&s->lock);
	if (!kept)
		item_release(z, item);
	if (limit_of(z) != 0)
		limit_give(z);
}

void *
kpi_uma_zalloc_arg(uma_zone_t z, void *arg, int flags, const char *file,
    int line)
{
	struct slot *s;
	void *item;

	(void)file, (void)line;
#ifdef KPI_DEBUG
	if (((flags & M_WAITOK) != 0) == ((flags & M_NOWAIT) != 0))
		kpi_panic(file, line,
		    "uma_zalloc: neither or both of "
		    "M_WAITOK and M_NOWAIT @ %s:%d",
		    file, line);
	if ((flags & M_WAITOK) != 0)
		kpi_may_sleep("uma_zalloc(M_WAITOK)", file, line);
#endif
	kpi_sched_point(KPI_POINT_ALLOC, z);
	if (kpi_alloc_fault(flags))
		return (NULL);
	if (limit_of(z) != 0 && !limit_take(z, flags))
		return (NULL);

	s = slot_lock(z);
	item = slot_get(z, s);
	s->allocs++;
	pthread_mutex_unlock(&s->lock);
#ifdef KPI_DEBUG
	if (item != NULL && has_junk(z))
		junk_check(z, item);
#endif
	if (item == NULL && (item = item_import(z, flags)) == NULL) {
		if ((flags & M_WAITOK) != 0)
			kpi_panic(file, line, "out of memory: zone \"%s\"",
			    z->uz_name);
		s = slot_lock(z);
		s->allocs--;
		pthread_mutex_unlock(&s->lock);
		if (limit_of(z) != 0)
			limit_give(z);
		return (NULL);
	}
	if (z->uz_ctor != NULL &&
	    z->uz_ctor(item, (int)z->uz_size, arg, flags) != 0) {
#ifdef KPI_DEBUG
		if (has_junk(z))
			memset(item, JUNK, z->uz_size);
#endif
		item_put(z, item);
		return (NULL);
	}
	if ((flags & M_ZERO) != 0)
		memset(item, 0, z->uz_size);
	return (item);
}

void
kpi_uma_zfree_arg(uma_zone_t z, void *item, void *arg)
{

	if (item == NULL)
		return;
	if (z->uz_dtor != NULL)
		z->uz_dtor(item, (int)z->uz_size, arg);
#ifdef KPI_DEBUG
	kpi_check_free(item, z->uz_size, "uma_zfree");
	if (has_junk(z))
		memset(item, JUNK, z->uz_size);
#endif
	item_put(z, item);
}

static void
mag_free(struct uma_zone *z, struct magazine *m)
{
	struct magazine *next;

	for (; m != NULL; m = next) {
		next = m->next;
		while (m->n > 0)
			item_release(z, m->item[--m->n]);
		free(m);
	}
}

void
uma_zdestroy(uma_zone_t z)
{
	int cur;
	u_int i;

	kpi_may_sleep("uma_zdestroy", __FILE__, __LINE__);
	if ((cur = uma_zone_get_cur(z)) != 0)
#ifdef KPI_DEBUG
		panic("uma_zdestroy: zone \"%s\" has %d items", z->uz_name,
		    cur);
#else
		kpi_printf("uma_zdestroy: zone \"%s\" has %d items\n",
		    z->uz_name, cur);
#endif
	pthread_mutex_lock(&zones_lock);
	LIST_REMOVE(z, uz_link);
	pthread_mutex_unlock(&zones_lock);
	for (i = 0; i < SLOTS; i++) {
		if (z->uz_slot[i].loaded != NULL)
			z->uz_slot[i].loaded->next = NULL;
		if (z->uz_slot[i].previous != NULL)
			z->uz_slot[i].previous->next = NULL;
		mag_free(z, z->uz_slot[i].loaded);
		mag_free(z, z->uz_slot[i].previous);
		(void)pthread_mutex_destroy(&z->uz_slot[i].lock);
	}
	mag_free(z, z->uz_full);
	mag_free(z, z->uz_empty);
	(void)pthread_cond_destroy(&z->uz_limit_cond);
	(void)pthread_mutex_destroy(&z->uz_limit_lock);
	(void)pthread_mutex_destroy(&z->uz_depot);
	free(z);
}

static void
zone_sums(struct uma_zone *z, uint64_t *allocs, uint64_t *frees)
{
	u_int i;

	*allocs = *frees = 0;
	for (i = 0; i < SLOTS; i++) {
		pthread_mutex_lock(&z->uz_slot[i].lock);
		*allocs += z->uz_slot[i].allocs;
		*frees += z->uz_slot[i].frees;
		pthread_mutex_unlock(&z->uz_slot[i].lock);
	}
}

int
uma_zone_get_cur(uma_zone_t z)
{
	uint64_t allocs, frees;

	zone_sums(z, &allocs, &frees);
	return (allocs > frees ? (int)(allocs - frees) : 0);
}

int
uma_zone_set_max(uma_zone_t z, int nitems)
{

	/* The first limit starts the count: before the zone is in use. */
	if (limit_of(z) == 0)
		z->uz_items = uma_zone_get_cur(z);
	pthread_mutex_lock(&z->uz_limit_lock);
	__atomic_store_n(&z->uz_max, nitems, __ATOMIC_RELAXED);
	pthread_cond_broadcast(&z->uz_limit_cond);
	pthread_mutex_unlock(&z->uz_limit_lock);
	return (nitems);
}

int
uma_zone_get_max(uma_zone_t z)
{

	return (limit_of(z));
}

void
uma_zone_set_warning(uma_zone_t z, const char *warning)
{

	z->uz_warning = warning;
}

void
kpi_uma_foreach(void (*fn)(const struct host_alloc_stat *, void *), void *arg)
{
	struct host_alloc_stat st;
	struct uma_zone *z;
	uint64_t allocs, frees;

	pthread_mutex_lock(&zones_lock);
	LIST_FOREACH(z, &zones, uz_link) {
		zone_sums(z, &allocs, &frees);
		st.name = z->uz_name;
		st.zone = true;
		st.kept = false;
		st.items = (int64_t)(allocs - frees);
		st.bytes = st.items * (int64_t)z->uz_size;
		st.allocs = allocs;
		fn(&st, arg);
	}
	pthread_mutex_unlock(&zones_lock);
}
