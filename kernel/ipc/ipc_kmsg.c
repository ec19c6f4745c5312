/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Messages: their memory, what it is charged to, and their end.  The model is
 * in ipc_kmsg.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <vm/uma.h>

#include <kernel/ipc/ipc_kmsg_impl.h>
#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/fileport.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/timer.h>
#include <kernel/kern/vm_copy.h>

MALLOC_DEFINE(M_MACH_KMSG, "mach_kmsg", "Mach messages");
static uma_zone_t ipc_kmsg_zone;

/* Room for a header, a body and descriptors before the data. */
#define	IKM_ROOM	64

int
ipc_kmsg_init(void)
{

	ipc_kmsg_zone = uma_zcreate("mach_kmsg", sizeof(struct ipc_kmsg), NULL,
	    NULL, NULL, NULL, UMA_ALIGN_PTR, 0);
	return (ipc_kmsg_zone == NULL ? ENOMEM : 0);
}

void
ipc_kmsg_fini(void)
{

	uma_zdestroy(ipc_kmsg_zone);
}

struct ipc_kmsg *
ipc_kmsg_new(uint32_t bufsize)
{
	struct ipc_kmsg *kmsg;

	kmsg = uma_zalloc(ipc_kmsg_zone, M_WAITOK);
	kmsg->ikm_charge = 0;
	kmsg->ikm_quota = NULL;
	ipc_kmsg_clear(kmsg);
	if (bufsize <= sizeof(kmsg->ikm_inline)) {
		kmsg->ikm_buf = kmsg->ikm_inline;
		kmsg->ikm_bufsize = sizeof(kmsg->ikm_inline);
	} else {
		kmsg->ikm_buf = malloc(bufsize, M_MACH_KMSG, M_WAITOK);
		kmsg->ikm_bufsize = bufsize;
	}
	(void)mach_counter_made(MACH_COUNTER_KMSGS);
	return (kmsg);
}

struct ipc_kmsg *
ipc_kmsg_alloc(uint32_t datasize)
{
	struct ipc_kmsg *kmsg;
	struct mach_thread *th;
	uint32_t room;

	room = IKM_ROOM;
	kmsg = ipc_kmsg_new(room + datasize + MAX_TRAILER_SIZE);
	kmsg->ikm_data = kmsg->ikm_buf + room;
	kmsg->ikm_datasize = datasize;
	bzero(&kmsg->ikm_header, sizeof(kmsg->ikm_header));
	bzero(&kmsg->ikm_sec, sizeof(kmsg->ikm_sec));
	bzero(&kmsg->ikm_audit, sizeof(kmsg->ikm_audit));
	/* On account of whoever caused it. */
	th = mach_thread_lookup(curthread);
	if (th != NULL) {
		kmsg->ikm_quota = th->th_task->t_quota;
		mach_quota_hold(kmsg->ikm_quota);
		kmsg->ikm_charge = sizeof(*kmsg);
		mach_quota_force(kmsg->ikm_quota, MACH_RES_MESSAGES,
		    kmsg->ikm_charge);
	}
	return (kmsg);
}

void
ipc_kmsg_free(struct ipc_kmsg *kmsg)
{

	if (kmsg->ikm_quota != NULL) {
		mach_quota_uncharge(kmsg->ikm_quota, MACH_RES_MESSAGES,
		    kmsg->ikm_charge);
		if (kmsg->ikm_ool != 0)
			mach_quota_uncharge(kmsg->ikm_quota, MACH_RES_OOL,
			    kmsg->ikm_ool);
		mach_quota_drop(kmsg->ikm_quota);
	}
	if (kmsg->ikm_descs != kmsg->ikm_inline_descs)
		free(kmsg->ikm_descs, M_MACH_KMSG);
	free(kmsg->ikm_aux, M_MACH_KMSG);
	if (kmsg->ikm_buf != kmsg->ikm_inline)
		free(kmsg->ikm_buf, M_MACH_KMSG);
	uma_zfree(ipc_kmsg_zone, kmsg);
	mach_counter_gone(MACH_COUNTER_KMSGS, 1);
}

void
ipc_gc_work(struct ipc_gc *gc)
{
	struct ipc_kmsg *kmsg;
	struct mach_fileport *fileport;

	while ((kmsg = TAILQ_FIRST(&gc->gc_kmsgs)) != NULL) {
		TAILQ_REMOVE(&gc->gc_kmsgs, kmsg, ikm_link);
		ipc_kmsg_clean(kmsg, gc);
		ipc_kmsg_release(kmsg);
	}
	/* The kernel's ports: their ends bring no more of either. */
	while ((fileport = SLIST_FIRST(&gc->gc_fileports)) != NULL) {
		SLIST_REMOVE_HEAD(&gc->gc_fileports, f_link);
		mach_fileport_end(fileport);
	}
}

void
ipc_kmsg_release(struct ipc_kmsg *kmsg)
{

	if (kmsg->ikm_timer != NULL)
		mach_timer_kmsg_done(kmsg);
	else
		ipc_kmsg_free(kmsg);
}

__noinline void
ipc_kmsg_take_over(struct mach_thread *th, struct ipc_kmsg *kmsg)
{
	struct mach_quota *quota;

	quota = th->th_task->t_quota;
	mach_quota_hold(quota);
	if (kmsg->ikm_quota != NULL)
		mach_quota_drop(kmsg->ikm_quota);
	kmsg->ikm_quota = quota;
}

void
ipc_kmsg_recycle(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (kmsg->ikm_timer != NULL || th->th_kmsg != NULL ||
	    kmsg->ikm_buf != kmsg->ikm_inline || kmsg->ikm_ool != 0 ||
	    kmsg->ikm_aux != NULL ||
	    (kmsg->ikm_descs != NULL &&
	    kmsg->ikm_descs != kmsg->ikm_inline_descs)) {
		ipc_kmsg_release(kmsg);
		return;
	}
	if (kmsg->ikm_quota != NULL)
		mach_quota_uncharge(kmsg->ikm_quota, MACH_RES_MESSAGES,
		    kmsg->ikm_charge);
	ipc_kmsg_adopt(th, kmsg);
	mach_counter_gone(MACH_COUNTER_KMSGS, 1);
	th->th_kmsg = kmsg;
}

void
ipc_kmsg_uncache(struct ipc_kmsg *kmsg)
{

	mach_quota_drop(kmsg->ikm_quota);
	uma_zfree(ipc_kmsg_zone, kmsg);
}

void
ipc_kmsg_destroy(struct ipc_kmsg *kmsg, struct ipc_gc *gc)
{

	TAILQ_INSERT_TAIL(&gc->gc_kmsgs, kmsg, ikm_link);
}

void
ipc_kmsg_clean_desc(struct ipc_kmsg_desc *desc, struct ipc_gc *gc)
{
	uint32_t i;

	switch (desc->id_type) {
	case MACH_MSG_PORT_DESCRIPTOR:
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		ipc_port_release_any(desc->id_u.port, desc->id_disposition,
		    gc);
		desc->id_u.port = NULL;
		break;
	case MACH_MSG_OOL_DESCRIPTOR:
	case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
		if (desc->id_u.copy != NULL)
			vm_copy_discard(desc->id_u.copy);
		desc->id_u.copy = NULL;
		break;
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		if (desc->id_u.ool.ports != NULL) {
			for (i = 0; i < desc->id_count; i++)
				ipc_port_release_any(desc->id_u.ool.ports[i],
				    desc->id_disposition, gc);
		}
		free(desc->id_u.ool.ports, M_MACH_KMSG);
		free(desc->id_u.ool.names, M_MACH_KMSG);
		desc->id_u.ool.ports = NULL;
		desc->id_u.ool.names = NULL;
		break;
	default:
		panic("%s: type %d", __func__, desc->id_type);
	}
}

void
ipc_kmsg_clean_content(struct ipc_kmsg *kmsg, struct ipc_gc *gc)
{
	struct ipc_port *port;
	uint32_t i;

	port = kmsg->ikm_local;
	kmsg->ikm_local = NULL;
	if (IP_VALID(port))
		ipc_port_release_any(port,
		    MACH_MSGH_BITS_LOCAL(kmsg->ikm_header.msgh_bits), gc);
	for (i = 0; i < kmsg->ikm_ndescs; i++)
		ipc_kmsg_clean_desc(&kmsg->ikm_descs[i], gc);
	kmsg->ikm_ndescs = 0;
}

void
ipc_kmsg_clean(struct ipc_kmsg *kmsg, struct ipc_gc *gc)
{
	struct ipc_port *port;

	port = kmsg->ikm_remote;
	kmsg->ikm_remote = NULL;
	if (IP_VALID(port))
		ipc_port_release_any(port,
		    MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits), gc);
	ipc_kmsg_clean_content(kmsg, gc);
}

void
ipc_kmsg_send_kernel(struct ipc_kmsg *kmsg, struct ipc_gc *gc)
{
	struct ipc_port *port;

	/* The tokens of the kernel: user 0, group 1, process 0. */
	kmsg->ikm_sec.val[0] = 0;
	kmsg->ikm_sec.val[1] = 1;
	bzero(&kmsg->ikm_audit, sizeof(kmsg->ikm_audit));

	port = kmsg->ikm_remote;
	ip_lock(port);
	if (ip_active(port) && port->ip_receiver == ipc_space_kernel) {
		/* Nobody in the kernel listens: the right is used up. */
		if (MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits) ==
		    MACH_MSG_TYPE_PORT_SEND_ONCE) {
			port->ip_sorights--;
			kmsg->ikm_remote = NULL;
			ip_unlock(port);
			ip_drop(port);
		} else
			ip_unlock(port);
		ipc_kmsg_destroy(kmsg, gc);
		return;
	}
	if (!ip_active(port) || kmsg->ikm_circular) {
		ip_unlock(port);
		ipc_kmsg_destroy(kmsg, gc);
		return;
	}
	ip_hold(port);
	ipc_mqueue_post(port, kmsg, false);
	ip_unlock(port);
	ip_drop(port);
}
