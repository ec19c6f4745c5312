/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The world of a controlled run: one process whose threads do things to the
 * same port and sets, and a second process.  Made anew for each run, and
 * counted when the run is over.
 *
 *	port	receive and send right, a member of set
 *	set	a port set; other is one more
 *	transit	a port that receive rights are sent to
 *	notify	where all notifications go
 *	kq	a kqueue, and kq2 another, for whoever wants to know
 *	foreign	a send right for second_port, a port of the second process,
 *		which has a send right for port, second_send
 *
 * The account.  Each message carries a send-once right, its ticket.  Who
 * receives the message keeps the ticket; so what comes back on the tickets'
 * port is what was destroyed with its message:
 *	sent == received + destroyed.
 * Likewise every notification that was asked for arrives, or its right comes
 * back and is given up, which is a message as well:
 *	asked == arrived.
 */

#ifndef _TESTS_UNIT_SCHED_WORLD_H_
#define	_TESTS_UNIT_SCHED_WORLD_H_

#include <tests/unit/core/core.h>

#include <sys/event.h>

#include <kernel/user/kqueue.h>
#include <kernel/user/sched.h>

#define	FOREVER	(-1)

struct world {
	struct proc		*proc, *second;
	struct thread		*td, *second_td;
	struct thread		*tds[SCHED_THREADS];
	bool			 second_gone;
	mach_port_name_t	 self, second_self;
	mach_port_name_t	 port, set, other, transit, notify, tickets;
	mach_port_name_t	 foreign, second_port, second_send;
	struct kqueue		*kq, *kq2;
	bool			 kq_closed;	/* kq2 */
	int			 sent, received, asked;
	bool			 bad;
};
extern struct world w;

/* A check within a run or after it; the run goes on, but has failed. */
#define	EXPECT(c)							\
	((c) ? (void)0 : world_bad(#c, __FILE__, __LINE__))
void	world_bad(const char *what, const char *file, int line);

void	world_begin(const struct sched_scenario *);
bool	world_end(const struct sched_scenario *);

/* To be called first by a thread of a run: act for thread number i. */
void	world_thread(int i);

/* With a ticket; counted. */
int	world_send(mach_port_name_t to, int timeout);
int	world_receive(mach_port_name_t from, int timeout);
/* A right of what goes to to. */
int	world_send_right(mach_port_name_t to, mach_port_name_t what,
	    mach_msg_type_name_t disposition);
int	world_request(mach_port_name_t name, mach_msg_id_t id, int sync);
int	world_set_qlimit(mach_port_name_t name, int limit);
int	world_mod_refs(mach_port_name_t name, mach_port_right_t right,
	    int delta);
int	world_move(mach_port_name_t name, mach_port_name_t set);
void	world_second_exit(void);

/* EVFILT_MACHPORT of the world's kqueues. */
#define	WORLD_FILTER	(-12)
/* An errno, or 0.  direct: the kqueue is to receive, into m. */
int	world_knote(struct kqueue *kq, mach_port_name_t name, int flags,
	    struct message *direct);
/* One event, in *kev: 1, 0 for none, or -EINTR.  Counted when direct. */
int	world_event(struct kqueue *kq, struct kevent *kev, int timeout);

/* main()'s arguments: [seeds [words of the name]] */
extern uint64_t world_seeds;
extern const char *world_words;
bool	world_wanted(const char *name);

#endif /* !_TESTS_UNIT_SCHED_WORLD_H_ */
