/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/queue.h>: FreeBSD's own, which libbsd carries for Linux.
 */

#ifndef _KPI_SYS_QUEUE_H_
#define	_KPI_SYS_QUEUE_H_

#ifdef __linux__
#include <stddef.h>
#include <bsd/sys/queue.h>
#else
#include_next <sys/queue.h>
#endif

#endif /* !_KPI_SYS_QUEUE_H_ */
