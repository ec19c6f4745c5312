/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The window: a part of a client's zone that machd has mapped as well, so that
 * out-of-line memory moves with one copy and no system call.
 *
 * It is a memfd that machd makes, seals against change of size, and hands to
 * the client, which maps it shared at the place machd names.
 *
 * Fork.  A shared mapping would stay shared between parent and child.  So it is
 * not inherited, and when anything in it is in use the client asks machd
 * before the fork (MACHD_TRAP_WINDOW_FORK): machd lets go of the window, and
 * the client puts a private mapping of the same memfd, whose content does not
 * change any more, in the place of the shared one.  That is inherited as any
 * private memory is.  After the fork the parent gets another window.
 *
 * What addresses show.  The client may have unmapped or mapped over any part
 * of its window with munmap(2) and mmap(2).  Before machd takes what it sees
 * there for what the client has there, it asks the kernel
 * (PROCMAP_QUERY, since Linux 6.11); where it cannot ask, it reads as it
 * reads any other memory.
 *
 * A window lives as long as the zone uses it or messages hold memory of it.
 * No locks: all but the count and w_fd is constant; w_fd is the business of
 * the client's server thread.
 */

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

/* linux/fs.h of Linux 6.11; older headers do not have it. */
struct map_query {
	uint64_t	mq_size;
	uint64_t	mq_flags;
	uint64_t	mq_addr;
	uint64_t	mq_start;	/* from here on: the answer */
	uint64_t	mq_end;
	uint64_t	mq_vma_flags;
	uint64_t	mq_page_size;
	uint64_t	mq_offset;
	uint64_t	mq_inode;
	uint32_t	mq_major;
	uint32_t	mq_minor;
	uint32_t	mq_name_size;
	uint32_t	mq_build_id_size;
	uint64_t	mq_name;
	uint64_t	mq_build_id;
};
#define	MAP_QUERY	_IOWR('f', 17, struct map_query)
#define	MAP_READABLE	0x1
#define	MAP_SHARED_VMA	0x8

#define	MAP_QUERIES	16	/* pieces we look at in one range */

#define	RESULT_SUCCESS		0u	/* KERN_SUCCESS */
#define	RESULT_BAD_ARGUMENT	4u	/* KERN_INVALID_ARGUMENT */
#define	RESULT_SHORTAGE		6u	/* KERN_RESOURCE_SHORTAGE */

/* The size for a zone: 0 when that is too small to have one. */
uint64_t
window_size(uint64_t zone_size)
{
	uint64_t size;

	size = MACHD_WINDOW_SIZE;
	while (size > zone_size / 4)
		size /= 2;
	return (size < MACHD_WINDOW_MIN || size % zone_page() != 0 ? 0 : size);
}

/* NULL with errno. */
struct window *
window_new(struct zone *z, uint64_t addr, uint64_t size)
{
	struct window *w;
	struct stat st;
	int error;

	w = calloc(1, sizeof(*w));
	if (w == NULL)
		return (NULL);
	w->w_addr = addr;
	w->w_size = size;
	w->w_base = MAP_FAILED;
	w->w_fd = memfd_create("mach-window", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (w->w_fd < 0 || ftruncate(w->w_fd, (off_t)size) != 0 ||
	    fcntl(w->w_fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW |
	    F_SEAL_SEAL) != 0 || fstat(w->w_fd, &st) != 0)
		goto fail;
	w->w_base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
	    w->w_fd, 0);
	if (w->w_base == MAP_FAILED)
		goto fail;
	/* What clients have is nothing for our core dumps. */
	(void)madvise(w->w_base, size, MADV_DONTDUMP);
	w->w_ino = st.st_ino;
	w->w_dev = st.st_dev;
	w->w_zone = z;
	zone_hold(z);
	atomic_store(&w->w_refs, 1);
	return (w);
fail:
	error = errno;
	if (w->w_fd >= 0)
		(void)close(w->w_fd);
	free(w);
	errno = error;
	return (NULL);
}

void
window_hold(struct window *w)
{

	atomic_fetch_add(&w->w_refs, 1);
}

void
window_drop(struct window *w)
{

	if (atomic_fetch_sub(&w->w_refs, 1) != 1)
		return;
	(void)munmap(w->w_base, w->w_size);
	window_close_fd(w);
	zone_drop(w->w_zone);
	free(w);
}

void
window_close_fd(struct window *w)
{

	if (w->w_fd >= 0)
		(void)close(w->w_fd);
	w->w_fd = -1;
}

/* Is what the client has at the addresses this window, and readable? */
bool
window_mapped(struct client *cl, const struct window *w, uint64_t addr,
    uint64_t size)
{
	struct map_query q;
	uint64_t at;
	int i;

	if (cl->cl_mapsfd < 0)
		return (false);
	at = addr;
	for (i = 0; at < addr + size; i++) {
		memset(&q, 0, sizeof(q));
		q.mq_size = sizeof(q);
		q.mq_addr = at;
		if (i == MAP_QUERIES ||
		    ioctl(cl->cl_mapsfd, MAP_QUERY, &q) != 0 ||
		    (q.mq_vma_flags & (MAP_READABLE | MAP_SHARED_VMA)) !=
		    (MAP_READABLE | MAP_SHARED_VMA) ||
		    q.mq_inode != w->w_ino ||
		    makedev(q.mq_major, q.mq_minor) != w->w_dev ||
		    q.mq_start - q.mq_offset != w->w_addr || q.mq_end <= at)
			return (false);
		at = q.mq_end;
	}
	return (true);
}

/* The traps about windows; the server thread of the client. */
uint32_t
window_trap(struct client *cl, struct slot *slot, unsigned number,
    const uint64_t *args)
{
	struct machd_range place;
	struct window *w;
	uint32_t result;

	switch (number) {
	case MACHD_TRAP_WINDOW_FORK:
		if (cl->cl_retired != NULL)
			window_drop(cl->cl_retired);
		cl->cl_retired = zone_fork(cl->cl_zone);
		return (cl->cl_retired == NULL ? RESULT_SUCCESS :
		    MACHD_WINDOW_RETIRED);
	case MACHD_TRAP_WINDOW_FD:
		w = cl->cl_retired;
		if (w == NULL || w->w_fd < 0)
			return (RESULT_BAD_ARGUMENT);
		cl->cl_retired = NULL;
		result = fd_give(cl, (int)args[0], w->w_fd) == 0 ?
		    RESULT_SUCCESS : RESULT_SHORTAGE;
		/* Messages may hold it on: without its descriptor. */
		window_close_fd(w);
		window_drop(w);
		return (result);
	case MACHD_TRAP_WINDOW_FORKED:
		if (cl->cl_retired != NULL)
			window_drop(cl->cl_retired);
		cl->cl_retired = NULL;
		zone_forked(cl->cl_zone);
		return (RESULT_SUCCESS);
	case MACHD_TRAP_WINDOW_OPEN:
		if (cl->cl_opening != NULL || slot->sl_out_size < sizeof(place))
			return (RESULT_BAD_ARGUMENT);
		if (cl->cl_mapsfd < 0)
			cl->cl_mapsfd = proc_open(cl->cl_pid, "maps",
			    O_RDONLY);
		place.mr_size = window_size(cl->cl_zone->z_pages *
		    zone_page());
		if (!zone_window_place(cl->cl_zone, place.mr_size,
		    &place.mr_addr))
			return (RESULT_SHORTAGE);
		w = window_new(cl->cl_zone, place.mr_addr, place.mr_size);
		if (w == NULL || fd_give(cl, (int)args[0], w->w_fd) != 0) {
			if (w != NULL)
				window_drop(w);
			zone_window_set(cl->cl_zone, place.mr_addr,
			    place.mr_size, NULL);
			return (RESULT_SHORTAGE);
		}
		cl->cl_opening = w;
		memcpy(slot->sl_page->ms_data, &place, sizeof(place));
		slot->sl_out_done = sizeof(place);
		return (RESULT_SUCCESS);
	case MACHD_TRAP_WINDOW_ON:
		/* (mapped): whether the client could do it. */
		w = cl->cl_opening;
		if (w == NULL)
			return (RESULT_BAD_ARGUMENT);
		cl->cl_opening = NULL;
		zone_window_set(cl->cl_zone, w->w_addr, w->w_size,
		    args[0] != 0 ? w : NULL);
		if (args[0] == 0)
			window_drop(w);
		return (RESULT_SUCCESS);
	default:
		return (RESULT_BAD_ARGUMENT);
	}
}

/* The client's attachment has ended. */
void
window_detach(struct client *cl)
{

	if (cl->cl_retired != NULL)
		window_drop(cl->cl_retired);
	if (cl->cl_opening != NULL)
		window_drop(cl->cl_opening);
	cl->cl_retired = cl->cl_opening = NULL;
}
