/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The SDT probes of provider mach, traced: which fire, in what order, with what
 * arguments.  machtest.ko (kmod/) is the tracer and must be loaded; without it,
 * or with a kernel that has no probes, the cases are skipped.
 */

#include <sys/param.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/notify.h>

#include "../../kernel/trap/gen/trap_number.h"
#include "../conformance/ct.h"
#include "../conformance/ctmach.h"
#include "kmod/machtest.h"

static struct machtest_record *records;
static size_t count;

static void
trace(int pid)
{

	if (sysctlbyname("debug.machtest.trace", NULL, NULL, &pid,
	    sizeof(pid)) == 0)
		return;
	if (errno == ENOENT)
		ct_skip("machtest.ko is not loaded, or there are no probes");
	CT_POSIX(-1);
}

static void
trace_begin(void)
{

	/* Traps that libmach makes once are made before. */
	(void)ct_port();
	trace((int)getpid());
}

static void
trace_end(void)
{
	size_t len;
	int lost;

	trace(0);
	len = sizeof(lost);
	CT_POSIX(sysctlbyname("debug.machtest.lost", &lost, &len, NULL, 0));
	CT_EQ(lost, 0);
	CT_POSIX(sysctlbyname("debug.machtest.records", NULL, &len, NULL, 0));
	records = malloc(len);
	CT_TRUE(records != NULL);
	CT_POSIX(sysctlbyname("debug.machtest.records", records, &len, NULL,
	    0));
	count = len / sizeof(*records);
}

/* The next record of that name from *at on, which then is behind it. */
static const struct machtest_record *
next(size_t *at, const char *name)
{

	for (; *at < count; (*at)++) {
		if (strcmp(records[*at].mr_name, name) == 0)
			return (&records[(*at)++]);
	}
	ct_fail(__FILE__, __LINE__, "%s did not fire", name);
}

static unsigned
fired(const char *name)
{
	size_t i;
	unsigned n;

	n = 0;
	for (i = 0; i < count; i++)
		n += strcmp(records[i].mr_name, name) == 0;
	return (n);
}

CT_CASE(a_trap_tells_its_number_arguments_and_result)
{
	const struct machtest_record *mr;
	mach_port_t name;
	size_t at;

	trace_begin();
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &name));
	CT_KR(mach_port_deallocate(SELF, MACH_PORT_DEAD - 0x100),
	    KERN_INVALID_NAME);
	trace_end();

	at = 0;
	mr = next(&at, "trap__entry");
	CT_EQ(mr->mr_args[0], MACH_TRAP__kernelrpc_mach_port_allocate_trap);
	CT_TRUE(strcmp(mr->mr_func, "_kernelrpc_mach_port_allocate_trap") ==
	    0);
	CT_EQ((uint32_t)mr->mr_words[0], SELF);
	CT_EQ((uint32_t)mr->mr_words[1], MACH_PORT_RIGHT_RECEIVE);
	CT_EQ(mr->mr_words[2], (uintptr_t)&name);
	mr = next(&at, "entry");
	CT_TRUE(strcmp(mr->mr_func, "_kernelrpc_mach_port_allocate_trap") ==
	    0);
	CT_EQ((uint32_t)mr->mr_words[1], MACH_PORT_RIGHT_RECEIVE);
	(void)next(&at, "port__create");
	mr = next(&at, "trap__return");
	CT_EQ(mr->mr_args[0], MACH_TRAP__kernelrpc_mach_port_allocate_trap);
	CT_TRUE(strcmp(mr->mr_func, "_kernelrpc_mach_port_allocate_trap") ==
	    0);
	CT_EQ((int)mr->mr_args[2], KERN_SUCCESS);
	CT_EQ(mr->mr_args[3], 0);
	mr = next(&at, "trap__entry");
	CT_EQ(mr->mr_args[0], MACH_TRAP__kernelrpc_mach_port_deallocate_trap);
	CT_EQ((uint32_t)mr->mr_words[1], MACH_PORT_DEAD - 0x100);
	mr = next(&at, "trap__return");
	CT_EQ((int)mr->mr_args[2], KERN_INVALID_NAME);
	CT_NE(mr->mr_args[3], 0);
	CT_EQ(fired("trap__entry"), 2);
	CT_EQ(fired("trap__return"), 2);
	CT_EQ(fired("port__create"), 1);
}

CT_CASE(a_port_is_the_same_from_its_making_to_its_end)
{
	const struct machtest_record *mr;
	struct ct_msg m;
	mach_port_t name;
	uint64_t message, port;
	size_t at;

	trace_begin();
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &name));
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	m.hdr.msgh_remote_port = name;
	m.hdr.msgh_id = 0x1234567;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, sizeof(m.hdr) + 40, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), name, 0,
	    MACH_PORT_NULL));
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(m),
	    name, 0, MACH_PORT_NULL), MACH_RCV_TIMED_OUT);
	CT_OK(mach_port_mod_refs(SELF, name, MACH_PORT_RIGHT_RECEIVE, -1));
	trace_end();

	at = 0;
	port = next(&at, "port__create")->mr_args[0];
	CT_NE(port, 0);
	mr = next(&at, "send");
	CT_EQ(mr->mr_args[0], port);
	CT_EQ((int)mr->mr_args[1], 0x1234567);
	CT_EQ((uint32_t)mr->mr_args[2], sizeof(m.hdr) + 40);
	message = mr->mr_args[3];
	CT_NE(message, 0);
	mr = next(&at, "receive");
	CT_EQ(mr->mr_args[0], port);
	CT_EQ((int)mr->mr_args[1], 0x1234567);
	CT_EQ((uint32_t)mr->mr_args[2], sizeof(m.hdr) + 40);
	CT_EQ(mr->mr_args[3], message);
	CT_EQ((int)mr->mr_args[4], MACH_MSG_SUCCESS);
	mr = next(&at, "receive");
	CT_EQ(mr->mr_args[0], port);
	CT_EQ((uint32_t)mr->mr_args[2], 0);
	CT_EQ(mr->mr_args[3], 0);
	CT_EQ((int)mr->mr_args[4], MACH_RCV_TIMED_OUT);
	mr = next(&at, "port__destroy");
	CT_EQ(mr->mr_args[0], port);
	CT_EQ(fired("send"), 1);
	CT_EQ(fired("receive"), 2);
	CT_EQ(fired("port__create"), 1);
	CT_EQ(fired("port__destroy"), 1);
}

CT_CASE(what_is_not_sent_does_not_fire)
{
	const struct machtest_record *mr;
	struct ct_msg m;
	mach_port_t name;
	size_t at;
	int id;

	name = ct_port();
	ct_qlimit(name, 1);
	trace_begin();
	for (id = 1; id <= 2; id++) {
		memset(&m, 0, sizeof(m));
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
		m.hdr.msgh_remote_port = name;
		m.hdr.msgh_id = id;
		CT_KR(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		    sizeof(m.hdr), 0, MACH_PORT_NULL, 0, MACH_PORT_NULL),
		    id == 1 ? MACH_MSG_SUCCESS : MACH_SEND_TIMED_OUT);
	}
	/* Too large stays where it is, and its size is told. */
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_LARGE, 0,
	    sizeof(m.hdr), name, 0, MACH_PORT_NULL), MACH_RCV_TOO_LARGE);
	trace_end();

	at = 0;
	mr = next(&at, "send");
	CT_EQ((int)mr->mr_args[1], 1);
	CT_EQ(fired("send"), 1);
	mr = next(&at, "receive");
	CT_EQ((uint32_t)mr->mr_args[2], sizeof(m.hdr));
	CT_EQ(mr->mr_args[3], 0);
	CT_EQ((int)mr->mr_args[4], MACH_RCV_TOO_LARGE);
}

CT_CASE(a_notification_tells_whom_and_of_what)
{
	const struct machtest_record *mr;
	mach_port_t name, notify, previous;
	uint64_t port, told;
	size_t at;

	trace_begin();
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &notify));
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &name));
	CT_OK(mach_port_insert_right(SELF, name, name,
	    MACH_MSG_TYPE_MAKE_SEND));
	CT_OK(mach_port_request_notification(SELF, name,
	    MACH_NOTIFY_DEAD_NAME, 0, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous));
	CT_OK(mach_port_mod_refs(SELF, name, MACH_PORT_RIGHT_RECEIVE, -1));
	trace_end();

	at = 0;
	told = next(&at, "port__create")->mr_args[0];
	port = next(&at, "port__create")->mr_args[0];
	mr = next(&at, "port__destroy");
	CT_EQ(mr->mr_args[0], port);
	mr = next(&at, "notify");
	CT_EQ(mr->mr_args[0], told);
	CT_EQ((int)mr->mr_args[1], MACH_NOTIFY_DEAD_NAME);
	CT_EQ(fired("notify"), 1);
	mr = next(&at, "send");
	CT_EQ(mr->mr_args[0], told);
	CT_EQ((int)mr->mr_args[1], MACH_NOTIFY_DEAD_NAME);
}

CT_CASE(a_message_trap_has_its_own_arguments_by_either_call)
{
	const struct machtest_record *mr;
	struct ct_msg m;
	mach_port_t name;
	size_t at;

	name = ct_port();
	trace_begin();
	memset(&m, 0, sizeof(m));
	CT_KR(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(m),
	    name, 0, MACH_PORT_NULL), MACH_RCV_TIMED_OUT);
	trace_end();

	at = 0;
	mr = next(&at, "trap__entry");
	CT_EQ(mr->mr_args[0], MACH_TRAP_mach_msg_trap);
	CT_EQ(mr->mr_words[0], (uintptr_t)&m);
	CT_EQ((uint32_t)mr->mr_words[1], MACH_RCV_MSG | MACH_RCV_TIMEOUT);
	CT_EQ((uint32_t)mr->mr_words[2], 0);
	CT_EQ((uint32_t)mr->mr_words[3], sizeof(m));
	CT_EQ((uint32_t)mr->mr_words[4], name);
	mr = next(&at, "entry");
	CT_TRUE(strcmp(mr->mr_func, "mach_msg_trap") == 0);
	mr = next(&at, "trap__return");
	CT_EQ((int)mr->mr_args[2], MACH_RCV_TIMED_OUT);
}

CT_CASE(probes_that_are_not_enabled_do_not_fire)
{

	trace_begin();
	trace_end();
	CT_EQ(count, 0);
	(void)ct_port();
	trace_begin();
	trace_end();
	CT_EQ(count, 0);
}
