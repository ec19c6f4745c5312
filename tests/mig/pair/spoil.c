/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Changes to messages, word by word.
 */

#include <string.h>

#include "spoil.h"

struct spoil spoil = { .quiet = true };

/*
 * The end of what the kernel reads: header, count and descriptors.  *memoryp:
 * the word at `word' says where memory is, or how much, and the kernel is to
 * unmap it, or may be.  Or it is an address and the change would make it that
 * of something near, which a stub whose message is refused gives up: it cannot
 * tell that from memory that the kernel gave back.
 */
static mach_msg_size_t
kernel_part(const mach_msg_header_t *msg, mach_msg_size_t size,
    mach_msg_size_t word, bool *memoryp)
{
	mach_msg_size_t next;
	const mach_msg_type_descriptor_t *type;
	const mach_msg_base_t *base;
	mach_msg_size_t at;
	unsigned i;

	*memoryp = false;
	if ((msg->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return (sizeof(*msg));
	base = (const mach_msg_base_t *)(const void *)msg;
	at = sizeof(*base);
	for (i = 0; i < base->body.msgh_descriptor_count && at < size; i++) {
		type = (const mach_msg_type_descriptor_t *)(const void *)
		    ((const char *)msg + at);
		next = at + (mach_msg_size_t)(type->type ==
		    MACH_MSG_PORT_DESCRIPTOR ?
		    sizeof(mach_msg_port_descriptor_t) :
		    sizeof(mach_msg_ool_descriptor_t));
		if (type->type != MACH_MSG_PORT_DESCRIPTOR && word >= at &&
		    word < next && word != at + 8)
			*memoryp = spoil.reply ||
			    ((const mach_msg_ool_descriptor_t *)(const void *)
			    type)->deallocate != FALSE ||
			    (word == at && spoil.change >= 8);
		at = next;
	}
	return (at);
}

/* Small and large, one more and less, every type and every disposition. */
static uint32_t
changed(uint32_t word)
{
	static const uint32_t fixed[] = {
		0, ~0U, 1, 0x7fffffff, 0x80000000, 0x55555555
	};

	if (spoil.change < 6)
		return (fixed[spoil.change]);
	if (spoil.change == 6)
		return (word + 1);
	if (spoil.change == 7)
		return (word - 1);
	if (spoil.change < 16)		/* the type, in the last byte */
		return ((word & 0x00ffffff) | (spoil.change - 8) << 24);
	if (spoil.change < 28)		/* the disposition before it */
		return ((word & 0xff00ffff) | (spoil.change - 16 + 14) << 16);
	return (word ^ 1U << (spoil.change - 28) * 4);
}

static void
change(mach_msg_header_t *msg, mach_msg_size_t size)
{
	mach_msg_size_t at;
	uint32_t old, word;
	bool memory;

	at = spoil.word * 4;
	if (at + 4 > size)
		return;
	memcpy(&old, (char *)msg + at, 4);
	word = changed(old);
	spoil.done = true;
	if (at >= sizeof(*msg) && at < kernel_part(msg, size, at, &memory)) {
		spoil.kernel = true;
		/*
		 * What a changed message makes the kernel unmap may be
		 * anybody's: "deallocate" stays, and what it is about.
		 */
		if (old >> 24 != MACH_MSG_PORT_DESCRIPTOR)
			word = (word & ~0xffU) | (old & 0xff);
		if (memory)
			word = old;
	}
	memcpy((char *)msg + at, &word, 4);
}

mach_msg_return_t
spoiled_msg(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_t notify)
{

	if (!spoil.quiet && !spoil.reply && (option & MACH_SEND_MSG) != 0)
		change(msg, send_size);
	return (mach_msg(msg, option, send_size, rcv_size, rcv_name, timeout,
	    notify));
}

/*
 * Send a reply whose descriptors lie.  What of it could not be sent is not
 * destroyed: it may be at no address.  The client hears that nobody answers.
 */
static void
send_lie(mach_msg_header_t *in, mach_msg_header_t *out)
{

	if (mach_msg(out, MACH_SEND_MSG, out->msgh_size, 0, MACH_PORT_NULL,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		(void)mach_port_deallocate(mach_task_self(),
		    in->msgh_remote_port);
	out->msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	((mig_reply_error_t *)(void *)out)->RetCode = MIG_NO_REPLY;
}

boolean_t
spoil_server(mach_msg_header_t *in, mach_msg_header_t *out)
{
	boolean_t found;

	found = spoil.demux(in, out);
	if (spoil.quiet || !spoil.reply)
		return (found);
	change(out, out->msgh_size);
	if (spoil.kernel)
		send_lie(in, out);
	return (found);
}
