/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_msg: the trap that sends, receives or does both.
 *
 * Written as a chain of continuations, since either half may wait:
 *
 *	mach_msg_start -> ipc_mqueue_send -> mach_msg_sent
 *	    -> mach_msg_receive -> ipc_mqueue_receive -> mach_msg_received
 *
 * What the later links need is in th_msg.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/ipc/ipc_mqueue.h>
#include <kernel/ipc/ipc_right.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/ipc/mach_msg.h>
#include <kernel/kern/probes.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/trap/gen/trap_handlers.h>

static void
mach_msg_set_deadline(struct mach_thread *th, mach_msg_option_t timeout_option)
{

	th->th_msg.poll = false;
	th->th_msg.deadline = SBT_MAX;
	if ((th->th_msg.option & timeout_option) == 0)
		return;
	if (th->th_msg.timeout == 0)
		th->th_msg.poll = true;
	else
		th->th_msg.deadline = mach_deadline_ms(th->th_msg.timeout);
}

/*
 * Nothing of the message gets to the receiver but its header and trailer,
 * which tell what was lost.
 */
static mach_msg_return_t
mach_msg_put_header(struct mach_thread *th, struct ipc_kmsg *kmsg,
    mach_msg_return_t mr)
{

	if (th->th_msg.rcv_size >= sizeof(mach_msg_header_t) &&
	    ipc_kmsg_put(th, kmsg, th->th_msg.rcv_addr, th->th_msg.rcv_size,
	    th->th_msg.option, false) != MACH_MSG_SUCCESS)
		mr = MACH_RCV_INVALID_DATA;
	return (mr);
}

/* The auxiliary data, or that there is none, to who has room for it. */
static mach_msg_return_t
mach_msg_put_aux(struct mach_thread *th, const mach_msg_aux_header_t *aux,
    mach_msg_return_t mr)
{
	static const mach_msg_aux_header_t none;

	if (th->th_msg.aux_addr == 0)
		return (mr);
	if (aux == NULL)
		aux = &none;
	return (mach_copyout(aux, th->th_msg.aux_addr,
	    aux == &none ? sizeof(none) : aux->msgdh_size) == 0 ? mr :
	    MACH_RCV_INVALID_DATA);
}

/* The message stays queued: say how large it is, and which port it is at. */
static mach_msg_return_t
mach_msg_report_large(struct mach_thread *th)
{
	mach_msg_aux_header_t aux;
	mach_msg_size_t size;
	mach_port_name_t name;

	/*
	 * A size of 0 is how one asks for the size: the buffer is a header
	 * all the same.
	 */
	size = th->th_msg.rcv_size;
	if (size == 0 && th->th_msg.rcv_addr != 0)
		size = sizeof(mach_msg_header_t);
	if (size >= offsetof(mach_msg_header_t, msgh_size) +
	    sizeof(mach_msg_size_t) &&
	    mach_copyout(&th->th_saved.rcv.msize, th->th_msg.rcv_addr +
	    offsetof(mach_msg_header_t, msgh_size),
	    sizeof(mach_msg_size_t)) != 0)
		return (MACH_RCV_INVALID_DATA);
	name = th->th_saved.rcv.identity;
	if ((th->th_msg.option & MACH_RCV_LARGE_IDENTITY) != 0 &&
	    size >= offsetof(mach_msg_header_t, msgh_local_port) +
	    sizeof(name) &&
	    mach_copyout(&name, th->th_msg.rcv_addr +
	    offsetof(mach_msg_header_t, msgh_local_port), sizeof(name)) != 0)
		return (MACH_RCV_INVALID_DATA);
	if (th->th_msg.aux_addr != 0) {
		bzero(&aux, sizeof(aux));
		aux.msgdh_size = th->th_saved.rcv.auxsize;
		if (mach_copyout(&aux, th->th_msg.aux_addr,
		    sizeof(aux)) != 0)
			return (MACH_RCV_INVALID_DATA);
	}
	return (MACH_RCV_TOO_LARGE);
}

static int
mach_msg_received(struct mach_thread *th, int mr)
{
	struct ipc_gc gc;
	struct ipc_kmsg *kmsg;

	kmsg = th->th_saved.rcv.kmsg;
	SDT_PROBE5(mach, , , receive, th->th_saved.rcv.object,
	    (kmsg != NULL ? kmsg->ikm_header.msgh_id : 0),
	    (kmsg != NULL ? ipc_kmsg_size(kmsg) : th->th_saved.rcv.msize),
	    kmsg, mr);
	ipc_object_drop(th->th_saved.rcv.object);
	th->th_saved.rcv.object = NULL;
	th->th_saved.rcv.kmsg = NULL;
	if (kmsg == NULL)
		return (mr == MACH_RCV_TOO_LARGE ? mach_msg_report_large(th) :
		    mr);

	IPC_GC_INIT(&gc);
	th->th_saved.rcv.msize = ipc_kmsg_size_for(th, kmsg,
	    th->th_msg.option);
	if (mr == MACH_RCV_TOO_LARGE) {
		ipc_kmsg_strip(th, kmsg, &gc);
		mr = mach_msg_put_header(th, kmsg, mr);
		mr = mach_msg_put_aux(th, NULL, mr);
	} else {
		mr = ipc_kmsg_copyout(th, kmsg, &gc);
		if ((mr & ~MACH_MSG_MASK) == MACH_RCV_HEADER_ERROR) {
			mr = mach_msg_put_header(th, kmsg, mr);
			mr = mach_msg_put_aux(th, NULL, mr);
		} else if (ipc_kmsg_put(th, kmsg, th->th_msg.rcv_addr,
		    th->th_msg.rcv_size, th->th_msg.option, false) !=
		    MACH_MSG_SUCCESS)
			mr = MACH_RCV_INVALID_DATA;
		else
			mr = mach_msg_put_aux(th, kmsg->ikm_aux, mr);
	}
	ipc_kmsg_recycle(th, kmsg);
	ipc_gc_run(&gc);
	return (mr);
}

static int
mach_msg_receive(struct mach_thread *th)
{
	struct ipc_entry *entry;
	struct ipc_lookup look;
	struct ipc_object *object;
	struct ipc_space *space;

	if (th->th_msg.rcv_error != MACH_MSG_SUCCESS)
		return (th->th_msg.rcv_error);
	if ((uint32_t)th->th_msg.option >> 28 != MACH_MSG_TRAILER_FORMAT_0)
		return (MACH_RCV_INVALID_TRAILER);
	mach_msg_set_deadline(th, MACH_RCV_TIMEOUT);
	space = th->th_task->t_space;
	object = ipc_entry_object(space, th->th_msg.rcv_name,
	    MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET, &look);
	if (object == NULL) {
		/* It is not there, or is just changing: now for certain. */
		is_read_lock(space);
		entry = ipc_entry_lookup(space, th->th_msg.rcv_name);
		if (entry != NULL && (entry->ie_bits &
		    (MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET)) != 0) {
			object = entry->ie_object;
			ipc_object_hold(object);
		}
		is_read_unlock(space);
		if (object == NULL)
			return (MACH_RCV_INVALID_NAME);
	}
	th->th_msg.space = space;
	return (ipc_mqueue_receive(th, object, mach_msg_received));
}

mach_msg_return_t
mach_msg_receive_now(struct mach_thread *th, struct ipc_object *object,
    mach_vm_offset_t addr, mach_msg_size_t *size, mach_msg_option_t option,
    mach_port_name_t *identity)
{
	mach_msg_return_t mr;

	*identity = MACH_PORT_NULL;
	if ((u_int)option >> 28 != MACH_MSG_TRAILER_FORMAT_0) {
		ipc_object_drop(object);
		*size = 0;
		return (MACH_RCV_INVALID_TRAILER);
	}
	th->th_msg.option = option | MACH_RCV_TIMEOUT;
	th->th_msg.rcv_addr = addr;
	th->th_msg.rcv_size = *size;
	th->th_msg.rcv_name = MACH_PORT_NULL;
	th->th_msg.timeout = 0;
	mach_msg_set_deadline(th, MACH_RCV_TIMEOUT);
	th->th_msg.space = th->th_task->t_space;
	mr = ipc_mqueue_receive(th, object, mach_msg_received);
	KASSERT(mr != THREAD_BLOCKED, ("a poll that waits"));
	*size = th->th_saved.rcv.msize;
	if (mr == MACH_RCV_TOO_LARGE &&
	    (option & MACH_RCV_LARGE_IDENTITY) != 0)
		*identity = th->th_saved.rcv.identity;
	return (mr);
}

static int
mach_msg_sent(struct mach_thread *th, int mr)
{
	struct ipc_gc gc;
	struct ipc_kmsg *kmsg;
	struct ipc_space *space;

	if (mr == MACH_MSG_SUCCESS) {
		if ((th->th_msg.option & MACH_RCV_MSG) == 0)
			return (mr);
		return (mach_msg_receive(th));
	}

	/* Give everything back as if the message had been received. */
	kmsg = th->th_msg.kmsg;
	th->th_msg.kmsg = NULL;
	space = th->th_task->t_space;
	IPC_GC_INIT(&gc);
	if (mr == MACH_SEND_TIMED_OUT &&
	    (th->th_msg.option & MACH_SEND_NOTIFY) != 0) {
		is_write_lock(space);
		ipc_right_request_arm(space, kmsg->ikm_remote_name, &gc);
		is_write_unlock(space);
	}
	mr |= ipc_kmsg_copyout_pseudo(th, kmsg, &gc);
	(void)ipc_kmsg_put(th, kmsg, th->th_msg.send_addr,
	    th->th_msg.send_size, 0, true);
	ipc_kmsg_free(kmsg);
	ipc_gc_run(&gc);
	return (mr);
}

/*
 * The rest of what was asked for is in th_msg.  base, if not NULL, is the
 * header to be sent; aux_size is 0 or in range.
 */
static int
mach_msg_start(struct mach_thread *th, const mach_msg_base_t *base,
    mach_vm_offset_t aux_addr, mach_msg_size_t aux_size)
{
	struct ipc_kmsg *kmsg;
	struct ipc_port *port;
	mach_msg_return_t mr;

	if ((th->th_msg.option & MACH_SEND_MSG) == 0) {
		if ((th->th_msg.option & MACH_RCV_MSG) == 0)
			return (MACH_MSG_SUCCESS);
		return (mach_msg_receive(th));
	}
	mr = ipc_kmsg_get(th, th->th_msg.send_addr, th->th_msg.send_size, base,
	    &kmsg);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	mach_msg_set_deadline(th, MACH_SEND_TIMEOUT);
	if (aux_size != 0)
		mr = ipc_kmsg_get_aux(kmsg, aux_addr, aux_size);
	if (mr == MACH_MSG_SUCCESS) {
		port = ipc_kmsg_copyin_plain(th, kmsg, th->th_msg.option);
		if (port != NULL)
			return (ipc_mqueue_send_locked(th, kmsg, port,
			    mach_msg_sent));
		mr = ipc_kmsg_copyin(th, kmsg, th->th_msg.option);
	}
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_free(kmsg);
		return (mr);
	}
	return (ipc_mqueue_send(th, kmsg, mach_msg_sent));
}

static int
mach_msg_plain(struct mach_thread *th, mach_vm_offset_t send_addr,
    mach_vm_offset_t rcv_addr, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout)
{

	th->th_msg.option = (uint32_t)option;
	th->th_msg.send_addr = send_addr;
	th->th_msg.send_size = send_size;
	th->th_msg.rcv_addr = rcv_addr;
	th->th_msg.rcv_size = rcv_size;
	th->th_msg.rcv_name = rcv_name;
	th->th_msg.rcv_error = MACH_MSG_SUCCESS;
	th->th_msg.aux_addr = 0;
	th->th_msg.aux_size = 0;
	th->th_msg.timeout = timeout;
	return (mach_msg_start(th, NULL, 0, 0));
}

int
sys_mach_msg_trap(struct mach_thread *self, struct mach_msg_trap_args *uap)
{
	mach_vm_offset_t msg;

	msg = (mach_vm_offset_t)(uintptr_t)uap->msg;
	return (mach_msg_plain(self, msg, msg, uap->option, uap->send_size,
	    uap->rcv_size, uap->rcv_name, uap->timeout));
}

int
sys_mach_msg_overwrite_trap(struct mach_thread *self,
    struct mach_msg_overwrite_trap_args *uap)
{
	mach_vm_offset_t msg, rcv_msg;

	msg = (mach_vm_offset_t)(uintptr_t)uap->msg;
	rcv_msg = (mach_vm_offset_t)(uintptr_t)uap->rcv_msg;
	return (mach_msg_plain(self, msg, rcv_msg != 0 ? rcv_msg : msg,
	    uap->option, uap->send_size, uap->rcv_size, uap->rcv_name,
	    uap->timeout));
}

/*
 * mach_msg2: two 32-bit values share an argument, the header is among them, and
 * buffers may be vectors of message and auxiliary data.
 */
#define	LOW(word)	((uint32_t)(word))
#define	HIGH(word)	((uint32_t)((word) >> 32))

static mach_msg_return_t
mach_msg2_check_options(mach_msg_option64_t option)
{
	mach_msg_option64_t said;

	if ((option & MACH64_SEND_MSG) == 0)
		return (MACH_MSG_SUCCESS);
	said = option & (MACH64_SEND_KOBJECT_CALL | MACH64_SEND_MQ_CALL |
	    MACH64_SEND_ANY | MACH64_SEND_DK_CALL);
	if (said == 0 || (said & (said - 1)) != 0)
		return (MACH_SEND_INVALID_OPTIONS);
	if ((option & MACH64_MSG_VECTOR) != 0 &&
	    (said & (MACH64_SEND_MQ_CALL | MACH64_SEND_ANY)) == 0)
		return (MACH_SEND_INVALID_OPTIONS);
	return (MACH_MSG_SUCCESS);
}

static mach_msg_return_t
mach_msg2_check_send(const mach_msg_vector_t *vec, u_int count)
{
	const mach_msg_vector_t *aux;

	if (count == 0)
		return (MACH_SEND_MSG_TOO_SMALL);
	if (vec[MACH_MSGV_IDX_MSG].msgv_data == 0)
		return (MACH_SEND_INVALID_DATA);
	aux = &vec[MACH_MSGV_IDX_AUX];
	if (count <= MACH_MSGV_IDX_AUX || aux->msgv_send_size == 0)
		return (MACH_MSG_SUCCESS);
	if (aux->msgv_data == 0)
		return (MACH_SEND_INVALID_DATA);
	if (aux->msgv_send_size < sizeof(mach_msg_aux_header_t))
		return (MACH_SEND_AUX_TOO_SMALL);
	if (aux->msgv_send_size > IPC_KMSG_AUX_SIZE_MAX)
		return (MACH_SEND_AUX_TOO_LARGE);
	return (MACH_MSG_SUCCESS);
}

/* The buffers of the receive half; what is wrong is only said when it comes. */
static void
mach_msg2_set_receive(struct mach_thread *th, const mach_msg_vector_t *vec,
    u_int count)
{
	const mach_msg_vector_t *aux;

	if (count == 0) {
		th->th_msg.rcv_error = MACH_RCV_INVALID_ARGUMENTS;
		return;
	}
	th->th_msg.rcv_addr = vec->msgv_rcv_addr != 0 ? vec->msgv_rcv_addr :
	    vec->msgv_data;
	th->th_msg.rcv_size = vec->msgv_rcv_size;
	if (count <= MACH_MSGV_IDX_AUX)
		return;
	aux = &vec[MACH_MSGV_IDX_AUX];
	th->th_msg.aux_addr = aux->msgv_rcv_addr != 0 ? aux->msgv_rcv_addr :
	    aux->msgv_data;
	th->th_msg.aux_size = aux->msgv_rcv_size;
	if (th->th_msg.aux_addr == 0 ||
	    th->th_msg.aux_size < sizeof(mach_msg_aux_header_t))
		th->th_msg.rcv_error = MACH_RCV_INVALID_ARGUMENTS;
}

int
sys_mach_msg2_trap(struct mach_thread *self, struct mach_msg2_trap_args *uap)
{
	mach_msg_vector_t vec[MACH_MSGV_MAX_COUNT];
	mach_msg_base_t base;
	mach_msg_option64_t option;
	mach_msg_return_t mr;
	u_int count, rcv_count, send_count;

	option = uap->options | MACH64_MACH_MSG2;
	mr = mach_msg2_check_options(option);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	send_count = HIGH(uap->msgh_bits_and_send_size);
	rcv_count = LOW(uap->rcv_size_and_priority);

	self->th_msg.option = option;
	self->th_msg.rcv_name = HIGH(uap->desc_count_and_rcv_name);
	self->th_msg.rcv_error = MACH_MSG_SUCCESS;
	self->th_msg.aux_addr = 0;
	self->th_msg.aux_size = 0;
	self->th_msg.timeout = LOW(uap->timeout);
	bzero(vec, sizeof(vec));
	if ((option & MACH64_MSG_VECTOR) != 0) {
		count = MAX(send_count, rcv_count);
		if (count == 0)
			return ((option & MACH64_SEND_MSG) != 0 ?
			    MACH_SEND_MSG_TOO_SMALL :
			    MACH_RCV_INVALID_ARGUMENTS);
		if (count > MACH_MSGV_MAX_COUNT ||
		    copyin(uap->data, vec, count * sizeof(vec[0])) != 0)
			return ((option & MACH64_SEND_MSG) != 0 ?
			    MACH_SEND_INVALID_DATA :
			    MACH_RCV_INVALID_ARGUMENTS);
		if ((option & MACH64_SEND_MSG) != 0) {
			mr = mach_msg2_check_send(vec, send_count);
			if (mr != MACH_MSG_SUCCESS)
				return (mr);
		}
		if (send_count <= MACH_MSGV_IDX_AUX)
			vec[MACH_MSGV_IDX_AUX].msgv_send_size = 0;
		self->th_msg.send_addr = vec[MACH_MSGV_IDX_MSG].msgv_data;
		self->th_msg.send_size = vec[MACH_MSGV_IDX_MSG].msgv_send_size;
		mach_msg2_set_receive(self, vec, rcv_count);
	} else {
		self->th_msg.send_addr = self->th_msg.rcv_addr =
		    (mach_vm_offset_t)(uintptr_t)uap->data;
		self->th_msg.send_size = send_count;
		self->th_msg.rcv_size = rcv_count;
	}

	bzero(&base, sizeof(base));
	base.header.msgh_bits = LOW(uap->msgh_bits_and_send_size);
	base.header.msgh_remote_port = LOW(uap->msgh_remote_and_local_port);
	base.header.msgh_local_port = HIGH(uap->msgh_remote_and_local_port);
	base.header.msgh_voucher_port = LOW(uap->msgh_voucher_and_id);
	base.header.msgh_id = (mach_msg_id_t)HIGH(uap->msgh_voucher_and_id);
	base.body.msgh_descriptor_count = LOW(uap->desc_count_and_rcv_name);
	return (mach_msg_start(self, &base, vec[MACH_MSGV_IDX_AUX].msgv_data,
	    vec[MACH_MSGV_IDX_AUX].msgv_send_size));
}
