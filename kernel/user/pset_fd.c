/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The descriptor of a port set, on Linux.
 *
 * An eventfd says whether the set is readable, and an epoll descriptor that
 * watches it is what a process gets: that is readable when the eventfd is, and
 * offers nobody a way to read, write or take back what it shows.  An epoll
 * descriptor does not keep what it watches open, so when the set ends
 * pset_fd_gone, an eventfd for the life of the process, takes its place.
 *
 * pf_readable is protected by the set's lock, under which both are called.
 */

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <pthread.h>
#include <unistd.h>

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

#include <kernel/kern/pset_fd.h>
#include <kernel/user/pset_fd.h>

static MALLOC_DEFINE(M_MACH_PSETFD, "mach_pset_fd", "Mach set descriptors");

struct pset_fd {
	int		 pf_event;
	int		 pf_epoll;
	bool		 pf_readable;
};

static pthread_once_t pset_fd_once = PTHREAD_ONCE_INIT;
static int pset_fd_gone = -1;	/* always readable */

static void
pset_fd_start(void)
{

	pset_fd_gone = eventfd(1, EFD_CLOEXEC);
}

struct pset_fd *
pset_fd_alloc(void)
{
	struct epoll_event ev = { .events = EPOLLIN };
	struct pset_fd *pfd;

	(void)pthread_once(&pset_fd_once, pset_fd_start);
	if (pset_fd_gone < 0)
		return (NULL);
	pfd = malloc(sizeof(*pfd), M_MACH_PSETFD, M_WAITOK | M_ZERO);
	pfd->pf_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pfd->pf_epoll = epoll_create1(EPOLL_CLOEXEC);
	if (pfd->pf_event < 0 || pfd->pf_epoll < 0 || epoll_ctl(pfd->pf_epoll,
	    EPOLL_CTL_ADD, pfd->pf_event, &ev) != 0) {
		pset_fd_free(pfd);
		return (NULL);
	}
	return (pfd);
}

void
pset_fd_free(struct pset_fd *pfd)
{
	struct epoll_event ev = { .events = EPOLLIN };

	if (pfd->pf_epoll >= 0)
		(void)epoll_ctl(pfd->pf_epoll, EPOLL_CTL_ADD, pset_fd_gone,
		    &ev);
	if (pfd->pf_event >= 0)
		(void)close(pfd->pf_event);
	if (pfd->pf_epoll >= 0)
		(void)close(pfd->pf_epoll);
	free(pfd, M_MACH_PSETFD);
}

void
pset_fd_set(struct pset_fd *pfd, bool readable)
{
	uint64_t count;

	if (pfd->pf_readable == readable)
		return;
	pfd->pf_readable = readable;
	count = 1;
	/* The count goes from 0 to 1 and back: neither would block. */
	if ((readable ? write(pfd->pf_event, &count, sizeof(count)) :
	    read(pfd->pf_event, &count, sizeof(count))) != sizeof(count))
		panic("%s: the eventfd is not ours alone", __func__);
}

int
pset_fd_descriptor(const struct pset_fd *pfd)
{

	return (pfd->pf_epoll);
}
