/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Requests to the kernel's ports, each with every fault once: each allocation
 * that may fail and each access to user memory, on the way in, in the routine
 * and on the way of the answer.  Without a fault each says what it must; with
 * one, nothing or one of the codes there are for it.  Nothing may be left when
 * the process exits, and every routine that the kernel has is asked.
 */

#include "core.h"

#include <mach/clock_types.h>
#include <mach/host_notify.h>
#include <mach/host_special_ports.h>
#include <mach/kern_return.h>
#include <mach/mig_errors.h>
#include <mach/task_info.h>
#include <mach/task_special_ports.h>
#include <mach/thread_special_ports.h>
#include <mach/vm_prot.h>
#include <mach/vm_statistics.h>

#include <kernel/kern/gen/clock_server.h>
#include <kernel/kern/gen/host_priv_server.h>
#include <kernel/kern/gen/mach_host_server.h>
#include <kernel/kern/gen/mach_port_server.h>
#include <kernel/kern/gen/mach_vm_server.h>
#include <kernel/kern/gen/task_server.h>
#include <kernel/kern/gen/thread_act_server.h>

/* Words that stand for what is there when the request is sent. */
enum {
	NAME = 0x7e570000, SET, PLAIN, FREE, GUARDED, FULL, MEMBER,
	LOW, HIGH,			/* halves of an address */
	TO_LOW, TO_HIGH
};

enum target { TASK, THREAD, HOST, CLOCK };

static const struct request {
	mach_msg_id_t	 id;
	enum target	 to;
	uint8_t		 rights;	/* descriptors of rights first */
	uint8_t		 memory;	/* bytes of one of memory */
	uint8_t		 nwords;
	kern_return_t	 want;
	uint32_t	 word[10];
} requests[] = {
	{ 3200, TASK, 0, 0, 0, KERN_SUCCESS, { 0 } },
	{ 3201, TASK, 0, 0, 1, KERN_SUCCESS, { NAME } },
	{ 3202, TASK, 0, 0, 2, KERN_SUCCESS, { PLAIN, FREE } },
	{ 3203, TASK, 0, 0, 2, KERN_SUCCESS,
	    { MACH_PORT_RIGHT_RECEIVE, FREE } },
	{ 3204, TASK, 0, 0, 1, KERN_SUCCESS, { MACH_PORT_RIGHT_RECEIVE } },
	{ 3204, TASK, 0, 0, 1, KERN_SUCCESS, { MACH_PORT_RIGHT_PORT_SET } },
	{ 3205, TASK, 0, 0, 1, KERN_SUCCESS, { FULL } },
	{ 3206, TASK, 0, 0, 1, KERN_SUCCESS, { NAME } },
	{ 3207, TASK, 0, 0, 2, KERN_SUCCESS, { NAME, MACH_PORT_RIGHT_SEND } },
	{ 3208, TASK, 0, 0, 3, KERN_SUCCESS,
	    { FULL, MACH_PORT_RIGHT_RECEIVE, (uint32_t)-1 } },
	{ 3209, TASK, 0, 0, 4, KERN_SUCCESS, { FULL, 0, 0, 68 } },
	{ 3210, TASK, 0, 0, 2, KERN_SUCCESS, { NAME, 4 } },
	{ 3211, TASK, 0, 0, 1, KERN_SUCCESS, { SET } },
	{ 3212, TASK, 0, 0, 2, KERN_SUCCESS, { PLAIN, SET } },
	{ 3213, TASK, 1, 0, 3, KERN_SUCCESS,
	    { NAME, MACH_NOTIFY_DEAD_NAME, 0 } },
	{ 3213, TASK, 1, 0, 3, KERN_SUCCESS,
	    { NAME, MACH_NOTIFY_PORT_DESTROYED, 0 } },
	{ 3214, TASK, 1, 0, 1, KERN_SUCCESS, { PLAIN } },
	{ 3215, TASK, 0, 0, 2, KERN_SUCCESS,
	    { PLAIN, MACH_MSG_TYPE_MAKE_SEND_ONCE } },
	{ 3215, TASK, 0, 0, 2, KERN_SUCCESS,
	    { FULL, MACH_MSG_TYPE_MOVE_RECEIVE } },
	{ 3216, TASK, 0, 0, 2, KERN_SUCCESS, { NAME, 9 } },
	{ 3217, TASK, 0, 0, 3, KERN_SUCCESS,
	    { NAME, MACH_PORT_RECEIVE_STATUS, 17 } },
	{ 3218, TASK, 0, 0, 4, KERN_SUCCESS,
	    { NAME, MACH_PORT_LIMITS_INFO, 1, 7 } },
	{ 3219, TASK, 0, 0, 3, KERN_SUCCESS,
	    { MACH_PORT_RIGHT_RECEIVE, 0, 0 } },
	{ 3220, TASK, 1, 0, 4, KERN_INVALID_VALUE,
	    { MACH_PORT_RIGHT_RECEIVE, 0, 0, 0 } },
	{ 3222, TASK, 0, 0, 1, KERN_SUCCESS, { NAME } },
	{ 3223, TASK, 0, 0, 0, KERN_SUCCESS, { 0 } },
	{ 3224, TASK, 0, 0, 1, KERN_SUCCESS, { NAME } },
	{ 3226, TASK, 0, 0, 2, KERN_SUCCESS, { PLAIN, SET } },
	{ 3227, TASK, 0, 0, 2, KERN_SUCCESS, { MEMBER, SET } },
	{ 3228, TASK, 0, 0, 1, KERN_SUCCESS, { NAME } },
	{ 3229, TASK, 0, 0, 3, KERN_SUCCESS, { NAME, 1, 2 } },
	{ 3230, TASK, 0, 0, 1, KERN_SUCCESS, { NAME } },
	{ 3231, TASK, 0, 24, 2, KERN_SUCCESS, { 1, 2 } },
	{ 3232, TASK, 0, 0, 4, KERN_SUCCESS, { GUARDED, 0, 77, 0 } },
	{ 3233, TASK, 0, 0, 4, KERN_SUCCESS, { NAME, 1, 2, 0 } },
	{ 3234, TASK, 0, 0, 3, KERN_SUCCESS, { GUARDED, 77, 0 } },
	{ 3237, TASK, 0, 0, 5, KERN_SUCCESS, { NAME, 1, 2, 0, 0 } },
	{ 3238, TASK, 0, 0, 5, KERN_SUCCESS, { GUARDED, 77, 0, 78, 0 } },
	{ 3403, TASK, 3, 0, 0, KERN_SUCCESS, { 0 } },
	{ 3404, TASK, 0, 0, 0, KERN_SUCCESS, { 0 } },
	{ 3405, TASK, 0, 0, 2, KERN_SUCCESS, { TASK_AUDIT_TOKEN, 8 } },
	{ 3409, TASK, 0, 0, 1, KERN_SUCCESS, { TASK_BOOTSTRAP_PORT } },
	{ 3410, TASK, 1, 0, 1, KERN_SUCCESS, { TASK_BOOTSTRAP_PORT } },
	{ 3418, TASK, 0, 0, 2, KERN_SUCCESS, { 0, 1 } },
	{ 3419, TASK, 1, 0, 0, KERN_INVALID_ARGUMENT, { 0 } },
	{ 3610, THREAD, 0, 0, 1, KERN_SUCCESS, { THREAD_KERNEL_PORT } },
	{ 4800, TASK, 0, 0, 5, KERN_SUCCESS,
	    { 0, 0, 4096, 0, VM_FLAGS_ANYWHERE } },
	{ 4801, TASK, 0, 0, 4, KERN_SUCCESS, { 0, 0, 0, 0 } },
	{ 4802, TASK, 0, 0, 6, KERN_NOT_SUPPORTED, { 0, 0, 0, 0, 0, 0 } },
	{ 4804, TASK, 0, 0, 4, KERN_SUCCESS, { LOW, HIGH, 70000, 0 } },
	{ 4806, TASK, 0, 200, 3, KERN_SUCCESS, { LOW, HIGH, 200 } },
	{ 4807, TASK, 0, 0, 6, KERN_SUCCESS,
	    { LOW, HIGH, 70000, 0, TO_LOW, TO_HIGH } },
	{ 4808, TASK, 0, 0, 6, KERN_SUCCESS,
	    { LOW, HIGH, 70000, 0, TO_LOW, TO_HIGH } },
	{ 202, HOST, 0, 0, 0, KERN_SUCCESS, { 0 } },
	{ 205, HOST, 0, 0, 0, KERN_SUCCESS, { 0 } },
	{ 206, HOST, 0, 0, 1, KERN_SUCCESS, { SYSTEM_CLOCK } },
	{ 217, HOST, 1, 0, 1, KERN_SUCCESS, { HOST_NOTIFY_CALENDAR_SET } },
	{ 412, HOST, 0, 0, 2, KERN_INVALID_ARGUMENT, { 0, HOST_PORT } },
	{ 413, HOST, 1, 0, 1, KERN_INVALID_ARGUMENT,
	    { HOST_LAUNCHCTL_PORT } },
	{ 1000, CLOCK, 0, 0, 0, KERN_SUCCESS, { 0 } },
};

static struct {
	mach_port_name_t target[4];
	mach_port_name_t name, set, plain, guarded, full, member, reply, told;
} w;

static uint8_t from[70000], to[70000];
static mach_port_options_t options;

static union {
	mach_msg_header_t	head;
	mig_reply_error_t	error;
	uint8_t			bytes[1024];
} m;

static uint32_t
word(uint32_t value)
{

	switch (value) {
	case NAME:	return (w.name);
	case SET:	return (w.set);
	case PLAIN:	return (w.plain);
	case FREE:	return (0x300 << 8 | 5);
	case GUARDED:	return (w.guarded);
	case FULL:	return (w.full);
	case MEMBER:	return (w.member);
	case LOW:	return ((uint32_t)P(from));
	case HIGH:	return ((uint32_t)(P(from) >> 32));
	case TO_LOW:	return ((uint32_t)P(to));
	case TO_HIGH:	return ((uint32_t)(P(to) >> 32));
	default:	return (value);
	}
}

static void
world(void)
{
	uint64_t out, kind;

	w.target[TASK] = core_self();
	w.target[THREAD] = (mach_port_name_t)TRAP(thread_self_trap, 0);
	w.target[HOST] = (mach_port_name_t)TRAP(host_self_trap, 0);
	out = 0;
	REQUIRE(TRAP(host_get_clock_service_trap, w.target[HOST],
	    SYSTEM_CLOCK, P(&out)) == 0);
	w.target[CLOCK] = (mach_port_name_t)out;
	w.name = core_port_send();
	w.set = core_pset();
	w.plain = core_port();
	w.member = core_port();
	w.guarded = core_port();
	w.full = core_port_send();
	w.reply = core_port();
	w.told = core_port();
	REQUIRE(TRAP(_kernelrpc_mach_port_insert_member_trap,
	    w.target[TASK], w.member, w.set) == 0);
	REQUIRE(TRAP(_kernelrpc_mach_port_guard_trap, w.target[TASK],
	    w.guarded, 77, 0) == 0);
	REQUIRE(core_send(w.full, 7, 0) == 0);
	kind = 0;
	REQUIRE(TRAP(_kernelrpc_mach_port_request_notification_trap,
	    w.target[TASK], w.full, MACH_NOTIFY_DEAD_NAME, 0, w.told,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&kind)) == 0);
}

static mach_msg_size_t
compose(const struct request *r)
{
	mach_msg_body_t body;
	mach_msg_ool_descriptor_t ool;
	mach_msg_port_descriptor_t port;
	static const NDR_record_t ndr = { .int_rep = NDR_INT_LITTLE_ENDIAN };
	uint32_t value;
	uint8_t *at;
	u_int i;

	memset(&m, 0, sizeof(m));
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.head.msgh_remote_port = w.target[r->to];
	m.head.msgh_local_port = w.reply;
	m.head.msgh_id = r->id;
	at = m.bytes + sizeof(m.head);
	body.msgh_descriptor_count = r->rights + (r->memory != 0);
	if (body.msgh_descriptor_count != 0) {
		m.head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		memcpy(at, &body, sizeof(body));
		at += sizeof(body);
	}
	memset(&port, 0, sizeof(port));
	port.name = w.plain;
	port.type = MACH_MSG_PORT_DESCRIPTOR;
	port.disposition = r->id == 3213 || r->id == 217 ?
	    MACH_MSG_TYPE_MAKE_SEND_ONCE :
	    MACH_MSG_TYPE_MAKE_SEND;
	for (i = 0; i < r->rights; i++, at += sizeof(port))
		memcpy(at, &port, sizeof(port));
	if (r->memory != 0) {
		memset(&ool, 0, sizeof(ool));
		ool.address = r->id == 3231 ? (void *)&options : to;
		ool.size = r->memory;
		ool.copy = MACH_MSG_VIRTUAL_COPY;
		ool.type = MACH_MSG_OOL_DESCRIPTOR;
		memcpy(at, &ool, sizeof(ool));
		at += sizeof(ool);
	}
	/* A request without data has no NDR record. */
	if (r->nwords != 0) {
		memcpy(at, &ndr, sizeof(ndr));
		at += sizeof(ndr);
	}
	for (i = 0; i < r->nwords; i++, at += 4) {
		value = word(r->word[i]);
		memcpy(at, &value, 4);
	}
	return ((mach_msg_size_t)(at - m.bytes));
}

/* What the message said, or the code of the answer. */
static int
ask(const struct request *r)
{
	mach_msg_size_t size;
	int mr;

	size = compose(r);
	mr = TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, size, sizeof(m), w.reply, 0, 0);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	/* Rather than the answer, what an end of a right made of it. */
	if (m.head.msgh_id != r->id + 100)
		return (MIG_REPLY_MISMATCH);
	return ((m.head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ?
	    KERN_SUCCESS : m.error.RetCode);
}

static void
check_code(const struct request *r, int code)
{

	switch (code) {
	case KERN_SUCCESS:
	case KERN_RESOURCE_SHORTAGE:
	case KERN_INVALID_ADDRESS:
	case KERN_NO_SPACE:
	case MIG_BAD_ARGUMENTS:
	case MACH_SEND_INVALID_DATA:
	case MACH_SEND_INVALID_MEMORY:
	case MACH_SEND_NO_BUFFER:
	case MACH_RCV_TIMED_OUT:	/* the answer could not be made */
	case MACH_RCV_INVALID_DATA:
	case MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_SPACE:
	case MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_KERNEL:
	case MACH_RCV_BODY_ERROR | MACH_MSG_IPC_SPACE:
	case MACH_RCV_BODY_ERROR | MACH_MSG_IPC_KERNEL:
	case MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE:
	case MACH_RCV_BODY_ERROR | MACH_MSG_VM_KERNEL:
		CHECK(true);
		break;
	default:
		if (code == r->want)
			break;
		fprintf(stderr, "%d: %#x\n", r->id, (unsigned int)code);
		CHECK(!"a documented code");
	}
}

static void
check_nothing_left(const struct request *r, const char *what, uint64_t n)
{
	int i;

	for (i = 0; i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) == mach_counters_base[i])
			continue;
		fprintf(stderr, "%d, %s %ju failed: %s: %ld left\n", r->id,
		    what, (uintmax_t)n, mach_counter_name(i),
		    (long)(mach_counter_get(i) - mach_counters_base[i]));
		CHECK(!"left behind");
	}
}

/* With the n-th allocation or copy failing; n 0: none.  How many there were. */
static uint64_t
run(const struct request *r, bool copies, uint64_t n)
{
	struct proc *p;
	uint64_t points;
	int code;

	p = core_proc(10);
	world();
	if (copies)
		host_copy_fail_after(n == 0 ? UINT64_MAX : n);
	else
		host_alloc_fail_after(n == 0 ? UINT64_MAX : n,
		    HOST_FAIL_NOWAIT);
	code = ask(r);
	points = copies ? host_copy_points() : host_alloc_points();
	host_copy_fail_after(0);
	host_alloc_fail_after(0, HOST_FAIL_NOWAIT);
	if (n == 0)
		CHECK_EQ(code, r->want);
	else
		check_code(r, code);
	core_proc_exit(p);
	check_nothing_left(r, copies ? "copy" : "allocation", n);
	return (points);
}

/* Each routine of a table is asked for above. */
#define	CHECK_ALL(name)							\
	check_all(mig_##name##_subsystem.start,				\
	    mig_##name##_subsystem.end - mig_##name##_subsystem.start,	\
	    mig_##name##_subsystem.routine)

static void
check_all(mach_msg_id_t first, int n,
    const struct mig_kernel_routine_descriptor *routine)
{
	u_int j;
	int i;

	for (i = 0; i < n; i++) {
		if (routine[i].stub_routine == NULL)
			continue;
		for (j = 0; j < nitems(requests); j++)
			if (requests[j].id == first + i)
				break;
		if (j == nitems(requests))
			fprintf(stderr, "%d is never asked\n", first + i);
		CHECK(j < nitems(requests));
	}
}

int
main(void)
{
	const struct request *r;
	uint64_t faults, n, points;
	u_int i;
	int copies;

	core_begin();
	CHECK_ALL(mach_port);
	CHECK_ALL(task);
	CHECK_ALL(thread_act);
	CHECK_ALL(mach_vm);
	CHECK_ALL(mach_host);
	CHECK_ALL(host_priv);
	CHECK_ALL(clock);
	faults = 0;
	for (i = 0; i < nitems(requests); i++) {
		r = &requests[i];
		for (copies = 0; copies <= 1; copies++) {
			points = run(r, copies != 0, 0);
			for (n = 1; n <= points; n++, faults++)
				(void)run(r, copies != 0, n);
		}
	}
	printf("# %u requests, %ju faults\n", (u_int)nitems(requests),
	    (uintmax_t)faults);
	CHECK(faults > 2 * nitems(requests));
	core_end();
	return (test_end());
}
