/*
 * User side of subsystem thread_act.
 * Written by mig from thread_act.defs: edit that.
 */

#ifndef _thread_act_user_
#define _thread_act_user_

#include <mach/boolean.h>
#include <mach/kern_return.h>
#include <mach/mach_types.h>
#include <mach/message.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>
#include <mach/ndr.h>
#include <mach/notify.h>
#include <mach/port.h>
#include <mach/std_types.h>
#include <mach/std_types.h>
#include <mach/mach_types.h>
#include <mach/thread_act.h>

#ifndef thread_act_MSG_COUNT
#define thread_act_MSG_COUNT 27
#endif

MACH_BEGIN_DECLS

/* routine thread_get_special_port, message 3610 */
extern kern_return_t
_kernelrpc_thread_get_special_port(
	thread_inspect_t thread,
	int which,
	mach_port_t *special_port);

MACH_END_DECLS

#ifndef __Request__thread_act_subsystem__defined
#define __Request__thread_act_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	int which;
} __Request__thread_get_special_port_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__thread_act_subsystem__defined
#define __RequestUnion__thread_act_subsystem__defined
union __RequestUnion__thread_act_subsystem {
	__Request__thread_get_special_port_t Request_thread_get_special_port;
};
#endif

#ifndef __Reply__thread_act_subsystem__defined
#define __Reply__thread_act_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t special_port;
} __Reply__thread_get_special_port_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__thread_act_subsystem__defined
#define __ReplyUnion__thread_act_subsystem__defined
union __ReplyUnion__thread_act_subsystem {
	__Reply__thread_get_special_port_t Reply_thread_get_special_port;
};
#endif

#ifndef subsystem_to_name_map_thread_act
#define subsystem_to_name_map_thread_act \
	{ "thread_get_special_port", 3610 }
#endif

#endif
