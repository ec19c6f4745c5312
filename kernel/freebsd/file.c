/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Files behind fileports.  Contract: kernel/kern/fileport.h.
 *
 * What a descriptor may do is part of it (capsicum(4)): a fileport keeps the
 * rights of the descriptor it was made of, and gives them to those that are
 * made of it, as SCM_RIGHTS does.  What that refuses to pass is refused here.
 *
 * No locks: a file and its rights are constant.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/capsicum.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <kernel/kern/fileport.h>

#include MACH_COMPAT_H

static MALLOC_DEFINE(M_MACH_FILE, "mach_file", "files of Mach fileports");

struct mach_file {
	struct file	*mf_fp;
	struct filecaps	 mf_caps;
	uint8_t		 mf_flags;	/* of the descriptor */
};

int
mach_file_take(int fd, struct mach_file **filep)
{
	struct mach_file *file;
	cap_rights_t rights;
	int error;

	file = malloc(sizeof(*file), M_MACH_FILE, M_WAITOK | M_ZERO);
	error = mach_compat_fget_cap(curthread, fd, cap_rights_init(&rights),
	    &file->mf_flags, &file->mf_fp, &file->mf_caps);
	if (error != 0) {
		free(file, M_MACH_FILE);
		return (error);
	}
	if ((file->mf_fp->f_ops->fo_flags & DFLAG_PASSABLE) == 0) {
		mach_file_drop(file);
		return (EINVAL);
	}
	*filep = file;
	return (0);
}

int
mach_file_give(struct mach_file *file, int sock __unused, int *fdp)
{
	struct filecaps caps;
	int error;

	(void)filecaps_copy(&file->mf_caps, &caps, true);
	error = finstall(curthread, file->mf_fp, fdp, O_CLOEXEC |
	    mach_compat_open_flags(file->mf_flags), &caps);
	if (error != 0)
		filecaps_free(&caps);
	return (error);
}

void
mach_file_drop(struct mach_file *file)
{

	(void)fdrop(file->mf_fp, curthread);
	filecaps_free(&file->mf_caps);
	free(file, M_MACH_FILE);
}
