/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Messages: reading them from and writing them to user memory, turning names
 * into rights and back.  The model is in ipc_kmsg.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/ucred.h>

#include <vm/uma.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_notify.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>
#include <kernel/kern/fileport.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/timer.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/kern/vm_copy.h>

static MALLOC_DEFINE(M_MACH_KMSG, "mach_kmsg", "Mach messages");
static uma_zone_t ipc_kmsg_zone;

/* Room for a body and descriptors of another ABI before the data. */
#define	IKM_ROOM	64
#define	IKM_DESC_SIZE	16		/* the largest descriptor */

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

static __inline void
ipc_kmsg_clear(struct ipc_kmsg *kmsg)
{

	bzero(&kmsg->ikm_remote, offsetof(struct ipc_kmsg, ikm_inline_descs) -
	    offsetof(struct ipc_kmsg, ikm_remote));
}

/* An empty message; the buffer can take `bufsize` bytes. */
static struct ipc_kmsg *
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

static bool
ipc_kmsg_charge(struct ipc_kmsg *kmsg, u_long bytes)
{

	if (!mach_quota_charge(kmsg->ikm_quota, MACH_RES_MESSAGES, bytes)) {
		mach_counter_failed(MACH_COUNTER_KMSGS);
		return (false);
	}
	kmsg->ikm_charge += bytes;
	return (true);
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

/*
 * A message of up to IKM_SMALL_SIZE bytes costs no allocation when the thread
 * received one before: it keeps the memory, and with it the reference on its
 * task's account.  While it is kept it is no message, and charged to nobody.
 */

static __noinline void
ipc_kmsg_take_over(struct mach_thread *th, struct ipc_kmsg *kmsg)
{
	struct mach_quota *quota;

	quota = th->th_task->t_quota;
	mach_quota_hold(quota);
	if (kmsg->ikm_quota != NULL)
		mach_quota_drop(kmsg->ikm_quota);
	kmsg->ikm_quota = quota;
}

/* It was on another's account, or the thread another's before an exec. */
static inline void
ipc_kmsg_adopt(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (kmsg->ikm_quota != th->th_task->t_quota)
		ipc_kmsg_take_over(th, kmsg);
}

static struct ipc_kmsg *
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

static void
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

/* Everything but the destination. */
static void
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

/*
 * Sizes.
 */

static uint32_t
ipc_kmsg_desc_size(mach_msg_descriptor_type_t type, bool is32)
{

	switch (type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		return (sizeof(mach_msg_port_descriptor_t));
	case MACH_MSG_OOL_DESCRIPTOR:
	case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		return (is32 ? sizeof(mach_msg_ool_descriptor32_t) :
		    sizeof(mach_msg_ool_descriptor64_t));
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		return (is32 ? sizeof(mach_msg_guarded_port_descriptor32_t) :
		    sizeof(mach_msg_guarded_port_descriptor64_t));
	default:
		return (0);
	}
}

uint32_t
ipc_kmsg_descs_size(const struct ipc_kmsg *kmsg, bool is32)
{
	uint32_t i, size;

	size = sizeof(mach_msg_body_t);
	for (i = 0; i < kmsg->ikm_ndescs; i++)
		size += ipc_kmsg_desc_size(kmsg->ikm_descs[i].id_type, is32);
	return (size);
}

/*
 * From user memory.
 */

static mach_msg_return_t
ipc_kmsg_parse_desc(const uint8_t *p, bool is32, struct ipc_kmsg_desc *desc,
    uint64_t *ool)
{
	const mach_msg_guarded_port_descriptor32_t *guarded32;
	const mach_msg_guarded_port_descriptor64_t *guarded64;
	const mach_msg_ool_descriptor32_t *ool32;
	const mach_msg_ool_descriptor64_t *ool64;
	const mach_msg_ool_ports_descriptor32_t *ports32;
	const mach_msg_ool_ports_descriptor64_t *ports64;
	const mach_msg_port_descriptor_t *port;

	bzero(desc, sizeof(*desc));
	port = (const void *)p;
	desc->id_type = port->type;
	switch (desc->id_type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		desc->id_name = port->name;
		desc->id_disposition = port->disposition;
		break;
	case MACH_MSG_OOL_DESCRIPTOR:
	case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
		if (is32) {
			ool32 = (const void *)p;
			desc->id_address = ool32->address;
			desc->id_size = ool32->size;
			desc->id_copy = ool32->copy;
			desc->id_deallocate = ool32->deallocate;
		} else {
			ool64 = (const void *)p;
			desc->id_address = ool64->address;
			desc->id_size = ool64->size;
			desc->id_copy = ool64->copy;
			desc->id_deallocate = ool64->deallocate;
		}
		if (desc->id_copy != MACH_MSG_PHYSICAL_COPY &&
		    desc->id_copy != MACH_MSG_VIRTUAL_COPY)
			return (MACH_SEND_INVALID_TYPE);
		*ool += desc->id_size;
		return (MACH_MSG_SUCCESS);
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		if (is32) {
			ports32 = (const void *)p;
			desc->id_address = ports32->address;
			desc->id_count = ports32->count;
			desc->id_copy = ports32->copy;
			desc->id_deallocate = ports32->deallocate;
			desc->id_disposition = ports32->disposition;
		} else {
			ports64 = (const void *)p;
			desc->id_address = ports64->address;
			desc->id_count = ports64->count;
			desc->id_copy = ports64->copy;
			desc->id_deallocate = ports64->deallocate;
			desc->id_disposition = ports64->disposition;
		}
		if (desc->id_copy != MACH_MSG_PHYSICAL_COPY &&
		    desc->id_copy != MACH_MSG_VIRTUAL_COPY)
			return (MACH_SEND_INVALID_TYPE);
		desc->id_size = (mach_vm_size_t)desc->id_count *
		    sizeof(mach_port_name_t);
		break;
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		if (is32) {
			guarded32 = (const void *)p;
			desc->id_context = guarded32->context;
			desc->id_name = guarded32->name;
			desc->id_flags = guarded32->flags;
			desc->id_disposition = guarded32->disposition;
		} else {
			guarded64 = (const void *)p;
			desc->id_context = guarded64->context;
			desc->id_name = guarded64->name;
			desc->id_flags = guarded64->flags;
			desc->id_disposition = guarded64->disposition;
		}
		if (desc->id_disposition != MACH_MSG_TYPE_MOVE_RECEIVE ||
		    desc->id_flags == 0 ||
		    (desc->id_flags & ~MACH_MSG_GUARD_FLAGS_MASK) != 0 ||
		    ((desc->id_flags & MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND)
		    != 0 && desc->id_context != 0))
			return (MACH_SEND_INVALID_TYPE);
		break;
	default:
		return (MACH_SEND_INVALID_TYPE);
	}
	if (!MACH_MSG_TYPE_PORT_ANY(desc->id_disposition))
		return (MACH_SEND_INVALID_TYPE);
	return (MACH_MSG_SUCCESS);
}

/* The message is larger, in some way, than any may be. */
static mach_msg_return_t
ipc_kmsg_over(struct ipc_kmsg *kmsg, enum mach_limit_id which)
{

	mach_limit_hit(which, kmsg->ikm_quota);
	return (MACH_SEND_TOO_LARGE);
}

struct ipc_kmsg_desc *
ipc_kmsg_alloc_descs(struct ipc_kmsg *kmsg, uint32_t count)
{

	kmsg->ikm_complex = true;
	kmsg->ikm_descs = count <= IKM_INLINE_DESCS ? kmsg->ikm_inline_descs :
	    malloc(count * sizeof(*kmsg->ikm_descs), M_MACH_KMSG, M_WAITOK);
	return (kmsg->ikm_descs);
}

/* The descriptors of a complex message: sizes and types, no rights yet. */
static mach_msg_return_t
ipc_kmsg_parse(struct ipc_kmsg *kmsg, const uint8_t *image,
    mach_msg_size_t size, bool is32)
{
	const mach_msg_body_t *body;
	const mach_msg_type_descriptor_t *any;
	mach_msg_return_t mr;
	uint64_t ool, ports, rights;
	uint32_t count, dsize, i, offset;

	if (size < sizeof(mach_msg_base_t))
		return (MACH_SEND_MSG_TOO_SMALL);
	body = (const void *)(image + sizeof(mach_msg_header_t));
	count = body->msgh_descriptor_count;
	offset = sizeof(mach_msg_base_t);
	if (count > (size - offset) / sizeof(mach_msg_type_descriptor_t))
		return (MACH_SEND_MSG_TOO_SMALL);
	if (count > mach_limit(MACH_LIMIT_MESSAGE_DESCRIPTORS))
		return (ipc_kmsg_over(kmsg, MACH_LIMIT_MESSAGE_DESCRIPTORS));
	if (count > IKM_INLINE_DESCS && !ipc_kmsg_charge(kmsg,
	    (u_long)count * sizeof(*kmsg->ikm_descs)))
		return (MACH_SEND_NO_BUFFER);
	(void)ipc_kmsg_alloc_descs(kmsg, count);

	ool = ports = rights = 0;
	for (i = 0; i < count; i++) {
		/* The type is at the same place in all of them. */
		if (size - offset < sizeof(*any))
			return (MACH_SEND_MSG_TOO_SMALL);
		any = (const void *)(image + offset);
		dsize = ipc_kmsg_desc_size(any->type, is32);
		if (size - offset < dsize)
			return (MACH_SEND_MSG_TOO_SMALL);
		mr = ipc_kmsg_parse_desc(image + offset, is32,
		    &kmsg->ikm_descs[i], &ool);
		if (mr != MACH_MSG_SUCCESS)
			return (mr);
		offset += dsize;
		ports += kmsg->ikm_descs[i].id_count;
		if (kmsg->ikm_descs[i].id_type == MACH_MSG_PORT_DESCRIPTOR ||
		    kmsg->ikm_descs[i].id_type ==
		    MACH_MSG_GUARDED_PORT_DESCRIPTOR)
			rights++;
		kmsg->ikm_ndescs = i + 1;
	}
	if (ool > mach_limit(MACH_LIMIT_MESSAGE_OOL))
		return (ipc_kmsg_over(kmsg, MACH_LIMIT_MESSAGE_OOL));
	if (ports > mach_limit(MACH_LIMIT_MESSAGE_PORTS))
		return (ipc_kmsg_over(kmsg, MACH_LIMIT_MESSAGE_PORTS));
	/* Each may be the last that keeps a port. */
	if (rights + ports != 0 && !ipc_kmsg_charge(kmsg,
	    (rights + ports) * sizeof(struct ipc_port)))
		return (MACH_SEND_NO_BUFFER);
	kmsg->ikm_data = __DECONST(uint8_t *, image) + offset;
	kmsg->ikm_datasize = size - offset;
	return (MACH_MSG_SUCCESS);
}

mach_msg_return_t
ipc_kmsg_get(struct mach_thread *th, mach_vm_offset_t addr,
    mach_msg_size_t size, const mach_msg_base_t *base,
    struct ipc_kmsg **kmsgp)
{
	struct ipc_kmsg *kmsg;
	mach_msg_header_t *header;
	mach_msg_return_t mr;
	u_long charge;
	uint32_t bufsize, room;

	if (size < sizeof(mach_msg_header_t) || (size & 3) != 0)
		return (MACH_SEND_MSG_TOO_SMALL);
	if (size > mach_limit(MACH_LIMIT_MESSAGE_SIZE)) {
		mach_limit_hit(MACH_LIMIT_MESSAGE_SIZE, th->th_task->t_quota);
		return (MACH_SEND_TOO_LARGE);
	}
	/* A 64-bit receiver's descriptors are at most a third larger. */
	room = th->th_is32 ? roundup(size / 3, 8) : 0;
	bufsize = room + size + MAX_TRAILER_SIZE;
	/* With the ports that its header may keep alive. */
	charge = bufsize + sizeof(*kmsg) + 2 * sizeof(struct ipc_port);
	if (!mach_quota_charge(th->th_task->t_quota, MACH_RES_MESSAGES,
	    charge)) {
		mach_counter_failed(MACH_COUNTER_KMSGS);
		return (MACH_SEND_NO_BUFFER);
	}
	kmsg = ipc_kmsg_cached(th, bufsize);
	kmsg->ikm_charge = charge;

	header = (mach_msg_header_t *)(void *)(kmsg->ikm_buf + room);
	if (mach_copyin(addr, header, size) != 0) {
		ipc_kmsg_free(kmsg);
		return (MACH_SEND_INVALID_DATA);
	}
	if (base != NULL) {
		*header = base->header;
		if ((header->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
		    size >= sizeof(*base))
			((mach_msg_base_t *)(void *)header)->body = base->body;
	}
	kmsg->ikm_header = *header;
	kmsg->ikm_header.msgh_size = size;
	kmsg->ikm_data = (uint8_t *)(header + 1);
	kmsg->ikm_datasize = size - sizeof(*header);
	kmsg->ikm_remote_name = (mach_port_name_t)header->msgh_remote_port;
	kmsg->ikm_local_name = (mach_port_name_t)header->msgh_local_port;
	if ((header->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0) {
		mr = ipc_kmsg_parse(kmsg, (const uint8_t *)header, size,
		    th->th_is32);
		if (mr != MACH_MSG_SUCCESS) {
			ipc_kmsg_free(kmsg);
			return (mr);
		}
	}
	*kmsgp = kmsg;
	return (MACH_MSG_SUCCESS);
}

mach_msg_return_t
ipc_kmsg_get_aux(struct ipc_kmsg *kmsg, mach_vm_offset_t addr,
    mach_msg_size_t size)
{

	KASSERT(size >= sizeof(*kmsg->ikm_aux) &&
	    size <= IPC_KMSG_AUX_SIZE_MAX, ("auxiliary data of %u", size));
	if (!ipc_kmsg_charge(kmsg, size))
		return (MACH_SEND_NO_BUFFER);
	kmsg->ikm_aux = malloc(size, M_MACH_KMSG, M_WAITOK);
	if (mach_copyin(addr, kmsg->ikm_aux, size) != 0)
		return (MACH_SEND_INVALID_DATA);
	kmsg->ikm_aux->msgdh_size = size;
	kmsg->ikm_aux->msgdh_reserved = 0;
	return (MACH_MSG_SUCCESS);
}

/*
 * Names to rights.
 *
 * An iterator over all names of a message, in the order in which they are
 * copied in.
 */
struct ipc_kmsg_iter {
	struct ipc_kmsg	*it_kmsg;
	uint32_t	 it_step;	/* 0, 1: header; then descriptors + 2 */
	uint32_t	 it_index;	/* in out-of-line ports */
	bool		 it_swap;	/* reply before destination */
	/* the name at hand */
	mach_port_name_t it_name;
	mach_msg_type_name_t it_disposition;
	struct ipc_port	**it_portp;
	mach_msg_return_t it_error;	/* what it is if this one is bad */
	struct ipc_kmsg_desc *it_desc;
};

static bool
ipc_kmsg_next(struct ipc_kmsg_iter *it)
{
	struct ipc_kmsg *kmsg;
	struct ipc_kmsg_desc *desc;
	uint32_t bits;

	kmsg = it->it_kmsg;
	bits = kmsg->ikm_header.msgh_bits;
	it->it_desc = NULL;
	if (it->it_step < 2) {
		if ((it->it_step == 0) != it->it_swap) {
			it->it_name = kmsg->ikm_remote_name;
			it->it_disposition = MACH_MSGH_BITS_REMOTE(bits);
			it->it_portp = &kmsg->ikm_remote;
			it->it_error = MACH_SEND_INVALID_DEST;
		} else {
			it->it_name = kmsg->ikm_local_name;
			it->it_disposition = MACH_MSGH_BITS_LOCAL(bits);
			it->it_portp = &kmsg->ikm_local;
			it->it_error = MACH_SEND_INVALID_REPLY;
		}
		it->it_step++;
		return (true);
	}
	it->it_error = MACH_SEND_INVALID_RIGHT;
	for (; it->it_step - 2 < kmsg->ikm_ndescs; it->it_step++) {
		desc = &kmsg->ikm_descs[it->it_step - 2];
		it->it_desc = desc;
		it->it_disposition = desc->id_disposition;
		if (desc->id_type == MACH_MSG_PORT_DESCRIPTOR ||
		    desc->id_type == MACH_MSG_GUARDED_PORT_DESCRIPTOR) {
			it->it_name = desc->id_name;
			it->it_portp = &desc->id_u.port;
			it->it_step++;
			return (true);
		}
		if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR &&
		    it->it_index < desc->id_count) {
			it->it_name = desc->id_u.ool.names[it->it_index];
			it->it_portp = &desc->id_u.ool.ports[it->it_index];
			it->it_index++;
			return (true);
		}
		it->it_index = 0;
	}
	return (false);
}

static void
ipc_kmsg_iter_init(struct ipc_kmsg_iter *it, struct ipc_kmsg *kmsg)
{
	uint32_t bits;

	bzero(it, sizeof(*it));
	it->it_kmsg = kmsg;
	/* Of one name, first what leaves it there, then what takes it. */
	bits = kmsg->ikm_header.msgh_bits;
	it->it_swap = kmsg->ikm_remote_name == kmsg->ikm_local_name &&
	    ipc_disposition_moves(MACH_MSGH_BITS_REMOTE(bits)) &&
	    !ipc_disposition_moves(MACH_MSGH_BITS_LOCAL(bits));
}

/* Dispositions and the fields that do not need the space. */
static mach_msg_return_t
ipc_kmsg_check_header(struct ipc_kmsg *kmsg)
{
	mach_msg_header_t *h;
	mach_msg_type_name_t local, remote, voucher;

	h = &kmsg->ikm_header;
	if ((h->msgh_bits & ~MACH_MSGH_BITS_USER) != 0)
		return (MACH_SEND_INVALID_HEADER);
	remote = MACH_MSGH_BITS_REMOTE(h->msgh_bits);
	local = MACH_MSGH_BITS_LOCAL(h->msgh_bits);
	if (!MACH_MSG_TYPE_PORT_ANY_SEND(remote))
		return (MACH_SEND_INVALID_HEADER);
	if (local == 0 ? kmsg->ikm_local_name != MACH_PORT_NULL :
	    !MACH_MSG_TYPE_PORT_ANY_SEND(local))
		return (MACH_SEND_INVALID_HEADER);
	/* There are no vouchers: none can be named. */
	voucher = MACH_MSGH_BITS_VOUCHER(h->msgh_bits);
	if (voucher != 0 && ((voucher != MACH_MSG_TYPE_MOVE_SEND &&
	    voucher != MACH_MSG_TYPE_COPY_SEND) ||
	    h->msgh_voucher_port != MACH_PORT_NULL))
		return (MACH_SEND_INVALID_VOUCHER);
	if (!MACH_PORT_VALID(kmsg->ikm_remote_name))
		return (MACH_SEND_INVALID_DEST);
	return (MACH_MSG_SUCCESS);
}

/* The destination, before work is put into the rest. */
static bool
ipc_kmsg_dest_ok(struct ipc_space *space, struct ipc_kmsg *kmsg)
{
	struct ipc_entry *entry;
	bool ok;

	is_write_lock(space);
	ok = ipc_right_lookup(space, kmsg->ikm_remote_name, &entry) ==
	    KERN_SUCCESS && IE_BITS_TYPE(entry->ie_bits) !=
	    MACH_PORT_TYPE_DEAD_NAME &&
	    ipc_right_copyin_check_header(space, kmsg->ikm_remote_name, entry,
	    MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits),
	    MACH_MSG_TYPE_MOVE_SEND_ONCE) == KERN_SUCCESS;
	if (ok)
		ipc_right_copyin_uncheck(entry);
	is_write_unlock(space);
	return (ok);
}

/* Out-of-line memory and the names of out-of-line ports. */
static mach_msg_return_t
ipc_kmsg_copyin_memory(struct ipc_kmsg *kmsg)
{
	struct ipc_kmsg_desc *desc;
	kern_return_t kr;
	uint32_t i;

	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_type == MACH_MSG_PORT_DESCRIPTOR ||
		    desc->id_size == 0)
			continue;
		if (!vm_copy_range_ok(desc->id_address, desc->id_size))
			return (MACH_SEND_INVALID_MEMORY);
		if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR) {
			if (!ipc_kmsg_charge(kmsg, (u_long)desc->id_count *
			    (sizeof(struct ipc_port *) +
			    sizeof(mach_port_name_t))))
				return (MACH_SEND_NO_BUFFER);
			desc->id_u.ool.names = malloc(desc->id_size,
			    M_MACH_KMSG, M_WAITOK);
			desc->id_u.ool.ports = malloc(desc->id_count *
			    sizeof(struct ipc_port *), M_MACH_KMSG,
			    M_WAITOK | M_ZERO);
			if (mach_copyin(desc->id_address,
			    desc->id_u.ool.names, desc->id_size) != 0)
				return (MACH_SEND_INVALID_MEMORY);
			continue;
		}
		if (!mach_quota_charge(kmsg->ikm_quota, MACH_RES_OOL,
		    round_page(desc->id_size))) {
			mach_counter_failed(MACH_COUNTER_KMSGS);
			return (MACH_SEND_NO_BUFFER);
		}
		kmsg->ikm_ool += round_page(desc->id_size);
		kr = vm_copyin(desc->id_address, desc->id_size,
		    desc->id_deallocate, &desc->id_u.copy);
		if (kr != KERN_SUCCESS)
			return (kr == KERN_INVALID_ADDRESS ?
			    MACH_SEND_INVALID_MEMORY : MACH_SEND_NO_BUFFER);
	}
	return (MACH_MSG_SUCCESS);
}

/* Undo ipc_kmsg_copyin_memory() of a message whose rights are still names. */
static void
ipc_kmsg_discard_memory(struct ipc_kmsg *kmsg)
{
	struct ipc_gc gc;
	uint32_t i;

	IPC_GC_INIT(&gc);
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		if (kmsg->ikm_descs[i].id_type != MACH_MSG_PORT_DESCRIPTOR)
			ipc_kmsg_clean_desc(&kmsg->ikm_descs[i], &gc);
	}
	kmsg->ikm_ndescs = 0;
}

/* Is the port of a guarded-port descriptor guarded as it says? */
static bool
ipc_kmsg_guard_ok(struct ipc_entry *entry, const struct ipc_kmsg_desc *desc)
{
	struct ipc_port *port;
	bool ok;

	port = ipc_object_port(entry->ie_object);
	ip_lock(port);
	if ((port->ip_flags & IP_GUARDED) != 0)
		ok = port->ip_context == desc->id_context;
	else
		ok = (desc->id_flags &
		    MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND) != 0;
	ip_unlock(port);
	return (ok);
}

/* The one name at hand; its entry is marked. */
static mach_msg_return_t
ipc_kmsg_check_right(struct ipc_space *space, struct ipc_kmsg_iter *it)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if (!MACH_PORT_VALID(it->it_name))
		return (it->it_error == MACH_SEND_INVALID_DEST ?
		    it->it_error : MACH_MSG_SUCCESS);
	if (ipc_right_lookup(space, it->it_name, &entry) != KERN_SUCCESS)
		return (it->it_error);
	switch (it->it_error) {
	case MACH_SEND_INVALID_DEST:
		if (IE_BITS_TYPE(entry->ie_bits) == MACH_PORT_TYPE_DEAD_NAME)
			return (it->it_error);
		kr = ipc_right_copyin_check_header(space, it->it_name, entry,
		    it->it_disposition, MACH_MSG_TYPE_MOVE_SEND_ONCE);
		break;
	case MACH_SEND_INVALID_REPLY:
		kr = ipc_right_copyin_check_header(space, it->it_name, entry,
		    it->it_disposition, MACH_MSG_TYPE_MAKE_SEND_ONCE);
		break;
	default:
		kr = ipc_right_copyin_check(space, it->it_name, entry,
		    it->it_disposition);
		if (kr == KERN_SUCCESS && it->it_desc->id_type ==
		    MACH_MSG_GUARDED_PORT_DESCRIPTOR &&
		    !ipc_kmsg_guard_ok(entry, it->it_desc))
			kr = KERN_INVALID_ARGUMENT;
		break;
	}
	return (kr == KERN_SUCCESS ? MACH_MSG_SUCCESS : it->it_error);
}

/*
 * The destination may want to be what the sender takes it for, and to have its
 * answers at reply ports only.
 */
static mach_msg_return_t
ipc_kmsg_check_policy(struct ipc_space *space, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_entry *entry;
	struct ipc_port *dest, *reply;
	bool kobject;

	entry = ipc_entry_lookup(space, kmsg->ikm_remote_name);
	dest = ipc_object_port(entry->ie_object);
	if ((option & MACH64_MACH_MSG2) != 0 &&
	    (option & MACH64_SEND_ANY) == 0) {
		ip_lock(dest);
		kobject = dest->ip_receiver == ipc_space_kernel;
		ip_unlock(dest);
		if ((option & (kobject ? MACH64_SEND_KOBJECT_CALL :
		    MACH64_SEND_MQ_CALL)) == 0)
			return (MACH_SEND_INVALID_OPTIONS);
		/* Who calls the kernel and wants an answer waits for it. */
		if (kobject && (option & MACH64_RCV_MSG) == 0 &&
		    MACH_PORT_VALID(kmsg->ikm_local_name))
			return (MACH_SEND_INVALID_OPTIONS);
	}
	if (dest->ip_kind != IPK_ENFORCE_REPLY ||
	    !MACH_PORT_VALID(kmsg->ikm_local_name))
		return (MACH_MSG_SUCCESS);
	entry = ipc_entry_lookup(space, kmsg->ikm_local_name);
	if ((entry->ie_bits & MACH_PORT_TYPE_PORT_RIGHTS) == 0)
		return (MACH_MSG_SUCCESS);
	reply = ipc_object_port(entry->ie_object);
	return (reply->ip_kind == IPK_REPLY ||
	    reply->ip_kind == IPK_PROVISIONAL_REPLY ? MACH_MSG_SUCCESS :
	    MACH_SEND_INVALID_REPLY);
}

static mach_msg_return_t
ipc_kmsg_check_rights(struct ipc_space *space, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_entry *entry;
	struct ipc_kmsg_iter it;
	mach_msg_return_t mr;

	mr = MACH_MSG_SUCCESS;
	ipc_kmsg_iter_init(&it, kmsg);
	while (mr == MACH_MSG_SUCCESS && ipc_kmsg_next(&it))
		mr = ipc_kmsg_check_right(space, &it);
	/* The same entry cannot be moved from twice: the pair is at fault. */
	if (mr == MACH_SEND_INVALID_REPLY &&
	    kmsg->ikm_local_name == kmsg->ikm_remote_name &&
	    ipc_disposition_moves(it.it_disposition))
		mr = MACH_SEND_INVALID_DEST;

	ipc_kmsg_iter_init(&it, kmsg);
	while (ipc_kmsg_next(&it)) {
		entry = ipc_entry_lookup(space, it.it_name);
		if (entry != NULL)
			ipc_right_copyin_uncheck(entry);
	}
	if (mr == MACH_MSG_SUCCESS)
		mr = ipc_kmsg_check_policy(space, kmsg, option);
	return (mr);
}

/*
 * Whoever sends a receive right follows the queues that the destination is in,
 * with a lock that all share: that way must be short.
 */
static mach_msg_return_t
ipc_kmsg_check_nesting(struct ipc_space *space, struct ipc_kmsg *kmsg)
{
	struct ipc_entry *entry;
	struct ipc_kmsg_desc *desc;
	uint32_t i;

	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_type != MACH_MSG_OOL_DESCRIPTOR &&
		    desc->id_type != MACH_MSG_OOL_VOLATILE_DESCRIPTOR &&
		    desc->id_disposition == MACH_MSG_TYPE_MOVE_RECEIVE)
			break;
	}
	if (i == kmsg->ikm_ndescs)
		return (MACH_MSG_SUCCESS);
	entry = ipc_entry_lookup(space, kmsg->ikm_remote_name);
	KASSERT(entry != NULL, ("checked name is gone"));
	if (!ipc_port_nested(ipc_object_port(entry->ie_object),
	    mach_limit(MACH_LIMIT_NESTING)))
		return (MACH_MSG_SUCCESS);
	mach_limit_hit(MACH_LIMIT_NESTING, kmsg->ikm_quota);
	return (MACH_SEND_NO_BUFFER);
}

/* What was checked: cannot fail. */
static void
ipc_kmsg_copyin_rights(struct ipc_space *space, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_entry *entry;
	struct ipc_kmsg_iter it;
	mach_msg_header_t *h;
	uint32_t i;

	ipc_kmsg_iter_init(&it, kmsg);
	while (ipc_kmsg_next(&it)) {
		if (it.it_name == MACH_PORT_NULL) {
			*it.it_portp = NULL;
			continue;
		}
		if (it.it_name == MACH_PORT_DEAD) {
			*it.it_portp = IP_DEAD;
			continue;
		}
		entry = ipc_entry_lookup(space, it.it_name);
		KASSERT(entry != NULL, ("checked name is gone"));
		ipc_right_copyin(space, it.it_name, entry, it.it_disposition,
		    it.it_portp, gc);
		if (it.it_disposition == MACH_MSG_TYPE_MOVE_RECEIVE &&
		    IP_VALID(kmsg->ikm_remote) &&
		    ipc_port_set_destination(*it.it_portp, kmsg->ikm_remote))
			kmsg->ikm_circular = true;
	}
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		kmsg->ikm_descs[i].id_disposition = ipc_right_copyin_type(
		    kmsg->ikm_descs[i].id_disposition);
		/* What travels is not guarded. */
		kmsg->ikm_descs[i].id_flags |=
		    MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND;
	}
	h = &kmsg->ikm_header;
	h->msgh_bits = MACH_MSGH_BITS(
	    ipc_right_copyin_type(MACH_MSGH_BITS_REMOTE(h->msgh_bits)),
	    MACH_MSGH_BITS_LOCAL(h->msgh_bits) == 0 ? 0 :
	    ipc_right_copyin_type(MACH_MSGH_BITS_LOCAL(h->msgh_bits))) |
	    (h->msgh_bits & MACH_MSGH_BITS_COMPLEX);
}

/* The ids as they were when they were last looked at. */
static void
ipc_kmsg_sign_seen(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	mach_task_tokens(th->th_task, th->th_td->td_ucred, &kmsg->ikm_sec,
	    &kmsg->ikm_audit);
}

void
ipc_kmsg_sign(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (!mach_thread_ids_fixed(th->th_td))
		mach_thread_look_ids(th->th_td);
	kmsg->ikm_nameless = false;
	ipc_kmsg_sign_seen(th, kmsg);
}

/* The same if it costs nothing. */
static void
ipc_kmsg_sign_fixed(struct mach_thread *th, struct ipc_kmsg *kmsg)
{

	if (mach_thread_ids_fixed(th->th_td))
		ipc_kmsg_sign_seen(th, kmsg);
	else
		kmsg->ikm_nameless = true;
}

mach_msg_return_t
ipc_kmsg_copyin(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_gc gc;
	struct ipc_kmsg_desc *desc;
	struct ipc_space *space;
	mach_msg_return_t mr;
	uint32_t i;

	space = th->th_task->t_space;
	mr = ipc_kmsg_check_header(kmsg);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	if (kmsg->ikm_ndescs != 0) {
		if (!ipc_kmsg_dest_ok(space, kmsg))
			return (MACH_SEND_INVALID_DEST);
		mr = ipc_kmsg_copyin_memory(kmsg);
		if (mr != MACH_MSG_SUCCESS) {
			ipc_kmsg_discard_memory(kmsg);
			return (mr);
		}
	}

	IPC_GC_INIT(&gc);
	is_write_lock(space);
	mr = ipc_kmsg_check_rights(space, kmsg, option);
	if (mr == MACH_MSG_SUCCESS && kmsg->ikm_ndescs != 0)
		mr = ipc_kmsg_check_nesting(space, kmsg);
	if (mr == MACH_MSG_SUCCESS)
		ipc_kmsg_copyin_rights(space, kmsg, &gc);
	is_write_unlock(space);
	ipc_gc_run(&gc);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_discard_memory(kmsg);
		return (mr);
	}

	/* The message is complete: what was to be given away goes. */
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_deallocate && desc->id_size != 0)
			vm_copy_given(desc->id_type ==
			    MACH_MSG_OOL_PORTS_DESCRIPTOR ? NULL :
			    desc->id_u.copy, desc->id_address, desc->id_size);
		if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR) {
			free(desc->id_u.ool.names, M_MACH_KMSG);
			desc->id_u.ool.names = NULL;
		}
	}
	ipc_kmsg_sign_fixed(th, kmsg);
	return (MACH_MSG_SUCCESS);
}

/* The send-once right for replies, made of a receive right; NULL: cannot. */
static struct ipc_port *
ipc_kmsg_plain_reply(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_lookup look;
	struct ipc_object *object;
	struct ipc_port *port;

	object = ipc_entry_object(space, name, MACH_PORT_TYPE_RECEIVE, &look);
	if (object == NULL)
		return (NULL);
	port = ipc_object_port(object);
	ip_lock(port);
	if (!ip_active(port) || port->ip_receiver != space ||
	    port->ip_receiver_name != name) {
		ip_unlock(port);
		ip_drop(port);
		return (NULL);
	}
	port->ip_sorights++;
	ip_unlock(port);
	return (port);
}

/* Nobody saw it: take it back without a word. */
static void
ipc_kmsg_unmake_reply(struct ipc_port *port)
{

	if (port == NULL)
		return;
	ip_lock(port);
	port->ip_sorights--;
	ip_unlock(port);
	ip_drop(port);
}

struct ipc_port *
ipc_kmsg_copyin_plain(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_option64_t option)
{
	struct ipc_lookup look;
	struct ipc_object *object;
	struct ipc_port *port, *reply;
	struct ipc_space *space;
	mach_msg_bits_t bits;

	space = th->th_task->t_space;
	bits = kmsg->ikm_header.msgh_bits;
	if ((option & (MACH64_MACH_MSG2 | MACH64_SEND_ANY)) ==
	    MACH64_MACH_MSG2)
		return (NULL);		/* ipc_kmsg_check_policy() */
	if (bits == MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0)) {
		if (kmsg->ikm_local_name != MACH_PORT_NULL)
			return (NULL);
		port = ipc_right_move_sonce(space, kmsg->ikm_remote_name);
		if (port == NULL)
			return (NULL);
		kmsg->ikm_header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0);
		kmsg->ikm_remote = port;
		ipc_kmsg_sign_fixed(th, kmsg);
		return (port);
	}

	reply = NULL;
	if (bits == MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE)) {
		reply = ipc_kmsg_plain_reply(space, kmsg->ikm_local_name);
		if (reply == NULL)
			return (NULL);
		bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND,
		    MACH_MSG_TYPE_PORT_SEND_ONCE);
	} else if (bits == MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) &&
	    kmsg->ikm_local_name == MACH_PORT_NULL)
		bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND, 0);
	else
		return (NULL);

	object = ipc_entry_object(space, kmsg->ikm_remote_name,
	    MACH_PORT_TYPE_SEND, &look);
	if (object == NULL) {
		ipc_kmsg_unmake_reply(reply);
		return (NULL);
	}
	ipc_kmsg_sign_fixed(th, kmsg);
	port = ipc_object_port(object);
	ip_lock(port);
	/* While the name denotes it, its send right is there to be copied. */
	if (!ip_active(port) || port->ip_kind != IPK_PLAIN ||
	    !ipc_entry_still(space, kmsg->ikm_remote_name,
	    MACH_PORT_TYPE_SEND, &look)) {
		ip_unlock(port);
		ip_drop(port);
		ipc_kmsg_unmake_reply(reply);
		return (NULL);
	}
	KASSERT(port->ip_srights > 0, ("copying a right that is not there"));
	port->ip_srights++;
	kmsg->ikm_header.msgh_bits = bits;
	kmsg->ikm_remote = port;
	kmsg->ikm_local = reply;
	return (port);
}

/*
 * Rights to names.
 */

static mach_msg_return_t
ipc_kmsg_space_error(kern_return_t kr)
{

	return (kr == KERN_RESOURCE_SHORTAGE ? MACH_MSG_IPC_KERNEL :
	    MACH_MSG_IPC_SPACE);
}

/* One right of the body; failing that, it is released and the name NULL. */
static mach_msg_return_t
ipc_kmsg_copyout_right(struct ipc_space *space, struct ipc_port *port,
    mach_msg_type_name_t disposition, mach_port_name_t *namep,
    struct ipc_gc *gc)
{
	kern_return_t kr;

	if (!IP_VALID(port)) {
		*namep = port == NULL ? MACH_PORT_NULL : MACH_PORT_DEAD;
		return (MACH_MSG_SUCCESS);
	}
	kr = ipc_right_copyout(space, port, disposition, namep, gc);
	if (kr == KERN_SUCCESS)
		return (MACH_MSG_SUCCESS);
	*namep = MACH_PORT_NULL;
	ipc_port_release_any(port, disposition, gc);
	return (ipc_kmsg_space_error(kr));
}

/*
 * A receive right that is to arrive guarded, if the receiver can take it: the
 * guard is the address of its buffer.  To the sender it comes back as movable
 * as it was.
 */
static mach_msg_return_t
ipc_kmsg_copyout_guarded(struct mach_thread *th, struct ipc_space *space,
    struct ipc_kmsg_desc *desc, bool pseudo, struct ipc_gc *gc)
{
	struct ipc_port *port;
	mach_msg_return_t mr;

	port = desc->id_u.port;
	desc->id_u.port = NULL;
	if (!pseudo && (th->th_msg.option & MACH_RCV_GUARDED_DESC) == 0) {
		ipc_port_release_any(port, desc->id_disposition, gc);
		desc->id_name = MACH_PORT_NULL;
		desc->id_context = 0;
		return (MACH_MSG_SUCCESS);
	}
	mr = ipc_kmsg_copyout_right(space, port, desc->id_disposition,
	    &desc->id_name, gc);
	if (!MACH_PORT_VALID(desc->id_name) || (desc->id_flags &
	    MACH_MSG_GUARD_FLAGS_IMMOVABLE_RECEIVE) == 0)
		return (mr);
	desc->id_flags &= ~MACH_MSG_GUARD_FLAGS_UNGUARDED_ON_SEND;
	desc->id_context = pseudo ? th->th_msg.send_addr :
	    th->th_msg.rcv_addr;
	ip_lock(port);
	port->ip_context = desc->id_context;
	port->ip_flags |= IP_GUARDED;
	if (!pseudo)
		port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	ip_unlock(port);
	return (mr);
}

/* The rights of the descriptors; space locked. */
static mach_msg_return_t
ipc_kmsg_copyout_rights(struct mach_thread *th, struct ipc_space *space,
    struct ipc_kmsg *kmsg, bool pseudo, struct ipc_gc *gc)
{
	struct ipc_kmsg_desc *desc;
	mach_msg_return_t mr;
	mach_port_name_t name;
	uint8_t *names;
	uint32_t i, j;

	mr = MACH_MSG_SUCCESS;
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		if (desc->id_type == MACH_MSG_PORT_DESCRIPTOR) {
			mr |= ipc_kmsg_copyout_right(space, desc->id_u.port,
			    desc->id_disposition, &desc->id_name, gc);
			desc->id_u.port = NULL;
		} else if (desc->id_type == MACH_MSG_GUARDED_PORT_DESCRIPTOR) {
			mr |= ipc_kmsg_copyout_guarded(th, space, desc,
			    pseudo, gc);
		} else if (desc->id_type == MACH_MSG_OOL_PORTS_DESCRIPTOR &&
		    desc->id_u.ool.ports != NULL) {
			/* Names take the place of the ports as they come. */
			names = (uint8_t *)desc->id_u.ool.ports;
			for (j = 0; j < desc->id_count; j++) {
				mr |= ipc_kmsg_copyout_right(space,
				    desc->id_u.ool.ports[j],
				    desc->id_disposition, &name, gc);
				memcpy(names + j * sizeof(name), &name,
				    sizeof(name));
			}
			desc->id_u.ool.ports = NULL;
			desc->id_u.ool.names = (void *)names;
		}
	}
	return (mr);
}

/* The memory of the descriptors; no lock. */
static mach_msg_return_t
ipc_kmsg_copyout_memory(struct ipc_kmsg *kmsg)
{
	struct ipc_kmsg_desc *desc;
	struct vm_copy *copy;
	kern_return_t kr;
	mach_msg_return_t mr;
	uint32_t i;

	mr = MACH_MSG_SUCCESS;
	for (i = 0; i < kmsg->ikm_ndescs; i++) {
		desc = &kmsg->ikm_descs[i];
		copy = NULL;
		kr = KERN_SUCCESS;
		switch (desc->id_type) {
		case MACH_MSG_OOL_PORTS_DESCRIPTOR:
			if (desc->id_count != 0)
				kr = vm_copy_from_kernel(desc->id_u.ool.names,
				    desc->id_size, &copy);
			free(desc->id_u.ool.names, M_MACH_KMSG);
			desc->id_u.ool.names = NULL;
			break;
		case MACH_MSG_OOL_DESCRIPTOR:
		case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
			copy = desc->id_u.copy;
			desc->id_u.copy = NULL;
			break;
		default:
			continue;
		}
		desc->id_address = 0;
		if (copy != NULL) {
			kr = vm_copyout(copy, &desc->id_address);
			if (kr != KERN_SUCCESS)
				vm_copy_discard(copy);
		}
		if (kr != KERN_SUCCESS) {
			desc->id_address = 0;
			desc->id_size = 0;
			desc->id_count = 0;
			mr |= kr == KERN_RESOURCE_SHORTAGE ?
			    MACH_MSG_VM_KERNEL : MACH_MSG_VM_SPACE;
		}
		desc->id_copy = MACH_MSG_VIRTUAL_COPY;
		desc->id_deallocate = true;
	}
	return (mr);
}

/*
 * The destination right is used up by the arrival; its name for the
 * receiver is that of the receive right.
 */
static mach_port_name_t
ipc_kmsg_copyout_dest(struct ipc_space *space, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_port *port;
	mach_port_name_t name;

	if (kmsg->ikm_arrived)
		return (kmsg->ikm_dest_name);
	port = kmsg->ikm_remote;
	kmsg->ikm_remote = NULL;
	if (!IP_VALID(port))
		return (MACH_PORT_DEAD);
	ip_lock(port);
	if (!ip_active(port)) {
		ip_unlock(port);
		ip_drop(port);
		return (MACH_PORT_DEAD);
	}
	name = port->ip_receiver == space ? port->ip_receiver_name :
	    MACH_PORT_NULL;
	if (MACH_MSGH_BITS_REMOTE(kmsg->ikm_header.msgh_bits) ==
	    MACH_MSG_TYPE_PORT_SEND) {
		KASSERT(port->ip_srights > 0, ("send rights below zero"));
		port->ip_srights--;
		ipc_port_no_senders_unlock(port, gc);
	} else {
		KASSERT(port->ip_sorights > 0,
		    ("send-once rights below zero"));
		if (name == MACH_PORT_NULL) {
			/* The port moved on since: it is another's to spend. */
			ip_unlock(port);
			ipc_notify_send_once(port, gc);
			return (name);
		}
		port->ip_sorights--;
		ip_unlock(port);
	}
	ip_drop(port);
	return (name);
}

mach_msg_return_t
ipc_kmsg_copyout_space(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	mach_msg_header_t *h;
	struct ipc_space *space;
	mach_msg_return_t mr;
	mach_port_name_t dest, reply;
	uint32_t bits;

	h = &kmsg->ikm_header;
	bits = h->msgh_bits;
	space = th->th_task->t_space;
	is_write_lock(space);
	mr = ipc_kmsg_copyout_right(space, kmsg->ikm_local,
	    MACH_MSGH_BITS_LOCAL(bits), &reply, gc);
	kmsg->ikm_local = NULL;
	dest = ipc_kmsg_copyout_dest(space, kmsg, gc);
	if (mr != MACH_MSG_SUCCESS) {
		is_write_unlock(space);
		ipc_kmsg_clean_content(kmsg, gc);
		kmsg->ikm_complex = false;
		kmsg->ikm_datasize = 0;
		h->msgh_bits = MACH_MSGH_BITS(0, MACH_MSGH_BITS_REMOTE(bits));
		h->msgh_remote_port = MACH_PORT_NULL;
		h->msgh_local_port = dest;
		return (mr | MACH_RCV_HEADER_ERROR);
	}
	if (kmsg->ikm_ndescs != 0)
		mr = ipc_kmsg_copyout_rights(th, space, kmsg, false, gc);
	is_write_unlock(space);
	if (kmsg->ikm_ndescs != 0)
		mr |= ipc_kmsg_copyout_memory(kmsg);

	ipc_kmsg_named(kmsg, reply, dest);
	return (mr == MACH_MSG_SUCCESS ? mr : mr | MACH_RCV_BODY_ERROR);
}

void
ipc_kmsg_strip(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	mach_msg_header_t *h;
	mach_port_name_t dest;

	h = &kmsg->ikm_header;
	ipc_kmsg_clean_content(kmsg, gc);
	dest = ipc_kmsg_copyout_dest(th->th_task->t_space, kmsg, gc);
	kmsg->ikm_complex = false;
	kmsg->ikm_datasize = 0;
	h->msgh_bits = MACH_MSGH_BITS(0, MACH_MSGH_BITS_REMOTE(h->msgh_bits));
	h->msgh_remote_port = MACH_PORT_NULL;
	h->msgh_local_port = dest;
}

mach_msg_return_t
ipc_kmsg_copyout_pseudo(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{
	struct ipc_space *space;
	mach_msg_return_t mr;
	mach_port_name_t dest, reply;
	uint32_t bits;

	bits = kmsg->ikm_header.msgh_bits;
	space = th->th_task->t_space;
	is_write_lock(space);
	mr = ipc_kmsg_copyout_right(space, kmsg->ikm_remote,
	    MACH_MSGH_BITS_REMOTE(bits), &dest, gc);
	kmsg->ikm_remote = NULL;
	mr |= ipc_kmsg_copyout_right(space, kmsg->ikm_local,
	    MACH_MSGH_BITS_LOCAL(bits), &reply, gc);
	kmsg->ikm_local = NULL;
	/* Receive rights that had been on their way come back, too. */
	mr |= ipc_kmsg_copyout_rights(th, space, kmsg, true, gc);
	is_write_unlock(space);
	mr |= ipc_kmsg_copyout_memory(kmsg);
	kmsg->ikm_header.msgh_remote_port = dest;
	kmsg->ikm_header.msgh_local_port = reply;
	return (mr);
}

/*
 * To user memory.
 */

static void
ipc_kmsg_format_desc(uint8_t *p, const struct ipc_kmsg_desc *desc, bool is32)
{
	mach_msg_guarded_port_descriptor32_t *guarded32;
	mach_msg_guarded_port_descriptor64_t *guarded64;
	mach_msg_ool_descriptor32_t *ool32;
	mach_msg_ool_descriptor64_t *ool64;
	mach_msg_ool_ports_descriptor32_t *ports32;
	mach_msg_ool_ports_descriptor64_t *ports64;
	mach_msg_port_descriptor_t *port;

	bzero(p, ipc_kmsg_desc_size(desc->id_type, is32));
	switch (desc->id_type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		port = (void *)p;
		port->name = desc->id_name;
		port->disposition = desc->id_disposition;
		port->type = desc->id_type;
		break;
	case MACH_MSG_GUARDED_PORT_DESCRIPTOR:
		if (is32) {
			guarded32 = (void *)p;
			guarded32->context = desc->id_context;
			guarded32->name = desc->id_name;
			guarded32->flags = desc->id_flags;
			guarded32->disposition = desc->id_disposition;
			guarded32->type = desc->id_type;
		} else {
			guarded64 = (void *)p;
			guarded64->context = desc->id_context;
			guarded64->name = desc->id_name;
			guarded64->flags = desc->id_flags;
			guarded64->disposition = desc->id_disposition;
			guarded64->type = desc->id_type;
		}
		break;
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		if (is32) {
			ports32 = (void *)p;
			ports32->address = desc->id_address;
			ports32->count = desc->id_count;
			ports32->deallocate = desc->id_deallocate;
			ports32->copy = desc->id_copy;
			ports32->disposition = desc->id_disposition;
			ports32->type = desc->id_type;
		} else {
			ports64 = (void *)p;
			ports64->address = desc->id_address;
			ports64->count = desc->id_count;
			ports64->deallocate = desc->id_deallocate;
			ports64->copy = desc->id_copy;
			ports64->disposition = desc->id_disposition;
			ports64->type = desc->id_type;
		}
		break;
	default:
		if (is32) {
			ool32 = (void *)p;
			ool32->address = desc->id_address;
			ool32->size = desc->id_size;
			ool32->deallocate = desc->id_deallocate;
			ool32->copy = desc->id_copy;
			ool32->type = desc->id_type;
		} else {
			ool64 = (void *)p;
			ool64->address = desc->id_address;
			ool64->size = desc->id_size;
			ool64->deallocate = desc->id_deallocate;
			ool64->copy = desc->id_copy;
			ool64->type = desc->id_type;
		}
		break;
	}
}

mach_msg_size_t
ipc_kmsg_trailer(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_option_t option, mach_msg_mac_trailer64_t *trailer)
{
	mach_msg_mac_trailer32_t *trailer32;
	mach_msg_size_t size;

	size = ipc_kmsg_trailer_size(th, option);
	bzero(trailer, sizeof(*trailer));
	trailer->msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0;
	trailer->msgh_trailer_size = size;
	trailer->msgh_seqno = kmsg->ikm_seqno;
	trailer->msgh_sender = kmsg->ikm_sec;
	trailer->msgh_audit = kmsg->ikm_audit;
	if (th->th_is32) {
		/* Alike as far as the context, which is a word there. */
		trailer32 = (void *)trailer;
		trailer32->msgh_context = (uint32_t)kmsg->ikm_context;
	} else
		trailer->msgh_context = kmsg->ikm_context;
	return (size);
}

mach_msg_return_t
ipc_kmsg_put(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_vm_offset_t addr, mach_msg_size_t size, mach_msg_option_t option,
    bool pseudo)
{
	mach_msg_header_t *h;
	mach_msg_mac_trailer64_t trailer;
	mach_msg_trailer_t *bare;
	uint8_t *p, *start;
	uint32_t dsize, i, msize, prefix, tsize;

	prefix = ipc_kmsg_prefix_size(kmsg, th->th_is32);
	start = kmsg->ikm_data - prefix;
	KASSERT(start >= kmsg->ikm_buf, ("no room for the header"));
	msize = prefix + kmsg->ikm_datasize;

	h = (void *)start;
	*h = kmsg->ikm_header;
	h->msgh_size = msize;
	h->msgh_voucher_port = MACH_PORT_NULL;
	if (kmsg->ikm_complex) {
		p = (uint8_t *)(h + 1);
		((mach_msg_body_t *)(void *)p)->msgh_descriptor_count =
		    kmsg->ikm_ndescs;
		p += sizeof(mach_msg_body_t);
		for (i = 0; i < kmsg->ikm_ndescs; i++) {
			dsize = ipc_kmsg_desc_size(kmsg->ikm_descs[i].id_type,
			    th->th_is32);
			ipc_kmsg_format_desc(p, &kmsg->ikm_descs[i],
			    th->th_is32);
			p += dsize;
		}
	}
	if (!pseudo && ipc_kmsg_trailer_is_bare(option)) {
		if (msize + sizeof(*bare) <= size) {
			bare = (void *)(start + msize);
			bare->msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0;
			bare->msgh_trailer_size = sizeof(*bare);
			msize += sizeof(*bare);
		}
	} else if (!pseudo) {
		tsize = ipc_kmsg_trailer(th, kmsg, option, &trailer);
		if (msize + tsize <= size) {
			memcpy(start + msize, &trailer, tsize);
			msize += tsize;
		}
	}
	/* Only an error's bare header can be larger than the buffer. */
	if (msize > size)
		msize = size;
	if (msize != 0 &&
	    mach_copyout(start, addr, msize) != 0)
		return (pseudo ? MACH_SEND_INVALID_DATA :
		    MACH_RCV_INVALID_DATA);
	return (MACH_MSG_SUCCESS);
}
