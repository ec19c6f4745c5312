/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Another root, for reboot -r of FreeBSD: the kernel unmounts everything and
 * mounts what vfs.root.mountfrom says by then.
 *
 *	init_reroot()		everybody has ended: a copy of a program that
 *				can be process 1 is executed with -r, from a
 *				file system of its own, which the kernel keeps
 *	init_reroot_finish()	that one has the root changed, and executes the
 *				new root's init
 *	init_reroot_clean()	which unmounts what the copy was on
 *
 * The copy is of ourselves or of the base system's init, whichever needs no
 * shared libraries: those would go with the old root.
 */

#include <sys/param.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/uio.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <kenv.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"

#define	PLACE		"/dev/reroot"	/* the kernel's, for this */
#define	COPY		PLACE "/init"
#define	BASE_INIT	"/sbin/init"

static int image = -1;			/* what is to be copied */

/* An executable file of this machine's that asks for no interpreter. */
static bool
is_static(int fd)
{
	Elf_Ehdr header;
	Elf_Phdr part;
	unsigned i;

	if (pread(fd, &header, sizeof(header), 0) != sizeof(header) ||
	    !IS_ELF(header) || header.e_phentsize != sizeof(part))
		return (false);
	for (i = 0; i < header.e_phnum; i++)
		if (pread(fd, &part, sizeof(part), (off_t)(header.e_phoff +
		    i * sizeof(part))) != sizeof(part) ||
		    part.p_type == PT_INTERP)
			return (false);
	return (i > 0);
}

bool
init_can_reroot(const char *self)
{
	const char *const paths[] = { self, BASE_INIT };
	size_t i;

	for (i = 0; i < nitems(paths) && image == -1; i++) {
		image = open(paths[i], O_RDONLY | O_CLOEXEC);
		if (image != -1 && !is_static(image)) {
			(void)close(image);
			image = -1;
		}
	}
	if (image == -1)
		log_line(LOG_ERROR, NULL, 0, "another root cannot be mounted: "
		    "neither %s nor " BASE_INIT " is a program without shared "
		    "libraries", self);
	return (image != -1);
}

static bool
mount_place(void)
{
	static char fspath[] = "fspath", fstype[] = "fstype";
	static char place[] = PLACE, tmpfs[] = "tmpfs";
	struct iovec iov[] = {
		{ fstype, sizeof(fstype) },
		{ tmpfs, sizeof(tmpfs) },
		{ fspath, sizeof(fspath) },
		{ place, sizeof(place) },
	};

	return (nmount(iov, nitems(iov), 0) != -1);
}

static bool
copy(void)
{
	static char room[65536];
	ssize_t n;
	int to;

	to = open(COPY, O_WRONLY | O_CREAT | O_EXCL, 0700);
	if (to == -1 || lseek(image, 0, SEEK_SET) == -1)
		return (false);
	while ((n = read(image, room, sizeof(room))) > 0)
		if (write(to, room, (size_t)n) != n)
			return (false);
	return (n == 0 && close(to) == 0);
}

void
init_reroot(void)
{

	if (mount_place() && copy())
		(void)execl(COPY, COPY, "-r", (char *)NULL);
	log_line(LOG_ERROR, NULL, 0, COPY ": %s", strerror(errno));
}

/* The new root may say that another program is its init. */
static bool
init_path(char *paths, size_t size)
{

	return (kenv(KENV_GET, "init_path", paths, (int)size) > 1 ||
	    sysctlbyname("kern.init_path", paths, &size, NULL, 0) != -1);
}

void
init_reroot_finish(void)
{
	char paths[PATH_MAX], *path, *rest;

	if (reboot(RB_REROOT) == -1) {
		log_line(LOG_ERROR, NULL, 0, "another root cannot be mounted: "
		    "%s", strerror(errno));
		return;
	}
	if (!init_path(paths, sizeof(paths)))
		(void)snprintf(paths, sizeof(paths), BASE_INIT);
	events_child();
	rest = paths;
	while ((path = strsep(&rest, ":")) != NULL)
		(void)execl(path, path, (char *)NULL);
	events_block_signals();
	log_line(LOG_ERROR, NULL, 0, "the new root's init: %s",
	    strerror(errno));
}

void
init_reroot_clean(void)
{

	(void)unmount(PLACE, MNT_FORCE);
}
