/*
 * Server side of subsystem vm32_map.
 * Written by mig from vm32_map.defs: edit that.
 */

#ifndef _vm32_map_server_
#define _vm32_map_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>

#ifndef vm32_map_MSG_COUNT
#define vm32_map_MSG_COUNT 10
#endif

MACH_BEGIN_DECLS

/* routine allocate32, message 3801 */
extern kern_return_t
mig_mach_vm_allocate32(
	kernel_map_t task,
	uint32_t *address,
	mach_vm_address_t size,
	int flags);

/* routine deallocate, message 3802 */
extern kern_return_t
mig_mach_vm_deallocate(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_address_t size);

/* routine protect, message 3803 */
extern kern_return_t
mig_mach_vm_protect(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_address_t size,
	boolean_t set_maximum,
	int new_protection);

/* routine read, message 3805 */
extern kern_return_t
mig_mach_vm_read(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_address_t size,
	vm_offset_t *data,
	mach_msg_type_number_t *dataCnt);

/* routine write, message 3807 */
extern kern_return_t
mig_mach_vm_write(
	kernel_map_t task,
	mach_vm_address_t address,
	vm_offset_t data,
	mach_msg_type_number_t dataCnt);

/* routine copy, message 3808 */
extern kern_return_t
mig_mach_vm_copy(
	kernel_map_t task,
	mach_vm_address_t source_address,
	mach_vm_address_t size,
	mach_vm_address_t dest_address);

/* routine read_overwrite, message 3809 */
extern kern_return_t
mig_mach_vm_read_overwrite(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_address_t size,
	mach_vm_address_t data,
	mach_vm_address_t *outsize);

extern boolean_t vm32_map_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t vm32_map_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_mach_vm_vm32_map_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[10];
} mig_mach_vm_vm32_map_subsystem;

MACH_END_DECLS

#ifndef __Request__vm32_map_subsystem__defined
#define __Request__vm32_map_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	uint32_t address;
	uint32_t size;
	int flags;
} __Request__allocate32_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	uint32_t address;
	uint32_t size;
} __Request__deallocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	uint32_t address;
	uint32_t size;
	boolean_t set_maximum;
	int new_protection;
} __Request__protect_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	uint32_t address;
	uint32_t size;
} __Request__read_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	uint32_t address;
	mach_msg_type_number_t dataCnt;
} __Request__write_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	uint32_t source_address;
	uint32_t size;
	uint32_t dest_address;
} __Request__copy_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	uint32_t address;
	uint32_t size;
	uint32_t data;
} __Request__read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_mach_vm_vm32_map_subsystem__defined
#define __RequestUnion__mig_mach_vm_vm32_map_subsystem__defined
union __RequestUnion__mig_mach_vm_vm32_map_subsystem {
	__Request__allocate32_t Request_allocate32;
	__Request__deallocate_t Request_deallocate;
	__Request__protect_t Request_protect;
	__Request__read_t Request_read;
	__Request__write_t Request_write;
	__Request__copy_t Request_copy;
	__Request__read_overwrite_t Request_read_overwrite;
};
#endif

#ifndef __Reply__vm32_map_subsystem__defined
#define __Reply__vm32_map_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint32_t address;
} __Reply__allocate32_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__deallocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__protect_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} __Reply__read_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__write_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__copy_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	uint32_t outsize;
} __Reply__read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_mach_vm_vm32_map_subsystem__defined
#define __ReplyUnion__mig_mach_vm_vm32_map_subsystem__defined
union __ReplyUnion__mig_mach_vm_vm32_map_subsystem {
	__Reply__allocate32_t Reply_allocate32;
	__Reply__deallocate_t Reply_deallocate;
	__Reply__protect_t Reply_protect;
	__Reply__read_t Reply_read;
	__Reply__write_t Reply_write;
	__Reply__copy_t Reply_copy;
	__Reply__read_overwrite_t Reply_read_overwrite;
};
#endif

#ifndef subsystem_to_name_map_vm32_map
#define subsystem_to_name_map_vm32_map \
	{ "allocate32", 3801 }, \
	{ "deallocate", 3802 }, \
	{ "protect", 3803 }, \
	{ "read", 3805 }, \
	{ "write", 3807 }, \
	{ "copy", 3808 }, \
	{ "read_overwrite", 3809 }
#endif

#endif
