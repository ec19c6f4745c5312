/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Serving a client: rung slots, their traps, the continuations that fell due.
 * Done by the client's worker with cl_serve held.
 *
 * sl_state says who may touch a slot.  Who serves its client takes it from
 * SLOT_IDLE to SLOT_BUSY.  thread_block() makes it SLOT_BLOCKED; from there
 * exactly one thread gets it back, decided under the thread's wait lock.
 * SLOT_IDLE is stored before the result is posted, since the client may ring
 * again at once.
 *
 * The result of a trap is posted after what the trap woke has been run: so
 * its thread can be told whom to wake (wake.c).
 */

#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

#define	RESULT_TERMINATED	37u	/* KERN_TERMINATED */
#define	RESULT_SHORTAGE		6u	/* KERN_RESOURCE_SHORTAGE */
#define	RESULT_BAD_ARGUMENT	4u	/* KERN_INVALID_ARGUMENT */

#define	TRAP_TASK_NAME_FOR_PID	44u
#define	TRAP_TASK_FOR_PID	45u
#define	TRAP_FIRST_PRIVILEGED	150u
#define	LOOK_TRAPS		64	/* look at changing ids so often */

/* What this thread works on. */
static __thread struct {
	struct client	*client;	/* whom it serves, or NULL */
	struct slot	*current;
	int		 last_cpu;	/* of the thread served last */
	struct slot	*first;		/* to run; a list by sl_run_next */
	struct slot	*last;
} here;

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

/* The CPU that the thread served last rang on, or -1. */
int
server_last_cpu(void)
{

	return (here.last_cpu);
}

/* For the slot's own worker, when it serves the client. */
void
server_enqueue(struct slot *slot)
{
	struct client *cl;

	cl = slot->sl_client;
	(void)pthread_mutex_lock(&cl->cl_lock);
	slot->sl_run_next = NULL;
	*cl->cl_run.sl_last = slot;
	cl->cl_run.sl_last = &slot->sl_run_next;
	atomic_store(&cl->cl_run_pending, true);
	if (atomic_load(&cl->cl_closing))
		(void)pthread_cond_broadcast(&cl->cl_cond);
	if (here.client != cl)
		worker_wake(cl);
	(void)pthread_mutex_unlock(&cl->cl_lock);
}

static void
run_append(struct slot *slot)
{

	slot->sl_run_next = NULL;
	if (here.last == NULL)
		here.first = slot;
	else
		here.last->sl_run_next = slot;
	here.last = slot;
}

static struct slot *
run_take(void)
{
	struct slot *slot;

	slot = here.first;
	if (slot != NULL) {
		here.first = slot->sl_run_next;
		if (here.first == NULL)
			here.last = NULL;
	}
	return (slot);
}

/* To be run by this thread, a worker, as part of what it does now. */
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
	run_append(slot);
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

static void
result_store(struct slot *slot, uint32_t result)
{
	struct machd_slot *page;

	page = slot->sl_page;
	page->ms_result = result;
	page->ms_out_done = slot->sl_out_done;
	page->ms_releases = slot->sl_nrelease |
	    (slot->sl_want_window ? MACHD_WANT_WINDOW : 0);
	slot->sl_want_window = false;
	atomic_store(&slot->sl_state, SLOT_IDLE);
}

/* The end of a trap that had blocked. */
void
slot_post(struct slot *slot, uint32_t result)
{
	struct machd_slot *page;
	struct client *cl;
	uint32_t sequence, word;
	_Atomic uint32_t *wake_word;

	/* Once it is posted the slot is the next trap's, or gone. */
	cl = slot->sl_client;
	page = slot->sl_page;
	wake_word = slot->sl_wake_word;
	sequence = slot->sl_sequence;
	result_store(slot, result);
	word = atomic_fetch_and(&page->ms_word, ~(MACHD_POSTED |
	    MACHD_WAITER | MACHD_BLOCKED));
	if ((word & MACHD_WAITER) != 0)
		wake_thread(cl, page, wake_word, sequence);
}

/* Run what this thread woke and may run. */
static void
run_woken(void)
{
	struct slot *slot;
	struct client *owner;

	while ((slot = run_take()) != NULL) {
		owner = slot->sl_client;
		here.current = slot;
		kern_continue(slot);
		here.current = NULL;
		if (owner != here.client) {
			worker_met(owner);
			foreign_done(owner);
		}
	}
}

/* ... and what waits for whoever serves the client. */
static void
run_due(struct client *cl)
{
	struct slot *next, *slot;

	for (;;) {
		run_woken();
		if (!atomic_load_explicit(&cl->cl_run_pending,
		    memory_order_acquire))
			return;
		(void)pthread_mutex_lock(&cl->cl_lock);
		slot = cl->cl_run.sl_first;
		cl->cl_run.sl_first = NULL;
		cl->cl_run.sl_last = &cl->cl_run.sl_first;
		atomic_store(&cl->cl_run_pending, false);
		(void)pthread_mutex_unlock(&cl->cl_lock);
		for (; slot != NULL; slot = next) {
			next = slot->sl_run_next;
			run_append(slot);
		}
	}
}

/*
 * Only processes that can change their ids are looked at again: fstat of their
 * /proc directory shows the present effective ones.  Of a message when its
 * receiver will know (mach_thread_look_ids()), before a trap that goes by who
 * the caller is, and now and then to see whether it still belongs to its
 * companions.  The thread serves the client.
 */
void
server_look_ids(struct client *cl)
{
	struct identity id;
	struct stat st;

	cl->cl_unlooked = 0;
	if (fstat(cl->cl_procfd, &st) != 0 ||
	    (st.st_uid == cl->cl_cred_uid && st.st_gid == cl->cl_cred_gid))
		return;
	if (proc_identity(cl->cl_pid, &id) != 0 ||
	    id.id_start != cl->cl_identity.id_start)
		return;
	cl->cl_cred_uid = id.id_euid;
	cl->cl_cred_gid = id.id_egid;
	kern_proc_update(cl->cl_proc, &id, cl->cl_ilp32);
	/* It is not the user any more whom its companions trusted. */
	worker_outcast(cl);
}

static bool
goes_by_ids(uint32_t number)
{

	return (number == TRAP_TASK_NAME_FOR_PID ||
	    number == TRAP_TASK_FOR_PID || number >= TRAP_FIRST_PRIVILEGED);
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
	if (cl->cl_words != NULL) {
		slot->sl_wake_word = wake_word_new(cl->cl_words);
		atomic_store_explicit(&slot->sl_page->ms_wake_word,
		    wake_word_number(cl->cl_words, slot->sl_wake_word),
		    memory_order_relaxed);
	}
	if (kern_thread_new(slot) != 0) {
		free(slot);
		return (NULL);
	}
	cl->cl_slots[index] = slot;
	if (index >= atomic_load(&cl->cl_memory->sh_slots))
		atomic_store(&cl->cl_memory->sh_slots, index + 1);
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
		if (n != 0)
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

/* An answer to a thread that has no slot, or no more. */
static void
answer_plain(struct machd_slot *page, _Atomic uint32_t *wake_word,
    uint32_t result)
{

	page->ms_result = result;
	page->ms_out_done = 0;
	page->ms_releases = 0;
	if ((atomic_fetch_and(&page->ms_word, ~(MACHD_POSTED | MACHD_WAITER |
	    MACHD_BLOCKED)) & MACHD_WAITER) != 0)
		wake_page(page, wake_word);
}

/* A slot whose bit was set.  All that is read here may be nonsense. */
static void
serve_slot(struct client *cl, unsigned index)
{
	uint64_t args[MACHD_ARGS];
	struct machd_slot *page;
	struct slot *slot;
	_Atomic uint32_t *wake_word;
	uint32_t nargs, number, result, word;
	unsigned i;
	int cpu;
	bool done;

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
			 * Another worker runs its continuation; should that
			 * wait again it sees the interrupt itself.
			 */
			return;
		}
	}
	word = atomic_load(&page->ms_word);
	if ((word & MACHD_POSTED) == 0)
		return;
	cpu = atomic_load_explicit(&page->ms_cpu, memory_order_relaxed);
	here.last_cpu = MACHD_CPU(cpu);
	if (slot == NULL && (slot = slot_make(cl, index)) == NULL) {
		answer_plain(page, NULL, RESULT_SHORTAGE);
		return;
	}
	number = page->ms_number;
	nargs = page->ms_nargs;
	if (nargs > MACHD_ARGS)
		nargs = MACHD_ARGS;
	slot->sl_sequence = word & MACHD_SEQUENCE_MASK;
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
		wake_word = slot->sl_wake_word;
		slot_release(cl, slot);
		/* The next thread's will be another. */
		atomic_store(&page->ms_wake_word, 0);
		answer_plain(page, wake_word, 0);
		return;
	}
	done = true;
	if (number >= MACHD_TRAP_BASE) {
		result = private_trap(cl, slot, number, args);
	} else {
		if (cl->cl_procfd >= 0 && (goes_by_ids(number) ||
		    ++cl->cl_unlooked == LOOK_TRAPS))
			server_look_ids(cl);
		wake_trap_begin(slot);
		here.current = slot;
		done = kern_trap(slot, number, args, nargs, &result);
		here.current = NULL;
		run_woken();
	}
	if (done)
		result_store(slot, result);
	wake_trap_end(slot, done);
}

static void
serve_pending(struct client *cl)
{
	struct machd_door *door;
	uint32_t bits, words;
	unsigned bit, word;

	door = cl->cl_door;
	words = atomic_exchange(&door->md_summary, 0);
	while (words != 0) {
		word = (unsigned)__builtin_ctz(words);
		words &= words - 1;
		bits = atomic_exchange(&door->md_pending[word], 0);
		while (bits != 0) {
			bit = (unsigned)__builtin_ctz(bits);
			bits &= bits - 1;
			serve_slot(cl, word * 32 + bit);
			run_due(cl);
		}
	}
}

/* Is there anything to do for the client?  Needs no lock. */
bool
server_due(struct client *cl, const struct machd_door *door)
{

	return (atomic_load_explicit(&door->md_summary,
	    memory_order_acquire) != 0 ||
	    atomic_load_explicit(&cl->cl_run_pending,
	    memory_order_acquire) ||
	    atomic_load_explicit(&cl->cl_check_exec,
	    memory_order_relaxed) ||
	    atomic_load_explicit(&cl->cl_stop,
	    memory_order_acquire) != STOP_NONE);
}

/* Do all of it once.  cl_serve is held. */
void
server_serve(struct client *cl)
{
	int none;

	here.client = cl;
	serve_pending(cl);
	run_due(cl);
	if (atomic_exchange(&cl->cl_check_exec, false) &&
	    !umem_same_image(cl)) {
		none = STOP_NONE;
		(void)atomic_compare_exchange_strong(&cl->cl_stop, &none,
		    STOP_EXEC);
	}
	here.client = NULL;
}

/* Threads whose first trap came too late to get a slot. */
static void
turn_away(struct client *cl)
{
	struct machd_slot *page;
	uint32_t bits;
	unsigned i, index;

	for (i = 0; i < MACHD_PENDING_WORDS; i++) {
		bits = atomic_load(&cl->cl_door->md_pending[i]);
		for (; bits != 0; bits &= bits - 1) {
			index = i * 32 + (unsigned)__builtin_ctz(bits);
			page = (struct machd_slot *)(void *)(cl->cl_shared +
			    (size_t)MACHD_PAGE * (1 + index));
			if (cl->cl_slots[index] == NULL &&
			    (atomic_exchange(&page->ms_word, MACHD_POSTED) &
			    MACHD_WAITER) != 0)
				wake_page(page, NULL);
		}
	}
}

/*
 * Every trap of the client has ended when this returns; nobody but us
 * knows its slots any more.  cl_serve is held.
 */
void
server_close(struct client *cl)
{
	struct slot *slot;
	unsigned i;
	bool idle;

	/* To the end of this thread: see server_drain(). */
	here.client = cl;
	atomic_store(&cl->cl_closing, true);
	for (;;) {
		for (i = 0; i < MACHD_SLOTS; i++)
			if ((slot = cl->cl_slots[i]) != NULL &&
			    atomic_load(&slot->sl_state) == SLOT_BLOCKED)
				kern_interrupt(slot);
		run_due(cl);
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
	if (atomic_load(&cl->cl_stop) == STOP_EXIT) {
		atomic_store(&cl->cl_door->md_gone, 1);
		turn_away(cl);
	}
	for (i = 0; i < MACHD_SLOTS; i++) {
		slot = cl->cl_slots[i];
		if (slot == NULL)
			continue;
		if ((atomic_exchange(&slot->sl_page->ms_word, MACHD_POSTED) &
		    MACHD_WAITER) != 0)
			wake_page(slot->sl_page, slot->sl_wake_word);
		slot_release(cl, slot);
	}
	run_due(cl);
}

/* After core functions called outside a trap. */
void
server_drain(void)
{

	if (here.client != NULL)
		(void)run_due(here.client);
}
