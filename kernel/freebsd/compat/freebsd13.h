/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 13 and what later releases have in common with it.  Each
 * freebsdNN.h gives the same few functions; the build chooses one by the
 * release it compiles for (MACH_COMPAT_H).
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD13_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD13_H_

#include <sys/param.h>

/* A macro, so that only its user needs the headers of the VM. */
#define	mach_compat_vm_map_protect(map, start, end, prot, set_max)	\
	((set_max) ?							\
	    vm_map_protect((map), (start), (end), 0, (prot),		\
	    VM_MAP_PROTECT_SET_MAXPROT) :				\
	    vm_map_protect((map), (start), (end), (prot), 0,		\
	    VM_MAP_PROTECT_SET_PROT))

#define	mach_compat_vm_object_anon(pages)				\
	vm_object_allocate_anon((pages), NULL, NULL, 0)
#define	mach_compat_vm_object_is_anon(object)				\
	(((object)->flags & (OBJ_ANON | OBJ_DEAD)) == OBJ_ANON)
#define	mach_compat_vm_page_held(m)	vm_page_wired(m)
/* A busy page of a locked object has been written, all of it. */
#define	mach_compat_vm_page_filled(m)	do {				\
	vm_page_valid(m);						\
	vm_page_dirty(m);						\
	vm_page_activate(m);						\
} while (0)

/* fo_stat lost its thread in FreeBSD 14. */
#ifndef MACH_COMPAT_FO_STAT_TD
#define	MACH_COMPAT_FO_STAT_TD		, struct thread *td __unused
#endif

/* Is another thread to have this one's processor?  FreeBSD 14 has it anew. */
#ifndef mach_compat_td_resched
#define	mach_compat_td_resched(td)					\
	(((td)->td_flags & TDF_NEEDRESCHED) != 0)
#endif

/* Until FreeBSD 15 a descriptor has no flags that stay with it. */
#ifndef mach_compat_fget_cap
#define	mach_compat_fget_cap(td, fd, rights, flagsp, fpp, caps)		\
	(*(flagsp) = 0, fget_cap((td), (fd), (rights), (fpp), (caps)))
#define	mach_compat_open_flags(flags)	0
#endif

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD13_H_ */
