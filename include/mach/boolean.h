/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * boolean_t: an int that is TRUE or FALSE.  A kernel's <sys/types.h> has the
 * same type; it is used there.
 */

#ifndef _MACH_BOOLEAN_H_
#define	_MACH_BOOLEAN_H_

#include <mach/cdefs.h>

#ifndef _KERNEL
typedef int	boolean_t;
#endif

#ifndef TRUE
#define	TRUE	1
#endif
#ifndef FALSE
#define	FALSE	0
#endif

#endif /* !_MACH_BOOLEAN_H_ */
