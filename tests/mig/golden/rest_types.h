/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The C types of rest.defs.
 */

#ifndef _REST_TYPES_H_
#define	_REST_TYPES_H_

#include <mach/mach_types.h>

typedef int		*few_t;
typedef mach_port_t	*rights_t;
typedef mach_port_t	two_t[2];
typedef mach_port_t	any_t[2];
typedef int		*free_t;
typedef mach_port_t	half_t;
typedef mach_port_t	other_t;
typedef int		*short_t;
typedef int		*piece_t;
typedef int		*whole_t;
typedef mach_port_t	*names_t;
typedef piece_t		pieces_t[3];
typedef piece_t		both_t[2];
typedef whole_t		wholes_t[3];
typedef whole_t		fours_t[2];
typedef names_t		sets_t[2];
typedef mach_port_t	*lots_t[2];
typedef mach_port_t	*bare_t[2];
typedef short		word_t;
typedef uint64_t	sums_t[8];
typedef word_t		*words_t;
typedef struct {
	char		v[3];
} tri_t;
typedef tri_t		*tris_t;
typedef char		line_t[20];
typedef int		*far_t;
typedef struct {
	int		v[2];
} *far_two_t;
typedef mach_port_t	*handed_t;
typedef mach_port_t	holder_t;
typedef float		real_t;
typedef int		raw_t;
typedef uint32_t	inner_t;
typedef uint64_t	outer_t;
typedef uint32_t	handle_t;
typedef struct object	*object_t;

MACH_BEGIN_DECLS
object_t object_of(uint32_t);
object_t object_of_port(mach_port_t);
uint32_t handle_of(object_t);
MACH_END_DECLS

#endif /* !_REST_TYPES_H_ */
