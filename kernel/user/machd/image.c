/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The memory of a client's present image, for other clients that have its task
 * port.
 *
 * All bytes go through /proc/<pid>/mem as it was opened when the client
 * attached: that descriptor is bound to the memory of that time, not to the
 * process id, so nothing that happens to the process, an exec of a set-user-ID
 * program or its death and another with its id, brings anything else in reach.
 *
 * That file takes no notice of protections.  They are looked up in
 * /proc/<pid>/maps first, which is opened then, and belongs to the image if
 * the image still lives afterwards.  A client that changes its protections
 * meanwhile deceives itself only.
 *
 * Locks: cl_image, under which cl_memfd is not closed.
 */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

struct image {
	struct client	*im_client;	/* to compare, not referenced */
	int		 im_mem;
	FILE		*im_maps;
};

/* NULL: it has none that machd can reach. */
struct image *
image_of(struct client *cl)
{
	struct image *im;
	bool lives;
	int maps;

	im = calloc(1, sizeof(*im));
	if (im == NULL)
		return (NULL);
	im->im_client = cl;
	(void)pthread_mutex_lock(&cl->cl_image);
	im->im_mem = cl->cl_memfd < 0 ? -1 :
	    fcntl(cl->cl_memfd, F_DUPFD_CLOEXEC, 0);
	maps = im->im_mem < 0 ? -1 : proc_open(cl->cl_pid, "maps", O_RDONLY);
	lives = maps >= 0 && umem_same_image(cl);
	(void)pthread_mutex_unlock(&cl->cl_image);
	if (lives)
		im->im_maps = fdopen(maps, "r");
	if (im->im_maps != NULL)
		return (im);
	if (maps >= 0)
		(void)close(maps);
	image_drop(im);
	return (NULL);
}

void
image_drop(struct image *im)
{

	if (im->im_maps != NULL)
		(void)fclose(im->im_maps);
	if (im->im_mem >= 0)
		(void)close(im->im_mem);
	free(im);
}

bool
image_is_of(const struct image *im, const struct client *cl)
{

	return (im->im_client == cl);
}

/* Is each byte of the range mapped, and may be read or written? */
enum image_look
image_look(struct image *im, uint64_t addr, uint64_t size, bool write)
{
	enum image_look look;
	uint64_t end, start;
	char prot[5];

	look = IMAGE_OPEN;
	if (fseek(im->im_maps, 0, SEEK_SET) != 0)
		return (IMAGE_HOLE);
	while (size != 0) {
		if (fscanf(im->im_maps, "%" SCNx64 "-%" SCNx64 " %4s%*[^\n]",
		    &start, &end, prot) != 3 || start > addr)
			return (IMAGE_HOLE);
		if (end <= addr)
			continue;
		if (prot[0] != 'r' || (write && prot[1] != 'w'))
			look = IMAGE_CLOSED;
		size = end - addr >= size ? 0 : size - (end - addr);
		addr = end;
	}
	return (look);
}

int
image_read(struct image *im, uint64_t addr, void *buf, size_t size)
{
	ssize_t n;

	while (size > 0) {
		n = pread(im->im_mem, buf, size, (off_t)addr);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (EFAULT);
		buf = (char *)buf + n;
		addr += (uint64_t)n;
		size -= (size_t)n;
	}
	return (0);
}

int
image_write(struct image *im, uint64_t addr, const void *buf, size_t size)
{
	ssize_t n;

	while (size > 0) {
		n = pwrite(im->im_mem, buf, size, (off_t)addr);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (EFAULT);
		buf = (const char *)buf + n;
		addr += (uint64_t)n;
		size -= (size_t)n;
	}
	return (0);
}
