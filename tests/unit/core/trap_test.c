/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The dispatcher: numbers that are no traps, traps as tracers print them,
 * capability mode.
 */

#include "core.h"

#include <sys/ucred.h>

#include <mach/kern_return.h>

static void
check_text(const char *got, const char *expected)
{

	if (strcmp(got, expected) != 0) {
		fprintf(stderr, "    \"%s\", expected \"%s\"\n", got,
		    expected);
		CHECK(false);
	} else
		CHECK(true);
}

static void
test_print(void)
{
	const uint64_t words[8] = { 0x103, 1, 0x7fff0010, 0, 0, 0, 0, 0 };
	const uint64_t refs[8] = { 3, 0x203, 0, (uint64_t)-1, 0, 0, 0, 0 };
	char buf[MACH_TRAP_PRINT_MAX], small[12];

	mach_trap_print(buf, sizeof(buf),
	    MACH_TRAP__kernelrpc_mach_port_allocate_trap, words, 3);
	check_text(buf, "_kernelrpc_mach_port_allocate_trap(target 0x103, "
	    "right 0x1, name 0x7fff0010)");
	mach_trap_print(buf, sizeof(buf),
	    MACH_TRAP__kernelrpc_mach_port_mod_refs_trap, refs, 4);
	check_text(buf, "_kernelrpc_mach_port_mod_refs_trap(target 0x3, "
	    "name 0x203, right 0, delta -1)");
	/* Words that the caller left out count as 0. */
	mach_trap_print(buf, sizeof(buf), MACH_TRAP_mk_timer_arm_trap, refs,
	    1);
	check_text(buf, "mk_timer_arm_trap(name 0x3, expire_time 0)");
	mach_trap_print(buf, sizeof(buf), MACH_TRAP_task_self_trap, words, 8);
	check_text(buf, "task_self_trap()");
	mach_trap_print(buf, sizeof(buf), 1, words, 8);
	check_text(buf, "mach trap 1");
	mach_trap_print(buf, sizeof(buf), UINT32_MAX, words, 8);
	check_text(buf, "mach trap 4294967295");
	mach_trap_print(small, sizeof(small), MACH_TRAP_task_self_trap,
	    words, 0);
	check_text(small, "task_self_t");
	mach_trap_print(small, sizeof(small),
	    MACH_TRAP__kernelrpc_mach_port_mod_refs_trap, refs, 4);
	check_text(small, "_kernelrpc_");

	mach_trap_print_result(buf, sizeof(buf), MACH_TRAP_task_self_trap,
	    0x103);
	check_text(buf, "task_self_trap = 0x103");
	mach_trap_print_result(buf, sizeof(buf), MACH_TRAP_task_self_trap,
	    0);
	check_text(buf, "task_self_trap = 0 (failed)");
	mach_trap_print_result(buf, sizeof(buf), MACH_TRAP_mach_msg_trap,
	    0x10004003);
	check_text(buf, "mach_msg_trap = 0x10004003 (failed)");
	mach_trap_print_result(buf, sizeof(buf), MACH_TRAP_swtch, 1);
	check_text(buf, "swtch = 0x1");
}

/* No trap, however long its names, is cut off in a tracer's buffer. */
static void
test_print_fits(void)
{
	char buf[MACH_TRAP_PRINT_MAX];
	uint64_t words[8];
	unsigned int i;

	memset(words, 0xff, sizeof(words));
	for (i = 0; i < mach_trap_count; i++) {
		mach_trap_print(buf, sizeof(buf), i, words, 8);
		if (mach_trap_table[i].mt_name != NULL)
			CHECK(buf[strlen(buf) - 1] == ')');
	}
}

static void
test_capability_mode(void)
{
	struct proc *p;
	mach_port_name_t name;
	int pid;

	p = core_proc(30);
	name = MACH_PORT_NULL;
	CHECK_EQ(TRAP(task_name_for_pid, core_self(), 30, P(&name)), 0);
	curthread->td_ucred->cr_flags |= CRED_FLAG_CAPMODE;

	/* What has a global name is out of reach, ... */
	CHECK_EQ(TRAP(task_name_for_pid, core_self(), 30, P(&name)),
	    KERN_DENIED);
	CHECK_EQ(TRAP(task_for_pid, core_self(), 30, P(&name)), KERN_DENIED);
	CHECK_EQ(TRAP(host_get_host_priv_port_trap, 0, P(&name)),
	    KERN_DENIED);
	/* ... what is absent is absent as ever, and rights held work. */
	CHECK_EQ(TRAP(macx_triggers, 0, 0, 0, 0), KERN_NOT_SUPPORTED);
	CHECK_EQ(TRAP(pid_for_task, name, P(&pid)), 0);
	CHECK_EQ(pid, 30);
	name = core_port_send();
	CHECK(name != MACH_PORT_NULL);
	CHECK_EQ(core_send(name, 1, 0), 0);

	curthread->td_ucred->cr_flags &= ~CRED_FLAG_CAPMODE;
	core_proc_exit(p);
}

int
main(void)
{

	core_begin();
	test_print();
	test_print_fits();
	test_capability_mode();
	core_end();
	return (test_end());
}
