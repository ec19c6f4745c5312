/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Looking into the Mach kernel: counters, limits, and what tasks hold.  Ours:
 * Darwin has nothing of the kind.  lsmp(1) is made of it.
 *
 * Records have a fixed layout, the same for 32-bit and 64-bit programs.  Ports
 * and port sets are named by numbers that stay with them for life and that no
 * other has: mach_inspect tells no kernel address.
 *
 * The names of a task are read in one piece: no right of it moves meanwhile.
 * What is told of a port is true at one moment too, but of two ports at two
 * moments, and between two calls everything may change.
 */

#ifndef _MACH_DEBUG_MACH_INSPECT_H_
#define	_MACH_DEBUG_MACH_INSPECT_H_

#include <mach/cdefs.h>
#include <mach/kern_return.h>
#include <mach/message.h>
#include <mach/port.h>

#define	MACH_INSPECT_VERSION	1

/* Flavors, their records, and what `which` is. */
#define	MACH_INSPECT_COUNTERS	1	/* mach_inspect_counter; 0 */
#define	MACH_INSPECT_LIMITS	2	/* mach_inspect_limit; 0 */
#define	MACH_INSPECT_TASKS	3	/* mach_inspect_task; 0 */
#define	MACH_INSPECT_NAMES	4	/* mach_inspect_name; process id */
#define	MACH_INSPECT_MEMBERS	5	/* mach_inspect_member; process id */
#define	MACH_INSPECT_THREADS	6	/* mach_inspect_thread; process id */
#define	MACH_INSPECT_TRAPS	7	/* mach_inspect_trapstat; 0 */

#define	MACH_INSPECT_NAME_MAX	32
#define	MACH_INSPECT_COMM_MAX	20

/*
 * Objects of a kind.  MIC_LIVE_ONLY: there is no more to tell than how many
 * live.  Rights by kind (names "rights_...") are counted for the call, and only
 * for the superuser.
 */
struct mach_inspect_counter {
	char		mic_name[MACH_INSPECT_NAME_MAX];
	uint64_t	mic_live;
	uint64_t	mic_peak;	/* most at a time */
	uint64_t	mic_total;	/* ever made */
	uint64_t	mic_failed;	/* refused by a limit */
	uint32_t	mic_flags;
	uint32_t	mic_pad;
};
#define	MIC_LIVE_ONLY	0x1

struct mach_inspect_limit {
	char		mil_name[MACH_INSPECT_NAME_MAX];
	uint64_t	mil_value;
	uint64_t	mil_min;	/* mil_value may be set from here */
	uint64_t	mil_max;	/* to here */
	uint64_t	mil_hits;	/* how often it was in the way */
};

/* All that follows mit_flags is 0 without MIT_OPEN. */
struct mach_inspect_task {
	int32_t		mit_pid;
	uint32_t	mit_ruid;	/* whose limits count */
	char		mit_comm[MACH_INSPECT_COMM_MAX];
	uint32_t	mit_flags;
	uint64_t	mit_task;	/* the task port */
	uint32_t	mit_names;
	uint32_t	mit_threads;
	uint64_t	mit_kmem;	/* bytes charged for names, tables */
	uint64_t	mit_message_bytes; /* messages it sent, not received */
	uint64_t	mit_ool_bytes;	/* their out-of-line memory */
	uint32_t	mit_members;	/* ports in its sets */
	uint32_t	mit_timers;
	uint32_t	mit_semaphores;
	uint32_t	mit_pad;
};
#define	MIT_OPEN	0x1	/* the caller may look inside */

/* A name, or a right that a task holds without (MIN_SPECIAL). */
struct mach_inspect_name {
	mach_port_name_t min_name;	/* or which special port */
	mach_port_type_t min_type;	/* MACH_PORT_TYPE_* */
	uint32_t	min_urefs;
	uint32_t	min_flags;
	uint64_t	min_object;	/* port or set; 0: a dead name's */
	uint64_t	min_transit;	/* MIN_TRANSIT: in whose queue */
	int32_t		min_receiver;	/* process; 0: none, or not told */
	mach_port_name_t min_receiver_name;	/* there */
	uint32_t	min_kotype;	/* IKOT_* of the kernel, 0: none */
	uint32_t	min_msgcount;
	uint32_t	min_qlimit;
	uint32_t	min_seqno;
	uint32_t	min_mscount;	/* make-send count */
	uint32_t	min_srights;	/* send rights there are */
	uint32_t	min_sorights;
	uint32_t	min_receivers;	/* threads that wait to receive */
	uint32_t	min_senders;	/* threads that wait to send */
	uint32_t	min_sets;	/* that it is in; a set: members */
	uint64_t	min_msgbytes;	/* memory of what is queued */
	uint64_t	min_context;
};
#define	MIN_DEAD		0x0001	/* the port is dead */
#define	MIN_KERNEL		0x0002	/* the kernel receives */
#define	MIN_TRANSIT		0x0004	/* the receive right is in a message */
#define	MIN_SPECIAL		0x0008	/* min_name: TASK_*_PORT, or | */
#define	MIN_SPECIAL_REGISTERED	0x1000	/* ... in min_name: registered */
#define	MIN_NSREQUEST		0x0010	/* somebody asked for no-senders */
#define	MIN_PDREQUEST		0x0020	/* for port-destroyed */
#define	MIN_GUARDED		0x0040	/* min_context is the guard */
#define	MIN_STRICT_GUARD	0x0080
#define	MIN_IMMOVABLE		0x0100	/* the receive right cannot be sent */
#define	MIN_REPLY		0x0200	/* made by mach_reply_port */

struct mach_inspect_member {
	mach_port_name_t mim_set_name;
	mach_port_name_t mim_port_name;
	uint64_t	mim_set;
	uint64_t	mim_port;
};

struct mach_inspect_thread {
	uint64_t	mth_tid;
	uint64_t	mth_object;	/* of MTH_RECEIVE, MTH_SEND: what for */
	mach_port_name_t mth_name;	/* and its name there */
	uint32_t	mth_wait;
};
#define	MTH_RUNS	0	/* not waiting in the Mach kernel */
#define	MTH_RECEIVE	1	/* mach_msg: for a message */
#define	MTH_SEND	2	/* mach_msg: for room in a queue */
#define	MTH_SEMAPHORE	3	/* semaphore_wait and its like */
#define	MTH_SLEEP	4	/* for time */

struct mach_inspect_trapstat {
	char		mts_name[64];
	uint64_t	mts_calls;
	uint64_t	mts_errors;	/* that returned a failure */
};

MACH_STATIC_ASSERT(sizeof(struct mach_inspect_counter) == 72, "layout");
MACH_STATIC_ASSERT(sizeof(struct mach_inspect_limit) == 64, "layout");
MACH_STATIC_ASSERT(sizeof(struct mach_inspect_task) == 88, "layout");
MACH_STATIC_ASSERT(sizeof(struct mach_inspect_name) == 96, "layout");
MACH_STATIC_ASSERT(sizeof(struct mach_inspect_member) == 24, "layout");
MACH_STATIC_ASSERT(sizeof(struct mach_inspect_thread) == 24, "layout");
MACH_STATIC_ASSERT(sizeof(struct mach_inspect_trapstat) == 80, "layout");

MACH_BEGIN_DECLS

/*
 * mach_inspect: read records of `flavor` into `records`, which has room for
 * *count of them.  On return *count is how many there are; when that is more
 * than there was room for, the first ones were written.
 *
 * Processes that the caller may not see do not exist for it; of others than
 * its own task it must be allowed to debug the process (p_candebug(9); for
 * machd: be of the same user or the superuser).
 *
 *	KERN_INVALID_ARGUMENT	there is no such flavor
 *	KERN_NOT_SUPPORTED	this kernel has other records than `version`'s
 *	KERN_FAILURE		there is no such process, it uses no Mach, or
 *				the caller may not look into it
 *	KERN_RESOURCE_SHORTAGE	no kernel memory, by the caller's limit
 *	KERN_INVALID_ADDRESS	`records` or `count` cannot be written
 */
extern kern_return_t mach_inspect(unsigned int version, unsigned int flavor,
    uint64_t which, void *records, mach_msg_type_number_t *count);

/*
 * mach_limit_set: change a limit.  Who is past it already keeps what it has.
 *
 *	KERN_NO_ACCESS		the caller is not the superuser
 *	KERN_INVALID_NAME	there is no such limit
 *	KERN_INVALID_VALUE	not between its mil_min and mil_max
 *	KERN_INVALID_ADDRESS	`name` cannot be read
 */
extern kern_return_t mach_limit_set(const char *name, uint64_t value);

MACH_END_DECLS

#endif /* !_MACH_DEBUG_MACH_INSPECT_H_ */
