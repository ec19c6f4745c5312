/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * copyin(9) and copyout(9): the copy operations of the current process, with
 * the checks and faults that are common to all; and two sets of operations
 * for "user" memory inside this process.
 *
 * Locks.  ranges_lock protects the ranges of all processes, and is held
 * during a copy, so that a range cannot be removed, and freed, under it.
 */

#include <kernel/user/kpi_host.h>
#include <sys/uio.h>

/* One thread's fault plan. */
static _Thread_local struct {
	uint64_t fail; /* 0: none */
	uint64_t points;
} fault;

void
host_copy_fail_after(uint64_t n)
{

	fault.fail = n;
	fault.points = 0;
}

uint64_t
host_copy_points(void)
{

	return (fault.points);
}

/* What every access to user memory does first. */
static int
enter(const void *uaddr, size_t len, const char *what, const char *file,
    int line)
{

	(void)what, (void)file, (void)line;
	kpi_may_sleep(what, file, line);
	kpi_sched_point(KPI_POINT_COPY, uaddr);
	KASSERT(curthread != NULL, ("%s without a current thread", what));
	if (++fault.points == fault.fail)
		return (EFAULT);
	if (len > UINTPTR_MAX - (uintptr_t)uaddr)
		return (EFAULT);
	return (0);
}

int
kpi_copyin(const void *udaddr, void *kaddr, size_t len, const char *file,
    int line)
{
	int error;

	if ((error = enter(udaddr, len, "copyin", file, line)) != 0)
		return (error);
	if (len == 0)
		return (0);
	return (curproc->p_host_ops->copyin(curthread, udaddr, kaddr, len));
}

int
kpi_copyout(const void *kaddr, void *udaddr, size_t len, const char *file,
    int line)
{
	int error;

	if ((error = enter(udaddr, len, "copyout", file, line)) != 0)
		return (error);
	if (len == 0)
		return (0);
	return (curproc->p_host_ops->copyout(curthread, kaddr, udaddr, len));
}

/* By pages, since a string may end just before memory that is not there. */
int
kpi_copyinstr(const void *udaddr, void *kaddr, size_t len, size_t *lencopied,
    const char *file, int line)
{
	const char *u = udaddr;
	char *k = kaddr, *nul;
	size_t done, n;
	int error;

	if ((error = enter(udaddr, 0, "copyinstr", file, line)) != 0)
		return (error);
	for (done = 0; done < len; done += n) {
		n = PAGE_SIZE - ((uintptr_t)(u + done) & PAGE_MASK);
		n = MIN(n, len - done);
		error = curproc->p_host_ops->copyin(curthread, u + done,
		    k + done, n);
		/* A range need not end on a page: find where it does. */
		while (error != 0 && n > 1) {
			n = n / 2;
			error = curproc->p_host_ops->copyin(curthread, u + done,
			    k + done, n);
		}
		if (error != 0)
			return (error);
		if ((nul = memchr(k + done, '\0', n)) != NULL) {
			if (lencopied != NULL)
				*lencopied = (size_t)(nul - k) + 1;
			return (0);
		}
	}
	if (lencopied != NULL)
		*lencopied = len;
	return (ENAMETOOLONG);
}

/*
 * Registered ranges
 */

struct range {
	LIST_ENTRY(range) link;
	uintptr_t start;
	size_t len;
	int prot;
};
LIST_HEAD(ranges, range);

static pthread_mutex_t ranges_lock = PTHREAD_MUTEX_INITIALIZER;

void
host_range_add(struct proc *p, const void *addr, size_t len, int prot)
{
	struct ranges *rs;
	struct range *r;

	r = calloc(1, sizeof(*r));
	if (r == NULL)
		panic("no memory for a range");
	r->start = (uintptr_t)addr;
	r->len = len;
	r->prot = prot;
	pthread_mutex_lock(&ranges_lock);
	if ((rs = p->p_host_ranges) == NULL) {
		if ((rs = calloc(1, sizeof(*rs))) == NULL)
			panic("no memory for a range");
		LIST_INIT(rs);
		p->p_host_ranges = rs;
	}
	LIST_INSERT_HEAD(rs, r, link);
	pthread_mutex_unlock(&ranges_lock);
}

int
host_range_remove(struct proc *p, const void *addr, size_t len)
{
	struct ranges *rs;
	struct range *r;

	pthread_mutex_lock(&ranges_lock);
	r = NULL;
	if ((rs = p->p_host_ranges) != NULL)
		LIST_FOREACH(r, rs, link)
			if (r->start == (uintptr_t)addr && r->len == len)
				break;
	if (r != NULL)
		LIST_REMOVE(r, link);
	pthread_mutex_unlock(&ranges_lock);
	free(r);
	return (r != NULL ? 0 : ENOENT);
}

void
kpi_ranges_free(struct proc *p)
{
	struct ranges *rs;
	struct range *r;

	if ((rs = p->p_host_ranges) == NULL)
		return;
	while ((r = LIST_FIRST(rs)) != NULL) {
		LIST_REMOVE(r, link);
		free(r);
	}
	free(rs);
	p->p_host_ranges = NULL;
}

/* With ranges_lock held. */
static bool
range_allows(struct proc *p, const void *uaddr, size_t len, int prot)
{
	struct ranges *rs;
	struct range *r;
	uintptr_t a;

	a = (uintptr_t)uaddr;
	if ((rs = p->p_host_ranges) == NULL)
		return (false);
	LIST_FOREACH(r, rs, link)
		if (a >= r->start && a - r->start <= r->len &&
		    len <= r->len - (a - r->start) && (r->prot & prot) == prot)
			return (true);
	return (false);
}

static int
ranges_copyin(struct thread *td, const void *uaddr, void *kaddr, size_t len)
{
	bool ok;

	pthread_mutex_lock(&ranges_lock);
	if ((ok = range_allows(td->td_proc, uaddr, len, HOST_RANGE_READ)))
		memcpy(kaddr, uaddr, len);
	pthread_mutex_unlock(&ranges_lock);
	return (ok ? 0 : EFAULT);
}

static int
ranges_copyout(struct thread *td, const void *kaddr, void *uaddr, size_t len)
{
	bool ok;

	pthread_mutex_lock(&ranges_lock);
	if ((ok = range_allows(td->td_proc, uaddr, len, HOST_RANGE_WRITE)))
		memcpy(uaddr, kaddr, len);
	pthread_mutex_unlock(&ranges_lock);
	return (ok ? 0 : EFAULT);
}

const struct host_copy_ops host_copy_ranges = {
    .copyin = ranges_copyin,
    .copyout = ranges_copyout,
};

/*
 * Any memory of this process
 */

#ifdef __linux__
static int
self_copyin(struct thread *td, const void *uaddr, void *kaddr, size_t len)
{
	struct iovec k = {kaddr, len};
	struct iovec u = {__DECONST(void *, uaddr), len};

	(void)td;
	return (process_vm_readv(getpid(), &k, 1, &u, 1, 0) == (ssize_t)len ?
		0 :
		EFAULT);
}

static int
self_copyout(struct thread *td, const void *kaddr, void *uaddr, size_t len)
{
	struct iovec k = {__DECONST(void *, kaddr), len};
	struct iovec u = {uaddr, len};

	(void)td;
	return (process_vm_writev(getpid(), &k, 1, &u, 1, 0) == (ssize_t)len ?
		0 :
		EFAULT);
}

const struct host_copy_ops host_copy_self = {
    .copyin = self_copyin,
    .copyout = self_copyout,
};
#endif
