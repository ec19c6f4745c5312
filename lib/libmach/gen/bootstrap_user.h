/*
 * User side of subsystem bootstrap.
 * Written by mig from bootstrap.defs: edit that.
 */

#ifndef _bootstrap_user_
#define _bootstrap_user_

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
#include <servers/bootstrap_priv.h>

#ifndef bootstrap_MSG_COUNT
#define bootstrap_MSG_COUNT 21
#endif

MACH_BEGIN_DECLS

/* routine bootstrap_create_server, message 400 */
extern kern_return_t
mig_bootstrap_create_server(
	mach_port_t bp,
	cmd_t command,
	uid_t uid,
	boolean_t on_demand,
	mach_port_t *server_port);

/* routine bootstrap_unprivileged, message 401 */
extern kern_return_t
mig_bootstrap_unprivileged(
	mach_port_t bp,
	mach_port_t *port);

/* routine bootstrap_check_in, message 402 */
extern kern_return_t
mig_bootstrap_check_in(
	mach_port_t bp,
	name_t name,
	uint64_t flags,
	mach_port_t *sp,
	bootstrap_instance_t instance);

/* routine bootstrap_register, message 403 */
extern kern_return_t
mig_bootstrap_register(
	mach_port_t bp,
	name_t name,
	mach_port_t sp,
	uint64_t flags);

/* routine bootstrap_look_up, message 404 */
extern kern_return_t
mig_bootstrap_look_up(
	mach_port_t bp,
	name_t name,
	pid_t target_pid,
	bootstrap_instance_t instance,
	uint64_t flags,
	mach_port_t *sp);

/* routine bootstrap_parent, message 406 */
extern kern_return_t
mig_bootstrap_parent(
	mach_port_t bp,
	mach_port_t *parent);

/* routine bootstrap_status, message 407 */
extern kern_return_t
mig_bootstrap_status(
	mach_port_t bp,
	name_t name,
	bootstrap_status_t *status);

/* routine bootstrap_info, message 408 */
extern kern_return_t
mig_bootstrap_info(
	mach_port_t bp,
	uint64_t flags,
	name_array_t *names,
	mach_msg_type_number_t *namesCnt,
	name_array_t *jobs,
	mach_msg_type_number_t *jobsCnt,
	bootstrap_status_array_t *active,
	mach_msg_type_number_t *activeCnt);

/* routine bootstrap_subset, message 409 */
extern kern_return_t
mig_bootstrap_subset(
	mach_port_t bp,
	mach_port_t requestor,
	mach_port_t *subset);

/* routine bootstrap_create_service, message 410 */
extern kern_return_t
mig_bootstrap_create_service(
	mach_port_t bp,
	name_t name,
	uint64_t flags,
	mach_port_t *sp);

/* routine bootstrap_look_up_per_user, message 411 */
extern kern_return_t
mig_bootstrap_look_up_per_user(
	mach_port_t bp,
	name_t name,
	uid_t uid,
	mach_port_t *sp);

/* routine bootstrap_lookup_children, message 412 */
extern kern_return_t
mig_bootstrap_lookup_children(
	mach_port_t bp,
	mach_port_array_t *children,
	mach_msg_type_number_t *childrenCnt,
	name_array_t *names,
	mach_msg_type_number_t *namesCnt,
	bootstrap_property_array_t *properties,
	mach_msg_type_number_t *propertiesCnt);

/* routine bootstrap_get_root, message 413 */
extern kern_return_t
mig_bootstrap_get_root(
	mach_port_t bp,
	mach_port_t *root);

/* routine bootstrap_control, message 420 */
extern kern_return_t
mig_bootstrap_control(
	mach_port_t bp,
	vm_offset_t request,
	mach_msg_type_number_t requestCnt,
	mach_port_array_t request_rights,
	mach_msg_type_number_t request_rightsCnt,
	vm_offset_t *answer,
	mach_msg_type_number_t *answerCnt,
	mach_port_array_t *answer_rights,
	mach_msg_type_number_t *answer_rightsCnt);

MACH_END_DECLS

#ifndef __Request__bootstrap_subsystem__defined
#define __Request__bootstrap_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char command[512];
	uid_t uid;
	boolean_t on_demand;
} __Request__bootstrap_create_server_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__bootstrap_unprivileged_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	uint64_t flags;
} __Request__bootstrap_check_in_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
	NDR_record_t NDR;
	char name[128];
	uint64_t flags;
} __Request__bootstrap_register_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	pid_t target_pid;
	bootstrap_instance_t instance;
	uint64_t flags;
} __Request__bootstrap_look_up_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__bootstrap_parent_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
} __Request__bootstrap_status_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	uint64_t flags;
} __Request__bootstrap_info_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t requestor;
} __Request__bootstrap_subset_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	uint64_t flags;
} __Request__bootstrap_create_service_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	char name[128];
	uid_t uid;
} __Request__bootstrap_look_up_per_user_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__bootstrap_lookup_children_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__bootstrap_get_root_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t request;
	mach_msg_ool_ports_descriptor_t request_rights;
	NDR_record_t NDR;
	mach_msg_type_number_t requestCnt;
	mach_msg_type_number_t request_rightsCnt;
} __Request__bootstrap_control_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__bootstrap_subsystem__defined
#define __RequestUnion__bootstrap_subsystem__defined
union __RequestUnion__bootstrap_subsystem {
	__Request__bootstrap_create_server_t Request_bootstrap_create_server;
	__Request__bootstrap_unprivileged_t Request_bootstrap_unprivileged;
	__Request__bootstrap_check_in_t Request_bootstrap_check_in;
	__Request__bootstrap_register_t Request_bootstrap_register;
	__Request__bootstrap_look_up_t Request_bootstrap_look_up;
	__Request__bootstrap_parent_t Request_bootstrap_parent;
	__Request__bootstrap_status_t Request_bootstrap_status;
	__Request__bootstrap_info_t Request_bootstrap_info;
	__Request__bootstrap_subset_t Request_bootstrap_subset;
	__Request__bootstrap_create_service_t Request_bootstrap_create_service;
	__Request__bootstrap_look_up_per_user_t Request_bootstrap_look_up_per_user;
	__Request__bootstrap_lookup_children_t Request_bootstrap_lookup_children;
	__Request__bootstrap_get_root_t Request_bootstrap_get_root;
	__Request__bootstrap_control_t Request_bootstrap_control;
};
#endif

#ifndef __Reply__bootstrap_subsystem__defined
#define __Reply__bootstrap_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t server_port;
} __Reply__bootstrap_create_server_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t port;
} __Reply__bootstrap_unprivileged_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
	NDR_record_t NDR;
	bootstrap_instance_t instance;
} __Reply__bootstrap_check_in_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__bootstrap_register_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
} __Reply__bootstrap_look_up_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t parent;
} __Reply__bootstrap_parent_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	bootstrap_status_t status;
} __Reply__bootstrap_status_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t jobs;
	mach_msg_ool_descriptor_t active;
	NDR_record_t NDR;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t jobsCnt;
	mach_msg_type_number_t activeCnt;
} __Reply__bootstrap_info_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t subset;
} __Reply__bootstrap_subset_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
} __Reply__bootstrap_create_service_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t sp;
} __Reply__bootstrap_look_up_per_user_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_ports_descriptor_t children;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t properties;
	NDR_record_t NDR;
	mach_msg_type_number_t childrenCnt;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t propertiesCnt;
} __Reply__bootstrap_lookup_children_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t root;
} __Reply__bootstrap_get_root_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t answer;
	mach_msg_ool_ports_descriptor_t answer_rights;
	NDR_record_t NDR;
	mach_msg_type_number_t answerCnt;
	mach_msg_type_number_t answer_rightsCnt;
} __Reply__bootstrap_control_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__bootstrap_subsystem__defined
#define __ReplyUnion__bootstrap_subsystem__defined
union __ReplyUnion__bootstrap_subsystem {
	__Reply__bootstrap_create_server_t Reply_bootstrap_create_server;
	__Reply__bootstrap_unprivileged_t Reply_bootstrap_unprivileged;
	__Reply__bootstrap_check_in_t Reply_bootstrap_check_in;
	__Reply__bootstrap_register_t Reply_bootstrap_register;
	__Reply__bootstrap_look_up_t Reply_bootstrap_look_up;
	__Reply__bootstrap_parent_t Reply_bootstrap_parent;
	__Reply__bootstrap_status_t Reply_bootstrap_status;
	__Reply__bootstrap_info_t Reply_bootstrap_info;
	__Reply__bootstrap_subset_t Reply_bootstrap_subset;
	__Reply__bootstrap_create_service_t Reply_bootstrap_create_service;
	__Reply__bootstrap_look_up_per_user_t Reply_bootstrap_look_up_per_user;
	__Reply__bootstrap_lookup_children_t Reply_bootstrap_lookup_children;
	__Reply__bootstrap_get_root_t Reply_bootstrap_get_root;
	__Reply__bootstrap_control_t Reply_bootstrap_control;
};
#endif

#ifndef subsystem_to_name_map_bootstrap
#define subsystem_to_name_map_bootstrap \
	{ "bootstrap_create_server", 400 }, \
	{ "bootstrap_unprivileged", 401 }, \
	{ "bootstrap_check_in", 402 }, \
	{ "bootstrap_register", 403 }, \
	{ "bootstrap_look_up", 404 }, \
	{ "bootstrap_parent", 406 }, \
	{ "bootstrap_status", 407 }, \
	{ "bootstrap_info", 408 }, \
	{ "bootstrap_subset", 409 }, \
	{ "bootstrap_create_service", 410 }, \
	{ "bootstrap_look_up_per_user", 411 }, \
	{ "bootstrap_lookup_children", 412 }, \
	{ "bootstrap_get_root", 413 }, \
	{ "bootstrap_control", 420 }
#endif

#endif
