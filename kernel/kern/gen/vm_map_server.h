/*
 * Server side of subsystem vm_map.
 * Written by mig from vm_map.defs: edit that.
 */

#ifndef _vm_map_server_
#define _vm_map_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>

#ifndef vm_map_MSG_COUNT
#define vm_map_MSG_COUNT 31
#endif

MACH_BEGIN_DECLS

/* routine vm_allocate, message 3801 */
extern kern_return_t
mig_mach_vm_allocate(
	kernel_map_t task,
	mach_vm_address_t *address,
	mach_vm_size_t size,
	int flags);

/* routine vm_deallocate, message 3802 */
extern kern_return_t
mig_mach_vm_deallocate(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size);

/* routine vm_protect, message 3803 */
extern kern_return_t
mig_mach_vm_protect(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	boolean_t set_maximum,
	int new_protection);

/* routine vm_read, message 3805 */
extern kern_return_t
mig_mach_vm_read(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	vm_offset_t *data,
	mach_msg_type_number_t *dataCnt);

/* routine vm_write, message 3807 */
extern kern_return_t
mig_mach_vm_write(
	kernel_map_t task,
	mach_vm_address_t address,
	vm_offset_t data,
	mach_msg_type_number_t dataCnt);

/* routine vm_copy, message 3808 */
extern kern_return_t
mig_mach_vm_copy(
	kernel_map_t task,
	mach_vm_address_t source_address,
	mach_vm_size_t size,
	mach_vm_address_t dest_address);

/* routine vm_read_overwrite, message 3809 */
extern kern_return_t
mig_mach_vm_read_overwrite(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	mach_vm_address_t data,
	mach_vm_size_t *outsize);

extern boolean_t vm_map_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t vm_map_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_mach_vm_map_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[31];
} mig_mach_vm_map_subsystem;

MACH_END_DECLS

#ifndef __Request__vm_map_subsystem__defined
#define __Request__vm_map_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	int flags;
} __Request__vm_allocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} __Request__vm_deallocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	boolean_t set_maximum;
	int new_protection;
} __Request__vm_protect_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} __Request__vm_read_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_msg_type_number_t dataCnt;
} __Request__vm_write_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t source_address;
	mach_vm_size_t size;
	mach_vm_address_t dest_address;
} __Request__vm_copy_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	mach_vm_address_t data;
} __Request__vm_read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_mach_vm_map_subsystem__defined
#define __RequestUnion__mig_mach_vm_map_subsystem__defined
union __RequestUnion__mig_mach_vm_map_subsystem {
	__Request__vm_allocate_t Request_vm_allocate;
	__Request__vm_deallocate_t Request_vm_deallocate;
	__Request__vm_protect_t Request_vm_protect;
	__Request__vm_read_t Request_vm_read;
	__Request__vm_write_t Request_vm_write;
	__Request__vm_copy_t Request_vm_copy;
	__Request__vm_read_overwrite_t Request_vm_read_overwrite;
};
#endif

#ifndef __Reply__vm_map_subsystem__defined
#define __Reply__vm_map_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_address_t address;
} __Reply__vm_allocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__vm_deallocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__vm_protect_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} __Reply__vm_read_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__vm_write_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__vm_copy_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_size_t outsize;
} __Reply__vm_read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_mach_vm_map_subsystem__defined
#define __ReplyUnion__mig_mach_vm_map_subsystem__defined
union __ReplyUnion__mig_mach_vm_map_subsystem {
	__Reply__vm_allocate_t Reply_vm_allocate;
	__Reply__vm_deallocate_t Reply_vm_deallocate;
	__Reply__vm_protect_t Reply_vm_protect;
	__Reply__vm_read_t Reply_vm_read;
	__Reply__vm_write_t Reply_vm_write;
	__Reply__vm_copy_t Reply_vm_copy;
	__Reply__vm_read_overwrite_t Reply_vm_read_overwrite;
};
#endif

#ifndef subsystem_to_name_map_vm_map
#define subsystem_to_name_map_vm_map \
	{ "vm_allocate", 3801 }, \
	{ "vm_deallocate", 3802 }, \
	{ "vm_protect", 3803 }, \
	{ "vm_read", 3805 }, \
	{ "vm_write", 3807 }, \
	{ "vm_copy", 3808 }, \
	{ "vm_read_overwrite", 3809 }
#endif

#endif
