/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The trap that makes a file descriptor of a port set (kernel/kern/pset_fd.h).
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_watch.h>
#include <kernel/ipc/mach_port.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/pset_fd.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>

#include <mach/port_set_fd.h>

static struct pset_fd *
mach_pset_fd_alloc(struct ipc_pset *pset)
{
	struct pset_fd *pfd;

	if (!mach_quota_charge(pset->ips_quota, MACH_RES_SET_FDS, 1)) {
		mach_counter_failed(MACH_COUNTER_PSET_FDS);
		return (NULL);
	}
	pfd = pset_fd_alloc();
	if (pfd == NULL)
		mach_quota_uncharge(pset->ips_quota, MACH_RES_SET_FDS, 1);
	else
		(void)mach_counter_made(MACH_COUNTER_PSET_FDS);
	return (pfd);
}

/* The host's part of the set's descriptors, made on first use. */
static struct pset_fd *
mach_pset_fd_get(struct ipc_pset *pset)
{
	struct ipc_watch *watch;
	struct pset_fd *pfd, *spare;

	spare = NULL;
	for (;;) {
		watch = ipc_watch_lock(&pset->ips_object);
		if (watch->iw_fd == NULL && spare != NULL) {
			watch->iw_fd = spare;
			spare = NULL;
			pset_fd_set(watch->iw_fd, !ips_active(pset) ||
			    ipc_watch_ready(&pset->ips_object) !=
			    MACH_PORT_NULL);
		}
		pfd = watch->iw_fd;
		ips_unlock(pset);
		if (pfd != NULL)
			break;
		spare = mach_pset_fd_alloc(pset);
		if (spare == NULL)
			return (NULL);
	}
	if (spare != NULL) {
		pset_fd_free(spare);
		mach_quota_uncharge(pset->ips_quota, MACH_RES_SET_FDS, 1);
		mach_counter_gone(MACH_COUNTER_PSET_FDS, 1);
	}
	return (pfd);
}

int
sys_mach_pset_fd_trap(struct mach_thread *self,
    struct mach_pset_fd_trap_args *uap)
{
	struct ipc_entry *entry;
	struct ipc_pset *pset;
	struct ipc_space *space;
	struct pset_fd *pfd;
	kern_return_t kr;

	TARGET(self, uap->task, space);
	if ((uap->flags & ~MACH_PSET_FD_CLOEXEC) != 0)
		return (KERN_INVALID_ARGUMENT);
	pset = NULL;
	is_read_lock(space);
	entry = MACH_PORT_VALID(uap->pset) ?
	    ipc_entry_lookup(space, uap->pset) : NULL;
	if (entry == NULL)
		kr = KERN_INVALID_NAME;
	else if ((entry->ie_bits & MACH_PORT_TYPE_PORT_SET) == 0)
		kr = KERN_INVALID_RIGHT;
	else {
		kr = KERN_SUCCESS;
		pset = ipc_object_pset(entry->ie_object);
		ips_hold(pset);
	}
	is_read_unlock(space);
	if (kr != KERN_SUCCESS)
		return (kr);
	pfd = mach_pset_fd_get(pset);
	kr = pfd == NULL ? KERN_RESOURCE_SHORTAGE :
	    pset_fd_give(self, pset, pfd, uap->flags, uap->channel, uap->fd);
	ips_drop(pset);
	return (kr);
}
