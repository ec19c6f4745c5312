/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The server thread of a client: takes rung slots, carries out their traps,
 * runs the continuations that fell due, and waits.
 *
 * sl_state says who may touch a slot.  The server thread of its client takes
 * it from SLOT_IDLE to SLOT_BUSY.  thread_block() makes it SLOT_BLOCKED; from
 * there exactly one thread gets it back, decided under the thread's wait lock.
 * SLOT_IDLE is stored before the result is posted, since the client may ring
 * again at once.
 */

#include <sys/stat.h>
#include <sys/syscall.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <linux/futex.h>
#include <sched.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machd.h"

#define	SPIN_NS		15000
#define	SPIN_CHECK	64
#define	SPIN_CREDIT	8	/* vain spins before we stop trying */
#define	SPIN_RETRY	64	/* then one in so many waits tries again */

#define	RESULT_TERMINATED	37u	/* KERN_TERMINATED */
#define	RESULT_SHORTAGE		6u	/* KERN_RESOURCE_SHORTAGE */
#define	RESULT_BAD_ARGUMENT	4u	/* KERN_INVALID_ARGUMENT */

#define	TRAP_MSG		31u
#define	TRAP_MSG_OVERWRITE	32u
#define	TRAP_FIRST_PRIVILEGED	150u
#define	MSG_OPTION_SEND		1u

#if defined(__x86_64__) || defined(__i386__)
#define	cpu_pause()	__builtin_ia32_pause()
#elif defined(__aarch64__)
#define	cpu_pause()	__asm__ volatile("yield" ::: "memory")
#else
#define	cpu_pause()	__asm__ volatile("" ::: "memory")
#endif

/* What this thread works on. */
static __thread struct {
	struct client	*client;	/* whose server it is, or NULL */
	struct slot	*current;
	struct slot_list run;
} here;

static long
futex(_Atomic uint32_t *word, int op, uint32_t value)
{

	return (syscall(SYS_futex, word, op, value, NULL, NULL, 0));
}

static uint64_t
now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec);
}

static void
list_init(struct slot_list *list)
{

	list->sl_first = NULL;
	list->sl_last = &list->sl_first;
}

static void
list_append(struct slot_list *list, struct slot *slot)
{

	slot->sl_run_next = NULL;
	*list->sl_last = slot;
	list->sl_last = &slot->sl_run_next;
}

static struct slot *
list_take(struct slot_list *list)
{
	struct slot *slot;

	slot = list->sl_first;
	if (slot != NULL) {
		list->sl_first = slot->sl_run_next;
		if (list->sl_first == NULL)
			list->sl_last = &list->sl_first;
	}
	return (slot);
}

struct client *
server_client(void)
{

	return (here.client);
}

struct slot *
server_current(void)
{

	return (here.current);
}

/*
 * Wake the server for something outside the shared memory.  Always a system
 * call: the waiter bit is where the client can spoil it.
 */
void
server_wake(struct client *cl)
{

	if (cl->cl_door == NULL)
		return;
	atomic_fetch_add(&cl->cl_door->md_bell, MACHD_BELL_STEP);
	(void)futex(&cl->cl_door->md_bell, FUTEX_WAKE, 1);
}

void
server_enqueue(struct slot *slot)
{
	struct client *cl;

	cl = slot->sl_client;
	(void)pthread_mutex_lock(&cl->cl_lock);
	list_append(&cl->cl_run, slot);
	atomic_store(&cl->cl_run_pending, true);
	if (atomic_load(&cl->cl_closing))
		(void)pthread_cond_broadcast(&cl->cl_cond);
	if (here.client != cl)
		server_wake(cl);
	(void)pthread_mutex_unlock(&cl->cl_lock);
}

/* To be run by this thread, a server, before it goes idle. */
void
slot_run_here(struct slot *slot)
{
	struct client *cl;

	cl = slot->sl_client;
	if (cl != here.client) {
		client_hold(cl);
		(void)pthread_mutex_lock(&cl->cl_lock);
		cl->cl_foreign++;
		(void)pthread_mutex_unlock(&cl->cl_lock);
	}
	list_append(&here.run, slot);
}

static void
foreign_done(struct client *cl)
{

	(void)pthread_mutex_lock(&cl->cl_lock);
	cl->cl_foreign--;
	if (atomic_load(&cl->cl_closing))
		(void)pthread_cond_broadcast(&cl->cl_cond);
	(void)pthread_mutex_unlock(&cl->cl_lock);
	client_drop(cl);
}

/* Does something want the slot's trap to end rather than wait? */
bool
slot_interrupted(struct slot *slot)
{

	return (atomic_load(&slot->sl_page->ms_interrupt) != 0 ||
	    atomic_load(&slot->sl_client->cl_closing));
}

/* False: too many, or no memory. */
bool
slot_release_later(struct slot *slot, uint64_t addr, uint64_t size)
{
	struct machd_range *list;
	unsigned room;

	if (slot->sl_nrelease == slot->sl_release_room) {
		room = slot->sl_release_room == 0 ? 16 :
		    2 * slot->sl_release_room;
		if (room > MACHD_MAX_RELEASE)
			return (false);
		list = realloc(slot->sl_release, room * sizeof(*list));
		if (list == NULL)
			return (false);
		slot->sl_release = list;
		slot->sl_release_room = room;
	}
	slot->sl_release[slot->sl_nrelease++] =
	    (struct machd_range){ addr, size };
	return (true);
}

void
slot_post(struct slot *slot, uint32_t result)
{
	struct machd_slot *page;
	uint32_t word;

	page = slot->sl_page;
	page->ms_result = result;
	page->ms_out_done = slot->sl_out_done;
	page->ms_releases = slot->sl_nrelease |
	    (slot->sl_want_window ? MACHD_WANT_WINDOW : 0);
	slot->sl_want_window = false;
	atomic_store(&slot->sl_state, SLOT_IDLE);
	word = atomic_exchange(&page->ms_word, 0);
	if ((word & MACHD_WAITER) != 0)
		(void)futex(&page->ms_word, FUTEX_WAKE, 1);
}

/* Run what this thread woke, and what others left for it. */
static bool
run_due(struct client *cl)
{
	struct slot *slot;
	struct client *owner;
	bool did;

	did = false;
	for (;;) {
		slot = list_take(&here.run);
		if (slot == NULL) {
			if (!atomic_load_explicit(&cl->cl_run_pending,
			    memory_order_acquire))
				return (did);
			(void)pthread_mutex_lock(&cl->cl_lock);
			if (cl->cl_run.sl_first != NULL) {
				*here.run.sl_last = cl->cl_run.sl_first;
				here.run.sl_last = cl->cl_run.sl_last;
				list_init(&cl->cl_run);
			}
			atomic_store(&cl->cl_run_pending, false);
			(void)pthread_mutex_unlock(&cl->cl_lock);
			continue;
		}
		owner = slot->sl_client;
		here.current = slot;
		kern_continue(slot);
		here.current = NULL;
		if (owner != cl)
			foreign_done(owner);
		did = true;
	}
}

/*
 * Only processes that can change their ids are looked at again: fstat of their
 * /proc directory shows the present effective ones.
 */
static void
check_credentials(struct client *cl, unsigned number, const uint64_t *args)
{
	struct identity id;
	struct stat st;

	if (number == TRAP_MSG || number == TRAP_MSG_OVERWRITE) {
		if ((args[1] & MSG_OPTION_SEND) == 0)
			return;
	} else if (number < TRAP_FIRST_PRIVILEGED)
		return;
	if (fstat(cl->cl_procfd, &st) != 0 ||
	    (st.st_uid == cl->cl_cred_uid && st.st_gid == cl->cl_cred_gid))
		return;
	if (proc_identity(cl->cl_pid, &id) != 0 ||
	    id.id_start != cl->cl_identity.id_start)
		return;
	cl->cl_cred_uid = id.id_euid;
	cl->cl_cred_gid = id.id_egid;
	kern_proc_update(cl->cl_proc, &id, cl->cl_ilp32);
}

static void
slot_release(struct client *cl, struct slot *slot)
{

	kern_thread_free(slot);
	free(slot->sl_release);
	cl->cl_slots[slot->sl_index] = NULL;
	free(slot);
}

static struct slot *
slot_make(struct client *cl, unsigned index)
{
	struct slot *slot;

	slot = calloc(1, sizeof(*slot));
	if (slot == NULL)
		return (NULL);
	slot->sl_client = cl;
	slot->sl_index = index;
	slot->sl_page = (struct machd_slot *)(void *)(cl->cl_shared +
	    (size_t)MACHD_PAGE * (1 + index));
	if (kern_thread_new(slot) != 0) {
		free(slot);
		return (NULL);
	}
	cl->cl_slots[index] = slot;
	return (slot);
}

/* The traps between libmach's back end and us. */
static uint32_t
private_trap(struct client *cl, struct slot *slot, unsigned number,
    const uint64_t *args)
{
	uint8_t token[MACHD_TOKEN_SIZE];
	unsigned n;

	switch (number) {
	case MACHD_TRAP_NULL:
		return (0);
	case MACHD_TRAP_FORK_PREPARE:
		if (slot->sl_out_size < sizeof(token) ||
		    client_fork_prepare(cl, token) != 0)
			return (RESULT_SHORTAGE);
		memcpy(slot->sl_page->ms_data, token, sizeof(token));
		slot->sl_out_done = sizeof(token);
		return (0);
	case MACHD_TRAP_FORK_DONE:
		if (slot->sl_in_size < sizeof(token))
			return (RESULT_BAD_ARGUMENT);
		memcpy(token, slot->sl_page->ms_data, sizeof(token));
		client_fork_done(cl, (pid_t)args[0], token);
		return (0);
	case MACHD_TRAP_RELEASES:
		n = slot->sl_out_size / sizeof(struct machd_range);
		if (n > slot->sl_nrelease)
			n = slot->sl_nrelease;
		slot->sl_nrelease -= n;
		slot->sl_out_done = n * sizeof(struct machd_range);
		memcpy(slot->sl_page->ms_data, slot->sl_release +
		    slot->sl_nrelease, slot->sl_out_done);
		return (0);
	case MACHD_TRAP_WIPED:
		if (!zone_holds(cl->cl_zone, args[0], args[1]))
			return (RESULT_BAD_ARGUMENT);
		zone_wiped(cl->cl_zone, args[0], args[1]);
		return (0);
	default:
		return (window_trap(cl, slot, number, args));
	}
}

static void
take_windows(struct slot *slot, const struct machd_slot *page)
{

	slot->sl_in_addr = page->ms_in_addr;
	slot->sl_out_addr = page->ms_out_addr;
	slot->sl_in_size = page->ms_in_size;
	slot->sl_out_size = page->ms_out_size;
	slot->sl_out_done = 0;
	if (slot->sl_in_size > MACHD_DATA_SIZE ||
	    slot->sl_in_addr + slot->sl_in_size < slot->sl_in_addr)
		slot->sl_in_size = 0;
	if (slot->sl_out_size > MACHD_DATA_SIZE ||
	    slot->sl_out_addr + slot->sl_out_size < slot->sl_out_addr)
		slot->sl_out_size = 0;
}

/* A slot whose bit was set.  All that is read here may be nonsense. */
static void
serve_slot(struct client *cl, unsigned index)
{
	uint64_t args[MACHD_ARGS];
	struct machd_slot *page;
	struct slot *slot;
	uint32_t nargs, number, result;
	unsigned i;

	slot = cl->cl_slots[index];
	page = (struct machd_slot *)(void *)(cl->cl_shared +
	    (size_t)MACHD_PAGE * (1 + index));
	if (slot != NULL) {
		switch (atomic_load(&slot->sl_state)) {
		case SLOT_BLOCKED:
			if (atomic_load(&page->ms_interrupt) != 0)
				kern_interrupt(slot);
			return;
		case SLOT_BUSY:
			/*
			 * Another server runs its continuation; should that
			 * wait again it sees the interrupt itself.
			 */
			return;
		}
	}
	if ((atomic_load(&page->ms_word) & MACHD_POSTED) == 0)
		return;
	cl->cl_last_cpu = atomic_load_explicit(&page->ms_cpu,
	    memory_order_relaxed);
	if (slot == NULL && (slot = slot_make(cl, index)) == NULL) {
		page->ms_result = RESULT_SHORTAGE;
		page->ms_out_done = 0;
		if ((atomic_exchange(&page->ms_word, 0) & MACHD_WAITER) != 0)
			(void)futex(&page->ms_word, FUTEX_WAKE, 1);
		return;
	}
	number = page->ms_number;
	nargs = page->ms_nargs;
	if (nargs > MACHD_ARGS)
		nargs = MACHD_ARGS;
	slot->sl_number = number;
	for (i = 0; i < nargs; i++)
		args[i] = page->ms_args[i];
	for (; i < MACHD_ARGS; i++)
		args[i] = 0;
	take_windows(slot, page);
	atomic_store_explicit(&slot->sl_state, SLOT_BUSY,
	    memory_order_relaxed);
	if (number == MACHD_TRAP_THREAD_EXIT) {
		atomic_store(&slot->sl_state, SLOT_IDLE);
		slot_release(cl, slot);
		page->ms_result = 0;
		page->ms_out_done = 0;
		if ((atomic_exchange(&page->ms_word, 0) & MACHD_WAITER) != 0)
			(void)futex(&page->ms_word, FUTEX_WAKE, 1);
		return;
	}
	if (number >= MACHD_TRAP_BASE) {
		slot_post(slot, private_trap(cl, slot, number, args));
		return;
	}
	if (cl->cl_procfd >= 0)
		check_credentials(cl, number, args);
	here.current = slot;
	if (kern_trap(slot, number, args, nargs, &result))
		slot_post(slot, result);
	here.current = NULL;
}

static bool
serve_pending(struct client *cl)
{
	struct machd_door *door;
	uint32_t bits, words;
	unsigned bit, word;

	door = cl->cl_door;
	if (atomic_load_explicit(&door->md_summary, memory_order_acquire) == 0)
		return (false);
	words = atomic_exchange(&door->md_summary, 0);
	while (words != 0) {
		word = (unsigned)__builtin_ctz(words);
		words &= words - 1;
		bits = atomic_exchange(&door->md_pending[word], 0);
		while (bits != 0) {
			bit = (unsigned)__builtin_ctz(bits);
			bits &= bits - 1;
			serve_slot(cl, word * 32 + bit);
			(void)run_due(cl);
		}
	}
	return (true);
}

/* The client's threads ring from another CPU: they may ring again soon. */
static bool
spin_for_bell(struct client *cl, uint32_t bell, int cpu)
{
	struct machd_door *door;
	uint64_t start;
	unsigned n;

	if (cl->cl_last_cpu < 0 || cl->cl_last_cpu == cpu)
		return (false);
	if (cl->cl_spin_credit < 0 && ++cl->cl_spin_credit < 0)
		return (false);
	door = cl->cl_door;
	start = now_ns();
	for (n = 1;; n++) {
		if (atomic_load_explicit(&door->md_bell,
		    memory_order_relaxed) != bell ||
		    atomic_load_explicit(&cl->cl_run_pending,
		    memory_order_relaxed)) {
			cl->cl_spin_credit = SPIN_CREDIT;
			return (true);
		}
		cpu_pause();
		if (n % SPIN_CHECK == 0 && now_ns() - start > SPIN_NS)
			break;
	}
	if (--cl->cl_spin_credit <= 0)
		cl->cl_spin_credit = -SPIN_RETRY;
	return (false);
}

/* Nothing to do until the bell rings.  `bell` was read before looking. */
static void
wait_for_bell(struct client *cl, uint32_t bell)
{
	struct machd_door *door;
	int cpu;

	door = cl->cl_door;
	cpu = sched_getcpu();
	if (spin_for_bell(cl, bell, cpu))
		return;
	atomic_store_explicit(&door->md_cpu, -1, memory_order_relaxed);
	if ((bell & MACHD_WAITER) != 0 ||
	    atomic_compare_exchange_strong(&door->md_bell, &bell,
	    bell | MACHD_WAITER)) {
		/* What does not show in the bell may have come meanwhile. */
		if (!atomic_load(&cl->cl_run_pending) &&
		    atomic_load(&cl->cl_stop) == STOP_NONE &&
		    !atomic_load(&cl->cl_check_exec))
			(void)futex(&door->md_bell, FUTEX_WAIT,
			    bell | MACHD_WAITER);
		atomic_fetch_and(&door->md_bell, ~MACHD_WAITER);
	}
	atomic_store_explicit(&door->md_cpu, sched_getcpu(),
	    memory_order_relaxed);
}

/*
 * Every trap of the client has ended when this returns; nobody but us
 * knows its slots any more.
 */
void
server_close(struct client *cl)
{
	struct slot *slot;
	unsigned i;
	bool idle;

	atomic_store(&cl->cl_closing, true);
	for (;;) {
		for (i = 0; i < MACHD_SLOTS; i++)
			if ((slot = cl->cl_slots[i]) != NULL &&
			    atomic_load(&slot->sl_state) == SLOT_BLOCKED)
				kern_interrupt(slot);
		(void)run_due(cl);
		(void)pthread_mutex_lock(&cl->cl_lock);
		idle = true;
		for (i = 0; i < MACHD_SLOTS; i++)
			if ((slot = cl->cl_slots[i]) != NULL &&
			    atomic_load(&slot->sl_state) != SLOT_IDLE)
				idle = false;
		if (cl->cl_foreign != 0)
			idle = false;
		if (!idle && cl->cl_run.sl_first == NULL)
			(void)pthread_cond_wait(&cl->cl_cond, &cl->cl_lock);
		(void)pthread_mutex_unlock(&cl->cl_lock);
		if (idle)
			break;
	}
	/* At the end of machd there is somebody left to be told. */
	if (atomic_load(&cl->cl_stop) == STOP_EXIT)
		atomic_store(&cl->cl_door->md_gone, 1);
	for (i = 0; i < MACHD_SLOTS; i++) {
		slot = cl->cl_slots[i];
		if (slot == NULL)
			continue;
		if ((atomic_exchange(&slot->sl_page->ms_word, MACHD_POSTED) &
		    MACHD_WAITER) != 0)
			(void)futex(&slot->sl_page->ms_word, FUTEX_WAKE, 1);
		slot_release(cl, slot);
	}
	(void)run_due(cl);
}

/* After core functions called outside a trap. */
void
server_drain(void)
{

	if (here.client != NULL)
		(void)run_due(here.client);
}

/* Until the client's process goes or gets a new image. */
void
server_run(struct client *cl)
{
	uint32_t bell;
	bool did;

	here.client = cl;
	here.current = NULL;
	list_init(&here.run);
	atomic_store(&cl->cl_door->md_cpu, sched_getcpu());
	while (atomic_load(&cl->cl_stop) == STOP_NONE) {
		bell = atomic_load(&cl->cl_door->md_bell);
		did = serve_pending(cl);
		did |= run_due(cl);
		if (atomic_load_explicit(&cl->cl_check_exec,
		    memory_order_relaxed)) {
			atomic_store(&cl->cl_check_exec, false);
			if (!umem_same_image(cl)) {
				int none = STOP_NONE;

				(void)atomic_compare_exchange_strong(
				    &cl->cl_stop, &none, STOP_EXEC);
			}
		} else if (!did)
			wait_for_bell(cl, bell);
	}
	server_close(cl);
}
