/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Things go wrong at every place where they can: each allocation that may
 * fail, each access to user memory, each step of the start fails once in turn.
 * The calls may then fail, with a code that is documented; nothing may be left
 * behind when the process exits.
 */

#include "core.h"

#include <unistd.h>

#include <mach/kern_return.h>
#include <mach/vm_statistics.h>
#include <mach_debug/mach_inspect.h>

extern int mach_kernel_fail_step;
extern const u_int mach_kernel_steps;

/* The codes these calls may give when memory is short or unreadable. */
static void
check_code(const char *what, int r)
{

	switch (r) {
	case KERN_SUCCESS:
	case KERN_INVALID_ADDRESS:
	case KERN_RESOURCE_SHORTAGE:
	case KERN_NO_SPACE:
	case KERN_INVALID_NAME:		/* of what was not made before */
	case KERN_INVALID_RIGHT:
	case KERN_INVALID_VALUE:
	case KERN_INVALID_ARGUMENT:
	case KERN_INVALID_CAPABILITY:
	case MACH_SEND_INVALID_DEST:
	case MACH_SEND_INVALID_DATA:
	case MACH_SEND_INVALID_MEMORY:
	case MACH_SEND_INVALID_RIGHT:
	case MACH_SEND_INVALID_REPLY:
	case MACH_SEND_NO_BUFFER:
	case MACH_SEND_TIMED_OUT:
	case MACH_RCV_INVALID_NAME:
	case MACH_RCV_INVALID_DATA:
	case MACH_RCV_TIMED_OUT:
	case MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_SPACE:
	case MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_KERNEL:
	case MACH_RCV_BODY_ERROR | MACH_MSG_IPC_SPACE:
	case MACH_RCV_BODY_ERROR | MACH_MSG_IPC_KERNEL:
	case MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE:
	case MACH_RCV_BODY_ERROR | MACH_MSG_VM_KERNEL:
		CHECK(true);
		break;
	default:
		fprintf(stderr, "%s: %#x\n", what, (unsigned int)r);
		CHECK(!"a documented code");
	}
}

#define	TRY(name, ...)	check_code(#name, TRAP(name, __VA_ARGS__))

/* A bit of everything. */
static void
scenario(void)
{
	static char page[3 * 4096] __attribute__((aligned(4096)));
	struct message m;
	mach_port_name_t names[4], notify, port, previous, pset, self, timer;
	mach_port_name_t out[8], semaphore, copy;
	mach_port_type_t types[8];
	mach_msg_type_number_t n;
	int i;

	i = -1;
	copy = MACH_PORT_NULL;
	self = core_self();
	port = core_port_send();
	notify = core_port_send();
	pset = core_pset();
	TRY(_kernelrpc_mach_port_insert_member_trap, self, port, pset);
	TRY(_kernelrpc_mach_port_request_notification_trap, self, port,
	    MACH_NOTIFY_DEAD_NAME, 0, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    P(&previous));
	TRY(_kernelrpc_mach_port_request_notification_trap, self, port,
	    MACH_NOTIFY_PORT_DESTROYED, 0, notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&previous));
	TRY(mach_port_allocate_name_trap, self, MACH_PORT_RIGHT_DEAD_NAME,
	    0x300 << 8 | 5);
	for (i = 0; i < 4; i++)
		names[i] = core_port();
	TRY(semaphore_create_trap, self, P(&semaphore), 0, 0);
	TRY(fileport_makeport_trap, 0, P(&copy));
	TRY(fileport_makefd_trap, copy, (uint64_t)-1, P(&i));
	if (i >= 0)
		(void)close(i);
	timer = (mach_port_name_t)TRAP(mk_timer_create_trap, 0);
	TRY(mk_timer_arm_trap, timer, 1);

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = port;
	m.hdr.msgh_local_port = notify;
	m.body.msgh_descriptor_count = 2;
	m.d.ool[0].address = page;
	m.d.ool[0].size = sizeof(page) - 5;
	m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	m.d.ool_ports[1].address = names;
	m.d.ool_ports[1].count = 4;
	m.d.ool_ports[1].copy = MACH_MSG_PHYSICAL_COPY;
	m.d.ool_ports[1].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	m.d.ool_ports[1].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	TRY(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    offsetof(struct message, room), 0, 0, 0, 0);
	TRY(mach_msg_trap, P(&m), MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), pset, 0, 0);

	copy = MACH_PORT_NULL;
	TRY(mach_port_extract_right_trap, self, port,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&copy), P(&previous));
	n = 8;
	TRY(mach_port_names_trap, self, P(out), P(types), P(&n));
	n = 8;
	TRY(mach_port_get_set_status_trap, self, pset, P(out), P(&n));
	for (i = MACH_INSPECT_COUNTERS; i <= MACH_INSPECT_TRAPS; i++) {
		n = 2;
		TRY(mach_inspect_trap, MACH_INSPECT_VERSION, (uint64_t)i,
		    i < MACH_INSPECT_NAMES ? 0 : 10, P(page), P(&n));
	}
	/* Not the superuser, or the name cannot be read. */
	CHECK_EQ(TRAP(mach_limit_set_trap, P("nesting"), 1), KERN_NO_ACCESS);
	TRY(_kernelrpc_mach_port_mod_refs_trap, self, port,
	    MACH_PORT_RIGHT_RECEIVE, (uint64_t)-1);
	TRY(mach_msg_trap, P(&m), MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), notify, 0, 0);
	check_code("send to a dead name", core_send(port, 1, 0));
}

static void
run_scenario(void)
{
	struct proc *p;

	p = core_proc(10);
	scenario();
	host_alloc_fail_after(0, HOST_FAIL_NOWAIT);
	host_copy_fail_after(0);
	core_proc_exit(p);
}

static void
check_nothing_left(const char *what, uint64_t n)
{
	int i;

	for (i = 0; i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) == mach_counters_base[i])
			continue;
		fprintf(stderr, "%s %ju failed: %s: %ld left\n", what,
		    (uintmax_t)n, mach_counter_name(i),
		    (long)(mach_counter_get(i) - mach_counters_base[i]));
		CHECK(!"left behind");
	}
}

int
main(void)
{
	uint64_t n, points;
	u_int i;

	/* Every step of the start. */
	host_init();
	mach_inprocess_init();
	for (i = 0; i < mach_kernel_steps; i++) {
		mach_kernel_fail_step = (int)i;
		CHECK_EQ(mach_kernel_init(), ENOMEM);
	}
	mach_kernel_fail_step = -1;
	CHECK_EQ(mach_kernel_init(), 0);
	CHECK_EQ(mach_kernel_fini(), 0);
	mach_inprocess_fini();

	core_begin();
	run_scenario();
	check_nothing_left("none", 0);

	for (n = 1; ; n++) {
		host_alloc_fail_after(n, HOST_FAIL_NOWAIT);
		run_scenario();
		check_nothing_left("allocation", n);
		host_alloc_fail_after(UINT64_MAX, HOST_FAIL_NOWAIT);
		run_scenario();
		points = host_alloc_points();
		if (n > points + 8)
			break;
	}
	CHECK(n > 4);

	for (n = 1; n < 200; n++) {
		host_copy_fail_after(n);
		run_scenario();
		check_nothing_left("copy", n);
	}
	core_end();
	return (test_end());
}
