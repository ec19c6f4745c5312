/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * malloc(9).  Every type counts what it holds; a block remembers its type and
 * size, and freeing it as another type panics.
 */

#ifndef _KPI_SYS_MALLOC_H_
#define	_KPI_SYS_MALLOC_H_

#include <sys/param.h>
#include <sys/queue.h>
#include <stdlib.h>
#include <string.h>

#define	M_NOWAIT	0x0001
#define	M_WAITOK	0x0002
#define	M_ZERO		0x0100
#define	M_USE_RESERVE	0x0400
#define	M_NODUMP	0x0800

#define	KPI_MALLOC_SHARDS	8

struct malloc_type {
	const char	*ks_shortdesc;
	const char	*ks_longdesc;
	struct {
		int64_t		ms_items;	/* live, may be negative */
		int64_t		ms_bytes;
		uint64_t	ms_allocs;
	} __aligned(64)	 ks_shard[KPI_MALLOC_SHARDS];
	SLIST_ENTRY(malloc_type) ks_next;
};

void	kpi_malloc_type_register(struct malloc_type *);

#define	MALLOC_DEFINE(type, shortdesc, longdesc)			\
	struct malloc_type type[1] = {{					\
		.ks_shortdesc = shortdesc,				\
		.ks_longdesc = longdesc,				\
	}};								\
	__attribute__((__constructor__)) static void			\
	kpi_malloc_register_##type(void)				\
	{								\
		kpi_malloc_type_register(type);				\
	}								\
	struct __hack
#define	MALLOC_DECLARE(type)	extern struct malloc_type type[1]

MALLOC_DECLARE(M_TEMP);

void	*kpi_malloc(size_t, struct malloc_type *, int flags, const char *,
	    int);
void	*kpi_mallocarray(size_t, size_t, struct malloc_type *, int flags,
	    const char *, int);
void	*kpi_realloc(void *, size_t, struct malloc_type *, int flags,
	    const char *, int);
void	*kpi_reallocf(void *, size_t, struct malloc_type *, int flags,
	    const char *, int);
void	 kpi_free(void *, struct malloc_type *);
char	*kpi_strdup(const char *, struct malloc_type *, const char *, int);

#define	malloc(s, t, f)		kpi_malloc((s), (t), (f), __FILE__, __LINE__)
#define	mallocarray(n, s, t, f)						\
	kpi_mallocarray((n), (s), (t), (f), __FILE__, __LINE__)
#define	realloc(p, s, t, f)						\
	kpi_realloc((p), (s), (t), (f), __FILE__, __LINE__)
#define	reallocf(p, s, t, f)						\
	kpi_reallocf((p), (s), (t), (f), __FILE__, __LINE__)
#define	free(p, t)		kpi_free((p), (t))
#undef strdup
#define	strdup(s, t)		kpi_strdup((s), (t), __FILE__, __LINE__)

#endif /* !_KPI_SYS_MALLOC_H_ */
