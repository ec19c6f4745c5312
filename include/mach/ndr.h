/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The data representation record: 8 bytes that every generated message and
 * every notification carries after its header (or after its descriptors), to
 * say how the sender writes integers, characters and floating point.
 */

#ifndef _MACH_NDR_H_
#define	_MACH_NDR_H_

#include <mach/cdefs.h>

typedef struct {
	unsigned char	mig_vers;
	unsigned char	if_vers;
	unsigned char	reserved1;
	unsigned char	mig_encoding;
	unsigned char	int_rep;
	unsigned char	char_rep;
	unsigned char	float_rep;
	unsigned char	reserved2;
} NDR_record_t;

#define	NDR_PROTOCOL_2_0	0

#define	NDR_INT_BIG_ENDIAN	0
#define	NDR_INT_LITTLE_ENDIAN	1
#define	NDR_FLOAT_IEEE		0
#define	NDR_FLOAT_VAX		1
#define	NDR_FLOAT_CRAY		2
#define	NDR_FLOAT_IBM		3
#define	NDR_CHAR_ASCII		0
#define	NDR_CHAR_EBCDIC		1

/* Messages do not leave the machine, so nothing is ever converted. */
#ifndef __NDR_convert__
#define	__NDR_convert__			0
#endif
#ifndef __NDR_convert__int_rep__
#define	__NDR_convert__int_rep__	__NDR_convert__
#endif
#ifndef __NDR_convert__char_rep__
#define	__NDR_convert__char_rep__	0
#endif
#ifndef __NDR_convert__float_rep__
#define	__NDR_convert__float_rep__	0
#endif

MACH_BEGIN_DECLS
/* This machine's record.  libmach and the kernel each have one. */
extern NDR_record_t	NDR_record;
MACH_END_DECLS

MACH_STATIC_ASSERT(sizeof(NDR_record_t) == 8, "NDR record is 8 bytes");

#endif /* !_MACH_NDR_H_ */
