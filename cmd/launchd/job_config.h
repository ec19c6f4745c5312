/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a property list says about a job, checked and copied out of the tree.
 * See launchd.plist(5) for the keys.
 *
 * A configuration is immutable once it is made, and shared by reference.
 */

#ifndef _LAUNCHD_JOB_CONFIG_H_
#define _LAUNCHD_JOB_CONFIG_H_

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <launch.h>

#include "plist.h"

/* Seconds. */
#define	JOB_THROTTLE_DEFAULT	10
#define	JOB_EXIT_TIMEOUT_DEFAULT 20
#define	JOB_SECONDS_MAX		(365 * 24 * 3600)

#define	JOB_SOCKETS_MAX		64
#define	JOB_CALENDARS_MAX	256

/* When a job that ended is started again. */
enum keep_alive {
	KEEP_ALIVE_NEVER,		/* on demand only */
	KEEP_ALIVE_ALWAYS,
	KEEP_ALIVE_CONDITIONS,
};

/* A condition of KeepAlive: not given, or what it must be. */
enum condition {
	CONDITION_NONE,
	CONDITION_TRUE,
	CONDITION_FALSE,
};

/* Of a path or of another job's label. */
struct named_condition {
	char		 *name;		/* NULL: the end of the list */
	bool		  value;
};

/* A time of day and date; -1: any. */
struct calendar {
	int		  minute;
	int		  hour;
	int		  day;		/* of the month, from 1 */
	int		  weekday;	/* 0: Sunday */
	int		  month;	/* from 1 */
};

struct service_config {
	char		 *name;		/* NULL: the end of the list */
	bool		  reset_at_close;
	bool		  hide_until_check_in;
	int		  host_special_port;	/* 0: none */
	int		  task_special_port;
};

struct socket_config {
	char		 *name;		/* of the group; NULL: the end */
	int		  type;		/* SOCK_STREAM... */
	int		  family;	/* AF_UNSPEC, _INET, _INET6, _UNIX */
	int		  protocol;	/* 0: the type's */
	bool		  passive;
	char		 *node;
	char		 *service;
	char		 *path;
	char		 *secure_key;	/* SecureSocketWithKey */
	char		 *group;	/* MulticastGroup */
	long		  owner;	/* SockPathOwner, -1: ours */
	long		  path_group;
	long		  mode;		/* -1: the umask's */
};

/* An event of a source that must have all these pairs. */
struct event_config {
	char		 *stream;	/* NULL: the end of the list */
	char		 *name;
	char		**match;	/* "KEY=PATTERN", NULL at the end */
};

enum { JOB_LIMITS = 9 };		/* see job_limit_name() */

/* inetdCompatibility */
enum inetd { INETD_NO, INETD_NOWAIT, INETD_WAIT };

struct job_config {
	unsigned	  refs;
	char		 *label;
	char		 *program;	/* what is executed */
	char		**argv;		/* NULL at the end */
	char		**env;		/* "NAME=value", NULL at the end */
	struct service_config *services;
	struct socket_config *sockets;
	char		 *stdin_path;
	char		 *stdout_path;
	char		 *stderr_path;
	char		 *working_directory;
	char		 *root_directory;
	char		 *user;
	char		 *group;
	char		**hosts;	/* LimitLoadToHosts */
	char		**not_hosts;	/* LimitLoadFromHosts */
	char		**sessions;	/* LimitLoadToSessionType */
	char		**watch_paths;
	char		**queue_directories;
	char		**may_register;	/* MachRegister */
	struct event_config *events;	/* of the source that there is */
	struct named_condition *path_state;
	struct named_condition *other_jobs;
	struct calendar	 *calendars;
	unsigned	  ncalendars;
	char		 *process_type;
	int64_t		  soft[JOB_LIMITS];	/* -1: not given */
	int64_t		  hard[JOB_LIMITS];
	int		  umask;	/* -1: not given */
	int		  nice;
	bool		  nice_given;
	bool		  init_groups;
	bool		  run_at_load;
	bool		  disabled;
	bool		  globbing;
	bool		  transactions;
	bool		  start_on_mount;
	bool		  debug;
	bool		  wait_for_debugger;
	bool		  abandon_group;
	bool		  low_priority_io;
	bool		  launch_only_once;
	bool		  session_create;
	bool		  console;	/* its terminal; of no key */
	enum inetd	  inetd;
	enum keep_alive	  keep_alive;
	enum condition	  successful_exit;
	enum condition	  crashed;
	enum condition	  network;
	unsigned	  throttle_interval;
	unsigned	  exit_timeout;	/* 0: never killed */
	unsigned	  timeout;	/* 0: not given */
	unsigned	  start_interval; /* 0: none */
};

/*
 * Called once for every key that is not known (`why` NULL) or cannot work here.
 */
typedef void (*job_config_unknown_t)(void *arg, const struct job_config *,
	    const char *key, unsigned line, const char *why);

/*
 * NULL when the tree describes no job: *error says where and why.  The tree is
 * not kept.  One reference is the caller's.
 */
struct job_config *job_config_new(struct plist *root,
	    job_config_unknown_t unknown, void *arg, struct plist_error *error);

/* A job that runs a command and offers no service; NULL: no memory. */
struct job_config *job_config_command(const char *label, char *const *argv);

void	job_config_hold(struct job_config *c);
void	job_config_free(struct job_config *c);

/*
 * A property list that job_config_new() makes an equal configuration of; what
 * was ignored is not in it.  NULL: no memory.
 */
launch_data_t job_config_write(const struct job_config *c);

/* Do they describe the same socket, the same service? */
bool	socket_config_equal(const struct socket_config *a,
	    const struct socket_config *b);

/* The names of limits as in SoftResourceLimits, and their setrlimit(2). */
const char *job_limit_name(unsigned i);
int	job_limit_resource(unsigned i);

/*
 * The first time of day strictly after `after` that the calendar names, in
 * local time, 0: never.  A time that a clock change leaves out is the next that
 * exists; one that it repeats happens once.
 */
time_t	calendar_next(const struct calendar *c, time_t after);

/*
 * For the readers of keys.
 */

struct reading {
	struct job_config *config;
	struct plist_error *error;
};

bool	reading_wrong(struct reading *r, unsigned line, const char *key,
	    const char *what);
bool	reading_want(struct reading *r, const struct plist *p,
	    enum plist_type type);
bool	read_string(struct reading *r, const struct plist *p, char **to);
bool	read_boolean(struct reading *r, const struct plist *p, bool *to);
bool	read_integer(struct reading *r, const struct plist *p, int64_t low,
	    int64_t high, int64_t *to);
/* The children of an array that are strings; a list with NULL at the end. */
bool	read_strings(struct reading *r, const struct plist *p, char ***to);
/* A dictionary of strings; "key=value".  `wrong` is said of other keys. */
bool	read_pairs(struct reading *r, const struct plist *p, const char *wrong,
	    char ***to);
size_t	plist_count(const struct plist *p);

/* job_keys.c: all keys of the root. */
bool	job_keys_read(struct reading *r, struct plist *root);
/* Those that have no reader of their own, as a list's. */
void	job_keys_write(const struct job_config *c, launch_data_t to);
/* Why a key that is accepted cannot work, NULL: it is none of those. */
const char *job_key_useless(const char *key);

/* job_launch_events.c */
bool	job_events_read(struct reading *r, struct plist *p);
void	job_events_write(const struct job_config *c, launch_data_t to);
void	job_events_free(struct event_config *list);
/* Why no event of the stream can come, NULL: it can. */
const char *job_stream_useless(const char *stream);

/* job_sockets.c */
bool	job_sockets_read(struct reading *r, struct plist *p);
launch_data_t job_socket_write(const struct socket_config *s);

#endif /* !_LAUNCHD_JOB_CONFIG_H_ */
