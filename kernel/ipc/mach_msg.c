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
#include <kernel/kern/probes.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
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

/* The message stays queued: say how large it is, and which port it is at. */
static mach_msg_return_t
mach_msg_report_large(struct mach_thread *th)
{
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
	    copyout(&th->th_saved.rcv.msize, (void *)(uintptr_t)
	    (th->th_msg.rcv_addr + offsetof(mach_msg_header_t, msgh_size)),
	    sizeof(mach_msg_size_t)) != 0)
		return (MACH_RCV_INVALID_DATA);
	name = th->th_saved.rcv.identity;
	if ((th->th_msg.option & MACH_RCV_LARGE_IDENTITY) != 0 &&
	    size >= offsetof(mach_msg_header_t, msgh_local_port) +
	    sizeof(name) &&
	    copyout(&name, (void *)(uintptr_t)(th->th_msg.rcv_addr +
	    offsetof(mach_msg_header_t, msgh_local_port)), sizeof(name)) != 0)
		return (MACH_RCV_INVALID_DATA);
	return (MACH_RCV_TOO_LARGE);
}

static int
mach_msg_received(struct mach_thread *th, int mr)
{
	struct ipc_gc gc;
	struct ipc_kmsg *kmsg;

	kmsg = th->th_saved.rcv.kmsg;
	SDT_PROBE3(mach, , , receive, th->th_saved.rcv.object,
	    (kmsg != NULL ? kmsg->ikm_header.msgh_id : 0), mr);
	ipc_object_drop(th->th_saved.rcv.object);
	th->th_saved.rcv.object = NULL;
	th->th_saved.rcv.kmsg = NULL;
	if (kmsg == NULL)
		return (mr == MACH_RCV_TOO_LARGE ? mach_msg_report_large(th) :
		    mr);

	IPC_GC_INIT(&gc);
	if (mr == MACH_RCV_TOO_LARGE) {
		ipc_kmsg_strip(th, kmsg, &gc);
		mr = mach_msg_put_header(th, kmsg, mr);
	} else {
		mr = ipc_kmsg_copyout(th, kmsg, &gc);
		if ((mr & MACH_RCV_HEADER_ERROR) == MACH_RCV_HEADER_ERROR)
			mr = mach_msg_put_header(th, kmsg, mr);
		else if (ipc_kmsg_put(th, kmsg, th->th_msg.rcv_addr,
		    th->th_msg.rcv_size, th->th_msg.option, false) !=
		    MACH_MSG_SUCCESS)
			mr = MACH_RCV_INVALID_DATA;
	}
	ipc_kmsg_release(kmsg);
	ipc_gc_run(&gc);
	return (mr);
}

static int
mach_msg_receive(struct mach_thread *th)
{
	struct ipc_entry *entry;
	struct ipc_object *object;
	struct ipc_space *space;

	if ((u_int)th->th_msg.option >> 28 != MACH_MSG_TRAILER_FORMAT_0)
		return (MACH_RCV_INVALID_TRAILER);
	mach_msg_set_deadline(th, MACH_RCV_TIMEOUT);
	space = th->th_task->t_space;
	object = NULL;
	is_read_lock(space);
	entry = ipc_entry_lookup(space, th->th_msg.rcv_name);
	if (entry != NULL && (entry->ie_bits & (MACH_PORT_TYPE_RECEIVE |
	    MACH_PORT_TYPE_PORT_SET)) != 0) {
		object = entry->ie_object;
		ipc_object_hold(object);
	}
	is_read_unlock(space);
	if (object == NULL)
		return (MACH_RCV_INVALID_NAME);
	th->th_msg.space = space;
	return (ipc_mqueue_receive(th, object, mach_msg_received));
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

static int
mach_msg_start(struct mach_thread *th, mach_vm_offset_t send_addr,
    mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
    mach_msg_timeout_t timeout, mach_vm_offset_t rcv_addr)
{
	struct ipc_kmsg *kmsg;
	mach_msg_return_t mr;

	th->th_msg.option = option;
	th->th_msg.send_addr = send_addr;
	th->th_msg.send_size = send_size;
	th->th_msg.rcv_addr = rcv_addr;
	th->th_msg.rcv_size = rcv_size;
	th->th_msg.rcv_name = rcv_name;
	th->th_msg.timeout = timeout;
	if ((option & MACH_SEND_MSG) == 0) {
		if ((option & MACH_RCV_MSG) == 0)
			return (MACH_MSG_SUCCESS);
		return (mach_msg_receive(th));
	}
	mr = ipc_kmsg_get(th, send_addr, send_size, &kmsg);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	mr = ipc_kmsg_copyin(th, kmsg, option);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_free(kmsg);
		return (mr);
	}
	mach_msg_set_deadline(th, MACH_SEND_TIMEOUT);
	return (ipc_mqueue_send(th, kmsg, mach_msg_sent));
}

int
sys_mach_msg_trap(struct mach_thread *self, struct mach_msg_trap_args *uap)
{
	mach_vm_offset_t msg;

	msg = (mach_vm_offset_t)(uintptr_t)uap->msg;
	return (mach_msg_start(self, msg, uap->option, uap->send_size,
	    uap->rcv_size, uap->rcv_name, uap->timeout, msg));
}

int
sys_mach_msg_overwrite_trap(struct mach_thread *self,
    struct mach_msg_overwrite_trap_args *uap)
{
	mach_vm_offset_t msg, rcv_msg;

	msg = (mach_vm_offset_t)(uintptr_t)uap->msg;
	rcv_msg = (mach_vm_offset_t)(uintptr_t)uap->rcv_msg;
	return (mach_msg_start(self, msg, uap->option, uap->send_size,
	    uap->rcv_size, uap->rcv_name, uap->timeout,
	    rcv_msg != 0 ? rcv_msg : msg));
}
