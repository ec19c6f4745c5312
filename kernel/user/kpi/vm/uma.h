/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * uma(9): zones of equal items, with caches by thread, constructors and
 * limits.  Under a sanitizer nothing is cached, so each item has a life of its
 * own there; memory of a UMA_ZONE_NOFREE zone always stays what it was.
 */

#ifndef _KPI_VM_UMA_H_
#define	_KPI_VM_UMA_H_

#include <sys/param.h>
#include <sys/malloc.h>

struct uma_zone;
typedef struct uma_zone	*uma_zone_t;

typedef int	(*uma_ctor)(void *mem, int size, void *arg, int flags);
typedef void	(*uma_dtor)(void *mem, int size, void *arg);
typedef int	(*uma_init)(void *mem, int size, int flags);
typedef void	(*uma_fini)(void *mem, int size);
/* Fill store with up to count items; how many there are. */
typedef int	(*uma_import)(void *arg, void **store, int count, int domain,
		    int flags);
typedef void	(*uma_release)(void *arg, void **store, int count);

#define	UMA_ZONE_ZINIT		0x0002	/* items start zeroed, once */
#define	UMA_ZONE_NOFREE		0x0010	/* type-stable memory */

#define	UMA_ALIGN_PTR		(sizeof(void *) - 1)
#define	UMA_ALIGN_LONG		(sizeof(long) - 1)
#define	UMA_ALIGN_INT		(sizeof(int) - 1)
#define	UMA_ALIGN_SHORT		(sizeof(short) - 1)
#define	UMA_ALIGN_CHAR		(sizeof(char) - 1)
#define	UMA_ALIGN_CACHE		(0 - 1)
#define	UMA_ALIGNOF(type)	(_Alignof(type) - 1)

uma_zone_t uma_zcreate(const char *name, size_t size, uma_ctor ctor,
	    uma_dtor dtor, uma_init uminit, uma_fini fini, int align,
	    uint32_t flags);
uma_zone_t uma_zcache_create(const char *name, int size, uma_ctor ctor,
	    uma_dtor dtor, uma_init uminit, uma_fini fini, uma_import import,
	    uma_release release, void *arg, int flags);
void	uma_zdestroy(uma_zone_t zone);
int	uma_zone_set_max(uma_zone_t zone, int nitems);
int	uma_zone_get_max(uma_zone_t zone);
int	uma_zone_get_cur(uma_zone_t zone);
void	uma_zone_set_warning(uma_zone_t zone, const char *warning);

void	*kpi_uma_zalloc_arg(uma_zone_t, void *arg, int flags, const char *,
	    int);
void	kpi_uma_zfree_arg(uma_zone_t, void *item, void *arg);

#define	uma_zalloc_arg(z, a, f)						\
	kpi_uma_zalloc_arg((z), (a), (f), __FILE__, __LINE__)
#define	uma_zalloc(z, f)	uma_zalloc_arg((z), NULL, (f))
#define	uma_zfree_arg(z, i, a)	kpi_uma_zfree_arg((z), (i), (a))
#define	uma_zfree(z, i)		uma_zfree_arg((z), (i), NULL)

#endif /* !_KPI_VM_UMA_H_ */
