/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The host's <sys/types.h> and the types FreeBSD's kernel adds to it.
 */

#ifndef _KPI_SYS_TYPES_H_
#define	_KPI_SYS_TYPES_H_

#include <sys/cdefs.h>
#include_next <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __linux__
typedef unsigned char	u_char;
typedef unsigned short	u_short;
typedef unsigned int	u_int;
typedef unsigned long	u_long;

typedef int64_t		sbintime_t;
typedef int32_t		lwpid_t;
typedef const char	*c_caddr_t;
#endif

typedef int		boolean_t;
typedef uintptr_t	vm_offset_t;
typedef uintptr_t	vm_size_t;
typedef uint64_t	vm_paddr_t;
typedef int64_t		vm_ooffset_t;
typedef uint64_t	vm_pindex_t;
#ifdef __linux__
typedef uintptr_t	u_register_t;
#endif

/* Unsigned long long casts for printf, as in FreeBSD. */
#ifndef __FreeBSD__
typedef uintptr_t	uintfptr_t;
#endif

#endif /* !_KPI_SYS_TYPES_H_ */
