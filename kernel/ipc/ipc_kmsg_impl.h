/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the files ipc_kmsg*.c have in common.
 */

#ifndef _KERNEL_IPC_IPC_KMSG_IMPL_H_
#define _KERNEL_IPC_IPC_KMSG_IMPL_H_

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>

MALLOC_DECLARE(M_MACH_KMSG);

/* An empty message; the buffer can take `bufsize` bytes. */
struct ipc_kmsg *ipc_kmsg_new(uint32_t bufsize);
/* What a descriptor holds; its kind stays. */
void	ipc_kmsg_clean_desc(struct ipc_kmsg_desc *desc, struct ipc_gc *gc);
/* Everything but the destination. */
void	ipc_kmsg_clean_content(struct ipc_kmsg *kmsg, struct ipc_gc *gc);

static __inline void
ipc_kmsg_clear(struct ipc_kmsg *kmsg)
{

	bzero(&kmsg->ikm_remote, offsetof(struct ipc_kmsg, ikm_inline_descs) -
	    offsetof(struct ipc_kmsg, ikm_remote));
}

static __inline bool
ipc_kmsg_charge(struct ipc_kmsg *kmsg, u_long bytes)
{

	if (!mach_quota_charge(kmsg->ikm_quota, MACH_RES_MESSAGES, bytes)) {
		mach_counter_failed(MACH_COUNTER_KMSGS);
		return (false);
	}
	kmsg->ikm_charge += bytes;
	return (true);
}

/*
 * A message of up to IKM_SMALL_SIZE bytes costs no allocation when the thread
 * received one before: it keeps the memory, and with it the reference on its
 * task's account.  While it is kept it is no message, and charged to nobody.
 */
void	ipc_kmsg_take_over(struct mach_thread *th, struct ipc_kmsg *kmsg);

/* It was on another's account, or the thread another's before an exec. */
static __inline void
ipc_kmsg_adopt(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (kmsg->ikm_quota != th->th_task->t_quota)
		ipc_kmsg_take_over(th, kmsg);
}

static __inline struct ipc_kmsg *
ipc_kmsg_cached(struct mach_thread *th, uint32_t bufsize)
{
	struct ipc_kmsg *kmsg;

	kmsg = th->th_kmsg;
	if (kmsg == NULL || bufsize > sizeof(kmsg->ikm_inline)) {
		kmsg = ipc_kmsg_new(bufsize);
		kmsg->ikm_quota = th->th_task->t_quota;
		mach_quota_hold(kmsg->ikm_quota);
		return (kmsg);
	}
	th->th_kmsg = NULL;
	ipc_kmsg_adopt(th, kmsg);
	ipc_kmsg_clear(kmsg);
	kmsg->ikm_buf = kmsg->ikm_inline;
	kmsg->ikm_bufsize = sizeof(kmsg->ikm_inline);
	(void)mach_counter_made(MACH_COUNTER_KMSGS);
	return (kmsg);
}

#endif /* !_KERNEL_IPC_IPC_KMSG_IMPL_H_ */
