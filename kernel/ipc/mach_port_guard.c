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


int
sys_mach_port_get_context_trap(struct mach_thread *self,
    struct mach_port_get_context_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;
	uint64_t context;
	uint32_t context32;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	/* A strict guard is not given away. */
	context = (port->ip_flags & IP_STRICT_GUARD) != 0 ? 0 :
	    port->ip_context;
	ip_unlock(port);
	if (self->th_is32) {
		context32 = (uint32_t)context;
		return (COPYOUT(context32, uap->context));
	}
	return (COPYOUT(context, uap->context));
}

int
sys_mach_port_set_context_trap(struct mach_thread *self,
    struct mach_port_set_context_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_STRICT_GUARD) != 0)
		kr = KERN_INVALID_ARGUMENT;
	else
		port->ip_context = uap->context;
	ip_unlock(port);
	return (kr);
}

static kern_return_t
mach_port_guard_flags(struct mach_thread *self, mach_port_name_t target,
    mach_port_name_t name, uint64_t guard, uint64_t flags)
{
	struct ipc_port *port;
	kern_return_t kr;

	if ((flags & ~(uint64_t)(MPG_STRICT | MPG_IMMOVABLE_RECEIVE)) != 0)
		return (KERN_INVALID_ARGUMENT);
	if (!MACH_PORT_VALID(name))
		return (KERN_INVALID_NAME);
	kr = mach_port_receive_right(self, target, name, &port);
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

	return (mach_port_guard_flags(self, uap->target, uap->name,
	    uap->guard, uap->strict ? MPG_STRICT : 0));
}

int
sys_mach_port_guard_with_flags_trap(struct mach_thread *self,
    struct mach_port_guard_with_flags_trap_args *uap)
{

	return (mach_port_guard_flags(self, uap->task, uap->name, uap->guard,
	    uap->flags));
}

int
sys__kernelrpc_mach_port_unguard_trap(struct mach_thread *self,
    struct _kernelrpc_mach_port_unguard_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	if (!MACH_PORT_VALID(uap->name))
		return (KERN_INVALID_NAME);
	kr = mach_port_receive_right(self, uap->target, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) == 0 ||
	    port->ip_context != uap->guard)
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
sys_mach_port_swap_guard_trap(struct mach_thread *self,
    struct mach_port_swap_guard_trap_args *uap)
{
	struct ipc_port *port;
	kern_return_t kr;

	if (!MACH_PORT_VALID(uap->name))
		return (KERN_INVALID_NAME);
	kr = mach_port_receive_right(self, uap->task, uap->name, &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	if ((port->ip_flags & IP_GUARDED) == 0 ||
	    (port->ip_flags & IP_STRICT_GUARD) != 0 ||
	    port->ip_context != uap->old_guard)
		kr = KERN_INVALID_ARGUMENT;
	else
		port->ip_context = uap->new_guard;
	ip_unlock(port);
	return (kr);
}
