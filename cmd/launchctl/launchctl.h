/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchctl: the administrator's side of launchd.
 *
 *	main.c		the verbs
 *	request.c	requests and what is said of refusals
 *	print.c		values as a tree and as JSON
 *	local.c		what needs no launchd: validate, signals by name
 */

#ifndef _LAUNCHCTL_LAUNCHCTL_H_
#define	_LAUNCHCTL_LAUNCHCTL_H_

#include <stdbool.h>

#include <launch.h>

extern bool json;			/* --json */
extern const char *verb;		/* for messages */

/* "system/label": both; "label": no domain. */
struct target {
	char	*domain;		/* NULL: the caller's own */
	char	*label;			/* NULL: the domain itself */
};

/* Ends the program when it is none. */
void	target_parse(const char *s, bool need_label, struct target *t);

/* A dictionary of the verb and the target. */
launch_data_t request_new(const char *name, const struct target *t);
void	request_string(launch_data_t request, const char *key,
	    const char *value);
void	request_integer(launch_data_t request, const char *key,
	    long long value);
void	request_port(launch_data_t request, const char *key, mach_port_t port);
void	request_true(launch_data_t request, const char *key);

/*
 * Send it, which frees it.  NULL: refused, and said why; `about` is what it was
 * about.  An answer without contents is an errno of 0.
 */
launch_data_t request_send(launch_data_t request, const char *about);
/* The same for a request without an answer: 0, or 1. */
int	request_do(launch_data_t request, const char *about);

void	print_tree(launch_data_t d, const char *name);
void	print_json(launch_data_t d);
void	print_list(launch_data_t d);
void	print_limits(launch_data_t d);
void	print_disabled(launch_data_t d, const char *domain);

int	validate(const char *path);
/* The label in a property list; NULL: said why. */
char	*label_of(const char *path);
/* "TERM", "SIGTERM" or "15"; -1. */
int	signal_number(const char *s);

void	complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* !_LAUNCHCTL_LAUNCHCTL_H_ */
