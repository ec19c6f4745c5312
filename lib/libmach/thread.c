/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Threads: special ports.  What cannot be done to a thread here is in
 * unsupported.c.
 */

#include "libmach.h"

kern_return_t
thread_get_special_port(thread_t thread, int which, mach_port_t *port)
{

	return (thread_get_special_port_trap(thread, which, port));
}

kern_return_t
thread_set_special_port(thread_t thread, int which, mach_port_t port)
{

	return (thread_set_special_port_trap(thread, which, port));
}
