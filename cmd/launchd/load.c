/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Property list files to jobs.  A file that is wrong is named with line and
 * reason and does not keep the others from loading.
 */

#include <sys/types.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"

struct loading {
	const char	*path;
	struct domain	*domain;
	bool		 check_only;
	bool		 force;		/* even if disabled */
	unsigned	 errors;
};

static void
report(struct loading *l, const struct plist_error *error)
{

	l->errors++;
	if (l->check_only) {
		if (error->line != 0)
			(void)fprintf(stderr, "%s:%u: %s\n", l->path,
			    error->line, error->reason);
		else
			(void)fprintf(stderr, "%s: %s\n", l->path,
			    error->reason);
	} else if (error->line != 0)
		log_line(LOG_ERROR, NULL, 0, "%s:%u: %s", l->path, error->line,
		    error->reason);
	else
		log_line(LOG_ERROR, NULL, 0, "%s: %s", l->path, error->reason);
}

static void
unknown_key(void *arg, const struct job_config *c, const char *key,
    unsigned line, const char *why)
{
	const struct loading *l;

	l = arg;
	if (l->check_only)
		(void)fprintf(stderr, "%s:%u: note: key %s is not supported "
		    "and ignored%s%s\n", l->path, line, key,
		    why != NULL ? ": " : "", why != NULL ? why : "");
	else
		log_line(LOG_NOTICE, c->label, 0, "%s:%u: key %s is not "
		    "supported and ignored%s%s", l->path, line, key,
		    why != NULL ? ": " : "", why != NULL ? why : "");
}

/*
 * Who may load what.
 */

/* What the superuser's launchd reads must be its or the domain's user's. */
static int
owner_sound(const struct domain *d, int fd, struct plist_error *error)
{
	struct stat st;

	if (fstat(fd, &st) == -1) {
		plist_error_set(error, 0, "%s", strerror(errno));
		return (errno);
	}
	if (st.st_uid != 0 && st.st_uid != getuid() &&
	    ((d->d_kind != DOMAIN_USER && d->d_kind != DOMAIN_SESSION) ||
	    st.st_uid != d->d_uid)) {
		plist_error_set(error, 0, "it belongs to user %lu: its owner "
		    "must be the superuser or the user of the domain",
		    (unsigned long)st.st_uid);
		return (EPERM);
	}
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		plist_error_set(error, 0, "others may write to it (mode %03o): "
		    "chmod go-w", (unsigned)st.st_mode & 0777);
		return (EPERM);
	}
	return (0);
}

static bool
listed(char *const *list, const char *name)
{

	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return (true);
	return (false);
}

/* Why the job is not for this host and domain, or NULL. */
static const char *
not_here(const struct domain *d, const struct job_config *c, bool force)
{
	char host[256];

	if (!force && overrides_disabled(d, c->label, c->disabled))
		return ("disabled");
	if (gethostname(host, sizeof(host)) == -1)
		host[0] = '\0';
	host[sizeof(host) - 1] = '\0';
	if (c->hosts != NULL && !listed(c->hosts, host))
		return ("not for this host");
	if (c->not_hosts != NULL && listed(c->not_hosts, host))
		return ("not for this host");
	if (c->sessions != NULL && !listed(c->sessions,
	    domain_session_type(d)))
		return ("not for this kind of session");
	return (NULL);
}

/*
 * One job.
 */

/* 0, or an errno value with *error set; *added NULL when it is not for here. */
static int
add(struct loading *l, struct plist *root, struct job **added,
    struct plist_error *error)
{
	struct job_config *config;
	const char *why;

	*added = NULL;
	config = job_config_new(root, unknown_key, l, error);
	if (config == NULL)
		return (EINVAL);
	if (l->check_only) {
		job_config_free(config);
		return (0);
	}
	why = not_here(l->domain, config, l->force);
	if (why != NULL) {
		log_line(LOG_NOTICE, config->label, 0, "%s, not loaded", why);
		plist_error_set(error, 0, "%s", why);
		job_config_free(config);
		return (EBUSY);
	}
	*added = job_add(l->domain, config, l->path, false, error);
	if (*added != NULL)
		log_line(LOG_DEBUG, config->label, 0, "loaded from %s",
		    l->path);
	job_config_free(config);
	return (*added != NULL ? 0 : EALREADY);
}

static int
add_file(struct loading *l, struct job **added, struct plist_error *error)
{
	struct plist *root;
	int fd, result;

	*added = NULL;
	/* The file that is looked at is the one that is read. */
	fd = open(l->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		result = errno;
		plist_error_set(error, 0, "%s", strerror(result));
		return (result);
	}
	result = l->check_only ? 0 : owner_sound(l->domain, fd, error);
	root = result == 0 ? plist_parse_fd(fd, error) : NULL;
	(void)close(fd);
	if (root == NULL)
		return (result != 0 ? result : EINVAL);
	result = add(l, root, added, error);
	plist_tree_free(root);
	return (result);
}

int
load_into(struct domain *d, const char *path, const struct caller *who,
    bool force, struct plist_error *error)
{
	struct loading l = { path, d, false, force, 0 };
	struct job *job;
	bool as_user;
	int result;

	(void)who;
	/* A user's file is read as that user: nothing of it tells of others. */
	as_user = d->d_kind != DOMAIN_SYSTEM && geteuid() == 0;
	if (as_user && seteuid(d->d_uid) == -1) {
		plist_error_set(error, 0, "%s", strerror(errno));
		return (EPERM);
	}
	result = add_file(&l, &job, error);
	if (as_user)
		(void)!seteuid(0);
	if (job != NULL)
		job_launch(job);
	return (result);
}

int
load_tree(struct domain *d, struct plist *root, const char *path, bool force,
    struct plist_error *error)
{
	struct loading l = { path, d, false, force, 0 };
	struct job *job;
	int result;

	result = add(&l, root, &job, error);
	if (job != NULL)
		job_launch(job);
	return (result);
}

static void
load_file(struct loading *l)
{
	struct plist_error error;
	struct job *job;
	int result;

	result = add_file(l, &job, &error);
	if (result != 0 && result != EBUSY)
		report(l, &error);
}

static int
is_plist(const struct dirent *entry)
{
	size_t len;

	len = strlen(entry->d_name);
	return (len > 6 && entry->d_name[0] != '.' &&
	    strcmp(entry->d_name + len - 6, ".plist") == 0);
}

static void
fail(struct loading *l, int error)
{
	struct plist_error e;

	plist_error_set(&e, 0, "%s", strerror(error));
	report(l, &e);
}

/* In the order of their names: of two equal labels the same one wins. */
static void
load_directory(struct loading *l)
{
	struct dirent **entries;
	const char *directory;
	size_t size;
	char *path;
	int i, n;

	directory = l->path;
	n = scandir(directory, &entries, is_plist, alphasort);
	if (n == -1) {
		fail(l, errno);
		return;
	}
	for (i = 0; i < n; i++) {
		size = strlen(directory) + strlen(entries[i]->d_name) + 2;
		path = malloc(size);
		if (path == NULL)
			fail(l, ENOMEM);
		else {
			(void)snprintf(path, size, "%s/%s", directory,
			    entries[i]->d_name);
			l->path = path;
			load_file(l);
			free(path);
			l->path = directory;
		}
		free(entries[i]);
	}
	free(entries);
}

unsigned
load_paths(char *const *paths, bool check_only)
{
	struct loading l = { NULL, system_domain, check_only, false, 0 };
	struct stat st;

	for (; *paths != NULL; paths++) {
		l.path = *paths;
		if (stat(l.path, &st) == 0 && S_ISDIR(st.st_mode))
			load_directory(&l);
		else
			load_file(&l);
	}
	return (l.errors);
}
