/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What host_request_notification() can tell of.  Who sets the clock causes
 * both; a clock that only runs faster or slower for a while causes none.
 */

#ifndef _MACH_HOST_NOTIFY_H_
#define	_MACH_HOST_NOTIFY_H_

#define	HOST_NOTIFY_CALENDAR_CHANGE	0	/* stepped, or slept */
#define	HOST_NOTIFY_CALENDAR_SET	1	/* set */
#define	HOST_NOTIFY_TYPE_MAX		1

/* msgh_id of the messages: a header, with nothing after it. */
#define	HOST_CALENDAR_CHANGED_REPLYID	950
#define	HOST_CALENDAR_SET_REPLYID	951

#endif /* !_MACH_HOST_NOTIFY_H_ */
