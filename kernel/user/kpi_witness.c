/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The lock checks of debug builds.
 *
 * Model.  Locks of one type (the type given to mtx_init(), else the name) are
 * one class.  Whenever a thread takes a lock of class B while it holds one of
 * class A, "A before B" becomes an edge of the order graph, with the source
 * lines of both acquisitions.  An edge that would close a cycle is a lock
 * order reversal, whether or not any thread is blocked at that moment.  Each
 * thread has a list of what it holds; recursion, release of what is not held,
 * destruction of what is held, and sleeping with a mutex held are found there.
 *
 * Locks.  graph_lock protects the classes and the edges; edges are never
 * removed, so that a known edge is found without it.  The lists of held locks
 * are thread-local.
 */

#include <kernel/user/kpi_host.h>

#ifdef KPI_DEBUG

#define CLASS_MAX  512
#define CLASS_HASH 256
#define HELD_MAX   64

struct class {
	char *name;
	u_int id;
	struct class *hash_next;
};

struct edge {
	const char *file1, *file2; /* NULL: declared */
	int line1, line2;
};

struct held {
	struct lock_object *lo;
	const char *file;
	int line;
	u_int lop;
};

static pthread_mutex_t graph_lock = PTHREAD_MUTEX_INITIALIZER;
static struct class *class_hash[CLASS_HASH];
static struct class classes[CLASS_MAX]; /* 0 is no class */
static u_int nclasses = 1;
static struct edge *edges[CLASS_MAX][CLASS_MAX];

static _Thread_local struct held held[HELD_MAX];
static _Thread_local u_int nheld;

static u_int
class_of(const char *name)
{
	struct class *c;
	const char *p;
	u_int h;

	h = 0;
	for (p = name; *p != '\0'; p++)
		h = h * 31 + (unsigned char)*p;
	h %= CLASS_HASH;

	pthread_mutex_lock(&graph_lock);
	for (c = class_hash[h]; c != NULL; c = c->hash_next)
		if (strcmp(c->name, name) == 0)
			break;
	if (c == NULL) {
		if (nclasses == CLASS_MAX)
			panic("more than %d lock types", CLASS_MAX);
		c = &classes[nclasses];
		c->name = strdup(name);
		if (c->name == NULL)
			panic("no memory for a lock type");
		c->id = nclasses++;
		c->hash_next = class_hash[h];
		class_hash[h] = c;
	}
	pthread_mutex_unlock(&graph_lock);
	return (c->id);
}

static const char *
kind(const struct lock_object *lo)
{

	switch (lo->lo_flags & LO_CLASSMASK) {
	case LO_MTX:
		return ("mtx");
	case LO_SX:
		return ("sx");
	case LO_RM:
		return ("rm");
	default:
		return ("?");
	}
}

/* Append to a message under construction. */
static void __printflike(3, 4) add(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	n = strlen(buf);
	va_start(ap, fmt);
	(void)vsnprintf(buf + n, size - n, fmt, ap);
	va_end(ap);
}

/* Depth first from a to b along the edges; via[] tells how c was reached. */
static bool
path(u_int a, u_int b, u_int *via, bool *seen)
{
	u_int c;

	seen[a] = true;
	for (c = 1; c < nclasses; c++) {
		if (edges[a][c] == NULL || seen[c])
			continue;
		via[c] = a;
		if (c == b || path(c, b, via, seen))
			return (true);
	}
	return (false);
}

/* Print the recorded path from a to b, its first step first. */
static void
print_path(char *buf, size_t size, u_int a, u_int b, const u_int *via)
{
	const struct edge *e;

	if (via[b] != a)
		print_path(buf, size, a, via[b], via);
	e = edges[via[b]][b];
	if (e->file1 == NULL)
		add(buf, size, "\n  \"%s\" before \"%s\": declared",
		    classes[via[b]].name, classes[b].name);
	else
		add(buf, size, "\n  \"%s\" @ %s:%d before \"%s\" @ %s:%d",
		    classes[via[b]].name, e->file1, e->line1, classes[b].name,
		    e->file2, e->line2);
}

/*
 * Record that a comes before b.  On a reversal, describe it in buf and
 * return false.
 */
static bool
order(u_int a, u_int b, const struct edge *site, char *buf, size_t size)
{
	static u_int via[CLASS_MAX]; /* graph_lock */
	static bool seen[CLASS_MAX];
	struct edge *e;

	if (__atomic_load_n(&edges[a][b], __ATOMIC_ACQUIRE) != NULL)
		return (true);
	pthread_mutex_lock(&graph_lock);
	memset(seen, 0, sizeof(seen));
	if (path(b, a, via, seen)) {
		add(buf, size, "\nestablished order:");
		print_path(buf, size, b, a, via);
		pthread_mutex_unlock(&graph_lock);
		return (false);
	}
	if (edges[a][b] == NULL) {
		e = malloc(sizeof(*e));
		if (e == NULL)
			panic("no memory for a lock order");
		*e = *site;
		__atomic_store_n(&edges[a][b], e, __ATOMIC_RELEASE);
	}
	pthread_mutex_unlock(&graph_lock);
	return (true);
}

void
host_lock_order(const char *first, ...)
{
	static const struct edge declared;
	char buf[2048];
	const char *next;
	u_int a, b;
	va_list ap;

	a = class_of(first);
	va_start(ap, first);
	while ((next = va_arg(ap, const char *)) != NULL) {
		b = class_of(next);
		buf[0] = '\0';
		if (!order(a, b, &declared, buf, sizeof(buf)))
			panic("declared lock order \"%s\" before \"%s\" "
			      "contradicts what is known%s",
			    classes[a].name, next, buf);
		a = b;
	}
	va_end(ap);
}

void
kpi_lock_init(struct lock_object *lo, const char *name, const char *type,
    u_int flags, bool isnew, const char *what)
{

	if (!isnew && lo->lo_magic == KPI_LOCK_LIVE)
		panic("%s: lock \"%s\" %p is already initialized", what, name,
		    (void *)lo);
	lo->lo_name = name;
	lo->lo_flags = (u_short)flags;
	lo->lo_witness = (flags & LO_NOWITNESS) != 0 ?
	    0 :
	    (u_short)class_of(type != NULL ? type : name);
	lo->lo_magic = KPI_LOCK_LIVE;
}

void
kpi_check_live(const struct lock_object *lo, const char *what, const char *file,
    int line)
{

	if (lo->lo_magic == KPI_LOCK_LIVE)
		return;
	if (lo->lo_magic == KPI_LOCK_DEAD)
		kpi_panic(file, line, "%s of destroyed lock %p", what,
		    (const void *)lo);
	kpi_panic(file, line, "%s of lock %p that was never initialized", what,
	    (const void *)lo);
}

static struct held *
held_find(const struct lock_object *lo)
{
	u_int i;

	for (i = nheld; i > 0; i--)
		if (held[i - 1].lo == lo)
			return (&held[i - 1]);
	return (NULL);
}

void
kpi_lock_destroy(struct lock_object *lo, const char *what)
{
	struct held *h;

	kpi_check_live(lo, what, "(destroy)", 0);
	if ((h = held_find(lo)) != NULL)
		kpi_panic(h->file, h->line,
		    "%s of held %s \"%s\", acquired at %s:%d", what, kind(lo),
		    lo->lo_name, h->file, h->line);
	lo->lo_magic = KPI_LOCK_DEAD;
}

void
kpi_check_lock(struct lock_object *lo, u_int lop, const char *what,
    const char *file, int line)
{
	char buf[4096];
	struct edge site;
	struct held *h;
	u_int i;

	kpi_check_live(lo, what, file, line);
	if ((lop & LOP_TRYLOCK) != 0)
		return; /* cannot deadlock */

	if ((h = held_find(lo)) != NULL &&
	    ((lop & LOP_EXCLUSIVE) != 0 || (h->lop & LOP_EXCLUSIVE) != 0 ||
		(lo->lo_flags & LO_RECURSABLE) == 0))
		kpi_panic(file, line,
		    "%s: recursion on %s \"%s\" @ %s:%d, "
		    "already acquired at %s:%d",
		    what, kind(lo), lo->lo_name, file, line, h->file, h->line);

	if ((lo->lo_flags & LO_SLEEPABLE) != 0)
		kpi_may_sleep(what, file, line);

	if (lo->lo_witness == 0)
		return;
	for (i = 0; i < nheld; i++) {
		h = &held[i];
		if (h->lo == lo || h->lo->lo_witness == 0)
			continue;
		if (h->lo->lo_witness == lo->lo_witness) {
			if ((lo->lo_flags & LO_DUPOK) != 0 ||
			    (lop & LOP_DUPOK) != 0)
				continue;
			kpi_panic(file, line,
			    "two locks of one type: "
			    "%s \"%s\" @ %s:%d while holding \"%s\" @ %s:%d",
			    kind(lo), lo->lo_name, file, line, h->lo->lo_name,
			    h->file, h->line);
		}
		site = (struct edge) {.file1 = h->file,
		    .line1 = h->line,
		    .file2 = file,
		    .line2 = line};
		buf[0] = '\0';
		if (!order(h->lo->lo_witness, lo->lo_witness, &site, buf,
			sizeof(buf)))
			kpi_panic(file, line,
			    "lock order reversal:\n"
			    "  1st %s \"%s\" (%s) @ %s:%d\n"
			    "  2nd %s \"%s\" (%s) @ %s:%d%s",
			    kind(h->lo), h->lo->lo_name,
			    classes[h->lo->lo_witness].name, h->file, h->line,
			    kind(lo), lo->lo_name, classes[lo->lo_witness].name,
			    file, line, buf);
	}
}

void
kpi_note_lock(struct lock_object *lo, u_int lop, const char *file, int line)
{

	if (nheld == HELD_MAX)
		kpi_panic(file, line, "more than %d locks held", HELD_MAX);
	held[nheld++] = (struct held) {
	    .lo = lo, .file = file, .line = line, .lop = lop};
}

void
kpi_note_unlock(struct lock_object *lo, u_int lop, const char *what,
    const char *file, int line)
{
	struct held *h;

	kpi_check_live(lo, what, file, line);
	if ((h = held_find(lo)) == NULL)
		kpi_panic(file, line,
		    "%s: %s \"%s\" is not held by this "
		    "thread @ %s:%d",
		    what, kind(lo), lo->lo_name, file, line);
	if (((h->lop ^ lop) & LOP_EXCLUSIVE) != 0)
		kpi_panic(file, line, "%s: %s \"%s\" is held %s @ %s:%d", what,
		    kind(lo), lo->lo_name,
		    (h->lop & LOP_EXCLUSIVE) != 0 ? "exclusively" : "shared",
		    file, line);
	memmove(h, h + 1, (size_t)(&held[nheld] - (h + 1)) * sizeof(*h));
	nheld--;
}

/* Upgraded or downgraded to lop. */
void
kpi_note_convert(struct lock_object *lo, u_int lop, const char *file, int line)
{
	struct held *h;

	if ((h = held_find(lo)) != NULL)
		*h = (struct held) {
		    .lo = lo, .file = file, .line = line, .lop = lop};
}

int
kpi_lock_held(const struct lock_object *lo)
{
	struct held *h;

	if ((h = held_find(lo)) == NULL)
		return (0);
	return ((h->lop & LOP_EXCLUSIVE) != 0 ? 2 : 1);
}

void
kpi_check_free(const void *mem, size_t size, const char *what)
{
	uintptr_t lo, start;
	u_int i;

	start = (uintptr_t)mem;
	for (i = 0; i < nheld; i++) {
		lo = (uintptr_t)held[i].lo;
		if (lo >= start && lo - start < size)
			kpi_panic(held[i].file, held[i].line,
			    "%s of memory with held %s \"%s\", acquired at "
			    "%s:%d",
			    what, kind(held[i].lo), held[i].lo->lo_name,
			    held[i].file, held[i].line);
	}
}

void
kpi_may_sleep_but(const struct lock_object *but, const char *what,
    const char *file, int line)
{
	u_int i;

	if (kpi_tls.kt_nosleep != 0)
		kpi_panic(file, line, "%s may sleep @ %s:%d in %s", what, file,
		    line, kpi_tls.kt_nosleep_why);
	for (i = 0; i < nheld; i++) {
		if (held[i].lo == but ||
		    (held[i].lo->lo_flags & LO_SLEEPABLE) != 0)
			continue;
		kpi_panic(file, line,
		    "%s may sleep @ %s:%d with %s \"%s\" "
		    "held, acquired at %s:%d",
		    what, file, line, kind(held[i].lo), held[i].lo->lo_name,
		    held[i].file, held[i].line);
	}
}

void
kpi_may_sleep(const char *what, const char *file, int line)
{

	kpi_may_sleep_but(NULL, what, file, line);
}

int
kpi_witness_warn(int flags, const struct lock_object *but, const char *fmt, ...)
{
	char what[256];
	va_list ap;
	u_int i, n;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	n = 0;
	for (i = 0; i < nheld; i++) {
		if (held[i].lo == but ||
		    ((flags & WARN_SLEEPOK) != 0 &&
			(held[i].lo->lo_flags & LO_SLEEPABLE) != 0))
			continue;
		n++;
		kpi_printf("%s with %s \"%s\" held, acquired at %s:%d\n", what,
		    kind(held[i].lo), held[i].lo->lo_name, held[i].file,
		    held[i].line);
	}
	if (n != 0 && (flags & WARN_PANIC) != 0)
		panic("%s with %u locks held", what, n);
	return ((int)n);
}

void
host_assert_no_locks(const char *where)
{

	if (nheld != 0)
		kpi_panic(held[nheld - 1].file, held[nheld - 1].line,
		    "%s with %s \"%s\" held, acquired at %s:%d (%u locks)",
		    where, kind(held[nheld - 1].lo),
		    held[nheld - 1].lo->lo_name, held[nheld - 1].file,
		    held[nheld - 1].line, nheld);
	if (kpi_tls.kt_sx_slocks != 0)
		panic("%s with %u shared locks counted", where,
		    kpi_tls.kt_sx_slocks);
}

bool
host_debug(void)
{

	return (true);
}

#else /* !KPI_DEBUG */

void
host_lock_order(const char *first, ...)
{

	(void)first;
}

void
host_assert_no_locks(const char *where)
{

	(void)where;
}

bool
host_debug(void)
{

	return (false);
}

#endif /* KPI_DEBUG */
