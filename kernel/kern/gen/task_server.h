/*
 * Server side of subsystem task.
 * Written by mig from task.defs: edit that.
 */

#ifndef _task_server_
#define _task_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>

#ifndef task_MSG_COUNT
#define task_MSG_COUNT 41
#endif

MACH_BEGIN_DECLS

/* routine mach_ports_register3, message 3403 */
extern kern_return_t
mig_mach_ports_register3(
	kernel_task_t task,
	ipc_port_t port1,
	ipc_port_t port2,
	ipc_port_t port3);

/* routine mach_ports_lookup3, message 3404 */
extern kern_return_t
mig_mach_ports_lookup3(
	kernel_task_t task,
	ipc_port_t *port1,
	ipc_port_t *port2,
	ipc_port_t *port3);

/* routine task_info, message 3405 */
extern kern_return_t
mig_task_info(
	kernel_task_t task,
	task_flavor_t flavor,
	task_info_t info,
	mach_msg_type_number_t *infoCnt);

/* routine task_get_special_port, message 3409 */
extern kern_return_t
mig_task_get_special_port(
	kernel_task_t task,
	int which,
	ipc_port_t *special_port);

/* routine task_set_special_port, message 3410 */
extern kern_return_t
mig_task_set_special_port(
	kernel_task_t task,
	int which,
	ipc_port_t special_port);

/* routine semaphore_create, message 3418 */
extern kern_return_t
mig_semaphore_create(
	kernel_task_t task,
	ipc_port_t *semaphore,
	int policy,
	int value);

/* routine semaphore_destroy, message 3419 */
extern kern_return_t
mig_semaphore_destroy(
	kernel_task_t task,
	ipc_port_t semaphore);

extern boolean_t task_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t task_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_task_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[41];
} mig_task_subsystem;

MACH_END_DECLS

#ifndef __Request__task_subsystem__defined
#define __Request__task_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port1;
	mig_kernel_port_descriptor_t port2;
	mig_kernel_port_descriptor_t port3;
} __Request__mach_ports_register3_t;
typedef struct {
	mig_kernel_header_t Head;
} __Request__mach_ports_lookup3_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	task_flavor_t flavor;
	mach_msg_type_number_t infoCnt;
} __Request__task_info_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	int which;
} __Request__task_get_special_port_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t special_port;
	NDR_record_t NDR;
	int which;
} __Request__task_set_special_port_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	int policy;
	int value;
} __Request__semaphore_create_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t semaphore;
} __Request__semaphore_destroy_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_task_subsystem__defined
#define __RequestUnion__mig_task_subsystem__defined
union __RequestUnion__mig_task_subsystem {
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
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_ports_register3_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port1;
	mig_kernel_port_descriptor_t port2;
	mig_kernel_port_descriptor_t port3;
} __Reply__mach_ports_lookup3_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_msg_type_number_t infoCnt;
	integer_t info[94];
} __Reply__task_info_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t special_port;
} __Reply__task_get_special_port_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__task_set_special_port_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t semaphore;
} __Reply__semaphore_create_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__semaphore_destroy_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_task_subsystem__defined
#define __ReplyUnion__mig_task_subsystem__defined
union __ReplyUnion__mig_task_subsystem {
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
