/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What task_info() tells of a task.  Structures are packed to 4 bytes;
 * counts are in natural_t; sizes in bytes; times as each says.
 */

#ifndef _MACH_TASK_INFO_H_
#define	_MACH_TASK_INFO_H_

#include <mach/machine/vm_types.h>
#include <mach/message.h>
#include <mach/policy.h>
#include <mach/time_value.h>
#include <mach/vm_statistics.h>
#include <mach/vm_types.h>

typedef natural_t	task_flavor_t;
typedef integer_t	*task_info_t;

#define	TASK_INFO_MAX	(1024)
typedef integer_t	task_info_data_t[TASK_INFO_MAX];

#define	TASK_ABSOLUTETIME_INFO	1
#define	TASK_EVENTS_INFO	2
#define	TASK_THREAD_TIMES_INFO	3
#define	TASK_BASIC_INFO_32	4
#define	TASK_BASIC2_INFO_32	6
#define	TASK_KERNELMEMORY_INFO	7
#define	TASK_SCHED_TIMESHARE_INFO	10
#define	TASK_SCHED_RR_INFO	11
#define	TASK_SCHED_FIFO_INFO	12
#define	TASK_SECURITY_TOKEN	13
#define	TASK_SCHED_INFO		14
#define	TASK_AUDIT_TOKEN	15
#define	TASK_AFFINITY_TAG_INFO	16
#define	TASK_DYLD_INFO		17
#define	TASK_BASIC_INFO_64_2	18
#define	TASK_EXTMOD_INFO	19
#define	MACH_TASK_BASIC_INFO	20
#define	TASK_POWER_INFO		21
#define	TASK_VM_INFO		22
#define	TASK_VM_INFO_PURGEABLE	23
#define	TASK_TRACE_MEMORY_INFO	24
#define	TASK_WAIT_STATE_INFO	25
#define	TASK_POWER_INFO_V2	26
#define	TASK_FLAGS_INFO		28

/* The same contents; Darwin numbers it by machine.  Kernels take both. */
#if defined(__aarch64__) || defined(__arm__)
#define	TASK_BASIC_INFO_64	TASK_BASIC_INFO_64_2
#else
#define	TASK_BASIC_INFO_64	5
#endif

#ifdef __LP64__
#define	TASK_BASIC_INFO		TASK_BASIC_INFO_64
#else
#define	TASK_BASIC_INFO		TASK_BASIC_INFO_32
#endif

#pragma pack(push, 4)

struct task_basic_info_32 {
	integer_t	suspend_count;
	natural_t	virtual_size;
	natural_t	resident_size;
	time_value_t	user_time;	/* of all threads; on Darwin, of */
	time_value_t	system_time;	/*  those that have ended */
	policy_t	policy;
};
typedef struct task_basic_info_32	task_basic_info_32_data_t;
typedef struct task_basic_info_32	*task_basic_info_32_t;

struct task_basic_info_64 {
	integer_t	suspend_count;
	mach_vm_size_t	virtual_size;
	mach_vm_size_t	resident_size;
	time_value_t	user_time;
	time_value_t	system_time;
	policy_t	policy;
};
typedef struct task_basic_info_64	task_basic_info_64_data_t;
typedef struct task_basic_info_64	*task_basic_info_64_t;

struct task_basic_info_64_2 {
	integer_t	suspend_count;
	mach_vm_size_t	virtual_size;
	mach_vm_size_t	resident_size;
	time_value_t	user_time;
	time_value_t	system_time;
	policy_t	policy;
};
typedef struct task_basic_info_64_2	task_basic_info_64_2_data_t;
typedef struct task_basic_info_64_2	*task_basic_info_64_2_t;

struct task_basic_info {
	integer_t	suspend_count;
	vm_size_t	virtual_size;
	vm_size_t	resident_size;
	time_value_t	user_time;
	time_value_t	system_time;
	policy_t	policy;
};
typedef struct task_basic_info		task_basic_info_data_t;
typedef struct task_basic_info		*task_basic_info_t;

struct mach_task_basic_info {
	mach_vm_size_t	virtual_size;
	mach_vm_size_t	resident_size;
	mach_vm_size_t	resident_size_max;
	time_value_t	user_time;
	time_value_t	system_time;
	policy_t	policy;
	integer_t	suspend_count;
};
typedef struct mach_task_basic_info	mach_task_basic_info_data_t;
typedef struct mach_task_basic_info	*mach_task_basic_info_t;

struct task_events_info {
	integer_t	faults;
	integer_t	pageins;
	integer_t	cow_faults;
	integer_t	messages_sent;
	integer_t	messages_received;
	integer_t	syscalls_mach;
	integer_t	syscalls_unix;
	integer_t	csw;
};
typedef struct task_events_info		task_events_info_data_t;
typedef struct task_events_info		*task_events_info_t;

struct task_thread_times_info {
	time_value_t	user_time;	/* of living threads */
	time_value_t	system_time;
};
typedef struct task_thread_times_info	task_thread_times_info_data_t;
typedef struct task_thread_times_info	*task_thread_times_info_t;

/* In mach_absolute_time() units. */
struct task_absolutetime_info {
	uint64_t	total_user;
	uint64_t	total_system;
	uint64_t	threads_user;
	uint64_t	threads_system;
};
typedef struct task_absolutetime_info	task_absolutetime_info_data_t;
typedef struct task_absolutetime_info	*task_absolutetime_info_t;

struct task_kernelmemory_info {
	uint64_t	total_palloc;
	uint64_t	total_pfree;
	uint64_t	total_salloc;
	uint64_t	total_sfree;
};
typedef struct task_kernelmemory_info	task_kernelmemory_info_data_t;
typedef struct task_kernelmemory_info	*task_kernelmemory_info_t;

struct task_affinity_tag_info {
	integer_t	set_count;
	integer_t	min;
	integer_t	max;
	integer_t	task_count;
};
typedef struct task_affinity_tag_info	task_affinity_tag_info_data_t;
typedef struct task_affinity_tag_info	*task_affinity_tag_info_t;

struct task_dyld_info {
	mach_vm_address_t	all_image_info_addr;
	mach_vm_size_t		all_image_info_size;
	integer_t		all_image_info_format;
};
typedef struct task_dyld_info		task_dyld_info_data_t;
typedef struct task_dyld_info		*task_dyld_info_t;

#define	TASK_DYLD_ALL_IMAGE_INFO_32	0
#define	TASK_DYLD_ALL_IMAGE_INFO_64	1

struct task_power_info {
	uint64_t	total_user;
	uint64_t	total_system;
	uint64_t	task_interrupt_wakeups;
	uint64_t	task_platform_idle_wakeups;
	uint64_t	task_timer_wakeups_bin_1;
	uint64_t	task_timer_wakeups_bin_2;
};
typedef struct task_power_info		task_power_info_data_t;
typedef struct task_power_info		*task_power_info_t;

/* The members of revision 2, which consumers read; others are not known. */
struct task_vm_info {
	mach_vm_size_t	virtual_size;
	integer_t	region_count;
	integer_t	page_size;
	mach_vm_size_t	resident_size;
	mach_vm_size_t	resident_size_peak;
	mach_vm_size_t	device;
	mach_vm_size_t	device_peak;
	mach_vm_size_t	internal;
	mach_vm_size_t	internal_peak;
	mach_vm_size_t	external;
	mach_vm_size_t	external_peak;
	mach_vm_size_t	reusable;
	mach_vm_size_t	reusable_peak;
	mach_vm_size_t	purgeable_volatile_pmap;
	mach_vm_size_t	purgeable_volatile_resident;
	mach_vm_size_t	purgeable_volatile_virtual;
	mach_vm_size_t	compressed;
	mach_vm_size_t	compressed_peak;
	mach_vm_size_t	compressed_lifetime;
	mach_vm_size_t	phys_footprint;
	mach_vm_address_t	min_address;
	mach_vm_address_t	max_address;
};
typedef struct task_vm_info		task_vm_info_data_t;
typedef struct task_vm_info		*task_vm_info_t;

struct task_wait_state_info {
	uint64_t	total_wait_state_time;
	uint64_t	total_wait_sfi_state_time;
	uint32_t	_reserved[4];
};
typedef struct task_wait_state_info	task_wait_state_info_data_t;
typedef struct task_wait_state_info	*task_wait_state_info_t;

struct task_flags_info {
	uint32_t	flags;		/* TF_* */
};
typedef struct task_flags_info		task_flags_info_data_t;
typedef struct task_flags_info		*task_flags_info_t;

#define	TF_LP64		0x00000001	/* 64-bit addresses */
#define	TF_64B_DATA	0x00000002	/* 64-bit registers */

typedef struct vm_purgeable_info	task_purgable_info_t;

#pragma pack(pop)

/* Not packed: its counters are aligned to 8 bytes, at 16. */
struct task_extmod_info {
	unsigned char			task_uuid[16];
	vm_extmod_statistics_data_t	extmod_statistics;
};
typedef struct task_extmod_info		task_extmod_info_data_t;
typedef struct task_extmod_info		*task_extmod_info_t;

#define	__MACH_TASK_COUNT(type)	\
	((mach_msg_type_number_t)(sizeof(type) / sizeof(natural_t)))
#define	TASK_BASIC_INFO_32_COUNT	\
	__MACH_TASK_COUNT(struct task_basic_info_32)
#define	TASK_BASIC_INFO_64_COUNT	\
	__MACH_TASK_COUNT(struct task_basic_info_64)
#define	TASK_BASIC_INFO_64_2_COUNT	\
	__MACH_TASK_COUNT(struct task_basic_info_64_2)
#define	TASK_BASIC_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_basic_info)
#define	MACH_TASK_BASIC_INFO_COUNT	\
	__MACH_TASK_COUNT(struct mach_task_basic_info)
#define	TASK_EVENTS_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_events_info)
#define	TASK_THREAD_TIMES_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_thread_times_info)
#define	TASK_ABSOLUTETIME_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_absolutetime_info)
#define	TASK_KERNELMEMORY_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_kernelmemory_info)
#define	TASK_SECURITY_TOKEN_COUNT	\
	__MACH_TASK_COUNT(security_token_t)
#define	TASK_AUDIT_TOKEN_COUNT	\
	__MACH_TASK_COUNT(audit_token_t)
#define	TASK_AFFINITY_TAG_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_affinity_tag_info)
#define	TASK_DYLD_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_dyld_info)
#define	TASK_EXTMOD_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_extmod_info)
#define	TASK_POWER_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_power_info)
#define	TASK_VM_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_vm_info)
#define	TASK_VM_INFO_REV2_COUNT		TASK_VM_INFO_COUNT
#define	TASK_VM_INFO_REV1_COUNT		(TASK_VM_INFO_REV2_COUNT - 4)
#define	TASK_VM_INFO_REV0_COUNT		(TASK_VM_INFO_REV1_COUNT - 2)
#define	TASK_WAIT_STATE_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_wait_state_info)
#define	TASK_FLAGS_INFO_COUNT	\
	__MACH_TASK_COUNT(struct task_flags_info)

typedef uint32_t	task_exc_guard_behavior_t;
#define	TASK_EXC_GUARD_NONE		0x00
#define	TASK_EXC_GUARD_VM_ALL		0x0f
#define	TASK_EXC_GUARD_MP_DELIVER	0x10
#define	TASK_EXC_GUARD_MP_ONCE		0x20
#define	TASK_EXC_GUARD_MP_CORPSE	0x40
#define	TASK_EXC_GUARD_MP_FATAL		0x80
#define	TASK_EXC_GUARD_MP_ALL		0xf0
#define	TASK_EXC_GUARD_ALL		0xff

#endif /* !_MACH_TASK_INFO_H_ */
