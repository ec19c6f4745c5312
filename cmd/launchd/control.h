/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * A request of launchctl's or liblaunch's while it is carried out; control.c is
 * its model.
 *
 * What returns an int returns 0 or an errno value, which is the answer; with
 * control_refuse() it has words.
 */

#ifndef _LAUNCHD_CONTROL_H_
#define _LAUNCHD_CONTROL_H_

#include "launchd.h"

struct control {
	struct caller	 who;
	struct domain	*here;		/* whose port it came to */
	bool		 full;
	launch_data_t	 request;
	launch_data_t	 answer;	/* NULL: `error` */
	int		 error;
	bool		 later;		/* a waiter has the reply right */
	char		 reason[256];
};

/* control_answer.c: what a refusal in words looks like; NULL: no memory. */
launch_data_t control_refusal(int error, const char *reason);

/*
 * control_target.c: what a request is about.
 */

/* A string of it, or NULL. */
const char *control_text(struct control *c, const char *key);
int	control_refuse(struct control *c, int error, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* The domain named, or the one it came to; _own_: the caller may change it. */
int	control_domain(struct control *c, struct domain **d);
int	control_own_domain(struct control *c, struct domain **d);
int	control_may_change(struct control *c, struct domain *d);
/* The job named. */
int	control_job(struct control *c, struct job **job);
int	control_own_job(struct control *c, struct job **job);

/* control_verbs.c: one of launchctl's. */
int	control_verb(struct control *c, const char *name);

/* control_darwin.c: a request of Darwin's, a dictionary and a string. */
int	control_darwin(struct control *c);
int	control_plain(struct control *c);

#endif /* !_LAUNCHD_CONTROL_H_ */
