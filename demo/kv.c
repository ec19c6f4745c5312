/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the demo's programs share: printing and one call of the service.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

#include "kv.h"

uint64_t
kv_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec);
}

static void
say(const char *who, const char *fmt, va_list ap)
{
	char buf[512], name[64];
	const char *start;
	double t;
	int n;

	/* All programs of one demo count from the same moment. */
	start = getenv("KV_START");
	t = start == NULL ? 0 :
	    (double)(kv_now() - strtoull(start, NULL, 10)) / 1e9;
	snprintf(name, sizeof(name), "%s[%d]", who, (int)getpid());
	n = snprintf(buf, sizeof(buf), "%7.3f  %-18s ", t, name);
	n += vsnprintf(buf + n, sizeof(buf) - (size_t)n - 1, fmt, ap);
	if ((size_t)n > sizeof(buf) - 2)
		n = sizeof(buf) - 2;
	buf[n++] = '\n';
	if (write(STDOUT_FILENO, buf, (size_t)n) != n)
		_exit(1);
}

void
kv_say(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(who, fmt, ap);
	va_end(ap);
}

void
kv_die(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(who, fmt, ap);
	va_end(ap);
	exit(1);
}

void
kv_check(const char *who, const char *what, kern_return_t kr)
{

	if (kr != KERN_SUCCESS)
		kv_die(who, "FAILED: %s: %s (%#x)", what,
		    mach_error_string(kr), (unsigned)kr);
}

kern_return_t
kv_call(mach_port_t service, int id, const char *key, const void *value,
    size_t size, mach_port_t right, mach_msg_type_name_t disposition,
    struct kv_reply_in *in)
{
	union {
		struct kv_request	req;
		struct kv_reply_in	in;
	} m;
	mach_port_t reply;
	kern_return_t kr;

	reply = mig_get_reply_port();
	memset(&m, 0, sizeof(m));
	m.req.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
	m.req.hdr.msgh_size = sizeof(m.req);
	m.req.hdr.msgh_remote_port = service;
	m.req.hdr.msgh_local_port = reply;
	m.req.hdr.msgh_id = id;
	m.req.body.msgh_descriptor_count = 2;
	m.req.value.address = (void *)(uintptr_t)value;
	m.req.value.size = (mach_msg_size_t)size;
	m.req.value.copy = MACH_MSG_VIRTUAL_COPY;
	m.req.value.type = MACH_MSG_OOL_DESCRIPTOR;
	m.req.right.name = right;
	m.req.right.disposition = right == MACH_PORT_NULL ?
	    MACH_MSG_TYPE_COPY_SEND : disposition;
	m.req.right.type = MACH_MSG_PORT_DESCRIPTOR;
	snprintf(m.req.key, sizeof(m.req.key), "%s", key);
	kr = mach_msg(&m.req.hdr, MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, sizeof(m.req), sizeof(m), reply, 5000,
	    MACH_PORT_NULL);
	if (kr != MACH_MSG_SUCCESS)
		return (kr);
	if (m.in.reply.hdr.msgh_id != KV_REPLY(id) ||
	    m.in.reply.hdr.msgh_size != sizeof(struct kv_reply) ||
	    (m.in.reply.hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0) {
		/* Most likely the notice that nobody will answer. */
		kr = m.in.reply.hdr.msgh_id == MACH_NOTIFY_SEND_ONCE ?
		    MIG_SERVER_DIED : MIG_REPLY_MISMATCH;
		mach_msg_destroy(&m.in.reply.hdr);
		return (kr);
	}
	*in = m.in;
	return (KERN_SUCCESS);
}
