/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD 16: nothing that we use changed since FreeBSD 15.
 */

#ifndef _KERNEL_FREEBSD_COMPAT_FREEBSD16_H_
#define _KERNEL_FREEBSD_COMPAT_FREEBSD16_H_

#include <kernel/freebsd/compat/freebsd15.h>

#endif /* !_KERNEL_FREEBSD_COMPAT_FREEBSD16_H_ */
