/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Membership of port sets.
 */

#include "libmach.h"
#include "gen/mach_port_user.h"

kern_return_t
mach_port_move_member(ipc_space_t task, mach_port_name_t member,
    mach_port_name_t after)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_move_member_trap(task, member, after);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_move_member(task,
	    member, after) : kr);
}

kern_return_t
mach_port_insert_member(ipc_space_t task, mach_port_name_t name,
    mach_port_name_t pset)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_insert_member_trap(task, name, pset);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_insert_member(task,
	    name, pset) : kr);
}

kern_return_t
mach_port_extract_member(ipc_space_t task, mach_port_name_t name,
    mach_port_name_t pset)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_extract_member_trap(task, name, pset);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_extract_member(task,
	    name, pset) : kr);
}
