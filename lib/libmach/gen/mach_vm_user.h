/*
 * User side of subsystem mach_vm.
 * Written by mig from mach_vm.defs: edit that.
 */

#ifndef _mach_vm_user_
#define _mach_vm_user_

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
#include <mach/mach_vm.h>

#ifndef mach_vm_MSG_COUNT
#define mach_vm_MSG_COUNT 22
#endif

MACH_BEGIN_DECLS

/* routine mach_vm_allocate, message 4800 */
extern kern_return_t
_kernelrpc_mach_vm_allocate(
	vm_map_t task,
	mach_vm_address_t *address,
	mach_vm_size_t size,
	int flags);

/* routine mach_vm_deallocate, message 4801 */
extern kern_return_t
_kernelrpc_mach_vm_deallocate(
	vm_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size);

/* routine mach_vm_protect, message 4802 */
extern kern_return_t
_kernelrpc_mach_vm_protect(
	vm_map_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	boolean_t set_maximum,
	vm_prot_t new_protection);

/* routine mach_vm_read, message 4804 */
extern kern_return_t
_kernelrpc_mach_vm_read(
	vm_map_read_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	vm_offset_t *data,
	mach_msg_type_number_t *dataCnt);

/* routine mach_vm_write, message 4806 */
extern kern_return_t
_kernelrpc_mach_vm_write(
	vm_map_t task,
	mach_vm_address_t address,
	vm_offset_t data,
	mach_msg_type_number_t dataCnt);

/* routine mach_vm_copy, message 4807 */
extern kern_return_t
_kernelrpc_mach_vm_copy(
	vm_map_t task,
	mach_vm_address_t source_address,
	mach_vm_size_t size,
	mach_vm_address_t dest_address);

/* routine mach_vm_read_overwrite, message 4808 */
extern kern_return_t
_kernelrpc_mach_vm_read_overwrite(
	vm_map_read_t task,
	mach_vm_address_t address,
	mach_vm_size_t size,
	mach_vm_address_t data,
	mach_vm_size_t *outsize);

MACH_END_DECLS

#ifndef __Request__mach_vm_subsystem__defined
#define __Request__mach_vm_subsystem__defined
#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	int flags;
} __Request__mach_vm_allocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} __Request__mach_vm_deallocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	boolean_t set_maximum;
	vm_prot_t new_protection;
} __Request__mach_vm_protect_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
} __Request__mach_vm_read_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_msg_type_number_t dataCnt;
} __Request__mach_vm_write_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t source_address;
	mach_vm_size_t size;
	mach_vm_address_t dest_address;
} __Request__mach_vm_copy_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_vm_address_t address;
	mach_vm_size_t size;
	mach_vm_address_t data;
} __Request__mach_vm_read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __RequestUnion__mach_vm_subsystem__defined
#define __RequestUnion__mach_vm_subsystem__defined
union __RequestUnion__mach_vm_subsystem {
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
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_address_t address;
} __Reply__mach_vm_allocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_deallocate_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_protect_t;
typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_ool_descriptor_t data;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
} __Reply__mach_vm_read_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_write_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} __Reply__mach_vm_copy_t;
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	mach_vm_size_t outsize;
} __Reply__mach_vm_read_overwrite_t;
#pragma pack(pop)
#endif

#ifndef __ReplyUnion__mach_vm_subsystem__defined
#define __ReplyUnion__mach_vm_subsystem__defined
union __ReplyUnion__mach_vm_subsystem {
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
