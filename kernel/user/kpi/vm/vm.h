/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <vm/vm.h>: the virtual-memory types, with FreeBSD's widths, which are not
 * Mach's: kernel sources that want Mach's name them otherwise.
 */

#ifndef _KPI_VM_VM_H_
#define	_KPI_VM_VM_H_

#include <sys/types.h>
#include <machine/param.h>

typedef char	vm_inherit_t;
typedef u_char	vm_prot_t;

#define	VM_INHERIT_SHARE	((vm_inherit_t) 0)
#define	VM_INHERIT_COPY		((vm_inherit_t) 1)
#define	VM_INHERIT_NONE		((vm_inherit_t) 2)
#define	VM_INHERIT_DEFAULT	VM_INHERIT_COPY

#define	VM_PROT_NONE		((vm_prot_t) 0x00)
#define	VM_PROT_READ		((vm_prot_t) 0x01)
#define	VM_PROT_WRITE		((vm_prot_t) 0x02)
#define	VM_PROT_EXECUTE		((vm_prot_t) 0x04)
#define	VM_PROT_COPY		((vm_prot_t) 0x08)
#define	VM_PROT_ALL	(VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXECUTE)
#define	VM_PROT_RW	(VM_PROT_READ | VM_PROT_WRITE)
#define	VM_PROT_DEFAULT	VM_PROT_ALL

struct vmspace;
struct vm_map;
struct vm_object;
struct vm_page;
typedef struct vm_map		*vm_map_t;
typedef struct vm_object	*vm_object_t;
typedef struct vm_page		*vm_page_t;

#endif /* !_KPI_VM_VM_H_ */
