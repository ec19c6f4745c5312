/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A port set as a file (kernel/kern/pset_fd.h).
 *
 * The file holds a reference on the set, whose state is all that it shows.
 * All files of a set share its list of knotes, which is that of
 * EVFILT_MACHPORT, and the selinfo of its struct pset_fd.  Both are protected
 * by the set's lock.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/malloc.h>
#include <sys/poll.h>
#include <sys/proc.h>
#include <sys/selinfo.h>
#include <sys/stat.h>
#include <sys/user.h>

#include <mach/port_set_fd.h>

#include MACH_COMPAT_H
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/kern/pset_fd.h>

static MALLOC_DEFINE(M_MACH_PSETFD, "mach_pset_fd", "Mach set descriptors");

struct pset_fd {
	struct selinfo	pf_sel;
};

static void	pset_fd_detach(struct knote *kn);
static int	pset_fd_event(struct knote *kn, long hint);

static struct filterops pset_fd_filtops = {
	.f_isfd = 1,
	.f_detach = pset_fd_detach,
	.f_event = pset_fd_event
};

static fo_ioctl_t	pset_fo_ioctl;
static fo_poll_t	pset_fo_poll;
static fo_kqfilter_t	pset_fo_kqfilter;
static fo_stat_t	pset_fo_stat;
static fo_close_t	pset_fo_close;
static fo_fill_kinfo_t	pset_fo_fill_kinfo;

static struct fileops pset_fileops = {
	.fo_read = invfo_rdwr,
	.fo_write = invfo_rdwr,
	.fo_truncate = invfo_truncate,
	.fo_ioctl = pset_fo_ioctl,
	.fo_poll = pset_fo_poll,
	.fo_kqfilter = pset_fo_kqfilter,
	.fo_stat = pset_fo_stat,
	.fo_close = pset_fo_close,
	.fo_chmod = invfo_chmod,
	.fo_chown = invfo_chown,
	.fo_sendfile = invfo_sendfile,
	.fo_fill_kinfo = pset_fo_fill_kinfo,
	.fo_flags = DFLAG_PASSABLE
};

struct pset_fd *
pset_fd_alloc(void)
{

	return (malloc(sizeof(struct pset_fd), M_MACH_PSETFD,
	    M_WAITOK | M_ZERO));
}

void
pset_fd_free(struct pset_fd *pfd)
{

	seldrain(&pfd->pf_sel);
	free(pfd, M_MACH_PSETFD);
}

/* The knotes were told already. */
void
pset_fd_set(struct pset_fd *pfd, bool readable)
{

	if (readable)
		selwakeup(&pfd->pf_sel);
}

kern_return_t
pset_fd_give(struct mach_thread *self __unused, struct ipc_pset *pset,
    struct pset_fd *pfd __unused, int flags, int channel __unused, int *ufd)
{
	struct file *fp;
	int fd;

	if (falloc_caps(curthread, &fp, &fd,
	    (flags & MACH_PSET_FD_CLOEXEC) != 0 ? O_CLOEXEC : 0, NULL) != 0)
		return (KERN_RESOURCE_SHORTAGE);
	if (copyout(&fd, ufd, sizeof(fd)) != 0) {
		fdclose(curthread, fp, fd);
		fdrop(fp, curthread);
		return (KERN_INVALID_ADDRESS);
	}
	ips_hold(pset);
	/* There is no DTYPE for files of modules. */
	finit(fp, FREAD, DTYPE_NONE, pset, &pset_fileops);
	fdrop(fp, curthread);
	return (KERN_SUCCESS);
}

static int
pset_fo_ioctl(struct file *fp __unused, u_long cmd, void *data __unused,
    struct ucred *cred __unused, struct thread *td __unused)
{

	/* It never blocks, and sends no signals: fcntl(2) may say so. */
	return (cmd == FIONBIO || cmd == FIOASYNC ? 0 : ENOTTY);
}

static int
pset_fo_poll(struct file *fp, int events, struct ucred *cred __unused,
    struct thread *td)
{
	struct ipc_pset *pset;
	int revents;

	pset = fp->f_data;
	revents = 0;
	ips_lock(pset);
	if (!ips_active(pset))
		revents = POLLHUP | (events & (POLLIN | POLLRDNORM));
	else if (ipc_watch_ready(&pset->ips_object) != MACH_PORT_NULL)
		revents = events & (POLLIN | POLLRDNORM);
	else if ((events & (POLLIN | POLLRDNORM)) != 0)
		selrecord(td, &pset->ips_object.io_watch->iw_fd->pf_sel);
	ips_unlock(pset);
	return (revents);
}

static int
pset_fo_kqfilter(struct file *fp, struct knote *kn)
{
	struct ipc_pset *pset;

	if (kn->kn_filter != EVFILT_READ)
		return (EINVAL);
	pset = fp->f_data;
	kn->kn_fop = &pset_fd_filtops;
	knlist_add(&pset->ips_object.io_watch->iw_knotes, kn, 0);
	return (0);
}

static void
pset_fd_detach(struct knote *kn)
{
	struct ipc_pset *pset;

	pset = kn->kn_fp->f_data;
	knlist_remove(&pset->ips_object.io_watch->iw_knotes, kn, 0);
}

static int
pset_fd_event(struct knote *kn, long hint __unused)
{
	struct ipc_pset *pset;

	pset = kn->kn_fp->f_data;
	if (!ips_active(pset)) {
		kn->kn_flags |= EV_EOF;
		kn->kn_data = 0;
		return (1);
	}
	kn->kn_data = ipc_watch_ready(&pset->ips_object) != MACH_PORT_NULL;
	return (kn->kn_data != 0);
}

static int
pset_fo_stat(struct file *fp __unused, struct stat *st,
    struct ucred *cred __unused MACH_COMPAT_FO_STAT_TD)
{

	bzero(st, sizeof(*st));
	st->st_mode = S_IFIFO | S_IRUSR;
	return (0);
}

static int
pset_fo_close(struct file *fp, struct thread *td __unused)
{
	struct ipc_pset *pset;

	pset = fp->f_data;
	fp->f_data = NULL;
	fp->f_ops = &badfileops;
	ips_drop(pset);
	return (0);
}

static int
pset_fo_fill_kinfo(struct file *fp __unused, struct kinfo_file *kif,
    struct filedesc *fdp __unused)
{

	kif->kf_type = KF_TYPE_UNKNOWN;
	return (0);
}
