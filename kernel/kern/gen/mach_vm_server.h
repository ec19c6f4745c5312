/*
 * Server side of subsystem mach_vm.
 * Written by mig from mach_vm.defs: edit that.
 */

#ifndef _mach_vm_server_
#define _mach_vm_server_

#include <kernel/kern/mig_kernel.h>
#include <mach/std_types.h>
#include <kernel/kern/convert.h>

#ifndef mach_vm_MSG_COUNT
#define mach_vm_MSG_COUNT 22
#endif

MACH_BEGIN_DECLS

/* routine mach_vm_allocate, message 4800 */
extern kern_return_t
mig_mach_vm_allocate(
	kernel_map_t task,
	mach_vm_address_t *address,
	mach_vm_size_t size,
	int flags);

/* routine mach_vm_deallocate, message 4801 */
extern kern_return_t
mig_mach_vm_deallocate(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size);

/* routine mach_vm_protect, message 4802 */
extern kern_return_t
mig_mach_vm_protect(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	boolean_t set_maximum,
	int new_protection);

/* routine mach_vm_read, message 4804 */
extern kern_return_t
mig_mach_vm_read(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	vm_offset_t *data,
	mach_msg_type_number_t *dataCnt);

/* routine mach_vm_write, message 4806 */
extern kern_return_t
mig_mach_vm_write(
	kernel_map_t task,
	mach_vm_address_t address,
	vm_offset_t data,
	mach_msg_type_number_t dataCnt);

/* routine mach_vm_copy, message 4807 */
extern kern_return_t
mig_mach_vm_copy(
	kernel_map_t task,
	mach_vm_address_t source_address,
	mach_vm_size_t size,
	mach_vm_address_t dest_address);

/* routine mach_vm_read_overwrite, message 4808 */
extern kern_return_t
mig_mach_vm_read_overwrite(
	kernel_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	mach_vm_address_t data,
	mach_vm_size_t *outsize);

extern boolean_t mach_vm_server(
	mig_kernel_header_t *InHeadP,
	mig_kernel_header_t *OutHeadP);
extern mig_kernel_routine_t mach_vm_server_routine(mig_kernel_header_t *InHeadP);

/* What the server answers, for dispatch tables. */
extern const struct mig_mach_vm_subsystem {
	mig_kernel_server_routine_t server;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned int maxsize;
	vm_address_t reserved;
	struct mig_kernel_routine_descriptor routine[22];
} mig_mach_vm_subsystem;

MACH_END_DECLS

#ifndef __Request__mach_vm_subsystem__defined
#define __Request__mach_vm_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	int flags;
} __Request__mach_vm_allocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} __Request__mach_vm_deallocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	boolean_t set_maximum;
	int new_protection;
} __Request__mach_vm_protect_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} __Request__mach_vm_read_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_msg_type_number_t dataCnt;
} __Request__mach_vm_write_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t source_address;
	mach_vm_size_t size;
	mach_vm_address_t dest_address;
} __Request__mach_vm_copy_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	mach_vm_address_t data;
} __Request__mach_vm_read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mig_mach_vm_subsystem__defined
#define __RequestUnion__mig_mach_vm_subsystem__defined
union __RequestUnion__mig_mach_vm_subsystem {
	__Request__mach_vm_allocate_t Request_mach_vm_allocate;
	__Request__mach_vm_deallocate_t Request_mach_vm_deallocate;
	__Request__mach_vm_protect_t Request_mach_vm_protect;
	__Request__mach_vm_read_t Request_mach_vm_read;
	__Request__mach_vm_write_t Request_mach_vm_write;
	__Request__mach_vm_copy_t Request_mach_vm_copy;
	__Request__mach_vm_read_overwrite_t Request_mach_vm_read_overwrite;
};
#endif

#ifndef __Reply__mach_vm_subsystem__defined
#define __Reply__mach_vm_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_address_t address;
} __Reply__mach_vm_allocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_deallocate_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_protect_t;
typedef struct {
	mig_kernel_header_t Head;
	mach_msg_body_t msgh_body;
	mig_kernel_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} __Reply__mach_vm_read_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_write_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_copy_t;
typedef struct {
	mig_kernel_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_size_t outsize;
} __Reply__mach_vm_read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mig_mach_vm_subsystem__defined
#define __ReplyUnion__mig_mach_vm_subsystem__defined
union __ReplyUnion__mig_mach_vm_subsystem {
	__Reply__mach_vm_allocate_t Reply_mach_vm_allocate;
	__Reply__mach_vm_deallocate_t Reply_mach_vm_deallocate;
	__Reply__mach_vm_protect_t Reply_mach_vm_protect;
	__Reply__mach_vm_read_t Reply_mach_vm_read;
	__Reply__mach_vm_write_t Reply_mach_vm_write;
	__Reply__mach_vm_copy_t Reply_mach_vm_copy;
	__Reply__mach_vm_read_overwrite_t Reply_mach_vm_read_overwrite;
};
#endif

#ifndef subsystem_to_name_map_mach_vm
#define subsystem_to_name_map_mach_vm \
	{ "mach_vm_allocate", 4800 }, \
	{ "mach_vm_deallocate", 4801 }, \
	{ "mach_vm_protect", 4802 }, \
	{ "mach_vm_read", 4804 }, \
	{ "mach_vm_write", 4806 }, \
	{ "mach_vm_copy", 4807 }, \
	{ "mach_vm_read_overwrite", 4808 }
#endif

#endif
