/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What bench/stub.defs sends and receives.
 */

#ifndef _STUB_TYPES_H_
#define	_STUB_TYPES_H_

#include <stdint.h>

typedef struct {
	uint32_t	words[16];
} stub_block_t;

#endif /* !_STUB_TYPES_H_ */
