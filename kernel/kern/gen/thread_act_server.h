/*
 * Server side of subsystem thread_act.
 * Written by mig from thread_act.defs: edit that.
 */

#ifndef _thread_act_server_
#define _thread_act_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>

#ifndef thread_act_MSG_COUNT
#define thread_act_MSG_COUNT 27
#endif

MACH_BEGIN_DECLS

/* routine thread_get_special_port, message 3610 */
extern kern_return_t
mig_thread_get_special_port(
	kernel_thread_t thread,
	int which,
	ipc_port_t *special_port);

extern boolean_t thread_act_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t thread_act_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_thread_act_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[27];
} mig_thread_act_subsystem;

MACH_END_DECLS

#ifndef __Request__thread_act_subsystem__defined
#define __Request__thread_act_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	int which;
} __Request__thread_get_special_port_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_thread_act_subsystem__defined
#define __RequestUnion__mig_thread_act_subsystem__defined
union __RequestUnion__mig_thread_act_subsystem {
	__Request__thread_get_special_port_t Request_thread_get_special_port;
};
#endif

#ifndef __Reply__thread_act_subsystem__defined
#define __Reply__thread_act_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t special_port;
} __Reply__thread_get_special_port_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_thread_act_subsystem__defined
#define __ReplyUnion__mig_thread_act_subsystem__defined
union __ReplyUnion__mig_thread_act_subsystem {
	__Reply__thread_get_special_port_t Reply_thread_get_special_port;
};
#endif

#ifndef subsystem_to_name_map_thread_act
#define subsystem_to_name_map_thread_act \
	{ "thread_get_special_port", 3610 }
#endif

#endif
