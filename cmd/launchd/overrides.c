/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Which jobs were enabled or disabled by hand: "system/label" to a boolean, a
 * property list in a file that is written anew, beside it, at each change.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"
#include "value.h"

struct override {
	struct override	*o_next;
	bool		 o_disabled;
	char		 o_name[];
};

static struct override *overrides;
static const char *path;

static struct override *
find(const char *name)
{
	struct override *o;

	for (o = overrides; o != NULL; o = o->o_next)
		if (strcmp(o->o_name, name) == 0)
			return (o);
	return (NULL);
}

static bool
put(const char *name, bool disabled)
{
	struct override *o;

	o = find(name);
	if (o == NULL) {
		o = malloc(sizeof(*o) + strlen(name) + 1);
		if (o == NULL)
			return (false);
		(void)strcpy(o->o_name, name);
		o->o_next = overrides;
		overrides = o;
	}
	o->o_disabled = disabled;
	return (true);
}

void
overrides_init(const char *file)
{
	struct plist_error error;
	struct plist *p, *root;

	path = file;
	if (file == NULL)
		return;
	root = plist_parse_file(file, &error);
	if (root == NULL) {
		if (access(file, F_OK) == 0)
			log_line(LOG_ERROR, NULL, 0, "%s:%u: %s", file,
			    error.line, error.reason);
		return;
	}
	for (p = root->type == PLIST_DICT ? root->children : NULL; p != NULL;
	    p = p->next)
		if (p->type == PLIST_BOOLEAN)
			(void)put(p->key, p->boolean);
	plist_tree_free(root);
}

bool
overrides_disabled(const struct domain *d, const char *label, bool by_default)
{
	const struct override *o;
	char name[320];

	(void)snprintf(name, sizeof(name), "%s/%s", d->d_name, label);
	o = find(name);
	return (o != NULL ? o->o_disabled : by_default);
}

static void
put_xml(FILE *f, const char *s)
{

	for (; *s != '\0'; s++)
		switch (*s) {
		case '<':
			(void)fputs("&lt;", f);
			break;
		case '&':
			(void)fputs("&amp;", f);
			break;
		default:
			(void)fputc(*s, f);
		}
}

static int
save(void)
{
	const struct override *o;
	char beside[1024];
	FILE *f;
	int error, fd;

	if (path == NULL)
		return (0);
	if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >=
	    sizeof(beside))
		return (ENAMETOOLONG);
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	f = fd == -1 ? NULL : fdopen(fd, "w");
	if (f == NULL) {
		error = errno;
		if (fd != -1)
			(void)close(fd);
		return (error);
	}
	(void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<plist version=\"1.0\">\n<dict>\n", f);
	for (o = overrides; o != NULL; o = o->o_next) {
		(void)fputs("\t<key>", f);
		put_xml(f, o->o_name);
		(void)fprintf(f, "</key><%s/>\n", o->o_disabled ? "true" :
		    "false");
	}
	(void)fputs("</dict>\n</plist>\n", f);
	error = fflush(f) != 0 || fsync(fileno(f)) == -1 ? errno : 0;
	if (fclose(f) != 0 && error == 0)
		error = errno;
	if (error == 0 && rename(beside, path) == -1)
		error = errno;
	if (error != 0)
		(void)unlink(beside);
	return (error);
}

int
overrides_set(const struct domain *d, const char *label, bool disabled)
{
	char name[320];
	int error;

	(void)snprintf(name, sizeof(name), "%s/%s", d->d_name, label);
	if (!put(name, disabled))
		return (ENOMEM);
	error = save();
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "cannot write %s: %s", path,
		    strerror(error));
	return (error);
}

launch_data_t
overrides_list(const struct domain *d)
{
	const struct override *o;
	launch_data_t list, value;
	size_t n;

	list = dictionary();
	n = strlen(d->d_name);
	for (o = overrides; list != NULL && o != NULL; o = o->o_next) {
		if (strncmp(o->o_name, d->d_name, n) != 0 ||
		    o->o_name[n] != '/')
			continue;
		value = launch_data_new_bool(o->o_disabled);
		if (!launch_data_dict_insert(list, value, o->o_name + n + 1))
			launch_data_free(value);
	}
	return (list);
}

launch_data_t
overrides_save(void)
{
	const struct override *o;
	launch_data_t list;

	list = dictionary();
	for (o = overrides; o != NULL; o = o->o_next)
		put_boolean(list, o->o_name, o->o_disabled);
	return (list);
}

static void
restore(launch_data_t value, const char *name, void *arg)
{

	(void)arg;
	(void)put(name, launch_data_get_bool(value));
}

void
overrides_restore(launch_data_t list)
{

	launch_data_dict_iterate(list, restore, NULL);
}
