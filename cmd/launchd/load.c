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
#include <limits.h>
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

/* Ports of the host and of all processes are the system's to set. */
static const char *
not_privileged(const struct domain *d, const struct job_config *c)
{
	const struct service_config *s;

	if (d->d_kind == DOMAIN_SYSTEM)
		return (NULL);
	for (s = c->services; s != NULL && s->name != NULL; s++) {
		if (s->host_special_port != 0)
			return ("HostSpecialPort is for jobs of the system");
		if (s->task_special_port != 0)
			return ("TaskSpecialPort is for jobs of the system");
	}
	return (NULL);
}

/*
 * One job.
 */

/*
 * 0, or an errno value with *error set: EBUSY when it is not for here, EPERM
 * when its domain may not have it.
 */
static int
read_config(struct loading *l, struct plist *root, struct job_config **to,
    struct plist_error *error)
{
	struct job_config *config;
	const char *why;

	*to = NULL;
	config = job_config_new(root, unknown_key, l, error);
	if (config == NULL)
		return (EINVAL);
	why = l->check_only ? NULL : not_here(l->domain, config, l->force);
	if (why != NULL) {
		log_line(LOG_NOTICE, config->label, 0, "%s, not loaded", why);
		plist_error_set(error, 0, "%s", why);
		job_config_free(config);
		return (EBUSY);
	}
	why = l->check_only ? NULL : not_privileged(l->domain, config);
	if (why != NULL) {
		plist_error_set(error, 0, "%s", why);
		job_config_free(config);
		return (EPERM);
	}
	*to = config;
	return (0);
}

/* The same; *added NULL: none was, not even to be checked. */
static int
add(struct loading *l, struct plist *root, struct job **added,
    struct plist_error *error)
{
	struct job_config *config;
	int result;

	*added = NULL;
	result = read_config(l, root, &config, error);
	if (result != 0)
		return (result);
	if (!l->check_only) {
		*added = job_add(l->domain, config, l->path, false, error);
		if (*added == NULL)
			result = EALREADY;
		else
			log_line(LOG_DEBUG, config->label, 0,
			    "loaded from %s", l->path);
	}
	job_config_free(config);
	return (result);
}

/* 0, or an errno value with *error set. */
static int
read_file(const struct loading *l, struct plist **root,
    struct plist_error *error)
{
	int fd, result;

	*root = NULL;
	/* The file that is looked at is the one that is read. */
	fd = open(l->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		result = errno;
		plist_error_set(error, 0, "%s", strerror(result));
		return (result);
	}
	result = l->check_only ? 0 : owner_sound(l->domain, fd, error);
	if (result == 0) {
		*root = plist_parse_fd(fd, error);
		result = *root != NULL ? 0 : EINVAL;
	}
	(void)close(fd);
	return (result);
}

/* A user's file is read as that user: nothing of it tells of others. */
static int
read_as_user(const struct loading *l, struct plist **root,
    struct plist_error *error)
{
	bool as_user;
	int result;

	*root = NULL;
	if (!as_user_begin(l->domain, &as_user)) {
		plist_error_set(error, 0, "%s", strerror(errno));
		return (EPERM);
	}
	result = read_file(l, root, error);
	as_user_end(as_user);
	return (result);
}

int
load_again(struct job *job, const char *path, bool *changed,
    struct plist_error *error)
{
	struct loading l = { path, job->j_domain, false, true, 0 };
	struct job_config *config;
	struct plist *root;
	int result;

	result = read_as_user(&l, &root, error);
	if (result != 0)
		return (result);
	result = read_config(&l, root, &config, error);
	plist_tree_free(root);
	if (result != 0)
		return (result);
	result = job_reload(job, config, path, changed, error);
	job_config_free(config);
	return (result);
}

int
load_into(struct domain *d, const char *path, bool force,
    struct plist_error *error)
{
	struct loading l = { path, d, false, force, 0 };
	struct plist *root;
	struct job *job;
	int result;

	result = read_as_user(&l, &root, error);
	if (result != 0)
		return (result);
	result = add(&l, root, &job, error);
	plist_tree_free(root);
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

/* The one chance of a job that is there at the start: memory may come back. */
static void
load_file(struct loading *l)
{
	struct plist_error error;
	struct plist *root;
	struct job *job;
	unsigned tries;
	int result;

	for (tries = 0; tries < PERSIST_TRIES; tries++) {
		errno = 0;
		result = read_file(l, &root, &error);
		if (result == 0)
			result = add(l, root, &job, &error);
		plist_tree_free(root);
		if (result == 0 || result == EBUSY)
			return;
		if (errno != ENOMEM)
			break;
	}
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
	char path[PATH_MAX];
	const char *directory;
	int i, n;

	directory = l->path;
	n = scandir(directory, &entries, is_plist, alphasort);
	if (n == -1) {
		fail(l, errno);
		return;
	}
	for (i = 0; i < n; i++) {
		if (snprintf(path, sizeof(path), "%s/%s", directory,
		    entries[i]->d_name) >= (int)sizeof(path))
			fail(l, ENAMETOOLONG);
		else {
			l->path = path;
			load_file(l);
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
