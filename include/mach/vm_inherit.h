/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a child gets of its parent's memory.  As with protections (see
 * <mach/vm_prot.h>) the kernel sees the names with MACH_ only.
 */

#ifndef _MACH_VM_INHERIT_H_
#define	_MACH_VM_INHERIT_H_

typedef unsigned int	mach_vm_inherit_t;

#define	MACH_VM_INHERIT_SHARE		0
#define	MACH_VM_INHERIT_COPY		1
#define	MACH_VM_INHERIT_NONE		2
#define	MACH_VM_INHERIT_DONATE_COPY	3

#ifndef _KERNEL
typedef mach_vm_inherit_t	vm_inherit_t;

#define	VM_INHERIT_SHARE	((vm_inherit_t)MACH_VM_INHERIT_SHARE)
#define	VM_INHERIT_COPY		((vm_inherit_t)MACH_VM_INHERIT_COPY)
#define	VM_INHERIT_NONE		((vm_inherit_t)MACH_VM_INHERIT_NONE)
#define	VM_INHERIT_DONATE_COPY	((vm_inherit_t)MACH_VM_INHERIT_DONATE_COPY)
#define	VM_INHERIT_DEFAULT	VM_INHERIT_COPY
#define	VM_INHERIT_LAST_VALID	VM_INHERIT_NONE
#endif /* !_KERNEL */

#endif /* !_MACH_VM_INHERIT_H_ */
