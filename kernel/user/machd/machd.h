/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * machd: the Mach kernel as a server of other processes.
 *
 * This header is the seam between machd's two halves and uses plain C types
 * only.  The host half (main.c, client.c, worker.c, server.c, wake.c,
 * keeper.c, umem.c, image.c, zone.c, window.c, guard.c, fdpass.c, proc.c) is
 * ordinary Linux code; the kernel half (kern.c, block.c, vm_copy.c,
 * vm_space.c, file.c) is compiled with the KPI headers, as the Mach core is.
 *
 * Objects.  A client is a process: its identity, its task, its shared memory,
 * its zone.  A slot is a thread of it.  A worker is a thread of machd that
 * serves clients: there are as many as attached clients, and at first each has
 * one client; clients that talk to each other come to one worker (worker.c).
 * A trap that waits leaves its slot in the state SLOT_BLOCKED and nothing on
 * any stack.  Whoever wakes it runs its continuation: the waking worker itself
 * when that touches nothing but machd's memory, else the worker of the client
 * that owns it while it serves that client, so that no client can stall
 * another for long with memory that does not answer.
 *
 * Locks, in this order:
 *	cl_serve	who serves a client; others only try it
 *	clients_lock	the table of clients, their identity and life
 *	pool_lock	workers and their clients (worker.c)
 *	cl_lock		a client's list of slots to run, its waiters
 *	zone lock	the client's zone
 *	cl_image	its cl_memfd is not closed; taken by itself
 * cl_serve is held while a client's traps are carried out; none of the others
 * is held while the Mach core is called or client memory is touched.
 * Inside the kernel half: a thread's wait lock before the wait queue's.
 * cl_lock may be taken with locks of the core held (thread_wakeup()).
 */

#ifndef _MACHD_H_
#define _MACHD_H_

#include <sys/types.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kernel/user/machd/protocol.h>

#define	MACHD_MAX_CLIENTS	4096
#define	MACHD_MAX_GREETING	64	/* connections that said nothing yet */
#define	MACHD_USER_GREETING	16	/* of one user other than machd's */
#define	MACHD_GREETING_SECONDS	10
#define	MACHD_MAX_RELEASE	65536	/* ranges a trap can leave to unmap */
#define	MACHD_MAX_NASCENT	256	/* unclaimed fork children a parent */

struct client;
struct machd_thread;
struct proc;
struct wake_words;
struct worker;

/* The shared memory of an attachment: mapped until nobody looks any more. */
struct shared {
	_Atomic unsigned sh_refs;
	_Atomic unsigned sh_slots;	/* were used: the first so many */
	char		*sh_base;	/* (c) */
	struct shared	*_Atomic *sh_kept; /* (c) keeper.c */
};

/* Who a process is, as the kernel tells. */
struct identity {
	uint32_t	id_ruid, id_euid, id_suid;
	uint32_t	id_rgid, id_egid, id_sgid;
	pid_t		id_ppid;
	uint64_t	id_start;	/* clock ticks since boot */
	char		id_comm[20];	/* the command's name */
};

enum slot_state {
	SLOT_IDLE,		/* no trap under way */
	SLOT_BUSY,		/* a machd thread works on it */
	SLOT_BLOCKED,		/* waits on a queue or to be run */
};

struct slot {
	struct client	*sl_client;	/* (c) */
	struct machd_slot *sl_page;	/* (c) shared: never trusted */
	unsigned	 sl_index;	/* (c) */
	_Atomic uint32_t *sl_wake_word;	/* (c) or NULL */
	_Atomic int	 sl_state;	/* enum slot_state */
	struct slot	*sl_run_next;	/* on one run list at most */
	struct machd_thread *sl_thread;	/* (c) kernel half */

	/* By whoever carries out the trap: its number and windows. */
	uint32_t	 sl_sequence;
	unsigned	 sl_number;
	uint64_t	 sl_in_addr;
	uint64_t	 sl_out_addr;
	uint32_t	 sl_in_size;	/* 0: none */
	uint32_t	 sl_out_size;	/* 0: none */
	uint32_t	 sl_out_done;

	/* Memory that messages deallocate, for the client to unmap. */
	struct machd_range *sl_release;
	unsigned	 sl_nrelease, sl_release_room;
	bool		 sl_want_window; /* it would have been of use */
};

struct slot_list {
	struct slot	*sl_first;
	struct slot	**sl_last;
};

/* A client's out-of-line memory; zone.c. */
#define	ZONE_MAPS	5

struct zone {
	_Atomic unsigned z_refs;
	uint64_t	 z_base;	/* (c) */
	uint64_t	 z_pages;	/* (c) 0: no zone */

	/* z_lock */
	pthread_mutex_t	 z_lock;
	uint64_t	 z_hint;	/* no free page below, but in window */
	uint64_t	 z_used;	/* pages given out */
	uint64_t	 z_stale;	/* free pages with old content */
	uint64_t	*z_map[ZONE_MAPS]; /* bitmaps, see zone.c */
	struct window	*z_window;	/* or NULL: */
	uint64_t	 z_first, z_end; /* its pages */
	uint64_t	 z_shared_hint;	/* as z_hint, in the window */
	uint64_t	 z_shared_used;	/* pages given out of it */
	bool		 z_forking;	/* leave it alone */
};

/* Part of a zone that machd has mapped; window.c. */
struct window {
	_Atomic unsigned w_refs;
	struct zone	*w_zone;	/* (c) */
	uint64_t	 w_addr;	/* (c) for the client */
	uint64_t	 w_size;	/* (c) */
	char		*w_base;	/* (c) for us */
	uint64_t	 w_ino;		/* (c) of the memfd */
	dev_t		 w_dev;		/* (c) */
	int		 w_fd;		/* to be handed out, or -1 */
};

/* Memory that zone_alloc() found. */
#define	ZONE_SHARED	0x1		/* in the window, or not at all */
#define	ZONE_ZERO	0x2		/* zero, in the window */

struct zone_place {
	uint64_t	 zp_addr;
	char		*zp_data;	/* in the window: machd's view */
	struct window	*zp_window;
	bool		 zp_stale;	/* has old content */
};

enum client_state {
	CLIENT_NASCENT,		/* made by fork, has not attached yet */
	CLIENT_ATTACHED,	/* its server thread runs */
	CLIENT_DETACHED,	/* did an exec, has not attached again */
	CLIENT_DEAD,
};

enum client_stop {
	STOP_NONE,
	STOP_EXEC,		/* a new image, or it attaches anew */
	STOP_EXIT,
};

struct client {
	/* clients_lock */
	struct client	*cl_next;	/* hash chain by pid */
	struct client	*cl_all_next, **cl_all_prev;
	enum client_state cl_state;
	uint64_t	 cl_id;		/* never reused; in epoll events */
	pid_t		 cl_pid;	/* 0: nascent and not bound yet */
	struct identity	 cl_identity;
	int		 cl_pidfd;	/* or -1 */
	int		 cl_conn;	/* or -1 */
	pid_t		 cl_parent;	/* nascent: whose child */
	bool		 cl_token_valid;
	uint8_t		 cl_token[MACHD_TOKEN_SIZE];
	bool		 cl_greeted;	/* an attach is under way */

	_Atomic unsigned cl_refs;
	struct proc	*cl_proc;	/* (c) once cl_pid is known */

	/* Of the attachment: constant while it lasts. */
	struct shared	*cl_memory;
	char		*cl_shared;	/* its base */
	struct machd_door *cl_door;	/* clients_lock, or serving it */
	int		 cl_memfd;	/* /proc/<pid>/mem: pins the image */
	int		 cl_procfd;	/* /proc/<pid>, or -1: ids fixed */
	uint64_t	 cl_nonce, cl_nonce_addr;
	bool		 cl_ilp32;
	int64_t		 cl_user;	/* who it shares with, or -1 */
	struct wake_words *cl_words;	/* that user's, or NULL */
	struct zone	*cl_zone;
	struct window	*cl_opening;	/* the client is about to map it */
	struct window	*cl_retired;	/* the client may fetch its fd */
	int		 cl_mapsfd;	/* /proc/<pid>/maps, or -1 */
	_Atomic int	 cl_stop;	/* enum client_stop */
	_Atomic bool	 cl_check_exec;	/* the connection ended */

	pthread_mutex_t	 cl_image;	/* a leaf; see image.c */

	/* cl_serve: whoever serves the client holds it. */
	pthread_mutex_t	 cl_serve;
	struct slot	*cl_slots[MACHD_SLOTS];
	uint32_t	 cl_cred_uid, cl_cred_gid;
	unsigned	 cl_unlooked;	/* traps since its ids were seen */

	/* worker.c */
	struct worker	*_Atomic cl_worker; /* changed with cl_serve held */
	struct worker	*_Atomic cl_suitor; /* who completed its traps ... */
	_Atomic unsigned cl_suits;	/* ... so often in a row */
	_Atomic uint32_t cl_called;	/* md_call, as it was answered */
	_Atomic uint64_t cl_alone_until; /* ns: to be served by itself */
	_Atomic uint64_t cl_shy_until;	/* ns: leave no wake-up to it */
	_Atomic unsigned cl_undone;	/* wake-ups it did not do, ... */
	_Atomic unsigned cl_done;	/* ... and did since */

	/* cl_lock */
	pthread_mutex_t	 cl_lock;
	pthread_cond_t	 cl_cond;	/* a slot went idle */
	struct slot_list cl_run;	/* for its worker to run */
	_Atomic bool	 cl_run_pending;
	unsigned	 cl_foreign;	/* slots in the hands of others */
	_Atomic bool	 cl_closing;	/* tell cl_cond about idle slots */
};

struct options {
	const char	*o_socket;
	bool		 o_all_users;
	int		 o_ready_fd;
	int		 o_hold_fd;
	bool		 o_check_leaks;
	bool		 o_remove_directory;
	bool		 o_verbose;
};
extern struct options options;

/* main.c */
void	say(const char *what, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
void	watch(int fd, uint64_t id, bool pidfd);
void	unwatch(int fd);
void	wake_main(void);

/* client.c */
int	clients_init(void);
bool	clients_room(void);
void	clients_accept(int conn);
void	clients_event(uint64_t id, bool pidfd);
bool	clients_shutdown(void);
unsigned clients_count(void);
void	client_hold(struct client *cl);
void	client_drop(struct client *cl);
int	client_fork_prepare(struct client *parent, uint8_t *token);
void	client_fork_done(struct client *parent, pid_t tid,
	    const uint8_t *token);
void	client_gone(struct client *cl, enum client_stop why);
void	shared_hold(struct shared *sh);
void	shared_drop(struct shared *sh);

/* worker.c */
void	workers_init(bool group);
struct worker *worker_new(void);
void	worker_free(struct worker *w);
struct client *worker_run(struct worker *w, struct client *cl);
void	worker_wake(struct client *cl);
void	worker_met(struct client *cl);
void	worker_outcast(struct client *cl);

/* server.c */
bool	server_due(struct client *cl, const struct machd_door *door);
void	server_serve(struct client *cl);
void	server_close(struct client *cl);
int	server_last_cpu(void);
void	server_enqueue(struct slot *slot);	/* run it on its own worker */
void	slot_run_here(struct slot *slot);	/* this thread, when it may */
struct client *server_client(void);	/* whom this thread serves, or NULL */
struct slot *server_current(void);
void	server_drain(void);
void	server_look_ids(struct client *cl);
void	slot_post(struct slot *slot, uint32_t result);
bool	slot_interrupted(struct slot *slot);
bool	slot_release_later(struct slot *slot, uint64_t addr, uint64_t size);

/* wake.c */
struct wake_words *wake_words_of(uid_t uid); /* or NULL */
int	wake_memfd(const struct wake_words *ww);
_Atomic uint32_t *wake_word_new(struct wake_words *ww);
uint32_t wake_word_number(const struct wake_words *ww,
	    const _Atomic uint32_t *word);
void	wake_trap_begin(struct slot *slot);
void	wake_trap_end(struct slot *slot, bool done);
void	wake_thread(struct client *cl, struct machd_slot *page,
	    _Atomic uint32_t *word, uint32_t sequence);
void	wake_page(struct machd_slot *page, _Atomic uint32_t *word);
bool	wake_owed(uint64_t *deadlinep);
void	wake_flush(void);
void	wake_everybody(void);	/* keeper.c */
long	futex_wake(_Atomic uint32_t *word, int count);
uint64_t now_ns(void);

/* keeper.c: tells clients when machd has been killed */
#define	KEEPER	__attribute__((__no_sanitize__("address", "thread", \
		    "undefined")))
int	keeper_start(void);
void	keeper_add(struct shared *sh);
void	keeper_remove(struct shared *sh);

/* umem.c: the memory of a client.  0 or EFAULT. */
int	umem_in(struct slot *slot, uint64_t addr, void *buf, size_t size);
int	umem_out(struct slot *slot, uint64_t addr, const void *buf,
	    size_t size);
int	umem_read(struct client *cl, uint64_t addr, void *buf, size_t size);
int	umem_write(struct client *cl, uint64_t addr, const void *buf,
	    size_t size);
bool	umem_same_image(struct client *cl);

/* image.c: a client's memory, for others */
struct image;
enum image_look { IMAGE_OPEN, IMAGE_CLOSED, IMAGE_HOLE };
struct image *image_of(struct client *cl);
void	image_drop(struct image *im);
bool	image_is_of(const struct image *im, const struct client *cl);
enum image_look image_look(struct image *im, uint64_t addr, uint64_t size,
	    bool write);
int	image_read(struct image *im, uint64_t addr, void *buf, size_t size);
int	image_write(struct image *im, uint64_t addr, const void *buf,
	    size_t size);

/* guard.c: false: the memory gave way */
int	guard_init(void);
bool	guarded_copy(void *to, const void *from, size_t size);
bool	guarded_zero(void *to, size_t size);

/* fdpass.c */
int	fd_take(struct client *cl, int fd);
int	fd_give(struct client *cl, int sock, int fd);
bool	fd_sendable(int fd);
void	fd_discard(int fd);

/* window.c */
uint64_t window_size(uint64_t zone_size);
struct window *window_new(struct zone *z, uint64_t addr, uint64_t size);
void	window_hold(struct window *w);
void	window_drop(struct window *w);
void	window_close_fd(struct window *w);
bool	window_mapped(struct client *cl, const struct window *w,
	    uint64_t addr, uint64_t size);
uint32_t window_trap(struct client *cl, struct slot *slot, unsigned number,
	    const uint64_t *args);
void	window_detach(struct client *cl);

/* zone.c */
struct zone *zone_new(uint64_t base, uint64_t size, int *error);
void	zone_hold(struct zone *z);
void	zone_drop(struct zone *z);
void	zone_close(struct zone *z);
bool	zone_holds(const struct zone *z, uint64_t addr, uint64_t size);
bool	zone_touches(const struct zone *z, uint64_t addr, uint64_t size);
bool	zone_alloc(struct zone *z, uint64_t size, int how,
	    struct zone_place *zp);
enum zone_take { ZONE_BUSY, ZONE_TAKEN, ZONE_LOCAL };
enum zone_take zone_take(struct zone *z, uint64_t addr, uint64_t size,
	    bool overwrite);
void	zone_undo(struct zone *z, uint64_t addr, uint64_t size);
bool	zone_free(struct zone *z, uint64_t addr, uint64_t size);
void	zone_wiped(struct zone *z, uint64_t addr, uint64_t size);
void	zone_protected(struct zone *z, uint64_t addr, uint64_t size);
bool	zone_owned(struct zone *z, uint64_t addr, uint64_t size);
char	*zone_view(struct zone *z, uint64_t addr, uint64_t size,
	    struct window **wp);
bool	zone_move(struct zone *z, uint64_t addr, uint64_t size);
void	zone_give(struct zone *z, uint64_t addr, uint64_t size);
void	zone_moved(struct zone *z, uint64_t addr, uint64_t size, bool release);
bool	zone_wants_window(struct zone *z, uint64_t size);
bool	zone_window_place(struct zone *z, uint64_t size, uint64_t *addrp);
void	zone_window_set(struct zone *z, uint64_t addr, uint64_t size,
	    struct window *w);
struct window *zone_fork(struct zone *z);
void	zone_forked(struct zone *z);
uint64_t zone_page(void);

/* proc.c: what /proc tells */
int	proc_identity(pid_t pid, struct identity *id);
int	proc_open(pid_t pid, const char *file, int flags);
pid_t	proc_newest_child(pid_t pid, pid_t tid);

/* kern.c: the kernel half, for the host half */
int	kern_start(void);
int	kern_stop(void);
struct proc *kern_proc_new(pid_t pid, const struct identity *id, bool ilp32,
	    struct client *cl);
void	kern_proc_update(struct proc *p, const struct identity *id,
	    bool ilp32);
void	kern_proc_free(struct proc *p);
void	kern_task_fork(struct proc *parent, struct proc *child);
void	kern_task_exec(struct proc *p, bool reset);
void	kern_task_exit(struct proc *p);
/* The machine's clock was set. */
void	kern_clock_set(void);
int	kern_thread_new(struct slot *slot);
void	kern_thread_free(struct slot *slot);
bool	kern_trap(struct slot *slot, unsigned number, const uint64_t *args,
	    unsigned nargs, uint32_t *result);
void	kern_continue(struct slot *slot);
void	kern_interrupt(struct slot *slot);
void	kern_report(void);
int	kern_limit_set(const char *name, uint64_t value);
uint64_t kern_limit_tasks(uint32_t uid);
unsigned kern_leaks(void);

#endif /* !_MACHD_H_ */
