/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 15: a descriptor has flags that stay with it when it is passed.
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD15_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD15_H_

#define	mach_compat_fget_cap(td, fd, rights, flagsp, fpp, caps)		\
	fget_cap((td), (fd), (rights), (flagsp), (fpp), (caps))
#define	mach_compat_open_flags(flags)					\
	(((flags) & UF_RESOLVE_BENEATH) != 0 ? O_RESOLVE_BENEATH : 0)

#include <kernel/freebsd/compat/freebsd14.h>

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD15_H_ */
