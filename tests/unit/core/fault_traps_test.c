/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Every access to user memory and every allocation that may fail of every trap
 * fails once, one after another, until the trap runs through without a
 * failure.  A trap that fails so must say one of the codes there are for it
 * and must have changed no name; whatever it said, nothing may be left when
 * the process exits.
 *
 * The traps are those of the generated table: one without a scenario here
 * fails the test.  Waits are carried on by the test itself
 * (tests/fuzz/blocks.h), so the second half of a blocked trap has its faults
 * as well.
 */

#include "core.h"

#include <mach/clock_types.h>
#include <mach/host_info.h>
#include <mach/kern_return.h>
#include <mach/mach_time.h>
#include <mach/mk_timer.h>
#include <mach/task_info.h>
#include <mach/task_special_ports.h>
#include <mach/thread_special_ports.h>
#include <mach/vm_statistics.h>
#include <mach_debug/ipc_info.h>

#include <kernel/kern/vm_copy.h>

#include <tests/fuzz/blocks.h>

#define	NO_SCENARIO	(-12345)

/* What the traps are called with, made anew for each. */
static struct {
	struct proc		*proc;
	struct thread		*td, *other;
	mach_port_name_t	 self, host, thread, clock;
	mach_port_name_t	 port;		/* receive and send, a member */
	mach_port_name_t	 full;		/* with a message */
	mach_port_name_t	 notify, set, sonce, dead, plain;
	mach_port_name_t	 guarded, semaphore, signalled, timer;
	mach_port_name_t	 fileport;
	uint64_t		 memory;
} w;
static struct message message, out;
static uint64_t words[64];
static uint8_t buffer[65536];
static mach_port_name_t names[8];
static mach_port_options_t options;
static ipc_info_name_t before[512], after[512];
static ipc_info_space_t space_info;

static void
ok(const char *what, int r)
{

	if (r != 0)
		fprintf(stderr, "%s: %#x\n", what, (unsigned int)r);
	REQUIRE(r == 0);
}

static void
request(mach_port_name_t name, int id, int sync)
{

	ok("request", TRAP(_kernelrpc_mach_port_request_notification_trap,
	    w.self, name, (uint64_t)id, (uint64_t)sync, w.notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&words[0])));
	if ((mach_port_name_t)words[0] != 0)
		ok("previous", TRAP(_kernelrpc_mach_port_deallocate_trap,
		    w.self, (mach_port_name_t)words[0]));
}

/* Two descriptors of rights, one of them out of line, and one of memory. */
static mach_msg_size_t
compose(mach_port_name_t to)
{
	uint8_t *p;

	memset(&message, 0, sizeof(message));
	message.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
	message.hdr.msgh_remote_port = to;
	message.hdr.msgh_local_port = w.notify;
	message.hdr.msgh_id = 7;
	message.body.msgh_descriptor_count = 2;
	p = (uint8_t *)&message.d;
	((mach_msg_ool_descriptor_t *)(void *)p)->address = buffer;
	((mach_msg_ool_descriptor_t *)(void *)p)->size = 5000;
	((mach_msg_ool_descriptor_t *)(void *)p)->copy = MACH_MSG_VIRTUAL_COPY;
	((mach_msg_ool_descriptor_t *)(void *)p)->type =
	    MACH_MSG_OOL_DESCRIPTOR;
	p += sizeof(mach_msg_ool_descriptor_t);
	names[0] = names[1] = w.plain;
	((mach_msg_ool_ports_descriptor_t *)(void *)p)->address = names;
	((mach_msg_ool_ports_descriptor_t *)(void *)p)->count = 2;
	((mach_msg_ool_ports_descriptor_t *)(void *)p)->copy =
	    MACH_MSG_PHYSICAL_COPY;
	((mach_msg_ool_ports_descriptor_t *)(void *)p)->disposition =
	    MACH_MSG_TYPE_MAKE_SEND;
	((mach_msg_ool_ports_descriptor_t *)(void *)p)->type =
	    MACH_MSG_OOL_PORTS_DESCRIPTOR;
	p += sizeof(mach_msg_ool_ports_descriptor_t);
	return ((mach_msg_size_t)(p - (uint8_t *)&message));
}

static void
world_make(void)
{

	memset(&w, 0, sizeof(w));
	w.proc = core_proc(10);
	w.td = host_curthread();
	w.self = core_self();
	w.thread = (mach_port_name_t)TRAP(thread_self_trap, 0);
	w.host = (mach_port_name_t)TRAP(host_self_trap, 0);
	ok("clock", TRAP(host_get_clock_service_trap, w.host, SYSTEM_CLOCK,
	    P(&words[0])));
	w.clock = (mach_port_name_t)words[0];
	w.port = core_port_send();
	w.full = core_port_send();
	w.notify = core_port_send();
	w.plain = core_port();
	w.set = core_pset();
	ok("member", TRAP(_kernelrpc_mach_port_insert_member_trap, w.self,
	    w.port, w.set));
	ok("extract", TRAP(mach_port_extract_right_trap, w.self, w.plain,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&words[0]), P(&words[1])));
	w.sonce = (mach_port_name_t)words[0];
	ok("dead", TRAP(_kernelrpc_mach_port_allocate_trap, w.self,
	    MACH_PORT_RIGHT_DEAD_NAME, P(&words[0])));
	w.dead = (mach_port_name_t)words[0];
	w.guarded = core_port();
	ok("guard", TRAP(_kernelrpc_mach_port_guard_trap, w.self, w.guarded,
	    77, 0));
	ok("semaphore", TRAP(semaphore_create_trap, w.self, P(&words[0]), 0,
	    0));
	w.semaphore = (mach_port_name_t)words[0];
	ok("semaphore", TRAP(semaphore_create_trap, w.self, P(&words[0]), 0,
	    1));
	w.signalled = (mach_port_name_t)words[0];
	w.timer = (mach_port_name_t)TRAP(mk_timer_create_trap, 0);
	/* Where the host has no files in process, there is none. */
	if (TRAP(fileport_makeport_trap, 0, P(&words[0])) == 0)
		w.fileport = (mach_port_name_t)words[0];
	request(w.port, MACH_NOTIFY_DEAD_NAME, 0);
	request(w.port, MACH_NOTIFY_NO_SENDERS, 0);
	(void)compose(w.full);
	ok("send", TRAP(mach_msg_trap, P(&message), MACH_SEND_MSG,
	    compose(w.full), 0, 0, 0, 0));
	words[0] = 0;
	ok("memory", TRAP(_kernelrpc_mach_vm_allocate_trap, w.self,
	    P(&words[0]), 8192, VM_FLAGS_ANYWHERE));
	w.memory = words[0];
	ok("bootstrap", TRAP(task_set_special_port_trap, w.self,
	    TASK_BOOTSTRAP_PORT, w.port));
	/* One more thread of the process, to wake and to be woken. */
	core_thread(w.proc);
	w.other = host_curthread();
	(void)core_self();
	(void)host_set_curthread(w.td);
	memset(words, 0, sizeof(words));
}

static void
world_end(void)
{

	(void)host_set_curthread(w.other);
	core_thread_end();
	(void)host_set_curthread(w.td);
	core_proc_exit(w.proc);
	/* What was given to the process of out-of-line memory. */
	vm_copy_fini();
	REQUIRE(vm_copy_init() == 0);
}

/*
 * A trap that has blocked is carried on by what the other thread does; its
 * faults are of the first thread alone.
 */
static uint64_t fail_copy, fail_alloc, copies, allocs;

static void
faults(bool on)
{

	if (on) {
		host_copy_fail_after(fail_copy > copies ? fail_copy - copies :
		    0);
		host_alloc_fail_after(fail_alloc > allocs ? fail_alloc - allocs
		    : 0, HOST_FAIL_NOWAIT);
		return;
	}
	copies += host_copy_points();
	allocs += host_alloc_points();
	host_copy_fail_after(0);
	host_alloc_fail_after(0, HOST_FAIL_NOWAIT);
}

static int
carry_on(int r, int (*wake)(void))
{
	struct mach_thread *th;

	th = mach_thread_current();
	while (r == THREAD_BLOCKED) {
		faults(false);
		if (wake != NULL) {
			(void)host_set_curthread(w.other);
			(void)wake();
			(void)host_set_curthread(w.td);
			wake = NULL;
		} else
			(void)blocks_time_out(th);
		faults(true);
		th = blocks_next();
		REQUIRE(th != NULL);
		r = blocks_continue(th);
	}
	return (r);
}

static int
wake_by_message(void)
{

	return (TRAP(mach_msg_trap, P(&message), MACH_SEND_MSG,
	    compose(w.plain), 0, 0, 0, 0));
}

static int
wake_by_send(void)
{

	ok("right", TRAP(_kernelrpc_mach_port_insert_right_trap, w.self,
	    w.plain, w.plain, MACH_MSG_TYPE_MAKE_SEND));
	return (wake_by_message());
}

static int
wake_by_receive(void)
{

	return (TRAP(mach_msg_trap, P(&out), MACH_RCV_MSG | MACH_RCV_TIMEOUT,
	    0, sizeof(out), w.full, 0, 0));
}

static int
wake_by_signal(void)
{

	return (TRAP(semaphore_signal_trap, w.semaphore));
}

static uint64_t
count_of(uint64_t n)
{

	words[0] = n;
	return (P(&words[0]));
}

/*
 * The call of one trap: all its pointers are good, and it would succeed.
 */
static int
call(unsigned int number)
{
	mach_msg_size_t size;

#define	CALL(name, ...)							\
	case MACH_TRAP_##name:						\
		return (carry_on(TRAP(name, __VA_ARGS__), NULL))
#define	WAIT(wake, name, ...)						\
	case MACH_TRAP_##name:						\
		return (carry_on(TRAP(name, __VA_ARGS__), wake))

	switch (number) {
	CALL(_kernelrpc_mach_vm_allocate_trap, w.self, P(&words[0]), 4096,
	    VM_FLAGS_ANYWHERE);
	CALL(_kernelrpc_mach_vm_deallocate_trap, w.self, w.memory, 8192);
	CALL(_kernelrpc_mach_vm_protect_trap, w.self, w.memory, 4096, 0, 1);
	CALL(_kernelrpc_mach_port_allocate_trap, w.self,
	    MACH_PORT_RIGHT_RECEIVE, P(&words[0]));
	CALL(_kernelrpc_mach_port_deallocate_trap, w.self, w.sonce);
	CALL(_kernelrpc_mach_port_mod_refs_trap, w.self, w.port,
	    MACH_PORT_RIGHT_RECEIVE, (uint64_t)-1);
	CALL(_kernelrpc_mach_port_move_member_trap, w.self, w.full, w.set);
	CALL(_kernelrpc_mach_port_insert_right_trap, w.self, w.plain, w.plain,
	    MACH_MSG_TYPE_MAKE_SEND);
	CALL(_kernelrpc_mach_port_insert_member_trap, w.self, w.full, w.set);
	CALL(_kernelrpc_mach_port_extract_member_trap, w.self, w.port, w.set);
	CALL(_kernelrpc_mach_port_construct_trap, w.self, P(&options), 5,
	    P(&words[0]));
	CALL(_kernelrpc_mach_port_destruct_trap, w.self, w.port, (uint64_t)-1,
	    0);
	CALL(mach_reply_port, 0);
	CALL(thread_self_trap, 0);
	CALL(task_self_trap, 0);
	CALL(host_self_trap, 0);
	case MACH_TRAP_mach_msg_trap:
		/* To a full queue, carried on by a receive; then wait. */
		size = compose(w.full);
		message.hdr.msgh_local_port = w.notify;
		return (carry_on(TRAP(mach_msg_trap, P(&message),
		    MACH_SEND_MSG, size, 0, 0, 0, 0), wake_by_receive));
	case MACH_TRAP_mach_msg_overwrite_trap:
		/* A receive that waits for a message with everything. */
		return (carry_on(TRAP(mach_msg_overwrite_trap, 0,
		    MACH_RCV_MSG, 0, sizeof(out), w.plain, 0, 0, P(&out)),
		    wake_by_send));
	case MACH_TRAP_mach_msg2_trap:
		size = compose(w.full);
		return (carry_on(TRAP(mach_msg2_trap, P(&message),
		    UINT64_C(0x1) | MACH64_SEND_ANY,
		    message.hdr.msgh_bits | (uint64_t)size << 32,
		    message.hdr.msgh_remote_port |
		    (uint64_t)message.hdr.msgh_local_port << 32,
		    (uint64_t)9 << 32, 2, 0, 0), NULL));
	CALL(semaphore_signal_trap, w.semaphore);
	CALL(semaphore_signal_all_trap, w.semaphore);
	CALL(semaphore_signal_thread_trap, w.semaphore, w.thread);
	WAIT(wake_by_signal, semaphore_wait_trap, w.semaphore);
	WAIT(wake_by_signal, semaphore_wait_signal_trap, w.semaphore,
	    w.signalled);
	CALL(semaphore_timedwait_trap, w.signalled, 1, 0);
	CALL(semaphore_timedwait_signal_trap, w.semaphore, w.signalled, 1, 0);
	CALL(_kernelrpc_mach_port_get_attributes_trap, w.self, w.port,
	    MACH_PORT_RECEIVE_STATUS, P(buffer), count_of(16));
	CALL(_kernelrpc_mach_port_guard_trap, w.self, w.plain, 5, 0);
	CALL(_kernelrpc_mach_port_unguard_trap, w.self, w.guarded, 77);
	CALL(task_name_for_pid, w.self, 10, P(&words[0]));
	CALL(task_for_pid, w.self, 10, P(&words[0]));
	CALL(pid_for_task, w.self, P(&words[0]));
	CALL(thread_get_special_reply_port, 0);
	CALL(swtch_pri, 0);
	CALL(swtch, 0);
	CALL(thread_switch, 0, 0, 0);
	CALL(clock_sleep_trap, w.clock, TIME_RELATIVE, 0, 1000,
	    P(&words[0]));
	CALL(_kernelrpc_mach_port_type_trap, w.self, w.port, P(&words[0]));
	CALL(_kernelrpc_mach_port_request_notification_trap, w.self, w.port,
	    MACH_NOTIFY_DEAD_NAME, 0, w.notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    P(&words[0]));
	CALL(mach_timebase_info_trap, P(&words[0]));
	CALL(mach_wait_until_trap, 1);
	CALL(mk_timer_create_trap, 0);
	CALL(mk_timer_destroy_trap, w.timer);
	CALL(mk_timer_arm_trap, w.timer, 1);
	CALL(mk_timer_cancel_trap, w.timer, P(&words[0]));
	CALL(mk_timer_arm_leeway_trap, w.timer, 0, 1, 0);
	CALL(mach_port_names_trap, w.self, P(buffer), P(buffer + 4096),
	    count_of(64));
	CALL(mach_port_rename_trap, w.self, w.port, 0x33305);
	CALL(mach_port_allocate_name_trap, w.self, MACH_PORT_RIGHT_RECEIVE,
	    0x33305);
	CALL(mach_port_destroy_trap, w.self, w.full);
	CALL(mach_port_get_refs_trap, w.self, w.port, MACH_PORT_RIGHT_SEND,
	    P(&words[0]));
	CALL(mach_port_peek_trap, w.self, w.full, 0, P(&words[1]),
	    P(&words[2]), P(&words[3]), P(buffer), count_of(sizeof(buffer)));
	CALL(mach_port_set_mscount_trap, w.self, w.port, 5);
	CALL(mach_port_get_set_status_trap, w.self, w.set, P(buffer),
	    count_of(8));
	CALL(mach_port_extract_right_trap, w.self, w.port,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, P(&words[0]), P(&words[1]));
	CALL(mach_port_set_seqno_trap, w.self, w.port, 5);
	CALL(mach_port_set_attributes_trap, w.self, w.port,
	    MACH_PORT_LIMITS_INFO, count_of(3), 1);
	CALL(mach_port_get_context_trap, w.self, w.port, P(&words[0]));
	CALL(mach_port_set_context_trap, w.self, w.port, 5);
	CALL(mach_port_kobject_trap, w.self, w.timer, P(&words[0]),
	    P(&words[1]));
	CALL(mach_port_swap_guard_trap, w.self, w.guarded, 77, 78);
	CALL(mach_port_assert_guard_trap, w.self, w.guarded, 77);
	CALL(mach_port_guard_with_flags_trap, w.self, w.plain, 5, 0);
	CALL(mach_port_get_srights_trap, w.self, w.port, P(&words[0]));
	CALL(mach_port_space_info_trap, w.self, P(&space_info), P(buffer),
	    count_of(64));
	CALL(mach_port_dnrequest_info_trap, w.self, w.port, P(&words[0]),
	    P(&words[1]));
	CALL(mach_port_is_connection_for_service_trap, w.self, w.port, w.full,
	    P(&words[0]));
	CALL(task_get_special_port_trap, w.self, TASK_BOOTSTRAP_PORT,
	    P(&words[0]));
	CALL(task_set_special_port_trap, w.self, TASK_BOOTSTRAP_PORT, w.full);
	CALL(task_info_trap, w.self, TASK_AUDIT_TOKEN, P(buffer),
	    count_of(TASK_AUDIT_TOKEN_COUNT));
	CALL(thread_get_special_port_trap, w.thread, THREAD_KERNEL_PORT,
	    P(&words[0]));
	CALL(thread_set_special_port_trap, w.thread, THREAD_KERNEL_PORT,
	    w.full);
	case MACH_TRAP_mach_ports_register_trap:
		names[0] = w.port;
		names[1] = w.full;
		return (TRAP(mach_ports_register_trap, w.self, P(names), 2));
	CALL(mach_ports_lookup_trap, w.self, P(buffer), count_of(8));
	CALL(semaphore_create_trap, w.self, P(&words[0]), 0, 0);
	CALL(semaphore_destroy_trap, w.self, w.semaphore);
	CALL(host_get_special_port_trap, w.host, -1, 1, P(&words[0]));
	CALL(host_set_special_port_trap, w.host, 9, w.port);
	CALL(host_info_trap, w.host, HOST_BASIC_INFO, P(buffer),
	    count_of(HOST_BASIC_INFO_COUNT));
	CALL(host_get_clock_service_trap, w.host, SYSTEM_CLOCK, P(&words[0]));
	CALL(clock_get_time_trap, w.clock, P(&words[0]));
	CALL(host_get_host_priv_port_trap, w.host, P(&words[0]));
	CALL(mach_counters_trap, P(buffer), count_of(64));
	case MACH_TRAP_mach_inspect_trap:
		return (TRAP(mach_inspect_trap, 1, 0, 0, P(buffer),
		    count_of(4)));
	case MACH_TRAP_mach_limit_set_trap:
		strcpy((char *)buffer, "no such limit");
		return (TRAP(mach_limit_set_trap, P(buffer), 5));
	CALL(mach_pset_fd_trap, w.self, w.set, 0, P(&words[0]), 0);
	CALL(fileport_makeport_trap, 0, P(&words[0]));
	CALL(fileport_makefd_trap, w.fileport, 0, P(&words[0]));
	default:
		return (NO_SCENARIO);
	}
}

/* Codes of a trap whose memory is not to be reached, or there is none. */
static bool
refused(int r)
{

	switch (r & ~MACH_MSG_MASK) {
	case KERN_INVALID_ADDRESS:
	case KERN_RESOURCE_SHORTAGE:
	case KERN_NO_SPACE:
	case MACH_SEND_INVALID_DATA:
	case MACH_SEND_INVALID_MEMORY:
	case MACH_SEND_NO_BUFFER:
		return (true);
	default:
		return (false);
	}
}

/* A message that could not be given over is lost, or parts of it are. */
static bool
lost(int r)
{

	switch (r & ~MACH_MSG_MASK) {
	case MACH_RCV_INVALID_DATA:
	case MACH_RCV_BODY_ERROR:
	case MACH_RCV_HEADER_ERROR:
		return (true);
	default:
		return (false);
	}
}

static uint32_t
look(ipc_info_name_t *table)
{

	words[60] = nitems(before);
	ok("space_info", TRAP(mach_port_space_info_trap, w.self,
	    P(&space_info), P(table), P(&words[60])));
	return ((uint32_t)words[60]);
}

/* The n-th copy, or allocation, of the trap fails.  False: it had fewer. */
static bool
once(unsigned int number, uint64_t copy, uint64_t alloc)
{
	const struct mach_trap *trap;
	uint32_t n;
	bool same;
	int i, r;

	trap = &mach_trap_table[number];
	world_make();
	n = look(before);
	fail_copy = copy;
	fail_alloc = alloc;
	copies = allocs = 0;
	faults(true);
	r = call(number);
	faults(false);
	same = look(after) == n && memcmp(before, after,
	    n * sizeof(before[0])) == 0;
	if (copy > copies || alloc > allocs) {
		world_end();
		return (false);
	}
	if (trap->mt_result == MACH_TRAP_NAME ? r == MACH_PORT_NULL :
	    refused(r)) {
		if (!same)
			fprintf(stderr, "%s, copy %ju, allocation %ju: %#x, "
			    "but names have changed\n", trap->mt_name,
			    (uintmax_t)copy, (uintmax_t)alloc,
			    (unsigned int)r);
		CHECK(same);
	} else if (alloc == 0 && !lost(r)) {
		/* That a copy failed must show. */
		fprintf(stderr, "%s, copy %ju: %#x\n", trap->mt_name,
		    (uintmax_t)copy, (unsigned int)r);
		CHECK(!"a documented code");
	}
	world_end();
	for (i = 0; i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) == mach_counters_base[i])
			continue;
		fprintf(stderr, "%s, copy %ju, allocation %ju: %s: %ld left\n",
		    trap->mt_name, (uintmax_t)copy, (uintmax_t)alloc,
		    mach_counter_name(i),
		    (long)(mach_counter_get(i) - mach_counters_base[i]));
		CHECK(!"left behind");
	}
	return (true);
}

int
main(void)
{
	int64_t bytes;
	uint64_t n, ncopies, nallocs;
	unsigned int number, traps;
	int r;

	core_begin();
	world_make();
	world_end();
	bytes = host_live_bytes();
	traps = 0;
	ncopies = nallocs = 0;
	for (number = 0; number < mach_trap_count; number++) {
		if (mach_trap_table[number].mt_name == NULL ||
		    !mach_trap_table[number].mt_supported)
			continue;
		world_make();
		r = call(number);
		world_end();
		if (r == NO_SCENARIO) {
			fprintf(stderr, "%s has no scenario here\n",
			    mach_trap_table[number].mt_name);
			CHECK(!"every trap has a scenario");
			continue;
		}
		traps++;
		for (n = 1; once(number, n, 0); n++)
			ncopies++;
		for (n = 1; once(number, 0, n); n++)
			nallocs++;
		if (host_live_bytes() != bytes)
			fprintf(stderr, "%s leaks\n",
			    mach_trap_table[number].mt_name);
		CHECK_EQ(host_live_bytes(), bytes);
		bytes = host_live_bytes();
	}
	printf("%u traps, %ju copies and %ju allocations failed\n", traps,
	    (uintmax_t)ncopies, (uintmax_t)nallocs);
	CHECK(ncopies > traps / 2);
	core_end();
	return (test_end());
}
