/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

#ifndef _TESTS_FREEBSD_OBJECT_H_
#define	_TESTS_FREEBSD_OBJECT_H_

/*
 * References to the VM object behind an address of this process, as the kernel
 * tells; -1: nothing is mapped there, or it does not tell.
 */
int	object_references(const void *);

#endif /* !_TESTS_FREEBSD_OBJECT_H_ */
