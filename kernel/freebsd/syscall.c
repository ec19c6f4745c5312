/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The system call that carries every Mach trap:
 *
 *	mach_trap(unsigned number, const uint64_t *args, size_t nargs)
 *
 * The arguments are a block of 64-bit words in user memory, the same for
 * 64-bit and 32-bit callers, so one function serves both.  The result is
 * a kern_return_t or a port name and never an errno: a block that cannot be
 * read gives KERN_INVALID_ADDRESS.
 *
 * The number is assigned at load time.  Where the kernel runs 32-bit programs
 * the call gets the same number in their table, because modstat(2) has but one
 * number to tell.
 *
 * Unloading: mach_closing turns new callers away.  The count of threads inside
 * the call that the kernel keeps in sy_thrcnt then only falls, and a
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

#include <kernel/freebsd/host.h>
#include <kernel/kern/task.h>
#include <kernel/trap/trap.h>

/* As in the kernel's generated <sys/sysproto.h>. */
#define	PAD_(t)	(sizeof(register_t) <= sizeof(t) ? 0 :			\
	sizeof(register_t) - sizeof(t))
#if BYTE_ORDER == LITTLE_ENDIAN
#define	PADL_(t)	0
#define	PADR_(t)	PAD_(t)
#else
#define	PADL_(t)	PAD_(t)
#define	PADR_(t)	0
#endif

struct mach_trap_args {
	char		number_l_[PADL_(u_int)];
	u_int		number;
	char		number_r_[PADR_(u_int)];
	char		args_l_[PADL_(const uint64_t *)];
	const uint64_t	*args;
	char		args_r_[PADR_(const uint64_t *)];
	char		nargs_l_[PADL_(size_t)];
	size_t		nargs;
	char		nargs_r_[PADR_(size_t)];
};

/* Absent on a kernel without COMPAT_FREEBSD32, and without KTRACE. */
extern struct sysent freebsd32_sysent[];
#pragma weak freebsd32_sysent
#pragma weak ktrnamei

static int	sys_mach_trap(struct thread *td, void *v);

static struct sysent mach_sysent = {
	.sy_narg = sizeof(struct mach_trap_args) / sizeof(register_t),
	.sy_call = sys_mach_trap,
	.sy_auevent = AUE_NULL,
	/* The table of traps says which of them capability mode allows. */
	.sy_flags = SYF_CAPENABLED
};
static struct sysent mach_old_sysent, mach_old_sysent32;
static int mach_number = NO_SYSCALL;
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

/* The way of traps that are looked at. */
static int
mach_trap_observed(u_int number, const uint64_t *words, u_int nargs, bool trace)
{
	sbintime_t start;
	int result;

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

static int
sys_mach_trap(struct thread *td, void *v)
{
	struct mach_trap_args *uap = v;
	uint64_t words[MACH_TRAP_ARGS];
	int result;
	bool trace;

	if (__predict_false(atomic_load_acq_int(&mach_closing) != 0))
		result = KERN_NOT_SUPPORTED;
	else if (__predict_false(uap->nargs > MACH_TRAP_ARGS))
		result = KERN_INVALID_ARGUMENT;
	else if (uap->nargs != 0 && __predict_false(copyin(uap->args, words,
	    uap->nargs * sizeof(words[0])) != 0))
		result = KERN_INVALID_ADDRESS;
	else {
		trace = ktrnamei != NULL && KTRPOINT(td, KTR_NAMEI);
		if (__predict_false(trace || mach_trap_timing != 0))
			result = mach_trap_observed(uap->number, words,
			    (u_int)uap->nargs, trace);
		else
			result = mach_trap_dispatch(uap->number, words,
			    (u_int)uap->nargs);
	}
	td->td_retval[0] = (uint32_t)result;
	return (0);
}

static bool
mach_has_freebsd32(void)
{

	return (freebsd32_sysent != NULL);
}

int
mach_syscall_init(void)
{
	int error, number;

	atomic_store_rel_int(&mach_closing, 0);
	number = NO_SYSCALL;
	error = kern_syscall_register(sysent, &number, &mach_sysent,
	    &mach_old_sysent, SY_THR_STATIC_KLD);
	if (error != 0 || !mach_has_freebsd32()) {
		mach_number = error == 0 ? number : NO_SYSCALL;
		return (error);
	}

	/* The first number that is free in both tables. */
	for (;;) {
		error = kern_syscall_register(freebsd32_sysent, &number,
		    &mach_sysent, &mach_old_sysent32, SY_THR_STATIC_KLD);
		if (error == 0)
			break;
		(void)kern_syscall_deregister(sysent, number,
		    &mach_old_sysent);
		do {
			if (++number >= SYS_MAXSYSCALL)
				return (ENFILE);
		} while (kern_syscall_register(sysent, &number, &mach_sysent,
		    &mach_old_sysent, SY_THR_STATIC_KLD) != 0);
	}
	mach_number = number;
	return (0);
}

/* Is a thread inside the system call? */
static bool
mach_syscall_entered(void)
{

	if (atomic_load_acq_32(&sysent[mach_number].sy_thrcnt) >= SY_THR_INCR)
		return (true);
	return (mach_has_freebsd32() &&
	    atomic_load_acq_32(&freebsd32_sysent[mach_number].sy_thrcnt) >=
	    SY_THR_INCR);
}

int
mach_syscall_fini(void)
{

	atomic_store_rel_int(&mach_closing, 1);
	atomic_thread_fence_seq_cst();
	/* The kernel tells nobody when sy_thrcnt falls; it waits like this. */
	while (mach_tasks_active() == 0 && mach_syscall_entered())
		pause("machun", 1);
	if (mach_tasks_active() != 0) {
		atomic_store_rel_int(&mach_closing, 0);
		return (EBUSY);
	}

	if (mach_has_freebsd32())
		(void)kern_syscall_deregister(freebsd32_sysent, mach_number,
		    &mach_old_sysent32);
	(void)kern_syscall_deregister(sysent, mach_number, &mach_old_sysent);
	mach_number = NO_SYSCALL;
	return (0);
}

int
mach_syscall_number(void)
{

	return (mach_number);
}
