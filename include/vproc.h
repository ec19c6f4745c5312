/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Transactions: what a job does that must not be cut short.
 *
 * A job with EnableTransactions that has none open is killed outright when
 * launchd stops it; one that has is told to end first.  Follows Darwin's
 * <vproc.h>.
 */

#ifndef _VPROC_H_
#define	_VPROC_H_

#include <stddef.h>

#include <mach/cdefs.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

typedef struct vproc_s *vproc_t;
typedef void *vproc_err_t;
typedef struct vproc_transaction_s *vproc_transaction_t;
typedef struct vproc_standby_s *vproc_standby_t;

/*
 * vproc_transaction_begin: open one; the first tells launchd before it returns.
 * vp must be NULL.  NULL: launchd could not be told (the caller is no job of
 * its); the work may go on without protection.
 */
extern vproc_transaction_t vproc_transaction_begin(vproc_t vp);

/* vproc_transaction_end: close it; NULL does nothing. */
extern void vproc_transaction_end(vproc_t vp, vproc_transaction_t vpt);

/* The number that is open. */
extern size_t vproc_transaction_count(void);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_VPROC_H_ */
