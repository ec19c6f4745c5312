/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * <sys/tree.h>: FreeBSD's own, which libbsd carries for Linux.
 */

#ifndef _KPI_SYS_TREE_H_
#define	_KPI_SYS_TREE_H_

#ifdef __linux__
#include <stddef.h>
#include <bsd/sys/tree.h>
#else
#include_next <sys/tree.h>
#endif

#endif /* !_KPI_SYS_TREE_H_ */
