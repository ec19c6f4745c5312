/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Return codes as text.
 */

#ifndef _MACH_MACH_ERROR_H_
#define	_MACH_MACH_ERROR_H_

#include <mach/error.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * mach_error_string: what a code of any Mach call, generated stub or the
 * bootstrap server means.  The text is constant and may be kept; never null.
 * Follows Darwin; the texts are ours.
 */
extern char *mach_error_string(mach_error_t code);

/* mach_error_type: the system a code belongs to, as "(os/kern)".  Darwin. */
extern char *mach_error_type(mach_error_t code);

/*
 * mach_error: write str, the text and the code to standard error, as a line.
 * Darwin.
 */
extern void mach_error(const char *str, mach_error_t code);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_ERROR_H_ */
