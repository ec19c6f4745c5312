/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A Linux program for the Linux ABI of FreeBSD, without a C library:
 *
 *	cc -O2 -static -nostdlib -fno-stack-protector -o child child.c
 *	module -l DIRECTORY		(tests/freebsd/module.c)
 *
 *	child			forks, runs a thread, executes itself, exits
 *	child NUMBER WORD	makes the system call of that number with that
 *				first argument, which in Linux's table is
 *				another one than mach.ko's.  Exit status 0: it
 *				failed, as it should.
 *
 * x86_64 only.
 */

#define	NR_mmap		9
#define	NR_clone	56
#define	NR_fork		57
#define	NR_execve	59
#define	NR_exit		60
#define	NR_wait4	61
#define	NR_futex	202
#define	NR_exit_group	231

/* VM | FS | FILES | SIGHAND | THREAD | SYSVSEM | CHILD_CLEARTID */
#define	THREAD_FLAGS	(0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000 | \
	0x200000)

/* By this note a kernel knows the ABI: Linux, 3.2.0 and later. */
static const struct {
	int	namesz, descsz, type;
	char	name[4];
	int	desc[4];
} abi_tag __attribute__((__used__, __section__(".note.ABI-tag"),
    __aligned__(4))) = { 4, 16, 1, "GNU", { 0, 3, 2, 0 } };

static long
call(long nr, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	long result;

	__asm__ volatile("syscall" : "=a" (result)
	    : "0" (nr), "D" (a), "S" (b), "d" (c), "r" (r10), "r" (r8)
	    : "rcx", "r11", "memory");
	return (result);
}

static char stack[16384] __attribute__((__aligned__(16)));
static volatile int thread_alive;

/* The thread has no frame to return to: it ends in the same breath. */
static long
thread(void)
{
	long result;
	register long r10 __asm__("r10") = (long)&thread_alive;
	register long r8 __asm__("r8") = 0;

	thread_alive = 1;
	__asm__ volatile(
	    "syscall\n\t"
	    "test %%rax, %%rax\n\t"
	    "jnz 1f\n\t"
	    "mov %5, %%eax\n\t"
	    "xor %%edi, %%edi\n\t"
	    "syscall\n"
	    "1:"
	    : "=a" (result)
	    : "0" ((long)NR_clone), "D" ((long)THREAD_FLAGS),
	      "S" (stack + sizeof(stack)), "d" (0L), "i" (NR_exit), "r" (r10),
	      "r" (r8)
	    : "rcx", "r11", "memory");
	return (result);
}

static long
number(const char *s)
{
	long n;

	for (n = 0; *s >= '0' && *s <= '9'; s++)
		n = n * 10 + (*s - '0');
	return (n);
}

__attribute__((__used__)) static void
begin(long *sp)
{
	char *last[3], **argv;
	long pid, result;
	int status;

	argv = (char **)(sp + 1);
	if (sp[0] == 3) {
		result = call(number(argv[1]), 0, 0, 0, 0, 0);
		if (result >= 0)
			call(NR_exit_group, 1, 0, 0, 0, 0);
		result = call(number(argv[1]), number(argv[2]), 0, 0, 0, 0);
		call(NR_exit_group, result >= 0, 0, 0, 0, 0);
	}
	if (sp[0] == 2)
		call(NR_exit_group, 0, 0, 0, 0, 0);

	if (thread() > 0) {
		/* FUTEX_WAIT until the kernel clears the word and wakes. */
		while (thread_alive != 0)
			(void)call(NR_futex, (long)&thread_alive, 0, 1, 0, 0);
	}
	pid = call(NR_fork, 0, 0, 0, 0, 0);
	if (pid == 0)
		call(NR_exit_group, 7, 0, 0, 0, 0);
	status = 0;
	if (pid < 0 || call(NR_wait4, pid, (long)&status, 0, 0, 0) != pid ||
	    status != 7 << 8)
		call(NR_exit_group, 2, 0, 0, 0, 0);
	last[0] = argv[0];
	last[1] = "last";
	last[2] = 0;
	call(NR_execve, (long)argv[0], (long)last, (long)(last + 2), 0, 0);
	call(NR_exit_group, 3, 0, 0, 0, 0);
}

__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov %rsp, %rdi\n\t"
    "and $-16, %rsp\n\tcall begin\n\thlt\n");
