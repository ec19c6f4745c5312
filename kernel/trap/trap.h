/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The trap table and its dispatcher.
 */

#ifndef _KERNEL_TRAP_TRAP_H_
#define _KERNEL_TRAP_TRAP_H_

#include <sys/param.h>
#include <sys/types.h>

#include <mach/kern_return.h>
#include <mach/port.h>

#define	MACH_TRAP_ARGS		8	/* most arguments of any trap */

struct mach_thread;

typedef int (*mach_trap_t)(struct mach_thread *self, void *uap);

/* What a trap returns, and so what of it is an error. */
enum mach_trap_result {
	MACH_TRAP_VALUE,	/* no value is an error */
	MACH_TRAP_CODE,		/* a return code, 0: success */
	MACH_TRAP_NAME		/* a port name, MACH_PORT_NULL: failure */
};

/* How an argument looks best. */
enum mach_arg_kind {
	MACH_ARG_WORD,		/* 32 bits, hexadecimal: names, bits, sizes */
	MACH_ARG_SIGNED,	/* 32 bits, decimal */
	MACH_ARG_WIDE,		/* 64 bits, hexadecimal */
	MACH_ARG_POINTER	/* into the caller's memory */
};

struct mach_trap_arg {
	const char	*ma_name;
	enum mach_arg_kind ma_kind;
};

struct mach_trap {
	mach_trap_t	 mt_call;	/* NULL: no such trap */
	const char	*mt_name;
	const struct mach_trap_arg *mt_args;
	uint8_t		 mt_nargs;
	bool		 mt_supported;
	bool		 mt_capenabled;	/* allowed in capability mode */
	enum mach_trap_result mt_result;
};

/* One a trap, updated without a lock; read through sysctl. */
struct mach_trap_stats {
	volatile u_long	 calls;
	volatile u_long	 errors;
	volatile u_long	 ns;	/* in the trap, waits included; if asked for */
};

/* Generated from traps.master. */
extern const struct mach_trap mach_trap_table[];
extern const u_int mach_trap_count;
extern struct mach_trap_stats mach_trap_stats[];

/*
 * Carry out trap `number` for the current thread.  `args` holds nargs words,
 * which nobody changes meanwhile; missing ones count as 0.  An unknown number
 * gives KERN_INVALID_ARGUMENT, one that Darwin has and we have not
 * KERN_NOT_SUPPORTED, one that capability mode forbids KERN_DENIED.  May return
 * THREAD_BLOCKED in machd.  No lock is held on return.
 */
int	mach_trap_dispatch(u_int number, const uint64_t *args, u_int nargs);

/*
 * A trap with its arguments, "mach_port_allocate(target 0x103, ...)", or with
 * its result, "mach_port_allocate = 0x1 (failed)", for people: print.c.  As
 * snprintf(9): ends with a NUL, cut off where `size` is too small.
 */
#define	MACH_TRAP_PRINT_MAX	512	/* no trap needs more */
void	mach_trap_print(char *buf, size_t size, u_int number,
	    const uint64_t *args, u_int nargs);
void	mach_trap_print_result(char *buf, size_t size, u_int number,
	    int result);
/* Whether a trap that returns `result` has failed. */
static __inline bool
mach_trap_failed(const struct mach_trap *trap, int result)
{

	switch (trap->mt_result) {
	case MACH_TRAP_CODE:
		return (result != KERN_SUCCESS);
	case MACH_TRAP_NAME:
		return ((mach_port_name_t)result == MACH_PORT_NULL);
	default:
		return (false);
	}
}

#endif /* !_KERNEL_TRAP_TRAP_H_ */
