/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The C types of pair.defs, and the server's functions on objects.
 */

#ifndef _PAIR_TYPES_H_
#define	_PAIR_TYPES_H_

#include <mach/mach_types.h>

typedef uint32_t	fixed_t[5];
typedef uint64_t	*wide_t;
typedef char		odd_t[3];
typedef int		*ints_t;
typedef uint8_t		*bytes_t;
typedef char		name_t[16];
typedef char		text_t[22];
typedef uint32_t	*numbers_t;
typedef struct {
	uint64_t	v[3];
} pair_t;
typedef struct object {
	unsigned	refs;
	uint32_t	handle;
} *object_t;

MACH_BEGIN_DECLS
object_t object_find(uint32_t);		/* with a reference; may be null */
uint32_t object_handle(object_t);
void	object_drop(object_t);
MACH_END_DECLS

#endif /* !_PAIR_TYPES_H_ */
