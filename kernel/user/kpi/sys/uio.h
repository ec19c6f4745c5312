/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/uio.h>: struct iovec and the address-space names. */

#ifndef _KPI_SYS_UIO_H_
#define	_KPI_SYS_UIO_H_

#include <sys/types.h>
#ifdef __linux__
#include_next <sys/uio.h>
#else
#include <sys/_iovec.h>
#endif

enum uio_rw {
	UIO_READ,
	UIO_WRITE
};

enum uio_seg {
	UIO_USERSPACE,
	UIO_SYSSPACE
};

#endif /* !_KPI_SYS_UIO_H_ */
