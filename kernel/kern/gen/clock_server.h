/*
 * Server side of subsystem clock.
 * Written by mig from clock.defs: edit that.
 */

#ifndef _clock_server_
#define _clock_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include <mach/clock_types.h>

#ifndef clock_MSG_COUNT
#define clock_MSG_COUNT 3
#endif

MACH_BEGIN_DECLS

/* routine clock_get_time, message 1000 */
extern kern_return_t
mig_clock_get_time(
	kernel_clock_t clock,
	mach_timespec_t *cur_time);

extern boolean_t clock_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t clock_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_clock_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[3];
} mig_clock_subsystem;

MACH_END_DECLS

#ifndef __Request__clock_subsystem__defined
#define __Request__clock_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
} __Request__clock_get_time_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_clock_subsystem__defined
#define __RequestUnion__mig_clock_subsystem__defined
union __RequestUnion__mig_clock_subsystem {
	__Request__clock_get_time_t Request_clock_get_time;
};
#endif

#ifndef __Reply__clock_subsystem__defined
#define __Reply__clock_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_timespec_t cur_time;
} __Reply__clock_get_time_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_clock_subsystem__defined
#define __ReplyUnion__mig_clock_subsystem__defined
union __ReplyUnion__mig_clock_subsystem {
	__Reply__clock_get_time_t Reply_clock_get_time;
};
#endif

#ifndef subsystem_to_name_map_clock
#define subsystem_to_name_map_clock \
	{ "clock_get_time", 1000 }
#endif

#endif
