/*
 * Server side of subsystem host_priv.
 * Written by mig from host_priv.defs: edit that.
 */

#ifndef _host_priv_server_
#define _host_priv_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>
#include <mach/clock_types.h>

#ifndef host_priv_MSG_COUNT
#define host_priv_MSG_COUNT 20
#endif

MACH_BEGIN_DECLS

/* routine host_get_special_port, message 412 */
extern kern_return_t
mig_host_get_special_port(
	kernel_host_t host,
	int node,
	int which,
	ipc_port_t *port);

/* routine host_set_special_port, message 413 */
extern kern_return_t
mig_host_set_special_port(
	kernel_host_t host,
	int which,
	ipc_port_t port);

extern boolean_t host_priv_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t host_priv_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_host_priv_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[20];
} mig_host_priv_subsystem;

MACH_END_DECLS

#ifndef __Request__host_priv_subsystem__defined
#define __Request__host_priv_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	int node;
	int which;
} __Request__host_get_special_port_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port;
	NDR_record_t NDR;
	int which;
} __Request__host_set_special_port_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_host_priv_subsystem__defined
#define __RequestUnion__mig_host_priv_subsystem__defined
union __RequestUnion__mig_host_priv_subsystem {
	__Request__host_get_special_port_t Request_host_get_special_port;
	__Request__host_set_special_port_t Request_host_set_special_port;
};
#endif

#ifndef __Reply__host_priv_subsystem__defined
#define __Reply__host_priv_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_port_descriptor_t port;
} __Reply__host_get_special_port_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__host_set_special_port_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_host_priv_subsystem__defined
#define __ReplyUnion__mig_host_priv_subsystem__defined
union __ReplyUnion__mig_host_priv_subsystem {
	__Reply__host_get_special_port_t Reply_host_get_special_port;
	__Reply__host_set_special_port_t Reply_host_set_special_port;
};
#endif

#ifndef subsystem_to_name_map_host_priv
#define subsystem_to_name_map_host_priv \
	{ "host_get_special_port", 412 }, \
	{ "host_set_special_port", 413 }
#endif

#endif
