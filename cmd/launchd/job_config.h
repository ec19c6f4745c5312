/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What a property list says about a job, checked and copied out of the tree.
 * See launchd.plist(5) for the keys.
 */

#ifndef _LAUNCHD_JOB_CONFIG_H_
#define _LAUNCHD_JOB_CONFIG_H_

#include <stdbool.h>
#include <stddef.h>

#include "plist.h"

/* Seconds. */
#define	JOB_THROTTLE_DEFAULT	10
#define	JOB_EXIT_TIMEOUT_DEFAULT 20
#define	JOB_SECONDS_MAX		(365 * 24 * 3600)

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

struct job_config {
	char		 *label;
	char		 *program;	/* what is executed */
	char		**argv;		/* NULL at the end */
	char		**env;		/* "NAME=value", NULL at the end */
	char		**services;	/* names, NULL at the end */
	char		 *stdin_path;
	char		 *stdout_path;
	char		 *stderr_path;
	char		 *working_directory;
	bool		  run_at_load;
	bool		  disabled;
	enum keep_alive	  keep_alive;
	enum condition	  successful_exit;
	enum condition	  crashed;
	unsigned	  throttle_interval;
	unsigned	  exit_timeout;	/* 0: never killed */
};

/* Called once for every key that is not known. */
typedef void (*job_config_unknown_t)(void *arg, const struct job_config *,
	    const char *key, unsigned line);

/*
 * NULL when the tree describes no job: *error says where and why.  The tree is
 * not kept.
 */
struct job_config *job_config_new(struct plist *root,
	    job_config_unknown_t unknown, void *arg, struct plist_error *error);

/* A job that runs a command and offers no service; NULL: no memory. */
struct job_config *job_config_command(const char *label, char *const *argv);

void	job_config_free(struct job_config *c);

#endif /* !_LAUNCHD_JOB_CONFIG_H_ */
