/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Access to memory shared with clients (zone.c, window.c).
 *
 * Its size is sealed, but a page of it can be missing when it is touched, since
 * the client may punch holes; and when the system then has no memory for a new
 * one, or finds the page's memory broken, the access ends in SIGBUS.  Accesses
 * here come back with false instead.  A SIGBUS anywhere else is a fault of
 * machd's, and ends it.
 *
 * The signal is raised by the access itself, so the jump leaves nothing but
 * memcpy() or memset().
 */

#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

#include "machd.h"

static __thread sigjmp_buf *volatile guard;

static void
bus_error(int sig)
{

	if (guard != NULL)
		siglongjmp(*guard, 1);
	/* Returning repeats the access: the second time is the last. */
	(void)signal(sig, SIG_DFL);
}

int
guard_init(void)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = bus_error;
	sa.sa_flags = SA_NODEFER;	/* no mask to be put back */
	(void)sigemptyset(&sa.sa_mask);
	return (sigaction(SIGBUS, &sa, NULL));
}

bool
guarded_copy(void *to, const void *from, size_t size)
{
	sigjmp_buf here;

	if (sigsetjmp(here, 0) != 0) {
		guard = NULL;
		return (false);
	}
	guard = &here;
	atomic_signal_fence(memory_order_seq_cst);
	memcpy(to, from, size);
	atomic_signal_fence(memory_order_seq_cst);
	guard = NULL;
	return (true);
}

bool
guarded_zero(void *to, size_t size)
{
	sigjmp_buf here;

	if (sigsetjmp(here, 0) != 0) {
		guard = NULL;
		return (false);
	}
	guard = &here;
	atomic_signal_fence(memory_order_seq_cst);
	memset(to, 0, size);
	atomic_signal_fence(memory_order_seq_cst);
	guard = NULL;
	return (true);
}
