/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A model of Mach ports for the fuzzer: what rights there are, who holds them,
 * what is in which queue and which notifications are due.  It shares nothing
 * with the kernel but the public headers, and is written for plainness: lists
 * that are searched, no locks, death is immediate everywhere.
 *
 * What the kernel decides (new names, the order of messages that one trap
 * sends) the model is told, and checks that it may be so.
 */

#ifndef _TESTS_FUZZ_MODEL_H_
#define	_TESTS_FUZZ_MODEL_H_

#include <sys/queue.h>
#include <stdbool.h>
#include <stdint.h>

#include <mach/message.h>
#include <mach/port.h>

#define	M_TASKS		3
#define	M_THREADS	3	/* a task; the last one never waits */
#define	M_ENTRIES	96	/* a task */
#define	M_SETS		8	/* a port is a member of */
#define	M_DESCS		3
#define	M_OOL_PORTS	4
#define	M_REGISTERED	3

#define	M_UREFS_MAX	0xffff

struct m_port;
struct m_pset;
struct m_thread;

/* A right to a port that died. */
#define	M_DEAD		((struct m_port *)(intptr_t)-1)
#define	M_VALID(p)	((p) != NULL && (p) != M_DEAD)

struct m_desc {
	uint8_t		 type;		/* MACH_MSG_PORT_DESCRIPTOR ... */
	uint8_t		 right;		/* MACH_MSG_TYPE_PORT_* */
	uint32_t	 count;		/* ports, or bytes */
	struct m_port	*ports[M_OOL_PORTS];
};

enum m_msg_kind { M_USER, M_NOTIFY, M_TIMER_MSG, M_REPLY };

struct m_msg {
	TAILQ_ENTRY(m_msg) link;
	enum m_msg_kind	 kind;
	int32_t		 id;
	uint32_t	 word;		/* of a notification */
	uint32_t	 stamp;		/* the step it was sent in */
	uint32_t	 seqno;		/* when it has been taken */
	uint32_t	 size;		/* without trailer */
	uint32_t	 ndata;		/* bytes after the descriptors */
	struct m_port	*remote, *local;
	uint8_t		 remote_right, local_right;
	bool		 circular;
	bool		 complex;
	bool		 arrived;	/* at a thread: remote is used up */
	mach_port_name_t dest;		/* its name, when it has arrived */
	int		 ndescs;
	struct m_desc	 descs[M_DESCS];
	struct m_port	*timer;		/* whose only message it is */
};
TAILQ_HEAD(m_msgq, m_msg);

struct m_request {
	struct m_port	*notify;	/* NULL: none, or it was sent */
	bool		 send_possible;
	bool		 armed;
	bool		 died;		/* a dead-name notification was sent */
};

struct m_entry {
	mach_port_name_t name;
	uint32_t	 type;		/* MACH_PORT_TYPE_*; 0: free */
	uint32_t	 urefs;
	struct m_port	*port;
	struct m_pset	*pset;
	struct m_request request;
	uint32_t	 moved;		/* notes of one message's check */
	bool		 moved_receive;
	bool		 keep;		/* the task's own port */
};

enum m_port_kind { M_PLAIN, M_KERNEL, M_TIMER, M_SEMAPHORE };

#define	M_IN_TRANSIT	(-1)
#define	M_IN_KERNEL	(-2)

struct m_port {
	unsigned int	 number;
	bool		 active;
	bool		 dirty;		/* to be compared */
	enum m_port_kind kind;
	int		 receiver;	/* task, or M_IN_... */
	mach_port_name_t name;
	struct m_port	*destination;	/* in transit */
	uint32_t	 mscount, srights, sorights, seqno, qlimit;
	uint64_t	 context;
	bool		 guarded, strict, immovable, tempowner;
	struct m_port	*nsrequest, *pdrequest;
	struct m_msgq	 queue;
	uint32_t	 nqueued, promised;
	struct m_pset	*psets[M_SETS];	/* the last one joined first */
	int		 npsets;
	/* M_TIMER */
	bool		 timer_out;	/* its message is under way */
	uint64_t	 armed;		/* for when, or 0 */
	/* M_SEMAPHORE */
	int32_t		 count;
	int		 owner;
};

struct m_pset {
	bool		 active, dirty;
	int		 task;
	mach_port_name_t name;
};

enum m_wait { M_IDLE, M_RECEIVING, M_SENDING, M_WAITING };

/* What a blocked thread waits for, and how that has been decided. */
struct m_thread {
	int		 task, index;
	enum m_wait	 wait;
	uint32_t	 since;		/* order of arrival */
	struct m_port	*port;		/* RECEIVING, WAITING */
	struct m_pset	*pset;		/* RECEIVING */
	struct m_msg	*msg;		/* SENDING */
	struct m_msg	*given;		/* RECEIVING: a message */
	bool		 decided;
	bool		 restarted;	/* it looks again, on no queue */
	int		 result;	/* when decided and nothing given */
};

struct m_task {
	bool		 alive;
	struct m_entry	 entries[M_ENTRIES];
	int		 nentries;	/* in use */
	struct m_port	*self, *special;
	struct m_port	*registered[M_REGISTERED];
	mach_port_name_t self_name;
	struct m_port	*thread_self[M_THREADS];
};

extern struct m_task m_tasks[M_TASKS];
extern struct m_thread m_threads[M_TASKS][M_THREADS];
extern uint32_t m_step;

/* What must be so; prints and aborts otherwise. */
#define	M_CHECK(c, ...)							\
	((c) ? (void)0 : m_failed(#c, __FILE__, __LINE__, __VA_ARGS__))
void	m_failed(const char *what, const char *file, int line,
	    const char *fmt, ...)
	    __attribute__((__noreturn__, __format__(__printf__, 4, 5)));

void	m_reset(void);
bool	m_room(void);			/* for one more step */

/* Names. */
struct m_entry *m_find(int task, mach_port_name_t name);
struct m_entry *m_find_index(int task, mach_port_name_t name);
struct m_entry *m_reverse(int task, struct m_port *port);
struct m_entry *m_enter(int task, mach_port_name_t name, uint32_t type);
void	m_remove(int task, struct m_entry *e);

/* Ports and sets. */
struct m_port *m_port_new(enum m_port_kind kind, int receiver,
	    mach_port_name_t name);
struct m_pset *m_pset_new(int task, mach_port_name_t name);
void	m_make_send(struct m_port *port);
void	m_copy_send(struct m_port *port);
void	m_release(struct m_port *port, int right);
void	m_port_destroy(struct m_port *port);
/* Those that the task made, wherever rights to them are. */
void	m_semaphores_end(int task);
void	m_no_senders(struct m_port *port);
bool	m_full(const struct m_port *port);
bool	m_pset_has(const struct m_pset *pset, const struct m_port *port);
bool	m_pset_add(struct m_pset *pset, struct m_port *port);
bool	m_pset_remove(struct m_pset *pset, struct m_port *port);
void	m_pset_remove_all(struct m_port *port);
void	m_pset_destroy(struct m_pset *pset);
void	m_queue_changed(struct m_port *port);	/* more room */

/* Rights.  right: MACH_MSG_TYPE_PORT_*. */
int	m_right_of(int disposition);
bool	m_moves(int disposition);
/* Could it be copied in after all that were noted?  Notes it. */
bool	m_copyin_ok(struct m_entry *e, int disposition);
void	m_copyin_forget(void);
struct m_port *m_copyin(int task, struct m_entry *e, int disposition);
/* The kernel says that the right got this name. */
void	m_copyout(int task, struct m_port *port, int right,
	    mach_port_name_t name);
void	m_less_send(int task, struct m_entry *e, uint32_t n);
void	m_less_dead(int task, struct m_entry *e, uint32_t n);
void	m_less_sonce(int task, struct m_entry *e);
void	m_less_receive(int task, struct m_entry *e);
void	m_less_pset(int task, struct m_entry *e);
void	m_cancel(int task, struct m_entry *e);
void	m_terminate(int task);		/* every entry of it */

/* Messages. */
struct m_msg *m_msg_new(enum m_msg_kind kind, int32_t id);
bool	m_set_destination(struct m_port *port, struct m_port *to);
void	m_send_kernel(struct m_msg *msg);
void	m_notify(struct m_port *notify, int32_t id, uint32_t word);
void	m_post(struct m_port *port, struct m_msg *msg, bool promised);
void	m_take(struct m_port *port, struct m_msg *msg);
void	m_destroy_later(struct m_msg *msg);
void	m_collect(void);
void	m_destroy_at_once(struct m_msg *msg);
void	m_timer_fire(struct m_port *timer);

#endif /* !_TESTS_FUZZ_MODEL_H_ */
