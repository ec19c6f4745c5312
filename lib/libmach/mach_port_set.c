/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Membership of port sets.
 */

#include "libmach.h"

kern_return_t
mach_port_move_member(ipc_space_t task, mach_port_name_t member,
    mach_port_name_t after)
{

	return (_kernelrpc_mach_port_move_member_trap(task, member, after));
}

kern_return_t
mach_port_insert_member(ipc_space_t task, mach_port_name_t name,
    mach_port_name_t pset)
{

	return (_kernelrpc_mach_port_insert_member_trap(task, name, pset));
}

kern_return_t
mach_port_extract_member(ipc_space_t task, mach_port_name_t name,
    mach_port_name_t pset)
{

	return (_kernelrpc_mach_port_extract_member_trap(task, name, pset));
}
