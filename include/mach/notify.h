/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Notifications: messages the kernel sends about ports.
 *
 * A task asks for one with mach_port_request_notification() and gives the
 * kernel a send-once right to the port where it wants to hear; the send-once
 * kind needs no request.  Each is sent once, as a message to that right, with
 * MACH_MSG_TYPE_MOVE_SEND_ONCE in the local bits of the received header and
 * no reply port.  Nobody but the kernel can produce KERNEL_SECURITY_TOKEN in
 * the trailer: who needs to be sure asks for the trailer and compares.
 *
 * The structures below end in the trailer as it is received; the message as
 * sent, and msgh_size, stop before it.
 */

#ifndef _MACH_NOTIFY_H_
#define	_MACH_NOTIFY_H_

#include <mach/message.h>
#include <mach/ndr.h>
#include <mach/port.h>

#define	MACH_NOTIFY_FIRST		64
/*
 * The right under not_port was moved away or destroyed by its holder while
 * a dead-name or send-possible request stood.  not_port may be in use again.
 */
#define	MACH_NOTIFY_PORT_DELETED	(MACH_NOTIFY_FIRST + 1)
/* The queue that was full has room, or the port died (see DEAD_NAME). */
#define	MACH_NOTIFY_SEND_POSSIBLE	(MACH_NOTIFY_FIRST + 2)
/* The receive right was about to be destroyed; the message carries it. */
#define	MACH_NOTIFY_PORT_DESTROYED	(MACH_NOTIFY_FIRST + 5)
/* No send rights are left; not_count is the make-send count. */
#define	MACH_NOTIFY_NO_SENDERS		(MACH_NOTIFY_FIRST + 6)
/* A send-once right was destroyed unused; arrives in its place. */
#define	MACH_NOTIFY_SEND_ONCE		(MACH_NOTIFY_FIRST + 7)
/*
 * The port of not_port died; the name is a dead name now and has one user
 * reference more, which the receiver of the notification releases.
 */
#define	MACH_NOTIFY_DEAD_NAME		(MACH_NOTIFY_FIRST + 8)
#define	MACH_NOTIFY_LAST		(MACH_NOTIFY_FIRST + 13)

typedef mach_port_t	notify_port_t;

#pragma pack(push, 4)

typedef struct {
	mach_msg_header_t		not_header;
	NDR_record_t			NDR;
	mach_port_name_t		not_port;
	mach_msg_format_0_trailer_t	trailer;
} mach_port_deleted_notification_t;

typedef struct {
	mach_msg_header_t		not_header;
	NDR_record_t			NDR;
	mach_port_name_t		not_port;
	mach_msg_format_0_trailer_t	trailer;
} mach_send_possible_notification_t;

typedef struct {
	mach_msg_header_t		not_header;
	mach_msg_body_t			not_body;
	mach_msg_port_descriptor_t	not_port;
	mach_msg_format_0_trailer_t	trailer;
} mach_port_destroyed_notification_t;

typedef struct {
	mach_msg_header_t		not_header;
	NDR_record_t			NDR;
	mach_msg_type_number_t		not_count;
	mach_msg_format_0_trailer_t	trailer;
} mach_no_senders_notification_t;

typedef struct {
	mach_msg_header_t		not_header;
	mach_msg_format_0_trailer_t	trailer;
} mach_send_once_notification_t;

typedef struct {
	mach_msg_header_t		not_header;
	NDR_record_t			NDR;
	mach_port_name_t		not_port;
	mach_msg_format_0_trailer_t	trailer;
} mach_dead_name_notification_t;

#pragma pack(pop)

MACH_STATIC_ASSERT(sizeof(mach_dead_name_notification_t) == 56 &&
    sizeof(mach_port_deleted_notification_t) == 56 &&
    sizeof(mach_send_possible_notification_t) == 56 &&
    sizeof(mach_no_senders_notification_t) == 56,
    "notification with one word");
MACH_STATIC_ASSERT(sizeof(mach_port_destroyed_notification_t) == 60,
    "port-destroyed notification");
MACH_STATIC_ASSERT(sizeof(mach_send_once_notification_t) == 44,
    "send-once notification");

#endif /* !_MACH_NOTIFY_H_ */
