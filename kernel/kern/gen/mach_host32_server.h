/*
 * Server side of subsystem mach_host32.
 * Written by mig from mach_host32.defs: edit that.
 */

#ifndef _mach_host32_server_
#define _mach_host32_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>

#ifndef mach_host32_MSG_COUNT
#define mach_host32_MSG_COUNT 1
#endif

MACH_BEGIN_DECLS

/* routine host_page_size32, message 202 */
extern kern_return_t
mig_host_page_size32(
	kernel_host_t host,
	uint32_t *page_size);

extern boolean_t mach_host32_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t mach_host32_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_mach_host32_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[1];
} mig_mach_host32_subsystem;

MACH_END_DECLS

#ifndef __Request__mach_host32_subsystem__defined
#define __Request__mach_host32_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
} __Request__host_page_size32_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_mach_host32_subsystem__defined
#define __RequestUnion__mig_mach_host32_subsystem__defined
union __RequestUnion__mig_mach_host32_subsystem {
	__Request__host_page_size32_t Request_host_page_size32;
};
#endif

#ifndef __Reply__mach_host32_subsystem__defined
#define __Reply__mach_host32_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint32_t page_size;
} __Reply__host_page_size32_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_mach_host32_subsystem__defined
#define __ReplyUnion__mig_mach_host32_subsystem__defined
union __ReplyUnion__mig_mach_host32_subsystem {
	__Reply__host_page_size32_t Reply_host_page_size32;
};
#endif

#ifndef subsystem_to_name_map_mach_host32
#define subsystem_to_name_map_mach_host32 \
	{ "host_page_size32", 202 }
#endif

#endif
