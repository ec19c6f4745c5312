/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * sdt(9): probes.  One test of a global pointer unless a host hook is set
 * (host_sdt_set_hook()), which then sees every probe with its arguments.
 */

#ifndef _KPI_SYS_SDT_H_
#define	_KPI_SYS_SDT_H_

#include <sys/types.h>

struct sdt_provider {
	const char	*name;
};

struct sdt_probe {
	struct sdt_provider *prov;
	const char	*mod;
	const char	*func;
	const char	*name;
};

typedef void	(*kpi_sdt_hook_t)(const char *provider, const char *mod,
		    const char *func, const char *name,
		    const uintptr_t *args, int nargs);
extern kpi_sdt_hook_t kpi_sdt_hook;

void	kpi_sdt_fire(const struct sdt_probe *, const uintptr_t *, int);

#define	SDT_PROVIDER_DEFINE(prov)					\
	struct sdt_provider sdt_provider_##prov[1] = {{ #prov }}
#define	SDT_PROVIDER_DECLARE(prov)					\
	extern struct sdt_provider sdt_provider_##prov[1]
#define	SDT_PROBE_DECLARE(prov, mod, func, name)			\
	extern struct sdt_probe sdt_##prov##_##mod##_##func##_##name[1]
#define	SDT_PROBE_DEFINE(prov, mod, func, name)				\
	struct sdt_probe sdt_##prov##_##mod##_##func##_##name[1] = {{	\
		sdt_provider_##prov, #mod, #func, #name			\
	}}
#define	SDT_PROBE_DEFINE0(p, m, f, n)		SDT_PROBE_DEFINE(p, m, f, n)
#define	SDT_PROBE_DEFINE1(p, m, f, n, a0)	SDT_PROBE_DEFINE(p, m, f, n)
#define	SDT_PROBE_DEFINE2(p, m, f, n, a0, a1)	SDT_PROBE_DEFINE(p, m, f, n)
#define	SDT_PROBE_DEFINE3(p, m, f, n, a0, a1, a2)			\
	SDT_PROBE_DEFINE(p, m, f, n)
#define	SDT_PROBE_DEFINE4(p, m, f, n, a0, a1, a2, a3)			\
	SDT_PROBE_DEFINE(p, m, f, n)
#define	SDT_PROBE_DEFINE5(p, m, f, n, a0, a1, a2, a3, a4)		\
	SDT_PROBE_DEFINE(p, m, f, n)

#define	SDT_PROBES_ENABLED()						\
	__builtin_expect(__atomic_load_n(&kpi_sdt_hook,			\
	    __ATOMIC_RELAXED) != NULL, 0)

#define	KPI_SDT_FIRE(p, m, f, n, cnt, ...) do {				\
	if (SDT_PROBES_ENABLED()) {					\
		const uintptr_t _kpi_a[] = { __VA_ARGS__ };		\
		kpi_sdt_fire(sdt_##p##_##m##_##f##_##n, _kpi_a, (cnt));	\
	}								\
} while (0)

#define	SDT_PROBE0(p, m, f, n)						\
	KPI_SDT_FIRE(p, m, f, n, 0, 0)
#define	SDT_PROBE1(p, m, f, n, a0)					\
	KPI_SDT_FIRE(p, m, f, n, 1, (uintptr_t)(a0))
#define	SDT_PROBE2(p, m, f, n, a0, a1)					\
	KPI_SDT_FIRE(p, m, f, n, 2, (uintptr_t)(a0), (uintptr_t)(a1))
#define	SDT_PROBE3(p, m, f, n, a0, a1, a2)				\
	KPI_SDT_FIRE(p, m, f, n, 3, (uintptr_t)(a0), (uintptr_t)(a1),	\
	    (uintptr_t)(a2))
#define	SDT_PROBE4(p, m, f, n, a0, a1, a2, a3)				\
	KPI_SDT_FIRE(p, m, f, n, 4, (uintptr_t)(a0), (uintptr_t)(a1),	\
	    (uintptr_t)(a2), (uintptr_t)(a3))
#define	SDT_PROBE5(p, m, f, n, a0, a1, a2, a3, a4)			\
	KPI_SDT_FIRE(p, m, f, n, 5, (uintptr_t)(a0), (uintptr_t)(a1),	\
	    (uintptr_t)(a2), (uintptr_t)(a3), (uintptr_t)(a4))

#endif /* !_KPI_SYS_SDT_H_ */
