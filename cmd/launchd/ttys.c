/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The terminals of ttys(5): each that is on is a job, "tty.ttyu0", which runs
 * its getty(8) and is started again when that ends.  A terminal that was
 * switched off, or whose line changed, loses who is logged in there, with
 * SIGHUP as from init(8).
 */

#include <sys/types.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ttyent.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"

#define	PREFIX		"tty."
#define	WORDS_MAX	64
#define	SPACING		5		/* seconds between two starts */

/* Words at blanks; one in single quotes may hold blanks.  -1: too many. */
static int
split(char *line, char **words, int max)
{
	int n;

	for (n = 0; n < max; n++) {
		line += strspn(line, " \t");
		if (*line == '\0') {
			words[n] = NULL;
			return (n);
		}
		if (*line == '\'') {
			words[n] = ++line;
			line += strcspn(line, "'");
		} else {
			words[n] = line;
			line += strcspn(line, " \t");
		}
		if (*line != '\0')
			*line++ = '\0';
	}
	return (-1);
}

static bool
wanted(const struct ttyent *tty)
{
	char path[64];

	if ((tty->ty_status & TTY_ON) == 0 || tty->ty_getty == NULL ||
	    tty->ty_getty[0] == '\0')
		return (false);
	if ((tty->ty_status & (TTY_IFEXISTS | TTY_IFCONSOLE)) == 0)
		return (true);
	(void)snprintf(path, sizeof(path), "/dev/%.50s", tty->ty_name);
	return (access(path, F_OK) == 0);
}

/* NULL: no memory, or no such command. */
static struct job_config *
configuration(const struct ttyent *tty)
{
	char *argv[WORDS_MAX + 1], *command, label[64], term[64];
	struct job_config *c;

	c = NULL;
	(void)snprintf(label, sizeof(label), PREFIX "%.50s", tty->ty_name);
	if (asprintf(&command, "%s '%s'", tty->ty_getty, tty->ty_name) == -1)
		return (NULL);
	if (split(command, argv, WORDS_MAX) > 1)
		c = job_config_command(label, argv);
	free(command);
	if (c == NULL)
		return (NULL);
	c->keep_alive = KEEP_ALIVE_ALWAYS;
	c->throttle_interval = SPACING;
	if (tty->ty_type == NULL || tty->ty_type[0] == '\0')
		return (c);
	(void)snprintf(term, sizeof(term), "TERM=%.50s", tty->ty_type);
	c->env = calloc(2, sizeof(*c->env));
	if (c->env == NULL || (c->env[0] = strdup(term)) == NULL) {
		job_config_free(c);
		return (NULL);
	}
	return (c);
}

static bool
same_list(char **a, char **b)
{

	if (a == NULL || b == NULL)
		return (a == b);
	for (; *a != NULL && *b != NULL; a++, b++)
		if (strcmp(*a, *b) != 0)
			return (false);
	return (*a == *b);
}

static void
hang_up(struct job *job)
{

	(void)job_signal(job, SIGHUP);
}

/* The job's is a configuration without services, sockets and paths. */
static void
change(struct job *job, struct job_config *c)
{

	if (same_list(job->j_config->argv, c->argv) &&
	    same_list(job->j_config->env, c->env))
		return;
	job_config_free(job->j_config);
	job_config_hold(c);
	job->j_config = c;
	hang_up(job);
}

static void
add(const struct ttyent *tty)
{
	struct plist_error error;
	struct job_config *c;
	struct job *job;

	c = configuration(tty);
	if (c == NULL) {
		log_line(LOG_ERROR, tty->ty_name, 0, "cannot make its job from "
		    "/etc/ttys");
		return;
	}
	job = job_by_label(system_domain, c->label);
	if (job != NULL && job->j_tty && !job->j_ending) {
		job->j_tty_seen = true;
		change(job, c);
	} else {
		job = job_add(system_domain, c, NULL, false, &error);
		if (job == NULL)
			log_line(LOG_ERROR, tty->ty_name, 0, "%s",
			    error.reason);
		else {
			job->j_tty = job->j_tty_seen = true;
			job_launch(job);
		}
	}
	job_config_free(c);
}

/* One that is gone from the file; NULL: none is. */
static struct job *
unseen(void)
{
	struct job *job;

	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_tty && !job->j_tty_seen && !job->j_ending)
			return (job);
	return (NULL);
}

void
ttys_read(void)
{
	const struct ttyent *tty;
	struct job *job;

	if (shutting_down)
		return;
	TAILQ_FOREACH(job, &jobs, j_link)
		job->j_tty_seen = false;
	while ((tty = getttyent()) != NULL)
		if (wanted(tty))
			add(tty);
	(void)endttyent();
	while ((job = unseen()) != NULL) {
		hang_up(job);
		job_remove(job);
	}
}
