/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The frame of the fuzzers.  A fuzzer is a file with fuzz_name and fuzz_one(),
 * linked with libFuzzer and fuzz_main.c, or with replay.c into a program that
 * runs the inputs named, whatever the compiler.
 */

#ifndef _TESTS_FUZZ_FUZZ_H_
#define	_TESTS_FUZZ_FUZZ_H_

#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

/* The fuzzer's. */
extern const char fuzz_name[];
void	fuzz_one(const uint8_t *data, size_t size);

/* An input, byte for byte; past its end there are zeros. */
struct fuzz_input {
	const uint8_t	*data;
	size_t		 left;
};

static inline void
fuzz_input(struct fuzz_input *in, const uint8_t *data, size_t size)
{

	in->data = data;
	in->left = size;
}

static inline uint32_t
fuzz_take(struct fuzz_input *in, unsigned int bytes)
{
	uint32_t v;

	v = 0;
	while (bytes-- > 0 && in->left > 0) {
		v = v << 8 | *in->data++;
		in->left--;
	}
	return (v);
}

/*
 * fuzz_kern.c, for those with the kernel in process: a process whose user
 * memory is one range, and the check that everything is as core_begin() left
 * it: objects, entries, memory.
 */
struct proc;
struct proc *fuzz_proc(pid_t pid, void *memory, size_t size);
/*
 * The so many-th next access to user memory, and allocation that may fail, do;
 * 0: none.
 */
void	fuzz_fault(unsigned int copy, unsigned int alloc);
void	fuzz_nothing_left(void);

#endif /* !_TESTS_FUZZ_FUZZ_H_ */
