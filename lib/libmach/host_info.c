/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * host_info and host_statistics.  The kernel says whether it is a host port;
 * the figures are those of the host's own interfaces.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libmach.h"
#include "machine.h"

#define	HOST_BASIC_INFO_OLD_COUNT	5
#define	MEMORY_SIZE_MAX			0x80000000u

bool
_libmach_is_host(host_t host)
{
	mach_msg_type_number_t count;

	count = 0;
	return (host_info_trap(host, HOST_MACH_MSG_TRAP, NULL, &count) !=
	    KERN_INVALID_ARGUMENT);
}

static void
cpu_kind(cpu_type_t *type, cpu_subtype_t *subtype)
{

#if defined(__x86_64__)
	*type = CPU_TYPE_X86_64;
	*subtype = CPU_SUBTYPE_X86_64_ALL;
#elif defined(__i386__)
	*type = CPU_TYPE_X86;
	*subtype = CPU_SUBTYPE_X86_ALL;
#elif defined(__aarch64__)
	*type = CPU_TYPE_ARM64;
	*subtype = CPU_SUBTYPE_ARM64_ALL;
#else
	*type = CPU_TYPE_ANY;
	*subtype = CPU_SUBTYPE_ANY;
#endif
}

static kern_return_t
basic_info(host_basic_info_t info)
{
	uint64_t size;
	long configured, online;

	configured = sysconf(_SC_NPROCESSORS_CONF);
	online = sysconf(_SC_NPROCESSORS_ONLN);
	size = mach_host_memory_size();
	if (configured < 1 || online < 1 || size == 0)
		return (KERN_NOT_SUPPORTED);
	memset(info, 0, sizeof(*info));
	info->max_cpus = (integer_t)configured;
	info->avail_cpus = (integer_t)online;
	info->memory_size = size > MEMORY_SIZE_MAX ? MEMORY_SIZE_MAX :
	    (natural_t)size;
	cpu_kind(&info->cpu_type, &info->cpu_subtype);
	/* Which of them share a core is not told. */
	info->physical_cpu = info->logical_cpu = info->avail_cpus;
	info->physical_cpu_max = info->logical_cpu_max = info->max_cpus;
	info->max_mem = size;
	return (KERN_SUCCESS);
}

kern_return_t
host_info(host_t host, host_flavor_t flavor, host_info_t info,
    mach_msg_type_number_t *count)
{
	host_basic_info_data_t basic;
	kern_return_t kr;

	if (count == NULL || !_libmach_is_host(host))
		return (KERN_INVALID_ARGUMENT);
	switch (flavor) {
	case HOST_BASIC_INFO:
		if (info == NULL)
			return (KERN_INVALID_ARGUMENT);
		if (*count < HOST_BASIC_INFO_OLD_COUNT)
			return (KERN_FAILURE);
		kr = basic_info(&basic);
		if (kr != KERN_SUCCESS)
			return (kr);
		*count = *count < HOST_BASIC_INFO_COUNT ?
		    HOST_BASIC_INFO_OLD_COUNT : HOST_BASIC_INFO_COUNT;
		memcpy(info, &basic, *count * sizeof(*info));
		return (KERN_SUCCESS);
	case HOST_SEMAPHORE_TRAPS:
	case HOST_MACH_MSG_TRAP:
		*count = 0;
		return (KERN_SUCCESS);
	case HOST_SCHED_INFO:
	case HOST_RESOURCE_SIZES:
	case HOST_PRIORITY_INFO:
	case HOST_VM_PURGABLE:
	case HOST_CAN_HAS_DEBUGGER:
	case HOST_PREFERRED_USER_ARCH:
		return (KERN_NOT_SUPPORTED);
	default:
		return (KERN_INVALID_ARGUMENT);
	}
}

/*
 * Mach's factor is what a new thread would find: the processors free, or its
 * share of those that are not.
 */
static kern_return_t
load_info(host_load_info_t info)
{
	double averages[3], free;
	long cpus;
	int i;

	cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if (cpus < 1 || getloadavg(averages, 3) != 3)
		return (KERN_NOT_SUPPORTED);
	for (i = 0; i < 3; i++) {
		free = (double)cpus - averages[i];
		if (free < 1)
			free = (double)cpus / (averages[i] + 1);
		info->avenrun[i] = (integer_t)(averages[i] * LOAD_SCALE);
		info->mach_factor[i] = (integer_t)(free * LOAD_SCALE);
	}
	return (KERN_SUCCESS);
}

static kern_return_t
cpu_load_info(host_cpu_load_info_t info)
{
	uint64_t ticks[CPU_STATE_MAX];
	int i;

	if (!mach_host_ticks(ticks))
		return (KERN_NOT_SUPPORTED);
	/* They wrap, as Darwin's. */
	for (i = 0; i < CPU_STATE_MAX; i++)
		info->cpu_ticks[i] = (natural_t)ticks[i];
	return (KERN_SUCCESS);
}

static kern_return_t
vm_info(vm_statistics_t vm, vm_statistics64_t vm64)
{
	struct machine_memory m;

	if (!mach_host_memory_figures(&m))
		return (KERN_NOT_SUPPORTED);
	memset(vm, 0, sizeof(*vm));
	memset(vm64, 0, sizeof(*vm64));
	vm->free_count = vm64->free_count = (natural_t)m.mm_free;
	vm->active_count = vm64->active_count = (natural_t)m.mm_active;
	vm->inactive_count = vm64->inactive_count = (natural_t)m.mm_inactive;
	vm->wire_count = vm64->wire_count = (natural_t)m.mm_wired;
	vm->zero_fill_count = (natural_t)m.mm_zero_fill;
	vm64->zero_fill_count = m.mm_zero_fill;
	vm->reactivations = (natural_t)m.mm_reactivations;
	vm64->reactivations = m.mm_reactivations;
	vm->pageins = (natural_t)m.mm_pageins;
	vm64->pageins = m.mm_pageins;
	vm->pageouts = (natural_t)m.mm_pageouts;
	vm64->pageouts = m.mm_pageouts;
	vm->faults = (natural_t)m.mm_faults;
	vm64->faults = m.mm_faults;
	vm->cow_faults = (natural_t)m.mm_cow_faults;
	vm64->cow_faults = m.mm_cow_faults;
	return (KERN_SUCCESS);
}

/* As much as there is room for; the shortest form has `least'. */
static kern_return_t
give(const void *figures, mach_msg_type_number_t least,
    mach_msg_type_number_t size, host_info_t info,
    mach_msg_type_number_t *count)
{

	if (*count < least)
		return (KERN_FAILURE);
	if (*count > size)
		*count = size;
	memcpy(info, figures, *count * sizeof(*info));
	return (KERN_SUCCESS);
}

kern_return_t
host_statistics64(host_t host, host_flavor_t flavor, host_info64_t info,
    mach_msg_type_number_t *count)
{
	host_cpu_load_info_data_t cpu;
	host_load_info_data_t load;
	kern_return_t kr;
	vm_statistics_data_t vm;
	vm_statistics64_data_t vm64;

	if (info == NULL || count == NULL || !_libmach_is_host(host))
		return (KERN_INVALID_ARGUMENT);
	switch (flavor) {
	case HOST_LOAD_INFO:
		kr = load_info(&load);
		return (kr != KERN_SUCCESS ? kr : give(&load,
		    HOST_LOAD_INFO_COUNT, HOST_LOAD_INFO_COUNT, info, count));
	case HOST_CPU_LOAD_INFO:
		kr = cpu_load_info(&cpu);
		return (kr != KERN_SUCCESS ? kr : give(&cpu,
		    HOST_CPU_LOAD_INFO_COUNT, HOST_CPU_LOAD_INFO_COUNT, info,
		    count));
	case HOST_VM_INFO:
		kr = vm_info(&vm, &vm64);
		return (kr != KERN_SUCCESS ? kr : give(&vm,
		    HOST_VM_INFO_REV0_COUNT, HOST_VM_INFO_COUNT, info,
		    count));
	case HOST_VM_INFO64:
		kr = vm_info(&vm, &vm64);
		return (kr != KERN_SUCCESS ? kr : give(&vm64,
		    HOST_VM_INFO64_REV0_COUNT, HOST_VM_INFO64_COUNT, info,
		    count));
	case HOST_EXTMOD_INFO64:
	case HOST_EXPIRED_TASK_INFO:
		return (KERN_NOT_SUPPORTED);
	default:
		return (KERN_INVALID_ARGUMENT);
	}
}

kern_return_t
host_statistics(host_t host, host_flavor_t flavor, host_info_t info,
    mach_msg_type_number_t *count)
{

	/* What is wide has the other call. */
	if (flavor == HOST_VM_INFO64 || flavor == HOST_EXTMOD_INFO64)
		return (KERN_INVALID_ARGUMENT);
	return (host_statistics64(host, flavor, info, count));
}
