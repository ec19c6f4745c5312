/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Protection of memory.
 *
 * On the wire and in programs a protection is an int.  FreeBSD's kernel, and
 * <vm/vm.h>, have a vm_prot_t of one byte and the same names for other
 * values, so kernel code must not take the one for the other: it sees
 * mach_vm_prot_t and MACH_VM_PROT_* only.
 */

#ifndef _MACH_VM_PROT_H_
#define	_MACH_VM_PROT_H_

typedef int	mach_vm_prot_t;

#define	MACH_VM_PROT_NONE	0x00
#define	MACH_VM_PROT_READ	0x01
#define	MACH_VM_PROT_WRITE	0x02
#define	MACH_VM_PROT_EXECUTE	0x04
#define	MACH_VM_PROT_ALL	0x07
#define	MACH_VM_PROT_COPY	0x10	/* protect: make it private first */
#define	MACH_VM_PROT_IS_MASK	0x40	/* memory entry: what it allows */
#define	MACH_VM_PROT_NO_CHANGE	0x01000000

#ifndef _KERNEL
typedef mach_vm_prot_t	vm_prot_t;

#define	VM_PROT_NONE		((vm_prot_t)MACH_VM_PROT_NONE)
#define	VM_PROT_READ		((vm_prot_t)MACH_VM_PROT_READ)
#define	VM_PROT_WRITE		((vm_prot_t)MACH_VM_PROT_WRITE)
#define	VM_PROT_EXECUTE		((vm_prot_t)MACH_VM_PROT_EXECUTE)
#define	VM_PROT_DEFAULT		(VM_PROT_READ | VM_PROT_WRITE)
#define	VM_PROT_ALL		(VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXECUTE)
#define	VM_PROT_NO_CHANGE_LEGACY	((vm_prot_t)0x08)
#define	VM_PROT_NO_CHANGE	((vm_prot_t)MACH_VM_PROT_NO_CHANGE)
#define	VM_PROT_COPY		((vm_prot_t)MACH_VM_PROT_COPY)
#define	VM_PROT_WANTS_COPY	VM_PROT_COPY
#define	VM_PROT_TRUSTED		((vm_prot_t)0x20)
#define	VM_PROT_IS_MASK		((vm_prot_t)MACH_VM_PROT_IS_MASK)
#define	VM_PROT_STRIP_READ	((vm_prot_t)0x80)
#define	VM_PROT_EXECUTE_ONLY	(VM_PROT_EXECUTE | VM_PROT_STRIP_READ)
#define	VM_PROT_ALLEXEC		VM_PROT_EXECUTE
#endif /* !_KERNEL */

#endif /* !_MACH_VM_PROT_H_ */
