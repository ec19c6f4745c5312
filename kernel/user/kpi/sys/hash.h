/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/hash.h>: the multiplicative string and buffer hashes. */

#ifndef _KPI_SYS_HASH_H_
#define	_KPI_SYS_HASH_H_

#include <sys/types.h>

#define	HASHINIT	5381
#define	HASHSTEP(x, c)	(((x << 5) + x) + (c))

static inline uint32_t
hash32_buf(const void *buf, size_t len, uint32_t hash)
{
	const unsigned char *p;

	for (p = buf; len > 0; len--)
		hash = HASHSTEP(hash, *p++);
	return (hash);
}

static inline uint32_t
hash32_str(const void *buf, uint32_t hash)
{
	const unsigned char *p;

	for (p = buf; *p != 0; p++)
		hash = HASHSTEP(hash, *p);
	return (hash);
}

static inline uint32_t
hash32_strn(const void *buf, size_t len, uint32_t hash)
{
	const unsigned char *p;

	for (p = buf; len > 0 && *p != 0; len--, p++)
		hash = HASHSTEP(hash, *p);
	return (hash);
}

#endif /* !_KPI_SYS_HASH_H_ */
