/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Types of the memory interface.  In programs a map is named by the port of
 * its task.  The kernel has types of its own for its objects.
 */

#ifndef _MACH_VM_TYPES_H_
#define	_MACH_VM_TYPES_H_

#include <mach/machine/vm_types.h>
#include <mach/port.h>

typedef vm_offset_t	pointer_t;
typedef vm_offset_t	vm_address_t;

typedef uint64_t	vm_object_offset_t;
typedef uint64_t	vm_object_size_t;

#ifndef _KERNEL
typedef mach_port_t	vm_map_t;
typedef mach_port_t	vm_map_read_t;
typedef mach_port_t	vm_map_inspect_t;
typedef mach_port_t	vm_named_entry_t;
typedef mach_port_t	upl_t;

#define	VM_MAP_NULL		((vm_map_t)0)
#define	VM_MAP_READ_NULL	((vm_map_read_t)0)
#define	VM_MAP_INSPECT_NULL	((vm_map_inspect_t)0)
#define	VM_NAMED_ENTRY_NULL	((vm_named_entry_t)0)
#define	UPL_NULL		((upl_t)0)
#endif /* !_KERNEL */

#endif /* !_MACH_VM_TYPES_H_ */
