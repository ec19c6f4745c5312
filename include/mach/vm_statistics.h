/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Counters of the host's memory, and the flags of the mapping calls.
 */

#ifndef _MACH_VM_STATISTICS_H_
#define	_MACH_VM_STATISTICS_H_

#include <mach/kern_return.h>
#include <mach/machine/vm_types.h>

/* Counts are in pages of host_page_size(), or of events since boot. */
struct vm_statistics {
	natural_t	free_count;
	natural_t	active_count;
	natural_t	inactive_count;
	natural_t	wire_count;
	natural_t	zero_fill_count;
	natural_t	reactivations;
	natural_t	pageins;
	natural_t	pageouts;
	natural_t	faults;
	natural_t	cow_faults;
	natural_t	lookups;
	natural_t	hits;
	natural_t	purgeable_count;
	natural_t	purges;
	natural_t	speculative_count;	/* counted in free_count too */
};
typedef struct vm_statistics	*vm_statistics_t;
typedef struct vm_statistics	vm_statistics_data_t;

struct vm_statistics64 {
	natural_t	free_count;
	natural_t	active_count;
	natural_t	inactive_count;
	natural_t	wire_count;
	uint64_t	zero_fill_count;
	uint64_t	reactivations;
	uint64_t	pageins;
	uint64_t	pageouts;
	uint64_t	faults;
	uint64_t	cow_faults;
	uint64_t	lookups;
	uint64_t	hits;
	uint64_t	purges;
	natural_t	purgeable_count;
	natural_t	speculative_count;
	uint64_t	decompressions;
	uint64_t	compressions;
	uint64_t	swapins;
	uint64_t	swapouts;
	natural_t	compressor_page_count;
	natural_t	throttled_count;
	natural_t	external_page_count;
	natural_t	internal_page_count;
	uint64_t	total_uncompressed_pages_in_compressor;
} __mach_aligned8;
typedef struct vm_statistics64	*vm_statistics64_t;
typedef struct vm_statistics64	vm_statistics64_data_t;

struct vm_extmod_statistics {
	int64_t		task_for_pid_count;
	int64_t		task_for_pid_caller_count;
	int64_t		thread_creation_count;
	int64_t		thread_creation_caller_count;
	int64_t		thread_set_state_count;
	int64_t		thread_set_state_caller_count;
} __mach_aligned8;
typedef struct vm_extmod_statistics	*vm_extmod_statistics_t;
typedef struct vm_extmod_statistics	vm_extmod_statistics_data_t;

typedef struct vm_purgeable_stat {
	uint64_t	count;
	uint64_t	size;
} vm_purgeable_stat_t;

struct vm_purgeable_info {
	vm_purgeable_stat_t	fifo_data[8];
	vm_purgeable_stat_t	obsolete_data;
	vm_purgeable_stat_t	lifo_data[8];
};
typedef struct vm_purgeable_info	*vm_purgeable_info_t;

/*
 * Flags of the allocating and mapping calls.  The top 8 bits are a tag for
 * the use of the memory, accepted and not kept.
 */
#define	VM_FLAGS_FIXED		0x00000000	/* at the address given */
#define	VM_FLAGS_ANYWHERE	0x00000001	/* the address is a hint */
#define	VM_FLAGS_PURGABLE	0x00000002	/* refused */
#define	VM_FLAGS_4GB_CHUNK	0x00000004	/* accepted, no effect */
#define	VM_FLAGS_RANDOM_ADDR	0x00000008	/* accepted, no effect */
#define	VM_FLAGS_NO_CACHE	0x00000010	/* accepted, no effect */
#define	VM_FLAGS_RESILIENT_CODESIGN	0x00000020
#define	VM_FLAGS_RESILIENT_MEDIA	0x00000040
#define	VM_FLAGS_PERMANENT	0x00000080	/* refused */
#define	VM_FLAGS_TPRO		0x00001000	/* refused */
#define	VM_FLAGS_OVERWRITE	0x00004000	/* replace what is there */
#define	VM_FLAGS_SUPERPAGE_MASK	0x00070000	/* accepted, no effect */
#define	VM_FLAGS_RETURN_DATA_ADDR	0x00100000
#define	VM_FLAGS_RETURN_4K_DATA_ADDR	0x00800000
#define	VM_FLAGS_ALIAS_MASK	0xff000000U

#define	VM_FLAGS_SUPERPAGE_SHIFT	16
#define	SUPERPAGE_NONE			0
#define	SUPERPAGE_SIZE_ANY		1
#define	SUPERPAGE_SIZE_2MB		2
#define	VM_FLAGS_SUPERPAGE_NONE		\
	(SUPERPAGE_NONE << VM_FLAGS_SUPERPAGE_SHIFT)
#define	VM_FLAGS_SUPERPAGE_SIZE_ANY	\
	(SUPERPAGE_SIZE_ANY << VM_FLAGS_SUPERPAGE_SHIFT)
#define	VM_FLAGS_SUPERPAGE_SIZE_2MB	\
	(SUPERPAGE_SIZE_2MB << VM_FLAGS_SUPERPAGE_SHIFT)

#define	VM_FLAGS_USER_ALLOCATE	(VM_FLAGS_ANYWHERE | VM_FLAGS_PURGABLE | \
	VM_FLAGS_4GB_CHUNK | VM_FLAGS_RANDOM_ADDR | VM_FLAGS_NO_CACHE | \
	VM_FLAGS_PERMANENT | VM_FLAGS_OVERWRITE | VM_FLAGS_SUPERPAGE_MASK | \
	VM_FLAGS_TPRO | VM_FLAGS_ALIAS_MASK)
#define	VM_FLAGS_USER_MAP	(VM_FLAGS_USER_ALLOCATE | \
	VM_FLAGS_RETURN_4K_DATA_ADDR | VM_FLAGS_RETURN_DATA_ADDR)
#define	VM_FLAGS_USER_REMAP	(VM_FLAGS_ANYWHERE | VM_FLAGS_RANDOM_ADDR | \
	VM_FLAGS_OVERWRITE | VM_FLAGS_RETURN_DATA_ADDR | \
	VM_FLAGS_RESILIENT_CODESIGN | VM_FLAGS_RESILIENT_MEDIA)

#define	VM_GET_FLAGS_ALIAS(flags, alias)	\
	((alias) = ((flags) >> 24) & 0xff)
#define	VM_SET_FLAGS_ALIAS(flags, alias)	\
	((flags) = ((flags) & ~VM_FLAGS_ALIAS_MASK) | \
	(((alias) & ~VM_FLAGS_ALIAS_MASK) << 24))

#define	VM_MAKE_TAG(tag)	((int)((unsigned int)(tag) << 24))

/* Tags that the sources we serve use. */
#define	VM_MEMORY_MALLOC		1
#define	VM_MEMORY_MALLOC_SMALL		2
#define	VM_MEMORY_MALLOC_LARGE		3
#define	VM_MEMORY_MALLOC_HUGE		4
#define	VM_MEMORY_SBRK			5
#define	VM_MEMORY_REALLOC		6
#define	VM_MEMORY_MALLOC_TINY		7
#define	VM_MEMORY_ANALYSIS_TOOL		10
#define	VM_MEMORY_MACH_MSG		20
#define	VM_MEMORY_IOKIT			21
#define	VM_MEMORY_STACK			30
#define	VM_MEMORY_GUARD			31
#define	VM_MEMORY_SHARED_PMAP		32
#define	VM_MEMORY_DYLIB			33
#define	VM_MEMORY_UNSHARED_PMAP		35
#define	VM_MEMORY_FOUNDATION		41
#define	VM_MEMORY_CORESERVICES		43
#define	VM_MEMORY_DYLD			60
#define	VM_MEMORY_DYLD_MALLOC		61
#define	VM_MEMORY_OS_ALLOC_ONCE		73
#define	VM_MEMORY_LIBDISPATCH		74
#define	VM_MEMORY_GENEALOGY		78
#define	VM_MEMORY_ASL			81
#define	VM_MEMORY_SANITIZER		99
#define	VM_MEMORY_APPLICATION_SPECIFIC_1	240
#define	VM_MEMORY_APPLICATION_SPECIFIC_16	255

#endif /* !_MACH_VM_STATISTICS_H_ */
