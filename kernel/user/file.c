/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Files behind fileports (kernel/kern/fileport.h) for kernels run in process:
 * descriptors of this process.  (machd has its own,
 * kernel/user/machd/file.c.)  No locks.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <kernel/kern/fileport.h>

static MALLOC_DEFINE(M_FILE, "mach file", "files of fileports");

struct mach_file {
	int	mf_fd;
};

int
mach_file_take(int fd, struct mach_file **filep)
{
	struct mach_file *file;
	int copy;

	copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy < 0)
		return (errno == EMFILE ? ENFILE : errno);
	file = malloc(sizeof(*file), M_FILE, M_WAITOK);
	file->mf_fd = copy;
	*filep = file;
	return (0);
}

int
mach_file_give(struct mach_file *file, int sock __unused, int *fdp)
{
	int fd;

	fd = fcntl(file->mf_fd, F_DUPFD_CLOEXEC, 0);
	if (fd < 0)
		return (errno);
	*fdp = fd;
	return (0);
}

void
mach_file_drop(struct mach_file *file)
{

	(void)close(file->mf_fd);
	free(file, M_FILE);
}
