/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's log: one line an event,
 *	time level label[pid] message
 * to the standard error output or to a file.  A write that fails or would
 * block is dropped: the log must not stop the supervisor.
 */

#ifndef _LAUNCHD_LOG_H_
#define _LAUNCHD_LOG_H_

#include <sys/types.h>
#include <stdbool.h>

enum log_level {
	LOG_ERROR,
	LOG_WARNING,
	LOG_NOTICE,
	LOG_DEBUG,			/* only with -v */
};

void	log_verbose(void);

/* Log to a file from now on; 0 or an errno value. */
int	log_open(const char *path);

/* Open it anew: the old one was moved away. */
void	log_reopen(void);

/* `label` NULL: launchd itself; `pid` 0: none. */
void	log_line(enum log_level level, const char *label, pid_t pid,
	    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/*
 * A line that a client can cause as often as it likes: at most LOG_CLIENT_RATE
 * a second, LOG_CLIENT_BURST at once; how many were left out is logged.
 */
#define	LOG_CLIENT_RATE		10
#define	LOG_CLIENT_BURST	50
void	log_client(const char *label, pid_t pid, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* The same for what was allowed. */
void	log_client_notice(const char *label, pid_t pid, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

#endif /* !_LAUNCHD_LOG_H_ */
