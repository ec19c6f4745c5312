/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A small tracer of the SDT probes of mach.ko.  It does what the SDT provider
 * of DTrace does: finds the probes in the linker set of the module, gives each
 * an id, and takes sdt_probe_func.  Not beside DTrace itself.
 *
 * A thread may have read sdt_probe_func when tracing stops and call it later,
 * so a module that has traced stays where it is.  mach.ko is held while its
 * probes are enabled.
 *
 * Locks: probes_lock for start and stop.  A probe fires anywhere, so records
 * are given out by an atomic count and belong to who drew the number.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/sdt.h>
#include <sys/sx.h>
#include <sys/sysctl.h>
#include <machine/atomic.h>

#include "machtest.h"

#define	RECORDS		4096

static MALLOC_DEFINE(M_MACHTEST, "machtest", "tests of mach.ko");

static struct sx probes_lock;
static linker_file_t mach_file;		/* NULL: not tracing */
static struct sdt_probe **probes;	/* of mach.ko, by id - 1 */
static int nprobes;
static struct machtest_record *records;
static volatile u_int nrecords;
static volatile int traced_pid;
static bool has_traced;

static void
probe_fired(uint32_t id, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2,
    uintptr_t arg3, uintptr_t arg4)
{
	struct machtest_record *mr;
	const struct sdt_probe *probe;
	uintptr_t words;
	u_int n;

	/* 0: it was disabled since the caller looked. */
	if (id == 0 || (int)id > nprobes || curproc->p_pid != traced_pid)
		return;
	n = atomic_fetchadd_int(&nrecords, 1);
	if (n >= RECORDS)
		return;
	probe = probes[id - 1];
	mr = &records[n];
	(void)strlcpy(mr->mr_func, strncmp(probe->name, "trap__", 6) == 0 ?
	    (const char *)arg1 : probe->func, sizeof(mr->mr_func));
	(void)strlcpy(mr->mr_name, probe->name, sizeof(mr->mr_name));
	mr->mr_args[0] = arg0;
	mr->mr_args[1] = arg1;
	mr->mr_args[2] = arg2;
	mr->mr_args[3] = arg3;
	mr->mr_args[4] = arg4;
	words = strcmp(probe->name, "trap__entry") == 0 ? arg2 :
	    strcmp(probe->name, "entry") == 0 ? arg0 : 0;
	if (words != 0)
		memcpy(mr->mr_words, (const void *)words,
		    sizeof(mr->mr_words));
}

static void
trace_stop(void)
{
	int i;

	if (mach_file == NULL)
		return;
	traced_pid = 0;
	sdt_probes_enabled = false;
	for (i = 0; i < nprobes; i++)
		probes[i]->id = 0;
	(void)linker_release_module(NULL, NULL, mach_file);
	mach_file = NULL;
}

/* Of all files, with the linker's lock held: the one that arg names. */
static int
find_probes(linker_file_t file, void *arg)
{

	if (file != arg)
		return (0);
	if (linker_file_lookup_set(file, "sdt_probes_set", &probes, NULL,
	    &nprobes) != 0)
		nprobes = 0;
	return (1);
}

static int
trace_start(int pid)
{
	linker_file_t file;
	int error, i;

	if (sdt_probe_func != sdt_probe_stub && sdt_probe_func != probe_fired)
		return (EBUSY);
	error = linker_reference_module("mach", NULL, &file);
	if (error != 0)
		return (error);
	(void)linker_file_foreach(find_probes, file);
	if (nprobes == 0) {
		(void)linker_release_module(NULL, NULL, file);
		return (ENOENT);
	}
	mach_file = file;
	bzero(records, RECORDS * sizeof(*records));
	nrecords = 0;
	traced_pid = pid;
	has_traced = true;
	sdt_probe_func = probe_fired;
	atomic_thread_fence_seq_cst();
	for (i = 0; i < nprobes; i++) {
		if (strcmp(probes[i]->prov->name, "mach") == 0)
			probes[i]->id = (id_t)i + 1;
	}
	sdt_probes_enabled = true;
	return (0);
}

static int
trace_sysctl(SYSCTL_HANDLER_ARGS)
{
	int error, pid;

	pid = traced_pid;
	error = sysctl_handle_int(oidp, &pid, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	sx_xlock(&probes_lock);
	trace_stop();
	nprobes = 0;
	if (pid != 0)
		error = trace_start(pid);
	sx_xunlock(&probes_lock);
	return (error);
}

static int
records_sysctl(SYSCTL_HANDLER_ARGS)
{

	return (SYSCTL_OUT(req, records, MIN(nrecords, RECORDS) *
	    sizeof(*records)));
}

static int
lost_sysctl(SYSCTL_HANDLER_ARGS)
{
	int lost;

	lost = nrecords > RECORDS ? (int)(nrecords - RECORDS) : 0;
	return (sysctl_handle_int(oidp, &lost, 0, req));
}

int
machtest_probes_init(struct sysctl_ctx_list *ctx,
    struct sysctl_oid_list *parent)
{

	sx_init(&probes_lock, "machtest probes");
	records = malloc(RECORDS * sizeof(*records), M_MACHTEST,
	    M_WAITOK | M_ZERO);
	if (SYSCTL_ADD_PROC(ctx, parent, OID_AUTO, "trace", CTLTYPE_INT |
	    CTLFLAG_RW | CTLFLAG_MPSAFE, NULL, 0, trace_sysctl, "I",
	    "process whose probes are recorded") != NULL &&
	    SYSCTL_ADD_PROC(ctx, parent, OID_AUTO, "records", CTLTYPE_OPAQUE |
	    CTLFLAG_RD | CTLFLAG_MPSAFE, NULL, 0, records_sysctl,
	    "S,machtest_record", "what fired") != NULL &&
	    SYSCTL_ADD_PROC(ctx, parent, OID_AUTO, "lost", CTLTYPE_INT |
	    CTLFLAG_RD | CTLFLAG_MPSAFE, NULL, 0, lost_sysctl, "I",
	    "records there was no room for") != NULL)
		return (0);
	free(records, M_MACHTEST);
	sx_destroy(&probes_lock);
	return (ENOMEM);
}

int
machtest_probes_fini(void)
{

	if (has_traced)
		return (EBUSY);
	free(records, M_MACHTEST);
	sx_destroy(&probes_lock);
	return (0);
}
