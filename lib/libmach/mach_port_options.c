/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Ports made and unmade in one step, and guards.
 */

#include "libmach.h"
#include "gen/mach_port_user.h"

kern_return_t
mach_port_construct(ipc_space_t task, mach_port_options_ptr_t options,
    mach_port_context_t context, mach_port_name_t *name)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_construct_trap(task, options, context,
	    name);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_construct(task, options,
	    context, name) : kr);
}

kern_return_t
mach_port_destruct(ipc_space_t task, mach_port_name_t name,
    mach_port_delta_t srdelta, mach_port_context_t guard)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_destruct_trap(task, name, srdelta,
	    guard);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_destruct(task, name,
	    srdelta, guard) : kr);
}

kern_return_t
mach_port_guard(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t guard, boolean_t strict)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_guard_trap(task, name, guard, strict);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_guard(task, name,
	    guard, strict) : kr);
}

kern_return_t
mach_port_unguard(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t guard)
{
	kern_return_t kr;

	kr = _kernelrpc_mach_port_unguard_trap(task, name, guard);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_unguard(task, name,
	    guard) : kr);
}

kern_return_t
mach_port_guard_with_flags(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t guard, uint64_t flags)
{
	kern_return_t kr;

	kr = mach_port_guard_with_flags_trap(task, name, guard, flags);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_guard_with_flags(task,
	    name, guard, flags) : kr);
}

kern_return_t
mach_port_swap_guard(ipc_space_t task, mach_port_name_t name,
    mach_port_context_t old_guard, mach_port_context_t new_guard)
{
	kern_return_t kr;

	kr = mach_port_swap_guard_trap(task, name, old_guard, new_guard);
	return (OTHER_TASK(kr) ? _kernelrpc_mach_port_swap_guard(task, name,
	    old_guard, new_guard) : kr);
}
