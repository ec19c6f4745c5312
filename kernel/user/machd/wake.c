/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Waking the threads of clients.
 *
 * A wake-up across CPUs costs more than all the rest of a message.  So when
 * a trap of thread A wakes thread B, both on one CPU and this worker on
 * another, the worker leaves it to A, which awaits its own answer at that
 * moment and then gives the CPU to B (protocol.h, "Wake words").  A may not do
 * it, so what was left is remembered (`left`) until B shows that it is awake;
 * after LEFT_NS the worker wakes B itself, and if that finds B asleep indeed, A
 * is left no wake-ups for SHY_NS, and each time for twice as long.  It takes
 * FORGIVE wake-ups well done to make that half as long again.
 *
 * B waits on a wake word, in memory that clients can only read: they can wake
 * it, which is harmless, but not change it.  (They can also requeue B to
 * another futex; then nobody's wake-up arrives.  So B looks for itself after a
 * while, and does without wake words when they fail it.)
 *
 * All this happens among the processes of one user, who may stop each
 * other anyway: each user has wake words of its own, which processes of
 * others never see.
 *
 * Locks: words_lock for the list of users.  What was left is the worker's own.
 */

#include <sys/mman.h>
#include <sys/syscall.h>

#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machd.h"

#ifndef F_SEAL_FUTURE_WRITE
#define	F_SEAL_FUTURE_WRITE	0x0010	/* since Linux 5.1 */
#endif

#define	LEFT_MAX	8
#define	LEFT_NS		2000000u
#define	SHY_NS		100000000u
#define	SHY_DOUBLE	20	/* at most so often: 29 hours */
#define	FORGIVE		1024
#define	USERS		256	/* that have wake words; others do without */
#define	TRIES		64	/* against a client that scribbles */

/* A wake-up that was left to a client. */
struct left {
	struct client	*l_waker, *l_sleeper;	/* referenced */
	struct shared	*l_memory;		/* the sleeper's; referenced */
	struct machd_slot *l_page;
	uint32_t	 l_sequence;
	_Atomic uint32_t *l_word;
	uint64_t	 l_deadline;
};

struct wake_words {
	struct wake_words *ww_next;	/* (c) */
	_Atomic uint32_t *ww_base;	/* (c) */
	uid_t		 ww_uid;	/* (c) */
	int		 ww_fd;		/* (c) */
	_Atomic unsigned ww_used;
};

static pthread_mutex_t words_lock = PTHREAD_MUTEX_INITIALIZER;
static struct wake_words *all_words;
static unsigned nwords;

/* The trap under way, and what was left so far. */
static __thread struct {
	struct slot	*waker;		/* may be left a wake-up, or NULL */
	int		 cpu;		/* its CPU */
	bool		 leaving;	/* left[nleft] is for it */
	unsigned	 nleft;
	struct left	 left[LEFT_MAX];
} my;

uint64_t
now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec);
}

long
futex_wake(_Atomic uint32_t *word, int count)
{

	return (syscall(SYS_futex, word, FUTEX_WAKE, count, NULL, NULL, 0));
}

static struct wake_words *
words_make(uid_t uid)
{
	struct wake_words *ww;
	void *p;
	int fd;

	ww = calloc(1, sizeof(*ww));
	fd = memfd_create("mach-wake", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (ww == NULL || fd < 0 ||
	    ftruncate(fd, (off_t)MACHD_WAKE_SIZE) != 0 ||
	    (p = mmap(NULL, MACHD_WAKE_SIZE, PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0)) == MAP_FAILED)
		goto fail;
	/* Our mapping stays writable, no other ever is. */
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW |
	    F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) != 0) {
		(void)munmap(p, MACHD_WAKE_SIZE);
		goto fail;
	}
	ww->ww_base = p;
	ww->ww_uid = uid;
	ww->ww_fd = fd;
	return (ww);
fail:
	if (fd >= 0)
		(void)close(fd);
	free(ww);
	return (NULL);
}

/*
 * The wake words of a user; they stay.  Without them all wake-ups of its
 * threads are machd's own.
 */
struct wake_words *
wake_words_of(uid_t uid)
{
	struct wake_words *ww;

	(void)pthread_mutex_lock(&words_lock);
	for (ww = all_words; ww != NULL; ww = ww->ww_next)
		if (ww->ww_uid == uid)
			break;
	if (ww == NULL && nwords < USERS && (ww = words_make(uid)) != NULL) {
		ww->ww_next = all_words;
		all_words = ww;
		nwords++;
	}
	(void)pthread_mutex_unlock(&words_lock);
	return (ww);
}

int
wake_memfd(const struct wake_words *ww)
{

	return (ww->ww_fd);
}

/* Two threads may share one: then both wake up, and one sleeps again. */
_Atomic uint32_t *
wake_word_new(struct wake_words *ww)
{

	return (&ww->ww_base[1 + atomic_fetch_add(&ww->ww_used, 1) %
	    (MACHD_WAKE_WORDS - 1)]);
}

uint32_t
wake_word_number(const struct wake_words *ww, const _Atomic uint32_t *word)
{

	return ((uint32_t)(word - ww->ww_base));
}

static bool
shy(const struct client *cl)
{
	uint64_t until;

	until = atomic_load_explicit(&cl->cl_shy_until, memory_order_relaxed);
	return (until != 0 && now_ns() < until);
}

/* The trap of a slot begins. */
void
wake_trap_begin(struct slot *slot)
{
	int cpu;

	my.waker = NULL;
	my.leaving = false;
	if (slot->sl_client->cl_words == NULL || my.nleft == LEFT_MAX)
		return;
	cpu = atomic_load_explicit(&slot->sl_page->ms_cpu,
	    memory_order_relaxed);
	if (cpu < 0 || cpu == sched_getcpu() || shy(slot->sl_client))
		return;
	my.waker = slot;
	my.cpu = cpu;
}

/*
 * The trap in a page has ended and its thread had set MACHD_WAITER: wake it
 * at once.
 */
void
wake_page(struct machd_slot *page, _Atomic uint32_t *word)
{
	int cpu;

	cpu = atomic_load(&page->ms_cpu);
	if (cpu >= 0 || MACHD_IS_ON_WORD(cpu) || word == NULL) {
		(void)futex_wake(&page->ms_word, 1);
		return;
	}
	atomic_fetch_add(word, 1);
	(void)futex_wake(word, INT_MAX);
}

/*
 * As wake_page(), or leave it to the thread whose trap is under way.  The slot
 * may be in use again already: `sequence` is of the trap that has ended.
 */
void
wake_thread(struct client *cl, struct machd_slot *page,
    _Atomic uint32_t *word, uint32_t sequence)
{
	struct left *l;
	int cpu;

	cpu = atomic_load(&page->ms_cpu);
	if (my.waker == NULL || my.leaving || word == NULL ||
	    cpu != MACHD_ON_WAKE_WORD(my.cpu) ||
	    cl->cl_words != my.waker->sl_client->cl_words) {
		wake_page(page, word);
		return;
	}
	atomic_fetch_add(word, 1);
	my.leaving = true;
	l = &my.left[my.nleft];
	l->l_waker = my.waker->sl_client;
	l->l_sleeper = cl;
	l->l_memory = cl->cl_memory;
	l->l_page = page;
	l->l_sequence = sequence;
	l->l_word = word;
	client_hold(l->l_waker);
	client_hold(l->l_sleeper);
	shared_hold(l->l_memory);
}

static void
left_drop(struct left *l)
{

	client_drop(l->l_waker);
	client_drop(l->l_sleeper);
	shared_drop(l->l_memory);
}

/* The trap's thread cannot be told: do it here. */
static void
take_back(void)
{
	struct left *l;

	my.leaving = false;
	l = &my.left[my.nleft];
	(void)futex_wake(l->l_word, INT_MAX);
	left_drop(l);
}

/*
 * Everything that the slot's trap woke has been seen to.  Tell its thread:
 * that it is done (its result is in the page), or that it is blocked, unless
 * that is over already; and what it is to wake.
 */
void
wake_trap_end(struct slot *slot, bool done)
{
	struct machd_slot *page;
	uint32_t new, wake, word;
	unsigned tries;
	bool told;

	my.waker = NULL;
	page = slot->sl_page;
	wake = my.leaving ? wake_word_number(slot->sl_client->cl_words,
	    my.left[my.nleft].l_word) << MACHD_WAKE_SHIFT : 0;
	word = atomic_load(&page->ms_word);
	told = false;
	for (tries = 0; tries < TRIES && !told; tries++) {
		if (!done && ((word & MACHD_POSTED) == 0 ||
		    (word & MACHD_SEQUENCE_MASK) != slot->sl_sequence))
			break;
		/* It sleeps already, or has something to wake. */
		if (wake != 0 &&
		    (word & (MACHD_WAITER | MACHD_WAKE_MASK)) != 0)
			wake = 0;
		new = (done ? word & ~(MACHD_POSTED | MACHD_WAITER |
		    MACHD_BLOCKED) : word | MACHD_BLOCKED) | wake;
		if (new == word)
			break;
		told = atomic_compare_exchange_strong(&page->ms_word, &word,
		    new);
	}
	if (done && !told) {
		wake = 0;
		word = atomic_fetch_and(&page->ms_word, ~(MACHD_POSTED |
		    MACHD_WAITER | MACHD_BLOCKED));
	}
	if (my.leaving) {
		if (told && wake != 0) {
			my.left[my.nleft++].l_deadline = now_ns() + LEFT_NS;
			my.leaving = false;
		} else
			take_back();
	}
	if (done && (word & MACHD_WAITER) != 0)
		wake_page(page, slot->sl_wake_word);
}

/* Is the sleeper up, or past that trap altogether? */
static bool
is_awake(const struct left *l)
{
	uint32_t word;

	word = atomic_load_explicit(&l->l_page->ms_word, memory_order_relaxed);
	return ((word & MACHD_SEQUENCE_MASK) != l->l_sequence ||
	    atomic_load_explicit(&l->l_page->ms_cpu,
	    memory_order_relaxed) >= 0);
}

/*
 * It slept: the waker was stopped, or starved, or does not want to.  (When the
 * sleeper has been requeued it cannot be told from one that waits for a CPU.)
 */
static void
blame(struct client *waker, uint64_t now)
{
	unsigned n;

	n = atomic_load(&waker->cl_undone);
	atomic_store(&waker->cl_shy_until, now + ((uint64_t)SHY_NS << n));
	if (n < SHY_DOUBLE)
		atomic_store(&waker->cl_undone, n + 1);
	atomic_store(&waker->cl_done, 0);
}

static void
praise(struct client *waker)
{
	unsigned n;

	n = atomic_load_explicit(&waker->cl_undone, memory_order_relaxed);
	if (n == 0 || atomic_fetch_add(&waker->cl_done, 1) + 1 < FORGIVE)
		return;
	atomic_store(&waker->cl_done, 0);
	atomic_store(&waker->cl_undone, n - 1);
}

/*
 * What was left and is not done yet?  Does it, when it is time.  True: look
 * again at *deadlinep.
 */
bool
wake_owed(uint64_t *deadlinep)
{
	struct left *l;
	uint64_t now;
	unsigned i;

	now = 0;
	*deadlinep = UINT64_MAX;
	for (i = 0; i < my.nleft;) {
		l = &my.left[i];
		if (!is_awake(l)) {
			if (now == 0)
				now = now_ns();
			if (now < l->l_deadline) {
				if (l->l_deadline < *deadlinep)
					*deadlinep = l->l_deadline;
				i++;
				continue;
			}
			if (futex_wake(l->l_word, INT_MAX) > 0)
				blame(l->l_waker, now);
		} else
			praise(l->l_waker);
		left_drop(l);
		*l = my.left[--my.nleft];
	}
	return (my.nleft != 0);
}

/* machd has ended: all who sleep look at md_gone. */
KEEPER void
wake_everybody(void)
{
	struct wake_words *ww;
	unsigned i, n;

	for (ww = all_words; ww != NULL; ww = ww->ww_next) {
		n = 1 + atomic_load(&ww->ww_used);
		for (i = 1; i < n && i < MACHD_WAKE_WORDS; i++) {
			atomic_fetch_add(&ww->ww_base[i], 1);
			(void)syscall(SYS_futex, &ww->ww_base[i], FUTEX_WAKE,
			    INT_MAX, NULL, NULL, 0);
		}
	}
}

/* This thread ends. */
void
wake_flush(void)
{
	struct left *l;

	while (my.nleft != 0) {
		l = &my.left[--my.nleft];
		(void)futex_wake(l->l_word, INT_MAX);
		left_drop(l);
	}
}
