/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 12.3, the oldest kernel that the sources build on.
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD12_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD12_H_

#include <sys/param.h>

#define	mach_compat_vm_map_protect(map, start, end, prot, set_max)	\
	vm_map_protect((map), (start), (end), (prot), (set_max))

/* Nothing but a type tells anonymous memory there. */
#define	mach_compat_vm_object_anon(pages)				\
	vm_object_allocate(OBJT_DEFAULT, (pages))
#define	mach_compat_vm_object_is_anon(object)				\
	(((object)->type == OBJT_DEFAULT ||				\
	    (object)->type == OBJT_SWAP) && (object)->handle == NULL &&	\
	    ((object)->flags & (OBJ_NOSPLIT | OBJ_DEAD |		\
	    OBJ_TMPFS_NODE | OBJ_TMPFS)) == 0)
#define	mach_compat_vm_page_held(m)					\
	((m)->hold_count != 0 || (m)->wire_count != 0)
/* A busy page of a locked object has been written, all of it. */
#define	mach_compat_vm_page_filled(m)	do {				\
	(m)->valid = VM_PAGE_BITS_ALL;					\
	vm_page_dirty(m);						\
	vm_page_lock(m);						\
	vm_page_activate(m);						\
	vm_page_unlock(m);						\
} while (0)

/* A descriptor has no flags that stay with it when it is passed. */
#define	mach_compat_fget_cap(td, fd, rights, flagsp, fpp, caps)		\
	(*(flagsp) = 0, fget_cap((td), (fd), (rights), (fpp), (caps)))
#define	mach_compat_open_flags(flags)	0

#define	mach_compat_td_resched(td)					\
	(((td)->td_flags & TDF_NEEDRESCHED) != 0)

#define	MACH_COMPAT_FO_STAT_TD		, struct thread *td __unused

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD12_H_ */
