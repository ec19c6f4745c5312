/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The probes.  What they tell is in probes.h.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/sdt.h>

#include <kernel/kern/probes.h>

SDT_PROVIDER_DEFINE(mach);
SDT_PROBE_DEFINE2(mach, , , trap__entry, "u_int", "uint64_t *");
SDT_PROBE_DEFINE2(mach, , , trap__return, "u_int", "int");
SDT_PROBE_DEFINE3(mach, , , send, "struct ipc_port *", "int", "uint32_t");
SDT_PROBE_DEFINE3(mach, , , receive, "struct ipc_object *", "int", "int");
SDT_PROBE_DEFINE1(mach, , , port__create, "struct ipc_port *");
SDT_PROBE_DEFINE1(mach, , , port__destroy, "struct ipc_port *");
SDT_PROBE_DEFINE2(mach, , , notify, "struct ipc_port *", "int");
