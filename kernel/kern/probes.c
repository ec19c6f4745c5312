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
SDT_PROBE_DEFINE3(mach, , , trap__entry, "uint32_t", "const char *",
    "uint64_t *");
SDT_PROBE_DEFINE4(mach, , , trap__return, "uint32_t", "const char *", "int",
    "int");
SDT_PROBE_DEFINE4(mach, , , send, "struct ipc_port *", "int", "uint32_t",
    "struct ipc_kmsg *");
SDT_PROBE_DEFINE5(mach, , , receive, "struct ipc_object *", "int", "uint32_t",
    "struct ipc_kmsg *", "int");
SDT_PROBE_DEFINE1(mach, , , port__create, "struct ipc_port *");
SDT_PROBE_DEFINE1(mach, , , port__destroy, "struct ipc_port *");
SDT_PROBE_DEFINE2(mach, , , notify, "struct ipc_port *", "int");
