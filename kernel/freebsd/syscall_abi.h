/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * How Mach traps travel through the system calls of FreeBSD: what mach.ko and
 * libmach agree about.  The two are of one release; MACH_SYSCALL_ABI changes
 * whenever what is below does, so that others notice (kern.mach.abi).
 *
 * Every trap:	mach_trap(word, ...), of six arguments
 *
 *	MACH_SYSCALL_WORD(number)		five words of arguments follow
 *	MACH_SYSCALL_WORD(number) |		the address of a block of 64-bit
 *	    MACH_SYSCALL_BLOCK			words, and how many; at most 8
 *
 * A word of another ABI gives KERN_NOT_SUPPORTED.
 *
 * The message traps alone, when the kernel had a second system call to give:
 * mach_msg(), of six arguments, so that no block is needed
 *
 *	mach_msg_trap, mach_msg_overwrite_trap, where the high half of the
 *	second word is 0:
 *		msg
 *		option
 *		send_size | rcv_size << 32
 *		rcv_name | timeout << 32
 *		priority
 *		rcv_msg, 0: the first trap
 *	mach_msg2_trap, where MACH64_MACH_MSG2 is in the second word:
 *		its first five arguments
 *		the address of the other three
 *
 * 32-bit programs have the block of mach_trap(word, address, count) only, and
 * as mach_msg() the arguments of mach_msg_overwrite_trap as they are.
 */

#ifndef _KERNEL_FREEBSD_SYSCALL_ABI_H_
#define _KERNEL_FREEBSD_SYSCALL_ABI_H_

#define	MACH_SYSCALL_ABI	2

#define	MACH_SYSCALL_WORD(number)					\
	((unsigned)MACH_SYSCALL_ABI << 16 | (unsigned)(number))
#define	MACH_SYSCALL_BLOCK	0x8000u
#define	MACH_SYSCALL_ARGS	5	/* in registers, after the word */

#define	MACH_SYSCALL_MSG_ARGS	6
#define	MACH_SYSCALL_MSG2_REST	3	/* words of mach_msg2_trap in memory */

#endif /* !_KERNEL_FREEBSD_SYSCALL_ABI_H_ */
