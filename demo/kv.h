/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The demo's key-value service: its messages, and the lines all its programs
 * print.
 *
 * A request is a kv_request with its reply port made send-once; the answer is
 * a kv_reply with the request's id + 100.  Values travel out of line.  Both
 * kinds always have one descriptor of memory and one of a right, so that one
 * layout serves all: what a message does not need is size 0 or MACH_PORT_NULL.
 */

#ifndef _DEMO_KV_H_
#define	_DEMO_KV_H_

#include <mach/mach.h>

#define	KV_SERVICE	"org.example.kv"
#define	KV_KEY_MAX	64

#define	KV_PUT		1000	/* key, value */
#define	KV_GET		1001	/* key -> value */
#define	KV_PUT_RIGHT	1002	/* key, send right */
#define	KV_GET_RIGHT	1003	/* key -> send right */
#define	KV_OPEN		1004	/* -> send right to a session port */
#define	KV_WAIT_CLOSED	1005	/* -> pid of the session that ended */
#define	KV_STATUS	1006	/* -> pid and start time of the server */

#define	KV_REPLY(id)	((id) + 100)

/* kv_reply.code */
#define	KV_OK		0
#define	KV_NO_KEY	1
#define	KV_BAD		2

struct kv_request {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_ool_descriptor_t	value;
	mach_msg_port_descriptor_t	right;
	char				key[KV_KEY_MAX];
};

struct kv_reply {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_ool_descriptor_t	value;
	mach_msg_port_descriptor_t	right;
	int32_t				code;
	int32_t				pid;
	uint64_t			time;	/* nanoseconds, monotonic */
};

/* As received: with room for the audit trailer. */
struct kv_request_in {
	struct kv_request		req;
	mach_msg_audit_trailer_t	trailer;
};
struct kv_reply_in {
	struct kv_reply			reply;
	mach_msg_max_trailer_t		trailer;
};

uint64_t kv_now(void);
/* A line of the timeline; `who` may be NULL. */
void	kv_say(const char *who, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
void	kv_die(const char *who, const char *fmt, ...)
	    __attribute__((__noreturn__, __format__(__printf__, 2, 3)));
void	kv_check(const char *who, const char *what, kern_return_t kr);

/*
 * One call.  `value`/`size` and `right` go with the request (COPY_SEND or
 * MAKE_SEND as `disposition` says); the answer's are in *in, whose memory the
 * caller frees with vm_deallocate().
 */
kern_return_t kv_call(mach_port_t service, int id, const char *key,
	    const void *value, size_t size, mach_port_t right,
	    mach_msg_type_name_t disposition, struct kv_reply_in *in);

#endif /* !_DEMO_KV_H_ */
