/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Our side of the window: the part of the zone that machd has mapped, too
 * (kernel/user/machd/window.c).
 *
 * It is a shared mapping, so it is kept from children (MADV_DONTFORK).  When
 * something in it is in use at a fork, machd lets go of it, and private
 * mappings of the same file, which nobody writes any more, take its place:
 * atomically, piece by piece, with the protection each piece has.  Parent and
 * child then have it as they have all private memory.  The kernel's list of our
 * mappings says what is still ours: a program may unmap what it got with
 * munmap(2), and have something else there.
 *
 * Should machd be gone, or have no descriptor for us, the child gets a copy
 * made before the fork.  That is dearer, and other threads' writes between copy
 * and fork are not in it.
 *
 * A child of _Fork(3) or of a bare clone(2) finds nothing mapped there.
 *
 * Locks: mh_window* change under host_lock().
 */

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <mach/kern_return.h>

#include "host_linux.h"

#define	PIECES		32

/* A mapping of the window; or, in front of its pages, a copy. */
struct piece {
	struct piece	*p_next;
	uint64_t	 p_addr;
	uint64_t	 p_size;
	int		 p_prot;
};

/* Of a fork under way. */
static bool unused;		/* machd keeps the window empty */
static struct piece *copies;
static uint64_t window_inode;

static void *
address(uint64_t addr)
{

	return ((void *)(uintptr_t)addr);
}

static bool
in_window(uint64_t addr)
{

	return (addr - mach_host.mh_window < mach_host.mh_window_size);
}

/* True: there is one now. */
bool
host_window_open(struct mach_host_thread *ht)
{
	struct machd_range place;
	struct stat st;
	sigset_t old;
	uint64_t args[1];
	void *p;
	int fd;

	host_lock(&old);
	if (mach_host.mh_window_size != 0 || mach_host.mh_window_failed)
		goto out;
	memset(&place, 0, sizeof(place));
	if (host_trap_fd(ht, MACHD_TRAP_WINDOW_OPEN, args, 1, 0, &place,
	    sizeof(place), &fd) != KERN_SUCCESS) {
		mach_host.mh_window_failed = true;
		goto out;
	}
	p = MAP_FAILED;
	if (place.mr_size != 0 && host_in_zone(place.mr_addr) &&
	    host_in_zone(place.mr_addr + place.mr_size - 1) &&
	    fstat(fd, &st) == 0)
		p = mmap(address(place.mr_addr), place.mr_size,
		    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
	(void)close(fd);
	if (p != MAP_FAILED &&
	    madvise(p, place.mr_size, MADV_DONTFORK) != 0) {
		(void)mmap(p, place.mr_size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
		    -1, 0);
		p = MAP_FAILED;
	}
	if (p != MAP_FAILED) {
		window_inode = st.st_ino;
		mach_host.mh_window = place.mr_addr;
		mach_host.mh_window_size = place.mr_size;
	} else
		mach_host.mh_window_failed = true;
	args[0] = p != MAP_FAILED;
	(void)host_trap(ht, MACHD_TRAP_WINDOW_ON, args, 1, NULL, 0, NULL, 0);
out:
	fd = mach_host.mh_window_size != 0 && !mach_host.mh_window_lost;
	host_unlock(&old);
	return (fd != 0);
}

/*
 * Make the pages zero and accessible.  False: they are not in the window, or
 * not to be had.
 */
bool
host_window_wipe(uint64_t addr, uint64_t size, bool *outside)
{
	sigset_t old;
	bool ok;

	host_lock(&old);
	*outside = !in_window(addr);
	ok = !*outside && mprotect(address(addr), size, PROT_READ |
	    PROT_WRITE) == 0;
	/* Memory that is locked cannot be removed. */
	if (ok && madvise(address(addr), size, MADV_REMOVE) != 0)
		memset(address(addr), 0, size);
	host_unlock(&old);
	return (ok);
}

/*
 * The kernel's list of mappings.
 */

static int
open_maps(void)
{
	int fd;

	fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == EMFILE || errno == ENFILE) &&
	    host_spare_fd() == 0)
		fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	return (fd);
}

static const char *
number(const char *s, unsigned base, uint64_t *np)
{
	unsigned digit;

	for (*np = 0;; s++) {
		if (*s >= '0' && *s <= '9')
			digit = (unsigned)(*s - '0');
		else if (base == 16 && *s >= 'a' && *s <= 'f')
			digit = (unsigned)(*s - 'a') + 10;
		else
			return (s);
		*np = *np * base + digit;
	}
}

/* start-end perm offset major:minor inode name: is it of the window? */
static bool
parse(const char *s, struct piece *p)
{
	uint64_t end, inode, offset, skip;

	s = number(s, 16, &p->p_addr);
	if (*s++ != '-')
		return (false);
	s = number(s, 16, &end);
	if (*s++ != ' ' || strnlen(s, 5) < 5 || s[3] != 's')
		return (false);
	p->p_prot = (s[0] == 'r' ? PROT_READ : 0) |
	    (s[1] == 'w' ? PROT_WRITE : 0) | (s[2] == 'x' ? PROT_EXEC : 0);
	s = number(s + 5, 16, &offset);
	if (*s++ != ' ')
		return (false);
	s = number(s, 16, &skip);
	if (*s++ != ':')
		return (false);
	s = number(s, 16, &skip);
	if (*s++ != ' ')
		return (false);
	(void)number(s, 10, &inode);
	p->p_size = end - p->p_addr;
	return (in_window(p->p_addr) && inode == window_inode &&
	    p->p_addr - mach_host.mh_window == offset);
}

/* The first pieces of the window from an address on. */
static unsigned
pieces_from(uint64_t addr, struct piece *list)
{
	char buf[4096], line[128];
	ssize_t got, i;
	unsigned n;
	size_t len;
	int fd;

	fd = open_maps();
	if (fd < 0)
		return (0);
	n = 0;
	len = 0;
	while (n < PIECES && (got = read(fd, buf, sizeof(buf))) > 0)
		for (i = 0; i < got && n < PIECES; i++) {
			/* Names can be long; they come last. */
			if (buf[i] != '\n') {
				if (len < sizeof(line) - 1)
					line[len++] = buf[i];
				continue;
			}
			line[len] = '\0';
			len = 0;
			if (parse(line, &list[n]) && list[n].p_addr >= addr)
				n++;
		}
	(void)close(fd);
	return (n);
}

/* For the child: a copy of a piece, kept behind a page that describes it. */
static void
copy_piece(const struct piece *p)
{
	struct iovec local, remote;
	struct piece *copy;
	size_t page;
	char *data;

	page = (size_t)sysconf(_SC_PAGESIZE);
	copy = mmap(NULL, page + p->p_size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (copy == MAP_FAILED)
		return;
	*copy = *p;
	data = (char *)copy + page;
	if ((p->p_prot & PROT_READ) == 0)
		(void)mprotect(address(p->p_addr), p->p_size, PROT_READ);
	/* Not memcpy(): another thread may unmap it. */
	local.iov_base = data;
	remote.iov_base = address(p->p_addr);
	local.iov_len = remote.iov_len = p->p_size;
	(void)process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
	if ((p->p_prot & PROT_READ) == 0)
		(void)mprotect(address(p->p_addr), p->p_size, p->p_prot);
	copy->p_next = copies;
	copies = copy;
}

/* fd < 0: for want of the window's descriptor make copies. */
static void
make_private(int fd)
{
	struct piece list[PIECES];
	uint64_t addr;
	unsigned i, n;

	addr = mach_host.mh_window;
	do {
		n = pieces_from(addr, list);
		for (i = 0; i < n; i++) {
			if (fd < 0 || mmap(address(list[i].p_addr),
			    list[i].p_size, list[i].p_prot, MAP_PRIVATE |
			    MAP_NORESERVE | MAP_FIXED, fd, (off_t)
			    (list[i].p_addr - mach_host.mh_window)) ==
			    MAP_FAILED)
				copy_piece(&list[i]);
			addr = list[i].p_addr + list[i].p_size;
		}
	} while (n == PIECES);
}

/* Before a fork; with the lock.  ht is NULL when it has no slot. */
void
host_window_fork(struct mach_host_thread *ht)
{
	uint64_t args[1];
	uint32_t result;
	int fd;

	unused = false;
	copies = NULL;
	if (mach_host.mh_window_size == 0)
		return;
	result = KERN_TERMINATED;
	if (ht != NULL && !mach_host.mh_window_lost)
		result = host_trap(ht, MACHD_TRAP_WINDOW_FORK, NULL, 0, NULL,
		    0, NULL, 0);
	if (result == KERN_SUCCESS) {
		unused = true;
		return;
	}
	fd = -1;
	if (result == MACHD_WINDOW_RETIRED &&
	    host_trap_fd(ht, MACHD_TRAP_WINDOW_FD, args, 1, 0, NULL, 0,
	    &fd) != KERN_SUCCESS) {
		fd = -1;
		mach_host.mh_window_lost = true;
	}
	make_private(fd);
	if (fd >= 0) {
		(void)close(fd);
		mach_host.mh_window_size = 0;
	}
}

void
host_window_parent(struct mach_host_thread *ht)
{
	struct piece *p;

	if (unused)
		(void)host_trap(ht, MACHD_TRAP_WINDOW_FORKED, NULL, 0, NULL,
		    0, NULL, 0);
	while ((p = copies) != NULL) {
		copies = p->p_next;
		(void)munmap(p, (size_t)sysconf(_SC_PAGESIZE) + p->p_size);
	}
}

void
host_window_child(void)
{
	struct piece *p;
	size_t page;

	page = (size_t)sysconf(_SC_PAGESIZE);
	while ((p = copies) != NULL) {
		copies = p->p_next;
		if (p->p_prot != (PROT_READ | PROT_WRITE))
			(void)mprotect((char *)p + page, p->p_size, p->p_prot);
		(void)mremap((char *)p + page, p->p_size, p->p_size,
		    MREMAP_MAYMOVE | MREMAP_FIXED, address(p->p_addr));
		(void)munmap(p, page);
	}
}
