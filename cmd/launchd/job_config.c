/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * From a property list to the description of a job: the whole, and what the
 * readers of keys share.  A wrong type is an error of the whole job; a key that
 * is not known is not.
 */

#include <sys/resource.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job_config.h"

static const struct {
	const char	*name;
	int		 resource;
} limits[JOB_LIMITS] = {
	{ "Core", RLIMIT_CORE },
	{ "CPU", RLIMIT_CPU },
	{ "Data", RLIMIT_DATA },
	{ "FileSize", RLIMIT_FSIZE },
	{ "MemoryLock", RLIMIT_MEMLOCK },
	{ "NumberOfFiles", RLIMIT_NOFILE },
	{ "NumberOfProcesses", RLIMIT_NPROC },
	{ "ResidentSetSize", RLIMIT_RSS },
	{ "Stack", RLIMIT_STACK },
};

const char *
job_limit_name(unsigned i)
{

	return (limits[i].name);
}

int
job_limit_resource(unsigned i)
{

	return (limits[i].resource);
}

bool
reading_wrong(struct reading *r, unsigned line, const char *key,
    const char *what)
{

	plist_error_set(r->error, line, "%.64s: %s", key, what);
	return (false);
}

bool
reading_want(struct reading *r, const struct plist *p, enum plist_type type)
{
	char what[80];

	if (p->type == type)
		return (true);
	(void)snprintf(what, sizeof(what), "expected %s, found %s",
	    plist_type_name(type), plist_type_name(p->type));
	return (reading_wrong(r, p->line, p->key != NULL ? p->key : "element",
	    what));
}

static bool
copy_string(struct reading *r, const struct plist *p, const char *s, char **to)
{

	*to = strdup(s);
	return (*to != NULL || reading_wrong(r, p->line, "value",
	    "out of memory"));
}

bool
read_string(struct reading *r, const struct plist *p, char **to)
{

	if (!reading_want(r, p, PLIST_STRING))
		return (false);
	if (p->string[0] == '\0')
		return (reading_wrong(r, p->line,
		    p->key != NULL ? p->key : "element", "empty string"));
	return (copy_string(r, p, p->string, to));
}

bool
read_boolean(struct reading *r, const struct plist *p, bool *to)
{

	if (!reading_want(r, p, PLIST_BOOLEAN))
		return (false);
	*to = p->boolean;
	return (true);
}

bool
read_integer(struct reading *r, const struct plist *p, int64_t low,
    int64_t high, int64_t *to)
{

	if (!reading_want(r, p, PLIST_INTEGER))
		return (false);
	if (p->integer < low || p->integer > high)
		return (reading_wrong(r, p->line,
		    p->key != NULL ? p->key : "element", "out of range"));
	*to = p->integer;
	return (true);
}

size_t
plist_count(const struct plist *p)
{
	const struct plist *q;
	size_t n;

	n = 0;
	for (q = p->children; q != NULL; q = q->next)
		n++;
	return (n);
}

bool
read_strings(struct reading *r, const struct plist *p, char ***to)
{
	const struct plist *q;
	char **s;

	if (!reading_want(r, p, PLIST_ARRAY))
		return (false);
	*to = s = calloc(plist_count(p) + 1, sizeof(*s));
	if (s == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	for (q = p->children; q != NULL; q = q->next, s++) {
		if (q->type != PLIST_STRING)
			return (reading_wrong(r, q->line, p->key,
			    "an element is not a string"));
		if (!copy_string(r, q, q->string, s))
			return (false);
	}
	return (true);
}

/*
 * The whole.
 */

/* What no single key can tell. */
static bool
complete(struct reading *r, const struct plist *root)
{
	struct job_config *c;

	c = r->config;
	if (c->label == NULL)
		return (reading_wrong(r, root->line, "Label", "missing"));
	if (c->argv == NULL && c->program == NULL)
		return (reading_wrong(r, root->line, "Program",
		    "missing, and no ProgramArguments either"));
	if (c->argv == NULL) {
		c->argv = calloc(2, sizeof(*c->argv));
		if (c->argv == NULL || (c->argv[0] = strdup(c->program)) ==
		    NULL)
			return (reading_wrong(r, root->line, "Program",
			    "out of memory"));
	}
	if (c->program == NULL) {
		if (c->argv[0][0] == '\0')
			return (reading_wrong(r, root->line,
			    "ProgramArguments", "the first element is empty"));
		if (!copy_string(r, root, c->argv[0], &c->program))
			return (false);
	}
	if (c->inetd != INETD_NO && c->sockets == NULL)
		return (reading_wrong(r, root->line, "inetdCompatibility",
		    "there are no Sockets"));
	return (true);
}

static void
tell_unknown(struct job_config *c, const struct plist *root,
    job_config_unknown_t unknown, void *arg)
{
	const struct plist *p, *q;
	const char *why;
	char path[160];

	for (p = root->children; p != NULL; p = p->next) {
		why = job_key_useless(p->key);
		if (!p->seen || why != NULL)
			unknown(arg, c, p->key, p->line, why);
		else if (strcmp(p->key, "LaunchEvents") == 0)
			for (q = p->children; q != NULL; q = q->next) {
				why = job_stream_useless(q->key);
				if (why == NULL)
					continue;
				(void)snprintf(path, sizeof(path),
				    "LaunchEvents/%.128s", q->key);
				unknown(arg, c, path, q->line, why);
			}
		else if (strcmp(p->key, "KeepAlive") == 0 &&
		    p->type == PLIST_DICT)
			for (q = p->children; q != NULL; q = q->next)
				if (!q->seen) {
					(void)snprintf(path, sizeof(path),
					    "KeepAlive/%.128s", q->key);
					unknown(arg, c, path, q->line, NULL);
				}
	}
}

static struct job_config *
config_alloc(void)
{
	struct job_config *c;
	unsigned i;

	c = calloc(1, sizeof(*c));
	if (c == NULL)
		return (NULL);
	c->refs = 1;
	c->throttle_interval = JOB_THROTTLE_DEFAULT;
	c->exit_timeout = JOB_EXIT_TIMEOUT_DEFAULT;
	c->umask = -1;
	c->init_groups = true;
	for (i = 0; i < JOB_LIMITS; i++)
		c->soft[i] = c->hard[i] = -1;
	return (c);
}

struct job_config *
job_config_new(struct plist *root, job_config_unknown_t unknown, void *arg,
    struct plist_error *error)
{
	struct reading r;

	if (root->type != PLIST_DICT) {
		plist_error_set(error, root->line,
		    "a job is a dictionary, found %s",
		    plist_type_name(root->type));
		return (NULL);
	}
	r.error = error;
	r.config = config_alloc();
	if (r.config == NULL) {
		plist_error_set(error, 0, "out of memory");
		return (NULL);
	}
	if (!job_keys_read(&r, root) || !complete(&r, root)) {
		job_config_free(r.config);
		return (NULL);
	}
	if (unknown != NULL)
		tell_unknown(r.config, root, unknown, arg);
	return (r.config);
}

struct job_config *
job_config_command(const char *label, char *const *argv)
{
	struct job_config *c;
	size_t i, n;

	c = config_alloc();
	if (c == NULL)
		return (NULL);
	for (n = 0; argv[n] != NULL; n++)
		;
	c->label = strdup(label);
	c->program = strdup(argv[0]);
	c->argv = calloc(n + 1, sizeof(*c->argv));
	if (c->label == NULL || c->program == NULL || c->argv == NULL)
		goto fail;
	for (i = 0; i < n; i++)
		if ((c->argv[i] = strdup(argv[i])) == NULL)
			goto fail;
	c->run_at_load = true;
	return (c);
fail:
	job_config_free(c);
	return (NULL);
}

void
job_config_hold(struct job_config *c)
{

	c->refs++;
}

static void
list_free(char **list)
{
	char **s;

	if (list == NULL)
		return;
	for (s = list; *s != NULL; s++)
		free(*s);
	free(list);
}

static void
conditions_free(struct named_condition *list)
{
	struct named_condition *n;

	for (n = list; n != NULL && n->name != NULL; n++)
		free(n->name);
	free(list);
}

static void
services_free(struct service_config *list)
{
	struct service_config *s;

	for (s = list; s != NULL && s->name != NULL; s++)
		free(s->name);
	free(list);
}

static void
sockets_free(struct socket_config *list)
{
	struct socket_config *s;

	for (s = list; s != NULL && s->name != NULL; s++) {
		free(s->name);
		free(s->node);
		free(s->service);
		free(s->path);
		free(s->secure_key);
		free(s->group);
	}
	free(list);
}

void
job_config_free(struct job_config *c)
{

	if (c == NULL || --c->refs != 0)
		return;
	free(c->label);
	free(c->program);
	list_free(c->argv);
	list_free(c->env);
	services_free(c->services);
	sockets_free(c->sockets);
	free(c->stdin_path);
	free(c->stdout_path);
	free(c->stderr_path);
	free(c->working_directory);
	free(c->root_directory);
	free(c->user);
	free(c->group);
	list_free(c->hosts);
	list_free(c->not_hosts);
	list_free(c->sessions);
	list_free(c->watch_paths);
	list_free(c->queue_directories);
	list_free(c->may_register);
	job_events_free(c->events);
	conditions_free(c->path_state);
	conditions_free(c->other_jobs);
	free(c->calendars);
	free(c->process_type);
	free(c);
}
