/*
 * User side of subsystem task.
 * Written by mig from task.defs: edit that.
 */

#ifndef _task_user_
#define _task_user_

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
#include <mach/task.h>

#ifndef task_MSG_COUNT
#define task_MSG_COUNT 41
#endif

MACH_BEGIN_DECLS

/* routine mach_ports_register3, message 3403 */
extern kern_return_t
_kernelrpc_mach_ports_register3(
	task_t task,
	mach_port_t port1,
	mach_port_t port2,
	mach_port_t port3);

/* routine mach_ports_lookup3, message 3404 */
extern kern_return_t
_kernelrpc_mach_ports_lookup3(
	task_t task,
	mach_port_t *port1,
	mach_port_t *port2,
	mach_port_t *port3);

/* routine task_info, message 3405 */
extern kern_return_t
_kernelrpc_task_info(
	task_name_t task,
	task_flavor_t flavor,
	task_info_t info,
	mach_msg_type_number_t *infoCnt);

/* routine task_get_special_port, message 3409 */
extern kern_return_t
_kernelrpc_task_get_special_port(
	task_inspect_t task,
	int which,
	mach_port_t *special_port);

/* routine task_set_special_port, message 3410 */
extern kern_return_t
_kernelrpc_task_set_special_port(
	task_t task,
	int which,
	mach_port_t special_port);

/* routine semaphore_create, message 3418 */
extern kern_return_t
_kernelrpc_semaphore_create(
	task_t task,
	semaphore_t *semaphore,
	int policy,
	int value);

/* routine semaphore_destroy, message 3419 */
extern kern_return_t
_kernelrpc_semaphore_destroy(
	task_t task,
	semaphore_t semaphore);

MACH_END_DECLS

#ifndef __Request__task_subsystem__defined
#define __Request__task_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t port1;
	mach_msg_port_descriptor_t port2;
	mach_msg_port_descriptor_t port3;
} __Request__mach_ports_register3_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__mach_ports_lookup3_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	task_flavor_t flavor;
	mach_msg_type_number_t infoCnt;
} __Request__task_info_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	int which;
} __Request__task_get_special_port_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t special_port;
	NDR_record_t NDR;
	int which;
} __Request__task_set_special_port_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	int policy;
	int value;
} __Request__semaphore_create_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t semaphore;
} __Request__semaphore_destroy_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__task_subsystem__defined
#define __RequestUnion__task_subsystem__defined
union __RequestUnion__task_subsystem {
	__Request__mach_ports_register3_t Request_mach_ports_register3;
	__Request__mach_ports_lookup3_t Request_mach_ports_lookup3;
	__Request__task_info_t Request_task_info;
	__Request__task_get_special_port_t Request_task_get_special_port;
	__Request__task_set_special_port_t Request_task_set_special_port;
	__Request__semaphore_create_t Request_semaphore_create;
	__Request__semaphore_destroy_t Request_semaphore_destroy;
};
#endif

#ifndef __Reply__task_subsystem__defined
#define __Reply__task_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_ports_register3_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t port1;
	mach_msg_port_descriptor_t port2;
	mach_msg_port_descriptor_t port3;
} __Reply__mach_ports_lookup3_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_msg_type_number_t infoCnt;
	integer_t info[94];
} __Reply__task_info_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t special_port;
} __Reply__task_get_special_port_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__task_set_special_port_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t semaphore;
} __Reply__semaphore_create_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__semaphore_destroy_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__task_subsystem__defined
#define __ReplyUnion__task_subsystem__defined
union __ReplyUnion__task_subsystem {
	__Reply__mach_ports_register3_t Reply_mach_ports_register3;
	__Reply__mach_ports_lookup3_t Reply_mach_ports_lookup3;
	__Reply__task_info_t Reply_task_info;
	__Reply__task_get_special_port_t Reply_task_get_special_port;
	__Reply__task_set_special_port_t Reply_task_set_special_port;
	__Reply__semaphore_create_t Reply_semaphore_create;
	__Reply__semaphore_destroy_t Reply_semaphore_destroy;
};
#endif

#ifndef subsystem_to_name_map_task
#define subsystem_to_name_map_task \
	{ "mach_ports_register3", 3403 }, \
	{ "mach_ports_lookup3", 3404 }, \
	{ "task_info", 3405 }, \
	{ "task_get_special_port", 3409 }, \
	{ "task_set_special_port", 3410 }, \
	{ "semaphore_create", 3418 }, \
	{ "semaphore_destroy", 3419 }
#endif

#endif
