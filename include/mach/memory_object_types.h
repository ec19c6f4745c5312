/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory objects and memory entries: types and flags.  External pagers are not
 * supported; of the types, memory entries use the sizes and the flags.
 */

#ifndef _MACH_MEMORY_OBJECT_TYPES_H_
#define	_MACH_MEMORY_OBJECT_TYPES_H_

#include <mach/machine/vm_types.h>
#include <mach/port.h>

#define	VM_64_BIT_DATA_OBJECTS

typedef unsigned long long	memory_object_offset_t;
typedef unsigned long long	memory_object_size_t;
typedef natural_t		memory_object_cluster_size_t;
typedef natural_t		*memory_object_fault_info_t;
typedef unsigned long long	vm_object_id_t;

#ifndef _KERNEL
typedef mach_port_t		memory_object_t;
typedef memory_object_t		*memory_object_array_t;
typedef mach_port_t		memory_object_control_t;
typedef mach_port_t		memory_object_name_t;
typedef mach_port_t		memory_object_default_t;

#define	MEMORY_OBJECT_NULL		((memory_object_t)0)
#define	MEMORY_OBJECT_CONTROL_NULL	((memory_object_control_t)0)
#define	MEMORY_OBJECT_NAME_NULL		((memory_object_name_t)0)
#define	MEMORY_OBJECT_DEFAULT_NULL	((memory_object_default_t)0)
#endif /* !_KERNEL */

typedef int	memory_object_copy_strategy_t;
#define	MEMORY_OBJECT_COPY_NONE		0
#define	MEMORY_OBJECT_COPY_CALL		1
#define	MEMORY_OBJECT_COPY_DELAY	2
#define	MEMORY_OBJECT_COPY_TEMPORARY	3
#define	MEMORY_OBJECT_COPY_SYMMETRIC	4
#define	MEMORY_OBJECT_COPY_INVALID	5

typedef int	memory_object_return_t;
#define	MEMORY_OBJECT_RETURN_NONE	0
#define	MEMORY_OBJECT_RETURN_DIRTY	1
#define	MEMORY_OBJECT_RETURN_ALL	2
#define	MEMORY_OBJECT_RETURN_ANYTHING	3

/*
 * Flags or-ed into the permission of mach_make_memory_entry_64().
 */
#define	MAP_MEM_NOOP		0
#define	MAP_MEM_COPYBACK	1
#define	MAP_MEM_IO		2
#define	MAP_MEM_WTHRU		3
#define	MAP_MEM_WCOMB		4
#define	MAP_MEM_INNERWBACK	5
#define	MAP_MEM_POSTED		6
#define	GET_MAP_MEM(flags)	((((unsigned int)(flags)) >> 24) & 0xff)
#define	SET_MAP_MEM(caching, flags)	\
	((flags) = ((((unsigned int)(caching)) << 24) & 0xff000000U) | \
	((flags) & 0xffffff))

#define	MAP_MEM_PROT_MASK	0xff
#define	MAP_MEM_LEDGER_TAGGED	0x002000	/* accepted, no effect */
#define	MAP_MEM_PURGABLE_KERNEL_ONLY	0x004000	/* refused */
#define	MAP_MEM_GRAB_SECLUDED	0x008000	/* accepted, no effect */
#define	MAP_MEM_ONLY		0x010000	/* change caching; refused */
#define	MAP_MEM_NAMED_CREATE	0x020000	/* new memory, not mapped */
#define	MAP_MEM_PURGABLE	0x040000	/* refused */
#define	MAP_MEM_NAMED_REUSE	0x080000	/* reuse parent if it fits */
#define	MAP_MEM_USE_DATA_ADDR	0x100000	/* offset may be any byte's */
#define	MAP_MEM_VM_COPY		0x200000	/* a copy of the range */
#define	MAP_MEM_VM_SHARE	0x400000	/* the range itself */
#define	MAP_MEM_4K_DATA_ADDR	0x800000
#define	MAP_MEM_FLAGS_MASK	0x00ffff00

#endif /* !_MACH_MEMORY_OBJECT_TYPES_H_ */
