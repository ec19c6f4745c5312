/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Transactions: a count, whose first and last step launchd is told of.
 *
 * The lock is held over those messages, so that they arrive in order; the child
 * of a fork has none of its parent's transactions.
 */

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include <launch.h>
#include <vproc.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t count;
static pid_t owner;

static bool
tell(bool dirty)
{
	launch_data_t answer, request, value;
	bool ok;

	request = launch_data_alloc(LAUNCH_DATA_DICTIONARY);
	value = launch_data_new_bool(dirty);
	if (request == NULL || !launch_data_dict_insert(request, value,
	    "Transaction")) {
		launch_data_free(request);
		launch_data_free(value);
		return (false);
	}
	answer = launch_msg(request);
	launch_data_free(request);
	ok = answer != NULL &&
	    launch_data_get_type(answer) == LAUNCH_DATA_ERRNO &&
	    launch_data_get_errno(answer) == 0;
	launch_data_free(answer);
	return (ok);
}

vproc_transaction_t
vproc_transaction_begin(vproc_t vp)
{
	vproc_transaction_t vpt;

	if (vp != NULL)
		return (NULL);
	vpt = NULL;
	(void)pthread_mutex_lock(&lock);
	if (owner != getpid()) {
		owner = getpid();
		count = 0;
	}
	if (count != 0 || tell(true)) {
		count++;
		/* Only whether it is one matters. */
		vpt = (vproc_transaction_t)(uintptr_t)1;
	}
	(void)pthread_mutex_unlock(&lock);
	return (vpt);
}

void
vproc_transaction_end(vproc_t vp, vproc_transaction_t vpt)
{

	(void)vp;
	if (vpt == NULL)
		return;
	(void)pthread_mutex_lock(&lock);
	if (owner == getpid() && count != 0 && --count == 0)
		(void)tell(false);
	(void)pthread_mutex_unlock(&lock);
}

size_t
vproc_transaction_count(void)
{
	size_t n;

	(void)pthread_mutex_lock(&lock);
	n = owner == getpid() ? count : 0;
	(void)pthread_mutex_unlock(&lock);
	return (n);
}
