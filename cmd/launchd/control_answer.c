/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Answers to launchctl(1) and liblaunch.
 */

#include <stdlib.h>
#include <string.h>

#include <mach/mig.h>

#include "lib/liblaunch/pack.h"

#include "gen/bootstrap_server.h"
#include "control.h"
#include "value.h"

#define	REPLY_ID	520		/* of bootstrap_control */

/*
 * Never wait for who asked.  What could not be queued was given back, with
 * rights and memory that are a second time ours; of what could not go at all
 * only the right to send is.
 */
static void
send_or_drop(mach_msg_header_t *head)
{
	mach_msg_return_t mr;

	mr = mach_msg(head, MACH_SEND_MSG | MACH_SEND_TIMEOUT, head->msgh_size,
	    0, MACH_PORT_NULL, 0, MACH_PORT_NULL) & ~MACH_MSG_MASK;
	if (mr == MACH_SEND_TIMED_OUT || mr == MACH_SEND_INTERRUPTED)
		mach_msg_destroy(head);
	else if (mr != MACH_MSG_SUCCESS && MACH_PORT_VALID(
	    head->msgh_remote_port))
		(void)mach_port_deallocate(mach_task_self(),
		    head->msgh_remote_port);
}

static void
answer_packed(mach_port_t reply, mach_msg_bits_t bits, struct packed *p)
{
	__Reply__bootstrap_control_t m;

	memset(&m, 0, sizeof(m));
	m.Head.msgh_bits = MACH_MSGH_BITS(bits, 0) | MACH_MSGH_BITS_COMPLEX;
	m.Head.msgh_size = sizeof(m);
	m.Head.msgh_remote_port = reply;
	m.Head.msgh_id = REPLY_ID;
	m.msgh_body.msgh_descriptor_count = 2;
	m.answer.address = p->bytes;
	m.answer.size = (mach_msg_size_t)p->size;
	m.answer.copy = MACH_MSG_PHYSICAL_COPY;
	m.answer.type = MACH_MSG_OOL_DESCRIPTOR;
	m.answer_rights.address = p->nrights == 0 ? NULL : p->rights;
	m.answer_rights.count = p->nrights;
	m.answer_rights.copy = MACH_MSG_PHYSICAL_COPY;
	m.answer_rights.disposition = MACH_MSG_TYPE_COPY_SEND;
	m.answer_rights.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	m.NDR = NDR_record;
	m.answerCnt = (mach_msg_type_number_t)p->size;
	m.answer_rightsCnt = p->nrights;
	send_or_drop(&m.Head);
}

static void
answer_code(mach_port_t reply, mach_msg_bits_t bits, kern_return_t code)
{
	mig_reply_error_t m;

	memset(&m, 0, sizeof(m));
	m.Head.msgh_bits = MACH_MSGH_BITS(bits, 0);
	m.Head.msgh_size = sizeof(m);
	m.Head.msgh_remote_port = reply;
	m.Head.msgh_id = REPLY_ID;
	m.NDR = NDR_record;
	m.RetCode = code;
	send_or_drop(&m.Head);
}

void
control_answer(mach_port_t reply, mach_msg_bits_t bits, launch_data_t answer)
{
	struct packed *p;

	if (!MACH_PORT_VALID(reply))
		return;
	p = malloc(sizeof(*p));
	if (p == NULL || answer == NULL || launch_pack(answer, p) != 0) {
		free(p);
		answer_code(reply, bits, BOOTSTRAP_NO_MEMORY);
		return;
	}
	answer_packed(reply, bits, p);
	launch_pack_free(p);
	free(p);
}

void
control_answer_errno(mach_port_t reply, mach_msg_bits_t bits, int error)
{
	launch_data_t answer;

	answer = launch_data_new_errno(error);
	control_answer(reply, bits, answer);
	launch_data_free(answer);
}

launch_data_t
control_refusal(int error, const char *reason)
{
	launch_data_t d;

	d = dictionary();
	put_integer(d, "Error", error);
	put_string(d, "Reason", reason);
	return (d);
}

void
control_answer_reason(mach_port_t reply, mach_msg_bits_t bits, int error,
    const char *reason)
{
	launch_data_t answer;

	answer = control_refusal(error, reason);
	control_answer(reply, bits, answer);
	launch_data_free(answer);
}
