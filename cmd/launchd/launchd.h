/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's parts and what they call of each other.
 *
 *	main.c		command line, start-up, shutdown
 *	load.c		property list files to jobs
 *	job.c		the jobs: when they start, what follows when they end
 *	spawn.c		starting a process
 *	service.c	the names, their ports, and who holds the receive rights
 *	server.c	the bootstrap protocol and the kernel's notifications
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
#include <sys/queue.h>

#include <stdbool.h>
#include <stdint.h>

#include <mach/mach.h>
#include <servers/bootstrap.h>

#include "job_config.h"
#include "log.h"

/* Times are nanoseconds of the monotonic clock. */
#define	SECOND		((uint64_t)1000000000)
#define	MILLISECOND	((uint64_t)1000000)
#define	NEVER		UINT64_MAX

uint64_t now(void);

/*
 * Services (service.c).
 */

enum service_state {
	SERVICE_HELD,		/* we have the receive right and its queue */
	SERVICE_AWAY,		/* the job checked in and has it */
	SERVICE_REGISTERED,	/* a right of somebody's own port */
	SERVICE_NO_PORT,	/* no port could be made; tried again on use */
};

struct job;

struct service {
	LIST_ENTRY(service)  s_hash;	/* by name */
	LIST_ENTRY(service)  s_port_hash; /* by port, unless NO_PORT */
	LIST_ENTRY(service)  s_job_link; /* of the declaring job */
	struct job	    *s_job;	/* NULL: registered only */
	enum service_state   s_state;
	mach_port_t	     s_port;	/* we always have a send right */
	bool		     s_death_told; /* a dead-name request stands */
	pid_t		     s_registrant; /* SERVICE_REGISTERED */
	char		     s_name[BOOTSTRAP_MAX_NAME_LEN];
};

LIST_HEAD(service_list, service);

struct service *service_find(const char *name);
bool	service_declare(struct job *job, const char *name);
void	service_forget(struct service *s);

/* Before the first job runs; a service without a port is still its job's. */
void	service_make_ports(struct service_list *list);

/* Its port, made now if that failed before; MACH_PORT_NULL: none. */
mach_port_t service_port(struct service *s);

/* Is it in use by a process, or only kept for one? */
bool	service_active(const struct service *s);

/* The process that serves it, 0 for none. */
pid_t	service_pid(const struct service *s);

/*
 * Get ready to move the receive right away: it will come back to us when its
 * holder dies.  After the send: say whether it really left.
 */
kern_return_t service_lend(struct service *s);
void	service_lent(struct service *s, bool sent);

/*
 * `port` is a send right that becomes the service's, on KERN_SUCCESS only.
 */
kern_return_t service_register(const char *name, struct job *job,
	    mach_port_t port, pid_t pid);
kern_return_t service_unregister(struct service *s, pid_t pid);

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

/* Every service in turn; `arg` as given. */
void	service_each(void (*fn)(struct service *, void *), void *arg);
size_t	service_count(void);

/*
 * Jobs (job.c).
 */

enum job_state {
	JOB_IDLE,		/* does not run, nothing planned */
	JOB_WAITING,		/* will start at j_deadline */
	JOB_RUNNING,
	JOB_RECOVERING,		/* ended; its receive rights are on their way */
};

struct job {
	TAILQ_ENTRY(job)     j_link;
	struct job_config   *j_config;
	enum job_state	     j_state;
	pid_t		     j_pid;	/* JOB_RUNNING */
	bool		     j_command;	/* the command line's, in our group */
	bool		     j_wanted;	/* demanded while it could not start */
	bool		     j_again;	/* KeepAlive says to start again */
	bool		     j_stopping; /* told to end; killed at j_deadline */
	unsigned	     j_fast_failures;
	uint64_t	     j_started;	/* last start */
	uint64_t	     j_deadline; /* NEVER: nothing is to be done */
	struct service_list  j_services;
};

/* The job takes over the configuration; NULL: refused, *error says why. */
struct job *job_add(struct job_config *config, bool command,
	    struct plist_error *error);
struct job *job_by_pid(pid_t pid);
const char *job_label(const struct job *job);

/* Somebody needs it: start it as soon as allowed. */
void	job_demand(struct job *job, const char *why);

/* Start those that run without demand. */
void	jobs_launch(void);
/* It is idle: watch for messages to it, if need be by trying again later. */
void	job_watch(struct job *job);
/* Its services came back, as far as they will. */
void	job_recovered(struct job *job);
void	jobs_reap(void);
/* Do what is due; returns when the next thing is. */
uint64_t jobs_tick(void);
void	jobs_stop(void);
bool	jobs_stopped(void);

/*
 * Processes (spawn.c).
 */

int	spawn_init(void);
/* The process id, or -1 with errno. */
pid_t	spawn(const struct job_config *config, bool command,
	    bool inherit_output);
/* Log what went wrong in children that could not execute their program. */
void	spawn_report_failures(void);

/*
 * launchd's own ports (events.c).
 */

extern mach_port_t port_set;		/* requests and notifications */
extern mach_port_t demand_set;		/* queues watched for idle jobs */
extern mach_port_t server_port;		/* the bootstrap port */
extern mach_port_t notify_port;		/* the kernel's notifications */

/* Block the signals that become events. */
void	events_block_signals(void);
/* 0, or an errno value after saying what failed. */
int	events_init(void);
/* The mask and the dispositions a child starts with. */
void	events_child(void);

/*
 * Messages (server.c).
 */

/* One waits at port_set. */
void	server_ready(void);

/* A receive failed that should not. */
void	server_failed(mach_msg_return_t mr);

/*
 * Loading (load.c).
 */

/* Each path a file or a directory of *.plist.  The number of errors. */
unsigned load_paths(char *const *paths, bool check_only);

/*
 * main.c
 */

extern bool allow_register;		/* --allow-register */
extern bool inherit_output;		/* -f */
extern bool shutting_down;

void	shutdown_begin(const char *why);
void	shutdown_status(int status);	/* what launchd exits with */
void	handle_signal(int signo);

#endif /* !_LAUNCHD_LAUNCHD_H_ */
