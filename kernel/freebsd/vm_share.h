/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A snapshot of memory that is an object of the process: vm_share.c.
 */

#ifndef _KERNEL_FREEBSD_VM_SHARE_H_
#define _KERNEL_FREEBSD_VM_SHARE_H_

/* Below it a copy is as cheap. */
#define	VM_SHARE_MIN	(16 * PAGE_SIZE)

/*
 * The object behind [addr, addr + size) of the current process's map, with a
 * reference, whose content does not change any more; or NULL: copy.  `give`:
 * the process is about to lose that memory.  May sleep.
 */
vm_object_t vm_share(vm_map_t map, vm_offset_t addr, vm_size_t size, bool give);

#endif /* !_KERNEL_FREEBSD_VM_SHARE_H_ */
