/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The slots of this process's threads: taken at a thread's first trap, given
 * back by a destructor of thread-specific data.  The bitmap is taken and given
 * back with atomic operations; there are no locks.
 */

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "../host.h"
#include "host_linux.h"

__thread struct mach_host_thread host_self
    __attribute__((__tls_model__("initial-exec")));

static pthread_key_t exit_key;
static int exit_key_error = -1;	/* not made yet */

/* Any depth: a signal may have come between the two stores. */
static int
slot_take(unsigned *indexp)
{
	uint32_t used, bit;
	unsigned word;

	for (word = 0; word < MACHD_PENDING_WORDS; word++) {
		used = atomic_load(&mach_host.mh_used[word]);
		while (used != UINT32_MAX) {
			bit = ~used & (used + 1);	/* lowest clear bit */
			if (atomic_compare_exchange_weak(
			    &mach_host.mh_used[word], &used, used | bit)) {
				*indexp = word * 32 +
				    (unsigned)__builtin_ctz(bit);
				return (0);
			}
		}
	}
	return (EAGAIN);
}

static void
slot_give(unsigned index)
{

	atomic_fetch_and(&mach_host.mh_used[index / 32],
	    ~(1u << (index % 32)));
}

static void
thread_exit(void *arg)
{
	struct mach_host_thread *ht;

	ht = arg;
	host_check_fork();
	if (ht->ht_slot == NULL || ht->ht_generation !=
	    atomic_load(&mach_host.mh_generation))
		return;
	_mach_thread_exit_hook();
	(void)host_trap(ht, MACHD_TRAP_THREAD_EXIT, NULL, 0, NULL, 0, NULL, 0);
	ht->ht_slot = NULL;
	slot_give(ht->ht_index);
}

/* With host_lock() held. */
int
host_thread_init(void)
{

	if (exit_key_error != 0)
		exit_key_error = pthread_key_create(&exit_key, thread_exit);
	return (exit_key_error);
}

int
host_thread_attach(struct mach_host_thread *ht)
{
	unsigned generation, index;
	sigset_t all, old;
	int error;

	error = host_attach(false);
	if (error != 0)
		return (error);
	generation = atomic_load(&mach_host.mh_generation);

	/* A handler that traps must find the thread with a slot or without. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	if (ht->ht_slot == NULL || ht->ht_generation != generation) {
		error = slot_take(&index);
		if (error == 0 && pthread_setspecific(exit_key, ht) != 0) {
			slot_give(index);
			error = EAGAIN;
		}
		if (error == 0) {
			ht->ht_index = index;
			ht->ht_generation = generation;
			ht->ht_depth = 0;
			ht->ht_slot = &mach_host.mh_slots[index];
		}
	}
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	return (error);
}
