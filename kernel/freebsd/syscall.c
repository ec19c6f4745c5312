/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The system calls that carry Mach traps: one for every trap, and one for the
 * message traps alone where the kernel has a second to give.  What travels in
 * their arguments is in syscall_abi.h.
 *
 * The result is a kern_return_t or a port name and never an errno: a block that
 * cannot be read gives KERN_INVALID_ADDRESS.
 *
 * The numbers are assigned at load time.  Where the kernel runs 32-bit programs
 * a call gets the same number in their table, because modstat(2) has but one
 * number to tell.
 *
 * Unloading: mach_closing turns new callers away.  The count of threads inside
 * the calls that the kernel keeps in sy_thrcnt then only falls, and a
 * thread that stays inside for long has a task.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/syscall.h>
#include <sys/sysent.h>
#include <sys/uio.h>
#include <sys/ktrace.h>
#include <bsm/audit_kevents.h>
#include <machine/atomic.h>

#include <mach/kern_return.h>
#include <mach/message.h>

#include <kernel/freebsd/host.h>
#include <kernel/freebsd/syscall_abi.h>
#include <kernel/freebsd/thread_slot.h>
#include <kernel/kern/task.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/trap/dispatch.h>
#include <kernel/trap/gen/trap_number.h>

/* Absent on a kernel without COMPAT_FREEBSD32, and without KTRACE. */
extern struct sysent freebsd32_sysent[];
#pragma weak freebsd32_sysent
#pragma weak ktrnamei

/* One of ours, in the table of each ABI. */
struct mach_call {
	struct sysent	 mc_sysent;
	struct sysent	 mc_sysent32;
	struct sysent	 mc_old;
	struct sysent	 mc_old32;
	int		 mc_number;	/* NO_SYSCALL: not registered */
};

static int	sys_mach_trap(struct thread *td, void *v);
static int	sys_mach_trap32(struct thread *td, void *v);
static int	sys_mach_msg(struct thread *td, void *v);
static int	sys_mach_msg32(struct thread *td, void *v);

/* The table of traps says which of them capability mode allows. */
#define	MACH_SYSENT(call, args) {					\
	.sy_narg = (args),						\
	.sy_call = (call),						\
	.sy_auevent = AUE_NULL,						\
	.sy_flags = SYF_CAPENABLED					\
}

/* The native call of a 32-bit kernel is what 32-bit programs have elsewhere. */
#ifdef __LP64__
#define	MACH_SYSENT_NATIVE(call, args)	MACH_SYSENT(call, args)
#else
#define	MACH_SYSENT_NATIVE(call, args)	MACH_SYSENT(call##32, args##32)
#endif
#define	MACH_TRAP_NARGS		(1 + MACH_SYSCALL_ARGS)
#define	MACH_TRAP_NARGS32	3
#define	MACH_MSG_NARGS		MACH_SYSCALL_MSG_ARGS
#define	MACH_MSG_NARGS32	8

static struct mach_call mach_trap_call = {
	.mc_sysent = MACH_SYSENT_NATIVE(sys_mach_trap, MACH_TRAP_NARGS),
	.mc_sysent32 = MACH_SYSENT(sys_mach_trap32, MACH_TRAP_NARGS32),
	.mc_number = NO_SYSCALL
};
static struct mach_call mach_msg_call = {
	.mc_sysent = MACH_SYSENT_NATIVE(sys_mach_msg, MACH_MSG_NARGS),
	.mc_sysent32 = MACH_SYSENT(sys_mach_msg32, MACH_MSG_NARGS32),
	.mc_number = NO_SYSCALL
};
static volatile u_int mach_closing;
int mach_trap_timing;

/*
 * ktrace(1) sees one system call for all traps.  What it was goes into the
 * trace as a name (kdump: NAMI), which every kdump prints.
 */
static void
mach_trace_entry(u_int number, const uint64_t *words, u_int nargs)
{
	char *buf;

	buf = malloc(MACH_TRAP_PRINT_MAX, M_TEMP, M_WAITOK);
	mach_trap_print(buf, MACH_TRAP_PRINT_MAX, number, words, nargs);
	ktrnamei(buf);
	free(buf, M_TEMP);
}

static void
mach_trace_result(u_int number, int result)
{
	char *buf;

	buf = malloc(MACH_TRAP_PRINT_MAX, M_TEMP, M_WAITOK);
	mach_trap_print_result(buf, MACH_TRAP_PRINT_MAX, number, result);
	ktrnamei(buf);
	free(buf, M_TEMP);
}

static __inline bool
mach_trap_traced(struct thread *td)
{

	return (KTRPOINT(td, KTR_NAMEI) && ktrnamei != NULL);
}

/* The way of traps that are looked at, or that come when the calls close. */
static __noinline int
mach_trap_special(struct thread *td, u_int number, const uint64_t *words,
    u_int nargs)
{
	sbintime_t start;
	int result;
	bool trace;

	if (atomic_load_acq_int(&mach_closing) != 0)
		return (KERN_NOT_SUPPORTED);
	trace = mach_trap_traced(td);
	if (trace)
		mach_trace_entry(number, words, nargs);
	start = sbinuptime();
	result = mach_trap_dispatch(number, words, nargs);
	if (mach_trap_timing != 0 && number < mach_trap_count)
		atomic_add_long(&mach_trap_stats[number].ns,
		    (u_long)sbttons(sbinuptime() - start));
	if (trace)
		mach_trace_result(number, result);
	return (result);
}

/* A trap with its number and words, which came in registers. */
static __inline __attribute__((__always_inline__)) int
mach_trap_enter(struct thread *td, u_int number, const uint64_t *words,
    u_int nargs)
{
	int result;

	if (__predict_false((atomic_load_acq_int(&mach_closing) |
	    (u_int)mach_trap_timing) != 0 || mach_trap_traced(td)))
		result = mach_trap_special(td, number, words, nargs);
	else
		result = mach_trap_run(mach_cache_get(td), number, words,
		    nargs);
	td->td_retval[0] = (uint32_t)result;
	return (0);
}

/* The same where it matters less that nothing is called. */
static __noinline int
mach_trap_enter_other(struct thread *td, u_int number, const uint64_t *words,
    u_int nargs)
{

	return (mach_trap_enter(td, number, words, nargs));
}

static __noinline int
mach_trap_fail(struct thread *td, int result)
{

	td->td_retval[0] = (uint32_t)result;
	return (0);
}

static __noinline int
mach_trap_block(struct thread *td, u_int number, mach_vm_offset_t addr,
    uint64_t nargs)
{
	uint64_t words[MACH_TRAP_ARGS];

	if (nargs > MACH_TRAP_ARGS)
		return (mach_trap_fail(td, KERN_INVALID_ARGUMENT));
	if (nargs != 0 && mach_copyin(addr, words,
	    nargs * sizeof(words[0])) != 0)
		return (mach_trap_fail(td, KERN_INVALID_ADDRESS));
	return (mach_trap_enter_other(td, number, words, (u_int)nargs));
}

/* A register holds a word, of which the high half may be anything. */
static int
sys_mach_trap(struct thread *td, void *v)
{
	const uint64_t *words = v;
	u_int number;

	_Static_assert(sizeof(register_t) >= sizeof(uint64_t) ||
	    sizeof(void *) < sizeof(uint64_t), "an argument is a word");
	number = (uint32_t)words[0] - MACH_SYSCALL_WORD(0);
	if (__predict_true(number < MACH_SYSCALL_BLOCK))
		return (mach_trap_enter(td, number, words + 1,
		    MACH_SYSCALL_ARGS));
	number -= MACH_SYSCALL_BLOCK;
	if (number >= MACH_SYSCALL_BLOCK)
		return (mach_trap_fail(td, KERN_NOT_SUPPORTED));
	return (mach_trap_block(td, number, words[1], words[2]));
}

static int
sys_mach_trap32(struct thread *td, void *v)
{
	const register_t *regs = v;
	u_int number;

	number = (uint32_t)regs[0] -
	    (MACH_SYSCALL_WORD(0) | MACH_SYSCALL_BLOCK);
	if (number >= MACH_SYSCALL_BLOCK)
		return (mach_trap_fail(td, KERN_NOT_SUPPORTED));
	return (mach_trap_block(td, number, (uint32_t)regs[1],
	    (uint32_t)regs[2]));
}

static int
sys_mach_msg(struct thread *td, void *v)
{
	const uint64_t *in = v;
	uint64_t words[MACH_TRAP_ARGS];

	if ((in[1] & MACH64_MACH_MSG2) != 0) {
		memcpy(words, in, 5 * sizeof(words[0]));
		if (mach_copyin(in[5], words + 5,
		    MACH_SYSCALL_MSG2_REST * sizeof(words[0])) != 0)
			return (mach_trap_fail(td, KERN_INVALID_ADDRESS));
		return (mach_trap_enter_other(td, MACH_TRAP_mach_msg2_trap,
		    words, MACH_TRAP_ARGS));
	}
	words[0] = in[0];
	words[1] = (uint32_t)in[1];
	words[2] = (uint32_t)in[2];
	words[3] = in[2] >> 32;
	words[4] = (uint32_t)in[3];
	words[5] = in[3] >> 32;
	words[6] = (uint32_t)in[4];
	words[7] = in[5];
	if (__predict_false(in[5] != 0))
		return (mach_trap_enter_other(td,
		    MACH_TRAP_mach_msg_overwrite_trap, words, MACH_TRAP_ARGS));
	return (mach_trap_enter(td, MACH_TRAP_mach_msg_trap, words,
	    MACH_TRAP_ARGS));
}

static int
sys_mach_msg32(struct thread *td, void *v)
{
	const register_t *regs = v;
	uint64_t words[MACH_TRAP_ARGS];
	u_int i;

	for (i = 0; i < MACH_TRAP_ARGS; i++)
		words[i] = (uint32_t)regs[i];
	return (mach_trap_enter_other(td, words[7] == 0 ?
	    MACH_TRAP_mach_msg_trap : MACH_TRAP_mach_msg_overwrite_trap, words,
	    MACH_TRAP_ARGS));
}

static bool
mach_has_freebsd32(void)
{

	return (freebsd32_sysent != NULL);
}

static int
mach_call_register(struct mach_call *call)
{
	int error, number;

	number = NO_SYSCALL;
	error = kern_syscall_register(sysent, &number, &call->mc_sysent,
	    &call->mc_old, SY_THR_STATIC_KLD);
	if (error != 0 || !mach_has_freebsd32()) {
		call->mc_number = error == 0 ? number : NO_SYSCALL;
		return (error);
	}

	/* The first number that is free in both tables. */
	for (;;) {
		error = kern_syscall_register(freebsd32_sysent, &number,
		    &call->mc_sysent32, &call->mc_old32, SY_THR_STATIC_KLD);
		if (error == 0)
			break;
		(void)kern_syscall_deregister(sysent, number, &call->mc_old);
		do {
			if (++number >= SYS_MAXSYSCALL)
				return (ENFILE);
		} while (kern_syscall_register(sysent, &number,
		    &call->mc_sysent, &call->mc_old, SY_THR_STATIC_KLD) != 0);
	}
	call->mc_number = number;
	return (0);
}

static void
mach_call_deregister(struct mach_call *call)
{

	if (call->mc_number == NO_SYSCALL)
		return;
	if (mach_has_freebsd32())
		(void)kern_syscall_deregister(freebsd32_sysent,
		    call->mc_number, &call->mc_old32);
	(void)kern_syscall_deregister(sysent, call->mc_number, &call->mc_old);
	call->mc_number = NO_SYSCALL;
}

/* Is a thread inside the call? */
static bool
mach_call_entered(const struct mach_call *call)
{

	if (call->mc_number == NO_SYSCALL)
		return (false);
	if (atomic_load_acq_32(&sysent[call->mc_number].sy_thrcnt) >=
	    SY_THR_INCR)
		return (true);
	return (mach_has_freebsd32() &&
	    atomic_load_acq_32(&freebsd32_sysent[call->mc_number].sy_thrcnt) >=
	    SY_THR_INCR);
}

/* Nobody enters any more, and nobody is inside: 0.  Else EBUSY, open again. */
static int
mach_calls_close(void)
{

	atomic_store_rel_int(&mach_closing, 1);
	atomic_thread_fence_seq_cst();
	/* The kernel tells nobody when sy_thrcnt falls; it waits like this. */
	while (mach_tasks_active() == 0 &&
	    (mach_call_entered(&mach_trap_call) ||
	    mach_call_entered(&mach_msg_call)))
		pause("machun", 1);
	if (mach_tasks_active() == 0)
		return (0);
	atomic_store_rel_int(&mach_closing, 0);
	return (EBUSY);
}

int
mach_syscall_init(void)
{

	atomic_store_rel_int(&mach_closing, 0);
	return (mach_call_register(&mach_trap_call));
}

int
mach_syscall_fini(void)
{
	int error;

	error = mach_calls_close();
	if (error == 0)
		mach_call_deregister(&mach_trap_call);
	return (error);
}

int
mach_syscall_number(void)
{

	return (mach_trap_call.mc_number);
}

/* Every trap has a way without it. */
int
mach_syscall_msg_init(void)
{

	if (mach_call_register(&mach_msg_call) != 0)
		printf("mach: no system call is left for mach_msg alone\n");
	return (0);
}

/*
 * Closes the other call, too, which is stopped next: what is in neither cannot
 * come back, so the numbers that programs know are given up together.
 */
int
mach_syscall_msg_fini(void)
{
	int error;

	error = mach_calls_close();
	if (error == 0)
		mach_call_deregister(&mach_msg_call);
	return (error);
}

int
mach_syscall_msg_number(void)
{

	return (mach_msg_call.mc_number == NO_SYSCALL ? 0 :
	    mach_msg_call.mc_number);
}
