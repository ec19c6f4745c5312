/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/fnv_hash.h>: the Fowler/Noll/Vo hash (FNV-1). */

#ifndef _KPI_SYS_FNV_HASH_H_
#define	_KPI_SYS_FNV_HASH_H_

#include <sys/types.h>

typedef uint32_t	Fnv32_t;
typedef uint64_t	Fnv64_t;

#define	FNV1_32_INIT	((Fnv32_t)33554467UL)
#define	FNV1_64_INIT	((Fnv64_t)0xcbf29ce484222325ULL)
#define	FNV_32_PRIME	((Fnv32_t)0x01000193UL)
#define	FNV_64_PRIME	((Fnv64_t)0x100000001b3ULL)

static inline Fnv32_t
fnv_32_buf(const void *buf, size_t len, Fnv32_t hval)
{
	const uint8_t *s;

	for (s = buf; len > 0; len--)
		hval = (hval * FNV_32_PRIME) ^ *s++;
	return (hval);
}

static inline Fnv32_t
fnv_32_str(const char *str, Fnv32_t hval)
{
	const uint8_t *s;

	for (s = (const uint8_t *)str; *s != 0; s++)
		hval = (hval * FNV_32_PRIME) ^ *s;
	return (hval);
}

static inline Fnv64_t
fnv_64_buf(const void *buf, size_t len, Fnv64_t hval)
{
	const uint8_t *s;

	for (s = buf; len > 0; len--)
		hval = (hval * FNV_64_PRIME) ^ *s++;
	return (hval);
}

#endif /* !_KPI_SYS_FNV_HASH_H_ */
