/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The page size, and rounding to it.  Set before main().
 */

#ifndef _MACH_VM_PAGE_SIZE_H_
#define	_MACH_VM_PAGE_SIZE_H_

#include <mach/vm_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS
extern vm_size_t	vm_page_size;		/* bytes */
extern vm_size_t	vm_page_mask;		/* vm_page_size - 1 */
extern int		vm_page_shift;
/* The kernel's: the same on our hosts. */
extern vm_size_t	vm_kernel_page_size;
extern vm_size_t	vm_kernel_page_mask;
extern int		vm_kernel_page_shift;
MACH_END_DECLS

/* FreeBSD's <sys/param.h> has the first two. */
#ifndef trunc_page
#define	trunc_page(x)	((x) & (~(vm_page_size - 1)))
#endif
#ifndef round_page
#define	round_page(x)	trunc_page((x) + (vm_page_size - 1))
#endif

#define	mach_vm_trunc_page(x)	\
	((mach_vm_offset_t)(x) & ~(mach_vm_offset_t)vm_page_mask)
#define	mach_vm_round_page(x)	\
	(((mach_vm_offset_t)(x) + vm_page_mask) & \
	~(mach_vm_offset_t)vm_page_mask)
#define	trunc_page_kernel(x)	((x) & (~vm_kernel_page_mask))
#define	round_page_kernel(x)	trunc_page_kernel((x) + vm_kernel_page_mask)

#endif /* !_KERNEL */

#endif /* !_MACH_VM_PAGE_SIZE_H_ */
