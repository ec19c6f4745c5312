/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Files behind fileports (kernel/kern/fileport.h): descriptors that machd took
 * out of its clients' tables, and sends to whoever makes one of the port.
 *
 * machd does nothing with such a file but to hold, send and close it.  No
 * locks.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <errno.h>

#include <kernel/kern/fileport.h>
#include <kernel/user/host.h>
#include <kernel/user/machd/kern.h>

static MALLOC_DEFINE(M_FILE, "machd file", "files of fileports");

struct mach_file {
	int	mf_fd;
};

static struct client *
client(void)
{
	struct slot *slot;

	slot = host_thread_cookie(curthread);
	return (slot->sl_client);
}

int
mach_file_take(int fd, struct mach_file **filep)
{
	struct mach_file *file;
	int copy, error;

	copy = fd_take(client(), fd);
	if (copy < 0)
		return (errno == EMFILE ? ENFILE : errno);
	error = fd_sendable(copy) ? 0 : EINVAL;
	file = error != 0 ? NULL : malloc(sizeof(*file), M_FILE, M_NOWAIT);
	if (file == NULL) {
		fd_discard(copy);
		return (error != 0 ? error : ENOMEM);
	}
	file->mf_fd = copy;
	*filep = file;
	return (0);
}

int
mach_file_give(struct mach_file *file, int sock, int *fdp)
{
	int error;

	*fdp = -1;
	error = fd_give(client(), sock, file->mf_fd);
	/* No socket: there was no room for it in the caller's table. */
	return (error == 0 || error == ENOMEM || error == ETOOMANYREFS ?
	    error : EMFILE);
}

void
mach_file_drop(struct mach_file *file)
{

	fd_discard(file->mf_fd);
	free(file, M_FILE);
}
