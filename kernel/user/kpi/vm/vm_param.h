/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <vm/vm_param.h>: page arithmetic, and FreeBSD's own copies of the first
 * Mach return codes (the same values, so <mach/kern_return.h> may follow).
 */

#ifndef _KPI_VM_VM_PARAM_H_
#define	_KPI_VM_VM_PARAM_H_

#include <sys/types.h>
#include <machine/param.h>

#define	KERN_SUCCESS		0
#define	KERN_INVALID_ADDRESS	1
#define	KERN_PROTECTION_FAILURE	2
#define	KERN_NO_SPACE		3
#define	KERN_INVALID_ARGUMENT	4
#define	KERN_FAILURE		5
#define	KERN_RESOURCE_SHORTAGE	6
#define	KERN_NOT_RECEIVER	7
#define	KERN_NO_ACCESS		8
#define	KERN_OUT_OF_BOUNDS	9
#define	KERN_RESTART		10

#endif /* !_KPI_VM_VM_PARAM_H_ */
