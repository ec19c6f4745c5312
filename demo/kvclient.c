/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kvclient, the demo's client in all its parts:
 *
 *	kvclient store	stores a small and a large value
 *	kvclient read	reads them back and compares every byte
 *	kvclient give	leaves a send right with the service and waits for a
 *			message over it
 *	kvclient take	fetches that right and sends the message
 *	kvclient stay	opens a session and stays until it is killed
 *	kvclient watch	opens a session and waits for the death of the service,
 *			then finds it again
 *
 *	kvclient now	prints the time that KV_START counts in; no Mach
 *
 * `ready', a line to descriptor 3, says that a part which waits is waiting.
 * The exit status is 0 only when what was to happen has happened.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/audit_token.h>
#include <servers/bootstrap.h>

#include "kv.h"

#define	MOTTO		"many small ports make a large harbour"
#define	LARGE		(1024 * 1024 + 123)
#define	GREETING	5000
#define	GREETING_TEXT	"hello over your right"

static char me[32];

struct greeting {
	mach_msg_header_t	hdr;
	int32_t			pid;
	char			text[60];
};

struct greeting_in {
	struct greeting			g;
	mach_msg_audit_trailer_t	trailer;
};

static mach_port_t
look_up(void)
{
	mach_port_t service;

	kv_check(me, "look-up", bootstrap_look_up(bootstrap_port, KV_SERVICE,
	    &service));
	return (service);
}

static struct kv_reply_in
call(mach_port_t service, int id, const char *key, const void *value,
    size_t size, mach_port_t right)
{
	struct kv_reply_in in;

	kv_check(me, "call", kv_call(service, id, key, value, size, right,
	    MACH_MSG_TYPE_MAKE_SEND, &in));
	if (in.reply.code != KV_OK)
		kv_die(me, "FAILED: request %d was answered with code %d", id,
		    (int)in.reply.code);
	return (in);
}

static void
ready(void)
{

	if (write(3, "ready\n", 6) != 6)
		kv_die(me, "FAILED: nobody is listening");
}

static void
pattern(unsigned char *p, size_t n)
{
	uint32_t x;
	size_t i;

	x = 1;
	for (i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		p[i] = (unsigned char)(x >> 24);
	}
}

static void
store(void)
{
	mach_port_t service;
	unsigned char *large;

	service = look_up();
	large = malloc(LARGE);
	if (large == NULL)
		kv_die(me, "no memory");
	pattern(large, LARGE);
	call(service, KV_PUT, "motto", MOTTO, sizeof(MOTTO), MACH_PORT_NULL);
	call(service, KV_PUT, "large", large, LARGE, MACH_PORT_NULL);
	kv_say(me, "stored \"motto\" and %d bytes as \"large\"", LARGE);
	free(large);
}

static void
read_back(void)
{
	struct kv_reply_in in;
	mach_port_t service;
	unsigned char *large;

	service = look_up();
	in = call(service, KV_GET, "motto", NULL, 0, MACH_PORT_NULL);
	if (in.reply.value.size != sizeof(MOTTO) ||
	    memcmp(in.reply.value.address, MOTTO, sizeof(MOTTO)) != 0)
		kv_die(me, "FAILED: \"motto\" is not what was stored");
	kv_say(me, "read \"motto\": %s", (char *)in.reply.value.address);
	large = malloc(LARGE);
	if (large == NULL)
		kv_die(me, "no memory");
	pattern(large, LARGE);
	in = call(service, KV_GET, "large", NULL, 0, MACH_PORT_NULL);
	if (in.reply.value.size != LARGE ||
	    memcmp(in.reply.value.address, large, LARGE) != 0)
		kv_die(me, "FAILED: \"large\" is not what was stored");
	kv_check(me, "deallocate", vm_deallocate(mach_task_self(),
	    (vm_address_t)in.reply.value.address, in.reply.value.size));
	free(large);
	kv_say(me, "read all %d bytes of \"large\" out of line, all right",
	    LARGE);
}

static void
give(void)
{
	struct greeting_in in;
	mach_port_t box;
	pid_t sender;

	kv_check(me, "port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &box));
	call(look_up(), KV_PUT_RIGHT, "mailbox", NULL, 0, box);
	kv_say(me, "left a send right to its port with the service");
	ready();
	kv_check(me, "receive", mach_msg(&in.g.hdr, MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0, sizeof(in),
	    box, 5000, MACH_PORT_NULL));
	sender = audit_token_to_pid(in.trailer.msgh_audit);
	if (in.g.hdr.msgh_id != GREETING ||
	    in.g.hdr.msgh_size != sizeof(in.g) || in.g.pid != sender ||
	    sender == getpid() || strcmp(in.g.text, GREETING_TEXT) != 0)
		kv_die(me, "FAILED: another message came");
	kv_say(me, "got \"%s\" from %d, says the kernel", in.g.text,
	    (int)sender);
}

static void
take(void)
{
	struct kv_reply_in in;
	struct greeting g;

	in = call(look_up(), KV_GET_RIGHT, "mailbox", NULL, 0, MACH_PORT_NULL);
	if (!MACH_PORT_VALID(in.reply.right.name))
		kv_die(me, "FAILED: no right came");
	memset(&g, 0, sizeof(g));
	g.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0);
	g.hdr.msgh_size = sizeof(g);
	g.hdr.msgh_remote_port = in.reply.right.name;
	g.hdr.msgh_id = GREETING;
	g.pid = getpid();
	strcpy(g.text, GREETING_TEXT);
	kv_check(me, "send", mach_msg(&g.hdr, MACH_SEND_MSG, sizeof(g), 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
	kv_say(me, "took the right and sent a message over it");
}

static void
stay(void)
{

	(void)call(look_up(), KV_OPEN, "", NULL, 0, MACH_PORT_NULL);
	kv_say(me, "opened a session and stays");
	ready();
	for (;;)
		pause();
}

static void
watch(void)
{
	union {
		mach_dead_name_notification_t	dead;
		char				room[256];
	} n;
	struct kv_reply_in in, status;
	mach_port_t notify, previous, service;

	service = look_up();
	in = call(service, KV_OPEN, "", NULL, 0, MACH_PORT_NULL);
	kv_check(me, "port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &notify));
	kv_check(me, "request", mach_port_request_notification(
	    mach_task_self(), in.reply.right.name, MACH_NOTIFY_DEAD_NAME, 0,
	    notify, MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous));
	kv_say(me, "opened a session with service %d and watches it",
	    (int)in.reply.pid);
	ready();
	kv_check(me, "receive", mach_msg(&n.dead.not_header, MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, 0, sizeof(n), notify, 5000, MACH_PORT_NULL));
	if (n.dead.not_header.msgh_id != MACH_NOTIFY_DEAD_NAME ||
	    n.dead.not_port != in.reply.right.name)
		kv_die(me, "FAILED: no dead name, but message %d",
		    (int)n.dead.not_header.msgh_id);
	kv_say(me, "dead name: the service has died; looks it up again");
	service = look_up();
	status = call(service, KV_STATUS, "", NULL, 0, MACH_PORT_NULL);
	if (status.reply.pid == in.reply.pid || status.reply.pid <= 0)
		kv_die(me, "FAILED: the service is %d as before",
		    (int)status.reply.pid);
	kv_say(me, "the service is back as %d", (int)status.reply.pid);
}

static void
print_now(void)
{

	printf("%llu\n", (unsigned long long)kv_now());
}

int
main(int argc, char **argv)
{
	static const struct {
		const char	*name;
		void		(*func)(void);
	} parts[] = {
		{ "store", store }, { "read", read_back }, { "give", give },
		{ "take", take }, { "stay", stay }, { "watch", watch },
		{ "now", print_now },
	};
	unsigned i;

	for (i = 0; argc == 2 && i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strcmp(argv[1], parts[i].name) == 0) {
			snprintf(me, sizeof(me), "client %s", argv[1]);
			parts[i].func();
			return (0);
		}
	}
	fprintf(stderr,
	    "usage: kvclient store|read|give|take|stay|watch|now\n");
	return (2);
}
