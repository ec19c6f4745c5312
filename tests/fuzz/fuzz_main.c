/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Between libFuzzer and a fuzzer.
 */

#include <tests/fuzz/fuzz.h>

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{

	fuzz_one(data, size);
	return (0);
}
