/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the tests of the core share.
 */

#include "core.h"

#include <mach/ndr.h>

struct kpi_ucred *core_cred;
static int32_t core_tid;
static int64_t core_bytes;

void
core_begin(void)
{

	host_init();
	core_bytes = host_live_bytes();
	mach_inprocess_init();
	REQUIRE(mach_kernel_init() == 0);
	core_cred = host_cred_simple(1001, 1001);
}

void
core_end(void)
{
	int i, left;

	host_cred_drop(core_cred);
	left = mach_kernel_fini();
	CHECK_EQ(left, 0);
	for (i = 0; left != 0 && i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) != mach_counters_base[i])
			fprintf(stderr, "%s: %ld left\n", mach_counter_name(i),
			    (long)(mach_counter_get(i) -
			    mach_counters_base[i]));
	}
	mach_inprocess_fini();
	if (host_live_bytes() != core_bytes)
		(void)host_alloc_print(STDERR_FILENO);
	CHECK_EQ(host_live_bytes(), core_bytes);
	host_fini();
}

void
core_thread(struct proc *p)
{
	struct thread *td;

	td = host_thread_create(p, __atomic_add_fetch(&core_tid, 1,
	    __ATOMIC_RELAXED), "test", NULL);
	(void)host_set_curthread(td);
}

void
core_thread_end(void)
{
	struct thread *td;

	td = host_curthread();
	mach_inprocess_thread_end(td);
	(void)host_set_curthread(NULL);
	host_thread_destroy(td);
}

struct proc *
core_proc(pid_t pid)
{
	struct proc *p;

	p = host_proc_create(pid, core_cred, &host_copy_self, NULL);
	core_thread(p);
	return (p);
}

void
core_proc_exit(struct proc *p)
{

	mach_task_exit(p);
	core_thread_end();
	host_proc_destroy(p);
}

mach_port_name_t
core_self(void)
{

	return ((mach_port_name_t)TRAP(task_self_trap, 0));
}

mach_port_name_t
core_port(void)
{
	mach_port_name_t name;

	name = MACH_PORT_NULL;
	(void)TRAP(_kernelrpc_mach_port_allocate_trap, core_self(),
	    MACH_PORT_RIGHT_RECEIVE, P(&name));
	return (name);
}

mach_port_name_t
core_port_send(void)
{
	mach_port_name_t name;

	name = core_port();
	(void)TRAP(_kernelrpc_mach_port_insert_right_trap, core_self(), name,
	    name, MACH_MSG_TYPE_MAKE_SEND);
	return (name);
}

mach_port_name_t
core_pset(void)
{
	mach_port_name_t name;

	name = MACH_PORT_NULL;
	(void)TRAP(_kernelrpc_mach_port_allocate_trap, core_self(),
	    MACH_PORT_RIGHT_PORT_SET, P(&name));
	return (name);
}

int
core_send(mach_port_name_t to, mach_msg_id_t id, int timeout_ms)
{
	struct message m;

	memset(&m.hdr, 0, sizeof(m.hdr));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	m.hdr.msgh_remote_port = to;
	m.hdr.msgh_id = id;
	return (TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG |
	    (timeout_ms >= 0 ? MACH_SEND_TIMEOUT : 0), sizeof(m.hdr), 0, 0,
	    (uint64_t)timeout_ms, 0));
}

int
core_receive(mach_port_name_t from, struct message *m, int timeout_ms)
{

	return (TRAP(mach_msg_trap, P(m), MACH_RCV_MSG |
	    (timeout_ms >= 0 ? MACH_RCV_TIMEOUT : 0), 0, sizeof(*m), from,
	    (uint64_t)timeout_ms, 0));
}

int
core_destroy(mach_port_name_t name)
{

	return (TRAP(mach_port_destroy_trap, core_self(), name));
}

int
core_calendar(mach_port_name_t port, int disposition, int type)
{
	struct {
		mach_msg_header_t		hdr;
		mach_msg_body_t			body;
		mach_msg_port_descriptor_t	port;
		NDR_record_t			ndr;
		int32_t				type;
		mach_msg_max_trailer_t		trailer;
	} m;
	struct {
		mach_msg_header_t		hdr;
		NDR_record_t			ndr;
		int32_t				result;
	} *reply = (void *)&m;
	mach_port_name_t host, local;
	int kr;

	host = (mach_port_name_t)TRAP(host_self_trap, 0);
	local = (mach_port_name_t)TRAP(mach_reply_port, 0);
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = host;
	m.hdr.msgh_local_port = local;
	m.hdr.msgh_id = 217;
	m.body.msgh_descriptor_count = 1;
	m.port.name = port;
	m.port.disposition = (unsigned)disposition;
	m.port.type = MACH_MSG_PORT_DESCRIPTOR;
	m.ndr.int_rep = NDR_INT_LITTLE_ENDIAN;
	m.type = type;
	kr = TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_RCV_MSG,
	    offsetof(__typeof__(m), trailer), sizeof(m), local, 0, 0);
	if (kr == 0) {
		CHECK_EQ(reply->hdr.msgh_id, 317);
		kr = reply->result;
	}
	CHECK_EQ(core_destroy(local), 0);
	CHECK_EQ(TRAP(_kernelrpc_mach_port_deallocate_trap, core_self(), host),
	    0);
	return (kr);
}
