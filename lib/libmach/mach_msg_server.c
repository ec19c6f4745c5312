/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The server loop: receive a request, let the demultiplexer fill in the reply,
 * send it with the next receive in one trap.
 *
 * Who owns the rights of a request follows MIG's rule: a routine that succeeds,
 * or that answers itself later (MIG_NO_REPLY), has consumed them; one that
 * fails has consumed none, and the loop destroys the request.
 *
 * A reply never makes the server wait for its client: to a send-once right it
 * cannot, and to anything else it is sent with a timeout of 0 and dropped when
 * the queue is full.
 */

#include <string.h>

#include "libmach.h"

typedef boolean_t (*demux_t)(mach_msg_header_t *, mach_msg_header_t *);

struct server {
	demux_t		 demux;
	mach_msg_size_t	 max_size;	/* largest request or reply, bare */
	mach_msg_size_t	 buffer_size;	/* that, a trailer, whole pages */
	mach_msg_header_t *request;
	mig_reply_error_t *reply;
};

static mach_msg_size_t
round_buffer(mach_msg_size_t size)
{

	return ((mach_msg_size_t)LIBMACH_ROUND_PAGE(
	    (mach_vm_size_t)size + MAX_TRAILER_SIZE));
}

static mach_msg_return_t
server_alloc(struct server *s, demux_t demux, mach_msg_size_t max_size)
{
	kern_return_t kr;
	void *p;

	if (max_size > UINT32_MAX - MAX_TRAILER_SIZE - vm_page_size)
		return (KERN_INVALID_ARGUMENT);
	memset(s, 0, sizeof(*s));
	s->demux = demux;
	s->max_size = max_size;
	if (s->max_size < sizeof(mig_reply_error_t))
		s->max_size = sizeof(mig_reply_error_t);
	s->buffer_size = round_buffer(s->max_size);
	kr = _libmach_alloc(s->buffer_size, &p);
	if (kr != KERN_SUCCESS)
		return (kr);
	s->request = p;
	kr = _libmach_alloc(s->buffer_size, &p);
	if (kr != KERN_SUCCESS) {
		_libmach_free(s->request, s->buffer_size);
		return (kr);
	}
	s->reply = p;
	return (MACH_MSG_SUCCESS);
}

static void
server_free(struct server *s)
{

	_libmach_free(s->request, s->buffer_size);
	_libmach_free(s->reply, s->buffer_size);
}

/* A request of `size` bytes and its trailer waits: make room for it. */
static mach_msg_return_t
server_grow(struct server *s, mach_msg_size_t size)
{
	mach_msg_size_t buffer_size;
	kern_return_t kr;
	void *p;

	if (size > UINT32_MAX - MAX_TRAILER_SIZE - vm_page_size)
		return (MACH_RCV_TOO_LARGE);
	buffer_size = round_buffer(size);
	if (buffer_size <= s->buffer_size)
		return (MACH_MSG_SUCCESS);
	kr = _libmach_alloc(buffer_size, &p);
	if (kr != KERN_SUCCESS)
		return (kr);
	_libmach_free(s->request, s->buffer_size);
	s->request = p;
	kr = _libmach_alloc(buffer_size, &p);
	if (kr != KERN_SUCCESS) {
		_libmach_free(s->request, buffer_size);
		s->request = NULL;
		return (kr);
	}
	_libmach_free(s->reply, s->buffer_size);
	s->reply = p;
	s->buffer_size = buffer_size;
	return (MACH_MSG_SUCCESS);
}

/* Receive one request, whatever its size when MACH_RCV_LARGE allows that. */
static mach_msg_return_t
server_receive(struct server *s, mach_port_name_t rcv_name,
    mach_msg_option_t options)
{
	mach_msg_return_t mr, gr;
	mach_msg_size_t limit;

	for (;;) {
		limit = (options & MACH_RCV_LARGE) != 0 ? s->buffer_size :
		    s->max_size + MAX_TRAILER_SIZE;
		mr = mach_msg(s->request, MACH_RCV_MSG | options, 0, limit,
		    rcv_name, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
		if (mr != MACH_RCV_TOO_LARGE ||
		    (options & MACH_RCV_LARGE) == 0)
			return (mr);
		gr = server_grow(s, s->request->msgh_size);
		if (gr != MACH_MSG_SUCCESS)
			return (gr);
	}
}

/*
 * Let the demultiplexer answer the request.  True when s->reply is to be sent.
 */
static bool
server_answer(struct server *s)
{
	mig_reply_error_t *reply;

	/* What a demultiplexer that does not know the request would say. */
	reply = s->reply;
	memset(reply, 0, sizeof(*reply));
	reply->Head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_REMOTE(s->request->msgh_bits), 0);
	reply->Head.msgh_size = sizeof(*reply);
	reply->Head.msgh_remote_port = s->request->msgh_remote_port;
	reply->Head.msgh_id =
	    (mach_msg_id_t)((uint32_t)s->request->msgh_id + 100);
	reply->NDR = NDR_record;
	reply->RetCode = MIG_BAD_ID;
	(void)s->demux(s->request, &reply->Head);
	if ((reply->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0) {
		if (reply->RetCode == MIG_NO_REPLY)
			reply->Head.msgh_remote_port = MACH_PORT_NULL;
		else if (reply->RetCode != KERN_SUCCESS &&
		    (s->request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0) {
			/* The reply right now is the reply's. */
			s->request->msgh_remote_port = MACH_PORT_NULL;
			mach_msg_destroy(s->request);
		}
	}
	if (reply->Head.msgh_remote_port == MACH_PORT_NULL) {
		if ((reply->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)
			mach_msg_destroy(&reply->Head);
		return (false);
	}
	return (true);
}

static mach_msg_option_t
reply_options(const mach_msg_header_t *reply, mach_msg_option_t options)
{
	mach_msg_option_t opt;

	opt = MACH_SEND_MSG | (options & MACH_SEND_TRAILER);
	if (MACH_MSGH_BITS_REMOTE(reply->msgh_bits) !=
	    MACH_MSG_TYPE_MOVE_SEND_ONCE)
		opt |= MACH_SEND_TIMEOUT;
	return (opt);
}

static bool
is_send_error(mach_msg_return_t mr)
{

	return (((unsigned)mr & ~0x3fffU) == (unsigned)MACH_SEND_IN_PROGRESS -
	    1);
}

/* The reply could not be delivered, which is its receiver's affair. */
static bool
reply_refused(mach_msg_return_t mr)
{

	return (mr == MACH_SEND_INVALID_DEST || mr == MACH_SEND_TIMED_OUT);
}

static mach_msg_return_t
server_reply(struct server *s, mach_msg_option_t options)
{
	mach_msg_header_t *reply;
	mach_msg_return_t mr;

	reply = &s->reply->Head;
	mr = mach_msg(reply, reply_options(reply, options), reply->msgh_size, 0,
	    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		return (mr);
	mach_msg_destroy(reply);
	return (reply_refused(mr) ? MACH_MSG_SUCCESS : mr);
}

/*
 * Serve for ever.  Returns only when a receive, or the sending of a reply for a
 * reason other than its receiver, fails: that code, the message destroyed.
 */
mach_msg_return_t
mach_msg_server(boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *),
    mach_msg_size_t max_size, mach_port_t rcv_name, mach_msg_options_t options)
{
	struct server s;
	mach_msg_header_t *reply, *swap;
	mach_msg_option_t opt;
	mach_msg_return_t mr;

	mr = server_alloc(&s, demux, max_size);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	options &= ~(MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_OVERWRITE);
	mr = server_receive(&s, rcv_name, options);
	while (mr == MACH_MSG_SUCCESS) {
		if (!server_answer(&s)) {
			mr = server_receive(&s, rcv_name, options);
			continue;
		}
		reply = &s.reply->Head;
		opt = reply_options(reply, options);
		if ((options & MACH_RCV_LARGE) != 0 ||
		    (opt & MACH_SEND_TIMEOUT) != 0) {
			/* Two traps: their sizes or timeouts differ. */
			mr = server_reply(&s, options);
			if (mr == MACH_MSG_SUCCESS)
				mr = server_receive(&s, rcv_name, options);
			continue;
		}
		mr = mach_msg(reply, opt | MACH_RCV_MSG | options,
		    reply->msgh_size, s.max_size + MAX_TRAILER_SIZE, rcv_name,
		    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
		if (mr == MACH_MSG_SUCCESS) {
			/* The next request arrived in the reply's buffer. */
			swap = s.request;
			s.request = reply;
			s.reply = (mig_reply_error_t *)(void *)swap;
		} else if (is_send_error(mr)) {
			mach_msg_destroy(reply);
			if (reply_refused(mr))
				mr = server_receive(&s, rcv_name, options);
		}
	}
	server_free(&s);
	return (mr);
}

/* Serve one request. */
mach_msg_return_t
mach_msg_server_once(
    boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *),
    mach_msg_size_t max_size, mach_port_t rcv_name, mach_msg_options_t options)
{
	struct server s;
	mach_msg_return_t mr;

	mr = server_alloc(&s, demux, max_size);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	options &= ~(MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_OVERWRITE);
	mr = server_receive(&s, rcv_name, options);
	if (mr == MACH_MSG_SUCCESS && server_answer(&s))
		mr = server_reply(&s, options);
	server_free(&s);
	return (mr);
}

/* Importance does not exist here: the plain loop is the whole of it. */
mach_msg_return_t
mach_msg_server_importance(
    boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *),
    mach_msg_size_t max_size, mach_port_t rcv_name, mach_msg_options_t options)
{

	return (mach_msg_server(demux, max_size, rcv_name, options));
}
