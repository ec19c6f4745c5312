/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Ports.
 *
 * A port is a queue of messages with one receiver and any number of senders.
 * Its receive right is in a space (ip_receiver), in a message (ip_receiver
 * NULL, ip_destination the queue the message is for) or on its way between the
 * two.  When the receive right is destroyed the port dies: the names of its
 * send rights turn into dead names when they are next looked at.
 *
 * All fields are protected by the port's lock, except ip_destination
 * (ipc_transit_lock) and what is marked (c), constant.
 */

#ifndef _KERNEL_IPC_IPC_PORT_H_
#define _KERNEL_IPC_IPC_PORT_H_

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/ipc/ipc_object.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/thread.h>

struct ipc_pset;
struct ipc_pset_link;
struct ipc_space;

/* What the kernel keeps behind a port (mach_port_kobject). */
enum ipc_kotype {
	IKOT_NONE = 0,
	IKOT_THREAD = 1,
	IKOT_TASK = 2,
	IKOT_HOST = 3,
	IKOT_HOST_PRIV = 4,
	IKOT_TIMER = 8,
	IKOT_HOST_NOTIFY = 9,
	IKOT_SEMAPHORE = 19,
	IKOT_TASK_NAME = 20,
	IKOT_CLOCK = 25,
	IKOT_FILEPORT = 35
};

/* What mach_port_construct made the port for. */
enum ipc_portkind {
	IPK_PLAIN = 0,
	IPK_REPLY,		/* answered with send-once rights only */
	IPK_PROVISIONAL_REPLY,	/* passes for one, unrestricted */
	IPK_ENFORCE_REPLY	/* wants either for its answers */
};

/*
 * A dead-name or send-possible request.  The slot belongs to the entry whose
 * ie_request is its index + 1, from the request to the entry's end; ipr_notify
 * NULL: it fired.
 */
struct ipc_port_request {
	struct ipc_port	*ipr_notify;	/* send-once right */
	mach_port_name_t ipr_name;	/* of a free slot: the next, or 0 */
	bool		 ipr_used;
	bool		 ipr_send_possible;
	bool		 ipr_armed;
	bool		 ipr_died;	/* a dead-name notification was sent */
};

struct ipc_port {
	struct ipc_object ip_object;

	struct ipc_space *ip_receiver;
	mach_port_name_t ip_receiver_name;
	struct ipc_port	*ip_destination; /* (transit lock), referenced */

	enum ipc_kotype	 ip_kotype;
	enum ipc_portkind ip_kind;	/* (c) */
	void		*ip_kobject;

	mach_port_mscount_t ip_mscount;
	uint32_t	 ip_srights;
	uint32_t	 ip_sorights;

	struct ipc_port	*ip_nsrequest;	/* send-once rights */
	struct ipc_port	*ip_pdrequest;
	struct ipc_port_request *ip_requests;
	uint32_t	 ip_nrequests;	/* slots */
	uint32_t	 ip_freerequest; /* the first free one, or 0 */
	uint32_t	 ip_nused;	/* slots that are not free */
	uint32_t	 ip_narmed;	/* send-possible requests armed */

	/* The message queue: ipc_mqueue.c. */
	struct ipc_kmsgq ip_messages;
	uint32_t	 ip_msgcount;	/* slots in use or promised */
	uint32_t	 ip_qlimit;
	u_long		 ip_msgbytes;	/* charged for what is queued */
	mach_port_seqno_t ip_seqno;
	struct mach_waitq ip_receivers;	/* threads in a receive */
	struct mach_waitq ip_senders;	/* threads that found it full */
	LIST_HEAD(, ipc_pset_link) ip_psets;

	uint64_t	 ip_context;	/* or the guard */
	uint32_t	 ip_flags;
#define	IP_GUARDED		0x01
#define	IP_STRICT_GUARD		0x02
#define	IP_IMMOVABLE_RECEIVE	0x04
#define	IP_TEMPOWNER		0x08
#define	IP_IMPORTANCE		0x10
#define	IP_DENAP		0x20
	mach_port_name_t ip_service;	/* construct flags, informative */
};

/* A right to a port that died: valid wherever a right in transit is. */
#define	IP_DEAD			((struct ipc_port *)(intptr_t)-1)
#define	IP_VALID(p)		((p) != NULL && (p) != IP_DEAD)

#define	ip_lock(p)		io_lock(&(p)->ip_object)
#define	ip_unlock(p)		io_unlock(&(p)->ip_object)
#define	ip_active(p)		((p)->ip_object.io_active)
#define	ip_hold(p)		ipc_object_hold(&(p)->ip_object)
#define	ip_drop(p)		ipc_object_drop(&(p)->ip_object)
#define	ip_assert_locked(p)	mtx_assert(&(p)->ip_object.io_lock, MA_OWNED)
#define	ip_full(p)		((p)->ip_msgcount >= (p)->ip_qlimit ||	\
	    (p)->ip_msgbytes >= mach_limit(MACH_LIMIT_QUEUE_BYTES))

static __inline struct ipc_port *
ipc_object_port(struct ipc_object *object)
{

	KASSERT(object->io_type == IOT_PORT, ("not a port"));
	return (__containerof(object, struct ipc_port, ip_object));
}

extern struct mtx ipc_transit_lock;

int	ipc_port_init(void);
void	ipc_port_fini(void);

/* A port nobody receives from yet: one reference, unlocked.  NULL: limit. */
struct ipc_port *ipc_port_alloc(void);
/* A port whose receiver is the kernel. */
struct ipc_port *ipc_port_alloc_kobject(enum ipc_kotype type, void *kobject);
/* The kernel gives up the receive right of its port; consumes the reference. */
void	ipc_port_dealloc_kernel(struct ipc_port *port);
void	ipc_port_free(struct ipc_port *port);	/* ipc_object_drop only */

/*
 * Rights.  make and copy return the port with a new reference, or IP_DEAD;
 * release consumes the reference.  All take the port unlocked.
 */
struct ipc_port *ipc_port_make_send(struct ipc_port *port);
struct ipc_port *ipc_port_copy_send(struct ipc_port *port);
struct ipc_port *ipc_port_make_sonce(struct ipc_port *port);
void	ipc_port_release_send(struct ipc_port *port, struct ipc_gc *gc);
/* The right is given up unused: a send-once notification is sent with it. */
void	ipc_port_release_sonce(struct ipc_port *port, struct ipc_gc *gc);
/* A receive right that was in transit. */
void	ipc_port_release_receive(struct ipc_port *port, struct ipc_gc *gc);
void	ipc_port_release_any(struct ipc_port *port,
	    mach_msg_type_name_t disposition, struct ipc_gc *gc);

/*
 * The receive right leaves its space: receivers are woken with `why`, the port
 * leaves its sets.  Locked.  Returns the no-senders request that is thereby
 * cancelled, for ipc_notify_send_once(), or NULL.
 */
struct ipc_port *ipc_port_clear_receiver(struct ipc_port *port,
	    mach_msg_return_t why);

/*
 * The receive right is destroyed.  Locked on entry, unlocked on return; does
 * not consume a reference.
 */
void	ipc_port_destroy(struct ipc_port *port, struct ipc_gc *gc);

/* Drops the lock; consumes a count of send rights already taken off. */
void	ipc_port_no_senders_unlock(struct ipc_port *port, struct ipc_gc *gc);

/* Is dest, through ports in transit, in more than `depth` queues? */
bool	ipc_port_nested(struct ipc_port *dest, u_long depth);
/*
 * Mark the receive right as in transit to dest (referenced).  True: dest is,
 * through ports in transit, in the port's own queue, and nothing was marked.
 */
bool	ipc_port_set_destination(struct ipc_port *port, struct ipc_port *dest);
void	ipc_port_clear_destination(struct ipc_port *port);

/* Requests (port locked).  Slot numbers start at 1; 0 is none. */
uint32_t ipc_port_request_take_slot(struct ipc_port *port);
int	ipc_port_request_grow(struct ipc_port *port); /* unlocks, relocks */
struct ipc_port *ipc_port_request_cancel(struct ipc_port *port, uint32_t slot);
struct ipc_port_request *ipc_port_request(struct ipc_port *port, uint32_t slot);
mach_port_type_t ipc_port_request_type(struct ipc_port *port, uint32_t slot);
/* Tell everybody who armed a send-possible request; unlocks. */
void	ipc_port_send_possible_unlock(struct ipc_port *port, struct ipc_gc *gc);

#endif /* !_KERNEL_IPC_IPC_PORT_H_ */
