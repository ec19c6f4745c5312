/*
 * User side of subsystem mach_host.
 * Written by mig from mach_host.defs: edit that.
 */

#ifndef _mach_host_user_
#define _mach_host_user_

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
#include <mach/clock_types.h>
#include <mach/mach_host.h>

#ifndef mach_host_MSG_COUNT
#define mach_host_MSG_COUNT 20
#endif

MACH_BEGIN_DECLS

/* routine host_page_size, message 202 */
extern kern_return_t
_kernelrpc_host_page_size(
	host_t host,
	vm_size_t *page_size);

/* routine host_get_io_main, message 205 */
extern kern_return_t
_kernelrpc_host_get_io_main(
	host_t host,
	io_main_t *io_main);

/* routine host_get_clock_service, message 206 */
extern kern_return_t
_kernelrpc_host_get_clock_service(
	host_t host,
	clock_id_t clock_id,
	mach_port_t *clock);

/* routine host_request_notification, message 217 */
extern kern_return_t
_kernelrpc_host_request_notification(
	host_t host,
	host_flavor_t notify_type,
	mach_port_t notify_port);

MACH_END_DECLS

#ifndef __Request__mach_host_subsystem__defined
#define __Request__mach_host_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
} __Request__host_page_size_t;
typedef struct {
	mach_msg_header_t Head;
} __Request__host_get_io_main_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	clock_id_t clock_id;
} __Request__host_get_clock_service_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t notify_port;
	NDR_record_t NDR;
	host_flavor_t notify_type;
} __Request__host_request_notification_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mach_host_subsystem__defined
#define __RequestUnion__mach_host_subsystem__defined
union __RequestUnion__mach_host_subsystem {
	__Request__host_page_size_t Request_host_page_size;
	__Request__host_get_io_main_t Request_host_get_io_main;
	__Request__host_get_clock_service_t Request_host_get_clock_service;
	__Request__host_request_notification_t Request_host_request_notification;
};
#endif

#ifndef __Reply__mach_host_subsystem__defined
#define __Reply__mach_host_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	vm_size_t page_size;
} __Reply__host_page_size_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t io_main;
} __Reply__host_get_io_main_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t clock;
} __Reply__host_get_clock_service_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__host_request_notification_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mach_host_subsystem__defined
#define __ReplyUnion__mach_host_subsystem__defined
union __ReplyUnion__mach_host_subsystem {
	__Reply__host_page_size_t Reply_host_page_size;
	__Reply__host_get_io_main_t Reply_host_get_io_main;
	__Reply__host_get_clock_service_t Reply_host_get_clock_service;
	__Reply__host_request_notification_t Reply_host_request_notification;
};
#endif

#ifndef subsystem_to_name_map_mach_host
#define subsystem_to_name_map_mach_host \
	{ "host_page_size", 202 }, \
	{ "host_get_io_main", 205 }, \
	{ "host_get_clock_service", 206 }, \
	{ "host_request_notification", 217 }
#endif

#endif
