/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * SDT(9) probes of the provider "mach".  Defined in probes.c, those of each
 * trap in trap/gen/trap_table.c.
 *
 *	mach:trap:NAME:entry	the arguments of trap NAME, as its structure
 *	mach:::trap-entry	number, name, the caller's words
 *	mach:::trap-return	number, name, result, whether that is an error
 *	mach:::send		destination port, message id, size, message
 *	mach:::receive		port or set, message id, size, message, result
 *	mach:::port-create	port
 *	mach:::port-destroy	port
 *	mach:::notify		port notified, notification id
 *
 * A message is sent once: when it is queued or handed over, not when its sender
 * begins to wait.  dtrace_mach(4) tells the rest, and users rely on it.
 * Ports are kernel addresses: only whoever may run DTrace sees them.
 */

#ifndef _KERNEL_KERN_PROBES_H_
#define	_KERNEL_KERN_PROBES_H_

#include <sys/param.h>
#include <sys/sdt.h>

/* FreeBSD 12 has no name for it. */
#ifndef SDT_PROBES_ENABLED
#ifdef KDTRACE_HOOKS
#define	SDT_PROBES_ENABLED()	__predict_false(sdt_probes_enabled)
#else
#define	SDT_PROBES_ENABLED()	0
#endif
#endif

SDT_PROVIDER_DECLARE(mach);
SDT_PROBE_DECLARE(mach, , , trap__entry);
SDT_PROBE_DECLARE(mach, , , trap__return);
SDT_PROBE_DECLARE(mach, , , send);
SDT_PROBE_DECLARE(mach, , , receive);
SDT_PROBE_DECLARE(mach, , , port__create);
SDT_PROBE_DECLARE(mach, , , port__destroy);
SDT_PROBE_DECLARE(mach, , , notify);

#endif /* !_KERNEL_KERN_PROBES_H_ */
