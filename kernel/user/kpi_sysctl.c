/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * sysctl(9), read and written by name.
 *
 * Locks.  sysctl_lock protects the tree, and is held while a handler runs, so
 * that an object cannot be removed under it.  It is recursive, because a
 * handler may add or remove objects.
 */

#include <kernel/user/kpi_host.h>

static MALLOC_DEFINE(M_SYSCTLOID, "sysctloid", "dynamic sysctl objects");

#define ROOT(name_)                                \
	struct sysctl_oid sysctl___##name_ = {     \
	    .oid_parent = &sysctl__children,       \
	    .oid_kind = CTLTYPE_NODE | CTLFLAG_RW, \
	    .oid_name = #name_,                    \
	    .oid_fmt = "N",                        \
	    .oid_descr = #name_,                   \
	}

struct sysctl_oid_list sysctl__children =
    SLIST_HEAD_INITIALIZER(sysctl__children);
ROOT(kern);
ROOT(debug);
ROOT(security);

static pthread_mutex_t sysctl_lock;
static pthread_once_t sysctl_once = PTHREAD_ONCE_INIT;

static void
sysctl_setup(void)
{
	pthread_mutexattr_t attr;

	if (pthread_mutexattr_init(&attr) != 0 ||
	    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE) != 0 ||
	    pthread_mutex_init(&sysctl_lock, &attr) != 0)
		panic("sysctl lock");
	(void)pthread_mutexattr_destroy(&attr);
	SLIST_INSERT_HEAD(&sysctl__children, &sysctl___security, oid_link);
	SLIST_INSERT_HEAD(&sysctl__children, &sysctl___kern, oid_link);
	SLIST_INSERT_HEAD(&sysctl__children, &sysctl___debug, oid_link);
}

static void
lock(void)
{

	(void)pthread_once(&sysctl_once, sysctl_setup);
	pthread_mutex_lock(&sysctl_lock);
}

static void
unlock(void)
{

	pthread_mutex_unlock(&sysctl_lock);
}

/* In order of name; the order of constructors means nothing. */
void
kpi_sysctl_register(struct sysctl_oid *oidp)
{
	struct sysctl_oid *o, *prev;

	lock();
	prev = NULL;
	SLIST_FOREACH(o, oidp->oid_parent, oid_link) {
		if (strcmp(o->oid_name, oidp->oid_name) > 0)
			break;
		prev = o;
	}
	if (prev == NULL)
		SLIST_INSERT_HEAD(oidp->oid_parent, oidp, oid_link);
	else
		SLIST_INSERT_AFTER(prev, oidp, oid_link);
	unlock();
}

int
sysctl_ctx_init(struct sysctl_ctx_list *clist)
{

	clist->scl_first = NULL;
	return (0);
}

/* Children were added after their parents, so they come off first. */
int
sysctl_ctx_free(struct sysctl_ctx_list *clist)
{
	struct sysctl_oid *o;

	lock();
	while ((o = clist->scl_first) != NULL) {
		clist->scl_first = o->oid_ctxnext;
		SLIST_REMOVE(o->oid_parent, o, sysctl_oid, oid_link);
		kpi_free(__DECONST(char *, o->oid_name), M_SYSCTLOID);
		kpi_free(o, M_SYSCTLOID);
	}
	unlock();
	return (0);
}

struct sysctl_oid *
sysctl_add_oid(struct sysctl_ctx_list *clist, struct sysctl_oid_list *parent,
    int nbr, const char *name, int kind, void *arg1, intmax_t arg2,
    int (*handler)(SYSCTL_HANDLER_ARGS), const char *fmt, const char *descr,
    const char *label)
{
	struct sysctl_oid *o;

	(void)label;
	o = kpi_malloc(sizeof(*o), M_SYSCTLOID, M_WAITOK | M_ZERO, __FILE__,
	    __LINE__);
	o->oid_parent = parent;
	o->oid_number = nbr;
	o->oid_kind = (u_int)kind;
	o->oid_arg1 = arg1;
	o->oid_arg2 = arg2;
	o->oid_name = kpi_strdup(name, M_SYSCTLOID, __FILE__, __LINE__);
	o->oid_handler = handler;
	o->oid_fmt = fmt;
	o->oid_descr = descr;
	o->oid_dynamic = true;
	lock();
	kpi_sysctl_register(o);
	if (clist != NULL) {
		o->oid_ctxnext = clist->scl_first;
		clist->scl_first = o;
	}
	unlock();
	return (o);
}

/*
 * Requests
 */

int
kpi_sysctl_out(struct sysctl_req *req, const void *p, size_t len)
{
	size_t n;

	if (req->oldptr != NULL) {
		n = req->oldidx > req->oldlen ?
		    0 :
		    MIN(len, req->oldlen - req->oldidx);
		memcpy((char *)req->oldptr + req->oldidx, p, n);
		req->oldidx += len;
		return (n < len ? ENOMEM : 0);
	}
	req->oldidx += len;
	return (0);
}

int
kpi_sysctl_in(struct sysctl_req *req, void *p, size_t len)
{

	if (req->newptr == NULL)
		return (0);
	if (req->newlen - req->newidx < len)
		return (EINVAL);
	memcpy(p, (const char *)req->newptr + req->newidx, len);
	req->newidx += len;
	return (0);
}

static int
handle_number(void *arg1, intmax_t arg2, struct sysctl_req *req, size_t size)
{
	union {
		uint8_t b;
		int i;
		long l;
		int64_t q;
	} v;
	int error;

	memset(&v, 0, sizeof(v));
	/* The value changes while it is read: one load. */
	switch (size) {
	case 1:
		v.b = arg1 != NULL ?
		    __atomic_load_n((uint8_t *)arg1, __ATOMIC_RELAXED) :
		    (uint8_t)arg2;
		break;
	case sizeof(int):
		v.i = arg1 != NULL ?
		    __atomic_load_n((int *)arg1, __ATOMIC_RELAXED) :
		    (int)arg2;
		break;
	default:
		v.q = arg1 != NULL ?
		    __atomic_load_n((int64_t *)arg1, __ATOMIC_RELAXED) :
		    arg2;
		break;
	}
	error = SYSCTL_OUT(req, &v, size);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (arg1 == NULL)
		return (EPERM);
	if ((error = SYSCTL_IN(req, &v, size)) != 0)
		return (error);
	switch (size) {
	case 1:
		__atomic_store_n((uint8_t *)arg1, v.b != 0, __ATOMIC_RELAXED);
		break;
	case sizeof(int):
		__atomic_store_n((int *)arg1, v.i, __ATOMIC_RELAXED);
		break;
	default:
		__atomic_store_n((int64_t *)arg1, v.q, __ATOMIC_RELAXED);
		break;
	}
	return (0);
}

int
sysctl_handle_bool(SYSCTL_HANDLER_ARGS)
{

	(void)oidp;
	return (handle_number(arg1, arg2, req, sizeof(bool)));
}

int
sysctl_handle_int(SYSCTL_HANDLER_ARGS)
{

	(void)oidp;
	return (handle_number(arg1, arg2, req, sizeof(int)));
}

int
sysctl_handle_long(SYSCTL_HANDLER_ARGS)
{

	(void)oidp;
	return (handle_number(arg1, arg2, req, sizeof(long)));
}

int
sysctl_handle_64(SYSCTL_HANDLER_ARGS)
{

	(void)oidp;
	return (handle_number(arg1, arg2, req, sizeof(int64_t)));
}

int
sysctl_handle_opaque(SYSCTL_HANDLER_ARGS)
{
	int error;

	(void)oidp;
	error = SYSCTL_OUT(req, arg1, (size_t)arg2);
	if (error != 0 || req->newptr == NULL)
		return (error);
	return (SYSCTL_IN(req, arg1, (size_t)arg2));
}

int
sysctl_handle_string(SYSCTL_HANDLER_ARGS)
{
	size_t len;
	int error;

	(void)oidp;
	error = SYSCTL_OUT(req, arg1, strlen(arg1) + 1);
	if (error != 0 || req->newptr == NULL)
		return (error);
	len = req->newlen - req->newidx;
	if (arg2 == 0)
		return (EPERM);
	if (len >= (size_t)arg2)
		return (EINVAL);
	error = SYSCTL_IN(req, arg1, len);
	if (error == 0)
		((char *)arg1)[len] = '\0';
	return (error);
}

int
sysctl_handle_counter_u64(SYSCTL_HANDLER_ARGS)
{
	counter_u64_t *c = arg1;
	uint64_t v;
	int error;

	(void)oidp, (void)arg2;
	v = counter_u64_fetch(*c);
	error = SYSCTL_OUT(req, &v, sizeof(v));
	if (error != 0 || req->newptr == NULL)
		return (error);
	/* Whatever is written, it starts again from zero. */
	counter_u64_zero(*c);
	return (0);
}

/*
 * By name
 */

static struct sysctl_oid *
lookup(const char *name)
{
	struct sysctl_oid_list *list;
	struct sysctl_oid *o;
	size_t n;

	list = &sysctl__children;
	for (;;) {
		n = strcspn(name, ".");
		SLIST_FOREACH(o, list, oid_link)
			if (strlen(o->oid_name) == n &&
			    memcmp(o->oid_name, name, n) == 0)
				break;
		if (o == NULL || name[n] == '\0')
			return (o);
		if ((o->oid_kind & CTLTYPE) != CTLTYPE_NODE)
			return (NULL);
		list = SYSCTL_CHILDREN(o);
		name += n + 1;
	}
}

static int
request(const char *name, struct sysctl_req *req)
{
	struct sysctl_oid *o;
	int error;

	req->td = curthread;
	lock();
	o = lookup(name);
	if (o == NULL || o->oid_handler == NULL)
		error = ENOENT;
	else if (req->newptr != NULL && (o->oid_kind & CTLFLAG_WR) == 0)
		error = EPERM;
	else
		error = o->oid_handler(o, o->oid_arg1, o->oid_arg2, req);
	unlock();
	return (error);
}

int
host_sysctl_read(const char *name, void *buf, size_t *lenp)
{
	struct sysctl_req req = {.oldptr = buf, .oldlen = *lenp};
	int error;

	error = request(name, &req);
	*lenp = req.oldidx;
	return (error);
}

int
host_sysctl_write(const char *name, const void *buf, size_t len)
{
	struct sysctl_req req = {.newptr = buf, .newlen = len};

	return (request(name, &req));
}

static void
walk(struct sysctl_oid_list *list, char *name, size_t used, size_t size,
    void (*fn)(const struct host_sysctl *, void *), void *arg)
{
	struct host_sysctl hs;
	struct sysctl_oid *o;
	int n;

	SLIST_FOREACH(o, list, oid_link) {
		n = snprintf(name + used, size - used, "%s%s",
		    used == 0 ? "" : ".", o->oid_name);
		if (n < 0 || (size_t)n >= size - used)
			continue;
		if ((o->oid_kind & CTLTYPE) == CTLTYPE_NODE &&
		    o->oid_handler == NULL) {
			walk(SYSCTL_CHILDREN(o), name, used + (size_t)n, size,
			    fn, arg);
			continue;
		}
		if ((o->oid_kind & CTLFLAG_SKIP) != 0)
			continue;
		hs.name = name;
		hs.descr = o->oid_descr;
		hs.fmt = o->oid_fmt[0];
		hs.unsigned_ = o->oid_fmt[0] != '\0' && o->oid_fmt[1] == 'U';
		hs.writable = (o->oid_kind & CTLFLAG_WR) != 0;
		fn(&hs, arg);
	}
	name[used] = '\0';
}

void
host_sysctl_foreach(void (*fn)(const struct host_sysctl *, void *), void *arg)
{
	char name[256];

	name[0] = '\0';
	lock();
	walk(&sysctl__children, name, 0, sizeof(name), fn, arg);
	unlock();
}

int
host_sysctl_text(const char *name, char *buf, size_t len)
{
	char value[1024];
	struct sysctl_oid *o;
	const char *fmt;
	size_t n;
	int64_t s;
	int error;

	lock();
	o = lookup(name);
	fmt = o != NULL && o->oid_fmt != NULL ? o->oid_fmt : "";
	unlock();
	if (o == NULL)
		return (ENOENT);
	n = sizeof(value) - 1;
	if ((error = host_sysctl_read(name, value, &n)) != 0)
		return (error);
	value[n] = '\0';
	switch (fmt[0]) {
	case 'A':
		(void)kpi_strlcpy(buf, value, len);
		return (0);
	case 'C':
	case 'I':
	case 'L':
	case 'Q':
		break;
	default:
		return (ENOTSUP);
	}
	switch (n) {
	case sizeof(uint8_t):
		s = *(unsigned char *)value;
		break;
	case sizeof(int): {
		int i;

		memcpy(&i, value, sizeof(i));
		s = fmt[1] == 'U' ? (int64_t)(u_int)i : i;
		break;
	}
	case sizeof(int64_t):
		memcpy(&s, value, sizeof(s));
		break;
	default:
		return (ENOTSUP);
	}
	if (fmt[1] == 'U')
		(void)snprintf(buf, len, "%" PRIu64, (uint64_t)s);
	else
		(void)snprintf(buf, len, "%" PRId64, s);
	return (0);
}
