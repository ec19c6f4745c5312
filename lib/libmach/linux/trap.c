/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_trap(): post the trap in this thread's page, ring, wait.
 *
 * The order that makes traps from signal handlers work: ht_depth is raised
 * before the page is touched and lowered after the last look at it.  Whoever
 * finds it raised is in a handler above a trap and goes through
 * trap_nested(), which leaves the page as it found it, except that a posted
 * trap has been brought to its end.  No locks.
 */

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/kern_return.h>
#include <mach/message.h>

#include "../host.h"
#include "host_linux.h"

#define	SPIN_NS		15000	/* how long to spin for another CPU */
#define	SPIN_CHECK	64	/* rounds between looks at the clock */
#define	CALL_NS		20000000 /* no answer: look, and perhaps call */
#define	WATCH_SECONDS	5	/* how often to see whether machd lives */
#define	SHY_NS		1000000000u /* wake words failed: do without */
#define	SHY_DOUBLE	6	/* and longer each time, so often */

#define	TRAP_REPLY_PORT		26u	/* the traps that return a name */
#define	TRAP_HOST_SELF		29u
#define	TRAP_MSG		31u
#define	TRAP_MSG_OVERWRITE	32u
#define	TRAP_MSG2		47u
#define	TRAP_MK_TIMER_CREATE	91u

#if defined(__x86_64__) || defined(__i386__)
#define	host_pause()	__builtin_ia32_pause()
#elif defined(__aarch64__)
#define	host_pause()	__asm__ volatile("yield" ::: "memory")
#else
#define	host_pause()	__asm__ volatile("" ::: "memory")
#endif

/* 0 or an errno value. */
static int
futex_wait(_Atomic uint32_t *word, uint32_t value, bool brief)
{
	/*
	 * With a time-out the kernel never restarts the wait after a handler,
	 * SA_RESTART or not.
	 */
	static const struct timespec call = { .tv_nsec = CALL_NS };
	static const struct timespec watch = { .tv_sec = WATCH_SECONDS };

	return (syscall(SYS_futex, word, FUTEX_WAIT, value,
	    brief ? &call : &watch, NULL, 0) == 0 ? 0 : errno);
}

static void
futex_wake(_Atomic uint32_t *word)
{

	(void)syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/*
 * Only machd clears its waiter bit, when it is awake: whoever rings meanwhile
 * wakes it once more.  Were it cleared here, a signal handler that runs
 * between that and the wake-up would ring in vain.
 */
static void
ring(unsigned index)
{
	struct machd_door *door;
	uint32_t bell, word;

	door = mach_host.mh_door;
	word = index / 32;
	atomic_fetch_or(&door->md_pending[word], 1u << (index % 32));
	atomic_fetch_or(&door->md_summary, 1u << word);
	bell = atomic_fetch_add(&door->md_bell, MACHD_BELL_STEP);
	if ((bell & MACHD_WAITER) != 0)
		futex_wake(&door->md_bell);
}

static uint64_t
now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec);
}

/* machd works for us on another CPU: it may be quicker than a sleep. */
static void
spin(struct machd_slot *slot, int cpu)
{
	struct machd_door *door;
	uint64_t start;
	uint32_t word;
	unsigned n;
	int peer;

	door = mach_host.mh_door;
	start = 0;
	for (n = 1;; n++) {
		word = atomic_load_explicit(&slot->ms_word,
		    memory_order_relaxed);
		if ((word & (MACHD_POSTED | MACHD_BLOCKED)) != MACHD_POSTED)
			return;
		peer = atomic_load_explicit(&door->md_cpu,
		    memory_order_relaxed);
		if (peer < 0 || peer == cpu)
			return;
		host_pause();
		if (n % SPIN_CHECK != 0)
			continue;
		if (start == 0)
			start = now_ns();
		else if (now_ns() - start > SPIN_NS)
			return;
	}
}

static void
interrupt(struct mach_host_thread *ht)
{

	if (atomic_exchange(&ht->ht_slot->ms_interrupt, 1) == 0)
		ring(ht->ht_index);
}

/* machd leaves a wake-up to us. */
static void
wake_other(struct machd_slot *slot, uint32_t word)
{

	if (mach_host.mh_wake != NULL)
		futex_wake(&mach_host.mh_wake[(word & MACHD_WAKE_MASK) >>
		    MACHD_WAKE_SHIFT]);
	atomic_fetch_and(&slot->ms_word, ~MACHD_WAKE_MASK);
}

/*
 * The wake word to wait on, or NULL: machd may be about to leave our wake-up
 * to another thread of this CPU.
 */
static _Atomic uint32_t *
wake_word(struct machd_slot *slot, int cpu)
{
	uint64_t until;
	uint32_t index;
	int peer;

	peer = atomic_load_explicit(&mach_host.mh_door->md_cpu,
	    memory_order_relaxed);
	if (mach_host.mh_wake == NULL || peer < 0 || peer == cpu)
		return (NULL);
	index = atomic_load_explicit(&slot->ms_wake_word,
	    memory_order_relaxed);
	if (index == 0 || index >= MACHD_WAKE_WORDS)
		return (NULL);
	until = atomic_load_explicit(&mach_host.mh_shy_until,
	    memory_order_relaxed);
	if (until != 0 && now_ns() < until)
		return (NULL);
	return (&mach_host.mh_wake[index]);
}

/*
 * Asleep for a while.  Has a wake-up passed us by?  Does machd have to be told
 * that nobody looks at our trap?
 */
static void
look_round(struct machd_slot *slot, bool by_wake_word)
{
	struct machd_door *door;
	unsigned times;
	uint32_t word;

	word = atomic_load(&slot->ms_word);
	if ((word & MACHD_POSTED) == 0) {
		if (!by_wake_word)
			return;
		times = atomic_load(&mach_host.mh_shy_times);
		atomic_store(&mach_host.mh_shy_until,
		    now_ns() + ((uint64_t)SHY_NS << times));
		if (times < SHY_DOUBLE)
			atomic_store(&mach_host.mh_shy_times, times + 1);
	} else if ((word & MACHD_BLOCKED) == 0) {
		door = mach_host.mh_door;
		atomic_fetch_add(&door->md_call, 1);
		futex_wake(&door->md_call);
	}
}

/* Has machd ended?  It, or its keeper, says so. */
static bool
gone(void)
{

	return (atomic_load(&mach_host.mh_door->md_gone) != 0 &&
	    !host_server_alive());
}

/* Until the posted trap is done.  False: machd is gone. */
static bool
wait_done(struct mach_host_thread *ht)
{
	struct machd_slot *slot;
	_Atomic uint32_t *wake;
	uint32_t value, word;
	int cpu, error;
	bool brief;

	slot = ht->ht_slot;
	cpu = MACHD_CPU(atomic_load_explicit(&slot->ms_cpu,
	    memory_order_relaxed));
	spin(slot, cpu);
	brief = true;
	for (;;) {
		word = atomic_load(&slot->ms_word);
		if ((word & MACHD_WAKE_MASK) != 0) {
			wake_other(slot, word);
			continue;
		}
		if ((word & MACHD_POSTED) == 0) {
			atomic_store_explicit(&slot->ms_cpu, cpu,
			    memory_order_relaxed);
			return (true);
		}
		/* machd reads ms_cpu when it has seen MACHD_WAITER. */
		wake = brief ? wake_word(slot, cpu) : NULL;
		value = wake != NULL ? atomic_load(wake) : 0;
		atomic_store(&slot->ms_cpu, wake != NULL ?
		    MACHD_ON_WAKE_WORD(cpu) : MACHD_ON_WORD(cpu));
		word = atomic_load(&slot->ms_word);
		if ((word & MACHD_POSTED) == 0 ||
		    (word & MACHD_WAKE_MASK) != 0)
			continue;
		if ((word & MACHD_WAITER) == 0 &&
		    !atomic_compare_exchange_strong(&slot->ms_word, &word,
		    word | MACHD_WAITER))
			continue;
		/* What it does last is to change what we compare. */
		if (gone())
			break;
		error = wake != NULL ? futex_wait(wake, value, true) :
		    futex_wait(&slot->ms_word, word | MACHD_WAITER,
		    brief && (word & MACHD_BLOCKED) == 0);
		if (gone())
			break;
		if (error == EINTR)
			interrupt(ht);
		else if (error == ETIMEDOUT && brief) {
			look_round(slot, wake != NULL);
			brief = false;
		} else if (error == ETIMEDOUT && !host_server_alive())
			break;
	}
	/* Its last words may be here already. */
	return ((atomic_load(&slot->ms_word) & MACHD_POSTED) == 0);
}

/*
 * Between threads of a process machd keeps an order: memory that one gave back,
 * or mapped as the window, is lent to another only then.  Thread sanitizer does
 * not see machd, but it sees that each trap has rung the bell.
 */
static void
wait_seen(void)
{

#ifdef HOST_TSAN
	(void)atomic_load(&mach_host.mh_door->md_bell);
#endif
}

/* A copy to user memory of the length where probing does not work. */
static bool
copyout_small(void *dst, const void *src, size_t size)
{
	struct iovec local = { (void *)(uintptr_t)src, size };
	struct iovec remote = { dst, size };

	return (process_vm_writev(getpid(), &local, 1, &remote, 1, 0) ==
	    (ssize_t)size);
}

/* One trap through the page, which is free. */
static uint32_t
trap_post(struct mach_host_thread *ht, unsigned number, const uint64_t *args,
    unsigned nargs, const void *in, size_t insize, void *out, size_t outsize)
{
	struct machd_slot *slot;
	uint32_t result;
	size_t done;
	unsigned i;

	slot = ht->ht_slot;
	slot->ms_number = number;
	slot->ms_nargs = nargs;
	for (i = 0; i < nargs; i++)
		slot->ms_args[i] = args[i];
	slot->ms_in_size = (uint32_t)insize;
	slot->ms_out_size = (uint32_t)outsize;
	slot->ms_out_done = 0;
	slot->ms_releases = 0;
	if (insize != 0) {
		slot->ms_in_addr = (uintptr_t)in;
		memcpy(slot->ms_data, in, insize);
	}
	slot->ms_out_addr = (uintptr_t)out;
	atomic_store_explicit(&slot->ms_interrupt, 0, memory_order_relaxed);
	atomic_store_explicit(&slot->ms_cpu, sched_getcpu(),
	    memory_order_relaxed);
	ht->ht_sequence += MACHD_SEQUENCE;
	atomic_store(&slot->ms_word, ht->ht_sequence | MACHD_POSTED);
	ring(ht->ht_index);
	if (!wait_done(ht)) {
		atomic_store(&slot->ms_word, 0);
		return (KERN_TERMINATED);
	}
	wait_seen();
	result = slot->ms_result;
	done = slot->ms_out_done;
	if (done > outsize)
		done = outsize;
	if (done != 0) {
		if (host_writable_clobber((uintptr_t)out, done))
			memcpy(out, slot->ms_data, done);
		else if (done >= sizeof(uint64_t) ||
		    !copyout_small(out, slot->ms_data, done))
			result = MACH_RCV_INVALID_DATA;
	}
	return (result);
}

/*
 * A trap in a handler that interrupted a trap of the same thread.  What the
 * outer one put into the page, or machd for it, is kept on our stack meanwhile.
 */
static uint32_t
trap_nested(struct mach_host_thread *ht, unsigned number,
    const uint64_t *args, unsigned nargs, const void *in, size_t insize,
    void *out, size_t outsize)
{
	struct machd_slot *slot;
	uint32_t result, word;
	size_t used;

	slot = ht->ht_slot;
	word = atomic_load(&slot->ms_word);
	if ((word & MACHD_POSTED) != 0) {
		/* The outer trap may have been about to ring, or not yet. */
		atomic_store(&slot->ms_interrupt, 1);
		ring(ht->ht_index);
		if (!wait_done(ht))
			atomic_store(&slot->ms_word, 0);
	} else if ((word & MACHD_WAKE_MASK) != 0)
		wake_other(slot, word);
	used = slot->ms_in_size > slot->ms_out_done ? slot->ms_in_size :
	    slot->ms_out_done;
	if (used > MACHD_DATA_SIZE)
		used = MACHD_DATA_SIZE;
	used += MACHD_DATA_OFFSET;

	unsigned char save[used];

	memcpy(save, slot, used);
	result = trap_post(ht, number, args, nargs, in, insize, out, outsize);
	memcpy((void *)slot, save, used);
	return (result);
}

uint32_t
host_trap(struct mach_host_thread *ht, unsigned number, const uint64_t *args,
    unsigned nargs, const void *in, size_t insize, void *out, size_t outsize)
{
	uint32_t result;

	if (atomic_load_explicit(&mach_host.mh_door->md_gone,
	    memory_order_relaxed) != 0)
		(void)host_server_alive();
	if (atomic_load_explicit(&mach_host.mh_lost, memory_order_relaxed))
		return (KERN_TERMINATED);
	ht->ht_depth++;
	atomic_signal_fence(memory_order_seq_cst);
	if (HOST_LIKELY(ht->ht_depth == 1))
		result = trap_post(ht, number, args, nargs, in, insize, out,
		    outsize);
	else
		result = trap_nested(ht, number, args, nargs, in, insize,
		    out, outsize);
	atomic_signal_fence(memory_order_seq_cst);
	ht->ht_depth--;
	return (result);
}

static bool
returns_name(unsigned number)
{

	return ((number >= TRAP_REPLY_PORT && number <= TRAP_HOST_SELF) ||
	    number == TRAP_MK_TIMER_CREATE);
}

/* The windows of a message trap; see protocol.h. */
static uint32_t
msg_trap(struct mach_host_thread *ht, unsigned number, const uint64_t *args,
    unsigned nargs)
{
	uint64_t out, rcv_size, send_size;
	size_t insize, outsize;
	uint32_t option, result;

	option = (uint32_t)args[1];
	insize = outsize = 0;
	out = args[0];
	if (number == TRAP_MSG2) {
		send_size = args[2] >> 32;
		rcv_size = (uint32_t)args[6];
		if ((args[1] & MACH64_MSG_VECTOR) != 0)
			option = 0;	/* no windows */
	} else {
		send_size = args[2];
		rcv_size = args[3];
	}
	if ((option & MACH_SEND_MSG) != 0 && send_size <= MACHD_DATA_SIZE &&
	    host_readable(args[0], (size_t)send_size))
		insize = (size_t)send_size;
	if ((option & MACH_RCV_MSG) != 0) {
		outsize = rcv_size < MACHD_DATA_SIZE ? (size_t)rcv_size :
		    MACHD_DATA_SIZE;
		if (number == TRAP_MSG_OVERWRITE && nargs > 7 && args[7] != 0)
			out = args[7];
		if (out != (uintptr_t)out || out + outsize < out)
			outsize = 0;
	}
	result = host_trap(ht, number, args, nargs,
	    (void *)(uintptr_t)args[0], insize, (void *)(uintptr_t)out,
	    outsize);
	if (!HOST_LIKELY(ht->ht_slot->ms_releases == 0))
		host_vm_release(ht);
	return (result);
}

uint32_t
mach_trap(unsigned number, const uint64_t *args, unsigned nargs)
{
	struct mach_host_thread *ht;
	uint32_t result;
	int error, saved;

	saved = errno;
	ht = &host_self;
	host_check_fork();
	if (!HOST_LIKELY(ht->ht_slot != NULL && ht->ht_generation ==
	    atomic_load_explicit(&mach_host.mh_generation,
	    memory_order_relaxed))) {
		error = host_thread_attach(ht);
		if (error != 0) {
			if (error != EAGAIN)
				host_complain();
			errno = saved;
			if (returns_name(number))
				return (MACH_PORT_NULL);
			return (error == EAGAIN ? KERN_RESOURCE_SHORTAGE :
			    KERN_NOT_SUPPORTED);
		}
	}
	/* The numbers of our own dealings with machd are not for callers. */
	if (nargs > MACHD_ARGS || number >= MACHD_TRAP_BASE)
		result = KERN_INVALID_ARGUMENT;
	else if ((number == TRAP_MSG || number == TRAP_MSG_OVERWRITE) &&
	    nargs >= 4)
		result = msg_trap(ht, number, args, nargs);
	else if (number == TRAP_MSG2 && nargs >= 7)
		result = msg_trap(ht, number, args, nargs);
	else
		result = host_trap(ht, number, args, nargs, NULL, 0, NULL, 0);
	if (result >= MACHD_VM_LOCAL && result <= MACHD_VM_WINDOW)
		result = host_vm_finish(ht, number, args, nargs, result);
	if (result == KERN_TERMINATED && returns_name(number) &&
	    atomic_load_explicit(&mach_host.mh_lost, memory_order_relaxed))
		result = MACH_PORT_NULL;
	errno = saved;
	return (result);
}
