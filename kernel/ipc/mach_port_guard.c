/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Context and guard of a port: one word, which is a context until it is made a
 * guard.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/ipc/mach_port.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_handlers.h>


kern_return_t
kern_mach_port_get_context(struct ipc_space *space, mach_port_name_t name,
    uint64_t *contextp)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	/* A strict guard is not given away. */
	*contextp = (port->ip_flags & IP_STRICT_GUARD) != 0 ? 0 :
	    port->ip_context;
	ip_unlock(port);
	return (KERN_SUCCESS);
}

int
sys_mach_port_get_context_trap(struct mach_thread *self,
    struct mach_port_get_context_trap_args *uap)
{
	struct ipc_space *space;
	kern_return_t kr;
	uint64_t context;
	uint32_t context32;

	TARGET(self, uap->task, space);
	kr = kern_mach_port_get_context(space, uap->name, &context);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (self->th_is32) {
		context32 = (uint32_t)context;
		return (COPYOUT(context32, uap->context));
	}
	return (COPYOUT(context, uap->context));
}

kern_return_t
kern_mach_port_set_context(struct ipc_space *space, mach_port_name_t name,
    uint64_t context)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_STRICT_GUARD) != 0)
		kr = KERN_INVALID_ARGUMENT;
	else
		port->ip_context = context;
	ip_unlock(port);
	return (kr);
}

int
sys_mach_port_set_context_trap(struct mach_thread *self,
    struct mach_port_set_context_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_set_context(space, uap->name, uap->context));
}

kern_return_t
kern_mach_port_guard(struct ipc_space *space, mach_port_name_t name,
    uint64_t guard, uint64_t flags)
{
	struct ipc_port *port;
	kern_return_t kr;

	if ((flags & ~(uint64_t)(MPG_STRICT | MPG_IMMOVABLE_RECEIVE)) != 0)
		return (KERN_INVALID_ARGUMENT);
	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_NAME);
	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) != 0 || port->ip_context != 0)
		kr = KERN_INVALID_ARGUMENT;
	else if ((flags & MPG_IMMOVABLE_RECEIVE) != 0 &&
	    port->ip_pdrequest != NULL)
		kr = KERN_INVALID_CAPABILITY;	/* promised to somebody */
	else {
		port->ip_context = guard;
		port->ip_flags |= IP_GUARDED;
		if ((flags & MPG_STRICT) != 0)
			port->ip_flags |= IP_STRICT_GUARD;
		if ((flags & MPG_IMMOVABLE_RECEIVE) != 0)
			port->ip_flags |= IP_IMMOVABLE_RECEIVE;
	}
	ip_unlock(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_guard_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_guard_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_guard(space, uap->name, uap->guard,
	    uap->strict ? MPG_STRICT : 0));
}

int
sys_mach_port_guard_with_flags_trap(struct mach_thread *self,
    struct mach_port_guard_with_flags_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_guard(space, uap->name, uap->guard,
	    uap->flags));
}

kern_return_t
kern_mach_port_unguard(struct ipc_space *space, mach_port_name_t name,
    uint64_t guard)
{
	struct ipc_port *port;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_NAME);
	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) == 0 ||
	    port->ip_context != guard)
		kr = KERN_INVALID_ARGUMENT;
	else {
		port->ip_context = 0;
		/* What was made immovable stays so. */
		port->ip_flags &= ~(IP_GUARDED | IP_STRICT_GUARD);
	}
	ip_unlock(port);
	return (kr);
}

int
sys__kernelrpc_mach_port_unguard_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_unguard_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->target, space);
	return (kern_mach_port_unguard(space, uap->name, uap->guard));
}

kern_return_t
kern_mach_port_swap_guard(struct ipc_space *space, mach_port_name_t name,
    uint64_t old_guard, uint64_t new_guard)
{
	struct ipc_port *port;
	kern_return_t kr;

	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_NAME);
	kr = mach_port_receive(space, name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) == 0 ||
	    (port->ip_flags & IP_STRICT_GUARD) != 0 ||
	    port->ip_context != old_guard)
		kr = KERN_INVALID_ARGUMENT;
	else
		port->ip_context = new_guard;
	ip_unlock(port);
	return (kr);
}

int
sys_mach_port_swap_guard_trap(struct mach_thread *self,
    struct mach_port_swap_guard_trap_args *uap)
{
	struct ipc_space *space;

	TARGET(self, uap->task, space);
	return (kern_mach_port_swap_guard(space, uap->name, uap->old_guard,
	    uap->new_guard));
}

/* Of a guard that is not strict anybody can make what he likes. */
int
sys_mach_port_assert_guard_trap(struct mach_thread *self,
    struct mach_port_assert_guard_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_STRICT_GUARD) == 0 ||
	    port->ip_context != uap->guard)
		kr = KERN_INVALID_ARGUMENT;
	ip_unlock(port);
	return (kr);
}
