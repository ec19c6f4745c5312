/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The system calls beneath libmach, one by one: what travels in their arguments
 * (kernel/freebsd/syscall_abi.h), and what is refused.
 */

#include <sys/param.h>
#include <sys/module.h>
#include <sys/sysctl.h>
#include <string.h>
#include <time.h>

#include <mach/mach.h>

#include "../../kernel/freebsd/syscall_abi.h"
#include "../../kernel/trap/gen/trap_number.h"
#include "../../lib/libmach/freebsd/enter.h"
#include "../conformance/ct.h"
#include "../conformance/ctmach.h"

#define	P(x)	((uintptr_t)(x))

#ifdef __LP64__
#define	ENTER(call, a, b, c, d, e, f, rp)				\
	enter((call), (a), (b), (c), (d), (e), (f), (rp))
#else
#define	ENTER(call, a, b, c, d, e, f, rp)				\
	enter((call), (a), (b), (c), (d), (e), (f), 0, 0, (rp))
#endif

static int
figure(const char *name)
{
	size_t len;
	int value;

	len = sizeof(value);
	CT_POSIX(sysctlbyname(name, &value, &len, NULL, 0));
	return (value);
}

static uint32_t
block(unsigned word, const uint64_t *args, unsigned nargs)
{
	uint32_t result;

	CT_TRUE(ENTER(figure("kern.mach.syscall"), word | MACH_SYSCALL_BLOCK,
	    P(args), nargs, 0, 0, 0, &result));
	return (result);
}

/* Calls of a trap so far. */
static unsigned long
calls(const char *name)
{
	unsigned long value;
	size_t len;

	len = sizeof(value);
	CT_POSIX(sysctlbyname(name, &value, &len, NULL, 0));
	return (value);
}

#define	CALLS_MSG	calls("kern.mach.trap.mach_msg_trap.calls")
#define	CALLS_OVERWRITE	calls("kern.mach.trap.mach_msg_overwrite_trap.calls")

static int
message_call(void)
{
	int call;

	call = figure("kern.mach.syscall_msg");
	if (call == 0)
		ct_skip("there is no second system call");
	return (call);
}

static void
message_to(struct ct_msg *m, mach_port_t port, mach_msg_id_t id)
{

	memset(m, 0, sizeof(*m));
	m->hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	m->hdr.msgh_remote_port = port;
	m->hdr.msgh_id = id;
}

static uint64_t
now_ms(void)
{
	struct timespec ts;

	CT_POSIX(clock_gettime(CLOCK_MONOTONIC, &ts));
	return ((uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000);
}

#define	TIMEOUT		40	/* ms: what a poll does not take by itself */

/* It did wait so long. */
static void
waited(uint64_t start)
{

	CT_TRUE(now_ms() - start >= TIMEOUT);
}

CT_CASE(the_numbers_are_told)
{
	struct module_stat stat;
	int id;

	CT_EQ(figure("kern.mach.abi"), MACH_SYSCALL_ABI);
	stat.version = sizeof(stat);
	id = modfind("sys/mach_trap");
	CT_POSIX(id);
	CT_POSIX(modstat(id, &stat));
	CT_EQ(stat.data.intval, figure("kern.mach.syscall"));
	CT_NE(figure("kern.mach.syscall"), figure("kern.mach.syscall_msg"));
}

CT_CASE(a_block_is_copied_in_and_missing_words_are_zero)
{
	uint64_t args[8];
	mach_port_t name;

	memset(args, 0xff, sizeof(args));
	args[0] = SELF;
	args[1] = MACH_PORT_RIGHT_RECEIVE;
	args[2] = P(&name);
	CT_OK(block(MACH_SYSCALL_WORD(
	    MACH_TRAP__kernelrpc_mach_port_allocate_trap), args, 3));
	CT_EQ(ct_type(name), MACH_PORT_TYPE_RECEIVE);
	/* A right of kind 0 is a send right, which nobody allocates. */
	CT_KR((kern_return_t)block(MACH_SYSCALL_WORD(
	    MACH_TRAP__kernelrpc_mach_port_allocate_trap), args, 1),
	    KERN_INVALID_VALUE);
}

CT_CASE(a_block_that_cannot_be_read_is_refused)
{
	uint64_t args[9];

	memset(args, 0, sizeof(args));
	CT_EQ(block(MACH_SYSCALL_WORD(MACH_TRAP_swtch_pri), args, 9),
	    KERN_INVALID_ARGUMENT);
	CT_EQ(block(MACH_SYSCALL_WORD(MACH_TRAP_swtch_pri), NULL, 1),
	    KERN_INVALID_ADDRESS);
	CT_EQ(block(MACH_SYSCALL_WORD(MACH_TRAP_swtch_pri),
	    (const uint64_t *)(uintptr_t)-8, 8), KERN_INVALID_ADDRESS);
	CT_EQ(block(MACH_SYSCALL_WORD(MACH_TRAP_swtch_pri),
	    (const uint64_t *)(uintptr_t)-4096, 8), KERN_INVALID_ADDRESS);
}

CT_CASE(a_word_of_another_abi_is_refused)
{
	uint32_t result;
	int call;

	call = figure("kern.mach.syscall");
	CT_TRUE(ENTER(call, MACH_TRAP_task_self_trap, 0, 0, 0, 0, 0, &result));
	CT_EQ(result, KERN_NOT_SUPPORTED);
	CT_TRUE(ENTER(call, (MACH_SYSCALL_WORD(MACH_TRAP_task_self_trap) +
	    0x10000) | MACH_SYSCALL_BLOCK, 0, 0, 0, 0, 0, &result));
	CT_EQ(result, KERN_NOT_SUPPORTED);
	CT_EQ(block(MACH_SYSCALL_WORD(0x7fff), NULL, 0),
	    KERN_INVALID_ARGUMENT);
}

#ifdef __LP64__

static uint32_t
registers(unsigned number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
    uint64_t e)
{
	uint32_t result;

	CT_TRUE(enter(figure("kern.mach.syscall"), MACH_SYSCALL_WORD(number) |
	    0xdeadbeefull << 32, a, b, c, d, e, &result));
	return (result);
}

CT_CASE(five_arguments_travel_in_registers)
{
	mach_port_t name, poly;
	mach_msg_type_name_t kind;

	CT_OK(registers(MACH_TRAP__kernelrpc_mach_port_allocate_trap, SELF,
	    MACH_PORT_RIGHT_RECEIVE, P(&name), ~0ull, ~0ull));
	CT_EQ(ct_type(name), MACH_PORT_TYPE_RECEIVE);
	/* Narrow arguments: what is above them does not matter. */
	CT_OK(registers(MACH_TRAP_mach_port_extract_right_trap,
	    SELF | 1ull << 63, name | 1ull << 32,
	    MACH_MSG_TYPE_MAKE_SEND | 1ull << 40, P(&poly), P(&kind)));
	CT_EQ(poly, name);
	CT_EQ(kind, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(registers(0x7fff, 0, 0, 0, 0, 0), KERN_INVALID_ARGUMENT);
	/* Of a trap with more the others are zero: no timeout, no priority. */
	CT_EQ(registers(MACH_TRAP_mach_msg_trap, 0, MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, 0, 0, name), MACH_RCV_TIMED_OUT);
}

CT_CASE(the_message_call_sends_and_receives)
{
	struct ct_msg m;
	mach_port_t port;
	unsigned long before;
	uint64_t start;
	uint32_t result;
	int call;

	call = message_call();
	port = ct_port();
	before = CALLS_MSG;
	message_to(&m, port, 11);
	CT_TRUE(enter(call, P(&m), MACH_SEND_MSG | MACH_RCV_MSG,
	    (sizeof(m.hdr) + 8) | (uint64_t)sizeof(m) << 32, port, 0, 0,
	    &result));
	CT_OK(result);
	CT_EQ(m.hdr.msgh_id, 11);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr) + 8);
	CT_EQ(CALLS_MSG, before + 1);
	/* The timeout is in the high half beside the name. */
	start = now_ms();
	CT_TRUE(enter(call, P(&m), MACH_RCV_MSG | MACH_RCV_TIMEOUT,
	    (uint64_t)sizeof(m) << 32, port | (uint64_t)TIMEOUT << 32, 0, 0,
	    &result));
	CT_EQ(result, MACH_RCV_TIMED_OUT);
	waited(start);
}

CT_CASE(the_message_call_overwrites)
{
	struct ct_msg m, r;
	mach_port_t port;
	unsigned long before;
	uint32_t result;
	int call;

	call = message_call();
	port = ct_port();
	before = CALLS_OVERWRITE;
	message_to(&m, port, 12);
	memset(&r, 0, sizeof(r));
	CT_TRUE(enter(call, P(&m), MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(m.hdr) | (uint64_t)sizeof(r) << 32, port, 0, P(&r),
	    &result));
	CT_OK(result);
	CT_EQ(r.hdr.msgh_id, 12);
	CT_EQ(CALLS_OVERWRITE, before + 1);
}

CT_CASE(the_message_call_takes_mach_msg2)
{
	struct ct_msg m;
	uint64_t rest[MACH_SYSCALL_MSG2_REST];
	mach_port_t port;
	uint64_t start;
	uint32_t result;
	int call;

	call = message_call();
	port = ct_port();
	memset(&m, 0, sizeof(m));
	rest[0] = (uint64_t)port << 32;		/* descriptors, receive name */
	rest[1] = sizeof(m);			/* room, priority */
	rest[2] = 0;				/* timeout */
	CT_TRUE(enter(call, P(&m), MACH64_MACH_MSG2 | MACH64_SEND_MSG |
	    MACH64_RCV_MSG | MACH64_SEND_MQ_CALL,
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0) |
	    (uint64_t)sizeof(m.hdr) << 32, port, 13ull << 32, P(rest),
	    &result));
	CT_OK(result);
	CT_EQ(m.hdr.msgh_id, 13);
	/* The timeout is the last of the words that stay in memory. */
	rest[2] = TIMEOUT;
	start = now_ms();
	CT_TRUE(enter(call, P(&m), MACH64_MACH_MSG2 | MACH64_RCV_MSG |
	    MACH64_RCV_TIMEOUT, 0, 0, 0, P(rest), &result));
	CT_EQ(result, MACH_RCV_TIMED_OUT);
	waited(start);
	CT_TRUE(enter(call, P(&m), MACH64_MACH_MSG2 | MACH64_RCV_MSG, 0, 0, 0,
	    0, &result));
	CT_EQ(result, KERN_INVALID_ADDRESS);
}

#else

CT_CASE(the_message_call_of_a_32_bit_program)
{
	struct ct_msg m, r;
	mach_port_t port;
	unsigned long before;
	uint64_t start;
	uint32_t result;
	int call;

	call = message_call();
	port = ct_port();
	before = CALLS_MSG;
	message_to(&m, port, 11);
	CT_TRUE(enter(call, P(&m), MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(m.hdr), sizeof(m), port, 0, 0, 0, &result));
	CT_OK(result);
	CT_EQ(m.hdr.msgh_id, 11);
	CT_EQ(CALLS_MSG, before + 1);
	before = CALLS_OVERWRITE;
	message_to(&m, port, 12);
	CT_TRUE(enter(call, P(&m), MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(m.hdr), sizeof(r), port, 0, 0, P(&r), &result));
	CT_OK(result);
	CT_EQ(r.hdr.msgh_id, 12);
	CT_EQ(CALLS_OVERWRITE, before + 1);
	start = now_ms();
	CT_TRUE(enter(call, P(&m), MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), port, TIMEOUT, 0, 0, &result));
	CT_EQ(result, MACH_RCV_TIMED_OUT);
	waited(start);
}

/* Registers are not theirs. */
CT_CASE(a_32_bit_program_has_blocks_only)
{
	uint32_t result;

	CT_TRUE(ENTER(figure("kern.mach.syscall"),
	    MACH_SYSCALL_WORD(MACH_TRAP_task_self_trap), 0, 0, 0, 0, 0,
	    &result));
	CT_EQ(result, KERN_NOT_SUPPORTED);
}

#endif
