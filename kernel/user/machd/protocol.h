/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What machd and libmach's Linux back end say to each other.
 *
 * Attaching.  The client connects to machd's SOCK_SEQPACKET socket and sends
 * a machd_hello; machd answers with a machd_welcome and, when welcome_error is
 * 0, descriptors (SCM_RIGHTS): first the shared memory, a sealed memfd of
 * 1 + MACHD_SLOTS pages; then, for a process with the ids of one user, and
 * where the system can seal it against writing, the wake words of that user,
 * which only machd writes and all clients of the user may read.  The
 * connection carries nothing else; its end tells machd that the process did an
 * exec.
 *
 * The shared memory.  Page 0 is the doorbell, machd_door; page 1 + n is the
 * trap page of thread slot n, machd_slot.  Everything in it is written by the
 * client at any time and therefore never trusted by machd, which copies first
 * and checks afterwards; what machd itself relies on it keeps elsewhere.
 *
 * A trap.  The client fills the slot, sets MACHD_POSTED in ms_word with a
 * sequence number, sets its bit in md_pending, rings md_bell and waits for
 * ms_word to lose MACHD_POSTED.  Both words carry the bit MACHD_WAITER, set by
 * compare-and-swap just before the futex wait: the other side wakes only when
 * it is set, and since it lives inside the word that is compared no wake-up
 * can be lost.  More than one thread of machd may wait for the bell: ring for
 * all.  machd sets MACHD_BLOCKED in ms_word when the trap waits for somebody.
 *
 * Who spins.  Each side publishes the CPU it runs on (md_cpu, ms_cpu).  A side
 * spins for its peer only when that CPU is another one than its own, and a
 * client not at all once its trap is blocked.
 *
 * Wake words.  Waking a thread on another CPU costs machd and that CPU an
 * interrupt.  When a trap wakes a thread whose CPU is that of the trap's own
 * thread, and machd runs elsewhere, machd leaves the wake-up to the trap's
 * thread: it puts the number of a wake word into ms_word (MACHD_WAKE_MASK),
 * and the thread does FUTEX_WAKE on that word and takes the number
 * away.  A thread that agrees to be woken so reads its wake word
 * (ms_wake_word), says so in ms_cpu (MACHD_ON_WAKE_WORD), sets MACHD_WAITER in
 * ms_word and waits for the wake word to change; machd changes it before it is
 * woken.  The wake-up need not come (the other thread may be stopped or
 * hostile): machd sees to it a little later, and the sleeper should look for
 * itself, too.
 *
 * Calls.  One thread of machd may serve several clients.  When a trap is
 * neither done nor blocked for long, some other client's memory may be
 * holding that thread up: count md_call up and wake it; another thread takes
 * over.
 *
 * Windows.  The client may put a copy of the user memory a trap will read
 * into ms_data (the in window) and name user memory the trap may write (the
 * out window).  Accesses inside a window are served from ms_data; the client
 * copies ms_out_done bytes to the out window when the trap has ended.
 * Both share ms_data: the in window ends with the first write to the out
 * window.  All other user memory is reached with process_vm_readv(2) and
 * process_vm_writev(2).
 *
 * Out-of-line memory.  machd hands out addresses of the client's zone.  A part
 * of that, the window, can be memory that both have mapped.  When one would be
 * of use machd says so (MACHD_WANT_WINDOW, MACHD_VM_WINDOW); the client asks
 * for it with MACHD_TRAP_WINDOW_OPEN, maps it, and answers with
 * MACHD_TRAP_WINDOW_ON.  Around a fork: MACHD_TRAP_WINDOW_FORK and _FORKED;
 * kernel/user/machd/window.c tells why.
 *
 * All integers are of fixed size, so 32-bit clients speak the same protocol.
 */

#ifndef _MACHD_PROTOCOL_H_
#define _MACHD_PROTOCOL_H_

#include <stdatomic.h>
#include <stdint.h>

#define	MACHD_MAGIC		0x4d414348u
#define	MACHD_VERSION		2u

#define	MACHD_PAGE		4096u
#define	MACHD_SLOTS		1024u
#define	MACHD_PENDING_WORDS	(MACHD_SLOTS / 32)
#define	MACHD_SHARED_SIZE	((size_t)MACHD_PAGE * (1 + MACHD_SLOTS))

#define	MACHD_ARGS		8	/* most arguments of a trap */
#define	MACHD_TOKEN_SIZE	16
#define	MACHD_REASON_SIZE	128

/*
 * Traps between the back end and machd; never seen by the Mach kernel.
 */
#define	MACHD_TRAP_BASE		0x80000000u
#define	MACHD_TRAP_FORK_PREPARE	0x80000000u /* token to ms_data */
#define	MACHD_TRAP_FORK_DONE	0x80000001u /* (tid), token in ms_data */
#define	MACHD_TRAP_THREAD_EXIT	0x80000002u
#define	MACHD_TRAP_WIPED	0x80000003u /* (addr, size): now zero */
#define	MACHD_TRAP_RELEASES	0x80000005u /* machd_range array to ms_data */
#define	MACHD_TRAP_NULL		0x80000004u /* measures the way alone */
#define	MACHD_TRAP_WINDOW_OPEN	0x80000006u /* (sock): place to ms_data */
#define	MACHD_TRAP_WINDOW_ON	0x80000007u /* (mapped) */
#define	MACHD_TRAP_WINDOW_FORK	0x80000008u
#define	MACHD_TRAP_WINDOW_FD	0x80000009u /* (sock): of the retired one */
#define	MACHD_TRAP_WINDOW_FORKED 0x8000000au

/*
 * Results of the three vm traps that ask libmach to finish the work itself.
 * They look like no kern_return_t and never reach a caller.
 */
#define	MACHD_VM_LOCAL		0x6d630001u /* do it: not machd's memory */
#define	MACHD_VM_WIPE		0x6d630002u /* wipe it, then TRAP_WIPED */
#define	MACHD_VM_WINDOW		0x6d630003u /* open one and ask again, or
					       do it */

/* Of MACHD_TRAP_WINDOW_FORK: make the window private.  0: nothing to do. */
#define	MACHD_WINDOW_RETIRED	1u

#define	MACHD_WINDOW_SIZE	((uint64_t)64 << 20)
#define	MACHD_WINDOW_MIN	((uint64_t)4 << 20)

/* In md_bell: a count in steps of 2.  In ms_word: a state. */
#define	MACHD_WAITER		1u
#define	MACHD_BELL_STEP		2u
#define	MACHD_POSTED		2u	/* ms_word: a trap is under way */
#define	MACHD_BLOCKED		4u	/* ... and waits for others */
#define	MACHD_WAKE_SHIFT	3	/* ... a wake word to wake, or 0 */
#define	MACHD_WAKE_WORDS	8192u
#define	MACHD_WAKE_MASK		((MACHD_WAKE_WORDS - 1) << MACHD_WAKE_SHIFT)
#define	MACHD_SEQUENCE		0x10000u /* ... steps of the sequence number */
#define	MACHD_SEQUENCE_MASK	(~(MACHD_SEQUENCE - 1))

#define	MACHD_WAKE_SIZE		(MACHD_WAKE_WORDS * sizeof(uint32_t))

/* ms_cpu of a thread that sleeps on ms_word, or on its wake word. */
#define	MACHD_ON_WORD(cpu)	(INT32_MIN + (cpu))
#define	MACHD_ON_WAKE_WORD(cpu)	(-1 - (cpu))
#define	MACHD_IS_ON_WORD(v)	((v) < INT32_MIN / 2)
#define	MACHD_CPU(v)		((v) >= 0 ? (v) : MACHD_IS_ON_WORD(v) ? \
				    (v) - INT32_MIN : -1 - (v))

struct machd_door {
	_Atomic uint32_t md_bell;
	_Atomic int32_t	 md_cpu;	/* machd's, or -1: it sleeps */
	_Atomic uint32_t md_gone;	/* machd has ended */
	_Atomic uint32_t md_call;	/* no answer: somebody else, please */
	uint32_t	 md_pad[12];
	_Atomic uint32_t md_summary;	/* which words of md_pending */
	uint32_t	 md_pad2[15];
	_Atomic uint32_t md_pending[MACHD_PENDING_WORDS];
};

#define	MACHD_DATA_OFFSET	256u
#define	MACHD_DATA_SIZE		(MACHD_PAGE - MACHD_DATA_OFFSET)

struct machd_slot {
	_Atomic uint32_t ms_word;
	_Atomic int32_t	 ms_cpu;
	_Atomic uint32_t ms_interrupt;	/* a signal wants the trap to end */
	uint32_t	 ms_number;
	uint32_t	 ms_nargs;
	uint32_t	 ms_result;
	uint32_t	 ms_in_size;
	uint32_t	 ms_out_size;
	uint64_t	 ms_in_addr;
	uint64_t	 ms_out_addr;
	uint32_t	 ms_out_done;	/* bytes to copy out, from machd */
	_Atomic uint32_t ms_wake_word;	/* this thread's, from machd; 0: none */
	uint64_t	 ms_args[MACHD_ARGS];
	uint32_t	 ms_releases;	/* ranges to fetch, from machd, and: */
#define	MACHD_WANT_WINDOW	0x80000000u
	uint32_t	 ms_pad0;
	uint8_t		 ms_pad[MACHD_DATA_OFFSET - 128];
	uint8_t		 ms_data[MACHD_DATA_SIZE];
};

/*
 * Memory that a message deallocated: unmap it, or wipe it in the zone.
 * Also the place of a window.
 */
struct machd_range {
	uint64_t	mr_addr;
	uint64_t	mr_size;
};

_Static_assert(sizeof(struct machd_slot) == MACHD_PAGE, "one page a thread");
_Static_assert(sizeof(struct machd_door) <= MACHD_PAGE, "doorbell");

/* hello_flags */
#define	MACHD_HELLO_TOKEN	0x1u	/* child of a fork, token is valid */
#define	MACHD_HELLO_ILP32	0x2u	/* a 32-bit process */

struct machd_hello {
	uint32_t	hello_magic;
	uint32_t	hello_version;
	uint32_t	hello_flags;
	uint32_t	hello_pad;
	uint64_t	hello_nonce;	/* random ... */
	uint64_t	hello_nonce_addr; /* ... and where it is found */
	uint64_t	hello_zone;	/* addresses machd may hand out, */
	uint64_t	hello_zone_size; /* page-aligned; 0: none */
	uint8_t		hello_token[MACHD_TOKEN_SIZE];
};

struct machd_welcome {
	uint32_t	welcome_magic;
	uint32_t	welcome_version;
	int32_t		welcome_error;	/* an errno value */
	uint32_t	welcome_pad;
	char		welcome_reason[MACHD_REASON_SIZE]; /* with an error */
};

#endif /* !_MACHD_PROTOCOL_H_ */
