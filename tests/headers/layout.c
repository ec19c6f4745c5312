/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Sizes and offsets of everything that crosses the trap boundary or a message,
 * for programs of both widths and for kernel sources.  Numbers are Darwin's.
 */

#include <mach/mach.h>
#include <mach/mk_timer.h>
#include <mach/notify.h>
#include <mach_debug/ipc_info.h>

#define	SIZE(type, bytes)	\
	MACH_STATIC_ASSERT(sizeof(type) == (bytes), "size of " #type)
#define	OFFSET(type, member, bytes)	\
	MACH_STATIC_ASSERT(__builtin_offsetof(type, member) == (bytes),	\
	    "offset of " #member " in " #type)
/* By pointer width: 64 bits, 32 bits. */
#ifdef __LP64__
#define	WIDTH(wide, narrow)	(wide)
#else
#define	WIDTH(wide, narrow)	(narrow)
#endif
#define	TRUTH(what)	MACH_STATIC_ASSERT(what, #what)

/* Base types. */
SIZE(natural_t, 4);
SIZE(integer_t, 4);
SIZE(boolean_t, 4);
SIZE(kern_return_t, 4);
SIZE(mach_port_t, 4);
SIZE(mach_port_name_t, 4);
SIZE(mach_port_context_t, WIDTH(8, 4));
SIZE(vm_offset_t, WIDTH(8, 4));
SIZE(vm_size_t, WIDTH(8, 4));
SIZE(vm_address_t, WIDTH(8, 4));
SIZE(mach_vm_address_t, 8);
SIZE(mach_vm_size_t, 8);
SIZE(mach_vm_prot_t, 4);
SIZE(mach_vm_inherit_t, 4);
SIZE(mach_msg_option_t, 4);
SIZE(mach_msg_option64_t, 8);
SIZE(mach_msg_timeout_t, 4);
SIZE(mach_msg_id_t, 4);
SIZE(memory_object_offset_t, 8);

/* Message. */
SIZE(mach_msg_header_t, 24);
OFFSET(mach_msg_header_t, msgh_bits, 0);
OFFSET(mach_msg_header_t, msgh_size, 4);
OFFSET(mach_msg_header_t, msgh_remote_port, 8);
OFFSET(mach_msg_header_t, msgh_local_port, 12);
OFFSET(mach_msg_header_t, msgh_voucher_port, 16);
OFFSET(mach_msg_header_t, msgh_id, 20);
SIZE(mach_msg_body_t, 4);
SIZE(mach_msg_base_t, 28);
OFFSET(mach_msg_base_t, body, 24);
SIZE(mach_msg_empty_send_t, 24);
SIZE(mach_msg_empty_rcv_t, 32);

/* Descriptors. */
SIZE(mach_msg_type_descriptor_t, 12);
SIZE(mach_msg_port_descriptor_t, 12);
OFFSET(mach_msg_port_descriptor_t, name, 0);
OFFSET(mach_msg_port_descriptor_t, pad1, 4);
SIZE(mach_msg_ool_descriptor32_t, 12);
OFFSET(mach_msg_ool_descriptor32_t, address, 0);
OFFSET(mach_msg_ool_descriptor32_t, size, 4);
SIZE(mach_msg_ool_descriptor64_t, 16);
OFFSET(mach_msg_ool_descriptor64_t, address, 0);
OFFSET(mach_msg_ool_descriptor64_t, size, 12);
SIZE(mach_msg_ool_descriptor_t, WIDTH(16, 12));
OFFSET(mach_msg_ool_descriptor_t, size, WIDTH(12, 4));
SIZE(mach_msg_ool_ports_descriptor32_t, 12);
OFFSET(mach_msg_ool_ports_descriptor32_t, count, 4);
SIZE(mach_msg_ool_ports_descriptor64_t, 16);
OFFSET(mach_msg_ool_ports_descriptor64_t, count, 12);
SIZE(mach_msg_ool_ports_descriptor_t, WIDTH(16, 12));
OFFSET(mach_msg_ool_ports_descriptor_t, count, WIDTH(12, 4));
SIZE(mach_msg_guarded_port_descriptor32_t, 12);
OFFSET(mach_msg_guarded_port_descriptor32_t, context, 0);
OFFSET(mach_msg_guarded_port_descriptor32_t, name, 4);
SIZE(mach_msg_guarded_port_descriptor64_t, 16);
OFFSET(mach_msg_guarded_port_descriptor64_t, context, 0);
OFFSET(mach_msg_guarded_port_descriptor64_t, name, 12);
SIZE(mach_msg_guarded_port_descriptor_t, WIDTH(16, 12));
OFFSET(mach_msg_guarded_port_descriptor_t, name, WIDTH(12, 4));
SIZE(mach_msg_descriptor_t, WIDTH(16, 12));

/* Trailers. */
SIZE(mach_msg_trailer_t, 8);
SIZE(mach_msg_seqno_trailer_t, 12);
OFFSET(mach_msg_seqno_trailer_t, msgh_seqno, 8);
SIZE(security_token_t, 8);
SIZE(mach_msg_security_trailer_t, 20);
OFFSET(mach_msg_security_trailer_t, msgh_sender, 12);
SIZE(audit_token_t, 32);
SIZE(mach_msg_audit_trailer_t, 52);
OFFSET(mach_msg_audit_trailer_t, msgh_audit, 20);
SIZE(mach_msg_context_trailer32_t, 56);
SIZE(mach_msg_context_trailer64_t, 60);
SIZE(mach_msg_context_trailer_t, WIDTH(60, 56));
OFFSET(mach_msg_context_trailer_t, msgh_context, 52);
SIZE(mach_msg_mac_trailer32_t, 64);
SIZE(mach_msg_mac_trailer64_t, 68);
SIZE(mach_msg_mac_trailer_t, WIDTH(68, 64));
OFFSET(mach_msg_mac_trailer_t, msgh_ad, WIDTH(60, 56));
OFFSET(mach_msg_mac_trailer_t, msgh_labels, WIDTH(64, 60));
SIZE(mach_msg_format_0_trailer_t, 20);
TRUTH(MAX_TRAILER_SIZE == WIDTH(68, 64));
TRUTH(MACH_MSG_TRAILER_MINIMUM_SIZE == 8);

#define	ASKED(elements)	\
	REQUESTED_TRAILER_SIZE(MACH_RCV_TRAILER_TYPE(0) |	\
	    MACH_RCV_TRAILER_ELEMENTS(elements) | MACH_RCV_MSG)
TRUTH(ASKED(MACH_RCV_TRAILER_NULL) == 8);
TRUTH(ASKED(MACH_RCV_TRAILER_SEQNO) == 12);
TRUTH(ASKED(MACH_RCV_TRAILER_SENDER) == 20);
TRUTH(ASKED(MACH_RCV_TRAILER_AUDIT) == 52);
TRUTH(ASKED(MACH_RCV_TRAILER_CTX) == WIDTH(60, 56));
TRUTH(ASKED(5) == WIDTH(68, 64));
TRUTH(ASKED(MACH_RCV_TRAILER_AV) == WIDTH(68, 64));
TRUTH(ASKED(MACH_RCV_TRAILER_LABELS) == WIDTH(68, 64));
TRUTH(MACH_REQUESTED_TRAILER_SIZE(0, MACH_RCV_TRAILER_ELEMENTS(3)) == 52);
TRUTH(MACH_REQUESTED_TRAILER_SIZE(0, MACH_RCV_TRAILER_ELEMENTS(4)) == 56);
TRUTH(MACH_REQUESTED_TRAILER_SIZE(1, MACH_RCV_TRAILER_ELEMENTS(4)) == 60);
TRUTH(MACH_REQUESTED_TRAILER_SIZE(0, MACH_RCV_TRAILER_ELEMENTS(7)) == 64);
TRUTH(MACH_REQUESTED_TRAILER_SIZE(1, MACH_RCV_TRAILER_ELEMENTS(7)) == 68);

/* Macros of names, types, bits and sizes. */
TRUTH(MACH_PORT_INDEX(0x1234567u) == 0x12345);
TRUTH(MACH_PORT_GEN(0x1234567u) == 0x67000000);
TRUTH(MACH_PORT_MAKE(0x12345u, 0x67000000u) == 0x1234567);
TRUTH(MACH_PORT_MAKE(MACH_PORT_INDEX(0xabcdef12u),
    MACH_PORT_GEN(0xabcdef12u)) == 0xabcdef12);
TRUTH(!MACH_PORT_VALID((mach_port_name_t)MACH_PORT_NULL));
TRUTH(!MACH_PORT_VALID(MACH_PORT_DEAD));
TRUTH(MACH_PORT_VALID((mach_port_name_t)0x103));
TRUTH(MACH_MSGH_BITS(19, 21) == 0x1513);
TRUTH(MACH_MSGH_BITS_SET(19, 21, 17, MACH_MSGH_BITS_COMPLEX) == 0x80111513);
TRUTH(MACH_MSGH_BITS_REMOTE(0x80111513u) == 19);
TRUTH(MACH_MSGH_BITS_LOCAL(0x80111513u) == 21);
TRUTH(MACH_MSGH_BITS_VOUCHER(0x80111513u) == 17);
TRUTH(MACH_MSGH_BITS_OTHER(0x80111513u) == MACH_MSGH_BITS_COMPLEX);
TRUTH(round_msg(0) == 0 && round_msg(1) == 4 && round_msg(4) == 4);

/* Notifications, error reply, timer. */
SIZE(NDR_record_t, 8);
SIZE(mach_port_deleted_notification_t, 56);
SIZE(mach_send_possible_notification_t, 56);
SIZE(mach_port_destroyed_notification_t, 60);
OFFSET(mach_port_destroyed_notification_t, not_port, 28);
SIZE(mach_no_senders_notification_t, 56);
OFFSET(mach_no_senders_notification_t, not_count, 32);
SIZE(mach_send_once_notification_t, 44);
SIZE(mach_dead_name_notification_t, 56);
OFFSET(mach_dead_name_notification_t, not_port, 32);
OFFSET(mach_dead_name_notification_t, trailer, 36);
SIZE(mig_reply_error_t, 36);
OFFSET(mig_reply_error_t, RetCode, 32);
SIZE(mk_timer_expire_msg_t, 48);

/* Ports. */
SIZE(mach_port_status_t, 40);
OFFSET(mach_port_status_t, mps_msgcount, 16);
OFFSET(mach_port_status_t, mps_flags, 36);
SIZE(mach_port_limits_t, 4);
SIZE(mach_port_info_ext_t, 68);
SIZE(mach_port_guard_info_t, 8);
SIZE(mach_port_qos_t, 8);
SIZE(mach_port_options_t, 24);
OFFSET(mach_port_options_t, mpl, 4);
OFFSET(mach_port_options_t, reserved, 8);
OFFSET(mach_port_options_t, service_port_name, 8);
SIZE(struct mach_service_port_info, 256);
SIZE(ipc_info_space_t, 24);
SIZE(ipc_info_space_basic_t, 24);
SIZE(ipc_info_name_t, 28);
SIZE(ipc_info_tree_name_t, 36);
SIZE(mach_msg_vector_t, 24);
SIZE(mach_msg_aux_header_t, 8);
SIZE(mach_voucher_attr_recipe_data_t, 16);
TRUTH(MACH_PORT_LIMITS_INFO_COUNT == 1);
TRUTH(MACH_PORT_RECEIVE_STATUS_COUNT == 10);
TRUTH(MACH_PORT_INFO_EXT_COUNT == 17);
TRUTH(MACH_PORT_GUARD_INFO_COUNT == 2);

/* Time. */
SIZE(mach_timespec_t, 8);
SIZE(time_value_t, 8);
SIZE(mach_timebase_info_data_t, 8);

/* Information, in words. */
TRUTH(TASK_BASIC_INFO_32_COUNT == 8);
TRUTH(TASK_BASIC_INFO_64_COUNT == 10);
TRUTH(TASK_BASIC_INFO_64_2_COUNT == 10);
TRUTH(TASK_BASIC_INFO_COUNT == WIDTH(10, 8));
TRUTH(MACH_TASK_BASIC_INFO_COUNT == 12);
TRUTH(TASK_EVENTS_INFO_COUNT == 8);
TRUTH(TASK_THREAD_TIMES_INFO_COUNT == 4);
TRUTH(TASK_ABSOLUTETIME_INFO_COUNT == 8);
TRUTH(TASK_KERNELMEMORY_INFO_COUNT == 8);
TRUTH(TASK_SECURITY_TOKEN_COUNT == 2);
TRUTH(TASK_AUDIT_TOKEN_COUNT == 8);
TRUTH(TASK_AFFINITY_TAG_INFO_COUNT == 4);
TRUTH(TASK_DYLD_INFO_COUNT == 5);
TRUTH(TASK_EXTMOD_INFO_COUNT == 16);
TRUTH(TASK_POWER_INFO_COUNT == 12);
TRUTH(TASK_VM_INFO_COUNT == 42);
TRUTH(TASK_VM_INFO_REV1_COUNT == 38);
TRUTH(TASK_VM_INFO_REV0_COUNT == 36);
TRUTH(TASK_WAIT_STATE_INFO_COUNT == 8);
TRUTH(TASK_FLAGS_INFO_COUNT == 1);
TRUTH(THREAD_BASIC_INFO_COUNT == 10);
TRUTH(THREAD_IDENTIFIER_INFO_COUNT == 6);
TRUTH(THREAD_EXTENDED_INFO_COUNT == 28);
TRUTH(HOST_BASIC_INFO_COUNT == 12);
TRUTH(HOST_SCHED_INFO_COUNT == 2);
TRUTH(HOST_RESOURCE_SIZES_COUNT == 5);
TRUTH(HOST_PRIORITY_INFO_COUNT == 8);
TRUTH(HOST_LOAD_INFO_COUNT == 6);
TRUTH(HOST_CPU_LOAD_INFO_COUNT == 4);
TRUTH(HOST_VM_INFO_COUNT == 15);
TRUTH(HOST_VM_INFO64_COUNT == 38);
TRUTH(HOST_VM_INFO64_REV0_COUNT == 24);
TRUTH(HOST_EXTMOD_INFO64_COUNT == 12);
TRUTH(PROCESSOR_BASIC_INFO_COUNT == 5);
TRUTH(PROCESSOR_CPU_LOAD_INFO_COUNT == 4);
TRUTH(VM_REGION_BASIC_INFO_COUNT_64 == 9);
TRUTH(VM_REGION_BASIC_INFO_COUNT == 8);
TRUTH(VM_REGION_EXTENDED_INFO_COUNT == 9);
TRUTH(VM_REGION_TOP_INFO_COUNT == 5);
TRUTH(VM_REGION_SUBMAP_INFO_COUNT_64 == 19);
TRUTH(VM_REGION_SUBMAP_INFO_V1_COUNT_64 == 17);
TRUTH(VM_REGION_SUBMAP_INFO_V0_COUNT_64 == 16);
TRUTH(VM_REGION_SUBMAP_SHORT_INFO_COUNT_64 == 12);
OFFSET(struct task_basic_info_64, virtual_size, 4);
OFFSET(struct vm_region_basic_info_64, offset, 20);
OFFSET(struct vm_region_submap_info_64, offset, 12);
OFFSET(struct host_basic_info, max_mem, 40);
OFFSET(struct task_extmod_info, extmod_statistics, 16);
