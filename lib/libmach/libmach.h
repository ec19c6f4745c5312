/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the files of common libmach share.  Internal: never installed.
 */

#ifndef _LIBMACH_LIBMACH_H_
#define _LIBMACH_LIBMACH_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mach/mach.h>

#include "host.h"
#include "gen/trap_stubs.h"

/* Round up to a multiple of the machine's page. */
#define	LIBMACH_ROUND_PAGE(x)	\
	(((mach_vm_size_t)(x) + vm_page_mask) & ~(mach_vm_size_t)vm_page_mask)

/* Forget the calling thread's reply port: it belongs to another task. */
void	_mig_fork_child(void);
void	_mig_thread_exit(void);

/*
 * Memory that the caller of a Mach function frees with vm_deallocate().
 * The size is rounded up to whole pages.
 */
kern_return_t _libmach_alloc(mach_vm_size_t size, void **memory);
void	_libmach_free(void *memory, mach_vm_size_t size);

/* Does the kernel know it as a host port? */
bool	_libmach_is_host(host_t host);

/* Of a timeout, what is left since start, a time of _libmach_now_ms(). */
uint64_t _libmach_now_ms(void);
mach_msg_timeout_t _libmach_time_left(uint64_t start,
    mach_msg_timeout_t timeout);

/*
 * A trap refused a target: is it another task, to be sent a message?  Anything
 * else might never answer.
 */
bool	_libmach_other_task(mach_port_t target, kern_return_t kr);
#define	OTHER_TASK(kr)	_libmach_other_task(task, (kr))
/* The traps on tasks and threads say this of another's only. */
#define	ANOTHERS(kr)	((kr) == MACH_SEND_INVALID_DEST)

#endif /* !_LIBMACH_LIBMACH_H_ */
