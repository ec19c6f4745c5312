/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's parts and what they call of each other.
 *
 *	main.c		command line, start-up, shutdown
 *	load.c		property list files to jobs
 *	job.c		the jobs: when they start, what follows when they end
 *	job_list.c	finding jobs: by label, by process
 *	job_events.c	what starts a job but for messages: times, paths, ...
 *	job_socket.c	the sockets of jobs
 *	as_user.c	being a user for what a user's list names
 *	spawn.c		starting a process
 *	child.c		what the new process does to itself
 *	domain.c	the tree of bootstrap domains
 *	jail.c		those of jails
 *	service.c	the names, their ports, and who holds the receive rights
 *	server.c	messages: the bootstrap protocol, notifications
 *	control*.c	launchctl's and liblaunch's requests, see control.h
 *	describe.c	jobs and domains as their answers
 *	init*.c, ttys.c	what only process 1 does, see init.h
 *	value.c		values of liblaunch's
 *	overrides.c	which jobs were enabled or disabled by hand
 *	state.c		all there is, as a value and back
 *	handover.c	rights, from one image of launchd to the next
 *	reexec.c	another image of launchd in its place
 *	events.c	launchd's own ports and signals
 *	loop_*.c	where it waits, see loop.h
 *	timer.c		deadlines
 *
 * There is one thread.
 *
 * No Mach call that fails ends launchd: it is logged and what depended on it is
 * refused or tried again.
 */

#ifndef _LAUNCHD_LAUNCHD_H_
#define _LAUNCHD_LAUNCHD_H_

#include <sys/types.h>
#include <sys/time.h>
#include <sys/resource.h>
#include <sys/queue.h>

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include <launch.h>
#include <mach/mach.h>
#include <servers/bootstrap.h>

#include "job_config.h"
#include "log.h"
#include "loop.h"
#include "timer.h"

/* Times are nanoseconds of the monotonic clock. */
#define	SECOND		((uint64_t)1000000000)
#define	MILLISECOND	((uint64_t)1000000)
#define	NEVER		UINT64_MAX

uint64_t now(void);

/*
 * What is short now need not be in a moment: calls that nothing could go on
 * without are made a few times.
 */
#define	PERSIST_TRIES	5
#define	PERSIST(kr, call) do {						\
	unsigned tries_ = 0;						\
	do								\
		(kr) = (call);						\
	while ((kr) == KERN_RESOURCE_SHORTAGE && ++tries_ < PERSIST_TRIES); \
} while (0)

struct domain;
struct job;
struct service;

/* Who sent a message, in the kernel's words. */
struct caller {
	pid_t	c_pid;
	uid_t	c_euid;
	gid_t	c_egid;
	int	c_jail;		/* 0: none */
};

/*
 * Domains (domain.c).
 *
 * A name is looked up in its domain, then in those above.  A jail's domain sees
 * none above.  The domain of a user is made on first use; a subset lives as
 * long as the port that asked for it; a server's is the port of a job that a
 * program made, and its names are in the domain above.  A session is a subset
 * with a type and jobs, of a port that asked for it or of a job's process.
 */

enum domain_kind {
	DOMAIN_SYSTEM,
	DOMAIN_USER,
	DOMAIN_JAIL,
	DOMAIN_SUBSET,
	DOMAIN_SERVER,
	DOMAIN_SESSION,
};

LIST_HEAD(service_list, service);

struct domain {
	LIST_ENTRY(domain)   d_link;	/* of the parent's children */
	LIST_HEAD(, domain)  d_children;
	struct domain	    *d_parent;
	enum domain_kind     d_kind;
	uid_t		     d_uid;	/* whose it is */
	mach_port_t	     d_port;
	mach_port_t	     d_unprivileged; /* MACH_PORT_NULL: none yet */
	mach_port_t	     d_jail_port; /* the jail's name for it */
	int		     d_jail;	/* of DOMAIN_JAIL */
	bool		     d_jail_gone;
	mach_port_t	     d_requestor; /* it ends with it: a send right */
	struct job	    *d_job;	/* of a server, or a job's session */
	struct service_list  d_services;
	unsigned	     d_registered;
	unsigned	     d_njobs;
	unsigned	     d_nfiles;	/* sockets and watched paths */
	bool		     d_ending;
	char		   **d_env;	/* "NAME=value"; NULL at the end */
	unsigned	     d_index;	/* state.c's */
	char		     d_name[40]; /* "system", "user/501" */
	char		     d_session[16]; /* the type of a session */
};

/* What the names of made things are numbered with. */
extern struct serials {
	unsigned	     domains;
	unsigned	     servers;
} serials;

/* What all the jobs of a domain but the system's may have. */
#define	DOMAIN_JOBS_MAX		4096
#define	DOMAIN_FILES_MAX	512

extern struct domain *system_domain;

kern_return_t domain_init(mach_port_t port);
/* By the receive right that a message came to; *full: not unprivileged. */
struct domain *domain_by_port(mach_port_t port, bool *full);
/* "system", "user/501", "jail/3"; NULL: there is none. */
struct domain *domain_by_name(const char *name);
struct domain *domain_of_user(uid_t uid, bool make);
struct domain *domain_new(struct domain *parent, enum domain_kind kind,
	    uid_t uid, const char *name);
/* Its jobs are told to end; it goes with the last of them. */
void	domain_end(struct domain *d);
void	domain_job_gone(struct domain *d);
mach_port_t domain_unprivileged(struct domain *d);
/* A subset or a session; on success the requestor's right is its. */
kern_return_t domain_subset(struct domain *parent, enum domain_kind kind,
	    const struct caller *who, mach_port_t requestor,
	    struct domain **made);
/* What LimitLoadToSessionType means in it. */
const char *domain_session_type(const struct domain *d);
/* Is it the caller's own subset or session? */
bool	domain_owns(const struct domain *d, const struct caller *who);
/* As it was in the image before; ports that are lost are MACH_PORT_NULL. */
struct domain *domain_restore(struct domain *parent, enum domain_kind kind,
	    uid_t uid, const char *name, mach_port_t port,
	    mach_port_t unprivileged, mach_port_t requestor);
void	domain_restore_jail(struct domain *d, int jail, mach_port_t port);
/* False: it has no port. */
bool	domain_resume(struct domain *d);
/* A send right died: subsets that depend on it end.  True: one did. */
bool	domain_port_died(mach_port_t port);
/* The superuser, or who we run as, and in no jail that we are not in. */
bool	caller_super(const struct caller *who);
/* Does it come from a jail that is not the domain's? */
bool	caller_foreign(const struct caller *who, const struct domain *d);
/* May the caller change it? */
bool	domain_controls(const struct domain *d, const struct caller *who);
void	domain_each(struct domain *d, void (*fn)(struct domain *, void *),
	    void *arg);
/* False: that many more sockets or watched paths are too many for it. */
bool	domain_take_files(struct domain *d, size_t n);
void	domain_give_files(struct domain *d, size_t n);
/* The jail that it is, or is in; 0: none. */
int	domain_jail(const struct domain *d);
/* The port for a jail; it has been given to it.  0 or an errno value. */
int	domain_port_make(struct domain *d);
int	domain_port_given(struct domain *d);
/* Before it is handed over: a send right, so that it keeps its name. */
void	domain_port_hold(const struct domain *d);
/* Nobody has a send right to this port: the jail's domain ends. */
void	domain_port_unused(mach_port_t port);
/* Environment of its jobs; NULL unsets.  False: no memory. */
bool	domain_setenv(struct domain *d, const char *name, const char *value);
const char *domain_getenv(const struct domain *d, const char *name);

/*
 * Jails (jail.c).
 */

/* Make the domain of one that has none.  0 or an errno value. */
int	jail_domain(int jid, struct domain **made);
/* A port for the jail, given to it.  0 or an errno value. */
int	jail_domain_port(struct domain *d);
/* The jail has none any more. */
void	jail_domain_end(const struct domain *d);
/* Of this process, for ever.  0 or an errno value. */
int	jail_enter(int jid);

/*
 * Services (service.c).
 */

enum service_state {
	SERVICE_HELD,		/* we have the receive right and its queue */
	SERVICE_AWAY,		/* a process checked in and has it */
	SERVICE_REGISTERED,	/* a right of somebody's own port */
	SERVICE_NO_PORT,	/* no port could be made; tried again on use */
};

struct service {
	LIST_ENTRY(service)  s_hash;	/* by domain and name */
	LIST_ENTRY(service)  s_port_hash; /* by port, unless NO_PORT */
	LIST_ENTRY(service)  s_job_link; /* of the declaring job */
	LIST_ENTRY(service)  s_domain_link;
	struct domain	    *s_domain;
	struct job	    *s_job;	/* NULL: registered or created */
	enum service_state   s_state;
	mach_port_t	     s_port;	/* we always have a send right */
	bool		     s_death_told; /* a dead-name request stands */
	bool		     s_created;	/* by bootstrap_create_service() */
	bool		     s_reset;	/* ResetAtClose */
	bool		     s_hidden;	/* HideUntilCheckIn */
	bool		     s_per_pid;
	pid_t		     s_pid;	/* who registered or checked in */
	uid_t		     s_uid;	/* created: who may check in */
	char		     s_name[];
};

/* In the domain and, unless `local`, those above it. */
struct service *service_find(struct domain *d, const char *name, pid_t pid,
	    bool local);
bool	service_declare(struct job *job, struct domain *d,
	    const struct service_config *config);
kern_return_t service_create(struct domain *d, struct job *job,
	    const char *name, uid_t uid, struct service **made);
void	service_forget(struct service *s);
/* The job's, by another description, whose new names are free. */
bool	service_reload(struct job *job, const struct job_config *config);

/* Before the first job runs; a service without a port is still its job's. */
void	service_make_ports(struct service_list *list,
	    const struct service_config *config);

/* Its port, made now if that failed before; MACH_PORT_NULL: none. */
mach_port_t service_port(struct service *s);

/* Is it in use by a process, or only kept for one? */
bool	service_active(const struct service *s);

/* The process that serves it, 0 for none. */
pid_t	service_pid(const struct service *s);

/* Messages in its queue, -1: it is not with us. */
int	service_queued(const struct service *s);

/*
 * Get ready to move the receive right away: it will come back to us when its
 * holder dies.  After the send: say whether it really left.
 */
kern_return_t service_lend(struct service *s, pid_t pid);
void	service_lent(struct service *s, bool sent);

/*
 * `port` is a send right that becomes the service's, on KERN_SUCCESS only.
 */
kern_return_t service_register(struct domain *d, const char *name,
	    struct job *job, mach_port_t port, const struct caller *who,
	    bool per_pid);
kern_return_t service_unregister(struct service *s, pid_t pid);

/*
 * As it was in the image before, which had it in that state; false: no memory.
 * The caller fills in the rest.
 */
struct service *service_restore(struct domain *d, struct job *job,
	    const char *name, mach_port_t port, enum service_state state);
/* Then, once there are ports of our own. */
void	service_resume(struct service *s);
void	service_set_specials(struct service_list *list,
	    const struct service_config *config);

/* Notifications. */
void	service_port_returned(mach_port_t port);
void	service_port_died(mach_port_t port);

/* Does any service of the job still have to come back? */
bool	service_any_away(const struct service_list *list);
/* Give up on those: new ports in their place. */
void	service_abandon_away(struct service_list *list);

/*
 * Watch the queues of a job that does not run, or stop.  False: not all are
 * watched.
 */
bool	service_watch(struct service_list *list, bool on);
/* A message waits there; the port has left the watched set. */
void	service_demanded(mach_port_t port);

bootstrap_status_t service_status(const struct service *s);
size_t	service_count(void);

/*
 * Jobs (job.c, job_list.c).
 */

enum job_state {
	JOB_IDLE,		/* does not run, nothing planned */
	JOB_WAITING,		/* will start at j_timer */
	JOB_RUNNING,
	JOB_RECOVERING,		/* ended; its receive rights are on their way */
};

enum job_path_kind { PATH_WATCH, PATH_QUEUE, PATH_STATE };

struct job_path {
	struct loop_path     jp_path;	/* first */
	struct job	    *jp_job;
	enum job_path_kind   jp_kind;
	bool		     jp_added;
	uint64_t	     jp_seen[4]; /* what stat(2) said, PATH_WATCH */
};

struct job_socket {
	struct loop_file     js_file;	/* first */
	struct job	    *js_job;
	const struct socket_config *js_config;
	bool		     js_watched;
	char		    *js_path;	/* to be removed */
};

/* Somebody waits for an answer until the job has ended. */
struct waiter {
	LIST_ENTRY(waiter)   w_link;
	mach_port_t	     w_reply;
	mach_msg_bits_t	     w_bits;
	bool		     w_restart;	/* answered when it runs again */
};

struct job {
	TAILQ_ENTRY(job)     j_link;
	LIST_ENTRY(job)	     j_label_link;
	LIST_ENTRY(job)	     j_pid_link;
	LIST_ENTRY(job)	     j_calendar_link;
	struct domain	    *j_domain;
	struct domain	    *j_server;	/* made by a program: its port */
	struct domain	    *j_session;	/* SessionCreate: while it runs */
	struct job_config   *j_config;
	char		    *j_label;
	char		    *j_file;	/* where it was loaded from */
	enum job_state	     j_state;
	pid_t		     j_pid;	/* JOB_RUNNING */
	bool		     j_command;	/* the command line's, in our group */
	bool		     j_boot;	/* rc(8), see init.h */
	bool		     j_tty;	/* a getty(8), see ttys.c */
	bool		     j_tty_seen;
	bool		     j_launched;
	bool		     j_wanted;	/* demanded while it could not start */
	bool		     j_again;	/* KeepAlive says to start again */
	bool		     j_stopping; /* told to end; killed at j_timer */
	bool		     j_stopped;	/* by hand: KeepAlive is silent */
	bool		     j_ending;	/* removed when it has ended */
	bool		     j_dirty;	/* has a transaction */
	bool		     j_kicked;	/* no throttle before the next start */
	bool		     j_cut_off;	/* serves ports that nobody has */
	bool		     j_in_calendar;
	bool		     j_instance; /* of an inetd job: one connection */
	unsigned	     j_index;	/* state.c's */
	unsigned	     j_fast_failures;
	unsigned	     j_runs;
	int		     j_status;	/* of the last end; -1: none yet */
	int		     j_connection; /* j_instance, else -1 */
	uint64_t	     j_started;	/* last start */
	struct timer	     j_timer;
	struct timer	     j_interval; /* StartInterval */
	time_t		     j_due;	/* StartCalendarInterval */
	struct job_path	    *j_paths;
	unsigned	     j_npaths;
	struct job_socket   *j_sockets;
	unsigned	     j_nsockets;
	const char	    *j_why;	/* what the last start was for */
	struct service_list  j_services;
	LIST_HEAD(, waiter)  j_waiters;
};

TAILQ_HEAD(job_list, job);
extern struct job_list jobs;

void	job_list_add(struct job *job);
void	job_list_remove(struct job *job);
void	job_set_pid(struct job *job, pid_t pid);	/* 0: none */
struct job *job_by_pid(pid_t pid);
struct job *job_by_label(const struct domain *d, const char *label);
const char *job_label(const struct job *job);
/* "system/com.example" in `to`. */
const char *job_name(const struct job *job, char *to, size_t size);

/*
 * The job gets a reference to the configuration; NULL: refused, *error says
 * why.  It does nothing before job_launch().
 */
struct job *job_add(struct domain *d, struct job_config *config,
	    const char *file, bool command, struct plist_error *error);
void	job_launch(struct job *job);
/* All that have not been yet: all have their ports before the first runs. */
void	jobs_launch(void);
/*
 * Another description of it: its process, its services and sockets that are in
 * both stay as they are, the rest of it holds from the next start on.  0 or an
 * errno value with *error set, and nothing changed: EINVAL (another label),
 * EALREADY (a name is taken), ENOMEM.
 */
int	job_reload(struct job *job, struct job_config *config,
	    const char *file, bool *changed, struct plist_error *error);
/* As it was in the image before, but for what it waits for; NULL: no memory. */
struct job *job_restore(struct domain *d, struct job_config *config,
	    const char *label, const char *file);
/* It waits again for what starts it. */
void	job_resume(struct job *job);
/* Stop it if it runs, then forget it. */
void	job_remove(struct job *job);

/* Somebody needs it: start it as soon as allowed. */
void	job_demand(struct job *job, const char *why);
/* Start now, whatever the throttle says.  0 or an errno value. */
int	job_kick(struct job *job, bool again);
/* Tell it to end; it stays loaded. */
void	job_stop(struct job *job);
/* Its services have other ports now than those that it has. */
void	job_cut_off(struct job *job);
int	job_signal(struct job *job, int signo);
/* A connection for an inetd job; the descriptor becomes its. */
void	job_connection(struct job *job, int fd);

/* A condition of KeepAlive may have changed. */
void	job_check(struct job *job);
/* The same for all that have conditions about other jobs or the network. */
void	jobs_check_others(void);
/* It is idle: watch for messages to it, if need be by trying again later. */
void	job_watch(struct job *job);
/* Its services came back, as far as they will. */
void	job_recovered(struct job *job);
void	jobs_reap(void);
/* True: none starts; false: what was to start meanwhile does. */
extern bool jobs_held;
void	jobs_hold(bool hold);
void	jobs_stop(void);
bool	jobs_stopped(void);
const char *job_state_name(const struct job *job);

/*
 * job_events.c
 */

/* Set up what the job waits for; what fails is logged. */
void	job_events_begin(struct job *job);
void	job_events_end(struct job *job);
/* What it knows of paths, in the order of the list; the size in bytes. */
const void *job_events_seen(const struct job *job, unsigned i, size_t *size);
/* Begin where the image before was: a change since then is one. */
void	job_events_resume(struct job *job, launch_data_t seen);
/* State conditions of KeepAlive: does one ask for it to run? */
bool	job_condition_holds(struct job *job);
/* A queue directory of its has an entry. */
bool	job_queue_filled(struct job *job);
bool	network_up(void);

/*
 * job_socket.c
 */

/* False: one could not be opened, which is logged; the others are. */
bool	job_sockets_open(struct job *job);
void	job_sockets_close(struct job *job);
void	job_sockets_watch(struct job *job, bool on);
/* From another description: what is in both stays open. */
void	job_sockets_reload(struct job *job, struct job_config *old);
/* A list that grows by one; false: no memory.  It takes the descriptor. */
bool	job_socket_adopt(struct job *job, const struct socket_config *config,
	    int fd, const char *path);

/*
 * as_user.c
 */

/*
 * From here to the end, files are met as the domain's user.  False: that cannot
 * be, errno says why, and nothing has changed.  There is nothing to do, and *is
 * false, in the system's domain and where launchd is no superuser's.
 */
bool	as_user_begin(const struct domain *d, bool *is);
void	as_user_end(bool is);

/*
 * Processes (spawn.c, child.c).
 */

int	spawn_init(void);
/* The same with the pipe of the image before. */
int	spawn_resume(const int fds[2]);
const int *spawn_descriptors(void);
/* What a process that is no job's inherits; MACH_PORT_NULL: as before. */
kern_return_t spawn_inherit(mach_port_t port);
/* The process id, or -1 with errno. */
pid_t	spawn(struct job *job, bool inherit_output);
/* No child may inherit its port any more. */
void	spawn_domain_gone(const struct domain *d);
/* Log what went wrong in children that could not execute their program. */
void	spawn_report_failures(void);

enum stage {
	STAGE_JAIL,
	STAGE_IDENTITY,
	STAGE_USER,
	STAGE_GROUP,
	STAGE_ROOT,
	STAGE_LIMIT,
	STAGE_NICE,
	STAGE_DIRECTORY,
	STAGE_STDIN,
	STAGE_STDOUT,
	STAGE_STDERR,
	STAGE_PROGRAM,
};

/* What a child reports; shorter than PIPE_BUF, so written whole. */
struct failure {
	pid_t		 pid;
	enum stage	 stage;
	int		 error;
};

/* What launchctl limit has set for every job; launchd itself keeps its own. */
struct default_limit {
	bool		 set;
	struct rlimit	 value;
};
extern struct default_limit default_limits[JOB_LIMITS];

struct identity {
	bool		 set;
	uid_t		 uid;
	gid_t		 gid;
	char		 name[64];
	char		 home[256];
	char		 shell[128];
};

/* `report` is the pipe to say what failed; errno says why. */
void	child(const struct job *job, const struct identity *who, bool inherit,
	    char **env, int report) __attribute__((noreturn));
void	child_failed(int report, enum stage stage)
	    __attribute__((noreturn));

/*
 * launchd's own ports (events.c).
 */

extern mach_port_t port_set;		/* requests and notifications */
extern mach_port_t demand_set;		/* queues watched for idle jobs */
extern mach_port_t notify_port;		/* the kernel's, of names of ours */
extern mach_port_t return_port;		/* the kernel's, with lost rights */
extern int own_jail;			/* 0: none */

/* The signals that become events; block them. */
void	events_signal_set(sigset_t *set);
void	events_block_signals(void);
/* 0, or an errno value after saying what failed. */
int	events_init(void);
/* The same with what the image before had, MACH_PORT_NULL: lost. */
int	events_resume(mach_port_t returns);
/* A receive right in port_set, with a send right of ours. */
kern_return_t events_make_port(mach_port_t *port);
/* The receive right is there: a send right, and into port_set. */
kern_return_t events_adopt_port(mach_port_t port);
/* A send right with it; a promise that an image before made is taken back. */
kern_return_t events_adopt_receive(mach_port_t port);
/*
 * Ask the kernel to say at `to` what becomes of a port, or not to any more; the
 * request before it is given up.
 */
kern_return_t events_request(mach_port_t port, mach_msg_id_t what,
	    mach_port_t to);
kern_return_t events_cancel(mach_port_t port, mach_msg_id_t what);
/* Its receive right, not the send rights that we may have. */
void	events_drop_receive(mach_port_t port);
/* The mask and the dispositions a child starts with. */
void	events_child(void);

/*
 * Messages (server.c).
 */

/* From its audit token. */
struct caller caller_of(audit_token_t token);

/* One waits at port_set. */
void	server_ready(void);

/* A receive failed that should not. */
void	server_failed(mach_msg_return_t mr);

/* The reply right of the request being served, to answer it later. */
mach_port_t server_take_reply(mach_msg_bits_t *bits);
/* Which it is; it stays the request's. */
mach_port_t server_reply(mach_msg_bits_t *bits);

/*
 * Control (control_answer.c, describe.c).
 */

/* Answer: takes the right.  `answer` stays the caller's. */
void	control_answer(mach_port_t reply, mach_msg_bits_t bits,
	    launch_data_t answer);
void	control_answer_errno(mach_port_t reply, mach_msg_bits_t bits,
	    int error);
void	control_answer_reason(mach_port_t reply, mach_msg_bits_t bits,
	    int error, const char *reason);

/* NULL: no memory. */
launch_data_t describe_job(struct job *job, bool all);
launch_data_t describe_domain(struct domain *d);
launch_data_t describe_jobs(struct domain *d);

/*
 * overrides.c
 */

/* Where they are kept; NULL: in memory only.  What is there is read. */
void	overrides_init(const char *file);
/* By hand, or else as the property list says. */
bool	overrides_disabled(const struct domain *d, const char *label,
	    bool by_default);
/* 0 or an errno value: it holds, but may not outlive launchd. */
int	overrides_set(const struct domain *d, const char *label,
	    bool disabled);
launch_data_t overrides_list(const struct domain *d);
launch_data_t overrides_save(void);
void	overrides_restore(launch_data_t list);

/*
 * Loading (load.c).
 */

/* Each path a file or a directory of *.plist.  The number of errors. */
unsigned load_paths(char *const *paths, bool check_only);
/*
 * One file into a domain, launched.  0 or an errno value with *error set:
 * EALREADY, EPERM (whose it is), EINVAL, ENOENT, EBUSY (disabled)...
 */
int	load_into(struct domain *d, const char *path, bool force,
	    struct plist_error *error);
/* The job's description anew from a file; the same, and of job_reload(). */
int	load_again(struct job *job, const char *path, bool *changed,
	    struct plist_error *error);
/* From a tree; 0 or an errno value. */
int	load_tree(struct domain *d, struct plist *root, const char *path,
	    bool force, struct plist_error *error);

/*
 * Another image in our place (state.c, handover.c, reexec.c).
 */

/* Rights by kind; others speak of them by kind and index. */
enum rights_kind {
	RIGHTS_RECEIVE,
	RIGHTS_SEND,
	RIGHTS_SEND_ONCE,
	RIGHTS_RESCUE,		/* a guard's only, see handover.c */
	RIGHTS_KINDS,
};

struct rights {
	struct {
		mach_port_t *ports;
		unsigned     n, room;
	} r_list[RIGHTS_KINDS];
};

/* There is room for that many more; false: no memory. */
bool	rights_grow(struct rights *r, enum rights_kind kind, unsigned more);
/* The index, -1: no memory. */
int	rights_add(struct rights *r, enum rights_kind kind, mach_port_t port);
mach_port_t rights_get(const struct rights *r, enum rights_kind kind,
	    long long i);
void	rights_free(struct rights *r);

/*
 * Everything, but nothing is changed: NULL: no memory.  The rights stay ours.
 */
launch_data_t state_save(struct rights *rights);
/* From it, in an image that has nothing: the number of what was wrong. */
unsigned state_restore(launch_data_t state, const struct rights *rights);
/* Then go on; false: it cannot. */
bool	state_resume(launch_data_t state);
/* Each descriptor that the image after this one needs. */
void	state_each_descriptor(void (*fn)(int fd));

/* Messages with rights: 0, or an errno value. */
int	handover_send(mach_port_t to, const struct rights *rights,
	    enum rights_kind kind, unsigned disposition);
/* Two processes keep them meanwhile; its exit status. */
int	handover_hold(int state);
int	handover_hello(const mach_msg_header_t *head, mach_port_t *to);
int	handover_check(mach_port_t to, const struct rights *rights,
	    char *reason, size_t size);
/* To `heir`, a receive right of ours, comes the keeper's port if it dies. */
int	handover_ward(mach_port_t keeper, mach_port_t heir);
/* Both receive rights become the guard's. */
int	handover_guard(mach_port_t to, mach_port_t rescue, mach_port_t heir);
/*
 * Wait for the receive rights, to which we have send rights, that are on their
 * way to a port of ours; the number that do not come.
 */
unsigned handover_rescue(mach_port_t from, const mach_port_t *ports,
	    unsigned n);
/* From the keeper, or else from the guard by the keeper's port. */
int	handover_take(mach_port_t from, pid_t keeper, struct rights *rights);
/* What state_save() made, in a file without a name.  NULL: it is not that. */
int	handover_write(int fd, launch_data_t state);
launch_data_t handover_read(int fd);

/* Before anything else of main(). */
void	reexec_init(int argc, char **argv);
bool	reexec_is_resumed(int argc, char **argv, int *state);
/* Begin; `reply` is answered by who is there then.  0, or an errno value. */
int	reexec_begin(mach_port_t reply, mach_msg_bits_t bits,
	    const char **reason);
/* It came to reexec_port. */
extern mach_port_t reexec_port;
void	reexec_message(const mach_msg_header_t *head, pid_t from);
/* Between events: does it, when all is ready. */
void	reexec_step(void);
/* A child ended: true, it was the holder. */
bool	reexec_ended(pid_t pid, int status);
/* We are the new image. */
int	reexec_resume(int state);
/* Who waits for it. */
void	reexec_save(launch_data_t state, struct rights *rights);
void	reexec_restore(launch_data_t state, const struct rights *rights);

/*
 * main.c
 */

extern bool allow_register;		/* --allow-register */
extern bool inherit_output;		/* -f */
extern bool shutting_down;

void	shutdown_begin(const char *why);
void	shutdown_status(int status);	/* what launchd exits with */
/*
 * Then, as process 1: restart 'r', halt 'h', power off 'p' or on again 'c',
 * another root 'm', or one user 's'.
 */
void	shutdown_then(int how);
void	handle_signal(int signo);

#endif /* !_LAUNCHD_LAUNCHD_H_ */
