/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The user-mode kernel inside one process, without machd: what a unit test
 * or a fuzzer needs beside host.h.
 */

#ifndef _KERNEL_USER_INPROCESS_H_
#define	_KERNEL_USER_INPROCESS_H_

struct thread;

/* After host_init(), before mach_kernel_init(); the reverse at the end. */
void	mach_inprocess_init(void);
void	mach_inprocess_fini(void);

/* The thread makes no more traps; then host_thread_destroy(). */
void	mach_inprocess_thread_end(struct thread *td);

#endif /* !_KERNEL_USER_INPROCESS_H_ */
