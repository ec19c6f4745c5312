/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What vm_user_*() and vm_space_*() have in common: operations on the map of a
 * process, the current one or another: vm_space.c.
 */

#ifndef _KERNEL_FREEBSD_VM_MAP_USER_H_
#define _KERNEL_FREEBSD_VM_MAP_USER_H_

/* `low`: where to look for room in the map of another process. */
kern_return_t vm_map_user_allocate(vm_map_t map, vm_offset_t low,
	    mach_vm_offset_t *addr, mach_vm_size_t size, int flags);
kern_return_t vm_map_user_deallocate(vm_map_t map, mach_vm_offset_t addr,
	    mach_vm_size_t size);
kern_return_t vm_map_user_protect(vm_map_t map, mach_vm_offset_t addr,
	    mach_vm_size_t size, bool set_maximum, int prot);

#endif /* !_KERNEL_FREEBSD_VM_MAP_USER_H_ */
