/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The module of the tests: starts and stops its parts.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/module.h>
#include <sys/sysctl.h>

#include "machtest.h"

static struct sysctl_ctx_list machtest_ctx;

static int
machtest_load(void)
{
	struct sysctl_oid *root;
	int error;

	sysctl_ctx_init(&machtest_ctx);
	root = SYSCTL_ADD_NODE(&machtest_ctx, SYSCTL_STATIC_CHILDREN(_debug),
	    OID_AUTO, "machtest", CTLFLAG_RD | CTLFLAG_MPSAFE, NULL,
	    "tests of mach.ko");
	error = root == NULL ? ENOMEM : machtest_probes_init(&machtest_ctx,
	    SYSCTL_CHILDREN(root));
	if (error == 0)
		error = machtest_slots_init(&machtest_ctx,
		    SYSCTL_CHILDREN(root));
	if (error == 0) {
		error = machtest_filters_init(&machtest_ctx,
		    SYSCTL_CHILDREN(root));
		if (error != 0)
			machtest_slots_fini();
	}
	if (error != 0)
		(void)sysctl_ctx_free(&machtest_ctx);
	return (error);
}

static int
machtest_unload(void)
{
	int error;

	error = machtest_probes_fini();
	if (error != 0)
		return (error);
	error = sysctl_ctx_free(&machtest_ctx);
	if (error == 0) {
		machtest_filters_fini();
		machtest_slots_fini();
	}
	return (error);
}

static int
machtest_modevent(module_t mod __unused, int what, void *arg __unused)
{

	switch (what) {
	case MOD_LOAD:
		return (machtest_load());
	case MOD_UNLOAD:
		return (machtest_unload());
	case MOD_SHUTDOWN:
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

static moduledata_t machtest_moduledata = {
	.name = "machtest",
	.evhand = machtest_modevent,
	.priv = NULL
};

DECLARE_MODULE(machtest, machtest_moduledata, SI_SUB_DRIVERS, SI_ORDER_ANY);
MODULE_VERSION(machtest, 1);
