/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 15: nothing that we use changed since FreeBSD 14.
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD15_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD15_H_

#include <kernel/freebsd/compat/freebsd14.h>

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD15_H_ */
