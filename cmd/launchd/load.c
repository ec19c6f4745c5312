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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "launchd.h"

struct loading {
	const char	*path;
	bool		 check_only;
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
    unsigned line)
{
	const struct loading *l;

	l = arg;
	if (l->check_only)
		(void)fprintf(stderr, "%s:%u: note: key %s is not supported "
		    "and ignored\n", l->path, line, key);
	else
		log_line(LOG_NOTICE, c->label, 0, "%s:%u: key %s is not "
		    "supported and ignored", l->path, line, key);
}

static void
load_file(struct loading *l)
{
	struct job_config *config;
	struct plist_error error;
	struct plist *root;

	root = plist_parse_file(l->path, &error);
	if (root == NULL) {
		report(l, &error);
		return;
	}
	config = job_config_new(root, unknown_key, l, &error);
	plist_tree_free(root);
	if (config == NULL) {
		report(l, &error);
		return;
	}
	if (config->disabled && !l->check_only) {
		log_line(LOG_NOTICE, config->label, 0, "disabled, not loaded");
		job_config_free(config);
		return;
	}
	if (job_add(config, false, &error) == NULL) {
		report(l, &error);
		job_config_free(config);
		return;
	}
	if (!l->check_only)
		log_line(LOG_DEBUG, config->label, 0, "loaded from %s",
		    l->path);
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
	struct loading l;
	struct stat st;

	l.check_only = check_only;
	l.errors = 0;
	for (; *paths != NULL; paths++) {
		l.path = *paths;
		if (stat(l.path, &st) == 0 && S_ISDIR(st.st_mode))
			load_directory(&l);
		else
			load_file(&l);
	}
	return (l.errors);
}
