/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What code written by mig calls: reply ports, string copies, memory.
 *
 * Each thread keeps one reply port for all its calls.  The cached name is good
 * for one task only: it carries the generation of the task, so that a child of
 * fork() never uses its parent's name, even when the fork happened in the
 * middle of a call.  The port goes when its thread exits, and by
 * mig_dealloc_reply_port() when a call failed in a way that may leave a late
 * answer in its queue.
 *
 * Locks: none, the cache belongs to its thread.
 */

#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/ndr.h>

#include "libmach.h"

NDR_record_t NDR_record = {
	.mig_vers = 0,
	.if_vers = 0,
	.reserved1 = 0,
	.mig_encoding = 0,
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	.int_rep = NDR_INT_BIG_ENDIAN,
#else
	.int_rep = NDR_INT_LITTLE_ENDIAN,
#endif
	.char_rep = NDR_CHAR_ASCII,
	.float_rep = NDR_FLOAT_IEEE,
	.reserved2 = 0,
};

struct reply_port {
	mach_port_t	port;
	unsigned	generation;
};
static _Thread_local struct reply_port reply_cache, special_cache;

static mach_port_t
cached_port(struct reply_port *cache)
{

	if (cache->port != MACH_PORT_NULL &&
	    cache->generation != mach_host_generation())
		cache->port = MACH_PORT_NULL;
	return (cache->port);
}

mach_port_t
mig_get_reply_port(void)
{

	if (cached_port(&reply_cache) == MACH_PORT_NULL) {
		reply_cache.port = mach_reply_port();
		/* After the trap: it may be what attaches the process. */
		reply_cache.generation = mach_host_generation();
	}
	return (reply_cache.port);
}

/* The port stays cached for the next call. */
void
mig_put_reply_port(mach_port_t port)
{

	(void)port;
}

/* Only the own reply port is destroyed; any other name is left alone. */
static void
dealloc_port(struct reply_port *cache, mach_port_t port)
{
	mach_port_t cached;

	cached = cached_port(cache);
	if (cached == MACH_PORT_NULL ||
	    (port != MACH_PORT_NULL && port != cached))
		return;
	/* First forget it: a signal handler may call mig in between. */
	cache->port = MACH_PORT_NULL;
	(void)mach_port_mod_refs(mach_task_self_, cached,
	    MACH_PORT_RIGHT_RECEIVE, -1);
}

void
mig_dealloc_reply_port(mach_port_t port)
{

	dealloc_port(&reply_cache, port);
}

/* The kernel has no special one: then any port of the thread's own does. */
mach_port_t
mig_get_special_reply_port(void)
{

	if (cached_port(&special_cache) == MACH_PORT_NULL) {
		special_cache.port = thread_get_special_reply_port();
		if (special_cache.port == MACH_PORT_NULL)
			special_cache.port = mach_reply_port();
		special_cache.generation = mach_host_generation();
	}
	return (special_cache.port);
}

void
mig_dealloc_special_reply_port(mach_port_t port)
{

	dealloc_port(&special_cache, port);
}

void
_mig_fork_child(void)
{

	reply_cache.port = MACH_PORT_NULL;
	special_cache.port = MACH_PORT_NULL;
}

void
_mig_thread_exit(void)
{

	mig_dealloc_reply_port(MACH_PORT_NULL);
	mig_dealloc_special_reply_port(MACH_PORT_NULL);
}

/*
 * Copy a string of at most size - 1 characters and end it with a NUL; the
 * length with the NUL is returned, 0 when size is 0.
 */
int
mig_strncpy(char *to, const char *from, int size)
{
	int i;

	if (size <= 0)
		return (0);
	for (i = 0; i < size - 1 && from[i] != '\0'; i++)
		to[i] = from[i];
	to[i] = '\0';
	return (i + 1);
}

/* The same, and clear the rest, so that no old bytes travel in a message. */
int
mig_strncpy_zerofill(char *to, const char *from, int size)
{
	int i, length;

	length = mig_strncpy(to, from, size);
	for (i = length; i < size; i++)
		to[i] = '\0';
	return (length);
}

/* *address is 0 when there is no memory. */
void
mig_allocate(vm_address_t *address, vm_size_t size)
{

	*address = 0;
	if (vm_allocate(mach_task_self_, address, size, VM_FLAGS_ANYWHERE) !=
	    KERN_SUCCESS)
		*address = 0;
}

void
mig_deallocate(vm_address_t address, vm_size_t size)
{

	if (address != 0)
		(void)vm_deallocate(mach_task_self_, address, size);
}

/* The header of the reply to a request, as mig's servers begin it. */
void
mig_reply_setup(const mach_msg_header_t *request, mach_msg_header_t *reply)
{
	mig_reply_error_t *error;

	error = (mig_reply_error_t *)(void *)reply;
	reply->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_REMOTE(request->msgh_bits), 0);
	reply->msgh_size = sizeof(*error);
	reply->msgh_remote_port = request->msgh_remote_port;
	reply->msgh_local_port = MACH_PORT_NULL;
	reply->msgh_voucher_port = MACH_PORT_NULL;
	reply->msgh_id = (mach_msg_id_t)((uint32_t)request->msgh_id + 100);
	error->NDR = NDR_record;
	error->RetCode = MIG_BAD_ID;
}
