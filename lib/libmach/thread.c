/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Threads: special ports.  What cannot be done to a thread here is in
 * unsupported.c.
 */

#include "libmach.h"
#include "gen/thread_act_user.h"

kern_return_t
thread_get_special_port(thread_t thread, int which, mach_port_t *port)
{
	kern_return_t kr;

	kr = thread_get_special_port_trap(thread, which, port);
	return (ANOTHERS(kr) ? _kernelrpc_thread_get_special_port(thread,
	    which, port) : kr);
}

kern_return_t
thread_set_special_port(thread_t thread, int which, mach_port_t port)
{

	return (thread_set_special_port_trap(thread, which, port));
}
