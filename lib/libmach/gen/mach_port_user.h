/*
 * User side of subsystem mach_port.
 * Written by mig from mach_port.defs: edit that.
 */

#ifndef _mach_port_user_
#define _mach_port_user_

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
#include <mach_debug/ipc_info.h>
#include <mach/mach_port.h>

#ifndef mach_port_MSG_COUNT
#define mach_port_MSG_COUNT 39
#endif

MACH_BEGIN_DECLS

/* routine mach_port_names, message 3200 */
extern kern_return_t
_kernelrpc_mach_port_names(
	ipc_space_t task,
	mach_port_name_array_t *names,
	mach_msg_type_number_t *namesCnt,
	mach_port_type_array_t *types,
	mach_msg_type_number_t *typesCnt);

/* routine mach_port_type, message 3201 */
extern kern_return_t
_kernelrpc_mach_port_type(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_type_t *ptype);

/* routine mach_port_rename, message 3202 */
extern kern_return_t
_kernelrpc_mach_port_rename(
	ipc_space_t task,
	mach_port_name_t old_name,
	mach_port_name_t new_name);

/* routine mach_port_allocate_name, message 3203 */
extern kern_return_t
_kernelrpc_mach_port_allocate_name(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_name_t name);

/* routine mach_port_allocate, message 3204 */
extern kern_return_t
_kernelrpc_mach_port_allocate(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_name_t *name);

/* routine mach_port_destroy, message 3205 */
extern kern_return_t
_kernelrpc_mach_port_destroy(
	ipc_space_t task,
	mach_port_name_t name);

/* routine mach_port_deallocate, message 3206 */
extern kern_return_t
_kernelrpc_mach_port_deallocate(
	ipc_space_t task,
	mach_port_name_t name);

/* routine mach_port_get_refs, message 3207 */
extern kern_return_t
_kernelrpc_mach_port_get_refs(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_right_t right,
	mach_port_urefs_t *refs);

/* routine mach_port_mod_refs, message 3208 */
extern kern_return_t
_kernelrpc_mach_port_mod_refs(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_right_t right,
	mach_port_delta_t delta);

/* routine mach_port_peek, message 3209 */
extern kern_return_t
_kernelrpc_mach_port_peek(
	ipc_space_t task,
	mach_port_name_t name,
	mach_msg_trailer_type_t trailer_type,
	mach_port_seqno_t *request_seqnop,
	mach_msg_size_t *msg_sizep,
	mach_msg_id_t *msg_idp,
	mach_msg_trailer_info_t trailer_infop,
	mach_msg_type_number_t *trailer_infopCnt);

/* routine mach_port_set_mscount, message 3210 */
extern kern_return_t
_kernelrpc_mach_port_set_mscount(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_mscount_t mscount);

/* routine mach_port_get_set_status, message 3211 */
extern kern_return_t
_kernelrpc_mach_port_get_set_status(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_name_array_t *members,
	mach_msg_type_number_t *membersCnt);

/* routine mach_port_move_member, message 3212 */
extern kern_return_t
_kernelrpc_mach_port_move_member(
	ipc_space_t task,
	mach_port_name_t member,
	mach_port_name_t after);

/* routine mach_port_request_notification, message 3213 */
extern kern_return_t
_kernelrpc_mach_port_request_notification(
	ipc_space_t task,
	mach_port_name_t name,
	mach_msg_id_t msgid,
	mach_port_mscount_t sync,
	mach_port_t notify,
	mach_msg_type_name_t notifyPoly,
	mach_port_t *previous);

/* routine mach_port_insert_right, message 3214 */
extern kern_return_t
_kernelrpc_mach_port_insert_right(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_t poly,
	mach_msg_type_name_t polyPoly);

/* routine mach_port_extract_right, message 3215 */
extern kern_return_t
_kernelrpc_mach_port_extract_right(
	ipc_space_t task,
	mach_port_name_t name,
	mach_msg_type_name_t msgt_name,
	mach_port_t *poly,
	mach_msg_type_name_t *polyPoly);

/* routine mach_port_set_seqno, message 3216 */
extern kern_return_t
_kernelrpc_mach_port_set_seqno(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_seqno_t seqno);

/* routine mach_port_get_attributes, message 3217 */
extern kern_return_t
_kernelrpc_mach_port_get_attributes(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_flavor_t flavor,
	mach_port_info_t port_info_out,
	mach_msg_type_number_t *port_info_outCnt);

/* routine mach_port_set_attributes, message 3218 */
extern kern_return_t
_kernelrpc_mach_port_set_attributes(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_flavor_t flavor,
	mach_port_info_t port_info,
	mach_msg_type_number_t port_infoCnt);

/* routine mach_port_allocate_qos, message 3219 */
extern kern_return_t
_kernelrpc_mach_port_allocate_qos(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_qos_t *qos,
	mach_port_name_t *name);

/* routine mach_port_allocate_full, message 3220 */
extern kern_return_t
_kernelrpc_mach_port_allocate_full(
	ipc_space_t task,
	mach_port_right_t right,
	mach_port_t proto,
	mach_port_qos_t *qos,
	mach_port_name_t *name);

/* routine mach_port_get_srights, message 3222 */
extern kern_return_t
_kernelrpc_mach_port_get_srights(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_rights_t *srights);

/* routine mach_port_space_info, message 3223 */
extern kern_return_t
_kernelrpc_mach_port_space_info(
	ipc_space_t space,
	ipc_info_space_t *space_info,
	ipc_info_name_array_t *table_info,
	mach_msg_type_number_t *table_infoCnt,
	ipc_info_tree_name_array_t *tree_info,
	mach_msg_type_number_t *tree_infoCnt);

/* routine mach_port_dnrequest_info, message 3224 */
extern kern_return_t
_kernelrpc_mach_port_dnrequest_info(
	ipc_space_t task,
	mach_port_name_t name,
	unsigned *dnr_total,
	unsigned *dnr_used);

/* routine mach_port_insert_member, message 3226 */
extern kern_return_t
_kernelrpc_mach_port_insert_member(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_name_t pset);

/* routine mach_port_extract_member, message 3227 */
extern kern_return_t
_kernelrpc_mach_port_extract_member(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_name_t pset);

/* routine mach_port_get_context, message 3228 */
extern kern_return_t
_kernelrpc_mach_port_get_context(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t *context);

/* routine mach_port_set_context, message 3229 */
extern kern_return_t
_kernelrpc_mach_port_set_context(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t context);

/* routine mach_port_kobject, message 3230 */
extern kern_return_t
_kernelrpc_mach_port_kobject(
	ipc_space_t task,
	mach_port_name_t name,
	natural_t *object_type,
	uint64_t *object_addr);

/* routine mach_port_construct, message 3231 */
extern kern_return_t
_kernelrpc_mach_port_construct(
	ipc_space_t task,
	mach_port_options_ptr_t options,
	uint64_t context,
	mach_port_name_t *name);

/* routine mach_port_destruct, message 3232 */
extern kern_return_t
_kernelrpc_mach_port_destruct(
	ipc_space_t task,
	mach_port_name_t name,
	mach_port_delta_t srdelta,
	uint64_t guard);

/* routine mach_port_guard, message 3233 */
extern kern_return_t
_kernelrpc_mach_port_guard(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t guard,
	boolean_t strict);

/* routine mach_port_unguard, message 3234 */
extern kern_return_t
_kernelrpc_mach_port_unguard(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t guard);

/* routine mach_port_guard_with_flags, message 3237 */
extern kern_return_t
_kernelrpc_mach_port_guard_with_flags(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t guard,
	uint64_t flags);

/* routine mach_port_swap_guard, message 3238 */
extern kern_return_t
_kernelrpc_mach_port_swap_guard(
	ipc_space_t task,
	mach_port_name_t name,
	uint64_t old_guard,
	uint64_t new_guard);

MACH_END_DECLS

#ifndef __Request__mach_port_subsystem__defined
#define __Request__mach_port_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} __Request__mach_port_names_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_type_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t old_name;
	mach_port_name_t new_name;
} __Request__mach_port_rename_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_name_t name;
} __Request__mach_port_allocate_name_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_right_t right;
} __Request__mach_port_allocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_destroy_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_deallocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_right_t right;
} __Request__mach_port_get_refs_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_right_t right;
	mach_port_delta_t delta;
} __Request__mach_port_mod_refs_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_trailer_type_t trailer_type;
	mach_port_seqno_t request_seqnop;
	mach_msg_type_number_t trailer_infopCnt;
} __Request__mach_port_peek_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_mscount_t mscount;
} __Request__mach_port_set_mscount_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_get_set_status_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t member;
	mach_port_name_t after;
} __Request__mach_port_move_member_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t notify;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_id_t msgid;
	mach_port_mscount_t sync;
} __Request__mach_port_request_notification_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t poly;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_insert_right_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_msg_type_name_t msgt_name;
} __Request__mach_port_extract_right_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_seqno_t seqno;
} __Request__mach_port_set_seqno_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_flavor_t flavor;
	mach_msg_type_number_t port_info_outCnt;
} __Request__mach_port_get_attributes_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_flavor_t flavor;
	mach_msg_type_number_t port_infoCnt;
	integer_t port_info[17];
} __Request__mach_port_set_attributes_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_qos_t qos;
} __Request__mach_port_allocate_qos_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t proto;
	NDR_record_t NDR;
	mach_port_right_t right;
	mach_port_qos_t qos;
	mach_port_name_t name;
} __Request__mach_port_allocate_full_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_get_srights_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__mach_port_space_info_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_dnrequest_info_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_name_t pset;
} __Request__mach_port_insert_member_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_name_t pset;
} __Request__mach_port_extract_member_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_get_context_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t context;
} __Request__mach_port_set_context_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
} __Request__mach_port_kobject_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t options;
	NDR_record_t NDR;
	uint64_t context;
} __Request__mach_port_construct_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	mach_port_delta_t srdelta;
	uint64_t guard;
} __Request__mach_port_destruct_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t guard;
	boolean_t strict;
} __Request__mach_port_guard_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t guard;
} __Request__mach_port_unguard_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t guard;
	uint64_t flags;
} __Request__mach_port_guard_with_flags_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_port_name_t name;
	uint64_t old_guard;
	uint64_t new_guard;
} __Request__mach_port_swap_guard_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mach_port_subsystem__defined
#define __RequestUnion__mach_port_subsystem__defined
union __RequestUnion__mach_port_subsystem {
	__Request__mach_port_names_t Request_mach_port_names;
	__Request__mach_port_type_t Request_mach_port_type;
	__Request__mach_port_rename_t Request_mach_port_rename;
	__Request__mach_port_allocate_name_t Request_mach_port_allocate_name;
	__Request__mach_port_allocate_t Request_mach_port_allocate;
	__Request__mach_port_destroy_t Request_mach_port_destroy;
	__Request__mach_port_deallocate_t Request_mach_port_deallocate;
	__Request__mach_port_get_refs_t Request_mach_port_get_refs;
	__Request__mach_port_mod_refs_t Request_mach_port_mod_refs;
	__Request__mach_port_peek_t Request_mach_port_peek;
	__Request__mach_port_set_mscount_t Request_mach_port_set_mscount;
	__Request__mach_port_get_set_status_t Request_mach_port_get_set_status;
	__Request__mach_port_move_member_t Request_mach_port_move_member;
	__Request__mach_port_request_notification_t Request_mach_port_request_notification;
	__Request__mach_port_insert_right_t Request_mach_port_insert_right;
	__Request__mach_port_extract_right_t Request_mach_port_extract_right;
	__Request__mach_port_set_seqno_t Request_mach_port_set_seqno;
	__Request__mach_port_get_attributes_t Request_mach_port_get_attributes;
	__Request__mach_port_set_attributes_t Request_mach_port_set_attributes;
	__Request__mach_port_allocate_qos_t Request_mach_port_allocate_qos;
	__Request__mach_port_allocate_full_t Request_mach_port_allocate_full;
	__Request__mach_port_get_srights_t Request_mach_port_get_srights;
	__Request__mach_port_space_info_t Request_mach_port_space_info;
	__Request__mach_port_dnrequest_info_t Request_mach_port_dnrequest_info;
	__Request__mach_port_insert_member_t Request_mach_port_insert_member;
	__Request__mach_port_extract_member_t Request_mach_port_extract_member;
	__Request__mach_port_get_context_t Request_mach_port_get_context;
	__Request__mach_port_set_context_t Request_mach_port_set_context;
	__Request__mach_port_kobject_t Request_mach_port_kobject;
	__Request__mach_port_construct_t Request_mach_port_construct;
	__Request__mach_port_destruct_t Request_mach_port_destruct;
	__Request__mach_port_guard_t Request_mach_port_guard;
	__Request__mach_port_unguard_t Request_mach_port_unguard;
	__Request__mach_port_guard_with_flags_t Request_mach_port_guard_with_flags;
	__Request__mach_port_swap_guard_t Request_mach_port_swap_guard;
};
#endif

#ifndef __Reply__mach_port_subsystem__defined
#define __Reply__mach_port_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t names;
	mach_msg_ool_descriptor_t types;
	NDR_record_t NDR;
	mach_msg_type_number_t namesCnt;
	mach_msg_type_number_t typesCnt;
} __Reply__mach_port_names_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_type_t ptype;
} __Reply__mach_port_type_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_rename_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_allocate_name_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_name_t name;
} __Reply__mach_port_allocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_destroy_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_deallocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_urefs_t refs;
} __Reply__mach_port_get_refs_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_mod_refs_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_seqno_t request_seqnop;
	mach_msg_size_t msg_sizep;
	mach_msg_id_t msg_idp;
	mach_msg_type_number_t trailer_infopCnt;
	char trailer_infop[68];
} __Reply__mach_port_peek_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_set_mscount_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t members;
	NDR_record_t NDR;
	mach_msg_type_number_t membersCnt;
} __Reply__mach_port_get_set_status_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_move_member_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t previous;
} __Reply__mach_port_request_notification_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_insert_right_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t poly;
} __Reply__mach_port_extract_right_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_set_seqno_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_msg_type_number_t port_info_outCnt;
	integer_t port_info_out[17];
} __Reply__mach_port_get_attributes_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_set_attributes_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_qos_t qos;
	mach_port_name_t name;
} __Reply__mach_port_allocate_qos_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_qos_t qos;
	mach_port_name_t name;
} __Reply__mach_port_allocate_full_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_rights_t srights;
} __Reply__mach_port_get_srights_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t table_info;
	mach_msg_ool_descriptor_t tree_info;
	NDR_record_t NDR;
	ipc_info_space_t space_info;
	mach_msg_type_number_t table_infoCnt;
	mach_msg_type_number_t tree_infoCnt;
} __Reply__mach_port_space_info_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	unsigned dnr_total;
	unsigned dnr_used;
} __Reply__mach_port_dnrequest_info_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_insert_member_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_extract_member_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint64_t context;
} __Reply__mach_port_get_context_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_set_context_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	natural_t object_type;
	uint64_t object_addr;
} __Reply__mach_port_kobject_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_port_name_t name;
} __Reply__mach_port_construct_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_destruct_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_guard_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_unguard_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_guard_with_flags_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_port_swap_guard_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mach_port_subsystem__defined
#define __ReplyUnion__mach_port_subsystem__defined
union __ReplyUnion__mach_port_subsystem {
	__Reply__mach_port_names_t Reply_mach_port_names;
	__Reply__mach_port_type_t Reply_mach_port_type;
	__Reply__mach_port_rename_t Reply_mach_port_rename;
	__Reply__mach_port_allocate_name_t Reply_mach_port_allocate_name;
	__Reply__mach_port_allocate_t Reply_mach_port_allocate;
	__Reply__mach_port_destroy_t Reply_mach_port_destroy;
	__Reply__mach_port_deallocate_t Reply_mach_port_deallocate;
	__Reply__mach_port_get_refs_t Reply_mach_port_get_refs;
	__Reply__mach_port_mod_refs_t Reply_mach_port_mod_refs;
	__Reply__mach_port_peek_t Reply_mach_port_peek;
	__Reply__mach_port_set_mscount_t Reply_mach_port_set_mscount;
	__Reply__mach_port_get_set_status_t Reply_mach_port_get_set_status;
	__Reply__mach_port_move_member_t Reply_mach_port_move_member;
	__Reply__mach_port_request_notification_t Reply_mach_port_request_notification;
	__Reply__mach_port_insert_right_t Reply_mach_port_insert_right;
	__Reply__mach_port_extract_right_t Reply_mach_port_extract_right;
	__Reply__mach_port_set_seqno_t Reply_mach_port_set_seqno;
	__Reply__mach_port_get_attributes_t Reply_mach_port_get_attributes;
	__Reply__mach_port_set_attributes_t Reply_mach_port_set_attributes;
	__Reply__mach_port_allocate_qos_t Reply_mach_port_allocate_qos;
	__Reply__mach_port_allocate_full_t Reply_mach_port_allocate_full;
	__Reply__mach_port_get_srights_t Reply_mach_port_get_srights;
	__Reply__mach_port_space_info_t Reply_mach_port_space_info;
	__Reply__mach_port_dnrequest_info_t Reply_mach_port_dnrequest_info;
	__Reply__mach_port_insert_member_t Reply_mach_port_insert_member;
	__Reply__mach_port_extract_member_t Reply_mach_port_extract_member;
	__Reply__mach_port_get_context_t Reply_mach_port_get_context;
	__Reply__mach_port_set_context_t Reply_mach_port_set_context;
	__Reply__mach_port_kobject_t Reply_mach_port_kobject;
	__Reply__mach_port_construct_t Reply_mach_port_construct;
	__Reply__mach_port_destruct_t Reply_mach_port_destruct;
	__Reply__mach_port_guard_t Reply_mach_port_guard;
	__Reply__mach_port_unguard_t Reply_mach_port_unguard;
	__Reply__mach_port_guard_with_flags_t Reply_mach_port_guard_with_flags;
	__Reply__mach_port_swap_guard_t Reply_mach_port_swap_guard;
};
#endif

#ifndef subsystem_to_name_map_mach_port
#define subsystem_to_name_map_mach_port \
	{ "mach_port_names", 3200 }, \
	{ "mach_port_type", 3201 }, \
	{ "mach_port_rename", 3202 }, \
	{ "mach_port_allocate_name", 3203 }, \
	{ "mach_port_allocate", 3204 }, \
	{ "mach_port_destroy", 3205 }, \
	{ "mach_port_deallocate", 3206 }, \
	{ "mach_port_get_refs", 3207 }, \
	{ "mach_port_mod_refs", 3208 }, \
	{ "mach_port_peek", 3209 }, \
	{ "mach_port_set_mscount", 3210 }, \
	{ "mach_port_get_set_status", 3211 }, \
	{ "mach_port_move_member", 3212 }, \
	{ "mach_port_request_notification", 3213 }, \
	{ "mach_port_insert_right", 3214 }, \
	{ "mach_port_extract_right", 3215 }, \
	{ "mach_port_set_seqno", 3216 }, \
	{ "mach_port_get_attributes", 3217 }, \
	{ "mach_port_set_attributes", 3218 }, \
	{ "mach_port_allocate_qos", 3219 }, \
	{ "mach_port_allocate_full", 3220 }, \
	{ "mach_port_get_srights", 3222 }, \
	{ "mach_port_space_info", 3223 }, \
	{ "mach_port_dnrequest_info", 3224 }, \
	{ "mach_port_insert_member", 3226 }, \
	{ "mach_port_extract_member", 3227 }, \
	{ "mach_port_get_context", 3228 }, \
	{ "mach_port_set_context", 3229 }, \
	{ "mach_port_kobject", 3230 }, \
	{ "mach_port_construct", 3231 }, \
	{ "mach_port_destruct", 3232 }, \
	{ "mach_port_guard", 3233 }, \
	{ "mach_port_unguard", 3234 }, \
	{ "mach_port_guard_with_flags", 3237 }, \
	{ "mach_port_swap_guard", 3238 }
#endif

#endif
